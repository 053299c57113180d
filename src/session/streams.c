/* streams.c - standard input, output and error for the guest.  */

#include "session/streams.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "session/terminal.h"

#define SMALL_WRITE	512

/* Write now, at most what a ready pipe takes.  */
static enum dos_error write_now(struct streams *s, unsigned stream, const void *buf, size_t *n)
{
	enum dos_error e = stdio_fds_ops.write(&s->fds, stream, buf, n);

	s->deaf_writes += e == DOS_WRITE_FAULT;
	return e;
}

bool streams_flush(struct streams *s)
{
	size_t n = s->out_size;
	enum dos_error e;

	if (s->terminal->out >= 0 && !terminal_flush(s->terminal))
		s->fds.failed = EIO;
	if (!n)
		return true;
	e = write_now(s, 1, s->out, &n);
	if (e == DRIVE_WAIT) {
		s->out_size -= n;
		memmove(s->out, s->out + n, s->out_size);
		return false;
	}
	if (e != DOS_OK || n < s->out_size)
		s->late = e == DOS_OK ? DOS_DISK_FULL : e;
	s->out_size = 0;
	return true;
}

static enum dos_error gather(struct streams *s, const uint8_t *buf, size_t n)
{
	if (s->out_size + n > sizeof s->out && !streams_flush(s))
		return DRIVE_WAIT;
	memcpy(s->out + s->out_size, buf, n);
	s->out_size += n;
	return DOS_OK;
}

/* The error of a write that has been taken long ago.  A full disk is told as
 * one: nothing was taken.  */
static enum dos_error tell_late(struct streams *s, size_t *n)
{
	enum dos_error e = s->late;

	s->late = DOS_OK;
	*n = 0;
	return e == DOS_DISK_FULL ? DOS_OK : e;
}

static enum dos_error stream_write(void *ctx, unsigned stream, const void *buf, size_t *n)
{
	struct streams *s = ctx;
	enum dos_error e;

	s->printed += stream == 1 ? *n : 0;
	if (stream == 1 && s->late)
		return tell_late(s, n);
	if (stream == 1 && *n < SMALL_WRITE) {
		e = gather(s, buf, *n);
		if (e == DRIVE_WAIT)
			*n = 0;
		return e;
	}
	if (!streams_flush(s)) {
		*n = 0;
		return DRIVE_WAIT;
	}
	return write_now(s, stream, buf, n);
}

static enum dos_error stream_read(void *ctx, unsigned stream, void *buf, size_t *n)
{
	struct streams *s = ctx;
	enum dos_error e = stdio_fds_ops.read(&s->fds, stream, buf, n);

	if (!e && *n == 0 && stream == 0)
		s->input_ended = true;
	return e;
}

static bool stream_seek(void *ctx, unsigned stream, int64_t by, uint64_t *now, uint64_t *size)
{
	struct streams *s = ctx;

	return (stream != 1 || streams_flush(s)) &&
		stdio_fds_ops.seek(&s->fds, stream, by, now, size);
}

static bool stream_date(void *ctx, unsigned stream, int64_t *sec)
{
	(void)ctx;
	return stdio_fd_date(stream, sec);
}

const struct stdio_ops streams_ops = {
	.read = stream_read, .write = stream_write, .seek = stream_seek, .date = stream_date,
};

void streams_init(struct streams *s, struct terminal *terminal)
{
	*s = (struct streams){
		.terminal = terminal,
		.fds.fd = { STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO },
	};
}

/* The console cannot wait: while the pipe is full, neither does the guest.  */
void streams_console(struct streams *s, uint8_t ch)
{
	struct pollfd p = { .fd = STDOUT_FILENO, .events = POLLOUT };

	if (s->silent)
		return;
	s->printed++;
	if (s->terminal->out >= 0) {
		terminal_put(s->terminal, ch);
		return;
	}
	while (gather(s, &ch, 1) == DRIVE_WAIT)
		poll(&p, 1, -1);
}

int streams_take_key(struct streams *s)
{
	uint8_t ch;
	size_t n = 1;

	switch (stream_read(s, 0, &ch, &n)) {
	case DOS_OK:
		return n ? ch : STREAM_ENDED;
	case DRIVE_WAIT:
		return STREAM_EMPTY;
	default:
		return STREAM_ENDED;
	}
}
