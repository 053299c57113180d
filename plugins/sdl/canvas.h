/* canvas.h - the picture drawn by the processor, at the size in which it is shown.  */

#ifndef SDL_CANVAS_H
#define SDL_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "crt.h"
#include "scale.h"
#include "stretch.h"

struct picture;

struct canvas {
	struct stretch stretch;
	struct crt *crt;		/* NULL: has not been wanted yet */
};

void canvas_fini(struct canvas *c);
/* Draws what of the picture is dirty, or all of it, into out: width * height pixels, rows
 * of pitch.  [*from, *to) are the rows that are other ones now.  False: no memory.  */
bool canvas_draw(struct canvas *c, enum scaler scaler, struct picture *p, bool all, int width,
		 int height, uint32_t *out, int pitch, int *from, int *to);

#endif
