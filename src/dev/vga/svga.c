/* svga.c - S3's registers, as a Trio64 has them (S3 Trio32/Trio64 Integrated Graphics
 * Accelerators, "S3 VGA registers", "System control registers", "Extended sequencer
 * registers").
 *
 * What such a card has beside them is not here: the drawing engine (CR40 bit 0 lets nothing
 * answer at its ports), the hardware cursor, interlaced pictures.  The DAC is on the chip
 * and has no registers behind RS2.  For pixels of three bytes, which a Trio64 cannot show,
 * CR67 has 7 in its upper half; a Trio64V+ needs its streams processor for them.  */

#include "dev/vga/parts.h"

#include <string.h>

#include "state/state.h"

enum {
	CR_ID_HIGH = 0x2d, CR_ID_LOW = 0x2e, CR_REVISION = 0x2f, CR_ID = 0x30,
	CR_CONFIG_1 = 0x36, CR_CONFIG_2 = 0x37, CR_LOCK_1 = 0x38, CR_LOCK_2 = 0x39,
	CR_CONFIG_3 = 0x68, CR_START_HIGH = 0x69, CR_BANK = 0x6a, CR_CONFIG_4 = 0x6f,
	SR_LOCK = 0x08, SR_SYNC = 0x0d, SR_DCLK_LOW = 0x12, SR_DCLK_HIGH = 0x13, SR_DAC = 0x1b,
	DAC_WIDE = 0x10, SYNC_OFF = 0xf0, CONFIG_UNLOCKED = 0xa5, VL_BUS = 0x01,
};

#define CRYSTAL		14318180u
#define BANKS		0x7f
#define STARTS		0x1f

static uint8_t seq(const struct vga *v, unsigned n)
{
	return v->s3.seq[n - S3_SEQ];
}

/* --- What they mean -------------------------------------------------------------- */

bool vga_is_flat(const struct vga *v)
{
	return vga_s3(v, S3_MEMORY) & MEMORY_ENHANCED && vga_s3(v, S3_MISC_1) & MISC_1_ENHANCED;
}

unsigned vga_s3_depth(const struct vga *v)
{
	static const uint8_t depth[16] = { [3] = 15, [5] = 16, [7] = 24, [0xd] = 32 };
	unsigned n = depth[vga_s3(v, S3_COLORS) >> 4];

	return n ? n : 8;
}

/* (M + 2) / ((N + 2) * 2^R) of the crystal's frequency.  */
uint32_t vga_s3_clock(const struct vga *v)
{
	unsigned m = seq(v, SR_DCLK_HIGH) & 0x7f, n = seq(v, SR_DCLK_LOW) & 0x1f;
	unsigned r = seq(v, SR_DCLK_LOW) >> 5 & 3;

	return (uint64_t)CRYSTAL * (m + 2) / ((n + 2) << r);
}

bool vga_s3_sleeps(const struct vga *v)
{
	return seq(v, SR_SYNC) & SYNC_OFF;
}

/* --- Reading --------------------------------------------------------------------- */

/* Of a counter with several ways to it the register's own bits follow it.  */
uint8_t vga_s3_read_crtc(const struct vga *v, unsigned n)
{
	uint8_t val = vga_s3(v, n);

	switch (n) {
	case S3_MEMORY:
		return (val & ~0x30) | (v->s3.start & 3) << 4;
	case S3_BANK:
		return (val & ~0x0f) | (v->s3.bank & 0x0f);
	case S3_SYSTEM_2:
		return (val & ~0x0f) | (v->s3.start >> 2 & 3) | (v->s3.bank >> 4 & 3) << 2;
	case CR_START_HIGH:
		return v->s3.start;
	case CR_BANK:
		return v->s3.bank;
	default:
		return val;
	}
}

uint8_t vga_s3_read_seq(const struct vga *v, unsigned n)
{
	return seq(v, n);
}

/* --- Writing --------------------------------------------------------------------- */

/* Two keys open two groups of registers, and a third one the configuration.  */
static bool is_open(const struct vga *v, unsigned n)
{
	uint8_t lock_1 = vga_s3(v, CR_LOCK_1), lock_2 = vga_s3(v, CR_LOCK_2);

	switch (n) {
	case CR_LOCK_1:
	case CR_LOCK_2:
		return true;
	case CR_ID_HIGH:
	case CR_ID_LOW:
	case CR_REVISION:
	case CR_ID:
		return false;
	case CR_CONFIG_1:
	case CR_CONFIG_2:
	case CR_CONFIG_3:
	case CR_CONFIG_4:
		return lock_2 == CONFIG_UNLOCKED;
	default:
		return n < 0x40 ? (lock_1 & 0xcc) == 0x48 : (lock_2 & 0xe0) == 0xa0;
	}
}

static void set_counters(struct vga *v, unsigned n, uint8_t val)
{
	uint8_t bank = v->s3.bank, start = v->s3.start;

	switch (n) {
	case S3_MEMORY:
		start = (start & ~3) | (val >> 4 & 3);
		break;
	case S3_BANK:
		bank = (bank & ~0x0f) | (val & 0x0f);
		break;
	case S3_SYSTEM_2:
		start = (start & ~0x0c) | (val & 3) << 2;
		bank = (bank & ~0x30) | (val >> 2 & 3) << 4;
		break;
	case CR_START_HIGH:
		start = val & STARTS;
		break;
	case CR_BANK:
		bank = val & BANKS;
		break;
	}
	v->s3.bank = bank;
	if (v->s3.start != start)		/* waits for the retrace, as its lower bits do */
		v->draw.redraw = 2;
	v->s3.start = start;
}

/* The bank changes far more often than anything that is seen.  */
static bool shows(unsigned n)
{
	return n != S3_BANK && n != CR_BANK && n != CR_START_HIGH && n != CR_LOCK_1 &&
		n != CR_LOCK_2;
}

void vga_s3_write_crtc(struct vga *v, unsigned n, uint8_t val)
{
	if (!is_open(v, n))
		return;
	if (shows(n) && vga_s3_read_crtc(v, n) != val)
		vga_catch_up(v);
	v->s3.crtc[n - S3_CRTC] = val;
	set_counters(v, n, val);
	vga_reorder(v);
	if (shows(n))
		vga_retime(v);
}

void vga_s3_write_seq(struct vga *v, unsigned n, uint8_t val)
{
	if (n != SR_LOCK && (seq(v, SR_LOCK) & 0x0f) != 0x06)
		return;
	if (n == SR_SYNC && (seq(v, n) ^ val) & SYNC_OFF)
		vga_catch_up(v);
	v->s3.seq[n - S3_SEQ] = val;
	if (n == SR_DCLK_LOW || n == SR_DCLK_HIGH)
		vga_retime(v);
	else if (n == SR_DAC)
		vga_dac_width(v, val & DAC_WIDE);
}

/* --- Reset, snapshot ------------------------------------------------------------- */

/* CR36, bits 7-5.  */
static uint8_t memory_code(uint32_t size)
{
	return size >= 0x800000 ? 3 : size >= 0x400000 ? 0 : size >= 0x200000 ? 4 : 6;
}

/* The clock is the VGA's first.  */
void vga_reset_s3(struct vga *v)
{
	static const struct { uint8_t n, val; } crtc[] = {
		{ CR_ID_HIGH, 0x88 }, { CR_ID_LOW, 0x11 }, { CR_REVISION, 0x00 }, { CR_ID, 0xe1 } };

	memset(&v->s3, 0, sizeof v->s3);
	for (unsigned i = 0; i < sizeof crtc / sizeof *crtc; i++)
		v->s3.crtc[crtc[i].n - S3_CRTC] = crtc[i].val;
	v->s3.crtc[CR_CONFIG_1 - S3_CRTC] = memory_code(v->vram_size) << 5 | VL_BUS;
	v->s3.seq[SR_DCLK_LOW - S3_SEQ] = 0x49;
	v->s3.seq[SR_DCLK_HIGH - S3_SEQ] = 0x4b;
}

void vga_s3_state(struct vga *v, struct state *st)
{
	uint32_t size = v->vram_size;

	state_section(st, "s3", 1);
	state_u32(st, &size);
	if (size != v->vram_size)
		state_fail(st, "its video card has %u KiB of memory, this one %u", size >> 10,
			   v->vram_size >> 10);
	state_bytes(st, v->s3.crtc, sizeof v->s3.crtc);
	state_bytes(st, v->s3.seq, sizeof v->s3.seq);
	state_u8(st, &v->s3.bank);
	state_u8(st, &v->s3.start);
	state_memory(st, v->vram, v->vram_size);
}
