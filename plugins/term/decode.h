/* decode.h - what the bytes that a terminal sends mean.
 *
 * Three ways of sending keys are understood at once: kitty's keyboard protocol
 * (https://sw.kovidgoyal.net/kitty/keyboard-protocol/), xterm's modifyOtherKeys
 * in both formats, and the sequences of terminfo and ECMA-48; besides, SGR mouse
 * reports, bracketed paste, focus reports and answers to queries.  Input may be
 * hostile: whatever comes, a token is well-formed, and nothing is kept of what
 * means nothing.  */

#ifndef TERM_DECODE_H
#define TERM_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct caps;

enum token_kind {
	TOKEN_CHAR,			/* ch, with modifiers but Shift */
	TOKEN_KEY,			/* key, modifiers, ch if it types one; see true_key */
	TOKEN_MOUSE,			/* x, y, button, press */
	TOKEN_PASTE,			/* ch, a part of what is pasted */
	TOKEN_PASTED,			/* the end of it */
	TOKEN_FOCUS,			/* press: it has it */
	TOKEN_IS_KITTY,			/* it has kitty's keyboard protocol */
	TOKEN_ATTRIBUTES,		/* answer to CSI c; ch: it has sixel */
	TOKEN_HAS_GRAPHICS,		/* it has kitty's graphics protocol */
	TOKEN_HAS_RGB,			/* XTGETTCAP RGB, or DECRQSS m */
	TOKEN_PIXELS,			/* x, y: the size of a cell */
};

enum press { PRESS_DOWN, PRESS_REPEAT, PRESS_UP };

/* A wheel is a button that is only pressed.  */
enum mouse_button { MOUSE_LEFT, MOUSE_MIDDLE, MOUSE_RIGHT, MOUSE_NONE, MOUSE_UP, MOUSE_DOWN };

struct token {
	enum token_kind kind;
	enum press press;
	uint32_t ch;			/* Unicode */
	uint32_t plain;			/* what the key types without Shift, if the terminal tells */
	uint16_t key;			/* USB HID, 0: a key that we have no name of */
	unsigned modifiers;		/* STROKE_SHIFT ... */
	bool true_key;			/* its release will come too */
	uint8_t locks;			/* LOCK_xxx, if the terminal tells */
	unsigned x, y;			/* from 0 */
	enum mouse_button button;
	bool moved;			/* with button held, or none */
};

struct decoder {
	const struct caps *caps;
	uint8_t pending[1024];
	size_t size;
	bool pasting, skipping;		/* skipping: to the end of a string too long */
	bool kitty;			/* all keys come by its protocol, a press without its number */
};

/* Append what was read.  Answers how much of it there is room for: at least 1 if
 * all that could be taken has been (decode_next said false).  */
size_t decode_feed(struct decoder *d, const uint8_t *p, size_t n);
/* The next token, if it has come whole.  idle: no more comes for now, so an ESC
 * is the Escape key.  False: none.  */
bool decode_next(struct decoder *d, bool idle, struct token *t);
/* Part of something has come.  */
bool decode_waits(const struct decoder *d);

#endif
