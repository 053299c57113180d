/* term.c - full-screen DOS in a terminal.
 *
 * ncurses is used for what it knows: which terminal this is and how it is spoken
 * to (terminfo).  Its windows are not: they have no exact colours, no scrolling by
 * regions of theirs that we could test, and one more copy of the screen.  All that
 * goes to the terminal goes through struct out, and leaves when the terminal takes
 * it, at most 60 times a second; a slow one is shown fewer pictures, never old
 * ones.  */

#include "term.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define FRAME_MS	16
#define IMAGE_MS	50		/* pictures of pixels are large */
#define BYTES_A_MS	300		/* of text, if it goes on and on, */
#define BYTES_AT_ONCE	65536		/* after this: some four screens, every cell another colour */
#define ESCAPE_MS	20		/* after so long, ESC alone was the Escape key */
#define PASTE_MS	5

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- Showing ---------------------------------------------------------------------- */

/* A program that keeps changing all of the screen is shown fewer pictures than one
 * that changes little: nobody reads them, and the line may be long.  */
static int64_t allowance(const struct term *t, int64_t now)
{
	int64_t n = t->allowance + (now - t->allowed_ms) * BYTES_A_MS;

	return n < BYTES_AT_ONCE ? n : BYTES_AT_ONCE;
}

/* When the next picture may be shown.  */
static int64_t paint_at(const struct term *t, int64_t now)
{
	int64_t at = t->painted_ms + FRAME_MS, lack = -allowance(t, now);

	if (!picture_is_text(&t->picture))
		return term_shows_images(t) ? t->painted_ms + IMAGE_MS : at;
	return lack > 0 && now + lack / BYTES_A_MS > at ? now + lack / BYTES_A_MS : at;
}

static void draw(struct term *t)
{
	unsigned count;
	const char *const *lines = menu_lines(&t->menu, &count);
	bool image = t->picture.kind != FRAME_TEXT && t->picture.width && term_shows_images(t) && !lines;

	t->view.cell_width = t->cell_width;
	t->view.cell_height = t->cell_height;
	t->view.spares_last = image && !t->graphics;
	view_compose(&t->view, &t->picture, &t->menu.copy, t->caps.depth, !image);
	if (lines)
		view_box(&t->view, t->caps.depth, lines, count);
	if (!image)
		term_forget_image(t);
	paint_show(&t->painter, &t->out, t->view.want, &t->view.cursor);
	if (image)
		term_show_image(t);
}

/* While a selection is made, the picture stands still.  */
static void show_what_changed(struct term *t)
{
	int64_t now = now_ms();

	if (t->gone || !t->tty.taken)
		return;
	if (!out_send(&t->out, t->tty.fd))
		t->gone = true;
	if (!t->dirty || !out_empty(&t->out) || now < paint_at(t, now))
		return;
	t->dirty = false;
	t->painted_ms = now;
	draw(t);
	t->allowance = allowance(t, now) - (picture_is_text(&t->picture) ? (int64_t)t->out.size : 0);
	t->allowed_ms = now;
	if (!out_send(&t->out, t->tty.fd))
		t->gone = true;
}

static bool fit(struct term *t)
{
	struct tty_size s = tty_size(&t->tty);

	if (s.cell_width && s.cell_height) {
		t->cell_width = s.cell_width;
		t->cell_height = s.cell_height;
	}
	if (s.width == t->view.width && s.height == t->view.height)
		return true;
	if (!view_size(&t->view, s.width, s.height) || !paint_size(&t->painter, s.width, s.height))
		return false;
	term_redraw(t);
	t->host->room(t->host->ctx, s.width, s.height, false);
	return true;
}

void term_redraw(struct term *t)
{
	paint_clear(&t->painter, &t->out);
	t->dirty = true;
}

static bool term_show(void *self, const struct frame *f)
{
	struct term *t = self;

	if (t->menu.copy.on && picture_is_text(&t->picture))
		return true;
	if (!picture_take(&t->picture, f))
		return false;
	t->dirty = true;
	show_what_changed(t);
	return true;
}

/* --- Input ------------------------------------------------------------------------- */

static void take_tokens(struct term *t, bool idle)
{
	struct token token;

	while (decode_next(&t->decoder, idle, &token))
		term_take_token(t, &token);
}

static void read_input(struct term *t)
{
	uint8_t buf[512];
	ssize_t n;

	while ((n = read(t->tty.fd, buf, sizeof buf)) > 0) {
		t->typed_ms = now_ms();
		for (size_t at = 0; at < (size_t)n;) {
			at += decode_feed(&t->decoder, buf + at, n - at);
			take_tokens(t, false);
		}
	}
	if (n == 0 || (errno != EAGAIN && errno != EINTR))
		t->gone = true;
	if (decode_waits(&t->decoder) && now_ms() - t->typed_ms >= ESCAPE_MS)
		take_tokens(t, true);
}

static void term_poll(void *self)
{
	struct term *t = self;

	if (!t->tty.taken)
		return;
	if (!fit(t))
		t->gone = true;
	read_input(t);
	term_type_paste(t);
	show_what_changed(t);
	if (t->gone)
		t->host->quit(t->host->ctx, NULL);
}

static int term_fd(void *self)
{
	struct term *t = self;

	return t->tty.fd;
}

static bool term_writes(void *self)
{
	struct term *t = self;

	return !out_empty(&t->out);
}

static int sooner(int a, int64_t b)
{
	b = b < 0 ? 0 : b;
	return a < 0 || b < a ? (int)b : a;
}

static int term_due_ms(void *self)
{
	struct term *t = self;
	int64_t now = now_ms();
	int due = -1;

	if (t->dirty && out_empty(&t->out))
		due = sooner(due, paint_at(t, now) - now);
	if (decode_waits(&t->decoder))
		due = sooner(due, t->typed_ms + ESCAPE_MS - now);
	if (t->paste.count)
		due = sooner(due, PASTE_MS);
	return due;
}

/* --- Borrowing the terminal ---------------------------------------------------------- */

static void term_pause(void *self, bool give_back)
{
	struct term *t = self;

	if (give_back) {
		keys_release_all(&t->keys);
		term_forget_image(t);
		tty_give_back(&t->tty, &t->caps, &t->out);
		return;
	}
	/* Stopped by a signal that cannot be caught, it was not given back; the
	 * shell has changed its modes.  */
	if (t->tty.taken)
		tty_give_back(&t->tty, &t->caps, &t->out);
	t->decoder.kitty = false;
	if (tty_take(&t->tty, &t->caps, &t->out))
		term_redraw(t);
}

/* The last screen, for reading: on the usual screen, as lines.  */
static void leave_last_screen(struct term *t)
{
	struct picture *p = &t->picture;
	struct cell *row = picture_is_text(p) ? calloc(p->width, sizeof *row) : NULL;
	unsigned last = 0;

	if (!row)
		return;
	for (unsigned y = 0; y < p->height; y++)
		if (view_row(p, y, t->caps.depth, row))
			last = y + 1;
	for (unsigned y = 0; y < last; y++) {
		unsigned n = view_row(p, y, t->caps.depth, row);

		paint_line(&t->painter, &t->out, row, n < t->view.width ? n : t->view.width);
		out_text(&t->out, "\r\n");
	}
	free(row);
	out_drain(&t->out, t->tty.fd, 1000);
}

static void term_close(void *self)
{
	struct term *t = self;
	bool taken = t->tty.taken;

	if (taken && !t->gone)
		term_forget_image(t);
	tty_give_back(&t->tty, &t->caps, &t->out);
	if (taken && !t->gone)
		leave_last_screen(t);
	tty_close(&t->tty);
	caps_forget(&t->caps);
	out_fini(&t->out);
	picture_fini(&t->picture);
	view_fini(&t->view);
	paint_fini(&t->painter);
	free(t->paste.ch);
	free(t);
}

static void *term_open(const struct plugin_host *host)
{
	struct term *t = calloc(1, sizeof *t);

	if (!t)
		return NULL;
	t->host = host;
	t->keys.host = host;
	t->decoder.caps = t->painter.caps = &t->caps;
	t->picture.cursor_x = t->picture.cursor_y = -1;
	if (!tty_open(&t->tty)) {
		free(t);
		return NULL;
	}
	if (caps_find(&t->caps, t->tty.fd) && tty_take(&t->tty, &t->caps, &t->out) && fit(t)) {
		out_send(&t->out, t->tty.fd);
		return t;
	}
	term_close(t);
	return NULL;
}

static const struct video_ops video = { .show = term_show };

static const struct input_ops input = {
	.fd = term_fd, .writes = term_writes, .due_ms = term_due_ms, .poll = term_poll,
	.pause = term_pause,
};

const struct plugin term_plugin = {
	.abi = PLUGIN_ABI, .name = "term", .open = term_open, .close = term_close,
	.video = &video, .input = &input,
};
