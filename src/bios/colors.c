/* colors.c - what the VGA's BIOS loads into the DAC, 0-3Fh a part: the colours of the
 * EGA's monitor, the CGA's, those of monochrome text, and mode 13h's.  */

#include "bios/parts.h"

/* Palette registers hold two bits a colour, rgbRGB.  */
struct dac_color bios_ega_color(unsigned n)
{
	return (struct dac_color){
		(n >> 2 & 1) * 0x2a + (n >> 5 & 1) * 0x15,
		(n >> 1 & 1) * 0x2a + (n >> 4 & 1) * 0x15,
		(n & 1) * 0x2a + (n >> 3 & 1) * 0x15,
	};
}

/* Red, green, blue in bits 2-0, and brightness; dark yellow is brown.  */
static struct dac_color rgbi_color(unsigned n, bool bright)
{
	uint8_t more = bright ? 0x15 : 0;
	struct dac_color c = { (n >> 2 & 1) * 0x2a + more, (n >> 1 & 1) * 0x2a + more, (n & 1) * 0x2a + more };

	if ((n & 7) == 6 && !bright)
		c.g = 0x15;
	return c;
}

struct dac_color bios_cga_color(unsigned n)
{
	return rgbi_color(n, n & 0x10);
}

/* The lines of a monochrome monitor: bit 3 is video, bit 4 intensity, which alone is
 * dark, as on an MDA.  */
struct dac_color bios_mono_color(unsigned n)
{
	static const uint8_t level[4] = { 0, 0x2a, 0, 0x3f };
	uint8_t l = level[n >> 3 & 3];

	return (struct dac_color){ l, l, l };
}

/* Around the colour wheel in 24 steps from blue by way of red and green: one
 * part is at its highest, one at its lowest, and one is on the way.  */
static struct dac_color hue(unsigned n, const uint8_t level[5])
{
	uint8_t low = level[0], high = level[4], way = level[n % 4], back = level[4 - n % 4];

	switch (n / 4) {
	case 0:
		return (struct dac_color){ way, low, high };
	case 1:
		return (struct dac_color){ high, low, back };
	case 2:
		return (struct dac_color){ high, way, low };
	case 3:
		return (struct dac_color){ back, high, low };
	case 4:
		return (struct dac_color){ low, high, way };
	default:
		return (struct dac_color){ low, back, high };
	}
}

/* 16 as a CGA's, 16 greys, and nine wheels: three intensities by three
 * saturations.  */
struct dac_color bios_vga_color(unsigned n)
{
	static const uint8_t grey[16] = {
		0x00, 0x05, 0x08, 0x0b, 0x0e, 0x11, 0x14, 0x18,
		0x1c, 0x20, 0x24, 0x28, 0x2d, 0x32, 0x38, 0x3f };
	static const uint8_t wheel[9][5] = {
		{ 0x00, 0x10, 0x1f, 0x2f, 0x3f }, { 0x1f, 0x27, 0x2f, 0x37, 0x3f },
		{ 0x2d, 0x31, 0x36, 0x3a, 0x3f }, { 0x00, 0x07, 0x0e, 0x15, 0x1c },
		{ 0x0e, 0x11, 0x15, 0x18, 0x1c }, { 0x14, 0x16, 0x18, 0x1a, 0x1c },
		{ 0x00, 0x04, 0x08, 0x0c, 0x10 }, { 0x08, 0x0a, 0x0c, 0x0e, 0x10 },
		{ 0x0b, 0x0c, 0x0d, 0x0f, 0x10 } };

	if (n < 16)
		return rgbi_color(n, n & 8);
	if (n < 32)
		return (struct dac_color){ grey[n - 16], grey[n - 16], grey[n - 16] };
	if (n < 32 + 9 * 24)
		return hue((n - 32) % 24, wheel[(n - 32) / 24]);
	return (struct dac_color){ 0 };
}
