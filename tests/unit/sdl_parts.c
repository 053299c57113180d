/* sdl_parts.c - what the window shows, where, and which keys are its own.  */

#include <SDL_keyboard.h>
#include <check.h>
#include <string.h>

#include "../../plugins/sdl/hotkeys.h"
#include "../../plugins/sdl/keys.h"
#include "../../plugins/sdl/osd.h"
#include "../../plugins/sdl/picture.h"
#include "../../plugins/sdl/scale.h"
#include "suite.h"

/* --- Place ------------------------------------------------------------------------- */

START_TEST(a_picture_is_four_to_three_in_the_middle)
{
	struct place p = scale_place(SCALER_SHARP, 320, 200, 1000, 600);

	ck_assert_int_eq(p.width, 800);
	ck_assert_int_eq(p.height, 600);
	ck_assert_int_eq(p.x, 100);
	ck_assert_int_eq(p.y, 0);
	ck_assert(p.smooth);
	ck_assert_uint_eq(p.times_x, 3);
}
END_TEST

START_TEST(whole_multiples_need_no_smoothing)
{
	struct place p = scale_place(SCALER_SHARP, 320, 200, 1600, 1200);

	ck_assert(!p.smooth);
	ck_assert_int_eq(p.width, 1600);
	ck_assert_int_eq(p.height, 1200);
}
END_TEST

START_TEST(integer_multiples_come_near_to_four_to_three)
{
	struct place p = scale_place(SCALER_INTEGER, 320, 200, 1920, 1080);

	ck_assert_int_eq(p.height, 1000);
	ck_assert_int_eq(p.width, 1280);
	ck_assert(!p.smooth);
	p = scale_place(SCALER_INTEGER, 640, 480, 639, 1000);	/* too small for it */
	ck_assert_int_eq(p.width, 639);
}
END_TEST

START_TEST(a_window_of_nothing_has_a_place_too)
{
	for (unsigned s = 0; s < SCALERS; s++) {
		struct place p = scale_place(s, 720, 400, 0, 0);
		uint16_t x, y;

		ck_assert_int_ge(p.width, 1);
		ck_assert_int_ge(p.height, 1);
		scale_point(&p, 5, 5, &x, &y);
	}
}
END_TEST

START_TEST(points_reach_from_edge_to_edge)
{
	struct place p = scale_place(SCALER_SHARP, 320, 200, 1000, 600);
	uint16_t x, y;

	scale_point(&p, 100, 0, &x, &y);
	ck_assert_uint_eq(x, 0);
	ck_assert_uint_eq(y, 0);
	scale_point(&p, 899, 599, &x, &y);
	ck_assert_uint_eq(x, 65535);
	ck_assert_uint_eq(y, 65535);
	scale_point(&p, 0, 2000, &x, &y);
	ck_assert_uint_eq(x, 0);
	ck_assert_uint_eq(y, 65535);
}
END_TEST

/* --- Picture ------------------------------------------------------------------------ */

START_TEST(only_changed_rows_are_drawn_again)
{
	uint8_t pixel[4 * 3] = { 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3 };
	struct frame f = { .kind = FRAME_PIXELS, .width = 4, .height = 3, .pixel = pixel,
			   .palette = { 0, 0x111111, 0x222222, 0x333333 },
			   .dirty_bottom = 3 };
	struct picture p = { 0 };

	ck_assert(picture_take(&p, &f));
	ck_assert_uint_eq(p.dot[4], 0x222222);
	p.dirty_top = p.dirty_bottom = 0;	/* shown */
	memset(pixel, 3, sizeof pixel);
	f.dirty_top = 1;
	f.dirty_bottom = 2;
	ck_assert(picture_take(&p, &f));
	ck_assert_uint_eq(p.dot[4], 0x333333);
	ck_assert_uint_eq(p.dot[0], 0x111111);
	ck_assert_uint_eq(p.dirty_top, 1);
	ck_assert_uint_eq(p.dirty_bottom, 2);
	f.palette[3] = 0x444444;
	ck_assert(picture_take(&p, &f));
	ck_assert_uint_eq(p.dot[0], 0x444444);
	ck_assert_uint_eq(p.dirty_bottom, 3);
	picture_fini(&p);
}
END_TEST

START_TEST(cells_become_dots)
{
	static uint8_t font[FRAME_GLYPHS * FRAME_GLYPH];
	struct frame_cell cell[2] = { { .glyph = 0xc1, .fg = 1 }, { .glyph = 2, .fg = 1, .bg = 2 } };
	struct frame f = { .kind = FRAME_TEXT, .width = 2, .height = 1, .cell = cell, .font = font,
			   .palette = { 0, 0xffffff, 0x0000aa }, .dirty_bottom = 1,
			   .cell_width = 9, .cell_height = 16, .ninth_dot = true,
			   .cursor_x = 1, .cursor_bottom = 16, .cursor_top = 14 };
	struct picture p = { 0 };

	font[0xc1 * FRAME_GLYPH] = 0x01;
	ck_assert(picture_take(&p, &f));
	ck_assert_uint_eq(p.width, 18);
	ck_assert_uint_eq(p.height, 16);
	ck_assert_uint_eq(p.dot[6], 0);
	ck_assert_uint_eq(p.dot[7], 0xffffff);
	ck_assert_uint_eq(p.dot[8], 0xffffff);
	ck_assert_uint_eq(p.dot[9], 0x0000aa);
	ck_assert_uint_eq(p.dot[14 * 18 + 9], 0xffffff);
	f.font = NULL;				/* nothing can be drawn: the old picture stays */
	ck_assert(picture_take(&p, &f));
	ck_assert_uint_eq(p.width, 18);
	picture_fini(&p);
}
END_TEST

/* --- Keys --------------------------------------------------------------------------- */

static unsigned told, last_key;
static bool last_down;

static void on_key(void *ctx, const struct key_event *ev)
{
	(void)ctx;
	told++;
	last_key = ev->key;
	last_down = ev->down;
}

START_TEST(what_is_down_is_let_go_once)
{
	struct plugin_host host = { .key = on_key };
	struct keys k = { .host = &host };
	SDL_KeyboardEvent ev = { .type = SDL_KEYDOWN, .keysym.scancode = SDL_SCANCODE_UP };

	told = 0;
	keys_take(&k, &ev);
	ck_assert_uint_eq(last_key, 0x52);	/* HID: Up Arrow */
	ev.repeat = 1;
	keys_take(&k, &ev);
	ck_assert_uint_eq(told, 1);
	keys_release_all(&k);
	ck_assert_uint_eq(told, 2);
	ck_assert(!last_down);
	ev = (SDL_KeyboardEvent){ .type = SDL_KEYUP, .keysym.scancode = SDL_SCANCODE_UP };
	keys_take(&k, &ev);
	ck_assert_uint_eq(told, 2);
	ev.keysym.scancode = SDL_SCANCODE_AUDIOREWIND;	/* none of HID's keyboard page */
	ev.type = SDL_KEYDOWN;
	keys_take(&k, &ev);
	ck_assert_uint_eq(told, 2);
}
END_TEST

START_TEST(hotkeys_want_their_modifiers_and_no_others)
{
	SDL_Keysym key = { .sym = SDLK_RETURN, .scancode = SDL_SCANCODE_RETURN, .mod = KMOD_LALT };

	ck_assert_int_eq(hotkey_of(&key), HOTKEY_FULLSCREEN);
	key.mod = KMOD_LALT | KMOD_NUM | KMOD_CAPS;
	ck_assert_int_eq(hotkey_of(&key), HOTKEY_FULLSCREEN);
	key.mod = KMOD_LALT | KMOD_LCTRL;
	ck_assert_int_eq(hotkey_of(&key), HOTKEY_NONE);
	key.mod = 0;
	ck_assert_int_eq(hotkey_of(&key), HOTKEY_NONE);
	/* Cyrillic: the letters have no keys, their places have.  */
	key = (SDL_Keysym){ .sym = 0x439, .scancode = SDL_SCANCODE_Q, .mod = KMOD_LCTRL | KMOD_LSHIFT };
	ck_assert_int_eq(hotkey_of(&key), HOTKEY_QUIT);
}
END_TEST

START_TEST(the_help_fits_into_its_box)
{
	char text[4096];
	struct osd o;
	static const uint8_t font[256 * 16];

	hotkey_help(text, sizeof text);
	ck_assert_uint_lt(strlen(text), OSD_LINES * (OSD_COLUMNS + 1));
	osd_init(&o, font);
	osd_box(&o, text);
	ck_assert_str_eq(o.line[o.lines - 1], strrchr(text, '\n') + 1);
	ck_assert(osd_draw(&o, 640, 480));
	ck_assert_int_le(o.width * o.times, 640);
	ck_assert_int_le(o.height * o.times, 480);
	ck_assert(!osd_draw(&o, 1920, 1080));
	osd_fini(&o);
}
END_TEST

START_TEST(a_message_goes_away_and_a_box_stays)
{
	static const uint8_t font[256 * 16];
	struct osd o;

	osd_init(&o, font);
	osd_say(&o, 1000, "%s", "hello");
	ck_assert(osd_visible(&o));
	ck_assert(!osd_expire(&o, 1100));
	ck_assert(osd_expire(&o, 1000 + osd_due_ms(&o, 1000)));
	ck_assert(!osd_visible(&o));
	osd_box(&o, "a question");
	osd_say(&o, 1000, "lost");
	ck_assert_str_eq(o.line[0], "a question");
	ck_assert_int_eq(osd_due_ms(&o, 9999), -1);
	osd_fini(&o);
}
END_TEST

int main(void)
{
	return suite_run("sdl", (const TTest *[]){
		a_picture_is_four_to_three_in_the_middle, whole_multiples_need_no_smoothing,
		integer_multiples_come_near_to_four_to_three, a_window_of_nothing_has_a_place_too,
		points_reach_from_edge_to_edge, only_changed_rows_are_drawn_again, cells_become_dots,
		what_is_down_is_let_go_once, hotkeys_want_their_modifiers_and_no_others,
		the_help_fits_into_its_box, a_message_goes_away_and_a_box_stays,
		NULL });
}
