/* bios_vbe.c - VESA's BIOS extension on an SVGA card.  */

#include "bios_screen.h"

#define BUFFER_SEG	0x5000
#define LINEAR		0xe0000000u

static void svga_on(void)
{
	board_vram = 4 << 20;
	screen_on();
	cpu_load_real(&cpu, CPU_ES, BUFFER_SEG);
	set_reg(CPU_DI, 0);
}

/* A function of INT 10h/4Fh; AX is what it answers.  */
static uint16_t vbe(uint8_t al, uint16_t bx, uint16_t cx, uint16_t dx)
{
	video(0x4f00 | al, bx, cx, dx);
	return reg(CPU_AX);
}

static void set_mode(uint16_t mode)
{
	ck_assert_uint_eq(vbe(2, mode, 0, 0), 0x4f);
}

static uint16_t word(unsigned at)
{
	return guest_r16(&guest, BUFFER_SEG, at);
}

static uint8_t byte(unsigned at)
{
	return guest_r8(&guest, BUFFER_SEG, at);
}

static uint8_t crtc(uint8_t index)
{
	bus_out(&bus, 0x3d4, index, 1);
	return bus_in(&bus, 0x3d5, 1);
}

static uint32_t dot(unsigned x, unsigned y)
{
	struct video_dots d;

	ck_assert(vga_dots(&vga, &d));
	return vga_get_dot(&vga, d.start, x, y);
}

START_TEST(who_knows_of_version_2_is_told_more)
{
	struct far at;

	guest_w32(&guest, BUFFER_SEG, 0x16, 0x11111111);
	ck_assert_uint_eq(vbe(0, 0, 0, 0), 0x4f);
	ck_assert_mem_eq(bus.ram + BUFFER_SEG * 16, "VESA", 4);
	ck_assert_uint_eq(word(4), 0x0300);
	ck_assert_uint_eq(word(0x12), 64);
	ck_assert_uint_eq(word(0x16), 0);
	guest_w8(&guest, BUFFER_SEG, 256, 0x77);
	ck_assert_uint_eq(vbe(0, 0, 0, 0), 0x4f);
	ck_assert_uint_eq(byte(256), 0x77);	/* others have 256 bytes */
	memcpy(bus.ram + BUFFER_SEG * 16, "VBE2", 4);
	ck_assert_uint_eq(vbe(0, 0, 0, 0), 0x4f);
	ck_assert_uint_eq(byte(256), 0);
	at = guest_rfar(&guest, BUFFER_SEG, 0x16);
	ck_assert_str_eq((char *)bus.ram + at.seg * 16 + at.off, "dosvm");
}
END_TEST

/* What the memory has room for; in order.  */
START_TEST(the_list_has_modes_that_can_be_set)
{
	static const struct { uint32_t vram; unsigned least, most; uint16_t with, without; } card[] = {
		{ 1 << 20, 40, 60, 0x105, 0x107 }, { 2 << 20, 55, 70, 0x107, 0x11a },
		{ 4 << 20, 65, 80, 0x11e, 0x11f }, { 8 << 20, 75, 95, 0x11f, 0x158 } };

	for (unsigned i = 0; i < 4; i++) {
		unsigned n = 0, last = 0;
		bool with = false;
		struct far at;

		screen_off();
		board_vram = card[i].vram;
		screen_on();
		cpu_load_real(&cpu, CPU_ES, BUFFER_SEG);
		set_reg(CPU_DI, 0);
		vbe(0, 0, 0, 0);
		at = guest_rfar(&guest, BUFFER_SEG, 0x0e);
		for (;; n++) {
			uint16_t mode = guest_r16(&guest, at.seg, at.off + 2 * n);

			if (mode == 0xffff)
				break;
			ck_assert_uint_gt(mode, last);
			last = mode;
			with |= mode == card[i].with;
			ck_assert_uint_ne(mode, card[i].without);
			ck_assert_uint_eq(vbe(1, 0, mode, 0), 0x4f);
			ck_assert_uint_eq(byte(0) & 1, 1);
			set_mode(mode);
		}
		ck_assert(with && n >= card[i].least && n <= card[i].most);
		ck_assert_uint_eq(vbe(2, card[i].without, 0, 0), 0x14f);
		ck_assert_uint_eq(vbe(1, 0, card[i].without, 0), 0x14f);
	}
}
END_TEST

START_TEST(a_mode_is_described)
{
	ck_assert_uint_eq(vbe(1, 0, 0x114, 0), 0x4f);	/* 800x600, 65536 colours */
	ck_assert_uint_eq(word(0), 0x04bf);
	ck_assert_uint_eq(byte(2), 7);
	ck_assert_uint_eq(byte(3), 0);
	ck_assert(word(4) == 64 && word(6) == 64 && word(8) == 0xa000 && word(10) == 0);
	ck_assert_uint_eq(word(0x10), 1600);
	ck_assert(word(0x12) == 800 && word(0x14) == 600);
	ck_assert(byte(0x16) == 8 && byte(0x17) == 16);
	ck_assert(byte(0x18) == 1 && byte(0x19) == 16 && byte(0x1a) == 1 && byte(0x1b) == 6);
	ck_assert_uint_eq(byte(0x1d), 4194304 / 960000 - 1);
	ck_assert_mem_eq(bus.ram + BUFFER_SEG * 16 + 0x1f, "\5\13\6\5\5\0\0\0\0", 9);
	ck_assert_uint_eq(guest_r32(&guest, BUFFER_SEG, 0x28), LINEAR);
	ck_assert_uint_eq(word(0x32), 1600);
	ck_assert_mem_eq(bus.ram + BUFFER_SEG * 16 + 0x36, "\5\13\6\5\5\0\0\0", 8);
	ck_assert_uint_eq(guest_r32(&guest, BUFFER_SEG, 0x3e), 400000000);

	ck_assert_uint_eq(vbe(1, 0, 0x104, 0), 0x4f);	/* 1024x768, planes */
	ck_assert_uint_eq(word(0), 0x041f);
	ck_assert(word(0x10) == 128 && byte(0x18) == 4 && byte(0x19) == 4 && byte(0x1b) == 3);
	ck_assert_uint_eq(guest_r32(&guest, BUFFER_SEG, 0x28), 0);

	ck_assert_uint_eq(vbe(1, 0, 0x109, 0), 0x4f);	/* text */
	ck_assert_uint_eq(word(0), 0x000f);
}
END_TEST

static const struct { uint16_t mode; unsigned width, height; enum frame_kind kind; unsigned mhz; } picture[] = {
	{ 0x150, 320, 200, FRAME_PIXELS, 70086 }, { 0x151, 320, 240, FRAME_PIXELS, 59940 },
	{ 0x154, 400, 300, FRAME_PIXELS, 60317 }, { 0x155, 512, 384, FRAME_PIXELS, 60004 },
	{ 0x156, 640, 350, FRAME_PIXELS, 70086 }, { 0x100, 640, 400, FRAME_PIXELS, 70086 },
	{ 0x101, 640, 480, FRAME_PIXELS, 59940 }, { 0x102, 800, 600, FRAME_PIXELS, 60317 },
	{ 0x103, 800, 600, FRAME_PIXELS, 60317 }, { 0x104, 1024, 768, FRAME_PIXELS, 60004 },
	{ 0x105, 1024, 768, FRAME_PIXELS, 60004 }, { 0x157, 1152, 864, FRAME_PIXELS, 75000 },
	{ 0x107, 1280, 1024, FRAME_PIXELS, 60020 }, { 0x11c, 1600, 1200, FRAME_PIXELS, 60000 },
	{ 0x10d, 320, 200, FRAME_RGB, 70086 }, { 0x111, 640, 480, FRAME_RGB, 59940 },
	{ 0x188, 640, 480, FRAME_RGB, 59940 }, { 0x112, 640, 480, FRAME_RGB, 59940 },
	{ 0x11e, 1600, 1200, FRAME_RGB, 60000 },
};

START_TEST(a_mode_is_seen_with_its_size_and_rate)
{
	set_mode(picture[_i].mode);
	pass(100);
	ck_assert_int_eq(screen.frame.kind, picture[_i].kind);
	ck_assert_uint_eq(screen.frame.width, picture[_i].width);
	ck_assert_uint_eq(screen.frame.height, picture[_i].height);
	/* The clock comes to half a percent.  */
	ck_assert_uint_lt(screen.frame.rate_mhz, picture[_i].mhz * 1005ull / 1000);
	ck_assert_uint_gt(screen.frame.rate_mhz, picture[_i].mhz * 995ull / 1000);
	vbe(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), picture[_i].mode);
}
END_TEST

START_TEST(a_program_may_bring_its_own_timing)
{
	static const uint16_t timing[] = { 832, 664, 704, 520, 489, 492 };

	for (unsigned i = 0; i < 6; i++)
		guest_w16(&guest, BUFFER_SEG, 2 * i, timing[i]);
	guest_w8(&guest, BUFFER_SEG, 12, 0x0c);
	guest_w32(&guest, BUFFER_SEG, 13, 31500000);
	set_mode(0x101 | 0x0800);
	pass(50);
	ck_assert_uint_eq(screen.frame.width, 640);
	ck_assert_uint_gt(screen.frame.rate_mhz, 72300);
	ck_assert_uint_lt(screen.frame.rate_mhz, 73200);
	guest_w16(&guest, BUFFER_SEG, 0, 600);		/* less than what is shown */
	ck_assert_uint_eq(vbe(2, 0x901, 0, 0), 0x14f);
}
END_TEST

START_TEST(memory_is_cleared_or_kept)
{
	set_mode(0x4101);
	bus_write(&bus, LINEAR + 0x3fffff, 0x55, 1);
	bus_write(&bus, LINEAR + 7, 0x66, 1);
	set_mode(0xc101);
	ck_assert_uint_eq(bus_read(&bus, LINEAR + 7, 1), 0x66);
	vbe(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 0xc101);
	set_mode(0x4101);
	ck_assert_uint_eq(bus_read(&bus, LINEAR + 7, 1), 0);
	ck_assert_uint_eq(bus_read(&bus, LINEAR + 0x3fffff, 1), 0);
	ck_assert_uint_eq(vbe(2, 0x4102, 0, 0), 0x14f);	/* planes have none */
	set_mode(3);
	ck_assert_uint_eq(bus_read(&bus, LINEAR + 7, 1), 0xff);
}
END_TEST

START_TEST(the_window_moves)
{
	set_mode(0x101);
	ck_assert_uint_eq(vbe(5, 0, 0, 63), 0x4f);
	bus_write(&bus, 0xa0000, 0x42, 1);
	ck_assert_uint_eq(vga.vram[63 << 16], 0x42);
	ck_assert_uint_eq(vbe(5, 0x0100, 0, 0), 0x4f);
	ck_assert_uint_eq(reg(CPU_DX), 63);
	ck_assert_uint_eq(vbe(5, 0, 0, 64), 0x14f);	/* outside */
	ck_assert_uint_eq(vbe(5, 1, 0, 0), 0x14f);	/* no window B */
	set_mode(3);
	ck_assert_uint_eq(vbe(5, 0, 0, 0), 0x34f);
}
END_TEST

START_TEST(lines_get_longer)
{
	set_mode(0x101);
	ck_assert_uint_eq(vbe(6, 0, 1000, 0), 0x4f);
	ck_assert(reg(CPU_BX) == 1000 && reg(CPU_CX) == 1000 && reg(CPU_DX) == 4194304 / 1000);
	ck_assert_uint_eq(vbe(6, 0, 1001, 0), 0x4f);
	ck_assert_uint_eq(reg(CPU_CX), 1008);
	ck_assert_uint_eq(vbe(6, 1, 0, 0), 0x4f);
	ck_assert_uint_eq(reg(CPU_BX), 1008);
	ck_assert_uint_eq(vbe(6, 2, 2048, 0), 0x4f);
	ck_assert_uint_eq(reg(CPU_BX), 2048);
	ck_assert_uint_eq(vbe(6, 3, 0, 0), 0x4f);
	ck_assert_uint_eq(reg(CPU_BX), 8184);
	ck_assert_uint_eq(vbe(6, 2, 0xffff, 0), 0x24f);
	ck_assert_uint_eq(vbe(6, 4, 0, 0), 0x14f);
	ck_assert_uint_eq(vbe(6, 1, 0, 0), 0x4f);
	ck_assert_uint_eq(reg(CPU_BX), 2048);
	set_mode(0x102);
	ck_assert_uint_eq(vbe(6, 0, 1024, 0), 0x4f);
	ck_assert(reg(CPU_BX) == 128 && reg(CPU_CX) == 1024);
}
END_TEST

static const uint16_t start_mode[] = { 0x101, 0x102, 0x110, 0x188, 0x112 };

START_TEST(the_display_starts_at_any_pixel)
{
	static const struct { uint16_t x, y; } at[] = { { 0, 0 }, { 5, 100 }, { 2, 1 }, { 7, 311 } };

	set_mode(start_mode[_i]);
	for (unsigned i = 0; i < 4; i++) {
		ck_assert_uint_eq(vbe(7, 0, at[i].x, at[i].y), 0x4f);
		ck_assert_uint_eq(vbe(7, 1, 0, 0), 0x4f);
		ck_assert_uint_eq(reg(CPU_CX), at[i].x);
		ck_assert_uint_eq(reg(CPU_DX), at[i].y);
	}
	ck_assert_uint_eq(vbe(7, 0, 0, 0xffff), 0x14f);
	ck_assert_uint_eq(vbe(7, 3, 0, 0), 0x24f);	/* no second eye */
}
END_TEST

START_TEST(a_page_is_seen_from_the_next_retrace_on)
{
	set_mode(0x4101);
	bus_write(&bus, LINEAR + 480 * 640, 99, 1);
	pass(100);
	ck_assert_uint_eq(screen.pixel[0], 0);
	ck_assert_uint_eq(vbe(7, 0x80, 0, 480), 0x4f);
	pass(20);
	ck_assert_uint_eq(screen.pixel[0], 99);
}
END_TEST

/* 82h comes back when the retrace has begun; 02h at once, and 04h says whether.  */
START_TEST(a_flip_is_waited_for)
{
	vtime before;

	set_mode(0x4101);
	cpu.reg[CPU_CX] = 0;
	vbe(7, 0x82, 0, 0);
	before = sched.now;
	for (unsigned i = 0; i < 10; i++)
		ck_assert_uint_eq(vbe(7, 0x80, 0, 0), 0x4f);
	ck_assert_uint_gt(sched.now - before, VTIME_SECOND / 60 * 98 / 10);
	ck_assert_uint_lt(sched.now - before, VTIME_SECOND / 60 * 103 / 10);
	ck_assert_uint_eq(vbe(7, 0x02, 0x1000, 0), 0x4f);
	ck_assert_uint_eq(vbe(7, 0x04, 0, 0), 0x4f);
	ck_assert_uint_eq(reg(CPU_CX), 0);
	pass(20);
	ck_assert_uint_eq(vbe(7, 0x04, 0, 0), 0x4f);
	ck_assert_uint_eq(reg(CPU_CX), 1);
	ck_assert_uint_eq(vbe(7, 1, 0, 0), 0x4f);
	ck_assert_uint_eq(reg(CPU_DX) * 640 + reg(CPU_CX), 0x1000);
}
END_TEST

START_TEST(the_dac_gets_wider)
{
	set_mode(0x101);
	ck_assert_uint_eq(vbe(8, 0x0001, 0, 0), 0x4f);
	ck_assert_uint_eq(reg(CPU_BX) >> 8, 6);
	ck_assert_uint_eq(vbe(8, 0x0800, 0, 0), 0x4f);
	ck_assert_uint_eq(reg(CPU_BX) >> 8, 8);
	guest_w32(&guest, BUFFER_SEG, 0, 0x00fe8102);
	ck_assert_uint_eq(vbe(9, 0, 1, 77), 0x4f);
	ck_assert_uint_eq(vga.draw.rgb[77], 0xfe8102);
	guest_w32(&guest, BUFFER_SEG, 0, 0xffffffff);
	ck_assert_uint_eq(vbe(9, 1, 1, 77), 0x4f);
	ck_assert_uint_eq(guest_r32(&guest, BUFFER_SEG, 0), 0x00fe8102);
	ck_assert_uint_eq(vbe(8, 0x0700, 0, 0), 0x4f);
	ck_assert_uint_eq(reg(CPU_BX) >> 8, 6);
	ck_assert_uint_eq(vbe(9, 2, 1, 0), 0x24f);
	ck_assert_uint_eq(vbe(9, 0, 2, 255), 0x14f);
	set_mode(0x111);
	ck_assert_uint_eq(vbe(8, 0x0800, 0, 0), 0x34f);
}
END_TEST

START_TEST(the_state_comes_back)
{
	uint16_t blocks;

	set_mode(0x4105);
	vbe(6, 0, 2048, 0);
	vbe(7, 0, 12, 700);
	vbe(5, 0, 0, 9);
	vbe(8, 0x0800, 0, 0);
	guest_w32(&guest, BUFFER_SEG, 0, 0x00123456);
	vbe(9, 0, 1, 200);
	ck_assert_uint_eq(vbe(4, 0, 15, 0), 0x4f);
	blocks = reg(CPU_BX);
	ck_assert(blocks > 10 && blocks < 40);
	guest_w8(&guest, BUFFER_SEG, blocks * 64, 0xa5);
	ck_assert_uint_eq(vbe(4, 0, 15, 1), 0x4f);
	ck_assert_uint_eq(byte(blocks * 64), 0xa5);
	set_mode(3);
	ck_assert_uint_eq(crtc(0x38), 0);
	ck_assert_uint_eq(vbe(4, 0, 15, 2), 0x4f);
	vbe(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX) & 0x7fff, 0x4105);
	vbe(6, 1, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 2048);
	vbe(7, 1, 0, 0);
	ck_assert(reg(CPU_CX) == 12 && reg(CPU_DX) == 700);
	vbe(5, 0x100, 0, 0);
	ck_assert_uint_eq(reg(CPU_DX), 9);
	ck_assert_uint_eq(vga.draw.rgb[200], 0x123456);
	pass(100);
	ck_assert_uint_eq(screen.frame.width, 1024);
	ck_assert_uint_eq(vbe(4, 0, 16, 1), 0x14f);
}
END_TEST

START_TEST(the_nearest_clock_is_told)
{
	cpu.reg[CPU_CX] = 0;
	video(0x4f0b, 0, 0, 0x101);
	cpu.reg[CPU_CX] = 40000000;
	set_reg(CPU_AX, 0x4f0b);
	set_reg(CPU_BX, 0);
	set_reg(CPU_DX, 0x111);
	call(0x10);
	ck_assert_uint_eq(reg(CPU_AX), 0x4f);
	ck_assert_uint_gt(cpu.reg[CPU_CX], 39900000);
	ck_assert_uint_lt(cpu.reg[CPU_CX], 40100000);
}
END_TEST

START_TEST(the_monitor_sleeps_and_says_who_it_is)
{
	uint8_t sum = 0;

	ck_assert_uint_eq(vbe(0x10, 0, 0, 0), 0x4f);
	ck_assert_uint_eq(reg(CPU_BX), 0x0710);
	ck_assert_uint_eq(vbe(0x10, 0x0401, 0, 0), 0x4f);
	ck_assert_uint_eq(vbe(0x10, 0x0002, 0, 0), 0x4f);
	ck_assert_uint_eq(reg(CPU_BX) >> 8, 4);
	ck_assert_uint_eq(vbe(0x10, 0x0801, 0, 0), 0x24f);
	ck_assert_uint_eq(vbe(0x10, 0x0001, 0, 0), 0x4f);
	ck_assert_uint_eq(vbe(0x15, 0, 0, 0), 0x4f);
	ck_assert_uint_eq(vbe(0x15, 1, 0, 0), 0x4f);
	ck_assert_mem_eq(bus.ram + BUFFER_SEG * 16, "\0\377\377\377\377\377\377\0", 8);
	for (unsigned i = 0; i < 128; i++)
		sum += byte(i);
	ck_assert_uint_eq(sum, 0);
	ck_assert_uint_eq(vbe(0x15, 1, 0, 1), 0x14f);
	ck_assert_uint_eq(vbe(0x11, 0, 0, 0), 0x4f11);	/* not there */
	ck_assert_uint_eq(vbe(0x0c, 0, 0, 0), 0x4f0c);
}
END_TEST

/* --- Text and dots ------------------------------------------------------------------ */

static const struct { uint16_t mode; uint32_t color; } drawn[] = {
	{ 0x101, 12 }, { 0x102, 12 }, { 0x106, 12 }, { 0x110, 0x7d4a }, { 0x111, 0xfaaa },
	{ 0x188, 0xff5555 }, { 0x112, 0xff5555 },
};

START_TEST(dots_are_drawn_by_the_bios)
{
	set_mode(drawn[_i].mode);
	video(0x0c0c, 0, 639, 479);
	ck_assert_uint_eq(dot(639, 479), drawn[_i].color);
	ck_assert_uint_eq(dot(638, 479), 0);
	video(0x0d00, 0, 639, 479);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 12);
}
END_TEST

START_TEST(characters_are_drawn_and_read_and_scroll)
{
	unsigned columns, rows;

	set_mode(drawn[_i].mode);
	video(0x0f00, 0, 0, 0);
	columns = reg(CPU_AX) >> 8;
	rows = bda8(0x84) + 1;
	vbe(5, 0, 0, 1);
	video(0x0200, 0, 0, (rows - 1) << 8 | (columns - 2));
	video(0x09db, 12, 2, 0);		/* full blocks */
	ck_assert_uint_eq(dot(columns * 8 - 1, rows * 16 - 1), drawn[_i].color);
	ck_assert_uint_eq(dot(columns * 8 - 17, rows * 16 - 1), 0);
	video(0x0800, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 0xdb);
	video(0x0601, 9, 0, (rows - 1) << 8 | (columns - 1));
	ck_assert_uint_eq(dot(columns * 8 - 1, rows * 16 - 17), drawn[_i].color);
	ck_assert_uint_eq(dot(columns * 8 - 1, rows * 16 - 1), 0);
	video(0x0e41, 12, 0, 0);
	video(0x0e42, 12, 0, 0);		/* at the end of the last row */
	video(0x0200, 0, 0, (rows - 2) << 8 | (columns - 2));
	video(0x0800, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 'A');
	vbe(5, 0x100, 0, 0);
	ck_assert_uint_eq(reg(CPU_DX), 1);	/* the window is where it was */
}
END_TEST

/* Programs have their own pointer there, and leave the driver's on.  */
START_TEST(the_mouse_driver_draws_no_pointer)
{
	set_mode(0x101);
	set_reg(CPU_AX, 0);
	call(0x33);
	ck_assert_uint_eq(reg(CPU_AX), 0xffff);
	set_reg(CPU_AX, 1);
	call(0x33);
	for (unsigned y = 200; y < 300; y++)
		for (unsigned x = 280; x < 380; x++)
			ck_assert_uint_eq(dot(x, y), 0);
	set_reg(CPU_AX, 0x26);			/* the virtual screen has the mode's points */
	call(0x33);
	ck_assert(reg(CPU_CX) == 639 && reg(CPU_DX) == 479);
}
END_TEST

int main(void)
{
	TCase *tc = suite_case("bios/vbe", svga_on, screen_off);
	const TTest *const tests[] = {
		who_knows_of_version_2_is_told_more,
		the_list_has_modes_that_can_be_set,
		a_mode_is_described,
		a_program_may_bring_its_own_timing,
		memory_is_cleared_or_kept,
		the_window_moves,
		lines_get_longer,
		a_page_is_seen_from_the_next_retrace_on,
		a_flip_is_waited_for,
		the_dac_gets_wider,
		the_state_comes_back,
		the_nearest_clock_is_told,
		the_monitor_sleeps_and_says_who_it_is,
		the_mouse_driver_draws_no_pointer,
		NULL,
	};

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc, a_mode_is_seen_with_its_size_and_rate, 0,
			    sizeof picture / sizeof *picture);
	tcase_add_loop_test(tc, the_display_starts_at_any_pixel, 0,
			    sizeof start_mode / sizeof *start_mode);
	tcase_add_loop_test(tc, dots_are_drawn_by_the_bios, 0, sizeof drawn / sizeof *drawn);
	tcase_add_loop_test(tc, characters_are_drawn_and_read_and_scroll, 0,
			    sizeof drawn / sizeof *drawn);
	for (unsigned i = 0; tests[i]; i++)
		tcase_add_test(tc, tests[i]);
	return suite_run_case("bios/vbe", tc);
}
