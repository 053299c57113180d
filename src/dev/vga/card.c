/* card.c - the verbs of a video card, as the VGA does them.  */

#include "dev/vga/card.h"

#include "dev/vga/vga.h"
#include "dev/video.h"


static void init(void *card, const struct video_config *config, struct bus *bus,
		 struct sched *sched, struct screen *screen, struct wire irq)
{
	if (config->kind == VIDEO_EGA || config->kind == VIDEO_EGA_MONO)
		vga_init_ega(card, config->kind == VIDEO_EGA_MONO, bus, sched, screen, irq);
	else if (config->kind == VIDEO_SVGA)
		vga_init_svga(card, config->memory, bus, sched, screen, irq);
	else
		vga_init(card, bus, sched, screen, irq);
}

static void reset(void *card) { vga_reset(card); }
static void state(void *card, struct state *st) { vga_state(card, st); }
static void watch(void *card) { vga_watch(card); }
static void show(void *card) { vga_show(card); }
static const struct sched_event *still(const void *card) { return vga_still(card); }
static void bios_writes(void *card, bool begins) { vga_bios_writes(card, begins); }
static bool used(void *card) { return vga_used(card); }

static void set_characters(void *card, const uint32_t unicode[256])
{
	vga_set_characters(card, unicode);
}

static void set_rom_font(void *card, uint8_t height, const uint8_t *glyphs)
{
	vga_set_rom_font(card, height, glyphs);
}

static bool text_size(const void *card, unsigned *columns, unsigned *rows)
{
	return vga_text_size(card, columns, rows);
}

static uint16_t text_cell(const void *card, unsigned column, unsigned row)
{
	return vga_text_cell(card, column, row);
}

static bool dots(const void *card, struct video_dots *d) { return vga_dots(card, d); }

static uint32_t get_dot(const void *card, unsigned start, unsigned x, unsigned y)
{
	return vga_get_dot(card, start, x, y);
}

static void put_dot(void *card, unsigned start, unsigned x, unsigned y, uint32_t val)
{
	vga_put_dot(card, start, x, y, val);
}

const struct video_verbs vga_verbs = {
	.init = init, .reset = reset, .state = state, .set_characters = set_characters,
	.set_rom_font = set_rom_font, .watch = watch, .show = show, .still = still, .bios_writes = bios_writes,
	.used = used, .text_size = text_size, .text_cell = text_cell,
	.dots = dots, .get_dot = get_dot, .put_dot = put_dot,
};
