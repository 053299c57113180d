/* timing.c - where the beam is.  Nothing counts: position and retrace are
 * computed from guest time, the date at which a frame began, and the CRTC's
 * registers.  */

#include "dev/vga/parts.h"

#include <string.h>

#define STATUS_NOT_SHOWN	0x01
#define STATUS_RETRACE		0x08

/* The EGA's overflow register has no second bits.  */
#define EGA_OVERFLOW	0x1f

/* A vertical quantity: eight bits, and two in the overflow register.  */
static uint32_t vertical(const struct vga *v, unsigned reg, unsigned bit8, unsigned bit9)
{
	uint8_t over = v->crtc[CRTC_OVERFLOW] & (v->model->ega ? EGA_OVERFLOW : 0xff);

	return v->crtc[reg] | (over >> bit8 & 1) << 8 | (over >> bit9 & 1) << 9;
}

/* S3: the next bit of a quantity.  */
static uint32_t more(const struct vga *v, unsigned reg, unsigned bit, unsigned to)
{
	return v->model->s3 ? (uint32_t)(vga_s3(v, reg) >> bit & 1) << to : 0;
}

/* Retrace ends where the low four bits of the line counter are those of
 * register 11h.  */
static uint32_t retrace_lines(const struct vga *v, uint32_t start)
{
	uint32_t n = (v->crtc[CRTC_RETRACE_END] - start) & 15;

	return n ? n : 16;
}

/* The blanking ends where the low bits of the line counter are those of register 16h.  */
static uint32_t blank_lines(const struct vga *v, uint32_t start)
{
	uint32_t bits = v->model->ega ? 0x1f : 0xff, n = (v->crtc[CRTC_V_BLANK_END] - start) & bits;

	return n ? n : bits + 1;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static struct vga_timing timing_of(const struct vga *v)
{
	uint8_t clocking = v->seq[SEQ_CLOCKING], mode = v->crtc[CRTC_MODE];
	uint32_t dots = clocking & CLOCKING_8_DOTS ? 8 : 9;
	uint32_t by = mode & CMODE_LINES_BY_2 ? 2 : 1;
	struct vga_timing t = {
		.hz = v->model->clock_hz[(v->misc & MISC_CLOCK) >> 2],
		.line = (v->crtc[CRTC_H_TOTAL] + more(v, S3_H_OVERFLOW, 0, 8) +
			 v->model->more_characters) * dots,
		.shown = (v->crtc[CRTC_H_SHOWN] + more(v, S3_H_OVERFLOW, 1, 8) + 1) * dots,
		.lines = (vertical(v, CRTC_V_TOTAL, 0, 5) + more(v, S3_V_OVERFLOW, 0, 10) +
			  v->model->more_lines) * by,
		.shown_lines = (vertical(v, CRTC_V_SHOWN, 1, 6) + more(v, S3_V_OVERFLOW, 1, 10) +
				1) * by,
		.retrace = vertical(v, CRTC_RETRACE, 2, 7) + more(v, S3_V_OVERFLOW, 4, 10),
		.blank = ((v->crtc[CRTC_V_BLANK] | (v->crtc[CRTC_OVERFLOW] >> 3 & 1) << 8 |
			   (v->crtc[CRTC_MAX_SCAN] >> 5 & 1) << 9) +
			  more(v, S3_V_OVERFLOW, 2, 10)) * by,
		.blank_character = v->crtc[CRTC_H_BLANK] + more(v, S3_H_OVERFLOW, 2, 8),
	};

	if (v->model->s3 && (v->misc & MISC_CLOCK) == MISC_CLOCK)
		t.hz = vga_s3_clock(v);
	if (clocking & CLOCKING_HALF)
		t.hz /= 2;
	if (mode & CMODE_SYNC && t.retrace * by < t.lines)
		t.retrace_lines = smaller(retrace_lines(v, t.retrace) * by, t.lines);
	t.blank_lines = blank_lines(v, t.blank / by) * by;
	t.retrace *= by;
	t.shown = smaller(t.shown, t.line);
	t.shown_lines = smaller(t.shown_lines, t.lines);
	return t;
}

static uint64_t frame_dots(const struct vga_timing *t)
{
	return (uint64_t)t->line * t->lines;
}

struct vga_beam vga_beam(const struct vga *v)
{
	const struct vga_timing *t = &v->timing;
	uint64_t dots = ticks_of_vtime(v->sched->now - v->origin, t->hz);
	uint64_t of_frame = dots % frame_dots(t);

	return (struct vga_beam){
		.frame = dots / frame_dots(t),
		.line = of_frame / t->line,
		.dot = of_frame % t->line,
	};
}

/* Rounded up, so that at this date the beam has arrived.  */
static vtime date_at(const struct vga *v, uint64_t frame, uint32_t line, uint32_t dot)
{
	const struct vga_timing *t = &v->timing;
	uint64_t dots = frame * frame_dots(t) + (uint64_t)line * t->line + dot;

	return v->origin + vtime_of_ticks(dots, t->hz) + 1;
}

vtime vga_date(const struct vga *v, uint64_t frame, uint32_t line)
{
	return date_at(v, frame, line, 0);
}

void vga_retime(struct vga *v)
{
	struct vga_timing t = timing_of(v);
	struct vga_beam beam = { 0 };
	uint64_t dots;

	if (memcmp(&t, &v->timing, sizeof t) == 0)
		return;
	if (v->timing.hz)
		beam = vga_beam(v);
	dots = ((uint64_t)beam.line * t.line + smaller(beam.dot, t.line - 1)) % frame_dots(&t);
	v->timing = t;
	v->origin = v->sched->now - vtime_of_ticks(dots, t.hz);
	vga_schedule(v);
}

static bool is_retrace(const struct vga_timing *t, const struct vga_beam *beam)
{
	return (beam->line + t->lines - t->retrace % t->lines) % t->lines < t->retrace_lines;
}

bool vga_is_retrace(const struct vga *v)
{
	struct vga_beam beam = vga_beam(v);

	return is_retrace(&v->timing, &beam);
}

/* Input status 1.  Bits 5-4, a look at two of the eight colour lines, or of the EGA's six,
 * see the border (R. Brown's list, table P0667).  */
uint8_t vga_status(const struct vga *v)
{
	static const struct { uint8_t bit4, bit5; } lines[2][4] = {
		{ { 0, 2 }, { 4, 5 }, { 1, 3 }, { 6, 7 } },
		{ { 0, 2 }, { 1, 3 }, { 4, 5 }, { 6, 7 } } };
	const struct vga_timing *t = &v->timing;
	struct vga_beam beam = vga_beam(v);
	uint8_t status = 0, border = v->attr[ATTR_OVERSCAN];
	unsigned mux = v->attr[ATTR_PLANES] >> 4 & 3, ega = v->model->ega;

	if (beam.line >= t->shown_lines || beam.dot >= t->shown)
		status |= STATUS_NOT_SHOWN;
	if (is_retrace(t, &beam))
		status |= STATUS_RETRACE;
	return status | (border >> lines[ega][mux].bit4 & 1) << 4 |
		(border >> lines[ega][mux].bit5 & 1) << 5;
}

/* Within a line that is shown its right end is next, in others the line where retrace
 * begins or ends, or the picture.  */
vtime vga_status_until(const struct vga *v)
{
	const struct vga_timing *t = &v->timing;
	struct vga_beam beam = vga_beam(v);
	uint32_t retrace = t->retrace % t->lines, ends = (retrace + t->retrace_lines) % t->lines;
	uint32_t line = beam.line + 1;

	if (beam.line < t->shown_lines)
		return date_at(v, beam.frame, beam.dot < t->shown ? beam.line : line,
				   beam.dot < t->shown ? t->shown : 0);
	line = t->lines;
	if (retrace > beam.line && retrace < line)
		line = retrace;
	if (ends > beam.line && ends < line)
		line = ends;
	return vga_date(v, beam.frame, line);
}
