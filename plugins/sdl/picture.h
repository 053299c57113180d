/* picture.h - the last frame, as dots.  */

#ifndef SDL_PICTURE_H
#define SDL_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "plugin.h"

struct picture {
	uint32_t *dot;			/* width * height, 0xRRGGBB; NULL: none has come yet */
	unsigned width, height;
	unsigned dirty_top, dirty_bottom;	/* rows that whoever shows it has not shown */
	unsigned rate_mhz;		/* as in struct frame */
	/* What the dots were made of.  */
	enum frame_kind kind;
	uint32_t palette[256];
	unsigned font_serial;
};

/* False: no memory.  Text that comes as cells, because somebody else wants it so,
 * is drawn as the card does; what blinks is lit.  */
bool picture_take(struct picture *p, const struct frame *f);
void picture_fini(struct picture *p);

#endif
