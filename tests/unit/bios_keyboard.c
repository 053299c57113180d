/* bios_keyboard.c - from the keys to INT 16h.  */

#include "bios_rig.h"

enum { KEY_A = 0x04, KEY_X = 0x1b, KEY_1 = 0x1e, KEY_ENTER = 0x28, KEY_CAPS = 0x39,
	KEY_F11 = 0x44, KEY_PRINT = 0x46, KEY_SCROLL = 0x47, KEY_PAUSE = 0x48, KEY_INSERT = 0x49, KEY_LEFT = 0x50,
	KEY_NUM = 0x53, KEY_PAD_SLASH = 0x54, KEY_PAD_ENTER = 0x58, KEY_PAD_4 = 0x5c,
	KEY_PAD_6 = 0x5e, KEY_PAD_5 = 0x5d, KEY_CTRL = 0xe0, KEY_SHIFT = 0xe1, KEY_ALT = 0xe2,
	KEY_DELETE = 0x4c };

static void key(uint16_t k, bool down)
{
	keyboard_key(&keyboard, &(struct key_event){ .key = k, .down = down });
	pass(10);
}

static void tap(uint16_t k)
{
	key(k, true);
	key(k, false);
}

static uint16_t get(uint8_t function)
{
	set_reg(CPU_AX, function << 8);
	call(0x16);
	return reg(CPU_AX);
}

static bool empty(void)
{
	set_reg(CPU_AX, 0x1100);
	call(0x16);
	return cpu.flags & CPU_ZF;
}

#define WORDS(...) \
	sizeof (uint16_t[]){ __VA_ARGS__ } / sizeof(uint16_t), (const uint16_t[]){ __VA_ARGS__ }

/* INT 16h/00h gives these words, and then there are none.  */
static void expect_keys(size_t n, const uint16_t *word)
{
	for (size_t i = 0; i < n; i++)
		ck_assert_uint_eq(get(0), word[i]);
	ck_assert(empty());
}

static void with(uint16_t held, uint16_t k)
{
	key(held, true);
	tap(k);
	key(held, false);
}

START_TEST(keys_become_words)
{
	tap(KEY_A);
	with(KEY_SHIFT, KEY_A);
	with(KEY_CTRL, KEY_A);
	with(KEY_ALT, KEY_A);
	expect_keys(WORDS(0x1e61, 0x1e41, 0x1e01, 0x1e00));
}
END_TEST

START_TEST(a_read_waits_for_a_key)
{
	ck_assert(at_home());
	set_reg(CPU_AX, 0);
	interrupt(0x16);
	run_until(sched.now + VTIME_SECOND, true);
	ck_assert(!at_home());
	ck_assert_int_eq(guest_waiting(&guest), GUEST_WAIT_KEY);
	keyboard_key(&keyboard, &(struct key_event){ .key = KEY_X, .down = true });
	run_until(sched.now + VTIME_SECOND, true);
	ck_assert(at_home());
	ck_assert_uint_eq(reg(CPU_AX), 0x2d78);
}
END_TEST

START_TEST(old_functions_hide_new_keys)
{
	tap(KEY_F11);
	tap(KEY_LEFT);
	tap(KEY_PAD_ENTER);
	tap(KEY_PAD_SLASH);
	ck_assert_uint_eq(get(0x11), 0x8500);
	ck_assert_uint_eq(get(0), 0x4b00);
	ck_assert_uint_eq(get(0), 0x1c0d);
	ck_assert_uint_eq(get(0), 0x352f);
	tap(KEY_LEFT);
	tap(KEY_PAD_ENTER);
	with(KEY_ALT, KEY_ENTER);
	ck_assert_uint_eq(get(0x10), 0x4be0);
	ck_assert_uint_eq(get(0x10), 0xe00d);
	ck_assert_uint_eq(get(0x10), 0x1c00);
	with(KEY_ALT, KEY_ENTER);
	set_reg(CPU_AX, 0x0100);
	call(0x16);
	ck_assert(cpu.flags & CPU_ZF);
}
END_TEST

START_TEST(locks_turn_and_light_up)
{
	tap(KEY_CAPS);
	tap(KEY_A);
	with(KEY_SHIFT, KEY_A);
	tap(KEY_1);
	ck_assert_uint_eq(get(0), 0x1e41);
	ck_assert_uint_eq(get(0), 0x1e61);
	ck_assert_uint_eq(get(0), 0x0231);
	ck_assert_uint_eq(keyboard.leds, 4);
	tap(KEY_NUM);
	ck_assert_uint_eq(keyboard.leds, 6);
	ck_assert_uint_eq(bda8(0x97), 6);
	tap(KEY_PAD_4);
	ck_assert_uint_eq(get(0), 0x4b34);
	tap(KEY_NUM);
	tap(KEY_PAD_4);
	ck_assert_uint_eq(get(0), 0x4b00);
	tap(KEY_SCROLL);
	ck_assert_uint_eq(bda8(0x17), 0x50);
	ck_assert_uint_eq(keyboard.leds, 5);
}
END_TEST

START_TEST(a_program_may_turn_a_lock)
{
	guest_w8(&guest, 0x40, 0x17, 0x20);
	ck_assert(empty());
	pass(20);
	ck_assert_uint_eq(keyboard.leds, 2);
	ck_assert_uint_eq(bda8(0x97), 2);
	ck_assert(empty());
}
END_TEST

START_TEST(shift_states_are_told)
{
	key(KEY_CTRL, true);
	key(0xe5, true);
	set_reg(CPU_AX, 0x0200);
	call(0x16);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 0x05);
	set_reg(CPU_AX, 0x1200);
	call(0x16);
	ck_assert_uint_eq(reg(CPU_AX), 0x0105);
	key(0xe6, true);
	set_reg(CPU_AX, 0x1200);
	call(0x16);
	ck_assert_uint_eq(reg(CPU_AX), 0x090d);
}
END_TEST

START_TEST(alt_and_digits_make_a_character)
{
	key(KEY_ALT, true);
	tap(KEY_PAD_6);
	tap(KEY_PAD_5);
	ck_assert(empty());
	key(KEY_ALT, false);
	ck_assert_uint_eq(get(0), 0x0041);
}
END_TEST

START_TEST(the_ring_holds_fifteen_keys)
{
	for (unsigned i = 0; i < 20; i++)
		tap(KEY_A);
	pass(100);
	for (unsigned i = 0; i < 15; i++)
		ck_assert_uint_eq(get(0), 0x1e61);
	ck_assert(empty());
	set_reg(CPU_AX, 0x0500);
	set_reg(CPU_CX, 0x3920);
	call(0x16);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 0);
	ck_assert_uint_eq(get(0), 0x3920);
}
END_TEST

static unsigned breaks;

static enum svc count_break(void *room, struct guest *g)
{
	(void)room, (void)g;
	breaks++;
	return SVC_DONE;
}

START_TEST(ctrl_break_empties_the_ring_and_calls_int_1b)
{
	breaks = 0;
	guest_offer(&guest, 0x78, count_break, NULL);
	guest_wfar(&guest, 0, 0x1b * 4, guest_gate_far(0x78));
	tap(KEY_A);
	with(KEY_CTRL, KEY_PAUSE);
	ck_assert_uint_eq(breaks, 1);
	ck_assert_uint_eq(bda8(0x71), 0x80);
	ck_assert_uint_eq(get(0), 0x0000);
	ck_assert(empty());
}
END_TEST

START_TEST(pause_holds_the_program_until_a_key)
{
	vtime before;

	keyboard_key(&keyboard, &(struct key_event){ .key = KEY_PAUSE, .down = true });
	pass(50);
	keyboard_key(&keyboard, &(struct key_event){ .key = KEY_PAUSE, .down = false });
	ck_assert(!at_home());
	before = guest_r32(&guest, 0x40, 0x6c);
	pass(1000);
	ck_assert(!at_home());
	ck_assert_uint_ge(guest_r32(&guest, 0x40, 0x6c), before + 18);
	tap(KEY_A);
	ck_assert(at_home());
	ck_assert(empty());
	tap(KEY_A);
	ck_assert_uint_eq(get(0), 0x1e61);
	ck_assert_uint_eq(reg(CPU_SP), 0x800);
}
END_TEST

START_TEST(ctrl_alt_del_resets)
{
	key(KEY_CTRL, true);
	key(KEY_ALT, true);
	tap(KEY_DELETE);
	ck_assert_uint_eq(resets, 1);
	ck_assert_uint_eq(bda16(0x72), 0x1234);
}
END_TEST

START_TEST(print_screen_calls_int_5)
{
	breaks = 0;
	guest_offer(&guest, 0x78, count_break, NULL);
	guest_wfar(&guest, 0, 0x05 * 4, guest_gate_far(0x78));
	tap(KEY_PRINT);
	ck_assert_uint_eq(breaks, 1);
	ck_assert_uint_eq(bda8(0x17), 0);
}
END_TEST

/* Swallows A, and makes X of 1.  */
static enum svc intercept(void *room, struct guest *g)
{
	(void)room;
	if (cpu_get16(g->cpu, CPU_AX) == 0x4f1e)
		guest_set_flag(g, CPU_CF, false);
	if (cpu_get16(g->cpu, CPU_AX) == 0x4f02)
		cpu_set16(g->cpu, CPU_AX, 0x4f2d);
	return SVC_DONE;
}

START_TEST(int_15h_4fh_may_change_and_swallow_keys)
{
	guest_offer(&guest, 0x78, intercept, NULL);
	guest_wfar(&guest, 0, 0x15 * 4, guest_gate_far(0x78));
	tap(KEY_A);
	tap(KEY_1);
	ck_assert_uint_eq(get(0), 0x2d78);
	ck_assert(empty());
}
END_TEST

START_TEST(insert_toggles_its_state)
{
	tap(KEY_INSERT);
	ck_assert_uint_eq(bda8(0x17), 0x80);
	ck_assert_uint_eq(get(0), 0x5200);
	tap(KEY_INSERT);
	ck_assert_uint_eq(bda8(0x17), 0x00);
}
END_TEST

START_TEST(the_typematic_rate_reaches_the_keyboard)
{
	set_reg(CPU_AX, 0x0305);
	set_reg(CPU_BX, 0x0204);
	call(0x16);
	ck_assert_uint_eq(keyboard.typematic, 0x44);
	pass(10);
	tap(KEY_A);
	ck_assert_uint_eq(get(0), 0x1e61);
}
END_TEST

START_TEST(the_typematic_rate_can_be_asked)
{
	set_reg(CPU_AX, 0x0306);
	call(0x16);
	ck_assert_uint_eq(reg(CPU_BX), 0x010b);
	set_reg(CPU_AX, 0x0305);
	set_reg(CPU_BX, 0x031f);
	call(0x16);
	pass(10);
	set_reg(CPU_AX, 0x0306);
	set_reg(CPU_BX, 0);
	call(0x16);
	ck_assert_uint_eq(reg(CPU_BX), 0x031f);
	set_reg(CPU_AX, 0x0300);
	call(0x16);
	pass(10);
	ck_assert_uint_eq(keyboard.typematic, 0x2b);
	set_reg(CPU_AX, 0x0900);
	call(0x16);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 0x3d);
	set_reg(CPU_AX, 0x0a00);
	call(0x16);
	ck_assert_uint_eq(reg(CPU_BX), 0x41ab);
}
END_TEST

START_TEST(a_held_key_repeats_at_its_rate_in_guest_time)
{
	unsigned n = 0;

	set_reg(CPU_AX, 0x0305);
	set_reg(CPU_BX, 0x0014);		/* 250 ms, 5 a second */
	call(0x16);
	pass(10);
	keyboard_key(&keyboard, &(struct key_event){ .key = KEY_A, .down = true });
	pass(1260);
	while (!empty()) {
		get(0x10);
		n++;
	}
	ck_assert_uint_eq(n, 7);		/* at once, at 250 ms, then each 200 ms */
}
END_TEST

START_TEST(a_key_too_many_beeps)
{
	unsigned changes = 0;
	uint8_t last = bus_in(&bus, 0x61, 1) & 3;

	for (unsigned i = 0; i < 15; i++)
		tap(KEY_A);
	ck_assert_uint_eq(bus_in(&bus, 0x61, 1) & 3, last);
	keyboard_key(&keyboard, &(struct key_event){ .key = KEY_A, .down = true });
	for (unsigned i = 0; i < 400; i++) {
		run_until(sched.now + VTIME_SECOND / 4000, false);
		changes += (bus_in(&bus, 0x61, 1) & 3) != last;
		last = bus_in(&bus, 0x61, 1) & 3;
	}
	ck_assert_uint_ge(changes, 95);
	ck_assert_uint_eq(last, 0);
	ck_assert(at_home());
}
END_TEST

static unsigned posted, waited;

static enum svc count_posts(void *room, struct guest *g)
{
	(void)room;
	posted += cpu_get16(g->cpu, CPU_AX) == 0x9102;
	waited += cpu_get16(g->cpu, CPU_AX) == 0x9002;
	guest_set_flag(g, CPU_CF, true);
	return SVC_DONE;
}

START_TEST(int_15h_is_told_of_waits_and_keys)
{
	posted = waited = 0;
	guest_offer(&guest, 0x78, count_posts, NULL);
	guest_wfar(&guest, 0, 0x15 * 4, guest_gate_far(0x78));
	set_reg(CPU_AX, 0);
	interrupt(0x16);
	run_until(sched.now + VTIME_SECOND / 10, true);
	ck_assert_uint_eq(waited, 1);
	keyboard_key(&keyboard, &(struct key_event){ .key = KEY_X, .down = true });
	run_until(sched.now + VTIME_SECOND / 10, true);
	ck_assert(at_home());
	ck_assert_uint_eq(reg(CPU_AX), 0x2d78);
	ck_assert_uint_eq(posted, 1);
	ck_assert_uint_eq(waited, 1);
}
END_TEST

START_TEST(a_letter_ends_the_number_typed_with_alt)
{
	key(KEY_ALT, true);
	tap(KEY_PAD_6);
	tap(KEY_X);
	tap(KEY_PAD_5);
	key(KEY_ALT, false);
	ck_assert_uint_eq(get(0), 0x2d00);
	ck_assert_uint_eq(get(0), 0x0005);
}
END_TEST

/* How long the nth question for a key takes.  */
static vtime question(unsigned n, uint16_t bx, bool print)
{
	vtime before = 0;

	for (unsigned i = 0; i < n; i++) {
		if (print) {
			set_reg(CPU_AX, 0x0a00 | i);
			set_reg(CPU_CX, 1);
			call(0x10);
		}
		before = sched.now;
		set_reg(CPU_AX, 0x0100);
		set_reg(CPU_BX, bx ? bx + i : 0);
		call(0x16);
		ck_assert(cpu.flags & CPU_ZF);
	}
	return sched.now - before;
}

START_TEST(a_loop_that_only_asks_waits_for_the_tick)
{
	pass(3);
	ck_assert_uint_eq(question(12, 0, false), 0);
	ck_assert_uint_gt(question(1, 0, false), VTIME_SECOND / 100);
	ck_assert_uint_gt(question(1, 0, false), VTIME_SECOND / 20);
	/* Another question of the same program changes nothing; a byte does.  */
	ck_assert_uint_eq(question(1, 7, false), 0);
	ck_assert_uint_gt(question(1, 0, false), VTIME_SECOND / 100);
	bus_write(&bus, 0x9000, 1, 1);
	ck_assert_uint_eq(question(1, 0, false), 0);
}
END_TEST

START_TEST(a_loop_that_does_something_does_not_wait)
{
	ck_assert_uint_eq(question(200, 1, false), 0);
	ck_assert_uint_eq(question(200, 0, true), 0);
}
END_TEST

/* Each round changes one byte, with the same registers.  */
START_TEST(a_loop_that_changes_a_byte_is_no_such_loop)
{
	for (unsigned i = 0; i < 300; i++) {
		bus_write(&bus, 0x9000, i * i, 1);
		ck_assert_uint_eq(question(1, 0, false), 0);
	}
}
END_TEST

START_TEST(a_loop_that_counts_its_rounds_is_not_held_up_at_once)
{
	vtime longest = 0;

	pass(3);
	guest.idle.credit = 500;
	for (unsigned i = 0; i < 100; i++) {
		bus_write(&bus, 0x9000, i, 2);
		bus_write(&bus, 0x9ffe, 1000 - 3 * i, 2);
		ck_assert_uint_eq(question(1, 0, false), 0);
	}
	for (unsigned i = 0; i < 40000 && !longest; i++) {
		bus_write(&bus, 0x9000, i, 2);
		longest = question(1, 0, false);
	}
	ck_assert_uint_gt(longest, VTIME_SECOND / 100);
}
END_TEST

/* It notes the time, so the first round after a tick is another than those before.  */
START_TEST(what_each_tick_changes_is_learned)
{
	unsigned asked = 0, tick = 0, last = 0;

	pass(3);
	question(12, 0, false);
	for (unsigned i = 0; i < 400 && tick < 20; i++) {
		bus_write(&bus, 0x9000, bus_read(&bus, 0x46c, 2), 2);
		asked++;
		if (question(1, 0, false) == 0)
			continue;
		last = asked;
		asked = 0;
		tick++;
	}
	ck_assert_uint_eq(tick, 20);
	ck_assert_uint_eq(last, 1);
}
END_TEST

/* Each time it asks something of its own is changed, and in the end all is as before.  */
START_TEST(a_loop_that_does_three_things_in_turn_waits)
{
	vtime longest = 0;

	pass(3);
	for (unsigned i = 0; i < 60 && !longest; i++) {
		bus_write(&bus, 0x9000, "aqc"[i % 3], 1);
		longest = question(1, 0, false);
	}
	ck_assert_uint_gt(longest, VTIME_SECOND / 100);
}
END_TEST

/* It was asked for before it came: the next question finds it.  */
START_TEST(a_key_ends_such_a_wait)
{
	vtime before;

	pass(3);
	question(12, 0, false);
	set_reg(CPU_AX, 0x0100);
	interrupt(0x16);
	run_until(sched.now + VTIME_SECOND / 500, true);
	ck_assert(!at_home());
	keyboard_key(&keyboard, &(struct key_event){ .key = KEY_X, .down = true });
	run_until(sched.now + VTIME_SECOND / 200, true);
	ck_assert(at_home());
	ck_assert(cpu.flags & CPU_ZF);
	before = sched.now;
	call(0x16);
	ck_assert(!(cpu.flags & CPU_ZF));
	ck_assert_uint_eq(reg(CPU_AX), 0x2d78);
	ck_assert_uint_eq(sched.now - before, 0);
}
END_TEST

static void keyb(const char *name, uint16_t page)
{
	for (unsigned i = 0; i < 2; i++)
		guest_w8(&guest, bda16(0x0e), 0x126 + i, name[i]);
	guest_w16(&guest, bda16(0x0e), 0x128, page);
	guest_w8(&guest, bda16(0x0e), 0x122, 0xff);
}

START_TEST(a_layout_changes_characters_ctrl_and_alt)
{
	keyb("GR", 437);
	tap(0x1c);			/* Y of the US keyboard */
	with(KEY_SHIFT, 0x1c);
	with(KEY_CTRL, 0x1c);
	with(KEY_ALT, 0x1c);
	tap(0x34);
	with(0xe6, 0x14);		/* AltGr-Q */
	with(KEY_SHIFT, 0x24);
	tap(0x3a);			/* F1 */
	expect_keys(WORDS(0x157a, 0x155a, 0x2c1a, 0x2c00, 0x2884, 0x1040, 0x082f, 0x3b00));
	tap(KEY_LEFT);
	ck_assert_uint_eq(get(0x10), 0x4be0);
	ck_assert(empty());
}
END_TEST

START_TEST(a_dead_key_waits_for_its_letter)
{
	keyb("GR", 850);
	tap(0x2e);			/* acute */
	ck_assert(empty());
	tap(0x08);
	ck_assert_uint_eq(get(0), 0x1282);
	with(KEY_SHIFT, 0x2e);
	tap(KEY_A);
	ck_assert_uint_eq(get(0), 0x1e85);
	tap(0x2e);
	tap(0x2c);
	ck_assert_uint_eq(get(0), 0x39ef);
	tap(0x2e);
	tap(KEY_X);			/* there is no such letter */
	pass(100);
	expect_keys(WORDS(0x2def, 0x2d78));
}
END_TEST

START_TEST(ctrl_alt_f1_and_f2_change_to_us_keys_and_back)
{
	keyb("GR", 437);
	key(KEY_CTRL, true);
	with(KEY_ALT, 0x3a);
	key(KEY_CTRL, false);
	tap(0x1c);
	ck_assert_uint_eq(get(0), 0x1579);
	key(KEY_CTRL, true);
	with(KEY_ALT, 0x3b);
	key(KEY_CTRL, false);
	tap(0x1c);
	ck_assert_uint_eq(get(0), 0x157a);
	ck_assert(empty());
}
END_TEST

START_TEST(cyrillic_is_chosen_by_ctrl_and_a_shift)
{
	keyb("RU", 866);
	tap(KEY_A);
	with(KEY_CTRL, 0xe5);
	tap(KEY_A);
	tap(0x0b);			/* H: the letter's code is E0h */
	with(KEY_CTRL, KEY_A);
	with(KEY_CTRL, KEY_SHIFT);
	tap(KEY_A);
	expect_keys(WORDS(0x1e61, 0x1ee4, 0x00e0, 0x1e01, 0x1e61));
}
END_TEST

START_TEST(a_layout_nobody_knows_is_us)
{
	keyb("\xff\x01", 1);
	tap(0x1c);
	ck_assert_uint_eq(get(0), 0x1579);
}
END_TEST

START_TEST(wild_ring_pointers_do_not_hang)
{
	guest_w16(&guest, 0x40, 0x1a, 0x1001);
	guest_w16(&guest, 0x40, 0x1c, 0x2000);
	guest_w16(&guest, 0x40, 0x82, 0xffff);
	set_reg(CPU_AX, 0x0100);
	call(0x16);
	ck_assert(at_home());
}
END_TEST

int main(void)
{
	return suite_run_each("bios/keyboard", power_on, power_off, (const TTest *[]){
		keys_become_words,
		a_read_waits_for_a_key,
		old_functions_hide_new_keys,
		locks_turn_and_light_up,
		a_program_may_turn_a_lock,
		shift_states_are_told,
		alt_and_digits_make_a_character,
		the_ring_holds_fifteen_keys,
		ctrl_break_empties_the_ring_and_calls_int_1b,
		pause_holds_the_program_until_a_key,
		ctrl_alt_del_resets,
		print_screen_calls_int_5,
		int_15h_4fh_may_change_and_swallow_keys,
		insert_toggles_its_state,
		the_typematic_rate_reaches_the_keyboard,
		the_typematic_rate_can_be_asked,
		a_held_key_repeats_at_its_rate_in_guest_time,
		a_key_too_many_beeps,
		int_15h_is_told_of_waits_and_keys,
		a_letter_ends_the_number_typed_with_alt,
		a_loop_that_only_asks_waits_for_the_tick,
		a_loop_that_does_something_does_not_wait,
		a_loop_that_changes_a_byte_is_no_such_loop,
		a_loop_that_counts_its_rounds_is_not_held_up_at_once,
		what_each_tick_changes_is_learned,
		a_loop_that_does_three_things_in_turn_waits,
		a_key_ends_such_a_wait,
		a_layout_changes_characters_ctrl_and_alt,
		a_dead_key_waits_for_its_letter,
		ctrl_alt_f1_and_f2_change_to_us_keys_and_back,
		cyrillic_is_chosen_by_ctrl_and_a_shift,
		a_layout_nobody_knows_is_us,
		wild_ring_pointers_do_not_hang,
		NULL });
}
