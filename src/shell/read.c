/* read.c - lines and keys from handle 0, wherever it leads.
 *
 * At the console a command line is read by our editor, or by a TSR like
 * DOSKEY that has taken INT 2Fh/48h; other lines by INT 21h/0Ah.  From a
 * file or a pipe bytes are taken one at a time, so that a program that is
 * started finds the next line unread.  They are shown, as DOS shows what it
 * reads for a command line.  */

#include "shell/sh.h"

#include <string.h>

#include "shell/rows.h"

struct read {
	uint32_t command;		/* a command line: with editing */
	uint32_t asked;
};

enum {
	READ_BEGIN, READ_DEVICE, READ_DOSKEY, READ_DOSKEY_LINE, READ_DOSKEY_GOT, READ_OFFER,
	READ_OFFERED, READ_CONSOLE, READ_CONSOLE_GOT, READ_BYTE, READ_BYTE_GOT, READ_END
};

static struct read *num(struct job *j)
{
	return (struct read *)(void *)j->number;
}

void sh_read_line(struct sh *sh)
{
	sh_push(sh, J_READ, NULL);
}

static enum go read_begin(struct sh *sh, struct job *j)
{
	struct instance *in = sh->in;

	in->line[0] = 0;
	in->line_n = 0;
	in->eof = false;
	return DOS(sh, j, READ_DEVICE, .ax = 0x4400, .bx = 0);
}

/* Bit 7: a device, bit 0: the console's input (IOCTL 00h).  */
static bool is_console(const struct sh *sh)
{
	return !sh->in->failed && (sh->in->r.dx & 0x81) == 0x81;
}

static enum go read_device(struct sh *sh, struct job *j)
{
	if (!is_console(sh))
		return sh_goto(j, READ_BYTE);
	if (num(j)->command)
		return sh_int(sh, j, READ_DOSKEY, 0x2f, (struct sh_regs){ .ax = 0x4800 });
	return sh_goto(j, READ_CONSOLE);
}

static enum go read_doskey(struct sh *sh, struct job *j)
{
	if ((sh_ax(sh) & 0xff) == 0)
		return sh_become(sh, j, J_EDIT, NULL);
	return sh_goto(j, READ_DOSKEY_LINE);
}

static enum go read_doskey_line(struct sh *sh, struct job *j)
{
	sh_w8(sh, D_LINE, 128);
	sh_w8(sh, D_LINE + 1, 0);
	sh_w8(sh, D_LINE + 2, 0);
	return sh_int(sh, j, READ_DOSKEY_GOT, 0x2f, (struct sh_regs){ .ax = 0x4810, .dx = D_LINE });
}

static void take_buffer(struct sh *sh)
{
	struct instance *in = sh->in;
	uint8_t n = sh_r8(sh, D_LINE + 1);

	sh_get(sh, in->line, D_LINE + 2, n);
	in->line[n] = 0;
	in->line[strcspn(in->line, "\r")] = 0;
	in->line_n = strlen(in->line);
}

/* A macro's name leaves nothing in the buffer; its text comes with the next
 * call.  An empty line leaves its CR.  */
static enum go read_doskey_got(struct sh *sh, struct job *j)
{
	if (sh_ax(sh) != 0) {
		j->step = READ_OFFER;
		sh_push(sh, J_EDIT, NULL);
		return GO_ON;
	}
	if (!sh_r8(sh, D_LINE + 1) && sh_r8(sh, D_LINE + 2) != '\r')
		return sh_goto(j, READ_DOSKEY_LINE);
	take_buffer(sh);
	sh_say(sh, "\n");
	return GO_END;
}

/* A DOSKEY that leaves the editing to us, as that on our drive C: does, is
 * offered the line: it may remember it, and puts a macro's first command in
 * its place.  4811h is ours alone; others leave AX as it is.  */
static enum go read_offer(struct sh *sh, struct job *j)
{
	struct instance *in = sh->in;
	size_t n = strlen(in->line);

	if (!n || n > 126)
		return GO_END;
	sh_w8(sh, D_LINE, 128);
	sh_w8(sh, D_LINE + 1, n);
	sh_put_bytes(sh, D_LINE + 2, in->line, n);
	sh_w8(sh, D_LINE + 2 + n, '\r');
	return sh_int(sh, j, READ_OFFERED, 0x2f, (struct sh_regs){ .ax = 0x4811, .dx = D_LINE });
}

static enum go read_offered(struct sh *sh, struct job *j)
{
	(void)j;
	if (sh_ax(sh) == 0)
		take_buffer(sh);
	return GO_END;
}

static enum go read_console(struct sh *sh, struct job *j)
{
	sh_w8(sh, D_LINE, 255);
	sh_w8(sh, D_LINE + 1, 0);
	sh_w8(sh, D_LINE + 2, '\r');
	return DOS(sh, j, READ_CONSOLE_GOT, .ax = 0x0a00, .dx = D_LINE);
}

static enum go read_console_got(struct sh *sh, struct job *j)
{
	(void)j;
	take_buffer(sh);
	sh_say(sh, "\n");
	return GO_END;
}

static enum go read_byte(struct sh *sh, struct job *j)
{
	return DOS(sh, j, READ_BYTE_GOT, .ax = 0x3f00, .bx = 0, .cx = 1, .dx = D_SMALL);
}

static enum go read_byte_got(struct sh *sh, struct job *j)
{
	struct instance *in = sh->in;
	char c = sh_r8(sh, D_SMALL);

	if (sh_failed(sh) || sh_ax(sh) == 0 || c == 0x1a) {
		in->eof = true;
		c = '\n';
	}
	if (c != '\n') {
		if (c && c != '\r' && in->line_n + 1u < sizeof in->line) {
			in->line[in->line_n++] = c;
			in->line[in->line_n] = 0;
		}
		return sh_goto(j, READ_BYTE);
	}
	if (!in->eof || in->line[0])
		sh_say(sh, "%s\n", in->line);
	return GO_END;
}

const struct job_row sh_row_read = {
	"read", STEPS(
		[READ_BEGIN] = read_begin, [READ_DEVICE] = read_device,
		[READ_DOSKEY] = read_doskey, [READ_DOSKEY_LINE] = read_doskey_line,
		[READ_DOSKEY_GOT] = read_doskey_got, [READ_OFFER] = read_offer,
		[READ_OFFERED] = read_offered, [READ_CONSOLE] = read_console,
		[READ_CONSOLE_GOT] = read_console_got, [READ_BYTE] = read_byte,
		[READ_BYTE_GOT] = read_byte_got),
	.flags = 0,
};

/* --- one key ---------------------------------------------------------------------- */

/* The text is what is accepted; "" for any key, which is not shown.  */
enum { KEY_BEGIN, KEY_DEVICE, KEY_ASK, KEY_GOT, KEY_SECOND, KEY_BYTE, KEY_BYTE_GOT };

void sh_ask_key(struct sh *sh, const char *accepted)
{
	sh_push(sh, J_KEY, accepted);
}

static enum go key_begin(struct sh *sh, struct job *j)
{
	return DOS(sh, j, KEY_DEVICE, .ax = 0x4400, .bx = 0);
}

static enum go key_device(struct sh *sh, struct job *j)
{
	return sh_goto(j, is_console(sh) ? KEY_ASK : KEY_BYTE);
}

static enum go key_ask(struct sh *sh, struct job *j)
{
	return DOS(sh, j, KEY_GOT, .ax = 0x0c08);
}

static enum go key_answer(struct sh *sh, struct job *j, char c, uint8_t again)
{
	c = parse_upper(c);
	if (j->text[0] && !strchr(j->text, c))
		return sh_goto(j, again);
	sh->in->answer = c;
	if (j->text[0] && c > ' ')
		sh_say(sh, "%c", c);
	sh_say(sh, "\n");
	return GO_END;
}

static enum go key_got(struct sh *sh, struct job *j)
{
	if ((sh_ax(sh) & 0xff) == 0)	/* an extended key: two bytes */
		return DOS(sh, j, KEY_SECOND, .ax = 0x0800);
	return key_answer(sh, j, sh_ax(sh), KEY_ASK);
}

static enum go key_second(struct sh *sh, struct job *j)
{
	if (j->text[0])
		return sh_goto(j, KEY_ASK);
	return key_answer(sh, j, 1, KEY_ASK);
}

static enum go key_byte(struct sh *sh, struct job *j)
{
	return DOS(sh, j, KEY_BYTE_GOT, .ax = 0x3f00, .bx = 0, .cx = 1, .dx = D_SMALL);
}

/* Input that has ended says no to everything.  */
static enum go key_byte_got(struct sh *sh, struct job *j)
{
	if (sh_failed(sh) || sh_ax(sh) == 0) {
		sh->in->answer = 'N';
		sh->in->eof = true;
		sh_say(sh, "\n");
		return GO_END;
	}
	return key_answer(sh, j, sh_r8(sh, D_SMALL), KEY_BYTE);
}

const struct job_row sh_row_key = {
	"key", STEPS(
		[KEY_BEGIN] = key_begin, [KEY_DEVICE] = key_device, [KEY_ASK] = key_ask,
		[KEY_GOT] = key_got, [KEY_SECOND] = key_second, [KEY_BYTE] = key_byte,
		[KEY_BYTE_GOT] = key_byte_got),
	.flags = 0,
};
