/* videostate.c - INT 10h/1Ah, 1Bh, 1Ch: what the card is, what it is doing, and all of
 * that put away and back.  */

#include "bios/parts.h"
#include "bios/vbe.h"

#define BLOCK		64
#define SEQS		5
#define CRTCS		25
#define ATTRS		21
#define GCS		9
#define COLORS		256

/* AL 0: read; 1: set.  08h is a VGA with a colour display.  */
enum svc bios_int10_display_code(void *room, struct guest *g)
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

/* --- 1Bh ------------------------------------------------------------------------- */

static uint16_t colors_of(uint8_t mode)
{
	static const uint16_t colors[] = {
		[0x00] = 16, 16, 16, 16, 4, 4, 2, 0,
		[0x0d] = 16, 16, 0, 16, 2, 16, 256 };

	return mode < sizeof colors / sizeof *colors ? colors[mode] : 0;
}

static uint8_t pages_of(const struct bios *b)
{
	static const uint8_t pages[] = { [0x04] = 1, 1, 1, [0x0d] = 8, 4, 2, 2, 1, 1, 1 };
	uint8_t mode = bda8(b, BDA_MODE);
	uint16_t size = bda16(b, BDA_PAGE_SIZE);

	if (!bios_is_text(b))
		return mode < sizeof pages ? pages[mode] : 0;
	return size > 0x1000 ? 0x8000 / size : 8;
}

/* 200, 350, 400, 480 as 0 to 3.  */
static uint8_t scan_lines(struct bios *b)
{
	static const uint8_t lines[4] = { 2, 2, 1, 3 };

	return bios_get_crtc(b, 9) & 0x80 ? 0 : lines[port_in(b, 0x3cc) >> 6];
}

/* All modes on all displays; summing; blink or bright; the cursor's emulation, the
 * palette's loading.  */
static uint8_t miscellaneous(struct bios *b)
{
	uint8_t vga = bda8(b, BDA_VGA_CONTROL);

	return 0x01 | (vga & VGA_SUMS_GREYS ? 0x02 : 0) | (bda8(b, BDA_MODE) == 7 ? 0x04 : 0) |
		(vga & VGA_KEEP_PALETTE ? 0x08 : 0) |
		(bda8(b, BDA_VIDEO_CONTROL) & NO_CURSOR_EMULATION ? 0 : 0x10) |
		(bda8(b, BDA_MODE_REGISTER) & 0x20);
}

/* The save pointer table's entries that lead somewhere.  */
static uint8_t save_areas(struct bios *b)
{
	static const struct { uint8_t at, bit; } area[] = {
		{ 4, 0x02 }, { 8, 0x04 }, { 12, 0x08 } };
	struct far save = guest_rfar(b->guest, BDA, BDA_VIDEO_SAVE);
	uint8_t found = 0x20;			/* display combinations */

	for (size_t i = 0; i < sizeof area / sizeof *area && (save.seg || save.off); i++) {
		struct far at = guest_rfar(b->guest, save.seg, save.off + area[i].at);

		if (at.seg || at.off)
			found |= area[i].bit;
	}
	return found;
}

/* 64 bytes at ES:DI: where the table of what the card can do is, the data area from
 * the mode on, and the state.  */
enum svc bios_int10_functionality(void *room, struct guest *g)
{
	struct bios *b = room;
	uint16_t es = g->cpu->seg[CPU_ES].sel, di = cpu_get16(g->cpu, CPU_DI);
	uint8_t fonts = bios_seq(b, 3);

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
	guest_w16(g, es, di + 0x27, colors_of(bda8(b, BDA_MODE)));
	guest_w8(g, es, di + 0x29, pages_of(b));
	guest_w8(g, es, di + 0x2a, scan_lines(b));
	guest_w8(g, es, di + 0x2b, (fonts & 3) | (fonts >> 4 & 1) << 2);
	guest_w8(g, es, di + 0x2c, (fonts >> 2 & 3) | (fonts >> 5 & 1) << 2);
	guest_w8(g, es, di + 0x2d, miscellaneous(b));
	guest_w8(g, es, di + 0x31, 3);			/* 256 KiB */
	guest_w8(g, es, di + 0x32, save_areas(b));
	set_al(g, 0x1b);
	return SVC_DONE;
}

/* --- 1Ch ------------------------------------------------------------------------- */

/* Bytes are moved one after the other; the same code puts away and back, so that the
 * two agree.  */
struct mover { struct bios *b; struct far at; bool save; };

static uint8_t move(struct mover *m, uint8_t val)
{
	struct guest *g = m->b->guest;

	if (m->save)
		guest_w8(g, m->at.seg, m->at.off, val);
	else
		val = guest_r8(g, m->at.seg, m->at.off);
	m->at.off++;
	return val;
}

static void move_crtc(struct mover *m)
{
	enum { PROTECTING = 0x11, PROTECT = 0x80 };
	struct bios *b = m->b;

	if (!m->save)
		bios_crtc(b, PROTECTING, bios_get_crtc(b, PROTECTING) & ~PROTECT);
	for (unsigned i = 0; i < CRTCS; i++) {
		uint8_t val = move(m, m->save ? bios_get_crtc(b, i) : 0);

		if (!m->save)
			bios_crtc(b, i, i == PROTECTING ? val & ~PROTECT : val);
	}
}

static void move_hardware(struct mover *m)
{
	struct bios *b = m->b;
	uint8_t misc = move(m, port_in(b, 0x3cc)), val;

	if (!m->save) {
		port_out(b, PORT_MISC, misc);
		set_bda16(b, BDA_CRTC, misc & 1 ? PORT_CRTC : PORT_CRTC - MONO);
	}
	for (unsigned i = 1; i < SEQS; i++) {
		val = move(m, bios_seq(b, i));
		if (!m->save)
			bios_set_seq(b, i, val);
	}
	move_crtc(m);
	for (unsigned i = 0; i < GCS; i++) {
		val = move(m, bios_gc(b, i));
		if (!m->save)
			bios_set_gc(b, i, val);
	}
	for (unsigned i = 0; i < ATTRS; i++) {
		val = move(m, bios_attr(b, i));
		if (!m->save)
			bios_set_attr(b, i, val);
	}
}

static void move_guest(struct mover *m, uint16_t seg, uint16_t from, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		uint8_t val = move(m, guest_r8(m->b->guest, seg, from + i));

		if (!m->save)
			guest_w8(m->b->guest, seg, from + i, val);
	}
}

/* The data area's three places; INT 05h, 1Dh, 1Fh, 43h.  */
static void move_data(struct mover *m)
{
	move_guest(m, BDA, BDA_MODE, BDA_PALETTE + 1 - BDA_MODE);
	move_guest(m, BDA, BDA_ROWS, BDA_DISPLAY_CODE + 1 - BDA_ROWS);
	move_guest(m, BDA, BDA_VIDEO_SAVE, 4);
	move_guest(m, EBDA_SEG, EBDA_VESA_MODE, 2);
	move_guest(m, 0, 0x05 * 4, 4);
	move_guest(m, 0, 0x1d * 4, 4);
	move_guest(m, 0, 0x1f * 4, 4);
	move_guest(m, 0, 0x43 * 4, 4);
}

static void move_colors(struct mover *m)
{
	struct bios *b = m->b;
	uint8_t mask = move(m, port_in(b, PORT_PEL_MASK));
	uint8_t select = move(m, bios_attr(b, ATTRS - 1));

	port_out(b, m->save ? PORT_DAC - 1 : PORT_DAC, 0);
	for (unsigned i = 0; i < 3 * COLORS; i++) {
		uint8_t val = move(m, m->save ? port_in(b, PORT_DAC + 1) : 0);

		if (!m->save)
			port_out(b, PORT_DAC + 1, val);
	}
	if (!m->save) {
		port_out(b, PORT_PEL_MASK, mask);
		bios_set_attr(b, ATTRS - 1, select);
	}
}

/* An SVGA card's.  They come first, so that the rest finds the colours as wide as they
 * were; those with the keys, before and after the others.  */
static const uint8_t s3_crtc[] = {
	S3_MEMORY, S3_WRAP, S3_MISC_1, S3_MODE, S3_SYSTEM_2, S3_LINEAR_HIGH, S3_LINEAR_LOW,
	S3_LINEAR, S3_H_OVERFLOW, S3_V_OVERFLOW, S3_COLORS, S3_START, S3_WINDOW,
};
static const uint8_t s3_seq[] = { SEQ_SYNC, SEQ_DCLK_LOW, SEQ_DCLK_HIGH, SEQ_DAC };

static void move_s3(struct mover *m)
{
	struct bios *b = m->b;
	uint8_t lock_1 = move(m, bios_get_crtc(b, S3_LOCK_1));
	uint8_t lock_2 = move(m, bios_get_crtc(b, S3_LOCK_2));
	uint8_t lock = move(m, bios_seq(b, SEQ_LOCK)), val;

	if (!m->save) {
		bios_crtc(b, S3_LOCK_1, 0x48);
		bios_crtc(b, S3_LOCK_2, 0xa5);
		bios_set_seq(b, SEQ_LOCK, 0x06);
	}
	for (size_t i = 0; i < sizeof s3_crtc; i++) {
		val = move(m, bios_get_crtc(b, s3_crtc[i]));
		if (!m->save)
			bios_crtc(b, s3_crtc[i], val);
	}
	for (size_t i = 0; i < sizeof s3_seq; i++) {
		val = move(m, bios_seq(b, s3_seq[i]));
		if (!m->save)
			bios_set_seq(b, s3_seq[i], val);
	}
	if (!m->save) {
		bios_set_seq(b, SEQ_LOCK, lock);
		bios_crtc(b, S3_LOCK_1, lock_1);
		bios_crtc(b, S3_LOCK_2, lock_2);
	}
}

#define SVGA_STATE	8

static const struct { uint8_t bit; void (*move)(struct mover *m); unsigned bytes; } part[] = {
	{ SVGA_STATE, move_s3, 3 + sizeof s3_crtc + sizeof s3_seq },
	{ 1, move_hardware, 1 + SEQS - 1 + CRTCS + GCS + ATTRS },
	{ 2, move_data, BDA_PALETTE + 1 - BDA_MODE + BDA_DISPLAY_CODE + 1 - BDA_ROWS + 4 + 2 + 4 * 4 },
	{ 4, move_colors, 2 + 3 * COLORS },
};

bool bios_move_state(struct bios *b, struct guest *g, uint8_t how, uint16_t what)
{
	struct mover m = {
		b, { cpu_get16(g->cpu, CPU_BX), g->cpu->seg[CPU_ES].sel }, how == VIDEO_SAVE,
	};
	unsigned bytes = 0;

	if (b->video != VIDEO_SVGA)
		what &= ~SVGA_STATE;
	if (how > VIDEO_RESTORE || what == 0 || what > 15)
		return false;
	for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
		if (!(what & part[i].bit))
			continue;
		bytes += part[i].bytes;
		if (how != VIDEO_SIZE)
			part[i].move(&m);
	}
	if (how == VIDEO_SIZE)
		cpu_set16(g->cpu, CPU_BX, (bytes + BLOCK - 1) / BLOCK);
	return true;
}

enum svc bios_int10_save_restore(void *room, struct guest *g)
{
	if (cpu_get16(g->cpu, CPU_CX) < SVGA_STATE &&
	    bios_move_state(room, g, reg_al(g), cpu_get16(g->cpu, CPU_CX)))
		set_al(g, 0x1c);
	return SVC_DONE;
}
