/* caps.h - what the terminal can do, by terminfo.  */

#ifndef TERM_CAPS_H
#define TERM_CAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct out;

enum depth { DEPTH_MONO, DEPTH_8, DEPTH_16, DEPTH_256, DEPTH_RGB };

#define CAPS_KEYS	160

/* A sequence that a key sends.  */
struct key_string {
	const char *text;
	uint16_t key;			/* USB HID */
	uint8_t modifiers;		/* STROKE_SHIFT ... */
};

struct caps {
	const char *name;		/* TERM */
	enum depth depth;
	bool margins;			/* writing the last column may scroll */
	char backspace;			/* what that key sends */
	bool pad_enter_lf;		/* the keypad's Enter sends LF */
	const char *move, *clear, *enter, *leave;
	const char *hide, *show, *solid, *shape;
	const char *normal, *bold, *blink, *reverse, *underline;
	const char *fg, *bg;
	const char *region, *up, *down;	/* csr, indn, rin */
	struct key_string key[CAPS_KEYS];
	unsigned keys;
};

/* Looks $TERM up.  False: terminfo has no such terminal, or it cannot move its
 * cursor.  The strings are terminfo's, until the next call.  */
bool caps_find(struct caps *c, int fd);
/* Lets go what terminfo keeps of it.  */
void caps_forget(struct caps *c);

/* Terminfo's string with its parameters, padding left out.  */
void caps_put(struct out *o, const char *text, int a, int b);

/* Colours.  A code is what the terminal is sent; codes of two colours that look
 * the same there are equal.  */
uint32_t caps_color(enum depth depth, uint32_t rgb);

#endif
