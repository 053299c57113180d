/* machine_spin.c - programs that wait in a loop and ask nobody.
 *
 * Each is a few bytes on a machine without anything else: an interrupt every tick, which
 * counts, and a loop at LOOP, after which the processor stops.  */

#include <stdlib.h>
#include <string.h>

#include "suite.h"

#include "base/error.h"
#include "bus/bus.h"
#include "cpu/cpu.h"
#include "machine/inspect.h"
#include "machine/machine.h"

#define SEG	0x1000u
#define TICK	0x40u			/* the interrupt's handler */
#define LOOP	0x80u
#define COUNT	0xf0u			/* of ticks */
#define COST	40u
#define TICKS	10u
#define LENGTH	(TICKS * UINT64_C(54925494))
#define BUSY	(LENGTH * 8 / 10 / COST)	/* instructions, at least */
#define BUSY_AT_PORTS (BUSY / 20)
#define IDLE	(BUSY / 100)
#define NEVER	UINT64_C(3000000000)

/* IRQ 0 at vector 8, and only that; the timer at its slowest; the keyboard is on.  */
static const uint8_t start[] = {
	0xb0, 0x11, 0xe6, 0x20, 0xb0, 0x08, 0xe6, 0x21, 0xb0, 0x04, 0xe6, 0x21,
	0xb0, 0x01, 0xe6, 0x21, 0xb0, 0xfe, 0xe6, 0x21,
	0xb0, 0x34, 0xe6, 0x43, 0x30, 0xc0, 0xe6, 0x40, 0xe6, 0x40,
	0xb0, 0xae, 0xe6, 0x64,
	0xb1, 0x00, 0x31, 0xdb, 0xfb, 0xeb, LOOP - 41,
};

/* PUSH AX; INC BYTE [CS:COUNT]; MOV AL,20h; OUT 20h,AL; POP AX; IRET */
static const uint8_t tick[] = {
	0x50, 0x2e, 0xfe, 0x06, COUNT, 0, 0xb0, 0x20, 0xe6, 0x20, 0x58, 0xcf,
};

#define UNTIL_LAST_TICK(back)	0x2e, 0x80, 0x3e, COUNT, 0, TICKS, 0x72, (uint8_t)(back), 0xfa, 0xf4

static const uint8_t watches_memory[] = { UNTIL_LAST_TICK(-8) };
/* CALL to a RET; PUSH AX; POP AX */
static const uint8_t calls_and_watches[] = {
	0xeb, 1, 0xc3, 0xe8, 0xfc, 0xff, 0x50, 0x58, UNTIL_LAST_TICK(-13),
};
/* INC BX */
static const uint8_t counts[] = { 0x43, UNTIL_LAST_TICK(-9) };
/* INC WORD [CS:COUNT+2] */
static const uint8_t counts_in_memory[] = { 0x2e, 0xff, 0x06, COUNT + 2, 0, UNTIL_LAST_TICK(-13) };
/* IN AL,61h: its bit 4 goes with the refresh of memory */
static const uint8_t watches_refresh[] = { 0xe4, 0x61, UNTIL_LAST_TICK(-10) };
/* OUT 80h,AL */
static const uint8_t speaks[] = { 0xe6, 0x80, UNTIL_LAST_TICK(-10) };
/* With interrupts off: IN AL,64h; TEST AL,1; JZ; HLT */
static const uint8_t watches_keyboard[] = { 0xfa, 0xe4, 0x64, 0xa8, 1, 0x74, 0xfa, 0xf4 };
/* IN AL,60h; CMP AL,1Eh; JNE; CLI; HLT */
static const uint8_t watches_data[] = { 0xe4, 0x60, 0x3c, 0x1e, 0x75, 0xfa, 0xfa, 0xf4 };

static struct machine *make(void)
{
	struct machine_config config = {
		.ram_size = 1 << 20, .model = CPU_80386, .cost = COST, .coms = 2, .lpts = 1,
		.dos = { .version_major = 6, .version_minor = 22, .country = 1, .code_page = 437,
			 .files = 20, .lastdrive = 26, .buffers = 20, .boot_drive = 'C',
			 .current_drive = 'C', .shell = "C:\\COMMAND.COM", .environment = "" },
	};
	struct machine_host none = { 0 };
	struct error err = { "" };
	struct machine *m = machine_new(&config, &none, &err);

	ck_assert_msg(m != NULL, "%s", err.text);
	return m;
}

static struct machine *with(const uint8_t *loop, size_t size)
{
	struct machine *m = make();
	struct cpu *cpu = machine_cpu(m);

	bus_copy_out(cpu->bus, SEG * 16, start, sizeof start);
	bus_copy_out(cpu->bus, SEG * 16 + TICK, tick, sizeof tick);
	bus_copy_out(cpu->bus, SEG * 16 + LOOP, loop, size);
	bus_write(cpu->bus, SEG * 16 + COUNT, 0, 4);
	bus_write(cpu->bus, 8 * 4, SEG << 16 | TICK, 4);
	for (unsigned s = CPU_ES; s <= CPU_DS; s++)
		cpu_load_real(cpu, s, SEG);
	cpu_set16(cpu, CPU_SP, 0x1000);
	cpu->ip = 0;
	return m;
}
#define WITH(loop)	with(loop, sizeof loop)

static uint64_t instructions_of(struct machine *m)
{
	uint64_t n;

	ck_assert(!machine_run(m, NEVER));
	n = machine_instructions(m);
	machine_free(m);
	return n;
}

START_TEST(a_loop_that_watches_memory_rests)
{
	ck_assert_uint_lt(instructions_of(WITH(watches_memory)), IDLE);
}
END_TEST

START_TEST(it_may_call_and_push)
{
	ck_assert_uint_lt(instructions_of(WITH(calls_and_watches)), IDLE);
}
END_TEST

START_TEST(it_ends_at_the_same_tick_as_a_loop_that_counts)
{
	struct machine *rests = WITH(watches_memory), *counting = WITH(counts);
	int64_t apart;

	machine_run(rests, NEVER);
	machine_run(counting, NEVER);
	apart = machine_now(rests) - machine_now(counting);
	ck_assert_int_lt(llabs(apart), 100 * COST);
	machine_free(rests);
	machine_free(counting);
}
END_TEST

START_TEST(a_loop_that_counts_is_not_idle)
{
	ck_assert_uint_gt(instructions_of(WITH(counts)), BUSY);
	ck_assert_uint_gt(instructions_of(WITH(counts_in_memory)), BUSY);
}
END_TEST

START_TEST(a_loop_that_speaks_to_a_chip_is_not_idle)
{
	ck_assert_uint_gt(instructions_of(WITH(watches_refresh)), BUSY_AT_PORTS);
	ck_assert_uint_gt(instructions_of(WITH(speaks)), BUSY_AT_PORTS);
}
END_TEST

static void a_key_ends(struct machine *m)
{
	struct key_event a = { .key = 0x04, .down = true };

	ck_assert(machine_run(m, LENGTH));
	machine_key(m, &a);
	ck_assert(!machine_run(m, LENGTH + VTIME_SECOND / 100));
	ck_assert_uint_lt(machine_instructions(m), IDLE);
	machine_free(m);
}

START_TEST(a_loop_that_watches_the_keyboards_ports_rests_until_a_key)
{
	a_key_ends(WITH(watches_keyboard));
	a_key_ends(WITH(watches_data));
}
END_TEST

START_TEST(in_what_slices_it_is_run_makes_no_difference)
{
	uint64_t n, whole = instructions_of(WITH(calls_and_watches));
	struct machine *m;

	for (vtime slice = 999; slice < LENGTH / 10; slice = slice * 9 + 1) {
		m = WITH(calls_and_watches);
		while (machine_run(m, machine_now(m) + slice))
			;
		n = machine_instructions(m);
		machine_free(m);
		ck_assert_uint_eq(n, whole);
	}
}
END_TEST

static struct machine *renewed(struct machine *m)
{
	struct error err = { "" };
	uint8_t *data;
	size_t size;

	ck_assert(machine_save(m, &data, &size, &err));
	machine_free(m);
	m = make();
	ck_assert_msg(machine_load(m, data, size, &err), "%s", err.text);
	free(data);
	return m;
}

START_TEST(a_snapshot_may_be_taken_while_it_rests)
{
	struct machine *whole = WITH(watches_memory), *m = WITH(watches_memory);

	machine_run(whole, NEVER);
	for (unsigned i = 1; machine_run(m, i * LENGTH / 29); i++)
		m = renewed(m);
	ck_assert_uint_eq(machine_now(m), machine_now(whole));
	ck_assert_uint_eq(machine_instructions(m), machine_instructions(whole));
	machine_free(m);
	machine_free(whole);
}
END_TEST

int main(void)
{
	return suite_run("machine/spin", (const TTest *[]){
		a_loop_that_watches_memory_rests,
		it_may_call_and_push,
		it_ends_at_the_same_tick_as_a_loop_that_counts,
		a_loop_that_counts_is_not_idle,
		a_loop_that_speaks_to_a_chip_is_not_idle,
		a_loop_that_watches_the_keyboards_ports_rests_until_a_key,
		in_what_slices_it_is_run_makes_no_difference,
		a_snapshot_may_be_taken_while_it_rests,
		NULL });
}
