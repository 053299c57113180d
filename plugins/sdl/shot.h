/* shot.h - the picture, dot for dot, as a PNG file.  */

#ifndef SDL_SHOT_H
#define SDL_SHOT_H

#include <stdbool.h>
#include <stddef.h>

struct picture;

/* To a new file PROGRAM-0001.png, or with the next number that is free, in this
 * directory (NULL, "": the current one).  text: what its user is told, in any case.  */
bool shot_take(const struct picture *p, const char *program, const char *dir, char *text,
	       size_t size);

#endif
