/* m6845.c - Motorola's MC6845: registers and counters.  */

#include "dev/crt/m6845.h"

#include <string.h>

#include "state/state.h"

#define CURSOR_MODE	0x60
#define CURSOR_NONE	0x20

/* MC6845 data sheet, "Internal register assignment".  16 and 17 are the light pen's. */
static const uint8_t bits[M6845_REGISTERS] = {
	0xff, 0xff, 0xff, 0x0f, 0x7f, 0x1f, 0x7f, 0x7f, 0x03, 0x1f, 0x7f, 0x1f, 0x3f, 0xff, 0x3f,
	0xff, 0x3f, 0xff,
};

void m6845_reset(struct m6845 *c, uint8_t dots)
{
	memset(c, 0, sizeof *c);
	c->dots = dots;
}

/* Only the cursor and the light pen can be read.  */
uint8_t m6845_read(const struct m6845 *c)
{
	return c->index >= M6845_CURSOR_HIGH && c->index < M6845_REGISTERS ? c->reg[c->index] : 0;
}

unsigned m6845_written(const struct m6845 *c, uint8_t *val)
{
	if (c->index >= M6845_PEN_HIGH)
		return M6845_REGISTERS;
	*val &= bits[c->index];
	return c->index;
}

uint32_t m6845_line(const struct m6845 *c)
{
	return (c->reg[M6845_H_TOTAL] + 1u) * c->dots;
}

uint32_t m6845_lines(const struct m6845 *c)
{
	return (c->reg[M6845_V_TOTAL] + 1u) * (c->reg[M6845_MAX_SCAN] + 1u) +
		c->reg[M6845_V_ADJUST];
}

uint32_t m6845_shown(const struct m6845 *c)
{
	uint32_t shown = c->reg[M6845_H_SHOWN] * c->dots;

	return shown < m6845_line(c) ? shown : m6845_line(c);
}

static void begin_frame(const struct m6845 *c, struct m6845_beam *b)
{
	b->row = b->scan = 0;
	b->adjusting = false;
	b->shown = true;
	b->address = b->start = m6845_pair(c, M6845_START_HIGH);
}

/* The comparators look when a row begins.  */
static bool begin_row(const struct m6845 *c, struct m6845_beam *b)
{
	if (b->row == c->reg[M6845_V_SHOWN])
		b->shown = false;
	if (b->row != c->reg[M6845_V_SYNC] || b->sync)
		return false;
	b->sync = M6845_SYNC_LINES;
	return true;
}

/* Behind the last row the adjustment's lines are counted as if they were another one.  */
static bool end_row(const struct m6845 *c, struct m6845_beam *b)
{
	bool last = b->row == c->reg[M6845_V_TOTAL];

	b->scan = 0;
	b->address = (b->address + c->reg[M6845_H_SHOWN]) & M6845_ADDRESS;
	b->row = (b->row + 1) & 0x7f;
	if (last && c->reg[M6845_V_ADJUST])
		b->adjusting = true;
	else if (last)
		begin_frame(c, b);
	return begin_row(c, b);
}

bool m6845_next_line(const struct m6845 *c, struct m6845_beam *b)
{
	b->at += m6845_line(c);
	b->sync -= b->sync > 0;
	if (b->adjusting && b->scan + 1 >= c->reg[M6845_V_ADJUST]) {
		begin_frame(c, b);
		return begin_row(c, b);
	}
	if (b->scan == c->reg[M6845_MAX_SCAN] && !b->adjusting)
		return end_row(c, b);
	b->scan = (b->scan + 1) & 0x1f;
	return false;
}

bool m6845_is_first_line(const struct m6845_beam *b)
{
	return b->row == 0 && b->scan == 0 && !b->adjusting;
}

/* Frames with the same registers are alike.  */
void m6845_run(const struct m6845 *c, struct m6845_beam *b, uint64_t dot)
{
	uint32_t line = m6845_line(c);
	uint64_t frame = (uint64_t)line * m6845_lines(c);

	while (dot - b->at >= line && dot > b->at) {
		if (m6845_is_first_line(b) && dot - b->at >= 2 * frame)
			b->at += ((dot - b->at) / frame - 1) * frame;
		m6845_next_line(c, b);
	}
}

uint64_t m6845_next_sync(const struct m6845 *c, const struct m6845_beam *b)
{
	struct m6845_beam next = *b;
	unsigned frames = 0;

	for (unsigned i = 0; i < 2 * M6845_MOST_LINES && frames < 2; i++) {
		if (m6845_next_line(c, &next))
			return next.at;
		frames += m6845_is_first_line(&next);
	}
	return UINT64_MAX;
}

bool m6845_cursor_in(const struct m6845 *c, unsigned scan)
{
	uint8_t start = c->reg[M6845_CURSOR_START], end = c->reg[M6845_CURSOR_END];

	if ((start & CURSOR_MODE) == CURSOR_NONE)
		return false;
	start &= 0x1f;
	return start <= end ? scan >= start && scan <= end : scan >= start || scan <= end;
}

bool m6845_cursor(const struct m6845 *c, uint16_t address, unsigned scan)
{
	return ((address ^ m6845_pair(c, M6845_CURSOR_HIGH)) & M6845_ADDRESS) == 0 &&
		m6845_cursor_in(c, scan);
}

void m6845_state(struct m6845 *c, struct state *st)
{
	state_u8(st, &c->index);
	state_bytes(st, c->reg, sizeof c->reg);
	state_u8(st, &c->dots);
	for (unsigned i = 0; i < M6845_REGISTERS; i++)
		c->reg[i] &= bits[i];
	c->index &= 0x1f;
}

void m6845_beam_state(struct m6845_beam *b, struct state *st)
{
	state_u64(st, &b->at);
	state_u16(st, &b->address);
	state_u16(st, &b->start);
	state_u8(st, &b->row);
	state_u8(st, &b->scan);
	state_u8(st, &b->sync);
	state_bool(st, &b->adjusting);
	state_bool(st, &b->shown);
	b->address &= M6845_ADDRESS;
	b->start &= M6845_ADDRESS;
	b->row &= 0x7f;
	b->scan &= 0x1f;
	b->sync %= M6845_SYNC_LINES + 1;
}
