/* drive.c - the kinds of drives that can be mounted by name.  */

#include "drive/drive.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "drive/hostdir.h"

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

bool drive_mount(struct drive *d, const char *kind, const char *source,
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

void drive_unmount(struct drive *d)
{
	if (d->ops)
		d->ops->close(d->disk);
	*d = (struct drive){ 0 };
}
