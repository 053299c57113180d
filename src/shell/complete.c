/* complete.c - names that Tab completes at the prompt.  */

#include "shell/edit.h"

#include <string.h>

static void start_completing(struct job *j)
{
	struct edit *e = edit_num(j);
	uint32_t at = e->pos;

	while (at && !parse_delim(edit_txt(j)->line[at - 1]) && !strchr("<>|", edit_txt(j)->line[at - 1]))
		at--;
	e->word = at;
	e->word_n = e->pos - at;
	e->wanted = 0;
	e->completing = true;
	parse_copy(edit_txt(j)->stem, sizeof edit_txt(j)->stem, "");
	if (e->word_n < sizeof edit_txt(j)->stem - 4) {
		memcpy(edit_txt(j)->stem, edit_txt(j)->line + at, e->word_n);
		edit_txt(j)->stem[e->word_n] = 0;
	}
}

void edit_tab(struct sh *sh, struct job *j)
{
	(void)sh;
	if (edit_num(j)->completing)
		edit_num(j)->wanted++;
	else
		start_completing(j);
	j->step = EDIT_FIND;
}

void edit_back_tab(struct sh *sh, struct job *j)
{
	(void)sh;
	if (!edit_num(j)->completing)
		start_completing(j);
	else if (edit_num(j)->wanted)
		edit_num(j)->wanted--;
	j->step = EDIT_FIND;
}

enum go edit_find(struct sh *sh, struct job *j)
{
	char pattern[SHELL_PATH];

	edit_num(j)->seen = 0;
	parse_copy(pattern, sizeof pattern, edit_txt(j)->stem);
	parse_append(pattern, sizeof pattern,
		     strchr(pattern + parse_base(pattern), '.') ? "*" : "*.*");
	return sh_find(sh, j, EDIT_FOUND, pattern, 0x10);
}

/* CD, MD and RD want directories.  */
static bool only_directories(struct job *j)
{
	const char *s = parse_skip(edit_txt(j)->line);
	size_t n = parse_internal_name(s);

	for (const char *const *c = (const char *const[]){ "CD", "CHDIR", "RD", "RMDIR", NULL }; *c; c++)
		if (n == strlen(*c) && sh_find_command(s, n) == sh_find_command(*c, n))
			return true;
	return false;
}

enum go edit_found(struct sh *sh, struct job *j)
{
	struct edit *e = edit_num(j);
	const struct sh_found *f = &sh->in->found;

	if (sh_failed(sh)) {
		if (!e->seen || !e->wanted)
			return sh_goto(j, EDIT_ASK);
		e->wanted %= e->seen;		/* round again */
		return sh_goto(j, EDIT_FIND);
	}
	if (f->name[0] == '.' || (only_directories(j) && !(f->attr & 0x10)) ||
	    e->seen++ != e->wanted)
		return sh_find_on(sh, j, EDIT_FOUND);
	return sh_find_end(sh, j, EDIT_PUT);
}

enum go edit_put(struct sh *sh, struct job *j)
{
	struct edit *e = edit_num(j);
	const struct sh_found *f = &sh->in->found;
	char path[SHELL_PATH];

	if (!parse_join(path, sizeof path - 1, edit_txt(j)->stem,
			parse_is_short(f->long_name) ? f->long_name : f->name) ||
	    e->word + e->word_n > e->n)
		return sh_goto(j, EDIT_ASK);
	if (f->attr & 0x10)
		parse_append(path, sizeof path, "\\");
	edit_delete(j, e->word, e->word + e->word_n);
	e->pos = e->word;
	e->word_n = 0;
	if (e->n + strlen(path) < SHELL_LINE) {
		edit_insert(j, path, strlen(path));
		e->word_n = strlen(path);
	}
	edit_refresh(sh, j);
	return sh_goto(j, EDIT_ASK);
}
