/* line.c - a scan line in dots, as colours of 16.
 *
 * For each character the CRTC gives an address and a scan line of the row.  In text
 * the memory has a character and an attribute there.  In graphics it has two bytes,
 * and the scan line's lowest bits choose one of the banks of 8 KiB that the lines are
 * in by turns.  */

#include "dev/crt/parts.h"

#include <string.h>

#define LINES_FROM	0xc0		/* characters whose ninth dot is as the eighth */
#define LINES_TO	0xdf
#define UNDERLINE	12		/* the row of dots, on the MDA */
#define BANK		0x2000u
#define MOST_DOTS	16		/* of a character */

bool crt_is_graphics(const struct crt *c)
{
	return c->mode & MODE_GRAPHICS && (!c->model->hercules || c->config & CONFIG_GRAPHICS);
}

/* In 640 dots the colour is the dots', and what is around them black.  */
uint8_t crt_border(const struct crt *c)
{
	if (c->model->array == ARRAY_PCJR || (c->model->array == ARRAY_TANDY && c->array[3] & 4))
		return c->array[2];
	if (c->model->mono || (c->mode & (MODE_GRAPHICS | MODE_640)) == (MODE_GRAPHICS | MODE_640))
		return 0;
	return c->color & COLOR_BACK;
}

/* Dots of one pixel.  */
unsigned crt_unit(const struct crt *c)
{
	unsigned depth = crt_depth(c);

	if (c->model->mono || (crt_is_graphics(c) && (depth == 1 || crt_pairs(c))))
		return 1;
	if (crt_is_graphics(c) && depth == 2)
		return 2;
	return (c->mode & MODE_FAST ? 1 : 2) * (crt_is_graphics(c) ? 2 : 1);
}

/* --- Text -------------------------------------------------------------------------- */

/* The character generator has as many rows as its address lines can name; those that
 * the font does not have are empty.  */
uint8_t crt_glyph_row(const struct crt *c, uint8_t ch, unsigned row)
{
	row &= c->model->font_rows - 1;
	if (!c->rom_font || row >= c->model->font_height)
		return 0;
	return c->rom_font[ch * c->model->font_height + row];
}

/* IBM, "Monochrome Display Adapter": four attributes are nothing at all, and four are
 * reversed; with blinking off bit 7 makes a reversed one's ground bright.  */
static struct crt_colors mono_colors(const struct crt *c, uint8_t attr)
{
	bool blinks = c->mode & MODE_BLINK;
	struct crt_colors a = {
		.fg = attr & 8 ? MONO_BRIGHT : MONO_NORMAL, .bg = MONO_OFF,
		.blink = blinks && attr & 0x80, .underline = (attr & 7) == 1,
	};

	if ((attr & 0x77) == 0x00)
		a.fg = MONO_OFF;
	if ((attr & 0x77) == 0x70) {
		a.fg = attr & 8 ? MONO_DIM : MONO_OFF;
		a.bg = attr & 0x80 && !blinks ? MONO_BRIGHT : MONO_NORMAL;
	}
	return a;
}

struct crt_colors crt_colors(const struct crt *c, uint8_t attr)
{
	bool blinks = c->mode & MODE_BLINK;

	if (c->model->mono)
		return mono_colors(c, attr);
	return (struct crt_colors){
		.fg = attr & 15, .bg = attr >> 4 & (blinks ? 7 : 15),
		.blink = blinks && attr & 0x80,
	};
}

static void text_character(const struct crt *c, uint16_t address, unsigned scan, uint8_t *to)
{
	uint8_t ch = crt_byte(c, address * 2), attr = crt_byte(c, address * 2 + 1);
	struct crt_colors a = crt_colors(c, attr);
	unsigned bits = crt_glyph_row(c, ch, scan) << 1, width = c->model->character;
	unsigned twice = c->crtc.dots > width;
	bool cursor = m6845_cursor(&c->crtc, address, scan);

	if (width == 9 && ch >= LINES_FROM && ch <= LINES_TO)
		bits |= bits >> 1 & 1;
	if (a.underline && scan == UNDERLINE)
		bits = 0x1ff;
	/* The cursor's blinking is the card's: the 6845's can only hide it.  Where it is, a
	 * character does not (IBM's schematics, sheet 1 of the CGA's, 5 of the MDA's).  */
	if (a.blink && !cursor && c->draw.pictures / (2 * BLINK_PICTURES) % 2)
		bits = 0;
	if (cursor && c->draw.pictures / BLINK_PICTURES % 2 == 0)
		bits = 0x1ff;
	for (unsigned i = 0; i < c->crtc.dots; i++)
		to[i] = bits >> (8 - (i >> twice)) & 1 ? a.fg : a.bg;
}

/* --- Graphics ------------------------------------------------------------------------ */

/* Colour 0 is the background; the others are a set of three.  With the burst off it is
 * a third one, whatever the palette bit says (IBM's manual has it as mode 5).  */
static void four_colors(const struct crt *c, uint8_t color[4])
{
	static const uint8_t set[3][4] = { { 0, 2, 4, 6 }, { 0, 3, 5, 7 }, { 0, 3, 4, 7 } };
	unsigned which = c->mode & MODE_GREY ? 2 : (c->color & COLOR_PALETTE) != 0;

	for (unsigned i = 1; i < 4; i++)
		color[i] = set[which][i] | (c->color & COLOR_BRIGHT ? 8 : 0);
	color[0] = c->color & COLOR_BACK;
}

/* The PCjr's palette registers make the colours, and no register of a CGA.  */
static void few_colors(const struct crt *c, uint8_t color[4])
{
	for (unsigned i = 0; i < 4; i++)
		color[i] = i;
	if (c->model->array == ARRAY_PCJR || crt_pairs(c))
		return;
	if (crt_depth(c) == 1)
		color[1] = c->color & COLOR_BACK;
	else
		four_colors(c, color);
}

/* Two bytes, as so many dots of one, two or four bits as the clock has time for.  */
static void color_character(const struct crt *c, uint16_t address, unsigned scan, uint8_t *to)
{
	uint32_t at = (address * 2 & (BANK - 1)) | (scan & crt_banks(c)) * BANK;
	unsigned bits = crt_byte(c, at) << 8 | crt_byte(c, at + 1);
	unsigned depth = crt_depth(c), wide = crt_unit(c);
	uint8_t color[4];

	few_colors(c, color);
	for (unsigned i = 0; i < c->crtc.dots; i++) {
		if (crt_pairs(c))
			to[i] = (bits >> (15 - i % 8) & 1) | (bits >> (7 - i % 8) & 1) << 1;
		else if (depth == 4)
			to[i] = bits >> (12 - i / wide * 4 % 16) & 15;
		else
			to[i] = color[bits >> (16 - depth - i / wide * depth) & ((1 << depth) - 1)];
	}
}

uint32_t crt_hercules_page(const struct crt *c)
{
	return c->mode & MODE_PAGE && c->config & CONFIG_FULL ? 4 * BANK : 0;
}

static void mono_character(const struct crt *c, uint16_t address, unsigned scan, uint8_t *to)
{
	uint32_t at = (address * 2 & (BANK - 1)) | (scan & 3) * BANK |
		crt_hercules_page(c);
	unsigned bits = crt_byte(c, at) << 8 | crt_byte(c, at + 1);

	for (unsigned i = 0; i < c->crtc.dots; i++)
		to[i] = bits >> (15 - i) & 1 ? MONO_NORMAL : MONO_OFF;
}

/* --- Lines --------------------------------------------------------------------------- */

static void character(const struct crt *c, uint16_t address, unsigned scan, uint8_t *to)
{
	address &= M6845_ADDRESS;
	if (!crt_is_graphics(c))
		text_character(c, address, scan, to);
	else if (c->model->mono)
		mono_character(c, address, scan, to);
	else
		color_character(c, address, scan, to);
	for (unsigned i = 0; i < c->crtc.dots && c->model->array != ARRAY_NONE; i++)
		to[i] = crt_array_color(c, to[i]);
}

uint8_t crt_dot_at(const struct crt *c, uint32_t dot)
{
	uint8_t dots[MOST_DOTS];

	if (!c->beam.shown || dot >= m6845_shown(&c->crtc) || !(c->mode & MODE_VIDEO))
		return crt_border(c);
	character(c, c->beam.address + dot / c->crtc.dots, c->beam.scan, dots);
	return dots[dot % c->crtc.dots];
}

/* A television is what a program has in mind that uses 640 dots and leaves the colour
 * burst on: on a monitor they have one colour anyway.  */
static uint8_t how(const struct crt *c)
{
	bool burst = !(c->mode & MODE_GREY), finest = crt_is_graphics(c) && crt_depth(c) == 1;

	if (c->monitor == CRT_RGB || (c->monitor == CRT_AUTO && !(burst && finest)))
		return 0;
	return LINE_COMPOSITE | (burst ? 0 : LINE_GREY);
}

void crt_draw_line(struct crt *c, unsigned y)
{
	struct crt_draw *d = &c->draw;
	unsigned width = m6845_shown(&c->crtc), at = 0;
	uint8_t *to = d->dot[y], last[MOST_DOTS];

	if (width > CRT_WIDEST)
		width = CRT_WIDEST;
	d->of_line[y] = how(c);
	d->composite |= d->of_line[y] & LINE_COMPOSITE;
	if (width > d->width)
		d->width = width;
	if (c->mode & MODE_VIDEO) {
		if (crt_unit(c) < d->unit)
			d->unit = crt_unit(c);
		for (unsigned i = 0; at + c->crtc.dots <= width; i++, at += c->crtc.dots)
			character(c, d->pen.address + i, d->pen.scan, to + at);
		if (at < width) {
			character(c, d->pen.address + at / c->crtc.dots, d->pen.scan, last);
			memcpy(to + at, last, width - at);
			at = width;
		}
	}
	memset(to + at, crt_border(c), CRT_WIDEST - at);
}
