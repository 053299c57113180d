/* term_decode.c - what a terminal sends becomes tokens, and those keys.  */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../plugins/term/caps.h"
#include "../../plugins/term/decode.h"
#include "../../plugins/term/keys.h"
#include "../../plugins/term/keytable.h"
#include "../../plugins/term/menu.h"
#include "plugin.h"
#include "suite.h"

static struct caps caps;
static struct decoder decoder;
static struct keys keys;
static char said[4096];

static void note(const char *format, unsigned a, unsigned b)
{
	size_t n = strlen(said);

	snprintf(said + n, sizeof said - n, format, a, b);
}

static void on_key(void *ctx, const struct key_event *ev)
{
	(void)ctx;
	if (ev->locks & (LOCK_CAPS | LOCK_NUM))
		note(ev->locks & LOCK_CAPS ? "caps" : "num", 0, 0);
	note(ev->down ? "+%02x " : "-%02x ", ev->key, 0);
}

static bool on_stroke(void *ctx, uint16_t key, unsigned modifiers)
{
	(void)ctx;
	if (modifiers & STROKE_CTRL)
		note("C-", 0, 0);
	if (modifiers & STROKE_ALT)
		note("A-", 0, 0);
	if (modifiers & STROKE_SHIFT)
		note("S-", 0, 0);
	note("%02x ", key, 0);
	return true;
}

static bool on_type(void *ctx, uint32_t ch)
{
	(void)ctx;
	note("'%x ", ch, 0);
	return true;
}

/* As a US keyboard has it.  */
static bool on_chord(void *ctx, uint32_t ch, unsigned modifiers)
{
	bool shift;
	uint16_t key = keytable_of_char(ch, &shift);

	return key && on_stroke(ctx, key, modifiers | (shift ? STROKE_SHIFT : 0));
}

static bool on_types(void *ctx, uint16_t key, bool shift, uint8_t locks, uint32_t ch)
{
	bool letter = key >= HID_A && key < HID_1;

	(void)ctx;
	return keytable_char(key, shift != (letter && locks & LOCK_CAPS)) == ch;
}

static const struct plugin_host host = {
	.key = on_key, .stroke = on_stroke, .type = on_type, .chord = on_chord, .types = on_types,
};

static void setup(void)
{
	caps = (struct caps){ .backspace = 0x7f };
	decoder = (struct decoder){ .caps = &caps };
	keys = (struct keys){ .host = &host };
	said[0] = 0;
}

static void take(const struct token *t)
{
	switch (t->kind) {
	case TOKEN_CHAR:
	case TOKEN_KEY:
		keys_take(&keys, t);
		break;
	case TOKEN_MOUSE:
		note("mouse %u,%u ", t->x, t->y);
		note("b%u%c ", t->button, t->press == PRESS_UP ? 'u' : t->moved ? 'm' : 'd');
		break;
	case TOKEN_PASTE:
		note("<%x>", t->ch, 0);
		break;
	case TOKEN_PASTED:
		note("pasted ", 0, 0);
		break;
	case TOKEN_FOCUS:
		keys_release_all(&keys);
		break;
	default:
		note("answer%u ", t->kind, 0);
	}
}

static void feed(const char *bytes, size_t n, bool idle)
{
	struct token t;

	for (size_t at = 0; at < n;) {
		size_t took = decode_feed(&decoder, (const uint8_t *)bytes + at, n - at);

		ck_assert_uint_gt(took, 0);
		at += took;
		while (decode_next(&decoder, false, &t))
			take(&t);
	}
	while (idle && decode_next(&decoder, true, &t))
		take(&t);
}

static const char *sent(const char *bytes)
{
	said[0] = 0;
	feed(bytes, strlen(bytes), true);
	return said;
}

START_TEST(a_plain_terminals_characters_are_typed)
{
	ck_assert_str_eq(sent("aA\xc3\xa9"), "'61 '41 'e9 ");
	ck_assert_str_eq(sent("\r\t\x7f\b"), "28 2b 2a C-2a ");
	ck_assert_str_eq(sent("\x03\x1a\x1c\x1f"), "C-06 C-1d C-31 C-2d ");
	caps.backspace = '\b';
	ck_assert_str_eq(sent("\b\x7f"), "2a C-2a ");
}
END_TEST

START_TEST(the_keypads_enter_sends_a_line_feed_in_tmux)
{
	ck_assert_str_eq(sent("\n"), "C-0d ");
	caps.pad_enter_lf = true;
	ck_assert_str_eq(sent("\n\r"), "58 28 ");
}
END_TEST

START_TEST(escape_alone_is_a_key_and_before_a_character_is_alt)
{
	ck_assert_str_eq(sent("\033"), "29 ");
	ck_assert_str_eq(sent("\033\033"), "29 29 ");
	ck_assert_str_eq(sent("\033x\033X\033\r\0337"), "A-1b A-S-1b A-28 A-24 ");
	ck_assert_str_eq(sent("\033["), "A-2f ");
	ck_assert_str_eq(sent("\033O"), "A-S-12 ");
	ck_assert_str_eq(sent("\033P"), "A-S-13 ");
}
END_TEST

START_TEST(sequences_may_come_in_pieces)
{
	said[0] = 0;
	feed("\033", 1, false);
	feed("[1;", 3, false);
	ck_assert_str_eq(said, "");
	feed("5A", 2, false);
	ck_assert_str_eq(said, "C-52 ");
	ck_assert(!decode_waits(&decoder));
}
END_TEST

START_TEST(cursor_and_function_keys_have_their_modifiers)
{
	ck_assert_str_eq(sent("\033[A\033OB\033[1;2C\033[1;3D"), "52 51 S-4f A-50 ");
	ck_assert_str_eq(sent("\033OP\033[[B\033[15~\033[21;2~\033[24;8~"),
			 "3a 3b 3e S-43 C-A-S-45 ");
	ck_assert_str_eq(sent("\033[2~\033[3;5~\033[5~\033[Z"), "49 C-4c 4b S-2b ");
	ck_assert_str_eq(sent("\033Ok\033OM\033O5P"), "57 58 C-3a ");
}
END_TEST

START_TEST(terminfo_knows_keys_that_nobody_else_does)
{
	caps.key[0] = (struct key_string){ "\033[11^", HID_F1, STROKE_CTRL };
	caps.keys = 1;
	ck_assert_str_eq(sent("\033[11^"), "C-3a ");
}
END_TEST

START_TEST(modify_other_keys_are_understood_in_both_formats)
{
	ck_assert_str_eq(sent("\033[27;5;105~\033[27;6;65~"), "C-0c C-S-04 ");
	ck_assert_str_eq(sent("\033[27;2;13~\033[27;3;9~"), "S-28 A-2b ");
	ck_assert_str_eq(sent("\033[105;5u\033[120;3u\033[27;5u"), "C-0c A-1b C-29 ");
	ck_assert_str_eq(sent("\033[127;5u"), "C-2a ");
}
END_TEST

START_TEST(kitty_tells_press_repetition_and_release)
{
	ck_assert_str_eq(sent("\033[97;1:1;97u\033[97;1:2;97u\033[97;1:3u"), "+04 -04 ");
	ck_assert_str_eq(sent("\033[57441;2:1u\033[97:65;2:1;65u\033[97;2:3u\033[57441;1:3u"),
			 "+e1 +04 -04 -e1 ");
	ck_assert_str_eq(sent("\033[57443;3:1u\033[57443;1:3u"), "+e2 -e2 ");
	ck_assert_str_eq(sent("\033[57414;1:1u\033[57414;1:3u"), "+58 -58 ");
	ck_assert_str_eq(sent("\033[1;1:1A\033[1;1:3A"), "+52 -52 ");
}
END_TEST

/* As kitty 0.26 does.  */
START_TEST(kitty_leaves_out_what_is_usual)
{
	decoder.kitty = true;
	ck_assert_str_eq(sent("\033[57441;2u\033[104:72;2;72u\033[57441;2:3u\033[104;1:3u"),
			 "+e1 +0b -e1 -0b ");
	ck_assert_str_eq(sent("\033[120;;120u\033[120;1:3u\033[1;2C\033[1;1:3C"), "+1b -1b +e1 +4f -4f ");
	ck_assert_str_eq(sent("\033[C\033[1;1:3C\033[P\033[1;1:3P\033[13u\033[13;1:3u"),
			 "-e1 +4f -4f +3a -3a +28 -28 ");
	ck_assert_str_eq(sent("\033[0;;233u\033[;;233u"), "'e9 'e9 ");
}
END_TEST

START_TEST(kittys_modifiers_are_right_even_if_their_keys_were_not_seen)
{
	ck_assert_str_eq(sent("\033[99;5:1u\033[99;5:3u\033[100;1:1;100u"),
			 "+e0 +06 -06 -e0 +07 ");
	ck_assert_str_eq(sent("\033[O"), "-07 ");
}
END_TEST

START_TEST(what_a_us_keyboard_has_elsewhere_is_typed_as_a_character)
{
	/* German: z is where y is, Shift-7 is a slash, and there is an o umlaut.  */
	ck_assert_str_eq(sent("\033[122::121;1:1;122u\033[122::121;1:3u"), "'7a ");
	ck_assert_str_eq(sent("\033[57441;2:1u\033[55:47;2:1;47u\033[55;2:3u"), "+e1 -e1 '2f ");
	ck_assert_str_eq(sent("\033[246::59;1:1;246u"), "'f6 ");
	ck_assert_str_eq(sent("\033[252::91;1:1u\033[252:220:91;2:1u"), "'fc 'dc ");
	ck_assert_str_eq(sent("\033[122::121;5:1u\033[122::121;5:3u"), "C-1d ");
	ck_assert_str_eq(sent("\033[121;5:1u\033[121;5:3u\033[57442;1:3u"), "+e0 +1c -1c -e0 ");
	/* Caps Lock is the guest's too.  */
	ck_assert_str_eq(sent("\033[97;65:1;65u\033[97;65:3u"), "caps+04 caps-04 ");
	ck_assert_str_eq(sent("\033[57406;129:1u\033[57406;129:3u"), "num+5f num-5f ");
}
END_TEST

START_TEST(the_mouse_has_sgr_reports)
{
	ck_assert_str_eq(sent("\033[<0;1;1M\033[<32;3;2M\033[<0;3;2m"),
			 "mouse 0,0 b0d mouse 2,1 b0m mouse 2,1 b0u ");
	ck_assert_str_eq(sent("\033[<35;80;25M\033[<64;1;1M\033[<65;1;1M\033[<2;9;9M"),
			 "mouse 79,24 b3m mouse 0,0 b4d mouse 0,0 b5d mouse 8,8 b2d ");
	ck_assert_str_eq(sent("\033[<0;0;1M\033[<0;1M\033[<128;1;1M\033[<66;1;1M"), "");
}
END_TEST

START_TEST(what_is_pasted_is_text_and_never_keys)
{
	ck_assert_str_eq(sent("\033[200~a\033[A\r\n\x03\x7f\033[201~b"),
			 "<61><5b><41><d><a>pasted '62 ");
	said[0] = 0;
	feed("\033[200~x\033[20", 11, false);
	feed("1~", 2, false);
	ck_assert_str_eq(said, "<78>pasted ");
}
END_TEST

START_TEST(answers_are_no_keys)
{
	ck_assert_str_eq(sent("\033[?1u\033[?62;4;22c"), "answer6 answer7 ");
	ck_assert_str_eq(sent("\033_Gi=31;OK\033\\\033P1+r524742=38\033\\\033[6;16;8t"),
			 "answer8 answer9 answer10 ");
	ck_assert_str_eq(sent("\033P1$r0;48:2::1:2:3m\033\\\033P1$r48:2:1:2:3m\033\\\033P0$r0;48;2;1;2;3m\033\\"),
			 "answer9 answer9 answer9 ");
	ck_assert_str_eq(sent("\033P1$r0;48:5:16m\033\\\033P0$r\033\\\033P1$r0;40;1:2:4m\033\\"), "");
	ck_assert_str_eq(sent("\033]10;rgb:ffff/ffff/ffff\a\033P0+r\033\\\033_Gi=31;ENOENT\033\\x"),
			 "'78 ");
}
END_TEST

START_TEST(what_means_nothing_is_passed_over)
{
	ck_assert_str_eq(sent("\033[99999999999999;1~x"), "'78 ");
	ck_assert_str_eq(sent("\033[1;2;3;4;5;6;7;8;9;10;11;12~x"), "S-4a '78 ");
	ck_assert_str_eq(sent("\033[:::::::::::::u\033[;;;;;;;;;;;;;;;ux"), "'78 ");
	ck_assert_str_eq(sent("\033[1\033[Ax"), "52 '78 ");
	ck_assert_str_eq(sent("\xff\xc0\x80x"), "'fffd 'fffd 'fffd '78 ");
	ck_assert_str_eq(sent("\xed\xa0\x80"), "'fffd 'fffd 'fffd ");
	ck_assert_str_eq(sent("\033[97;1:1;1114112u\033[97;1:3u"), "+04 -04 ");
	ck_assert_str_eq(sent("\033[;1:1;55296u\033[246;1:1;55296u"), "'f6 ");
}
END_TEST

START_TEST(strings_without_an_end_do_not_fill_the_memory)
{
	char text[5000];

	memset(text, 'a', sizeof text);
	memcpy(text, "\033P", 2);
	said[0] = 0;
	feed(text, sizeof text, false);
	ck_assert_str_eq(sent("\033\\x"), "'78 ");
	memset(text, '1', sizeof text);
	memcpy(text, "\033[", 2);
	feed(text, sizeof text, true);
	ck_assert_str_eq(sent("\033"), "29 ");
}
END_TEST

/* Whatever comes: no key out of range, no more kept than there is room for, and
 * the decoder is itself again after a pause and the end of a string.  */
START_TEST(noise_does_no_harm)
{
	static const char alphabet[] = "\033[O<>?;:0123456789~umMABPR_\\]\a\xc3\xa9\xff""a\x1b\x1b";
	char noise[97];

	srand(1);
	for (int i = 0; i < 20000; i++) {
		for (size_t k = 0; k < sizeof noise; k++)
			noise[k] = i & 1 ? rand() : alphabet[rand() % (sizeof alphabet - 1)];
		said[0] = 0;
		feed(noise, sizeof noise, i % 3 == 0);
	}
	feed("\033\\\a\033[201~", 9, true);
	keys_release_all(&keys);
	for (unsigned i = 0; i < 256; i++)
		ck_assert(!keys.down[i]);
	ck_assert_str_eq(sent("x"), "'78 ");
}
END_TEST

/* --- The prefix key ------------------------------------------------------------- */

static struct menu menu;

static enum menu_act after(const char *bytes)
{
	static struct picture picture;
	enum menu_act act = MENU_NOTHING;
	struct token t;

	menu = (struct menu){ .mode = MENU_OFF };
	decode_feed(&decoder, (const uint8_t *)bytes, strlen(bytes));
	while (decode_next(&decoder, true, &t))
		act = menu_take(&menu, &t, &picture);
	return act;
}

static void expect_strike(const char *bytes, uint16_t key, unsigned modifiers)
{
	ck_assert_int_eq(after(bytes), MENU_STRIKE);
	ck_assert_uint_eq(menu.key, key);
	ck_assert_uint_eq(menu.key_modifiers, modifiers);
	ck_assert_int_eq(menu.mode, MENU_OFF);
}

START_TEST(the_prefix_gives_keys_that_a_terminal_cannot_send)
{
	ck_assert_int_eq(after("x"), MENU_PASS);
	expect_strike("\x1e""0", HID_F1 + 9, 0);
	expect_strike("\x1e""f0", HID_F1 + 9, 0);
	expect_strike("\x1e""af4", HID_F1 + 3, STROKE_ALT);
	expect_strike("\x1e""casx", HID_A + 'x' - 'a', STROKE_CTRL | STROKE_ALT | STROKE_SHIFT);
	expect_strike("\x1e""aa", HID_LEFT_ALT, 0);
	expect_strike("\x1e""s\033[A", HID_UP, STROKE_SHIFT);
	expect_strike("\x1e\x1e", HID_6, STROKE_CTRL);
	expect_strike("\x1e""b", HID_PAUSE, STROKE_CTRL);
	expect_strike("\x1e\r", HID_PAD_ENTER, 0);
	expect_strike("\x1e""cfi", HID_INSERT, STROKE_CTRL);
	expect_strike("\x1e""aff", HID_A + 'f' - 'a', STROKE_ALT);
	expect_strike("\x1e"".7", HID_PAD_1 + 6, 0);
	expect_strike("\x1e""c.5", HID_PAD_1 + 4, STROKE_CTRL);
	expect_strike("\x1e"".\r", HID_PAD_ENTER, 0);
	ck_assert_int_eq(after("\x1e"".x"), MENU_NOTHING);
	ck_assert_int_eq(menu.mode, MENU_OFF);
	expect_strike("\033[54;5:1u\033[54;5:3u\033[57442;5:1u\033[48;1:1;48u", HID_F1 + 9, 0);
}
END_TEST

START_TEST(the_prefix_leads_to_dosvm_itself)
{
	ck_assert_int_eq(after("\x1e""d"), MENU_RESET);
	ck_assert_int_eq(after("\x1eqn"), MENU_NOTHING);
	ck_assert_int_eq(after("\x1eqy"), MENU_END);
	ck_assert_int_eq(after("\x1ehz"), MENU_SUSPEND);
	ck_assert_int_eq(after("\x1e\033x"), MENU_NOTHING);
	ck_assert_int_eq(menu.mode, MENU_OFF);
	after("\x1eh");
	ck_assert_int_eq(menu.mode, MENU_HELP);
}
END_TEST

int main(void)
{
	return suite_run_each("term_decode", setup, NULL, (const TTest *[]){
		a_plain_terminals_characters_are_typed,
		the_keypads_enter_sends_a_line_feed_in_tmux,
		escape_alone_is_a_key_and_before_a_character_is_alt,
		sequences_may_come_in_pieces,
		cursor_and_function_keys_have_their_modifiers,
		terminfo_knows_keys_that_nobody_else_does,
		modify_other_keys_are_understood_in_both_formats,
		kitty_tells_press_repetition_and_release,
		kitty_leaves_out_what_is_usual,
		kittys_modifiers_are_right_even_if_their_keys_were_not_seen,
		what_a_us_keyboard_has_elsewhere_is_typed_as_a_character,
		the_mouse_has_sgr_reports,
		what_is_pasted_is_text_and_never_keys,
		answers_are_no_keys,
		what_means_nothing_is_passed_over,
		strings_without_an_end_do_not_fill_the_memory,
		noise_does_no_harm,
		the_prefix_gives_keys_that_a_terminal_cannot_send,
		the_prefix_leads_to_dosvm_itself,
		NULL });
}
