/* lpt.h - a parallel printer port with a printer on it (IBM AT Technical
 * Reference, "Serial/parallel adapter"): data, status and control at three
 * ports, interrupt at the end of ACK.  */

#ifndef DEV_LPT_H
#define DEV_LPT_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/bus.h"
#include "sched/sched.h"

struct state;

/* The printer.  write NULL: none is connected.  */
struct lpt_backend {
	void (*write)(void *ctx, uint8_t byte);
	void *ctx;
};

struct lpt {
	/* What it was wired to.  */
	struct sched *sched;
	struct wire irq;
	struct lpt_backend backend;
	uint16_t base;
	struct sched_event ack;		/* the printer has taken the byte */

	/* What it remembers.  */
	uint8_t data, control;
	bool acked;			/* and the program was not yet told */
};

/* name: for its event, unique ("LPT1").  */
void lpt_init(struct lpt *l, struct bus *bus, struct sched *sched, const char *name,
	      uint16_t base, struct wire irq);
void lpt_reset(struct lpt *l);
void lpt_state(struct lpt *l, struct state *st);

void lpt_plug(struct lpt *l, const struct lpt_backend *backend);

#endif
