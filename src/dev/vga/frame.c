/* frame.c - from registers to a picture: its form, when it is drawn, and how
 * the CRTC addresses memory.
 *
 * A picture begins with a vertical retrace, where the start address is taken,
 * and is shown at the next.  In between nothing is drawn, unless a register
 * changes: then the lines above the beam are.  */

#include "dev/vga/parts.h"

#include <string.h>

#include "av/screen.h"

/* No guest makes us draw more often than that.  */
#define LEAST_PERIOD	(VTIME_SECOND / 250)

/* Pictures: so many in a row, and it is expected to go on; so long.  */
#define MIXED_BEGINS	3
#define MIXED_LASTS	70
#define PATCHED_LASTS	10

/* --- Addresses ----------------------------------------------------------------- */

/* The counter's bits that fall out above are put in below (IBM, "CRT mode control
 * register").  */
uint32_t vga_offset(const struct vga *v, uint32_t address, unsigned row)
{
	uint8_t mode = v->crtc[CRTC_MODE];
	uint32_t o = address;

	if (v->crtc[CRTC_UNDERLINE] & UNDERLINE_DWORD)
		o = address << 2 | (address >> 12 & 3);
	else if (!(mode & CMODE_BYTE))
		o = address << 1 | (address >> (mode & CMODE_WRAP_A15 ? 15 : 13) & 1);
	if (!(mode & CMODE_A13))
		o = (o & ~0x2000u) | (row & 1) << 13;
	if (!(mode & CMODE_A14))
		o = (o & ~0x4000u) | (row & 2) << 13;
	return o & v->group_mask;
}

/* S3: CR51 has two more bits, of which CR43 had the first in earlier chips.  */
unsigned vga_pitch(const struct vga *v)
{
	unsigned high;

	if (!v->model->s3)
		return v->crtc[CRTC_OFFSET] * 2;
	high = vga_s3(v, S3_SYSTEM_2) >> 4 & 3;
	if (!high)
		high = vga_s3(v, S3_MODE) >> 2 & 1;
	return (v->crtc[CRTC_OFFSET] | high << 8) * 2;
}

uint32_t vga_start_address(const struct vga *v)
{
	uint32_t low = v->crtc[CRTC_START_HIGH] << 8 | v->crtc[CRTC_START_LOW];

	return v->model->s3 ? low | (uint32_t)v->s3.start << 16 : low;
}

unsigned vga_count(const struct vga *v, unsigned character)
{
	if (v->crtc[CRTC_UNDERLINE] & UNDERLINE_BY_4)
		return character / 4;
	return v->crtc[CRTC_MODE] & CMODE_BY_2 ? character / 2 : character;
}

/* The last line before the split.  The vertical counter is what is compared.  */
unsigned vga_line_compare(const struct vga *v)
{
	unsigned count = v->crtc[CRTC_COMPARE] | (v->crtc[CRTC_OVERFLOW] >> 4 & 1) << 8 |
		(v->crtc[CRTC_MAX_SCAN] >> 6 & 1) << 9 |
		(v->model->s3 ? (vga_s3(v, S3_V_OVERFLOW) >> 6 & 1) << 10 : 0);

	return v->crtc[CRTC_MODE] & CMODE_LINES_BY_2 ? 2 * count + 1 : count;
}

unsigned vga_byte_pan(const struct vga *v)
{
	return v->crtc[CRTC_PRESET] >> 5 & 3;
}

/* --- Form ---------------------------------------------------------------------- */

/* The EGA's way to leave the monitor to somebody at its feature connector (IBM,
 * "Miscellaneous output register", "Mode control register").  */
static bool drivers_off(const struct vga *v)
{
	return v->misc & MISC_DRIVERS_OFF || v->crtc[CRTC_MODE] & CMODE_DRIVERS_OFF;
}

/* Nothing at all is shown.  */
static bool is_off(const struct vga *v)
{
	if (v->model->ega && drivers_off(v))
		return true;
	return v->seq[SEQ_CLOCKING] & CLOCKING_SCREEN_OFF || !(v->crtc[CRTC_MODE] & CMODE_SYNC) ||
		(v->model->s3 && vga_s3_sleeps(v));
}

bool vga_blanked(const struct vga *v)
{
	return !v->palette_on || is_off(v);
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
	return is_off(v) ? vga_black(v) : v->attr[ATTR_OVERSCAN] & v->pel_mask;
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
static void note_shape(struct vga *v, unsigned end)
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

static bool take_shape(struct vga *v)
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

/* --- Colours ------------------------------------------------------------------- */

/* IBM: a palette register gives six bits; color select gives bits 7-6, and 5-4
 * too if mode control says so.  */
static uint8_t dac_index(const struct vga *v, unsigned color)
{
	uint8_t entry = v->attr[color], select = v->attr[ATTR_COLOR];

	if (v->attr[ATTR_MODE] & AMODE_COLOR_SELECT)
		return (entry & 0x0f) | select << 4;
	return entry | (select & 0x0c) << 4;
}

static bool dots_blink(const struct vga *v)
{
	return (v->attr[ATTR_MODE] & (AMODE_GRAPHICS | AMODE_BLINK)) == (AMODE_GRAPHICS | AMODE_BLINK);
}

/* In graphics dots blink whose bit 3 is set, or which have none, its plane not being
 * enabled: they are without it for half of the time, and all else is with it (IBM's
 * palette of mode 0Fh expects the second; the first was seen of Lotus 1-2-3).  */
static unsigned blinking(const struct vga *v, unsigned color)
{
	bool on = v->draw.pictures / (2 * BLINK_PICTURES) % 2;

	if (!dots_blink(v))
		return color;
	return on && (color & 8 || !(v->attr[ATTR_PLANES] & 8)) ? color & 7 : color | 8;
}

static void take_colors(struct vga *v)
{
	for (unsigned i = 0; i < 16; i++)
		v->draw.color[i] = dac_index(v, blinking(v, i & v->attr[ATTR_PLANES])) & v->pel_mask;
}

/* A screen that is off is dark even if the DAC has no black.  */
static void take_palette(struct vga *v)
{
	static const uint32_t dark[256];
	const uint32_t *rgb = is_off(v) ? dark : v->draw.rgb;
	struct frame *f = &v->screen->frame;
	uint8_t border = vga_border(v);

	if (border != f->border || memcmp(rgb, f->palette, sizeof f->palette) != 0)
		screen_dirty(v->screen, 0, f->height);
	memcpy(f->palette, rgb, sizeof f->palette);
	f->border = border;
	v->draw.palette = false;
}

/* --- When ---------------------------------------------------------------------- */

/* The line with which a picture ends and the next begins.  */
static uint32_t swap_line(const struct vga *v)
{
	const struct vga_timing *t = &v->timing;

	return t->retrace < t->lines ? t->retrace : t->lines - 1;
}

void vga_schedule(struct vga *v)
{
	struct vga_beam beam;
	vtime when;

	if (!screen_watched(v->screen) && !(v->crtc[CRTC_RETRACE_END] & RETRACE_RELEASED)) {
		sched_cancel(v->sched, &v->retrace);
		return;
	}
	beam = vga_beam(v);
	when = vga_date(v, beam.frame, swap_line(v));
	if (when <= v->sched->now)
		when = vga_date(v, beam.frame + 1, swap_line(v));
	if (when < v->earliest)
		when = v->earliest;
	if (when > v->sched->now)		/* else time has come to its end */
		sched_at(v->sched, &v->retrace, when);
}

void vga_start_picture(struct vga *v)
{
	struct vga_draw *d = &v->draw;

	d->start = vga_start_address(v);
	d->line = 0;
	d->address = d->start + vga_byte_pan(v);
	d->row = v->crtc[CRTC_PRESET] & 31;
	d->again = d->split = d->doubled = false;
	d->noted = 0;
}

static void draw_rest(struct vga *v)
{
	take_colors(v);
	if (v->draw.shape.kind != FRAME_TEXT) {
		vga_draw_lines(v, v->timing.shown_lines);
		return;
	}
	if (v->draw.font) {
		vga_read_fonts(v);
		v->draw.redraw += !v->draw.redraw;
	}
	vga_draw_text(v);
}

/* A program that changes colours while they are shown does so in each picture;
 * one that sets up its palette is not worth another kind of frame.  */
static void count_mixed(struct vga_draw *d)
{
	d->mixed -= d->mixed > 0;
	d->mixed_run = d->is_mixed ? d->mixed_run + 1 : 0;
	if (d->mixed_run >= MIXED_BEGINS)
		d->mixed = MIXED_LASTS;
	d->is_mixed = false;
}

/* The same of one that changes the mode.  */
static void count_patched(struct vga_draw *d)
{
	d->patched -= d->patched > 0;
	d->patched_run = d->is_patched ? d->patched_run + 1 : 0;
	if (d->patched_run >= MIXED_BEGINS)
		d->patched = PATCHED_LASTS;
	if (!d->patched && !d->patched_run)
		d->fine_width = d->fine_height = 0;
	d->is_patched = false;
}

/* The frame is about to have each line.  */
static bool gets_finer(const struct vga_draw *d)
{
	return d->patched_run && !d->patched;
}

static bool has_news(const struct vga *v)
{
	const struct vga_draw *d = &v->draw;

	return d->redraw || d->memory || d->line || (d->font && d->shape.kind == FRAME_TEXT);
}

const struct sched_event *vga_still(const struct vga *v)
{
	bool tells = v->crtc[CRTC_RETRACE_END] & RETRACE_RELEASED;

	return tells || has_news(v) || v->draw.palette || vga_is_dirty(v) || gets_finer(&v->draw) ?
		NULL : &v->retrace;
}

static void finish_picture(struct vga *v)
{
	struct vga_draw *d = &v->draw;

	vga_take_dirty(v);
	note_shape(v, v->timing.shown_lines);
	if (!take_shape(v)) {
		d->redraw = 2;
		return;
	}
	if (++d->pictures % BLINK_PICTURES == 0 && (d->own.cell_height || dots_blink(v)) &&
	    d->redraw == 0)
		d->redraw = 1;
	if (d->palette || d->redraw)
		take_palette(v);
	if (has_news(v))
		draw_rest(v);
	vga_forget_changed(v);
	d->redraw -= d->redraw > 0;
	count_mixed(d);
	count_patched(d);
	d->memory = false;
	v->screen->frame.rate_mhz =
		UINT64_C(1000) * v->timing.hz / ((uint64_t)v->timing.line * v->timing.lines);
	screen_show(v->screen);
	vga_start_picture(v);
}

void vga_fire(void *ctx, vtime late)
{
	struct vga *v = ctx;

	(void)late;
	v->earliest = v->sched->now + LEAST_PERIOD;
	if (v->crtc[CRTC_RETRACE_END] & RETRACE_RELEASED) {
		v->retraced = true;
		wire_set(&v->irq, !(v->crtc[CRTC_RETRACE_END] & RETRACE_NO_IRQ));
	}
	if (screen_watched(v->screen))
		finish_picture(v);
	vga_schedule(v);
}

void vga_show(struct vga *v)
{
	v->draw.redraw = 2;
	if (screen_watched(v->screen))
		finish_picture(v);
}

void vga_catch_up(struct vga *v)
{
	struct vga_shape shape;
	struct vga_beam beam;
	unsigned end;

	v->draw.redraw = 2;
	if (!screen_watched(v->screen) || v->draw.shape.kind == FRAME_TEXT)
		return;
	beam = vga_beam(v);
	if (beam.line >= swap_line(v))
		return;
	end = beam.line + (beam.dot >= v->timing.shown);
	note_shape(v, end);
	shape = vga_shape(v);
	if (memcmp(&shape, &v->draw.shape, sizeof shape) != 0)
		return;
	take_colors(v);
	vga_draw_lines(v, end);
}
