/* term.h - the terminal front end, as one object.  */

#ifndef TERM_TERM_H
#define TERM_TERM_H

#include <stdbool.h>
#include <stdint.h>

#include "caps.h"
#include "decode.h"
#include "keys.h"
#include "menu.h"
#include "out.h"
#include "paint.h"
#include "picture.h"
#include "plugin.h"
#include "tty.h"
#include "view.h"

struct paste {
	uint32_t *ch;
	size_t count, room, typed;
	bool after_cr;
};

struct term {
	const struct plugin_host *host;
	struct caps caps;
	struct tty tty;
	struct out out;
	struct decoder decoder;
	struct keys keys;
	struct menu menu;
	struct paste paste;
	struct picture picture;
	struct view view;
	struct painter painter;
	uint8_t buttons;		/* of the mouse, as in struct mouse_event */
	bool graphics, sixel;		/* the terminal shows pictures: kitty's way, DEC's */
	bool image_shown;
	unsigned cell_width, cell_height;	/* dots, 0: not known */
	bool dirty;			/* the picture, or what is on top of it */
	int64_t painted_ms, typed_ms;	/* when it last was */
	int64_t allowance, allowed_ms;	/* bytes of text that may be sent, and when that was so */
	bool gone;			/* nobody is there any more */
};

/* events.c: what a token does.  */
void term_take_token(struct term *t, const struct token *token);
/* Type more of what was pasted.  */
void term_type_paste(struct term *t);

/* images.c: the picture as pixels, where view.c has left room for it.  */
bool term_shows_images(const struct term *t);
void term_show_image(struct term *t);
void term_forget_image(struct term *t);

void term_redraw(struct term *t);

extern const struct plugin term_plugin;

#endif
