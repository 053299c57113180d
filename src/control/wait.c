/* wait.c - what takes time.  */

#include "control/parts.h"

#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>

#include "base/cp.h"
#include "machine/machine.h"

#define MILLISECOND	UINT64_C(1000000)
#define IDLE_MS		100		/* if nothing else is asked for */
#define BUSY_MAX	(60 * MILLISECOND)
#define REPEATS_MAX	1000u		/* copies of a part that a pattern's bounds may ask for */

bool wait_begin(struct ask *a, enum wait_kind kind, int64_t timeout_ms)
{
	struct wait *w = &a->client->wait;

	w->kind = kind;
	w->left_ms = timeout_ms;
	return a->waits = true;
}

void wait_end(struct wait *w)
{
	if (w->has_pattern)
		regfree(&w->pattern);
	free(w->act);
	json_object_put(w->id);
	*w = (struct wait){ 0 };
}

static void answer(struct client *who, struct json_object *object)
{
	wait_end(&who->wait);
	client_say(who, object);
}

/* What was waited for is not there; what is, says the answer, too.  */
static void give_up(struct control *c, struct client *who)
{
	bool text = who->wait.kind == WAIT_TEXT;
	struct json_object *o = control_answer(who->wait.id,
		text ? "time is up, and no such text on the screen" : "time is up");

	json_object_object_add(o, "timeout", json_object_new_boolean(true));
	if (text)
		json_object_object_add(o, "rows", view_rows(&c->view, &who->wait.region));
	answer(who, o);
}

/* A program that ends at a key does not wait for its release.  */
static bool only_releases_left(const struct wait *w)
{
	for (size_t i = w->at; i < w->acts; i++)
		if (w->act[i].kind != ACT_KEY || w->act[i].key.down)
			return false;
	return w->kind == WAIT_ACTS;
}

void wait_over(struct control *c, struct client *who)
{
	bool done = only_releases_left(&who->wait) && c->typed(c->host->ctx);
	struct json_object *o = control_answer(who->wait.id, done ? NULL : "the run is over");

	if (!done)
		json_object_object_add(o, "over", json_object_new_boolean(true));
	answer(who, o);
}

/* ---- text ---- */

/* The C library copies what is repeated, and looks for back references by trying
 * everything: neither must come from outside without a bound.  */
static bool is_harmless(const char *pattern)
{
	unsigned long repeats = 1;

	if (strlen(pattern) > PATTERN_MAX)
		return false;
	for (const char *p = pattern; *p; p++) {
		if (*p == '\\' && p[1]) {
			if (*++p >= '1' && *p <= '9')
				return false;
		} else if (*p == '{') {
			char *end;
			unsigned long n = strtoul(p + 1, &end, 10);

			if (*end == ',' && end[1] >= '0' && end[1] <= '9')
				n = strtoul(end + 1, NULL, 10);
			if (n > REPEATS_MAX)
				return false;
			repeats *= n > 1 ? n : 1;
			if (repeats > REPEATS_MAX)
				return false;
		}
	}
	return true;
}

static bool compile(struct ask *a, const char *pattern)
{
	struct wait *w = &a->client->wait;
	locale_t before = a->control->locale ? uselocale(a->control->locale) : (locale_t)0;
	int e = regcomp(&w->pattern, pattern, REG_EXTENDED | REG_NEWLINE);

	if (before)
		uselocale(before);
	w->has_pattern = e == 0;
	if (e)
		regerror(e, &w->pattern, a->error.text, sizeof a->error.text);
	return w->has_pattern;
}

bool wait_text(struct ask *a)
{
	struct wait *w = &a->client->wait;
	const char *pattern;
	int64_t timeout;

	if (!member_text(a, "pattern", true, &pattern) || !member_region(a, &w->region) ||
	    !member_timeout(a, &timeout))
		return false;
	if (!is_harmless(pattern)) {
		error_set(&a->error, "the pattern is too long, repeats too often, or has a back "
			  "reference");
		return false;
	}
	if (!compile(a, pattern))
		return false;
	view_refresh(a->control);
	w->seen = a->control->view.serial - 1;
	return wait_begin(a, WAIT_TEXT, timeout);
}

/* All rows, a line each; malloc'ed.  */
static char *screen_text(const struct view *v, const struct region *r)
{
	char *text = malloc((UTF8_MAX * (size_t)r->width + 1) * r->height + 1);
	size_t n = 0;

	for (unsigned y = 0; text && y < r->height; y++) {
		n += view_row(v, r, y, text + n);
		text[n++] = '\n';
	}
	if (text)
		text[n] = 0;
	return text;
}

static struct json_object *found_at(const struct wait *w, const struct region *r, const char *text,
				    const regmatch_t *m)
{
	struct json_object *o = control_answer(w->id, NULL);
	unsigned x = r->x, y = r->y;

	for (const char *p = text; p < text + m->rm_so; p++) {
		if (*p == '\n') {
			y++;
			x = r->x;
		} else if ((*p & 0xc0) != 0x80) {
			x++;
		}
	}
	json_object_object_add(o, "x", json_object_new_int(x));
	json_object_object_add(o, "y", json_object_new_int(y));
	json_object_object_add(o, "text",
		json_object_new_string_len(text + m->rm_so, m->rm_eo - m->rm_so));
	return o;
}

static void look_for_text(struct control *c, struct client *who)
{
	struct wait *w = &who->wait;
	struct region r = view_region(&c->view, &w->region);
	char *text;
	locale_t before;
	regmatch_t m;
	bool found;

	if (w->seen == c->view.serial)
		return;
	w->seen = c->view.serial;
	text = screen_text(&c->view, &r);
	if (!text)
		return;
	before = c->locale ? uselocale(c->locale) : (locale_t)0;
	found = regexec(&w->pattern, text, 1, &m, 0) == 0;
	if (before)
		uselocale(before);
	if (found)
		answer(who, found_at(w, &r, text, &m));
	free(text);
}

/* ---- idleness ---- */

bool wait_idle(struct ask *a)
{
	int64_t idle = IDLE_MS, timeout;

	if (!member_int(a, "idle", 0, 3600000, &idle) || !member_timeout(a, &timeout))
		return false;
	a->client->wait.wanted = idle * MILLISECOND;
	return wait_begin(a, WAIT_IDLE, timeout);
}

/* A program that looks for keys, the mouse and the time, again and again, works in
 * between, but never for much longer than a tick of the clock.  */
static void count_idle(struct control *c, struct client *who, vtime idle, vtime ran)
{
	struct wait *w = &who->wait;

	if (!ran)
		return;
	w->idle += ran;
	w->busy = idle >= ran / 10 ? 0 : w->busy + ran;
	if (w->busy > BUSY_MAX || !c->typed(c->host->ctx))
		w->idle = 0;
	if (!w->busy && w->idle && w->idle >= w->wanted)
		answer(who, control_answer(w->id, NULL));
}

/* ---- every slice ---- */

void wait_step(struct control *c, struct client *who, int64_t passed_ms, vtime idle, vtime ran)
{
	struct wait *w = &who->wait;

	w->left_ms -= passed_ms;
	if (w->kind == WAIT_TEXT)
		look_for_text(c, who);
	else if (w->kind == WAIT_IDLE)
		count_idle(c, who, idle, ran);
	else if (hands_go_on(c, w))
		answer(who, control_answer(w->id, NULL));
	if (w->kind != WAIT_NONE && w->left_ms < 0)
		give_up(c, who);
}
