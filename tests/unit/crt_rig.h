/* crt_rig.h - a bus with one of the older video cards, and somebody who watches.  */

#ifndef CRT_RIG_H
#define CRT_RIG_H

#include <string.h>

#include "suite.h"

#include "av/screen.h"
#include "bus/bus.h"
#include "dev/video.h"
#include "pass_time.h"
#include "state/state.h"

#define COLOR_AT	0xb8000u
#define MONO_AT		0xb0000u

static struct sched sched;
static struct bus bus;
static struct screen screen;
static struct video video;
static uint8_t font8[256 * 8], font14[256 * 14];
static unsigned shown;

static bool show(void *self, const struct frame *f)
{
	(void)self, (void)f;
	shown++;
	return true;
}

static const struct video_ops cells = { .show = show };
static const struct video_ops pixels = { .show = show, .pixels = true };

static void setup(void)
{
	shown = 0;
	sched_init(&sched);
	ck_assert(bus_init(&bus, 1u << 20, NULL));
	screen_init(&screen);
}

static void teardown(void)
{
	screen_fini(&screen);
	bus_fini(&bus);
}

/* Into a new machine.  A glyph's rows are its character's number.  */
static inline void plug_monitor(enum video_kind kind, enum crt_monitor monitor)
{
	teardown();
	setup();
	for (unsigned i = 0; i < 256; i++) {
		memset(font8 + i * 8, i, 8);
		memset(font14 + i * 14, i, 14);
	}
	video_init(&video, &(struct video_config){ kind, monitor }, &bus, &sched, &screen,
		   (struct wire){ 0 });
	video_set_rom_font(&video, 8, font8);
	video_set_rom_font(&video, 14, font14);
}

static inline void plug(enum video_kind kind)
{
	plug_monitor(kind, CRT_AUTO);
}

static inline void watch(const struct video_ops *ops)
{
	ck_assert_int_ge(screen_attach(&screen, ops, NULL), 0);
	video_watch(&video);
}

static inline void out(uint16_t port, uint8_t val)
{
	bus_out(&bus, port, val, 1);
}

static inline uint8_t in(uint16_t port)
{
	return bus_in(&bus, port, 1);
}

static inline void set(uint16_t port, uint8_t index, uint8_t val)
{
	out(port, index);
	out(port + 1, val);
}

static inline uint8_t get(uint16_t port, uint8_t index)
{
	out(port, index);
	return in(port + 1);
}

static inline void poke(uint32_t at, uint8_t val)
{
	bus_write(&bus, at, val, 1);
}

static inline uint8_t peek(uint32_t at)
{
	return bus_read(&bus, at, 1);
}

/* IBM's and Hercules's tables.  */
static const uint8_t rig_40[16] = { 0x38, 0x28, 0x2d, 0x0a, 0x1f, 6, 0x19, 0x1c, 2, 7, 6, 7 };
static const uint8_t rig_80[16] = { 0x71, 0x50, 0x5a, 0x0a, 0x1f, 6, 0x19, 0x1c, 2, 7, 6, 7 };
static const uint8_t rig_dots[16] = { 0x38, 0x28, 0x2d, 0x0a, 0x7f, 6, 0x64, 0x70, 2, 1, 6, 7 };
static const uint8_t rig_mono[16] = {
	0x61, 0x50, 0x52, 0x0f, 0x19, 6, 0x19, 0x19, 2, 0x0d, 0x0b, 0x0c };
static const uint8_t rig_hercules[16] = {
	0x35, 0x2d, 0x2e, 0x07, 0x5b, 2, 0x57, 0x57, 2, 3, 0, 0 };

/* The CRTC is at 3B4h or 3D4h; mode control is four above.  */
static inline void set_mode(uint16_t crtc, const uint8_t reg[16], uint8_t mode)
{
	out(crtc + 4, mode & ~8);
	for (unsigned i = 0; i < 16; i++)
		set(crtc, i, reg[i]);
	out(crtc + 4, mode);
}

/* Until a picture that began after this is whole.  */
static inline void three_pictures(void)
{
	pass(&sched, VTIME_SECOND * 3 / 45);
}

/* How often in a second a bit of a port rises, and for which part of the time it is
 * set, as seen for so many seconds.  The step is no divisor of anything.  */
struct rate { double hz, duty; };

static inline struct rate measure_for(double seconds, uint16_t port, uint8_t bit, vtime step)
{
	unsigned rises = 0, set_count = 0, samples = 0;
	bool was = in(port) & bit;

	for (vtime end = sched.now + seconds * VTIME_SECOND; sched.now < end; samples++) {
		bool is = in(port) & bit;

		rises += is && !was;
		set_count += is;
		was = is;
		pass(&sched, step);
	}
	return (struct rate){ rises / seconds, (double)set_count / samples };
}

static inline struct rate measure(uint16_t port, uint8_t bit, vtime step)
{
	pass(&sched, VTIME_SECOND / 10);
	return measure_for(1, port, bit, step);
}

static inline void check_rate(struct rate r, double hz, double duty)
{
	ck_assert_msg(r.hz > hz * 0.99 - 1 && r.hz < hz * 1.01 + 1, "%f Hz, not %f", r.hz, hz);
	ck_assert_msg(r.duty > duty * 0.99 && r.duty < duty * 1.01, "%f, not %f", r.duty, duty);
}

#endif
