/* dir.c - DIR.
 *
 * Without /O a line is shown as each file is found.  With it, what was
 * found is first kept in a block of memory from DOS, 32 bytes a file, and
 * sorted.  /S goes through the subdirectories of each directory in the
 * order of their names, looking each time for the next one after the last:
 * so nothing but the path has to be remembered.  */

#include "shell/dir.h"

#include <stdio.h>
#include <string.h>

#include "shell/rows.h"

enum {
	DIR_BEGIN, DIR_LOOKED, DIR_NAMED, DIR_TRUE, DIR_VOLUME, DIR_BLOCK, DIR_LARGEST,
	DIR_GOT_BLOCK, DIR_LIST, DIR_FOUND, DIR_NEXT, DIR_SHOW, DIR_SHOW_FOUND, DIR_SHOWN,
	DIR_FOOT, DIR_CHILD, DIR_CHILD_FOUND, DIR_DESCEND, DIR_END, DIR_FREE, DIR_FREE_OLD, DIR_UNBLOCK, DIR_OVER,
	DIR_PAGE_END, DIR_NO_DRIVE
};

/* --- what to list ------------------------------------------------------------------- */

static enum go dir_begin(struct sh *sh, struct job *j)
{
	char dircmd[256];

	j->text[SHELL_LINE - 1] = 0;
	dir_of(j)->must_not = ATTR_HIDDEN | ATTR_SYSTEM;
	if (sh_env_get(sh, "DIRCMD", dircmd, sizeof dircmd) && !dir_take_tail(sh, j, dircmd))
		return GO_END;
	if (!dir_take_tail(sh, j, dir_text(j)->tail))
		return GO_END;
	if (dir_of(j)->flags & DIR_BARE)
		dir_of(j)->flags &= ~(uint32_t)(DIR_WIDE | DIR_VERBOSE);
	if (!dir_text(j)->path[0] || parse_wild(dir_text(j)->path))
		return sh_goto(j, DIR_LOOKED);
	return sh_attributes(sh, j, DIR_LOOKED, dir_text(j)->path);
}

/* "X" is all of directory X, or X.*; ".C" is *.C.  "*X" stays, which may end a
 * long name's extension.  */
static void split(struct job *j, bool is_dir)
{
	struct dir_text *t = dir_text(j);
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
	if (!strchr(last, '.') && (!strchr(last, '*') || last[strlen(last) - 1] == '*'))
		parse_append(t->pattern, sizeof t->pattern, ".*");
	t->path[base] = 0;
}

static enum go dir_looked(struct sh *sh, struct job *j)
{
	struct dir_text *t = dir_text(j);
	bool asked = t->path[0] && !parse_wild(t->path);
	char place[SHELL_PATH];

	split(j, asked && !sh_failed(sh) && sh->in->r.cx & ATTR_DIRECTORY);
	parse_copy(place, sizeof place - 2, t->path);
	if (!place[0] || place[strlen(place) - 1] == ':')
		parse_append(place, sizeof place, ".");
	else if (strlen(place) > 1 && place[strlen(place) - 2] != ':')
		place[strlen(place) - 1] = 0;
	return DOS(sh, j, DIR_NAMED, .ax = 0x7160, .cx = 0x8001,
		   .si = sh_put(sh, D_PATH, place), .di = D_PATH2);
}

/* The listing is of the drive that was asked for, not of the directory that
 * SUBST put behind it; INT 21h/60h, for drives without long names and places
 * that are not there, cannot tell them apart.  */
static enum go dir_named(struct sh *sh, struct job *j)
{
	if (!sh_failed(sh))
		return sh_goto(j, DIR_TRUE);
	return DOS(sh, j, DIR_TRUE, .ax = 0x6000, .si = D_PATH, .di = D_PATH2);
}

static enum go dir_true(struct sh *sh, struct job *j)
{
	struct dir_text *t = dir_text(j);
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
	dir_of(j)->base = strlen(t->path);
	dir_of(j)->drive = (uint8_t)t->path[0];
	j->step = DIR_VOLUME;
	sh->in->answer = 0;
	if (dir_of(j)->flags & DIR_BARE || t->path[1] != ':')
		return GO_ON;
	vol = sh_push(sh, sh_find_command("VOL", 3), NULL);
	if (vol)
		vol->number[0] = dir_of(j)->drive;
	dir_of(j)->line = 3;
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
	return DOS(sh, j, dir_of(j)->flags & DIR_SORT ? DIR_BLOCK : DIR_LIST, .ax = 0x3800,
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
	dir_of(j)->block_max = paras / 2;
	return DOS(sh, j, DIR_GOT_BLOCK, .ax = 0x4800, .bx = paras);
}

static enum go dir_got_block(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))
		return sh_error(sh, "%s\n", sh_dos_error(8));
	dir_of(j)->block = sh_ax(sh);
	return sh_goto(j, DIR_LIST);
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
	struct dir *d = dir_of(j);

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
	const char *path = dir_text(j)->path;
	size_t n = strlen(path);

	if (!(dir_of(j)->flags & DIR_BARE)) {
		sh_say(sh, "\n(continuing %.*s)\n", (int)(n > 3 ? n - 1 : n), path);
		dir_of(j)->line = 2;
	}
	return sh_goto(j, dir_of(j)->step);
}

static void head(struct sh *sh, struct job *j)
{
	const char *path = dir_text(j)->path;
	size_t n = strlen(path);

	if (dir_of(j)->head || dir_of(j)->flags & DIR_BARE)
		return;
	dir_of(j)->head = true;
	sh_say(sh, "%sDirectory of %.*s\n", dir_of(j)->flags & DIR_SUB ? "\n" : " ",
	       (int)(n > 3 ? n - 1 : n), path);
	if (dir_of(j)->flags & DIR_VERBOSE) {
		sh_say(sh, "File Name         Size      Modified       Attrib\n\n");
		dir_of(j)->line++;
	}
	if (!(dir_of(j)->flags & DIR_VERBOSE))
		sh_say(sh, "\n");
	dir_of(j)->line += 2;
}

static enum go show_wide(struct sh *sh, struct job *j, const struct sh_found *f, char *name,
			 uint8_t next)
{
	char cell[20];

	snprintf(cell, sizeof cell, f->attr & ATTR_DIRECTORY ? "[%s]" : "%s", name);
	dir_of(j)->column = (dir_of(j)->column + 1) % 5;
	sh_say(sh, dir_of(j)->column ? "%-16s" : "%s", cell);
	if (dir_of(j)->column)
		return sh_goto(j, next);
	return new_line(sh, j, next);
}

/* Shows what in->found says, and goes on with `next'.  */
static enum go show(struct sh *sh, struct job *j, uint8_t next)
{
	struct dir *d = dir_of(j);
	const struct sh_found *f = &sh->in->found;
	uint64_t bytes = d->bytes_low | (uint64_t)d->bytes_high << 32;
	char name[14];

	parse_copy(name, sizeof name, f->name);
	dir_lower(d, name);
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
		dir_show_bare(sh, j, name);
	else
		dir_show_full(sh, j, name);
	return new_line(sh, j, next);
}

/* --- one directory ------------------------------------------------------------------------ */

static void full_pattern(struct job *j, const char *pattern, char *buf)
{
	parse_copy(buf, SHELL_PATH, dir_text(j)->path);
	parse_append(buf, SHELL_PATH, pattern);
}

static enum go dir_list(struct sh *sh, struct job *j)
{
	struct dir *d = dir_of(j);
	char p[SHELL_PATH];

	d->files = d->bytes_low = d->bytes_high = d->kept = d->shown = d->column = 0;
	d->head = false;
	if (!(d->flags & DIR_SUB))
		head(sh, j);
	dir_text(j)->child[0] = 0;
	full_pattern(j, dir_text(j)->pattern, p);
	return sh_find(sh, j, DIR_FOUND, p,
		       ATTR_READ_ONLY | ATTR_HIDDEN | ATTR_SYSTEM | ATTR_DIRECTORY | ATTR_ARCHIVE);
}

static enum go dir_found(struct sh *sh, struct job *j)
{
	struct dir *d = dir_of(j);
	const struct sh_found *f = &sh->in->found;

	if (sh_failed(sh)) {
		if (d->kept)
			dir_sort(sh, j);
		return sh_goto(j, d->flags & DIR_SORT ? DIR_SHOW : DIR_FOOT);
	}
	if (f->attr & ATTR_LABEL || (f->attr & d->must) != d->must || f->attr & d->must_not)
		return sh_goto(j, DIR_NEXT);
	if (!(d->flags & DIR_SORT))
		return show(sh, j, DIR_NEXT);
	if (d->kept < d->block_max)
		dir_keep(sh, j);
	return sh_goto(j, DIR_NEXT);
}

static enum go dir_next(struct sh *sh, struct job *j)
{
	return sh_find_on(sh, j, DIR_FOUND);
}

/* A sorted file: its long name is looked up again.  */
static enum go dir_show(struct sh *sh, struct job *j)
{
	struct dir *d = dir_of(j);
	const struct sh_found *f = &sh->in->found;
	char p[SHELL_PATH];

	if (!dir_kept(sh, j))
		return sh_goto(j, DIR_FOOT);
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

	sh_say(sh, "%9s file(s) %14s bytes\n", sh_thousands(a, files, dir_thousands(sh)),
	       sh_thousands(b, bytes, dir_thousands(sh)));
}

static enum go dir_foot(struct sh *sh, struct job *j)
{
	struct dir *d = dir_of(j);
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

	dir_text(j)->next[0] = 0;
	full_pattern(j, "*.*", p);
	return sh_find(sh, j, DIR_CHILD_FOUND, p, ATTR_DIRECTORY);
}

/* The smallest name after the last one.  */
static enum go dir_child_found(struct sh *sh, struct job *j)
{
	struct dir_text *t = dir_text(j);
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
	struct dir_text *t = dir_text(j);
	size_t n = strlen(t->path);

	(void)sh;
	if (t->next[0] && n + strlen(t->next) + 2 < SHELL_PATH) {
		parse_append(t->path, SHELL_PATH, t->next);
		parse_append(t->path, SHELL_PATH, "\\");
		return sh_goto(j, DIR_LIST);
	}
	if (n <= dir_of(j)->base || n < 4)
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
	struct dir *d = dir_of(j);
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

	sh_say(sh, "%32s bytes free\n", sh_thousands(buf, bytes, dir_thousands(sh)));
}

/* RBIL, table 01789: free clusters at 0Ch, sectors a cluster at 04h, bytes a
 * sector at 08h.  */
static enum go dir_free(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))
		return DOS(sh, j, DIR_FREE_OLD, .ax = 0x3600, .dx = dir_of(j)->drive - 'A' + 1);
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
	uint32_t block = dir_of(j)->block;

	dir_of(j)->block = 0;
	return block ? DOS(sh, j, DIR_OVER, .ax = 0x4900, .es = block) : GO_END;
}

const struct job_row sh_row_dir = {
	"DIR", STEPS(
		[DIR_BEGIN] = dir_begin, [DIR_LOOKED] = dir_looked,
		[DIR_NAMED] = dir_named, [DIR_TRUE] = dir_true,
		[DIR_VOLUME] = dir_volume, [DIR_BLOCK] = dir_block, [DIR_LARGEST] = dir_largest,
		[DIR_GOT_BLOCK] = dir_got_block, [DIR_LIST] = dir_list, [DIR_FOUND] = dir_found,
		[DIR_NEXT] = dir_next, [DIR_SHOW] = dir_show, [DIR_SHOW_FOUND] = dir_show_found,
		[DIR_SHOWN] = dir_shown, [DIR_FOOT] = dir_foot, [DIR_CHILD] = dir_child,
		[DIR_CHILD_FOUND] = dir_child_found, [DIR_DESCEND] = dir_descend,
		[DIR_END] = dir_end, [DIR_FREE] = dir_free, [DIR_FREE_OLD] = dir_free_old,
		[DIR_UNBLOCK] = dir_unblock, [DIR_OVER] = sh_over,
		[DIR_PAGE_END] = dir_page_end, [DIR_NO_DRIVE] = dir_no_drive),
	JOB_COMMAND, .tidy = DIR_UNBLOCK, .help = "Lists files."
};
