/* debug.c - DR0 to DR7.  What they make the processor look for is in
 * watch.c.  */

#include "cpu/debug.h"

#include "cpu/access.h"
#include "cpu/cpu.h"

#define DR6_FIXED	0xffff0ff0u
#define DR7_KEPT	0xffff23ffu
#define DR7_FIXED	0x00000400u

/* DR4 and DR5 are names of DR6 and DR7, until CR4.DE takes them away.  */
static unsigned debug_register(struct cpu *cpu, unsigned n)
{
	if (n == 4 || n == 5) {
		if (cpu->cr[4] & CR4_DE)
			cpu_raise(cpu, EXC_UD);
		n += 2;
	}
	if (cpu->dr[7] & DR7_GD) {
		cpu->dr[6] |= DR6_BD;
		cpu_raise(cpu, EXC_DB);
	}
	return n;
}

uint32_t cpu_debug_read(struct cpu *cpu, unsigned n)
{
	return cpu->dr[debug_register(cpu, n)];
}

void cpu_debug_write(struct cpu *cpu, unsigned n, uint32_t v)
{
	n = debug_register(cpu, n);
	if (n == 6)
		v = (v & (DR6_B | DR6_BD | DR6_BS | DR6_BT)) | DR6_FIXED;
	else if (n == 7)
		v = (v & DR7_KEPT) | DR7_FIXED;
	cpu->dr[n] = v;
	if (n != 6)
		cpu_watch_derive(cpu);
}

void cpu_debug_switch(struct cpu *cpu)
{
	if (!(cpu->dr[7] & DR7_LOCAL))
		return;
	cpu->dr[7] &= ~(uint32_t)DR7_LOCAL;
	cpu_watch_derive(cpu);
}

void cpu_debug_enter(struct cpu *cpu, uint32_t why)
{
	cpu->dr[6] |= why;
	cpu->dr[7] &= ~(uint32_t)DR7_GD;
}
