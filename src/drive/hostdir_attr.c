/* hostdir_attr.c - attributes and dates.
 *
 * Attributes are kept as Samba and dosemu2 keep them: the extended attribute
 * user.DOSATTRIB, text "0x20" (Samba may put more behind it).  A file
 * without one is judged by what Linux says: read-only if its owner may not
 * write, hidden if its name begins with a dot, and an archive bit.  What
 * Linux would say anyway is not written down.  On file systems without
 * extended attributes read-only still works; hidden and system cannot be
 * set (access denied), and the archive bit is always on.  */

#include "drive/hostdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#define XATTR_DOS	"user.DOSATTRIB"
#define XATTR_LABEL	"user.dosvm.label"
#define KEPT	(ATTR_READ_ONLY | ATTR_HIDDEN | ATTR_SYSTEM | ATTR_ARCHIVE)
#define PROC_PATH	(32 + HD_HOST_NAME)

bool hd_statx(int dir, const char *name, struct statx *sx)
{
	return statx(dir, name, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | AT_NO_AUTOMOUNT,
		     STATX_BASIC_STATS | STATX_BTIME, sx) == 0;
}

/* The path by which an O_PATH descriptor, or an entry in its directory, can
 * be handed to calls that take only paths.  */
static void proc_path(char out[PROC_PATH], int fd, const char *name)
{
	if (name)
		snprintf(out, PROC_PATH, "/proc/self/fd/%d/%s", fd, name);
	else
		snprintf(out, PROC_PATH, "/proc/self/fd/%d", fd);
}

/* What Linux alone says.  A directory without write permission is not
 * read-only: in DOS that would not keep anybody from making files in it.  */
static uint8_t attr_default(const char *host, const struct statx *sx)
{
	uint8_t attr = 0;

	if (!S_ISDIR(sx->stx_mode))
		attr = sx->stx_mode & S_IWUSR ? ATTR_ARCHIVE : ATTR_ARCHIVE | ATTR_READ_ONLY;
	if (host[0] == '.')
		attr |= ATTR_HIDDEN;
	return attr;
}

static ssize_t get_xattr(int fd, const char *name, char *to, size_t size)
{
	char path[PROC_PATH];
	ssize_t n;

	if (!name) {
		n = fgetxattr(fd, XATTR_DOS, to, size);
		if (n >= 0 || errno != EBADF)
			return n;	/* not O_PATH */
	}
	proc_path(path, fd, name);
	return name ? lgetxattr(path, XATTR_DOS, to, size)
		    : getxattr(path, XATTR_DOS, to, size);
}

static bool attr_stored(const struct hostdir *disk, int fd, const char *name, uint8_t *attr)
{
	char text[16];
	ssize_t n;

	if (disk->no_xattr)
		return false;
	n = get_xattr(fd, name, text, sizeof text - 1);
	if (n < 0 && errno == ERANGE) {
		char longer[256];	/* Samba puts more behind the text */

		n = get_xattr(fd, name, longer, sizeof longer);
		if (n > (ssize_t)sizeof text - 1)
			n = sizeof text - 1;
		if (n > 0)
			memcpy(text, longer, n);
	}
	if (n < 3 || text[0] != '0' || (text[1] | 0x20) != 'x')
		return false;
	text[n] = '\0';
	*attr = strtoul(text, NULL, 16) & KEPT;
	return true;
}

uint8_t hd_attr(const struct hostdir *disk, int fd, const char *name, const char *host,
		const struct statx *sx)
{
	uint8_t attr = attr_default(host, sx), stored;

	/* Linux's word on writing counts, too.  */
	if (attr_stored(disk, fd, name, &stored))
		attr = stored | (attr & ATTR_READ_ONLY);
	if (S_ISDIR(sx->stx_mode))
		attr = (attr & ~ATTR_ARCHIVE) | ATTR_DIR;
	return attr;
}

/* Read-only takes the write permissions away.  When it goes the owner can
 * write again; what others could is not remembered.  */
static enum dos_error set_mode(const char *path, const struct statx *sx, bool read_only)
{
	mode_t mode = sx->stx_mode & 07777, want = mode;

	if (S_ISDIR(sx->stx_mode))
		return DOS_OK;
	if (read_only)
		want &= ~0222;
	else if (!(mode & S_IWUSR))
		want |= S_IWUSR;
	if (want != mode && chmod(path, want) != 0)
		return hd_error(errno);
	return DOS_OK;
}

/* Store what differs from what Linux says by itself.  */
static enum dos_error store(const struct hostdir *disk, const char *path, uint8_t attr,
			    uint8_t plain, bool dir)
{
	uint8_t lost = ATTR_HIDDEN | ATTR_SYSTEM | (dir ? ATTR_READ_ONLY : 0);
	char text[8];

	if (disk->no_xattr)
		return (attr ^ plain) & lost ? DOS_DENIED : DOS_OK;
	if (attr == plain) {
		if (removexattr(path, XATTR_DOS) == 0 || errno == ENODATA)
			return DOS_OK;
		return hd_error(errno);
	}
	snprintf(text, sizeof text, "0x%x", attr);
	if (setxattr(path, XATTR_DOS, text, strlen(text), 0) == 0)
		return DOS_OK;
	if (errno == EOPNOTSUPP)
		return (attr ^ plain) & lost ? DOS_DENIED : DOS_OK;
	return hd_error(errno);
}

enum dos_error hd_set_attr(struct hostdir *disk, int fd, const char *host,
			   const struct statx *sx, uint8_t attr)
{
	bool dir = S_ISDIR(sx->stx_mode);
	struct statx now = *sx;
	char path[PROC_PATH];
	enum dos_error e;

	if (disk->config.read_only || (attr & ATTR_LABEL) || (!dir && (attr & ATTR_DIR)))
		return DOS_DENIED;
	attr &= dir ? KEPT & ~ATTR_ARCHIVE : KEPT;
	if ((hd_attr(disk, fd, NULL, host, sx) & KEPT) == attr)
		return DOS_OK;		/* even if the file is not ours to change */
	proc_path(path, fd, NULL);
	/* An extended attribute can be set only while the file is writable.  */
	e = set_mode(path, sx, false);
	now.stx_mode |= S_IWUSR;
	if (!e)
		e = store(disk, path, attr, attr_default(host, &now) |
			  (dir ? 0 : attr & ATTR_READ_ONLY), dir);
	if (!e && (attr & ATTR_READ_ONLY))
		e = set_mode(path, &now, true);
	else if (e)
		set_mode(path, &now, !(sx->stx_mode & S_IWUSR));
	return e;
}

static int64_t from_dos(uint16_t time, uint16_t date)
{
	struct tm tm = {
		.tm_year = 80 + (date >> 9), .tm_mon = (date >> 5 & 15) - 1,
		.tm_mday = date & 31, .tm_hour = time >> 11, .tm_min = time >> 5 & 63,
		.tm_sec = (time & 31) * 2, .tm_isdst = -1,
	};

	return mktime(&tm);
}

void hd_fill_info(const struct statx *sx, uint8_t attr, struct drive_info *out)
{
	uint16_t atime;

	out->attr = attr;
	drive_dos_time(sx->stx_mtime.tv_sec, &out->time, &out->date);
	drive_dos_time(sx->stx_atime.tv_sec, &atime, &out->adate);
	out->ctime = out->time;
	out->cdate = out->date;
	if (sx->stx_mask & STATX_BTIME)
		drive_dos_time(sx->stx_btime.tv_sec, &out->ctime, &out->cdate);
	out->size = S_ISDIR(sx->stx_mode) ? 0 :
		    sx->stx_size > UINT32_MAX ? UINT32_MAX : sx->stx_size;
	out->whole_size = S_ISDIR(sx->stx_mode) ? 0 : sx->stx_size;
	out->id = sx->stx_ino;
	out->links = sx->stx_nlink;
}

/* The date of birth cannot be changed in Linux.  */
enum dos_error hd_set_date(int fd, unsigned which, uint16_t time, uint16_t date)
{
	struct timespec ts[2] = { { .tv_nsec = UTIME_OMIT }, { .tv_nsec = UTIME_OMIT } };
	char path[PROC_PATH];

	if (which > 1)
		return DOS_UNSUPPORTED;
	ts[!which] = (struct timespec){ .tv_sec = from_dos(time, date) };
	if (futimens(fd, ts) == 0)
		return DOS_OK;
	proc_path(path, fd, NULL);	/* O_PATH descriptors are not taken there */
	return utimensat(AT_FDCWD, path, ts, 0) == 0 ? DOS_OK : hd_error(errno);
}

void hd_stamp_clock(const struct hostdir *disk, int fd)
{
	uint16_t time, date;

	if (!disk->config.clock)
		return;
	disk->config.clock(disk->config.clock_ctx, &time, &date);
	hd_set_date(fd, 0, time, date);
}

bool hd_label_load(struct hostdir *disk)
{
	char path[PROC_PATH], text[12];
	ssize_t n;

	proc_path(path, disk->root.root, NULL);
	n = getxattr(path, XATTR_LABEL, text, sizeof text - 1);
	if (n < 0) {
		disk->no_xattr = errno != ENODATA;	/* no such thing here, or no /proc */
		return false;
	}
	text[n] = '\0';
	for (char *s = text; *s; s++)
		if ((uint8_t)*s < 0x20)
			return false;
	strcpy(disk->label, text);
	return true;
}

enum dos_error hd_label_store(struct hostdir *disk, const char *label)
{
	char path[PROC_PATH];

	proc_path(path, disk->root.root, NULL);
	if (setxattr(path, XATTR_LABEL, label, strlen(label), 0) != 0)
		return hd_error(errno);
	return DOS_OK;
}
