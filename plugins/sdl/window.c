/* window.c - opening the window, and its states.
 *
 * On a machine without a graphics processor OpenGL is there all the same, drawn by
 * llvmpipe on all processors; our own painting costs a fraction of that.  */

#include "window.h"

#include <SDL.h>
#include <string.h>
#include <unistd.h>

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

/* Whoever asks for it by SDL_RENDER_DRIVER gets it.  */
static bool is_drawn_by_processor(SDL_Renderer *r)
{
	static const char *const names[] = { "llvmpipe", "softpipe", "swrast", "SwiftShader" };
	const unsigned char *(*get)(unsigned);
	const char *name;
	SDL_RendererInfo info;

	if (SDL_GetRendererInfo(r, &info) != 0)
		return false;
	if (info.flags & SDL_RENDERER_SOFTWARE)
		return true;
	if (strncmp(info.name, "opengl", 6) != 0 || SDL_GetHint(SDL_HINT_RENDER_DRIVER))
		return false;
	get = (const unsigned char *(*)(unsigned))SDL_GL_GetProcAddress("glGetString");
	name = get ? (const char *)get(0x1f01 /* GL_RENDERER */) : NULL;
	for (size_t i = 0; name && i < sizeof names / sizeof names[0]; i++)
		if (strstr(name, names[i]))
			return true;
	return false;
}

/* To look for hardware by OpenGL takes a tenth of a second where there is none.  */
static bool may_have_hardware(void)
{
	static const char *const device[] = { "/dev/dri", "/dev/nvidiactl", "/dev/dxg" };
	const char *wanted = SDL_GetHint(SDL_HINT_RENDER_DRIVER);

	if (wanted)
		return strcmp(wanted, "software") != 0;
	for (size_t i = 0; i < sizeof device / sizeof device[0]; i++)
		if (access(device[i], F_OK) == 0)
			return true;
	return false;
}

/* NULL: there is no hardware that paints.  */
static SDL_Renderer *make_renderer(SDL_Window *window, bool vsync)
{
	uint32_t flags = SDL_RENDERER_ACCELERATED | (vsync ? SDL_RENDERER_PRESENTVSYNC : 0);
	SDL_Renderer *r = may_have_hardware() ? SDL_CreateRenderer(window, -1, flags) : NULL;

	if (r && is_drawn_by_processor(r)) {
		SDL_DestroyRenderer(r);
		r = NULL;
	}
	return r;
}

/* What we draw goes straight to an X server, not through an OpenGL that the processor
 * draws, too; other window systems have no other way.  */
static bool has_surface(SDL_Window *window)
{
	if (strcmp(SDL_GetCurrentVideoDriver(), "x11") == 0)
		SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
	return SDL_GetWindowSurface(window);
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
	if (w->window)
		SDL_SetWindowMinimumSize(w->window, UNIT_WIDTH / 2, UNIT_HEIGHT / 2);
	return w->window;
}

bool window_show(struct window *w, bool vsync)
{
	w->hardware.renderer = make_renderer(w->window, vsync);
	if (!w->hardware.renderer && !has_surface(w->window))
		return false;
	SDL_ShowWindow(w->window);	/* a renderer may have made it anew */
	return true;
}

void window_forget(struct window *w)
{
	hardware_forget(&w->hardware);
	w->spoiled = true;
}

void window_close(struct window *w)
{
	window_forget(w);
	surface_fini(&w->surface);
	canvas_fini(&w->canvas);
	if (w->hardware.renderer)
		SDL_DestroyRenderer(w->hardware.renderer);
	if (w->window)
		SDL_DestroyWindow(w->window);
	w->hardware.renderer = NULL;
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

bool window_paint(struct window *w, struct picture *p, struct osd *osd)
{
	return w->hardware.renderer ? hardware_paint(w, p, osd) : surface_paint(w, p, osd);
}
