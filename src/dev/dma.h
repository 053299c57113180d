/* dma.h - the AT's pair of Intel 8237A DMA controllers with page registers.
 *
 * Channels 0-3 move bytes inside 64 KiB pages (ports 00h-0Fh), channels 5-7
 * words inside 128 KiB pages (C0h-DFh); channel 4 is the cascade.  Page
 * registers: 81h-8Fh.  Sources: Intel 8237A data sheet, order number 231466;
 * IBM AT Technical Reference, "System board DMA".
 *
 * A card owns a struct dma_line and says when it wants bytes moved; that is
 * its DREQ.  So single, demand and block mode differ only in software
 * requests, which run memory-to-memory transfers.  */

#ifndef DEV_DMA_H
#define DEV_DMA_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/bus.h"

struct state;

#define DMA_CHANNELS	8

struct dma_channel {
	uint16_t base_address, base_count;
	uint16_t address, count;	/* current */
	uint8_t mode, page;
};

struct dma_controller {
	uint8_t command, status, mask, request, temporary;
	bool high_next;			/* the flip-flop: which byte comes next */
};

struct dma {
	/* What it was wired to.  */
	struct bus *bus;

	/* What it remembers.  */
	struct dma_controller controller[2];
	struct dma_channel channel[DMA_CHANNELS];
	uint8_t spare[16];		/* page registers that no channel uses */
};

void dma_init(struct dma *d, struct bus *bus);
void dma_reset(struct dma *d);
void dma_state(struct dma *d, struct state *st);

/* For the card on a channel, 0-3 and 5-7.  move() moves nothing while the
 * channel is masked, disabled, or set up for the other direction; it ends
 * at terminal count, also with auto-initialisation (ask again to go on).
 * On channels 5-7 n is even.  */
struct dma_line dma_line(struct dma *d, unsigned channel);

/* The channel has reached terminal count since its status was last read.  */
bool dma_terminal_count(const struct dma *d, unsigned channel);

#endif
