/* dev_crt_state.c - the older cards in snapshots, good ones and spoilt ones, and under
 * programs that write anything anywhere.  */

#include "card_state.h"
#include "crt_rig.h"

static const enum video_kind kinds[] = { VIDEO_MDA, VIDEO_CGA, VIDEO_HERCULES, VIDEO_EGA,
					 VIDEO_TANDY, VIDEO_PCJR };

#define KINDS	(sizeof kinds / sizeof *kinds)

static void all(struct state *st)
{
	bus_state(&bus, st);
	video_state(&video, st);
}

static void use(void)
{
	for (unsigned i = 0; i < 40; i++) {
		uint16_t port = dice() % 0x30 + 0x3b0;

		if (dice() % 4)
			out(port, dice());
		else
			in(port);
		if (dice() & 1)
			pass(&sched, dice() % 300000);
	}
	for (unsigned i = 0; i < 20; i++)
		bus_write(&bus, 0xa0000 + dice() % 0x20000, dice(), 1 << dice() % 3);
}

static void set_some_mode(enum video_kind kind)
{
	if (kind == VIDEO_EGA) {
		out(0x3c2, dice() | 3);
		for (unsigned i = 0; i < 9; i++) {
			set(0x3c4, i, dice());
			set(0x3ce, i, dice());
			set(0x3d4, dice() % 25, dice());
		}
	} else if (kind != VIDEO_MDA && kind != VIDEO_HERCULES) {
		set_mode(0x3d4, dice() & 1 ? rig_80 : rig_dots, dice() & 0x3f);
	} else {
		set_mode(0x3b4, dice() & 1 ? rig_mono : rig_hercules, dice() & 0xff);
	}
}

START_TEST(a_snapshot_brings_everything_back)
{
	for (unsigned i = 0; i < 30; i++) {
		enum video_kind kind = kinds[i % KINDS];
		size_t size;
		vtime now;

		plug(kind);
		set_some_mode(kind);
		use();
		now = sched.now;
		size = save(good);
		use();
		video_reset(&video);
		pass(&sched, VTIME_SECOND / 7);
		sched.now = now;			/* as the machine's own state does */
		ck_assert(load(good, size));
		ck_assert_uint_eq(save(again), size);
		ck_assert_mem_eq(good, again, size);
	}
}
END_TEST

START_TEST(another_cards_snapshot_is_refused)
{
	size_t size;

	plug(VIDEO_MDA);
	size = save(good);
	plug(VIDEO_CGA);
	ck_assert(!load(good, size));
}
END_TEST

static void watch_some_way(void)
{
	for (int i = 0; i < SCREEN_SINKS; i++)
		screen_detach(&screen, i);
	if (dice() % 4)
		watch(dice() & 1 ? &cells : &pixels);
}

START_TEST(hostile_registers_do_no_harm)
{
	for (unsigned round = 0; round < 400; round++) {
		enum video_kind kind = kinds[dice() % KINDS];

		if (round % 10 == 0)
			plug_monitor(kind, dice() % 3);
		kind = video.kind;
		watch_some_way();
		set_some_mode(kind);
		use();
		if (dice() % 3 == 0)
			video_show(&video);
		for (unsigned n = 0; n < 10; n++)
			video_text_cell(&video, dice() % 300, dice() % 200);
		pass(&sched, dice() % 50000000);
		video_used(&video);
	}
}
END_TEST

START_TEST(spoilt_snapshots_do_no_harm)
{
	for (unsigned round = 0; round < 100; round++) {
		size_t size, card;

		plug(kinds[round % KINDS]);
		watch_some_way();
		use();
		size = save(good);
		memcpy(bad, good, size);
		for (card = 0; card < size && memcmp(bad + card, "video\0", 6) != 0; card++)
			;
		ck_assert_uint_lt(card + 20, size);
		for (unsigned n = dice() % 8; n; n--)
			bad[card + 14 + dice() % (size - card - 14)] = dice();
		load(bad, size);
		use();
		pass(&sched, dice() % 30000000);
	}
}
END_TEST

int main(void)
{
	return suite_run_each("dev/crt_state", setup, teardown, (const TTest *[]){
		a_snapshot_brings_everything_back,
		another_cards_snapshot_is_refused,
		hostile_registers_do_no_harm,
		spoilt_snapshots_do_no_harm,
		NULL });
}
