/* dev_serial.c - serial and parallel ports.  */

#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "dev/lpt.h"
#include "dev/serial.h"
#include "pass_time.h"
#include "state/state.h"

#define BASE	0x3f8
#define BYTE	(10 * 12 * (VTIME_SECOND / 115200))	/* 8N1 at 9600 */

static struct sched sched;
static struct bus bus;
static struct serial serial;
static struct lpt lpt;
static char written[64];
static unsigned count;
static bool irq, dtr, rts, brk;
static unsigned rises;

static void set_irq(void *ctx, unsigned n, bool level)
{
	(void)ctx, (void)n;
	rises += level && !irq;
	irq = level;
}

static void keep(void *ctx, uint8_t byte)
{
	(void)ctx;
	written[count++] = byte;
}

static char format[32];

static void set_format(void *ctx, unsigned baud, unsigned bits, unsigned stops, uint8_t parity)
{
	(void)ctx;
	snprintf(format, sizeof format, "%u %u %u %02X", baud, bits, stops, parity);
}

static void lines(void *ctx, bool d, bool r, bool b)
{
	(void)ctx;
	dtr = d;
	rts = r;
	brk = b;
}

static void out(unsigned reg, uint8_t val)
{
	bus_out(&bus, BASE + reg, val, 1);
}

static uint8_t in(unsigned reg)
{
	return bus_in(&bus, BASE + reg, 1);
}

static void power_on(void)
{
	const struct serial_backend to = { .write = keep, .lines = lines };

	memset(written, 0, sizeof written);
	count = rises = 0;
	irq = false;
	sched_init(&sched);
	serial_init(&serial, &bus, &sched, "COM1", BASE, (struct wire){ set_irq, NULL, 4 });
	serial_plug(&serial, &to);
	out(3, 0x80);
	out(0, 12);
	out(1, 0);
	out(3, 0x03);
	out(4, 0x0b);
}

START_TEST(bytes_leave_at_the_line_s_speed)
{
	ck_assert_uint_eq(in(5), 0x60);
	out(0, 'a');
	ck_assert_uint_eq(in(5), 0x20);		/* holding register empty, shift register not */
	out(0, 'b');
	ck_assert_uint_eq(in(5), 0x00);
	pass(&sched, BYTE);
	ck_assert_str_eq(written, "a");
	pass(&sched, BYTE);
	ck_assert_str_eq(written, "ab");
	ck_assert_uint_eq(in(5), 0x60);
}
END_TEST

START_TEST(bytes_arrive_at_the_line_s_speed)
{
	serial_receive(&serial, 'x');
	serial_receive(&serial, 'y');
	pass(&sched, BYTE - 1);
	ck_assert_uint_eq(in(5) & 1, 0);
	pass(&sched, 1);
	ck_assert_uint_eq(in(5) & 1, 1);
	ck_assert_uint_eq(in(0), 'x');
	ck_assert_uint_eq(in(5) & 1, 0);
	pass(&sched, BYTE);
	ck_assert_uint_eq(in(0), 'y');
}
END_TEST

START_TEST(an_unread_byte_is_overrun)
{
	serial_receive(&serial, 'x');
	serial_receive(&serial, 'y');
	pass(&sched, 2 * BYTE);
	ck_assert_uint_eq(in(5), 0x63);
	ck_assert_uint_eq(in(5), 0x61);		/* reading ends the error */
	ck_assert_uint_eq(in(0), 'y');
}
END_TEST

START_TEST(interrupts_come_in_their_order)
{
	out(1, 0x0f);
	ck_assert(irq);
	ck_assert_uint_eq(in(2), 0x02);		/* transmitter empty, read away */
	ck_assert(!irq);
	serial_lines(&serial, SERIAL_CTS);
	ck_assert_uint_eq(in(2), 0x00);
	serial_receive(&serial, 'x');
	pass(&sched, BYTE);
	ck_assert_uint_eq(in(2), 0x04);
	serial_receive(&serial, 'y');
	pass(&sched, BYTE);
	ck_assert_uint_eq(in(2), 0x06);
	in(5);
	ck_assert_uint_eq(in(2), 0x04);
	in(0);
	ck_assert_uint_eq(in(2), 0x00);
	ck_assert_uint_eq(in(6), 0x11);
	ck_assert_uint_eq(in(2), 0x01);
	ck_assert(!irq);
	out(0, 'a');
	ck_assert(irq);
	out(4, 0x03);				/* OUT2 off */
	ck_assert(!irq);
}
END_TEST

START_TEST(the_fifo_has_a_level_and_a_time_out)
{
	out(2, 0x81);				/* eight bytes */
	out(1, 0x01);
	ck_assert_uint_eq(in(2), 0xc1);
	for (unsigned i = 0; i < 8; i++)
		serial_receive(&serial, '0' + i);
	pass(&sched, 7 * BYTE);
	ck_assert(!irq);
	pass(&sched, BYTE);
	ck_assert_uint_eq(in(2), 0xc4);
	for (unsigned i = 0; i < 7; i++)
		ck_assert_uint_eq(in(0), '0' + i);
	ck_assert(!irq);
	pass(&sched, 4 * BYTE);
	ck_assert_uint_eq(in(2), 0xcc);
	ck_assert_uint_eq(in(0), '7');
	ck_assert(!irq);
}
END_TEST

START_TEST(the_fifo_sends_sixteen_at_a_time)
{
	out(2, 0x07);
	out(1, 0x02);
	in(2);
	for (unsigned i = 0; i < 17; i++)
		out(0, 'a' + i);
	ck_assert_uint_eq(in(5) & 0x20, 0);
	pass(&sched, 16 * BYTE);
	ck_assert_uint_eq(count, 16);
	ck_assert_uint_eq(in(2), 0xc2);
	pass(&sched, BYTE);
	ck_assert_str_eq(written, "abcdefghijklmnopq");
}
END_TEST

START_TEST(modem_lines_go_both_ways)
{
	ck_assert(dtr && rts && !brk);
	out(4, 0x01);
	ck_assert(dtr && !rts);
	out(3, 0x43);
	ck_assert(brk);
	serial_lines(&serial, SERIAL_RI | SERIAL_DCD);
	ck_assert_uint_eq(in(6), 0xc8);
	serial_lines(&serial, SERIAL_DCD);
	ck_assert_uint_eq(in(6), 0x84);
	ck_assert_uint_eq(in(6), 0x80);
}
END_TEST

START_TEST(the_other_side_is_told_speed_and_format)
{
	serial_plug(&serial, &(struct serial_backend){ .write = keep, .format = set_format });
	ck_assert_str_eq(format, "9600 8 1 00");
	out(3, 0x80);
	out(0, 1);
	out(1, 0);
	ck_assert_str_eq(format, "9600 8 1 00");	/* not before it is complete */
	out(3, 0x1f);
	ck_assert_str_eq(format, "115200 8 2 18");
}
END_TEST

START_TEST(what_is_on_its_way_out_gets_there_when_the_machine_ends)
{
	out(2, 0x01);
	for (unsigned i = 0; i < 5; i++)
		out(0, "abcde"[i]);
	ck_assert_uint_eq(count, 0);
	serial_drain(&serial);
	ck_assert_uint_eq(count, 5);
	ck_assert_int_eq(memcmp(written, "abcde", 5), 0);
	pass(&sched, 100 * BYTE);
	ck_assert_uint_eq(count, 5);
}
END_TEST

START_TEST(a_loop_comes_back)
{
	out(4, 0x1a);
	ck_assert_uint_eq(in(6) & 0xf0, 0x90);
	out(0, 'z');
	pass(&sched, BYTE);
	ck_assert_uint_eq(in(0), 'z');
	ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(a_snapshot_sends_on)
{
	static uint8_t buf[2048];
	struct state st;

	out(2, 0x01);
	out(0, 'a');
	out(0, 'b');
	serial_receive(&serial, 'c');
	pass(&sched, BYTE / 2);
	state_init(&st, STATE_SAVE, buf, sizeof buf);
	serial_state(&serial, &st);
	ck_assert(state_ok(&st));
	serial_reset(&serial);
	state_init(&st, STATE_LOAD, buf, sizeof buf);
	serial_state(&serial, &st);
	ck_assert(state_ok(&st));
	pass(&sched, BYTE / 2 + 1);
	ck_assert_str_eq(written, "a");
	ck_assert_uint_eq(in(0), 'c');
	pass(&sched, BYTE);
	ck_assert_str_eq(written, "ab");
}
END_TEST

static void printer_on(void)
{
	const struct lpt_backend printer = { keep, NULL };

	lpt_init(&lpt, &bus, &sched, "LPT1", 0x378, (struct wire){ set_irq, NULL, 7 });
	lpt_plug(&lpt, &printer);
	irq = false;
	rises = 0;
}

START_TEST(a_strobe_prints_a_byte)
{
	printer_on();
	ck_assert_uint_eq(bus_in(&bus, 0x379, 1), 0xdf);
	bus_out(&bus, 0x378, 'p', 1);
	bus_out(&bus, 0x37a, 0x0d, 1);
	bus_out(&bus, 0x37a, 0x0c, 1);
	ck_assert_str_eq(written, "p");
	ck_assert_uint_eq(bus_in(&bus, 0x379, 1), 0x5f);
	pass(&sched, 20000);
	ck_assert_uint_eq(bus_in(&bus, 0x379, 1), 0xdf);
	ck_assert_uint_eq(bus_in(&bus, 0x378, 1), 'p');
	ck_assert_uint_eq(bus_in(&bus, 0x37a, 1), 0xec);
	ck_assert(!irq);
}
END_TEST

START_TEST(the_printer_interrupts_when_it_is_done)
{
	printer_on();
	bus_out(&bus, 0x37a, 0x1c, 1);
	ck_assert(!irq);
	bus_out(&bus, 0x37a, 0x1d, 1);
	pass(&sched, 20000);
	ck_assert(irq);
	bus_out(&bus, 0x37a, 0x1c, 1);
	bus_out(&bus, 0x37a, 0x1d, 1);
	ck_assert(!irq);
	pass(&sched, 20000);
	ck_assert_uint_eq(rises, 2);
}
END_TEST

START_TEST(no_printer_is_busy_and_out_of_paper)
{
	lpt_init(&lpt, &bus, &sched, "LPT1", 0x378, (struct wire){ 0 });
	ck_assert_uint_eq(bus_in(&bus, 0x379, 1), 0x7f);
}
END_TEST

int main(void)
{
	return suite_run_each("dev/serial", power_on, NULL, (const TTest *[]){
		bytes_leave_at_the_line_s_speed,
		bytes_arrive_at_the_line_s_speed,
		an_unread_byte_is_overrun,
		interrupts_come_in_their_order,
		the_fifo_has_a_level_and_a_time_out,
		the_fifo_sends_sixteen_at_a_time,
		modem_lines_go_both_ways,
		the_other_side_is_told_speed_and_format,
		what_is_on_its_way_out_gets_there_when_the_machine_ends,
		a_loop_comes_back,
		a_snapshot_sends_on,
		a_strobe_prints_a_byte,
		the_printer_interrupts_when_it_is_done,
		no_printer_is_busy_and_out_of_paper,
		NULL });
}
