/* dos_int21.c - the way into DOS and out: stacks, InDOS, and resident
 * programs that call DOS while another call waits.  */

#include "dos_kernel.h"

enum { TSR_STACK = 0x8000 };

static void power_on(void)
{
	begin_files();
	boot();
	empty_ring();
}

/* The first program waits for a key (08h).  */
static void wait_for_key(void)
{
	set(CPU_SI, 0x5151);
	set(CPU_AX, 0x0800);
	cpu.ip = 0x123;
	ck_assert(!interrupt(0x21));
}

static void key_arrives(uint16_t psp)
{
	key('k');
	ck_assert(run_gates());
	ck_assert_uint_eq(cpu.ip, 0x123);
	ck_assert_uint_eq(seg(CPU_CS), psp);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 'k');
	ck_assert_uint_eq(reg(CPU_SI), 0x5151);
	ck_assert_uint_eq(reg(CPU_SP), 0xfffe);
	ck_assert_uint_eq(sda_r8(&dos, SDA_INDOS), 0);
	ck_assert_uint_eq(guest.depth, 0);
}

START_TEST(a_waiting_call_is_on_doss_own_stack)
{
	uint16_t psp, top = AT_SDA + SDA_STACK_IO;

	wait_for_key();
	psp = dos_psp(&dos);
	ck_assert_uint_eq(seg(CPU_SS), DOS_SEG);
	ck_assert_uint_le(reg(CPU_SP), top);
	ck_assert_uint_gt(reg(CPU_SP), top - SDA_STACK_SIZE);
	ck_assert_uint_eq(sda_r8(&dos, SDA_INDOS), 1);
	ck_assert(cpu.flags & CPU_IF);
	key_arrives(psp);
}
END_TEST

/* An interrupt's handler on DOS's stack makes calls of its own.  */
START_TEST(an_interrupt_may_call_dos_while_a_call_waits)
{
	struct cpu waiting;
	uint16_t psp;

	wait_for_key();
	psp = dos_psp(&dos);
	waiting = cpu;
	set(CPU_SP, reg(CPU_SP) - 20);
	cpu.ip = 0x77;
	load(CPU_CS, TSR_STACK);
	set(CPU_DX, 'x');
	ck_assert(int21(0x0200));
	ck_assert(int21(0x1900));
	ck_assert_uint_eq(sda_r8(&dos, SDA_INDOS), 1);
	cpu = waiting;
	ck_assert_str_eq(screen, "x");
	key_arrives(psp);
}
END_TEST

/* The whole swappable data area is put aside, and another call waits at
 * the same time on the same stack.  */
START_TEST(a_resident_program_may_swap_the_data_area)
{
	uint8_t area[SDA_SIZE];
	struct cpu waiting;
	uint16_t psp;

	wait_for_key();
	psp = dos_psp(&dos);
	waiting = cpu;
	guest_copy_in(&guest, area, DOS_SEG, AT_SDA, sizeof area);

	load(CPU_SS, TSR_STACK);
	set(CPU_SP, 0x1000);
	load(CPU_CS, TSR_STACK);
	cpu.ip = 0x77;
	sda_w8(&dos, SDA_INDOS, 0);
	ck_assert(int21(0x3000));
	set(CPU_AX, 0x0800);
	ck_assert(!interrupt(0x21));
	ck_assert_uint_eq(guest.depth, 2);
	key('t');
	ck_assert(run_gates());
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 't');
	ck_assert_uint_eq(cpu.ip, 0x77);

	guest_copy_out(&guest, DOS_SEG, AT_SDA, area, sizeof area);
	cpu = waiting;
	key_arrives(psp);
}
END_TEST

START_TEST(what_a_program_left_unfinished_is_dropped_when_it_ends)
{
	set(CPU_AX, 0x0800);
	ck_assert(!interrupt(0x21));
	ck_assert_uint_eq(guest.depth, 1);
	/* An interrupt ends the program while it waits.  */
	set(CPU_AX, 0x4c03);
	ck_assert(!interrupt(0x21));
	ck_assert_int_eq(off_code, 3);
	ck_assert_uint_le(guest.depth, 1);	/* the gate of INT 22h's */
}
END_TEST

START_TEST(bare_functions_leave_no_trace)
{
	struct far user;

	int21(0x3000);
	user = sda_rfar(&dos, SDA_USER_STACK);
	guest_wfar(&guest, dos_psp(&dos), PSP_STACK, (struct far){ 1, 2 });
	ck_assert(int21(0x5100));
	ck_assert_uint_eq(reg(CPU_BX), dos_psp(&dos));
	ck_assert(int21(0x6200));
	ck_assert(int21(0x3305));
	ck_assert_uint_eq(reg(CPU_DX) & 0xff, 3);
	ck_assert(far_is(guest_rfar(&guest, dos_psp(&dos), PSP_STACK), (struct far){ 1, 2 }));
	ck_assert(far_is(sda_rfar(&dos, SDA_USER_STACK), user));
}
END_TEST

/* INT 2Fh with this AX; true for carry clear.  */
static bool int2f(uint16_t ax)
{
	set(CPU_AX, ax);
	ck_assert(interrupt(0x2f));
	return !(cpu.flags & CPU_CF);
}

/* 1226h to 1229h and 122Bh: AL of the function in CL or BP.  */
START_TEST(int_2fh_hands_file_functions_on)
{
	uint16_t psp = dos_psp(&dos);

	guest_copy_out(&guest, psp, 0x1000, "C:\\ROOT.COM", 12);
	set(CPU_DX, 0x1000);
	set(CPU_CX, 0);
	ck_assert(int2f(0x1226));
	set(CPU_BX, reg(CPU_AX));
	set(CPU_CX, 0);
	set(CPU_DX, 0);
	set(CPU_BP, 0x4202);
	ck_assert(int2f(0x1228));
	ck_assert_uint_eq(reg(CPU_AX), 1);
	set(CPU_BP, 0x4200);
	ck_assert(int2f(0x1228));
	set(CPU_CX, 5);
	set(CPU_DX, 0x1100);
	ck_assert(int2f(0x1229));
	ck_assert_uint_eq(reg(CPU_AX), 1);
	ck_assert_uint_eq(peek8(psp, 0x1100), 0xc3);
	set(CPU_BP, 0x4400);
	ck_assert(int2f(0x122b));
	ck_assert_uint_eq(reg(CPU_DX) & 0x80, 0);
	ck_assert(int2f(0x1227));
	ck_assert(!int2f(0x1227));
	ck_assert_uint_eq(reg(CPU_AX), DOS_BAD_HANDLE);
}
END_TEST

START_TEST(errors_are_known_in_detail_afterwards)
{
	guest_copy_out(&guest, dos_psp(&dos), 0x1000, "C:\\NO\\FILE", 11);
	set(CPU_DX, 0x1000);
	ck_assert(!int21(0x3d00));
	ck_assert_uint_eq(reg(CPU_AX), DOS_NO_PATH);
	ck_assert(int21(0x5900));
	ck_assert_uint_eq(reg(CPU_AX), DOS_NO_PATH);
	ck_assert_uint_eq(reg(CPU_BX), 8 << 8 | 3);	/* not found; ask the user */
	ck_assert_uint_eq(reg(CPU_CX) >> 8, 2);		/* a disk */
}
END_TEST

int main(void)
{
	return suite_run_each("dos int21", power_on, shut_down, (const TTest *[]){
		a_waiting_call_is_on_doss_own_stack,
		an_interrupt_may_call_dos_while_a_call_waits,
		a_resident_program_may_swap_the_data_area,
		what_a_program_left_unfinished_is_dropped_when_it_ends,
		bare_functions_leave_no_trace,
		int_2fh_hands_file_functions_on,
		errors_are_known_in_detail_afterwards,
		NULL });
}
