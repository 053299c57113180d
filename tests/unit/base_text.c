/* base_text.c - rings, the log, errors.  */

#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/log.h"
#include "base/ring.h"

START_TEST(a_ring_gives_back_in_order_and_takes_no_more_than_fits)
{
	uint8_t store[4], c = 0;
	struct ring r;

	ring_init(&r, store, 1, 4);
	ck_assert(!ring_get(&r, &c));
	for (unsigned lap = 0; lap < 10; lap++) {
		ck_assert_uint_eq(ring_write(&r, "abcdef", 6), 4);
		ck_assert_uint_eq(ring_room(&r), 0);
		ck_assert(ring_peek(&r, 3, &c) && c == 'd');
		ck_assert(!ring_peek(&r, 4, &c));
		for (const char *p = "abcd"; *p; p++)
			ck_assert(ring_get(&r, &c) && c == *p);
		ck_assert(ring_put(&r, "x") && ring_get(&r, &c) && c == 'x');
	}
}
END_TEST

START_TEST(a_ring_of_records_survives_its_counters_wrapping)
{
	uint32_t store[8], v = 0, out[8];
	struct ring r;

	ring_init(&r, store, sizeof store[0], 8);
	r.head = r.tail = UINT32_MAX - 2;
	for (v = 0; v < 8; v++)
		ck_assert(ring_put(&r, &v));
	ck_assert(!ring_put(&r, &v));
	ck_assert_uint_eq(ring_used(&r), 8);
	ck_assert_uint_eq(ring_read(&r, out, 100), 8);
	for (v = 0; v < 8; v++)
		ck_assert_uint_eq(out[v], v);
	ring_clear(&r);
	ck_assert_uint_eq(ring_used(&r), 0);
}
END_TEST

static char logged[8192];

static void log_once(unsigned channels, enum log_channel channel, const char *text)
{
	FILE *f = fmemopen(logged, sizeof logged, "w");
	struct log log;

	logged[0] = '\0';
	log_init(&log, f, channels);
	log_say(&log, channel, "%s", text);
	fclose(f);
}

START_TEST(the_log_tells_only_what_was_asked_for)
{
	log_once(LOG_DOS, LOG_DOS, "open");
	ck_assert_str_eq(logged, "open\n");
	log_once(LOG_DOS, LOG_INT, "int");
	ck_assert_str_eq(logged, "");
	log_once(0, LOG_WARN, "beware");
	ck_assert_str_eq(logged, "dosvm: beware\n");
	log_say(NULL, LOG_WARN, "nobody listens");
	ck_assert(!log_on(NULL, LOG_WARN));
}
END_TEST

START_TEST(the_log_cannot_be_made_to_speak_to_a_terminal)
{
	log_once(LOG_DOS, LOG_DOS, "a\x1b[2J\n\x7f\xff\xc2\x9b" "\xc3\xa9.");
	ck_assert_str_eq(logged, "a\\x1b[2J\\x0a\\x7f\\xff\\xc2\\x9b\xc3\xa9.\n");
}
END_TEST

START_TEST(a_long_line_is_cut)
{
	char text[5000];

	memset(text, 1, sizeof text);
	text[sizeof text - 1] = '\0';
	log_once(0, LOG_WARN, text);
	ck_assert_uint_eq(strlen(logged), strlen("dosvm: ") + 4 * 1023 + 1);
}
END_TEST

START_TEST(channels_have_names)
{
	const char *name, *help;

	ck_assert_uint_eq(log_channel_named("dos,int", 3), LOG_DOS);
	ck_assert_uint_eq(log_channel_named("do", 2), 0);
	ck_assert_uint_eq(log_channel_named("all", 3), LOG_DOS | LOG_INT | LOG_EXEC | LOG_FILE);
	for (unsigned n = 0; (name = log_channel_nth(n, &help)) != NULL; n++) {
		ck_assert_uint_ne(log_channel_named(name, strlen(name)), 0);
		ck_assert_ptr_nonnull(help);
	}
}
END_TEST

START_TEST(an_error_is_cut_not_overrun)
{
	struct error err;

	error_set(&err, "%2000d", 1);
	ck_assert_uint_eq(strlen(err.text), sizeof err.text - 1);
	error_set(NULL, "nobody asks");
}
END_TEST

int main(void)
{
	return suite_run("base/text", (const TTest *[]){
		a_ring_gives_back_in_order_and_takes_no_more_than_fits,
		a_ring_of_records_survives_its_counters_wrapping,
		the_log_tells_only_what_was_asked_for,
		the_log_cannot_be_made_to_speak_to_a_terminal,
		a_long_line_is_cut,
		channels_have_names,
		an_error_is_cut_not_overrun,
		NULL });
}
