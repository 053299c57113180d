/* fpu_host_x87.c - arithmetic by the host's own x87.
 *
 * Each operation runs under the guest's control word, masks included, so
 * that result, flags and what an unmasked exception holds back are what
 * silicon does.  An x87 reports an unmasked exception only at its next
 * waiting instruction: FNSTSW and FNCLEX do not wait, so the host never
 * sees one.
 *
 * Clearing the host's exception flags costs more than the operation.
 * They stay as they are when all of them are already set and masked in
 * the guest: there they change nothing.  */

#include "cpu/fpu_host.h"

#if (defined(__x86_64__) || defined(__i386__)) && !defined(FPU_SOFT)

/* Exceptions that are found before the operation: it does not take place.  */
#define BEFORE	(FPU_IE | FPU_DE | FPU_ZE)

/* Host flags that would disturb the guest.  */
static inline uint8_t disturbing(const struct fpu *fpu)
{
	return ~(fpu->status & fpu->control) & (FPU_EXCEPTIONS | FPU_SF);
}

static inline unsigned answer(const struct fpu *fpu, uint16_t sw, unsigned holding)
{
	return sw | (sw & ~fpu->control & holding ? FPU_HELD : 0);
}

#define ENTER						\
	"fnstsw	%%ax\n\t"				\
	"testb	%[disturbing], %%al\n\t"		\
	"jz	1f\n\t"					\
	"fnclex\n"					\
	"1:\tfnstcw	%[save]\n\t"			\
	"fldcw	%[control]\n\t"

/* The result is on the host's stack; a pending exception must go before
 * an instruction that waits.  */
#define FINISH						\
	"fnstsw	%%ax\n\t"				\
	"testb	$0x80, %%al\n\t"			\
	"jz	2f\n\t"					\
	"fnclex\n"					\
	"2:\t"

#define LEAVE	"fldcw	%[save]"

/* After an exception it is not worth knowing what is on the stack.  */
#define FINISH_EMPTY					\
	"fnstsw	%%ax\n\t"				\
	"testb	$0x80, %%al\n\t"			\
	"jz	2f\n\t"					\
	"fninit\n"					\
	"2:\t"

#define CLOBBERS "memory", "cc", "st", "st(1)", "st(2)", "st(3)", "st(4)", \
	"st(5)", "st(6)", "st(7)"

#define RUN(code)						\
	uint16_t sw, save;					\
								\
	__asm__ volatile(ENTER code LEAVE			\
		: [sw] "=&a" (sw), [save] "=m" (save)		\
		: [disturbing] "c" (disturbing(fpu)),		\
		  [control] "m" (fpu->control),			\
		  [dst] "r" (dst), [src] "r" (src)		\
		: CLOBBERS)

/* *dst is an operand and, unless it is only compared, the result.  */
#define IN_PLACE(name, code, store)						\
static unsigned name(const struct fpu *fpu, struct fpu_reg *dst, const void *src) \
{										\
	RUN("fldt	(%[dst])\n\t" code "\n\t" FINISH store "\n\t");		\
	return answer(fpu, sw, BEFORE);						\
}

#define KEEP	"fstpt	(%[dst])"
#define DROP	"fstp	%%st(0)"

#define ARITH(form, suffix)						\
IN_PLACE(form##_add, "fadd" suffix " (%[src])", KEEP)			\
IN_PLACE(form##_mul, "fmul" suffix " (%[src])", KEEP)			\
IN_PLACE(form##_com, "fcom" suffix " (%[src])", DROP)			\
IN_PLACE(form##_sub, "fsub" suffix " (%[src])", KEEP)			\
IN_PLACE(form##_subr, "fsubr" suffix " (%[src])", KEEP)			\
IN_PLACE(form##_div, "fdiv" suffix " (%[src])", KEEP)			\
IN_PLACE(form##_divr, "fdivr" suffix " (%[src])", KEEP)

#define ARITH_INT(form, suffix)						\
IN_PLACE(form##_add, "fiadd" suffix " (%[src])", KEEP)			\
IN_PLACE(form##_mul, "fimul" suffix " (%[src])", KEEP)			\
IN_PLACE(form##_com, "ficom" suffix " (%[src])", DROP)			\
IN_PLACE(form##_sub, "fisub" suffix " (%[src])", KEEP)			\
IN_PLACE(form##_subr, "fisubr" suffix " (%[src])", KEEP)		\
IN_PLACE(form##_div, "fidiv" suffix " (%[src])", KEEP)			\
IN_PLACE(form##_divr, "fidivr" suffix " (%[src])", KEEP)

ARITH(f32, "s")
ARITH(f64, "l")
ARITH_INT(i16, "s")
ARITH_INT(i32, "l")

/* Two registers: dst in the host's ST(0), src below it.  */
#define REGISTERS(name, code, store)						\
static unsigned name(const struct fpu *fpu, struct fpu_reg *dst, const void *src) \
{										\
	RUN("fldt	(%[src])\n\t"						\
	    "fldt	(%[dst])\n\t" code "\n\t"				\
	    FINISH store "\n\tfstp	%%st(0)\n\t");				\
	return answer(fpu, sw, BEFORE);						\
}

REGISTERS(reg_add, "fadd	%%st(1), %%st", KEEP)
REGISTERS(reg_mul, "fmul	%%st(1), %%st", KEEP)
REGISTERS(reg_com, "fcom	%%st(1)", DROP)
REGISTERS(reg_ucom, "fucom	%%st(1)", DROP)
REGISTERS(reg_sub, "fsub	%%st(1), %%st", KEEP)
REGISTERS(reg_subr, "fsubr	%%st(1), %%st", KEEP)
REGISTERS(reg_div, "fdiv	%%st(1), %%st", KEEP)
REGISTERS(reg_divr, "fdivr	%%st(1), %%st", KEEP)
REGISTERS(reg_prem, "fprem", KEEP)
REGISTERS(reg_prem1, "fprem1", KEEP)
REGISTERS(reg_scale, "fscale", KEEP)

IN_PLACE(reg_tst, "ftst", DROP)
IN_PLACE(reg_sqrt, "fsqrt", KEEP)
IN_PLACE(reg_rndint, "frndint", KEEP)
IN_PLACE(reg_2xm1, "f2xm1", KEEP)
IN_PLACE(reg_sin, "fsin", KEEP)
IN_PLACE(reg_cos, "fcos", KEEP)

#define CONSTANT(name, code)							\
static unsigned name(const struct fpu *fpu, struct fpu_reg *dst, const void *src) \
{										\
	RUN(code "\n\tfnstsw	%%ax\n\tfstpt	(%[dst])\n\t");			\
	return sw;								\
}

CONSTANT(load_1, "fld1")
CONSTANT(load_l2t, "fldl2t")
CONSTANT(load_l2e, "fldl2e")
CONSTANT(load_pi, "fldpi")
CONSTANT(load_lg2, "fldlg2")
CONSTANT(load_ln2, "fldln2")
CONSTANT(load_z, "fldz")

/* ST(1) = f(ST(1), ST(0)) and pop; without the pop when held back.  */
#define POPPING(name, code)							\
static unsigned name(const struct fpu *fpu, struct fpu_reg *st1, const void *src) \
{										\
	struct fpu_reg result, *dst = &result;					\
	unsigned sw_held;							\
										\
	result = *st1;								\
	{									\
		RUN("fldt	(%[dst])\n\t"					\
		    "fldt	(%[src])\n\t" code "\n\t"			\
		    "fnstsw	%%ax\n\t"					\
		    "testb	$0x80, %%al\n\t"				\
		    "jnz	3f\n\t"						\
		    "fstpt	(%[dst])\n\t"					\
		    "jmp	4f\n"						\
		    "3:\tfnclex\n\t"						\
		    "fstpt	(%[dst])\n\t"					\
		    "fninit\n"							\
		    "4:\t");							\
		sw_held = answer(fpu, sw, BEFORE);				\
	}									\
	if (!(sw_held & FPU_HELD))						\
		*st1 = result;							\
	return sw_held;								\
}

POPPING(reg_patan, "fpatan")
POPPING(reg_yl2x, "fyl2x")
POPPING(reg_yl2xp1, "fyl2xp1")

/* One operand, two results.  When there is only one (held back, or out of
 * range), the second FSTP stores nonsense, which nobody looks at.  */
#define PAIR(name, code, range)							\
static unsigned name(const struct fpu *fpu, struct fpu_reg *st, const void *src) \
{										\
	struct fpu_reg result[2], *dst = result;				\
	unsigned sw_held;							\
										\
	result[0] = st[0];							\
	{									\
		RUN("fldt	(%[dst])\n\t" code "\n\t"			\
		    FINISH							\
		    "fstpt	16(%[dst])\n\t"					\
		    "fstpt	(%[dst])\n\t"					\
		    "fninit\n\t");						\
		sw_held = answer(fpu, sw, BEFORE);				\
	}									\
	if (!(sw_held & (FPU_HELD | (range)))) {				\
		st[0] = result[0];						\
		st[1] = result[1];						\
	}									\
	return sw_held;								\
}

PAIR(reg_tan, "fptan", FPU_C2)
PAIR(reg_sincos, "fsincos", FPU_C2)
PAIR(reg_xtract, "fxtract", 0)

/* Only IE holds a load back; a denormal is loaded even when DE is unmasked.
 * Then there is nothing for FSTP to store, and as IE is unmasked it does
 * not store the indefinite either.  */
#define LOAD(name, code)							\
static unsigned name(const struct fpu *fpu, struct fpu_reg *dst, const void *src) \
{										\
	RUN(code "	(%[src])\n\t"						\
	    "fnstsw	%%ax\n\t"						\
	    "testb	$0x80, %%al\n\t"					\
	    "jnz	3f\n\t"							\
	    "fstpt	(%[dst])\n\t"						\
	    "jmp	4f\n"							\
	    "3:\tfnclex\n\t"							\
	    "fstpt	(%[dst])\n\t"						\
	    "fninit\n"								\
	    "4:\t");								\
	return answer(fpu, sw, FPU_IE);						\
}

LOAD(load_f32, "flds")
LOAD(load_f64, "fldl")
LOAD(load_i16, "filds")
LOAD(load_i32, "fildl")
LOAD(load_i64, "fildll")
LOAD(load_bcd, "fbld")

#define STORE(name, code)							\
static unsigned name(const struct fpu *fpu, void *dst, const struct fpu_reg *src) \
{										\
	RUN("fldt	(%[src])\n\t" code "	(%[dst])\n\t" FINISH_EMPTY);	\
	return answer(fpu, sw, BEFORE | FPU_OE | FPU_UE);			\
}

STORE(store_f32, "fstps")
STORE(store_f64, "fstpl")
STORE(store_i16, "fistps")
STORE(store_i32, "fistpl")
STORE(store_i64, "fistpll")
STORE(store_bcd, "fbstp")

fpu_host_fn *const fpu_host_arith[FPU_ARITHS] = FPU_ARITH_ROW(reg);
fpu_host_fn *const fpu_host_arith_mem[FPU_I32 + 1][FPU_ARITHS] = FPU_ARITH_MEM_ROWS;

fpu_host_fn *const fpu_host_load[FPU_FORMATS] = {
	load_f32, load_f64, load_i16, load_i32, load_i64, load_bcd,
};

fpu_host_store_fn *const fpu_host_store[FPU_FORMATS] = {
	store_f32, store_f64, store_i16, store_i32, store_i64, store_bcd,
};

fpu_host_fn *const fpu_host_unary[FPU_UNARIES] = {
	[FPU_TST] = reg_tst, [FPU_SQRT] = reg_sqrt, [FPU_RNDINT] = reg_rndint,
	[FPU_2XM1] = reg_2xm1, [FPU_SIN] = reg_sin, [FPU_COS] = reg_cos,
	[FPU_LD1] = load_1, [FPU_LDL2T] = load_l2t, [FPU_LDL2E] = load_l2e,
	[FPU_LDPI] = load_pi, [FPU_LDLG2] = load_lg2, [FPU_LDLN2] = load_ln2,
	[FPU_LDZ] = load_z,
};

fpu_host_fn *const fpu_host_binary[FPU_BINARIES] = {
	[FPU_UCOM] = reg_ucom, [FPU_PREM] = reg_prem, [FPU_PREM1] = reg_prem1,
	[FPU_SCALE] = reg_scale, [FPU_PATAN] = reg_patan,
	[FPU_YL2X] = reg_yl2x, [FPU_YL2XP1] = reg_yl2xp1,
};

fpu_host_fn *const fpu_host_pair[FPU_PAIRS] = {
	[FPU_TAN] = reg_tan, [FPU_SINCOS] = reg_sincos, [FPU_XTRACT] = reg_xtract,
};

#endif
