/* dac.c - the colours: INMOS IMS G171, 256 of 3 times 6 bits.  A colour is
 * written when its third part comes.  Setting the read address fetches that
 * colour and moves the address on.  8 bits a part are for SVGA BIOSes.  */

#include "dev/vga/parts.h"

#include <string.h>

enum { PORT_MASK = 0x3c6, PORT_READ = 0x3c7, PORT_WRITE = 0x3c8, PORT_DATA = 0x3c9 };

#define STATE_READS	0x03

static uint32_t rgb_of(const struct vga *v, unsigned n)
{
	const uint8_t *c = v->dac[n];
	uint32_t rgb = 0;

	if (v->model->ega)
		return vga_ega_rgb(v, n);
	for (unsigned i = 0; i < 3; i++)
		rgb = rgb << 8 | (v->dac_wide ? c[i] : (c[i] << 2 | c[i] >> 4) & 0xff);
	return rgb;
}

void vga_dac_changed(struct vga *v)
{
	for (unsigned i = 0; i < 256; i++)
		v->draw.rgb[i] = rgb_of(v, i);
	v->draw.palette = true;
}

void vga_dac_width(struct vga *v, bool wide)
{
	if (v->dac_wide == wide)
		return;
	vga_catch_up(v);
	v->dac_wide = wide;
	for (unsigned i = 0; i < 256; i++)
		for (unsigned part = 0; part < 3; part++)
			v->dac[i][part] = wide ? v->dac[i][part] << 2 : v->dac[i][part] >> 2;
	vga_dac_changed(v);
}

static void fetch_color(struct vga *v)
{
	memcpy(v->dac_hold, v->dac[v->dac_index++], 3);
	v->dac_part = 0;
}

static uint8_t read_part(struct vga *v)
{
	uint8_t val = v->dac_hold[v->dac_part];

	if (++v->dac_part == 3)
		fetch_color(v);
	return val;
}

static void write_part(struct vga *v, uint8_t val)
{
	v->dac_hold[v->dac_part] = v->dac_wide ? val : val & 0x3f;
	if (++v->dac_part < 3)
		return;
	v->dac_part = 0;
	if (memcmp(v->dac[v->dac_index], v->dac_hold, 3) != 0) {
		vga_catch_up(v);
		/* Half of the picture has the old colour: a palette cannot say so.  */
		if (v->draw.line && v->draw.line < v->timing.shown_lines && !vga_blanked(v))
			v->draw.is_mixed = true;
		memcpy(v->dac[v->dac_index], v->dac_hold, 3);
		v->draw.rgb[v->dac_index] = rgb_of(v, v->dac_index);
		v->draw.palette = true;
	}
	v->dac_index++;
}

uint8_t vga_dac_read(struct vga *v, uint16_t port)
{
	switch (port) {
	case PORT_MASK:
		return v->pel_mask;
	case PORT_READ:
		return v->dac_reads ? STATE_READS : 0;
	case PORT_WRITE:
		return v->dac_index;
	default:
		return read_part(v);
	}
}

void vga_dac_write(struct vga *v, uint16_t port, uint8_t val)
{
	switch (port) {
	case PORT_MASK:
		if (val != v->pel_mask) {
			vga_catch_up(v);
			v->pel_mask = val;
		}
		break;
	case PORT_READ:
		v->dac_index = val;
		v->dac_reads = true;
		fetch_color(v);
		break;
	case PORT_WRITE:
		v->dac_index = val;
		v->dac_reads = false;
		v->dac_part = 0;
		break;
	case PORT_DATA:
		write_part(v, val);
		break;
	}
}
