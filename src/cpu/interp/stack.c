/* stack.c - PUSH, POP, PUSHA, POPA, PUSHF, POPF, ENTER, LEAVE.  */

#include "cpu/interp/stack.h"

#include "cpu/interp/control.h"
#include "cpu/interp/forms.h"
#include "cpu/mmu.h"
#include "cpu/v86.h"

#define PUSH(name, w) PATHS(name##_##w) \
	{ return stack_push(cpu, reg_get(cpu, in->a, w), w, p); }
WORDS(PUSH, push)
SET_WORDS(push);

#define POP(name, w) PATHS(name##_##w) \
{ \
	uint32_t v; \
\
	if (!stack_top(cpu, &v, w, p)) \
		return false; \
	stack_set(cpu, stack_at(cpu, width_bytes(w))); \
	reg_put(cpu, in->a, v, w);	/* last: POP SP */ \
	return true; \
}
WORDS(POP, pop)
SET_WORDS(pop);

/* The 8086 and 80186 push SP as it is afterwards (Intel 286 PRM, appendix C).  */
#define PUSH_SP(name, w) PATHS(name##_##w) \
{ \
	uint32_t v = reg_get(cpu, CPU_SP, w); \
\
	return stack_push(cpu, cpu->model < CPU_80286 ? v - 2 : v, w, p); \
}
WORDS(PUSH_SP, push_sp)
SET_WORDS(push_sp);

#define PUSH_IMM(name, w) PATHS(name##_##w) \
	{ return stack_push(cpu, in->imm, w, p); }
WORDS(PUSH_IMM, push_imm)
SET_WORDS(push_imm);

/* PUSH r/m; of FF /6 with register SP the 8086 too pushes the new value.  */
#define PUSH_E(name, w, f) PATHS(name##_##w##_##f) \
{ \
	uint32_t v; \
\
	if (!rm_read(cpu, in, &v, w, f, p)) \
		return false; \
	if (f == F_R && in->a == CPU_SP && cpu->model < CPU_80286) \
		v -= 2; \
	return stack_push(cpu, v, w, p); \
}
FORMS_WORD(PUSH_E, push_e)
SET_WORD(push_e);

/* POP r/m; an address with ESP uses its value after the pop.  When the store
 * faults the 80286 has moved SP already (seen in captures of the chip).  */
static always_inline void pop_e(struct cpu *cpu, const struct cpu_insn *in,
				enum width w, enum form f)
{
	uint32_t v = cpu_read(cpu, CPU_SS, stack_at(cpu, 0), width_bytes(w));
	uint32_t old = cpu->reg[CPU_SP], popped, off;

	stack_set(cpu, stack_at(cpu, width_bytes(w)));
	if (f == F_R) {
		reg_put(cpu, in->a, v, w);
		return;
	}
	off = insn_ea(cpu, in, f);
	popped = cpu->reg[CPU_SP];
	if (cpu->model != CPU_80286)
		cpu->reg[CPU_SP] = old;
	cpu_write(cpu, in->seg, off, v, width_bytes(w));
	cpu->reg[CPU_SP] = popped;
}

#define POP_E(name, w, f) HANDLER(name##_##w##_##f) \
	{ cpu->hot.cur = in; pop_e(cpu, in, w, f); return cpu_next(cpu, in); }
FORMS_WORD(POP_E, pop_e)
SET_WORD(pop_e);

/* Each word is checked before the first is written.  */
static always_inline void pusha(struct cpu *cpu, enum width w)
{
	unsigned size = width_bytes(w);
	uint8_t *room = stack_room(cpu, 8 * size);

	if (likely(room != NULL)) {
		for (unsigned i = 0; i < 8; i++)
			cpu_store(room + (7 - i) * size, reg_get(cpu, i, w), size);
		stack_set(cpu, stack_at(cpu, -8 * size));
		return;
	}
	for (unsigned i = 1; i <= 8; i++)
		cpu_check_write(cpu, CPU_SS, stack_at(cpu, -i * size), size);
	for (unsigned i = 0; i < 8; i++)
		cpu_write(cpu, CPU_SS, stack_at(cpu, -(i + 1) * size), reg_get(cpu, i, w), size);
	stack_set(cpu, stack_at(cpu, -8 * size));
}

static always_inline void popa(struct cpu *cpu, enum width w)
{
	unsigned size = width_bytes(w);
	const uint8_t *piece = stack_piece(cpu, 8 * size);
	uint32_t v[8], sp;

	for (unsigned i = 0; i < 8; i++)
		v[i] = likely(piece != NULL) ? cpu_load(piece + i * size, size) :
			cpu_read(cpu, CPU_SS, stack_at(cpu, i * size), size);
	sp = stack_at(cpu, 8 * size);
	/* The 386 pops ESP as well, and then sets as much of it as the stack uses
	 * (measured by the authors of test386.asm).  */
	if (w == W32 && cpu->model == CPU_80386)
		cpu->reg[CPU_SP] = v[7 - CPU_SP];
	stack_set(cpu, sp);
	for (unsigned i = 0; i < 8; i++)
		if (7 - i != CPU_SP)
			reg_put(cpu, 7 - i, v[i], w);
}

#define PUSHA(name, w) HANDLER(name##_##w) \
	{ cpu->hot.cur = in; name(cpu, w); return cpu_next(cpu, in); }
WORDS(PUSHA, pusha)
SET_WORDS(pusha);
WORDS(PUSHA, popa)
SET_WORDS(popa);

/* ---- flags ---- */

#define PUSHF(name, w) PATHS(name##_##w) \
{ \
	uint32_t f; \
\
	if (unlikely(cpu->flags & CPU_VM)) { \
		if (p == FAST) \
			return false; \
		f = v86_flags_pushed(cpu, w == W32); \
	} else { \
		f = flags_get(cpu); \
	} \
	return stack_push(cpu, flags_fixed(cpu, f & ~(CPU_VM | CPU_RF)), w, p); \
}
WORDS(PUSHF, pushf)
SET_WORDS(pushf);

#define POPF(name, w) HANDLER(name##_##w) \
{ \
	uint32_t keep = w == W16 ? 0xffff0000 : CPU_VM | CPU_VIF | CPU_VIP, f; \
\
	cpu->hot.cur = in; \
	f = cpu_read(cpu, CPU_SS, stack_at(cpu, 0), width_bytes(w)) & ~CPU_RF; \
	f = unlikely(cpu->flags & CPU_VM) ? v86_flags_popped(cpu, f, w == W32) : \
		flags_loaded(cpu, f, keep); \
	stack_set(cpu, stack_at(cpu, width_bytes(w))); \
	flags_set(cpu, f); \
	if (cpu->flags & (CPU_TF | CPU_AC) || cpu->hot.aligned) \
		return cpu_leave(cpu, cpu_pos(cpu, in + 1), insn_next_ip(cpu, in)); \
	return cpu_event_point(cpu, in); \
}
WORDS(POPF, popf)
SET_WORDS(popf);

/* ---- frames ---- */

/* Copies of the outer frames' pointers, then this one's (Intel 286 PRM,
 * ENTER).  The word on top of the new frame must be writable.  */
static void enter(struct cpu *cpu, const struct cpu_insn *in, enum width w)
{
	unsigned size = width_bytes(w), level = in->imm2 & 31;
	uint32_t bp = reg_get(cpu, CPU_BP, w), at = 0;
	/* With a 16-bit stack and 32-bit operands, silicon takes all of ESP.  */
	uint32_t high = cpu->hot.stack32 ? 0 : cpu->reg[CPU_SP] & 0xffff0000;
	uint32_t frame = high | stack_at(cpu, -size);
	uint32_t outer = cpu->hot.stack32 ? cpu->reg[CPU_BP] : (uint16_t)cpu->reg[CPU_BP];

	if (level || !cpu_ptr_write(cpu, CPU_SS, stack_at(cpu, -size), size) ||
	    !cpu_ptr_write(cpu, CPU_SS, stack_at(cpu, -size - in->imm), size)) {
		for (unsigned i = 0; i <= level; i++)
			cpu_check_write(cpu, CPU_SS, stack_at(cpu, -(i + 1) * size), size);
		cpu_check_write(cpu, CPU_SS, stack_at(cpu, -(level + 1) * size - in->imm), size);
	}
	cpu_write(cpu, CPU_SS, stack_at(cpu, at -= size), bp, size);
	for (unsigned i = 1; i < level; i++) {
		outer -= size;
		if (!cpu->hot.stack32)
			outer &= 0xffff;
		cpu_write(cpu, CPU_SS, stack_at(cpu, at -= size),
			  cpu_read(cpu, CPU_SS, outer, size), size);
	}
	if (level)
		cpu_write(cpu, CPU_SS, stack_at(cpu, at -= size), frame, size);
	stack_set(cpu, stack_at(cpu, at - in->imm));
	reg_put(cpu, CPU_BP, frame, w);
}

#define ENTER(name, w) HANDLER(name##_##w) \
	{ cpu->hot.cur = in; enter(cpu, in, w); return cpu_next(cpu, in); }
WORDS(ENTER, enter)
SET_WORDS(enter);

#define LEAVE(name, w) PATHS(name##_##w) \
{ \
	uint32_t at = cpu->hot.stack32 ? cpu->reg[CPU_BP] : reg_get(cpu, CPU_BP, W16), v; \
\
	if (!mem_read(cpu, CPU_SS, at, &v, w, p)) \
		return false; \
	stack_set(cpu, at + width_bytes(w)); \
	reg_put(cpu, CPU_BP, v, w); \
	return true; \
}
WORDS(LEAVE, leave)
SET_WORDS(leave);

/* ---- segment registers ---- */

/* A 32-bit push of a selector writes 16 bits and moves ESP by 4.  */
#define PUSH_SEG(name, w) PATHS(name##_##w) \
{ \
	uint32_t sp = stack_at(cpu, -width_bytes(w)); \
\
	if (!mem_write(cpu, CPU_SS, sp, cpu->seg[in->b].sel, W16, p)) \
		return false; \
	stack_set(cpu, sp); \
	return true; \
}
WORDS(PUSH_SEG, push_seg)
SET_WORDS(push_seg);

#define POP_SEG(name, w) HANDLER(name##_##w) \
{ \
	uint16_t sel; \
	uint32_t sp; \
	enum width sw = cpu->hot.stack32 ? W32 : W16;	/* POP SS: the old stack's */ \
\
	cpu->hot.cur = in; \
	sel = cpu_read16(cpu, CPU_SS, stack_at(cpu, 0)); \
	sp = stack_at(cpu, width_bytes(w)); \
	cpu_load_segment(cpu, in->b, sel); \
	reg_put(cpu, CPU_SP, sp, sw); \
	return in->b == CPU_SS ? cpu_after_ss(cpu, in) : cpu_next(cpu, in); \
}
WORDS(POP_SEG, pop_seg)
SET_WORDS(pop_seg);

HANDLER(pop_cs)
{
	uint16_t sel;

	cpu->hot.cur = in;
	sel = cpu_read16(cpu, CPU_SS, stack_at(cpu, 0));
	stack_set(cpu, stack_at(cpu, 2));
	cpu_load_real(cpu, CPU_CS, sel);
	return cpu_jump_slow(cpu, in, (uint16_t)insn_next_ip(cpu, in));
}
SET_ONE(h_pop_cs, pop_cs);
