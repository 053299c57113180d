/* pace.c - guest time beside the host's.  The machine runs in slices of guest
 * time, as fast as the host can.  Guest time that passes idle while somebody
 * may type is slept in poll(2); guest time that passes idle in a batch run is
 * not slept at all.
 *
 * A machine that rests, and will do so for longer than its slice, is left alone until its
 * next event.  If something comes from outside before, guest time is first brought to
 * the date at which it came.  So a program that waits costs the host a few wake-ups a
 * second, those of its timer.  */

#include "session/parts.h"

#include <limits.h>
#include <stdio.h>
#include <time.h>

#include "base/log.h"
#include "control/control.h"
#include "machine/machine.h"

#define LAG_MAX		(5000 * (int64_t)MILLISECOND)	/* what guest time lags more is lost: the
							 * host has been asleep */
#define AHEAD_MAX	(500 * (int64_t)MILLISECOND)
#define ANSWER		(26 * MILLISECOND)	/* guest time: up to 9 bytes from the keyboard, of a
						 * millisecond each, and a card's picture takes 14 or 17 */
#define ANSWERS_AHEAD	(30 * (int64_t)MILLISECOND)
#define LATE		(20 * (int64_t)MILLISECOND)	/* so much behind, pictures are left out: */
#define LATE_SHARE	4		/* the front end has a part of the host's time */
#define LATE_POLL_MAX	(4000 * (int64_t)MILLISECOND)	/* but is asked so often */
#define REST_MAX	(100 * MILLISECOND)
#define SECOND_NS	INT64_C(1000000000)

/* How guest time goes beside the host's.  */
static const struct rate {
	unsigned guest, host;		/* guest 0: as fast as it can */
	const char *state, *text;
} rates[] = {
	{ 1, 4, "x1/4", "Slow motion: x1/4" },
	{ 1, 2, "x1/2", "Slow motion: x1/2" },
	{ 1, 1, "", "Usual time" },
	{ 2, 1, "x2", "Fast forward: x2" },
	{ 4, 1, "x4", "Fast forward: x4" },
	{ 0, 1, "max", "Fast forward: as fast as it can" },
};

#define USUAL		2
#define FASTEST		(sizeof rates / sizeof rates[0] - 1)
#define FASTEST_HASTE	16		/* about, for keys that repeat */

int64_t pace_elapsed_ns(const struct session *s)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - s->began.tv_sec) * SECOND_NS + (now.tv_nsec - s->began.tv_nsec);
}

int64_t pace_elapsed_ms(const struct session *s)
{
	return pace_elapsed_ns(s) / (int64_t)MILLISECOND;
}

void pace_follow_clock(struct session *s)
{
	struct timespec now;
	struct tm tm;

	if (s->fixed_date)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &tm);
	machine_follow_clock(s->machine, now.tv_sec + tm.tm_gmtoff, now.tv_nsec);
}

/* ---- With somebody who looks ---- */

static void set_out(struct session *s)
{
	s->pace.host_ns = pace_elapsed_ns(s);
	s->pace.guest = machine_now(s->machine);
	gauge_begin_anew(&s->pace.gauge);
}

void pace_begin(struct session *s)
{
	s->pace.rate = USUAL;
	capacity_init(&s->pace.capacity);
	s->pace.pictures = machine_pictures(s->machine);
	set_out(s);
}

/* The host's date at which this moment of guest time is due.  Dates are computed from
 * where both set out, so that nothing adds up.  */
static int64_t due_ns(const struct session *s)
{
	const struct pace *p = &s->pace;
	const struct rate *r = &rates[p->rate];
	int64_t guest = machine_now(s->machine) - p->guest;

	return p->host_ns + guest / r->guest * r->host;
}

/* How far guest time is ahead of the host's.  */
static int64_t ahead_ns(struct session *s)
{
	const struct rate *r = &rates[s->pace.rate];
	int64_t ahead;

	if (!r->guest)
		return -LAG_MAX;
	ahead = due_ns(s) - pace_elapsed_ns(s);
	if (ahead < -LAG_MAX || ahead > AHEAD_MAX * r->host) {
		s->pace.gauge.lost_ns -= ahead;
		set_out(s);
		return 0;
	}
	return ahead;
}

void pace_stood_still(struct session *s)
{
	if (s->front.open)
		set_out(s);
}

bool pace_is_late(struct session *s)
{
	int64_t pause = s->pace.poll_ns * LATE_SHARE;

	if (!s->front.open || ahead_ns(s) > -LATE)
		return false;
	if (pause < LATE)
		pause = LATE;
	if (pause > LATE_POLL_MAX)
		pause = LATE_POLL_MAX;
	return pace_elapsed_ns(s) - s->pace.polled_ns < pause;
}

/* ---- How well it goes ---- */

void pace_saw_pictures(struct session *s)
{
	struct pace *p = &s->pace;
	uint64_t now = machine_pictures(s->machine);

	if (now != p->pictures && rates[p->rate].guest)
		gauge_picture(&p->gauge, due_ns(s), pace_elapsed_ns(s), now - p->pictures - 1);
	p->pictures = now;
}

void pace_gauge_clock(struct session *s)
{
	if (s->front.open && rates[s->pace.rate].guest)
		gauge_clock(&s->pace.gauge, pace_elapsed_ns(s) - due_ns(s));
}

void pace_tell(void *session, struct control_pace *p)
{
	const struct session *s = session;
	const struct gauge *g = &s->pace.gauge;

	*p = (struct control_pace){
		.host_ns = pace_elapsed_ns(s), .late_ns = g->late_ns, .behind_ns = g->behind_ns,
		.ahead_ns = g->ahead_ns, .lost_ns = g->lost_ns, .shown = g->shown,
		.dropped = g->dropped, .mean_ns = gauge_mean_ns(g), .most_95_ns = gauge_most_ns(g, 950),
		.most_99_ns = gauge_most_ns(g, 990), .max_ns = g->max_ns,
	};
}

void pace_report(struct session *s)
{
	const struct gauge *g = &s->pace.gauge;

	if (!log_on(&s->log, LOG_PACE))
		return;
	log_say(&s->log, LOG_PACE, "pace: %llu pictures, %llu dropped; deviation in ms: "
		"mean %.2f, 95 %% %.2f, 99 %% %.2f, max %.2f",
		(unsigned long long)g->shown, (unsigned long long)g->dropped,
		gauge_mean_ns(g) / 1e6, gauge_most_ns(g, 950) / 1e6, gauge_most_ns(g, 990) / 1e6,
		g->max_ns / 1e6);
	log_say(&s->log, LOG_PACE, "pace: guest time was %.2f ms behind the host's at most, %.2f ahead; "
		"lost: %.2f", g->behind_ns / 1e6, g->ahead_ns / 1e6, g->lost_ns / 1e6);
}

/* ---- Sleeping ---- */

/* What passes between the keys of one stroke, or of a pasted text, the user does not
 * wait for, neither now nor afterwards.  */
static int64_t hurry(struct session *s)
{
	if (s->front.open && ahead_ns(s) > 0)
		set_out(s);
	return 0;
}

/* ---- Rest ---- */

/* How much longer nobody has to look after the machine, nor to let go of a key.  */
static vtime rest(struct session *s, vtime now)
{
	vtime until, due = typist_due(&s->typist, now);

	if (s->control || s->debug || !typist_empty(&s->typist) || ports_paced(&s->ports))
		return 0;
	until = machine_rests_until(s->machine);
	if (due < until)
		until = due;
	return until - now < REST_MAX ? until - now : REST_MAX;
}

/* The host sleeps `ns', until its clock shows guest time, and then while the machine
 * rests.  */
static int64_t sleep_and_rest(struct session *s, int64_t ns, vtime rest)
{
	const struct rate *r = &rates[s->pace.rate];

	s->pace.rests = rest > 0;
	s->pace.rest_ns = pace_elapsed_ns(s) + ns;
	return ns + (int64_t)rest / r->guest * r->host;
}

void pace_wake(struct session *s)
{
	const struct rate *r = &rates[s->pace.rate];
	int64_t over = (pace_elapsed_ns(s) - s->pace.rest_ns) / r->host * r->guest;

	if (s->pace.rests && over > 0) {
		/* What it slept longer than it was to is as any other delay.  */
		if (over > (int64_t)REST_MAX)
			over = REST_MAX;
		machine_run(s->machine, machine_now(s->machine) + over);
		machine_idle(s->machine);	/* it has been slept */
	}
	s->pace.rests = false;
}

/* A key was pressed or the mouse moved: what the program shows of it at the next retrace
 * is shown at once, and the time is given back after it.  Who does not stop moving the
 * mouse gets no more of it.  */
static int64_t frame_sleep_ns(struct session *s, vtime now)
{
	bool answers = now - s->front.touched < ANSWER || now - s->typist.pressed < ANSWER;
	int64_t ahead = ahead_ns(s);

	if (ahead < (answers ? ANSWERS_AHEAD : 0))
		return 0;
	return answers ? ahead : sleep_and_rest(s, ahead, rest(s, now));
}

int64_t pace_sleep_ns(struct session *s, vtime idle)
{
	enum guest_wait why = machine_waits(s->machine);
	vtime now = machine_now(s->machine);

	if (s->status >= 0)
		return 0;
	if (typist_hurries(&s->typist, now))
		return hurry(s);
	if (s->front.open)
		return frame_sleep_ns(s, now);
	if (input_has_keyboard(s))
		return sleep_and_rest(s, idle, rest(s, now));
	if (why == GUEST_WAIT_NONE || why == GUEST_WAIT_TIME ||
	    (why == GUEST_WAIT_POLL && s->streams.input_ended && !s->control))
		return s->control || ports_paced(&s->ports) ? idle : 0;
	return idle;
}

int pace_until_timeout_ms(const struct session *s)
{
	int64_t left = s->timeout_ms - pace_elapsed_ms(s);

	return !s->timeout_ms ? -1 : left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

/* ---- What its user wants ---- */

static void set_rate(struct session *s, unsigned rate)
{
	const struct rate *r = &rates[rate];

	s->pace.rate = rate;
	s->pace.paused = false;
	set_out(s);
	machine_set_haste(s->machine, !r->guest ? FASTEST_HASTE : r->guest > r->host ? r->guest : 1);
}

void pace_key(void *session, enum pace_key what, char *text, size_t size)
{
	struct session *s = session;
	unsigned rate = s->pace.rate;

	switch (what) {
	case PACE_PAUSE:
		s->pace.paused = !s->pace.paused;
		set_out(s);
		snprintf(text, size, "%s", s->pace.paused ? "Paused" : "Going on");
		return;
	case PACE_FAST:
		set_rate(s, rate < USUAL || rate == FASTEST ? USUAL + (rate < USUAL) : rate + 1);
		break;
	case PACE_SLOW:
		set_rate(s, rate > USUAL || rate == 0 ? USUAL - (rate > USUAL) : rate - 1);
		break;
	case PACE_QUICKER:
	case PACE_SLOWER:
		speed_step(s, what == PACE_QUICKER);
		speed_name(s, text, size);
		return;
	}
	snprintf(text, size, "%s", rates[s->pace.rate].text);
}

const char *pace_state(const struct session *s)
{
	return s->pace.paused ? "paused" : rates[s->pace.rate].state;
}
