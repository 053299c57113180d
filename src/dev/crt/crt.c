/* crt.c - the cards as a chip: birth, memory, reset, snapshot.  */

#include "dev/crt/crt.h"

#include <string.h>

#include "av/screen.h"
#include "dev/crt/parts.h"
#include "state/state.h"

#define AREA		0xa0000u
#define AREA_SIZE	0x20000u
#define HERCULES_HALF	0x8000u

static const struct crt_model *const model_of[] = {
	[VIDEO_MDA] = &crt_mda, [VIDEO_HERCULES] = &crt_hercules, [VIDEO_CGA] = &crt_cga,
	[VIDEO_TANDY] = &crt_tandy, [VIDEO_PCJR] = &crt_pcjr,
};

/* --- Memory ---------------------------------------------------------------------- */

/* How much of it the CPU can reach.  */
static uint32_t reachable(const struct crt *c)
{
	if (c->model->array != ARRAY_NONE)
		return crt_page_size(c);
	return c->model->hercules && !(c->config & CONFIG_FULL) ? HERCULES_HALF : c->model->size;
}

/* The PCjr's is in the lowest RAM, where programs may run: what is written there has to
 * be told to the CPU.  */
static bool shares(const struct crt *c)
{
	return c->model->array == ARRAY_PCJR;
}

static uint32_t behind(const struct crt *c, uint32_t addr)
{
	uint32_t at = shares(c) ? crt_page_at(c, c->page >> 3 & 7) : c->model->at;

	return at + ((addr - c->model->at) & (reachable(c) - 1));
}

static uint32_t again_read(void *dev, uint32_t addr, unsigned size)
{
	struct crt *c = dev;

	(void)size;
	return bus_read(c->bus, behind(c, addr), 1);
}

static void again_write(void *dev, uint32_t addr, uint32_t val, unsigned size)
{
	struct crt *c = dev;

	(void)size;
	bus_write(c->bus, behind(c, addr), val, 1);
	if (!shares(c))
		return;
	c->draw.memory = true;
	if (!c->bios_depth)
		c->used = true;
}

static const struct bus_ops again = {
	.name = "video memory again", .read = again_read, .write = again_write, .narrow = true,
};

void crt_map(struct crt *c)
{
	uint32_t at = c->model->at, size = reachable(c), from = at;

	c->memory = c->bus->ram + at;
	c->mask = c->model->size - 1;
	if (c->model->array != ARRAY_NONE) {
		c->memory = c->bus->ram + crt_page_at(c, c->page & 7);
		c->mask = size - 1;
		from = crt_page_at(c, c->page >> 3 & 7);
	}
	bus_map_ram(c->bus, AREA, AREA_SIZE, NULL, 0);
	if (shares(c))
		size = 0;
	else
		bus_map_ram(c->bus, at, size, c->bus->ram + from, PAGE_WRITABLE | PAGE_CARD);
	if (size < WINDOW)
		bus_map_chip(c->bus, at + size, WINDOW - size, &again, c);
}

/* What was written through the pages that are mapped no longer is not known then.  */
void crt_remap(struct crt *c)
{
	if (!c->bios_depth)
		c->used = true;
	c->draw.memory = true;
	c->bios_saw = 0;
	crt_map(c);
}

static uint32_t pages(const struct crt *c)
{
	return shares(c) ? 0 : reachable(c) >> BUS_PAGE_BITS;
}

/* Programs may write to shared memory where it lies.  */
static void look_at_shared(struct crt *c)
{
	uint32_t at = crt_page_at(c, c->page & 7);

	for (uint32_t i = 0; i <= c->mask; i += BUS_PAGE_SIZE)
		c->draw.memory |= bus_take_dirty(c->bus, at + i);
}

bool crt_take_dirty(struct crt *c)
{
	bool any = false;

	if (shares(c))
		look_at_shared(c);
	for (uint32_t i = 0; i < pages(c); i++)
		any |= bus_take_dirty(c->bus, c->model->at + i * BUS_PAGE_SIZE);
	if (any)
		c->used = c->draw.memory = true;
	return any;
}

bool crt_is_dirty(const struct crt *c)
{
	if (shares(c) && bus_dirty(c->bus, crt_page_at(c, c->page & 7),
				   (c->mask >> BUS_PAGE_BITS) + 1))
		return true;
	return bus_dirty(c->bus, c->model->at, pages(c));
}

void crt_bios_writes(struct crt *c, bool begins)
{
	if (begins) {
		if (c->bios_depth++ == 0)
			c->bios_saw = bus_dirty(c->bus, c->model->at, pages(c));
		return;
	}
	if (--c->bios_depth == 0 &&
	    bus_clean_again(c->bus, c->model->at, pages(c), c->bios_saw))
		c->draw.memory = true;
}

bool crt_used(struct crt *c)
{
	bool used;

	crt_take_dirty(c);
	used = c->used;
	c->used = false;
	return used;
}

/* --- Birth and reset --------------------------------------------------------------- */

void crt_init(struct crt *c, const struct video_config *config, struct bus *bus,
	      struct sched *sched, struct screen *screen, struct wire irq)
{
	memset(c, 0, sizeof *c);
	c->model = model_of[config->kind];
	c->monitor = c->model->mono ? CRT_RGB : config->monitor;
	c->bus = bus;
	c->sched = sched;
	c->screen = screen;
	c->irq = irq;
	c->retrace = (struct sched_event){ .name = "crt", .fire = crt_fire, .ctx = c };
	c->sync = (struct sched_event){ .name = "crt sync", .fire = crt_sync_fire, .ctx = c };
	for (unsigned i = 0; i < 256; i++)
		c->unicode[i] = i < ' ' ? ' ' : i < 0x7f ? i : '?';
	bus_map_ports(bus, c->model->first_port, c->model->ports_count, c->model->ports, c);
	if (c->model->hercules)
		bus_map_ports(bus, 0x3bf, 1, &crt_config_port, c);
	crt_reset(c);
}

/* What is in the memory stays.  */
void crt_reset(struct crt *c)
{
	c->mode = c->color = c->config = c->array_index = c->page = 0;
	c->array_data = false;
	memset(c->array, 0, sizeof c->array);
	c->pen = c->used = false;
	m6845_reset(&c->crtc, crt_character_dots(c));
	c->beam = (struct m6845_beam){ .at = crt_dot(c) };
	c->bios_depth = 0;
	wire_set(&c->irq, false);
	crt_map(c);
	crt_watch(c);
}

void crt_set_characters(struct crt *c, const uint32_t unicode[256])
{
	memcpy(c->unicode, unicode, sizeof c->unicode);
	c->draw.redraw = 2;
}

/* Each card has one font, and its rows stand in the generator's ROM 16 apart, or 8;
 * behind the last there is nothing.  */
void crt_set_rom_font(struct crt *c, uint8_t height, const uint8_t *glyphs)
{
	if (height != c->model->font_height)
		return;
	c->rom_font = glyphs;
	for (unsigned i = 0; i < FRAME_GLYPHS; i++)
		for (unsigned row = 0; row < FRAME_GLYPH; row++)
			c->draw.glyph[i][row] = crt_glyph_row(c, i, row);
	c->screen->frame.font_serial++;
	c->draw.redraw = 2;
}

void crt_watch(struct crt *c)
{
	c->draw.redraw = 2;
	c->draw.woven = 0;
	crt_start_picture(c);
	c->draw.useless = true;
	crt_schedule(c);
}

static void loaded(struct crt *c, struct state *st)
{
	if (crt_dot(c) < c->beam.at) {
		state_fail(st, "a scan line that has not begun");
		c->beam.at = crt_dot(c);
	}
	c->mode &= c->model->mode;
	c->config &= c->model->hercules ? CONFIG_GRAPHICS | CONFIG_FULL : 0;
	c->array_index &= 31;
	for (unsigned i = 0x10; i < 0x20; i++)
		c->array[i] &= 15;
	crt_array_derive(c);
	c->crtc.dots = crt_character_dots(c);
	crt_map(c);
	for (uint32_t i = 0; i < pages(c); i++)
		bus_take_dirty(c->bus, c->model->at + i * BUS_PAGE_SIZE);
	c->earliest = 0;
	wire_set(&c->irq, c->model->array != ARRAY_NONE && crt_is_sync(c));
	crt_watch(c);
}

/* The memory is the bus's, and saved with it.  */
void crt_state(struct crt *c, struct state *st)
{
	if (st->mode == STATE_SAVE)
		crt_run(c);
	state_section(st, "crt", 2);
	m6845_state(&c->crtc, st);
	m6845_beam_state(&c->beam, st);
	state_u8(st, &c->mode);
	state_u8(st, &c->color);
	state_u8(st, &c->config);
	state_u8(st, &c->array_index);
	state_bytes(st, c->array, sizeof c->array);
	state_bool(st, &c->array_data);
	state_u8(st, &c->page);
	state_bool(st, &c->pen);
	state_bool(st, &c->used);
	if (st->mode == STATE_LOAD)
		loaded(c, st);
}
