/* sdl_paint.c - pictures that the processor makes larger.  */

#include <check.h>
#include <math.h>
#include <string.h>

#include "../../plugins/sdl/canvas.h"
#include "../../plugins/sdl/picture.h"
#include "suite.h"

#define DOTS_X	40
#define DOTS_Y	25
#define MOST	(320 * 320)

static uint32_t dot[DOTS_X * DOTS_Y];
static uint32_t out[MOST], again[MOST];
static struct canvas canvas;

static void scribble(void)
{
	uint32_t v = 1;

	for (unsigned i = 0; i < DOTS_X * DOTS_Y; i++) {
		v = v * 1103515245 + 12345;
		dot[i] = v >> 8 & 0xffffff;
	}
}

static struct picture whole(void)
{
	return (struct picture){ .dot = dot, .width = DOTS_X, .height = DOTS_Y,
				 .dirty_bottom = DOTS_Y };
}

static void draw(enum scaler s, struct picture *p, bool all, int width, int height, uint32_t *to,
		 int *from_row, int *to_row)
{
	ck_assert(canvas_draw(&canvas, s, p, all, width, height, to, width, from_row, to_row));
}

START_TEST(whole_multiples_are_dots_without_mixture)
{
	static const enum scaler kinds[] = { SCALER_SHARP, SCALER_INTEGER, SCALER_NEAREST };
	int a, b;

	scribble();
	for (unsigned k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		struct picture p = whole();

		draw(kinds[k], &p, true, DOTS_X * 5, DOTS_Y * 6, out, &a, &b);
		ck_assert_int_eq(a, 0);
		ck_assert_int_eq(b, DOTS_Y * 6);
		for (int y = 0; y < DOTS_Y * 6; y++)
			for (int x = 0; x < DOTS_X * 5; x++)
				ck_assert_uint_eq(out[y * DOTS_X * 5 + x], dot[y / 6 * DOTS_X + x / 5]);
	}
	canvas_fini(&canvas);
}
END_TEST

/* 2 dots in 3 pixels: the middle one is half of each.  */
START_TEST(a_pixel_over_an_edge_is_of_both_dots)
{
	uint32_t two[2] = { 0x000000, 0x804020 };
	struct picture p = { .dot = two, .width = 2, .height = 1, .dirty_bottom = 1 };
	int a, b;

	draw(SCALER_SHARP, &p, true, 3, 1, out, &a, &b);
	ck_assert_uint_eq(out[0], 0x000000);
	ck_assert_uint_eq(out[1], 0x402010);
	ck_assert_uint_eq(out[2], 0x804020);
	canvas_fini(&canvas);
}
END_TEST

/* What is drawn after a change of some rows is what is drawn of all of them.  */
START_TEST(the_changed_rows_are_all_that_changes)
{
	static const int size[][2] = { { 200, 150 }, { 67, 31 }, { 33, 17 }, { 40, 25 }, { 1, 1 } };
	int a, b;

	for (unsigned s = 0; s < SCALERS; s++)
		for (unsigned i = 0; i < sizeof size / sizeof *size; i++)
			for (unsigned row = 0; row < DOTS_Y; row += 3) {
				int width = size[i][0], height = size[i][1];
				struct picture p = whole();

				scribble();
				draw(s, &p, true, width, height, out, &a, &b);
				for (unsigned x = 0; x < DOTS_X; x++)
					dot[row * DOTS_X + x] ^= 0xffffff;
				p.dirty_top = row;
				p.dirty_bottom = row + 1;
				draw(s, &p, false, width, height, out, &a, &b);
				ck_assert(a >= 0 && b <= height);
				ck_assert_uint_eq(p.dirty_bottom, 0);
				draw(s, &p, true, width, height, again, &a, &b);
				ck_assert(memcmp(out, again, sizeof *out * width * height) == 0);
			}
	canvas_fini(&canvas);
}
END_TEST

START_TEST(nothing_changed_is_nothing_drawn)
{
	struct picture p = whole();
	int a, b;

	for (unsigned s = 0; s < SCALERS; s++) {
		draw(s, &p, true, 100, 75, out, &a, &b);
		draw(s, &p, false, 100, 75, out, &a, &b);
		ck_assert_int_eq(a, b);
		draw(s, &p, false, 101, 75, out, &a, &b);
		ck_assert_int_eq(b, 75);	/* another size */
	}
	canvas_fini(&canvas);
}
END_TEST

/* --- The tube ---------------------------------------------------------------------- */

static double light(unsigned v)
{
	return pow(v / 255.0, 2.2);
}

/* Of a picture of one colour, in so many rows a line: all light, and that of the darkest
 * row beside the brightest.  */
static void look(uint32_t color, int rows, double *mean, double *gap)
{
	int width = 60, height = DOTS_Y * rows, a, b;
	double least = 1e9, most = 0;
	struct picture p = whole();

	for (unsigned i = 0; i < DOTS_X * DOTS_Y; i++)
		dot[i] = color;
	draw(SCALER_CRT, &p, true, width, height, out, &a, &b);
	*mean = 0;
	for (int y = rows; y < height - rows; y++) {
		double sum = 0;

		for (int x = 0; x < width; x++)
			sum += (light(out[y * width + x] >> 16) + light(out[y * width + x] >> 8 & 255) +
				light(out[y * width + x] & 255)) / (3 * width);
		least = fmin(least, sum);
		most = fmax(most, sum);
		*mean += sum / (height - 2 * rows);
	}
	*gap = least / most;
}

START_TEST(a_tube_is_about_as_bright_as_the_picture)
{
	static const unsigned grey[] = { 0x55, 0xaa, 0xff };
	double mean, gap;

	for (unsigned i = 0; i < 3; i++)
		for (int rows = 1; rows < 7; rows++) {
			double wanted = pow(grey[i] / 255.0, 2.4);

			look(grey[i] * 0x010101, rows, &mean, &gap);
			ck_assert_double_gt(mean, wanted * 0.85);
			ck_assert_double_lt(mean, wanted * 1.15);
		}
	canvas_fini(&canvas);
}
END_TEST

START_TEST(lines_have_gaps_the_darker_the_wider_where_there_is_room)
{
	double mean, white, grey, dark;

	look(0xffffff, 5, &mean, &white);
	look(0xaaaaaa, 5, &mean, &grey);
	look(0x555555, 5, &mean, &dark);
	ck_assert_double_gt(white, 0.8);
	ck_assert_double_lt(grey, white);
	ck_assert_double_lt(dark, grey);
	ck_assert_double_lt(dark, 0.5);
	look(0x555555, 2, &mean, &dark);
	ck_assert_double_gt(dark, 0.97);
	canvas_fini(&canvas);
}
END_TEST

START_TEST(a_tube_keeps_black_black_and_colours_their_hue)
{
	struct picture p = whole();
	int a, b;

	memset(dot, 0, sizeof dot);
	draw(SCALER_CRT, &p, true, 100, 75, out, &a, &b);
	for (int i = 0; i < 100 * 75; i++)
		ck_assert_uint_eq(out[i], 0);
	for (unsigned i = 0; i < DOTS_X * DOTS_Y; i++)
		dot[i] = 0x00aa00;
	draw(SCALER_CRT, &p, true, 100, 75, out, &a, &b);
	for (int i = 0; i < 100 * 75; i++)
		ck_assert_uint_eq(out[i] & 0xff00ff, 0);
	canvas_fini(&canvas);
}
END_TEST

int main(void)
{
	return suite_run("sdl paint", (const TTest *[]){
		whole_multiples_are_dots_without_mixture, a_pixel_over_an_edge_is_of_both_dots,
		the_changed_rows_are_all_that_changes, nothing_changed_is_nothing_drawn,
		a_tube_is_about_as_bright_as_the_picture,
		lines_have_gaps_the_darker_the_wider_where_there_is_room,
		a_tube_keeps_black_black_and_colours_their_hue, NULL });
}
