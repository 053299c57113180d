/* driver.c - the mouse driver's heart: from packets to a position, counts and
 * calls of the program's handlers.
 *
 * Source: RBIL, INT 33h; Microsoft Mouse Programmer's Reference, 2nd edition.  */

#include "bios/mouse/parts.h"

#include <stdlib.h>

#include "state/state.h"

#define EVENT_MOVED	0x01
#define EVENT_WHEEL	0x80
#define MODIFIERS	0xe0		/* of an alternate handler's mask */

enum { PACKET_X_NEGATIVE = 0x10, PACKET_Y_NEGATIVE = 0x20 };
#define PACKET_SIZE	7		/* of EBDA_POINTER_FLAGS */
enum { STEP_PACKET, STEP_TOLD };

static int clamp(int v, int low, int high)
{
	return v < low ? low : v > high ? high : v;
}

void mouse_clamp(struct mouse_settings *s)
{
	s->x = clamp((int16_t)s->x, (int16_t)s->min_x, (int16_t)s->max_x);
	s->y = clamp((int16_t)s->y, (int16_t)s->min_y, (int16_t)s->max_y);
}

/* --- Movement ------------------------------------------------------------------------- */

/* Twice the way for a quick hand: what has been seen in this tick, as mickeys
 * a second.  */
static int doubled(struct bios *b, int mickeys)
{
	struct mouse_driver *m = &b->mouse;
	uint16_t tick = bda16(b, BDA_TICKS);

	if (tick != m->tick) {
		m->tick = tick;
		m->tick_moved = 0;
	}
	if (m->tick_moved < 0x1000)
		m->tick_moved += abs(mickeys);
	return m->tick_moved * 18u > m->set.threshold ? 2 * mickeys : mickeys;
}

/* The way of one axis in points; *rest keeps what is less than one.  */
static int16_t way(int mickeys, uint16_t speed, uint16_t ratio, uint16_t *rest)
{
	int eighths = mickeys * 8 * speed / 50 + (int16_t)*rest;
	int points = eighths / (ratio ? ratio : 8);

	*rest = eighths - points * (ratio ? ratio : 8);
	return points;
}

/* Where on one axis the host's pointer is: on the screen, unless the program has
 * given its own measure to the whole of it - as many points as there are dots
 * or cells, or more than the screen has.  */
static uint16_t placed(uint16_t at, uint16_t size, uint16_t dots, int16_t low, int16_t high)
{
	bool own = low == 0 && (high + 1 == dots || high + 1 > size);

	return (uint32_t)at * (own ? high + 1u : size) >> 16;
}

static void move(struct bios *b, int dx, int dy)
{
	struct mouse_driver *m = &b->mouse;
	struct mouse_settings *s = &m->set;
	struct mouse_screen screen = mouse_screen(b);

	s->moved_x += dx;
	s->moved_y += dy;
	s->seen_x += dx;
	s->seen_y += dy;
	if (m->placed) {
		s->x = placed(m->place_x, screen.width, screen.dots_x, s->min_x, s->max_x);
		s->y = placed(m->place_y, screen.height, screen.dots_y, s->min_y, s->max_y);
	} else {
		s->x = clamp((int16_t)s->x + way(doubled(b, dx), s->speed_x, s->ratio_x,
						 &s->rest_x), INT16_MIN, INT16_MAX);
		s->y = clamp((int16_t)s->y + way(doubled(b, dy), s->speed_y, s->ratio_y,
						 &s->rest_y), INT16_MIN, INT16_MAX);
	}
	mouse_clamp(s);
}

/* The bits of a call mask: 1, 2 left pressed, released; 3, 4 right; 5, 6 middle.  */
static uint16_t click(struct bios *b, uint8_t buttons)
{
	struct mouse_driver *m = &b->mouse;
	uint16_t events = 0;

	for (unsigned i = 0; i < MOUSE_BUTTONS; i++) {
		bool down = buttons >> i & 1;
		struct mouse_count *c = down ? &m->set.press[i] : &m->set.release[i];

		if (down == (m->buttons >> i & 1))
			continue;
		c->times++;
		c->x = mouse_told_x(b);
		c->y = mouse_told_y(b);
		events |= (down ? 0x02 : 0x04) << 2 * i;
	}
	m->buttons = buttons & 7;
	return events;
}

/* --- The program's handlers -------------------------------------------------------------- */

/* An alternate handler wants exactly these of Shift (bit 5), Ctrl, Alt.  */
static uint16_t modifiers(const struct bios *b)
{
	uint8_t shift = bda8(b, BDA_SHIFT);

	return (shift & (SHIFT_LEFT | SHIFT_RIGHT) ? 0x20 : 0) | (shift & SHIFT_CTRL ? 0x40 : 0) |
	       (shift & SHIFT_ALT ? 0x80 : 0);
}

static const struct mouse_handler *handler(const struct bios *b, uint16_t events)
{
	const struct mouse_settings *s = &b->mouse.set;
	uint16_t held = modifiers(b);

	for (unsigned i = 0; held && i < MOUSE_ALTERNATES; i++)
		if ((s->alternate[i].mask & MODIFIERS) == held &&
		    s->alternate[i].mask & events & ~MODIFIERS)
			return &s->alternate[i];
	return s->handler.mask & events && (s->handler.off || s->handler.seg) ? &s->handler : NULL;
}

/* One handler at a time: it would not expect to be called from inside itself.  */
static bool handler_runs(const struct guest *g)
{
	for (unsigned i = 0; i < g->depth; i++)
		if (i != g->current && g->frame[i].gate == GATE_MOUSE_CALL)
			return true;
	return false;
}

static enum svc tell(struct bios *b)
{
	struct mouse_driver *m = &b->mouse;
	struct guest *g = b->guest;
	const struct mouse_handler *h = handler(b, m->events);
	uint16_t events = m->events;

	if (!h || handler_runs(g)) {
		m->events = h ? m->events : 0;
		guest_restore(g);
		return SVC_DONE;
	}
	m->events = 0;
	cpu_set16(g->cpu, CPU_AX, h == &m->set.handler ? events & h->mask :
		  (events & h->mask & ~MODIFIERS) | modifiers(b));
	cpu_set16(g->cpu, CPU_BX, m->buttons | m->wheel << 8);
	m->wheel = 0;
	cpu_set16(g->cpu, CPU_CX, mouse_told_x(b));
	cpu_set16(g->cpu, CPU_DX, mouse_told_y(b));
	cpu_set16(g->cpu, CPU_SI, m->set.moved_x);
	cpu_set16(g->cpu, CPU_DI, m->set.moved_y);
	cpu_load_real(g->cpu, CPU_DS, EBDA_SEG);
	g->cpu->flags &= ~(uint32_t)CPU_DF;
	return guest_call(g, (struct far){ h->off, h->seg }, STEP_TOLD);
}

/* The counters are of a program that knows of a wheel (function 11h).  */
static uint16_t turn(struct bios *b, int notches)
{
	struct mouse_driver *m = &b->mouse;

	if (!notches || !m->wheel_on)
		return 0;
	m->turned.times += notches;
	m->turned.x = mouse_told_x(b);
	m->turned.y = mouse_told_y(b);
	m->wheel += notches;
	return EVENT_WHEEL;
}

void mouse_packet(struct bios *b, uint8_t buttons, int dx, int dy, int notches)
{
	struct mouse_driver *m = &b->mouse;

	if (m->set.off)
		return;
	mouse_follow_mode(b);
	mouse_hide_cursor(b);
	if (dx || dy) {
		move(b, dx, dy);
		m->events |= EVENT_MOVED;
	}
	m->events |= turn(b, notches);
	m->events |= click(b, buttons);
	mouse_draw_cursor(b);
}

/* Called by INT 74h, with the packet on the stack above the return address (pointer.c
 * says how); the device's Y grows upwards.  */
enum svc bios_mouse_call(void *room, struct guest *g)
{
	const struct guest_frame *f = guest_frame(g);
	struct bios *b = room;
	uint8_t p[4];

	if (guest_step(g) != STEP_PACKET)
		return tell(b);
	for (unsigned i = 0; i < 3; i++)
		p[i] = guest_r16(g, f->home_ss, f->home_sp + 10 - 2 * i);
	p[3] = 0;
	if ((ebda8(b, EBDA_POINTER_FLAGS) & PACKET_SIZE) >= 3) {
		p[3] = p[2];
		p[2] = p[1];
		p[1] = guest_r16(g, f->home_ss, f->home_sp + 10) >> 8;
	}
	mouse_packet(b, p[0], p[0] & PACKET_X_NEGATIVE ? p[1] - 256 : p[1],
		     p[0] & PACKET_Y_NEGATIVE ? 256 - p[2] : -p[2],
		     ((p[3] & 0x0f) ^ 8) - 8);
	return tell(b);
}

static int way_of(uint16_t at, uint32_t size)
{
	return at * size >> 16;
}

/* A program that counts movement to draw a pointer of its own most likely goes one dot
 * a mickey; others have 8 to 8 points across, 16 down.  */
void bios_mouse_place(struct bios *b, uint16_t x, uint16_t y, int *dx, int *dy)
{
	struct mouse_driver *m = &b->mouse;
	struct mouse_screen screen = mouse_screen(b);
	struct video_dots dots;

	m->placed = bios_mouse_use(b) != MOUSE_MOVED;
	if (!m->placed && b->dots && b->dots(b->ctx, &dots)) {
		*dx = way_of(x, dots.width) - way_of(m->place_x, dots.width);
		*dy = way_of(y, dots.height) - way_of(m->place_y, dots.height);
	} else {
		*dx = way_of(x, screen.width) - way_of(m->place_x, screen.width);
		*dy = (way_of(y, screen.height) - way_of(m->place_y, screen.height)) * 2;
	}
	m->place_x = x;
	m->place_y = y;
}

void bios_mouse_let_go(struct bios *b)
{
	b->mouse.placed = false;
}

/* --- Snapshots ---------------------------------------------------------------------------- */

/* Whatever came from a program's memory, or from a snapshot.  */
void mouse_sanitize(struct mouse_settings *s)
{
	if ((int16_t)s->hidden > 0)
		s->hidden = 0;
	if (!s->ratio_x || s->ratio_x > 0x7fff)
		s->ratio_x = 8;
	if (!s->ratio_y || s->ratio_y > 0x7fff)
		s->ratio_y = 16;
	if (s->speed_x > 100)
		s->speed_x = 50;
	if (s->speed_y > 100)
		s->speed_y = 50;
	mouse_clamp(s);
}

void mouse_driver_state(struct mouse_driver *m, struct state *st)
{
	uint16_t *word = &m->set.x;
	unsigned version = state_section(st, "mouse driver", 4);

	for (size_t i = 0; i < MOUSE_WORDS; i++)
		state_u16(st, &word[i]);
	state_bool(st, &m->ready);
	state_u8(st, &m->buttons);
	state_u8(st, &m->wheel);
	state_u16(st, &m->events);
	state_u8(st, &m->mode);
	state_u8(st, &m->columns);
	state_u8(st, &m->rows);
	state_bool(st, &m->placed);
	state_u16(st, &m->place_x);
	state_u16(st, &m->place_y);
	state_u16(st, &m->tick);
	state_u16(st, &m->tick_moved);
	state_bool(st, &m->drawn);
	state_u16(st, &m->under);
	state_u16(st, &m->shown);
	state_u32(st, &m->drawn_at);
	if (version >= 2) {
		state_u64(st, &m->asked);
		state_u64(st, &m->counted);
		state_u64(st, &m->put);
		state_u8(st, &m->puts);
	}
	if (version >= 4) {
		state_bool(st, &m->wheel_on);
		state_u16(st, &m->turned.times);
		state_u16(st, &m->turned.x);
		state_u16(st, &m->turned.y);
	}
	if (version >= 3) {
		state_bool(st, &m->drawn_sprite);
		mouse_sprite_state(&m->sprite, st);
	}
	mouse_sanitize(&m->set);
}
