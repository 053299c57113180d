/* vga_rig.h - a bus with a video card, and somebody who watches.  */

#ifndef VGA_RIG_H
#define VGA_RIG_H

#include <string.h>

#include "suite.h"

#include "av/screen.h"
#include "bus/bus.h"
#include "dev/vga/vga.h"
#include "pass_time.h"
#include "state/state.h"

#define GRAPHICS	0xa0000u
#define TEXT		0xb8000u

static struct sched sched;
static struct bus bus;
static struct screen screen;
static struct vga vga;
static uint32_t rig_vram;		/* an SVGA card with so many bytes */
static unsigned shown, shown_top, shown_bottom, irqs;

static bool show(void *self, const struct frame *f)
{
	(void)self;
	shown++;
	shown_top = f->dirty_top;
	shown_bottom = f->dirty_bottom;
	return true;
}

static const struct video_ops sink = { .show = show };

static void count_irq(void *ctx, unsigned n, bool level)
{
	(void)ctx, (void)n;
	irqs += level;
}

static void setup(void)
{
	shown = irqs = 0;
	sched_init(&sched);
	ck_assert(bus_init(&bus, 1u << 20, NULL));
	screen_init(&screen);
	memset(vga.bank, 0, sizeof vga.bank);
	if (rig_vram) {
		memset(vga.vram, 0, sizeof vga.vram);
		vga_init_svga(&vga, rig_vram, &bus, &sched, &screen,
			      (struct wire){ count_irq, NULL, 0 });
		return;
	}
	vga_init(&vga, &bus, &sched, &screen, (struct wire){ count_irq, NULL, 0 });
}

static void teardown(void)
{
	screen_fini(&screen);
	bus_fini(&bus);
}

static inline void watch(void)
{
	ck_assert_int_ge(screen_attach(&screen, &sink, NULL), 0);
	vga_watch(&vga);
}

static void out(uint16_t port, uint8_t val)
{
	bus_out(&bus, port, val, 1);
}

static uint8_t in(uint16_t port)
{
	return bus_in(&bus, port, 1);
}

static void set(uint16_t port, uint8_t index, uint8_t val)
{
	out(port, index);
	out(port + 1, val);
}

static inline uint8_t get(uint16_t port, uint8_t index)
{
	out(port, index);
	return in(port + 1);
}

static inline void seq(uint8_t index, uint8_t val) { set(0x3c4, index, val); }
static inline void gc(uint8_t index, uint8_t val) { set(0x3ce, index, val); }
static inline void crtc(uint8_t index, uint8_t val) { set(0x3d4, index, val); }

static void attr(uint8_t index, uint8_t val)
{
	in(0x3da);
	out(0x3c0, index);
	out(0x3c0, val);
	out(0x3c0, 0x20);
}

static inline void color(uint8_t index, uint8_t r, uint8_t g, uint8_t b)
{
	out(0x3c8, index);
	out(0x3c9, r);
	out(0x3c9, g);
	out(0x3c9, b);
}

/* Registers of a mode: miscellaneous output, sequencer 1-4, CRTC, attribute
 * mode and planes, graphics controller 5-6.  */
struct rig_mode {
	uint8_t misc, seq[4], crtc[25], attr_mode, planes, gc_mode, gc_misc;
};

static const struct rig_mode rig_text = {		/* 80x25, 9x16 */
	0x67, { 0x00, 0x03, 0x00, 0x02 },
	{ 0x5f, 0x4f, 0x50, 0x82, 0x55, 0x81, 0xbf, 0x1f, 0x00, 0x4f, 0x0d, 0x0e, 0, 0, 0, 0,
	  0x9c, 0x8e, 0x8f, 0x28, 0x1f, 0x96, 0xb9, 0xa3, 0xff }, 0x0c, 0x0f, 0x10, 0x0e };
static const struct rig_mode rig_256 = {		/* 320x200, chain-4 */
	0x63, { 0x01, 0x0f, 0x00, 0x0e },
	{ 0x5f, 0x4f, 0x50, 0x82, 0x54, 0x80, 0xbf, 0x1f, 0x00, 0x41, 0, 0, 0, 0, 0, 0,
	  0x9c, 0x8e, 0x8f, 0x28, 0x40, 0x96, 0xb9, 0xa3, 0xff }, 0x41, 0x0f, 0x40, 0x05 };
static const struct rig_mode rig_16 = {			/* 640x480, planar */
	0xe3, { 0x01, 0x0f, 0x00, 0x06 },
	{ 0x5f, 0x4f, 0x50, 0x82, 0x54, 0x80, 0x0b, 0x3e, 0x00, 0x40, 0, 0, 0, 0, 0, 0,
	  0xea, 0x8c, 0xdf, 0x28, 0x00, 0xe7, 0x04, 0xe3, 0xff }, 0x01, 0x0f, 0x00, 0x05 };
static const struct rig_mode rig_cga = {		/* 320x200, 4 colours */
	0x63, { 0x09, 0x03, 0x00, 0x02 },
	{ 0x2d, 0x27, 0x28, 0x90, 0x2b, 0x80, 0xbf, 0x1f, 0x00, 0xc1, 0, 0, 0, 0, 0, 0,
	  0x9c, 0x8e, 0x8f, 0x14, 0x00, 0x96, 0xb9, 0xa2, 0xff }, 0x01, 0x03, 0x30, 0x0f };

/* Palette registers are numbers of themselves, and so are the red parts of the
 * DAC's first 64 colours.  */
static void set_mode(const struct rig_mode *m)
{
	out(0x3c2, m->misc & ~2);
	for (unsigned i = 0; i < 4; i++)
		seq(1 + i, m->seq[i]);
	crtc(0x11, 0);
	for (unsigned i = 0; i < 25; i++)
		crtc(i, m->crtc[i]);
	for (unsigned i = 0; i < 9; i++)
		gc(i, i == 5 ? m->gc_mode : i == 6 ? m->gc_misc : i == 7 ? 0x0f : i == 8 ? 0xff : 0);
	for (unsigned i = 0; i < 16; i++)
		attr(i, i);
	attr(0x10, m->attr_mode);
	attr(0x11, 0);
	attr(0x12, m->planes);
	attr(0x13, m->attr_mode & 1 ? 0 : 8);
	attr(0x14, 0);
	for (unsigned i = 0; i < 64; i++)
		color(i, i, 0, 0);
	out(0x3c2, m->misc);
}

static inline void poke(uint32_t addr, uint8_t val)
{
	bus_write(&bus, addr, val, 1);
}

static inline uint8_t peek(uint32_t addr)
{
	return bus_read(&bus, addr, 1);
}

/* Until a picture that began after this is whole.  */
static inline void two_pictures(void)
{
	pass(&sched, VTIME_SECOND / 25);
}

#endif
