/* vga.h - the video card: IBM's VGA, 256 KiB; IBM's EGA; and an SVGA card.
 *
 * Registers, memory and timing are those of the IBM Personal System/2 Hardware
 * Interface Technical Reference, "Video Subsystem", and of J. Neal's "Hardware
 * Level VGA and SVGA Video Programming Information" (FreeVGA).  Modes are
 * unknown here: what is shown is derived from the registers.
 *
 * Memory.  The bytes at one offset of the four planes are a group.  Groups are
 * kept in four banks, by the difference of the two lowest and the two highest
 * bits of their offset, so that bank 0, read as bytes, is just what chain-4
 * shows at A0000h.  It lies in the bus's RAM
 * there, and while all accesses mean plain bytes (see vga_window) it is mapped
 * as RAM.  Text, one of whose bytes is in plane 0 and the other in plane 1,
 * has such a window too, at its own address; that one is a copy, and the truth
 * while it is mapped.  A byte read through a window is not in the latches.
 *
 * The SVGA card is the VGA with S3's extensions (S3 Vision864 and Trio32/64 Integrated
 * Graphics Accelerators data books), but for the drawing engine and the hardware cursor,
 * which it does not have.  Its memory is larger: byte n of it is in plane n % 4 of group
 * n / 4.  While it is seen in that order (vga_is_flat) it lies in `vram', as RAM, in the
 * window at A0000h and at the address of the linear frame buffer.  Otherwise the first
 * 64K groups are where the VGA has them, and vram has those above; they move when the
 * order changes.
 *
 * Pictures are drawn only for those who watch (struct screen), at the start of
 * each vertical retrace; a write to a register that changes the picture first
 * has the scan lines drawn that the beam has passed.  Text is given as cells,
 * as it is when the picture ends.  */

#ifndef DEV_VGA_VGA_H
#define DEV_VGA_VGA_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/bus.h"
#include "dev/dots.h"
#include "plugin.h"
#include "sched/sched.h"

struct screen;
struct state;
struct vga_model;

#define VGA_BANK	0x10000u	/* bytes */
#define VGA_SEQ		5		/* registers of each part */
#define VGA_CRTC	25
#define VGA_GC		9
#define VGA_ATTR	21
#define VGA_FONT_HEIGHTS	3
#define VGA_GROUPS	0x10000u	/* that a VGA has */
#define VGA_VRAM	0x800000u	/* bytes, of the largest SVGA card */

/* What the CPU finds between A0000h and BFFFFh.  */
enum vga_window {
	VGA_CLOSED,
	VGA_PLANES,			/* the chip answers */
	VGA_TEXT,			/* RAM: characters and attributes alternate */
	VGA_LINEAR,			/* RAM: chain-4 */
	VGA_FLAT,			/* RAM: 64 KiB of vram */
};

/* S3's registers, by their numbers less the first.  Banks and the upper bits of the start
 * address are in several registers, which are ways to one counter.  */
#define S3_CRTC		0x2d
#define S3_CRTC_END	0x70
#define S3_SEQ		0x08
#define S3_SEQ_END	0x20

struct vga_s3 {
	uint8_t crtc[S3_CRTC_END - S3_CRTC], seq[S3_SEQ_END - S3_SEQ];
	uint8_t bank;			/* of 64 KiB; 7 bits */
	uint8_t start;			/* bits 20-16 of the start address */
};

/* What the registers make of a byte from the CPU.  In the 32-bit values a
 * byte stands for a plane, the lowest for plane 0.  */
struct vga_access {
	uint32_t map_mask, bit_mask;
	uint32_t set, enable;		/* set/reset, where it is enabled */
	uint32_t compare, care;
	uint8_t write_mode, function, rotate, read_map;
	bool compares;			/* read mode 1 */
	bool as_is;			/* a byte is written as it comes, to whichever planes */
	bool chain4, odd_even_write, odd_even_read;
	bool writes_groups, reads_groups;	/* none of that, nor what an EGA adds */
};

/* The CRTC's counters, in dots and scan lines.  */
struct vga_timing {
	uint32_t hz;			/* dots a second */
	uint32_t line, shown;		/* dots of a line, and displayed ones */
	uint32_t lines, shown_lines;
	uint32_t retrace, retrace_lines;	/* the first; how many, or 0 */
	uint32_t blank, blank_lines;		/* which are black, displayed or not */
	uint32_t blank_character;		/* from which on a line is, until its end */
};

/* The form of the picture.  */
struct vga_shape {
	enum frame_kind kind;
	unsigned width, height;		/* cells or pixels */
	unsigned scan;			/* scan lines that make one of these rows */
	unsigned cell_width, cell_height;	/* 0: graphics */
	unsigned depth;			/* bits of a pixel that lies in vram; 0: in the planes */
};

/* A picture half done, and what is kept from one to the next.  None of it is the
 * guest's; a snapshot has nothing of it.  */
struct vga_draw {
	struct vga_shape shape;		/* the frame's, */
	struct vga_shape own;		/* and that of the lines as the registers are */
	unsigned redraw;		/* pictures to draw although memory stays */
	bool is_mixed;			/* colours have changed in the middle of this one */
	unsigned mixed_run, mixed;	/* ... of so many; pictures that are FRAME_RGB */
	bool is_patched;		/* so has the mode: see vga_shape */
	unsigned patched_run, patched;	/* ... of so many; pictures whose frame is fine enough */
	unsigned fine_width, fine_height;	/* for all their lines */
	unsigned noted;			/* so many lines have the form noted_own, or another */
	struct vga_shape noted_own;
	unsigned pictures;		/* by which blinking goes */
	bool memory;			/* the chip or the BIOS has written there */
	bool palette, font;		/* are out of date */
	unsigned line;			/* the next scan line; before it all are drawn */
	uint32_t address;		/* memory address counter at its start */
	uint8_t row;			/* row scan counter */
	bool again, split;		/* second line of a double one; below the split */
	bool doubled;			/* an EGA shows the first line there twice (Abrash) */
	uint32_t start;			/* start address, taken at the last retrace */
	uint8_t color[16];		/* the attribute controller's way to the DAC */
	uint32_t rgb[256];		/* the DAC's colours, 0xRRGGBB */
	uint8_t glyph[FRAME_GLYPHS][FRAME_GLYPH];
	uint32_t ch[FRAME_GLYPHS];	/* what glyphs look like */
	uint8_t changed[VGA_VRAM / BUS_PAGE_SIZE];	/* pages of vram, since the last picture */
};

struct vga {
	/* What it was wired to.  */
	const struct vga_model *model;
	struct bus *bus;
	struct sched *sched;
	struct screen *screen;
	struct wire irq;		/* vertical retrace */
	struct sched_event retrace;	/* while anybody watches, or asks for it */
	uint32_t unicode[256];
	const uint8_t *rom_font[VGA_FONT_HEIGHTS];
	uint8_t rom_height[VGA_FONT_HEIGHTS];
	uint32_t vram_size;		/* 0: it is no SVGA card; else a power of two */

	/* What it remembers.  */
	bool enabled;			/* port 3C3h */
	uint8_t misc, feature;
	uint8_t seq_index, seq[VGA_SEQ];
	uint8_t crtc_index, crtc[VGA_CRTC];
	uint8_t gc_index, gc[VGA_GC];
	uint8_t attr_index, attr[VGA_ATTR];
	bool attr_data;			/* the next write to 3C0h is data */
	bool palette_on;		/* index bit 5: the screen has the palette */
	bool dac_reads, dac_wide;	/* 3C7h was last, not 3C8h; 8 bits a colour */
	uint8_t dac_index, dac_part, dac_hold[3], pel_mask;
	uint8_t dac[256][3];		/* red, green, blue */
	bool retraced;			/* the interrupt's flip-flop */
	bool pen;			/* the EGA's light pen's, */
	uint16_t pen_at;		/* and what it has stored */
	uint32_t latch;
	vtime origin;			/* of a frame; it may lie before power-on, modulo 2^64 */
	bool used;			/* a program has written to the memory */
	struct vga_s3 s3;

	/* Derived from that.  */
	struct vga_access access;
	struct vga_timing timing;
	enum vga_window window;
	uint32_t window_at, window_size;
	uint32_t bank_at;		/* first byte of vram in the window, or group of the planes */
	uint32_t first_at;		/* where that would be of bank 0 */
	uint32_t bank_wanted;		/* what that is to be, by the registers */
	uint32_t group_mask;		/* for the number of a group */
	bool flat;			/* vram has all of the memory, */
	uint32_t vram_from;		/* else the groups from here on */
	uint32_t linear_at, linear_size;	/* the linear frame buffer; 0: there is none */
	vtime earliest;			/* for the next retrace event */
	unsigned bios_depth;		/* see vga_bios_writes: calls that have begun */
	uint32_t bios_saw;		/* pages that were dirty then */
	struct vga_draw draw;

	/* Remembered too: banks 1 to 3, and vram_size bytes.  Last, because power-on does not
	 * touch it.  */
	uint8_t bank[3][VGA_BANK];
	uint8_t vram[VGA_VRAM];
};

/* bus.ram between A0000h and BFFFFh is the card's.  */
void vga_init(struct vga *v, struct bus *bus, struct sched *sched, struct screen *screen,
	      struct wire irq);
/* The same as an EGA with 256 KiB and a colour monitor for 64 colours (IBM Enhanced
 * Graphics Adapter).  */
void vga_init_ega(struct vga *v, bool mono, struct bus *bus, struct sched *sched,
		  struct screen *screen, struct wire irq);
/* The same as an S3 Trio64 on a VESA local bus, with 1, 2, 4 or 8 MiB.  */
void vga_init_svga(struct vga *v, uint32_t vram_size, struct bus *bus, struct sched *sched,
		   struct screen *screen, struct wire irq);
void vga_reset(struct vga *v);
void vga_state(struct vga *v, struct state *st);

/* What the character generator's codes are in Unicode; without it ASCII.  */
void vga_set_characters(struct vga *v, const uint32_t unicode[256]);
/* The ROM's font of this height: 256 glyphs of `height' bytes, kept by the
 * caller.  A program's glyph that differs from it is shown as the character
 * whose glyph there is closest.  At most VGA_FONT_HEIGHTS.  */
void vga_set_rom_font(struct vga *v, uint8_t height, const uint8_t *glyphs);

/* Somebody has begun to watch the screen.  */
void vga_watch(struct vga *v);

/* To those who watch, the picture as it is at this moment.  Not to be asked from
 * inside a chip's access functions.  */
void vga_show(struct vga *v);
/* dev/video.h.  */
const struct sched_event *vga_still(const struct vga *v);

/* The BIOS is about to write to the memory; it has done so.  What was written
 * at other times was written by programs.  */
void vga_bios_writes(struct vga *v, bool begins);
/* Has a program written to the memory since the last question?  Not to be asked
 * from inside a chip's access functions.  */
bool vga_used(struct vga *v);

/* False: it is text.  Dots are read and written as what they are in the memory, without a
 * look at the registers that programs write through.  Places outside are elsewhere
 * in the memory.  */
bool vga_dots(const struct vga *v, struct video_dots *d);
uint32_t vga_get_dot(const struct vga *v, unsigned start, unsigned x, unsigned y);
void vga_put_dot(struct vga *v, unsigned start, unsigned x, unsigned y, uint32_t val);

/* The text on the screen.  False: it shows graphics.  Of a place outside,
 * vga_text_cell answers 0; otherwise character and attribute << 8.  */
bool vga_text_size(const struct vga *v, unsigned *columns, unsigned *rows);
uint16_t vga_text_cell(const struct vga *v, unsigned column, unsigned row);

#endif
