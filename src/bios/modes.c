/* modes.c - how a video mode is set: registers, colours, font, data area.  The card
 * is reached through its ports, as by any program.  */

#include "bios/parts.h"
#include "bios/vbe.h"

#include <stddef.h>

#define MISC_COLOR	0x01
#define MISC_RAM	0x02
#define SCREEN_OFF	0x20
#define ATTR_SHOW	0x20
#define RETRACE_END	0x11		/* of the CRTC: bit 7 protects 0-7 */
#define ATTR_MODE	0x10
#define ATTR_BLINK	0x08
#define COLORS		64
#define MODE_MONO	7
#define MODE_MONO_DOTS	0x0f

/* --- Setting a mode ------------------------------------------------------------ */

static const struct mode {
	uint8_t mode, row;			/* text of 400 lines */
	struct dac_color (*color)(unsigned n);
	uint8_t mode_register;			/* as a CGA's or MDA's would be */
} mode_table[] = {
	{ 0x00, ROW_400_40, bios_ega_color, 0x2c },
	{ 0x01, ROW_400_40, bios_ega_color, 0x28 },
	{ 0x02, ROW_400_80, bios_ega_color, 0x2d },
	{ 0x03, ROW_400_80, bios_ega_color, 0x29 },
	{ 0x04, 0x04, bios_cga_color, 0x2a },
	{ 0x05, 0x05, bios_cga_color, 0x2e },
	{ 0x06, 0x06, bios_cga_color, 0x1e },
	{ 0x07, ROW_MONO_400, bios_mono_color, 0x29 },
	{ 0x0d, ROW_PLANAR, bios_cga_color, 0x29 },
	{ 0x0e, ROW_PLANAR + 1, bios_cga_color, 0x29 },
	{ 0x0f, ROW_MONO_GRAPHICS, bios_mono_color, 0x29 },
	{ 0x10, ROW_EGA, bios_ega_color, 0x29 },
	{ 0x11, ROW_VGA, bios_ega_color, 0x29 },
	{ 0x12, ROW_VGA + 1, bios_ega_color, 0x29 },
	{ 0x13, ROW_VGA + 2, bios_vga_color, 0x29 },
};

/* 108h-10Ch are for programs like mode 3.  */
static const struct mode vesa_text = { 0x03, 0, bios_ega_color, 0x29 };

/* What one setting of a mode goes by.  */
struct setting {
	const struct mode *mode;
	struct parameters p;
	struct dac_color (*color)(unsigned n);
	const struct vbe_setup *vbe;		/* NULL: the extensions are as in a VGA */
};

static const struct mode *find_mode(uint8_t mode)
{
	for (size_t i = 0; i < sizeof mode_table / sizeof *mode_table; i++)
		if (mode_table[i].mode == mode)
			return &mode_table[i];
	return NULL;
}

bool bios_has_mode(uint8_t mode)
{
	return find_mode(mode) != NULL;
}

/* Text has as many scan lines as INT 10h/12h/30h asked for.  */
static unsigned row_of(struct bios *b, const struct mode *m)
{
	uint8_t lines = bda8(b, BDA_VGA_CONTROL) & VGA_LINES;

	if (m->mode == 7)
		return lines == VGA_400 ? ROW_MONO_400 : ROW_MONO_350;
	if (m->mode > 3 || lines == VGA_400)
		return m->row;
	return (lines == VGA_200 ? ROW_200 : ROW_350) + m->mode;
}

/* What the mode that is set has in the registers.  */
static struct parameters parameters_now(struct bios *b)
{
	const struct mode *m = find_mode(bda8(b, BDA_MODE));

	return m ? bios_parameters(b, row_of(b, m)) : (struct parameters){ 0 };
}

static void put_indexed(struct bios *b, uint16_t port, uint8_t index, uint8_t val)
{
	port_out(b, port, index);
	port_out(b, port + 1, val);
}

void bios_crtc(struct bios *b, uint8_t index, uint8_t val)
{
	put_indexed(b, bda16(b, BDA_CRTC), index, val);
}

static void start_attributes(struct bios *b)
{
	port_in(b, bda16(b, BDA_CRTC) + TO_STATUS);
}

static uint8_t get_indexed(struct bios *b, uint16_t port, uint8_t index)
{
	port_out(b, port, index);
	return port_in(b, port + 1);
}

uint8_t bios_seq(struct bios *b, uint8_t index)
{
	if (bios_card(b)->write_only)
		return index ? parameters_now(b).seq[(index - 1) & 3] : 3;
	return get_indexed(b, PORT_SEQ, index);
}

uint8_t bios_gc(struct bios *b, uint8_t index)
{
	if (bios_card(b)->write_only)
		return parameters_now(b).gc[index % 9];
	return get_indexed(b, PORT_GC, index);
}

uint8_t bios_get_crtc(struct bios *b, uint8_t index)
{
	if (bios_card(b)->write_only)
		return parameters_now(b).crtc[index % 25];
	return get_indexed(b, bda16(b, BDA_CRTC), index);
}

void bios_set_seq(struct bios *b, uint8_t index, uint8_t val)
{
	put_indexed(b, PORT_SEQ, index, val);
}

void bios_set_gc(struct bios *b, uint8_t index, uint8_t val)
{
	put_indexed(b, PORT_GC, index, val);
}

uint8_t bios_attr(struct bios *b, uint8_t index)
{
	uint8_t val;

	if (bios_card(b)->write_only)
		return parameters_now(b).attr[index % 20];
	start_attributes(b);
	port_out(b, PORT_ATTR, index | (index >= ATTR_MODE ? ATTR_SHOW : 0));
	val = port_in(b, PORT_ATTR + 1);
	start_attributes(b);
	port_out(b, PORT_ATTR, ATTR_SHOW);
	return val;
}

/* While the palette is the display's, the CPU cannot write to its registers.  */
void bios_set_attr(struct bios *b, uint8_t index, uint8_t val)
{
	start_attributes(b);
	port_out(b, PORT_ATTR, index | (index >= ATTR_MODE ? ATTR_SHOW : 0));
	port_out(b, PORT_ATTR, val);
	port_out(b, PORT_ATTR, ATTR_SHOW);
	if (bios_card(b)->write_only)
		bios_keep_palette(b, index, val);
}

void bios_set_blink(struct bios *b, bool blink)
{
	uint8_t val = bios_attr(b, ATTR_MODE);

	bios_set_attr(b, ATTR_MODE, blink ? val | ATTR_BLINK : val & ~ATTR_BLINK);
}

static void put_attributes(struct bios *b, const struct parameters *p)
{
	start_attributes(b);
	for (unsigned i = 0; i < sizeof p->attr; i++) {
		port_out(b, PORT_ATTR, i);
		port_out(b, PORT_ATTR, p->attr[i]);
	}
	port_out(b, PORT_ATTR, sizeof p->attr);		/* color select */
	port_out(b, PORT_ATTR, 0);
}

static void put_colors(struct bios *b, const struct setting *t)
{
	unsigned count = t->color == bios_vga_color ? 256 : COLORS;

	if (bios_card(b)->write_only)
		return;
	port_out(b, PORT_PEL_MASK, 0xff);
	if (bda8(b, BDA_VGA_CONTROL) & VGA_KEEP_PALETTE)
		return;
	port_out(b, PORT_DAC, 0);
	for (unsigned i = 0; i < count; i++) {
		struct dac_color c = t->color(i);

		port_out(b, PORT_DAC + 1, c.r);
		port_out(b, PORT_DAC + 1, c.g);
		port_out(b, PORT_DAC + 1, c.b);
	}
	if (bda8(b, BDA_VGA_CONTROL) & VGA_SUMS_GREYS)
		bios_sum_greys(b, 0, count);
}

/* The screen and the memory are off meanwhile.  */
static void program(struct bios *b, const struct setting *t)
{
	const struct parameters *p = &t->p;
	uint16_t crtc = bda16(b, BDA_CRTC);

	put_indexed(b, PORT_SEQ, 1, p->seq[0] | SCREEN_OFF);
	put_indexed(b, PORT_SEQ, 0, 0x01);
	port_out(b, PORT_MISC, p->misc & ~MISC_RAM);
	put_indexed(b, PORT_SEQ, 0, 0x03);
	for (unsigned i = 1; i < sizeof p->seq; i++)
		put_indexed(b, PORT_SEQ, 1 + i, p->seq[i]);
	put_indexed(b, crtc, RETRACE_END, 0);
	for (unsigned i = 0; i < sizeof p->crtc; i++)
		put_indexed(b, crtc, i, p->crtc[i]);
	for (unsigned i = 0; i < sizeof p->gc; i++)
		put_indexed(b, PORT_GC, i, p->gc[i]);
	if (b->video == VIDEO_SVGA)
		vbe_put_setup(b, t->vbe);
	put_attributes(b, p);
	put_colors(b, t);
	port_out(b, PORT_MISC, p->misc);
	if (bios_is_text(b))
		bios_load_font(b, 0, bios_font(p->height), 0, 256, p->height);
	start_attributes(b);
	port_out(b, PORT_ATTR, ATTR_SHOW);
	put_indexed(b, PORT_SEQ, 1, p->seq[0]);
}

static void fill_data_area(struct bios *b, const struct setting *t, bool clear)
{
	const struct parameters *p = &t->p;
	uint8_t mode = t->mode->mode, kept = bda8(b, BDA_VIDEO_CONTROL) & NO_CURSOR_EMULATION;

	set_bda8(b, BDA_MODE, mode);
	set_bda16(b, BDA_COLUMNS, p->columns);
	set_bda16(b, BDA_PAGE_SIZE, p->page_size[0] | p->page_size[1] << 8);
	set_bda16(b, BDA_CRTC, p->misc & MISC_COLOR ? PORT_CRTC : PORT_CRTC - MONO);
	set_bda8(b, BDA_MODE_REGISTER, t->mode->mode_register);
	set_bda8(b, BDA_PALETTE, mode == 6 ? 0x3f : 0x30);
	set_bda8(b, BDA_ROWS, p->rows);
	set_bda16(b, BDA_CHAR_HEIGHT, p->height);
	set_bda16(b, BDA_CURSOR_SHAPE, bios_card(b)->write_only && mode == MODE_MONO ? 0x0b0c : 0x0607);
	set_bda8(b, BDA_VIDEO_CONTROL, 0x60 | kept | (clear ? 0 : 0x80) |
		 (bios_card(b)->mono ? MONO_MONITOR : 0));
}

/* INT 43h: what text is drawn with in graphics modes; 1Fh: in those of the CGA, the
 * characters from 80h on.  */
static void set_font_vectors(struct bios *b, unsigned height)
{
	struct far upper = bios_font(8);

	upper.off += 128 * 8;
	guest_wfar(b->guest, 0, 0x43 * 4, bios_font(height));
	guest_wfar(b->guest, 0, 0x1f * 4, upper);
}

static void set(struct bios *b, const struct setting *t, uint16_t vesa_mode, bool clear)
{
	fill_data_area(b, t, clear);
	set_ebda16(b, EBDA_VESA_MODE, vesa_mode);
	program(b, t);
	if (bios_card(b)->write_only)		/* its table has lines of eight */
		bios_set_cursor_shape(b, bda16(b, BDA_CURSOR_SHAPE));
	set_font_vectors(b, t->p.height);
	for (unsigned page = 0; page < 8; page++)
		bios_set_cursor(b, page, 0, 0);
	bios_set_page(b, 0);
	if (clear)
		bios_clear_memory(b);
	bios_palette_is_set(b);
	bios_take_user_font(b, t->mode->mode);
}

bool bios_can_set_mode(const struct bios *b, uint8_t mode)
{
	if (!bios_card(b)->planar)
		return bios_has_crt_mode(b, mode);
	if (bios_card(b)->mono)			/* others than 7 are 7 */
		return mode <= MODE_MONO || mode == MODE_MONO_DOTS;
	if (bios_card(b)->write_only)		/* with its colour monitor */
		return mode <= 6 || mode == 0x0d || mode == 0x0e || mode == 0x10;
	return bios_has_mode(mode);
}

static void set_planar_mode(struct bios *b, uint8_t mode, bool clear)
{
	const struct mode *m = find_mode(mode);
	unsigned row = row_of(b, m);
	struct setting t = { m, bios_parameters(b, row), m->color, NULL };

	if (mode <= 3 && row < ROW_350)
		t.color = bios_cga_color;
	set(b, &t, mode, clear);
}

void bios_set_mode(struct bios *b, uint8_t mode, bool clear)
{
	if (bios_card(b)->planar && bios_card(b)->mono && mode != MODE_MONO_DOTS)
		mode = MODE_MONO;
	if (bios_card(b)->planar)
		set_planar_mode(b, mode, clear);
	else
		bios_set_crt_mode(b, mode, clear);
}

bool bios_has_vesa_mode(uint16_t mode)
{
	return mode >= VESA_TEXT && mode < VESA_TEXT + ROWS - ROW_VESA;
}

void bios_set_vesa_mode(struct bios *b, uint16_t mode, bool clear)
{
	struct setting t = {
		&vesa_text, bios_parameters(b, ROW_VESA + mode - VESA_TEXT), vesa_text.color,
		NULL,
	};

	set(b, &t, mode, clear);
}

void bios_set_vbe_mode(struct bios *b, const struct vbe_mode *m, const struct vbe_setup *s,
		       uint16_t flags)
{
	struct mode mode = {
		BIOS_VBE_MODE, 0, m->depth == 4 ? bios_ega_color : bios_vga_color, 0x29 };
	struct setting t = { &mode, s->p, mode.color, s };

	set(b, &t, m->number | (flags & VBE_LINEAR), !(flags & VBE_KEEP));
}
