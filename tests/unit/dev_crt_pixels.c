/* dev_crt_pixels.c - what the older cards show, dot by dot.  */

#include "crt_rig.h"

static void check_size(enum frame_kind kind, unsigned width, unsigned height)
{
	ck_assert_int_eq(screen.frame.kind, kind);
	ck_assert_msg(screen.frame.width == width && screen.frame.height == height, "%ux%u",
		      screen.frame.width, screen.frame.height);
}

static uint8_t dot(unsigned x, unsigned y)
{
	return screen.pixel[y * screen.frame.width + x];
}

static void check_dots(unsigned x, unsigned y, const char *dots)
{
	for (; *dots; dots++, x++)
		ck_assert_msg(dot(x, y) == (unsigned)(*dots <= '9' ? *dots - '0' : *dots - 'a' + 10),
			      "%u,%u: %u, not %c", x, y, dot(x, y), *dots);
}

static void color_mode(const uint8_t reg[16], uint8_t mode, uint8_t color)
{
	set_mode(0x3d4, reg, mode);
	out(0x3d9, color);
	memset(bus.ram + COLOR_AT, 0, 0x4000);
}

START_TEST(text_of_80_columns)
{
	plug(VIDEO_CGA);
	watch(&pixels);
	color_mode(rig_80, 0x29, 0x03);
	set(0x3d4, 10, 0x20);
	bus_write(&bus, COLOR_AT + 160 * 2 + 6, 0x1ea5, 2);
	three_pictures();
	check_size(FRAME_PIXELS, 640, 200);
	check_dots(23, 16, "0e1e11e1e0");
	check_dots(23, 23, "0e1e11e1e0");
	check_dots(23, 24, "0000000000");
	ck_assert_uint_eq(screen.frame.border, 3);
	ck_assert_uint_eq(screen.frame.palette[6], 0xaa5500);
}
END_TEST

START_TEST(text_of_40_columns_and_the_cursor)
{
	plug(VIDEO_CGA);
	watch(&pixels);
	color_mode(rig_40, 0x08, 0);
	set(0x3d4, 14, 0);
	set(0x3d4, 15, 41);
	bus_write(&bus, COLOR_AT + 82, 0xf400, 2);	/* no blinking: bright ground */
	three_pictures();
	check_size(FRAME_PIXELS, 320, 200);
	check_dots(7, 8, "0ffffffff0");
	check_dots(7, 14, "0444444440");
	pass(&sched, VTIME_SECOND * 8 / 60);
	check_dots(7, 14, "0ffffffff0");
}
END_TEST

struct cursor { uint8_t first, last; const char *rows; };

/* The first column of a cell's rows on a CGA whose 6845 has this in register 8.  */
static void check_cursor(const struct cursor *c, uint8_t interlace)
{
	plug(VIDEO_CGA);
	watch(&pixels);
	color_mode(rig_80, 0x29, 0);
	set(0x3d4, 8, interlace);
	set(0x3d4, 10, c->first);
	set(0x3d4, 11, c->last);
	set(0x3d4, 14, 0);
	set(0x3d4, 15, 1);
	bus_write(&bus, COLOR_AT + 2, 0x0100, 2);
	pass(&sched, VTIME_SECOND * 20 / 60);	/* it blinks */
	for (unsigned y = 0; y < 8; y++)
		ck_assert_msg(dot(8, y) == c->rows[y] - '0', "%u to %u: %u", c->first, c->last, y);
}

/* J. Parsons, "Emulating IBM PC Cursors" (PCjs), of an MDA and a CGA: a last line that does
 * not come makes a block; one above the first leaves a gap.  */
START_TEST(cursors_of_all_shapes)
{
	static const struct cursor row[] = {
		{ 6, 7, "00000011" }, { 3, 3, "00010000" }, { 6, 2, "11100011" }, { 5, 4, "11111111" },
		{ 6, 8, "11111111" }, { 2, 31, "11111111" }, { 8, 2, "00000000" }, { 0x26, 7, "00000000" },
	};

	for (unsigned i = 0; i < 8; i++)
		check_cursor(&row[i], 0);
}
END_TEST

START_TEST(characters_blink)
{
	unsigned on = 0, off = 0;

	plug(VIDEO_CGA);
	watch(&pixels);
	color_mode(rig_80, 0x29, 0);
	set(0x3d4, 10, 0x20);
	bus_write(&bus, COLOR_AT, 0x97ff, 2);
	for (unsigned i = 0; i < 64; i++) {
		three_pictures();
		on += dot(0, 0) == 7;
		off += dot(0, 0) == 1;
	}
	ck_assert_uint_ge(on, 20);
	ck_assert_uint_ge(off, 20);
	ck_assert_uint_eq(on + off, 64);
}
END_TEST

/* IBM's schematics have the cursor's place keep a character from being dark, in whichever
 * of its phases the cursor is.  */
START_TEST(a_character_does_not_blink_in_the_cursor)
{
	static const enum video_kind kinds[] = { VIDEO_CGA, VIDEO_MDA };

	for (unsigned k = 0; k < 2; k++) {
		uint16_t crtc = k ? 0x3b4 : 0x3d4;
		unsigned dark = 0, seen = 0, below = k ? 12 : 7;

		plug(kinds[k]);
		watch(&pixels);
		set_mode(crtc, k ? rig_mono : rig_80, 0x29);
		set(crtc, 10, 2);
		set(crtc, 11, 4);
		set(crtc, 15, 0);
		bus_write(&bus, k ? MONO_AT : COLOR_AT, 0x8755, 2);
		for (unsigned i = 0; i < 64; i++) {
			three_pictures();
			dark += !dot(1, below);
			seen += dot(1, 3) && dot(1, 4);
		}
		ck_assert_uint_ge(dark, 20);
		ck_assert_uint_le(dark, 44);
		ck_assert_uint_eq(seen, 64);
	}
}
END_TEST

START_TEST(four_colors_in_all_palettes)
{
	static const struct { uint8_t mode, color; const char *dots; } row[] = {
		{ 0x0a, 0x00, "0246" }, { 0x0a, 0x20, "0357" }, { 0x0a, 0x11, "1ace" },
		{ 0x0a, 0x3f, "fbdf" }, { 0x0e, 0x00, "0347" }, { 0x0e, 0x30, "0bcf" },
	};

	plug(VIDEO_CGA);
	watch(&pixels);
	for (unsigned i = 0; i < 6; i++) {
		color_mode(rig_dots, row[i].mode, row[i].color);
		poke(COLOR_AT, 0x1b);
		poke(COLOR_AT + 0x2000 + 99 * 80 + 79, 0x1b);
		three_pictures();
		check_size(FRAME_PIXELS, 320, 200);
		check_dots(0, 0, row[i].dots);
		check_dots(316, 199, row[i].dots);
	}
}
END_TEST

START_TEST(two_colors_of_which_one_can_be_chosen)
{
	plug(VIDEO_CGA);
	watch(&pixels);
	color_mode(rig_dots, 0x1e, 0x0d);
	poke(COLOR_AT + 1, 0xa1);
	three_pictures();
	check_size(FRAME_PIXELS, 640, 200);
	check_dots(7, 0, "0d0d0000d0");
	ck_assert_uint_eq(screen.frame.border, 0);
}
END_TEST

static unsigned level(uint32_t rgb, unsigned shift)
{
	return rgb >> shift & 0xff;
}

/* A dot in four: blue, orange's inverse; its neighbour's is red.  All are as bright.  */
START_TEST(a_television_makes_colors_of_dots)
{
	uint32_t rgb;

	plug(VIDEO_CGA);
	watch(&pixels);
	color_mode(rig_dots, 0x1a, 0x0f);
	memset(bus.ram + COLOR_AT, 0x22, 0x4000);
	three_pictures();
	check_size(FRAME_RGB, 640, 200);
	rgb = screen.rgb[320];
	ck_assert(level(rgb, 0) > 200 && level(rgb, 16) < 100 && level(rgb, 8) < 100);
	memset(bus.ram + COLOR_AT, 0x44, 0x4000);
	out(0x3d9, 0x0e), out(0x3d9, 0x0f);
	three_pictures();
	rgb = screen.rgb[320];
	ck_assert(level(rgb, 16) > 150 && level(rgb, 8) < 60 && level(rgb, 0) < 100);
	memset(bus.ram + COLOR_AT, 0xff, 0x4000);
	out(0x3d9, 0x0e), out(0x3d9, 0x0f);
	three_pictures();
	ck_assert_uint_eq(screen.rgb[320], 0xffffff);
	out(0x3d8, 0x1e);
	three_pictures();
	check_size(FRAME_PIXELS, 640, 200);
}
END_TEST

START_TEST(the_monitor_can_be_chosen)
{
	plug_monitor(VIDEO_CGA, CRT_RGB);
	watch(&pixels);
	color_mode(rig_dots, 0x1a, 0x0f);
	three_pictures();
	check_size(FRAME_PIXELS, 640, 200);
	plug_monitor(VIDEO_CGA, CRT_COMPOSITE);
	watch(&pixels);
	color_mode(rig_dots, 0x0e, 0x00);
	memset(bus.ram + COLOR_AT, 0x55, 0x4000);	/* no burst: grey */
	three_pictures();
	check_size(FRAME_RGB, 640, 200);
	ck_assert_uint_eq(level(screen.rgb[320], 0), level(screen.rgb[320], 16));
	ck_assert_uint_gt(level(screen.rgb[320], 0), 50);
}
END_TEST

START_TEST(rows_may_be_two_lines_high)
{
	plug(VIDEO_CGA);
	watch(&pixels);
	color_mode(rig_80, 0x09, 0);
	set(0x3d4, 4, 0x7f);
	set(0x3d4, 6, 0x64);
	set(0x3d4, 7, 0x70);
	set(0x3d4, 9, 1);
	set(0x3d4, 10, 0x20);
	for (unsigned i = 0; i < 8000; i++)
		bus_write(&bus, COLOR_AT + 2 * i, (i & 0xff) << 8 | 0xf0, 2);
	three_pictures();
	check_size(FRAME_PIXELS, 640, 200);
	check_dots(8 * 0x1e, 0, "eeee1111");		/* a cell is two of 160 */
	check_dots(8 * 0x1e, 1, "eeee1111");
	check_dots(0, 2, "00005555");			/* 80: 50h */
}
END_TEST

/* Colours of the border's register change in the middle of each picture.  */
START_TEST(a_change_in_the_middle_shows)
{
	plug(VIDEO_CGA);
	watch(&pixels);
	color_mode(rig_dots, 0x0a, 0x01);
	for (unsigned i = 0; i < 4; i++) {
		while (!(in(0x3da) & 8))
			pass(&sched, 5000);
		while (in(0x3da) & 8)
			pass(&sched, 5000);
		out(0x3d9, 0x01);
		while (in(0x3da) & 1)
			pass(&sched, 1000);
		pass(&sched, 100 * 63696);
		out(0x3d9, 0x02);
	}
	while (!(in(0x3da) & 8))
		pass(&sched, 5000);
	pass(&sched, 1000);
	check_size(FRAME_PIXELS, 320, 200);
	check_dots(0, 98, "1");
	check_dots(0, 102, "2");
}
END_TEST

/* The start address is taken with row 0; and the memory wraps.  */
START_TEST(the_picture_can_be_moved)
{
	plug(VIDEO_CGA);
	watch(&pixels);
	color_mode(rig_80, 0x29, 0);
	set(0x3d4, 10, 0x20);
	bus_write(&bus, COLOR_AT + 160, 0x04ff, 2);
	bus_write(&bus, COLOR_AT + 0, 0x02ff, 2);
	set(0x3d4, 13, 80);
	three_pictures();
	check_dots(0, 0, "44444444");
	set(0x3d4, 12, 0x1f);
	set(0x3d4, 13, 0xff);
	three_pictures();
	check_dots(8, 0, "22222222");
}
END_TEST

static void wait_for_shown(bool is)
{
	while (!(in(0x3da) & 1) != is)
		pass(&sched, 500);
}

/* Two frames of the 6845 make one of the monitor's, for only the second has a sync: so
 * its start address is taken twice in one picture.  */
START_TEST(a_frame_can_be_split_in_two)
{
	plug(VIDEO_CGA);
	watch(&pixels);
	color_mode(rig_dots, 0x0a, 0x00);
	poke(COLOR_AT, 0x40);
	poke(COLOR_AT + 80 * 20, 0x80);
	poke(COLOR_AT + 80 * 20 + 80, 0xc0);
	for (unsigned i = 0; i < 6; i++) {
		while (!(in(0x3da) & 8))
			pass(&sched, 5000);
		wait_for_shown(true);
		set(0x3d4, 4, 49);		/* 50 rows of two lines, all shown, no sync; */
		set(0x3d4, 5, 0);
		set(0x3d4, 6, 0x7f);
		set(0x3d4, 7, 0x7f);
		set(0x3d4, 12, 800 >> 8);	/* then from row 20 */
		set(0x3d4, 13, 800 & 0xff);
		pass(&sched, 120 * 63696);
		set(0x3d4, 4, 77);		/* 78 rows, of which 50, and six lines */
		set(0x3d4, 5, 6);
		set(0x3d4, 6, 50);
		set(0x3d4, 7, 62);
		set(0x3d4, 12, 0);
		set(0x3d4, 13, 0);
	}
	while (!(in(0x3da) & 8))
		pass(&sched, 5000);
	pass(&sched, 1000);
	check_size(FRAME_PIXELS, 320, 200);
	check_dots(0, 0, "2000");
	check_dots(0, 40, "4000");
	check_dots(0, 100, "4000");
	check_dots(0, 102, "6000");
	check_rate(measure(0x3da, 8, 3001), 14318180.0 / 912 / 162, 16.0 / 162);
}
END_TEST

/* Of a character whose rows differ, with the font that is there.  */
static void striped_font(void)
{
	for (unsigned row = 0; row < 8; row++)
		font8[0xa5 * 8 + row] = 1 << row;
	video_set_rom_font(&video, 8, font8);
}

/* Only R8 is changed: a row of the vertical counter becomes two of characters.  */
START_TEST(interlaced_video_has_twice_the_rows)
{
	plug(VIDEO_CGA);
	striped_font();
	watch(&pixels);
	color_mode(rig_80, 0x29, 0x03);
	set(0x3d4, 10, 0x20);
	set(0x3d4, 8, 3);
	for (unsigned y = 0; y < 50; y++)
		bus_write(&bus, COLOR_AT + 160 * y, 0x0ea5, 2);
	three_pictures();
	check_size(FRAME_PIXELS, 640, 400);
	for (unsigned y = 0; y < 400; y++)
		for (unsigned x = 0; x < 8; x++)
			ck_assert_uint_eq(dot(x, y), 7 - x == y % 8 ? 14 : 0);
	ck_assert_uint_le(screen.frame.rate_mhz, 59820);
	ck_assert_uint_ge(screen.frame.rate_mhz, 59800);
}
END_TEST

START_TEST(interlaced_sync_shows_lines_twice)
{
	plug(VIDEO_CGA);
	striped_font();
	watch(&pixels);
	color_mode(rig_80, 0x29, 0x03);
	set(0x3d4, 10, 0x20);
	set(0x3d4, 8, 1);
	bus_write(&bus, COLOR_AT + 160 * 24, 0x0ea5, 2);
	three_pictures();
	check_size(FRAME_PIXELS, 640, 400);
	for (unsigned y = 384; y < 400; y++)
		for (unsigned x = 0; x < 8; x++)
			ck_assert_uint_eq(dot(x, y), 7 - x == y / 2 % 8 ? 14 : 0);
}
END_TEST

/* A field shows what was in the memory when the beam was there.  */
START_TEST(each_field_shows_a_later_moment)
{
	plug(VIDEO_CGA);
	watch(&pixels);
	color_mode(rig_dots, 0x1e, 0x0d);
	set(0x3d4, 8, 3);
	three_pictures();
	check_size(FRAME_PIXELS, 640, 400);
	pass(&sched, VTIME_SECOND / 20);
	for (unsigned i = 0; i < 2; i++) {
		unsigned before = shown, odd = 2;

		memset(bus.ram + COLOR_AT, i ? 0 : 0xff, 0x4000);
		poke(COLOR_AT, i ? 0 : 0xff);
		while (shown == before)
			pass(&sched, 100000);
		for (unsigned y = 0; y < 2; y++)
			if ((dot(0, y) != 0) == !i)
				odd = y;
		ck_assert_uint_ne(odd, 2);
		ck_assert_uint_eq(dot(0, odd ^ 1) != 0, i);
		ck_assert_uint_eq(dot(639, 398 + odd) != 0, !i);
		ck_assert_uint_eq(dot(639, 398 + (odd ^ 1)) != 0, i);
		pass(&sched, VTIME_SECOND / 40);
		ck_assert_uint_eq(shown, before + 2);
		ck_assert_uint_eq(dot(0, odd ^ 1) != 0, !i);
		pass(&sched, VTIME_SECOND / 10);
		ck_assert_uint_eq(shown, before + 2);
	}
}
END_TEST

/* Data sheet, "Interlace mode register": first and last line are both even or both odd,
 * for the field in which the cursor is; a last line below the row makes a block.  So does one
 * that is never met.  */
START_TEST(the_cursor_of_interlaced_video_is_in_a_field)
{
	static const struct cursor row[] = {
		{ 2, 6, "00101010" }, { 3, 5, "00010100" }, { 6, 2, "11110111" }, { 0, 8, "11111111" },
		{ 6, 7, "10101010" }, { 9, 10, "00000000" },
	};

	for (unsigned i = 0; i < 6; i++)
		check_cursor(&row[i], 3);
}
END_TEST

START_TEST(interlaced_text_comes_as_cells)
{
	unsigned columns, rows;

	plug(VIDEO_CGA);
	watch(&cells);
	color_mode(rig_80, 0x29, 0);
	set(0x3d4, 8, 3);
	bus_write(&bus, COLOR_AT + 160 * 49 + 158, 0x1e41, 2);
	three_pictures();
	check_size(FRAME_TEXT, 80, 50);
	ck_assert_uint_eq(screen.cell[49 * 80 + 79].ch, 'A');
	ck_assert(video_text_size(&video, &columns, &rows));
	ck_assert_uint_eq(rows, 50);
	ck_assert_uint_eq(video_text_cell(&video, 79, 49), 0x1e41);
	set(0x3d4, 8, 1);
	three_pictures();
	check_size(FRAME_TEXT, 80, 25);
}
END_TEST

START_TEST(an_interlaced_picture_can_be_had_at_once)
{
	plug(VIDEO_CGA);
	striped_font();
	watch(&pixels);
	color_mode(rig_80, 0x29, 0x03);
	set(0x3d4, 10, 0x20);
	set(0x3d4, 8, 3);
	three_pictures();
	bus_write(&bus, COLOR_AT + 160 * 49, 0x0ea5, 2);
	video_show(&video);
	check_size(FRAME_PIXELS, 640, 400);
	for (unsigned y = 392; y < 400; y++)
		for (unsigned x = 0; x < 8; x++)
			ck_assert_uint_eq(dot(x, y), 7 - x == y % 8 ? 14 : 0);
}
END_TEST

START_TEST(a_screen_that_is_off_is_border)
{
	plug(VIDEO_CGA);
	watch(&pixels);
	color_mode(rig_80, 0x21, 0x04);
	memset(bus.ram + COLOR_AT, 0xff, 0x4000);
	three_pictures();
	check_size(FRAME_PIXELS, 640, 200);
	check_dots(0, 0, "4444");
	check_dots(636, 199, "4444");
}
END_TEST

START_TEST(monochrome_attributes)
{
	static const struct { uint8_t attr; char fg, bg; } row[] = {
		{ 0x07, '2', '0' }, { 0x0f, '3', '0' }, { 0x00, '0', '0' }, { 0x08, '0', '0' },
		{ 0x70, '0', '2' }, { 0x78, '1', '2' }, { 0x12, '2', '0' }, { 0x77, '2', '0' },
		{ 0xf0, '0', '3' }, { 0x80, '0', '0' },
	};

	plug(VIDEO_MDA);
	watch(&pixels);
	set_mode(0x3b4, rig_mono, 0x09);
	set(0x3b4, 10, 0x20);
	for (unsigned i = 0; i < 10; i++)
		bus_write(&bus, MONO_AT + 2 * i, row[i].attr << 8 | 0x80, 2);
	bus_write(&bus, MONO_AT + 160, 0x0101, 2);	/* underlined; the ninth dot is empty */
	bus_write(&bus, MONO_AT + 162, 0x07c1, 2);	/* ... but here */
	three_pictures();
	check_size(FRAME_PIXELS, 720, 350);
	for (unsigned i = 0; i < 10; i++) {
		ck_assert_msg(dot(9 * i, 0) == row[i].fg - '0', "%x", row[i].attr);
		ck_assert_msg(dot(9 * i + 1, 0) == row[i].bg - '0', "%x", row[i].attr);
	}
	check_dots(0, 14, "000000020220000022");
	check_dots(0, 14 + 12, "22222222222");
	check_dots(0, 14 + 13, "000000020220");
}
END_TEST

START_TEST(hercules_graphics_has_four_banks_and_two_pages)
{
	plug(VIDEO_HERCULES);
	watch(&pixels);
	out(0x3bf, 3);
	set_mode(0x3b4, rig_hercules, 0x0a);
	memset(bus.ram + MONO_AT, 0, 0x10000);
	poke(MONO_AT, 0xa0);
	poke(MONO_AT + 0x2000, 0xc0);
	poke(MONO_AT + 0x4000, 0xe0);
	poke(MONO_AT + 0x6000 + 86 * 90 + 89, 0x03);
	poke(COLOR_AT + 90, 0x80);
	three_pictures();
	check_size(FRAME_PIXELS, 720, 348);
	check_dots(0, 0, "2020");
	check_dots(0, 1, "2200");
	check_dots(0, 2, "2220");
	check_dots(716, 347, "0022");
	out(0x3b8, 0x8a);
	three_pictures();
	check_dots(0, 4, "2000");
	check_dots(0, 0, "0000");
	out(0x3bf, 1);				/* nor is the page chosen without its switch */
	three_pictures();
	check_dots(0, 0, "2020");
	out(0x3bf, 0);				/* no graphics allowed: text again */
	three_pictures();
	ck_assert_uint_ne(screen.frame.width, 720);
}
END_TEST

static const uint8_t rig_wide[16] = { 0x71, 0x50, 0x56, 0x0c, 0x3f, 6, 0x32, 0x38, 2, 3, 6, 7 };

/* Registers 3 of Tandy's array, 0 and 3 of the PCjr's.  The palette is turned round.  */
static void array_mode(enum video_kind kind, const uint8_t reg[16], uint8_t mode, uint8_t second,
		       uint8_t page)
{
	plug(kind);
	watch(&pixels);
	set_mode(0x3d4, reg, mode);
	out(0x3df, page);
	for (unsigned i = 0; i < 0x20; i++) {
		uint8_t val = i == 0 ? mode : i == 1 ? 15 : i == 2 ? 9 : i == 3 ? second : 31 - i;

		in(0x3da);
		out(0x3da, i);
		out(kind == VIDEO_PCJR ? 0x3da : 0x3de, i >= 4 && i < 16 ? 0 : val);
	}
	for (unsigned i = 0; i < 0x8000; i++)
		poke(COLOR_AT + i, 0);
}

START_TEST(sixteen_colors_of_320_dots)
{
	for (unsigned i = 0; i < 2; i++) {
		if (i == 0)
			array_mode(VIDEO_TANDY, rig_wide, 0x0b, 0x14, 0xf6);
		else
			array_mode(VIDEO_PCJR, rig_wide, 0x1b, 0x00, 0xf6);
		poke(COLOR_AT, 0x1b);
		poke(COLOR_AT + 0x2000, 0x0f);
		poke(COLOR_AT + 0x6000 + 160 * 49 + 159, 0x2e);
		three_pictures();
		check_size(FRAME_PIXELS, 320, 200);
		check_dots(0, 0, "e4ff");
		check_dots(0, 1, "f0ff");
		check_dots(316, 199, "ffd1");
		ck_assert_uint_eq(screen.frame.border, 9);
	}
}
END_TEST

/* IBM PCjr Technical Reference, "Mode control 2": in graphics the blink rate stands for the
 * palette address's highest bit.  Palette register n has the color 15 - n.  */
START_TEST(half_of_a_pcjrs_palette_blinks)
{
	unsigned low = 0, high = 0;

	array_mode(VIDEO_PCJR, rig_wide, 0x1b, 0x02, 0xf6);
	poke(COLOR_AT, 0x3c);
	for (unsigned i = 0; i < 64; i++) {
		three_pictures();
		low += dot(0, 0) == 15 - 3 && dot(1, 0) == 15 - 4;
		high += dot(0, 0) == 15 - 11 && dot(1, 0) == 15 - 12;
	}
	ck_assert_uint_ge(low, 20);
	ck_assert_uint_ge(high, 20);
	ck_assert_uint_eq(low + high, 64);
}
END_TEST

START_TEST(sixteen_colors_of_160_dots)
{
	array_mode(VIDEO_TANDY, rig_dots, 0x0a, 0x14, 0x7f);
	poke(COLOR_AT + 0x2000 + 80, 0x3c);
	three_pictures();
	check_size(FRAME_PIXELS, 160, 200);
	check_dots(0, 3, "c3ff");
	array_mode(VIDEO_PCJR, rig_dots, 0x1a, 0x00, 0x7f);
	poke(COLOR_AT + 0x2000 + 80, 0x3c);
	three_pictures();
	check_size(FRAME_PIXELS, 160, 200);
	check_dots(0, 3, "c3ff");
}
END_TEST

START_TEST(four_colors_of_640_dots)
{
	array_mode(VIDEO_TANDY, rig_wide, 0x3b, 0x0c, 0xf6);
	poke(COLOR_AT + 2, 0x0f);
	poke(COLOR_AT + 3, 0x33);
	three_pictures();
	check_size(FRAME_PIXELS, 640, 200);
	check_dots(8, 0, "ffddeecc");
	array_mode(VIDEO_PCJR, rig_wide, 0x0b, 0x00, 0xf6);
	poke(COLOR_AT + 2, 0x0f);
	poke(COLOR_AT + 3, 0x33);
	three_pictures();
	check_size(FRAME_PIXELS, 640, 200);
	check_dots(8, 0, "ffddeecc");
}
END_TEST

/* A CGA's modes go by the palette registers too: Tandy's have the CGA's colours, the
 * PCjr's are the first four.  */
START_TEST(a_cgas_modes_have_a_palette)
{
	array_mode(VIDEO_TANDY, rig_dots, 0x0a, 0x00, 0x7f);
	out(0x3d9, 0x20);
	poke(COLOR_AT, 0x1b);
	three_pictures();
	check_size(FRAME_PIXELS, 320, 200);
	check_dots(0, 0, "fca8");
	array_mode(VIDEO_PCJR, rig_dots, 0x0a, 0x00, 0x7f);
	poke(COLOR_AT, 0x1b);
	three_pictures();
	check_dots(0, 0, "fedc");
	array_mode(VIDEO_PCJR, rig_dots, 0x0e, 0x08, 0x7f);
	poke(COLOR_AT, 0xa0);
	three_pictures();
	check_size(FRAME_PIXELS, 640, 200);
	check_dots(0, 0, "efef");
}
END_TEST

/* What is written to one page while another is shown.  */
START_TEST(pages_of_memory_can_be_chosen)
{
	array_mode(VIDEO_TANDY, rig_dots, 0x0a, 0x14, 0x47 | 2 << 3);
	poke(COLOR_AT, 0x11);
	poke(COLOR_AT + 0x4001, 0x22);		/* 16 KiB come twice */
	ck_assert_uint_eq(peek(COLOR_AT + 1), 0x22);
	three_pictures();
	check_dots(0, 0, "ffff");
	out(0x3df, 0x42 | 2 << 3);
	three_pictures();
	check_dots(0, 0, "eedd");
	out(0x3df, 0x42 | 3 << 3);
	ck_assert_uint_eq(peek(COLOR_AT), 0);
	array_mode(VIDEO_PCJR, rig_dots, 0x1a, 0x00, 0x7f);
	poke(COLOR_AT, 0x11);
	ck_assert_uint_eq(peek(0x1c000), 0x11);
	bus.ram[0x14000] = 0x33;
	out(0x3df, 0x45 | 5 << 3);
	ck_assert_uint_eq(peek(COLOR_AT), 0x33);
	three_pictures();
	check_dots(0, 0, "cc");
	poke(0x14000, 0x44);			/* not by the card's window */
	three_pictures();
	check_dots(0, 0, "bb");
}
END_TEST

START_TEST(text_comes_as_cells)
{
	unsigned columns, rows;

	plug(VIDEO_CGA);
	watch(&cells);
	color_mode(rig_80, 0x29, 0);
	set(0x3d4, 14, 0x00);
	set(0x3d4, 15, 85);
	bus_write(&bus, COLOR_AT + 162, 0x9e41, 2);
	three_pictures();
	check_size(FRAME_TEXT, 80, 25);
	ck_assert_uint_eq(screen.cell[81].ch, 'A');
	ck_assert_uint_eq(screen.cell[81].fg, 14);
	ck_assert_uint_eq(screen.cell[81].bg, 1);
	ck_assert(screen.cell[81].blink);
	ck_assert_int_eq(screen.frame.cursor_x, 5);
	ck_assert_int_eq(screen.frame.cursor_y, 1);
	ck_assert_uint_eq(screen.frame.cell_height, 8);
	ck_assert(video_text_size(&video, &columns, &rows));
	ck_assert_uint_eq(columns, 80);
	ck_assert_uint_eq(rows, 25);
	ck_assert_uint_eq(video_text_cell(&video, 1, 1), 0x9e41);
	ck_assert_uint_eq(video_text_cell(&video, 80, 1), 0);
	out(0x3d8, 0x0a);
	ck_assert(!video_text_size(&video, &columns, &rows));
	three_pictures();
	ck_assert_int_eq(screen.frame.kind, FRAME_PIXELS);
}
END_TEST

/* Asked for in the middle of a frame, and for the first time.  */
START_TEST(a_picture_can_be_had_at_once)
{
	plug(VIDEO_CGA);
	color_mode(rig_dots, 0x0a, 0x00);
	pass(&sched, 7777777);
	poke(COLOR_AT + 80, 0xff);
	ck_assert_int_ge(screen_attach(&screen, &pixels, NULL), 0);
	video_show(&video);
	check_size(FRAME_PIXELS, 320, 200);
	check_dots(0, 2, "6666");
	ck_assert_uint_eq(shown, 1);
}
END_TEST

/* The same dots as the picture has, by another way.  */
static void check_memory_dots(unsigned width, unsigned height, bool pairs)
{
	struct video_dots d;

	ck_assert(video_dots(&video, &d));
	ck_assert_uint_eq(d.width, width);
	ck_assert_uint_eq(d.height, height);
	ck_assert_int_eq(d.pairs, pairs);
	three_pictures();
	for (unsigned n = 0; n < 100; n++) {
		unsigned x = (n * 37 + 5) % width, y = (n * 53 + 1) % height;

		ck_assert_uint_eq(video_get_dot(&video, d.start, x, y), 0);
		ck_assert_uint_eq(dot(x, y), 0);
		video_put_dot(&video, d.start, x, y, d.white);
		ck_assert_uint_eq(video_get_dot(&video, d.start, x, y), d.white);
		ck_assert_uint_eq(video_get_dot(&video, d.start, x ^ 1, y), 0);
		three_pictures();
		ck_assert_uint_ne(dot(x, y), 0);
		video_put_dot(&video, d.start, x, y, 0);
		three_pictures();
		ck_assert_uint_eq(dot(x, y), 0);
	}
}

START_TEST(dots_can_be_reached_from_behind)
{
	plug(VIDEO_CGA);
	watch(&pixels);
	color_mode(rig_dots, 0x0a, 0);
	check_memory_dots(320, 200, true);
	color_mode(rig_dots, 0x1e, 7);
	set(0x3d4, 13, 80);
	check_memory_dots(640, 200, false);
	color_mode(rig_80, 0x29, 0);
	ck_assert(!video_dots(&video, &(struct video_dots){ 0 }));
	plug(VIDEO_HERCULES);
	watch(&pixels);
	out(0x3bf, 3);
	set_mode(0x3b4, rig_hercules, 0x8a);
	memset(bus.ram + MONO_AT, 0, 0x10000);
	check_memory_dots(720, 348, false);
}
END_TEST

static void check_dot(unsigned x, unsigned y, uint32_t val, uint32_t other)
{
	struct video_dots d;

	ck_assert(video_dots(&video, &d));
	ck_assert_uint_eq(video_get_dot(&video, d.start, x, y), val);
	video_put_dot(&video, d.start, x, y, other);
	ck_assert_uint_eq(video_get_dot(&video, d.start, x, y), other);
}

START_TEST(dots_of_more_colors_can_be_reached_too)
{
	array_mode(VIDEO_TANDY, rig_wide, 0x0b, 0x14, 0xf6);
	poke(COLOR_AT + 0x6000 + 160 * 49 + 159, 0x2e);
	check_dot(318, 199, 2, 9);
	check_dot(319, 199, 14, 5);
	ck_assert_uint_eq(peek(COLOR_AT + 0x6000 + 160 * 49 + 159), 0x95);
	array_mode(VIDEO_TANDY, rig_dots, 0x0a, 0x14, 0x7f);
	poke(COLOR_AT + 0x2000 + 80, 0x3c);
	check_dot(1, 3, 12, 1);
	ck_assert_uint_eq(peek(COLOR_AT + 0x2000 + 80), 0x31);
	array_mode(VIDEO_TANDY, rig_wide, 0x3b, 0x0c, 0xf6);
	poke(COLOR_AT + 2, 0x0f);
	poke(COLOR_AT + 3, 0x33);
	check_dot(8 + 1, 0, 0, 2);
	check_dot(8 + 2, 0, 2, 1);
	check_dot(8 + 7, 0, 3, 0);
	ck_assert_uint_eq(peek(COLOR_AT + 2), 0x2e);
	ck_assert_uint_eq(peek(COLOR_AT + 3), 0x52);
}
END_TEST

START_TEST(who_has_written_is_known)
{
	plug(VIDEO_CGA);
	set_mode(0x3d4, rig_80, 0x29);
	video_used(&video);
	ck_assert(!video_used(&video));
	video_bios_writes(&video, true);
	poke(COLOR_AT, 1);
	video_bios_writes(&video, false);
	ck_assert(!video_used(&video));
	poke(COLOR_AT + 0x4000, 1);
	ck_assert(video_used(&video));
	ck_assert(!video_used(&video));
}
END_TEST

int main(void)
{
	return suite_run_each("dev/crt_pixels", setup, teardown, (const TTest *[]){
		text_of_80_columns, text_of_40_columns_and_the_cursor, cursors_of_all_shapes, characters_blink,
		a_character_does_not_blink_in_the_cursor,
		four_colors_in_all_palettes, two_colors_of_which_one_can_be_chosen,
		a_television_makes_colors_of_dots, the_monitor_can_be_chosen,
		rows_may_be_two_lines_high, a_change_in_the_middle_shows,
		the_picture_can_be_moved, a_frame_can_be_split_in_two, interlaced_video_has_twice_the_rows,
		interlaced_sync_shows_lines_twice,
		each_field_shows_a_later_moment,
		the_cursor_of_interlaced_video_is_in_a_field,
		interlaced_text_comes_as_cells,
		an_interlaced_picture_can_be_had_at_once,
		a_screen_that_is_off_is_border,
		monochrome_attributes, hercules_graphics_has_four_banks_and_two_pages,
		sixteen_colors_of_320_dots, half_of_a_pcjrs_palette_blinks,
		sixteen_colors_of_160_dots, four_colors_of_640_dots,
		a_cgas_modes_have_a_palette, pages_of_memory_can_be_chosen,
		text_comes_as_cells, dots_can_be_reached_from_behind,
		dots_of_more_colors_can_be_reached_too, a_picture_can_be_had_at_once,
		who_has_written_is_known,
		NULL });
}
