/* home.c - beside the program, or where make install put things.  */

#include "base/home.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Append a directory to a list; one that does not fit is left out.  */
static void add_dir(char *list, size_t size, const char *dir)
{
	size_t at = strlen(list);

	if (*dir && at + strlen(dir) + 2 <= size)
		snprintf(list + at, size - at, "%s%s", at ? ":" : "", dir);
}

static bool is_build_tree(const char *dir)
{
	char path[HOME_PATH_MAX];

	return (size_t)snprintf(path, sizeof path, "%s/config.status", dir) < sizeof path
		&& access(path, R_OK) == 0;
}

/* Libtool leaves a plugin's shared object in a folder of its own.  */
static void add_built_plugins(struct home *h, const char *dir)
{
	char pattern[HOME_PATH_MAX];
	glob_t found;

	if ((size_t)snprintf(pattern, sizeof pattern, "%s/plugins/*/.libs", dir) >= sizeof pattern)
		return;
	if (glob(pattern, 0, NULL, &found) != 0)
		return;
	for (size_t i = 0; i < found.gl_pathc; i++)
		add_dir(h->plugins, sizeof h->plugins, found.gl_pathv[i]);
	globfree(&found);
}

void home_find_at(struct home *h, const char *dir, const char *plugin_path)
{
	*h = (struct home){ .build_tree = is_build_tree(dir) };
	if (plugin_path)
		add_dir(h->plugins, sizeof h->plugins, plugin_path);
	if (!h->build_tree) {
		add_dir(h->plugins, sizeof h->plugins, PKGLIBDIR "/plugins");
		add_dir(h->dosroot, sizeof h->dosroot, PKGDATADIR "/dosroot");
		return;
	}
	add_built_plugins(h, dir);
	if ((size_t)snprintf(h->dosroot, sizeof h->dosroot, "%s/dosroot/c", dir) >= sizeof h->dosroot)
		h->dosroot[0] = '\0';
}

void home_find(struct home *h)
{
	char exe[HOME_PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);

	exe[n < 0 ? 0 : n] = '\0';
	char *slash = strrchr(exe, '/');

	if (slash)
		*slash = '\0';
	home_find_at(h, exe, getenv("DOSVM_PLUGIN_PATH"));
}
