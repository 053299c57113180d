/* prompt.c - the prompt, and the loop that asks for lines.  */

#include "shell/sh.h"

#include <string.h>

#include "shell/rows.h"

/* --- showing the prompt ------------------------------------------------------ */

struct show {
	uint32_t at;
	uint32_t drive;
};

enum { SHOW_NEXT, SHOW_DRIVE, SHOW_PATH_DRIVE, SHOW_PATH, SHOW_DATE, SHOW_TIME, SHOW_VERSION };

static struct show *num(struct job *j)
{
	return (struct show *)(void *)j->number;
}

/* $x: text, or a question to DOS.  */
static const struct prompt_code {
	char code;
	const char *text;
	uint8_t next;
	uint16_t ax;
} codes[] = {
	{ '$', "$", 0, 0 }, { '_', "\r\n", 0, 0 }, { 'B', "|", 0, 0 }, { 'E', "\033", 0, 0 },
	{ 'G', ">", 0, 0 }, { 'H', "\b \b", 0, 0 }, { 'L', "<", 0, 0 }, { 'Q', "=", 0, 0 },
	{ 'D', NULL, SHOW_DATE, 0x2a00 }, { 'N', NULL, SHOW_DRIVE, 0x1900 },
	{ 'P', NULL, SHOW_PATH_DRIVE, 0x1900 }, { 'T', NULL, SHOW_TIME, 0x2c00 },
	{ 'V', NULL, SHOW_VERSION, 0x3000 },
};

static const struct prompt_code *find_code(char c)
{
	for (unsigned i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i].code == parse_upper(c))
			return &codes[i];
	return NULL;
}

static enum go show_next(struct sh *sh, struct job *j)
{
	char prompt[SHELL_LINE];
	size_t n;

	if (!sh_env_get(sh, "PROMPT", prompt, sizeof prompt) || !prompt[0])
		parse_copy(prompt, sizeof prompt, "$P$G");
	n = strlen(prompt);
	while (num(j)->at < n) {
		char c = prompt[num(j)->at++];
		const struct prompt_code *code;

		if (c != '$' || num(j)->at == n) {
			sh_say(sh, "%c", c);
			continue;
		}
		code = find_code(prompt[num(j)->at++]);
		if (code && !code->text)
			return DOS(sh, j, code->next, .ax = code->ax);
		sh_say(sh, "%s", code ? code->text : "");
	}
	return GO_END;
}

static enum go show_drive(struct sh *sh, struct job *j)
{
	sh_say(sh, "%c", 'A' + (sh_ax(sh) & 31));
	return sh_goto(j, SHOW_NEXT);
}

static enum go show_path_drive(struct sh *sh, struct job *j)
{
	num(j)->drive = sh_ax(sh) & 31;
	return DOS(sh, j, SHOW_PATH, .ax = 0x4700, .si = D_PATH);
}

static enum go show_path(struct sh *sh, struct job *j)
{
	char path[SHELL_PATH];

	if (sh_failed(sh)) {
		sh_say(sh, "Current drive is no longer valid");
		return sh_goto(j, SHOW_NEXT);
	}
	sh_get_text(sh, D_PATH, path, sizeof path);
	sh_say(sh, "%c:\\%s", 'A' + (int)num(j)->drive, path);
	return sh_goto(j, SHOW_NEXT);
}

static enum go show_date(struct sh *sh, struct job *j)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	const struct sh_regs *r = &sh->in->r;

	sh_say(sh, "%.3s %2d-%02d-%04d", days + (r->ax & 0xff) % 7 * 3, r->dx >> 8,
	       r->dx & 0xff, r->cx);
	return sh_goto(j, SHOW_NEXT);
}

static enum go show_time(struct sh *sh, struct job *j)
{
	const struct sh_regs *r = &sh->in->r;

	sh_say(sh, "%2d:%02d:%02d.%02d", r->cx >> 8, r->cx & 0xff, r->dx >> 8, r->dx & 0xff);
	return sh_goto(j, SHOW_NEXT);
}

static enum go show_version(struct sh *sh, struct job *j)
{
	sh_say(sh, "MS-DOS Version %d.%02d", sh_ax(sh) & 0xff, sh_ax(sh) >> 8);
	return sh_goto(j, SHOW_NEXT);
}

const struct job_row sh_row_show_prompt = {
	"show prompt", STEPS(
		[SHOW_NEXT] = show_next, [SHOW_DRIVE] = show_drive,
		[SHOW_PATH_DRIVE] = show_path_drive, [SHOW_PATH] = show_path,
		[SHOW_DATE] = show_date, [SHOW_TIME] = show_time, [SHOW_VERSION] = show_version),
	.flags = 0,
};

/* --- asking for lines ---------------------------------------------------------- */

/* number[0]: the last line had no command, so no blank line comes before
 * the next prompt.  */
enum { PROMPT_SHOW, PROMPT_READ, PROMPT_LINE };

static enum go prompt_show(struct sh *sh, struct job *j)
{
	struct instance *in = sh->in;

	if (in->ending)
		return GO_END;
	j->step = PROMPT_READ;
	if (!in->echo)
		return GO_ON;
	if (!j->number[0])
		sh_say(sh, "\n");
	sh_push(sh, J_SHOW_PROMPT, NULL);
	return GO_ON;
}

static enum go prompt_read(struct sh *sh, struct job *j)
{
	j->step = PROMPT_LINE;
	if (sh_push(sh, J_READ, NULL))
		sh->in->job[sh->in->depth - 1].number[0] = true;
	return GO_ON;
}

static enum go prompt_line(struct sh *sh, struct job *j)
{
	struct instance *in = sh->in;
	char text[SHELL_LINE];

	if (in->eof && !in->line[0])
		return GO_END;
	parse_expand(in->line, false, sh_batch_value, sh, text, sizeof text);
	j->number[0] = !*parse_skip(text);
	j->step = PROMPT_SHOW;
	if (!j->number[0])
		sh_push_line(sh, text, false);
	return GO_ON;
}

const struct job_row sh_row_prompt = {
	"prompt", STEPS([PROMPT_SHOW] = prompt_show, [PROMPT_READ] = prompt_read,
			[PROMPT_LINE] = prompt_line),
	.flags = JOB_LOOP,
};
