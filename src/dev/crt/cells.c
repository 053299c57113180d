/* cells.c - text as cells: for those who want no pixels, and those who read the
 * screen.  The rows are those that the 6845's registers make of a frame, which may be
 * many and flat: 80x100 with two lines each is what programs do for 160x100.  */

#include "dev/crt/parts.h"

#include <string.h>

#include "av/screen.h"

struct size { unsigned columns, rows; };

static struct size size_of(const struct crt *c)
{
	unsigned columns = c->crtc.reg[M6845_H_SHOWN], rows = m6845_rows(&c->crtc);

	if (columns > c->crtc.reg[M6845_H_TOTAL] + 1u)
		columns = c->crtc.reg[M6845_H_TOTAL] + 1u;
	return (struct size){ columns ? columns : 1, rows ? rows : 1 };
}

static uint16_t code_at(const struct crt *c, uint16_t start, unsigned column, unsigned row)
{
	uint32_t at = (start + row * c->crtc.reg[M6845_H_SHOWN] + column) & M6845_ADDRESS;

	return crt_byte(c, at * 2) | crt_byte(c, at * 2 + 1) << 8;
}

static struct frame_cell cell_of(const struct crt *c, uint16_t code)
{
	struct crt_colors a = crt_colors(c, code >> 8);

	if (!(c->mode & MODE_VIDEO))
		return (struct frame_cell){ .ch = ' ', .glyph = ' ', .fg = crt_border(c),
					    .bg = crt_border(c) };
	return (struct frame_cell){
		.ch = c->unicode[code & 0xff], .glyph = code & 0xff, .attr = code >> 8,
		.fg = a.fg, .bg = a.bg, .blink = a.blink, .underline = a.underline,
	};
}

static bool same_cell(const struct frame_cell *a, const struct frame_cell *b)
{
	return a->ch == b->ch && a->glyph == b->glyph && a->attr == b->attr && a->fg == b->fg &&
		a->bg == b->bg && a->blink == b->blink && a->underline == b->underline;
}

static void put_row(struct crt *c, unsigned y, unsigned columns)
{
	struct frame_cell *to = c->screen->cell + (size_t)y * columns;
	bool changed = false;

	for (unsigned x = 0; x < columns; x++) {
		struct frame_cell cell = cell_of(c, code_at(c, c->beam.start, x, y));

		if (same_cell(&cell, &to[x]))
			continue;
		to[x] = cell;
		changed = true;
	}
	if (changed)
		screen_dirty(c->screen, y, y + 1);
}

static void put_cursor(struct crt *c, struct size s)
{
	struct frame *f = &c->screen->frame;
	uint16_t at = (m6845_pair(&c->crtc, M6845_CURSOR_HIGH) - c->beam.start) & M6845_ADDRESS;
	unsigned top = 0, bottom = f->cell_height;
	int x = -1, y = -1;

	while (top < bottom && !m6845_cursor_in(&c->crtc, top))
		top++;
	while (bottom > top && !m6845_cursor_in(&c->crtc, bottom - 1))
		bottom--;
	if (top < bottom && at < s.columns * s.rows && c->mode & MODE_VIDEO) {
		x = at % s.columns;
		y = at / s.columns;
	}
	if (f->cursor_x == x && f->cursor_y == y &&
	    (x < 0 || (f->cursor_top == top && f->cursor_bottom == bottom)))
		return;
	if (f->cursor_y >= 0)
		screen_dirty(c->screen, f->cursor_y, f->cursor_y + 1);
	if (y >= 0)
		screen_dirty(c->screen, y, y + 1);
	f->cursor_x = x;
	f->cursor_y = y;
	f->cursor_top = top;
	f->cursor_bottom = bottom;
}

void crt_put_cells(struct crt *c)
{
	struct frame *f = &c->screen->frame;
	unsigned height = c->crtc.reg[M6845_MAX_SCAN] + 1;
	struct size s = size_of(c);

	if ((f->kind != FRAME_TEXT || f->width != s.columns || f->height != s.rows ||
	     !c->screen->cell) && !screen_mode(c->screen, FRAME_TEXT, s.columns, s.rows))
		return;
	if (f->cell_height != height || f->font != c->draw.glyph[0])
		screen_dirty(c->screen, 0, s.rows);
	f->cell_width = c->model->character;
	f->cell_height = height;
	f->font = c->draw.glyph[0];
	f->ninth_dot = true;
	crt_put_palette(c);
	for (unsigned y = 0; y < s.rows; y++)
		put_row(c, y, s.columns);
	put_cursor(c, s);
}

/* --- For those who read the screen --------------------------------------------------- */

bool crt_text_size(const struct crt *c, unsigned *columns, unsigned *rows)
{
	struct size s = size_of(c);

	*columns = s.columns;
	*rows = s.rows;
	return !crt_is_graphics(c);
}

uint16_t crt_text_cell(const struct crt *c, unsigned column, unsigned row)
{
	struct size s = size_of(c);

	if (crt_is_graphics(c) || column >= s.columns || row >= s.rows)
		return 0;
	return code_at(c, m6845_pair(&c->crtc, M6845_START_HIGH), column, row);
}
