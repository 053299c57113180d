/* pentium.c - what the Pentium brought: CPUID, the time stamp counter,
 * model-specific registers, CR4 and CMPXCHG8B (Pentium Processor Family
 * Developer's Manual, vol. 3).  MMX is in mmx.c.  */

#include "cpu/interp/control.h"
#include "cpu/interp/forms.h"
#include "cpu/mmu.h"
#include "sched/sched.h"

/* ---- CPUID ---- */

enum feature {
	HAS_FPU = 1 << 0, HAS_VME = 1 << 1, HAS_DE = 1 << 2, HAS_PSE = 1 << 3,
	HAS_TSC = 1 << 4, HAS_MSR = 1 << 5, HAS_MCE = 1 << 7, HAS_CX8 = 1 << 8,
	HAS_MMX = 1 << 23,
	HAS_ALWAYS = HAS_VME | HAS_DE | HAS_PSE | HAS_TSC | HAS_MSR | HAS_MCE | HAS_CX8,
};

static void say_vendor(uint32_t *reg)
{
	reg[CPU_AX] = 1;			/* the highest leaf */
	reg[CPU_BX] = 0x756e6547;		/* "Genu" */
	reg[CPU_DX] = 0x49656e69;		/* "ineI" */
	reg[CPU_CX] = 0x6c65746e;		/* "ntel" */
}

/* A leaf too high answers as the highest does.  */
HANDLER(cpuid)
{
	uint32_t *reg = cpu->reg;

	if (!reg[CPU_AX]) {
		say_vendor(reg);
		return cpu_next(cpu, in);
	}
	reg[CPU_AX] = cpu_signature(cpu->model);
	reg[CPU_BX] = reg[CPU_CX] = 0;
	reg[CPU_DX] = HAS_ALWAYS | (cpu->has_fpu ? HAS_FPU | HAS_MMX : 0);
	return cpu_next(cpu, in);
}
SET_ONE(h_cpuid, cpuid);

/* ---- time ---- */

#define CLOCK_NS	10	/* of the time stamp: a Pentium of 100 MHz */

/* By guest time, whatever speed the processor has been given: it also runs while the
 * processor is halted, and never back.  hot.cur must be set.  */
static uint64_t clocks(struct cpu *cpu)
{
	cpu_chip_enter(cpu);
	return cpu->sched->now / CLOCK_NS;
}

static void put_edx_eax(struct cpu *cpu, uint64_t v)
{
	cpu->reg[CPU_AX] = v;
	cpu->reg[CPU_DX] = v >> 32;
}

static uint64_t edx_eax(const struct cpu *cpu)
{
	return (uint64_t)cpu->reg[CPU_DX] << 32 | cpu->reg[CPU_AX];
}

HANDLER(rdtsc)
{
	cpu->hot.cur = in;
	if (cpu->cr[4] & CR4_TSD)
		cpu_need_cpl0(cpu);
	cpu->outside++;
	put_edx_eax(cpu, clocks(cpu) + cpu->tsc_ahead);
	return cpu_next(cpu, in);
}
SET_ONE(h_rdtsc, rdtsc);

/* ---- model-specific registers ---- */

/* The last machine check's address and kind: there never was one.  The
 * performance counters (11h to 13h) are not there.  */
enum msr { MSR_MC_ADDR = 0x00, MSR_MC_TYPE = 0x01, MSR_TSC = 0x10 };

/* The one that ECX names, for privilege 0 and if it is there.  */
static enum msr asked_msr(struct cpu *cpu, const struct cpu_insn *in)
{
	cpu->hot.cur = in;
	cpu_need_cpl0(cpu);
	switch (cpu->reg[CPU_CX]) {
	case MSR_MC_ADDR: case MSR_MC_TYPE: case MSR_TSC:
		break;
	default:
		cpu_raise_code(cpu, EXC_GP, 0);
	}
	return cpu->reg[CPU_CX];
}

HANDLER(rdmsr)
{
	bool tsc = asked_msr(cpu, in) == MSR_TSC;

	put_edx_eax(cpu, tsc ? clocks(cpu) + cpu->tsc_ahead : 0);
	return cpu_next(cpu, in);
}
SET_ONE(h_rdmsr, rdmsr);

HANDLER(wrmsr)
{
	if (asked_msr(cpu, in) == MSR_TSC)
		cpu->tsc_ahead = edx_eax(cpu) - clocks(cpu);
	return cpu_next(cpu, in);
}
SET_ONE(h_wrmsr, wrmsr);

/* ---- CR4 ---- */

void cpu_set_cr4(struct cpu *cpu, uint32_t v)
{
	if (v & ~(uint32_t)(CR4_VME | CR4_PVI | CR4_TSD | CR4_DE | CR4_PSE | CR4_MCE))
		cpu_raise_code(cpu, EXC_GP, 0);
	cpu->cr[4] = v;
	cpu_paging_changed(cpu);
}

/* ---- CMPXCHG8B ---- */

/* Memory is written in either case, be it with what it had.  */
#define CMPXCHG8B(name, f) HANDLER(name##_##f) \
{ \
	uint32_t off = insn_ea(cpu, in, f), flags = flags_arith(cpu) & ~CPU_ZF; \
	uint64_t old, new; \
	bool equal; \
\
	cpu->hot.cur = in; \
	cpu_check_write(cpu, in->seg, off, 8); \
	old = cpu_read64(cpu, in->seg, off); \
	equal = old == edx_eax(cpu); \
	new = (uint64_t)cpu->reg[CPU_CX] << 32 | cpu->reg[CPU_BX]; \
	cpu_write64(cpu, in->seg, off, equal ? new : old); \
	if (!equal) \
		put_edx_eax(cpu, old); \
	flags_set_arith(cpu, flags | (equal ? CPU_ZF : 0)); \
	return cpu_next(cpu, in); \
}
CMPXCHG8B(cmpxchg8b, F_M16)
CMPXCHG8B(cmpxchg8b, F_M32)
#define cmpxchg8b_ANY { NULL, cmpxchg8b_F_M16, cmpxchg8b_F_M32 }
const struct cpu_handlers h_cmpxchg8b = { { cmpxchg8b_ANY, cmpxchg8b_ANY, cmpxchg8b_ANY } };
