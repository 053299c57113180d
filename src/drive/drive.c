/* drive.c - the kinds of drives that can be mounted by name.  */

#include "drive/drive.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "drive/hostdir.h"
#include "drive/overlay.h"

static bool mount_hostdir(struct drive *d, const char *source,
			  const struct drive_config *config, struct error *err)
{
	d->disk = hostdir_open(source, config, err);
	d->ops = &hostdir_ops;
	return d->disk != NULL;
}

static const struct {
	const char *kind;
	bool (*mount)(struct drive *d, const char *source,
		      const struct drive_config *config, struct error *err);
} kinds[] = {
	{ "hostdir", mount_hostdir },
};

static bool mount_one(struct drive *d, const char *kind, const char *source,
		      const struct drive_config *config, struct error *err)
{
	for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (strcmp(kinds[i].kind, kind) != 0)
			continue;
		*d = (struct drive){ .read_only = config->read_only };
		snprintf(d->source, sizeof d->source, "%s", source);
		if (kinds[i].mount(d, source, config, err))
			return true;
		*d = (struct drive){ 0 };
		return false;
	}
	error_set(err, "%s: no such kind of drive", kind);
	return false;
}

/* What was mounted is below, and a directory above it.  */
static bool lay_over(struct drive *d, const struct drive_config *config, struct error *err)
{
	struct drive lower = *d, upper = { 0 };
	struct drive_config own = *config;

	own.read_only = false;
	if (lower.ops->label(lower.disk, own.label) != DOS_OK)
		own.label[0] = '\0';
	*d = (struct drive){ 0 };
	if (mount_one(&upper, "hostdir", config->overlay, &own, err))
		return overlay_mount(d, &lower, &upper, config->overlay, config->code_page, err);
	drive_unmount(&lower);
	return false;
}

bool drive_mount(struct drive *d, const char *kind, const char *source,
		 const struct drive_config *config, struct error *err)
{
	struct drive_config lower = *config;

	lower.read_only |= config->overlay != NULL;
	return mount_one(d, kind, source, &lower, err) &&
	       (!config->overlay || lay_over(d, config, err));
}

void drive_unmount(struct drive *d)
{
	if (d->ops)
		d->ops->close(d->disk);
	*d = (struct drive){ 0 };
}

void drive_dos_time(int64_t sec, uint16_t *time, uint16_t *date)
{
	time_t t = sec;
	struct tm tm;

	*time = 0;
	*date = 1 << 5 | 1;
	if (!localtime_r(&t, &tm) || tm.tm_year < 80)
		return;
	if (tm.tm_year > 207) {
		*time = 23 << 11 | 59 << 5 | 29;
		*date = 127 << 9 | 12 << 5 | 31;
		return;
	}
	*time = tm.tm_hour << 11 | tm.tm_min << 5 | (tm.tm_sec > 59 ? 59 : tm.tm_sec) / 2;
	*date = (tm.tm_year - 80) << 9 | (tm.tm_mon + 1) << 5 | tm.tm_mday;
}
