/* streams.h - standard input, output and error of this process, for the
 * guest's handles 0, 1 and 2.
 *
 * Bytes pass unchanged.  Small writes are gathered and go out when the
 * slice ends, when the other stream is written to, or when the buffer is
 * full, so that a program that prints a character at a time does not cost a
 * system call for each.  What the guest's console prints goes through the
 * same buffer, in order.  Nothing blocks: a full pipe is DRIVE_WAIT.  */

#ifndef SESSION_STREAMS_H
#define SESSION_STREAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drive/stdio.h"

struct terminal;

#define STREAM_BUFFER	4096

struct streams {
	struct stdio_fds fds;
	struct terminal *terminal;	/* console characters go there if its out is set */
	bool input_ended;
	uint64_t printed;		/* bytes, to standard output and by the console */
	bool silent;			/* the console is shown elsewhere */
	uint8_t out[STREAM_BUFFER];	/* standard output, not yet written */
	size_t out_size;
	enum dos_error late;		/* an error to be told to the next write */
	unsigned deaf_writes;		/* to a pipe that nobody reads */
};

void streams_init(struct streams *s, struct terminal *terminal);

/* For stdio_mount(); ctx is the struct streams.  */
extern const struct stdio_ops streams_ops;

/* A character of the guest's console.  */
void streams_console(struct streams *s, uint8_t ch);

/* Write what has been gathered.  False: the pipe is full, come back when it
 * is not.  */
bool streams_flush(struct streams *s);

/* A byte of standard input, to be typed as a key; or: */
enum { STREAM_EMPTY = -1, STREAM_ENDED = -2 };
int streams_take_key(struct streams *s);

#endif
