/* sdl.h - the window as a front end, as one object.  */

#ifndef SDL_SDL_H
#define SDL_SDL_H

#include <SDL_events.h>
#include <stdbool.h>
#include <stdint.h>

#include "clip.h"
#include "display.h"
#include "hotkeys.h"
#include "keys.h"
#include "osd.h"
#include "pads.h"
#include "picture.h"
#include "plugin.h"
#include "pointer.h"
#include "window.h"

/* What a key press answers, when it is not the program's.  */
enum asking { ASKING_NOTHING, ASKING_HELP, ASKING_QUIT };

struct sdl {
	const struct plugin_host *host;
	struct display *display;
	struct window window;
	struct picture picture;
	struct osd osd;
	struct keys keys;
	struct pointer pointer;
	struct clip clip;
	struct pads pads;
	enum asking asking;
	char program[64], state[32];	/* that runs, "": none does; how its time goes */
	bool dirty;			/* the picture, or what is on top of it */
	int64_t painted_ms;		/* when it last was */
	bool begun;			/* there is a window */
	bool gone;			/* the host has been told to end */
};

/* events.c: what has happened, all of it.  */
void sdl_take_events(struct sdl *s);

int64_t sdl_now_ms(void);
void sdl_set_title(struct sdl *s);
/* The run is to end; why: NULL, its user wants it.  */
void sdl_quit(struct sdl *s, const char *why);

/* tell.c.  */
bool sdl_tell(const char *text);

extern const struct plugin sdl_plugin;

#endif
