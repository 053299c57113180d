/* keytable.c - names of keys.  */

#include "keytable.h"

#include <stddef.h>

#include "plugin.h"

static const struct { uint8_t key; char plain, shifted; } characters[] = {
	{ HID_1, '1', '!' }, { HID_2, '2', '@' }, { 0x20, '3', '#' }, { 0x21, '4', '$' },
	{ 0x22, '5', '%' }, { HID_6, '6', '^' }, { 0x24, '7', '&' }, { 0x25, '8', '*' },
	{ 0x26, '9', '(' }, { HID_0, '0', ')' }, { HID_SPACE, ' ', ' ' }, { HID_MINUS, '-', '_' },
	{ HID_EQUAL, '=', '+' }, { HID_LEFT_BRACKET, '[', '{' }, { HID_RIGHT_BRACKET, ']', '}' },
	{ HID_BACKSLASH, '\\', '|' }, { HID_SEMICOLON, ';', ':' }, { HID_QUOTE, '\'', '"' },
	{ HID_GRAVE, '`', '~' }, { HID_COMMA, ',', '<' }, { HID_DOT, '.', '>' },
	{ HID_SLASH, '/', '?' },
};

uint16_t keytable_of_char(uint32_t ch, bool *shift)
{
	*shift = ch >= 'A' && ch <= 'Z';
	if (*shift)
		return HID_A + ch - 'A';
	if (ch >= 'a' && ch <= 'z')
		return HID_A + ch - 'a';
	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++) {
		*shift = ch != (uint32_t)characters[i].plain;
		if (!*shift || ch == (uint32_t)characters[i].shifted)
			return characters[i].key;
	}
	return 0;
}

uint32_t keytable_char(uint16_t key, bool shift)
{
	if (key >= HID_A && key < HID_1)
		return key - HID_A + (shift ? 'A' : 'a');
	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
		if (characters[i].key == key)
			return shift ? characters[i].shifted : characters[i].plain;
	return 0;
}

/* ECMA-48 finals as xterm's "PC-style function keys" have them; those after SS3
 * of a keypad in application mode are j to y, M and X.  */
static const struct { char final; uint8_t key; } letters[] = {
	{ 'A', HID_UP }, { 'B', HID_DOWN }, { 'C', HID_RIGHT }, { 'D', HID_LEFT },
	{ 'E', HID_PAD_1 + 4 }, { 'F', HID_END }, { 'H', HID_HOME }, { 'M', HID_PAD_ENTER },
	{ 'P', HID_F1 }, { 'Q', HID_F1 + 1 }, { 'R', HID_F1 + 2 }, { 'S', HID_F1 + 3 },
	{ 'X', HID_PAD_EQUAL }, { 'j', HID_PAD_STAR }, { 'k', HID_PAD_PLUS },
	{ 'm', HID_PAD_MINUS }, { 'n', HID_PAD_DOT }, { 'o', HID_PAD_SLASH },
	{ 'p', HID_PAD_0 }, { 'q', HID_PAD_1 }, { 'r', HID_PAD_1 + 1 }, { 's', HID_PAD_1 + 2 },
	{ 't', HID_PAD_1 + 3 }, { 'u', HID_PAD_1 + 4 }, { 'v', HID_PAD_1 + 5 },
	{ 'w', HID_PAD_1 + 6 }, { 'x', HID_PAD_1 + 7 }, { 'y', HID_PAD_1 + 8 },
};

uint16_t keytable_of_letter(char final)
{
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (letters[i].final == final)
			return letters[i].key;
	return 0;
}

uint16_t keytable_of_number(unsigned number)
{
	/* DEC VT220, with xterm's and rxvt's; index: the number.  */
	static const uint8_t keys[] = {
		[1] = HID_HOME, HID_INSERT, HID_DELETE, HID_END, HID_PAGE_UP, HID_PAGE_DOWN,
		HID_HOME, HID_END,
		[11] = HID_F1, HID_F1 + 1, HID_F1 + 2, HID_F1 + 3, HID_F1 + 4,
		[17] = HID_F1 + 5, HID_F1 + 6, HID_F1 + 7, HID_F1 + 8, HID_F1 + 9,
		[23] = HID_F1 + 10, HID_F12, [29] = HID_MENU,
	};

	if (number >= 57344)
		return keytable_of_code(number);
	return number < sizeof keys ? keys[number] : 0;
}

uint16_t keytable_of_code(unsigned code)
{
	static const uint8_t functional[] = {	/* from 57358 */
		HID_CAPS_LOCK, HID_SCROLL_LOCK, HID_NUM_LOCK, HID_PRINT, HID_PAUSE, HID_MENU,
	};
	static const uint8_t pad[] = {		/* from 57399 */
		HID_PAD_0, HID_PAD_1, HID_PAD_1 + 1, HID_PAD_1 + 2, HID_PAD_1 + 3, HID_PAD_1 + 4,
		HID_PAD_1 + 5, HID_PAD_1 + 6, HID_PAD_1 + 7, HID_PAD_1 + 8, HID_PAD_DOT,
		HID_PAD_SLASH, HID_PAD_STAR, HID_PAD_MINUS, HID_PAD_PLUS, HID_PAD_ENTER,
		HID_PAD_EQUAL, HID_PAD_DOT, HID_PAD_1 + 3, HID_PAD_1 + 5, HID_PAD_1 + 7,
		HID_PAD_1 + 1, HID_PAD_1 + 8, HID_PAD_1 + 2, HID_PAD_1 + 6, HID_PAD_1,
		HID_PAD_0, HID_PAD_DOT, HID_PAD_1 + 4,
	};
	static const uint8_t modifiers[] = {	/* from 57441 */
		HID_LEFT_SHIFT, HID_LEFT_CTRL, HID_LEFT_ALT, HID_LEFT_SUPER, 0, 0,
		HID_RIGHT_SHIFT, HID_RIGHT_CTRL, HID_RIGHT_ALT, HID_RIGHT_SUPER,
	};
	bool shift;

	switch (code) {
	case 9:
		return HID_TAB;
	case 13:
		return HID_ENTER;
	case 27:
		return HID_ESC;
	case 8:
	case 127:
		return HID_BACKSPACE;
	case '<':		/* what a key has without Shift: that beside the left Shift */
		return HID_102ND;
	}
	if (code >= 57358 && code - 57358 < sizeof functional)
		return functional[code - 57358];
	if (code >= 57399 && code - 57399 < sizeof pad)
		return pad[code - 57399];
	if (code >= 57441 && code - 57441 < sizeof modifiers)
		return modifiers[code - 57441];
	return keytable_of_char(code, &shift);
}

unsigned keytable_modifiers(unsigned parameter)
{
	unsigned bits = parameter ? parameter - 1 : 0;

	return (bits & 1 ? STROKE_SHIFT : 0) | (bits & 2 ? STROKE_ALT : 0) | (bits & 4 ? STROKE_CTRL : 0);
}

unsigned keytable_locks(unsigned parameter)
{
	unsigned bits = parameter ? parameter - 1 : 0;

	return (bits & 64 ? LOCK_CAPS : 0) | (bits & 128 ? LOCK_NUM : 0);
}
