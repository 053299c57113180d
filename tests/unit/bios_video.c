/* bios_video.c - INT 10h beyond plain text: rows of any height, fonts, palette,
 * drawing, the state put away and back, VESA's text modes.  */

#include "bios_screen.h"

#define BUFFER_SEG	0x4000

static void start(void)
{
	screen_on();
	cpu_load_real(&cpu, CPU_ES, BUFFER_SEG);
	set_reg(CPU_DI, 0);
	set_reg(CPU_BP, 0);
}

static uint8_t in_buffer(unsigned at) { return guest_r8(&guest, BUFFER_SEG, at); }
static void put_buffer(unsigned at, uint8_t val) { guest_w8(&guest, BUFFER_SEG, at, val); }

static void expect_screen(unsigned columns, unsigned rows)
{
	pass(50);
	ck_assert_int_eq(screen.frame.kind, FRAME_TEXT);
	ck_assert_uint_eq(screen.frame.width, columns);
	ck_assert_uint_eq(screen.frame.height, rows);
	ck_assert_uint_eq(bda8(0x84) + 1, rows);
	ck_assert_uint_eq(bda16(0x4a), columns);
}

/* --- Rows --- */

START_TEST(a_font_may_change_how_many_rows_there_are)
{
	video(0x1112, 0, 0, 0);
	expect_screen(80, 50);
	ck_assert_uint_eq(bda16(0x85), 8);
	ck_assert_uint_ge(bda16(0x4c), 80 * 50 * 2);
	ck_assert_uint_eq(screen.frame.cursor_bottom, 8);
	video(0x1111, 0, 0, 0);
	expect_screen(80, 28);
	video(0x1114, 0, 0, 0);
	expect_screen(80, 25);
	video(0x1102, 0, 0, 0);			/* without the rows */
	expect_screen(80, 25);
	ck_assert_mem_eq(screen.frame.font + 'A' * FRAME_GLYPH, bios_rom_font(&bios, 8) + 'A' * 8, 8);
}
END_TEST

START_TEST(modes_have_the_scan_lines_asked_for)
{
	video(0x1201, 0x0030, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 0x12);
	video(0x0003, 0, 0, 0);
	expect_screen(80, 25);
	ck_assert_uint_eq(bda16(0x85), 14);
	video(0x1112, 0, 0, 0);
	expect_screen(80, 43);
	video(0x1200, 0x0030, 0, 0);
	video(0x0003, 0, 0, 0);
	expect_screen(80, 25);
	ck_assert_uint_eq(bda16(0x85), 8);
	ck_assert_uint_eq(screen.frame.palette[0x14], 0xff5555);
	video(0x1202, 0x0030, 0, 0);
	video(0x0003, 0, 0, 0);
	ck_assert_uint_eq(bda16(0x85), 16);
	video(0x1203, 0x0030, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 0);
}
END_TEST

START_TEST(text_scrolls_and_wraps_at_the_last_of_fifty_rows)
{
	video(0x1112, 0, 0, 0);
	video(0x0200, 0, 0, 0x314f);
	video(0x0e58, 0, 0, 0);
	pass(50);
	ck_assert_uint_eq(screen.cell[48 * 80 + 79].ch, 'X');
	ck_assert_uint_eq(bda16(0x50), 0x3100);
}
END_TEST

/* --- Fonts --- */

START_TEST(a_program_brings_glyphs_of_its_own)
{
	for (unsigned i = 0; i < 16; i++)
		put_buffer(i, 0x80 | i);
	video(0x1100, 0x1000, 1, 'Q');
	pass(50);
	ck_assert_uint_eq(screen.frame.font['Q' * FRAME_GLYPH + 5], 0x85);
	ck_assert_mem_eq(screen.frame.font + 'R' * FRAME_GLYPH, bios_rom_font(&bios, 16) + 'R' * 16, 16);
	video(0x1104, 1, 0, 0);
	video(0x1103, 0x04, 0, 0);		/* block 1 for bright characters */
	pass(50);
	ck_assert_mem_eq(screen.frame.font + (256 + 'Q') * FRAME_GLYPH,
			 bios_rom_font(&bios, 16) + 'Q' * 16, 16);
	ck_assert_uint_eq(screen.frame.font['Q' * FRAME_GLYPH + 5], 0x85);
}
END_TEST

START_TEST(a_font_of_impossible_height_is_refused)
{
	video(0x1110, 0x0000, 256, 0);
	video(0x1110, 0xff00, 256, 0);
	expect_screen(80, 25);
}
END_TEST

START_TEST(graphics_modes_are_drawn_with_any_font)
{
	video(0x0012, 0, 0, 0);
	ck_assert_uint_eq(bda8(0x84), 29);
	video(0x1123, 0x0000, 0, 60);
	ck_assert_uint_eq(bda8(0x84), 59);
	ck_assert_uint_eq(bda16(0x85), 8);
	video(0x1124, 0x0002, 0, 0);
	ck_assert_uint_eq(bda8(0x84), 24);
	set_reg(CPU_BP, 0x123);
	video(0x1120, 0, 0, 0);
	ck_assert_uint_eq(guest_rfar(&guest, 0, 0x1f * 4).off, 0x123);
	video(0x1121, 0x0001, 10, 0);
	ck_assert_uint_eq(guest_rfar(&guest, 0, 0x43 * 4).off, 0x123);
	ck_assert_uint_eq(bda8(0x84), 13);
	ck_assert_uint_eq(bda16(0x85), 10);
}
END_TEST

/* --- Palette --- */

START_TEST(palette_registers_are_written_and_read)
{
	for (unsigned i = 0; i < 17; i++)
		put_buffer(0x100 + i, 0x3f - i);
	video(0x1002, 0, 0, 0x100);
	video(0x1009, 0, 0, 0x200);
	for (unsigned i = 0; i < 17; i++)
		ck_assert_uint_eq(in_buffer(0x200 + i), 0x3f - i);
	video(0x1000, 0x2a05, 0, 0);
	video(0x1007, 0x0005, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX) >> 8, 0x2a);
	video(0x1001, 0x0900, 0, 0);
	video(0x1008, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX) >> 8, 0x09);
	video(0x1013, 0x0100, 0, 0);
	video(0x1013, 0x0701, 0, 0);
	video(0x101a, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 0x0701);
	pass(50);
	ck_assert_int_eq(screen.frame.kind, FRAME_TEXT);
}
END_TEST

START_TEST(the_dac_is_written_read_and_summed)
{
	video(0x1010, 40, 0x2010, 0x3f00);
	video(0x1015, 40, 0, 0);
	ck_assert_uint_eq(reg(CPU_DX) >> 8, 0x3f);
	ck_assert_uint_eq(reg(CPU_CX), 0x2010);
	for (unsigned i = 0; i < 6; i++)
		put_buffer(i, 10 + i);
	video(0x1012, 254, 2, 0);
	video(0x1017, 254, 2, 0x50);
	for (unsigned i = 0; i < 6; i++)
		ck_assert_uint_eq(in_buffer(0x50 + i), 10 + i);
	video(0x101b, 40, 1, 0);
	video(0x1015, 40, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX) & 0xff, reg(CPU_CX) >> 8);
	ck_assert_uint_eq(reg(CPU_CX) & 0xff, reg(CPU_DX) >> 8);
	video(0x1200, 0x0033, 0, 0);		/* and of all that comes */
	video(0x1010, 41, 0x0000, 0x3f00);
	video(0x1015, 41, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 0x1313);
	video(0x1018, 0x5a, 0, 0);
	video(0x1019, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX) & 0xff, 0x5a);
}
END_TEST

START_TEST(a_cgas_palettes_are_chosen)
{
	video(0x0004, 0, 0, 0);
	video(0x0b00, 0x0100, 0, 0);
	video(0x1007, 1, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX) >> 8, 0x12);
	video(0x0b00, 0x0101, 0, 0);
	video(0x0b00, 0x0001, 0, 0);		/* a blue background, dark colours */
	video(0x1007, 1, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX) >> 8, 0x03);
	video(0x1007, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX) >> 8, 0x01);
}
END_TEST

/* --- Alternate select --- */

START_TEST(the_picture_can_be_switched_off)
{
	video(0x1201, 0x0036, 0, 0);
	bus_out(&bus, 0x3c4, 1, 1);
	ck_assert_uint_eq(bus_in(&bus, 0x3c5, 1) & 0x20, 0x20);
	video(0x1200, 0x0036, 0, 0);
	ck_assert_uint_eq(bus_in(&bus, 0x3c5, 1) & 0x20, 0);
	video(0x1201, 0x0032, 0, 0);
	ck_assert_uint_eq(bus_read(&bus, 0xb8000, 2), 0xffff);
	video(0x1200, 0x0032, 0, 0);
	ck_assert_uint_eq(bus_read(&bus, 0xb8000, 2), 0x0720);
	video(0x1200, 0x0035, 0, 0);		/* there is no other card */
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 0);
}
END_TEST

START_TEST(cursor_emulation_stays_off_over_modes)
{
	video(0x1201, 0x0034, 0, 0);
	video(0x0003, 0, 0, 0);
	video(0x0100, 0, 0x0305, 0);
	pass(50);
	ck_assert_uint_eq(screen.frame.cursor_top, 3);
	ck_assert_uint_eq(screen.frame.cursor_bottom, 6);
}
END_TEST

/* --- Drawing --- */

static const struct { uint8_t mode, color; } graphics[] = {
	{ 0x04, 2 }, { 0x06, 1 }, { 0x0d, 9 }, { 0x0e, 14 }, { 0x10, 6 }, { 0x12, 12 },
	{ 0x13, 200 },
};

#define GRAPHICS	(sizeof graphics / sizeof *graphics)

START_TEST(dots_are_written_and_read_in_every_graphics_mode)
{
	for (unsigned i = 0; i < GRAPHICS; i++) {
		video(graphics[i].mode, 0, 0, 0);
		video(0x0c00 | graphics[i].color, 0, 131, 77);
		video(0x0d00, 0, 131, 77);
		ck_assert_uint_eq(reg(CPU_AX) & 0xff, graphics[i].color);
		video(0x0d00, 0, 130, 77);
		ck_assert_uint_eq(reg(CPU_AX) & 0xff, 0);
		pass(50);
		ck_assert_uint_ne(screen.pixel[77 * screen.frame.width + 131],
				  screen.pixel[77 * screen.frame.width + 130]);
		if (graphics[i].mode == 0x13)
			continue;
		video(0x0c80 | graphics[i].color, 0, 131, 77);
		video(0x0d00, 0, 131, 77);
		ck_assert_uint_eq(reg(CPU_AX) & 0xff, 0);
	}
}
END_TEST

static void expect_drawn(uint8_t ch, unsigned column, unsigned row)
{
	unsigned height = bda16(0x85), width;
	const uint8_t *glyph = bios_rom_font(&bios, height) + ch * height;

	pass(50);
	width = screen.frame.width;
	for (unsigned y = 0; y < height; y++)
		for (unsigned x = 0; x < 8; x++) {
			uint8_t dot = screen.pixel[(row * height + y) * width + column * 8 + x];

			ck_assert_uint_eq(dot != screen.pixel[0], glyph[y] >> (7 - x) & 1);
		}
}

START_TEST(characters_are_drawn_and_read_in_every_graphics_mode)
{
	for (unsigned i = 0; i < GRAPHICS; i++) {
		video(graphics[i].mode, 0, 0, 0);
		video(0x0200, 0, 0, 0x0305);
		video(0x0941, graphics[i].color, 2, 0);
		expect_drawn('A', 5, 3);
		expect_drawn('A', 6, 3);
		video(0x0800, 0, 0, 0);
		ck_assert_uint_eq(reg(CPU_AX) & 0xff, 'A');
		video(0x09e1, graphics[i].color, 1, 0);
		expect_drawn(0xe1, 5, 3);
		video(0x0e42, graphics[i].color, 0, 0);
		expect_drawn('B', 5, 3);
		ck_assert_uint_eq(bda16(0x50), 0x0306);
		if (graphics[i].mode == 0x13)
			continue;
		video(0x0941, 0x80 | graphics[i].color, 1, 0);	/* over the other A: nothing */
		expect_drawn(' ', 6, 3);
	}
}
END_TEST

START_TEST(graphics_scroll)
{
	for (unsigned i = 0; i < GRAPHICS; i++) {
		video(graphics[i].mode, 0, 0, 0);
		video(0x0200, 0, 0, 0x0305);
		video(0x0941, graphics[i].color, 1, 0);
		video(0x0601, 0, 0x0100, 0x0510);
		expect_drawn('A', 5, 2);
		expect_drawn(' ', 5, 3);
		video(0x0702, 0, 0x0100, 0x0510);
		expect_drawn('A', 5, 4);
		expect_drawn(' ', 5, 2);
		video(0x0200, 0, 0, bda8(0x84) << 8);		/* and by a line feed */
		video(0x0e0a, graphics[i].color, 0, 0);
		expect_drawn('A', 5, 3);
		video(0x0600, 0, 0, 0xffff);
		expect_drawn(' ', 5, 3);
	}
}
END_TEST

/* A program may have left the card in any state.  */
START_TEST(drawing_leaves_the_graphics_controller_as_it_was)
{
	video(0x0012, 0, 0, 0);
	bus_out(&bus, 0x3ce, 0x0205, 2);
	bus_out(&bus, 0x3ce, 0x3c08, 2);
	bus_out(&bus, 0x3c4, 0x0402, 2);
	video(0x0200, 0, 0, 0x0305);
	video(0x0941, 15, 1, 0);
	expect_drawn('A', 5, 3);
	bus_out(&bus, 0x3ce, 5, 1);
	ck_assert_uint_eq(bus_in(&bus, 0x3cf, 1), 0x02);
	bus_out(&bus, 0x3ce, 8, 1);
	ck_assert_uint_eq(bus_in(&bus, 0x3cf, 1), 0x3c);
	bus_out(&bus, 0x3c4, 2, 1);
	ck_assert_uint_eq(bus_in(&bus, 0x3c5, 1), 0x04);
}
END_TEST

/* --- State --- */

START_TEST(the_state_is_told)
{
	struct far table;

	video(0x0013, 0, 0, 0);
	video(0x1b00, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 0x1b);
	ck_assert_uint_eq(in_buffer(4), 0x13);
	ck_assert_uint_eq(in_buffer(0x22), 25);
	ck_assert_uint_eq(guest_r16(&guest, BUFFER_SEG, 0x27), 256);
	ck_assert_uint_eq(in_buffer(0x29), 1);
	ck_assert_uint_eq(in_buffer(0x2a), 2);
	table = guest_rfar(&guest, BUFFER_SEG, 0);
	ck_assert_uint_eq(guest_r8(&guest, table.seg, table.off + 2), 0x0f);
	video(0x1b00, 1, 0, 0);
	ck_assert_uint_ne(reg(CPU_AX) & 0xff, 0x1b);
}
END_TEST

START_TEST(the_state_is_put_away_and_comes_back)
{
	video(0x1112, 0, 0, 0);
	video(0x1010, 7, 0x0102, 0x0300);
	video(0x1000, 0x1103, 0, 0);
	video(0x0200, 0, 0, 0x2010);
	video(0x1c00, 0, 7, 0);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 0x1c);
	ck_assert_uint_le(reg(CPU_BX), 16);
	put_buffer(reg(CPU_BX) * 64, 0x99);
	video(0x1c01, 0, 7, 0);
	video(0x0012, 0, 0, 0);
	video(0x1c02, 0, 7, 0);
	expect_screen(80, 50);
	ck_assert_uint_eq(bda16(0x50), 0x2010);
	video(0x1007, 3, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX) >> 8, 0x11);
	video(0x1015, 7, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 0x0102);
	video(0x1c00, 0, 8, 0);
	ck_assert_uint_ne(reg(CPU_AX) & 0xff, 0x1c);
}
END_TEST

START_TEST(the_save_pointer_table_is_obeyed)
{
	struct far rom = guest_rfar(&guest, 0x40, 0xa8), params = guest_rfar(&guest, rom.seg, rom.off);

	ck_assert_uint_eq(guest_r8(&guest, params.seg, params.off + 0x18 * 64), 80);
	for (unsigned i = 0; i < 0x1d * 64; i++)
		put_buffer(0x1000 + i, guest_r8(&guest, params.seg, params.off + i));
	put_buffer(0x1000 + 0x18 * 64 + 9 + 1 + 0x0a, 3);	/* the cursor's first line */
	put_buffer(0x1000 + 0x18 * 64 + 1, 20);
	guest_wfar(&guest, BUFFER_SEG, 0, (struct far){ 0x1000, BUFFER_SEG });
	guest_wfar(&guest, BUFFER_SEG, 4, (struct far){ 0x200, BUFFER_SEG });
	guest_wfar(&guest, BUFFER_SEG, 8, (struct far){ 0x300, BUFFER_SEG });
	guest_wfar(&guest, 0x40, 0xa8, (struct far){ 0, BUFFER_SEG });
	/* A font of 8 lines for 'Z', in mode 3.  */
	put_buffer(0x300, 8);
	guest_w16(&guest, BUFFER_SEG, 0x302, 1);
	guest_w16(&guest, BUFFER_SEG, 0x304, 'Z');
	guest_wfar(&guest, BUFFER_SEG, 0x306, (struct far){ 0x400, BUFFER_SEG });
	put_buffer(0x30b, 3);
	put_buffer(0x30c, 0xff);
	put_buffer(0x400, 0xc3);
	video(0x0002, 0, 0, 0);
	ck_assert_uint_eq(bda8(0x84), 20);
	video(0x0003, 0, 0, 0);
	expect_screen(80, 50);
	ck_assert_uint_eq(screen.frame.font['Z' * FRAME_GLYPH], 0xc3);
	ck_assert_uint_eq(in_buffer(0x206), 0x14);
	video(0x1000, 0x0606, 0, 0);
	ck_assert_uint_eq(in_buffer(0x206), 0x06);
}
END_TEST

/* --- VESA --- */

START_TEST(vesas_text_modes_are_set)
{
	static const struct { uint16_t mode; unsigned columns, rows; } vesa[] = {
		{ 0x108, 80, 60 }, { 0x109, 132, 25 }, { 0x10a, 132, 43 }, { 0x10b, 132, 50 },
		{ 0x10c, 132, 60 } };

	for (unsigned i = 0; i < sizeof vesa / sizeof *vesa; i++) {
		video(0x4f02, vesa[i].mode, 0, 0);
		ck_assert_uint_eq(reg(CPU_AX), 0x004f);
		video(0x0200, 0, 0, (vesa[i].rows - 1) << 8 | (vesa[i].columns - 1));
		video(0x0941, 0x1f, 1, 0);
		expect_screen(vesa[i].columns, vesa[i].rows);
		ck_assert_uint_eq(screen.cell[vesa[i].columns * vesa[i].rows - 1].ch, 'A');
		video(0x4f03, 0, 0, 0);
		ck_assert_uint_eq(reg(CPU_BX), vesa[i].mode);
		video(0x4f01, 0, vesa[i].mode, 0);
		ck_assert_uint_eq(reg(CPU_AX), 0x004f);
		ck_assert_uint_eq(guest_r16(&guest, BUFFER_SEG, 0x12), vesa[i].columns);
		ck_assert_uint_eq(guest_r16(&guest, BUFFER_SEG, 0x14), vesa[i].rows);
	}
	video(0x0003, 0, 0, 0);
	expect_screen(80, 25);
}
END_TEST

START_TEST(vesa_puts_the_state_away_and_back)
{
	video(0x4f02, 0x109, 0, 0);
	video(0x4f04, 0, 0x000f, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0x004f);
	ck_assert_uint_gt(reg(CPU_BX) * 64, 768);
	video(0x4f04, 0x100, 0x000f, 1);
	video(0x0003, 0, 0, 0);
	video(0x4f04, 0x100, 0x000f, 2);
	ck_assert_uint_eq(reg(CPU_AX), 0x004f);
	pass(50);
	expect_screen(132, 25);
	video(0x4f03, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 0x109);
}
END_TEST

START_TEST(subfunctions_have_names_if_they_are_there)
{
	static const uint16_t missing[] = { 0x1004, 0x1011, 0x101c, 0x10ff, 0x1105, 0x1115, 0x1125,
		0x1131, 0x11ff, 0x4f0c, 0x4fff, 0x1400 };

	ck_assert_str_eq(bios_service_name(0x10, 0x1003), "set blinking");
	ck_assert_str_eq(bios_service_name(0x10, 0x1112), "text font and rows");
	ck_assert_str_eq(bios_service_name(0x10, 0x4f02), "set VESA mode");
	for (unsigned i = 0; i < sizeof missing / sizeof *missing; i++) {
		ck_assert_ptr_null(bios_service_name(0x10, missing[i]));
		video(missing[i], 0, 0, 0);
		ck_assert_uint_eq(reg(CPU_AX), missing[i]);
	}
}
END_TEST

START_TEST(vesa_lists_what_there_is_and_refuses_the_rest)
{
	struct far modes;

	video(0x4f00, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0x004f);
	ck_assert_mem_eq(bus.ram + BUFFER_SEG * 16, "VESA", 4);
	modes = guest_rfar(&guest, BUFFER_SEG, 14);
	for (unsigned i = 0; i < 5; i++)
		ck_assert_uint_eq(guest_r16(&guest, modes.seg, modes.off + 2 * i), 0x108 + i);
	ck_assert_uint_eq(guest_r16(&guest, modes.seg, modes.off + 10), 0xffff);
	video(0x4f02, 0x101, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0x014f);
	video(0x4f01, 0, 0x101, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0x014f);
	for (uint16_t ax = 0x4f05; ax <= 0x4f08; ax++) {	/* of graphics modes */
		video(ax, 0, 0, 0);
		ck_assert_uint_eq(reg(CPU_AX), 0x014f);
	}
	video(0x4f09, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0x4f09);
	video(0x4f04, 0, 0x10, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0x014f);
	expect_screen(80, 25);
}
END_TEST

int main(void)
{
	return suite_run_each("bios/video", start, screen_off, (const TTest *[]){
		a_font_may_change_how_many_rows_there_are,
		modes_have_the_scan_lines_asked_for,
		text_scrolls_and_wraps_at_the_last_of_fifty_rows,
		a_program_brings_glyphs_of_its_own,
		a_font_of_impossible_height_is_refused,
		graphics_modes_are_drawn_with_any_font,
		palette_registers_are_written_and_read,
		the_dac_is_written_read_and_summed,
		a_cgas_palettes_are_chosen,
		the_picture_can_be_switched_off,
		cursor_emulation_stays_off_over_modes,
		dots_are_written_and_read_in_every_graphics_mode,
		characters_are_drawn_and_read_in_every_graphics_mode,
		graphics_scroll,
		drawing_leaves_the_graphics_controller_as_it_was,
		the_state_is_told,
		the_state_is_put_away_and_comes_back,
		the_save_pointer_table_is_obeyed,
		vesas_text_modes_are_set,
		vesa_puts_the_state_away_and_back,
		vesa_lists_what_there_is_and_refuses_the_rest,
		subfunctions_have_names_if_they_are_there,
		NULL });
}
