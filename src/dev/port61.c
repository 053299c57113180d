/* port61.c - the AT's system control port B.  */

#include "dev/port61.h"

#include "state/state.h"

#define PORT		0x61
#define GATE2		0x01
#define SPEAKER_DATA	0x02
#define WRITABLE	0x0f
#define REFRESH		0x10
#define OUT2		0x20

/* Counter 1 asks for a refresh every 18 ticks of 1.193182 MHz, and each
 * request toggles bit 4 (IBM AT Technical Reference).  */
#define REFRESH_HZ	1193182
#define REFRESH_TICKS	18

static void show_speaker(struct port61 *p)
{
	bool level = p->out2 && p->bits & SPEAKER_DATA;

	if (level == p->speaker)
		return;
	p->speaker = level;
	wire_set(&p->to.speaker, level);
}

static void set_out2(void *ctx, unsigned n, bool level)
{
	struct port61 *p = ctx;

	(void)n;
	p->out2 = level;
	show_speaker(p);
}

static void port61_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	struct port61 *p = dev;

	(void)port, (void)size;
	p->bits = val & WRITABLE;
	wire_set(&p->to.gate2, val & GATE2);
	show_speaker(p);
}

static uint32_t port61_read(void *dev, uint32_t port, unsigned size)
{
	struct port61 *p = dev;
	uint64_t refreshes = ticks_of_vtime(p->sched->now, REFRESH_HZ) / REFRESH_TICKS;

	(void)port, (void)size;
	return p->bits | (refreshes & 1 ? REFRESH : 0) |
		(p->to.out2 && p->to.out2(p->to.out2_ctx) ? OUT2 : 0);
}

static const struct bus_ops port61_ports = {
	.name = "port 61h", .read = port61_read, .write = port61_write, .narrow = true,
};

struct wire port61_out2(struct port61 *p)
{
	return (struct wire){ set_out2, p, 0 };
}

void port61_init(struct port61 *p, struct bus *bus, struct sched *sched,
		 const struct port61_wiring *to)
{
	*p = (struct port61){ .sched = sched, .to = *to };
	bus_map_ports(bus, PORT, 1, &port61_ports, p);
}

void port61_reset(struct port61 *p)
{
	port61_write(p, PORT, 0, 1);
}

void port61_state(struct port61 *p, struct state *st)
{
	state_section(st, "port61", 1);
	state_u8(st, &p->bits);
	state_bool(st, &p->out2);
	state_bool(st, &p->speaker);
	p->bits &= WRITABLE;
}
