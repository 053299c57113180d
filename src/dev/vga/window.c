/* window.c - the card's memory as the CPU sees it: the chip, or plain RAM where that is the
 * same; an SVGA card's banks, and its linear frame buffer.  */

#include "dev/vga/parts.h"

#include <string.h>

#define AREA		0xa0000u
#define AREA_SIZE	0x20000u
#define TEXT_SIZE	0x8000u
#define ALL_PLANES	0xffffffffu
/* The linear frame buffer is between these.  */
#define LINEAR_LOWEST	0x1000000u
#define LINEAR_HIGHEST	0xff000000u
#define BANK_PAGES	(VGA_BANK / BUS_PAGE_SIZE)

/* Graphics controller 6, bits 3-2.  */
static const struct { uint32_t at, size; } window[4] = {
	{ 0xa0000, 0x20000 }, { 0xa0000, 0x10000 }, { 0xb0000, 0x8000 }, { 0xb8000, 0x8000 },
};

static enum vga_window window_of(const struct vga *v)
{
	const struct vga_access *a = &v->access;
	unsigned map = v->gc[GC_MISC] >> 2 & 3;

	if (!v->enabled || !(v->misc & MISC_RAM))
		return VGA_CLOSED;
	if (!a->as_is || a->compares)
		return VGA_PLANES;
	if (v->flat)
		return a->map_mask == ALL_PLANES ? VGA_FLAT : VGA_PLANES;
	if (a->chain4 && a->map_mask == ALL_PLANES && map == 1)
		return VGA_LINEAR;
	if (a->odd_even_write && a->odd_even_read && a->map_mask == 0x0000ffff &&
	    a->read_map < 2 && map >= 2 && vga_is_low_page(v))
		return VGA_TEXT;
	return VGA_PLANES;
}

static bool is_ram(const struct vga *v)
{
	return v->window == VGA_TEXT || v->window == VGA_LINEAR || v->window == VGA_FLAT;
}

/* Text moves between the planes and its window.  */
static void copy_text(struct vga *v, bool to_planes)
{
	uint8_t *text = v->bus->ram + v->window_at;

	for (uint32_t i = 0; i < TEXT_SIZE; i += 2) {
		uint8_t *group = vga_group_at(v, i), *to = to_planes ? group : text + i;
		const uint8_t *from = to_planes ? text + i : group;

		to[0] = from[0];
		to[1] = from[1];
	}
}

static void set_flat(struct vga *v, bool flat)
{
	v->flat = flat;
	v->vram_from = flat ? 0 : VGA_GROUPS;
}

/* The first 64K groups move.  */
static void copy_groups(struct vga *v, bool flat)
{
	set_flat(v, false);
	for (uint32_t i = 0; i < VGA_GROUPS; i++) {
		uint8_t *here = vga_group_at(v, i), *there = v->vram + 4 * i;

		memcpy(flat ? there : here, flat ? here : there, 4);
	}
	set_flat(v, flat);
	v->draw.redraw = 2;
}

static void float_pages(struct vga *v, uint32_t from, uint32_t to)
{
	if (from < to)
		bus_map_ram(v->bus, from, to - from, NULL, 0);
}

/* What is wanted in place of the window that there is.  */
struct want {
	enum vga_window kind;
	uint32_t at, size, bank_at;
};

static struct want wanted(const struct vga *v)
{
	unsigned map = v->flat ? 1 : v->gc[GC_MISC] >> 2 & 3;

	return (struct want){ window_of(v), window[map].at, window[map].size, v->bank_wanted };
}

static void map_window(struct vga *v, const struct want *w)
{
	uint8_t *ram = w->kind == VGA_FLAT ? v->vram + w->bank_at : v->bus->ram + w->at;

	v->window = w->kind;
	v->window_at = w->at;
	v->window_size = w->size;
	v->bank_at = w->bank_at;
	v->first_at = w->at - w->bank_at;
	if (w->kind == VGA_CLOSED) {
		float_pages(v, AREA, AREA + AREA_SIZE);
		return;
	}
	float_pages(v, AREA, w->at);
	float_pages(v, w->at + w->size, AREA + AREA_SIZE);
	if (is_ram(v))
		bus_map_ram(v->bus, w->at, w->size, ram, PAGE_WRITABLE | PAGE_CARD);
	else
		bus_map_chip(v->bus, w->at, w->size, v->flat ? &vga_flat : &vga_planes, v);
}

static uint32_t dirty_pages(const struct vga *v)
{
	return is_ram(v) ? bus_dirty(v->bus, v->window_at, v->window_size >> BUS_PAGE_BITS) : 0;
}

/* These pages of the window were written.  */
static void note_changed(struct vga *v, uint32_t pages)
{
	uint8_t *changed = v->draw.changed + v->bank_at / BUS_PAGE_SIZE;

	for (unsigned i = 0; v->window == VGA_FLAT && i < BANK_PAGES; i++)
		changed[i] |= pages >> i & 1;
}

/* Pages forget that they were written when they are mapped otherwise.  */
static void leave_window(struct vga *v)
{
	uint32_t dirty = dirty_pages(v);

	if (dirty & (v->bios_depth ? v->bios_saw : ~0u))
		v->used = true;
	if (dirty)
		v->draw.memory = true;
	note_changed(v, dirty);
	if (v->window == VGA_TEXT)
		copy_text(v, true);
	v->bios_saw = 0;
}

/* The linear frame buffer: any written?  Takes the DIRTY bits.  */
static bool take_linear(struct vga *v)
{
	bool any = false;

	for (uint32_t i = 0; i < v->linear_size; i += BUS_PAGE_SIZE) {
		if (!bus_take_dirty(v->bus, v->linear_at + i))
			continue;
		v->draw.changed[i / BUS_PAGE_SIZE] = true;
		any = true;
	}
	if (any)
		v->used = v->draw.memory = true;
	return any;
}

/* Where it shall be.  Not among memory, nor where the BIOS is below 4 GiB: a program that
 * asks for that gets none.  */
static uint32_t linear_size(const struct vga *v, uint32_t *at)
{
	static const uint32_t sizes[4] = { 0x10000, 0x100000, 0x200000, 0x400000 };
	uint8_t control = vga_s3(v, S3_LINEAR);
	uint32_t size = sizes[control & 3];

	if (!v->flat || !(control & LINEAR_ON) || !v->enabled || !(v->misc & MISC_RAM))
		return 0;
	if (size > 0x200000 && v->vram_size > size)
		size = v->vram_size;
	*at = (uint32_t)vga_s3(v, S3_LINEAR_HIGH) << 24 | vga_s3(v, S3_LINEAR_LOW) << 16;
	*at &= ~(size - 1);
	if (*at < LINEAR_LOWEST || *at < v->bus->ram_size || *at >= LINEAR_HIGHEST)
		return 0;
	return size < v->vram_size ? size : v->vram_size;
}

static void map_linear(struct vga *v)
{
	uint32_t at = 0, size = v->model->s3 ? linear_size(v, &at) : 0;

	if (size == v->linear_size && (!size || at == v->linear_at))
		return;
	take_linear(v);
	if (v->linear_size)
		bus_map_ram(v->bus, v->linear_at, v->linear_size, NULL, 0);
	v->linear_at = at;
	v->linear_size = size;
	if (size)
		bus_map_ram(v->bus, at, size, v->vram, PAGE_WRITABLE | PAGE_CARD);
}

/* A VGA's memory ends after 64K groups; so does an SVGA card's if it is told so.  */
static uint32_t group_mask(const struct vga *v)
{
	bool all = v->model->s3 && (v->flat || !(vga_s3(v, S3_WRAP) & WRAP_256K));

	return all ? v->vram_size / 4 - 1 : VGA_GROUPS - 1;
}

/* Banks are of the memory while it is flat, else of each plane.  */
static uint32_t bank_wanted(const struct vga *v)
{
	uint32_t at = (uint32_t)v->s3.bank << 16;

	if (!v->model->s3 || !(vga_s3(v, S3_MEMORY) & MEMORY_BANKS))
		return 0;
	return at & (v->flat ? v->vram_size - 1 : v->group_mask);
}

static void change_window(struct vga *v, const struct want *w)
{
	leave_window(v);
	map_window(v, w);
	if (w->kind == VGA_TEXT)
		copy_text(v, false);
}

static void change_bank(struct vga *v, uint32_t bank_at)
{
	if (v->window == VGA_FLAT)
		leave_window(v);
	v->bank_at = bank_at;
	v->first_at = v->window_at - bank_at;
	if (v->window == VGA_FLAT)
		bus_map_ram(v->bus, v->window_at, v->window_size, v->vram + bank_at,
			    PAGE_WRITABLE);
}

void vga_remap(struct vga *v)
{
	struct want w;

	v->access = vga_access_of(v);
	w = wanted(v);
	if (w.kind != v->window || (w.kind != VGA_CLOSED && (w.at != v->window_at ||
							     w.size != v->window_size)))
		change_window(v, &w);
	else if (w.bank_at != v->bank_at)
		change_bank(v, w.bank_at);
	if (v->flat || v->linear_size)
		map_linear(v);
}

/* Programs that draw in planes do it for each of them, often for each dot.  */
void vga_remask(struct vga *v)
{
	v->access.map_mask = vga_map_mask(v);
	if (window_of(v) != v->window || v->flat || v->linear_size)
		vga_remap(v);
}

static void take_order(struct vga *v)
{
	v->group_mask = group_mask(v);
	v->bank_wanted = bank_wanted(v);
}

void vga_reorder(struct vga *v)
{
	bool flat = v->model->s3 && vga_is_flat(v);

	if (flat != v->flat) {
		leave_window(v);
		v->window = VGA_CLOSED;
		float_pages(v, AREA, AREA + AREA_SIZE);
		copy_groups(v, flat);
	}
	take_order(v);
	vga_remap(v);
}

void vga_map_loaded(struct vga *v)
{
	struct want w;

	set_flat(v, v->model->s3 && vga_is_flat(v));
	take_order(v);
	v->access = vga_access_of(v);
	w = wanted(v);
	map_window(v, &w);
	for (uint32_t i = 0; is_ram(v) && i < v->window_size; i += BUS_PAGE_SIZE)
		bus_take_dirty(v->bus, v->window_at + i);
	map_linear(v);
	take_linear(v);
}

bool vga_take_dirty(struct vga *v)
{
	bool any = false;

	for (uint32_t i = 0; is_ram(v) && i < v->window_size; i += BUS_PAGE_SIZE) {
		if (!bus_take_dirty(v->bus, v->window_at + i))
			continue;
		note_changed(v, 1u << i / BUS_PAGE_SIZE);
		any = true;
	}
	if (any)
		v->used = v->draw.memory = true;
	return take_linear(v) || any;
}

bool vga_is_dirty(const struct vga *v)
{
	return v->linear_size || dirty_pages(v);
}

void vga_forget_changed(struct vga *v)
{
	if (v->vram_size)
		memset(v->draw.changed, 0, v->vram_size / BUS_PAGE_SIZE);
}

void vga_bios_writes(struct vga *v, bool begins)
{
	uint32_t written;

	if (begins) {
		if (v->bios_depth++ == 0)
			v->bios_saw = dirty_pages(v);
		return;
	}
	if (--v->bios_depth || !is_ram(v))
		return;
	written = bus_clean_again(v->bus, v->window_at, v->window_size >> BUS_PAGE_BITS,
				  v->bios_saw);
	note_changed(v, written);
	if (written)
		v->draw.memory = true;
}

bool vga_used(struct vga *v)
{
	bool used;

	vga_take_dirty(v);
	used = v->used;
	v->used = false;
	return used;
}
