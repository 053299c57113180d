/* streams.c - standard input, output and error for the guest.  */

#include "session/streams.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "session/terminal.h"

#define SMALL_WRITE	512

static bool ready(int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events };

	return poll(&p, 1, 0) > 0;
}

/* Errors as a program on DOS meets them: a device that does not take more,
 * a disk that is full (short count), anything else.  */
static enum dos_error write_error(struct streams *s, int e)
{
	s->failed = e;
	s->deaf_writes += e == EPIPE;
	return e == EPIPE ? DOS_WRITE_FAULT : DOS_DENIED;
}

/* Write now, at most what a ready pipe takes.  *n: out, bytes taken.  */
static enum dos_error write_fd(struct streams *s, int fd, const uint8_t *buf, size_t *n)
{
	size_t want = *n;
	ssize_t put;

	*n = 0;
	while (*n < want) {
		size_t part = want - *n < STREAM_BUFFER ? want - *n : STREAM_BUFFER;

		if (!ready(fd, POLLOUT))
			return DRIVE_WAIT;
		put = write(fd, buf + *n, part);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0 && errno == EAGAIN)
			return DRIVE_WAIT;
		if (put < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)) {
			s->failed = errno;
			return DOS_OK;		/* short: the disk is full */
		}
		if (put < 0)
			return write_error(s, errno);
		*n += put;
	}
	return DOS_OK;
}

bool streams_flush(struct streams *s)
{
	size_t n = s->out_size;
	enum dos_error e;

	if (s->terminal->out >= 0 && !terminal_flush(s->terminal))
		s->failed = EIO;
	if (!n)
		return true;
	e = write_fd(s, STDOUT_FILENO, s->out, &n);
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
	return write_fd(s, stream, buf, n);
}

static enum dos_error stream_read(void *ctx, unsigned stream, void *buf, size_t *n)
{
	struct streams *s = ctx;
	size_t want = *n;
	ssize_t got;

	*n = 0;
	if (!ready(stream, POLLIN))
		return DRIVE_WAIT;
	got = read(stream, buf, want);
	if (got < 0)
		return errno == EAGAIN || errno == EINTR ? DRIVE_WAIT :
		       errno == EBADF ? DOS_BAD_HANDLE : DOS_READ_FAULT;
	if (got == 0 && stream == 0)
		s->input_ended = true;
	*n = got;
	return DOS_OK;
}

static bool stream_seek(void *ctx, unsigned stream, int64_t by, uint64_t *now, uint64_t *size)
{
	off_t end;

	if (stream == 1 && !streams_flush(ctx))
		return false;
	if (lseek(stream, 0, SEEK_CUR) < 0)
		return false;
	if (by && lseek(stream, by, SEEK_CUR) < 0)
		return false;
	*now = lseek(stream, 0, SEEK_CUR);
	end = lseek(stream, 0, SEEK_END);
	*size = end < 0 ? 0 : end;
	return lseek(stream, *now, SEEK_SET) >= 0;
}

const struct stdio_ops streams_ops = {
	.read = stream_read, .write = stream_write, .seek = stream_seek,
};

void streams_init(struct streams *s, struct terminal *terminal)
{
	*s = (struct streams){ .terminal = terminal };
}

/* The console cannot wait: while the pipe is full, neither does the guest.  */
void streams_console(struct streams *s, uint8_t ch)
{
	struct pollfd p = { .fd = STDOUT_FILENO, .events = POLLOUT };

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
