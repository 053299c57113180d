/* fpu_live.c - moving the x87's state between struct fpu and the host's x87.  */

#include "cpu/fpu_live.h"

#include "cpu/fpu_core.h"

#if FPU_LIVE

/* What FNSAVE stores in 32-bit protected mode (Intel 387 Programmer's
 * Reference Manual, figure 4-5); registers from ST(0) on.  */
struct image {
	uint32_t control, status, tag;
	uint32_t pointer[4];
	uint8_t st[8][10];
};

bool fpu_live_enter(struct cpu *cpu)
{
	struct fpu *fpu = &cpu->fpu;
	struct image m = { fpu->control, fpu->status, fpu->tag, { 0 }, { { 0 } } };

	if (cpu->hot.fpu_live || !cpu->has_fpu || cpu->model < CPU_80386 ||
	    fpu->status & (FPU_ES | (~fpu->control & FPU_EXCEPTIONS)) ||
	    cpu->cr[0] & (CR0_EM | CR0_TS))
		return false;
	for (unsigned i = 0; i < 8; i++) {
		cpu_store(m.st[i], fpu_st(fpu, i)->mant, 8);
		cpu_store(m.st[i] + 8, fpu_st(fpu, i)->sexp, 2);
	}
	__asm__ volatile("frstor %0" : : "m" (m));
	fpu_live_control(cpu);
	return true;
}

void fpu_live_leave(struct cpu *cpu)
{
	struct fpu *fpu = &cpu->fpu;
	struct image m;

	if (!cpu->hot.fpu_live)
		return;
	cpu->hot.fpu_live = FPU_AWAY;
	__asm__ volatile("fnsave %0" : "=m" (m));	/* and as FNINIT */
	fpu->status = m.status;
	fpu->tag = m.tag;
	for (unsigned i = 0; i < 8; i++) {
		fpu_st(fpu, i)->mant = cpu_load(m.st[i], 8);
		fpu_st(fpu, i)->sexp = cpu_load(m.st[i] + 8, 2);
	}
}

static bool takes_longer(const struct cpu *cpu)
{
	for (unsigned what = LONGER_FLOAD; what <= LONGER_FUNC; what++)
		if (cpu->longer[what])
			return true;
	return false;
}

void fpu_live_control(struct cpu *cpu)
{
	bool masked = (cpu->fpu.control & FPU_EXCEPTIONS) == FPU_EXCEPTIONS;

	cpu->hot.fpu_live = masked && !takes_longer(cpu) ? FPU_MASKED : FPU_WATCHED;
}

#else

bool fpu_live_enter(struct cpu *cpu)
{
	(void)cpu;
	return false;
}

void fpu_live_leave(struct cpu *cpu)
{
	(void)cpu;
}

void fpu_live_control(struct cpu *cpu)
{
	(void)cpu;
}

#endif
