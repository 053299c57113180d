/* options.c - INT 33h: reset, speeds, and what else is set; the state as a whole.  */

#include "bios/mouse/parts.h"

#include <string.h>

#define NONE		0xffff
#define MAX_LANGUAGE	8

/* The arrow of Microsoft's driver: outline and body.  */
static const uint16_t arrow_and[MOUSE_SHAPE] = {
	0x3fff, 0x1fff, 0x0fff, 0x07ff, 0x03ff, 0x01ff, 0x00ff, 0x007f,
	0x003f, 0x001f, 0x01ff, 0x10ff, 0x30ff, 0xf87f, 0xf87f, 0xfc3f,
};
static const uint16_t arrow_xor[MOUSE_SHAPE] = {
	0x0000, 0x4000, 0x6000, 0x7000, 0x7800, 0x7c00, 0x7e00, 0x7f00,
	0x7f80, 0x7c00, 0x6c00, 0x4600, 0x0600, 0x0300, 0x0300, 0x0180,
};

void mouse_reset_driver(struct bios *b)
{
	struct mouse_driver *m = &b->mouse;
	struct mouse_settings *s = &m->set;

	mouse_hide_cursor(b);
	*s = (struct mouse_settings){
		.ratio_x = 8, .ratio_y = 16, .speed_x = 50, .speed_y = 50, .threshold = 64,
		.hidden = -1, .text_and = 0x77ff, .text_xor = 0x7700, .light_pen = 1,
		.language = s->language, .rate = 4, .curve = s->curve ? s->curve : 1,
	};
	memcpy(s->shape_and, arrow_and, sizeof arrow_and);
	memcpy(s->shape_xor, arrow_xor, sizeof arrow_xor);
	m->events = 0;
	mouse_whole_screen(b);
	mouse_centre(b);
	s->page = bda8(b, BDA_PAGE);
}

static enum svc installed(struct guest *g)
{
	mouse_put(g, CPU_AX, 0xffff);
	mouse_put(g, CPU_BX, MOUSE_BUTTONS);
	return SVC_DONE;
}

enum svc mouse_fn_reset(void *room, struct guest *g)
{
	mouse_reset_driver(room);
	return installed(g);
}

/* The next program does not know of the wheel before it asks.  */
enum svc mouse_fn_hard_reset(void *room, struct guest *g)
{
	struct bios *b = room;

	b->mouse.wheel_on = false;
	b->mouse.wheel = 0;
	b->mouse.turned = (struct mouse_count){ 0 };
	return mouse_fn_reset(room, g);
}

enum svc mouse_fn_ratio(void *room, struct guest *g)
{
	struct mouse_settings *s = mouse_set(room);

	s->ratio_x = mouse_get(g, CPU_CX);
	s->ratio_y = mouse_get(g, CPU_DX);
	mouse_sanitize(s);
	return SVC_DONE;
}

enum svc mouse_fn_threshold(void *room, struct guest *g)
{
	mouse_set(room)->threshold = mouse_get(g, CPU_DX) ? mouse_get(g, CPU_DX) : 64;
	return SVC_DONE;
}

enum svc mouse_fn_state_size(void *room, struct guest *g)
{
	(void)room;
	mouse_put(g, CPU_BX, sizeof(struct mouse_settings));
	return SVC_DONE;
}

enum svc mouse_fn_save(void *room, struct guest *g)
{
	const uint16_t *word = &mouse_set(room)->x;

	for (size_t i = 0; i < MOUSE_WORDS; i++)
		guest_w16(g, mouse_es(g), mouse_get(g, CPU_DX) + 2 * i, word[i]);
	return SVC_DONE;
}

enum svc mouse_fn_restore(void *room, struct guest *g)
{
	uint16_t *word = &mouse_set(room)->x;

	for (size_t i = 0; i < MOUSE_WORDS; i++)
		word[i] = guest_r16(g, mouse_es(g), mouse_get(g, CPU_DX) + 2 * i);
	mouse_sanitize(mouse_set(room));
	return SVC_DONE;
}

enum svc mouse_fn_sensitivity(void *room, struct guest *g)
{
	struct mouse_settings *s = mouse_set(room);

	s->speed_x = mouse_get(g, CPU_BX) > 100 ? 100 : mouse_get(g, CPU_BX);
	s->speed_y = mouse_get(g, CPU_CX) > 100 ? 100 : mouse_get(g, CPU_CX);
	s->threshold = mouse_get(g, CPU_DX);
	return SVC_DONE;
}

enum svc mouse_fn_get_sensitivity(void *room, struct guest *g)
{
	struct mouse_settings *s = mouse_set(room);

	mouse_put(g, CPU_BX, s->speed_x);
	mouse_put(g, CPU_CX, s->speed_y);
	mouse_put(g, CPU_DX, s->threshold);
	return SVC_DONE;
}

/* Only an InPort mouse obeys; what was wished is reported by 25h.  */
enum svc mouse_fn_rate(void *room, struct guest *g)
{
	mouse_set(room)->rate = mouse_get(g, CPU_BX) & 0x0f;
	return SVC_DONE;
}

/* ES:BX: who had INT 33h before; that was nobody.  */
enum svc mouse_fn_disable(void *room, struct guest *g)
{
	mouse_set(room)->off = 1;
	cpu_load_real(g->cpu, CPU_ES, GUEST_ROM_SEG);
	mouse_put(g, CPU_BX, ROM_IRET);
	return SVC_DONE;
}

enum svc mouse_fn_enable(void *room, struct guest *g)
{
	(void)g;
	mouse_set(room)->off = 0;
	return SVC_DONE;
}

/* Languages of messages that this driver does not have: it speaks English.  */
enum svc mouse_fn_language(void *room, struct guest *g)
{
	if (mouse_get(g, CPU_BX) <= MAX_LANGUAGE)
		mouse_set(room)->language = mouse_get(g, CPU_BX);
	return SVC_DONE;
}

enum svc mouse_fn_get_language(void *room, struct guest *g)
{
	mouse_put(g, CPU_BX, mouse_set(room)->language);
	return SVC_DONE;
}

/* Acceleration is the threshold's: there are no curves to load or choose, and
 * no ball to point with.  */
enum svc mouse_fn_no_curves(void *room, struct guest *g)
{
	(void)room;
	mouse_put(g, CPU_AX, NONE);
	return SVC_DONE;
}
