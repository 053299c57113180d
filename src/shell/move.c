/* move.c - MOVE: rename where that is possible, else copy and delete.  */

#include "shell/copy.h"

#include <string.h>

#include "shell/rows.h"

struct move {
	uint32_t n;			/* the source */
	uint32_t is_dir;		/* the target is a directory */
	uint32_t any, ask, all;
};

struct move_text {
	char tail[SHELL_LINE];
	char target[SHELL_PATH];
	char file[SHELL_PATH];
	char name[128];
};

_Static_assert(sizeof(struct move_text) <= JOB_TEXT, "move");

enum {
	M_BEGIN, M_TARGET, M_SOURCE, M_FOUND, M_TRUE, M_SAME, M_EXISTS, M_ANSWER, M_REPLACE,
	M_RENAME, M_RENAMED, M_COPIED, M_DELETED, M_NEXT
};

static struct move *num(struct job *j)
{
	return (struct move *)(void *)j->number;
}

static struct move_text *txt(struct job *j)
{
	return (struct move_text *)(void *)j->text;
}

/* The words, switches taken out.  /Y or /-Y goes to *yes.  */
static bool words(struct sh *sh, struct job *j, struct parse_words *w, uint32_t *yes)
{
	unsigned n = 0;

	*yes = 0;
	txt(j)->tail[SHELL_LINE - 1] = 0;
	parse_words(w, txt(j)->tail, false);
	for (unsigned i = 0; i < w->n; i++) {
		if (w->word[i][0] != '/') {
			w->word[n++] = w->word[i];
		} else if (parse_same(w->word[i], "/Y")) {
			*yes = 1;
		} else if (parse_same(w->word[i], "/-Y")) {
			*yes = 2;
		} else {
			sh_complain(sh, "Invalid switch - %s\n", w->word[i]);
			return false;
		}
	}
	w->n = n;
	if (!n)
		sh_complain(sh, "Required parameter missing\n");
	return n;
}

/* All words but the last are sources; a lone one is moved here.  */
static unsigned sources(const struct parse_words *w)
{
	return w->n > 1 ? w->n - 1 : w->n;
}

static enum go move(struct sh *sh, struct job *j)
{
	struct parse_words w;
	uint32_t yes;
	char *t = txt(j)->target;
	size_t n;

	if (!words(sh, j, &w, &yes))
		return GO_END;
	num(j)->ask = sh_ask_before_overwriting(sh, yes);
	parse_copy(t, SHELL_PATH, w.n > 1 ? w.word[w.n - 1] : ".");
	n = strlen(t);
	if (t[n - 1] == '\\' && n > 1 && t[n - 2] != ':')
		t[n - 1] = 0;
	if (parse_is_directory(t)) {
		num(j)->is_dir = true;
		return sh_goto(j, M_SOURCE);
	}
	return sh_attributes(sh, j, M_TARGET, t);
}

static enum go move_target(struct sh *sh, struct job *j)
{
	struct parse_words w;
	uint32_t yes;

	num(j)->is_dir = !sh_failed(sh) && sh->in->r.cx & 0x10;
	if (!words(sh, j, &w, &yes))
		return GO_END;
	if (!num(j)->is_dir && (sources(&w) > 1 || parse_wild(w.word[0])) &&
	    !parse_wild(txt(j)->target))
		return sh_error(sh, "Cannot move multiple files to a single file\n");
	return sh_goto(j, M_SOURCE);
}

static bool source(struct sh *sh, struct job *j, char *buf)
{
	struct parse_words w;
	uint32_t yes;

	if (!words(sh, j, &w, &yes) || num(j)->n >= sources(&w))
		return false;
	return parse_copy(buf, SHELL_PATH, w.word[num(j)->n]);
}

static enum go move_source(struct sh *sh, struct job *j)
{
	char p[SHELL_PATH];

	num(j)->any = false;
	if (!source(sh, j, p))
		return GO_END;
	return sh_find(sh, j, M_FOUND, p, parse_wild(p) ? 0 : 0x10);
}

static enum go move_found(struct sh *sh, struct job *j)
{
	struct move_text *t = txt(j);
	char p[SHELL_PATH];

	if (!source(sh, j, p))
		return GO_END;
	if (sh_failed(sh)) {
		if (!num(j)->any)
			sh_complain(sh, "Cannot move %s - No such file or directory\n", p);
		return sh_goto(j, M_NEXT);
	}
	num(j)->any = true;
	parse_copy(t->name, sizeof t->name, sh->in->found.long_name);
	if (!parse_join(t->file, SHELL_PATH, p, sh->in->found.name))
		return sh_find_on(sh, j, M_FOUND);
	return DOS(sh, j, M_TRUE, .ax = 0x6000, .si = sh_put(sh, D_PATH, t->file), .di = D_LINE);
}

static bool destination(struct job *j, char *buf, size_t size)
{
	return parse_destination(txt(j)->target, num(j)->is_dir, txt(j)->name, buf, size);
}

static enum go move_true(struct sh *sh, struct job *j)
{
	char to[SHELL_PATH];

	if (sh_failed(sh))
		sh_put(sh, D_LINE, txt(j)->file);
	destination(j, to, sizeof to);
	return DOS(sh, j, M_SAME, .ax = 0x6000, .si = sh_put(sh, D_PATH, to), .di = D_PATH2);
}

/* What happens to whom, in small letters as MOVE shows it.  */
static void show(struct sh *sh, const char *result)
{
	char from[128], to[128];

	sh_get_text(sh, D_LINE, from, sizeof from);
	sh_get_text(sh, D_PATH2, to, sizeof to);
	for (char *p = from; *p; p++)
		*p = *p >= 'A' && *p <= 'Z' ? *p + 32 : *p;
	for (char *p = to; *p; p++)
		*p = *p >= 'A' && *p <= 'Z' ? *p + 32 : *p;
	sh_say(sh, "%s => %s [%s]\n", from, to, result);
}

static enum go move_same(struct sh *sh, struct job *j)
{
	char from[128], to[128], path[SHELL_PATH];

	destination(j, path, sizeof path);
	if (sh_failed(sh))
		sh_put(sh, D_PATH2, path);
	sh_get_text(sh, D_LINE, from, sizeof from);
	sh_get_text(sh, D_PATH2, to, sizeof to);
	if (parse_same(from, to))
		return sh_goto(j, M_RENAME);
	return sh_attributes(sh, j, M_EXISTS, path);
}

static enum go move_exists(struct sh *sh, struct job *j)
{
	char to[SHELL_PATH];

	if (sh_failed(sh))
		return sh_goto(j, M_RENAME);
	if (sh->in->r.cx & 0x10) {
		show(sh, "Permission denied");
		return sh_find_on(sh, j, M_FOUND);
	}
	if (!num(j)->ask || num(j)->all)
		return sh_goto(j, M_REPLACE);
	destination(j, to, sizeof to);
	return sh_ask_to_overwrite(sh, j, M_ANSWER, to);
}

static enum go move_answer(struct sh *sh, struct job *j)
{
	if (sh->in->answer == 'N')
		return sh_find_on(sh, j, M_FOUND);
	num(j)->all = sh->in->answer == 'A';
	return sh_goto(j, M_REPLACE);
}

static enum go move_replace(struct sh *sh, struct job *j)
{
	char to[SHELL_PATH];

	destination(j, to, sizeof to);
	return sh_path_call(sh, j, M_RENAME, 0x41, 0, 0, to);
}

static enum go move_rename(struct sh *sh, struct job *j)
{
	char to[SHELL_PATH];
	uint16_t ax;

	destination(j, to, sizeof to);
	/* The answer of M_SAME stays in D_LINE and D_PATH2 for show().  */
	ax = parse_is_short(txt(j)->file) && parse_is_short(to) ? 0x5600 : 0x7156;
	sh_put(sh, D_PATH, txt(j)->file);
	return DOS(sh, j, M_RENAMED, .ax = ax, .dx = D_PATH, .di = sh_put(sh, D_FIND, to));
}

static enum go move_renamed(struct sh *sh, struct job *j)
{
	char to[SHELL_PATH];

	if (!sh_failed(sh)) {
		show(sh, "ok");
		return sh_find_on(sh, j, M_FOUND);
	}
	if (sh_ax(sh) != 17 || sh->in->found.attr & 0x10) {
		show(sh, sh_ax(sh) == 3 ? "Unable to create destination" : "Permission denied");
		return sh_find_on(sh, j, M_FOUND);
	}
	destination(j, to, sizeof to);
	j->step = M_COPIED;
	sh_copy_file(sh, txt(j)->file, to, 0);
	return GO_ON;
}

static enum go move_copied(struct sh *sh, struct job *j)
{
	if (sh->in->answer != COPY_DONE)
		return sh_find_on(sh, j, M_FOUND);
	return sh_path_call(sh, j, M_DELETED, 0x41, 0, 0, txt(j)->file);
}

static enum go move_deleted(struct sh *sh, struct job *j)
{
	show(sh, sh_failed(sh) ? "Unable to delete source" : "ok");
	return sh_find_on(sh, j, M_FOUND);
}

static enum go move_next(struct sh *sh, struct job *j)
{
	(void)sh;
	num(j)->n++;
	return sh_goto(j, M_SOURCE);
}

const struct job_row sh_row_move = {
	"MOVE", STEPS(
		[M_BEGIN] = move, [M_TARGET] = move_target, [M_SOURCE] = move_source,
		[M_FOUND] = move_found, [M_TRUE] = move_true, [M_SAME] = move_same,
		[M_EXISTS] = move_exists, [M_ANSWER] = move_answer, [M_REPLACE] = move_replace,
		[M_RENAME] = move_rename, [M_RENAMED] = move_renamed, [M_COPIED] = move_copied,
		[M_DELETED] = move_deleted, [M_NEXT] = move_next),
	JOB_COMMAND, .help = "Moves files; renames directories."
};
