/* cpu_models.c - what sets one model apart from another: the opcodes each
 * has, CPUID, counters and control registers of the Pentium, MMX, LOADALL.  */

#include "cpu/fpu_op.h"
#include "cpu_rig.h"

#define DI	cpu.reg[CPU_DI]

/* ---- which model has what ---- */

/* The first byte is in memory at ip; the rest does not matter.  */
static bool executes(enum cpu_model model, const uint8_t *code)
{
	bool ud;

	power_on(model);
	cpu.has_fpu = true;
	poke(CODE, code, 6);
	run(1);
	ud = ended_in() == 6 || (cpu.seg[CPU_CS].sel == HANDLER_SEG && cpu.ip / 16 == 6);
	power_off();
	return !ud;
}

START_TEST(each_model_has_its_opcodes)
{
	static const struct { uint8_t code[6]; enum cpu_model first, last; } of[] = {
		{ { 0x60 }, CPU_8086, CPU_PENTIUM },		/* JO, then PUSHA */
		{ { 0xc0, 0xc0, 0x01 }, CPU_8086, CPU_PENTIUM },	/* RET, then ROL */
		{ { 0x0f, 0x01, 0xe0 }, CPU_80286, CPU_PENTIUM },	/* SMSW AX */
		{ { 0x0f, 0x05 }, CPU_80286, CPU_80286 },	/* LOADALL */
		{ { 0x0f, 0x07 }, CPU_80386, CPU_80386 },	/* LOADALL */
		{ { 0x64, 0x90 }, CPU_80386, CPU_PENTIUM },	/* FS: */
		{ { 0x66, 0x90 }, CPU_80386, CPU_PENTIUM },
		{ { 0x0f, 0x20, 0xc0 }, CPU_80386, CPU_PENTIUM },	/* MOV EAX,CR0 */
		{ { 0x0f, 0x20, 0xe0 }, CPU_PENTIUM, CPU_PENTIUM },	/* MOV EAX,CR4 */
		{ { 0x0f, 0x24, 0xf0 }, CPU_80386, CPU_80486 },	/* MOV EAX,TR6 */
		{ { 0x0f, 0x24, 0xd8 }, CPU_80486, CPU_80486 },	/* MOV EAX,TR3 */
		{ { 0x0f, 0x95, 0xc0 }, CPU_80386, CPU_PENTIUM },	/* SETNZ AL */
		{ { 0x0f, 0xc8 }, CPU_80486, CPU_PENTIUM },	/* BSWAP */
		{ { 0x0f, 0xc1, 0xc0 }, CPU_80486, CPU_PENTIUM },	/* XADD */
		{ { 0x0f, 0xb1, 0xc0 }, CPU_80486, CPU_PENTIUM },	/* CMPXCHG */
		{ { 0x0f, 0x08 }, CPU_80486, CPU_PENTIUM },	/* INVD */
		{ { 0x0f, 0xa2 }, CPU_PENTIUM, CPU_PENTIUM },	/* CPUID */
		{ { 0x0f, 0x31 }, CPU_PENTIUM, CPU_PENTIUM },	/* RDTSC */
		{ { 0x0f, 0x32 }, CPU_PENTIUM, CPU_PENTIUM },	/* RDMSR */
		{ { 0x0f, 0xc7, 0x0f }, CPU_PENTIUM, CPU_PENTIUM },	/* CMPXCHG8B [BX] */
		{ { 0x0f, 0x1f, 0x00 }, CPU_PENTIUM, CPU_PENTIUM },	/* NOP [BX+SI] */
		{ { 0x0f, 0x6f, 0xc1 }, CPU_PENTIUM, CPU_PENTIUM },	/* MOVQ */
	};

	for (unsigned i = 0; i < sizeof of / sizeof *of; i++)
		for (enum cpu_model m = CPU_80186; m <= CPU_PENTIUM; m++)
			ck_assert_msg(executes(m, of[i].code) == (of[i].first <= m && m <= of[i].last),
				      "%02x %02x on model %d", of[i].code[0], of[i].code[1], m);
}
END_TEST

START_TEST(opcodes_of_nobody_are_invalid_on_all)
{
	static const uint8_t code[][6] = {
		{ 0x0f, 0x0b },				/* UD2 */
		{ 0x0f, 0xa6, 0xc0 }, { 0x0f, 0xa7, 0xc0 },	/* XBTS, IBTS: 386 A step */
		{ 0x0f, 0xaa },				/* RSM, outside SMM */
		{ 0x0f, 0x04 }, { 0x0f, 0x34 }, { 0x0f, 0x40, 0xc0 },
		{ 0x0f, 0xc7, 0xc9 },			/* CMPXCHG8B with a register */
		{ 0x0f, 0x71, 0x17, 0x01 },		/* PSRLW with memory */
		{ 0x0f, 0x71, 0xc8, 0x01 },
		{ 0x0f, 0xff },
		{ 0x8e, 0xc8 },				/* MOV CS,AX */
		{ 0xfe, 0xf8 }, { 0xff, 0xff }, { 0xc6, 0xc8, 0 },
		{ 0x62, 0xc0 }, { 0x8d, 0xc0 }, { 0xc5, 0xc0 },
	};

	for (unsigned i = 0; i < sizeof code / sizeof *code; i++)
		for (enum cpu_model m = CPU_80286; m <= CPU_PENTIUM; m++)
			ck_assert_msg(!executes(m, code[i]), "%02x %02x %02x on model %d",
				      code[i][0], code[i][1], code[i][2], m);
}
END_TEST

/* PUSHFD; POP EAX; XOR EAX,bit; PUSH EAX; POPFD; PUSHFD; POP EBX; XOR EAX,EBX
 * leaves in EAX the bit if it would not change.  */
static bool toggles(enum cpu_model model, uint32_t bit)
{
	uint32_t eax;

	RUN(model, 0x66, 0x9c, 0x66, 0x58, 0x66, 0x35, bit, bit >> 8, bit >> 16, bit >> 24,
	    0x66, 0x50, 0x66, 0x9d, 0x66, 0x9c, 0x66, 0x5b, 0x66, 0x31, 0xd8);
	eax = AX;
	power_off();
	return !(eax & bit);
}

START_TEST(the_flags_that_tell_386_486_and_pentium_apart)
{
	ck_assert(!toggles(CPU_80386, CPU_AC) && !toggles(CPU_80386, CPU_ID));
	ck_assert(toggles(CPU_80486, CPU_AC) && !toggles(CPU_80486, CPU_ID));
	ck_assert(toggles(CPU_PENTIUM, CPU_AC) && toggles(CPU_PENTIUM, CPU_ID));
}
END_TEST

START_TEST(flags_12_to_15_are_each_models_own)
{
	static const uint16_t of[] = {
		[CPU_8086] = 0xf002, [CPU_80186] = 0xf002, [CPU_80286] = 0x0002,
		[CPU_80386] = 0x7002, [CPU_80486] = 0x7002, [CPU_PENTIUM] = 0x7002,
	};

	for (enum cpu_model m = CPU_8086; m <= CPU_PENTIUM; m++) {
		RUN(m, 0xb8, 0x02, 0xf0, 0x50, 0x9d, 0x9c, 0x5b);	/* popf of F002h */
		ck_assert_uint_eq((uint16_t)BX, of[m]);
		power_off();
	}
}
END_TEST

START_TEST(the_8086_goes_on_behind_an_opcode_it_has_not)
{
	RUN(CPU_8086, 0x40, 0xfe, 0xf8, 0x40, 0xeb, 0x00, 0x40);	/* FE /7 */
	ck_assert_uint_eq((uint16_t)AX, 3);
	power_off();
}
END_TEST

/* 64 KiB of INC AX: no branch, no end.  */
START_TEST(code_that_wraps_without_a_branch_ends_its_slice)
{
	power_on(CPU_80186);
	for (uint32_t at = 0x10000; at < 0x20000; at++)
		bus_write(&bus, at, 0x40, 1);
	cpu_load_real(&cpu, CPU_CS, 0x1000);
	ck_assert_int_eq(run(100000), CPU_EXIT_DEADLINE);
	ck_assert_uint_eq((uint16_t)AX, (uint16_t)(0x20000 - CODE));
	power_off();
}
END_TEST

START_TEST(addresses_end_where_the_model_has_no_more_pins)
{
	static const uint8_t code[] = { 0xb8, 0xff, 0xff, 0x8e, 0xd8, 0xc6, 0x06, 0x10, 0x30, 0x77, 0xf4 };

	for (enum cpu_model m = CPU_8086; m <= CPU_PENTIUM; m++) {
		power_on(m);			/* mov byte [ffff:3010],77h */
		poke(CODE, code, sizeof code);
		ck_assert_int_eq(run(100), CPU_EXIT_HALT);
		ck_assert_uint_eq(bus_read(&bus, m < CPU_80286 ? 0x3000 : 0x103000, 1), 0x77);
		ck_assert_uint_eq(bus_read(&bus, m < CPU_80286 ? 0x103000 : 0x3000, 1), 0);
		power_off();
	}
}
END_TEST

START_TEST(an_instruction_may_be_as_long_as_the_model_lets_it)
{
	static const uint8_t limit[] = {
		[CPU_80286] = 10, [CPU_80386] = 15, [CPU_80486] = 15, [CPU_PENTIUM] = 15,
	};

	for (enum cpu_model m = CPU_80186; m <= CPU_PENTIUM; m++)
		for (unsigned n = 9; n <= 16; n++) {
			uint8_t code[20];

			memset(code, 0x26, n - 1);	/* prefixes, then INC AX, HLT */
			memcpy(code + n - 1, "\x40\xf4", 2);
			power_on(m);
			poke(CODE, code, n + 1);
			run(100);
			ck_assert_int_eq(ended_in(), limit[m] && n > limit[m] ? 13 : -1);
			power_off();
		}
}
END_TEST

/* ---- alignment ---- */

/* Ends in a shutdown, because there is no interrupt table: at the
 * instruction's address if it faults, else at the HLT behind it.  */
static bool unaligned(enum cpu_model model, uint32_t cr0, uint32_t flags, unsigned cpl,
		      const uint8_t *code)
{
	bool faulted;

	power_on(model);
	cpu.has_fpu = true;
	poke(CODE, code, 4);
	poke(CODE + 4, "\xf4", 1);
	for (unsigned i = 0; i < 6; i++)
		cpu.seg[i].attr |= ATTR_DPL;
	cpu.seg[CPU_CS].attr |= ATTR_CODE;
	cpu.cr[0] |= CR0_PE | cr0;
	cpu.flags |= flags;
	cpu.cpl = cpl;
	cpu.idtr.limit = 0;
	BX = 0x3001;
	if (cpl == 0)
		ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	else
		ck_assert_int_eq(run(100), CPU_EXIT_RESET);
	faulted = cpu.ip == CODE;
	ck_assert(faulted || cpu.ip - CODE - 4 <= 1);
	power_off();
	return faulted;
}

START_TEST(alignment_is_checked_where_all_three_ask_for_it)
{
	static const uint8_t word[] = { 0x8b, 0x07, 0x90, 0x90 };	/* mov ax,[bx] */

	ck_assert(unaligned(CPU_80486, CR0_AM, CPU_AC, 3, word));
	ck_assert(unaligned(CPU_PENTIUM, CR0_AM, CPU_AC, 3, word));
	ck_assert(!unaligned(CPU_80486, 0, CPU_AC, 3, word));
	ck_assert(!unaligned(CPU_80486, CR0_AM, 0, 3, word));
	ck_assert(!unaligned(CPU_80486, CR0_AM, CPU_AC, 0, word));
	ck_assert(!unaligned(CPU_80486, CR0_AM, CPU_AC, 2, word));
}
END_TEST

START_TEST(each_operand_asks_for_its_own_alignment)
{
	static const struct { uint8_t code[4]; bool faults; } of[] = {
		{ { 0x8a, 0x07, 0x90, 0x90 }, false },		/* mov al,[bx] */
		{ { 0x89, 0x07, 0x90, 0x90 }, true },		/* mov [bx],ax */
		{ { 0x89, 0x47, 0x01, 0x90 }, false },		/* mov [bx+1],ax */
		{ { 0x66, 0x89, 0x47, 0x01 }, true },		/* mov [bx+1],eax */
		{ { 0x66, 0x01, 0x47, 0x03 }, false },		/* add [bx+3],eax */
		{ { 0xdd, 0x47, 0x03, 0x90 }, true },		/* fld qword [bx+3] */
		{ { 0xdd, 0x47, 0x07, 0x90 }, false },
		{ { 0xdd, 0x77, 0x01, 0x90 }, false },		/* fnsave [bx+1] */
		{ { 0xc4, 0x07, 0x90, 0x90 }, true },		/* les ax,[bx] */
	};

	for (unsigned i = 0; i < sizeof of / sizeof *of; i++)
		ck_assert_msg(unaligned(CPU_80486, CR0_AM, CPU_AC, 3, of[i].code) == of[i].faults,
			      "%02x %02x", of[i].code[0], of[i].code[1]);
}
END_TEST

/* Found by the oracle: what lies across 64K is a mantissa, or it and its
 * exponent.  */
START_TEST(frstor_and_fnsave_wrap_between_numbers_not_within)
{
	static const struct { uint8_t code[4]; int vector; } of[] = {
		{ { 0xdd, 0x26, 0xbc, 0xff }, 13 }, { { 0xdd, 0x26, 0xb8, 0xff }, -1 },
		{ { 0xdd, 0x36, 0xbc, 0xff }, 13 }, { { 0xdd, 0x36, 0xb8, 0xff }, -1 },
	};

	for (unsigned i = 0; i < sizeof of / sizeof *of; i++) {
		power_on(CPU_80486);
		cpu.has_fpu = true;
		cpu_load_real(&cpu, CPU_DS, 0x2000);
		poke(CODE, of[i].code, 4);
		poke(CODE + 4, "\xf4", 1);
		ck_assert_int_eq(run(100), CPU_EXIT_HALT);
		ck_assert_int_eq(ended_in(), of[i].vector);
		power_off();
	}
}
END_TEST

/* ---- Pentium ---- */

static void pentium_on(void)
{
	power_on(CPU_PENTIUM);
	cpu.has_fpu = true;
}

#define RUN_PENTIUM(...) do { \
	const uint8_t program[] = { __VA_ARGS__, 0xf4 }; \
	pentium_on(); \
	poke(CODE, program, sizeof program); \
	ck_assert_int_eq(run(100000), CPU_EXIT_HALT); \
} while (0)

START_TEST(cpuid_names_a_pentium_with_mmx)
{
	RUN_PENTIUM(0x66, 0x31, 0xc0, 0x0f, 0xa2);		/* xor eax,eax; cpuid */
	ck_assert_uint_eq(AX, 1);
	ck_assert_int_eq(memcmp(&BX, "Genu", 4) | memcmp(&DX, "ineI", 4) | memcmp(&CX, "ntel", 4), 0);
	power_off();
	RUN_PENTIUM(0x66, 0xb8, 1, 0, 0, 0, 0x0f, 0xa2);	/* mov eax,1 */
	ck_assert_uint_eq(AX, 0x543);
	ck_assert_uint_eq(DX, 0x8001bf);
	ck_assert_uint_eq(BX | CX, 0);
	power_off();
	RUN(CPU_PENTIUM, 0x66, 0xb8, 1, 0, 0, 0, 0x0f, 0xa2);
	ck_assert_uint_eq(DX, 0x1be);				/* no FPU, no MMX */
	power_off();
}
END_TEST

START_TEST(the_time_stamp_counter_runs_on_guest_time)
{
	/* rdtsc; mov ebx,eax; nop; nop; rdtsc; sub eax,ebx */
	RUN_PENTIUM(0x0f, 0x31, 0x66, 0x89, 0xc3, 0x90, 0x90, 0x0f, 0x31, 0x66, 0x29, 0xd8);
	ck_assert_uint_eq(AX, 4 * COST / 10);	/* ten nanoseconds each */
	power_off();
	/* wrmsr of 7:FFFFFFFFh; rdtsc; then rdmsr to ebx */
	RUN_PENTIUM(0x66, 0xb9, 0x10, 0, 0, 0, 0x66, 0xba, 7, 0, 0, 0, 0x66, 0x83, 0xc8, 0xff,
		    0x0f, 0x30, 0x0f, 0x31, 0x66, 0x89, 0xc3, 0x0f, 0x32);
	ck_assert_uint_eq(DX, 8);
	ck_assert_uint_eq(BX, 0);
	ck_assert_uint_eq(AX, 2);
	power_off();
}
END_TEST

/* The user may change it while a program measures time.  */
START_TEST(the_time_stamp_does_not_go_by_the_speed_of_the_processor)
{
	/* rdtsc; mov ebx,eax; then the same; sub eax,ebx */
	static const uint8_t code[] = { 0x0f, 0x31, 0x66, 0x89, 0xc3, 0x0f, 0x31, 0x66, 0x29, 0xd8 };

	power_on(CPU_PENTIUM);
	poke(CODE, code, sizeof code);
	run(2);
	cpu.cost = 100 * COST;
	run(200);
	ck_assert_uint_gt(AX, 0);
	ck_assert_uint_lt(AX, 0x1000);
	power_off();
}
END_TEST

START_TEST(unknown_model_specific_registers_are_protection_faults)
{
	RUN_PENTIUM(0x66, 0xb9, 0, 0, 0, 0, 0x0f, 0x32);	/* P5_MC_ADDR */
	ck_assert_int_eq(ended_in(), -1);
	power_off();
	RUN_PENTIUM(0x66, 0xb9, 0x1b, 0, 0, 0, 0x0f, 0x32);
	ck_assert_int_eq(ended_in(), 13);
	power_off();
	RUN_PENTIUM(0x66, 0xb9, 0x1b, 0, 0, 0, 0x0f, 0x30);
	ck_assert_int_eq(ended_in(), 13);
	power_off();
}
END_TEST

START_TEST(cr4_has_the_bits_of_its_features)
{
	RUN_PENTIUM(0x66, 0xb8, 0x5f, 0, 0, 0, 0x0f, 0x22, 0xe0, 0x0f, 0x20, 0xe3);
	ck_assert_uint_eq(BX, 0x5f);
	power_off();
	RUN_PENTIUM(0x66, 0xb8, 0x20, 0, 0, 0, 0x0f, 0x22, 0xe0);	/* PAE */
	ck_assert_int_eq(ended_in(), 13);
	ck_assert_uint_eq(cpu.cr[4], 0);
	power_off();
}
END_TEST

START_TEST(debug_extensions_take_dr4_and_dr5_away)
{
	RUN_PENTIUM(0x0f, 0x21, 0xe0);			/* mov eax,dr4 */
	ck_assert_int_eq(ended_in(), -1);
	ck_assert_uint_eq(AX, cpu.dr[6]);
	power_off();
	RUN_PENTIUM(0xb8, 0x08, 0x00, 0x0f, 0x22, 0xe0, 0x0f, 0x21, 0xe8);
	ck_assert_int_eq(ended_in(), 6);
	power_off();
}
END_TEST

START_TEST(cmpxchg8b_exchanges_or_tells)
{
	static const uint32_t memory[2] = { 0x11111111, 0x22222222 };
	static const uint8_t code[] = { 0xf0, 0x0f, 0xc7, 0x0e, 0x00, 0x30, 0xf4 };

	for (unsigned equal = 0; equal < 2; equal++) {
		pentium_on();
		poke(CODE, code, sizeof code);
		poke(0x3000, memory, 8);
		AX = 0x11111111;
		DX = equal ? 0x22222222 : 0x22222223;
		BX = 0x33333333;
		CX = 0x44444444;
		cpu.flags |= CPU_CF | CPU_SF;
		ck_assert_int_eq(run(100), CPU_EXIT_HALT);
		ck_assert_uint_eq(cpu.flags & (CPU_CF | CPU_SF | CPU_ZF),
				  CPU_CF | CPU_SF | (equal ? CPU_ZF : 0));
		ck_assert_uint_eq(bus_read(&bus, 0x3000, 4), equal ? BX : 0x11111111);
		ck_assert_uint_eq(bus_read(&bus, 0x3004, 4), equal ? CX : 0x22222222);
		ck_assert_uint_eq(DX, 0x22222222);
		power_off();
	}
}
END_TEST

/* ---- MMX ---- */

START_TEST(mmx_fills_the_x87_and_emms_empties_it)
{
	RUN_PENTIUM(0xd9, 0xe8,				/* fld1: R7 */
		    0x0f, 0x6e, 0xd8);			/* movd mm3,eax */
	ck_assert_uint_eq(cpu.fpu.tag, 0);
	ck_assert_uint_eq(cpu.fpu.status & FPU_TOP, 0);
	ck_assert_uint_eq(cpu.fpu.st[3].mant, AX);
	ck_assert_uint_eq(cpu.fpu.st[3].sexp, 0xffff);
	ck_assert_uint_eq(cpu.fpu.st[7].sexp, 0x3fff);
	power_off();
	RUN_PENTIUM(0x0f, 0x6e, 0xd8, 0x0f, 0x77);
	ck_assert_uint_eq(cpu.fpu.tag, 0xffff);
	power_off();
}
END_TEST

START_TEST(mmx_respects_em_ts_and_pending_errors)
{
	static const struct { uint32_t cr0; uint16_t status; int vector; } of[] = {
		{ CR0_EM, 0, 6 }, { CR0_EM | CR0_TS, 0, 6 }, { CR0_TS, 0, 7 },
		{ CR0_NE, FPU_ES | FPU_IE, 16 }, { 0, 0, -1 },
	};
	static const uint8_t code[] = { 0x0f, 0xef, 0xc0, 0xf4 };	/* pxor mm0,mm0 */

	for (unsigned i = 0; i < sizeof of / sizeof *of; i++) {
		pentium_on();
		poke(CODE, code, sizeof code);
		cpu.cr[0] |= of[i].cr0;
		cpu.fpu.status = of[i].status;
		run(100);
		ck_assert_int_eq(ended_in(), of[i].vector);
		ck_assert_uint_eq(cpu.fpu.tag, of[i].vector < 0 ? 0 : 0xffff);
		power_off();
	}
	RUN(CPU_PENTIUM, 0x0f, 0xef, 0xc0);		/* without an FPU */
	ck_assert_int_eq(ended_in(), 6);
	power_off();
}
END_TEST

START_TEST(a_faulting_mmx_access_leaves_the_x87_alone)
{
	RUN_PENTIUM(0xd9, 0xe8, 0x0f, 0x6f, 0x06, 0xf9, 0xff);	/* movq mm0,[fff9h] */
	ck_assert_int_eq(ended_in(), 13);
	ck_assert_uint_eq(cpu.fpu.tag, 0x3fff);
	power_off();
	RUN_PENTIUM(0x0f, 0x60, 0x06, 0xfc, 0xff);	/* punpcklbw mm0,[fffch]: 4 bytes */
	ck_assert_int_eq(ended_in(), -1);
	power_off();
}
END_TEST

/* ---- LOADALL ---- */

START_TEST(the_286_loads_everything_from_800h)
{
	static const struct { uint16_t at, value; } of[] = {
		{ 0x06, 0xfff0 }, { 0x18, 0x0013 }, { 0x1a, 0x1234 },
		{ 0x1e, 0x5555 }, { 0x20, 0x0000 }, { 0x22, 0x0100 }, { 0x24, 0x6666 },
		{ 0x26, 0xd1d1 }, { 0x2c, 0xff00 }, { 0x34, 0xa0a0 },
		{ 0x36, 0x0000 }, { 0x38, 0x9320 }, { 0x3a, 0xffff },	/* ES: 200000h */
		{ 0x3c, 0x1000 }, { 0x3e, 0x9300 }, { 0x40, 0xffff },
		{ 0x42, 0x0000 }, { 0x44, 0x9300 }, { 0x46, 0xffff },
		{ 0x48, 0x0000 }, { 0x4a, 0x9300 }, { 0x4c, 0x7fff },
		{ 0x5a, 0x0000 }, { 0x5c, 0x0000 }, { 0x5e, 0x03ff },
	};

	power_on(CPU_80286);
	for (unsigned i = 0; i < sizeof of / sizeof *of; i++)
		bus_write(&bus, 0x800 + of[i].at, of[i].value, 2);
	poke(CODE, "\x0f\x05", 2);
	poke(0x1000 + 0x1234, "\x26\xa2\x00\x00\xf4", 5);	/* mov [es:0],al; hlt */
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_uint_eq(bus_read(&bus, 0x200000, 1), 0xa0);
	ck_assert_uint_eq(cpu.seg[CPU_ES].sel, 0x6666);
	ck_assert_uint_eq(cpu.seg[CPU_DS].limit, 0x7fff);
	ck_assert_uint_eq(cpu.seg[CPU_CS].sel, 0x0100);
	ck_assert_uint_eq(cpu.flags, 0x13);
	ck_assert_uint_eq(DI, 0xd1d1);
	power_off();
}
END_TEST

START_TEST(the_386_loads_everything_from_es_edi)
{
	static const struct { uint16_t at; uint32_t value; } of[] = {
		{ 0x00, 0x10 }, { 0x04, 0x202 }, { 0x08, 0x1234 }, { 0x0c, 0xd1d1d1d1 },
		{ 0x18, 0xff00 }, { 0x28, 0xa0a0a0a0 }, { 0x30, 0x400 },
		{ 0x3c, 0x1111 }, { 0x4c, 0x0100 }, { 0x50, 0x6666 },
		{ 0x68, 0x3ff },
		{ 0x84, 0x809300 }, { 0x88, 0x200000 }, { 0x8c, 0xffffffff },	/* GS */
		{ 0x9c, 0x9300 }, { 0xa4, 0xffff }, { 0xa8, 0x9300 }, { 0xb0, 0xffff },
		{ 0xb4, 0x9300 }, { 0xb8, 0x1000 }, { 0xbc, 0xffff },
		{ 0xc0, 0x9300 }, { 0xc8, 0xffff },
	};

	power_on(CPU_80386);
	for (unsigned i = 0; i < sizeof of / sizeof *of; i++)
		bus_write(&bus, 0x3000 + of[i].at, of[i].value, 4);
	DI = 0x3000;
	poke(CODE, "\x0f\x07", 2);
	poke(0x1000 + 0x1234, "\x65\x67\xa2\x00\x00\x01\x00\xf4", 8);	/* mov [gs:10000h],al */
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_uint_eq(bus_read(&bus, 0x210000, 1), 0xa0);
	ck_assert_uint_eq(cpu.seg[CPU_GS].sel, 0x1111);
	ck_assert_uint_eq(cpu.seg[CPU_GS].attr, 0x8093);
	ck_assert_uint_eq(AX, 0xa0a0a0a0);
	ck_assert_uint_eq(DI, 0xd1d1d1d1);
	ck_assert_uint_eq(cpu.seg[CPU_CS].base, 0x1000);
	power_off();
}
END_TEST

/* What the chip does where Intel says nothing, as the authors of test386.asm
 * have measured it on a 386SX.  */
START_TEST(the_386_has_its_own_undefined_results)
{
	enum { C = CPU_CF, P = CPU_PF, A = CPU_AF, Z = CPU_ZF, S = CPU_SF, O = CPU_OF };
	static const struct { uint8_t code[3]; uint16_t ax; uint8_t cl; uint16_t before, after; } of[] = {
		{ { 0x37 }, 0x007a, 0, 0, C | A | S | O },		/* AAA */
		{ { 0x37 }, 0x007b, 0, A, C | P | A | S | O },
		{ { 0x3f }, 0x0680, 0, A, C | A | O },			/* AAS */
		{ { 0x3f }, 0x0000, 0, A, C | P | A | S },
		{ { 0xd5, 10 }, 0x0d8e, 0, 0, C | A | O },		/* AAD */
		{ { 0xd5, 10 }, 0x0106, 0, 0, A },
		{ { 0xd5, 10 }, 0x01f7, 0, 0, C | A },
		{ { 0x27 }, 0x001a, 0, C, C | A | S | O },		/* DAA */
		{ { 0x2f }, 0x0080, 0, A, A | O },			/* DAS */
		{ { 0xd2, 0xe8 }, 0x80, 16, 0, C | P | A | Z },		/* SHR AL,CL */
		{ { 0xd2, 0xe8 }, 0x80, 12, C, P | A | Z },
		{ { 0xd3, 0xe8 }, 0x8000, 16, 0, C | P | A | Z },	/* SHR AX,CL */
		{ { 0xd2, 0xe0 }, 0x01, 24, 0, C | P | A | Z | O },	/* SHL AL,CL */
		{ { 0xd2, 0xe0 }, 0x01, 32, 0, 0 },
		{ { 0x0f, 0xa3, 0xc8 }, 0x01, 0, C, C },		/* BT AX,CX */
		{ { 0x0f, 0xa3, 0xc8 }, 0x01, 1, C, O },
		{ { 0x0f, 0xa3, 0xc8 }, 0x01, 2, 0, O },
		{ { 0x0f, 0xa3, 0xc8 }, 0x01, 3, O, 0 },
	};

	for (unsigned i = 0; i < sizeof of / sizeof *of; i++) {
		power_on(CPU_80386);
		poke(CODE, of[i].code, 3);
		poke(CODE + (of[i].code[0] == 0x0f ? 3 : of[i].code[1] ? 2 : 1), "\xf4", 1);
		AX = of[i].ax;
		CX = of[i].cl;
		cpu.flags = of[i].before | 2;
		run(3);
		ck_assert_msg((cpu.flags & 0x8d5) == of[i].after, "row %u: %x", i, cpu.flags);
		power_off();
	}
	/* POPAD with SP as the stack pointer takes the rest of ESP.  */
	RUN(CPU_80386, 0x66, 0x68, 0xef, 0xbe, 0xad, 0xde, 0x83, 0xec, 12, 0x66, 0x61);
	ck_assert_uint_eq(cpu.reg[CPU_SP], 0xdead0000 | (0xff00 - 4 - 12 + 32));
	power_off();
	/* LEA EAX,[EBX*4] by way of a base and no index.  */
	RUN(CPU_80386, 0xbb, 3, 0, 0x67, 0x66, 0x8d, 0x04, 0xa3);
	ck_assert_uint_eq(AX, 12);
	power_off();
	RUN(CPU_80486, 0xbb, 3, 0, 0x67, 0x66, 0x8d, 0x04, 0xa3);
	ck_assert_uint_eq(AX, 3);
	power_off();
}
END_TEST

int main(void)
{
	return suite_run("cpu/models", (const TTest *[]){
		each_model_has_its_opcodes,
		opcodes_of_nobody_are_invalid_on_all,
		the_flags_that_tell_386_486_and_pentium_apart,
		flags_12_to_15_are_each_models_own,
		the_8086_goes_on_behind_an_opcode_it_has_not,
		code_that_wraps_without_a_branch_ends_its_slice,
		addresses_end_where_the_model_has_no_more_pins,
		an_instruction_may_be_as_long_as_the_model_lets_it,
		alignment_is_checked_where_all_three_ask_for_it,
		each_operand_asks_for_its_own_alignment,
		frstor_and_fnsave_wrap_between_numbers_not_within,
		cpuid_names_a_pentium_with_mmx,
		the_time_stamp_counter_runs_on_guest_time,
		the_time_stamp_does_not_go_by_the_speed_of_the_processor,
		unknown_model_specific_registers_are_protection_faults,
		cr4_has_the_bits_of_its_features,
		debug_extensions_take_dr4_and_dr5_away,
		cmpxchg8b_exchanges_or_tells,
		mmx_fills_the_x87_and_emms_empties_it,
		mmx_respects_em_ts_and_pending_errors,
		a_faulting_mmx_access_leaves_the_x87_alone,
		the_286_loads_everything_from_800h,
		the_386_loads_everything_from_es_edi,
		the_386_has_its_own_undefined_results,
		NULL });
}
