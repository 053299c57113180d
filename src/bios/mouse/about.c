/* about.c - INT 33h: what the driver is and can; video modes; the light pen.  */

#include "bios/mouse/parts.h"

#include <string.h>

enum svc mouse_fn_light_pen_on(void *room, struct guest *g)
{
	(void)g;
	mouse_set(room)->light_pen = 1;
	return SVC_DONE;
}

enum svc mouse_fn_light_pen_off(void *room, struct guest *g)
{
	(void)g;
	mouse_set(room)->light_pen = 0;
	return SVC_DONE;
}

/* It touches the screen while both buttons are down.  */
bool bios_mouse_is_pen(const struct bios *b, uint16_t *x, uint16_t *y)
{
	const struct mouse_driver *m = &b->mouse;
	struct mouse_screen screen = mouse_screen(b);

	if (!m->ready || m->set.off || !m->set.light_pen || (m->buttons & 3) != 3)
		return false;
	*x = mouse_told_x(b) / (mouse_text_mode(b) ? 1 : screen.step_x);
	*y = mouse_told_y(b);
	return true;
}

enum svc mouse_fn_version(void *room, struct guest *g)
{
	(void)room;
	mouse_put(g, CPU_BX, MOUSE_VERSION);
	mouse_put(g, CPU_CX, MOUSE_TYPE_PS2 << 8);		/* CL 0: IRQ of a PS/2 */
	return SVC_DONE;
}

/* AX: 15 not loaded as a program; 13-12 cursor: 0 text, 1 hardware text, 2
 * graphics; 11-8 interrupt rate.  BX, CX, DX: not busy.  */
enum svc mouse_fn_information(void *room, struct guest *g)
{
	struct mouse_settings *s = mouse_set(room);
	uint16_t cursor = !mouse_text_mode(room) ? 2 : s->hardware_cursor ? 1 : 0;

	mouse_put(g, CPU_AX, 0x8000 | cursor << 12 | s->rate << 8);
	mouse_put(g, CPU_BX, 0);
	mouse_put(g, CPU_CX, 0);
	mouse_put(g, CPU_DX, 0);
	return SVC_DONE;
}

enum svc mouse_fn_video_mode(void *room, struct guest *g)
{
	(void)room;
	if (guest_step(g) > MOUSE_READY) {
		guest_restore(g);
		set_cl(g, 0);
		return SVC_DONE;
	}
	if (mouse_get(g, CPU_CX) == 0 || mouse_get(g, CPU_CX) > 0x13) {
		set_cl(g, mouse_get(g, CPU_CX) ? 0xff : 0);	/* 0 is no mode here */
		return SVC_DONE;
	}
	mouse_put(g, CPU_AX, mouse_get(g, CPU_CX) & 0x7f);
	return guest_int(g, 0x10, MOUSE_READY + 1);
}

/* CX 0: the first; else the one after CX; 0 when there is no other.  */
enum svc mouse_fn_next_mode(void *room, struct guest *g)
{
	static const uint8_t modes[] = { 0, 1, 2, 3, 4, 5, 6, 7, 0x0d, 0x0e, 0x0f, 0x10, 0x11,
		0x12, 0x13 };
	uint16_t last = mouse_get(g, CPU_CX), next = 0;

	(void)room;
	for (size_t i = sizeof modes; i-- > 1;)
		if (modes[i] > last)
			next = modes[i];
	mouse_put(g, CPU_CX, next);
	cpu_load_real(g->cpu, CPU_DS, 0);	/* no description */
	mouse_put(g, CPU_DX, 0);
	return SVC_DONE;
}

enum svc mouse_fn_hardware_reset(void *room, struct guest *g)
{
	struct bios *b = room;

	b->mouse.ready = false;		/* taken anew with the next call */
	mouse_put(g, CPU_AX, 0xffff);
	return SVC_DONE;
}

/* AX: bit 15 is function 25h, bit 0 34h.  */
enum svc mouse_fn_abilities(void *room, struct guest *g)
{
	uint16_t bits = 0;

	(void)room;
	for (unsigned n = 0x25; n <= 0x34; n++)
		bits = bits << 1 | (bios_int33_table[n].serve &&
				    bios_int33_table[n].serve != mouse_fn_no_curves);
	mouse_put(g, CPU_AX, bits);
	mouse_put(g, CPU_BX, 0);
	mouse_put(g, CPU_CX, 0);
	mouse_put(g, CPU_DX, 0);
	return SVC_DONE;
}

/* CuteMouse's extension, "Wheel API".  */
enum svc mouse_fn_wheel(void *room, struct guest *g)
{
	struct bios *b = room;

	mouse_put(g, CPU_AX, 0x574d);		/* "WM" */
	mouse_put(g, CPU_BX, 0);
	mouse_put(g, CPU_CX, b->mouse.wheel_on);
	return SVC_DONE;
}

#define SWITCHES	16			/* bytes, and the curves, of which there are none */
#define SWITCHES_ALL	0x154

/* RBIL, INT 33h/0033h.  CX 0: how much there is; else as much of it as there is room for.  */
enum svc mouse_fn_switches(void *room, struct guest *g)
{
	const struct mouse_settings *s = mouse_set(room);
	uint8_t byte[SWITCHES] = {
		MOUSE_TYPE_PS2, s->language, s->speed_x, s->speed_y,
		s->threshold > 100 ? 100 : s->threshold, s->curve, s->rate,
		[13] = 1, 2,			/* the first and the second button */
	};
	uint16_t room_for = mouse_get(g, CPU_CX), at = mouse_get(g, CPU_DX);

	mouse_put(g, CPU_AX, 0);
	mouse_put(g, CPU_CX, room_for && room_for < SWITCHES_ALL ? room_for : SWITCHES_ALL);
	for (unsigned i = 0; i < room_for && i < SWITCHES_ALL; i++)
		guest_w8(g, mouse_es(g), at + i, i < SWITCHES ? byte[i] : 0);
	return SVC_DONE;
}

static enum svc point(struct guest *g, enum cpu_reg r, uint16_t off)
{
	cpu_load_real(g->cpu, CPU_ES, GUEST_ROM_SEG);
	mouse_put(g, r, off);
	return SVC_DONE;
}

/* There is none: an empty name.  */
enum svc mouse_fn_file(void *room, struct guest *g)
{
	(void)room;
	mouse_put(g, CPU_AX, 0);
	return point(g, CPU_DX, ROM_MOUSE_FILE);
}

enum svc mouse_fn_copyright(void *room, struct guest *g)
{
	(void)room;
	return point(g, CPU_DI, ROM_MOUSE_NAME);
}

enum svc mouse_fn_version_at(void *room, struct guest *g)
{
	(void)room;
	return point(g, CPU_DI, ROM_MOUSE_VERSION);
}

/* The major version first, unlike a number.  */
void bios_put_mouse(uint8_t *rom)
{
	static const char name[] = "dosvm's mouse driver, as Microsoft's version 8";

	_Static_assert(sizeof name <= ROM_MOUSE_FILE - ROM_MOUSE_NAME, "no room in the ROM");
	rom[ROM_MOUSE_VERSION] = MOUSE_VERSION >> 8;
	rom[ROM_MOUSE_VERSION + 1] = MOUSE_VERSION & 0xff;
	memcpy(rom + ROM_MOUSE_NAME, name, sizeof name);
	rom[ROM_MOUSE_FILE] = 0;
}
