/* nojson.c - the room of a dosvm built without json-c: it opens no socket.  */

#include "control/control.h"

#include <stddef.h>

#include "base/error.h"

struct control *control_open(struct machine *m, const struct control_config *config,
			     struct error *err)
{
	(void)m;
	error_set(err, "--control=%s: this dosvm was built without json-c", config->path);
	return NULL;
}

void control_close(struct control *c)
{
	(void)c;
}

unsigned control_poll(const struct control *c, struct pollfd *p)
{
	(void)c, (void)p;
	return 0;
}

void control_serve(struct control *c, const struct pollfd *p, unsigned n)
{
	(void)c, (void)p, (void)n;
}

void control_step(struct control *c, int64_t now_ms, vtime idle, vtime ran)
{
	(void)c, (void)now_ms, (void)idle, (void)ran;
}

bool control_holds(const struct control *c)
{
	(void)c;
	return false;
}

int control_exit(const struct control *c)
{
	(void)c;
	return -1;
}
