/* plug.h - plugins: finding them, opening them.  A plugin called NAME is
 * the file NAME.so in one of the directories that are searched; what is in
 * it, include/plugin.h says.  */

#ifndef PLUG_H
#define PLUG_H

#include <stdbool.h>
#include <stddef.h>

#include "plugin.h"

struct error;

/* An open plugin.  */
struct plug {
	const struct plugin *plugin;
	void *self;			/* what plugin->open() answered */
	void *object;			/* dlopen's handle */
};

/* path: directories with colons between them, searched in this order.  host
 * lives longer than the plugin.  False: there is none of that name, it was
 * made for another dosvm, or it cannot start; err says which.  */
bool plug_open(struct plug *p, const char *path, const char *name,
	       const struct plugin_host *host, struct error *err);

/* Would plug_open find a file of this name?  */
bool plug_has(const char *path, const char *name);

/* Let its tell() show this.  False: it has none, or cannot.  */
bool plug_tell(const char *path, const char *name, const char *text);

/* Of one that was opened, or is all zero.  */
void plug_close(struct plug *p);

/* Calls each() for every plugin that plug_open would find, in alphabetical
 * order; file is the whole path.  Nothing is opened.  */
void plug_list(const char *path, void (*each)(void *ctx, const char *name, const char *file),
	       void *ctx);

#endif
