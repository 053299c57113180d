/* base_layout.c - keyboard layouts.  */

#include "suite.h"

#include "base/cp.h"
#include "base/layout.h"

static const uint8_t scans[] = {
	0x29, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d,
	0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b,
	0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28, 0x2b,
	0x56, 0x2c, 0x2d, 0x2e, 0x2f, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35,
};

#define SCANS (sizeof scans)

static uint32_t at(const char *name, uint8_t scan, enum layout_level level)
{
	bool dead;

	return layout_char(layout_named(name), false, scan, level, &dead);
}

START_TEST(every_layout_has_a_character_on_every_key)
{
	const struct layout *l;
	bool dead;

	for (unsigned n = 0; (l = layout_nth(n)) != NULL; n++)
		for (unsigned s = 0; s < 1u + layout_has_second(l); s++)
			for (size_t i = 0; i < SCANS; i++)
				ck_assert_msg(layout_char(l, s, scans[i], LAYOUT_PLAIN, &dead),
					      "%s: nothing on %02x", layout_name(l), scans[i]);
	ck_assert_uint_eq(layout_char(layout_us(), false, 0x39, LAYOUT_PLAIN, &dead), 0);
}
END_TEST

/* Rows that are a character too long or short would shift what is behind.  */
START_TEST(rows_end_where_keys_do)
{
	static const struct { const char *name; uint8_t scan; uint32_t plain, shift; } end[] = {
		{ "us", 0x0d, '=', '+' }, { "us", 0x2b, '\\', '|' }, { "us", 0x35, '/', '?' },
		{ "uk", 0x2b, '#', '~' }, { "gr", 0x0d, 0xb4, '`' }, { "gr", 0x1b, '+', '*' },
		{ "gr", 0x2b, '#', '\'' }, { "gr", 0x35, '-', '_' }, { "fr", 0x0d, '=', '+' },
		{ "fr", 0x1b, '$', 0xa3 }, { "fr", 0x2b, '*', 0xb5 }, { "fr", 0x35, '!', 0xa7 },
		{ "sp", 0x2b, 0xe7, 0xc7 }, { "it", 0x0d, 0xec, '^' }, { "it", 0x2b, 0xf9, 0xa7 },
		{ "be", 0x0d, '-', '_' }, { "be", 0x2b, 0xb5, 0xa3 }, { "be", 0x35, '=', '+' },
		{ "br", 0x35, ';', ':' }, { "cf", 0x35, 0xe9, 0xc9 }, { "cf", 0x2b, '<', '>' },
		{ "cz", 0x0d, 0xb4, 0x2c7 }, { "cz", 0x2b, 0xa8, '\'' }, { "cz", 0x35, '-', '_' },
		{ "dk", 0x2b, '\'', '*' }, { "hu", 0x0d, 0xf3, 0xd3 }, { "hu", 0x2b, 0x171, 0x170 },
		{ "la", 0x2b, '}', ']' }, { "nl", 0x35, '-', '=' }, { "no", 0x0d, '\\', '`' },
		{ "po", 0x2b, '~', '^' }, { "sf", 0x2b, '$', 0xa3 }, { "sg", 0x0d, '^', '`' },
		{ "sv", 0x1b, 0xa8, '^' }, { "su", 0x35, '-', '_' }, { "tr", 0x0d, '-', '_' },
		{ "tr", 0x2b, ',', ';' }, { "tr", 0x35, '.', ':' },
	};

	for (size_t i = 0; i < sizeof end / sizeof *end; i++) {
		ck_assert_msg(at(end[i].name, end[i].scan, LAYOUT_PLAIN) == end[i].plain &&
			      at(end[i].name, end[i].scan, LAYOUT_SHIFT) == end[i].shift,
			      "%s %02x", end[i].name, end[i].scan);
	}
	ck_assert_uint_eq(at("gr", 0x10, LAYOUT_ALTGR), '@');
	ck_assert_uint_eq(at("gr", 0x0c, LAYOUT_ALTGR), '\\');
	ck_assert_uint_eq(at("fr", 0x0b, LAYOUT_ALTGR), '@');
	ck_assert_uint_eq(at("pl", 0x1e, LAYOUT_ALTGR_SHIFT), 0x104);
	ck_assert_uint_eq(at("cz", 0x04, LAYOUT_ALTGR), '^');
	ck_assert_uint_eq(at("cz", 0x05, LAYOUT_ALTGR), 0x2d8);
	ck_assert_uint_eq(at("hu", 0x32, LAYOUT_ALTGR), '<');
	ck_assert_uint_eq(at("uk", 0x1e, LAYOUT_ALTGR_SHIFT), 0xc1);
	ck_assert_uint_eq(at("tr", 0x1a, LAYOUT_ALTGR), 0xa8);
	ck_assert_uint_eq(at("ru", 0x1a, LAYOUT_ALTGR), '[');
}
END_TEST

/* What layout_find says is what layout_char has there.  */
START_TEST(whatever_can_be_typed_is_found)
{
	const struct layout *l;
	struct layout_stroke s[2];
	bool dead;

	for (unsigned n = 0; (l = layout_nth(n)) != NULL; n++)
		for (size_t i = 0; i < SCANS; i++)
			for (unsigned level = 0; level < LAYOUT_LEVELS; level++) {
				uint32_t ch = layout_char(l, false, scans[i], level, &dead);

				if (!ch || dead)
					continue;
				ck_assert_uint_ge(layout_find(l, false, ch, s), 1);
				ck_assert_uint_eq(layout_char(l, false, s[0].scan, s[0].level, &dead), ch);
			}
	ck_assert_uint_eq(layout_find(layout_named("gr"), false, 0xe9, s), 2);
	ck_assert_uint_eq(s[0].scan, 0x0d);
	ck_assert_uint_eq(s[1].scan, 0x12);
	ck_assert_uint_eq(layout_find(layout_named("gr"), false, 0x444, s), 0);
	ck_assert_uint_eq(layout_find(layout_named("ru"), true, 0x444, s), 1);
	ck_assert_uint_eq(s[0].scan, 0x1e);
}
END_TEST

START_TEST(a_layout_needs_its_letters_in_the_code_page)
{
	ck_assert(layout_fits(layout_named("GR"), 437));
	ck_assert(layout_fits(layout_named("fr"), 850));
	ck_assert(!layout_fits(layout_named("ru"), 437));
	ck_assert(layout_fits(layout_named("ru"), 866));
	ck_assert(!layout_fits(layout_named("cz"), 850));
	ck_assert(layout_fits(layout_named("cz"), 852));
	ck_assert(!layout_fits(layout_named("dk"), 437));
	ck_assert(layout_fits(layout_named("dk"), 865));
	ck_assert(!layout_fits(layout_named("us"), 9999));
	ck_assert_ptr_null(layout_named("xx"));
}
END_TEST

START_TEST(accents_are_put_on_letters)
{
	ck_assert_uint_eq(layout_compose(0xb4, 'e'), 0xe9);
	ck_assert_uint_eq(layout_compose('^', 'O'), 0xd4);
	ck_assert_uint_eq(layout_compose(0x2c7, 'r'), 0x159);
	ck_assert_uint_eq(layout_compose(0xb4, 'x'), 0);
	ck_assert_uint_eq(layout_compose('x', 'e'), 0);
	ck_assert_uint_eq(layout_accent(0xb4, 850), 0xb4);
	ck_assert_uint_eq(layout_accent(0xb4, 437), '\'');
}
END_TEST

START_TEST(caps_lock_exchanges_letters)
{
	ck_assert(layout_caps(layout_us(), false, 0x1e));
	ck_assert(!layout_caps(layout_us(), false, 0x02));
	ck_assert(layout_caps(layout_named("sv"), false, 0x1a));
	ck_assert(!layout_caps(layout_named("sv"), false, 0x02));
	ck_assert(layout_caps(layout_named("gr"), false, 0x02));	/* a shift lock */
	ck_assert(layout_caps(layout_named("ru"), true, 0x33));
	ck_assert(layout_caps(layout_named("tr"), false, 0x17));
}
END_TEST

int main(void)
{
	return suite_run("base/layout", (const TTest *[]){
		every_layout_has_a_character_on_every_key,
		rows_end_where_keys_do,
		whatever_can_be_typed_is_found,
		a_layout_needs_its_letters_in_the_code_page,
		accents_are_put_on_letters,
		caps_lock_exchanges_letters,
		NULL });
}
