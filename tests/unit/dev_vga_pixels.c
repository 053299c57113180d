/* dev_vga_pixels.c - graphics as those who watch see them.  */

#include "vga_rig.h"

static uint8_t pixel(unsigned x, unsigned y)
{
	ck_assert_uint_lt(x, screen.frame.width);
	ck_assert_uint_lt(y, screen.frame.height);
	return screen.pixel[y * screen.frame.width + x];
}

static void expect_size(unsigned width, unsigned height)
{
	ck_assert_int_eq(screen.frame.kind, FRAME_PIXELS);
	ck_assert_uint_eq(screen.frame.width, width);
	ck_assert_uint_eq(screen.frame.height, height);
}

/* Until the beam is in the middle of this scan line, a half more or less.  */
static void beam_at(unsigned line)
{
	unsigned lines = vga.timing.lines, frame_lines;
	vtime now = sched.now - vga.origin;
	uint64_t dots = ticks_of_vtime(now, vga.timing.hz) / vga.timing.line;

	frame_lines = dots % lines;
	pass(&sched, vtime_of_ticks((uint64_t)((line + lines - frame_lines - 1) % lines + 1) *
				    vga.timing.line - vga.timing.line / 2, vga.timing.hz));
}

static void plot_planar(unsigned x, unsigned y, unsigned pitch, uint8_t c)
{
	gc(5, 2);
	gc(8, 0x80 >> (x & 7));
	peek(GRAPHICS + y * pitch + x / 8);
	poke(GRAPHICS + y * pitch + x / 8, c);
	gc(8, 0xff);
	gc(5, 0);
}

START_TEST(mode_13h_has_a_byte_a_pixel)
{
	set_mode(&rig_256);
	watch();
	for (unsigned i = 0; i < 64000; i++)
		poke(GRAPHICS + i, i / 320 + i % 320);
	two_pictures();
	expect_size(320, 200);
	for (unsigned y = 0; y < 200; y += 7)
		for (unsigned x = 0; x < 320; x++)
			ck_assert_uint_eq(pixel(x, y), (uint8_t)(x + y));
	shown = 0;
	poke(GRAPHICS + 50 * 320, 1);
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_eq(shown, 1);
	ck_assert_uint_eq(shown_top, 50);
	ck_assert_uint_eq(shown_bottom, 51);
	out(0x3c6, 0x0f);
	two_pictures();
	ck_assert_uint_eq(pixel(17, 1), (17 + 1) & 15);
}
END_TEST

/* Mode X: 320x240, planes instead of chain-4, bytes instead of double words.  */
/* The two halves of a pixel go through the attribute controller one after the other.  */
START_TEST(planes_can_be_off_in_256_colours)
{
	set_mode(&rig_256);
	watch();
	poke(GRAPHICS, 0xff);
	attr(0x12, 0x05);
	two_pictures();
	ck_assert_uint_eq(pixel(0, 0), 0x55);
	gc(5, 0x00);				/* by planes: pixels of two groups of four */
	for (unsigned i = 0; i < 4; i++)
		poke(GRAPHICS + i, 0xff);
	two_pictures();
	ck_assert_uint_eq(pixel(0, 0), 0x55);
	attr(0x12, 0x0f);
	two_pictures();
	ck_assert_uint_eq(pixel(0, 0), 0xff);
}
END_TEST

static void mode_x(void)
{
	set_mode(&rig_256);
	seq(4, 0x06);
	out(0x3c2, 0xe3);
	crtc(0x11, 0);
	crtc(0x06, 0x0d);
	crtc(0x07, 0x3e);
	crtc(0x09, 0x41);
	crtc(0x10, 0xea);
	crtc(0x11, 0x2c);
	crtc(0x12, 0xdf);
	crtc(0x14, 0x00);
	crtc(0x15, 0xe7);
	crtc(0x16, 0x06);
	crtc(0x17, 0xe3);
}

START_TEST(mode_x_has_a_plane_for_each_fourth_pixel)
{
	mode_x();
	watch();
	for (unsigned p = 0; p < 4; p++) {
		seq(2, 1 << p);
		for (unsigned i = 0; i < 0x10000; i++)
			poke(GRAPHICS + i, i % 80 * 4 + p + i / 80);
	}
	two_pictures();
	expect_size(320, 240);
	ck_assert_int_eq(screen.frame.rate_mhz / 100, 597);
	for (unsigned y = 0; y < 240; y += 3)
		for (unsigned x = 0; x < 320; x++)
			ck_assert_uint_eq(pixel(x, y), (uint8_t)(x + y));
	crtc(0x0c, 19200 >> 8);			/* the second page */
	crtc(0x0d, 19200 & 255);
	two_pictures();
	ck_assert_uint_eq(pixel(5, 3), (uint8_t)(5 + 3 + 240));
	crtc(0x09, 0x40);			/* 320x480 */
	two_pictures();
	expect_size(320, 480);
}
END_TEST

START_TEST(sixteen_colours_are_in_four_planes)
{
	set_mode(&rig_16);
	watch();
	for (unsigned i = 0; i < 16; i++)
		attr(i, 0x3f - i);
	for (unsigned i = 0; i < 640; i++)
		plot_planar(i, i % 480, 80, i);
	two_pictures();
	expect_size(640, 480);
	for (unsigned i = 0; i < 640; i++)
		ck_assert_uint_eq(pixel(i, i % 480), 0x3f - (i & 15));
	ck_assert_uint_eq(pixel(1, 0), 0x3f);
	attr(0x12, 0x05);
	two_pictures();
	ck_assert_uint_eq(pixel(15, 15), 0x3f - 5);
}
END_TEST

START_TEST(a_cgas_lines_alternate_between_two_halves)
{
	set_mode(&rig_cga);
	watch();
	ck_assert_ptr_nonnull(bus_span(&bus, TEXT, 0x4000, true));
	poke(TEXT, 0x1b);			/* 0 1 2 3 */
	poke(TEXT + 1, 0xe4);			/* 3 2 1 0 */
	poke(TEXT + 0x2000, 0xff);		/* line 1 */
	poke(TEXT + 80, 0xaa);			/* line 2 */
	two_pictures();
	expect_size(320, 200);
	for (unsigned i = 0; i < 4; i++) {
		ck_assert_uint_eq(pixel(i, 0), i);
		ck_assert_uint_eq(pixel(4 + i, 0), 3 - i);
		ck_assert_uint_eq(pixel(i, 1), 3);
		ck_assert_uint_eq(pixel(4 + i, 1), 0);
		ck_assert_uint_eq(pixel(i, 2), 2);
	}
}
END_TEST

START_TEST(lines_can_be_doubled)
{
	set_mode(&rig_16);
	crtc(0x09, 0xc0);
	watch();
	plot_planar(3, 1, 80, 9);
	two_pictures();
	expect_size(640, 240);
	ck_assert_uint_eq(pixel(3, 1), 9);
	ck_assert_uint_eq(pixel(3, 2), 0);
}
END_TEST

START_TEST(the_picture_is_panned_by_pixels)
{
	set_mode(&rig_16);
	crtc(0x13, 84 / 2);
	watch();
	for (unsigned i = 0; i < 80; i++)
		plot_planar(i * 8, 0, 84, 1);
	plot_planar(643, 0, 84, 5);
	attr(0x13, 3);
	two_pictures();
	ck_assert_uint_eq(pixel(5, 0), 1);
	ck_assert_uint_eq(pixel(0, 0), 0);
	attr(0x13, 7);
	two_pictures();
	ck_assert_uint_eq(pixel(643 - 7, 0), 5);
	crtc(0x0d, 1);
	two_pictures();
	ck_assert_uint_eq(pixel(643 - 15, 0), 5);
	set_mode(&rig_256);
	poke(GRAPHICS + 10, 77);
	attr(0x13, 6);				/* two dots a pixel */
	two_pictures();
	ck_assert_uint_eq(pixel(7, 0), 77);
}
END_TEST

START_TEST(the_lower_part_begins_at_address_0)
{
	set_mode(&rig_16);
	watch();
	plot_planar(0, 0, 80, 3);
	plot_planar(0, 300, 80, 4);
	crtc(0x0c, (300 * 80) >> 8);
	crtc(0x0d, (300 * 80) & 255);
	crtc(0x18, 99);
	crtc(0x07, 0x2e);
	crtc(0x09, 0x00);
	two_pictures();
	ck_assert_uint_eq(pixel(0, 0), 4);
	ck_assert_uint_eq(pixel(0, 99), 0);
	ck_assert_uint_eq(pixel(0, 100), 3);
	attr(0x13, 1);
	attr(0x10, 0x21);			/* panning stops at the split */
	two_pictures();
	ck_assert_uint_eq(pixel(0, 100), 3);
	attr(0x10, 0x01);
	two_pictures();
	ck_assert_uint_eq(pixel(0, 100), 0);
}
END_TEST

static void split_at(unsigned line, uint8_t rows)
{
	crtc(0x18, line);
	crtc(0x07, (get(0x3d4, 0x07) & ~0x10) | (line >> 8 & 1) << 4);
	crtc(0x09, rows);
}

/* Rows of the frame, from this one on.  */
static void expect_rows(unsigned y, const char *dots)
{
	for (; *dots; dots++, y++)
		ck_assert_msg(pixel(0, y) == *dots - '0', "%u: %u, not %c", y, pixel(0, y), *dots);
}

/* The divider of the row scan counter's clock goes on where the counter begins anew: of a
 * pair that the split cuts the lower one has all that is seen of its first row.  When the
 * split stays there, the frame has each line.  */
START_TEST(the_split_may_cut_a_double_line)
{
	set_mode(&rig_16);
	watch();
	plot_planar(0, 0, 80, 3);
	plot_planar(0, 1, 80, 5);
	for (unsigned y = 149; y < 153; y++)
		plot_planar(0, y, 80, y - 145);
	crtc(0x0c, (100 * 80) >> 8);
	crtc(0x0d, (100 * 80) & 255);
	split_at(101, 0x80);
	pass(&sched, VTIME_SECOND / 5);
	expect_size(640, 240);
	expect_rows(49, "45350");
	split_at(100, 0x80);
	two_pictures();
	expect_size(640, 240);
	expect_rows(49, "4350");			/* what is below the split comes first */
	pass(&sched, VTIME_SECOND / 5);
	expect_size(640, 480);
	expect_rows(98, "4453550");
	split_at(101, 0x80);
	pass(&sched, VTIME_SECOND / 2);
	expect_size(640, 240);
	expect_rows(49, "45350");
}
END_TEST

/* Nothing divides rows of two lines.  */
START_TEST(the_split_may_cut_a_row)
{
	set_mode(&rig_16);
	watch();
	plot_planar(0, 0, 80, 3);
	plot_planar(0, 1, 80, 5);
	plot_planar(0, 150, 80, 4);
	crtc(0x0c, (100 * 80) >> 8);
	crtc(0x0d, (100 * 80) & 255);
	split_at(100, 0x01);
	two_pictures();
	expect_size(640, 240);
	expect_rows(50, "4350");
	pass(&sched, VTIME_SECOND / 5);
	expect_size(640, 480);
	expect_rows(99, "0433550");
}
END_TEST

/* The compare is with the vertical counter, which may count every other line.  */
START_TEST(the_split_is_counted_as_lines_are)
{
	set_mode(&rig_16);
	crtc(0x11, 0x0c);
	crtc(0x06, 0x05);
	crtc(0x10, 0xf5);
	crtc(0x12, 0xef);
	crtc(0x15, 0xf3);
	crtc(0x07, 0x01);
	crtc(0x17, 0xe7);
	watch();
	plot_planar(0, 0, 80, 3);
	plot_planar(0, 1, 80, 5);
	plot_planar(0, 199, 80, 4);
	crtc(0x0c, (100 * 80) >> 8);
	crtc(0x0d, (100 * 80) & 255);
	split_at(49, 0x00);
	two_pictures();
	expect_size(640, 480);
	expect_rows(98, "04350");
}
END_TEST

START_TEST(a_register_changed_in_the_picture_shows_from_there_on)
{
	set_mode(&rig_16);
	watch();
	gc(0, 7);
	gc(1, 15);
	for (unsigned i = 0; i < 38400; i++)
		poke(GRAPHICS + i, 0);
	two_pictures();
	beam_at(200);
	attr(7, 0x21);
	beam_at(500);
	ck_assert_uint_eq(pixel(9, 199), 7);
	ck_assert_uint_eq(pixel(9, 201), 0x21);
	two_pictures();
	ck_assert_uint_eq(pixel(9, 100), 0x21);
}
END_TEST

START_TEST(the_start_address_waits_for_the_retrace)
{
	set_mode(&rig_16);
	watch();
	plot_planar(0, 300, 80, 4);
	two_pictures();
	beam_at(10);
	crtc(0x0c, (290 * 80) >> 8);
	crtc(0x0d, (290 * 80) & 255);
	beam_at(510);
	ck_assert_uint_eq(pixel(0, 300), 4);
	beam_at(300);
	beam_at(510);
	ck_assert_uint_eq(pixel(0, 10), 4);
}
END_TEST

/* Colours changed while the beam is on its way cannot be told by one palette.  */
START_TEST(a_palette_changed_in_the_picture_makes_true_colours)
{
	set_mode(&rig_16);
	watch();
	two_pictures();
	expect_size(640, 480);
	for (unsigned n = 0; n < 5; n++) {
		beam_at(200);
		color(0, 0x3f, 0, 0);
		beam_at(300);
		color(0, 0, 0, 0x3f);
		beam_at(485);
		color(0, 0, 0x3f, 0);
	}
	beam_at(500);
	ck_assert_int_eq(screen.frame.kind, FRAME_RGB);
	ck_assert_uint_eq(screen.rgb[640 * 100], 0x00ff00);
	ck_assert_uint_eq(screen.rgb[640 * 250], 0xff0000);
	ck_assert_uint_eq(screen.rgb[640 * 479], 0x0000ff);
	pass(&sched, 2 * VTIME_SECOND);
	expect_size(640, 480);
	ck_assert_uint_eq(screen.frame.palette[0], 0x00ff00);
}
END_TEST

START_TEST(a_fade_between_pictures_changes_only_the_palette)
{
	set_mode(&rig_256);
	watch();
	two_pictures();
	for (unsigned n = 0; n < 10; n++) {
		beam_at(413);			/* retrace */
		color(5, n, n, n);
	}
	two_pictures();
	expect_size(320, 200);
	ck_assert_uint_eq(screen.frame.palette[5], 9 * 4 * 0x10101);
}
END_TEST

/* --- Text, for a window ----------------------------------------------------------- */

static const struct video_ops window = { .show = show, .pixels = true };

static void put_glyph(uint8_t ch, unsigned row, uint8_t bits)
{
	seq(2, 0x04);
	seq(4, 0x06);
	gc(5, 0x00);
	gc(6, 0x04);
	poke(GRAPHICS + ch * 32 + row, bits);
	seq(2, 0x03);
	seq(4, 0x02);
	gc(5, 0x10);
	gc(6, 0x0e);
}

static void text_window(void)
{
	set_mode(&rig_text);
	for (unsigned i = 0; i < 0x8000; i += 2)
		bus_write(&bus, TEXT + i, 0x0720, 2);
	put_glyph('A', 0, 0x81);
	put_glyph(0xc4, 7, 0xff);
	crtc(0x0a, 0x20);
	ck_assert_int_ge(screen_attach(&screen, &window, NULL), 0);
	vga_watch(&vga);
}

START_TEST(a_window_gets_text_in_dots)
{
	text_window();
	bus_write(&bus, TEXT, 0x1f411e41, 4);
	bus_write(&bus, TEXT + 160, 0x02c4024e, 4);
	two_pictures();
	expect_size(720, 400);
	ck_assert_uint_eq(pixel(0, 0), 14);
	ck_assert_uint_eq(pixel(1, 0), 1);
	ck_assert_uint_eq(pixel(7, 0), 14);
	ck_assert_uint_eq(pixel(8, 0), 1);
	ck_assert_uint_eq(pixel(9, 0), 15);
	ck_assert_uint_eq(pixel(0, 1), 1);
	ck_assert_uint_eq(pixel(16, 16 + 7), 2);	/* C4h: the line goes on */
	ck_assert_uint_eq(pixel(17, 16 + 7), 2);
	ck_assert_uint_eq(pixel(18, 16 + 7), 0);
	screen_attach(&screen, &sink, NULL);		/* a terminal watches too */
	two_pictures();
	ck_assert_int_eq(screen.frame.kind, FRAME_TEXT);
}
END_TEST

START_TEST(text_scrolls_by_dots)
{
	text_window();
	bus_write(&bus, TEXT + 160 + 2, 0x1e41, 2);
	crtc(0x08, 5);
	attr(0x13, 2);				/* of nine: three */
	two_pictures();
	ck_assert_uint_eq(pixel(9 - 3, 16 - 5), 14);
	ck_assert_uint_eq(pixel(9 + 8 - 3, 16 - 5), 1);
	crtc(0x18, 99);				/* and is split at any line */
	crtc(0x11, 0x0e);
	crtc(0x07, 0x0f);
	crtc(0x09, 0x0f);
	two_pictures();
	ck_assert_uint_eq(pixel(9 - 3, 100 + 16), 14);
}
END_TEST

START_TEST(the_cursor_and_characters_blink)
{
	unsigned cursor = 0, character = 0;

	text_window();
	bus_write(&bus, TEXT, 0x9e41, 2);
	crtc(0x0a, 13);
	crtc(0x0f, 1);
	pass(&sched, VTIME_SECOND / 200);
	for (unsigned i = 0; i < 320; i++) {
		pass(&sched, vtime_of_ticks(900 * 449, 28322000));
		cursor += pixel(9, 14) == 7;
		character += pixel(0, 0) == 14;
		ck_assert_uint_eq(pixel(1, 0), 1);
		ck_assert_uint_eq(pixel(9, 12), 0);
	}
	ck_assert_uint_eq(cursor, 160);
	ck_assert_uint_eq(character, 160);
}
END_TEST

/* Bit 3 of those that have it goes on and off; of the others it is set.  Without plane 3
 * it goes on and off for all.  */
START_TEST(dots_blink_too)
{
	unsigned set = 0, all = 0;

	set_mode(&rig_16);
	watch();
	plot_planar(3, 2, 80, 0x0c);
	attr(0x10, 0x09);
	pass(&sched, VTIME_SECOND / 200);
	for (unsigned i = 0; i < 320; i++) {
		pass(&sched, vtime_of_ticks(800 * 525, 25175000));
		set += pixel(3, 2) == 0x0c;
		ck_assert(pixel(3, 2) == 0x0c || pixel(3, 2) == 4);
		ck_assert_uint_eq(pixel(0, 0), 8);
	}
	ck_assert_uint_eq(set, 160);
	attr(0x12, 5);
	for (unsigned i = 0; i < 320; i++) {
		pass(&sched, vtime_of_ticks(800 * 525, 25175000));
		all += pixel(0, 0) == 8;
	}
	ck_assert_uint_eq(all, 160);
}
END_TEST

START_TEST(a_screen_that_is_off_is_black)
{
	set_mode(&rig_16);
	color(0, 9, 9, 9);
	for (unsigned i = 1; i < 256; i++)
		color(i, 63, 63, 63);
	attr(0x11, 5);
	watch();
	seq(1, 0x21);
	two_pictures();
	ck_assert_uint_eq(screen.frame.palette[pixel(0, 0)], 0);
	ck_assert_uint_eq(screen.frame.palette[screen.frame.border], 0);
	seq(1, 0x01);
	two_pictures();
	ck_assert_uint_eq(screen.frame.palette[pixel(0, 0)], 0x242424);
	in(0x3da);
	out(0x3c0, 0);			/* the palette is the CPU's */
	two_pictures();
	ck_assert_uint_eq(screen.frame.palette[pixel(0, 0)], 0xffffff);
}
END_TEST

/* Whatever is in the registers, nothing outside the picture is touched.  */
START_TEST(any_registers_make_some_picture)
{
	uint32_t seed = 5;

	ck_assert_int_ge(screen_attach(&screen, &window, NULL), 0);
	vga_watch(&vga);
	out(0x3c2, 0x63);
	for (unsigned n = 0; n < 4000; n++) {
		static const struct { uint16_t port; uint8_t count; } file[] = {
			{ 0x3c4, 5 }, { 0x3ce, 9 }, { 0x3d4, 25 }, { 0x3d4, 25 } };
		unsigned f;

		seed = seed * 1664525 + 1013904223;
		f = seed >> 30;
		if (f == 2 && seed >> 27 & 1)
			attr(seed >> 8 & 31, seed >> 16);
		else
			set(file[f].port, (seed >> 8) % file[f].count, seed >> 16);
		if (n % 16 == 0)
			attr(0x20, 0);
		if (n % 50 == 0)
			out(0x3c2, seed >> 13 | 3);
		bus_write(&bus, 0xa0000 + (seed >> 7) % 0x20000, seed, 4);
		if (n == 2000)
			screen_attach(&screen, &sink, NULL);
		pass(&sched, seed % 400000);
	}
	ck_assert_uint_gt(shown, 0);
}
END_TEST

int main(void)
{
	return suite_run_each("dev/vga_pixels", setup, teardown, (const TTest *[]){
		mode_13h_has_a_byte_a_pixel, planes_can_be_off_in_256_colours,
		mode_x_has_a_plane_for_each_fourth_pixel,
		sixteen_colours_are_in_four_planes,
		a_cgas_lines_alternate_between_two_halves,
		lines_can_be_doubled,
		the_picture_is_panned_by_pixels,
		the_lower_part_begins_at_address_0,
		the_split_may_cut_a_double_line,
		the_split_may_cut_a_row,
		the_split_is_counted_as_lines_are,
		a_register_changed_in_the_picture_shows_from_there_on,
		the_start_address_waits_for_the_retrace,
		a_palette_changed_in_the_picture_makes_true_colours,
		a_fade_between_pictures_changes_only_the_palette,
		a_window_gets_text_in_dots,
		text_scrolls_by_dots,
		the_cursor_and_characters_blink,
		dots_blink_too,
		a_screen_that_is_off_is_black,
		any_registers_make_some_picture,
		NULL });
}
