/* fpu.c - the x87 as a unit beside the processor: who may use it, what
 * happens when a computation fails, and its state.
 *
 * An unmasked exception does not stop the instruction that causes it.  It
 * is noted in the status word, and the next instruction that waits finds
 * it: with CR0.NE it faults (#MF); without, the PC's way, it stands still
 * until the interrupt that the error requested has been served.  */

#include "cpu/fpu_core.h"
#include "cpu/fpu_live.h"
#include "state/state.h"

/* The real indefinite, a quiet NaN.  */
const struct fpu_reg fpu_indefinite = { .mant = 3ull << 62, .sexp = 0xffff };

/* The 8087's interrupt request can be masked as a whole (Intel 8087 data
 * sheet, "Control Word").  Its output is not latched by the board.  */
static bool is_8087(const struct cpu *cpu)
{
	return cpu->model < CPU_80286;
}

static bool request_masked(const struct cpu *cpu)
{
	return is_8087(cpu) && (cpu->fpu.control & FPU_IEM);
}

static void request(struct fpu *fpu, bool level)
{
	if (fpu->requesting == level)
		return;
	fpu->requesting = level;
	wire_set(&fpu->ferr, level);
}

void fpu_signal(struct cpu *cpu)
{
	struct fpu *fpu = &cpu->fpu;

	fpu->status |= FPU_ES | FPU_BUSY;
	if (!(cpu->cr[0] & CR0_NE) && !fpu->ignored && !request_masked(cpu))
		request(fpu, true);
}

void fpu_review(struct cpu *cpu)
{
	struct fpu *fpu = &cpu->fpu;

	if (fpu->status & ~fpu->control & FPU_EXCEPTIONS) {
		fpu_signal(cpu);
		return;
	}
	fpu->status &= ~(FPU_ES | FPU_BUSY);
	fpu->ignored = false;
	if (is_8087(cpu))
		request(fpu, false);
}

void fpu_acknowledge(struct fpu *fpu)
{
	request(fpu, false);
	fpu->ignored = fpu->status & FPU_ES;
}

static bool stack_fault(struct cpu *cpu, unsigned c1)
{
	struct fpu *fpu = &cpu->fpu;

	/* Before the 387 it is an invalid operation like others.  */
	if (cpu->model >= CPU_80386)
		fpu->status = (fpu->status & ~FPU_C1) | FPU_SF | c1;
	fpu->status |= FPU_IE;
	if (fpu->control & FPU_IE)
		return true;
	fpu_signal(cpu);
	return false;
}

bool fpu_overflow(struct cpu *cpu)
{
	return stack_fault(cpu, FPU_C1);
}

bool fpu_underflow(struct cpu *cpu)
{
	return stack_fault(cpu, 0);
}

void fpu_remember(struct cpu *cpu, const struct fpu_call *call)
{
	struct fpu *fpu = &cpu->fpu;

	fpu->last_op = call->esc << 8 | call->modrm;
	fpu->last_cs = cpu->seg[CPU_CS].sel;
	fpu->last_ip = cpu_insn_ip(cpu);
	if (call->memory) {
		fpu->last_ds = cpu->seg[call->seg].sel;
		fpu->last_dp = call->offset;
	}
}

static void await_error(struct cpu *cpu)
{
	if (cpu->cr[0] & CR0_NE)
		cpu_raise(cpu, EXC_MF);
	if (cpu->fpu.ignored || request_masked(cpu))
		return;
	fpu_signal(cpu);	/* NE may have been set when it happened.  */
	cpu_stall(cpu);
}

static inline void await(struct cpu *cpu)
{
	fpu_live_leave(cpu);
	if (__builtin_expect(cpu->fpu.status & FPU_ES, 0))
		await_error(cpu);
}

/* May this instruction be executed here and now?  If it may not and nothing
 * is raised, it is ignored.  */
static bool ready(struct cpu *cpu, const struct fpu_insn *insn)
{
	if (cpu->cr[0] & (CR0_EM | CR0_TS))
		cpu_raise(cpu, EXC_NM);
	/* Nobody listens: the bus cycles of an ESC have no effect.  */
	if (!cpu->has_fpu)
		return false;
	/* Up to the 387 the processor does not know what the other chip
	 * can do; since the 486 they are one.  */
	if (!insn || insn->since > cpu->model) {
		if (cpu->model >= CPU_80486)
			cpu_raise(cpu, EXC_UD);
		return false;
	}
	if (insn->flags & FPU_NOWAIT)
		fpu_live_leave(cpu);
	else
		await(cpu);
	return true;
}

void fpu_reg_op(struct cpu *cpu, unsigned esc, unsigned modrm)
{
	const struct fpu_insn *insn = fpu_insn(esc, modrm);

	if (ready(cpu, insn))
		insn->run(cpu, &(struct fpu_call){
			.insn = insn, .esc = esc & 7, .modrm = modrm,
		});
}

void fpu_mem_op(struct cpu *cpu, unsigned esc, unsigned modrm,
		enum cpu_seg seg, uint32_t offset, bool op32, bool addr32)
{
	const struct fpu_insn *insn = fpu_insn(esc, modrm);

	if (ready(cpu, insn))
		insn->run(cpu, &(struct fpu_call){
			.insn = insn, .esc = esc & 7, .modrm = modrm, .memory = true,
			.op32 = op32, .addr32 = addr32, .seg = seg, .offset = offset,
		});
}

void fpu_mmx_ready(struct cpu *cpu)
{
	if (!cpu->has_fpu || cpu->cr[0] & CR0_EM)
		cpu_raise(cpu, EXC_UD);
	if (cpu->cr[0] & CR0_TS)
		cpu_raise(cpu, EXC_NM);
	await(cpu);
}

void fpu_wait(struct cpu *cpu)
{
	if ((cpu->cr[0] & (CR0_MP | CR0_TS)) == (CR0_MP | CR0_TS))
		cpu_raise(cpu, EXC_NM);
	if (cpu->has_fpu && !cpu->hot.fpu_live)
		await(cpu);
}

/* A Pentium comes up with another control word and all registers zero
 * (Pentium Developer's Manual vol. 1, table 3-2), but every BIOS runs
 * FNINIT before anybody could see that.  */
void fpu_reset(struct cpu *cpu)
{
	struct fpu *fpu = &cpu->fpu;

	fpu_live_leave(cpu);
	request(fpu, false);
	*fpu = (struct fpu){ .ferr = fpu->ferr };
	fpu_initialise(cpu);
}

void fpu_state(struct fpu *fpu, struct state *st)
{
	state_section(st, "fpu", 1);
	for (unsigned i = 0; i < 8; i++) {
		state_u64(st, &fpu->st[i].mant);
		state_u16(st, &fpu->st[i].sexp);
	}
	state_u16(st, &fpu->control);
	state_u16(st, &fpu->status);
	state_u16(st, &fpu->tag);
	state_u16(st, &fpu->last_op);
	state_u16(st, &fpu->last_cs);
	state_u16(st, &fpu->last_ds);
	state_u32(st, &fpu->last_ip);
	state_u32(st, &fpu->last_dp);
	state_bool(st, &fpu->requesting);
	state_bool(st, &fpu->ignored);
}
