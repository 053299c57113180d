/* kbc.h - the PS/2's 8042 keyboard controller.
 *
 * Ports 60h (data) and 64h (status, command).  It stands between the CPU
 * and two serial lines, keyboard and auxiliary device (mouse), and its
 * output port holds the A20 gate and the CPU's reset.  Source: IBM PS/2
 * Hardware Interface Technical Reference, "Keyboard and auxiliary device
 * controller"; for the AT's commands the IBM AT Technical Reference.  */

#ifndef DEV_KBC_H
#define DEV_KBC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ring.h"
#include "bus/bus.h"
#include "dev/ps2.h"
#include "sched/sched.h"

struct state;

enum kbc_line { KBC_KEYBOARD, KBC_AUX };

struct kbc_wiring {
	struct wire irq1, irq12;
	struct wire a20;		/* what the output port wants of line 20 */
	struct wire reset;		/* high: reset the CPU */
	struct ps2_device line[2];	/* by enum kbc_line */
};

struct kbc {
	/* What it was wired to.  */
	struct sched *sched;
	struct kbc_wiring to;
	struct sched_event transfer;	/* a device's byte has arrived */

	/* What it remembers.  */
	uint8_t ram[32];		/* ram[0] is the command byte */
	uint8_t output_port;
	uint8_t waiting;		/* command whose data byte is awaited, or 0 */
	bool wrote_command;		/* last write went to 64h */
	bool timed_out;			/* nobody answered on a line */
	bool break_seen;		/* translation: F0 has come */
	bool aux_turn;			/* who may go first when both have bytes */
	vtime busy_until;		/* the input buffer is full until then */
	uint8_t out;			/* output buffer */
	bool out_full, out_aux;
	bool ready[2];			/* a device has bytes for us */
	uint8_t reply_store[32];
	struct ring reply;		/* our own answers that wait for the buffer */
};

void kbc_init(struct kbc *k, struct bus *bus, struct sched *sched,
	      const struct kbc_wiring *to);
void kbc_reset(struct kbc *k);
void kbc_state(struct kbc *k, struct state *st);

/* Where a device tells that it has bytes.  */
struct wire kbc_ready(struct kbc *k, enum kbc_line line);

#endif
