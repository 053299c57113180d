/* memory.h - what only exec.c, terminate.c, loader.c, config.c and init.c need of the
 * memory chain.  dos.h has the rest.  */

#ifndef DOS_MEMORY_H
#define DOS_MEMORY_H

#include "dos/dos.h"

/* seg is the block, behind its MCB, as dos_alloc() gave it.  */
void dos_set_owner(struct dos *dos, uint16_t seg, uint16_t owner);
/* The name MEM shows: up to 8 characters of `name', up to its dot.  */
void dos_name_block(struct dos *dos, uint16_t seg, const char *name);

/* Put upper memory into the chain or take it out (5803h).  DOS_BAD_FUNCTION: there is
 * none.  */
/* Bits of 5801h's BX, at AT_ALLOC_STRATEGY.  */
enum { STRATEGY_FIT = 0x3f, STRATEGY_UPPER_ONLY = 0x40, STRATEGY_UPPER_FIRST = 0x80 };

enum dos_error dos_link_umb(struct dos *dos, bool on);

/* Free all of a process's blocks.  False: the chain is destroyed.  */
bool dos_free_owned(struct dos *dos, uint16_t owner);

/* The chain can be walked to its end.  */
bool dos_memory_intact(const struct dos *dos);

#endif
