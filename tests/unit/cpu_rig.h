/* cpu_rig.h - a processor on a bench, for suites of small programs: 4 MiB of
 * memory, ports 0-FFh (92h A20, 20h INTR, 40h ends the slice), and an
 * interrupt table of which each vector leads to a HLT of its own.  */

#ifndef CPU_RIG_H
#define CPU_RIG_H

#include <string.h>

#include "base/error.h"
#include "bus/bus.h"
#include "cpu/cpu.h"
#include "sched/sched.h"
#include "suite.h"

#define COST		10u		/* ns an instruction */
#define CODE		0x1000u		/* CS:IP is 0000:1000 */
#define HANDLER_SEG	0x0200u		/* vector n is at 0200:n*16, a HLT if nothing else */

static struct bus bus;
static struct sched sched;
static struct cpu cpu;
static vtime seen;			/* sched.now when the port was touched */
static unsigned acks;

static uint32_t port_read(void *dev, uint32_t addr, unsigned size)
{
	(void)dev, (void)addr, (void)size;
	seen = sched.now;
	return 0x5a;
}

static void port_write(void *dev, uint32_t addr, uint32_t val, unsigned size)
{
	(void)dev, (void)size;
	seen = sched.now;
	if (addr == 0x92)
		bus_set_a20(&bus, val & 2);
	else if (addr == 0x20)
		cpu.intr = val;
	else if (addr == 0x40)
		sched.deadline = sched.now;
}

static const struct bus_ops port_ops = { "port", port_read, port_write, true };

static int acknowledge(void *ctx)
{
	(void)ctx;
	acks++;
	cpu.intr = false;
	return 8;
}

static void poke(uint32_t addr, const void *bytes, size_t n)
{
	bus_copy_out(&bus, addr, bytes, n);
}

static void power_on(enum cpu_model model)
{
	struct error err;

	sched_init(&sched);
	ck_assert(bus_init(&bus, 4 << 20, &err));
	bus_set_a20(&bus, true);
	bus_map_ports(&bus, 0, 0x100, &port_ops, NULL);
	cpu_init(&cpu, &bus, &sched);
	cpu.model = model;
	cpu.has_fpu = false;
	cpu.cost = COST;
	cpu.intack = acknowledge;
	cpu_reset(&cpu);
	ck_assert(cpu_use(&cpu, &cpu_interp));
	for (unsigned v = 0; v < 256; v++) {
		bus_write(&bus, v * 4, HANDLER_SEG << 16 | v * 16, 4);
		bus_write(&bus, HANDLER_SEG * 16 + v * 16, 0xf4, 1);
	}
	cpu_load_real(&cpu, CPU_CS, 0);
	cpu.ip = CODE;
	cpu.reg[CPU_SP] = 0xff00;
	acks = 0;
	seen = 0;
}

static void power_off(void)
{
	cpu_fini(&cpu);
	bus_fini(&bus);
}

/* Runs to HLT, or for as long as n instructions take.  */
static enum cpu_exit run(unsigned n)
{
	sched.deadline = sched.now + n * COST;
	return cpu_run(&cpu);
}

/* A program at 0000:1000, run to its HLT.  */
#define RUN(model, ...) do { \
	const uint8_t program[] = { __VA_ARGS__, 0xf4 }; \
	power_on(model); \
	poke(CODE, program, sizeof program); \
	ck_assert_int_eq(run(100000), CPU_EXIT_HALT); \
} while (0)

/* Which exception the program ended in; -1: none.  */
static inline int ended_in(void)
{
	return cpu.seg[CPU_CS].sel == HANDLER_SEG ? (int)(cpu.ip - 1) / 16 : -1;
}

static inline uint16_t stack_word(unsigned n)
{
	return bus_read(&bus, cpu.seg[CPU_SS].base + (uint16_t)(cpu.reg[CPU_SP] + 2 * n), 2);
}

#define AX	cpu.reg[CPU_AX]
#define BX	cpu.reg[CPU_BX]
#define CX	cpu.reg[CPU_CX]
#define DX	cpu.reg[CPU_DX]

#endif
