/* linear.c - pictures whose pixels lie one after the other in an SVGA card's memory: a byte
 * into the palette; two, of 5, 5 and 5 or of 5, 6 and 5 bits; three or four, blue first.
 *
 * Such pictures are large.  So a row is looked at only if a page that it is on has been
 * written, or a register may have changed.  */

#include "dev/vga/parts.h"

#include <string.h>

#include "av/screen.h"

static unsigned bytes_of(unsigned depth)
{
	return (depth + 7) / 8;
}

static uint32_t of_5(uint32_t n)
{
	return n << 3 | n >> 2;
}

static uint32_t of_6(uint32_t n)
{
	return n << 2 | n >> 4;
}

/* --- Rows ------------------------------------------------------------------------ */

/* Panning is by pixels: vga_panning() halves it.  */
static uint32_t row_at(const struct vga *v)
{
	unsigned pixel = bytes_of(v->draw.shape.depth);

	return (4 * v->draw.address + vga_panning(v) * pixel) & (v->vram_size - 1);
}

static bool is_changed(const struct vga *v, uint32_t at, uint32_t bytes)
{
	uint32_t pages = v->vram_size / BUS_PAGE_SIZE;
	uint32_t first = at / BUS_PAGE_SIZE, last = (at + bytes - 1) / BUS_PAGE_SIZE;

	for (uint32_t page = first; page <= last; page++)
		if (v->draw.changed[page % pages])
			return true;
	return false;
}

static inline uint32_t rgb_at(const uint8_t *p, unsigned depth)
{
	uint32_t n = p[0] | p[1] << 8;

	if (depth == 15)
		return of_5(n >> 10 & 31) << 16 | of_5(n >> 5 & 31) << 8 | of_5(n & 31);
	if (depth == 16)
		return of_5(n >> 11) << 16 | of_6(n >> 5 & 63) << 8 | of_5(n & 31);
	return n | (uint32_t)p[2] << 16;
}

/* Answers whether a pixel has changed.  Called with a constant, so that each depth has a loop
 * of its own.  */
static inline bool put_pixels(uint32_t *to, const uint8_t *from, unsigned width, unsigned depth)
{
	uint32_t changed = 0;

	for (unsigned x = 0; x < width; x++, from += bytes_of(depth)) {
		uint32_t rgb = rgb_at(from, depth);

		changed |= to[x] ^ rgb;
		to[x] = rgb;
	}
	return changed;
}

static bool put_depth(uint32_t *to, const uint8_t *from, unsigned width, unsigned depth)
{
	switch (depth) {
	case 15:
		return put_pixels(to, from, width, 15);
	case 16:
		return put_pixels(to, from, width, 16);
	case 24:
		return put_pixels(to, from, width, 24);
	default:
		return put_pixels(to, from, width, 32);
	}
}

static void put_rgb(struct screen *s, unsigned y, const uint8_t *from, unsigned width,
		    unsigned depth)
{
	if (put_depth(s->rgb + (size_t)y * width, from, width, depth))
		screen_dirty(s, y, y + 1);
}

static void put_blank(const struct vga *v, unsigned y)
{
	uint8_t line[SCREEN_MAX];

	memset(line, vga_border(v), v->draw.shape.width);
	if (v->draw.shape.kind == FRAME_RGB)
		vga_put_colors(v, y, line, v->draw.shape.width);
	else
		vga_put_indexes(v->screen, y, line, v->draw.shape.width);
}

static void put_bytes(const struct vga *v, unsigned y, const uint8_t *from)
{
	unsigned width = v->draw.shape.width;
	uint8_t line[SCREEN_MAX];

	if (v->pel_mask != 0xff) {
		for (unsigned x = 0; x < width; x++)
			line[x] = from[x] & v->pel_mask;
		from = line;
	}
	if (v->draw.shape.kind == FRAME_RGB)
		vga_put_colors(v, y, from, width);
	else
		vga_put_indexes(v->screen, y, from, width);
}

void vga_draw_flat(const struct vga *v, unsigned y)
{
	const struct vga_shape *s = &v->draw.shape;
	uint32_t at = row_at(v), bytes = s->width * bytes_of(s->depth);
	uint8_t wrapped[4 * SCREEN_MAX];
	const uint8_t *from = v->vram + at;

	if (!v->draw.redraw && !is_changed(v, at, bytes))
		return;
	if (vga_blanked(v)) {
		put_blank(v, y);
		return;
	}
	if (at + bytes > v->vram_size) {
		uint32_t first = v->vram_size - at;

		memcpy(wrapped, from, first);
		memcpy(wrapped + first, v->vram, bytes - first);
		from = wrapped;
	}
	if (s->depth == 8)
		put_bytes(v, y, from);
	else
		put_rgb(v->screen, y, from, s->width, s->depth);
}

/* --- Dots ------------------------------------------------------------------------ */

static uint32_t dot_at(const struct vga *v, unsigned start, unsigned x, unsigned y, unsigned byte)
{
	uint32_t row = 4 * (start + y * vga_pitch(v));

	return (row + x * bytes_of(vga_s3_depth(v)) + byte) & (v->vram_size - 1);
}

uint32_t vga_flat_dot(const struct vga *v, unsigned start, unsigned x, unsigned y)
{
	unsigned n = bytes_of(vga_s3_depth(v));
	uint32_t val = 0;

	for (unsigned i = 0; i < n; i++)
		val |= (uint32_t)v->vram[dot_at(v, start, x, y, i)] << 8 * i;
	return val;
}

void vga_put_flat_dot(struct vga *v, unsigned start, unsigned x, unsigned y, uint32_t val)
{
	unsigned n = bytes_of(vga_s3_depth(v));

	for (unsigned i = 0; i < n; i++) {
		uint32_t at = dot_at(v, start, x, y, i);

		v->vram[at] = val >> 8 * i;
		v->draw.changed[at / BUS_PAGE_SIZE] = true;
	}
	v->draw.memory = true;
}
