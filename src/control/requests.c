/* requests.c - from a line to an answer.  */

#include "control/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest/guest.h"
#include "machine/machine.h"

struct json_object *control_answer(struct json_object *id, const char *error)
{
	struct json_object *answer = json_object_new_object();

	if (id)
		json_object_object_add(answer, "id", json_object_get(id));
	json_object_object_add(answer, "ok", json_object_new_boolean(!error));
	if (error)
		json_object_object_add(answer, "error", json_object_new_string(error));
	return answer;
}

/* ---- what is served at once ---- */

static void add_int(struct ask *a, const char *name, int64_t v)
{
	json_object_object_add(a->answer, name, json_object_new_int64(v));
}

static bool do_screen(struct ask *a)
{
	bool attributes = false, colors = false;
	struct region r;

	if (!member_region(a, &r) || !member_bool(a, "attributes", &attributes) ||
	    !member_bool(a, "colors", &colors))
		return false;
	view_refresh(a->control);
	view_answer(a, &r, attributes, colors);
	return true;
}

static bool do_info(struct ask *a)
{
	static const char *const waits[] = {
		[GUEST_WAIT_NONE] = "none", [GUEST_WAIT_TIME] = "time", [GUEST_WAIT_KEY] = "key",
		[GUEST_WAIT_STREAM] = "stream", [GUEST_WAIT_POLL] = "poll",
	};
	const struct control *c = a->control;

	view_refresh(a->control);
	json_object_object_add(a->answer, "mode", json_object_new_string(view_mode(&c->view)));
	add_int(a, "width", c->view.width);
	add_int(a, "height", c->view.height);
	add_int(a, "code_page", c->code_page);
	add_int(a, "time", machine_now(c->machine) / 1000000);
	add_int(a, "instructions", machine_instructions(c->machine));
	json_object_object_add(a->answer, "waits",
			       json_object_new_string(waits[machine_waits(c->machine)]));
	json_object_object_add(a->answer, "paused", json_object_new_boolean(c->paused));
	return true;
}

static bool do_pace(struct ask *a)
{
	struct control_pace p;

	a->control->pace(a->control->pace_ctx, &p);
	add_int(a, "guest", machine_now(a->control->machine) / 1000);
	add_int(a, "host", p.host_ns / 1000);
	add_int(a, "late", p.late_ns / 1000);
	add_int(a, "behind", p.behind_ns / 1000);
	add_int(a, "ahead", p.ahead_ns / 1000);
	add_int(a, "lost", p.lost_ns / 1000);
	add_int(a, "shown", p.shown);
	add_int(a, "dropped", p.dropped);
	add_int(a, "mean", p.mean_ns / 1000);
	add_int(a, "most_95", p.most_95_ns / 1000);
	add_int(a, "most_99", p.most_99_ns / 1000);
	add_int(a, "max", p.max_ns / 1000);
	return true;
}

/* Whole or not at all: by a neighbour that takes its place.  */
static bool write_file(struct ask *a, const char *path, const uint8_t *data, size_t size)
{
	char *temporary;
	FILE *f;
	bool ok;

	if (asprintf(&temporary, "%s.part", path) < 0) {
		error_set(&a->error, "out of memory");
		return false;
	}
	f = fopen(temporary, "wxe");
	ok = f && fwrite(data, 1, size, f) == size;
	if (f)
		ok = fclose(f) == 0 && ok && rename(temporary, path) == 0;
	if (!ok) {
		error_set(&a->error, "%s: %s", path, strerror(errno));
		if (f)
			unlink(temporary);
	}
	free(temporary);
	return ok;
}

static bool do_state_save(struct ask *a)
{
	const char *path;
	uint8_t *data;
	size_t size;
	bool ok;

	if (!member_text(a, "file", true, &path) ||
	    !machine_save(a->control->machine, &data, &size, &a->error))
		return false;
	ok = write_file(a, path, data, size);
	free(data);
	add_int(a, "size", size);
	return ok;
}

static bool do_record(struct ask *a)
{
	const struct plugin_host *host = a->control->host;
	const char *path = "";
	char text[512];
	bool ok;

	if (!member_text(a, "file", false, &path))
		return false;
	ok = host->record(host->ctx, path, text, sizeof text);
	if (!ok)
		error_set(&a->error, "%s", text);
	else
		json_object_object_add(a->answer, "file", json_object_new_string(text));
	return ok;
}

static bool do_insert(struct ask *a)
{
	const char *drive, *path;

	if (!member_text(a, "drive", true, &drive) || !member_text(a, "file", true, &path))
		return false;
	if (drive[0] && (!drive[1] || strcmp(drive + 1, ":") == 0))
		return machine_insert_disk(a->control->machine, drive[0] & 0xdf, path, &a->error);
	error_set(&a->error, "%.40s: no drive", drive);
	return false;
}

static bool do_pause(struct ask *a)
{
	a->control->paused = true;
	return true;
}

static bool do_resume(struct ask *a)
{
	a->control->paused = false;
	return true;
}

static bool do_exit(struct ask *a)
{
	int64_t status = 0;

	if (!member_int(a, "status", 0, 255, &status))
		return false;
	a->control->exit_status = status;
	return true;
}

/* ---- any request ---- */

/* False: a->error says why not.  */
static bool (*const serve[CONTROL_WORDS])(struct ask *a) = {
	[DO_SCREEN] = do_screen, [DO_KEYS] = hands_keys, [DO_TYPE] = hands_type,
	[DO_MOUSE] = hands_mouse, [DO_JOYSTICK] = hands_joystick, [DO_WAIT_TEXT] = wait_text,
	[DO_WAIT_IDLE] = wait_idle, [DO_SCREENSHOT] = screenshot, [DO_RECORD] = do_record,
	[DO_STATE_SAVE] = do_state_save, [DO_INSERT] = do_insert, [DO_PAUSE] = do_pause,
	[DO_RESUME] = do_resume, [DO_INFO] = do_info, [DO_PACE] = do_pace,
	[DO_EXIT] = do_exit,
};

static bool dispatch(struct ask *a)
{
	const char *name;
	enum control_do what;

	if (!member_text(a, "do", true, &name))
		return false;
	what = control_word_named(name);
	if (what == CONTROL_WORDS) {
		error_set(&a->error, "there is no such command: %.40s", name);
		return false;
	}
	if (!view_open(a->control)) {
		error_set(&a->error, "too many look at the screen");
		return false;
	}
	return serve[what](a);
}

/* NULL: it is no object alone on a line.  */
static struct json_object *parse(const char *line, size_t n)
{
	struct json_tokener *t = json_tokener_new_ex(CONTROL_NESTING);
	struct json_object *o;

	if (!t)
		return NULL;
	json_tokener_set_flags(t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	o = json_tokener_parse_ex(t, line, n);
	if (o && (json_tokener_get_parse_end(t) != n || !json_object_is_type(o, json_type_object))) {
		json_object_put(o);
		o = NULL;
	}
	json_tokener_free(t);
	return o;
}

void control_line(struct control *c, struct client *who, const char *line, size_t n)
{
	struct ask a = { .control = c, .client = who };
	struct json_object *id = NULL;

	while (n && strchr(" \t\r", line[n - 1]))
		n--;
	if (!n)
		return;
	a.request = parse(line, n);
	if (!a.request) {
		client_say(who, control_answer(NULL, "the line is no JSON object"));
		return;
	}
	json_object_object_get_ex(a.request, "id", &id);
	if (json_object_is_type(id, json_type_object) || json_object_is_type(id, json_type_array))
		id = NULL;
	a.answer = control_answer(id, NULL);
	if (!dispatch(&a)) {
		wait_end(&who->wait);
		client_say(who, control_answer(id, a.error.text));
	} else if (a.waits) {
		who->wait.id = json_object_get(id);
	} else {
		client_say(who, json_object_get(a.answer));
	}
	json_object_put(a.answer);
	json_object_put(a.request);
}
