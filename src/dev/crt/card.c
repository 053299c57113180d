/* card.c - the verbs of a video card, as those with a 6845 do them.  */

#include "dev/crt/card.h"

#include "dev/crt/crt.h"
#include "dev/video.h"


static void init(void *card, const struct video_config *config, struct bus *bus,
		 struct sched *sched, struct screen *screen, struct wire irq)
{
	crt_init(card, config, bus, sched, screen, irq);
}

static void reset(void *card) { crt_reset(card); }
static void state(void *card, struct state *st) { crt_state(card, st); }
static void watch(void *card) { crt_watch(card); }
static void show(void *card) { crt_show(card); }
static const struct sched_event *still(const void *card) { return crt_still(card); }
static void bios_writes(void *card, bool begins) { crt_bios_writes(card, begins); }
static bool used(void *card) { return crt_used(card); }

static void set_characters(void *card, const uint32_t unicode[256])
{
	crt_set_characters(card, unicode);
}

static void set_rom_font(void *card, uint8_t height, const uint8_t *glyphs)
{
	crt_set_rom_font(card, height, glyphs);
}

static bool text_size(const void *card, unsigned *columns, unsigned *rows)
{
	return crt_text_size(card, columns, rows);
}

static uint16_t text_cell(const void *card, unsigned column, unsigned row)
{
	return crt_text_cell(card, column, row);
}

static bool dots(const void *card, struct video_dots *d) { return crt_dots(card, d); }

static uint32_t get_dot(const void *card, unsigned start, unsigned x, unsigned y)
{
	return crt_get_dot(card, start, x, y);
}

static void put_dot(void *card, unsigned start, unsigned x, unsigned y, uint32_t val)
{
	crt_put_dot(card, start, x, y, val);
}

const struct video_verbs crt_verbs = {
	.init = init, .reset = reset, .state = state, .set_characters = set_characters,
	.set_rom_font = set_rom_font, .watch = watch, .show = show, .still = still, .bios_writes = bios_writes,
	.used = used, .text_size = text_size, .text_cell = text_cell,
	.dots = dots, .get_dot = get_dot, .put_dot = put_dot,
};
