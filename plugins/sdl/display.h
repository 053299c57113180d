/* display.h - the connection to the window system: what to sleep on, and its loss.
 *
 * Xlib ends the process when its server goes away, unless it is told otherwise;
 * SDL does not tell it.  */

#ifndef SDL_DISPLAY_H
#define SDL_DISPLAY_H

#include <SDL_video.h>
#include <stdbool.h>

struct display {
	int fd;				/* readable when something has happened; -1: not known */
	bool lost;			/* nothing may be asked of SDL any more */
};

/* d stays where it is until the process ends.  */
void display_watch(struct display *d, SDL_Window *window);

#endif
