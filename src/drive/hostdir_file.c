/* hostdir_file.c - open files.
 *
 * A drive_file is the index in the table + 1, with a count of the place's
 * uses above it, so that a handle that was closed does not find the next
 * owner of its place.  */

#include "drive/hostdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "drive/share.h"

#define INDEX_BITS	16
#define MAX_FILES	((1u << INDEX_BITS) - 2)
#define READ_WHOLE	0x7ffff000	/* Linux moves no more in one call */

struct hd_file *hd_file(struct hostdir *disk, drive_file f)
{
	uint32_t index = (f & ((1u << INDEX_BITS) - 1)) - 1;
	struct hd_file *file;

	if (index >= disk->files)
		return NULL;
	file = &disk->file[index];
	return file->used && file->fd >= 0 && file->generation == f >> INDEX_BITS ? file : NULL;
}

static drive_file number_of(const struct hostdir *disk, const struct hd_file *file)
{
	return (uint32_t)file->generation << INDEX_BITS | (uint32_t)(file - disk->file + 1);
}

/* A place in the table.  NULL: full.  */
static struct hd_file *place(struct hostdir *disk)
{
	struct hd_file *file;

	if (!disk->free_file) {
		uint32_t n = disk->files ? disk->files * 2 : 16;

		if (n > MAX_FILES)
			return NULL;
		file = realloc(disk->file, n * sizeof *file);
		if (!file)
			return NULL;
		disk->file = file;
		for (uint32_t i = n; i-- > disk->files;) {
			file[i] = (struct hd_file){ .fd = -1, .lock_fd = -1,
						    .next_free = disk->free_file };
			disk->free_file = i + 1;
		}
		disk->files = n;
	}
	file = &disk->file[disk->free_file - 1];
	disk->free_file = file->next_free;
	file->used = true;
	file->written = false;
	file->generation++;
	file->locks = 0;
	return file;
}

static void vacate(struct hostdir *disk, struct hd_file *file)
{
	uint32_t index = file - disk->file;

	if (file->locks)
		hd_lock_drop(disk, index);
	if (file->lock_fd >= 0)
		close(file->lock_fd);
	file->fd = file->lock_fd = -1;
	file->used = false;
	file->next_free = disk->free_file;
	disk->free_file = index + 1;
}

/* Open the thing that was found.  It may have been exchanged since: then it
 * is looked at again, since a pipe or a device must not stay open.  */
static int open_found(struct hostdir *disk, struct hd_found *f, int flags, bool may_drop_read)
{
	int fd = beneath_open(&disk->root, f->host, flags | O_NONBLOCK | O_NOCTTY);

	if (fd < 0 && errno == EACCES && may_drop_read)
		fd = beneath_open(&disk->root, f->host, O_WRONLY | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -1;
	if (!hd_statx(fd, "", &f->sx) || !S_ISREG(f->sx.stx_mode)) {
		close(fd);
		errno = EACCES;
		return -1;
	}
	return fd;
}

static enum dos_error open_old(struct hostdir *disk, unsigned mode, uint8_t attr,
			       struct hd_found *f, int *out, uint8_t *class,
			       enum drive_did *did)
{
	unsigned access = mode & DRIVE_ACCESS;
	bool writes = access != DRIVE_READ || (mode & DRIVE_TRUNCATE);
	bool read_only = disk->config.read_only || !(f->sx.stx_mode & S_IWUSR);
	enum dos_error e;
	int fd;

	if (S_ISDIR(f->sx.stx_mode))
		return DOS_DENIED;
	if (mode & DRIVE_EXCLUSIVE)
		return DOS_FILE_EXISTS;
	if (writes && (read_only ||
		       hd_attr(disk, f->fd, NULL, hd_leaf(f), &f->sx) & ATTR_READ_ONLY))
		return DOS_DENIED;
	fd = open_found(disk, f, writes ? O_RDWR : O_RDONLY, access == DRIVE_WRITE);
	if (fd < 0)
		return hd_error(errno);
	*class = share_class(mode, read_only);
	e = hd_share_enter(fd, *class);
	if (!e && (mode & DRIVE_TRUNCATE)) {
		struct hd_file probe = { .fd = fd, .lock_fd = -1 };

		e = hd_lock_check(&probe, 0, UINT32_MAX, true);
		if (!e && ftruncate(fd, 0) != 0)
			e = hd_error(errno);
		if (!e)
			hd_set_attr(disk, fd, hd_leaf(f), &f->sx, attr | ATTR_ARCHIVE);
	}
	if (e) {
		close(fd);
		return e;
	}
	*did = mode & DRIVE_TRUNCATE ? DRIVE_REPLACED : DRIVE_OPENED;
	*out = fd;
	return DOS_OK;
}

static enum dos_error open_new(struct hostdir *disk, const char *path, unsigned mode,
			       uint8_t attr, struct hd_found *f, int *out, uint8_t *class)
{
	char dir[DRIVE_PATH_MAX], name[DRIVE_NAME_MAX], host[HD_HOST_NAME];
	enum dos_error e = DOS_OK;
	int parent, fd;

	if (disk->config.read_only)
		return DOS_DENIED;
	if (!path_split(path, dir, name) || !hd_new_host(disk, name, mode & DRIVE_LONG, host))
		return DOS_NO_PATH;
	parent = hd_open_parent(disk, f);
	if (parent < 0)
		return hd_path_error(errno);
	fd = openat(parent, host, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		e = hd_error(errno);
	close(parent);
	if (e)
		return e;
	*class = share_class(mode, false);
	hd_statx(fd, "", &f->sx);
	e = hd_share_enter(fd, *class);
	if (!e && (attr & ~ATTR_ARCHIVE))
		hd_set_attr(disk, fd, host, &f->sx, attr | ATTR_ARCHIVE);
	if (e) {
		close(fd);
		return e;
	}
	if (path_is_83(name)) {
		path_upper(disk->config.code_page, name);
		memcpy(f->name, name, strlen(name) + 1);
	}
	*out = fd;
	return DOS_OK;
}

/* Somebody else may make the file between our look and our making it: then
 * there is one to be opened.  If it still cannot be seen, it is none of ours.  */
static enum dos_error open_any(struct hostdir *disk, const char *path, unsigned mode,
			       uint8_t attr, struct hd_found *f, int *fd, uint8_t *class,
			       enum drive_did *did)
{
	enum dos_error e = DOS_NO_FILE;

	for (unsigned i = 0; i < 3; i++) {
		e = hd_find(disk, path, f);
		if (!e)
			return open_old(disk, mode, attr, f, fd, class, did);
		if (e != DOS_NO_FILE || !(mode & DRIVE_CREATE))
			return e;
		e = open_new(disk, path, mode, attr, f, fd, class);
		*did = DRIVE_CREATED;
		if (e != DOS_FILE_EXISTS)
			return e;
	}
	return DOS_DENIED;
}

/* A new file gets its attributes as far as the host can keep them: it would
 * be worse not to have the file.  */
enum dos_error hd_open(void *disk, const char *path, unsigned mode, uint8_t attr,
		       drive_file *f, enum drive_did *did)
{
	struct hostdir *hd = disk;
	struct hd_found found = { .fd = -1 };
	struct hd_file *file;
	enum dos_error e;
	uint8_t class = 0;
	int fd = -1;

	if (!share_mode_ok(mode))
		return DOS_BAD_ACCESS;
	if (strlen(path) >= DRIVE_PATH_MAX)
		return DOS_NO_PATH;
	if ((mode & (DRIVE_CREATE | DRIVE_TRUNCATE)) && (attr & (ATTR_DIR | ATTR_LABEL)))
		return DOS_DENIED;
	e = open_any(hd, path, mode, attr, &found, &fd, &class, did);
	hd_drop(&found);
	if (e)
		return e;
	file = place(hd);
	if (!file) {
		close(fd);
		return DOS_TOO_MANY;
	}
	file->fd = fd;
	file->access = mode & DRIVE_ACCESS;
	file->share = class;
	file->mode = mode;
	file->dev = hd_dev(&found.sx);
	file->ino = found.sx.stx_ino;
	file->written = *did != DRIVE_OPENED;
	memcpy(file->name, found.name, sizeof file->name);
	strcpy(file->path, path);
	*f = number_of(hd, file);
	return DOS_OK;
}

/* Only a file without an archive bit needs one.  */
static void set_archive(struct hostdir *disk, const struct hd_file *file)
{
	struct statx sx;
	uint8_t attr;

	if (disk->no_xattr || !hd_statx(file->fd, "", &sx))
		return;
	attr = hd_attr(disk, file->fd, NULL, "", &sx);
	if (!(attr & ATTR_ARCHIVE))
		hd_set_attr(disk, file->fd, "", &sx, attr | ATTR_ARCHIVE);
}

/* What DOS does to a written file when it is closed.  */
static void settle(struct hostdir *disk, struct hd_file *file)
{
	if (!file->written)
		return;
	file->written = false;
	set_archive(disk, file);
	hd_stamp_clock(disk, file->fd);
}

enum dos_error hd_release(void *disk, drive_file f)
{
	uint32_t index = (f & ((1u << INDEX_BITS) - 1)) - 1;
	struct hd_file *file = hd_file(disk, f);
	struct hostdir *hd = disk;
	int fd;

	if (!file) {			/* lost on load: its place is to be freed, too */
		if (index < hd->files && hd->file[index].used &&
		    hd->file[index].generation == f >> INDEX_BITS)
			vacate(hd, &hd->file[index]);
		return DOS_BAD_HANDLE;
	}
	settle(hd, file);
	fd = file->fd;
	vacate(hd, file);
	return close(fd) == 0 || errno == EINTR ? DOS_OK : hd_error(errno);
}

/* The last byte DOS can reach is 4 GB - 2: positions are 32 bits.  */
static size_t within_4g(uint32_t pos, size_t n)
{
	return n < UINT32_MAX - pos ? n : UINT32_MAX - pos;
}

enum dos_error hd_read(void *disk, drive_file f, uint32_t pos, void *buf, size_t *n)
{
	struct hd_file *file = hd_file(disk, f);
	size_t want = within_4g(pos, *n), done = 0;
	enum dos_error e;

	*n = 0;
	if (!file)
		return DOS_BAD_HANDLE;
	if (file->access == DRIVE_WRITE)
		return DOS_DENIED;
	e = hd_lock_check(file, pos, want, false);
	if (e)
		return e;
	while (done < want) {
		ssize_t k = pread(file->fd, (char *)buf + done, want - done, (off_t)pos + done);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0 && !done)
			return hd_error(errno);
		if (k <= 0)
			break;
		done += k;
		if (done < want && k < READ_WHOLE)
			break;		/* a short read of a regular file is its end */
	}
	*n = done;
	return DOS_OK;
}

static enum dos_error set_size(struct hd_file *file, uint32_t pos)
{
	enum dos_error e = hd_lock_check(file, pos, UINT32_MAX - pos, true);

	if (e)
		return e;
	file->written = true;
	return ftruncate(file->fd, pos) == 0 ? DOS_OK : hd_error(errno);
}

static bool disk_full(int err)
{
	return err == ENOSPC || err == EDQUOT || err == EFBIG;
}

enum dos_error hd_write(void *disk, drive_file f, uint32_t pos, const void *buf, size_t *n)
{
	struct hd_file *file = hd_file(disk, f);
	size_t want = within_4g(pos, *n), done = 0;
	bool cut = *n == 0;
	enum dos_error e;

	*n = 0;
	if (!file)
		return DOS_BAD_HANDLE;
	if (file->access == DRIVE_READ)
		return DOS_DENIED;
	if (cut)
		return set_size(file, pos);
	e = hd_lock_check(file, pos, want, true);
	if (e)
		return e;
	file->written = true;
	while (done < want) {
		ssize_t k = pwrite(file->fd, (const char *)buf + done, want - done,
				   (off_t)pos + done);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0 && !done && !disk_full(errno))
			return hd_error(errno);
		if (k <= 0)
			break;
		done += k;
	}
	*n = done;
	return DOS_OK;
}

/* The 8.3 name is worked out when first asked for: that of a file opened by
 * its long name takes a look at the directory.  */
static void know_name(struct hostdir *disk, struct hd_file *file)
{
	struct hd_found f = { .fd = -1 };

	if (file->name[0])
		return;
	if (hd_find(disk, file->path, &f) == DOS_OK && hd_find_name(disk, &f) == DOS_OK)
		memcpy(file->name, f.name, sizeof file->name);
	hd_drop(&f);
}

enum dos_error hd_file_info(void *disk, drive_file f, struct drive_info *out)
{
	struct hd_file *file = hd_file(disk, f);
	char dir[DRIVE_PATH_MAX];
	struct statx sx;

	*out = (struct drive_info){ 0 };
	if (!file)
		return DOS_BAD_HANDLE;
	if (file->written)
		hd_stamp_clock(disk, file->fd);
	if (!hd_statx(file->fd, "", &sx))
		return hd_error(errno);
	know_name(disk, file);
	memcpy(out->name, file->name, sizeof out->name);
	path_split(file->path, dir, out->long_name);
	hd_fill_info(&sx, hd_attr(disk, file->fd, NULL, out->long_name, &sx), out);
	return DOS_OK;
}

enum dos_error hd_set_time(void *disk, drive_file f, uint16_t time, uint16_t date)
{
	struct hd_file *file = hd_file(disk, f);
	struct hostdir *hd = disk;

	if (!file)
		return DOS_BAD_HANDLE;
	if (hd->config.read_only)
		return DOS_DENIED;
	if (file->written)
		set_archive(hd, file);
	file->written = false;		/* the date given stays when it is closed */
	return hd_set_date(file->fd, 0, time, date);
}

/* Nothing of a file is kept here: what was written is Linux's, and every
 * other process sees it.  When it goes to the disk is Linux's decision, as
 * for other programs; DOS programs flush far too often to wait for that.  */
enum dos_error hd_flush(void *disk, drive_file f)
{
	struct hd_file *file = hd_file(disk, f);

	if (!file)
		return DOS_BAD_HANDLE;
	settle(disk, file);
	return DOS_OK;
}

/* Paths are kept for snapshots, and go along when something is renamed.  */
void hd_file_moved(struct hostdir *disk, const char *from, const char *to)
{
	size_t n = strlen(from), now = strlen(to);

	for (uint32_t i = 0; i < disk->files; i++) {
		struct hd_file *file = &disk->file[i];
		size_t rest;

		if (!file->used || strncasecmp(file->path, from, n) != 0 ||
		    (file->path[n] && file->path[n] != '\\'))
			continue;
		rest = strlen(file->path + n) + 1;
		if (now + rest > sizeof file->path)
			continue;
		memmove(file->path + now, file->path + n, rest);
		memcpy(file->path, to, now);
		file->name[0] = '\0';
	}
}

/* "Same inode or same name": a file that was replaced by Linux under the
 * same name is the one the program means.  */
void hd_file_again(struct hostdir *disk, struct hd_file *file)
{
	struct hd_found f = { .fd = -1 };
	bool writes = file->access != DRIVE_READ;

	file->fd = file->lock_fd = -1;
	if (hd_find(disk, file->path, &f) == DOS_OK && S_ISREG(f.sx.stx_mode) &&
	    !(writes && disk->config.read_only)) {
		file->fd = open_found(disk, &f, writes ? O_RDWR : O_RDONLY,
				      file->access == DRIVE_WRITE);
		if (file->fd >= 0 && hd_share_enter(file->fd, file->share) != DOS_OK) {
			close(file->fd);
			file->fd = -1;
		}
	}
	file->dev = hd_dev(&f.sx);
	file->ino = f.sx.stx_ino;
	hd_drop(&f);
}
