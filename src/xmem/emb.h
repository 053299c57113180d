/* emb.h - extended memory blocks: the memory above the high memory area, handed
 * out by the kilobyte.  A block stays where it is while it is locked.  */

#ifndef XMEM_EMB_H
#define XMEM_EMB_H

#include <stdbool.h>
#include <stdint.h>

#include "xmem/error.h"

struct bus;
struct state;

#define EMB_HANDLES	128

struct emb_block {
	bool used;
	uint8_t locks;
	uint32_t at, size;		/* in KB; a block may be empty */
};

struct emb {
	struct bus *bus;
	uint32_t first, end;		/* KB, what there is to hand out */
	struct emb_block block[EMB_HANDLES];	/* handle n is block[n - 1] */
};

void emb_init(struct emb *e, struct bus *bus);
void emb_reset(struct emb *e);
void emb_state(struct emb *e, struct state *st);

/* NULL: there is no such handle.  */
const struct emb_block *emb_block(const struct emb *e, uint16_t handle);
unsigned emb_free_handles(const struct emb *e);
/* KB that are free, in all and in one piece.  */
void emb_space(const struct emb *e, uint32_t *largest, uint32_t *total);

enum xms_error emb_alloc(struct emb *e, uint32_t size, uint16_t *handle);
enum xms_error emb_free(struct emb *e, uint16_t handle);
/* *linear: where it is.  */
enum xms_error emb_lock(struct emb *e, uint16_t handle, uint32_t *linear);
enum xms_error emb_unlock(struct emb *e, uint16_t handle);
/* A block that cannot grow where it is moves, with what is in it.  */
enum xms_error emb_resize(struct emb *e, uint16_t handle, uint32_t size);

/* One end of a move: an offset in a block, or with handle 0 a far pointer, which
 * reaches into the high memory area.  */
struct emb_end {
	uint16_t handle;
	uint32_t offset;
};

/* length: even.  The two may overlap.  A20 is open while bytes move.  */
enum xms_error emb_move(struct emb *e, uint32_t length, struct emb_end from, struct emb_end to);

#endif
