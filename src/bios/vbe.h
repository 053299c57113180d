/* vbe.h - VESA's BIOS extension on an SVGA card: what its files offer each other.
 *
 *	vesa.c		the table of functions, what there is, setting a mode
 *	vbecalls.c	functions of the mode that is set
 *	vbemodes.c	the modes, and what the card's registers hold in them
 *	vbedraw.c	dots and characters where the memory is flat
 *	vberom.c	what programs find of it in the card's ROM, and call there
 *
 * Sources: VESA BIOS Extension (VBE) Core Functions Standard 3.0; for the functions of
 * 16-bit programs, Super VGA BIOS Extension VS911022 (1.2); VBE/PM 1.0, VBE/DDC 1.0.  */

#ifndef BIOS_VBE_H
#define BIOS_VBE_H

#include "bios/parts.h"

#define VBE_LINEAR_AT	0xe0000000u	/* where the BIOS puts the linear frame buffer */
#define VBE_WINDOW	0x10000u

enum {					/* with the number of a mode */
	VBE_NUMBER = 0x37ff, VBE_TIMED = 0x0800, VBE_LINEAR = 0x4000, VBE_KEEP = 0x8000,
};

enum {					/* of the S3; the counters' upper bits */
	S3_MEMORY = 0x31, S3_WRAP = 0x32, S3_BANK = 0x35, S3_LOCK_1 = 0x38, S3_LOCK_2 = 0x39,
	S3_MISC_1 = 0x3a, S3_MODE = 0x43, S3_SYSTEM_2 = 0x51, S3_LINEAR = 0x58,
	S3_LINEAR_HIGH = 0x59, S3_LINEAR_LOW = 0x5a, S3_H_OVERFLOW = 0x5d,
	S3_V_OVERFLOW = 0x5e, S3_COLORS = 0x67, S3_START = 0x69, S3_WINDOW = 0x6a,
	SEQ_LOCK = 0x08, SEQ_SYNC = 0x0d, SEQ_DCLK_LOW = 0x12, SEQ_DCLK_HIGH = 0x13,
	SEQ_DAC = 0x1b, DAC_WIDE = 0x10,
};

enum { CRTC_START_HIGH = 0x0c, CRTC_START_LOW = 0x0d, CRTC_OFFSET = 0x13 };

struct vbe_mode {
	uint16_t number, width, height;
	uint8_t depth;			/* 4: in four planes; 8, 15, 16, 24, 32 */
};

/* One line, or one picture: shown, synchronisation begins, ends, all; in pixels and in scan
 * lines.  */
struct vbe_timing {
	uint16_t h[4], v[4];
	bool doubled;			/* each line is shown twice; v counts both */
	bool h_negative, v_negative;
	uint32_t hz;			/* pixels a second */
};

/* What the registers hold.  */
struct vbe_setup {
	struct parameters p;
	bool flat;
	uint8_t offset_high, h_overflow, v_overflow, colors, clock_low, clock_high;
};

/* vbemodes.c */
/* The graphics mode of a number.  False: there is none, or the card's memory has no room
 * for it.  */
#define VBE_FIRST	0x100
#define VBE_END		0x200
bool vbe_find_mode(const struct bios *b, uint16_t number, struct vbe_mode *m);
/* The one that is set; false: it is none of VBE's graphics modes.  */
bool vbe_mode_now(const struct bios *b, struct vbe_mode *m);
struct vbe_timing vbe_timing(const struct vbe_mode *m);
struct vbe_setup vbe_setup(const struct vbe_mode *m, const struct vbe_timing *t);
/* Bytes of a line of a plane, or of all the memory if that is flat.  */
unsigned vbe_pitch(const struct vbe_mode *m);
unsigned vbe_pixel(const struct vbe_mode *m);
uint32_t vbe_memory(const struct bios *b, const struct vbe_mode *m);	/* of a plane, or all */
bool vbe_is_doubled(const struct vbe_mode *m);
/* The clock nearest to a frequency that the card can make; and its registers' contents.  */
uint32_t vbe_clock(uint32_t hz, uint8_t *low, uint8_t *high);
/* The card's extensions as the mode has them; NULL: as a VGA.  */
void vbe_put_setup(struct bios *b, const struct vbe_setup *s);

/* modes.c: registers, colours, data area.  flags: VBE_LINEAR, VBE_KEEP.  */
void bios_set_vbe_mode(struct bios *b, const struct vbe_mode *m, const struct vbe_setup *s,
		       uint16_t flags);

/* vbecalls.c: by the functions of INT 10h/4Fh.  */
typedef enum svc vbe_fn(struct bios *b, struct guest *g);
vbe_fn vbe_window, vbe_scan_line, vbe_display_start, vbe_dac_width, vbe_palette, vbe_protected,
	vbe_pixel_clock, vbe_power, vbe_display_data;
enum { VBE_OK = 0x004f, VBE_FAILED = 0x014f, VBE_NOT_HERE = 0x024f, VBE_NOT_NOW = 0x034f };
enum svc vbe_answer(struct guest *g, uint16_t ax);
void vbe_set_window(struct bios *b, uint8_t bank);
uint8_t vbe_get_window(struct bios *b);
unsigned vbe_line_bytes(struct bios *b, const struct vbe_mode *m);

/* vbedraw.c: bytes of the memory as seen through the window, wherever its banks end.  */
void vbe_copy_in(struct bios *b, void *to, uint32_t at, size_t n);
void vbe_copy_out(struct bios *b, uint32_t at, const void *from, size_t n);
void vbe_clear(struct bios *b, const struct vbe_mode *m);
/* Does the mode that is set have flat memory?  Then the functions of graphics.c are these. */
bool vbe_is_flat(const struct bios *b);
void vbe_draw_character(struct bios *b, unsigned column, unsigned row, const uint8_t *glyph,
			unsigned height, uint8_t attr);
void vbe_see_character(struct bios *b, unsigned column, unsigned row, uint8_t *glyph,
		       unsigned height);
void vbe_copy_rows(struct bios *b, unsigned to, unsigned from, unsigned left, unsigned right,
		   unsigned height);
void vbe_fill_rows(struct bios *b, unsigned row, unsigned left, unsigned right,
		   unsigned height, uint8_t color);
void vbe_set_pixel(struct bios *b, unsigned x, unsigned y, uint8_t color);
uint8_t vbe_get_pixel(struct bios *b, unsigned x, unsigned y);

/* vberom.c: places in the card's ROM, and what is there.  */
#define VBE_ROM_SEG	0xc000
enum {
	VBE_ROM_OEM = 0x100, VBE_ROM_VENDOR = 0x120, VBE_ROM_PRODUCT = 0x140,
	VBE_ROM_REVISION = 0x160, VBE_ROM_WINDOW = 0x180, VBE_ROM_MODES = 0x200,
	VBE_ROM_PROTECTED = 0x400,
};
void vbe_put_rom(const struct bios *b, uint8_t *rom);
unsigned vbe_protected_size(void);

#endif
