/* batch.c - batch files.
 *
 * A batch file is kept by its name and the position of the next line; for
 * each line it is opened, read and closed.  So it may change itself, and
 * its disk may be taken out while a program runs.  */

#include "shell/sh.h"

#include <string.h>

#include "shell/rows.h"

struct batch {
	uint32_t pos;			/* of the next line */
	uint32_t handle;		/* 0: closed */
	uint32_t shift;			/* times SHIFT was done */
	uint32_t echo;			/* to be put back at the end */
	uint32_t seeking;		/* for `label' */
	uint32_t blank;			/* the last line had no command */
	uint32_t at_end;
	uint32_t quiet;			/* this line is not shown */
};

struct batch_text {
	char path[SHELL_PATH];
	char tail[SHELL_LINE];
	char name[SHELL_PATH];		/* %0 */
	char label[9];
};

_Static_assert(sizeof(struct batch) <= sizeof((struct job *)0)->number, "batch");
_Static_assert(sizeof(struct batch_text) <= JOB_TEXT, "batch");

enum {
	BATCH_OPEN, BATCH_OPENED, BATCH_READ, BATCH_GOT, BATCH_SEEK, BATCH_CLOSED,
	BATCH_ECHO, BATCH_ASK, BATCH_ANSWER, BATCH_RUN, BATCH_TIDY, BATCH_OVER
};

static struct batch *num(struct job *j)
{
	return (struct batch *)(void *)j->number;
}

static struct batch_text *txt(struct job *j)
{
	return (struct batch_text *)(void *)j->text;
}

int sh_batch(const struct sh *sh)
{
	for (int n = sh->in->depth - 1; n >= sh->in->base; n--) {
		uint8_t kind = sh->in->job[n].kind;

		if (kind == J_BATCH)
			return n;
		if (kind == J_INT2E || kind == J_PROMPT || kind == J_START)
			break;
	}
	return -1;
}

static void set(struct job *j, const char *path, const char *name, const char *tail)
{
	struct batch_text *t = txt(j);
	uint32_t echo = num(j)->echo;

	memset(j->number, 0, sizeof j->number);
	memset(j->text, 0, sizeof j->text);
	parse_copy(t->path, sizeof t->path, path);
	parse_copy(t->name, sizeof t->name, name);
	parse_copy(t->tail, sizeof t->tail, parse_skip(tail));
	num(j)->echo = echo;
	j->step = BATCH_OPEN;
}

/* Without CALL the new batch file takes the place of the running one, and
 * whatever that was in the middle of is over.  */
enum go sh_start_batch(struct sh *sh, struct job *j, const char *path, const char *name,
		       const char *tail, bool called)
{
	char p[SHELL_PATH], n[SHELL_PATH], t[SHELL_LINE];
	int outer = sh_batch(sh);

	parse_copy(p, sizeof p, path);
	parse_copy(n, sizeof n, name);
	parse_copy(t, sizeof t, tail);
	if (outer >= 0 && !called) {
		set(&sh->in->job[outer], p, n, t);
		sh_drop_to(sh, outer + 1);
		return GO_ON;
	}
	sh_become(sh, j, J_BATCH, NULL);
	num(j)->echo = sh->in->echo;
	set(j, p, n, t);
	return GO_ON;
}

bool sh_batch_value(void *ctx, const char *name, char *buf, size_t size)
{
	struct sh *sh = ctx;
	int n = sh_batch(sh);

	if (name[0] >= '0' && name[0] <= '9' && !name[1] && n >= 0) {
		struct job *j = &sh->in->job[n];
		uint32_t which = name[0] - '0' + num(j)->shift;

		if (which)
			return parse_parameter(txt(j)->tail, which - 1, buf, size);
		return parse_copy(buf, size, txt(j)->name);
	}
	return sh_env_get(sh, name, buf, size);
}

void sh_batch_shift(struct sh *sh)
{
	int n = sh_batch(sh);

	if (n >= 0 && num(&sh->in->job[n])->shift < SHELL_LINE)
		num(&sh->in->job[n])->shift++;
}

bool sh_batch_goto(struct sh *sh, const char *label)
{
	int n = sh_batch(sh);
	struct job *j;

	if (n < 0)
		return false;
	j = &sh->in->job[n];
	parse_copy(txt(j)->label, sizeof txt(j)->label, label);
	num(j)->seeking = true;
	num(j)->pos = 0;
	sh_drop_to(sh, n + 1);
	return true;
}

/* --- reading ---------------------------------------------------------------- */

static enum go batch_open(struct sh *sh, struct job *j)
{
	sh->in->line_n = 0;
	sh->in->line[0] = 0;
	num(j)->at_end = false;
	return sh_open(sh, j, BATCH_OPENED, txt(j)->path, 0);
}

static enum go batch_opened(struct sh *sh, struct job *j)
{
	if (sh_failed(sh)) {
		sh_complain(sh, "Batch file missing\n");
		return sh_goto(j, BATCH_OVER);
	}
	num(j)->handle = sh_ax(sh);
	return DOS(sh, j, BATCH_READ, .ax = 0x4200, .bx = num(j)->handle,
		   .cx = num(j)->pos >> 16, .dx = num(j)->pos & 0xffff);
}

static enum go batch_read(struct sh *sh, struct job *j)
{
	return DOS(sh, j, BATCH_GOT, .ax = 0x3f00, .bx = num(j)->handle, .cx = D_BUF_SIZE,
		   .dx = D_BUF);
}

static enum go done_reading(struct sh *sh, struct job *j)
{
	uint32_t handle = num(j)->handle;

	num(j)->handle = 0;
	return sh_close(sh, j, BATCH_CLOSED, handle);
}

/* A piece of the file, while looking for a label.  */
static enum go look_for_label(struct sh *sh, struct job *j, const char *buf, size_t n)
{
	size_t used;

	txt(j)->label[8] = 0;
	if (parse_find_label(buf, n, n < D_BUF_SIZE, txt(j)->label, &used)) {
		num(j)->seeking = false;
		num(j)->pos += used;
		return sh_goto(j, BATCH_SEEK);
	}
	if (n < D_BUF_SIZE) {
		sh_complain(sh, "Label not found\n");
		num(j)->at_end = true;
		return done_reading(sh, j);
	}
	num(j)->pos += used ? used : n;
	return sh_goto(j, BATCH_SEEK);
}

static enum go batch_seek(struct sh *sh, struct job *j)
{
	return DOS(sh, j, BATCH_READ, .ax = 0x4200, .bx = num(j)->handle,
		   .cx = num(j)->pos >> 16, .dx = num(j)->pos & 0xffff);
}

static enum go batch_got(struct sh *sh, struct job *j)
{
	struct instance *in = sh->in;
	char buf[D_BUF_SIZE], line[D_BUF_SIZE + 1];
	size_t n = sh_failed(sh) ? 0 : sh_ax(sh), used;

	if (n > sizeof buf)
		n = sizeof buf;
	sh_get(sh, buf, D_BUF, n);
	if (num(j)->seeking)
		return look_for_label(sh, j, buf, n);
	used = parse_line(buf, n, n < D_BUF_SIZE, line, sizeof line);
	parse_append(in->line, sizeof in->line, line);
	if (!used && n == D_BUF_SIZE && !memchr(buf, 0x1a, n)) {
		num(j)->pos += n;	/* a long line: more of it */
		return sh_goto(j, BATCH_READ);
	}
	num(j)->at_end = !used && !in->line[0];
	num(j)->pos += used;
	return done_reading(sh, j);
}

/* --- running ---------------------------------------------------------------- */

static enum go batch_closed(struct sh *sh, struct job *j)
{
	struct instance *in = sh->in;
	char text[SHELL_LINE];
	const char *s;

	if (num(j)->at_end)
		return sh_goto(j, BATCH_OVER);
	s = parse_skip(in->line);
	if (*s == ':')
		return sh_goto(j, BATCH_OPEN);
	num(j)->quiet = *s == '@';
	parse_expand(*s == '@' ? s + 1 : in->line, true, sh_batch_value, sh, text, sizeof text);
	parse_copy(in->line, sizeof in->line, text);
	if (in->single_step && *parse_skip(text))
		return sh_goto(j, BATCH_ASK);
	return sh_goto(j, in->echo && !num(j)->quiet ? BATCH_ECHO : BATCH_RUN);
}

static enum go batch_echo(struct sh *sh, struct job *j)
{
	if (!num(j)->blank)
		sh_say(sh, "\n");
	j->step = BATCH_RUN;
	sh_push(sh, J_SHOW_PROMPT, NULL);
	return GO_ON;
}

/* /Y: every line is asked for.  */
static enum go batch_ask(struct sh *sh, struct job *j)
{
	sh_say(sh, "%s [Y/N]?", sh->in->line);
	j->step = BATCH_ANSWER;
	sh_ask_key(sh, "YN\r\033");
	return GO_ON;
}

static enum go batch_answer(struct sh *sh, struct job *j)
{
	num(j)->quiet = true;
	if (sh->in->answer == 'N' || sh->in->answer == 033)
		return sh_goto(j, BATCH_OPEN);
	return sh_goto(j, BATCH_RUN);
}

static enum go batch_run(struct sh *sh, struct job *j)
{
	struct instance *in = sh->in;

	if (in->echo && !num(j)->quiet)
		sh_say(sh, "%s\n", in->line);
	num(j)->blank = !*parse_skip(in->line);
	j->step = BATCH_OPEN;
	if (!num(j)->blank)
		sh_push_line(sh, in->line, false);
	return GO_ON;
}

static enum go batch_tidy(struct sh *sh, struct job *j)
{
	uint32_t handle = num(j)->handle;

	num(j)->handle = 0;
	if (handle)
		return sh_close(sh, j, BATCH_OVER, handle);
	return sh_goto(j, BATCH_OVER);
}

static enum go batch_over(struct sh *sh, struct job *j)
{
	sh->in->echo = num(j)->echo;
	return GO_END;
}

const struct job_row sh_row_batch = {
	"batch", STEPS(
		[BATCH_OPEN] = batch_open, [BATCH_OPENED] = batch_opened,
		[BATCH_READ] = batch_read, [BATCH_GOT] = batch_got, [BATCH_SEEK] = batch_seek,
		[BATCH_CLOSED] = batch_closed, [BATCH_ECHO] = batch_echo,
		[BATCH_ASK] = batch_ask, [BATCH_ANSWER] = batch_answer,
		[BATCH_RUN] = batch_run, [BATCH_TIDY] = batch_tidy, [BATCH_OVER] = batch_over),
	.flags = JOB_BATCH_LIKE | JOB_LOOP, .tidy = BATCH_TIDY,
};

/* --- a Ctrl-C in a batch file ------------------------------------------------- */

enum { BREAK_ASK, BREAK_ANSWER };

static enum go break_ask(struct sh *sh, struct job *j)
{
	sh_say(sh, "\nTerminate batch job (Y/N)?");
	j->step = BREAK_ANSWER;
	sh_ask_key(sh, "YN");
	return GO_ON;
}

/* Y ends the batch file and those that called it.  */
static enum go break_answer(struct sh *sh, struct job *j)
{
	int n = j - sh->in->job, first = -1;

	if (sh->in->answer == 'N')
		return GO_END;
	while (n > sh->in->base && sh->in->job[n].kind != J_PROMPT &&
	       sh->in->job[n].kind != J_START && sh->in->job[n].kind != J_INT2E) {
		if (sh->in->job[n].kind == J_BATCH)
			first = n;
		n--;
	}
	if (first >= 0)
		sh_drop_to(sh, first);
	else
		return GO_END;
	return GO_ON;
}

const struct job_row sh_row_break = {
	"break", STEPS([BREAK_ASK] = break_ask, [BREAK_ANSWER] = break_answer), .flags = 0,
};
