/* av_mixer.c - channels become one stream.  */

#include "suite.h"

#include <string.h>

#include "av/mixer.h"
#include "pass_time.h"
#include "plugin.h"
#include "state/state.h"

#define RATE	48000

static struct sched sched;
static struct mixer mixer;
static int16_t heard[2 * RATE];
static size_t count;
static bool started;

static bool start(void *self, unsigned rate)
{
	(void)self;
	return started = rate == RATE;
}

static void play(void *self, const int16_t *pcm, size_t frames)
{
	(void)self;
	memcpy(heard + 2 * count, pcm, 2 * frames * sizeof *pcm);
	count += frames;
}

static void stop(void *self)
{
	(void)self;
	started = false;
}

static const struct sound_ops sink = { .start = start, .play = play, .stop = stop };

static void setup(void)
{
	count = 0;
	memset(heard, 0, sizeof heard);
	sched_init(&sched);
	mixer_init(&mixer, &sched, RATE);
}

static void teardown(void)
{
	mixer_fini(&mixer);
}

static void push_constant(struct mixer_channel *c, int16_t left, int16_t right, size_t frames)
{
	int16_t f[2] = { left, right };

	while (frames--)
		mixer_push(c, f, 1);
}

START_TEST(nobody_listening_costs_nothing)
{
	struct mixer_channel *c = mixer_open(&mixer, "a", RATE);

	push_constant(c, 1, 1, 1000);
	ck_assert_uint_eq(c->frames, 0);
	ck_assert_uint_eq(sched_next(&sched), VTIME_NEVER);
}
END_TEST

START_TEST(a_sink_gets_ten_milliseconds_at_a_time)
{
	int n = mixer_attach(&mixer, &sink, NULL);

	ck_assert(started);
	pass_until(&sched, VTIME_SECOND / 2);
	ck_assert_uint_eq(count, RATE / 2);
	mixer_detach(&mixer, n);
	ck_assert(!started);
	pass_until(&sched, VTIME_SECOND);
	ck_assert_uint_eq(count, RATE / 2);
}
END_TEST

START_TEST(channels_add_up_and_saturate)
{
	struct mixer_channel *a = mixer_open(&mixer, "a", RATE);
	struct mixer_channel *b = mixer_open(&mixer, "b", RATE);

	mixer_attach(&mixer, &sink, NULL);
	mixer_gain(b, 256, 128);
	push_constant(a, 20000, -1000, 1000);
	push_constant(b, 20000, 1000, 1000);
	pass_until(&sched, VTIME_SECOND / 100);
	ck_assert_int_eq(heard[0], 32767);
	ck_assert_int_eq(heard[1], -500);
	ck_assert_int_eq(heard[2 * 479], 32767);
}
END_TEST

/* A ramp comes out as a ramp, whatever the rates.  */
START_TEST(rates_are_converted_without_steps)
{
	struct mixer_channel *c = mixer_open(&mixer, "a", 11025);

	mixer_attach(&mixer, &sink, NULL);
	for (int i = 0; i < 4000; i++)
		mixer_push(c, (int16_t[2]){ 4 * i, -4 * i }, 1);
	pass_until(&sched, VTIME_SECOND / 5);
	for (size_t i = 1; i < RATE / 5; i++) {
		double want = 4.0 * i * 11025 / RATE;

		ck_assert_double_le(want - heard[2 * i], 2.0);
		ck_assert_double_ge(want - heard[2 * i], -2.0);
	}
}
END_TEST

START_TEST(lumps_make_no_gaps)
{
	struct mixer_channel *c = mixer_open(&mixer, "a", 22050);

	mixer_attach(&mixer, &sink, NULL);
	for (unsigned i = 0; i < 60; i++) {		/* 7 ms at a time */
		push_constant(c, 5000, 5000, 22050 * 7 * (i + 1) / 1000 - 22050 * 7 * i / 1000);
		pass_until(&sched, VTIME_SECOND * 7 * (i + 1) / 1000);
	}
	for (size_t i = RATE / 25; i < count - RATE / 50; i++)
		ck_assert_int_eq(heard[2 * i], 5000);
}
END_TEST

START_TEST(too_much_is_dropped_at_the_front)
{
	struct mixer_channel *c = mixer_open(&mixer, "a", RATE);

	mixer_attach(&mixer, &sink, NULL);
	push_constant(c, 1, 1, MIXER_STORE_MAX);
	push_constant(c, 2, 2, MIXER_STORE_MAX);
	ck_assert_uint_le(c->frames, MIXER_STORE_MAX);
	ck_assert_int_eq(c->pcm[0], 2);
}
END_TEST

START_TEST(a_snapshot_makes_the_same_sound)
{
	static uint8_t buf[65536];
	static int16_t first[2 * 960];
	struct mixer_channel *c = mixer_open(&mixer, "a", 16000);
	struct state st;

	mixer_attach(&mixer, &sink, NULL);
	for (int i = 0; i < 1000; i++)
		mixer_push(c, (int16_t[2]){ i * 7, i * 5 }, 1);
	pass_until(&sched, VTIME_SECOND / 100);
	state_init(&st, STATE_SAVE, buf, sizeof buf);
	mixer_state(&mixer, &st);
	ck_assert(state_ok(&st));
	count = 0;
	pass_until(&sched, VTIME_SECOND / 100 * 3);
	memcpy(first, heard, sizeof first);

	sched.now = VTIME_SECOND / 100;
	mixer_push(c, first, 300);
	state_init(&st, STATE_LOAD, buf, sizeof buf);
	mixer_state(&mixer, &st);
	ck_assert(state_ok(&st));
	count = 0;
	pass_until(&sched, VTIME_SECOND / 100 * 3);
	ck_assert_mem_eq(first, heard, sizeof first);
}
END_TEST

int main(void)
{
	return suite_run_each("av/mixer", setup, teardown, (const TTest *[]){
		nobody_listening_costs_nothing,
		a_sink_gets_ten_milliseconds_at_a_time,
		channels_add_up_and_saturate,
		rates_are_converted_without_steps,
		lumps_make_no_gaps,
		too_much_is_dropped_at_the_front,
		a_snapshot_makes_the_same_sound,
		NULL });
}
