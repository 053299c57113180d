/* idle.c - a program that asks in a loop whether something has happened.
 *
 * Such a loop comes back to the same call with the same registers, again and again,
 * maybe with other questions between.  If it has spoken to no chip meanwhile, and
 * called no service that stores or sends something, and memory is what it was one
 * round before - or a few, when it does several things in turn -, then it will do the
 * very same for ever, until something comes from outside: an interrupt.  So the call
 * waits for that - the timer's tick, a key, the mouse - and answers then.  A program
 * that works is never held up: something of it has changed, and be it one byte.
 *
 * Many such loops count their rounds.  One that changes memory by the same each time,
 * and nothing of the screen, is either idle or a delay.  It may use CREDIT
 * instructions, which other work brings back, for a delay ends at some time; after
 * that, COUNTING between two interrupts that are a TICK apart.  A round that takes a
 * DELAY does so on purpose, and their number is a time that was asked for: such a loop
 * is let go on.
 *
 * The round in which the interrupt came is unlike the others: the time is another, and the
 * program may have noted it.  If memory changes by the same as at an earlier interrupt,
 * whatever was done since has led nowhere, and that round is enough.
 *
 * To look at memory costs time, a few pages in each round.  So it begins when the
 * registers have been the same LAPS times, and where it has found a change again and
 * again more and more rounds go unseen.
 *
 * All of it goes by the guest's instructions, so that the same inputs give the same
 * output.  */

#include "guest/guest.h"

#include <string.h>

#include "bus/bus.h"
#include "sched/sched.h"
#include "state/state.h"

/* A counter leaves others each time, and nobody keeps anything there.  */
#define ARITHMETIC	(CPU_CF | CPU_PF | CPU_AF | CPU_ZF | CPU_SF | CPU_OF)

#define LAPS		4
#define SCREEN_FROM	0xa0000u
#define SCREEN_TO	0xc0000u
#define LONGEST_LAP	200000		/* instructions */
#define CREDIT		20000000	/* instructions */
#define COUNTING	4000		/* instructions */
#define TICK		(VTIME_SECOND / 20)
#define DELAY		(VTIME_SECOND / 1200)	/* nearly the shortest, by Turbo Pascal's Delay: 1 ms */
#define DELAYS		16		/* rounds with it that go unseen */
#define STRAYS		6		/* of that place: then another round is looked for */
#define LOOKS		17		/* closely, at a time */
#define SKIP_BITS	12		/* at most so many rounds go unseen, as a power of two */

static bool same_registers(const struct guest_idle *a, const struct guest_idle *b)
{
	return memcmp(a->regs.reg, b->regs.reg, sizeof a->regs.reg) == 0 &&
	       !((a->regs.flags ^ b->regs.flags) & ~ARITHMETIC) &&
	       a->regs.ds == b->regs.ds && a->regs.es == b->regs.es &&
	       a->fs == b->fs && a->gs == b->gs;
}

/* The same function is asked from the same place.  AL is often no part of the question, and
 * left over from what the program did before.  */
static bool same_site(const struct guest_idle *a, const struct guest_idle *b)
{
	return a->gate == b->gate && a->back.off == b->back.off && a->back.seg == b->back.seg &&
	       a->ss == b->ss && a->sp == b->sp &&
	       ((a->regs.reg[CPU_AX] ^ b->regs.reg[CPU_AX]) & 0xff00) == 0;
}

/* The question that is being asked now.  */
static void note(struct guest *g, struct guest_idle *i, bool key)
{
	const struct guest_frame *f = guest_frame(g);

	i->gate = f->gate;
	i->ss = f->home_ss;
	i->sp = f->home_sp;
	i->back = guest_rfar(g, f->home_ss, f->home_sp);
	i->regs = f->caller;
	i->fs = g->cpu->seg[CPU_FS].sel;
	i->gs = g->cpu->seg[CPU_GS].sel;
	i->at = g->cpu->retired;
	i->when = g->cpu->sched->now;
	i->outside = g->cpu->outside;
	i->chips = g->bus->chip_writes;
	i->key = key;
	i->acted = false;
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

	if (!last->waits)
		return false;
	last->waits = same_site(now, last) && last->calls == g->calls && now->at - last->at <= 1;
	if (last->waits) {
		last->at = now->at;
	} else if (g->cpu->sched->now - last->counted_from >= TICK) {
		last->counted_from = g->cpu->sched->now;
		last->since = now->at;
	}
	return last->waits;
}

static uint64_t fpu_sum(const struct fpu *fpu)
{
	uint64_t sum = (uint64_t)fpu->control << 32 | (uint32_t)fpu->status << 16 | fpu->tag;

	for (unsigned i = 0; i < 8; i++)
		sum = (sum * BUS_FRESH_FACTOR + fpu->st[i].mant) * BUS_FRESH_FACTOR +
			fpu->st[i].sexp;
	return sum;
}

/* Of the memory written, without the caller's arithmetic flags on the stack.  */
static uint64_t memory_sum(struct guest *g, const struct guest_idle *i)
{
	uint16_t flags = guest_r16(g, i->ss, i->sp + 4);
	uint64_t sum;

	guest_w16(g, i->ss, i->sp + 4, flags & ~ARITHMETIC);
	sum = bus_fresh_sum(g->bus, 0, SCREEN_FROM) +
		3 * bus_fresh_sum(g->bus, SCREEN_TO, UINT32_MAX);
	guest_w16(g, i->ss, i->sp + 4, flags);
	return sum;
}

enum finding { CHANGED, COUNTED, SAME };

/* As it has changed at one of the last interrupts.  */
static bool as_before(struct guest_idle *i, uint64_t by)
{
	for (unsigned n = 0; n < GUEST_IDLE_WOKE; n++)
		if (by == i->woke_by[n])
			return true;
	i->woke_by[i->woke_next++ % GUEST_IDLE_WOKE] = by;
	return false;
}

/* Between this round's memory and the last one's.  */
static enum finding compare(struct guest *g, struct guest_idle *i)
{
	struct guest_idle was = *i;

	i->sum = memory_sum(g, i);
	i->screen = bus_fresh_sum(g->bus, SCREEN_FROM, SCREEN_TO);
	i->pages = g->bus->fresh.count;
	i->fpu = fpu_sum(&g->cpu->fpu);
	i->by = i->sum - was.sum;
	i->woke = false;
	if (i->pages != was.pages || i->screen != was.screen || i->fpu != was.fpu)
		return CHANGED;
	if (!i->by || i->sum == was.base)
		return SAME;
	if (was.woke && i->by != was.step && as_before(i, i->sum - was.slept))
		return was.step ? COUNTED : SAME;
	if (i->by != was.by && i->by != was.step)
		return CHANGED;
	i->step = i->by;
	return COUNTED;
}

/* The interrupt has come: the program is to see what has happened.  */
static void wake(struct guest *g, struct guest_idle *i)
{
	i->slept = i->sum;
	compare(g, i);
	i->woke = true;
}

static void look_again_in(struct guest_idle *i, uint64_t laps)
{
	i->skip = laps < 1u << SKIP_BITS ? laps : 1u << SKIP_BITS;
	i->looks = 0;
}

/* Look for this program's rounds less often, from some time on.  */
static void failed(struct guest_idle *i)
{
	i->fails += i->fails < SKIP_BITS;
	look_again_in(i, UINT64_C(1) << i->fails);
}

static void begin_close(struct guest *g, struct guest_idle *i)
{
	bus_fresh_begin(g->bus);
	i->begun = g->bus->fresh.begun;
	i->close = true;
	i->looks = 0;
}

static bool may_count(struct guest_idle *i, uint64_t lap)
{
	uint64_t left = i->at - i->since < COUNTING ? COUNTING - (i->at - i->since) : 0;

	if (left < i->credit)
		left = i->credit;
	if (left < lap)
		return false;
	look_again_in(i, left / (lap + 1));
	return true;
}

static void settle(struct guest_idle *i, uint64_t lap)
{
	if (i->counts)
		i->credit -= lap < i->credit ? lap : i->credit;
	else
		i->credit = i->credit + lap / 16 < CREDIT ? i->credit + lap / 16 : CREDIT;
}

/* It counts rounds of such a length.  */
static bool may_go_on(struct guest_idle *i, uint64_t lap, bool delays)
{
	if (!delays)
		return may_count(i, lap);
	i->counts = false;
	look_again_in(i, DELAYS);
	return true;
}

/* This round of `lap' instructions is like the one before as far as registers say.
 * Is it in all?  */
static bool nothing_changed(struct guest *g, struct guest_idle *i, uint64_t lap, bool delays)
{
	enum finding is;

	if (i->skip) {
		i->skip--;
		return false;
	}
	if (!i->close) {
		begin_close(g, i);
		return false;
	}
	if (g->bus->fresh.lost || i->begun != g->bus->fresh.begun) {
		if (i->begun == g->bus->fresh.begun)
			failed(i);
		begin_close(g, i);
		return false;
	}
	is = compare(g, i);
	if (!(i->looks & (i->looks - 1)))
		i->base = i->sum;	/* as Brent finds cycles */
	if (!i->looks++)
		return false;		/* with what was long ago */
	if (is == CHANGED) {
		i->counts = false;
		if (i->looks == LOOKS)
			failed(i);
		return false;
	}
	i->fails = 0;
	i->looks = 1;
	i->counts = is == COUNTED;
	return !i->counts || !may_go_on(i, lap, delays);
}

/* While rounds of a program that works go unseen, its questions cost next to nothing.  */
static bool unseen(struct guest *g)
{
	struct guest_idle *i = &g->idle;

	if (!i->skip || i->waits || i->counts)
		return false;
	i->skip--;
	settle(i, g->cpu->retired - i->at);
	i->at = g->cpu->retired;
	i->when = g->cpu->sched->now;
	return true;
}

/* What was seen of a loop that is over.  Rounds that it was let go on counting are not
 * those of another, which would take no notice of them and have its credit back.  */
static void forget(struct guest_idle *i)
{
	if (i->counts)
		i->skip = 0;
	i->laps = 0;
	i->close = i->counts = false;
}

bool guest_poll(struct guest *g, bool key)
{
	struct guest_idle *last = &g->idle, now;
	bool in_time, alike, delays, waited = g->idle.waits;
	uint64_t lap;

	if (unseen(g))
		return false;
	now = *last;
	note(g, &now, key);
	lap = now.at - last->at;
	in_time = lap <= LONGEST_LAP;
	delays = now.when - last->when >= DELAY;
	if (back_to_service(&now))
		return false;
	if (still_waits(g, &now))
		return true;
	now.waits = false;
	now.since = last->since;
	now.counted_from = last->counted_from;
	if (waited && same_site(&now, last)) {
		wake(g, &now);
		*last = now;
		return false;
	}
	if (!same_site(&now, last) || !same_registers(&now, last)) {
		last->strays += same_site(&now, last);
		if (in_time && last->at && (!key || last->key) && last->strays < STRAYS)
			return false;
		now.strays = 0;
		forget(&now);
		now.step = 0;
		now.since = now.at;
		*last = now;
		return false;
	}
	now.strays = 0;
	settle(&now, lap);
	alike = in_time && !last->acted &&
		now.outside == last->outside && now.chips == last->chips;
	*last = now;
	if (!alike) {
		bool in_vain = last->close && last->looks > 1;

		forget(last);
		if (in_vain)
			failed(last);
		return false;
	}
	last->laps += last->laps < LAPS;
	if (last->laps < LAPS || !nothing_changed(g, last, lap, delays))
		return false;
	last->waits = true;
	last->calls = g->calls;
	return true;
}

bool guest_rests(struct guest *g)
{
	struct guest_frame *f = guest_frame(g);
	uint32_t now = g->cpu->retired, since = now - f->note[0];

	f->note[0] = now;
	return f->step == 0 || since <= 1;
}

bool guest_asks(const struct guest *g)
{
	return g->idle.close && g->cpu->retired - g->idle.at <= LONGEST_LAP;
}

void guest_idle_reset(struct guest *g)
{
	g->idle = (struct guest_idle){ .credit = CREDIT };
}

void guest_progress(struct guest *g)
{
	g->idle.acted = true;
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
	state_u16(st, &i->fs);
	state_u16(st, &i->gs);
	state_u64(st, &i->at);
	state_u64(st, &i->when);
	state_u64(st, &i->since);
	state_u64(st, &i->counted_from);
	state_u64(st, &i->credit);
	state_u64(st, &i->sum);
	state_u64(st, &i->base);
	state_u64(st, &i->by);
	state_u64(st, &i->step);
	state_u64(st, &i->screen);
	state_u64(st, &i->fpu);
	state_u32(st, &i->pages);
	state_u32(st, &i->begun);
	state_u32(st, &i->outside);
	state_u32(st, &i->chips);
	state_u16(st, &i->laps);
	state_u16(st, &i->skip);
	state_u8(st, &i->strays);
	state_u8(st, &i->looks);
	state_u8(st, &i->fails);
	state_bool(st, &i->counts);
	state_bool(st, &i->close);
	state_bool(st, &i->key);
	state_bool(st, &i->acted);
	state_bool(st, &i->waits);
	state_bool(st, &i->woke);
	state_u64(st, &i->slept);
	for (unsigned n = 0; n < GUEST_IDLE_WOKE; n++)
		state_u64(st, &i->woke_by[n]);
	state_u8(st, &i->woke_next);
	state_u32(st, &i->calls);
}
