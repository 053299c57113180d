/* fat.c - a FAT volume as a DOS drive: its life, and its ops.  */

#include "drive/fat_volume.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cp.h"
#include "base/error.h"

#define DATE_1980	(1 << 5 | 1)

void fat_now(const struct fat *v, uint16_t *time, uint16_t *date)
{
	*time = 0;
	*date = DATE_1980;
	if (v->config.clock)
		v->config.clock(v->config.clock_ctx, time, date);
}

/* A volume that was not left in good order stays marked so: only a check of
 * the whole disk may say otherwise.  If it is we who have marked it, somebody
 * else may have unmarked it since.  */
static void take_state(struct fat *v)
{
	bool clean = fat_boot_clean(v);

	if (clean)
		v->marked = false;
	if (!v->marked)
		v->clean = clean;
}

static void read_again(struct fat *v)
{
	fat_forget(v, 0, UINT64_MAX);
	fat_space_forget(v);
	if (fat_boot_read(v)) {
		take_state(v);
		fat_info_read(v, false);
	}
	v->stale = false;
	v->doubt = true;
}

enum dos_error fat_begin(struct fat *v)
{
	if (v->stale)
		read_again(v);
	if (v->doubt) {
		v->doubt = false;
		fat_list_doubt(v);
		fat_files_again(v);
	}
	return v->g.bits ? DOS_OK : DOS_NOT_DOS_DISK;
}

enum dos_error fat_begin_write(struct fat *v)
{
	enum dos_error e = fat_begin(v);

	if (e)
		return e;
	if (v->config.read_only || v->medium.read_only)
		return DOS_WRITE_PROTECTED;
	v->written = true;
	if (v->marked || !v->clean)
		return DOS_OK;
	v->marked = true;
	e = fat_boot_mark(v, false);
	return e ? e : fat_sync(v);
}

enum dos_error fat_done(struct fat *v, enum dos_error e)
{
	enum dos_error late = v->written ? fat_info_write(v) : DOS_OK;

	if (!late)
		late = fat_sync(v);
	return e ? e : late;
}

static uint32_t fat_serial(void *disk)
{
	struct fat *v = disk;

	return fat_begin(v) == DOS_OK ? v->g.serial : 0;
}

static void fat_close(void *disk)
{
	struct fat *v = disk;

	for (uint32_t i = 0; i < v->files; i++)
		if (v->file[i].used)
			fat_file_release(v, (uint32_t)v->file[i].generation << 16 | (i + 1));
	if (v->written && fat_begin(v) == DOS_OK) {
		fat_info_write(v);
		if (v->marked && fat_sync(v) == DOS_OK)
			fat_boot_mark(v, true);
		fat_sync(v);
		if (v->medium.flush)
			v->medium.flush(v->medium.ctx);
	}
	fat_files_forget(v);
	fat_space_forget(v);
	free(v);
}

static const struct drive_ops fat_ops = {
	.name = "fat",
	.close = fat_close,
	.open = fat_file_open,
	.release = fat_file_release,
	.read = fat_data_read,
	.write = fat_data_write,
	.file_info = fat_file_info,
	.set_time = fat_file_time,
	.flush = fat_file_flush,
	.lock = fat_lock,
	.info = fat_path_info,
	.remove = fat_path_remove,
	.rename = fat_path_rename,
	.mkdir = fat_path_mkdir,
	.rmdir = fat_path_rmdir,
	.set_attr = fat_path_attr,
	.set_path_time = fat_path_time,
	.canon = fat_path_canon,
	.list = fat_list,
	.entry = fat_list_entry,
	.entry_name = fat_list_name,
	.space = fat_space,
	.label = fat_label,
	.set_label = fat_set_label,
	.serial = fat_serial,
	.state = fat_state,
};

static void spread_code_page(struct fat *v)
{
	for (unsigned i = 0; i < 256; i++) {
		v->upper[i] = cp_upper(v->config.code_page, i);
		v->lower[i] = cp_lower(v->config.code_page, i);
	}
}

bool fat_open(struct drive *d, const struct fat_medium *m, const struct drive_config *c,
	      struct error *err)
{
	struct fat *v = calloc(1, sizeof *v);

	if (!v) {
		error_set(err, "no memory for a FAT volume");
		return false;
	}
	v->medium = *m;
	v->config = *c;
	spread_code_page(v);
	v->free = FAT_END;
	if (!fat_boot_read(v) && !m->blank) {
		error_set(err, "there is no FAT volume on it");
		free(v);
		return false;
	}
	if (v->g.bits) {
		v->clean = fat_boot_clean(v);
		fat_info_read(v, v->clean);
	}
	*d = (struct drive){ .ops = &fat_ops, .disk = v,
			     .read_only = c->read_only || m->read_only };
	return true;
}

void fat_changed(struct drive *d)
{
	struct fat *v = d->disk;

	v->stale = true;
}

/* Before the root there are the boot sector and the tables.  */
void fat_written(struct drive *d, uint64_t sector, uint64_t count)
{
	struct fat *v = d->disk;

	if (!v->g.bits || sector < v->g.root) {
		v->stale = true;
		return;
	}
	fat_forget(v, sector, count);
	v->doubt = true;
}
