/* dev_pic.c - the pair of interrupt controllers.  */

#include "suite.h"

#include "dev/pic.h"
#include "state/state.h"

static struct bus bus;
static struct pic pic;
static bool intr;

static void set_intr(void *ctx, unsigned n, bool level)
{
	(void)ctx, (void)n;
	intr = level;
}

static void out(uint16_t port, uint8_t val)
{
	bus_out(&bus, port, val, 1);
}

static uint8_t in(uint16_t port)
{
	return bus_in(&bus, port, 1);
}

static void irq(unsigned n, bool level)
{
	struct wire w = pic_irq(&pic, n);

	wire_set(&w, level);
}

/* As the AT's BIOS does it, all inputs open.  */
static void program(uint8_t icw1, uint8_t icw4)
{
	out(0x20, icw1);
	out(0x21, 0x08);
	out(0x21, 0x04);
	out(0x21, icw4);
	out(0xa0, icw1);
	out(0xa1, 0x70);
	out(0xa1, 0x02);
	out(0xa1, icw4);
	out(0x21, 0);
	out(0xa1, 0);
}

static void setup(void)
{
	intr = false;
	pic_init(&pic, &bus, (struct wire){ set_intr, NULL, 0 });
	program(0x11, 0x01);
}

START_TEST(is_quiet_until_initialised)
{
	pic_reset(&pic);
	irq(1, true);
	out(0x21, 0);
	ck_assert(!intr);
	program(0x11, 0x01);
	ck_assert(!intr);		/* the edge was before ICW1 */
	irq(1, false);
	irq(1, true);
	ck_assert(intr);
}
END_TEST

START_TEST(a_request_is_answered_with_its_vector)
{
	irq(1, true);
	ck_assert(intr);
	ck_assert_uint_eq(in(0x20), 0x02);
	ck_assert_int_eq(pic_intack(&pic), 0x09);
	ck_assert(!intr);
	ck_assert_uint_eq(in(0x20), 0);
	out(0x20, 0x0b);
	ck_assert_uint_eq(in(0x20), 0x02);
	out(0x20, 0x20);
	ck_assert_uint_eq(in(0x20), 0);
}
END_TEST

START_TEST(an_edge_counts_once)
{
	irq(3, true);
	pic_intack(&pic);
	out(0x20, 0x20);
	ck_assert(!intr);
	irq(3, true);
	ck_assert(!intr);
	irq(3, false);
	irq(3, true);
	ck_assert(intr);
}
END_TEST

START_TEST(a_level_asks_again_while_it_lasts)
{
	program(0x19, 0x01);
	irq(3, true);
	ck_assert_int_eq(pic_intack(&pic), 0x0b);
	ck_assert(!intr);
	out(0x20, 0x20);
	ck_assert(intr);
	irq(3, false);
	ck_assert(!intr);
}
END_TEST

START_TEST(a_higher_request_interrupts_a_lower_one)
{
	irq(4, true);
	ck_assert_int_eq(pic_intack(&pic), 0x0c);
	irq(6, true);
	ck_assert(!intr);
	irq(0, true);
	ck_assert(intr);
	ck_assert_int_eq(pic_intack(&pic), 0x08);
	out(0x20, 0x20);		/* ends IRQ 0, the highest in service */
	out(0x20, 0x0b);
	ck_assert_uint_eq(in(0x20), 0x10);
	out(0x20, 0x20);
	ck_assert_int_eq(pic_intack(&pic), 0x0e);
}
END_TEST

START_TEST(a_masked_request_waits)
{
	out(0x21, 0x02);
	irq(1, true);
	ck_assert(!intr);
	ck_assert_uint_eq(in(0x21), 0x02);
	out(0x21, 0x00);
	ck_assert(intr);
}
END_TEST

START_TEST(the_slave_answers_through_the_master)
{
	irq(12, true);
	ck_assert_int_eq(pic_intack(&pic), 0x74);
	out(0x20, 0x0b);
	ck_assert_uint_eq(in(0x20), 0x04);
	irq(8, true);
	ck_assert(!intr);		/* the master holds its level 2 */
	out(0xa0, 0x20);
	out(0x20, 0x20);
	ck_assert_int_eq(pic_intack(&pic), 0x70);
}
END_TEST

START_TEST(the_isa_bus_s_irq_2_is_irq_9)
{
	irq(2, true);
	ck_assert_int_eq(pic_intack(&pic), 0x71);
}
END_TEST

START_TEST(special_fully_nested_mode_lets_the_slave_nest)
{
	program(0x11, 0x11);
	irq(12, true);
	ck_assert_int_eq(pic_intack(&pic), 0x74);
	irq(8, true);
	ck_assert(intr);
	ck_assert_int_eq(pic_intack(&pic), 0x70);
}
END_TEST

START_TEST(a_request_gone_is_spurious_level_7)
{
	irq(5, true);
	irq(5, false);
	ck_assert(!intr);
	ck_assert_int_eq(pic_intack(&pic), 0x0f);
	out(0x20, 0x0b);
	ck_assert_uint_eq(in(0x20), 0);
}
END_TEST

START_TEST(a_slave_request_gone_is_spurious_irq_15)
{
	/* The slave loses its request between the two INTA cycles' halves:
	 * the master still sees its cascade input.  */
	irq(10, true);
	pic.chip[1].irr = 0;
	ck_assert_int_eq(pic_intack(&pic), 0x77);
	out(0xa0, 0x0b);
	ck_assert_uint_eq(in(0xa0), 0);
	out(0x20, 0x0b);
	ck_assert_uint_eq(in(0x20), 0x04);
}
END_TEST

START_TEST(automatic_eoi_leaves_nothing_in_service)
{
	program(0x11, 0x03);
	irq(1, true);
	pic_intack(&pic);
	out(0x20, 0x0b);
	ck_assert_uint_eq(in(0x20), 0);
	irq(2, true);
	ck_assert(intr);
}
END_TEST

START_TEST(rotation_makes_the_served_level_lowest)
{
	irq(4, true);
	irq(5, true);
	irq(3, true);
	ck_assert_int_eq(pic_intack(&pic), 0x0b);
	out(0x20, 0xa0);		/* rotate on non-specific EOI: 3 is lowest */
	irq(3, false);
	irq(3, true);
	irq(0, true);
	ck_assert_int_eq(pic_intack(&pic), 0x0c);
	out(0x20, 0xe4);		/* rotate on specific EOI: 4 is lowest */
	ck_assert_int_eq(pic_intack(&pic), 0x0d);
	out(0x20, 0x65);		/* specific EOI */
	ck_assert_int_eq(pic_intack(&pic), 0x08);
	out(0x20, 0x60);
	ck_assert_int_eq(pic_intack(&pic), 0x0b);
}
END_TEST

START_TEST(priority_can_be_set)
{
	out(0x20, 0xc3);		/* 3 is lowest, so 4 is highest */
	irq(0, true);
	irq(4, true);
	ck_assert_int_eq(pic_intack(&pic), 0x0c);
}
END_TEST

START_TEST(automatic_eoi_can_rotate)
{
	program(0x11, 0x03);
	out(0x20, 0x80);
	irq(1, true);
	irq(5, true);
	ck_assert_int_eq(pic_intack(&pic), 0x09);
	irq(1, false);
	irq(1, true);
	ck_assert_int_eq(pic_intack(&pic), 0x0d);
	ck_assert_int_eq(pic_intack(&pic), 0x09);
}
END_TEST

START_TEST(special_mask_mode_opens_lower_levels)
{
	irq(1, true);
	pic_intack(&pic);
	irq(6, true);
	ck_assert(!intr);
	out(0x21, 0x02);
	out(0x20, 0x68);
	ck_assert(intr);
	pic_intack(&pic);
	out(0x20, 0x20);		/* must not end the masked level 1 */
	out(0x20, 0x0b);
	ck_assert_uint_eq(in(0x20), 0x02);
	out(0x20, 0x48);
	out(0x20, 0x20);
	ck_assert_uint_eq(in(0x20), 0);
}
END_TEST

START_TEST(a_poll_acknowledges)
{
	irq(4, true);
	out(0x20, 0x0c);
	ck_assert_uint_eq(in(0x20), 0x84);
	ck_assert(!intr);
	out(0x20, 0x0b);
	ck_assert_uint_eq(in(0x20), 0x10);
	out(0x20, 0x0c);
	ck_assert_uint_eq(in(0x20) & 0x80, 0);
}
END_TEST

START_TEST(a_second_slave_request_makes_a_second_edge)
{
	irq(12, true);
	irq(14, true);
	ck_assert_int_eq(pic_intack(&pic), 0x74);
	out(0x20, 0x20);
	ck_assert(!intr);		/* 14 is below 12, in service at the slave */
	out(0xa0, 0x20);
	ck_assert_int_eq(pic_intack(&pic), 0x76);
}
END_TEST

START_TEST(a_snapshot_keeps_requests_and_service)
{
	uint8_t buf[128];
	struct state st;

	irq(4, true);
	pic_intack(&pic);
	irq(1, true);
	state_init(&st, STATE_SAVE, buf, sizeof buf);
	pic_state(&pic, &st);
	ck_assert(state_ok(&st));
	pic_reset(&pic);
	state_init(&st, STATE_LOAD, buf, sizeof buf);
	pic_state(&pic, &st);
	ck_assert(state_ok(&st));
	ck_assert_int_eq(pic_intack(&pic), 0x09);
	out(0x20, 0x20);
	out(0x20, 0x0b);
	ck_assert_uint_eq(in(0x20), 0x10);
}
END_TEST

int main(void)
{
	return suite_run_each("dev/pic", setup, NULL, (const TTest *[]){
		is_quiet_until_initialised,
		a_request_is_answered_with_its_vector,
		an_edge_counts_once,
		a_level_asks_again_while_it_lasts,
		a_higher_request_interrupts_a_lower_one,
		a_masked_request_waits,
		the_slave_answers_through_the_master,
		the_isa_bus_s_irq_2_is_irq_9,
		special_fully_nested_mode_lets_the_slave_nest,
		a_request_gone_is_spurious_level_7,
		a_slave_request_gone_is_spurious_irq_15,
		automatic_eoi_leaves_nothing_in_service,
		rotation_makes_the_served_level_lowest,
		priority_can_be_set,
		automatic_eoi_can_rotate,
		special_mask_mode_opens_lower_levels,
		a_poll_acknowledges,
		a_second_slave_request_makes_a_second_edge,
		a_snapshot_keeps_requests_and_service,
		NULL });
}
