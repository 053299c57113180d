/* front.c - the front end.  */

#include "session/front.h"

#include <poll.h>

#include "base/cp.h"
#include "base/home.h"
#include "machine/machine.h"
#include "session/typist.h"

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

static void on_mouse(void *ctx, const struct mouse_event *ev)
{
	struct front *f = ctx;

	machine_mouse(f->machine, ev);
}

static enum mouse_use on_mouse_use(void *ctx)
{
	const struct front *f = ctx;

	return machine_mouse_use(f->machine);
}

static void on_quit(void *ctx)
{
	struct front *f = ctx;

	f->quit = true;
}

static void on_suspend(void *ctx)
{
	struct front *f = ctx;

	f->suspend(f->ctx);
}

static void on_room(void *ctx, unsigned columns, unsigned rows, bool wanted)
{
	struct front *f = ctx;

	f->room(f->ctx, columns, rows, wanted);
}

void front_init(struct front *f, struct machine *machine, struct typist *typist,
		uint16_t code_page, void (*suspend)(void *ctx),
		void (*room)(void *ctx, unsigned columns, unsigned rows, bool wanted), void *ctx)
{
	*f = (struct front){
		.machine = machine, .typist = typist, .code_page = code_page,
		.suspend = suspend, .room = room, .ctx = ctx,
		.host = {
			.ctx = f, .key = on_key, .stroke = on_stroke, .type = on_type, .chord = on_chord,
			.mouse = on_mouse, .mouse_use = on_mouse_use,
			.quit = on_quit, .suspend = on_suspend, .room = on_room,
		},
	};
}

bool front_open(struct front *f, const char *name, struct error *err)
{
	struct home home;

	home_find(&home);
	if (!plug_open(&f->plug, home.plugins, name, &f->host, err))
		return false;
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

static const struct input_ops *input(const struct front *f)
{
	return f->open ? f->plug.plugin->input : NULL;
}

void front_sleep(const struct front *f, struct pollfd *p, int *ms)
{
	const struct input_ops *in = input(f);
	void *self = f->plug.self;
	int due = in && in->due_ms ? in->due_ms(self) : -1;

	*p = (struct pollfd){ .fd = -1 };
	if (in && in->fd)
		p->fd = in->fd(self);
	p->events = POLLIN | (in && in->writes && in->writes(self) ? POLLOUT : 0);
	if (due >= 0 && due < *ms)
		*ms = due;
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
