/* cpu_interp.c - what the captures of real chips do not show: code that
 * changes, time, interrupts, gates, faults of the 386, modes, snapshots.  */

#include "cpu/parse.h"
#include "cpu_rig.h"
#include "state/state.h"

/* ---- code that changes ---- */

START_TEST(the_very_next_instruction_can_be_overwritten)
{
	RUN(CPU_80386, 0xc6, 0x06, 0x06, 0x10, 0x43,	/* mov byte [1006h],43h: inc bx */
	    0x90, 0x90);
	ck_assert_uint_eq(BX, 1);
	power_off();
}
END_TEST

START_TEST(an_immediate_patched_in_a_loop_is_always_the_new_one)
{
	RUN(CPU_80486, 0xb9, 0xe8, 0x03,		/* mov cx,1000 */
	    0xff, 0x06, 0x08, 0x10,			/* l: inc word [1008h] */
	    0xb8, 0x00, 0x00,				/* mov ax,0 */
	    0x01, 0xc3,					/* add bx,ax */
	    0xe2, 0xf5);				/* loop l */
	ck_assert_uint_eq(BX, (1000 * 1001 / 2) & 0xffff);
	power_off();
}
END_TEST

START_TEST(a_replacement_of_another_length_is_decoded_anew)
{
	RUN(CPU_80486, 0xb9, 0x02, 0x00,		/* mov cx,2 */
	    0x40, 0x40, 0x40,				/* l: inc ax, three times */
	    0xc7, 0x06, 0x03, 0x10, 0x83, 0xc3,		/* first becomes add bx,40h */
	    0xe2, 0xf5);				/* loop l */
	ck_assert_uint_eq(AX, 3);
	ck_assert_uint_eq(BX, 0x40);
	power_off();
}
END_TEST

START_TEST(data_beside_code_keeps_what_is_written)
{
	RUN(CPU_8086, 0xb9, 0x64, 0x00,			/* mov cx,100 */
	    0xff, 0x06, 0x80, 0x10,			/* l: inc word [1080h] */
	    0xa1, 0x80, 0x10,				/* mov ax,[1080h] */
	    0xe2, 0xf7);				/* loop l */
	ck_assert_uint_eq(AX, 100);
	power_off();
}
END_TEST

START_TEST(a_displacement_patched_in_a_loop_is_always_the_new_one)
{
	static const uint8_t program[] = {
		0xb9, 0x04, 0x00,			/* mov cx,4 */
		0x8b, 0x87, 0x80, 0x10,			/* l: mov ax,[bx+1080h] */
		0x01, 0xc7,				/* add di,ax */
		0x83, 0x06, 0x05, 0x10, 0xff,		/* add word [1005h],-1 */
		0xe2, 0xf3, 0xf4,			/* loop l; hlt */
	};

	power_on(CPU_80486);
	poke(CODE, program, sizeof program);
	poke(CODE + 0x7d, "\1\2\3\4", 4);
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.reg[CPU_DI], 0x0004 + 0x0403 + 0x0302 + 0x0201);
	power_off();
}
END_TEST

START_TEST(an_immediate_is_patched_together_with_what_follows)
{
	RUN(CPU_80486, 0xb9, 0x02, 0x00,		/* mov cx,2 */
	    0xb0, 0x01,					/* l: mov al,1 */
	    0x40,					/* inc ax */
	    0x01, 0xc3,					/* add bx,ax */
	    0xc7, 0x06, 0x04, 0x10, 0x07, 0x48,		/* becomes mov al,7; dec ax */
	    0xe2, 0xf3);				/* loop l */
	ck_assert_uint_eq(BX, 2 + 6);
	power_off();
}
END_TEST

START_TEST(an_instruction_inside_another_dies_with_it)
{
	RUN(CPU_80486, 0xeb, 0x01,			/* jmp 1003h */
	    0xb8, 0x40, 0x90,				/* (mov ax,9040h) inc ax; nop */
	    0x80, 0xf9, 0x01, 0x74, 0x0a,		/* cmp cl,1; je end */
	    0xb1, 0x01,					/* mov cl,1 */
	    0xc6, 0x06, 0x03, 0x10, 0x43,		/* mov byte [1003h],43h */
	    0xeb, 0xef);				/* jmp 1002h: mov ax,9043h */
	ck_assert_uint_eq(AX, 0x9043);
	cpu.ip = CODE + 3;				/* inc bx now */
	cpu.halted = false;
	run(100);
	ck_assert_uint_eq(BX, 1);
	power_off();
}
END_TEST

START_TEST(rep_stos_beside_code_stops_at_nothing_and_misses_nothing)
{
	static const uint8_t before[] = { 0x40, 0x40, 0xc3 };	/* inc ax, twice; ret */
	static const uint8_t program[] = {
	    0xe8, 0x7d, 0x01,				/* call 1180h */
	    0xbf, 0x00, 0x11,				/* mov di,1100h */
	    0xb8, 0x41, 0x41,				/* mov ax,4141h: inc cx, twice */
	    0xb9, 0x80, 0x00, 0xf3, 0xab,		/* mov cx,80h; rep stosw */
	    0xc6, 0x05, 0xc3,				/* mov byte [di],c3h */
	    0xe8, 0xec, 0x00,				/* call 1100h */
	    0xe8, 0x69, 0x01, 0xf4,			/* call 1180h; hlt */
	};

	power_on(CPU_80486);
	poke(CODE, program, sizeof program);
	poke(CODE + 0x180, before, sizeof before);
	ck_assert_int_eq(run(1000), CPU_EXIT_HALT);
	ck_assert_uint_eq(bus_read(&bus, 0x11ff, 2), 0xc341);
	ck_assert_uint_eq(CX, 256 + 128);
	power_off();
}
END_TEST

/* A page that has been decoded too often is given up when somebody comes to
 * it from afar, here a RETF in it.  */
START_TEST(a_far_return_may_give_up_its_own_page)
{
	RUN(CPU_80486, 0xb9, 0xe0, 0x2e,		/* mov cx,12000 */
	    0x80, 0x36, 0x08, 0x10, 0x20,		/* l: xor byte [1008h],20h */
	    0x90, 0x90,					/* nop; nop or mov al,90h */
	    0x0e, 0x68, 0x0f, 0x10, 0xcb,		/* push cs; push 100fh; retf */
	    0xe2, 0xf2);				/* loop l */
	ck_assert_uint_eq(cpu.retired, 1 + 12000 * 6 + 6000 + 1);
	ck_assert_uint_eq(AX & 0xff, 0x90);
	power_off();
}
END_TEST

START_TEST(code_written_by_others_is_noticed)
{
	RUN(CPU_80486, 0x40);				/* inc ax */
	bus_write(&bus, CODE, 0x48, 1);			/* dec ax */
	cpu.ip = CODE;
	cpu.halted = false;
	run(100);
	ck_assert_uint_eq(AX, 0);
	power_off();
}
END_TEST

START_TEST(an_instruction_may_lie_across_pages)
{
	static const uint8_t code[] = { 0xb8, 0x34, 0x12, 0x40, 0xf4 };

	power_on(CPU_80486);
	poke(0x2ffe, code, sizeof code);		/* mov ax,1234h; inc ax; hlt */
	cpu.ip = 0x2ffe;
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_uint_eq(AX, 0x1235);
	bus_write(&bus, 0x3000, 0x55, 1);		/* its last byte */
	cpu.ip = 0x2ffe;
	cpu.halted = false;
	run(100);
	ck_assert_uint_eq(AX, 0x5535);
	power_off();
}
END_TEST

START_TEST(the_same_code_runs_under_different_segments)
{
	power_on(CPU_80486);
	poke(CODE, "\x40\xeb\x00\xf4", 4);		/* inc ax; jmp $+2; hlt */
	run(100);
	cpu_load_real(&cpu, CPU_CS, 0x80);
	cpu.ip = CODE - 0x800;
	cpu.halted = false;
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_uint_eq(AX, 2);
	ck_assert_uint_eq(cpu.ip, CODE - 0x800 + 4);
	power_off();
}
END_TEST

START_TEST(switching_a20_changes_what_is_seen_at_once)
{
	static const uint8_t program[] = {
		0xb8, 0xff, 0xff, 0x8e, 0xd8,		/* mov ax,ffffh; mov ds,ax */
		0x8b, 0x1e, 0x10, 0x05,			/* mov bx,[0510h]: 100500h */
		0x30, 0xc0, 0xe6, 0x92,			/* xor al,al; out 92h,al */
		0x8b, 0x0e, 0x10, 0x05, 0xf4,		/* mov cx,[0510h]: 500h; hlt */
	};

	power_on(CPU_80386);
	poke(CODE, program, sizeof program);
	bus_write(&bus, 0x100500, 0x1111, 2);
	bus_write(&bus, 0x500, 0x2222, 2);
	run(100);
	ck_assert_uint_eq(BX, 0x1111);
	ck_assert_uint_eq(CX, 0x2222);
	power_off();
}
END_TEST

/* ---- time and interrupts ---- */

START_TEST(a_chip_sees_the_exact_time)
{
	RUN(CPU_80486, 0x90, 0x90, 0x90, 0xe4, 0x60);	/* three NOPs, in al,60h */
	ck_assert_uint_eq(seen, 3 * COST);
	ck_assert_uint_eq(sched.now, 5 * COST);
	ck_assert_uint_eq(cpu.retired, 5);
	power_off();
}
END_TEST

START_TEST(a_rep_iteration_counts_as_an_instruction)
{
	RUN(CPU_80486, 0xb9, 0x0a, 0x00, 0xbf, 0x00, 0x20, 0xf3, 0xaa);
	ck_assert_uint_eq(cpu.retired, 2 + 11 + 1);
	ck_assert_uint_eq(sched.now, 14 * COST);
	power_off();
}
END_TEST

START_TEST(a_slice_ends_at_a_taken_branch)
{
	power_on(CPU_80486);
	poke(CODE, "\x90\x90\x90\xeb\xfb", 5);		/* l: nop x 3; jmp l */
	ck_assert_int_eq(run(2), CPU_EXIT_DEADLINE);
	ck_assert_uint_eq(cpu.ip, CODE);
	ck_assert_uint_eq(cpu.retired, 4);
	ck_assert_uint_eq(sched.now, 4 * COST);
	power_off();
}
END_TEST

static unsigned traced;

static void trace(void *ctx)
{
	(void)ctx;
	traced++;
}

/* Looking on must not change what happens.  */
START_TEST(a_traced_run_ends_its_slices_at_the_same_places)
{
	power_on(CPU_80486);
	poke(CODE, "\x90\x90\x90\xeb\xfb", 5);
	cpu.on_insn = trace;
	traced = 0;
	ck_assert_int_eq(run(2), CPU_EXIT_DEADLINE);
	ck_assert_uint_eq(cpu.ip, CODE);
	ck_assert_uint_eq(cpu.retired, 4);
	ck_assert_uint_eq(traced, 4);
	power_off();
}
END_TEST

/* A page border in the middle of an instruction is no event point either.  */
START_TEST(an_instruction_across_pages_is_no_event_point)
{
	static const uint8_t code[] = { 0xb8, 0x34, 0x12, 0x40, 0xeb, 0xfd };

	power_on(CPU_80486);
	poke(0x2ffe, code, sizeof code);		/* mov ax,1234h; l: inc ax; jmp l */
	cpu.ip = 0x2ffe;
	ck_assert_int_eq(run(1), CPU_EXIT_DEADLINE);
	ck_assert_uint_eq(cpu.retired, 3);
	power_off();
}
END_TEST

START_TEST(a_chip_may_move_the_deadline_nearer)
{
	power_on(CPU_80486);
	poke(CODE, "\xe6\x40\xeb\xfe", 4);		/* out 40h,al; jmp $ */
	ck_assert_int_eq(run(1000000), CPU_EXIT_DEADLINE);
	ck_assert_uint_eq(cpu.ip, CODE + 2);
	ck_assert_uint_eq(cpu.retired, 1);
	power_off();
}
END_TEST

START_TEST(an_interrupt_raised_by_out_comes_right_after_it)
{
	RUN(CPU_80486, 0xfb, 0xb0, 0x01, 0xe6, 0x20, 0x40, 0x40);
	ck_assert_int_eq(ended_in(), 8);
	ck_assert_uint_eq(stack_word(0), CODE + 5);
	ck_assert_uint_eq(AX, 1);
	power_off();
}
END_TEST

START_TEST(sti_shields_the_instruction_behind_it)
{
	power_on(CPU_80486);
	poke(CODE, "\xfb\x40\x40\xf4", 4);		/* sti; inc ax; inc ax */
	cpu.intr = true;
	run(100);
	ck_assert_int_eq(ended_in(), 8);
	ck_assert_uint_eq(AX, 1);
	ck_assert_uint_eq(stack_word(0), CODE + 2);
	power_off();
}
END_TEST

/* STI; MOV SS,AX; INC BX; INC BX; INC BX, with an interrupt due all the time:
 * one shadow behind the other.  */
START_TEST(sti_and_mov_ss_shield_one_after_the_other)
{
	power_on(CPU_80486);
	poke(CODE, "\xfb\x8e\xd0\x43\x43\x43\xf4", 7);
	cpu.intr = true;
	run(100);
	ck_assert_int_eq(ended_in(), 8);
	ck_assert_uint_eq(BX, 1);
	power_off();
}
END_TEST

/* The same without an interrupt that is due, and with one that comes in the
 * shadow: out 20h,al.  */
START_TEST(the_end_of_the_shadow_of_sti_is_an_event_point)
{
	power_on(CPU_80486);
	poke(CODE, "\xfb\x90\x43\x43\xf4", 5);	/* sti; nop; inc bx; inc bx; hlt */
	ck_assert_int_eq(run(2), CPU_EXIT_DEADLINE);
	ck_assert_uint_eq(cpu.ip, CODE + 2);
	ck_assert_uint_eq(cpu.retired, 2);
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.retired, 5);
	ck_assert_uint_eq(BX, 2);
	power_off();

	power_on(CPU_80486);
	poke(CODE, "\xfb\xfb\x40\x43\xf4", 5);	/* sti; sti; inc ax; inc bx; hlt */
	cpu.flags |= CPU_IF;
	run(2);
	ck_assert_uint_eq(cpu.retired, 5);		/* no event point before HLT */
	power_off();

	RUN(CPU_80486, 0xb0, 0x01, 0xfb, 0xe6, 0x20, 0x43);
	ck_assert_int_eq(ended_in(), 8);
	ck_assert_uint_eq(BX, 0);
	power_off();
}
END_TEST

START_TEST(sti_hlt_wakes_up)
{
	power_on(CPU_80486);
	poke(CODE, "\xfb\xf4\x40", 3);
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);	/* still */
	ck_assert(cpu.halted);
	cpu.intr = true;
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_int_eq(ended_in(), 8);
	ck_assert_uint_eq(stack_word(0), CODE + 2);
	power_off();
}
END_TEST

/* Handlers that called each other, not jumped, would run out of it.  */
START_TEST(a_million_interrupts_need_no_more_stack_than_one)
{
	static const uint8_t program[] = {
		0x66, 0xb9, 0x40, 0x42, 0x0f, 0x00,	/* mov ecx,1000000 */
		0xcd, 0x60, 0xcc, 0xce,			/* l: int 60h; int3; into */
		0x67, 0xe2, 0xf9, 0xf4,			/* loop l (ecx); hlt */
	};
	static const unsigned vectors[] = { 3, 4, 0x60 };

	power_on(CPU_80486);
	poke(CODE, program, sizeof program);
	for (unsigned i = 0; i < 3; i++)
		bus_write(&bus, HANDLER_SEG * 16 + vectors[i] * 16, 0xcf, 1);	/* iret */
	cpu.flags |= CPU_OF;
	ck_assert_int_eq(run(20000000), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.retired, 1 + 7 * 1000000 + 1);
	power_off();
}
END_TEST

START_TEST(an_nmi_needs_no_flag)
{
	power_on(CPU_8086);
	poke(CODE, "\xeb\xfe", 2);
	cpu.nmi = true;
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_int_eq(ended_in(), 2);
	power_off();
}
END_TEST

START_TEST(an_nmi_waits_for_the_iret_of_the_one_before)
{
	static const uint8_t handler[] = { 0x43, 0x43, 0xcf };	/* INC BX twice, IRET */

	for (unsigned model = CPU_80186; model <= CPU_80286; model++) {
		power_on(model);
		poke(CODE, "\x90\x90\xf4", 3);
		poke(HANDLER_SEG * 16 + 2 * 16, handler, 3);
		cpu.nmi = true;
		cpu_step(&cpu);
		ck_assert_uint_eq(BX, 1);
		cpu.nmi = true;
		cpu_step(&cpu);
		ck_assert_uint_eq(cpu.reg[CPU_SP], model < CPU_80286 ? 0xff00 - 12 : 0xff00 - 6);
		ck_assert_int_eq(run(100), CPU_EXIT_HALT);
		ck_assert_uint_eq(BX, 4);
		ck_assert(!cpu.nmi);
		power_off();
	}
}
END_TEST

START_TEST(rep_is_interrupted_between_iterations)
{
	static const uint8_t program[] = {
		0xb9, 0x00, 0x10, 0xbf, 0x00, 0x20,	/* mov cx,1000h; mov di,2000h */
		0xf3, 0xaa, 0xf4,			/* rep stosb; hlt */
	};

	power_on(CPU_80486);
	poke(CODE, program, sizeof program);
	ck_assert_int_eq(run(102), CPU_EXIT_DEADLINE);
	ck_assert_uint_eq(CX, 0x1000 - 100);
	ck_assert_uint_eq(cpu.reg[CPU_DI], 0x2000 + 100);
	ck_assert_uint_eq(cpu.ip, CODE + 6);
	ck_assert_int_eq(run(100000), CPU_EXIT_HALT);
	ck_assert_uint_eq(CX, 0);
	ck_assert_uint_eq(cpu.reg[CPU_DI], 0x3000);
	power_off();
}
END_TEST

START_TEST(overlapping_rep_movs_repeats_the_beginning)
{
	RUN(CPU_80486, 0xb9, 0x10, 0x00, 0xbe, 0x00, 0x20, 0xbf, 0x02, 0x20,
	    0xc7, 0x06, 0x00, 0x20, 0x12, 0x34,		/* mov word [2000h],3412h */
	    0xf3, 0xa4);
	ck_assert_uint_eq(bus_read(&bus, 0x2010, 2), 0x3412);
	power_off();
}
END_TEST

START_TEST(single_step_traps_after_each_instruction)
{
	RUN(CPU_80386, 0x68, 0x02, 0x01, 0x9d, 0x40, 0x40);	/* push 102h; popf; inc ax... */
	ck_assert_int_eq(ended_in(), 1);
	ck_assert_uint_eq(AX, 1);
	ck_assert_uint_eq(stack_word(0), CODE + 5);
	ck_assert(stack_word(2) & CPU_TF);
	ck_assert(!(cpu.flags & CPU_TF));
	power_off();
}
END_TEST

START_TEST(mov_ss_shields_from_the_trap)
{
	RUN(CPU_80386, 0x8c, 0xd3, 0x68, 0x02, 0x01, 0x9d,	/* mov bx,ss; popf with TF */
	    0x8e, 0xd3, 0x40, 0x40);				/* mov ss,bx; inc ax */
	ck_assert_int_eq(ended_in(), 1);
	ck_assert_uint_eq(AX, 1);
	power_off();
}
END_TEST

START_TEST(hlt_in_the_gate_page_is_a_gate)
{
	power_on(CPU_80486);
	cpu.gate_base = CODE;
	cpu.gate_count = 2;
	poke(CODE, "\x40\xf4\xf4", 3);
	ck_assert_int_eq(run(100), CPU_EXIT_GATE);
	ck_assert_uint_eq(cpu.ip, CODE + 2);
	ck_assert(!cpu.halted);
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	power_off();
}
END_TEST

/* ---- faults ---- */

START_TEST(divide_errors_push_the_instruction_from_the_286_on)
{
	RUN(CPU_8086, 0x31, 0xd2, 0xf7, 0xf2);		/* xor dx,dx; div dx */
	ck_assert_int_eq(ended_in(), 0);
	ck_assert_uint_eq(stack_word(0), CODE + 4);
	power_off();
	RUN(CPU_80386, 0x31, 0xd2, 0xf7, 0xf2);
	ck_assert_uint_eq(stack_word(0), CODE + 2);
	power_off();
}
END_TEST

START_TEST(a_word_at_ffff_wraps_or_faults)
{
	RUN(CPU_8086, 0xc6, 0x06, 0x00, 0x00, 0x12, 0xa1, 0xff, 0xff);
	ck_assert_int_eq(ended_in(), -1);
	ck_assert_uint_eq(AX >> 8, 0x12);
	power_off();
	RUN(CPU_80386, 0xa1, 0xff, 0xff);
	ck_assert_int_eq(ended_in(), 13);
	power_off();
	RUN(CPU_80386, 0xbd, 0xff, 0xff, 0x8b, 0x46, 0x00);	/* mov ax,[bp] */
	ck_assert_int_eq(ended_in(), 12);
	power_off();
}
END_TEST

START_TEST(a_faulting_instruction_has_changed_nothing)
{
	RUN(CPU_80386, 0xb8, 0x34, 0x12, 0xf9,		/* mov ax,1234h; stc */
	    0x11, 0x06, 0xff, 0xff);			/* adc [ffffh],ax */
	ck_assert_int_eq(ended_in(), 13);
	ck_assert_uint_eq(AX, 0x1234);
	ck_assert(stack_word(2) & CPU_CF);
	ck_assert_uint_eq(cpu.reg[CPU_SP], 0xff00 - 6);
	power_off();
}
END_TEST

START_TEST(later_instructions_are_invalid_on_earlier_models)
{
	RUN(CPU_80286, 0x66, 0x90);
	ck_assert_int_eq(ended_in(), 6);
	power_off();
	RUN(CPU_80386, 0x0f, 0xc8);			/* bswap eax */
	ck_assert_int_eq(ended_in(), 6);
	power_off();
	RUN(CPU_80486, 0x0f, 0x44, 0xc0);		/* cmovz */
	ck_assert_int_eq(ended_in(), 6);
	power_off();
	RUN(CPU_80486, 0x0f, 0xa2);			/* cpuid */
	ck_assert_int_eq(ended_in(), 6);
	power_off();
}
END_TEST

START_TEST(lock_is_invalid_but_for_memory_updates)
{
	RUN(CPU_80386, 0xf0, 0x40);
	ck_assert_int_eq(ended_in(), 6);
	power_off();
	RUN(CPU_80386, 0xf0, 0xff, 0x06, 0x00, 0x20);
	ck_assert_int_eq(ended_in(), -1);
	power_off();
	RUN(CPU_80286, 0xf0, 0x40);
	ck_assert_int_eq(ended_in(), -1);
	power_off();
}
END_TEST

START_TEST(an_overlong_instruction_is_a_protection_fault)
{
	RUN(CPU_80386, 0x2e, 0x2e, 0x2e, 0x2e, 0x2e, 0x2e, 0x2e, 0x2e, 0x2e, 0x2e,
	    0x2e, 0x2e, 0x2e, 0x2e, 0x2e, 0x90);
	ck_assert_int_eq(ended_in(), 13);
	power_off();
	RUN(CPU_80386, 0x2e, 0x2e, 0x2e, 0x2e, 0x2e, 0x2e, 0x2e, 0x2e, 0x2e, 0x2e,
	    0x2e, 0x2e, 0x2e, 0x2e, 0x90);
	ck_assert_int_eq(ended_in(), -1);
	power_off();
}
END_TEST

START_TEST(running_over_the_segment_end_wraps_or_faults)
{
	power_on(CPU_8086);
	bus_write(&bus, 0xffff, 0x40, 1);		/* inc ax, then 0000:0000 */
	bus_write(&bus, 0, 0xf4, 1);
	cpu.ip = 0xffff;
	ck_assert_int_eq(run(100), CPU_EXIT_HALT);
	ck_assert_uint_eq(cpu.ip, 1);
	power_off();
	power_on(CPU_80386);
	bus_write(&bus, 0xffff, 0xb8, 1);		/* mov ax, with nothing behind */
	cpu.ip = 0xffff;
	run(100);
	ck_assert_int_eq(ended_in(), 13);
	power_off();
}
END_TEST

START_TEST(an_interrupt_without_a_stack_shuts_down)
{
	power_on(CPU_80386);
	poke(CODE, "\xcd\x21", 2);
	cpu.reg[CPU_SP] = 1;
	ck_assert_int_eq(run(100), CPU_EXIT_RESET);
	power_off();
}
END_TEST

START_TEST(no_coprocessor_means_no_answer)
{
	RUN(CPU_80386, 0xb8, 0x5a, 0x5a, 0xdf, 0xe0);	/* fnstsw ax */
	ck_assert_uint_eq(AX, 0x5a5a);
	power_off();
}
END_TEST

/* ---- 80186 to 80486 ---- */

START_TEST(push_sp_pushes_old_or_new)
{
	RUN(CPU_8086, 0x54, 0x58);
	ck_assert_uint_eq(AX, 0xfefe);
	power_off();
	RUN(CPU_80286, 0x54, 0x58);
	ck_assert_uint_eq(AX, 0xff00);
	power_off();
}
END_TEST

START_TEST(enter_and_leave_build_frames)
{
	RUN(CPU_80186, 0xbd, 0x00, 0x30,		/* mov bp,3000h */
	    0xc8, 0x10, 0x00, 0x02,			/* enter 16,2 */
	    0x89, 0xe8, 0x89, 0xe3,			/* mov ax,bp; mov bx,sp */
	    0xc9);					/* leave */
	ck_assert_uint_eq(AX, 0xfefe);
	ck_assert_uint_eq(BX, 0xff00 - 6 - 16);
	ck_assert_uint_eq(cpu.reg[CPU_BP], 0x3000);
	ck_assert_uint_eq(cpu.reg[CPU_SP], 0xff00);
	ck_assert_uint_eq(bus_read(&bus, 0xfefa, 2), 0xfefe);
	power_off();
}
END_TEST

START_TEST(a_handler_that_faults_for_ever_leaves_at_the_deadline)
{
	static const uint8_t bad[] = { 0x0f, 0xff };

	power_on(CPU_80386);
	poke(CODE, bad, 2);
	poke(HANDLER_SEG * 16 + 6 * 16, bad, 2);
	ck_assert_int_eq(run(1000), CPU_EXIT_DEADLINE);
	ck_assert_uint_eq(cpu.seg[CPU_CS].sel, HANDLER_SEG);
	power_off();
}
END_TEST

START_TEST(dwords_and_scaled_addresses_work_in_real_mode)
{
	RUN(CPU_80386, 0x66, 0xb8, 0x78, 0x56, 0x34, 0x12,	/* mov eax,12345678h */
	    0x66, 0xbb, 0x00, 0x10, 0x00, 0x00,			/* mov ebx,1000h */
	    0x66, 0xb9, 0x40, 0x04, 0x00, 0x00,			/* mov ecx,440h */
	    0x67, 0x66, 0x89, 0x44, 0x8b, 0x08,			/* mov [ebx+ecx*4+8],eax */
	    0x66, 0x0f, 0xb6, 0x16, 0x09, 0x21);		/* movzx edx,byte [2109h] */
	ck_assert_uint_eq(bus_read(&bus, 0x1000 + 0x440 * 4 + 8, 4), 0x12345678);
	ck_assert_uint_eq(DX, 0x56);
	power_off();
}
END_TEST

START_TEST(an_offset_over_ffff_faults_in_real_mode)
{
	RUN(CPU_80386, 0x66, 0xbb, 0x00, 0x00, 0x01, 0x00,	/* mov ebx,10000h */
	    0x67, 0x8a, 0x03);					/* mov al,[ebx] */
	ck_assert_int_eq(ended_in(), 13);
	power_off();
}
END_TEST

START_TEST(bit_strings_reach_beyond_their_operand)
{
	RUN(CPU_80386, 0xb8, 0x23, 0x01,		/* mov ax,291 */
	    0x0f, 0xab, 0x06, 0x00, 0x20,		/* bts [2000h],ax */
	    0xb8, 0xff, 0xff,				/* mov ax,-1 */
	    0x0f, 0xab, 0x06, 0x00, 0x20);
	ck_assert_uint_eq(bus_read(&bus, 0x2000 + 291 / 8, 1), 1 << 291 % 8);
	ck_assert_uint_eq(bus_read(&bus, 0x1fff, 1), 0x80);
	power_off();
}
END_TEST

/* A loop of IN is over when its time is, not when so many instructions have been. */
START_TEST(ports_take_longer)
{
	static const uint8_t program[] = { 0xe4, 0x10, 0xeb, 0xfc };	/* l: in al,10h; jmp l */
	uint64_t pairs;

	power_on(CPU_80486);
	cpu.port_cost = 10 * COST;
	poke(CODE, program, sizeof program);
	ck_assert_int_eq(run(12000), CPU_EXIT_DEADLINE);
	pairs = cpu.retired / 2;
	ck_assert_uint_ge(pairs, 999);
	ck_assert_uint_le(pairs, 1001);
	ck_assert_uint_ge(sched.now, sched.deadline);
	ck_assert_uint_le(sched.now, sched.deadline + 12 * COST);
	power_off();
}
END_TEST

static uint64_t took(const uint8_t *program, size_t size)
{
	uint64_t began;

	cpu_load_real(&cpu, CPU_CS, 0);
	cpu.ip = CODE;
	cpu.halted = false;
	poke(CODE, program, size);
	began = sched.now;
	ck_assert_int_eq(run(100000), CPU_EXIT_HALT);
	return sched.now - began;
}

/* As plain memory and as a chip's; a word is two accesses of a card that moves bytes.  */
START_TEST(memory_on_a_card_takes_longer)
{
	static const uint8_t plain[] = {
		0xb8, 0x00, 0xa0, 0x8e, 0xc0,		/* mov ax,a000h; mov es,ax */
		0x26, 0xa3, 0x00, 0x00,			/* mov es:[0],ax */
		0x26, 0xa1, 0x02, 0x00,			/* mov ax,es:[2] */
		0x26, 0xa0, 0x04, 0x00,			/* mov al,es:[4] */
		0xb9, 0x10, 0x00, 0x31, 0xff,		/* mov cx,16; xor di,di */
		0xf3, 0xaa, 0xf4,			/* rep stosb; hlt */
	};
	uint64_t fast, slow, again;

	power_on(CPU_80386);
	bus_map_ram(&bus, 0xa0000, 0x1000, bus.ram + 0xa0000, PAGE_WRITABLE | PAGE_CARD);
	took(plain, sizeof plain);
	fast = took(plain, sizeof plain);
	cpu_set_card(&cpu, &(struct cpu_card){ .read = 70, .write = 50, .width = 1 });
	slow = took(plain, sizeof plain);
	ck_assert_uint_eq(slow, fast + 3 * 70 + 2 * 50 + 16 * 50);
	cpu_set_card(&cpu, &(struct cpu_card){ .read = 70, .write = 50, .width = 2 });
	ck_assert_uint_eq(took(plain, sizeof plain), fast + 2 * 70 + 1 * 50 + 16 * 50);
	cpu_set_card(&cpu, &(struct cpu_card){ .width = 1 });
	again = took(plain, sizeof plain);
	ck_assert_uint_eq(again, fast);
	power_off();
}
END_TEST

struct latch {
	uint32_t last, reads, writes;
	uint32_t gives;			/* when written, so many bytes up to A1000h become RAM */
};

static uint32_t latch_read(void *dev, uint32_t addr, unsigned size)
{
	struct latch *l = dev;

	(void)size;
	l->reads++;
	l->last = addr;
	return 0x11111111;
}

static void latch_write(void *dev, uint32_t addr, uint32_t val, unsigned size)
{
	struct latch *l = dev;

	(void)val;
	(void)size;
	l->writes++;
	l->last = addr;
	if (l->gives)
		bus_map_ram(&bus, 0xa1000 - l->gives, l->gives, bus.ram + 0xa1000 - l->gives,
			    PAGE_WRITABLE);
}

static const struct bus_ops latch_ops = {
	.name = "latch", .read = latch_read, .write = latch_write,
};

/* A chip that has been spoken to is found again, until something else is there, or a limit
 * is in the way.  */
START_TEST(what_is_known_of_a_chip_is_no_longer_true_when_it_moves)
{
	static const uint8_t program[] = {
		0x26, 0xc6, 0x06, 0x04, 0x00, 0x01,	/* mov es:[4],byte 1 */
		0x26, 0xa1, 0x08, 0x00, 0xf4,		/* mov ax,es:[8]; hlt */
	};
	struct latch low = { 0 }, high = { 0 };

	power_on(CPU_80386);
	cpu_load_real(&cpu, CPU_ES, 0xa000);
	bus_map_chip(&bus, 0xa0000, 0x1000, &latch_ops, &low);
	for (unsigned i = 0; i < 2; i++)
		took(program, sizeof program);
	ck_assert_uint_eq(low.reads, 2);
	ck_assert_uint_eq(low.writes, 2);
	ck_assert_uint_eq(low.last, 0xa0008);
	bus_map_chip(&bus, 0xa0000, 0x1000, &latch_ops, &high);
	took(program, sizeof program);
	ck_assert_uint_eq(low.reads + low.writes, 4);
	ck_assert_uint_eq(high.reads + high.writes, 2);
	bus_map_ram(&bus, 0xa0000, 0x1000, bus.ram + 0xa0000, PAGE_WRITABLE);
	took(program, sizeof program);
	ck_assert_uint_eq(high.reads + high.writes, 2);
	ck_assert_uint_eq(bus.ram[0xa0004], 1);
	bus_map_chip(&bus, 0xa0000, 0x1000, &latch_ops, &low);
	took(program, sizeof program);
	cpu.seg[CPU_ES].limit = 7;		/* now the read faults, by vector 13 */
	poke(CODE + 0x100, (const uint8_t[]){ 0xf4 }, 1);
	poke(13 * 4, (const uint8_t[]){ (CODE + 0x100) & 0xff, (CODE + 0x100) >> 8, 0, 0 }, 4);
	took(program, sizeof program);
	ck_assert_uint_eq(low.writes, 4);
	ck_assert_uint_eq(low.reads, 3);
	power_off();
}
END_TEST

/* One page, and so many that all that is known of any is forgotten.  */
START_TEST(a_chip_may_give_its_place_to_memory_when_it_is_written)
{
	static const uint8_t program[] = {
		0x26, 0xa1, 0x08, 0x00,			/* mov ax,es:[8] */
		0x26, 0xc6, 0x06, 0x04, 0x00, 0x01,	/* mov es:[4],byte 1 */
		0x26, 0xa1, 0x08, 0x00, 0xf4,		/* mov ax,es:[8]; hlt */
	};
	static const uint32_t gives[] = { 0x1000, 0x41000 };

	for (unsigned i = 0; i < 2; i++) {
		struct latch low = { .gives = gives[i] };

		power_on(CPU_80386);
		cpu_load_real(&cpu, CPU_ES, 0xa000);
		bus_map_chip(&bus, 0xa1000 - gives[i], gives[i], &latch_ops, &low);
		bus.ram[0xa0008] = 0x77;
		took(program, sizeof program);
		ck_assert_uint_eq(low.reads, 1);
		ck_assert_uint_eq(cpu.reg[CPU_AX] & 0xff, 0x77);
		power_off();
	}
}
END_TEST

START_TEST(some_instructions_take_longer)
{
	static const uint8_t program[] = {
		0xb8, 0x05, 0x00, 0xb3, 0x03,		/* mov ax,5; mov bl,3 */
		0xf6, 0xe3, 0xf6, 0xf3,			/* mul bl; div bl */
		0x1e, 0x07, 0xbf, 0x00, 0x30,		/* push ds; pop es; mov di,3000h */
		0xb9, 0x64, 0x00, 0xf3, 0xaa, 0xf4,	/* mov cx,100; rep stosb; hlt */
	};
	uint64_t fast;

	power_on(CPU_80486);
	took(program, sizeof program);
	fast = took(program, sizeof program);
	cpu.longer[LONGER_MUL] = 100;
	cpu.longer[LONGER_DIV] = 1000;
	cpu.longer[LONGER_REP] = 10000;
	cpu.longer[LONGER_STOS] = 3;
	ck_assert_uint_eq(took(program, sizeof program), fast + 100 + 1000 + 10000 + 100 * 3);
	power_off();
}
END_TEST

/* By the host's coprocessor and, before the 386, by the general way.  */
START_TEST(the_coprocessor_takes_longer)
{
	static const uint8_t program[] = {
		0xdb, 0xe3, 0xd9, 0xe8, 0xd9, 0xe8,	/* fninit; fld1; fld1 */
		0xd8, 0xc1, 0xd8, 0xc9, 0xd8, 0xf1,	/* fadd, fmul, fdiv st, st(1) */
		0xd9, 0x16, 0x00, 0x30,			/* fst dword [3000h] */
		0xd8, 0x36, 0x00, 0x30,			/* fdiv dword [3000h] */
		0xd9, 0xf0, 0xdd, 0x1e, 0x00, 0x30,	/* f2xm1; fstp qword [3000h] */
		0xdf, 0xe0, 0xf4,			/* fnstsw ax; hlt */
	};
	static const enum cpu_model models[] = { CPU_80286, CPU_80486 };
	uint64_t fast;

	for (unsigned m = 0; m < sizeof models / sizeof *models; m++) {
		power_on(models[m]);
		cpu.has_fpu = true;
		took(program, sizeof program);
		fast = took(program, sizeof program);
		cpu.longer[LONGER_FADD] = 10;
		cpu.longer[LONGER_FMUL] = 100;
		cpu.longer[LONGER_FDIV] = 1000;
		cpu.longer[LONGER_FSTORE] = 10000;
		cpu.longer[LONGER_FUNC] = 100000;
		ck_assert_uint_eq(took(program, sizeof program), fast + 122110);
		power_off();
	}
}
END_TEST

/* A REP that does much at once stops where its time is over.  */
START_TEST(what_takes_longer_ends_a_run_in_time)
{
	static const uint8_t program[] = { 0xb9, 0x00, 0x08, 0xbf, 0x00, 0x30, 0xf3, 0xaa, 0xf4 };

	power_on(CPU_80486);
	took(program, sizeof program);
	cpu.longer[LONGER_STOS] = 9 * COST;
	cpu_load_real(&cpu, CPU_CS, 0);
	cpu.ip = CODE;
	cpu.halted = false;
	ck_assert_int_eq(run(1000), CPU_EXIT_DEADLINE);
	ck_assert_uint_ge(sched.now, sched.deadline);
	ck_assert_uint_le(sched.now, sched.deadline + 20 * COST);
	power_off();
}
END_TEST

START_TEST(the_486_flag_that_tells_it_from_a_386_can_be_set)
{
	static const uint8_t program[] = {
		0x66, 0x68, 0x00, 0x00, 0x24, 0x00,	/* push dword AC | ID */
		0x66, 0x9d, 0x66, 0x9c, 0x66, 0x58, 0xf4,	/* popfd; pushfd; pop eax */
	};
	static const uint32_t kept[] = {
		[CPU_80386] = 0, [CPU_80486] = CPU_AC, [CPU_PENTIUM] = CPU_AC | CPU_ID };

	for (unsigned m = CPU_80386; m <= CPU_PENTIUM; m++) {
		power_on(m);
		poke(CODE, program, sizeof program);
		run(100);
		ck_assert_uint_eq(AX & (CPU_AC | CPU_ID), kept[m]);
		power_off();
	}
}
END_TEST

START_TEST(limits_loaded_in_protected_mode_stay_in_real_mode)
{
	static const uint8_t gdt[] = {
		0, 0, 0, 0, 0, 0, 0, 0,
		0xff, 0xff, 0, 0, 0, 0x92, 0xcf, 0,	/* 08h: data, 4 GB */
		0xff, 0xff, 0, 0, 0, 0x9a, 0x00, 0,	/* 10h: code, 64 KB at 0 */
	};
	static const uint8_t gdtr[] = { 23, 0, 0x00, 0x30, 0, 0 };

	power_on(CPU_80386);
	poke(0x3000, gdt, sizeof gdt);
	poke(0x3100, gdtr, sizeof gdtr);
	bus_write(&bus, 0x200000, 0x77, 1);
	poke(CODE, (const uint8_t[]){
		0x0f, 0x01, 0x16, 0x00, 0x31,		/* lgdt [3100h] */
		0x0f, 0x20, 0xc0, 0x0c, 0x01, 0x0f, 0x22, 0xc0,	/* cr0 |= PE */
		0xea, 0x12, 0x10, 0x10, 0x00,		/* jmp 0010:1012 */
		0xbb, 0x08, 0x00, 0x8e, 0xdb,		/* mov ds,08h */
		0x0f, 0x20, 0xc0, 0x24, 0xfe, 0x0f, 0x22, 0xc0,	/* cr0 &= ~PE */
		0xea, 0x24, 0x10, 0x00, 0x00,		/* jmp 0000:1024 */
		0x31, 0xdb, 0x8e, 0xdb,			/* mov ds,0 */
		0x66, 0xbe, 0x00, 0x00, 0x20, 0x00,	/* mov esi,200000h */
		0x67, 0x8a, 0x0e, 0xf4 }, 50);		/* mov cl,[esi]; hlt */
	ck_assert_int_eq(run(1000), CPU_EXIT_HALT);
	ck_assert_int_eq(ended_in(), -1);
	ck_assert_uint_eq(CX & 0xff, 0x77);
	ck_assert_uint_eq(cpu.seg[CPU_DS].limit, 0xffffffff);
	power_off();
}
END_TEST

START_TEST(a_32_bit_code_segment_decodes_dwords)
{
	static const uint8_t gdt[] = {
		0, 0, 0, 0, 0, 0, 0, 0,
		0xff, 0xff, 0, 0, 0, 0x9a, 0xcf, 0,	/* 08h: 32-bit code */
	};
	static const uint8_t gdtr[] = { 15, 0, 0x00, 0x30, 0, 0 };

	power_on(CPU_80386);
	poke(0x3000, gdt, sizeof gdt);
	poke(0x3100, gdtr, sizeof gdtr);
	poke(CODE, (const uint8_t[]){
		0x0f, 0x01, 0x16, 0x00, 0x31,
		0x0f, 0x20, 0xc0, 0x0c, 0x01, 0x0f, 0x22, 0xc0,
		0xea, 0x12, 0x10, 0x08, 0x00,		/* jmp 0008:1012 */
		0xb8, 0x78, 0x56, 0x34, 0x12,		/* mov eax,12345678h */
		0x66, 0xbb, 0x21, 0x43, 0xf4 }, 28);	/* mov bx,4321h; hlt */
	ck_assert_int_eq(run(1000), CPU_EXIT_HALT);
	ck_assert_uint_eq(AX, 0x12345678);
	ck_assert_uint_eq(BX, 0x4321);
	power_off();
}
END_TEST

START_TEST(the_table_says_what_it_knows)
{
	unsigned rows = 0;

	for (unsigned i = 0; i < CPU_ROWS; i++) {
		const struct cpu_row *row = &cpu_row[i];

		if (!row->name)
			continue;
		rows++;
		ck_assert_int_le(row->first, row->last);
		ck_assert(row->handlers || row->kind & IS_GROUP);
	}
	ck_assert_uint_gt(rows, 500);
}
END_TEST

/* ---- snapshots ---- */

START_TEST(a_snapshot_goes_on_with_the_same_result)
{
	static const uint8_t program[] = {
		0xb9, 0x00, 0x02, 0x01, 0xc8, 0xd1, 0xc0, 0x11, 0xc3,	/* mov cx,200h; l: ... */
		0x87, 0xd3, 0xe2, 0xf6, 0xf4,
	};
	uint8_t buf[4096];
	uint32_t want;
	struct state st;

	power_on(CPU_80486);
	poke(CODE, program, sizeof program);
	run(100000);
	want = BX ^ AX << 16;
	power_off();

	power_on(CPU_80486);
	poke(CODE, program, sizeof program);
	ck_assert_int_eq(run(333), CPU_EXIT_DEADLINE);
	state_init(&st, STATE_SAVE, buf, sizeof buf);
	cpu_state(&cpu, &st);
	ck_assert(state_ok(&st));
	power_off();

	power_on(CPU_8086);
	poke(CODE, program, sizeof program);
	state_init(&st, STATE_LOAD, buf, st.pos);
	cpu_state(&cpu, &st);
	ck_assert(state_ok(&st));
	ck_assert_int_eq(cpu.model, CPU_80486);
	run(100000);
	ck_assert_uint_eq(BX ^ AX << 16, want);
	power_off();
}
END_TEST

int main(void)
{
	return suite_run("cpu/interp", (const TTest *[]){
		the_very_next_instruction_can_be_overwritten,
		an_immediate_patched_in_a_loop_is_always_the_new_one,
		a_replacement_of_another_length_is_decoded_anew,
		data_beside_code_keeps_what_is_written,
		a_displacement_patched_in_a_loop_is_always_the_new_one,
		an_immediate_is_patched_together_with_what_follows,
		an_instruction_inside_another_dies_with_it,
		rep_stos_beside_code_stops_at_nothing_and_misses_nothing,
		a_far_return_may_give_up_its_own_page,
		code_written_by_others_is_noticed,
		an_instruction_may_lie_across_pages,
		the_same_code_runs_under_different_segments,
		switching_a20_changes_what_is_seen_at_once,
		a_chip_sees_the_exact_time,
		a_rep_iteration_counts_as_an_instruction,
		a_slice_ends_at_a_taken_branch,
		a_traced_run_ends_its_slices_at_the_same_places,
		an_instruction_across_pages_is_no_event_point,
		a_chip_may_move_the_deadline_nearer,
		an_interrupt_raised_by_out_comes_right_after_it,
		sti_shields_the_instruction_behind_it,
		sti_and_mov_ss_shield_one_after_the_other,
		the_end_of_the_shadow_of_sti_is_an_event_point,
		sti_hlt_wakes_up,
		a_million_interrupts_need_no_more_stack_than_one,
		an_nmi_needs_no_flag,
		an_nmi_waits_for_the_iret_of_the_one_before,
		rep_is_interrupted_between_iterations,
		overlapping_rep_movs_repeats_the_beginning,
		single_step_traps_after_each_instruction,
		mov_ss_shields_from_the_trap,
		hlt_in_the_gate_page_is_a_gate,
		divide_errors_push_the_instruction_from_the_286_on,
		a_word_at_ffff_wraps_or_faults,
		a_faulting_instruction_has_changed_nothing,
		later_instructions_are_invalid_on_earlier_models,
		lock_is_invalid_but_for_memory_updates,
		an_overlong_instruction_is_a_protection_fault,
		running_over_the_segment_end_wraps_or_faults,
		an_interrupt_without_a_stack_shuts_down,
		no_coprocessor_means_no_answer,
		push_sp_pushes_old_or_new,
		enter_and_leave_build_frames,
		a_handler_that_faults_for_ever_leaves_at_the_deadline,
		dwords_and_scaled_addresses_work_in_real_mode,
		an_offset_over_ffff_faults_in_real_mode,
		bit_strings_reach_beyond_their_operand,
		ports_take_longer,
		memory_on_a_card_takes_longer,
		what_is_known_of_a_chip_is_no_longer_true_when_it_moves,
		a_chip_may_give_its_place_to_memory_when_it_is_written,
		some_instructions_take_longer,
		the_coprocessor_takes_longer,
		what_takes_longer_ends_a_run_in_time,
		the_486_flag_that_tells_it_from_a_386_can_be_set,
		limits_loaded_in_protected_mode_stay_in_real_mode,
		a_32_bit_code_segment_decodes_dwords,
		the_table_says_what_it_knows,
		a_snapshot_goes_on_with_the_same_result,
		NULL });
}
