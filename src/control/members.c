/* members.c - a request's members, measured.  */

#include "control/parts.h"

#include <json-c/json.h>
#include <string.h>

#include "av/screen.h"

#define TIMEOUT_MS	30000		/* if nothing else is asked for */
#define DAY_MS		86400000

static bool bad(struct ask *a, const char *name, const char *what)
{
	error_set(&a->error, "\"%s\" is %s", name, what);
	return false;
}

bool member_int(struct ask *a, const char *name, int64_t min, int64_t max, int64_t *out)
{
	struct json_object *o;
	int64_t v;

	if (!json_object_object_get_ex(a->request, name, &o))
		return true;
	if (!json_object_is_type(o, json_type_int))
		return bad(a, name, "no whole number");
	v = json_object_get_int64(o);
	if (v < min || v > max)
		return bad(a, name, "too small or too large");
	*out = v;
	return true;
}

bool member_bool(struct ask *a, const char *name, bool *out)
{
	struct json_object *o;

	if (!json_object_object_get_ex(a->request, name, &o))
		return true;
	if (!json_object_is_type(o, json_type_boolean))
		return bad(a, name, "neither true nor false");
	*out = json_object_get_boolean(o);
	return true;
}

bool member_text(struct ask *a, const char *name, bool must, const char **out)
{
	struct json_object *o;

	if (!json_object_object_get_ex(a->request, name, &o))
		return !must || bad(a, name, "missing");
	if (!json_object_is_type(o, json_type_string) ||
	    strlen(json_object_get_string(o)) != (size_t)json_object_get_string_len(o))
		return bad(a, name, "no string, or has a NUL in it");
	*out = json_object_get_string(o);
	return true;
}

bool member_region(struct ask *a, struct region *out)
{
	unsigned *part[] = { &out->x, &out->y, &out->width, &out->height };
	struct json_object *o, *item;

	*out = (struct region){ 0 };
	if (!json_object_object_get_ex(a->request, "region", &o))
		return true;
	if (!json_object_is_type(o, json_type_array) || json_object_array_length(o) != 4)
		return bad(a, "region", "not [x,y,width,height]");
	for (unsigned i = 0; i < 4; i++) {
		int64_t v;

		item = json_object_array_get_idx(o, i);
		v = json_object_is_type(item, json_type_int) ? json_object_get_int64(item) : -1;
		if (v < (i >= 2) || v > SCREEN_MAX)
			return bad(a, "region", "not four numbers of cells");
		*part[i] = v;
	}
	return true;
}

bool member_timeout(struct ask *a, int64_t *out)
{
	*out = TIMEOUT_MS;
	return member_int(a, "timeout", 0, DAY_MS, out);
}
