/* overlay_list.c - listings, as hostdir has them: one reading of a directory, by
 * number.  When that was forgotten, or the listing comes from a snapshot, the directory
 * is read again, and it goes on behind the last name that was asked for.  */

#include "drive/overlay.h"

#include <stdlib.h>
#include <string.h>

static struct ov_listing *listing_of(struct overlay *ov, uint16_t number)
{
	struct ov_listing *l = &ov->listing[number & (OV_LISTINGS - 1)];

	return number && l->number == number ? l : NULL;
}

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
	struct ov_listing *l;
	struct ov_dir *dir;
	bool dots;
	enum dos_error e = read_dir(ov, path, &dots, &dir);

	if (e)
		return e;
	if (!++ov->next_listing)
		ov->next_listing = 1;
	if (ov->listings < OV_LISTINGS)
		ov->listings++;
	l = &ov->listing[ov->next_listing & (OV_LISTINGS - 1)];
	free(l->path);
	*l = (struct ov_listing){ .dots = dots, .dir = dir->id, .path = strdup(path) };
	if (!l->path)
		return DOS_NO_MEMORY;
	l->number = *number = ov->next_listing;
	return DOS_OK;
}

static unsigned dots(const struct ov_listing *l)
{
	return l->dots ? 2 : 0;
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
static enum dos_error entry_at(struct overlay *ov, struct ov_listing *l, unsigned nth,
			       struct ov_dir **dir, const struct ov_entry **entry)
{
	int64_t at;
	bool had_dots;

	*entry = NULL;
	*dir = dir_by_id(ov, l->dir);
	if (!*dir) {
		if (read_dir(ov, l->path, &had_dots, dir) != DOS_OK)
			return DOS_NO_MORE;
		l->dir = (*dir)->id;
		l->shift = l->next > dots(l) ? dir_after(*dir, l->last) - (l->next - dots(l)) : 0;
	}
	if (nth < dots(l))
		return DOS_OK;
	at = (int64_t)nth - dots(l) + l->shift;
	if (at < 0)
		return DOS_NO_FILE;
	if (at >= (*dir)->count)
		return DOS_NO_MORE;
	*entry = &(*dir)->entry[at];
	l->next = nth + 1;
	memcpy(l->last, (*entry)->name, sizeof l->last);
	return DOS_OK;
}

enum dos_error ov_entry_name(void *disk, uint16_t number, unsigned nth, char name[PATH_83_MAX],
			     char long_name[DRIVE_NAME_MAX])
{
	struct ov_listing *l = listing_of(disk, number);
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

static enum dos_error info_of_dots(struct overlay *ov, const struct ov_listing *l, unsigned nth,
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
	struct ov_listing *l = listing_of(disk, number);
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

/* Number n is in place n; only once they are used up they begin again.  */
void ov_list_forget(struct overlay *ov)
{
	for (unsigned i = 0; i <= ov->listings && i < OV_LISTINGS; i++) {
		free(ov->listing[i].path);
		ov->listing[i] = (struct ov_listing){ 0 };
	}
	for (unsigned i = 0; i < OV_DIRS; i++)
		ov_dir_free(&ov->dir[i]);
}
