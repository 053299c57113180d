/* place.c - INT 33h: where the pointer is, and what the buttons did.  */

#include "bios/mouse/parts.h"

#define WHEEL		0xffff		/* in place of a button */

enum svc mouse_fn_position(void *room, struct guest *g)
{
	struct bios *b = room;

	mouse_put(g, CPU_BX, b->mouse.buttons | (b->mouse.turned.times & 0xff) << 8);
	b->mouse.turned.times = 0;
	mouse_put(g, CPU_CX, mouse_told_x(b));
	mouse_put(g, CPU_DX, mouse_told_y(b));
	return SVC_DONE;
}

enum svc mouse_fn_move_to(void *room, struct guest *g)
{
	struct mouse_settings *s = mouse_set(room);

	s->x = mouse_get(g, CPU_CX);
	s->y = mouse_get(g, CPU_DX);
	s->rest_x = s->rest_y = 0;
	mouse_clamp(s);
	return SVC_DONE;
}

static enum svc clicks(struct bios *b, struct guest *g, struct mouse_count *count)
{
	uint16_t n = mouse_get(g, CPU_BX);
	struct mouse_count none = { 0 }, *c = n < MOUSE_BUTTONS ? &count[n] : &none;

	if (n == WHEEL)
		c = &b->mouse.turned;
	mouse_put(g, CPU_AX, b->mouse.buttons | (b->mouse.turned.times & 0xff) << 8);
	mouse_put(g, CPU_BX, c->times);
	mouse_put(g, CPU_CX, c->x);
	mouse_put(g, CPU_DX, c->y);
	c->times = 0;
	return SVC_DONE;
}

enum svc mouse_fn_presses(void *room, struct guest *g)
{
	return clicks(room, g, mouse_set(room)->press);
}

enum svc mouse_fn_releases(void *room, struct guest *g)
{
	return clicks(room, g, mouse_set(room)->release);
}

/* The smaller one is the minimum, whichever comes first.  */
static void limits(struct guest *g, uint16_t *min, uint16_t *max)
{
	int16_t a = mouse_get(g, CPU_CX), b = mouse_get(g, CPU_DX);

	*min = a < b ? a : b;
	*max = a < b ? b : a;
}

enum svc mouse_fn_limits_x(void *room, struct guest *g)
{
	limits(g, &mouse_set(room)->min_x, &mouse_set(room)->max_x);
	mouse_clamp(mouse_set(room));
	return SVC_DONE;
}

enum svc mouse_fn_limits_y(void *room, struct guest *g)
{
	limits(g, &mouse_set(room)->min_y, &mouse_set(room)->max_y);
	mouse_clamp(mouse_set(room));
	return SVC_DONE;
}

enum svc mouse_fn_mickeys(void *room, struct guest *g)
{
	struct mouse_settings *s = mouse_set(room);

	mouse_put(g, CPU_CX, s->moved_x);
	mouse_put(g, CPU_DX, s->moved_y);
	s->moved_x = s->moved_y = 0;
	return SVC_DONE;
}

enum svc mouse_fn_maximum(void *room, struct guest *g)
{
	struct mouse_screen screen = mouse_screen(room);

	mouse_put(g, CPU_BX, mouse_set(room)->off);
	mouse_put(g, CPU_CX, screen.width - 1);
	mouse_put(g, CPU_DX, screen.height - 1);
	return SVC_DONE;
}

enum svc mouse_fn_get_limits(void *room, struct guest *g)
{
	struct mouse_settings *s = mouse_set(room);

	mouse_put(g, CPU_AX, s->min_x);
	mouse_put(g, CPU_BX, s->min_y);
	mouse_put(g, CPU_CX, s->max_x);
	mouse_put(g, CPU_DX, s->max_y);
	return SVC_DONE;
}
