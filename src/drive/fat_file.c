/* fat_file.c - open files.
 *
 * A drive_file is the index in the table + 1, with a count of the place's
 * uses above it.  All handles of one file share a node, found by where the
 * directory entry is on the volume.  What a node says of start and size the
 * entry says, too: it is written with every change.  */

#include "drive/fat_volume.h"

#include <stdlib.h>
#include <string.h>

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

struct fat_node *fat_node_of(struct fat *v, const struct fat_entry *e)
{
	for (uint32_t i = 0; i < v->files; i++)
		if (v->node[i].refs && !v->node[i].lost && !v->node[i].deleted &&
		    v->node[i].id == e->id)
			return &v->node[i];
	return NULL;
}

void fat_node_moved(struct fat_node *node, const struct fat_entry *e)
{
	node->dir = e->dir;
	node->slot = e->slot;
	node->id = e->id;
	memcpy(node->name, e->raw, PATH_FCB);
}

static void node_set(struct fat *v, struct fat_node *node, const struct fat_entry *e)
{
	fat_node_moved(node, e);
	node->size = fat_get32(e->raw + SLOT_SIZE);
	fat_chain_set(&node->chain, fat_start(v, e->raw));
}

/* That of the entry, or a new one without handles.  There is room.  */
static struct fat_node *node_for(struct fat *v, const struct fat_entry *e)
{
	struct fat_node *node = fat_node_of(v, e);

	for (uint32_t i = 0; !node && i < v->files; i++)
		if (!v->node[i].refs) {
			node = &v->node[i];
			*node = (struct fat_node){ 0 };
			node_set(v, node, e);
		}
	return node;
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

/* --- nodes and their entries ------------------------------------------------------ */

/* The entry's bytes, to be changed.  */
static enum dos_error touch_entry(struct fat *v, const struct fat_node *node, uint8_t **raw)
{
	enum dos_error e = fat_touch(v, (node->id - 1) / FAT_SLOTS, raw);

	if (!e)
		*raw += (node->id - 1) % FAT_SLOTS * FAT_SLOT;
	return e;
}

enum dos_error fat_node_store(struct fat *v, struct fat_node *node)
{
	enum dos_error e;
	uint8_t *raw;

	if (node->deleted)
		return DOS_OK;
	e = touch_entry(v, node, &raw);
	if (e)
		return e;
	fat_set_start(v, raw, node->chain.start);
	fat_put32(raw + SLOT_SIZE, node->size);
	return DOS_OK;
}

/* What DOS does to a written file when it is closed; before that its date is
 * already so, for who asks.  */
static enum dos_error stamp(struct fat *v, struct fat_node *node)
{
	uint16_t time, date;
	enum dos_error e;
	uint8_t *raw;

	if (!node->written || node->deleted || node->lost)
		return DOS_OK;
	e = touch_entry(v, node, &raw);
	if (e)
		return e;
	fat_now(v, &time, &date);
	fat_put16(raw + SLOT_TIME, time);
	fat_put16(raw + SLOT_DATE, date);
	fat_put16(raw + SLOT_ADATE, date);
	raw[SLOT_ATTR] |= ATTR_ARCHIVE;
	return DOS_OK;
}

static enum dos_error settle(struct fat *v, struct fat_node *node)
{
	enum dos_error e = stamp(v, node);

	node->written = node->written && e;
	return e;
}

static enum dos_error entry_of(struct fat *v, struct fat_node *node, struct fat_entry *e)
{
	struct fat_dir d;

	if (!node->deleted) {
		fat_dir_open(v, &d, node->dir);
		return fat_entry(v, &d, node->slot, e);
	}
	*e = (struct fat_entry){ 0 };
	memcpy(e->raw, node->name, PATH_FCB);
	fat_put32(e->raw + SLOT_SIZE, node->size);
	return DOS_OK;
}

/* The last handle is gone.  */
static enum dos_error drop_node(struct fat *v, struct fat_node *node)
{
	if (--node->refs || !node->deleted || node->lost || !node->chain.start)
		return DOS_OK;
	return fat_give_back(v, node->chain.start);
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
	node = node_for(v, &f->e);
	e = fat_share_enter(v, node, class);
	*did = mode & DRIVE_TRUNCATE ? DRIVE_REPLACED : DRIVE_OPENED;
	if (!e && mode & DRIVE_TRUNCATE) {
		struct fat_file probe = { .node = node - v->node };

		e = fat_begin_write(v);
		if (!e)
			e = fat_lock_check(v, &probe, 0, UINT32_MAX);
		if (!e)
			e = touch_entry(v, node, &raw);
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
	fat_put16(raw + SLOT_TIME, time);
	fat_put16(raw + SLOT_DATE, date);
	fat_put16(raw + SLOT_CTIME, time);
	fat_put16(raw + SLOT_CDATE, date);
	fat_put16(raw + SLOT_ADATE, date);
	e = fat_make(v, &f->dir, f->leaf, mode & DRIVE_LONG, raw, &f->e);
	if (e)
		return e;
	node = node_for(v, &f->e);
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
		e = settle(v, node);
	fat_lock_drop(v, file);
	file->used = false;
	file->next_free = v->free_file;
	v->free_file = file - v->file + 1;
	if (e)
		node->refs--;
	else
		e = drop_node(v, node);
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
	e = fat_done(v, stamp(v, fat_node(v, file)));
	if (!e)
		e = entry_of(v, fat_node(v, file), &entry);
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
	e = settle(v, node);		/* the date given stays when it is closed */
	if (!e)
		e = touch_entry(v, node, &raw);
	if (!e) {
		fat_put16(raw + SLOT_TIME, time);
		fat_put16(raw + SLOT_DATE, date);
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
	e = fat_done(v, settle(v, fat_node(v, file)));
	if (!e && v->written && v->medium.flush && !v->medium.flush(v->medium.ctx))
		e = DOS_WRITE_FAULT;
	return e;
}

/* --- after the medium was changed ---------------------------------------------------- */

static bool is_still_there(struct fat *v, struct fat_node *node)
{
	struct fat_entry e;
	struct fat_dir d;

	if (node->deleted || !v->g.bits || !fat_dir_is(v, node->dir))
		return false;
	fat_dir_open(v, &d, node->dir);
	if (fat_entry(v, &d, node->slot, &e) != DOS_OK || e.raw[SLOT_ATTR] & ATTR_DIR ||
	    memcmp(e.raw, node->name, PATH_FCB) != 0)
		return false;
	node_set(v, node, &e);
	return true;
}

void fat_files_again(struct fat *v)
{
	for (uint32_t i = 0; i < v->files; i++)
		if (v->node[i].refs && !v->node[i].lost)
			v->node[i].lost = !is_still_there(v, &v->node[i]);
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
