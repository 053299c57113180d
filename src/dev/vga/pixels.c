/* pixels.c - graphics, a scan line at a time.
 *
 * For each character clock the CRTC fetches four bytes.  The shift registers
 * make eight dots of four bits of them, one of three ways; the attribute
 * controller looks each up in its palette or, with 256 colours, joins two.  */

#include "dev/vga/parts.h"

#include <string.h>

#include "av/screen.h"

#define WIDEST	((512 + 1) * 9)		/* dots of a line, and a character for panning */

/* The bits of a byte as bytes, the highest one first in memory order from the
 * low end.  The eight copies that the product adds do not overlap.  */
static uint64_t dots_of(uint8_t bits)
{
	return (bits * UINT64_C(0x8040201008040201)) >> 7 & UINT64_C(0x0101010101010101);
}

static void planar(uint32_t group, uint8_t dot[8])
{
	uint64_t dots = dots_of(group) | dots_of(group >> 8) << 1 |
		dots_of(group >> 16) << 2 | dots_of(group >> 24) << 3;

	for (unsigned i = 0; i < 8; i++)
		dot[i] = dots >> 8 * i;
}

/* As a CGA has them: two bits a dot, planes 0 and 1 in turn.  */
static void interleaved(uint32_t group, uint8_t dot[8])
{
	for (unsigned i = 0; i < 8; i++) {
		unsigned from = 6 - 2 * (i & 3) + 8 * (i >> 2);

		dot[i] = (group >> from & 3) | (group >> (from + 16) & 3) << 2;
	}
}

static void nibbles(uint32_t group, uint8_t dot[8])
{
	for (unsigned i = 0; i < 8; i++)
		dot[i] = group >> (8 * (i >> 1) + (i & 1 ? 0 : 4)) & 15;
}

static void shift_out(const struct vga *v, uint32_t group, uint8_t dot[8])
{
	if (v->gc[GC_MODE] & MODE_256)
		nibbles(group, dot);
	else if (v->gc[GC_MODE] & MODE_INTERLEAVE)
		interleaved(group, dot);
	else
		planar(group, dot);
}

/* The dots of a character clock, as indexes into the DAC.  Answers how many.  Planes that are
 * not enabled are missing in both halves of a pixel of 256 colours, too (ao486_MiSTer).  */
static unsigned graphics(const struct vga *v, uint32_t group, uint8_t *to)
{
	uint8_t planes = v->attr[ATTR_PLANES] & 15, mask = (planes | planes << 4) & v->pel_mask;
	uint8_t dot[8];

	if (v->attr[ATTR_MODE] & AMODE_8_BIT && v->gc[GC_MODE] & MODE_256) {
		for (unsigned i = 0; i < 4; i++)
			to[i] = group >> 8 * i & mask;
		return 4;
	}
	shift_out(v, group, dot);
	if (v->attr[ATTR_MODE] & AMODE_8_BIT) {
		for (unsigned i = 0; i < 4; i++)
			to[i] = (dot[2 * i] << 4 | dot[2 * i + 1]) & mask;
		return 4;
	}
	for (unsigned i = 0; i < 8; i++)
		to[i] = v->draw.color[dot[i]];
	return 8;
}

/* How many dots the line is moved to the left.  With nine a character, 8 stands
 * for none and 0 for one.  */
unsigned vga_panning(const struct vga *v)
{
	unsigned pan = v->attr[ATTR_PAN] & 7;

	if (v->draw.split && v->attr[ATTR_MODE] & AMODE_PAN_SPLIT)
		return 0;
	if (v->draw.own.cell_width == 9)
		return v->attr[ATTR_PAN] & 8 ? 0 : pan + 1;
	return v->attr[ATTR_MODE] & AMODE_8_BIT ? pan / 2 : pan;
}

/* Where the blanking begins before the displayed part of the line, or of the picture,
 * is over, that is black.  */
static unsigned blanked_from(const struct vga *v, unsigned width)
{
	const struct vga_timing *t = &v->timing;
	unsigned characters = v->crtc[CRTC_H_SHOWN] + 1u;

	if (v->draw.line - t->blank < t->blank_lines)
		return 0;
	return t->blank_character < characters ? width * t->blank_character / characters : width;
}

static void make_line(const struct vga *v, uint8_t line[WIDEST], unsigned width)
{
	const struct vga_draw *d = &v->draw;
	unsigned at = 0, pan = vga_panning(v), blank;

	if (vga_blanked(v)) {
		memset(line, vga_border(v), width);
		return;
	}
	for (unsigned i = 0; at < width + pan; i++) {
		uint32_t address = d->address + vga_count(v, i);

		if (d->own.cell_height)
			at += vga_character(v, address, line + at);
		else
			at += graphics(v, vga_group(v, vga_offset(v, address, d->row)), line + at);
	}
	memmove(line, line + pan, width);
	blank = blanked_from(v, width);
	if (blank < width)
		memset(line + blank, vga_black(v), width - blank);
}

void vga_put_indexes(struct screen *s, unsigned y, const uint8_t *line, unsigned width)
{
	uint8_t *to = s->pixel + (size_t)y * width;

	if (memcmp(to, line, width) == 0)
		return;
	memcpy(to, line, width);
	screen_dirty(s, y, y + 1);
}

void vga_put_colors(const struct vga *v, unsigned y, const uint8_t *line, unsigned width)
{
	uint32_t *to = v->screen->rgb + (size_t)y * width;
	const uint32_t *rgb = v->draw.rgb;
	bool changed = false;

	for (unsigned x = 0; x < width; x++) {
		changed |= to[x] != rgb[line[x]];
		to[x] = rgb[line[x]];
	}
	if (changed)
		screen_dirty(v->screen, y, y + 1);
}

/* To a greater width.  */
static void stretch(uint8_t line[WIDEST], unsigned from, unsigned to)
{
	for (unsigned x = to; x-- > 0;)
		line[x] = line[x * from / to];
}

/* The first line below the split, and the lower one of a pair, is all that is seen of its
 * row.  */
static bool is_half(const struct vga *v)
{
	const struct vga_draw *d = &v->draw;

	return d->split && d->again && d->line == vga_line_compare(v) + 1;
}

static void draw_line(const struct vga *v)
{
	const struct vga_shape *s = &v->draw.shape;
	unsigned y = v->draw.line / s->scan;
	uint8_t line[WIDEST];

	if ((v->draw.line % s->scan && !is_half(v)) || y >= s->height)
		return;
	if (s->depth) {
		vga_draw_flat(v, y);
		return;
	}
	make_line(v, line, v->draw.own.width);
	if (v->draw.own.width < s->width)
		stretch(line, v->draw.own.width, s->width);
	if (s->kind == FRAME_RGB)
		vga_put_colors(v, y, line, s->width);
	else
		vga_put_indexes(v->screen, y, line, s->width);
}

/* The CRTC's counters at the end of a scan line.  A double scan divides the row scan
 * counter's clock (IBM, "Maximum scan line register"); the divider goes on where the
 * counter begins anew, so that pairs of lines stay pairs.  (An ET4000 even begins it with
 * pairs only: ao486_MiSTer, change 198.)  */
static void next_line(struct vga *v)
{
	struct vga_draw *d = &v->draw;
	uint8_t max = v->crtc[CRTC_MAX_SCAN];

	d->again = max & MAX_SCAN_DOUBLE && !d->again;
	if (d->line++ == vga_line_compare(v)) {
		d->split = true;
		d->row = 0;
		d->address = v->attr[ATTR_MODE] & AMODE_PAN_SPLIT ? 0 : vga_byte_pan(v);
		d->doubled = v->model->ega;
		return;
	}
	if (d->doubled) {
		d->doubled = false;
		return;
	}
	if (d->again)
		return;
	if (d->row == (max & 31)) {
		d->row = 0;
		d->address += vga_pitch(v);
	} else {
		d->row = (d->row + 1) & 31;
	}
}

void vga_draw_lines(struct vga *v, unsigned end)
{
	if (end > v->timing.shown_lines)
		end = v->timing.shown_lines;
	while (v->draw.line < end) {
		draw_line(v);
		next_line(v);
	}
}
