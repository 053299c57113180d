/* process.h - processes: PSPs (psp.c), EXEC (exec.c), their end (terminate.c).  */

#ifndef DOS_PROCESS_H
#define DOS_PROCESS_H

#include "dos/dos.h"
#include "dos/loader.h"

/* What EXEC is asked for.  */
struct exec {
	char name[128];			/* as the environment block shows it */
	uint16_t env;			/* to copy; 0: the current process's own */
	const char *strings;		/* or these instead: dos_env_make() */
	size_t strings_size;
	struct far tail, fcb1, fcb2;	/* 128, 16 and 16 bytes */
	struct far back;		/* where it ends: INT 22h */
};

/* A program in memory, with its PSP, ready to go.  */
struct process {
	struct loaded image;
	uint16_t psp, ax;
};

/* Load and make a child of the current process, which it then is.  */
enum dos_error process_make(struct dos *dos, const struct exec *x, struct process *p);

/* Jump into it.  */
enum svc process_start(struct dos *dos, const struct process *p);

/* The program goes on there, with this stack.  */
void process_jump(struct dos *dos, struct far entry, struct far stack);

/* Fill a PSP: entry points, terminate addresses, an empty handle table.  */
void process_init_psp(struct dos *dos, uint16_t psp, uint16_t top);

/* 55h and EXEC: a copy of the current PSP whose handles are the inheritable
 * ones; it becomes the current process.  */
void process_make_child(struct dos *dos, uint16_t psp, uint16_t top);

/* Where this process began, as a mark of the doorway's frames, which is forgotten;
 * 0xff, above all of them, for one that was never seen to begin.  */
uint8_t process_take_mark(struct dos *dos, uint16_t psp);
void process_marks_state(struct dos *dos, struct state *st);

/* The first call of a program that was started with A20 off: on again.  */
void process_a20_back(struct dos *dos);

/* The version that a program of this name is told, into its PSP.  */
void process_set_version(struct dos *dos, uint16_t psp, const char *name);

#endif
