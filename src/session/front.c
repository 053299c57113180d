/* front.c - the front end.  */

#include "session/front.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cp.h"
#include "base/home.h"
#include "base/layout.h"
#include "conf/conf.h"
#include "machine/machine.h"
#include "session/keyboard.h"
#include "session/typist.h"

#define SCREEN_TEXT	16384

static const struct { uint16_t key; uint8_t lock; } locks[] = {
	{ HID_CAPS_LOCK, LOCK_CAPS }, { HID_NUM_LOCK, LOCK_NUM },
};

#define LOCKS (sizeof locks / sizeof *locks)

static uint8_t lock_of(uint16_t key)
{
	for (size_t i = 0; i < LOCKS; i++)
		if (locks[i].key == key)
			return locks[i].lock;
	return 0;
}

/* The guest's locks become as the host's are, when those have changed where its keys
 * were not seen; at other times they are the program's, which may turn them.  */
static void follow_locks(struct front *f, uint8_t now)
{
	uint8_t changed = (now ^ f->locks) & (LOCK_CAPS | LOCK_NUM);

	f->tells_locks |= now & (LOCK_CAPS | LOCK_NUM);
	if (!(now & LOCK_TOLD) || !f->tells_locks)
		return;
	f->locks = now;
	changed &= now ^ machine_locks(f->machine);
	for (size_t i = 0; i < LOCKS; i++)
		for (int down = 1; down >= 0 && changed & locks[i].lock; down--)
			machine_key(f->machine, &(struct key_event){ .key = locks[i].key, .down = down });
}

static void on_key(void *ctx, const struct key_event *ev)
{
	struct front *f = ctx;
	uint8_t lock = lock_of(ev->key);

	f->touched = machine_now(f->machine);
	if (lock && ev->down)
		f->locks ^= lock;
	else if (ev->down)
		follow_locks(f, ev->locks);
	machine_key(f->machine, ev);
}

static uint8_t typed_with(unsigned modifiers)
{
	return (modifiers & STROKE_SHIFT ? TYPE_SHIFT : 0) | (modifiers & STROKE_CTRL ? TYPE_CTRL : 0) |
	       (modifiers & STROKE_ALT ? TYPE_ALT : 0);
}

static bool on_stroke(void *ctx, uint16_t key, unsigned modifiers)
{
	struct front *f = ctx;

	return typist_key(f->typist, key, typed_with(modifiers));
}

/* What the code page lacks is not typed.  */
static bool on_type(void *ctx, uint32_t unicode)
{
	struct front *f = ctx;
	int ch = cp_from_unicode(f->code_page, unicode);

	if (typist_full(f->typist))
		return false;
	if (ch > 0)
		typist_char(f->typist, ch);
	return true;
}

static bool on_chord(void *ctx, uint32_t unicode, unsigned modifiers)
{
	struct front *f = ctx;
	int ch = cp_from_unicode(f->code_page, unicode);

	return ch <= 0 || typist_chord(f->typist, ch, typed_with(modifiers));
}

static bool on_types(void *ctx, uint16_t key, bool shift, uint8_t held, uint32_t ch)
{
	struct front *f = ctx;
	uint8_t scan = typist_scan(key);
	const struct layout *l;
	bool second, dead;

	if (!scan)
		return key == HID_SPACE && ch == ' ';
	l = machine_layout(f->machine, &second);
	if (held & LOCK_CAPS && layout_caps(l, second, scan))
		shift = !shift;
	return layout_char(l, second, scan, shift ? LAYOUT_SHIFT : LAYOUT_PLAIN, &dead) == ch && !dead;
}

/* Unless the user says which keyboard it is.  */
static void on_printed(void *ctx, const uint32_t ch[PLUGIN_KEYS])
{
	struct front *f = ctx;
	bool second;
	const struct layout *l;

	if (strcmp(conf_find_text(f->conf, "keyboard"), "auto") != 0)
		return;
	l = keyboard_like(ch, machine_layout(f->machine, &second), machine_typed_page(f->machine),
			  &second);
	if (l)
		machine_follow_layout(f->machine, layout_name(l), second);
}

static void on_mouse(void *ctx, const struct mouse_event *ev)
{
	struct front *f = ctx;

	f->touched = machine_now(f->machine);
	machine_mouse(f->machine, ev);
}

static enum mouse_use on_mouse_use(void *ctx)
{
	const struct front *f = ctx;

	return machine_mouse_use(f->machine);
}

static void on_pad(void *ctx, const struct pad_event *ev)
{
	struct front *f = ctx;

	f->touched = machine_now(f->machine);
	machine_pad(f->machine, ev);
}

static void on_quit(void *ctx, const char *why)
{
	struct front *f = ctx;

	f->quit = true;
	if (why)
		snprintf(f->why, sizeof f->why, "%s", why);
}

static void on_log(void *ctx, const char *text)
{
	struct front *f = ctx;

	snprintf(f->why, sizeof f->why, "%s", text);
}

static const char *on_setting(void *ctx, const char *name)
{
	struct front *f = ctx;

	return conf_find_text(f->conf, name);
}

static void on_pace(void *ctx, enum pace_key what, char *text, size_t size)
{
	struct front *f = ctx;

	f->asks.pace(f->ctx, what, text, size);
}

static bool on_record(void *ctx, const char *path, char *text, size_t size)
{
	struct front *f = ctx;

	return f->asks.record(f->ctx, path, text, size);
}

static uint64_t on_now(void *ctx)
{
	const struct front *f = ctx;

	return machine_now(f->machine);
}

static char *on_text(void *ctx)
{
	struct front *f = ctx;
	char text[SCREEN_TEXT], *utf8;
	size_t n, at = 0;

	if (machine_shows_graphics(f->machine))
		return NULL;
	n = machine_screen_text(f->machine, text, sizeof text);
	utf8 = malloc(UTF8_MAX * n + 1);
	if (!utf8)
		return NULL;
	for (size_t i = 0; i < n; i++)
		at += utf8_put(utf8 + at, text[i] == '\n' ? '\n' : cp_glyph(f->code_page, (uint8_t)text[i]));
	utf8[at] = 0;
	return utf8;
}

static const uint8_t *on_font(void *ctx)
{
	struct front *f = ctx;

	return machine_rom_font(f->machine);
}

static void on_suspend(void *ctx)
{
	struct front *f = ctx;

	f->asks.suspend(f->ctx);
}

static void on_room(void *ctx, unsigned columns, unsigned rows, bool wanted)
{
	struct front *f = ctx;

	f->asks.room(f->ctx, columns, rows, wanted);
}

void front_init(struct front *f, struct machine *machine, struct typist *typist,
		const struct conf *conf, const struct front_asks *asks, void *ctx)
{
	*f = (struct front){
		.machine = machine, .typist = typist, .conf = conf,
		.code_page = conf_get_int(conf, "code-page"),
		.asks = *asks, .ctx = ctx,
		.host = {
			.ctx = f, .key = on_key, .stroke = on_stroke, .type = on_type,
			.chord = on_chord, .types = on_types, .printed = on_printed,
			.mouse = on_mouse, .mouse_use = on_mouse_use, .pad = on_pad,
			.quit = on_quit, .suspend = on_suspend, .room = on_room,
			.log = on_log, .pace = on_pace, .text = on_text, .setting = on_setting,
			.font = on_font, .now = on_now, .record = on_record,
		},
	};
}

bool front_open(struct front *f, const char *name, struct error *err)
{
	struct home home;

	home_find(&home);
	*f->why = 0;
	if (!plug_open(&f->plug, home.plugins, name, &f->host, err)) {
		if (*f->why)
			error_set(err, "plugin %s: %s", name, f->why);
		return false;
	}
	f->sink = machine_attach_video(f->machine, f->plug.plugin->video, f->plug.self);
	if (f->sink < 0) {
		plug_close(&f->plug);
		error_set(err, "plugin %s does not show pictures", name);
		return false;
	}
	f->open = f->shown = true;
	return true;
}

void front_close(struct front *f)
{
	if (!f->open)
		return;
	machine_show(f->machine);	/* what was written since the last retrace */
	machine_detach_video(f->machine, f->sink);
	plug_close(&f->plug);
	f->open = false;
}

bool front_is(const struct front *f, const char *name)
{
	return f->open && strcmp(f->plug.plugin->name, name) == 0;
}

static const struct input_ops *input(const struct front *f)
{
	return f->open ? f->plug.plugin->input : NULL;
}

int front_sleep(const struct front *f, struct pollfd *p)
{
	const struct input_ops *in = input(f);
	void *self = f->plug.self;

	*p = (struct pollfd){ .fd = -1 };
	if (in && in->fd)
		p->fd = in->fd(self);
	p->events = POLLIN | (in && in->writes && in->writes(self) ? POLLOUT : 0);
	return in && in->due_ms ? in->due_ms(self) : -1;
}

void front_title(struct front *f, const char *state)
{
	const struct video_ops *video = f->open ? f->plug.plugin->video : NULL;
	char name[MACHINE_PROGRAM];

	if (!video || !video->title)
		return;
	machine_program(f->machine, name);
	video->title(f->plug.self, name, state);
}

void front_poll(struct front *f)
{
	const struct input_ops *in = input(f);

	if (in && in->poll)
		in->poll(f->plug.self);
}

void front_pause(struct front *f, bool give_back)
{
	const struct input_ops *in = input(f);

	if (in && in->pause)
		in->pause(f->plug.self, give_back);
}
