/* typist.h - types characters on the guest's keyboard.
 *
 * A pipe and a plain terminal give characters, not keys; the guest has a
 * keyboard with some layout.  A character that is on it becomes the press and
 * release of its key with the Shift, Ctrl or AltGr it needs, or of a dead key and
 * another; any other becomes what a DOS user does for it: Alt and its code on the
 * numeric keypad.
 *
 * Keys queue up here, and leave when the guest has taken those before them.  Plain
 * characters leave in one burst each.  A key of its own, and all that has Ctrl or Alt,
 * goes down and up as a finger does it, because programs look: Shift, Ctrl and Alt
 * come first (a program that asks INT 16h/02h in a loop, and a key that opens its
 * menu before it has seen Alt, takes the Alt seen later for one alone), and they are
 * there until the key was read (one that asks for them then has to see them).  */

#ifndef SESSION_TYPIST_H
#define SESSION_TYPIST_H

#include <stdbool.h>
#include <stdint.h>

#include "plugin.h"
#include "sched/sched.h"

struct layout;

/* Keys by their place, USB HID usage page 7.  */
enum hid_key {
	HID_A = 0x04, HID_C = 0x06, HID_1 = 0x1e, HID_0 = 0x27, HID_ENTER = 0x28,
	HID_ESC = 0x29, HID_BACKSPACE = 0x2a, HID_TAB = 0x2b, HID_SPACE = 0x2c, HID_HASH = 0x32,
	HID_CAPS_LOCK = 0x39, HID_F1 = 0x3a, HID_F11 = 0x44, HID_F12 = 0x45, HID_PAUSE = 0x48,
	HID_INSERT = 0x49, HID_HOME = 0x4a, HID_PAGE_UP = 0x4b, HID_DELETE = 0x4c,
	HID_END = 0x4d, HID_PAGE_DOWN = 0x4e, HID_RIGHT = 0x4f, HID_LEFT = 0x50,
	HID_DOWN = 0x51, HID_UP = 0x52, HID_NUM_LOCK = 0x53, HID_PAD_1 = 0x59, HID_PAD_0 = 0x62, HID_102ND = 0x64,
	HID_LEFT_CTRL = 0xe0, HID_LEFT_SHIFT = 0xe1, HID_LEFT_ALT = 0xe2,
	HID_RIGHT_ALT = 0xe6,
};

/* The scan code of a key with characters; 0: it has none.  */
uint8_t typist_scan(uint16_t key);

enum typist_modifier { TYPE_SHIFT = 1, TYPE_CTRL = 2, TYPE_ALT = 4, TYPE_ALTGR = 8 };

#define TYPIST_ROOM	4096	/* keystrokes; a power of two */

struct typist_stroke {
	uint16_t key;
	uint8_t modifiers;
	uint8_t ch;		/* with key 0: this character, whatever its key is by then */
};

/* Of `held': nothing is down; its modifiers are; it is, too; it is not any more.  */
enum typist_phase { TYPIST_FREE, TYPIST_LEADS, TYPIST_HOLDS, TYPIST_TRAILS };

struct typist {
	struct typist_stroke queue[TYPIST_ROOM];
	unsigned head, tail;	/* free-running */
	enum typist_phase phase;
	struct typist_stroke held;
	/* Guest time: of the last press; of what is to follow; when it was last seen that
	 * the guest had not read all.  */
	vtime pressed, next, unread;
	/* The guest's keyboard, to be kept true before each step; NULL is the US one. */
	const struct layout *layout;
	bool second, caps;		/* its other alphabet, Caps Lock are on */
	uint16_t code_page;		/* 0: 437 */
};

void typist_init(struct typist *t);
/* Nothing is left to be pressed.  */
bool typist_empty(const struct typist *t);
bool typist_full(const struct typist *t);

/* A key.  False: it is not typed, as too much is waiting, or as much of this very key
 * as a PC's ring holds, so that a terminal's repetitions end with the finger's
 * pressure.  */
bool typist_key(struct typist *t, uint16_t key, uint8_t modifiers);
/* A character of the guest's code page.  Dropped when full.  */
void typist_char(struct typist *t, uint8_t ch);
/* A character with Ctrl or Alt held (Alt-X is a terminal's ESC x): by the key that has it,
 * or by that of a US keyboard.  False as above.  */
bool typist_chord(struct typist *t, uint8_t ch, uint8_t modifiers);

/* Press and release what it is time for.  `taken': the guest has read all that was
 * typed.  Answers the date of the next step, VTIME_NEVER if nothing is left to be
 * done.  */
vtime typist_step(struct typist *t, vtime now, bool taken,
		  void (*key)(void *ctx, const struct key_event *ev), void *ctx);

/* The date of the next step, as typist_step has answered it: to let a key go, if no other.  */
vtime typist_due(const struct typist *t, vtime now);
/* Something is left to be pressed, and something was not long ago: guest time need
 * not go as the user's does.  */
bool typist_hurries(const struct typist *t, vtime now);

#endif
