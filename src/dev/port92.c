/* port92.c - system control port A of the PS/2.  */

#include "dev/port92.h"

#include "state/state.h"

#define PORT		0x92
#define FAST_RESET	0x01
#define FAST_A20	0x02
#define WRITABLE	0xcb	/* bits 7-6: the disk light; 3: the password lock */

/* A reset is the rise of bit 0.  */
static void port92_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	struct port92 *p = dev;
	uint8_t rises = val & ~p->bits;

	(void)port, (void)size;
	p->bits = val & WRITABLE;
	wire_set(&p->a20, val & FAST_A20);
	if (rises & FAST_RESET) {
		wire_set(&p->reset, true);
		wire_set(&p->reset, false);
	}
}

static uint32_t port92_read(void *dev, uint32_t port, unsigned size)
{
	const struct port92 *p = dev;

	(void)port, (void)size;
	return p->bits;
}

static const struct bus_ops port92_ports = {
	.name = "port 92h", .read = port92_read, .write = port92_write, .narrow = true,
};

void port92_init(struct port92 *p, struct bus *bus, struct wire a20,
		 struct wire reset)
{
	*p = (struct port92){ .a20 = a20, .reset = reset };
	bus_map_ports(bus, PORT, 1, &port92_ports, p);
}

void port92_reset(struct port92 *p)
{
	p->bits = 0;
	wire_set(&p->a20, false);
}

void port92_state(struct port92 *p, struct state *st)
{
	state_section(st, "port92", 1);
	state_u8(st, &p->bits);
	p->bits &= WRITABLE;
}
