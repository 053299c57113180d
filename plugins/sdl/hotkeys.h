/* hotkeys.h - keys that do something to the window or the machine, not to the program.
 *
 * DOS programs use nearly every key with Ctrl or Alt, and hardly any with Ctrl and
 * Shift.  The same table makes the help.  */

#ifndef SDL_HOTKEYS_H
#define SDL_HOTKEYS_H

#include <SDL_events.h>
#include <stdbool.h>
#include <stddef.h>

enum hotkey {
	HOTKEY_NONE,
	HOTKEY_HELP, HOTKEY_FULLSCREEN, HOTKEY_MOUSE, HOTKEY_SCALER, HOTKEY_PAUSE,
	HOTKEY_FAST, HOTKEY_SLOW, HOTKEY_QUICKER, HOTKEY_SLOWER, HOTKEY_SHOT, HOTKEY_RECORD, HOTKEY_COPY,
	HOTKEY_PASTE, HOTKEY_RESET, HOTKEY_QUIT,
};

/* What a key that was pressed means.  */
enum hotkey hotkey_of(const SDL_Keysym *key);
/* The list, a line each, for osd_box().  */
void hotkey_help(char *text, size_t size);

#endif
