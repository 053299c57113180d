/* dev_hostile.c - snapshots that somebody has spoilt do no harm: every chip
 * loads them, or refuses, and goes on running.  */

#include "suite.h"

#include <string.h>

#include "dev/dma.h"
#include "dev/kbc.h"
#include "dev/keyboard.h"
#include "dev/lpt.h"
#include "dev/mouse.h"
#include "dev/pic.h"
#include "dev/pit.h"
#include "dev/port61.h"
#include "dev/port92.h"
#include "dev/rtc.h"
#include "dev/serial.h"
#include "pass_time.h"
#include "plugin.h"
#include "state/state.h"

#define ROUNDS	3000

static struct sched sched;
static struct bus bus;
static struct pic pic;
static struct pit pit;
static struct rtc rtc;
static struct kbc kbc;
static struct keyboard keyboard;
static struct mouse mouse;
static struct dma dma;
static struct serial serial;
static struct lpt lpt;
static struct port61 port61;
static struct port92 port92;
static uint32_t seed = 1;

static uint32_t dice(void)
{
	seed = seed * 1664525 + 1013904223;
	return seed >> 8;
}

static bool out2(void *ctx)
{
	return pit_out(ctx, 2);
}

static void keep_byte(void *ctx, uint8_t byte)
{
	(void)ctx, (void)byte;
}

static void power_on(void)
{
	const struct wire timer[3] = { pic_irq(&pic, 0), { 0 }, port61_out2(&port61) };
	const struct port61_wiring port61_to = {
		.gate2 = pit_gate(&pit, 2), .out2 = out2, .out2_ctx = &pit };
	const struct kbc_wiring kbc_to = {
		.irq1 = pic_irq(&pic, 1), .irq12 = pic_irq(&pic, 12),
		.line = { keyboard_device(&keyboard), mouse_device(&mouse) } };
	const struct serial_backend backend = { .write = keep_byte };
	const struct lpt_backend printer = { .write = keep_byte };

	sched_init(&sched);
	ck_assert(bus_init(&bus, 1u << 20, NULL));
	pic_init(&pic, &bus, (struct wire){ 0 });
	pit_init(&pit, &bus, &sched, timer);
	port61_init(&port61, &bus, &sched, &port61_to);
	port92_init(&port92, &bus, (struct wire){ 0 }, (struct wire){ 0 });
	rtc_init(&rtc, &bus, &sched, 1u << 20, pic_irq(&pic, 8), (struct wire){ 0 });
	kbc_init(&kbc, &bus, &sched, &kbc_to);
	keyboard_init(&keyboard, &sched, kbc_ready(&kbc, KBC_KEYBOARD));
	mouse_init(&mouse, &sched, kbc_ready(&kbc, KBC_AUX));
	dma_init(&dma, &bus);
	serial_init(&serial, &bus, &sched, "COM1", 0x3f8, pic_irq(&pic, 4));
	serial_plug(&serial, &backend);
	lpt_init(&lpt, &bus, &sched, "LPT1", 0x378, pic_irq(&pic, 7));
	lpt_plug(&lpt, &printer);
}

static void power_off(void)
{
	bus_fini(&bus);
}

static void all(struct state *st)
{
	pic_state(&pic, st);
	pit_state(&pit, st);
	port61_state(&port61, st);
	port92_state(&port92, st);
	rtc_state(&rtc, st);
	kbc_state(&kbc, st);
	keyboard_state(&keyboard, st);
	mouse_state(&mouse, st);
	dma_state(&dma, st);
	serial_state(&serial, st);
	lpt_state(&lpt, st);
}

/* Writes and reads all over, so that what was loaded is used.  */
static void use(void)
{
	static const uint16_t port[] = {
		0x00, 0x08, 0x0b, 0x20, 0x21, 0x40, 0x42, 0x43, 0x60, 0x61, 0x64, 0x70, 0x71,
		0x81, 0x92, 0xa0, 0xa1, 0xc0, 0xd6, 0x378, 0x379, 0x37a, 0x3f8, 0x3f9, 0x3fa,
		0x3fb, 0x3fc, 0x3fd, 0x3fe,
	};
	struct key_event key = { .key = dice() % 256, .down = dice() & 1 };

	for (unsigned i = 0; i < 20; i++) {
		uint16_t p = port[dice() % (sizeof port / sizeof *port)];

		if (dice() & 1)
			bus_out(&bus, p, dice() & 0xff, 1);
		else
			bus_in(&bus, p, 1);
	}
	keyboard_key(&keyboard, &key);
	mouse_move(&mouse, dice() % 100, dice() % 100, 0, dice() & 7);
	serial_receive(&serial, dice());
	pic_intack(&pic);
}

START_TEST(spoilt_snapshots_do_no_harm)
{
	static uint8_t good[16384], bad[16384];
	struct state st;
	size_t size;

	for (unsigned round = 0; round < ROUNDS; round++) {
		if (round % 50 == 0) {
			power_off();
			power_on();
		}
		use();
		pass(&sched, dice() % 3000000);
		state_init(&st, STATE_SAVE, good, sizeof good);
		all(&st);
		ck_assert(state_ok(&st));
		size = st.pos;
		memcpy(bad, good, size);
		for (unsigned n = dice() % 8; n; n--)
			bad[dice() % size] = dice();
		state_init(&st, STATE_LOAD, bad, size);
		all(&st);
		use();
		pass(&sched, dice() % 3000000);
	}
}
END_TEST

START_TEST(a_good_snapshot_is_loaded_whole)
{
	static uint8_t one[16384], two[16384];
	struct state st;
	size_t size;

	for (unsigned round = 0; round < 200; round++) {
		use();
		pass(&sched, dice() % 3000000);
		state_init(&st, STATE_SAVE, one, sizeof one);
		all(&st);
		size = st.pos;
		state_init(&st, STATE_LOAD, one, size);
		all(&st);
		ck_assert_msg(state_ok(&st), "%s", st.error);
		state_init(&st, STATE_SAVE, two, sizeof two);
		all(&st);
		ck_assert_uint_eq(st.pos, size);
		ck_assert_mem_eq(one, two, size);
	}
}
END_TEST

int main(void)
{
	return suite_run_each("dev/hostile", power_on, power_off, (const TTest *[]){
		spoilt_snapshots_do_no_harm,
		a_good_snapshot_is_loaded_whole,
		NULL });
}
