/* interp.h - the interpreter's own memory: decoded code, and the run.
 *
 * Decoded code is kept by physical page, so an A20 switch or a change of
 * segments loses nothing.  A page has one view for 16-bit and one for
 * 32-bit code segments.  Slots never move or vanish while instructions
 * run: when code is overwritten, the slots concerned get a handler that
 * decodes again, and pages are only freed between instructions.  */

#ifndef CPU_INTERP_H
#define CPU_INTERP_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cpu/cpu.h"
#include "cpu/interp/insn.h"
#include "cpu/parse.h"
#include "cpu/transfer.h"

#define CODE_PAGE	4096u
#define CHUNK_SLOTS	256u
#define RUN_MAX		32u		/* instructions decoded at one go */
#define VIEW_SLOTS_MAX	(64u * CHUNK_SLOTS)	/* more than that is mostly refuse */
#define LOOKUP_SIZE	256u

struct code_chunk {
	struct code_chunk *next;
	struct cpu_insn slot[CHUNK_SLOTS + 1];	/* the last is never used: zero */
};

struct code_view {
	struct cpu_insn *at[CODE_PAGE];	/* the live instruction that begins here */
	struct code_page *page;
	struct code_chunk *chunks;	/* newest first */
	unsigned used;			/* slots of the newest */
	unsigned slots;			/* of all */
	uint32_t bound;			/* page offset where the segment ends, or 4096 */
	bool big;			/* 32-bit code */
};

struct code_page {
	uint32_t number;
	unsigned listed;		/* place in interp.list */
	uint8_t *host;			/* the bus's memory when it was decoded */
	struct code_view *view[2];
	uint8_t cover[CODE_PAGE + 8];	/* of each byte, see written.c */
};

struct interp {
	struct cpu *cpu;
	struct code_page **by_number;	/* one for each physical page */
	struct code_page **list;
	unsigned count, room;

	/* Linear page, privilege and size of code (page * 4 + user * 2 + big)
	 * to view; cleared when maps change.  */
	struct { uint32_t key; struct code_view *view; } lookup[LOOKUP_SIZE];

	/* An instruction that is not in a page's cache: across pages, at a
	 * segment's end, in a chip's memory, or single step.  */
	struct cpu_insn scratch[2];
	struct code_view nowhere;	/* knows no instruction */

	jmp_buf fault;
	unsigned vector;		/* of the fault */
	uint16_t code;
	bool has_code;
	struct cpu_event event;		/* being delivered */
	bool delivering;
	bool stalled;			/* no fault at all: cpu_stall() */
	bool restart;			/* nor this: cpu_restart() */
	bool alone;			/* the next instruction is done by itself */
	bool broke;			/* the last run ended with CPU_EXIT_BREAK */
	unsigned watch_epoch;		/* of cpu.watch, when code was decoded */
	bool gate, shutdown;		/* why a handler has left */
	struct coverage *coverage;	/* only where it is measured */
	bool stepped;			/* cpu_step(): the one instruction has begun */
};

static inline struct interp *interp_of(struct cpu *cpu)
{
	return cpu->engine_data;
}

/* The slot of the instruction at cpu->ip, ready to execute with hot.view
 * and hot.ip_base set; NULL: it has to be stepped.  Never raises.  */
const struct cpu_insn *code_find(struct interp *it);
/* The same, or NULL if it has to be looked for: then a page's slots may all be
 * given up, the current instruction's too.  */
const struct cpu_insn *code_known(struct interp *it);

const struct cpu_insn *code_at(struct interp *it, struct code_view *v, uint32_t off);

/* The byte map of a page with code of ours, for data beside it.  */
const uint8_t *interp_cover(struct cpu *cpu, uint32_t phys);

/* A slot has become live; or several have ceased to be, in [lo, hi).  */
void code_cover(struct code_page *p, const struct cpu_insn *in);
void code_cover_again(struct code_page *p, uint32_t lo, uint32_t hi);

/* Are the instruction behind this STI and the event point behind that laid
 * out, so that there is no need to step?  */
bool code_shields(const struct cpu_insn *sti);

void code_written(void *ctx, uint32_t addr, uint32_t size);
/* After bus.map_epoch has changed: drop pages that are not there any more.  */
void code_remap(struct interp *it);
/* Linear addresses mean other pages.  */
void code_lookup_clear(struct interp *it);
void code_forget(struct interp *it);

/* Turn a parsed instruction into a slot (all but off).  */
void code_lower(const struct cpu *cpu, const struct cpu_parse *p, struct cpu_insn *in);

/* engine.c: guest time is that of this position.  */
void interp_sync_time(struct cpu *cpu, uint64_t pos);

/* fault.c */
/* Deliver an event at cpu->ip.  False: the processor has shut down.  */
bool interp_deliver(struct interp *it, const struct cpu_event *ev);
/* An instruction has raised: back to its beginning.  False: as above.  */
bool interp_faulted(struct interp *it);

/* step.c: what is at cpu->ip, into the scratch slots.  Raises what fetching it does.  */
void code_step(struct interp *it);

/* Pseudo-instructions.  */
cpu_handler h_stale, h_link, h_edge, h_invalid, h_too_long, h_step_done, h_unshield;

#endif
