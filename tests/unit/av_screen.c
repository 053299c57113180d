/* av_screen.c - the picture reaches those who watch.  */

#include "suite.h"

#include "av/screen.h"

static struct screen screen;
static unsigned shown, top, bottom;
static bool broken;

static bool show(void *self, const struct frame *f)
{
	(void)self;
	shown++;
	top = f->dirty_top;
	bottom = f->dirty_bottom;
	return !broken;
}

static const struct video_ops sink = { .show = show };

static void setup(void)
{
	shown = 0;
	broken = false;
	screen_init(&screen);
	ck_assert(screen_mode(&screen, FRAME_TEXT, 80, 25));
}

static void teardown(void)
{
	screen_fini(&screen);
}

START_TEST(only_dirty_rows_are_told)
{
	ck_assert(!screen_watched(&screen));
	ck_assert_int_ge(screen_attach(&screen, &sink, NULL), 0);
	ck_assert(screen_watched(&screen));
	screen_show(&screen);
	ck_assert_uint_eq(bottom - top, 25);
	screen_show(&screen);
	ck_assert_uint_eq(shown, 1);
	screen.cell[3 * 80].ch = 'x';
	screen_dirty(&screen, 3, 4);
	screen_dirty(&screen, 10, 99);
	screen_show(&screen);
	ck_assert_uint_eq(top, 3);
	ck_assert_uint_eq(bottom, 25);
}
END_TEST

START_TEST(a_mode_makes_a_clean_picture)
{
	screen.cell[0].ch = 'x';
	ck_assert(screen_mode(&screen, FRAME_PIXELS, 320, 200));
	ck_assert_ptr_null(screen.frame.cell);
	ck_assert_ptr_eq(screen.frame.pixel, screen.pixel);
	ck_assert_uint_eq(screen.pixel[320 * 200 - 1], 0);
	ck_assert(screen_mode(&screen, FRAME_RGB, 320, 200));
	ck_assert_ptr_null(screen.frame.pixel);
	ck_assert_ptr_eq(screen.frame.rgb, screen.rgb);
	ck_assert_uint_eq(screen.rgb[320 * 200 - 1], 0);
	ck_assert(!screen_mode(&screen, FRAME_PIXELS, 0, 200));
	ck_assert(!screen_mode(&screen, FRAME_PIXELS, 1, SCREEN_MAX + 1));
	ck_assert_uint_eq(screen.frame.width, 320);
}
END_TEST

START_TEST(a_broken_sink_is_let_go)
{
	int n = screen_attach(&screen, &sink, NULL);

	broken = true;
	screen_show(&screen);
	ck_assert(!screen_watched(&screen));
	ck_assert_int_eq(screen_attach(&screen, &sink, NULL), n);
	for (int i = 1; i < SCREEN_SINKS; i++)
		ck_assert_int_eq(screen_attach(&screen, &sink, NULL), i);
	ck_assert_int_eq(screen_attach(&screen, &sink, NULL), -1);
	screen_detach(&screen, 2);
	ck_assert_int_eq(screen_attach(&screen, &sink, NULL), 2);
}
END_TEST

int main(void)
{
	return suite_run_each("av/screen", setup, teardown, (const TTest *[]){
		only_dirty_rows_are_told,
		a_mode_makes_a_clean_picture,
		a_broken_sink_is_let_go,
		NULL });
}
