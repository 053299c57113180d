/* picture.c - when the picture is drawn.
 *
 * The pen follows the beam from line to line, with the registers that the beam had.
 * A picture ends with the vertical sync; an interlaced frame is two.  A monitor that gets none for too long
 * begins a new one by itself.  */

#include "dev/crt/parts.h"

#include <string.h>

#include "av/screen.h"

#define LEAST_PERIOD	(VTIME_SECOND / 250)	/* no guest makes us draw more often */
#define SLOWEST_HZ	40			/* pictures, with no sync */

uint64_t crt_dot(const struct crt *c)
{
	return ticks_of_vtime(c->sched->now, c->model->hz);
}

void crt_run(struct crt *c)
{
	m6845_run(&c->crtc, &c->beam, crt_dot(c));
}

bool crt_is_sync(struct crt *c)
{
	crt_run(c);
	return m6845_is_sync(&c->crtc, &c->beam, crt_dot(c));
}

static uint64_t longest(const struct crt *c)
{
	return c->model->hz / SLOWEST_HZ;
}

static bool gives_cells(const struct crt *c)
{
	return !crt_is_graphics(c) && !screen_wants_pixels(c->screen);
}

/* --- Lines ------------------------------------------------------------------------- */

static void fill(struct crt_draw *d, unsigned y, uint8_t border)
{
	memset(d->dot[y], border, CRT_WIDEST);
	d->of_line[y] = 0;
}

/* The other field's line stays; until there is one, it is as this.  */
static void weave(struct crt_draw *d, unsigned y)
{
	unsigned other = y ^ 1;

	if (other < d->woven)
		return;
	memcpy(d->dot[other], d->dot[y], CRT_WIDEST);
	d->of_line[other] = d->of_line[y];
}

static void put_line(struct crt *c)
{
	struct crt_draw *d = &c->draw;

	for (; d->height < d->line; d->height++)
		fill(d, d->height, crt_border(c));
	crt_draw_line(c, d->line);
	d->height = d->line + 1;
}

/* The odd field is half a line lower.  */
static void put_half(struct crt *c)
{
	struct crt_draw *d = &c->draw;
	unsigned odd = d->pen.odd;

	d->interlaced = true;
	for (; d->height < 2 * d->line; d->height += 2) {
		fill(d, d->height + odd, crt_border(c));
		weave(d, d->height + odd);
	}
	crt_draw_line(c, 2 * d->line + odd);
	weave(d, 2 * d->line + odd);
	d->height = 2 * d->line + 2;
}

static void draw_line(struct crt *c)
{
	struct crt_draw *d = &c->draw;
	unsigned fields = m6845_fields(&c->crtc);

	if (d->drawn || !d->pen.shown || !m6845_shown(&c->crtc))
		return;
	d->begun = true;
	d->drawn = true;
	if (d->line >= CRT_HIGHEST / fields)
		return;
	if (fields == 2)
		put_half(c);
	else
		put_line(c);
}

/* The pen's line is over.  */
static void go_on(struct crt *c)
{
	struct crt_draw *d = &c->draw;
	bool sync = m6845_next_line(&c->crtc, &d->pen);

	d->line += d->begun;
	d->drawn = false;
	d->ended = sync || d->pen.at - d->since >= longest(c);
}

static void draw_until(struct crt *c, uint64_t at)
{
	while (!c->draw.ended && c->draw.pen.at < at) {
		draw_line(c);
		go_on(c);
	}
}

static void draw_rest(struct crt *c, uint64_t until)
{
	struct crt_draw *d = &c->draw;

	draw_until(c, until);
	d->woven = d->interlaced ? d->height : 0;
}

static void forget_lines(struct crt_draw *d)
{
	d->line = d->height = d->width = 0;
	d->unit = WIDEST_UNIT + 1;
	d->begun = d->drawn = d->ended = d->partly = d->useless = d->composite = false;
	d->interlaced = false;
}

void crt_start_picture(struct crt *c)
{
	crt_run(c);
	c->draw.pen = c->beam;
	c->draw.since = crt_dot(c);
	forget_lines(&c->draw);
}

void crt_catch_up(struct crt *c)
{
	struct crt_draw *d = &c->draw;

	crt_run(c);
	d->redraw = 2;
	if (!screen_watched(c->screen) || gives_cells(c) || d->useless) {
		d->pen = c->beam;
		d->drawn = false;
		d->useless = true;
		return;
	}
	draw_until(c, c->beam.at);
	if (!d->ended && crt_dot(c) - c->beam.at >= m6845_shown(&c->crtc))
		draw_line(c);
	d->partly = true;
}

/* --- When -------------------------------------------------------------------------- */

void crt_schedule(struct crt *c)
{
	uint64_t at, latest = c->draw.since + longest(c);
	vtime when;

	crt_schedule_sync(c);
	if (!screen_watched(c->screen)) {
		sched_cancel(c->sched, &c->retrace);
		return;
	}
	crt_run(c);
	at = m6845_next_sync(&c->crtc, &c->beam, crt_dot(c));
	if (at > latest)
		at = latest;
	when = vtime_of_ticks(at, c->model->hz) + 1;
	if (when < c->earliest)
		when = c->earliest;
	if (when <= c->sched->now)
		when = c->sched->now + LEAST_PERIOD;
	sched_at(c->sched, &c->retrace, when);
}

static void show(struct crt *c)
{
	struct frame *f = &c->screen->frame;

	if (gives_cells(c))
		crt_put_cells(c);
	else
		crt_put_lines(c);
	f->rate_mhz = UINT64_C(1000) * c->model->hz * m6845_fields(&c->crtc) /
		((uint64_t)m6845_line(&c->crtc) * m6845_lines(&c->crtc));
	screen_show(c->screen);
}

static void blink(struct crt *c)
{
	struct crt_draw *d = &c->draw;
	bool blinks = !crt_is_graphics(c) || crt_dots_blink(c);

	if (++d->pictures % BLINK_PICTURES == 0 && blinks && d->redraw == 0)
		d->redraw = 1;
}

/* A register that was written may have put the sync off.  */
static bool is_over(const struct crt *c)
{
	return c->beam.sync || c->draw.ended || crt_dot(c) - c->draw.since >= longest(c);
}

static bool has_news(const struct crt_draw *d)
{
	return d->redraw || d->memory || d->partly;
}

/* Not from inside a chip's access functions.  */
const struct sched_event *crt_still(const struct crt *c)
{
	const struct crt_draw *d = &c->draw;

	return has_news(d) || d->halved || d->useless || crt_is_dirty(c) ? NULL : &c->retrace;
}

static void finish_picture(struct crt *c)
{
	struct crt_draw *d = &c->draw;

	if (!is_over(c))
		return;
	crt_take_dirty(c);
	blink(c);
	if (gives_cells(c)) {
		if (d->redraw || d->memory)
			show(c);
	} else if (d->useless) {
		d->redraw = 3;
	} else if (has_news(d) || d->halved) {
		draw_rest(c, c->beam.at + 1);
		show(c);
		d->halved = d->interlaced && has_news(d);
	}
	d->redraw -= d->redraw > 0;
	d->memory = false;
	crt_start_picture(c);
}

void crt_fire(void *ctx, vtime late)
{
	struct crt *c = ctx;

	(void)late;
	c->earliest = c->sched->now + LEAST_PERIOD;
	crt_run(c);
	if (screen_watched(c->screen))
		finish_picture(c);
	crt_schedule(c);
}

/* A whole picture with the registers of this moment, from one sync to the next, or to the
 * one after that.  */
void crt_show(struct crt *c)
{
	struct crt_draw *d = &c->draw;

	if (!screen_watched(c->screen))
		return;
	crt_take_dirty(c);
	crt_start_picture(c);
	while (!d->ended)
		go_on(c);
	for (unsigned i = 0; i < m6845_fields(&c->crtc); i++) {
		forget_lines(d);
		d->since = d->pen.at;
		draw_rest(c, UINT64_MAX);
	}
	show(c);
	crt_watch(c);
}
