/* dev_kbc.c - the keyboard controller, with a keyboard and a mouse.  */

#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "dev/kbc.h"
#include "dev/keyboard.h"
#include "dev/mouse.h"
#include "pass_time.h"
#include "plugin.h"
#include "state/state.h"

static struct sched sched;
static struct bus bus;
static struct kbc kbc;
static struct keyboard kb;
static struct mouse mouse;
static bool level[4];
static unsigned rises[4];

enum { IRQ1, IRQ12, A20, RESET };

static void hear(void *ctx, unsigned n, bool lv)
{
	(void)ctx;
	rises[n] += lv && !level[n];
	level[n] = lv;
}

static struct wire wire_to(unsigned n)
{
	return (struct wire){ hear, NULL, n };
}

static void out(uint16_t port, uint8_t val)
{
	bus_out(&bus, port, val, 1);
}

static uint8_t in(uint16_t port)
{
	return bus_in(&bus, port, 1);
}

/* Command byte: both interrupts, translation.  */
static void power_on(void)
{
	const struct kbc_wiring to = {
		.irq1 = wire_to(IRQ1), .irq12 = wire_to(IRQ12),
		.a20 = wire_to(A20), .reset = wire_to(RESET),
		.line = { keyboard_device(&kb), mouse_device(&mouse) },
	};

	sched_init(&sched);
	kbc_init(&kbc, &bus, &sched, &to);
	keyboard_init(&kb, &sched, kbc_ready(&kbc, KBC_KEYBOARD));
	mouse_init(&mouse, &sched, kbc_ready(&kbc, KBC_AUX));
	out(0x64, 0x60);
	out(0x60, 0x47);
	memset(rises, 0, sizeof rises);
}

/* The next byte, -1 if none comes.  */
static int next(void)
{
	for (unsigned i = 0; i < 1000 && !(in(0x64) & 1); i++)
		pass(&sched, 1000000);
	return in(0x64) & 1 ? in(0x60) : -1;
}

static void expect(const char *hex)
{
	unsigned byte;
	int used;

	for (; sscanf(hex, "%2x%n", &byte, &used) == 1; hex += used)
		ck_assert_int_eq(next(), (int)byte);
	pass(&sched, 20000000);
	ck_assert(!(in(0x64) & 1));
}

static void key(uint16_t k, bool down)
{
	keyboard_key(&kb, &(struct key_event){ .key = k, .down = down });
}

static void tap(uint16_t k)
{
	key(k, true);
	key(k, false);
}

static void set_scan_codes(uint8_t set)
{
	out(0x60, 0xf0);
	ck_assert_int_eq(next(), 0xfa);
	out(0x60, set);
	ck_assert_int_eq(next(), 0xfa);
}

static void translation(bool on)
{
	out(0x64, 0x60);
	out(0x60, on ? 0x47 : 0x07);
}

START_TEST(a_key_arrives_translated_with_an_interrupt)
{
	key(0x04, true);
	pass(&sched, PS2_BYTE_TIME - 1);
	ck_assert(!level[IRQ1]);
	pass(&sched, 1);
	ck_assert(level[IRQ1]);
	ck_assert_uint_eq(in(0x64) & 0x21, 0x01);
	ck_assert_uint_eq(in(0x60), 0x1e);
	ck_assert(!level[IRQ1]);
	ck_assert_uint_eq(in(0x60), 0x1e);	/* the buffer keeps its byte */
	key(0x04, false);
	expect("9e");
	ck_assert_uint_eq(rises[IRQ1], 2);
}
END_TEST

START_TEST(set_2_is_seen_without_translation)
{
	translation(false);
	tap(0x04);
	expect("1c f0 1c");
	tap(0x4f);
	expect("e0 74 e0 f0 74");
}
END_TEST

START_TEST(set_1_can_come_from_the_keyboard_itself)
{
	translation(false);
	set_scan_codes(1);
	tap(0x04);
	tap(0x4f);
	expect("1e 9e e0 4d e0 cd");
}
END_TEST

START_TEST(set_3_has_its_own_codes_and_key_types)
{
	translation(false);
	set_scan_codes(3);
	tap(0x04);			/* typematic: no break code */
	tap(0xe1);			/* shift: make and break */
	tap(0x3a);			/* F1: make only */
	expect("1c 12 f0 12 07");
	out(0x60, 0xf8);
	expect("fa");
	tap(0x04);
	expect("1c f0 1c");
	out(0x60, 0xfd);
	expect("fa");
	out(0x60, 0x1c);
	expect("fa");
	tap(0x04);
	expect("1c");
}
END_TEST

START_TEST(pause_and_print_screen_are_long)
{
	tap(0x48);
	expect("e1 1d 45 e1 9d c5");
	tap(0x46);
	expect("e0 2a e0 37 e0 b7 e0 aa");
	key(0xe0, true);
	tap(0x48);			/* Ctrl-Break */
	expect("1d e0 46 e0 c6");
	tap(0x46);
	key(0xe0, false);
	expect("e0 37 e0 b7 9d");
	key(0xe2, true);
	tap(0x46);			/* SysRq */
	key(0xe2, false);
	expect("38 54 d4 b8");
}
END_TEST

START_TEST(cursor_keys_wear_shifts)
{
	tap(0x4a);
	expect("e0 47 e0 c7");
	key(0xe1, true);
	tap(0x4a);
	expect("2a e0 aa e0 47 e0 c7 e0 2a");
	out(0x60, 0xed);
	expect("fa");
	out(0x60, 0x02);		/* Num Lock */
	expect("fa");
	tap(0x4a);
	key(0xe1, false);
	expect("e0 47 e0 c7 aa");
	tap(0x4a);
	expect("e0 2a e0 47 e0 c7 e0 aa");
	key(0xe5, true);
	tap(0x54);			/* the keypad's / never wants a shift */
	key(0xe5, false);
	expect("36 e0 b6 e0 35 e0 b5 e0 36 b6");
}
END_TEST

START_TEST(a_held_key_repeats)
{
	unsigned n = 0;

	out(0x60, 0xf3);
	expect("fa");
	out(0x60, 0x00);		/* 250 ms, 30 a second */
	expect("fa");
	key(0x04, true);
	key(0x04, true);		/* the host's own repeat */
	expect("1e");
	pass(&sched, 210000000);
	ck_assert_int_eq(in(0x64) & 1, 0);
	for (unsigned ms = 0; ms < 1000; ms++) {
		pass(&sched, 1000000);
		if (in(0x64) & 1) {
			ck_assert_uint_eq(in(0x60), 0x1e);
			n++;
		}
	}
	ck_assert_uint_ge(n, 28);
	ck_assert_uint_le(n, 31);
	key(0x04, false);
	expect("9e");
	pass(&sched, VTIME_SECOND);
	expect("");
}
END_TEST

START_TEST(a_hurried_guest_waits_for_slow_fingers)
{
	kb.haste = 4;
	key(0x04, true);
	expect("1e");
	pass(&sched, 1900000000);		/* four times 500 ms, and nearly */
	ck_assert_int_eq(in(0x64) & 1, 0);
	pass(&sched, 200000000);
	ck_assert_int_eq(in(0x64) & 1, 1);
	expect("1e");
	key(0x04, false);
	expect("9e");
	kb.haste = 0;
}
END_TEST

START_TEST(repeats_do_not_pile_up)
{
	key(0x04, true);
	pass(&sched, 10 * VTIME_SECOND);
	key(0x04, false);
	expect("1e 1e 9e");		/* one in the controller, one on the line */
}
END_TEST

START_TEST(the_keyboard_answers_commands)
{
	translation(false);
	out(0x60, 0xee);
	expect("ee");
	out(0x60, 0xf2);
	expect("fa ab 83");
	out(0x60, 0xf0);
	expect("fa");
	out(0x60, 0);
	expect("fa 02");
	out(0x60, 0xfe);
	expect("02");
	out(0x60, 0xe0);		/* no such command */
	expect("fe");
	out(0x60, 0xff);
	expect("fa");
	pass(&sched, VTIME_SECOND);
	expect("aa");
	out(0x60, 0xf5);
	expect("fa");
	tap(0x04);
	expect("");
	out(0x60, 0xf4);
	expect("fa");
	tap(0x04);
	expect("1c f0 1c");
}
END_TEST

START_TEST(lost_keys_are_told_once)
{
	int byte, last = 0;
	unsigned n = 0;

	translation(false);
	for (unsigned i = 0; i < 200; i++)
		tap(0x04);
	while ((byte = next()) >= 0) {
		last = byte;
		n++;
	}
	ck_assert_int_eq(last, 0);
	ck_assert_uint_gt(n, 200);
	tap(0x04);
	expect("1c f0 1c");
}
END_TEST

START_TEST(the_controller_tests_itself)
{
	out(0x64, 0xaa);
	expect("55");
	ck_assert(in(0x64) & 0x04);
	out(0x64, 0xab);
	expect("00");
	out(0x64, 0xa9);
	expect("00");
	out(0x64, 0x20);
	expect("47");
	out(0x64, 0x65);		/* its RAM */
	out(0x60, 0x99);
	out(0x64, 0x25);
	expect("99");
}
END_TEST

START_TEST(answers_wait_for_the_buffer)
{
	out(0x64, 0xaa);
	out(0x64, 0xab);
	ck_assert_uint_eq(in(0x60), 0x55);
	ck_assert_uint_eq(in(0x60), 0x00);
	ck_assert_uint_eq(rises[IRQ1], 2);
}
END_TEST

START_TEST(a_disabled_line_keeps_its_bytes)
{
	out(0x64, 0xad);
	tap(0x04);
	pass(&sched, VTIME_SECOND);
	ck_assert_int_eq(in(0x64) & 1, 0);
	out(0x64, 0xae);
	expect("1e 9e");
}
END_TEST

START_TEST(interrupts_can_be_off)
{
	out(0x64, 0x60);
	out(0x60, 0x44);
	tap(0x04);
	pass(&sched, 10000000);
	ck_assert(in(0x64) & 1);
	ck_assert_uint_eq(rises[IRQ1], 0);
}
END_TEST

START_TEST(the_output_port_gates_a20_and_resets)
{
	ck_assert(!level[A20]);
	out(0x64, 0xd1);
	ck_assert(in(0x64) & 0x0a);	/* busy, and it was a command */
	out(0x60, 0xdf);
	ck_assert(level[A20]);
	out(0x64, 0xd0);
	ck_assert_int_eq(next() & 0x03, 0x03);
	out(0x64, 0xdd);
	ck_assert(!level[A20]);
	ck_assert_uint_eq(rises[RESET], 0);
	out(0x64, 0xfe);
	ck_assert_uint_eq(rises[RESET], 1);
	ck_assert(!level[RESET]);
}
END_TEST

START_TEST(bytes_can_be_put_in_the_buffer_by_hand)
{
	out(0x64, 0xd3);
	out(0x60, 0x77);
	ck_assert(level[IRQ12]);
	ck_assert_uint_eq(in(0x64) & 0x21, 0x21);
	expect("77");
	out(0x64, 0xd2);
	out(0x60, 0x66);
	ck_assert(level[IRQ1]);
	expect("66");
}
END_TEST

static void tell_mouse(uint8_t byte)
{
	out(0x64, 0xd4);
	out(0x60, byte);
}

START_TEST(the_mouse_answers_commands)
{
	tell_mouse(0xf2);
	expect("fa 00");
	tell_mouse(0xe8);
	expect("fa");
	tell_mouse(0x03);
	expect("fa");
	tell_mouse(0xe7);
	expect("fa");
	mouse_move(&mouse, 0, 0, 0, 1);
	tell_mouse(0xe9);
	expect("fa 14 03 64");
	tell_mouse(0xe5);
	expect("fe");
	tell_mouse(0xe5);
	expect("fc");
	tell_mouse(0xf3);
	expect("fa");
	tell_mouse(33);					/* no such rate */
	expect("fe");
	tell_mouse(0xf3);
	expect("fa");
	tell_mouse(34);
	expect("fc");
	tell_mouse(0xe5);
	expect("fe");
	tell_mouse(0xff);
	expect("fa");
	pass(&sched, VTIME_SECOND);
	expect("aa 00");
	ck_assert_uint_eq(rises[IRQ1], 0);
	ck_assert_uint_gt(rises[IRQ12], 0);
}
END_TEST

START_TEST(the_mouse_streams_when_enabled)
{
	mouse_move(&mouse, 5, 5, 0, 0);
	expect("");
	tell_mouse(0xf4);
	expect("fa");
	mouse_move(&mouse, 3, 5, 0, 2);
	expect("2a 03 fb");
	mouse_move(&mouse, -1, -2, 1, 0);
	expect("18 ff 02");
	mouse_move(&mouse, 300, 0, 0, 0);	/* too much for one packet */
	expect("08 ff 00 08 2d 00");
}
END_TEST

START_TEST(the_mouse_grows_a_wheel)
{
	static const uint8_t knock[] = { 200, 100, 80 };

	for (unsigned i = 0; i < 3; i++) {
		tell_mouse(0xf3);
		expect("fa");
		tell_mouse(knock[i]);
		expect("fa");
	}
	tell_mouse(0xf2);
	expect("fa 03");
	tell_mouse(0xf4);
	expect("fa");
	mouse_move(&mouse, 0, 0, -1, 0);
	expect("08 00 00 ff");
}
END_TEST

START_TEST(the_mouse_can_be_asked_and_can_echo)
{
	tell_mouse(0xf0);
	expect("fa");
	mouse_move(&mouse, 1, 0, 0, 0);
	tell_mouse(0xeb);
	expect("fa 08 01 00");
	tell_mouse(0xee);
	expect("fa");
	tell_mouse(0xf4);
	expect("f4");
	tell_mouse(0xec);
	expect("fa");
}
END_TEST

START_TEST(a_snapshot_goes_on_in_the_middle_of_a_key)
{
	static uint8_t buf[4096];
	struct state st;

	tap(0x4a);
	ck_assert_int_eq(next(), 0xe0);
	pass(&sched, 100000);
	state_init(&st, STATE_SAVE, buf, sizeof buf);
	kbc_state(&kbc, &st);
	keyboard_state(&kb, &st);
	mouse_state(&mouse, &st);
	ck_assert(state_ok(&st));
	kbc_reset(&kbc);
	keyboard_reset(&kb);
	state_init(&st, STATE_LOAD, buf, sizeof buf);
	kbc_state(&kbc, &st);
	keyboard_state(&kb, &st);
	mouse_state(&mouse, &st);
	ck_assert(state_ok(&st));
	expect("47 e0 c7");
}
END_TEST

int main(void)
{
	return suite_run_each("dev/kbc", power_on, NULL, (const TTest *[]){
		a_key_arrives_translated_with_an_interrupt,
		set_2_is_seen_without_translation,
		set_1_can_come_from_the_keyboard_itself,
		set_3_has_its_own_codes_and_key_types,
		pause_and_print_screen_are_long,
		cursor_keys_wear_shifts,
		a_held_key_repeats,
		a_hurried_guest_waits_for_slow_fingers,
		repeats_do_not_pile_up,
		the_keyboard_answers_commands,
		lost_keys_are_told_once,
		the_controller_tests_itself,
		answers_wait_for_the_buffer,
		a_disabled_line_keeps_its_bytes,
		interrupts_can_be_off,
		the_output_port_gates_a20_and_resets,
		bytes_can_be_put_in_the_buffer_by_hand,
		the_mouse_answers_commands,
		the_mouse_streams_when_enabled,
		the_mouse_grows_a_wheel,
		the_mouse_can_be_asked_and_can_echo,
		a_snapshot_goes_on_in_the_middle_of_a_key,
		NULL });
}
