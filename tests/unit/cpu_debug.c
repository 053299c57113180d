/* cpu_debug.c - debug registers, single step, RF, and a debugger's points.
 *
 * Code is at 0000:1000 in real mode; vector n leads to 0200:n*16, where a HLT
 * ends the run.  A 32-bit frame with RF in it is made by hand for IRETD.  */

#include "cpu/debug.h"
#include "cpu_rig.h"

#define DATA		0x4000u

static void begin(void)
{
	power_on(CPU_PENTIUM);
}

#define program(...) do { \
	const uint8_t bytes[] = { __VA_ARGS__ }; \
	poke(CODE, bytes, sizeof bytes); \
} while (0)

static enum cpu_exit go(void)
{
	return run(100000);
}

static void set_dr(unsigned n, uint32_t at, uint32_t bits)
{
	cpu.dr[n] = at;
	cpu.dr[7] = (cpu.dr[7] & ~(0xfu << (16 + 4 * n))) | 2u << 2 * n | bits << (16 + 4 * n);
	cpu_watch_derive(&cpu);
}

/* The run has ended in the handler of this vector, which returns to ip.  */
static void expect_handler(unsigned vector, uint16_t ip)
{
	ck_assert_int_eq(ended_in(), vector);
	ck_assert_uint_eq(stack_word(0), ip);
}

enum { EXEC = 0, WRITE = 1, PORT = 2, ACCESS = 3, LEN2 = 4, LEN4 = 12 };

START_TEST(code_faults_before_the_instruction)
{
	program(0x40, 0x43, 0x41, 0xf4);		/* inc ax; inc bx; inc cx */
	ck_assert_int_eq(go(), CPU_EXIT_HALT);		/* and now it is cached */
	cpu.halted = false;
	cpu.ip = CODE;
	set_dr(2, CODE + 1, EXEC);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(1, CODE + 1);
	ck_assert_uint_eq(cpu.dr[6], 0xffff0ff4);
	ck_assert_uint_eq(cpu.reg[CPU_AX], 2);
	ck_assert_uint_eq(cpu.reg[CPU_BX], 1);
}
END_TEST

START_TEST(a_breakpoint_that_is_not_enabled_does_nothing)
{
	program(0x40, 0x43, 0xf4);
	set_dr(0, CODE + 1, EXEC);
	cpu.dr[7] = 0x400;
	cpu_watch_derive(&cpu);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.ip, CODE + 3);
}
END_TEST

/* jmp $+2 / loop: every time round.  */
START_TEST(code_in_a_loop_faults_each_time)
{
	program(0xb9, 3, 0, 0x40, 0xe2, 0xfd, 0xf4);	/* mov cx,3; inc ax; loop */
	/* The handler counts and goes on behind the INC: by IRET, ip moved.  */
	bus_copy_out(&bus, HANDLER_SEG * 16 + 16, (const uint8_t[]){
		0x55, 0x89, 0xe5, 0x83, 0x46, 0x02, 0x01, 0x5d, 0x43, 0xcf }, 10);
	set_dr(0, CODE + 3, EXEC);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.ip, CODE + 7);
	ck_assert_uint_eq(cpu.reg[CPU_BX], 3);
	ck_assert_uint_eq(cpu.reg[CPU_AX], 0);
}
END_TEST

START_TEST(rf_lets_one_instruction_pass_and_is_gone_after_it)
{
	/* iretd to CODE+10h with RF; inc ax; jmp back to it */
	program(0x66, 0xcf);
	bus_copy_out(&bus, CODE + 0x10, (const uint8_t[]){ 0x40, 0xeb, 0xfd, 0xf4 }, 4);
	bus_write(&bus, 0xff00, CODE + 0x10, 4);
	bus_write(&bus, 0xff04, 0, 4);
	bus_write(&bus, 0xff08, 0x10002, 4);
	set_dr(1, CODE + 0x10, EXEC);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(1, CODE + 0x10);
	ck_assert_uint_eq(cpu.reg[CPU_AX], 1);
	ck_assert_uint_eq(cpu.flags & CPU_RF, 0);
}
END_TEST

START_TEST(code_behind_mov_ss_passes)
{
	program(0x8e, 0xd2, 0x40, 0x43, 0xf4);		/* mov ss,dx; inc ax; inc bx */
	set_dr(0, CODE + 2, EXEC);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.ip, CODE + 5);
	ck_assert_uint_eq(cpu.seg[CPU_CS].sel, 0);
}
END_TEST

START_TEST(a_write_traps_behind_the_instruction)
{
	program(0xc6, 0x06, 0x02, 0x40, 7, 0x40, 0xf4);	/* mov byte [4002],7; inc ax */
	set_dr(3, DATA + 2, WRITE);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(1, CODE + 5);
	ck_assert_uint_eq(cpu.dr[6], 0xffff0ff8);
	ck_assert_uint_eq(bus_read(&bus, DATA + 2, 1), 7);
	ck_assert_uint_eq(cpu.reg[CPU_AX], 0);
	ck_assert_uint_eq(cpu.retired, 2);		/* with the handler's HLT */
}
END_TEST

START_TEST(a_length_covers_its_aligned_bytes)
{
	program(0xa2, 0x07, 0x40, 0xf4);		/* mov [4007],al */
	set_dr(0, DATA + 6, WRITE | LEN4);		/* 4004..4007 */
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(1, CODE + 3);
	power_off();
	begin();
	program(0xa2, 0x08, 0x40, 0xf4);
	set_dr(0, DATA + 6, WRITE | LEN4);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.ip, CODE + 4);
}
END_TEST

START_TEST(a_word_that_touches_the_byte_counts)
{
	program(0xa3, 0xff, 0x3f, 0xf4);		/* mov [3fff],ax: across pages */
	set_dr(0, DATA, WRITE);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(1, CODE + 3);
}
END_TEST

START_TEST(a_read_counts_for_access_only)
{
	program(0xa0, 0x00, 0x40, 0x40, 0xf4);		/* mov al,[4000] */
	set_dr(0, DATA, WRITE);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.ip, CODE + 5);
	cpu.halted = false;
	cpu.ip = CODE;
	set_dr(0, DATA, ACCESS);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(1, CODE + 3);
}
END_TEST

START_TEST(rep_traps_after_the_iteration)
{
	program(0xf3, 0xaa, 0x40, 0xf4);		/* rep stosb; inc ax */
	cpu.reg[CPU_DI] = DATA;
	cpu.reg[CPU_CX] = 8;
	set_dr(0, DATA + 3, WRITE);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(1, CODE);
	ck_assert_uint_eq(cpu.reg[CPU_DI], DATA + 4);
	ck_assert_uint_eq(cpu.reg[CPU_CX], 4);
}
END_TEST

START_TEST(an_instruction_that_faults_has_touched_nothing)
{
	/* pusha whose last word lies behind the segment's limit */
	program(0x66, 0x60, 0xf4);
	cpu.seg[CPU_SS].limit = 0xfeff;
	cpu.reg[CPU_SP] = 0xff10;
	set_dr(0, 0xfef0, WRITE);
	ck_assert_int_eq(go(), CPU_EXIT_RESET);		/* #SS, with no stack for it */
	ck_assert_uint_eq(cpu.dr[6] & DR6_B, 0);
}
END_TEST

START_TEST(a_port_traps_with_debug_extensions)
{
	program(0xe6, 0x21, 0x40, 0xf4);		/* out 21h,al; inc ax */
	set_dr(0, 0x21, PORT);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.ip, CODE + 4);
	cpu.halted = false;
	cpu.ip = CODE;
	cpu.cr[4] = CR4_DE;
	cpu_watch_derive(&cpu);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(1, CODE + 2);
	ck_assert_uint_eq(cpu.dr[6], 0xffff0ff1);
}
END_TEST

START_TEST(gd_guards_the_debug_registers)
{
	program(0x0f, 0x21, 0xf0, 0xf4);		/* mov eax,dr6 */
	cpu.dr[7] |= DR7_GD;
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(1, CODE);
	ck_assert_uint_eq(cpu.dr[6], 0xffff2ff0);
	ck_assert_uint_eq(cpu.dr[7], 0x400);
}
END_TEST

START_TEST(the_guest_sets_its_breakpoints_itself)
{
	program(0x66, 0xb8, 0x10, 0x10, 0, 0,		/* mov eax,1010h */
		0x0f, 0x23, 0xc8,			/* mov dr1,eax */
		0x66, 0xb8, 0xff, 0xdc, 0x00, 0xff,	/* mov eax,ff00dcffh */
		0x0f, 0x23, 0xf8);			/* mov dr7,eax: as DR1's are 0: code */
	bus_copy_out(&bus, CODE + 0x12, (const uint8_t[]){ 0xf4 }, 1);
	bus_copy_out(&bus, CODE + 0x10, (const uint8_t[]){ 0x23 }, 1);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.ip, CODE + 0x13);
	ck_assert_uint_eq(cpu.dr[7], 0xff0004ff);
	ck_assert_uint_eq(cpu.watch.count, 4);
}
END_TEST

START_TEST(dr4_and_dr5_go_away_with_debug_extensions)
{
	program(0x0f, 0x21, 0xe0, 0xf4);		/* mov eax,dr4 */
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.reg[CPU_AX], 0xffff0ff0);
	cpu.halted = false;
	cpu.ip = CODE;
	cpu.cr[4] = CR4_DE;
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(6, CODE);
}
END_TEST

START_TEST(single_step_and_a_watched_write_are_one_trap)
{
	program(0xa2, 0x00, 0x40, 0x40, 0xf4);		/* mov [4000],al; inc ax */
	set_dr(0, DATA, WRITE);
	cpu.flags |= CPU_TF;
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(1, CODE + 3);
	ck_assert_uint_eq(cpu.dr[6], 0xffff4ff1);
}
END_TEST

START_TEST(a_pushed_word_traps_in_the_handler_of_its_interrupt)
{
	program(0xcd, 0x40, 0xf4);			/* int 40h */
	set_dr(0, 0xfefe, WRITE);			/* where the flags go */
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(1, 0x40 * 16);
}
END_TEST

START_TEST(a_write_through_mov_ss_waits_for_one_instruction)
{
	program(0x8e, 0x16, 0x00, 0x40, 0x40, 0x43, 0xf4);	/* mov ss,[4000]; inc ax; inc bx */
	set_dr(0, DATA, ACCESS);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(1, CODE + 5);
	ck_assert_uint_eq(cpu.dr[6] & DR6_B, 1);
}
END_TEST

START_TEST(a_task_switch_clears_the_local_bits)
{
	cpu.dr[7] = 0x7ff;
	cpu_debug_switch(&cpu);
	ck_assert_uint_eq(cpu.dr[7], 0x6aa);
}
END_TEST

/* ---- a debugger's ---- */

START_TEST(the_debugger_stops_before_its_instruction_and_goes_on)
{
	program(0xb9, 2, 0, 0x40, 0xe2, 0xfd, 0xf4);	/* mov cx,2; inc ax; loop */
	ck_assert(cpu_watch_add(&cpu, WATCH_EXEC, CODE + 3, 1));
	for (unsigned i = 0; i < 2; i++) {
		ck_assert_int_eq(go(), CPU_EXIT_BREAK);
		ck_assert_uint_eq(cpu.ip, CODE + 3);
		ck_assert_uint_eq(cpu.watch.stop.kind, STOP_EXEC);
		ck_assert_uint_eq(cpu.reg[CPU_AX], i);
		cpu_watch_pass(&cpu);
	}
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.reg[CPU_AX], 2);
	ck_assert_uint_eq(cpu.dr[6], 0xffff0ff0);
	ck_assert(cpu_watch_remove(&cpu, WATCH_EXEC, CODE + 3, 1));
	ck_assert(!cpu_watch_remove(&cpu, WATCH_EXEC, CODE + 3, 1));
}
END_TEST

START_TEST(the_debugger_stops_once_at_a_rep)
{
	program(0xf3, 0xaa, 0xf4);			/* rep stosb */
	cpu.reg[CPU_DI] = DATA;
	cpu.reg[CPU_CX] = 8;
	cpu_watch_add(&cpu, WATCH_EXEC, CODE, 1);
	ck_assert_int_eq(go(), CPU_EXIT_BREAK);
	cpu_watch_pass(&cpu);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.reg[CPU_CX], 0);
}
END_TEST

START_TEST(the_debugger_is_told_of_data)
{
	program(0xa1, 0x00, 0x40, 0xa3, 0x00, 0x40, 0xff, 0x06, 0x00, 0x40, 0xf4);
	cpu_watch_add(&cpu, WATCH_READ, DATA, 2);
	ck_assert_int_eq(go(), CPU_EXIT_BREAK);
	ck_assert_uint_eq(cpu.ip, CODE + 3);
	ck_assert(cpu.watch.stop.kind == STOP_DATA && !cpu.watch.stop.write);
	cpu_watch_clear(&cpu);
	cpu_watch_add(&cpu, WATCH_WRITE, DATA + 1, 1);
	cpu_watch_pass(&cpu);
	ck_assert_int_eq(go(), CPU_EXIT_BREAK);
	ck_assert_uint_eq(cpu.ip, CODE + 6);
	ck_assert(cpu.watch.stop.write);
	ck_assert_uint_eq(cpu.watch.stop.at, DATA);
	ck_assert_uint_eq(cpu.watch.stop.point, DATA + 1);
	cpu_watch_pass(&cpu);
	ck_assert_int_eq(go(), CPU_EXIT_BREAK);
	ck_assert_uint_eq(cpu.ip, CODE + 10);
	ck_assert_uint_eq(bus_read(&bus, DATA, 2), 1);
}
END_TEST

START_TEST(the_debugger_is_told_of_ports)
{
	program(0xe4, 0x21, 0x40, 0xf4);		/* in al,21h */
	cpu_watch_add(&cpu, WATCH_PORT, 0x20, 2);
	ck_assert_int_eq(go(), CPU_EXIT_BREAK);
	ck_assert_uint_eq(cpu.ip, CODE + 2);
	ck_assert_uint_eq(cpu.reg[CPU_AX], 0x5a);
	ck_assert_uint_eq(cpu.watch.stop.kind, STOP_PORT);
}
END_TEST

START_TEST(the_debugger_stops_before_a_software_interrupt_and_an_exception)
{
	program(0x40, 0xcd, 0x21, 0xf4);
	cpu_watch_vector(&cpu, 0x21, true);
	ck_assert_int_eq(go(), CPU_EXIT_BREAK);
	ck_assert_uint_eq(cpu.ip, CODE + 1);
	ck_assert_uint_eq(cpu.watch.stop.kind, STOP_INT);
	ck_assert_uint_eq(cpu.watch.stop.vector, 0x21);
	cpu_watch_pass(&cpu);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(0x21, CODE + 3);
	power_off();
	begin();
	program(0x40, 0x0f, 0x0b);			/* ud2 */
	cpu_watch_vector(&cpu, 6, true);
	ck_assert_int_eq(go(), CPU_EXIT_BREAK);
	ck_assert_uint_eq(cpu.ip, CODE + 1);
	cpu_watch_pass(&cpu);
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(6, CODE + 1);
}
END_TEST

START_TEST(the_debugger_stops_in_the_handler_of_a_hardware_interrupt)
{
	program(0xb0, 1, 0xe6, 0x20, 0x40, 0xf4);	/* out 20h,al pulls INTR */
	cpu.flags |= CPU_IF;
	cpu_watch_vector(&cpu, 8, true);
	ck_assert_int_eq(go(), CPU_EXIT_BREAK);
	ck_assert_uint_eq(cpu.seg[CPU_CS].sel, HANDLER_SEG);
	ck_assert_uint_eq(cpu.ip, 8 * 16);
}
END_TEST

START_TEST(a_step_is_one_instruction_and_of_a_rep_one_iteration)
{
	program(0xf3, 0xaa, 0x43, 0xf4);		/* rep stosb; inc bx */
	cpu.reg[CPU_DI] = DATA;
	cpu.reg[CPU_CX] = 2;
	for (unsigned i = 0; i < 2; i++) {
		ck_assert_uint_eq(cpu.ip, CODE);
		cpu_step(&cpu);
		ck_assert_uint_eq(cpu.reg[CPU_CX], 1 - i);
	}
	ck_assert_uint_eq(cpu.ip, CODE + 2);
	ck_assert_uint_eq(cpu.reg[CPU_BX], 0);
}
END_TEST

START_TEST(interrupts_wait_for_a_person_who_steps)
{
	program(0x40, 0x43, 0xf4);
	cpu.flags |= CPU_IF;
	cpu.intr = true;
	cpu.watch.hold = true;
	cpu_step(&cpu);
	ck_assert_uint_eq(cpu.ip, CODE + 1);
	cpu.watch.hold = false;
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	expect_handler(8, CODE + 1);
}
END_TEST

START_TEST(time_is_the_same_with_a_debugger)
{
	vtime plain;

	program(0xb9, 100, 0, 0x40, 0xa3, 0, 0x40, 0xe2, 0xfa, 0xf4);
	go();
	plain = sched.now;
	power_off();
	begin();
	program(0xb9, 100, 0, 0x40, 0xa3, 0, 0x40, 0xe2, 0xfa, 0xf4);
	cpu_watch_add(&cpu, WATCH_EXEC, CODE + 3, 1);
	cpu_watch_add(&cpu, WATCH_WRITE, DATA, 2);
	for (unsigned n = 0; n < 200; n++) {
		ck_assert_int_eq(go(), CPU_EXIT_BREAK);
		cpu_watch_pass(&cpu);
	}
	ck_assert_int_eq(go(), CPU_EXIT_HALT);
	ck_assert_uint_eq(sched.now, plain);
}
END_TEST

START_TEST(there_is_an_end_to_points)
{
	unsigned n = 0;

	while (n < 1000 && cpu_watch_add(&cpu, WATCH_EXEC, 0x80000 + n, 1))
		n++;
	ck_assert_uint_eq(n, CPU_POINTS - 4);
	set_dr(0, 1, EXEC);
	set_dr(1, 2, EXEC);
	set_dr(2, 3, EXEC);
	set_dr(3, 4, EXEC);
	ck_assert_uint_eq(cpu.watch.count, CPU_POINTS);
	ck_assert(!cpu_watch_add(&cpu, WATCH_WRITE, 0, 0));
	cpu_watch_clear(&cpu);
	ck_assert_uint_eq(cpu.watch.count, 4);
	ck_assert(!cpu_watch_add(&cpu, WATCH_WRITE, 0xfffffff0, 0x20));
}
END_TEST

int main(void)
{
	return suite_run_each("cpu_debug", begin, power_off, (const TTest *[]){
		code_faults_before_the_instruction,
		a_breakpoint_that_is_not_enabled_does_nothing,
		code_in_a_loop_faults_each_time,
		rf_lets_one_instruction_pass_and_is_gone_after_it,
		code_behind_mov_ss_passes,
		a_write_traps_behind_the_instruction,
		a_length_covers_its_aligned_bytes,
		a_word_that_touches_the_byte_counts,
		a_read_counts_for_access_only,
		rep_traps_after_the_iteration,
		an_instruction_that_faults_has_touched_nothing,
		a_port_traps_with_debug_extensions,
		gd_guards_the_debug_registers,
		the_guest_sets_its_breakpoints_itself,
		dr4_and_dr5_go_away_with_debug_extensions,
		single_step_and_a_watched_write_are_one_trap,
		a_pushed_word_traps_in_the_handler_of_its_interrupt,
		a_write_through_mov_ss_waits_for_one_instruction,
		a_task_switch_clears_the_local_bits,
		the_debugger_stops_before_its_instruction_and_goes_on,
		the_debugger_stops_once_at_a_rep,
		the_debugger_is_told_of_data,
		the_debugger_is_told_of_ports,
		the_debugger_stops_before_a_software_interrupt_and_an_exception,
		the_debugger_stops_in_the_handler_of_a_hardware_interrupt,
		a_step_is_one_instruction_and_of_a_rep_one_iteration,
		interrupts_wait_for_a_person_who_steps,
		time_is_the_same_with_a_debugger,
		there_is_an_end_to_points,
		NULL });
}
