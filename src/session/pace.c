/* pace.c - guest time beside the host's.  The machine runs in slices of guest
 * time, as fast as the host can.  Guest time that passes idle while somebody
 * may type is slept in poll(2); guest time that passes idle in a batch run is
 * not slept at all.  */

#include "session/parts.h"

#include <limits.h>
#include <time.h>

#include "machine/machine.h"

#define AHEAD_MAX	100		/* ms that guest time may lag behind the host's */

int64_t pace_elapsed_ms(const struct session *s)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - s->began.tv_sec) * 1000 +
	       (now.tv_nsec - s->began.tv_nsec) / 1000000;
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

/* On a screen guest time goes as the user's does: how far it is ahead.  What it
 * lags behind for long is lost.  */
static int ahead_ms(struct session *s)
{
	int64_t ahead = (int64_t)(machine_now(s->machine) / MILLISECOND) + s->pace_ms -
			pace_elapsed_ms(s);

	if (ahead < -AHEAD_MAX || ahead > AHEAD_MAX) {
		s->pace_ms -= ahead;
		return 0;
	}
	return ahead > 0 ? ahead : 0;
}

/* What passes between the keys of one stroke, or of a pasted text, the user does not
 * wait for, neither now nor afterwards.  */
static int hurry(struct session *s)
{
	s->pace_ms -= ahead_ms(s);
	return 0;
}

int pace_sleep_ms(struct session *s, vtime idle)
{
	enum guest_wait why = machine_waits(s->machine);

	if (s->status >= 0)
		return 0;
	if (typist_hurries(&s->typist, machine_now(s->machine)))
		return hurry(s);
	if (s->front.open)
		return ahead_ms(s);
	if (why == GUEST_WAIT_NONE || why == GUEST_WAIT_TIME ||
	    (why == GUEST_WAIT_POLL && s->streams.input_ended && !s->control))
		return input_has_keyboard(s) || s->control || ports_paced(&s->ports) ?
			idle / MILLISECOND : 0;
	return (idle + MILLISECOND - 1) / MILLISECOND;
}

int pace_until_timeout_ms(const struct session *s)
{
	int64_t left = s->timeout_ms - pace_elapsed_ms(s);

	return !s->timeout_ms ? -1 : left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}
