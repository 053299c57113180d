/* dev_rtc.c - the clock and its memory.  */

#include "suite.h"

#include <string.h>

#include "dev/rtc.h"
#include "pass_time.h"
#include "state/state.h"

/* 1994-05-31 22:13:20, a Tuesday.  */
#define MAY_1994	770422400

static struct sched sched;
static struct bus bus;
static struct rtc rtc;
static bool irq, nmi;
static unsigned rises;

static void set_irq(void *ctx, unsigned n, bool level)
{
	(void)ctx, (void)n;
	rises += level && !irq;
	irq = level;
}

static void set_nmi(void *ctx, unsigned n, bool level)
{
	(void)ctx, (void)n;
	nmi = level;
}

static void power_on(void)
{
	irq = false;
	sched_init(&sched);
	rtc_init(&rtc, &bus, &sched, 64u << 20, (struct wire){ set_irq, NULL, 8 },
		 (struct wire){ set_nmi, NULL, 0 });
	rtc_set_unix(&rtc, MAY_1994, 0);
	rises = 0;
}

static uint8_t get(uint8_t at)
{
	bus_out(&bus, 0x70, at, 1);
	return bus_in(&bus, 0x71, 1);
}

static void set(uint8_t at, uint8_t val)
{
	bus_out(&bus, 0x70, at, 1);
	bus_out(&bus, 0x71, val, 1);
}

START_TEST(tells_the_time_in_bcd)
{
	ck_assert_uint_eq(get(0x00), 0x20);
	ck_assert_uint_eq(get(0x02), 0x13);
	ck_assert_uint_eq(get(0x04), 0x22);
	ck_assert_uint_eq(get(0x06), 0x03);
	ck_assert_uint_eq(get(0x07), 0x31);
	ck_assert_uint_eq(get(0x08), 0x05);
	ck_assert_uint_eq(get(0x09), 0x94);
	ck_assert_uint_eq(get(0x32), 0x19);
	pass_until(&sched, 6400 * VTIME_SECOND);		/* 23:59:60 */
	ck_assert_uint_eq(get(0x04), 0x00);
	ck_assert_uint_eq(get(0x07), 0x01);
	ck_assert_uint_eq(get(0x08), 0x06);
}
END_TEST

START_TEST(tells_the_time_in_binary_and_with_pm)
{
	set(0x0b, 0x06);
	ck_assert_uint_eq(get(0x04), 22);
	ck_assert_uint_eq(get(0x09), 94);
	set(0x0b, 0x00);
	ck_assert_uint_eq(get(0x04), 0x90);	/* 10 PM */
	set(0x0b, 0x04);
	ck_assert_uint_eq(get(0x04), 0x8a);
}
END_TEST

START_TEST(can_be_set_register_by_register)
{
	set(0x04, 0x07);
	ck_assert_int_eq(rtc_now(&rtc, NULL), MAY_1994 - 15 * 3600);
	ck_assert_uint_eq(get(0x02), 0x13);
}
END_TEST

START_TEST(can_be_set_while_it_stands)
{
	set(0x0b, 0x82);
	set(0x00, 0x58);
	set(0x02, 0x59);
	set(0x04, 0x23);
	set(0x07, 0x29);
	set(0x08, 0x02);
	set(0x09, 0x00);
	set(0x32, 0x20);
	pass_until(&sched, 10 * VTIME_SECOND);
	ck_assert_uint_eq(get(0x00), 0x58);
	set(0x0b, 0x02);
	pass_until(&sched, 12 * VTIME_SECOND);
	ck_assert_uint_eq(get(0x00), 0x00);
	ck_assert_uint_eq(get(0x07), 0x01);
	ck_assert_uint_eq(get(0x08), 0x03);
}
END_TEST

START_TEST(announces_the_update)
{
	pass_until(&sched, VTIME_SECOND - 2300000);
	ck_assert_uint_eq(get(0x0a) & 0x80, 0);
	pass_until(&sched, VTIME_SECOND - 200000);
	ck_assert_uint_eq(get(0x0a) & 0x80, 0x80);
	pass_until(&sched, VTIME_SECOND);
	ck_assert_uint_eq(get(0x0a) & 0x80, 0);
}
END_TEST

START_TEST(interrupts_at_every_update)
{
	rtc_set_unix(&rtc, MAY_1994, 250000000);
	set(0x0b, 0x12);
	pass_until(&sched, VTIME_SECOND / 2);
	ck_assert(!irq);
	pass_until(&sched, VTIME_SECOND * 3 / 4);
	ck_assert(irq);
	ck_assert_uint_eq(get(0x0c) & 0x90, 0x90);
	ck_assert(!irq);
	ck_assert_uint_eq(get(0x0c) & 0x90, 0);
	pass_until(&sched, 5 * VTIME_SECOND);
	ck_assert_uint_eq(rises, 2);		/* nobody read C */
}
END_TEST

START_TEST(interrupts_periodically)
{
	set(0x0b, 0x42);
	for (unsigned ms = 1; ms <= 1000; ms++) {
		pass_until(&sched, ms * (VTIME_SECOND / 1000));
		if (irq)
			ck_assert_uint_eq(get(0x0c) & 0xc0, 0xc0);
	}
	ck_assert_uint_ge(rises, 990);		/* 1024 Hz, looked at every ms */
	set(0x0a, 0x2f);			/* 2 Hz */
	get(0x0c);
	rises = 0;
	for (unsigned ms = 1; ms <= 3000; ms++) {
		pass_until(&sched, VTIME_SECOND + ms * (VTIME_SECOND / 1000));
		get(0x0c);
	}
	ck_assert_uint_eq(rises, 6);
}
END_TEST

START_TEST(flags_come_without_interrupts_too)
{
	get(0x0c);
	pass_until(&sched, 1100 * (VTIME_SECOND / 1000));
	ck_assert_uint_eq(get(0x0c), 0x50);
	ck_assert_uint_eq(rises, 0);
}
END_TEST

START_TEST(the_alarm_goes_off)
{
	set(0x01, 0x30);
	set(0x03, 0x14);
	set(0x05, 0x22);
	set(0x0b, 0x22);
	pass_until(&sched, 69 * VTIME_SECOND);
	ck_assert(!irq);
	pass_until(&sched, 70 * VTIME_SECOND);
	ck_assert(irq);
	ck_assert_uint_eq(get(0x0c) & 0xa0, 0xa0);
	pass_until(&sched, 86469 * VTIME_SECOND);
	ck_assert(!irq);
	pass_until(&sched, 86470 * VTIME_SECOND);
	ck_assert(irq);
}
END_TEST

START_TEST(an_alarm_may_match_anything)
{
	set(0x01, 0x00);
	set(0x03, 0xff);
	set(0x05, 0xff);
	set(0x0b, 0x22);
	pass_until(&sched, 40 * VTIME_SECOND);
	get(0x0c);
	pass_until(&sched, 100 * VTIME_SECOND);
	ck_assert_uint_eq(rises, 2);
}
END_TEST

START_TEST(the_memory_tells_the_configuration)
{
	unsigned sum = 0;

	ck_assert_uint_eq(get(0x15) | get(0x16) << 8, 640);
	ck_assert_uint_eq(get(0x17) | get(0x18) << 8, 63 * 1024);
	ck_assert_uint_eq(get(0x34) | get(0x35) << 8, 48 * 16);
	rtc_configure(&rtc, RTC_FLOPPIES, 0x40);
	for (uint8_t i = 0x10; i <= 0x2d; i++)
		sum += get(i);
	ck_assert_uint_eq(get(0x2e) << 8 | get(0x2f), sum);
	set(0x40, 0x5a);
	rtc_reset(&rtc);
	ck_assert_uint_eq(get(0x40), 0x5a);
	ck_assert_uint_eq(get(0x0d), 0x80);
}
END_TEST

START_TEST(the_index_port_masks_nmi)
{
	ck_assert(nmi);
	bus_out(&bus, 0x70, 0x8d, 1);
	ck_assert(!nmi);
	bus_out(&bus, 0x70, 0x0d, 1);
	ck_assert(nmi);
}
END_TEST

START_TEST(every_day_of_a_century_comes_back)
{
	for (int64_t day = 0; day < 36525 * 2; day += 13) {
		rtc_set_unix(&rtc, day * 86400 + 4711, 0);
		set(0x0b, 0x82);
		set(0x0b, 0x02);		/* to registers and back */
		ck_assert_int_eq(rtc_now(&rtc, NULL), day * 86400 + 4711);
	}
}
END_TEST

START_TEST(a_followed_clock_is_waited_for)
{
	uint32_t nanos;

	power_on();
	pass_until(&sched, VTIME_SECOND / 2);
	rtc_follow(&rtc, MAY_1994, 200000000);
	ck_assert_int_eq(rtc_now(&rtc, &nanos), MAY_1994);
	ck_assert_uint_eq(nanos, 500000000);
	pass_until(&sched, 2 * VTIME_SECOND);
	ck_assert_int_eq(rtc_now(&rtc, &nanos), MAY_1994);
	ck_assert_uint_eq(nanos, 500000000);
	rtc_follow(&rtc, MAY_1994, 600000000);
	pass_until(&sched, 2 * VTIME_SECOND + VTIME_SECOND / 10);
	ck_assert_int_eq(rtc_now(&rtc, &nanos), MAY_1994);
	ck_assert_uint_eq(nanos, 700000000);
}
END_TEST

START_TEST(a_clock_that_follows_skips_no_update)
{
	power_on();
	set(0x0b, 0x12);
	pass_until(&sched, VTIME_SECOND / 2);
	rtc_follow(&rtc, MAY_1994, 400000000);
	pass_until(&sched, 3 * VTIME_SECOND);
	ck_assert_uint_eq(rises, 0);
	rtc_follow(&rtc, MAY_1994 + 1, 100000000);
	ck_assert_uint_eq(rises, 1);
	ck_assert_uint_eq(get(0x0c) & 0x90, 0x90);
	pass_until(&sched, 4 * VTIME_SECOND);
	ck_assert_uint_eq(rises, 2);
}
END_TEST

START_TEST(a_followed_clock_that_was_set_is_obeyed)
{
	power_on();
	pass_until(&sched, VTIME_SECOND / 2);
	rtc_follow(&rtc, MAY_1994 - 3600, 0);
	ck_assert_int_eq(rtc_now(&rtc, NULL), MAY_1994 - 3600);
}
END_TEST

START_TEST(a_snapshot_keeps_the_clock_and_its_interrupt)
{
	uint8_t buf[512];
	struct state st;
	vtime due;

	set(0x0b, 0x12);
	pass_until(&sched, VTIME_SECOND / 3);
	due = sched_next(&sched);
	state_init(&st, STATE_SAVE, buf, sizeof buf);
	rtc_state(&rtc, &st);
	ck_assert(state_ok(&st));
	rtc_reset(&rtc);
	rtc_set_unix(&rtc, 0, 0);
	state_init(&st, STATE_LOAD, buf, sizeof buf);
	rtc_state(&rtc, &st);
	ck_assert(state_ok(&st));
	ck_assert_uint_eq(sched_next(&sched), due);
	ck_assert_int_eq(rtc_now(&rtc, NULL), MAY_1994);
}
END_TEST

int main(void)
{
	return suite_run_each("dev/rtc", power_on, NULL, (const TTest *[]){
		tells_the_time_in_bcd,
		tells_the_time_in_binary_and_with_pm,
		can_be_set_register_by_register,
		can_be_set_while_it_stands,
		announces_the_update,
		interrupts_at_every_update,
		interrupts_periodically,
		flags_come_without_interrupts_too,
		the_alarm_goes_off,
		an_alarm_may_match_anything,
		the_memory_tells_the_configuration,
		the_index_port_masks_nmi,
		every_day_of_a_century_comes_back,
		a_followed_clock_is_waited_for,
		a_clock_that_follows_skips_no_update,
		a_followed_clock_that_was_set_is_obeyed,
		a_snapshot_keeps_the_clock_and_its_interrupt,
		NULL });
}
