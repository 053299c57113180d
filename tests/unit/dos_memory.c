/* dos_memory.c - the chain of memory blocks, as programs use it.  */

#include "dos_kernel.h"

/* The first program gives back all but 64 paragraphs of its memory.  */
static void setup_memory(void)
{
	begin_files();
	boot();
	set(CPU_BX, 64);
	ck_assert(int21(0x4a00));
}

static uint16_t alloc(uint16_t paras)
{
	set(CPU_BX, paras);
	ck_assert_msg(int21(0x4800), "error %u, largest %x", reg(CPU_AX), reg(CPU_BX));
	return reg(CPU_AX);
}

static void release(uint16_t block)
{
	load(CPU_ES, block);
	ck_assert(int21(0x4900));
}

static void strategy(uint16_t method)
{
	set(CPU_BX, method);
	ck_assert(int21(0x5801));
}

START_TEST(a_block_belongs_to_the_process_that_asked_for_it)
{
	uint16_t block;

	block = alloc(5);
	ck_assert_uint_eq(peek(block - 1, MCB_OWNER), dos_psp(&dos));
	ck_assert_uint_eq(peek(block - 1, MCB_PARAS), 5);
	ck_assert_uint_eq(peek8(block - 1, MCB_TYPE), 'M');
	ck_assert_uint_eq(peek8(block + 5, MCB_TYPE), 'Z');
}
END_TEST

START_TEST(too_large_a_wish_is_answered_with_the_largest_block)
{
	uint16_t largest;

	set(CPU_BX, 0xffff);
	ck_assert(!int21(0x4800));
	ck_assert_uint_eq(reg(CPU_AX), DOS_NO_MEMORY);
	largest = reg(CPU_BX);
	ck_assert_uint_eq(alloc(largest) + largest, 0xa000);
	set(CPU_BX, 1);
	ck_assert(!int21(0x4800));
	ck_assert_uint_eq(reg(CPU_BX), 0);
}
END_TEST

START_TEST(the_strategy_says_which_hole_is_taken)
{
	uint16_t big, small;

	big = alloc(20);
	alloc(1);
	small = alloc(10);
	alloc(1);
	release(big);
	release(small);
	strategy(1);
	ck_assert_uint_eq(alloc(8), small);
	strategy(0);
	ck_assert_uint_eq(alloc(8), big);
	strategy(2);
	ck_assert_uint_eq(alloc(8) + 8, 0xa000);
	ck_assert(int21(0x5800));
	ck_assert_uint_eq(reg(CPU_AX), 2);
}
END_TEST

START_TEST(holes_side_by_side_become_one_when_room_is_needed)
{
	uint16_t first, second;

	first = alloc(4);
	second = alloc(4);
	alloc(1);
	release(second);
	release(first);
	ck_assert_uint_eq(peek(first - 1, MCB_PARAS), 4);
	ck_assert_uint_eq(alloc(9), first);
}
END_TEST

START_TEST(a_block_that_cannot_grow_enough_grows_as_far_as_it_can)
{
	uint16_t block, after;

	block = alloc(4);
	after = alloc(4);
	alloc(1);
	release(after);
	load(CPU_ES, block);
	set(CPU_BX, 20);
	ck_assert(!int21(0x4a00));
	ck_assert_uint_eq(reg(CPU_AX), DOS_NO_MEMORY);
	ck_assert_uint_eq(reg(CPU_BX), 9);
	ck_assert_uint_eq(peek(block - 1, MCB_PARAS), 9);
}
END_TEST

START_TEST(a_destroyed_chain_is_error_7)
{
	uint16_t block;

	block = alloc(4);
	guest_w8(&guest, block - 1, MCB_TYPE, 0);
	set(CPU_BX, 1);
	ck_assert(!int21(0x4800));
	ck_assert_uint_eq(reg(CPU_AX), DOS_MCB_DESTROYED);
	load(CPU_ES, block);
	ck_assert(!int21(0x4900));
	ck_assert_uint_eq(reg(CPU_AX), DOS_BAD_BLOCK);
}
END_TEST

START_TEST(a_program_that_ends_with_the_chain_destroyed_takes_the_system_down)
{
	uint16_t block;

	block = alloc(4);
	guest_w8(&guest, block - 1, MCB_TYPE, 0x55);
	set(CPU_AX, 0x4c00);
	ck_assert(!interrupt(0x21));
	ck_assert(strstr(crash, "destroyed"));
}
END_TEST

START_TEST(a_block_size_that_leads_out_of_memory_is_seen)
{
	uint16_t block;

	block = alloc(4);
	guest_w16(&guest, block - 1, MCB_PARAS, 0xfff0);
	set(CPU_BX, 1);
	ck_assert(!int21(0x4800));
	ck_assert_uint_eq(reg(CPU_AX), DOS_MCB_DESTROYED);
}
END_TEST

START_TEST(without_upper_memory_there_is_nothing_to_link)
{
	set(CPU_BX, 1);
	ck_assert(!int21(0x5803));
	ck_assert_uint_eq(reg(CPU_AX), DOS_BAD_FUNCTION);
	ck_assert(int21(0x5802));
	ck_assert_uint_eq(reg(CPU_AX) & 0xff, 0);
	strategy(0x41);
	ck_assert_uint_ne(alloc(4), 0);
	set(CPU_BX, 3);
	ck_assert(!int21(0x5801));
}
END_TEST

START_TEST(upper_memory_is_linked_and_searched_as_the_strategy_says)
{
	uint16_t low, top;

	/* A paragraph less of low memory: it becomes the bridge's header.  */
	set(CPU_BX, 0xffff);
	ck_assert(!int21(0x4800));
	top = 0x9fff;
	low = alloc(reg(CPU_BX) - 1) - 1;
	guest_w8(&guest, low, MCB_TYPE, 'Z');
	guest_w8(&guest, top, MCB_TYPE, 'M');
	guest_w16(&guest, top, MCB_OWNER, MCB_OWNER_DOS);
	guest_w16(&guest, top, MCB_PARAS, 0x3000);
	guest_w8(&guest, 0xd000, MCB_TYPE, 'Z');
	guest_w16(&guest, 0xd000, MCB_OWNER, 0);
	guest_w16(&guest, 0xd000, MCB_PARAS, 0x100);
	bus_map_ram(&bus, 0xd0000, 0x10000, bus.ram + 0x100000, PAGE_WRITABLE);
	guest_w8(&guest, 0xd000, MCB_TYPE, 'Z');
	guest_w16(&guest, 0xd000, MCB_OWNER, 0);
	guest_w16(&guest, 0xd000, MCB_PARAS, 0x100);
	guest_w16(&guest, DOS_SEG, AT_UMB_HEAD, top);
	release(low + 1);

	strategy(0x80);
	ck_assert_uint_lt(alloc(4), 0xa000);	/* not linked */
	set(CPU_BX, 1);
	ck_assert(int21(0x5803));
	ck_assert_uint_eq(peek8(low, MCB_TYPE), 'M');
	ck_assert_uint_eq(alloc(4), 0xd001);
	strategy(0x40);
	set(CPU_BX, 0x200);
	ck_assert(!int21(0x4800));
	strategy(0x80);
	ck_assert_uint_lt(alloc(0x200), 0xa000);
	set(CPU_BX, 0);
	ck_assert(int21(0x5803));
}
END_TEST

int main(void)
{
	return suite_run_each("dos memory", setup_memory, shut_down, (const TTest *[]){
		a_block_belongs_to_the_process_that_asked_for_it,
		too_large_a_wish_is_answered_with_the_largest_block,
		the_strategy_says_which_hole_is_taken,
		holes_side_by_side_become_one_when_room_is_needed,
		a_block_that_cannot_grow_enough_grows_as_far_as_it_can,
		a_destroyed_chain_is_error_7,
		a_program_that_ends_with_the_chain_destroyed_takes_the_system_down,
		a_block_size_that_leads_out_of_memory_is_seen,
		without_upper_memory_there_is_nothing_to_link,
		upper_memory_is_linked_and_searched_as_the_strategy_says,
		NULL });
}
