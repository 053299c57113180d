/* insn.h - a decoded instruction of the interpreter, and how one leads to
 * the next.
 *
 * Straight-line code lies in consecutive slots; each slot has the address
 * of its handler, which does the instruction and calls on the next slot's
 * handler (threaded code).  A handler answers NULL when control must go
 * back to the run loop, after cpu_leave().
 *
 * With optimisation the call to the next handler is a jump (sibling call;
 * the Makefile asks for it by name).  Otherwise, and under the address
 * sanitizer, which keeps frames, handlers return the next slot and a loop
 * calls it (and, where coverage is measured, counts it).  */

#ifndef CPU_INTERP_INSN_H
#define CPU_INTERP_INSN_H

#include <stddef.h>
#include <stdint.h>

#include "cpu/cpu.h"

#ifndef __has_feature
#define __has_feature(x) 0	/* clang's way of telling the sanitizer */
#endif
#if defined __OPTIMIZE__ && !defined OPCODE_COVERAGE && !defined __SANITIZE_ADDRESS__ && !__has_feature(address_sanitizer)
#define INTERP_THREADED 1
#else
#define INTERP_THREADED 0
#endif


#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)
#define always_inline	inline __attribute__((__always_inline__))

struct cpu_insn;
struct cpu_row;

typedef const struct cpu_insn *cpu_handler(struct cpu *cpu, const struct cpu_insn *in);

/* 32 bytes; of registers a byte register's number is its byte's place in
 * cpu.reg[] (operand.h).  */
struct cpu_insn {
	cpu_handler *fn;
	union {
		/* Branches: the target, once known.  Returns and INT: the last
		 * one; it may be gone.  */
		const struct cpu_insn *link;
		struct {
			uint8_t modrm, op;	/* for the handlers that look again */
			uint8_t rep;		/* 0, F2h or F3h */
			uint8_t scale;		/* of index: a shift count */
			uint16_t imm2;		/* a second immediate: selector, nesting level */
			uint8_t prefixes;	/* how many bytes of them */
			uint8_t tail;		/* enum insn_tail */
		};
	};
	uint32_t imm;		/* immediate, or the branch's displacement */
	uint32_t disp;
	uint16_t off;		/* of its first byte in its page; may be 4096 in link slots */
	uint8_t len;
	uint8_t seg;		/* enum cpu_seg of the memory operand */
	uint8_t a, b;		/* register operands: r/m or implied, and reg */
	uint8_t base, index;	/* of the address; 8: none */
#ifdef OPCODE_COVERAGE
	const struct cpu_row *row;
	uint8_t how;
#endif
};

/* What an instruction ends in, if it is a displacement, an immediate or both:
 * when they are written, only the slot's numbers change.  */
enum insn_tail {
	TAIL_IMM = 7,			/* bytes of immediate: 0, 1, 2, 4 */
	TAIL_SIGNED = 8,		/* it is sign-extended */
	TAIL_DISP = 7 << 4,		/* bytes of displacement; one is sign-extended */
};

#define INSN_BRANCH	0xffu		/* in `a': the union is a link */

#define INSN_UNIT	sizeof(struct cpu_insn)

/* Go back to the run loop: `pos' instructions done, the next is at ip.  */
static inline const struct cpu_insn *cpu_leave(struct cpu *cpu, uint64_t pos, uint32_t ip)
{
	cpu->hot.pos = pos;
	cpu->ip = ip;
	return NULL;
}

static always_inline const struct cpu_insn *cpu_exec(struct cpu *cpu, const struct cpu_insn *in)
{
	if (INTERP_THREADED)
		return in->fn(cpu, in);
	return in;
}

/* The instruction is done; on to the one behind it.  */
static always_inline const struct cpu_insn *cpu_next(struct cpu *cpu, const struct cpu_insn *in)
{
	return cpu_exec(cpu, in + 1);
}

static inline uint64_t cpu_pos(const struct cpu *cpu, const struct cpu_insn *in)
{
	return cpu->hot.bias + (uintptr_t)in;
}

static inline uint32_t insn_ip(const struct cpu *cpu, const struct cpu_insn *in)
{
	return cpu->hot.ip_base + in->off;
}

/* The ip behind it.  It runs on past FFFFh in 16-bit code only for the last
 * instruction of a segment; who stores it truncates it.  */
static inline uint32_t insn_next_ip(const struct cpu *cpu, const struct cpu_insn *in)
{
	return cpu->hot.ip_base + in->off + in->len;
}

/* A taken branch to slot t of the same page: an event point.  */
static always_inline const struct cpu_insn *
cpu_taken(struct cpu *cpu, const struct cpu_insn *in, const struct cpu_insn *t)
{
	uint64_t pos = cpu_pos(cpu, in + 1);

	if (unlikely(pos >= cpu->hot.stop))
		return cpu_leave(cpu, pos, insn_ip(cpu, t));
	cpu->hot.bias = pos - (uintptr_t)t;
	return cpu_exec(cpu, t);
}

/* t is where `in' leads.  To find it took memory, segment and page tables, one
 * after the other; that it is the same slot as last time is a guess which
 * the host need not wait for.  */
static always_inline const struct cpu_insn *
insn_foretold(const struct cpu_insn *in, const struct cpu_insn *t)
{
	const struct cpu_insn *last = in->link;

	if (unlikely(last != t)) {
		((struct cpu_insn *)in)->link = t;
		return t;
	}
	__asm__("" : "+r" (last));		/* or the compiler would take t */
	return last;
}

/* A taken branch to any ip of the current code segment, or of a new one
 * that has just been loaded.  */
const struct cpu_insn *cpu_jump_slow(struct cpu *cpu, const struct cpu_insn *in, uint32_t ip);

/* Same, for the instructions that insn_foretold() knows.  */
const struct cpu_insn *cpu_jump_foretold(struct cpu *cpu, const struct cpu_insn *in, uint32_t ip);

/* Same, when the code segment is the same: looks into the current page first.  */
const struct cpu_insn *cpu_jump(struct cpu *cpu, const struct cpu_insn *in, uint32_t ip);

/* After an instruction that ends at an event point without branching (I/O,
 * POPF, STI): continue, or leave if something is due.  */
const struct cpu_insn *cpu_event_point(struct cpu *cpu, const struct cpu_insn *in);

/* The instruction has changed something that decoded code depends on: leave
 * and look everything up again.  No event point.  */
const struct cpu_insn *cpu_leave_after(struct cpu *cpu, const struct cpu_insn *in);

#endif
