/* hotkeys.c - the table of hotkeys.  */

#include "hotkeys.h"

#include <SDL_keyboard.h>
#include <stdio.h>

enum held { HELD_ALT, HELD_CTRL, HELD_CTRL_SHIFT };

static const struct row {
	enum held held;
	SDL_Keycode key;
	enum hotkey what;
	const char *name, *help;
} row[] = {
	{ HELD_CTRL_SHIFT, 'h', HOTKEY_HELP, "Ctrl-Shift-H", "this list" },
	{ HELD_CTRL_SHIFT, SDLK_F1, HOTKEY_HELP, NULL, NULL },
	{ HELD_ALT, SDLK_RETURN, HOTKEY_FULLSCREEN, "Alt-Enter", "full screen, or a window" },
	{ HELD_CTRL, SDLK_F10, HOTKEY_MOUSE, "Ctrl-F10", "catch the mouse, or let it go" },
	{ HELD_CTRL_SHIFT, 'm', HOTKEY_MOUSE, NULL, NULL },
	{ HELD_CTRL_SHIFT, 'a', HOTKEY_SCALER, "Ctrl-Shift-A", "another way to enlarge the picture" },
	{ HELD_CTRL_SHIFT, 'p', HOTKEY_PAUSE, "Ctrl-Shift-P", "pause, and go on" },
	{ HELD_ALT, SDLK_PAUSE, HOTKEY_PAUSE, NULL, NULL },
	{ HELD_CTRL_SHIFT, 'f', HOTKEY_FAST, "Ctrl-Shift-F", "fast forward: x2, x4, max" },
	{ HELD_CTRL_SHIFT, 'l', HOTKEY_SLOW, "Ctrl-Shift-L", "slow motion: x1/2, x1/4" },
	{ HELD_CTRL_SHIFT, SDLK_UP, HOTKEY_QUICKER, "Ctrl-Shift-Up", "a faster processor" },
	{ HELD_CTRL_SHIFT, SDLK_DOWN, HOTKEY_SLOWER, "Ctrl-Shift-Dn", "a slower processor" },
	{ HELD_CTRL_SHIFT, 's', HOTKEY_SHOT, "Ctrl-Shift-S", "write the picture to a PNG file" },
	{ HELD_CTRL_SHIFT, 'w', HOTKEY_RECORD, "Ctrl-Shift-W", "write video to a file; end it" },
	{ HELD_CTRL_SHIFT, 'c', HOTKEY_COPY, "Ctrl-Shift-C", "copy the text of the screen" },
	{ HELD_CTRL_SHIFT, 'v', HOTKEY_PASTE, "Ctrl-Shift-V", "type the text of the clipboard" },
	{ HELD_CTRL_SHIFT, 'r', HOTKEY_RESET, "Ctrl-Shift-R", "Ctrl-Alt-Del" },
	{ HELD_CTRL_SHIFT, 'q', HOTKEY_QUIT, "Ctrl-Shift-Q", "end dosvm" },
};

#define ROWS	(sizeof row / sizeof row[0])

/* Which of Shift, Ctrl, Alt; -1: another combination than any in the table.  */
static int held_of(uint16_t mod)
{
	bool shift = mod & KMOD_SHIFT, ctrl = mod & KMOD_CTRL, alt = mod & KMOD_ALT;

	if (mod & KMOD_GUI)
		return -1;
	if (alt)
		return shift || ctrl ? -1 : HELD_ALT;
	if (ctrl)
		return shift ? HELD_CTRL_SHIFT : HELD_CTRL;
	return -1;
}

/* A letter of the user's keyboard; of one without Latin letters, by position.  */
static SDL_Keycode keycode(const SDL_Keysym *key)
{
	if (key->sym < 0x80 || key->sym & SDLK_SCANCODE_MASK)
		return key->sym == SDLK_KP_ENTER ? SDLK_RETURN : key->sym;
	if (key->scancode >= SDL_SCANCODE_A && key->scancode <= SDL_SCANCODE_Z)
		return 'a' + key->scancode - SDL_SCANCODE_A;
	return key->sym;
}

enum hotkey hotkey_of(const SDL_Keysym *key)
{
	int held = held_of(key->mod);

	for (size_t i = 0; i < ROWS; i++)
		if ((int)row[i].held == held && row[i].key == keycode(key))
			return row[i].what;
	return HOTKEY_NONE;
}

void hotkey_help(char *text, size_t size)
{
	size_t n = snprintf(text, size, "dosvm\n");

	for (size_t i = 0; i < ROWS; i++)
		if (row[i].name && n < size)
			n += snprintf(text + n, size - n, "\n%-13s %s", row[i].name, row[i].help);
	if (n < size)
		snprintf(text + n, size - n, "\n\nAny key takes this away.");
}
