/* place.h - where a run begins: the current directory; or a folder, or a zip, that was named
 * instead of a program, and the program in it.
 *
 * That directory is D:.  A zip is unpacked once, into the user's cache, and has an
 * overlay, as anything else has with --overlay.  */

#ifndef SESSION_PLACE_H
#define SESSION_PLACE_H

#include <limits.h>
#include <stdbool.h>

#include "drive/drive.h"

struct conf;
struct error;

struct place {
	bool opened;			/* a folder or a zip */
	char here[PATH_MAX];		/* absolute, without symbolic links */
	char overlay[PATH_MAX];		/* "": none */
	char label[12];			/* "": as usual */
	char start[DRIVE_PATH_MAX];	/* where on it the run begins, "\\" */
	char program[DRIVE_PATH_MAX + 2];	/* "D:\\GAME.EXE"; "": args say what */
	char note[120];			/* for the prompt: what there is to choose from */
	char *name[2];			/* arguments, if a program was chosen */
};

/* *args: of the command line; afterwards without the folder, and with the program that was
 * chosen.  False: *status and err say why it cannot be opened.  */
bool place_open(struct place *p, const struct conf *conf, char *const **args, int *status,
		struct error *err);

/* placechoice.c.  What is in directory p->start of a drive: the program named, or with
 * NULL the one that is meant (dosvm(1), FOLDERS AND ARCHIVES).  name: of folder or zip.
 * Becomes p->program or p->note.  */
void place_choose(struct place *p, struct drive *d, const char *name, const char *program);

#endif
