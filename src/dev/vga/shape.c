/* shape.c - the form of a picture, from registers: whether there is one at all, rows and
 * columns, pixels or cells; and of one whose lines differ in that.  */

#include "dev/vga/parts.h"

#include <string.h>

#include "av/screen.h"

/* The EGA's way to leave the monitor to somebody at its feature connector (IBM,
 * "Miscellaneous output register", "Mode control register").  */
static bool drivers_off(const struct vga *v)
{
	return v->misc & MISC_DRIVERS_OFF || v->crtc[CRTC_MODE] & CMODE_DRIVERS_OFF;
}

/* Nothing at all is shown.  */
bool vga_is_off(const struct vga *v)
{
	if (v->model->ega && drivers_off(v))
		return true;
	return v->seq[SEQ_CLOCKING] & CLOCKING_SCREEN_OFF || !(v->crtc[CRTC_MODE] & CMODE_SYNC) ||
		(v->model->s3 && vga_s3_sleeps(v));
}

bool vga_blanked(const struct vga *v)
{
	return !v->palette_on || vga_is_off(v);
}

uint8_t vga_black(const struct vga *v)
{
	for (unsigned i = 0; i < 256; i++)
		if (v->draw.rgb[i] == 0)
			return i;
	return v->attr[ATTR_OVERSCAN] & v->pel_mask;
}

/* Without its palette the attribute controller gives the
 * border everywhere (IBM, "Attribute address register").  */
uint8_t vga_border(const struct vga *v)
{
	return vga_is_off(v) ? vga_black(v) : v->attr[ATTR_OVERSCAN] & v->pel_mask;
}

static bool is_graphics(const struct vga *v)
{
	return v->gc[GC_MISC] & MISC_GRAPHICS || v->attr[ATTR_MODE] & AMODE_GRAPHICS;
}

/* Scan lines that show the same: those of a double scan, and rows whose number
 * does not change the address.  */
static unsigned alike(const struct vga *v)
{
	uint8_t max = v->crtc[CRTC_MAX_SCAN], all = CMODE_A13 | CMODE_A14;
	unsigned twice = max & MAX_SCAN_DOUBLE ? 2 : 1;

	return (v->crtc[CRTC_MODE] & all) == all ? twice * ((max & 31) + 1) : twice;
}

static unsigned at_least_1(unsigned n)
{
	return n ? n : 1;
}

/* Characters of 8 dots; a pixel of two bytes takes two clocks (Trio64, "CR67").  */
static unsigned characters(const struct vga *v)
{
	unsigned n = v->crtc[CRTC_H_SHOWN] + 1;

	return v->model->s3 ? n + ((vga_s3(v, S3_H_OVERFLOW) >> 1 & 1) << 8) : n;
}

static struct vga_shape graphics_shape(const struct vga *v)
{
	unsigned scan = alike(v), depth = v->flat ? vga_s3_depth(v) : 0;
	bool half = depth ? depth == 15 || depth == 16 : v->attr[ATTR_MODE] & AMODE_8_BIT;

	return (struct vga_shape){
		.kind = v->draw.mixed || depth > 8 ? FRAME_RGB : FRAME_PIXELS,
		.width = characters(v) * (half ? 4 : 8),
		.height = at_least_1(v->timing.shown_lines / scan),
		.scan = scan,
		.depth = depth,
	};
}

struct vga_shape vga_cells(const struct vga *v)
{
	uint8_t max = v->crtc[CRTC_MAX_SCAN];
	unsigned height = (max & 31) + 1, scan = height * (max & MAX_SCAN_DOUBLE ? 2 : 1);

	if (is_graphics(v) || v->flat)
		return graphics_shape(v);
	return (struct vga_shape){
		.kind = FRAME_TEXT,
		.width = v->crtc[CRTC_H_SHOWN] + 1,
		.height = at_least_1(v->timing.shown_lines / scan),
		.scan = scan,
		.cell_width = v->seq[SEQ_CLOCKING] & CLOCKING_8_DOTS ? 8 : 9,
		.cell_height = height,
	};
}

/* Text in pixels: a row of dots for each scan line, two for a double one.  */
struct vga_shape vga_own_shape(const struct vga *v)
{
	struct vga_shape s = vga_cells(v);

	if (s.kind != FRAME_TEXT || !screen_wants_pixels(v->screen))
		return s;
	s.kind = v->draw.mixed ? FRAME_RGB : FRAME_PIXELS;
	s.width *= s.cell_width;
	s.scan /= s.cell_height;
	s.height = at_least_1(v->timing.shown_lines / s.scan);
	return s;
}

/* Where the mode changes in the middle, so that lines have dots of different sizes, the
 * frame has the smallest, and what is wider is stretched.  */
struct vga_shape vga_shape(const struct vga *v)
{
	struct vga_shape s = vga_own_shape(v);

	if (!v->draw.patched || s.kind == FRAME_TEXT || s.depth)
		return s;
	return (struct vga_shape){ .kind = s.kind, .width = v->draw.fine_width,
				   .height = v->draw.fine_height, .scan = 1 };
}

/* A row of the frame has lines from above and below the split.  */
static bool is_cut(const struct vga *v)
{
	const struct vga_shape *s = &v->draw.own;
	unsigned split = vga_line_compare(v) + 1;

	return s->kind != FRAME_TEXT && split < v->timing.shown_lines && split % s->scan;
}

/* The lines before this one, if they have not been seen yet, are as the registers are
 * now.  */
void vga_note_shape(struct vga *v, unsigned end)
{
	struct vga_draw *d = &v->draw;
	unsigned lines = v->timing.shown_lines;

	d->own = vga_own_shape(v);
	d->is_patched |= is_cut(v);
	if (end > lines)
		end = lines;
	if (end <= d->noted)
		return;
	if (d->noted && memcmp(&d->own, &d->noted_own, sizeof d->own) != 0)
		d->is_patched = true;
	d->noted_own = d->own;
	d->noted = end;
	if (d->fine_width < d->own.width)
		d->fine_width = d->own.width;
	if (d->fine_height < lines)
		d->fine_height = lines;
}

bool vga_take_shape(struct vga *v)
{
	struct vga_shape shape = vga_shape(v);

	if (memcmp(&shape, &v->draw.shape, sizeof shape) == 0)
		return true;
	if (!screen_mode(v->screen, shape.kind, shape.width, shape.height))
		return false;
	v->draw.shape = shape;
	v->draw.redraw = 2;
	v->draw.font = true;
	v->screen->frame.cell_width = shape.cell_width;
	v->screen->frame.cell_height = shape.cell_height;
	vga_start_picture(v);
	return true;
}
