/* fcb.h - file control blocks, between fcb.c and fcbio.c.  */

#ifndef DOS_FCB_H
#define DOS_FCB_H

#include "dos/files.h"

/* Where an FCB is, and what its extended part says, if there is one.  */
struct fcb_place {
	struct far at;			/* the drive byte */
	bool extended;
	uint8_t attr;
};

struct fcb_place fcb_at(struct dos *dos, struct far p);
struct fcb_place fcb_of_caller(struct dos *dos);	/* at DS:DX */
/* AL = 0, or FFh with the error for 59h.  */
enum svc fcb_answer(struct dos *dos, enum dos_error e);
/* The same, or INT 24h for what DOS leaves to the user, sharing included; the call
 * then begins anew (dos_given_up).  */
enum svc fcb_refuse(struct dos *dos, enum dos_error e, uint8_t drive, bool writing);
/* Entry n of the FCBs' own file table; 0:0 past the end.  */
struct far fcb_entry(struct dos *dos, unsigned n);
/* The open file of an FCB; 0:0 if it is not open and cannot be again.  */
struct far fcb_sft(struct dos *dos, const struct fcb_place *f);
/* Text into the first 16 bytes of an FCB; answers how much of it was read.
 * flags: AL of 29h; *answer: its AL.  */
size_t fcb_parse(struct dos *dos, const char *text, uint8_t flags, uint8_t fcb[FCB_RECORD_SIZE + 2],
		 uint8_t *answer);

#endif
