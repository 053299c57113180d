/* base_cp.c - code pages and UTF-8.  */

#include "suite.h"

#include <iconv.h>
#include <stdio.h>
#include <string.h>

#include "base/cp.h"

START_TEST(every_byte_of_every_page_comes_back)
{
	unsigned page;

	for (unsigned n = 0; (page = cp_nth(n, NULL)) != 0; n++)
		for (unsigned ch = 0; ch < 256; ch++)
			ck_assert_int_eq(cp_from_unicode(page, cp_to_unicode(page, ch)), ch);
}
END_TEST

/* The C library has the same pages from another source.  */
START_TEST(the_pages_agree_with_the_C_library)
{
	unsigned page;

	for (unsigned n = 0; (page = cp_nth(n, NULL)) != 0; n++) {
		char name[16];
		iconv_t cd;

		snprintf(name, sizeof name, "CP%u", page);
		cd = iconv_open("UTF-8", name);
		if (cd == (iconv_t)-1)
			continue;
		for (unsigned ch = 0x80; ch < 256; ch++) {
			char in[1] = { ch }, out[8], *ip = in, *op = out;
			size_t in_left = 1, out_left = sizeof out;
			uint32_t want;

			iconv(cd, NULL, NULL, NULL, NULL);
			if (iconv(cd, &ip, &in_left, &op, &out_left) == (size_t)-1) {
				ck_assert_uint_eq(cp_to_unicode(page, ch), 0xf800 + ch);
				continue;
			}
			utf8_get(out, op - out, &want);
			ck_assert_msg(cp_to_unicode(page, ch) == want, "%u: %02x is %x, not %x",
				      page, ch, cp_to_unicode(page, ch), want);
		}
		iconv_close(cd);
	}
}
END_TEST

START_TEST(a_character_that_the_page_lacks_is_none)
{
	ck_assert_int_eq(cp_from_unicode(437, 0x20ac), -1);
	ck_assert_int_eq(cp_from_unicode(858, 0x20ac), 0xd5);
	ck_assert_int_eq(cp_from_unicode(850, 0x131), 0xd5);
	ck_assert_int_eq(cp_from_unicode(866, 0x416), 0x86);
	ck_assert_int_eq(cp_from_unicode(437, UTF8_BAD), -1);
	ck_assert_int_eq(cp_from_unicode(437, 0x110041), -1);
}
END_TEST

START_TEST(an_unknown_page_is_437)
{
	ck_assert(!cp_known(4711));
	ck_assert(cp_known(852));
	ck_assert_uint_eq(cp_to_unicode(4711, 0x80), 0xc7);
}
END_TEST

START_TEST(capitals_are_those_of_DOS)
{
	ck_assert_uint_eq(cp_upper(437, 'z'), 'Z');
	ck_assert_uint_eq(cp_upper(437, '{'), '{');
	ck_assert_uint_eq(cp_upper(437, 0x81), 0x9a);	/* u with diaeresis */
	ck_assert_uint_eq(cp_upper(437, 0x82), 'E');	/* e acute */
	ck_assert_uint_eq(cp_upper(437, 0xa4), 0xa5);	/* n tilde */
	ck_assert_uint_eq(cp_upper(437, 0xe1), 0xe1);	/* sharp s */
	ck_assert_uint_eq(cp_upper(437, 0xe5), 0xe5);	/* sigma is a sign here */
	ck_assert_uint_eq(cp_upper(850, 0x82), 0x90);
	ck_assert_uint_eq(cp_upper(850, 0xd5), 'I');	/* dotless i */
	ck_assert_uint_eq(cp_upper(858, 0xd5), 0xd5);	/* euro */
	ck_assert_uint_eq(cp_upper(866, 0xa0), 0x80);
	ck_assert_uint_eq(cp_upper(866, 0xef), 0x9f);
	ck_assert_uint_eq(cp_lower(866, 0x9f), 0xef);
	ck_assert_uint_eq(cp_lower(437, 0x9a), 0x81);
	ck_assert_uint_eq(cp_lower(437, 'A'), 'a');
}
END_TEST

START_TEST(capitals_stay_capitals)
{
	unsigned page;

	for (unsigned n = 0; (page = cp_nth(n, NULL)) != 0; n++)
		for (unsigned ch = 0; ch < 256; ch++) {
			uint8_t up = cp_upper(page, ch);

			ck_assert_uint_eq(cp_upper(page, up), up);
			ck_assert_uint_eq(cp_lower(page, cp_lower(page, ch)), cp_lower(page, ch));
		}
}
END_TEST

START_TEST(sorting_ignores_case_and_accents)
{
	ck_assert_uint_eq(cp_collate(437, 'q'), 'Q');
	ck_assert_uint_eq(cp_collate(437, 0x84), 'A');
	ck_assert_uint_eq(cp_collate(437, 0xe1), 'S');
	ck_assert_uint_eq(cp_collate(437, 0x9b), '$');
	ck_assert_uint_eq(cp_collate(437, 0xb0), 0xb0);
	ck_assert_uint_eq(cp_collate(850, 0xe8), cp_collate(850, 0xe7));
}
END_TEST

/* Page 855 scatters its alphabet over the table.  */
START_TEST(sorting_follows_the_alphabet_not_the_table)
{
	unsigned last = 0;

	for (uint32_t ch = 0x410; ch <= 0x42f; ch++) {
		int byte = cp_from_unicode(855, ch);

		ck_assert_int_ge(byte, 0);
		ck_assert_uint_gt(cp_collate(855, byte), last);
		last = cp_collate(855, byte);
		ck_assert_uint_eq(cp_collate(855, cp_lower(855, byte)), last);
	}
}
END_TEST

START_TEST(a_screen_shows_control_characters_as_pictures)
{
	ck_assert_uint_eq(cp_glyph(437, 0), ' ');
	ck_assert_uint_eq(cp_glyph(437, 1), 0x263a);
	ck_assert_uint_eq(cp_glyph(437, 0x1a), 0x2192);
	ck_assert_uint_eq(cp_glyph(437, 0x7f), 0x2302);
	ck_assert_uint_eq(cp_glyph(437, 'A'), 'A');
	ck_assert_uint_eq(cp_glyph(437, 0xdb), 0x2588);
	ck_assert_uint_eq(cp_to_unicode(437, 0x1a), 0x1a);
}
END_TEST

START_TEST(utf8_goes_there_and_back)
{
	for (uint32_t ch = 0; ch <= 0x10ffff; ch++) {
		char s[UTF8_MAX];
		uint32_t back;
		size_t n;

		if (ch == 0xd800)
			ch = 0xe000;
		n = utf8_put(s, ch);
		if (utf8_get(s, n, &back) != n || back != ch)
			ck_abort_msg("U+%04X", ch);
		for (size_t part = 0; part < n; part++)
			if (utf8_get(s, part, &back) != 0)
				ck_abort_msg("U+%04X, %zu bytes", ch, part);
	}
}
END_TEST

START_TEST(malformed_utf8_is_bad_one_byte_at_a_time)
{
	static const char *const bad[] = {
		"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf",
		"\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xc3(",
		"\xe2\x82(", "\xf0\x9f\x92(",
	};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		uint32_t ch = 0;

		ck_assert_uint_eq(utf8_get(bad[i], strlen(bad[i]), &ch), 1);
		ck_assert_uint_eq(ch, UTF8_BAD);
	}
}
END_TEST

START_TEST(what_is_no_character_is_put_as_the_replacement)
{
	char s[UTF8_MAX];

	ck_assert_uint_eq(utf8_put(s, 0xd800), 3);
	ck_assert_mem_eq(s, "\xef\xbf\xbd", 3);
	ck_assert_uint_eq(utf8_put(s, UTF8_BAD), 3);
}
END_TEST

START_TEST(strings_never_end_in_half_a_character)
{
	char s[8];

	ck_assert(cp_string_to_utf8(437, s, sizeof s, "\x81" "b\x82"));
	ck_assert_str_eq(s, "\xc3\xbc" "b\xc3\xa9");
	ck_assert(!cp_string_to_utf8(437, s, 5, "\x81" "b\x82"));
	ck_assert_str_eq(s, "\xc3\xbc" "b");
	ck_assert(!cp_string_to_utf8(437, s, 0, "x"));
	ck_assert(cp_string_to_utf8(437, s, 1, ""));

	ck_assert(cp_string_from_utf8(437, s, sizeof s, "\xc3\xbc" "b\xc3\xa9"));
	ck_assert_str_eq(s, "\x81" "b\x82");
	ck_assert(!cp_string_from_utf8(437, s, 3, "\xc3\xbc" "bc"));
	ck_assert_str_eq(s, "\x81" "b");
	ck_assert(!cp_string_from_utf8(437, s, sizeof s, "a\xe2\x82\xac"));
	ck_assert_str_eq(s, "a");
	ck_assert(!cp_string_from_utf8(437, s, sizeof s, "a\xc3"));
	ck_assert_str_eq(s, "a");
}
END_TEST

int main(void)
{
	return suite_run("base/cp", (const TTest *[]){
		every_byte_of_every_page_comes_back,
		the_pages_agree_with_the_C_library,
		a_character_that_the_page_lacks_is_none,
		an_unknown_page_is_437,
		capitals_are_those_of_DOS,
		capitals_stay_capitals,
		sorting_ignores_case_and_accents,
		sorting_follows_the_alphabet_not_the_table,
		a_screen_shows_control_characters_as_pictures,
		utf8_goes_there_and_back,
		malformed_utf8_is_bad_one_byte_at_a_time,
		what_is_no_character_is_put_as_the_replacement,
		strings_never_end_in_half_a_character,
		NULL });
}
