/* sdl.c - DOS in a window.
 *
 * A picture is kept when the card shows it and goes to the window when the run comes
 * to its poll, at most as often as a monitor shows pictures: what is behind is
 * left out, and no guest waits for the window.  */

#include "sdl.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FRAME_MS	4		/* no two pictures come faster */
#define LOST		"the display of the window is gone"

int64_t sdl_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void sdl_quit(struct sdl *s, const char *why)
{
	if (s->gone)
		return;
	s->gone = true;
	s->host->quit(s->host->ctx, why);
}

/* ---- Showing ---- */

void sdl_set_title(struct sdl *s)
{
	char text[192];

	snprintf(text, sizeof text, "%s%sdosvm%s%s%s", s->program, *s->program ? " - " : "",
		 *s->state ? " - " : "", s->state,
		 s->pointer.caught ? " - mouse caught: Ctrl-F10" : "");
	SDL_SetWindowTitle(s->window.window, text);
}

static void sdl_title(void *self, const char *program, const char *state)
{
	struct sdl *s = self;

	if (s->display->lost ||
	    (strncmp(s->program, program, sizeof s->program - 1) == 0 &&
	     strncmp(s->state, state, sizeof s->state - 1) == 0))
		return;
	snprintf(s->program, sizeof s->program, "%s", program);
	snprintf(s->state, sizeof s->state, "%s", state);
	if (setjmp(*display_arm(s->display)) == 0)
		sdl_set_title(s);
	display_disarm(s->display);
}

static bool sdl_show(void *self, const struct frame *f)
{
	struct sdl *s = self;

	if (!picture_take(&s->picture, f))
		return false;
	s->dirty = true;
	return true;
}

static void paint(struct sdl *s)
{
	int64_t now = sdl_now_ms();

	s->dirty |= osd_expire(&s->osd, now);
	if (!s->dirty || s->display->lost || now - s->painted_ms < FRAME_MS ||
	    window_hidden(&s->window))
		return;
	s->dirty = false;
	s->painted_ms = now;
	if (!window_paint(&s->window, &s->picture, &s->osd) && !s->display->lost)
		sdl_quit(s, "the window cannot show the picture");
}

/* ---- Input ---- */

static int sdl_fd(void *self)
{
	struct sdl *s = self;

	return s->display->lost ? -1 : s->display->fd;
}

static int sooner(int a, int b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* A window system whose events cannot be slept on is asked a hundred times a second.  */
static int sdl_due_ms(void *self)
{
	struct sdl *s = self;
	int64_t now = sdl_now_ms();
	int due = osd_due_ms(&s->osd, now);

	if (s->dirty && !window_hidden(&s->window))
		due = sooner(due, s->painted_ms + FRAME_MS > now ? s->painted_ms + FRAME_MS - now : 0);
	due = sooner(due, pads_due_ms(&s->pads, now));
	if (clip_waits(&s->clip) || s->display->fd < 0)
		due = sooner(due, 10);
	return due;
}

static void attend(struct sdl *s)
{
	sdl_take_events(s);
	pointer_follow(&s->pointer);
	clip_type(&s->clip, s->host);
	paint(s);
}

static void sdl_poll(void *self)
{
	struct sdl *s = self;

	if (s->gone)
		return;
	if (!s->display->lost && setjmp(*display_arm(s->display)) == 0)
		attend(s);
	display_disarm(s->display);
	if (s->display->lost)
		sdl_quit(s, LOST);
}

/* ---- Opening ---- */

static int number(const char *text, const char *after)
{
	const char *p = after ? strstr(text, after) : text;

	return p ? atoi(after ? p + strlen(after) : p) : 0;
}

static const char *setting(const struct plugin_host *host, const char *name)
{
	const char *text = host->setting(host->ctx, name);

	return text ? text : "";
}

static void wish_of(struct window_wish *wish, const struct plugin_host *host)
{
	const char *size = setting(host, "window-size");

	*wish = (struct window_wish){
		.title = "dosvm",
		.scaler = scale_named(setting(host, "scaler")),
		.width = number(size, NULL), .height = number(size, "x"),
		.fullscreen = strcmp(setting(host, "fullscreen"), "yes") == 0,
		.vsync = strcmp(setting(host, "vsync"), "yes") == 0,
	};
	if (wish->scaler == SCALERS)
		wish->scaler = SCALER_SHARP;
}

/* Nothing can be said to a display that is gone, not even good-bye.  */
static void part(struct sdl *s)
{
	pads_fini(&s->pads);
	window_close(&s->window);
	SDL_QuitSubSystem(SDL_INIT_VIDEO);
	SDL_Quit();
}

static void sdl_close(void *self)
{
	struct sdl *s = self;

	if (!s->display->lost && setjmp(*display_arm(s->display)) == 0)
		part(s);
	display_forget(s->display);
	clip_fini(&s->clip);
	osd_fini(&s->osd);
	picture_fini(&s->picture);
	free(s);
}

static void hint(void)
{
	SDL_SetMainReady();
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
	SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
	SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
	SDL_SetHint(SDL_HINT_APP_NAME, "dosvm");
}

/* SDL takes a driver that shows nothing, if there is no other; and libwayland complains
 * aloud where it has no directory to look for a server in.  */
static bool open_video(void)
{
	bool wanted = SDL_GetHint(SDL_HINT_VIDEODRIVER);
	const char *driver;

	if (!wanted && !getenv("XDG_RUNTIME_DIR"))
		SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11,KMSDRM");
	driver = SDL_Init(SDL_INIT_VIDEO) == 0 ? SDL_GetCurrentVideoDriver() : NULL;
	if (!wanted && (!driver || strcmp(driver, "offscreen") == 0 || strcmp(driver, "dummy") == 0)) {
		SDL_SetError("there is no display");
		return false;
	}
	return driver;
}

static bool begin(struct sdl *s, const struct window_wish *wish)
{
	if (!open_video() || !window_open(&s->window, wish))
		return false;
	display_watch(s->display, s->window.window);
	if (!window_show(&s->window, wish->vsync))
		return false;
	SDL_StopTextInput();
	osd_init(&s->osd, s->host->font(s->host->ctx));
	if (strcmp(setting(s->host, "joystick"), "none") != 0)
		pads_init(&s->pads, s->host, number(setting(s->host, "joystick-dead"), NULL));
	keys_show(&s->keys);
	s->dirty = true;
	return true;
}

static bool begin_guarded(struct sdl *s, const struct window_wish *wish)
{
	s->begun = false;
	if (setjmp(*display_arm(s->display)) == 0)
		s->begun = begin(s, wish);
	display_disarm(s->display);
	return s->begun;
}

static void *sdl_open(const struct plugin_host *host)
{
	struct sdl *s = calloc(1, sizeof *s);
	struct window_wish wish;

	if (!s)
		return NULL;
	*s = (struct sdl){ .host = host, .keys.host = host, .pointer.host = host,
			   .display = calloc(1, sizeof *s->display) };
	if (!s->display) {
		free(s);
		return NULL;
	}
	hint();
	display_guard(s->display);
	wish_of(&wish, host);
	if (begin_guarded(s, &wish))
		return s;
	host->log(host->ctx, s->display->lost ? LOST : SDL_GetError());
	sdl_close(s);
	return NULL;
}

static const struct video_ops video = { .show = sdl_show, .title = sdl_title, .pixels = true };

static const struct input_ops input = {
	.fd = sdl_fd, .due_ms = sdl_due_ms, .poll = sdl_poll,
};

const struct plugin sdl_plugin = {
	.abi = PLUGIN_ABI, .name = "sdl", .open = sdl_open, .close = sdl_close,
	.video = &video, .input = &input, .tell = sdl_tell,
};
