/* parts.h - what the files of the BIOS offer each other.  */

#ifndef BIOS_PARTS_H
#define BIOS_PARTS_H

#include "bios/bda.h"
#include "bios/bios.h"
#include "bus/bus.h"

#define ROM_AT		0xf0000u
#define ROM_SIZE	0x10000u
#define CARD_ROM_AT	0xc0000u
#define CARD_ROM_SIZE	0x8000u

/* Where the AT's BIOS has them (IBM AT Technical Reference, "ROM BIOS":
 * "BIOS entry points").  */
enum rom_place {
	ROM_FONT_8 = 0x8000,		/* ours, all 256 characters */
	ROM_FONT_14 = 0x8800,
	ROM_FONT_16 = 0x9600,
	ROM_PARAMETERS = 0xb000,	/* of video modes, ROWS of 64 bytes */
	ROM_SAVE_TABLE = 0xbc00,	/* what 40:A8 points at */
	ROM_SAVE_TABLE_2 = 0xbc20,
	ROM_COMBINATIONS = 0xbc40,
	ROM_VESA_NAME = 0xbc60,
	ROM_TANDY = 0xc000,
	ROM_VESA_MODES = 0xbc80,
	ROM_MOUSE_VERSION = 0xbcc0,	/* what INT 33h/6Dh, 4Dh and 34h point at */
	ROM_MOUSE_NAME = 0xbcc2,
	ROM_MOUSE_FILE = 0xbd00,
	ROM_DISK_PARAMETERS = 0xe401,	/* of two hard disks, 16 bytes each: INT 41h, 46h */
	ROM_FORMAT_PARAMETERS = 0xe421,	/* INT 13h/18h: as INT 1Eh, a row for each format */
	ROM_STOP = 0xe4f0,		/* a jump to itself: the RESET pin has been pulled */
	ROM_FONT_NINTH = 0xa600,	/* an empty list of glyphs for cells nine dots wide */
	ROM_VIDEO_STATIC = 0xe600,	/* ours: what INT 10h/1Bh points at */
	ROM_CONFIG = 0xe6f5,
	ROM_BAUD = 0xe729,
	ROM_FLOPPY_PARAMETERS = 0xefc7,
	ROM_VIDEO_PARAMETERS = 0xf0a4,
	ROM_FONT_OLD = 0xfa6e,		/* 8x8, characters 0-127 */
	ROM_IRET = 0xff53,
	ROM_RESET = 0xfff0,
	ROM_DATE = 0xfff5,
	ROM_MODEL = 0xfffe,
};

/* The card's ports; the CRTC's is in the data area.  */
enum {
	PORT_ATTR = 0x3c0, PORT_MISC = 0x3c2, PORT_SEQ = 0x3c4, PORT_PEL_MASK = 0x3c6,
	PORT_DAC = 0x3c8, PORT_GC = 0x3ce, PORT_CRTC = 0x3d4, TO_STATUS = 6, MONO = 0x20,
};

/* A row per interrupt the BIOS serves.  */
struct bios_vector {
	uint8_t n;
	const char *name;
	svc_fn *serve;
	const struct svc_entry *function;	/* by AH; NULL: has none */
	uint16_t functions;
	bool by_ax;			/* not by AH, but by AX */
};

extern const struct bios_vector bios_vector[];
extern const unsigned bios_vectors;

/* rom.c */
void bios_build_rom(struct bios *b);

/* Serve the function in AH, or what the table does not have otherwise.  */
enum svc bios_dispatch(struct bios *b, struct guest *g, const struct svc_entry *table,
		       unsigned count, svc_fn *otherwise);
/* What is not in the table changes nothing, as on any BIOS.  */
svc_fn bios_nothing;

/* An unfinished service waits until a date of guest time, or longer.  */
enum svc bios_sleep(struct bios *b, uint8_t next_step, vtime until);

/* The service being served, which asked this the first time `seconds' ago or
 * earlier, has waited long enough.  Uses note[0] and note[1].  */
bool bios_wait_over(struct bios *b, uint8_t seconds);

/* End of interrupt, for IRQ 0-15.  */
void bios_eoi(struct bios *b, unsigned irq);

/* Configuration memory, through its ports.  */
uint8_t bios_cmos(struct bios *b, uint8_t at);
void bios_set_cmos(struct bios *b, uint8_t at, uint8_t val);

/* card.c: what the BIOS of a video card has, and what is on the board for it.  */
struct bios_card {
	uint32_t functions;		/* of INT 10h, those below 20h: a bit each */
	uint8_t equipment;		/* bits 5-4 */
	bool planar;			/* EGA and VGA: sequencer, graphics controller, ... */
	bool write_only;		/* these cannot be read, and there is no DAC: EGA */
	bool mono;			/* at B0000h and 3B4h, with mode 7 alone; an EGA with 0Fh, too */
	enum { NO_ARRAY, TANDY_ARRAY, PCJR_ARRAY } array;	/* of palette and pages */
	uint16_t clears;		/* bytes of text memory that a mode blanks */
};

const struct bios_card *bios_card(const struct bios *b);
bool bios_is_vga(const struct bios *b);		/* or an SVGA card, which is one */

/* parameters.c */
/* A row of IBM's table, byte for byte.  */
struct parameters {
	uint8_t columns, rows, height;		/* rows less one */
	uint8_t page_size[2];
	uint8_t seq[4];				/* from 1 */
	uint8_t misc, crtc[25], attr[20], gc[9];
};

_Static_assert(sizeof(struct parameters) == 64, "IBM's rows have 64 bytes");

#define SAVE_TABLE_2_SIZE	26

enum {					/* rows of IBM's table */
	ROW_200 = 0x00, ROW_MONO_350 = 0x07, ROW_PLANAR = 0x0d, ROW_MONO_GRAPHICS = 0x11,
	ROW_EGA = 0x12, ROW_350 = 0x13, ROW_400_40 = 0x17, ROW_400_80 = 0x18,
	ROW_MONO_400 = 0x19, ROW_VGA = 0x1a, ROW_VESA = 0x1d, ROWS = ROW_VESA + 5,
};

void bios_put_parameters(const struct bios *b, uint8_t *rom);
struct parameters bios_parameters(struct bios *b, unsigned row);

/* colors.c: of a number that a palette register holds, or of mode 13h.  */
struct dac_color { uint8_t r, g, b; };
struct dac_color bios_ega_color(unsigned n), bios_cga_color(unsigned n), bios_mono_color(unsigned n),
	bios_vga_color(unsigned n);

/* modes.c */
/* The card's registers.  The display stays on.  What cannot be read is as the mode has
 * it.  */
uint8_t bios_seq(struct bios *b, uint8_t index);
void bios_set_seq(struct bios *b, uint8_t index, uint8_t val);
uint8_t bios_gc(struct bios *b, uint8_t index);
void bios_set_gc(struct bios *b, uint8_t index, uint8_t val);
uint8_t bios_attr(struct bios *b, uint8_t index);
void bios_set_attr(struct bios *b, uint8_t index, uint8_t val);
uint8_t bios_get_crtc(struct bios *b, uint8_t index);

#define VESA_TEXT	0x108
#define BIOS_VBE_MODE	0x7f		/* in the data area, of VBE's graphics modes */

/* What subfunctions of INT 10h/10h, 11h and 4Fh are called, NULL: there is no such one.  */
const char *bios_palette_name(uint8_t al);
const char *bios_fonts_name(uint8_t al);
const char *bios_vesa_name(uint8_t al);

/* The video state's parts, bits of `what': hardware, data area, colours, an SVGA
 * card's own.  How much that
 * is goes to BX, in blocks of 64 bytes; it is put at ES:BX, or taken from there.
 * False: there is no such part, or way.  */
enum { VIDEO_SIZE, VIDEO_SAVE, VIDEO_RESTORE };
bool bios_move_state(struct bios *b, struct guest *g, uint8_t how, uint16_t what);

/* One of VESA's text modes, 108h to 10Ch.  */
bool bios_has_vesa_mode(uint16_t mode);
void bios_set_vesa_mode(struct bios *b, uint16_t mode, bool clear);
bool bios_has_mode(uint8_t mode);				/* a VGA has */
bool bios_can_set_mode(const struct bios *b, uint8_t mode);	/* this card has */
void bios_set_mode(struct bios *b, uint8_t mode, bool clear);	/* one there is */
void bios_set_blink(struct bios *b, bool blink);
/* A register of the CRT controller.  */
void bios_crtc(struct bios *b, uint8_t index, uint8_t val);

/* crtmodes.c: the cards with a 6845.  */
/* INT 10h/05h of Tandy and PCjr, AL from 80h on: the pages of 16 KiB; 10h; 0Bh.  */
svc_fn bios_array_pages, bios_array_palette;
void bios_array_color(struct bios *b, uint8_t which, uint8_t color);
/* array.c: what a mode has in the gate array.  */
void bios_array_put(struct bios *b, uint8_t index, uint8_t val);
uint8_t bios_array_mode(const struct bios *b, uint8_t mode);
void bios_array_pages_of(struct bios *b, uint8_t mode);
void bios_array_palette_of(struct bios *b, uint8_t mode);
bool bios_has_crt_mode(const struct bios *b, uint8_t mode);
void bios_set_crt_mode(struct bios *b, uint8_t mode, bool clear);
/* The CGA's colour select register, and what the data area says of it.  */
void bios_set_crt_color(struct bios *b, uint8_t val);

/* palette.c: INT 10h/10h */
svc_fn bios_int10_palette;
void bios_sum_greys(struct bios *b, uint8_t first, unsigned count);
/* The attribute controller's palette has changed: who asked for it in the save
 * pointer table gets a copy.  */
void bios_palette_is_set(struct bios *b);
/* The same of one register, when they cannot be read.  */
void bios_keep_palette(struct bios *b, uint8_t index, uint8_t val);
void bios_border(struct bios *b, uint8_t color);
void bios_cga_palette(struct bios *b, uint8_t palette);

/* fontcalls.c: INT 10h/11h, and the font that the save pointer table names for a
 * mode.  */
svc_fn bios_int10_fonts;
void bios_take_user_font(struct bios *b, uint8_t mode);
/* INT 10h/1111h, 1112h, 1114h: the ROM's font, and the rows that fit.  */
void bios_set_rows(struct bios *b, unsigned height);

/* alternate.c: INT 10h/12h */
svc_fn bios_int10_alternate;

/* videostate.c: INT 10h/1Ah to 1Ch */
svc_fn bios_int10_display_code, bios_int10_functionality, bios_int10_save_restore;

/* vesa.c: INT 10h/4Fh */
svc_fn bios_int10_vesa;

/* graphics.c: text and dots in the graphics modes.  Places are those of a character.
 * attr bit 7: its dots are turned over; mode 13h has no such bit.  */
void bios_draw_character(struct bios *b, uint8_t page, unsigned column, unsigned row,
			 uint8_t ch, uint8_t attr);
/* The character that looks like what is there, 0 if none does.  */
uint8_t bios_find_character(struct bios *b, uint8_t page, unsigned column, unsigned row);
void bios_graphics_copy_row(struct bios *b, unsigned to, unsigned from, unsigned left,
			    unsigned right);
void bios_graphics_fill_row(struct bios *b, unsigned row, unsigned left, unsigned right,
			    uint8_t color);
void bios_set_pixel(struct bios *b, uint8_t page, unsigned x, unsigned y, uint8_t color);
uint8_t bios_get_pixel(struct bios *b, uint8_t page, unsigned x, unsigned y);

/* text.c */
bool bios_is_text(const struct bios *b);
void bios_clear_memory(struct bios *b);
void bios_scroll(struct bios *b, int lines, uint8_t attr, uint8_t top, uint8_t left,
		 uint8_t bottom, uint8_t right);
void bios_put_cells(struct bios *b, uint8_t page, uint8_t ch, int attr, uint16_t count);
uint16_t bios_get_cell(struct bios *b, uint8_t page);
void bios_tty(struct bios *b, uint8_t page, uint8_t ch, int attr);
void bios_set_cursor(struct bios *b, uint8_t page, uint8_t column, uint8_t row);
void bios_set_cursor_shape(struct bios *b, uint16_t shape);
/* A row of the active page, from the left.  */
void bios_get_row(struct bios *b, unsigned row, uint8_t *cells, unsigned count);
void bios_put_row(struct bios *b, unsigned row, const uint8_t *cells, unsigned count);
void bios_set_page(struct bios *b, uint8_t page);
/* The BIOS is about to write to the card; it has.  */
void bios_draws(struct bios *b, bool begins);
void bios_is_full_screen(struct bios *b);

/* keymap.c: what a key (set 1 make code; grey: after E0) puts into the
 * buffer with these BDA_SHIFT flags, 0 if nothing.  */
uint16_t bios_keymap(uint8_t code, bool grey, uint8_t shift);

/* layoutkey.c: the same with the layout that is on.  Shift was let go: with Ctrl,
 * it chooses the alphabet.  */
struct key_words { unsigned count; uint16_t word[2]; bool beep; };
struct key_words bios_layout_key(struct bios *b, uint8_t code, bool grey, uint8_t shift);
void bios_layout_shift(struct bios *b, bool right, bool ctrl);

/* int09.c: the keyboard's lights follow the locks in the data area.  */
void bios_update_leds(struct bios *b);

/* int16.c: into the ring, false if it is full.  */
bool bios_put_key(struct bios *b, uint16_t key);

/* font.c; fonts are named by their heights: 8, 14, 16 */
#define BIOS_FONTS	3

struct bios_glyph {
	uint16_t unicode;
	uint8_t rows[8 + 14 + 16];
};

extern const struct bios_glyph bios_glyph[];	/* ascending; made by mkfonts */
extern const unsigned bios_glyphs;

struct far bios_font(unsigned height);
void bios_put_rom_fonts(struct bios *b, uint8_t *rom);
/* Into a block, 0-7, of the character generator.  */
void bios_load_font(struct bios *b, unsigned block, struct far from, unsigned first,
		    unsigned count, unsigned height);

/* pointer.c: INT 15h/C2h; mouse/: where INT 74h brings packets to the driver.  */
svc_fn bios_int15_pointer, bios_mouse_call;
/* INT 10h sets another mode, or a font with other rows.  */
void bios_mouse_new_mode(struct bios *b, bool begins);
/* Its texts in the ROM.  */
void bios_put_mouse(uint8_t *rom);
/* The mouse stands in for a light pen that touches the screen: at which dot.  */
bool bios_mouse_is_pen(const struct bios *b, uint16_t *x, uint16_t *y);

/* disks.c: start what is on b->boot_disk.  False: nothing is.  */
bool bios_boot_disk(struct bios *b, struct guest *g);

/* misc.c: pull the RESET pin.  */
enum svc bios_restart(struct bios *b);

/* disks.c: the disk that DL of INT 13h names, or NULL; how many hard disks there are; at
 * POST: CMOS, data area and tables; which row of ROM_FORMAT_PARAMETERS a format has; what the
 * data area says of a diskette.  */
struct chs;
struct image *bios_disk(struct bios *b, uint8_t dl);
uint8_t bios_hard_disks(const struct bios *b);
uint8_t bios_floppy_drives(const struct bios *b);
void bios_find_disks(struct bios *b);
void bios_put_disk_parameters(const struct bios *b, uint8_t *rom);
struct far bios_format_parameters(const struct chs *c);
void bios_note_floppy(struct bios *b, uint8_t dl, uint8_t cylinder);

/* int13.c: the answers of INT 13h.  */
enum disk_status {
	DISK_OK = 0x00, DISK_BAD_COMMAND = 0x01, DISK_PROTECTED = 0x03, DISK_NO_SECTOR = 0x04,
	DISK_CHANGED = 0x06,
	DISK_PARAMETERS_FAILED = 0x07, DISK_DMA_BOUNDARY = 0x09, DISK_BAD_MEDIA = 0x0c,
	DISK_BAD_CRC = 0x10, DISK_CONTROLLER = 0x20, DISK_SEEK = 0x40, DISK_TIMEOUT = 0x80,
	DISK_NOT_REMOVABLE = 0xb2, DISK_WRITE_FAULT = 0xcc,
};
enum svc int13_answer(struct bios *b, struct guest *g, uint8_t status);
/* The diskette is another one than at the last look.  */
bool int13_changed(struct image *im);
enum svc int13_not_there(struct bios *b, struct guest *g);

/* int13move.c: sectors; int13ext.c: 41h to 48h.  */
enum disk_move { DISK_READ, DISK_WRITE, DISK_VERIFY };
/* *count: in, sectors wanted; out, those moved.  at: where the buffer is.  */
uint8_t int13_move(struct bios *b, uint8_t dl, enum disk_move how, uint64_t first, uint32_t at,
		   unsigned *count);
svc_fn int13_read, int13_write, int13_verify, int13_format, int13_ext_check, int13_ext_read,
	int13_ext_write, int13_ext_verify, int13_ext_lock, int13_ext_eject, int13_ext_seek,
	int13_ext_parameters;

/* joystick.c */
svc_fn bios_int15_joystick;

svc_fn bios_post;
svc_fn bios_int02, bios_int05, bios_int06, bios_int08, bios_int09, bios_int10,
	bios_int11, bios_int12, bios_int13, bios_int14, bios_int15, bios_int16,
	bios_int17, bios_int18, bios_int19, bios_int1a, bios_int33, bios_int40, bios_int70, bios_int71,
	bios_int74, bios_int75, bios_irq, bios_irq_or_fault;

#define BIOS_INT10_FUNCTIONS	0x100
#define BIOS_INT13_FUNCTIONS	0x49
#define BIOS_INT14_FUNCTIONS	0x06
#define BIOS_INT16_FUNCTIONS	0x13
#define BIOS_INT17_FUNCTIONS	0x03
#define BIOS_INT1A_FUNCTIONS	0x08
#define BIOS_INT15_FUNCTIONS	0xe9
#define BIOS_INT33_FUNCTIONS	0x6e
extern const struct svc_entry bios_int10_table[BIOS_INT10_FUNCTIONS],
	bios_int13_table[BIOS_INT13_FUNCTIONS], bios_int14_table[BIOS_INT14_FUNCTIONS],
	bios_int15_table[BIOS_INT15_FUNCTIONS], bios_int16_table[BIOS_INT16_FUNCTIONS],
	bios_int17_table[BIOS_INT17_FUNCTIONS], bios_int1a_table[BIOS_INT1A_FUNCTIONS],
	bios_int33_table[BIOS_INT33_FUNCTIONS];

/* The first page is RAM in any case, and every service asks again and again: straight
 * from there.  Writing goes the usual way, which tells those who watch memory.  */
static inline uint8_t bda8(const struct bios *b, uint16_t at)
{
	return b->bus->ram[BDA * 16 + at];
}

static inline uint16_t bda16(const struct bios *b, uint16_t at)
{
	return bda8(b, at) | bda8(b, at + 1) << 8;
}

static inline void set_bda8(struct bios *b, uint16_t at, uint8_t v)
{
	guest_w8(b->guest, BDA, at, v);
}

static inline void set_bda16(struct bios *b, uint16_t at, uint16_t v)
{
	guest_w16(b->guest, BDA, at, v);
}

static inline uint8_t ebda8(const struct bios *b, uint16_t at)
{
	return guest_r8(b->guest, EBDA_SEG, at);
}

static inline uint16_t ebda16(const struct bios *b, uint16_t at)
{
	return guest_r16(b->guest, EBDA_SEG, at);
}

static inline void set_ebda8(struct bios *b, uint16_t at, uint8_t v)
{
	guest_w8(b->guest, EBDA_SEG, at, v);
}

static inline void set_ebda16(struct bios *b, uint16_t at, uint16_t v)
{
	guest_w16(b->guest, EBDA_SEG, at, v);
}

static inline uint8_t port_in(struct bios *b, uint16_t port)
{
	return bus_in(b->bus, port, 1);
}

static inline void port_out(struct bios *b, uint16_t port, uint8_t val)
{
	bus_out(b->bus, port, val, 1);
}

static inline uint8_t reg_al(struct guest *g) { return cpu_get8(g->cpu, 0); }
static inline uint8_t reg_cl(struct guest *g) { return cpu_get8(g->cpu, 1); }
static inline uint8_t reg_dl(struct guest *g) { return cpu_get8(g->cpu, 2); }
static inline uint8_t reg_bl(struct guest *g) { return cpu_get8(g->cpu, 3); }
static inline uint8_t reg_ah(struct guest *g) { return cpu_get8(g->cpu, 4); }
static inline uint8_t reg_ch(struct guest *g) { return cpu_get8(g->cpu, 5); }
static inline uint8_t reg_dh(struct guest *g) { return cpu_get8(g->cpu, 6); }
static inline uint8_t reg_bh(struct guest *g) { return cpu_get8(g->cpu, 7); }
static inline void set_al(struct guest *g, uint8_t v) { cpu_set8(g->cpu, 0, v); }
static inline void set_cl(struct guest *g, uint8_t v) { cpu_set8(g->cpu, 1, v); }
static inline void set_dl(struct guest *g, uint8_t v) { cpu_set8(g->cpu, 2, v); }
static inline void set_bl(struct guest *g, uint8_t v) { cpu_set8(g->cpu, 3, v); }
static inline void set_ah(struct guest *g, uint8_t v) { cpu_set8(g->cpu, 4, v); }
static inline void set_ch(struct guest *g, uint8_t v) { cpu_set8(g->cpu, 5, v); }
static inline void set_dh(struct guest *g, uint8_t v) { cpu_set8(g->cpu, 6, v); }
static inline void set_bh(struct guest *g, uint8_t v) { cpu_set8(g->cpu, 7, v); }

/* The answers of INT 15h: AH and the carry.  */
static inline enum svc int15_fail(struct guest *g, uint8_t code)
{
	set_ah(g, code);
	guest_set_flag(g, CPU_CF, true);
	return SVC_DONE;
}

static inline enum svc int15_ok(struct guest *g)
{
	set_ah(g, 0);
	return guest_done(g);
}

#endif
