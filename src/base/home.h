/* home.h - where dosvm's own files are: its plugins, and what a new drive
 * C: is made of.
 *
 * The program knows whether it stands in the tree it was built in (there
 * is a config.status beside it); then it uses that tree, installed or not.
 * DOSVM_PLUGIN_PATH, directories with colons between them, comes first in
 * both cases.  */

#ifndef BASE_HOME_H
#define BASE_HOME_H

#include <stdbool.h>
#include <stddef.h>

#define HOME_PATH_MAX	4096

struct home {
	char dosroot[HOME_PATH_MAX];	/* a directory that may not exist */
	char plugins[HOME_PATH_MAX];	/* directories with colons between them */
	bool build_tree;
};

/* Cannot fail: what would be too long is left out.  */
void home_find(struct home *h);

/* The same for a program in directory `dir'; for tests.  */
void home_find_at(struct home *h, const char *dir, const char *plugin_path);

#endif
