/* hands.c - keys, text and mouse.  Each request becomes a list of acts, which are
 * done one after the other as the guest takes them.  */

#include "control/parts.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/cp.h"
#include "machine/machine.h"

#define KEYS_MAX	4096u
#define ACTS_MAX	CONTROL_LINE
/* A program that asks for the buttons 18 times a second sees each.  */
#define MOUSE_PAUSE	UINT64_C(60000000)
#define DRAG_STEPS	8
#define BY_MAX		32767

static struct act *room(struct ask *a, size_t n)
{
	struct wait *w = &a->client->wait;

	w->act = calloc(n ? n : 1, sizeof *w->act);
	if (!w->act)
		error_set(&a->error, "out of memory");
	return w->act;
}

/* ---- keys ---- */

static bool one_key(struct ask *a, struct json_object *o)
{
	struct wait *w = &a->client->wait;
	const char *text = json_object_is_type(o, json_type_string) ? json_object_get_string(o) : "";
	bool down = strncmp(text, "down:", 5) == 0, up = strncmp(text, "up:", 3) == 0;
	unsigned modifiers;
	uint16_t key = control_key_named(text + (down ? 5 : up ? 3 : 0), &modifiers);

	if (!key || ((down || up) && modifiers)) {
		error_set(&a->error, "there is no such key: %.40s", text);
		return false;
	}
	w->act[w->acts++] = (struct act){
		.kind = down || up ? ACT_KEY : ACT_STROKE,
		.modifiers = modifiers, .key = { .key = key, .down = down },
	};
	return true;
}

bool hands_keys(struct ask *a)
{
	struct json_object *keys;
	int64_t timeout;
	size_t n;

	if (!json_object_object_get_ex(a->request, "keys", &keys) ||
	    !json_object_is_type(keys, json_type_array) ||
	    json_object_array_length(keys) > KEYS_MAX) {
		error_set(&a->error, "\"keys\" is no array of at most %u strings", KEYS_MAX);
		return false;
	}
	n = json_object_array_length(keys);
	if (!member_timeout(a, &timeout) || !room(a, n))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!one_key(a, json_object_array_get_idx(keys, i)))
			return false;
	return wait_begin(a, WAIT_ACTS, timeout);
}

bool hands_type(struct ask *a)
{
	struct wait *w = &a->client->wait;
	const char *text, *end;
	int64_t timeout;

	if (!member_text(a, "text", true, &text) || !member_timeout(a, &timeout) ||
	    !room(a, strlen(text)))
		return false;
	for (end = text + strlen(text); text < end; w->acts++) {
		uint32_t ch = UTF8_BAD;
		size_t n = utf8_get(text, end - text, &ch);

		if (ch == '\n')
			ch = '\r';
		if (!n || ch == UTF8_BAD || cp_from_unicode(a->control->code_page, ch) <= 0) {
			error_set(&a->error, "\"text\" has a character that code page %u has not",
				  a->control->code_page);
			return false;
		}
		w->act[w->acts] = (struct act){ .kind = ACT_CHAR, .key = { .ch = ch } };
		text += n;
	}
	return wait_begin(a, WAIT_ACTS, timeout);
}

/* ---- mouse ---- */

/* The middle of a cell or a pixel, as a part of the picture; the ends of the outermost.  */
static uint16_t part(int64_t at, unsigned size)
{
	if (at == 0 || at == size - 1)
		return at ? UINT16_MAX : 0;
	return (2 * at + 1) * 65535 / (2 * size);
}

/* x is that of the picture's units, on an axis of so many.  */
struct spot {
	int64_t x, y;
};

static bool measure(struct ask *a, struct spot *s, unsigned *width, unsigned *height)
{
	const struct view *v = &a->control->view;
	const char *unit = "cells";

	if (!member_text(a, "unit", false, &unit))
		return false;
	view_refresh(a->control);
	*width = v->width;
	*height = v->height;
	if (strcmp(unit, "cells") == 0 && v->kind != FRAME_TEXT) {
		*width = 80;		/* as INT 33h sees a picture */
		*height = 25;
	} else if (strcmp(unit, "pixels") == 0 && v->kind == FRAME_TEXT) {
		*width *= 8;		/* of a text screen, as INT 33h */
		*height *= 8;
	} else if (strcmp(unit, "cells") != 0 && strcmp(unit, "pixels") != 0) {
		error_set(&a->error, "\"unit\" is neither cells nor pixels");
		return false;
	}
	if (!*width || !*height) {
		error_set(&a->error, "there is no picture");
		return false;
	}
	return member_int(a, "x", 0, *width - 1, &s->x) && member_int(a, "y", 0, *height - 1, &s->y);
}

static bool button(struct ask *a, uint8_t *bit)
{
	static const char *const names[] = { "left", "right", "middle" };
	const char *name = "left";

	if (!member_text(a, "button", false, &name))
		return false;
	for (unsigned i = 0; i < 3; i++)
		if (strcmp(names[i], name) == 0) {
			*bit = 1 << i;
			return true;
		}
	error_set(&a->error, "\"button\" is none of left, right, middle");
	return false;
}

static bool drag_end(struct ask *a, struct spot *to, unsigned width, unsigned height)
{
	struct json_object *o;

	if (json_object_object_get_ex(a->request, "to", &o) &&
	    json_object_is_type(o, json_type_array) && json_object_array_length(o) == 2 &&
	    json_object_is_type(json_object_array_get_idx(o, 0), json_type_int) &&
	    json_object_is_type(json_object_array_get_idx(o, 1), json_type_int)) {
		to->x = json_object_get_int64(json_object_array_get_idx(o, 0));
		to->y = json_object_get_int64(json_object_array_get_idx(o, 1));
		if (to->x >= 0 && to->x < width && to->y >= 0 && to->y < height)
			return true;
	}
	error_set(&a->error, "\"to\" is not [x,y] on the picture");
	return false;
}

static void add(struct ask *a, uint8_t buttons, int wheel)
{
	struct wait *w = &a->client->wait;
	struct control *c = a->control;

	c->buttons = buttons;
	w->act[w->acts++] = (struct act){ .kind = ACT_MOUSE, .pause = MOUSE_PAUSE, .mouse = {
		.placed = !c->by, .x = c->x, .y = c->y, .buttons = buttons, .wheel = wheel } };
}

static void go_to(struct ask *a, const struct spot *s, unsigned width, unsigned height)
{
	a->control->by = false;
	a->control->x = part(s->x, width);
	a->control->y = part(s->y, height);
	add(a, a->control->buttons, 0);
}

static void drag(struct ask *a, const struct spot *from, const struct spot *to, unsigned width,
		 unsigned height, uint8_t bit)
{
	add(a, a->control->buttons | bit, 0);
	for (int i = 1; i <= DRAG_STEPS; i++) {
		struct spot s = { from->x + (to->x - from->x) * i / DRAG_STEPS,
				  from->y + (to->y - from->y) * i / DRAG_STEPS };

		go_to(a, &s, width, height);
	}
	add(a, a->control->buttons & ~bit, 0);
}

static void click(struct ask *a, uint8_t bit)
{
	add(a, a->control->buttons | bit, 0);
	add(a, a->control->buttons & ~bit, 0);
}

/* So many mickeys, from wherever it is.  */
static bool move_by(struct ask *a)
{
	int64_t dx = 0, dy = 0, timeout;
	struct act *act;

	if (!member_int(a, "dx", -BY_MAX, BY_MAX, &dx) || !member_int(a, "dy", -BY_MAX, BY_MAX, &dy) ||
	    !member_timeout(a, &timeout) || !room(a, 1))
		return false;
	a->control->by = true;
	add(a, a->control->buttons, 0);
	act = &a->client->wait.act[0];
	act->mouse.dx = dx;
	act->mouse.dy = dy;
	return wait_begin(a, WAIT_ACTS, timeout);
}

bool hands_mouse(struct ask *a)
{
	struct spot at = { -1, -1 }, to = at;
	const char *action;
	int64_t notches = 1, timeout;
	unsigned width, height;
	uint8_t bit = 0;
	bool drags;

	if (!member_text(a, "action", true, &action))
		return false;
	if (strcmp(action, "by") == 0)
		return move_by(a);
	if (!measure(a, &at, &width, &height) ||
	    !button(a, &bit) || !member_int(a, "notches", -100, 100, &notches) ||
	    !member_timeout(a, &timeout) || !room(a, DRAG_STEPS + 4))
		return false;
	drags = strcmp(action, "drag") == 0;
	if (drags && !drag_end(a, &to, width, height))
		return false;
	if (at.x >= 0 && at.y >= 0) {
		go_to(a, &at, width, height);
	} else if (strcmp(action, "move") == 0 || drags) {
		error_set(&a->error, "\"x\" or \"y\" is missing");
		return false;
	}
	if (drags)
		drag(a, &at, &to, width, height, bit);
	else if (strcmp(action, "down") == 0)
		add(a, a->control->buttons | bit, 0);
	else if (strcmp(action, "up") == 0)
		add(a, a->control->buttons & ~bit, 0);
	else if (strcmp(action, "wheel") == 0)
		add(a, a->control->buttons, notches);
	else if (strcmp(action, "click") == 0 || strcmp(action, "double") == 0)
		click(a, bit);
	else if (strcmp(action, "move") != 0) {
		error_set(&a->error, "there is no such action: %.40s", action);
		return false;
	}
	if (strcmp(action, "double") == 0)
		click(a, bit);
	return wait_begin(a, WAIT_ACTS, timeout);
}

/* ---- doing it ---- */

static bool perform(struct control *c, const struct act *act)
{
	void *ctx = c->host->ctx;

	switch (act->kind) {
	case ACT_STROKE:
		return c->host->stroke(ctx, act->key.key, act->modifiers);
	case ACT_CHAR:
		return c->host->type(ctx, act->key.ch);
	case ACT_KEY:
		if (!c->typed(ctx) || (act->key.down && !machine_keys_read(c->machine)))
			return false;
		c->host->key(ctx, &act->key);
		return true;
	case ACT_MOUSE:
		if (!machine_mouse_told(c->machine))
			return false;
		c->host->mouse(ctx, &act->mouse);
		return true;
	}
	return true;
}

bool hands_go_on(struct control *c, struct wait *w)
{
	while (w->at < w->acts && machine_now(c->machine) >= w->due) {
		const struct act *act = &w->act[w->at];

		if (!perform(c, act))
			return false;
		w->due = machine_now(c->machine) + act->pause;
		w->at++;
	}
	return w->at == w->acts && machine_now(c->machine) >= w->due && c->typed(c->host->ctx) &&
	       machine_keys_read(c->machine) && machine_mouse_told(c->machine);
}
