/* bios_services.c - power-on, the tick, video, time, system services.  */

#include "bios_rig.h"

static unsigned ticks;

static enum svc count_tick(void *room, struct guest *g)
{
	(void)room;
	ticks++;
	cpu_set16(g->cpu, CPU_AX, 0xdead);
	cpu_load_real(g->cpu, CPU_DS, 0xdead);
	return SVC_DONE;
}

static char cell(unsigned column, unsigned row)
{
	return bus_read(&bus, 0xb8000 + 2 * (80 * row + column), 1);
}

static void type(const char *text)
{
	for (; *text; text++) {
		set_reg(CPU_AX, 0x0e00 | (uint8_t)*text);
		set_reg(CPU_BX, 0);
		call(0x10);
	}
}

START_TEST(power_on_fills_vectors_and_data_area)
{
	struct far v = guest_rfar(&guest, 0, 0x10 * 4);

	ck_assert_uint_eq(v.seg, 0xf000);
	ck_assert_uint_eq(v.off, 0xe010);
	ck_assert_uint_eq(guest_rfar(&guest, 0, 0x21 * 4).off, 0xff53);
	ck_assert_uint_eq(bda16(0x13), 639);
	ck_assert_uint_eq(bda8(0x49), 3);
	ck_assert_uint_eq(bda16(0x4a), 80);
	ck_assert_uint_eq(guest_r16(&guest, 0x40, 0x0e), 0x9fc0);
	ck_assert_uint_eq(bus_read(&bus, 0xffffe, 1), 0xfc);
	ck_assert_uint_eq(bus_read(&bus, 0xfffffff0, 1), 0xea);
	ck_assert(cpu.flags & CPU_IF);
	ck_assert_ptr_null(crash);
}
END_TEST

START_TEST(old_entry_points_lead_to_the_services)
{
	push(cpu.flags);
	push(HOME_SEG);
	push(HOME_OFF);
	set_reg(CPU_AX, 0x0e41);
	far_jump(0xf000, 0xf065);
	run_until(sched.now + VTIME_SECOND, true);
	ck_assert(at_home());
	ck_assert_str_eq(tty, "A");
}
END_TEST

START_TEST(ticks_count_from_the_clock_s_time)
{
	uint32_t at_boot = (22 * 3600 + 13 * 60 + 20) * 1193182ull / 65536;

	ck_assert_uint_eq(guest_r32(&guest, 0x40, 0x6c), at_boot);
	pass(10000);
	ck_assert_uint_eq(guest_r32(&guest, 0x40, 0x6c), at_boot + 182);
	set_reg(CPU_AX, 0);
	call(0x1a);
	ck_assert_uint_eq(reg(CPU_CX) << 16 | reg(CPU_DX), at_boot + 182);
	pass(6500 * 1000);
	set_reg(CPU_AX, 0);
	call(0x1a);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 1);	/* midnight, told once */
	set_reg(CPU_AX, 0);
	call(0x1a);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 0);
}
END_TEST

START_TEST(int_1c_is_called_and_may_spoil_registers)
{
	guest_offer(&guest, 0x78, count_tick, NULL);
	guest_wfar(&guest, 0, 0x1c * 4, guest_gate_far(0x78));
	ticks = 0;
	set_reg(CPU_AX, 0x1234);
	cpu_load_real(&cpu, CPU_DS, 0x5678);
	pass(1000);
	ck_assert_uint_eq(ticks, 18);
	ck_assert_uint_eq(reg(CPU_AX), 0x1234);
	ck_assert_uint_eq(cpu.seg[CPU_DS].sel, 0x5678);
	ck_assert_uint_eq(reg(CPU_SP), 0x800);
}
END_TEST

START_TEST(teletype_writes_wraps_and_scrolls)
{
	type("one\r\ntwo");
	ck_assert_str_eq(tty, "one\r\ntwo");
	ck_assert_int_eq(cell(0, 1), 't');
	ck_assert_uint_eq(bda16(0x50), 0x0103);
	type("\b\b*");
	ck_assert_int_eq(cell(1, 1), '*');
	for (unsigned i = 0; i < 79; i++)
		type("x");
	ck_assert_uint_eq(bda16(0x50), 0x0201);
	for (unsigned i = 0; i < 23; i++)
		type("\n");
	ck_assert_int_eq(cell(1, 0), '*');
	ck_assert_uint_eq(bda16(0x50) >> 8, 24);
	ck_assert_uint_eq(full_screens, 0);
}
END_TEST

START_TEST(using_the_screen_as_a_plane_is_told)
{
	set_reg(CPU_AX, 0x0200);
	set_reg(CPU_BX, 0);
	set_reg(CPU_DX, 0x0a14);
	call(0x10);
	ck_assert_uint_eq(full_screens, 1);
	set_reg(CPU_AX, 0x0923);
	set_reg(CPU_BX, 0x004e);
	set_reg(CPU_CX, 3);
	call(0x10);
	ck_assert_uint_eq(bus_read(&bus, 0xb8000 + 2 * (80 * 10 + 22), 2), 0x4e23);
	set_reg(CPU_AX, 0x0800);
	set_reg(CPU_BX, 0);
	call(0x10);
	ck_assert_uint_eq(reg(CPU_AX), 0x4e23);
	set_reg(CPU_AX, 0x0300);
	call(0x10);
	ck_assert_uint_eq(reg(CPU_DX), 0x0a14);
	ck_assert_uint_eq(reg(CPU_CX), 0x0607);
	ck_assert_uint_eq(tty_count, 0);
}
END_TEST

START_TEST(windows_scroll_both_ways)
{
	type("a\r\nb\r\nc\r\nd");
	set_reg(CPU_AX, 0x0701);		/* down, rows 1-2 */
	set_reg(CPU_BX, 0x1700);
	set_reg(CPU_CX, 0x0100);
	set_reg(CPU_DX, 0x0205);
	call(0x10);
	ck_assert_int_eq(cell(0, 0), 'a');
	ck_assert_int_eq(cell(0, 1), ' ');
	ck_assert_int_eq(cell(0, 2), 'b');
	ck_assert_int_eq(cell(0, 3), 'd');
	ck_assert_uint_eq(bus_read(&bus, 0xb8000 + 160, 2), 0x1720);
	set_reg(CPU_AX, 0x0600);		/* all blank */
	set_reg(CPU_CX, 0);
	set_reg(CPU_DX, 0x184f);
	call(0x10);
	ck_assert_int_eq(cell(0, 0), ' ');
}
END_TEST

START_TEST(a_string_can_be_written)
{
	bus_copy_out(&bus, 0x50000, "H\x1fi\x2f\r", 5);
	cpu_load_real(&cpu, CPU_ES, 0x5000);
	set_reg(CPU_AX, 0x1303);
	set_reg(CPU_BX, 0);
	set_reg(CPU_CX, 2);
	set_reg(CPU_DX, 0x0505);
	set_reg(CPU_BP, 0);
	call(0x10);
	ck_assert_uint_eq(bus_read(&bus, 0xb8000 + 2 * (80 * 5 + 5), 4), 0x2f691f48);
	ck_assert_uint_eq(bda16(0x50), 0x0507);
}
END_TEST

/* INT 10h/00h, and what 0Fh says then.  */
static uint16_t mode_after(uint16_t ax)
{
	set_reg(CPU_AX, ax);
	call(0x10);
	set_reg(CPU_AX, 0x0f00);
	call(0x10);
	return reg(CPU_AX);
}

START_TEST(modes_that_are_not_there_are_not_set)
{
	ck_assert_uint_eq(mode_after(0x0008), 0x5003);
	set_reg(CPU_AX, 0x0013);
	call(0x10);
	ck_assert_uint_eq(reg(CPU_AX), 0x0020);
	ck_assert_uint_eq(mode_after(0x0013), 0x2813);
	ck_assert_uint_eq(mode_after(0x0001), 0x2801);
	ck_assert_uint_gt(full_screens, 0);
}
END_TEST

START_TEST(the_clock_can_be_read_and_set)
{
	set_reg(CPU_AX, 0x0200);
	call(0x1a);
	ck_assert(!carry());
	ck_assert_uint_eq(reg(CPU_CX), 0x2213);
	set_reg(CPU_AX, 0x0400);
	call(0x1a);
	ck_assert_uint_eq(reg(CPU_CX), 0x1994);
	ck_assert_uint_eq(reg(CPU_DX), 0x0531);
	set_reg(CPU_AX, 0x0500);
	set_reg(CPU_CX, 0x2004);
	set_reg(CPU_DX, 0x0229);
	call(0x1a);
	set_reg(CPU_AX, 0x0300);
	set_reg(CPU_CX, 0x0102);
	set_reg(CPU_DX, 0x0300);
	call(0x1a);
	ck_assert_int_eq(rtc_now(&rtc, NULL), 1078016523);
}
END_TEST

START_TEST(the_clock_is_not_read_while_it_changes)
{
	pass(999);
	set_reg(CPU_AX, 0x0200);
	call(0x1a);
	ck_assert_uint_eq(reg(CPU_DX) >> 8, 0x21);
	ck_assert_uint_ge(sched.now, VTIME_SECOND);
}
END_TEST

static enum svc alarm_rang(void *room, struct guest *g)
{
	(void)room, (void)g;
	ticks++;
	return SVC_DONE;
}

START_TEST(an_alarm_rings_int_4a)
{
	ticks = 0;
	guest_offer(&guest, 0x79, alarm_rang, NULL);
	guest_wfar(&guest, 0, 0x4a * 4, guest_gate_far(0x79));
	set_reg(CPU_AX, 0x0600);
	set_reg(CPU_CX, 0x2213);
	set_reg(CPU_DX, 0x2500);
	call(0x1a);
	ck_assert(!carry());
	pass(6000);
	ck_assert_uint_eq(ticks, 1);
}
END_TEST

START_TEST(a_wait_takes_its_microseconds)
{
	vtime before = sched.now;

	set_reg(CPU_AX, 0x8600);
	set_reg(CPU_CX, 0x0001);
	set_reg(CPU_DX, 0x86a0);		/* 100 ms */
	call(0x15);
	ck_assert(!carry());
	ck_assert_uint_eq(sched.now - before, 100000000);
}
END_TEST

START_TEST(an_event_wait_sets_its_flag)
{
	cpu_load_real(&cpu, CPU_ES, 0x5000);
	call_with(0x15, 0x8300, 0x10, 0, 50000);
	ck_assert(!carry());
	pass(45);
	ck_assert_uint_eq(bus_read(&bus, 0x50010, 1), 0);
	pass(10);
	ck_assert_uint_eq(bus_read(&bus, 0x50010, 1), 0x80);
	ck_assert_uint_eq(bda8(0xa0), 0);
}
END_TEST

START_TEST(a_block_moves_into_extended_memory)
{
	const uint8_t gdt[48] = {
		[16] = 0xff, 0xff, 0x00, 0x00, 0x05, 0x93,
		[24] = 0xff, 0xff, 0x00, 0x00, 0x10, 0x93,
	};

	ck_assert_uint_eq(bus.addr_mask, ~(1u << 20));
	bus_copy_out(&bus, 0x40000, gdt, sizeof gdt);
	bus_copy_out(&bus, 0x50000, "extended", 8);
	cpu_load_real(&cpu, CPU_ES, 0x4000);
	set_reg(CPU_SI, 0);
	set_reg(CPU_CX, 4);
	set_reg(CPU_AX, 0x8700);
	call(0x15);
	ck_assert(!carry());
	ck_assert_mem_eq(bus.ram + 0x100000, "extended", 8);
	ck_assert_uint_eq(bus.addr_mask, ~(1u << 20));
}
END_TEST

START_TEST(memory_is_told_in_all_ways)
{
	call(0x12);
	ck_assert_uint_eq(reg(CPU_AX), 639);
	set_reg(CPU_AX, 0x8800);
	call(0x15);
	ck_assert_uint_eq(reg(CPU_AX), 7 * 1024);
	set_reg(CPU_AX, 0xe801);
	call(0x15);
	ck_assert_uint_eq(reg(CPU_AX), 7 * 1024);
	cpu.reg[CPU_BX] = 0;
	cpu_load_real(&cpu, CPU_ES, 0x5000);
	set_reg(CPU_DI, 0);
	for (unsigned n = 0; n < 5; n++) {
		cpu.reg[CPU_AX] = 0xe820;
		cpu.reg[CPU_CX] = 20;
		cpu.reg[CPU_DX] = 0x534d4150;
		call(0x15);
		ck_assert(!carry());
		ck_assert_uint_eq(cpu.reg[CPU_AX], 0x534d4150);
		if (n == 3) {
			ck_assert_uint_eq(guest_r32(&guest, 0x5000, 0), 0x100000);
			ck_assert_uint_eq(guest_r32(&guest, 0x5000, 8), 0x700000);
		}
	}
	ck_assert_uint_eq(cpu.reg[CPU_BX], 0);
	set_reg(CPU_AX, 0x5300);
	call(0x15);
	ck_assert(carry());
	ck_assert_uint_eq(reg(CPU_AX) >> 8, 0x86);
}
END_TEST

START_TEST(a20_moves_by_int_15h)
{
	set_reg(CPU_AX, 0x2401);
	call(0x15);
	ck_assert_uint_eq(bus.addr_mask, ~0u);
	set_reg(CPU_AX, 0x2402);
	call(0x15);
	ck_assert_uint_eq(reg(CPU_AX), 0x0001);
	set_reg(CPU_AX, 0x2400);
	call(0x15);
	ck_assert_uint_eq(bus.addr_mask, ~(1u << 20));
}
END_TEST

START_TEST(no_disk_is_there)
{
	set_reg(CPU_AX, 0x0201);
	set_reg(CPU_DX, 0x0000);
	call(0x13);
	ck_assert(carry());
	ck_assert_uint_eq(reg(CPU_AX), 0x8000);
	set_reg(CPU_AX, 0x0800);
	set_reg(CPU_DX, 0x0080);
	call(0x13);
	ck_assert(carry());
	ck_assert_uint_eq(reg(CPU_DX) & 0xff, 0);
	set_reg(CPU_AX, 0x1500);
	set_reg(CPU_DX, 0x0080);
	call(0x13);
	ck_assert(!carry());
	ck_assert_uint_eq(reg(CPU_AX), 0);
}
END_TEST

START_TEST(lines_that_are_not_there_give_up)
{
	set_reg(CPU_AX, 0x0300);
	set_reg(CPU_DX, 3);
	call(0x14);
	ck_assert_uint_eq(reg(CPU_AX) >> 8, 0x80);
	set_reg(CPU_AX, 0x0041);
	set_reg(CPU_DX, 2);
	call(0x17);
	ck_assert_uint_eq(reg(CPU_AX) >> 8, 0x01);
}
END_TEST

START_TEST(print_screen_fails_without_a_printer)
{
	guest_w8(&guest, 0x50, 0, 0);
	set_reg(CPU_AX, 0x1234);
	call(0x05);
	ck_assert_uint_eq(reg(CPU_AX), 0x1234);
	ck_assert_uint_eq(guest_r8(&guest, 0x50, 0), 0xff);
}
END_TEST

START_TEST(an_invalid_opcode_ends_it_all)
{
	interrupt(0x06);
	run_until(sched.now + VTIME_SECOND, false);
	ck_assert_ptr_nonnull(crash);
	ck_assert_str_eq(crash, "invalid opcode at 2000:1234");
}
END_TEST

START_TEST(stray_requests_are_masked)
{
	struct wire irq5 = pic_irq(&pic, 5);

	bus_out(&bus, 0x21, bus_in(&bus, 0x21, 1) & ~0x20, 1);
	wire_set(&irq5, true);
	pass(1);
	ck_assert_uint_eq(bus_in(&bus, 0x21, 1) & 0x20, 0x20);
	ck_assert_uint_eq(bda8(0x6b), 0x20);
	pass(1000);
	ck_assert_uint_gt(guest_r32(&guest, 0x40, 0x6c), 0);
}
END_TEST

START_TEST(a_fault_that_comes_again_at_once_ends_it_all)
{
	for (unsigned i = 0; i < 2000; i++) {
		call(0x0d);
		sched_skip(&sched, sched.now + VTIME_SECOND / 50000);
	}
	ck_assert_ptr_null(crash);
	for (unsigned i = 0; i < 1000 && !crash; i++) {
		interrupt(0x0d);
		run_until(sched.now + 1, false);
	}
	ck_assert_ptr_nonnull(crash);
	ck_assert_str_eq(crash, "protection fault at 2000:1234");
}
END_TEST

START_TEST(services_have_names)
{
	ck_assert_str_eq(bios_service_name(0x10, 0x0e55), "teletype");
	ck_assert_str_eq(bios_service_name(0x33, 0x0003), "position and buttons");
	ck_assert_ptr_null(bios_service_name(0x33, 0x0103));
	ck_assert_str_eq(bios_service_name(0x12, 0x5500), "memory size");
	ck_assert_ptr_null(bios_service_name(0x10, 0xfd00));
	ck_assert_ptr_null(bios_service_name(0x21, 0x00));
}
END_TEST

int main(void)
{
	return suite_run_each("bios/services", power_on, power_off, (const TTest *[]){
		power_on_fills_vectors_and_data_area,
		old_entry_points_lead_to_the_services,
		ticks_count_from_the_clock_s_time,
		int_1c_is_called_and_may_spoil_registers,
		teletype_writes_wraps_and_scrolls,
		using_the_screen_as_a_plane_is_told,
		windows_scroll_both_ways,
		a_string_can_be_written,
		modes_that_are_not_there_are_not_set,
		the_clock_can_be_read_and_set,
		the_clock_is_not_read_while_it_changes,
		an_alarm_rings_int_4a,
		a_wait_takes_its_microseconds,
		an_event_wait_sets_its_flag,
		a_block_moves_into_extended_memory,
		memory_is_told_in_all_ways,
		a20_moves_by_int_15h,
		no_disk_is_there,
		lines_that_are_not_there_give_up,
		print_screen_fails_without_a_printer,
		an_invalid_opcode_ends_it_all,
		stray_requests_are_masked,
		a_fault_that_comes_again_at_once_ends_it_all,
		services_have_names,
		NULL });
}
