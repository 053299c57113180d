/* bios_boot.c - the BIOS under the real processor: from the reset vector to
 * a program that uses it.  */

#include "bios_board.h"

#define PROGRAM_SEG	0x2000
#define DONE_PORT	0x80

static uint8_t result;
static vtime done_at;

static void port_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	(void)dev, (void)port, (void)size;
	result = val;
	done_at = sched.now;
}

static const struct bus_ops done_port = { .name = "done", .write = port_write, .narrow = true };

static enum svc booted(void *room, struct guest *g)
{
	(void)room;
	cpu_load_real(g->cpu, CPU_CS, PROGRAM_SEG);
	g->cpu->ip = 0x100;
	return SVC_JUMP;
}

static void power_on(void)
{
	result = 0;
	sched_init(&sched);
	ck_assert(bus_init(&bus, RAM_SIZE, NULL));
	cpu_init(&cpu, &bus, &sched);
	ck_assert(cpu_use(&cpu, &cpu_interp));
	build_board(booted);
	cpu.intack = pic_intack;
	cpu.intack_ctx = &pic;
	cpu.gate_base = GUEST_ROM_SEG * 16 + GUEST_GATE_OFF;
	cpu.gate_count = GUEST_GATES;
	bus_map_ports(&bus, DONE_PORT, 1, &done_port, NULL);
	cpu_reset(&cpu);
}

static void power_off(void)
{
	cpu_fini(&cpu);
	bus_fini(&bus);
}

static void load(const uint8_t *code, size_t size)
{
	bus_copy_out(&bus, PROGRAM_SEG * 16 + 0x100, code, size);
}

/* The machine's loop; until the program has written to the done port.  */
static void run_until(vtime until)
{
	while (sched.now < until && !result) {
		bool waits = false;

		sched.deadline = sched_next(&sched) < until ? sched_next(&sched) : until;
		switch (cpu_run(&cpu)) {
		case CPU_EXIT_GATE:
			waits = !guest_serve(&guest);
			break;
		case CPU_EXIT_HALT:
			waits = true;
			break;
		case CPU_EXIT_RESET:
			ck_abort_msg("the processor has shut down");
		case CPU_EXIT_DEADLINE:
		case CPU_EXIT_BREAK:
			break;
		}
		if (waits && !cpu_due_interrupt(&cpu))
			sched_skip(&sched, sched.deadline);
		sched_fire_due(&sched);
	}
}

static void tap(uint16_t key)
{
	keyboard_key(&keyboard, &(struct key_event){ .key = key, .down = true });
	keyboard_key(&keyboard, &(struct key_event){ .key = key, .down = false });
}

START_TEST(a_program_prints_and_ends)
{
	static const uint8_t code[] = {
		0xb8, 0x48, 0x0e,		/* mov ax, 0e48h */
		0xcd, 0x10,			/* int 10h */
		0xb0, 0x69,			/* mov al, 'i' */
		0xcd, 0x10,
		0xb0, 0x01, 0xe6, 0x80,		/* out 80h, 1 */
		0xeb, 0xfe,
	};

	load(code, sizeof code);
	run_until(VTIME_SECOND);
	ck_assert_uint_eq(result, 1);
	ck_assert_str_eq(tty, "Hi");
	ck_assert_uint_eq(bus_read(&bus, 0xb8000, 4), 0x07690748);
}
END_TEST

START_TEST(a_program_waits_for_a_key)
{
	static const uint8_t code[] = {
		0x31, 0xc0,			/* xor ax, ax */
		0xcd, 0x16,			/* int 16h */
		0xb4, 0x0e, 0xcd, 0x10,		/* print it */
		0xb0, 0x01, 0xe6, 0x80,
		0xeb, 0xfe,
	};

	load(code, sizeof code);
	run_until(VTIME_SECOND);
	ck_assert_uint_eq(result, 0);
	ck_assert_int_eq(guest_waiting(&guest), GUEST_WAIT_KEY);
	tap(0x14);
	run_until(2 * VTIME_SECOND);
	ck_assert_uint_eq(result, 1);
	ck_assert_str_eq(tty, "q");
}
END_TEST

START_TEST(a_program_counts_ticks)
{
	static const uint8_t code[] = {
		0x31, 0xc0, 0x8e, 0xc0,				/* es = 0 */
		0xfa,
		0x26, 0xc7, 0x06, 0x70, 0x00, 0x20, 0x01,	/* es:[70h] = 120h */
		0x26, 0x8c, 0x0e, 0x72, 0x00,			/* es:[72h] = cs */
		0xfb,
		/* 112h: */
		0xf4,						/* hlt */
		0x2e, 0x83, 0x3e, 0x26, 0x01, 0x12,		/* cmp cs:[126h], 18 */
		0x72, 0xf7,					/* jb 112h */
		0xb0, 0x01, 0xe6, 0x80, 0x90,			/* out 80h, 1 */
		/* 120h: */
		0x2e, 0xff, 0x06, 0x26, 0x01,			/* inc cs:[126h] */
		0xcf,						/* iret */
		0x00, 0x00,
	};

	load(code, sizeof code);
	run_until(2 * VTIME_SECOND);
	ck_assert_uint_ge(bus_read(&bus, PROGRAM_SEG * 16 + 0x126, 2), 18);
	ck_assert_uint_ge(done_at, VTIME_SECOND * 18 / 19);
	ck_assert_uint_le(done_at, VTIME_SECOND);
}
END_TEST

START_TEST(a_program_waits_in_guest_time)
{
	static const uint8_t code[] = {
		0xb4, 0x86,			/* 100 ms by INT 15h/86h */
		0xb9, 0x01, 0x00,
		0xba, 0xa0, 0x86,
		0xcd, 0x15,
		0xb0, 0x01, 0xe6, 0x80,
		0xeb, 0xfe,
	};

	load(code, sizeof code);
	run_until(VTIME_SECOND);
	ck_assert_uint_eq(result, 1);
	ck_assert_uint_ge(done_at, 100000000);
	ck_assert_uint_le(done_at, 100010000);
}
END_TEST

START_TEST(an_invalid_opcode_is_told)
{
	static const uint8_t code[] = { 0x0f, 0x0b };		/* ud2 */

	load(code, sizeof code);
	run_until(VTIME_SECOND / 10);
	ck_assert_ptr_nonnull(crash);
	ck_assert_str_eq(crash, "invalid opcode at 2000:0100");
}
END_TEST

START_TEST(every_model_boots)
{
	static const uint8_t code[] = { 0xb0, 0x01, 0xe6, 0x80, 0xeb, 0xfe };

	for (int model = CPU_8086; model <= CPU_80486; model++) {
		result = 0;
		load(code, sizeof code);
		cpu.model = model;
		cpu_reset(&cpu);
		bios_reset(&bios);
		run_until(sched.now + VTIME_SECOND);
		ck_assert_uint_eq(result, 1);
	}
}
END_TEST

int main(void)
{
	return suite_run_each("bios/boot", power_on, power_off, (const TTest *[]){
		a_program_prints_and_ends,
		a_program_waits_for_a_key,
		a_program_counts_ticks,
		a_program_waits_in_guest_time,
		an_invalid_opcode_is_told,
		every_model_boots,
		NULL });
}
