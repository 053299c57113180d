/* serial.h - National Semiconductor 16550A UART on an asynchronous adapter.
 *
 * Eight ports from its base; OUT2 gates the interrupt (IBM AT Technical
 * Reference, "Serial/parallel adapter").  Registers: National PC16550D data
 * sheet.  Bytes take their time on the line, so a backend may hand over many
 * at once without an overrun: they wait here.  */

#ifndef DEV_SERIAL_H
#define DEV_SERIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ring.h"
#include "bus/bus.h"
#include "sched/sched.h"

struct state;

/* What is plugged into the connector.  Any function may be NULL.  */
struct serial_backend {
	void (*write)(void *ctx, uint8_t byte);
	/* DTR, RTS or a break on our line has changed.  */
	void (*lines)(void *ctx, bool dtr, bool rts, bool brk);
	/* Speed, data bits, stop bits and the line control register's parity
	 * (bits 3 to 5) may have changed.  */
	void (*format)(void *ctx, unsigned baud, unsigned bits, unsigned stops, uint8_t parity);
	void *ctx;
};

enum serial_line { SERIAL_CTS = 0x10, SERIAL_DSR = 0x20, SERIAL_RI = 0x40, SERIAL_DCD = 0x80 };

struct serial {
	/* What it was wired to.  */
	struct sched *sched;
	struct wire irq;
	struct serial_backend backend;
	uint16_t base;
	char event_name[3][16];		/* of the three */
	struct sched_event sent;	/* the byte in the shift register is out */
	struct sched_event arrives;	/* a byte has come in */
	struct sched_event timeout;	/* bytes lie in the FIFO unread */

	/* What it remembers.  */
	uint8_t ier, fcr, lcr, mcr, lsr, msr, scratch;
	uint16_t divisor;
	uint8_t outside;		/* enum serial_line, as the backend set them */
	uint8_t shift;			/* the byte on its way out */
	bool sending;
	bool thr_empty_told;		/* that interrupt was read in the IIR */
	bool timed_out;
	uint8_t in_store[16], out_store[16], line_store[1024];
	struct ring in, out;		/* the FIFOs; one byte deep without them */
	struct ring line;		/* from the backend, not yet arrived */
};

/* name: for its events, unique ("COM1"), at most ten characters.  */
void serial_init(struct serial *s, struct bus *bus, struct sched *sched, const char *name,
		 uint16_t base, struct wire irq);
void serial_reset(struct serial *s);
void serial_state(struct serial *s, struct state *st);

/* A backend with write NULL unplugs.  Its lines are set with serial_lines.  */
void serial_plug(struct serial *s, const struct serial_backend *backend);

/* A byte comes in.  False: too many wait already, try again later.  */
bool serial_receive(struct serial *s, uint8_t byte);

/* The machine will run no more: what is on its way out gets there.  */
void serial_drain(struct serial *s);

/* CTS, DSR, RI and DCD as the other side holds them.  */
void serial_lines(struct serial *s, uint8_t lines);

#endif
