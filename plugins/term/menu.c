/* menu.c - the prefix key, Ctrl-^.  */

#include "menu.h"

#include <stddef.h>

#include "decode.h"
#include "keytable.h"
#include "plugin.h"

/* What one press of a key is, for the menu.  */
struct stroke {
	uint16_t key;
	uint32_t ch;			/* in lower case, 0: none */
	unsigned modifiers;
};

static const char *const help[] = {
	" dosvm: after Ctrl-^ (Ctrl-6) comes",
	"",
	" 1 .. 9, 0, -, =   F1 .. F10, F11, F12",
	" a  s  c           hold Alt, Shift, Ctrl for the next key,",
	"                   which may be another of these,",
	" f                 any of the list above or below with them (a f 4: Alt-F4,",
	"                   c f i: Ctrl-Ins)",
	" .                 a key of the keypad: . 7, . +, . Enter, c . 5: Ctrl-5",
	" a a               Alt alone",
	" i  t  p           Insert, Tab, Pause",
	" b  k  l  n        Ctrl-Break, Print Screen, Scroll, Num Lock",
	" / * _ + Enter     the same as . with these (_: minus)",
	" d                 Ctrl-Alt-Del",
	" Ctrl-^            Ctrl-^ itself",
	"",
	" v                 select and copy: arrows, Space, Enter",
	" w                 text as large as the window",
	" m                 mouse: dosvm's or the terminal's",
	" r                 draw everything again",
	" z                 suspend: `fg' goes on",
	" q                 end dosvm",
	" h                 this help; any other key leaves it",
};

static const char *const quit_lines[] = {
	" End dosvm and the program in it?  y / n ",
};

static const char *const prefix_lines[] = {
	" Ctrl-^: h for help ",
};

/* What is struck as it is.  */
static const struct { char ch; uint8_t key; uint8_t modifiers; } struck[] = {
	{ '1', HID_F1, 0 }, { '2', HID_F1 + 1, 0 }, { '3', HID_F1 + 2, 0 },
	{ '4', HID_F1 + 3, 0 }, { '5', HID_F1 + 4, 0 }, { '6', HID_F1 + 5, 0 },
	{ '7', HID_F1 + 6, 0 }, { '8', HID_F1 + 7, 0 }, { '9', HID_F1 + 8, 0 },
	{ '0', HID_F1 + 9, 0 }, { '-', HID_F1 + 10, 0 }, { '=', HID_F12, 0 },
	{ 'i', HID_INSERT, 0 }, { 't', HID_TAB, 0 }, { 'p', HID_PAUSE, 0 },
	{ 'b', HID_PAUSE, STROKE_CTRL }, { 'k', HID_PRINT, 0 }, { 'l', HID_SCROLL_LOCK, 0 },
	{ 'n', HID_NUM_LOCK, 0 }, { '/', HID_PAD_SLASH, 0 }, { '*', HID_PAD_STAR, 0 },
	{ '_', HID_PAD_MINUS, 0 }, { '+', HID_PAD_PLUS, 0 },
};

static const struct { char ch; enum menu_act act; } acts[] = {
	{ 'd', MENU_RESET }, { 'm', MENU_MOUSE }, { 'r', MENU_REDRAW }, { 'z', MENU_SUSPEND },
	{ 'w', MENU_FIT },
};

static struct stroke stroke_of(const struct token *t)
{
	struct stroke s = { .key = t->key, .ch = t->ch, .modifiers = t->modifiers };
	bool shift = t->modifiers & STROKE_SHIFT;

	if (t->kind == TOKEN_CHAR)
		s.key = keytable_of_char(t->ch, &shift);
	else if (!s.ch)
		s.ch = keytable_char(t->key, shift);
	if (t->kind == TOKEN_CHAR && shift)
		s.modifiers |= STROKE_SHIFT;
	if (s.ch >= 'A' && s.ch <= 'Z')
		s.ch += 'a' - 'A';
	return s;
}

static bool is_prefix(const struct stroke *s)
{
	return s->key == HID_6 && (s->modifiers & (STROKE_CTRL | STROKE_ALT)) == STROKE_CTRL;
}

static enum menu_act strike(struct menu *m, uint16_t key, unsigned modifiers)
{
	m->key = key;
	m->key_modifiers = modifiers | m->modifiers;
	m->modifiers = 0;
	m->mode = MENU_OFF;
	return MENU_STRIKE;
}

static unsigned modifier_of(uint32_t ch)
{
	return ch == 'a' ? STROKE_ALT : ch == 's' ? STROKE_SHIFT : ch == 'c' ? STROKE_CTRL : 0;
}

/* f and . are followed by another key, which says which one.  */
static bool names_key(struct menu *m, const struct stroke *s)
{
	if (s->modifiers & (STROKE_CTRL | STROKE_ALT) || (s->ch != 'f' && s->ch != '.'))
		return false;
	m->mode = s->ch == 'f' ? MENU_FUNCTION : MENU_PAD;
	return true;
}

/* A key with modifiers gathered.  */
static enum menu_act with_modifiers(struct menu *m, const struct stroke *s)
{
	unsigned more = modifier_of(s->ch);

	if (names_key(m, s))
		return MENU_NOTHING;
	if (more & ~m->modifiers) {
		m->modifiers |= more;
		return MENU_NOTHING;
	}
	if (more == m->modifiers && more == STROKE_ALT) {
		m->modifiers = 0;
		return strike(m, HID_LEFT_ALT, 0);
	}
	m->mode = MENU_OFF;
	return s->key ? strike(m, s->key, s->modifiers) : MENU_NOTHING;
}

static enum menu_act begin_copy(struct menu *m, const struct picture *p)
{
	m->mode = MENU_OFF;
	if (!picture_is_text(p))
		return MENU_NOTHING;
	m->mode = MENU_COPY;
	m->copy = (struct copying){ .on = true };
	if (p->cursor_x >= 0 && p->cursor_x < (int)p->width &&
	    p->cursor_y >= 0 && p->cursor_y < (int)p->height) {
		m->copy.x = p->cursor_x;
		m->copy.y = p->cursor_y;
	}
	return MENU_NOTHING;
}

static enum menu_act after_prefix(struct menu *m, const struct stroke *s, const struct picture *p)
{
	if (is_prefix(s))
		return strike(m, HID_6, STROKE_CTRL);
	if (m->modifiers)
		return with_modifiers(m, s);
	if (s->ch == 'h' || s->ch == '?') {
		m->mode = MENU_HELP;
		return MENU_NOTHING;
	}
	if (modifier_of(s->ch)) {
		m->mode = MENU_PREFIX;
		m->modifiers = modifier_of(s->ch);
		return MENU_NOTHING;
	}
	if (names_key(m, s))
		return MENU_NOTHING;
	if (s->ch == 'q') {
		m->mode = MENU_QUIT;
		return MENU_NOTHING;
	}
	if (s->ch == 'v')
		return begin_copy(m, p);
	m->mode = MENU_OFF;
	if (s->key == HID_ENTER)
		return strike(m, HID_PAD_ENTER, 0);
	for (size_t i = 0; i < sizeof struck / sizeof *struck; i++)
		if ((uint32_t)struck[i].ch == s->ch)
			return strike(m, struck[i].key, struck[i].modifiers);
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		if ((uint32_t)acts[i].ch == s->ch)
			return acts[i].act;
	return MENU_NOTHING;
}

static enum menu_act function_key(struct menu *m, const struct stroke *s)
{
	m->mode = MENU_OFF;
	for (size_t i = 0; i < sizeof struck / sizeof *struck; i++)
		if ((uint32_t)struck[i].ch == s->ch)
			return strike(m, struck[i].key, struck[i].modifiers);
	return m->modifiers && s->ch == 'f' ? strike(m, HID_A + 'f' - 'a', 0) : MENU_NOTHING;
}

static enum menu_act pad_key(struct menu *m, const struct stroke *s)
{
	static const struct { char ch; uint8_t key; } keys[] = {
		{ '0', HID_PAD_0 }, { '.', HID_PAD_DOT }, { '/', HID_PAD_SLASH }, { '*', HID_PAD_STAR },
		{ '-', HID_PAD_MINUS }, { '+', HID_PAD_PLUS }, { '\r', HID_PAD_ENTER },
	};
	uint32_t ch = s->key == HID_ENTER || s->key == HID_PAD_ENTER ? '\r' : s->ch;

	m->mode = MENU_OFF;
	if (ch >= '1' && ch <= '9')
		return strike(m, HID_PAD_1 + ch - '1', 0);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if ((uint32_t)keys[i].ch == ch)
			return strike(m, keys[i].key, 0);
	return MENU_NOTHING;
}

static void move(unsigned *at, int by, unsigned size)
{
	int to = (int)*at + by;

	*at = to < 0 ? 0 : to >= (int)size ? size - 1 : (unsigned)to;
}

static void move_copy(struct menu *m, uint16_t key, const struct picture *p)
{
	static const struct { uint16_t key; int16_t x, y; } moves[] = {
		{ HID_LEFT, -1, 0 }, { HID_RIGHT, 1, 0 }, { HID_UP, 0, -1 }, { HID_DOWN, 0, 1 },
		{ HID_HOME, -9999, 0 }, { HID_END, 9999, 0 }, { HID_PAGE_UP, 0, -9999 },
		{ HID_PAGE_DOWN, 0, 9999 },
	};

	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
		if (moves[i].key != key)
			continue;
		move(&m->copy.x, moves[i].x, p->width);
		move(&m->copy.y, moves[i].y, p->height);
	}
}

static enum menu_act copy_key(struct menu *m, const struct stroke *s, const struct picture *p)
{
	bool selected = m->copy.selects;

	if (s->key == HID_ESC || s->ch == 'q' || !picture_is_text(p)) {
		m->mode = MENU_OFF;
		m->copy.on = false;
	} else if (s->key == HID_ENTER || s->ch == 'y') {
		m->mode = MENU_OFF;
		return selected ? MENU_COPIED : MENU_NOTHING;
	} else if (s->key == HID_SPACE || s->ch == 'v') {
		m->copy.selects = !selected;
		m->copy.from_x = m->copy.x;
		m->copy.from_y = m->copy.y;
	} else {
		move_copy(m, s->key, p);
	}
	return MENU_NOTHING;
}

static enum menu_act take_down(struct menu *m, const struct stroke *s, const struct picture *p)
{
	switch (m->mode) {
	case MENU_OFF:
		if (!is_prefix(s))
			return MENU_PASS;
		m->mode = MENU_PREFIX;
		m->modifiers = 0;
		return MENU_NOTHING;
	case MENU_PREFIX:
	case MENU_HELP:
		return after_prefix(m, s, p);
	case MENU_FUNCTION:
		return function_key(m, s);
	case MENU_PAD:
		return pad_key(m, s);
	case MENU_QUIT:
		m->mode = MENU_OFF;
		return s->ch == 'y' ? MENU_END : MENU_NOTHING;
	case MENU_COPY:
		return copy_key(m, s, p);
	}
	return MENU_PASS;
}

enum menu_act menu_take(struct menu *m, const struct token *t, const struct picture *p)
{
	struct stroke s = stroke_of(t);
	bool alone = t->kind == TOKEN_KEY && t->key >= HID_LEFT_CTRL && t->true_key;
	enum menu_act act;

	/* What is let go is let go in any case.  */
	if (t->press == PRESS_UP)
		return MENU_PASS;
	if (alone)
		return m->mode == MENU_OFF ? MENU_PASS : MENU_NOTHING;
	act = take_down(m, &s, p);
	if (m->mode != MENU_COPY && act != MENU_COPIED)
		m->copy.on = false;
	return act;
}

const char *const *menu_lines(const struct menu *m, unsigned *count)
{
	switch (m->mode) {
	case MENU_HELP:
		*count = sizeof help / sizeof *help;
		return help;
	case MENU_QUIT:
		*count = 1;
		return quit_lines;
	case MENU_PREFIX:
	case MENU_FUNCTION:
	case MENU_PAD:
		*count = 1;
		return prefix_lines;
	default:
		*count = 0;
		return NULL;
	}
}
