/* address.c - how the CRTC addresses memory: from its counters to the planes.  */

#include "dev/vga/parts.h"

/* The counter's bits that fall out above are put in below (IBM, "CRT mode control
 * register").  */
uint32_t vga_offset(const struct vga *v, uint32_t address, unsigned row)
{
	uint8_t mode = v->crtc[CRTC_MODE];
	uint32_t o = address;

	if (v->crtc[CRTC_UNDERLINE] & UNDERLINE_DWORD)
		o = address << 2 | (address >> 12 & 3);
	else if (!(mode & CMODE_BYTE))
		o = address << 1 | (address >> (mode & CMODE_WRAP_A15 ? 15 : 13) & 1);
	if (!(mode & CMODE_A13))
		o = (o & ~0x2000u) | (row & 1) << 13;
	if (!(mode & CMODE_A14))
		o = (o & ~0x4000u) | (row & 2) << 13;
	return o & v->group_mask;
}

/* S3: CR51 has two more bits, of which CR43 had the first in earlier chips.  */
unsigned vga_pitch(const struct vga *v)
{
	unsigned high;

	if (!v->model->s3)
		return v->crtc[CRTC_OFFSET] * 2;
	high = vga_s3(v, S3_SYSTEM_2) >> 4 & 3;
	if (!high)
		high = vga_s3(v, S3_MODE) >> 2 & 1;
	return (v->crtc[CRTC_OFFSET] | high << 8) * 2;
}

uint32_t vga_start_address(const struct vga *v)
{
	uint32_t low = v->crtc[CRTC_START_HIGH] << 8 | v->crtc[CRTC_START_LOW];

	return v->model->s3 ? low | (uint32_t)v->s3.start << 16 : low;
}

unsigned vga_count(const struct vga *v, unsigned character)
{
	if (v->crtc[CRTC_UNDERLINE] & UNDERLINE_BY_4)
		return character / 4;
	return v->crtc[CRTC_MODE] & CMODE_BY_2 ? character / 2 : character;
}

/* The last line before the split.  The vertical counter is what is compared.  */
unsigned vga_line_compare(const struct vga *v)
{
	unsigned count = v->crtc[CRTC_COMPARE] | (v->crtc[CRTC_OVERFLOW] >> 4 & 1) << 8 |
		(v->crtc[CRTC_MAX_SCAN] >> 6 & 1) << 9 |
		(v->model->s3 ? (vga_s3(v, S3_V_OVERFLOW) >> 6 & 1) << 10 : 0);

	return v->crtc[CRTC_MODE] & CMODE_LINES_BY_2 ? 2 * count + 1 : count;
}

unsigned vga_byte_pan(const struct vga *v)
{
	return v->crtc[CRTC_PRESET] >> 5 & 3;
}
