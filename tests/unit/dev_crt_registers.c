/* dev_crt_registers.c - registers, memory and timing of the MDA, the Hercules card and
 * the CGA are those of their manuals.  */

#include "crt_rig.h"

START_TEST(only_cursor_and_light_pen_can_be_read)
{
	static const uint8_t bits[18] = { [14] = 0x3f, [15] = 0xff };

	plug(VIDEO_CGA);
	for (unsigned i = 0; i < 32; i++) {
		set(0x3d4, i, 0xff);
		ck_assert_msg(get(0x3d4, i) == (i < 18 ? bits[i] : 0), "%u: %x", i, get(0x3d4, i));
	}
	ck_assert_uint_eq(in(0x3d4), 0xff);
	ck_assert_uint_eq(in(0x3d8), 0xff);
	ck_assert_uint_eq(in(0x3d9), 0xff);
}
END_TEST

START_TEST(the_6845_has_four_pairs_of_ports)
{
	plug(VIDEO_CGA);
	for (unsigned i = 0; i < 8; i += 2) {
		set(0x3d0 + i, 15, 0x40 + i);
		ck_assert_uint_eq(get(0x3d0 + (6 - i), 15), 0x40 + i);
	}
	ck_assert_uint_eq(in(0x3b5), 0xff);
	plug(VIDEO_MDA);
	set(0x3b0, 15, 0x77);
	ck_assert_uint_eq(get(0x3b4, 15), 0x77);
}
END_TEST

START_TEST(a_cga_has_16_kib_twice)
{
	plug(VIDEO_CGA);
	poke(COLOR_AT + 0x123, 0x5a);
	ck_assert_uint_eq(peek(COLOR_AT + 0x4123), 0x5a);
	bus_write(&bus, COLOR_AT + 0x7ffe, 0x1234, 2);
	ck_assert_uint_eq(bus_read(&bus, COLOR_AT + 0x3ffe, 2), 0x1234);
	ck_assert_uint_eq(peek(0xb0000), 0xff);
	ck_assert_uint_eq(peek(0xa0000), 0xff);
}
END_TEST

START_TEST(an_mda_has_4_kib_eight_times)
{
	plug(VIDEO_MDA);
	poke(MONO_AT + 0x123, 0x5a);
	for (unsigned i = 1; i < 8; i++)
		ck_assert_uint_eq(peek(MONO_AT + i * 0x1000 + 0x123), 0x5a);
	poke(MONO_AT + 0x7fff, 0x33);
	ck_assert_uint_eq(peek(MONO_AT + 0xfff), 0x33);
	ck_assert_uint_eq(peek(0xb8000), 0xff);
}
END_TEST

START_TEST(a_hercules_opens_its_upper_half)
{
	plug(VIDEO_HERCULES);
	poke(MONO_AT + 0x7fff, 0x11);
	ck_assert_uint_eq(peek(MONO_AT + 0x7fff), 0x11);
	ck_assert_uint_eq(peek(MONO_AT + 0x3fff), 0);
	ck_assert_uint_eq(peek(0xb8000), 0xff);
	out(0x3bf, 3);
	poke(0xbffff, 0x22);
	ck_assert_uint_eq(peek(0xbffff), 0x22);
	out(0x3bf, 1);
	ck_assert_uint_eq(peek(0xbffff), 0xff);
	out(0x3bf, 3);
	ck_assert_uint_eq(peek(0xbffff), 0x22);
}
END_TEST

/* 14.31818 MHz; 912 dots a line, 262 lines, 16 of them vertical sync.  */
START_TEST(a_cga_has_the_rates_of_a_television)
{
	const uint8_t *const mode[] = { rig_80, rig_40, rig_dots };
	const uint8_t control[] = { 0x29, 0x28, 0x2a };
	const double frame = 14318180.0 / 912 / 262, part = 640.0 / 912 * 200 / 262;

	plug(VIDEO_CGA);
	for (unsigned i = 0; i < 3; i++) {
		set_mode(0x3d4, mode[i], control[i]);
		check_rate(measure(0x3da, 8, 3001), frame, 16.0 / 262);
		check_rate(measure(0x3da, 1, 1009), frame * 200, 1 - part);
	}
}
END_TEST

/* 16.257 MHz; 98 characters of nine dots a line.  */
START_TEST(an_mda_has_the_rates_of_its_monitor)
{
	plug(VIDEO_MDA);
	set_mode(0x3b4, rig_mono, 0x29);
	check_rate(measure(0x3ba, 1, 1009), 16257000.0 / 882, 15.0 / 98);
	ck_assert_uint_eq(in(0x3ba) & 0xf0, 0xf0);
}
END_TEST

START_TEST(the_mda_tells_of_each_dot)
{
	plug(VIDEO_MDA);
	set_mode(0x3b4, rig_mono, 0x29);
	for (unsigned i = 0; i < 2000; i++)
		bus_write(&bus, MONO_AT + 2 * i, 0x070f, 2);
	pass(&sched, VTIME_SECOND / 10);
	check_rate(measure_for(2 * 370 * 882 / 16257000.0, 0x3ba, 8, 13),
		   80.0 * 16257000 / 882 / 370 * 350,
		   4 / 9.0 * 720 / 882 * 350 / 370);
}
END_TEST

/* The published way to tell one from an MDA: bit 7 changes.  */
START_TEST(a_hercules_shows_its_vertical_sync)
{
	struct rate r;

	plug(VIDEO_HERCULES);
	set_mode(0x3b4, rig_mono, 0x29);
	r = measure(0x3ba, 0x80, 3001);
	check_rate(r, 16257000.0 / 882 / 370, 1 - 16.0 / 370);
	ck_assert_uint_eq(in(0x3ba) & 0x70, 0);
	out(0x3bf, 3);
	set_mode(0x3b4, rig_hercules, 0x0a);
	check_rate(measure(0x3ba, 0x80, 3001), 16257000.0 / 864 / 370, 1 - 16.0 / 370);
	check_rate(measure(0x3ba, 1, 1009), 16257000.0 / 864, 7.0 / 54);
}
END_TEST

START_TEST(the_light_pens_latch_stores_an_address)
{
	plug(VIDEO_CGA);
	set_mode(0x3d4, rig_80, 0x29);
	out(0x3db, 0);
	ck_assert_uint_eq(in(0x3da) & 6, 4);
	while (in(0x3da) & 8)
		pass(&sched, 1000);
	while (in(0x3da) & 1)
		pass(&sched, 100);
	pass(&sched, 21 * 63696);		/* lines: row 2, line 5 */
	out(0x3dc, 0);
	ck_assert_uint_eq(in(0x3da) & 6, 6);
	ck_assert_uint_eq(get(0x3d4, 16), 0);
	ck_assert_uint_ge(get(0x3d4, 17), 160);
	ck_assert_uint_le(get(0x3d4, 17), 162);
	pass(&sched, 63696 * 30);
	out(0x3dc, 0);
	ck_assert_uint_le(get(0x3d4, 17), 162);
	out(0x3db, 0);
	ck_assert_uint_eq(in(0x3da) & 6, 4);
}
END_TEST

static vtime wait_for(uint8_t bit, bool is)
{
	while (!(in(0x3da) & bit) == is)
		pass(&sched, 500);
	return sched.now;
}

/* A line is 912 dots; the fields have 262 and 263 lines, and their syncs are equally far
 * apart, because the even one's begins and ends in the middle of a line.  */
START_TEST(fields_of_an_interlaced_frame_alternate)
{
	const vtime line = 912 * VTIME_SECOND / 14318180;
	unsigned late = 0;

	plug(VIDEO_CGA);
	set_mode(0x3d4, rig_80, 0x29);
	for (uint8_t mode = 1; mode <= 3; mode += 2) {
		set(0x3d4, 8, mode);
		pass(&sched, VTIME_SECOND / 10);
		check_rate(measure_for(4, 0x3da, 8, 3001), 14318180.0 / 912 / 262.5, 16.0 / 262.5);
		check_rate(measure_for(1, 0x3da, 1, 1009), 14318180.0 / 912 / 262.5 * 200,
			   1 - 640.0 / 912 * 200 / 262.5);
		for (unsigned i = 0; i < 4; i++) {
			vtime last, sync;

			wait_for(8, false);
			for (last = 0; !(in(0x3da) & 8); pass(&sched, 500))
				if (!(in(0x3da) & 1))
					last = sched.now;
			sync = sched.now;
			/* From the last displayed dot: 272 of its line, and 24 or 24.5 lines.  */
			last = (sync - last) - 272 * VTIME_SECOND / 14318180;
			ck_assert_uint_lt(last - 24 * line + 2000, line / 2 + 4000);
			late += last > 24 * line + line / 4;
			ck_assert_uint_lt(wait_for(8, false) - sync - 16 * line + 2000, 4000);
		}
		ck_assert_uint_eq(late, 2);
		late = 0;
	}
}
END_TEST

/* Two dates a year apart look alike, and no question takes long.  */
START_TEST(time_may_pass_unseen)
{
	plug(VIDEO_CGA);
	set_mode(0x3d4, rig_80, 0x29);
	for (unsigned i = 0; i < 100; i++) {
		sched_skip(&sched, sched.now + 365 * 86400 * VTIME_SECOND);
		in(0x3da);
	}
	check_rate(measure(0x3da, 8, 3001), 59.92, 16.0 / 262);
	set(0x3d4, 8, 3);
	for (unsigned i = 0; i < 100; i++) {
		sched_skip(&sched, sched.now + 365 * 86400 * VTIME_SECOND);
		in(0x3da);
	}
	check_rate(measure_for(4, 0x3da, 8, 3001), 59.81, 16.0 / 262.5);
}
END_TEST

int main(void)
{
	return suite_run_each("dev/crt_registers", setup, teardown, (const TTest *[]){
		only_cursor_and_light_pen_can_be_read,
		the_6845_has_four_pairs_of_ports,
		a_cga_has_16_kib_twice,
		an_mda_has_4_kib_eight_times,
		a_hercules_opens_its_upper_half,
		a_cga_has_the_rates_of_a_television,
		an_mda_has_the_rates_of_its_monitor,
		the_mda_tells_of_each_dot,
		a_hercules_shows_its_vertical_sync,
		the_light_pens_latch_stores_an_address,
		fields_of_an_interlaced_frame_alternate,
		time_may_pass_unseen,
		NULL });
}
