/* window.h - the window: a picture, and what stands on top of it.  */

#ifndef SDL_WINDOW_H
#define SDL_WINDOW_H

#include <SDL_render.h>
#include <SDL_video.h>
#include <stdbool.h>
#include <stdint.h>

#include "scale.h"

struct osd;
struct picture;

struct window {
	SDL_Window *window;
	SDL_Renderer *renderer;
	SDL_Texture *dots, *large, *over;	/* the picture; each dot larger; the osd */
	unsigned dots_width, dots_height;	/* of dots; 0: there is none */
	int large_width, large_height;
	enum scaler scaler;
	struct place place;		/* as painted last */
	int width, height;		/* the window's pixels */
	bool fullscreen;
};

struct window_wish {
	const char *title;
	enum scaler scaler;
	int width, height;		/* 0: as large as is good */
	bool fullscreen;
	bool vsync;
};

/* False: there is no display, or none that shows pictures; SDL_GetError() says why.  */
bool window_open(struct window *w, const struct window_wish *wish);
void window_close(struct window *w);

/* Nobody can see it.  */
bool window_hidden(const struct window *w);
void window_toggle_fullscreen(struct window *w);
/* Pixels to a unit of the mouse's coordinates.  */
float window_density(const struct window *w);

/* The changed rows go to the window, and it is painted.  False: no memory.  */
bool window_paint(struct window *w, struct picture *p, struct osd *osd);
/* What was given to the graphics hardware is lost.  */
void window_forget(struct window *w);

#endif
