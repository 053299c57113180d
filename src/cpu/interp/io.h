/* io.h - ports, for IN, OUT, INS and OUTS.  */

#ifndef CPU_INTERP_IO_H
#define CPU_INTERP_IO_H

#include "bus/bus.h"
#include "cpu/access.h"
#include "cpu/interp/longer.h"
#include "cpu/mmu.h"
#include "sched/sched.h"

/* #GP(0) unless every byte's bit in the TSS's I/O permission map is clear.  */
void cpu_check_io_map(struct cpu *cpu, uint16_t port, unsigned size);

/* V86 mode asks the map whatever its IOPL (Intel 386 PRM 8.3).  */
static inline void cpu_check_io(struct cpu *cpu, uint16_t port, unsigned size)
{
	if (cpu->cr[0] & CR0_PE && (cpu->flags & CPU_VM || cpu->cpl > cpu_iopl(cpu)))
		cpu_check_io_map(cpu, port, size);
}

static inline void cpu_port_enter(struct cpu *cpu)
{
	cpu_chip_enter(cpu);
	cpu_wait(cpu, cpu->port_cost);
}

static inline uint32_t cpu_in(struct cpu *cpu, uint16_t port, unsigned size)
{
	uint32_t v;

	cpu_check_io(cpu, port, size);
	if (unlikely(cpu->watch.port))
		cpu_watch_touch_port(cpu, port, size, false);
	cpu->outside++;
	cpu_port_enter(cpu);
	v = bus_in(cpu->bus, port, size);
	cpu_chip_leave(cpu);
	return v;
}

static inline void cpu_out(struct cpu *cpu, uint16_t port, uint32_t v, unsigned size)
{
	cpu_check_io(cpu, port, size);
	if (unlikely(cpu->watch.port))
		cpu_watch_touch_port(cpu, port, size, true);
	cpu->outside++;
	cpu_port_enter(cpu);
	bus_out(cpu->bus, port, v, size);
	cpu_chip_leave(cpu);
}

#endif
