/* int33.c - INT 33h: Microsoft's mouse driver, version 8: its table of functions.
 *
 * The driver is there from power-on.  It takes the hardware with the first call
 * of any of its functions, through INT 15h/C2h, so that programs which bring
 * their own driver, or none, never hear of it.  Source: RBIL, INT 33h.  */

#include "bios/mouse/parts.h"

/* Steps of taking the hardware; the function itself runs behind them.  */
enum { STEP_START, STEP_HANDLER, STEP_TYPE, STEP_SIZE, STEP_KNOCK_2, STEP_KNOCK_3, STEP_ASK,
	STEP_WHEEL, STEP_KNOCKED, STEP_RESOLUTION, STEP_RATE, STEP_ENABLED,
	STEP_READY = MOUSE_READY };

enum { RATE_80 = 4, RATE_100, RATE_200 };	/* of INT 15h/C202h */
#define WHEEL_ID	3

const struct svc_entry bios_int33_table[BIOS_INT33_FUNCTIONS] = {
	[0x00] = { "reset", mouse_fn_hard_reset },
	[0x01] = { "show cursor", mouse_fn_show },
	[0x02] = { "hide cursor", mouse_fn_hide },
	[0x03] = { "position and buttons", mouse_fn_position },
	[0x04] = { "set position", mouse_fn_move_to },
	[0x05] = { "presses of a button", mouse_fn_presses },
	[0x06] = { "releases of a button", mouse_fn_releases },
	[0x07] = { "set horizontal limits", mouse_fn_limits_x },
	[0x08] = { "set vertical limits", mouse_fn_limits_y },
	[0x09] = { "set graphics cursor", mouse_fn_shape },
	[0x0a] = { "set text cursor", mouse_fn_text_cursor },
	[0x0b] = { "motion", mouse_fn_mickeys },
	[0x0c] = { "set handler", mouse_fn_handler },
	[0x0d] = { "light pen on", mouse_fn_light_pen_on },
	[0x0e] = { "light pen off", mouse_fn_light_pen_off },
	[0x0f] = { "set mickeys for 8 points", mouse_fn_ratio },
	[0x10] = { "keep out of a region", mouse_fn_hole },
	[0x11] = { "wheel", mouse_fn_wheel },
	[0x12] = { "set large graphics cursor", mouse_fn_large_shape },
	[0x13] = { "set double-speed threshold", mouse_fn_threshold },
	[0x14] = { "exchange handler", mouse_fn_exchange },
	[0x15] = { "size of state", mouse_fn_state_size },
	[0x16] = { "save state", mouse_fn_save },
	[0x17] = { "restore state", mouse_fn_restore },
	[0x18] = { "set alternate handler", mouse_fn_alternate },
	[0x19] = { "get alternate handler", mouse_fn_get_alternate },
	[0x1a] = { "set sensitivity", mouse_fn_sensitivity },
	[0x1b] = { "get sensitivity", mouse_fn_get_sensitivity },
	[0x1c] = { "set interrupt rate", mouse_fn_rate },
	[0x1d] = { "set display page", mouse_fn_page },
	[0x1e] = { "get display page", mouse_fn_get_page },
	[0x1f] = { "disable driver", mouse_fn_disable },
	[0x20] = { "enable driver", mouse_fn_enable },
	[0x21] = { "reset software", mouse_fn_reset },
	[0x22] = { "set language", mouse_fn_language },
	[0x23] = { "get language", mouse_fn_get_language },
	[0x24] = { "version and type", mouse_fn_version },
	[0x25] = { "general information", mouse_fn_information },
	[0x26] = { "maximum coordinates", mouse_fn_maximum },
	[0x27] = { "masks and motion", mouse_fn_masks },
	[0x28] = { "set video mode", mouse_fn_video_mode },
	[0x29] = { "list video modes", mouse_fn_next_mode },
	[0x2a] = { "hot spot", mouse_fn_hot_spot },
	[0x2b] = { "load acceleration (none)", mouse_fn_no_curves },
	[0x2c] = { "get acceleration (none)", mouse_fn_no_curves },
	[0x2d] = { "select acceleration (none)", mouse_fn_no_curves },
	[0x2e] = { "name acceleration (none)", mouse_fn_no_curves },
	[0x2f] = { "reset hardware", mouse_fn_hardware_reset },
	[0x30] = { "BallPoint (none)", mouse_fn_no_curves },
	[0x31] = { "get limits", mouse_fn_get_limits },
	[0x32] = { "supported functions", mouse_fn_abilities },
	[0x33] = { "all that is set", mouse_fn_switches },
	[0x34] = { "settings file", mouse_fn_file },
	[0x4d] = { "copyright", mouse_fn_copyright },
	[0x6d] = { "version in memory", mouse_fn_version_at },
};

/* --- Taking the hardware --------------------------------------------------------- */

static enum svc pointer_call(struct bios *b, uint8_t al, uint8_t bh, uint8_t next_step)
{
	mouse_put(b->guest, CPU_AX, 0xc200 | al);
	mouse_put(b->guest, CPU_BX, bh << 8);
	return guest_int(b->guest, 0x15, next_step);
}

static enum svc take_handler(struct bios *b)
{
	struct far here = guest_gate_far(GATE_MOUSE_CALL);

	mouse_put(b->guest, CPU_AX, 0xc207);
	cpu_load_real(b->guest->cpu, CPU_ES, here.seg);
	mouse_put(b->guest, CPU_BX, here.off);
	return guest_int(b->guest, 0x15, STEP_HANDLER);
}

/* What another driver has left does not matter.  A reset takes a third of a second, so
 * it is only for changing the size of packets.  */
static enum svc set_size(struct bios *b, struct guest *g)
{
	uint8_t size = b->mouse.wheel_on ? 4 : 3;

	if (!b->mouse.wheel_on && !reg_bh(g) && (ebda8(b, EBDA_POINTER_FLAGS) & 7) == 2)
		return guest_next(g, STEP_KNOCKED);
	return pointer_call(b, 0x05, size, b->mouse.wheel_on ? STEP_SIZE : STEP_KNOCKED);
}

/* A mouse that does not know the knock has no wheel.  */
static enum svc look_for_wheel(struct bios *b, struct guest *g)
{
	if (reg_bh(g) == WHEEL_ID)
		return guest_next(g, STEP_KNOCKED);
	b->mouse.wheel_on = false;
	return pointer_call(b, 0x05, 3, STEP_KNOCKED);
}

static enum svc take_hardware(struct bios *b, struct guest *g)
{
	switch (guest_step(g)) {
	case STEP_START:
		return take_handler(b);
	case STEP_HANDLER:
		return pointer_call(b, 0x04, 0, STEP_TYPE);
	case STEP_TYPE:
		return set_size(b, g);
	case STEP_SIZE:
		return pointer_call(b, 0x02, RATE_200, STEP_KNOCK_2);
	case STEP_KNOCK_2:
		return pointer_call(b, 0x02, RATE_100, STEP_KNOCK_3);
	case STEP_KNOCK_3:
		return pointer_call(b, 0x02, RATE_80, STEP_ASK);
	case STEP_ASK:
		return pointer_call(b, 0x04, 0, STEP_WHEEL);
	case STEP_WHEEL:
		return look_for_wheel(b, g);
	case STEP_KNOCKED:
		return pointer_call(b, 0x03, 3, STEP_RESOLUTION);
	case STEP_RESOLUTION:
		return pointer_call(b, 0x02, RATE_100, STEP_RATE);
	case STEP_RATE:
		return pointer_call(b, 0x00, 1, STEP_ENABLED);
	}
	if (!b->mouse.ready)
		mouse_reset_driver(b);
	b->mouse.ready = true;
	guest_restore(g);
	return guest_next(g, STEP_READY);
}

static bool keeps_cursor(uint8_t n)
{
	return n == 0x03 || n == 0x05 || n == 0x06 || n == 0x0b;
}

static enum svc serve(struct bios *b, struct guest *g, uint16_t n)
{
	enum svc answer;

	if (keeps_cursor(n))
		return bios_int33_table[n].serve(b, g);
	mouse_hide_cursor(b);
	answer = bios_int33_table[n].serve(b, g);
	mouse_draw_cursor(b);
	return answer;
}

/* A program's own driver has had the hardware; the next program begins like this.  */
static bool resets(uint16_t n)
{
	return n == 0x00 || n == 0x20 || n == 0x2f;
}

/* The mouse gets its wheel when a program first asks for one: long packets are nothing
 * for those that do not know of them.  */
static bool must_take(struct bios *b, uint16_t n)
{
	if (n == 0x11 && !b->mouse.wheel_on) {
		b->mouse.wheel_on = true;
		return true;
	}
	return !bios_mouse_is_ours(b) && (!b->mouse.ready || resets(n));
}

enum svc bios_int33(void *room, struct guest *g)
{
	struct bios *b = room;
	uint16_t n = guest_caller(g)->reg[CPU_AX];
	uint8_t step = guest_step(g);

	if (!(bda16(b, BDA_EQUIPMENT) & EQUIPMENT_POINTER))
		return SVC_DONE;
	if (n >= BIOS_INT33_FUNCTIONS || !bios_int33_table[n].serve)
		return SVC_DONE;
	if (step < STEP_READY && (step > STEP_START || must_take(b, n)))
		return take_hardware(b, g);
	mouse_note_call(b, n);
	if ((n == 0x03 || n == 0x0b) && guest_poll(g, false))
		return guest_again(g, STEP_READY, GUEST_WAIT_TIME);
	mouse_follow_mode(b);
	return serve(b, g, n);
}
