/* line.c - one line of commands: its pipeline, its redirections, and which
 * command each stage is.
 *
 * Redirection is done as COMMAND.COM does it: the file is opened, and its
 * entry in the job file table of our own PSP trades places with that of
 * handle 0 or 1.  Programs inherit it.  A pipe is a temporary file.  */

#include "shell/sh.h"

#include <string.h>

#include "shell/rows.h"

struct line {
	uint32_t at;			/* of the stage that runs */
	uint32_t out_saved;		/* 100h + the JFT entry; 0: not redirected */
	uint32_t in_saved;
	uint32_t called;		/* by CALL: a batch file comes back */
	uint32_t next;			/* of the stage after it; 0: none */
	uint32_t drive;			/* that was asked for */
	uint32_t as_is;			/* no installable command wanted it */
};

struct line_text {
	char line[SHELL_LINE];
	char pipe_in[80], pipe_out[80];
};

_Static_assert(sizeof(struct line) <= sizeof((struct job *)0)->number, "line");
_Static_assert(sizeof(struct line_text) <= JOB_TEXT, "line");

enum {
	LINE_BEGIN, LINE_STAGE, LINE_IN_OPENED, LINE_OUT, LINE_TEMP, LINE_APPEND, LINE_OUT_OPENED,
	LINE_END_SEEN, LINE_LAST_READ, LINE_RUN, LINE_INSTALLED, LINE_INSTALLED_RAN,
	LINE_DRIVE_SET, LINE_DRIVE_SEEN, LINE_RESTORE, LINE_IN_CLOSED, LINE_OUT_CLOSED,
	LINE_PIPE_GONE, LINE_TIDY
};

static struct line *num(struct job *j)
{
	return (struct line *)(void *)j->number;
}

static struct line_text *txt(struct job *j)
{
	return (struct line_text *)(void *)j->text;
}

/* The stage that runs.  Parsed again whenever it is needed: the text does
 * not change.  */
static bool stage(struct job *j, struct parse_stage *s, size_t *next)
{
	const char *line = txt(j)->line;
	size_t n = strnlen(line, SHELL_LINE - 1);

	txt(j)->line[n] = 0;
	if (num(j)->at > n)
		num(j)->at = n;
	return parse_stage(line + num(j)->at, s, next);
}

struct job *sh_push_line(struct sh *sh, const char *text, bool called)
{
	struct job *j = sh_push(sh, J_LINE, text);

	if (j) {
		j->text[SHELL_LINE - 1] = 0;
		num(j)->called = called;
	}
	return j;
}

enum go sh_become_line(struct sh *sh, struct job *j, const char *text, bool called)
{
	sh_become(sh, j, J_LINE, text);
	j->text[SHELL_LINE - 1] = 0;
	num(j)->called = called;
	return GO_ON;
}

/* --- the job file table ------------------------------------------------- */

static uint8_t jft(struct sh *sh, uint16_t handle)
{
	struct far t = guest_rfar(sh->g, sh->in->psp, 0x34);

	return guest_r8(sh->g, t.seg, t.off + handle);
}

static void set_jft(struct sh *sh, uint16_t handle, uint8_t v)
{
	struct far t = guest_rfar(sh->g, sh->in->psp, 0x34);

	guest_w8(sh->g, t.seg, t.off + handle, v);
}

/* `opened' takes the place of a standard handle; what was there is kept.  */
static uint32_t redirect(struct sh *sh, uint16_t std, uint16_t opened)
{
	uint8_t old = jft(sh, std);

	set_jft(sh, std, jft(sh, opened));
	set_jft(sh, opened, 0xff);
	return 0x100 | old;
}

/* The handle itself has been closed.  */
static void put_back(struct sh *sh, uint16_t std, uint32_t *saved)
{
	if (*saved)
		set_jft(sh, std, *saved);
	*saved = 0;
}

/* --- opening ------------------------------------------------------------- */

static enum go line_begin(struct sh *sh, struct job *j)
{
	const char *s = parse_skip(txt(j)->line);
	uint8_t kind;

	(void)sh;
	while (*s == '@')
		s = parse_skip(s + 1);
	num(j)->at = s - txt(j)->line;
	if (!*s || *s == ':')
		return GO_END;
	kind = sh_find_command(s, parse_internal_name(s));
	if (kind && sh_jobs[kind]->flags & JOB_RAW)
		return sh_goto(j, LINE_RUN);
	return sh_goto(j, LINE_STAGE);
}

static enum go line_stage(struct sh *sh, struct job *j)
{
	struct parse_stage s;
	size_t next;

	if (!stage(j, &s, &next)) {
		sh_complain(sh, "Syntax error\n");
		num(j)->next = 0;
		return sh_goto(j, LINE_RESTORE);
	}
	num(j)->next = s.piped ? num(j)->at + next : 0;
	if (txt(j)->pipe_in[0])
		return sh_open(sh, j, LINE_IN_OPENED, txt(j)->pipe_in, 0);
	if (s.in[0])
		return sh_open(sh, j, LINE_IN_OPENED, s.in, 0);
	return sh_goto(j, LINE_OUT);
}

static enum go give_up(struct sh *sh, struct job *j, const char *why)
{
	sh_complain(sh, "%s\n", why);
	num(j)->next = 0;
	return sh_goto(j, LINE_RESTORE);
}

static enum go line_in_opened(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))
		return give_up(sh, j, sh_dos_error(sh_ax(sh)));
	num(j)->in_saved = redirect(sh, 0, sh_ax(sh));
	return sh_goto(j, LINE_OUT);
}

/* Where pipes are kept: %TEMP% if that is a directory, as far as we can
 * tell without asking; else here.  */
static void temp_place(struct sh *sh, char *buf, size_t size)
{
	size_t n;

	if (!sh_env_get(sh, "TEMP", buf, size - 2))
		parse_copy(buf, size, ".\\");
	n = strlen(buf);
	if (n && buf[n - 1] != '\\' && buf[n - 1] != '/')
		parse_append(buf, size, "\\");
}

static enum go line_out(struct sh *sh, struct job *j)
{
	struct parse_stage s;
	char place[64];
	size_t next;

	if (!stage(j, &s, &next))
		return sh_goto(j, LINE_RESTORE);
	if (s.piped) {
		temp_place(sh, place, sizeof place);
		return DOS(sh, j, LINE_TEMP, .ax = 0x5a00, .dx = sh_put(sh, D_PATH, place));
	}
	if (!s.out[0])
		return sh_goto(j, LINE_RUN);
	if (s.append)
		return sh_open(sh, j, LINE_APPEND, s.out, 2);
	return sh_create(sh, j, LINE_OUT_OPENED, s.out, 0);
}

static enum go line_temp(struct sh *sh, struct job *j)
{
	if (sh_failed(sh) && sh_r8(sh, D_PATH) != '.') {
		/* %TEMP% is no good; here, then.  */
		return DOS(sh, j, LINE_TEMP, .ax = 0x5a00, .dx = sh_put(sh, D_PATH, ".\\"));
	}
	if (sh_failed(sh))
		return give_up(sh, j, "Intermediate file error during pipe");
	sh_get_text(sh, D_PATH, txt(j)->pipe_out, sizeof txt(j)->pipe_out);
	num(j)->out_saved = redirect(sh, 1, sh_ax(sh));
	return sh_goto(j, LINE_RUN);
}

static enum go line_append(struct sh *sh, struct job *j)
{
	struct parse_stage s;
	size_t next;

	if (sh_failed(sh)) {
		if (!stage(j, &s, &next))
			return sh_goto(j, LINE_RESTORE);
		return sh_create(sh, j, LINE_OUT_OPENED, s.out, 0);
	}
	num(j)->out_saved = redirect(sh, 1, sh_ax(sh));
	return DOS(sh, j, LINE_END_SEEN, .ax = 0x4202, .bx = 1, .cx = 0xffff, .dx = 0xffff);
}

/* One before the end.  A Ctrl-Z there is written over.  */
static enum go line_end_seen(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))	/* empty, or not a file */
		return sh_goto(j, LINE_RUN);
	return DOS(sh, j, LINE_LAST_READ, .ax = 0x3f00, .bx = 1, .cx = 1, .dx = D_SMALL);
}

static enum go line_last_read(struct sh *sh, struct job *j)
{
	if (sh_failed(sh) || sh_ax(sh) != 1 || sh_r8(sh, D_SMALL) != 0x1a)
		return sh_goto(j, LINE_RUN);
	return DOS(sh, j, LINE_RUN, .ax = 0x4202, .bx = 1, .cx = 0xffff, .dx = 0xffff);
}

static enum go line_out_opened(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))
		return give_up(sh, j, sh_ax(sh) == 2 ? "File creation error" :
			       sh_dos_error(sh_ax(sh)));
	num(j)->out_saved = redirect(sh, 1, sh_ax(sh));
	return sh_goto(j, LINE_RUN);
}

/* --- running -------------------------------------------------------------- */

/* What is to be run: the stage's command without redirections, or all of
 * the line for a command that takes it raw.  */
static bool command(struct job *j, char *buf, size_t size)
{
	struct parse_stage s;
	size_t next;
	const char *p = txt(j)->line + num(j)->at;
	uint8_t kind = sh_find_command(p, parse_internal_name(p));

	if (kind && sh_jobs[kind]->flags & JOB_RAW)
		return parse_copy(buf, size, p);
	if (!stage(j, &s, &next))
		return false;
	return parse_copy(buf, size, s.command);
}

/* The internal command that text begins with; *n is the length of its name.  */
static uint8_t internal(const char *text, size_t *n)
{
	uint8_t kind;
	char c;

	*n = parse_internal_name(text);
	kind = sh_find_command(text, *n);
	c = text[*n];
	if (!kind || (c == ':' && !(sh_jobs[kind]->flags & JOB_DOT)))
		return 0;
	if (c == '.' && !(sh_jobs[kind]->flags & JOB_DOT)) {
		size_t word = parse_program_name(text);
		const char *ext = text + *n + 1;

		/* "DIR.COM" is a program, "DIR.." is not.  */
		if (word - *n == 4 && *ext != '.' && *ext != '\\')
			return 0;
	}
	return kind;
}

static bool is_drive(const char *s)
{
	char c = parse_upper(s[0]);

	return c >= 'A' && c <= 'Z' && s[1] == ':' && !*parse_skip(s + 2);
}

/* "COMMAND /?"  */
static bool asks_help(const char *tail)
{
	tail = parse_skip(tail);
	return tail[0] == '/' && tail[1] == '?' && !*parse_skip(tail + 2);
}

static enum go dispatch(struct sh *sh, struct job *j, const char *text)
{
	char name[SHELL_PATH];
	size_t n;
	uint8_t kind = internal(text, &n);

	j->step = LINE_RESTORE;
	if (kind && asks_help(text + n)) {
		sh_say(sh, "%s\n", sh_jobs[kind]->help);
		return GO_ON;
	}
	if (kind) {
		sh_push(sh, kind, text + n);
		return GO_ON;
	}
	n = parse_program_name(text);
	if (!n || n >= sizeof name)
		return give_up(sh, j, "Bad command or file name");
	memcpy(name, text, n);
	name[n] = 0;
	sh_push_run(sh, name, text + n, false, num(j)->called, false);
	return GO_ON;
}

/* INT 2Fh/AE00h: the line as it was typed, and the command's name.  */
static enum go ask_installed(struct sh *sh, struct job *j, const char *text)
{
	size_t n = strlen(text), w = strcspn(text, " ,;=\t./\\[]:<>|+\"");
	char line[260], name[12] = "";

	memset(name + 1, ' ', 11);
	w = w < 11 ? w : 11;
	name[0] = w;
	for (size_t i = 0; i < w; i++)
		name[1 + i] = parse_upper(text[i]);
	line[0] = (char)128;
	line[1] = n;
	memcpy(line + 2, text, n);
	line[2 + n] = '\r';
	sh_put_bytes(sh, D_NAME, name, sizeof name);
	sh_put_bytes(sh, D_LINE, line, n + 3);
	return sh_int(sh, j, LINE_INSTALLED, 0x2f, (struct sh_regs){
		.ax = 0xae00, .dx = 0xffff, .cx = 0xff00 | n, .bx = D_LINE, .si = D_NAME });
}

static bool is_call(const char *s)
{
	char word[5] = { s[0], s[0] ? s[1] : 0, s[0] && s[1] ? s[2] : 0 };

	if (word[2])
		word[3] = s[3];
	return parse_same(word, "CALL") && (!s[4] || parse_delim(s[4]));
}

static enum go line_run(struct sh *sh, struct job *j)
{
	char buf[SHELL_LINE];
	const char *text = buf;

	if (!command(j, buf, sizeof buf))
		return sh_goto(j, LINE_RESTORE);
	text = parse_skip(text);
	for (; is_call(text); text = parse_skip(text + 4))
		num(j)->called = true;
	if (!*text)
		return sh_goto(j, LINE_RESTORE);
	if (is_drive(text)) {
		num(j)->drive = parse_upper(*text) - 'A';
		return DOS(sh, j, LINE_DRIVE_SET, .ax = 0x0e00, .dx = num(j)->drive);
	}
	if (num(j)->as_is || strlen(text) > 127)
		return dispatch(sh, j, text);
	return ask_installed(sh, j, text);
}

/* What stands behind the command's name, as a command tail at DS:80h, where
 * installed commands look for it (MS-DOS 4.0, APPEND.ASM).  */
static void put_tail(struct sh *sh)
{
	uint8_t n = sh_r8(sh, D_LINE + 1), w = sh_r8(sh, D_NAME), tail[128];
	uint8_t blanks = 0;

	n = n < 126 ? n : 126;
	while (blanks < n && sh_r8(sh, D_LINE + 2 + blanks) == ' ')
		blanks++;
	w += blanks;
	n = n > w ? n - w : 0;
	sh_get(sh, tail, D_LINE + 2 + w, n);
	tail[n] = '\r';
	sh_w8(sh, 0x80, n);
	sh_put_bytes(sh, 0x81, (const char *)tail, n + 1);
}

static enum go line_installed(struct sh *sh, struct job *j)
{
	if ((sh_ax(sh) & 0xff) != 0xff) {
		num(j)->as_is = true;
		return sh_goto(j, LINE_RUN);
	}
	put_tail(sh);
	return sh_int(sh, j, LINE_INSTALLED_RAN, 0x2f, (struct sh_regs){
		.ax = 0xae01, .dx = 0xffff, .bx = D_LINE, .si = D_NAME, .di = D_PARSE });
}

/* It has done the work, or has put another command in place of its own.  */
static enum go line_installed_ran(struct sh *sh, struct job *j)
{
	char text[400], line[256];
	uint8_t n = sh_r8(sh, D_NAME), l = sh_r8(sh, D_LINE + 1);
	const char *rest;

	if (!n || n > 11)
		return sh_goto(j, LINE_RESTORE);
	sh_get(sh, text, D_NAME + 1, n);
	text[n] = 0;
	l = l < 128 ? l : 128;
	sh_get(sh, line, D_LINE + 2, l);
	line[l] = 0;
	rest = parse_skip(line);
	rest += parse_internal_name(rest);
	parse_append(text, sizeof text, rest);
	return dispatch(sh, j, text);
}

static enum go line_drive_set(struct sh *sh, struct job *j)
{
	return DOS(sh, j, LINE_DRIVE_SEEN, .ax = 0x1900);
}

static enum go line_drive_seen(struct sh *sh, struct job *j)
{
	if ((sh_ax(sh) & 0xff) != num(j)->drive)
		sh_complain(sh, "Invalid drive specification\n");
	return sh_goto(j, LINE_RESTORE);
}

/* --- putting things back ---------------------------------------------------- */

static enum go line_restore(struct sh *sh, struct job *j)
{
	if (num(j)->in_saved)
		return sh_close(sh, j, LINE_IN_CLOSED, 0);
	return sh_goto(j, LINE_IN_CLOSED);
}

static enum go line_in_closed(struct sh *sh, struct job *j)
{
	put_back(sh, 0, &num(j)->in_saved);
	if (num(j)->out_saved)
		return sh_close(sh, j, LINE_OUT_CLOSED, 1);
	return sh_goto(j, LINE_OUT_CLOSED);
}

static enum go line_out_closed(struct sh *sh, struct job *j)
{
	put_back(sh, 1, &num(j)->out_saved);
	if (txt(j)->pipe_in[0])
		return sh_path_call(sh, j, LINE_PIPE_GONE, 0x41, 0, 0, txt(j)->pipe_in);
	return sh_goto(j, LINE_PIPE_GONE);
}

static enum go line_pipe_gone(struct sh *sh, struct job *j)
{
	struct line_text *t = txt(j);

	(void)sh;
	parse_copy(t->pipe_in, sizeof t->pipe_in, t->pipe_out);
	t->pipe_out[0] = 0;
	num(j)->at = num(j)->next;
	num(j)->as_is = false;
	if (num(j)->next && !j->dropping)
		return sh_goto(j, LINE_STAGE);
	if (t->pipe_in[0])	/* nobody will read it */
		return sh_goto(j, LINE_OUT_CLOSED);
	return GO_END;
}

static enum go line_tidy(struct sh *sh, struct job *j)
{
	(void)sh;
	num(j)->next = 0;
	return sh_goto(j, LINE_RESTORE);
}

const struct job_row sh_row_line = {
	"line", STEPS(
		[LINE_BEGIN] = line_begin, [LINE_STAGE] = line_stage,
		[LINE_IN_OPENED] = line_in_opened, [LINE_OUT] = line_out,
		[LINE_TEMP] = line_temp, [LINE_APPEND] = line_append,
		[LINE_OUT_OPENED] = line_out_opened, [LINE_END_SEEN] = line_end_seen,
		[LINE_LAST_READ] = line_last_read, [LINE_RUN] = line_run,
		[LINE_INSTALLED] = line_installed, [LINE_INSTALLED_RAN] = line_installed_ran,
		[LINE_DRIVE_SET] = line_drive_set, [LINE_DRIVE_SEEN] = line_drive_seen,
		[LINE_RESTORE] = line_restore, [LINE_IN_CLOSED] = line_in_closed,
		[LINE_OUT_CLOSED] = line_out_closed, [LINE_PIPE_GONE] = line_pipe_gone,
		[LINE_TIDY] = line_tidy),
	.tidy = LINE_TIDY,
};
