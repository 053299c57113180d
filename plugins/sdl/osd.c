/* osd.c - words on top of the picture, in the font of the video card.  */

#include "osd.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MESSAGE_MS	2500
#define CELL_WIDTH	8
#define CELL_HEIGHT	16
#define MARGIN		8
#define INK		0xffffffffu
#define PAPER		0xd0101830u

void osd_init(struct osd *o, const uint8_t *font)
{
	*o = (struct osd){ .font = font, .times = 1 };
}

void osd_fini(struct osd *o)
{
	free(o->dot);
	o->dot = NULL;
}

/* ---- What it says ---- */

static void put_line(struct osd *o, const char *text, size_t n)
{
	if (o->lines == OSD_LINES)
		return;
	n = n < OSD_COLUMNS ? n : OSD_COLUMNS;
	memcpy(o->line[o->lines], text, n);
	o->line[o->lines++][n] = 0;
}

void osd_say(struct osd *o, int64_t now_ms, const char *format, ...)
{
	char text[OSD_COLUMNS + 1];
	va_list ap;

	if (o->kind == OSD_BOX)
		return;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	o->kind = OSD_MESSAGE;
	o->lines = 0;
	put_line(o, text, strlen(text));
	o->until_ms = now_ms + MESSAGE_MS;
	o->changed = true;
}

void osd_box(struct osd *o, const char *text)
{
	o->kind = OSD_BOX;
	o->lines = 0;
	o->changed = true;
	for (;;) {
		size_t n = strcspn(text, "\n");

		put_line(o, text, n);
		if (!text[n])
			return;
		text += n + 1;
	}
}

void osd_hide(struct osd *o)
{
	o->kind = OSD_NONE;
	o->changed = true;
}

bool osd_visible(const struct osd *o)
{
	return o->font && o->kind != OSD_NONE;
}

int osd_due_ms(const struct osd *o, int64_t now_ms)
{
	if (o->kind != OSD_MESSAGE)
		return -1;
	return o->until_ms > now_ms ? o->until_ms - now_ms : 0;
}

bool osd_expire(struct osd *o, int64_t now_ms)
{
	if (osd_due_ms(o, now_ms) != 0)
		return false;
	osd_hide(o);
	return true;
}

/* ---- How it looks ---- */

static void draw_char(struct osd *o, int left, int top, uint8_t ch)
{
	const uint8_t *rows = o->font + ch * CELL_HEIGHT;

	for (int y = 0; y < CELL_HEIGHT; y++)
		for (int x = 0; x < CELL_WIDTH; x++)
			if (rows[y] & 0x80 >> x)
				o->dot[(top + y) * o->width + left + x] = INK;
}

static int columns(const struct osd *o)
{
	size_t most = 0;

	for (unsigned i = 0; i < o->lines; i++)
		if (strlen(o->line[i]) > most)
			most = strlen(o->line[i]);
	return most;
}

bool osd_draw(struct osd *o, int width, int height)
{
	int fit_x, fit_y;

	if (o->changed || !o->dot) {
		free(o->dot);
		o->width = columns(o) * CELL_WIDTH + 2 * MARGIN;
		o->height = o->lines * CELL_HEIGHT + MARGIN;
		o->dot = malloc((size_t)o->width * o->height * sizeof *o->dot);
		if (!o->dot)
			return false;
		for (int i = 0; i < o->width * o->height; i++)
			o->dot[i] = PAPER;
		for (unsigned i = 0; i < o->lines; i++)
			for (int x = 0; o->line[i][x]; x++)
				draw_char(o, MARGIN + x * CELL_WIDTH, MARGIN / 2 + i * CELL_HEIGHT,
					  o->line[i][x]);
	}
	fit_x = width / o->width;
	fit_y = height / o->height;
	o->times = fit_x < fit_y ? fit_x : fit_y;
	if (o->times > 1 + height / 600)
		o->times = 1 + height / 600;
	if (o->times < 1)
		o->times = 1;
	o->low = o->kind == OSD_MESSAGE;
	if (!o->changed)
		return false;
	o->changed = false;
	return true;
}
