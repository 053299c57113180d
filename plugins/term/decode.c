/* decode.c - what the bytes that a terminal sends mean.  */

#include "decode.h"

#include <string.h>

#include "caps.h"
#include "keytable.h"
#include "plugin.h"

#define ESC		0x1b
#define PARAMETERS	8
#define SUBS		3
#define VALUE_MAX	0x110000u	/* of what has a meaning; a number may be larger */

/* A control sequence: CSI private parameters final.  */
struct csi {
	char private, intermediate, final;
	unsigned count;
	unsigned value[PARAMETERS][SUBS];	/* [i][0], and after colons; 0: left out */
};

enum { MORE = 0 };	/* answered instead of a length: the rest has not come */

size_t decode_feed(struct decoder *d, const uint8_t *p, size_t n)
{
	size_t room = sizeof d->pending - d->size;

	if (n > room)
		n = room;
	memcpy(d->pending + d->size, p, n);
	d->size += n;
	return n;
}

bool decode_waits(const struct decoder *d)
{
	return d->size > 0;
}

/* --- Characters ------------------------------------------------------------------ */

/* UTF-8; a byte that cannot stand there is U+FFFD.  */
static size_t take_utf8(const uint8_t *p, size_t n, uint32_t *ch)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 :
		p[0] < 0xf5 ? 4 : 0;

	*ch = p[0];
	if (length == 1)
		return 1;
	*ch = length ? p[0] & (0x7f >> length) : 0xfffd;
	for (size_t i = 1; i < length; i++) {
		if (i == n)
			return MORE;
		if ((p[i] & 0xc0) != 0x80) {
			*ch = 0xfffd;
			return 1;
		}
		*ch = *ch << 6 | (p[i] & 0x3f);
	}
	if (!length || *ch < least[length] || *ch > 0x10ffff || (*ch >= 0xd800 && *ch < 0xe000)) {
		*ch = 0xfffd;
		return 1;
	}
	return length;
}

static void be_key(struct token *t, uint16_t key, unsigned modifiers)
{
	t->kind = TOKEN_KEY;
	t->key = key;
	t->modifiers = modifiers;
}

/* A character as a plain terminal sends it; Ctrl has made it a control code.  */
static void be_char(const struct decoder *d, struct token *t, uint32_t ch, unsigned modifiers)
{
	static const char controls[] = "2abcdefghijklmnopqrstuvwxyz[\\]6-";

	t->kind = TOKEN_CHAR;
	t->ch = ch;
	t->modifiers = modifiers;
	if (ch == (uint8_t)d->caps->backspace)
		be_key(t, HID_BACKSPACE, modifiers);
	else if (ch == 0x7f || ch == '\b')
		be_key(t, HID_BACKSPACE, modifiers | STROKE_CTRL);
	else if (ch == '\r')
		be_key(t, HID_ENTER, modifiers);
	else if (ch == '\n' && d->caps->pad_enter_lf)
		be_key(t, HID_PAD_ENTER, modifiers);
	else if (ch == '\t')
		be_key(t, HID_TAB, modifiers);
	else if (ch == ESC)
		be_key(t, HID_ESC, modifiers);
	else if (ch < 0x20) {
		t->ch = controls[ch];
		t->modifiers |= STROKE_CTRL;
	}
}

/* --- Control sequences -------------------------------------------------------------- */

/* p[0] follows the CSI.  Answers the bytes up to and with the final one; final is
 * 0 if another cannot stand there.  */
static size_t parse_csi(const uint8_t *p, size_t n, struct csi *c)
{
	unsigned sub = 0;
	size_t i = 0;

	*c = (struct csi){ 0 };
	if (n && p[0] >= '<' && p[0] <= '?')
		c->private = p[i++];
	for (; i < n && p[i] >= 0x20 && p[i] < 0x40; i++) {
		unsigned *value = &c->value[c->count][sub < SUBS ? sub : SUBS - 1];

		if (p[i] == ';') {
			c->count += c->count < PARAMETERS - 1;
			sub = 0;
		} else if (p[i] == ':') {
			sub++;
		} else if (p[i] < 0x30) {
			c->intermediate = p[i];
		} else if (p[i] <= '9' && sub < SUBS && *value < VALUE_MAX) {
			*value = *value * 10 + p[i] - '0';
		}
	}
	if (i == n)
		return MORE;
	c->count++;
	c->final = p[i] >= 0x40 && p[i] < 0x7f ? p[i] : 0;
	return i + 1;
}

/* The second sub-parameter of the modifiers: kitty's kind of event, which may be left
 * out where it is a press.  */
static void take_modifiers(const struct decoder *d, struct token *t, const unsigned value[SUBS])
{
	t->modifiers = keytable_modifiers(value[0]);
	t->press = value[1] == 3 ? PRESS_UP : value[1] == 2 ? PRESS_REPEAT : PRESS_DOWN;
	t->true_key |= d->kitty || value[1] != 0;
	t->locks = keytable_locks(value[0]) | (t->true_key ? LOCK_TOLD : 0);
}

static bool is_text(uint32_t ch)
{
	return ch >= 0x20 && (ch < 0x7f || ch >= 0xa0) && (ch < 0xd800 || ch >= 0xe000) && ch < VALUE_MAX;
}

/* Keys without characters have numbers of the private use area.  */
static bool is_functional(uint32_t code)
{
	return code >= 0xe000 && code < 0xf900;
}

/* CSI key:shifted:base ; modifiers:event ; text u.  Not asked for it is xterm's
 * formatOtherKeys=1, or a terminal that has the first part of the protocol only.  */
static bool take_u(const struct decoder *d, const struct csi *c, struct token *t)
{
	unsigned code = c->value[0][0], shifted = c->value[0][1], base = c->value[0][2];
	uint16_t key = base ? keytable_of_code(base) : 0;

	take_modifiers(d, t, c->value[1]);
	if (!code) {			/* text that no key makes */
		t->kind = TOKEN_CHAR;
		t->ch = c->value[2][0];
		t->true_key = false;
		return is_text(t->ch) && t->press != PRESS_UP;
	}
	if (!t->true_key && code < 0x80) {
		unsigned modifiers = t->modifiers;

		be_char(d, t, code == 8 ? 0x7f : code, modifiers);
		if (code == 127 || code == 8)
			be_key(t, HID_BACKSPACE, modifiers);
		return true;
	}
	be_key(t, key ? key : keytable_of_code(code), t->modifiers);
	t->plain = is_text(code) && !is_functional(code) ? code : 0;
	t->ch = is_text(c->value[2][0]) ? c->value[2][0] : 0;
	if (!t->ch && t->plain >= 0x80 && !(t->modifiers & (STROKE_CTRL | STROKE_ALT)))
		t->ch = t->modifiers & STROKE_SHIFT && is_text(shifted) ? shifted : t->plain;
	return t->key || t->ch;
}

/* CSI 27 ; modifiers ; code ~ (modifyOtherKeys) and CSI number ; modifiers ~.  */
static bool take_tilde(struct decoder *d, const struct csi *c, struct token *t)
{
	if (c->value[0][0] == 200) {
		d->pasting = true;
		return false;
	}
	take_modifiers(d, t, c->value[1]);
	if (c->value[0][0] == 27 && c->count >= 3) {
		be_char(d, t, c->value[2][0], t->modifiers);
		return c->value[2][0] && c->value[2][0] < VALUE_MAX;
	}
	be_key(t, keytable_of_number(c->value[0][0]), t->modifiers);
	return t->key;
}

/* CSI < button ; x ; y M or m.  */
static bool take_mouse(const struct csi *c, struct token *t)
{
	unsigned b = c->value[0][0], x = c->value[1][0], y = c->value[2][0];

	if (!x || !y)
		return false;
	t->kind = TOKEN_MOUSE;
	t->x = x - 1;
	t->y = y - 1;
	t->modifiers = (b & 4 ? STROKE_SHIFT : 0) | (b & 8 ? STROKE_ALT : 0) | (b & 16 ? STROKE_CTRL : 0);
	t->moved = b & 32;
	t->press = c->final == 'm' ? PRESS_UP : PRESS_DOWN;
	if (b & 0x80)
		return false;		/* buttons 8 to 11: no mouse of DOS has them */
	if (b & 64) {
		t->button = b & 1 ? MOUSE_DOWN : MOUSE_UP;
		return !(b & 2);
	}
	t->button = (enum mouse_button)(b & 3);
	return true;
}

static bool has_parameter(const struct csi *c, unsigned value)
{
	for (unsigned i = 0; i < c->count; i++)
		if (c->value[i][0] == value)
			return true;
	return false;
}

static bool take_answer(const struct csi *c, struct token *t)
{
	if (c->final == 'u') {
		t->kind = TOKEN_IS_KITTY;
		return true;
	}
	t->kind = TOKEN_ATTRIBUTES;
	t->ch = has_parameter(c, 4);
	return c->final == 'c';
}

/* CSI 6 ; height ; width t.  */
static bool take_pixels(const struct csi *c, struct token *t)
{
	t->kind = TOKEN_PIXELS;
	t->y = c->value[1][0];
	t->x = c->value[2][0];
	return c->value[0][0] == 6 && t->x && t->y && t->x < 256 && t->y < 256;
}

/* False: it means nothing.  */
static bool be_csi(struct decoder *d, const struct csi *c, struct token *t)
{
	if (c->private == '<')
		return (c->final == 'M' || c->final == 'm') && take_mouse(c, t);
	if (c->private == '?')
		return take_answer(c, t);
	if (c->private || c->intermediate)
		return false;
	switch (c->final) {
	case '~':
		return take_tilde(d, c, t);
	case 'u':
		return take_u(d, c, t);
	case 't':
		return take_pixels(c, t);
	case 'Z':
		be_key(t, HID_TAB, STROKE_SHIFT);
		return true;
	case 'I':
	case 'O':
		t->kind = TOKEN_FOCUS;
		t->press = c->final == 'I' ? PRESS_DOWN : PRESS_UP;
		return true;
	}
	if (c->final > 'S')
		return false;
	take_modifiers(d, t, c->value[1]);
	be_key(t, keytable_of_letter(c->final), t->modifiers);
	return t->key;
}

/* --- Strings: answers of the terminal ------------------------------------------------- */

static bool starts(const uint8_t *p, size_t n, const char *with)
{
	return n >= strlen(with) && memcmp(p, with, strlen(with)) == 0;
}

/* DECRQSS's answer, 1$r or with an old xterm 0$r, SGR, m: the colour that was asked
 * for is that which is set, its parts after colons or semicolons.  */
static bool has_rgb(const uint8_t *p, size_t n)
{
	if (n < 3 || memcmp(p + 1, "$r", 2) != 0)
		return false;
	for (size_t i = 3; i + 6 <= n; i++)
		if (p[i] == '1' && p[i + 2] == '2' && starts(p + i + 4, n - i - 4, "3m") &&
		    (p[i - 1] == ':' || p[i - 1] == ';') && p[i + 1] == p[i + 3])
			return true;
	return false;
}

/* DCS, OSC and APC: p[1] says which; it ends with ST, OSC with BEL too.  */
static size_t take_string(struct decoder *d, const uint8_t *p, size_t n, struct token *t,
			  bool *means)
{
	for (size_t i = 2; i < n; i++) {
		bool st = p[i] == '\\' && p[i - 1] == ESC && i > 2;

		if (!st && p[i] != '\a')
			continue;
		if (p[1] == 'P' && (starts(p + 2, i - 2, "1+r524742") || has_rgb(p + 2, i - 2))) {
			t->kind = TOKEN_HAS_RGB;
			*means = true;
		} else if (p[1] == '_' && starts(p + 2, i - 2, "Gi=31;OK")) {
			t->kind = TOKEN_HAS_GRAPHICS;
			*means = true;
		}
		return i + 1;
	}
	if (n < sizeof d->pending)
		return MORE;
	d->skipping = true;
	return n;
}

/* The rest of a string too long.  */
static size_t skip_string(struct decoder *d, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] != '\a' && !(p[i] == '\\' && i && p[i - 1] == ESC))
			continue;
		d->skipping = false;
		return i + 1;
	}
	return n == 1 && p[0] == ESC ? MORE : p[n - 1] == ESC && n > 1 ? n - 1 : n;
}

/* --- Escape ---------------------------------------------------------------------------- */

static size_t take_terminfo(const struct decoder *d, const uint8_t *p, size_t n, struct token *t)
{
	for (unsigned i = 0; i < d->caps->keys; i++) {
		const struct key_string *k = &d->caps->key[i];
		size_t length = strlen(k->text);

		if (length <= n && memcmp(k->text, p, length) == 0) {
			be_key(t, k->key, k->modifiers);
			return length;
		}
	}
	return MORE;
}

static size_t take_csi(struct decoder *d, const uint8_t *p, size_t n, struct token *t, bool *means)
{
	struct csi c;
	size_t used;

	if (n > 3 && p[2] == '[') {	/* the Linux console's F1 to F5 */
		be_key(t, HID_F1 + p[3] - 'A', 0);
		*means = p[3] >= 'A' && p[3] <= 'E';
		return 4;
	}
	if (n == 3 && p[2] == '[')
		return MORE;
	used = parse_csi(p + 2, n - 2, &c);
	if (used)
		*means = be_csi(d, &c, t);
	if (used)
		return used + 2 - (c.final == 0);	/* that byte begins something else */
	return n == sizeof d->pending ? n : MORE;
}

/* ESC O letter: F1 to F4, and the keypad in application mode.  */
static size_t take_ss3(const uint8_t *p, size_t n, struct token *t, bool *means)
{
	unsigned modifiers = 0;
	size_t i = 2;

	for (; i < n && p[i] >= '0' && p[i] <= '9' && i < 5; i++)
		modifiers = modifiers * 10 + p[i] - '0';
	if (i == n)
		return MORE;
	be_key(t, keytable_of_letter(p[i]), keytable_modifiers(modifiers));
	*means = t->key;
	return i + 1;
}

/* ESC and one more character is Alt and its key.  */
static size_t take_alt(const struct decoder *d, const uint8_t *p, size_t n, struct token *t,
		       bool *means)
{
	uint32_t ch;
	size_t used = take_utf8(p + 1, n - 1, &ch);

	if (!used)
		return MORE;
	be_char(d, t, ch, STROKE_ALT);
	*means = true;
	return used + 1;
}

static size_t take_escape(struct decoder *d, const uint8_t *p, size_t n, struct token *t,
			  bool *means)
{
	size_t used = d->kitty ? MORE : take_terminfo(d, p, n, t);

	if (used) {
		*means = true;
		return used;
	}
	if (n < 2)
		return MORE;
	switch (p[1]) {
	case '[':
		return n < 3 ? MORE : take_csi(d, p, n, t, means);
	case 'O':
		return take_ss3(p, n, t, means);
	case 'P':
	case ']':
	case '_':
		return take_string(d, p, n, t, means);
	case ESC:
		be_key(t, HID_ESC, 0);
		*means = true;
		return 1;
	default:
		return take_alt(d, p, n, t, means);
	}
}

/* Nothing more comes: ESC alone is the Escape key, ESC [ is Alt-[; the beginning
 * of anything longer means nothing.  */
static size_t take_idle(const struct decoder *d, const uint8_t *p, size_t n, struct token *t,
			bool *means)
{
	if (p[0] != ESC)
		return n;
	if (n == 1) {
		be_key(t, HID_ESC, 0);
		*means = true;
		return 1;
	}
	return n == 2 && p[1] < 0x80 ? take_alt(d, p, n, t, means) : n;
}

/* --- Paste ------------------------------------------------------------------------------- */

/* Only text comes out of it: no key, and no control code but those of lines and
 * tabs.  */
static size_t take_paste(struct decoder *d, const uint8_t *p, size_t n, struct token *t,
			 bool *means)
{
	static const char end[] = "\033[201~";
	size_t used, length = sizeof end - 1;

	if (*p == ESC) {
		if (memcmp(p, end, n < length ? n : length) != 0)
			return 1;
		if (n < length)
			return MORE;
		d->pasting = false;
		t->kind = TOKEN_PASTED;
		*means = true;
		return length;
	}
	used = take_utf8(p, n, &t->ch);
	t->kind = TOKEN_PASTE;
	*means = used && t->ch != 0x7f && (t->ch >= 0x20 || t->ch == '\n' || t->ch == '\r' || t->ch == '\t');
	return used;
}

static size_t take(struct decoder *d, bool idle, struct token *t, bool *means)
{
	const uint8_t *p = d->pending;
	size_t n = d->size, used;

	if (d->skipping)
		return skip_string(d, p, n);
	if (d->pasting)
		return take_paste(d, p, n, t, means);
	if (*p == ESC) {
		used = take_escape(d, p, n, t, means);
	} else {
		used = take_utf8(p, n, &t->ch);
		be_char(d, t, t->ch, 0);
		*means = used;
	}
	return used || !idle ? used : take_idle(d, p, n, t, means);
}

bool decode_next(struct decoder *d, bool idle, struct token *t)
{
	bool means = false;
	size_t used;

	while (d->size && !means) {
		*t = (struct token){ .press = PRESS_DOWN };
		used = take(d, idle, t, &means);
		if (!used)
			return false;
		d->size -= used;
		memmove(d->pending, d->pending + used, d->size);
	}
	return means;
}
