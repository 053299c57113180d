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

/* Before the first window: what the server refuses (an OpenGL that is not installed as it
 * should be) is answered as refused, by those who asked; Xlib would end the process.  */
void display_guard(void);
/* d stays where it is until the process ends.  */
void display_watch(struct display *d, SDL_Window *window);

#endif
