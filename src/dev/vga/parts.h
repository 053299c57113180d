/* parts.h - what the files of the card offer each other.  */

#ifndef DEV_VGA_PARTS_H
#define DEV_VGA_PARTS_H

#include "dev/vga/vga.h"

enum {
	MISC_COLOR = 0x01, MISC_RAM = 0x02, MISC_CLOCK = 0x0c, MISC_PAGE = 0x20, MISC_V_SYNC = 0x80,
	MISC_DRIVERS_OFF = 0x10,	/* EGA */
	ENABLE_VIDEO = 0x01,		/* port 3C3h */
};

enum {					/* sequencer */
	SEQ_CLOCKING = 1, SEQ_MAP_MASK = 2, SEQ_FONTS = 3, SEQ_MEMORY = 4,
	CLOCKING_8_DOTS = 0x01, CLOCKING_HALF = 0x08, CLOCKING_SCREEN_OFF = 0x20,
	MEMORY_SEQUENTIAL = 0x04, MEMORY_CHAIN4 = 0x08,
};

enum {					/* graphics controller */
	GC_SET = 0, GC_ENABLE_SET = 1, GC_COMPARE = 2, GC_ROTATE = 3, GC_READ_MAP = 4,
	GC_MODE = 5, GC_MISC = 6, GC_CARE = 7, GC_BIT_MASK = 8,
	MODE_READ = 0x08, MODE_ODD_EVEN = 0x10, MODE_INTERLEAVE = 0x20, MODE_256 = 0x40,
	MISC_GRAPHICS = 0x01, MISC_CHAIN = 0x02, MISC_MAP = 0x0c,
};

enum {					/* CRT controller */
	CRTC_H_TOTAL = 0x00, CRTC_H_SHOWN = 0x01, CRTC_H_BLANK = 0x02, CRTC_V_TOTAL = 0x06, CRTC_OVERFLOW = 0x07,
	CRTC_PRESET = 0x08, CRTC_MAX_SCAN = 0x09, CRTC_CURSOR_START = 0x0a,
	CRTC_CURSOR_END = 0x0b, CRTC_START_HIGH = 0x0c, CRTC_START_LOW = 0x0d,
	CRTC_CURSOR_HIGH = 0x0e, CRTC_CURSOR_LOW = 0x0f, CRTC_RETRACE = 0x10,
	CRTC_RETRACE_END = 0x11, CRTC_V_SHOWN = 0x12, CRTC_OFFSET = 0x13,
	CRTC_UNDERLINE = 0x14, CRTC_V_BLANK = 0x15, CRTC_V_BLANK_END = 0x16, CRTC_MODE = 0x17, CRTC_COMPARE = 0x18,
	MAX_SCAN_DOUBLE = 0x80, CURSOR_OFF = 0x20,
	RETRACE_RELEASED = 0x10, RETRACE_NO_IRQ = 0x20, RETRACE_PROTECT = 0x80,
	UNDERLINE_BY_4 = 0x20, UNDERLINE_DWORD = 0x40,
	CMODE_A13 = 0x01, CMODE_A14 = 0x02, CMODE_LINES_BY_2 = 0x04, CMODE_BY_2 = 0x08,
	CMODE_DRIVERS_OFF = 0x10,	/* EGA */
	CMODE_WRAP_A15 = 0x20, CMODE_BYTE = 0x40, CMODE_SYNC = 0x80,
};

enum {					/* attribute controller */
	ATTR_MODE = 0x10, ATTR_OVERSCAN = 0x11, ATTR_PLANES = 0x12, ATTR_PAN = 0x13,
	ATTR_COLOR = 0x14, ATTR_PALETTE_ON = 0x20,
	AMODE_GRAPHICS = 0x01, AMODE_NINTH = 0x04, AMODE_BLINK = 0x08,
	AMODE_PAN_SPLIT = 0x20, AMODE_8_BIT = 0x40, AMODE_COLOR_SELECT = 0x80,
};

/* The cursor is on and off for so many pictures each, a character twice as long.  */
#define BLINK_PICTURES	8

/* What one kind of card is: which bits its registers have, and its clocks.  */
struct vga_model {
	const char *name;
	const struct bus_ops *ports;
	uint32_t clock_hz[4];		/* by MISC_CLOCK */
	uint8_t more_characters, more_lines;	/* than the totals' registers say */
	bool s3;			/* has the extensions, see svga.c */
	bool ega;			/* no DAC; what memory answers, and the split's first line */
	bool mono;			/* an EGA's monitor is a monochrome one */
	uint8_t switches;		/* of an EGA */
	uint8_t misc, feature, seq_index, crtc_index;
	uint8_t seq[VGA_SEQ], crtc[VGA_CRTC], gc[VGA_GC], attr[VGA_ATTR];
};

extern const struct vga_model vga_ibm, vga_ega, vga_ega_mono, vga_svga;

/* Where the beam is.  */
struct vga_beam {
	uint64_t frame;
	uint32_t line, dot;
};

/* registers.c */
/* Ports whose place moves, as they are for colour; 0: it does not answer.  */
uint16_t vga_at_place(const struct vga *v, uint16_t port);
/* One of the ports that EGA and VGA have alike.  */
void vga_write_port(struct vga *v, uint16_t port, uint8_t val);
/* ega.c: the colour of an index on the EGA's monitor.  */
uint32_t vga_ega_rgb(const struct vga *v, unsigned n);

/* svga.c: S3's registers.  CRTC registers from S3_CRTC on and sequencer registers from
 * S3_SEQ on are there.  */
enum {
	S3_MEMORY = 0x31, S3_WRAP = 0x32, S3_BANK = 0x35, S3_MISC_1 = 0x3a, S3_MODE = 0x43,
	S3_SYSTEM_2 = 0x51, S3_LINEAR = 0x58, S3_LINEAR_HIGH = 0x59, S3_LINEAR_LOW = 0x5a,
	S3_H_OVERFLOW = 0x5d, S3_V_OVERFLOW = 0x5e, S3_COLORS = 0x67,
	MEMORY_BANKS = 0x01, MEMORY_ENHANCED = 0x08, WRAP_256K = 0x40, MISC_1_ENHANCED = 0x10,
	LINEAR_ON = 0x10,
};

static inline uint8_t vga_s3(const struct vga *v, unsigned n) { return v->s3.crtc[n - S3_CRTC]; }
/* Whether CRTC register n is one of them.  */
static inline bool vga_is_s3(const struct vga *v, unsigned n)
{
	return v->model->s3 && n >= S3_CRTC && n < S3_CRTC_END;
}

void vga_reset_s3(struct vga *v);
uint8_t vga_s3_read_crtc(const struct vga *v, unsigned n);
uint8_t vga_s3_read_seq(const struct vga *v, unsigned n);
void vga_s3_write_crtc(struct vga *v, unsigned n, uint8_t val);
void vga_s3_write_seq(struct vga *v, unsigned n, uint8_t val);
void vga_s3_state(struct vga *v, struct state *st);
uint32_t vga_s3_clock(const struct vga *v);
/* CRTC and sequencer let the memory be seen, and shown, byte after byte.  */
bool vga_is_flat(const struct vga *v);
/* Bits of a pixel then.  */
unsigned vga_s3_depth(const struct vga *v);
/* The synchronisation that a monitor needs is off.  */
bool vga_s3_sleeps(const struct vga *v);

/* linear.c: a row of such a picture, and its dots.  */
void vga_draw_flat(const struct vga *v, unsigned y);
uint32_t vga_flat_dot(const struct vga *v, unsigned start, unsigned x, unsigned y);
void vga_put_flat_dot(struct vga *v, unsigned start, unsigned x, unsigned y, uint32_t val);

/* dac.c: ports 3C6h-3C9h; and all colours may have changed.  */
uint8_t vga_dac_read(struct vga *v, uint16_t port);
void vga_dac_write(struct vga *v, uint16_t port, uint8_t val);
void vga_dac_changed(struct vga *v);
/* Eight bits a colour, or six; the colours stay, as far as they can.  */
void vga_dac_width(struct vga *v, bool wide);

/* memory.c */
/* The four bytes of a group, in the planes or in vram; offset is not above group_mask.  */
uint8_t *vga_group_at(const struct vga *v, uint32_t offset);
struct vga_access vga_access_of(const struct vga *v);
/* With odd/even on, the CPU reaches the even bytes of the planes.  */
bool vga_is_low_page(const struct vga *v);
uint32_t vga_map_mask(const struct vga *v);	/* its part of that */
extern const struct bus_ops vga_planes, vga_flat;
/* The bytes at `offset' of the planes.  */
uint32_t vga_group(const struct vga *v, uint32_t offset);
void vga_set_group(struct vga *v, uint32_t offset, uint32_t val);

/* window.c */
/* Sequencer, graphics controller or miscellaneous output have changed: what the
 * CPU sees follows.  */
void vga_remap(struct vga *v);
/* The same, and only the map mask has.  */
void vga_remask(struct vga *v);
/* The same, and S3's registers may have.  */
void vga_reorder(struct vga *v);
/* The same after a snapshot was loaded: nothing is copied.  */
void vga_map_loaded(struct vga *v);
/* Has RAM of a window been written?  Takes the DIRTY bits.  */
bool vga_take_dirty(struct vga *v);
/* The same, and they stay so.  Of a linear frame buffer it is not known: true.  */
bool vga_is_dirty(const struct vga *v);
/* The picture that was drawn has all that was written.  */
void vga_forget_changed(struct vga *v);

/* timing.c */
/* The CRTC, the clock or the sequencer have changed; the beam is where it was.  */
void vga_retime(struct vga *v);
struct vga_beam vga_beam(const struct vga *v);
/* Guest time at which the beam is at the start of this line.  */
vtime vga_date(const struct vga *v, uint64_t frame, uint32_t line);
bool vga_is_retrace(const struct vga *v);		/* the vertical one */
uint8_t vga_status(const struct vga *v);
/* It is the same before that date.  */
vtime vga_status_until(const struct vga *v);

/* frame.c */
void vga_fire(void *ctx, vtime late);
/* A register is about to change the picture: the part of it that is over is
 * drawn as it was.  */
void vga_catch_up(struct vga *v);
/* Everything is drawn anew.  */
void vga_start_picture(struct vga *v);
/* Arm or disarm the retrace event.  */
void vga_schedule(struct vga *v);

/* shape.c */
struct vga_shape vga_shape(const struct vga *v);
/* A picture's lines, as the registers are now.  */
struct vga_shape vga_own_shape(const struct vga *v);
/* The same, of text in cells, whoever watches; kind is FRAME_PIXELS for graphics.  */
struct vga_shape vga_cells(const struct vga *v);
bool vga_blanked(const struct vga *v);
/* The colour of the border, and of a screen that is blanked.  */
uint8_t vga_border(const struct vga *v);
/* Black, or the same.  */
uint8_t vga_black(const struct vga *v);
/* Nothing at all is shown.  */
bool vga_is_off(const struct vga *v);
/* The lines before this one, if they have not been seen yet, are as the registers are now.  */
void vga_note_shape(struct vga *v, unsigned end);
/* The frame gets the picture's form.  False: there is no memory for it.  */
bool vga_take_shape(struct vga *v);

/* address.c */
/* The memory address counter's value as an offset into the planes.  */
uint32_t vga_offset(const struct vga *v, uint32_t address, unsigned row);
uint32_t vga_start_address(const struct vga *v);
/* What the counter adds from one row to the next; how it counts characters.  */
unsigned vga_pitch(const struct vga *v);
unsigned vga_count(const struct vga *v, unsigned character);
unsigned vga_line_compare(const struct vga *v);
/* Panning in whole characters.  */
unsigned vga_byte_pan(const struct vga *v);

/* text.c, pixels.c */
void vga_draw_text(struct vga *v);
void vga_draw_lines(struct vga *v, unsigned end);
/* A row of pixels, as indexes into the palette, or as the colours of those.  */
void vga_put_indexes(struct screen *s, unsigned y, const uint8_t *line, unsigned width);
void vga_put_colors(const struct vga *v, unsigned y, const uint8_t *line, unsigned width);
/* How many pixels it is moved to the left.  */
unsigned vga_panning(const struct vga *v);
/* The dots of a row of the character at this memory address, as indexes into the
 * DAC.  Answers how many: 8 or 9.  */
unsigned vga_character(const struct vga *v, uint32_t address, uint8_t *to);
bool vga_two_fonts(const struct vga *v);
/* The cursor has dots in this row.  */
bool vga_cursor_in(const struct vga *v, unsigned row);
bool vga_is_underlined(const struct vga *v, uint8_t attr);
/* glyph.c: the fonts in plane 2, and what their glyphs look like.  */
void vga_read_fonts(struct vga *v);
uint16_t vga_font_at(const struct vga *v, bool a);

#endif
