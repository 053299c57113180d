/* keys.h - what was typed, on its way to the guest's keyboard.
 *
 * A terminal that tells when keys are let go has the guest's keys pressed and let
 * go just so; what is held is known here, to be let go if the terminal loses sight
 * of it.  Any other terminal has keys struck (plugin.h).
 *
 * The character a key types on the host is what it shall type in the guest: where
 * the guest's keyboard has another at that place, the character is typed, not the
 * key.  */

#ifndef TERM_KEYS_H
#define TERM_KEYS_H

#include <stdbool.h>
#include <stdint.h>

struct plugin_host;
struct token;

struct keys {
	const struct plugin_host *host;
	bool down[256];			/* by HID usage */
	uint8_t locks;			/* as the terminal told last */
};

/* A TOKEN_CHAR or TOKEN_KEY.  */
void keys_take(struct keys *k, const struct token *t);
/* One key, down and up with these modifiers, whatever the terminal can tell.  */
void keys_strike(struct keys *k, uint16_t key, unsigned modifiers);
void keys_release_all(struct keys *k);

#endif
