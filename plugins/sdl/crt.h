/* crt.h - the picture as a colour monitor's tube shows it.
 *
 * Each line of the picture is drawn by a beam whose spot is the wider the brighter it is,
 * so dark lines have gaps between them and white ones run together; a grille of
 * stripes is before the phosphor.  Light is added and spread as light, not as the numbers
 * that stand for it.  Where the window has too few rows of pixels for a line, there are no
 * gaps, and so no patterns of theirs.  */

#ifndef SDL_CRT_H
#define SDL_CRT_H

#include <stdbool.h>
#include <stdint.h>

#define CRT_TAPS	4		/* dots that a spot reaches sideways */
#define CRT_PHASES	32		/* places of a row of pixels between two lines */
#define CRT_LEVELS	256
#define CRT_LIGHTS	16384		/* twice what is white, and not all of it is reached */

struct crt_column {
	uint16_t at[CRT_TAPS], part[CRT_TAPS];	/* of 4096 together */
};

struct crt_row {
	int16_t at;			/* the line above; -1: above the first */
	uint8_t phase;
};

struct crt {
	unsigned dots_x, dots_y;	/* of the picture; 0: nothing is ready */
	int width, height;		/* in pixels */
	struct crt_column *column;
	struct crt_row *row;
	uint8_t *line[2];		/* red, green, blue of each pixel along a line, as levels */
	uint16_t *grille;		/* what it lets through of each, of 256 */
	uint16_t light[CRT_LEVELS];	/* of a level, of 65535 */
	uint8_t level[4096];		/* of light, of 4095 */
	uint8_t shown[CRT_LIGHTS];	/* the number for the window */
	/* What a level of the line above, and of that below, lights a row of this phase.  */
	uint16_t beam[CRT_PHASES][2][CRT_LEVELS];
};

/* As stretch.h has them.  */
bool crt_fit(struct crt *c, unsigned dots_x, unsigned dots_y, int width, int height, bool *anew);
void crt_fini(struct crt *c);
void crt_reach(const struct crt *c, unsigned top, unsigned bottom, int *from, int *to);
void crt_rows(struct crt *c, const uint32_t *dot, int from, int to, uint32_t *out, int pitch);

#endif
