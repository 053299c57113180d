/* hardware.c - a window painted by graphics hardware, through SDL's renderer.  */

#include <SDL.h>
#include <stdlib.h>

#include "osd.h"
#include "picture.h"
#include "window.h"

#define FORMAT		SDL_PIXELFORMAT_RGB888

static void drop(SDL_Texture **t)
{
	if (*t)
		SDL_DestroyTexture(*t);
	*t = NULL;
}

void hardware_forget(struct hardware *h)
{
	drop(&h->dots);
	drop(&h->large);
	drop(&h->over);
	drop(&h->tube);
	free(h->pixel);
	h->pixel = NULL;
	h->dots_width = h->dots_height = 0;
	h->large_width = h->large_height = 0;
	h->tube_width = h->tube_height = 0;
}

static bool upload(struct hardware *h, struct picture *p)
{
	SDL_Rect rows;

	if (h->dots_width != p->width || h->dots_height != p->height) {
		if (h->dots)
			SDL_DestroyTexture(h->dots);
		h->dots = SDL_CreateTexture(h->renderer, FORMAT, SDL_TEXTUREACCESS_STREAMING,
					    p->width, p->height);
		h->dots_width = h->dots ? p->width : 0;
		h->dots_height = h->dots ? p->height : 0;
		p->dirty_top = 0;
		p->dirty_bottom = p->height;
	}
	if (!h->dots)
		return false;
	rows = (SDL_Rect){ .y = p->dirty_top, .w = p->width, .h = p->dirty_bottom - p->dirty_top };
	if (rows.h)
		SDL_UpdateTexture(h->dots, &rows, p->dot + (size_t)p->dirty_top * p->width,
				  p->width * sizeof *p->dot);
	p->dirty_top = p->dirty_bottom = 0;
	return true;
}

static void set_smooth(SDL_Texture *t, bool smooth)
{
	SDL_SetTextureScaleMode(t, smooth ? SDL_ScaleModeLinear : SDL_ScaleModeNearest);
}

/* The dots made larger by whole numbers; NULL: it cannot be done, or need not be.  */
static SDL_Texture *enlarge(struct hardware *h, const struct place *at, const struct picture *p)
{
	int width = p->width * at->times_x, height = p->height * at->times_y;

	if (at->times_x == 1 && at->times_y == 1)
		return NULL;
	if (h->large_width != width || h->large_height != height) {
		if (h->large)
			SDL_DestroyTexture(h->large);
		h->large = SDL_CreateTexture(h->renderer, FORMAT, SDL_TEXTUREACCESS_TARGET, width, height);
		h->large_width = h->large ? width : 0;
		h->large_height = h->large ? height : 0;
	}
	if (!h->large || SDL_SetRenderTarget(h->renderer, h->large) != 0)
		return NULL;
	set_smooth(h->dots, false);
	SDL_RenderCopy(h->renderer, h->dots, NULL, NULL);
	SDL_SetRenderTarget(h->renderer, NULL);
	return h->large;
}

static bool paint_dots(struct window *w, struct picture *p)
{
	const struct place *at = &w->place;
	SDL_Rect to = { at->x, at->y, at->width, at->height };
	SDL_Texture *from;

	if (!upload(&w->hardware, p))
		return false;
	from = enlarge(&w->hardware, at, p);
	if (!from)
		from = w->hardware.dots;
	set_smooth(from, at->smooth);
	SDL_RenderCopy(w->hardware.renderer, from, NULL, &to);
	return true;
}

/* The processor draws the tube's picture, pixel by pixel.  */
static bool paint_tube(struct window *w, struct picture *p)
{
	const struct place *at = &w->place;
	struct hardware *h = &w->hardware;
	SDL_Rect to = { at->x, at->y, at->width, at->height }, rows;
	int top, bottom;
	bool all = w->painted != w->scaler;

	if (h->tube_width != at->width || h->tube_height != at->height || !h->tube) {
		drop(&h->tube);
		free(h->pixel);
		h->pixel = malloc((size_t)at->width * at->height * sizeof *h->pixel);
		h->tube = SDL_CreateTexture(h->renderer, FORMAT, SDL_TEXTUREACCESS_STREAMING, at->width,
					    at->height);
		if (!h->pixel || !h->tube)
			return false;
		h->tube_width = at->width;
		h->tube_height = at->height;
		all = true;
	}
	if (!canvas_draw(&w->canvas, w->scaler, p, all, at->width, at->height, h->pixel, at->width,
			 &top, &bottom))
		return false;
	rows = (SDL_Rect){ 0, top, at->width, bottom - top };
	if (rows.h)
		SDL_UpdateTexture(h->tube, &rows, h->pixel + (size_t)top * at->width,
				  at->width * sizeof *h->pixel);
	SDL_RenderCopy(h->renderer, h->tube, NULL, &to);
	return true;
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

static void paint_over(struct window *w, struct osd *osd)
{
	SDL_Rect to;
	int width, height;
	bool other;

	if (!osd_visible(osd))
		return;
	other = osd_draw(osd, w->width, w->height);
	if (!osd->dot)
		return;
	if (other || !w->hardware.over) {
		if (w->hardware.over)
			SDL_DestroyTexture(w->hardware.over);
		w->hardware.over = SDL_CreateTexture(w->hardware.renderer, SDL_PIXELFORMAT_ARGB8888,
					    SDL_TEXTUREACCESS_STATIC, osd->width, osd->height);
		if (!w->hardware.over)
			return;
		SDL_SetTextureBlendMode(w->hardware.over, SDL_BLENDMODE_BLEND);
		SDL_UpdateTexture(w->hardware.over, NULL, osd->dot, osd->width * sizeof *osd->dot);
	}
	set_smooth(w->hardware.over, false);
	width = smaller(osd->width * osd->times, w->width);
	height = smaller(osd->height * osd->times, w->height);
	to = (SDL_Rect){ (w->width - width) / 2,
			 osd->low ? w->height - height : (w->height - height) / 2, width, height };
	SDL_RenderCopy(w->hardware.renderer, w->hardware.over, NULL, &to);
}

bool hardware_paint(struct window *w, struct picture *p, struct osd *osd)
{
	SDL_Renderer *renderer = w->hardware.renderer;
	bool ok = true;

	if (SDL_GetRendererOutputSize(renderer, &w->width, &w->height) != 0)
		return true;
	SDL_SetRenderDrawColor(renderer, 0, 0, 0, 255);
	SDL_RenderClear(renderer);
	if (p->dot) {
		/* Another way to paint has taken the changes that this one does not know.  */
		if ((w->painted == SCALER_CRT) != (w->scaler == SCALER_CRT)) {
			p->dirty_top = 0;
			p->dirty_bottom = p->height;
		}
		w->place = scale_place(w->scaler, p->width, p->height, w->width, w->height);
		ok = w->scaler == SCALER_CRT ? paint_tube(w, p) : paint_dots(w, p);
		w->painted = w->scaler;
	}
	paint_over(w, osd);
	SDL_RenderPresent(renderer);
	return ok;
}
