/* native.h - random instruction sequences, run by the host's processor and
 * by ours.
 *
 * Both see the same memory through the same segments.  The trick: a
 * selector of the LDT with privilege 3 ends in 7; its descriptor gets the
 * base that real mode would give the same number.  So the host runs in
 * 16- or 32-bit protected mode and we in real mode, and segment registers,
 * far pointers and pushed selectors have equal values.
 *
 * A fault ends a sequence as well as its last instruction does: the host's
 * kernel tells the vector by a signal, ours by the interrupt table.  */

#ifndef NATIVE_H
#define NATIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "cpu/parse.h"

/* The arena, as offsets from its beginning; in our machine, physical
 * addresses.  Data segments overlap, so that they alias.  */
#define ARENA_SIZE	0x40000u
#define CODE_SEL	0x1007u
#define LEAVE_SEL	0x0f07u		/* where a sequence jumps at its end */
#define DATA_SEL	0x2007u		/* the first of DATA_SELS */
#define DATA_STEP	0x100u
#define DATA_SELS	5u
#define DATA_BEGIN	(DATA_SEL * 16)
#define DATA_END	((DATA_SEL + DATA_STEP * (DATA_SELS - 1)) * 16 + 0x10000)

/* What bits 16-31 of ESP begin with where SP is the stack pointer.  */
#define ESP_HIGH	0x10000u

#define SEQ_BYTES	256
#define SEQ_INSNS	24

#define NO_VECTOR	0x100		/* the sequence ran to its end */
#define ENDLESS		0x101
#define SHUT_DOWN	0x102

/* A processor's state, before and after.  */
struct registers {
	uint32_t reg[8], flags, ip;
	uint16_t seg[6];
	uint32_t vector;
	uint16_t fpu_control, fpu_status, fpu_tag;
	uint8_t st[8][10];
};

struct seq_insn {
	uint16_t at, len;
	const struct cpu_row *row;	/* NULL: invalid */
	uint8_t target;			/* index it may jump to; 0: none */
	uint8_t group;			/* makes sense only with the others of it; 0: alone */
	bool jumps;			/* never falls through */
	bool keeps;			/* may leave flags as they are (count 0) */
	uint32_t undefined;		/* flags undefined after it */
	uint32_t reads;
	uint32_t unknown;		/* flags undefined before it: see seq_analyse() */
};

struct sequence {
	bool big;			/* 32-bit segments */
	bool fpu;
	unsigned count, bytes, groups;
	struct seq_insn insn[SEQ_INSNS + 1];
	uint8_t code[SEQ_BYTES];
	struct registers before;
};

/* sequence.c */
uint64_t random_next(uint64_t *seed);
unsigned random_below(uint64_t *seed, unsigned n);
/* Fills memory with numbers of all kinds.  */
void random_memory(uint64_t *seed, uint8_t *p, uint32_t size);
void seq_make(struct sequence *s, uint64_t *seed, bool big);
/* Work out which flags are undefined where.  False: an instruction reads
 * one that is.  */
bool seq_analyse(struct sequence *s);
/* Replace an instruction, and its group, by NOPs.  */
void seq_drop(struct sequence *s, unsigned i);
/* What makes the fault at ip one that processors disagree about; NULL if
 * nothing does.  a and b: both results.  */
const char *seq_disputed(const struct sequence *s, const struct registers *a,
			 const struct registers *b);
/* The flags that must be equal at ip, after a fault or at the end.  */
uint32_t seq_flags_at(const struct sequence *s, uint32_t ip, bool fault);
void seq_print(const struct sequence *s);

/* silicon.c.  NULL: cannot be done here, and *why says why.  */
uint8_t *silicon_open(const char **why);
bool silicon_mode(bool big);
void silicon_run(const struct sequence *s, struct registers *after);

/* ours.c */
uint8_t *ours_open(void);
void ours_close(void);
/* The arena's [at, at + size) was written from outside.  */
void ours_wrote(uint32_t at, uint32_t size);
void ours_run(const struct sequence *s, struct registers *after);

#endif
