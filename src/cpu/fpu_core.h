/* fpu_core.h - what the x87's instruction families share.  Private to
 * fpu*.c.  */

#ifndef CPU_FPU_CORE_H
#define CPU_FPU_CORE_H

#include "cpu/access.h"
#include "cpu/fpu_host.h"
#include "cpu/fpu_op.h"

/* One instruction being executed.  */
struct fpu_call {
	const struct fpu_insn *insn;
	unsigned esc, modrm;
	/* Memory forms only.  */
	bool memory, op32, addr32;
	enum cpu_seg seg;
	uint32_t offset;
};

/* Numbers without a place in memory.  */
extern const struct fpu_reg fpu_indefinite;

static inline unsigned fpu_top(const struct fpu *fpu)
{
	return fpu->status >> 11 & 7;
}

static inline struct fpu_reg *fpu_st(struct fpu *fpu, unsigned i)
{
	return &fpu->st[(fpu_top(fpu) + i) & 7];
}

static inline bool fpu_empty(const struct fpu *fpu, unsigned i)
{
	return (fpu->tag >> 2 * ((fpu_top(fpu) + i) & 7) & 3) == 3;
}

static inline void fpu_fill(struct fpu *fpu, unsigned i)
{
	fpu->tag &= ~(3u << 2 * ((fpu_top(fpu) + i) & 7));
}

static inline void fpu_free(struct fpu *fpu, unsigned i)
{
	fpu->tag |= 3u << 2 * ((fpu_top(fpu) + i) & 7);
}

static inline void fpu_turn(struct fpu *fpu, unsigned by)
{
	fpu->status = (fpu->status & ~FPU_TOP) | ((fpu_top(fpu) + by) & 7) << 11;
}

static inline void fpu_pop(struct fpu *fpu)
{
	fpu_free(fpu, 0);
	fpu_turn(fpu, 1);
}

/* Field by field: a host cannot forward two stores, which is what has
 * made the image, to one load of all of it, and would wait.  */
static inline void fpu_copy(struct fpu_reg *to, const struct fpu_reg *from)
{
	uint64_t mant = from->mant;
	uint16_t sexp = from->sexp;

	to->mant = mant;
	to->sexp = sexp;
}

static inline void fpu_set(struct fpu *fpu, unsigned i, const struct fpu_reg *value)
{
	fpu_fill(fpu, i);
	fpu_copy(fpu_st(fpu, i), value);
}

static inline void fpu_push(struct fpu *fpu, const struct fpu_reg *value)
{
	fpu_turn(fpu, 7);
	fpu_set(fpu, 0, value);
}

/* As FLDCW takes it: bit 6 reads as 1, the other reserved bits as 0.  */
static inline uint16_t fpu_control_word(const struct cpu *cpu, uint16_t value)
{
	return (value & (cpu->model < CPU_80286 ? 0x1fbf : 0x1f3f)) | 0x40;
}

/* An exception that is not masked has been noted in the status word.  */
void fpu_signal(struct cpu *cpu);
/* Status or control word were replaced: is there still an error?  */
void fpu_review(struct cpu *cpu);

/* Take over an operation's exceptions, and those condition codes that it
 * defines.  */
static inline void fpu_settle(struct cpu *cpu, unsigned answer, unsigned codes)
{
	struct fpu *fpu = &cpu->fpu;

	fpu->status = (fpu->status & ~codes) | (answer & (FPU_EXCEPTIONS | codes));
	if (__builtin_expect(answer & ~fpu->control & FPU_EXCEPTIONS, 0))
		fpu_signal(cpu);
}

/* A register that should have been full or empty was not.  True if the
 * program goes on, with the indefinite as the result.  */
bool fpu_overflow(struct cpu *cpu);
bool fpu_underflow(struct cpu *cpu);

/* Note where the instruction was; after the last access to memory that
 * may fail.  */
void fpu_remember(struct cpu *cpu, const struct fpu_call *call);

/* Where a part of the operand is: i bytes after its beginning.  */
static inline uint32_t fpu_part(const struct fpu_call *call, unsigned i)
{
	uint32_t off = call->offset + i;

	return call->addr32 ? off : (uint16_t)off;
}

/* After it, writing that part cannot fail.  (An 8086 has no faults, and
 * its words wrap.)  */
static inline void fpu_check_part(struct cpu *cpu, const struct fpu_call *call,
				  unsigned i, unsigned size)
{
	if (cpu->model >= CPU_80286)
		cpu_check_write(cpu, call->seg, fpu_part(call, i), size);
}

/* The handlers, by family; the table says what `arg' is to each.  */
typedef void fpu_handler(struct cpu *cpu, const struct fpu_call *call);

/* fpu_arith.c */
fpu_handler fpu_arith_mem;	/* arg: enum fpu_format */
fpu_handler fpu_arith_st;	/* ST(0) = ST(0) op ST(i) */
fpu_handler fpu_arith_sti;	/* ST(i) = ST(i) op ST(0); arg: pops */
fpu_handler fpu_compare;	/* arg: pops */
fpu_handler fpu_ucompare;	/* arg: pops */
fpu_handler fpu_test;
fpu_handler fpu_examine;
fpu_handler fpu_sign;		/* arg: 1 FCHS, 0 FABS */
fpu_handler fpu_unary_op;	/* arg: enum fpu_unary */
fpu_handler fpu_scale;
fpu_handler fpu_remainder;	/* arg: FPU_PREM, FPU_PREM1 */
fpu_handler fpu_popping_op;	/* arg: enum fpu_binary */
fpu_handler fpu_pair_op;	/* arg: enum fpu_pair */

/* fpu_move.c */
fpu_handler fpu_load_mem;	/* arg: enum fpu_format */
fpu_handler fpu_load_80;
fpu_handler fpu_load_sti;
fpu_handler fpu_load_const;	/* arg: enum fpu_unary */
fpu_handler fpu_store_mem;	/* arg: enum fpu_format, FPU_STORE_POP */
fpu_handler fpu_store_80;
fpu_handler fpu_store_sti;	/* arg: pops */
fpu_handler fpu_store_quiet;	/* pops, never mind if there is nothing */
fpu_handler fpu_exchange;
fpu_handler fpu_free_sti;	/* arg: pops */
fpu_handler fpu_rotate;		/* arg: 1 FINCSTP, 7 FDECSTP */

#define FPU_STORE_POP	8

/* fpu_env.c */
fpu_handler fpu_nothing;	/* FNOP, and the 8087's and 287's leftovers */
fpu_handler fpu_init_op;
fpu_handler fpu_clear;
fpu_handler fpu_interrupts;	/* arg: 1 FENI, 0 FDISI */
fpu_handler fpu_load_control;
fpu_handler fpu_store_control;
fpu_handler fpu_store_status;
fpu_handler fpu_store_status_ax;
fpu_handler fpu_store_env;
fpu_handler fpu_load_env;
fpu_handler fpu_save;
fpu_handler fpu_restore;

/* The state after FNINIT.  */
void fpu_initialise(struct cpu *cpu);

#endif
