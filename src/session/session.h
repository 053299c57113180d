/* session.h - one run of dosvm on a host: what the user asked for, put into
 * a machine, paced, fed with input, and its end turned into an exit
 * status.  The only room that knows the host's clock, terminal and
 * environment.  */

#ifndef SESSION_H
#define SESSION_H

#include <stdbool.h>

struct conf;
struct error;
struct place;
struct session;

/* Exit statuses of dosvm's own.  Below them is the program's ERRORLEVEL,
 * whatever it is: DOS programs use all 256, and theirs is passed on
 * unchanged; those of dosvm's own come with a line on stderr.  */
enum session_status {
	STATUS_NO_INPUT = 120,	/* it waits for a key that can never come */
	STATUS_CRASHED = 121,	/* invalid opcodes, triple fault, MCBs destroyed */
	STATUS_TIMEOUT = 124,	/* --timeout, as timeout(1) has it */
	STATUS_REFUSED = 125,	/* dosvm itself: options, configuration, host */
	STATUS_NOT_DOS = 126,	/* found, but not a DOS program */
	STATUS_NOT_FOUND = 127,
	STATUS_SIGNAL = 128,	/* + signal: ended by SIGINT, SIGTERM ... */
};

/* args: the program and its arguments, NULL at the end, as place_open() left them; empty
 * for a prompt.  On failure *status is the exit status.  */
struct session *session_open(const struct conf *conf, const struct place *place,
			     char *const *args, int *status, struct error *err);

/* Run to the end.  Answers the exit status; err says why, if it is one of
 * dosvm's own.  */
int session_run(struct session *s, struct error *err);

/* Show a line in a box, if a desktop has started us and nobody reads standard error.  False:
 * it was not shown.  */
bool session_complain(const struct conf *conf, const char *text);

void session_close(struct session *s);

#endif
