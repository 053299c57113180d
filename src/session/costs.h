/* costs.h - what takes longer, on the machines that speeds are named after, than the mixture
 * of instructions does by which they are measured.  */

#ifndef SESSION_COSTS_H
#define SESSION_COSTS_H

#include <stdint.h>

#include "cpu/cpu.h"

struct costs {
	struct cpu_card card;
	uint32_t longer[CPU_LONGERS];	/* nanoseconds */
};

/* Of a speed as in the settings.  A number stands for the slowest named machine that does as
 * much, its processor slowed down; CONF_SPEED_AUTO, and all that is faster: nothing takes
 * longer.  */
void costs_of(struct costs *c, int64_t speed);

#endif
