/* dir.c - DIR.
 *
 * Without /O a line is shown as each file is found.  With it, what was
 * found is first kept in a block of memory from DOS, 32 bytes a file, and
 * sorted.  /S goes through the subdirectories of each directory in the
 * order of their names, looking each time for the next one after the last:
 * so nothing but the path has to be remembered.  */

#include "shell/sh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shell/rows.h"

enum { ATTR_READ_ONLY = 1, ATTR_HIDDEN = 2, ATTR_SYSTEM = 4, ATTR_LABEL = 8,
       ATTR_DIRECTORY = 0x10, ATTR_ARCHIVE = 0x20 };

enum dir_flag {
	DIR_PAGE = 1, DIR_WIDE = 2, DIR_BARE = 4, DIR_SUB = 8, DIR_LOWER = 16, DIR_VERBOSE = 32,
	DIR_SORT = 64,
};

#define RECORD	32		/* bytes a file in the sorting block: two paragraphs */

struct dir {
	uint32_t flags;
	uint32_t must, must_not;	/* attributes */
	uint32_t order;			/* keys of /O, 4 bits each; 8: backwards */
	uint32_t files, bytes_low, bytes_high;
	uint32_t all_files, all_low, all_high;
	uint32_t column, line;		/* of the screen */
	uint32_t block, block_max, kept, shown;
	uint32_t base;			/* length of the path that /S began with */
	uint32_t head;			/* this directory's head has been shown */
	uint32_t drive;			/* letter */
	uint32_t step;			/* where a page's end goes on */
};

struct dir_text {
	char tail[SHELL_LINE];
	char path[SHELL_PATH];		/* of the directory, ends with '\' */
	char pattern[128];
	char child[16];			/* last subdirectory gone into */
	char next[16];			/* the next one, as far as is known */
};

_Static_assert(sizeof(struct dir) <= sizeof((struct job *)0)->number, "dir");
_Static_assert(sizeof(struct dir_text) <= JOB_TEXT, "dir");

enum {
	DIR_BEGIN, DIR_LOOKED, DIR_TRUE, DIR_VOLUME, DIR_BLOCK, DIR_LARGEST, DIR_GOT_BLOCK,
	DIR_LIST, DIR_FOUND, DIR_NEXT, DIR_SHOW, DIR_SHOW_FOUND, DIR_SHOWN, DIR_FOOT, DIR_CHILD,
	DIR_CHILD_FOUND, DIR_DESCEND, DIR_END, DIR_FREE, DIR_FREE_OLD, DIR_UNBLOCK, DIR_OVER,
	DIR_PAGE_END, DIR_NO_DRIVE
};

static struct dir *num(struct job *j)
{
	return (struct dir *)(void *)j->number;
}

static struct dir_text *txt(struct job *j)
{
	return (struct dir_text *)(void *)j->text;
}

/* --- switches --------------------------------------------------------------------- */

static uint8_t attribute(char c)
{
	switch (parse_upper(c)) {
	case 'D': return ATTR_DIRECTORY;
	case 'R': return ATTR_READ_ONLY;
	case 'H': return ATTR_HIDDEN;
	case 'S': return ATTR_SYSTEM;
	case 'A': return ATTR_ARCHIVE;
	}
	return 0;
}

/* /A[:]DRHSA, each perhaps after a '-'.  */
static bool take_attributes(struct dir *d, const char *s)
{
	d->must = d->must_not = 0;
	for (s += *s == ':'; *s; s++) {
		bool minus = *s == '-';

		s += minus;
		if (!attribute(*s))
			return false;
		if (minus)
			d->must_not |= attribute(*s);
		else
			d->must |= attribute(*s);
	}
	return true;
}

/* What can be sorted by: name, extension, date, size, directories first,
 * and how far a file is compressed, which here is the same for all.  */
static const char order_keys[] = "NEDSGC";

/* /O[:]NEDSG, each perhaps after a '-'; alone, directories first, then by
 * name.  */
static bool take_order(struct dir *d, const char *s)
{
	unsigned n = 0;

	s += *s == ':';
	if (!*s)
		s = "GN";
	d->flags |= DIR_SORT;
	d->order = 0;
	for (; *s; s++) {
		bool minus = *s == '-';
		const char *key;

		s += minus;
		key = *s ? strchr(order_keys, parse_upper(*s)) : NULL;
		if (!key || n == 8)
			return false;
		d->order |= (uint32_t)(key - order_keys + 1 + (minus ? 8 : 0)) << 4 * n++;
	}
	return true;
}

static const struct { char letter; uint8_t flag; } simple[] = {
	{ 'P', DIR_PAGE }, { 'W', DIR_WIDE }, { 'B', DIR_BARE }, { 'S', DIR_SUB },
	{ 'L', DIR_LOWER }, { 'V', DIR_VERBOSE },
};

static bool take_switch(struct dir *d, const char *s)
{
	bool minus = s[1] == '-';
	char c = parse_upper(s[1 + minus]);
	const char *rest = s + 2 + minus;

	if (c == 'A') {
		if (!minus)
			return take_attributes(d, rest);
		d->must = 0;
		d->must_not = ATTR_HIDDEN | ATTR_SYSTEM;
		return !*rest;
	}
	if (c == 'O') {
		if (!minus)
			return take_order(d, rest);
		d->flags &= ~(uint32_t)DIR_SORT;
		return !*rest;
	}
	for (unsigned i = 0; i < sizeof simple / sizeof *simple; i++)
		if (c == simple[i].letter && !*rest) {
			d->flags = minus ? d->flags & ~(uint32_t)simple[i].flag :
				   d->flags | simple[i].flag;
			return true;
		}
	return false;
}

/* Takes a tail, DIRCMD's or the command's; the name found goes to path.  */
static bool take_tail(struct sh *sh, struct job *j, const char *tail)
{
	struct parse_words w;
	bool named = false;

	parse_words(&w, tail, false);
	for (unsigned i = 0; i < w.n; i++) {
		if (w.word[i][0] == '/') {
			if (take_switch(num(j), w.word[i]))
				continue;
			sh_complain(sh, "Invalid switch - %s\n", w.word[i]);
			return false;
		}
		if (named) {
			sh_complain(sh, "Too many parameters - %s\n", w.word[i]);
			return false;
		}
		named = true;
		parse_copy(txt(j)->path, SHELL_PATH - 5, w.word[i]);
	}
	return true;
}

/* --- what to list ------------------------------------------------------------------- */

static enum go dir_begin(struct sh *sh, struct job *j)
{
	char dircmd[256];

	j->text[SHELL_LINE - 1] = 0;
	num(j)->must_not = ATTR_HIDDEN | ATTR_SYSTEM;
	if (sh_env_get(sh, "DIRCMD", dircmd, sizeof dircmd) && !take_tail(sh, j, dircmd))
		return GO_END;
	if (!take_tail(sh, j, txt(j)->tail))
		return GO_END;
	if (num(j)->flags & DIR_BARE)
		num(j)->flags &= ~(uint32_t)(DIR_WIDE | DIR_VERBOSE);
	if (!txt(j)->path[0] || parse_wild(txt(j)->path))
		return sh_goto(j, DIR_LOOKED);
	return sh_attributes(sh, j, DIR_LOOKED, txt(j)->path);
}

/* "X" is all of directory X, or X.*; ".C" is *.C.  */
static void split(struct job *j, bool is_dir)
{
	struct dir_text *t = txt(j);
	size_t base = parse_base(t->path);
	const char *last = t->path + base;

	if (is_dir || !*last || parse_is_directory(t->path)) {
		if (*last)
			parse_append(t->path, SHELL_PATH, "\\");
		parse_copy(t->pattern, sizeof t->pattern, "*.*");
		return;
	}
	parse_copy(t->pattern, sizeof t->pattern, *last == '.' ? "*" : "");
	parse_append(t->pattern, sizeof t->pattern - 4, last);
	if (!strchr(last, '.'))
		parse_append(t->pattern, sizeof t->pattern, strchr(last, '*') ? "" : ".*");
	if (!strcmp(t->pattern, "*"))
		parse_copy(t->pattern, sizeof t->pattern, "*.*");
	t->path[base] = 0;
}

static enum go dir_looked(struct sh *sh, struct job *j)
{
	struct dir_text *t = txt(j);
	bool asked = t->path[0] && !parse_wild(t->path);
	char place[SHELL_PATH];

	split(j, asked && !sh_failed(sh) && sh->in->r.cx & ATTR_DIRECTORY);
	parse_copy(place, sizeof place - 2, t->path);
	if (!place[0] || place[strlen(place) - 1] == ':')
		parse_append(place, sizeof place, ".");
	else if (strlen(place) > 1 && place[strlen(place) - 2] != ':')
		place[strlen(place) - 1] = 0;
	return DOS(sh, j, DIR_TRUE, .ax = 0x6000, .si = sh_put(sh, D_PATH, place), .di = D_PATH2);
}

static enum go dir_true(struct sh *sh, struct job *j)
{
	struct dir_text *t = txt(j);
	struct job *vol;
	size_t n;

	if (sh_failed(sh) && t->path[1] == ':')
		return DOS(sh, j, DIR_NO_DRIVE, .ax = 0x3600,
			   .dx = (parse_upper(t->path[0]) - 'A' + 1) & 0xff);
	if (sh_failed(sh))
		return sh_error(sh, "Invalid directory\n");
	sh_get_text(sh, D_PATH2, t->path, 128);
	n = strlen(t->path);
	if (n && t->path[n - 1] != '\\')
		parse_append(t->path, SHELL_PATH, "\\");
	num(j)->base = strlen(t->path);
	num(j)->drive = (uint8_t)t->path[0];
	j->step = DIR_VOLUME;
	sh->in->answer = 0;
	if (num(j)->flags & DIR_BARE || t->path[1] != ':')
		return GO_ON;
	vol = sh_push(sh, sh_find_command("VOL", 3), NULL);
	if (vol)
		vol->number[0] = num(j)->drive;
	num(j)->line = 3;
	return GO_ON;
}

static enum go dir_no_drive(struct sh *sh, struct job *j)
{
	(void)j;
	return sh_error(sh, "%s\n", sh_ax(sh) == 0xffff ? "Invalid drive specification" :
			"Invalid directory");
}

static enum go dir_volume(struct sh *sh, struct job *j)
{
	if (sh->in->answer)
		return GO_END;
	return DOS(sh, j, num(j)->flags & DIR_SORT ? DIR_BLOCK : DIR_LIST, .ax = 0x3800,
		   .dx = D_COUNTRY);
}

/* --- the sorting block ---------------------------------------------------------------- */

static enum go dir_block(struct sh *sh, struct job *j)
{
	return DOS(sh, j, DIR_LARGEST, .ax = 0x4800, .bx = 0xffff);
}

static enum go dir_largest(struct sh *sh, struct job *j)
{
	uint16_t paras = sh->in->r.bx;

	if (paras < 2) {
		sh_complain(sh, "%s\n", sh_dos_error(8));
		return GO_END;
	}
	num(j)->block_max = paras / 2;
	return DOS(sh, j, DIR_GOT_BLOCK, .ax = 0x4800, .bx = paras);
}

static enum go dir_got_block(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))
		return sh_error(sh, "%s\n", sh_dos_error(8));
	num(j)->block = sh_ax(sh);
	return sh_goto(j, DIR_LIST);
}

static void put32(uint8_t *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = v >> 8 * i;
}

static uint32_t get32(const uint8_t *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static void keep(struct sh *sh, struct job *j)
{
	const struct sh_found *f = &sh->in->found;
	uint8_t r[RECORD] = { 0 };

	memcpy(r, f->name, sizeof f->name);
	r[15] = f->attr;
	put32(r + 16, f->size);
	put32(r + 20, (uint32_t)f->date << 16 | f->time);
	put32(r + 24, num(j)->kept);
	put32(r + 28, num(j)->order);	/* for the comparison */
	guest_copy_out(sh->g, num(j)->block + num(j)->kept * 2, 0, r, sizeof r);
	num(j)->kept++;
}

static const char *extension(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && dot != name ? dot + 1 : "";
}

static int compare_by(char key, const uint8_t *a, const uint8_t *b)
{
	const char *an = (const char *)a, *bn = (const char *)b;
	uint32_t x = 0, y = 0;

	switch (key) {
	case 'N':
		return strcmp(an, bn);
	case 'E':
		return strcmp(extension(an), extension(bn));
	case 'D':
		x = get32(a + 20);
		y = get32(b + 20);
		break;
	case 'S':
		x = get32(a + 16);
		y = get32(b + 16);
		break;
	case 'G':
		x = !(a[15] & ATTR_DIRECTORY);
		y = !(b[15] & ATTR_DIRECTORY);
		break;
	}
	return x < y ? -1 : x > y;
}

static int compare(const void *pa, const void *pb)
{
	const uint8_t *a = pa, *b = pb;

	for (uint32_t order = get32(a + 28); order; order >>= 4) {
		unsigned n = order & 7;
		int c = n && n <= 6 ? compare_by(order_keys[n - 1], a, b) : 0;

		if (c)
			return order & 8 ? -c : c;
	}
	return get32(a + 24) < get32(b + 24) ? -1 : 1;	/* as they were found */
}

static void sort(struct sh *sh, struct job *j)
{
	struct dir *d = num(j);
	size_t n = d->kept < 0x8000 ? d->kept : 0x8000;
	uint8_t *all = n > 1 ? malloc(n * RECORD) : NULL;

	if (!all)
		return;		/* in the order found: better than nothing */
	for (size_t i = 0; i < n; i++) {
		guest_copy_in(sh->g, all + i * RECORD, d->block + i * 2, 0, RECORD);
		all[i * RECORD + 13] = 0;
	}
	qsort(all, n, RECORD, compare);
	for (size_t i = 0; i < n; i++)
		guest_copy_out(sh->g, d->block + i * 2, 0, all + i * RECORD, RECORD);
	free(all);
}

/* --- the screen ------------------------------------------------------------------------ */

static unsigned screen_rows(struct sh *sh)
{
	uint8_t rows = guest_r8(sh->g, 0x40, 0x84);

	return rows >= 10 && rows < 100 ? rows : 24;
}

/* A line is full; with /P the page may be.  */
static enum go new_line(struct sh *sh, struct job *j, uint8_t next)
{
	struct dir *d = num(j);

	sh_say(sh, "\n");
	d->line++;
	j->step = next;
	if (!(d->flags & DIR_PAGE) || d->line < screen_rows(sh) - 1)
		return GO_ON;
	d->step = next;
	d->line = 0;
	sh_say(sh, "Press any key to continue . . .");
	j->step = DIR_PAGE_END;
	sh_ask_key(sh, "");
	return GO_ON;
}

static enum go dir_page_end(struct sh *sh, struct job *j)
{
	const char *path = txt(j)->path;
	size_t n = strlen(path);

	if (!(num(j)->flags & DIR_BARE)) {
		sh_say(sh, "\n(continuing %.*s)\n", (int)(n > 3 ? n - 1 : n), path);
		num(j)->line = 2;
	}
	return sh_goto(j, num(j)->step);
}

static void head(struct sh *sh, struct job *j)
{
	const char *path = txt(j)->path;
	size_t n = strlen(path);

	if (num(j)->head || num(j)->flags & DIR_BARE)
		return;
	num(j)->head = true;
	sh_say(sh, "%sDirectory of %.*s\n", num(j)->flags & DIR_SUB ? "\n" : " ",
	       (int)(n > 3 ? n - 1 : n), path);
	if (num(j)->flags & DIR_VERBOSE) {
		sh_say(sh, "File Name         Size      Modified       Attrib\n\n");
		num(j)->line++;
	}
	if (!(num(j)->flags & DIR_VERBOSE))
		sh_say(sh, "\n");
	num(j)->line += 2;
}

/* --- one file --------------------------------------------------------------------------- */

static void date_text(struct sh *sh, char buf[40], uint16_t date, uint16_t time)
{
	unsigned year = 1980 + (date >> 9), hour = time >> 11, order = sh_r16(sh, D_COUNTRY);
	unsigned v[3] = { date >> 5 & 15, date & 31, year % 100 };
	bool whole_day = sh_r8(sh, D_COUNTRY + 17) & 1;
	char ds = sh_r8(sh, D_COUNTRY + 11), ts = sh_r8(sh, D_COUNTRY + 13);

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

static char thousands(struct sh *sh)
{
	char c = sh_r8(sh, D_COUNTRY + 7);

	return c ? c : ',';
}

static void lower(const struct dir *d, char *s)
{
	if (d->flags & DIR_LOWER)
		for (; *s; s++)
			*s = *s >= 'A' && *s <= 'Z' ? *s + 32 : *s;
}

static void show_bare(struct sh *sh, struct job *j, char *name)
{
	char path[SHELL_PATH];

	parse_copy(path, sizeof path, num(j)->flags & DIR_SUB ? txt(j)->path : "");
	lower(num(j), path);
	sh_say(sh, "%s%s", path, name);
}

static void show_full(struct sh *sh, struct job *j, const struct sh_found *f, char *name)
{
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
		sh_say(sh, "%14s", sh_thousands(size, f->size, thousands(sh)));
	sh_say(sh, " %s", date);
	if (num(j)->flags & DIR_VERBOSE)
		sh_say(sh, "  %c%c%c%c%c", f->attr & ATTR_READ_ONLY ? 'R' : ' ',
		       f->attr & ATTR_HIDDEN ? 'H' : ' ', f->attr & ATTR_SYSTEM ? 'S' : ' ',
		       is_dir ? 'D' : ' ', f->attr & ATTR_ARCHIVE ? 'A' : ' ');
	if (strcmp(f->long_name, f->name))
		sh_say(sh, " %s", f->long_name);
}

static enum go show_wide(struct sh *sh, struct job *j, const struct sh_found *f, char *name,
			 uint8_t next)
{
	char cell[20];

	snprintf(cell, sizeof cell, f->attr & ATTR_DIRECTORY ? "[%s]" : "%s", name);
	num(j)->column = (num(j)->column + 1) % 5;
	sh_say(sh, num(j)->column ? "%-16s" : "%s", cell);
	if (num(j)->column)
		return sh_goto(j, next);
	return new_line(sh, j, next);
}

/* Shows what in->found says, and goes on with `next'.  */
static enum go show(struct sh *sh, struct job *j, uint8_t next)
{
	struct dir *d = num(j);
	const struct sh_found *f = &sh->in->found;
	uint64_t bytes = d->bytes_low | (uint64_t)d->bytes_high << 32;
	char name[14];

	parse_copy(name, sizeof name, f->name);
	lower(d, name);
	if (d->flags & DIR_BARE && name[0] == '.')
		return sh_goto(j, next);
	head(sh, j);
	d->files++;
	if (!(f->attr & ATTR_DIRECTORY))
		bytes += f->size;
	d->bytes_low = bytes;
	d->bytes_high = bytes >> 32;
	if (d->flags & DIR_WIDE)
		return show_wide(sh, j, f, name, next);
	if (d->flags & DIR_BARE)
		show_bare(sh, j, name);
	else
		show_full(sh, j, f, name);
	return new_line(sh, j, next);
}

/* --- one directory ------------------------------------------------------------------------ */

static void full_pattern(struct job *j, const char *pattern, char *buf)
{
	parse_copy(buf, SHELL_PATH, txt(j)->path);
	parse_append(buf, SHELL_PATH, pattern);
}

static enum go dir_list(struct sh *sh, struct job *j)
{
	struct dir *d = num(j);
	char p[SHELL_PATH];

	d->files = d->bytes_low = d->bytes_high = d->kept = d->shown = d->column = 0;
	d->head = false;
	if (!(d->flags & DIR_SUB))
		head(sh, j);
	txt(j)->child[0] = 0;
	full_pattern(j, txt(j)->pattern, p);
	return sh_find(sh, j, DIR_FOUND, p,
		       ATTR_READ_ONLY | ATTR_HIDDEN | ATTR_SYSTEM | ATTR_DIRECTORY | ATTR_ARCHIVE);
}

static enum go dir_found(struct sh *sh, struct job *j)
{
	struct dir *d = num(j);
	const struct sh_found *f = &sh->in->found;

	if (sh_failed(sh)) {
		if (d->kept)
			sort(sh, j);
		return sh_goto(j, d->flags & DIR_SORT ? DIR_SHOW : DIR_FOOT);
	}
	if (f->attr & ATTR_LABEL || (f->attr & d->must) != d->must || f->attr & d->must_not)
		return sh_goto(j, DIR_NEXT);
	if (!(d->flags & DIR_SORT))
		return show(sh, j, DIR_NEXT);
	if (d->kept < d->block_max)
		keep(sh, j);
	return sh_goto(j, DIR_NEXT);
}

static enum go dir_next(struct sh *sh, struct job *j)
{
	return sh_find_on(sh, j, DIR_FOUND);
}

/* A sorted file: its long name is looked up again.  */
static enum go dir_show(struct sh *sh, struct job *j)
{
	struct dir *d = num(j);
	struct sh_found *f = &sh->in->found;
	uint8_t r[RECORD];
	char p[SHELL_PATH];

	if (d->shown >= d->kept)
		return sh_goto(j, DIR_FOOT);
	guest_copy_in(sh->g, r, d->block + d->shown * 2, 0, sizeof r);
	d->shown++;
	r[13] = 0;
	parse_copy(f->name, sizeof f->name, (const char *)r);
	parse_copy(f->long_name, sizeof f->long_name, f->name);
	f->attr = r[15];
	f->size = get32(r + 16);
	f->date = get32(r + 20) >> 16;
	f->time = get32(r + 20);
	if (f->name[0] == '.' || d->flags & (DIR_WIDE | DIR_BARE))
		return show(sh, j, DIR_SHOW);
	full_pattern(j, f->name, p);
	return sh_find(sh, j, DIR_SHOW_FOUND, p,
		       ATTR_READ_ONLY | ATTR_HIDDEN | ATTR_SYSTEM | ATTR_DIRECTORY | ATTR_ARCHIVE);
}

static enum go dir_show_found(struct sh *sh, struct job *j)
{
	if (!sh_failed(sh))
		return sh_find_end(sh, j, DIR_SHOWN);
	return sh_goto(j, DIR_SHOWN);
}

static enum go dir_shown(struct sh *sh, struct job *j)
{
	return show(sh, j, DIR_SHOW);
}

static void sum(struct sh *sh, uint32_t files, uint64_t bytes)
{
	char a[32], b[32];

	sh_say(sh, "%9s file(s) %14s bytes\n", sh_thousands(a, files, thousands(sh)),
	       sh_thousands(b, bytes, thousands(sh)));
}

static enum go dir_foot(struct sh *sh, struct job *j)
{
	struct dir *d = num(j);
	uint64_t bytes = d->bytes_low | (uint64_t)d->bytes_high << 32;
	uint64_t all = d->all_low | (uint64_t)d->all_high << 32;

	all += bytes;
	d->all_low = all;
	d->all_high = all >> 32;
	d->all_files += d->files;
	if (d->column)
		sh_say(sh, "\n");
	d->column = 0;
	if (d->files && !(d->flags & DIR_BARE)) {
		sum(sh, d->files, bytes);
		d->line++;
	}
	return sh_goto(j, d->flags & DIR_SUB ? DIR_CHILD : DIR_END);
}

/* --- subdirectories ---------------------------------------------------------------------- */

static enum go dir_child(struct sh *sh, struct job *j)
{
	char p[SHELL_PATH];

	txt(j)->next[0] = 0;
	full_pattern(j, "*.*", p);
	return sh_find(sh, j, DIR_CHILD_FOUND, p, ATTR_DIRECTORY);
}

/* The smallest name after the last one.  */
static enum go dir_child_found(struct sh *sh, struct job *j)
{
	struct dir_text *t = txt(j);
	const struct sh_found *f = &sh->in->found;

	if (sh_failed(sh))
		return sh_goto(j, DIR_DESCEND);
	if (f->attr & ATTR_DIRECTORY && f->name[0] != '.' && strcmp(f->name, t->child) > 0 &&
	    (!t->next[0] || strcmp(f->name, t->next) < 0))
		parse_copy(t->next, sizeof t->next, f->name);
	return sh_find_on(sh, j, DIR_CHILD_FOUND);
}

static enum go dir_descend(struct sh *sh, struct job *j)
{
	struct dir_text *t = txt(j);
	size_t n = strlen(t->path);

	(void)sh;
	if (t->next[0] && n + strlen(t->next) + 2 < SHELL_PATH) {
		parse_append(t->path, SHELL_PATH, t->next);
		parse_append(t->path, SHELL_PATH, "\\");
		return sh_goto(j, DIR_LIST);
	}
	if (n <= num(j)->base || n < 4)
		return sh_goto(j, DIR_END);
	/* Up again, and on from here.  */
	t->path[n - 1] = 0;
	n = parse_base(t->path);
	parse_copy(t->child, sizeof t->child, t->path + n);
	t->path[n] = 0;
	return sh_goto(j, DIR_CHILD);
}

/* --- the end ------------------------------------------------------------------------------ */

static enum go dir_end(struct sh *sh, struct job *j)
{
	struct dir *d = num(j);
	char root[] = "C:\\";

	if (!d->all_files) {
		sh_complain(sh, "File not found\n");
		if (d->flags & (DIR_BARE | DIR_SUB))
			return sh_goto(j, DIR_UNBLOCK);
	}
	if (d->flags & DIR_BARE)
		return sh_goto(j, DIR_UNBLOCK);
	if (d->flags & DIR_SUB) {
		sh_say(sh, "\nTotal files listed:\n");
		sum(sh, d->all_files, d->all_low | (uint64_t)d->all_high << 32);
	}
	root[0] = d->drive;
	return DOS(sh, j, DIR_FREE, .ax = 0x7303, .cx = 44, .dx = sh_put(sh, D_PATH, root),
		   .di = D_SMALL);
}

static void say_free(struct sh *sh, uint64_t bytes)
{
	char buf[32];

	sh_say(sh, "%32s bytes free\n", sh_thousands(buf, bytes, thousands(sh)));
}

/* RBIL, table 01789: free clusters at 0Ch, sectors a cluster at 04h, bytes a
 * sector at 08h.  */
static enum go dir_free(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))
		return DOS(sh, j, DIR_FREE_OLD, .ax = 0x3600, .dx = num(j)->drive - 'A' + 1);
	say_free(sh, (uint64_t)sh_r32(sh, D_SMALL + 4) * sh_r32(sh, D_SMALL + 8) *
		 sh_r32(sh, D_SMALL + 0xc));
	return sh_goto(j, DIR_UNBLOCK);
}

static enum go dir_free_old(struct sh *sh, struct job *j)
{
	const struct sh_regs *r = &sh->in->r;

	if (r->ax != 0xffff)
		say_free(sh, (uint64_t)r->ax * r->bx * r->cx);
	return sh_goto(j, DIR_UNBLOCK);
}

static enum go dir_unblock(struct sh *sh, struct job *j)
{
	uint32_t block = num(j)->block;

	num(j)->block = 0;
	return block ? DOS(sh, j, DIR_OVER, .ax = 0x4900, .es = block) : GO_END;
}

static enum go dir_over(struct sh *sh, struct job *j)
{
	(void)sh, (void)j;
	return GO_END;
}

const struct job_row sh_row_dir = {
	"DIR", STEPS(
		[DIR_BEGIN] = dir_begin, [DIR_LOOKED] = dir_looked, [DIR_TRUE] = dir_true,
		[DIR_VOLUME] = dir_volume, [DIR_BLOCK] = dir_block, [DIR_LARGEST] = dir_largest,
		[DIR_GOT_BLOCK] = dir_got_block, [DIR_LIST] = dir_list, [DIR_FOUND] = dir_found,
		[DIR_NEXT] = dir_next, [DIR_SHOW] = dir_show, [DIR_SHOW_FOUND] = dir_show_found,
		[DIR_SHOWN] = dir_shown, [DIR_FOOT] = dir_foot, [DIR_CHILD] = dir_child,
		[DIR_CHILD_FOUND] = dir_child_found, [DIR_DESCEND] = dir_descend,
		[DIR_END] = dir_end, [DIR_FREE] = dir_free, [DIR_FREE_OLD] = dir_free_old,
		[DIR_UNBLOCK] = dir_unblock, [DIR_OVER] = dir_over,
		[DIR_PAGE_END] = dir_page_end, [DIR_NO_DRIVE] = dir_no_drive),
	JOB_COMMAND, .tidy = DIR_UNBLOCK, .help = "Lists files."
};
