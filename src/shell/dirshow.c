/* dirshow.c - how DIR shows a file: date, time and numbers as the country
 * has them.  */

#include "shell/dir.h"

#include <stdio.h>
#include <string.h>

static void date_text(struct sh *sh, char buf[40], uint16_t date, uint16_t time)
{
	unsigned year = 1980 + (date >> 9), hour = time >> 11, order = sh_r16(sh, COUNTRY_DATE);
	unsigned v[3] = { date >> 5 & 15, date & 31, year % 100 };
	bool whole_day = sh_r8(sh, COUNTRY_TIME) & 1;
	char ds = sh_r8(sh, COUNTRY_DATE_SEP), ts = sh_r8(sh, COUNTRY_TIME_SEP);

	if (!date) {
		buf[0] = 0;
		return;
	}
	if (order == 1) {
		v[0] = date & 31;
		v[1] = date >> 5 & 15;
	} else if (order == 2) {
		v[0] = year % 100;
		v[1] = date >> 5 & 15;
		v[2] = date & 31;
	}
	ds = ds ? ds : '-';
	ts = ts ? ts : ':';
	snprintf(buf, 40, "%02u%c%02u%c%02u  %2u%c%02u%s", v[0], ds, v[1], ds, v[2],
		 whole_day ? hour : (hour + 11) % 12 + 1, ts, time >> 5 & 63,
		 whole_day ? "" : hour < 12 ? "a" : "p");
}

char dir_thousands(struct sh *sh)
{
	char c = sh_r8(sh, COUNTRY_THOUSANDS);

	return c ? c : ',';
}

void dir_lower(const struct dir *d, char *s)
{
	if (d->flags & DIR_LOWER)
		for (; *s; s++)
			*s = *s >= 'A' && *s <= 'Z' ? *s + 32 : *s;
}

void dir_show_bare(struct sh *sh, struct job *j, const char *name)
{
	char path[SHELL_PATH];

	parse_copy(path, sizeof path, dir_of(j)->flags & DIR_SUB ? dir_text(j)->path : "");
	dir_lower(dir_of(j), path);
	sh_say(sh, "%s%s", path, name);
}

void dir_show_full(struct sh *sh, struct job *j, const char *name)
{
	const struct sh_found *f = &sh->in->found;
	char base[9], ext[4] = "", date[40], size[32];
	const char *dot = name[0] == '.' ? NULL : strchr(name, '.');
	bool is_dir = f->attr & ATTR_DIRECTORY;

	parse_copy(base, sizeof base, name);
	if (dot) {
		base[strcspn(base, ".")] = 0;
		parse_copy(ext, sizeof ext, dot + 1);
	}
	date_text(sh, date, f->date, f->time);
	sh_say(sh, "%-8s %-3s", base, ext);
	if (is_dir)
		sh_say(sh, " <DIR>        ");
	else
		sh_say(sh, "%14s", sh_thousands(size, f->size, dir_thousands(sh)));
	sh_say(sh, " %s", date);
	if (dir_of(j)->flags & DIR_VERBOSE)
		sh_say(sh, "  %c%c%c%c%c", f->attr & ATTR_READ_ONLY ? 'R' : ' ',
		       f->attr & ATTR_HIDDEN ? 'H' : ' ', f->attr & ATTR_SYSTEM ? 'S' : ' ',
		       is_dir ? 'D' : ' ', f->attr & ATTR_ARCHIVE ? 'A' : ' ');
	if (strcmp(f->long_name, f->name))
		sh_say(sh, " %s", f->long_name);
}
