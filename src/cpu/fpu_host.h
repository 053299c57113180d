/* fpu_host.h - arithmetic on 80-bit numbers, as the host can do it.
 *
 * Exactly one implementation is compiled in: fpu_host_x87.c lets the
 * host's own x87 compute (x86 hosts), fpu_host_soft.c and fpu_soft*.c
 * compute with integers.
 *
 * Every function works under fpu->control (precision, rounding, masks)
 * and answers with the bits of a status word: exceptions of this
 * operation (and possibly some that fpu->status has already, masked), and
 * the condition codes where the instruction sets them, C1 included.
 * Neither fpu->status nor the register stack is touched: registers come
 * and go by pointer, and are known not to be empty.
 *
 * An unmasked exception may hold the result back as the processor does:
 * then FPU_HELD is set in the answer, and *dst is as it was.  */

#ifndef CPU_FPU_HOST_H
#define CPU_FPU_HOST_H

#include "cpu/fpu.h"

#define FPU_HELD	(1u << 16)

/* Memory formats.  */
enum fpu_format {
	FPU_F32, FPU_F64, FPU_I16, FPU_I32, FPU_I64, FPU_BCD, FPU_FORMATS,
};

/* In the order of the reg field of D8h.  SUBR: src - dst.  COM and COMP
 * only give C0, C2, C3.  */
enum fpu_arith {
	FPU_ADD, FPU_MUL, FPU_COM, FPU_COMP, FPU_SUB, FPU_SUBR, FPU_DIV, FPU_DIVR,
	FPU_ARITHS,
};

enum fpu_unary {
	FPU_TST, FPU_SQRT, FPU_RNDINT, FPU_2XM1, FPU_SIN, FPU_COS,
	/* These do not look at what was in *dst.  */
	FPU_LD1, FPU_LDL2T, FPU_LDL2E, FPU_LDPI, FPU_LDLG2, FPU_LDLN2, FPU_LDZ,
	FPU_UNARIES,
};

enum fpu_binary {
	FPU_UCOM,
	FPU_PREM, FPU_PREM1, FPU_SCALE,		/* dst is ST(0), src ST(1) */
	FPU_PATAN, FPU_YL2X, FPU_YL2XP1,	/* dst is ST(1), src ST(0) */
	FPU_BINARIES,
};

/* One operand, two results: dst[0] replaces the operand, dst[1] is pushed
 * on it.  With C2 in the answer (operand out of range) dst is as it was.  */
enum fpu_pair { FPU_TAN, FPU_SINCOS, FPU_XTRACT, FPU_PAIRS };

/* A memory operand has its 10 bytes, or 8 of which the format may leave
 * some unused.  */
typedef unsigned fpu_host_fn(const struct fpu *fpu, struct fpu_reg *dst, const void *src);
typedef unsigned fpu_host_store_fn(const struct fpu *fpu, void *dst, const struct fpu_reg *src);

/* dst = dst OP register, and dst = dst OP memory (F32 to I32).  */
extern fpu_host_fn *const fpu_host_arith[FPU_ARITHS];
extern fpu_host_fn *const fpu_host_arith_mem[FPU_I32 + 1][FPU_ARITHS];

/* Both hosts name their functions FORM_OP: reg_add, f32_sub ...  */
#define FPU_ARITH_ROW(form) {						\
	[FPU_ADD] = form##_add, [FPU_MUL] = form##_mul,			\
	[FPU_COM] = form##_com, [FPU_COMP] = form##_com,		\
	[FPU_SUB] = form##_sub, [FPU_SUBR] = form##_subr,		\
	[FPU_DIV] = form##_div, [FPU_DIVR] = form##_divr,		\
}
#define FPU_ARITH_MEM_ROWS {						\
	[FPU_F32] = FPU_ARITH_ROW(f32), [FPU_F64] = FPU_ARITH_ROW(f64),	\
	[FPU_I16] = FPU_ARITH_ROW(i16), [FPU_I32] = FPU_ARITH_ROW(i32),	\
}

extern fpu_host_fn *const fpu_host_load[FPU_FORMATS];
extern fpu_host_store_fn *const fpu_host_store[FPU_FORMATS];
extern fpu_host_fn *const fpu_host_unary[FPU_UNARIES];	/* src: NULL */
extern fpu_host_fn *const fpu_host_binary[FPU_BINARIES];
extern fpu_host_fn *const fpu_host_pair[FPU_PAIRS];		/* src: NULL */

#endif
