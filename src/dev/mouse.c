/* mouse.c - a PS/2 mouse.  */

#include "dev/mouse.h"

#include <string.h>

#include "dev/event.h"
#include "state/state.h"

#define SELF_TEST_TIME	(VTIME_SECOND * 3 / 10)	/* "300 to 500 ms" */

#define ACK		0xfa
#define RESEND		0xfe
#define ERROR		0xfc
#define TEST_PASSED	0xaa
#define COUNT_MAX	255		/* nine bits, two's complement */
#define SUM_MAX		100000		/* movement kept while nobody asks */

static int32_t clamp(int32_t v, int32_t limit)
{
	return v < -limit ? -limit : v > limit ? limit : v;
}

static void send(struct mouse *m, const uint8_t *bytes, uint8_t n)
{
	memcpy(m->last, bytes, n);
	m->last_size = n;
	ring_write(&m->out, bytes, n);
	wire_set(&m->ready, true);
}

static void send1(struct mouse *m, uint8_t byte)
{
	send(m, &byte, 1);
}

/* "2:1 scaling: 1 2 3 4 5 counts become 1 1 3 6 9, N becomes 2N."  Only in
 * stream mode.  */
static int32_t scale(const struct mouse *m, int32_t count)
{
	static const uint8_t small[6] = { 0, 1, 1, 3, 6, 9 };
	int32_t size = count < 0 ? -count : count;

	if (!m->scaling || m->remote)
		return count;
	size = size < 6 ? small[size] : 2 * size;
	return clamp(count < 0 ? -size : size, COUNT_MAX);
}

/* Takes what fits into a packet; the rest goes into the next.  */
static int32_t take(int32_t *sum, int32_t limit)
{
	int32_t count = clamp(*sum, limit);

	*sum -= count;
	return count;
}

static void send_packet(struct mouse *m)
{
	int32_t dx = scale(m, take(&m->dx, COUNT_MAX));
	int32_t dy = scale(m, -take(&m->dy, COUNT_MAX));
	int32_t dz = m->id ? take(&m->dz, 7) : 0;
	uint8_t b[4] = {
		(m->buttons & 7) | 0x08 | (dx < 0 ? 0x10 : 0) | (dy < 0 ? 0x20 : 0),
		dx, dy, dz,
	};

	if (m->id == 4)
		b[3] = (dz & 0x0f) | (m->buttons & 0x18) << 1;
	m->moved = m->dx || m->dy || (m->id && m->dz);
	send(m, b, m->id ? 4 : 3);
}

static vtime period(const struct mouse *m)
{
	return VTIME_SECOND / m->rate;
}

/* In stream mode a packet goes out at most once a sample, and not while
 * the controller has not taken the one before.  */
static void stream(struct mouse *m)
{
	if (!m->moved || !m->reporting || m->remote || m->wrap)
		return;
	if (sched_pending(m->sched, &m->sample))
		return;
	if (ring_used(&m->out) == 0)
		send_packet(m);
	sched_at(m->sched, &m->sample, m->sched->now + period(m));
}

static void mouse_fire(void *ctx, vtime late)
{
	(void)late;
	stream(ctx);
}

void mouse_move(struct mouse *m, int dx, int dy, int wheel, uint8_t buttons)
{
	m->dx = clamp(m->dx + clamp(dx, SUM_MAX), SUM_MAX);
	m->dy = clamp(m->dy + clamp(dy, SUM_MAX), SUM_MAX);
	m->dz = clamp(m->dz + clamp(wheel, SUM_MAX), SUM_MAX);
	m->moved |= dx || dy || (m->id && wheel) || buttons != m->buttons;
	m->buttons = buttons;
	stream(m);
}

bool mouse_reports(const struct mouse *m)
{
	return m->reporting && !m->wrap;
}

bool mouse_idle(const struct mouse *m)
{
	return !m->reporting || m->remote || m->wrap || (!m->moved && ring_used(&m->out) == 0);
}

static void forget_movement(struct mouse *m)
{
	m->dx = m->dy = m->dz = 0;
	m->moved = false;
}

static void set_defaults(struct mouse *m)
{
	m->rate = 100;
	m->resolution = 2;
	m->scaling = m->reporting = m->remote = m->wrap = false;
	forget_movement(m);
	sched_cancel(m->sched, &m->sample);
}

static void self_test_done(void *ctx, vtime late)
{
	struct mouse *m = ctx;
	const uint8_t b[2] = { TEST_PASSED, m->id };

	(void)late;
	send(m, b, sizeof b);
}

static void cmd_scale_1(struct mouse *m) { m->scaling = false; send1(m, ACK); }
static void cmd_scale_2(struct mouse *m) { m->scaling = true; send1(m, ACK); }
static void cmd_expect(struct mouse *m) { send1(m, ACK); }

static void cmd_status(struct mouse *m)
{
	/* Left is bit 2 here, right is bit 0.  */
	const uint8_t b[4] = {
		ACK,
		(m->remote ? 0x40 : 0) | (m->reporting ? 0x20 : 0) |
			(m->scaling ? 0x10 : 0) | (m->buttons & 1) << 2 |
			(m->buttons & 4) >> 1 | (m->buttons & 2) >> 1,
		m->resolution, m->rate,
	};

	send(m, b, sizeof b);
}

static void cmd_stream(struct mouse *m) { m->remote = false; send1(m, ACK); }
static void cmd_remote(struct mouse *m) { m->remote = true; send1(m, ACK); }
static void cmd_wrap(struct mouse *m) { m->wrap = true; send1(m, ACK); }
static void cmd_unwrap(struct mouse *m) { m->wrap = false; send1(m, ACK); }

static void cmd_read(struct mouse *m)
{
	send1(m, ACK);
	send_packet(m);
}

static void cmd_identify(struct mouse *m)
{
	const uint8_t b[2] = { ACK, m->id };

	send(m, b, sizeof b);
}

static void cmd_enable(struct mouse *m)
{
	forget_movement(m);
	m->reporting = true;
	send1(m, ACK);
}

static void cmd_disable(struct mouse *m) { m->reporting = false; send1(m, ACK); }

static void cmd_defaults(struct mouse *m)
{
	set_defaults(m);
	send1(m, ACK);
}

static void cmd_resend(struct mouse *m)
{
	ring_write(&m->out, m->last, m->last_size);
	wire_set(&m->ready, true);
}

static void cmd_reset(struct mouse *m)
{
	set_defaults(m);
	m->id = 0;
	memset(m->knock, 0, sizeof m->knock);
	send1(m, ACK);
	sched_at(m->sched, &m->self_test, m->sched->now + SELF_TEST_TIME);
}

static bool data_resolution(struct mouse *m, uint8_t val)
{
	if (val > 3)
		return false;
	m->resolution = val;
	return true;
}

static bool data_rate(struct mouse *m, uint8_t val)
{
	static const uint8_t rates[] = { 10, 20, 40, 60, 80, 100, 200 };
	static const uint8_t wheel[3] = { 200, 100, 80 }, five[3] = { 200, 200, 80 };

	if (!memchr(rates, val, sizeof rates))
		return false;
	m->rate = val;
	memmove(m->knock, m->knock + 1, 2);
	m->knock[2] = val;
	if (memcmp(m->knock, wheel, 3) == 0)
		m->id = 3;
	else if (memcmp(m->knock, five, 3) == 0)
		m->id = 4;
	return true;
}

#define FIRST_COMMAND	0xe6
static const struct mouse_command {
	const char *name;
	void (*now)(struct mouse *m);
	bool (*data)(struct mouse *m, uint8_t val);	/* false: bad value */
} mouse_command[0x100 - FIRST_COMMAND] = {
	[0xe6 - FIRST_COMMAND] = { "scaling 1:1", cmd_scale_1, NULL },
	[0xe7 - FIRST_COMMAND] = { "scaling 2:1", cmd_scale_2, NULL },
	[0xe8 - FIRST_COMMAND] = { "resolution", cmd_expect, data_resolution },
	[0xe9 - FIRST_COMMAND] = { "status", cmd_status, NULL },
	[0xea - FIRST_COMMAND] = { "stream mode", cmd_stream, NULL },
	[0xeb - FIRST_COMMAND] = { "read data", cmd_read, NULL },
	[0xec - FIRST_COMMAND] = { "end wrap mode", cmd_unwrap, NULL },
	[0xee - FIRST_COMMAND] = { "wrap mode", cmd_wrap, NULL },
	[0xf0 - FIRST_COMMAND] = { "remote mode", cmd_remote, NULL },
	[0xf2 - FIRST_COMMAND] = { "read ID", cmd_identify, NULL },
	[0xf3 - FIRST_COMMAND] = { "sample rate", cmd_expect, data_rate },
	[0xf4 - FIRST_COMMAND] = { "enable", cmd_enable, NULL },
	[0xf5 - FIRST_COMMAND] = { "disable", cmd_disable, NULL },
	[0xf6 - FIRST_COMMAND] = { "set default", cmd_defaults, NULL },
	[0xfe - FIRST_COMMAND] = { "resend", cmd_resend, NULL },
	[0xff - FIRST_COMMAND] = { "reset", cmd_reset, NULL },
};

/* "Resend" for a byte that makes no sense, "error" for a second one.  */
static void refuse(struct mouse *m)
{
	send1(m, m->refused ? ERROR : RESEND);
	m->refused = !m->refused;
}

static const struct mouse_command *find_command(uint8_t byte)
{
	if (byte < FIRST_COMMAND || !mouse_command[byte - FIRST_COMMAND].now)
		return NULL;
	return &mouse_command[byte - FIRST_COMMAND];
}

static void mouse_command_byte(void *dev, uint8_t byte)
{
	struct mouse *m = dev;
	const struct mouse_command *c = find_command(m->expects ? m->expects : byte);

	ring_clear(&m->out);
	if (m->wrap && byte != 0xff && byte != 0xec) {
		send1(m, byte);
	} else if (m->expects) {
		m->expects = 0;
		if (!c->data(m, byte)) {
			refuse(m);
			return;
		}
		m->refused = false;
		send1(m, ACK);
	} else if (!c) {
		refuse(m);
	} else {
		m->refused = m->refused && c->data;
		m->expects = c->data ? byte : 0;
		c->now(m);
	}
}

static bool mouse_take(void *dev, uint8_t *byte)
{
	struct mouse *m = dev;

	return ring_get(&m->out, byte);
}

struct ps2_device mouse_device(struct mouse *m)
{
	return (struct ps2_device){ m, mouse_command_byte, mouse_take };
}

void mouse_init(struct mouse *m, struct sched *sched, struct wire ready)
{
	*m = (struct mouse){
		.sched = sched,
		.ready = ready,
		.sample = { .name = "mouse", .fire = mouse_fire, .ctx = m },
		.self_test = { .name = "mouse test", .fire = self_test_done, .ctx = m },
	};
	ring_init(&m->out, m->out_store, 1, sizeof m->out_store);
	mouse_reset(m);
}

/* Power-on; the self test of that is long over.  */
void mouse_reset(struct mouse *m)
{
	set_defaults(m);
	m->id = m->expects = m->buttons = m->last_size = 0;
	m->refused = false;
	memset(m->knock, 0, sizeof m->knock);
	ring_clear(&m->out);
	sched_cancel(m->sched, &m->self_test);
	wire_set(&m->ready, false);
}

static void state_count(struct state *st, int32_t *v)
{
	uint32_t u = *v;

	state_u32(st, &u);
	*v = clamp(u, SUM_MAX);
}

void mouse_state(struct mouse *m, struct state *st)
{
	unsigned version = state_section(st, "mouse", 2);

	state_u8(st, &m->id);
	state_u8(st, &m->rate);
	state_u8(st, &m->resolution);
	state_bytes(st, m->knock, sizeof m->knock);
	state_u8(st, &m->expects);
	state_bool(st, &m->scaling);
	state_bool(st, &m->reporting);
	state_bool(st, &m->remote);
	state_bool(st, &m->wrap);
	state_bool(st, &m->moved);
	state_u8(st, &m->buttons);
	state_count(st, &m->dx);
	state_count(st, &m->dy);
	state_count(st, &m->dz);
	state_bytes(st, m->last, sizeof m->last);
	state_u8(st, &m->last_size);
	state_ring(st, &m->out);
	event_state(m->sched, &m->sample, st);
	event_state(m->sched, &m->self_test, st);
	if (version >= 2)
		state_bool(st, &m->refused);
	if (m->rate == 0)
		m->rate = 100;
	if (m->last_size > sizeof m->last)
		m->last_size = 0;
	if (m->expects && (!find_command(m->expects) || !find_command(m->expects)->data))
		m->expects = 0;
}
