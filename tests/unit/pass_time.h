/* pass_time.h - guest time passes, for suites without a CPU.  */

#ifndef PASS_TIME_H
#define PASS_TIME_H

#include <check.h>

#include "sched/sched.h"

/* Up to and including this date; each event when it is due.  A chip that
 * keeps arming events for the present is found out.  */
static inline void pass_until(struct sched *s, vtime when)
{
	unsigned events = 0;

	while (sched_next(s) <= when) {
		sched_skip(s, sched_next(s));
		sched_fire_due(s);
		ck_assert_uint_lt(++events, 2000000);
	}
	sched_skip(s, when);
}

static inline void pass(struct sched *s, vtime t)
{
	pass_until(s, s->now + t);
}

#endif
