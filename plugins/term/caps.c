/* caps.c - what the terminal can do, by terminfo, with what terminfo does not
 * say: $COLORTERM, and extended names (user_caps(5), RGB and Tc).  */

#include "caps.h"

#include <stdlib.h>
#include <string.h>
#include <termios.h>

#include "keytable.h"
#include "out.h"
#include "plugin.h"

#include <curses.h>	/* last: they define words like `buttons' */
#include <term.h>

static const char *text_of(const char *name)
{
	char *text = tigetstr(name);

	return text == (char *)-1 ? NULL : text;
}

/* tmux takes true colours and shows the nearest that its own terminal has; in it,
 * some say they are in screen.  */
static bool is_tmux(const char *term)
{
	return !strncmp(term, "tmux", 4) || (!strncmp(term, "screen", 6) && getenv("TMUX"));
}

static bool says_rgb(const char *term)
{
	const char *color = getenv("COLORTERM");
	const char *rgb = text_of("RGB");

	return is_tmux(term) || (color && (!strcmp(color, "truecolor") || !strcmp(color, "24bit"))) ||
	       tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || (rgb && *rgb) ||
	       tigetflag("Tc") > 0;
}

static enum depth find_depth(const struct caps *c)
{
	int colors = tigetnum("colors");

	if (says_rgb(c->name) || colors >= 1 << 24)
		return DEPTH_RGB;
	if (!c->fg || !c->bg || colors < 8)
		return DEPTH_MONO;
	return colors >= 256 ? DEPTH_256 : colors >= 16 ? DEPTH_16 : DEPTH_8;
}

static void add_key(struct caps *c, const char *text, uint16_t key, uint8_t modifiers)
{
	if (text && *text == 0x1b && c->keys < CAPS_KEYS)
		c->key[c->keys++] = (struct key_string){ text, key, modifiers };
}

/* xterm's extended names: kUP5 is Ctrl-Up, its number as in a CSI sequence.  */
static void add_extended(struct caps *c, const char *name, uint16_t key)
{
	for (unsigned n = 2; n <= 8; n++) {
		char full[8] = "";

		strcpy(full, name);
		full[strlen(name)] = '0' + n;
		add_key(c, text_of(full), key, keytable_modifiers(n));
	}
}

static void find_keys(struct caps *c)
{
	static const struct { const char *name; uint16_t key; uint8_t modifiers; } names[] = {
		{ "kcuu1", HID_UP, 0 }, { "kcud1", HID_DOWN, 0 }, { "kcub1", HID_LEFT, 0 },
		{ "kcuf1", HID_RIGHT, 0 }, { "khome", HID_HOME, 0 }, { "kend", HID_END, 0 },
		{ "kich1", HID_INSERT, 0 }, { "kdch1", HID_DELETE, 0 },
		{ "kpp", HID_PAGE_UP, 0 }, { "knp", HID_PAGE_DOWN, 0 },
		{ "kbs", HID_BACKSPACE, 0 }, { "kcbt", HID_TAB, STROKE_SHIFT },
		{ "kent", HID_PAD_ENTER, 0 }, { "kri", HID_UP, STROKE_SHIFT },
		{ "kind", HID_DOWN, STROKE_SHIFT }, { "kLFT", HID_LEFT, STROKE_SHIFT },
		{ "kRIT", HID_RIGHT, STROKE_SHIFT }, { "kHOM", HID_HOME, STROKE_SHIFT },
		{ "kEND", HID_END, STROKE_SHIFT }, { "kIC", HID_INSERT, STROKE_SHIFT },
		{ "kDC", HID_DELETE, STROKE_SHIFT }, { "kPRV", HID_PAGE_UP, STROKE_SHIFT },
		{ "kNXT", HID_PAGE_DOWN, STROKE_SHIFT },
	};
	static const struct { const char *name; uint16_t key; } extended[] = {
		{ "kUP", HID_UP }, { "kDN", HID_DOWN }, { "kLFT", HID_LEFT },
		{ "kRIT", HID_RIGHT }, { "kHOM", HID_HOME }, { "kEND", HID_END },
		{ "kIC", HID_INSERT }, { "kDC", HID_DELETE }, { "kPRV", HID_PAGE_UP },
		{ "kNXT", HID_PAGE_DOWN },
	};
	/* Of xterm and its kin: kf13 is Shift-F1, kf25 Ctrl-F1, kf37 Ctrl-Shift-F1,
	 * kf49 Alt-F1.  */
	static const uint8_t sets[] = { 0, STROKE_SHIFT, STROKE_CTRL, STROKE_CTRL | STROKE_SHIFT, STROKE_ALT };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		add_key(c, text_of(names[i].name), names[i].key, names[i].modifiers);
	for (size_t i = 0; i < sizeof extended / sizeof *extended; i++)
		add_extended(c, extended[i].name, extended[i].key);
	for (unsigned n = 0; n < 60; n++) {
		char name[8] = "kf";

		name[2] = n + 1 < 10 ? '1' + n : '0' + (n + 1) / 10;
		name[3] = n + 1 < 10 ? 0 : '0' + (n + 1) % 10;
		add_key(c, text_of(name), HID_F1 + n % 12, sets[n / 12]);
	}
}

/* What the terminal driver erases by is what the key sends, or its user could not
 * correct a password; terminfo's entry may be another build's of the terminal.  */
static char find_backspace(int fd)
{
	const char *key = text_of("kbs");
	struct termios now;

	if (tcgetattr(fd, &now) == 0 && (now.c_cc[VERASE] == '\b' || now.c_cc[VERASE] == 0x7f))
		return now.c_cc[VERASE];
	return key && *key && !key[1] ? *key : 0x7f;
}

bool caps_find(struct caps *c, int fd)
{
	int why;

	*c = (struct caps){ .name = getenv("TERM") };
	if (!c->name || setupterm(NULL, fd, &why) != OK)
		return false;
	c->move = text_of("cup");
	c->clear = text_of("clear");
	c->enter = text_of("smcup");
	c->leave = text_of("rmcup");
	c->hide = text_of("civis");
	c->show = text_of("cnorm");
	c->solid = text_of("cvvis");
	c->shape = text_of("Ss");
	c->normal = text_of("sgr0");
	c->bold = text_of("bold");
	c->blink = text_of("blink");
	c->reverse = text_of("rev");
	c->underline = text_of("smul");
	c->fg = text_of("setaf");
	c->bg = text_of("setab");
	c->region = text_of("csr");
	c->up = text_of("indn");
	c->down = text_of("rin");
	c->margins = tigetflag("am") > 0 && tigetflag("xenl") <= 0;
	c->backspace = find_backspace(fd);
	c->pad_enter_lf = strncmp(c->name, "tmux", 4) == 0 || strncmp(c->name, "screen", 6) == 0;
	c->depth = find_depth(c);
	find_keys(c);
	return c->move && c->clear && c->normal;
}

void caps_forget(struct caps *c)
{
	if (cur_term)
		del_curterm(cur_term);
	*c = (struct caps){ 0 };
}

/* $<5> is a delay for terminals made of iron.  */
static void put_without_padding(struct out *o, const char *text)
{
	for (const char *end; *text; text = end) {
		end = strstr(text, "$<");
		if (!end) {
			out_text(o, text);
			return;
		}
		out_bytes(o, text, end - text);
		end = strchr(end, '>');
		if (!end)
			return;
		end++;
	}
}

void caps_put(struct out *o, const char *text, int a, int b)
{
	if (text)
		put_without_padding(o, tiparm(text, a, b));
}

/* --- Colours -------------------------------------------------------------------- */

static unsigned distance(uint32_t a, uint32_t b)
{
	int r = (int)(a >> 16 & 0xff) - (int)(b >> 16 & 0xff);
	int g = (int)(a >> 8 & 0xff) - (int)(b >> 8 & 0xff);
	int l = (int)(a & 0xff) - (int)(b & 0xff);

	return 3 * r * r + 4 * g * g + 2 * l * l;
}

static unsigned cube_step(unsigned v)
{
	return v < 48 ? 0 : v < 115 ? 1 : (v - 35) / 40;
}

static uint32_t cube_rgb(unsigned r, unsigned g, unsigned b)
{
	static const uint8_t level[6] = { 0, 95, 135, 175, 215, 255 };

	return level[r] << 16 | level[g] << 8 | level[b];
}

/* xterm's 6*6*6 colours and 24 greys: the first 16 are whatever the user likes.  */
static uint32_t color_256(uint32_t rgb)
{
	unsigned r = rgb >> 16 & 0xff, g = rgb >> 8 & 0xff, b = rgb & 0xff;
	unsigned mean = (r + g + b) / 3, grey = mean < 8 ? 0 : mean > 238 ? 23 : (mean - 3) / 10;
	unsigned cr = cube_step(r), cg = cube_step(g), cb = cube_step(b);
	uint32_t level = 8 + 10 * grey;

	if (distance(rgb, cube_rgb(cr, cg, cb)) <= distance(rgb, level * 0x010101))
		return 16 + 36 * cr + 6 * cg + cb;
	return 232 + grey;
}

/* ANSI's order, with the brown and the greys of a PC, and so the right name for
 * a DOS colour.  */
static uint32_t color_16(uint32_t rgb)
{
	static const uint32_t table[16] = {
		0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa,
		0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
	};
	unsigned best = 0;

	for (unsigned i = 1; i < 16; i++)
		if (distance(rgb, table[i]) < distance(rgb, table[best]))
			best = i;
	return best;
}

uint32_t caps_color(enum depth depth, uint32_t rgb)
{
	switch (depth) {
	case DEPTH_RGB:
		return rgb & 0xffffff;
	case DEPTH_256:
		return color_256(rgb);
	default:
		return color_16(rgb);
	}
}
