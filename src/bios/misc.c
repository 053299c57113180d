/* misc.c - the small services: equipment, memory, boot, print screen, and
 * interrupts that nobody else takes.  */

#include "bios/parts.h"

#include <stdio.h>

#include "dev/rtc.h"

#define PIC_READ_ISR	0x0b

static const uint16_t pic_port[2] = { 0x20, 0xa0 };

/* Parity and I/O channel checks do not happen to us; what arrives was made
 * by a program.  */
enum svc bios_int02(void *room, struct guest *g)
{
	(void)room, (void)g;
	return SVC_DONE;
}

enum { PRINT_OK, PRINT_BUSY, PRINT_FAILED = 0xff };
enum { NOTE_PLACE, NOTE_CURSOR };
enum { PRINT_START, PRINT_SENT };

static enum svc print(struct guest *g, uint8_t ch, uint8_t next_step)
{
	cpu_set16(g->cpu, CPU_AX, ch);
	cpu_set16(g->cpu, CPU_DX, 0);
	return guest_int(g, 0x17, next_step);
}

static enum svc print_end(struct bios *b, struct guest *g, uint8_t status)
{
	uint32_t cursor = guest_frame(g)->note[NOTE_CURSOR];

	bios_set_cursor(b, bda8(b, BDA_PAGE), cursor, cursor >> 8);
	set_bda8(b, BDA_PRINT_SCREEN, status);
	guest_restore(g);
	return SVC_DONE;
}

/* The next character, or the end of the line, or the end.  */
static enum svc print_next(struct bios *b, struct guest *g)
{
	uint32_t place = guest_frame(g)->note[NOTE_PLACE]++;
	unsigned columns = bda16(b, BDA_COLUMNS), row = place / (columns + 2);
	unsigned column = place % (columns + 2);
	uint8_t ch;

	if (row > bda8(b, BDA_ROWS))
		return print_end(b, g, PRINT_OK);
	if (column >= columns)
		return print(g, column == columns ? '\r' : '\n', PRINT_SENT);
	bios_set_cursor(b, bda8(b, BDA_PAGE), column, row);
	ch = bios_get_cell(b, bda8(b, BDA_PAGE));
	return print(g, ch ? ch : ' ', PRINT_SENT);
}

/* The screen's text goes to LPT1, by INT 17h; 50:00 tells how it went.  */
enum svc bios_int05(void *room, struct guest *g)
{
	struct bios *b = room;

	switch (guest_step(g)) {
	case PRINT_START:
		if (bda8(b, BDA_PRINT_SCREEN) == PRINT_BUSY)
			return SVC_DONE;
		set_bda8(b, BDA_PRINT_SCREEN, PRINT_BUSY);
		guest_frame(g)->note[NOTE_CURSOR] =
			bda16(b, BDA_CURSOR + 2 * (bda8(b, BDA_PAGE) & 7));
		return print_next(b, g);
	default:			/* time out, error, out of paper */
		if (reg_ah(g) & 0x29)
			return print_end(b, g, PRINT_FAILED);
		return print_next(b, g);
	}
}

/* Where the interrupt will return to.  */
static struct far came_from(struct guest *g)
{
	return guest_rfar(g, g->cpu->seg[CPU_SS].sel, cpu_get16(g->cpu, CPU_SP));
}

static enum svc crash_at(struct bios *b, struct guest *g, const char *fault)
{
	struct far at = came_from(g);
	char why[80];

	if (guest_step(g) == 0) {
		snprintf(why, sizeof why, "%s at %04X:%04X", fault, at.seg, at.off);
		if (b->crashed)
			b->crashed(b->ctx, why);
	}
	return guest_again(g, 1, GUEST_WAIT_TIME);
}

/* Nobody handles it, and the instruction would only be tried again.  */
enum svc bios_int06(void *room, struct guest *g)
{
	return crash_at(room, g, "invalid opcode");
}

enum svc bios_int11(void *room, struct guest *g)
{
	cpu_set16(g->cpu, CPU_AX, bda16(room, BDA_EQUIPMENT));
	return SVC_DONE;
}

enum svc bios_int12(void *room, struct guest *g)
{
	cpu_set16(g->cpu, CPU_AX, bda16(room, BDA_MEMORY));
	return SVC_DONE;
}

enum svc bios_int18(void *room, struct guest *g)
{
	struct bios *b = room;

	if (guest_step(g) == 0 && b->crashed)
		b->crashed(b->ctx, "no operating system to boot");
	return guest_again(g, 1, GUEST_WAIT_TIME);
}

/* A program boots the machine anew, by INT 19h or a jump to POST.  DOS and the chips have
 * been in use: that is what the RESET pin is for, which the keyboard controller pulls.  */
enum svc bios_restart(struct bios *b)
{
	bios_set_cmos(b, RTC_SHUTDOWN, 0);
	port_out(b, 0x64, 0xfe);
	cpu_load_real(b->guest->cpu, CPU_CS, GUEST_ROM_SEG);
	b->guest->cpu->ip = ROM_STOP;
	return SVC_JUMP;
}

/* DOS takes over, or what is on a disk; it never comes back.  */
enum svc bios_int19(void *room, struct guest *g)
{
	struct bios *b = room;
	struct far boot = guest_gate_far(GATE_DOS_BOOT);

	if (guest_step(g) || !g->gate[GATE_DOS_BOOT].serve)
		return bios_int18(room, g);
	if (!ebda8(b, EBDA_BOOTS))
		return bios_restart(b);
	set_ebda8(b, EBDA_BOOTS, 0);
	if (b->boots_disk)
		return bios_boot_disk(b, g) ? SVC_JUMP : bios_int18(room, g);
	cpu_load_real(g->cpu, CPU_CS, boot.seg);
	g->cpu->ip = boot.off;
	return SVC_JUMP;
}

static uint8_t in_service(struct bios *b, unsigned chip)
{
	port_out(b, pic_port[chip], PIC_READ_ISR);
	return port_in(b, pic_port[chip]);
}

/* An interrupt request with no handler is masked, so that it does not come
 * again, and told at 40:6Bh; one that is not in service was spurious, or a
 * software interrupt (IBM AT Technical Reference, "D11").  */
enum svc bios_irq(void *room, struct guest *g)
{
	struct bios *b = room;
	unsigned chip = guest_frame(g)->gate >= 0x70;
	uint8_t isr = in_service(b, chip), lowest = isr & -isr;
	uint16_t mask_port = pic_port[chip] + 1;

	set_bda8(b, BDA_STRAY_IRQ, isr ? lowest : 0xff);
	if (isr) {
		port_out(b, mask_port, port_in(b, mask_port) | (lowest & (chip ? 0xff : ~0x04)));
		port_out(b, pic_port[chip], 0x20);
	}
	if (chip && in_service(b, 0) & 0x04)
		port_out(b, 0x20, 0x20);
	return SVC_DONE;
}

#define FAULTS_TOO_MANY	1000
#define FAULT_PERIOD	(10 * (VTIME_SECOND / 1000000))

/* The same instruction, at once, a thousandth time.  */
static bool fault_storms(struct bios *b, struct guest *g)
{
	struct far from = came_from(g);
	uint32_t at = (uint32_t)from.seg << 16 | from.off;
	uint32_t stack = (uint32_t)g->cpu->seg[CPU_SS].sel << 16 | cpu_get16(g->cpu, CPU_SP);

	if (b->fault.at != at || b->fault.stack != stack ||
	    b->sched->now - b->fault.last > FAULT_PERIOD)
		b->fault.times = 0;
	b->fault.at = at;
	b->fault.stack = stack;
	b->fault.last = b->sched->now;
	if (b->fault.times < FAULTS_TOO_MANY)
		b->fault.times++;
	return b->fault.times == FAULTS_TOO_MANY;
}

/* 0Ch and 0Dh are also the processor's, when a word or an instruction lies
 * across the end of its segment.  Back from here it is only tried again.  */
enum svc bios_irq_or_fault(void *room, struct guest *g)
{
	struct bios *b = room;

	if (guest_step(g) == 0 && (in_service(b, 0) || !fault_storms(b, g)))
		return bios_irq(room, g);
	return crash_at(b, g, guest_frame(g)->gate == 0x0c ? "stack fault" : "protection fault");
}

/* IRQ 9 is what the PC's cards know as IRQ 2: INT 0Ah.  */
enum svc bios_int71(void *room, struct guest *g)
{
	if (guest_step(g) == 0) {
		port_out(room, 0xa0, 0x20);
		return guest_int(g, 0x0a, 1);
	}
	guest_restore(g);
	return SVC_DONE;
}

/* The FPU's error: the latch is cleared, and handed on as NMI, which is
 * where the PC's FPU was wired to.  */
enum svc bios_int75(void *room, struct guest *g)
{
	if (guest_step(g) == 0) {
		port_out(room, 0xf0, 0);
		bios_eoi(room, 13);
		return guest_int(g, 0x02, 1);
	}
	guest_restore(g);
	return SVC_DONE;
}

#define RTC_A		0x0a
#define RTC_B		0x0b
#define RTC_C		0x0c
#define PERIODIC	0x40
#define ALARM		0x20
#define PERIOD_US	976		/* 1024 Hz */

/* The wait of INT 15h/83h: count down, and tell when it is over.  */
static void count_wait(struct bios *b)
{
	struct guest *g = b->guest;
	uint32_t left = guest_r32(g, BDA, BDA_WAIT_COUNT);
	struct far flag = guest_rfar(g, BDA, BDA_WAIT_FLAG_AT);

	if (left > PERIOD_US) {
		guest_w32(g, BDA, BDA_WAIT_COUNT, left - PERIOD_US);
		return;
	}
	guest_w32(g, BDA, BDA_WAIT_COUNT, 0);
	set_bda8(b, BDA_WAIT_ACTIVE, 0);
	bios_set_cmos(b, RTC_B, bios_cmos(b, RTC_B) & ~PERIODIC);
	guest_w8(g, flag.seg, flag.off, guest_r8(g, flag.seg, flag.off) | 0x80);
}

enum svc bios_int70(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t cause;

	if (guest_step(g) == 0) {
		cause = bios_cmos(b, RTC_C) & bios_cmos(b, RTC_B);
		if (cause & PERIODIC && bda8(b, BDA_WAIT_ACTIVE) & 1)
			count_wait(b);
		if (cause & ALARM)
			return guest_int(g, 0x4a, 1);
	} else {
		guest_restore(g);
	}
	bios_eoi(b, 8);
	return SVC_DONE;
}
