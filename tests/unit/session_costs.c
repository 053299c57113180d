/* session_costs.c - what takes longer on the machines that speeds are named after.  */

#include "suite.h"

#include "conf/conf.h"
#include "session/costs.h"

START_TEST(a_number_is_a_named_processor_slowed_down)
{
	struct costs named, half;

	costs_of(&named, 33000);
	costs_of(&half, 16500);
	ck_assert_uint_gt(named.longer[LONGER_DIV], 300);	/* 26 clocks of 66 MHz, but for 30 ns */
	ck_assert_uint_lt(named.longer[LONGER_DIV], 394);
	for (unsigned i = 0; i < CPU_LONGERS; i++)
		ck_assert_uint_eq(half.longer[i], 2 * named.longer[i]);
	ck_assert_uint_gt(named.card.read, 0);
	ck_assert_uint_eq(half.card.read, named.card.read);
	ck_assert_uint_eq(half.card.width, 4);
}
END_TEST

START_TEST(every_named_processor_has_its_costs)
{
	struct costs c;

	for (const struct conf_speed *s = conf_speeds; s->name; s++) {
		ck_assert_ptr_eq(conf_speed_for(s->per_ms), s);
		costs_of(&c, s->per_ms);
		ck_assert_uint_gt(c.longer[LONGER_DIV], c.longer[LONGER_MOVS]);
		ck_assert_uint_gt(c.longer[LONGER_FUNC], c.longer[LONGER_FDIV]);
		ck_assert_uint_gt(c.longer[LONGER_FDIV], c.longer[LONGER_FMUL]);
		ck_assert_uint_gt(c.card.read, 0);
	}
}
END_TEST

START_TEST(as_fast_as_can_be_takes_longer_for_nothing)
{
	static const int64_t speeds[] = { CONF_SPEED_AUTO, CONF_SPEED_MAX, 80001 };
	struct costs c;

	for (unsigned s = 0; s < sizeof speeds / sizeof *speeds; s++) {
		costs_of(&c, speeds[s]);
		ck_assert_uint_eq(c.card.read + c.card.write, 0);
		for (unsigned i = 0; i < CPU_LONGERS; i++)
			ck_assert_uint_eq(c.longer[i], 0);
	}
}
END_TEST

int main(void)
{
	return suite_run("session/costs", (const TTest *[]){
		a_number_is_a_named_processor_slowed_down,
		every_named_processor_has_its_costs,
		as_fast_as_can_be_takes_longer_for_nothing,
		NULL });
}
