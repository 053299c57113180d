/* bios_screen.h - the BIOS's board with somebody who watches its screen.  */

#ifndef BIOS_SCREEN_H
#define BIOS_SCREEN_H

#include "bios_rig.h"

static bool show(void *self, const struct frame *f)
{
	(void)self, (void)f;
	return true;
}

static const struct video_ops sink = { .show = show };

static void video(uint16_t ax, uint16_t bx, uint16_t cx, uint16_t dx)
{
	call_with(0x10, ax, bx, cx, dx);
}

static void screen_on(void)
{
	power_on();
	ck_assert_int_ge(screen_attach(&screen, &sink, NULL), 0);
	vga_watch(&vga);
	pass(50);
}

static void screen_off(void)
{
	screen_fini(&screen);
	power_off();
}

#endif
