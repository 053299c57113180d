/* mounts.c - which directories of the host, and which disk images, are which drives.  */

#include "session/mounts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
	struct stat st;

	*m = (struct mount){ .used = true, .read_only = read_only };
	if (!realpath(path, m->path) || stat(m->path, &st) != 0) {
		error_set(err, "%s: %s", path, strerror(errno));
		return false;
	}
	m->image = !S_ISDIR(st.st_mode);
	return true;
}

/* The part of path below the mounted directory, "" for itself; NULL: it is
 * not below.  */
static const char *below(const struct mount *m, const char *path)
{
	size_t n = strlen(m->path);

	if (!m->used || m->image || strncmp(path, m->path, n) != 0)
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

static bool set_one(struct mounts *m, const char *text, struct error *err)
{
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
	if (!at(m, 'C')->image)
		return true;
	error_set(err, "%s: C: must be a directory", dir);
	return false;
}

/* --drive-a, -b, -d: short for --mount.  */
static bool set_drives(struct mounts *m, const struct conf *conf, struct error *err)
{
	static const struct { const char *key; char letter; } drives[] = {
		{ "drive-a", 'A' }, { "drive-b", 'B' }, { "drive-d", 'D' },
	};
	char text[PATH_MAX + 8];

	for (size_t i = 0; i < sizeof drives / sizeof drives[0]; i++) {
		const char *path = conf_get_text(conf, drives[i].key);

		if (!*path)
			continue;
		snprintf(text, sizeof text, "%c:=%s", drives[i].letter, path);
		if (!set_one(m, text, err))
			return false;
	}
	return true;
}

static bool set_asked(struct mounts *m, const struct conf *conf, struct error *err)
{
	const char *text;

	if (!set_drives(m, conf, err))
		return false;
	for (unsigned n = 0; (text = conf_get_list(conf, "mount", n)) != NULL; n++)
		if (!set_one(m, text, err))
			return false;
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

static bool mount_directories(const struct mounts *m, struct machine *machine,
			      const struct drive_config *config, struct error *err)
{
	for (unsigned i = 0; i < DRIVE_LETTERS; i++) {
		const struct mount *mount = &m->letter[i];
		struct drive_config own = *config;

		own.read_only = mount->read_only;
		own.overlay = mount->overlay;
		if (mount->label)
			snprintf(own.label, sizeof own.label, "%s", mount->label);
		if (mount->used && !mount->image &&
		    !machine_mount(machine, 'A' + i, "hostdir", mount->path, &own, err))
			return false;
	}
	return true;
}

/* Files on them have the dates of the guest's clock.  */
static bool attach_images(const struct mounts *m, struct machine *machine,
			  const struct drive_config *config, struct error *err)
{
	struct drive_config own = *config;

	own.clock = machine_dos_time;
	own.clock_ctx = machine;
	for (unsigned i = 0; i < DRIVE_LETTERS; i++) {
		const struct mount *mount = &m->letter[i];

		if (mount->used && mount->image &&
		    !machine_attach_disk(machine, 'A' + i, mount->path, mount->read_only, &own, err))
			return false;
	}
	return true;
}

bool mounts_make(const struct mounts *m, struct machine *machine,
		 const struct drive_config *config, struct error *err)
{
	return mount_directories(m, machine, config, err) && attach_images(m, machine, config, err);
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
