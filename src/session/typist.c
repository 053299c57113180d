/* typist.c - characters to keys of the guest's keyboard.  */

#include "session/typist.h"

#include <stddef.h>

#include "base/cp.h"
#include "base/layout.h"

#define MILLISECOND	(VTIME_SECOND / 1000)
#define LEAD		(40 * MILLISECOND)	/* between Shift, Ctrl or Alt and the key */
#define HOLD		(60 * MILLISECOND)	/* a key is down */
#define TRAIL_MAX	(500 * MILLISECOND)	/* Shift, Ctrl, Alt are for a program that is busy */
#define LOOK		(2 * MILLISECOND)	/* whether what was typed has been read */
#define HURRY		(250 * MILLISECOND)	/* from a press to the next */
#define RING		15		/* presses that a PC's ring holds */

/* Control characters that have keys of their own, or need Ctrl and a key
 * that is not a letter.  */
static const struct { uint8_t ch, key, modifiers; } controls[] = {
	{ 0x08, HID_BACKSPACE, 0 }, { 0x09, HID_TAB, 0 }, { 0x0a, HID_ENTER, TYPE_CTRL },
	{ 0x0d, HID_ENTER, 0 }, { 0x1b, HID_ESC, 0 }, { 0x1d, 0x30, TYPE_CTRL },
	{ 0x1e, 0x23, TYPE_CTRL }, { 0x20, HID_SPACE, 0 }, { 0x7f, HID_BACKSPACE, TYPE_CTRL },
};

void typist_init(struct typist *t)
{
	*t = (struct typist){ 0 };
}

static bool queue_empty(const struct typist *t)
{
	return t->head == t->tail;
}

bool typist_empty(const struct typist *t)
{
	return queue_empty(t) && t->phase != TYPIST_LEADS;
}

bool typist_full(const struct typist *t)
{
	return t->tail - t->head == TYPIST_ROOM;
}

static bool put(struct typist *t, struct typist_stroke s)
{
	if (typist_full(t))
		return false;
	t->queue[t->tail++ % TYPIST_ROOM] = s;
	return true;
}

static bool same(const struct typist_stroke *a, const struct typist_stroke *b)
{
	return a->key == b->key && a->modifiers == b->modifiers && a->ch == b->ch;
}

static bool press_again(struct typist *t, struct typist_stroke s)
{
	unsigned n = 0;

	while (n < RING && t->tail - t->head > n &&
	       same(&s, &t->queue[(t->tail - 1 - n) % TYPIST_ROOM]))
		n++;
	return n < RING && put(t, s);
}

bool typist_key(struct typist *t, uint16_t key, uint8_t modifiers)
{
	return press_again(t, (struct typist_stroke){ .key = key, .modifiers = modifiers });
}

bool typist_chord(struct typist *t, uint8_t ch, uint8_t modifiers)
{
	return press_again(t, (struct typist_stroke){ .ch = ch, .modifiers = modifiers });
}

/* A key by its place: what is printed on it in the United States.  */
static uint16_t hid_key(uint8_t scan)
{
	static const struct { char us; uint8_t key; } other[] = {
		{ '-', 0x2d }, { '=', 0x2e }, { '[', 0x2f }, { ']', 0x30 }, { '\\', 0x31 },
		{ ';', 0x33 }, { '\'', 0x34 }, { '`', 0x35 }, { ',', 0x36 }, { '.', 0x37 },
		{ '/', 0x38 },
	};
	char us = layout_us_key(scan);

	if (us >= 'a' && us <= 'z')
		return HID_A + us - 'a';
	if (us >= '1' && us <= '9')
		return HID_1 + us - '1';
	for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
		if (other[i].us == us)
			return other[i].key;
	return us == '0' ? HID_0 : HID_102ND;
}

uint8_t typist_scan(uint16_t key)
{
	if (key == HID_HASH)		/* of 102 keys: where 101 have the backslash */
		return 0x2b;
	if (key == HID_102ND)
		return 0x56;
	for (unsigned scan = 1; scan < 0x56; scan++)
		if (layout_us_key(scan) && hid_key(scan) == key)
			return scan;
	return 0;
}

static unsigned find(const struct typist *t, uint32_t ch, struct layout_stroke stroke[2])
{
	return layout_find(t->layout ? t->layout : layout_us(), t->second, ch, stroke);
}

static struct typist_stroke key_of(const struct typist *t, struct layout_stroke s)
{
	bool shift = s.level == LAYOUT_SHIFT || s.level == LAYOUT_ALTGR_SHIFT;
	bool third = s.level == LAYOUT_ALTGR || s.level == LAYOUT_ALTGR_SHIFT;

	if (!third && t->caps && layout_caps(t->layout ? t->layout : layout_us(), t->second, s.scan))
		shift = !shift;
	return (struct typist_stroke){ .key = hid_key(s.scan),
		.modifiers = (shift ? TYPE_SHIFT : 0) | (third ? TYPE_ALTGR : 0) };
}

/* With Ctrl: a letter, or what stands beside another character on its key.  */
static struct typist_stroke control(const struct typist *t, uint8_t ch)
{
	struct layout_stroke stroke[2];
	uint32_t printed = ch <= 26 ? 'a' + ch - 1u : ch == 0x1c ? '\\' : '_';

	if (find(t, printed, stroke) != 1)
		return (struct typist_stroke){ 0 };
	return (struct typist_stroke){ .key = hid_key(stroke[0].scan), .modifiers = TYPE_CTRL };
}

/* The keys for a character, at most two; none: it is not on the keyboard.  */
static unsigned keys_for(const struct typist *t, uint8_t ch, struct typist_stroke keys[2])
{
	struct layout_stroke stroke[2];
	unsigned n;

	for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++)
		if (controls[i].ch == ch) {
			keys[0] = (struct typist_stroke){ .key = controls[i].key,
				.modifiers = controls[i].modifiers };
			return 1;
		}
	if (ch < ' ') {
		keys[0] = control(t, ch);
		return ch && keys[0].key;
	}
	n = find(t, cp_to_unicode(t->code_page ? t->code_page : CP_DEFAULT, ch), stroke);
	for (unsigned i = 0; i < n; i++)
		keys[i] = key_of(t, stroke[i]);
	return n;
}

void typist_char(struct typist *t, uint8_t ch)
{
	put(t, (struct typist_stroke){ .ch = ch });
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
		{ TYPE_ALT, HID_LEFT_ALT }, { TYPE_ALTGR, HID_RIGHT_ALT },
	};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (set & keys[i].bit)
			press(s, keys[i].key, down);
}

static void strike_char(struct typist *t, struct striker s, uint8_t ch)
{
	struct typist_stroke keys[2];
	unsigned n = keys_for(t, ch, keys);

	if (!n)
		alt_code(s, ch);
	for (unsigned i = 0; i < n; i++) {
		modifiers(s, keys[i].modifiers, true);
		tap(s, keys[i].key);
		modifiers(s, keys[i].modifiers, false);
	}
}

/* A character that is pressed as a key: it has Ctrl or Alt.  One that is not on the guest's
 * keyboard, or by AltGr, is where it is on a US one.  */
static bool is_key(const struct typist *t, struct typist_stroke *stroke)
{
	struct typist_stroke keys[2];
	struct layout_stroke us[2];
	unsigned n;

	if (stroke->key)
		return true;
	n = keys_for(t, stroke->ch, keys);
	if (stroke->modifiers && (n != 1 || keys[0].modifiers & TYPE_ALTGR)) {
		n = layout_find(layout_us(), false, stroke->ch, us);
		if (n == 1)
			keys[0] = (struct typist_stroke){ .key = hid_key(us[0].scan),
				.modifiers = us[0].level == LAYOUT_SHIFT ? TYPE_SHIFT : 0 };
	}
	if (n != 1 || !((keys[0].modifiers | stroke->modifiers) & (TYPE_CTRL | TYPE_ALT)))
		return false;
	keys[0].modifiers |= stroke->modifiers;
	*stroke = keys[0];
	return true;
}

static void press_held(struct typist *t, struct striker s, vtime now)
{
	press(s, t->held.key, true);
	t->phase = TYPIST_HOLDS;
	t->pressed = now;
	t->next = now + HOLD;
}

static void begin(struct typist *t, struct striker s, vtime now)
{
	struct typist_stroke stroke = t->queue[t->head++ % TYPIST_ROOM];

	t->pressed = now;
	if (!is_key(t, &stroke)) {
		strike_char(t, s, stroke.ch);
		return;
	}
	t->held = stroke;
	if (!stroke.modifiers) {
		press_held(t, s, now);
		return;
	}
	modifiers(s, stroke.modifiers, true);
	t->phase = TYPIST_LEADS;
	t->next = now + LEAD;
}

/* The key that is down once more: a terminal's repetition.  */
static bool repeats(const struct typist *t)
{
	return !queue_empty(t) && same(&t->queue[t->head % TYPIST_ROOM], &t->held);
}

static void hold(struct typist *t, struct striker s, vtime now, bool taken)
{
	if (taken && repeats(t)) {
		t->head++;
		press(s, t->held.key, false);
		press_held(t, s, now);
	} else if (now >= t->next || (taken && !queue_empty(t))) {
		press(s, t->held.key, false);
		t->phase = t->held.modifiers ? TYPIST_TRAILS : TYPIST_FREE;
		t->next = t->pressed + TRAIL_MAX;
	}
}

static void trail(struct typist *t, struct striker s, vtime now, bool taken)
{
	if (taken && repeats(t)) {
		t->head++;
		press_held(t, s, now);
	} else if (now >= t->next || (taken && now - t->unread >= LEAD)) {
		modifiers(s, t->held.modifiers, false);
		t->phase = TYPIST_FREE;
	}
}

bool typist_hurries(const struct typist *t, vtime now)
{
	return !typist_empty(t) && now - t->pressed < HURRY;
}

vtime typist_due(const struct typist *t, vtime now)
{
	vtime next = t->phase == TYPIST_FREE ? VTIME_NEVER : t->next;

	if (t->phase == TYPIST_TRAILS && t->unread + LEAD < next)
		next = t->unread + LEAD;
	if (next <= now)
		next = VTIME_NEVER;
	return typist_hurries(t, now) && now + LOOK < next ? now + LOOK : next;
}

vtime typist_step(struct typist *t, vtime now, bool taken,
		  void (*key)(void *ctx, const struct key_event *ev), void *ctx)
{
	struct striker s = { key, ctx };

	if (!taken)
		t->unread = now;
	if (t->phase == TYPIST_LEADS && now >= t->next)
		press_held(t, s, now);
	else if (t->phase == TYPIST_HOLDS)
		hold(t, s, now, taken);
	if (t->phase == TYPIST_TRAILS)
		trail(t, s, now, taken);
	if (t->phase == TYPIST_FREE && !queue_empty(t) && taken)
		begin(t, s, now);
	return typist_due(t, now);
}
