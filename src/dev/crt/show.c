/* show.c - the lines that are drawn become the frame.  */

#include "dev/crt/parts.h"

#include <string.h>

#include "av/screen.h"

/* IBM's colour monitor, which makes dark yellow brown.  */
const uint32_t crt_rgbi[CRT_PALETTE] = {
	0x000000, 0x0000aa, 0x00aa00, 0x00aaaa, 0xaa0000, 0xaa00aa, 0xaa5500, 0xaaaaaa,
	0x555555, 0x5555ff, 0x55ff55, 0x55ffff, 0xff5555, 0xff55ff, 0xffff55, 0xffffff,
};

static const uint32_t mono_rgb[CRT_PALETTE] = { 0x000000, 0x555555, 0xaaaaaa, 0xffffff };

void crt_put_palette(struct crt *c)
{
	struct frame *f = &c->screen->frame;
	const uint32_t *rgb = c->model->mono ? mono_rgb : crt_rgbi;

	if (f->border != crt_border(c) || memcmp(f->palette, rgb, sizeof crt_rgbi) != 0)
		screen_dirty(c->screen, 0, f->height);
	memcpy(f->palette, rgb, sizeof crt_rgbi);
	f->border = crt_border(c);
}

static bool take_shape(struct screen *s, enum frame_kind kind, unsigned width, unsigned height)
{
	if (s->frame.kind == kind && s->frame.width == width && s->frame.height == height &&
	    (s->pixel || s->rgb))
		return true;
	return screen_mode(s, kind, width, height);
}

static void put_indexes(struct screen *s, unsigned y, const uint8_t *dot, unsigned unit)
{
	unsigned width = s->frame.width;
	uint8_t *to = s->pixel + (size_t)y * width, line[CRT_WIDEST];

	for (unsigned x = 0; x < width; x++)
		line[x] = dot[x * unit];
	if (memcmp(to, line, width) == 0)
		return;
	memcpy(to, line, width);
	screen_dirty(s, y, y + 1);
}

static void put_colors(struct screen *s, unsigned y, const uint8_t *dot, uint8_t how)
{
	unsigned width = s->frame.width;
	uint32_t *to = s->rgb + (size_t)y * width, line[CRT_WIDEST];

	if (how & LINE_COMPOSITE)
		crt_composite(dot, width, how & LINE_GREY, line);
	for (unsigned x = 0; x < width && !(how & LINE_COMPOSITE); x++)
		line[x] = crt_rgbi[dot[x] & (CRT_PALETTE - 1)];
	if (memcmp(to, line, width * sizeof *line) == 0)
		return;
	memcpy(to, line, width * sizeof *line);
	screen_dirty(s, y, y + 1);
}

/* Nothing was displayed: the frame stays as large as it was, and is the border.  */
static void put_nothing(struct crt *c)
{
	struct screen *s = c->screen;
	uint8_t *to = s->pixel;

	if (!to)
		return;
	memset(to, crt_border(c), (size_t)s->frame.width * s->frame.height);
	screen_dirty(s, 0, s->frame.height);
	crt_put_palette(c);
}

void crt_put_lines(struct crt *c)
{
	struct crt_draw *d = &c->draw;
	struct screen *s = c->screen;
	unsigned unit = d->unit > WIDEST_UNIT ? 1 : d->unit;

	if (!d->height || !d->width) {
		put_nothing(c);
		return;
	}
	if (d->composite)
		unit = 1;
	if (!take_shape(s, d->composite ? FRAME_RGB : FRAME_PIXELS, d->width / unit, d->height))
		return;
	s->frame.cell_width = s->frame.cell_height = 0;
	crt_put_palette(c);
	for (unsigned y = 0; y < d->height; y++) {
		if (d->composite)
			put_colors(s, y, d->dot[y], d->of_line[y]);
		else
			put_indexes(s, y, d->dot[y], unit);
	}
}
