/* font.c - the ROM's fonts, in the characters of the code page, and the
 * character generator's memory: fonts 32 bytes a glyph in plane 2, which is
 * opened as IBM's BIOS does it.  */

#include "bios/parts.h"

#include <string.h>

#define PLANE_2		0xa0000u
#define GLYPH		32		/* bytes a glyph has there */

static const struct { uint8_t height, at; uint16_t rom; } font[BIOS_FONTS] = {
	{ 8, 0, ROM_FONT_8 }, { 14, 8, ROM_FONT_14 }, { 16, 8 + 14, ROM_FONT_16 },
};

struct far bios_font(unsigned height)
{
	for (unsigned i = 0; i < BIOS_FONTS; i++)
		if (font[i].height == height)
			return (struct far){ font[i].rom, GUEST_ROM_SEG };
	return (struct far){ ROM_FONT_16, GUEST_ROM_SEG };
}

const uint8_t *bios_rom_font(const struct bios *b, unsigned height)
{
	return b->bus->ram + ROM_AT + bios_font(height).off;
}

/* NULL: an unassigned byte, which is blank.  */
static const struct bios_glyph *find_glyph(uint32_t unicode)
{
	unsigned low = 0, high = bios_glyphs;

	while (low < high) {
		unsigned middle = (low + high) / 2;

		if (bios_glyph[middle].unicode < unicode)
			low = middle + 1;
		else
			high = middle;
	}
	return low < bios_glyphs && bios_glyph[low].unicode == unicode ? &bios_glyph[low] : NULL;
}

void bios_put_rom_fonts(struct bios *b, uint8_t *rom)
{
	for (unsigned ch = 0; ch < 256; ch++) {
		const struct bios_glyph *g = find_glyph(b->unicode[ch]);

		for (unsigned i = 0; i < BIOS_FONTS; i++) {
			uint8_t *to = rom + font[i].rom + ch * font[i].height;

			memset(to, 0, font[i].height);
			if (g)
				memcpy(to, g->rows + font[i].at, font[i].height);
		}
	}
	memcpy(rom + ROM_FONT_OLD, rom + ROM_FONT_8, 128 * 8);
}

void bios_set_characters(struct bios *b, const uint32_t unicode[256])
{
	memcpy(b->unicode, unicode, sizeof b->unicode);
	bios_put_rom_fonts(b, b->bus->ram + ROM_AT);
	bus_wrote(b->bus, ROM_AT, ROM_SIZE);
}

/* --- Plane 2 ---------------------------------------------------------------------- */

struct indexed { uint16_t port; uint8_t index, val; };

/* Writes go to plane 2 alone, one byte after the other, at A0000h.  */
static const struct indexed open[] = {
	{ PORT_SEQ, 2, 0x04 }, { PORT_SEQ, 4, 0x07 },
	{ PORT_GC, 4, 0x02 }, { PORT_GC, 5, 0x00 }, { PORT_GC, 6, 0x04 },
};

#define OPENED	(sizeof open / sizeof *open)

static void put_register(struct bios *b, uint16_t port, uint8_t index, uint8_t val)
{
	port_out(b, port, index);
	port_out(b, port + 1, val);
}

static uint8_t get_register(struct bios *b, uint16_t port, uint8_t index)
{
	return port == PORT_SEQ ? bios_seq(b, index) : bios_gc(b, index);
}

/* Sequencer 3's block numbers: of the three bits the highest counts 2000h.  */
static uint32_t block_at(unsigned block)
{
	return PLANE_2 + (block & 3) * 0x4000 + (block >> 2 & 1) * 0x2000;
}

void bios_load_font(struct bios *b, unsigned block, struct far from, unsigned first,
		    unsigned count, unsigned height)
{
	uint8_t before[OPENED];

	for (unsigned i = 0; i < OPENED; i++) {
		before[i] = get_register(b, open[i].port, open[i].index);
		put_register(b, open[i].port, open[i].index, open[i].val);
	}
	for (unsigned ch = first; ch < first + count && ch < 256; ch++) {
		uint8_t glyph[GLYPH] = { 0 };

		for (unsigned i = 0; i < height && i < GLYPH; i++)
			glyph[i] = guest_r8(b->guest, from.seg, from.off++);
		bus_copy_out(b->bus, block_at(block) + ch * GLYPH, glyph, GLYPH);
	}
	for (unsigned i = 0; i < OPENED; i++)
		put_register(b, open[i].port, open[i].index, before[i]);
}
