/* hostdir_find.c - from the guest's path to the host's.
 *
 * The kernel is asked first, for the whole path in lower case: one system
 * call, and by the rule of hostdir.h the answer is right if there is one.
 * Else the path is walked, by good readings of its directories; else by
 * asking: each component is tried in lower case, in upper case, and then
 * looked up among its directory's names.  */

#include "drive/hostdir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Put a host name after the directory host[0..at).  */
static bool put_leaf(struct hd_found *f, size_t at, const char *name)
{
	size_t n = strlen(name);

	if (at + n + 2 > sizeof f->host)
		return false;
	memcpy(f->host + at, name, n + 1);
	f->leaf = at;
	return true;
}

/* After a component: where the next one begins.  */
static bool put_slash(struct hd_found *f)
{
	size_t n = strlen(f->host);

	if (!n)
		return true;
	if (n + 2 > sizeof f->host)
		return false;
	memcpy(f->host + n, "/", 2);
	return true;
}

/* Open f->host.  What is no file or directory (a pipe, a link that leads out)
 * answers "denied", so that nothing else is taken for it.  */
static enum dos_error look(struct hostdir *disk, struct hd_found *f)
{
	int fd = beneath_open(&disk->root, f->host, O_PATH);

	if (fd < 0) {
		enum dos_error e = hd_error(errno);

		return e == DOS_NO_FILE && errno != ENOENT ? DOS_DENIED : e;
	}
	if (!hd_statx(fd, "", &f->sx) ||
	    (!S_ISREG(f->sx.stx_mode) && !S_ISDIR(f->sx.stx_mode))) {
		close(fd);
		return DOS_DENIED;
	}
	f->fd = fd;
	return DOS_OK;
}

/* The short name of a component that was found in plain case.  */
static void plain_name(const struct hostdir *disk, const char *name, struct hd_found *f)
{
	f->name[0] = '\0';
	if (!path_is_83(name) || path_is_device(name))
		return;
	for (unsigned i = 0; i <= strlen(name); i++)
		f->name[i] = disk->upper[(uint8_t)name[i]];
}

static enum dos_error find_lower(struct hostdir *disk, const char *path, struct hd_found *f)
{
	char name[DRIVE_NAME_MAX], host[HD_HOST_NAME];

	f->host[0] = '\0';
	while (path_next(&path, name)) {
		if (!put_slash(f) || !hd_lower_host(disk, name, host) ||
		    !put_leaf(f, strlen(f->host), host))
			return DOS_NO_PATH;
	}
	if (*path || !f->host[0])
		return DOS_NO_PATH;
	plain_name(disk, name, f);
	return look(disk, f);
}

/* Walk by good readings alone.  False: one is missing, *e is not set.  */
static bool find_known(struct hostdir *disk, const char *path, struct hd_found *f,
		       enum dos_error *e)
{
	const struct hd_entry *entry;
	char name[DRIVE_NAME_MAX];
	uint64_t ino = disk->ino;

	f->host[0] = '\0';
	while (path_next(&path, name)) {
		struct hd_dir *dir = hd_dir_good(disk, f->host, ino);
		size_t at;

		if (!dir || !put_slash(f))
			return false;
		at = f->leaf = strlen(f->host);
		entry = hd_dir_find(disk, dir, name);
		*e = *path ? DOS_NO_PATH : DOS_NO_FILE;
		if (!entry || (*path && entry->type == DT_REG))
			return true;
		if ((*path && entry->type != DT_DIR) ||
		    !put_leaf(f, at, hd_entry_host(dir, entry)))
			return false;
		memcpy(f->name, entry->name, sizeof f->name);
		f->has_long = entry->plain || entry->has_long;
		ino = entry->ino;
	}
	*e = *path ? DOS_NO_PATH : look(disk, f);
	return *e != DOS_NO_FILE;
}

typedef bool case_fn(const struct hostdir *disk, const char *name, char out[HD_HOST_NAME]);

/* One component, in one case.  DOS_NO_FILE: nothing is called that.  */
static enum dos_error try_case(struct hostdir *disk, struct hd_found *f, size_t at,
			       const char *name, case_fn *to_case)
{
	char host[HD_HOST_NAME];

	if (!to_case(disk, name, host) || !put_leaf(f, at, host))
		return DOS_NO_FILE;
	return look(disk, f);
}

/* One component, by the names of its directory host[0..at).  */
static enum dos_error try_names(struct hostdir *disk, struct hd_found *f, size_t at,
				const char *name)
{
	const struct hd_entry *entry;
	struct hd_dir *dir;
	enum dos_error e;

	f->host[at ? at - 1 : 0] = '\0';
	e = hd_dir_get(disk, f->host, &dir);
	if (at)
		f->host[at - 1] = '/';
	if (e)
		return e;
	entry = hd_dir_find(disk, dir, name);
	if (!entry)
		return DOS_NO_FILE;
	if (!put_leaf(f, at, hd_entry_host(dir, entry)))
		return DOS_NO_PATH;
	memcpy(f->name, entry->name, sizeof f->name);
	f->has_long = entry->plain || entry->has_long;
	return look(disk, f);
}

/* A reading of host[0..at) would have saved us the asking.  */
static void wanted(struct hostdir *disk, const struct hd_found *f, size_t at)
{
	char dir[HD_PATH];

	memcpy(dir, f->host, at);
	dir[at ? at - 1 : 0] = '\0';
	hd_dir_wanted(disk, dir);
}

static enum dos_error step(struct hostdir *disk, struct hd_found *f, const char *name)
{
	size_t at;
	enum dos_error e;

	if (!put_slash(f))
		return DOS_NO_PATH;
	at = strlen(f->host);
	plain_name(disk, name, f);
	f->has_long = true;
	e = try_case(disk, f, at, name, hd_lower_host);
	if (e == DOS_NO_FILE)
		e = try_case(disk, f, at, name, hd_upper_host);
	if (!e)
		wanted(disk, f, at);
	if (e == DOS_NO_FILE)
		e = try_names(disk, f, at, name);
	if (e == DOS_NO_FILE) {
		f->host[at] = '\0';
		f->leaf = at;
	}
	return e;
}

static enum dos_error walk(struct hostdir *disk, const char *path, struct hd_found *f)
{
	char name[DRIVE_NAME_MAX];
	enum dos_error e;

	f->host[0] = '\0';
	while (path_next(&path, name)) {
		hd_drop(f);
		e = step(disk, f, name);
		if (e)
			return *path && e == DOS_NO_FILE ? DOS_NO_PATH : e;
		if (*path && !S_ISDIR(f->sx.stx_mode))
			return DOS_NO_PATH;
	}
	return *path ? DOS_NO_PATH : DOS_OK;
}

enum dos_error hd_find(struct hostdir *disk, const char *path, struct hd_found *f)
{
	enum dos_error e;

	f->fd = -1;
	f->leaf = 0;
	f->name[0] = f->host[0] = '\0';
	f->has_long = true;
	if (path[0] != '\\')
		return DOS_NO_PATH;
	if (strcmp(path, "\\") == 0)
		return look(disk, f);
	e = find_lower(disk, path, f);
	if (e != DOS_NO_FILE && e != DOS_NO_PATH)
		return e;
	if (find_known(disk, path, f, &e))
		return e;
	return walk(disk, path, f);
}

void hd_drop(struct hd_found *f)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
}

/* The directory of f, as a path in `to'.  */
static void parent_path(const struct hd_found *f, char to[HD_PATH])
{
	size_t n = f->leaf;

	memcpy(to, f->host, n);
	while (n && to[n - 1] == '/')
		n--;
	to[n] = '\0';
}

int hd_open_parent(struct hostdir *disk, const struct hd_found *f)
{
	char dir[HD_PATH];

	parent_path(f, dir);
	return beneath_open(&disk->root, dir, O_PATH | O_DIRECTORY);
}

/* Where the host itself does not mind the case (VFAT, a share), a name that
 * it found need not be written as it is in the directory.  */
static const struct hd_entry *other_case(struct hostdir *disk, const struct hd_dir *dir,
					 struct hd_found *f)
{
	char name[DRIVE_NAME_MAX];
	const struct hd_entry *entry;
	struct statx sx;

	hd_to_guest(disk, hd_leaf(f), name);
	entry = hd_dir_find(disk, dir, name);
	if (!entry || !hd_statx(dir->fd, hd_entry_host(dir, entry), &sx) ||
	    sx.stx_ino != f->sx.stx_ino || !put_leaf(f, f->leaf, hd_entry_host(dir, entry)))
		return NULL;
	return entry;
}

enum dos_error hd_find_name(struct hostdir *disk, struct hd_found *f)
{
	const struct hd_entry *entry;
	char path[HD_PATH];
	struct hd_dir *dir;
	enum dos_error e;

	if (f->name[0] || hd_is_root(f))
		return DOS_OK;
	parent_path(f, path);
	e = hd_dir_get(disk, path, &dir);
	if (e)
		return e;
	entry = hd_dir_find_host(disk, dir, hd_leaf(f));
	if (!entry)
		entry = other_case(disk, dir, f);
	if (!entry || !entry->name[0])
		return DOS_NO_FILE;
	memcpy(f->name, entry->name, sizeof f->name);
	return DOS_OK;
}
