/* typist.c - characters to keys of a US keyboard.  */

#include "session/typist.h"

#include <stddef.h>

/* The character of each key, HID_1 to the slash, plain and shifted.  */
static const struct { uint8_t key; char plain, shifted; } layout[] = {
	{ 0x1e, '1', '!' }, { 0x1f, '2', '@' }, { 0x20, '3', '#' }, { 0x21, '4', '$' },
	{ 0x22, '5', '%' }, { 0x23, '6', '^' }, { 0x24, '7', '&' }, { 0x25, '8', '*' },
	{ 0x26, '9', '(' }, { 0x27, '0', ')' }, { 0x2c, ' ', 0 }, { 0x2d, '-', '_' },
	{ 0x2e, '=', '+' }, { 0x2f, '[', '{' }, { 0x30, ']', '}' }, { 0x31, '\\', '|' },
	{ 0x33, ';', ':' }, { 0x34, '\'', '"' }, { 0x35, '`', '~' }, { 0x36, ',', '<' },
	{ 0x37, '.', '>' }, { 0x38, '/', '?' },
};

/* Control characters that have keys of their own, or need Ctrl and a key
 * that is not a letter.  */
static const struct { uint8_t ch, key, modifiers; } controls[] = {
	{ 0x08, HID_BACKSPACE, 0 }, { 0x09, HID_TAB, 0 }, { 0x0a, HID_ENTER, TYPE_CTRL },
	{ 0x0d, HID_ENTER, 0 }, { 0x1b, HID_ESC, 0 }, { 0x1c, 0x31, TYPE_CTRL },
	{ 0x1d, 0x30, TYPE_CTRL }, { 0x1e, 0x23, TYPE_CTRL }, { 0x1f, 0x2d, TYPE_CTRL },
	{ 0x7f, HID_BACKSPACE, TYPE_CTRL },
};

void typist_init(struct typist *t)
{
	*t = (struct typist){ 0 };
}

bool typist_empty(const struct typist *t)
{
	return t->head == t->tail;
}

bool typist_full(const struct typist *t)
{
	return t->tail - t->head == TYPIST_ROOM;
}

static void put(struct typist *t, struct typist_stroke s)
{
	if (!typist_full(t))
		t->queue[t->tail++ % TYPIST_ROOM] = s;
}

void typist_key(struct typist *t, uint16_t key, uint8_t modifiers)
{
	put(t, (struct typist_stroke){ .key = key, .modifiers = modifiers });
}

static struct typist_stroke find(uint8_t ch)
{
	for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++)
		if (controls[i].ch == ch)
			return (struct typist_stroke){ .key = controls[i].key,
				.modifiers = controls[i].modifiers };
	if (ch >= 1 && ch <= 26)
		return (struct typist_stroke){ .key = HID_A + ch - 1, .modifiers = TYPE_CTRL };
	if (ch >= 'a' && ch <= 'z')
		return (struct typist_stroke){ .key = HID_A + ch - 'a' };
	if (ch >= 'A' && ch <= 'Z')
		return (struct typist_stroke){ .key = HID_A + ch - 'A', .modifiers = TYPE_SHIFT };
	for (size_t i = 0; i < sizeof layout / sizeof layout[0]; i++) {
		if (layout[i].plain == ch)
			return (struct typist_stroke){ .key = layout[i].key };
		if (ch && layout[i].shifted == ch)
			return (struct typist_stroke){ .key = layout[i].key, .modifiers = TYPE_SHIFT };
	}
	return (struct typist_stroke){ .alt_code = ch };
}

void typist_char(struct typist *t, uint8_t ch)
{
	put(t, find(ch));
}

void typist_alt_char(struct typist *t, uint8_t ch)
{
	struct typist_stroke s = find(ch);

	if (s.key)
		s.modifiers |= TYPE_ALT;
	put(t, s);
}

struct striker {
	void (*key)(void *ctx, const struct key_event *ev);
	void *ctx;
};

static void press(struct striker s, uint16_t key, bool down)
{
	s.key(s.ctx, &(struct key_event){ .key = key, .down = down });
}

static void tap(struct striker s, uint16_t key)
{
	press(s, key, true);
	press(s, key, false);
}

static void alt_code(struct striker s, uint8_t code)
{
	static const uint8_t weight[] = { 100, 10, 1 };

	press(s, HID_LEFT_ALT, true);
	for (size_t i = 0; i < sizeof weight; i++) {
		unsigned digit = code / weight[i] % 10;

		tap(s, digit ? HID_PAD_1 + digit - 1 : HID_PAD_0);
	}
	press(s, HID_LEFT_ALT, false);
}

static void modifiers(struct striker s, uint8_t set, bool down)
{
	static const struct { uint8_t bit; uint16_t key; } keys[] = {
		{ TYPE_SHIFT, HID_LEFT_SHIFT }, { TYPE_CTRL, HID_LEFT_CTRL },
		{ TYPE_ALT, HID_LEFT_ALT },
	};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (set & keys[i].bit)
			press(s, keys[i].key, down);
}

void typist_hold(struct typist *t, uint16_t key, uint8_t with)
{
	put(t, (struct typist_stroke){ .key = key, .modifiers = with, .hold = true });
}

bool typist_holds(const struct typist *t)
{
	return t->held.key;
}

void typist_release(struct typist *t, void (*key)(void *ctx, const struct key_event *ev),
		    void *ctx)
{
	struct striker s = { key, ctx };

	if (!typist_holds(t))
		return;
	press(s, t->held.key, false);
	modifiers(s, t->held.modifiers, false);
	t->held.key = 0;
}

static bool repeats(const struct typist *t, const struct typist_stroke *stroke)
{
	return typist_holds(t) && stroke->hold && stroke->key == t->held.key &&
	       stroke->modifiers == t->held.modifiers;
}

void typist_strike(struct typist *t, void (*key)(void *ctx, const struct key_event *ev),
		   void *ctx)
{
	struct striker s = { key, ctx };
	struct typist_stroke stroke;

	if (typist_empty(t))
		return;
	stroke = t->queue[t->head++ % TYPIST_ROOM];
	if (repeats(t, &stroke)) {
		press(s, stroke.key, true);
		return;
	}
	typist_release(t, key, ctx);
	if (!stroke.key) {
		alt_code(s, stroke.alt_code);
		return;
	}
	modifiers(s, stroke.modifiers, true);
	press(s, stroke.key, true);
	t->held = stroke;
	if (!stroke.hold)
		typist_release(t, key, ctx);
}
