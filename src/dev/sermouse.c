/* sermouse.c - a mouse on a serial line.
 *
 * A byte takes its time on the line, and a report begins when the one before is
 * through; what the hand does meanwhile is added up.  */

#include "dev/sermouse.h"

#include <stdio.h>
#include <string.h>

#include "dev/event.h"
#include "state/state.h"

#define BAUD		1200
#define WAKES_UP	(VTIME_SECOND / 50)	/* "within 200 ms" */
#define SUM_MAX		100000			/* movement kept while nobody asks */

#define LEFT		1
#define RIGHT		2
#define MIDDLE		4

/* What they have in common with their drivers: the letters after power-on, how
 * plug and play calls them, and the size of their bytes.  */
static const struct {
	const char *letters, *id, *product;
	uint8_t bits, buttons;
} model[] = {
	[SERMOUSE_NONE] = { "", "", "", 7, 0 },
	[SERMOUSE_MICROSOFT] = { "M", "PNP0F01", "MICROSOFT MOUSE", 7, LEFT | RIGHT },
	[SERMOUSE_LOGITECH] = { "M3", "PNP0F08", "LOGITECH MOUSE", 7, LEFT | RIGHT | MIDDLE },
	[SERMOUSE_WHEEL] = { "MZ", "MSH0001", "MICROSOFT INTELLIMOUSE", 7, LEFT | RIGHT | MIDDLE },
	[SERMOUSE_SYSTEMS] = { "", "", "", 8, LEFT | RIGHT | MIDDLE },
};

static int32_t clamp(int32_t v, int32_t limit)
{
	return v < -limit ? -limit : v > limit ? limit : v;
}

static int32_t take(int32_t *sum, int32_t limit)
{
	int32_t count = clamp(*sum, limit);

	*sum -= count;
	return count;
}

static bool powered(const struct sermouse *m)
{
	return m->kind != SERMOUSE_NONE && m->dtr && m->rts;
}

/* A start and a stop bit around each byte.  */
static vtime byte_time(const struct sermouse *m)
{
	return (model[m->kind].bits + 2) * VTIME_SECOND / BAUD;
}

static void put(struct sermouse *m, uint8_t byte)
{
	ring_put(&m->out, &byte);
}

/* --- Its name ------------------------------------------------------------------- */

/* Characters of six bits; the sum is of all but its own two.  */
static void put_plug_and_play(struct sermouse *m)
{
	char text[SERMOUSE_ANSWER];
	uint8_t sum = '(' - ' ' + 0x01 + 0x24 + ')' - ' ';
	static const char hex[] = "0123456789ABCDEF";

	snprintf(text, sizeof text, "%s\\\\MOUSE\\%s\\%s", model[m->kind].id,
		 model[m->kind].id, model[m->kind].product);
	put(m, '(' - ' ');
	put(m, 0x01);				/* version 1.00 */
	put(m, 0x24);
	for (const char *s = text; *s; s++) {
		put(m, *s - ' ');
		sum += *s - ' ';
	}
	put(m, hex[sum >> 4] - ' ');
	put(m, hex[sum & 15] - ' ');
	put(m, ')' - ' ');
}

static void say_who(struct sermouse *m)
{
	ring_clear(&m->out);
	for (const char *s = model[m->kind].letters; *s; s++)
		put(m, *s);
	if (*model[m->kind].id)
		put_plug_and_play(m);
	sched_at(m->sched, &m->next, m->sched->now + WAKES_UP);
}

/* --- Reports ---------------------------------------------------------------------- */

static void report_microsoft(struct sermouse *m)
{
	int32_t dx = take(&m->dx, 127), dy = take(&m->dy, 127);
	bool middle = m->buttons & MIDDLE, was = m->told_buttons & MIDDLE;

	put(m, 0x40 | (m->buttons & LEFT ? 0x20 : 0) | (m->buttons & RIGHT ? 0x10 : 0) |
	    (dy >> 6 & 3) << 2 | (dx >> 6 & 3));
	put(m, dx & 0x3f);
	put(m, dy & 0x3f);
	if (m->kind == SERMOUSE_WHEEL)
		put(m, (middle ? 0x10 : 0) | (take(&m->dz, 7) & 0x0f));
	else if (m->kind == SERMOUSE_LOGITECH && (middle || was))
		put(m, middle ? 0x20 : 0);
}

/* Buttons that are up are set; Y grows upwards.  The second pair is what the hand has
 * done while the first went out.  */
static void report_systems(struct sermouse *m)
{
	uint8_t up = ~m->buttons;

	put(m, 0x80 | (up & LEFT ? 4 : 0) | (up & MIDDLE ? 2 : 0) | (up & RIGHT ? 1 : 0));
	put(m, take(&m->dx, 127));
	put(m, -take(&m->dy, 127));
	put(m, take(&m->dx, 127));
	put(m, -take(&m->dy, 127));
}

static void report(struct sermouse *m)
{
	if (m->kind == SERMOUSE_SYSTEMS)
		report_systems(m);
	else
		report_microsoft(m);
	m->told_buttons = m->buttons;
	m->moved = m->dx || m->dy || (m->kind == SERMOUSE_WHEEL && m->dz);
}

/* --- The line ----------------------------------------------------------------------- */

/* Eight bits of a mouse that sends seven end with its stop bit.  At another speed it is
 * noise that makes no byte.  */
static void say(struct sermouse *m, uint8_t byte)
{
	if (m->baud < BAUD - BAUD / 20 || m->baud > BAUD + BAUD / 20)
		return;
	if (m->bits < model[m->kind].bits)
		byte &= (1 << m->bits) - 1;
	else if (m->bits > model[m->kind].bits)
		byte |= 0x80;
	m->send(m->ctx, byte);
}

static void go_on(struct sermouse *m)
{
	uint8_t byte;

	if (!powered(m) || sched_pending(m->sched, &m->next))
		return;
	if (ring_used(&m->out) == 0 && m->moved)
		report(m);
	if (!ring_get(&m->out, &byte))
		return;
	say(m, byte);
	sched_at(m->sched, &m->next, m->sched->now + byte_time(m));
}

static void next_fire(void *ctx, vtime late)
{
	(void)late;
	go_on(ctx);
}

static void forget(struct sermouse *m)
{
	ring_clear(&m->out);
	m->dx = m->dy = m->dz = 0;
	m->moved = false;
	m->told_buttons = m->buttons;
	sched_cancel(m->sched, &m->next);
}

void sermouse_lines(void *mouse, bool dtr, bool rts, bool brk)
{
	struct sermouse *m = mouse;
	bool was = powered(m);

	(void)brk;
	m->dtr = dtr;
	m->rts = rts;
	if (was && !powered(m))
		forget(m);
	else if (!was && powered(m))
		say_who(m);
}

void sermouse_format(void *mouse, unsigned baud, unsigned bits, unsigned stops, uint8_t parity)
{
	struct sermouse *m = mouse;

	(void)stops, (void)parity;
	m->baud = baud < UINT16_MAX ? baud : UINT16_MAX;
	m->bits = bits;
}

void sermouse_move(struct sermouse *m, int dx, int dy, int wheel, uint8_t buttons)
{
	buttons &= model[m->kind].buttons;
	if (!powered(m)) {
		m->buttons = m->told_buttons = buttons;
		return;
	}
	m->dx = clamp(m->dx + clamp(dx, SUM_MAX), SUM_MAX);
	m->dy = clamp(m->dy + clamp(dy, SUM_MAX), SUM_MAX);
	if (m->kind == SERMOUSE_WHEEL)
		m->dz = clamp(m->dz + clamp(wheel, SUM_MAX), SUM_MAX);
	m->moved |= m->dx || m->dy || m->dz || buttons != m->buttons;
	m->buttons = buttons;
	go_on(m);
}

bool sermouse_reports(const struct sermouse *m)
{
	return powered(m);
}

bool sermouse_idle(const struct sermouse *m)
{
	return !powered(m) || (!m->moved && ring_used(&m->out) == 0);
}

void sermouse_init(struct sermouse *m, struct sched *sched, const char *name,
		   enum sermouse_kind kind, bool (*send)(void *ctx, uint8_t byte), void *ctx)
{
	*m = (struct sermouse){
		.sched = sched, .kind = kind, .send = send, .ctx = ctx, .bits = 8,
		.next = { .name = m->event_name, .fire = next_fire, .ctx = m },
	};
	snprintf(m->event_name, sizeof m->event_name, "%s mouse", name);
	ring_init(&m->out, m->out_store, 1, sizeof m->out_store);
}

/* The UART says by itself what it does to its lines.  */
void sermouse_reset(struct sermouse *m)
{
	m->buttons = 0;
	forget(m);
}

static void state_count(struct state *st, int32_t *v)
{
	uint32_t u = *v;

	state_u32(st, &u);
	*v = clamp(u, SUM_MAX);
}

void sermouse_state(struct sermouse *m, struct state *st)
{
	state_section(st, "serial mouse", 1);
	state_bool(st, &m->dtr);
	state_bool(st, &m->rts);
	state_u16(st, &m->baud);
	state_u8(st, &m->bits);
	state_u8(st, &m->buttons);
	state_u8(st, &m->told_buttons);
	state_bool(st, &m->moved);
	state_count(st, &m->dx);
	state_count(st, &m->dy);
	state_count(st, &m->dz);
	state_ring(st, &m->out);
	event_state(m->sched, &m->next, st);
	m->buttons &= model[m->kind].buttons;
	m->bits &= 15;
}
