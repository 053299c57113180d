/* term_paint.c - what the painter sends makes a terminal show what is wanted.  The
 * terminal is a model of an xterm, with what the painter uses.  */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../plugins/term/caps.h"
#include "../../plugins/term/out.h"
#include "../../plugins/term/paint.h"
#include "../../plugins/term/picture.h"
#include "../../plugins/term/term.h"
#include "../../plugins/term/view.h"
#include "suite.h"

#define W	20
#define H	12
#define SIZE	(W * H)

/* --- The model -------------------------------------------------------------------- */

struct model {
	struct cell cell[SIZE], pen;
	unsigned x, y, top, bottom, shape;
	bool shown, blinks;
};

static struct caps caps;
static struct out out;
static struct painter painter;
static struct model model;

static void blank_row(unsigned y)
{
	for (unsigned x = 0; x < W; x++) {
		model.cell[y * W + x] = model.pen;
		model.cell[y * W + x].ch = ' ';
	}
}

static void scroll(int by)
{
	unsigned n = by < 0 ? -by : by, rows = model.bottom - model.top + 1;

	ck_assert_uint_le(n, rows);
	if (by > 0)
		memmove(&model.cell[model.top * W], &model.cell[(model.top + n) * W],
			(rows - n) * W * sizeof model.cell[0]);
	else
		memmove(&model.cell[(model.top + n) * W], &model.cell[model.top * W],
			(rows - n) * W * sizeof model.cell[0]);
	for (unsigned i = 0; i < n; i++)
		blank_row(by > 0 ? model.bottom - i : model.top + i);
}

static void set_color(const unsigned *v, unsigned *i, uint32_t *to)
{
	if (v[*i + 1] == 2) {
		*to = v[*i + 2] << 16 | v[*i + 3] << 8 | v[*i + 4];
		*i += 4;
	} else {
		ck_assert_uint_eq(v[*i + 1], 5);
		*to = v[*i + 2];
		*i += 2;
	}
}

static void sgr(const unsigned *v, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		if (v[i] == 0)
			model.pen = (struct cell){ 0 };
		else if (v[i] == 5)
			model.pen.blink = true;
		else if (v[i] == 4)
			model.pen.underline = true;
		else if (v[i] == 38)
			set_color(v, &i, &model.pen.fg);
		else if (v[i] == 48)
			set_color(v, &i, &model.pen.bg);
		else if (v[i] >= 30 && v[i] < 38)
			model.pen.fg = v[i] - 30;
		else if (v[i] >= 40 && v[i] < 48)
			model.pen.bg = v[i] - 40;
		else if (v[i] >= 90 && v[i] < 98)
			model.pen.fg = v[i] - 90 + 8;
		else if (v[i] >= 100 && v[i] < 108)
			model.pen.bg = v[i] - 100 + 8;
		else
			ck_abort_msg("SGR %u", v[i]);
	}
}

static const char *csi(const char *p)
{
	unsigned v[16] = { 0 }, n = 0;
	bool private = *p == '?', space = false;

	for (p += private; *p < 0x40; p++) {
		space |= *p == ' ';
		if (*p == ';')
			n++;
		else if (*p != ' ')
			v[n] = v[n] * 10 + *p - '0';
		ck_assert_uint_lt(n, 16);
	}
	n++;
	switch (*p) {
	case 'H':
		model.y = v[0] ? v[0] - 1 : 0;
		model.x = v[1] ? v[1] - 1 : 0;
		ck_assert(model.x < W && model.y < H);
		break;
	case 'm':
		sgr(v, n);
		break;
	case 'r':
		model.top = v[0] ? v[0] - 1 : 0;
		model.bottom = v[1] ? v[1] - 1 : H - 1;
		model.x = model.y = 0;
		break;
	case 'S':
		scroll(v[0]);
		break;
	case 'T':
		scroll(-(int)v[0]);
		break;
	case 'J':
		for (unsigned y = 0; y < H; y++)
			blank_row(y);
		break;
	case 'q':
		ck_assert(space);
		model.shape = v[0];
		model.blinks = v[0] & 1;
		break;
	case 'h':
	case 'l':
		if (v[0] == 12)
			model.blinks = *p == 'h';
		if (v[0] == 25)
			model.shown = *p == 'h';
		break;
	default:
		ck_abort_msg("CSI %c", *p);
	}
	return p + 1;
}

static const char *text(const char *p)
{
	uint32_t ch = (uint8_t)*p;
	int more = ch < 0x80 ? 0 : ch < 0xe0 ? 1 : 2;

	if (more)
		ch &= 0x3f >> more;
	for (p++; more--; p++)
		ch = ch << 6 | (*p & 0x3f);
	ck_assert_uint_ge(ch, ' ');
	ck_assert_uint_lt(model.x, W);
	model.cell[model.y * W + model.x] = model.pen;
	model.cell[model.y * W + model.x++].ch = ch;
	return p;
}

/* Answers how many bytes it was sent.  */
static size_t terminal_takes(void)
{
	size_t n = out.size;

	out_bytes(&out, "", 1);
	for (const char *p = out.text; *p;) {
		if (p[0] == '\033' && p[1] == '[')
			p = csi(p + 2);
		else if (p[0] == '\033' && p[1] == '(')
			p += 3;
		else if (*p == '\017')
			p++;
		else
			p = text(p);
	}
	out.size = out.sent = 0;
	return n;
}

static size_t show(const struct cell *want, const struct cursor *cursor)
{
	paint_show(&painter, &out, want, cursor);
	return terminal_takes();
}

static void expect(const struct cell *want)
{
	for (unsigned i = 0; i < SIZE; i++) {
		const struct cell *a = &model.cell[i], *b = &want[i];

		ck_assert_msg(a->ch == b->ch && a->fg == b->fg && a->bg == b->bg &&
			      a->blink == b->blink && a->underline == b->underline,
			      "cell %u,%u: %x %x/%x, not %x %x/%x", i % W, i / W, a->ch, a->fg,
			      a->bg, b->ch, b->fg, b->bg);
	}
}

static void setup(void)
{
	setenv("TERM", "xterm-256color", 1);
	unsetenv("COLORTERM");
	if (!caps_find(&caps, 1))
		exit(77);
	model = (struct model){ .bottom = H - 1 };
	painter = (struct painter){ .caps = &caps };
	ck_assert(paint_size(&painter, W, H));
	paint_clear(&painter, &out);
	terminal_takes();
}

static void teardown(void)
{
	paint_fini(&painter);
	out_fini(&out);
	caps_forget(&caps);
}

/* Another terminal.  */
static bool find_caps(const char *term)
{
	caps_forget(&caps);
	setenv("TERM", term, 1);
	return caps_find(&caps, 1);
}

static void fill(struct cell *want, uint32_t ch)
{
	for (unsigned i = 0; i < SIZE; i++)
		want[i] = (struct cell){ ch, 7, 0, false, false };
}

static const struct cursor hidden = { .shape = CURSOR_HIDDEN };

/* --- Painting ----------------------------------------------------------------------- */

START_TEST(only_what_changed_is_sent)
{
	struct cell want[SIZE];

	fill(want, 'a');
	show(want, &hidden);
	expect(want);
	ck_assert_uint_eq(show(want, &hidden), 0);
	want[5 * W + 7].ch = 0x2588;
	ck_assert_uint_lt(show(want, &hidden), 12);
	expect(want);
}
END_TEST

START_TEST(random_changes_arrive_in_every_depth)
{
	static const enum depth depths[] = { DEPTH_RGB, DEPTH_256, DEPTH_16 };
	struct cell want[SIZE];

	srand(1);
	for (int d = 0; d < 3; d++) {
		caps.depth = depths[d];
		paint_forget(&painter);
		fill(want, ' ');
		for (int i = 0; i < 300; i++) {
			for (int n = rand() % 40; n > 0; n--) {
				struct cell *c = &want[rand() % SIZE];

				c->ch = rand() % 3 ? 'a' + rand() % 3 : 0x2590;
				c->fg = caps_color(caps.depth, rand() % 3 * 0x7f0080);
				c->bg = caps_color(caps.depth, rand() % 2 * 0x0000aa);
				c->blink = rand() % 9 == 0;
				c->underline = rand() % 9 == 0;
			}
			show(want, &hidden);
			expect(want);
		}
	}
}
END_TEST

START_TEST(a_picture_that_scrolls_costs_little)
{
	struct cell want[SIZE];
	size_t cost = 0;

	srand(2);
	fill(want, ' ');
	for (unsigned i = 0; i < SIZE; i++)
		want[i].ch = 'a' + rand() % 26;
	show(want, &hidden);
	for (int step = 0; step < 20; step++) {
		memmove(want + W, want + 2 * W, (H - 3) * W * sizeof *want);
		for (unsigned x = 0; x < W; x++)
			want[(H - 2) * W + x].ch = 'a' + rand() % 26;
		cost += show(want, &hidden);
		expect(want);
	}
	ck_assert_uint_lt(cost / 20, 4 * W);
	for (int step = 0; step < 3; step++) {		/* and down */
		memmove(want + 3 * W, want, (H - 3) * W * sizeof *want);
		show(want, &hidden);
		expect(want);
	}
}
END_TEST

START_TEST(what_is_no_character_is_a_blank)
{
	struct cell want[SIZE];

	fill(want, '\033');
	want[1].ch = 0x9b;
	want[2].ch = 0xd800;
	want[3].ch = 0;
	want[4].ch = 0x7fffffff;
	show(want, &hidden);
	ck_assert_uint_eq(model.cell[0].ch, ' ');
	for (int i = 1; i < 5; i++)
		ck_assert_uint_eq(model.cell[i].ch, ' ');
}
END_TEST

START_TEST(the_cursor_has_its_place_and_shape)
{
	struct cell want[SIZE];
	struct cursor cursor = { CURSOR_BLOCK, 3, 4 };

	fill(want, 'a');
	show(want, &cursor);
	ck_assert(model.shown);
	ck_assert_uint_eq(model.x, 3);
	ck_assert_uint_eq(model.y, 4);
	if (caps.shape) {
		ck_assert_uint_eq(model.shape, 1);
		ck_assert(model.blinks);
	}
	cursor.shape = CURSOR_LINE;
	cursor.x = 0;
	show(want, &cursor);
	ck_assert_uint_eq(model.x, 0);
	if (caps.shape)
		ck_assert_uint_eq(model.shape, 3);
	show(want, &hidden);
	ck_assert(!model.shown);
}
END_TEST

START_TEST(colours_are_the_nearest_there_are)
{
	ck_assert_uint_eq(caps_color(DEPTH_RGB, 0x123456), 0x123456);
	ck_assert_uint_eq(caps_color(DEPTH_256, 0x000000), 16);
	ck_assert_uint_eq(caps_color(DEPTH_256, 0xffffff), 231);
	ck_assert_uint_eq(caps_color(DEPTH_256, 0xa8a8a8), 248);
	ck_assert_uint_eq(caps_color(DEPTH_16, 0x0000aa), 4);
	ck_assert_uint_eq(caps_color(DEPTH_16, 0xaa5500), 3);
	ck_assert_uint_eq(caps_color(DEPTH_8, 0xff5555), 9);
}
END_TEST

START_TEST(colorterm_says_that_colours_are_true)
{
	setenv("COLORTERM", "truecolor", 1);
	ck_assert(find_caps("xterm-256color"));
	ck_assert_int_eq(caps.depth, DEPTH_RGB);
	unsetenv("COLORTERM");
	if (find_caps("tmux-256color"))
		ck_assert_int_eq(caps.depth, DEPTH_RGB);
	ck_assert(find_caps("vt100"));
	ck_assert_int_eq(caps.depth, DEPTH_MONO);
	ck_assert(find_caps("linux"));
	ck_assert_int_eq(caps.depth, DEPTH_8);
	ck_assert(!find_caps("there-is-no-such-terminal"));
}
END_TEST

/* --- The picture on the terminal ------------------------------------------------------ */

static struct frame_cell frame_cells[30 * 10];
static struct frame frame;
static struct picture picture;
static struct view view;
static const struct copying no_copy;

static void take(enum frame_kind kind, unsigned width, unsigned height)
{
	frame = (struct frame){ .kind = kind, .width = width, .height = height,
		.cell = frame_cells, .dirty_bottom = height, .cursor_x = -1, .cursor_y = -1,
		.cell_height = 16 };
	for (unsigned i = 0; i < width * height && kind == FRAME_TEXT; i++)
		frame_cells[i] = (struct frame_cell){ .ch = 'a' + i % width % 26, .fg = 7 };
	frame.palette[7] = 0xaaaaaa;
	ck_assert(picture_take(&picture, &frame));
	ck_assert(view_size(&view, W, H));
}

START_TEST(a_small_picture_is_in_the_middle)
{
	uint16_t x, y;

	take(FRAME_TEXT, 10, 4);
	view_compose(&view, &picture, &no_copy, DEPTH_RGB, true);
	ck_assert_uint_eq(view.want[4 * W + 5].ch, 'a');
	ck_assert_uint_eq(view.want[4 * W + 4].ch, ' ');
	ck_assert(!view_place(&view, &picture, 4, 4, &x, &y));
	ck_assert(view_place(&view, &picture, 5, 4, &x, &y));
	ck_assert_uint_eq(x * 10 / 65536, 0);
	ck_assert(view_place(&view, &picture, 14, 7, &x, &y));
	ck_assert_uint_eq(x * 10 / 65536, 9);
	ck_assert_uint_eq(y * 4 / 65536, 3);
}
END_TEST

START_TEST(a_large_picture_follows_its_cursor)
{
	take(FRAME_TEXT, 30, 10);
	view_compose(&view, &picture, &no_copy, DEPTH_RGB, true);
	ck_assert_uint_eq(view.want[W + 0].ch, 'a');
	frame.cursor_x = 25;
	frame.cursor_y = 2;
	frame.cursor_bottom = 16;
	ck_assert(picture_take(&picture, &frame));
	view_compose(&view, &picture, &no_copy, DEPTH_RGB, true);
	ck_assert_uint_eq(view.pan_x, 6);
	ck_assert_uint_eq(view.want[W + 19].ch, 'z');
	ck_assert_int_eq(view.cursor.shape, CURSOR_BLOCK);
	ck_assert_uint_eq(view.cursor.x, 19);
	frame.cursor_x = 1000;		/* the guest may say anything */
	ck_assert(picture_take(&picture, &frame));
	view_compose(&view, &picture, &no_copy, DEPTH_RGB, true);
	ck_assert_int_eq(view.cursor.shape, CURSOR_HIDDEN);
}
END_TEST

START_TEST(pixels_become_half_blocks)
{
	static uint8_t pixel[320 * 200];

	take(FRAME_TEXT, 1, 1);
	frame = (struct frame){ .kind = FRAME_PIXELS, .width = 320, .height = 200, .pixel = pixel,
		.dirty_bottom = 200, .palette = { [1] = 0x123456, [2] = 0x654321 } };
	memset(pixel, 1, sizeof pixel / 2);
	memset(pixel + sizeof pixel / 2, 2, sizeof pixel / 2);
	ck_assert(picture_take(&picture, &frame));
	view_compose(&view, &picture, &no_copy, DEPTH_RGB, true);
	ck_assert_uint_eq(view.want[view.top * W + view.left].fg, 0x123456);
	ck_assert_uint_eq(view.want[(view.top + view.shown_y - 1) * W + view.left].bg, 0x654321);
	ck_assert_uint_eq(view.want[view.top * W + view.left].ch, 0x2580);
}
END_TEST

START_TEST(pixels_are_four_to_three)
{
	static uint8_t pixel[320 * 200];

	take(FRAME_TEXT, 1, 1);
	frame = (struct frame){ .kind = FRAME_PIXELS, .width = 320, .height = 200, .pixel = pixel,
		.dirty_bottom = 200 };
	ck_assert(picture_take(&picture, &frame));
	ck_assert(view_size(&view, 80, 25));
	view.cell_width = 6;
	view.cell_height = 13;
	view_compose(&view, &picture, &no_copy, DEPTH_RGB, false);
	ck_assert_uint_eq(view.shown_x, 72);		/* 433 * 325 dots */
	ck_assert_uint_eq(view.shown_y, 25);
	view.cell_width = 10;
	view.cell_height = 13;
	view_compose(&view, &picture, &no_copy, DEPTH_RGB, false);
	ck_assert_uint_eq(view.shown_x, 43);
	view.cell_width = view.cell_height = 0;
	ck_assert(view_size(&view, 40, 100));
	view_compose(&view, &picture, &no_copy, DEPTH_RGB, false);
	ck_assert_uint_eq(view.shown_x, 40);
	ck_assert_uint_eq(view.shown_y, 15);
}
END_TEST

START_TEST(tiny_terminals_are_survived)
{
	static const char *const lines[] = { "a line longer than this", "another" };

	take(FRAME_TEXT, 30, 10);
	for (unsigned w = 1; w < 4; w++)
		for (unsigned h = 1; h < 4; h++) {
			ck_assert(view_size(&view, w, h));
			view_compose(&view, &picture, &no_copy, DEPTH_16, true);
			view_box(&view, DEPTH_16, lines, 2);
		}
}
END_TEST

/* --- Images ------------------------------------------------------------------------------ */

static struct term term;

static void show_image(bool kitty)
{
	static uint8_t pixel[320 * 200];

	for (size_t i = 0; i < sizeof pixel; i++)
		pixel[i] = i % 7;
	take(FRAME_TEXT, 1, 1);
	frame = (struct frame){ .kind = FRAME_PIXELS, .width = 320, .height = 200, .pixel = pixel,
		.dirty_bottom = 200 };
	for (unsigned i = 0; i < 7; i++)
		frame.palette[i] = i * 0x202020;
	term = (struct term){ .caps = caps, .graphics = kitty, .sixel = !kitty,
		.cell_width = 8, .cell_height = 16 };
	ck_assert(term_shows_images(&term));
	ck_assert(picture_take(&term.picture, &frame));
	ck_assert(view_size(&term.view, W, H));
	term.view.spares_last = !kitty;
	view_compose(&term.view, &term.picture, &no_copy, DEPTH_RGB, false);
	term_show_image(&term);
	out_bytes(&term.out, "", 1);
}

START_TEST(kittys_graphics_have_all_pixels)
{
	size_t digits = 0;

	show_image(true);
	ck_assert_ptr_nonnull(strstr(term.out.text, "a=T,q=2,f=24,i=1,p=1,C=1,s=320,v=200"));
	for (const char *p = term.out.text; (p = strstr(p, "\033_Gm=")) != NULL;) {
		size_t n = strcspn(p += 11, "\033");

		ck_assert_uint_le(n, 4096);
		digits += n;
	}
	ck_assert_uint_eq(digits, 320 * 200 * 4);
	ck_assert_ptr_nonnull(strstr(term.out.text, "_Gm=0,q=2;"));
}
END_TEST

/* Each dot of the image is of one colour, and all are.  */
START_TEST(sixels_cover_the_image_once)
{
	unsigned width, height, run = 1, dots = 0, n;
	const char *p;

	show_image(false);
	p = strstr(term.out.text, "q\"1;1;");
	ck_assert_ptr_nonnull(p);
	ck_assert_int_eq(sscanf(p, "q\"1;1;%u;%u%n", &width, &height, (int *)&n), 2);
	ck_assert_uint_eq(width, term.view.shown_x * 8);
	for (p += n; *p != '\033'; p++) {
		if (*p == '!')
			run = strtoul(p + 1, (char **)&p, 10);
		if (*p == '#')
			p += strspn(p + 1, "0123456789;");
		else if (*p >= '?' && *p <= '~') {
			dots += run * (unsigned)__builtin_popcount(*p - '?');
			run = 1;
		}
	}
	ck_assert_uint_eq(dots, width * height);
	ck_assert_uint_le(term.view.top + term.view.shown_y, H - 1);
}
END_TEST

int main(void)
{
	return suite_run_each("term_paint", setup, teardown, (const TTest *[]){
		only_what_changed_is_sent,
		random_changes_arrive_in_every_depth,
		a_picture_that_scrolls_costs_little,
		what_is_no_character_is_a_blank,
		the_cursor_has_its_place_and_shape,
		colours_are_the_nearest_there_are,
		colorterm_says_that_colours_are_true,
		a_small_picture_is_in_the_middle,
		a_large_picture_follows_its_cursor,
		pixels_become_half_blocks,
		pixels_are_four_to_three,
		tiny_terminals_are_survived,
		kittys_graphics_have_all_pixels,
		sixels_cover_the_image_once,
		NULL });
}
