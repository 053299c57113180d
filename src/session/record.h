/* record.h - the plugin that writes video (plugins/record), while it does.  */

#ifndef SESSION_RECORD_H
#define SESSION_RECORD_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "plug/plug.h"
#include "plugin.h"

struct conf;
struct machine;

struct recorder {
	struct machine *machine;
	const struct conf *conf;
	struct plugin_host host;
	struct plug plug;
	int sink;
	bool open;
	char path[PATH_MAX];		/* of the file, the last one too */
	char why[480];			/* it has failed, which one line tells; "": it has not */
};

void record_init(struct recorder *r, struct machine *machine, const struct conf *conf);
bool record_begin(struct recorder *r, const char *path, struct error *err);
/* The file is whole.  False: it could not be written; said once.  */
bool record_end(struct recorder *r, struct error *err);

/* As struct plugin_host has it.  */
bool record_ask(struct recorder *r, const char *path, char *text, size_t size);

#endif
