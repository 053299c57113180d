/* keys.c - the host's keyboard.  */

#include "keys.h"

static void set(struct keys *k, unsigned key, bool down)
{
	if (!key || key >= KEYS || k->down[key] == down)
		return;
	k->down[key] = down;
	k->host->key(k->host->ctx, &(struct key_event){ .key = key, .down = down });
}

/* The guest's keyboard repeats by itself.  */
void keys_take(struct keys *k, const SDL_KeyboardEvent *ev)
{
	if (!ev->repeat)
		set(k, ev->keysym.scancode, ev->type == SDL_KEYDOWN);
}

void keys_release_modifiers(struct keys *k)
{
	for (unsigned i = SDL_SCANCODE_LCTRL; i <= SDL_SCANCODE_RGUI; i++)
		set(k, i, false);
}

void keys_release_all(struct keys *k)
{
	for (unsigned i = 0; i < KEYS; i++)
		set(k, i, false);
}

void keys_strike(struct keys *k, const uint16_t *key, unsigned n)
{
	keys_release_all(k);
	for (unsigned i = 0; i < n; i++)
		set(k, key[i], true);
	while (n--)
		set(k, key[n], false);
}
