/* front.h - the front end: the plugin that shows the screen and has the
 * keyboard, from when it is opened until the end of the run.  */

#ifndef SESSION_FRONT_H
#define SESSION_FRONT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "plug/plug.h"
#include "plugin.h"

struct machine;
struct pollfd;
struct typist;

struct front {
	struct machine *machine;
	struct typist *typist;
	uint16_t code_page;
	void *ctx;			/* for suspend and room */
	void (*suspend)(void *ctx);
	void (*room)(void *ctx, unsigned columns, unsigned rows, bool wanted);

	struct plugin_host host;
	struct plug plug;
	int sink;
	bool open, shown;		/* now; ever */
	uint8_t locks;			/* the host's, as told last */
	bool tells_locks;		/* one was on: there are terminals that tell of none */
	bool quit;			/* its user wants to end the run, or is gone */
};

/* suspend, which may be called from front_poll, stops this process, with
 * front_pause around it.  room is struct plugin_host's.  */
void front_init(struct front *f, struct machine *machine, struct typist *typist,
		uint16_t code_page, void (*suspend)(void *ctx),
		void (*room)(void *ctx, unsigned columns, unsigned rows, bool wanted), void *ctx);
/* Opens the plugin of this name.  From now on it is shown the screen.  */
bool front_open(struct front *f, const char *name, struct error *err);
void front_close(struct front *f);

/* What to sleep on, fd -1 for nothing; *ms is shortened to when it is due.  */
void front_sleep(const struct front *f, struct pollfd *p, int *ms);
/* Take what its user did.  */
void front_poll(struct front *f);
void front_pause(struct front *f, bool give_back);

#endif
