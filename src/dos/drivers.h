/* drivers.h - device drivers in files (DEVICE=).  */

#ifndef DOS_DRIVERS_H
#define DOS_DRIVERS_H

#include "dos/dos.h"
#include "dos/region.h"

/* Where DEVICEHIGH may load to.  */
struct driver_place {
	bool high;
	struct regions regions;		/* /L, /S */
	uint32_t least;			/* SIZE=, bytes; 0 as much as the file has */
};

/* Read the file into a block that takes all there is, in upper memory if that
 * is wanted and has room, else below; boot.driver is its segment.
 * arguments: what stands after "DEVICE=" and after switches of DEVICEHIGH.  */
enum dos_error driver_load(struct dos *dos, const char *name, const char *arguments,
			   const struct driver_place *place);

/* Ask its first header to initialise itself; back at step 1.  */
enum svc driver_start(struct dos *dos);

/* A header has answered: link it into the chain; the next one, or the end:
 * memory is cut, and the boot goes on (SVC_STEP, step 0).  */
enum svc driver_started(struct dos *dos);

/* All are there: the boot's handles are opened anew, for there may be
 * another CON.  */
void drivers_reopen(struct dos *dos);

#endif
