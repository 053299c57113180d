/* pic.h - the AT's pair of Intel 8259A interrupt controllers.
 *
 * Ports 20h-21h (master, IRQ 0-7) and A0h-A1h (slave, IRQ 8-15, on the
 * master's input 2).  Names are the data sheet's: Intel 8259A, order number
 * 231468.  Not modelled: the MCS-80 mode (a CALL on the bus means nothing
 * to an x86) and buffered mode (no effect that a program can see).  */

#ifndef DEV_PIC_H
#define DEV_PIC_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/bus.h"

struct state;

/* What an 8259A waits for: nothing, or the next initialisation word.  */
enum pic_expect { PIC_READY, PIC_ICW1, PIC_ICW2, PIC_ICW3, PIC_ICW4 };

struct pic_chip {
	uint8_t lines;		/* the inputs as they are now */
	uint8_t irr, isr, imr;
	uint8_t icw1, icw2, icw3, icw4;
	uint8_t expect;		/* enum pic_expect; quiet unless PIC_READY */
	uint8_t lowest;		/* the input of lowest priority, 7 at first */
	bool rotate_aeoi;	/* rotate at automatic EOI */
	bool special_mask;
	bool read_isr;		/* which register port 20h shows */
	bool poll;		/* the next read is an acknowledge */
	bool out;		/* the INT pin */
};

struct pic {
	/* What it was wired to.  */
	struct wire intr;	/* the CPU's INTR pin */

	/* What it remembers.  */
	struct pic_chip chip[2];
};

void pic_init(struct pic *pic, struct bus *bus, struct wire intr);
void pic_reset(struct pic *pic);
void pic_state(struct pic *pic, struct state *st);

/* Interrupt request input 0-15.  The AT leads the ISA bus's IRQ 2 to input
 * 9 (IBM AT Technical Reference), and so do we.  A request must stay high
 * until it is acknowledged (data sheet, "Interrupt sequence").  */
struct wire pic_irq(struct pic *pic, unsigned irq);

/* The CPU's two INTA cycles: the vector, 0-255.  For cpu.intack.  */
int pic_intack(void *pic);

#endif
