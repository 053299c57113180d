/* overlay_copy.c - what is below is copied up, before it is changed.  */

#include "drive/overlay.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK		65536
#define DENY_NONE	0x40
#define KEPT		(ATTR_READ_ONLY | ATTR_HIDDEN | ATTR_SYSTEM | ATTR_ARCHIVE)
#define DEPTH_MAX	128		/* of a tree: as many as fit a path */

/* The path above of what there is none of yet.  */
static bool name_above(const struct ov_place *dir, const char *name, char out[DRIVE_PATH_MAX])
{
	return path_join(out, dir->up, name);
}

static enum dos_error make_dir(struct overlay *ov, const struct ov_place *parent, struct ov_place *dir)
{
	const struct drive *up = &ov->upper;
	struct drive_info now;
	char path[DRIVE_PATH_MAX];
	enum dos_error e;

	if (!name_above(parent, dir->info.long_name, path))
		return DOS_NO_PATH;
	e = up->ops->mkdir(up->disk, path, true);
	if (!e)
		e = up->ops->info(up->disk, path, &now);
	if (e)
		return e;
	if (dir->info.attr & KEPT & ~now.attr)
		up->ops->set_attr(up->disk, path, dir->info.attr & KEPT);
	dir->above = true;
	return path_join(dir->up, parent->up, now.name) ? DOS_OK : DOS_NO_PATH;
}

enum dos_error ov_copy_dir(struct overlay *ov, struct ov_place *dir)
{
	struct ov_place at, next;
	char name[DRIVE_NAME_MAX];
	enum dos_error e;

	if (dir->above)
		return DOS_OK;
	e = ov_walk(ov, "\\", &at, NULL);
	for (const char *rest = dir->key; !e && *rest;) {
		size_t n = strcspn(++rest, "\\");

		memcpy(name, rest, n);
		name[n] = '\0';
		rest += n;
		e = ov_step(ov, &at, name, &next);
		if (!e && !next.above)
			e = make_dir(ov, &at, &next);
		if (!e)
			at = next;
	}
	if (!e)
		*dir = at;
	return e;
}

static enum dos_error copy_bytes(struct overlay *ov, drive_file from, drive_file to, uint64_t size)
{
	const struct drive *low = &ov->lower, *up = &ov->upper;
	uint8_t *buf = malloc(CHUNK);
	enum dos_error e = buf ? DOS_OK : DOS_NO_MEMORY;

	for (uint64_t at = 0; !e && at < size;) {
		size_t n = size - at < CHUNK ? size - at : CHUNK, done;

		e = low->ops->read(low->disk, from, at, buf, &n);
		if (!e && !n)
			e = DOS_READ_FAULT;	/* it has become shorter: not what was meant */
		done = n;
		if (!e)
			e = up->ops->write(up->disk, to, at, buf, &done);
		if (!e && done < n)
			e = DOS_DISK_FULL;
		at += n;
	}
	free(buf);
	return e;
}

static enum dos_error copy_contents(struct overlay *ov, const struct ov_place *place, drive_file to)
{
	const struct drive *low = &ov->lower;
	uint64_t size = place->info.whole_size ? place->info.whole_size : place->info.size;
	enum drive_did did;
	drive_file from;
	enum dos_error e;

	if (size >= UINT32_MAX)
		return DOS_DENIED;
	e = low->ops->open(low->disk, place->low, DRIVE_READ | DENY_NONE, 0, &from, &did);
	if (e)
		return e;
	e = copy_bytes(ov, from, to, size);
	low->ops->release(low->disk, from);
	return e;
}

static void drop_copy(struct overlay *ov)
{
	ov->upper.ops->set_attr(ov->upper.disk, OV_COPYING, 0);
	ov->upper.ops->remove(ov->upper.disk, OV_COPYING);
}

/* \COPYING.TMP becomes like the file.  */
static enum dos_error make_copy(struct overlay *ov, const struct ov_place *place)
{
	const struct drive *up = &ov->upper;
	enum drive_did did;
	drive_file to;
	enum dos_error e, closed;

	drop_copy(ov);			/* left by one that was killed */
	e = up->ops->open(up->disk, OV_COPYING, DRIVE_RDWR | DRIVE_CREATE | DRIVE_EXCLUSIVE, 0,
			  &to, &did);
	if (e)
		return e;
	e = copy_contents(ov, place, to);
	if (!e)
		e = up->ops->set_time(up->disk, to, place->info.time, place->info.date);
	closed = up->ops->release(up->disk, to);
	if (!e)
		e = closed;
	if (!e)
		e = up->ops->set_attr(up->disk, OV_COPYING, place->info.attr & KEPT);
	return e == DOS_UNSUPPORTED ? DOS_OK : e;
}

enum dos_error ov_copy_up(struct overlay *ov, struct ov_place *dir, struct ov_place *place)
{
	const struct drive *up = &ov->upper;
	struct drive_info now;
	char path[DRIVE_PATH_MAX];
	enum dos_error e;

	if (place->above)
		return DOS_OK;
	e = ov_copy_dir(ov, dir);
	if (e)
		return e;
	if (ov_is_dir(place))
		return make_dir(ov, dir, place);
	if (!name_above(dir, place->info.long_name, path))
		return DOS_NO_PATH;
	ov_file_locks(ov, place, false);
	e = make_copy(ov, place);
	if (!e)
		e = up->ops->rename(up->disk, OV_COPYING, path, true);
	if (!e)
		e = up->ops->info(up->disk, path, &now);
	if (e) {
		drop_copy(ov);
		ov_file_locks(ov, place, true);
		return e;
	}
	if (!path_join(place->up, dir->up, now.name))
		return DOS_NO_PATH;
	place->above = true;
	ov_file_copied(ov, place);
	return DOS_OK;
}

static enum dos_error copy_tree(struct overlay *ov, struct ov_place *dir, struct ov_place *place,
				unsigned depth)
{
	struct ov_dir all = { 0 };
	struct ov_place *next;
	enum dos_error e = ov_copy_up(ov, dir, place);

	if (e || !ov_is_dir(place) || !place->below)
		return e;
	if (depth >= DEPTH_MAX)
		return DOS_NO_PATH;
	next = malloc(sizeof *next);
	e = next ? ov_dir_read(ov, place, &all) : DOS_NO_MEMORY;
	for (uint32_t i = 0; !e && i < all.count; i++) {
		e = ov_step(ov, place, all.pool + all.entry[i].full, next);
		if (!e)
			e = copy_tree(ov, place, next, depth + 1);
	}
	ov_dir_free(&all);
	free(next);
	return e;
}

enum dos_error ov_copy_tree(struct overlay *ov, struct ov_place *dir, struct ov_place *place)
{
	return copy_tree(ov, dir, place, 0);
}
