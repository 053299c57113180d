/* parts.h - what the files of these cards offer each other.  */

#ifndef DEV_CRT_PARTS_H
#define DEV_CRT_PARTS_H

#include "dev/crt/crt.h"
#include "dev/video.h"

enum {					/* CGA's mode control, 3D8h; MDA's, 3B8h, has the same bits */
	MODE_FAST = 0x01,		/* 80 columns */
	MODE_GRAPHICS = 0x02,
	MODE_GREY = 0x04,		/* no colour burst */
	MODE_VIDEO = 0x08,		/* the screen is on */
	MODE_640 = 0x10,
	MODE_BLINK = 0x20,
	MODE_PAGE = 0x80,		/* Hercules: graphics from B8000h */
};

enum {					/* CGA's colour select, 3D9h */
	COLOR_BACK = 0x0f,		/* border, background; in 640 dots the foreground */
	COLOR_BRIGHT = 0x10,
	COLOR_PALETTE = 0x20,		/* cyan, magenta, white */
};

enum {					/* Hercules, 3BFh */
	CONFIG_GRAPHICS = 0x01,		/* mode bit 1 counts */
	CONFIG_FULL = 0x02,		/* and bit 7; there is memory at B8000h */
};

enum { LINE_COMPOSITE = 1, LINE_GREY = 2 };	/* of_line */

/* The monochrome cards' colours.  */
enum { MONO_OFF = 0, MONO_DIM = 1, MONO_NORMAL = 2, MONO_BRIGHT = 3 };

/* The cursor is on and off for so many pictures each, a character twice as long.  */
#define BLINK_PICTURES	8

#define WIDEST_UNIT	4		/* dots of a pixel */
#define WINDOW		0x8000u		/* bytes for which a card answers */

/* What one kind of card is.  */
struct crt_model {
	const char *name;
	const struct bus_ops *ports;
	uint16_t first_port;
	uint8_t ports_count;
	uint32_t hz;			/* dots a second */
	uint32_t at, size;		/* of the memory, and how much there is */
	uint8_t mode;			/* which bits mode control has */
	uint8_t character;		/* dots of one, in text */
	uint8_t font_height;
	uint8_t font_rows;		/* rows that the character generator's address can name */
	bool mono;
	bool hercules;
	enum crt_array { ARRAY_NONE, ARRAY_TANDY, ARRAY_PCJR } array;
	uint32_t pages_at;		/* where the eight pages of 16 KiB are, of which some are seen */
};

/* 3BFh.  */
extern const struct bus_ops crt_config_port;

extern const struct crt_model crt_mda, crt_cga, crt_hercules, crt_tandy, crt_pcjr;

/* registers.c */
/* What the mode says of the CRTC's clock.  */
uint8_t crt_character_dots(const struct crt *c);

/* array.c: the gate array of Tandy and PCjr.  */
void crt_array_write(struct crt *c, uint8_t val);	/* to the register it is set to */
void crt_page_write(struct crt *c, uint8_t val);
/* Which bits of the scan line name banks; where the page of a number is.  */
unsigned crt_banks(const struct crt *c);
uint32_t crt_page_size(const struct crt *c);
uint32_t crt_page_at(const struct crt *c, unsigned page);
/* Bits a dot in graphics, and whether they are in two bytes.  */
unsigned crt_depth(const struct crt *c);
bool crt_pairs(const struct crt *c);
uint8_t crt_array_color(const struct crt *c, uint8_t color);
/* In graphics, the blink rate is the highest bit of a colour.  */
bool crt_dots_blink(const struct crt *c);
void crt_array_derive(struct crt *c);

/* registers.c */
void crt_new_dots(struct crt *c);

/* crt.c */
/* Has memory of the card been written?  Takes the DIRTY bits.  */
bool crt_take_dirty(struct crt *c);
bool crt_is_dirty(const struct crt *c);		/* the same, and it stays so */
/* The card's memory as it is decoded now.  */
void crt_map(struct crt *c);
/* The same when a program has changed that.  */
void crt_remap(struct crt *c);
/* The byte at an offset of the memory.  */
static inline uint8_t crt_byte(const struct crt *c, uint32_t offset)
{
	return c->memory[offset & c->mask];
}

/* picture.c */
void crt_fire(void *ctx, vtime late);
/* The beam's counters are those of this moment.  */
void crt_run(struct crt *c);
uint64_t crt_dot(const struct crt *c);		/* dots since power-on */
bool crt_is_sync(struct crt *c);		/* vertical */
/* A register is about to change the picture: the part of it that is over is drawn as
 * it was.  */
void crt_catch_up(struct crt *c);
void crt_start_picture(struct crt *c);
void crt_schedule(struct crt *c);

/* sync.c */
void crt_schedule_sync(struct crt *c);
void crt_sync_fire(void *ctx, vtime late);

/* line.c: dots of one pixel; the scan line at which the pen is, into draw.dot[y].  */
unsigned crt_unit(const struct crt *c);
void crt_draw_line(struct crt *c, unsigned y);
/* The colour of one dot of the beam's line.  */
uint8_t crt_dot_at(const struct crt *c, uint32_t dot);
uint8_t crt_border(const struct crt *c);
bool crt_is_graphics(const struct crt *c);
/* Where Hercules's page begins.  */
uint32_t crt_hercules_page(const struct crt *c);
/* The dots of a row of a character's glyph, the leftmost in bit 7.  */
uint8_t crt_glyph_row(const struct crt *c, uint8_t ch, unsigned row);
/* An attribute's colours.  */
struct crt_colors { uint8_t fg, bg; bool blink, underline; };
struct crt_colors crt_colors(const struct crt *c, uint8_t attr);

/* cells.c, show.c: text, or the lines that are drawn, become the frame.  */
void crt_put_cells(struct crt *c);
void crt_put_lines(struct crt *c);
void crt_put_palette(struct crt *c);
extern const uint32_t crt_rgbi[CRT_PALETTE];

/* composite.c: a line of dots in 16 colours as a television shows it, RGB.  */
void crt_composite(const uint8_t *dot, unsigned width, bool grey, uint32_t *rgb);

#endif
