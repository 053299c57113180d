/* program.h - the program the user named: where it is on the host, whether
 * it can be a DOS program, and its DOS path.  */

#ifndef SESSION_PROGRAM_H
#define SESSION_PROGRAM_H

#include <limits.h>
#include <stdbool.h>

struct error;

enum program_kind {
	PROGRAM_HOST,		/* a file of the host: `path' */
	PROGRAM_PLACE,		/* a DOS path, in what was opened (place.h) */
	PROGRAM_DOS,		/* a DOS path or a bare name, for the shell to find */
};

struct program {
	enum program_kind kind;
	char path[PATH_MAX];	/* absolute and without symbolic links; or as given */
};

/* Find what `name' means.  Names with a backslash or a drive letter are DOS
 * paths.  Others are files of the host, .COM, .EXE or .BAT left out if the
 * user likes, in any case; a bare name that is no such file is left to DOS.
 * False: *status and err say why it cannot be run.  */
bool program_find(struct program *p, const char *name, int *status, struct error *err);

#endif
