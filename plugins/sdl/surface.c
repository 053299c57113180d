/* surface.c - a window painted by the processor: what has changed, and no more, goes to
 * the window system.  */

#include <SDL.h>

#include "osd.h"
#include "picture.h"
#include "window.h"

#define FORMAT		SDL_PIXELFORMAT_RGB888

void surface_fini(struct surface *s)
{
	SDL_FreeSurface(s->own);
	*s = (struct surface){ 0 };
}

/* Where to draw: the window's pixels, or ones that will be changed into its.  NULL: SDL
 * has none now.  *other: they are not those of the last time.  */
static SDL_Surface *target(struct window *w, bool *other)
{
	struct surface *s = &w->surface;
	SDL_Surface *pixels = SDL_GetWindowSurface(w->window);
	int bits;
	uint32_t r, g, b, a;

	if (!pixels)
		return NULL;
	*other = pixels != s->pixels || pixels->w != w->width || pixels->h != w->height;
	s->pixels = pixels;
	w->width = pixels->w;
	w->height = pixels->h;
	SDL_PixelFormatEnumToMasks(FORMAT, &bits, &r, &g, &b, &a);
	if (pixels->format->BitsPerPixel == 32 && pixels->format->Rmask == r &&
	    pixels->format->Gmask == g && pixels->format->Bmask == b)
		return pixels;
	if (s->own && (s->own->w != pixels->w || s->own->h != pixels->h)) {
		SDL_FreeSurface(s->own);
		s->own = NULL;
	}
	if (!s->own) {
		s->own = SDL_CreateRGBSurfaceWithFormat(0, pixels->w, pixels->h, 32, FORMAT);
		*other = true;
	}
	return s->own;
}

/* ---- The osd ---- */

static uint32_t blend(uint32_t under, uint32_t over)
{
	uint32_t alpha = (over >> 24) + (over >> 31), rest = 256 - alpha;

	return (((under & 0xff00ff) * rest + (over & 0xff00ff) * alpha) >> 8 & 0xff00ff) |
	       (((under & 0x00ff00) * rest + (over & 0x00ff00) * alpha) >> 8 & 0x00ff00);
}

static void draw_over(const struct window *w, SDL_Surface *on, struct osd *osd)
{
	int left, top;

	osd_draw(osd, w->width, w->height);
	if (!osd->dot)
		return;
	left = (w->width - osd->width * osd->times) / 2;
	top = w->height - osd->height * osd->times;
	top = osd->low ? top : top / 2;
	for (int y = 0; y < osd->height * osd->times; y++) {
		uint32_t *row = (uint32_t *)((uint8_t *)on->pixels + (ptrdiff_t)(top + y) * on->pitch);

		if (top + y < 0 || top + y >= w->height)
			continue;
		for (int x = 0; x < osd->width * osd->times; x++)
			if (left + x >= 0 && left + x < w->width)
				row[left + x] = blend(row[left + x],
					osd->dot[y / osd->times * osd->width + x / osd->times]);
	}
}

/* ---- All ---- */

static bool draw(struct window *w, SDL_Surface *on, struct picture *p, bool all, SDL_Rect *changed)
{
	const struct place *at = &w->place;
	int pitch = on->pitch / (int)sizeof(uint32_t), from = 0, to = 0;
	uint32_t *out = (uint32_t *)on->pixels + (ptrdiff_t)at->y * pitch + at->x;

	if (all)
		SDL_FillRect(on, NULL, 0);
	if (p->dot && !canvas_draw(&w->canvas, w->scaler, p, all, at->width, at->height, out, pitch,
				   &from, &to))
		return false;
	*changed = (SDL_Rect){ at->x, at->y + from, at->width, to - from };
	if (all)
		*changed = (SDL_Rect){ 0, 0, w->width, w->height };
	return true;
}

bool surface_paint(struct window *w, struct picture *p, struct osd *osd)
{
	struct place before = w->place;
	SDL_Rect changed;
	SDL_Surface *on;
	bool all, other = false, over = osd_visible(osd);

	on = target(w, &other);
	if (!on)
		return true;
	if (p->dot)
		w->place = scale_place(w->scaler, p->width, p->height, w->width, w->height);
	all = other || over || w->surface.over || w->spoiled || w->painted != w->scaler ||
	      before.x != w->place.x || before.y != w->place.y ||
	      before.width != w->place.width || before.height != w->place.height;
	if (!draw(w, on, p, all, &changed))
		return false;
	if (over)
		draw_over(w, on, osd);
	if (!changed.h)
		return true;
	if (on != w->surface.pixels)
		SDL_BlitSurface(on, &changed, w->surface.pixels, &(SDL_Rect){ changed.x, changed.y, 0, 0 });
	w->surface.over = over;
	w->painted = w->scaler;
	w->spoiled = SDL_UpdateWindowSurfaceRects(w->window, &changed, 1) != 0;
	return true;
}
