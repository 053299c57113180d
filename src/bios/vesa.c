/* vesa.c - INT 10h/4Fh: VESA's BIOS extension.  4Fh in AL says that the function is there,
 * AH how it went.
 *
 * An SVGA card has version 3.0, with graphics modes.  A VGA has version 1.2, and of it the
 * text modes: 80x60, 132x25, 132x43, 132x50 and 132x60 (VESA Super VGA Standard
 * VS891001).  */

#include "bios/vbe.h"

#include <stddef.h>

#define INFO_SIZE	256
#define INFO_SIZE_2	512		/* for those who know of version 2.0 */
#define LAST_IBM	0x13
#define MEMORY_64K	4		/* blocks of it that a VGA has */
#define TIMING_SIZE	19
#define LEAST_HZ	1000000u	/* that a program may ask for */
#define MOST_HZ		400000000u

static void clear(struct guest *g, struct far at, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		guest_w8(g, at.seg, at.off + i, 0);
}

static struct far buffer(struct guest *g)
{
	return (struct far){ cpu_get16(g->cpu, CPU_DI), g->cpu->seg[CPU_ES].sel };
}

/* --- 00h ------------------------------------------------------------------------- */

static bool begins_with(struct guest *g, struct far at, const char *text)
{
	for (unsigned i = 0; i < 4; i++)
		if (guest_r8(g, at.seg, at.off + i) != (uint8_t)text[i])
			return false;
	return true;
}

static struct far in_card_rom(uint16_t off)
{
	return (struct far){ off, VBE_ROM_SEG };
}

/* The colours may have eight bits.  */
static void svga_information(struct bios *b, struct guest *g, struct far at, bool more)
{
	guest_w16(g, at.seg, at.off + 0x04, 0x0300);
	guest_wfar(g, at.seg, at.off + 0x06, in_card_rom(VBE_ROM_OEM));
	guest_w32(g, at.seg, at.off + 0x0a, 0x00000001);
	guest_wfar(g, at.seg, at.off + 0x0e, in_card_rom(VBE_ROM_MODES));
	guest_w16(g, at.seg, at.off + 0x12, b->video_memory >> 16);
	if (!more)
		return;
	guest_w16(g, at.seg, at.off + 0x14, 0x0100);
	guest_wfar(g, at.seg, at.off + 0x16, in_card_rom(VBE_ROM_VENDOR));
	guest_wfar(g, at.seg, at.off + 0x1a, in_card_rom(VBE_ROM_PRODUCT));
	guest_wfar(g, at.seg, at.off + 0x1e, in_card_rom(VBE_ROM_REVISION));
}

static enum svc information(struct bios *b, struct guest *g)
{
	static const char signature[4] = { 'V', 'E', 'S', 'A' };
	struct far at = buffer(g);
	bool svga = b->video == VIDEO_SVGA, more = svga && begins_with(g, at, "VBE2");

	clear(g, at, more ? INFO_SIZE_2 : INFO_SIZE);
	for (unsigned i = 0; i < 4; i++)
		guest_w8(g, at.seg, at.off + i, signature[i]);
	if (svga) {
		svga_information(b, g, at, more);
		return vbe_answer(g, VBE_OK);
	}
	guest_w16(g, at.seg, at.off + 4, 0x0102);
	guest_wfar(g, at.seg, at.off + 6, (struct far){ ROM_VESA_NAME, GUEST_ROM_SEG });
	guest_wfar(g, at.seg, at.off + 14, (struct far){ ROM_VESA_MODES, GUEST_ROM_SEG });
	guest_w16(g, at.seg, at.off + 18, MEMORY_64K);
	return vbe_answer(g, VBE_OK);
}

/* --- 01h ------------------------------------------------------------------------- */

/* Attributes: supported, with what follows, BIOS output, colour; one window, at B800h,
 * that can be read and written and does not move.  */
static void text_information(struct bios *b, struct guest *g, struct far at, uint16_t mode)
{
	struct parameters p = bios_parameters(b, ROW_VESA + mode - VESA_TEXT);

	guest_w16(g, at.seg, at.off, 0x000f);
	guest_w8(g, at.seg, at.off + 0x02, 0x07);
	guest_w16(g, at.seg, at.off + 0x04, 32);		/* KiB: granularity, size */
	guest_w16(g, at.seg, at.off + 0x06, 32);
	guest_w16(g, at.seg, at.off + 0x08, 0xb800);
	guest_w16(g, at.seg, at.off + 0x10, p.columns * 2);
	guest_w16(g, at.seg, at.off + 0x12, p.columns);
	guest_w16(g, at.seg, at.off + 0x14, p.rows + 1);
	guest_w8(g, at.seg, at.off + 0x16, 8);
	guest_w8(g, at.seg, at.off + 0x17, p.height);
	guest_w8(g, at.seg, at.off + 0x18, 4);			/* planes, */
	guest_w8(g, at.seg, at.off + 0x19, 4);			/* bits a dot */
	guest_w8(g, at.seg, at.off + 0x1a, 1);			/* bank */
}

enum {					/* attributes of a mode */
	MODE_SUPPORTED = 0x0001, MODE_MORE = 0x0002, MODE_TTY = 0x0004, MODE_COLOR = 0x0008,
	MODE_GRAPHICS = 0x0010, MODE_NOT_VGA = 0x0020, MODE_LINEAR = 0x0080,
	MODE_DOUBLED = 0x0100, MODE_FLIPS = 0x0400,
	MODEL_PLANES = 3, MODEL_PACKED = 4, MODEL_DIRECT = 6,
};

static uint16_t attributes_of(const struct vbe_mode *m)
{
	uint16_t a = MODE_SUPPORTED | MODE_MORE | MODE_TTY | MODE_COLOR | MODE_GRAPHICS | MODE_FLIPS;

	if (m->depth != 4)
		a |= MODE_NOT_VGA | MODE_LINEAR;
	return vbe_is_doubled(m) ? a | MODE_DOUBLED : a;
}

/* Red, green, blue, the rest: how many bits, and from which.  */
static void put_masks(struct guest *g, struct far at, uint8_t depth)
{
	static const uint8_t of_15[] = { 5, 10, 5, 5, 5, 0, 1, 15 };
	static const uint8_t of_16[] = { 5, 11, 6, 5, 5, 0, 0, 0 };
	static const uint8_t of_24[] = { 8, 16, 8, 8, 8, 0, 0, 0 };
	static const uint8_t of_32[] = { 8, 16, 8, 8, 8, 0, 8, 24 };
	const uint8_t *mask = depth == 15 ? of_15 : depth == 16 ? of_16 : depth == 24 ? of_24 : of_32;

	for (unsigned i = 0; i < 8; i++)
		guest_w8(g, at.seg, at.off + i, mask[i]);
}

static void graphics_information(struct bios *b, struct guest *g, struct far at,
				 const struct vbe_mode *m)
{
	struct vbe_timing t = vbe_timing(m);
	struct vbe_setup s = vbe_setup(m, &t);
	unsigned pitch = vbe_pitch(m), images = vbe_memory(b, m) / (pitch * m->height) - 1;

	images = images < 255 ? images : 255;
	guest_w16(g, at.seg, at.off, attributes_of(m));
	guest_w8(g, at.seg, at.off + 0x02, 0x07);
	guest_w16(g, at.seg, at.off + 0x04, VBE_WINDOW >> 10);
	guest_w16(g, at.seg, at.off + 0x06, VBE_WINDOW >> 10);
	guest_w16(g, at.seg, at.off + 0x08, 0xa000);
	guest_wfar(g, at.seg, at.off + 0x0c, in_card_rom(VBE_ROM_WINDOW));
	guest_w16(g, at.seg, at.off + 0x10, pitch);
	guest_w16(g, at.seg, at.off + 0x12, m->width);
	guest_w16(g, at.seg, at.off + 0x14, m->height);
	guest_w8(g, at.seg, at.off + 0x16, 8);
	guest_w8(g, at.seg, at.off + 0x17, s.p.height);
	guest_w8(g, at.seg, at.off + 0x18, m->depth == 4 ? 4 : 1);
	guest_w8(g, at.seg, at.off + 0x19, m->depth);
	guest_w8(g, at.seg, at.off + 0x1a, 1);
	guest_w8(g, at.seg, at.off + 0x1b, m->depth == 4 ? MODEL_PLANES :
		 m->depth == 8 ? MODEL_PACKED : MODEL_DIRECT);
	guest_w8(g, at.seg, at.off + 0x1d, images);
	guest_w8(g, at.seg, at.off + 0x1e, 1);
	if (m->depth > 8) {
		put_masks(g, (struct far){ at.off + 0x1f, at.seg }, m->depth);
		put_masks(g, (struct far){ at.off + 0x36, at.seg }, m->depth);
		guest_w8(g, at.seg, at.off + 0x27, m->depth == 15 || m->depth == 32 ? 2 : 0);
	}
	guest_w16(g, at.seg, at.off + 0x32, m->depth == 4 ? 0 : pitch);
	guest_w8(g, at.seg, at.off + 0x34, images);
	guest_w8(g, at.seg, at.off + 0x35, m->depth == 4 ? 0 : images);
	guest_w32(g, at.seg, at.off + 0x3e, MOST_HZ);
	if (m->depth != 4)
		guest_w32(g, at.seg, at.off + 0x28, VBE_LINEAR_AT);
}

static enum svc mode_information(struct bios *b, struct guest *g)
{
	uint16_t mode = cpu_get16(g->cpu, CPU_CX) & ~(VBE_LINEAR | VBE_KEEP);
	struct far at = buffer(g);
	struct vbe_mode m;

	if (!bios_has_vesa_mode(mode) && !vbe_find_mode(b, mode, &m))
		return vbe_answer(g, VBE_FAILED);
	clear(g, at, INFO_SIZE);
	if (bios_has_vesa_mode(mode))
		text_information(b, g, at, mode);
	else
		graphics_information(b, g, at, &m);
	return vbe_answer(g, VBE_OK);
}

/* --- 02h, 03h ---------------------------------------------------------------------- */

/* What a program wants in place of the mode's timing, at ES:DI: all, and where the
 * synchronisation is, across and down; flags; pixels a second.  */
static bool take_timing(struct guest *g, struct vbe_mode *m, struct vbe_timing *t)
{
	static const struct { uint8_t at; bool down; uint8_t n; } word[] = {
		{ 0, false, 3 }, { 2, false, 1 }, { 4, false, 2 },
		{ 6, true, 3 }, { 8, true, 1 }, { 10, true, 2 } };
	struct far from = buffer(g);
	uint8_t bytes[TIMING_SIZE];

	guest_copy_in(g, bytes, from.seg, from.off, sizeof bytes);
	for (unsigned i = 0; i < 6; i++)
		(word[i].down ? t->v : t->h)[word[i].n] = bytes[word[i].at] | bytes[word[i].at + 1] << 8;
	t->doubled = bytes[12] & 1;
	t->h_negative = bytes[12] & 4;
	t->v_negative = bytes[12] & 8;
	t->hz = bytes[13] | bytes[14] << 8 | bytes[15] << 16 | (uint32_t)bytes[16] << 24;
	t->h[0] = m->width;
	t->v[0] = t->doubled ? 2 * m->height : m->height;
	for (unsigned i = 0; i < 3; i++)
		if (t->h[i] > t->h[i + 1] || t->v[i] > t->v[i + 1])
			return false;
	return !(bytes[12] & 2) && t->h[3] <= 4096 / (vbe_pixel(m) == 2 ? 2 : 1) &&
		t->v[3] <= 2049 && t->hz >= LEAST_HZ && t->hz <= MOST_HZ;
}

static enum svc set_graphics(struct bios *b, struct guest *g, uint16_t how, struct vbe_mode *m)
{
	struct vbe_timing t = vbe_timing(m);
	struct vbe_setup s;

	if (how & VBE_LINEAR && m->depth == 4)
		return vbe_answer(g, VBE_FAILED);
	if (how & VBE_TIMED && !take_timing(g, m, &t))
		return vbe_answer(g, VBE_FAILED);
	s = vbe_setup(m, &t);
	bios_set_vbe_mode(b, m, &s, how);
	return vbe_answer(g, VBE_OK);
}

static enum svc set_mode(struct bios *b, struct guest *g)
{
	uint16_t how = cpu_get16(g->cpu, CPU_BX), mode = how & ~VBE_KEEP;
	bool clears = !(how & VBE_KEEP);
	struct vbe_mode m;

	bios_is_full_screen(b);
	if (vbe_find_mode(b, how & VBE_NUMBER, &m))
		return set_graphics(b, g, how, &m);
	if (bios_has_vesa_mode(mode))
		bios_set_vesa_mode(b, mode, clears);
	else if (mode <= LAST_IBM && bios_has_mode(mode))
		bios_set_mode(b, mode, clears);
	else
		return vbe_answer(g, VBE_FAILED);
	return vbe_answer(g, VBE_OK);
}

static enum svc get_mode(struct bios *b, struct guest *g)
{
	uint16_t kept = bda8(b, BDA_VIDEO_CONTROL) & 0x80 ? VBE_KEEP : 0;

	cpu_set16(g->cpu, CPU_BX, ebda16(b, EBDA_VESA_MODE) | kept);
	return vbe_answer(g, VBE_OK);
}

/* --- 04h ------------------------------------------------------------------------- */

static enum svc move_state(struct bios *b, struct guest *g)
{
	if (!bios_move_state(b, g, reg_dl(g), cpu_get16(g->cpu, CPU_CX)))
		return vbe_answer(g, VBE_FAILED);
	return vbe_answer(g, VBE_OK);
}

/* --- The table ----------------------------------------------------------------------- */

/* A VGA has the first, and those of graphics modes fail.  */
static const struct { const char *name; vbe_fn *serve; } function[] = {
	{ "VESA information", information }, { "VESA mode information", mode_information },
	{ "set VESA mode", set_mode }, { "get VESA mode", get_mode },
	{ "save and restore VESA state", move_state }, { "VESA window", vbe_window },
	{ "VESA scan line length", vbe_scan_line }, { "VESA display start", vbe_display_start },
	{ "VESA DAC width", vbe_dac_width }, { "VESA palette", vbe_palette },
	{ "VESA protected mode interface", vbe_protected }, { "VESA pixel clock", vbe_pixel_clock },
	[0x10] = { "VESA display power", vbe_power }, [0x15] = { "VESA display data", vbe_display_data },
};

#define FUNCTIONS	(sizeof function / sizeof *function)
#define VGA_FUNCTIONS	9
#define VGA_SERVES	5

const char *bios_vesa_name(uint8_t al)
{
	return al < FUNCTIONS ? function[al].name : NULL;
}

enum svc bios_int10_vesa(void *room, struct guest *g)
{
	uint8_t al = guest_caller(g)->reg[CPU_AX];
	struct bios *b = room;

	if (al >= FUNCTIONS || !function[al].serve ||
	    (b->video != VIDEO_SVGA && al >= VGA_FUNCTIONS))
		return SVC_DONE;
	if (b->video != VIDEO_SVGA && al >= VGA_SERVES)
		return vbe_answer(g, VBE_FAILED);
	return function[al].serve(b, g);
}
