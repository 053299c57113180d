/* critical.h - Ctrl-C and critical errors, between dispatcher and handlers.  */

#ifndef DOS_CRITICAL_H
#define DOS_CRITICAL_H

#include "dos/dos.h"

/* INT 24h has come back to a call in stage STAGE_CRITICAL.  The service goes
 * on with its own step (SVC_STEP), or the process ends.  */
enum svc critical_answered(struct dos *dos);

/* Default handlers of INT 23h and 24h, and the place that an INT 23h handler
 * returns to.  */
void critical_offer(struct dos *dos);

#endif
