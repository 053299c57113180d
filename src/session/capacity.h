/* capacity.h - how many instructions the host can do in a millisecond, measured.  */

#ifndef SESSION_CAPACITY_H
#define SESSION_CAPACITY_H

#include <stdint.h>

#include "sched/sched.h"

struct capacity {
	int64_t per_ms;
};

/* Before anything is known.  */
void capacity_init(struct capacity *c);
/* A slice's instructions took so long on the host.  Of the slice's guest time so much went
 * by with something to do.  */
void capacity_note(struct capacity *c, int64_t host_ns, uint64_t instructions, vtime busy);

#endif
