/* dots.c - single dots of a picture in the memory, for a pointer that is drawn from
 * behind the registers.  Where a dot is follows from the registers that show it; line.c
 * draws by the same rules.  */

#include "dev/crt/parts.h"

#define BANK		0x2000u

/* Dots of the card's clock that make one of the picture's.  */
static unsigned unit(const struct crt *c)
{
	return c->model->mono || c->mode & MODE_640 ? 1 : 2;
}

static unsigned lines_of_row(const struct crt *c)
{
	return c->crtc.reg[M6845_MAX_SCAN] + 1;
}

bool crt_dots(const struct crt *c, struct video_dots *d)
{
	if (!crt_is_graphics(c))
		return false;
	*d = (struct video_dots){
		.width = m6845_shown(&c->crtc) / unit(c),
		.height = c->crtc.reg[M6845_V_SHOWN] * lines_of_row(c),
		.pairs = unit(c) == 2, .white = unit(c) == 2 ? 3 : 1,
		.start = m6845_pair(&c->crtc, M6845_START_HIGH),
	};
	return true;
}

/* Where its byte is; *shift is of its lowest bit there.  */
static uint32_t byte_of(const struct crt *c, unsigned start, unsigned x, unsigned y,
			unsigned *shift)
{
	unsigned dot = x * unit(c), scan = y % lines_of_row(c), in = dot % c->crtc.dots;
	uint32_t address = start + y / lines_of_row(c) * c->crtc.reg[M6845_H_SHOWN] +
		dot / c->crtc.dots;
	uint32_t at = (address * 2 & (BANK - 1)) + (in >> 3 & 1);

	*shift = 8 - unit(c) - (in & 7 & ~(unit(c) - 1));
	if (!c->model->mono)
		return at | (scan & 1) * BANK;
	return at | (scan & 3) * BANK | (c->mode & MODE_PAGE ? 4 * BANK : 0);
}

uint32_t crt_get_dot(const struct crt *c, unsigned start, unsigned x, unsigned y)
{
	unsigned shift;
	uint32_t at = byte_of(c, start, x, y, &shift);

	return crt_byte(c, at) >> shift & (unit(c) == 2 ? 3 : 1);
}

/* Everybody who has read it must hear of it.  */
void crt_put_dot(struct crt *c, unsigned start, unsigned x, unsigned y, uint32_t val)
{
	unsigned shift;
	uint32_t at = byte_of(c, start, x, y, &shift) & c->mask;
	uint8_t mask = (unit(c) == 2 ? 3 : 1) << shift;

	bus_write(c->bus, c->model->at + at, (c->memory[at] & ~mask) | (val << shift & mask), 1);
}
