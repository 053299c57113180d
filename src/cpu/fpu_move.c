/* fpu_move.c - the x87's loads, stores and exchanges.  */

#include "cpu/fpu_core.h"

static const uint8_t size_of[FPU_FORMATS] = {
	[FPU_F32] = 4, [FPU_F64] = 8, [FPU_I16] = 2, [FPU_I32] = 4, [FPU_I64] = 8,
	[FPU_BCD] = 10,
};

/* Up to 10 bytes at the operand's address.  */
static struct fpu_reg read_operand(struct cpu *cpu, const struct fpu_call *call,
				   unsigned size)
{
	if (size < 10)
		return (struct fpu_reg){
			.mant = cpu_read(cpu, call->seg, call->offset, size),
		};
	return (struct fpu_reg){
		.mant = cpu_read64(cpu, call->seg, call->offset),
		.sexp = cpu_read16(cpu, call->seg, fpu_part(call, 8)),
	};
}

static void check_operand(struct cpu *cpu, const struct fpu_call *call, unsigned size)
{
	fpu_check_part(cpu, call, 0, size < 8 ? size : 8);
	if (size == 10)
		fpu_check_part(cpu, call, 8, 2);
}

static void write_operand(struct cpu *cpu, const struct fpu_call *call,
			  unsigned size, const struct fpu_reg *image)
{
	if (size < 10) {
		cpu_write(cpu, call->seg, call->offset, image->mant, size);
		return;
	}
	check_operand(cpu, call, size);
	cpu_write64(cpu, call->seg, call->offset, image->mant);
	cpu_write16(cpu, call->seg, fpu_part(call, 8), image->sexp);
}

/* Is there room for a push?  If not, and the program goes on, the
 * indefinite is pushed.  */
static bool may_push(struct cpu *cpu)
{
	if (__builtin_expect(fpu_empty(&cpu->fpu, 7), 1))
		return true;
	if (fpu_overflow(cpu))
		fpu_push(&cpu->fpu, &fpu_indefinite);
	return false;
}

void fpu_load_mem(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;
	unsigned format = call->insn->arg, answer;
	struct fpu_reg src = read_operand(cpu, call, size_of[format]), value;

	fpu_remember(cpu, call);
	if (!may_push(cpu))
		return;
	answer = fpu_host_load[format](fpu, &value, &src);
	fpu_settle(cpu, answer, FPU_C1);
	if (!(answer & FPU_HELD))
		fpu_push(fpu, &value);
}

void fpu_load_80(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu_reg value = read_operand(cpu, call, 10);

	fpu_remember(cpu, call);
	if (!may_push(cpu))
		return;
	cpu->fpu.status &= ~FPU_C1;
	fpu_push(&cpu->fpu, &value);
}

void fpu_load_sti(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;
	unsigned i = call->modrm & 7;
	const struct fpu_reg *value = fpu_st(fpu, i);

	fpu_remember(cpu, call);
	if (fpu_empty(fpu, i)) {
		if (fpu_underflow(cpu))
			fpu_push(fpu, &fpu_indefinite);
		return;
	}
	if (!may_push(cpu))
		return;
	fpu->status &= ~FPU_C1;
	fpu_push(fpu, value);
}

void fpu_load_const(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;
	struct fpu nearest = { .control = fpu->control & ~FPU_RC, .status = fpu->status };
	struct fpu_reg value;

	fpu_remember(cpu, call);
	if (!may_push(cpu))
		return;
	/* Rounding control concerns constants since the 387 (Intel 387
	 * Programmer's Reference Manual, appendix C).  */
	fpu_host_unary[call->insn->arg](cpu->model < CPU_80386 ? &nearest : fpu, &value, NULL);
	fpu->status &= ~FPU_C1;
	fpu_push(fpu, &value);
}

/* Memory is written before anything else changes; the write may fail, and
 * so it may when an exception keeps the result back.  */
void fpu_store_mem(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;
	unsigned format = call->insn->arg & (FPU_STORE_POP - 1), answer = 0;
	struct fpu_reg image = { 0 };
	bool empty = fpu_empty(fpu, 0), held;

	if (__builtin_expect(empty, 0)) {
		fpu_host_store[format](fpu, &image, &fpu_indefinite);
		held = !(fpu->control & FPU_IE);
	} else {
		answer = fpu_host_store[format](fpu, &image, fpu_st(fpu, 0));
		held = answer & FPU_HELD;
	}
	if (held)
		check_operand(cpu, call, size_of[format]);
	else
		write_operand(cpu, call, size_of[format], &image);
	fpu_remember(cpu, call);
	if (empty)
		fpu_underflow(cpu);
	else
		fpu_settle(cpu, answer, FPU_C1);
	if (!held && (call->insn->arg & FPU_STORE_POP))
		fpu_pop(fpu);
}

void fpu_store_80(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;
	bool empty = fpu_empty(fpu, 0), held = empty && !(fpu->control & FPU_IE);

	if (held)
		check_operand(cpu, call, 10);
	else
		write_operand(cpu, call, 10, empty ? &fpu_indefinite : fpu_st(fpu, 0));
	fpu_remember(cpu, call);
	if (empty)
		fpu_underflow(cpu);
	else
		fpu->status &= ~FPU_C1;
	if (!held)
		fpu_pop(fpu);
}

void fpu_store_sti(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;

	fpu_remember(cpu, call);
	if (fpu_empty(fpu, 0)) {
		if (!fpu_underflow(cpu))
			return;
		fpu_set(fpu, call->modrm & 7, &fpu_indefinite);
	} else {
		fpu->status &= ~FPU_C1;
		fpu_set(fpu, call->modrm & 7, fpu_st(fpu, 0));
	}
	if (call->insn->arg)
		fpu_pop(fpu);
}

/* As silicon does it: an empty register only turns the stack.  */
void fpu_store_quiet(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;

	fpu_remember(cpu, call);
	fpu->status &= ~FPU_C1;
	if (!fpu_empty(fpu, 0))
		fpu_set(fpu, call->modrm & 7, fpu_st(fpu, 0));
	fpu_pop(fpu);
}

void fpu_exchange(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;
	unsigned i = call->modrm & 7;
	struct fpu_reg old;

	fpu_remember(cpu, call);
	if (__builtin_expect(fpu_empty(fpu, 0) || fpu_empty(fpu, i), 0)) {
		if (!fpu_underflow(cpu))
			return;
		if (fpu_empty(fpu, 0))
			fpu_set(fpu, 0, &fpu_indefinite);
		if (fpu_empty(fpu, i))
			fpu_set(fpu, i, &fpu_indefinite);
	} else {
		fpu->status &= ~FPU_C1;
	}
	fpu_copy(&old, fpu_st(fpu, 0));
	fpu_copy(fpu_st(fpu, 0), fpu_st(fpu, i));
	fpu_copy(fpu_st(fpu, i), &old);
}

void fpu_free_sti(struct cpu *cpu, const struct fpu_call *call)
{
	fpu_remember(cpu, call);
	cpu->fpu.status &= ~FPU_C1;
	fpu_free(&cpu->fpu, call->modrm & 7);
	if (call->insn->arg)
		fpu_pop(&cpu->fpu);
}

void fpu_rotate(struct cpu *cpu, const struct fpu_call *call)
{
	fpu_remember(cpu, call);
	cpu->fpu.status &= ~FPU_C1;
	fpu_turn(&cpu->fpu, call->insn->arg);
}
