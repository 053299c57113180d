/* port92.h - system control port A of the PS/2: the fast A20 gate and the
 * fast reset (IBM PS/2 Hardware Interface Technical Reference).  */

#ifndef DEV_PORT92_H
#define DEV_PORT92_H

#include <stdint.h>

#include "bus/bus.h"

struct state;

struct port92 {
	/* What it was wired to.  */
	struct wire a20;	/* what this port wants of address line 20 */
	struct wire reset;	/* high: reset the CPU */

	/* What it remembers.  */
	uint8_t bits;
};

void port92_init(struct port92 *p, struct bus *bus, struct wire a20,
		 struct wire reset);
void port92_reset(struct port92 *p);
void port92_state(struct port92 *p, struct state *st);

#endif
