/* crt.h - the video cards that are a Motorola 6845 and some logic round it: IBM's
 * Monochrome Display Adapter and Color/Graphics Adapter, the Hercules Graphics Card,
 * and the CGA's two children with 16 colours.
 *
 * Registers and timing are those of the IBM Personal Computer Technical Reference
 * ("Monochrome Display and Printer Adapter", "Color/Graphics Monitor Adapter") and
 * of the Hercules Graphics Card's manual; and what is on the boards of the Tandy 1000
 * and of IBM's PCjr, of their technical references.
 *
 * Memory.  What the CPU sees at the card's own address is plain RAM of the bus;
 * where the card answers a second time for want of decoded address lines, it hands
 * the access on.
 *
 * Pictures are drawn only for those who watch, when the vertical sync begins; a
 * write to a register that changes the picture first has the scan lines drawn that
 * the beam has passed.  They begin with the first line that is displayed after the
 * sync and end with the last.  Of an interlaced frame each field is a picture, which has
 * the other one's lines between its own, as they were.  A line is kept as dots of the fastest clock, each a
 * colour of 16, and leaves as pixels of the widest dots that the picture has.  */

#ifndef DEV_CRT_CRT_H
#define DEV_CRT_CRT_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/bus.h"
#include "dev/crt/m6845.h"
#include "dev/dots.h"
#include "plugin.h"
#include "sched/sched.h"

struct crt_model;
struct screen;
struct state;
struct video_config;

#define CRT_WIDEST	1024		/* dots of a line that are drawn */
#define CRT_HIGHEST	512		/* lines of a picture */
#define CRT_PALETTE	16

/* Whether a colour monitor or a television is connected.  */
enum crt_monitor {
	CRT_AUTO,			/* whichever the program seems to be made for */
	CRT_RGB, CRT_COMPOSITE,
};

/* A picture half done, and what is kept from one to the next.  None of it is the
 * guest's; a snapshot has nothing of it.  */
struct crt_draw {
	struct m6845_beam pen;		/* all before it is drawn; it never is past the beam */
	bool drawn;			/* its own line is, too */
	uint64_t since;			/* the dot with which the picture began */
	bool ended;			/* no line is added to the picture any more */
	bool useless;			/* its beginning was missed */
	unsigned redraw;		/* pictures to draw although memory stays */
	unsigned pictures;		/* by which blinking goes */
	bool memory;			/* has been written to */
	bool partly;			/* lines of this picture are drawn */
	unsigned line;			/* since the picture's first displayed one; */
	bool begun;			/* there has been one */
	unsigned height, width;		/* so far; width in dots */
	unsigned unit;			/* dots of a pixel, so far; a power of two */
	bool composite;			/* some line is for a television */
	bool interlaced;		/* some line is of a field, which has every other one */
	bool halved;			/* the other field's lines are out of date */
	unsigned woven;			/* lines of both fields that are there from the last picture */
	uint8_t glyph[FRAME_GLYPHS][FRAME_GLYPH];
	uint8_t of_line[CRT_HIGHEST];	/* how each is to be shown: bits LINE_xxx */
	uint8_t dot[CRT_HIGHEST][CRT_WIDEST];
};

struct crt {
	/* What it was wired to.  */
	const struct crt_model *model;
	enum crt_monitor monitor;
	struct bus *bus;
	struct sched *sched;
	struct screen *screen;
	struct wire irq;		/* the vertical sync, of Tandy and PCjr */
	struct sched_event retrace;	/* while anybody watches */
	struct sched_event sync;	/* when that begins and ends */
	uint32_t unicode[256];
	const uint8_t *rom_font;	/* of the model's height */

	/* What it remembers.  */
	struct m6845 crtc;
	struct m6845_beam beam;
	uint8_t mode, color;		/* 3B8h or 3D8h, 3D9h */
	uint8_t config;			/* Hercules, 3BFh */
	uint8_t array_index, array[32];	/* Tandy's and the PCjr's gate array */
	bool array_data;		/* PCjr: the next write to 3DAh is data */
	uint8_t page;			/* 3DFh: what is shown, what the CPU sees, and how */
	bool pen;			/* the light pen's flip-flop */
	bool used;			/* a program has written to the memory */

	/* Derived from that.  */
	const uint8_t *memory;		/* what is shown is there; a power of two of bytes, */
	uint32_t mask;			/* less one */
	vtime earliest;			/* for the next retrace event */
	unsigned bios_depth;		/* calls of crt_bios_writes that have begun */
	uint32_t bios_saw;		/* pages that were dirty then */
	struct crt_draw draw;
};

/* bus.ram between A0000h and BFFFFh is the card's.  */
void crt_init(struct crt *c, const struct video_config *config, struct bus *bus,
	      struct sched *sched, struct screen *screen, struct wire irq);
void crt_reset(struct crt *c);
void crt_state(struct crt *c, struct state *st);

/* As dev/video.h has them.  */
void crt_set_characters(struct crt *c, const uint32_t unicode[256]);
void crt_set_rom_font(struct crt *c, uint8_t height, const uint8_t *glyphs);
void crt_watch(struct crt *c);
void crt_show(struct crt *c);
const struct sched_event *crt_still(const struct crt *c);
void crt_bios_writes(struct crt *c, bool begins);
bool crt_used(struct crt *c);
bool crt_text_size(const struct crt *c, unsigned *columns, unsigned *rows);
uint16_t crt_text_cell(const struct crt *c, unsigned column, unsigned row);
bool crt_dots(const struct crt *c, struct video_dots *d);
uint32_t crt_get_dot(const struct crt *c, unsigned start, unsigned x, unsigned y);
void crt_put_dot(struct crt *c, unsigned start, unsigned x, unsigned y, uint32_t val);

#endif
