/* sdl_pads.c - joysticks and game pads, played by SDL's virtual ones.  */

#include <SDL.h>
#include <check.h>
#include <string.h>

#include "../../plugins/sdl/pads.h"
#include "suite.h"

static struct pads pads;
static struct pad_event last[PADS];
static unsigned told;

static void on_pad(void *ctx, const struct pad_event *ev)
{
	(void)ctx;
	told++;
	last[ev->pad] = *ev;
}

static const struct plugin_host host = { .pad = on_pad };

static void begin(int dead)
{
	SDL_SetMainReady();
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
	memset(last, 0, sizeof last);
	told = 0;
	pads_init(&pads, &host, dead);
	ck_assert(pads.ready);
}

static void end(void)
{
	pads_fini(&pads);
	SDL_Quit();
}

/* All that has happened; the last name that came.  */
static const char *poll_events(void)
{
	const char *name = NULL, *now;
	SDL_Event ev;

	SDL_JoystickUpdate();
	while (SDL_PollEvent(&ev)) {
		now = pads_take(&pads, &ev, 1000);
		name = now ? now : name;
	}
	return name;
}

static SDL_Joystick *stick(unsigned n)
{
	ck_assert_ptr_nonnull(pads.pad[n].stick);
	return pads.pad[n].stick;
}

START_TEST(a_plain_joystick_has_its_first_axes_and_buttons)
{
	int device;

	begin(0);
	device = SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_FLIGHT_STICK, 3, 6, 1);
	ck_assert_int_ge(device, 0);
	ck_assert_ptr_nonnull(poll_events());
	ck_assert(last[0].there);
	ck_assert_uint_eq(last[0].axes, 3);
	SDL_JoystickSetVirtualAxis(stick(0), 0, -32768);
	SDL_JoystickSetVirtualAxis(stick(0), 2, 16384);
	SDL_JoystickSetVirtualButton(stick(0), 3, 1);
	SDL_JoystickSetVirtualButton(stick(0), 4, 1);
	SDL_JoystickSetVirtualHat(stick(0), 0, SDL_HAT_RIGHTDOWN);
	poll_events();
	ck_assert_int_eq(last[0].axis[0], -PAD_MOST);
	ck_assert_int_eq(last[0].axis[1], 0);
	ck_assert_int_eq(last[0].axis[2], 16384);
	ck_assert_uint_eq(last[0].buttons, 0x08);
	ck_assert_uint_eq(last[0].hat, PAD_RIGHT | PAD_DOWN);
	SDL_JoystickDetachVirtual(device);
	ck_assert_str_eq(poll_events(), "");
	ck_assert(!last[0].there);
	end();
}
END_TEST

START_TEST(a_pad_of_the_database_has_its_buttons_by_their_places)
{
	static const struct { SDL_GameControllerButton button; uint8_t bits, hat; } row[] = {
		{ SDL_CONTROLLER_BUTTON_A, 1, 0 }, { SDL_CONTROLLER_BUTTON_B, 2, 0 },
		{ SDL_CONTROLLER_BUTTON_X, 4, 0 }, { SDL_CONTROLLER_BUTTON_Y, 8, 0 },
		{ SDL_CONTROLLER_BUTTON_START, 0, 0 },
		{ SDL_CONTROLLER_BUTTON_LEFTSHOULDER, 2, 0 },
		{ SDL_CONTROLLER_BUTTON_RIGHTSHOULDER, 1, 0 },
		{ SDL_CONTROLLER_BUTTON_DPAD_UP, 0, PAD_UP },
		{ SDL_CONTROLLER_BUTTON_DPAD_DOWN, 0, PAD_DOWN },
		{ SDL_CONTROLLER_BUTTON_DPAD_LEFT, 0, PAD_LEFT },
		{ SDL_CONTROLLER_BUTTON_DPAD_RIGHT, 0, PAD_RIGHT },
	};

	begin(10);
	SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_GAMECONTROLLER, SDL_CONTROLLER_AXIS_MAX,
				  SDL_CONTROLLER_BUTTON_MAX, 0);
	poll_events();
	ck_assert_ptr_nonnull(pads.pad[0].known);
	ck_assert_uint_eq(last[0].axes, 4);
	for (unsigned i = 0; i < sizeof row / sizeof *row; i++) {
		SDL_JoystickSetVirtualButton(stick(0), row[i].button, 1);
		poll_events();
		ck_assert_uint_eq(last[0].buttons, row[i].bits);
		ck_assert_uint_eq(last[0].hat, row[i].hat);
		SDL_JoystickSetVirtualButton(stick(0), row[i].button, 0);
		poll_events();
		ck_assert_uint_eq(last[0].buttons | last[0].hat, 0);
	}
	SDL_JoystickSetVirtualAxis(stick(0), SDL_CONTROLLER_AXIS_LEFTY, 32767);
	SDL_JoystickSetVirtualAxis(stick(0), SDL_CONTROLLER_AXIS_RIGHTX, -32768);
	poll_events();
	ck_assert_int_eq(last[0].axis[1], PAD_MOST);
	ck_assert_int_eq(last[0].axis[2], -PAD_MOST);
	end();
}
END_TEST

START_TEST(triggers_are_pedals)
{
	begin(0);
	SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_GAMECONTROLLER, SDL_CONTROLLER_AXIS_MAX,
				  SDL_CONTROLLER_BUTTON_MAX, 0);
	poll_events();
	/* A virtual trigger at rest is at its lower end.  */
	SDL_JoystickSetVirtualAxis(stick(0), SDL_CONTROLLER_AXIS_TRIGGERLEFT, -32768);
	SDL_JoystickSetVirtualAxis(stick(0), SDL_CONTROLLER_AXIS_TRIGGERRIGHT, 32767);
	poll_events();
	ck_assert_int_lt(last[0].axis[3], -32700);
	SDL_JoystickSetVirtualAxis(stick(0), SDL_CONTROLLER_AXIS_TRIGGERRIGHT, -32768);
	SDL_JoystickSetVirtualAxis(stick(0), SDL_CONTROLLER_AXIS_TRIGGERLEFT, 32767);
	poll_events();
	ck_assert_int_gt(last[0].axis[3], 32700);
	end();
}
END_TEST

START_TEST(near_its_middle_an_axis_is_at_rest)
{
	begin(25);
	SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_FLIGHT_STICK, 2, 2, 0);
	poll_events();
	told = 0;
	SDL_JoystickSetVirtualAxis(stick(0), 0, 8000);
	poll_events();
	ck_assert_uint_eq(told, 0);
	SDL_JoystickSetVirtualAxis(stick(0), 0, 8300);
	poll_events();
	ck_assert_int_gt(last[0].axis[0], 0);
	ck_assert_int_lt(last[0].axis[0], 500);
	SDL_JoystickSetVirtualAxis(stick(0), 0, 32767);
	poll_events();
	ck_assert_int_eq(last[0].axis[0], PAD_MOST);
	end();
}
END_TEST

START_TEST(two_may_be_plugged_in_and_the_place_of_one_is_free_afterwards)
{
	int device[3];

	begin(0);
	ck_assert_int_eq(pads_due_ms(&pads, 1000), 1000);
	for (unsigned i = 0; i < 3; i++)
		device[i] = SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_FLIGHT_STICK, 2, 2, 0);
	poll_events();
	ck_assert(last[0].there && last[1].there);
	ck_assert_uint_eq(told, 2);
	ck_assert_int_le(pads_due_ms(&pads, 1000), 10);
	SDL_JoystickSetVirtualButton(stick(1), 0, 1);
	poll_events();
	ck_assert_uint_eq(last[0].buttons, 0);
	ck_assert_uint_eq(last[1].buttons, 1);
	SDL_JoystickDetachVirtual(device[0]);
	poll_events();
	ck_assert(!last[0].there && last[1].there);
	SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_FLIGHT_STICK, 2, 2, 0);
	poll_events();
	ck_assert(last[0].there);
	end();
}
END_TEST

int main(void)
{
	return suite_run("sdl pads", (const TTest *[]){
		a_plain_joystick_has_its_first_axes_and_buttons,
		a_pad_of_the_database_has_its_buttons_by_their_places, triggers_are_pedals,
		near_its_middle_an_axis_is_at_rest,
		two_may_be_plugged_in_and_the_place_of_one_is_free_afterwards, NULL });
}
