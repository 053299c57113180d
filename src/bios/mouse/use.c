/* use.c - what a program makes of its mouse: does it follow a pointer, or count
 * movement?  */

#include "bios/mouse/parts.h"

#define ASKS_NO_MORE	(5 * VTIME_SECOND)
#define COUNTS_NO_MORE	(VTIME_SECOND)
#define PUTS_BACK	(VTIME_SECOND / 2)
#define PUTS_OFTEN	4

bool bios_mouse_is_ours(const struct bios *b)
{
	struct far h = guest_rfar(b->guest, EBDA_SEG, EBDA_POINTER_HANDLER);
	struct far here = guest_gate_far(GATE_MOUSE_CALL);

	return b->mouse.ready && h.off == here.off && h.seg == here.seg;
}

static bool within(const struct bios *b, vtime date, vtime time)
{
	return date && b->sched->now - date < time;
}

void mouse_note_call(struct bios *b, uint16_t n)
{
	struct mouse_driver *m = &b->mouse;

	m->asked = b->sched->now;
	if (n == 0x0b)
		m->counted = b->sched->now;
	if (n != 0x04 || !m->set.hidden)
		return;
	m->puts = !within(b, m->put, PUTS_BACK) ? 1 : m->puts < 0xff ? m->puts + 1 : m->puts;
	m->put = b->sched->now;
}

/* A shown pointer goes where it is put.  A program that shows none and counts
 * mickeys, or puts the pointer back to the middle again and again, wants movement;
 * one that asks for the place, or has a handler, draws its own.  */
enum mouse_use bios_mouse_use(const struct bios *b)
{
	const struct mouse_driver *m = &b->mouse;

	if (m->set.off)
		return MOUSE_UNUSED;
	if (!m->set.hidden)
		return MOUSE_PLACED;
	if (within(b, m->counted, COUNTS_NO_MORE) ||
	    (m->puts >= PUTS_OFTEN && within(b, m->put, PUTS_BACK)))
		return MOUSE_MOVED;
	return m->set.handler.mask || within(b, m->asked, ASKS_NO_MORE) ? MOUSE_PLACED :
	       MOUSE_UNUSED;
}
