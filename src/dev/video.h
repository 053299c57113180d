/* video.h - the video card, whichever it is.
 *
 * The machine has one of these and knows no more of it than the verbs below; what
 * a card is and how its registers work is in the folder of its family.  The BIOS is
 * told the kind, because each card brings a BIOS of its own; it reaches the card
 * through its ports, as any program.  */

#ifndef DEV_VIDEO_H
#define DEV_VIDEO_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/bus.h"
#include "dev/crt/crt.h"
#include "dev/dots.h"
#include "dev/vga/vga.h"
#include "sched/sched.h"

struct screen;
struct state;

enum video_kind {
	VIDEO_VGA, VIDEO_EGA, VIDEO_MDA, VIDEO_CGA, VIDEO_HERCULES, VIDEO_TANDY, VIDEO_PCJR,
	VIDEO_SVGA, VIDEO_EGA_MONO,
};

struct video_config {
	enum video_kind kind;
	enum crt_monitor monitor;	/* of a colour card with a composite output */
	uint32_t memory;		/* bytes of an SVGA card: 1, 2, 4 or 8 MiB */
};

struct video_verbs {
	void (*init)(void *card, const struct video_config *config, struct bus *bus,
		     struct sched *sched, struct screen *screen, struct wire irq);
	void (*reset)(void *card);
	void (*state)(void *card, struct state *st);
	void (*set_characters)(void *card, const uint32_t unicode[256]);
	void (*set_rom_font)(void *card, uint8_t height, const uint8_t *glyphs);
	void (*watch)(void *card);
	void (*show)(void *card);
	const struct sched_event *(*still)(const void *card);
	void (*bios_writes)(void *card, bool begins);
	bool (*used)(void *card);
	bool (*text_size)(const void *card, unsigned *columns, unsigned *rows);
	uint16_t (*text_cell)(const void *card, unsigned column, unsigned row);
	/* NULL: its pictures have no pointer.  */
	bool (*dots)(const void *card, struct video_dots *d);
	uint32_t (*get_dot)(const void *card, unsigned start, unsigned x, unsigned y);
	void (*put_dot)(void *card, unsigned start, unsigned x, unsigned y, uint32_t val);
};

struct video {
	enum video_kind kind;
	const struct video_verbs *verbs;
	union {
		struct vga vga;
		struct crt crt;
	};
};

/* How many bytes of RAM, from address 0 on, such a card takes its memory from.  */
uint32_t video_shares(enum video_kind kind);

/* Which interrupt it asks for.  */
unsigned video_irq(enum video_kind kind);
/* bus.ram between A0000h and BFFFFh is the card's.  */
void video_init(struct video *v, const struct video_config *config, struct bus *bus,
		struct sched *sched, struct screen *screen, struct wire irq);
void video_reset(struct video *v);
/* A snapshot of another kind of card is refused.  */
void video_state(struct video *v, struct state *st);

/* What the character generator's codes are in Unicode; without it ASCII.  */
void video_set_characters(struct video *v, const uint32_t unicode[256]);
/* The ROM's font of this height: 256 glyphs of `height' bytes, kept by the
 * caller.  */
void video_set_rom_font(struct video *v, uint8_t height, const uint8_t *glyphs);

/* Somebody has begun to watch the screen.  */
void video_watch(struct video *v);
/* To those who watch, the picture as it is at this moment.  Not to be asked from
 * inside a chip's access functions.  */
void video_show(struct video *v);

/* The event of the next picture, if that will be like the last one and nobody is told of
 * it; NULL otherwise.  As video_show.  */
const struct sched_event *video_still(const struct video *v);

/* The BIOS is about to write to the memory; it has done so.  What was written
 * at other times was written by programs.  */
void video_bios_writes(struct video *v, bool begins);
/* Has a program written to the memory since the last question?  Not to be asked
 * from inside a chip's access functions.  */
bool video_used(struct video *v);

/* The text on the screen.  False: it shows graphics.  Of a place outside,
 * video_text_cell answers 0; otherwise character and attribute << 8.  */
bool video_text_size(const struct video *v, unsigned *columns, unsigned *rows);
uint16_t video_text_cell(const struct video *v, unsigned column, unsigned row);

/* The picture of a graphics mode, as dots.  False: it is text.  Dots are read and written
 * as what they are in the memory, without a look at the registers that programs write
 * through.  Places outside are elsewhere in the memory.  */
bool video_dots(const struct video *v, struct video_dots *d);
uint32_t video_get_dot(const struct video *v, unsigned start, unsigned x, unsigned y);
void video_put_dot(struct video *v, unsigned start, unsigned x, unsigned y, uint32_t val);

#endif
