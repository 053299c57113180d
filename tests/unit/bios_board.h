/* bios_board.h - a board for the tests of the BIOS: bus, chips and doorway
 * are real; the CPU is the test's affair.  */

#ifndef BIOS_BOARD_H
#define BIOS_BOARD_H

#include <stdio.h>
#include <string.h>

#include "suite.h"

#include "av/screen.h"
#include "bios/bios.h"
#include "bus/bus.h"
#include "dev/kbc.h"
#include "dev/keyboard.h"
#include "dev/mouse.h"
#include "dev/pic.h"
#include "dev/pit.h"
#include "dev/port61.h"
#include "dev/port92.h"
#include "dev/rtc.h"
#include "dev/vga/vga.h"
#include "guest/guest.h"
#include "plugin.h"

#define RAM_SIZE	(8u << 20)

static struct sched sched;
static struct bus bus;
static struct cpu cpu;
static struct guest guest;
static struct bios bios;
static struct pic pic;
static struct pit pit;
static struct rtc rtc;
static struct kbc kbc;
static struct keyboard keyboard;
static struct mouse mouse;
static struct port61 port61;
static struct port92 port92;
static struct screen screen;
static struct vga vga;
static uint32_t board_vram;		/* an SVGA card with so many bytes */

static char tty[4096];
static unsigned tty_count, full_screens, resets;
static const char *crash;
static char crash_text[100];

static void set_intr(void *ctx, unsigned n, bool level)
{
	(void)ctx, (void)n;
	cpu.intr = level;
}

static void set_a20(void *ctx, unsigned n, bool level)
{
	(void)ctx, (void)n;
	bus_set_a20(&bus, level);
}

static void count_reset(void *ctx, unsigned n, bool level)
{
	(void)ctx, (void)n;
	resets += level;
}

static void keep_tty(void *ctx, uint8_t byte)
{
	(void)ctx;
	if (tty_count < sizeof tty - 1)
		tty[tty_count++] = byte;
}

static void count_full_screen(void *ctx)
{
	(void)ctx;
	full_screens++;
}

static bool board_dots(void *ctx, struct video_dots *d)
{
	(void)ctx;
	return vga_dots(&vga, d);
}

static uint32_t board_get_dot(void *ctx, unsigned start, unsigned x, unsigned y)
{
	(void)ctx;
	return vga_get_dot(&vga, start, x, y);
}

static void board_put_dot(void *ctx, unsigned start, unsigned x, unsigned y, uint32_t val)
{
	(void)ctx;
	vga_put_dot(&vga, start, x, y, val);
}

static void keep_crash(void *ctx, const char *why)
{
	(void)ctx;
	snprintf(crash_text, sizeof crash_text, "%s", why);
	crash = crash_text;
}

static bool timer_out2(void *ctx)
{
	return pit_out(ctx, 2);
}

static void wire_board(void)
{
	const struct kbc_wiring kbc_to = {
		.irq1 = pic_irq(&pic, 1), .irq12 = pic_irq(&pic, 12),
		.reset = { count_reset, NULL, 0 },
		.line = { keyboard_device(&keyboard), mouse_device(&mouse) },
	};
	const struct port61_wiring port61_to = {
		.gate2 = pit_gate(&pit, 2), .out2 = timer_out2, .out2_ctx = &pit,
	};
	const struct wire timer[3] = { pic_irq(&pic, 0) };

	pic_init(&pic, &bus, (struct wire){ set_intr, NULL, 0 });
	pit_init(&pit, &bus, &sched, timer);
	port61_init(&port61, &bus, &sched, &port61_to);
	port92_init(&port92, &bus, (struct wire){ set_a20, NULL, 0 },
		    (struct wire){ count_reset, NULL, 0 });
	port92_reset(&port92);
	rtc_init(&rtc, &bus, &sched, RAM_SIZE, pic_irq(&pic, 8), (struct wire){ 0 });
	kbc_init(&kbc, &bus, &sched, &kbc_to);
	keyboard_init(&keyboard, &sched, kbc_ready(&kbc, KBC_KEYBOARD));
	mouse_init(&mouse, &sched, kbc_ready(&kbc, KBC_AUX));
	screen_init(&screen);
	if (board_vram)
		vga_init_svga(&vga, board_vram, &bus, &sched, &screen, (struct wire){ 0 });
	else
		vga_init(&vga, &bus, &sched, &screen, (struct wire){ 0 });
}

/* Everything but the CPU, which is there already.  1994-05-31 22:13:20.  */
static void build_board(svc_fn *booted)
{
	tty_count = full_screens = resets = 0;
	memset(tty, 0, sizeof tty);
	crash = NULL;
	guest_init(&guest, &cpu, &bus);
	wire_board();
	rtc_set_unix(&rtc, 770422400, 0);
	bios_init(&bios, &guest, &bus, &sched);
	if (board_vram) {
		bios.video = VIDEO_SVGA;
		bios.video_memory = board_vram;
		bios_reset(&bios);
	}
	bios.tty_out = keep_tty;
	bios.mouse_driver = true;
	bios.full_screen = count_full_screen;
	bios.crashed = keep_crash;
	bios.dots = board_dots;
	bios.get_dot = board_get_dot;
	bios.put_dot = board_put_dot;
	guest_offer(&guest, GATE_DOS_BOOT, booted, NULL);
}

#endif
