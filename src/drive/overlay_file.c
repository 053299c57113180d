/* overlay_file.c - open files: each is one of either drive.
 *
 * Those that are open below for reading when somebody opens the same file for writing
 * go over to the copy, so that they see what is written.  */

#include "drive/overlay.h"

#include <stdlib.h>
#include <string.h>

#define INDEX_BITS	16
#define MAX_FILES	((1u << INDEX_BITS) - 2)
#define LOCKS_MAX	4096

static struct ov_file *file_of(struct overlay *ov, drive_file f)
{
	uint32_t index = (f & ((1u << INDEX_BITS) - 1)) - 1;

	if (index >= ov->files || !ov->file[index].used ||
	    ov->file[index].generation != f >> INDEX_BITS)
		return NULL;
	return &ov->file[index];
}

static struct ov_file *usable(struct overlay *ov, drive_file f)
{
	struct ov_file *file = file_of(ov, f);

	return file && !file->lost ? file : NULL;
}

static const struct drive *drive_of(const struct overlay *ov, const struct ov_file *file)
{
	return file->above ? &ov->upper : &ov->lower;
}

/* A free place in the table.  NULL: full.  */
static struct ov_file *place_in_table(struct overlay *ov)
{
	uint32_t n = ov->files ? ov->files * 2 : 16;
	struct ov_file *file;

	for (uint32_t i = 0; i < ov->files; i++)
		if (!ov->file[i].used)
			return &ov->file[i];
	if (n > MAX_FILES)
		return NULL;
	file = realloc(ov->file, n * sizeof *file);
	if (!file)
		return NULL;
	memset(file + ov->files, 0, (n - ov->files) * sizeof *file);
	ov->file = file;
	file += ov->files;
	ov->files = n;
	return file;
}

/* --- opening --- */

/* What there is.  */
static enum dos_error open_old(struct overlay *ov, unsigned mode, uint8_t attr, struct ov_place *dir,
			       struct ov_place *place, drive_file *f, enum drive_did *did)
{
	bool writes = (mode & DRIVE_ACCESS) != DRIVE_READ || (mode & DRIVE_TRUNCATE);
	enum dos_error e;

	if (ov_is_dir(place))
		return DOS_DENIED;
	if (mode & DRIVE_EXCLUSIVE)
		return DOS_FILE_EXISTS;
	if (writes && !place->above) {
		if (place->info.attr & ATTR_READ_ONLY)
			return DOS_DENIED;
		e = ov_copy_up(ov, dir, place);
		if (e)
			return e;
	}
	if (place->above)
		return ov->upper.ops->open(ov->upper.disk, place->up, mode, attr, f, did);
	return ov->lower.ops->open(ov->lower.disk, place->low, mode & ~DRIVE_CREATE, attr, f, did);
}

static enum dos_error open_new(struct overlay *ov, const char *path, unsigned mode, uint8_t attr,
			       struct ov_place *dir, drive_file *f, enum drive_did *did)
{
	char parent[DRIVE_PATH_MAX], name[DRIVE_NAME_MAX], up[DRIVE_PATH_MAX];
	enum dos_error e;

	if (!path_split(path, parent, name))
		return DOS_NO_PATH;
	e = ov_copy_dir(ov, dir);
	if (!e && !path_join(up, dir->up, name))
		e = DOS_NO_PATH;
	return e ? e : ov->upper.ops->open(ov->upper.disk, up, mode, attr, f, did);
}

enum dos_error ov_open(void *disk, const char *path, unsigned mode, uint8_t attr, drive_file *f,
		       enum drive_did *did)
{
	struct overlay *ov = disk;
	struct ov_place place, dir = { 0 };
	struct ov_file *file;
	drive_file inner = 0;
	enum dos_error e;

	if ((mode & DRIVE_ACCESS) > DRIVE_RDWR)
		return DOS_BAD_ACCESS;
	e = ov_walk(ov, path, &place, &dir);
	if (!e)
		e = open_old(ov, mode, attr, &dir, &place, &inner, did);
	else if (e == DOS_NO_FILE && (mode & DRIVE_CREATE))
		place.above = true, e = open_new(ov, path, mode, attr, &dir, &inner, did);
	if (e)
		return e;
	file = place_in_table(ov);
	if (!file) {
		const struct drive *d = place.above ? &ov->upper : &ov->lower;

		d->ops->release(d->disk, inner);
		return DOS_TOO_MANY;
	}
	*file = (struct ov_file){ .used = true, .above = place.above, .f = inner, .mode = mode,
				  .attr = attr, .generation = file->generation + 1 };
	strcpy(file->path, path);
	*f = (uint32_t)file->generation << INDEX_BITS | (uint32_t)(file - ov->file + 1);
	return DOS_OK;
}

static void forget_locks(struct overlay *ov, uint32_t file)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < ov->locks; i++)
		if (ov->lock[i].file != file)
			ov->lock[kept++] = ov->lock[i];
	ov->locks = kept;
}

enum dos_error ov_release(void *disk, drive_file f)
{
	struct overlay *ov = disk;
	struct ov_file *file = file_of(ov, f);
	const struct drive *d;

	if (!file)
		return DOS_BAD_HANDLE;
	d = drive_of(ov, file);
	forget_locks(ov, file - ov->file);
	file->used = false;
	return file->lost ? DOS_BAD_HANDLE : d->ops->release(d->disk, file->f);
}

/* --- what is done with one --- */

enum dos_error ov_read(void *disk, drive_file f, uint32_t pos, void *buf, size_t *n)
{
	struct ov_file *file = usable(disk, f);
	const struct drive *d = file ? drive_of(disk, file) : NULL;

	if (d)
		return d->ops->read(d->disk, file->f, pos, buf, n);
	*n = 0;
	return DOS_BAD_HANDLE;
}

/* Only what was opened for reading is below.  */
enum dos_error ov_write(void *disk, drive_file f, uint32_t pos, const void *buf, size_t *n)
{
	struct ov_file *file = usable(disk, f);
	struct overlay *ov = disk;

	if (file && file->above)
		return ov->upper.ops->write(ov->upper.disk, file->f, pos, buf, n);
	*n = 0;
	return file ? DOS_DENIED : DOS_BAD_HANDLE;
}

enum dos_error ov_file_info(void *disk, drive_file f, struct drive_info *out)
{
	struct ov_file *file = usable(disk, f);
	struct ov_place place;
	const struct drive *d;
	enum dos_error e;

	*out = (struct drive_info){ 0 };
	if (!file)
		return DOS_BAD_HANDLE;
	d = drive_of(disk, file);
	e = d->ops->file_info(d->disk, file->f, out);
	if (out->id)
		out->id = out->id << 1 | file->above;
	/* The copy's own name may be another.  */
	if (!e && strchr(out->name, '~') && ov_walk(disk, file->path, &place, NULL) == DOS_OK)
		memcpy(out->name, place.info.name, sizeof out->name);
	return e;
}

enum dos_error ov_ready(void *disk, drive_file f, uint32_t pos)
{
	struct ov_file *file = usable(disk, f);
	struct drive_info info;
	const struct drive *d;
	enum dos_error e;

	if (!file)
		return DOS_BAD_HANDLE;
	d = drive_of(disk, file);
	if (d->ops->ready)
		return d->ops->ready(d->disk, file->f, pos);
	e = d->ops->file_info(d->disk, file->f, &info);
	return e ? e : pos < info.size ? DOS_OK : DOS_NO_MORE;
}

/* DOS lets it be done to a file that is open for reading.  */
enum dos_error ov_set_time(void *disk, drive_file f, uint16_t time, uint16_t date)
{
	struct ov_file *file = usable(disk, f);
	struct overlay *ov = disk;
	struct ov_place place, dir;
	enum dos_error e = DOS_OK;

	if (!file)
		return DOS_BAD_HANDLE;
	if (!file->above) {
		e = ov_walk(ov, file->path, &place, &dir);
		if (!e)
			e = ov_copy_up(ov, &dir, &place);
		if (!e && (!file->above || file->lost))
			e = DOS_DENIED;
	}
	return e ? e : ov->upper.ops->set_time(ov->upper.disk, file->f, time, date);
}

enum dos_error ov_flush(void *disk, drive_file f)
{
	struct ov_file *file = usable(disk, f);
	const struct drive *d = file ? drive_of(disk, file) : NULL;

	return d ? d->ops->flush(d->disk, file->f) : DOS_BAD_HANDLE;
}

static enum dos_error note_lock(struct overlay *ov, uint32_t file, uint16_t owner, bool on,
				uint32_t pos, uint32_t size)
{
	struct ov_lock *lock;

	for (uint32_t i = 0; !on && i < ov->locks; i++)
		if (ov->lock[i].file == file && ov->lock[i].pos == pos && ov->lock[i].size == size) {
			ov->lock[i] = ov->lock[--ov->locks];
			return DOS_OK;
		}
	if (!on)
		return DOS_OK;
	lock = ov->locks < LOCKS_MAX ? realloc(ov->lock, (ov->locks + 1) * sizeof *lock) : NULL;
	if (!lock)
		return DOS_SHARE_BUFFER;
	ov->lock = lock;
	lock[ov->locks++] = (struct ov_lock){ .file = file, .pos = pos, .size = size, .owner = owner };
	return DOS_OK;
}

enum dos_error ov_lock(void *disk, drive_file f, uint16_t owner, bool on, uint32_t pos, uint32_t size)
{
	struct ov_file *file = usable(disk, f);
	struct overlay *ov = disk;
	const struct drive *d;
	enum dos_error e;

	if (!file)
		return DOS_BAD_HANDLE;
	d = drive_of(ov, file);
	e = d->ops->lock(d->disk, file->f, owner, on, pos, size);
	if (e || file->above)
		return e;
	e = note_lock(ov, file - ov->file, owner, on, pos, size);
	if (e)
		d->ops->lock(d->disk, file->f, owner, false, pos, size);
	return e;
}

/* --- going over --- */

static bool take_locks(struct overlay *ov, uint32_t index)
{
	const struct drive *up = &ov->upper;

	for (uint32_t i = 0; i < ov->locks; i++) {
		const struct ov_lock *l = &ov->lock[i];

		if (l->file == index && up->ops->lock(up->disk, ov->file[index].f, l->owner, true,
						      l->pos, l->size) != DOS_OK)
			return false;
	}
	return true;
}

static void go_over(struct overlay *ov, struct ov_file *file, const struct ov_place *place)
{
	enum drive_did did;

	ov->lower.ops->release(ov->lower.disk, file->f);
	file->above = true;
	file->lost = ov->upper.ops->open(ov->upper.disk, place->up, file->mode & ~DRIVE_CREATE,
					 file->attr, &file->f, &did) != DOS_OK;
	if (!file->lost && !take_locks(ov, file - ov->file)) {
		ov->upper.ops->release(ov->upper.disk, file->f);
		file->lost = true;
	}
	forget_locks(ov, file - ov->file);
}

static bool is_at(struct overlay *ov, const struct ov_file *file, const struct ov_place *place)
{
	struct ov_place where;

	return ov_walk(ov, file->path, &where, NULL) == DOS_OK && where.below &&
	       ov_same_name(ov, where.key, place->key);
}

void ov_file_locks(struct overlay *ov, const struct ov_place *place, bool on)
{
	const struct drive *low = &ov->lower;

	for (uint32_t i = 0; i < ov->locks; i++) {
		const struct ov_lock *l = &ov->lock[i];
		const struct ov_file *file = &ov->file[l->file];

		if (!file->above && is_at(ov, file, place))
			low->ops->lock(low->disk, file->f, l->owner, on, l->pos, l->size);
	}
}

void ov_file_copied(struct overlay *ov, const struct ov_place *place)
{
	for (uint32_t i = 0; i < ov->files; i++) {
		struct ov_file *file = &ov->file[i];

		if (file->used && !file->above && !file->lost && is_at(ov, file, place))
			go_over(ov, file, place);
	}
}

/* As SHARE has it: what is open in compatibility mode may be.  */
enum dos_error ov_file_change(struct overlay *ov, const struct ov_place *place)
{
	for (uint32_t i = 0; !place->above && i < ov->files; i++) {
		const struct ov_file *file = &ov->file[i];
		unsigned share = file->mode & DRIVE_SHARE;

		if (file->used && !file->above && share && share != DRIVE_SHARE_FCB &&
		    is_at(ov, file, place))
			return DOS_SHARING;
	}
	return DOS_OK;
}

/* Paths are kept, and go along when something is renamed.  */
void ov_file_moved(struct overlay *ov, const char *from, const char *to)
{
	size_t n = strlen(from), now = strlen(to);

	for (uint32_t i = 0; i < ov->files; i++) {
		struct ov_file *file = &ov->file[i];
		char head[DRIVE_PATH_MAX];
		size_t rest = strlen(file->path);

		if (!file->used || rest < n || (file->path[n] && file->path[n] != '\\'))
			continue;
		memcpy(head, file->path, n);
		head[n] = '\0';
		rest -= n;
		if (!ov_same_name(ov, head, from) || now + rest >= sizeof file->path)
			continue;
		memmove(file->path + now, file->path + n, rest + 1);
		memcpy(file->path, to, now);
	}
}
