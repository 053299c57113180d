/* hostdir.c - a Linux directory as a DOS drive: the volume, and its ops.  */

#include "drive/hostdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/cp.h"
#include "base/error.h"

static enum dos_error hd_space(void *disk, struct drive_space *out)
{
	const struct hostdir *hd = disk;
	struct statvfs sv;

	if (fstatvfs(hd->root.root, &sv) != 0)
		return hd_error(errno);
	*out = (struct drive_space){
		.total = (uint64_t)sv.f_blocks * sv.f_frsize,
		.free = (uint64_t)sv.f_bavail * sv.f_frsize,
		.cluster = 512,
	};
	while (out->cluster < sv.f_frsize && out->cluster < 32768)
		out->cluster *= 2;
	return DOS_OK;
}

static enum dos_error hd_label(void *disk, char out[12])
{
	const struct hostdir *hd = disk;

	memcpy(out, hd->label, sizeof hd->label);
	return DOS_OK;
}

static enum dos_error hd_set_label(void *disk, const char *label)
{
	struct hostdir *hd = disk;
	enum dos_error e;

	if (hd->config.read_only || !path_is_label(label))
		return DOS_DENIED;
	e = hd_label_store(hd, label);
	if (!e)
		strcpy(hd->label, label);
	return e == DOS_UNSUPPORTED ? DOS_DENIED : e;
}

/* The same directory has the same number, every time.  */
static uint32_t hd_serial(void *disk)
{
	const struct hostdir *hd = disk;
	uint64_t h = (hd->dev * 0x9e3779b97f4a7c15) ^ hd->ino;

	h = (h ^ h >> 32) * 0xd6e8feb86659fd93;
	return h >> 32;
}

static void hd_close(void *disk)
{
	struct hostdir *hd = disk;

	for (uint32_t i = 0; i < hd->files; i++)
		if (hd->file[i].used)
			hd_release(hd, (uint32_t)hd->file[i].generation << 16 | (i + 1));
	listings_free(&hd->listings);
	hd_dir_free_all(hd);
	free(hd->file);
	free(hd->lock);
	close(hd->root.root);
	free(hd);
}

const struct drive_ops hostdir_ops = {
	.name = "hostdir",
	.close = hd_close,
	.open = hd_open,
	.release = hd_release,
	.read = hd_read,
	.write = hd_write,
	.file_info = hd_file_info,
	.set_time = hd_set_time,
	.flush = hd_flush,
	.lock = hd_lock,
	.info = hd_info,
	.remove = hd_remove,
	.rename = hd_rename,
	.mkdir = hd_mkdir,
	.rmdir = hd_rmdir,
	.set_attr = hd_set_path_attr,
	.set_path_time = hd_set_path_time,
	.canon = hd_canon,
	.list = hd_list,
	.entry = hd_entry,
	.entry_name = hd_entry_name,
	.space = hd_space,
	.label = hd_label,
	.set_label = hd_set_label,
	.serial = hd_serial,
	.state = hd_state,
};

static void spread_code_page(struct hostdir *disk)
{
	unsigned page = disk->config.code_page;

	for (unsigned ch = 0; ch < 256; ch++) {
		disk->unicode[ch] = cp_to_unicode(page, ch);
		disk->upper[ch] = cp_upper(page, ch);
		disk->lower[ch] = cp_lower(page, ch);
	}
}

/* What LABEL made it, else as configured, else the directory's own name.  */
static void first_label(struct hostdir *disk, const char *source)
{
	char name[DRIVE_NAME_MAX];
	const char *last;
	char *real;
	size_t n = 0;

	if (hd_label_load(disk))
		return;
	if (disk->config.label[0]) {
		memcpy(disk->label, disk->config.label, sizeof disk->label);
		disk->label[sizeof disk->label - 1] = '\0';
		return;
	}
	real = realpath(source, NULL);
	last = real ? strrchr(real, '/') : NULL;
	hd_to_guest(disk, last ? last + 1 : "", name);
	for (const char *s = name; *s && n < sizeof disk->label - 1; s++)
		disk->label[n++] = path_char_83(*s) ? disk->upper[(uint8_t)*s] : '_';
	disk->label[n] = '\0';
	free(real);
}

struct hostdir *hostdir_open(const char *source, const struct drive_config *config,
			     struct error *err)
{
	struct hostdir *disk = calloc(1, sizeof *disk);
	struct statx sx;
	int root;

	if (!disk) {
		error_set(err, "%s: %s", source, strerror(ENOMEM));
		return NULL;
	}
	root = open(source, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0 || !listings_init(&disk->listings) || !hd_statx(root, "", &sx) ||
	    faccessat(root, ".", X_OK, 0) != 0) {
		error_set(err, "%s: %s", source, strerror(errno));
		if (root >= 0)
			close(root);
		listings_free(&disk->listings);
		free(disk);
		return NULL;
	}
	beneath_init(&disk->root, root);
	disk->config = *config;
	disk->dev = hd_dev(&sx);
	disk->ino = sx.stx_ino;
	spread_code_page(disk);
	first_label(disk, source);
	return disk;
}
