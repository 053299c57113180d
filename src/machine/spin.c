/* spin.c - a program that waits in a loop and asks nobody: it looks at the BIOS data
 * area, at a flag of its interrupt handler, at a port.
 *
 * Now and then the machine looks closely at what runs.  If the processor comes back to
 * the very same state, twice, and memory is the second time what it was the first, and
 * no chip was spoken to but to read ports that stay the same, then the loop can only go
 * round, until an event fires or such a port is due to change.  So guest time passes
 * until then with nothing to do, as at a HLT.  (A loop that counts its rounds is never
 * the same: it measures something.)
 *
 * A look runs the processor from one event point to the next, so that it costs some
 * microseconds; after looks in vain it is seldom tried.  All of it goes by guest time
 * and guest instructions.  */

#include "machine/pc.h"

#include <string.h>

#include "dev/event.h"
#include "state/state.h"

#define SOON		(VTIME_SECOND / 10000)
#define FAILS		10		/* then it is SOON << FAILS */
#define POINTS		200		/* event points, of a look */
#define WORTH		4		/* a rest is so much longer than the look, or none */

/* What a program can know of its processor.  */
#define PROCESSOR	offsetof(struct cpu, retired)

struct look {
	uint8_t processor[PROCESSOR];	/* as it was at the beginning */
	vtime began;
	uint32_t outside, chips;
	bool seen;			/* once again, with this memory: */
	uint64_t sum;
	uint32_t pages;
};

enum finding { WORKS, AGAIN, SAME };

static void begin(struct machine *m, struct look *l)
{
	bus_fresh_begin(&m->bus);
	m->bus.steady = (struct bus_steady){ .noted = true, .until = VTIME_NEVER };
	memcpy(l->processor, &m->cpu, PROCESSOR);
	l->began = m->sched.now;
	l->outside = m->cpu.outside;
	l->chips = m->bus.chip_writes;
	l->seen = false;
}

/* It has spoken to nobody who could have taken notice or may say something else.  */
static bool keeps_quiet(const struct machine *m, const struct look *l)
{
	return m->cpu.outside - l->outside == m->bus.steady.reads &&
	       m->bus.chip_writes == l->chips && m->bus.steady.until > m->sched.now &&
	       !m->bus.fresh.lost;
}

static enum finding compare(const struct machine *m, struct look *l)
{
	struct look was = *l;

	if (!keeps_quiet(m, l))
		return WORKS;
	if (memcmp(l->processor, &m->cpu, PROCESSOR) != 0)
		return AGAIN;
	l->sum = bus_fresh_sum(&m->bus, 0, UINT32_MAX);
	l->pages = m->bus.fresh.count;
	l->seen = true;
	return was.seen && was.sum == l->sum && was.pages == l->pages ? SAME : AGAIN;
}

/* A look at a processor that waits already finds nothing: nobody has to get up for it.  */
static void look_in(struct machine *m, vtime time)
{
	bool waits = m->cpu.halted || guest_waiting(&m->guest);

	m->spin.look.heard = waits ? VTIME_NEVER : 0;
	sched_at(&m->sched, &m->spin.look, m->sched.now + time);
}

static void in_vain(struct machine *m)
{
	look_in(m, SOON << m->spin.fails);
	m->spin.fails += m->spin.fails < FAILS;
}

/* Until an event fires, of which the port's change is one.  */
static void rest(struct machine *m, const struct look *l)
{
	vtime until = m->bus.steady.until, now = m->sched.now;
	bool changes = until < sched_next(&m->sched);

	m->spin.fails = 0;
	if ((changes ? until : sched_next(&m->sched)) - now < WORTH * (now - l->began)) {
		look_in(m, SOON);
		return;
	}
	m->spin.rests = true;
	m->spin.look.heard = 0;
	if (changes)
		sched_at(&m->sched, &m->spin.look, until);
}

enum cpu_exit machine_spin_look(struct machine *m)
{
	struct sched *sched = &m->sched;
	struct look look;
	enum finding is = AGAIN;
	enum cpu_exit why = CPU_EXIT_DEADLINE;

	m->spin.due = false;
	if (m->cpu.halted || guest_waiting(&m->guest) || guest_asks(&m->guest) || m->debugged) {
		in_vain(m);
		return cpu_run(&m->cpu);
	}
	begin(m, &look);
	for (unsigned i = 0; i < POINTS && is == AGAIN && why == CPU_EXIT_DEADLINE; i++) {
		if (cpu_due_interrupt(&m->cpu) || sched->now >= sched_next(sched))
			break;
		sched->deadline = sched->now + 1;
		why = cpu_run(&m->cpu);
		if (why == CPU_EXIT_DEADLINE)
			is = compare(m, &look);
	}
	m->bus.steady.noted = false;
	if (is == SAME && !cpu_due_interrupt(&m->cpu) && sched->now < sched_next(sched))
		rest(m, &look);
	else
		in_vain(m);
	return why;
}

void machine_spin_wake(struct machine *m)
{
	if (!m->spin.rests)
		return;
	m->spin.rests = false;
	m->spin.due = true;
}

static void fire(void *ctx, vtime late)
{
	struct machine *m = ctx;

	(void)late;
	m->spin.due = true;
}

void machine_spin_init(struct machine *m)
{
	m->spin = (struct spin){ .look = { .name = "spin", .fire = fire, .ctx = m } };
}

void machine_spin_reset(struct machine *m)
{
	m->spin.due = m->spin.rests = false;
	m->spin.fails = 0;
	look_in(m, SOON);
}

void machine_spin_state(struct machine *m, struct state *st)
{
	state_section(st, "spin", 1);
	event_state(&m->sched, &m->spin.look, st);
	state_below(st, &m->spin.fails, FAILS + 1);
	state_bool(st, &m->spin.due);
	state_bool(st, &m->spin.rests);
}
