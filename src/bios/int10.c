/* int10.c - INT 10h, video: modes, and text in the text modes.
 *
 * A mode that there is not is not set: INT 10h has no way to say so but that
 * the mode stays what it was.  */

#include "bios/parts.h"

#define MODE_MONO	7
#define NO_CLEAR	0x80

/* What EGA and VGA BIOSes leave in AL.  */
static uint8_t mode_answer(uint8_t mode)
{
	return mode > MODE_MONO ? 0x20 : mode == 6 ? 0x3f : 0x30;
}

static enum svc set_mode(void *room, struct guest *g)
{
	uint8_t mode = reg_al(g) & ~NO_CLEAR;

	bios_is_full_screen(room);
	if (!bios_has_mode(mode))
		return SVC_DONE;
	bios_set_mode(room, mode, !(reg_al(g) & NO_CLEAR));
	set_al(g, mode_answer(mode));
	return SVC_DONE;
}

static enum svc set_cursor_shape(void *room, struct guest *g)
{
	bios_set_cursor_shape(room, cpu_get16(g->cpu, CPU_CX));
	return SVC_DONE;
}

static enum svc set_cursor(void *room, struct guest *g)
{
	bios_is_full_screen(room);
	bios_set_cursor(room, reg_bh(g), reg_dl(g), reg_dh(g));
	return SVC_DONE;
}

static enum svc get_cursor(void *room, struct guest *g)
{
	struct bios *b = room;

	cpu_set16(g->cpu, CPU_AX, 0);
	cpu_set16(g->cpu, CPU_CX, bda16(b, BDA_CURSOR_SHAPE));
	cpu_set16(g->cpu, CPU_DX, bda16(b, BDA_CURSOR + 2 * (reg_bh(g) & 7)));
	return SVC_DONE;
}

/* There is no light pen.  */
static enum svc light_pen(void *room, struct guest *g)
{
	(void)room;
	set_ah(g, 0);
	return SVC_DONE;
}

static enum svc set_page(void *room, struct guest *g)
{
	bios_is_full_screen(room);
	bios_set_page(room, reg_al(g));
	return SVC_DONE;
}

static enum svc scroll(struct bios *b, struct guest *g, int direction)
{
	uint8_t lines = reg_al(g);

	bios_is_full_screen(b);
	bios_scroll(b, lines * direction, reg_bh(g), reg_ch(g), reg_cl(g),
		    reg_dh(g), reg_dl(g));
	return SVC_DONE;
}

static enum svc scroll_up(void *room, struct guest *g) { return scroll(room, g, 1); }
static enum svc scroll_down(void *room, struct guest *g) { return scroll(room, g, -1); }

static enum svc read_cell(void *room, struct guest *g)
{
	cpu_set16(g->cpu, CPU_AX, bios_get_cell(room, reg_bh(g)));
	return SVC_DONE;
}

static enum svc write_cell(void *room, struct guest *g)
{
	bios_is_full_screen(room);
	bios_put_cells(room, reg_bh(g), reg_al(g), reg_bl(g), cpu_get16(g->cpu, CPU_CX));
	return SVC_DONE;
}

static enum svc write_character(void *room, struct guest *g)
{
	bios_is_full_screen(room);
	bios_put_cells(room, reg_bh(g), reg_al(g), -1, cpu_get16(g->cpu, CPU_CX));
	return SVC_DONE;
}

/* BH 0: border, kept in the data area; BH 1: a graphics palette.  */
static enum svc set_palette(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t old = bda8(b, BDA_PALETTE);

	if (reg_bh(g) == 0)
		set_bda8(b, BDA_PALETTE, (old & 0xe0) | (reg_bl(g) & 0x1f));
	else
		set_bda8(b, BDA_PALETTE, (old & ~0x20) | (reg_bl(g) & 1) << 5);
	return SVC_DONE;
}

static enum svc teletype(void *room, struct guest *g)
{
	bios_teletype(room, reg_al(g));
	return SVC_DONE;
}

static enum svc get_mode(void *room, struct guest *g)
{
	struct bios *b = room;

	set_al(g, bda8(b, BDA_MODE) | (bda8(b, BDA_VIDEO_CONTROL) & NO_CLEAR));
	set_ah(g, bda8(b, BDA_COLUMNS));
	set_bh(g, bda8(b, BDA_PAGE));
	return SVC_DONE;
}

/* Subfunction 03h: blink or bright, which is also told in the data area.  */
static enum svc palette_registers(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t old = bda8(b, BDA_MODE_REGISTER);

	if (reg_al(g) != 0x03)
		return SVC_DONE;
	set_bda8(b, BDA_MODE_REGISTER, reg_bl(g) & 1 ? old | 0x20 : old & ~0x20);
	bios_set_blink(b, reg_bl(g) & 1);
	return SVC_DONE;
}

/* Subfunction 30h: where fonts are.  */
static struct far font_at(struct guest *g, uint8_t which)
{
	struct far upper = bios_font(8);

	upper.off += 128 * 8;
	switch (which) {
	case 0x00:
		return guest_rfar(g, 0, 0x1f * 4);
	case 0x01:
		return guest_rfar(g, 0, 0x43 * 4);
	case 0x02:
		return bios_font(14);
	case 0x03:
		return bios_font(8);
	case 0x04:
		return upper;
	case 0x05:
	case 0x07:
		return (struct far){ ROM_FONT_NINTH, GUEST_ROM_SEG };
	default:
		return bios_font(16);
	}
}

static enum svc font(void *room, struct guest *g)
{
	struct bios *b = room;
	struct far at = font_at(g, reg_bh(g));

	if (reg_al(g) != 0x30 || reg_bh(g) > 7)
		return SVC_DONE;
	cpu_load_real(g->cpu, CPU_ES, at.seg);
	cpu_set16(g->cpu, CPU_BP, at.off);
	cpu_set16(g->cpu, CPU_CX, bda16(b, BDA_CHAR_HEIGHT));
	set_dl(g, bda8(b, BDA_ROWS));
	return SVC_DONE;
}

/* BL 10h: what is there: colour, 256 KiB.  34h: cursor emulation.  */
static enum svc alternate(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t control = bda8(b, BDA_VIDEO_CONTROL);

	if (reg_bl(g) == 0x10) {
		set_bh(g, bda8(b, BDA_MODE) == MODE_MONO);
		set_bl(g, 3);
		cpu_set16(g->cpu, CPU_CX, bda8(b, BDA_VIDEO_SWITCHES) & 0x0f);
	} else if (reg_bl(g) == 0x34 && reg_al(g) <= 1) {
		set_bda8(b, BDA_VIDEO_CONTROL, (control & ~1) | reg_al(g));
		set_al(g, 0x12);
	} else {
		set_al(g, 0);
	}
	return SVC_DONE;
}

/* AL bit 0: move the cursor; bit 1: attributes are in the string.  Control
 * characters do what they do in teletype.  */
static enum svc write_string(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t page = reg_bh(g), how = reg_al(g);
	uint16_t from = cpu_get16(g->cpu, CPU_BP), es = g->cpu->seg[CPU_ES].sel;
	uint16_t was = bda16(b, BDA_CURSOR + 2 * (page & 7));

	if (how > 3)
		return SVC_DONE;
	bios_is_full_screen(b);
	bios_set_cursor(b, page, reg_dl(g), reg_dh(g));
	for (unsigned left = cpu_get16(g->cpu, CPU_CX); left; left--) {
		uint8_t ch = guest_r8(g, es, from++);

		bios_tty(b, page, ch, how & 2 ? guest_r8(g, es, from++) : reg_bl(g));
	}
	if (!(how & 1))
		bios_set_cursor(b, page, was, was >> 8);
	return SVC_DONE;
}

/* AL 0: read; 1: set.  08h is a VGA with a colour display.  */
static enum svc display_code(void *room, struct guest *g)
{
	struct bios *b = room;

	if (reg_al(g) == 0)
		cpu_set16(g->cpu, CPU_BX, bda8(b, BDA_DISPLAY_CODE));
	else if (reg_al(g) == 1)
		set_bda8(b, BDA_DISPLAY_CODE, reg_bl(g));
	else
		return SVC_DONE;
	set_al(g, 0x1a);
	return SVC_DONE;
}

/* 64 bytes at ES:DI: where the table of what the card can do is, the data
 * area from the mode on, and the state.  */
static enum svc video_state(void *room, struct guest *g)
{
	struct bios *b = room;
	uint16_t es = g->cpu->seg[CPU_ES].sel, di = cpu_get16(g->cpu, CPU_DI);

	if (cpu_get16(g->cpu, CPU_BX) != 0)
		return SVC_DONE;
	for (unsigned i = 0; i < 64; i++)
		guest_w8(g, es, di + i, 0);
	guest_wfar(g, es, di, (struct far){ ROM_VIDEO_STATIC, GUEST_ROM_SEG });
	for (unsigned i = 0; i < 0x1e; i++)
		guest_w8(g, es, di + 4 + i, bda8(b, BDA_MODE + i));
	guest_w8(g, es, di + 0x22, bda8(b, BDA_ROWS) + 1);
	guest_w16(g, es, di + 0x23, bda16(b, BDA_CHAR_HEIGHT));
	guest_w8(g, es, di + 0x25, bda8(b, BDA_DISPLAY_CODE));
	guest_w16(g, es, di + 0x27, 16);		/* colours */
	guest_w8(g, es, di + 0x29, 8);			/* pages */
	guest_w8(g, es, di + 0x2a, 2);			/* 400 scan lines */
	guest_w8(g, es, di + 0x31, 3);			/* 256 KiB */
	set_al(g, 0x1b);
	return SVC_DONE;
}

const struct svc_entry bios_int10_table[BIOS_INT10_FUNCTIONS] = {
	[0x00] = { "set video mode", set_mode },
	[0x01] = { "set cursor shape", set_cursor_shape },
	[0x02] = { "set cursor position", set_cursor },
	[0x03] = { "get cursor position", get_cursor },
	[0x04] = { "read light pen", light_pen },
	[0x05] = { "select page", set_page },
	[0x06] = { "scroll up", scroll_up },
	[0x07] = { "scroll down", scroll_down },
	[0x08] = { "read character and attribute", read_cell },
	[0x09] = { "write character and attribute", write_cell },
	[0x0a] = { "write character", write_character },
	[0x0b] = { "set border", set_palette },
	[0x0e] = { "teletype", teletype },
	[0x0f] = { "get video mode", get_mode },
	[0x10] = { "palette registers", palette_registers },
	[0x11] = { "fonts", font },
	[0x12] = { "alternate select", alternate },
	[0x13] = { "write string", write_string },
	[0x1a] = { "display combination", display_code },
	[0x1b] = { "video state", video_state },
};

enum svc bios_int10(void *room, struct guest *g)
{
	enum svc done;

	if (!bios_is_text(room))
		guest_progress(g);	/* what is on a text screen is looked at */
	bios_draws(room, true);
	done = bios_dispatch(room, g, bios_int10_table, BIOS_INT10_FUNCTIONS, bios_nothing);
	bios_draws(room, false);
	return done;
}
