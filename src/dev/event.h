/* event.h - a chip's scheduled event in a snapshot: whether it is pending,
 * and its date.  */

#ifndef DEV_EVENT_H
#define DEV_EVENT_H

#include "sched/sched.h"

struct state;

void event_state(struct sched *sched, struct sched_event *e, struct state *st);

#endif
