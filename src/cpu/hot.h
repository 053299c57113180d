/* hot.h - what an engine keeps at hand while it runs: the derived forms of
 * flags, segments and pages.  Part of struct cpu so that one pointer
 * reaches everything, but not part of the truth: between runs it may be
 * thrown away, and cpu_run() makes it anew.
 *
 * Arithmetic flags are kept as the result and the carries of the last
 * operation that set them (after Bochs' lazy flags, made size-free):
 *
 *	fres	the result, sign-extended to 64 bits.  ZF: the low 32 bits are
 *		zero.  SF: bit 63.  PF: even parity of bits 0-7 xor bits 40-47
 *		(a sign-extended result has 0 or 8 ones there, which is even).
 *	fcar	carries: bit 63 out of the operand (CF), bit 62 into its top
 *		bit (OF is their difference), bit 4 into bit 4 (AF).
 *
 * Positions in the instruction stream are counted in units of
 * sizeof (struct cpu_insn), so that within a straight run the position of
 * an instruction is its address plus `bias'.  */

#ifndef CPU_HOT_H
#define CPU_HOT_H

#include <stdbool.h>
#include <stdint.h>

struct cpu_insn;
struct code_view;

#define CPU_TLB_SIZE	512u		/* a power of two */
#define CPU_NO_PAGE	0xffffffffu	/* no linear address has this page number */

/* One linear page.  A tag is its number, or CPU_NO_PAGE.  Host address of a
 * byte: host + linear.  */
struct cpu_tlb {
	uint32_t rtag;			/* plain memory: may be read */
	uint32_t wtag;			/* plain, dirty, no code: may be written */
	uint32_t ctag;			/* as wtag, but there is code beside: look at cover */
	uint32_t xtag;			/* a chip's: `host' is its struct bus_page (memory.c) */
	uintptr_t host;
	const uint8_t *cover;		/* a byte for each byte: part of known code */
};

#define CPU_WALK_SIZE	64u		/* a power of two */
#define CPU_SUPER_MAX	32u

/* What the page tables said of a linear page (paging.c): the processor's
 * own TLB.  The frame is a physical address; rights are enum walk_rights.  */
struct cpu_walk {
	uint32_t page;			/* number, or CPU_NO_PAGE */
	uint32_t frame;
	uint8_t rights;
};

/* A segment as seen by one kind of access: an access of n bytes at `off' is
 * good if off + n <= end.  end is 0 where the simple check cannot decide.  */
struct cpu_window {
	uint64_t end;
	uint64_t base;
};

struct cpu_hot {
	int64_t fres;
	uint64_t fcar;
	uint64_t bias, stop;		/* positions, see above */
	uint32_t ip_base;		/* ip of byte 0 of the current code page */
	uint32_t code_limit;		/* highest ip */
	uint32_t code_limit16;		/* ... for branches with 16-bit operand size */
	bool stack32;			/* SS has its B bit: ESP, not SP */
	bool aligned;			/* alignment is checked: tlb[] stays empty */
	bool stepping;			/* one instruction, then back to the run loop */
	bool between;			/* left the stream at no event point */
	uint8_t ext;			/* 1: an event from outside is being delivered */
	bool shield;			/* in the shadow of an STI that has set IF */
	bool no_trap;			/* ... which TF does not trap after (MOV SS, INT) */
	uint8_t fpu_live;		/* enum fpu_live */
	struct code_view *view;		/* of the current code page */
	const struct cpu_insn *cur;	/* the instruction that may touch memory */
	uint64_t synced;		/* position that sched.now stands for */
	uint64_t pos;			/* position at which a handler left the stream */
	uint64_t stop_deadline;		/* the deadline that `stop' stands for */
	void *fault;			/* jmp_buf of the run */
	struct cpu_window rd[6], wr[6];
	struct cpu_tlb tlb[CPU_TLB_SIZE];
	struct cpu_walk walk[CPU_WALK_SIZE];
	/* Entries of tlb[] that only the supervisor may use, to be dropped on
	 * the way to CPL 3; CPU_SUPER_MAX and more: all of them.  */
	unsigned supers;
	uint16_t super[CPU_SUPER_MAX];
	uint32_t map_epoch, dirty_epoch;	/* of the bus, when tlb[] was filled */
};

#endif
