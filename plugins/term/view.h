/* view.h - how the picture lies on the terminal: in the middle of a larger one; of
 * a picture too large, the part with the cursor.  Pixels become half blocks, two
 * to a cell, where the terminal has no pictures of its own.  */

#ifndef TERM_VIEW_H
#define TERM_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "paint.h"
#include "picture.h"

/* Selecting by keys.  */
struct copying {
	bool on, selects;
	unsigned x, y, from_x, from_y;	/* cells of the picture */
};

struct view {
	unsigned width, height;		/* of the terminal */
	unsigned cell_width, cell_height;	/* dots of a cell; 0: not known */
	bool spares_last;		/* no pixels in its last row, which would scroll */
	unsigned pan_x, pan_y;		/* the first cell of the picture that is shown */
	unsigned left, top;		/* where it is shown */
	unsigned shown_x, shown_y;	/* how much of it is shown; of pixels, in cells */
	struct cell *want;
	struct cursor cursor;
};

bool view_size(struct view *v, unsigned width, unsigned height);
void view_fini(struct view *v);
/* pixels: by half blocks; otherwise a graphics picture leaves its place black.  */
void view_compose(struct view *v, const struct picture *p, const struct copying *copy,
		  enum depth depth, bool pixels);
/* Lines of text in a box in the middle, on top of all; at most as wide as fits.  */
void view_box(struct view *v, enum depth depth, const char *const *lines, unsigned count);
/* Where in the picture a cell of the terminal is, 0 to 65535 each way: at its
 * middle.  False: outside.  */
bool view_place(const struct view *v, const struct picture *p, unsigned x, unsigned y,
		uint16_t *place_x, uint16_t *place_y);
/* A row of the picture, without the blanks at its end; answers its length.  */
unsigned view_row(const struct picture *p, unsigned y, enum depth depth, struct cell *to);
bool copying_has(const struct copying *c, unsigned x, unsigned y);

#endif
