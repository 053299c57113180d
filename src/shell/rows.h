/* rows.h - the rows of the table of jobs, each defined beside its steps.  */

#ifndef SHELL_ROWS_H
#define SHELL_ROWS_H

#include "shell/sh.h"

extern const struct job_row
	sh_row_start, sh_row_prompt, sh_row_read, sh_row_edit, sh_row_key, sh_row_line,
	sh_row_batch, sh_row_run, sh_row_show_prompt, sh_row_copy_file,
	sh_row_int2e, sh_row_break, sh_row_break_command, sh_row_call, sh_row_cd, sh_row_chcp,
	sh_row_chdir, sh_row_cls, sh_row_copy, sh_row_ctty, sh_row_date, sh_row_del,
	sh_row_dir, sh_row_echo, sh_row_erase, sh_row_exit, sh_row_for, sh_row_goto, sh_row_if,
	sh_row_lfnfor, sh_row_lh, sh_row_loadfix, sh_row_loadhigh, sh_row_md, sh_row_mkdir,
	sh_row_move, sh_row_path, sh_row_pause, sh_row_prompt_command, sh_row_rd, sh_row_rem,
	sh_row_ren, sh_row_rename, sh_row_rmdir, sh_row_set, sh_row_shift, sh_row_time,
	sh_row_truename, sh_row_type, sh_row_ver, sh_row_verify, sh_row_vol;

#endif
