/* picture.c - the last frame, as dots.  */

#include "picture.h"

#include <stdlib.h>
#include <string.h>

void picture_fini(struct picture *p)
{
	free(p->dot);
	*p = (struct picture){ 0 };
}

/* ---- text ---- */

static void draw_cell(struct picture *p, const struct frame *f, unsigned column, unsigned line)
{
	const struct frame_cell *cell = &f->cell[(size_t)line * f->width + column];
	bool cursor = (int)column == f->cursor_x && (int)line == f->cursor_y;

	for (unsigned y = 0; y < f->cell_height; y++) {
		uint32_t *to = p->dot + ((size_t)line * f->cell_height + y) * p->width +
			       column * f->cell_width;
		bool all = cursor && y >= f->cursor_top && y < f->cursor_bottom;

		for (unsigned x = 0; x < f->cell_width; x++)
			to[x] = f->palette[all || frame_dot(f, cell, x, y) ? cell->fg : cell->bg];
	}
}

static void draw_lines(struct picture *p, const struct frame *f, unsigned top, unsigned bottom)
{
	for (unsigned line = top; line < bottom; line++)
		for (unsigned column = 0; column < f->width; column++)
			draw_cell(p, f, column, line);
}

/* ---- all kinds ---- */

static void draw_rows(struct picture *p, const struct frame *f, unsigned top, unsigned bottom)
{
	size_t from = (size_t)top * f->width, to = (size_t)bottom * f->width;

	if (f->kind == FRAME_TEXT)
		draw_lines(p, f, top, bottom);
	else if (f->kind == FRAME_RGB)
		memcpy(p->dot + from, f->rgb + from, (to - from) * sizeof *p->dot);
	else
		for (size_t i = from; i < to; i++)
			p->dot[i] = f->palette[f->pixel[i]];
}

static bool fit(struct picture *p, unsigned width, unsigned height)
{
	uint32_t *dot = calloc((size_t)width * height, sizeof *dot);

	if (!dot)
		return false;
	free(p->dot);
	p->dot = dot;
	p->width = width;
	p->height = height;
	p->dirty_top = 0;
	p->dirty_bottom = height;
	return true;
}

static void soil(struct picture *p, unsigned top, unsigned bottom)
{
	if (p->dirty_top == p->dirty_bottom) {
		p->dirty_top = top;
		p->dirty_bottom = bottom;
		return;
	}
	if (top < p->dirty_top)
		p->dirty_top = top;
	if (bottom > p->dirty_bottom)
		p->dirty_bottom = bottom;
}

/* Is the frame made of the same things as the one before?  */
static bool goes_on(const struct picture *p, const struct frame *f)
{
	if (p->kind != f->kind)
		return false;
	if (f->kind != FRAME_RGB && memcmp(p->palette, f->palette, sizeof p->palette) != 0)
		return false;
	return f->kind != FRAME_TEXT || p->font_serial == f->font_serial;
}

static bool has_dots(const struct frame *f)
{
	switch (f->kind) {
	case FRAME_TEXT:
		return f->cell && f->font && f->cell_width && f->cell_height &&
		       f->cell_height <= FRAME_GLYPH;
	case FRAME_PIXELS:
		return f->pixel;
	case FRAME_RGB:
		return f->rgb;
	}
	return false;
}

bool picture_take(struct picture *p, const struct frame *f)
{
	bool text = f->kind == FRAME_TEXT;
	unsigned high = text ? f->cell_height : 1;
	unsigned width = f->width * (text ? f->cell_width : 1), height = f->height * high;
	unsigned top = f->dirty_top, bottom = f->dirty_bottom;

	if (!has_dots(f) || !width || !height)
		return true;
	if (p->width != width || p->height != height || !p->dot) {
		if (!fit(p, width, height))
			return false;
		top = 0;
		bottom = f->height;
	}
	if (!goes_on(p, f)) {
		top = 0;
		bottom = f->height;
	}
	if (bottom > f->height)
		bottom = f->height;
	if (top < bottom) {
		draw_rows(p, f, top, bottom);
		soil(p, top * high, bottom * high);
	}
	p->kind = f->kind;
	p->rate_mhz = f->rate_mhz;
	p->font_serial = f->font_serial;
	memcpy(p->palette, f->palette, sizeof p->palette);
	return true;
}
