/* dos_memory.c - the chain of memory blocks, as programs use it.  */

#include "dos_kernel.h"

#include "dos/region.h"

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

/* The error of a wish that is refused; BX: the largest block.  */
static uint16_t alloc_error(uint16_t paras)
{
	set(CPU_BX, paras);
	ck_assert(!int21(0x4800));
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

	ck_assert_uint_eq(alloc_error(0xffff), DOS_NO_MEMORY);
	largest = reg(CPU_BX);
	ck_assert_uint_eq(alloc(largest) + largest, 0xa000);
	ck_assert_uint_eq(alloc_error(1), DOS_NO_MEMORY);
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
	ck_assert_uint_eq(alloc_error(1), DOS_MCB_DESTROYED);
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
	ck_assert_uint_eq(alloc_error(1), DOS_MCB_DESTROYED);
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

START_TEST(switches_name_regions_and_what_must_be_free_there)
{
	struct regions r;

	ck_assert_str_eq(regions_parse("/L:1,4096;3 /S prog /x", &r), "prog /x");
	ck_assert_uint_eq(r.named, 0x000a);
	ck_assert_uint_eq(r.least[1], 4096);
	ck_assert_uint_eq(r.least[3], 0);
	ck_assert(r.shrink);
	ck_assert_str_eq(regions_parse("prog /L:1", &r), "prog /L:1");
	ck_assert_uint_eq(r.named, 0);
	ck_assert_str_eq(regions_parse("/l:0/s", &r), "");
	ck_assert_ptr_null(regions_parse("/S prog", &r));
	ck_assert_ptr_null(regions_parse("/L prog", &r));
	ck_assert_ptr_null(regions_parse("/L: prog", &r));
	ck_assert_ptr_null(regions_parse("/L:16 prog", &r));
	ck_assert_ptr_null(regions_parse("/L:1, prog", &r));
	ck_assert_ptr_null(regions_parse("/L:1,99999999999999999999 prog", &r));
	ck_assert_ptr_null(regions_parse("/L:1prog", &r));
	ck_assert_ptr_null(regions_parse("/Q prog", &r));
}
END_TEST

/* The block at mcb: of the upper chain.  */
static void upper(uint16_t mcb, char type, uint16_t owner, uint16_t paras, const char *name)
{
	guest_w8(&guest, mcb, MCB_TYPE, type);
	guest_w16(&guest, mcb, MCB_OWNER, owner);
	guest_w16(&guest, mcb, MCB_PARAS, paras);
	for (unsigned i = 0; i < 8; i++)
		guest_w8(&guest, mcb, MCB_NAME + i, i < strlen(name) ? name[i] : 0);
}

/* Two regions: of two free blocks with one in use between, and of one.  */
static void two_regions(void)
{
	bus_map_ram(&bus, 0xd0000, 0x10000, bus.ram + 0x100000, PAGE_WRITABLE);
	upper(0x9fff, 'M', MCB_OWNER_DOS, 0x3000, "SC");
	upper(0xd000, 'M', 0, 0x0f, "");
	upper(0xd010, 'M', 0, 0x0f, "");
	upper(0xd020, 'M', 0x1234, 0x0f, "TSR");
	upper(0xd030, 'M', 0, 0x2f, "");
	upper(0xd060, 'M', MCB_OWNER_DOS, 0x1f, "SC");
	upper(0xd080, 'Z', 0, 0x7f, "");
	guest_w16(&guest, DOS_SEG, AT_UMB_HEAD, 0x9fff);
}

/* Which of the upper blocks are free: bit 0 D000h, 1 D030h, 2 D080h.  */
static unsigned free_upper(void)
{
	return (peek(0xd000, MCB_OWNER) == 0) | (peek(0xd030, MCB_OWNER) == 0) << 1 |
	       (peek(0xd080, MCB_OWNER) == 0) << 2;
}

static unsigned free_with(const char *switches)
{
	struct regions r;
	unsigned answer;

	ck_assert_ptr_nonnull(regions_parse(switches, &r));
	regions_hide(&guest, &r);
	answer = free_upper();
	regions_show(&guest);
	ck_assert_uint_eq(free_upper(), 7);
	ck_assert_uint_eq(peek(0xd020, MCB_OWNER), 0x1234);
	ck_assert_uint_eq(peek(0x9fff, MCB_OWNER), MCB_OWNER_DOS);
	return answer;
}

START_TEST(regions_that_are_not_named_are_hidden_and_shown_again)
{
	two_regions();
	ck_assert_uint_eq(free_with(""), 7);
	ck_assert_uint_eq(free_with("/L:1"), 3);
	ck_assert_uint_eq(free_with("/L:2"), 4);
	ck_assert_uint_eq(free_with("/L:1;2"), 7);
	ck_assert_uint_eq(free_with("/L:0"), 0);
	ck_assert_uint_eq(free_with("/L:1,753"), 0);		/* 752 are free in one block */
	ck_assert_uint_eq(free_with("/L:1,752"), 3);
	ck_assert_uint_eq(free_with("/L:1,753;2,2032"), 4);
	ck_assert_uint_eq(peek(0xd000, MCB_PARAS), 0x1f);	/* joined on the way */
}
END_TEST

START_TEST(a_region_shrinks_to_what_must_be_free)
{
	struct regions r;

	two_regions();
	ck_assert_ptr_nonnull(regions_parse("/L:2,256 /S", &r));
	regions_hide(&guest, &r);
	ck_assert_uint_eq(free_upper(), 4);
	ck_assert_uint_eq(peek(0xd080, MCB_PARAS), 0x10);
	ck_assert_uint_eq(peek(0xd091, MCB_OWNER), MCB_OWNER_DOS);
	ck_assert_uint_eq(peek8(0xd091, MCB_TYPE), 'Z');
	regions_show(&guest);
	ck_assert_uint_eq(peek(0xd091, MCB_OWNER), 0);
}
END_TEST

START_TEST(a_spoilt_upper_chain_ends_the_walk)
{
	struct regions r;

	two_regions();
	guest_w16(&guest, 0xd030, MCB_PARAS, 0xffff);
	ck_assert_ptr_nonnull(regions_parse("/L:2", &r));
	regions_hide(&guest, &r);
	ck_assert_uint_eq(free_upper(), 6);
	regions_show(&guest);
	guest_w16(&guest, DOS_SEG, AT_UMB_HEAD, 0xffff);
	regions_hide(&guest, &r);
	ck_assert_uint_eq(free_upper(), 7);
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
		switches_name_regions_and_what_must_be_free_there,
		regions_that_are_not_named_are_hidden_and_shown_again,
		a_region_shrinks_to_what_must_be_free,
		a_spoilt_upper_chain_ends_the_walk,
		NULL });
}
