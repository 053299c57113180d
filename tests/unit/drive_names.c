/* drive_names.c - the names of DOS, as text.  */

#include <stdio.h>

#include "base/cp.h"
#include "drive/path.h"
#include "suite.h"

static const char *made(const char *typed)
{
	static char out[PATH_83_MAX];

	return path_to_83(437, typed, out) ? out : "?";
}

START_TEST(an_8_3_name_has_eight_and_three_legal_characters)
{
	ck_assert(path_is_83("A"));
	ck_assert(path_is_83("12345678.123"));
	ck_assert(path_is_83("read~me!.(c)"));
	ck_assert(path_is_83("\x8e.TXT"));
	ck_assert(!path_is_83(""));
	ck_assert(!path_is_83("123456789"));
	ck_assert(!path_is_83("A.1234"));
	ck_assert(!path_is_83("A."));
	ck_assert(!path_is_83(".A"));
	ck_assert(!path_is_83("A.B.C"));
	ck_assert(!path_is_83("A B"));
	ck_assert(!path_is_83("A+B"));
	ck_assert(!path_is_83("A*"));
	ck_assert(!path_is_83("."));
}
END_TEST

START_TEST(a_typed_name_becomes_the_one_that_dos_makes_of_it)
{
	ck_assert_str_eq(made("file.txt"), "FILE.TXT");
	ck_assert_str_eq(made("verylongname.text"), "VERYLONG.TEX");
	ck_assert_str_eq(made("a.b.c"), "A.B");
	ck_assert_str_eq(made("name."), "NAME");
	ck_assert_str_eq(made("name  "), "NAME");
	ck_assert_str_eq(made("*.c"), "????????.C");
	ck_assert_str_eq(made("a*.*"), "A???????.???");
	ck_assert_str_eq(made(".."), "..");
	ck_assert_str_eq(made("\x84.x"), "\x8e.X");
	ck_assert_str_eq(made(""), "?");
	ck_assert_str_eq(made("a:b"), "?");
	ck_assert_str_eq(made("a+b"), "?");
	ck_assert_str_eq(made(".profile"), "?");
}
END_TEST

START_TEST(an_fcb_name_and_its_text_are_the_same_name)
{
	uint8_t fcb[PATH_FCB];
	char out[PATH_83_MAX];
	bool wild;

	ck_assert_str_eq(path_to_fcb(437, "foo.c rest", fcb, &wild), " rest");
	ck_assert_mem_eq(fcb, "FOO     C  ", 11);
	ck_assert(!wild);
	path_from_fcb(fcb, out);
	ck_assert_str_eq(out, "FOO.C");
	path_to_fcb(437, "ab*.?", fcb, &wild);
	ck_assert_mem_eq(fcb, "AB???????  ", 11);
	ck_assert(wild);
	path_to_fcb(437, "..", fcb, &wild);
	ck_assert_mem_eq(fcb, "..         ", 11);
}
END_TEST

static bool fcb_fits(const char *pattern, const char *name)
{
	uint8_t p[PATH_FCB], n[PATH_FCB];

	path_to_fcb(437, pattern, p, NULL);
	path_to_fcb(437, name, n, NULL);
	return path_match_fcb(p, n);
}

START_TEST(a_question_mark_in_a_pattern_stands_for_a_character_or_none)
{
	ck_assert(fcb_fits("*.*", "A.B"));
	ck_assert(fcb_fits("*.*", "A"));
	ck_assert(fcb_fits("a?.c", "A.C"));
	ck_assert(fcb_fits("a?.c", "AB.C"));
	ck_assert(!fcb_fits("a?.c", "ABC.C"));
	ck_assert(!fcb_fits("*", "A.B"));
	ck_assert(fcb_fits("*.", "A"));
}
END_TEST

START_TEST(long_names_are_matched_as_windows_does)
{
	ck_assert(path_match_long(437, "*.*", "no extension"));
	ck_assert(path_match_long(437, "*", "a.b.c"));
	ck_assert(path_match_long(437, "*.C", "a.b.c"));
	ck_assert(path_match_long(437, "*.", "makefile"));
	ck_assert(!path_match_long(437, "*.", "make.file"));
	ck_assert(path_match_long(437, "LONG*name.t?t", "Long File Name.txt"));
	ck_assert(path_match_long(437, "a??.txt", "ab.txt"));
	ck_assert(!path_match_long(437, "a?.txt", "abc.txt"));
	ck_assert(path_match_long(437, "*b*", "abc"));
	ck_assert(!path_match_long(437, "*d*", "abc"));
	ck_assert(path_match_long(437, "\x84*", "\x8e" "b"));
	ck_assert(path_match_long(437, "", ""));
	ck_assert(!path_match_long(437, "", "a"));
}
END_TEST

START_TEST(many_stars_do_not_take_forever)
{
	char pattern[201], name[250];

	for (unsigned i = 0; i < sizeof pattern - 1; i++)
		pattern[i] = i & 1 ? 'a' : '*';
	pattern[sizeof pattern - 1] = '\0';
	memset(name, 'a', sizeof name - 1);
	name[sizeof name - 2] = 'b';
	name[sizeof name - 1] = '\0';
	ck_assert(!path_match_long(437, pattern, name));
}
END_TEST

START_TEST(device_names_are_known_with_any_extension)
{
	ck_assert(path_is_device("con"));
	ck_assert(path_is_device("NUL.TXT"));
	ck_assert(path_is_device("Lpt1.x"));
	ck_assert(path_is_device("clock$"));
	ck_assert(!path_is_device("CONFIG.SYS"));
	ck_assert(!path_is_device("COM5"));
	ck_assert(!path_is_device(""));
}
END_TEST

START_TEST(paths_are_split_and_joined)
{
	char dir[DRIVE_PATH_MAX], name[DRIVE_NAME_MAX], out[DRIVE_PATH_MAX], big[400];

	ck_assert(path_split("\\A\\B\\C.TXT", dir, name));
	ck_assert_str_eq(dir, "\\A\\B");
	ck_assert_str_eq(name, "C.TXT");
	ck_assert(path_split("\\C", dir, name));
	ck_assert_str_eq(dir, "\\");
	ck_assert(!path_split("\\", dir, name));
	ck_assert(!path_split("C", dir, name));
	ck_assert(!path_split("", dir, name));
	ck_assert(path_join(out, "\\", "A"));
	ck_assert(path_join(out, out, "B"));
	ck_assert_str_eq(out, "\\A\\B");
	memset(big, 'x', sizeof big);
	big[sizeof big - 1] = '\0';
	ck_assert(!path_join(out, "\\", big));
	ck_assert(!path_join(out, big, "A"));
	big[0] = '\\';
	ck_assert(!path_split(big, dir, name));
}
END_TEST

int main(void)
{
	return suite_run("drive_names", (const TTest *[]){
		an_8_3_name_has_eight_and_three_legal_characters,
		a_typed_name_becomes_the_one_that_dos_makes_of_it,
		an_fcb_name_and_its_text_are_the_same_name,
		a_question_mark_in_a_pattern_stands_for_a_character_or_none,
		long_names_are_matched_as_windows_does,
		many_stars_do_not_take_forever,
		device_names_are_known_with_any_extension,
		paths_are_split_and_joined,
		NULL });
}
