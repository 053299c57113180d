/* paint.h - makes a terminal show cells by sending it as little as it takes.
 *
 * The painter knows what the terminal shows; the difference to what is wanted is
 * put into a struct out.  Cells are in the terminal's terms already: characters
 * of one column, colours as caps_color() has made them.  */

#ifndef TERM_PAINT_H
#define TERM_PAINT_H

#include <stdbool.h>
#include <stdint.h>

#include "caps.h"
#include "out.h"

#define CELL_UNKNOWN	UINT32_MAX

struct cell {
	uint32_t ch;			/* Unicode; CELL_UNKNOWN: whatever is there */
	uint32_t fg, bg;
	bool blink, underline;
};

enum cursor_shape { CURSOR_HIDDEN, CURSOR_LINE, CURSOR_BLOCK };

struct cursor {
	enum cursor_shape shape;
	unsigned x, y;
};

struct painter {
	const struct caps *caps;
	unsigned width, height;
	struct cell *have;		/* what the terminal shows */
	struct cell pen;		/* its colours now; ch is not used */
	bool pen_known;
	unsigned x, y;			/* where its cursor is, if placed */
	bool placed;
	struct cursor cursor;		/* as it was last shown */
	bool cursor_known;
};

/* A terminal of this size, of which nothing is known.  False: no memory.  */
bool paint_size(struct painter *p, unsigned width, unsigned height);
void paint_fini(struct painter *p);
/* What the terminal shows is not known any more.  */
void paint_forget(struct painter *p);
/* Clear the whole terminal.  */
void paint_clear(struct painter *p, struct out *o);
/* want: width * height cells.  */
void paint_show(struct painter *p, struct out *o, const struct cell *want,
		const struct cursor *cursor);
/* Cells where the terminal's cursor is, for a line of a usual stream; the pen is
 * normal afterwards.  */
void paint_line(struct painter *p, struct out *o, const struct cell *cell, unsigned count);

#endif
