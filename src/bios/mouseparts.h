/* mouseparts.h - what the files of the mouse driver offer each other.  */

#ifndef BIOS_MOUSEPARTS_H
#define BIOS_MOUSEPARTS_H

#include "bios/mouse.h"
#include "bios/parts.h"

struct mouse_screen {
	uint16_t width, height;		/* points of the virtual screen */
	uint16_t dots_x, dots_y;	/* dots, or cells, that are really there */
	uint16_t step_x, step_y;	/* points of one of those */
};

/* mouse.c */
struct mouse_screen mouse_screen(const struct bios *b);
/* The limits of the present mode; the same if it is not that of last time.  */
void mouse_whole_screen(struct bios *b);
void mouse_follow_mode(struct bios *b);
bool mouse_text_mode(const struct bios *b);
void mouse_clamp(struct mouse_settings *s);
void mouse_sanitize(struct mouse_settings *s);
uint16_t mouse_told_x(const struct bios *b);	/* as a program is told it */
uint16_t mouse_told_y(const struct bios *b);
/* A program calls this function: notes how it uses the mouse.  */
void mouse_note_call(struct bios *b, uint16_t n);
/* It moved by so many mickeys, down and right; these buttons are down.  */
void mouse_packet(struct bios *b, uint8_t buttons, int dx, int dy);

/* mousecursor.c: both do nothing when there is nothing to do.  */
void mouse_draw_cursor(struct bios *b);
void mouse_hide_cursor(struct bios *b);

#endif
