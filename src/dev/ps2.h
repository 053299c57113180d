/* ps2.h - the serial line between the keyboard controller and what is
 * plugged into it, so that neither includes the other.
 *
 * Source of scan codes and of the controller's translation: IBM PS/2
 * Hardware Interface Technical Reference, "Keyboard and auxiliary device
 * controller" and "Keyboards (101- and 102-key)".  */

#ifndef DEV_PS2_H
#define DEV_PS2_H

#include <stdbool.h>
#include <stdint.h>

/* One byte on the line, eleven bits of some 80 us, in nanoseconds.  */
#define PS2_BYTE_TIME	900000

/* A device, as the controller sees it.  It tells that it has bytes by a
 * wire of its own.  All NULL: nothing is plugged in.  */
struct ps2_device {
	void *dev;
	void (*command)(void *dev, uint8_t byte);	/* the controller sends */
	bool (*take)(void *dev, uint8_t *byte);		/* false: it has none */
};

/* A scan code of set 2 (without its E0 or F0 prefix) as set 1 has it: what
 * the controller's translation does.  */
uint8_t ps2_set1(uint8_t set2);

#endif
