/* bios.h - the AT's BIOS: ROM image, power-on self test, INT 05h-1Fh, the
 * interrupt handlers of the chips, and the BIOS data area.
 *
 * Everything a program may look at lies in guest memory, at the places of
 * the IBM AT and PS/2 (IBM "Personal System/2 and Personal Computer BIOS
 * Interface Technical Reference"; entry points: IBM AT Technical Reference).
 * Chips are reached through ports only; the dots of the mouse's pointer are drawn from
 * behind them.  */

#ifndef BIOS_H
#define BIOS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bios/mouse.h"
#include "dev/video.h"
#include "guest/guest.h"
#include "plugin.h"
#include "sched/sched.h"

struct bus;
struct image;
struct state;
struct video_dots;

#define BIOS_FLOPPIES	2
#define BIOS_HARD_DISKS	8

struct bios {
	/* What it was wired to.  */
	struct guest *guest;
	struct bus *bus;
	struct sched *sched;
	struct sched_event wake;	/* a service waits for guest time */
	uint32_t unicode[256];		/* what the ROM's fonts show */
	void *ctx;			/* for the calls below; any may be NULL */
	/* A character written by teletype (INT 10h/0Eh, bios_teletype).  */
	void (*tty_out)(void *ctx, uint8_t byte);
	/* A program has begun to use the screen as a plane: it sets a mode, puts
	 * the cursor somewhere, scrolls, or writes cells.  */
	void (*full_screen)(void *ctx);
	/* The BIOS is about to write to the video memory, and has done so: what comes
	 * at other times is a program's.  Calls may be nested.  */
	void (*draws)(void *ctx, bool begins);
	/* The picture of a graphics mode as dots in the card's memory, from behind its
	 * registers: for the mouse's pointer, which is drawn while a program is in
	 * the middle of something.  dots answers false for text.  */
	bool (*dots)(void *ctx, struct video_dots *d);
	uint32_t (*get_dot)(void *ctx, unsigned start, unsigned x, unsigned y);
	void (*put_dot)(void *ctx, unsigned start, unsigned x, unsigned y, uint32_t val);
	/* Nothing more can run: a fault with no handler, no boot.  */
	void (*crashed)(void *ctx, const char *why);

	enum video_kind video;		/* whose BIOS INT 10h is; known before the reset, */
	uint32_t video_memory;		/* and an SVGA card's memory, in bytes */
	bool extended_taken;		/* by an XMS manager: INT 15h/88h says 0 */
	char keyboard[3];		/* the layout POST puts on, "" for none, */
	uint16_t code_page;		/* and its code page */
	unsigned columns, rows;		/* of the text screen after POST; 0: 80 and 25 */
	bool mouse_driver;		/* INT 33h is there from power-on */
	/* INT 13h's disks (drive/image.h), NULL where there is none: a drive that is
	 * not there.  */
	struct image *floppy[BIOS_FLOPPIES], *hard[BIOS_HARD_DISKS];
	bool boots_disk;		/* INT 19h starts what is on a disk, not our DOS: */
	uint8_t boot_disk;		/* this one */

	/* What it remembers.  */
	struct {			/* INT 0Ch or 0Dh with nothing in service */
		uint32_t at, stack;	/* CS:IP, SS:SP */
		uint16_t times;		/* again and again, */
		vtime last;		/* until now */
	} fault;
	struct mouse_driver mouse;
};

/* Builds the ROM at F0000h, maps it there and below 4 GiB, offers the gates.
 * The callbacks are set afterwards.  */
void bios_init(struct bios *b, struct guest *guest, struct bus *bus, struct sched *sched);
void bios_reset(struct bios *b);
void bios_state(struct bios *b, struct state *st);

/* What the characters are in Unicode, which the ROM's fonts then show.  Until this is
 * said they are code page 437's.  */
void bios_set_characters(struct bios *b, const uint32_t unicode[256]);

/* The ROM's font of 256 glyphs that are 8, 14 or 16 lines high.  */
const uint8_t *bios_rom_font(const struct bios *b, unsigned height);

/* Write a character as INT 10h/0Eh does, when nobody has hooked that; the colour is
 * for graphics modes.  */
void bios_teletype(struct bios *b, uint8_t ch, uint8_t color);

/* A text screen of this size, with what is on the present one.  False: there is none
 * of this size, or no text screen now.  And: the largest that such a one has room
 * for, or 80x25.  */
bool bios_set_text_size(struct bios *b, unsigned columns, unsigned rows);
void bios_fit_text(unsigned *columns, unsigned *rows);

/* The host's pointer is at a place of the screen, x and y of 65536 to its right end
 * and bottom: with the next packet the driver puts its own there.  Answers the
 * mickeys that the mouse has to move for that.  And: it moves by itself again.  */
void bios_mouse_place(struct bios *b, uint16_t x, uint16_t y, int *dx, int *dy);
void bios_mouse_let_go(struct bios *b);

/* The pointing device's packets come to our driver, and what the program makes of them
 * is this.  */
bool bios_mouse_is_ours(const struct bios *b);
enum mouse_use bios_mouse_use(const struct bios *b);

/* POST puts this layout on, by KEYB's name, from now on; and it is on, if what POST put on
 * before still is.  */
void bios_follow_layout(struct bios *b, const char *name, bool second);
/* The keyboard layout that is on, and which of its alphabets; its code page.  */
struct layout;
const struct layout *bios_layout(const struct bios *b, bool *second);
uint16_t bios_code_page(const struct bios *b);

/* For --trace and the manual: what the function in AX of interrupt n is
 * called, NULL if there is none.  */
const char *bios_service_name(uint8_t n, uint16_t ax);

#endif
