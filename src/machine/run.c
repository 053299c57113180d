/* run.c - the only loop.  */

#include "machine/pc.h"

#include <stdio.h>

/* The guest did something it cannot come back from.  Only the first report
 * counts; the rest are its echoes.  */
void machine_crash(void *ctx, const char *why)
{
	struct machine *m = ctx;

	if (m->result.end != MACHINE_RUNS)
		return;
	m->result.end = MACHINE_CRASHED;
	if (m->debugged)
		machine_stop_now(m, STOPPED_CRASH);
	snprintf(m->result.why, sizeof m->result.why, "%s", why);
}

static void skip(struct machine *m)
{
	vtime before = m->sched.now;

	m->rests = true;
	sched_skip(&m->sched, m->sched.deadline);
	m->idle += m->sched.now - before;
}

static void halted(struct machine *m)
{
	if (cpu_due_interrupt(&m->cpu))
		return;
	if (m->cpu.flags & CPU_IF || guest_waiting(&m->guest))
		skip(m);
	else
		machine_crash(m, "HLT with interrupts off");
}

/* The board answers a shutdown by pulling RESET (IBM AT Technical Reference,
 * "Shutdown"); programs for the 286 do it on purpose and say so in CMOS.  */
static void shut_down(struct machine *m)
{
	if (m->rtc.byte[RTC_SHUTDOWN])
		m->reset_asked = true;
	else
		machine_crash(m, "the processor shut down (triple fault)");
}

static bool serve(struct machine *m)
{
	bool served = m->cpu.watch.data ? machine_serve_watched(m) : guest_serve(&m->guest);

	/* A step into a service that waits is done with the service; until
	 * then the machine runs.  */
	if (m->stepping && !served) {
		m->stepping = m->cpu.watch.hold = false;
		m->stepped_into = m->guest.depth;
	} else if (m->stepped_into && served && m->guest.depth < m->stepped_into) {
		m->stepped_into = 0;
		machine_stop_now(m, STOPPED_STEP);
	}
	return served;
}

static enum cpu_exit go(struct machine *m)
{
	if (m->stepping)
		return cpu_step(&m->cpu);
	return m->spin.due ? machine_spin_look(m) : cpu_run(&m->cpu);
}

static void run_cpu(struct machine *m)
{
	m->rests = false;
	if (m->spin.rests) {
		skip(m);
		return;
	}
	switch (go(m)) {
	case CPU_EXIT_DEADLINE:
		break;
	case CPU_EXIT_GATE:
		if (serve(m))
			break;
		/* The service waits, and so does the CPU.  */
		halted(m);
		return;
	case CPU_EXIT_HALT:
		m->cpu.watch.hold = false;
		halted(m);
		return;
	case CPU_EXIT_RESET:
		shut_down(m);
		break;
	case CPU_EXIT_BREAK:
		machine_stop_now(m, STOPPED_POINT);
		break;
	}
	if (m->stepping && m->stop.why == STOPPED_NOT)
		machine_stop_now(m, STOPPED_STEP);
}

/* Some services look at the clock, or at a stream, whenever they are asked again.  */
static bool looks_around(const struct machine *m)
{
	enum guest_wait why = guest_waiting(&m->guest);

	return (why == GUEST_WAIT_TIME && !m->guest.idle.waits) || why == GUEST_WAIT_STREAM;
}

vtime machine_rests_until(const struct machine *m)
{
	if (!m->rests || looks_around(m) || cpu_due_interrupt(&m->cpu) || m->stepping)
		return m->sched.now;
	return sched_next_heard(&m->sched, video_still(&m->video));
}

bool machine_run(struct machine *m, vtime until)
{
	struct sched *sched = &m->sched;

	while (sched->now < until && m->result.end == MACHINE_RUNS && m->stop.why == STOPPED_NOT) {
		vtime next = sched_next(sched);

		sched->deadline = next < until ? next : until;
		run_cpu(m);
		if (m->reset_asked)
			machine_reset_pin(m);
		if (m->spin.rests && sched_next(sched) <= sched->now)
			machine_spin_wake(m);
		sched_fire_due(sched);
		if (m->stops_at_pictures && m->screen.shown) {
			m->screen.shown = false;
			break;
		}
	}
	return m->result.end == MACHINE_RUNS;
}
