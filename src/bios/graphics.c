/* graphics.c - text and dots in the graphics modes, of which there are these kinds:
 * a CGA's, two banks of lines with one or two bits a dot; four planes, of which an SVGA
 * card has banks; and a byte a dot.  Where an SVGA card's memory is flat, see vbedraw.c.  Characters are drawn with the font at INT 43h, in a CGA's modes those from
 * 80h on with that at INT 1Fh.  Programs may have left the graphics controller in
 * any state: it is put aside meanwhile.  */

#include "bios/parts.h"
#include "bios/vbe.h"

#include <string.h>

#define CGA		0xb8000u
#define CGA_BANK	0x2000u
#define CGA_LINE	80		/* bytes */
#define WIDE_LINE	160		/* ... in four banks */
#define AREA		0xa0000u
#define AREA_SIZE	0x10000u
#define HIGHEST		32
#define LINE_320	320

enum { GC_SET, GC_ENABLE, GC_ROTATE = 3, GC_READ_MAP = 4, GC_MODE = 5, GC_MASK = 8, SEQ_MAP = 2,
       GC_XOR = 0x18, WRITE_MODE_1 = 0x01, MODE_BITS = 0x0b, ALL = 0x0f, XOR = 0x80 };

enum kind { KIND_1_BIT, KIND_2_BITS, KIND_PLANES, KIND_BYTES, KIND_4_BITS, KIND_PAIRS };

static enum kind kind_of(const struct bios *b)
{
	uint8_t mode = bda8(b, BDA_MODE);

	if (mode == 0x13)
		return KIND_BYTES;
	if (mode >= 8 && mode <= 0x0a)		/* Tandy's and the PCjr's */
		return mode == 0x0a ? KIND_PAIRS : KIND_4_BITS;
	return mode == 6 ? KIND_1_BIT : mode <= 5 ? KIND_2_BITS : KIND_PLANES;
}

/* --- The graphics controller --------------------------------------------------------- */

struct aside { uint8_t set, enable, rotate, read_map, mode, mask, map, window; };

static bool is_svga(const struct bios *b)
{
	return bda8(b, BDA_MODE) == BIOS_VBE_MODE && b->video == VIDEO_SVGA;
}

static struct aside put_aside(struct bios *b)
{
	struct aside a = { 0 };

	if (!bios_card(b)->planar)
		return a;
	a = (struct aside){
		bios_gc(b, GC_SET), bios_gc(b, GC_ENABLE), bios_gc(b, GC_ROTATE),
		bios_gc(b, GC_READ_MAP), bios_gc(b, GC_MODE), bios_gc(b, GC_MASK),
		bios_seq(b, SEQ_MAP), is_svga(b) ? vbe_get_window(b) : 0,
	};
	bios_set_gc(b, GC_ENABLE, 0);
	bios_set_gc(b, GC_ROTATE, 0);
	bios_set_gc(b, GC_MODE, a.mode & ~MODE_BITS);
	bios_set_gc(b, GC_MASK, 0xff);
	if (kind_of(b) == KIND_PLANES)
		bios_set_seq(b, SEQ_MAP, ALL);
	return a;
}

static void take_back(struct bios *b, const struct aside *a)
{
	if (!bios_card(b)->planar)
		return;
	bios_set_gc(b, GC_SET, a->set);
	bios_set_gc(b, GC_ENABLE, a->enable);
	bios_set_gc(b, GC_ROTATE, a->rotate);
	bios_set_gc(b, GC_READ_MAP, a->read_map);
	bios_set_gc(b, GC_MODE, a->mode);
	bios_set_gc(b, GC_MASK, a->mask);
	bios_set_seq(b, SEQ_MAP, a->map);
	if (is_svga(b))
		vbe_set_window(b, a->window);
}

/* --- Bytes --------------------------------------------------------------------------- */

static unsigned bytes_of_character(const struct bios *b)
{
	enum kind k = kind_of(b);

	return k == KIND_BYTES ? 8 : k == KIND_4_BITS ? 4 : k == KIND_1_BIT || k == KIND_PLANES ? 1 : 2;
}

/* Puts the window there, too.  */
static uint32_t svga_byte_at(struct bios *b, unsigned x, unsigned y)
{
	struct vbe_mode m;
	uint32_t offset = 0;

	if (vbe_mode_now(b, &m))
		offset = y * vbe_line_bytes(b, &m) + x;
	vbe_set_window(b, offset / VBE_WINDOW);
	return AREA + offset % VBE_WINDOW;
}

/* Never outside the window, whatever the data area says.  */
static uint32_t byte_at(struct bios *b, uint8_t page, unsigned x, unsigned y)
{
	uint32_t offset = (page & 7) * bda16(b, BDA_PAGE_SIZE);

	if (is_svga(b))
		return svga_byte_at(b, x, y);
	if (bda8(b, BDA_MODE) == 9 || bda8(b, BDA_MODE) == 0x0a)
		return CGA + (y & 3) * CGA_BANK + (y / 4 * WIDE_LINE + x) % CGA_BANK;
	switch (kind_of(b)) {
	case KIND_BYTES:
		return AREA + (y * LINE_320 + x) % AREA_SIZE;
	case KIND_PLANES:
		return AREA + (offset + y * bda16(b, BDA_COLUMNS) + x) % AREA_SIZE;
	default:
		return CGA + (y & 1) * CGA_BANK + (y / 2 * CGA_LINE + x) % CGA_BANK;
	}
}

/* Eight dots, the first in bit 7, at byte x of a line: the set ones in a color, the
 * others in another; or turned over where they are set.  */
static void planes_dots(struct bios *b, uint32_t at, uint8_t bits, uint8_t color, bool turn)
{
	bios_set_gc(b, GC_ENABLE, ALL);
	if (!turn) {
		bios_set_gc(b, GC_SET, 0);
		bios_set_gc(b, GC_MASK, 0xff);
		bus_write(b->bus, at, 0, 1);
	}
	bios_set_gc(b, GC_ROTATE, turn ? GC_XOR : 0);
	bios_set_gc(b, GC_SET, color & ALL);
	bios_set_gc(b, GC_MASK, bits);
	bus_read(b->bus, at, 1);
	bus_write(b->bus, at, 0, 1);
}

static void bytes_dots(struct bios *b, uint32_t at, uint8_t bits, uint8_t color)
{
	uint8_t dots[8];

	for (unsigned i = 0; i < 8; i++)
		dots[i] = bits >> (7 - i) & 1 ? color : 0;
	bus_copy_out(b->bus, at, dots, 8);
}

/* In place of each bit two.  */
static uint16_t double_bits(uint8_t bits)
{
	uint16_t n = 0;

	for (unsigned i = 0; i < 8; i++)
		n |= (bits >> i & 1) * 3 << 2 * i;
	return n;
}

static void put_byte(struct bios *b, uint32_t at, uint8_t val, bool turn)
{
	bus_write(b->bus, at, turn ? bus_read(b->bus, at, 1) ^ val : val, 1);
}

static void put_dots(struct bios *b, uint32_t at, uint8_t bits, uint8_t attr)
{
	uint16_t two;

	switch (kind_of(b)) {
	case KIND_PLANES:
		planes_dots(b, at, bits, attr, attr & XOR);
		break;
	case KIND_BYTES:
		bytes_dots(b, at, bits, attr);
		break;
	case KIND_2_BITS:
		two = double_bits(bits) & (attr & 3) * 0x5555;
		put_byte(b, at, two >> 8, attr & XOR);
		put_byte(b, at + 1, two, attr & XOR);
		break;
	case KIND_1_BIT:			/* whatever the color (IBM's listing) */
		put_byte(b, at, bits, attr & XOR);
		break;
	case KIND_4_BITS:
		for (unsigned i = 0; i < 4; i++)
			put_byte(b, at + i, (bits >> (7 - 2 * i) & 1 ? (attr & 15) << 4 : 0) |
				 (bits >> (6 - 2 * i) & 1 ? attr & 15 : 0), attr & XOR);
		break;
	case KIND_PAIRS:
		put_byte(b, at, attr & 1 ? bits : 0, attr & XOR);
		put_byte(b, at + 1, attr & 2 ? bits : 0, attr & XOR);
		break;
	}
}

/* Which of eight dots are not of color 0.  */
static uint8_t get_dots(struct bios *b, uint32_t at)
{
	uint8_t bits = 0;

	switch (kind_of(b)) {
	case KIND_PLANES:
		for (unsigned plane = 0; plane < 4; plane++) {
			bios_set_gc(b, GC_READ_MAP, plane);
			bits |= bus_read(b->bus, at, 1);
		}
		return bits;
	case KIND_1_BIT:
		return bus_read(b->bus, at, 1);
	case KIND_PAIRS:
		return bus_read(b->bus, at, 1) | bus_read(b->bus, at + 1, 1);
	case KIND_4_BITS:
		for (unsigned i = 0; i < 8; i++)
			bits |= ((bus_read(b->bus, at + i / 2, 1) >> (i & 1 ? 0 : 4) & 15) != 0) << (7 - i);
		return bits;
	default:
		break;
	}
	for (unsigned i = 0; i < 8; i++) {
		bool set = kind_of(b) == KIND_BYTES ? bus_read(b->bus, at + i, 1) :
			bus_read(b->bus, at + i / 4, 1) >> (6 - i % 4 * 2) & 3;

		bits |= set << (7 - i);
	}
	return bits;
}

/* --- Characters -------------------------------------------------------------------- */

static unsigned height_of(const struct bios *b)
{
	uint16_t height = bda16(b, BDA_CHAR_HEIGHT);

	return height && height <= HIGHEST ? height : 8;
}

static void glyph_of(struct bios *b, uint8_t ch, uint8_t glyph[HIGHEST])
{
	bool upper = ch & 0x80 && (kind_of(b) <= KIND_2_BITS || !bios_card(b)->planar);
	unsigned height = height_of(b);
	struct far font = guest_rfar(b->guest, 0, (upper ? 0x1f : 0x43) * 4);

	if (!upper && !bios_card(b)->planar)		/* INT 43h is the EGA's */
		font = (struct far){ ROM_FONT_OLD, GUEST_ROM_SEG };
	for (unsigned i = 0; i < height; i++)
		glyph[i] = guest_r8(b->guest, font.seg,
				    font.off + (upper ? ch & 0x7f : ch) * height + i);
}

void bios_draw_character(struct bios *b, uint8_t page, unsigned column, unsigned row,
			 uint8_t ch, uint8_t attr)
{
	unsigned height = height_of(b), x = column * bytes_of_character(b);
	uint8_t glyph[HIGHEST];
	struct aside aside;

	glyph_of(b, ch, glyph);
	if (vbe_is_flat(b)) {
		vbe_draw_character(b, column, row, glyph, height, attr);
		return;
	}
	aside = put_aside(b);
	for (unsigned i = 0; i < height; i++)
		put_dots(b, byte_at(b, page, x, row * height + i), glyph[i], attr);
	take_back(b, &aside);
}

uint8_t bios_find_character(struct bios *b, uint8_t page, unsigned column, unsigned row)
{
	unsigned height = height_of(b), x = column * bytes_of_character(b), ch;
	uint8_t seen[HIGHEST], glyph[HIGHEST];
	struct aside aside;

	if (vbe_is_flat(b)) {
		vbe_see_character(b, column, row, seen, height);
	} else {
		aside = put_aside(b);
		for (unsigned i = 0; i < height; i++)
			seen[i] = get_dots(b, byte_at(b, page, x, row * height + i));
		take_back(b, &aside);
	}
	for (unsigned i = 0; i < 256; i++) {
		ch = (i + ' ') & 0xff;		/* of two blanks the space */
		glyph_of(b, ch, glyph);
		if (memcmp(seen, glyph, height) == 0)
			return ch;
	}
	return 0;
}

/* --- Rows --------------------------------------------------------------------------- */

/* In write mode 1 what was read of all planes is written.  */
static void copy_line(struct bios *b, uint32_t to, uint32_t from, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		bus_write(b->bus, to + i, bus_read(b->bus, from + i, 1), 1);
}

/* The two may be in different banks, and a line in two.  */
static void copy_svga_line(struct bios *b, unsigned x, unsigned to, unsigned from, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		uint8_t read = bus_read(b->bus, svga_byte_at(b, x + i, from), 1);

		bus_write(b->bus, svga_byte_at(b, x + i, to), read, 1);
	}
}

void bios_graphics_copy_row(struct bios *b, unsigned to, unsigned from, unsigned left,
			    unsigned right)
{
	unsigned height = height_of(b), wide = bytes_of_character(b);
	uint8_t page = bda8(b, BDA_PAGE);
	struct aside aside;

	if (vbe_is_flat(b)) {
		vbe_copy_rows(b, to, from, left, right, height);
		return;
	}
	aside = put_aside(b);
	if (kind_of(b) == KIND_PLANES)
		bios_set_gc(b, GC_MODE, bios_gc(b, GC_MODE) | WRITE_MODE_1);
	for (unsigned i = 0; i < height && is_svga(b); i++)
		copy_svga_line(b, left, to * height + i, from * height + i, right - left + 1);
	for (unsigned i = 0; i < height && !is_svga(b); i++)
		copy_line(b, byte_at(b, page, left * wide, to * height + i),
			  byte_at(b, page, left * wide, from * height + i),
			  (right - left + 1) * wide);
	take_back(b, &aside);
}

void bios_graphics_fill_row(struct bios *b, unsigned row, unsigned left, unsigned right,
			    uint8_t color)
{
	unsigned height = height_of(b), wide = bytes_of_character(b);
	uint8_t page = bda8(b, BDA_PAGE);
	struct aside aside;

	if (vbe_is_flat(b)) {
		vbe_fill_rows(b, row, left, right, height, color);
		return;
	}
	aside = put_aside(b);
	if (kind_of(b) == KIND_PLANES) {
		bios_set_gc(b, GC_ENABLE, ALL);
		bios_set_gc(b, GC_SET, color & ALL);
	}
	for (unsigned i = 0; i < height; i++) {
		uint32_t at = byte_at(b, page, left * wide, row * height + i);

		for (unsigned n = 0; n < (right - left + 1) * wide; n++) {
			if (is_svga(b))
				at = byte_at(b, page, left + n, row * height + i) - n;
			bus_write(b->bus, at + n, color, 1);
		}
	}
	take_back(b, &aside);
}

/* --- Dots ---------------------------------------------------------------------------- */

struct dot { uint32_t at; unsigned shift, mask; };

static struct dot dot_at(struct bios *b, uint8_t page, unsigned x, unsigned y)
{
	switch (kind_of(b)) {
	case KIND_BYTES:
		return (struct dot){ byte_at(b, page, x, y), 0, 0xff };
	case KIND_2_BITS:
		return (struct dot){ byte_at(b, page, x / 4, y), 6 - x % 4 * 2, 3 };
	case KIND_4_BITS:
		return (struct dot){ byte_at(b, page, x / 2, y), x & 1 ? 0 : 4, 15 };
	case KIND_PAIRS:
		return (struct dot){ byte_at(b, page, x / 8 * 2, y), 7 - x % 8, 1 };
	default:
		return (struct dot){ byte_at(b, page, x / 8, y), 7 - x % 8, 1 };
	}
}

static void put_bits(struct bios *b, struct dot d, uint8_t color)
{
	uint8_t old = bus_read(b->bus, d.at, 1);

	if (!(color & XOR))
		old &= ~(d.mask << d.shift);
	bus_write(b->bus, d.at, old ^ (color & d.mask) << d.shift, 1);
}

void bios_set_pixel(struct bios *b, uint8_t page, unsigned x, unsigned y, uint8_t color)
{
	struct aside aside;
	struct dot d;

	if (vbe_is_flat(b)) {
		vbe_set_pixel(b, x, y, color);
		return;
	}
	aside = put_aside(b);
	d = dot_at(b, page, x, y);
	if (kind_of(b) == KIND_PLANES) {
		bios_set_gc(b, GC_ROTATE, color & XOR ? GC_XOR : 0);
		bios_set_gc(b, GC_ENABLE, ALL);
		bios_set_gc(b, GC_SET, color & ALL);
		bios_set_gc(b, GC_MASK, d.mask << d.shift);
		bus_read(b->bus, d.at, 1);
		bus_write(b->bus, d.at, 0, 1);
	} else if (kind_of(b) == KIND_BYTES) {
		bus_write(b->bus, d.at, color, 1);
	} else {
		put_bits(b, d, color);
		if (kind_of(b) == KIND_PAIRS)
			put_bits(b, (struct dot){ d.at + 1, d.shift, 1 },
				 (color & XOR) | (color >> 1 & 1));
	}
	take_back(b, &aside);
}

uint8_t bios_get_pixel(struct bios *b, uint8_t page, unsigned x, unsigned y)
{
	struct aside aside;
	struct dot d;
	uint8_t color = 0;

	if (vbe_is_flat(b))
		return vbe_get_pixel(b, x, y);
	aside = put_aside(b);
	d = dot_at(b, page, x, y);
	if (kind_of(b) != KIND_PLANES) {
		color = bus_read(b->bus, d.at, 1) >> d.shift & d.mask;
		if (kind_of(b) == KIND_PAIRS)
			color |= (bus_read(b->bus, d.at + 1, 1) >> d.shift & 1) << 1;
	} else {
		for (unsigned plane = 0; plane < 4; plane++) {
			bios_set_gc(b, GC_READ_MAP, plane);
			color |= (bus_read(b->bus, d.at, 1) >> d.shift & 1) << plane;
		}
	}
	take_back(b, &aside);
	return color;
}
