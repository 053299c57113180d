/* memory.c - the card's memory: four planes behind the sequencer and the graphics
 * controller.  */

#include "dev/vga/parts.h"

#define AREA		0xa0000u
#define AREA_SIZE	0x20000u
#define TEXT_SIZE	0x8000u
#define ALL_PLANES	0xffffffffu
/* Bit n as byte n.  */
static const uint32_t spread[16] = {
	0x00000000, 0x000000ff, 0x0000ff00, 0x0000ffff,
	0x00ff0000, 0x00ff00ff, 0x00ffff00, 0x00ffffff,
	0xff000000, 0xff0000ff, 0xff00ff00, 0xff00ffff,
	0xffff0000, 0xffff00ff, 0xffffff00, 0xffffffff,
};

/* --- The planes ---------------------------------------------------------------- */

static inline uint8_t *group_at(const struct vga *v, uint32_t offset)
{
	unsigned n = (offset ^ offset >> 14) & 3;
	const uint8_t *bank = n ? v->bank[n - 1] : v->bus->ram + AREA;

	if (offset >= v->vram_from)
		return (uint8_t *)v->vram + 4 * offset;
	return (uint8_t *)bank + (offset & ~3u);
}

uint8_t *vga_group_at(const struct vga *v, uint32_t offset)
{
	return group_at(v, offset);
}

static uint32_t load(const uint8_t *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static void store(uint8_t *p, uint32_t val)
{
	p[0] = val;
	p[1] = val >> 8;
	p[2] = val >> 16;
	p[3] = val >> 24;
}

uint32_t vga_group(const struct vga *v, uint32_t offset)
{
	const uint8_t *text = v->bus->ram + v->window_at + offset;

	if (v->window == VGA_TEXT && offset < TEXT_SIZE && !(offset & 1))
		return (load(vga_group_at(v, offset)) & 0xffff0000) | text[0] | text[1] << 8;
	return load(vga_group_at(v, offset));
}

/* What is seen through a window of RAM is written there, as everybody who has read it
 * must hear of it.  */
void vga_set_group(struct vga *v, uint32_t offset, uint32_t val)
{
	uint32_t linear = AREA + (offset & ~3u);

	if (v->window == VGA_TEXT && offset < TEXT_SIZE && !(offset & 1))
		bus_write(v->bus, v->window_at + offset, val & 0xffff, 2);
	else if (v->window == VGA_LINEAR && offset < VGA_GROUPS && !((offset ^ offset >> 14) & 3))
		bus_write(v->bus, linear, val, 4);
	store(vga_group_at(v, offset), val);
	v->draw.memory = true;
}

/* Which byte of which planes an address of the window stands for.  In chain-4
 * and odd/even the low address bits name planes.  In their place come, as in
 * the CRTC's double word mode, bits 15-14, and for odd/even the one above 64K.  On an EGA
 * graphics controller 6 alone says whether A0 is replaced, and in windows of 64 KiB and less
 * it is by the inverse of miscellaneous output's page bit (IBM's schematic, from which 86Box
 * has it); VGAs go by odd/even alone (ao486_MiSTer, by an ET4000).  */
struct place {
	uint32_t offset;
	uint32_t planes;
};

static struct place chained(uint32_t at)
{
	return (struct place){ (at & 0xfffc) | (at >> 14 & 3), 0xffu << 8 * (at & 3) };
}

static bool chains(const struct vga *v)
{
	return v->gc[GC_MISC] & MISC_CHAIN;
}

bool vga_is_low_page(const struct vga *v)
{
	return !v->model->ega || (chains(v) && v->misc & MISC_PAGE);
}

static uint32_t offset_of(const struct vga *v, uint32_t at, bool odd_even)
{
	bool ega = v->model->ega;

	if (ega ? !chains(v) : !odd_even)
		return at & v->group_mask;
	if (ega && v->gc[GC_MISC] & MISC_MAP)
		return (at & 0xfffe) | !(v->misc & MISC_PAGE);
	return (at & 0xfffe) | (at >> 16 & 1);
}

static inline uint8_t read_group(struct vga *v, uint32_t offset, unsigned plane)
{
	const struct vga_access *a = &v->access;
	uint32_t differs;

	v->latch = load(group_at(v, offset));
	if (!a->compares)
		return v->latch >> 8 * plane;
	differs = (v->latch ^ a->compare) & a->care;
	differs |= differs >> 16;
	return ~(differs | differs >> 8);
}

static uint8_t read_byte(struct vga *v, uint32_t at)
{
	const struct vga_access *a = &v->access;

	if (a->reads_groups)
		return read_group(v, at & v->group_mask, a->read_map);
	if (a->chain4)
		return read_group(v, chained(at).offset, at & 3);
	if (a->odd_even_read)
		return read_group(v, offset_of(v, at, true), (a->read_map & 2) | (at & 1));
	return read_group(v, offset_of(v, at, false), a->read_map);
}

static uint32_t combine(const struct vga_access *a, uint32_t data, uint32_t latch)
{
	switch (a->function) {
	case 1:
		return data & latch;
	case 2:
		return data | latch;
	case 3:
		return data ^ latch;
	default:
		return data;
	}
}

static uint32_t written(const struct vga *v, uint8_t val)
{
	const struct vga_access *a = &v->access;
	uint32_t bits = a->bit_mask, turned, data;

	if (a->as_is)
		return 0x01010101u * val;
	turned = 0x01010101u * (uint8_t)(val >> a->rotate | val << (8 - a->rotate));
	switch (a->write_mode) {
	case 0:
		data = (turned & ~a->enable) | (a->set & a->enable);
		break;
	case 1:
		return v->latch;
	case 2:
		data = spread[val & 15];
		break;
	default:
		data = a->set;
		bits &= turned;
		break;
	}
	data = combine(a, data, v->latch);
	return (data & bits) | (v->latch & ~bits);
}

static inline void write_group(struct vga *v, struct place p, uint8_t val)
{
	uint32_t mask = v->access.map_mask & p.planes;
	uint8_t *group = group_at(v, p.offset);

	store(group, (load(group) & ~mask) | (written(v, val) & mask));
	if (mask & 0xff0000)
		v->draw.font = true;
}

static struct place place_of(const struct vga *v, uint32_t at)
{
	const struct vga_access *a = &v->access;
	struct place p = { offset_of(v, at, a->odd_even_write), ALL_PLANES };

	if (a->chain4)
		return chained(at);
	if (a->odd_even_write)
		p.planes = at & 1 ? 0xff00ff00 : 0x00ff00ff;
	return p;
}

static void write_byte(struct vga *v, uint32_t at, uint8_t val)
{
	struct place p = { at & v->group_mask, ALL_PLANES };

	if (!v->access.writes_groups)
		p = place_of(v, at);
	write_group(v, p, val);
}

static uint32_t planes_read(void *dev, uint32_t addr, unsigned size)
{
	struct vga *v = dev;
	uint32_t val = 0;

	for (unsigned i = 0; i < size; i++)
		val |= (uint32_t)read_byte(v, addr - v->first_at + i) << 8 * i;
	return val;
}

static void planes_write(void *dev, uint32_t addr, uint32_t val, unsigned size)
{
	struct vga *v = dev;

	for (unsigned i = 0; i < size; i++)
		write_byte(v, addr - v->first_at + i, val >> 8 * i);
	v->draw.memory = true;
	if (!v->bios_depth)
		v->used = true;
}

/* Flat memory, when the graphics controller is to work on it.  Chain-4 by its addresses:
 * the byte's own place.  */
static struct place flat_place(const struct vga *v, uint32_t addr)
{
	uint32_t at = (addr - v->first_at) & (v->vram_size - 1);

	return (struct place){ at / 4, 0xffu << 8 * (at & 3) };
}

static uint32_t flat_read(void *dev, uint32_t addr, unsigned size)
{
	struct vga *v = dev;
	uint32_t val = 0;

	for (unsigned i = 0; i < size; i++) {
		struct place p = flat_place(v, addr + i);

		val |= (uint32_t)read_group(v, p.offset, (addr + i) & 3) << 8 * i;
	}
	return val;
}

static void flat_write(void *dev, uint32_t addr, uint32_t val, unsigned size)
{
	struct vga *v = dev;

	for (unsigned i = 0; i < size; i++) {
		struct place p = flat_place(v, addr + i);

		write_group(v, p, val >> 8 * i);
		v->draw.changed[p.offset / (BUS_PAGE_SIZE / 4)] = true;
	}
	v->draw.memory = true;
	if (!v->bios_depth)
		v->used = true;
}

const struct bus_ops vga_flat = {
	.name = "svga memory", .read = flat_read, .write = flat_write,
};

const struct bus_ops vga_planes = {
	.name = "vga memory", .read = planes_read, .write = planes_write,
};

static bool is_as_is(const uint8_t *gc)
{
	return !(gc[GC_MODE] & 3) && !gc[GC_ROTATE] && !gc[GC_ENABLE_SET] && gc[GC_BIT_MASK] == 0xff;
}

uint32_t vga_map_mask(const struct vga *v)
{
	return spread[v->seq[SEQ_MAP_MASK] & 15];
}

struct vga_access vga_access_of(const struct vga *v)
{
	const uint8_t *gc = v->gc;
	uint8_t memory = v->seq[SEQ_MEMORY];
	bool other = memory & MEMORY_CHAIN4 || (v->model->ega && chains(v));
	bool write = !(memory & (MEMORY_SEQUENTIAL | MEMORY_CHAIN4));
	bool read = gc[GC_MODE] & MODE_ODD_EVEN && !(memory & MEMORY_CHAIN4);

	return (struct vga_access){
		.map_mask = vga_map_mask(v),
		.bit_mask = 0x01010101u * gc[GC_BIT_MASK],
		.set = spread[gc[GC_SET] & 15],
		.enable = spread[gc[GC_ENABLE_SET] & 15],
		.compare = spread[gc[GC_COMPARE] & 15],
		.care = spread[gc[GC_CARE] & 15],
		.write_mode = gc[GC_MODE] & 3,
		.function = gc[GC_ROTATE] >> 3 & 3,
		.rotate = gc[GC_ROTATE] & 7,
		.read_map = gc[GC_READ_MAP] & 3,
		.compares = gc[GC_MODE] & MODE_READ,
		.as_is = is_as_is(gc),
		.chain4 = memory & MEMORY_CHAIN4,
		.odd_even_write = write, .odd_even_read = read,
		.writes_groups = !(other || write), .reads_groups = !(other || read),
	};
}
