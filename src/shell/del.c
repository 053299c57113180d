/* del.c - DEL and REN.  */

#include "shell/sh.h"

#include <string.h>

#include "shell/rows.h"

enum { ATTR_DIRECTORY = 0x10 };

/* --- DEL ----------------------------------------------------------------------- */

struct del {
	uint32_t ask;			/* /P */
	uint32_t found;
};

struct del_text {
	char tail[SHELL_LINE];
	char pattern[SHELL_PATH];
	char file[SHELL_PATH];
};

_Static_assert(sizeof(struct del_text) <= JOB_TEXT, "del");

enum { DEL_BEGIN, DEL_LOOKED, DEL_ALL, DEL_SURE, DEL_FIND, DEL_FOUND, DEL_ASK, DEL_ANSWER,
       DEL_DELETE, DEL_DONE };

static struct del *num(struct job *j)
{
	return (struct del *)(void *)j->number;
}

static struct del_text *txt(struct job *j)
{
	return (struct del_text *)(void *)j->text;
}

static enum go del(struct sh *sh, struct job *j)
{
	struct parse_words w;
	uint32_t set;
	char *pattern = txt(j)->pattern;
	size_t n;

	j->text[SHELL_LINE - 1] = 0;
	parse_words(&w, txt(j)->tail, false);
	if (!sh_switches(sh, &w, "P", &set) || !sh_count(sh, &w, 1, 1))
		return GO_END;
	num(j)->ask = sh_has(set, 'P');
	parse_copy(pattern, SHELL_PATH - 4, w.word[0]);
	n = strlen(pattern);
	if (parse_wild(pattern))
		return sh_goto(j, DEL_ALL);
	if (parse_is_directory(pattern)) {
		parse_append(pattern, SHELL_PATH, pattern[n - 1] == '.' ? "\\*.*" : "*.*");
		return sh_goto(j, DEL_ALL);
	}
	return sh_attributes(sh, j, DEL_LOOKED, pattern);
}

/* The name of a directory stands for all its files.  */
static enum go del_looked(struct sh *sh, struct job *j)
{
	if (sh_failed(sh) && sh_ax(sh) != 2)
		return sh_error(sh, "%s\n", sh_dos_error(sh_ax(sh)));
	if (sh_failed(sh) || !(sh->in->r.cx & ATTR_DIRECTORY))
		return sh_goto(j, DEL_FIND);
	parse_append(txt(j)->pattern, SHELL_PATH, "\\*.*");
	return sh_goto(j, DEL_ALL);
}

static enum go del_all(struct sh *sh, struct job *j)
{
	const char *base = txt(j)->pattern + parse_base(txt(j)->pattern);

	if (num(j)->ask || (strcmp(base, "*.*") && strcmp(base, "*") &&
			    strcmp(base, "????????.???")))
		return sh_goto(j, DEL_FIND);
	sh_say(sh, "All files in directory will be deleted!\nAre you sure (Y/N)?");
	j->step = DEL_SURE;
	sh_read_line(sh);
	return GO_ON;
}

static enum go del_sure(struct sh *sh, struct job *j)
{
	char c = parse_upper(*parse_skip(sh->in->line));

	if (c == 'Y')
		return sh_goto(j, DEL_FIND);
	return c == 'N' || sh->in->eof ? GO_END : sh_goto(j, DEL_ALL);
}

static enum go del_find(struct sh *sh, struct job *j)
{
	return sh_find(sh, j, DEL_FOUND, txt(j)->pattern, 0);
}

static enum go del_found(struct sh *sh, struct job *j)
{
	if (sh_failed(sh)) {
		if (!num(j)->found)
			return sh_error(sh, "%s\n", sh_dos_error(sh_ax(sh)));
		return GO_END;
	}
	num(j)->found = true;
	parse_join(txt(j)->file, SHELL_PATH, txt(j)->pattern, sh->in->found.name);
	return sh_goto(j, num(j)->ask ? DEL_ASK : DEL_DELETE);
}

static enum go del_ask(struct sh *sh, struct job *j)
{
	char name[SHELL_PATH];

	parse_copy(name, sizeof name, txt(j)->file);
	parse_upper_text(name);
	sh_say(sh, "%s,    Delete (Y/N)?", name);
	j->step = DEL_ANSWER;
	sh_ask_key(sh, "YN");
	return GO_ON;
}

static enum go del_answer(struct sh *sh, struct job *j)
{
	return sh->in->answer == 'Y' ? sh_goto(j, DEL_DELETE) : sh_find_on(sh, j, DEL_FOUND);
}

static enum go del_delete(struct sh *sh, struct job *j)
{
	return sh_path_call(sh, j, DEL_DONE, 0x41, 0, 0, txt(j)->file);
}

static enum go del_done(struct sh *sh, struct job *j)
{
	if (sh_failed(sh)) {
		char name[SHELL_PATH];

		parse_copy(name, sizeof name, txt(j)->file);
		parse_upper_text(name);
		sh_complain(sh, "%s\n%s\n", name, sh_dos_error(sh_ax(sh)));
	}
	return sh_find_on(sh, j, DEL_FOUND);
}

#define DEL_STEPS STEPS( \
	[DEL_BEGIN] = del, [DEL_LOOKED] = del_looked, [DEL_ALL] = del_all, [DEL_SURE] = del_sure, \
	[DEL_FIND] = del_find, [DEL_FOUND] = del_found, [DEL_ASK] = del_ask, \
	[DEL_ANSWER] = del_answer, [DEL_DELETE] = del_delete, [DEL_DONE] = del_done)

const struct job_row sh_row_del = { "DEL", DEL_STEPS, JOB_COMMAND, .help = "Deletes files." };
const struct job_row sh_row_erase = { "ERASE", DEL_STEPS, JOB_COMMAND, .help = "Deletes files." };

/* --- REN ----------------------------------------------------------------------- */

enum { REN_BEGIN, REN_FOUND, REN_DONE };
enum { REN_ANY };

static bool ren_words(struct sh *sh, struct job *j, struct parse_words *w)
{
	uint32_t set;

	parse_words(w, j->text, false);
	return sh_switches(sh, w, "", &set) && sh_count(sh, w, 2, 2);
}

/* A directory is renamed when it is named in full, as MS-DOS 7 does.  */
static enum go ren(struct sh *sh, struct job *j)
{
	struct parse_words w;

	if (!ren_words(sh, j, &w))
		return GO_END;
	if (parse_base(w.word[1])) {
		parse_upper_text(w.text + (w.word[1] - w.text));
		return sh_error(sh, "Invalid parameter - %s\n", w.word[1]);
	}
	return sh_find(sh, j, REN_FOUND, w.word[0], parse_wild(w.word[0]) ? 0 : 0x16);
}

static enum go ren_found(struct sh *sh, struct job *j)
{
	const struct sh_found *f = &sh->in->found;
	struct parse_words w;
	char from[SHELL_PATH], to[SHELL_PATH], name[SHELL_PATH];
	bool is_long;

	if (sh_failed(sh)) {
		if (!j->number[REN_ANY])
			return sh_error(sh, "Duplicate file name or file not found\n");
		return GO_END;
	}
	j->number[REN_ANY] = true;
	if (!ren_words(sh, j, &w))
		return GO_END;
	is_long = !parse_is_short(w.word[1]) || strcmp(f->long_name, f->name);
	parse_rename(w.word[1], is_long ? f->long_name : f->name, name, sizeof name);
	if (!parse_join(from, sizeof from, w.word[0], f->name) ||
	    !parse_join(to, sizeof to, w.word[0], name))
		return sh_error(sh, "Duplicate file name or file not found\n");
	sh_put(sh, D_PATH, from);
	sh_put(sh, D_PATH2, to);
	return DOS(sh, j, REN_DONE, .ax = parse_is_short(name) ? 0x5600 : 0x7156, .dx = D_PATH,
		   .di = D_PATH2);
}

static enum go ren_done(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))
		sh_complain(sh, "Duplicate file name or file not found\n");
	return sh_find_on(sh, j, REN_FOUND);
}

#define REN_STEPS STEPS([REN_BEGIN] = ren, [REN_FOUND] = ren_found, [REN_DONE] = ren_done)

const struct job_row sh_row_ren = { "REN", REN_STEPS, JOB_COMMAND, .help = "Renames files." };
const struct job_row sh_row_rename = { "RENAME", REN_STEPS, JOB_COMMAND, .help = "Renames files." };
