/* fpu_table.c - every ESC opcode of the 8087 to the Pentium.
 *
 * Memory forms by ESC byte and reg field; register forms the same way,
 * and where the rm field tells instructions apart, in a row of eight more.
 * An empty row is an opcode nobody has; FCMOV, FCOMI (Pentium Pro) and
 * FISTTP (SSE3) are such rows here.  Aliases that Intel does not document
 * bear the numbers they have got elsewhere (AMD: "FSTP1", "FCOM2", ...).  */

#include "cpu/fpu_core.h"

#define ALL	CPU_8086
#define I287	CPU_80286
#define I387	CPU_80386
#define CTL	FPU_CONTROL
#define NOW	(FPU_CONTROL | FPU_NOWAIT)

#define ROW(name, run, arg, form)		{ name, run, FPU_FORM_##form, arg, 0, ALL }
#define ROW_SINCE(model, name, run, arg, form)	{ name, run, FPU_FORM_##form, arg, 0, model }
#define ROW_CTL(flags, model, name, run, arg, form) \
						{ name, run, FPU_FORM_##form, arg, flags, model }
#define NOBODY	{ .name = NULL }

#define ARITH_MEM(i, format, form)				\
	ROW("f" i "add", fpu_arith_mem, format, form),		\
	ROW("f" i "mul", fpu_arith_mem, format, form),		\
	ROW("f" i "com", fpu_arith_mem, format, form),		\
	ROW("f" i "comp", fpu_arith_mem, format, form),		\
	ROW("f" i "sub", fpu_arith_mem, format, form),		\
	ROW("f" i "subr", fpu_arith_mem, format, form),		\
	ROW("f" i "div", fpu_arith_mem, format, form),		\
	ROW("f" i "divr", fpu_arith_mem, format, form)

static const struct fpu_insn memory[8][8] = {
	/* D8 */ { ARITH_MEM("", FPU_F32, M32) },
	/* D9 */ {
		ROW("fld", fpu_load_mem, FPU_F32, M32),
		NOBODY,
		ROW("fst", fpu_store_mem, FPU_F32, M32),
		ROW("fstp", fpu_store_mem, FPU_F32 | FPU_STORE_POP, M32),
		ROW_CTL(CTL, ALL, "fldenv", fpu_load_env, 0, M),
		ROW_CTL(CTL, ALL, "fldcw", fpu_load_control, 0, M16),
		ROW_CTL(NOW, ALL, "fnstenv", fpu_store_env, 0, M),
		ROW_CTL(NOW, ALL, "fnstcw", fpu_store_control, 0, M16),
	},
	/* DA */ { ARITH_MEM("i", FPU_I32, M32) },
	/* DB */ {
		ROW("fild", fpu_load_mem, FPU_I32, M32),
		NOBODY,
		ROW("fist", fpu_store_mem, FPU_I32, M32),
		ROW("fistp", fpu_store_mem, FPU_I32 | FPU_STORE_POP, M32),
		NOBODY,
		ROW("fld", fpu_load_80, 0, M80),
		NOBODY,
		ROW("fstp", fpu_store_80, 0, M80),
	},
	/* DC */ { ARITH_MEM("", FPU_F64, M64) },
	/* DD */ {
		ROW("fld", fpu_load_mem, FPU_F64, M64),
		NOBODY,
		ROW("fst", fpu_store_mem, FPU_F64, M64),
		ROW("fstp", fpu_store_mem, FPU_F64 | FPU_STORE_POP, M64),
		ROW_CTL(CTL, ALL, "frstor", fpu_restore, 0, M),
		NOBODY,
		ROW_CTL(NOW, ALL, "fnsave", fpu_save, 0, M),
		ROW_CTL(NOW, ALL, "fnstsw", fpu_store_status, 0, M16),
	},
	/* DE */ { ARITH_MEM("i", FPU_I16, M16) },
	/* DF */ {
		ROW("fild", fpu_load_mem, FPU_I16, M16),
		NOBODY,
		ROW("fist", fpu_store_mem, FPU_I16, M16),
		ROW("fistp", fpu_store_mem, FPU_I16 | FPU_STORE_POP, M16),
		ROW("fbld", fpu_load_mem, FPU_BCD, M80),
		ROW("fild", fpu_load_mem, FPU_I64, M64),
		ROW("fbstp", fpu_store_mem, FPU_BCD | FPU_STORE_POP, M80),
		ROW("fistp", fpu_store_mem, FPU_I64 | FPU_STORE_POP, M64),
	},
};

static const struct fpu_insn d9_nop[8] = {
	ROW("fnop", fpu_nothing, 0, NONE),
};

static const struct fpu_insn d9_e0[8] = {
	ROW("fchs", fpu_sign, 1, NONE),
	ROW("fabs", fpu_sign, 0, NONE),
	NOBODY, NOBODY,
	ROW("ftst", fpu_test, 0, NONE),
	ROW("fxam", fpu_examine, 0, NONE),
};

static const struct fpu_insn d9_e8[8] = {
	ROW("fld1", fpu_load_const, FPU_LD1, NONE),
	ROW("fldl2t", fpu_load_const, FPU_LDL2T, NONE),
	ROW("fldl2e", fpu_load_const, FPU_LDL2E, NONE),
	ROW("fldpi", fpu_load_const, FPU_LDPI, NONE),
	ROW("fldlg2", fpu_load_const, FPU_LDLG2, NONE),
	ROW("fldln2", fpu_load_const, FPU_LDLN2, NONE),
	ROW("fldz", fpu_load_const, FPU_LDZ, NONE),
};

static const struct fpu_insn d9_f0[8] = {
	ROW("f2xm1", fpu_unary_op, FPU_2XM1, NONE),
	ROW("fyl2x", fpu_popping_op, FPU_YL2X, NONE),
	ROW("fptan", fpu_pair_op, FPU_TAN, NONE),
	ROW("fpatan", fpu_popping_op, FPU_PATAN, NONE),
	ROW("fxtract", fpu_pair_op, FPU_XTRACT, NONE),
	ROW_SINCE(I387, "fprem1", fpu_remainder, FPU_PREM1, NONE),
	ROW("fdecstp", fpu_rotate, 7, NONE),
	ROW("fincstp", fpu_rotate, 1, NONE),
};

static const struct fpu_insn d9_f8[8] = {
	ROW("fprem", fpu_remainder, FPU_PREM, NONE),
	ROW("fyl2xp1", fpu_popping_op, FPU_YL2XP1, NONE),
	ROW("fsqrt", fpu_unary_op, FPU_SQRT, NONE),
	ROW_SINCE(I387, "fsincos", fpu_pair_op, FPU_SINCOS, NONE),
	ROW("frndint", fpu_unary_op, FPU_RNDINT, NONE),
	ROW("fscale", fpu_scale, 0, NONE),
	ROW_SINCE(I387, "fsin", fpu_unary_op, FPU_SIN, NONE),
	ROW_SINCE(I387, "fcos", fpu_unary_op, FPU_COS, NONE),
};

static const struct fpu_insn da_e8[8] = {
	NOBODY,
	ROW_SINCE(I387, "fucompp", fpu_ucompare, 2, NONE),
};

static const struct fpu_insn db_e0[8] = {
	ROW_CTL(NOW, ALL, "fneni", fpu_interrupts, 1, NONE),
	ROW_CTL(NOW, ALL, "fndisi", fpu_interrupts, 0, NONE),
	ROW_CTL(NOW, ALL, "fnclex", fpu_clear, 0, NONE),
	ROW_CTL(NOW, ALL, "fninit", fpu_init_op, 0, NONE),
	ROW_CTL(NOW, I287, "fnsetpm", fpu_nothing, 0, NONE),
};

static const struct fpu_insn de_d8[8] = {
	NOBODY,
	ROW("fcompp", fpu_compare, 2, NONE),
};

static const struct fpu_insn df_e0[8] = {
	ROW_CTL(NOW, I287, "fnstsw", fpu_store_status_ax, 0, AX),
};

static const struct fpu_insn *const by_rm[8][8] = {
	[1] = { [2] = d9_nop, [4] = d9_e0, d9_e8, d9_f0, d9_f8 },
	[2] = { [5] = da_e8 },
	[3] = { [4] = db_e0 },
	[6] = { [3] = de_d8 },
	[7] = { [4] = df_e0 },
};

/* The same for all rm; rows that by_rm[] has are empty.  */
static const struct fpu_insn registers[8][8] = {
	/* D8 */ {
		ROW("fadd", fpu_arith_st, 0, ST_STI),
		ROW("fmul", fpu_arith_st, 0, ST_STI),
		ROW("fcom", fpu_compare, 0, STI),
		ROW("fcomp", fpu_compare, 1, STI),
		ROW("fsub", fpu_arith_st, 0, ST_STI),
		ROW("fsubr", fpu_arith_st, 0, ST_STI),
		ROW("fdiv", fpu_arith_st, 0, ST_STI),
		ROW("fdivr", fpu_arith_st, 0, ST_STI),
	},
	/* D9 */ {
		ROW("fld", fpu_load_sti, 0, STI),
		ROW("fxch", fpu_exchange, 0, STI),
		NOBODY,
		ROW("fstp1", fpu_store_quiet, 0, STI),
		NOBODY,
		NOBODY,
		NOBODY,
		NOBODY,
	},
	/* DA */ { NOBODY },
	/* DB */ { NOBODY },
	/* DC */ {
		ROW("fadd", fpu_arith_sti, 0, STI_ST),
		ROW("fmul", fpu_arith_sti, 0, STI_ST),
		ROW("fcom2", fpu_compare, 0, STI),
		ROW("fcomp3", fpu_compare, 1, STI),
		ROW("fsubr", fpu_arith_sti, 0, STI_ST),
		ROW("fsub", fpu_arith_sti, 0, STI_ST),
		ROW("fdivr", fpu_arith_sti, 0, STI_ST),
		ROW("fdiv", fpu_arith_sti, 0, STI_ST),
	},
	/* DD */ {
		ROW("ffree", fpu_free_sti, 0, STI),
		ROW("fxch4", fpu_exchange, 0, STI),
		ROW("fst", fpu_store_sti, 0, STI),
		ROW("fstp", fpu_store_sti, 1, STI),
		ROW_SINCE(I387, "fucom", fpu_ucompare, 0, STI),
		ROW_SINCE(I387, "fucomp", fpu_ucompare, 1, STI),
	},
	/* DE */ {
		ROW("faddp", fpu_arith_sti, 1, STI_ST),
		ROW("fmulp", fpu_arith_sti, 1, STI_ST),
		ROW("fcomp5", fpu_compare, 1, STI),
		NOBODY,
		ROW("fsubrp", fpu_arith_sti, 1, STI_ST),
		ROW("fsubp", fpu_arith_sti, 1, STI_ST),
		ROW("fdivrp", fpu_arith_sti, 1, STI_ST),
		ROW("fdivp", fpu_arith_sti, 1, STI_ST),
	},
	/* DF */ {
		ROW("ffreep", fpu_free_sti, 1, STI),
		ROW("fxch7", fpu_exchange, 0, STI),
		ROW("fstp8", fpu_store_sti, 1, STI),
		ROW("fstp9", fpu_store_sti, 1, STI),
		NOBODY,
	},
};

const struct fpu_insn *fpu_insn(unsigned esc, unsigned modrm)
{
	unsigned reg = modrm >> 3 & 7;
	const struct fpu_insn *insn = &memory[esc & 7][reg];

	if (modrm >= 0xc0) {
		const struct fpu_insn *row = by_rm[esc & 7][reg];

		insn = row ? &row[modrm & 7] : &registers[esc & 7][reg];
	}
	return insn->name ? insn : NULL;
}
