/* vbemodes.c - VESA's graphics modes on the SVGA card: their numbers, and what the
 * registers hold in them.  Numbers up to 11Bh are the standard's; those above are not given
 * by anybody, and programs have to look for them.  Modes of 24 million colours, 10Fh to
 * 11Fh, have four bytes a pixel, as on cards of this family; those of three have numbers
 * of their own.  */

#include "bios/vbe.h"

#include <string.h>

#define DEPTHS	6

static const uint8_t depths[DEPTHS] = { 4, 8, 15, 16, 24, 32 };

/* Numbers by depth, 0: there is no such mode.  Rates are those of VESA's monitor timings
 * (Display Monitor Timing Standard 1.0), halved with the width for narrow pictures; the
 * lines of the largest are a little shorter, so that with two clocks a pixel they are
 * within the nine bits of the CRTC.  */
static const struct size {
	uint16_t width, height, number[DEPTHS];
	struct vbe_timing t;
} sizes[] = {
	{ 320, 200, { 0, 0x150, 0x10d, 0x10e, 0x180, 0x10f },
	  { { 320, 328, 376, 400 }, { 400, 412, 414, 449 }, true, true, false, 12587500 } },
	{ 320, 240, { 0, 0x151, 0x160, 0x170, 0x181, 0x190 },
	  { { 320, 328, 376, 400 }, { 480, 490, 492, 525 }, true, true, true, 12587500 } },
	{ 320, 400, { 0, 0x152, 0x161, 0x171, 0x182, 0x191 },
	  { { 320, 328, 376, 400 }, { 400, 412, 414, 449 }, false, true, false, 12587500 } },
	{ 320, 480, { 0, 0x153, 0x162, 0x172, 0x183, 0x192 },
	  { { 320, 328, 376, 400 }, { 480, 490, 492, 525 }, false, true, true, 12587500 } },
	{ 400, 300, { 0, 0x154, 0x163, 0x173, 0x184, 0x193 },
	  { { 400, 424, 488, 528 }, { 600, 601, 605, 628 }, true, false, false, 20000000 } },
	{ 512, 384, { 0, 0x155, 0x164, 0x174, 0x185, 0x194 },
	  { { 512, 528, 592, 672 }, { 768, 771, 777, 806 }, true, true, true, 32500000 } },
	{ 640, 350, { 0, 0x156, 0x166, 0x176, 0x186, 0x196 },
	  { { 640, 656, 752, 800 }, { 350, 387, 389, 449 }, false, false, true, 25175000 } },
	{ 640, 400, { 0, 0x100, 0x165, 0x175, 0x187, 0x195 },
	  { { 640, 656, 752, 800 }, { 400, 412, 414, 449 }, false, true, false, 25175000 } },
	{ 640, 480, { 0, 0x101, 0x110, 0x111, 0x188, 0x112 },
	  { { 640, 656, 752, 800 }, { 480, 490, 492, 525 }, false, true, true, 25175000 } },
	{ 800, 600, { 0x102, 0x103, 0x113, 0x114, 0x189, 0x115 },
	  { { 800, 840, 968, 1056 }, { 600, 601, 605, 628 }, false, false, false, 40000000 } },
	{ 1024, 768, { 0x104, 0x105, 0x116, 0x117, 0x18a, 0x118 },
	  { { 1024, 1048, 1184, 1344 }, { 768, 771, 777, 806 }, false, true, true, 65000000 } },
	{ 1152, 864, { 0, 0x157, 0x167, 0x177, 0x18b, 0x197 },
	  { { 1152, 1216, 1344, 1600 }, { 864, 865, 868, 900 }, false, false, false, 108000000 } },
	{ 1280, 1024, { 0x106, 0x107, 0x119, 0x11a, 0x18c, 0x11b },
	  { { 1280, 1328, 1440, 1688 }, { 1024, 1025, 1028, 1066 }, false, false, false, 108000000 } },
	{ 1600, 1200, { 0, 0x11c, 0x11d, 0x11e, 0x18d, 0x11f },
	  { { 1600, 1664, 1856, 2064 }, { 1200, 1201, 1204, 1250 }, false, false, false, 154800000 } },
};

#define SIZES	(sizeof sizes / sizeof *sizes)

/* --- Which there are ------------------------------------------------------------- */

unsigned vbe_pixel(const struct vbe_mode *m)
{
	return (m->depth + 7) / 8;
}

unsigned vbe_pitch(const struct vbe_mode *m)
{
	return m->depth == 4 ? m->width / 8 : m->width * vbe_pixel(m);
}

uint32_t vbe_memory(const struct bios *b, const struct vbe_mode *m)
{
	return m->depth == 4 ? b->video_memory / 4 : b->video_memory;
}

bool vbe_is_doubled(const struct vbe_mode *m)
{
	return vbe_timing(m).doubled;
}

static bool has_room(const struct bios *b, const struct vbe_mode *m)
{
	return b->video == VIDEO_SVGA && vbe_pitch(m) * m->height <= vbe_memory(b, m);
}

static struct vbe_mode nth(unsigned i)
{
	const struct size *s = &sizes[i / DEPTHS];

	return (struct vbe_mode){ s->number[i % DEPTHS], s->width, s->height, depths[i % DEPTHS] };
}

bool vbe_find_mode(const struct bios *b, uint16_t number, struct vbe_mode *m)
{
	for (unsigned n = 0; number && n < SIZES * DEPTHS; n++) {
		*m = nth(n);
		if (m->number == number)
			return has_room(b, m);
	}
	return false;
}

bool vbe_mode_now(const struct bios *b, struct vbe_mode *m)
{
	return b->video == VIDEO_SVGA &&
		vbe_find_mode(b, ebda16(b, EBDA_VESA_MODE) & VBE_NUMBER, m) &&
		bda8(b, BDA_MODE) == BIOS_VBE_MODE;
}

struct vbe_timing vbe_timing(const struct vbe_mode *m)
{
	const struct size *s = sizes;

	while (s->width != m->width || s->height != m->height)
		s++;
	return s->t;
}

/* --- Registers ------------------------------------------------------------------- */

#define CRYSTAL	14318180u

static uint32_t made(unsigned m, unsigned n, unsigned r)
{
	return (uint64_t)CRYSTAL * (m + 2) / ((n + 2) << r);
}

static uint32_t apart(uint32_t a, uint32_t b)
{
	return a > b ? a - b : b - a;
}

uint32_t vbe_clock(uint32_t hz, uint8_t *low, uint8_t *high)
{
	uint32_t best = 0;

	for (unsigned r = 0; r < 4; r++)
		for (unsigned n = 1; n < 32; n++) {
			uint64_t m = (((uint64_t)hz * (n + 2) << r) + CRYSTAL / 2) / CRYSTAL;

			if (m < 3 || m > 129 || (best && apart(made(m - 2, n, r), hz) >= apart(best, hz)))
				continue;
			best = made(m - 2, n, r);
			*low = r << 5 | n;
			*high = m - 2;
		}
	return best;
}

/* A pixel of two bytes takes two clocks.  */
static unsigned clocks(const struct vbe_mode *m)
{
	return vbe_pixel(m) == 2 ? 2 : 1;
}

static uint8_t bit(unsigned from, unsigned n, unsigned to)
{
	return (from >> n & 1) << to;
}

/* Characters of eight clocks.  */
static void put_horizontal(struct vbe_setup *s, const struct vbe_mode *m,
			   const struct vbe_timing *t)
{
	uint8_t *c = s->p.crtc;
	unsigned h[4];

	for (unsigned i = 0; i < 4; i++)
		h[i] = t->h[i] * clocks(m) / 8;
	c[0] = h[3] - 5;
	c[1] = h[0] - 1;
	c[2] = h[0];
	c[3] = 0x80 | ((h[3] - 1) & 0x1f);
	c[4] = h[1];
	c[5] = (h[2] & 0x1f) | bit(h[3] - 1, 5, 7);
	s->h_overflow = bit(h[3] - 5, 8, 0) | bit(h[0] - 1, 8, 1) | bit(h[0], 8, 2) |
		bit(h[1], 8, 4);
}

static void put_vertical(struct vbe_setup *s, const struct vbe_mode *m, const struct vbe_timing *t)
{
	unsigned total = t->v[3] - 2, end = t->v[0] - 1, blank = t->v[0], sync = t->v[1];
	unsigned lines = t->v[0] / m->height;
	uint8_t *c = s->p.crtc;

	c[0x06] = total;
	c[0x07] = bit(total, 8, 0) | bit(end, 8, 1) | bit(sync, 8, 2) | bit(blank, 8, 3) | 0x10 |
		bit(total, 9, 5) | bit(end, 9, 6) | bit(sync, 9, 7);
	c[0x09] = 0x40 | bit(blank, 9, 5) | (t->doubled ? 0x80 | (lines / 2 - 1) : lines - 1);
	c[0x10] = sync;
	c[0x11] = 0xa0 | (t->v[2] & 15);	/* protected; no interrupt */
	c[0x12] = end;
	c[0x15] = blank;
	c[0x16] = total;
	c[0x18] = 0xff;
	s->v_overflow = bit(total, 10, 0) | bit(end, 10, 1) | bit(blank, 10, 2) |
		bit(sync, 10, 4) | 0x40;
}

/* The number of colours, CR67; the standard's memory models.  */
static uint8_t colors_of(uint8_t depth)
{
	switch (depth) {
	case 15:
		return 0x30;
	case 16:
		return 0x50;
	case 24:
		return 0x70;
	case 32:
		return 0xd0;
	default:
		return 0;
	}
}

static const uint8_t attr_flat[20] = {
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0x41, 0, 15, 0 };
static const uint8_t attr_planes[20] = {
	0, 1, 2, 3, 4, 5, 0x14, 7, 0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f, 1, 0, 15, 0 };

struct vbe_setup vbe_setup(const struct vbe_mode *m, const struct vbe_timing *t)
{
	unsigned height = m->height >= 400 ? 16 : m->height >= 350 ? 14 : 8;
	struct vbe_setup s = {
		.flat = m->depth != 4, .colors = colors_of(m->depth),
		.p = {
			.columns = m->width / 8, .rows = m->height / height - 1, .height = height,
			.seq = { 0x01, 0x0f, 0x00, m->depth == 4 ? 0x06 : 0x0e },
			.misc = 0x2f | t->h_negative << 6 | t->v_negative << 7,
			.gc = { 0, 0, 0, 0, 0, m->depth == 4 ? 0x00 : 0x40, 0x05, 0x0f, 0xff },
		},
	};
	unsigned offset = vbe_pitch(m) / (s.flat ? 8 : 2);

	put_horizontal(&s, m, t);
	put_vertical(&s, m, t);
	s.p.crtc[CRTC_OFFSET] = offset;
	s.offset_high = offset >> 8;
	s.p.crtc[0x14] = s.flat ? 0x60 : 0;
	s.p.crtc[0x17] = 0xe3;
	memcpy(s.p.attr, s.flat ? attr_flat : attr_planes, sizeof s.p.attr);
	vbe_clock(t->hz * clocks(m), &s.clock_low, &s.clock_high);
	return s;
}

/* The keys are left in the locks while a mode needs the registers.  */
void vbe_put_setup(struct bios *b, const struct vbe_setup *s)
{
	static const struct vbe_setup vga = { .clock_low = 0x49, .clock_high = 0x4b };
	const struct vbe_setup *e = s ? s : &vga;
	const struct { uint8_t index, val; } crtc[] = {
		{ S3_LOCK_1, 0x48 }, { S3_LOCK_2, 0xa5 },
		{ S3_MEMORY, !s ? 0 : e->flat ? 0x09 : 0x01 }, { S3_WRAP, s ? 0 : 0x40 },
		{ S3_MISC_1, e->flat ? 0x10 : 0 }, { S3_MODE, 0 },
		{ S3_SYSTEM_2, e->offset_high << 4 }, { S3_LINEAR_HIGH, VBE_LINEAR_AT >> 24 },
		{ S3_LINEAR_LOW, VBE_LINEAR_AT >> 16 & 0xff }, { S3_LINEAR, e->flat ? 0x13 : 0 },
		{ S3_H_OVERFLOW, e->h_overflow }, { S3_V_OVERFLOW, e->v_overflow },
		{ S3_COLORS, e->colors }, { S3_START, 0 }, { S3_WINDOW, 0 },
		{ S3_LOCK_2, s ? 0xa5 : 0 }, { S3_LOCK_1, s ? 0x48 : 0 },
	};
	const struct { uint8_t index, val; } seq[] = {
		{ SEQ_LOCK, 0x06 }, { SEQ_SYNC, 0 }, { SEQ_DCLK_LOW, e->clock_low },
		{ SEQ_DCLK_HIGH, e->clock_high }, { SEQ_DAC, 0 }, { SEQ_LOCK, s ? 0x06 : 0 },
	};

	for (size_t i = 0; i < sizeof crtc / sizeof *crtc; i++)
		bios_crtc(b, crtc[i].index, crtc[i].val);
	for (size_t i = 0; i < sizeof seq / sizeof *seq; i++)
		bios_set_seq(b, seq[i].index, seq[i].val);
}
