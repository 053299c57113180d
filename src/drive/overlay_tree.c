/* overlay_tree.c - what is done by path: delete, rename, make, and attributes.  */

#include "drive/overlay.h"

#include <string.h>

/* Find what is to be changed.  */
static enum dos_error find(struct overlay *ov, const char *path, struct ov_place *place,
			   struct ov_place *dir)
{
	enum dos_error e = ov_walk(ov, path, place, dir);

	return !e && ov_is_root(place) ? DOS_DENIED : e;
}

/* What is below is gone from now on; before the copy is.  */
static enum dos_error hide(struct overlay *ov, const struct ov_place *place)
{
	return place->below ? ov_gone_add(ov, place->key) : DOS_OK;
}

enum dos_error ov_remove(void *disk, const char *path)
{
	struct overlay *ov = disk;
	struct ov_place place, dir;
	enum dos_error e = find(ov, path, &place, &dir);

	if (!e && (place.info.attr & (ATTR_DIR | ATTR_READ_ONLY)))
		e = DOS_DENIED;
	if (!e)
		e = ov_file_change(ov, &place);
	if (!e)
		e = hide(ov, &place);
	if (!e && place.above)
		e = ov->upper.ops->remove(ov->upper.disk, place.up);
	return e;
}

static enum dos_error must_be_empty(struct overlay *ov, const struct ov_place *place)
{
	struct ov_dir all = { 0 };
	enum dos_error e = ov_dir_read(ov, place, &all);

	if (!e && all.count)
		e = DOS_DENIED;
	ov_dir_free(&all);
	return e;
}

enum dos_error ov_rmdir(void *disk, const char *path)
{
	struct overlay *ov = disk;
	struct ov_place place, dir;
	enum dos_error e = find(ov, path, &place, &dir);

	if (e == DOS_NO_FILE || (!e && !ov_is_dir(&place)))
		e = DOS_NO_PATH;
	if (!e)
		e = must_be_empty(ov, &place);
	if (!e)
		e = hide(ov, &place);
	if (!e && place.above)
		e = ov->upper.ops->rmdir(ov->upper.disk, place.up);
	return e;
}

enum dos_error ov_mkdir(void *disk, const char *path, bool long_name)
{
	char parent[DRIVE_PATH_MAX], name[DRIVE_NAME_MAX], up[DRIVE_PATH_MAX];
	struct overlay *ov = disk;
	struct ov_place place, dir;
	enum dos_error e = ov_walk(ov, path, &place, &dir);

	if (!e)
		return DOS_DENIED;
	if (e != DOS_NO_FILE)
		return e;
	if (!path_split(path, parent, name))
		return DOS_NO_PATH;
	e = ov_copy_dir(ov, &dir);
	if (!e && !path_join(up, dir.up, name))
		e = DOS_NO_PATH;
	return e ? e : ov->upper.ops->mkdir(ov->upper.disk, up, long_name);
}

/* Where something is to go: nothing is there, or it is there itself, by another
 * spelling.  */
static enum dos_error find_target(struct overlay *ov, const char *to, const struct ov_place *from,
				  struct ov_place *dir)
{
	struct ov_place there;
	enum dos_error e = ov_walk(ov, to, &there, dir);

	if (e == DOS_NO_FILE)
		return DOS_OK;
	if (e)
		return e;
	return ov_same_name(ov, there.key, from->key) && !ov_is_root(&there) ? DOS_OK : DOS_DENIED;
}

/* The directory would be its own parent.  */
static bool is_within(const struct overlay *ov, const struct ov_place *dir, const struct ov_place *place)
{
	char head[OV_KEY];
	size_t n = strlen(place->key);

	if (strlen(dir->key) < n || (dir->key[n] && dir->key[n] != '\\'))
		return false;
	memcpy(head, dir->key, n);
	head[n] = '\0';
	return ov_same_name(ov, head, place->key);
}

/* Everything of it is above; now it goes.  */
static enum dos_error move_up(struct overlay *ov, const struct ov_place *place,
			      const struct ov_place *dir, const char *name, bool long_name)
{
	char up[DRIVE_PATH_MAX];
	bool stays = false;
	enum dos_error e;

	if (!path_join(up, dir->up, name))
		return DOS_NO_PATH;
	/* Another case of the same letters: what is below is still its origin.  */
	if (strlen(dir->key) + 1 + strlen(name) == strlen(place->key) &&
	    strncmp(dir->key, place->key, strlen(dir->key)) == 0)
		stays = ov_same_name(ov, place->key + strlen(dir->key) + 1, name);
	e = stays ? DOS_OK : hide(ov, place);
	return e ? e : ov->upper.ops->rename(ov->upper.disk, place->up, up, long_name);
}

enum dos_error ov_rename(void *disk, const char *from, const char *to, bool long_name)
{
	char parent[DRIVE_PATH_MAX], name[DRIVE_NAME_MAX];
	struct overlay *ov = disk;
	struct ov_place place, dir, to_dir;
	enum dos_error e = find(ov, from, &place, &dir);

	if (!e)
		e = ov_file_change(ov, &place);
	if (!e)
		e = find_target(ov, to, &place, &to_dir);
	if (!e && !path_split(to, parent, name))
		e = DOS_NO_PATH;
	if (!e && ov_is_dir(&place) && is_within(ov, &to_dir, &place))
		e = DOS_DENIED;
	if (!e && !(long_name ? path_is_long(name) : path_is_83(name)))
		e = DOS_NO_PATH;
	if (!e)
		e = ov_copy_tree(ov, &dir, &place);
	if (!e)
		e = ov_copy_dir(ov, &to_dir);
	if (!e)
		e = move_up(ov, &place, &to_dir, name, long_name);
	if (!e)
		ov_file_moved(ov, from, to);
	return e;
}

/* Find it, and have it above.  */
static enum dos_error find_above(struct overlay *ov, const char *path, struct ov_place *place)
{
	struct ov_place dir;
	enum dos_error e = find(ov, path, place, &dir);

	if (!e)
		e = ov_file_change(ov, place);
	return e ? e : ov_copy_up(ov, &dir, place);
}

enum dos_error ov_set_attr(void *disk, const char *path, uint8_t attr)
{
	struct overlay *ov = disk;
	struct ov_place place;
	enum dos_error e = find_above(ov, path, &place);

	return e ? e : ov->upper.ops->set_attr(ov->upper.disk, place.up, attr);
}

enum dos_error ov_set_path_time(void *disk, const char *path, unsigned which, uint16_t time,
				uint16_t date)
{
	struct overlay *ov = disk;
	struct ov_place place;
	enum dos_error e = find_above(ov, path, &place);

	return e ? e : ov->upper.ops->set_path_time(ov->upper.disk, place.up, which, time, date);
}
