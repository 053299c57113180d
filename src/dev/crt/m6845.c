/* m6845.c - Motorola's MC6845: registers and counters.  */

#include "dev/crt/m6845.h"

#include <string.h>

#include "state/state.h"

#define CURSOR_MODE	0x60
#define CURSOR_NONE	0x20
#define INTERLACED	0x01
#define INTERLACED_VIDEO	0x03

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

/* --- Interlace --------------------------------------------------------------------- */

static bool is_interlaced(const struct m6845 *c)
{
	return c->reg[M6845_INTERLACE] & INTERLACED;
}

static bool is_video(const struct m6845 *c)
{
	return c->reg[M6845_INTERLACE] == INTERLACED_VIDEO;
}

unsigned m6845_fields(const struct m6845 *c)
{
	return is_interlaced(c) ? 2 : 1;
}

/* Maximum scan line has to be odd then; the bit that tells the fields apart is not
 * compared.  */
static uint8_t max_scan(const struct m6845 *c)
{
	return c->reg[M6845_MAX_SCAN] | is_video(c);
}

uint32_t m6845_lines(const struct m6845 *c)
{
	uint32_t field = (c->reg[M6845_V_TOTAL] + 1u) * (max_scan(c) + 1u) +
		c->reg[M6845_V_ADJUST];

	return is_interlaced(c) ? 2 * field + 1 : field;
}

unsigned m6845_rows(const struct m6845 *c)
{
	unsigned shown = c->reg[M6845_V_SHOWN], total = c->reg[M6845_V_TOTAL] + 1;

	return (shown < total ? shown : total) * (is_video(c) ? 2 : 1);
}

/* --- Counters ---------------------------------------------------------------------- */

static uint8_t first_scan(const struct m6845 *c, const struct m6845_beam *b)
{
	return is_video(c) && b->odd;
}

static uint8_t adjustment(const struct m6845 *c, const struct m6845_beam *b)
{
	return c->reg[M6845_V_ADJUST] + (is_interlaced(c) && !b->odd);
}

uint32_t m6845_shown(const struct m6845 *c)
{
	uint32_t shown = c->reg[M6845_H_SHOWN] * c->dots;

	return shown < m6845_line(c) ? shown : m6845_line(c);
}

static void begin_frame(const struct m6845 *c, struct m6845_beam *b)
{
	b->odd = is_interlaced(c) && !b->odd;
	b->row = 0;
	b->scan = first_scan(c, b);
	b->adjusting = b->second = false;
	b->shown = b->first = true;
	b->address = b->start = m6845_pair(c, M6845_START_HIGH);
}

/* The comparators look when a row begins.  */
static bool begin_row(const struct m6845 *c, struct m6845_beam *b)
{
	if (b->row == c->reg[M6845_V_SHOWN])
		b->shown = false;
	if (b->row != c->reg[M6845_V_SYNC] || b->sync)
		return false;
	b->late = is_interlaced(c) && !b->odd;
	b->sync = M6845_SYNC_LINES + b->late;
	return true;
}

/* Behind the last row the adjustment's lines are counted as if they were another one.  */
static bool end_row(const struct m6845 *c, struct m6845_beam *b)
{
	bool last = b->row == c->reg[M6845_V_TOTAL];

	b->scan = first_scan(c, b);
	b->address = (b->address + c->reg[M6845_H_SHOWN]) & M6845_ADDRESS;
	b->second = is_video(c) && !b->second;
	if (b->second)
		return false;
	b->row = (b->row + 1) & 0x7f;
	b->adjusting = last && adjustment(c, b);
	if (b->adjusting)
		b->scan = 0;
	else if (last)
		begin_frame(c, b);
	return begin_row(c, b);
}

bool m6845_next_line(const struct m6845 *c, struct m6845_beam *b)
{
	b->at += m6845_line(c);
	b->sync -= b->sync > 0;
	b->first = false;
	if (b->adjusting && b->scan + 1 >= adjustment(c, b)) {
		begin_frame(c, b);
		return begin_row(c, b);
	}
	if ((b->scan | is_video(c)) == max_scan(c) && !b->adjusting)
		return end_row(c, b);
	b->scan = (b->scan + (is_video(c) && !b->adjusting ? 2 : 1)) & 0x1f;
	return false;
}

/* Frames with the same registers are alike.  */
void m6845_run(const struct m6845 *c, struct m6845_beam *b, uint64_t dot)
{
	uint32_t line = m6845_line(c);
	uint64_t frame = (uint64_t)line * m6845_lines(c);

	while (dot - b->at >= line && dot > b->at) {
		if (b->first && dot - b->at >= 2 * frame)
			b->at += ((dot - b->at) / frame - 1) * frame;
		m6845_next_line(c, b);
	}
}

/* --- Vertical sync ----------------------------------------------------------------- */

/* The first line of the sync, and it begins in its middle.  */
static bool begins_late(const struct m6845_beam *b)
{
	return b->late && b->sync > M6845_SYNC_LINES;
}

static uint32_t half(const struct m6845 *c)
{
	return m6845_line(c) / 2;
}

bool m6845_is_sync(const struct m6845 *c, const struct m6845_beam *b, uint64_t dot)
{
	bool behind = dot - b->at >= half(c);

	if (begins_late(b))
		return behind;
	return b->sync && !(b->late && b->sync == 1 && behind);
}

uint64_t m6845_sync_end(const struct m6845 *c, const struct m6845_beam *b)
{
	uint64_t whole = b->sync - b->late;

	return b->at + whole * m6845_line(c) + (b->late ? half(c) : 0);
}

uint64_t m6845_next_sync(const struct m6845 *c, const struct m6845_beam *b, uint64_t dot)
{
	struct m6845_beam next = *b;
	unsigned fields = 0;

	if (begins_late(b) && dot < b->at + half(c))
		return b->at + half(c);
	for (unsigned i = 0; i < 2 * M6845_MOST_LINES && fields < 2; i++) {
		if (m6845_next_line(c, &next))
			return next.at + (next.late ? half(c) : 0);
		fields += next.first;
	}
	return UINT64_MAX;
}

/* --- Cursor ------------------------------------------------------------------------ */

/* A flip-flop is set by the first line and cleared by the last, if that comes (J. Parsons,
 * "Emulating IBM PC Cursors").  In a field with every other line it may never meet one of
 * them.  */
bool m6845_cursor_in(const struct m6845 *c, unsigned scan)
{
	unsigned first = c->reg[M6845_CURSOR_START], end = c->reg[M6845_CURSOR_END];
	unsigned start = first & 0x1f, max = max_scan(c);
	bool begins = !is_video(c) || !((start ^ scan) & 1);
	bool ends = !is_video(c) || !((end ^ scan) & 1);

	if ((first & CURSOR_MODE) == CURSOR_NONE || start > max)
		return false;
	if (end > max)
		return true;
	if (begins && ends)
		return start <= end ? scan >= start && scan <= end : scan >= start || scan <= end;
	return begins || (!ends && start > end);
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
	state_bool(st, &b->late);
	state_bool(st, &b->adjusting);
	state_bool(st, &b->shown);
	state_bool(st, &b->first);
	state_bool(st, &b->odd);
	state_bool(st, &b->second);
	b->address &= M6845_ADDRESS;
	b->start &= M6845_ADDRESS;
	b->row &= 0x7f;
	b->scan &= 0x1f;
	b->sync %= M6845_SYNC_LINES + 1 + b->late;
}
