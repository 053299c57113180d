/* xmem_xms.c - the XMS manager's functions, as their caller sees them.  */

#include "suite.h"

#include <string.h>

#include "dev/port92.h"
#include "state/state.h"
#include "xmem/xms.h"

enum { MB = 1 << 20, TABLE = 0x400, CONVENTIONAL = 0x3000 };

static struct bus bus;
static struct cpu cpu;
static struct guest guest;
static struct a20 a20;
static struct port92 port92;
static struct xms xms;

void cpu_load_real(struct cpu *c, enum cpu_seg seg, uint16_t sel)
{
	c->seg[seg] = (struct cpu_segment){ .sel = sel, .base = sel * 16u };
}

static void power_on_with(size_t ram, bool upper)
{
	ck_assert(bus_init(&bus, ram, NULL));
	cpu = (struct cpu){ .model = CPU_80486 };
	guest_init(&guest, &cpu, &bus);
	a20_init(&a20, &bus, 0);
	port92_init(&port92, &bus, a20_input(&a20, A20_PORT92), (struct wire){ 0 });
	port92_reset(&port92);
	xms_init(&xms, &guest, &a20, true, upper);
}

static void power_on(void)
{
	power_on_with(4 * MB, true);
}

static void power_off(void)
{
	bus_fini(&bus);
}

static uint16_t reg(enum cpu_reg r) { return cpu_get16(&cpu, r); }
static uint8_t bl(void) { return reg(CPU_BX); }

/* AX = 1?  BX goes in as it is.  */
static bool call(uint8_t ah, uint16_t dx)
{
	cpu_set16(&cpu, CPU_AX, ah << 8);
	cpu_set16(&cpu, CPU_DX, dx);
	xms_table[ah].serve(&xms, &guest);
	return reg(CPU_AX) == 1;
}

static bool call_bx(uint8_t ah, uint16_t bx, uint16_t dx)
{
	cpu_set16(&cpu, CPU_BX, bx);
	return call(ah, dx);
}

static void fails(enum xms_error e, uint8_t ah, uint16_t bx, uint16_t dx)
{
	ck_assert(!call_bx(ah, bx, dx));
	ck_assert_uint_eq(reg(CPU_AX), 0);
	ck_assert_uint_eq(bl(), e);
}

static uint16_t allocated(uint16_t kb)
{
	ck_assert(call(0x09, kb));
	return reg(CPU_DX);
}

static void expect_free(uint16_t largest, uint16_t total)
{
	call(0x08, 0);
	ck_assert_uint_eq(reg(CPU_AX), largest);
	ck_assert_uint_eq(reg(CPU_DX), total);
}

static uint32_t locked(uint16_t handle)
{
	ck_assert(call(0x0c, handle));
	return (uint32_t)reg(CPU_DX) << 16 | reg(CPU_BX);
}

static bool move(uint32_t length, uint16_t from, uint32_t from_at, uint16_t to, uint32_t to_at)
{
	cpu_load_real(&cpu, CPU_DS, 0);
	cpu_set16(&cpu, CPU_SI, TABLE);
	guest_w32(&guest, 0, TABLE, length);
	guest_w16(&guest, 0, TABLE + 4, from);
	guest_w32(&guest, 0, TABLE + 6, from_at);
	guest_w16(&guest, 0, TABLE + 10, to);
	guest_w32(&guest, 0, TABLE + 12, to_at);
	return call(0x0b, 0);
}

/* --- extended memory -------------------------------------------------------------- */

START_TEST(it_says_who_it_is)
{
	call(0x00, 0);
	ck_assert_uint_eq(reg(CPU_AX), 0x0300);
	ck_assert_uint_eq(reg(CPU_DX), 1);
}
END_TEST

START_TEST(memory_begins_behind_the_high_memory_area)
{
	uint16_t h;

	expect_free(4096 - 1088, 4096 - 1088);
	h = allocated(100);
	ck_assert_uint_eq(locked(h), 0x110000);
	expect_free(4096 - 1188, 4096 - 1188);
	fails(XMS_LOCKED, 0x0a, 0, h);
	fails(XMS_LOCKED, 0x0f, 1, h);
	ck_assert(call(0x0d, h));
	fails(XMS_NOT_LOCKED, 0x0d, 0, h);
	ck_assert(call(0x0a, h));
	fails(XMS_BAD_HANDLE, 0x0a, 0, h);
	expect_free(4096 - 1088, 4096 - 1088);
}
END_TEST

START_TEST(there_is_an_end_of_memory_and_of_handles)
{
	uint16_t h = allocated(3008);

	expect_free(0, 0);
	ck_assert_uint_eq(bl(), XMS_NO_MEMORY);
	fails(XMS_NO_MEMORY, 0x09, 0, 1);
	for (unsigned i = 1; i < EMB_HANDLES; i++)
		allocated(0);
	ck_assert(call(0x0a, h));
	allocated(1);
	fails(XMS_NO_HANDLE, 0x09, 0, 1);
}
END_TEST

START_TEST(a_piece_between_two_blocks_is_found_again)
{
	uint16_t a = allocated(100), b = allocated(200), c = allocated(300);

	ck_assert(call(0x0a, b));
	expect_free(3008 - 600, 3008 - 400);
	ck_assert_uint_eq(locked(allocated(150)), 0x110000 + 100 * 1024);
	ck_assert_uint_eq(locked(allocated(51)), 0x110000 + 600 * 1024);
	ck_assert_uint_eq(locked(allocated(50)), 0x110000 + 250 * 1024);
	ck_assert(call(0x0e, c));
	ck_assert_uint_eq(reg(CPU_DX), 300);
	ck_assert_uint_eq(reg(CPU_BX), EMB_HANDLES - 5);
	(void)a;
}
END_TEST

START_TEST(a_block_grows_where_it_is_or_moves_with_its_bytes)
{
	uint16_t a = allocated(10), b = allocated(10);

	guest_w32(&guest, CONVENTIONAL, 0, 0x12345678);
	ck_assert(move(4, 0, CONVENTIONAL << 16, a, 10 * 1024 - 4));
	ck_assert(call_bx(0x0f, 20, a));
	ck_assert(move(4, a, 10 * 1024 - 4, 0, CONVENTIONAL << 16 | 8));
	ck_assert_uint_eq(guest_r32(&guest, CONVENTIONAL, 8), 0x12345678);
	ck_assert_uint_eq(locked(a), 0x110000 + 20 * 1024);
	ck_assert(call_bx(0x0f, 5, b));
	ck_assert_uint_eq(locked(b), 0x110000 + 10 * 1024);
	ck_assert(call(0x0d, a));
	ck_assert(call_bx(0x0f, 2988, a));
	fails(XMS_NO_MEMORY, 0x0f, 2989 + 11, a);
	ck_assert(call_bx(0x0f, 0, a));
	expect_free(3008 - 15, 3008 - 5);
}
END_TEST

START_TEST(moves_reach_the_high_memory_area_and_restore_a20)
{
	uint16_t h = allocated(64);

	ck_assert(!a20_is_on(&a20));
	guest_w32(&guest, 0, 0, 0xcafe0000);	/* where FFFF:0010 wraps to */
	guest_w32(&guest, CONVENTIONAL, 0, 0x11223344);
	ck_assert(move(4, 0, CONVENTIONAL << 16, 0, 0xffff0010));
	ck_assert(!a20_is_on(&a20));
	ck_assert_uint_eq(guest_r32(&guest, 0, 0), 0xcafe0000);
	ck_assert(move(4, 0, 0xffff0010, h, 65532));
	ck_assert(move(4, h, 65532, 0, CONVENTIONAL << 16 | 4));
	ck_assert_uint_eq(guest_r32(&guest, CONVENTIONAL, 4), 0x11223344);
	ck_assert(move(0, h, 65536, h, 0));
}
END_TEST

START_TEST(a_move_may_overlap)
{
	uint16_t h = allocated(64);
	static uint8_t bytes[20000];

	for (unsigned i = 0; i < sizeof bytes; i++)
		bytes[i] = i * 7 + i / 256;
	bus_set_a20(&bus, true);
	bus_copy_out(&bus, locked(h) + 100, bytes, sizeof bytes);
	ck_assert(move(sizeof bytes, h, 100, h, 5000));
	ck_assert(move(sizeof bytes, h, 5000, h, 3000));
	ck_assert(move(sizeof bytes, h, 3000, 0, CONVENTIONAL << 16));
	for (unsigned i = 0; i < sizeof bytes; i++)
		ck_assert_uint_eq(guest_r8(&guest, CONVENTIONAL, i), bytes[i]);
}
END_TEST

START_TEST(bad_moves_say_what_is_bad)
{
	static const struct {
		uint32_t length; uint16_t from; uint32_t from_at; uint16_t to; uint32_t to_at;
		enum xms_error e;
	} rows[] = {
		{ 3, 1, 0, 0, 0, XMS_BAD_LENGTH }, { 2, 9, 0, 1, 0, XMS_BAD_SOURCE },
		{ 2, 1, 0, 9, 0, XMS_BAD_TARGET }, { 2, 1, 1024, 0, 0, XMS_BAD_SOURCE_OFFSET },
		{ 1026, 1, 0, 0, 0, XMS_BAD_SOURCE_OFFSET },
		{ 2, 1, 0xffffffff, 0, 0, XMS_BAD_SOURCE_OFFSET },
		{ 2, 0, 0, 1, 1023, XMS_BAD_TARGET_OFFSET },
		{ 2, 1, 0, 0, 0xffffffff, XMS_BAD_TARGET_OFFSET },
		{ 0xfffffffe, 0, 0, 1, 0, XMS_BAD_SOURCE_OFFSET },
		{ 2, 0xffff, 0, 1, 0, XMS_BAD_SOURCE },
	};

	ck_assert_uint_eq(allocated(1), 1);
	for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert(!move(rows[i].length, rows[i].from, rows[i].from_at, rows[i].to,
				rows[i].to_at));
		ck_assert_msg(bl() == rows[i].e, "row %u: %02x", i, bl());
	}
}
END_TEST

START_TEST(the_386_may_count_beyond_64_mb)
{
	power_off();
	power_on_with(128 * MB, false);
	expect_free(65535, 65535);
	call(0x88, 0);
	ck_assert_uint_eq(cpu.reg[CPU_AX], 128 * 1024 - 1088);
	ck_assert_uint_eq(cpu.reg[CPU_CX], 128 * MB - 1);
	cpu.reg[CPU_DX] = 100000;
	cpu_set16(&cpu, CPU_AX, 0x8900);
	xms_table[0x89].serve(&xms, &guest);
	ck_assert_uint_eq(reg(CPU_AX), 1);
	ck_assert(call(0x8e, 1));
	ck_assert_uint_eq(cpu.reg[CPU_DX], 100000);
	ck_assert_uint_eq(reg(CPU_CX), EMB_HANDLES - 1);
	cpu.reg[CPU_BX] = 110000;
	ck_assert(call(0x8f, 1));
	ck_assert(call(0x0e, 1));
	ck_assert_uint_eq(reg(CPU_DX), 65535);
}
END_TEST

START_TEST(a_small_machine_has_none)
{
	power_off();
	power_on_with(1 * MB, true);
	expect_free(0, 0);
	fails(XMS_NO_MEMORY, 0x09, 0, 1);
	fails(XMS_NO_HMA, 0x01, 0, 0xffff);
}
END_TEST

START_TEST(the_high_memory_area_and_a20_are_had_by_it)
{
	ck_assert(call(0x01, 0xffff));
	fails(XMS_HMA_IN_USE, 0x01, 0, 0xffff);
	ck_assert(call(0x02, 0));
	fails(XMS_HMA_NOT_ALLOCATED, 0x02, 0, 0);
	ck_assert(call(0x03, 0) && call(0x05, 0) && call(0x07, 0));
	fails(XMS_A20_STILL_ON, 0x06, 0, 0);
	ck_assert(call(0x04, 0));
	ck_assert(!call(0x07, 0));
	fails(XMS_A20_ERROR, 0x06, 0, 0);
}
END_TEST

/* --- upper memory -------------------------------------------------------------------- */

START_TEST(upper_memory_is_handed_out_by_the_paragraph)
{
	uint16_t a, b;

	fails(XMS_SMALLER_UMB, 0x10, 0, 0xffff);
	ck_assert_uint_eq(reg(CPU_DX), 0x2800);
	ck_assert(call(0x10, 0x100));
	a = reg(CPU_BX);
	ck_assert_uint_eq(a, 0xc800);
	ck_assert_uint_eq(reg(CPU_DX), 0x100);
	ck_assert(call(0x10, 0x200));
	b = reg(CPU_BX);
	ck_assert_uint_eq(b, 0xc900);
	guest_w16(&guest, b, 0, 0xbeef);
	ck_assert_uint_eq(guest_r16(&guest, b, 0), 0xbeef);
	ck_assert(!call_bx(0x12, 0x101, a) && bl() == XMS_SMALLER_UMB && reg(CPU_DX) == 0x100);
	ck_assert(call_bx(0x12, 0x300, b));
	ck_assert(call_bx(0x12, 0x80, a));
	fails(XMS_BAD_UMB, 0x11, 0, 0xc880);
	ck_assert(call(0x11, a) && call(0x11, b));
	fails(XMS_BAD_UMB, 0x11, 0, a);
	ck_assert(call(0x10, 0x2800));
	fails(XMS_NO_UMB, 0x10, 0, 1);
}
END_TEST

START_TEST(crumbs_of_upper_memory_do_no_harm)
{
	unsigned got = 0;

	while (call(0x10, 1))
		got += reg(CPU_DX);
	ck_assert_uint_eq(got, 0x2800);
	for (unsigned i = 0; i < UMB_BLOCKS - 1; i += 2)
		ck_assert(call(0x11, 0xc800 + i));
	for (unsigned i = 1; i < UMB_BLOCKS; i += 2)
		ck_assert(call(0x11, 0xc800 + i));
	ck_assert(call(0x10, 0x2800));
}
END_TEST

/* --- snapshots ------------------------------------------------------------------------- */

START_TEST(blocks_come_back_and_lies_are_found_out)
{
	static uint8_t buf[4096];
	struct state st;
	uint16_t h = allocated(100);

	locked(h);
	ck_assert(call(0x10, 0x123));
	state_init(&st, STATE_SAVE, buf, sizeof buf);
	xms_state(&xms, &st);
	ck_assert(state_ok(&st));
	xms_reset(&xms);
	state_init(&st, STATE_LOAD, buf, sizeof buf);
	xms_state(&xms, &st);
	ck_assert(state_ok(&st));
	ck_assert(call(0x0e, h));
	ck_assert_uint_eq(reg(CPU_BX) >> 8, 1);
	ck_assert(call(0x11, 0xc800));
	xms.emb.end = 1100;			/* a smaller machine */
	state_init(&st, STATE_LOAD, buf, sizeof buf);
	xms_state(&xms, &st);
	ck_assert(!state_ok(&st));
	xms_init(&xms, &guest, &a20, true, false);
	state_init(&st, STATE_LOAD, buf, sizeof buf);
	xms_state(&xms, &st);
	ck_assert(!state_ok(&st));
}
END_TEST

int main(void)
{
	return suite_run_each("xmem/xms", power_on, power_off, (const TTest *[]){
		it_says_who_it_is,
		memory_begins_behind_the_high_memory_area,
		there_is_an_end_of_memory_and_of_handles,
		a_piece_between_two_blocks_is_found_again,
		a_block_grows_where_it_is_or_moves_with_its_bytes,
		moves_reach_the_high_memory_area_and_restore_a20,
		a_move_may_overlap,
		bad_moves_say_what_is_bad,
		the_386_may_count_beyond_64_mb,
		a_small_machine_has_none,
		the_high_memory_area_and_a20_are_had_by_it,
		upper_memory_is_handed_out_by_the_paragraph,
		crumbs_of_upper_memory_do_no_harm,
		blocks_come_back_and_lies_are_found_out,
		NULL });
}
