/* dev_gameport.c - the game control adapter.  */

#include "suite.h"

#include "dev/gameport.h"
#include "state/state.h"

#define PORT	0x201

static struct sched sched;
static struct bus bus;
static struct gameport port;

static void up(void)
{
	sched_init(&sched);
	gameport_init(&port, &bus, &sched);
	gameport_reset(&port);
}

static uint8_t in(void)
{
	return bus_in(&bus, PORT, 1);
}

static void fire(void)
{
	bus_out(&bus, PORT, 0, 1);
}

static void plug(uint32_t ax, uint32_t ay, uint32_t bx, uint32_t by, uint8_t pressed)
{
	gameport_set(&port, &(struct gameport_input){ { ax, ay, bx, by }, pressed });
}

/* How long the one-shots of these bits run after now, in tenths of a microsecond.  */
static unsigned runs(uint8_t bits)
{
	vtime from = sched.now;

	while (in() & bits && sched.now - from < VTIME_SECOND)
		sched.now += 100;
	return (sched.now - from) / 100;
}

START_TEST(without_a_stick_no_one_shot_ends)
{
	up();
	ck_assert_uint_eq(in(), 0xf0);
	fire();
	ck_assert_uint_eq(in(), 0xff);
	sched.now += 60 * VTIME_SECOND;
	ck_assert_uint_eq(in(), 0xff);
}
END_TEST

/* IBM: 24.2 us and 0.011 us an ohm.  */
START_TEST(a_one_shot_runs_as_long_as_its_resistance_says)
{
	static const struct { uint32_t ohm; unsigned tenths; } row[] = {
		{ 0, 242 }, { 1000, 352 }, { 50000, 5742 }, { 100000, 11242 },
	};

	up();
	for (unsigned i = 0; i < sizeof row / sizeof *row; i++)
		for (unsigned axis = 0; axis < 4; axis++) {
			uint32_t ohm[4] = { GAMEPORT_OPEN, GAMEPORT_OPEN, GAMEPORT_OPEN, GAMEPORT_OPEN };

			ohm[axis] = row[i].ohm;
			plug(ohm[0], ohm[1], ohm[2], ohm[3], 0);
			fire();
			ck_assert_uint_eq(runs(1 << axis), row[i].tenths);
			ck_assert_uint_eq(in(), 0xff & ~(1 << axis));
		}
}
END_TEST

START_TEST(buttons_pull_their_bits_down_at_any_time)
{
	up();
	for (unsigned i = 0; i < 4; i++) {
		plug(0, 0, 0, 0, 1 << i);
		ck_assert_uint_eq(in(), 0xf0 & ~(0x10 << i));
	}
}
END_TEST

START_TEST(all_ports_of_the_card_are_the_same)
{
	up();
	plug(0, 0, 0, 0, 1);
	for (unsigned p = 0x200; p < 0x208; p++) {
		bus_out(&bus, p, 0xaa, 1);
		ck_assert_uint_eq(bus_in(&bus, p ^ 7, 1), 0xef);
		sched.now += 25000;
		ck_assert_uint_eq(bus_in(&bus, p, 1), 0xe0);
	}
}
END_TEST

START_TEST(a_stick_that_is_pulled_out_or_put_in_meanwhile_counts)
{
	up();
	plug(1000, 1000, GAMEPORT_OPEN, GAMEPORT_OPEN, 0);
	fire();
	plug(GAMEPORT_OPEN, 1000, 1000, GAMEPORT_OPEN, 0);
	sched.now += 100000;
	ck_assert_uint_eq(in(), 0xf9);
}
END_TEST

START_TEST(a_stick_that_moves_meanwhile_counts_from_the_next_time_on)
{
	up();
	plug(1000, 0, 0, 0, 0);
	fire();
	plug(100000, 0, 0, 0, 0);
	ck_assert_uint_eq(runs(1), 352);
	fire();
	ck_assert_uint_eq(runs(1), 11242);
}
END_TEST

START_TEST(a_snapshot_has_the_one_shots_and_not_the_stick)
{
	static uint8_t buf[4096];
	struct state st;

	up();
	plug(50000, 100000, GAMEPORT_OPEN, GAMEPORT_OPEN, 3);
	fire();
	sched.now += 600000;
	state_init(&st, STATE_SAVE, buf, sizeof buf);
	gameport_state(&port, &st);
	ck_assert(state_ok(&st));
	gameport_reset(&port);
	plug(0, 0, 0, 0, 1);
	state_init(&st, STATE_LOAD, buf, sizeof buf);
	gameport_state(&port, &st);
	ck_assert(state_ok(&st));
	ck_assert_uint_eq(in(), 0xee);
	sched.now += 600000;
	ck_assert_uint_eq(in(), 0xec);
}
END_TEST

int main(void)
{
	return suite_run("gameport", (const TTest *[]){
		without_a_stick_no_one_shot_ends, a_one_shot_runs_as_long_as_its_resistance_says,
		buttons_pull_their_bits_down_at_any_time, all_ports_of_the_card_are_the_same,
		a_stick_that_is_pulled_out_or_put_in_meanwhile_counts,
		a_stick_that_moves_meanwhile_counts_from_the_next_time_on,
		a_snapshot_has_the_one_shots_and_not_the_stick, NULL });
}
