/* bios_sprite.c - the mouse's cursor in graphics modes.  */

#include "mouse_rig.h"

static void mode(uint8_t n)
{
	set_reg(CPU_AX, n);
	call(0x10);
}

static uint8_t dot(unsigned x, unsigned y)
{
	struct video_dots d;

	ck_assert(vga_dots(&vga, &d));
	return vga_get_dot(&vga, d.start, x, y);
}

static void put_dot(unsigned x, unsigned y, uint8_t val)
{
	set_reg(CPU_AX, 0x0c00 | val);
	set_reg(CPU_BX, 0);
	set_reg(CPU_CX, x);
	set_reg(CPU_DX, y);
	call(0x10);
}

/* A square: black above, white below; the first column is turned over, the last lets
 * through.  */
static void square(uint16_t hot_x, uint16_t hot_y)
{
	for (unsigned i = 0; i < 16; i++) {
		guest_w16(&guest, 0x5000, 2 * i, 0x8001);
		guest_w16(&guest, 0x5000, 32 + 2 * i, 0x8000 | (i >= 8 ? 0x7ffe : 0));
	}
	cpu_load_real(&cpu, CPU_ES, 0x5000);
	mouse33(9, hot_x, hot_y, 0);
}

/* With the cursor's first dot at x, y, where there was `under' before.  */
static void check_square(unsigned x, unsigned y, uint8_t under, uint8_t white)
{
	ck_assert_uint_eq(dot(x, y), under ^ white);
	ck_assert_uint_eq(dot(x + 1, y), 0);
	ck_assert_uint_eq(dot(x + 14, y + 7), 0);
	ck_assert_uint_eq(dot(x + 1, y + 8), white);
	ck_assert_uint_eq(dot(x + 15, y + 8), under);
	ck_assert_uint_eq(dot(x + 14, y + 15), white);
	ck_assert_uint_eq(dot(x + 16, y), under);
	ck_assert_uint_eq(dot(x, y + 16), under);
}

static void check_all(unsigned width, unsigned height, uint8_t under)
{
	for (unsigned y = 0; y < height; y++)
		for (unsigned x = 0; x < width; x++)
			ck_assert_uint_eq(dot(x, y), under);
}

static const struct { uint8_t mode, step, white; uint16_t width, height; } graphics_mode[] = {
	{ 0x06, 1, 1, 640, 200 }, { 0x0d, 2, 15, 320, 200 }, { 0x0e, 1, 15, 640, 200 },
	{ 0x0f, 1, 5, 640, 350 }, { 0x10, 1, 15, 640, 350 }, { 0x11, 1, 15, 640, 480 },
	{ 0x12, 1, 15, 640, 480 }, { 0x13, 2, 15, 320, 200 },
};

START_TEST(the_graphics_cursor_goes_through_its_masks)
{
	uint8_t m = graphics_mode[_i].mode, step = graphics_mode[_i].step;
	uint8_t white = graphics_mode[_i].white;

	mode(m);
	for (unsigned y = 90; y < 130; y++)
		for (unsigned x = 100; x < 160; x++)
			put_dot(x, y, white & 5);
	mouse33(0, 0, 0, 0);
	mouse33(0x26, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), graphics_mode[_i].width * step - 1);
	ck_assert_uint_eq(reg(CPU_DX), graphics_mode[_i].height - 1);
	mouse33(0x13, 0, 0, 0x7fff);
	square(0, 0);
	mouse33(4, 0, 110 * step, 100);
	mouse33(1, 0, 0, 0);
	check_square(110, 100, white & 5, white);
	moved(8 * step, -8, 0);				/* 8 points, and 4 up */
	check_square(110 + 8, 100 - 4, white & 5, white);
	mouse33(2, 0, 0, 0);
	for (unsigned y = 90; y < 130; y++)
		for (unsigned x = 100; x < 160; x++)
			ck_assert_uint_eq(dot(x, y), white & 5);
}
END_TEST

START_TEST(with_two_bits_a_dot_two_of_the_masks_are_one)
{
	mode(4);
	mouse33(0, 0, 0, 0);
	square(0, 0);
	mouse33(4, 0, 200, 50);
	mouse33(1, 0, 0, 0);
	ck_assert_uint_eq(dot(100, 50), 2);		/* 10 of the screen's mask over black, 10 */
	ck_assert_uint_eq(dot(101, 50), 0);
	ck_assert_uint_eq(dot(101, 58), 3);
	ck_assert_uint_eq(dot(107, 58), 2);
	ck_assert_uint_eq(dot(108, 58), 0);
	mouse33(2, 0, 0, 0);
	check_all(320, 200, 0);
}
END_TEST

START_TEST(at_the_edges_only_a_part_of_it_is_seen)
{
	mode(0x12);
	mouse33(0, 0, 0, 0);
	square(8, 8);
	mouse33(4, 0, 0, 0);
	mouse33(1, 0, 0, 0);
	ck_assert_uint_eq(dot(0, 0), 15);
	ck_assert_uint_eq(dot(6, 7), 15);
	ck_assert_uint_eq(dot(7, 7), 0);
	mouse33(4, 0, 639, 479);
	ck_assert_uint_eq(dot(0, 0), 0);
	ck_assert_uint_eq(dot(631, 479), 15);
	ck_assert_uint_eq(dot(639, 479), 15);
	mouse33(2, 0, 0, 0);
	check_all(640, 480, 0);
}
END_TEST

static void gc(uint8_t index, uint8_t val)
{
	bus_out(&bus, 0x3ce, index, 1);
	bus_out(&bus, 0x3cf, val, 1);
}

/* In the middle of a program's drawing: write mode 2 with a bit mask and XOR, the
 * index somewhere, something in the latches.  */
START_TEST(drawing_it_disturbs_nothing_in_the_card)
{
	static struct vga before;

	mode(0x12);
	mouse33(0, 0, 0, 0);
	mouse33(0x13, 0, 0, 0x7fff);
	square(0, 0);
	mouse33(4, 0, 0x40, 0x40);
	mouse33(1, 0, 0, 0);
	bus_out(&bus, 0x3c4, 2, 1);
	bus_out(&bus, 0x3c5, 5, 1);
	gc(5, 2);
	gc(3, 0x18);
	gc(8, 0x3c);
	gc(4, 2);
	bus_out(&bus, 0x3ce, 7, 1);
	bus_out(&bus, 0x3d4, 0x0c, 1);
	bus_write(&bus, 0xa0000, 0xff, 1);
	bus_read(&bus, 0xa0000, 1);
	before = vga;
	moved(40, 40, 0);
	ck_assert_int_eq(memcmp(vga.gc, before.gc, sizeof vga.gc), 0);
	ck_assert_int_eq(memcmp(vga.seq, before.seq, sizeof vga.seq), 0);
	ck_assert_int_eq(memcmp(vga.crtc, before.crtc, sizeof vga.crtc), 0);
	ck_assert_uint_eq(vga.gc_index, before.gc_index);
	ck_assert_uint_eq(vga.seq_index, before.seq_index);
	ck_assert_uint_eq(vga.crtc_index, before.crtc_index);
	ck_assert_uint_eq(vga.latch, before.latch);
	ck_assert_uint_eq(vga.latch, 0x003c003c);
	ck_assert_uint_eq(dot(0x40 + 41, 0x40 + 20 + 8), 15);
}
END_TEST

START_TEST(in_mode_x_it_is_where_the_picture_is)
{
	mode(0x13);
	bus_out(&bus, 0x3c4, 0x0604, 2);		/* no chain-4, */
	bus_out(&bus, 0x3d4, 0xe317, 2);		/* bytes, */
	bus_out(&bus, 0x3d4, 0x0014, 2);
	bus_out(&bus, 0x3d4, 0x400c, 2);		/* another page */
	bus_out(&bus, 0x3c4, 0x0f02, 2);
	for (unsigned i = 0; i < 80 * 200; i++)
		bus_write(&bus, 0xa4000 + i, 0, 1);
	mouse33(0, 0, 0, 0);
	square(0, 0);
	mouse33(4, 0, 100 * 2, 150);
	mouse33(1, 0, 0, 0);
	check_square(100, 150, 0, 15);
	bus_out(&bus, 0x3c4, 0x0202, 2);
	bus_out(&bus, 0x3ce, 0x0104, 2);
	ck_assert_uint_eq(bus_read(&bus, 0xa4000 + 158 * 80 + 25, 1), 15);
	mouse33(2, 0, 0, 0);
	ck_assert_uint_eq(bus_read(&bus, 0xa4000 + 158 * 80 + 25, 1), 0);
	check_all(320, 200, 0);
}
END_TEST

START_TEST(it_may_be_on_another_page)
{
	mode(0x0d);
	mouse33(0, 0, 0, 0);
	square(0, 0);
	mouse33(4, 0, 0, 0);
	mouse33(0x1d, 2, 0, 0);
	mouse33(1, 0, 0, 0);
	check_all(320, 200, 0);
	ck_assert_uint_eq(vga_get_dot(&vga, 2 * 0x2000, 1, 8), 15);
	mouse33(0x1e, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 2);
}
END_TEST

START_TEST(dots_drawn_over_the_cursor_stay)
{
	mode(0x13);
	mouse33(0, 0, 0, 0);
	square(0, 0);
	mouse33(4, 0, 0, 0);
	mouse33(1, 0, 0, 0);
	guest_w8(&guest, 0xa000, 320 * 9 + 5, 0x55);
	mouse33(2, 0, 0, 0);
	ck_assert_uint_eq(guest_r8(&guest, 0xa000, 320 * 9 + 5), 0x55);
	ck_assert_uint_eq(guest_r8(&guest, 0xa000, 320 * 9 + 6), 0);
}
END_TEST

START_TEST(no_part_of_it_is_in_a_region_kept_free)
{
	mode(0x12);
	mouse33(0, 0, 0, 0);
	mouse33(0x13, 0, 0, 0x7fff);
	square(0, 0);
	mouse33(4, 0, 84, 100);
	mouse33(1, 0, 0, 0);
	set_reg(CPU_SI, 200), set_reg(CPU_DI, 200);
	mouse33(0x10, 0, 100, 100);			/* it ends just before */
	ck_assert_uint_eq(dot(85, 108), 15);
	moved(1, 0, 0);
	check_all(640, 480, 0);
	moved(-1, 0, 0);
	ck_assert_uint_eq(dot(85, 108), 15);
	moved(200, 0, 0);
	ck_assert_uint_eq(dot(85 + 200, 108), 15);
}
END_TEST

START_TEST(a_new_mode_hides_it_and_gives_it_the_whole_screen)
{
	mode(0x12);
	mouse33(0, 0, 0, 0);
	mouse33(7, 0, 10, 20);
	mouse33(1, 0, 0, 0);
	set_reg(CPU_AX, 0x0092);			/* the memory stays */
	call(0x10);
	check_all(640, 480, 0);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 320);
	ck_assert_uint_eq(reg(CPU_DX), 240);
	mouse33(0x2a, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0xffff);
	mode(3);
	set_reg(CPU_AX, 0x1112);
	set_reg(CPU_BX, 0);
	call(0x10);
	mouse33(0x31, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_DX), 50 * 8 - 8);
}
END_TEST

START_TEST(it_stands_in_for_a_light_pen)
{
	mode(6);
	mouse33(0, 0, 0, 0);
	mouse33(4, 0, 205, 43);
	moved(0, 0, 1);
	set_reg(CPU_AX, 0x0400);
	call(0x10);
	ck_assert_uint_eq(reg(CPU_AX) >> 8, 0);
	moved(0, 0, 3);
	set_reg(CPU_AX, 0x0400);
	call(0x10);
	ck_assert_uint_eq(reg(CPU_AX) >> 8, 1);
	ck_assert_uint_eq(reg(CPU_BX), 205);
	ck_assert_uint_eq(reg(CPU_CX) >> 8, 43);
	ck_assert_uint_eq(reg(CPU_DX), 43 / 8 << 8 | 205 / 8);
	mouse33(0x0e, 0, 0, 0);
	set_reg(CPU_AX, 0x0400);
	call(0x10);
	ck_assert_uint_eq(reg(CPU_AX) >> 8, 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		with_two_bits_a_dot_two_of_the_masks_are_one,
		at_the_edges_only_a_part_of_it_is_seen,
		drawing_it_disturbs_nothing_in_the_card,
		in_mode_x_it_is_where_the_picture_is,
		it_may_be_on_another_page,
		dots_drawn_over_the_cursor_stay,
		no_part_of_it_is_in_a_region_kept_free,
		a_new_mode_hides_it_and_gives_it_the_whole_screen,
		it_stands_in_for_a_light_pen,
	};
	TCase *tc = suite_case("bios/sprite", power_on, power_off);

	tcase_add_loop_test(tc, the_graphics_cursor_goes_through_its_masks, 0,
			    sizeof graphics_mode / sizeof *graphics_mode);
	for (unsigned i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(tc, tests[i]);
	return suite_run_case("bios/sprite", tc);
}
