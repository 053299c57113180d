/* bios_fonts.c - the ROM's fonts, and what INT 10h loads of them.  */

#include "bios_screen.h"

#include "base/cp.h"

static const uint8_t letter_a[16] = {
	0, 0, 0x10, 0x38, 0x6c, 0xc6, 0xc6, 0xfe, 0xc6, 0xc6, 0xc6, 0xc6, 0, 0, 0, 0 };

static void use_code_page(unsigned page)
{
	uint32_t unicode[256];

	for (unsigned i = 0; i < 256; i++)
		unicode[i] = cp_glyph(page, i);
	bios_set_characters(&bios, unicode);
	vga_set_characters(&vga, unicode);
}

static uint8_t at_vector(unsigned n, unsigned offset)
{
	struct far at = guest_rfar(&guest, 0, n * 4);

	return guest_r8(&guest, at.seg, at.off + offset);
}

START_TEST(the_rom_has_three_fonts_of_256_characters)
{
	ck_assert_mem_eq(bios_rom_font(&bios, 16) + 'A' * 16, letter_a, 16);
	for (unsigned height = 8; height <= 16; height += height == 8 ? 6 : 2) {
		const uint8_t *font = bios_rom_font(&bios, height);

		for (unsigned i = 0; i < height; i++) {
			ck_assert_uint_eq(font[' ' * height + i], 0);
			ck_assert_uint_eq(font[0xdb * height + i], 0xff);
			ck_assert_uint_eq(font[0xb3 * height + i], 0x18);
		}
		for (unsigned ch = 1; ch < 255; ch++)
			ck_assert(ch == ' ' || memcmp(font + ch * height, font, height) != 0);
	}
	ck_assert_mem_eq(bus.ram + 0xffa6e, bios_rom_font(&bios, 8), 128 * 8);
}
END_TEST

START_TEST(every_code_page_has_all_its_glyphs)
{
	unsigned page;

	for (unsigned n = 0; (page = cp_nth(n, NULL)) != 0; n++) {
		use_code_page(page);
		for (unsigned ch = 0x21; ch < 256; ch++) {
			uint32_t unicode = cp_glyph(page, ch);
			bool blank = unicode == 0xa0 || (unicode >= 0xf800 && unicode <= 0xf8ff);

			for (unsigned height = 8; height <= 16; height += height == 8 ? 6 : 2) {
				const uint8_t *font = bios_rom_font(&bios, height);

				ck_assert_msg(blank == !memcmp(font + ch * height, font, height),
					      "page %u, %02Xh, %u lines", page, ch, height);
			}
		}
	}
}
END_TEST

START_TEST(the_vectors_lead_to_the_modes_font)
{
	ck_assert_uint_eq(at_vector(0x43, 'A' * 16 + 4), 0x6c);
	video(0x0013, 0, 0, 0);
	ck_assert_uint_eq(at_vector(0x43, 0xdb * 8), 0xff);
	ck_assert_uint_eq(at_vector(0x1f, (0xdb - 0x80) * 8), 0xff);
	ck_assert_uint_eq(at_vector(0x1f, (0xb3 - 0x80) * 8), 0x18);
	video(0x0010, 0, 0, 0);
	ck_assert_uint_eq(at_vector(0x43, 0xb3 * 14 + 13), 0x18);
	ck_assert_uint_eq(at_vector(0x43, 0xff * 14), 0);
}
END_TEST

START_TEST(fonts_are_where_int_10h_says)
{
	static const struct { uint8_t which, height; uint16_t first; } font[] = {
		{ 2, 14, 0 }, { 3, 8, 0 }, { 4, 8, 128 }, { 6, 16, 0 } };

	for (unsigned i = 0; i < sizeof font / sizeof *font; i++) {
		unsigned height = font[i].height;
		uint16_t es;

		video(0x1130, font[i].which << 8, 0, 0);
		es = cpu.seg[CPU_ES].sel;
		ck_assert_mem_eq(bus.ram + es * 16u + reg(CPU_BP),
				 bios_rom_font(&bios, height) + font[i].first * height, 128 * height);
		ck_assert_uint_eq(reg(CPU_CX), 16);
		ck_assert_uint_eq(reg(CPU_DX) & 0xff, 24);
	}
	video(0x1130, 0x0700, 0, 0);
	ck_assert_uint_eq(guest_r8(&guest, cpu.seg[CPU_ES].sel, reg(CPU_BP)), 0);
}
END_TEST

START_TEST(a_text_mode_shows_the_roms_font)
{
	uint8_t text[2] = { 'A', 0x07 };

	pass(50);
	ck_assert_mem_eq(screen.frame.font + 'A' * FRAME_GLYPH, letter_a, 16);
	bus_copy_out(&bus, 0xb8000, text, 2);
	pass(50);
	ck_assert_uint_eq(screen.cell[0].ch, 'A');
	ck_assert_uint_eq(bus_read(&bus, 0xb8000, 2), 0x0741);
}
END_TEST

/* 852 has a Latin letter where 437 has a line.  */
START_TEST(the_font_is_the_code_pages)
{
	use_code_page(852);
	video(0x0003, 0, 0, 0);
	pass(50);
	ck_assert_mem_eq(screen.frame.font + 0xb5 * FRAME_GLYPH,
			 bios_rom_font(&bios, 16) + 0xb5 * 16, 16);
	ck_assert_uint_ne(screen.frame.font[0xb5 * FRAME_GLYPH + 15], 0x18);
}
END_TEST

int main(void)
{
	return suite_run_each("bios/fonts", screen_on, screen_off, (const TTest *[]){
		the_rom_has_three_fonts_of_256_characters,
		every_code_page_has_all_its_glyphs,
		the_vectors_lead_to_the_modes_font,
		fonts_are_where_int_10h_says,
		a_text_mode_shows_the_roms_font,
		the_font_is_the_code_pages,
		NULL });
}
