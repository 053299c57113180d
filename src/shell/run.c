/* run.c - finding programs and running them.
 *
 * A name is looked for as it is, or with .COM, .EXE and .BAT, first where
 * it says or in the current directory, then in each directory of PATH.  */

#include "shell/sh.h"

#include <string.h>

#include "dos/region.h"
#include "drive/drive.h"
#include "shell/rows.h"

struct run {
	uint32_t exact;			/* the name is the file, no search */
	uint32_t called;
	uint32_t high;			/* LOADHIGH */
	uint32_t fix;			/* LOADFIX */
	uint32_t dir;			/* 0: as named; n: the nth of PATH */
	uint32_t ext;
	uint32_t strategy, link;	/* to be put back after LOADHIGH */
	uint32_t block;			/* LOADFIX's filler */
	uint32_t started;
};

struct run_text {
	char name[SHELL_PATH];
	char tail[SHELL_LINE];
	char file[SHELL_PATH];
	char where[64];			/* LOADHIGH's switches */
};

_Static_assert(sizeof(struct run) <= sizeof((struct job *)0)->number, "run");
_Static_assert(sizeof(struct run_text) <= JOB_TEXT, "run");

enum {
	RUN_LOOK, RUN_LOOKED, RUN_FOUND, RUN_BATCH, RUN_SHORTENED, RUN_HIGH_STRATEGY, RUN_HIGH_LINK,
	RUN_HIGH_LINKED, RUN_HIGH_SET, RUN_FIX, RUN_FIXED, RUN_FCB1, RUN_FCB2, RUN_EXEC,
	RUN_DONE, RUN_CODE, RUN_UNFIX, RUN_UNLINK, RUN_UNSET, RUN_END
};

static struct run *num(struct job *j)
{
	return (struct run *)(void *)j->number;
}

static struct run_text *txt(struct job *j)
{
	return (struct run_text *)(void *)j->text;
}

struct job *sh_push_run(struct sh *sh, const char *name, const char *tail, bool exact, bool called,
			bool high)
{
	struct job *j = sh_push(sh, J_RUN, NULL);
	size_t n = 0;

	if (!j)
		return NULL;
	for (; *name; name++)
		if (*name != '"' && n + 1 < SHELL_PATH)
			txt(j)->name[n++] = *name == '/' ? '\\' : *name;
	parse_copy(txt(j)->tail, sizeof txt(j)->tail, tail);
	num(j)->exact = exact;
	num(j)->called = called;
	num(j)->high = high;
	return j;
}

void sh_run_fixed(struct job *j)
{
	num(j)->fix = true;
}

/* --- searching ------------------------------------------------------------- */

static const char *const extensions[] = { ".COM", ".EXE", ".BAT" };

static const char *extension(const char *path)
{
	const char *base = path + parse_base(path), *dot = strrchr(base, '.');

	return dot ? dot : "";
}

static bool runnable(const char *ext)
{
	for (unsigned i = 0; i < 3; i++)
		if (parse_same(ext, extensions[i]))
			return true;
	return false;
}

/* The nth (from 1) directory of PATH.  */
static bool path_directory(struct sh *sh, unsigned n, char *buf, size_t size)
{
	char path[2 * SHELL_LINE], *p = path;

	if (!sh_env_get(sh, "PATH", path, sizeof path))
		return false;
	for (;;) {
		size_t len = strcspn(p, ";");
		bool last = !p[len];

		p[len] = 0;
		if (*p && --n == 0) {
			parse_copy(buf, size, p);
			if (p[len - 1] != '\\' && p[len - 1] != '/' && p[len - 1] != ':')
				parse_append(buf, size, "\\");
			return true;
		}
		if (last)
			return false;
		p += len + 1;
	}
}

/* The next file to look for; false: no more.  */
static bool candidate(struct sh *sh, struct job *j)
{
	struct run_text *t = txt(j);
	const char *ext = extension(t->name);
	bool has_ext = ext[0] && ext[1];

	if (num(j)->ext == (has_ext ? 1u : 3u)) {
		num(j)->ext = 0;
		num(j)->dir++;
	}
	t->file[0] = 0;
	if (num(j)->dir) {
		if (parse_base(t->name) ||
		    !path_directory(sh, num(j)->dir, t->file, sizeof t->file))
			return false;
	}
	if (!parse_append(t->file, sizeof t->file, t->name))
		return false;
	if (!has_ext) {
		if (ext[0])	/* "name." */
			t->file[strlen(t->file) - 1] = 0;
		if (!parse_append(t->file, sizeof t->file, extensions[num(j)->ext % 3]))
			return false;
	}
	num(j)->ext++;
	return true;
}

/* For the host: the one line that the first shell was started for came to
 * nothing.  */
static void refused(struct sh *sh, uint8_t error)
{
	if (sh->in->root && sh->in->one_line && sh_batch(sh) < 0)
		sh->shell->refused = error;
}

static enum go not_found(struct sh *sh, struct job *j)
{
	(void)j;
	refused(sh, DOS_NO_FILE);
	if (sh->in->one_line && sh_batch(sh) < 0)
		sh->in->errorlevel = 1;
	return sh_error(sh, "Bad command or file name\n");
}

static enum go run_look(struct sh *sh, struct job *j)
{
	const char *ext = extension(txt(j)->name);

	if (num(j)->exact) {
		parse_copy(txt(j)->file, sizeof txt(j)->file, txt(j)->name);
		return sh_goto(j, RUN_FOUND);
	}
	if (parse_wild(txt(j)->name) || !txt(j)->name[parse_base(txt(j)->name)] ||
	    (ext[0] && ext[1] && !runnable(ext)) || !candidate(sh, j))
		return not_found(sh, j);
	return sh_attributes(sh, j, RUN_LOOKED, txt(j)->file);
}

static enum go run_looked(struct sh *sh, struct job *j)
{
	if (!sh_failed(sh) && !(sh->in->r.cx & 0x18))
		return sh_goto(j, RUN_FOUND);
	if (sh_failed(sh) && sh_ax(sh) == 15 && !num(j)->dir) {
		refused(sh, DOS_BAD_DRIVE);
		return sh_error(sh, "Invalid drive specification\n");
	}
	return sh_goto(j, RUN_LOOK);
}

static enum go run_found(struct sh *sh, struct job *j)
{
	struct run_text *t = txt(j);

	if (parse_same(extension(t->file), ".BAT"))
		return DOS(sh, j, RUN_BATCH, .ax = 0x6000, .si = sh_put(sh, D_PATH, t->file),
			   .di = D_PATH2);
	/* Programs find their files beside themselves: EXEC puts the name into the
	 * environment as it is given, so it is a whole one, and short.  */
	return DOS(sh, j, RUN_SHORTENED, .ax = 0x7160, .cx = 0x8001,
		   .si = sh_put(sh, D_PATH, t->file), .di = D_FIND);
}

/* A batch file is opened for each line, from wherever its commands have
 * gone: by its full name.  */
static enum go run_batch(struct sh *sh, struct job *j)
{
	struct run_text *t = txt(j);
	char path[128];

	sh_get_text(sh, D_PATH2, path, sizeof path);
	if (sh_failed(sh) || path[1] != ':')
		parse_copy(path, sizeof path, t->file);
	return sh_start_batch(sh, j, path, t->name, t->tail, num(j)->called);
}

static enum go run_shortened(struct sh *sh, struct job *j)
{
	if (!sh_failed(sh))
		sh_get_text(sh, D_FIND, txt(j)->file, sizeof txt(j)->file);
	return sh_goto(j, num(j)->high ? RUN_HIGH_STRATEGY : RUN_FIX);
}

/* --- where to load ------------------------------------------------------------ */

/* LOADHIGH: first fit in upper memory, then below (58h, strategy 80h).  */
static enum go run_high_strategy(struct sh *sh, struct job *j)
{
	return DOS(sh, j, RUN_HIGH_LINK, .ax = 0x5800);
}

static enum go run_high_link(struct sh *sh, struct job *j)
{
	num(j)->strategy = sh_ax(sh);
	return DOS(sh, j, RUN_HIGH_LINKED, .ax = 0x5802);
}

static enum go run_high_linked(struct sh *sh, struct job *j)
{
	num(j)->link = sh_ax(sh) & 0xff;
	return DOS(sh, j, RUN_HIGH_SET, .ax = 0x5803, .bx = 1);
}

static enum go run_high_set(struct sh *sh, struct job *j)
{
	struct regions where;

	if (sh_failed(sh)) {	/* no upper memory */
		num(j)->high = false;
		return sh_goto(j, RUN_FIX);
	}
	if (regions_parse(txt(j)->where, &where))
		regions_hide(sh->g, &where);
	return DOS(sh, j, RUN_FIX, .ax = 0x5801, .bx = 0x80);
}

/* LOADFIX: a block that fills the first 64 KB, so that the program is
 * loaded above them.  */
static enum go run_fix(struct sh *sh, struct job *j)
{
	uint16_t end = sh->in->psp + guest_r16(sh->g, sh->in->psp - 1, 3);

	if (!num(j)->fix || end >= 0x1000)
		return sh_goto(j, RUN_FCB1);
	return DOS(sh, j, RUN_FIXED, .ax = 0x4800, .bx = 0x1000 - end);
}

static enum go run_fixed(struct sh *sh, struct job *j)
{
	if (!sh_failed(sh))
		num(j)->block = sh_ax(sh);
	return sh_goto(j, RUN_FCB1);
}

/* --- EXEC --------------------------------------------------------------------- */

static enum go run_fcb1(struct sh *sh, struct job *j)
{
	char tail[128];
	size_t n;

	parse_copy(tail, sizeof tail - 1, txt(j)->tail);
	n = strlen(tail);
	tail[n] = '\r';
	sh_w8(sh, D_TAIL, n);
	sh_put_bytes(sh, D_TAIL + 1, tail, n + 1);
	return DOS(sh, j, RUN_FCB2, .ax = 0x2901, .si = D_TAIL + 1, .di = D_FCB1);
}

static enum go run_fcb2(struct sh *sh, struct job *j)
{
	const char *tail = txt(j)->tail, *s = parse_skip(tail);

	while (*s && !parse_delim(*s))
		s++;
	if (s - tail > 126)
		s = tail + 126;
	return DOS(sh, j, RUN_EXEC, .ax = 0x2901, .si = D_TAIL + 1 + (s - tail), .di = D_FCB2);
}

static enum go run_exec(struct sh *sh, struct job *j)
{
	uint16_t psp = sh->in->psp;

	sh_w16(sh, D_EXEC, 0);		/* our environment */
	sh_w16(sh, D_EXEC + 2, D_TAIL);
	sh_w16(sh, D_EXEC + 4, psp);
	sh_w16(sh, D_EXEC + 6, D_FCB1);
	sh_w16(sh, D_EXEC + 8, psp);
	sh_w16(sh, D_EXEC + 10, D_FCB2);
	sh_w16(sh, D_EXEC + 12, psp);
	num(j)->started = true;
	/* Programs find this name in their environment, and MEM in the MCB.  */
	for (char *p = txt(j)->file; *p; p++)
		*p = parse_upper(*p);
	return DOS(sh, j, RUN_DONE, .ax = 0x4b00, .bx = D_EXEC,
		   .dx = sh_put(sh, D_PATH, txt(j)->file));
}

static enum go cannot_run(struct sh *sh, struct job *j, uint16_t error)
{
	sh->in->errorlevel = 1;
	refused(sh, error);
	if (error == 8)
		sh_complain(sh, "Program too big to fit in memory\n");
	else if (error == 11)
		sh_complain(sh, "Error in EXE file\n");
	else if (error == 5 || error == 7 || error == 4)
		sh_complain(sh, "%s\n", sh_dos_error(error));
	else
		sh_complain(sh, "Cannot execute %s - %s\n", txt(j)->file, sh_dos_error(error));
	return sh_goto(j, RUN_UNFIX);
}

static enum go run_done(struct sh *sh, struct job *j)
{
	sh->in->dta_ours = false;
	if (sh_failed(sh))
		return cannot_run(sh, j, sh_ax(sh));
	return DOS(sh, j, RUN_CODE, .ax = 0x4d00);
}

static enum go run_code(struct sh *sh, struct job *j)
{
	sh->in->errorlevel = sh_ax(sh);
	sh->shell->refused = 0;
	if (sh_ax(sh) >> 8 == 1) {	/* ended by Ctrl-C */
		sh->in->want_break = true;
		sh_abort(sh);
	}
	return sh_goto(j, RUN_UNFIX);
}

static enum go run_unfix(struct sh *sh, struct job *j)
{
	uint32_t block = num(j)->block;

	num(j)->block = 0;
	if (block)
		return DOS(sh, j, RUN_UNLINK, .ax = 0x4900, .es = block);
	return sh_goto(j, RUN_UNLINK);
}

static enum go run_unlink(struct sh *sh, struct job *j)
{
	if (!num(j)->high || !num(j)->started)
		return GO_END;
	regions_show(sh->g);
	return DOS(sh, j, RUN_UNSET, .ax = 0x5801, .bx = num(j)->strategy);
}

static enum go run_unset(struct sh *sh, struct job *j)
{
	return DOS(sh, j, RUN_END, .ax = 0x5803, .bx = num(j)->link);
}

const struct job_row sh_row_run = {
	"run", STEPS(
		[RUN_LOOK] = run_look, [RUN_LOOKED] = run_looked, [RUN_FOUND] = run_found,
		[RUN_BATCH] = run_batch, [RUN_SHORTENED] = run_shortened,
		[RUN_HIGH_STRATEGY] = run_high_strategy,
		[RUN_HIGH_LINK] = run_high_link, [RUN_HIGH_LINKED] = run_high_linked,
		[RUN_HIGH_SET] = run_high_set, [RUN_FIX] = run_fix, [RUN_FIXED] = run_fixed,
		[RUN_FCB1] = run_fcb1, [RUN_FCB2] = run_fcb2, [RUN_EXEC] = run_exec,
		[RUN_DONE] = run_done, [RUN_CODE] = run_code, [RUN_UNFIX] = run_unfix,
		[RUN_UNLINK] = run_unlink, [RUN_UNSET] = run_unset, [RUN_END] = sh_over),
	.tidy = RUN_UNFIX,
};

/* --- LOADHIGH and LOADFIX ------------------------------------------------------- */

/* [/L:region[,least][;region[,least]]... [/S]] program.  */
static enum go load(struct sh *sh, struct job *j, bool high)
{
	const char *s = parse_skip(j->text), *switches = s;
	char name[SHELL_PATH], tail[SHELL_LINE];
	struct regions where;
	struct job *run;
	size_t n;

	s = regions_parse(s, &where);
	if (!s || (s > switches && !high) || s - switches >= (int)sizeof txt(j)->where)
		return sh_error(sh, "Invalid switch\n");
	n = parse_program_name(s);
	if (!n || n >= sizeof name)
		return sh_error(sh, "Required parameter missing\n");
	memcpy(name, s, n);
	name[n] = 0;
	parse_copy(tail, sizeof tail, s + n);
	j->step = 1;
	run = sh_push_run(sh, name, tail, false, false, high);
	if (run && !high)
		sh_run_fixed(run);
	if (run && s > switches)
		memcpy(txt(run)->where, switches, s - switches);
	return GO_ON;
}

static enum go load_high(struct sh *sh, struct job *j)
{
	return load(sh, j, true);
}

static enum go load_fix(struct sh *sh, struct job *j)
{
	return load(sh, j, false);
}

const struct job_row sh_row_lh = {
	"LH", STEPS(load_high, sh_over), JOB_COMMAND, .help = "Loads a program into upper memory."
};

const struct job_row sh_row_loadhigh = {
	"LOADHIGH", STEPS(load_high, sh_over), JOB_COMMAND,
	.help = "Loads a program into upper memory."
};

const struct job_row sh_row_loadfix = {
	"LOADFIX", STEPS(load_fix, sh_over), JOB_COMMAND,
	.help = "Loads a program above the first 64 KB of memory."
};
