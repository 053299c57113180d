/* sermouse.h - a mouse on a serial line.
 *
 * It lives on the current of DTR and RTS, and says who it is when they come up; then
 * it reports at 1200 baud.  Sources: Microsoft Mouse Programmer's Reference, "Serial
 * mouse"; Logitech's MouseMan (a fourth byte for the middle button); Microsoft's
 * serial IntelliMouse (a fourth byte with the wheel); Mouse Systems' M-1 (five bytes of
 * eight bits); Microsoft and Hayes, "Plug and Play External COM Device
 * Specification" 1.00.  */

#ifndef DEV_SERMOUSE_H
#define DEV_SERMOUSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ring.h"
#include "sched/sched.h"

struct state;

enum sermouse_kind {
	SERMOUSE_NONE,
	SERMOUSE_MICROSOFT,		/* two buttons */
	SERMOUSE_LOGITECH,		/* three */
	SERMOUSE_WHEEL,			/* three and a wheel */
	SERMOUSE_SYSTEMS,		/* Mouse Systems', three */
};

#define SERMOUSE_ANSWER	64		/* room for its name; a power of two */

struct sermouse {
	/* What it was wired to.  */
	struct sched *sched;
	enum sermouse_kind kind;
	bool (*send)(void *ctx, uint8_t byte);	/* the line takes it; false: no room */
	void *ctx;
	char event_name[16];
	struct sched_event next;	/* the line is free for the next byte */

	/* What it remembers.  */
	bool dtr, rts;
	uint16_t baud;			/* the other side's format; more than fits is 65535 */
	uint8_t bits;
	uint8_t buttons, told_buttons;
	bool moved;
	int32_t dx, dy, dz;		/* not reported yet; y grows downwards */
	uint8_t out_store[SERMOUSE_ANSWER];
	struct ring out;		/* bytes of a report, or of its name */
};

/* name: for its event, unique, at most ten characters.  */
void sermouse_init(struct sermouse *m, struct sched *sched, const char *name,
		   enum sermouse_kind kind, bool (*send)(void *ctx, uint8_t byte), void *ctx);
void sermouse_reset(struct sermouse *m);
void sermouse_state(struct sermouse *m, struct state *st);

/* What the UART at the other end does: a struct serial_backend's functions.  */
void sermouse_lines(void *mouse, bool dtr, bool rts, bool brk);
void sermouse_format(void *mouse, unsigned baud, unsigned bits, unsigned stops, uint8_t parity);

/* It moved: mickeys to the right and towards the user, wheel steps towards the
 * user.  buttons: bit 0 left, 1 right, 2 middle.  */
void sermouse_move(struct sermouse *m, int dx, int dy, int wheel, uint8_t buttons);
/* A driver has switched it on.  */
bool sermouse_reports(const struct sermouse *m);
/* It has told everything, or nobody wants to hear it.  */
bool sermouse_idle(const struct sermouse *m);

#endif
