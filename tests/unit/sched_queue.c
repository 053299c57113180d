/* sched_queue.c - events fire on their dates.  */

#include "suite.h"

#include <string.h>

#include "sched/sched.h"

static struct sched s;
static char fired[64];

struct bell {
	struct sched_event ev;
	vtime period;
	vtime late;
};

static void ring_bell(void *ctx, vtime late)
{
	struct bell *b = ctx;

	strcat(fired, b->ev.name);
	b->late = late;
	if (b->period)
		sched_at(&s, &b->ev, b->ev.when + b->period);
}

static struct bell bell(const char *name, vtime period)
{
	return (struct bell){ .ev = { .name = name, .fire = ring_bell }, .period = period };
}

static struct bell a, b, c;

static void begin(void)
{
	sched_init(&s);
	fired[0] = '\0';
	a = bell("a", 0), b = bell("b", 0), c = bell("c", 0);
	a.ev.ctx = &a, b.ev.ctx = &b, c.ev.ctx = &c;
}

/* The names of all that have fired by this date, all due ones at once.  */
static const char *fired_by(vtime when)
{
	sched_skip(&s, when);
	sched_fire_due(&s);
	return fired;
}

START_TEST(an_event_is_heard_of_when_it_says_and_not_earlier)
{
	ck_assert_uint_eq(sched_next_heard(&s, NULL), VTIME_NEVER);
	a.ev.heard = 50;
	b.ev.heard = 10;
	sched_at(&s, &a.ev, 20);
	sched_at(&s, &b.ev, 40);
	sched_at(&s, &c.ev, 30);
	ck_assert_uint_eq(sched_next_heard(&s, NULL), 30);
	ck_assert_uint_eq(sched_next_heard(&s, &c.ev), 40);
	sched_cancel(&s, &b.ev);
	ck_assert_uint_eq(sched_next_heard(&s, &c.ev), 50);
}
END_TEST

START_TEST(events_fire_in_the_order_of_their_dates)
{
	sched_at(&s, &c.ev, 30);
	sched_at(&s, &a.ev, 20);
	sched_at(&s, &b.ev, 10);
	ck_assert_uint_eq(sched_next(&s), 10);
	ck_assert_uint_eq(s.deadline, 10);
	ck_assert_str_eq(fired_by(25), "ba");
	ck_assert_uint_eq(b.late, 15);
	ck_assert(sched_pending(&s, &c.ev) && !sched_pending(&s, &a.ev));
	ck_assert_str_eq(fired_by(30), "bac");
	ck_assert_uint_eq(sched_next(&s), VTIME_NEVER);
}
END_TEST

START_TEST(events_of_one_date_fire_in_the_order_of_their_names_however_armed)
{
	sched_at(&s, &c.ev, 10);
	sched_at(&s, &a.ev, 10);
	sched_at(&s, &b.ev, 10);
	ck_assert_str_eq(fired_by(10), "abc");
}
END_TEST

START_TEST(a_new_date_replaces_the_old_one)
{
	sched_at(&s, &a.ev, 10);
	sched_at(&s, &b.ev, 20);
	sched_at(&s, &a.ev, 30);
	ck_assert_str_eq(fired_by(100), "ba");
}
END_TEST

START_TEST(a_cancelled_event_does_not_fire)
{
	sched_at(&s, &a.ev, 10);
	sched_at(&s, &b.ev, 20);
	sched_cancel(&s, &a.ev);
	sched_cancel(&s, &c.ev);	/* never armed: nothing happens */
	ck_assert_str_eq(fired_by(100), "b");
}
END_TEST

START_TEST(a_periodic_event_catches_up)
{
	a.period = 10;
	sched_at(&s, &a.ev, 10);
	ck_assert_str_eq(fired_by(35), "aaa");
	ck_assert_uint_eq(sched_next(&s), 40);
	ck_assert_uint_eq(a.late, 5);
}
END_TEST

START_TEST(arming_a_nearer_event_calls_the_cpu_back_sooner)
{
	s.deadline = 1000;
	sched_at(&s, &a.ev, 2000);
	ck_assert_uint_eq(s.deadline, 1000);
	sched_at(&s, &b.ev, 500);
	ck_assert_uint_eq(s.deadline, 500);
}
END_TEST

START_TEST(time_never_goes_back)
{
	sched_skip(&s, 100);
	sched_skip(&s, 50);
	ck_assert_uint_eq(s.now, 100);
}
END_TEST

START_TEST(ticks_and_time_convert_without_overflow)
{
	const uint64_t hz = 1193182, century = UINT64_C(3155760000);

	ck_assert_uint_eq(vtime_of_ticks(hz * century, hz), century * VTIME_SECOND);
	ck_assert_uint_eq(ticks_of_vtime(century * VTIME_SECOND, hz), hz * century);
	ck_assert_uint_eq(vtime_of_ticks(65536, hz), 54925401);
}
END_TEST

int main(void)
{
	return suite_run_each("sched", begin, NULL, (const TTest *[]){
		an_event_is_heard_of_when_it_says_and_not_earlier,
		events_fire_in_the_order_of_their_dates,
		events_of_one_date_fire_in_the_order_of_their_names_however_armed,
		a_new_date_replaces_the_old_one,
		a_cancelled_event_does_not_fire,
		a_periodic_event_catches_up,
		arming_a_nearer_event_calls_the_cpu_back_sooner,
		time_never_goes_back,
		ticks_and_time_convert_without_overflow,
		NULL });
}
