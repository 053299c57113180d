/* misc.c - small commands: ECHO, BREAK, VERIFY, VER, VOL, CLS, CHCP, CTTY,
 * TRUENAME, TYPE.  */

#include "shell/sh.h"

#include <string.h>

#include "shell/rows.h"

/* ON, OFF, or a question.  */
enum on_off { ASKED, ON, OFF, NEITHER };

static enum on_off on_off(const char *tail)
{
	char word[8];

	if (!*parse_skip(tail))
		return ASKED;
	parse_parameter(tail, 0, word, sizeof word);
	if (*parse_skip(parse_skip(tail) + strlen(word)))
		return NEITHER;
	return parse_same(word, "ON") ? ON : parse_same(word, "OFF") ? OFF : NEITHER;
}

/* --- ECHO ---------------------------------------------------------------------- */

static enum go echo(struct sh *sh, struct job *j)
{
	const char *s = j->text;

	if (!*s || parse_delim(*s)) {
		switch (on_off(s)) {
		case ASKED:
			sh_say(sh, "ECHO is %s\n", sh->in->echo ? "on" : "off");
			return GO_END;
		case ON:
		case OFF:
			sh->in->echo = on_off(s) == ON;
			return GO_END;
		case NEITHER:
			break;
		}
	}
	sh_say_bytes(sh, s + (*s != 0), strlen(s + (*s != 0)));
	sh_say(sh, "\n");
	return GO_END;
}

const struct job_row sh_row_echo = {
	"ECHO", STEPS(echo), JOB_COMMAND | JOB_DOT,
	.help = "Shows a text; turns the showing of commands on or off."
};

/* --- BREAK and VERIFY -------------------------------------------------------------- */

static enum go set_on_off(struct sh *sh, struct job *j, uint16_t ask, uint16_t set, bool in_al)
{
	enum on_off what = on_off(j->text);

	if (what == NEITHER)
		return sh_error(sh, "Must specify ON or OFF\n");
	if (what == ASKED)
		return DOS(sh, j, 1, .ax = ask);
	return DOS(sh, j, 2, .ax = set | (in_al && what == ON), .dx = !in_al && what == ON);
}

static enum go do_break(struct sh *sh, struct job *j)
{
	return set_on_off(sh, j, 0x3300, 0x3301, false);
}

static enum go show_break(struct sh *sh, struct job *j)
{
	(void)j;
	sh_say(sh, "BREAK is %s\n", sh->in->r.dx & 0xff ? "on" : "off");
	return GO_END;
}

static enum go do_verify(struct sh *sh, struct job *j)
{
	return set_on_off(sh, j, 0x5400, 0x2e00, true);
}

static enum go show_verify(struct sh *sh, struct job *j)
{
	(void)j;
	sh_say(sh, "VERIFY is %s\n", sh_ax(sh) & 0xff ? "on" : "off");
	return GO_END;
}

const struct job_row sh_row_break_command = {
	"BREAK", STEPS(do_break, show_break, sh_over), JOB_COMMAND,
	.help = "Sets whether DOS looks for Ctrl-C more often."
};

const struct job_row sh_row_verify = {
	"VERIFY", STEPS(do_verify, show_verify, sh_over), JOB_COMMAND,
	.help = "Sets whether what is written to a disk is read back."
};

/* --- VER ------------------------------------------------------------------------- */

static enum go ver(struct sh *sh, struct job *j)
{
	return DOS(sh, j, 1, .ax = 0x3000);
}

static enum go show_ver(struct sh *sh, struct job *j)
{
	struct parse_words w;
	uint32_t set;

	sh_say(sh, "\nMS-DOS Version %d.%02d\n", sh_ax(sh) & 0xff, sh_ax(sh) >> 8);
	parse_words(&w, j->text, false);
	if (!sh_switches(sh, &w, "R", &set) || !sh_has(set, 'R')) {
		sh_say(sh, "\n");
		return GO_END;
	}
	return DOS(sh, j, 2, .ax = 0x3306);
}

static enum go show_revision(struct sh *sh, struct job *j)
{
	(void)j;
	sh_say(sh, "Revision %c\nDOS is in %s\n\n", 'A' + (sh->in->r.dx & 7),
	       sh->in->r.dx & 0x1000 ? "HMA" : sh->in->r.dx & 0x800 ? "ROM" : "low memory");
	return GO_END;
}

const struct job_row sh_row_ver = {
	"VER", STEPS(ver, show_ver, show_revision), JOB_COMMAND,
	.help = "Shows the version of DOS."
};

/* --- VOL ------------------------------------------------------------------------- */

/* Also the head of DIR, which sets number[0] to the drive's letter.  */
enum { VOL_BEGIN, VOL_DRIVE, VOL_LABEL, VOL_SERIAL };

static enum go vol_look(struct sh *sh, struct job *j)
{
	char pattern[] = "C:\\*.*";

	pattern[0] = j->number[0];
	return DOS(sh, j, VOL_LABEL, .ax = 0x4e00, .cx = 8, .dx = sh_put(sh, D_PATH, pattern));
}

static enum go vol(struct sh *sh, struct job *j)
{
	struct parse_words w;
	uint32_t set;

	if (j->number[0])
		return vol_look(sh, j);
	parse_words(&w, j->text, false);
	if (!sh_switches(sh, &w, "", &set) || !sh_count(sh, &w, 0, 1))
		return GO_END;
	if (!w.n)
		return DOS(sh, j, VOL_DRIVE, .ax = 0x1900);
	if (w.word[0][1] != ':' || w.word[0][2])
		return sh_error(sh, "Invalid drive specification\n");
	j->number[0] = (uint8_t)parse_upper(w.word[0][0]);
	return vol_look(sh, j);
}

static enum go vol_drive(struct sh *sh, struct job *j)
{
	j->number[0] = 'A' + (sh_ax(sh) & 31);
	return vol_look(sh, j);
}

static enum go vol_label(struct sh *sh, struct job *j)
{
	const char *name = sh->in->found.name;
	int drive = j->number[0];

	if (sh_failed(sh) && (sh_ax(sh) == 15 || sh_ax(sh) == 3)) {
		sh->in->answer = 1;	/* for DIR: nothing to list */
		return sh_error(sh, "Invalid drive specification\n");
	}
	sh->in->answer = 0;
	if (sh_failed(sh)) {
		sh_say(sh, "\n Volume in drive %c has no label\n", drive);
	} else {
		/* A label's 11 characters have no dot of their own.  */
		size_t n = strcspn(name, ".");

		sh_say(sh, "\n Volume in drive %c is %.*s%s\n", drive, (int)n, name,
		       name[n] ? name + n + 1 : "");
	}
	return DOS(sh, j, VOL_SERIAL, .ax = 0x6900, .bx = drive - 'A' + 1, .dx = D_SMALL);
}

static enum go vol_serial(struct sh *sh, struct job *j)
{
	(void)j;
	if (!sh_failed(sh))
		sh_say(sh, " Volume Serial Number is %04X-%04X\n", sh_r16(sh, D_SMALL + 4),
		       sh_r16(sh, D_SMALL + 2));
	return GO_END;
}

const struct job_row sh_row_vol = {
	"VOL", STEPS([VOL_BEGIN] = vol, [VOL_DRIVE] = vol_drive, [VOL_LABEL] = vol_label,
		     [VOL_SERIAL] = vol_serial),
	JOB_COMMAND, .help = "Shows a drive's label and serial number."
};

/* --- CLS ------------------------------------------------------------------------- */

enum { CLS_BEGIN, CLS_DEVICE, CLS_ANSI, CLS_MODE, CLS_CLEARED, CLS_END };

static enum go cls(struct sh *sh, struct job *j)
{
	return DOS(sh, j, CLS_DEVICE, .ax = 0x4400, .bx = 1);
}

static enum go cls_device(struct sh *sh, struct job *j)
{
	if (sh_failed(sh) || (sh->in->r.dx & 0x82) != 0x82) {
		sh_say(sh, "\033[2J");
		return GO_END;
	}
	return sh_int(sh, j, CLS_ANSI, 0x2f, (struct sh_regs){ .ax = 0x1a00 });
}

static enum go cls_ansi(struct sh *sh, struct job *j)
{
	if ((sh_ax(sh) & 0xff) == 0xff) {
		sh_say(sh, "\033[2J");
		return GO_END;
	}
	return sh_int(sh, j, CLS_MODE, 0x10, (struct sh_regs){ .ax = 0x0f00 });
}

static enum go cls_mode(struct sh *sh, struct job *j)
{
	uint8_t columns = sh_ax(sh) >> 8, rows = guest_r8(sh->g, 0x40, 0x84);

	j->number[0] = sh->in->r.bx & 0xff00;
	return sh_int(sh, j, CLS_CLEARED, 0x10, (struct sh_regs){
		.ax = 0x0600, .bx = 0x0700,
		.dx = (rows ? rows : 24) << 8 | (uint8_t)(columns - 1) });
}

static enum go cls_cleared(struct sh *sh, struct job *j)
{
	return sh_int(sh, j, CLS_END, 0x10, (struct sh_regs){ .ax = 0x0200, .bx = j->number[0] });
}

const struct job_row sh_row_cls = {
	"CLS", STEPS([CLS_BEGIN] = cls, [CLS_DEVICE] = cls_device, [CLS_ANSI] = cls_ansi,
		     [CLS_MODE] = cls_mode, [CLS_CLEARED] = cls_cleared, [CLS_END] = sh_over),
	JOB_COMMAND, .help = "Clears the screen."
};

/* --- CHCP ------------------------------------------------------------------------ */

static enum go chcp(struct sh *sh, struct job *j)
{
	const char *s = parse_skip(j->text);
	unsigned page;

	if (!*s)
		return DOS(sh, j, 1, .ax = 0x6601);
	if (!parse_number(&s, &page) || *parse_skip(s) || page < 100 || page > 999)
		return sh_error(sh, "Parameter format not correct - %s\n", parse_skip(j->text));
	j->number[0] = page;
	return DOS(sh, j, 2, .ax = 0x6602, .bx = page, .dx = page);
}

static enum go show_chcp(struct sh *sh, struct job *j)
{
	(void)j;
	if (sh_failed(sh))
		return sh_error(sh, "%s\n", sh_dos_error(sh_ax(sh)));
	sh_say(sh, "\nActive code page: %d\n", sh->in->r.bx);
	return GO_END;
}

static enum go chcp_set(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))
		return sh_error(sh, "Code page %d not prepared for system\n", (int)j->number[0]);
	return GO_END;
}

const struct job_row sh_row_chcp = {
	"CHCP", STEPS(chcp, show_chcp, chcp_set), JOB_COMMAND,
	.help = "Shows or sets the code page."
};

/* --- CTTY ------------------------------------------------------------------------ */

enum { CTTY_BEGIN, CTTY_OPENED, CTTY_DEVICE, CTTY_DUP, CTTY_CLOSED };

static enum go ctty(struct sh *sh, struct job *j)
{
	struct parse_words w;

	parse_words(&w, j->text, false);
	if (!sh_count(sh, &w, 1, 1))
		return GO_END;
	return sh_open(sh, j, CTTY_OPENED, w.word[0], 2);
}

static enum go ctty_opened(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))
		return sh_error(sh, "Invalid device\n");
	j->number[0] = sh_ax(sh);
	return DOS(sh, j, CTTY_DEVICE, .ax = 0x4400, .bx = j->number[0]);
}

static enum go ctty_device(struct sh *sh, struct job *j)
{
	if (sh_failed(sh) || !(sh->in->r.dx & 0x80)) {
		sh_complain(sh, "Invalid device\n");
		return sh_close(sh, j, CTTY_CLOSED, j->number[0]);
	}
	/* Marks it as the console's input and output (IOCTL 01h).  */
	return DOS(sh, j, CTTY_DUP, .ax = 0x4401, .bx = j->number[0],
		   .dx = (sh->in->r.dx & 0xff) | 3);
}

static enum go ctty_dup(struct sh *sh, struct job *j)
{
	if (j->number[1] == 3)
		return sh_close(sh, j, CTTY_CLOSED, j->number[0]);
	return DOS(sh, j, CTTY_DUP, .ax = 0x4600, .bx = j->number[0], .cx = j->number[1]++);
}

const struct job_row sh_row_ctty = {
	"CTTY", STEPS([CTTY_BEGIN] = ctty, [CTTY_OPENED] = ctty_opened,
		      [CTTY_DEVICE] = ctty_device, [CTTY_DUP] = ctty_dup, [CTTY_CLOSED] = sh_over),
	JOB_COMMAND, .help = "Changes the device that commands come from."
};

/* --- TRUENAME ---------------------------------------------------------------------- */

static enum go truename(struct sh *sh, struct job *j)
{
	struct parse_words w;

	parse_words(&w, j->text, false);
	if (!sh_count(sh, &w, 0, 1))
		return GO_END;
	return DOS(sh, j, 1, .ax = 0x6000, .si = sh_put(sh, D_PATH, w.n ? w.word[0] : "."),
		   .di = D_PATH2);
}

static enum go show_truename(struct sh *sh, struct job *j)
{
	char path[SHELL_PATH];

	(void)j;
	if (sh_failed(sh))
		return sh_error(sh, "%s\n", sh_dos_error(sh_ax(sh)));
	sh_get_text(sh, D_PATH2, path, 128);
	sh_say(sh, "\n%s\n", path);
	return GO_END;
}

const struct job_row sh_row_truename = {
	"TRUENAME", STEPS(truename, show_truename), JOB_COMMAND,
	.help = "Shows what a name really stands for."
};

/* --- TYPE ------------------------------------------------------------------------ */

enum { TYPE_BEGIN, TYPE_OPENED, TYPE_READ, TYPE_GOT, TYPE_CLOSE, TYPE_CLOSED };

static enum go type(struct sh *sh, struct job *j)
{
	struct parse_words w;
	uint32_t set;

	parse_words(&w, j->text, false);
	if (!sh_switches(sh, &w, "", &set) || !sh_count(sh, &w, 1, 1))
		return GO_END;
	if (parse_wild(w.word[0]))
		return sh_error(sh, "Invalid filename or file not found\n");
	return sh_open(sh, j, TYPE_OPENED, w.word[0], 0);
}

static enum go type_opened(struct sh *sh, struct job *j)
{
	if (sh_failed(sh)) {
		struct parse_words w;

		parse_words(&w, j->text, false);
		parse_upper_text(w.text + (w.word[0] - w.text));
		return sh_error(sh, "%s - %s\n", sh_dos_error(sh_ax(sh)), w.word[0]);
	}
	j->number[0] = sh_ax(sh);
	return sh_goto(j, TYPE_READ);
}

static enum go type_read(struct sh *sh, struct job *j)
{
	return DOS(sh, j, TYPE_GOT, .ax = 0x3f00, .bx = j->number[0], .cx = D_BUF_SIZE, .dx = D_BUF);
}

/* A text ends with Ctrl-Z.  */
static enum go type_got(struct sh *sh, struct job *j)
{
	char buf[D_BUF_SIZE];
	size_t n = sh_failed(sh) ? 0 : sh_ax(sh);
	const char *stop;

	if (n > sizeof buf)
		n = sizeof buf;
	sh_get(sh, buf, D_BUF, n);
	stop = memchr(buf, 0x1a, n);
	sh_say_bytes(sh, buf, stop ? (size_t)(stop - buf) : n);
	return sh_goto(j, n && !stop ? TYPE_READ : TYPE_CLOSE);
}

static enum go type_close(struct sh *sh, struct job *j)
{
	return j->number[0] ? sh_close(sh, j, TYPE_CLOSED, j->number[0]) : GO_END;
}

const struct job_row sh_row_type = {
	"TYPE", STEPS([TYPE_BEGIN] = type, [TYPE_OPENED] = type_opened, [TYPE_READ] = type_read,
		      [TYPE_GOT] = type_got, [TYPE_CLOSE] = type_close, [TYPE_CLOSED] = sh_over),
	JOB_COMMAND, .tidy = TYPE_CLOSE, .help = "Shows a text file."
};
