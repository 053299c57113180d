/* palette.c - INT 10h/10h and 0Bh: the attribute controller's palette and the DAC
 * (IBM BIOS Interface Technical Reference, "INT 10h, (AH)=10h").  */

#include "bios/parts.h"

enum {
	ATTR_MODE = 0x10, ATTR_BORDER = 0x11, ATTR_SELECT = 0x14, ATTR_COUNT = 0x15,
	PALETTE = 16,			/* registers */
	PAGES_OF_16 = 0x80,		/* ATTR_MODE */
	SAVE_DYNAMIC = 4,		/* in the save pointer table */
	MODE_BLINK = 0x20,		/* BDA_MODE_REGISTER */
};

/* Where a program has the palette's registers and the border kept, 0:0 if it has not.  */
static struct far dynamic_area(struct bios *b)
{
	struct far save = guest_rfar(b->guest, BDA, BDA_VIDEO_SAVE);

	if (!save.seg && !save.off)
		return save;
	return guest_rfar(b->guest, save.seg, save.off + SAVE_DYNAMIC);
}

void bios_palette_is_set(struct bios *b)
{
	struct far to = dynamic_area(b);

	if (bios_card(b)->write_only || (!to.seg && !to.off))
		return;
	for (unsigned i = 0; i <= PALETTE; i++)
		guest_w8(b->guest, to.seg, to.off + i, bios_attr(b, i < PALETTE ? i : ATTR_BORDER));
}

void bios_keep_palette(struct bios *b, uint8_t index, uint8_t val)
{
	struct far to = dynamic_area(b);

	if ((index < PALETTE || index == ATTR_BORDER) && (to.seg || to.off))
		guest_w8(b->guest, to.seg, to.off + (index < PALETTE ? index : PALETTE), val);
}

/* --- The attribute controller ---------------------------------------------------- */

static enum svc set_register(void *room, struct guest *g)
{
	if (reg_bl(g) < ATTR_COUNT) {
		bios_set_attr(room, reg_bl(g), reg_bh(g));
		bios_palette_is_set(room);
	}
	return SVC_DONE;
}

static enum svc set_border(void *room, struct guest *g)
{
	bios_set_attr(room, ATTR_BORDER, reg_bh(g));
	bios_palette_is_set(room);
	return SVC_DONE;
}

static enum svc set_palette(void *room, struct guest *g)
{
	uint16_t es = g->cpu->seg[CPU_ES].sel, dx = cpu_get16(g->cpu, CPU_DX);

	for (unsigned i = 0; i <= PALETTE; i++)
		bios_set_attr(room, i < PALETTE ? i : ATTR_BORDER, guest_r8(g, es, dx + i));
	bios_palette_is_set(room);
	return SVC_DONE;
}

/* Blink or bright, which is also told in the data area.  */
static enum svc set_blink(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t old = bda8(b, BDA_MODE_REGISTER);

	if (reg_bl(g) > 1)
		return SVC_DONE;
	set_bda8(b, BDA_MODE_REGISTER, reg_bl(g) ? old | MODE_BLINK : old & ~MODE_BLINK);
	bios_set_blink(b, reg_bl(g));
	return SVC_DONE;
}

static enum svc get_register(void *room, struct guest *g)
{
	if (reg_bl(g) < ATTR_COUNT)
		set_bh(g, bios_attr(room, reg_bl(g)));
	return SVC_DONE;
}

static enum svc get_border(void *room, struct guest *g)
{
	set_bh(g, bios_attr(room, ATTR_BORDER));
	return SVC_DONE;
}

static enum svc get_palette(void *room, struct guest *g)
{
	uint16_t es = g->cpu->seg[CPU_ES].sel, dx = cpu_get16(g->cpu, CPU_DX);

	for (unsigned i = 0; i <= PALETTE; i++)
		guest_w8(g, es, dx + i, bios_attr(room, i < PALETTE ? i : ATTR_BORDER));
	return SVC_DONE;
}

/* BL 0: the DAC in 4 pages of 64 (BH 0) or 16 of 16; 1: page BH of them.  */
static enum svc set_page(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t mode = bios_attr(b, ATTR_MODE);

	if (reg_bl(g) == 0)
		bios_set_attr(b, ATTR_MODE, (mode & ~PAGES_OF_16) | (reg_bh(g) & 1) << 7);
	else if (reg_bl(g) == 1)
		bios_set_attr(b, ATTR_SELECT, mode & PAGES_OF_16 ? reg_bh(g) & 15 :
			      (reg_bh(g) & 3) << 2);
	return SVC_DONE;
}

static enum svc get_page(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t of_16 = bios_attr(b, ATTR_MODE) >> 7, page = bios_attr(b, ATTR_SELECT) & 15;

	set_bl(g, of_16);
	set_bh(g, of_16 ? page : page >> 2);
	return SVC_DONE;
}

/* --- The DAC ---------------------------------------------------------------------- */

struct part { uint8_t r, g, b; };

static struct part get_color(struct bios *b, uint8_t n)
{
	struct part c;

	port_out(b, PORT_DAC - 1, n);
	c.r = port_in(b, PORT_DAC + 1);
	c.g = port_in(b, PORT_DAC + 1);
	c.b = port_in(b, PORT_DAC + 1);
	return c;
}

static void put_color(struct bios *b, uint8_t n, struct part c)
{
	port_out(b, PORT_DAC, n);
	port_out(b, PORT_DAC + 1, c.r);
	port_out(b, PORT_DAC + 1, c.g);
	port_out(b, PORT_DAC + 1, c.b);
}

/* 30 % red, 59 % green, 11 % blue.  */
static struct part grey(struct part c)
{
	uint8_t l = (c.r * 77 + c.g * 151 + c.b * 28 + 0x80) >> 8;

	return (struct part){ l, l, l };
}

static void set_color(struct bios *b, uint8_t n, struct part c)
{
	put_color(b, n, bda8(b, BDA_VGA_CONTROL) & VGA_SUMS_GREYS ? grey(c) : c);
}

void bios_sum_greys(struct bios *b, uint8_t first, unsigned count)
{
	for (unsigned i = 0; i < count && i < 256; i++)
		put_color(b, first + i, grey(get_color(b, first + i)));
}

static enum svc set_one(void *room, struct guest *g)
{
	set_color(room, reg_bl(g), (struct part){ reg_dh(g), reg_ch(g), reg_cl(g) });
	return SVC_DONE;
}

static enum svc set_many(void *room, struct guest *g)
{
	uint16_t es = g->cpu->seg[CPU_ES].sel, dx = cpu_get16(g->cpu, CPU_DX);
	unsigned count = cpu_get16(g->cpu, CPU_CX);

	for (unsigned i = 0; i < count && i < 256; i++, dx += 3)
		set_color(room, reg_bl(g) + i, (struct part){ guest_r8(g, es, dx),
			  guest_r8(g, es, dx + 1), guest_r8(g, es, dx + 2) });
	return SVC_DONE;
}

static enum svc get_one(void *room, struct guest *g)
{
	struct part c = get_color(room, reg_bl(g));

	set_dh(g, c.r);
	set_ch(g, c.g);
	set_cl(g, c.b);
	return SVC_DONE;
}

static enum svc get_many(void *room, struct guest *g)
{
	uint16_t es = g->cpu->seg[CPU_ES].sel, dx = cpu_get16(g->cpu, CPU_DX);
	unsigned count = cpu_get16(g->cpu, CPU_CX);

	for (unsigned i = 0; i < count && i < 256; i++, dx += 3) {
		struct part c = get_color(room, reg_bl(g) + i);

		guest_w8(g, es, dx, c.r);
		guest_w8(g, es, dx + 1, c.g);
		guest_w8(g, es, dx + 2, c.b);
	}
	return SVC_DONE;
}

static enum svc set_mask(void *room, struct guest *g)
{
	port_out(room, PORT_PEL_MASK, reg_bl(g));
	return SVC_DONE;
}

static enum svc get_mask(void *room, struct guest *g)
{
	set_bl(g, port_in(room, PORT_PEL_MASK));
	return SVC_DONE;
}

static enum svc sum_greys(void *room, struct guest *g)
{
	bios_sum_greys(room, reg_bl(g), cpu_get16(g->cpu, CPU_CX));
	return SVC_DONE;
}

static const struct svc_entry subfunction[] = {
	[0x00] = { "set palette register", set_register },
	[0x01] = { "set border", set_border },
	[0x02] = { "set palette", set_palette },
	[0x03] = { "set blinking", set_blink },
	[0x07] = { "get palette register", get_register },
	[0x08] = { "get border", get_border },
	[0x09] = { "get palette", get_palette },
	[0x10] = { "set DAC register", set_one },
	[0x12] = { "set DAC registers", set_many },
	[0x13] = { "set DAC page", set_page },
	[0x15] = { "get DAC register", get_one },
	[0x17] = { "get DAC registers", get_many },
	[0x18] = { "set DAC mask", set_mask },
	[0x19] = { "get DAC mask", get_mask },
	[0x1a] = { "get DAC page", get_page },
	[0x1b] = { "sum DAC to greys", sum_greys },
};

#define SUBFUNCTIONS	(sizeof subfunction / sizeof *subfunction)

const char *bios_palette_name(uint8_t al)
{
	return al < SUBFUNCTIONS ? subfunction[al].name : NULL;
}

enum svc bios_int10_palette(void *room, struct guest *g)
{
	uint8_t al = reg_al(g);

	if (bios_card(room)->array)
		return bios_array_palette(room, g);
	if (al >= SUBFUNCTIONS || !subfunction[al].serve ||
	    (bios_card(room)->write_only && al > 3))
		return SVC_DONE;
	return subfunction[al].serve(room, g);
}

/* --- INT 10h/0Bh -------------------------------------------------------------------- */

#define CGA_COLORS	4

/* What the EGA's registers hold can only be known from the data area.  */
static void set_ega_palette(struct bios *b)
{
	uint8_t now = bda8(b, BDA_PALETTE);

	for (unsigned i = 1; i < CGA_COLORS; i++)
		bios_set_attr(b, i, 2 * i | (now >> 5 & 1) | (now & 0x10));
}

static void change_palette(struct bios *b, uint8_t mask, uint8_t val)
{
	if (bios_card(b)->write_only) {
		set_ega_palette(b);
		return;
	}
	for (unsigned i = 1; i < CGA_COLORS; i++)
		bios_set_attr(b, i, (bios_attr(b, i) & ~mask) | (val & mask));
}

/* The border, which in graphics modes the background goes with; bit 4 makes a CGA's
 * colours bright.  */
void bios_border(struct bios *b, uint8_t color)
{
	uint8_t val = (color & 7) | (color & 8) << 1;

	bios_set_attr(b, ATTR_BORDER, val);
	if (!bios_is_text(b)) {
		bios_set_attr(b, 0, val);
		if (bda8(b, BDA_MODE) <= 5)
			change_palette(b, 0x10, color);
	}
	bios_palette_is_set(b);
}

/* 0: green, red, brown; 1: cyan, magenta, white.  */
void bios_cga_palette(struct bios *b, uint8_t palette)
{
	if (bda8(b, BDA_MODE) != 4 && bda8(b, BDA_MODE) != 5)
		return;
	change_palette(b, 0x01, palette);
	bios_palette_is_set(b);
}
