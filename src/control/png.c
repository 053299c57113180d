/* png.c - what the screen shows, as a PNG file (libpng's simplified API).  */

#include "control/parts.h"

#include <errno.h>
#include <json-c/json.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machine/machine.h"

struct picture {
	unsigned width, height;
	uint8_t *rgb;			/* malloc'ed; NULL: there is none */
};

static void put(struct picture *p, unsigned x, unsigned y, uint32_t color)
{
	uint8_t *at = p->rgb + 3 * ((size_t)y * p->width + x);

	at[0] = color >> 16;
	at[1] = color >> 8;
	at[2] = color;
}

static void draw_cell(struct picture *p, const struct frame *f, unsigned column, unsigned line)
{
	const struct frame_cell *cell = &f->cell[line * f->width + column];
	bool cursor = (int)column == f->cursor_x && (int)line == f->cursor_y;

	for (unsigned y = 0; y < f->cell_height; y++)
		for (unsigned x = 0; x < f->cell_width; x++) {
			bool on = frame_dot(f, cell, x, y) ||
				  (cursor && y >= f->cursor_top && y < f->cursor_bottom);

			put(p, column * f->cell_width + x, line * f->cell_height + y,
			    f->palette[on ? cell->fg : cell->bg]);
		}
}

/* Others look on who want cells: draw as the card does.  */
static void draw_text(struct picture *p, const struct frame *f)
{
	for (unsigned y = 0; y < f->height; y++)
		for (unsigned x = 0; x < f->width; x++)
			draw_cell(p, f, x, y);
}

static void draw_pixels(struct picture *p, const struct frame *f)
{
	for (unsigned y = 0; y < f->height; y++)
		for (unsigned x = 0; x < f->width; x++) {
			size_t at = (size_t)y * f->width + x;

			put(p, x, y, f->kind == FRAME_RGB ? f->rgb[at] : f->palette[f->pixel[at]]);
		}
}

static bool show(void *self, const struct frame *f)
{
	struct picture *p = self;
	bool text = f->kind == FRAME_TEXT;

	free(p->rgb);
	p->rgb = NULL;
	if (text && (!f->font || !f->cell_width || !f->cell_height))
		return true;
	p->width = f->width * (text ? f->cell_width : 1);
	p->height = f->height * (text ? f->cell_height : 1);
	p->rgb = malloc(3 * (size_t)p->width * p->height);
	if (p->rgb && text)
		draw_text(p, f);
	else if (p->rgb)
		draw_pixels(p, f);
	return true;
}

static const struct video_ops pixel_ops = { .show = show, .pixels = true };

/* For a moment nobody of ours wants cells, so that text comes as the card draws it
 * unless a front end does.  */
static void take(struct control *c, struct picture *p)
{
	int sink;

	view_close(c);
	sink = machine_attach_video(c->machine, &pixel_ops, p);
	if (sink >= 0) {
		machine_show(c->machine);
		machine_detach_video(c->machine, sink);
	}
	view_open(c);
	view_refresh(c);
}

bool screenshot(struct ask *a)
{
	struct picture p = { 0 };
	png_image image = { .version = PNG_IMAGE_VERSION, .format = PNG_FORMAT_RGB };
	const char *path;
	bool ok;

	if (!member_text(a, "file", true, &path))
		return false;
	take(a->control, &p);
	if (!p.rgb) {
		error_set(&a->error, "there is no picture");
		return false;
	}
	image.width = p.width;
	image.height = p.height;
	errno = 0;
	ok = png_image_write_to_file(&image, path, 0, p.rgb, 0, NULL);
	if (!ok)
		error_set(&a->error, "%s: %s", path, errno ? strerror(errno) : image.message);
	free(p.rgb);
	json_object_object_add(a->answer, "width", json_object_new_int(p.width));
	json_object_object_add(a->answer, "height", json_object_new_int(p.height));
	return ok;
}
