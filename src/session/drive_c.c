/* drive_c.c - the user's own C: drive, under XDG data.
 *
 * It is copied into a temporary neighbour and then renamed, so that nobody
 * ever sees half of it; whoever loses the race throws his copy away.  */

#include "session/drive_c.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/home.h"
#include "conf/conf.h"
#include "session/refresh.h"
#include "session/userdir.h"

static bool is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool has_command_com(const char *dir)
{
	char path[PATH_MAX];
	struct stat st;

	return snprintf(path, sizeof path, "%s/command.com", dir) < (int)sizeof path &&
	       stat(path, &st) == 0;
}

static bool find_dosroot(char *out, size_t size, const struct conf *conf)
{
	const char *asked = conf_get_text(conf, "dosroot");
	struct home home;

	home_find(&home);
	snprintf(out, size, "%s", *asked ? asked : home.dosroot);
	return has_command_com(out);
}

static bool copy_tree(const char *from, const char *to)
{
	char a[PATH_MAX], b[PATH_MAX];
	DIR *d = opendir(from);
	struct dirent *e;
	bool ok = d && (mkdir(to, 0777) == 0 || is_dir(to));

	while (ok && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		ok = snprintf(a, sizeof a, "%s/%s", from, e->d_name) < (int)sizeof a &&
		     snprintf(b, sizeof b, "%s/%s", to, e->d_name) < (int)sizeof b &&
		     (is_dir(a) ? copy_tree(a, b) : refresh_copy(a, b));
	}
	if (d)
		closedir(d);
	return ok;
}

static bool make(const char *path, const char *dosroot)
{
	char temporary[PATH_MAX];

	if (snprintf(temporary, sizeof temporary, "%s.XXXXXX", path) >= (int)sizeof temporary ||
	    !userdir_make_parents(path) || !mkdtemp(temporary))
		return false;
	chmod(temporary, 0755);
	if (copy_tree(dosroot, temporary) && refresh_note(temporary, dosroot) &&
	    rename(temporary, path) == 0)
		return true;
	userdir_remove(temporary);
	return is_dir(path);
}

static bool user_path(char *out, size_t size, const struct conf *conf)
{
	const char *asked = conf_get_text(conf, "drive-c");

	if (*asked)
		return snprintf(out, size, "%s", asked) < (int)size;
	return userdir_path(out, size, USERDIR_DATA, "c");
}

bool drive_c_find(struct drive_c *c, const struct conf *conf, struct error *err)
{
	char dosroot[PATH_MAX];
	bool have_root = find_dosroot(dosroot, sizeof dosroot, conf);

	c->read_only = false;
	if (user_path(c->path, sizeof c->path, conf) &&
	    (is_dir(c->path) || (have_root && make(c->path, dosroot)))) {
		c->read_only = access(c->path, W_OK) != 0;
		if (have_root && !c->read_only)
			refresh(c->path, dosroot, !*conf_get_text(conf, "drive-c"));
		return true;
	}
	if (!have_root) {
		error_set(err, "no C: drive: %s has no command.com", dosroot);
		return false;
	}
	snprintf(c->path, sizeof c->path, "%s", dosroot);
	c->read_only = true;
	return true;
}
