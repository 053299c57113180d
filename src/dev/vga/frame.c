/* frame.c - from registers to a picture: when it is drawn, and in which colours.
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
	const uint32_t *rgb = vga_is_off(v) ? dark : v->draw.rgb;
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
	vga_note_shape(v, v->timing.shown_lines);
	if (!vga_take_shape(v)) {
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
	vga_note_shape(v, end);
	shape = vga_shape(v);
	if (memcmp(&shape, &v->draw.shape, sizeof shape) != 0)
		return;
	take_colors(v);
	vga_draw_lines(v, end);
}
