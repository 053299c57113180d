/* post.c - the diagnostic port.  */

#include "dev/post.h"

#include "state/state.h"

#define PORT	0x80

static void post_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	struct post *p = dev;

	(void)port, (void)size;
	p->last = val;
	if (p->code)
		p->code(p->ctx, val);
}

static uint32_t post_read(void *dev, uint32_t port, unsigned size)
{
	const struct post *p = dev;

	(void)port, (void)size;
	return p->last;
}

static const struct bus_ops post_ports = {
	.name = "post", .read = post_read, .write = post_write, .narrow = true,
};

void post_init(struct post *p, struct bus *bus,
	       void (*code)(void *ctx, uint8_t code), void *ctx)
{
	*p = (struct post){ .code = code, .ctx = ctx };
	bus_map_ports(bus, PORT, 1, &post_ports, p);
}

void post_reset(struct post *p)
{
	p->last = 0;
}

void post_state(struct post *p, struct state *st)
{
	state_section(st, "post", 1);
	state_u8(st, &p->last);
}
