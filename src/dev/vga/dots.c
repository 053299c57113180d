/* dots.c - single dots of a picture in the memory, for a pointer that is drawn from
 * behind the registers: nothing that a program has put into them changes.
 *
 * Where a dot is follows from the registers that show it, in whatever mode.  */

#include "dev/vga/parts.h"

#define WHITE		0x0f
#define WIDE_BYTES	(MODE_256 | MODE_INTERLEAVE)
bool vga_dots(const struct vga *v, struct video_dots *d)
{
	struct vga_shape s = vga_cells(v);
	uint8_t planes = v->attr[ATTR_PLANES] & WHITE;

	if (s.kind == FRAME_TEXT)
		return false;
	*d = (struct video_dots){
		.width = s.width, .height = s.height,
		.pairs = (v->gc[GC_MODE] & WIDE_BYTES) == MODE_INTERLEAVE,
		.white = v->attr[ATTR_MODE] & AMODE_8_BIT ? WHITE : planes,
		.start = vga_start_address(v),
	};
	if (s.depth) {
		d->pairs = false;
		d->white = s.depth == 8 ? WHITE : s.depth == 15 ? 0x7fff : s.depth == 16 ? 0xffff :
			0xffffff;
	} else if (d->pairs)
		d->white &= 3;
	return true;
}

#define NO_BIT		32

/* The bits of one dot in a group, the lowest first.  Planes that are not shown have
 * none.  Answers how many.  */
static unsigned bits_of(const struct vga *v, unsigned in, uint8_t bit[8])
{
	unsigned n = 0;

	if (v->attr[ATTR_MODE] & AMODE_8_BIT) {
		while (n < 8) {
			bit[n] = 8 * (in & 3) + n;
			n++;
		}
	} else if (v->gc[GC_MODE] & MODE_INTERLEAVE) {
		unsigned from = 6 - 2 * (in & 3) + 8 * (in >> 2);

		for (; n < 2; n++)
			bit[n] = from + n;
	} else {
		for (; n < 4; n++)
			bit[n] = v->attr[ATTR_PLANES] >> n & 1 ? 8 * n + 7 - in : NO_BIT;
	}
	return n;
}

/* Answers where the group is; *in is the dot's number there.  */
static uint32_t group_of(const struct vga *v, unsigned start, unsigned x, unsigned y,
			 unsigned *in)
{
	uint8_t max = v->crtc[CRTC_MAX_SCAN], all = CMODE_A13 | CMODE_A14;
	unsigned lines = (v->crtc[CRTC_MODE] & all) == all ? 1 : (max & 31) + 1;
	unsigned dots = v->attr[ATTR_MODE] & AMODE_8_BIT ? 4 : 8;

	*in = x % dots;
	return vga_offset(v, start + y / lines * vga_pitch(v) + vga_count(v, x / dots), y % lines);
}

uint32_t vga_get_dot(const struct vga *v, unsigned start, unsigned x, unsigned y)
{
	uint32_t val = 0, group;
	uint8_t bit[8];
	unsigned in, n;

	if (v->flat)
		return vga_flat_dot(v, start, x, y);
	group = vga_group(v, group_of(v, start, x, y, &in));
	n = bits_of(v, in, bit);
	for (unsigned i = 0; i < n; i++)
		val |= bit[i] == NO_BIT ? 0 : (group >> bit[i] & 1) << i;
	return val;
}

void vga_put_dot(struct vga *v, unsigned start, unsigned x, unsigned y, uint32_t val)
{
	uint8_t bit[8];
	unsigned in, n;
	uint32_t offset, group;

	if (v->flat) {
		vga_put_flat_dot(v, start, x, y, val);
		return;
	}
	offset = group_of(v, start, x, y, &in);
	group = vga_group(v, offset);
	n = bits_of(v, in, bit);
	for (unsigned i = 0; i < n; i++) {
		if (bit[i] == NO_BIT)
			continue;
		group = (group & ~(UINT32_C(1) << bit[i])) | (uint32_t)(val >> i & 1) << bit[i];
	}
	vga_set_group(v, offset, group);
}
