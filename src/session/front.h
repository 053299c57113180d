/* front.h - the front end: the plugin that shows the screen and has the
 * keyboard, from when it is opened until the end of the run.  */

#ifndef SESSION_FRONT_H
#define SESSION_FRONT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "plug/plug.h"
#include "plugin.h"
#include "sched/sched.h"

struct conf;
struct machine;
struct pollfd;
struct typist;

/* What its user may ask of the run.  */
struct front_asks {
	/* May be called from front_poll; stops this process, with front_pause around it.  */
	void (*suspend)(void *ctx);
	/* As struct plugin_host has them.  */
	void (*room)(void *ctx, unsigned columns, unsigned rows, bool wanted);
	void (*pace)(void *ctx, enum pace_key what, char *text, size_t size);
	bool (*record)(void *ctx, const char *path, char *text, size_t size);
};

struct front {
	struct machine *machine;
	struct typist *typist;
	const struct conf *conf;
	uint16_t code_page;
	void *ctx;			/* for asks */
	struct front_asks asks;

	struct plugin_host host;
	struct plug plug;
	int sink;
	bool open, shown;		/* now; ever */
	vtime touched;			/* when a key or the mouse came last */
	uint8_t locks;			/* the host's, as told last */
	bool tells_locks;		/* one was on: there are terminals that tell of none */
	bool quit;			/* its user wants to end the run, or is gone */
	char why[160];			/* a line that says why; "": it is what the user wants */
};

void front_init(struct front *f, struct machine *machine, struct typist *typist,
		const struct conf *conf, const struct front_asks *asks, void *ctx);
/* Opens the plugin of this name.  From now on it is shown the screen.  */
bool front_open(struct front *f, const char *name, struct error *err);
void front_close(struct front *f);

/* The plugins by what they are for, and the name of none, when only scripts look on.  */
#define FRONT_TERMINAL	"term"
#define FRONT_WINDOW	"sdl"
#define FRONT_NOBODY	"none"

/* This plugin is open.  */
bool front_is(const struct front *f, const char *name);

/* What to sleep on, fd -1 for nothing; answers for how many milliseconds at most, -1: as
 * long as you like.  */
int front_sleep(const struct front *f, struct pollfd *p);
/* Tell it which program runs, and in which way its time goes.  */
void front_title(struct front *f, const char *state);
/* Take what its user did.  */
void front_poll(struct front *f);
void front_pause(struct front *f, bool give_back);

#endif
