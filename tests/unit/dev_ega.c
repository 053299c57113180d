/* dev_ega.c - the card as an EGA: what of a VGA it does not have, its clocks, its
 * monitor's colours, and its own split screen.  */

#include "crt_rig.h"

#define PLANES	0xa0000u

static void seq(uint8_t index, uint8_t val) { set(0x3c4, index, val); }
static void gc(uint8_t index, uint8_t val) { set(0x3ce, index, val); }
static void crtc(uint8_t index, uint8_t val) { set(0x3d4, index, val); }

static void attr(uint8_t index, uint8_t val)
{
	in(0x3da);
	out(0x3c0, index);
	out(0x3c1, val);		/* the same port */
	out(0x3c0, 0x20);
}

/* IBM's modes 0Dh and 10h.  */
static const uint8_t crtc_200[25] = {
	0x37, 0x27, 0x2d, 0x37, 0x30, 0x14, 0x04, 0x11, 0, 0, 0, 0, 0, 0, 0, 0,
	0xe1, 0x24, 0xc7, 0x14, 0x00, 0xe0, 0xf0, 0xe3, 0xff };
static const uint8_t crtc_350[25] = {
	0x5b, 0x4f, 0x53, 0x37, 0x52, 0x00, 0x6c, 0x1f, 0, 0, 0, 0, 0, 0, 0, 0,
	0x5e, 0x2b, 0x5d, 0x28, 0x0f, 0x5f, 0x0a, 0xe3, 0xff };

static void graphics(const uint8_t reg[25], uint8_t misc, uint8_t clocking)
{
	out(0x3c2, misc);
	seq(1, clocking);
	seq(2, 0x0f);
	seq(4, 0x06);
	for (unsigned i = 0; i < 25; i++)
		crtc(i, reg[i]);
	for (unsigned i = 0; i < 9; i++)
		gc(i, i == 6 ? 5 : i == 7 ? 0x0f : i == 8 ? 0xff : 0);
	for (unsigned i = 0; i < 16; i++)
		attr(i, i);
	attr(0x10, 1);
	attr(0x11, 0);
	attr(0x12, 0x0f);
	attr(0x13, 0);
}

static void graphics_200(void) { graphics(crtc_200, 0x23, 0x0b); }
static void graphics_350(void) { graphics(crtc_350, 0xa7, 0x01); }

START_TEST(few_registers_can_be_read)
{
	plug(VIDEO_EGA);
	graphics_200();
	for (unsigned i = 0; i < 0x20; i++) {
		crtc(i, 0x15);
		ck_assert_msg(get(0x3d4, i) == (i >= 12 && i <= 15 ? 0x15 : i == 16 || i == 17 ? 0 : 0xff),
			      "%x: %x", i, get(0x3d4, i));
	}
	ck_assert_uint_eq(get(0x3c4, 2), 0xff);
	ck_assert_uint_eq(get(0x3ce, 8), 0xff);
	ck_assert_uint_eq(in(0x3d4), 0xff);
	ck_assert_uint_eq(in(0x3cc), 0xff);
	ck_assert_uint_eq(in(0x3c1), 0xff);
}
END_TEST

START_TEST(what_only_a_vga_has_is_not_there)
{
	plug(VIDEO_EGA);
	graphics_200();
	out(0x3c3, 0);
	out(0x3c6, 0x55);
	ck_assert_uint_eq(in(0x3c6), 0xff);
	poke(PLANES, 0x5a);
	ck_assert_uint_eq(peek(PLANES), 0x5a);
	seq(4, 0x0e);				/* no chain-4 */
	poke(PLANES + 1, 0x77);
	ck_assert_uint_eq(peek(PLANES), 0x5a);
	ck_assert_uint_eq(peek(PLANES + 1), 0x77);
	crtc(0x11, 0xa4);			/* no protection */
	crtc(0x0c, 0x12);
	crtc(0x00, 0x38);
	ck_assert_uint_eq(video.vga.crtc[0], 0x38);
}
END_TEST

/* As the BIOS reads them: on, off, off, on is the monitor for 64 colours.  */
START_TEST(the_switches_are_read_one_by_one)
{
	uint8_t switches = 0;

	plug(VIDEO_EGA);
	for (unsigned i = 0; i < 4; i++) {
		out(0x3c2, (3 - i) << 2 | 1);
		switches |= (in(0x3c2) >> 4 & 1) << i;
	}
	ck_assert_uint_eq(switches, 9);
}
END_TEST

static void line_of(uint16_t at, uint8_t val)
{
	for (unsigned i = 0; i < 40; i++)
		poke(PLANES + at + i, val);
}

/* R. Brown's list, table P0668: 0 while the retrace goes on; no flip-flop.  */
START_TEST(status_0_shows_the_retrace)
{
	plug(VIDEO_EGA);
	graphics_350();
	check_rate(measure(0x3c2, 0x80, 1009), 16257000.0 / 744 / 365, 1 - 13.0 / 365);
}
END_TEST

/* The same, table P0667: red and blue, secondary blue and green, secondary red and green.  */
START_TEST(two_color_lines_are_seen_at_a_time)
{
	static const uint8_t lines[3][2] = { { 0x01, 0x04 }, { 0x02, 0x08 }, { 0x10, 0x20 } };

	plug(VIDEO_EGA);
	graphics_350();
	for (unsigned mux = 0; mux < 3; mux++) {
		attr(0x12, mux << 4 | 15);
		for (unsigned bit = 0; bit < 2; bit++) {
			attr(0x11, lines[mux][bit]);
			ck_assert_uint_eq(in(0x3da) & 0x30, 0x10 << bit);
			attr(0x11, 0x3f & ~lines[mux][bit]);
			ck_assert_uint_eq(in(0x3da) & 0x30, 0x20 >> bit);
		}
	}
}
END_TEST

/* IBM, "Miscellaneous output register", bit 4; "Mode control register", bit 4.  */
START_TEST(the_drivers_can_be_off)
{
	plug(VIDEO_EGA);
	watch(&pixels);
	graphics_350();
	attr(0x11, 0x09);
	line_of(0, 0xff);
	three_pictures();
	ck_assert_uint_eq(screen.frame.palette[screen.pixel[0]], 0xaaaaff);
	out(0x3c2, 0xb7);
	three_pictures();
	ck_assert_uint_eq(screen.frame.palette[screen.pixel[0]], 0);
	ck_assert_uint_eq(screen.frame.palette[screen.frame.border], 0);
	out(0x3c2, 0xa7);
	crtc(0x17, 0xf3);
	three_pictures();
	ck_assert_uint_eq(screen.frame.palette[screen.pixel[0]], 0);
	crtc(0x17, 0xe3);
	three_pictures();
	ck_assert_uint_eq(screen.frame.palette[screen.pixel[0]], 0xaaaaff);
}
END_TEST

START_TEST(each_clock_has_its_rates)
{
	plug(VIDEO_EGA);
	graphics_200();
	check_rate(measure(0x3da, 8, 3001), 14318180.0 / 912 / 261, 3.0 / 261);
	check_rate(measure(0x3da, 1, 1009), 14318180.0 / 912 / 261 * 200,
		   1 - 640.0 / 912 * 200 / 261);
	graphics_350();
	check_rate(measure(0x3da, 8, 1009), 16257000.0 / 744 / 365, 13.0 / 365);
	check_rate(measure(0x3da, 1, 1009), 16257000.0 / 744 / 365 * 350,
		   1 - 640.0 / 744 * 350 / 365);
}
END_TEST

START_TEST(colors_are_64_or_16_by_the_lines)
{
	plug(VIDEO_EGA);
	watch(&pixels);
	graphics_350();
	three_pictures();
	ck_assert_uint_eq(screen.frame.width, 640);
	ck_assert_uint_eq(screen.frame.height, 350);
	ck_assert_uint_eq(screen.frame.palette[0x06], 0xaaaa00);
	ck_assert_uint_eq(screen.frame.palette[0x14], 0xaa5500);
	ck_assert_uint_eq(screen.frame.palette[0x38], 0x555555);
	ck_assert_uint_eq(screen.frame.palette[0x25], 0xff00aa);
	graphics_200();
	three_pictures();
	ck_assert_uint_eq(screen.frame.width, 320);
	ck_assert_uint_eq(screen.frame.height, 200);
	ck_assert_uint_eq(screen.frame.palette[0x06], 0xaa5500);
	ck_assert_uint_eq(screen.frame.palette[0x14], 0xff5555);
	ck_assert_uint_eq(screen.frame.palette[0x38], 0x555555);
	ck_assert_uint_eq(screen.frame.palette[0x20], 0);
}
END_TEST

static uint8_t dot(unsigned x, unsigned y)
{
	return screen.pixel[y * screen.frame.width + x];
}

START_TEST(the_splits_first_line_comes_twice)
{
	plug(VIDEO_EGA);
	watch(&pixels);
	graphics_200();
	seq(2, 1);
	line_of(0, 0xff);			/* lines of the split: dots, none, ... */
	line_of(40, 0x00);
	line_of(80, 0xff);
	crtc(0x0c, 0x40);
	crtc(0x18, 99);				/* bit 8 is in the overflow register */
	crtc(0x07, 0x01);
	three_pictures();
	ck_assert_uint_eq(dot(0, 99), 0);
	ck_assert_uint_eq(dot(0, 100), 1);
	ck_assert_uint_eq(dot(0, 101), 1);
	ck_assert_uint_eq(dot(0, 102), 0);
	ck_assert_uint_eq(dot(0, 103), 1);
	ck_assert_uint_eq(dot(0, 104), 0);
}
END_TEST

/* It has no bit that would hold it still.  */
START_TEST(the_split_is_panned_too)
{
	plug(VIDEO_EGA);
	watch(&pixels);
	graphics_200();
	seq(2, 1);
	poke(PLANES, 0x10);
	poke(PLANES + 0x4000, 0x10);
	crtc(0x0c, 0x40);
	crtc(0x18, 99);
	crtc(0x07, 0x01);
	attr(0x10, 0x21);
	attr(0x13, 2);
	three_pictures();
	ck_assert_uint_eq(dot(1, 0), 1);
	ck_assert_uint_eq(dot(1, 100), 1);
}
END_TEST

static uint8_t plane_byte(unsigned plane, uint16_t offset)
{
	uint8_t memory = video.vga.seq[4], mode = video.vga.gc[5], misc = video.vga.gc[6], val;

	seq(4, 6);
	gc(5, 0);
	gc(6, 4);
	gc(4, plane);
	val = peek(PLANES + offset);
	gc(4, 0);
	gc(6, misc);
	gc(5, mode);
	seq(4, memory);
	return val;
}

/* Graphics controller 6, bit 1, has address bit 0 replaced: by bit 16 in a window of 128
 * KiB, else by the inverse of miscellaneous output's bit 5, which chooses a page.  */
START_TEST(odd_and_even_have_two_pages)
{
	plug(VIDEO_EGA);
	graphics_350();
	out(0x3c2, 0xa7);
	seq(2, 3);
	seq(4, 3);
	gc(5, 0x10);
	gc(6, 0x0e);
	poke(COLOR_AT + 6, 0x11);
	poke(COLOR_AT + 7, 0x22);
	out(0x3c2, 0x87);
	ck_assert_uint_eq(peek(COLOR_AT + 6), 0);
	poke(COLOR_AT + 6, 0x33);
	poke(COLOR_AT + 7, 0x44);
	ck_assert_uint_eq(peek(COLOR_AT + 7), 0x44);
	out(0x3c2, 0xa7);
	ck_assert_uint_eq(peek(COLOR_AT + 6), 0x11);
	ck_assert_uint_eq(peek(COLOR_AT + 7), 0x22);
	ck_assert_uint_eq(plane_byte(0, 7), 0x33);
	ck_assert_uint_eq(plane_byte(1, 7), 0x44);
	gc(6, 0x0c);				/* bit 0 stays */
	poke(COLOR_AT + 6, 0x55);
	poke(COLOR_AT + 7, 0x66);
	ck_assert_uint_eq(peek(COLOR_AT + 7), 0x66);
	ck_assert_uint_eq(plane_byte(0, 6), 0x55);
	ck_assert_uint_eq(plane_byte(1, 6), 0x22);
	ck_assert_uint_eq(plane_byte(1, 7), 0x66);
	gc(6, 0x02);
	out(0x3c2, 0x87);			/* says nothing then */
	poke(0xa0000 + 6, 0x77);
	poke(0xb0000 + 7, 0x88);
	ck_assert_uint_eq(plane_byte(0, 6), 0x77);
	ck_assert_uint_eq(plane_byte(1, 7), 0x88);
}
END_TEST

/* Text of 14 lines, in colour 7; the cursor is at the second character.  */
static void text_350(void)
{
	graphics_350();
	out(0x3c2, 0xa7);
	seq(1, 1);
	seq(2, 3);
	seq(4, 3);
	gc(5, 0x10);
	gc(6, 0x0e);
	attr(0x10, 8);
	crtc(0x09, 13);
	crtc(0x14, 31);
	crtc(0x13, 40);
	crtc(0x17, 0xa3);
	crtc(0x0e, 0);
	crtc(0x0f, 1);
	for (unsigned i = 0; i < 4000; i += 2)
		bus_write(&bus, COLOR_AT + i, 0x0700, 2);
}

/* J. Parsons, "Emulating IBM PC Cursors" (PCjs): the last line is not in it, unless it is
 * the first; one that does not come makes a block, but for multiples of 16.  */
START_TEST(cursors_of_all_shapes)
{
	static const struct { uint8_t first, last; const char *rows; } row[] = {
		{ 11, 13, "00000000000110" }, { 3, 3, "00010000000000" }, { 5, 4, "11110111111111" },
		{ 11, 4, "11110000000111" }, { 11, 0, "00000000000111" }, { 4, 19, "11111111111111" },
		{ 4, 20, "00001000000000" }, { 0, 14, "11111111111111" }, { 14, 3, "00000000000000" },
		{ 0x2b, 13, "00000000000110" },
	};

	for (unsigned i = 0; i < 10; i++) {
		plug(VIDEO_EGA);
		watch(&pixels);
		text_350();
		crtc(0x0a, row[i].first);
		crtc(0x0b, row[i].last);
		three_pictures();
		ck_assert_uint_eq(screen.frame.height, 350);
		for (unsigned y = 0; y < 14; y++)
			ck_assert_msg((screen.pixel[y * screen.frame.width + 8] == 7) == row[i].rows[y] - '0',
				      "%u: %u", i, y);
	}
	plug(VIDEO_EGA);
	watch(&cells);
	text_350();
	crtc(0x0a, 11);
	crtc(0x0b, 13);
	three_pictures();
	ck_assert_int_eq(screen.frame.kind, FRAME_TEXT);
	ck_assert_int_eq(screen.frame.cursor_x, 1);
	ck_assert_uint_eq(screen.frame.cursor_top, 11);
	ck_assert_uint_eq(screen.frame.cursor_bottom, 13);
	crtc(0x0b, 4);
	three_pictures();
	ck_assert_uint_eq(screen.frame.cursor_top, 0);
	ck_assert_uint_eq(screen.frame.cursor_bottom, 14);
}
END_TEST

START_TEST(memory_works_as_the_vgas)
{
	plug(VIDEO_EGA);
	watch(&pixels);
	graphics_200();
	gc(5, 2);
	gc(8, 0x18);
	peek(PLANES + 41);
	poke(PLANES + 41, 0x0c);
	gc(5, 1);
	peek(PLANES + 41);
	poke(PLANES + 83, 0);
	three_pictures();
	ck_assert_uint_eq(dot(11, 1), 0x0c);
	ck_assert_uint_eq(dot(12, 1), 0x0c);
	ck_assert_uint_eq(dot(13, 1), 0);
	ck_assert_uint_eq(dot(8 * 3 + 3, 2), 0x0c);
}
END_TEST

int main(void)
{
	return suite_run_each("dev/ega", setup, teardown, (const TTest *[]){
		few_registers_can_be_read, what_only_a_vga_has_is_not_there,
		the_switches_are_read_one_by_one, status_0_shows_the_retrace,
		two_color_lines_are_seen_at_a_time, the_drivers_can_be_off, each_clock_has_its_rates,
		colors_are_64_or_16_by_the_lines, the_splits_first_line_comes_twice,
		the_split_is_panned_too, memory_works_as_the_vgas,
		odd_and_even_have_two_pages, cursors_of_all_shapes,
		NULL });
}
