/* joystick.c - a joystick is held somehow.  */

#include "control/parts.h"

#include <json-c/json.h>
#include <string.h>

static bool axes(struct ask *a, struct pad_event *ev)
{
	struct json_object *list, *item;

	ev->axes = 2;
	if (!json_object_object_get_ex(a->request, "axes", &list))
		return true;
	if (!json_object_is_type(list, json_type_array) || json_object_array_length(list) > PAD_AXES) {
		error_set(&a->error, "\"axes\" is no array of at most %d numbers", PAD_AXES);
		return false;
	}
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		double v;

		item = json_object_array_get_idx(list, i);
		v = json_object_get_double(item);
		if (!(json_object_is_type(item, json_type_double) ||
		      json_object_is_type(item, json_type_int)) || !(v >= -1 && v <= 1)) {
			error_set(&a->error, "\"axes\" has something that is no number from -1 to 1");
			return false;
		}
		ev->axis[i] = v * PAD_MOST;
		if (i >= 2)
			ev->axes = i + 1;
	}
	return true;
}

static bool buttons(struct ask *a, struct pad_event *ev)
{
	struct json_object *list, *item;

	if (!json_object_object_get_ex(a->request, "buttons", &list))
		return true;
	if (!json_object_is_type(list, json_type_array)) {
		error_set(&a->error, "\"buttons\" is no array");
		return false;
	}
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		int64_t n;

		item = json_object_array_get_idx(list, i);
		n = json_object_is_type(item, json_type_int) ? json_object_get_int64(item) : 0;
		if (n < 1 || n > 4) {
			error_set(&a->error, "\"buttons\" has something that is no number from 1 to 4");
			return false;
		}
		ev->buttons |= 1 << (n - 1);
	}
	return true;
}

static bool hat(struct ask *a, struct pad_event *ev)
{
	static const char *const names[] = { "up", "down", "left", "right" };
	const char *name = NULL;

	if (!member_text(a, "hat", false, &name))
		return false;
	if (!name)
		return true;
	for (unsigned i = 0; i < 4; i++)
		if (strcmp(names[i], name) == 0)
			ev->hat = 1 << i;
	if (!ev->hat)
		error_set(&a->error, "\"hat\" is neither up, down, left nor right");
	return ev->hat;
}

bool hands_joystick(struct ask *a)
{
	struct pad_event ev = { .there = true };
	int64_t which = 1;

	if (!member_int(a, "joystick", 1, PADS, &which) || !member_bool(a, "plugged", &ev.there) ||
	    !axes(a, &ev) || !buttons(a, &ev) || !hat(a, &ev))
		return false;
	ev.pad = which - 1;
	a->control->host->pad(a->control->host->ctx, &ev);
	return true;
}
