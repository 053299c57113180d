/* log.h - what dosvm tells about itself: warnings, and the channels of
 * --trace.
 *
 * Rooms are given a struct log * and may be given NULL: then nobody
 * listens.  One call is one line.  Text of the guest may
 * be in it: control characters and bytes that are not UTF-8 come out as
 * \xNN, so that it cannot speak to the user's terminal.  */

#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum log_channel {
	LOG_DOS = 1 << 0,		/* INT 21h and its kin, decoded */
	LOG_INT = 1 << 1,		/* every other service and interrupt */
	LOG_EXEC = 1 << 2,		/* programs that start and end */
	LOG_FILE = 1 << 3,		/* what is opened, made, removed on the host */
	LOG_CPU = 1 << 4,		/* every instruction */
	LOG_PORT = 1 << 5,		/* ports */
	LOG_PACE = 1 << 7,		/* how evenly pictures came, at the end */
	LOG_WARN = 1 << 6,		/* what the user should know; always on */
};

struct log {
	FILE *out;			/* NULL: silent */
	unsigned channels;		/* a set of LOG_xxx */
};

/* The log does not own `out'.  LOG_WARN is added to channels.  */
void log_init(struct log *log, FILE *out, unsigned channels);

/* To be asked before work is done for a line that nobody may want.  */
static inline bool log_on(const struct log *log, unsigned channel)
{
	return log && log->out && (log->channels & channel);
}

/* printf one line, without a newline at the end; cut at 1023 bytes.
 * Warnings begin with "dosvm: ".  */
void log_say(const struct log *log, enum log_channel channel, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Channels by name.  log_channel_named answers 0 for a name (of n bytes)
 * that is none; "all" is every channel but LOG_CPU, LOG_PORT and LOG_PACE.
 * log_channel_nth: NULL past the last; *help says what it shows.  */
unsigned log_channel_named(const char *name, size_t n);
const char *log_channel_nth(unsigned n, const char **help);

#endif
