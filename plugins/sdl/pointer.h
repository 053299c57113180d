/* pointer.h - the host's mouse, on its way to the guest's.
 *
 * It is either somewhere on the picture, as the window system's pointer is, or
 * caught by the window: then only its movements count, and the pointer is not to
 * be seen.  */

#ifndef SDL_POINTER_H
#define SDL_POINTER_H

#include <SDL_events.h>
#include <stdbool.h>
#include <stdint.h>

#include "plugin.h"
#include "scale.h"

struct pointer {
	const struct plugin_host *host;
	bool caught;
	bool hidden;			/* the window system's pointer, over the window */
	uint8_t buttons;		/* as in struct mouse_event */
	uint16_t x, y;			/* as in struct mouse_event, of the last place */
};

/* Of an event's coordinates, density pixels make one.  */
void pointer_move(struct pointer *p, const SDL_MouseMotionEvent *ev, const struct place *place,
		  float density);
void pointer_press(struct pointer *p, const SDL_MouseButtonEvent *ev);
void pointer_wheel(struct pointer *p, const SDL_MouseWheelEvent *ev);
/* Over a guest's own pointer there is no other.  To be called now and then.  */
void pointer_follow(struct pointer *p);
/* What the guest does with its mouse can only be had by catching the host's.  */
bool pointer_wants_catching(const struct pointer *p);
void pointer_catch(struct pointer *p, bool caught);
/* The mouse is somebody else's now.  */
void pointer_release_all(struct pointer *p);

#endif
