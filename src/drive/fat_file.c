/* fat_file.c - open files.
 *
 * A drive_file is the index in the table + 1, with a count of the place's
 * uses above it.  What they have in common is their file's node (fat_node.c).  */

#include "drive/fat_volume.h"

#include <stdlib.h>
#include <string.h>

#include "base/le.h"
#include "drive/share.h"

#define INDEX_BITS	16
#define MAX_FILES	((1u << INDEX_BITS) - 2)

static struct fat_file *place_of(struct fat *v, drive_file f)
{
	uint32_t index = (f & ((1u << INDEX_BITS) - 1)) - 1;

	if (index >= v->files || !v->file[index].used ||
	    v->file[index].generation != f >> INDEX_BITS)
		return NULL;
	return &v->file[index];
}

struct fat_file *fat_file(struct fat *v, drive_file f)
{
	struct fat_file *file = place_of(v, f);

	return file && !fat_node(v, file)->lost ? file : NULL;
}

static drive_file number_of(const struct fat *v, const struct fat_file *file)
{
	return (uint32_t)file->generation << INDEX_BITS | (uint32_t)(file - v->file + 1);
}

/* There is a free place for a file, and one for a node.  */
static bool have_room(struct fat *v)
{
	uint32_t n = v->files ? v->files * 2 : 16;
	struct fat_file *file;
	struct fat_node *node;

	if (v->free_file)
		return true;
	if (n > MAX_FILES)
		return false;
	file = realloc(v->file, n * sizeof *file);
	if (file)
		v->file = file;
	node = realloc(v->node, n * sizeof *node);
	if (node)
		v->node = node;
	if (!file || !node)
		return false;
	for (uint32_t i = n; i-- > v->files;) {
		file[i] = (struct fat_file){ .next_free = v->free_file };
		node[i] = (struct fat_node){ 0 };
		v->free_file = i + 1;
	}
	v->files = n;
	return true;
}

static drive_file take_place(struct fat *v, struct fat_node *node, unsigned mode, uint8_t class)
{
	struct fat_file *file = &v->file[v->free_file - 1];

	v->free_file = file->next_free;
	*file = (struct fat_file){ .used = true, .access = mode & DRIVE_ACCESS, .share = class,
				   .generation = file->generation + 1, .node = node - v->node };
	node->refs++;
	return number_of(v, file);
}

/* --- opening ---------------------------------------------------------------------- */

static enum dos_error open_old(struct fat *v, struct fat_found *f, unsigned mode, uint8_t attr,
			       drive_file *out, enum drive_did *did)
{
	bool writes = (mode & DRIVE_ACCESS) != DRIVE_READ || (mode & DRIVE_TRUNCATE);
	bool read_only = f->e.raw[SLOT_ATTR] & ATTR_READ_ONLY;
	uint8_t class = share_class(mode, read_only), *raw;
	struct fat_node *node;
	enum dos_error e;

	if (f->e.raw[SLOT_ATTR] & ATTR_DIR)
		return DOS_DENIED;
	if (mode & DRIVE_EXCLUSIVE)
		return DOS_FILE_EXISTS;
	if (writes && read_only)
		return DOS_DENIED;
	node = fat_node_for(v, &f->e);
	e = fat_share_enter(v, node, class);
	*did = mode & DRIVE_TRUNCATE ? DRIVE_REPLACED : DRIVE_OPENED;
	if (!e && mode & DRIVE_TRUNCATE) {
		struct fat_file probe = { .node = node - v->node };

		e = fat_begin_write(v);
		if (!e)
			e = fat_lock_check(v, &probe, 0, UINT32_MAX);
		if (!e)
			e = fat_node_touch(v, node, &raw);
		if (!e) {
			raw[SLOT_ATTR] = (attr & (ATTR_READ_ONLY | ATTR_HIDDEN | ATTR_SYSTEM)) |
					 ATTR_ARCHIVE;
			node->written = true;
			e = fat_data_cut(v, node, 0);
		}
	}
	if (!e)
		*out = take_place(v, node, mode, class);
	return e;
}

static enum dos_error open_new(struct fat *v, struct fat_found *f, unsigned mode, uint8_t attr,
			       drive_file *out)
{
	uint8_t raw[FAT_SLOT] = { 0 };
	uint16_t time, date;
	struct fat_node *node;
	enum dos_error e = fat_begin_write(v);

	if (e)
		return e;
	fat_now(v, &time, &date);
	raw[SLOT_ATTR] = (attr & (ATTR_READ_ONLY | ATTR_HIDDEN | ATTR_SYSTEM)) | ATTR_ARCHIVE;
	le_put16(raw + SLOT_TIME, time);
	le_put16(raw + SLOT_DATE, date);
	le_put16(raw + SLOT_CTIME, time);
	le_put16(raw + SLOT_CDATE, date);
	le_put16(raw + SLOT_ADATE, date);
	e = fat_make(v, &f->dir, f->leaf, mode & DRIVE_LONG, raw, &f->e);
	if (e)
		return e;
	node = fat_node_for(v, &f->e);
	node->written = true;
	*out = take_place(v, node, mode, share_class(mode, false));
	return DOS_OK;
}

enum dos_error fat_file_open(void *disk, const char *path, unsigned mode, uint8_t attr,
			     drive_file *out, enum drive_did *did)
{
	struct fat *v = disk;
	struct fat_found f;
	enum dos_error e = fat_begin(v);

	if (!share_mode_ok(mode))
		return DOS_BAD_ACCESS;
	if ((mode & (DRIVE_CREATE | DRIVE_TRUNCATE)) && (attr & (ATTR_DIR | ATTR_LABEL)))
		return DOS_DENIED;
	if (!e)
		e = fat_find(v, path, &f);
	if (e && (e != DOS_NO_FILE || !(mode & DRIVE_CREATE)))
		return e;
	if (!e && f.root)
		return DOS_DENIED;
	if (!have_room(v))
		return DOS_TOO_MANY;
	if (!e)
		return fat_done(v, open_old(v, &f, mode, attr, out, did));
	*did = DRIVE_CREATED;
	return fat_done(v, open_new(v, &f, mode, attr, out));
}

enum dos_error fat_file_release(void *disk, drive_file f)
{
	struct fat *v = disk;
	enum dos_error e = fat_begin(v);
	struct fat_file *file = place_of(v, f);
	struct fat_node *node;

	if (!file)
		return DOS_BAD_HANDLE;
	node = fat_node(v, file);
	if (node->lost)
		e = DOS_BAD_HANDLE;
	if (!e)
		e = fat_node_settle(v, node);
	fat_lock_drop(v, file);
	file->used = false;
	file->next_free = v->free_file;
	v->free_file = file - v->file + 1;
	if (e)
		node->refs--;
	else
		e = fat_node_drop(v, node);
	return fat_done(v, e);
}

/* --- what an open file can be asked ------------------------------------------------- */

enum dos_error fat_file_info(void *disk, drive_file f, struct drive_info *out)
{
	struct fat *v = disk;
	enum dos_error e = fat_begin(v);
	struct fat_file *file = fat_file(v, f);
	struct fat_entry entry;

	*out = (struct drive_info){ 0 };
	if (e || !file)
		return e ? e : DOS_BAD_HANDLE;
	e = fat_done(v, fat_node_stamp(v, fat_node(v, file)));
	if (!e)
		e = fat_node_entry(v, fat_node(v, file), &entry);
	if (!e)
		fat_info(v, &entry, out);
	return e;
}

enum dos_error fat_file_time(void *disk, drive_file f, uint16_t time, uint16_t date)
{
	struct fat *v = disk;
	enum dos_error e = fat_begin_write(v);
	struct fat_file *file = fat_file(v, f);
	struct fat_node *node;
	uint8_t *raw;

	if (e || !file)
		return e ? e : DOS_BAD_HANDLE;
	node = fat_node(v, file);
	if (node->deleted)
		return DOS_OK;
	e = fat_node_settle(v, node);		/* the date given stays when it is closed */
	if (!e)
		e = fat_node_touch(v, node, &raw);
	if (!e) {
		le_put16(raw + SLOT_TIME, time);
		le_put16(raw + SLOT_DATE, date);
	}
	return fat_done(v, e);
}

enum dos_error fat_file_flush(void *disk, drive_file f)
{
	struct fat *v = disk;
	enum dos_error e = fat_begin(v);
	struct fat_file *file = fat_file(v, f);

	if (e || !file)
		return e ? e : DOS_BAD_HANDLE;
	e = fat_done(v, fat_node_settle(v, fat_node(v, file)));
	if (!e && v->written && v->medium.flush && !v->medium.flush(v->medium.ctx))
		e = DOS_WRITE_FAULT;
	return e;
}

/* The clusters of what was deleted are given back.  */
void fat_files_forget(struct fat *v)
{
	for (uint32_t i = 0; i < v->files; i++)
		if (v->node[i].refs && v->node[i].deleted && !v->node[i].lost)
			fat_give_back(v, v->node[i].chain.start);
	free(v->file);
	free(v->node);
	free(v->lock);
	v->file = NULL;
	v->node = NULL;
	v->lock = NULL;
	v->files = v->free_file = v->locks = 0;
}
