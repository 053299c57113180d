/* scale.h - where in the window the picture stands, and how its dots are made larger.
 *
 * A monitor of that time is 4:3 whatever the mode: 320x200 dots are not square.  */

#ifndef SDL_SCALE_H
#define SDL_SCALE_H

#include <stdbool.h>
#include <stdint.h>

enum scaler {
	SCALER_SHARP,			/* 4:3; dots with sharp edges, all of one size */
	SCALER_INTEGER,			/* whole multiples, each way as near to 4:3 as they can be */
	SCALER_LINEAR,			/* 4:3; smooth */
	SCALER_NEAREST,			/* 4:3; dots of unequal sizes */
	SCALER_CRT,			/* 4:3; a monitor's tube */
	SCALERS
};

/* What the user calls them.  SCALERS: there is none of this name.  */
enum scaler scale_named(const char *name);
const char *scale_name(enum scaler s);

struct place {
	int x, y, width, height;	/* of the picture, in the window's pixels */
	unsigned times_x, times_y;	/* each dot is first made so large; 1: as it is */
	bool smooth;			/* and the rest is interpolated */
};

/* A picture of so many dots, at least 1, in a window of so many pixels.  */
struct place scale_place(enum scaler s, unsigned dots_x, unsigned dots_y, int width, int height);

/* A point of the window as one of the picture: 0 left, top; 65535 right, bottom.
 * What is beside the picture is at its edge.  */
void scale_point(const struct place *p, int x, int y, uint16_t *at_x, uint16_t *at_y);

#endif
