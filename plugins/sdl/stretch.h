/* stretch.h - the picture made as large as it is shown, by the processor: for windows
 * that no graphics hardware draws.  */

#ifndef SDL_STRETCH_H
#define SDL_STRETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "scale.h"

/* A pixel is this dot, and `part' of 256 of it the next one.  */
struct tap {
	uint16_t at, part;
};

struct stretch {
	enum scaler scaler;
	unsigned dots_x, dots_y;	/* of the picture; 0: nothing is ready */
	int width, height;		/* in pixels */
	struct tap *column, *row;
	uint32_t *line[2];		/* rows of dots made wide: the even one, the odd one */
};

/* Be ready for such a picture; *anew: it is not as it was.  False: no memory.  */
bool stretch_fit(struct stretch *s, enum scaler scaler, unsigned dots_x, unsigned dots_y,
		 int width, int height, bool *anew);
void stretch_fini(struct stretch *s);

/* The pixels [from, to) of rows that show something of the dots' rows [top, bottom).  */
void stretch_reach(const struct stretch *s, unsigned top, unsigned bottom, int *from, int *to);
/* The rows [from, to) of the picture of these dots; out is its row 0, of pitch pixels.  */
void stretch_rows(struct stretch *s, const uint32_t *dot, int from, int to, uint32_t *out,
		  int pitch);

#endif
