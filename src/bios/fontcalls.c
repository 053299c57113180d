/* fontcalls.c - INT 10h/11h: fonts for the character generator, and for drawing in
 * graphics modes; and rows of text as high as the font.  */

#include "bios/parts.h"

#define MODE_MONO	7
#define HIGHEST		32		/* scan lines of a character */
#define DOUBLE_SCAN	0x80

enum {
	CRTC_OVERFLOW = 0x07, CRTC_RETRACE_END = 0x11, CRTC_PROTECT = 0x80, CRTC_MAX_SCAN = 0x09, CRTC_V_SHOWN = 0x12, CRTC_UNDERLINE = 0x14,
	PORT_MISC_READ = 0x3cc, SEQ_FONTS = 3, RECALCULATE = 0x10,
	SAVE_TEXT_FONT = 8, SAVE_GRAPHICS_FONT = 12,	/* in the save pointer table */
};

/* --- Text --------------------------------------------------------------------------- */

/* Scan lines of the picture, which the polarity of the retrace tells a monitor.  */
static unsigned scan_lines(struct bios *b)
{
	static const uint16_t lines[4] = { 400, 400, 350, 480 };

	if (bios_card(b)->write_only)
		return bda8(b, BDA_MODE) <= 3 ? 350 : 200;
	if (bios_get_crtc(b, CRTC_MAX_SCAN) & DOUBLE_SCAN)
		return 200;
	return lines[port_in(b, PORT_MISC_READ) >> 6];
}

static void set_height(struct bios *b, unsigned height, unsigned rows)
{
	bool twice = bios_get_crtc(b, CRTC_MAX_SCAN) & DOUBLE_SCAN;
	unsigned last = (rows * height << twice) - 1;
	uint8_t over = bios_get_crtc(b, CRTC_OVERFLOW) & ~0x42;

	bios_crtc(b, CRTC_MAX_SCAN, (bios_get_crtc(b, CRTC_MAX_SCAN) & 0xe0) | (height - 1));
	bios_crtc(b, CRTC_V_SHOWN, last);
	bios_crtc(b, CRTC_OVERFLOW, over | (last >> 8 & 1) << 1 | (last >> 9 & 1) << 6);
	if (bda8(b, BDA_MODE) == MODE_MONO)
		bios_crtc(b, CRTC_UNDERLINE, height - 1);
}

/* As many rows as there is place for.  A page is a multiple of 2 KiB.  */
static void recalculate(struct bios *b, unsigned height)
{
	unsigned rows = scan_lines(b) / height;

	if (rows > 255)
		rows = 255;
	set_bda16(b, BDA_CHAR_HEIGHT, height);
	set_bda8(b, BDA_ROWS, rows - 1);
	set_bda16(b, BDA_PAGE_SIZE, (rows * bda16(b, BDA_COLUMNS) * 2 + 0x7ff) & ~0x7ffu);
	bios_crtc(b, CRTC_RETRACE_END, bios_get_crtc(b, CRTC_RETRACE_END) & ~CRTC_PROTECT);
	set_height(b, height, rows);
	bios_crtc(b, CRTC_RETRACE_END, bios_get_crtc(b, CRTC_RETRACE_END) | CRTC_PROTECT);
	bios_set_cursor_shape(b, bda16(b, BDA_CURSOR_SHAPE));
}

static void load(struct bios *b, struct far from, unsigned first, unsigned count,
		 unsigned height, unsigned block, bool rows_too)
{
	if (!bios_is_text(b) || height == 0 || height > HIGHEST)
		return;
	bios_load_font(b, block, from, first, count, height);
	if (rows_too)
		recalculate(b, height);
}

void bios_set_rows(struct bios *b, unsigned height)
{
	load(b, bios_font(height), 0, 256, height, 0, true);
}

/* 00h-04h; and 10h-14h, that change the rows too.  */
static void text_font(struct bios *b, struct guest *g)
{
	static const uint8_t height[] = { 0, 14, 8, 0, 16 };
	uint8_t al = reg_al(g), which = al & 0x0f;
	struct far user = { cpu_get16(g->cpu, CPU_BP), g->cpu->seg[CPU_ES].sel };
	bool rows_too = al & RECALCULATE;

	if (which == 3)
		bios_set_seq(b, SEQ_FONTS, reg_bl(g));
	else if (which == 0)
		load(b, user, cpu_get16(g->cpu, CPU_DX), cpu_get16(g->cpu, CPU_CX), reg_bh(g),
		     reg_bl(g), rows_too);
	else
		load(b, bios_font(height[which]), 0, 256, height[which], reg_bl(g), rows_too);
}

/* --- Graphics ----------------------------------------------------------------------- */

static void draw_with(struct bios *b, struct far font, uint16_t height, uint8_t rows)
{
	guest_wfar(b->guest, 0, 0x43 * 4, font);
	set_bda16(b, BDA_CHAR_HEIGHT, height);
	set_bda8(b, BDA_ROWS, rows - 1);
}

/* 20h: of a CGA's characters the upper half; 21h-24h.  BL 1-3: rows, 0: DL is.  */
static void graphics_font(struct bios *b, struct guest *g)
{
	static const uint8_t rows_of[] = { 0, 14, 25, 43 }, height[] = { 14, 8, 16 };
	struct far user = { cpu_get16(g->cpu, CPU_BP), g->cpu->seg[CPU_ES].sel };
	uint8_t al = reg_al(g), bl = reg_bl(g), rows = bl == 0 ? reg_dl(g) : rows_of[bl & 3];
	uint16_t own = cpu_get16(g->cpu, CPU_CX);

	if (al == 0x20)
		guest_wfar(g, 0, 0x1f * 4, user);
	else if (bl > 3 || rows == 0 || (al == 0x21 && (own == 0 || own > HIGHEST)))
		return;
	else if (al == 0x21)
		draw_with(b, user, own, rows);
	else
		draw_with(b, bios_font(height[al - 0x22]), height[al - 0x22], rows);
}

/* --- Where they are ------------------------------------------------------------------ */

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

static void information(struct bios *b, struct guest *g)
{
	struct far at = font_at(g, reg_bh(g));

	if (reg_bh(g) > 7)
		return;
	cpu_load_real(g->cpu, CPU_ES, at.seg);
	cpu_set16(g->cpu, CPU_BP, at.off);
	cpu_set16(g->cpu, CPU_CX, bda16(b, BDA_CHAR_HEIGHT));
	set_dl(g, bda8(b, BDA_ROWS));
}

/* Ranges of AL.  */
static const struct {
	uint8_t first, last;
	const char *name;
	void (*serve)(struct bios *b, struct guest *g);
} range[] = {
	{ 0x00, 0x04, "text font", text_font }, { 0x10, 0x14, "text font and rows", text_font },
	{ 0x20, 0x24, "graphics font", graphics_font }, { 0x30, 0x30, "font information", information },
};

static int range_of(uint8_t al)
{
	for (unsigned i = 0; i < sizeof range / sizeof *range; i++)
		if (al >= range[i].first && al <= range[i].last)
			return i;
	return -1;
}

const char *bios_fonts_name(uint8_t al)
{
	int i = range_of(al);

	return i < 0 ? NULL : range[i].name;
}

enum svc bios_int10_fonts(void *room, struct guest *g)
{
	int i = range_of(reg_al(g));

	if (bios_card(room)->write_only && (reg_al(g) & 0x0f) == 4)	/* 8x16 is the VGA's */
		return SVC_DONE;
	if (i >= 0)
		range[i].serve(room, g);
	return SVC_DONE;
}

/* --- The save pointer table ------------------------------------------------------- */

/* A list of modes that FFh ends; at most as many as there are.  */
static bool has_mode(struct bios *b, struct far list, uint8_t mode)
{
	for (unsigned i = 0; i < 0x20; i++) {
		uint8_t m = guest_r8(b->guest, list.seg, list.off + i);

		if (m == 0xff)
			return false;
		if (m == mode)
			return true;
	}
	return false;
}

static struct far named_font(struct bios *b, unsigned at)
{
	struct far save = guest_rfar(b->guest, BDA, BDA_VIDEO_SAVE);

	if (!save.seg && !save.off)
		return save;
	return guest_rfar(b->guest, save.seg, save.off + at);
}

/* Height, block, count, first, font, rows (FFh: what fits), modes.  */
static void take_text_font(struct bios *b, struct far t, uint8_t mode)
{
	struct guest *g = b->guest;
	uint8_t height = guest_r8(g, t.seg, t.off);

	if (!has_mode(b, (struct far){ t.off + 0x0b, t.seg }, mode))
		return;
	load(b, guest_rfar(g, t.seg, t.off + 6), guest_r16(g, t.seg, t.off + 4),
	     guest_r16(g, t.seg, t.off + 2), height, guest_r8(g, t.seg, t.off + 1),
	     height != bda16(b, BDA_CHAR_HEIGHT));
}

/* Rows, height, font, modes.  */
static void take_graphics_font(struct bios *b, struct far t, uint8_t mode)
{
	struct guest *g = b->guest;
	uint8_t rows = guest_r8(g, t.seg, t.off);
	uint16_t height = guest_r16(g, t.seg, t.off + 1);

	if (has_mode(b, (struct far){ t.off + 7, t.seg }, mode) && rows && height &&
	    height <= HIGHEST)
		draw_with(b, guest_rfar(g, t.seg, t.off + 3), height, rows);
}

void bios_take_user_font(struct bios *b, uint8_t mode)
{
	struct far t = named_font(b, bios_is_text(b) ? SAVE_TEXT_FONT : SAVE_GRAPHICS_FONT);

	if (!t.seg && !t.off)
		return;
	if (bios_is_text(b))
		take_text_font(b, t, mode);
	else
		take_graphics_font(b, t, mode);
}
