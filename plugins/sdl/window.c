/* window.c - SDL's renderer.
 *
 * On a machine without a graphics processor OpenGL is there all the same, drawn by
 * llvmpipe on all processors; SDL's own software renderer costs a fraction of that.  */

#include "window.h"

#include <SDL.h>
#include <string.h>

#include "osd.h"
#include "picture.h"

#define FORMAT		SDL_PIXELFORMAT_RGB888
#define UNIT_WIDTH	320		/* a new window is so many times as large */
#define UNIT_HEIGHT	240

/* ---- Opening ---- */

/* Three quarters of the desktop at most.  */
static void choose_size(int *width, int *height)
{
	SDL_Rect all;
	int times = 2;

	if (SDL_GetDisplayUsableBounds(0, &all) != 0)
		all = (SDL_Rect){ .w = 640, .h = 480 };
	while ((times + 1) * UNIT_WIDTH * 4 <= all.w * 3 && (times + 1) * UNIT_HEIGHT * 4 <= all.h * 3)
		times++;
	while (times > 1 && (times * UNIT_WIDTH > all.w || times * UNIT_HEIGHT > all.h))
		times--;
	*width = times * UNIT_WIDTH;
	*height = times * UNIT_HEIGHT;
}

static bool is_drawn_by_processor(SDL_Renderer *r)
{
	static const char *const names[] = { "llvmpipe", "softpipe", "swrast", "SwiftShader" };
	const unsigned char *(*get)(unsigned);
	const char *name;
	SDL_RendererInfo info;

	if (SDL_GetRendererInfo(r, &info) != 0 || strncmp(info.name, "opengl", 6) != 0)
		return false;
	get = (const unsigned char *(*)(unsigned))SDL_GL_GetProcAddress("glGetString");
	name = get ? (const char *)get(0x1f01 /* GL_RENDERER */) : NULL;
	for (size_t i = 0; name && i < sizeof names / sizeof names[0]; i++)
		if (strstr(name, names[i]))
			return true;
	return false;
}

static SDL_Renderer *make_renderer(SDL_Window *window, bool vsync)
{
	uint32_t flags = SDL_RENDERER_ACCELERATED | (vsync ? SDL_RENDERER_PRESENTVSYNC : 0);
	SDL_Renderer *r = SDL_CreateRenderer(window, -1, flags);

	if (r && is_drawn_by_processor(r)) {
		SDL_DestroyRenderer(r);
		r = NULL;
	}
	return r ? r : SDL_CreateRenderer(window, -1, SDL_RENDERER_SOFTWARE);
}

bool window_open(struct window *w, const struct window_wish *wish)
{
	uint32_t flags = SDL_WINDOW_HIDDEN | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI |
			 (wish->fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
	int width = wish->width, height = wish->height;

	*w = (struct window){ .scaler = wish->scaler, .fullscreen = wish->fullscreen };
	if (!width || !height)
		choose_size(&width, &height);
	w->window = SDL_CreateWindow(wish->title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
				     width, height, flags);
	if (!w->window)
		return false;
	SDL_SetWindowMinimumSize(w->window, UNIT_WIDTH / 2, UNIT_HEIGHT / 2);
	w->renderer = make_renderer(w->window, wish->vsync);
	if (!w->renderer) {
		window_close(w);
		return false;
	}
	SDL_ShowWindow(w->window);	/* a renderer may have made it anew */
	return true;
}

void window_forget(struct window *w)
{
	SDL_Texture **texture[] = { &w->dots, &w->large, &w->over };

	for (size_t i = 0; i < sizeof texture / sizeof texture[0]; i++) {
		if (*texture[i])
			SDL_DestroyTexture(*texture[i]);
		*texture[i] = NULL;
	}
	w->dots_width = w->dots_height = 0;
	w->large_width = w->large_height = 0;
}

void window_close(struct window *w)
{
	window_forget(w);
	if (w->renderer)
		SDL_DestroyRenderer(w->renderer);
	if (w->window)
		SDL_DestroyWindow(w->window);
	w->renderer = NULL;
	w->window = NULL;
}

/* ---- The window ---- */

bool window_hidden(const struct window *w)
{
	return SDL_GetWindowFlags(w->window) & (SDL_WINDOW_MINIMIZED | SDL_WINDOW_HIDDEN);
}

void window_toggle_fullscreen(struct window *w)
{
	uint32_t flags = w->fullscreen ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP;

	if (SDL_SetWindowFullscreen(w->window, flags) == 0)
		w->fullscreen = !w->fullscreen;
}

float window_density(const struct window *w)
{
	int width = 0, height = 0;

	SDL_GetWindowSize(w->window, &width, &height);
	return width > 0 && w->width > 0 ? (float)w->width / width : 1;
}

/* ---- Painting ---- */

static bool upload(struct window *w, struct picture *p)
{
	SDL_Rect rows;

	if (w->dots_width != p->width || w->dots_height != p->height) {
		if (w->dots)
			SDL_DestroyTexture(w->dots);
		w->dots = SDL_CreateTexture(w->renderer, FORMAT, SDL_TEXTUREACCESS_STREAMING,
					    p->width, p->height);
		w->dots_width = w->dots ? p->width : 0;
		w->dots_height = w->dots ? p->height : 0;
		p->dirty_top = 0;
		p->dirty_bottom = p->height;
	}
	if (!w->dots)
		return false;
	rows = (SDL_Rect){ .y = p->dirty_top, .w = p->width, .h = p->dirty_bottom - p->dirty_top };
	if (rows.h)
		SDL_UpdateTexture(w->dots, &rows, p->dot + (size_t)p->dirty_top * p->width,
				  p->width * sizeof *p->dot);
	p->dirty_top = p->dirty_bottom = 0;
	return true;
}

static void set_smooth(SDL_Texture *t, bool smooth)
{
	SDL_SetTextureScaleMode(t, smooth ? SDL_ScaleModeLinear : SDL_ScaleModeNearest);
}

/* The dots made larger by whole numbers; NULL: it cannot be done, or need not be.  */
static SDL_Texture *enlarge(struct window *w, const struct picture *p)
{
	int width = p->width * w->place.times_x, height = p->height * w->place.times_y;

	if (w->place.times_x == 1 && w->place.times_y == 1)
		return NULL;
	if (w->large_width != width || w->large_height != height) {
		if (w->large)
			SDL_DestroyTexture(w->large);
		w->large = SDL_CreateTexture(w->renderer, FORMAT, SDL_TEXTUREACCESS_TARGET, width, height);
		w->large_width = w->large ? width : 0;
		w->large_height = w->large ? height : 0;
	}
	if (!w->large || SDL_SetRenderTarget(w->renderer, w->large) != 0)
		return NULL;
	set_smooth(w->dots, false);
	SDL_RenderCopy(w->renderer, w->dots, NULL, NULL);
	SDL_SetRenderTarget(w->renderer, NULL);
	return w->large;
}

static void paint_picture(struct window *w, const struct picture *p)
{
	const struct place *at = &w->place;
	SDL_Rect to = { at->x, at->y, at->width, at->height };
	SDL_Texture *from = enlarge(w, p);

	if (!from)
		from = w->dots;
	set_smooth(from, at->smooth);
	SDL_RenderCopy(w->renderer, from, NULL, &to);
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
	if (other || !w->over) {
		if (w->over)
			SDL_DestroyTexture(w->over);
		w->over = SDL_CreateTexture(w->renderer, SDL_PIXELFORMAT_ARGB8888,
					    SDL_TEXTUREACCESS_STATIC, osd->width, osd->height);
		if (!w->over)
			return;
		SDL_SetTextureBlendMode(w->over, SDL_BLENDMODE_BLEND);
		SDL_UpdateTexture(w->over, NULL, osd->dot, osd->width * sizeof *osd->dot);
	}
	set_smooth(w->over, false);
	width = smaller(osd->width * osd->times, w->width);
	height = smaller(osd->height * osd->times, w->height);
	to = (SDL_Rect){ (w->width - width) / 2,
			 osd->low ? w->height - height : (w->height - height) / 2, width, height };
	SDL_RenderCopy(w->renderer, w->over, NULL, &to);
}

bool window_paint(struct window *w, struct picture *p, struct osd *osd)
{
	if (SDL_GetRendererOutputSize(w->renderer, &w->width, &w->height) != 0)
		return true;
	SDL_SetRenderDrawColor(w->renderer, 0, 0, 0, 255);
	SDL_RenderClear(w->renderer);
	if (p->dot) {
		if (!upload(w, p))
			return false;
		w->place = scale_place(w->scaler, p->width, p->height, w->width, w->height);
		paint_picture(w, p);
	}
	paint_over(w, osd);
	SDL_RenderPresent(w->renderer);
	return true;
}
