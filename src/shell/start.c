/* start.c - a shell's beginning and end: its command tail, environment,
 * interrupt vectors, and what it was started for.  */

#include "shell/sh.h"

#include <string.h>

#include "shell/rows.h"

#define DEFAULT_ENVIRONMENT	1024	/* bytes free for new variables, without /E */

struct start {
	uint32_t environment;		/* /E:n */
	uint32_t no_autoexec;
	uint32_t exact;			/* /RUN */
	uint32_t keep;			/* /K: a prompt after the line */
	uint32_t has_line;		/* /C, /K or /RUN */
	uint32_t block;			/* the new environment */
	uint32_t used;
	uint32_t console;
};

struct start_text {
	char line[SHELL_LINE];		/* of /C, /K; the program of /RUN */
	char tail[256];			/* of /RUN's program */
	char place[SHELL_PATH];		/* [drive:][path] of COMMAND.COM */
	char device[16];
};

_Static_assert(sizeof(struct start) <= sizeof((struct job *)0)->number, "start");
_Static_assert(sizeof(struct start_text) <= JOB_TEXT, "start");

enum {
	START_BEGIN, START_ENV, START_ENV_OLD, START_VECTOR23, START_VECTOR24, START_VECTOR2E,
	START_OLD2E, START_DEVICE, START_BOOT, START_AUTOEXEC, START_AUTOEXEC_SEEN, START_LINE,
	START_BANNER, START_SAY, START_PROMPT, START_END, START_OVER
};

static struct start *num(struct job *j)
{
	return (struct start *)(void *)j->number;
}

static struct start_text *txt(struct job *j)
{
	return (struct start_text *)(void *)j->text;
}

/* --- the command tail ---------------------------------------------------------- */

/* /RUN: "program" tail, or with nothing after it, the variables @RUN and
 * @TAIL, which may be longer than a command tail and are taken out.  */
static void take_run(struct sh *sh, struct job *j, const char *s)
{
	struct start_text *t = txt(j);
	size_t n = 0;

	num(j)->exact = num(j)->has_line = true;
	s += strspn(s, " \t");
	if (!*s) {
		sh_env_get(sh, "@RUN", t->line, sizeof t->line);
		sh_env_get(sh, "@TAIL", t->tail, sizeof t->tail);
		return;
	}
	if (*s == '"') {
		n = strcspn(s + 1, "\"");
		memcpy(t->line, s + 1, n);
		t->line[n] = 0;
		s += n + 1;
		s += *s == '"';
	} else {
		n = strcspn(s, " \t");
		memcpy(t->line, s, n);
		t->line[n] = 0;
		s += n;
	}
	parse_copy(t->tail, sizeof t->tail, s);
}

static bool word_is(const char *s, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i < n; i++)
		if (parse_upper(s[i]) != word[i])
			return false;
	return true;
}

/* A switch at s; answers what follows it, NULL if the rest was the line.  */
static const char *take_switch(struct sh *sh, struct job *j, const char *s)
{
	struct instance *in = sh->in;
	char c = parse_upper(s[1]);
	unsigned v;

	if (word_is(s, "/RUN") && !strchr("/", s[4] ? s[4] : ' ')) {
		take_run(sh, j, s + 4);
		return NULL;
	}
	if (word_is(s, "/LINE")) {
		num(j)->has_line = true;
		sh_env_get(sh, "@LINE", txt(j)->line, sizeof txt(j)->line);
		return s + 5;
	}
	if (word_is(s, "/MSG"))
		return s + 4;
	switch (c) {
	case 'C':
	case 'K':
		num(j)->has_line = true;
		num(j)->keep = c == 'K';
		parse_copy(txt(j)->line, sizeof txt(j)->line, s + 2);
		return NULL;
	case 'P':
		in->permanent = true;
		break;
	case 'F':
		in->fail_critical = true;
		break;
	case 'Y':
		in->single_step = true;
		break;
	case 'D':
		num(j)->no_autoexec = true;
		break;
	case 'E':
		s += 2 + (s[2] == ':');
		if (parse_number(&s, &v))
			num(j)->environment = v < 160 ? 160 : v > 32768 ? 32768 : v;
		return s;
	default:
		sh_complain(sh, "Invalid switch - %.*s\n", (int)strcspn(s + 1, " /") + 1, s);
		return s + 1 + strcspn(s + 1, " /");
	}
	return s + 2;
}

static void take_tail(struct sh *sh, struct job *j)
{
	char tail[128];
	const char *s = tail;
	uint8_t n = sh_r8(sh, 0x80);

	n = n < 127 ? n : 127;
	sh_get(sh, tail, 0x81, n);
	tail[n] = 0;
	tail[strcspn(tail, "\r")] = 0;
	while (s && *(s = parse_skip(s))) {
		size_t len = strcspn(s, " \t/,;=");

		if (*s == '/') {
			s = take_switch(sh, j, s);
			continue;
		}
		if (!txt(j)->place[0] && s[len ? len - 1 : 0] != ':' &&
		    (memchr(s, '\\', len) || memchr(s, ':', len))) {
			memcpy(txt(j)->place, s, len);
		} else if (len < sizeof txt(j)->device) {
			memcpy(txt(j)->device, s, len);
			txt(j)->device[len] = 0;
		}
		s += len;
	}
	sh->in->one_line = num(j)->has_line && !num(j)->keep;
}

/* --- beginning ------------------------------------------------------------------ */

static enum go start_begin(struct sh *sh, struct job *j)
{
	struct instance *in = sh->in;
	uint16_t old, parent = sh_r16(sh, 0x16);
	uint32_t size;

	take_tail(sh, j);
	/* The first process is its own parent, or the child of one that is.  */
	in->root = parent == in->psp || parent == 0 || guest_r16(sh->g, parent, 0x16) == parent;
	old = sh_r16(sh, 0x2c);
	num(j)->used = old ? sh_env_used(sh, old) : 1;
	size = num(j)->environment;
	if (size < num(j)->used + 128u)
		size = num(j)->used + (num(j)->environment ? 128 : DEFAULT_ENVIRONMENT);
	if (size > 32768)
		size = 32768;
	return DOS(sh, j, START_ENV, .ax = 0x4800, .bx = (size + 15) / 16);
}

static enum go start_env(struct sh *sh, struct job *j)
{
	uint16_t old = sh_r16(sh, 0x2c), new = sh_ax(sh);
	char program[SHELL_PATH];

	if (sh_failed(sh)) {	/* live with the one we were given */
		sh_complain(sh, "Out of environment space\n");
		return sh_goto(j, START_VECTOR23);
	}
	sh_env_program(sh, program, sizeof program);
	for (uint16_t i = 0; i < num(j)->used && old; i++)
		guest_w8(sh->g, new, i, guest_r8(sh->g, old, i));
	guest_w8(sh->g, new, old ? num(j)->used - 1 : 0, 0);
	sh_w16(sh, 0x2c, new);
	if (txt(j)->place[0]) {
		size_t n = strlen(txt(j)->place);

		if (n && !parse_same(txt(j)->place + (n < 4 ? 0 : n - 4), ".COM"))
			parse_append(txt(j)->place, sizeof txt(j)->place,
				     txt(j)->place[n - 1] == '\\' ? "COMMAND.COM" : "\\COMMAND.COM");
		parse_upper_text(txt(j)->place);
		sh_env_set(sh, "COMSPEC", txt(j)->place);
	} else if (program[0]) {
		char now[4];

		if (!sh_env_get(sh, "COMSPEC", now, sizeof now))
			sh_env_set(sh, "COMSPEC", program);
	}
	sh_env_set(sh, "@RUN", NULL);
	sh_env_set(sh, "@TAIL", NULL);
	sh_env_set(sh, "@LINE", NULL);
	if (!old)
		return sh_goto(j, START_VECTOR23);
	return DOS(sh, j, START_VECTOR23, .ax = 0x4900, .es = old);
}

static enum go start_vector23(struct sh *sh, struct job *j)
{
	return DOS(sh, j, START_VECTOR24, .ax = 0x2523, .dx = D_INT23);
}

static enum go start_vector24(struct sh *sh, struct job *j)
{
	return DOS(sh, j, START_OLD2E, .ax = 0x2524, .dx = D_INT24);
}

/* INT 2Eh belongs to the first shell.  Nobody has it while it leads to
 * ROM.  */
static enum go start_old2e(struct sh *sh, struct job *j)
{
	return DOS(sh, j, START_VECTOR2E, .ax = 0x352e);
}

static enum go start_vector2e(struct sh *sh, struct job *j)
{
	struct instance *in = sh->in;

	in->old_int2e = (struct far){ in->r.bx, in->r.es };
	in->own_int2e = in->r.es == 0 || in->r.es >= 0xf000 || in->permanent;
	if (!in->own_int2e)
		return sh_goto(j, START_DEVICE);
	return DOS(sh, j, START_DEVICE, .ax = 0x252e, .dx = D_INT2E);
}

static enum go start_device(struct sh *sh, struct job *j)
{
	char line[32] = "CTTY ";

	j->step = START_BOOT;
	if (txt(j)->device[0]) {
		parse_append(line, sizeof line, txt(j)->device);
		sh_push_line(sh, line, false);
	}
	return GO_ON;
}

/* --- what it was started for ------------------------------------------------------ */

static enum go start_boot(struct sh *sh, struct job *j)
{
	if (!sh->in->permanent || num(j)->no_autoexec)
		return sh_goto(j, START_LINE);
	return DOS(sh, j, START_AUTOEXEC, .ax = 0x3305);
}

static void autoexec_path(struct sh *sh, char path[16])
{
	uint8_t drive = sh->in->answer;

	parse_copy(path, 16, "C:\\AUTOEXEC.BAT");
	if (drive >= 1 && drive <= 26)
		path[0] = 'A' + drive - 1;
}

static enum go start_autoexec(struct sh *sh, struct job *j)
{
	char path[16];

	sh->in->answer = sh->in->r.dx;
	autoexec_path(sh, path);
	return sh_attributes(sh, j, START_AUTOEXEC_SEEN, path);
}

static enum go start_autoexec_seen(struct sh *sh, struct job *j)
{
	char path[16];

	autoexec_path(sh, path);
	j->step = START_LINE;
	if (!sh_failed(sh))
		sh_push_line(sh, path, true);
	return GO_ON;
}

static enum go start_line(struct sh *sh, struct job *j)
{
	struct start_text *t = txt(j);
	char text[SHELL_LINE];

	j->step = !num(j)->has_line ? START_BANNER : num(j)->keep ? START_PROMPT : START_END;
	if (!num(j)->has_line || sh->in->ending)
		return GO_ON;
	if (num(j)->exact) {
		sh_push_run(sh, t->line, t->tail, true, true, false);
		return GO_ON;
	}
	parse_expand(t->line, false, sh_batch_value, sh, text, sizeof text);
	sh_push_line(sh, text, false);
	return GO_ON;
}

static enum go start_banner(struct sh *sh, struct job *j)
{
	if (!sh->in->root || sh->in->ending)
		return sh_goto(j, START_PROMPT);
	return DOS(sh, j, START_SAY, .ax = 0x4400, .bx = 0);
}

static enum go start_say(struct sh *sh, struct job *j)
{
	num(j)->console = !sh_failed(sh) && (sh->in->r.dx & 0x81) == 0x81;
	if (num(j)->console)
		sh_say(sh, "\ndosvm COMMAND.COM.  EXIT leaves, F1 to F9 and Tab edit.\n");
	return sh_goto(j, START_PROMPT);
}

static enum go start_prompt(struct sh *sh, struct job *j)
{
	j->step = START_END;
	if (!sh->in->ending)
		sh_push(sh, J_PROMPT, NULL);
	return GO_ON;
}

static enum go start_end(struct sh *sh, struct job *j)
{
	struct instance *in = sh->in;

	if (in->permanent && !in->root && !in->ending)
		return sh_goto(j, START_PROMPT);	/* nowhere to go */
	if (!in->own_int2e)
		return GO_END;
	return DOS(sh, j, START_OVER, .ax = 0x252e, .dx = in->old_int2e.off,
		   .ds = in->old_int2e.seg);
}

const struct job_row sh_row_start = {
	"start", STEPS(
		[START_BEGIN] = start_begin, [START_ENV] = start_env,
		[START_VECTOR23] = start_vector23, [START_VECTOR24] = start_vector24,
		[START_OLD2E] = start_old2e, [START_VECTOR2E] = start_vector2e,
		[START_DEVICE] = start_device, [START_BOOT] = start_boot,
		[START_AUTOEXEC] = start_autoexec, [START_AUTOEXEC_SEEN] = start_autoexec_seen,
		[START_LINE] = start_line, [START_BANNER] = start_banner, [START_SAY] = start_say,
		[START_PROMPT] = start_prompt, [START_END] = start_end, [START_OVER] = sh_over),
	.flags = JOB_LOOP,
};

/* --- INT 2Eh ---------------------------------------------------------------------- */

/* The command runs in the name of this shell's process.  Our PSP says where
 * we wait for the program that asks (2Eh, the stack at the last call), which
 * the calls made meanwhile write over: so it is put back.  */
enum { PSP_USER_STACK = 0x2e };
enum { INT2E_BEGIN, INT2E_PSP, INT2E_RUN, INT2E_BACK, INT2E_END };

static enum go int2e_begin(struct sh *sh, struct job *j)
{
	return DOS(sh, j, INT2E_PSP, .ax = 0x5100);
}

static enum go int2e_psp(struct sh *sh, struct job *j)
{
	j->number[0] = sh->in->r.bx;
	j->number[1] = sh_r32(sh, PSP_USER_STACK);
	sh->in->dta_ours = false;
	return DOS(sh, j, INT2E_RUN, .ax = 0x5000, .bx = sh->in->psp);
}

static enum go int2e_run(struct sh *sh, struct job *j)
{
	char text[SHELL_LINE];

	parse_copy(text, sizeof text, j->text);
	j->step = INT2E_BACK;
	sh_push_line(sh, text, false);
	return GO_ON;
}

static enum go int2e_back(struct sh *sh, struct job *j)
{
	sh->in->dta_ours = false;
	return DOS(sh, j, INT2E_END, .ax = 0x5000, .bx = j->number[0]);
}

static enum go int2e_end(struct sh *sh, struct job *j)
{
	sh_w16(sh, PSP_USER_STACK, j->number[1]);
	sh_w16(sh, PSP_USER_STACK + 2, j->number[1] >> 16);
	return GO_END;
}

const struct job_row sh_row_int2e = {
	"INT 2Eh", STEPS([INT2E_BEGIN] = int2e_begin, [INT2E_PSP] = int2e_psp,
			 [INT2E_RUN] = int2e_run, [INT2E_BACK] = int2e_back,
			 [INT2E_END] = int2e_end),
	.flags = JOB_LOOP,
};
