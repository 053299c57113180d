/* copy.c - COPY: one file, many files, many into one.  */

#include "shell/copy.h"

#include <string.h>

#include "shell/rows.h"

#define SOURCES	32

/* The command, taken apart.  Done again whenever it is needed.  */
struct args {
	struct parse_words w;
	unsigned n;
	const char *source[SOURCES];
	char mode[SOURCES];		/* 'A', 'B' or 0 */
	const char *target;		/* NULL: not said */
	char target_mode;
	bool plus, verify;
	uint32_t yes;
	const char *wrong;		/* what is wrong, "%s" for `word' */
	const char *word;
};

struct copy {
	uint32_t n;			/* the source being copied */
	uint32_t is_dir;		/* the target is a directory */
	uint32_t source_dir;		/* this source is one: all its files */
	uint32_t joining;		/* many into one */
	uint32_t joined;		/* the target has something in it */
	uint32_t count;
	uint32_t any;			/* this source matched something */
	uint32_t ask, all;
	uint32_t verify;		/* to be put back, + 1 */
	uint32_t mark;			/* handle + 1, for the last Ctrl-Z */
	uint32_t stop;
};

struct copy_text {
	char tail[SHELL_LINE];
	char target[SHELL_PATH];
	char file[SHELL_PATH];		/* the source file */
	char name[128];			/* what it is called in a new directory */
};

_Static_assert(sizeof(struct copy) <= sizeof((struct job *)0)->number, "copy");
_Static_assert(sizeof(struct copy_text) <= JOB_TEXT, "copy");

enum {
	C_BEGIN, C_VERIFY, C_VERIFYING, C_TARGET, C_SOURCE, C_LOOKED, C_FIND, C_FOUND, C_FILE,
	C_TRUE, C_SAME, C_EXISTS, C_ANSWER, C_COPY, C_COPIED, C_NEXT, C_FINISH, C_MARK,
	C_MARK_DEVICE, C_MARKED, C_COUNT, C_END, C_TIDY
};

static struct copy *num(struct job *j)
{
	return (struct copy *)(void *)j->number;
}

static struct copy_text *txt(struct job *j)
{
	return (struct copy_text *)(void *)j->text;
}

/* --- the command ------------------------------------------------------------------- */

static void take_switch(struct args *a, const char *s, char *mode, char *last)
{
	char c = parse_upper(s[1]);

	if ((c == 'A' || c == 'B') && !s[2]) {
		*mode = c;
		if (last)
			*last = c;
	} else if (c == 'V' && !s[2]) {
		a->verify = true;
	} else if (c == 'Y' && !s[2]) {
		a->yes = 1;
	} else if (c == '-' && parse_upper(s[2]) == 'Y') {
		a->yes = 2;
	} else {
		a->wrong = "Invalid switch - %s\n";
		a->word = s;
	}
}

static void arguments(struct job *j, struct args *a)
{
	char mode = 0, *last = NULL;
	bool joining = true;		/* the next name is a source */

	a->n = 0;
	a->target = a->wrong = NULL;
	a->target_mode = 0;
	a->plus = a->verify = false;
	a->yes = 0;
	txt(j)->tail[SHELL_LINE - 1] = 0;
	parse_words(&a->w, txt(j)->tail, true);
	for (unsigned i = 0; i < a->w.n && !a->wrong; i++) {
		const char *s = a->w.word[i];

		if (*s == '/') {
			take_switch(a, s, &mode, last);
		} else if (*s == '+') {
			a->plus = joining = true;
		} else if (joining && a->n < SOURCES) {
			a->mode[a->n] = mode;
			last = &a->mode[a->n];
			a->source[a->n++] = s;
			joining = false;
		} else if (!a->target) {
			a->target = s;
			a->target_mode = mode;
			last = &a->target_mode;
		} else {
			a->wrong = "Too many parameters - %s\n";
			a->word = s;
		}
	}
	if (!a->n && !a->wrong) {
		a->wrong = "Required parameter missing%s\n";
		a->word = "";
	}
}

bool sh_ask_before_overwriting(struct sh *sh, uint32_t yes)
{
	char value[16];

	if (yes)
		return yes == 2;
	if (sh->in->one_line || sh_batch(sh) >= 0)
		return false;
	if (!sh_env_get(sh, "COPYCMD", value, sizeof value))
		return true;
	parse_upper_text(value);
	return !strstr(value, "/Y");
}

enum go sh_ask_to_overwrite(struct sh *sh, struct job *j, uint8_t next, char *path)
{
	parse_upper_text(path);
	sh_say(sh, "Overwrite %s (Yes/No/All)?", path);
	j->step = next;
	sh_ask_key(sh, "YNA");
	return GO_ON;
}

static enum go copy_begin(struct sh *sh, struct job *j)
{
	struct args a;

	arguments(j, &a);
	if (a.wrong)
		return sh_error(sh, a.wrong, a.word);
	num(j)->ask = sh_ask_before_overwriting(sh, a.yes);
	if (a.verify)
		return DOS(sh, j, C_VERIFY, .ax = 0x5400);
	return sh_goto(j, C_VERIFYING);
}

static enum go copy_verify(struct sh *sh, struct job *j)
{
	num(j)->verify = 1 + (sh_ax(sh) & 1);
	return DOS(sh, j, C_VERIFYING, .ax = 0x2e01);
}

static enum go copy_verifying(struct sh *sh, struct job *j)
{
	struct args a;
	char *t = txt(j)->target;

	arguments(j, &a);
	if (!a.target && a.plus)
		a.target = a.source[0];
	parse_copy(t, SHELL_PATH, a.target ? a.target : ".");
	if (parse_wild(t) || parse_is_directory(t)) {
		num(j)->is_dir = !parse_wild(t);
		num(j)->joining = a.plus;
		return sh_goto(j, C_SOURCE);
	}
	return sh_attributes(sh, j, C_TARGET, t);
}

static enum go copy_target(struct sh *sh, struct job *j)
{
	struct args a;

	arguments(j, &a);
	num(j)->is_dir = !sh_failed(sh) && sh->in->r.cx & 0x10;
	num(j)->joining = a.plus || (!num(j)->is_dir && parse_wild(a.source[0]));
	return sh_goto(j, C_SOURCE);
}

/* --- which files -------------------------------------------------------------------- */

/* All its files, then; into one if the target is one.  */
static void source_is_directory(struct job *j)
{
	num(j)->source_dir = true;
	if (num(j)->n == 0 && !num(j)->is_dir && !parse_wild(txt(j)->target))
		num(j)->joining = true;
}

static enum go copy_source(struct sh *sh, struct job *j)
{
	struct args a;

	arguments(j, &a);
	if (num(j)->n >= a.n || num(j)->stop)
		return sh_goto(j, C_FINISH);
	num(j)->any = num(j)->source_dir = false;
	parse_copy(txt(j)->file, SHELL_PATH - 5, a.source[num(j)->n]);
	if (parse_wild(txt(j)->file))
		return sh_goto(j, C_FIND);
	if (parse_is_directory(txt(j)->file)) {
		source_is_directory(j);
		return sh_goto(j, C_FIND);
	}
	return sh_attributes(sh, j, C_LOOKED, txt(j)->file);
}

static enum go copy_looked(struct sh *sh, struct job *j)
{
	struct copy_text *t = txt(j);

	if (!sh_failed(sh) && sh->in->r.cx & 0x10) {
		source_is_directory(j);
		return sh_goto(j, C_FIND);
	}
	parse_copy(t->name, sizeof t->name, t->file + parse_base(t->file));
	return sh_goto(j, C_FILE);
}

static void pattern(struct job *j, char *buf)
{
	struct args a;

	arguments(j, &a);
	parse_copy(buf, SHELL_PATH - 5, num(j)->n < a.n ? a.source[num(j)->n] : "");
	if (num(j)->source_dir)
		parse_append(buf, SHELL_PATH, buf[parse_base(buf)] ? "\\*.*" : "*.*");
}

static enum go copy_find(struct sh *sh, struct job *j)
{
	char p[SHELL_PATH];

	pattern(j, p);
	return sh_find(sh, j, C_FOUND, p, 0);
}

static enum go copy_found(struct sh *sh, struct job *j)
{
	struct copy_text *t = txt(j);
	char p[SHELL_PATH];

	pattern(j, p);
	if (sh_failed(sh)) {
		parse_upper_text(p);
		if (!num(j)->any)
			sh_complain(sh, "%s - %s\n", sh_dos_error(sh_ax(sh)),
				    p + parse_base(p));
		return sh_goto(j, C_NEXT);
	}
	num(j)->any = true;
	parse_copy(t->name, sizeof t->name, sh->in->found.long_name);
	if (!parse_join(t->file, SHELL_PATH, p, sh->in->found.name))
		return sh_find_on(sh, j, C_FOUND);
	return sh_goto(j, C_FILE);
}

/* Where the file goes.  */
static bool destination(struct job *j, char *buf, size_t size)
{
	return parse_destination(txt(j)->target, num(j)->is_dir, txt(j)->name, buf, size);
}

/* --- one file ------------------------------------------------------------------------ */

static enum go copy_one(struct sh *sh, struct job *j)
{
	return DOS(sh, j, C_TRUE, .ax = 0x6000, .si = sh_put(sh, D_PATH, txt(j)->file),
		   .di = D_LINE);
}

static enum go copy_true(struct sh *sh, struct job *j)
{
	char to[SHELL_PATH];

	if (sh_failed(sh))
		sh_w8(sh, D_LINE, 0);
	if (!destination(j, to, sizeof to))
		return sh_goto(j, C_COPY);
	return DOS(sh, j, C_SAME, .ax = 0x6000, .si = sh_put(sh, D_PATH, to), .di = D_PATH2);
}

static enum go copy_same(struct sh *sh, struct job *j)
{
	char from[128], to[128], path[SHELL_PATH];
	struct copy *c = num(j);

	sh_get_text(sh, D_LINE, from, sizeof from);
	sh_get_text(sh, D_PATH2, to, sizeof to);
	destination(j, path, sizeof path);
	if (!sh_failed(sh) && from[0] && parse_same(from, to)) {
		if (!c->joining) {
			sh_complain(sh, "File cannot be copied onto itself\n");
		} else if (!c->joined) {
			c->joined = c->count = true;	/* the others go after it */
		} else {
			sh_complain(sh, "Content of destination lost before copy\n");
		}
		sh->in->answer = COPY_FAILED;
		return sh_goto(j, C_COPIED);
	}
	if (!c->ask || c->all || c->joined)
		return sh_goto(j, C_COPY);
	return sh_attributes(sh, j, C_EXISTS, path);
}

static enum go copy_exists(struct sh *sh, struct job *j)
{
	char to[SHELL_PATH];

	if (sh_failed(sh) || sh->in->r.cx & 0x50)
		return sh_goto(j, C_COPY);
	destination(j, to, sizeof to);
	return sh_ask_to_overwrite(sh, j, C_ANSWER, to);
}

static enum go copy_answer(struct sh *sh, struct job *j)
{
	if (sh->in->answer == 'N') {
		sh->in->answer = COPY_FAILED;
		return sh_goto(j, C_COPIED);
	}
	num(j)->all = sh->in->answer == 'A';
	return sh_goto(j, C_COPY);
}

static enum go copy_copy(struct sh *sh, struct job *j)
{
	struct copy *c = num(j);
	struct args a;
	char to[SHELL_PATH], shown[SHELL_PATH];
	uint32_t flags = 0;
	char mode;

	arguments(j, &a);
	mode = c->n < a.n ? a.mode[c->n] : 0;
	destination(j, to, sizeof to);
	if (c->any || c->joining) {
		parse_copy(shown, sizeof shown, txt(j)->file);
		parse_upper_text(shown);
		sh_say(sh, "%s\n", shown);
	}
	if (mode == 'A' || (c->joining && mode != 'B'))
		flags |= COPY_ASCII;
	if (mode == 'B')
		flags |= COPY_BINARY;
	if (c->joining)
		flags |= COPY_NOW | (c->joined ? COPY_APPEND : 0);
	j->step = C_COPIED;
	sh_copy_file(sh, txt(j)->file, to, flags);
	return GO_ON;
}

static enum go copy_copied(struct sh *sh, struct job *j)
{
	struct copy *c = num(j);

	if (sh->in->answer == COPY_DONE) {
		c->count = c->joining ? 1 : c->count + 1;
		c->joined = c->joining;
	}
	if (sh->in->answer == COPY_FULL)
		c->stop = true;
	if (c->any && !c->stop)
		return sh_find_on(sh, j, C_FOUND);
	return c->any ? sh_find_end(sh, j, C_NEXT) : sh_goto(j, C_NEXT);
}

static enum go copy_next(struct sh *sh, struct job *j)
{
	(void)sh;
	num(j)->n++;
	return sh_goto(j, C_SOURCE);
}

/* --- the end --------------------------------------------------------------------------- */

/* A text ends with Ctrl-Z: one that was joined, or that /A was said of.  */
static enum go copy_finish(struct sh *sh, struct job *j)
{
	struct args a;

	arguments(j, &a);
	if (!num(j)->joined || num(j)->is_dir || parse_wild(txt(j)->target) ||
	    a.target_mode == 'B' || (!a.target_mode && a.mode[0] == 'B'))
		return sh_goto(j, C_COUNT);
	return sh_open(sh, j, C_MARK, txt(j)->target, 2);
}

static enum go copy_mark(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))
		return sh_goto(j, C_COUNT);
	num(j)->mark = sh_ax(sh) + 1u;
	return DOS(sh, j, C_MARK_DEVICE, .ax = 0x4202, .bx = num(j)->mark - 1);
}

static enum go copy_mark_device(struct sh *sh, struct job *j)
{
	sh_w8(sh, D_SMALL, 0x1a);
	if (sh_failed(sh) || (!sh_ax(sh) && !sh->in->r.dx))	/* a device, or nothing in it */
		return sh_goto(j, C_MARKED);
	return DOS(sh, j, C_MARKED, .ax = 0x4000, .bx = num(j)->mark - 1, .cx = 1, .dx = D_SMALL);
}

static enum go copy_marked(struct sh *sh, struct job *j)
{
	uint32_t handle = num(j)->mark;

	num(j)->mark = 0;
	return handle ? sh_close(sh, j, C_COUNT, handle - 1) : sh_goto(j, C_COUNT);
}

static enum go copy_count(struct sh *sh, struct job *j)
{
	if (!j->dropping)
		sh_say(sh, "%9u file(s) copied\n", (unsigned)num(j)->count);
	return sh_goto(j, C_TIDY);
}

static enum go copy_tidy(struct sh *sh, struct job *j)
{
	uint32_t verify = num(j)->verify;

	num(j)->verify = 0;
	if (!verify)
		return GO_END;
	return DOS(sh, j, C_END, .ax = 0x2e00 | (verify - 1));
}

const struct job_row sh_row_copy = {
	"COPY", STEPS(
		[C_BEGIN] = copy_begin, [C_VERIFY] = copy_verify, [C_VERIFYING] = copy_verifying,
		[C_TARGET] = copy_target, [C_SOURCE] = copy_source, [C_LOOKED] = copy_looked,
		[C_FIND] = copy_find, [C_FOUND] = copy_found, [C_FILE] = copy_one,
		[C_TRUE] = copy_true, [C_SAME] = copy_same, [C_EXISTS] = copy_exists,
		[C_ANSWER] = copy_answer, [C_COPY] = copy_copy, [C_COPIED] = copy_copied,
		[C_NEXT] = copy_next, [C_FINISH] = copy_finish, [C_MARK] = copy_mark,
		[C_MARK_DEVICE] = copy_mark_device, [C_MARKED] = copy_marked,
		[C_COUNT] = copy_count, [C_END] = sh_over, [C_TIDY] = copy_tidy),
	JOB_COMMAND, .tidy = C_TIDY, .help = "Copies files, or joins them."
};
