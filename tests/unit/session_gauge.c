/* session_gauge.c - the arithmetic of pictures' dates.  */

#include "suite.h"

#include "session/gauge.h"

#define MS	INT64_C(1000000)

static struct gauge gauge;

static void begin(void)
{
	gauge = (struct gauge){ 0 };
}

START_TEST(pictures_that_are_all_as_late_come_evenly)
{
	begin();
	for (int64_t i = 0; i < 100; i++)
		gauge_picture(&gauge, 14 * MS * i, 14 * MS * i + 9 * MS, 0);
	ck_assert_uint_eq(gauge.shown, 100);
	ck_assert_uint_eq(gauge.counted, 99);
	ck_assert_int_eq(gauge.max_ns, 0);
	ck_assert_int_eq(gauge_most_ns(&gauge, 990), 0);
}
END_TEST

START_TEST(a_late_picture_deviates_and_so_does_the_one_after_it)
{
	begin();
	for (int64_t i = 0; i < 101; i++)
		gauge_picture(&gauge, 10 * MS * i, 10 * MS * i + (i == 50 ? 3 * MS : 0), 0);
	ck_assert_int_eq(gauge.max_ns, 3 * MS);
	ck_assert_int_eq(gauge_mean_ns(&gauge), 6 * MS / 100);
	ck_assert_int_le(gauge_most_ns(&gauge, 980), GAUGE_BIN_NS);
	ck_assert_int_eq(gauge_most_ns(&gauge, 990), 3 * MS);
}
END_TEST

START_TEST(what_is_longer_than_the_last_bin_counts_there)
{
	begin();
	gauge_picture(&gauge, 0, 0, 0);
	gauge_picture(&gauge, 0, 3600 * 1000 * MS, 7);
	ck_assert_uint_eq(gauge.dropped, 7);
	ck_assert_int_eq(gauge_most_ns(&gauge, 500), 3600 * 1000 * MS);
}
END_TEST

START_TEST(dates_that_begin_anew_make_no_deviation)
{
	begin();
	gauge_picture(&gauge, 0, 0, 0);
	gauge_begin_anew(&gauge);
	gauge_picture(&gauge, 0, 5000 * MS, 0);
	ck_assert_uint_eq(gauge.counted, 0);
	ck_assert_int_eq(gauge_mean_ns(&gauge), 0);
	ck_assert_int_eq(gauge_most_ns(&gauge, 990), 0);
}
END_TEST

START_TEST(the_clock_knows_its_worst)
{
	begin();
	gauge_clock(&gauge, 4);
	gauge_clock(&gauge, -9);
	gauge_clock(&gauge, 1);
	ck_assert_int_eq(gauge.late_ns, 1);
	ck_assert_int_eq(gauge.behind_ns, 4);
	ck_assert_int_eq(gauge.ahead_ns, 9);
}
END_TEST

int main(void)
{
	return suite_run("session/gauge", (const TTest *[]){
		pictures_that_are_all_as_late_come_evenly,
		a_late_picture_deviates_and_so_does_the_one_after_it,
		what_is_longer_than_the_last_bin_counts_there,
		dates_that_begin_anew_make_no_deviation,
		the_clock_knows_its_worst,
		NULL });
}
