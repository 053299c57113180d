/* mouse.h - a PS/2 mouse with two or three buttons, which turns into one
 * with a wheel (ID 3) or with a wheel and five buttons (ID 4) when a driver
 * knocks.  Source: IBM PS/2 Hardware Interface Technical Reference, "Mouse";
 * the knocks: Microsoft, "IntelliMouse" (sample rates 200, 100, 80) and
 * "IntelliMouse Explorer" (200, 200, 80).  */

#ifndef DEV_MOUSE_H
#define DEV_MOUSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ring.h"
#include "bus/bus.h"
#include "dev/ps2.h"
#include "sched/sched.h"

struct state;

struct mouse {
	/* What it was wired to.  */
	struct sched *sched;
	struct wire ready;		/* high: there are bytes to fetch */
	struct sched_event sample;	/* no packet before this date */
	struct sched_event self_test;

	/* What it remembers.  */
	uint8_t id;			/* 0, 3 or 4 */
	uint8_t rate;			/* samples a second */
	uint8_t resolution;		/* 0-3: 1, 2, 4, 8 counts a mm; told, not used */
	uint8_t knock[3];		/* the last sample rates asked for */
	uint8_t expects;		/* command whose data byte is awaited, or 0 */
	bool refused;			/* the last byte made no sense */
	bool scaling;			/* 2:1 */
	bool reporting, remote, wrap;
	bool moved;			/* something to report */
	uint8_t buttons;
	int32_t dx, dy, dz;		/* not reported yet; y grows downwards */
	uint8_t last[8], last_size;	/* what Resend sends */
	uint8_t out_store[32];
	struct ring out;
};

void mouse_init(struct mouse *m, struct sched *sched, struct wire ready);
void mouse_reset(struct mouse *m);
void mouse_state(struct mouse *m, struct state *st);

/* What the controller is given.  */
struct ps2_device mouse_device(struct mouse *m);

/* It moved: mickeys to the right and towards the user, wheel steps towards
 * the user.  buttons: bit 0 left, 1 right, 2 middle, 3 and 4 the thumb's.  */
void mouse_move(struct mouse *m, int dx, int dy, int wheel, uint8_t buttons);

/* A driver has switched it on.  */
bool mouse_reports(const struct mouse *m);

/* It has told everything, or nobody wants to hear it.  */
bool mouse_idle(const struct mouse *m);

#endif
