/* control.h - a machine in the hands of scripts: a Unix socket that takes one JSON
 * object a line and answers each with one (dosvm-control(7)).
 *
 * Nothing blocks.  A client that does not read its answers gets none of its next
 * requests served, and the machine does not notice.  Whoever may connect -
 * the socket is its owner's alone - may do with the machine what its user may;
 * what it sends is measured like anything from outside.  */

#ifndef CONTROL_H
#define CONTROL_H

#include <stdbool.h>
#include <stdint.h>

#include "plugin.h"
#include "sched/sched.h"

struct control;
struct error;
struct machine;
struct pollfd;

#define CONTROL_CLIENTS	8
#define CONTROL_FDS	(1 + CONTROL_CLIENTS)

/* How guest time goes with the host's (session/gauge.h); nanoseconds.  */
struct control_pace {
	int64_t host_ns, late_ns, behind_ns, ahead_ns, lost_ns;
	uint64_t shown, dropped;
	int64_t mean_ns, most_95_ns, most_99_ns, max_ns;
};

struct control_config {
	const char *path;			/* of the socket */
	const struct plugin_host *host;		/* key, stroke, type, mouse; lives as long */
	bool (*typed)(void *ctx);		/* of host: nothing waits to be struck */
	void (*pace)(void *pace_ctx, struct control_pace *p);
	void *pace_ctx;
	uint16_t code_page;
};

/* A socket that is there already, left by a run that crashed, is replaced; one that
 * is listened on, and anything else, is not.  NULL: err says why.  */
struct control *control_open(struct machine *m, const struct control_config *config,
			     struct error *err);
/* Tells clients that still wait that the run is over.  NULL is none.  */
void control_close(struct control *c);

/* What to sleep on; answers how many, CONTROL_FDS at most, for which p has room.  */
unsigned control_poll(const struct control *c, struct pollfd *p);
/* After poll(2): take requests and answer them.  */
void control_serve(struct control *c, const struct pollfd *p, unsigned n);
/* Now and then, at least after each slice of guest time, which had this much
 * idle in it: go on with what takes time.  */
void control_step(struct control *c, int64_t now_ms, vtime idle, vtime ran);

/* Somebody has asked for it: the machine's clock stands still; the run is to
 * end with this exit status (-1: not).  */
bool control_holds(const struct control *c);
int control_exit(const struct control *c);

#endif
