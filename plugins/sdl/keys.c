/* keys.c - the host's keyboard.  */

#include "keys.h"

#include <SDL_keyboard.h>
#include <SDL_video.h>
#include <string.h>

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

/* Window systems know; other drivers of SDL have the United States' keys for all.  */
static bool knows_keyboard(void)
{
	const char *driver = SDL_GetCurrentVideoDriver();

	return driver && (strcmp(driver, "x11") == 0 || strcmp(driver, "wayland") == 0);
}

/* A dead key has no character of SDL's.  The key beside Enter is the backslash to window
 * systems, whatever is on it.  */
void keys_show(const struct keys *k)
{
	uint32_t ch[PLUGIN_KEYS] = { 0 };

	if (!knows_keyboard())
		return;
	for (int i = 0; i < PLUGIN_KEYS; i++) {
		SDL_Keycode key = SDL_GetKeyFromScancode(i);

		if (i != SDL_SCANCODE_NONUSHASH && key > ' ' && key != SDLK_DELETE && !(key & SDLK_SCANCODE_MASK))
			ch[i] = key;
	}
	k->host->printed(k->host->ctx, ch);
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
