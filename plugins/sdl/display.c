/* display.c - the connection to the window system.  */

#include "display.h"

#include <SDL_syswm.h>
#include <dlfcn.h>
#include <string.h>

#ifdef SDL_VIDEO_DRIVER_X11
static void on_loss(Display *x, void *ctx)
{
	struct display *d = ctx;

	(void)x;
	d->lost = true;
}

static int on_break(Display *x)
{
	(void)x;
	return 0;
}

static int on_refusal(Display *x, XErrorEvent *ev)
{
	(void)x, (void)ev;
	return 0;
}

/* SDL has loaded Xlib.  */
static void find(const char *name, void *function, size_t size)
{
	void *xlib = dlopen("libX11.so.6", RTLD_LAZY | RTLD_NOLOAD);
	void *symbol = xlib ? dlsym(xlib, name) : NULL;

	memcpy(function, &symbol, size);
	if (xlib)
		dlclose(xlib);
}

/* Older ones than 1.7 cannot be told.  */
static void watch_x11(struct display *d, Display *x)
{
	void (*set_exit)(Display *, void (*)(Display *, void *), void *);
	int (*(*set_handler)(int (*)(Display *)))(Display *);

	d->fd = ConnectionNumber(x);
	find("XSetIOErrorExitHandler", &set_exit, sizeof set_exit);
	if (set_exit)
		set_exit(x, on_loss, d);
	find("XSetIOErrorHandler", &set_handler, sizeof set_handler);	/* the usual one complains aloud */
	if (set_handler)
		set_handler(on_break);
}
#endif

void display_guard(void)
{
#ifdef SDL_VIDEO_DRIVER_X11
	int (*(*set_handler)(int (*)(Display *, XErrorEvent *)))(Display *, XErrorEvent *);

	if (strcmp(SDL_GetCurrentVideoDriver(), "x11") != 0)
		return;
	find("XSetErrorHandler", &set_handler, sizeof set_handler);
	if (set_handler)
		set_handler(on_refusal);
#endif
}

void display_watch(struct display *d, SDL_Window *window)
{
	SDL_SysWMinfo info;

	*d = (struct display){ .fd = -1 };
	SDL_VERSION(&info.version);
	if (!SDL_GetWindowWMInfo(window, &info))
		return;
#ifdef SDL_VIDEO_DRIVER_X11
	if (info.subsystem == SDL_SYSWM_X11)
		watch_x11(d, info.info.x11.display);
#endif
}
