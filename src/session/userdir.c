/* userdir.c - the user's directories.  */

#include "session/userdir.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct { const char *variable, *usual; } kinds[] = {
	[USERDIR_DATA] = { "XDG_DATA_HOME", ".local/share" },
	[USERDIR_CACHE] = { "XDG_CACHE_HOME", ".cache" },
};

bool userdir_path(char *out, size_t size, enum userdir kind, const char *name)
{
	const char *asked = getenv(kinds[kind].variable), *home = getenv("HOME");

	if (asked && asked[0] == '/')	/* relative ones do not count */
		return (size_t)snprintf(out, size, "%s/dosvm/%s", asked, name) < size;
	if (home && home[0] == '/')
		return (size_t)snprintf(out, size, "%s/%s/dosvm/%s", home, kinds[kind].usual,
					name) < size;
	return false;
}

bool userdir_make_parents(const char *path)
{
	char buf[PATH_MAX];

	snprintf(buf, sizeof buf, "%s", path);
	for (char *p = buf + 1; (p = strchr(p, '/')) != NULL; *p++ = '/') {
		*p = 0;
		if (mkdir(buf, 0777) != 0 && errno != EEXIST)
			return false;
	}
	return true;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

void userdir_remove(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
