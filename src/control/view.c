/* view.c - what is on the screen.  */

#include "control/parts.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/cp.h"
#include "machine/machine.h"

static bool keep_cells(struct view *v, const struct frame *f)
{
	size_t n = (size_t)f->width * f->height;

	if (n > v->cells) {
		struct frame_cell *cell = realloc(v->cell, n * sizeof *cell);

		if (!cell)
			return false;
		v->cell = cell;
		v->cells = n;
	}
	memcpy(v->cell, f->cell, n * sizeof *v->cell);
	return true;
}

static bool show(void *self, const struct frame *f)
{
	struct view *v = self;

	v->serial++;
	v->width = v->height = 0;
	v->kind = f->kind;
	if (f->kind == FRAME_TEXT && !keep_cells(v, f))
		return true;
	v->width = f->width;
	v->height = f->height;
	memcpy(v->palette, f->palette, sizeof v->palette);
	v->cursor_x = f->cursor_x;
	v->cursor_y = f->cursor_y;
	v->cursor_top = f->cursor_top;
	v->cursor_bottom = f->cursor_bottom;
	return true;
}

static const struct video_ops text_ops = { .show = show };

bool view_open(struct control *c)
{
	if (c->view.sink < 0)
		c->view.sink = machine_attach_video(c->machine, &text_ops, &c->view);
	return c->view.sink >= 0;
}

void view_close(struct control *c)
{
	if (c->view.sink >= 0)
		machine_detach_video(c->machine, c->view.sink);
	c->view.sink = -1;
}

void view_refresh(struct control *c)
{
	machine_show(c->machine);
}

const char *view_mode(const struct view *v)
{
	return v->kind == FRAME_TEXT ? "text" : "graphics";
}

struct region view_region(const struct view *v, const struct region *asked)
{
	struct region r = *asked;

	if (!r.width)
		r = (struct region){ .width = v->width, .height = v->height };
	if (v->kind != FRAME_TEXT || r.x >= v->width || r.y >= v->height)
		return (struct region){ 0 };
	if (r.width > v->width - r.x)
		r.width = v->width - r.x;
	if (r.height > v->height - r.y)
		r.height = v->height - r.y;
	return r;
}

static const struct frame_cell *cells(const struct view *v, const struct region *r, unsigned row)
{
	return v->cell + (size_t)(r->y + row) * v->width + r->x;
}

size_t view_row(const struct view *v, const struct region *r, unsigned row, char *out)
{
	const struct frame_cell *cell = cells(v, r, row);
	unsigned wide = r->width;
	size_t n = 0;

	while (wide && (cell[wide - 1].ch <= ' ' || cell[wide - 1].ch == 0xa0))
		wide--;
	for (unsigned x = 0; x < wide; x++)
		n += utf8_put(out + n, cell[x].ch > ' ' ? cell[x].ch : ' ');
	out[n] = 0;
	return n;
}

enum number { ATTRIBUTE, FOREGROUND, BACKGROUND };

static uint32_t number(const struct view *v, const struct frame_cell *cell, enum number what)
{
	return what == ATTRIBUTE ? cell->attr :
	       v->palette[what == FOREGROUND ? cell->fg : cell->bg];
}

static void add_numbers(struct ask *a, const char *name, const struct region *r, enum number what)
{
	const struct view *v = &a->control->view;
	struct json_object *rows = json_object_new_array(), *row;

	for (unsigned y = 0; y < r->height; y++) {
		row = json_object_new_array();
		for (unsigned x = 0; x < r->width; x++)
			json_object_array_add(row, json_object_new_int64(
				number(v, cells(v, r, y) + x, what)));
		json_object_array_add(rows, row);
	}
	json_object_object_add(a->answer, name, rows);
}

static void add_cursor(struct ask *a)
{
	const struct view *v = &a->control->view;
	struct json_object *cursor = NULL;

	if (v->kind == FRAME_TEXT && v->cursor_x >= 0 && v->cursor_y >= 0) {
		cursor = json_object_new_object();
		json_object_object_add(cursor, "x", json_object_new_int(v->cursor_x));
		json_object_object_add(cursor, "y", json_object_new_int(v->cursor_y));
		json_object_object_add(cursor, "top", json_object_new_int(v->cursor_top));
		json_object_object_add(cursor, "bottom", json_object_new_int(v->cursor_bottom));
	}
	json_object_object_add(a->answer, "cursor", cursor);
}

struct json_object *view_rows(const struct view *v, const struct region *asked)
{
	struct region r = view_region(v, asked);
	struct json_object *rows = json_object_new_array();
	char *text = malloc(UTF8_MAX * (size_t)r.width + 1);

	for (unsigned y = 0; text && y < r.height; y++) {
		size_t n = view_row(v, &r, y, text);

		json_object_array_add(rows, json_object_new_string_len(text, n));
	}
	free(text);
	return rows;
}

void view_answer(struct ask *a, const struct region *asked, bool attributes, bool colors)
{
	const struct view *v = &a->control->view;
	struct region r = view_region(v, asked);

	json_object_object_add(a->answer, "mode", json_object_new_string(view_mode(v)));
	json_object_object_add(a->answer, "width", json_object_new_int(v->width));
	json_object_object_add(a->answer, "height", json_object_new_int(v->height));
	json_object_object_add(a->answer, "rows", view_rows(v, asked));
	add_cursor(a);
	if (attributes)
		add_numbers(a, "attributes", &r, ATTRIBUTE);
	if (colors) {
		add_numbers(a, "foreground", &r, FOREGROUND);
		add_numbers(a, "background", &r, BACKGROUND);
	}
}
