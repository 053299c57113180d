/* lpt.c - a parallel printer port.  */

#include "dev/lpt.h"

#include "dev/event.h"
#include "state/state.h"

enum { REG_DATA, REG_STATUS, REG_CONTROL };

enum {				/* status; bits 2-0 are not connected and read 1 */
	ST_NO_ERROR = 0x08, ST_SELECTED = 0x10, ST_NO_PAPER = 0x20,
	ST_NO_ACK = 0x40, ST_NOT_BUSY = 0x80, ST_OPEN = 0x07,
};

enum { CTL_STROBE = 0x01, CTL_IRQ = 0x10, CTL_BITS = 0x1f, CTL_OPEN = 0xe0 };

/* From the strobe to the end of ACK.  A printer with memory; a real one's
 * acknowledge pulse alone takes some 5 us (Centronics).  */
#define BYTE_TIME	10000

static void update(struct lpt *l)
{
	wire_set(&l->irq, l->acked && l->control & CTL_IRQ);
}

static void ack_fire(void *ctx, vtime late)
{
	struct lpt *l = ctx;

	(void)late;
	l->acked = true;
	update(l);
}

/* The printer takes the byte at the strobe's beginning.  */
static void strobe(struct lpt *l)
{
	if (!l->backend.write || sched_pending(l->sched, &l->ack))
		return;
	l->acked = false;
	update(l);
	l->backend.write(l->backend.ctx, l->data);
	sched_at(l->sched, &l->ack, l->sched->now + BYTE_TIME);
}

static void write_control(struct lpt *l, uint8_t val)
{
	bool begins = val & ~l->control & CTL_STROBE;

	l->control = val & CTL_BITS;
	if (begins)
		strobe(l);
	if (!(val & CTL_IRQ))
		l->acked = false;
	update(l);
}

static void lpt_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	struct lpt *l = dev;

	(void)size;
	if (port - l->base == REG_DATA)
		l->data = val;
	else if (port - l->base == REG_CONTROL)
		write_control(l, val);
}

/* With nothing connected the lines are pulled up: busy, no paper.  */
static uint8_t status(const struct lpt *l)
{
	bool busy = sched_pending(l->sched, &l->ack);

	if (!l->backend.write)
		return ST_OPEN | ST_NO_ERROR | ST_SELECTED | ST_NO_PAPER | ST_NO_ACK;
	return ST_OPEN | ST_NO_ERROR | ST_SELECTED | ST_NO_ACK | (busy ? 0 : ST_NOT_BUSY);
}

static uint32_t lpt_read(void *dev, uint32_t port, unsigned size)
{
	const struct lpt *l = dev;

	(void)size;
	if (port - l->base == REG_DATA)
		return l->data;
	if (port - l->base == REG_STATUS)
		return status(l);
	return l->control | CTL_OPEN;
}

static const struct bus_ops lpt_ports = {
	.name = "lpt", .read = lpt_read, .write = lpt_write, .narrow = true,
};

void lpt_plug(struct lpt *l, const struct lpt_backend *backend)
{
	l->backend = *backend;
}

void lpt_init(struct lpt *l, struct bus *bus, struct sched *sched, const char *name,
	      uint16_t base, struct wire irq)
{
	*l = (struct lpt){
		.sched = sched,
		.irq = irq,
		.base = base,
		.ack = { .name = name, .fire = ack_fire, .ctx = l },
	};
	bus_map_ports(bus, base, 3, &lpt_ports, l);
	lpt_reset(l);
}

void lpt_reset(struct lpt *l)
{
	sched_cancel(l->sched, &l->ack);
	l->data = l->control = 0;
	l->acked = false;
	update(l);
}

void lpt_state(struct lpt *l, struct state *st)
{
	state_section(st, "lpt", 1);
	state_u8(st, &l->data);
	state_u8(st, &l->control);
	state_bool(st, &l->acked);
	event_state(l->sched, &l->ack, st);
	l->control &= CTL_BITS;
}
