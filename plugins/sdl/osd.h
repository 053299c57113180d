/* osd.h - words on top of the picture: a message that goes away, the help, a
 * question.  */

#ifndef SDL_OSD_H
#define SDL_OSD_H

#include <stdbool.h>
#include <stdint.h>

#define OSD_LINES	24
#define OSD_COLUMNS	60		/* of 8 dots */

enum osd_kind { OSD_NONE, OSD_MESSAGE, OSD_BOX };

struct osd {
	const uint8_t *font;		/* 256 characters of 16 rows; NULL: nothing is ever shown */
	enum osd_kind kind;
	char line[OSD_LINES][OSD_COLUMNS + 1];
	unsigned lines;
	int64_t until_ms;		/* of a message */
	bool changed;			/* since it was drawn */
	/* As drawn: 0xAARRGGBB, to be shown times as large.  */
	uint32_t *dot;
	int width, height, times;
	bool low;			/* at the lower edge, not in the middle */
};

void osd_init(struct osd *o, const uint8_t *font);
void osd_fini(struct osd *o);

/* One line for a while.  A box stays.  */
void osd_say(struct osd *o, int64_t now_ms, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Lines with '\n' between them, until osd_hide().  */
void osd_box(struct osd *o, const char *text);
void osd_hide(struct osd *o);
bool osd_visible(const struct osd *o);
/* How long until something is to change; -1: for ever.  A message whose time has come
 * goes; true: there was one.  */
int osd_due_ms(const struct osd *o, int64_t now_ms);
bool osd_expire(struct osd *o, int64_t now_ms);

/* For a window of so many pixels.  True: dot is another one than before.  */
bool osd_draw(struct osd *o, int width, int height);

#endif
