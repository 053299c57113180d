/* mounts.c - which directories of the host are which drives.  */

#include "session/mounts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cp.h"
#include "base/error.h"
#include "conf/conf.h"
#include "machine/machine.h"
#include "session/drive_c.h"
#include "session/place.h"
#include "session/program.h"

static struct mount *at(struct mounts *m, char letter)
{
	return &m->letter[letter - 'A'];
}

static bool set(struct mount *m, const char *path, bool read_only, struct error *err)
{
	m->used = true;
	m->read_only = read_only;
	m->overlay = m->label = NULL;
	if (realpath(path, m->path))
		return true;
	error_set(err, "%s: %s", path, strerror(errno));
	return false;
}

/* The part of path below the mounted directory, "" for itself; NULL: it is
 * not below.  */
static const char *below(const struct mount *m, const char *path)
{
	size_t n = strlen(m->path);

	if (!m->used || strncmp(path, m->path, n) != 0)
		return NULL;
	if (n == 1)
		return path;		/* the host's root */
	return path[n] == 0 || path[n] == '/' ? path + n : NULL;
}

static bool set_root(struct mounts *m, const struct conf *conf, const struct place *place,
		     struct error *err)
{
	const char *root = conf_get_text(conf, "root");
	struct mount *d = at(m, 'D');

	if (*root && place->opened) {
		error_set(err, "--root=%s: D: is what is opened", root);
		return false;
	}
	if (!set(d, *root ? root : place->here, false, err))
		return false;
	if (*place->overlay)
		d->overlay = place->overlay;
	if (*place->label)
		d->label = place->label;
	if (below(d, place->here))
		return true;
	error_set(err, "--root=%s: the current directory is not below it", root);
	return false;
}

static bool set_asked(struct mounts *m, const struct conf *conf, struct error *err)
{
	const char *text;

	for (unsigned n = 0; (text = conf_get_list(conf, "mount", n)) != NULL; n++) {
		struct conf_mount asked;
		char dir[PATH_MAX];

		if (!conf_parse_mount(text, &asked) || asked.dir_length >= sizeof dir) {
			error_set(err, "mount %s: not X:=DIR[:ro]", text);
			return false;
		}
		memcpy(dir, asked.dir, asked.dir_length);
		dir[asked.dir_length] = 0;
		if (!set(at(m, asked.letter), dir, asked.read_only, err))
			return false;
	}
	return true;
}

/* The deepest drive that holds a path: its letter, or 0.  */
static char holder(const struct mounts *m, const char *path)
{
	char best = 0;
	size_t length = 0;

	for (unsigned i = 0; i < DRIVE_LETTERS; i++)
		if (below(&m->letter[i], path) && strlen(m->letter[i].path) > length) {
			best = 'A' + i;
			length = strlen(m->letter[i].path);
		}
	return best;
}

static bool set_program(struct mounts *m, const struct program *program, struct error *err)
{
	char dir[PATH_MAX];

	if (holder(m, program->path))
		return true;
	snprintf(dir, sizeof dir, "%s", program->path);
	*strrchr(dir, '/') = 0;
	for (char letter = 'E'; letter <= 'Z'; letter++)
		if (!at(m, letter)->used)
			return set(at(m, letter), *dir ? dir : "/", true, err);
	error_set(err, "%s: no drive letter is free for its folder", program->path);
	return false;
}

bool mounts_plan(struct mounts *m, const struct conf *conf, const struct place *place,
		 const struct program *program, struct error *err)
{
	struct drive_c c;

	*m = (struct mounts){ 0 };
	if (!drive_c_find(&c, conf, err) || !set(at(m, 'C'), c.path, c.read_only, err) ||
	    !set_root(m, conf, place, err) || !set_asked(m, conf, err))
		return false;
	return !program || program->kind != PROGRAM_HOST || set_program(m, program, err);
}

bool mounts_make(const struct mounts *m, struct machine *machine,
		 const struct drive_config *config, struct error *err)
{
	for (unsigned i = 0; i < DRIVE_LETTERS; i++) {
		struct drive_config own = *config;

		own.read_only = m->letter[i].read_only;
		own.overlay = m->letter[i].overlay;
		if (m->letter[i].label)
			snprintf(own.label, sizeof own.label, "%s", m->letter[i].label);
		if (m->letter[i].used &&
		    !machine_mount(machine, 'A' + i, "hostdir", m->letter[i].path, &own, err))
			return false;
	}
	return true;
}

bool mounts_dos_path(const struct mounts *m, struct machine *machine, const char *host,
		     char out[DRIVE_PATH_MAX + 2])
{
	char letter = holder(m, host), path[DRIVE_PATH_MAX];
	const char *rest;

	if (!letter)
		return false;
	rest = below(&m->letter[letter - 'A'], host);
	if (!*rest)
		rest = "/";
	if (!cp_string_from_utf8(machine_code_page(machine), path, sizeof path, rest))
		return false;
	for (char *p = path; (p = strchr(p, '/')) != NULL; )
		*p = '\\';
	out[0] = letter;
	out[1] = ':';
	return machine_short_path(machine, letter, path, out + 2);
}
