/* control.c - jumps, calls, returns, loops, interrupts.  */

#include "cpu/interp/control.h"

#include "bus/bus.h"
#include "cpu/interp/forms.h"
#include "cpu/interp/longer.h"
#include "cpu/interp/interp.h"
#include "cpu/interp/stack.h"
#include "cpu/mmu.h"
#include "cpu/transfer.h"
#include "cpu/v86.h"

/* ---- direct, near ---- */

static always_inline uint32_t target(const struct cpu *cpu, const struct cpu_insn *in, enum width w)
{
	return (insn_next_ip(cpu, in) + in->imm) & width_mask(w);
}

/* The linked slot is the target unless ip wraps between here and there.  */
static always_inline bool linked(const struct cpu *cpu, const struct cpu_insn *in, enum width w)
{
	return likely(in->link != NULL) && likely(insn_ip(cpu, in->link) <=
		(w == W16 ? cpu->hot.code_limit16 : cpu->hot.code_limit));
}

static always_inline const struct cpu_insn *
branch(struct cpu *cpu, const struct cpu_insn *in, enum width w)
{
	if (linked(cpu, in, w))
		return cpu_taken(cpu, in, in->link);
	return cpu_branch_slow(cpu, in, target(cpu, in, w));
}

#define JCC_W(name, n, w) HANDLER(name##_##w) \
	{ return flag_cond(cpu, n) ? branch(cpu, in, w) : cpu_next(cpu, in); }
#define JCC(name, n) JCC_W(name, n, W16) JCC_W(name, n, W32) SET_WORDS(name)
JCC(jo, 0);
JCC(jno, 1);
JCC(jb, 2);
JCC(jnb, 3);
JCC(jz, 4);
JCC(jnz, 5);
JCC(jbe, 6);
JCC(ja, 7);
JCC(js, 8);
JCC(jns, 9);
JCC(jp, 10);
JCC(jnp, 11);
JCC(jl, 12);
JCC(jge, 13);
JCC(jle, 14);
JCC(jg, 15);

#define JMP(name, w) HANDLER(name##_##w) { return branch(cpu, in, w); }
WORDS(JMP, jmp)
SET_WORDS(jmp);

#define CALL(name, w) \
COLD name##_##w##_slow(struct cpu *cpu, const struct cpu_insn *in) \
{ \
	uint32_t ip = target(cpu, in, w); \
\
	cpu->hot.cur = in; \
	cpu_check_ip(cpu, ip); \
	stack_push(cpu, insn_next_ip(cpu, in), w, SLOW); \
	return cpu_branch_slow(cpu, in, ip); \
} \
HANDLER(name##_##w) \
{ \
	if (!linked(cpu, in, w) || !stack_push(cpu, insn_next_ip(cpu, in), w, FAST)) \
		return name##_##w##_slow(cpu, in); \
	return cpu_taken(cpu, in, in->link); \
}
WORDS(CALL, call)
SET_WORDS(call);

/* LOOP counts in CX or ECX, as the address size says.  */
#define LOOP(name, w, f, condition) HANDLER(name##_##w##_##f) \
{ \
	uint32_t n = reg_get(cpu, CPU_CX, f == F_M16 ? W16 : W32) - 1; \
\
	if (f == F_M16) \
		n = (uint16_t)n; \
	if (n && (condition)) { \
		cpu->hot.cur = in; \
		if (!linked(cpu, in, w)) \
			cpu_check_ip(cpu, target(cpu, in, w)); \
		reg_put(cpu, CPU_CX, n, f == F_M16 ? W16 : W32); \
		return branch(cpu, in, w); \
	} \
	reg_put(cpu, CPU_CX, n, f == F_M16 ? W16 : W32); \
	return cpu_next(cpu, in); \
}
#define LOOPS(name, condition) \
	LOOP(name, W16, F_M16, condition) LOOP(name, W16, F_M32, condition) \
	LOOP(name, W32, F_M16, condition) LOOP(name, W32, F_M32, condition) \
	SET_MEMORY_WORD(name)
LOOPS(loop, true);
LOOPS(loopz, flag_zf(cpu));
LOOPS(loopnz, !flag_zf(cpu));

#define JCXZ(name, w, f) HANDLER(name##_##w##_##f) \
{ \
	if (!reg_get(cpu, CPU_CX, f == F_M16 ? W16 : W32)) \
		return branch(cpu, in, w); \
	return cpu_next(cpu, in); \
}
JCXZ(jcxz, W16, F_M16)
JCXZ(jcxz, W16, F_M32)
JCXZ(jcxz, W32, F_M16)
JCXZ(jcxz, W32, F_M32)
SET_MEMORY_WORD(jcxz);

/* ---- indirect, near ---- */

static always_inline const struct cpu_insn *
come_back(struct cpu *cpu, const struct cpu_insn *in, uint32_t ip)
{
	uint32_t off = ip - cpu->hot.ip_base;
	const struct cpu_insn *t;

	if (likely(off < CODE_PAGE)) {
		t = cpu->hot.view->at[off];
		if (likely(t != NULL))
			return cpu_taken(cpu, in, insn_foretold(in, t));
	}
	return cpu_jump_foretold(cpu, in, ip);
}

#define RET(name, w) \
COLD name##_##w##_slow(struct cpu *cpu, const struct cpu_insn *in) \
{ \
	uint32_t ip; \
\
	cpu->hot.cur = in; \
	stack_top(cpu, &ip, w, SLOW); \
	cpu_check_ip(cpu, ip); \
	stack_set(cpu, stack_at(cpu, width_bytes(w))); \
	return cpu_jump(cpu, in, ip); \
} \
HANDLER(name##_##w) \
{ \
	uint32_t ip; \
\
	if (unlikely(!stack_top(cpu, &ip, w, FAST) || ip > cpu->hot.code_limit)) \
		return name##_##w##_slow(cpu, in); \
	stack_set(cpu, stack_at(cpu, width_bytes(w))); \
	return come_back(cpu, in, ip); \
}
WORDS(RET, ret)
SET_WORDS(ret);

#define RET_IMM(name, w) HANDLER(name##_##w) \
{ \
	uint32_t ip; \
\
	cpu->hot.cur = in; \
	ip = cpu_read(cpu, CPU_SS, stack_at(cpu, 0), width_bytes(w)); \
	cpu_check_ip(cpu, ip); \
	stack_set(cpu, stack_at(cpu, width_bytes(w) + in->imm)); \
	return cpu_jump(cpu, in, ip); \
}
WORDS(RET_IMM, ret_imm)
SET_WORDS(ret_imm);

#define JMP_E(name, w, f) HANDLER(name##_##w##_##f) \
{ \
	uint32_t ip; \
\
	cpu->hot.cur = in; \
	ip = rm_get(cpu, in, w, f); \
	cpu_check_ip(cpu, ip); \
	return cpu_jump(cpu, in, ip); \
}
FORMS_WORD(JMP_E, jmp_e)
SET_WORD(jmp_e);

#define CALL_E(name, w, f) HANDLER(name##_##w##_##f) \
{ \
	uint32_t ip; \
\
	cpu->hot.cur = in; \
	ip = rm_get(cpu, in, w, f); \
	cpu_check_ip(cpu, ip); \
	stack_push(cpu, insn_next_ip(cpu, in), w, SLOW); \
	return cpu_jump(cpu, in, ip); \
}
FORMS_WORD(CALL_E, call_e)
SET_WORD(call_e);

/* ---- far ---- */

/* After a transfer that transfer.c has done: go on at cs:ip.  */
static const struct cpu_insn *arrived(struct cpu *cpu, const struct cpu_insn *in)
{
	if (cpu->hot.cur != in)			/* another task: cpu_retire() */
		return cpu_leave(cpu, cpu_pos(cpu, cpu->hot.cur), cpu->ip);
	if (cpu->flags & (CPU_TF | CPU_RF) || cpu_due_interrupt(cpu))
		return cpu_leave(cpu, cpu_pos(cpu, in + 1), cpu->ip);
	return cpu_jump_slow(cpu, in, cpu->ip);
}

/* Real and V86 mode.  */
static void load_code(struct cpu *cpu, uint16_t sel, uint32_t ip)
{
	cpu_check_ip(cpu, ip);
	cpu_load_real(cpu, CPU_CS, sel);
}

static const struct cpu_insn *jump_far(struct cpu *cpu, const struct cpu_insn *in,
				       uint16_t sel, uint32_t ip)
{
	if (unlikely(cpu_protected(cpu))) {
		cpu_jump_far(cpu, sel, ip, insn_next_ip(cpu, in));
		return arrived(cpu, in);
	}
	load_code(cpu, sel, ip);
	return cpu_jump_slow(cpu, in, ip);
}

static const struct cpu_insn *call_far(struct cpu *cpu, const struct cpu_insn *in,
				       uint16_t sel, uint32_t ip, enum width w)
{
	unsigned size = width_bytes(w);
	uint16_t cs = cpu->seg[CPU_CS].sel;
	uint32_t next = insn_next_ip(cpu, in);
	uint8_t *room;

	cpu_takes_longer(cpu, LONGER_FAR);
	if (unlikely(cpu_protected(cpu))) {
		cpu_call_far(cpu, sel, ip, next, size);
		return arrived(cpu, in);
	}
	room = stack_room(cpu, 2 * size);
	if (unlikely(!room)) {
		cpu_check_write(cpu, CPU_SS, stack_at(cpu, -size), size);
		cpu_check_write(cpu, CPU_SS, stack_at(cpu, -2 * size), size);
	}
	load_code(cpu, sel, ip);
	if (likely(room != NULL)) {
		cpu_store(room, next, size);
		cpu_store(room + size, cs, size);
	} else {
		cpu_write(cpu, CPU_SS, stack_at(cpu, -size), cs, size);
		cpu_write(cpu, CPU_SS, stack_at(cpu, -2 * size), next, size);
	}
	stack_set(cpu, stack_at(cpu, -2 * size));
	return cpu_jump_slow(cpu, in, ip);
}

#define FAR(name, w) \
HANDLER(jmp_far_##w) \
	{ cpu->hot.cur = in; return jump_far(cpu, in, in->imm2, in->imm); } \
HANDLER(call_far_##w) \
	{ cpu->hot.cur = in; return call_far(cpu, in, in->imm2, in->imm, w); }
WORDS(FAR, far)
SET_WORDS(jmp_far);
SET_WORDS(call_far);

/* The far pointer in memory.  The 8086 wraps between its halves.  */
static always_inline uint32_t far_pointer(struct cpu *cpu, const struct cpu_insn *in,
					  enum width w, enum form f, uint16_t *sel)
{
	uint32_t off = insn_ea(cpu, in, f);
	uint32_t ip = cpu_read(cpu, in->seg, off, width_bytes(w));

	*sel = cpu_read16(cpu, in->seg, insn_part(cpu, off, width_bytes(w), f));
	return ip;
}

#define FAR_M(name, w, f) \
HANDLER(jmp_far_m_##w##_##f) \
{ \
	uint16_t sel; \
	uint32_t ip; \
\
	cpu->hot.cur = in; \
	ip = far_pointer(cpu, in, w, f, &sel); \
	return jump_far(cpu, in, sel, ip); \
} \
HANDLER(call_far_m_##w##_##f) \
{ \
	uint16_t sel; \
	uint32_t ip; \
\
	cpu->hot.cur = in; \
	ip = far_pointer(cpu, in, w, f, &sel); \
	return call_far(cpu, in, sel, ip, w); \
}
FAR_M(far_m, W16, F_M16)
FAR_M(far_m, W16, F_M32)
FAR_M(far_m, W32, F_M16)
FAR_M(far_m, W32, F_M32)
SET_MEMORY_WORD(jmp_far_m);
SET_MEMORY_WORD(call_far_m);

/* FF /3 and /5 with a register: the 8086 takes the register as the offset
 * and what its address latch holds as the place of the selector; undefined.
 * Taken here: CS stays.  */
HANDLER(jmp_far_register)
{
	return cpu_jump_slow(cpu, in, reg_get(cpu, in->a, W16));
}

HANDLER(call_far_register)
{
	cpu->hot.cur = in;
	return call_far(cpu, in, cpu->seg[CPU_CS].sel, reg_get(cpu, in->a, W16), W16);
}
const struct cpu_handlers h_jmp_far_8086 = {
	{ [W16] = { jmp_far_register, jmp_far_m_W16_F_M16, NULL } } };
const struct cpu_handlers h_call_far_8086 = {
	{ [W16] = { call_far_register, call_far_m_W16_F_M16, NULL } } };

typedef const struct cpu_insn *jump_fn(struct cpu *cpu, const struct cpu_insn *in, uint32_t ip);

static always_inline const struct cpu_insn *
ret_far(struct cpu *cpu, const struct cpu_insn *in, enum width w, jump_fn *go)
{
	unsigned size = width_bytes(w);
	uint32_t ip;
	uint16_t sel;

	cpu_takes_longer(cpu, LONGER_FAR);
	if (unlikely(cpu_protected(cpu))) {
		cpu_return_far(cpu, in->imm, size);
		return arrived(cpu, in);
	}
	ip = cpu_read(cpu, CPU_SS, stack_at(cpu, 0), size);
	sel = cpu_read(cpu, CPU_SS, stack_at(cpu, size), size);
	load_code(cpu, sel, ip);
	stack_set(cpu, stack_at(cpu, 2 * size + in->imm));
	return go(cpu, in, ip);
}

#define RETF(name, w) HANDLER(name##_##w) \
	{ cpu->hot.cur = in; return ret_far(cpu, in, w, cpu_jump_foretold); }
WORDS(RETF, retf)
SET_WORDS(retf);
#define RETF_IMM(name, w) HANDLER(name##_##w) \
	{ cpu->hot.cur = in; return ret_far(cpu, in, w, cpu_jump_slow); }
WORDS(RETF_IMM, retf_imm)
SET_WORDS(retf_imm);

/* ---- interrupts ---- */

/* Apart from its handlers: with an address of its own frame given away, a
 * function cannot end in a jump to the next handler.  */
static __attribute__((noinline)) void
raise_event(struct cpu *cpu, const struct cpu_insn *in, unsigned vector, enum event_kind kind,
	    bool int_n)
{
	struct cpu_event ev = {
		.kind = kind, .vector = vector, .ip = insn_next_ip(cpu, in) };

	cpu->hot.cur = in;
	if (unlikely(cpu->watch.ints))
		cpu_stop_before(cpu, vector);
	if (int_n && unlikely(cpu->flags & CPU_VM))
		cpu_interrupt_v86(cpu, &ev);
	else
		cpu_interrupt(cpu, &ev);
}

static const struct cpu_insn *software_interrupt(struct cpu *cpu, const struct cpu_insn *in,
						 unsigned vector, enum event_kind kind)
{
	raise_event(cpu, in, vector, kind, false);
	return arrived(cpu, in);
}

/* Real mode's usual case: vector and frame in plain memory, nobody watching.
 * False: it is not that case.  */
static bool interrupt_plain(struct cpu *cpu, const struct cpu_insn *in, unsigned vector)
{
	const uint8_t *entry = cpu_ptr_linear(cpu, cpu->idtr.base + vector * 4, 4);
	uint8_t *room = stack_room(cpu, 6);
	uint16_t ip, sel;

	if (cpu->cr[0] & CR0_PE || cpu->on_int || cpu->watch.ints || cpu->hot.stepping ||
	    !entry || !room || vector * 4 + 3 > cpu->idtr.limit)
		return false;
	ip = cpu_load(entry, 2);
	sel = cpu_load(entry + 2, 2);
	cpu_store(room, insn_next_ip(cpu, in), 2);
	cpu_store(room + 2, cpu->seg[CPU_CS].sel, 2);
	cpu_store(room + 4, flags_fixed(cpu, flags_get(cpu)), 2);
	stack_set(cpu, stack_at(cpu, -6));
	cpu->flags &= ~(CPU_IF | CPU_TF | CPU_AC | CPU_RF);
	cpu_load_real(cpu, CPU_CS, sel);
	cpu->ip = ip;
	return true;
}

HANDLER(int_n)
{
	cpu_takes_longer(cpu, LONGER_INT);
	if (likely(interrupt_plain(cpu, in, in->imm)))
		return cpu_jump_foretold(cpu, in, cpu->ip);
	raise_event(cpu, in, in->imm, EVENT_SOFT, true);
	return arrived(cpu, in);
}
SET_ONE(h_int, int_n);

HANDLER(int3)
{
	return software_interrupt(cpu, in, EXC_BP, EVENT_SOFT);
}
SET_ONE(h_int3, int3);

HANDLER(int1)
{
	return software_interrupt(cpu, in, EXC_DB, EVENT_HARD);
}
SET_ONE(h_int1, int1);

HANDLER(into)
{
	return flag_of(cpu) ? software_interrupt(cpu, in, EXC_OF, EVENT_SOFT) :
		cpu_next(cpu, in);
}
SET_ONE(h_into, into);

static always_inline const struct cpu_insn *
iret(struct cpu *cpu, const struct cpu_insn *in, enum width w)
{
	unsigned size = width_bytes(w);
	const uint8_t *piece;
	uint32_t ip, f;
	uint16_t sel;

	cpu_takes_longer(cpu, LONGER_IRET);
	if (unlikely(cpu_protected(cpu))) {
		cpu->in_nmi = false;		/* even if it faults */
		cpu_return_interrupt(cpu, insn_next_ip(cpu, in), size);
		return arrived(cpu, in);
	}
	piece = stack_piece(cpu, 3 * size);
	ip = piece ? cpu_load(piece, size) : cpu_read(cpu, CPU_SS, stack_at(cpu, 0), size);
	sel = piece ? cpu_load(piece + size, size) :
		cpu_read(cpu, CPU_SS, stack_at(cpu, size), size);
	f = piece ? cpu_load(piece + 2 * size, size) :
		cpu_read(cpu, CPU_SS, stack_at(cpu, 2 * size), size);
	f = cpu->flags & CPU_VM ? v86_flags_popped(cpu, f, w == W32) :
		flags_loaded(cpu, f, w == W32 ? CPU_VM | CPU_VIF | CPU_VIP : 0xffff0000);
	load_code(cpu, sel, ip);
	cpu->in_nmi = false;
	stack_set(cpu, stack_at(cpu, 3 * size));
	flags_set(cpu, f);
	if (cpu->flags & CPU_TF || cpu_due_interrupt(cpu))
		return cpu_leave(cpu, cpu_pos(cpu, in + 1), ip);
	return cpu_jump_foretold(cpu, in, ip);
}

#define IRET(name, w) HANDLER(name##_##w) { cpu->hot.cur = in; return iret(cpu, in, w); }
WORDS(IRET, iret)
SET_WORDS(iret);

/* ---- HLT ---- */

HANDLER(hlt)
{
	struct interp *it = interp_of(cpu);
	uint32_t lin = cpu->seg[CPU_CS].base + insn_ip(cpu, in);

	cpu->hot.cur = in;
	lin = cpu_translate(cpu, lin, ACCESS_EXEC);
	if (lin - cpu->gate_base < cpu->gate_count) {
		it->gate = true;
	} else {
		if (cpu->cr[0] & CR0_PE && cpu->cpl)
			cpu_raise_code(cpu, EXC_GP, 0);
		cpu->halted = true;
	}
	return cpu_leave(cpu, cpu_pos(cpu, in + 1), insn_next_ip(cpu, in));
}
SET_ONE(h_hlt, hlt);
