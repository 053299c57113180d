/* overlay_walk.c - where a path leads.  */

#include "drive/overlay.h"

#include <string.h>

/* A drive's own word on a name in a directory.  */
static enum dos_error look(const struct drive *d, const char *dir, const char *name,
			   char path[DRIVE_PATH_MAX], struct drive_info *info)
{
	enum dos_error e;

	if (!path_join(path, dir, name))
		return DOS_NO_PATH;
	e = d->ops->info(d->disk, path, info);
	if (e)
		return e;
	/* From now on by its 8.3 name, which is shorter as a rule.  */
	return path_join(path, dir, info->name) ? DOS_OK : DOS_NO_PATH;
}

static bool join_key(char key[OV_KEY], const struct ov_place *dir, const char *name)
{
	size_t n = strlen(dir->key), more = strlen(name);

	if (n + 1 + more >= OV_KEY)
		return false;
	memmove(key, dir->key, n);
	key[n] = '\\';
	memcpy(key + n + 1, name, more + 1);
	return true;
}

static bool is_missing(enum dos_error e)
{
	return e == DOS_NO_FILE || e == DOS_NO_PATH;
}

/* Below, if it is not hidden there.  */
static enum dos_error step_below(struct overlay *ov, const struct ov_place *dir, const char *name,
				 struct ov_place *out, struct drive_info *info)
{
	enum dos_error e;

	if (!dir->below)
		return DOS_NO_FILE;
	e = look(&ov->lower, dir->low, name, out->low, info);
	if (e)
		return e;
	if (!join_key(out->key, dir, info->long_name))
		return DOS_NO_PATH;
	return ov_gone(ov, out->key) ? DOS_NO_FILE : DOS_OK;
}

static enum dos_error step_above(struct overlay *ov, const struct ov_place *dir, const char *name,
				 struct ov_place *out, struct drive_info *info)
{
	return dir->above ? look(&ov->upper, dir->up, name, out->up, info) : DOS_NO_FILE;
}

/* An 8.3 name of something that is only above, that something below has, too.  */
static void show_name(struct overlay *ov, const struct ov_place *dir, struct drive_info *info)
{
	struct drive_info first = *info, other;
	struct ov_place place;

	for (unsigned n = 1; step_below(ov, dir, info->name, &place, &other) == DOS_OK ||
	     (n > 1 && step_above(ov, dir, info->name, &place, &other) == DOS_OK); n++)
		if (!ov_make_name(ov, &first, n, info->name)) {
			memcpy(info->name, first.name, sizeof first.name);
			return;
		}
}

static bool is_same_kind(const struct drive_info *a, const struct drive_info *b)
{
	return !((a->attr ^ b->attr) & ATTR_DIR);
}

/* Ids of two drives are told apart by their last bit.  */
static void describe(struct ov_place *out, const struct drive_info *up, const struct drive_info *low)
{
	out->info = out->above ? *up : *low;
	if (out->info.id)
		out->info.id = out->info.id << 1 | out->above;
	if (out->above && out->below)
		memcpy(out->info.name, low->name, sizeof low->name);
}

/* Found below: is there a copy above?  */
static enum dos_error find_copy(struct overlay *ov, const struct ov_place *dir,
				const struct drive_info *low, struct ov_place *out)
{
	struct drive_info up;
	enum dos_error e = step_above(ov, dir, low->long_name, out, &up);

	out->above = !e && ov_same_name(ov, up.long_name, low->long_name);
	out->below = !out->above || is_same_kind(&up, low);
	describe(out, &up, low);
	return is_missing(e) ? DOS_OK : e;
}

/* Found above, under a name that is none below: is it the copy of something there?  */
static enum dos_error find_origin(struct overlay *ov, const struct ov_place *dir,
				  const struct drive_info *up, struct ov_place *out)
{
	struct drive_info low;
	enum dos_error e = step_below(ov, dir, up->long_name, out, &low);

	out->above = true;
	out->below = !e && ov_same_name(ov, up->long_name, low.long_name) && is_same_kind(up, &low);
	describe(out, up, &low);
	if (!out->below)
		show_name(ov, dir, &out->info);
	return is_missing(e) ? DOS_OK : e;
}

/* Names made here are found by looking at all.  */
static enum dos_error step_made(struct overlay *ov, const struct ov_place *dir, const char *name,
				struct ov_place *out)
{
	struct ov_dir all = { 0 };
	char full[DRIVE_NAME_MAX] = "";
	enum dos_error e;

	if (!dir->above || !strstr(name, "~0"))
		return DOS_NO_FILE;
	e = ov_dir_read(ov, dir, &all);
	for (uint32_t i = 0; !e && i < all.count; i++)
		if (!all.entry[i].below && ov_same_name(ov, all.entry[i].name, name))
			strcpy(full, all.pool + all.entry[i].full);
	ov_dir_free(&all);
	if (e || !*full || ov_same_name(ov, full, name))
		return e ? e : DOS_NO_FILE;
	return ov_step(ov, dir, full, out);
}

enum dos_error ov_step(struct overlay *ov, const struct ov_place *dir, const char *name,
		       struct ov_place *out)
{
	struct drive_info info;
	enum dos_error e;

	out->above = out->below = false;
	if (!ov_is_dir(dir))
		return DOS_NO_PATH;
	e = step_below(ov, dir, name, out, &info);
	if (!e) {
		e = find_copy(ov, dir, &info, out);
	} else if (is_missing(e)) {
		e = step_above(ov, dir, name, out, &info);
		if (is_missing(e))
			return step_made(ov, dir, name, out);
		if (!e)
			e = find_origin(ov, dir, &info, out);
	}
	if (e)
		return e;
	return join_key(out->key, dir, out->info.long_name) ? DOS_OK : DOS_NO_PATH;
}

static enum dos_error root_of(struct overlay *ov, struct ov_place *out)
{
	*out = (struct ov_place){ .above = true, .below = true, .up = OV_CHANGED, .low = "\\" };
	return ov->lower.ops->info(ov->lower.disk, "\\", &out->info);
}

/* Where the walk has come to.  */
struct walker {
	struct ov_place at, next;
	char name[DRIVE_NAME_MAX];
	const char *rest;		/* at a backslash, or the end */
};

/* The next component becomes w->name; false: it is too long.  */
static bool take_name(struct walker *w)
{
	size_t n = strcspn(++w->rest, "\\");

	if (n >= sizeof w->name)
		return false;
	memcpy(w->name, w->rest, n);
	w->name[n] = '\0';
	w->rest += n;
	return true;
}

static enum dos_error begin_walk(struct overlay *ov, struct walker *w, const char *path)
{
	*w->name = '\0';
	w->rest = path;
	if (path[0] != '\\' || strlen(path) >= DRIVE_PATH_MAX)
		return DOS_NO_PATH;
	return root_of(ov, &w->at);
}

static bool more_to_walk(const struct walker *w)
{
	return w->rest[0] && w->rest[1];
}

static enum dos_error walk_on(struct overlay *ov, struct walker *w)
{
	enum dos_error e = take_name(w) ? ov_step(ov, &w->at, w->name, &w->next) : DOS_NO_PATH;

	return e == DOS_NO_FILE && more_to_walk(w) ? DOS_NO_PATH : e;
}

enum dos_error ov_walk(struct overlay *ov, const char *path, struct ov_place *out,
		       struct ov_place *dir)
{
	struct walker w;
	enum dos_error e = begin_walk(ov, &w, path);

	while (!e && more_to_walk(&w)) {
		e = walk_on(ov, &w);
		if (dir)
			*dir = w.at;
		if (!e)
			w.at = w.next;
	}
	*out = w.at;
	return e;
}

enum dos_error ov_canon(void *disk, const char *path, bool long_name, char out[DRIVE_PATH_MAX])
{
	struct walker w;
	enum dos_error e = begin_walk(disk, &w, path);

	strcpy(out, "\\");
	while (!e && more_to_walk(&w)) {
		e = walk_on(disk, &w);
		if (!e && !path_join(out, out, long_name ? w.next.info.long_name : w.next.info.name))
			e = DOS_NO_PATH;
		if (!e)
			w.at = w.next;
	}
	return e;
}

enum dos_error ov_info(void *disk, const char *path, struct drive_info *out)
{
	struct ov_place place;
	enum dos_error e = ov_walk(disk, path, &place, NULL);

	*out = (struct drive_info){ 0 };
	if (!e)
		*out = place.info;
	return e;
}
