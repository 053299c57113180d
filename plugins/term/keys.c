/* keys.c - what was typed, on its way to the guest's keyboard.  */

#include "keys.h"

#include "decode.h"
#include "keytable.h"
#include "plugin.h"

static const struct { unsigned bit; uint16_t left, right; } modifier[] = {
	{ STROKE_SHIFT, HID_LEFT_SHIFT, HID_RIGHT_SHIFT },
	{ STROKE_CTRL, HID_LEFT_CTRL, HID_RIGHT_CTRL },
	{ STROKE_ALT, HID_LEFT_ALT, HID_RIGHT_ALT },
};

#define MODIFIERS (sizeof modifier / sizeof *modifier)

static void set(struct keys *k, uint16_t key, bool down, uint32_t ch)
{
	if (key >= 256 || (!down && !k->down[key]))
		return;
	k->down[key] = down;
	k->host->key(k->host->ctx, &(struct key_event){
		.key = key, .down = down, .ch = ch, .locks = k->locks });
}

/* A press or release of one may have gone to another window.  */
static void sync_modifiers(struct keys *k, unsigned modifiers)
{
	for (unsigned i = 0; i < MODIFIERS; i++) {
		bool held = k->down[modifier[i].left] || k->down[modifier[i].right];

		if (modifiers & modifier[i].bit) {
			if (!held)
				set(k, modifier[i].left, true, 0);
		} else {
			set(k, modifier[i].left, false, 0);
			set(k, modifier[i].right, false, 0);
		}
	}
}

static bool is_modifier(uint16_t key)
{
	return key >= HID_LEFT_CTRL && key <= HID_RIGHT_SUPER;
}

/* The character that the key would not type, or be with Ctrl or Alt, on the keyboard of
 * the guest; 0: it would.  */
static uint32_t types_other(const struct keys *k, const struct token *t)
{
	bool chord = t->modifiers & (STROKE_CTRL | STROKE_ALT);
	uint32_t ch = chord ? t->plain : t->ch;

	if (!ch || (t->key >= HID_PAD_SLASH && t->key <= HID_PAD_EQUAL))
		return 0;
	if (t->key && k->host->types(k->host->ctx, t->key, !chord && t->modifiers & STROKE_SHIFT,
				     chord ? 0 : t->locks, ch))
		return 0;
	return ch;
}

static void type(struct keys *k, uint32_t ch, unsigned modifiers)
{
	if (modifiers & (STROKE_CTRL | STROKE_ALT))
		k->host->chord(k->host->ctx, ch, modifiers);
	else
		k->host->type(k->host->ctx, ch);
}

static void true_key(struct keys *k, const struct token *t)
{
	uint32_t other;

	k->locks = t->locks;
	if (t->press == PRESS_UP) {
		set(k, t->key, false, 0);
		return;
	}
	other = types_other(k, t);
	if (other) {
		sync_modifiers(k, 0);
		type(k, other, t->modifiers);
		return;
	}
	if (!t->key || (t->press == PRESS_REPEAT && k->down[t->key & 0xff]))
		return;			/* the guest's keyboard repeats by itself */
	if (!is_modifier(t->key))
		sync_modifiers(k, t->modifiers);
	set(k, t->key, true, t->ch);
}

void keys_take(struct keys *k, const struct token *t)
{
	if (t->true_key)
		true_key(k, t);
	else if (t->kind == TOKEN_CHAR)
		type(k, t->ch, t->modifiers);
	else if (t->key)
		k->host->stroke(k->host->ctx, t->key, t->modifiers);
	else if (t->ch && t->press != PRESS_UP)
		k->host->type(k->host->ctx, t->ch);
}

void keys_strike(struct keys *k, uint16_t key, unsigned modifiers)
{
	keys_release_all(k);
	k->host->stroke(k->host->ctx, key, modifiers);
}

void keys_release_all(struct keys *k)
{
	for (unsigned i = 0; i < 256; i++)
		set(k, i, false, 0);
}
