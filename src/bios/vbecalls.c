/* vbecalls.c - INT 10h/4F05h to 4F0Bh, 10h and 15h: what programs do with the mode that is
 * set.  Of two windows, and of stereo pictures, there is but one.  */

#include "bios/vbe.h"

#define DAC_BITS	6
#define DDC_BLOCK	128

enum { SYNC_STANDBY = 0x10, SYNC_SUSPEND = 0x40, SYNC_BITS = 0xf0, STATUS0 = 0x3c2,
       RETRACE_END = 0x11, RETRACED = 0x80, ATTR_PAN = 0x13 };

enum svc vbe_answer(struct guest *g, uint16_t ax)
{
	cpu_set16(g->cpu, CPU_AX, ax);
	return SVC_DONE;
}

/* --- 05h ------------------------------------------------------------------------- */

void vbe_set_window(struct bios *b, uint8_t bank)
{
	bios_crtc(b, S3_WINDOW, bank);
}

uint8_t vbe_get_window(struct bios *b)
{
	return bios_get_crtc(b, S3_WINDOW);
}

enum svc vbe_window(struct bios *b, struct guest *g)
{
	uint16_t bank = cpu_get16(g->cpu, CPU_DX);
	struct vbe_mode m;

	if (!vbe_mode_now(b, &m))
		return vbe_answer(g, VBE_NOT_NOW);
	if (reg_bl(g) != 0 || reg_bh(g) > 1)
		return vbe_answer(g, VBE_FAILED);
	if (reg_bh(g) == 1) {
		cpu_set16(g->cpu, CPU_DX, vbe_get_window(b));
		return vbe_answer(g, VBE_OK);
	}
	if (bank >= (vbe_memory(b, &m) + VBE_WINDOW - 1) / VBE_WINDOW)
		return vbe_answer(g, VBE_FAILED);
	vbe_set_window(b, bank);
	return vbe_answer(g, VBE_OK);
}

/* --- 06h ------------------------------------------------------------------------- */

static unsigned unit_of(const struct vbe_mode *m)
{
	return m->depth == 4 ? 2 : 8;		/* bytes, of the CRTC's offset */
}

unsigned vbe_line_bytes(struct bios *b, const struct vbe_mode *m)
{
	unsigned high = bios_get_crtc(b, S3_SYSTEM_2) >> 4 & 3;

	return (bios_get_crtc(b, CRTC_OFFSET) | high << 8) * unit_of(m);
}

static void set_line_bytes(struct bios *b, const struct vbe_mode *m, unsigned bytes)
{
	unsigned offset = bytes / unit_of(m);

	bios_crtc(b, S3_SYSTEM_2, (bios_get_crtc(b, S3_SYSTEM_2) & ~0x30) | offset >> 8 << 4);
	bios_crtc(b, CRTC_OFFSET, offset);
}

/* The largest whose offset is in ten bits, and which leaves room for a picture.  */
static unsigned most_line_bytes(const struct bios *b, const struct vbe_mode *m)
{
	unsigned most = vbe_memory(b, m) / m->height, all = 1023 * unit_of(m);

	return (most < all ? most : all) / unit_of(m) * unit_of(m);
}

static unsigned pixels_of(const struct vbe_mode *m, unsigned bytes)
{
	return m->depth == 4 ? bytes * 8 : bytes / vbe_pixel(m);
}

/* BL: 0 set by pixels, 1 get, 2 set by bytes, 3 the longest.  */
enum svc vbe_scan_line(struct bios *b, struct guest *g)
{
	uint16_t cx = cpu_get16(g->cpu, CPU_CX);
	unsigned how = reg_bl(g), bytes, most, unit;
	struct vbe_mode m;

	if (!vbe_mode_now(b, &m))
		return vbe_answer(g, VBE_NOT_NOW);
	most = most_line_bytes(b, &m);
	unit = unit_of(&m);
	if (how > 3)
		return vbe_answer(g, VBE_FAILED);
	if (how == 0 || how == 2) {
		bytes = how == 2 ? cx : m.depth == 4 ? (cx + 7u) / 8 : cx * vbe_pixel(&m);
		bytes = (bytes + unit - 1) / unit * unit;
		if (bytes < vbe_pitch(&m))
			bytes = vbe_pitch(&m);
		if (bytes > most)
			return vbe_answer(g, how == 2 ? VBE_NOT_HERE : VBE_FAILED);
		set_line_bytes(b, &m, bytes);
	}
	bytes = how == 3 ? most : vbe_line_bytes(b, &m);
	if (!bytes)				/* a program has put that there */
		return vbe_answer(g, VBE_FAILED);
	cpu_set16(g->cpu, CPU_BX, bytes);
	cpu_set16(g->cpu, CPU_CX, pixels_of(&m, bytes));
	cpu_set16(g->cpu, CPU_DX, vbe_memory(b, &m) / bytes < 0xffff ? vbe_memory(b, &m) / bytes : 0xffff);
	return vbe_answer(g, VBE_OK);
}

/* --- 07h ------------------------------------------------------------------------- */

/* The first pixel that is shown.  The CRTC counts in groups of four bytes, of the planes or
 * of flat memory; the attribute controller pans by the rest.  */
static void put_start(struct bios *b, const struct vbe_mode *m, uint32_t pixel)
{
	unsigned size = m->depth == 4 ? 0 : vbe_pixel(m), per = size == 3 ? 4 : size ? 4 / size : 8;
	uint32_t address = size == 3 ? pixel / 4 * 3 : pixel / per;
	unsigned pan = pixel % per;

	bios_crtc(b, CRTC_START_HIGH, address >> 8);
	bios_crtc(b, CRTC_START_LOW, address);
	bios_crtc(b, S3_START, address >> 16);
	bios_set_attr(b, ATTR_PAN, size ? 2 * pan : pan);
}

static uint32_t get_start(struct bios *b, const struct vbe_mode *m)
{
	uint32_t address = bios_get_crtc(b, S3_START) << 16 |
		bios_get_crtc(b, CRTC_START_HIGH) << 8 | bios_get_crtc(b, CRTC_START_LOW);
	unsigned pan = bios_attr(b, ATTR_PAN) & 7;

	if (m->depth == 4)
		return address * 8 + pan;
	return address * 4 / vbe_pixel(m) + pan / 2;
}

/* The flip-flop of the retrace interrupt, which stays off the bus, tells that one has
 * begun.  */
static void await_retrace(struct bios *b)
{
	uint8_t val = bios_get_crtc(b, RETRACE_END) | 0x20;

	bios_crtc(b, RETRACE_END, val & ~0x10);
	bios_crtc(b, RETRACE_END, val | 0x10);
}

static bool has_retraced(struct bios *b)
{
	return port_in(b, STATUS0) & RETRACED;
}

/* A picture that takes longer than this is none.  */
#define LONGEST_NS	UINT64_C(100000000)
#define LOOK_NS		UINT64_C(100000)

/* note[0-1]: when to give up.  */
static enum svc wait_retrace(struct bios *b, struct guest *g)
{
	uint32_t *note = guest_frame(g)->note;
	vtime end = (vtime)note[1] << 32 | note[0];

	if (guest_step(g) == 0) {
		await_retrace(b);
		end = b->sched->now + LONGEST_NS;
		note[0] = end;
		note[1] = end >> 32;
	} else {
		guest_restore(g);
	}
	if (!has_retraced(b) && b->sched->now < end)
		return bios_sleep(b, 1, b->sched->now + LOOK_NS);
	return vbe_answer(g, VBE_OK);
}

/* The last line that begins there ends inside the memory.  */
static bool is_inside(struct bios *b, const struct vbe_mode *m, uint32_t pixel)
{
	return pixel < pixels_of(m, vbe_memory(b, m));
}

/* ECX: by bytes.  */
static bool start_by_bytes(const struct vbe_mode *m, uint32_t bytes, uint32_t *pixel)
{
	*pixel = m->depth == 4 ? bytes * 8 : bytes / vbe_pixel(m);
	return bytes < 0x10000000;
}

/* BL: 0 set, 1 get, 2 set by bytes, at the next retrace, 4 has that come; 80h, 82h: and wait
 * for it.  The card takes the start at the retrace in any case.  */
enum svc vbe_display_start(struct bios *b, struct guest *g)
{
	uint8_t how = reg_bl(g);
	struct vbe_mode m;
	uint32_t pixel;
	unsigned line;

	if (guest_step(g) != 0)
		return wait_retrace(b, g);
	if (!vbe_mode_now(b, &m))
		return vbe_answer(g, VBE_NOT_NOW);
	line = pixels_of(&m, vbe_line_bytes(b, &m));
	if (!line)
		return vbe_answer(g, VBE_FAILED);
	switch (how) {
	case 0x00:
	case 0x80:
		pixel = (uint32_t)cpu_get16(g->cpu, CPU_DX) * line + cpu_get16(g->cpu, CPU_CX);
		break;
	case 0x01:
		pixel = get_start(b, &m);
		set_bh(g, 0);
		cpu_set16(g->cpu, CPU_CX, pixel % line);
		cpu_set16(g->cpu, CPU_DX, pixel / line);
		return vbe_answer(g, VBE_OK);
	case 0x02:
	case 0x82:
		if (!start_by_bytes(&m, g->cpu->reg[CPU_CX], &pixel))
			return vbe_answer(g, VBE_FAILED);
		break;
	case 0x04:
		cpu_set16(g->cpu, CPU_CX, has_retraced(b));
		return vbe_answer(g, VBE_OK);
	default:
		return vbe_answer(g, VBE_NOT_HERE);
	}
	if (!is_inside(b, &m, pixel))
		return vbe_answer(g, VBE_FAILED);
	put_start(b, &m, pixel);
	if (how & 0x80)
		return wait_retrace(b, g);
	if (how == 0x02)
		await_retrace(b);
	return vbe_answer(g, VBE_OK);
}

/* --- 08h, 09h ---------------------------------------------------------------------- */

static unsigned dac_width(struct bios *b)
{
	return bios_seq(b, SEQ_DAC) & DAC_WIDE ? 8 : 6;
}

/* BL 0: as many bits of a colour as BH, if there are; 1: get.  */
enum svc vbe_dac_width(struct bios *b, struct guest *g)
{
	struct vbe_mode m;

	if (!vbe_mode_now(b, &m) || m.depth > 8)
		return vbe_answer(g, VBE_NOT_NOW);
	if (reg_bl(g) > 1)
		return vbe_answer(g, VBE_FAILED);
	if (reg_bl(g) == 0) {
		uint8_t other = bios_seq(b, SEQ_DAC) & ~DAC_WIDE;

		bios_set_seq(b, SEQ_DAC, reg_bh(g) >= 8 ? other | DAC_WIDE : other);
	}
	set_bh(g, dac_width(b));
	return vbe_answer(g, VBE_OK);
}

static void move_color(struct bios *b, struct guest *g, uint16_t at, bool set)
{
	uint16_t es = g->cpu->seg[CPU_ES].sel;

	for (unsigned i = 3; i-- > 0;) {	/* blue is the first of four bytes */
		if (set)
			port_out(b, PORT_DAC + 1, guest_r8(g, es, at + i));
		else
			guest_w8(g, es, at + i, port_in(b, PORT_DAC + 1));
	}
	if (!set)
		guest_w8(g, es, at + 3, 0);
}

/* BL 0, 80h: set; 1: get.  CX colours from DX on, at ES:DI.  Setting is done between two
 * lines of the picture anyway.  */
enum svc vbe_palette(struct bios *b, struct guest *g)
{
	unsigned how = reg_bl(g) & 0x7f, count = cpu_get16(g->cpu, CPU_CX);
	unsigned first = cpu_get16(g->cpu, CPU_DX);
	uint16_t di = cpu_get16(g->cpu, CPU_DI);

	if (how > 1)
		return vbe_answer(g, how < 4 ? VBE_NOT_HERE : VBE_FAILED);
	if (first + count > 256)
		return vbe_answer(g, VBE_FAILED);
	port_out(b, how ? PORT_DAC - 1 : PORT_DAC, first);
	for (unsigned i = 0; i < count; i++)
		move_color(b, g, di + 4 * i, how == 0);
	return vbe_answer(g, VBE_OK);
}

/* --- 0Ah, 0Bh ---------------------------------------------------------------------- */

enum svc vbe_protected(struct bios *b, struct guest *g)
{
	(void)b;
	if (reg_bl(g) != 0)
		return vbe_answer(g, VBE_FAILED);
	cpu_load_real(g->cpu, CPU_ES, VBE_ROM_SEG);
	cpu_set16(g->cpu, CPU_DI, VBE_ROM_PROTECTED);
	cpu_set16(g->cpu, CPU_CX, vbe_protected_size());
	return vbe_answer(g, VBE_OK);
}

/* Which clock would be there if ECX was asked for in mode DX.  */
enum svc vbe_pixel_clock(struct bios *b, struct guest *g)
{
	struct vbe_mode m;
	unsigned by;
	uint8_t low, high;

	if (reg_bl(g) != 0 ||
	    !vbe_find_mode(b, cpu_get16(g->cpu, CPU_DX) & VBE_NUMBER, &m))
		return vbe_answer(g, VBE_FAILED);
	by = vbe_pixel(&m) == 2 ? 2 : 1;
	if (g->cpu->reg[CPU_CX] > UINT32_MAX / by)
		return vbe_answer(g, VBE_FAILED);
	g->cpu->reg[CPU_CX] = vbe_clock(g->cpu->reg[CPU_CX] * by, &low, &high) / by;
	return vbe_answer(g, VBE_OK);
}

/* --- 10h ------------------------------------------------------------------------- */

/* The monitor sleeps when it misses one of the synchronisations, or both.  Of a card that
 * is locked nothing is changed.  */
static uint8_t sync_of(uint8_t state)
{
	switch (state) {
	case 1:
		return SYNC_STANDBY;
	case 2:
		return SYNC_SUSPEND;
	case 4:
		return SYNC_STANDBY | SYNC_SUSPEND;
	default:
		return 0;
	}
}

static void set_power(struct bios *b, uint8_t sync)
{
	uint8_t lock = bios_seq(b, SEQ_LOCK);

	bios_set_seq(b, SEQ_LOCK, 0x06);
	bios_set_seq(b, SEQ_SYNC, (bios_seq(b, SEQ_SYNC) & ~SYNC_BITS) | sync);
	bios_set_seq(b, SEQ_LOCK, lock);
}

/* BL 0: what there is; 1: BH becomes the state; 2: get it.  States: 0 on, 1 standby, 2
 * suspended, 4 off.  */
enum svc vbe_power(struct bios *b, struct guest *g)
{
	uint8_t state = reg_bh(g), sync;

	switch (reg_bl(g)) {
	case 0:
		cpu_set16(g->cpu, CPU_BX, 0x0710);
		return vbe_answer(g, VBE_OK);
	case 1:
		if (state != 0 && state != 1 && state != 2 && state != 4)
			return vbe_answer(g, VBE_NOT_HERE);
		set_power(b, sync_of(state));
		return vbe_answer(g, VBE_OK);
	case 2:
		sync = bios_seq(b, SEQ_SYNC) & SYNC_BITS;
		set_bh(g, sync == 0 ? 0 : sync == SYNC_STANDBY ? 1 : sync == SYNC_SUSPEND ? 2 : 4);
		return vbe_answer(g, VBE_OK);
	default:
		return vbe_answer(g, VBE_FAILED);
	}
}

/* --- 15h ------------------------------------------------------------------------- */

/* A monitor of 1995 that takes all our modes: EDID 1.2 (VESA Extended Display
 * Identification Data Standard).  Analogue, 36 by 27 cm, gamma 2.2, sRGB's colours; the
 * established timings; 1600x1200, 1280x1024 at 60; detailed: 1024x768 at 60, its limits, its
 * name.  */
static const uint8_t edid[DDC_BLOCK - 1] = {
	0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00,
	0x11, 0xf6, 0x01, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x05,	/* "DOV" */
	0x01, 0x02, 0x08, 0x24, 0x1b, 0x78, 0xea,
	0xee, 0x95, 0xa3, 0x54, 0x4c, 0x99, 0x26, 0x0f, 0x50, 0x54,
	0xff, 0xef, 0x80, 0xa9, 0x40, 0x81, 0x80, 0x71, 0x4f,
	0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01, 0x01,
	0x64, 0x19, 0x00, 0x40, 0x41, 0x00, 0x26, 0x30, 0x18, 0x88, 0x36, 0x00,
	0x68, 0x0e, 0x11, 0x00, 0x00, 0x18,
	0x00, 0x00, 0x00, 0xfd, 0x00, 0x32, 0x5a, 0x1e, 0x64, 0x11, 0x00, 0x0a,
	0x20, 0x20, 0x20, 0x20, 0x20, 0x20,
	0x00, 0x00, 0x00, 0xfc, 0x00, 'd', 'o', 's', 'v', 'm', 0x0a, 0x20,
	0x20, 0x20, 0x20, 0x20, 0x20, 0x20,
	0x00, 0x00, 0x00, 0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
	0x00,
};

/* BL 0: DDC1 and DDC2B, and a block takes a second; 1: block DX at ES:DI.  */
enum svc vbe_display_data(struct bios *b, struct guest *g)
{
	uint16_t es = g->cpu->seg[CPU_ES].sel, di = cpu_get16(g->cpu, CPU_DI);
	uint8_t sum = 0;

	(void)b;
	if (reg_bl(g) == 0) {
		cpu_set16(g->cpu, CPU_BX, 0x0103);
		return vbe_answer(g, VBE_OK);
	}
	if (reg_bl(g) != 1 || cpu_get16(g->cpu, CPU_DX) != 0)
		return vbe_answer(g, VBE_FAILED);
	for (unsigned i = 0; i < sizeof edid; i++) {
		guest_w8(g, es, di + i, edid[i]);
		sum += edid[i];
	}
	guest_w8(g, es, di + sizeof edid, -sum);
	return vbe_answer(g, VBE_OK);
}
