/* pads.c - joysticks and game pads.  */

#include "pads.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>

#define NONE_MS		1000		/* somebody may plug one in */
#define REST_MS		10
#define USED_MS		4
#define USED_FOR_MS	10000

void pads_init(struct pads *p, const struct plugin_host *host, int dead)
{
	*p = (struct pads){ .host = host, .dead = dead * PAD_MOST / 100 };
	p->ready = SDL_InitSubSystem(SDL_INIT_JOYSTICK | SDL_INIT_GAMECONTROLLER) == 0;
}

static void shut(struct pad *pad)
{
	if (pad->known)
		SDL_GameControllerClose(pad->known);
	else if (pad->stick)
		SDL_JoystickClose(pad->stick);
	pad->stick = NULL;
	pad->known = NULL;
}

void pads_fini(struct pads *p)
{
	for (unsigned i = 0; i < PADS; i++)
		shut(&p->pad[i]);
	if (p->ready)
		SDL_QuitSubSystem(SDL_INIT_JOYSTICK | SDL_INIT_GAMECONTROLLER);
	p->ready = false;
}

/* ---- How one is held ---- */

/* The middle is wider than a point, but what is outside begins with 0.  */
static int16_t beyond(const struct pads *p, int v)
{
	int size = abs(v) > PAD_MOST ? PAD_MOST : abs(v);

	size = size <= p->dead ? 0 : (size - p->dead) * PAD_MOST / (PAD_MOST - p->dead);
	return v < 0 ? -size : size;
}

/* Pedals: the right trigger is a push, the left one a pull, whichever is further.  */
static int with_triggers(SDL_GameController *known, int v)
{
	int pedals = SDL_GameControllerGetAxis(known, SDL_CONTROLLER_AXIS_TRIGGERLEFT) -
		     SDL_GameControllerGetAxis(known, SDL_CONTROLLER_AXIS_TRIGGERRIGHT);

	return abs(pedals) > abs(v) ? pedals : v;
}

static void read_known(const struct pads *p, SDL_GameController *known, struct pad_event *ev)
{
	static const struct { uint8_t from, bit; } button[] = {
		{ SDL_CONTROLLER_BUTTON_A, 1 }, { SDL_CONTROLLER_BUTTON_B, 2 },
		{ SDL_CONTROLLER_BUTTON_X, 4 }, { SDL_CONTROLLER_BUTTON_Y, 8 },
		{ SDL_CONTROLLER_BUTTON_RIGHTSHOULDER, 1 }, { SDL_CONTROLLER_BUTTON_LEFTSHOULDER, 2 },
	}, cross[] = {
		{ SDL_CONTROLLER_BUTTON_DPAD_UP, PAD_UP }, { SDL_CONTROLLER_BUTTON_DPAD_DOWN, PAD_DOWN },
		{ SDL_CONTROLLER_BUTTON_DPAD_LEFT, PAD_LEFT },
		{ SDL_CONTROLLER_BUTTON_DPAD_RIGHT, PAD_RIGHT },
	};

	for (size_t i = 0; i < sizeof button / sizeof *button; i++)
		if (SDL_GameControllerGetButton(known, button[i].from))
			ev->buttons |= button[i].bit;
	for (size_t i = 0; i < sizeof cross / sizeof *cross; i++)
		if (SDL_GameControllerGetButton(known, cross[i].from))
			ev->hat |= cross[i].bit;
	ev->axes = SDL_GameControllerHasAxis(known, SDL_CONTROLLER_AXIS_RIGHTX) ? 4 : 2;
	for (unsigned i = 0; i < ev->axes; i++) {
		int v = SDL_GameControllerGetAxis(known, SDL_CONTROLLER_AXIS_LEFTX + i);

		ev->axis[i] = beyond(p, i == 3 ? with_triggers(known, v) : v);
	}
}

static void read_other(const struct pads *p, SDL_Joystick *stick, struct pad_event *ev)
{
	int axes = SDL_JoystickNumAxes(stick), buttons = SDL_JoystickNumButtons(stick);
	uint8_t hat = SDL_JoystickNumHats(stick) > 0 ? SDL_JoystickGetHat(stick, 0) : 0;

	ev->axes = axes < 2 ? 2 : axes > PAD_AXES ? PAD_AXES : axes;
	for (int i = 0; i < axes && i < PAD_AXES; i++)
		ev->axis[i] = beyond(p, SDL_JoystickGetAxis(stick, i));
	for (int i = 0; i < buttons && i < 4; i++)
		if (SDL_JoystickGetButton(stick, i))
			ev->buttons |= 1 << i;
	ev->hat = (hat & SDL_HAT_UP ? PAD_UP : 0) | (hat & SDL_HAT_DOWN ? PAD_DOWN : 0) |
		  (hat & SDL_HAT_LEFT ? PAD_LEFT : 0) | (hat & SDL_HAT_RIGHT ? PAD_RIGHT : 0);
}

static void tell(struct pads *p, unsigned n)
{
	struct pad *pad = &p->pad[n];
	struct pad_event ev;

	memset(&ev, 0, sizeof ev);
	ev.pad = n;
	ev.there = pad->stick != NULL;
	if (pad->known)
		read_known(p, pad->known, &ev);
	else if (pad->stick)
		read_other(p, pad->stick, &ev);
	if (memcmp(&ev, &pad->told, sizeof ev) == 0)
		return;
	pad->told = ev;
	p->host->pad(p->host->ctx, &ev);
}

/* ---- Coming and going ---- */

static int find(const struct pads *p, SDL_JoystickID id)
{
	for (int i = 0; i < PADS; i++)
		if (p->pad[i].stick && p->pad[i].id == id)
			return i;
	return -1;
}

static const char *plug_in(struct pads *p, int index)
{
	struct pad *pad = p->pad;

	if (find(p, SDL_JoystickGetDeviceInstanceID(index)) >= 0)
		return NULL;
	while (pad < p->pad + PADS && pad->stick)
		pad++;
	if (pad == p->pad + PADS)
		return NULL;
	if (SDL_IsGameController(index)) {
		pad->known = SDL_GameControllerOpen(index);
		pad->stick = pad->known ? SDL_GameControllerGetJoystick(pad->known) : NULL;
	} else {
		pad->stick = SDL_JoystickOpen(index);
	}
	if (!pad->stick)
		return NULL;
	pad->id = SDL_JoystickInstanceID(pad->stick);
	tell(p, pad - p->pad);
	return SDL_JoystickName(pad->stick);
}

const char *pads_take(struct pads *p, const SDL_Event *ev, int64_t now_ms)
{
	SDL_JoystickID id;
	int n;

	switch (ev->type) {
	case SDL_JOYDEVICEADDED:
		return plug_in(p, ev->jdevice.which);
	case SDL_JOYAXISMOTION:
		id = ev->jaxis.which;
		break;
	case SDL_JOYHATMOTION:
		id = ev->jhat.which;
		break;
	case SDL_JOYBUTTONDOWN:
	case SDL_JOYBUTTONUP:
		id = ev->jbutton.which;
		break;
	case SDL_JOYDEVICEREMOVED:
		id = ev->jdevice.which;
		break;
	default:
		return NULL;
	}
	n = find(p, id);
	if (n < 0)
		return NULL;
	p->moved_ms = now_ms;
	if (ev->type == SDL_JOYDEVICEREMOVED)
		shut(&p->pad[n]);
	tell(p, n);
	return ev->type == SDL_JOYDEVICEREMOVED ? "" : NULL;
}

int pads_due_ms(const struct pads *p, int64_t now_ms)
{
	bool any = false;

	if (!p->ready)
		return -1;
	for (unsigned i = 0; i < PADS; i++)
		any |= p->pad[i].stick != NULL;
	return !any ? NONE_MS : now_ms - p->moved_ms < USED_FOR_MS ? USED_MS : REST_MS;
}
