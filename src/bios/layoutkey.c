/* layoutkey.c - what a key of another layout than the United States' puts into the
 * ring.
 *
 * Which layout is on stands in the extended data area, in the form of KEYB's own
 * data (RBIL, INT 2Fh/AD80h, table 02972): two letters, the code page, and
 * whether the user has gone back to the US keys.  Ctrl and Alt go by the letter on
 * the key, a character that cannot be told from a function key's mark (E0h, F0h) has
 * scan code 0, and a dead key that does not go with the next one is heard
 * (MS-DOS 4.0, KEYBI9C.ASM and the KDF tables).  */

#include "bios/parts.h"

#include <string.h>

#include "base/cp.h"
#include "base/layout.h"

enum { SC_SPACE = 0x39, SC_F1 = 0x3b, SC_F2 = 0x3c };

static bool is_letter(uint32_t ch)
{
	return ch >= 'a' && ch <= 'z';
}

static uint16_t code_page(const struct bios *b)
{
	return ebda16(b, EBDA_KEYB_PAGE);
}

static bool second_on(const struct bios *b)
{
	return ebda8(b, EBDA_KEYB_SECOND);
}

const struct layout *bios_layout(const struct bios *b, bool *second)
{
	char name[3] = { ebda8(b, EBDA_KEYB_NAME), ebda8(b, EBDA_KEYB_NAME + 1), 0 };
	const struct layout *l = ebda8(b, EBDA_KEYB_STATE) ? layout_named(name) : NULL;

	*second = l && second_on(b);
	return l ? l : layout_us();
}

static bool is_as_put_on(const struct bios *b)
{
	return ebda8(b, EBDA_KEYB_NAME) == (b->keyboard[0] & 0xdf) &&
	       ebda8(b, EBDA_KEYB_NAME + 1) == (b->keyboard[1] & 0xdf);
}

void bios_follow_layout(struct bios *b, const char *name, bool second)
{
	bool follows = is_as_put_on(b), had = b->keyboard[0];

	memset(b->keyboard, 0, sizeof b->keyboard);
	if (layout_named(name) && layout_named(name) != layout_us())
		memcpy(b->keyboard, layout_name(layout_named(name)), 2);
	if (!follows)
		return;
	set_ebda8(b, EBDA_KEYB_NAME, b->keyboard[0] & 0xdf);
	set_ebda8(b, EBDA_KEYB_NAME + 1, b->keyboard[1] & 0xdf);
	if (!had)
		set_ebda8(b, EBDA_KEYB_STATE, 0xff);
	set_ebda8(b, EBDA_KEYB_SECOND, second);
	set_ebda16(b, EBDA_KEYB_DEAD, 0);
}

uint16_t bios_code_page(const struct bios *b)
{
	return code_page(b);
}

static uint16_t word(const struct bios *b, uint8_t code, uint32_t ch)
{
	int byte = cp_from_unicode(code_page(b), ch);

	if (byte <= 0)
		return 0;
	return byte == 0xe0 || byte == 0xf0 ? byte : code << 8 | byte;
}

/* Ctrl: by the letter, or what stands on the key beside.  */
static uint16_t control(const struct layout *l, uint8_t code, uint8_t shift)
{
	bool dead;
	uint32_t plain = layout_char(l, false, code, LAYOUT_PLAIN, &dead);
	char us = layout_us_key(code);

	if (is_letter(plain))
		return layout_us_scan(plain) << 8 | (plain & 0x1f);
	for (unsigned level = 0; level < LAYOUT_LEVELS; level++) {
		uint32_t ch = layout_char(l, false, code, level, &dead);

		if (ch == '\\')
			return code << 8 | 0x1c;
		if (ch == '_')
			return code << 8 | 0x1f;
	}
	return us == '[' || us == ']' || us == '2' || us == '6' ? bios_keymap(code, false, shift) : 0;
}

static uint16_t alternate(const struct layout *l, uint8_t code, uint8_t shift)
{
	bool dead;
	uint32_t plain = layout_char(l, false, code, LAYOUT_PLAIN, &dead);

	if (is_letter(plain))
		return layout_us_scan(plain) << 8;
	return is_letter(layout_us_key(code)) ? 0 : bios_keymap(code, false, shift);
}

static uint32_t character(struct bios *b, const struct layout *l, bool second, uint8_t code,
			  uint8_t shift, bool *dead)
{
	bool up = shift & (SHIFT_LEFT | SHIFT_RIGHT);

	if (shift & SHIFT_CAPS && layout_caps(l, second, code))
		up = !up;
	(void)b;
	return layout_char(l, second, code, up ? LAYOUT_SHIFT : LAYOUT_PLAIN, dead);
}

static uint32_t third(const struct layout *l, uint8_t code, uint8_t shift, bool *dead)
{
	bool up = shift & (SHIFT_LEFT | SHIFT_RIGHT);

	return layout_char(l, false, code, up ? LAYOUT_ALTGR_SHIFT : LAYOUT_ALTGR, dead);
}

/* A dead key waited; ch, which is not dead, comes.  */
static struct key_words after_dead(struct bios *b, uint8_t code, uint32_t ch)
{
	uint16_t accent = ebda16(b, EBDA_KEYB_DEAD);
	uint32_t alone = layout_accent(accent, code_page(b)), both = layout_compose(accent, ch);

	set_ebda16(b, EBDA_KEYB_DEAD, 0);
	if (ch == ' ' || ch == accent)
		return (struct key_words){ .count = 1, .word = { word(b, code, alone) } };
	if (both && word(b, code, both))
		return (struct key_words){ .count = 1, .word = { word(b, code, both) } };
	return (struct key_words){ .count = 2, .beep = true,
		.word = { word(b, code, alone), word(b, code, ch) } };
}

/* Ctrl-Alt-F1 goes to the US keys, Ctrl-Alt-F2 back.  */
static bool switches(struct bios *b, uint8_t code, uint8_t shift)
{
	if (!(shift & SHIFT_CTRL) || !(shift & SHIFT_ALT) || (code != SC_F1 && code != SC_F2) ||
	    !ebda8(b, EBDA_KEYB_NAME))
		return false;
	set_ebda8(b, EBDA_KEYB_STATE, code == SC_F1 ? 0 : 0xff);
	set_ebda16(b, EBDA_KEYB_DEAD, 0);
	return true;
}

void bios_layout_shift(struct bios *b, bool right, bool ctrl)
{
	if (ctrl)
		set_ebda8(b, EBDA_KEYB_SECOND, right);
}

struct key_words bios_layout_key(struct bios *b, uint8_t code, bool grey, uint8_t shift)
{
	struct key_words usual = { .count = 1, .word = { bios_keymap(code, grey, shift) } };
	bool second, dead = false, altgr, pending = ebda16(b, EBDA_KEYB_DEAD);
	const struct layout *l = bios_layout(b, &second);
	uint32_t ch = 0;

	if (switches(b, code, shift))
		return (struct key_words){ 0 };
	if (l == layout_us() || grey)
		return usual;
	if (code == SC_SPACE)
		return pending ? after_dead(b, code, ' ') : usual;
	if (!layout_us_key(code) && code != 0x56)
		return usual;
	altgr = bda8(b, BDA_KEY_STATE) & KEY_RALT || (shift & SHIFT_CTRL && shift & SHIFT_ALT);
	if (shift & SHIFT_ALT && altgr)
		ch = third(l, code, shift, &dead);
	if (!ch && shift & SHIFT_ALT)
		return (struct key_words){ .count = 1, .word = { alternate(l, code, shift) } };
	if (!ch && shift & SHIFT_CTRL)
		return (struct key_words){ .count = 1, .word = { control(l, code, shift) } };
	if (!ch)
		ch = character(b, l, second, code, shift, &dead);
	if (pending)
		return after_dead(b, code, ch);
	if (dead) {
		set_ebda16(b, EBDA_KEYB_DEAD, ch);
		return (struct key_words){ 0 };
	}
	return (struct key_words){ .count = 1, .word = { word(b, code, ch) } };
}
