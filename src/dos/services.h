/* services.h - the functions of INT 21h, by file.  int21.c's table names
 * each of them once; nobody else calls them.
 *
 * room is the struct dos.  At step 0 the CPU's registers are the caller's,
 * except SS:SP, which is DOS's own stack.  When guest code has run (step >
 * 0), guest_caller() gives the caller's registers (as they are now in the
 * copy that DOS keeps on the caller's stack: an INT 2Fh handler may have
 * changed them there), and guest_restore() puts them into the CPU, to be
 * done before an answer.  What the CPU's registers are at SVC_DONE is what
 * the caller gets.  */

#ifndef DOS_SERVICES_H
#define DOS_SERVICES_H

#include "guest/guest.h"

/* psp.c, exec.c, terminate.c */
svc_fn int21_abort, int21_create_psp, int21_keep, int21_exec, int21_exit,
	int21_wait, int21_set_psp, int21_get_psp, int21_child_psp;

/* memory.c */
svc_fn int21_alloc, int21_free, int21_resize, int21_strategy;

/* system.c */
svc_fn int21_set_vector, int21_get_vector, int21_set_verify, int21_get_verify,
	int21_set_dta, int21_get_dta, int21_version, int21_break, int21_indos,
	int21_switchar, int21_list_of_lists, int21_bpb_to_dpb, int21_cpm,
	int21_printer_flag;

/* error.c, network.c */
svc_fn int21_extended_error, int21_server, int21_machine, int21_redirection;

/* console.c */
svc_fn int21_read_echo, int21_putchar, int21_aux_read, int21_aux_write,
	int21_print, int21_direct, int21_read_direct, int21_read_quiet,
	int21_puts, int21_read_line, int21_key_waiting, int21_flush_read;

/* disk.c */
svc_fn int21_disk_reset, int21_select_drive, int21_current_drive,
	int21_fat_info, int21_fat_info_of, int21_dpb, int21_dpb_of,
	int21_free_space, int21_media_id, int21_fat32;

/* fcb.c */
svc_fn int21_fcb_open, int21_fcb_close, int21_fcb_find_first,
	int21_fcb_find_next, int21_fcb_delete, int21_fcb_read,
	int21_fcb_write, int21_fcb_create, int21_fcb_rename,
	int21_fcb_random_read, int21_fcb_random_write, int21_fcb_size,
	int21_fcb_set_random, int21_fcb_block_read, int21_fcb_block_write,
	int21_fcb_parse;

/* time.c */
svc_fn int21_get_date, int21_set_date, int21_get_time, int21_set_time;

/* nls.c */
svc_fn int21_country, int21_dbcs, int21_country_ext, int21_code_page;

/* dir.c */
svc_fn int21_mkdir, int21_rmdir, int21_chdir, int21_getcwd;

/* file.c, sft.c, path.c */
svc_fn int21_create, int21_open, int21_close, int21_read, int21_write,
	int21_delete, int21_seek, int21_attributes, int21_dup, int21_dup2,
	int21_rename, int21_file_time, int21_create_temp, int21_create_new,
	int21_lock, int21_truename, int21_handle_count, int21_commit,
	int21_open_ext;

/* ioctl.c */
svc_fn int21_ioctl;

/* find.c, lfn.c */
svc_fn int21_find_first, int21_find_next, int21_lfn;

#endif
