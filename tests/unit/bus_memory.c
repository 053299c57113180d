/* bus_memory.c - the physical address space.  */

#include "suite.h"

#include <string.h>

#include "bus/bus.h"
#include "state/state.h"

#define RAM_SIZE	(2u << 20)
#define CHIP_AT		0xb0000u

static struct bus bus;
static struct { uint32_t addr, val; unsigned size; bool write; } seen[16];
static unsigned seen_count;
static struct { uint32_t addr, size; } code[16];
static unsigned code_count;

static uint32_t chip_read(void *dev, uint32_t addr, unsigned size)
{
	(void)dev;
	seen[seen_count].addr = addr;
	seen[seen_count++].size = size;
	return (addr & 0xff) | 0x100;
}

static void chip_write(void *dev, uint32_t addr, uint32_t val, unsigned size)
{
	(void)dev;
	seen[seen_count].addr = addr;
	seen[seen_count].val = val;
	seen[seen_count].write = true;
	seen[seen_count++].size = size;
}

static void code_written(void *ctx, uint32_t addr, uint32_t size)
{
	(void)ctx;
	code[code_count].addr = addr;
	code[code_count++].size = size;
}

static const struct bus_ops narrow_chip = { "narrow", chip_read, chip_write, true };
static const struct bus_ops wide_chip = { "wide", chip_read, chip_write, false };

static void setup(void)
{
	memset(seen, 0, sizeof seen);
	seen_count = code_count = 0;
	ck_assert(bus_init(&bus, RAM_SIZE, NULL));
	bus.code_written = code_written;
}

static void teardown(void)
{
	bus_fini(&bus);
}

static uint8_t *flags_at(uint32_t addr)
{
	return &bus.page[addr >> BUS_PAGE_BITS].flags;
}

START_TEST(memory_is_little_endian_at_any_alignment)
{
	bus_write(&bus, 0x1001, 0x12345678, 4);
	ck_assert_uint_eq(bus_read(&bus, 0x1001, 4), 0x12345678);
	ck_assert_uint_eq(bus_read(&bus, 0x1002, 2), 0x3456);
	ck_assert_uint_eq(bus_read(&bus, 0x1004, 1), 0x12);
	ck_assert_uint_eq(bus.ram[0x1001], 0x78);
}
END_TEST

START_TEST(an_access_may_cross_a_page)
{
	bus_write(&bus, 0x1ffe, 0xa1b2c3d4, 4);
	ck_assert_uint_eq(bus_read(&bus, 0x1ffe, 4), 0xa1b2c3d4);
	ck_assert_uint_eq(bus_read(&bus, 0x2000, 2), 0xa1b2);
}
END_TEST

START_TEST(unmapped_memory_floats_high)
{
	bus_write(&bus, 0xa0000, 0, 4);
	ck_assert_uint_eq(bus_read(&bus, 0xa0000, 4), 0xffffffff);
	ck_assert_uint_eq(bus_read(&bus, 0x9ffff, 2), 0xff00);
	ck_assert_uint_eq(bus_read(&bus, RAM_SIZE, 2), 0xffff);
	ck_assert_uint_eq(bus_read(&bus, 0xfffffffe, 1), 0xff);
	ck_assert_ptr_null(bus_span(&bus, 0x9fffe, 4, false));
}
END_TEST

START_TEST(writes_to_rom_vanish)
{
	bus.ram[0xf0000] = 0x5a;
	bus_map_ram(&bus, 0xf0000, 0x10000, bus.ram + 0xf0000, 0);
	bus_write(&bus, 0xf0000, 0, 1);
	bus_copy_out(&bus, 0xf0000, "xx", 2);
	ck_assert_uint_eq(bus_read(&bus, 0xf0000, 1), 0x5a);
	ck_assert_ptr_null(bus_span(&bus, 0xf0000, 1, true));
	ck_assert_ptr_eq(bus_span(&bus, 0xf0000, 16, false), bus.ram + 0xf0000);
}
END_TEST

START_TEST(a_narrow_chip_sees_bytes_only)
{
	bus_map_chip(&bus, CHIP_AT, 0x1000, &narrow_chip, NULL);
	ck_assert_uint_eq(bus_read(&bus, CHIP_AT + 0x10, 2), 0x1110);
	bus_write(&bus, CHIP_AT + 0x20, 0x44332211, 4);
	ck_assert_uint_eq(seen_count, 6);
	ck_assert_uint_eq(seen[5].addr, CHIP_AT + 0x23);
	ck_assert_uint_eq(seen[5].val, 0x44);
	ck_assert_uint_eq(seen[5].size, 1);
}
END_TEST

START_TEST(a_wide_chip_sees_the_access_whole)
{
	bus_map_chip(&bus, CHIP_AT, 0x1000, &wide_chip, NULL);
	bus_write(&bus, CHIP_AT + 0x21, 0x44332211, 4);
	ck_assert_uint_eq(seen_count, 1);
	ck_assert_uint_eq(seen[0].val, 0x44332211);
	bus_copy_in(&bus, (uint8_t[2]){ 0 }, CHIP_AT, 2);
	ck_assert_uint_eq(seen_count, 3);
}
END_TEST

START_TEST(a_closed_a20_folds_odd_megabytes)
{
	uint32_t epoch = bus.map_epoch;

	bus_write(&bus, 0x100010, 0x22, 1);
	bus_write(&bus, 0x000010, 0x11, 1);
	bus_set_a20(&bus, true);
	ck_assert_uint_eq(bus.map_epoch, epoch);
	bus_set_a20(&bus, false);
	ck_assert_uint_ne(bus.map_epoch, epoch);
	ck_assert_uint_eq(bus_read(&bus, 0x100010, 1), 0x11);
	bus_write(&bus, 0x100010, 0x33, 1);
	ck_assert_ptr_eq(bus_span(&bus, 0x100010, 4, true), bus.ram + 0x10);
	bus_set_a20(&bus, true);
	ck_assert_uint_eq(bus_read(&bus, 0x000010, 1), 0x33);
	ck_assert_uint_eq(bus_read(&bus, 0x100010, 1), 0x22);
}
END_TEST

START_TEST(a_word_at_the_top_wraps_when_a20_is_closed)
{
	bus_map_ram(&bus, 0xff000, 0x1000, bus.ram + 0xff000, PAGE_WRITABLE);
	bus_set_a20(&bus, false);
	bus_write(&bus, 0xfffff, 0xbbaa, 2);
	ck_assert_uint_eq(bus.ram[0xfffff], 0xaa);
	ck_assert_uint_eq(bus.ram[0], 0xbb);
	ck_assert_uint_eq(bus_read(&bus, 0xfffff, 2), 0xbbaa);
}
END_TEST

START_TEST(writes_to_code_are_reported_page_by_page)
{
	*flags_at(0x3000) |= PAGE_CODE;
	*flags_at(0x4000) |= PAGE_CODE;
	bus_write(&bus, 0x3ffe, 0, 4);
	ck_assert_uint_eq(code_count, 2);
	ck_assert_uint_eq(code[0].addr, 0x3ffe);
	ck_assert_uint_eq(code[0].size, 2);
	ck_assert_uint_eq(code[1].addr, 0x4000);
	ck_assert_uint_eq(code[1].size, 2);

	bus_write(&bus, 0x4100, 1, 1);
	bus_write(&bus, 0x5000, 1, 1);		/* not code */
	ck_assert_uint_eq(code_count, 3);
	bus_wrote(&bus, 0x2ff0, 0x1020);
	ck_assert_uint_eq(code_count, 5);
	ck_assert_uint_eq(code[3].addr, 0x3000);
	ck_assert_uint_eq(code[3].size, 0x1000);
	ck_assert_uint_eq(code[4].size, 0x10);
}
END_TEST

START_TEST(code_reports_have_a20_applied)
{
	*flags_at(0x3000) |= PAGE_CODE;
	bus_set_a20(&bus, false);
	bus_write(&bus, 0x103004, 0, 2);
	ck_assert_uint_eq(code_count, 1);
	ck_assert_uint_eq(code[0].addr, 0x3004);
}
END_TEST

START_TEST(a_write_makes_its_page_dirty)
{
	*flags_at(0x7000) = PAGE_WRITABLE;
	bus_read(&bus, 0x7000, 1);
	ck_assert(!(*flags_at(0x7000) & PAGE_DIRTY));
	bus_write(&bus, 0x7abc, 1, 1);
	ck_assert(*flags_at(0x7000) & PAGE_DIRTY);
}
END_TEST

START_TEST(spans_end_where_host_memory_does)
{
	static uint8_t window[BUS_PAGE_SIZE];

	ck_assert_ptr_eq(bus_span(&bus, 0x1234, 0x4000, true), bus.ram + 0x1234);
	bus_map_ram(&bus, 0x5000, 0x1000, window, PAGE_WRITABLE);
	ck_assert_ptr_null(bus_span(&bus, 0x4ff0, 0x20, false));
	ck_assert_ptr_eq(bus_span(&bus, 0x5ff0, 0x10, true), window + 0xff0);
	bus_map_ram(&bus, 0x5000, 0x1000, NULL, PAGE_WRITABLE);
	ck_assert_uint_eq(bus_read(&bus, 0x5000, 1), 0xff);
}
END_TEST

START_TEST(mapping_the_same_again_changes_no_epoch)
{
	uint32_t epoch = bus.map_epoch;

	*flags_at(0x6000) |= PAGE_CODE;
	bus_map_ram(&bus, 0x6000, 0x1000, bus.ram + 0x6000, PAGE_WRITABLE);
	ck_assert_uint_eq(bus.map_epoch, epoch);
	ck_assert(*flags_at(0x6000) & PAGE_CODE);
	bus_map_ram(&bus, 0x6000, 0x1000, bus.ram + 0x6000, 0);
	ck_assert_uint_ne(bus.map_epoch, epoch);
}
END_TEST

START_TEST(copies_cross_pages_and_chips)
{
	uint8_t buf[0x2000], back[0x2000];

	for (unsigned i = 0; i < sizeof buf; i++)
		buf[i] = i * 7;
	bus_copy_out(&bus, 0x8123, buf, sizeof buf);
	bus_copy_in(&bus, back, 0x8123, sizeof back);
	ck_assert_mem_eq(buf, back, sizeof buf);
	bus_copy_in(&bus, back, 0x9fff0, 0x20);
	ck_assert_uint_eq(back[0x10], 0xff);
}
END_TEST

START_TEST(a_snapshot_brings_memory_and_a20_back)
{
	static uint8_t buf[RAM_SIZE + 1024];
	struct state st;

	bus_write(&bus, 0x1234, 0x77, 1);
	bus_set_a20(&bus, false);
	state_init(&st, STATE_SAVE, buf, sizeof buf);
	bus_state(&bus, &st);
	ck_assert(state_ok(&st));
	bus_set_a20(&bus, true);
	bus_write(&bus, 0x1234, 0, 1);
	*flags_at(0x1000) |= PAGE_CODE;
	state_init(&st, STATE_LOAD, buf, sizeof buf);
	bus_state(&bus, &st);
	ck_assert(state_ok(&st));
	ck_assert_uint_eq(bus_read(&bus, 0x101234, 1), 0x77);
	ck_assert_uint_eq(code_count, 1);
}
END_TEST

START_TEST(what_one_room_writes_can_be_left_unmarked)
{
	uint32_t epoch, were;

	bus_write(&bus, 0x3000, 1, 1);
	bus_take_dirty(&bus, 0x1000);
	bus_take_dirty(&bus, 0x2000);
	were = bus_dirty(&bus, 0x1000, 3);
	ck_assert_uint_eq(were, 4);
	epoch = bus.dirty_epoch;
	bus_write(&bus, 0x2000, 1, 1);
	bus_write(&bus, 0x3004, 1, 1);
	ck_assert_uint_eq(bus_clean_again(&bus, 0x1000, 3, were), 2);
	ck_assert_uint_eq(bus_dirty(&bus, 0x1000, 3), 4);
	ck_assert_uint_eq(bus.dirty_epoch, epoch);
}
END_TEST

START_TEST(pages_written_since_a_date_are_noted_once)
{
	uint64_t sum[3];

	bus_fresh_begin(&bus);
	ck_assert_uint_eq(bus.fresh.count, 0);
	bus_write(&bus, 0x3004, 1, 1);
	bus_write(&bus, 0x5ffe, 2, 4);		/* and 6000h */
	bus_write(&bus, 0x3000, 3, 2);
	ck_assert_uint_eq(bus.fresh.count, 3);
	ck_assert(bus.fresh.page[0] == 3 && bus.fresh.page[1] == 5 && bus.fresh.page[2] == 6);
	for (unsigned i = 0; i < 3; i++) {
		bus_write(&bus, 0x3004, 10 + i, 1);
		bus_write(&bus, 0x6123, 90 - 7 * i, 1);
		sum[i] = bus_fresh_sum(&bus, 0, 0x10000);
	}
	ck_assert(sum[1] != sum[0] && sum[2] - sum[1] == sum[1] - sum[0]);
	bus_write(&bus, 0x6123, 0, 1);
	ck_assert(bus_fresh_sum(&bus, 0, 0x10000) - sum[2] != sum[1] - sum[0]);
	ck_assert_uint_eq(bus_fresh_sum(&bus, 0x7000, 0x10000), 0);
	bus_fresh_begin(&bus);
	bus_write(&bus, 0x5000, 0, 1);
	ck_assert(bus.fresh.count == 1 && bus.fresh.page[0] == 5);
}
END_TEST

START_TEST(it_is_known_which_pages_have_moved)
{
	static uint8_t other[2 * BUS_PAGE_SIZE];

	bus_moves_seen(&bus);
	bus_map_ram(&bus, 0x10000, BUS_PAGE_SIZE, other, PAGE_WRITABLE);
	bus_map_ram(&bus, 0x13000, BUS_PAGE_SIZE, other, PAGE_WRITABLE);
	ck_assert(bus.moved_first == 0x10 && bus.moved_end == 0x14 && !bus.moved_code);
	bus_moves_seen(&bus);
	bus_map_ram(&bus, 0x13000, BUS_PAGE_SIZE, other, PAGE_WRITABLE);	/* it stays */
	ck_assert_uint_eq(bus.moved_end, 0);
	bus.page[0x13].flags |= PAGE_CODE;
	bus_map_ram(&bus, 0x13000, BUS_PAGE_SIZE, other + BUS_PAGE_SIZE, PAGE_WRITABLE);
	ck_assert(bus.moved_first == 0x13 && bus.moved_end == 0x14 && bus.moved_code);
	bus_set_a20(&bus, false);
	ck_assert(bus.moved_first == 0 && bus.moved_end == bus.pages);
}
END_TEST

/* A card's memory, above the RAM.  */
START_TEST(pages_of_a_card_are_noted_too)
{
	static uint8_t card[(BUS_FRESH_MAX + 2) * BUS_PAGE_SIZE];

	bus_map_ram(&bus, 0xe0000000, sizeof card, card, PAGE_WRITABLE);
	bus_fresh_begin(&bus);
	for (unsigned i = 0; i <= BUS_FRESH_MAX; i++)
		bus_write(&bus, 0xe0000000 + i * BUS_PAGE_SIZE, 1, 1);
	ck_assert(bus.fresh.lost && bus.fresh.page[0] == 0xe0000);
	bus_fresh_begin(&bus);
	bus_write(&bus, 0xe0000000 + BUS_FRESH_MAX * BUS_PAGE_SIZE, 2, 1);
	ck_assert(bus.fresh.count == 1 && bus.fresh.page[0] == 0xe0000 + BUS_FRESH_MAX);

	/* Another bank: the page is written still, and not noted twice.  */
	bus_map_ram(&bus, 0xe0000000 + BUS_FRESH_MAX * BUS_PAGE_SIZE, BUS_PAGE_SIZE, card,
		    PAGE_WRITABLE);
	bus_write(&bus, 0xe0000000 + BUS_FRESH_MAX * BUS_PAGE_SIZE, 3, 1);
	ck_assert_uint_eq(bus.fresh.count, 1);
	ck_assert_uint_eq(card[0], 3);
}
END_TEST

START_TEST(more_pages_than_can_be_noted_are_known_as_such)
{
	bus_fresh_begin(&bus);
	for (unsigned i = 0; i <= BUS_FRESH_MAX; i++)
		bus_write(&bus, (i + 1) * BUS_PAGE_SIZE, 1, 1);
	ck_assert(bus.fresh.lost && bus.fresh.count == BUS_FRESH_MAX);
	bus_fresh_begin(&bus);
	ck_assert(!bus.fresh.lost && !bus.fresh.count);
	bus_write(&bus, (BUS_FRESH_MAX + 1) * BUS_PAGE_SIZE, 1, 1);
	ck_assert_uint_eq(bus.fresh.count, 1);
}
END_TEST

int main(void)
{
	return suite_run_each("bus/memory", setup, teardown, (const TTest *[]){
		memory_is_little_endian_at_any_alignment,
		an_access_may_cross_a_page,
		unmapped_memory_floats_high,
		writes_to_rom_vanish,
		a_narrow_chip_sees_bytes_only,
		a_wide_chip_sees_the_access_whole,
		a_closed_a20_folds_odd_megabytes,
		a_word_at_the_top_wraps_when_a20_is_closed,
		writes_to_code_are_reported_page_by_page,
		code_reports_have_a20_applied,
		a_write_makes_its_page_dirty,
		spans_end_where_host_memory_does,
		mapping_the_same_again_changes_no_epoch,
		copies_cross_pages_and_chips,
		what_one_room_writes_can_be_left_unmarked,
		pages_written_since_a_date_are_noted_once,
		it_is_known_which_pages_have_moved,
		pages_of_a_card_are_noted_too,
		more_pages_than_can_be_noted_are_known_as_such,
		a_snapshot_brings_memory_and_a20_back,
		NULL });
}
