/* pointer.c - the host's mouse.  */

#include "pointer.h"

#include <SDL_mouse.h>

static void tell(struct pointer *p, int dx, int dy, int wheel)
{
	struct mouse_event ev = { .wheel = wheel, .buttons = p->buttons };

	if (p->caught) {
		ev.dx = dx;
		ev.dy = dy;
	} else {
		ev.placed = true;
		ev.x = p->x;
		ev.y = p->y;
	}
	p->host->mouse(p->host->ctx, &ev);
}

void pointer_move(struct pointer *p, const SDL_MouseMotionEvent *ev, const struct place *place,
		  float density)
{
	if (!p->caught)
		scale_point(place, ev->x * density, ev->y * density, &p->x, &p->y);
	tell(p, ev->xrel, ev->yrel, 0);
}

void pointer_press(struct pointer *p, const SDL_MouseButtonEvent *ev)
{
	static const uint8_t bit[] = {
		[SDL_BUTTON_LEFT] = 1, [SDL_BUTTON_RIGHT] = 2, [SDL_BUTTON_MIDDLE] = 4,
		[SDL_BUTTON_X1] = 8, [SDL_BUTTON_X2] = 16,
	};

	if (ev->button >= sizeof bit || !bit[ev->button])
		return;
	if (ev->type == SDL_MOUSEBUTTONDOWN)
		p->buttons |= bit[ev->button];
	else
		p->buttons &= ~bit[ev->button];
	tell(p, 0, 0, 0);
}

void pointer_wheel(struct pointer *p, const SDL_MouseWheelEvent *ev)
{
	int up = ev->direction == SDL_MOUSEWHEEL_FLIPPED ? -ev->y : ev->y;

	if (up)
		tell(p, 0, 0, -up);
}

void pointer_follow(struct pointer *p)
{
	bool hidden = !p->caught && p->host->mouse_use(p->host->ctx) == MOUSE_PLACED;

	if (hidden == p->hidden)
		return;
	p->hidden = hidden;
	SDL_ShowCursor(hidden ? SDL_DISABLE : SDL_ENABLE);
}

bool pointer_wants_catching(const struct pointer *p)
{
	return !p->caught && p->host->mouse_use(p->host->ctx) == MOUSE_MOVED;
}

void pointer_catch(struct pointer *p, bool caught)
{
	if (p->caught == caught || (caught && SDL_SetRelativeMouseMode(SDL_TRUE) != 0))
		return;
	if (!caught)
		SDL_SetRelativeMouseMode(SDL_FALSE);
	p->caught = caught;
}

void pointer_release_all(struct pointer *p)
{
	pointer_catch(p, false);
	if (!p->buttons)
		return;
	p->buttons = 0;
	tell(p, 0, 0, 0);
}
