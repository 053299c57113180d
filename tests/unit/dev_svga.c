/* dev_svga.c - the video card with S3's extensions.  */

#include "card_state.h"
#include "vga_rig.h"

#define LINEAR		0xe0000000u
#define VRAM		0x100000u

static uint8_t get_crtc(uint8_t index) { return get(0x3d4, index); }

static void unlock(void)
{
	crtc(0x38, 0x48);
	crtc(0x39, 0xa5);
	seq(0x08, 0x06);
}

/* 320x200 with flat memory; colors is the upper half of CR67.  */
static void set_flat(uint8_t colors)
{
	unsigned bytes = colors == 0 ? 1 : colors <= 5 ? 2 : colors == 7 ? 3 : 4;

	set_mode(&rig_256);
	unlock();
	crtc(0x11, 0);
	crtc(0x01, bytes == 2 ? 79 : 39);
	crtc(0x13, 320 * bytes / 8);
	crtc(0x31, 0x09);
	crtc(0x3a, 0x10);
	crtc(0x67, colors << 4);
	crtc(0x59, LINEAR >> 24);
	crtc(0x58, 0x13);
}

static void setup_svga(void)
{
	rig_vram = VRAM;
	setup();
	out(0x3c2, 1);				/* the CRTC is at 3D4h */
	unlock();
}

START_TEST(registers_open_with_their_keys)
{
	crtc(0x38, 0);
	crtc(0x39, 0);
	seq(0x08, 0);
	crtc(0x35, 0x05);
	crtc(0x43, 0x04);
	crtc(0x36, 0x55);
	seq(0x12, 0x66);
	ck_assert_uint_eq(get_crtc(0x35), 0);
	ck_assert_uint_eq(get_crtc(0x43), 0);
	ck_assert_uint_eq(get(0x3c4, 0x12), 0x49);
	crtc(0x38, 0x48);
	crtc(0x35, 0x05);
	crtc(0x43, 0x04);
	ck_assert_uint_eq(get_crtc(0x35), 0x05);
	ck_assert_uint_eq(get_crtc(0x43), 0);
	crtc(0x39, 0xa0);
	crtc(0x43, 0x04);
	crtc(0x36, 0x55);
	ck_assert_uint_eq(get_crtc(0x43), 0x04);
	ck_assert_uint_ne(get_crtc(0x36), 0x55);
	crtc(0x39, 0xa5);
	crtc(0x36, 0x55);
	ck_assert_uint_eq(get_crtc(0x36), 0x55);
	seq(0x08, 0x06);
	seq(0x12, 0x66);
	ck_assert_uint_eq(get(0x3c4, 0x12), 0x66);
}
END_TEST

START_TEST(a_driver_finds_a_trio64_and_how_much_memory_it_has)
{
	static const struct { uint32_t size; uint8_t code; } memory[] = {
		{ 1 << 20, 6 }, { 2 << 20, 4 }, { 4 << 20, 0 }, { 8 << 20, 3 } };

	for (unsigned i = 0; i < 4; i++) {
		vga_init_svga(&vga, memory[i].size, &bus, &sched, &screen, (struct wire){ 0 });
		out(0x3c2, 1);
		unlock();
		crtc(0x30, 0);
		ck_assert_uint_eq(get_crtc(0x30), 0xe1);
		ck_assert_uint_eq(get_crtc(0x2d), 0x88);
		ck_assert_uint_eq(get_crtc(0x2e), 0x11);
		ck_assert_uint_eq(get_crtc(0x36) >> 5, memory[i].code);
	}
}
END_TEST

START_TEST(three_registers_lead_to_one_bank)
{
	crtc(0x6a, 0x3b);
	ck_assert_uint_eq(get_crtc(0x35) & 0x0f, 0x0b);
	ck_assert_uint_eq(get_crtc(0x51) & 0x0c, 0x0c);
	crtc(0x35, 0x02);
	ck_assert_uint_eq(get_crtc(0x6a), 0x32);
	crtc(0x51, 0x04);
	ck_assert_uint_eq(get_crtc(0x6a), 0x12);
}
END_TEST

START_TEST(two_registers_and_a_third_lead_to_one_start_address)
{
	crtc(0x69, 0x1d);
	ck_assert_uint_eq(get_crtc(0x31) & 0x30, 0x10);
	ck_assert_uint_eq(get_crtc(0x51) & 0x03, 0x03);
	crtc(0x31, 0x20);
	crtc(0x51, 0x01);
	ck_assert_uint_eq(get_crtc(0x69), 0x16);
}
END_TEST

START_TEST(the_window_shows_a_bank)
{
	set_flat(0);
	for (unsigned i = 0; i < VRAM >> 16; i++) {
		crtc(0x6a, i);
		bus_write(&bus, GRAPHICS + 0x1234, 0x8000 + i, 2);
	}
	for (unsigned i = 0; i < VRAM >> 16; i++) {
		ck_assert_uint_eq(vga.vram[(i << 16) + 0x1234], i);
		crtc(0x6a, i);
		ck_assert_uint_eq(bus_read(&bus, GRAPHICS + 0x1234, 2), 0x8000 + i);
	}
	crtc(0x6a, 0x13);			/* there are 16 */
	ck_assert_uint_eq(peek(GRAPHICS + 0x1234), 3);
	crtc(0x31, 0x08);			/* no banks */
	ck_assert_uint_eq(peek(GRAPHICS + 0x1234), 0);
}
END_TEST

START_TEST(the_graphics_controller_works_on_flat_memory_too)
{
	set_flat(0);
	crtc(0x6a, 2);
	poke(GRAPHICS + 5, 0x0f);
	gc(3, 0x18);
	peek(GRAPHICS + 5);
	poke(GRAPHICS + 5, 0xff);
	gc(3, 0);
	ck_assert_uint_eq(peek(GRAPHICS + 5), 0xf0);
	ck_assert_uint_eq(vga.vram[0x20005], 0xf0);
	ck_assert_uint_eq(vga.vram[0x20004], 0);
}
END_TEST

START_TEST(the_linear_frame_buffer_is_where_it_is_told_to_be)
{
	set_flat(0);
	bus_write(&bus, LINEAR + 0x54321, 0x11223344, 4);
	ck_assert_uint_eq(vga.vram[0x54322], 0x33);
	crtc(0x6a, 5);
	ck_assert_uint_eq(bus_read(&bus, GRAPHICS + 0x4321, 4), 0x11223344);
	ck_assert_uint_eq(peek(LINEAR + VRAM), 0xff);
	crtc(0x59, 0xd0);
	ck_assert_uint_eq(peek(LINEAR + 0x54321), 0xff);
	ck_assert_uint_eq(bus_read(&bus, 0xd0054321, 4), 0x11223344);
	crtc(0x58, 0x10);			/* 64 KiB of it */
	crtc(0x5a, 0x01);
	bus_write(&bus, 0xd0010007, 0x77, 1);
	ck_assert_uint_eq(vga.vram[7], 0x77);
	ck_assert_uint_eq(peek(0xd0020000), 0xff);
	crtc(0x58, 0);
	ck_assert_uint_eq(peek(0xd0010007), 0xff);
}
END_TEST

/* RAM, and what the BIOS has below 4 GiB, stay.  */
START_TEST(the_linear_frame_buffer_hides_no_memory)
{
	static const uint8_t place[] = { 0x00, 0xff };

	bus_write(&bus, 0x80000, 0x12345678, 4);
	set_flat(0);
	for (unsigned i = 0; i < 2; i++) {
		crtc(0x59, place[i]);
		bus_write(&bus, (uint32_t)place[i] << 24 | 0x80100, 0x99, 1);
		ck_assert_uint_eq(vga.vram[0x80100], 0);
		ck_assert_uint_eq(vga.linear_size, 0);
	}
	set_mode(&rig_text);
	crtc(0x31, 0);
	ck_assert_uint_eq(bus_read(&bus, 0x80000, 4), 0x12345678);
}
END_TEST

/* Byte n is in plane n % 4 of group n / 4, whichever way it is seen.  */
START_TEST(what_is_in_the_memory_stays_when_its_order_changes)
{
	set_mode(&rig_16);
	seq(2, 0x04);
	poke(GRAPHICS + 0x1001, 0xa7);
	seq(2, 0x0f);
	poke(GRAPHICS + 0xfffd, 0x3c);
	set_flat(0);
	ck_assert_uint_eq(bus_read(&bus, LINEAR + 4 * 0x1001, 4), 0x00a70000);
	ck_assert_uint_eq(bus_read(&bus, LINEAR + 4 * 0xfffd, 4), 0x3c3c3c3c);
	bus_write(&bus, LINEAR + 4 * 0x1001, 0x99, 1);
	crtc(0x31, 0);
	set_mode(&rig_16);
	gc(4, 0);
	ck_assert_uint_eq(peek(GRAPHICS + 0x1001), 0x99);
	gc(4, 2);
	ck_assert_uint_eq(peek(GRAPHICS + 0x1001), 0xa7);
}
END_TEST

START_TEST(text_comes_back_from_behind_a_flat_mode)
{
	set_mode(&rig_text);
	bus_write(&bus, TEXT + 320, 0x1f42, 2);
	set_flat(0);
	crtc(0x31, 0);
	set_mode(&rig_text);
	ck_assert_uint_eq(bus_read(&bus, TEXT + 320, 2), 0x1f42);
}
END_TEST

START_TEST(planes_have_banks_beyond_a_vgas_memory)
{
	set_mode(&rig_16);
	crtc(0x31, 0x01);
	crtc(0x32, 0x00);
	crtc(0x6a, 1);
	poke(GRAPHICS + 9, 0x5a);
	ck_assert_uint_eq(vga.vram[4 * 0x10009 + 3], 0x5a);
	crtc(0x6a, 0);
	ck_assert_uint_eq(peek(GRAPHICS + 9), 0);
	crtc(0x6a, 1);
	ck_assert_uint_eq(peek(GRAPHICS + 9), 0x5a);
	crtc(0x32, 0x40);			/* as a VGA: there is no more */
	ck_assert_uint_eq(peek(GRAPHICS + 9), 0);
}
END_TEST

/* --- Pictures ----------------------------------------------------------------------- */

static const struct { uint8_t colors; uint32_t dot, rgb; } deep[] = {
	{ 3, 0x7c1f, 0xff00ff }, { 3, 0x0210, 0x008484 }, { 5, 0xf81f, 0xff00ff },
	{ 5, 0x0410, 0x008284 }, { 7, 0x123456, 0x123456 }, { 0xd, 0x99abcdef, 0xabcdef },
};

START_TEST(pixels_are_colours)
{
	unsigned bytes = deep[_i].colors <= 5 ? 2 : deep[_i].colors == 7 ? 3 : 4;
	uint32_t at = LINEAR + (199 * 320 + 319) * bytes;

	watch();
	set_flat(deep[_i].colors);
	for (unsigned i = 0; i < bytes; i++)
		poke(at + i, deep[_i].dot >> 8 * i);
	two_pictures();
	ck_assert_int_eq(screen.frame.kind, FRAME_RGB);
	ck_assert_uint_eq(screen.frame.width, 320);
	ck_assert_uint_eq(screen.frame.height, 200);
	ck_assert_uint_eq(screen.rgb[0], 0);
	ck_assert_uint_eq(screen.rgb[199 * 320 + 319], deep[_i].rgb);
	ck_assert_uint_eq(screen.rgb[199 * 320 + 318], 0);
}
END_TEST

START_TEST(pixels_of_a_byte_go_through_the_palette)
{
	watch();
	set_flat(0);
	poke(LINEAR + 3, 200);
	color(200, 0x3f, 0, 0x20);
	two_pictures();
	ck_assert_int_eq(screen.frame.kind, FRAME_PIXELS);
	ck_assert_uint_eq(screen.pixel[3], 200);
	ck_assert_uint_eq(screen.frame.palette[200], 0xff0082);
	out(0x3c6, 0x0f);
	two_pictures();
	ck_assert_uint_eq(screen.pixel[3], 200 & 0x0f);
}
END_TEST

START_TEST(only_rows_that_were_written_are_shown)
{
	watch();
	set_flat(0);
	for (unsigned i = 0; i < 10; i++)
		two_pictures();
	shown = 0;
	two_pictures();
	ck_assert_uint_eq(shown, 0);
	poke(LINEAR + 100 * 320, 5);
	two_pictures();
	ck_assert_uint_eq(shown, 1);
	ck_assert(shown_top == 100 && shown_bottom == 101);
	crtc(0x6a, 0);
	poke(GRAPHICS + 150 * 320 + 1, 5);
	crtc(0x6a, 3);				/* the window has moved on */
	two_pictures();
	ck_assert(shown_top == 150 && shown_bottom == 151);
}
END_TEST

START_TEST(the_picture_begins_anywhere_in_the_memory)
{
	watch();
	set_flat(0);
	poke(LINEAR + 0xc0000 + 4 * 5, 77);
	poke(LINEAR + 0x0f + 4 * 5, 88);
	crtc(0x69, 3);
	crtc(0x0d, 5);
	two_pictures();
	ck_assert_uint_eq(screen.pixel[0], 77);
	crtc(0x69, 3);
	crtc(0x0c, 0xff);
	crtc(0x0d, 0xff);			/* the last four bytes, and on from the first */
	poke(LINEAR + 2, 99);
	attr(0x13, 4);				/* two pixels to the left */
	two_pictures();
	ck_assert_uint_eq(screen.pixel[4], 99);
}
END_TEST

START_TEST(lines_may_be_long)
{
	watch();
	set_flat(0);
	crtc(0x51, 0x30);
	crtc(0x13, 0xff);			/* 3FFh groups of eight */
	poke(LINEAR + 8184 * 100, 42);
	two_pictures();
	ck_assert_uint_eq(screen.pixel[100 * 320], 42);
}
END_TEST

START_TEST(pictures_are_larger_than_a_vgas)
{
	watch();
	set_flat(0);
	crtc(0x00, 0x09);			/* 10Eh - 5 characters, */
	crtc(0x01, 0xff);			/* of which 400 pixels by two clocks ... */
	crtc(0x06, 0xe0);
	crtc(0x07, 0x10);
	crtc(0x12, 0xaf);			/* 4AFh: lines */
	crtc(0x10, 0xb1);
	crtc(0x09, 0x40);
	crtc(0x5d, 0x01);
	crtc(0x5e, 0x53);
	two_pictures();
	pass(&sched, VTIME_SECOND / 4);
	ck_assert_uint_eq(screen.frame.width, 2048);
	ck_assert_uint_eq(screen.frame.height, 1200);
}
END_TEST

/* 14.31818 MHz * (M + 2) / (N + 2) / 2^R.  */
START_TEST(the_clock_is_made_of_the_crystals)
{
	watch();
	set_flat(0);
	seq(0x12, 0x21 | 0x40);			/* R 3, N 1 */
	seq(0x13, 0x7e);
	out(0x3c2, 0x6f);
	two_pictures();
	pass(&sched, VTIME_SECOND / 4);
	/* 14318180 * 128 / 24 dots a second, 800 by 449 of them.  */
	ck_assert_uint_eq(screen.frame.rate_mhz, UINT64_C(14318180) * 128 / 24 * 1000 / (800 * 449));
}
END_TEST

START_TEST(colours_have_eight_bits_if_wanted)
{
	color(7, 0x3f, 0x20, 1);
	seq(0x1b, 0x10);
	out(0x3c7, 7);
	ck_assert_uint_eq(in(0x3c9), 0xfc);
	ck_assert_uint_eq(in(0x3c9), 0x80);
	color(7, 0xff, 0x81, 3);
	ck_assert_uint_eq(vga.draw.rgb[7], 0xff8103);
	seq(0x1b, 0);
	out(0x3c7, 7);
	ck_assert_uint_eq(in(0x3c9), 0x3f);
	ck_assert_uint_eq(in(0x3c9), 0x20);
}
END_TEST

START_TEST(a_monitor_without_synchronisation_is_dark)
{
	watch();
	set_flat(0);
	poke(LINEAR, 9);
	seq(0x0d, 0x50);
	two_pictures();
	ck_assert_uint_eq(screen.pixel[0], 0);
	seq(0x0d, 0);
	two_pictures();
	ck_assert_uint_eq(screen.pixel[0], 9);
}
END_TEST

START_TEST(dots_are_read_and_written_behind_the_registers)
{
	struct video_dots d;

	watch();
	set_flat(5);
	crtc(0x69, 1);
	ck_assert(vga_dots(&vga, &d));
	ck_assert(d.width == 320 && d.height == 200 && d.white == 0xffff && d.start == 0x10000);
	vga_put_dot(&vga, d.start, 10, 100, 0x1234);
	ck_assert_uint_eq(vga_get_dot(&vga, d.start, 10, 100), 0x1234);
	ck_assert_uint_eq(bus_read(&bus, LINEAR + 0x40000 + 100 * 640 + 20, 2), 0x1234);
}
END_TEST

START_TEST(a_program_that_writes_to_the_frame_buffer_uses_the_screen)
{
	set_flat(0);
	vga_used(&vga);
	ck_assert(!vga_used(&vga));
	poke(LINEAR + 0x80000, 1);
	ck_assert(vga_used(&vga));
	ck_assert(!vga_used(&vga));
	vga_bios_writes(&vga, true);
	crtc(0x6a, 4);
	poke(GRAPHICS, 1);
	crtc(0x6a, 5);
	poke(GRAPHICS, 1);
	vga_bios_writes(&vga, false);
	ck_assert(!vga_used(&vga));
}
END_TEST

/* --- Snapshots -------------------------------------------------------------------- */

static void all(struct state *st)
{
	bus_state(&bus, st);
	vga_state(&vga, st);
}

START_TEST(a_snapshot_brings_it_all_back)
{
	size_t size;
	vtime now;

	watch();
	set_flat(5);
	crtc(0x6a, 7);
	bus_write(&bus, GRAPHICS + 2, 0xf800, 2);
	bus_write(&bus, LINEAR + 2, 0x07e0, 2);
	pass(&sched, 5000000);
	now = sched.now;
	size = save(good);
	set_mode(&rig_text);
	crtc(0x31, 0);
	for (uint32_t i = 0; i < 0x10000; i++)
		poke(TEXT + i % 0x8000, 0x33);
	pass(&sched, VTIME_SECOND / 100);
	sched.now = now;
	ck_assert(load(good, size));
	ck_assert_uint_eq(save(again), size);
	ck_assert_mem_eq(good, again, size);
	ck_assert_uint_eq(bus_read(&bus, GRAPHICS + 2, 2), 0xf800);
	ck_assert_uint_eq(bus_read(&bus, LINEAR + 0x70002, 2), 0xf800);
	two_pictures();
	ck_assert_uint_eq(screen.rgb[1], 0x00ff00);
}
END_TEST

START_TEST(a_snapshot_of_a_card_with_other_memory_is_refused)
{
	size_t size = save(good);

	vga_init_svga(&vga, 2 * VRAM, &bus, &sched, &screen, (struct wire){ 0 });
	ck_assert(!load(good, size));
}
END_TEST

static void use(void)
{
	if (dice() % 4 == 0)
		set_flat(dice() & 15);
	for (unsigned i = 0; i < 30; i++) {
		if (dice() & 1)
			crtc(dice() & 0x7f, dice());
		else
			seq(dice() & 0x1f, dice());
		if (dice() % 4 == 0)
			unlock();
	}
	for (unsigned i = 0; i < 20; i++) {
		bus_write(&bus, GRAPHICS + dice() % 0x20000, dice(), 1 << dice() % 3);
		bus_write(&bus, LINEAR + dice() % VRAM, dice(), 1 << dice() % 3);
		bus_read(&bus, GRAPHICS + dice() % 0x20000, 4);
	}
}

START_TEST(spoilt_snapshots_do_no_harm)
{
	watch();
	for (unsigned round = 0; round < 150; round++) {
		size_t size, card;

		use();
		pass(&sched, dice() % 30000000);
		size = save(good);
		memcpy(bad, good, size);
		for (card = 0; card < size && memcmp(bad + card, "s3\0", 3) != 0; card++)
			;
		ck_assert_uint_lt(card + 134, size);
		for (unsigned n = dice() % 8; n; n--)
			bad[card + 14 + dice() % 120] = dice();
		if (round % 4 == 0)
			bad[dice() % size] = dice();
		load(bad, size);
		use();
		pass(&sched, dice() % 30000000);
	}
}
END_TEST

int main(void)
{
	TCase *tc = suite_case("dev/svga", setup_svga, teardown);
	const TTest *const tests[] = {
		registers_open_with_their_keys,
		a_driver_finds_a_trio64_and_how_much_memory_it_has,
		three_registers_lead_to_one_bank,
		two_registers_and_a_third_lead_to_one_start_address,
		the_window_shows_a_bank,
		the_graphics_controller_works_on_flat_memory_too,
		the_linear_frame_buffer_is_where_it_is_told_to_be,
		the_linear_frame_buffer_hides_no_memory,
		what_is_in_the_memory_stays_when_its_order_changes,
		text_comes_back_from_behind_a_flat_mode,
		planes_have_banks_beyond_a_vgas_memory,
		pixels_of_a_byte_go_through_the_palette,
		only_rows_that_were_written_are_shown,
		the_picture_begins_anywhere_in_the_memory,
		lines_may_be_long,
		pictures_are_larger_than_a_vgas,
		the_clock_is_made_of_the_crystals,
		colours_have_eight_bits_if_wanted,
		a_monitor_without_synchronisation_is_dark,
		dots_are_read_and_written_behind_the_registers,
		a_program_that_writes_to_the_frame_buffer_uses_the_screen,
		a_snapshot_brings_it_all_back,
		a_snapshot_of_a_card_with_other_memory_is_refused,
		spoilt_snapshots_do_no_harm,
		NULL,
	};

	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, pixels_are_colours, 0, sizeof deep / sizeof *deep);
	for (unsigned i = 0; tests[i]; i++)
		tcase_add_test(tc, tests[i]);
	return suite_run_case("dev/svga", tc);
}
