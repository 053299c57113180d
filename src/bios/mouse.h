/* mouse.h - what the mouse driver (INT 33h) remembers.
 *
 * Its packets come as any driver's do, from INT 15h/C2h.  Positions are of the
 * virtual screen, whose size goes by the video mode.  */

#ifndef BIOS_MOUSE_H
#define BIOS_MOUSE_H

#include <stdbool.h>
#include <stdint.h>

#include "sched/sched.h"

struct bios;
struct state;

#define MOUSE_BUTTONS	3
#define MOUSE_ALTERNATES 3
#define MOUSE_SHAPE	16		/* the graphics cursor: rows and columns */

struct mouse_count { uint16_t times, x, y; };
struct mouse_handler { uint16_t mask, off, seg; };

/* What INT 33h/16h saves and 17h brings back.  Words only; signed ones as two's
 * complement.  */
struct mouse_settings {
	uint16_t x, y;			/* signed, as the limits are */
	uint16_t rest_x, rest_y;	/* of a mickey's way, in eighths of a mickey, signed */
	uint16_t min_x, max_x, min_y, max_y;
	uint16_t moved_x, moved_y;	/* mickeys, for 0Bh; signed */
	uint16_t seen_x, seen_y;	/* the same, for 27h */
	uint16_t ratio_x, ratio_y;	/* mickeys for 8 points */
	uint16_t speed_x, speed_y;	/* sensitivity, 1 to 100; 50 is 1:1 */
	uint16_t threshold;		/* mickeys a second above which all counts twice */
	uint16_t hidden;		/* 0: shown; else how often it was hidden, negative */
	uint16_t hardware_cursor;	/* in text modes */
	uint16_t text_and, text_xor;	/* or the hardware cursor's first and last line */
	uint16_t hot_x, hot_y;
	uint16_t shape_and[MOUSE_SHAPE], shape_xor[MOUSE_SHAPE];
	uint16_t hole, hole_left, hole_top, hole_right, hole_bottom;	/* 10h */
	uint16_t page, language, rate, curve, light_pen, off;
	struct mouse_count press[MOUSE_BUTTONS], release[MOUSE_BUTTONS];
	struct mouse_handler handler, alternate[MOUSE_ALTERNATES];
};

#define MOUSE_WORDS	(sizeof(struct mouse_settings) / sizeof(uint16_t))

/* The graphics cursor as it was drawn.  */
struct mouse_dot { uint32_t under, shown; };
struct mouse_sprite {
	uint16_t x, y;			/* signed: of its first dot */
	uint32_t start;			/* of the page */
	struct mouse_dot dot[MOUSE_SHAPE * MOUSE_SHAPE];
};

struct mouse_driver {
	struct mouse_settings set;
	bool ready;			/* the hardware sends its packets here */
	uint8_t buttons;
	bool wheel_on;			/* the program knows of a wheel */
	uint8_t wheel;			/* signed: notches that a handler has not been told */
	struct mouse_count turned;	/* times are notches, signed */
	uint16_t events;		/* of a handler that is still running; to be told */
	uint8_t mode, columns, rows;	/* the screen that the limits are for */
	bool placed;			/* the pointer is at `place', not moved by mickeys */
	uint16_t place_x, place_y;	/* of 65536 to the right end, to the bottom */
	uint16_t tick;			/* of the timer, in which */
	uint16_t tick_moved;		/* so many mickeys were seen */
	vtime asked;			/* the date of the last call, if there was any, */
	vtime counted;			/* of the last for mickeys, */
	vtime put;			/* of the last that put a hidden pointer somewhere; */
	uint8_t puts;			/* so often in a row, at most 255 */
	bool drawn;
	bool drawn_sprite;		/* what is drawn is the sprite, not a cell */
	uint16_t under, shown;		/* the cell as it was, and as the cursor made it */
	uint32_t drawn_at;
	struct mouse_sprite sprite;
};

void mouse_driver_state(struct mouse_driver *m, struct state *st);

#endif
