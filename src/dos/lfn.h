/* lfn.h - searches for long names (INT 21h/714Eh).
 *
 * Their state does not fit into guest memory of a documented layout: a
 * program gets a handle and nothing else.  So they are the kernel's own, and
 * are saved with it.  */

#ifndef DOS_LFN_H
#define DOS_LFN_H

#include <stdbool.h>
#include <stdint.h>

#include "drive/drive.h"

struct dos;
struct state;

#define LFN_SEARCHES	32
#define LFN_HANDLE	0x4000		/* the first one's handle */

struct lfn_search {
	uint16_t owner;			/* PSP; 0 free */
	uint8_t drive;
	uint8_t attr, must;		/* allowed, required */
	uint16_t listing, entry;	/* entry as in files.h */
	char pattern[DRIVE_NAME_MAX];
};

struct lfn {
	struct lfn_search search[LFN_SEARCHES];
};

/* Drop the searches of a process that ends.  */
void lfn_close_all(struct dos *dos, uint16_t psp);
void lfn_reset(struct lfn *lfn);
void lfn_state(struct lfn *lfn, struct state *st);

#endif
