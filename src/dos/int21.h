/* int21.h - the table of INT 21h, for the dispatcher, the trace and the
 * manual's list of functions.  */

#ifndef DOS_INT21_H
#define DOS_INT21_H

#include "dos/dos.h"

/* How a function enters DOS.  */
enum int21_way {
	WAY_DISK,	/* the usual: disk stack, no INT 28h */
	WAY_CHAR,	/* 01h-0Ch: I/O stack, INT 28h while waiting; error stack in INT 24h */
	WAY_ERROR,	/* 59h: always the error stack */
	WAY_BARE,	/* at once, on the caller's stack, InDOS untouched */
};

struct int21_row {
	const char *name;
	svc_fn *serve;		/* NULL: not supported */
	const char *trace;	/* arguments -> results, see trace.c */
	enum int21_way way;
};

/* guest_frame.stage of a call to INT 21h.  */
enum int21_stage {
	STAGE_NEW,
	STAGE_BREAK,		/* BREAK=ON: looking for Ctrl-C first */
	STAGE_INSIDE,		/* the function's own steps */
	STAGE_CRITICAL,		/* INT 24h runs */
};

extern const struct int21_row int21_table[0x100];

/* The line of --trace=dos for a call that has come to `answer'.  */
void int21_trace(struct dos *dos, enum svc answer);

/* The function's call, as DOS has it on the caller's stack, is the truth
 * from now on: for 5D00h, which changes it.  */
void int21_reload(struct dos *dos);

/* Give INT 20h, 21h, 27h and the CP/M gate to the kernel.  */
void int21_offer(struct dos *dos);

/* The caller's registers, wherever the call stands.  */
static inline uint16_t caller16(struct dos *dos, enum cpu_reg r)
{
	return guest_caller(dos->guest)->reg[r];
}

#endif
