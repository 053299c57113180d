/* dev_vga_memory.c - what a byte from the CPU does to the planes, and that the
 * windows of plain RAM are the same memory.  */

#include "vga_rig.h"

static uint32_t seed = 7;

static uint32_t dice(void)
{
	seed = seed * 1664525 + 1013904223;
	return seed >> 8;
}

/* --- A straightforward VGA: planes, latches, one bit at a time -------------------- */

static uint8_t plane[4][0x10000], latch[4];
static uint8_t ref_gc[9], ref_map;

static void ref_read(uint16_t offset)
{
	for (unsigned p = 0; p < 4; p++)
		latch[p] = plane[p][offset];
}

static uint8_t ref_turn(uint8_t val)
{
	for (unsigned n = ref_gc[3] & 7; n; n--)
		val = val >> 1 | val << 7;
	return val;
}

/* One bit of one plane: what the graphics controller sends to the memory.  */
static bool ref_bit(unsigned p, unsigned bit, uint8_t val)
{
	unsigned mode = ref_gc[5] & 3, function = ref_gc[3] >> 3 & 3;
	bool old = latch[p] >> bit & 1, turned = ref_turn(val) >> bit & 1;
	bool set = ref_gc[0] >> p & 1, enabled = ref_gc[1] >> p & 1, mask = ref_gc[8] >> bit & 1;
	bool data = mode == 0 ? (enabled ? set : turned) : mode == 2 ? val >> p & 1 : set;

	if (mode == 1)
		return old;
	if (mode == 3)
		mask = mask && turned;
	if (function == 1)
		data = data && old;
	else if (function == 2)
		data = data || old;
	else if (function == 3)
		data = data != old;
	return mask ? data : old;
}

static void ref_write(uint16_t offset, uint8_t val)
{
	for (unsigned p = 0; p < 4; p++) {
		uint8_t byte = 0;

		for (unsigned bit = 0; bit < 8; bit++)
			byte |= ref_bit(p, bit, val) << bit;
		if (ref_map >> p & 1)
			plane[p][offset] = byte;
	}
}

static uint8_t ref_compare(void)
{
	uint8_t same = 0xff;

	for (unsigned p = 0; p < 4; p++)
		if (ref_gc[7] >> p & 1)
			same &= ref_gc[2] >> p & 1 ? latch[p] : ~latch[p];
	return same;
}

static void put_gc(uint8_t n, uint8_t val)
{
	gc(n, val);
	ref_gc[n] = val;
}

static void put_map(uint8_t val)
{
	seq(2, val);
	ref_map = val;
}

static void check_planes(uint16_t offset)
{
	put_gc(5, 0);
	for (unsigned p = 0; p < 4; p++) {
		put_gc(4, p);
		ck_assert_uint_eq(peek(GRAPHICS + offset), plane[p][offset]);
	}
	ref_read(offset);
}

static void planar_mode(void)
{
	set_mode(&rig_16);
	memset(ref_gc, 0, sizeof ref_gc);
	ref_gc[7] = 0x0f;
	ref_gc[8] = 0xff;
	ref_map = 0x0f;
	memset(plane, 0, sizeof plane);
	for (unsigned i = 0; i < 256; i++)
		for (unsigned p = 0; p < 4; p++) {
			put_map(1 << p);
			plane[p][i] = dice();
			poke(GRAPHICS + i, plane[p][i]);
		}
	put_map(0x0f);
}

START_TEST(every_write_mode_does_what_it_should)
{
	planar_mode();
	for (unsigned n = 0; n < 4 * 4 * 8 * 40; n++) {
		uint16_t from = dice() & 0xff, to = dice() & 0xff;
		uint8_t val = dice();

		put_gc(0, dice() & 15);
		put_gc(1, dice() & 15);
		put_gc(3, (n & 3) << 3 | (n >> 2 & 7));
		put_gc(8, n & 0x200 ? 0xff : dice());
		put_map(n & 0x400 ? 0x0f : dice() & 15);
		put_gc(5, n >> 5 & 3);
		peek(GRAPHICS + from);
		ref_read(from);
		ref_write(to, val);
		poke(GRAPHICS + to, val);
		check_planes(to);
	}
}
END_TEST

START_TEST(read_mode_1_compares_colours)
{
	planar_mode();
	for (unsigned n = 0; n < 2000; n++) {
		uint16_t at = dice() & 0xff;

		put_gc(2, dice() & 15);
		put_gc(7, n % 5 ? dice() & 15 : 0x0f);
		put_gc(5, 0x08);
		ref_read(at);
		ck_assert_uint_eq(peek(GRAPHICS + at), ref_compare());
	}
}
END_TEST

START_TEST(latches_copy_four_planes_at_once)
{
	planar_mode();
	put_gc(5, 1);
	peek(GRAPHICS + 5);
	bus_write(&bus, GRAPHICS + 0x1000, 0x12345678, 4);
	for (unsigned p = 0; p < 4; p++)
		for (unsigned i = 0; i < 4; i++)
			plane[p][0x1000 + i] = plane[p][5];
	for (unsigned i = 0; i < 4; i++)
		check_planes(0x1000 + i);
	put_gc(4, 2);
	peek(GRAPHICS + 9);
	ck_assert_uint_eq(get(0x3d4, 0x22), plane[2][9]);
}
END_TEST

START_TEST(wide_accesses_are_bytes_in_order)
{
	planar_mode();
	put_gc(4, 3);
	ck_assert_uint_eq(bus_read(&bus, GRAPHICS + 3, 4), (uint32_t)plane[3][3] |
			  plane[3][4] << 8 | plane[3][5] << 16 | (uint32_t)plane[3][6] << 24);
	ref_read(6);
	put_gc(3, 3 << 3);
	bus_write(&bus, GRAPHICS + 40, 0xa55a, 2);
	ref_write(40, 0x5a);
	ref_write(41, 0xa5);
	put_gc(3, 0);
	check_planes(40);
	check_planes(41);
}
END_TEST

/* --- Windows ---------------------------------------------------------------------- */

static bool is_ram(uint32_t addr)
{
	return bus_span(&bus, addr, 4096, true) != NULL;
}

static uint8_t plane_byte(unsigned p, uint16_t offset)
{
	uint8_t memory = get(0x3c4, 4), mode = get(0x3ce, 5), misc = get(0x3ce, 6), val;

	seq(4, 0x06);
	gc(5, 0);
	gc(6, 0x05);
	gc(4, p);
	val = peek(GRAPHICS + offset);
	gc(4, 0);
	gc(6, misc);
	gc(5, mode);
	seq(4, memory);
	return val;
}

START_TEST(chain_4_is_plain_memory_and_the_same_as_the_planes)
{
	set_mode(&rig_256);
	ck_assert(is_ram(GRAPHICS) && is_ram(GRAPHICS + 0xf000));
	ck_assert_uint_eq(peek(TEXT), 0xff);
	for (unsigned i = 0; i < 0x10000; i++)
		poke(GRAPHICS + i, i * 7 + (i >> 8));
	for (unsigned i = 0; i < 2000; i++) {
		uint16_t at = dice();

		ck_assert_uint_eq(plane_byte(at & 3, (at & ~3u) | at >> 14), (uint8_t)(at * 7 + (at >> 8)));
		ck_assert(is_ram(GRAPHICS));
	}
	seq(4, 0x06);
	ck_assert(!is_ram(GRAPHICS));
	seq(2, 0x04);
	poke(GRAPHICS + 0x1234, 0x77);		/* one of those chain-4 shows */
	poke(GRAPHICS + 0x1235, 0x99);		/* and one that it does not */
	seq(2, 0x0f);
	seq(4, 0x0e);
	ck_assert_uint_eq(peek(GRAPHICS + 0x1236), 0x77);
	ck_assert_uint_eq(plane_byte(2, 0x1235), 0x99);
}
END_TEST

/* What a chip does in chain-4 is what the RAM would have done.  */
START_TEST(chain_4_through_the_chip_is_the_same)
{
	set_mode(&rig_256);
	gc(8, 0x0f);
	ck_assert(!is_ram(GRAPHICS));
	for (unsigned i = 0; i < 64; i++) {
		peek(GRAPHICS + 100 + i);
		poke(GRAPHICS + 100 + i, 0xf0 | (i & 15));
	}
	gc(8, 0xff);
	ck_assert(is_ram(GRAPHICS));
	for (unsigned i = 0; i < 64; i++)
		ck_assert_uint_eq(peek(GRAPHICS + 100 + i), i & 15);
	seq(2, 0x05);
	ck_assert(!is_ram(GRAPHICS));
	bus_write(&bus, GRAPHICS + 200, 0x44332211, 4);
	seq(2, 0x0f);
	ck_assert_uint_eq(bus_read(&bus, GRAPHICS + 200, 4), 0x00330011);
}
END_TEST

START_TEST(text_is_plain_memory_and_the_same_as_the_planes)
{
	set_mode(&rig_text);
	ck_assert(is_ram(TEXT) && is_ram(TEXT + 0x7000));
	ck_assert_uint_eq(peek(GRAPHICS), 0xff);
	ck_assert_uint_eq(peek(0xb0000), 0xff);
	for (unsigned i = 0; i < 0x8000; i++)
		poke(TEXT + i, i * 5 + (i >> 7));
	for (unsigned i = 0; i < 1000; i++) {
		uint16_t at = dice() & 0x7fff;

		ck_assert_uint_eq(plane_byte(at & 1, at & ~1u), (uint8_t)(at * 5 + (at >> 7)));
	}
	ck_assert(is_ram(TEXT));
	gc(8, 0xf0);				/* through the chip: latches keep the rest */
	ck_assert(!is_ram(TEXT));
	peek(TEXT + 0x20);
	poke(TEXT + 0x20, 0xff);
	peek(TEXT + 0x21);
	poke(TEXT + 0x21, 0x00);
	gc(8, 0xff);
	ck_assert_uint_eq(peek(TEXT + 0x20), 0xf0 | (0x20 * 5 & 15));
	ck_assert_uint_eq(peek(TEXT + 0x21), 0x21 * 5 & 15);
}
END_TEST

/* As BIOSes do: sequential, plane 2, at A0000h.  */
START_TEST(a_font_is_loaded_beside_the_text)
{
	set_mode(&rig_text);
	bus_write(&bus, TEXT, 0x07420741, 4);
	seq(2, 0x04);
	seq(4, 0x06);
	gc(5, 0x00);
	gc(6, 0x04);
	for (unsigned i = 0; i < 8192; i++)
		poke(GRAPHICS + i, i * 3);
	ck_assert_uint_eq(peek(TEXT), 0xff);
	seq(2, 0x03);
	seq(4, 0x02);
	gc(5, 0x10);
	gc(6, 0x0e);
	ck_assert_uint_eq(bus_read(&bus, TEXT, 4), 0x07420741);
	for (unsigned i = 0; i < 200; i++)
		ck_assert_uint_eq(plane_byte(2, i), (uint8_t)(i * 3));
}
END_TEST

START_TEST(the_window_is_where_the_registers_say)
{
	static const struct { uint8_t misc; uint32_t at, size; } map[] = {
		{ 0x01, 0xa0000, 0x20000 }, { 0x05, 0xa0000, 0x10000 },
		{ 0x09, 0xb0000, 0x8000 }, { 0x0d, 0xb8000, 0x8000 } };

	set_mode(&rig_16);
	for (unsigned i = 0; i < 4; i++) {
		gc(6, map[i].misc);
		for (uint32_t at = 0xa0000; at < 0xc0000; at += 0x4000) {
			bool inside = at >= map[i].at && at < map[i].at + map[i].size;

			poke(at, 0x5a);
			ck_assert_uint_eq(peek(at), inside ? 0x5a : 0xff);
		}
	}
	out(0x3c2, 0xe1);
	ck_assert_uint_eq(peek(0xb8000), 0xff);
	out(0x3c2, 0xe3);
	ck_assert_uint_eq(peek(0xb8000), 0x5a);
	out(0x3c3, 0);
	ck_assert_uint_eq(peek(0xb8000), 0xff);
}
END_TEST

/* --- Whose writes ----------------------------------------------------------------- */

START_TEST(a_programs_write_is_told_from_the_bios)
{
	vga_bios_writes(&vga, true);
	set_mode(&rig_text);
	poke(TEXT, 'a');
	vga_bios_writes(&vga, false);
	ck_assert(!vga_used(&vga));
	vga_bios_writes(&vga, true);
	vga_bios_writes(&vga, true);
	poke(TEXT, 'b');
	vga_bios_writes(&vga, false);
	poke(TEXT + 0x1000, 'b');
	gc(8, 0x0f);
	poke(TEXT, 'c');
	gc(8, 0xff);
	poke(TEXT, 'd');
	vga_bios_writes(&vga, false);
	ck_assert(!vga_used(&vga));
	poke(TEXT + 2, 'e');
	vga_bios_writes(&vga, true);
	poke(TEXT + 4, 'f');
	vga_bios_writes(&vga, false);
	ck_assert(vga_used(&vga));
	ck_assert(!vga_used(&vga));
	poke(TEXT + 6, 'g');
	gc(5, 0x11);			/* the page is mapped otherwise, and knows nothing more */
	gc(5, 0x10);
	ck_assert(vga_used(&vga));
	set_mode(&rig_16);
	ck_assert(!vga_used(&vga));
	poke(GRAPHICS, 1);
	ck_assert(vga_used(&vga));
}
END_TEST

int main(void)
{
	return suite_run_each("dev/vga_memory", setup, teardown, (const TTest *[]){
		every_write_mode_does_what_it_should,
		read_mode_1_compares_colours,
		latches_copy_four_planes_at_once,
		wide_accesses_are_bytes_in_order,
		chain_4_is_plain_memory_and_the_same_as_the_planes,
		chain_4_through_the_chip_is_the_same,
		text_is_plain_memory_and_the_same_as_the_planes,
		a_font_is_loaded_beside_the_text,
		the_window_is_where_the_registers_say,
		a_programs_write_is_told_from_the_bios,
		NULL });
}
