/* words.h - what can be asked through the control socket, and the names of keys:
 * tables for the socket, for its client dosvm-ctl and for their manual.  They need
 * nothing but themselves.  */

#ifndef CONTROL_WORDS_H
#define CONTROL_WORDS_H

#include <stdint.h>

enum control_do {
	DO_SCREEN, DO_KEYS, DO_TYPE, DO_MOUSE, DO_JOYSTICK, DO_WAIT_TEXT, DO_WAIT_IDLE,
	DO_SCREENSHOT, DO_RECORD, DO_STATE_SAVE, DO_INSERT, DO_PAUSE, DO_RESUME, DO_INFO, DO_PACE,
	DO_EXIT, CONTROL_WORDS,
};

struct control_word {
	const char *name;
	const char *arguments;		/* of dosvm-ctl */
	const char *members;		/* of the request, but "id" and "do" */
	const char *answer;		/* its members, but "id" and "ok" */
	const char *help;
};

extern const struct control_word control_word[CONTROL_WORDS];

/* The row of this name, CONTROL_WORDS: there is none.  */
enum control_do control_word_named(const char *name);

/* A key by its place on the keyboard, USB HID page 7.  The first of several names
 * of one key is the one to show.  */
struct control_key {
	const char *name;
	uint16_t key;
};

extern const struct control_key control_key[];	/* ends with a NULL name */

/* "Ctrl+Alt+Del": the key, and a set of STROKE_xxx (plugin.h).  0: no such
 * thing.  Case does not count.  */
uint16_t control_key_named(const char *text, unsigned *modifiers);

#endif
