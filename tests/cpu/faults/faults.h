/* faults.h - an instruction that faults has changed nothing.
 *
 * Every row of the opcode table that can touch memory is built in all
 * widths and address sizes and run on a small world: once with nothing in
 * its way, then with a page missing, read-only or the supervisor's, or with
 * a segment that is too short.  It must raise what the manuals say, leave
 * everything as it was, and then, the obstacle gone, do what it did in the
 * first run.  */

#ifndef FAULTS_H
#define FAULTS_H

#include <stdbool.h>
#include <stdint.h>

#include "cpu/cpu.h"
#include "cpu/parse.h"

/* Everything that a program can reach: linear = physical = offset.  */
#define ARENA_SIZE	0x10000u
#define PAGE		0x1000u
#define CODE_AT		0x4800u
#define CODE_EDGE	0x5000u		/* page border for instructions across pages */
#define OPERAND_EDGE	0x9000u		/* of [BX] and of direct addresses */
#define SOURCE_EDGE	0xb000u		/* of DS:SI */
#define DEST_EDGE	0xd000u		/* of ES:DI */
#define STACK_EDGE	0xf000u		/* of SS:SP and SS:BP */
#define FIRST_DATA	0x8000u
#define DATA_PAGES	8u

/* Values of AL, and so of all bits of EAX, ECX and EDX.  */
#define START_AX	0x00000412u
#define START_CX	0x00000005u

#define NO_VECTOR	0x100u		/* has run to its end */
#define SHUT_DOWN	0x101u
#define ENDLESS		0x102u

/* Where a program runs.  */
enum world_mode {
	REAL,
	USER,			/* protected mode, privilege 3, no paging */
	USER_PAGED,		/* the same with paging */
	KERNEL_PAGED,		/* privilege 0 */
	VIRTUAL_PAGED,		/* virtual-8086 mode, IOPL 3 */
};

struct place {
	enum cpu_model model;
	enum world_mode mode;
	bool big;		/* 32-bit code and stack */
	bool step;		/* by cpu_step(), else run through to an INT3 */
};

/* An instruction, and how it was made.  */
struct victim {
	const struct cpu_row *row;
	struct cpu_parse parse;
	unsigned key;
	uint8_t code[CPU_INSN_MAX];
	unsigned len;
	unsigned operand;	/* bytes of its memory operand; 0: none, or not known */
	bool rep;
};

/* What to build of a row.  */
struct variant {
	unsigned key;
	uint8_t reg;		/* of an ESC, a segment register or a nesting level */
	bool o32, a32;		/* with 66h, 67h */
	uint8_t prefix;		/* F2h, F3h or F0h, or 0 */
	bool reg_form;		/* the r/m operand is a register */
};

/* The processor and the arena at one moment; of an exception, as its frame
 * tells them.  */
struct moment {
	uint32_t reg[8], flags, ip;
	uint16_t cs, ss;
	struct cpu_segment seg[6], ldtr, tr;	/* CS and SS: not the caches */
	struct cpu_table gdtr, idtr;
	uint32_t cr0, cr4;
	struct fpu fpu;
	unsigned vector;
	uint32_t error, cr2;
	uint32_t frame_at, frame_size;		/* of a frame in the arena */
	uint8_t memory[ARENA_SIZE];
};

struct world;

struct world *world_new(const struct place *place);
void world_free(struct world *w);

/* What memory is full of: 0 noise, or a byte for all of it, so that any two
 * bytes are a selector.  */
enum { FILL_NOISE = 0, FILL_CODE = 0x1b, FILL_DATA = 0x2b, FILL_LDT = 0x3b, FILL_TSS = 0x4b };

/* Everything as at the beginning, the instruction at ip, operands and stack
 * `shift' bytes before their page borders.  */
void world_begin(struct world *w, const struct victim *v, uint32_t ip, int shift, uint8_t fill);
/* From where a moment stands, its exception served.  */
void world_resume(struct world *w, const struct moment *from);
void world_run(struct world *w, struct moment *after);
void world_now(struct world *w, struct moment *now);

/* Page tables: bits of a page's entry, and those which the processor has set. */
enum { PTE_P = 1, PTE_W = 2, PTE_U = 4, PTE_A = 0x20, PTE_D = 0x40 };
void world_page(struct world *w, uint32_t at, uint32_t clear);
uint32_t world_page_bits(struct world *w, uint32_t at);

/* The last offset of a segment; or, going down, the last that is not in it. */
void world_limit(struct world *w, enum cpu_seg seg, uint32_t limit, bool down);

/* False: there is no such instruction on the model.  */
bool victim_build(struct victim *v, const struct variant *how, const struct place *place,
		  int shift);
uint8_t victim_fill(const struct victim *v);
/* How many values of variant.reg make a difference.  */
unsigned victim_regs(unsigned key);

#endif
