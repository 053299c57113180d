/* debug.h - seeing inside: the built-in debugger on a terminal or a file of
 * commands, and the stub that gdb connects to.  Both work on the machine's
 * public face (machine/inspect.h) and know nothing of the session, which
 *
 *	runs the machine with debug_run(),
 *	looks at debug_poll()'s descriptors whenever it waits, and calls
 *	debug_serve() when one of them is ready,
 *	waits for nothing else while debug_holds(),
 *	and tells what becomes of the program.  */

#ifndef DEBUG_H
#define DEBUG_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/sched.h"

struct debug;
struct error;
struct machine;
struct pollfd;

/* One of them is given; the other is NULL.  */
struct debug_config {
	const char *commands;	/* a terminal or a file to read commands from */
	const char *gdb;	/* PORT, ADDRESS:PORT or unix:PATH */
	bool waits;		/* there is a program that gdb is waited for at */
};

struct debug *debug_open(struct machine *m, const struct debug_config *config, struct error *err);
void debug_close(struct debug *d);

/* machine_run(), going on by itself at stops that nobody need see.  */
bool debug_run(struct debug *d, vtime until);
/* The machine stands still, and somebody wants it to.  */
bool debug_holds(const struct debug *d);
/* Says so where it must; to be called before the session waits for it.  */
void debug_ask(struct debug *d);
/* The user is asked on a terminal, which may be the program's too.  */
bool debug_uses_terminal(const struct debug *d);

/* What to wait for: at most two.  */
#define DEBUG_FDS	2
unsigned debug_poll(const struct debug *d, struct pollfd *p);
void debug_serve(struct debug *d);

/* SIGINT.  False: nobody here wants it, it is the program's.  */
bool debug_interrupt(struct debug *d);
/* Somebody here wants the run to end.  */
bool debug_killed(const struct debug *d);
/* The program is over, with this exit status of dosvm.  */
void debug_ended(struct debug *d, int status);

#endif
