/* array.c - the gate array of Tandy and PCjr: what the modes have in it, and what INT 10h
 * has for it (IBM PCjr Technical Reference, "BIOS"; Tandy 1000 Technical Reference).  */

#include "bios/parts.h"

#define PORT_ARRAY	0x3da
#define PORT_DATA	0x3de		/* Tandy's */
#define PORT_PAGE	0x3df
#define MODE_MONO	7
#define PALETTE		0x10
#define COLORS		16

enum { ARRAY_MASK = 1, ARRAY_BORDER = 2, ARRAY_MODE_2 = 3 };

/* Looking at the status makes the PCjr's take an index next.  */
void bios_array_put(struct bios *b, uint8_t index, uint8_t val)
{
	port_in(b, PORT_ARRAY);
	port_out(b, PORT_ARRAY, index);
	port_out(b, bios_card(b)->array == PCJR_ARRAY ? PORT_ARRAY : PORT_DATA, val);
}

uint8_t bios_array_mode(const struct bios *b, uint8_t mode)
{
	static const uint8_t tandy[] = {
		0x2c, 0x28, 0x2d, 0x29, 0x2a, 0x2e, 0x1e, 0x29, 0x2a, 0x2b, 0x3b };
	static const uint8_t pcjr[] = {
		0x0c, 0x08, 0x0d, 0x09, 0x0a, 0x0e, 0x0e, 0x09, 0x1a, 0x1b, 0x0b };

	return bios_card(b)->array == PCJR_ARRAY ? pcjr[mode] : tandy[mode];
}

/* Tandy: the border's own register, four colours of 640 dots, 16 colours.  PCjr: blink,
 * two colours.  */
static uint8_t second_mode(const struct bios *b, uint8_t mode)
{
	if (bios_card(b)->array == PCJR_ARRAY)
		return mode <= 3 ? 0x02 : mode == 6 ? 0x08 : 0x00;
	return mode == 0x0a ? 0x0c : mode > MODE_MONO ? 0x14 : 0x00;
}

/* --- Pages --------------------------------------------------------------------------- */

static void put_pages(struct bios *b, uint8_t val)
{
	set_bda8(b, BDA_PAGE_REGISTER, val);
	port_out(b, PORT_PAGE, val);
}

/* The last page, or the last two of a mode with 32 KiB.  */
void bios_array_pages_of(struct bios *b, uint8_t mode)
{
	put_pages(b, mode <= 3 ? 0x3f : mode <= 8 ? 0x7f : 0xf6);
	bios_array_put(b, ARRAY_MODE_2, second_mode(b, mode));
}

/* AL bit 0: the CPU's becomes BL; bit 1: the CRT's BH.  Both are answered.  */
enum svc bios_array_pages(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t now = bda8(b, BDA_PAGE_REGISTER), al = reg_al(g);

	if (al > 0x83)
		return SVC_DONE;
	if (al & 1)
		now = (now & ~0x38) | (reg_bl(g) & 7) << 3;
	if (al & 2)
		now = (now & ~0x07) | (reg_bh(g) & 7);
	if (al & 3)
		put_pages(b, now);
	set_bh(g, now & 7);
	set_bl(g, now >> 3 & 7);
	return SVC_DONE;
}

/* --- Palette ------------------------------------------------------------------------- */

static void put_color(struct bios *b, uint8_t n, uint8_t color)
{
	bios_array_put(b, PALETTE + n, color & 15);
}

static bool few_colors(const struct bios *b)
{
	uint8_t mode = bda8(b, BDA_MODE);

	return bios_card(b)->array == PCJR_ARRAY && mode >= 4 && mode <= 6;
}

/* Four colours are the first four registers' in the PCjr: black, and bright cyan,
 * magenta, white as a CGA has them first.  */
void bios_array_palette_of(struct bios *b, uint8_t mode)
{
	static const uint8_t four[] = { 0, 0x0b, 0x0d, 0x0f }, pairs[] = { 0, 0x03, 0x05, 0x0f };

	bios_array_put(b, ARRAY_MASK, 15);
	bios_array_put(b, ARRAY_BORDER, 0);
	for (unsigned i = 0; i < COLORS; i++)
		put_color(b, i, i);
	for (unsigned i = 0; i < 4 && mode == 0x0a; i++)
		put_color(b, i, pairs[i]);
	for (unsigned i = 0; i < 4 && few_colors(b); i++)
		put_color(b, i, mode == 6 ? (i & 1) * 15 : four[i]);
}

/* INT 10h/0Bh.  0: the border, and in graphics color 0; 1: one of two sets of three.  */
void bios_array_color(struct bios *b, uint8_t which, uint8_t color)
{
	if (which == 0) {
		bios_array_put(b, ARRAY_BORDER, color & 15);
		if (few_colors(b))
			put_color(b, 0, color);
		return;
	}
	for (unsigned i = 1; i < 4 && few_colors(b); i++)
		put_color(b, i, bda8(b, BDA_MODE) == 6 ? 15 : 2 * i | (color & 1));
}

/* AL 0: register BL becomes BH; 1: the border BH; 2: all of it, from ES:DX.  */
enum svc bios_array_palette(void *room, struct guest *g)
{
	struct bios *b = room;
	uint16_t es = g->cpu->seg[CPU_ES].sel, dx = cpu_get16(g->cpu, CPU_DX);

	switch (reg_al(g)) {
	case 0:
		put_color(b, reg_bl(g) & 15, reg_bh(g));
		break;
	case 1:
		bios_array_put(b, ARRAY_BORDER, reg_bh(g) & 15);
		break;
	case 2:
		for (unsigned i = 0; i < COLORS; i++)
			put_color(b, i, guest_r8(g, es, dx + i));
		bios_array_put(b, ARRAY_BORDER, guest_r8(g, es, dx + COLORS) & 15);
		break;
	}
	return SVC_DONE;
}
