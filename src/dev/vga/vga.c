/* vga.c - the card as a chip: birth, reset, snapshot.  */

#include "dev/vga/vga.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "av/screen.h"
#include "dev/vga/parts.h"
#include "state/state.h"

#define ATTR_INDEX	0x1f

static void map_ports(struct vga *v, struct bus *bus)
{
	static const struct { uint16_t first, count; } range[] = {
		{ 0x3b4, 2 }, { 0x3ba, 1 }, { 0x3c0, 16 }, { 0x3d4, 2 }, { 0x3da, 1 } };

	for (unsigned i = 0; i < sizeof range / sizeof *range; i++)
		bus_map_ports(bus, range[i].first, range[i].count, v->model->ports, v);
}

static void init(struct vga *v, const struct vga_model *model, uint32_t vram_size,
		 struct bus *bus, struct sched *sched, struct screen *screen, struct wire irq)
{
	memset(v, 0, offsetof(struct vga, bank));
	v->model = model;
	v->vram_size = vram_size;
	v->vram_from = VGA_GROUPS;
	v->bus = bus;
	v->sched = sched;
	v->screen = screen;
	v->irq = irq;
	v->retrace = (struct sched_event){ .name = "vga", .fire = vga_fire, .ctx = v };
	for (unsigned i = 0; i < 256; i++)
		v->unicode[i] = i < ' ' ? ' ' : i < 0x7f ? i : '?';
	map_ports(v, bus);
	vga_reset(v);
}

void vga_init(struct vga *v, struct bus *bus, struct sched *sched, struct screen *screen,
	      struct wire irq)
{
	init(v, &vga_ibm, 0, bus, sched, screen, irq);
}

void vga_init_ega(struct vga *v, bool mono, struct bus *bus, struct sched *sched,
		  struct screen *screen, struct wire irq)
{
	init(v, mono ? &vga_ega_mono : &vga_ega, 0, bus, sched, screen, irq);
	bus_map_ports(bus, 0x3bb, 1, vga_ega.ports, v);
	bus_map_ports(bus, 0x3db, 2, vga_ega.ports, v);
}

void vga_init_svga(struct vga *v, uint32_t vram_size, struct bus *bus, struct sched *sched,
		   struct screen *screen, struct wire irq)
{
	assert(vram_size >= 1u << 20 && vram_size <= VGA_VRAM && !(vram_size & (vram_size - 1)));
	init(v, &vga_svga, vram_size, bus, sched, screen, irq);
}

/* Nothing is shown and no memory answers until the BIOS sets a mode.  What is in
 * the memory stays.  */
void vga_reset(struct vga *v)
{
	memset(v->seq, 0, sizeof v->seq);
	memset(v->crtc, 0, sizeof v->crtc);
	memset(v->gc, 0, sizeof v->gc);
	memset(v->attr, 0, sizeof v->attr);
	v->misc = v->feature = v->seq_index = v->crtc_index = v->gc_index = v->attr_index = 0;
	v->attr_data = v->palette_on = v->dac_reads = v->dac_wide = v->retraced = v->used = false;
	v->pen = false;
	v->pen_at = 0;
	v->dac_index = v->dac_part = 0;
	v->pel_mask = 0xff;
	v->latch = 0;
	memset(v->dac, 0, sizeof v->dac);
	vga_dac_changed(v);
	v->enabled = true;
	v->bios_depth = 0;
	if (v->model->s3)
		vga_reset_s3(v);
	wire_set(&v->irq, false);
	vga_reorder(v);
	vga_retime(v);
	vga_watch(v);
}

void vga_set_characters(struct vga *v, const uint32_t unicode[256])
{
	memcpy(v->unicode, unicode, sizeof v->unicode);
	v->draw.font = true;
	v->draw.redraw = 2;
}

void vga_set_rom_font(struct vga *v, uint8_t height, const uint8_t *glyphs)
{
	for (unsigned i = 0; i < VGA_FONT_HEIGHTS; i++) {
		if (v->rom_font[i] && v->rom_height[i] != height)
			continue;
		v->rom_font[i] = glyphs;
		v->rom_height[i] = height;
		break;
	}
	v->draw.font = true;
	v->draw.redraw = 2;
}

void vga_watch(struct vga *v)
{
	v->draw.redraw = 2;
	v->draw.palette = v->draw.font = true;
	vga_start_picture(v);
	vga_schedule(v);
}

static void mask(uint8_t *reg, const uint8_t *bits, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		reg[i] &= bits[i];
}

/* A bit that a register does not have is not there after loading either, so what
 * is computed from registers needs to expect no more than they can hold.  */
static void mask_all(struct vga *v)
{
	const struct vga_model *m = v->model;

	v->misc &= m->misc;
	v->feature &= m->feature;
	v->seq_index &= m->seq_index;
	v->crtc_index &= m->crtc_index;
	v->gc_index &= 15;
	v->attr_index &= ATTR_INDEX;
	v->dac_part %= 3;
	mask(v->seq, m->seq, VGA_SEQ);
	mask(v->crtc, m->crtc, VGA_CRTC);
	mask(v->gc, m->gc, VGA_GC);
	mask(v->attr, m->attr, VGA_ATTR);
	v->s3.start &= 0x1f;
	for (unsigned i = 0; i < 256 && !v->dac_wide; i++)
		mask(v->dac[i], (const uint8_t[]){ 0x3f, 0x3f, 0x3f }, 3);
}

static void registers_state(struct vga *v, struct state *st)
{
	state_bool(st, &v->enabled);
	state_u8(st, &v->misc);
	state_u8(st, &v->feature);
	state_u8(st, &v->seq_index);
	state_bytes(st, v->seq, sizeof v->seq);
	state_u8(st, &v->crtc_index);
	state_bytes(st, v->crtc, sizeof v->crtc);
	state_u8(st, &v->gc_index);
	state_bytes(st, v->gc, sizeof v->gc);
	state_u8(st, &v->attr_index);
	state_bytes(st, v->attr, sizeof v->attr);
	state_bool(st, &v->attr_data);
	state_bool(st, &v->palette_on);
	state_bool(st, &v->retraced);
	state_bool(st, &v->pen);
	state_u16(st, &v->pen_at);
}

static void dac_state(struct vga *v, struct state *st)
{
	state_bool(st, &v->dac_reads);
	state_bool(st, &v->dac_wide);
	state_u8(st, &v->dac_index);
	state_u8(st, &v->dac_part);
	state_u8(st, &v->pel_mask);
	state_bytes(st, v->dac_hold, sizeof v->dac_hold);
	state_bytes(st, v->dac, sizeof v->dac);
}

/* Guest time since the origin must be such that it can be reckoned with.  */
static void loaded(struct vga *v, struct state *st)
{
	vtime origin = v->origin;

	mask_all(v);
	v->enabled |= v->model->ega;
	vga_dac_changed(v);
	if (v->sched->now - origin > INT64_MAX) {
		state_fail(st, "a picture that has not begun");
		origin = v->sched->now;
	}
	v->timing = (struct vga_timing){ 0 };
	vga_retime(v);
	v->origin = origin;
	vga_map_loaded(v);
	v->earliest = 0;
	v->draw.shape = (struct vga_shape){ 0 };
	v->draw.is_mixed = false;
	v->draw.mixed = v->draw.mixed_run = 0;
	v->draw.is_patched = false;
	v->draw.patched = v->draw.patched_run = 0;
	vga_watch(v);
}

/* Bank 0 and the text window are in the bus's RAM, and saved with it.  */
void vga_state(struct vga *v, struct state *st)
{
	state_section(st, "vga", 2);
	registers_state(v, st);
	dac_state(v, st);
	state_u32(st, &v->latch);
	state_u64(st, &v->origin);
	state_bool(st, &v->used);
	state_memory(st, v->bank, sizeof v->bank);
	if (v->model->s3)
		vga_s3_state(v, st);
	if (st->mode == STATE_LOAD)
		loaded(v, st);
}
