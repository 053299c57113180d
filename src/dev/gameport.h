/* gameport.h - the game control adapter (IBM Game Control Adapter, Technical Reference):
 * four one-shots, whose time is that of a resistance, and four buttons.
 *
 * A write to any of its ports fires the one-shots, a read tells which of them still run.
 * How long one does is guest time.  A program that counts rounds of a loop meanwhile gets
 * larger numbers of a faster processor, for all axes alike, as from the adapter.  */

#ifndef DEV_GAMEPORT_H
#define DEV_GAMEPORT_H

#include <stdint.h>

#include "bus/bus.h"
#include "sched/sched.h"

struct state;

#define GAMEPORT_AXES	4
#define GAMEPORT_MOST	100000u		/* ohms of a stick's potentiometer */
#define GAMEPORT_OPEN	UINT32_MAX	/* nothing is connected */

/* What is plugged in, as it is held.  */
struct gameport_input {
	uint32_t ohm[GAMEPORT_AXES];	/* A's x, y, B's x, y: at most GAMEPORT_MOST, or OPEN */
	uint8_t pressed;		/* A's 1, 2, B's 1, 2: a bit each, from bit 0 */
};

struct gameport {
	/* What it was wired to.  */
	const struct sched *sched;
	struct gameport_input in;	/* the host's: no part of a snapshot */

	/* What it remembers.  */
	vtime falls[GAMEPORT_AXES];	/* the one-shot runs until then; VTIME_NEVER: for ever */
};

/* Nothing is plugged in at first.  */
void gameport_init(struct gameport *g, struct bus *bus, const struct sched *sched);
void gameport_reset(struct gameport *g);
void gameport_set(struct gameport *g, const struct gameport_input *in);
void gameport_state(struct gameport *g, struct state *st);

#endif
