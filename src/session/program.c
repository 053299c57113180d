/* program.c - the program the user named.  */

#include "session/program.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/error.h"
#include "session/session.h"

static bool is_dos_path(const char *name)
{
	return strchr(name, '\\') || (name[0] && name[1] == ':');
}

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

/* An entry of `dir' that is `base' or `base'.COM, .EXE, .BAT in any case.
 * The order of preference is DOS's own.  */
static bool match_entry(const char *dir, const char *base, char *out, size_t size)
{
	static const char *const suffix[] = { "", ".com", ".exe", ".bat" };
	DIR *d = opendir(dir);
	size_t best = sizeof suffix / sizeof suffix[0], n = strlen(base);
	struct dirent *e;

	if (!d)
		return false;
	while ((e = readdir(d)) != NULL)
		for (size_t i = 0; i < best; i++)
			if (strncasecmp(e->d_name, base, n) == 0 &&
			    strcasecmp(e->d_name + n, suffix[i]) == 0 &&
			    snprintf(out, size, "%s/%s", dir, e->d_name) < (int)size &&
			    is_file(out))
				best = i;
	/* `out' holds the last try, not the best one.  */
	if (best < sizeof suffix / sizeof suffix[0]) {
		rewinddir(d);
		while ((e = readdir(d)) != NULL)
			if (strncasecmp(e->d_name, base, n) == 0 &&
			    strcasecmp(e->d_name + n, suffix[best]) == 0)
				snprintf(out, size, "%s/%s", dir, e->d_name);
	}
	closedir(d);
	return best < sizeof suffix / sizeof suffix[0];
}

static bool find_file(const char *name, char *out, size_t size)
{
	const char *slash = strrchr(name, '/');
	char dir[PATH_MAX] = ".";

	if (is_file(name))
		return snprintf(out, size, "%s", name) < (int)size;
	if (slash)
		snprintf(dir, sizeof dir, "%.*s", (int)(slash == name ? 1 : slash - name), name);
	return match_entry(dir, slash ? slash + 1 : name, out, size);
}

/* What can be no DOS program at all.  A .COM file is any bytes, but not
 * these; a batch file is text.  */
static const char *refuse(const char *path)
{
	unsigned char head[4] = { 0 };
	const char *dot = strrchr(path, '.');
	struct stat st;
	FILE *f;
	size_t n;

	if (stat(path, &st) != 0)
		return strerror(errno);
	if (!S_ISREG(st.st_mode))
		return "not a regular file";
	f = fopen(path, "rb");
	if (!f)
		return strerror(errno);
	n = fread(head, 1, sizeof head, f);
	fclose(f);
	if (dot && strcasecmp(dot, ".bat") == 0)
		return NULL;
	if (n == 0)
		return "not a DOS program: the file is empty";
	if (n == 4 && memcmp(head, "\177ELF", 4) == 0)
		return "not a DOS program, but one for Linux";
	if (head[0] == '#' && head[1] == '!')
		return "not a DOS program, but a script";
	if ((memcmp(head, "MZ", 2) != 0 && memcmp(head, "ZM", 2) != 0) && st.st_size > 0xff00)
		return "not a DOS program: no EXE header, and too large for a .COM file";
	return NULL;
}

bool program_find(struct program *p, const char *name, int *status, struct error *err)
{
	char found[PATH_MAX];
	const char *why;

	*p = (struct program){ .kind = PROGRAM_DOS };
	if (is_dos_path(name) || !find_file(name, found, sizeof found)) {
		if (!is_dos_path(name) && strchr(name, '/')) {
			struct stat st;
			bool there = stat(name, &st) == 0;

			error_set(err, "%s: %s", name, there ? "a directory" : strerror(ENOENT));
			*status = there ? STATUS_NOT_DOS : STATUS_NOT_FOUND;
			return false;
		}
		snprintf(p->path, sizeof p->path, "%s", name);
		return true;
	}
	why = refuse(found);
	if (why) {
		error_set(err, "%s: %s", name, why);
		*status = STATUS_NOT_DOS;
		return false;
	}
	p->kind = PROGRAM_HOST;
	if (!realpath(found, p->path)) {
		error_set(err, "%s: %s", name, strerror(errno));
		*status = STATUS_NOT_FOUND;
		return false;
	}
	return true;
}
