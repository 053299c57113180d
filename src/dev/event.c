/* event.c - a chip's scheduled event in a snapshot.  */

#include "dev/event.h"

#include "state/state.h"

void event_state(struct sched *sched, struct sched_event *e, struct state *st)
{
	bool pending = sched_pending(sched, e);
	vtime when = pending ? e->when : 0;

	state_bool(st, &pending);
	state_u64(st, &when);
	if (st->mode == STATE_SAVE)
		return;
	sched_cancel(sched, e);
	if (pending)
		sched_at(sched, e, when);
}
