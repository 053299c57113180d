/* esc_live.c - x87 instructions that the host's x87 executes as they are.
 *
 * A row here is an ESC opcode; its handler has the opcode's own bytes in it,
 * for memory forms with the operand's host address in RAX.  Whatever else
 * there is (errors, environments, processors before the 386, chips in
 * the way) goes to the general way, esc.c.  */

#include "cpu/fpu_live.h"

#include "cpu/fpu_core.h"
#include "cpu/interp/esc.h"
#include "cpu/interp/forms.h"
#include "cpu/interp/longer.h"
#include "cpu/interp/operand.h"

#if FPU_LIVE

/* As fpu_remember(); imm is the opcode.  */
static always_inline void remember(struct cpu *cpu, const struct cpu_insn *in)
{
	cpu->fpu.last_op = in->imm;
	cpu->fpu.last_cs = cpu->seg[CPU_CS].sel;
	cpu->fpu.last_ip = insn_ip(cpu, in);
}

static always_inline void remember_operand(struct cpu *cpu, const struct cpu_insn *in, uint32_t off)
{
	remember(cpu, in);
	cpu->fpu.last_ds = cpu->seg[in->seg].sel;
	cpu->fpu.last_dp = off;
}

static always_inline uint16_t host_status(void)
{
	uint16_t sw;

	__asm__ volatile("fnstsw %0" : "=a" (sw));
	return sw;
}

/* The instruction is done.  Did it cause an error?  Before it there was
 * none.  */
static __attribute__((noinline)) void settle(struct cpu *cpu, enum cpu_longer what)
{
	if (cpu->hot.fpu_live != FPU_WATCHED)
		return;
	cpu_takes_longer(cpu, what);
	if (host_status() & FPU_ES) {
		fpu_live_leave(cpu);
		fpu_signal(cpu);
	}
}

static __attribute__((noinline)) const struct cpu_insn *
settle_next(struct cpu *cpu, const struct cpu_insn *in, enum cpu_longer what)
{
	settle(cpu, what);
	return cpu_next(cpu, in);
}

/* A call in the middle would want a frame, before anything else.  */
static always_inline const struct cpu_insn *next(struct cpu *cpu, const struct cpu_insn *in,
						 enum cpu_longer what)
{
	if (unlikely(cpu->hot.fpu_live == FPU_WATCHED))
		return settle_next(cpu, in, what);
	return cpu_next(cpu, in);
}

/* ---- registers ---- */

COLD register_slow(struct cpu *cpu, const struct cpu_insn *in)
{
	if (fpu_live_enter(cpu))
		return cpu_exec(cpu, in);
	esc_general_R(cpu, in);
	return cpu_next(cpu, in);
}

#define REG(e, hi, lo) HANDLER(reg_##e##_##hi##lo) \
{ \
	if (unlikely(!fpu_live(cpu))) \
		return register_slow(cpu, in); \
	__asm__ volatile(".byte 0xd8 + " #e ", 0x" #hi #lo); \
	remember(cpu, in); \
	return next(cpu, in, esc_longer(e, 0x##hi##lo)); \
}

#define LOW(X, e, hi) X(e, hi, 0) X(e, hi, 1) X(e, hi, 2) X(e, hi, 3) \
	X(e, hi, 4) X(e, hi, 5) X(e, hi, 6) X(e, hi, 7)
#define HIGH(X, e, hi) X(e, hi, 8) X(e, hi, 9) X(e, hi, A) X(e, hi, B) \
	X(e, hi, C) X(e, hi, D) X(e, hi, E) X(e, hi, F)
#define ARITH(X, e) LOW(X, e, C) HIGH(X, e, C) \
	LOW(X, e, E) HIGH(X, e, E) LOW(X, e, F) HIGH(X, e, F)

#define REGISTERS(X) \
	ARITH(X, 0) LOW(X, 0, D) HIGH(X, 0, D)		/* ST, ST(i) */ \
	LOW(X, 1, C) HIGH(X, 1, C)			/* FLD, FXCH */ \
	X(1, D, 0)					/* FNOP */ \
	X(1, E, 0) X(1, E, 1) X(1, E, 4) X(1, E, 5)	/* FCHS FABS FTST FXAM */ \
	X(1, E, 8) X(1, E, 9) X(1, E, A) X(1, E, B)	/* constants */ \
	X(1, E, C) X(1, E, D) X(1, E, E) \
	LOW(X, 1, F) HIGH(X, 1, F)			/* F2XM1 to FCOS */ \
	X(2, E, 9)					/* FUCOMPP */ \
	ARITH(X, 4)					/* ST(i), ST */ \
	LOW(X, 5, C) LOW(X, 5, D) HIGH(X, 5, D)		/* FFREE, FST, FSTP */ \
	LOW(X, 5, E) HIGH(X, 5, E)			/* FUCOM, FUCOMP */ \
	ARITH(X, 6) X(6, D, 9)				/* ... and pop; FCOMPP */

REGISTERS(REG)

HANDLER(fnclex)
{
	if (unlikely(!fpu_live(cpu)))
		return register_slow(cpu, in);
	__asm__ volatile("fnclex");
	return cpu_next(cpu, in);
}

HANDLER(fnstsw_ax)
{
	if (unlikely(!fpu_live(cpu)))
		return register_slow(cpu, in);
	reg_put(cpu, CPU_AX, host_status(), W16);
	return cpu_next(cpu, in);
}

static cpu_handler *const by_modrm[8][64] = {
#define ROW(e, hi, lo) [e][0x##hi##lo - 0xc0] = reg_##e##_##hi##lo,
	REGISTERS(ROW)
#undef ROW
	[3][0x22] = fnclex,
	[7][0x20] = fnstsw_ax,
};

/* ---- memory ---- */

enum { LOAD, STORE };

/* The operand by way of `buf': true if the host can compute with that.
 * Otherwise the instruction has been done.  */
static bool fetch_slow(struct cpu *cpu, const struct cpu_insn *in, uint32_t off, enum form f,
		       unsigned size, int way, uint8_t *buf)
{
	cpu->hot.cur = in;
	fpu_live_enter(cpu);
	if (!fpu_live(cpu) || size > 8) {
		esc_general(cpu, in, off, f);
		return false;
	}
	if (way == LOAD)
		cpu_store(buf, cpu_read(cpu, in->seg, off, size), size);
	else
		cpu_check_write(cpu, in->seg, off, size);
	return true;
}

/* A result that an error holds back is not stored; an inexact one is.  */
static void store_slow(struct cpu *cpu, const struct cpu_insn *in, uint32_t off, unsigned size,
		       const uint8_t *buf)
{
	unsigned holding = ~cpu->fpu.control & FPU_EXCEPTIONS & ~FPU_PE;

	if (cpu->hot.fpu_live == FPU_MASKED || !(host_status() & holding))
		cpu_write(cpu, in->seg, off, cpu_load(buf, size), size);
}

/* By way of a copy: a function by itself, because one that gives away an
 * address of its own frame cannot end in a jump to the next handler.  */
#define MEM(e, reg, size, way, f) \
static __attribute__((noinline, cold)) void \
mem_##e##_##reg##_##f##_copy(struct cpu *cpu, const struct cpu_insn *in) \
{ \
	uint32_t off = insn_ea(cpu, in, f); \
	uint8_t buf[8] = { 0 }; \
\
	if (!fetch_slow(cpu, in, off, f, size, way, buf)) \
		return; \
	__asm__ volatile(".byte 0xd8 + " #e ", " #reg " << 3" : : "a" (buf) : "memory"); \
	if (way == STORE) \
		store_slow(cpu, in, off, size, buf); \
	remember_operand(cpu, in, off); \
	settle(cpu, esc_longer(e, reg << 3)); \
} \
COLD mem_##e##_##reg##_##f##_slow(struct cpu *cpu, const struct cpu_insn *in) \
{ \
	mem_##e##_##reg##_##f##_copy(cpu, in); \
	return cpu_next(cpu, in); \
} \
HANDLER(mem_##e##_##reg##_##f) \
{ \
	uint32_t off = insn_ea(cpu, in, f); \
	uint8_t *p = way == LOAD ? cpu_ptr_read(cpu, in->seg, off, size) : \
		cpu_ptr_write(cpu, in->seg, off, size); \
\
	if (unlikely(!fpu_live(cpu) || !p)) \
		return mem_##e##_##reg##_##f##_slow(cpu, in); \
	__asm__ volatile(".byte 0xd8 + " #e ", " #reg " << 3" : : "a" (p) : "memory"); \
	remember_operand(cpu, in, off); \
	return next(cpu, in, esc_longer(e, reg << 3)); \
}

#define EIGHT(X, e, size) X(e, 0, size, LOAD) X(e, 1, size, LOAD) X(e, 2, size, LOAD) \
	X(e, 3, size, LOAD) X(e, 4, size, LOAD) X(e, 5, size, LOAD) X(e, 6, size, LOAD) \
	X(e, 7, size, LOAD)
#define MEMORY(X) \
	EIGHT(X, 0, 4) EIGHT(X, 2, 4) EIGHT(X, 4, 8) EIGHT(X, 6, 2)	/* FADD, FIADD ... */ \
	X(1, 0, 4, LOAD) X(1, 2, 4, STORE) X(1, 3, 4, STORE)		/* FLD, FST, FSTP */ \
	X(3, 0, 4, LOAD) X(3, 2, 4, STORE) X(3, 3, 4, STORE)		/* FILD, FIST, FISTP */ \
	X(3, 5, 10, LOAD) X(3, 7, 10, STORE)				/* 80 bits */ \
	X(5, 0, 8, LOAD) X(5, 2, 8, STORE) X(5, 3, 8, STORE)		/* FLD, FST, FSTP */ \
	X(7, 0, 2, LOAD) X(7, 2, 2, STORE) X(7, 3, 2, STORE)		/* FILD, FIST, FISTP */ \
	X(7, 4, 10, LOAD) X(7, 6, 10, STORE)				/* FBLD, FBSTP */ \
	X(7, 5, 8, LOAD) X(7, 7, 8, STORE)				/* FILD, FISTP */

#define MEM_FORMS(e, reg, size, way) MEM(e, reg, size, way, F_M16) MEM(e, reg, size, way, F_M32)
MEMORY(MEM_FORMS)

/* True: the general way has done it, or the slow path has to.  */
static always_inline bool elsewhere(struct cpu *cpu, const struct cpu_insn *in, enum form f,
				    enum path p)
{
	if (likely(fpu_live(cpu)))
		return false;
	if (p == SLOW)
		esc_general(cpu, in, insn_ea(cpu, in, f), f);
	return true;
}

/* With the new masks an old exception may be an error.  */
static always_inline void load_control(struct cpu *cpu, uint16_t control)
{
	bool error = (control & FPU_EXCEPTIONS) != FPU_EXCEPTIONS &&
		host_status() & ~control & FPU_EXCEPTIONS;

	cpu->fpu.control = control;
	if (unlikely(error)) {
		fpu_live_leave(cpu);
		fpu_review(cpu);
		return;
	}
	__asm__ volatile("fldcw %0" : : "m" (cpu->fpu.control));
	fpu_live_control(cpu);
}

#define FLDCW(name, f) PATHS(name##_##f) \
{ \
	uint32_t v; \
\
	if (elsewhere(cpu, in, f, p)) \
		return p == SLOW; \
	if (!mem_read(cpu, in->seg, insn_ea(cpu, in, f), &v, W16, p)) \
		return false; \
	load_control(cpu, fpu_control_word(cpu, v)); \
	return true; \
}
FLDCW(fldcw, F_M16)
FLDCW(fldcw, F_M32)

#define STORE_WORD(name, f, value) PATHS(name##_##f) \
{ \
	if (elsewhere(cpu, in, f, p)) \
		return p == SLOW; \
	return mem_write(cpu, in->seg, insn_ea(cpu, in, f), value, W16, p); \
}
STORE_WORD(fnstcw, F_M16, cpu->fpu.control)
STORE_WORD(fnstcw, F_M32, cpu->fpu.control)
STORE_WORD(fnstsw, F_M16, host_status())
STORE_WORD(fnstsw, F_M32, host_status())

static cpu_handler *const by_reg[8][8][2] = {
#define ROW(e, reg, size, way) [e][reg] = { mem_##e##_##reg##_F_M16, mem_##e##_##reg##_F_M32 },
	MEMORY(ROW)
#undef ROW
	[1][5] = { fldcw_F_M16, fldcw_F_M32 },
	[1][7] = { fnstcw_F_M16, fnstcw_F_M32 },
	[5][7] = { fnstsw_F_M16, fnstsw_F_M32 },
};

cpu_handler *esc_live(unsigned esc, unsigned modrm, enum form f)
{
	return modrm >= 0xc0 ? by_modrm[esc][modrm - 0xc0] : by_reg[esc][modrm >> 3 & 7][f - F_M16];
}

#else

cpu_handler *esc_live(unsigned esc, unsigned modrm, enum form f)
{
	(void)esc, (void)modrm, (void)f;
	return NULL;
}

#endif
