/* events.c - what an event of the window does.  */

#include "sdl.h"

#include <SDL.h>
#include <stdio.h>

#include "shot.h"

/* ---- Hotkeys ---- */

static void ask(struct sdl *s, enum asking what, const char *text)
{
	keys_release_all(&s->keys);
	pointer_catch(&s->pointer, false);
	s->asking = what;
	osd_box(&s->osd, text);
	s->dirty = true;
}

static void help(struct sdl *s)
{
	char text[OSD_LINES * (OSD_COLUMNS + 1)];

	hotkey_help(text, sizeof text);
	ask(s, ASKING_HELP, text);
}

/* A second wish to close is an answer.  */
static void ask_to_quit(struct sdl *s)
{
	const char *confirm = s->host->setting(s->host->ctx, "ask-close");
	char text[2 * OSD_COLUMNS];

	if (!*s->program || s->asking == ASKING_QUIT || (confirm && *confirm == 'n')) {
		sdl_quit(s, NULL);
		return;
	}
	snprintf(text, sizeof text, "%s is running.\n\nEnter, Y  end it\nEsc, N    go on", s->program);
	ask(s, ASKING_QUIT, text);
}

static void answer(struct sdl *s, const SDL_Keysym *key)
{
	enum asking asked = s->asking;
	bool yes = key->sym == SDLK_RETURN || key->sym == SDLK_KP_ENTER || key->sym == SDLK_y;

	if (asked == ASKING_QUIT && !yes && key->sym != SDLK_ESCAPE && key->sym != SDLK_n)
		return;
	s->asking = ASKING_NOTHING;
	osd_hide(&s->osd);
	s->dirty = true;
	if (asked == ASKING_QUIT && yes)
		sdl_quit(s, NULL);
}

static void catch_mouse(struct sdl *s, bool caught)
{
	pointer_catch(&s->pointer, caught);
	osd_say(&s->osd, sdl_now_ms(), s->pointer.caught ? "Mouse caught: Ctrl-F10 lets it go" :
		"Mouse free");
	sdl_set_title(s);
}

static void next_scaler(struct sdl *s)
{
	s->window.scaler = (s->window.scaler + 1) % SCALERS;
	osd_say(&s->osd, sdl_now_ms(), "Scaling: %s", scale_name(s->window.scaler));
}

static void pace(struct sdl *s, enum pace_key what)
{
	char text[OSD_COLUMNS];

	s->host->pace(s->host->ctx, what, text, sizeof text);
	osd_say(&s->osd, sdl_now_ms(), "%s", text);
}

static void shoot(struct sdl *s)
{
	char text[OSD_COLUMNS];

	shot_take(&s->picture, s->program, s->host->setting(s->host->ctx, "captures"), text,
		  sizeof text);
	osd_say(&s->osd, sdl_now_ms(), "%s", text);
}

static void record(struct sdl *s)
{
	char text[OSD_COLUMNS];

	s->host->record(s->host->ctx, NULL, text, sizeof text);
	osd_say(&s->osd, sdl_now_ms(), "Video: %s", text);
}

static void copy(struct sdl *s)
{
	osd_say(&s->osd, sdl_now_ms(), clip_copy(s->host) ? "Copied" : "There is no text to copy");
}

static void paste(struct sdl *s)
{
	if (!clip_paste(&s->clip))
		osd_say(&s->osd, sdl_now_ms(), "There is no text to paste");
}

static void act(struct sdl *s, enum hotkey what)
{
	static const uint16_t reset[] = {
		SDL_SCANCODE_LCTRL, SDL_SCANCODE_LALT, SDL_SCANCODE_DELETE,
	};

	s->dirty = true;
	keys_release_modifiers(&s->keys);
	switch (what) {
	case HOTKEY_NONE:
		break;
	case HOTKEY_HELP:
		help(s);
		break;
	case HOTKEY_FULLSCREEN:
		window_toggle_fullscreen(&s->window);
		break;
	case HOTKEY_MOUSE:
		catch_mouse(s, !s->pointer.caught);
		break;
	case HOTKEY_SCALER:
		next_scaler(s);
		break;
	case HOTKEY_PAUSE:
		pace(s, PACE_PAUSE);
		break;
	case HOTKEY_FAST:
		pace(s, PACE_FAST);
		break;
	case HOTKEY_SLOW:
		pace(s, PACE_SLOW);
		break;
	case HOTKEY_QUICKER:
		pace(s, PACE_QUICKER);
		break;
	case HOTKEY_SLOWER:
		pace(s, PACE_SLOWER);
		break;
	case HOTKEY_SHOT:
		shoot(s);
		break;
	case HOTKEY_RECORD:
		record(s);
		break;
	case HOTKEY_COPY:
		copy(s);
		break;
	case HOTKEY_PASTE:
		paste(s);
		break;
	case HOTKEY_RESET:
		keys_strike(&s->keys, reset, 3);
		break;
	case HOTKEY_QUIT:
		ask_to_quit(s);
		break;
	}
}

/* ---- Events ---- */

static bool is_modifier(SDL_Scancode code)
{
	return code >= SDL_SCANCODE_LCTRL && code <= SDL_SCANCODE_RGUI;
}

/* Keys that are let go are the program's, if it has seen them pressed.  */
static void take_key(struct sdl *s, const SDL_KeyboardEvent *ev)
{
	enum hotkey what = ev->type == SDL_KEYDOWN ? hotkey_of(&ev->keysym) : HOTKEY_NONE;

	if (ev->type == SDL_KEYDOWN && s->asking && what != HOTKEY_QUIT) {
		if (!ev->repeat && !is_modifier(ev->keysym.scancode))
			answer(s, &ev->keysym);
		return;
	}
	if (what == HOTKEY_NONE)
		keys_take(&s->keys, ev);
	else if (!ev->repeat)
		act(s, what);
}

/* A click that catches the mouse is no click for the program.  */
static void take_button(struct sdl *s, const SDL_MouseButtonEvent *ev)
{
	if (s->asking)
		return;
	if (ev->type == SDL_MOUSEBUTTONDOWN && pointer_wants_catching(&s->pointer)) {
		catch_mouse(s, true);
		s->dirty = true;
		return;
	}
	pointer_press(&s->pointer, ev);
}

static void take_window(struct sdl *s, const SDL_WindowEvent *ev)
{
	switch (ev->event) {
	case SDL_WINDOWEVENT_EXPOSED:
	case SDL_WINDOWEVENT_SIZE_CHANGED:
	case SDL_WINDOWEVENT_RESTORED:
	case SDL_WINDOWEVENT_SHOWN:
		s->window.spoiled = true;
		s->dirty = true;
		break;
	case SDL_WINDOWEVENT_FOCUS_LOST:
		keys_release_all(&s->keys);
		pointer_release_all(&s->pointer);
		break;
	}
}

static void take_pad(struct sdl *s, const SDL_Event *ev)
{
	const char *name = pads_take(&s->pads, ev, sdl_now_ms());

	if (!name)
		return;
	if (*name)
		osd_say(&s->osd, sdl_now_ms(), "Joystick: %s", name);
	else
		osd_say(&s->osd, sdl_now_ms(), "Joystick unplugged");
	s->dirty = true;
}

static void take(struct sdl *s, const SDL_Event *ev)
{
	switch (ev->type) {
	case SDL_KEYDOWN:
	case SDL_KEYUP:
		take_key(s, &ev->key);
		break;
	case SDL_KEYMAPCHANGED:
		keys_show(&s->keys);
		break;
	case SDL_MOUSEMOTION:
		pointer_move(&s->pointer, &ev->motion, &s->window.place, window_density(&s->window));
		break;
	case SDL_MOUSEBUTTONDOWN:
	case SDL_MOUSEBUTTONUP:
		take_button(s, &ev->button);
		break;
	case SDL_MOUSEWHEEL:
		if (!s->asking)
			pointer_wheel(&s->pointer, &ev->wheel);
		break;
	case SDL_WINDOWEVENT:
		take_window(s, &ev->window);
		break;
	case SDL_RENDER_TARGETS_RESET:
	case SDL_RENDER_DEVICE_RESET:
		window_forget(&s->window);
		s->dirty = true;
		break;
	case SDL_JOYDEVICEADDED:
	case SDL_JOYDEVICEREMOVED:
	case SDL_JOYAXISMOTION:
	case SDL_JOYHATMOTION:
	case SDL_JOYBUTTONDOWN:
	case SDL_JOYBUTTONUP:
		take_pad(s, ev);
		break;
	case SDL_QUIT:
		ask_to_quit(s);
		break;
	}
}

void sdl_take_events(struct sdl *s)
{
	SDL_Event ev;

	while (!s->gone && !s->display->lost && SDL_PollEvent(&ev))
		take(s, &ev);
}
