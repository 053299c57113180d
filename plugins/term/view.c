/* view.c - how the picture lies on the terminal.  */

#include "view.h"

#include <stdlib.h>
#include <string.h>

#define HALF_BLOCK	0x2580		/* the upper half, in the foreground */
#define BOX_FG		0x000000
#define BOX_BG		0xaaaaaa

bool view_size(struct view *v, unsigned width, unsigned height)
{
	struct cell *want = calloc((size_t)width * height, sizeof *want);

	if (!want)
		return false;
	free(v->want);
	v->want = want;
	v->width = width;
	v->height = height;
	return true;
}

void view_fini(struct view *v)
{
	free(v->want);
	v->want = NULL;
}

/* --- Where things are ---------------------------------------------------------------- */

/* One direction.  Pans no farther than it takes to show `at' (-1: nothing).  */
static void place(unsigned have, unsigned size, int at, unsigned *pan, unsigned *begin,
		  unsigned *shown)
{
	*shown = size < have ? size : have;
	*begin = (have - *shown) / 2;
	if (at >= 0 && (unsigned)at < *pan)
		*pan = at;
	if (at >= 0 && (unsigned)at >= *pan + *shown)
		*pan = at - *shown + 1;
	if (*pan > size - *shown)
		*pan = size - *shown;
}

/* As on a 4:3 monitor.  Where the terminal does not tell, a cell is twice as high as
 * wide.  */
static void place_pixels(struct view *v)
{
	unsigned rows = v->height - (v->spares_last && v->height > 1);
	unsigned wide = v->cell_width ? v->cell_width : 1, high = v->cell_height ? v->cell_height : 2;
	unsigned w = v->width * wide, h = rows * high;

	if (3 * w > 4 * h)
		w = 4 * h / 3;
	else
		h = 3 * w / 4;
	v->shown_x = w / wide ? w / wide : 1;
	v->shown_y = h / high ? h / high : 1;
	v->left = (v->width - v->shown_x) / 2;
	v->top = (v->height - v->shown_y) / 2;
	v->pan_x = v->pan_y = 0;
}

static void place_picture(struct view *v, const struct picture *p, const struct copying *copy)
{
	int x = copy->on ? (int)copy->x : p->cursor_x, y = copy->on ? (int)copy->y : p->cursor_y;

	if (p->kind != FRAME_TEXT) {
		place_pixels(v);
		return;
	}
	if (x >= (int)p->width || y >= (int)p->height)
		x = y = -1;
	place(v->width, p->width, x, &v->pan_x, &v->left, &v->shown_x);
	place(v->height, p->height, y, &v->pan_y, &v->top, &v->shown_y);
}

/* The middle of a cell, as a part of so many; the ends of the outermost.  */
static uint16_t part(unsigned at, unsigned of)
{
	if (at == 0 || at >= of - 1)
		return at ? UINT16_MAX : 0;
	return (2 * (uint64_t)at + 1) * 65536 / (2 * of);
}

bool view_place(const struct view *v, const struct picture *p, unsigned x, unsigned y,
		uint16_t *place_x, uint16_t *place_y)
{
	unsigned width = p->kind == FRAME_TEXT ? p->width : v->shown_x;
	unsigned height = p->kind == FRAME_TEXT ? p->height : v->shown_y;

	if (!p->width || x < v->left || y < v->top ||
	    x >= v->left + v->shown_x || y >= v->top + v->shown_y)
		return false;
	*place_x = part(x - v->left + v->pan_x, width);
	*place_y = part(y - v->top + v->pan_y, height);
	return true;
}

/* --- Text ------------------------------------------------------------------------------ */

/* From the one to the other in reading order, both included.  */
bool copying_has(const struct copying *c, unsigned x, unsigned y)
{
	bool forth = c->from_y < c->y || (c->from_y == c->y && c->from_x <= c->x);
	unsigned ax = forth ? c->from_x : c->x, ay = forth ? c->from_y : c->y;
	unsigned bx = forth ? c->x : c->from_x, by = forth ? c->y : c->from_y;

	if (!c->on || !c->selects)
		return false;
	return (y > ay || (y == ay && x >= ax)) && (y < by || (y == by && x <= bx));
}

static struct cell text_cell(const struct frame_cell *c, const uint32_t code[256])
{
	return (struct cell){ c->ch, code[c->fg], code[c->bg], c->blink, c->underline };
}

static void invert(struct cell *c)
{
	uint32_t fg = c->fg;

	c->fg = c->bg;
	c->bg = fg;
}

static void make_codes(const struct picture *p, enum depth depth, uint32_t code[256])
{
	for (unsigned i = 0; i < 256; i++)
		code[i] = caps_color(depth, p->palette[i]);
}

static void compose_text(struct view *v, const struct picture *p, const struct copying *copy,
			 enum depth depth)
{
	uint32_t code[256];

	make_codes(p, depth, code);
	for (unsigned y = 0; y < v->shown_y; y++) {
		struct cell *to = v->want + (size_t)(v->top + y) * v->width + v->left;
		const struct frame_cell *from =
			p->cell + (size_t)(v->pan_y + y) * p->width + v->pan_x;

		for (unsigned x = 0; x < v->shown_x; x++) {
			to[x] = text_cell(&from[x], code);
			if (copying_has(copy, v->pan_x + x, v->pan_y + y))
				invert(&to[x]);
		}
	}
}

static bool is_blank(const struct cell *c, uint32_t black)
{
	return (c->ch == ' ' || c->ch == 0) && c->bg == black && !c->underline;
}

unsigned view_row(const struct picture *p, unsigned y, enum depth depth, struct cell *to)
{
	uint32_t code[256], black = caps_color(depth, 0);
	unsigned n = 0;

	make_codes(p, depth, code);
	for (unsigned x = 0; x < p->width; x++) {
		to[x] = text_cell(&p->cell[(size_t)y * p->width + x], code);
		to[x].blink = false;
		if (!is_blank(&to[x], black))
			n = x + 1;
	}
	return n;
}

/* --- Pixels ---------------------------------------------------------------------------- */

/* The mean of the pixels that become one.  */
static uint32_t mean(const struct picture *p, unsigned x, unsigned y, unsigned width,
		     unsigned height)
{
	unsigned x0 = x * p->width / width, x1 = (x + 1) * p->width / width;
	unsigned y0 = y * p->height / height, y1 = (y + 1) * p->height / height;
	unsigned r = 0, g = 0, b = 0, n = 0;

	for (unsigned j = y0; j < (y1 > y0 ? y1 : y0 + 1); j++)
		for (unsigned i = x0; i < (x1 > x0 ? x1 : x0 + 1); i++, n++) {
			uint32_t rgb = p->rgb[(size_t)j * p->width + i];

			r += rgb >> 16 & 0xff;
			g += rgb >> 8 & 0xff;
			b += rgb & 0xff;
		}
	return r / n << 16 | g / n << 8 | b / n;
}

static void compose_pixels(struct view *v, const struct picture *p, enum depth depth)
{
	unsigned w = v->shown_x, h = 2 * v->shown_y;

	for (unsigned y = 0; y < v->shown_y; y++)
		for (unsigned x = 0; x < w; x++)
			v->want[(size_t)(v->top + y) * v->width + v->left + x] = (struct cell){
				HALF_BLOCK, caps_color(depth, mean(p, x, 2 * y, w, h)),
				caps_color(depth, mean(p, x, 2 * y + 1, w, h)), false, false };
}

/* --- All of it ------------------------------------------------------------------------- */

static void place_cursor(struct view *v, const struct picture *p, const struct copying *copy)
{
	int x = copy->on ? (int)copy->x : p->cursor_x, y = copy->on ? (int)copy->y : p->cursor_y;
	int from_x = x - (int)v->pan_x, from_y = y - (int)v->pan_y;

	v->cursor.shape = CURSOR_HIDDEN;
	if (p->kind != FRAME_TEXT || x < 0 || y < 0 || from_x < 0 || from_y < 0 ||
	    from_x >= (int)v->shown_x || from_y >= (int)v->shown_y)
		return;
	v->cursor = (struct cursor){
		copy->on || p->cursor_block ? CURSOR_BLOCK : CURSOR_LINE,
		v->left + from_x, v->top + from_y };
}

void view_compose(struct view *v, const struct picture *p, const struct copying *copy,
		  enum depth depth, bool pixels)
{
	struct cell blank = { ' ', caps_color(depth, 0xaaaaaa), 0, false, false };

	blank.bg = caps_color(depth, p->palette[p->border]);
	for (size_t i = 0; i < (size_t)v->width * v->height; i++)
		v->want[i] = blank;
	v->cursor.shape = CURSOR_HIDDEN;
	if (!p->width)
		return;
	place_picture(v, p, copy);
	if (p->kind == FRAME_TEXT)
		compose_text(v, p, copy, depth);
	else if (pixels)
		compose_pixels(v, p, depth);
	place_cursor(v, p, copy);
}

void view_box(struct view *v, enum depth depth, const char *const *lines, unsigned count)
{
	struct cell cell = { ' ', caps_color(depth, BOX_FG), caps_color(depth, BOX_BG), false, false };
	unsigned width = 0, left, top;

	for (unsigned i = 0; i < count; i++)
		width = strlen(lines[i]) > width ? strlen(lines[i]) : width;
	width = width + 2 < v->width ? width + 2 : v->width;
	count = count < v->height ? count : v->height;
	left = (v->width - width) / 2;
	top = (v->height - count) / 2;
	for (unsigned y = 0; y < count; y++)
		for (unsigned x = 0; x < width; x++) {
			bool inside = x >= 1 && x - 1 < strlen(lines[y]);

			cell.ch = inside ? (unsigned char)lines[y][x - 1] : ' ';
			v->want[(size_t)(top + y) * v->width + left + x] = cell;
		}
	v->cursor.shape = CURSOR_HIDDEN;
}
