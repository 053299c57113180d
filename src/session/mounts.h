/* mounts.h - which directories of the host, and which disk images, are which drives.
 *
 * C: is the user's own DOS drive, D: the place where the run begins (place.h; or --root,
 * one above it), the letters of --mount what they say.  A program outside all
 * of these is reached by a read-only drive of its folder, at the first free
 * letter from E:.  Nothing else of the host can be reached.
 *
 * A file in the place of a directory is a disk image.  */

#ifndef SESSION_MOUNTS_H
#define SESSION_MOUNTS_H

#include <limits.h>
#include <stdbool.h>

#include "drive/drive.h"

struct conf;
struct dos_config;
struct error;
struct machine;
struct place;
struct program;

struct mount {
	bool used, read_only;
	bool image;			/* a file: a diskette, or a hard disk (machine.h) */
	char path[PATH_MAX];		/* absolute, without symbolic links */
	const char *overlay;		/* NULL: none */
	const char *label;		/* NULL: as usual */
};

struct mounts {
	struct mount letter[DRIVE_LETTERS];
};

/* Decide on all of them.  program may be NULL.  place is looked at as long as they are
 * used.  */
bool mounts_plan(struct mounts *m, const struct conf *conf, const struct place *place,
		 const struct program *program, struct error *err);

/* Mount them in a machine.  */
bool mounts_make(const struct mounts *m, struct machine *machine,
		 const struct drive_config *config, struct error *err);

/* "X:\DIR\FILE" of a host path, short names; by drives that are mounted.
 * False: it is on no drive, or too deep.  */
bool mounts_dos_path(const struct mounts *m, struct machine *machine, const char *host,
		     char out[DRIVE_PATH_MAX + 2]);

#endif
