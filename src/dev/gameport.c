/* gameport.c - the game control adapter.  */

#include "dev/gameport.h"

#include "state/state.h"

#define PORT		0x200
#define PORTS		8
/* IBM Game Control Adapter: 24.2 us and 0.011 us an ohm.  */
#define LEAST		24200
#define AN_OHM		11

static vtime runs_until(const struct gameport *g, unsigned axis)
{
	uint32_t ohm = g->in.ohm[axis];

	return ohm == GAMEPORT_OPEN ? VTIME_NEVER : g->sched->now + LEAST + (vtime)AN_OHM * ohm;
}

/* Programs wait until all have ended before they fire again, as IBM's BIOS does; to those
 * that do not, each measurement is a whole one.  */
static void gameport_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	struct gameport *g = dev;

	(void)port, (void)val, (void)size;
	for (unsigned i = 0; i < GAMEPORT_AXES; i++)
		g->falls[i] = runs_until(g, i);
}

static uint32_t gameport_read(void *dev, uint32_t port, unsigned size)
{
	const struct gameport *g = dev;
	uint8_t val = (~(unsigned)g->in.pressed & 15) << 4;

	(void)port, (void)size;
	for (unsigned i = 0; i < GAMEPORT_AXES; i++)
		val |= (g->sched->now < g->falls[i]) << i;
	return val;
}

static const struct bus_ops gameport_ports = {
	.name = "game port", .read = gameport_read, .write = gameport_write, .narrow = true,
};

void gameport_init(struct gameport *g, struct bus *bus, const struct sched *sched)
{
	*g = (struct gameport){ .sched = sched };
	for (unsigned i = 0; i < GAMEPORT_AXES; i++)
		g->in.ohm[i] = GAMEPORT_OPEN;
	bus_map_ports(bus, PORT, PORTS, &gameport_ports, g);
}

void gameport_reset(struct gameport *g)
{
	for (unsigned i = 0; i < GAMEPORT_AXES; i++)
		g->falls[i] = 0;
}

/* A one-shot whose capacitor nothing charges ends only after something is plugged in,
 * and does not end if that is pulled out.  */
void gameport_set(struct gameport *g, const struct gameport_input *in)
{
	g->in = *in;
	for (unsigned i = 0; i < GAMEPORT_AXES; i++) {
		bool charges = in->ohm[i] != GAMEPORT_OPEN, charged = g->falls[i] != VTIME_NEVER;

		if (g->falls[i] > g->sched->now && charges != charged)
			g->falls[i] = runs_until(g, i);
	}
}

void gameport_state(struct gameport *g, struct state *st)
{
	state_section(st, "gameport", 1);
	for (unsigned i = 0; i < GAMEPORT_AXES; i++)
		state_u64(st, &g->falls[i]);
}
