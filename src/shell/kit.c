/* kit.c - calls to DOS, and talking.  */

#include "shell/sh.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* --- guest memory --------------------------------------------------------- */

uint16_t sh_put_bytes(struct sh *sh, uint16_t at, const void *p, size_t n)
{
	guest_copy_out(sh->g, sh->in->psp, at, p, n);
	return at;
}

uint16_t sh_put(struct sh *sh, uint16_t at, const char *text)
{
	size_t n = strlen(text);

	/* The largest thing that is put as text is a path.  */
	if (n >= D_PATH_SIZE)
		n = D_PATH_SIZE - 1;
	sh_put_bytes(sh, at, text, n);
	sh_w8(sh, at + n, 0);
	return at;
}

void sh_get(struct sh *sh, void *p, uint16_t at, size_t n)
{
	guest_copy_in(sh->g, p, sh->in->psp, at, n);
}

void sh_get_text(struct sh *sh, uint16_t at, char *buf, size_t size)
{
	guest_string(sh->g, (struct far){ at, sh->in->psp }, buf, size);
}

uint8_t sh_r8(struct sh *sh, uint16_t at)
{
	return guest_r8(sh->g, sh->in->psp, at);
}

uint16_t sh_r16(struct sh *sh, uint16_t at)
{
	return guest_r16(sh->g, sh->in->psp, at);
}

uint32_t sh_r32(struct sh *sh, uint16_t at)
{
	return guest_r32(sh->g, sh->in->psp, at);
}

void sh_w8(struct sh *sh, uint16_t at, uint8_t v)
{
	guest_w8(sh->g, sh->in->psp, at, v);
}

void sh_w16(struct sh *sh, uint16_t at, uint16_t v)
{
	guest_w16(sh->g, sh->in->psp, at, v);
}

/* --- interrupts ----------------------------------------------------------- */

enum go sh_int(struct sh *sh, struct job *j, uint8_t next, uint8_t n, struct sh_regs r)
{
	sh->in->held = r;
	sh->in->held_int = n;
	j->step = next;
	return GO_INT;
}

enum go sh_path_call(struct sh *sh, struct job *j, uint8_t next, uint8_t ah, uint8_t al,
		     uint16_t cx, const char *path)
{
	uint16_t ax = parse_is_short(path) ? ah << 8 | al : 0x7100 | ah;

	return DOS(sh, j, next, .ax = ax, .bx = al, .cx = cx, .dx = sh_put(sh, D_PATH, path));
}

/* The extended open takes what 3Dh and 3Ch have in AL and CX in other
 * places (RBIL, INT 21h/716Ch): BX mode, CX attributes, DX what to do.  */
static enum go open_long(struct sh *sh, struct job *j, uint8_t next, const char *path,
			 uint16_t mode, uint16_t attr, uint16_t action)
{
	return DOS(sh, j, next, .ax = 0x716c, .bx = mode, .cx = attr, .dx = action,
		   .si = sh_put(sh, D_PATH, path));
}

enum go sh_open(struct sh *sh, struct job *j, uint8_t next, const char *path, uint8_t mode)
{
	if (!parse_is_short(path))
		return open_long(sh, j, next, path, mode, 0, 0x01);
	return DOS(sh, j, next, .ax = 0x3d00 | mode, .dx = sh_put(sh, D_PATH, path));
}

enum go sh_create(struct sh *sh, struct job *j, uint8_t next, const char *path, uint16_t attr)
{
	if (!parse_is_short(path))
		return open_long(sh, j, next, path, 2, attr, 0x12);
	return DOS(sh, j, next, .ax = 0x3c00, .cx = attr, .dx = sh_put(sh, D_PATH, path));
}

enum go sh_close(struct sh *sh, struct job *j, uint8_t next, uint16_t handle)
{
	return DOS(sh, j, next, .ax = 0x3e00, .bx = handle);
}

enum go sh_attributes(struct sh *sh, struct job *j, uint8_t next, const char *path)
{
	return sh_path_call(sh, j, next, 0x43, 0, 0, path);
}

/* --- searches --------------------------------------------------------------- */

#define FIND_DTA	0x10000u

static void found_in_dta(struct sh *sh, struct job *j)
{
	struct sh_found *f = &sh->in->found;

	sh_get(sh, j->dta, D_DTA, sizeof j->dta);
	j->find = FIND_DTA;
	f->attr = sh_r8(sh, D_DTA + 0x15);
	f->time = sh_r16(sh, D_DTA + 0x16);
	f->date = sh_r16(sh, D_DTA + 0x18);
	f->size = sh_r32(sh, D_DTA + 0x1a);
	sh_get_text(sh, D_DTA + 0x1e, f->name, sizeof f->name);
	parse_copy(f->long_name, sizeof f->long_name, f->name);
}

/* RBIL, table 01786: find data of INT 21h/714Eh.  */
static void found_long(struct sh *sh)
{
	struct sh_found *f = &sh->in->found;

	f->attr = sh_r8(sh, D_FIND);
	f->time = sh_r16(sh, D_FIND + 0x14);
	f->date = sh_r16(sh, D_FIND + 0x16);
	f->size = sh_r32(sh, D_FIND + 0x20);
	sh_get_text(sh, D_FIND + 0x2c, f->long_name, 260);
	sh_get_text(sh, D_FIND + 0x130, f->name, sizeof f->name);
	if (!f->name[0])
		parse_copy(f->name, sizeof f->name, f->long_name);
}

enum go sh_find(struct sh *sh, struct job *j, uint8_t next, const char *pattern, uint8_t attr)
{
	return DOS(sh, j, next, .ax = 0x714e, .cx = attr, .si = 1, .di = D_FIND,
		   .dx = sh_put(sh, D_PATH, pattern));
}

enum go sh_find_on(struct sh *sh, struct job *j, uint8_t next)
{
	if (j->find < FIND_DTA)
		return DOS(sh, j, next, .ax = 0x714f, .bx = j->find, .si = 1, .di = D_FIND);
	sh_put_bytes(sh, D_DTA, j->dta, sizeof j->dta);
	return DOS(sh, j, next, .ax = 0x4f00);
}

enum go sh_find_end(struct sh *sh, struct job *j, uint8_t next)
{
	uint32_t find = j->find;

	j->find = SHELL_NO_FIND;
	if (find >= FIND_DTA)
		return sh_goto(j, next);
	return DOS(sh, j, next, .ax = 0x71a1, .bx = find);
}

bool sh_find_returned(struct sh *sh)
{
	struct instance *in = sh->in;
	struct job *j = in->depth ? &in->job[in->depth - 1] : NULL;

	if (in->closing) {
		in->closing = false;
		in->failed = true;
		return false;
	}
	if (in->held_int != 0x21 || !j)
		return false;
	switch (in->held.ax) {
	case 0x714e:
		/* No long names here: the error says so, or that the function
		 * is unknown.  Look again, the old way.  */
		if (in->failed && (in->r.ax == 0x7100 || in->r.ax == 1)) {
			in->held.ax = 0x4e00;
			return true;
		}
		if (!in->failed)
			j->find = in->r.ax;
		/* fall through */
	case 0x714f:
		if (!in->failed) {
			found_long(sh);
		} else if (in->held.ax == 0x714f) {
			in->held = (struct sh_regs){ .ax = 0x71a1, .bx = j->find };
			in->closing = true;
			j->find = SHELL_NO_FIND;
			return true;
		}
		break;
	case 0x4e00:
	case 0x4f00:
		if (!in->failed)
			found_in_dta(sh, j);
		else
			j->find = SHELL_NO_FIND;
		break;
	}
	return false;
}

/* --- talking ------------------------------------------------------------------ */

static void say_bytes(struct sh_output *o, const char *p, size_t n)
{
	if (n > sizeof o->text - o->n)
		n = sizeof o->text - o->n;
	memcpy(o->text + o->n, p, n);
	o->n += n;
}

static void say_text(struct sh_output *o, const char *fmt, va_list args)
{
	char buf[SHELL_LINE + SHELL_PATH];

	vsnprintf(buf, sizeof buf, fmt, args);
	for (const char *p = buf; *p; p++)
		if (*p == '\n')
			say_bytes(o, "\r\n", 2);
		else
			say_bytes(o, p, 1);
}

void sh_say_bytes(struct sh *sh, const char *p, size_t n)
{
	say_bytes(&sh->in->out, p, n);
}

void sh_say(struct sh *sh, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say_text(&sh->in->out, fmt, args);
	va_end(args);
}

void sh_complain(struct sh *sh, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say_text(&sh->in->err, fmt, args);
	va_end(args);
}

enum go sh_error(struct sh *sh, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say_text(&sh->in->err, fmt, args);
	va_end(args);
	return GO_END;
}

/* MS-DOS 6.22's texts for the extended errors that commands show.  */
static const char *const error_texts[] = {
	[1] = "Invalid function", [2] = "File not found", [3] = "Path not found",
	[4] = "Too many open files", [5] = "Access denied", [6] = "Invalid handle",
	[7] = "Memory control blocks destroyed", [8] = "Insufficient memory",
	[9] = "Invalid memory block address", [10] = "Invalid environment",
	[11] = "Invalid format", [12] = "Invalid function parameter", [13] = "Invalid data",
	[15] = "Invalid drive specification", [16] = "Attempt to remove current directory",
	[17] = "Not same device", [18] = "File not found",
	[19] = "Write protect error", [20] = "Invalid unit", [21] = "Not ready",
	[22] = "Invalid device request", [23] = "Data error",
	[24] = "Invalid device request parameters", [25] = "Seek error",
	[26] = "Invalid media type", [27] = "Sector not found",
	[28] = "Printer out of paper error", [29] = "Write fault error",
	[30] = "Read fault error", [31] = "General failure", [32] = "Sharing violation",
	[33] = "Lock violation", [34] = "Invalid disk change", [35] = "FCB unavailable",
	[36] = "System resource exhausted", [37] = "Code page mismatch", [38] = "Out of input",
	[39] = "Insufficient disk space", [80] = "File exists",
	[82] = "Cannot make directory entry", [83] = "Fail on INT 24",
};

const char *sh_dos_error(uint16_t error)
{
	if (error < sizeof error_texts / sizeof *error_texts && error_texts[error])
		return error_texts[error];
	return "General failure";
}

const char *sh_thousands(char buf[32], uint64_t v, char separator)
{
	char *p = buf + 31;
	unsigned digits = 0;

	*p = 0;
	do {
		if (digits && digits % 3 == 0 && separator)
			*--p = separator;
		*--p = '0' + v % 10;
		digits++;
	} while (v /= 10);
	return p;
}

/* --- switches ------------------------------------------------------------------- */

bool sh_switches(struct sh *sh, struct parse_words *w, const char *allowed, uint32_t *set)
{
	unsigned n = 0;

	*set = 0;
	for (unsigned i = 0; i < w->n; i++) {
		const char *s = w->word[i];
		char c = s[0] == '/' ? parse_upper(s[1]) : 0;

		if (s[0] != '/') {
			w->word[n++] = s;
			continue;
		}
		if (c < 'A' || c > 'Z' || s[2] || !strchr(allowed, c)) {
			sh_complain(sh, "Invalid switch - %s\n", s);
			return false;
		}
		*set |= 1u << (c - 'A');
	}
	w->n = n;
	return true;
}

bool sh_count(struct sh *sh, const struct parse_words *w, unsigned min, unsigned max)
{
	if (w->n > max)
		sh_complain(sh, "Too many parameters - %s\n", w->word[max]);
	else if (w->n < min)
		sh_complain(sh, "Required parameter missing\n");
	return w->n >= min && w->n <= max;
}
