/* port61.h - the AT's system control port B.
 *
 * Port 61h (IBM AT Technical Reference, "I/O port B"): gate of the timer's
 * counter 2, speaker data, two parity-check enables; on reading also the
 * refresh toggle and counter 2's output.  The speaker's membrane follows
 * "counter 2 AND speaker data"; its changes go out by a wire.  */

#ifndef DEV_PORT61_H
#define DEV_PORT61_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/bus.h"
#include "sched/sched.h"

struct state;

struct port61_wiring {
	struct wire gate2;		/* the timer's gate 2 */
	struct wire speaker;		/* the speaker's level */
	bool (*out2)(void *ctx);	/* counter 2's output, now */
	void *out2_ctx;
};

struct port61 {
	/* What it was wired to.  */
	struct sched *sched;
	struct port61_wiring to;

	/* What it remembers.  */
	uint8_t bits;			/* bits 0-3, as written */
	bool out2;			/* as the timer last told us */
	bool speaker;			/* as last shown to the wire */
};

void port61_init(struct port61 *p, struct bus *bus, struct sched *sched,
		 const struct port61_wiring *to);
void port61_reset(struct port61 *p);
void port61_state(struct port61 *p, struct state *st);

/* Where the timer's output 2 is to be led.  */
struct wire port61_out2(struct port61 *p);

#endif
