/* overlay_list.c - what the listings of directories show (listing.h).  */

#include "drive/overlay.h"

#include <stdlib.h>
#include <string.h>

/* A place for a reading: that which was not used for longest.  */
static struct ov_dir *place_for_dir(struct overlay *ov)
{
	struct ov_dir *best = &ov->dir[0];

	for (unsigned i = 1; i < OV_DIRS; i++)
		if (ov->dir[i].used < best->used)
			best = &ov->dir[i];
	ov_dir_free(best);
	return best;
}

static struct ov_dir *dir_by_id(struct overlay *ov, uint32_t id)
{
	for (unsigned i = 0; id && i < OV_DIRS; i++)
		if (ov->dir[i].id == id) {
			ov->dir[i].used = ++ov->clock;
			return &ov->dir[i];
		}
	return NULL;
}

static enum dos_error read_dir(struct overlay *ov, const char *path, bool *dots, struct ov_dir **out)
{
	struct ov_place place;
	enum dos_error e = ov_walk(ov, path, &place, NULL);
	struct ov_dir *dir;

	if (!e && !ov_is_dir(&place))
		e = DOS_NO_PATH;
	if (e)
		return e == DOS_NO_FILE ? DOS_NO_PATH : e;
	*dots = !ov_is_root(&place);
	*out = dir = place_for_dir(ov);
	e = ov_dir_read(ov, &place, dir);
	if (e) {
		ov_dir_free(dir);
		return e;
	}
	if (!++ov->next_dir)
		ov->next_dir = 1;
	dir->id = ov->next_dir;
	dir->used = ++ov->clock;
	return DOS_OK;
}

enum dos_error ov_list(void *disk, const char *path, uint16_t *number)
{
	struct overlay *ov = disk;
	struct ov_dir *dir;
	bool dots;
	enum dos_error e = read_dir(ov, path, &dots, &dir);

	return e ? e : listings_add(&ov->listings, path, dots, dir->id, number);
}

/* How many come before name, or are it.  */
static uint32_t dir_after(const struct ov_dir *dir, const char *name)
{
	uint32_t n = 0;

	while (n < dir->count && strcmp(dir->entry[n].name, name) <= 0)
		n++;
	return n;
}

/* The entry; NULL for the dots.  */
static enum dos_error entry_at(struct overlay *ov, struct listing *l, unsigned nth,
			       struct ov_dir **dir, const struct ov_entry **entry)
{
	enum dos_error e;
	bool had_dots;
	uint32_t at;

	*entry = NULL;
	*dir = dir_by_id(ov, l->dir);
	if (!*dir) {
		if (read_dir(ov, l->path, &had_dots, dir) != DOS_OK)
			return DOS_NO_MORE;
		listing_resume(l, (*dir)->id,
			       l->next > listing_dots(l) ? dir_after(*dir, l->last) : 0);
	}
	if (nth < listing_dots(l))
		return DOS_OK;
	e = listing_place(l, nth, (*dir)->count, &at);
	if (e)
		return e;
	*entry = &(*dir)->entry[at];
	listing_told(l, nth, (*entry)->name);
	return DOS_OK;
}

enum dos_error ov_entry_name(void *disk, uint16_t number, unsigned nth, char name[PATH_83_MAX],
			     char long_name[DRIVE_NAME_MAX])
{
	struct listing *l = listings_find(&((struct overlay *)disk)->listings, number);
	const struct ov_entry *entry;
	struct ov_dir *dir;
	enum dos_error e = l ? entry_at(disk, l, nth, &dir, &entry) : DOS_NO_MORE;

	if (e)
		return e;
	strcpy(name, entry ? entry->name : nth ? ".." : ".");
	if (long_name)
		strcpy(long_name, entry ? dir->pool + entry->full : name);
	return DOS_OK;
}

static enum dos_error info_of_dots(struct overlay *ov, const struct listing *l, unsigned nth,
				   struct drive_info *out)
{
	char dir[DRIVE_PATH_MAX], name[DRIVE_NAME_MAX];
	enum dos_error e = ov_info(ov, nth && path_split(l->path, dir, name) ? dir : l->path, out);

	strcpy(out->name, nth ? ".." : ".");
	strcpy(out->long_name, out->name);
	return e ? DOS_NO_FILE : DOS_OK;
}

enum dos_error ov_entry(void *disk, uint16_t number, unsigned nth, struct drive_info *out)
{
	struct listing *l = listings_find(&((struct overlay *)disk)->listings, number);
	struct ov_place dir_place, place;
	const struct ov_entry *entry;
	struct ov_dir *dir;
	enum dos_error e = l ? entry_at(disk, l, nth, &dir, &entry) : DOS_NO_MORE;

	*out = (struct drive_info){ 0 };
	if (e)
		return e;
	if (!entry)
		return info_of_dots(disk, l, nth, out);
	if (ov_walk(disk, l->path, &dir_place, NULL) != DOS_OK ||
	    ov_step(disk, &dir_place, dir->pool + entry->full, &place) != DOS_OK)
		return DOS_NO_FILE;
	*out = place.info;
	memcpy(out->name, entry->name, sizeof out->name);
	return DOS_OK;
}

void ov_dir_forget(struct overlay *ov)
{
	for (unsigned i = 0; i < OV_DIRS; i++)
		ov_dir_free(&ov->dir[i]);
}
