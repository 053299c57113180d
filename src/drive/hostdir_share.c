/* hostdir_share.c - who may open what, and record locks.
 *
 * All of it is done with Linux's open file description locks (F_OFD_SETLK):
 * they belong to one open file, so two handles of one machine, two dosvm
 * processes and Linux programs that use fcntl locks all meet on the same
 * ground, and nothing is left behind when a process dies.
 *
 * Record locks are locks on the same bytes of the Linux file.
 *
 * Sharing modes are shared locks on single bytes far behind what DOS can
 * reach, at SHARE_BASE + class (share.h).  Whoever opens first marks his
 * class, then looks whether there is a mark that does not go with it, and if
 * so takes his own away.  Two that come at the same moment may both fail, but
 * never both succeed wrongly.
 *
 * All dosvm processes count as one user, so programs that know nothing of
 * sharing do not hinder each other.  Where the host has no such locks nothing
 * is denied.  */

#include "drive/hostdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drive/share.h"

#define SHARE_BASE	((off_t)1 << 62)
#define ATTEMPTS	3

static bool set_lock(int fd, short type, off_t pos, off_t size)
{
	struct flock fl = { .l_type = type, .l_whence = SEEK_SET, .l_start = pos, .l_len = size };

	return fcntl(fd, F_OFD_SETLK, &fl) == 0;
}

/* Does anybody else hold a lock that forbids this one?  *start: where.  */
static bool held(int fd, short type, off_t pos, off_t size, off_t *start)
{
	struct flock fl = { .l_type = type, .l_whence = SEEK_SET, .l_start = pos, .l_len = size };

	if (fcntl(fd, F_OFD_GETLK, &fl) != 0 || fl.l_type == F_UNLCK)
		return false;
	*start = fl.l_start;
	return true;
}

/* Is there a mark of a class from first to end?  A Linux program's lock on
 * the whole file covers our bytes as well, but begins before them.  */
static bool marked(int fd, unsigned first, unsigned end)
{
	off_t start;

	return held(fd, F_WRLCK, SHARE_BASE + first, end - first, &start) &&
	       start >= SHARE_BASE;
}

static bool conflicting_mark(int fd, unsigned class)
{
	for (unsigned first = 0; first < SHARE_CLASSES;) {
		unsigned end = first;

		while (end < SHARE_CLASSES && share_conflict(class, end))
			end++;
		if (end > first && marked(fd, first, end))
			return true;
		first = end + 1;
	}
	return false;
}

enum dos_error hd_share_enter(int fd, uint8_t class)
{
	for (unsigned i = 0; i < ATTEMPTS; i++) {
		bool mark = set_lock(fd, F_RDLCK, SHARE_BASE + class, 1);

		if (!conflicting_mark(fd, class))
			return DOS_OK;
		if (mark)
			set_lock(fd, F_UNLCK, SHARE_BASE + class, 1);
	}
	return DOS_SHARING;
}

static void mark_own(struct hostdir *disk, const struct statx *sx, bool on)
{
	for (uint32_t i = 0; i < disk->files; i++) {
		const struct hd_file *file = &disk->file[i];

		if (file->used && file->fd >= 0 && file->ino == sx->stx_ino &&
		    file->dev == hd_dev(sx))
			set_lock(file->fd, on ? F_RDLCK : F_UNLCK, SHARE_BASE + file->share, 1);
	}
}

static bool own_denies(const struct hostdir *disk, const struct statx *sx)
{
	for (uint32_t i = 0; i < disk->files; i++) {
		const struct hd_file *file = &disk->file[i];

		if (file->used && file->fd >= 0 && file->ino == sx->stx_ino &&
		    file->dev == hd_dev(sx) && file->share >= SHARE_COMPAT)
			return true;
	}
	return false;
}

/* SHARE lets a program delete and rename what it has itself open in
 * compatibility mode, and nobody else's.  Which program of this machine has a
 * file open is the kernel's affair (dos_share_change).  In Linux the open
 * handle stays good.  */
enum dos_error hd_share_change(struct hostdir *disk, const struct hd_found *f)
{
	bool found;
	int fd;

	if (!S_ISREG(f->sx.stx_mode))
		return DOS_OK;
	if (own_denies(disk, &f->sx))
		return DOS_SHARING;
	fd = beneath_open(&disk->root, f->host, O_RDONLY | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return DOS_OK;		/* nobody's mark could be seen */
	mark_own(disk, &f->sx, false);
	found = marked(fd, 0, SHARE_CLASSES);
	mark_own(disk, &f->sx, true);
	close(fd);
	return found ? DOS_SHARING : DOS_OK;
}

static int lock_fd(const struct hd_file *file)
{
	return file->lock_fd >= 0 ? file->lock_fd : file->fd;
}

enum dos_error hd_lock_check(const struct hd_file *file, uint32_t pos, size_t n, bool write)
{
	off_t start;

	return n && held(lock_fd(file), write ? F_WRLCK : F_RDLCK, pos, n, &start) ?
	       DOS_LOCK : DOS_OK;
}

/* An exclusive lock needs a descriptor that may write.  A handle that only
 * reads gets a second one for its locks, if Linux lets us write at all; if
 * not its locks are shared ones: others may still read there.  */
static short lock_type(struct hd_file *file)
{
	char path[32];

	if ((fcntl(lock_fd(file), F_GETFL) & O_ACCMODE) != O_RDONLY)
		return F_WRLCK;
	snprintf(path, sizeof path, "/proc/self/fd/%d", file->fd);
	file->lock_fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	return file->lock_fd >= 0 ? F_WRLCK : F_RDLCK;
}

static bool overlaps(const struct hd_lock *l, uint32_t pos, uint32_t size)
{
	return l->pos < (uint64_t)pos + size && pos < (uint64_t)l->pos + l->size;
}

static bool room_for_lock(struct hostdir *disk)
{
	struct hd_lock *more;

	if (disk->locks >= HD_LOCKS)
		return false;
	if (disk->locks & (disk->locks - 1))
		return true;
	more = realloc(disk->lock, (disk->locks ? disk->locks * 2 : 1) * sizeof *more);
	if (more)
		disk->lock = more;
	return more != NULL;
}

static enum dos_error lock_on(struct hostdir *disk, struct hd_file *file,
			      const struct hd_lock *want)
{
	for (uint32_t i = 0; file->locks && i < disk->locks; i++)
		if (disk->lock[i].file == want->file &&
		    overlaps(&disk->lock[i], want->pos, want->size))
			return DOS_LOCK;
	if (!room_for_lock(disk))
		return DOS_SHARE_BUFFER;
	if (!set_lock(file->fd < 0 ? -1 : lock_fd(file), lock_type(file), want->pos, want->size)) {
		if (errno == EACCES || errno == EAGAIN)
			return DOS_LOCK;
		return errno == EINVAL ? DOS_BAD_FUNCTION : hd_error(errno);
	}
	disk->lock[disk->locks++] = *want;
	file->locks++;
	return DOS_OK;
}

static enum dos_error lock_off(struct hostdir *disk, struct hd_file *file,
			       const struct hd_lock *want)
{
	for (uint32_t i = 0; i < disk->locks; i++) {
		struct hd_lock *l = &disk->lock[i];

		if (l->file != want->file || l->owner != want->owner ||
		    l->pos != want->pos || l->size != want->size)
			continue;
		set_lock(lock_fd(file), F_UNLCK, l->pos, l->size);
		*l = disk->lock[--disk->locks];
		file->locks--;
		return DOS_OK;
	}
	return DOS_LOCK;
}

/* A length of 0, and one that reaches beyond 4 GB, is SHARE's "lock
 * violation" (MS-DOS 4.0, SHARE, CLP).  */
enum dos_error hd_lock(void *disk, drive_file f, uint16_t owner, bool on,
		       uint32_t pos, uint32_t size)
{
	struct hd_file *file = hd_file(disk, f);
	struct hostdir *hd = disk;

	if (!file)
		return DOS_BAD_HANDLE;
	struct hd_lock want = { .file = file - hd->file, .pos = pos, .size = size,
				.owner = owner };
	if (!size || (uint64_t)pos + size > (uint64_t)1 << 32)
		return DOS_LOCK;
	return on ? lock_on(hd, file, &want) : lock_off(hd, file, &want);
}

/* The host drops the locks with the descriptor; here their notes go.  */
void hd_lock_drop(struct hostdir *disk, uint32_t index)
{
	for (uint32_t i = 0; i < disk->locks;)
		if (disk->lock[i].file == index)
			disk->lock[i] = disk->lock[--disk->locks];
		else
			i++;
	disk->file[index].locks = 0;
}
