/* bios_rig.h - a board for the tests of the BIOS: real bus, chips and
 * doorway, and the smallest CPU that can run what the BIOS has: gates, IRET,
 * RETF, jumps, and hardware interrupts.  */

#ifndef BIOS_RIG_H
#define BIOS_RIG_H

#include <stdio.h>
#include <string.h>

#include "suite.h"

#include "bios/bios.h"
#include "bus/bus.h"
#include "dev/kbc.h"
#include "dev/keyboard.h"
#include "dev/mouse.h"
#include "dev/pic.h"
#include "dev/pit.h"
#include "dev/port61.h"
#include "dev/port92.h"
#include "dev/rtc.h"
#include "guest/guest.h"
#include "plugin.h"

#define RAM_SIZE	(8u << 20)
#define HOME_SEG	0x2000		/* the program that calls: it never runs */
#define HOME_OFF	0x1234

static struct sched sched;
static struct bus bus;
static struct cpu cpu;
static struct guest guest;
static struct bios bios;
static struct pic pic;
static struct pit pit;
static struct rtc rtc;
static struct kbc kbc;
static struct keyboard keyboard;
static struct mouse mouse;
static struct port61 port61;
static struct port92 port92;

static char tty[4096];
static unsigned tty_count, full_screens, resets;
static const char *crash;
static char crash_text[100];

void cpu_load_real(struct cpu *c, enum cpu_seg seg, uint16_t sel)
{
	c->seg[seg].sel = sel;
	c->seg[seg].base = sel * 16u;
}

static void set_intr(void *ctx, unsigned n, bool level)
{
	(void)ctx, (void)n;
	cpu.intr = level;
}

static void set_a20(void *ctx, unsigned n, bool level)
{
	(void)ctx, (void)n;
	bus_set_a20(&bus, level);
}

static void count_reset(void *ctx, unsigned n, bool level)
{
	(void)ctx, (void)n;
	resets += level;
}

static void keep_tty(void *ctx, uint8_t byte)
{
	(void)ctx;
	if (tty_count < sizeof tty - 1)
		tty[tty_count++] = byte;
}

static void count_full_screen(void *ctx)
{
	(void)ctx;
	full_screens++;
}

static void keep_crash(void *ctx, const char *why)
{
	(void)ctx;
	snprintf(crash_text, sizeof crash_text, "%s", why);
	crash = crash_text;
}

static bool timer_out2(void *ctx)
{
	return pit_out(ctx, 2);
}

static void wire_board(void)
{
	const struct kbc_wiring kbc_to = {
		.irq1 = pic_irq(&pic, 1), .irq12 = pic_irq(&pic, 12),
		.reset = { count_reset, NULL, 0 },
		.line = { keyboard_device(&keyboard), mouse_device(&mouse) },
	};
	const struct port61_wiring port61_to = {
		.gate2 = pit_gate(&pit, 2), .out2 = timer_out2, .out2_ctx = &pit,
	};
	const struct wire timer[3] = { pic_irq(&pic, 0) };

	pic_init(&pic, &bus, (struct wire){ set_intr, NULL, 0 });
	pit_init(&pit, &bus, &sched, timer);
	port61_init(&port61, &bus, &sched, &port61_to);
	port92_init(&port92, &bus, (struct wire){ set_a20, NULL, 0 },
		    (struct wire){ count_reset, NULL, 0 });
	port92_reset(&port92);
	rtc_init(&rtc, &bus, &sched, RAM_SIZE, pic_irq(&pic, 8), (struct wire){ 0 });
	kbc_init(&kbc, &bus, &sched, &kbc_to);
	keyboard_init(&keyboard, &sched, kbc_ready(&kbc, KBC_KEYBOARD));
	mouse_init(&mouse, &sched, kbc_ready(&kbc, KBC_AUX));
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

static inline bool carry(void)
{
	return cpu.flags & CPU_CF;
}

static void set_reg(enum cpu_reg r, uint16_t v)
{
	cpu_set16(&cpu, r, v);
}

static uint16_t reg(enum cpu_reg r)
{
	return cpu_get16(&cpu, r);
}

static uint8_t bda8(uint16_t at)
{
	return guest_r8(&guest, 0x40, at);
}

static uint16_t bda16(uint16_t at)
{
	return guest_r16(&guest, 0x40, at);
}

/* At boot: 1994-05-31 22:13:20.  */
static enum svc booted(void *room, struct guest *g)
{
	(void)room;
	cpu_load_real(g->cpu, CPU_CS, HOME_SEG);
	g->cpu->ip = HOME_OFF;
	return SVC_JUMP;
}

static void power_on(void)
{
	tty_count = full_screens = resets = 0;
	memset(tty, 0, sizeof tty);
	crash = NULL;
	sched_init(&sched);
	ck_assert(bus_init(&bus, RAM_SIZE, NULL));
	cpu = (struct cpu){ .model = CPU_80486, .bus = &bus, .sched = &sched };
	guest_init(&guest, &cpu, &bus);
	wire_board();
	rtc_set_unix(&rtc, 770422400, 0);
	bios_init(&bios, &guest, &bus, &sched);
	bios.tty_out = keep_tty;
	bios.full_screen = count_full_screen;
	bios.crashed = keep_crash;
	guest_offer(&guest, GATE_DOS_BOOT, booted, NULL);
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
