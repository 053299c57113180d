/* debug.c - which of the two it is.  */

#include "debug/debug.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "debug/gdb.h"
#include "debug/monitor.h"
#include "machine/machine.h"

struct debug {
	struct machine *machine;
	bool is_gdb;
	struct monitor monitor;
	struct gdb gdb;
};

static bool open_monitor(struct monitor *t, struct machine *m, const char *name, struct error *err)
{
	int out;

	*t = (struct monitor){ .machine = m, .cpu = machine_cpu(m), .in = -1 };
	t->in = strcmp(name, "-") == 0 ? dup(STDIN_FILENO) :
		open(name, O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (t->in < 0)
		t->in = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (t->in < 0) {
		error_set(err, "--debug: %s: %s", name, strerror(errno));
		return false;
	}
	t->interactive = isatty(t->in);
	out = dup(t->interactive && strcmp(name, "-") != 0 ? t->in : STDERR_FILENO);
	t->out = out < 0 ? NULL : fdopen(out, "w");
	if (t->out)
		return true;
	error_set(err, "--debug: %s", strerror(errno));
	return false;
}

static void close_monitor(struct monitor *t)
{
	if (t->in >= 0)
		close(t->in);
	if (t->out)
		fclose(t->out);
}

struct debug *debug_open(struct machine *m, const struct debug_config *config, struct error *err)
{
	struct debug *d = calloc(1, sizeof *d);

	if (!d) {
		error_set(err, "out of memory");
		return NULL;
	}
	d->machine = m;
	d->is_gdb = config->gdb != NULL;
	d->monitor.in = -1;
	if (d->is_gdb ? !gdb_open(&d->gdb, m, config->gdb, config->waits, err) :
	    !open_monitor(&d->monitor, m, config->commands, err)) {
		debug_close(d);
		return NULL;
	}
	machine_debug(m, true);
	return d;
}

void debug_close(struct debug *d)
{
	if (!d)
		return;
	if (d->is_gdb)
		gdb_close(&d->gdb);
	else
		close_monitor(&d->monitor);
	free(d);
}

bool debug_run(struct debug *d, vtime until)
{
	return d->is_gdb ? gdb_run(&d->gdb, until) : monitor_run(&d->monitor, until);
}

bool debug_holds(const struct debug *d)
{
	return machine_stopped(d->machine)->why != STOPPED_NOT &&
	       (d->is_gdb ? gdb_holds(&d->gdb) : d->monitor.in >= 0 && !d->monitor.killed);
}

bool debug_uses_terminal(const struct debug *d)
{
	return !d->is_gdb && d->monitor.interactive;
}

void debug_ask(struct debug *d)
{
	if (d->is_gdb)
		gdb_stopped(&d->gdb);
	else
		monitor_ask(&d->monitor);
}

unsigned debug_poll(const struct debug *d, struct pollfd *p)
{
	if (d->is_gdb)
		return gdb_poll(&d->gdb, p);
	if (d->monitor.in < 0 || machine_stopped(d->machine)->why == STOPPED_NOT)
		return 0;
	*p = (struct pollfd){ .fd = d->monitor.in, .events = POLLIN };
	return 1;
}

void debug_serve(struct debug *d)
{
	if (d->is_gdb)
		gdb_serve(&d->gdb);
	else
		monitor_serve(&d->monitor);
}

bool debug_interrupt(struct debug *d)
{
	if (d->is_gdb || d->monitor.in < 0)
		return false;
	monitor_interrupt(&d->monitor);
	return true;
}

bool debug_killed(const struct debug *d)
{
	return d->is_gdb ? d->gdb.killed : d->monitor.killed;
}

void debug_ended(struct debug *d, int status)
{
	if (d->is_gdb)
		gdb_ended(&d->gdb, status);
	else if (d->monitor.in >= 0 && !d->monitor.killed)
		monitor_say(&d->monitor, "the program has ended with %d\n", status);
}
