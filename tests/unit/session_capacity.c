/* session_capacity.c - what the host can, by slices of guest time.  */

#include "suite.h"

#include "session/capacity.h"

#define MS	INT64_C(1000000)
#define SLICE	(10 * MS)
#define SPEED	7000
#define HOST	100000			/* instructions it does in a millisecond */

static struct capacity capacity;

static void begin(void)
{
	capacity_init(&capacity);
}

static int64_t allowed(void)
{
	return capacity.per_ms < SPEED ? capacity.per_ms : SPEED;
}

/* Slices of a program that works all the time, as fast as it may; the host stands still
 * for so long in each.  */
static void work(unsigned slices, int64_t stall_ns)
{
	while (slices--) {
		int64_t instructions = allowed() * SLICE / MS;

		capacity_note(&capacity, instructions * MS / HOST + stall_ns, instructions, SLICE);
	}
}

START_TEST(a_first_slice_that_waits_for_a_disk_slows_nothing_down)
{
	work(1, 500 * MS);
	ck_assert_int_eq(allowed(), SPEED);
}
END_TEST

START_TEST(what_was_slow_for_a_while_becomes_as_fast_again)
{
	work(100, 500 * MS);
	ck_assert_int_lt(allowed(), SPEED / 10);
	work(20, 0);
	ck_assert_int_eq(allowed(), SPEED);
}
END_TEST

START_TEST(a_slow_host_is_found_out)
{
	for (unsigned i = 0; i < 100; i++)
		capacity_note(&capacity, SLICE, 3000 * SLICE / MS, SLICE);
	ck_assert_int_ge(capacity.per_ms, 3000);
	ck_assert_int_le(capacity.per_ms, 3010);
}
END_TEST

START_TEST(a_slice_with_little_to_do_says_nothing)
{
	int64_t before = capacity.per_ms;

	for (unsigned i = 0; i < 100; i++)
		capacity_note(&capacity, SLICE, 100, SLICE / 10);
	ck_assert_int_eq(capacity.per_ms, before);
}
END_TEST

int main(void)
{
	return suite_run_each("session_capacity", begin, NULL, (const TTest *[]){
		a_first_slice_that_waits_for_a_disk_slows_nothing_down,
		what_was_slow_for_a_while_becomes_as_fast_again,
		a_slow_host_is_found_out,
		a_slice_with_little_to_do_says_nothing,
		NULL });
}
