/* rom.c - the ROM image at F000:0000.
 *
 * There is no code in it but jumps to gates: programs that call the AT's
 * BIOS by its published entry points arrive where the vectors lead.  */

#include "bios/parts.h"
#include "bios/vbe.h"

#include <string.h>

#define HLT	0xf4
#define JMP	0xe9
#define JMP_FAR	0xea
#define JMP_SHORT 0xeb
#define IRET	0xcf
#define RETF	0xcb
#define CARD_ROM_NAME	0x1e

/* IBM AT Technical Reference, "BIOS entry points".  */
static const struct { uint16_t at; uint8_t gate; } entry[] = {
	{ 0xe2c3, 0x02 }, { 0xe3fe, 0x13 }, { 0xe6f2, 0x19 }, { 0xe739, 0x14 },
	{ 0xe82e, 0x16 }, { 0xe987, 0x09 }, { 0xec59, 0x13 }, { 0xef57, 0x0e },
	{ 0xefd2, 0x17 }, { 0xf065, 0x10 }, { 0xf841, 0x12 }, { 0xf84d, 0x11 },
	{ 0xf859, 0x15 }, { 0xfe6e, 0x1a }, { 0xfea5, 0x08 }, { 0xff54, 0x05 },
};

/* INT 15h/C0h: length, model, submodel, revision, features: second PIC,
 * clock, keyboard intercept (INT 15h/4Fh), extended data area; INT 16h/09h.  */
static const uint8_t config[] = { 8, 0, 0xfc, 0x01, 0x00, 0x74, 0x40, 0x00, 0x00, 0x00 };

/* INT 1Eh: 1.44 MB (IBM BIOS Interface Technical Reference).  */
static const uint8_t floppy_parameters[] = {
	0xaf, 0x02, 0x25, 0x02, 0x12, 0x1b, 0xff, 0x6c, 0xf6, 0x0f, 0x08,
};

/* INT 14h/00h: divisors of 115200 Hz for 110 to 9600 baud.  */
static const uint16_t baud[] = { 1047, 768, 384, 192, 96, 48, 24, 12 };

/* INT 1Dh: the 6845's registers for 40x25, 80x25, graphics, monochrome;
 * page lengths, columns, mode register (IBM AT Technical Reference).  */
static const uint8_t video_parameters[] = {
	0x38, 0x28, 0x2d, 0x0a, 0x1f, 0x06, 0x19, 0x1c, 0x02, 0x07, 0x06, 0x07, 0, 0, 0, 0,
	0x71, 0x50, 0x5a, 0x0a, 0x1f, 0x06, 0x19, 0x1c, 0x02, 0x07, 0x06, 0x07, 0, 0, 0, 0,
	0x38, 0x28, 0x2d, 0x0a, 0x7f, 0x06, 0x64, 0x70, 0x02, 0x01, 0x06, 0x07, 0, 0, 0, 0,
	0x61, 0x50, 0x52, 0x0f, 0x19, 0x06, 0x19, 0x19, 0x02, 0x0d, 0x0b, 0x0c, 0, 0, 0, 0,
	0x00, 0x08, 0x00, 0x10, 0x00, 0x40, 0x00, 0x40,
	40, 40, 80, 80, 40, 40, 80, 80,
	0x2c, 0x28, 0x2d, 0x29, 0x2a, 0x2e, 0x1e, 0x29,
};

/* INT 10h/1Bh: modes; scan lines 200, 350, 400; of eight fonts two at once; all modes on
 * all displays, summing, fonts, palette, cursor emulation, EGA palette, colour palette,
 * DAC pages; save and restore, blink, display codes; save pointers: the text font's,
 * the palette's, the graphics font's, display codes (IBM BIOS Interface Technical
 * Reference, "Static functionality table").  */
static const uint8_t video_static[16] = {
	0xff, 0xe0, 0x0f, 0, 0, 0, 0, 0x07, 0x08, 0x02, 0xff, 0x0e, 0, 0, 0x2e,
};

static void jump_to(uint8_t *rom, uint16_t at, uint16_t target)
{
	uint16_t distance = target - (at + 3);

	rom[at] = JMP;
	rom[at + 1] = distance;
	rom[at + 2] = distance >> 8;
}

static void put_entries(uint8_t *rom)
{
	static const uint8_t reset[] = {
		JMP_FAR,
		(GUEST_GATE_OFF + GATE_BIOS_POST) & 0xff, (GUEST_GATE_OFF + GATE_BIOS_POST) >> 8,
		GUEST_ROM_SEG & 0xff, GUEST_ROM_SEG >> 8,
	};

	memset(rom + GUEST_GATE_OFF, HLT, GUEST_GATES);
	for (size_t i = 0; i < sizeof entry / sizeof *entry; i++)
		jump_to(rom, entry[i].at, GUEST_GATE_OFF + entry[i].gate);
	memcpy(rom + ROM_RESET, reset, sizeof reset);
	rom[ROM_IRET] = IRET;
	rom[ROM_STOP] = JMP_SHORT;
	rom[ROM_STOP + 1] = 0xfe;
}

/* The video card's own ROM, as programs look for it: an EGA's and a VGA's has IBM's
 * name (IBM EGA, "ROM BIOS"; of compatible cards too).  The bytes add up to 0.  */
static void put_card_rom(struct bios *b)
{
	static const uint8_t head[] = { 0x55, 0xaa, CARD_ROM_SIZE / 512 };
	uint8_t *rom = b->bus->ram + CARD_ROM_AT, sum = 0;

	memset(rom, 0, CARD_ROM_SIZE);
	memcpy(rom, head, sizeof head);
	rom[sizeof head] = RETF;
	memcpy(rom + CARD_ROM_NAME, "IBM", 3);
	if (b->video == VIDEO_SVGA)
		vbe_put_rom(b, rom);
	for (unsigned i = 0; i < CARD_ROM_SIZE; i++)
		sum += rom[i];
	rom[CARD_ROM_SIZE - 1] = -sum;
}

/* What programs look at to find a Tandy 1000 (a byte of its own, the PC's model) or a
 * PCjr; and the table of INT 1Dh has there, in place of the MDA's mode, that of graphics
 * of 32 KiB.  */
static void put_model(const struct bios *b, uint8_t *rom)
{
	static const uint8_t wide[16] = { 0x71, 0x50, 0x56, 0x0c, 0x3f, 6, 0x32, 0x38, 2, 3, 6, 7 };

	rom[ROM_MODEL] = b->video == VIDEO_PCJR ? 0xfd : b->video == VIDEO_TANDY ? 0xff : 0xfc;
	if (b->video == VIDEO_TANDY)
		rom[ROM_TANDY] = 0x21;
	if (!bios_card(b)->array)
		return;
	memcpy(rom + ROM_VIDEO_PARAMETERS + 3 * sizeof wide, wide, sizeof wide);
	rom[ROM_VIDEO_PARAMETERS + 0x47] = 0x80;
}

void bios_build_rom(struct bios *b)
{
	uint8_t *rom = b->bus->ram + ROM_AT;

	memset(rom, 0, ROM_SIZE);
	put_entries(rom);
	memcpy(rom + ROM_CONFIG, config, sizeof config);
	memcpy(rom + ROM_VIDEO_STATIC, video_static, sizeof video_static);
	memcpy(rom + ROM_FLOPPY_PARAMETERS, floppy_parameters, sizeof floppy_parameters);
	memcpy(rom + ROM_VIDEO_PARAMETERS, video_parameters, sizeof video_parameters);
	bios_put_rom_fonts(b, rom);
	bios_put_parameters(b, rom);
	put_card_rom(b);
	bios_put_mouse(rom);
	memcpy(rom + ROM_DATE, "11/22/26", 8);
	put_model(b, rom);
	for (size_t i = 0; i < sizeof baud / sizeof *baud; i++) {
		rom[ROM_BAUD + 2 * i] = baud[i];
		rom[ROM_BAUD + 2 * i + 1] = baud[i] >> 8;
	}
}
