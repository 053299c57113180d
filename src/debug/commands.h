/* commands.h - what can be said to the built-in debugger.  */

#ifndef DEBUG_COMMANDS_H
#define DEBUG_COMMANDS_H

#include <stdbool.h>

struct monitor;

struct command {
	const char *name, *brief;	/* any beginning of the name will do, and the brief form */
	const char *arguments;
	const char *help;
	void (*run)(struct monitor *t, const char *s);
	bool moves;			/* the machine goes on, or ends */
};

extern const struct command command_table[];	/* ends with a NULL name */

/* A line with something in it.  */
void command_do(struct monitor *t, const char *line);

#endif
