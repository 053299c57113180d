/* hostdir_list.c - what the listings of directories show (listing.h).  */

#include "drive/hostdir.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum dos_error hd_list(void *disk, const char *path, uint16_t *number)
{
	struct hostdir *hd = disk;
	struct hd_found f;
	struct hd_dir *dir;
	enum dos_error e;

	if (strlen(path) >= DRIVE_PATH_MAX)
		return DOS_NO_PATH;
	e = hd_find(hd, path, &f);
	if (!e && !S_ISDIR(f.sx.stx_mode))
		e = DOS_NO_PATH;
	if (!e)
		e = hd_dir_get(hd, f.host, &dir);
	hd_drop(&f);
	if (e)
		return e == DOS_NO_FILE ? DOS_NO_PATH : e;
	return listings_add(&hd->listings, path, !hd_is_root(&f), dir->id, number);
}

/* Read the directory again, and find where to go on.  */
static enum dos_error read_again(struct hostdir *disk, struct listing *l,
				 struct hd_dir **dir)
{
	struct hd_found f;
	enum dos_error e = hd_find(disk, l->path, &f);

	if (!e)
		e = hd_dir_get(disk, f.host, dir);
	hd_drop(&f);
	if (e)
		return DOS_NO_MORE;
	listing_resume(l, (*dir)->id, l->next > listing_dots(l) ? hd_dir_after(*dir, l->last) : 0);
	return DOS_OK;
}

/* The entry, or for the dots NULL.  */
static enum dos_error entry_at(struct hostdir *disk, struct listing *l, unsigned nth,
			       struct hd_dir **dir, const struct hd_entry **entry)
{
	enum dos_error e = DOS_OK;
	uint32_t at;

	*entry = NULL;
	*dir = hd_dir_by_id(disk, l->dir);
	if (!*dir)
		e = read_again(disk, l, dir);
	if (e || nth < listing_dots(l))
		return e;
	e = listing_place(l, nth, (*dir)->count, &at);
	if (e)
		return e;
	*entry = hd_dir_nth(*dir, at);
	if (!*entry)
		return DOS_NO_MEMORY;
	listing_told(l, nth, (*entry)->name);
	return (*entry)->name[0] ? DOS_OK : DOS_NO_FILE;
}

static void put_long(const struct hostdir *disk, const struct hd_dir *dir,
		     const struct hd_entry *entry, char out[DRIVE_NAME_MAX])
{
	if (entry->plain || entry->has_long)
		hd_to_guest(disk, hd_entry_host(dir, entry), out);
	else
		memcpy(out, entry->name, sizeof entry->name);
}

enum dos_error hd_entry_name(void *disk, uint16_t number, unsigned nth,
			     char name[PATH_83_MAX], char long_name[DRIVE_NAME_MAX])
{
	struct listing *l = listings_find(&((struct hostdir *)disk)->listings, number);
	const struct hd_entry *entry;
	struct hd_dir *dir;
	enum dos_error e;

	if (!l)
		return DOS_NO_MORE;
	e = entry_at(disk, l, nth, &dir, &entry);
	if (e)
		return e;
	if (!entry) {
		strcpy(name, nth ? ".." : ".");
		if (long_name)
			strcpy(long_name, name);
		return DOS_OK;
	}
	memcpy(name, entry->name, PATH_83_MAX);
	if (long_name)
		put_long(disk, dir, entry, long_name);
	return DOS_OK;
}

/* By way of its path: the dots, and what is a link.  */
static enum dos_error info_by_path(struct hostdir *disk, const char *path,
				   struct drive_info *out)
{
	struct drive_info there;
	enum dos_error e = hd_info(disk, path, &there);

	if (e)
		return DOS_NO_FILE;
	memcpy(there.name, out->name, sizeof there.name);
	memcpy(there.long_name, out->long_name, sizeof there.long_name);
	*out = there;
	return DOS_OK;
}

static enum dos_error info_of_dots(struct hostdir *disk, const struct listing *l,
				   unsigned nth, struct drive_info *out)
{
	char dir[DRIVE_PATH_MAX], name[DRIVE_NAME_MAX];

	if (nth == 1 && path_split(l->path, dir, name))
		return info_by_path(disk, dir, out);
	return info_by_path(disk, l->path, out);
}

static enum dos_error info_of(struct hostdir *disk, const struct listing *l,
			      const struct hd_dir *dir, const struct hd_entry *entry,
			      struct drive_info *out)
{
	const char *host = hd_entry_host(dir, entry);
	char path[DRIVE_PATH_MAX];
	struct statx sx;

	if (!hd_statx(dir->fd, host, &sx))
		return DOS_NO_FILE;
	if (S_ISLNK(sx.stx_mode)) {
		return path_join(path, l->path, entry->name) ? info_by_path(disk, path, out)
							     : DOS_NO_FILE;
	}
	if (!S_ISREG(sx.stx_mode) && !S_ISDIR(sx.stx_mode))
		return DOS_NO_FILE;
	hd_fill_info(&sx, hd_attr(disk, dir->fd, host, host, &sx), out);
	return DOS_OK;
}

enum dos_error hd_entry(void *disk, uint16_t number, unsigned nth, struct drive_info *out)
{
	struct listing *l = listings_find(&((struct hostdir *)disk)->listings, number);
	const struct hd_entry *entry;
	struct hd_dir *dir;
	enum dos_error e;

	*out = (struct drive_info){ 0 };
	e = hd_entry_name(disk, number, nth, out->name, out->long_name);
	if (!e)
		e = entry_at(disk, l, nth, &dir, &entry);
	if (e)
		return e;
	return entry ? info_of(disk, l, dir, entry, out) : info_of_dots(disk, l, nth, out);
}
