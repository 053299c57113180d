/* idle.c - a program that asks in a loop whether something has happened.
 *
 * Such a loop comes back to the same call with the same registers after a few
 * instructions, again and again, and nothing else is done meanwhile: no service
 * that stores or sends something, no change of the text on the screen.  After
 * LAPS rounds of that the call waits for the next interrupt - the timer's tick,
 * a key, the mouse - and answers then; and the rounds are counted from the
 * beginning.  So a loop that only asks runs LAPS times between two interrupts,
 * and one that does something is never held up.  All of it goes by the
 * guest's instructions, so that the same inputs give the same output.  */

#include "guest/guest.h"

#include "state/state.h"

#define LAPS		64
#define LONGEST_LAP	20000		/* instructions, where nothing else is known */

static bool same_site(const struct guest_idle *a, const struct guest_idle *b)
{
	return a->gate == b->gate && a->back.off == b->back.off && a->back.seg == b->back.seg &&
	       a->ss == b->ss && a->sp == b->sp && (uint16_t)a->regs.reg[CPU_AX] ==
	       (uint16_t)b->regs.reg[CPU_AX];
}

static bool same_registers(const struct guest_regs *a, const struct guest_regs *b)
{
	for (unsigned n = 0; n < 8; n++)
		if (a->reg[n] != b->reg[n])
			return false;
	return a->ds == b->ds && a->es == b->es;
}

static struct guest_idle here(struct guest *g)
{
	const struct guest_frame *f = guest_frame(g);

	return (struct guest_idle){
		.gate = f->gate, .ss = f->home_ss, .sp = f->home_sp,
		.back = guest_rfar(g, f->home_ss, f->home_sp),
		.regs = f->caller, .at = g->cpu->retired,
	};
}

static uint32_t screen_sum(struct guest *g)
{
	uint32_t sum = 0;

	if (g->screen)
		g->screen(g->screen_ctx, &sum);
	return sum;
}

static unsigned longest_lap(struct guest *g)
{
	return g->screen ? g->screen(g->screen_ctx, NULL) : LONGEST_LAP;
}

/* Another service asks, by guest_int, and would be held up inside.  */
static bool back_to_service(const struct guest_idle *i)
{
	struct far resume = guest_gate_far(GATE_RESUME);

	return i->back.off == resume.off && i->back.seg == resume.seg;
}

/* Waiting, and no interrupt has come: nothing was executed since but the HLT of
 * the gate, where the run loop looks in now and then.  */
static bool still_waits(struct guest *g, const struct guest_idle *now)
{
	struct guest_idle *last = &g->idle;

	last->waits = last->waits && same_site(now, last) && last->calls == g->calls &&
		now->at - last->at <= 1;
	last->at = last->waits ? now->at : last->at;
	return last->waits;
}

bool guest_poll(struct guest *g, bool key)
{
	struct guest_idle now = here(g), *last = &g->idle;
	bool in_time = now.at - last->at <= longest_lap(g);

	now.key = key;
	if (back_to_service(&now))
		return false;
	if (still_waits(g, &now))
		return true;
	if (!same_site(&now, last)) {
		if (!in_time || !last->at || (key && !last->key))
			*last = now;
		return false;
	}
	now.laps = in_time && same_registers(&now.regs, &last->regs) ? last->laps + 1 : 0;
	now.sum = now.laps == LAPS / 2 ? screen_sum(g) : last->sum;
	*last = now;
	if (now.laps < LAPS)
		return false;
	last->laps = 0;
	last->waits = screen_sum(g) == now.sum;
	last->calls = g->calls;
	return last->waits;
}

void guest_progress(struct guest *g)
{
	g->idle.laps = 0;
}

void guest_idle_state(struct guest_idle *i, struct state *st)
{
	state_u8(st, &i->gate);
	state_u16(st, &i->ss);
	state_u16(st, &i->sp);
	state_u16(st, &i->back.off);
	state_u16(st, &i->back.seg);
	for (unsigned n = 0; n < 8; n++)
		state_u32(st, &i->regs.reg[n]);
	state_u16(st, &i->regs.ds);
	state_u16(st, &i->regs.es);
	state_u64(st, &i->at);
	state_u32(st, &i->sum);
	state_u16(st, &i->laps);
	state_bool(st, &i->key);
	state_bool(st, &i->waits);
	state_u32(st, &i->calls);
}
