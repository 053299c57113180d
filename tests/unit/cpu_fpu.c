/* cpu_fpu.c - the x87's behaviour beside its arithmetic: the register
 * stack, errors and who hears of them, environments, models.  (Arithmetic:
 * tests/cpu/fpu_vectors and fpu_native.)  */

#include "../cpu/fpu_board.h"
#include "state/state.h"
#include "suite.h"

enum { VM = CPU_VM };

static struct board board;

static struct fpu *power_on(enum cpu_model model)
{
	board_power_on(&board, model);
	return &board.cpu.fpu;
}

static int run(unsigned op, unsigned modrm)
{
	return board_run(&board, op, modrm, 0x100, false);
}

static uint64_t ram(uint32_t off, unsigned size)
{
	return cpu_load(board.ram + off, size);
}

static void poke(uint32_t off, uint64_t value, unsigned size)
{
	cpu_store(board.ram + off, value, size);
}

static void load_control(uint16_t control)
{
	poke(0x100, control, 2);
	ck_assert_int_eq(run(0xd9, 0x2e), NO_FAULT);
}

static void load_int(int64_t value)
{
	poke(0x100, value, 8);
	ck_assert_int_eq(run(0xdf, 0x2e), NO_FAULT);
}

static void load_real(uint16_t sexp, uint64_t mant)
{
	poke(0x100, mant, 8);
	poke(0x108, sexp, 2);
	ck_assert_int_eq(run(0xdb, 0x2e), NO_FAULT);
}

static int64_t store_int(void)
{
	ck_assert_int_eq(run(0xdf, 0x3e), NO_FAULT);
	return ram(0x100, 8);
}

enum { FLD1 = 0xe8, FLDZ = 0xee, FLDPI = 0xeb };

static unsigned top(void)
{
	return board.cpu.fpu.status >> 11 & 7;
}

static const struct fpu_reg *st(unsigned i)
{
	return &board.cpu.fpu.st[(top() + i) & 7];
}

static bool is_indefinite(const struct fpu_reg *r)
{
	return r->sexp == 0xffff && r->mant == 0xc000000000000000;
}

/* 1 / 0 with the division by zero unmasked.  */
static void divide_by_zero(void)
{
	load_control(0x37b);
	run(0xd9, FLD1);
	run(0xd9, FLDZ);
	run(0xd8, 0xf9);			/* fdivr st, st(1) */
}

START_TEST(a_push_on_a_full_stack_pushes_the_indefinite_and_sets_c1)
{
	struct fpu *fpu = power_on(CPU_80486);

	for (unsigned i = 0; i < 8; i++)
		run(0xd9, FLD1);
	ck_assert_uint_eq(fpu->status, 0);
	ck_assert_uint_eq(fpu->tag, 0);
	run(0xd9, FLDPI);
	ck_assert_uint_eq(fpu->status, 7 << 11 | FPU_C1 | FPU_SF | FPU_IE);
	ck_assert(is_indefinite(st(0)));
}
END_TEST

START_TEST(reading_an_empty_register_gives_the_indefinite_and_clears_c1)
{
	struct fpu *fpu = power_on(CPU_80486);

	run(0xd9, FLD1);
	fpu->status |= FPU_C1;
	run(0xd8, 0xc3);			/* fadd st, st(3) */
	ck_assert_uint_eq(fpu->status, 7 << 11 | FPU_SF | FPU_IE);
	ck_assert(is_indefinite(st(0)));
}
END_TEST

START_TEST(an_unmasked_stack_fault_changes_only_the_status)
{
	struct fpu *fpu = power_on(CPU_80486);

	load_control(0x37e);
	for (unsigned i = 0; i < 8; i++)
		run(0xd9, FLD1);
	run(0xd9, FLDPI);
	ck_assert_uint_eq(fpu->status,
			  FPU_BUSY | FPU_ES | FPU_C1 | FPU_SF | FPU_IE);
	ck_assert_uint_eq(st(0)->mant, 1ull << 63);
}
END_TEST

START_TEST(before_the_387_a_stack_fault_is_just_invalid)
{
	struct fpu *fpu = power_on(CPU_80286);

	run(0xd9, 0xe0);			/* fchs */
	ck_assert_uint_eq(fpu->status, FPU_IE);
	ck_assert(is_indefinite(st(0)));
}
END_TEST

START_TEST(an_empty_register_compares_as_unordered_and_is_popped_if_masked)
{
	struct fpu *fpu = power_on(CPU_80486);

	run(0xd8, 0xd9);			/* fcomp */
	ck_assert_uint_eq(fpu->status, 1 << 11 | FPU_C3 | FPU_C2 | FPU_C0 | FPU_SF | FPU_IE);
	power_on(CPU_80486);
	load_control(0x37e);
	run(0xd8, 0xd9);
	ck_assert_uint_eq(top(), 0);
}
END_TEST

START_TEST(tags_are_worked_out_from_the_registers)
{
	power_on(CPU_80486);
	load_real(0x3fff, 1ull << 63);		/* valid */
	run(0xd9, FLDZ);
	load_real(0x7fff, 1ull << 63);		/* infinity: special */
	load_real(0, 1);			/* denormal: special */
	load_real(0x3fff, 1);			/* unnormal: special */
	run(0xd9, 0x36);			/* fnstenv */
	ck_assert_uint_eq(ram(0x104, 2), 0 << 14 | 1 << 12 | 2 << 10 | 2 << 8 | 2 << 6 | 0x3f);
}
END_TEST

/* fadd dword ds:[1234h] at 4321:0567, in each of the environment's four
 * layouts.  */
static void remember_an_instruction(uint32_t cr0, uint32_t flags)
{
	power_on(CPU_80486);
	board.cpu.cr[0] = cr0;
	board.cpu.flags = flags;
	board.cpu.seg[CPU_CS].sel = 0x4321;
	board.cpu.seg[CPU_DS].sel = 0x8765;
	run(0xd9, FLD1);
	board.insn_ip = 0x567;
	poke(0x1234, 0x40000000, 4);		/* 2.0f */
	board_run(&board, 0xd8, 0x06, 0x1234, false);
}

static void expect_env(const uint32_t *want, bool op32)
{
	unsigned size = op32 ? 4 : 2;

	ck_assert_int_eq(board_run(&board, 0xd9, 0x36, 0x200, op32), NO_FAULT);
	for (unsigned i = 0; i < 7; i++)
		ck_assert_msg(ram(0x200 + size * i, size) == want[i],
			      "field %u: %x, not %x", i,
			      (unsigned)ram(0x200 + size * i, size), (unsigned)want[i]);
}

START_TEST(the_environment_has_a_16_bit_real_layout)
{
	remember_an_instruction(0, 0);
	expect_env((uint32_t[]){ 0x37f, 0x3800, 0x3fff,
		0x3777, 0x4006, 0x8884, 0x8000 }, false);	/* 43210+567, 87650+1234 */
	remember_an_instruction(CR0_PE, VM);
	expect_env((uint32_t[]){ 0x37f, 0x3800, 0x3fff,
		0x3777, 0x4006, 0x8884, 0x8000 }, false);
}
END_TEST

START_TEST(the_environment_has_a_32_bit_real_layout)
{
	remember_an_instruction(0, 0);
	expect_env((uint32_t[]){ 0xffff037f, 0xffff3800, 0xffff3fff,
		0xffff3777, 0x4006, 0xffff8884, 0x8000 }, true);
}
END_TEST

START_TEST(the_environment_has_a_16_bit_protected_layout)
{
	remember_an_instruction(CR0_PE, 0);
	expect_env((uint32_t[]){ 0x37f, 0x3800, 0x3fff,
		0x567, 0x4321, 0x1234, 0x8765 }, false);
}
END_TEST

START_TEST(the_environment_has_a_32_bit_protected_layout)
{
	remember_an_instruction(CR0_PE, 0);
	expect_env((uint32_t[]){ 0xffff037f, 0xffff3800, 0xffff3fff,
		0x567, 0x00064321, 0x1234, 0xffff8765 }, true);
}
END_TEST

START_TEST(an_environment_comes_back_as_it_went)
{
	static const struct { uint32_t cr0; bool op32; } mode[] = {
		{ 0, false }, { 0, true }, { CR0_PE, false }, { CR0_PE, true },
	};

	for (unsigned i = 0; i < 4; i++) {
		uint8_t saved[28];

		remember_an_instruction(mode[i].cr0, 0);
		board_run(&board, 0xd9, 0x36, 0x200, mode[i].op32);
		memcpy(saved, board.ram + 0x200, sizeof saved);
		run(0xdb, 0xe3);		/* fninit */
		board_run(&board, 0xd9, 0x26, 0x200, mode[i].op32);
		board_run(&board, 0xd9, 0x36, 0x200, mode[i].op32);
		ck_assert_mem_eq(saved, board.ram + 0x200, sizeof saved);
	}
}
END_TEST

START_TEST(control_instructions_leave_the_pointers_alone)
{
	struct fpu *fpu;

	remember_an_instruction(0, 0);
	fpu = &board.cpu.fpu;
	board.insn_ip = 0x999;
	load_control(0x27f);
	run(0xd9, 0x3e);			/* fnstcw */
	run(0xdd, 0x3e);			/* fnstsw */
	run(0xdf, 0xe0);			/* fnstsw ax */
	run(0xdb, 0xe2);			/* fnclex */
	ck_assert_uint_eq(fpu->last_ip, 0x567);
	ck_assert_uint_eq(fpu->last_dp, 0x1234);
	ck_assert_uint_eq(fpu->last_op, 0x006);
	run(0xd9, 0xe0);			/* fchs: no operand, no new data pointer */
	ck_assert_uint_eq(fpu->last_ip, 0x999);
	ck_assert_uint_eq(fpu->last_op, 0x1e0);
	ck_assert_uint_eq(fpu->last_dp, 0x1234);
}
END_TEST

START_TEST(fnstenv_masks_all_exceptions)
{
	struct fpu *fpu = power_on(CPU_80486);

	divide_by_zero();
	ck_assert_int_eq(run(0xd9, 0x36), NO_FAULT);
	ck_assert_uint_eq(ram(0x100, 2), 0x37b);
	ck_assert_uint_eq(ram(0x102, 2) & FPU_ES, FPU_ES);
	ck_assert_uint_eq(fpu->control, 0x37f);
	ck_assert_uint_eq(fpu->status & (FPU_ES | FPU_BUSY), 0);
}
END_TEST

START_TEST(fnsave_stores_everything_and_initialises)
{
	struct fpu *fpu = power_on(CPU_80486);

	load_control(0x27f);
	run(0xd9, FLDZ);
	run(0xd9, FLDPI);
	board_run(&board, 0xdd, 0x36, 0x400, false);
	ck_assert_uint_eq(ram(0x400, 2), 0x27f);
	ck_assert_uint_eq(ram(0x400 + 14, 8), 0xc90fdaa22168c235);	/* ST(0) first */
	ck_assert_uint_eq(ram(0x400 + 22, 2), 0x4000);
	ck_assert_uint_eq(ram(0x400 + 24, 8), 0);
	ck_assert_uint_eq(fpu->control, 0x37f);
	ck_assert_uint_eq(fpu->status, 0);
	ck_assert_uint_eq(fpu->tag, 0xffff);

	board_run(&board, 0xdd, 0x26, 0x400, false);			/* frstor */
	ck_assert_uint_eq(top(), 6);
	ck_assert_uint_eq(st(0)->mant, 0xc90fdaa22168c235);
	ck_assert_uint_eq(fpu->control, 0x27f);
}
END_TEST

START_TEST(a_loaded_environment_can_bring_an_error_with_it)
{
	struct fpu *fpu = power_on(CPU_80486);

	run(0xd9, 0x36);			/* fnstenv */
	poke(0x100, 0x37b, 2);
	poke(0x102, FPU_ZE, 2);
	run(0xd9, 0x26);			/* fldenv */
	ck_assert_uint_eq(fpu->status, FPU_BUSY | FPU_ES | FPU_ZE);
	ck_assert(board.irq);
}
END_TEST

START_TEST(fbstp_writes_packed_decimal)
{
	struct fpu *fpu = power_on(CPU_80486);

	load_int(-123456789012345678);
	ck_assert_int_eq(run(0xdf, 0x36), NO_FAULT);
	ck_assert_uint_eq(ram(0x100, 8), 0x3456789012345678);
	ck_assert_uint_eq(ram(0x108, 2), 0x8012);
	ck_assert_uint_eq(fpu->tag, 0xffff);
	run(0xdf, 0x26);			/* fbld */
	ck_assert_int_eq(store_int(), -123456789012345678);
}
END_TEST

START_TEST(fbstp_of_too_large_a_number_writes_the_indefinite)
{
	struct fpu *fpu = power_on(CPU_80486);

	load_int(1000000000000000000);
	run(0xdf, 0x36);
	ck_assert_uint_eq(fpu->status & FPU_EXCEPTIONS, FPU_IE);
	ck_assert_uint_eq(ram(0x100, 8), 0xc000000000000000);
	ck_assert_uint_eq(ram(0x108, 2), 0xffff);
}
END_TEST

/* The quotient's low three bits are C0, C3, C1.  */
static unsigned quotient(void)
{
	uint16_t s = board.cpu.fpu.status;

	return (s & FPU_C0 ? 4 : 0) | (s & FPU_C3 ? 2 : 0) | (s & FPU_C1 ? 1 : 0);
}

START_TEST(fprem_gives_remainder_and_quotient_bits)
{
	for (int n = 0; n < 40; n++) {
		power_on(CPU_80486);
		load_int(5);
		load_int(n);
		run(0xd9, 0xf8);
		ck_assert_uint_eq(quotient(), n / 5 & 7);
		ck_assert_uint_eq(board.cpu.fpu.status & FPU_C2, 0);
		ck_assert_int_eq(store_int(), n % 5);
	}
}
END_TEST

START_TEST(fprem1_rounds_the_quotient_to_nearest)
{
	power_on(CPU_80486);
	load_int(5);
	load_int(13);				/* 13 = 3 * 5 - 2 */
	run(0xd9, 0xf5);
	ck_assert_uint_eq(quotient(), 3);
	ck_assert_int_eq(store_int(), -2);
}
END_TEST

START_TEST(fprem_of_far_operands_takes_rounds)
{
	unsigned rounds = 0;

	power_on(CPU_80486);
	load_int(3);
	load_real(0x3fff + 1000, 1ull << 63);	/* 2^1000 mod 3 = 1 */
	do {
		run(0xd9, 0xf8);
		rounds++;
	} while (board.cpu.fpu.status & FPU_C2);
	ck_assert_uint_gt(rounds, 1);
	ck_assert_int_eq(store_int(), 1);
}
END_TEST

START_TEST(with_ne_an_error_faults_at_the_next_waiting_instruction)
{
	struct fpu *fpu = power_on(CPU_80486);

	board.cpu.cr[0] = CR0_NE;
	divide_by_zero();			/* is not itself a fault */
	ck_assert_uint_eq(fpu->status & (FPU_ES | FPU_ZE), FPU_ES | FPU_ZE);
	ck_assert_int_eq(run(0xdd, 0x3e), NO_FAULT);		/* fnstsw */
	ck_assert_int_eq(run(0xd9, FLD1), EXC_MF);
	ck_assert_int_eq(board_wait(&board), EXC_MF);
	ck_assert_uint_eq(board.edges, 0);
	run(0xdb, 0xe2);			/* fnclex */
	ck_assert_int_eq(board_wait(&board), NO_FAULT);
}
END_TEST

START_TEST(without_ne_an_error_requests_an_interrupt_and_the_next_instruction_waits)
{
	struct fpu *fpu = power_on(CPU_80386);

	divide_by_zero();
	ck_assert(board.irq);
	ck_assert_int_eq(board_wait(&board), STALLED);
	ck_assert_int_eq(run(0xd9, FLD1), STALLED);
	ck_assert_uint_eq(board.edges, 1);

	/* The handler: OUT 0F0h, AL lets it use the unit again.  */
	fpu_acknowledge(fpu);
	ck_assert(!board.irq);
	ck_assert_int_eq(board_wait(&board), NO_FAULT);
	ck_assert_int_eq(run(0xd9, FLD1), NO_FAULT);
	run(0xdb, 0xe2);
	ck_assert_int_eq(board_wait(&board), NO_FAULT);

	/* And the next error is a new one.  */
	divide_by_zero();
	ck_assert(board.irq);
	ck_assert_int_eq(board_wait(&board), STALLED);
}
END_TEST

START_TEST(port_f0_acknowledges_the_error_and_port_f1_resets_a_387)
{
	static struct bus bus;
	struct fpu *fpu = power_on(CPU_80386);

	board.cpu.bus = &bus;
	fpu_attach(&board.cpu, fpu->ferr);
	divide_by_zero();
	ck_assert(board.irq);
	bus_out(&bus, 0xf0, 0, 1);
	ck_assert(!board.irq);
	ck_assert_int_eq(board_wait(&board), NO_FAULT);
	ck_assert_uint_eq(fpu->status & FPU_ZE, FPU_ZE);
	bus_out(&bus, 0xf1, 0, 1);
	ck_assert_uint_eq(fpu->status, 0);
	ck_assert_uint_eq(fpu->tag, 0xffff);
	divide_by_zero();
	ck_assert(board.irq);
}
END_TEST

START_TEST(an_operand_of_an_unmasked_exception_stays)
{
	power_on(CPU_80486);
	divide_by_zero();
	ck_assert_uint_eq(top(), 6);
	ck_assert_uint_eq(st(0)->mant, 0);
	ck_assert_uint_eq(st(1)->sexp, 0x3fff);
}
END_TEST

START_TEST(an_unmasked_overflow_keeps_memory_and_stack)
{
	struct fpu *fpu = power_on(CPU_80486);

	load_control(0x377);
	load_real(0x7000, 1ull << 63);
	poke(0x100, 0x12345678, 4);
	run(0xd9, 0x1e);			/* fstp dword */
	ck_assert_uint_eq(ram(0x100, 4), 0x12345678);
	ck_assert_uint_eq(fpu->status & (FPU_ES | FPU_OE), FPU_ES | FPU_OE);
	ck_assert_uint_eq(top(), 7);
}
END_TEST

START_TEST(unmasking_a_flag_that_is_set_is_an_error)
{
	struct fpu *fpu = power_on(CPU_80486);

	run(0xd9, FLD1);
	run(0xd9, FLDZ);
	run(0xd8, 0xf9);			/* masked division by zero */
	ck_assert_uint_eq(fpu->status & (FPU_ES | FPU_ZE), FPU_ZE);
	load_control(0x37b);
	ck_assert_uint_eq(fpu->status & FPU_ES, FPU_ES);
	ck_assert_int_eq(board_wait(&board), STALLED);
}
END_TEST

START_TEST(the_8087_can_mask_its_interrupt)
{
	struct fpu *fpu = power_on(CPU_8086);

	ck_assert_uint_eq(fpu->control, 0x3ff);
	divide_by_zero();			/* FLDCW 037Bh leaves IEM clear */
	ck_assert(board.irq);
	run(0xdb, 0xe1);			/* fndisi */
	ck_assert_int_eq(board_wait(&board), NO_FAULT);
	run(0xdb, 0xe0);			/* fneni */
	ck_assert_int_eq(board_wait(&board), STALLED);
	run(0xdb, 0xe2);			/* fnclex: INT is not latched */
	ck_assert(!board.irq);

	fpu = power_on(CPU_80386);
	run(0xdb, 0xe1);
	ck_assert_uint_eq(fpu->control, 0x37f);
}
END_TEST

START_TEST(em_and_ts_make_every_escape_fault)
{
	power_on(CPU_80486);
	board.cpu.cr[0] = CR0_EM;
	ck_assert_int_eq(run(0xdb, 0xe3), EXC_NM);
	ck_assert_int_eq(board_wait(&board), NO_FAULT);
	board.cpu.cr[0] = CR0_TS;
	ck_assert_int_eq(run(0xdb, 0xe3), EXC_NM);
	ck_assert_int_eq(board_wait(&board), NO_FAULT);
	board.cpu.cr[0] = CR0_TS | CR0_MP;
	ck_assert_int_eq(board_wait(&board), EXC_NM);
}
END_TEST

START_TEST(without_a_coprocessor_nothing_happens)
{
	power_on(CPU_80386);
	board.cpu.has_fpu = false;
	poke(0x100, 0x5a5a, 2);
	cpu_set16(&board.cpu, CPU_AX, 0x5a5a);
	run(0xdb, 0xe3);			/* fninit */
	run(0xdd, 0x3e);			/* fnstsw [mem] */
	run(0xdf, 0xe0);			/* fnstsw ax */
	ck_assert_uint_eq(ram(0x100, 2), 0x5a5a);
	ck_assert_uint_eq(cpu_get16(&board.cpu, CPU_AX), 0x5a5a);
	ck_assert_int_eq(board_wait(&board), NO_FAULT);
}
END_TEST

START_TEST(a_model_has_the_instructions_of_its_time)
{
	static const struct { uint8_t op, modrm; enum cpu_model since; } insn[] = {
		{ 0xdf, 0xe0, CPU_80286 },	/* fnstsw ax */
		{ 0xd9, 0xfe, CPU_80386 },	/* fsin */
		{ 0xd9, 0xf5, CPU_80386 },	/* fprem1 */
		{ 0xda, 0xe9, CPU_80386 },	/* fucompp */
	};

	for (unsigned i = 0; i < sizeof insn / sizeof *insn; i++)
		for (unsigned model = CPU_8086; model <= CPU_PENTIUM; model++) {
			struct fpu *fpu = power_on(model);

			cpu_set16(&board.cpu, CPU_AX, 0x5a5a);
			ck_assert_int_eq(run(insn[i].op, insn[i].modrm), NO_FAULT);
			ck_assert_int_eq(fpu->status || cpu_get16(&board.cpu, CPU_AX) != 0x5a5a,
					 model >= insn[i].since);
		}
}
END_TEST

START_TEST(what_the_pentium_pro_brought_is_invalid_since_the_486_and_ignored_before)
{
	static const struct { uint8_t op, modrm; } insn[] = {
		{ 0xda, 0xc1 },			/* fcmovb */
		{ 0xdb, 0xf1 },			/* fcomi */
		{ 0xdf, 0xe9 },			/* fucomip */
		{ 0xdb, 0x0e },			/* fisttp */
		{ 0xd9, 0xd1 }, { 0xd9, 0xe2 }, { 0xd9, 0xef }, { 0xdd, 0xf0 },
		{ 0xd9, 0x0e }, { 0xdb, 0x26 }, { 0xdd, 0x2e },
	};

	for (unsigned i = 0; i < sizeof insn / sizeof *insn; i++) {
		power_on(CPU_80386);
		ck_assert_int_eq(run(insn[i].op, insn[i].modrm), NO_FAULT);
		power_on(CPU_80486);
		ck_assert_int_eq(run(insn[i].op, insn[i].modrm), EXC_UD);
		power_on(CPU_PENTIUM);
		ck_assert_int_eq(run(insn[i].op, insn[i].modrm), EXC_UD);
	}
}
END_TEST

/* How every program tells a 287 from a 387.  */
static unsigned compare_infinities(enum cpu_model model, uint16_t control)
{
	power_on(model);
	load_control(control);
	run(0xd9, FLD1);
	run(0xd9, FLDZ);
	run(0xde, 0xf9);			/* fdivp: infinity */
	run(0xd9, 0xc0);
	run(0xd9, 0xe0);			/* fchs */
	run(0xde, 0xd9);			/* fcompp */
	return board.cpu.fpu.status & (FPU_C0 | FPU_C2 | FPU_C3);
}

START_TEST(infinities_are_equal_on_a_287_and_different_on_a_387)
{
	ck_assert_uint_eq(compare_infinities(CPU_8086, 0x37f), FPU_C3);
	ck_assert_uint_eq(compare_infinities(CPU_80286, 0x37f), FPU_C3);
	ck_assert_uint_eq(compare_infinities(CPU_80286, 0x137f), FPU_C0);
	ck_assert_uint_eq(compare_infinities(CPU_80386, 0x37f), FPU_C0);
	ck_assert_uint_eq(compare_infinities(CPU_80486, 0x37f), FPU_C0);
}
END_TEST

START_TEST(reserved_control_bits_read_as_the_model_has_them)
{
	struct fpu *fpu = power_on(CPU_80486);

	load_control(0xffff);
	ck_assert_uint_eq(fpu->control, 0x1f7f);
	load_control(0);
	ck_assert_uint_eq(fpu->control, 0x0040);
}
END_TEST

START_TEST(a_store_that_faults_has_changed_nothing)
{
	static const struct { uint8_t op, modrm; unsigned size; } insn[] = {
		{ 0xd9, 0x1e, 4 }, { 0xdd, 0x1e, 8 }, { 0xdb, 0x3e, 10 }, { 0xdf, 0x1e, 2 },
		{ 0xdf, 0x3e, 8 }, { 0xdf, 0x36, 10 }, { 0xd9, 0x36, 14 }, { 0xdd, 0x36, 94 },
		{ 0xd9, 0x3e, 2 }, { 0xdd, 0x3e, 2 },
	};

	for (unsigned i = 0; i < sizeof insn / sizeof *insn; i++)
		for (unsigned fit = 0; fit < insn[i].size; fit++) {
			struct fpu *fpu = power_on(CPU_80486), before;

			run(0xd9, FLDPI);
			memset(board.ram + 0x100, 0xa5, 0x100);
			before = *fpu;
			board.limit = 0x100 + fit - 1;
			ck_assert_int_eq(run(insn[i].op, insn[i].modrm), EXC_GP);
			ck_assert_mem_eq(&before, fpu, sizeof before);
			for (unsigned at = 0x100; at < 0x200; at++)
				ck_assert_uint_eq(board.ram[at], 0xa5);
		}
}
END_TEST

START_TEST(a_load_that_faults_has_changed_nothing)
{
	static const struct { uint8_t op, modrm; unsigned size; } insn[] = {
		{ 0xd9, 0x06, 4 }, { 0xdd, 0x06, 8 }, { 0xdb, 0x2e, 10 }, { 0xd8, 0x06, 4 },
		{ 0xde, 0x06, 2 }, { 0xdf, 0x26, 10 }, { 0xd9, 0x26, 14 }, { 0xdd, 0x26, 94 },
		{ 0xd9, 0x2e, 2 },
	};

	for (unsigned i = 0; i < sizeof insn / sizeof *insn; i++)
		for (unsigned fit = 0; fit < insn[i].size; fit++) {
			struct fpu *fpu = power_on(CPU_80486), before;

			run(0xd9, FLDPI);
			before = *fpu;
			board.limit = 0x100 + fit - 1;
			ck_assert_int_eq(run(insn[i].op, insn[i].modrm), EXC_GP);
			ck_assert_mem_eq(&before, fpu, sizeof before);
		}
}
END_TEST

START_TEST(an_8086_operand_wraps_inside_its_segment)
{
	power_on(CPU_8086);
	run(0xd9, FLDPI);
	board_run(&board, 0xd9, 0x36, 0xfffc, false);		/* fnstenv */
	ck_assert_uint_eq(ram(0xfffc, 2), 0x3ff);
	ck_assert_uint_eq(ram(0, 2), 0x3fff);			/* the tag word */
}
END_TEST

START_TEST(with_16_bit_addresses_the_parts_of_an_operand_wrap)
{
	power_on(CPU_80486);
	run(0xd9, FLDPI);
	ck_assert_int_eq(board_run(&board, 0xdb, 0x3e, 0xfff8, false), NO_FAULT);
	ck_assert_uint_eq(ram(0xfff8, 8), 0xc90fdaa22168c235);
	ck_assert_uint_eq(ram(0, 2), 0x4000);
	ck_assert_int_eq(board_run(&board, 0xdb, 0x2e, 0xfff8, false), NO_FAULT);
	ck_assert_uint_eq(st(0)->sexp, 0x4000);

	/* But a part must not straddle the end.  */
	ck_assert_int_eq(board_run(&board, 0xdb, 0x3e, 0xfffa, false), EXC_GP);
	board.addr32 = true;
	ck_assert_int_eq(board_run(&board, 0xdb, 0x3e, 0xfff8, false), EXC_GP);
}
END_TEST

START_TEST(a_store_that_is_held_back_checks_its_operand)
{
	struct fpu *fpu = power_on(CPU_80486);

	load_control(0x37e);
	board.limit = 0x101;
	ck_assert_int_eq(run(0xdb, 0x1e), EXC_GP);	/* fistp dword, nothing there */
	ck_assert_uint_eq(fpu->status, 0);
	ck_assert_int_eq(run(0xdf, 0x1e), NO_FAULT);	/* fistp word */
	ck_assert_uint_eq(fpu->status & FPU_IE, FPU_IE);
}
END_TEST

START_TEST(precision_and_rounding_are_the_guests)
{
	static const struct { uint16_t control; uint64_t third; } setting[] = {
		{ 0x37f, 0xaaaaaaaaaaaaaaab }, { 0xf7f, 0xaaaaaaaaaaaaaaaa },
		{ 0x27f, 0xaaaaaaaaaaaaa800 }, { 0xa7f, 0xaaaaaaaaaaaab000 },
		{ 0x07f, 0xaaaaab0000000000 }, { 0x47f, 0xaaaaaa0000000000 },
	};

	for (unsigned i = 0; i < sizeof setting / sizeof *setting; i++) {
		power_on(CPU_80486);
		load_control(setting[i].control);
		run(0xd9, FLD1);
		poke(0x100, 3, 2);
		run(0xde, 0x36);		/* fidiv word */
		ck_assert_uint_eq(st(0)->mant, setting[i].third);
		ck_assert_uint_eq(board.cpu.fpu.status & FPU_EXCEPTIONS, FPU_PE);
	}
}
END_TEST

START_TEST(a_denormal_operand_is_noted)
{
	struct fpu *fpu = power_on(CPU_80486);

	poke(0x100, 1, 4);
	run(0xd9, 0x06);			/* fld dword denormal */
	ck_assert_uint_eq(fpu->status & FPU_EXCEPTIONS, FPU_DE);
	run(0xdb, 0xe2);
	load_real(0, 1);			/* fld tbyte never asks */
	ck_assert_uint_eq(fpu->status & FPU_EXCEPTIONS, 0);
	run(0xd8, 0xc1);
	ck_assert_uint_eq(fpu->status & FPU_DE, FPU_DE);
}
END_TEST

START_TEST(the_hosts_own_long_double_goes_on_as_before)
{
	volatile long double one = 1, three = 3, before = one / three, after;

	power_on(CPU_80486);
	load_control(0xc00);			/* everything unmasked, 24 bits, to zero */
	run(0xd9, FLD1);
	run(0xd9, FLDPI);
	run(0xde, 0xf9);			/* inexact: an error */
	after = one / three;
	ck_assert(before == after);
	after = one / three;			/* would trap if something were pending */
	ck_assert(before == after);
}
END_TEST

START_TEST(a_snapshot_brings_the_whole_state_back)
{
	struct fpu *fpu = power_on(CPU_80486);
	uint8_t before[256] = { 0 }, after[256] = { 0 };
	struct state s;

	divide_by_zero();
	fpu_acknowledge(fpu);
	state_init(&s, STATE_SAVE, before, sizeof before);
	fpu_state(fpu, &s);
	ck_assert(state_ok(&s));

	fpu_reset(&board.cpu);
	state_init(&s, STATE_LOAD, before, sizeof before);
	fpu_state(fpu, &s);
	ck_assert(state_ok(&s));
	state_init(&s, STATE_SAVE, after, sizeof after);
	fpu_state(fpu, &s);
	ck_assert_mem_eq(before, after, sizeof before);
	ck_assert(fpu->ignored);
}
END_TEST

START_TEST(a_snapshot_full_of_ones_does_no_harm)
{
	struct fpu *fpu = power_on(CPU_80486);
	uint8_t buf[256];
	struct state s;

	state_init(&s, STATE_SAVE, buf, sizeof buf);
	fpu_state(fpu, &s);
	memset(buf + 14, 0xff, sizeof buf - 14);	/* all but the section's head */
	state_init(&s, STATE_LOAD, buf, sizeof buf);
	fpu_state(fpu, &s);
	for (unsigned op = 0xd8; op <= 0xdf; op++)
		for (unsigned modrm = 0xc0; modrm < 0x100; modrm++)
			run(op, modrm);
}
END_TEST

START_TEST(every_row_of_the_table_has_a_name_and_a_handler)
{
	unsigned rows = 0;

	for (unsigned esc = 0; esc < 8; esc++)
		for (unsigned modrm = 0; modrm < 0x100; modrm++) {
			const struct fpu_insn *insn = fpu_insn(esc, modrm);

			if (!insn)
				continue;
			rows++;
			ck_assert_ptr_nonnull(insn->run);
			ck_assert_int_eq(insn->name[0], 'f');
			ck_assert(modrm < 0xc0 || insn->form < FPU_FORM_M);
			ck_assert(modrm >= 0xc0 || insn->form >= FPU_FORM_M);
		}
	ck_assert_uint_gt(rows, 8 * 0x100 / 2);
	ck_assert_str_eq(fpu_insn(0, 0x06)->name, "fadd");
	ck_assert_str_eq(fpu_insn(6, 0xd9)->name, "fcompp");
	ck_assert_ptr_null(fpu_insn(6, 0xd8));
}
END_TEST

int main(void)
{
	return suite_run("cpu/fpu", (const TTest *[]){
		a_push_on_a_full_stack_pushes_the_indefinite_and_sets_c1,
		reading_an_empty_register_gives_the_indefinite_and_clears_c1,
		an_unmasked_stack_fault_changes_only_the_status,
		before_the_387_a_stack_fault_is_just_invalid,
		an_empty_register_compares_as_unordered_and_is_popped_if_masked,
		tags_are_worked_out_from_the_registers,
		the_environment_has_a_16_bit_real_layout,
		the_environment_has_a_32_bit_real_layout,
		the_environment_has_a_16_bit_protected_layout,
		the_environment_has_a_32_bit_protected_layout,
		an_environment_comes_back_as_it_went,
		control_instructions_leave_the_pointers_alone,
		fnstenv_masks_all_exceptions,
		fnsave_stores_everything_and_initialises,
		a_loaded_environment_can_bring_an_error_with_it,
		fbstp_writes_packed_decimal,
		fbstp_of_too_large_a_number_writes_the_indefinite,
		fprem_gives_remainder_and_quotient_bits,
		fprem1_rounds_the_quotient_to_nearest,
		fprem_of_far_operands_takes_rounds,
		with_ne_an_error_faults_at_the_next_waiting_instruction,
		without_ne_an_error_requests_an_interrupt_and_the_next_instruction_waits,
		port_f0_acknowledges_the_error_and_port_f1_resets_a_387,
		an_operand_of_an_unmasked_exception_stays,
		an_unmasked_overflow_keeps_memory_and_stack,
		unmasking_a_flag_that_is_set_is_an_error,
		the_8087_can_mask_its_interrupt,
		em_and_ts_make_every_escape_fault,
		without_a_coprocessor_nothing_happens,
		a_model_has_the_instructions_of_its_time,
		what_the_pentium_pro_brought_is_invalid_since_the_486_and_ignored_before,
		infinities_are_equal_on_a_287_and_different_on_a_387,
		reserved_control_bits_read_as_the_model_has_them,
		a_store_that_faults_has_changed_nothing,
		a_load_that_faults_has_changed_nothing,
		an_8086_operand_wraps_inside_its_segment,
		with_16_bit_addresses_the_parts_of_an_operand_wrap,
		a_store_that_is_held_back_checks_its_operand,
		precision_and_rounding_are_the_guests,
		a_denormal_operand_is_noted,
		the_hosts_own_long_double_goes_on_as_before,
		a_snapshot_brings_the_whole_state_back,
		a_snapshot_full_of_ones_does_no_harm,
		every_row_of_the_table_has_a_name_and_a_handler,
		NULL });
}
