/* dev_dma.c - the DMA controllers.  */

#include "suite.h"

#include <string.h>

#include "dev/dma.h"
#include "state/state.h"

static struct bus bus;
static struct dma dma;

static void power_on(void)
{
	ck_assert(bus_init(&bus, 1u << 20, NULL));
	dma_init(&dma, &bus);
	bus_out(&bus, 0xd6, 0xc0, 1);		/* the cascade, as the BIOS sets it */
	bus_out(&bus, 0xd4, 0x00, 1);
}

static void power_off(void)
{
	bus_fini(&bus);
}

static void out(uint16_t port, uint8_t val)
{
	bus_out(&bus, port, val, 1);
}

static uint8_t in(uint16_t port)
{
	return bus_in(&bus, port, 1);
}

/* Channel 1, page 2; length in bytes.  */
static void program(uint8_t mode, uint16_t address, uint16_t length)
{
	out(0x0a, 0x05);
	out(0x0c, 0);
	out(0x02, address);
	out(0x02, address >> 8);
	out(0x03, length - 1);
	out(0x03, (length - 1) >> 8);
	out(0x83, 0x02);
	out(0x0b, mode | 1);
	out(0x0a, 0x01);
}

static size_t give(unsigned channel, const char *text, size_t n)
{
	struct dma_line line = dma_line(&dma, channel);
	uint8_t buf[16];

	memcpy(buf, text, n);
	return line.move(line.ctx, line.channel, buf, n, true);
}

static size_t take(unsigned channel, char *buf, size_t n)
{
	struct dma_line line = dma_line(&dma, channel);

	return line.move(line.ctx, line.channel, (uint8_t *)buf, n, false);
}

START_TEST(bytes_go_to_memory_and_come_back)
{
	char back[8] = { 0 };

	program(0x44, 0x1000, 8);
	ck_assert_uint_eq(give(1, "abcdefgh", 8), 8);
	ck_assert_mem_eq(bus.ram + 0x21000, "abcdefgh", 8);
	program(0x48, 0x1000, 8);
	ck_assert_uint_eq(take(1, back, 8), 8);
	ck_assert_mem_eq(back, "abcdefgh", 8);
}
END_TEST

START_TEST(terminal_count_ends_it_and_masks)
{
	program(0x44, 0x1000, 4);
	ck_assert_uint_eq(give(1, "abcdefgh", 8), 4);
	ck_assert(dma_terminal_count(&dma, 1));
	ck_assert_uint_eq(in(0x08), 0x02);
	ck_assert_uint_eq(in(0x08), 0x00);
	ck_assert_uint_eq(give(1, "abcdefgh", 8), 0);
	ck_assert_uint_eq(bus.ram[0x21004], 0);
}
END_TEST

START_TEST(auto_initialisation_begins_again)
{
	program(0x54, 0x1000, 4);
	ck_assert_uint_eq(give(1, "abcdefgh", 6), 4);
	ck_assert_uint_eq(give(1, "ef", 2), 2);
	ck_assert_mem_eq(bus.ram + 0x21000, "efcd", 4);
	out(0x0c, 0);
	ck_assert_uint_eq(in(0x02), 0x02);
	ck_assert_uint_eq(in(0x02), 0x10);
	ck_assert_uint_eq(in(0x03), 0x01);
	ck_assert_uint_eq(in(0x03), 0x00);
}
END_TEST

START_TEST(the_address_can_count_down)
{
	program(0x64, 0x1003, 4);
	ck_assert_uint_eq(give(1, "abcd", 4), 4);
	ck_assert_mem_eq(bus.ram + 0x21000, "dcba", 4);
}
END_TEST

START_TEST(the_address_wraps_in_its_page)
{
	program(0x44, 0xfffe, 4);
	ck_assert_uint_eq(give(1, "abcd", 4), 4);
	ck_assert_mem_eq(bus.ram + 0x2fffe, "ab", 2);
	ck_assert_mem_eq(bus.ram + 0x20000, "cd", 2);
}
END_TEST

START_TEST(verify_moves_nothing_but_counts)
{
	program(0x40, 0x1000, 4);
	ck_assert_uint_eq(give(1, "abcd", 4), 4);
	ck_assert_uint_eq(bus.ram[0x21000], 0);
	ck_assert_uint_eq(in(0x08), 0x02);
}
END_TEST

START_TEST(masked_disabled_or_the_wrong_way_is_no_transfer)
{
	char buf[4];

	program(0x44, 0x1000, 4);
	ck_assert_uint_eq(take(1, buf, 4), 0);
	out(0x0f, 0x0f);
	ck_assert_uint_eq(give(1, "abcd", 4), 0);
	out(0x0e, 0);
	out(0x08, 0x04);
	ck_assert_uint_eq(give(1, "abcd", 4), 0);
	out(0x08, 0x00);
	out(0xd4, 0x04);		/* the cascade is masked */
	ck_assert_uint_eq(give(1, "abcd", 4), 0);
	out(0xd4, 0x00);
	ck_assert_uint_eq(give(1, "abcd", 4), 4);
}
END_TEST

START_TEST(high_channels_move_words)
{
	out(0xd8, 0);
	out(0xc4, 0x00);		/* address 8000h words: 10000h bytes */
	out(0xc4, 0x80);
	out(0xc6, 0x01);		/* two words */
	out(0xc6, 0x00);
	out(0x8b, 0x03);		/* page: bit 0 does not count */
	out(0xd6, 0x45);
	out(0xd4, 0x01);
	ck_assert_uint_eq(give(5, "abcdef", 6), 4);
	ck_assert_mem_eq(bus.ram + 0x30000, "abcd", 5);
	ck_assert_uint_eq(in(0xd0), 0x02);
}
END_TEST

START_TEST(memory_is_copied_to_memory)
{
	memcpy(bus.ram + 0x21000, "hello", 5);
	program(0x84, 0x2000, 5);	/* channel 1: where to */
	out(0x0c, 0);
	out(0x00, 0x00);		/* channel 0: where from */
	out(0x00, 0x10);
	out(0x87, 0x02);
	out(0x0b, 0x88);
	out(0x08, 0x01);
	out(0x09, 0x04);
	ck_assert_mem_eq(bus.ram + 0x22000, "hello", 6);
	ck_assert_uint_eq(in(0x0d), 'o');
	ck_assert_uint_eq(in(0x08) & 0x12, 0x02);
}
END_TEST

START_TEST(spare_page_registers_are_latches)
{
	out(0x84, 0x5a);
	ck_assert_uint_eq(in(0x84), 0x5a);
	out(0x87, 0x77);
	ck_assert_uint_eq(dma.channel[0].page, 0x77);
}
END_TEST

START_TEST(master_clear_masks_all)
{
	program(0x44, 0x1000, 4);
	out(0x0d, 0);
	ck_assert_uint_eq(in(0x0f), 0xff);
	ck_assert_uint_eq(give(1, "abcd", 4), 0);
}
END_TEST

START_TEST(a_snapshot_goes_on_in_the_middle)
{
	uint8_t buf[256];
	struct state st;

	program(0x44, 0x1000, 8);
	give(1, "abc", 3);
	state_init(&st, STATE_SAVE, buf, sizeof buf);
	dma_state(&dma, &st);
	ck_assert(state_ok(&st));
	dma_reset(&dma);
	state_init(&st, STATE_LOAD, buf, sizeof buf);
	dma_state(&dma, &st);
	ck_assert(state_ok(&st));
	ck_assert_uint_eq(give(1, "defghxyz", 8), 5);
	ck_assert_mem_eq(bus.ram + 0x21000, "abcdefgh", 8);
}
END_TEST

int main(void)
{
	return suite_run_each("dev/dma", power_on, power_off, (const TTest *[]){
		bytes_go_to_memory_and_come_back,
		terminal_count_ends_it_and_masks,
		auto_initialisation_begins_again,
		the_address_can_count_down,
		the_address_wraps_in_its_page,
		verify_moves_nothing_but_counts,
		masked_disabled_or_the_wrong_way_is_no_transfer,
		high_channels_move_words,
		memory_is_copied_to_memory,
		spare_page_registers_are_latches,
		master_clear_masks_all,
		a_snapshot_goes_on_in_the_middle,
		NULL });
}
