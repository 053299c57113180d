/* xmem_a20.c - who opens address line 20, and who closes it.  */

#include "suite.h"

#include "dev/port92.h"
#include "state/state.h"
#include "xmem/a20.h"

static struct bus bus;
static struct a20 a20;
static struct port92 port92;

static void power_on(void)
{
	ck_assert(bus_init(&bus, 2u << 20, NULL));
	a20_init(&a20, &bus, 0x4000);
	port92_init(&port92, &bus, a20_input(&a20, A20_PORT92), (struct wire){ 0 });
	port92_reset(&port92);
}

static void power_off(void)
{
	bus_fini(&bus);
}

static void kbc(bool on)
{
	struct wire w = a20_input(&a20, A20_KBC);

	wire_set(&w, on);
}

START_TEST(the_line_is_low_at_boot)
{
	ck_assert(!a20_is_on(&a20));
}
END_TEST

START_TEST(either_gate_opens_it)
{
	kbc(true);
	ck_assert(a20_is_on(&a20));
	bus_out(&bus, 0x92, 0x02, 1);
	kbc(false);
	ck_assert(a20_is_on(&a20));
	bus_out(&bus, 0x92, 0x00, 1);
	ck_assert(!a20_is_on(&a20));
}
END_TEST

START_TEST(local_enables_are_counted)
{
	ck_assert_int_eq(a20_local(&a20, true), XMS_OK);
	ck_assert_int_eq(a20_local(&a20, true), XMS_OK);
	ck_assert(bus_in(&bus, 0x92, 1) & 0x02);
	ck_assert_int_eq(a20_local(&a20, false), XMS_A20_STILL_ON);
	ck_assert(a20_is_on(&a20));
	ck_assert_int_eq(a20_local(&a20, false), XMS_OK);
	ck_assert(!a20_is_on(&a20));
	ck_assert_int_eq(a20_local(&a20, false), XMS_A20_ERROR);
}
END_TEST

START_TEST(a_global_enable_outlasts_local_ones)
{
	ck_assert_int_eq(a20_global(&a20, true), XMS_OK);
	a20_local(&a20, true);
	ck_assert_int_eq(a20_local(&a20, false), XMS_A20_STILL_ON);
	ck_assert(a20_is_on(&a20));
	ck_assert_int_eq(a20_global(&a20, false), XMS_OK);
	ck_assert(!a20_is_on(&a20));
}
END_TEST

START_TEST(a_program_starts_with_the_line_low)
{
	a20_global(&a20, true);
	a20_close_for_program(&a20);
	ck_assert(!a20_is_on(&a20));
	ck_assert_int_eq(a20_local(&a20, true), XMS_OK);
	ck_assert(a20_is_on(&a20));
}
END_TEST

START_TEST(one_owner_has_the_high_memory_area)
{
	ck_assert_int_eq(hma_give_back(&a20), XMS_HMA_NOT_ALLOCATED);
	ck_assert_int_eq(hma_take(&a20, 0x3fff), XMS_HMA_TOO_SMALL);
	ck_assert_int_eq(hma_take(&a20, 0xffff), XMS_OK);
	ck_assert_int_eq(hma_take(&a20, 0xffff), XMS_HMA_IN_USE);
	ck_assert_int_eq(hma_give_back(&a20), XMS_OK);
	a20.bus->ram_size = 1u << 20;
	ck_assert_int_eq(hma_take(&a20, 0xffff), XMS_NO_HMA);
	a20.bus->ram_size = 2u << 20;
}
END_TEST

START_TEST(a_snapshot_moves_the_line)
{
	uint8_t buf[64];
	struct state st;

	a20_global(&a20, true);
	state_init(&st, STATE_SAVE, buf, sizeof buf);
	a20_state(&a20, &st);
	ck_assert(state_ok(&st));
	a20_global(&a20, false);
	state_init(&st, STATE_LOAD, buf, sizeof buf);
	a20_state(&a20, &st);
	ck_assert(state_ok(&st));
	ck_assert(a20_is_on(&a20));
}
END_TEST

int main(void)
{
	return suite_run_each("xmem/a20", power_on, power_off, (const TTest *[]){
		the_line_is_low_at_boot,
		either_gate_opens_it,
		local_enables_are_counted,
		a_global_enable_outlasts_local_ones,
		a_program_starts_with_the_line_low,
		one_owner_has_the_high_memory_area,
		a_snapshot_moves_the_line,
		NULL });
}
