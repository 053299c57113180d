/* redirect.h - files and directories on somebody else's drives.
 *
 * A drive whose CDS has the network bit, and names like "\\SERVER\SHARE",
 * belong to a redirector: a program that has hooked INT 2Fh and answers
 * functions 11xxh there.  The calls here set up what it expects (RBIL, INT
 * 2Fh/11xxh; the swappable data area), and the service goes on in
 * redirect_go_on() when it has answered.  Nobody there: error 1 from the
 * last handler of INT 2Fh.  */

#ifndef DOS_REDIRECT_H
#define DOS_REDIRECT_H

#include "dos/files.h"

/* The steps of a service that belong to redirect_go_on().  */
enum { STEP_REDIRECT = 0xc0, STEP_REDIRECT_END = 0xe0 };

enum svc redirect_go_on(struct dos *dos);

/* Whole services from here on; o as open.c has filled it.  */
enum svc redirect_open(struct dos *dos, const struct opening *o, bool extended);
enum svc redirect_find(struct dos *dos, const struct dos_path *p, uint8_t attr);
enum svc redirect_find_next(struct dos *dos);	/* the area at the DTA is a redirector's */
enum svc redirect_rename(struct dos *dos, const struct dos_path *from, const struct dos_path *to);
enum svc redirect_get_attr(struct dos *dos, const struct dos_path *p);
enum svc redirect_set_attr(struct dos *dos, const struct dos_path *p, uint16_t attr);
enum svc redirect_delete(struct dos *dos, const struct dos_path *p);
enum svc redirect_mkdir(struct dos *dos, const struct dos_path *p);
enum svc redirect_rmdir(struct dos *dos, const struct dos_path *p);
enum svc redirect_chdir(struct dos *dos, const struct dos_path *p);
enum svc redirect_space(struct dos *dos, struct far cds);	/* 36h */

/* On open files.  */
enum svc redirect_move(struct dos *dos, struct far sft, bool writing);
enum svc redirect_seek_end(struct dos *dos, struct far sft, uint32_t offset);
enum svc redirect_commit(struct dos *dos, struct far sft);
enum svc redirect_close(struct dos *dos, uint16_t handle, struct far sft);
enum svc redirect_lock(struct dos *dos, struct far sft, bool on, uint32_t pos, uint32_t size);

#endif
