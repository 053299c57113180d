/* sync.c - the vertical sync as an interrupt, which Tandy 1000 and PCjr have on input 5
 * of their interrupt controller (IBM PCjr Technical Reference, "Interrupts"; R. Brown's
 * list, INT 0Dh).  The line is the sync itself: whoever does not want to hear of it masks
 * the input.  */

#include "dev/crt/parts.h"

#define LEAST_HALF	(VTIME_SECOND / 4000)	/* whatever is programmed */

/* At the sync's beginning, or its end.  */
void crt_schedule_sync(struct crt *c)
{
	uint64_t at;
	vtime when;

	if (c->model->array == ARRAY_NONE)
		return;
	crt_run(c);
	at = c->beam.sync ? c->beam.at + (uint64_t)c->beam.sync * m6845_line(&c->crtc) :
		m6845_next_sync(&c->crtc, &c->beam);
	if (at == UINT64_MAX) {
		sched_cancel(c->sched, &c->sync);
		return;
	}
	when = vtime_of_ticks(at, c->model->hz) + 1;
	if (when < c->sched->now + LEAST_HALF)
		when = c->sched->now + LEAST_HALF;
	sched_at(c->sched, &c->sync, when);
}

void crt_sync_fire(void *ctx, vtime late)
{
	struct crt *c = ctx;

	(void)late;
	crt_run(c);
	wire_set(&c->irq, c->beam.sync > 0);
	crt_schedule_sync(c);
}
