/* m6845.h - Motorola's MC6845 CRT controller (data sheet DS9838), which the cards
 * before the EGA are built around.
 *
 * It counts characters, scan lines and rows.  Nothing runs for that: its owner asks
 * for the counters at a date, given in dots since power-on, and they are carried
 * forward from where they were, with the registers as they are now; so they must be
 * brought up to date before a register changes.  The counters are a struct apart,
 * because the picture is drawn by a second pair that runs behind.
 *
 * Interlaced frames have two fields (data sheet, "Interlace mode register").  The even
 * one's vertical sync begins and ends in the middle of a line, and it has a line more at
 * its end (measured on an Amstrad's: CPCWiki, "CRTC"), so that syncs are equally far
 * apart; therefore the odd field's lines lie half a line lower.  With interlace sync both
 * fields show the same.  With interlace sync and video the even one has the even scan
 * lines of each character, the odd one the odd ones; then a row of the vertical counter is
 * two rows of characters, for "Nvd must be one half the actual number".  */

#ifndef DEV_CRT_M6845_H
#define DEV_CRT_M6845_H

#include <stdbool.h>
#include <stdint.h>

struct state;

enum m6845_register {
	M6845_H_TOTAL, M6845_H_SHOWN, M6845_H_SYNC, M6845_SYNC_WIDTH,
	M6845_V_TOTAL, M6845_V_ADJUST, M6845_V_SHOWN, M6845_V_SYNC,
	M6845_INTERLACE, M6845_MAX_SCAN, M6845_CURSOR_START, M6845_CURSOR_END,
	M6845_START_HIGH, M6845_START_LOW, M6845_CURSOR_HIGH, M6845_CURSOR_LOW,
	M6845_PEN_HIGH, M6845_PEN_LOW, M6845_REGISTERS
};

#define M6845_ADDRESS		0x3fff	/* its address has 14 bits */
#define M6845_SYNC_LINES	16	/* the vertical sync's, which are not programmable */
/* No field has more lines.  */
#define M6845_MOST_LINES	(128 * 32 + 33)

/* At the start of a scan line.  */
struct m6845_beam {
	uint64_t at;			/* dots since power-on */
	uint16_t address;		/* of the row */
	uint16_t start;			/* of the frame */
	uint8_t row, scan;
	uint8_t sync;			/* lines of vertical sync that are left, this one counted; */
	bool late;			/* of its first and last one a half */
	bool adjusting;			/* past the last row */
	bool shown;			/* vertical display enable */
	bool first;			/* of a field, which is the frame if nothing is interlaced */
	bool odd;			/* the field */
	bool second;			/* of the two rows of characters */
};

struct m6845 {
	uint8_t index, reg[M6845_REGISTERS];
	uint8_t dots;			/* of a character; the owner's clock decides, never 0 */
};

void m6845_reset(struct m6845 *c, uint8_t dots);
void m6845_state(struct m6845 *c, struct state *st);
void m6845_beam_state(struct m6845_beam *b, struct state *st);

uint8_t m6845_read(const struct m6845 *c);
/* What the register that the index names would become by this write; answers its number,
 * M6845_REGISTERS if it cannot be written.  The owner stores it.  */
unsigned m6845_written(const struct m6845 *c, uint8_t *val);

/* Dots of a line; lines after which all begins again, which are of so many fields.  */
uint32_t m6845_line(const struct m6845 *c);
uint32_t m6845_lines(const struct m6845 *c);
unsigned m6845_fields(const struct m6845 *c);
uint32_t m6845_shown(const struct m6845 *c);		/* displayed dots of a line */

/* The next scan line begins.  True: the vertical sync does, with it or within it.  */
bool m6845_next_line(const struct m6845 *c, struct m6845_beam *b);
/* On to the line in which this dot lies.  */
void m6845_run(const struct m6845 *c, struct m6845_beam *b, uint64_t dot);
/* Is there vertical sync at this dot, which is in the beam's line?  */
bool m6845_is_sync(const struct m6845 *c, const struct m6845_beam *b, uint64_t dot);
/* Where that ends; where the next one after this dot begins, UINT64_MAX if there is none.  */
uint64_t m6845_sync_end(const struct m6845 *c, const struct m6845_beam *b);
uint64_t m6845_next_sync(const struct m6845 *c, const struct m6845_beam *b, uint64_t dot);

static inline uint16_t m6845_pair(const struct m6845 *c, unsigned high)
{
	return c->reg[high] << 8 | c->reg[high + 1];
}

/* Rows of characters that are displayed.  */
unsigned m6845_rows(const struct m6845 *c);

/* The cursor is at this address, and has dots in this scan line; whether it blinks is
 * the card's affair.  */
bool m6845_cursor(const struct m6845 *c, uint16_t address, unsigned scan);
bool m6845_cursor_in(const struct m6845 *c, unsigned scan);

#endif
