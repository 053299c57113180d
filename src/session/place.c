/* place.c - where a run begins.  */

#include "session/place.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cp.h"
#include "base/error.h"
#include "conf/conf.h"
#include "drive/path.h"
#include "session/program.h"
#include "session/session.h"
#include "session/unzip.h"
#include "session/userdir.h"

#define NAME_KEPT	60		/* characters of an archive's name, in that of its directory */

static bool is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static const char *base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* --- an archive --- */

/* "game-0123456789abcdef" of /some/where/game.zip.  */
static void name_of(const char *path, uint64_t id, char out[NAME_KEPT + 32])
{
	const char *base = base_of(path), *dot = strrchr(base, '.');
	int n = dot && dot > base ? dot - base : (int)strlen(base);

	sprintf(out, "%.*s-%016llx", n < NAME_KEPT ? n : NAME_KEPT, base, (unsigned long long)id);
}

/* By way of a neighbour, so that nobody ever sees half of it; whoever loses the race
 * throws his copy away.  */
static bool unpack(struct unzip *u, const char *to, struct error *err)
{
	char temporary[PATH_MAX];

	if ((size_t)snprintf(temporary, sizeof temporary, "%s.XXXXXX", to) >= sizeof temporary ||
	    !userdir_make_parents(to) || !mkdtemp(temporary)) {
		error_set(err, "%s: %s", to, strerror(errno));
		return false;
	}
	chmod(temporary, 0755);
	if (!unzip_to(u, temporary, err)) {
		userdir_remove(temporary);
		return false;
	}
	if (rename(temporary, to) == 0)
		return true;
	userdir_remove(temporary);
	if (is_dir(to))
		return true;
	error_set(err, "%s: %s", to, strerror(errno));
	return false;
}

static bool open_zip(struct place *p, const char *path, struct error *err)
{
	char name[NAME_KEPT + 32], below[NAME_KEPT + 40], above[NAME_KEPT + 48];
	uint64_t id;
	struct unzip *u = unzip_open(path, &id, err);
	bool ok;

	if (!u)
		return false;
	name_of(path, id, name);
	snprintf(below, sizeof below, "zip/%s", name);
	snprintf(above, sizeof above, "overlay/%s", name);
	ok = userdir_path(p->here, sizeof p->here, USERDIR_CACHE, below) &&
	     (*p->overlay || userdir_path(p->overlay, sizeof p->overlay, USERDIR_DATA, above));
	if (!ok)
		error_set(err, "%s: nowhere to unpack it and to keep what is changed: there is no $HOME",
			  path);
	ok = ok && (is_dir(p->here) || unpack(u, p->here, err));
	unzip_close(u);
	return ok;
}

/* As far as it can be one.  */
static void make_label(struct place *p, uint16_t page, const char *path)
{
	char name[DRIVE_NAME_MAX];
	size_t n = 0;

	cp_string_from_utf8(page, name, sizeof name, base_of(path));
	for (; name[n] && name[n] != '.' && n < sizeof p->label - 1; n++)
		p->label[n] = path_char_83(name[n]) ? cp_upper(page, name[n]) : '_';
	p->label[n] = 0;
}

/* --- an overlay --- */

/* A directory that dosvm may write to, and none that is seen through itself.  */
static bool make_overlay(struct place *p, struct error *err)
{
	char real[PATH_MAX];
	size_t n = strlen(p->here);

	if (!userdir_make_parents(p->overlay) || (mkdir(p->overlay, 0777) != 0 && errno != EEXIST) ||
	    !realpath(p->overlay, real) || access(real, W_OK | X_OK) != 0) {
		error_set(err, "overlay %s: %s", p->overlay, strerror(errno));
		return false;
	}
	if (strncmp(real, p->here, n) == 0 && (real[n] == 0 || real[n] == '/' || n == 1)) {
		error_set(err, "overlay %s: it is in the directory that it is for", p->overlay);
		return false;
	}
	strcpy(p->overlay, real);
	return true;
}

static bool asked_overlay(struct place *p, const struct conf *conf, struct error *err)
{
	const char *asked = conf_get_text(conf, "overlay");

	if ((size_t)snprintf(p->overlay, sizeof p->overlay, "%s", asked) < sizeof p->overlay)
		return true;
	error_set(err, "overlay %s: %s", asked, strerror(ENAMETOOLONG));
	return false;
}

/* --- which program --- */

static bool choose(struct place *p, const struct conf *conf, const char *opened,
		   const char *program, struct error *err)
{
	struct drive_config config = {
		.read_only = !*p->overlay, .code_page = conf_get_int(conf, "code-page"),
		.overlay = *p->overlay ? p->overlay : NULL,
	};
	char name[DRIVE_PATH_MAX] = "", *slash;
	struct drive d = { 0 };

	if (!drive_mount(&d, "hostdir", p->here, &config, err))
		return false;
	if (program && !cp_string_from_utf8(config.code_page, name, sizeof name, program))
		*name = 0;		/* nothing on the drive is called so */
	while ((slash = strchr(name, '/')) != NULL)
		*slash = '\\';
	if (!program || *name)
		place_choose(p, &d, opened, program ? name : NULL);
	drive_unmount(&d);
	return true;
}

/* A program that nobody named; but where there is another thing to do, it is not started.  */
static void set_arguments(struct place *p, const struct conf *conf, char *const **args)
{
	if (**args || !*p->program)
		return;
	if (*conf_get_text(conf, "command") || *conf_get_text(conf, "state")) {
		*p->program = *p->note = 0;
		return;
	}
	p->name[0] = p->program;
	*args = p->name;
}

static void tell(const struct place *p, const char *opened)
{
	if (*p->program && *p->note)
		fprintf(stderr, "dosvm: %s: %s is started; there are also:%s\n", opened, p->program,
			p->note);
}

/* --- all of it --- */

static bool open_folder(struct place *p, const char *path, struct error *err)
{
	if (realpath(path, p->here))
		return true;
	error_set(err, "%s: %s", path, strerror(errno));
	return false;
}

/* A name alone may be a command of DOS.  */
static bool is_folder(const char *name)
{
	return strchr(name, '/') && is_dir(name);
}

static bool open_named(struct place *p, const struct conf *conf, const char *opened,
		       char *const **args, int *status, struct error *err)
{
	char real[PATH_MAX];
	bool zip = !is_dir(opened);

	*status = zip ? STATUS_NOT_DOS : STATUS_REFUSED;
	if (zip ? !open_zip(p, opened, err) : !open_folder(p, opened, err))
		return false;
	*status = STATUS_REFUSED;
	p->opened = true;
	if (!realpath(opened, real))
		snprintf(real, sizeof real, "%s", opened);
	if (zip)
		make_label(p, conf_get_int(conf, "code-page"), real);
	if (*p->overlay && !make_overlay(p, err))
		return false;
	if (!choose(p, conf, base_of(real), **args, err))
		return false;
	set_arguments(p, conf, args);
	tell(p, opened);
	return true;
}

/* --own-folder: the program's directory is opened.  */
static bool open_own_folder(struct place *p, const struct conf *conf, const char *path,
			    struct error *err)
{
	char *slash;

	strcpy(p->here, path);
	slash = strrchr(p->here, '/');
	slash[slash == p->here] = 0;
	p->opened = true;
	return (!*p->overlay || make_overlay(p, err)) && choose(p, conf, "", base_of(path), err);
}

bool place_open(struct place *p, const struct conf *conf, char *const **args, int *status,
		struct error *err)
{
	const char *first = **args;
	struct program program;

	*p = (struct place){ .start = "\\" };
	*status = STATUS_REFUSED;
	if (!asked_overlay(p, conf, err))
		return false;
	if (first && (is_folder(first) || unzip_is_zip(first))) {
		++*args;
		return open_named(p, conf, first, args, status, err);
	}
	if (first && conf_get_bool(conf, "own-folder")) {
		if (!program_find(&program, first, status, err))
			return false;
		if (program.kind == PROGRAM_HOST)
			return open_own_folder(p, conf, program.path, err);
	}
	if (!realpath(".", p->here)) {
		error_set(err, "the current directory: %s", strerror(errno));
		return false;
	}
	return !*p->overlay || make_overlay(p, err);
}
