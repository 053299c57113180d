/* copyfile.c - the job that copies one file, for COPY and MOVE.
 *
 * Its text is two paths; when it is over, in->answer is what became of it:
 * an enum copy_result.  It has complained by then.  */

#include "shell/copy.h"

#include <string.h>

#include "shell/rows.h"

struct file {
	uint32_t flags;			/* enum copy_flag */
	uint32_t in, out;		/* handles + 1; 0: not open */
	uint32_t device;		/* the source is one: ends with Ctrl-Z */
	uint32_t to_device;
	uint32_t block, size;		/* the buffer */
	uint32_t date, time;
	uint32_t over;			/* nothing more to read */
	uint32_t result;
	uint32_t asked, made;
};

struct file_text {
	char from[SHELL_PATH], to[SHELL_PATH];
};

enum {
	FILE_BEGIN, FILE_OPENED, FILE_DEVICE, FILE_TIME, FILE_TARGET, FILE_CREATED, FILE_APPEND,
	FILE_END_SEEN, FILE_LAST_READ, FILE_OUT_DEVICE, FILE_BUFFER, FILE_BUFFERED, FILE_READ,
	FILE_GOT, FILE_WROTE, FILE_STAMP, FILE_CLOSE_OUT, FILE_REMOVE, FILE_CLOSE_IN, FILE_FREE,
	FILE_OVER
};

static struct file *num(struct job *j)
{
	return (struct file *)(void *)j->number;
}

static struct file_text *txt(struct job *j)
{
	return (struct file_text *)(void *)j->text;
}

void sh_copy_file(struct sh *sh, const char *from, const char *to, uint32_t flags)
{
	struct job *j = sh_push(sh, J_COPY_FILE, NULL);

	if (!j)
		return;
	parse_copy(txt(j)->from, SHELL_PATH, from);
	parse_copy(txt(j)->to, SHELL_PATH, to);
	num(j)->flags = flags;
	num(j)->result = COPY_FAILED;
	sh->in->answer = COPY_FAILED;
}

static enum go fail(struct sh *sh, struct job *j, const char *why, const char *name)
{
	char upper[SHELL_PATH];

	parse_copy(upper, sizeof upper, name ? name : "");
	parse_upper_text(upper);
	sh_complain(sh, name ? "%s - %s\n" : "%s\n", why, upper);
	return sh_goto(j, FILE_CLOSE_OUT);
}

/* --- opening --------------------------------------------------------------------- */

static enum go file_begin(struct sh *sh, struct job *j)
{
	return sh_open(sh, j, FILE_OPENED, txt(j)->from, 0);
}

static enum go file_opened(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))
		return fail(sh, j, sh_dos_error(sh_ax(sh)), txt(j)->from);
	num(j)->in = sh_ax(sh) + 1u;
	return DOS(sh, j, FILE_DEVICE, .ax = 0x4400, .bx = num(j)->in - 1);
}

static enum go file_device(struct sh *sh, struct job *j)
{
	num(j)->device = !sh_failed(sh) && sh->in->r.dx & 0x80;
	if (num(j)->device && num(j)->flags & COPY_BINARY)
		return fail(sh, j, "Cannot do binary reads from a device", NULL);
	return DOS(sh, j, FILE_TIME, .ax = 0x5700, .bx = num(j)->in - 1);
}

static enum go file_time(struct sh *sh, struct job *j)
{
	if (!sh_failed(sh)) {
		num(j)->time = sh->in->r.cx;
		num(j)->date = sh->in->r.dx;
	}
	return sh_goto(j, FILE_TARGET);
}

static enum go file_target(struct sh *sh, struct job *j)
{
	if (num(j)->flags & COPY_APPEND)
		return sh_open(sh, j, FILE_APPEND, txt(j)->to, 2);
	return sh_create(sh, j, FILE_CREATED, txt(j)->to, 0);
}

static enum go file_created(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))
		return fail(sh, j, sh_ax(sh) == 5 ? "Access denied" : sh_ax(sh) == 3 ?
			    "Path not found" : "File creation error", sh_ax(sh) == 5 ? NULL :
			    txt(j)->to);
	num(j)->out = sh_ax(sh) + 1u;
	num(j)->made = true;
	return DOS(sh, j, FILE_OUT_DEVICE, .ax = 0x4400, .bx = num(j)->out - 1);
}

/* Texts are appended over the Ctrl-Z that ends the old one.  */
static enum go file_append(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))
		return fail(sh, j, sh_dos_error(sh_ax(sh)), txt(j)->to);
	num(j)->out = sh_ax(sh) + 1u;
	if (!(num(j)->flags & COPY_ASCII))
		return DOS(sh, j, FILE_BUFFER, .ax = 0x4202, .bx = num(j)->out - 1);
	return DOS(sh, j, FILE_END_SEEN, .ax = 0x4202, .bx = num(j)->out - 1, .cx = 0xffff,
		   .dx = 0xffff);
}

static enum go file_end_seen(struct sh *sh, struct job *j)
{
	if (sh_failed(sh))
		return sh_goto(j, FILE_BUFFER);
	return DOS(sh, j, FILE_LAST_READ, .ax = 0x3f00, .bx = num(j)->out - 1, .cx = 1,
		   .dx = D_SMALL);
}

static enum go file_last_read(struct sh *sh, struct job *j)
{
	if (sh_failed(sh) || sh_ax(sh) != 1 || sh_r8(sh, D_SMALL) != 0x1a)
		return sh_goto(j, FILE_BUFFER);
	return DOS(sh, j, FILE_BUFFER, .ax = 0x4202, .bx = num(j)->out - 1, .cx = 0xffff,
		   .dx = 0xffff);
}

static enum go file_out_device(struct sh *sh, struct job *j)
{
	num(j)->to_device = !sh_failed(sh) && sh->in->r.dx & 0x80;
	return sh_goto(j, FILE_BUFFER);
}

/* --- the buffer: 32 KB, or what there is ------------------------------------------- */

static enum go file_buffer(struct sh *sh, struct job *j)
{
	num(j)->size = 0x8000;
	return DOS(sh, j, FILE_BUFFERED, .ax = 0x4800, .bx = num(j)->size / 16);
}

static enum go file_buffered(struct sh *sh, struct job *j)
{
	struct file *n = num(j);

	if (!sh_failed(sh)) {
		n->block = sh_ax(sh);
		return sh_goto(j, FILE_READ);
	}
	if (!n->asked && sh->in->r.bx >= 0x40 && sh->in->r.bx < 0x800) {
		n->asked = true;
		n->size = sh->in->r.bx * 16u;
		return DOS(sh, j, FILE_BUFFERED, .ax = 0x4800, .bx = sh->in->r.bx);
	}
	n->size = D_BUF_SIZE;
	return sh_goto(j, FILE_READ);
}

static uint16_t buffer_seg(struct sh *sh, struct job *j)
{
	return num(j)->block ? num(j)->block : sh->in->psp;
}

static uint16_t buffer_off(struct job *j)
{
	return num(j)->block ? 0 : D_BUF;
}

/* --- copying ------------------------------------------------------------------------ */

static enum go file_read(struct sh *sh, struct job *j)
{
	return DOS(sh, j, FILE_GOT, .ax = 0x3f00, .bx = num(j)->in - 1, .cx = num(j)->size,
		   .dx = buffer_off(j), .ds = buffer_seg(sh, j));
}

/* How much of n bytes stands before a Ctrl-Z.  */
static uint16_t before_end(struct sh *sh, struct job *j, uint16_t n)
{
	uint16_t i = 0;

	while (i < n && guest_r8(sh->g, buffer_seg(sh, j), buffer_off(j) + i) != 0x1a)
		i++;
	return i;
}

static enum go file_got(struct sh *sh, struct job *j)
{
	struct file *f = num(j);
	uint16_t n = sh_ax(sh), text;

	if (sh_failed(sh))
		return fail(sh, j, sh_dos_error(sh_ax(sh)), txt(j)->from);
	if (n > f->size)
		n = f->size;
	f->over = n == 0;
	if (f->device || f->flags & COPY_ASCII) {
		text = before_end(sh, j, n);
		f->over |= text < n;
		n = text;
	}
	if (!n) {
		f->result = COPY_DONE;
		return sh_goto(j, FILE_STAMP);
	}
	f->asked = n;
	return DOS(sh, j, FILE_WROTE, .ax = 0x4000, .bx = f->out - 1, .cx = n,
		   .dx = buffer_off(j), .ds = buffer_seg(sh, j));
}

static enum go file_wrote(struct sh *sh, struct job *j)
{
	struct file *f = num(j);

	if (sh_failed(sh) || sh_ax(sh) < f->asked) {
		if (sh_failed(sh) && sh_ax(sh) != 39)
			return fail(sh, j, sh_dos_error(sh_ax(sh)), NULL);
		f->result = COPY_FULL;
		return fail(sh, j, "Insufficient disk space", NULL);
	}
	if (!f->over)
		return sh_goto(j, FILE_READ);
	f->result = COPY_DONE;
	return sh_goto(j, FILE_STAMP);
}

static enum go file_stamp(struct sh *sh, struct job *j)
{
	struct file *f = num(j);

	if (f->flags & (COPY_APPEND | COPY_NOW) || f->device || f->to_device || !f->date)
		return sh_goto(j, FILE_CLOSE_OUT);
	return DOS(sh, j, FILE_CLOSE_OUT, .ax = 0x5701, .bx = f->out - 1, .cx = f->time,
		   .dx = f->date);
}

/* --- tidying up ---------------------------------------------------------------------- */

static enum go file_close_out(struct sh *sh, struct job *j)
{
	uint32_t out = num(j)->out;

	num(j)->out = 0;
	return out ? sh_close(sh, j, FILE_REMOVE, out - 1) : sh_goto(j, FILE_REMOVE);
}

/* Half a copy is none.  */
static enum go file_remove(struct sh *sh, struct job *j)
{
	struct file *f = num(j);

	if (f->result == COPY_DONE || !f->made || f->to_device)
		return sh_goto(j, FILE_CLOSE_IN);
	return sh_path_call(sh, j, FILE_CLOSE_IN, 0x41, 0, 0, txt(j)->to);
}

static enum go file_close_in(struct sh *sh, struct job *j)
{
	uint32_t in = num(j)->in;

	num(j)->in = 0;
	return in ? sh_close(sh, j, FILE_FREE, in - 1) : sh_goto(j, FILE_FREE);
}

static enum go file_free(struct sh *sh, struct job *j)
{
	uint32_t block = num(j)->block;

	num(j)->block = 0;
	return block ? DOS(sh, j, FILE_OVER, .ax = 0x4900, .es = block) : sh_goto(j, FILE_OVER);
}

static enum go file_over(struct sh *sh, struct job *j)
{
	sh->in->answer = num(j)->result;
	return GO_END;
}

const struct job_row sh_row_copy_file = {
	"copy file", STEPS(
		[FILE_BEGIN] = file_begin, [FILE_OPENED] = file_opened, [FILE_DEVICE] = file_device,
		[FILE_TIME] = file_time, [FILE_TARGET] = file_target, [FILE_CREATED] = file_created,
		[FILE_APPEND] = file_append, [FILE_END_SEEN] = file_end_seen,
		[FILE_LAST_READ] = file_last_read, [FILE_OUT_DEVICE] = file_out_device,
		[FILE_BUFFER] = file_buffer, [FILE_BUFFERED] = file_buffered,
		[FILE_READ] = file_read, [FILE_GOT] = file_got, [FILE_WROTE] = file_wrote,
		[FILE_STAMP] = file_stamp, [FILE_CLOSE_OUT] = file_close_out,
		[FILE_REMOVE] = file_remove, [FILE_CLOSE_IN] = file_close_in,
		[FILE_FREE] = file_free, [FILE_OVER] = file_over),
	.tidy = FILE_CLOSE_OUT,
};
