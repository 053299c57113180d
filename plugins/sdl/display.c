/* display.c - the connection to the window system.  */

#include "display.h"

#include <SDL_syswm.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#ifdef SDL_VIDEO_DRIVER_X11
#define XLIB	"libX11.so.6"
#define XEXT	"libXext.so.6"

/* Xlib's handler of a broken connection is one for the process, and is given nothing of ours.
 * Since libX11 1.7 there is one for a connection, XSetIOErrorExitHandler, that is; but SDL
 * opens two, the second of which nobody outside can name, and both may break before
 * SDL_Init has returned.  So this has to be found from anywhere.  */
static struct display *watched;

static int on_break(Display *x)
{
	(void)x;
	if (!watched)
		return 0;
	watched->lost = true;
	if (watched->armed)
		longjmp(watched->back, 1);
	return 0;
}

static int on_refusal(Display *x, XErrorEvent *ev)
{
	(void)x, (void)ev;
	return 0;
}

static int on_lack(Display *x, const char *extension, const char *why)
{
	(void)x, (void)extension, (void)why;
	return 0;
}

static void find(void *library, const char *name, void *function, size_t size)
{
	void *symbol = library ? dlsym(library, name) : NULL;

	memcpy(function, &symbol, size);
}

/* SDL will load the same.  */
static void guard_x11(void)
{
	int (*(*set_break)(int (*)(Display *)))(Display *);
	int (*(*set_refusal)(int (*)(Display *, XErrorEvent *)))(Display *, XErrorEvent *);
	int (*(*set_lack)(int (*)(Display *, const char *, const char *)))(Display *, const char *,
									 const char *);
	void *xlib = dlopen(XLIB, RTLD_LAZY), *xext = dlopen(XEXT, RTLD_LAZY);

	find(xlib, "XSetIOErrorHandler", &set_break, sizeof set_break);
	find(xlib, "XSetErrorHandler", &set_refusal, sizeof set_refusal);
	find(xext, "XSetExtensionErrorHandler", &set_lack, sizeof set_lack);
	if (set_break)
		set_break(on_break);
	if (set_refusal)
		set_refusal(on_refusal);
	if (set_lack)
		set_lack(on_lack);
}
#endif

void display_guard(struct display *d)
{
	*d = (struct display){ .fd = -1 };
#ifdef SDL_VIDEO_DRIVER_X11
	watched = d;
	if (getenv("DISPLAY"))
		guard_x11();
#endif
}

void display_watch(struct display *d, SDL_Window *window)
{
	SDL_SysWMinfo info;

	SDL_VERSION(&info.version);
	if (!SDL_GetWindowWMInfo(window, &info))
		return;
#ifdef SDL_VIDEO_DRIVER_X11
	if (info.subsystem == SDL_SYSWM_X11)
		d->fd = ConnectionNumber(info.info.x11.display);
#endif
}

void display_forget(struct display *d)
{
	if (d->lost)
		return;
#ifdef SDL_VIDEO_DRIVER_X11
	if (watched == d)
		watched = NULL;
#endif
	free(d);
}

bool display_is_gone(void)
{
#ifdef SDL_VIDEO_DRIVER_X11
	return watched && watched->lost;
#else
	return false;
#endif
}

jmp_buf *display_arm(struct display *d)
{
	d->armed = true;
	return &d->back;
}

void display_disarm(struct display *d)
{
	d->armed = false;
}
