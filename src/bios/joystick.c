/* joystick.c - INT 15h/84h: the game port's buttons, and its four axes as numbers.
 *
 * The AT's BIOS fires the one-shots and counts with timer 0 how long they run, in steps
 * of 16 counts; that timer counts down by two (IBM AT Technical Reference, "BIOS1":
 * joystick support).  An axis that does not end is 0, as one that nothing is at.  */

#include "bios/parts.h"

#define PORT		0x201
#define AXES		0x0f
#define TIMER_HZ	1193182
#define COUNTS		8		/* of the timer's clock: a step of the BIOS */
#define LOOK		UINT64_C(3000)	/* nanoseconds; a step is 6700 */
#define INTERRUPTED	UINT64_C(15000)	/* somebody else had the processor */
#define LONGEST		UINT64_C(4000000)	/* a stick of 250 kiloohms takes 2.8 ms */
#define TRIES		4

enum { STEP_FIRE, STEP_LOOK };

/* What the service remembers.  */
enum { NOTE_BEGAN_LOW, NOTE_BEGAN_HIGH, NOTE_LOOKED, NOTE_TRIES, NOTE_AXIS };

static enum svc fire(struct bios *b, struct guest *g)
{
	uint32_t *note = guest_frame(g)->note;

	port_out(b, PORT, 0xff);
	note[NOTE_BEGAN_LOW] = b->sched->now;
	note[NOTE_BEGAN_HIGH] = b->sched->now >> 32;
	note[NOTE_LOOKED] = 0;
	note[NOTE_TRIES]++;
	for (unsigned i = 0; i < 4; i++)
		note[NOTE_AXIS + i] = 0;
	return bios_sleep(b, STEP_LOOK, b->sched->now + LOOK);
}

static enum svc answer(struct guest *g)
{
	const uint32_t *axis = guest_frame(g)->note + NOTE_AXIS;

	cpu_set16(g->cpu, CPU_AX, axis[0]);
	cpu_set16(g->cpu, CPU_BX, axis[1]);
	cpu_set16(g->cpu, CPU_CX, axis[2]);
	cpu_set16(g->cpu, CPU_DX, axis[3]);
	return guest_done(g);
}

/* How far each axis is.  An interrupt that came between two looks has hidden when it
 * ended, so it is measured anew.  */
static enum svc measure(struct bios *b, struct guest *g)
{
	uint32_t *note = guest_frame(g)->note;
	vtime passed = b->sched->now - ((vtime)note[NOTE_BEGAN_HIGH] << 32 | note[NOTE_BEGAN_LOW]);
	uint8_t runs = port_in(b, PORT) & AXES;

	if (passed - note[NOTE_LOOKED] > INTERRUPTED && note[NOTE_TRIES] < TRIES)
		return fire(b, g);
	for (unsigned i = 0; i < 4; i++)
		if (!(runs & 1 << i) && !note[NOTE_AXIS + i])
			note[NOTE_AXIS + i] = ticks_of_vtime(passed, TIMER_HZ) / COUNTS;
	note[NOTE_LOOKED] = passed;
	if (!runs || passed >= LONGEST)
		return answer(g);
	return bios_sleep(b, STEP_LOOK, b->sched->now + LOOK);
}

enum svc bios_int15_joystick(void *room, struct guest *g)
{
	struct bios *b = room;

	if (guest_step(g) == STEP_LOOK)
		return measure(b, g);
	switch (cpu_get16(g->cpu, CPU_DX)) {
	case 0:
		set_al(g, port_in(b, PORT) & ~AXES);
		return int15_ok(g);
	case 1:
		return fire(b, g);
	}
	return int15_fail(g, 0x86);
}
