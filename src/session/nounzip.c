/* nounzip.c - where libzip is missing.  */

#include "session/unzip.h"

#include <stddef.h>

#include "base/error.h"

struct unzip *unzip_open(const char *path, uint64_t *id, struct error *err)
{
	(void)id;
	error_set(err, "%s: this dosvm was built without libzip", path);
	return NULL;
}

bool unzip_to(struct unzip *u, const char *dir, struct error *err)
{
	(void)u;
	error_set(err, "%s: this dosvm was built without libzip", dir);
	return false;
}

void unzip_close(struct unzip *u)
{
	(void)u;
}
