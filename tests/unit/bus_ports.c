/* bus_ports.c - I/O ports.  */

#include "suite.h"

#include <string.h>

#include "bus/bus.h"

static struct bus bus;
static unsigned accesses, widest, told, strays;
static struct { const char *chip; uint16_t port; unsigned size; bool out; uint32_t val; } seen;

static uint32_t port_read(void *dev, uint32_t port, unsigned size)
{
	(void)dev;
	accesses++;
	widest = size > widest ? size : widest;
	return 0xabcdef00 | (port & 0xff);
}

static void port_write(void *dev, uint32_t port, uint32_t val, unsigned size)
{
	uint32_t *last = dev;

	(void)port, (void)size;
	accesses++;
	*last = val;
}

static void on_port(void *ctx, const char *chip, uint16_t port, unsigned size, bool out,
		    uint32_t val)
{
	(void)ctx;
	told++;
	strays += !chip;
	seen.chip = chip;
	seen.port = port;
	seen.size = size;
	seen.out = out;
	seen.val = val;
}

static const struct bus_ops narrow_chip = { "narrow", port_read, port_write, true };
static const struct bus_ops wide_chip = { "wide", port_read, port_write, false };
static uint32_t last;

static void setup(void)
{
	memset(&bus, 0, sizeof bus);
	accesses = widest = told = strays = 0;
	bus.on_port = on_port;
	bus_map_ports(&bus, 0x40, 4, &narrow_chip, &last);
	bus_map_ports(&bus, 0x1f0, 2, &wide_chip, &last);
}

START_TEST(a_wide_access_to_a_narrow_chip_is_split)
{
	ck_assert_uint_eq(bus_in(&bus, 0x40, 4), 0x43424140);
	ck_assert_uint_eq(accesses, 4);
	ck_assert_uint_eq(widest, 1);
	bus_out(&bus, 0x40, 0x1234, 2);
	ck_assert_uint_eq(accesses, 6);
	ck_assert_uint_eq(last, 0x12);
}
END_TEST

START_TEST(a_wide_chip_gets_a_word_in_one_piece)
{
	ck_assert_uint_eq(bus_in(&bus, 0x1f0, 2), 0xeff0);
	ck_assert_uint_eq(accesses, 1);
	bus_out(&bus, 0x1f0, 0x5678, 2);
	ck_assert_uint_eq(last, 0x5678);
}
END_TEST

START_TEST(an_access_past_the_edge_of_a_chip_is_split)
{
	ck_assert_uint_eq(bus_in(&bus, 0x1f1, 2), 0xfff1);
	ck_assert_uint_eq(strays, 1);
	ck_assert_uint_eq(seen.port, 0x1f2);
	ck_assert_uint_eq(bus_in(&bus, 0x3f, 2), 0x40ff);
}
END_TEST

START_TEST(nobody_at_home_is_reported_once_and_floats)
{
	ck_assert_uint_eq(bus_in(&bus, 0x300, 2), 0xffff);
	ck_assert_uint_eq(strays, 1);
	ck_assert(!seen.out);
	bus_out(&bus, 0x301, 0x12345678, 4);
	ck_assert_uint_eq(strays, 2);
	ck_assert(seen.out);
	ck_assert_uint_eq(seen.size, 4);
	ck_assert_uint_eq(seen.val, 0x12345678);
}
END_TEST

START_TEST(each_access_to_a_chip_is_told_with_its_value)
{
	bus_out(&bus, 0x42, 0x1234, 2);
	ck_assert_uint_eq(told, 2);
	ck_assert_str_eq(seen.chip, "narrow");
	ck_assert(seen.out);
	ck_assert_uint_eq(seen.port, 0x43);
	ck_assert_uint_eq(seen.val, 0x12);
	bus_in(&bus, 0x1f0, 2);
	ck_assert_uint_eq(told, 3);
	ck_assert_str_eq(seen.chip, "wide");
	ck_assert(!seen.out);
	ck_assert_uint_eq(seen.size, 2);
	ck_assert_uint_eq(seen.val, 0xeff0);
	ck_assert_uint_eq(strays, 0);
}
END_TEST

START_TEST(port_numbers_wrap_at_64k)
{
	bus_map_ports(&bus, 0xffff, 1, &narrow_chip, &last);
	bus_map_ports(&bus, 0, 1, &narrow_chip, &last);
	ck_assert_uint_eq(bus_in(&bus, 0xffff, 2), 0x00ff);
	ck_assert_uint_eq(accesses, 2);
}
END_TEST

int main(void)
{
	return suite_run_each("bus/ports", setup, NULL, (const TTest *[]){
		a_wide_access_to_a_narrow_chip_is_split,
		a_wide_chip_gets_a_word_in_one_piece,
		an_access_past_the_edge_of_a_chip_is_split,
		nobody_at_home_is_reported_once_and_floats,
		each_access_to_a_chip_is_told_with_its_value,
		port_numbers_wrap_at_64k,
		NULL });
}
