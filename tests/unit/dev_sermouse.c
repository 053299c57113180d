/* dev_sermouse.c - mice on a serial line.  */

#include <string.h>

#include "suite.h"

#include "dev/sermouse.h"
#include "pass_time.h"
#include "state/state.h"

#define MS	(VTIME_SECOND / 1000)

static struct sched sched;
static struct sermouse mouse;
static uint8_t came[256];
static vtime when[256];
static unsigned count;

static bool take(void *ctx, uint8_t byte)
{
	(void)ctx;
	if (count < sizeof came) {
		when[count] = sched.now;
		came[count++] = byte;
	}
	return true;
}

static void plug_in(enum sermouse_kind kind, unsigned bits)
{
	sched_init(&sched);
	sermouse_init(&mouse, &sched, "COM1", kind, take, NULL);
	sermouse_reset(&mouse);
	sermouse_format(&mouse, 1200, bits, 1, 0);
	count = 0;
}

static void switch_on(void)
{
	sermouse_lines(&mouse, true, true, false);
	pass(&sched, VTIME_SECOND);
	count = 0;
}

static void check_bytes(const uint8_t *bytes, unsigned n)
{
	pass(&sched, 200 * MS);
	ck_assert_uint_eq(count, n);
	ck_assert_int_eq(memcmp(came, bytes, n), 0);
	count = 0;
}

#define CHECK_BYTES(...) \
	check_bytes((const uint8_t[]){ __VA_ARGS__ }, sizeof (const uint8_t[]){ __VA_ARGS__ })

START_TEST(it_says_who_it_is_when_its_lines_come_up)
{
	plug_in(SERMOUSE_MICROSOFT, 7);
	sermouse_lines(&mouse, true, false, false);
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_eq(count, 0);
	ck_assert(!sermouse_reports(&mouse));
	sermouse_lines(&mouse, true, true, false);
	ck_assert(sermouse_reports(&mouse));
	pass(&sched, 100 * MS);
	ck_assert_uint_gt(count, 0);
	ck_assert_uint_eq(came[0], 'M');
	ck_assert_uint_ge(when[0], VTIME_SECOND + 10 * MS);
	ck_assert_uint_eq(when[1] - when[0], 9 * VTIME_SECOND / 1200);
	pass(&sched, VTIME_SECOND);
	count = 0;
	sermouse_lines(&mouse, true, false, false);
	sermouse_lines(&mouse, true, true, false);
	pass(&sched, 100 * MS);
	ck_assert_uint_eq(came[0], 'M');
	plug_in(SERMOUSE_LOGITECH, 7);
	sermouse_lines(&mouse, true, true, false);
	pass(&sched, VTIME_SECOND);
	ck_assert_int_eq(memcmp(came, "M3\x08", 3), 0);
	plug_in(SERMOUSE_WHEEL, 7);
	sermouse_lines(&mouse, true, true, false);
	pass(&sched, VTIME_SECOND);
	ck_assert_int_eq(memcmp(came, "MZ\x08", 3), 0);
	plug_in(SERMOUSE_SYSTEMS, 8);
	sermouse_lines(&mouse, true, true, false);
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_eq(count, 0);
}
END_TEST

/* Plug and play, appendix A: characters less 20h, the last but two the sum of the others
 * in hexadecimal.  */
START_TEST(its_plug_and_play_name_adds_up)
{
	uint8_t sum = 0;
	char text[64] = "";

	plug_in(SERMOUSE_MICROSOFT, 7);
	sermouse_lines(&mouse, true, true, false);
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_eq(came[1], '(' - ' ');
	ck_assert_uint_eq(came[count - 1], ')' - ' ');
	for (unsigned i = 1; i < count; i++)
		sum += i == count - 3 || i == count - 2 ? 0 : came[i];
	for (unsigned i = 4; i < count - 1; i++)
		text[i - 4] = came[i] + ' ';
	ck_assert_int_eq(strncmp(text, "PNP0F01\\\\MOUSE\\PNP0F01\\", 23), 0);
	ck_assert_uint_eq(strtoul(text + strlen(text) - 2, NULL, 16), sum);
}
END_TEST

START_TEST(a_report_has_three_bytes_of_seven_bits)
{
	plug_in(SERMOUSE_MICROSOFT, 7);
	switch_on();
	sermouse_move(&mouse, 5, -3, 0, 0);
	CHECK_BYTES(0x4c, 0x05, 0x3d);
	sermouse_move(&mouse, -100, 100, 0, 1);
	CHECK_BYTES(0x40 | 0x20 | 1 << 2 | 2, 0x1c, 0x24);
	sermouse_move(&mouse, 0, 0, 0, 2);
	CHECK_BYTES(0x50, 0, 0);
	sermouse_move(&mouse, 0, 0, 3, 6);		/* it has neither wheel nor middle button */
	ck_assert(sermouse_idle(&mouse));
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(what_the_hand_does_meanwhile_is_added_up)
{
	plug_in(SERMOUSE_MICROSOFT, 7);
	switch_on();
	for (unsigned i = 0; i < 20; i++)
		sermouse_move(&mouse, 10, 0, 0, 0);
	ck_assert(!sermouse_idle(&mouse));
	CHECK_BYTES(0x40, 10, 0, 0x41, 0x3f, 0, 0x40, 0x3f, 0);
	ck_assert(sermouse_idle(&mouse));
}
END_TEST

START_TEST(others_have_a_third_button_and_a_wheel)
{
	plug_in(SERMOUSE_LOGITECH, 7);
	switch_on();
	sermouse_move(&mouse, 1, 0, 0, 4);
	CHECK_BYTES(0x40, 1, 0, 0x20);
	sermouse_move(&mouse, 1, 0, 0, 4);
	CHECK_BYTES(0x40, 1, 0, 0x20);
	sermouse_move(&mouse, 0, 0, 0, 0);
	CHECK_BYTES(0x40, 0, 0, 0);
	sermouse_move(&mouse, 1, 0, 0, 0);
	CHECK_BYTES(0x40, 1, 0);
	plug_in(SERMOUSE_WHEEL, 7);
	switch_on();
	sermouse_move(&mouse, 0, 0, -1, 4);
	CHECK_BYTES(0x40, 0, 0, 0x1f);
	plug_in(SERMOUSE_SYSTEMS, 8);
	switch_on();
	sermouse_move(&mouse, 130, -4, 0, 1);
	CHECK_BYTES(0x83, 127, 4, 3, 0);
	sermouse_move(&mouse, 0, 0, 0, 6);
	CHECK_BYTES(0x84, 0, 0, 0, 0);
}
END_TEST

START_TEST(the_other_sides_format_matters)
{
	plug_in(SERMOUSE_MICROSOFT, 8);
	switch_on();
	sermouse_move(&mouse, 1, 0, 0, 0);
	CHECK_BYTES(0xc0, 0x81, 0x80);
	sermouse_format(&mouse, 9600, 7, 1, 0);
	sermouse_move(&mouse, 1, 0, 0, 0);
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_eq(count, 0);
	sermouse_format(&mouse, 1200, 7, 1, 0);
	sermouse_move(&mouse, 1, 0, 0, 0);
	CHECK_BYTES(0x40, 1, 0);
}
END_TEST

START_TEST(without_current_it_forgets)
{
	plug_in(SERMOUSE_MICROSOFT, 7);
	sermouse_move(&mouse, 9, 9, 0, 1);
	switch_on();
	sermouse_move(&mouse, 0, 0, 0, 1);
	pass(&sched, 200 * MS);
	ck_assert_uint_eq(count, 0);
	sermouse_move(&mouse, 9, 9, 0, 0);
	sermouse_lines(&mouse, false, false, false);
	count = 0;
	pass(&sched, VTIME_SECOND);
	ck_assert_uint_eq(count, 0);
	ck_assert(sermouse_idle(&mouse));
}
END_TEST

START_TEST(a_snapshot_goes_on_in_the_middle_of_a_report)
{
	uint8_t buf[512];
	struct state st;

	plug_in(SERMOUSE_MICROSOFT, 7);
	switch_on();
	sermouse_move(&mouse, 5, -3, 0, 1);
	sermouse_move(&mouse, 1, 1, 0, 1);
	ck_assert_uint_eq(count, 1);
	state_init(&st, STATE_SAVE, buf, sizeof buf);
	sermouse_state(&mouse, &st);
	ck_assert(state_ok(&st));
	sermouse_lines(&mouse, false, false, false);
	pass(&sched, 20 * MS);
	state_init(&st, STATE_LOAD, buf, sizeof buf);
	sermouse_state(&mouse, &st);
	ck_assert(state_ok(&st));
	CHECK_BYTES(0x6c, 0x05, 0x3d, 0x60, 1, 1);
}
END_TEST

int main(void)
{
	return suite_run("dev/sermouse", (const TTest *[]){
		it_says_who_it_is_when_its_lines_come_up,
		its_plug_and_play_name_adds_up,
		a_report_has_three_bytes_of_seven_bits,
		what_the_hand_does_meanwhile_is_added_up,
		others_have_a_third_button_and_a_wheel,
		the_other_sides_format_matters,
		without_current_it_forgets,
		a_snapshot_goes_on_in_the_middle_of_a_report,
		NULL });
}
