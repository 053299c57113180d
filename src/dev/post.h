/* post.h - the manufacturer's diagnostic port 80h: a latch that a power-on
 * self test writes its progress to (IBM AT Technical Reference; the latch
 * is the spare one of the DMA page registers).  */

#ifndef DEV_POST_H
#define DEV_POST_H

#include <stdint.h>

#include "bus/bus.h"

struct state;

struct post {
	/* What it was wired to; may be NULL.  */
	void (*code)(void *ctx, uint8_t code);
	void *ctx;

	/* What it remembers.  */
	uint8_t last;
};

void post_init(struct post *p, struct bus *bus,
	       void (*code)(void *ctx, uint8_t code), void *ctx);
void post_reset(struct post *p);
void post_state(struct post *p, struct state *st);

#endif
