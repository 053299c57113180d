/* bios_mouse.c - from the mouse to INT 15h/C2h and INT 33h.  */

#include "mouse_rig.h"

/* --- INT 15h/C2h ---------------------------------------------------------------- */

START_TEST(the_device_is_found)
{
	call(0x11);
	ck_assert(reg(CPU_AX) & 0x04);
	c2(0x01, 0);
	ck_assert(!carry());
	ck_assert_uint_eq(reg(CPU_BX), 0x00aa);
	c2(0x04, 0);
	ck_assert(!carry());
	ck_assert_uint_eq(reg(CPU_BX) >> 8, 0);
}
END_TEST

START_TEST(its_settings_are_set_and_told)
{
	c2(0x02, 6);
	ck_assert(!carry());
	c2(0x03, 1);
	ck_assert(!carry());
	c2(0x06, 2);
	ck_assert(!carry());
	c2(0x06, 0);
	ck_assert(!carry());
	ck_assert_uint_eq(reg(CPU_BX) & 0xff, 0x10);
	ck_assert_uint_eq(reg(CPU_CX) & 0xff, 1);
	ck_assert_uint_eq(reg(CPU_DX) & 0xff, 200);
	c2(0x05, 3);
	c2(0x06, 0);
	ck_assert_uint_eq(reg(CPU_BX) & 0xff, 0x00);
	ck_assert_uint_eq(reg(CPU_CX) & 0xff, 2);
	ck_assert_uint_eq(reg(CPU_DX) & 0xff, 100);
}
END_TEST

static uint8_t error_of(uint8_t al, uint8_t bh)
{
	c2(al, bh);
	ck_assert(carry());
	return reg(CPU_AX) >> 8;
}

START_TEST(errors_are_those_documented)
{
	ck_assert_uint_eq(error_of(0x0a, 0), 1);
	ck_assert_uint_eq(error_of(0x09, 0), 3);
	ck_assert_uint_eq(error_of(0x02, 7), 2);
	ck_assert_uint_eq(error_of(0x03, 4), 2);
	ck_assert_uint_eq(error_of(0x05, 0), 2);
	ck_assert_uint_eq(error_of(0x06, 3), 2);
	ck_assert_uint_eq(error_of(0x00, 2), 2);
	ck_assert_uint_eq(error_of(0x00, 1), 5);
}
END_TEST

START_TEST(a_handler_gets_packets_on_its_stack)
{
	give_handler();
	set_reg(CPU_AX, 0xc207);
	set_reg(CPU_BX, GUEST_GATE_OFF + HANDLER_GATE);
	call(0x15);
	ck_assert(!carry());
	c2(0x00, 1);
	ck_assert(!carry());
	moved(5, -3, 1);
	ck_assert_uint_eq(told.times, 1);
	ck_assert_uint_eq(told.word[0], 0x09);
	ck_assert_uint_eq(told.word[1], 5);
	ck_assert_uint_eq(told.word[2], 3);
	ck_assert_uint_eq(told.word[3], 0);
	moved(-2, 0, 0);
	ck_assert_uint_eq(told.times, 2);
	ck_assert_uint_eq(told.word[0], 0x18);
	ck_assert_uint_eq(told.word[1], 0xfe);
	ck_assert(at_home());
	ck_assert_uint_eq(reg(CPU_SP), 0x800);
	c2(0x00, 0);
	moved(5, 5, 0);
	ck_assert_uint_eq(told.times, 2);
}
END_TEST

START_TEST(long_packets_have_status_and_x_in_one_word)
{
	give_handler();
	set_reg(CPU_AX, 0xc207);
	set_reg(CPU_BX, GUEST_GATE_OFF + HANDLER_GATE);
	call(0x15);
	c2(0x05, 4);
	c2(0x02, 6);
	c2(0x02, 5);
	c2(0x02, 4);
	c2(0x04, 0);
	ck_assert_uint_eq(reg(CPU_BX) >> 8, 3);
	c2(0x00, 1);
	mouse_move(&mouse, 5, -3, -1, 1);
	pass(60);
	ck_assert_uint_eq(told.times, 1);
	ck_assert_uint_eq(told.word[0], 0x0509);
	ck_assert_uint_eq(told.word[1], 3);
	ck_assert_uint_eq(told.word[2], 0xff);
	ck_assert_uint_eq(told.word[3], 0);
}
END_TEST

static void c208(uint8_t byte)
{
	set_reg(CPU_AX, 0xc208);
	set_reg(CPU_BX, byte);
	call(0x15);
	ck_assert(!carry());
}

START_TEST(its_port_is_written_and_read)
{
	c208(0xf3);
	c208(60);
	c208(0xe8);
	c208(1);
	c208(0xe9);
	c2(0x09, 0);
	ck_assert(!carry());
	ck_assert_uint_eq(reg(CPU_BX) & 0xff, 0);
	ck_assert_uint_eq(reg(CPU_CX) & 0xff, 1);
	ck_assert_uint_eq(reg(CPU_DX) & 0xff, 60);
	ck_assert_uint_eq(error_of(0x09, 0), 3);
	set_reg(CPU_AX, 0xc208);
	set_reg(CPU_BX, 0x11);
	call(0x15);
	ck_assert(carry());
	ck_assert_uint_eq(reg(CPU_AX) >> 8, 4);
}
END_TEST

START_TEST(keys_typed_meanwhile_are_not_lost)
{
	keyboard_key(&keyboard, &(struct key_event){ .key = 0x04, .down = true });
	c2(0x01, 0);
	keyboard_key(&keyboard, &(struct key_event){ .key = 0x04, .down = false });
	ck_assert(!carry());
	pass(20);
	set_reg(CPU_AX, 0x1000);
	call(0x16);
	ck_assert_uint_eq(reg(CPU_AX), 0x1e61);
}
END_TEST

/* --- INT 33h ---------------------------------------------------------------------- */

START_TEST(the_driver_is_there)
{
	mouse33(0, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0xffff);
	ck_assert_uint_eq(reg(CPU_BX), 3);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 320);
	ck_assert_uint_eq(reg(CPU_DX), 96);
	mouse33(0x24, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 0x0814);
	ck_assert_uint_eq(reg(CPU_CX), 0x0400);
	mouse33(0x77, 1, 2, 3);
	ck_assert_uint_eq(reg(CPU_AX), 0x77);
}
END_TEST

START_TEST(mickeys_become_points_by_the_ratio)
{
	mouse33(0, 0, 0, 0);
	mouse33(0x13, 0, 0, 0x7fff);
	mouse33(4, 0, 0, 0);
	moved(16, 32, 0);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 16);
	ck_assert_uint_eq(reg(CPU_DX), 16);
	for (unsigned i = 0; i < 3; i++)
		moved(3, 0, 0);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 24);		/* 25, told in cells */
	mouse33(0x0b, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 25);
	ck_assert_uint_eq(reg(CPU_DX), 32);
	mouse33(0x0b, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 0);
	mouse33(0x0f, 0, 16, 16);
	moved(-16, 0, 0);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 16);
	mouse33(0x1a, 100, 50, 0x7fff);
	moved(-16, 0, 0);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 0);
}
END_TEST

START_TEST(a_quick_hand_goes_twice_as_far)
{
	mouse33(0, 0, 0, 0);
	mouse33(0x13, 0, 0, 100);
	mouse33(4, 0, 0, 0);
	moved(2, 0, 0);				/* 36 a second */
	moved(80, 0, 0);			/* 1440 */
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 160);
}
END_TEST

START_TEST(limits_hold_the_position)
{
	mouse33(0, 0, 0, 0);
	mouse33(7, 0, 200, 100);
	mouse33(8, 0, 16, 40);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 200);
	ck_assert_uint_eq(reg(CPU_DX), 40);
	moved(-2000, -2000, 0);
	pass(200);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 96);
	ck_assert_uint_eq(reg(CPU_DX), 16);
	mouse33(0x31, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX), 100);
	ck_assert_uint_eq(reg(CPU_BX), 16);
	ck_assert_uint_eq(reg(CPU_CX), 200);
	ck_assert_uint_eq(reg(CPU_DX), 40);
	mouse33(0x26, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 0);
	ck_assert_uint_eq(reg(CPU_CX), 639);
	ck_assert_uint_eq(reg(CPU_DX), 199);
}
END_TEST

START_TEST(presses_and_releases_are_counted)
{
	mouse33(0, 0, 0, 0);
	mouse33(4, 0, 80, 40);
	moved(0, 0, 2);
	moved(0, 0, 0);
	moved(0, 0, 2);
	mouse33(5, 1, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX), 2);
	ck_assert_uint_eq(reg(CPU_BX), 2);
	ck_assert_uint_eq(reg(CPU_CX), 80);
	ck_assert_uint_eq(reg(CPU_DX), 40);
	mouse33(6, 1, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 1);
	mouse33(6, 1, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 0);
	mouse33(5, 9, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 0);
}
END_TEST

static uint16_t cell(unsigned column, unsigned row)
{
	return guest_r16(&guest, 0xb800, row * 160 + column * 2);
}

START_TEST(the_text_cursor_is_a_cell_behind_masks)
{
	guest_w16(&guest, 0xb800, 12 * 160 + 40 * 2, 0x1741);
	guest_w16(&guest, 0xb800, 12 * 160 + 41 * 2, 0x1742);
	mouse33(0, 0, 0, 0);
	ck_assert_uint_eq(cell(40, 12), 0x1741);
	mouse33(1, 0, 0, 0);
	ck_assert_uint_eq(cell(40, 12), (0x1741 & 0x77ff) ^ 0x7700);
	mouse33(0x13, 0, 0, 0x7fff);
	moved(8, 0, 0);
	ck_assert_uint_eq(cell(40, 12), 0x1741);
	ck_assert_uint_eq(cell(41, 12), 0x6042);
	mouse33(2, 0, 0, 0);
	mouse33(2, 0, 0, 0);
	ck_assert_uint_eq(cell(41, 12), 0x1742);
	mouse33(1, 0, 0, 0);
	ck_assert_uint_eq(cell(41, 12), 0x1742);
	mouse33(0x0a, 0, 0xff00, 0x0058);
	mouse33(1, 0, 0, 0);
	ck_assert_uint_eq(cell(41, 12), 0x1758);
	mouse33(0x10, 0, 0, 0);
	set_reg(CPU_SI, 639), set_reg(CPU_DI, 199);
	mouse33(0x10, 0, 0, 0);
	ck_assert_uint_eq(cell(41, 12), 0x1742);
	mouse33(1, 0, 0, 0);
	ck_assert_uint_eq(cell(41, 12), 0x1758);
}
END_TEST

START_TEST(what_a_program_wrote_over_the_cursor_stays)
{
	mouse33(0, 0, 0, 0);
	mouse33(1, 0, 0, 0);
	guest_w16(&guest, 0xb800, 12 * 160 + 40 * 2, 0x2e21);
	mouse33(2, 0, 0, 0);
	ck_assert_uint_eq(cell(40, 12), 0x2e21);
}
END_TEST

START_TEST(handlers_are_called_for_their_events)
{
	give_handler();
	mouse33(0, 0, 0, 0);
	mouse33(0x13, 0, 0, 0x7fff);
	cpu_load_real(&cpu, CPU_ES, GUEST_ROM_SEG);
	mouse33(0x0c, 0, 0x0a, GUEST_GATE_OFF + HANDLER_GATE);	/* left, right pressed */
	moved(8, 0, 0);
	ck_assert_uint_eq(told.times, 0);
	moved(8, 16, 1);
	ck_assert_uint_eq(told.times, 1);
	ck_assert_uint_eq(told.ax, 0x02);
	ck_assert_uint_eq(told.bx, 1);
	ck_assert_uint_eq(told.cx, 336);
	ck_assert_uint_eq(told.dx, 104);
	ck_assert_uint_eq(told.si, 16);
	ck_assert_uint_eq(told.di, 16);
	moved(0, 0, 0);
	ck_assert_uint_eq(told.times, 1);
	mouse33(0x14, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 0x0a);
	ck_assert_uint_eq(reg(CPU_DX), GUEST_GATE_OFF + HANDLER_GATE);
	moved(0, 0, 1);
	ck_assert_uint_eq(told.times, 1);
	ck_assert(at_home());
	ck_assert_uint_eq(reg(CPU_SP), 0x800);
}
END_TEST

START_TEST(an_alternate_handler_wants_a_shift_key)
{
	give_handler();
	mouse33(0, 0, 0, 0);
	cpu_load_real(&cpu, CPU_ES, GUEST_ROM_SEG);
	mouse33(0x18, 0, 0x42, GUEST_GATE_OFF + HANDLER_GATE);	/* Ctrl, left pressed */
	ck_assert_uint_eq(reg(CPU_AX), 0x18);
	moved(0, 0, 1);
	moved(0, 0, 0);
	ck_assert_uint_eq(told.times, 0);
	guest_w8(&guest, 0x40, 0x17, 0x04);
	moved(0, 0, 1);
	ck_assert_uint_eq(told.times, 1);
	ck_assert_uint_eq(told.ax, 0x42);
	mouse33(0x19, 0, 0x40, 0);
	ck_assert_uint_eq(reg(CPU_CX), 0x42);
	ck_assert_uint_eq(reg(CPU_BX), GUEST_ROM_SEG);
	mouse33(0x18, 0, 0x02, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0xffff);
	cpu_load_real(&cpu, CPU_ES, 0);
	mouse33(0x18, 0, 0x42, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0x18);
	mouse33(0x19, 0, 0x40, 0);
	ck_assert_uint_eq(reg(CPU_CX), 0);
}
END_TEST

START_TEST(its_state_can_be_saved_and_restored)
{
	uint16_t size;

	mouse33(0, 0, 0, 0);
	mouse33(4, 0, 80, 40);
	mouse33(7, 0, 0, 400);
	mouse33(0x15, 0, 0, 0);
	size = reg(CPU_BX);
	ck_assert_uint_ge(size, 100);
	cpu_load_real(&cpu, CPU_ES, 0x5000);
	mouse33(0x16, 0, 0, 0x20);
	ck_assert_uint_eq(guest_r16(&guest, 0x5000, 0x20 + size), 0);
	mouse33(0, 0, 0, 0);
	cpu_load_real(&cpu, CPU_ES, 0x5000);
	mouse33(0x17, 0, 0, 0x20);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 80);
	mouse33(0x31, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 400);
	for (unsigned i = 0; i < size; i += 2)		/* rubbish does no harm */
		guest_w16(&guest, 0x5000, 0x20 + i, 0xfe01 * i + 7);
	cpu_load_real(&cpu, CPU_ES, 0x5000);
	mouse33(0x17, 0, 0, 0x20);
	mouse33(1, 0, 0, 0);
	mouse33(3, 0, 0, 0);
}
END_TEST

START_TEST(a_host_pointer_is_followed_exactly)
{
	int dx, dy;

	mouse33(0, 0, 0, 0);
	for (unsigned column = 0; column < 80; column += 13) {
		/* The middle of the cell, as a terminal tells it.  */
		bios_mouse_place(&bios, (2 * column + 1) * 65536 / 160, (2 * 7 + 1) * 65536 / 50,
				 &dx, &dy);
		moved(dx, dy, 0);
		mouse33(3, 0, 0, 0);
		ck_assert_uint_eq(reg(CPU_CX) / 8, column);
		ck_assert_uint_eq(reg(CPU_DX) / 8, 7);
	}
	mouse33(7, 0, 0, 79);		/* a program that counts in cells */
	mouse33(8, 0, 0, 24);
	bios_mouse_place(&bios, 65535, 65535, &dx, &dy);
	moved(dx, dy, 0);
	mouse33(0x15, 0, 0, 0);
	ck_assert_uint_eq(bios.mouse.set.x, 79);
	ck_assert_uint_eq(bios.mouse.set.y, 24);
	bios_mouse_let_go(&bios);
	moved(-8, 0, 0);
	ck_assert_uint_lt(bios.mouse.set.x, 79);
}
END_TEST

START_TEST(another_driver_takes_the_packets_away)
{
	mouse33(0, 0, 0, 0);
	mouse33(4, 0, 0, 0);
	give_handler();
	set_reg(CPU_AX, 0xc207);
	set_reg(CPU_BX, GUEST_GATE_OFF + HANDLER_GATE);
	call(0x15);
	moved(40, 40, 0);
	ck_assert_uint_eq(told.times, 1);
	ck_assert_uint_eq(bios.mouse.set.x, 0);
}
END_TEST

START_TEST(what_a_program_wants_of_the_mouse_is_told)
{
	ck_assert(!bios_mouse_is_ours(&bios));
	ck_assert(!mouse_reports(&mouse));
	mouse33(0, 0, 0, 0);
	ck_assert(bios_mouse_is_ours(&bios));
	ck_assert(mouse_reports(&mouse));
	ck_assert_int_eq(bios_mouse_use(&bios), MOUSE_PLACED);
	pass(6000);
	ck_assert_int_eq(bios_mouse_use(&bios), MOUSE_UNUSED);
	mouse33(0x0b, 0, 0, 0);
	ck_assert_int_eq(bios_mouse_use(&bios), MOUSE_MOVED);
	mouse33(1, 0, 0, 0);
	ck_assert_int_eq(bios_mouse_use(&bios), MOUSE_PLACED);
	mouse33(2, 0, 0, 0);
	pass(6000);
	for (unsigned i = 0; i < 5; i++) {		/* a game that turns */
		mouse33(4, 0, 320, 100);
		pass(100);
		mouse33(3, 0, 0, 0);
	}
	ck_assert_int_eq(bios_mouse_use(&bios), MOUSE_MOVED);
	pass(1000);
	ck_assert_int_eq(bios_mouse_use(&bios), MOUSE_PLACED);
}
END_TEST

START_TEST(a_game_that_turns_gets_movement_of_places)
{
	int dx, dy;

	mouse33(0, 0, 0, 0);
	mouse33(0x13, 0, 0, 0x7fff);
	bios_mouse_place(&bios, 30000, 30000, &dx, &dy);
	for (unsigned i = 0; i < 5; i++) {
		mouse33(4, 0, 320, 96);
		pass(100);
	}
	bios_mouse_place(&bios, 30000 + 65536 / 40, 30000, &dx, &dy);
	moved(dx, dy, 0);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 336);
	ck_assert_uint_eq(reg(CPU_DX), 96);
}
END_TEST

START_TEST(a_pointer_of_the_programs_own_goes_dot_by_dot)
{
	int dx, dy;

	set_reg(CPU_AX, 0x13);
	call(0x10);
	mouse33(0, 0, 0, 0);
	bios_mouse_place(&bios, 0, 0, &dx, &dy);
	bios_mouse_place(&bios, 32768, 32768, &dx, &dy);
	ck_assert_int_eq(dx, 320);			/* of a screen of 640 by 200 points, */
	ck_assert_int_eq(dy, 200);
	mouse33(0x0b, 0, 0, 0);
	bios_mouse_place(&bios, 0, 0, &dx, &dy);
	ck_assert_int_eq(dx, -160);			/* of 320 by 200 dots */
	ck_assert_int_eq(dy, -100);
}
END_TEST

START_TEST(a_reset_takes_the_hardware_back)
{
	mouse33(0, 0, 0, 0);
	give_handler();
	set_reg(CPU_AX, 0xc207);
	set_reg(CPU_BX, GUEST_GATE_OFF + HANDLER_GATE);
	call(0x15);
	mouse33(3, 0, 0, 0);
	ck_assert(!bios_mouse_is_ours(&bios));
	mouse33(0, 0, 0, 0);
	ck_assert(bios_mouse_is_ours(&bios));
	mouse33(0x13, 0, 0, 0x7fff);
	moved(16, 0, 0);
	ck_assert_uint_eq(told.times, 0);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 336);
}
END_TEST

static void turned(int notches)
{
	mouse_move(&mouse, 0, 0, notches, 0);
	pass(60);
}

START_TEST(the_wheel_is_for_those_who_ask_for_it)
{
	mouse33(0, 0, 0, 0);
	turned(3);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 0);
	mouse33(0x13, 0, 0, 0x7fff);
	mouse33(4, 0, 80, 40);
	mouse33(0x11, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0x574d);
	ck_assert_uint_eq(reg(CPU_BX), 0);
	ck_assert_uint_eq(reg(CPU_CX), 1);
	turned(-2);
	turned(-1);
	mouse33(5, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0xfd00);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 0xfd00);
	ck_assert_uint_eq(reg(CPU_CX), 80);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 0);
	turned(2);
	mouse33(6, 0xffff, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 2);
	ck_assert_uint_eq(reg(CPU_CX), 80);
	ck_assert_uint_eq(reg(CPU_DX), 40);
	moved(8, 0, 1);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX), 1);
	ck_assert_uint_eq(reg(CPU_CX), 88);
	mouse33(0, 0, 0, 0);
	turned(1);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_BX) >> 8, 0);
}
END_TEST

START_TEST(a_handler_is_told_of_the_wheel)
{
	give_handler();
	mouse33(0, 0, 0, 0);
	mouse33(0x11, 0, 0, 0);
	cpu_load_real(&cpu, CPU_ES, GUEST_ROM_SEG);
	mouse33(0x0c, 0, 0x80, GUEST_GATE_OFF + HANDLER_GATE);
	moved(8, 0, 1);
	ck_assert_uint_eq(told.times, 0);
	mouse_move(&mouse, 0, 0, -1, 1);
	pass(60);
	ck_assert_uint_eq(told.times, 1);
	ck_assert_uint_eq(told.ax, 0x80);
	ck_assert_uint_eq(told.bx, 0xff01);
}
END_TEST

START_TEST(what_is_set_is_told_as_a_whole)
{
	mouse33(0, 0, 0, 0);
	mouse33(0x1a, 30, 40, 50);
	mouse33(0x33, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0);
	ck_assert_uint_eq(reg(CPU_CX), 0x154);
	guest_w8(&guest, 0x5000, 0x25, 0xcc);
	cpu_load_real(&cpu, CPU_ES, 0x5000);
	mouse33(0x33, 0, 5, 0x20);
	ck_assert_uint_eq(reg(CPU_CX), 5);
	ck_assert_uint_eq(guest_r8(&guest, 0x5000, 0x20), 4);
	ck_assert_uint_eq(guest_r8(&guest, 0x5000, 0x22), 30);
	ck_assert_uint_eq(guest_r8(&guest, 0x5000, 0x23), 40);
	ck_assert_uint_eq(guest_r8(&guest, 0x5000, 0x24), 50);
	ck_assert_uint_eq(guest_r8(&guest, 0x5000, 0x25), 0xcc);
}
END_TEST

START_TEST(it_sets_video_modes)
{
	mouse33(0x28, 0, 0x12, 0);
	ck_assert_uint_eq(reg(CPU_CX) & 0xff, 0);
	ck_assert_uint_eq(bda8(0x49), 0x12);
	mouse33(0x28, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX) & 0xff, 0);
	ck_assert_uint_eq(bda8(0x49), 0x12);
	mouse33(0x28, 0, 0x55, 0);
	ck_assert_uint_eq(reg(CPU_CX) & 0xff, 0xff);
	mouse33(0x29, 0, 0x10, 0);
	ck_assert_uint_eq(reg(CPU_CX), 0x11);
	mouse33(0x29, 0, 0x13, 0);
	ck_assert_uint_eq(reg(CPU_CX), 0);
}
END_TEST

START_TEST(its_texts_are_in_memory)
{
	mouse33(0x6d, 0, 0, 0);
	ck_assert_uint_eq(guest_r8(&guest, cpu.seg[CPU_ES].sel, reg(CPU_DI)), 0x08);
	ck_assert_uint_eq(guest_r8(&guest, cpu.seg[CPU_ES].sel, reg(CPU_DI) + 1), 0x14);
	mouse33(0x4d, 0, 0, 0);
	ck_assert_uint_eq(guest_r8(&guest, cpu.seg[CPU_ES].sel, reg(CPU_DI)), 'd');
	mouse33(0x34, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0);
	ck_assert_uint_eq(guest_r8(&guest, cpu.seg[CPU_ES].sel, reg(CPU_DX)), 0);
}
END_TEST

START_TEST(disabled_it_sees_nothing)
{
	mouse33(0, 0, 0, 0);
	mouse33(4, 0, 0, 0);
	mouse33(0x1f, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0x1f);
	moved(40, 40, 0);
	mouse33(0x20, 0, 0, 0);
	mouse33(3, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_CX), 0);
	mouse33(0x32, 0, 0, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0xfc2f);
}
END_TEST

int main(void)
{
	return suite_run_each("bios/mouse", power_on, power_off, (const TTest *[]){
		the_device_is_found,
		its_settings_are_set_and_told,
		errors_are_those_documented,
		a_handler_gets_packets_on_its_stack,
		long_packets_have_status_and_x_in_one_word,
		its_port_is_written_and_read,
		keys_typed_meanwhile_are_not_lost,
		the_driver_is_there,
		mickeys_become_points_by_the_ratio,
		a_quick_hand_goes_twice_as_far,
		limits_hold_the_position,
		presses_and_releases_are_counted,
		the_text_cursor_is_a_cell_behind_masks,
		what_a_program_wrote_over_the_cursor_stays,
		handlers_are_called_for_their_events,
		an_alternate_handler_wants_a_shift_key,
		its_state_can_be_saved_and_restored,
		a_host_pointer_is_followed_exactly,
		another_driver_takes_the_packets_away,
		what_a_program_wants_of_the_mouse_is_told,
		a_game_that_turns_gets_movement_of_places,
		a_pointer_of_the_programs_own_goes_dot_by_dot,
		a_reset_takes_the_hardware_back,
		the_wheel_is_for_those_who_ask_for_it,
		a_handler_is_told_of_the_wheel,
		what_is_set_is_told_as_a_whole,
		it_sets_video_modes,
		its_texts_are_in_memory,
		disabled_it_sees_nothing,
		NULL });
}
