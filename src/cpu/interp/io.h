/* io.h - ports, for IN, OUT, INS and OUTS.  */

#ifndef CPU_INTERP_IO_H
#define CPU_INTERP_IO_H

#include "bus/bus.h"
#include "cpu/access.h"
#include "cpu/mmu.h"

/* The I/O privilege check of protected mode (the TSS bit map comes with
 * the tasks).  */
static inline void cpu_check_io(struct cpu *cpu)
{
	if (cpu->cr[0] & CR0_PE && cpu->cpl > (cpu->flags & CPU_IOPL) >> 12)
		cpu_raise_code(cpu, EXC_GP, 0);
}

static inline uint32_t cpu_in(struct cpu *cpu, uint16_t port, unsigned size)
{
	uint32_t v;

	cpu_check_io(cpu);
	cpu_chip_enter(cpu);
	v = bus_in(cpu->bus, port, size);
	cpu_chip_leave(cpu);
	return v;
}

static inline void cpu_out(struct cpu *cpu, uint16_t port, uint32_t v, unsigned size)
{
	cpu_check_io(cpu);
	cpu_chip_enter(cpu);
	bus_out(cpu->bus, port, v, size);
	cpu_chip_leave(cpu);
}

#endif
