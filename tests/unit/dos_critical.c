/* dos_critical.c - INT 23h and INT 24h, as handlers see them.  */

#include "dos_kernel.h"

enum { HANDLER = 0x300, NAME = 0x1000 };

static enum dos_error refusal;

static enum dos_error refuse(void *disk, const char *path, unsigned mode, uint8_t attr,
			     drive_file *f, enum drive_did *did)
{
	(void)disk;
	(void)path;
	(void)mode;
	(void)attr;
	(void)f;
	(void)did;
	return refusal;
}

/* Drive C: is write-protected from now on.  */
static void setup_program(void)
{
	static struct drive_ops ops;

	begin_files();
	boot();
	refusal = DOS_WRITE_PROTECTED;
	ops = *drives[2].ops;
	ops.open = refuse;
	drives[2].ops = &ops;
	set(CPU_BX, 0x1000);
	ck_assert(int21(0x4a00));
	set(CPU_SP, 0xf000);
	guest_wfar(&guest, 0, 0x23 * 4, (struct far){ HANDLER, dos_psp(&dos) });
	guest_wfar(&guest, 0, 0x24 * 4, (struct far){ HANDLER, dos_psp(&dos) });
	empty_ring();
}

static void create_file(void)
{
	guest_copy_out(&guest, dos_psp(&dos), NAME, "C:\\NEW.TXT", 11);
	set(CPU_DX, NAME);
	set(CPU_CX, 0x20);
	set(CPU_SI, 0x5151);
	cpu.ip = 0x123;
	set(CPU_AX, 0x3c00);
	ck_assert(interrupt(0x21));
}

/* The handler ends with IRET, or with RETF.  */
static void handler_returns(bool iret)
{
	uint16_t ss = seg(CPU_SS), sp = reg(CPU_SP);

	ck_assert_uint_eq(cpu.ip, HANDLER);
	cpu.ip = peek(ss, sp);
	load(CPU_CS, peek(ss, sp + 2));
	if (iret)
		cpu.flags = peek(ss, sp + 4);
	set(CPU_SP, sp + (iret ? 6 : 4));
	run_gates();
}

START_TEST(int_24h_finds_the_callers_registers_on_his_stack)
{
	uint16_t ss, sp;

	create_file();
	ck_assert_uint_eq(cpu.ip, HANDLER);
	ss = seg(CPU_SS);
	sp = reg(CPU_SP);
	ck_assert_uint_eq(ss, dos_psp(&dos));
	ck_assert_uint_eq(peek(ss, sp + 6 + USER_AX), 0x3c00);
	ck_assert_uint_eq(peek(ss, sp + 6 + USER_DX), NAME);
	ck_assert_uint_eq(peek(ss, sp + 6 + USER_SI), 0x5151);
	ck_assert_uint_eq(peek(ss, sp + 6 + USER_IP), 0x123);
	ck_assert_uint_eq(peek(ss, sp + 6 + USER_CS), dos_psp(&dos));
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 2);
	ck_assert_uint_eq(reg(CPU_AX) >> 8 & 0x81, 0x01);	/* a disk, writing */
	ck_assert_uint_eq(reg(CPU_DI) & 0xff, 0);
	ck_assert_uint_eq(reg(CPU_BP), DRIVER_SEG);
	ck_assert_uint_eq(sda_r8(&dos, SDA_INDOS), 0);
	ck_assert_uint_eq(sda_r8(&dos, SDA_ERROR_MODE), 1);
}
END_TEST

START_TEST(fail_is_an_error_to_the_program)
{
	create_file();
	set(CPU_AX, 3);
	handler_returns(true);
	ck_assert_uint_eq(cpu.ip, 0x123);
	ck_assert(cpu.flags & CPU_CF);
	ck_assert_uint_eq(reg(CPU_AX), 5);
	ck_assert_uint_eq(reg(CPU_SI), 0x5151);
	ck_assert_uint_eq(reg(CPU_SP), 0xf000);
	ck_assert_uint_eq(sda_r8(&dos, SDA_INDOS), 0);
	ck_assert_uint_eq(sda_r8(&dos, SDA_ERROR_MODE), 0);
}
END_TEST

START_TEST(retry_tries_again)
{
	create_file();
	for (unsigned i = 0; i < 3; i++) {
		set(CPU_AX, 1);
		handler_returns(true);
		ck_assert_uint_eq(cpu.ip, HANDLER);
	}
	set(CPU_AX, 3);
	handler_returns(true);
	ck_assert_uint_eq(cpu.ip, 0x123);
}
END_TEST

static void open_file(uint16_t ax)
{
	guest_copy_out(&guest, dos_psp(&dos), NAME, "C:\\NEW.TXT", 11);
	set(CPU_DX, NAME);
	cpu.ip = 0x123;
	set(CPU_AX, ax);
	ck_assert(interrupt(0x21));
}

/* RBIL, table 01403: "C", open fails, INT 24h.  */
START_TEST(a_sharing_violation_in_compatibility_mode_asks_the_user)
{
	refusal = DOS_SHARING;
	open_file(0x3d00);
	ck_assert_uint_eq(cpu.ip, HANDLER);
	ck_assert_uint_eq(reg(CPU_DI) & 0xff, 0x0d);
	ck_assert_uint_eq(reg(CPU_AX) >> 8 & 0xb8, 0x18);	/* a disk; retry, fail, no ignore */
	set(CPU_AX, 1);
	handler_returns(true);
	ck_assert_uint_eq(cpu.ip, HANDLER);
	set(CPU_AX, 0);			/* ignore counts as fail */
	handler_returns(true);
	ck_assert_uint_eq(cpu.ip, 0x123);
	ck_assert(cpu.flags & CPU_CF);
	ck_assert_uint_eq(reg(CPU_AX), 5);
	create_file();
	ck_assert_uint_eq(cpu.ip, HANDLER);
}
END_TEST

START_TEST(a_sharing_violation_in_a_sharing_mode_is_an_error)
{
	refusal = DOS_SHARING;
	for (uint16_t share = 0x10; share <= 0x40; share += 0x10) {
		open_file(0x3d00 | share);
		ck_assert_uint_eq(cpu.ip, 0x123);
		ck_assert(cpu.flags & CPU_CF);
		ck_assert_uint_eq(reg(CPU_AX), 5);
		ck_assert_uint_eq(sda_r16(&dos, SDA_ERROR), 32);
	}
}
END_TEST

START_TEST(abort_ends_the_program)
{
	create_file();
	set(CPU_AX, 2);
	handler_returns(true);
	ck_assert_int_eq(off_code, 0);
	ck_assert_int_eq(off_how, DOS_HOW_CRITICAL);
}
END_TEST

START_TEST(a_handler_may_write_to_the_screen)
{
	create_file();
	set(CPU_DX, 'x');
	ck_assert(int21(0x0200));
	ck_assert_str_eq(screen, "x");
	set(CPU_AX, 3);
	handler_returns(true);
	ck_assert_uint_eq(cpu.ip, 0x123);
}
END_TEST

START_TEST(a_handler_may_go_back_to_the_program_by_itself)
{
	create_file();
	set(CPU_SP, 0xf000);		/* it takes all from the stack */
	cpu.ip = 0x123;
	ck_assert(int21(0x3000));
	ck_assert_uint_eq(guest.depth, 0);
	ck_assert_uint_eq(sda_r8(&dos, SDA_INDOS), 0);
}
END_TEST

static void press_ctrl_c(void)
{
	key(3);
	set(CPU_SI, 0x5151);
	set(CPU_AX, 0x0800);
	cpu.ip = 0x123;
	cpu.flags |= CPU_IF;
	interrupt(0x21);
	ck_assert_str_eq(screen, "^C\r\n");
	ck_assert_uint_eq(cpu.ip, HANDLER);
	ck_assert_uint_eq(reg(CPU_AX), 0x0800);
	ck_assert_uint_eq(reg(CPU_SI), 0x5151);
	ck_assert_uint_eq(seg(CPU_SS), dos_psp(&dos));
	ck_assert_uint_eq(sda_r8(&dos, SDA_INDOS), 0);
}

/* The call is over as if nobody had pressed Ctrl-C.  */
static void expect_key_read(void)
{
	ck_assert_uint_eq(cpu.ip, 0x123);
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 'k');
	ck_assert_uint_eq(reg(CPU_SP), 0xf000);
}

START_TEST(a_break_handler_that_irets_has_the_call_made_anew)
{
	press_ctrl_c();
	key('k');
	handler_returns(true);
	expect_key_read();
}
END_TEST

START_TEST(a_far_return_without_carry_does_the_same)
{
	press_ctrl_c();
	key('k');
	cpu.flags &= ~(uint32_t)CPU_CF;
	handler_returns(false);
	expect_key_read();
}
END_TEST

START_TEST(a_far_return_with_carry_ends_the_program)
{
	press_ctrl_c();
	cpu.flags |= CPU_CF;
	handler_returns(false);
	ck_assert_int_eq(off_code, 0);
	ck_assert_int_eq(off_how, DOS_HOW_CTRL_C);
}
END_TEST

START_TEST(a_break_handler_may_jump_away)
{
	press_ctrl_c();
	set(CPU_SP, 0xf000);
	ck_assert(int21(0x3000));
	ck_assert_uint_eq(guest.depth, 0);
}
END_TEST

START_TEST(with_break_on_every_call_looks_for_ctrl_c)
{
	key(3);
	ck_assert(int21(0x3000));	/* off: nothing */
	set(CPU_DX, 1);
	ck_assert(int21(0x3301));
	cpu.ip = 0x123;
	set(CPU_AX, 0x3000);
	interrupt(0x21);
	ck_assert_uint_eq(cpu.ip, HANDLER);
	handler_returns(true);
	ck_assert_uint_eq(cpu.ip, 0x123);
	ck_assert_uint_eq(reg(CPU_AX), 6 | 22 << 8);
}
END_TEST

START_TEST(a_program_without_a_shell_ends_by_ctrl_c)
{
	guest_wfar(&guest, 0, 0x23 * 4, guest_gate_far(0x23));
	key(3);
	set(CPU_AX, 0x0100);
	ck_assert(!interrupt(0x21));
	ck_assert_int_eq(off_how, DOS_HOW_CTRL_C);
}
END_TEST

int main(void)
{
	return suite_run_each("dos critical", setup_program, shut_down, (const TTest *[]){
		int_24h_finds_the_callers_registers_on_his_stack,
		fail_is_an_error_to_the_program,
		retry_tries_again,
		a_sharing_violation_in_compatibility_mode_asks_the_user,
		a_sharing_violation_in_a_sharing_mode_is_an_error,
		abort_ends_the_program,
		a_handler_may_write_to_the_screen,
		a_handler_may_go_back_to_the_program_by_itself,
		a_break_handler_that_irets_has_the_call_made_anew,
		a_far_return_without_carry_does_the_same,
		a_far_return_with_carry_ends_the_program,
		a_break_handler_may_jump_away,
		with_break_on_every_call_looks_for_ctrl_c,
		a_program_without_a_shell_ends_by_ctrl_c,
		NULL });
}
