/* keyboard.h - a 101/102-key PS/2 keyboard.
 *
 * Keys come in as USB-HID usages (plugin.h), and leave as bytes of scan-code
 * set 1, 2 or 3 on the serial line, with make, break and typematic repeat
 * as the keyboard itself makes them.  Source: IBM PS/2 Hardware Interface
 * Technical Reference, "Keyboards (101- and 102-key)".  */

#ifndef DEV_KEYBOARD_H
#define DEV_KEYBOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ring.h"
#include "bus/bus.h"
#include "dev/ps2.h"
#include "sched/sched.h"

struct key_event;
struct state;

#define KEYBOARD_KEYS	0xe8	/* HID usages 00h-E7h */

struct keyboard {
	/* What it was wired to.  */
	struct sched *sched;
	struct wire ready;		/* high: there are bytes to fetch */
	struct sched_event repeat, self_test;
	unsigned haste;			/* fingers are so many times slower than the guest; 0: 1 */

	/* What it remembers.  */
	uint8_t set;			/* scan-code set, 1 to 3 */
	uint8_t leds;			/* bit 0 Scroll, 1 Num, 2 Caps Lock */
	uint8_t typematic;		/* bits 6-5 delay, 4-0 rate */
	uint8_t expects;		/* command whose data byte is awaited, or 0 */
	uint8_t last;			/* sent last, for Resend */
	bool scanning;
	bool overrun;			/* keys were lost, and that was told */
	bool down[KEYBOARD_KEYS];
	uint8_t type[KEYBOARD_KEYS];	/* set 3: enum key_type */
	uint16_t repeating;		/* the key pressed last, or 0 */
	uint8_t reply_store[16], key_store[256];
	struct ring reply, keys;	/* replies go first */
};

void keyboard_init(struct keyboard *kb, struct sched *sched, struct wire ready);
void keyboard_reset(struct keyboard *kb);
void keyboard_state(struct keyboard *kb, struct state *st);

/* What the controller is given.  */
struct ps2_device keyboard_device(struct keyboard *kb);

/* A key moved.  A second press of a key that is down (the host's own
 * repeat) is ignored, and so are keys that the keyboard does not have.  */
void keyboard_key(struct keyboard *kb, const struct key_event *ev);

/* Every byte was fetched: whoever types faster than a human waits for it.  */
bool keyboard_idle(const struct keyboard *kb);

#endif
