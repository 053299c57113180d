/* paint.c - makes a terminal show cells by sending it as little as it takes.
 *
 * Rows are compared cell by cell.  What moved up or down as a whole is first
 * moved by the terminal (a scrolling region), if that saves sending most of it.  */

#include "paint.h"

#include <stdlib.h>
#include <string.h>

#define SHORT_GAP	4	/* unchanged cells that are sent again rather than skipped */
#define SCROLL_MAX	8	/* rows that a picture may have moved */
#define SCROLL_LEAST	4	/* rows that are worth it */

static bool same_pen(const struct cell *a, const struct cell *b)
{
	return a->fg == b->fg && a->bg == b->bg && a->blink == b->blink &&
	       a->underline == b->underline;
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
	return a->ch == b->ch && same_pen(a, b);
}

bool paint_size(struct painter *p, unsigned width, unsigned height)
{
	struct cell *have = calloc((size_t)width * height, sizeof *have);

	if (!have)
		return false;
	free(p->have);
	p->have = have;
	p->width = width;
	p->height = height;
	paint_forget(p);
	return true;
}

void paint_fini(struct painter *p)
{
	free(p->have);
	p->have = NULL;
}

void paint_forget(struct painter *p)
{
	for (size_t i = 0; i < (size_t)p->width * p->height; i++)
		p->have[i].ch = CELL_UNKNOWN;
	p->pen_known = p->placed = p->cursor_known = false;
}

void paint_clear(struct painter *p, struct out *o)
{
	caps_put(o, p->caps->normal, 0, 0);
	caps_put(o, p->caps->clear, 0, 0);
	paint_forget(p);
}

/* --- The pen ----------------------------------------------------------------------- */

static void put_number(struct out *o, unsigned n)
{
	char digit[4];
	unsigned at = sizeof digit;

	do
		digit[--at] = '0' + n % 10;
	while (n /= 10);
	out_bytes(o, digit + at, sizeof digit - at);
}

/* ;2;r;g;b: what comes after 38 or 48.  */
static void put_rgb(struct out *o, const char *part, uint32_t color)
{
	out_text(o, part);
	for (int shift = 16; shift >= 0; shift -= 8) {
		out_text(o, ";");
		put_number(o, color >> shift & 0xff);
	}
}

/* Both in one sequence, if both are others.  */
static void put_colors(const struct caps *caps, struct out *o, const struct cell *c, bool fg, bool bg)
{
	if (caps->depth != DEPTH_RGB) {
		if (fg)
			caps_put(o, caps->fg, c->fg, 0);
		if (bg)
			caps_put(o, caps->bg, c->bg, 0);
		return;
	}
	out_text(o, "\033[");
	if (fg)
		put_rgb(o, "38;2", c->fg);
	if (bg)
		put_rgb(o, fg ? ";48;2" : "48;2", c->bg);
	out_text(o, "m");
}

/* Eight colours: a bright one by bold; a bright background is not to be had.  */
static void put_colors_8(const struct caps *caps, struct out *o, const struct cell *c)
{
	if (c->fg & 8)
		caps_put(o, caps->bold, 0, 0);
	caps_put(o, caps->fg, c->fg & 7, 0);
	caps_put(o, caps->bg, c->bg & 7, 0);
}

/* How light an ANSI colour is, roughly.  */
static unsigned light(uint32_t color)
{
	return (color & 1) * 3 + (color >> 1 & 1) * 6 + (color >> 2 & 1) + (color >> 3 & 1) * 4;
}

static void put_mono(const struct caps *caps, struct out *o, const struct cell *c)
{
	if (c->fg & 8)
		caps_put(o, caps->bold, 0, 0);
	if (light(c->bg) > light(c->fg))
		caps_put(o, caps->reverse, 0, 0);
}

static void set_pen(struct painter *p, struct out *o, const struct cell *c)
{
	const struct caps *caps = p->caps;
	bool all = !p->pen_known || caps->depth < DEPTH_16 ||
		   p->pen.blink != c->blink || p->pen.underline != c->underline;

	if (p->pen_known && same_pen(&p->pen, c))
		return;
	if (all)
		caps_put(o, caps->normal, 0, 0);
	if (all && c->blink)
		caps_put(o, caps->blink, 0, 0);
	if (all && c->underline)
		caps_put(o, caps->underline, 0, 0);
	if (caps->depth == DEPTH_MONO)
		put_mono(caps, o, c);
	else if (caps->depth == DEPTH_8)
		put_colors_8(caps, o, c);
	else
		put_colors(caps, o, c, all || p->pen.fg != c->fg, all || p->pen.bg != c->bg);
	p->pen = *c;
	p->pen_known = true;
}

/* --- Cells ------------------------------------------------------------------------- */

static void move_to(struct painter *p, struct out *o, unsigned x, unsigned y)
{
	if (p->placed && p->x == x && p->y == y)
		return;
	caps_put(o, p->caps->move, y, x);
	p->x = x;
	p->y = y;
	p->placed = true;
}

/* What would move the cursor, or is no character, is a blank.  */
static void put_cell(struct painter *p, struct out *o, const struct cell *c)
{
	uint32_t ch = c->ch;

	if (ch < 0x20 || (ch >= 0x7f && ch < 0xa0) || ch > 0x10ffff || (ch >= 0xd800 && ch < 0xe000))
		ch = ' ';
	set_pen(p, o, c);
	out_char(o, ch);
}

static void show_cell(struct painter *p, struct out *o, const struct cell *want, unsigned x,
		      unsigned y)
{
	p->have[(size_t)y * p->width + x] = *want;
	if (p->caps->margins && x + 1 == p->width && y + 1 == p->height)
		return;			/* it would scroll */
	move_to(p, o, x, y);
	put_cell(p, o, want);
	p->x++;
	if (p->x == p->width)
		p->placed = false;	/* some terminals are on the next line now */
}

/* Whether the cells from x to the terminal's cursor may be sent again.  */
static bool bridges(const struct painter *p, const struct cell *row, unsigned x, unsigned y)
{
	if (!p->placed || p->y != y || p->x >= x || x - p->x > SHORT_GAP)
		return false;
	for (unsigned i = p->x; i < x; i++)
		if (row[i].ch > 0x7f || !same_pen(&row[i], &p->pen) ||
		    !same_cell(&row[i], &p->have[(size_t)y * p->width + i]))
			return false;
	return p->pen_known;
}

static void show_row(struct painter *p, struct out *o, const struct cell *row, unsigned y)
{
	const struct cell *have = p->have + (size_t)y * p->width;

	for (unsigned x = 0; x < p->width; x++) {
		if (same_cell(&row[x], &have[x]))
			continue;
		if (bridges(p, row, x, y))
			while (p->x < x)
				show_cell(p, o, &row[p->x], p->x, y);
		show_cell(p, o, &row[x], x, y);
	}
}

/* --- Scrolling --------------------------------------------------------------------- */

struct span { unsigned top, bottom; };	/* [top, bottom) */

static bool same_row(const struct painter *p, const struct cell *want, unsigned y, unsigned old)
{
	const struct cell *a = want + (size_t)y * p->width, *b = p->have + (size_t)old * p->width;

	for (unsigned x = 0; x < p->width; x++)
		if (!same_cell(&a[x], &b[x]))
			return false;
	return true;
}

static struct span changed(const struct painter *p, const struct cell *want)
{
	struct span s = { 0, p->height };

	while (s.top < s.bottom && same_row(p, want, s.top, s.top))
		s.top++;
	while (s.top < s.bottom && same_row(p, want, s.bottom - 1, s.bottom - 1))
		s.bottom--;
	return s;
}

/* Rows of the span that would be right if all moved up by `by' (down: < 0), less
 * those that are right as they are.  */
static int gain(const struct painter *p, const struct cell *want, struct span s, int by)
{
	int n = 0;

	for (unsigned y = s.top; y < s.bottom; y++) {
		int old = (int)y + by;

		if (old >= (int)s.top && old < (int)s.bottom)
			n += same_row(p, want, y, old);
		n -= same_row(p, want, y, y);
	}
	return n;
}

static void move_rows(struct painter *p, struct span s, int by)
{
	unsigned n = by < 0 ? -by : by, count = s.bottom - s.top - n;
	unsigned from = by > 0 ? s.top + n : s.top, to = by > 0 ? s.top : s.top + n;
	unsigned fresh = by > 0 ? s.bottom - n : s.top;

	memmove(p->have + (size_t)to * p->width, p->have + (size_t)from * p->width,
		(size_t)count * p->width * sizeof *p->have);
	for (size_t i = (size_t)fresh * p->width; i < (size_t)(fresh + n) * p->width; i++)
		p->have[i].ch = CELL_UNKNOWN;
}

static void scroll(struct painter *p, struct out *o, struct span s, int by)
{
	if (!p->pen_known)
		caps_put(o, p->caps->normal, 0, 0);
	caps_put(o, p->caps->region, s.top, s.bottom - 1);
	caps_put(o, p->caps->move, by > 0 ? s.bottom - 1 : s.top, 0);
	caps_put(o, by > 0 ? p->caps->up : p->caps->down, by > 0 ? by : -by, 0);
	caps_put(o, p->caps->region, 0, p->height - 1);
	p->placed = false;
	move_rows(p, s, by);
}

static void find_scroll(struct painter *p, struct out *o, const struct cell *want)
{
	struct span s;
	int best = 0, most = SCROLL_LEAST;

	if (!p->caps->region || !p->caps->up || !p->caps->down)
		return;
	s = changed(p, want);
	if (s.bottom - s.top < 2 * SCROLL_LEAST)
		return;
	for (int by = -SCROLL_MAX; by <= SCROLL_MAX; by++) {
		int n = by ? gain(p, want, s, by) : 0;

		if (n > most) {
			most = n;
			best = by;
		}
	}
	if (best)
		scroll(p, o, s, best);
}

/* --- The cursor -------------------------------------------------------------------- */

/* DECSCUSR: 1 a block, 3 an underline, both blinking as a PC's do; last, because
 * terminfo's way to show the cursor stops that.  */
static void show_shape(struct painter *p, struct out *o, enum cursor_shape shape)
{
	caps_put(o, shape == CURSOR_BLOCK && !p->caps->shape && p->caps->solid ?
		    p->caps->solid : p->caps->show, 0, 0);
	if (p->caps->shape)
		caps_put(o, p->caps->shape, shape == CURSOR_BLOCK ? 1 : 3, 0);
}

static void show_cursor(struct painter *p, struct out *o, const struct cursor *c)
{
	if (c->shape != CURSOR_HIDDEN)
		move_to(p, o, c->x, c->y);
	if (p->cursor_known && p->cursor.shape == c->shape)
		return;
	if (c->shape == CURSOR_HIDDEN)
		caps_put(o, p->caps->hide, 0, 0);
	else
		show_shape(p, o, c->shape);
	p->cursor = *c;
	p->cursor_known = true;
}

void paint_show(struct painter *p, struct out *o, const struct cell *want,
		const struct cursor *cursor)
{
	find_scroll(p, o, want);
	for (unsigned y = 0; y < p->height; y++)
		show_row(p, o, want + (size_t)y * p->width, y);
	show_cursor(p, o, cursor);
}

void paint_line(struct painter *p, struct out *o, const struct cell *cell, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		put_cell(p, o, &cell[i]);
	caps_put(o, p->caps->normal, 0, 0);
	p->pen_known = false;
}
