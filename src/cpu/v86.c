/* v86.c - what virtual-8086 mode does otherwise at IOPL below 3, and the
 * Pentium's extensions to it (386 PRM 15.4; Pentium manual volume 3, chapter
 * 22 and appendix H: CR4.VME, CR4.PVI).  */

#include "cpu/v86.h"

#include "cpu/access.h"
#include "cpu/flags.h"
#include "cpu/mmu.h"
#include "cpu/transfer.h"

static bool trusted(const struct cpu *cpu)
{
	return cpu_iopl(cpu) == 3;
}

/* With CR4.VME a program of 16 bits has an interrupt flag of its own, VIF.  */
static void need_vme(struct cpu *cpu, bool wide)
{
	if (wide || !(cpu->cr[4] & CR4_VME))
		cpu_raise_code(cpu, EXC_GP, 0);
}

static uint32_t virtual_flags(uint32_t f)
{
	return (f & ~CPU_IF) | CPU_IOPL | (f & CPU_VIF ? CPU_IF : 0);
}

uint32_t v86_flags_pushed(struct cpu *cpu, bool wide)
{
	uint32_t f = flags_get(cpu);

	if (trusted(cpu))
		return f;
	need_vme(cpu, wide);
	return virtual_flags(f);
}

uint32_t v86_flags_popped(struct cpu *cpu, uint32_t f, bool wide)
{
	uint32_t keep = wide ? CPU_VM : 0xffff0000;

	if (trusted(cpu))
		return flags_loaded(cpu, f, keep);
	need_vme(cpu, wide);
	if (f & CPU_TF || (f & CPU_IF && cpu->flags & CPU_VIP))
		cpu_raise_code(cpu, EXC_GP, 0);
	keep |= CPU_IF | CPU_IOPL;
	return (flags_loaded(cpu, f, keep) & ~CPU_VIF) | (f & CPU_IF ? CPU_VIF : 0);
}

bool cpu_virtual_if(const struct cpu *cpu)
{
	if (cpu->cpl <= cpu_iopl(cpu))
		return false;
	return cpu->flags & CPU_VM ? cpu->cr[4] & CR4_VME :
		cpu->cpl == 3 && cpu->cr[4] & CR4_PVI;
}

/* The bit for this vector in the TSS's interrupt redirection bit map, which
 * ends where the I/O map begins.  */
static bool redirected(struct cpu *cpu, unsigned vector)
{
	uint32_t map;

	if (!(cpu->tr.attr & 8) || cpu->tr.limit < 0x67)	/* a 286's */
		return true;
	map = cpu_read_linear(cpu, cpu->tr.base + 0x66, 2);
	if (map < 32 || map - 32 + vector / 8 > cpu->tr.limit)
		return true;
	return cpu_read_linear(cpu, cpu->tr.base + map - 32 + vector / 8, 1) >> vector % 8 & 1;
}

/* With CR4.VME an INT n whose bit is clear is done as real mode does it.  */
void cpu_interrupt_v86(struct cpu *cpu, const struct cpu_event *ev)
{
	if (!(cpu->cr[4] & CR4_VME) || redirected(cpu, ev->vector)) {
		if (!trusted(cpu))
			cpu_raise_code(cpu, EXC_GP, 0);
		cpu_interrupt(cpu, ev);
		return;
	}
	cpu->flags = flags_get(cpu);
	cpu->hot.no_trap = true;
	cpu_interrupt_pointer(cpu, ev, 0, trusted(cpu) ? cpu->flags : virtual_flags(cpu->flags));
	cpu->flags &= ~(CPU_TF | CPU_NT | CPU_AC | (trusted(cpu) ? CPU_IF : CPU_VIF));
}
