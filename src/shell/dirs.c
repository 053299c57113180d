/* dirs.c - CD, MD, RD.  */

#include "shell/sh.h"

#include <string.h>

#include "shell/rows.h"

/* --- CD ------------------------------------------------------------------------ */

enum { CD_BEGIN, CD_DRIVE, CD_SHOW, CD_DONE };

static enum go cd_show_drive(struct sh *sh, struct job *j, char letter)
{
	j->number[0] = (uint8_t)parse_upper(letter);
	return DOS(sh, j, CD_SHOW, .ax = 0x4700, .dx = j->number[0] - 'A' + 1, .si = D_PATH);
}

static enum go cd(struct sh *sh, struct job *j)
{
	struct parse_words w;
	char path[SHELL_PATH];
	size_t n;

	parse_words(&w, j->text, false);
	if (!sh_count(sh, &w, 0, 1))
		return GO_END;
	if (!w.n)
		return DOS(sh, j, CD_DRIVE, .ax = 0x1900);
	parse_copy(path, sizeof path, w.word[0]);
	n = strlen(path);
	if (n == 2 && path[1] == ':')
		return cd_show_drive(sh, j, path[0]);
	if (n > 1 && path[n - 1] == '\\' && path[n - 2] != ':')
		path[n - 1] = 0;
	return sh_path_call(sh, j, CD_DONE, 0x3b, 0, 0, path);
}

static enum go cd_drive(struct sh *sh, struct job *j)
{
	return cd_show_drive(sh, j, 'A' + (sh_ax(sh) & 31));
}

static enum go cd_show(struct sh *sh, struct job *j)
{
	char path[SHELL_PATH];

	if (sh_failed(sh))
		return sh_error(sh, "Invalid drive specification\n");
	sh_get_text(sh, D_PATH, path, sizeof path);
	sh_say(sh, "%c:\\%s\n", (int)j->number[0], path);
	return GO_END;
}

static enum go cd_done(struct sh *sh, struct job *j)
{
	(void)j;
	if (!sh_failed(sh))
		return GO_END;
	if (sh_ax(sh) == 15)
		return sh_error(sh, "Invalid drive specification\n");
	return sh_error(sh, "Invalid directory\n");
}

#define CD_STEPS STEPS([CD_BEGIN] = cd, [CD_DRIVE] = cd_drive, [CD_SHOW] = cd_show, \
		       [CD_DONE] = cd_done)

const struct job_row sh_row_cd = {
	"CD", CD_STEPS, JOB_COMMAND | JOB_DOT, .help = "Shows or changes the current directory."
};

const struct job_row sh_row_chdir = {
	"CHDIR", CD_STEPS, JOB_COMMAND | JOB_DOT, .help = "Shows or changes the current directory."
};

/* --- MD and RD ------------------------------------------------------------------ */

static bool one_path(struct sh *sh, struct job *j, char *path, size_t size)
{
	struct parse_words w;
	uint32_t set;

	parse_words(&w, j->text, false);
	if (!sh_switches(sh, &w, "", &set) || !sh_count(sh, &w, 1, 1))
		return false;
	parse_copy(path, size, w.word[0]);
	return true;
}

enum { MD_BEGIN, MD_DONE, MD_SEEN };

static enum go md(struct sh *sh, struct job *j)
{
	char path[SHELL_PATH];

	if (!one_path(sh, j, path, sizeof path))
		return GO_END;
	return sh_path_call(sh, j, MD_DONE, 0x39, 0, 0, path);
}

static enum go md_done(struct sh *sh, struct job *j)
{
	char path[SHELL_PATH];

	if (!sh_failed(sh))
		return GO_END;
	if (sh_ax(sh) != 5 || !one_path(sh, j, path, sizeof path))
		return sh_error(sh, "Unable to create directory\n");
	return sh_attributes(sh, j, MD_SEEN, path);
}

static enum go md_seen(struct sh *sh, struct job *j)
{
	(void)j;
	if (!sh_failed(sh) && sh->in->r.cx & 0x10)
		return sh_error(sh, "Directory already exists\n");
	return sh_error(sh, "Unable to create directory\n");
}

#define MD_STEPS STEPS([MD_BEGIN] = md, [MD_DONE] = md_done, [MD_SEEN] = md_seen)

const struct job_row sh_row_md = {
	"MD", MD_STEPS, JOB_COMMAND | JOB_DOT, .help = "Makes a directory."
};

const struct job_row sh_row_mkdir = {
	"MKDIR", MD_STEPS, JOB_COMMAND | JOB_DOT, .help = "Makes a directory."
};

static enum go rd(struct sh *sh, struct job *j)
{
	char path[SHELL_PATH];

	if (!one_path(sh, j, path, sizeof path))
		return GO_END;
	return sh_path_call(sh, j, 1, 0x3a, 0, 0, path);
}

static enum go rd_done(struct sh *sh, struct job *j)
{
	char path[SHELL_PATH];

	if (!sh_failed(sh))
		return GO_END;
	if (sh_ax(sh) == 16 && one_path(sh, j, path, sizeof path)) {
		parse_upper_text(path);
		return sh_error(sh, "Attempt to remove current directory - %s\n", path);
	}
	return sh_error(sh, "Invalid path, not directory,\nor directory not empty\n");
}

const struct job_row sh_row_rd = {
	"RD", STEPS(rd, rd_done), JOB_COMMAND | JOB_DOT, .help = "Removes an empty directory."
};

const struct job_row sh_row_rmdir = {
	"RMDIR", STEPS(rd, rd_done), JOB_COMMAND | JOB_DOT, .help = "Removes an empty directory."
};
