/* capacity.c - how many instructions the host can do in a millisecond, measured.
 *
 * Other programs of the host and its disks make a slice last ten times as long now and
 * then, the first ones of a program above all, whose files are not in memory yet.  So no
 * slice alone decides, not even the first.  And what was measured too low must rise again,
 * however few instructions a slice may then do: whether one counts goes by guest time.  */

#include "session/capacity.h"

#define FIRST_GUESS	50000
#define SMOOTH		8		/* measurements, about, of which the mean is taken */
#define BUSY		(VTIME_SECOND / 300)
#define NS_PER_MS	INT64_C(1000000)

void capacity_init(struct capacity *c)
{
	c->per_ms = FIRST_GUESS;
}

/* Slices with little to do say more of everything else than of the processor.  */
void capacity_note(struct capacity *c, int64_t host_ns, uint64_t instructions, vtime busy)
{
	if (host_ns <= 0 || busy < BUSY)
		return;
	c->per_ms += ((int64_t)(instructions * NS_PER_MS / host_ns) - c->per_ms) / SMOOTH;
	if (c->per_ms < 1)
		c->per_ms = 1;
}
