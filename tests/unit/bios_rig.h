/* bios_rig.h - the board with the smallest CPU that can run what the BIOS
 * has: gates, IRET, RETF, jumps, and hardware interrupts.  The test calls
 * services as a program would that stands at HOME and never runs.  */

#ifndef BIOS_RIG_H
#define BIOS_RIG_H

#include "bios_board.h"

#define HOME_SEG	0x2000
#define HOME_OFF	0x1234

void cpu_load_real(struct cpu *c, enum cpu_seg seg, uint16_t sel)
{
	c->seg[seg].sel = sel;
	c->seg[seg].base = sel * 16u;
}

static uint16_t pop(void)
{
	uint16_t sp = cpu_get16(&cpu, CPU_SP);

	cpu_set16(&cpu, CPU_SP, sp + 2);
	return guest_r16(&guest, cpu.seg[CPU_SS].sel, sp);
}

static void push(uint16_t v)
{
	uint16_t sp = cpu_get16(&cpu, CPU_SP) - 2;

	cpu_set16(&cpu, CPU_SP, sp);
	guest_w16(&guest, cpu.seg[CPU_SS].sel, sp, v);
}

static void far_jump(uint16_t seg, uint16_t off)
{
	cpu_load_real(&cpu, CPU_CS, seg);
	cpu.ip = off;
}

static void interrupt(uint8_t n)
{
	struct far to = guest_rfar(&guest, 0, n * 4);

	push(cpu.flags);
	push(cpu.seg[CPU_CS].sel);
	push(cpu.ip);
	cpu.flags &= ~(uint32_t)(CPU_IF | CPU_TF);
	far_jump(to.seg, to.off);
}

static uint16_t fetch(unsigned size)
{
	uint16_t v = bus_read(&bus, cpu.seg[CPU_CS].base + cpu.ip, size);

	cpu.ip = (cpu.ip + size) & 0xffff;
	return v;
}

/* False: the CPU stands on a HLT.  */
static bool step(void)
{
	uint16_t off, seg;
	uint8_t op = fetch(1);

	cpu.retired++;
	switch (op) {
	case 0xf4:
		return guest_serve(&guest);
	case 0xcf:
		off = pop(), seg = pop();
		far_jump(seg, off);
		cpu.flags = pop();
		return true;
	case 0xcb:
		off = pop(), seg = pop();
		far_jump(seg, off);
		return true;
	case 0xe9:
		off = fetch(2);
		cpu.ip = (cpu.ip + off) & 0xffff;
		return true;
	case 0xea:
		off = fetch(2), seg = fetch(2);
		far_jump(seg, off);
		return true;
	case 0xf9:				/* STC */
		cpu.flags |= CPU_CF;
		return true;
	}
	ck_abort_msg("opcode %02x at %04x:%04x", op, cpu.seg[CPU_CS].sel, cpu.ip - 1);
}

static bool at_home(void)
{
	return cpu.seg[CPU_CS].sel == HOME_SEG && cpu.ip == HOME_OFF;
}

/* Until guest time `until', or until the call made is answered.  A program
 * that waits at home does nothing but take interrupts.  */
static void run_until(vtime until, bool call)
{
	while (sched.now < until && !(call && at_home())) {
		bool goes_on = true;

		if (cpu_due_interrupt(&cpu))
			interrupt(pic_intack(&pic));
		if (!at_home())
			goes_on = step();
		else
			goes_on = false;
		if (!goes_on && !cpu_due_interrupt(&cpu) && !(call && at_home()))
			sched_skip(&sched, sched_next(&sched) < until ? sched_next(&sched) : until);
		sched_fire_due(&sched);
	}
}

static void pass(unsigned ms)
{
	run_until(sched.now + ms * (VTIME_SECOND / 1000), false);
}

/* INT n; at most a minute of guest time.  */
static void call(uint8_t n)
{
	ck_assert(at_home());
	interrupt(n);
	run_until(sched.now + 60 * VTIME_SECOND, true);
}

static void set_reg(enum cpu_reg r, uint16_t v)
{
	cpu_set16(&cpu, r, v);
}

static inline void call_with(uint8_t n, uint16_t ax, uint16_t bx, uint16_t cx, uint16_t dx)
{
	set_reg(CPU_AX, ax);
	set_reg(CPU_BX, bx);
	set_reg(CPU_CX, cx);
	set_reg(CPU_DX, dx);
	call(n);
}

static inline bool carry(void)
{
	return cpu.flags & CPU_CF;
}

static inline uint16_t reg(enum cpu_reg r)
{
	return cpu_get16(&cpu, r);
}

static inline uint8_t bda8(uint16_t at)
{
	return guest_r8(&guest, 0x40, at);
}

static inline uint16_t bda16(uint16_t at)
{
	return guest_r16(&guest, 0x40, at);
}

static enum svc booted(void *room, struct guest *g)
{
	(void)room;
	cpu_load_real(g->cpu, CPU_CS, HOME_SEG);
	g->cpu->ip = HOME_OFF;
	return SVC_JUMP;
}

static void power_on(void)
{
	sched_init(&sched);
	ck_assert(bus_init(&bus, RAM_SIZE, NULL));
	cpu = (struct cpu){ .model = CPU_80486, .bus = &bus, .sched = &sched };
	build_board(booted);
	far_jump(0xf000, 0xfff0);
	run_until(VTIME_SECOND, true);
	ck_assert(at_home());
	cpu_load_real(&cpu, CPU_SS, 0x3000);
	set_reg(CPU_SP, 0x800);
}

static void power_off(void)
{
	bus_fini(&bus);
}

#endif
