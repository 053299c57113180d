/* bios_modes.c - what INT 10h makes of the card in each mode, seen by one who
 * watches.  */

#include "bios_screen.h"

/* IBM Personal System/2 Hardware Interface Technical Reference, "Video modes".
 * Window: where its memory is; all of it that the mode has can be written.  */
static const struct {
	uint8_t mode;
	enum frame_kind kind;
	unsigned width, height, rate_hz;
	uint32_t window;
	uint8_t color;				/* the DAC index of colour 1 */
} mode[] = {
	{ 0x00, FRAME_TEXT, 40, 25, 70, 0xb8000, 1 },
	{ 0x01, FRAME_TEXT, 40, 25, 70, 0xb8000, 1 },
	{ 0x02, FRAME_TEXT, 80, 25, 70, 0xb8000, 1 },
	{ 0x03, FRAME_TEXT, 80, 25, 70, 0xb8000, 1 },
	{ 0x04, FRAME_PIXELS, 320, 200, 70, 0xb8000, 0x13 },
	{ 0x05, FRAME_PIXELS, 320, 200, 70, 0xb8000, 0x13 },
	{ 0x06, FRAME_PIXELS, 640, 200, 70, 0xb8000, 0x17 },
	{ 0x07, FRAME_TEXT, 80, 25, 70, 0xb0000, 8 },
	{ 0x0d, FRAME_PIXELS, 320, 200, 70, 0xa0000, 1 },
	{ 0x0e, FRAME_PIXELS, 640, 200, 70, 0xa0000, 1 },
	{ 0x0f, FRAME_PIXELS, 640, 350, 70, 0xa0000, 8 },
	{ 0x10, FRAME_PIXELS, 640, 350, 70, 0xa0000, 1 },
	{ 0x11, FRAME_PIXELS, 640, 480, 60, 0xa0000, 0x3f },
	{ 0x12, FRAME_PIXELS, 640, 480, 60, 0xa0000, 1 },
	{ 0x13, FRAME_PIXELS, 320, 200, 70, 0xa0000, 1 },
};

START_TEST(every_mode_has_its_size_and_its_memory)
{
	for (unsigned i = 0; i < sizeof mode / sizeof *mode; i++) {
		video(mode[i].mode, 0, 0, 0);
		pass(50);
		ck_assert_int_eq(screen.frame.kind, mode[i].kind);
		ck_assert_uint_eq(screen.frame.width, mode[i].width);
		ck_assert_uint_eq(screen.frame.height, mode[i].height);
		ck_assert_uint_eq((screen.frame.rate_mhz + 500) / 1000, mode[i].rate_hz);
		for (uint32_t at = 0xa0000; at < 0xc0000; at += 0x8000) {
			bool inside = at == mode[i].window ||
				(mode[i].window == 0xa0000 && at == 0xa8000);

			ck_assert_uint_eq(bus_read(&bus, at, 1) != 0xff, inside);
		}
		ck_assert_uint_eq(bda8(0x49), mode[i].mode);
	}
}
END_TEST

/* The first pixel in colour 1, through the memory.  */
START_TEST(every_graphics_mode_has_its_colours)
{
	for (unsigned i = 0; i < sizeof mode / sizeof *mode; i++) {
		uint8_t byte = mode[i].mode == 0x13 ? 1 : mode[i].window == 0xb8000 &&
			mode[i].mode != 6 ? 0x40 : 0x80;

		if (mode[i].kind != FRAME_PIXELS)
			continue;
		video(mode[i].mode, 0, 0, 0);
		if (mode[i].window == 0xa0000 && mode[i].mode != 0x13) {
			bus_out(&bus, 0x3c4, 0x0102, 2);
			bus_write(&bus, 0xa0000, byte, 1);
		} else {
			bus_write(&bus, mode[i].window, byte, 1);
		}
		pass(50);
		ck_assert_uint_eq(screen.pixel[0], mode[i].color);
		ck_assert_uint_eq(screen.pixel[1], 0);
	}
}
END_TEST

START_TEST(the_dac_has_ibms_colours)
{
	const uint32_t *p = screen.frame.palette;

	ck_assert_uint_eq(p[0x07], 0xaaaaaa);
	ck_assert_uint_eq(p[0x14], 0xaa5500);
	ck_assert_uint_eq(p[0x3f], 0xffffff);
	video(0x0d, 0, 0, 0);
	pass(50);
	ck_assert_uint_eq(p[0x06], 0xaa5500);
	ck_assert_uint_eq(p[0x12], 0x55ff55);
	video(0x13, 0, 0, 0);
	pass(50);
	ck_assert_uint_eq(p[0x0e], 0xffff55);
	ck_assert_uint_eq(p[0x1f], 0xffffff);
	ck_assert_uint_eq(p[0x20], 0x0000ff);
	ck_assert_uint_eq(p[0x21], 0x4100ff);
	ck_assert_uint_eq(p[0x25], 0xff00be);
	ck_assert_uint_eq(p[0x28], 0xff0000);
	ck_assert_uint_eq(p[0x37], 0x0041ff);
	ck_assert_uint_eq(p[0x38], 0x7d7dff);
	ck_assert_uint_eq(p[0xf7], 0x2c3041);
	video(0x07, 0, 0, 0);
	pass(50);
	ck_assert_uint_eq(p[0x08], 0xaaaaaa);
	ck_assert_uint_eq(p[0x18], 0xffffff);
	guest_w8(&guest, 0x40, 0x89, bda8(0x89) | 8);		/* the palette stays */
	video(0x03, 0, 0, 0);
	pass(50);
	ck_assert_uint_eq(p[0x07], 0x000000);
}
END_TEST

START_TEST(the_cursor_and_the_page_are_shown)
{
	video(0x0200, 0, 0, 0x0a14);
	pass(50);
	ck_assert_int_eq(screen.frame.cursor_x, 0x14);
	ck_assert_int_eq(screen.frame.cursor_y, 0x0a);
	ck_assert_uint_eq(screen.frame.cursor_top, 13);
	ck_assert_uint_eq(screen.frame.cursor_bottom, 15);
	video(0x0100, 0, 0x0007, 0);
	pass(50);
	ck_assert_uint_eq(screen.frame.cursor_top, 0);
	ck_assert_uint_eq(screen.frame.cursor_bottom, 16);
	video(0x0100, 0, 0x2000, 0);
	pass(50);
	ck_assert_int_eq(screen.frame.cursor_x, -1);
	video(0x0100, 0, 0x0607, 0);
	video(0x0200, 0x0300, 0, 0x0102);
	video(0x0942, 0x031f, 1, 0);
	pass(50);
	ck_assert_int_eq(screen.frame.cursor_y, 0x0a);
	video(0x0503, 0, 0, 0);
	pass(50);
	ck_assert_int_eq(screen.frame.cursor_y, 1);
	ck_assert_uint_eq(screen.cell[80 + 2].ch, 'B');
	video(0x1003, 0, 0, 0);
	video(0x0942, 0x039f, 1, 0);
	pass(50);
	ck_assert(!screen.cell[80 + 2].blink);
	video(0x1003, 1, 0, 0);
	pass(50);
	ck_assert(screen.cell[80 + 2].blink);
}
END_TEST

START_TEST(the_memory_is_cleared_or_kept)
{
	video(0x0012, 0, 0, 0);
	bus_write(&bus, 0xa1000, 0x55, 1);
	video(0x0092, 0, 0, 0);
	ck_assert_uint_eq(bus_read(&bus, 0xa1000, 1), 0x55);
	ck_assert_uint_eq(bda8(0x87) & 0x80, 0x80);
	video(0x0012, 0, 0, 0);
	ck_assert_uint_eq(bus_read(&bus, 0xa1000, 1), 0);
}
END_TEST

/* --- Text screens by their size ----------------------------------------------------- */

static const struct { uint8_t columns, rows; } size[] = {
	{ 80, 28 }, { 80, 30 }, { 80, 43 }, { 80, 50 }, { 80, 60 }, { 132, 25 }, { 132, 28 },
	{ 132, 30 }, { 132, 43 }, { 132, 50 }, { 132, 60 }, { 80, 25 },
};

START_TEST(text_screens_have_the_size_asked_for)
{
	video(0x03, 0, 0, 0);
	for (unsigned i = 0; i < sizeof size / sizeof *size; i++) {
		ck_assert(bios_set_text_size(&bios, size[i].columns, size[i].rows));
		pass(50);
		ck_assert_int_eq(screen.frame.kind, FRAME_TEXT);
		ck_assert_uint_eq(screen.frame.width, size[i].columns);
		ck_assert_uint_eq(screen.frame.height, size[i].rows);
		ck_assert_uint_eq(bda8(0x4a), size[i].columns);
		ck_assert_uint_eq(bda8(0x84), size[i].rows - 1);
	}
	ck_assert(!bios_set_text_size(&bios, 81, 25));
	video(0x13, 0, 0, 0);
	ck_assert(!bios_set_text_size(&bios, 80, 50));
}
END_TEST

START_TEST(text_stays_when_its_screen_has_another_size)
{
	video(0x03, 0, 0, 0);
	video(0x0200, 0, 0, 0x1805);			/* the cursor at 5,24 */
	video(0x0e41, 7, 0, 0);
	ck_assert(bios_set_text_size(&bios, 132, 50));
	pass(50);
	ck_assert_uint_eq(screen.cell[24 * 132 + 5].ch, 'A');
	ck_assert_int_eq(screen.frame.cursor_x, 6);
	ck_assert_int_eq(screen.frame.cursor_y, 24);
	video(0x0200, 0, 0, 0x3083);			/* 131,48 */
	video(0x0942, 7, 1, 0);
	video(0x0200, 0, 0, 0x3004);
	video(0x0943, 7, 1, 0);
	ck_assert(bios_set_text_size(&bios, 80, 28));	/* rows 21 to 48 */
	pass(50);
	ck_assert_uint_eq(screen.cell[3 * 80 + 5].ch, 'A');
	ck_assert_uint_eq(screen.cell[27 * 80 + 4].ch, 'C');
	ck_assert_int_eq(screen.frame.cursor_x, 4);
	ck_assert_int_eq(screen.frame.cursor_y, 27);
	bus_write(&bus, 0x451, 200, 1);			/* a row that is not there */
	ck_assert(bios_set_text_size(&bios, 80, 25));
	ck_assert_uint_eq(bda8(0x51), 24);
}
END_TEST

START_TEST(the_largest_text_that_fits_is_found)
{
	static const struct { unsigned columns, rows, want_columns, want_rows; } fit[] = {
		{ 80, 25, 80, 25 }, { 20, 5, 80, 25 }, { 100, 40, 80, 30 }, { 131, 200, 80, 60 },
		{ 140, 29, 132, 28 }, { 1000, 1000, 132, 60 }, { 132, 24, 80, 25 },
	};

	for (unsigned i = 0; i < sizeof fit / sizeof *fit; i++) {
		unsigned columns = fit[i].columns, rows = fit[i].rows;

		bios_fit_text(&columns, &rows);
		ck_assert_uint_eq(columns, fit[i].want_columns);
		ck_assert_uint_eq(rows, fit[i].want_rows);
	}
}
END_TEST

int main(void)
{
	return suite_run_each("bios/modes", screen_on, screen_off, (const TTest *[]){
		every_mode_has_its_size_and_its_memory,
		every_graphics_mode_has_its_colours,
		the_dac_has_ibms_colours,
		the_cursor_and_the_page_are_shown,
		the_memory_is_cleared_or_kept,
		text_screens_have_the_size_asked_for,
		text_stays_when_its_screen_has_another_size,
		the_largest_text_that_fits_is_found,
		NULL });
}
