/* keys.h - the host's keyboard, by position, on its way to the guest's.
 *
 * SDL's scan codes are USB HID usages, as are those of struct key_event: a key
 * is the one in the same place, and the guest's keyboard layout makes of it what
 * is printed there.  */

#ifndef SDL_KEYS_H
#define SDL_KEYS_H

#include <SDL_events.h>
#include <stdbool.h>

#include "plugin.h"

#define KEYS	PLUGIN_KEYS

struct keys {
	const struct plugin_host *host;
	bool down[KEYS];		/* as the guest has been told */
};

void keys_take(struct keys *k, const SDL_KeyboardEvent *ev);
/* What the window system has on the user's keys goes to the guest's keyboard.  */
void keys_show(const struct keys *k);
/* The keyboard is somebody else's now.  */
void keys_release_all(struct keys *k);
/* Shift, Ctrl and Alt were not meant for the guest.  */
void keys_release_modifiers(struct keys *k);
/* Struck together, and let go.  */
void keys_strike(struct keys *k, const uint16_t *key, unsigned n);

#endif
