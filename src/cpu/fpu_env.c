/* fpu_env.c - the x87's control instructions: control and status word,
 * environment, whole state.
 *
 * The environment has four layouts (Intel 387 Programmer's Reference
 * Manual, figures 4-5 to 4-8): words or dwords by operand size, pointers
 * as selector and offset in protected mode, as a linear address in real
 * and virtual-8086 mode.  */

#include "cpu/fpu_core.h"

#define CR0_PE		1u
#define ENV_FIELDS	7	/* control, status, tag, and two pointers of two */
#define REG_BYTES	10

void fpu_nothing(struct cpu *cpu, const struct fpu_call *call)
{
	if (!(call->insn->flags & FPU_CONTROL))
		fpu_remember(cpu, call);
}

/* The 8087 also masks its interrupt request (Intel 8087 data sheet).  */
void fpu_initialise(struct cpu *cpu)
{
	struct fpu *fpu = &cpu->fpu;

	fpu->control = cpu->model < CPU_80286 ? 0x37f | FPU_IEM : 0x37f;
	fpu->status = 0;
	fpu->tag = 0xffff;
	fpu->last_op = fpu->last_cs = fpu->last_ds = 0;
	fpu->last_ip = fpu->last_dp = 0;
	fpu_review(cpu);
}

void fpu_init_op(struct cpu *cpu, const struct fpu_call *call)
{
	(void)call;
	fpu_initialise(cpu);
}

void fpu_clear(struct cpu *cpu, const struct fpu_call *call)
{
	(void)call;
	cpu->fpu.status &= ~(FPU_EXCEPTIONS | FPU_SF);
	fpu_review(cpu);
}

/* FENI and FDISI; the 287 and later ignore them.  */
void fpu_interrupts(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;

	if (cpu->model >= CPU_80286)
		return;
	fpu->control = call->insn->arg ? fpu->control & ~FPU_IEM : fpu->control | FPU_IEM;
	fpu_review(cpu);
}

void fpu_load_control(struct cpu *cpu, const struct fpu_call *call)
{
	cpu->fpu.control = fpu_control_word(cpu, cpu_read16(cpu, call->seg, call->offset));
	fpu_review(cpu);
}

void fpu_store_control(struct cpu *cpu, const struct fpu_call *call)
{
	cpu_write16(cpu, call->seg, call->offset, cpu->fpu.control);
}

void fpu_store_status(struct cpu *cpu, const struct fpu_call *call)
{
	cpu_write16(cpu, call->seg, call->offset, cpu->fpu.status);
}

void fpu_store_status_ax(struct cpu *cpu, const struct fpu_call *call)
{
	(void)call;
	cpu_set16(cpu, CPU_AX, cpu->fpu.status);
}

/* 00 valid, 01 zero, 10 special, 11 empty.  */
static unsigned tag_of(const struct fpu_reg *r)
{
	unsigned exponent = r->sexp & 0x7fff;

	if (exponent == 0)
		return r->mant ? 2 : 1;
	return exponent == 0x7fff || !(r->mant >> 63) ? 2 : 0;
}

static uint16_t tag_word(const struct fpu *fpu)
{
	uint16_t tags = 0;

	for (unsigned i = 0; i < 8; i++) {
		bool empty = (fpu->tag >> 2 * i & 3) == 3;

		tags |= (empty ? 3 : tag_of(&fpu->st[i])) << 2 * i;
	}
	return tags;
}

static bool protected_mode(const struct cpu *cpu)
{
	return (cpu->cr[0] & CR0_PE) && !(cpu->flags & CPU_VM);
}

static unsigned env_bytes(const struct fpu_call *call)
{
	return ENV_FIELDS * (call->op32 ? 4 : 2);
}

/* The fields as they are stored; in the short layouts their low words.  */
static void collect_env(const struct cpu *cpu, bool op32, uint32_t env[ENV_FIELDS])
{
	const struct fpu *fpu = &cpu->fpu;
	uint32_t code = fpu->last_ip, data = fpu->last_dp;

	env[0] = 0xffff0000 | fpu->control;
	env[1] = 0xffff0000 | fpu->status;
	env[2] = 0xffff0000 | tag_word(fpu);
	if (protected_mode(cpu)) {
		env[3] = code;
		env[4] = (uint32_t)fpu->last_op << 16 | fpu->last_cs;
		env[5] = data;
		env[6] = 0xffff0000 | fpu->last_ds;
		return;
	}
	code += (uint32_t)fpu->last_cs << 4;
	data += (uint32_t)fpu->last_ds << 4;
	if (op32) {
		env[3] = 0xffff0000 | code;
		env[4] = code >> 16 << 12 | fpu->last_op;
		env[5] = 0xffff0000 | data;
		env[6] = data >> 16 << 12;
	} else {
		env[3] = code;
		env[4] = (code >> 4 & 0xf000) | fpu->last_op;
		env[5] = data;
		env[6] = data >> 4 & 0xf000;
	}
}

/* A linear address read back is kept as one of segment 0.  */
static void accept_env(struct cpu *cpu, bool op32, const uint32_t env[ENV_FIELDS])
{
	struct fpu *fpu = &cpu->fpu;

	fpu->control = fpu_control_word(cpu, env[0]);
	fpu->status = env[1];
	fpu->tag = env[2];
	if (protected_mode(cpu)) {
		fpu->last_ip = env[3];
		fpu->last_cs = env[4];
		fpu->last_op = op32 ? env[4] >> 16 & 0x7ff : 0;
		fpu->last_dp = env[5];
		fpu->last_ds = env[6];
	} else {
		uint32_t high_ip = env[4] >> 12, high_dp = env[6] >> 12;

		fpu->last_op = env[4] & 0x7ff;
		fpu->last_cs = fpu->last_ds = 0;
		fpu->last_ip = (high_ip & 0xffff) << 16 | (env[3] & 0xffff);
		fpu->last_dp = (high_dp & 0xffff) << 16 | (env[5] & 0xffff);
	}
	fpu_review(cpu);
}

static void check_env(struct cpu *cpu, const struct fpu_call *call)
{
	unsigned size = call->op32 ? 4 : 2;

	for (unsigned i = 0; i < ENV_FIELDS; i++)
		fpu_check_part(cpu, call, size * i, size);
}

static void write_env(struct cpu *cpu, const struct fpu_call *call)
{
	unsigned size = call->op32 ? 4 : 2;
	uint32_t env[ENV_FIELDS];

	collect_env(cpu, call->op32, env);
	for (unsigned i = 0; i < ENV_FIELDS; i++)
		cpu_write(cpu, call->seg, fpu_part(call, size * i), env[i], size);
}

static void read_env(struct cpu *cpu, const struct fpu_call *call, uint32_t env[ENV_FIELDS])
{
	unsigned size = call->op32 ? 4 : 2;

	for (unsigned i = 0; i < ENV_FIELDS; i++)
		env[i] = cpu_read(cpu, call->seg, fpu_part(call, size * i), size);
}

/* Storing the environment also masks all exceptions, so that a handler
 * can begin with it.  */
void fpu_store_env(struct cpu *cpu, const struct fpu_call *call)
{
	check_env(cpu, call);
	write_env(cpu, call);
	cpu->fpu.control |= FPU_EXCEPTIONS;
	fpu_review(cpu);
}

void fpu_load_env(struct cpu *cpu, const struct fpu_call *call)
{
	uint32_t env[ENV_FIELDS];

	read_env(cpu, call, env);
	accept_env(cpu, call->op32, env);
}

/* A register goes by words, because no more is asked of its alignment (486
 * PRM 9.9.14).  Those of its mantissa do not wrap at 64K.  */
#define MANT_WORDS	4

static void check_reg(struct cpu *cpu, const struct fpu_call *call, unsigned at)
{
	for (unsigned k = 0; k < MANT_WORDS && cpu->model >= CPU_80286; k++)
		cpu_check_write(cpu, call->seg, fpu_part(call, at) + 2 * k, 2);
	fpu_check_part(cpu, call, at + 8, 2);
}

static void write_reg(struct cpu *cpu, const struct fpu_call *call, unsigned at,
		      const struct fpu_reg *r)
{
	for (unsigned k = 0; k < MANT_WORDS; k++)
		cpu_write16(cpu, call->seg, fpu_part(call, at) + 2 * k, r->mant >> 16 * k);
	cpu_write16(cpu, call->seg, fpu_part(call, at + 8), r->sexp);
}

static struct fpu_reg read_reg(struct cpu *cpu, const struct fpu_call *call, unsigned at)
{
	struct fpu_reg r = { 0 };

	for (unsigned k = 0; k < MANT_WORDS; k++)
		r.mant |= (uint64_t)cpu_read16(cpu, call->seg, fpu_part(call, at) + 2 * k) << 16 * k;
	r.sexp = cpu_read16(cpu, call->seg, fpu_part(call, at + 8));
	return r;
}

void fpu_save(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;
	unsigned at = env_bytes(call);

	check_env(cpu, call);
	for (unsigned i = 0; i < 8; i++)
		check_reg(cpu, call, at + REG_BYTES * i);
	write_env(cpu, call);
	for (unsigned i = 0; i < 8; i++)
		write_reg(cpu, call, at + REG_BYTES * i, fpu_st(fpu, i));
	fpu_initialise(cpu);
}

void fpu_restore(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;
	unsigned at = env_bytes(call);
	uint32_t env[ENV_FIELDS];
	struct fpu_reg regs[8];

	read_env(cpu, call, env);
	for (unsigned i = 0; i < 8; i++)
		regs[i] = read_reg(cpu, call, at + REG_BYTES * i);
	accept_env(cpu, call->op32, env);
	for (unsigned i = 0; i < 8; i++)
		*fpu_st(fpu, i) = regs[i];
}
