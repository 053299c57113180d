/* display.h - the connection to the window system: what to sleep on, and its loss.
 *
 * When its server goes away Xlib ends the process, unless the handler that it calls does
 * not return; and after that, what is in Xlib, and above it in SDL and Mesa, is in pieces.
 * So whoever calls SDL does it in this way, and never again once it is lost:
 *
 *	if (setjmp(*display_arm(d)) == 0)
 *		...
 *	display_disarm(d);
 */

#ifndef SDL_DISPLAY_H
#define SDL_DISPLAY_H

#include <SDL_video.h>
#include <setjmp.h>
#include <stdbool.h>

struct display {
	int fd;				/* readable when something has happened; -1: not known */
	bool lost;			/* nothing may be asked of SDL any more */
	bool armed;
	jmp_buf back;
};

/* Before SDL begins.  What the server refuses (an OpenGL that is not installed as it should
 * be) is from then on answered as refused, by those who asked; Xlib would end the process.
 * d is malloc'ed, and display_forget() frees it.  */
void display_guard(struct display *d);
void display_watch(struct display *d, SDL_Window *window);
void display_forget(struct display *d);
/* One that was guarded has been lost, in this process.  */
bool display_is_gone(void);

jmp_buf *display_arm(struct display *d);
void display_disarm(struct display *d);

#endif
