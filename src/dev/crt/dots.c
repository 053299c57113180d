/* dots.c - single dots of a picture in the memory, for a pointer that is drawn from
 * behind the registers.  Where a dot is follows from the registers that show it; line.c
 * draws by the same rules.  */

#include "dev/crt/parts.h"

#define BANK		0x2000u

static unsigned lines_of_row(const struct crt *c)
{
	return c->crtc.reg[M6845_MAX_SCAN] + 1;
}

static unsigned depth_of(const struct crt *c)
{
	return c->model->mono ? 1 : crt_depth(c);
}

bool crt_dots(const struct crt *c, struct video_dots *d)
{
	if (!crt_is_graphics(c))
		return false;
	*d = (struct video_dots){
		.width = m6845_shown(&c->crtc) / crt_unit(c),
		.height = m6845_rows(&c->crtc) * lines_of_row(c),
		.pairs = depth_of(c) == 2 && !crt_pairs(c),
		.white = (1 << depth_of(c)) - 1,
		.start = m6845_pair(&c->crtc, M6845_START_HIGH),
	};
	return true;
}

/* Two bytes, the first one higher, and which of their bits are the dot, the lowest
 * first.  */
struct place { uint32_t at; unsigned count; uint8_t bit[4]; };

static struct place place_of(const struct crt *c, unsigned start, unsigned x, unsigned y)
{
	unsigned scan = y % lines_of_row(c), dot = x * crt_unit(c), in = dot % c->crtc.dots;
	unsigned depth = depth_of(c), n = in / crt_unit(c) % (16 / depth);
	uint32_t address = start + y / lines_of_row(c) * c->crtc.reg[M6845_H_SHOWN] +
		dot / c->crtc.dots;
	struct place p = { .at = address * 2 & (BANK - 1), .count = depth };

	if (!c->model->mono)
		p.at |= (scan & crt_banks(c)) * BANK;
	else
		p.at |= (scan & 3) * BANK | crt_hercules_page(c);
	for (unsigned i = 0; i < depth; i++)
		p.bit[i] = crt_pairs(c) ? 15 - 8 * i - n : 16 - depth * (n + 1) + i;
	return p;
}

static unsigned word_at(const struct crt *c, uint32_t at)
{
	return crt_byte(c, at) << 8 | crt_byte(c, at + 1);
}

uint32_t crt_get_dot(const struct crt *c, unsigned start, unsigned x, unsigned y)
{
	struct place p = place_of(c, start, x, y);
	unsigned word = word_at(c, p.at), val = 0;

	for (unsigned i = 0; i < p.count; i++)
		val |= (word >> p.bit[i] & 1) << i;
	return val;
}

/* Everybody who has read it must hear of it.  */
void crt_put_dot(struct crt *c, unsigned start, unsigned x, unsigned y, uint32_t val)
{
	struct place p = place_of(c, start, x, y);
	unsigned word = word_at(c, p.at);
	uint32_t base = c->memory - c->bus->ram;

	for (unsigned i = 0; i < p.count; i++)
		word = (word & ~(1u << p.bit[i])) | (val >> i & 1) << p.bit[i];
	bus_write(c->bus, base + (p.at & c->mask), word >> 8, 1);
	bus_write(c->bus, base + ((p.at + 1) & c->mask), word & 0xff, 1);
	c->draw.memory = true;
}
