/* session_keys.c - what a terminal and a pipe send becomes keys.  */

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/layout.h"
#include "session/keyboard.h"
#include "session/terminal.h"
#include "session/typist.h"
#include "suite.h"

static struct typist typist;
static struct terminal terminal;
static int pipe_fd[2];
static char struck[1024];

/* "+1e -1e": key 1Eh down and up.  */
static void note_key(void *ctx, const struct key_event *ev)
{
	char text[8];

	(void)ctx;
	snprintf(text, sizeof text, "%c%02x ", ev->down ? '+' : '-', ev->key);
	strcat(struck, text);
}

#define MS (VTIME_SECOND / 1000)

static vtime now;

/* Time passes, and the guest reads what is typed at once, or not at all.  Each 10 ms
 * without a key a "|", one for all at the end.  */
static const char *pass(unsigned ms, bool taken)
{
	vtime end = now + ms * MS;

	struck[0] = 0;
	for (; now < end; now += MS) {
		if (now % (10 * MS) == 0 && *struck)
			strcat(struck, "|");
		typist_step(&typist, now, taken, note_key, NULL);
	}
	for (char *p = struck + strlen(struck); p > struck && p[-1] == '|'; p--)
		p[-1] = 0;
	return struck;
}

/* Without the time.  */
static const char *strike_all(void)
{
	char *to = struck;

	pass(2000, true);
	for (const char *p = struck; *p; p++)
		if (*p != '|')
			*to++ = *p;
	*to = 0;
	return struck;
}

static void setup(void)
{
	now = 0;
	ck_assert_int_eq(pipe(pipe_fd), 0);
	typist_init(&typist);
	terminal_init(&terminal, pipe_fd[0], -1, 437);
}

static void teardown(void)
{
	close(pipe_fd[0]);
	close(pipe_fd[1]);
}

static const char *sent(const char *bytes)
{
	ck_assert_int_eq(write(pipe_fd[1], bytes, strlen(bytes)), (int)strlen(bytes));
	terminal_read(&terminal, &typist);
	return strike_all();
}

START_TEST(a_letter_is_its_key_and_a_capital_needs_shift)
{
	ck_assert_str_eq(sent("a"), "+04 -04 ");
	ck_assert_str_eq(sent("A"), "+e1 +04 -04 -e1 ");
	ck_assert_str_eq(sent("?"), "+e1 +38 -38 -e1 ");
}
END_TEST

START_TEST(a_control_character_is_ctrl_and_a_letter)
{
	ck_assert_str_eq(sent("\x03"), "+e0 +06 -06 -e0 ");
	ck_assert_str_eq(sent("\r"), "+28 -28 ");
}
END_TEST

START_TEST(the_key_that_linux_calls_delete_is_backspace)
{
	ck_assert_str_eq(sent("\x7f"), "+2a -2a ");
}
END_TEST

START_TEST(a_character_that_no_key_has_is_typed_by_alt_and_its_code)
{
	/* e acute, 130 in code page 437 */
	ck_assert_str_eq(sent("\xc3\xa9"), "+e2 +59 -59 +5b -5b +62 -62 -e2 ");
}
END_TEST

START_TEST(a_character_outside_the_code_page_is_not_typed)
{
	ck_assert_str_eq(sent("\xe4\xb8\xad"), "");
}
END_TEST

START_TEST(function_and_cursor_keys_come_as_escape_sequences)
{
	ck_assert_str_eq(sent("\x1bOP"), "+3a -3a ");
	ck_assert_str_eq(sent("\x1b[15~"), "+3e -3e ");
	ck_assert_str_eq(sent("\x1b[A"), "+52 -52 ");
	ck_assert_str_eq(sent("\x1b[1;5D"), "+e0 +50 -50 -e0 ");
	ck_assert_str_eq(sent("\x1b[Z"), "+e1 +2b -2b -e1 ");
}
END_TEST

START_TEST(escape_and_a_letter_is_alt)
{
	ck_assert_str_eq(sent("\x1bx"), "+e2 +1b -1b -e2 ");
}
END_TEST

START_TEST(escape_alone_is_the_key_when_nothing_follows)
{
	ck_assert_str_eq(sent("\x1b"), "");
	terminal_idle(&terminal, &typist);
	ck_assert_str_eq(strike_all(), "+29 -29 ");
}
END_TEST

START_TEST(a_sequence_may_come_in_pieces)
{
	ck_assert_str_eq(sent("\x1b["), "");
	ck_assert_str_eq(sent("3~"), "+4c -4c ");
	ck_assert_str_eq(sent("\xc3"), "");
	ck_assert_str_eq(sent("\xa9"), "+e2 +59 -59 +5b -5b +62 -62 -e2 ");
}
END_TEST

START_TEST(an_endless_sequence_is_thrown_away)
{
	char junk[200];

	memset(junk, '1', sizeof junk);
	memcpy(junk, "\x1b[", 2);
	junk[sizeof junk - 1] = 0;
	sent(junk);
	for (int i = 0; i < 4; i++) {
		terminal_read(&terminal, &typist);
		strike_all();
	}
	sent("~");
	ck_assert_str_eq(sent("a"), "+04 -04 ");
}
END_TEST

START_TEST(the_end_of_the_terminal_is_noticed)
{
	close(pipe_fd[1]);
	terminal_read(&terminal, &typist);
	ck_assert(terminal.ended);
	pipe_fd[1] = dup(pipe_fd[0]);
}
END_TEST

START_TEST(characters_are_typed_on_the_layout_that_is_on)
{
	typist.layout = layout_named("gr");
	typist.code_page = 850;
	typist_char(&typist, 'z');
	ck_assert_str_eq(strike_all(), "+1c -1c ");
	typist_char(&typist, '@');
	ck_assert_str_eq(strike_all(), "+e6 +14 -14 -e6 ");
	typist_char(&typist, 0x84);		/* a with two dots */
	ck_assert_str_eq(strike_all(), "+34 -34 ");
	typist_char(&typist, 0x82);		/* e with an acute: a dead key */
	ck_assert_str_eq(strike_all(), "+2e -2e +08 -08 ");
	typist_char(&typist, 26);
	ck_assert_str_eq(strike_all(), "+e0 +1c -1c -e0 ");
	typist_char(&typist, 0xc4);		/* a line: by its number, 196 */
	ck_assert_str_eq(strike_all(), "+e2 +59 -59 +61 -61 +5e -5e -e2 ");
	typist_chord(&typist, 'z', TYPE_CTRL);
	ck_assert_str_eq(strike_all(), "+e0 +1c -1c -e0 ");
	typist_chord(&typist, '[', TYPE_ALT);	/* AltGr-8 on this keyboard */
	ck_assert_str_eq(strike_all(), "+e2 +2f -2f -e2 ");
	typist.caps = true;
	typist_char(&typist, 'z');
	ck_assert_str_eq(strike_all(), "+e1 +1c -1c -e1 ");
}
END_TEST

START_TEST(plain_characters_leave_in_one_burst_each)
{
	typist_char(&typist, 'a');
	typist_char(&typist, 'B');
	ck_assert_str_eq(pass(2, true), "+04 -04 +e1 +05 -05 -e1 ");
}
END_TEST

/* Alt is down for 40 ms before the key, and until that was read.  */
START_TEST(shift_ctrl_and_alt_come_before_their_key)
{
	typist_key(&typist, 0x09, TYPE_ALT);
	ck_assert_str_eq(pass(200, true), "+e2 ||||+09 ||||||-09 -e2 ");
	typist_char(&typist, 3);
	ck_assert_str_eq(pass(200, true), "+e0 ||||+06 ||||||-06 -e0 ");
	typist_chord(&typist, 'X', TYPE_ALT);
	ck_assert_str_eq(pass(200, true), "+e1 +e2 ||||+1b ||||||-1b -e1 -e2 ");
}
END_TEST

START_TEST(shift_ctrl_and_alt_stay_until_the_key_was_read)
{
	typist_key(&typist, HID_UP, TYPE_SHIFT);
	ck_assert_str_eq(pass(40, true), "+e1 ");
	ck_assert_str_eq(pass(200, false), "+52 ||||||-52 ");
	ck_assert_str_eq(pass(50, true), "-e1 ");
	typist_key(&typist, HID_UP, TYPE_SHIFT);
	pass(40, true);
	ck_assert_str_eq(pass(1000, false), "+52 ||||||-52 ||||||||||||||||||||||||||||||||||||||||||||-e1 ");
}
END_TEST

START_TEST(the_next_key_lets_the_one_before_go)
{
	typist_key(&typist, HID_F1, 0);
	typist_key(&typist, HID_UP, TYPE_SHIFT);
	typist_key(&typist, HID_ESC, 0);
	ck_assert_str_eq(pass(42, true), "+3a -3a +e1 ||||+52 ");
	ck_assert_str_eq(pass(8, false), "");
	ck_assert_str_eq(pass(5, true), "-52 ");
	ck_assert_str_eq(pass(150, true), "-e1 +29 ||||||-29 ");
}
END_TEST

/* A terminal that repeats each 30 ms: the guest gets as many keys.  */
START_TEST(a_key_that_the_terminal_repeats_is_pressed_as_often)
{
	typist_key(&typist, HID_DOWN, 0);
	ck_assert_str_eq(pass(30, true), "+51 ");
	typist_key(&typist, HID_DOWN, 0);
	ck_assert_str_eq(pass(30, true), "-51 +51 ");
	typist_key(&typist, HID_DOWN, 0);
	ck_assert_str_eq(pass(100, true), "-51 +51 ||||||-51 ");
	typist_key(&typist, HID_DOWN, TYPE_SHIFT);
	typist_key(&typist, HID_DOWN, TYPE_SHIFT);
	ck_assert_str_eq(pass(150, true), "+e1 ||||+51 -51 +51 ||||||-51 -e1 ");
}
END_TEST

START_TEST(repetitions_do_not_pile_up)
{
	for (int i = 0; i < 100; i++)
		ck_assert(typist_key(&typist, HID_DOWN, 0) == (i < 15));
	ck_assert_uint_eq(typist.tail - typist.head, 15);
	typist_key(&typist, HID_UP, 0);
	typist_key(&typist, HID_DOWN, 0);
	ck_assert_uint_eq(typist.tail - typist.head, 17);
}
END_TEST

/* The program reads the key while it is let go.  */
START_TEST(who_comes_at_the_dates_that_are_told_is_in_time)
{
	static const struct { unsigned ms; const char *does; } steps[] = {
		{ 40, "+51 " }, { 100, "-51 " }, { 140, "-e1 " },
	};

	typist_key(&typist, 0x51, TYPE_SHIFT);
	typist_step(&typist, now, true, note_key, NULL);
	for (unsigned i = 0; i < 3; i++) {
		vtime due;

		while ((due = typist_due(&typist, now)) < steps[i].ms * MS) {
			struck[0] = 0;
			now = due;
			typist_step(&typist, now, i != 1, note_key, NULL);
			ck_assert_str_eq(struck, "");
		}
		ck_assert_uint_eq(due, steps[i].ms * MS);
		struck[0] = 0;
		now = due;
		typist_step(&typist, now, i == 2, note_key, NULL);
		ck_assert_str_eq(struck, steps[i].does);
	}
	ck_assert_uint_eq(typist_due(&typist, now), VTIME_NEVER);
}
END_TEST

START_TEST(the_date_of_the_next_step_is_told)
{
	ck_assert_uint_eq(typist_step(&typist, 5, true, note_key, NULL), VTIME_NEVER);
	typist_key(&typist, HID_UP, TYPE_SHIFT);
	ck_assert_uint_eq(typist_step(&typist, 5, true, note_key, NULL), 5 + 2 * MS);
	ck_assert(!typist_empty(&typist));
	ck_assert(typist_hurries(&typist, 6));
	ck_assert_uint_eq(typist_step(&typist, 39 * MS, true, note_key, NULL), 5 + 40 * MS);
	ck_assert_uint_eq(typist_step(&typist, 40 * MS + 5, true, note_key, NULL), 5 + 100 * MS);
	ck_assert(typist_empty(&typist));
	ck_assert(!typist_hurries(&typist, 50 * MS));
	typist_char(&typist, 'x');
	ck_assert(!typist_hurries(&typist, 500 * MS));
}
END_TEST

/* --- Whose keyboard it is ------------------------------------------------------------ */

static uint32_t printed[PLUGIN_KEYS];

/* As SDL tells: dead keys have no character.  */
static void print_keys(const char *name, bool second)
{
	const struct layout *l = layout_named(name);
	bool dead;

	for (unsigned key = 0; key < PLUGIN_KEYS; key++) {
		uint8_t scan = typist_scan(key);
		uint32_t ch = scan ? layout_char(l, second, scan, LAYOUT_PLAIN, &dead) : 0;

		printed[key] = !scan || dead ? 0 : ch;
	}
}

START_TEST(a_keyboard_is_the_layout_that_is_printed_on_it)
{
	const struct layout *l;
	bool second;

	for (unsigned i = 0; (l = layout_nth(i)) != NULL; i++) {
		print_keys(layout_name(l), false);
		ck_assert_ptr_eq(keyboard_like(printed, l, 437, &second), l);
		ck_assert(!second);
	}
	print_keys("GR", false);
	ck_assert_ptr_eq(keyboard_like(printed, layout_us(), 437, &second), layout_named("GR"));
	printed[0x35] = '#';			/* some have other signs on one key */
	ck_assert_ptr_eq(keyboard_like(printed, layout_us(), 437, &second), layout_named("GR"));
}
END_TEST

START_TEST(cyrillic_is_on_where_the_code_page_has_it)
{
	bool second;

	print_keys("RU", true);
	ck_assert_ptr_eq(keyboard_like(printed, layout_us(), 866, &second), layout_named("RU"));
	ck_assert(second);
	ck_assert_ptr_null(keyboard_like(printed, layout_us(), 437, &second));
	print_keys("US", false);
	ck_assert_ptr_eq(keyboard_like(printed, layout_named("RU"), 866, &second), layout_named("RU"));
	ck_assert(!second);
}
END_TEST

START_TEST(a_keyboard_like_none_of_ours_changes_nothing)
{
	bool second;

	for (unsigned key = 0; key < PLUGIN_KEYS; key++)
		printed[key] = key ^ 1;
	ck_assert_ptr_null(keyboard_like(printed, layout_us(), 437, &second));
	memset(printed, 0, sizeof printed);
	printed[0x14] = 'q';
	ck_assert_ptr_null(keyboard_like(printed, layout_us(), 437, &second));
}
END_TEST

int main(void)
{
	return suite_run_each("session/keys", setup, teardown, (const TTest *[]){
		a_letter_is_its_key_and_a_capital_needs_shift,
		a_control_character_is_ctrl_and_a_letter,
		the_key_that_linux_calls_delete_is_backspace,
		a_character_that_no_key_has_is_typed_by_alt_and_its_code,
		a_character_outside_the_code_page_is_not_typed,
		function_and_cursor_keys_come_as_escape_sequences,
		escape_and_a_letter_is_alt,
		escape_alone_is_the_key_when_nothing_follows,
		a_sequence_may_come_in_pieces,
		an_endless_sequence_is_thrown_away,
		the_end_of_the_terminal_is_noticed,
		characters_are_typed_on_the_layout_that_is_on,
		plain_characters_leave_in_one_burst_each,
		shift_ctrl_and_alt_come_before_their_key,
		shift_ctrl_and_alt_stay_until_the_key_was_read,
		the_next_key_lets_the_one_before_go,
		a_key_that_the_terminal_repeats_is_pressed_as_often,
		repetitions_do_not_pile_up,
		who_comes_at_the_dates_that_are_told_is_in_time,
		the_date_of_the_next_step_is_told,
		a_keyboard_is_the_layout_that_is_printed_on_it,
		cyrillic_is_on_where_the_code_page_has_it,
		a_keyboard_like_none_of_ours_changes_nothing,
		NULL });
}
