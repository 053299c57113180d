/* dma.c - the AT's pair of Intel 8237A DMA controllers.  */

#include "dev/dma.h"

#include "state/state.h"

#define CASCADE_CHANNEL	4

enum {				/* command register */
	CMD_MEMORY = 0x01, CMD_HOLD = 0x02, CMD_DISABLE = 0x04,
};

enum {				/* mode register */
	MODE_TRANSFER = 0x0c, MODE_VERIFY = 0x00, MODE_TO_MEMORY = 0x04,
	MODE_FROM_MEMORY = 0x08, MODE_AUTO = 0x10, MODE_DOWN = 0x20,
	MODE_KIND = 0xc0, MODE_CASCADE = 0xc0,
};

/* Page registers 80h-8Fh: whose.  */
#define NOBODY		0xff
static const uint8_t page_owner[16] = {
	NOBODY, 2, 3, 1, NOBODY, NOBODY, NOBODY, 0,
	NOBODY, 6, 7, 5, NOBODY, NOBODY, NOBODY, 4,
};

static struct dma_controller *controller_of(struct dma *d, unsigned channel)
{
	return &d->controller[channel >> 2];
}

static bool is_wide(unsigned channel)
{
	return channel >= 4;
}

/* The address on the bus of one transfer.  A word channel's lines are
 * shifted by one, and its page has no bit 0.  */
static uint32_t bus_address(const struct dma *d, unsigned channel)
{
	const struct dma_channel *c = &d->channel[channel];

	if (is_wide(channel))
		return (uint32_t)(c->page & 0xfe) << 16 | (uint32_t)c->address << 1;
	return (uint32_t)c->page << 16 | c->address;
}

/* "TC goes active when the count goes from 0000h to FFFFh."  */
static void terminal_count(struct dma *d, unsigned channel)
{
	struct dma_controller *k = controller_of(d, channel);
	struct dma_channel *c = &d->channel[channel];
	uint8_t bit = 1 << (channel & 3);

	k->status |= bit;
	k->request &= ~bit;
	if (c->mode & MODE_AUTO) {
		c->address = c->base_address;
		c->count = c->base_count;
	} else {
		k->mask |= bit;
	}
}

/* n transfers are done; n is not more than the count allows.  */
static void advance(struct dma *d, unsigned channel, uint32_t n)
{
	struct dma_channel *c = &d->channel[channel];
	bool last = n == (uint32_t)c->count + 1;

	c->address += c->mode & MODE_DOWN ? -n : n;
	c->count -= n;
	if (last)
		terminal_count(d, channel);
}

/* How many transfers lie in one piece of memory: up to the count's end and
 * the end of the page, where the address wraps.  Downwards: one.  */
static uint32_t in_one_piece(const struct dma_channel *c, uint32_t wanted)
{
	uint32_t to_end = 0x10000 - c->address, left = (uint32_t)c->count + 1;

	if (c->mode & MODE_DOWN)
		return 1;
	if (left < wanted)
		wanted = left;
	return to_end < wanted ? to_end : wanted;
}

static void move_piece(struct dma *d, unsigned channel, uint8_t *buf, size_t bytes)
{
	uint8_t transfer = d->channel[channel].mode & MODE_TRANSFER;

	if (transfer == MODE_TO_MEMORY)
		bus_copy_out(d->bus, bus_address(d, channel), buf, bytes);
	else if (transfer == MODE_FROM_MEMORY)
		bus_copy_in(d->bus, buf, bus_address(d, channel), bytes);
}

static bool ready(const struct dma *d, unsigned channel, bool to_memory)
{
	const struct dma_controller *k = &d->controller[channel >> 2];
	const struct dma_channel *c = &d->channel[channel];
	uint8_t transfer = c->mode & MODE_TRANSFER;

	if (k->command & CMD_DISABLE || k->mask >> (channel & 3) & 1)
		return false;
	if ((c->mode & MODE_KIND) == MODE_CASCADE)
		return false;
	/* Channels 0-3 reach the CPU through channel 4.  */
	if (!is_wide(channel) && (d->controller[1].command & CMD_DISABLE ||
				  d->controller[1].mask & 1))
		return false;
	return transfer == MODE_VERIFY ||
		transfer == (to_memory ? MODE_TO_MEMORY : MODE_FROM_MEMORY);
}

static size_t dma_move(void *ctx, unsigned channel, uint8_t *buf, size_t n, bool to_memory)
{
	struct dma *d = ctx;
	struct dma_channel *c = &d->channel[channel];
	size_t width = is_wide(channel) ? 2 : 1, done = 0;

	if (!ready(d, channel, to_memory))
		return 0;
	while (done + width <= n) {
		size_t left = (n - done) / width;
		uint32_t part = in_one_piece(c, left > 0x10000 ? 0x10000 : left);
		bool last = part == (uint32_t)c->count + 1;

		move_piece(d, channel, buf + done, part * width);
		advance(d, channel, part);
		done += part * width;
		if (last)
			break;
	}
	return done;
}

struct dma_line dma_line(struct dma *d, unsigned channel)
{
	return (struct dma_line){ dma_move, d, channel & 7 };
}

bool dma_terminal_count(const struct dma *d, unsigned channel)
{
	return d->controller[channel >> 2 & 1].status >> (channel & 3) & 1;
}

/* Channel 0 to channel 1, a byte at a time through the temporary register,
 * until channel 1's count ends.  */
static void memory_to_memory(struct dma *d)
{
	struct dma_controller *k = &d->controller[0];
	bool done;

	do {
		bus_copy_in(d->bus, &k->temporary, bus_address(d, 0), 1);
		bus_copy_out(d->bus, bus_address(d, 1), &k->temporary, 1);
		if (!(k->command & CMD_HOLD))
			d->channel[0].address += d->channel[0].mode & MODE_DOWN ? -1 : 1;
		d->channel[0].count--;
		done = d->channel[1].count == 0;
		advance(d, 1, 1);
	} while (!done);
	k->request &= ~1;
}

static void write_request(struct dma *d, unsigned which, uint8_t val)
{
	struct dma_controller *k = &d->controller[which];
	uint8_t bit = 1 << (val & 3);

	k->request = val & 4 ? k->request | bit : k->request & ~bit;
	if (which == 0 && k->request & 1 && k->command & CMD_MEMORY &&
	    !(k->command & CMD_DISABLE))
		memory_to_memory(d);
}

/* "Master clear has the same effect as the hardware RESET."  */
static void master_clear(struct dma_controller *k)
{
	*k = (struct dma_controller){ .mask = 0x0f };
}

static void write_channel(struct dma *d, unsigned reg, unsigned which, uint8_t val)
{
	struct dma_controller *k = &d->controller[which];
	struct dma_channel *c = &d->channel[which * 4 + (reg >> 1)];
	uint16_t *base = reg & 1 ? &c->base_count : &c->base_address;
	uint16_t *current = reg & 1 ? &c->count : &c->address;
	unsigned shift = k->high_next ? 8 : 0;

	*base = (*base & ~(0xff << shift)) | val << shift;
	*current = (*current & ~(0xff << shift)) | val << shift;
	k->high_next = !k->high_next;
}

static uint8_t read_channel(struct dma *d, unsigned reg, unsigned which)
{
	struct dma_controller *k = &d->controller[which];
	const struct dma_channel *c = &d->channel[which * 4 + (reg >> 1)];
	uint16_t current = reg & 1 ? c->count : c->address;
	uint8_t byte = k->high_next ? current >> 8 : current;

	k->high_next = !k->high_next;
	return byte;
}

static void write_register(struct dma *d, unsigned reg, unsigned which, uint8_t val)
{
	struct dma_controller *k = &d->controller[which];
	uint8_t bit = 1 << (val & 3);

	switch (reg) {
	case 0x8:
		k->command = val;
		break;
	case 0x9:
		write_request(d, which, val);
		break;
	case 0xa:
		k->mask = val & 4 ? k->mask | bit : k->mask & ~bit;
		break;
	case 0xb:
		d->channel[which * 4 + (val & 3)].mode = val;
		break;
	case 0xc:
		k->high_next = false;
		break;
	case 0xd:
		master_clear(k);
		break;
	case 0xe:
		k->mask = 0;
		break;
	case 0xf:
		k->mask = val & 0x0f;
		break;
	}
}

/* Reading the status clears its terminal-count bits.  */
static uint8_t read_register(struct dma *d, unsigned reg, unsigned which)
{
	struct dma_controller *k = &d->controller[which];
	uint8_t val = 0xff;

	if (reg == 0x8) {
		val = k->status | k->request << 4;
		k->status = 0;
	} else if (reg == 0xd) {
		val = k->temporary;
	} else if (reg == 0xf) {
		val = 0xf0 | k->mask;
	}
	return val;
}

/* The second controller's address lines are shifted by one as well.  */
static unsigned register_of(uint32_t port, unsigned *which)
{
	*which = port >= 0xc0;
	return *which ? (port - 0xc0) >> 1 : port;
}

static void dma_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	unsigned which, reg = register_of(port, &which);

	(void)size;
	if (reg < 8)
		write_channel(dev, reg, which, val);
	else
		write_register(dev, reg, which, val);
}

static uint32_t dma_read(void *dev, uint32_t port, unsigned size)
{
	unsigned which, reg = register_of(port, &which);

	(void)size;
	return reg < 8 ? read_channel(dev, reg, which) : read_register(dev, reg, which);
}

static uint8_t *page_register(struct dma *d, uint32_t port)
{
	uint8_t owner = page_owner[port & 15];

	return owner == NOBODY ? &d->spare[port & 15] : &d->channel[owner].page;
}

static void page_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	(void)size;
	*page_register(dev, port) = val;
}

static uint32_t page_read(void *dev, uint32_t port, unsigned size)
{
	(void)size;
	return *page_register(dev, port);
}

static const struct bus_ops dma_ports = {
	.name = "dma", .read = dma_read, .write = dma_write, .narrow = true,
};

static const struct bus_ops page_ports = {
	.name = "dma page", .read = page_read, .write = page_write, .narrow = true,
};

/* 80h, the first of the spare registers, is the diagnostic port's.  */
void dma_init(struct dma *d, struct bus *bus)
{
	*d = (struct dma){ .bus = bus };
	bus_map_ports(bus, 0x00, 0x10, &dma_ports, d);
	bus_map_ports(bus, 0xc0, 0x20, &dma_ports, d);
	bus_map_ports(bus, 0x81, 0x0f, &page_ports, d);
	dma_reset(d);
}

void dma_reset(struct dma *d)
{
	*d = (struct dma){ .bus = d->bus };
	master_clear(&d->controller[0]);
	master_clear(&d->controller[1]);
	d->channel[CASCADE_CHANNEL].mode = MODE_CASCADE;
}

void dma_state(struct dma *d, struct state *st)
{
	state_section(st, "dma", 1);
	for (unsigned i = 0; i < 2; i++) {
		struct dma_controller *k = &d->controller[i];

		state_u8(st, &k->command);
		state_u8(st, &k->status);
		state_u8(st, &k->mask);
		state_u8(st, &k->request);
		state_u8(st, &k->temporary);
		state_bool(st, &k->high_next);
	}
	for (unsigned i = 0; i < DMA_CHANNELS; i++) {
		struct dma_channel *c = &d->channel[i];

		state_u16(st, &c->base_address);
		state_u16(st, &c->base_count);
		state_u16(st, &c->address);
		state_u16(st, &c->count);
		state_u8(st, &c->mode);
		state_u8(st, &c->page);
	}
	state_bytes(st, d->spare, sizeof d->spare);
}
