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

static int on_error(Display *x)
{
	(void)x;
	return 0;
}

/* SDL has loaded Xlib; older ones than 1.7 cannot be told.  */
static void watch_x11(struct display *d, Display *x)
{
	void (*set_exit)(Display *, void (*)(Display *, void *), void *);
	int (*(*set_handler)(int (*)(Display *)))(Display *);
	void *xlib = dlopen("libX11.so.6", RTLD_LAZY | RTLD_NOLOAD), *symbol;

	d->fd = ConnectionNumber(x);
	if (!xlib)
		return;
	symbol = dlsym(xlib, "XSetIOErrorExitHandler");
	memcpy(&set_exit, &symbol, sizeof set_exit);
	if (symbol)
		set_exit(x, on_loss, d);
	symbol = dlsym(xlib, "XSetIOErrorHandler");	/* the usual one complains aloud */
	memcpy(&set_handler, &symbol, sizeof set_handler);
	if (symbol)
		set_handler(on_error);
	dlclose(xlib);
}
#endif

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
