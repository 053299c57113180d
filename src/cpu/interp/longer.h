/* longer.h - what takes longer than an instruction of the mixture does: a bus, and the
 * instructions that cpu.longer[] speaks of.  */

#ifndef CPU_INTERP_LONGER_H
#define CPU_INTERP_LONGER_H

#include "cpu/interp/insn.h"
#include "sched/sched.h"

/* In the middle of an instruction.  The run has fewer instructions left then.  How many is no
 * question for a division here: it may come out too many by as much again, and then the run
 * looks at its date once more.  */
static inline void cpu_wait(struct cpu *cpu, uint32_t ns)
{
	uint64_t units;

	if (!ns)
		return;
	units = ((uint64_t)(ns >> (31 - __builtin_clz(cpu->cost))) + 1) * INSN_UNIT;
	cpu->sched->now += ns;
	cpu->hot.stop = cpu->hot.stop > units ? cpu->hot.stop - units : 0;
}

/* Apart, so that handlers that need it not are no slower.  */
void cpu_wait_longer(struct cpu *cpu, uint32_t ns);

static always_inline void cpu_takes_longer(struct cpu *cpu, enum cpu_longer what)
{
	if (unlikely(cpu->longer[what]))
		cpu_wait_longer(cpu, cpu->longer[what]);
}

#endif
