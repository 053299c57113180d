/* job.c - the table of jobs: what a shell can be doing.  The internal
 * commands are those rows that are marked as such, in alphabetical order.  */

#include "shell/sh.h"

#include <string.h>

#include "shell/rows.h"

const struct job_row *const sh_jobs[] = {
	[J_START] = &sh_row_start, [J_PROMPT] = &sh_row_prompt, [J_READ] = &sh_row_read,
	[J_EDIT] = &sh_row_edit, [J_KEY] = &sh_row_key, [J_LINE] = &sh_row_line,
	[J_BATCH] = &sh_row_batch, [J_RUN] = &sh_row_run,
	[J_SHOW_PROMPT] = &sh_row_show_prompt, [J_COPY_FILE] = &sh_row_copy_file, [J_INT2E] = &sh_row_int2e, [J_BREAK] = &sh_row_break,

	[J_COMMANDS] =
	&sh_row_break_command, &sh_row_call, &sh_row_cd, &sh_row_chcp, &sh_row_chdir,
	&sh_row_cls, &sh_row_copy, &sh_row_ctty, &sh_row_date, &sh_row_del, &sh_row_dir,
	&sh_row_echo, &sh_row_erase, &sh_row_exit, &sh_row_for, &sh_row_goto, &sh_row_if,
	&sh_row_lfnfor, &sh_row_lh, &sh_row_loadfix, &sh_row_loadhigh, &sh_row_md,
	&sh_row_mkdir, &sh_row_move, &sh_row_path, &sh_row_pause, &sh_row_prompt_command,
	&sh_row_rd, &sh_row_rem, &sh_row_ren, &sh_row_rename, &sh_row_rmdir, &sh_row_set,
	&sh_row_shift, &sh_row_time, &sh_row_truename, &sh_row_type, &sh_row_ver,
	&sh_row_verify, &sh_row_vol,
};

const unsigned sh_jobs_count = sizeof sh_jobs / sizeof *sh_jobs;

uint8_t sh_find_command(const char *name, size_t n)
{
	char word[16];

	if (n >= sizeof word)
		return 0;
	memcpy(word, name, n);
	word[n] = 0;
	for (unsigned i = J_COMMANDS; i < sh_jobs_count; i++)
		if (parse_same(sh_jobs[i]->name, word))
			return i;
	return 0;
}

const char *shell_command(unsigned n, const char **help)
{
	if (n >= sh_jobs_count - J_COMMANDS)
		return NULL;
	*help = sh_jobs[J_COMMANDS + n]->help;
	return sh_jobs[J_COMMANDS + n]->name;
}
