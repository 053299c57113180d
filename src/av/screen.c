/* screen.c - the picture on its way out.  */

#include "av/screen.h"

#include <stdlib.h>

void screen_init(struct screen *s)
{
	*s = (struct screen){ .frame = { .cursor_x = -1, .cursor_y = -1 } };
}

void screen_fini(struct screen *s)
{
	free(s->cell);
	free(s->pixel);
	free(s->rgb);
	s->cell = NULL;
	s->pixel = NULL;
	s->rgb = NULL;
}

static void clean(struct screen *s)
{
	s->frame.dirty_top = s->frame.dirty_bottom = 0;
}

bool screen_mode(struct screen *s, enum frame_kind kind, unsigned width, unsigned height)
{
	const size_t size[] = {
		[FRAME_TEXT] = sizeof *s->cell, [FRAME_PIXELS] = sizeof *s->pixel,
		[FRAME_RGB] = sizeof *s->rgb,
	};
	void *place;

	if (!width || !height || width > SCREEN_MAX || height > SCREEN_MAX)
		return false;
	place = calloc((size_t)width * height, size[kind]);
	if (!place)
		return false;
	screen_fini(s);
	if (kind == FRAME_TEXT)
		s->cell = place;
	else if (kind == FRAME_PIXELS)
		s->pixel = place;
	else
		s->rgb = place;
	s->frame.kind = kind;
	s->frame.width = width;
	s->frame.height = height;
	s->frame.cell = s->cell;
	s->frame.pixel = s->pixel;
	s->frame.rgb = s->rgb;
	s->frame.cursor_x = s->frame.cursor_y = -1;
	clean(s);
	screen_dirty(s, 0, height);
	return true;
}

void screen_dirty(struct screen *s, unsigned top, unsigned bottom)
{
	struct frame *f = &s->frame;

	if (bottom > f->height)
		bottom = f->height;
	if (top >= bottom)
		return;
	if (f->dirty_top == f->dirty_bottom) {
		f->dirty_top = top;
		f->dirty_bottom = bottom;
		return;
	}
	if (top < f->dirty_top)
		f->dirty_top = top;
	if (bottom > f->dirty_bottom)
		f->dirty_bottom = bottom;
}

void screen_show(struct screen *s)
{
	if (s->frame.dirty_top == s->frame.dirty_bottom)
		return;
	for (int i = 0; i < SCREEN_SINKS; i++)
		if (s->sink[i].ops && !s->sink[i].ops->show(s->sink[i].self, &s->frame))
			screen_detach(s, i);
	s->shown = true;
	s->pictures++;
	clean(s);
}

bool screen_watched(const struct screen *s)
{
	for (int i = 0; i < SCREEN_SINKS; i++)
		if (s->sink[i].ops)
			return true;
	return false;
}

bool screen_wants_pixels(const struct screen *s)
{
	for (int i = 0; i < SCREEN_SINKS; i++)
		if (s->sink[i].ops && !s->sink[i].ops->pixels)
			return false;
	return screen_watched(s);
}

int screen_attach(struct screen *s, const struct video_ops *ops, void *self)
{
	if (!ops || !ops->show)
		return -1;
	for (int i = 0; i < SCREEN_SINKS; i++) {
		if (s->sink[i].ops)
			continue;
		s->sink[i].ops = ops;
		s->sink[i].self = self;
		screen_dirty(s, 0, s->frame.height);
		return i;
	}
	return -1;
}

void screen_detach(struct screen *s, int sink)
{
	if (sink < 0 || sink >= SCREEN_SINKS)
		return;
	s->sink[sink].ops = NULL;
	s->sink[sink].self = NULL;
}
