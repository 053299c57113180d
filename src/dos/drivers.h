/* drivers.h - device drivers in files (DEVICE=).  */

#ifndef DOS_DRIVERS_H
#define DOS_DRIVERS_H

#include "dos/dos.h"

/* Read the file into a block that takes all memory; boot.driver is its
 * segment.  arguments: what stands after "DEVICE=".  */
enum dos_error driver_load(struct dos *dos, const char *name, const char *arguments, bool high);

/* Ask its first header to initialise itself; back at step 1.  */
enum svc driver_start(struct dos *dos);

/* A header has answered: link it into the chain; the next one, or the end:
 * memory is cut, and the boot goes on (SVC_STEP, step 0).  */
enum svc driver_started(struct dos *dos);

/* All are there: the boot's handles are opened anew, for there may be
 * another CON.  */
void drivers_reopen(struct dos *dos);

#endif
