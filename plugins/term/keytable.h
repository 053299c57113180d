/* keytable.h - names of keys: USB HID usage page 7 (HID Usage Tables 1.12,
 * section 10), characters of a US keyboard, and the numbers that terminals
 * have for them.  */

#ifndef TERM_KEYTABLE_H
#define TERM_KEYTABLE_H

#include <stdbool.h>
#include <stdint.h>

enum {
	HID_A = 0x04, HID_1 = 0x1e, HID_2 = 0x1f, HID_6 = 0x23, HID_0 = 0x27, HID_ENTER = 0x28,
	HID_ESC, HID_BACKSPACE, HID_TAB, HID_SPACE, HID_MINUS, HID_EQUAL, HID_LEFT_BRACKET,
	HID_RIGHT_BRACKET, HID_BACKSLASH,
	HID_SEMICOLON = 0x33, HID_QUOTE, HID_GRAVE, HID_COMMA, HID_DOT, HID_SLASH,
	HID_CAPS_LOCK, HID_F1, HID_F12 = 0x45, HID_PRINT, HID_SCROLL_LOCK, HID_PAUSE,
	HID_INSERT, HID_HOME, HID_PAGE_UP, HID_DELETE, HID_END, HID_PAGE_DOWN,
	HID_RIGHT, HID_LEFT, HID_DOWN, HID_UP, HID_NUM_LOCK,
	HID_PAD_SLASH, HID_PAD_STAR, HID_PAD_MINUS, HID_PAD_PLUS, HID_PAD_ENTER,
	HID_PAD_1, HID_PAD_0 = 0x62, HID_PAD_DOT,
	HID_102ND, HID_MENU, HID_PAD_EQUAL = 0x67,
	HID_LEFT_CTRL = 0xe0, HID_LEFT_SHIFT, HID_LEFT_ALT, HID_LEFT_SUPER,
	HID_RIGHT_CTRL, HID_RIGHT_SHIFT, HID_RIGHT_ALT, HID_RIGHT_SUPER,
};

/* Where a US keyboard has a character, 0: it does not.  *shift: by Shift.  */
uint16_t keytable_of_char(uint32_t ch, bool *shift);
/* What a US keyboard types with a key, 0: nothing.  */
uint32_t keytable_char(uint16_t key, bool shift);

/* Of a CSI sequence: its final letter, the number before ~, the number before u
 * (kitty's keyboard protocol).  0: there is none.  */
uint16_t keytable_of_letter(char final);
uint16_t keytable_of_number(unsigned number);
uint16_t keytable_of_code(unsigned code);

/* xterm's modifier parameter (1 + bits) as STROKE_xxx.  */
unsigned keytable_modifiers(unsigned parameter);
/* The locks in it, which only kitty's protocol has, as LOCK_xxx.  */
unsigned keytable_locks(unsigned parameter);

#endif
