/* vbedraw.c - dots and characters in VESA's modes with flat memory, through the window and
 * its banks as a program would draw them.  A color is a byte of the mode's pixels; where
 * those have more, its low four bits are one of the sixteen of text, and that is what is
 * drawn.  As in mode 13h there is no color that turns dots over.  */

#include "bios/vbe.h"

#include <string.h>

#define WINDOW_AT	0xa0000u
#define CELL		8		/* dots across */
#define ROW_MAX		8192		/* bytes of a line */
#define COLORS		16

bool vbe_is_flat(const struct bios *b)
{
	struct vbe_mode m;

	return vbe_mode_now(b, &m) && m.depth != 4;
}

/* --- Bytes ------------------------------------------------------------------------ */

static uint32_t in_window(struct bios *b, uint32_t at, size_t n, size_t *part)
{
	size_t left = VBE_WINDOW - at % VBE_WINDOW;

	vbe_set_window(b, at / VBE_WINDOW);
	*part = n < left ? n : left;
	return WINDOW_AT + at % VBE_WINDOW;
}

void vbe_copy_in(struct bios *b, void *to, uint32_t at, size_t n)
{
	for (size_t done = 0, part; done < n; done += part) {
		uint32_t addr = in_window(b, at + done, n - done, &part);

		bus_copy_in(b->bus, (uint8_t *)to + done, addr, part);
	}
}

void vbe_copy_out(struct bios *b, uint32_t at, const void *from, size_t n)
{
	for (size_t done = 0, part; done < n; done += part) {
		uint32_t addr = in_window(b, at + done, n - done, &part);

		bus_copy_out(b->bus, addr, (const uint8_t *)from + done, part);
	}
}

/* All of it; pages that are blank already are left alone, most of which nobody has
 * touched.  */
void vbe_clear(struct bios *b, const struct vbe_mode *m)
{
	static const uint8_t zero[BUS_PAGE_SIZE];
	uint8_t page[BUS_PAGE_SIZE];

	for (uint32_t at = 0; at < vbe_memory(b, m); at += sizeof page) {
		if (m->depth != 4) {
			vbe_copy_in(b, page, at, sizeof page);
			if (memcmp(page, zero, sizeof page) == 0)
				continue;
		}
		vbe_copy_out(b, at, zero, sizeof zero);
	}
	vbe_set_window(b, 0);
}

/* --- Pixels ----------------------------------------------------------------------- */

/* The mode, and what was in the window.  */
struct canvas {
	struct bios *b;
	struct vbe_mode m;
	unsigned pixel, pitch;
	uint8_t window;
};

static bool begin(struct bios *b, struct canvas *c)
{
	*c = (struct canvas){ .b = b };
	if (!vbe_mode_now(b, &c->m))
		return false;
	c->pixel = vbe_pixel(&c->m);
	c->pitch = vbe_line_bytes(b, &c->m);
	c->window = vbe_get_window(b);
	return true;
}

static void end(struct canvas *c)
{
	vbe_set_window(c->b, c->window);
}

static uint32_t pixel_at(const struct canvas *c, unsigned x, unsigned y)
{
	return y * c->pitch + x * c->pixel;
}

static uint32_t value_of(const struct canvas *c, uint8_t color)
{
	static const uint8_t text[COLORS] = {
		0, 1, 2, 3, 4, 5, 0x14, 7, 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f };
	struct dac_color d = bios_ega_color(text[color % COLORS]);	/* six bits each */

	switch (c->m.depth) {
	case 8:
		return color;
	case 15:
		return d.r >> 1 << 10 | d.g >> 1 << 5 | d.b >> 1;
	case 16:
		return d.r >> 1 << 11 | d.g << 5 | d.b >> 1;
	default:
		return (d.r << 2 | d.r >> 4) << 16 | (d.g << 2 | d.g >> 4) << 8 |
			(d.b << 2 | d.b >> 4);
	}
}

static void put_value(const struct canvas *c, uint8_t *to, uint32_t val)
{
	for (unsigned i = 0; i < c->pixel; i++)
		to[i] = val >> 8 * i;
}

void vbe_set_pixel(struct bios *b, unsigned x, unsigned y, uint8_t color)
{
	struct canvas c;
	uint8_t bytes[4];

	if (!begin(b, &c))
		return;
	put_value(&c, bytes, value_of(&c, color));
	vbe_copy_out(b, pixel_at(&c, x, y), bytes, c.pixel);
	end(&c);
}

/* The color of text that is drawn as what is there, or its lowest byte.  */
uint8_t vbe_get_pixel(struct bios *b, unsigned x, unsigned y)
{
	uint8_t bytes[4] = { 0 }, seen;
	struct canvas c;
	uint32_t val = 0;

	if (!begin(b, &c))
		return 0;
	vbe_copy_in(b, bytes, pixel_at(&c, x, y), c.pixel);
	end(&c);
	for (unsigned i = 0; i < c.pixel && i < 3; i++)
		val |= (uint32_t)bytes[i] << 8 * i;
	for (seen = 0; seen < COLORS && c.pixel > 1; seen++)
		if (value_of(&c, seen) == val)
			return seen;
	return bytes[0];
}

/* --- Characters -------------------------------------------------------------------- */

void vbe_draw_character(struct bios *b, unsigned column, unsigned row, const uint8_t *glyph,
			unsigned height, uint8_t attr)
{
	uint8_t line[CELL * 4];
	struct canvas c;
	uint32_t set;

	if (!begin(b, &c))
		return;
	set = value_of(&c, attr);
	for (unsigned y = 0; y < height; y++) {
		for (unsigned x = 0; x < CELL; x++)
			put_value(&c, line + x * c.pixel, glyph[y] >> (7 - x) & 1 ? set : 0);
		vbe_copy_out(b, pixel_at(&c, column * CELL, row * height + y), line, CELL * c.pixel);
	}
	end(&c);
}

void vbe_see_character(struct bios *b, unsigned column, unsigned row, uint8_t *glyph,
		       unsigned height)
{
	uint8_t line[CELL * 4];
	struct canvas c;

	memset(glyph, 0, height);
	if (!begin(b, &c))
		return;
	for (unsigned y = 0; y < height; y++) {
		vbe_copy_in(b, line, pixel_at(&c, column * CELL, row * height + y), CELL * c.pixel);
		for (unsigned i = 0; i < CELL * c.pixel; i++)
			glyph[y] |= line[i] ? 0x80 >> i / c.pixel : 0;
	}
	end(&c);
}

static size_t bytes_across(const struct canvas *c, unsigned left, unsigned right)
{
	size_t n = (size_t)(right - left + 1) * CELL * c->pixel;

	return n < ROW_MAX ? n : ROW_MAX;
}

void vbe_copy_rows(struct bios *b, unsigned to, unsigned from, unsigned left, unsigned right,
		   unsigned height)
{
	uint8_t line[ROW_MAX];
	struct canvas c;
	size_t n;

	if (!begin(b, &c))
		return;
	n = bytes_across(&c, left, right);
	for (unsigned y = 0; y < height; y++) {
		vbe_copy_in(b, line, pixel_at(&c, left * CELL, from * height + y), n);
		vbe_copy_out(b, pixel_at(&c, left * CELL, to * height + y), line, n);
	}
	end(&c);
}

void vbe_fill_rows(struct bios *b, unsigned row, unsigned left, unsigned right,
		   unsigned height, uint8_t color)
{
	uint8_t line[ROW_MAX];
	struct canvas c;
	size_t n;

	if (!begin(b, &c))
		return;
	n = bytes_across(&c, left, right);
	for (size_t i = 0; i + c.pixel <= n; i += c.pixel)
		put_value(&c, line + i, value_of(&c, color));
	for (unsigned y = 0; y < height; y++)
		vbe_copy_out(b, pixel_at(&c, left * CELL, row * height + y), line, n);
	end(&c);
}
