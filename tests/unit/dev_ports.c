/* dev_ports.c - the small ports of the board: 61h, 80h, 92h.  */

#include "suite.h"

#include "dev/port61.h"
#include "dev/port92.h"
#include "dev/post.h"
#include "state/state.h"

static struct sched sched;
static struct bus bus;
static bool level[4];
static unsigned rises[4];
static bool out2;

enum { GATE, SPEAKER, A20, RESET };

static void hear(void *ctx, unsigned n, bool lv)
{
	(void)ctx;
	rises[n] += lv && !level[n];
	level[n] = lv;
}

static bool get_out2(void *ctx)
{
	(void)ctx;
	return out2;
}

static uint8_t in(uint16_t port)
{
	return bus_in(&bus, port, 1);
}

static struct port61 p61;

static void port61_up(void)
{
	const struct port61_wiring to = {
		.gate2 = { hear, NULL, GATE },
		.speaker = { hear, NULL, SPEAKER },
		.out2 = get_out2,
	};

	sched_init(&sched);
	port61_init(&p61, &bus, &sched, &to);
	port61_reset(&p61);
}

START_TEST(port_61_drives_the_timer_s_gate)
{
	port61_up();
	bus_out(&bus, 0x61, 0x01, 1);
	ck_assert(level[GATE]);
	ck_assert_uint_eq(in(0x61) & 0x0f, 0x01);
	bus_out(&bus, 0x61, 0x00, 1);
	ck_assert(!level[GATE]);
}
END_TEST

START_TEST(the_speaker_is_the_timer_and_the_data_bit)
{
	struct wire w = port61_out2(&p61);

	port61_up();
	wire_set(&w, true);
	ck_assert(!level[SPEAKER]);
	bus_out(&bus, 0x61, 0x03, 1);
	ck_assert(level[SPEAKER]);
	wire_set(&w, false);
	ck_assert(!level[SPEAKER]);
	wire_set(&w, true);
	bus_out(&bus, 0x61, 0x01, 1);
	ck_assert(!level[SPEAKER]);
	ck_assert_uint_eq(rises[SPEAKER], 2);
}
END_TEST

START_TEST(port_61_shows_refresh_and_the_timer)
{
	unsigned toggles = 0;
	uint8_t was;

	port61_up();
	out2 = true;
	ck_assert(in(0x61) & 0x20);
	out2 = false;
	ck_assert(!(in(0x61) & 0x20));
	was = in(0x61) & 0x10;
	for (unsigned us = 0; us < 1000; us++) {
		sched_skip(&sched, us * 1000);
		toggles += was != (in(0x61) & 0x10);
		was = in(0x61) & 0x10;
	}
	ck_assert_uint_eq(toggles, 66);		/* every 15.09 us */
}
END_TEST

START_TEST(port_92_gates_a20_and_resets)
{
	struct port92 p;

	port92_init(&p, &bus, (struct wire){ hear, NULL, A20 },
		    (struct wire){ hear, NULL, RESET });
	port92_reset(&p);
	bus_out(&bus, 0x92, 0x02, 1);
	ck_assert(level[A20]);
	ck_assert_uint_eq(in(0x92), 0x02);
	ck_assert_uint_eq(rises[RESET], 0);
	bus_out(&bus, 0x92, 0x01, 1);
	ck_assert(!level[A20]);
	bus_out(&bus, 0x92, 0x01, 1);		/* no rise */
	ck_assert_uint_eq(rises[RESET], 1);
}
END_TEST

static void keep_code(void *ctx, uint8_t code)
{
	*(uint8_t *)ctx = code;
}

START_TEST(port_80_hands_out_the_post_code)
{
	uint8_t seen = 0;
	struct post p;

	post_init(&p, &bus, keep_code, &seen);
	bus_out(&bus, 0x80, 0x5a, 1);
	ck_assert_uint_eq(seen, 0x5a);
	ck_assert_uint_eq(in(0x80), 0x5a);
}
END_TEST

int main(void)
{
	return suite_run("dev/ports", (const TTest *[]){
		port_61_drives_the_timer_s_gate,
		the_speaker_is_the_timer_and_the_data_bit,
		port_61_shows_refresh_and_the_timer,
		port_92_gates_a20_and_resets,
		port_80_hands_out_the_post_code,
		NULL });
}
