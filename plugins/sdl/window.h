/* window.h - the window: a picture, and what stands on top of it.
 *
 * Graphics hardware paints it, through SDL's renderer (hardware.c); where there is none,
 * the processor does, and only what has changed (surface.c).  */

#ifndef SDL_WINDOW_H
#define SDL_WINDOW_H

#include <SDL_render.h>
#include <SDL_video.h>
#include <stdbool.h>
#include <stdint.h>

#include "canvas.h"
#include "scale.h"

struct osd;
struct picture;

/* What the hardware has been given.  */
struct hardware {
	SDL_Renderer *renderer;		/* NULL: the processor paints */
	SDL_Texture *dots, *large, *over, *tube;	/* the picture; each dot larger; the osd; as a
							 * tube shows it */
	unsigned dots_width, dots_height;	/* of dots; 0: there is none */
	int large_width, large_height, tube_width, tube_height;
	uint32_t *pixel;		/* of tube */
};

struct surface {
	SDL_Surface *pixels;		/* the window's, as painted last */
	SDL_Surface *own;		/* RGB, for a window of other pixels; NULL: not needed */
	bool over;			/* the osd is on it */
};

struct window {
	SDL_Window *window;
	struct hardware hardware;
	struct surface surface;
	struct canvas canvas;
	enum scaler scaler, painted;	/* as wanted; as painted last */
	struct place place;		/* likewise */
	int width, height;		/* the window's pixels */
	bool spoiled;			/* what was painted may not be there any more */
	bool fullscreen;
};

struct window_wish {
	const char *title;
	enum scaler scaler;
	int width, height;		/* 0: as large as is good */
	bool fullscreen;
	bool vsync;
};

/* It is there, but hidden; then it is ready to be painted, and seen.  False: there is no
 * display, or none that shows pictures; SDL_GetError() says why.  */
bool window_open(struct window *w, const struct window_wish *wish);
bool window_show(struct window *w, bool vsync);
void window_close(struct window *w);

/* Nobody can see it.  */
bool window_hidden(const struct window *w);
void window_toggle_fullscreen(struct window *w);
/* Pixels to a unit of the mouse's coordinates.  */
float window_density(const struct window *w);

/* The window is as the picture is, with the osd on top.  False: no memory.  */
bool window_paint(struct window *w, struct picture *p, struct osd *osd);
/* What was given to the graphics hardware is lost.  */
void window_forget(struct window *w);

/* hardware.c, surface.c: for window_paint().  */
bool hardware_paint(struct window *w, struct picture *p, struct osd *osd);
void hardware_forget(struct hardware *h);
bool surface_paint(struct window *w, struct picture *p, struct osd *osd);
void surface_fini(struct surface *s);

#endif
