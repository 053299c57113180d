/* glyph.c - the character generator: fonts in plane 2, 32 bytes a glyph, and
 * what a terminal shows for glyphs that are not the ROM's.  */

#include "dev/vga/parts.h"

#include <string.h>

#include "av/screen.h"

#define GLYPHS	256

/* Sequencer 3: where the fonts of attributes without (B) and with bit 3 (A)
 * lie.  Of its three bits the highest stands apart and counts 2000h.  */
uint16_t vga_font_at(const struct vga *v, bool a)
{
	uint8_t fonts = v->seq[SEQ_FONTS];
	unsigned n = a ? fonts >> 2 & 3 : fonts & 3, odd = fonts >> (a ? 5 : 4) & 1;

	return n * 0x4000 + odd * 0x2000;
}

static unsigned distance(const uint8_t *a, const uint8_t *b, unsigned height)
{
	unsigned n = 0;

	for (unsigned i = 0; i < height; i++)
		n += __builtin_popcount(a[i] ^ b[i]);
	return n;
}

/* The character whose glyph in the ROM looks most like this one; its own, if
 * that is as good.  */
static unsigned closest(const uint8_t *glyph, unsigned own, const uint8_t *rom, unsigned height)
{
	unsigned best = own, least = distance(glyph, rom + own * height, height);

	for (unsigned i = 0; least && i < GLYPHS; i++) {
		unsigned n = distance(glyph, rom + i * height, height);

		if (n < least) {
			least = n;
			best = i;
		}
	}
	return best;
}

static const uint8_t *rom_font(const struct vga *v, unsigned height)
{
	for (unsigned i = 0; i < VGA_FONT_HEIGHTS; i++)
		if (v->rom_font[i] && v->rom_height[i] == height)
			return v->rom_font[i];
	return NULL;
}

/* Half of the letters and digits are the ROM's: what differs then is meant to be
 * something else.  Otherwise it is another style, in which an O may look more like the
 * ROM's 0, and only what is the same dot by dot can be told.  */
static bool has_rom_style(uint8_t glyph[GLYPHS][FRAME_GLYPH], const uint8_t *rom, unsigned height)
{
	static const char plain[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	unsigned same = 0;

	for (const char *p = plain; *p; p++)
		same += memcmp(glyph[(uint8_t)*p], rom + (uint8_t)*p * height, height) == 0;
	return 2 * same >= sizeof plain - 1;
}

static unsigned name_of(const uint8_t *glyph, unsigned own, bool rom_style, const uint8_t *rom,
			unsigned height)
{
	unsigned best;

	if (!rom_style && own > ' ' && own < 0x7f)
		return own;
	best = closest(glyph, own, rom, height);
	return rom_style || distance(glyph, rom + best * height, height) == 0 ? best : own;
}

static void name_glyphs(struct vga *v)
{
	unsigned height = v->draw.shape.cell_height;
	const uint8_t *rom = rom_font(v, height);

	for (unsigned font = 0; font < FRAME_GLYPHS; font += GLYPHS) {
		bool rom_style = rom && has_rom_style(v->draw.glyph + font, rom, height);

		for (unsigned ch = 0; ch < GLYPHS; ch++)
			v->draw.ch[font + ch] = v->unicode[rom ?
				name_of(v->draw.glyph[font + ch], ch, rom_style, rom, height) : ch];
	}
}

static bool read_glyph(struct vga *v, unsigned n)
{
	uint16_t at = vga_font_at(v, n >= GLYPHS) + n % GLYPHS * FRAME_GLYPH;
	uint8_t glyph[FRAME_GLYPH];

	for (unsigned i = 0; i < FRAME_GLYPH; i++)
		glyph[i] = vga_group(v, at + i) >> 16;
	if (memcmp(glyph, v->draw.glyph[n], FRAME_GLYPH) == 0)
		return false;
	memcpy(v->draw.glyph[n], glyph, FRAME_GLYPH);
	return true;
}

void vga_read_fonts(struct vga *v)
{
	struct frame *f = &v->screen->frame;
	bool changed = !f->font;

	for (unsigned i = 0; i < FRAME_GLYPHS; i++)
		changed |= read_glyph(v, i);
	name_glyphs(v);
	v->draw.font = false;
	f->font = v->draw.glyph[0];
	if (!changed)
		return;
	f->font_serial++;
	screen_dirty(v->screen, 0, f->height);
}
