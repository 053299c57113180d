/* int08.c - the timer's tick, 18.2 times a second.  */

#include "bios/parts.h"

#define TICKS_A_DAY	0x1800b0	/* IBM AT Technical Reference */
#define DOR		0x3f2
#define MOTORS_OFF	0x0c

static void count_tick(struct bios *b)
{
	uint32_t ticks = guest_r32(b->guest, BDA, BDA_TICKS) + 1;

	if (ticks >= TICKS_A_DAY) {
		ticks = 0;
		set_bda8(b, BDA_MIDNIGHT, 1);
	}
	guest_w32(b->guest, BDA, BDA_TICKS, ticks);
}

/* The diskette motor stops when its count has run out.  */
static void count_motor(struct bios *b)
{
	uint8_t left = bda8(b, BDA_MOTOR_COUNT);

	set_bda8(b, BDA_MOTOR_COUNT, left - 1);
	if (left != 1 || !(bda8(b, BDA_MOTOR) & 0x0f))
		return;
	set_bda8(b, BDA_MOTOR, bda8(b, BDA_MOTOR) & 0xf0);
	port_out(b, DOR, MOTORS_OFF);
}

/* The BIOS has put away AX, DX and DS, and nothing else (IBM AT Technical Reference,
 * "TIMER_INT"): what INT 1Ch leaves in other registers, the interrupted program finds
 * there.  Small programs count in them.  */
static void restore(struct guest *g)
{
	const struct guest_regs *r = guest_caller(g);

	cpu_set16(g->cpu, CPU_AX, r->reg[CPU_AX]);
	cpu_set16(g->cpu, CPU_DX, r->reg[CPU_DX]);
	cpu_load_real(g->cpu, CPU_DS, r->ds);
}

/* INT 1Ch is called before the EOI, with DS at the data area.  */
enum svc bios_int08(void *room, struct guest *g)
{
	struct bios *b = room;

	if (guest_step(g) == 0) {
		struct far user = guest_rfar(g, 0, 0x1c * 4);

		count_tick(b);
		count_motor(b);
		if (user.seg != GUEST_ROM_SEG || user.off != ROM_IRET) {
			cpu_load_real(g->cpu, CPU_DS, BDA);
			return guest_int(g, 0x1c, 1);
		}
	} else {
		restore(g);
	}
	bios_eoi(b, 0);
	return SVC_DONE;
}
