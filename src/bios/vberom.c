/* vberom.c - what programs find of VESA's extension in the card's ROM: names, the list of
 * modes, and code that they call without an interrupt.
 *
 * That for protected mode runs wherever a program has copied it, in segments of 16 and of 32
 * bits.  So it has no operand but bytes, and no address but in a register: those
 * instructions are the same in both.  */

#include "bios/vbe.h"

#include <string.h>

#define MODES_MAX	((VBE_ROM_PROTECTED - VBE_ROM_MODES) / 2 - 1)

/* The far call of the mode information: BH 0 puts the window at bank DX, 1 tells where it
 * is.  BL, the window, is 0 or there is none.  */
static const uint8_t window_code[] = {
	0x50,				/* push ax */
	0x88, 0xd4,			/* mov ah, dl */
	0x52,				/* push dx */
	0xb2, 0xd4, 0xb6, 0x03,		/* mov dl, 0D4h; mov dh, 3 */
	0xb0, S3_WINDOW, 0xee,		/* mov al, 6Ah; out dx, al */
	0xfe, 0xc2,			/* inc dl */
	0x84, 0xff, 0x75, 0x06,		/* test bh, bh; jnz get */
	0x88, 0xe0, 0xee,		/* mov al, ah; out dx, al */
	0x5a, 0x58, 0xcb,		/* pop dx; pop ax; retf */
	0xec, 0x5a,			/* get: in al, dx; pop dx */
	0x88, 0xc2, 0xb6, 0x00,		/* mov dl, al; mov dh, 0 */
	0x58, 0xcb,			/* pop ax; retf */
};

/* The same, with a near return and an answer in AX.  */
static const uint8_t set_window[] = {
	0x52,				/* push (e)dx */
	0x88, 0xd4,			/* mov ah, dl */
	0xb2, 0xd4, 0xb6, 0x03,		/* mov dl, 0D4h; mov dh, 3 */
	0xb0, S3_WINDOW, 0xee,		/* mov al, 6Ah; out dx, al */
	0xfe, 0xc2,			/* inc dl */
	0x84, 0xff, 0x75, 0x09,		/* test bh, bh; jnz get */
	0x88, 0xe0, 0xee, 0x5a,		/* mov al, ah; out dx, al; pop (e)dx */
	0xb0, 0x4f, 0xb4, 0x00, 0xc3,	/* done: mov al, 4Fh; mov ah, 0; ret */
	0xec, 0x5a,			/* get: in al, dx; pop (e)dx */
	0x88, 0xc2, 0xb6, 0x00,		/* mov dl, al; mov dh, 0 */
	0xeb, 0xf3,			/* jmp done */
};

/* DX:CX: the start, in units of four bytes.  BL 80h: wait for the retrace that takes it.  */
static const uint8_t set_start[] = {
	0x52,				/* push (e)dx */
	0x88, 0xd4,			/* mov ah, dl */
	0xb2, 0xd4, 0xb6, 0x03,		/* mov dl, 0D4h; mov dh, 3 */
	0xb0, CRTC_START_HIGH, 0xee,	/* mov al, 0Ch; out dx, al */
	0xfe, 0xc2, 0x88, 0xe8, 0xee,	/* inc dl; mov al, ch; out dx, al */
	0xfe, 0xca, 0xb0, CRTC_START_LOW, 0xee,	/* dec dl; mov al, 0Dh; out dx, al */
	0xfe, 0xc2, 0x88, 0xc8, 0xee,	/* inc dl; mov al, cl; out dx, al */
	0xfe, 0xca, 0xb0, S3_START, 0xee,	/* dec dl; mov al, 69h; out dx, al */
	0xfe, 0xc2, 0x88, 0xe0, 0xee,	/* inc dl; mov al, ah; out dx, al */
	0xf6, 0xc3, 0x80, 0x74, 0x0c,	/* test bl, 80h; jz done */
	0xb2, 0xda,			/* mov dl, 0DAh */
	0xec, 0xa8, 0x08, 0x75, 0xfb,	/* now: in al, dx; test al, 8; jnz now */
	0xec, 0xa8, 0x08, 0x74, 0xfb,	/* then: in al, dx; test al, 8; jz then */
	0x5a,				/* done: pop (e)dx */
	0xb0, 0x4f, 0xb4, 0x00, 0xc3,	/* mov al, 4Fh; mov ah, 0; ret */
};

/* CX colours from DX on, at ES:(E)DI, of four bytes: blue, green, red, nothing.  BL 0 or 80h:
 * set.  Others fail.  */
static const uint8_t set_palette[] = {
	0xf6, 0xc3, 0x7f, 0x75, 0x3a,	/* test bl, 7Fh; jnz fail */
	0x53, 0x51, 0x52, 0x56,		/* push (e)bx, (e)cx, (e)dx, (e)si */
	0x89, 0xfe, 0xfc,		/* mov (e)si, (e)di; cld */
	0x88, 0xd0,			/* mov al, dl */
	0xb2, 0xc8, 0xb6, 0x03, 0xee,	/* mov dl, 0C8h; mov dh, 3; out dx, al */
	0xfe, 0xc2,			/* inc dl */
	0x88, 0xc8, 0x08, 0xe8, 0x74, 0x1b,	/* next: mov al, cl; or al, ch; jz done */
	0x26, 0xac, 0x88, 0xc3,		/* es lodsb; mov bl, al */
	0x26, 0xac, 0x88, 0xc7,		/* es lodsb; mov bh, al */
	0x26, 0xac, 0xee,		/* es lodsb; out dx, al */
	0x88, 0xf8, 0xee,		/* mov al, bh; out dx, al */
	0x88, 0xd8, 0xee,		/* mov al, bl; out dx, al */
	0x26, 0xac,			/* es lodsb */
	0x80, 0xe9, 0x01, 0x80, 0xdd, 0x00,	/* sub cl, 1; sbb ch, 0 */
	0xeb, 0xdf,			/* jmp next */
	0x5e, 0x5a, 0x59, 0x5b,		/* done: pop them */
	0xb0, 0x4f, 0xb4, 0x00, 0xc3,	/* mov al, 4Fh; mov ah, 0; ret */
	0xb0, 0x4f, 0xb4, 0x02, 0xc3,	/* fail: mov al, 4Fh; mov ah, 2; ret */
};

/* Ports that it uses; and no memory of its own.  */
static const uint16_t ports[] = {
	0x3c8, 0x3c9, 0x3d4, 0x3d5, 0x3da, 0xffff, 0xffff,
};

#define TABLE	8			/* bytes: where the three are, and the ports */

unsigned vbe_protected_size(void)
{
	return TABLE + sizeof set_window + sizeof set_start + sizeof set_palette + sizeof ports;
}

static void put_word(uint8_t *to, uint16_t val)
{
	to[0] = val;
	to[1] = val >> 8;
}

static void put_protected(uint8_t *to)
{
	static const struct { const uint8_t *code; size_t size; } part[] = {
		{ set_window, sizeof set_window }, { set_start, sizeof set_start },
		{ set_palette, sizeof set_palette },
	};
	unsigned at = TABLE;

	for (unsigned i = 0; i < 3; i++) {
		put_word(to + 2 * i, at);
		memcpy(to + at, part[i].code, part[i].size);
		at += part[i].size;
	}
	put_word(to + 6, at);
	for (size_t i = 0; i < sizeof ports / sizeof *ports; i++)
		put_word(to + at + 2 * i, ports[i]);
}

/* In the order of their numbers.  Text modes are the VGA's.  */
static void put_modes(const struct bios *b, uint8_t *to)
{
	struct vbe_mode m;
	unsigned n = 0;

	for (uint16_t mode = VBE_FIRST; mode < VBE_END && n < MODES_MAX; mode++)
		if (bios_has_vesa_mode(mode) || vbe_find_mode(b, mode, &m))
			put_word(to + 2 * n++, mode);
	put_word(to + 2 * n, 0xffff);
}

void vbe_put_rom(const struct bios *b, uint8_t *rom)
{
	strcpy((char *)rom + VBE_ROM_OEM, "dosvm SVGA");
	strcpy((char *)rom + VBE_ROM_VENDOR, "dosvm");
	strcpy((char *)rom + VBE_ROM_PRODUCT, "S3-like SVGA");
	strcpy((char *)rom + VBE_ROM_REVISION, "1");
	memcpy(rom + VBE_ROM_WINDOW, window_code, sizeof window_code);
	put_modes(b, rom + VBE_ROM_MODES);
	put_protected(rom + VBE_ROM_PROTECTED);
}
