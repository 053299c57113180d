/* drive_c.h - the user's own C: drive.  */

#ifndef SESSION_DRIVE_C_H
#define SESSION_DRIVE_C_H

#include <limits.h>
#include <stdbool.h>

struct conf;
struct error;

struct drive_c {
	char path[PATH_MAX];
	bool read_only;		/* nowhere to write: the installed dosroot itself */
};

/* Where C: is; made from dosroot on first use.  Two processes that start at
 * once make it once.  False: there is no dosroot to make it from.  */
bool drive_c_find(struct drive_c *c, const struct conf *conf, struct error *err);

#endif
