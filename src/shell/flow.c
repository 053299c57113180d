/* flow.c - IF, FOR, GOTO, SHIFT, CALL, EXIT, REM, PAUSE: what steers a batch
 * file.  */

#include "shell/sh.h"

#include <string.h>

#include "shell/rows.h"

/* --- IF ---------------------------------------------------------------------- */

enum { IF_BEGIN, IF_LOOKED, IF_FOUND };

static enum go if_answer(struct sh *sh, struct job *j, const struct parse_if *f, bool yes)
{
	char text[SHELL_LINE];

	if (yes == f->negated)
		return GO_END;
	parse_copy(text, sizeof text, j->text + f->command);
	return sh_become_line(sh, j, text, false);
}

static enum go if_begin(struct sh *sh, struct job *j)
{
	struct parse_if f;

	if (!parse_if(j->text, &f))
		return sh_error(sh, "Syntax error\n");
	switch (f.kind) {
	case IF_ERRORLEVEL:
		return if_answer(sh, j, &f, sh->in->errorlevel >= f.level);
	case IF_EQUAL:
		return if_answer(sh, j, &f, f.equal);
	case IF_EXIST:
		break;
	}
	/* Hidden and system files count, directories do not.  */
	return sh_find(sh, j, IF_LOOKED, f.name, 0x06);
}

static enum go if_looked(struct sh *sh, struct job *j)
{
	struct parse_if f;

	if (!sh_failed(sh))
		return sh_find_end(sh, j, IF_FOUND);
	return parse_if(j->text, &f) ? if_answer(sh, j, &f, false) : GO_END;
}

static enum go if_found(struct sh *sh, struct job *j)
{
	struct parse_if f;

	if (!parse_if(j->text, &f))
		return GO_END;
	return if_answer(sh, j, &f, true);
}

const struct job_row sh_row_if = {
	"IF", STEPS([IF_BEGIN] = if_begin, [IF_LOOKED] = if_looked, [IF_FOUND] = if_found),
	JOB_COMMAND | JOB_RAW, .help = "Runs a command if a condition is true."
};

/* --- FOR --------------------------------------------------------------------- */

struct for_numbers {
	uint32_t at;			/* in the list */
	uint32_t searching;		/* the item's files */
	uint32_t quiet;
};

struct for_text {
	char tail[SHELL_LINE];
	char item[SHELL_PATH];		/* as it stands in the list */
	char value[SHELL_PATH];		/* what the variable is now */
};

_Static_assert(sizeof(struct for_text) <= JOB_TEXT, "for");

enum { FOR_BEGIN, FOR_ITEM, FOR_FOUND, FOR_SHOW, FOR_RUN, FOR_NEXT };

static struct for_numbers *fnum(struct job *j)
{
	return (struct for_numbers *)(void *)j->number;
}

static struct for_text *ftxt(struct job *j)
{
	return (struct for_text *)(void *)j->text;
}

static enum go for_begin(struct sh *sh, struct job *j)
{
	struct parse_for f;

	j->text[SHELL_LINE - 1] = 0;
	if (!parse_for(ftxt(j)->tail, &f))
		return sh_error(sh, "Syntax error\n");
	if (sh_below(sh, j, j->kind) >= (sh_batch(sh) > 0 ? sh_batch(sh) : 0))
		return sh_error(sh, "FOR cannot be nested\n");
	fnum(j)->at = f.list;
	return sh_goto(j, FOR_ITEM);
}

static enum go for_item(struct sh *sh, struct job *j)
{
	struct for_text *t = ftxt(j);
	struct parse_for f;
	size_t at = fnum(j)->at;

	if (!parse_for(t->tail, &f) || at < f.list || at > f.list_end ||
	    !parse_for_item(t->tail, &at, f.list_end, t->item, sizeof t->item))
		return GO_END;
	fnum(j)->at = at;
	if (parse_wild(t->item))
		return sh_find(sh, j, FOR_FOUND, t->item, 0);
	parse_copy(t->value, sizeof t->value, t->item);
	return sh_goto(j, FOR_SHOW);
}

static enum go for_found(struct sh *sh, struct job *j)
{
	struct for_text *t = ftxt(j);
	const struct sh_found *f = &sh->in->found;

	fnum(j)->searching = !sh_failed(sh);
	if (sh_failed(sh))
		return sh_goto(j, FOR_ITEM);
	if (!parse_join(t->value, sizeof t->value, t->item,
			sh->in->lfn_for ? f->long_name : f->name))
		return sh_goto(j, FOR_NEXT);
	return sh_goto(j, FOR_SHOW);
}

static void body(struct job *j, char *buf, size_t size)
{
	struct parse_for f;

	buf[0] = 0;
	if (parse_for(ftxt(j)->tail, &f))
		parse_for_body(ftxt(j)->tail + f.body, f.variable, ftxt(j)->value, buf, size);
}

static enum go for_show(struct sh *sh, struct job *j)
{
	char text[SHELL_LINE];

	body(j, text, sizeof text);
	j->step = FOR_RUN;
	fnum(j)->quiet = text[0] == '@' || !sh->in->echo;
	if (!fnum(j)->quiet) {
		sh_say(sh, "\n");
		sh_push(sh, J_SHOW_PROMPT, NULL);
	}
	return GO_ON;
}

static enum go for_run(struct sh *sh, struct job *j)
{
	char text[SHELL_LINE];

	body(j, text, sizeof text);
	if (!fnum(j)->quiet)
		sh_say(sh, "%s\n", text);
	j->step = FOR_NEXT;
	sh_push_line(sh, text, false);
	return GO_ON;
}

static enum go for_next(struct sh *sh, struct job *j)
{
	if (fnum(j)->searching)
		return sh_find_on(sh, j, FOR_FOUND);
	return sh_goto(j, FOR_ITEM);
}

const struct job_row sh_row_for = {
	"FOR", STEPS([FOR_BEGIN] = for_begin, [FOR_ITEM] = for_item, [FOR_FOUND] = for_found,
		     [FOR_SHOW] = for_show, [FOR_RUN] = for_run, [FOR_NEXT] = for_next),
	JOB_COMMAND | JOB_RAW, .help = "Runs a command for each item of a list."
};

static enum go lfnfor(struct sh *sh, struct job *j)
{
	const char *s = parse_skip(j->text);

	if (!*s)
		sh_say(sh, "LFNFOR is %s\n", sh->in->lfn_for ? "on" : "off");
	else if (parse_same(s, "ON") || parse_same(s, "OFF"))
		sh->in->lfn_for = parse_same(s, "ON");
	else
		sh_complain(sh, "Must specify ON or OFF\n");
	return GO_END;
}

const struct job_row sh_row_lfnfor = {
	"LFNFOR", STEPS(lfnfor), JOB_COMMAND, .help = "Long names for FOR: on or off."
};

/* --- GOTO, SHIFT, CALL, REM, EXIT -------------------------------------------------- */

static enum go go_to(struct sh *sh, struct job *j)
{
	char label[9];

	parse_label(j->text, label);
	if (sh_batch(sh) < 0)
		return GO_END;
	sh_batch_goto(sh, label);
	return GO_ON;			/* this job is being called off */
}

const struct job_row sh_row_goto = {
	"GOTO", STEPS(go_to), JOB_COMMAND, .help = "Goes on at a label of the batch file."
};

static enum go shift(struct sh *sh, struct job *j)
{
	(void)j;
	sh_batch_shift(sh);
	return GO_END;
}

const struct job_row sh_row_shift = {
	"SHIFT", STEPS(shift), JOB_COMMAND, .help = "Moves the batch file's parameters by one."
};

/* Always taken off by the line that runs it; listed for its name.  */
const struct job_row sh_row_call = {
	"CALL", STEPS(sh_over), JOB_COMMAND, .help = "Runs a batch file and comes back."
};

const struct job_row sh_row_rem = {
	"REM", STEPS(sh_over), JOB_COMMAND | JOB_RAW | JOB_DOT, .help = "A remark."
};

/* A permanent shell stays, unless it is the machine's first.  */
static enum go exit_shell(struct sh *sh, struct job *j)
{
	struct instance *in = sh->in;
	const char *s = parse_skip(j->text);
	unsigned level;

	if (in->permanent && !in->root)
		return GO_END;
	if (parse_number(&s, &level))
		in->errorlevel = level;
	in->ending = true;
	sh_drop_to(sh, 1);
	return in->dropping ? GO_ON : GO_END;
}

const struct job_row sh_row_exit = {
	"EXIT", STEPS(exit_shell), JOB_COMMAND, .help = "Ends the shell."
};

/* --- PAUSE --------------------------------------------------------------------- */

static enum go pause_ask(struct sh *sh, struct job *j)
{
	sh_say(sh, "Press any key to continue . . .");
	j->step = 1;
	sh_ask_key(sh, "");
	return GO_ON;
}

const struct job_row sh_row_pause = {
	"PAUSE", STEPS(pause_ask, sh_over), JOB_COMMAND, .help = "Waits for a key."
};
