/* fpu_arith.c - the x87's computing instructions: which registers they
 * take, what they do when one is empty, who pops.  The numbers are
 * fpu_host.h's business.  */

#include "cpu/fpu_core.h"

#define UNORDERED	(FPU_C0 | FPU_C2 | FPU_C3)

static unsigned reg_field(const struct fpu_call *call)
{
	return call->modrm >> 3 & 7;
}

static void pop_times(struct fpu *fpu, unsigned n)
{
	while (n--)
		fpu_pop(fpu);
}

/* Until the 287 infinity has no sign unless the control word says so
 * (Intel 80287 data sheet, "Infinity Control"): both are equal to each
 * other and unordered to everything else, and there is no sum or
 * difference of two.  */
static bool is_infinite(const struct fpu_reg *r)
{
	return (r->sexp & 0x7fff) == 0x7fff && r->mant == 1ull << 63;
}

static bool is_nan(const struct fpu_reg *r)
{
	return (r->sexp & 0x7fff) == 0x7fff && !is_infinite(r);
}

static bool projective(const struct cpu *cpu)
{
	return cpu->model < CPU_80386 && !(cpu->fpu.control & FPU_AFFINE);
}

static unsigned invalid(const struct fpu *fpu)
{
	return FPU_IE | (fpu->control & FPU_IE ? 0 : FPU_HELD);
}

/* True if there is something to say about infinities; then in *answer.  */
static bool project(const struct cpu *cpu, unsigned op, struct fpu_reg *dst,
		    const struct fpu_reg *src, unsigned *answer)
{
	const struct fpu *fpu = &cpu->fpu;
	bool both = is_infinite(dst) && is_infinite(src);

	if (is_nan(dst) || is_nan(src) || !(is_infinite(dst) || is_infinite(src)))
		return false;
	if (op == FPU_COM || op == FPU_COMP) {
		*answer = both ? FPU_C3 : invalid(fpu) | UNORDERED;
		return true;
	}
	if (!both || (op != FPU_ADD && op != FPU_SUB && op != FPU_SUBR))
		return false;
	*answer = invalid(fpu);
	if (!(*answer & FPU_HELD))
		*dst = fpu_indefinite;
	return true;
}

/* dst = dst op src, or their comparison.  */
static unsigned combine(const struct cpu *cpu, unsigned op, struct fpu_reg *dst,
			const struct fpu_reg *src)
{
	unsigned answer;

	if (__builtin_expect(projective(cpu), 0) && project(cpu, op, dst, src, &answer))
		return answer;
	return fpu_host_arith[op](&cpu->fpu, dst, src);
}

static unsigned combine_mem(const struct cpu *cpu, unsigned op, struct fpu_reg *dst,
			    unsigned format, const uint64_t *src)
{
	struct fpu_reg wide;
	unsigned answer;

	if (__builtin_expect(projective(cpu), 0)) {
		fpu_host_load[format](&cpu->fpu, &wide, src);
		if (project(cpu, op, dst, &wide, &answer))
			return answer;
	}
	return fpu_host_arith_mem[format][op](&cpu->fpu, dst, src);
}

/* A comparison found an empty register.  */
static void compare_empty(struct cpu *cpu, unsigned pops)
{
	cpu->fpu.status |= UNORDERED;
	if (fpu_underflow(cpu))
		pop_times(&cpu->fpu, pops);
}

void fpu_arith_mem(struct cpu *cpu, const struct fpu_call *call)
{
	static const uint8_t size[] = { [FPU_F32] = 4, [FPU_F64] = 8, [FPU_I16] = 2, [FPU_I32] = 4 };
	struct fpu *fpu = &cpu->fpu;
	unsigned op = reg_field(call), format = call->insn->arg;
	uint64_t src = cpu_read(cpu, call->seg, call->offset, size[format]);
	bool compares = op == FPU_COM || op == FPU_COMP;
	unsigned answer;

	fpu_remember(cpu, call);
	if (__builtin_expect(fpu_empty(fpu, 0), 0)) {
		if (compares)
			compare_empty(cpu, op == FPU_COMP);
		else if (fpu_underflow(cpu))
			fpu_set(fpu, 0, &fpu_indefinite);
		return;
	}
	answer = combine_mem(cpu, op, fpu_st(fpu, 0), format, &src);
	fpu_settle(cpu, answer, compares ? FPU_CC : FPU_C1);
	if (op == FPU_COMP && !(answer & FPU_HELD))
		fpu_pop(fpu);
}

static void arith_reg(struct cpu *cpu, const struct fpu_call *call, unsigned op,
		      unsigned dst, unsigned src, bool pops)
{
	struct fpu *fpu = &cpu->fpu;
	unsigned answer = 0;

	fpu_remember(cpu, call);
	if (__builtin_expect(fpu_empty(fpu, dst) || fpu_empty(fpu, src), 0)) {
		if (!fpu_underflow(cpu))
			return;
		fpu_set(fpu, dst, &fpu_indefinite);
	} else {
		answer = combine(cpu, op, fpu_st(fpu, dst), fpu_st(fpu, src));
		fpu_settle(cpu, answer, FPU_C1);
	}
	if (pops && !(answer & FPU_HELD))
		fpu_pop(fpu);
}

void fpu_arith_st(struct cpu *cpu, const struct fpu_call *call)
{
	arith_reg(cpu, call, reg_field(call), 0, call->modrm & 7, false);
}

/* The reg field means what it does with ST(0) as the destination: 4 is
 * always ST(0) - ST(i), so seen from ST(i) it is reversed.  */
void fpu_arith_sti(struct cpu *cpu, const struct fpu_call *call)
{
	unsigned op = reg_field(call);

	arith_reg(cpu, call, op < FPU_SUB ? op : op ^ 1, call->modrm & 7, 0,
		  call->insn->arg);
}

static void compare(struct cpu *cpu, const struct fpu_call *call, bool quiet)
{
	struct fpu *fpu = &cpu->fpu;
	unsigned i = call->modrm & 7, pops = call->insn->arg, answer;

	fpu_remember(cpu, call);
	if (fpu_empty(fpu, 0) || fpu_empty(fpu, i)) {
		compare_empty(cpu, pops);
		return;
	}
	answer = quiet ? fpu_host_binary[FPU_UCOM](fpu, fpu_st(fpu, 0), fpu_st(fpu, i)) :
		combine(cpu, FPU_COM, fpu_st(fpu, 0), fpu_st(fpu, i));
	fpu_settle(cpu, answer, FPU_CC);
	if (!(answer & FPU_HELD))
		pop_times(fpu, pops);
}

void fpu_compare(struct cpu *cpu, const struct fpu_call *call)
{
	compare(cpu, call, false);
}

void fpu_ucompare(struct cpu *cpu, const struct fpu_call *call)
{
	compare(cpu, call, true);
}

void fpu_test(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;

	fpu_remember(cpu, call);
	if (fpu_empty(fpu, 0)) {
		compare_empty(cpu, 0);
		return;
	}
	if (projective(cpu) && is_infinite(fpu_st(fpu, 0)))
		fpu_settle(cpu, invalid(fpu) | UNORDERED, FPU_CC);
	else
		fpu_settle(cpu, fpu_host_unary[FPU_TST](fpu, fpu_st(fpu, 0), NULL), FPU_CC);
}

/* C3, C2, C0 by class, C1 the sign (Intel 387 data sheet, table 2-4).  */
static unsigned class_of(const struct fpu_reg *r)
{
	unsigned exponent = r->sexp & 0x7fff;

	if (exponent == 0)
		return r->mant ? FPU_C3 | FPU_C2 : FPU_C3;
	if (!(r->mant >> 63))
		return 0;		/* unnormal, pseudo-NaN, pseudo-infinity */
	if (exponent < 0x7fff)
		return FPU_C2;
	return r->mant << 1 ? FPU_C0 : FPU_C2 | FPU_C0;
}

void fpu_examine(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;
	const struct fpu_reg *r = fpu_st(fpu, 0);
	unsigned class = fpu_empty(fpu, 0) ? FPU_C3 | FPU_C0 : class_of(r);

	fpu_remember(cpu, call);
	fpu->status = (fpu->status & ~FPU_CC) | class | (r->sexp >> 15 ? FPU_C1 : 0);
}

void fpu_sign(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;

	fpu_remember(cpu, call);
	if (fpu_empty(fpu, 0)) {
		if (fpu_underflow(cpu))
			fpu_set(fpu, 0, &fpu_indefinite);
		return;
	}
	fpu->status &= ~FPU_C1;
	if (call->insn->arg)
		fpu_st(fpu, 0)->sexp ^= 0x8000;
	else
		fpu_st(fpu, 0)->sexp &= 0x7fff;
}

/* FSIN and FCOS report an operand out of range in C2; an empty register
 * is in range.  */
static unsigned unary_codes(unsigned op)
{
	return op == FPU_SIN || op == FPU_COS ? FPU_C1 | FPU_C2 : FPU_C1;
}

void fpu_unary_op(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;
	unsigned op = call->insn->arg, codes = unary_codes(op);

	fpu_remember(cpu, call);
	if (fpu_empty(fpu, 0)) {
		fpu->status &= ~codes;
		if (fpu_underflow(cpu))
			fpu_set(fpu, 0, &fpu_indefinite);
		return;
	}
	fpu_settle(cpu, fpu_host_unary[op](fpu, fpu_st(fpu, 0), NULL), codes);
}

void fpu_scale(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;

	fpu_remember(cpu, call);
	if (fpu_empty(fpu, 0) || fpu_empty(fpu, 1)) {
		if (fpu_underflow(cpu))
			fpu_set(fpu, 0, &fpu_indefinite);
		return;
	}
	fpu_settle(cpu, fpu_host_binary[FPU_SCALE](fpu, fpu_st(fpu, 0), fpu_st(fpu, 1)),
		   FPU_C1);
}

/* The quotient's low bits are in C0, C3, C1, but only if there is one; C2
 * asks for another round.  */
void fpu_remainder(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;
	unsigned answer;

	fpu_remember(cpu, call);
	if (fpu_empty(fpu, 0) || fpu_empty(fpu, 1)) {
		fpu->status &= ~FPU_C2;
		if (fpu_underflow(cpu))
			fpu_set(fpu, 0, &fpu_indefinite);
		return;
	}
	answer = fpu_host_binary[call->insn->arg](fpu, fpu_st(fpu, 0), fpu_st(fpu, 1));
	fpu_settle(cpu, answer, (answer & FPU_HELD) || is_nan(fpu_st(fpu, 0)) ?
		   FPU_C1 | FPU_C2 : FPU_CC);
}

void fpu_popping_op(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;
	unsigned answer = 0;

	fpu_remember(cpu, call);
	if (fpu_empty(fpu, 0) || fpu_empty(fpu, 1)) {
		if (!fpu_underflow(cpu))
			return;
		fpu_set(fpu, 1, &fpu_indefinite);
	} else {
		answer = fpu_host_binary[call->insn->arg](fpu, fpu_st(fpu, 1), fpu_st(fpu, 0));
		fpu_settle(cpu, answer, FPU_C1);
	}
	if (!(answer & FPU_HELD))
		fpu_pop(fpu);
}

/* ST(0) gives two numbers, of which the second is pushed.  */
void fpu_pair_op(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;
	unsigned op = call->insn->arg, answer;
	unsigned codes = op == FPU_XTRACT ? FPU_C1 : FPU_C1 | FPU_C2;
	struct fpu_reg pair[2] = { *fpu_st(fpu, 0) };

	fpu_remember(cpu, call);
	if (fpu_empty(fpu, 0) || !fpu_empty(fpu, 7)) {
		fpu->status &= ~codes;
		if (!(fpu_empty(fpu, 0) ? fpu_underflow(cpu) : fpu_overflow(cpu)))
			return;
		fpu_set(fpu, 0, &fpu_indefinite);
		fpu_push(fpu, &fpu_indefinite);
		return;
	}
	answer = fpu_host_pair[op](fpu, pair, NULL);
	fpu_settle(cpu, answer, codes);
	if (answer & (FPU_HELD | (codes & FPU_C2)))
		return;
	fpu_set(fpu, 0, &pair[0]);
	fpu_push(fpu, &pair[1]);
}
