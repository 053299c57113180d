/* dev_vga_text.c - text as those who watch see it.  */

#include "vga_rig.h"

static const struct frame_cell *cell(unsigned x, unsigned y)
{
	return &screen.cell[y * screen.frame.width + x];
}

static void text(uint16_t offset, const char *s, uint8_t attr)
{
	for (; *s; s++, offset += 2)
		bus_write(&bus, TEXT + offset, (uint8_t)*s | attr << 8, 2);
}

static void text_screen(void)
{
	setup();
	vga_bios_writes(&vga, true);
	set_mode(&rig_text);
	for (unsigned i = 0; i < 0x8000; i += 2)
		bus_write(&bus, TEXT + i, 0x0720, 2);
	vga_bios_writes(&vga, false);
	watch();
}

START_TEST(cells_have_characters_and_colours)
{
	text(2 * (80 * 3 + 5), "Hi", 0x1e);
	two_pictures();
	ck_assert_int_eq(screen.frame.kind, FRAME_TEXT);
	ck_assert_uint_eq(screen.frame.width, 80);
	ck_assert_uint_eq(screen.frame.height, 25);
	ck_assert_uint_eq(screen.frame.cell_width, 9);
	ck_assert_uint_eq(screen.frame.cell_height, 16);
	ck_assert_int_eq(screen.frame.rate_mhz / 10, 7008);
	ck_assert_uint_eq(cell(5, 3)->ch, 'H');
	ck_assert_uint_eq(cell(6, 3)->glyph, 'i');
	ck_assert_uint_eq(cell(6, 3)->attr, 0x1e);
	ck_assert_uint_eq(cell(6, 3)->fg, 14);
	ck_assert_uint_eq(cell(6, 3)->bg, 1);
	ck_assert_uint_eq(screen.frame.palette[14], (14 << 2) << 16);
	ck_assert_uint_eq(cell(7, 3)->ch, ' ');
}
END_TEST

START_TEST(only_what_changes_is_shown)
{
	two_pictures();
	shown = 0;
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_eq(shown, 0);
	text(2 * 80 * 7, "x", 7);
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_eq(shown, 1);
	ck_assert_uint_eq(shown_top, 7);
	ck_assert_uint_eq(shown_bottom, 8);
	text(2 * 80 * 7, "x", 7);
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_eq(shown, 1);
	vga_bios_writes(&vga, true);
	text(2 * 80 * 9, "y", 7);
	vga_bios_writes(&vga, false);
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_eq(shown, 2);
	ck_assert_uint_eq(cell(0, 9)->ch, 'y');
}
END_TEST

START_TEST(the_top_bit_blinks_or_is_bright)
{
	text(0, "a", 0x9f);
	two_pictures();
	ck_assert(cell(0, 0)->blink);
	ck_assert_uint_eq(cell(0, 0)->bg, 1);
	attr(0x10, 0x04);
	two_pictures();
	ck_assert(!cell(0, 0)->blink);
	ck_assert_uint_eq(cell(0, 0)->bg, 9);
}
END_TEST

START_TEST(colours_go_through_the_attribute_controller)
{
	text(0, "a", 0x4e);
	attr(14, 0x2a);
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->fg, 0x2a);
	attr(0x14, 0x0f);
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->fg, 0xea);
	attr(0x10, 0x8c);
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->fg, 0xfa);
	out(0x3c6, 0x0f);
	attr(0x12, 0x07);
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->fg, 6);
	color(3, 0x3f, 0x20, 0x01);
	two_pictures();
	ck_assert_uint_eq(screen.frame.palette[3], 0xff8204);
	attr(0x11, 0x05);
	two_pictures();
	ck_assert_uint_eq(screen.frame.border, 5);
}
END_TEST

START_TEST(the_cursor_is_the_crtcs)
{
	crtc(0x0e, 0);
	crtc(0x0f, 80 + 7);
	two_pictures();
	ck_assert_int_eq(screen.frame.cursor_x, 7);
	ck_assert_int_eq(screen.frame.cursor_y, 1);
	ck_assert_uint_eq(screen.frame.cursor_top, 13);
	ck_assert_uint_eq(screen.frame.cursor_bottom, 15);
	shown = 0;
	crtc(0x0f, 3 * 80 % 256);
	two_pictures();
	ck_assert_uint_eq(shown, 1);
	ck_assert_uint_eq(shown_top, 1);
	ck_assert_uint_eq(shown_bottom, 4);
	ck_assert_int_eq(screen.frame.cursor_y, 3);
	crtc(0x0b, 31);
	two_pictures();
	ck_assert_uint_eq(screen.frame.cursor_bottom, 16);
	crtc(0x0a, 0x20 | 13);
	two_pictures();
	ck_assert_int_eq(screen.frame.cursor_x, -1);
	crtc(0x0a, 13);
	crtc(0x0b, 5);			/* a VGA shows none whose end is above its start */
	two_pictures();
	ck_assert_int_eq(screen.frame.cursor_x, -1);
	crtc(0x0b, 14);
	crtc(0x0e, 0x40);		/* not on the screen */
	two_pictures();
	ck_assert_int_eq(screen.frame.cursor_x, -1);
}
END_TEST

START_TEST(the_screen_begins_at_the_start_address)
{
	text(0x1000, "page one", 7);
	crtc(0x0c, 0x08);
	crtc(0x0e, 0x08);
	crtc(0x0f, 0x02);
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->ch, 'p');
	ck_assert_int_eq(screen.frame.cursor_x, 2);
	crtc(0x0d, 0x05);
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->ch, 'o');
	crtc(0x0d, 0x00);
	crtc(0x13, 100 / 2);		/* a row is longer than what is shown of it */
	text(0x1000 + 200, "second", 7);
	two_pictures();
	ck_assert_uint_eq(cell(0, 1)->ch, 's');
}
END_TEST

START_TEST(the_screen_can_be_split)
{
	text(0, "top of memory", 7);
	text(0x2000, "scrolled", 7);
	crtc(0x0c, 0x10);
	crtc(0x18, 16 * 20 - 1 - 256);	/* below 20 rows */
	crtc(0x07, 0x1f);
	crtc(0x09, 0x0f);
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->ch, 's');
	ck_assert_uint_eq(cell(0, 19)->ch, ' ');
	ck_assert_uint_eq(cell(0, 20)->ch, 't');
}
END_TEST

START_TEST(rows_and_columns_follow_from_the_crtc)
{
	static const struct { uint8_t height; unsigned rows; } mode[] = {
		{ 16, 25 }, { 14, 28 }, { 13, 30 }, { 9, 44 }, { 8, 50 }, { 2, 200 } };

	for (unsigned i = 0; i < 6; i++) {
		crtc(0x09, 0x40 | (mode[i].height - 1));
		two_pictures();
		ck_assert_uint_eq(screen.frame.height, mode[i].rows);
		ck_assert_uint_eq(screen.frame.cell_height, mode[i].height);
	}
	crtc(0x09, 0xc0 | 7);			/* double scan: 25 of 8 lines */
	two_pictures();
	ck_assert_uint_eq(screen.frame.height, 25);
	crtc(0x09, 0x47);
	crtc(0x11, 0x0e);
	crtc(0x12, 0xdf);			/* 480 lines: 60 rows */
	crtc(0x07, 0x1f | 0x02);
	crtc(0x06, 0x0b);
	crtc(0x07, 0x3e);
	crtc(0x00, 0x9f);
	crtc(0x01, 131);
	two_pictures();
	ck_assert_uint_eq(screen.frame.height, 60);
	ck_assert_uint_eq(screen.frame.width, 132);
	set_mode(&rig_text);
	seq(1, 0x08);
	crtc(0x11, 0x0e);
	crtc(0x00, 0x2d);
	crtc(0x01, 39);
	crtc(0x13, 20);
	text(80, "row", 7);
	two_pictures();
	ck_assert_uint_eq(screen.frame.width, 40);
	ck_assert_uint_eq(cell(0, 1)->ch, 'r');
}
END_TEST

START_TEST(a_screen_switched_off_is_empty)
{
	text(0, "text", 0x17);
	crtc(0x0f, 3);
	seq(1, 0x20);
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->ch, ' ');
	ck_assert_uint_eq(cell(0, 0)->bg, 0);
	ck_assert_int_eq(screen.frame.cursor_x, -1);
	seq(1, 0x00);
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->ch, 't');
	in(0x3da);
	out(0x3c0, 0x00);
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->ch, ' ');
}
END_TEST

START_TEST(monochrome_text_is_underlined)
{
	text(0, "u", 0x01);
	text(2, "u", 0x09);
	text(4, "n", 0x07);
	text(6, "u", 0x41);
	crtc(0x14, 0x0d);
	two_pictures();
	ck_assert(cell(0, 0)->underline && cell(1, 0)->underline && !cell(2, 0)->underline);
	ck_assert(cell(3, 0)->underline);
	crtc(0x14, 0x1f);
	two_pictures();
	ck_assert(!cell(0, 0)->underline);
}
END_TEST

/* --- Fonts ------------------------------------------------------------------------ */

static uint8_t rom[256 * 16];

/* Each glyph unlike all others.  */
static void make_rom(void)
{
	uint32_t seed = 99;

	for (unsigned i = 0; i < sizeof rom; i++) {
		seed = seed * 1664525 + 1013904223;
		rom[i] = seed >> 20;
	}
}

static void load_glyph(uint16_t at, unsigned ch, const uint8_t *rows)
{
	seq(2, 0x04);
	seq(4, 0x06);
	gc(5, 0x00);
	gc(6, 0x04);
	for (unsigned i = 0; i < 16; i++)
		poke(GRAPHICS + at + ch * 32 + i, rows[i]);
	seq(2, 0x03);
	seq(4, 0x02);
	gc(5, 0x10);
	gc(6, 0x0e);
}

static void load_rom(uint16_t at)
{
	make_rom();
	for (unsigned i = 0; i < 256; i++)
		load_glyph(at, i, rom + 16 * i);
	vga_set_rom_font(&vga, 16, rom);
}

START_TEST(a_strange_glyph_is_shown_as_the_closest_character)
{
	uint8_t almost_b[16];

	text(0, "aZ", 7);
	load_rom(0);
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->ch, 'a');
	memcpy(almost_b, rom + 16 * 'B', 16);
	almost_b[3] ^= 0x18;
	almost_b[9] ^= 0x01;
	load_glyph(0, 'a', almost_b);
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->ch, 'B');
	ck_assert_uint_eq(cell(0, 0)->glyph, 'a');
	ck_assert_uint_eq(cell(1, 0)->ch, 'Z');
	ck_assert_mem_eq(screen.frame.font + 'a' * FRAME_GLYPH, almost_b, 16);
	load_glyph(0, 'a', rom + 16 * 'a');
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->ch, 'a');
}
END_TEST

/* Bold letters, some of which look more like others of the ROM: they are still letters.  */
START_TEST(a_font_of_another_style_has_the_same_characters)
{
	uint8_t bold[16];

	load_rom(0);
	for (unsigned ch = 1; ch < 256; ch++) {
		for (unsigned i = 0; i < 16; i++)
			bold[i] = rom[16 * (ch == 'O' ? '0' : ch) + i] ^ (ch == 'O' ? 1 : 0x42);
		load_glyph(0, ch, bold);
	}
	load_glyph(0, 0x80, rom + 16 * 'Q');		/* dot by dot */
	text(0, "aOz0\x80", 7);
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->ch, 'a');
	ck_assert_uint_eq(cell(1, 0)->ch, 'O');
	ck_assert_uint_eq(cell(2, 0)->ch, 'z');
	ck_assert_uint_eq(cell(3, 0)->ch, '0');
	ck_assert_uint_eq(cell(4, 0)->ch, 'Q');
}
END_TEST

START_TEST(a_new_font_has_a_new_number)
{
	unsigned was;

	two_pictures();
	was = screen.frame.font_serial;
	text(0, "x", 7);
	two_pictures();
	ck_assert_uint_eq(screen.frame.font_serial, was);
	make_rom();
	load_glyph(0, 'q', rom);
	two_pictures();
	ck_assert_uint_ne(screen.frame.font_serial, was);
}
END_TEST

START_TEST(attribute_bit_3_selects_the_second_font)
{
	load_rom(0);
	load_rom(0x2000);
	load_glyph(0x2000, 'a', rom + 16 * 'X');
	text(0, "a", 0x07);
	text(2, "a", 0x0f);
	seq(3, 0x00);
	two_pictures();
	ck_assert_uint_eq(cell(1, 0)->glyph, 'a');
	ck_assert_uint_eq(cell(1, 0)->ch, 'a');
	seq(3, 0x20);				/* A: the font at 2000h */
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->ch, 'a');
	ck_assert_uint_eq(cell(1, 0)->glyph, 256 + 'a');
	ck_assert_uint_eq(cell(1, 0)->ch, 'X');
}
END_TEST

START_TEST(characters_are_those_of_the_code_page)
{
	uint32_t unicode[256];

	for (unsigned i = 0; i < 256; i++)
		unicode[i] = 0x2500 + i;
	text(0, "\x01\xb3", 7);
	vga_set_characters(&vga, unicode);
	two_pictures();
	ck_assert_uint_eq(cell(0, 0)->ch, 0x2501);
	ck_assert_uint_eq(cell(1, 0)->ch, 0x25b3);
}
END_TEST

START_TEST(the_picture_can_be_had_at_once)
{
	two_pictures();
	text(160, "end", 7);
	crtc(0x0f, 83);
	vga_show(&vga);
	ck_assert_uint_eq(cell(0, 1)->ch, 'e');
	ck_assert_int_eq(screen.frame.cursor_x, 3);
	two_pictures();
	ck_assert_uint_eq(cell(0, 1)->ch, 'e');
}
END_TEST

START_TEST(the_text_can_be_read_without_watching)
{
	unsigned columns, rows;

	screen_detach(&screen, 0);
	text(2 * (80 * 24 + 79), "z", 0x70);
	ck_assert(vga_text_size(&vga, &columns, &rows));
	ck_assert_uint_eq(columns * rows, 2000);
	ck_assert_uint_eq(vga_text_cell(&vga, 79, 24), 0x707a);
	ck_assert_uint_eq(vga_text_cell(&vga, 80, 24), 0);
	ck_assert_uint_eq(vga_text_cell(&vga, 0, 25), 0);
	set_mode(&rig_256);
	ck_assert(!vga_text_size(&vga, &columns, &rows));
}
END_TEST

int main(void)
{
	return suite_run_each("dev/vga_text", text_screen, teardown, (const TTest *[]){
		cells_have_characters_and_colours,
		only_what_changes_is_shown,
		the_top_bit_blinks_or_is_bright,
		colours_go_through_the_attribute_controller,
		the_cursor_is_the_crtcs,
		the_screen_begins_at_the_start_address,
		the_screen_can_be_split,
		rows_and_columns_follow_from_the_crtc,
		a_screen_switched_off_is_empty,
		monochrome_text_is_underlined,
		a_strange_glyph_is_shown_as_the_closest_character,
		a_font_of_another_style_has_the_same_characters,
		a_new_font_has_a_new_number,
		attribute_bit_3_selects_the_second_font,
		characters_are_those_of_the_code_page,
		the_picture_can_be_had_at_once,
		the_text_can_be_read_without_watching,
		NULL });
}
