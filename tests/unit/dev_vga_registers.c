/* dev_vga_registers.c - the card's registers read back what a VGA's do, and its
 * retrace is on time.  */

#include "vga_rig.h"

/* IBM PS/2 Hardware Interface Technical Reference; reserved bits read as 0.  */
static const uint8_t seq_bits[8] = { 0x03, 0x3d, 0x0f, 0x3f, 0x0e, 0, 0, 0 };
static const uint8_t gc_bits[16] = { 0x0f, 0x0f, 0x0f, 0x1f, 0x03, 0x7b, 0x0f, 0x0f, 0xff };
static const uint8_t crtc_bits[0x20] = {
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0xff, 0x3f, 0x7f, 0xff, 0xff, 0xff,
	0xff, 0xff, 0x7f, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xef, 0xff };

static void check_file(uint16_t port, const uint8_t *bits, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		set(port, i, port == 0x3d4 && i == 0x11 ? 0x7f : 0xff);
		ck_assert_msg(get(port, i) == bits[i], "%x/%x: %x", port, i, get(port, i));
		ck_assert_uint_eq(in(port), i);
		set(port, i, 0);
		ck_assert_uint_eq(get(port, i), 0);
	}
}

START_TEST(registers_have_the_bits_of_a_vga)
{
	out(0x3c2, 0x01);
	check_file(0x3c4, seq_bits, 8);
	check_file(0x3ce, gc_bits, 16);
	check_file(0x3d4, crtc_bits, 0x20);
	out(0x3c2, 0xff);
	ck_assert_uint_eq(in(0x3cc), 0xef);
	out(0x3da, 0xff);
	ck_assert_uint_eq(in(0x3ca), 0x0b);
	out(0x3c4, 0xff);
	ck_assert_uint_eq(in(0x3c4), 0x07);
	out(0x3ce, 0xff);
	ck_assert_uint_eq(in(0x3ce), 0x0f);
}
END_TEST

START_TEST(attribute_registers_share_a_port)
{
	out(0x3c2, 0x01);
	for (unsigned i = 0; i < 0x15; i++) {
		in(0x3da);
		out(0x3c0, i);
		out(0x3c0, 0xff);
		out(0x3c0, i | 0x20);
		ck_assert_uint_eq(in(0x3c0), i | 0x20);
		ck_assert_uint_eq(in(0x3c1), i < 0x10 ? 0x3f : i == 0x10 ? 0xef : i == 0x11 ? 0xff :
				  i == 0x12 ? 0x3f : 0x0f);
	}
	ck_assert_uint_eq(get(0x3d4, 0x24) >> 7, 1);	/* next is data */
	in(0x3da);
	ck_assert_uint_eq(get(0x3d4, 0x24) >> 7, 0);
}
END_TEST

static void attr_showing(uint8_t index, uint8_t val)
{
	in(0x3da);
	out(0x3c0, index | 0x20);
	out(0x3c0, val);
}

/* IBM, "Attribute address register": while the screen has the palette the CPU has not.  */
START_TEST(the_palette_has_one_user)
{
	out(0x3c2, 0x01);
	attr(5, 0x2a);
	attr_showing(5, 0x15);
	ck_assert_uint_eq(vga.attr[5], 0x2a);
	attr_showing(0x11, 0x15);
	ck_assert_uint_eq(vga.attr[0x11], 0x15);
	ck_assert_uint_eq(get(0x3d4, 0x24) >> 7, 0);	/* next is an index: it has counted */
	attr(5, 0x15);
	ck_assert_uint_eq(vga.attr[5], 0x15);
}
END_TEST

START_TEST(the_first_crtc_registers_can_be_protected)
{
	out(0x3c2, 0x01);
	crtc(0x11, 0);
	crtc(0x00, 0x5f);
	crtc(0x07, 0x00);
	crtc(0x11, 0x80);
	crtc(0x00, 0x12);
	crtc(0x07, 0xff);
	crtc(0x08, 0x12);
	ck_assert_uint_eq(get(0x3d4, 0x00), 0x5f);
	ck_assert_uint_eq(get(0x3d4, 0x07), 0x10);
	ck_assert_uint_eq(get(0x3d4, 0x08), 0x12);
}
END_TEST

START_TEST(the_crtc_is_at_one_of_two_places)
{
	out(0x3c2, 0x00);
	set(0x3b4, 0x0c, 0x5a);
	ck_assert_uint_eq(get(0x3b4, 0x0c), 0x5a);
	ck_assert_uint_eq(get(0x3d4, 0x0c), 0xff);
	ck_assert_uint_ne(in(0x3ba), 0xff);
	ck_assert_uint_eq(in(0x3da), 0xff);
	out(0x3c2, 0x01);
	ck_assert_uint_eq(get(0x3d4, 0x0c), 0x5a);
	ck_assert_uint_eq(in(0x3b5), 0xff);
	out(0x3c3, 0);
	ck_assert_uint_eq(in(0x3cc), 0xff);
	out(0x3c3, 1);
	ck_assert_uint_eq(in(0x3cc), 0x01);
}
END_TEST

START_TEST(the_dac_counts_parts_and_colours)
{
	color(10, 0xff, 0x41, 0x02);
	out(0x3c9, 0x03);
	out(0x3c9, 0x04);
	ck_assert_uint_eq(in(0x3c7), 0);
	ck_assert_uint_eq(in(0x3c8), 11);
	out(0x3c7, 10);
	ck_assert_uint_eq(in(0x3c7), 3);
	ck_assert_uint_eq(in(0x3c8), 11);
	ck_assert_uint_eq(in(0x3c9), 0x3f);
	ck_assert_uint_eq(in(0x3c9), 0x01);
	ck_assert_uint_eq(in(0x3c9), 0x02);
	ck_assert_uint_eq(in(0x3c9), 0);	/* colour 11 never got its third part */
	ck_assert_uint_eq(in(0x3c6), 0xff);
	out(0x3c6, 0x0f);
	ck_assert_uint_eq(in(0x3c6), 0x0f);
}
END_TEST

/* How often a bit of 3DAh rises in a second, and for how many microseconds of
 * it is high, looking every 4 us.  */
static void measure(uint8_t bit, unsigned *rises, double *high)
{
	bool was = in(0x3da) & bit;
	unsigned n = 0;

	*rises = 0;
	for (unsigned i = 0; i < 250000; i++) {
		bool is;

		pass(&sched, 4000);
		is = in(0x3da) & bit;
		*rises += is && !was;
		n += is;
		was = is;
	}
	*high = n * 4;
}

static void close_to(double a, double b)
{
	ck_assert_msg(a > 0.99 * b && a < 1.01 * b, "%f, not %f", a, b);
}

/* 28.322 MHz / 900 / 449 and 25.175 MHz / 800 / 525; two lines of retrace.  */
START_TEST(retrace_has_the_frequency_and_length_of_a_vga)
{
	unsigned rises;
	double high;

	set_mode(&rig_text);
	measure(0x08, &rises, &high);
	ck_assert_uint_eq(rises, 70);
	close_to(high, 70.086 * 2 * 31.777);
	measure(0x01, &rises, &high);
	close_to(high, 1e6 * (1 - 720.0 / 900 * 400 / 449));
	set_mode(&rig_16);
	measure(0x08, &rises, &high);
	ck_assert_int_le(abs((int)rises - 60), 1);
	close_to(high, 59.94 * 2 * 31.777);
	measure(0x01, &rises, &high);
	close_to(high, 1e6 * (1 - 640.0 / 800 * 480 / 525));
}
END_TEST

/* Over an hour: 59.9405 Hz, from the day's end on rather than from here.  */
START_TEST(retrace_does_not_drift)
{
	vtime start, end;

	set_mode(&rig_16);
	while (!(in(0x3da) & 8))
		pass(&sched, 1000);
	start = sched.now;
	sched_skip(&sched, start + vtime_of_ticks(800ull * 525 * 215786, 25175000) - 100000);
	ck_assert(!(in(0x3da) & 8));
	while (!(in(0x3da) & 8))
		pass(&sched, 1000);
	end = start + vtime_of_ticks(800ull * 525 * 215786, 25175000);
	ck_assert_int_le(llabs((long long)(sched.now - end)), 2000);
}
END_TEST

START_TEST(the_beam_goes_on_when_the_timing_changes)
{
	set_mode(&rig_text);
	while (in(0x3da) & 1)
		pass(&sched, 1000);
	pass(&sched, 3 * VTIME_SECOND / 1000);		/* line 94 or so */
	crtc(0x06, 0xff);			/* 513 lines; retrace still begins at 412 */
	ck_assert_uint_eq(in(0x3da) & 8, 0);
	pass(&sched, 9 * VTIME_SECOND / 1000);
	for (unsigned i = 0; !(in(0x3da) & 8); i++) {
		pass(&sched, 10000);
		ck_assert_uint_lt(i, 200);
	}
}
END_TEST

START_TEST(the_retrace_interrupts_if_asked_to)
{
	set_mode(&rig_text);
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_eq(irqs, 0);
	ck_assert_uint_eq(in(0x3c2) & 0x80, 0);
	crtc(0x11, 0x1e);
	pass(&sched, VTIME_SECOND / 60);
	ck_assert_uint_eq(irqs, 1);
	ck_assert_uint_eq(in(0x3c2) & 0x80, 0x80);
	crtc(0x11, 0x0e);
	ck_assert_uint_eq(in(0x3c2) & 0x80, 0);
	crtc(0x11, 0x3e);
	pass(&sched, VTIME_SECOND / 60);
	ck_assert_uint_eq(irqs, 1);
	ck_assert_uint_eq(in(0x3c2) & 0x80, 0x80);
}
END_TEST

START_TEST(nobody_watching_costs_no_events)
{
	set_mode(&rig_text);
	ck_assert_uint_eq(sched_next(&sched), VTIME_NEVER);
	watch();
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_ne(sched_next(&sched), VTIME_NEVER);
	screen_detach(&screen, 0);
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_eq(sched_next(&sched), VTIME_NEVER);
}
END_TEST

/* The shortest frame that can be programmed has a handful of dots.  */
START_TEST(a_silly_timing_costs_little)
{
	watch();
	for (unsigned i = 0; i < 25; i++)
		crtc(i, i == 0x11 ? 0x1f : 0);
	out(0x3c2, 1);
	crtc(0x17, 0x80);
	crtc(0x11, 0x1f);
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_le(irqs, 251);
	for (unsigned i = 0; i < 25; i++)
		crtc(i, 0xff);
	pass(&sched, VTIME_SECOND);
}
END_TEST

/* Until the date that the port gives with each answer.  */
START_TEST(the_status_is_known_until_it_changes)
{
	unsigned changes = 0;

	set_mode(&rig_text);
	for (unsigned i = 0; i < 3000; i++) {
		vtime until;
		uint8_t was;

		bus.steady = (struct bus_steady){ .noted = true, .until = VTIME_NEVER };
		was = in(0x3da);
		until = bus.steady.until;
		ck_assert(until > sched.now && until < sched.now + VTIME_SECOND / 50);
		if (until - sched.now > 2) {
			pass_until(&sched, sched.now + (until - sched.now) * (i % 8) / 8);
			ck_assert_uint_eq(in(0x3da), was);
			pass_until(&sched, until - 2);
			ck_assert_uint_eq(in(0x3da), was);
		}
		pass_until(&sched, until);
		changes += in(0x3da) != was;
	}
	ck_assert_uint_gt(changes, 2990);	/* a picture's end is no change */
	bus.steady.until = VTIME_NEVER;
	in(0x3c1);
	ck_assert_uint_eq(bus.steady.until, 0);
}
END_TEST

int main(void)
{
	return suite_run_each("dev/vga_registers", setup, teardown, (const TTest *[]){
		registers_have_the_bits_of_a_vga,
		attribute_registers_share_a_port,
		the_palette_has_one_user,
		the_first_crtc_registers_can_be_protected,
		the_crtc_is_at_one_of_two_places,
		the_dac_counts_parts_and_colours,
		retrace_has_the_frequency_and_length_of_a_vga,
		retrace_does_not_drift,
		the_status_is_known_until_it_changes,
		the_beam_goes_on_when_the_timing_changes,
		the_retrace_interrupts_if_asked_to,
		nobody_watching_costs_no_events,
		a_silly_timing_costs_little,
		NULL });
}
