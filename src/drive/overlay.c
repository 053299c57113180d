/* overlay.c - the drive of two: the volume, and its ops.  */

#include "drive/overlay.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

/* What can be written is above.  */
static enum dos_error ov_space(void *disk, struct drive_space *out)
{
	struct overlay *ov = disk;

	return ov->upper.ops->space(ov->upper.disk, out);
}

/* The lower drive's, until another is set.  */
static enum dos_error ov_label(void *disk, char out[12])
{
	struct overlay *ov = disk;

	return ov->upper.ops->label(ov->upper.disk, out);
}

static enum dos_error ov_set_label(void *disk, const char *label)
{
	struct overlay *ov = disk;

	return ov->upper.ops->set_label(ov->upper.disk, label);
}

static uint32_t ov_serial(void *disk)
{
	struct overlay *ov = disk;

	return ov->lower.ops->serial(ov->lower.disk);
}

static void ov_close(void *disk)
{
	struct overlay *ov = disk;

	for (uint32_t i = 0; i < ov->files; i++)
		if (ov->file[i].used)
			ov_release(ov, (uint32_t)ov->file[i].generation << 16 | (i + 1));
	if (ov->deleted)
		ov->upper.ops->release(ov->upper.disk, ov->deleted);
	ov_dir_forget(ov);
	listings_free(&ov->listings);
	ov_gone_free(ov);
	drive_unmount(&ov->upper);
	drive_unmount(&ov->lower);
	free(ov->file);
	free(ov->lock);
	free(ov);
}

static const struct drive_ops overlay_ops = {
	.name = "overlay",
	.close = ov_close,
	.open = ov_open,
	.release = ov_release,
	.read = ov_read,
	.write = ov_write,
	.file_info = ov_file_info,
	.ready = ov_ready,
	.set_time = ov_set_time,
	.flush = ov_flush,
	.lock = ov_lock,
	.info = ov_info,
	.remove = ov_remove,
	.rename = ov_rename,
	.mkdir = ov_mkdir,
	.rmdir = ov_rmdir,
	.set_attr = ov_set_attr,
	.set_path_time = ov_set_path_time,
	.canon = ov_canon,
	.list = ov_list,
	.entry = ov_entry,
	.entry_name = ov_entry_name,
	.space = ov_space,
	.label = ov_label,
	.set_label = ov_set_label,
	.serial = ov_serial,
	.state = ov_state,
};

static enum dos_error prepare(struct overlay *ov)
{
	const struct drive *up = &ov->upper;
	struct drive_info info;
	enum dos_error e = ov_gone_load(ov);

	if (e)
		return e;
	if (up->ops->info(up->disk, OV_CHANGED, &info) != DOS_OK)
		return up->ops->mkdir(up->disk, OV_CHANGED, true);
	return info.attr & ATTR_DIR ? DOS_OK : DOS_DENIED;
}

bool overlay_mount(struct drive *d, struct drive *lower, struct drive *upper, const char *name,
		   uint16_t code_page, struct error *err)
{
	struct overlay *ov = calloc(1, sizeof *ov);
	enum dos_error e = DOS_NO_MEMORY;

	if (!ov) {
		drive_unmount(upper);
		drive_unmount(lower);
	} else {
		*d = (struct drive){ .ops = &overlay_ops, .disk = ov, .removable = lower->removable };
		memcpy(d->source, lower->source, sizeof d->source);
		ov->upper = *upper;
		ov->lower = *lower;
		ov->code_page = code_page;
		e = listings_init(&ov->listings) ? prepare(ov) : DOS_NO_MEMORY;
		if (!e)
			return true;
		drive_unmount(d);
	}
	if (e == DOS_SHARING)
		error_set(err, "overlay %s: another dosvm is using it", name);
	else if (e == DOS_NO_MEMORY)
		error_set(err, "overlay %s: no memory", name);
	else
		error_set(err, "overlay %s: cannot be written to (DOS error %d)", name, e);
	return false;
}
