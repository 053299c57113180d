/* overlay_dir.c - the names of a directory of both drives, in one table.  */

#include "drive/overlay.h"

#include <stdlib.h>
#include <string.h>

#include "base/cp.h"

#define MOST	65536			/* entries: more no listing can number */

/* One reading.  */
struct reading {
	struct overlay *ov;
	const struct ov_place *place;
	struct ov_dir *dir;
	uint32_t below;			/* entries [0, below) are of the lower drive, ... */
	uint32_t *by_full;		/* ... these their numbers by long name */
};

static bool add(struct ov_dir *dir, const char *name, const char *full, bool above)
{
	size_t size = strlen(full) + 1;

	if (dir->count == dir->room) {
		uint32_t room = dir->room ? dir->room * 2 : 64;
		struct ov_entry *entry = realloc(dir->entry, room * sizeof *entry);

		if (!entry)
			return false;
		dir->entry = entry;
		dir->room = room;
	}
	if (dir->pool_size + size > dir->pool_room) {
		size_t room = dir->pool_room * 2 + 1024;
		char *pool = realloc(dir->pool, room);

		if (!pool)
			return false;
		dir->pool = pool;
		dir->pool_room = room;
	}
	dir->entry[dir->count] = (struct ov_entry){ .above = above, .below = !above,
						    .full = dir->pool_size };
	memcpy(dir->entry[dir->count++].name, name, PATH_83_MAX);
	memcpy(dir->pool + dir->pool_size, full, size);
	dir->pool_size += size;
	return true;
}

/* As strcmp, and case does not count.  */
static int compare(const struct overlay *ov, const char *a, const char *b)
{
	while (*a && cp_upper(ov->code_page, *a) == cp_upper(ov->code_page, *b))
		a++, b++;
	return cp_upper(ov->code_page, *a) - cp_upper(ov->code_page, *b);
}

static const char *full_of(const struct ov_dir *dir, uint32_t i)
{
	return dir->pool + dir->entry[i].full;
}

static int by_full_name(const void *a, const void *b, void *reading)
{
	const struct reading *r = reading;

	return compare(r->ov, full_of(r->dir, *(const uint32_t *)a),
		       full_of(r->dir, *(const uint32_t *)b));
}

static int by_name(const void *a, const void *b)
{
	const struct ov_entry *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* The entry below with this long name, or NULL.  */
static struct ov_entry *find_below(const struct reading *r, const char *full)
{
	uint32_t low = 0, high = r->below;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int c = compare(r->ov, full, full_of(r->dir, r->by_full[middle]));

		if (c == 0)
			return &r->dir->entry[r->by_full[middle]];
		if (c < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static bool is_hidden(const struct reading *r, const char *full)
{
	char key[OV_KEY];
	size_t n = strlen(r->place->key);

	if (n + 1 + strlen(full) >= sizeof key)
		return true;
	memcpy(key, r->place->key, n);
	key[n] = '\\';
	strcpy(key + n + 1, full);
	return ov_gone(r->ov, key);
}

/* What one drive has.  */
static enum dos_error read_side(struct reading *r, bool above)
{
	const struct drive *d = above ? &r->ov->upper : &r->ov->lower;
	char name[PATH_83_MAX], full[DRIVE_NAME_MAX];
	uint16_t listing;
	enum dos_error e = d->ops->list(d->disk, above ? r->place->up : r->place->low, &listing);

	for (unsigned n = 0; !e && r->dir->count < MOST; n++) {
		enum dos_error got = d->ops->entry_name(d->disk, listing, n, name, full);
		struct ov_entry *origin;

		if (got == DOS_NO_MORE)
			break;
		if (got || name[0] == '.')
			continue;
		origin = above ? find_below(r, full) : NULL;
		if (origin)
			origin->above = true;
		else if ((above || !is_hidden(r, full)) && !add(r->dir, name, full, above))
			e = DOS_NO_MEMORY;
	}
	return e;
}

static bool sort_below(struct reading *r)
{
	r->below = r->dir->count;
	r->by_full = calloc(r->below + 1, sizeof *r->by_full);
	if (!r->by_full)
		return false;
	for (uint32_t i = 0; i < r->below; i++)
		r->by_full[i] = i;
	qsort_r(r->by_full, r->below, sizeof *r->by_full, by_full_name, r);
	return true;
}

/* Those above that have the 8.3 name of something below are called as ov_step() says.  */
static void part_names(struct reading *r)
{
	struct ov_dir *dir = r->dir;
	struct ov_place place;

	if (!r->below)
		return;
	qsort(dir->entry, r->below, sizeof *dir->entry, by_name);
	for (uint32_t i = r->below; i < dir->count; i++) {
		struct ov_entry *e = &dir->entry[i];

		if (bsearch(e, dir->entry, r->below, sizeof *e, by_name) &&
		    ov_step(r->ov, r->place, full_of(dir, i), &place) == DOS_OK)
			memcpy(e->name, place.info.name, sizeof e->name);
	}
}

enum dos_error ov_dir_read(struct overlay *ov, const struct ov_place *place, struct ov_dir *dir)
{
	struct reading r = { .ov = ov, .place = place, .dir = dir };
	enum dos_error e = DOS_OK;

	if (place->below)
		e = read_side(&r, false);
	if (!e && !sort_below(&r))
		e = DOS_NO_MEMORY;
	if (!e && place->above)
		e = read_side(&r, true);
	if (!e)
		part_names(&r);
	free(r.by_full);
	if (!e && dir->count)
		qsort(dir->entry, dir->count, sizeof *dir->entry, by_name);
	return e;
}

void ov_dir_free(struct ov_dir *dir)
{
	free(dir->entry);
	free(dir->pool);
	*dir = (struct ov_dir){ 0 };
}
