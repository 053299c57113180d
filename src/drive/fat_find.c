/* fat_find.c - from a path to an entry.  */

#include "drive/fat_volume.h"

#include <string.h>

enum dos_error fat_find(struct fat *v, const char *path, struct fat_found *f)
{
	enum dos_error e;

	f->root = strcmp(path, "\\") == 0;
	fat_dir_open(v, &f->dir, 0);
	if (f->root)
		return DOS_OK;
	while (path_next(&path, f->leaf)) {
		uint32_t start;

		e = fat_dir_find(v, &f->dir, f->leaf, &f->e);
		if (!*path)
			return e;
		if (e)
			return e == DOS_NO_FILE ? DOS_NO_PATH : e;
		start = fat_start(v, f->e.raw);
		if (!(f->e.raw[SLOT_ATTR] & ATTR_DIR))
			return DOS_NO_PATH;
		if (!fat_is_cluster(v, start))
			return DOS_GENERAL_FAILURE;
		fat_dir_open(v, &f->dir, start);
	}
	return DOS_NO_PATH;
}

enum dos_error fat_passes(struct fat *v, const char *path, uint32_t dir, bool *passes)
{
	struct fat_entry e;
	struct fat_dir d;
	char name[DRIVE_NAME_MAX];

	*passes = false;
	fat_dir_open(v, &d, 0);
	while (!*passes && path_next(&path, name) && *path) {
		enum dos_error error = fat_dir_find(v, &d, name, &e);

		if (error)
			return error;
		fat_dir_open(v, &d, fat_start(v, e.raw));
		*passes = d.start == dir;
	}
	return DOS_OK;
}
