/* stdio_fds.c - standard streams that are file descriptors.
 *
 * They are shared with other processes, so their flags are not touched: a
 * blocking pipe stays one.  poll(2) is asked before every step; a pipe that
 * is writable takes at least PIPE_BUF bytes without blocking.
 *
 * A pipe whose reader is gone answers "access denied" and not "write
 * fault", which would be a critical error with a question to nobody.  */

#include "drive/stdio.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

static bool ready(int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events };

	return poll(&p, 1, 0) != 0;	/* an end and an error are to be found out, too */
}

static enum dos_error fds_read(void *ctx, unsigned stream, void *buf, size_t *n)
{
	const struct stdio_fds *fds = ctx;
	int fd = fds->fd[stream];
	size_t want = *n;
	ssize_t k;

	*n = 0;
	if (fd < 0)
		return DOS_DENIED;
	if (!ready(fd, POLLIN))
		return DRIVE_WAIT;
	k = read(fd, buf, want);
	if (k < 0)
		return errno == EAGAIN || errno == EINTR ? DRIVE_WAIT :
		       errno == EIO ? DOS_READ_FAULT : DOS_DENIED;
	*n = k;
	return DOS_OK;
}

static enum dos_error fds_write(void *ctx, unsigned stream, const void *buf, size_t *n)
{
	const struct stdio_fds *fds = ctx;
	int fd = fds->fd[stream];
	size_t want = *n, done = 0;
	enum dos_error e = DOS_OK;
	struct stat st;
	bool file = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);

	*n = 0;
	if (fd < 0)
		return DOS_DENIED;
	while (!e && done < want) {
		size_t step = file || want - done < PIPE_BUF ? want - done : PIPE_BUF;
		ssize_t k;

		if (!file && !ready(fd, POLLOUT)) {
			e = DRIVE_WAIT;
			break;
		}
		k = write(fd, (const char *)buf + done, step);
		if (k > 0)
			done += k;
		else if (k == 0 || errno == ENOSPC || errno == EDQUOT || errno == EFBIG)
			break;
		else if (errno == EAGAIN)
			e = DRIVE_WAIT;
		else if (errno != EINTR)
			e = errno == EIO ? DOS_WRITE_FAULT : DOS_DENIED;
	}
	*n = done;
	return e;
}

static bool fds_seek(void *ctx, unsigned stream, int64_t by, uint64_t *now, uint64_t *size)
{
	const struct stdio_fds *fds = ctx;
	struct stat st;
	off_t at;

	if (fds->fd[stream] < 0 || fstat(fds->fd[stream], &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	at = lseek(fds->fd[stream], by, SEEK_CUR);
	if (at < 0)		/* before the beginning: go there */
		at = lseek(fds->fd[stream], 0, SEEK_SET);
	if (at < 0)
		return false;
	*now = at;
	*size = st.st_size;
	return true;
}

const struct stdio_ops stdio_fds_ops = {
	.read = fds_read,
	.write = fds_write,
	.seek = fds_seek,
};
