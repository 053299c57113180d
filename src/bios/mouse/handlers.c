/* handlers.c - INT 33h: whom to tell of events.  */

#include "bios/mouse/parts.h"

#define NONE 0xffff

static struct mouse_handler given(struct guest *g)
{
	return (struct mouse_handler){ mouse_get(g, CPU_CX), mouse_get(g, CPU_DX), mouse_es(g) };
}

enum svc mouse_fn_handler(void *room, struct guest *g)
{
	mouse_set(room)->handler = given(g);
	return SVC_DONE;
}

enum svc mouse_fn_exchange(void *room, struct guest *g)
{
	struct mouse_handler old = mouse_set(room)->handler;

	mouse_set(room)->handler = given(g);
	mouse_put(g, CPU_CX, old.mask);
	mouse_put(g, CPU_DX, old.off);
	cpu_load_real(g->cpu, CPU_ES, old.seg);
	return SVC_DONE;
}

#define MODIFIERS 0xe0

/* Up to three; each for other shifts.  A mask without events takes one
 * away, and so does an address of 0.  */
enum svc mouse_fn_alternate(void *room, struct guest *g)
{
	struct mouse_handler *a = mouse_set(room)->alternate, new = given(g);

	mouse_put(g, CPU_AX, NONE);
	if (!(new.mask & MODIFIERS))
		return SVC_DONE;
	for (unsigned i = 0; i < MOUSE_ALTERNATES; i++)
		if (a[i].mask && (a[i].mask & MODIFIERS) == (new.mask & MODIFIERS)) {
			a[i] = new.mask & 0x1f && (new.off || new.seg) ? new :
				(struct mouse_handler){ 0 };
			mouse_put(g, CPU_AX, 0x18);
			return SVC_DONE;
		}
	for (unsigned i = 0; i < MOUSE_ALTERNATES; i++)
		if (!a[i].mask) {
			a[i] = new;
			mouse_put(g, CPU_AX, 0x18);
			break;
		}
	return SVC_DONE;
}

enum svc mouse_fn_get_alternate(void *room, struct guest *g)
{
	struct mouse_handler *a = mouse_set(room)->alternate, found = { 0 };

	for (unsigned i = 0; i < MOUSE_ALTERNATES; i++)
		if (a[i].mask && (a[i].mask & MODIFIERS) == (mouse_get(g, CPU_CX) & MODIFIERS))
			found = a[i];
	mouse_put(g, CPU_CX, found.mask);
	mouse_put(g, CPU_DX, found.off);
	mouse_put(g, CPU_BX, found.seg);
	return SVC_DONE;
}
