/* dots.h - the picture of a graphics mode as dots in a card's memory: for those who draw
 * from behind its registers, in the middle of whatever a program does to them.  */

#ifndef DEV_DOTS_H
#define DEV_DOTS_H

#include <stdbool.h>
#include <stdint.h>

struct video_dots {
	unsigned width, height;
	bool pairs;			/* two bits a dot, side by side, as a CGA has them */
	uint32_t white;			/* a dot that is white; all bits that count, or of 256
					 * colours the 16th */
	unsigned start;			/* what is shown begins there, in the card's measure */
};

#endif
