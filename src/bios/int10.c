/* int10.c - INT 10h, video: the table of its functions, modes, and text.
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
	if (!bios_can_set_mode(room, mode))
		return SVC_DONE;
	bios_set_mode(room, mode, !(reg_al(g) & NO_CLEAR));
	if (bios_card(room)->planar)
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

/* There is no light pen but the mouse.  Lines are told in CX where there are more
 * than 200, else in CH.  */
static enum svc light_pen(void *room, struct guest *g)
{
	struct bios *b = room;
	uint16_t x, y, height = bios_is_text(b) ? 8 : bda16(b, BDA_CHAR_HEIGHT);

	set_ah(g, 0);
	if (!bios_mouse_is_pen(b, &x, &y))
		return SVC_DONE;
	set_ah(g, 1);
	set_dh(g, height ? y / height : 0);
	set_dl(g, x / 8);
	cpu_set16(g->cpu, CPU_BX, x);
	if (bda8(b, BDA_MODE) >= 0x0f && bda8(b, BDA_MODE) <= 0x12)
		cpu_set16(g->cpu, CPU_CX, y);
	else
		set_ch(g, y);
	return SVC_DONE;
}

static enum svc set_page(void *room, struct guest *g)
{
	bios_is_full_screen(room);
	if (bios_card(room)->array && reg_al(g) & NO_CLEAR)
		return bios_array_pages(room, g);
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

/* In graphics modes there is no attribute that could stay.  */
static enum svc write_character(void *room, struct guest *g)
{
	bios_is_full_screen(room);
	bios_put_cells(room, reg_bh(g), reg_al(g), bios_is_text(room) ? -1 : reg_bl(g),
		       cpu_get16(g->cpu, CPU_CX));
	return SVC_DONE;
}

/* BH 0: the border; BH 1: a CGA's palette.  */
static enum svc set_palette(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t old = bda8(b, BDA_PALETTE);

	if (!bios_card(b)->planar) {
		bios_set_crt_color(b, reg_bh(g) == 0 ? (old & 0xe0) | (reg_bl(g) & 0x1f) :
				   (old & ~0x20) | (reg_bl(g) & 1) << 5);
		if (bios_card(b)->array)
			bios_array_color(b, reg_bh(g), reg_bl(g));
	} else if (reg_bh(g) == 0) {
		set_bda8(b, BDA_PALETTE, (old & 0xe0) | (reg_bl(g) & 0x1f));
		bios_border(b, reg_bl(g));
	} else {
		set_bda8(b, BDA_PALETTE, (old & ~0x20) | (reg_bl(g) & 1) << 5);
		bios_cga_palette(b, reg_bl(g));
	}
	return SVC_DONE;
}

static enum svc write_pixel(void *room, struct guest *g)
{
	if (!bios_is_text(room))
		bios_set_pixel(room, reg_bh(g), cpu_get16(g->cpu, CPU_CX),
			       cpu_get16(g->cpu, CPU_DX), reg_al(g));
	return SVC_DONE;
}

static enum svc read_pixel(void *room, struct guest *g)
{
	if (!bios_is_text(room))
		set_al(g, bios_get_pixel(room, reg_bh(g), cpu_get16(g->cpu, CPU_CX),
					 cpu_get16(g->cpu, CPU_DX)));
	return SVC_DONE;
}

static enum svc teletype(void *room, struct guest *g)
{
	bios_teletype(room, reg_al(g), reg_bl(g));
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

/* TopView's: the address of the buffer that is shown, and that it has changed.  It is
 * the screen's memory itself, at the address the program expects: ES:DI stays, and
 * nothing needs to be copied.  */
static enum svc shadow_buffer(void *room, struct guest *g)
{
	(void)room, (void)g;
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
	[0x0b] = { "set border or palette", set_palette },
	[0x0c] = { "write dot", write_pixel },
	[0x0d] = { "read dot", read_pixel },
	[0x0e] = { "teletype", teletype },
	[0x0f] = { "get video mode", get_mode },
	[0x10] = { "palette and DAC", bios_int10_palette },
	[0x11] = { "fonts", bios_int10_fonts },
	[0x12] = { "alternate select", bios_int10_alternate },
	[0x13] = { "write string", write_string },
	[0x1a] = { "display combination", bios_int10_display_code },
	[0x1b] = { "functionality and state", bios_int10_functionality },
	[0x1c] = { "save and restore state", bios_int10_save_restore },
	[0x4f] = { "VESA BIOS extension", bios_int10_vesa },
	[0xfe] = { "get shadow buffer", shadow_buffer },
	[0xff] = { "update from shadow buffer", shadow_buffer },
};

/* What the card's BIOS does not have does nothing.  */
static bool has_function(const struct bios *b, uint8_t ah)
{
	return ah < 0x20 ? bios_card(b)->functions >> ah & 1 : ah != 0x4f || bios_is_vga(b);
}

/* A mode, or a font with other rows.  */
static bool sets_mode(struct guest *g)
{
	uint16_t ax = guest_caller(g)->reg[CPU_AX];

	return ax >> 8 == 0x00 || (ax >= 0x1110 && ax < 0x1120) || ax == 0x4f02;
}

enum svc bios_int10(void *room, struct guest *g)
{
	bool mode = sets_mode(g);
	enum svc done;

	if (!has_function(room, guest_caller(g)->reg[CPU_AX] >> 8))
		return SVC_DONE;
	bios_draws(room, true);
	if (mode)
		bios_mouse_new_mode(room, true);
	done = bios_dispatch(room, g, bios_int10_table, BIOS_INT10_FUNCTIONS, bios_nothing);
	if (mode)
		bios_mouse_new_mode(room, false);
	bios_draws(room, false);
	return done;
}
