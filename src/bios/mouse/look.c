/* look.c - INT 33h: what the cursor looks like, and where it is seen.  */

#include "bios/mouse/parts.h"

enum svc mouse_fn_show(void *room, struct guest *g)
{
	struct mouse_settings *s = mouse_set(room);

	(void)g;
	s->hole = 0;
	if (s->hidden)
		s->hidden++;
	if (!s->hidden)
		bios_is_full_screen(room);
	return SVC_DONE;
}

enum svc mouse_fn_hide(void *room, struct guest *g)
{
	struct mouse_settings *s = mouse_set(room);

	(void)g;
	if (s->hidden != 0x8000)
		s->hidden--;
	return SVC_DONE;
}

enum svc mouse_fn_shape(void *room, struct guest *g)
{
	struct mouse_settings *s = mouse_set(room);
	uint16_t at = mouse_get(g, CPU_DX);

	s->hot_x = (int8_t)reg_bl(g);
	s->hot_y = (int8_t)reg_cl(g);
	for (unsigned i = 0; i < MOUSE_SHAPE; i++) {
		s->shape_and[i] = guest_r16(g, mouse_es(g), at + 2 * i);
		s->shape_xor[i] = guest_r16(g, mouse_es(g), at + 2 * (MOUSE_SHAPE + i));
	}
	return SVC_DONE;
}

/* A cursor of other sizes than 16 by 16 is one that no mode here can show.  */
enum svc mouse_fn_large_shape(void *room, struct guest *g)
{
	if (reg_bh(g) != 1 || reg_ch(g) != MOUSE_SHAPE)
		return SVC_DONE;
	mouse_put(g, CPU_AX, 0xffff);
	return mouse_fn_shape(room, g);
}

enum svc mouse_fn_text_cursor(void *room, struct guest *g)
{
	struct mouse_settings *s = mouse_set(room);

	s->hardware_cursor = mouse_get(g, CPU_BX) != 0;
	s->text_and = mouse_get(g, CPU_CX);
	s->text_xor = mouse_get(g, CPU_DX);
	return SVC_DONE;
}

/* Until the cursor is shown again, it is not in this rectangle.  */
enum svc mouse_fn_hole(void *room, struct guest *g)
{
	struct mouse_settings *s = mouse_set(room);

	s->hole = 1;
	s->hole_left = mouse_get(g, CPU_CX);
	s->hole_top = mouse_get(g, CPU_DX);
	s->hole_right = mouse_get(g, CPU_SI);
	s->hole_bottom = mouse_get(g, CPU_DI);
	return SVC_DONE;
}

enum svc mouse_fn_page(void *room, struct guest *g)
{
	mouse_set(room)->page = mouse_get(g, CPU_BX) & 7;
	return SVC_DONE;
}

enum svc mouse_fn_get_page(void *room, struct guest *g)
{
	mouse_put(g, CPU_BX, mouse_set(room)->page);
	return SVC_DONE;
}

enum svc mouse_fn_masks(void *room, struct guest *g)
{
	struct mouse_settings *s = mouse_set(room);

	mouse_put(g, CPU_AX, s->text_and);
	mouse_put(g, CPU_BX, s->text_xor);
	mouse_put(g, CPU_CX, s->seen_x);
	mouse_put(g, CPU_DX, s->seen_y);
	s->seen_x = s->seen_y = 0;
	return SVC_DONE;
}

enum svc mouse_fn_hot_spot(void *room, struct guest *g)
{
	struct mouse_settings *s = mouse_set(room);

	mouse_put(g, CPU_AX, s->hidden);
	mouse_put(g, CPU_BX, s->hot_x);
	mouse_put(g, CPU_CX, s->hot_y);
	mouse_put(g, CPU_DX, MOUSE_TYPE_PS2);
	return SVC_DONE;
}
