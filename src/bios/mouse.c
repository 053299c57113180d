/* mouse.c - the mouse driver's heart: from packets to a position, counts and
 * calls of the program's handlers.
 *
 * Source: RBIL, INT 33h; Microsoft Mouse Programmer's Reference, 2nd edition.  */

#include "bios/mouseparts.h"

#include <stdlib.h>

#include "state/state.h"

#define EVENT_MOVED	0x01
#define MODIFIERS	0xe0		/* of an alternate handler's mask */

enum { PACKET_X_NEGATIVE = 0x10, PACKET_Y_NEGATIVE = 0x20 };
enum { STEP_PACKET, STEP_TOLD };

/* --- The virtual screen ------------------------------------------------------------- */

bool mouse_text_mode(const struct bios *b)
{
	uint8_t mode = bda8(b, BDA_MODE);

	return mode < 4 || mode == 7;
}

static struct mouse_screen text_screen(const struct bios *b)
{
	uint16_t columns = bda16(b, BDA_COLUMNS), rows = bda8(b, BDA_ROWS) + 1;
	uint16_t cell = columns <= 40 ? 16 : 8;

	return (struct mouse_screen){ columns * cell, rows * 8, columns, rows, cell, 8 };
}

/* Modes 04h-06h and 0Dh-13h; of others it is 640x200, as a driver assumes that
 * does not know them.  */
struct mouse_screen mouse_screen(const struct bios *b)
{
	static const struct mouse_screen modes[] = {
		[0x04] = { 640, 200, 320, 200, 2, 1 }, [0x05] = { 640, 200, 320, 200, 2, 1 },
		[0x06] = { 640, 200, 640, 200, 1, 1 }, [0x0d] = { 640, 200, 320, 200, 2, 1 },
		[0x0e] = { 640, 200, 640, 200, 1, 1 }, [0x0f] = { 640, 350, 640, 350, 1, 1 },
		[0x10] = { 640, 350, 640, 350, 1, 1 }, [0x11] = { 640, 480, 640, 480, 1, 1 },
		[0x12] = { 640, 480, 640, 480, 1, 1 }, [0x13] = { 640, 200, 320, 200, 2, 1 },
	};
	uint8_t mode = bda8(b, BDA_MODE);

	if (mouse_text_mode(b))
		return text_screen(b);
	return modes[mode < sizeof modes / sizeof *modes && modes[mode].width ? mode : 0x06];
}

void mouse_whole_screen(struct bios *b)
{
	struct mouse_driver *m = &b->mouse;
	struct mouse_screen screen = mouse_screen(b);

	m->set.min_x = m->set.min_y = 0;
	m->set.max_x = screen.width - screen.step_x;
	m->set.max_y = screen.height - screen.step_y;
	if (!mouse_text_mode(b)) {
		m->set.max_x = screen.width - 1;
		m->set.max_y = screen.height - 1;
	}
	m->mode = bda8(b, BDA_MODE);
	m->columns = bda16(b, BDA_COLUMNS);
	m->rows = bda8(b, BDA_ROWS);
}

/* A new video mode hides the cursor, and gives it its whole screen.  */
void mouse_follow_mode(struct bios *b)
{
	struct mouse_driver *m = &b->mouse;

	if (m->mode == bda8(b, BDA_MODE) && m->columns == bda16(b, BDA_COLUMNS) &&
	    m->rows == bda8(b, BDA_ROWS))
		return;
	mouse_hide_cursor(b);
	mouse_whole_screen(b);
	m->set.hidden = -1;
	mouse_clamp(&m->set);
}

static int clamp(int v, int low, int high)
{
	return v < low ? low : v > high ? high : v;
}

void mouse_clamp(struct mouse_settings *s)
{
	s->x = clamp((int16_t)s->x, (int16_t)s->min_x, (int16_t)s->max_x);
	s->y = clamp((int16_t)s->y, (int16_t)s->min_y, (int16_t)s->max_y);
}

uint16_t mouse_told_x(const struct bios *b)
{
	return b->mouse.set.x & ~(mouse_screen(b).step_x - 1);
}

uint16_t mouse_told_y(const struct bios *b)
{
	return b->mouse.set.y & ~(mouse_screen(b).step_y - 1);
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
	cpu_set16(g->cpu, CPU_AX, events);
	cpu_set16(g->cpu, CPU_BX, m->buttons);
	cpu_set16(g->cpu, CPU_CX, mouse_told_x(b));
	cpu_set16(g->cpu, CPU_DX, mouse_told_y(b));
	cpu_set16(g->cpu, CPU_SI, m->set.moved_x);
	cpu_set16(g->cpu, CPU_DI, m->set.moved_y);
	cpu_load_real(g->cpu, CPU_DS, EBDA_SEG);
	g->cpu->flags &= ~(uint32_t)CPU_DF;
	return guest_call(g, (struct far){ h->off, h->seg }, STEP_TOLD);
}

void mouse_packet(struct bios *b, uint8_t buttons, int dx, int dy)
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
	m->events |= click(b, buttons);
	mouse_draw_cursor(b);
}

/* Called by INT 74h, with status, X, Y and a word on the stack above the return
 * address; the device's Y grows upwards.  */
enum svc bios_mouse_call(void *room, struct guest *g)
{
	const struct guest_frame *f = guest_frame(g);
	uint8_t status = guest_r16(g, f->home_ss, f->home_sp + 10);
	int x = guest_r16(g, f->home_ss, f->home_sp + 8) & 0xff;
	int y = guest_r16(g, f->home_ss, f->home_sp + 6) & 0xff;

	if (guest_step(g) == STEP_PACKET)
		mouse_packet(room, status, status & PACKET_X_NEGATIVE ? x - 256 : x,
			     status & PACKET_Y_NEGATIVE ? 256 - y : -y);
	return tell(room);
}

void bios_mouse_place(struct bios *b, uint16_t x, uint16_t y, int *dx, int *dy)
{
	struct mouse_driver *m = &b->mouse;
	struct mouse_screen screen = mouse_screen(b);

	*dx = ((x * screen.width >> 16) - (m->place_x * screen.width >> 16));
	*dy = ((y * screen.height >> 16) - (m->place_y * screen.height >> 16)) * 2;
	m->placed = bios_mouse_use(b) != MOUSE_MOVED;
	m->place_x = x;
	m->place_y = y;
}

void bios_mouse_let_go(struct bios *b)
{
	b->mouse.placed = false;
}

/* --- What for ----------------------------------------------------------------------------- */

#define ASKS_NO_MORE	(5 * VTIME_SECOND)
#define COUNTS_NO_MORE	(VTIME_SECOND)
#define PUTS_BACK	(VTIME_SECOND / 2)
#define PUTS_OFTEN	4

bool bios_mouse_is_ours(const struct bios *b)
{
	struct far h = guest_rfar(b->guest, EBDA_SEG, EBDA_POINTER_HANDLER);
	struct far here = guest_gate_far(GATE_MOUSE_CALL);

	return b->mouse.ready && h.off == here.off && h.seg == here.seg;
}

static bool within(const struct bios *b, vtime date, vtime time)
{
	return date && b->sched->now - date < time;
}

void mouse_note_call(struct bios *b, uint16_t n)
{
	struct mouse_driver *m = &b->mouse;

	m->asked = b->sched->now;
	if (n == 0x0b)
		m->counted = b->sched->now;
	if (n != 0x04 || !m->set.hidden)
		return;
	m->puts = !within(b, m->put, PUTS_BACK) ? 1 : m->puts < 0xff ? m->puts + 1 : m->puts;
	m->put = b->sched->now;
}

/* A shown pointer goes where it is put.  A program that shows none and counts
 * mickeys, or puts the pointer back to the middle again and again, wants movement;
 * one that asks for the place, or has a handler, draws its own.  */
enum mouse_use bios_mouse_use(const struct bios *b)
{
	const struct mouse_driver *m = &b->mouse;

	if (m->set.off)
		return MOUSE_UNUSED;
	if (!m->set.hidden)
		return MOUSE_PLACED;
	if (within(b, m->counted, COUNTS_NO_MORE) ||
	    (m->puts >= PUTS_OFTEN && within(b, m->put, PUTS_BACK)))
		return MOUSE_MOVED;
	return m->set.handler.mask || within(b, m->asked, ASKS_NO_MORE) ? MOUSE_PLACED :
	       MOUSE_UNUSED;
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
	unsigned version = state_section(st, "mouse driver", 2);

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
	mouse_sanitize(&m->set);
}
