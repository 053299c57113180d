/* ours.c - our processor: a bus with memory, the interpreter, and an
 * interrupt table of which each vector leads to a HLT of its own.  */

#include "native.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "bus/bus.h"
#include "cpu/cpu.h"
#include "sched/sched.h"

#define RAM_SIZE	0x100000u
#define HALTS		0x500u		/* HLT for vector n at 0:500h + n */
#define PATIENCE	200000u		/* instructions */

static struct {
	struct bus bus;
	struct sched sched;
	struct cpu cpu;
	bool big;
} *m;

uint8_t *ours_open(void)
{
	struct error err;

	m = calloc(1, sizeof *m);
	if (!m || !bus_init(&m->bus, RAM_SIZE, &err))
		return NULL;
	m->bus.addr_mask = ~0u;
	sched_init(&m->sched);
	cpu_init(&m->cpu, &m->bus, &m->sched);
	m->cpu.model = CPU_PENTIUM;
	m->cpu.cost = 1;
	cpu_reset(&m->cpu);
	if (!cpu_use(&m->cpu, &cpu_interp))
		return NULL;
	for (uint32_t v = 0; v < 256; v++) {
		uint8_t hlt = 0xf4;
		uint32_t vector = HALTS + v;

		bus_copy_out(&m->bus, HALTS + v, &hlt, 1);
		bus_copy_out(&m->bus, 4 * v, &vector, 4);
	}
	bus_copy_out(&m->bus, LEAVE_SEL * 16, "\xf4", 1);
	return m->bus.ram;
}

void ours_close(void)
{
	if (!m)
		return;
	cpu_fini(&m->cpu);
	bus_fini(&m->bus);
	free(m);
	m = NULL;
}

void ours_wrote(uint32_t at, uint32_t size)
{
	bus_wrote(&m->bus, at, size);
}

/* The D/B bit of the segments that have one.  */
static void set_width(struct cpu *cpu, bool big)
{
	static const enum cpu_seg with_width[] = { CPU_CS, CPU_SS };

	for (unsigned i = 0; i < 2; i++) {
		struct cpu_segment *seg = &cpu->seg[with_width[i]];

		seg->attr = big ? seg->attr | 1 << 14 : seg->attr & ~(1 << 14);
	}
}

static void begin(const struct sequence *s)
{
	struct cpu *cpu = &m->cpu;

	memcpy(cpu->reg, s->before.reg, sizeof s->before.reg);
	cpu->flags = s->before.flags;
	for (unsigned i = 0; i < 6; i++)
		cpu_load_real(cpu, i, s->before.seg[i]);
	set_width(cpu, s->big);
	cpu->ip = s->before.ip;
	cpu->halted = false;
	cpu->cr[0] |= 0x20;		/* NE, as Linux has it */
	cpu->fpu = (struct fpu){ .ferr = cpu->fpu.ferr, .control = 0x37f,
		.tag = s->before.fpu_tag };
	for (unsigned i = 0; i < 8; i++)
		memcpy(&cpu->fpu.st[i], s->before.st[i], 10);
}

static uint32_t pop(struct cpu *cpu)
{
	uint32_t sp = m->big ? cpu->reg[CPU_SP] : (uint16_t)cpu->reg[CPU_SP];
	uint32_t v = bus_read(&m->bus, cpu->seg[CPU_SS].base + sp, 2);

	if (m->big)
		cpu->reg[CPU_SP] += 2;
	else
		cpu_set16(cpu, CPU_SP, sp + 2);
	return v;
}

/* Where it has stopped: at the end, or in an interrupt of which the frame
 * is on the stack.  */
static void take_frame(struct registers *after)
{
	struct cpu *cpu = &m->cpu;

	if (cpu->seg[CPU_CS].sel == LEAVE_SEL) {
		after->vector = NO_VECTOR;
		after->ip = 0;
		after->flags = cpu->flags;
		return;
	}
	after->vector = cpu->ip - 1 - HALTS;
	after->ip = pop(cpu);
	pop(cpu);
	after->flags = (cpu->flags & 0xffff0000) | pop(cpu);
}

static void copy_fpu(const struct fpu *fpu, struct registers *after)
{
	unsigned top = fpu->status >> 11 & 7;

	after->fpu_control = fpu->control;
	after->fpu_status = fpu->status;
	after->fpu_tag = fpu->tag;
	for (unsigned i = 0; i < 8; i++)
		memcpy(after->st[i], &fpu->st[(top + i) & 7], 10);
}

void ours_run(const struct sequence *s, struct registers *after)
{
	struct cpu *cpu = &m->cpu;
	enum cpu_exit why;

	m->big = s->big;
	begin(s);
	m->sched.deadline = m->sched.now + PATIENCE;
	why = cpu_run(cpu);
	if (why == CPU_EXIT_HALT) {
		take_frame(after);
	} else {
		after->vector = why == CPU_EXIT_RESET ? SHUT_DOWN : ENDLESS;
		after->ip = cpu->ip;
		after->flags = cpu->flags;
		if (why == CPU_EXIT_RESET)
			cpu_reset(cpu);
	}
	memcpy(after->reg, cpu->reg, sizeof after->reg);
	for (unsigned i = 0; i < 6; i++)
		after->seg[i] = cpu->seg[i].sel;
	after->seg[CPU_CS] = CODE_SEL;
	if (s->fpu)
		copy_fpu(&cpu->fpu, after);
}
