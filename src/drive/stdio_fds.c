/* stdio_fds.c - standard streams that are file descriptors.
 *
 * They are shared with other processes, so their flags are not touched: a
 * blocking pipe stays one.  poll(2) is asked before every step; a pipe that
 * is writable takes at least PIPE_BUF bytes without blocking.
 *
 * Errors are those of DOS: a disk that is full takes less, a pipe whose
 * reader is gone is a device that takes no more, anything else is denied.  */

#include "drive/stdio.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

static bool ready(int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events };

	return poll(&p, 1, 0) > 0;	/* an end and an error are to be found out, too */
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
		       errno == EBADF ? DOS_BAD_HANDLE : DOS_READ_FAULT;
	*n = k;
	return DOS_OK;
}

static bool regular(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

/* write(2) has failed.  */
static enum dos_error write_error(struct stdio_fds *fds)
{
	fds->failed = errno;
	if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)
		return DOS_DISK_FULL;
	return errno == EPIPE ? DOS_WRITE_FAULT : DOS_DENIED;
}

static enum dos_error fds_write(void *ctx, unsigned stream, const void *buf, size_t *n)
{
	struct stdio_fds *fds = ctx;
	int fd = fds->fd[stream];
	size_t want = *n, done = 0;
	enum dos_error e = DOS_OK;
	bool whole = want > PIPE_BUF && regular(fd);

	*n = 0;
	if (fd < 0)
		return DOS_DENIED;
	while (!e && done < want) {
		size_t step = whole || want - done < PIPE_BUF ? want - done : PIPE_BUF;
		ssize_t k;

		if (!whole && !ready(fd, POLLOUT)) {
			e = DRIVE_WAIT;
			break;
		}
		k = write(fd, (const char *)buf + done, step);
		if (k > 0)
			done += k;
		else if (k == 0)
			e = DOS_DISK_FULL;
		else if (errno == EAGAIN)
			e = DRIVE_WAIT;
		else if (errno != EINTR)
			e = write_error(fds);
	}
	*n = done;
	return e == DOS_DISK_FULL ? DOS_OK : e;
}

static bool fds_seek(void *ctx, unsigned stream, int64_t by, uint64_t *now, uint64_t *size)
{
	const struct stdio_fds *fds = ctx;
	int fd = fds->fd[stream];
	struct stat st;
	off_t at;

	if (fd < 0 || fstat(fd, &st) != 0 || !(S_ISREG(st.st_mode) || S_ISBLK(st.st_mode)))
		return false;
	at = lseek(fd, by, SEEK_CUR);
	if (at < 0)		/* before the beginning: go there */
		at = lseek(fd, 0, SEEK_SET);
	if (at < 0)
		return false;
	*now = at;
	*size = st.st_size;
	if (!S_ISBLK(st.st_mode))
		return true;
	*size = lseek(fd, 0, SEEK_END);
	return lseek(fd, at, SEEK_SET) >= 0;
}

bool stdio_fd_date(int fd, int64_t *sec)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	*sec = st.st_mtime;
	return true;
}

static bool fds_date(void *ctx, unsigned stream, int64_t *sec)
{
	const struct stdio_fds *fds = ctx;

	return fds->fd[stream] >= 0 && stdio_fd_date(fds->fd[stream], sec);
}

const struct stdio_ops stdio_fds_ops = {
	.read = fds_read,
	.write = fds_write,
	.seek = fds_seek,
	.date = fds_date,
};
