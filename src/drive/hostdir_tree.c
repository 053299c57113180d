/* hostdir_tree.c - what is done by path: look, delete, rename, make.  */

#include "drive/hostdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum dos_error hd_info(void *disk, const char *path, struct drive_info *out)
{
	struct hostdir *hd = disk;
	struct hd_found f;
	enum dos_error e = hd_find(hd, path, &f);

	*out = (struct drive_info){ 0 };
	if (!e)
		e = hd_find_name(hd, &f);
	if (!e) {
		hd_fill_info(&f.sx, hd_attr(hd, f.fd, NULL, hd_leaf(&f), &f.sx), out);
		memcpy(out->name, f.name, sizeof out->name);
		if (f.has_long)
			hd_to_guest(hd, hd_leaf(&f), out->long_name);
		else
			memcpy(out->long_name, f.name, sizeof f.name);
	}
	hd_drop(&f);
	return e;
}

/* Find what is to be changed, and its directory.  */
static enum dos_error find_to_change(struct hostdir *disk, const char *path,
				     struct hd_found *f, int *parent)
{
	enum dos_error e;

	*parent = -1;
	f->fd = -1;
	if (disk->config.read_only)
		return DOS_DENIED;
	e = hd_find(disk, path, f);
	if (e)
		return e;
	if (hd_is_root(f))
		return DOS_DENIED;
	*parent = hd_open_parent(disk, f);
	return *parent < 0 ? hd_path_error(errno) : DOS_OK;
}

static void done_with(struct hd_found *f, int parent)
{
	hd_drop(f);
	if (parent >= 0)
		close(parent);
}

enum dos_error hd_remove(void *disk, const char *path)
{
	struct hostdir *hd = disk;
	struct hd_found f;
	int parent;
	enum dos_error e = find_to_change(hd, path, &f, &parent);

	if (!e && (S_ISDIR(f.sx.stx_mode) ||
		   hd_attr(hd, f.fd, NULL, hd_leaf(&f), &f.sx) & ATTR_READ_ONLY))
		e = DOS_DENIED;
	if (!e)
		e = hd_share_change(hd, &f);
	if (!e && unlinkat(parent, hd_leaf(&f), 0) != 0)
		e = hd_error(errno);
	done_with(&f, parent);
	return e;
}

enum dos_error hd_rmdir(void *disk, const char *path)
{
	struct hd_found f;
	int parent;
	enum dos_error e = find_to_change(disk, path, &f, &parent);

	if (e == DOS_NO_FILE || (!e && !S_ISDIR(f.sx.stx_mode)))
		e = DOS_NO_PATH;
	if (!e && unlinkat(parent, hd_leaf(&f), AT_REMOVEDIR) != 0)
		e = errno == ENOTDIR ? DOS_DENIED : hd_error(errno);	/* a link to one */
	done_with(&f, parent);
	return e;
}

enum dos_error hd_mkdir(void *disk, const char *path, bool long_name)
{
	char dir[DRIVE_PATH_MAX], name[DRIVE_NAME_MAX], host[HD_HOST_NAME];
	struct hostdir *hd = disk;
	struct hd_found f;
	enum dos_error e = hd_find(hd, path, &f);
	int parent, fd;

	hd_drop(&f);
	if (!e || hd->config.read_only)
		return DOS_DENIED;
	if (e != DOS_NO_FILE)
		return e;
	if (!path_split(path, dir, name) || !hd_new_host(hd, name, long_name, host))
		return DOS_NO_PATH;
	parent = hd_open_parent(hd, &f);
	if (parent < 0)
		return hd_path_error(errno);
	e = mkdirat(parent, host, 0777) == 0 ? DOS_OK :
	    errno == EEXIST ? DOS_DENIED : hd_error(errno);
	if (!e && hd->config.clock) {
		fd = openat(parent, host, O_PATH | O_NOFOLLOW | O_CLOEXEC);
		if (fd >= 0) {
			hd_stamp_clock(hd, fd);
			close(fd);
		}
	}
	close(parent);
	return e;
}

/* Some file systems cannot promise not to replace; there the look that was
 * taken before has to do.  */
static bool rename_new(int from_dir, const char *from, int to_dir, const char *to)
{
	if (renameat2(from_dir, from, to_dir, to, RENAME_NOREPLACE) == 0)
		return true;
	if (errno != EINVAL && errno != ENOSYS)
		return false;
	if (faccessat(to_dir, to, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
		errno = EEXIST;
		return false;
	}
	return renameat(from_dir, from, to_dir, to) == 0;
}

/* Where the host does not mind the case, the new name exists already: it is
 * the file itself.  errno stays if it is not.  */
static bool rename_case(const struct hd_found *from, int from_dir, int to_dir, const char *to)
{
	int why = errno;
	struct statx sx;

	if (why == EEXIST && hd_statx(to_dir, to, &sx) && sx.stx_ino == from->sx.stx_ino &&
	    hd_dev(&sx) == hd_dev(&from->sx) && sx.stx_nlink == 1 &&
	    renameat(from_dir, hd_leaf(from), to_dir, to) == 0)
		return true;
	errno = why;
	return false;
}

static enum dos_error rename_to(struct hostdir *disk, const struct hd_found *from, int from_dir,
				const char *to, bool long_name)
{
	char dir[DRIVE_PATH_MAX], name[DRIVE_NAME_MAX], host[HD_HOST_NAME];
	struct hd_found f;
	enum dos_error e = hd_find(disk, to, &f);
	int to_dir;

	hd_drop(&f);
	if (e && e != DOS_NO_FILE)
		return e;
	if (!e && strcmp(f.host, from->host) != 0)
		return DOS_DENIED;	/* there is another by that name */
	if (!path_split(to, dir, name) || !hd_new_host(disk, name, long_name, host))
		return DOS_NO_PATH;
	if (!e && strcmp(hd_leaf(&f), host) == 0)
		return long_name ? DOS_OK : DOS_DENIED;
	to_dir = hd_open_parent(disk, &f);
	if (to_dir < 0)
		return hd_path_error(errno);
	e = DOS_OK;
	if (!rename_new(from_dir, hd_leaf(from), to_dir, host) &&
	    !rename_case(from, from_dir, to_dir, host))
		e = errno == EXDEV ? DOS_NOT_SAME_DEVICE :
		    errno == EEXIST || errno == EINVAL ? DOS_DENIED : hd_error(errno);
	close(to_dir);
	return e;
}

enum dos_error hd_rename(void *disk, const char *from, const char *to, bool long_name)
{
	struct hd_found f;
	int parent;
	enum dos_error e = find_to_change(disk, from, &f, &parent);

	if (!e)
		e = hd_share_change(disk, &f);
	if (!e)
		e = rename_to(disk, &f, parent, to, long_name);
	if (!e)
		hd_file_moved(disk, from, to);
	done_with(&f, parent);
	return e;
}

enum dos_error hd_set_path_attr(void *disk, const char *path, uint8_t attr)
{
	struct hd_found f;
	int parent;
	enum dos_error e = find_to_change(disk, path, &f, &parent);

	if (!e)
		e = hd_share_change(disk, &f);
	if (!e)
		e = hd_set_attr(disk, f.fd, hd_leaf(&f), &f.sx, attr);
	done_with(&f, parent);
	return e;
}

enum dos_error hd_set_path_time(void *disk, const char *path, unsigned which,
				uint16_t time, uint16_t date)
{
	struct hd_found f;
	int parent;
	enum dos_error e = find_to_change(disk, path, &f, &parent);

	if (!e)
		e = hd_set_date(f.fd, which, time, date);
	done_with(&f, parent);
	return e;
}

static enum dos_error spell(void *disk, const char *path, bool long_name,
			    char name[DRIVE_NAME_MAX])
{
	struct drive_info info;
	enum dos_error e = hd_info(disk, path, &info);

	if (!e)
		snprintf(name, DRIVE_NAME_MAX, "%s", long_name ? info.long_name : info.name);
	return e;
}

enum dos_error hd_canon(void *disk, const char *path, bool long_name,
			char out[DRIVE_PATH_MAX])
{
	return path_spell(spell, disk, path, long_name, out);
}
