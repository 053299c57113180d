/* picture.c - the last frame, kept.  */

#include "picture.h"

#include <stdlib.h>
#include <string.h>

void picture_fini(struct picture *p)
{
	free(p->cell);
	free(p->rgb);
	*p = (struct picture){ .serial = p->serial + 1 };
}

static bool remake(struct picture *p, const struct frame *f)
{
	size_t n = (size_t)f->width * f->height;

	picture_fini(p);
	p->kind = f->kind == FRAME_TEXT ? FRAME_TEXT : FRAME_RGB;
	if (p->kind == FRAME_TEXT)
		p->cell = calloc(n, sizeof *p->cell);
	else
		p->rgb = calloc(n, sizeof *p->rgb);
	if (!p->cell && !p->rgb)
		return false;
	p->width = f->width;
	p->height = f->height;
	return true;
}

static void take_rows(struct picture *p, const struct frame *f, unsigned top, unsigned bottom)
{
	size_t from = (size_t)top * p->width, to = (size_t)bottom * p->width;

	if (f->kind == FRAME_TEXT)
		memcpy(p->cell + from, f->cell + from, (to - from) * sizeof *p->cell);
	else if (f->kind == FRAME_RGB)
		memcpy(p->rgb + from, f->rgb + from, (to - from) * sizeof *p->rgb);
	else
		for (size_t i = from; i < to; i++)
			p->rgb[i] = f->palette[f->pixel[i]];
}

bool picture_take(struct picture *p, const struct frame *f)
{
	bool other = p->width != f->width || p->height != f->height ||
		     (p->kind == FRAME_TEXT) != (f->kind == FRAME_TEXT);
	unsigned lines = f->cursor_bottom > f->cursor_top ? f->cursor_bottom - f->cursor_top : 0;

	if (other && !remake(p, f))
		return false;
	if (other || (f->kind == FRAME_PIXELS && memcmp(p->palette, f->palette, sizeof p->palette)))
		take_rows(p, f, 0, f->height);
	else if (f->dirty_top < f->dirty_bottom && f->dirty_bottom <= f->height)
		take_rows(p, f, f->dirty_top, f->dirty_bottom);
	memcpy(p->palette, f->palette, sizeof p->palette);
	p->border = f->border;
	p->cursor_x = f->cursor_x;
	p->cursor_y = f->cursor_y;
	p->cursor_block = 2 * lines > f->cell_height;
	p->serial++;
	return true;
}
