/* fetch.h - programs and drivers on somebody else's drives.
 *
 * A redirector answers by guest code, but a program is loaded in one go.  So
 * its file is fetched first, by INT 21h as DOS's own EXEC opens and reads it,
 * as far as its header says that it will be read; and then loaded from
 * there (loader.c).  What has been fetched is dropped when it has been
 * loaded.  */

#ifndef DOS_FETCH_H
#define DOS_FETCH_H

#include "dos/dos.h"

/* The steps of a service that fetches.  */
enum { STEP_FETCH = 0xb0, STEP_FETCH_END = 0xb4 };

/* Does the name lead to a redirector, and has not been fetched?  */
bool fetch_wanted(struct dos *dos, const char *name);
/* Fetch it: the service goes on in fetch_go_on() as long as its step is one of
 * those above, and begins anew, with step 0, when it is through.  Uses all
 * notes of the frame.  */
enum svc fetch_begin(struct dos *dos, const char *name);	/* on a stack that DOS does not use */
enum svc fetch_go_on(struct dos *dos);
static inline bool fetch_going_on(const struct dos *dos)
{
	uint8_t step = guest_step(dos->guest);

	return step >= STEP_FETCH && step < STEP_FETCH_END;
}

/* What has been fetched; the redirector's error.  */
enum dos_error fetch_size(const struct dos *dos, uint32_t *size);
size_t fetch_read(const struct dos *dos, uint32_t pos, void *buf, size_t n);
void fetch_drop(struct dos *dos);

void fetch_state(struct dos_fetch *f, struct state *st);

#endif
