/* placechoice.c - which program of a folder is meant.  */

#include "session/place.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "drive/path.h"

#define MOST	256			/* programs that are looked at */

/* In the order of DOS's preference.  */
static const char *const extensions[] = { "COM", "EXE", "BAT" };

/* What goes with a program, but is not what one wants to start.  */
static const char *const helpers[] = {
	"SETUP", "INSTALL", "CONFIG", "SETSOUND", "UNINSTAL", "README", "ORDER", "CATALOG", "HELP",
	"HELPME", "AUTORUN",
	"DOS4GW", "DOS32A", "CWSDPMI", "RTM", "32RTM", NULL
};
static const char *const starters[] = { "GO", "START", "RUN", "PLAY", NULL };
static const char *const installers[] = { "INSTALL", "SETUP", NULL };

struct programs {
	unsigned count;
	char name[MOST][PATH_83_MAX];	/* by name, then as extensions[] has them */
	unsigned dirs;
	char dir[PATH_83_MAX];		/* one of them */
};

static int extension_of(const char *name)
{
	const char *dot = strrchr(name, '.');

	for (unsigned i = 0; dot && i < sizeof extensions / sizeof *extensions; i++)
		if (strcasecmp(dot + 1, extensions[i]) == 0)
			return i;
	return -1;
}

static bool has_base(const char *name, const char *base)
{
	size_t n = strcspn(name, ".");

	return strncasecmp(name, base, n) == 0 && (!base[n] || base[n] == '.' || n == 8);
}

static bool is_in(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (has_base(name, *list))
			return true;
	return false;
}

static void look(struct drive *d, const char *dir, struct programs *all)
{
	struct drive_info info;
	uint16_t listing;
	enum dos_error e;

	*all = (struct programs){ 0 };
	if (d->ops->list(d->disk, dir, &listing) != DOS_OK)
		return;
	for (unsigned n = 0; (e = d->ops->entry(d->disk, listing, n, &info)) != DOS_NO_MORE; n++) {
		if (e || info.name[0] == '.')
			continue;
		if (info.attr & ATTR_DIR) {
			all->dirs++;
			strcpy(all->dir, info.name);
		} else if (extension_of(info.name) >= 0 && all->count < MOST) {
			strcpy(all->name[all->count++], info.name);
		}
	}
}

/* The first that has one of these names, or NULL.  */
static const char *first_in(const struct programs *all, const char *const *list)
{
	for (; *list; list++)
		for (unsigned e = 0; e < sizeof extensions / sizeof *extensions; e++)
			for (unsigned i = 0; i < all->count; i++)
				if (has_base(all->name[i], *list) && extension_of(all->name[i]) == (int)e)
					return all->name[i];
	return NULL;
}

/* The only one that is no helper; *several: there are more of those.  */
static const char *only(const struct programs *all, bool *several)
{
	const char *found = NULL;

	*several = false;
	for (unsigned i = 0; i < all->count; i++) {
		if (is_in(all->name[i], helpers))
			continue;
		*several = found != NULL;
		if (found)
			return NULL;
		found = all->name[i];
	}
	return found;
}

/* *sure: nobody needs to be told.  */
static const char *meant(const struct programs *all, const char *name, bool *sure)
{
	const char *const same[] = { name, NULL };
	const char *found = first_in(all, same);
	bool several;

	*sure = found || all->count == 1;
	if (found || all->count == 1)
		return found ? found : all->name[0];
	found = only(all, &several);
	if (!found && several)
		return first_in(all, starters);
	return found ? found : first_in(all, installers);
}

/* As many names as fit, but one.  */
static void list_names(const struct programs *all, const char *but, char *text, size_t size)
{
	size_t n = strlen(text);

	for (unsigned i = 0; i < all->count; i++) {
		if (but && strcmp(all->name[i], but) == 0)
			continue;
		if (n + strlen(all->name[i]) + 6 > size) {
			strcpy(text + n, " ...");
			return;
		}
		n += sprintf(text + n, " %s", all->name[i]);
	}
}

static void set_program(struct place *p, const char *name)
{
	char path[DRIVE_PATH_MAX];

	if (path_join(path, p->start, name))
		snprintf(p->program, sizeof p->program, "D:%s", path);
}

/* A program with its extension or without one, as DOS looks for it.  */
static void find_named(struct place *p, struct drive *d, const char *program)
{
	char path[DRIVE_PATH_MAX + 4], found[DRIVE_PATH_MAX];
	struct drive_info info;

	if (!path_join(path, p->start, program + (*program == '\\')))
		return;
	for (int i = extension_of(path) < 0 ? 0 : -1; i < (int)(sizeof extensions / sizeof *extensions); i++) {
		char whole[DRIVE_PATH_MAX + 8];

		snprintf(whole, sizeof whole, "%s%s%s", path, i < 0 ? "" : ".", i < 0 ? "" : extensions[i]);
		if (strlen(whole) < DRIVE_PATH_MAX && d->ops->info(d->disk, whole, &info) == DOS_OK &&
		    !(info.attr & ATTR_DIR) && d->ops->canon(d->disk, whole, false, found) == DOS_OK) {
			snprintf(p->program, sizeof p->program, "D:%s", found);
			return;
		}
	}
}

void place_choose(struct place *p, struct drive *d, const char *name, const char *program)
{
	struct programs all;
	const char *found;
	bool sure;

	strcpy(p->start, "\\");
	look(d, p->start, &all);
	/* An archive of one folder.  */
	while (!all.count && all.dirs == 1 && path_join(p->start, p->start, all.dir))
		look(d, p->start, &all);
	if (!all.count)
		strcpy(p->start, "\\");
	if (program) {
		find_named(p, d, program);
		return;
	}
	found = meant(&all, name, &sure);
	if (found) {
		set_program(p, found);
		if (!sure)
			list_names(&all, found, p->note, sizeof p->note);
		return;
	}
	strcpy(p->note, all.count ? "Which program?" : "No program is here.");
	list_names(&all, NULL, p->note, sizeof p->note);
}
