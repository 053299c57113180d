/* chars.c - text in dots, as the attribute controller makes them of the character
 * generator's: for those who watch in a window.  */

#include "dev/vga/parts.h"

#define LINES_FROM	0xc0		/* characters whose ninth dot is as the eighth */
#define LINES_TO	0xdf

/* The cursor and the underline are rows of nothing but dots.  */
static bool is_full(const struct vga *v, uint32_t address, uint8_t attr)
{
	uint16_t cursor = (v->crtc[CRTC_CURSOR_HIGH] << 8 | v->crtc[CRTC_CURSOR_LOW]) +
		(v->crtc[CRTC_CURSOR_END] >> 5 & 3);
	unsigned row = v->draw.row;

	if (row == (v->crtc[CRTC_UNDERLINE] & 31u) && vga_is_underlined(v, attr))
		return true;
	return (uint16_t)address == cursor && v->draw.pictures / BLINK_PICTURES % 2 == 0 &&
		vga_cursor_in(v, row);
}

unsigned vga_character(const struct vga *v, uint32_t address, uint8_t *to)
{
	uint16_t code = vga_group(v, vga_offset(v, address, v->draw.row));
	uint8_t ch = code, attr = code >> 8, fg = attr & 15, bg = attr >> 4;
	uint16_t font = vga_font_at(v, vga_two_fonts(v) && attr & 8);
	unsigned bits = vga_group(v, font + ch * FRAME_GLYPH + v->draw.row) >> 16 & 0xff;
	unsigned width = v->draw.own.cell_width;

	bits <<= 1;			/* nine of them */
	if (v->attr[ATTR_MODE] & AMODE_NINTH && ch >= LINES_FROM && ch <= LINES_TO)
		bits |= bits >> 1 & 1;
	if (v->attr[ATTR_MODE] & AMODE_BLINK) {
		if (bg & 8 && v->draw.pictures / (2 * BLINK_PICTURES) % 2)
			bits = 0;
		bg &= 7;
	}
	if (is_full(v, address, attr))
		bits = 0x1ff;
	for (unsigned i = 0; i < width; i++)
		to[i] = v->draw.color[bits >> (8 - i) & 1 ? fg : bg];
	return width;
}
