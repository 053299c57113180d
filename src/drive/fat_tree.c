/* fat_tree.c - what is done by path: look, delete, rename, make.  */

#include "drive/fat_volume.h"

#include <string.h>

#include "base/le.h"

enum dos_error fat_path_info(void *disk, const char *path, struct drive_info *out)
{
	struct fat *v = disk;
	struct fat_found f;
	enum dos_error e = fat_begin(v);

	*out = (struct drive_info){ 0 };
	if (!e)
		e = fat_find(v, path, &f);
	if (e)
		return e;
	if (!f.root) {
		fat_info(v, &f.e, out);
		return DOS_OK;
	}
	out->attr = ATTR_DIR;
	if (fat_dir_label(v, &f.e) == DOS_OK) {	/* as old as its label */
		out->time = out->ctime = le_get16(f.e.raw + SLOT_TIME);
		out->date = out->cdate = out->adate = le_get16(f.e.raw + SLOT_DATE);
	}
	return DOS_OK;
}

static enum dos_error find_to_change(struct fat *v, const char *path, struct fat_found *f)
{
	enum dos_error e = fat_begin(v);

	if (!e)
		e = fat_find(v, path, f);
	if (!e && f->root)
		return DOS_DENIED;
	return e ? e : fat_begin_write(v);
}

static bool is_dir(const struct fat_entry *e)
{
	return e->raw[SLOT_ATTR] & ATTR_DIR;
}

/* The entry goes from the medium before its clusters are free.  */
static enum dos_error take_away(struct fat *v, struct fat_found *f)
{
	enum dos_error e = fat_unmake(v, &f->dir, f->e.first, f->e.slot + 1);

	return e ? e : fat_sync(v);
}

enum dos_error fat_path_remove(void *disk, const char *path)
{
	struct fat *v = disk;
	struct fat_node *node;
	struct fat_found f;
	enum dos_error e = find_to_change(v, path, &f);

	if (!e && f.e.raw[SLOT_ATTR] & (ATTR_DIR | ATTR_READ_ONLY))
		e = DOS_DENIED;
	if (!e)
		e = fat_share_change(v, &f.e);
	if (e)
		return e;
	node = fat_node_of(v, &f.e);
	e = take_away(v, &f);
	if (!e && node)
		node->deleted = true;
	else if (!e)
		e = fat_give_back(v, fat_start(v, f.e.raw));
	return fat_done(v, e);
}

enum dos_error fat_path_rmdir(void *disk, const char *path)
{
	struct fat *v = disk;
	struct fat_found f;
	bool empty;
	uint32_t start;
	enum dos_error e = find_to_change(v, path, &f);

	if (e == DOS_NO_FILE || (!e && !is_dir(&f.e)))
		e = DOS_NO_PATH;
	if (e)
		return e;
	start = fat_start(v, f.e.raw);
	if (fat_is_cluster(v, start)) {
		e = fat_dir_is_empty(v, start, &empty);
		if (e || !empty)
			return e ? e : DOS_DENIED;
	}
	e = take_away(v, &f);
	if (!e)
		e = fat_give_back(v, start);
	fat_list_drop(v, start);
	return fat_done(v, e);
}

/* --- making directories -------------------------------------------------------------- */

static void make_dots(const struct fat *v, uint8_t *p, const uint8_t raw[FAT_SLOT], uint32_t self,
		      uint32_t parent)
{
	for (unsigned i = 0; i < 2; i++, p += FAT_SLOT) {
		memcpy(p, raw, FAT_SLOT);
		memset(p, ' ', PATH_FCB);
		memset(p, '.', i + 1);
		fat_set_start(v, p, i ? parent : self);
	}
}

/* All of it is there before anything leads to it.  */
static enum dos_error fill_dir(struct fat *v, uint32_t n, const uint8_t raw[FAT_SLOT],
			       uint32_t parent)
{
	uint8_t sector[FAT_SECTOR] = { 0 };
	enum dos_error e = DOS_OK;

	for (uint32_t i = v->g.cluster_sectors; !e && --i;)
		e = fat_write(v, fat_sector_of(v, n) + i, sector, 1);
	make_dots(v, sector, raw, n, parent);
	if (!e)
		e = fat_write(v, fat_sector_of(v, n), sector, 1);
	return e ? e : fat_sync(v);
}

enum dos_error fat_path_mkdir(void *disk, const char *path, bool long_name)
{
	uint8_t raw[FAT_SLOT] = { [SLOT_ATTR] = ATTR_DIR };
	struct fat *v = disk;
	struct fat_found f;
	struct fat_plan plan;
	uint16_t time, date;
	uint32_t n;
	enum dos_error e = find_to_change(v, path, &f);

	if (e != DOS_NO_FILE)
		return e ? e : DOS_DENIED;
	e = fat_begin_write(v);
	if (e)
		return e;
	fat_now(v, &time, &date);
	le_put16(raw + SLOT_TIME, time);
	le_put16(raw + SLOT_DATE, date);
	le_put16(raw + SLOT_CTIME, time);
	le_put16(raw + SLOT_CDATE, date);
	le_put16(raw + SLOT_ADATE, date);
	e = fat_plan(v, &f.dir, f.leaf, long_name, NULL, &plan);
	if (!e)
		e = fat_take(v, 0, &n);
	if (e == DOS_DISK_FULL)
		e = DOS_DENIED;
	if (!e)
		e = fill_dir(v, n, raw, f.dir.start);
	fat_set_start(v, raw, n);
	if (!e)
		e = fat_plan_put(v, &f.dir, &plan, raw, &f.e);
	return fat_done(v, e);
}

/* --- renaming ------------------------------------------------------------------------- */

static enum dos_error set_parent(struct fat *v, uint32_t start, uint32_t parent)
{
	uint8_t raw[FAT_SLOT];
	struct fat_dir d;
	enum dos_error e;

	fat_dir_open(v, &d, start);
	e = fat_slot_get(v, &d, 1, raw);
	if (e || memcmp(raw, "..         ", PATH_FCB) != 0)
		return e == DOS_NO_MORE ? DOS_OK : e;
	fat_set_start(v, raw, parent);
	return fat_slot_set(v, &d, 1, raw);
}

/* What it moves from goes before it is where it moves to: between the two a
 * crash loses it, but never are there two names for the same clusters.  */
static enum dos_error move_entry(struct fat *v, struct fat_found *from, struct fat_found *to,
				 const struct fat_plan *plan)
{
	struct fat_node *node = fat_node_of(v, &from->e);
	bool other_dir = from->dir.start != to->dir.start;
	enum dos_error e;

	if (plan->in_place) {
		e = fat_unmake(v, &from->dir, from->e.first, plan->at);
	} else {
		e = fat_unmake(v, &from->dir, from->e.first, from->e.slot + 1);
		if (!e)
			e = fat_sync(v);
	}
	if (!e)
		e = fat_plan_put(v, &to->dir, plan, from->e.raw, &to->e);
	if (!e && is_dir(&from->e) && other_dir)
		e = set_parent(v, fat_start(v, from->e.raw), to->dir.start);
	if (!e && node)
		fat_node_moved(node, &to->e);
	return e;
}

static enum dos_error may_move(struct fat *v, const struct fat_found *from, const char *path,
			       struct fat_found *to, bool long_name)
{
	char shown[DRIVE_NAME_MAX];
	bool passes = false;
	enum dos_error e = fat_find(v, path, to);

	if (e && e != DOS_NO_FILE)
		return e;
	if (!e && (to->root || to->e.id != from->e.id))
		return DOS_DENIED;	/* there is another by that name */
	if (!e && !long_name)
		return DOS_DENIED;
	fat_show_long(v, &from->e, shown);
	if (!e && strcmp(shown, to->leaf) == 0)
		return DOS_FILE_EXISTS;	/* that is its name */
	e = DOS_OK;
	if (is_dir(&from->e))
		e = fat_passes(v, path, fat_start(v, from->e.raw), &passes);
	return !e && passes ? DOS_DENIED : e;
}

enum dos_error fat_path_rename(void *disk, const char *path, const char *to_path,
			       bool long_name)
{
	struct fat *v = disk;
	struct fat_found from, to;
	struct fat_plan plan;
	enum dos_error e = find_to_change(v, path, &from);

	if (!e)
		e = fat_share_change(v, &from.e);
	if (!e)
		e = may_move(v, &from, to_path, &to, long_name);
	if (e)
		return e == DOS_FILE_EXISTS ? DOS_OK : e;
	e = fat_plan(v, &to.dir, to.leaf, long_name, &from.e, &plan);
	if (!e)
		e = move_entry(v, &from, &to, &plan);
	return fat_done(v, e);
}

/* --- attributes and dates --------------------------------------------------------------- */

enum dos_error fat_path_attr(void *disk, const char *path, uint8_t attr)
{
	const uint8_t kept = ATTR_READ_ONLY | ATTR_HIDDEN | ATTR_SYSTEM | ATTR_ARCHIVE;
	struct fat *v = disk;
	struct fat_found f;
	enum dos_error e = find_to_change(v, path, &f);

	if (!e && ((attr & ATTR_LABEL) || (!is_dir(&f.e) && (attr & ATTR_DIR))))
		e = DOS_DENIED;
	if (!e)
		e = fat_share_change(v, &f.e);
	if (e)
		return e;
	f.e.raw[SLOT_ATTR] = (f.e.raw[SLOT_ATTR] & ~kept) | (attr & kept);
	return fat_done(v, fat_slot_set(v, &f.dir, f.e.slot, f.e.raw));
}

enum dos_error fat_path_time(void *disk, const char *path, unsigned which, uint16_t time,
			     uint16_t date)
{
	struct fat *v = disk;
	struct fat_found f;
	enum dos_error e = find_to_change(v, path, &f);

	if (e)
		return e;
	if (which == 0) {
		le_put16(f.e.raw + SLOT_TIME, time);
		le_put16(f.e.raw + SLOT_DATE, date);
	} else if (which == 1) {
		le_put16(f.e.raw + SLOT_ADATE, date);
	} else {
		f.e.raw[SLOT_CTENTH] = 0;
		le_put16(f.e.raw + SLOT_CTIME, time);
		le_put16(f.e.raw + SLOT_CDATE, date);
	}
	return fat_done(v, fat_slot_set(v, &f.dir, f.e.slot, f.e.raw));
}

static enum dos_error spell(void *disk, const char *path, bool long_name,
			    char name[DRIVE_NAME_MAX])
{
	struct fat_found f;
	enum dos_error e = fat_find(disk, path, &f);

	if (e)
		return e;
	if (long_name)
		fat_show_long(disk, &f.e, name);
	else
		fat_show_83(f.e.raw, name);
	return DOS_OK;
}

enum dos_error fat_path_canon(void *disk, const char *path, bool long_name,
			      char out[DRIVE_PATH_MAX])
{
	enum dos_error e = fat_begin(disk);

	return e ? e : path_spell(spell, disk, path, long_name, out);
}
