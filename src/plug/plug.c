/* plug.c - dlopen, and a look at the papers before anything is called.  */

#include "plug/plug.h"

#include <ctype.h>
#include <dirent.h>
#include <dlfcn.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

#define SUFFIX		".so"
#define NAME_LENGTH	64

/* The next directory of the list, "" never; false at its end.  */
static bool next_dir(const char **path, char *dir, size_t size)
{
	while (**path) {
		size_t n = strcspn(*path, ":");
		const char *begin = *path;

		*path += n + (begin[n] == ':');
		if (n == 0 || n >= size)
			continue;
		memcpy(dir, begin, n);
		dir[n] = '\0';
		return true;
	}
	return false;
}

/* A name cannot lead out of the directories.  */
static bool is_name(const char *name)
{
	size_t n = strlen(name);

	if (n == 0 || n >= NAME_LENGTH)
		return false;
	for (; *name; name++)
		if (!isalnum((unsigned char)*name) && *name != '-' && *name != '_')
			return false;
	return true;
}

static bool find_file(const char *path, const char *name, char *file, size_t size)
{
	char dir[PATH_MAX];

	while (is_name(name) && next_dir(&path, dir, sizeof dir))
		if ((size_t)snprintf(file, size, "%s/%s" SUFFIX, dir, name) < size &&
		    access(file, R_OK) == 0)
			return true;
	return false;
}

bool plug_has(const char *path, const char *name)
{
	char file[PATH_MAX];

	return find_file(path, name, file, sizeof file);
}

static bool check_papers(struct plug *p, const char *file, const char *name, struct error *err)
{
	const struct plugin *(*entry)(void);
	void *symbol = dlsym(p->object, "plugin_entry");

	if (!symbol) {
		error_set(err, "plugin %s: %s has no plugin_entry()", name, file);
		return false;
	}
	memcpy(&entry, &symbol, sizeof entry);	/* POSIX: a function's address fits */
	p->plugin = entry();
	if (!p->plugin || p->plugin->abi != PLUGIN_ABI) {
		error_set(err, "plugin %s: %s is made for another version of dosvm (interface %u, not %u)",
			  name, file, p->plugin ? (unsigned)p->plugin->abi : 0, PLUGIN_ABI);
		return false;
	}
	if (!p->plugin->open) {
		error_set(err, "plugin %s: %s cannot be opened", name, file);
		return false;
	}
	return true;
}

static bool load(struct plug *p, const char *path, const char *name, struct error *err)
{
	char file[PATH_MAX];

	*p = (struct plug){ 0 };
	if (!find_file(path, name, file, sizeof file)) {
		error_set(err, "there is no plugin \"%.64s\" in %.400s", name, path);
		return false;
	}
	p->object = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	if (!p->object) {
		error_set(err, "plugin %s: %s", name, dlerror());
		return false;
	}
	if (check_papers(p, file, name, err))
		return true;
	dlclose(p->object);
	*p = (struct plug){ 0 };
	return false;
}

bool plug_open(struct plug *p, const char *path, const char *name,
	       const struct plugin_host *host, struct error *err)
{
	if (!load(p, path, name, err))
		return false;
	p->self = p->plugin->open(host);
	if (p->self)
		return true;
	error_set(err, "plugin %s cannot start here", name);
	dlclose(p->object);
	*p = (struct plug){ 0 };
	return false;
}

bool plug_tell(const char *path, const char *name, const char *text)
{
	struct error err;
	struct plug p;
	bool told;

	if (!load(&p, path, name, &err))
		return false;
	told = p.plugin->tell && p.plugin->tell(text);
	dlclose(p.object);
	return told;
}

void plug_close(struct plug *p)
{
	if (!p->object)
		return;
	if (p->plugin->close)
		p->plugin->close(p->self);
	dlclose(p->object);
	*p = (struct plug){ 0 };
}

/* What is found so far; the first of a name hides the others.  */
struct found {
	char name[NAME_LENGTH];
	char *file;
};

struct catalogue {
	struct found *row;
	size_t rows, room;
};

static void note(struct catalogue *c, const char *dir, const char name[NAME_LENGTH])
{
	struct found *row;

	for (size_t i = 0; i < c->rows; i++)
		if (strcmp(c->row[i].name, name) == 0)
			return;
	if (c->rows == c->room) {
		size_t room = c->room ? 2 * c->room : 16;

		row = realloc(c->row, room * sizeof *row);
		if (!row)
			return;
		c->row = row;
		c->room = room;
	}
	row = &c->row[c->rows];
	strcpy(row->name, name);
	if (asprintf(&row->file, "%s/%s" SUFFIX, dir, name) >= 0)
		c->rows++;
}

/* file without SUFFIX; false: it has none, or is no plugin's.  */
static bool name_of_file(const char *file, char name[NAME_LENGTH])
{
	size_t n = strlen(file), suffix = sizeof SUFFIX - 1;

	if (n <= suffix || n - suffix >= NAME_LENGTH || strcmp(file + n - suffix, SUFFIX) != 0)
		return false;
	memcpy(name, file, n - suffix);
	name[n - suffix] = '\0';
	return is_name(name);
}

static void read_dir(struct catalogue *c, const char *dir)
{
	DIR *d = opendir(dir);
	char name[NAME_LENGTH];
	struct dirent *e;

	while (d && (e = readdir(d)) != NULL)
		if (name_of_file(e->d_name, name))
			note(c, dir, name);
	if (d)
		closedir(d);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct found *)a)->name, ((const struct found *)b)->name);
}

void plug_list(const char *path, void (*each)(void *ctx, const char *name, const char *file),
	       void *ctx)
{
	struct catalogue c = { 0 };
	char dir[PATH_MAX];

	while (next_dir(&path, dir, sizeof dir))
		read_dir(&c, dir);
	if (c.rows)
		qsort(c.row, c.rows, sizeof c.row[0], by_name);
	for (size_t i = 0; i < c.rows; i++) {
		each(ctx, c.row[i].name, c.row[i].file);
		free(c.row[i].file);
	}
	free(c.row);
}
