/* record.c - the plugin that writes video.  It looks on like a front end; whatever becomes
 * of it, the run goes on.  */

#include "session/record.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/home.h"
#include "conf/conf.h"
#include "machine/machine.h"

#define PLUGIN		"record"
#define NUMBERS		10000

static void on_log(void *ctx, const char *text)
{
	struct recorder *r = ctx;

	if (!*r->why)
		snprintf(r->why, sizeof r->why, "%s", text);
}

static const char *on_setting(void *ctx, const char *name)
{
	const struct recorder *r = ctx;

	return strcmp(name, "record-video") == 0 ? r->path : conf_find_text(r->conf, name);
}

static uint64_t on_now(void *ctx)
{
	const struct recorder *r = ctx;

	return machine_now(r->machine);
}

void record_init(struct recorder *r, struct machine *machine, const struct conf *conf)
{
	*r = (struct recorder){
		.machine = machine, .conf = conf,
		.host = { .ctx = r, .log = on_log, .setting = on_setting, .now = on_now },
	};
}

bool record_begin(struct recorder *r, const char *path, struct error *err)
{
	struct home home;

	if (r->open) {
		error_set(err, "%s is being recorded", r->path);
		return false;
	}
	*r->why = 0;
	if ((size_t)snprintf(r->path, sizeof r->path, "%s", path) >= sizeof r->path) {
		error_set(err, "%s: the name is too long", path);
		return false;
	}
	home_find(&home);
	if (!plug_open(&r->plug, home.plugins, PLUGIN, &r->host, err)) {
		if (*r->why)
			error_set(err, "%s", r->why);
		*r->why = 0;
		return false;
	}
	r->sink = machine_attach_video(r->machine, r->plug.plugin->video, r->plug.self);
	if (r->sink < 0) {
		plug_close(&r->plug);
		error_set(err, "%s: too many look at the screen", path);
		return false;
	}
	r->open = true;
	return true;
}

bool record_end(struct recorder *r, struct error *err)
{
	if (r->open) {
		machine_show(r->machine);	/* what was written since the last retrace */
		machine_detach_video(r->machine, r->sink);
		plug_close(&r->plug);
		r->open = false;
	}
	if (!*r->why)
		return true;
	error_set(err, "%s", r->why);
	*r->why = 0;
	return false;
}

/* --- at the user's word --- */

/* Names of screenshots, but for their ends.  False: there is none left.  */
static bool choose_path(const struct recorder *r, char path[PATH_MAX])
{
	const char *dir = conf_get_text(r->conf, "captures");
	char program[MACHINE_PROGRAM], name[MACHINE_PROGRAM] = "dosvm";
	size_t k = 0;

	machine_program(r->machine, program);
	for (const char *p = program; *p; p++)
		if (isalnum((unsigned char)*p) || *p == '_' || *p == '-')
			name[k++] = tolower((unsigned char)*p), name[k] = 0;
	for (unsigned n = 1; n < NUMBERS; n++) {
		int size = snprintf(path, PATH_MAX, "%s%s%s-%04u.mkv", dir, *dir ? "/" : "", name, n);

		if (size >= PATH_MAX)
			return false;
		if (access(path, F_OK) != 0)
			return true;
	}
	return false;
}

static bool end_asked(struct recorder *r, char *text, size_t size)
{
	struct error err;
	bool was_open = r->open, ok = record_end(r, &err);

	snprintf(text, size, "%s", !ok ? err.text : was_open ? r->path : "nothing is being recorded");
	return ok && was_open;
}

bool record_ask(struct recorder *r, const char *path, char *text, size_t size)
{
	char chosen[PATH_MAX];
	struct error err;

	if (path ? !*path : r->open)
		return end_asked(r, text, size);
	if (!path && !choose_path(r, chosen)) {
		snprintf(text, size, "no name is free for a video");
		return false;
	}
	if (!record_begin(r, path ? path : chosen, &err)) {
		snprintf(text, size, "%s", err.text);
		return false;
	}
	snprintf(text, size, "%s", r->path);
	return true;
}
