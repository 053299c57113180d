/* cpu_live.c - x87 instructions in the interpreter, which may let the host
 * execute them: where the state is, and what becomes of errors.  */

#include "cpu_rig.h"

#define DATA	0x1080u		/* beside the code */
#define FAR	0x3000u		/* not so */
#define ONES	0x11111111u

#define TOP	(cpu.fpu.status >> 11 & 7)

static void start(const uint8_t *program, size_t n)
{
	power_on(CPU_80486);
	cpu.has_fpu = true;
	cpu_reset(&cpu);
	cpu.cr[0] |= CR0_NE;
	cpu_load_real(&cpu, CPU_CS, 0);
	cpu.ip = CODE;
	cpu.reg[CPU_SP] = 0xff00;
	poke(CODE, program, n);
}

#define START(...) do { \
	const uint8_t program[] = { __VA_ARGS__, 0xf4 }; \
	start(program, sizeof program); \
} while (0)

START_TEST(a_computation_goes_on_in_the_next_run)
{
	START(0xd9, 0xe8, 0xd9, 0xe8,			/* fld1; fld1 */
	      0xf4, 0xde, 0xc1,				/* hlt; faddp */
	      0xdf, 0x1e, 0x00, 0x30);			/* fistp word [3000h] */
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_uint_eq(TOP, 6);
	ck_assert_uint_eq(cpu.fpu.st[6].sexp, 0x3fff);
	ck_assert_uint_eq(cpu.fpu.tag >> 12, 0);
	cpu.fpu.st[6].sexp = 0x4000;			/* somebody makes it 2 */
	cpu.halted = false;
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_uint_eq(bus_read(&bus, FAR, 2), 3);
	ck_assert_uint_eq(TOP, 0);
	power_off();
}
END_TEST

/* 1e300 as a single, with overflow unmasked.  */
static void overflow_to(unsigned at)
{
	START(0xd9, 0x2e, 0x80, 0x10,			/* fldcw [1080h] */
	      0xdd, 0x06, 0x88, 0x10,			/* fld qword [1088h] */
	      0xd9, 0x1e, at, at >> 8,			/* fstp dword [at] */
	      0xd9, 0xd0);				/* fnop */
	bus_write(&bus, DATA, 0x377, 2);
	bus_write(&bus, DATA + 8, 0x8800759c, 4);
	bus_write(&bus, DATA + 12, 0x7e37e43c, 4);
	bus_write(&bus, at, ONES, 4);
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_int_eq(ended_in(), 16);
	ck_assert_uint_eq(stack_word(0), CODE + 12);
	ck_assert_uint_eq(bus_read(&bus, at, 4), ONES);
	ck_assert_uint_eq(TOP, 7);
	ck_assert_uint_eq(cpu.fpu.status & 0xff, FPU_OE | FPU_ES);
	power_off();
}

START_TEST(a_result_that_an_error_holds_back_is_not_stored)
{
	overflow_to(FAR);
	overflow_to(DATA + 0x10);
}
END_TEST

START_TEST(results_are_stored_beside_code_and_read_there)
{
	START(0xd9, 0xe8,				/* fld1 */
	      0xdd, 0x1e, 0x80, 0x10,			/* fstp qword [1080h] */
	      0xdd, 0x06, 0x80, 0x10,			/* fld qword [1080h] */
	      0xdc, 0x06, 0x80, 0x10,			/* fadd qword [1080h] */
	      0xdb, 0x3e, 0x90, 0x10,			/* fstp tbyte [1090h] */
	      0xd9, 0x3e, 0xa0, 0x10,			/* fnstcw [10a0h] */
	      0xdd, 0x3e, 0xa2, 0x10);			/* fnstsw [10a2h] */
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_uint_eq(bus_read(&bus, DATA + 4, 4), 0x3ff00000);
	ck_assert_uint_eq(bus_read(&bus, DATA + 0x18, 2), 0x4000);
	ck_assert_uint_eq(bus_read(&bus, DATA + 0x20, 4), 0x37f);
	power_off();
}
END_TEST

START_TEST(a_store_that_faults_has_changed_nothing)
{
	START(0xd9, 0xeb,				/* fldpi */
	      0xd9, 0x1e, 0xfd, 0xff);			/* fstp dword [fffdh] */
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_int_eq(ended_in(), 13);
	ck_assert_uint_eq(TOP, 7);
	ck_assert_uint_eq(cpu.fpu.status & FPU_EXCEPTIONS, 0);
	ck_assert_uint_eq(cpu.fpu.last_ip, CODE);
	power_off();
}
END_TEST

START_TEST(an_old_exception_becomes_an_error_when_its_mask_goes)
{
	START(0xd9, 0xe8, 0xd9, 0xeb, 0xde, 0xf9,	/* fld1; fldpi; fdivp */
	      0xd9, 0x2e, 0x80, 0x10,			/* fldcw [1080h] */
	      0x9b);					/* wait */
	bus_write(&bus, DATA, 0x35f, 2);
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_int_eq(ended_in(), 16);
	ck_assert_uint_eq(stack_word(0), CODE + 10);
	ck_assert_uint_eq(cpu.fpu.control, 0x35f);
	power_off();
}
END_TEST

START_TEST(the_x87_can_be_taken_away_between_two_instructions)
{
	START(0xd9, 0xe8,				/* fld1 */
	      0x0f, 0x20, 0xc0, 0x0c, 0x08,		/* mov eax,cr0; or al,8 */
	      0x0f, 0x22, 0xc0,				/* mov cr0,eax: TS */
	      0xd8, 0xc0);				/* fadd st,st */
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_int_eq(ended_in(), 7);
	ck_assert_uint_eq(cpu.fpu.st[7].sexp, 0x3fff);
	power_off();
}
END_TEST

/* A snapshot can say so; no processor can.  */
START_TEST(an_exception_without_a_mask_and_without_an_error_is_harmless)
{
	START(0xd9, 0xe8, 0xd8, 0xc0);			/* fld1; fadd st,st */
	cpu.fpu.control = 0x340;
	cpu.fpu.status = FPU_EXCEPTIONS;
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.fpu.st[7].sexp, 0x4000);
	power_off();
}
END_TEST

int main(void)
{
	return suite_run("cpu/live", (const TTest *[]){
		a_computation_goes_on_in_the_next_run,
		a_result_that_an_error_holds_back_is_not_stored,
		results_are_stored_beside_code_and_read_there,
		a_store_that_faults_has_changed_nothing,
		an_old_exception_becomes_an_error_when_its_mask_goes,
		the_x87_can_be_taken_away_between_two_instructions,
		an_exception_without_a_mask_and_without_an_error_is_harmless,
		NULL });
}
