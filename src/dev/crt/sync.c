/* sync.c - the vertical sync as an interrupt, which Tandy 1000 and PCjr have on input 5
 * of their interrupt controller (IBM PCjr Technical Reference, "Interrupts"; R. Brown's
 * list, INT 0Dh).  The line is the sync itself: whoever does not want to hear of it masks
 * the input.  */

#include "dev/crt/parts.h"

#define LEAST_HALF	(VTIME_SECOND / 4000)	/* whatever is programmed */

static vtime date_of(const struct crt *c, uint64_t dot)
{
	return vtime_of_ticks(dot, c->model->hz) + 1;
}

/* At the sync's beginning, or its end, of which nobody hears.  */
void crt_schedule_sync(struct crt *c)
{
	uint64_t next, dot = crt_dot(c);
	bool sync;
	vtime when;

	if (c->model->array == ARRAY_NONE)
		return;
	crt_run(c);
	next = m6845_next_sync(&c->crtc, &c->beam, dot);
	sync = m6845_is_sync(&c->crtc, &c->beam, dot);
	if (next == UINT64_MAX && !sync) {
		sched_cancel(c->sched, &c->sync);
		return;
	}
	when = date_of(c, sync ? m6845_sync_end(&c->crtc, &c->beam) : next);
	c->sync.heard = sync && next != UINT64_MAX ? date_of(c, next) : 0;
	if (when < c->sched->now + LEAST_HALF)
		when = c->sched->now + LEAST_HALF;
	sched_at(c->sched, &c->sync, when);
}

void crt_sync_fire(void *ctx, vtime late)
{
	struct crt *c = ctx;

	(void)late;
	wire_set(&c->irq, crt_is_sync(c));
	crt_schedule_sync(c);
}
