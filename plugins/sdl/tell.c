/* tell.c - a box with a line in it, before there is a window or after.  */

#include "sdl.h"

#include <SDL.h>

bool sdl_tell(const char *text)
{
	if (display_is_gone())
		return false;
	/* Without a display SDL would say so on standard error, and wait for nobody.  */
	SDL_SetMainReady();
	return SDL_ShowSimpleMessageBox(SDL_MESSAGEBOX_ERROR, "dosvm", text, NULL) == 0;
}
