/* mkfonts.c - the glyphs of all code pages' characters, 8, 14 and 16 lines high,
 * as C.  Run by make:
 *
 *	mkfonts VGABIOS FONT...
 *
 * Code page 437's are those of the LGPL VGABios, whose fonts (Joseph Gil's
 * FNTCOL16) are in the public domain, as it has real ones of all three heights:
 * they stand in its image one after the other.  Those of other characters come
 * from the console's fonts of the same design, which name their glyphs in
 * Unicode: PSF version 1, by gzip (kbd, "The psf format").  A glyph that there
 * is in only some heights is drawn from the nearest of the others.  */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cp.h"
#include "bios/parts.h"

#define LARGEST		(1u << 20)	/* bytes of a file */
#define CHARACTERS	0x10000u

enum { PSF_MAGIC_0 = 0x36, PSF_MAGIC_1 = 0x04, PSF_512 = 1, PSF_UNICODE = 6,
       PSF_END = 0xffff, PSF_SEQUENCE = 0xfffe };

static const unsigned height[BIOS_FONTS] = { 8, 14, 16 };

struct book {
	uint8_t glyph[CHARACTERS][BIOS_FONTS][16];
	uint8_t has[CHARACTERS];	/* a bit a height */
};

static void die(const char *what, ...)
{
	va_list list;

	va_start(list, what);
	fputs("mkfonts: ", stderr);
	vfprintf(stderr, what, list);
	fputc('\n', stderr);
	va_end(list);
	exit(1);
}

static size_t read_all(FILE *f, uint8_t *to, const char *name)
{
	size_t n;

	if (!f)
		die("cannot read %s", name);
	n = fread(to, 1, LARGEST, f);
	if (n == 0 || n == LARGEST)
		die("%s: no font", name);
	return n;
}

static void add(struct book *book, uint32_t unicode, unsigned font, const uint8_t *rows)
{
	if (unicode >= CHARACTERS || book->has[unicode] & 1 << font)
		return;
	memcpy(book->glyph[unicode][font], rows, height[font]);
	book->has[unicode] |= 1 << font;
}

/* --- The BIOS's image -------------------------------------------------------------- */

/* Characters 0 and 1 of 8x8: a blank, and a face.  */
static const uint8_t face[16] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0x7e, 0x81, 0xa5, 0x81, 0xbd, 0x99, 0x81, 0x7e };
static const uint8_t tall_face[6] = { 0x7e, 0x81, 0xa5, 0x81, 0x81, 0xbd };

static void take_437(struct book *book, uint8_t *image, const char *name)
{
	FILE *f = fopen(name, "rb");
	size_t size = read_all(f, image, name), whole = 256 * (8 + 14 + 16);
	const uint8_t *at = memmem(image, size, face, sizeof face);

	fclose(f);
	if (!at || (size_t)(image + size - at) < whole ||
	    memcmp(at + 256 * 8 + 14 + 2, tall_face, sizeof tall_face) ||
	    memcmp(at + 256 * 22 + 16 + 2, tall_face, sizeof tall_face))
		die("%s: the fonts are not where they are expected", name);
	for (unsigned font = 0; font < BIOS_FONTS; font++)
		for (unsigned i = 0; i < 256; i++, at += height[font])
			add(book, cp_glyph(437, i), font, at);
}

/* --- Fonts of the console --------------------------------------------------------- */

static unsigned word(const uint8_t *at)
{
	return at[0] | at[1] << 8;
}

static void take_table(struct book *book, unsigned font, unsigned count, const uint8_t *rows,
		       const uint8_t *table, const uint8_t *end)
{
	bool sequence = false;

	for (unsigned i = 0; i < count && end - table >= 2; table += 2) {
		unsigned unicode = word(table);

		if (unicode == PSF_END) {
			sequence = false;
			i++;
		} else if (unicode == PSF_SEQUENCE) {
			sequence = true;
		} else if (!sequence) {
			add(book, unicode, font, rows + i * height[font]);
		}
	}
}

static void take_psf(struct book *book, uint8_t *data, const char *name)
{
	char command[1000];
	FILE *f;
	size_t size, count;

	if (strchr(name, '\'') || snprintf(command, sizeof command, "gzip -dc '%s'", name) >=
	    (int)sizeof command)
		die("%s: a name that gzip cannot be given", name);
	f = popen(command, "r");
	size = read_all(f, data, name);
	pclose(f);
	if (size < 4 || data[0] != PSF_MAGIC_0 || data[1] != PSF_MAGIC_1 || !(data[2] & PSF_UNICODE))
		die("%s: no PSF font with Unicode", name);
	count = data[2] & PSF_512 ? 512 : 256;
	for (unsigned font = 0; font < BIOS_FONTS; font++)
		if (data[3] == height[font] && size >= 4 + count * height[font])
			take_table(book, font, count, data + 4, data + 4 + count * height[font],
				   data + size);
}

/* --- What is missing, and the result ------------------------------------------------ */

/* Whole lines are left out or come twice.  */
static void stretch(uint8_t *to, unsigned to_height, const uint8_t *from, unsigned from_height)
{
	for (unsigned i = 0; i < to_height; i++)
		to[i] = from[i * from_height / to_height];
}

static void fill_gaps(struct book *book, uint32_t unicode)
{
	static const uint8_t from[BIOS_FONTS][2] = { { 1, 2 }, { 2, 0 }, { 1, 0 } };
	uint8_t has = book->has[unicode];

	for (unsigned font = 0; font < BIOS_FONTS; font++) {
		unsigned other = has & 1 << from[font][0] ? from[font][0] : from[font][1];

		if (!(has & 1 << font))
			stretch(book->glyph[unicode][font], height[font],
				book->glyph[unicode][other], height[other]);
	}
}

/* The private characters that stand for unassigned bytes have no glyph.  */
static bool is_wanted(uint32_t unicode)
{
	unsigned page;

	for (unsigned n = 0; (page = cp_nth(n, NULL)) != 0; n++)
		for (unsigned i = 0; i < 256; i++)
			if (cp_glyph(page, i) == unicode)
				return unicode < 0xe000 || unicode > 0xf8ff;
	return false;
}

static void print_glyph(const struct book *book, uint32_t unicode)
{
	printf("\t{ 0x%04x, {", unicode);
	for (unsigned font = 0; font < BIOS_FONTS; font++)
		for (unsigned i = 0; i < height[font]; i++)
			printf("%d,", book->glyph[unicode][font][i]);
	puts("} },");
}

int main(int argc, char **argv)
{
	struct book *book = calloc(1, sizeof *book);
	uint8_t *data = malloc(LARGEST);
	unsigned count = 0;

	if (!book || !data || argc < 3)
		die("mkfonts VGABIOS FONT...");
	take_437(book, data, argv[1]);
	for (int i = 2; i < argc; i++)
		take_psf(book, data, argv[i]);
	puts("/* Made by mkfonts.  */\n#include \"bios/parts.h\"\n"
	     "const struct bios_glyph bios_glyph[] = {");
	for (uint32_t unicode = 0; unicode < CHARACTERS; unicode++) {
		if (!is_wanted(unicode))
			continue;
		if (!book->has[unicode])
			die("no font has U+%04X", unicode);
		fill_gaps(book, unicode);
		print_glyph(book, unicode);
		count++;
	}
	printf("};\nconst unsigned bios_glyphs = %u;\n", count);
	free(book);
	free(data);
	return 0;
}
