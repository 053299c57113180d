/* picture.h - the last frame, kept: frames come when the card draws them, and are
 * shown when the terminal is ready.  */

#ifndef TERM_PICTURE_H
#define TERM_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plugin.h"

struct picture {
	enum frame_kind kind;		/* FRAME_TEXT, or FRAME_RGB for all others */
	unsigned width, height;		/* 0: nothing has been shown */
	struct frame_cell *cell;
	uint32_t *rgb;
	uint32_t palette[256];
	uint8_t border;
	int cursor_x, cursor_y;
	bool cursor_block;
	unsigned serial;		/* another number: another picture */
};

/* False: no memory; the picture is then empty.  */
bool picture_take(struct picture *p, const struct frame *f);
void picture_fini(struct picture *p);

static inline bool picture_is_text(const struct picture *p)
{
	return p->width && p->kind == FRAME_TEXT;
}

#endif
