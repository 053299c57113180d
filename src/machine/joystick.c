/* joystick.c - which of the game port's resistances and buttons the host's pads are.
 *
 * The sticks of that time have no cross; where the guest's has no hat, a pad's cross
 * moves its first two axes.  */

#include "machine/pc.h"

#define MIDDLE	(GAMEPORT_MOST / 2)

static uint32_t ohms(int axis)
{
	return MIDDLE + (int)MIDDLE * (axis < -PAD_MOST ? -PAD_MOST : axis) / PAD_MOST;
}

static int pushed(const struct pad_event *p, unsigned axis, uint8_t less, uint8_t more)
{
	return p->hat & less ? -PAD_MOST : p->hat & more ? PAD_MOST : p->axis[axis];
}

static void connect(struct gameport_input *in, unsigned at, const struct pad_event *p, bool cross)
{
	in->ohm[at] = ohms(cross ? pushed(p, 0, PAD_LEFT, PAD_RIGHT) : p->axis[0]);
	in->ohm[at + 1] = ohms(cross ? pushed(p, 1, PAD_UP, PAD_DOWN) : p->axis[1]);
}

/* One stick of up to four axes, and four buttons.  */
static void connect_one(struct gameport_input *in, const struct pad_event *p, bool cross,
			unsigned axes)
{
	connect(in, 0, p, cross);
	for (unsigned i = 2; i < axes && i < GAMEPORT_AXES; i++)
		in->ohm[i] = ohms(p->axis[i]);
	in->pressed = p->buttons & 0x0f;
}

/* Each of two: its buttons 3 and 4 do as 1 and 2.  */
static void connect_half(struct gameport_input *in, unsigned n, const struct pad_event *p)
{
	connect(in, 2 * n, p, true);
	in->pressed |= ((p->buttons | p->buttons >> 2) & 3) << 2 * n;
}

/* A resistance for each direction of the hat, all of it for none: the drivers of Linux
 * (joydev, analog.c) tell them by quarters.  */
static uint32_t fcs_hat(uint8_t hat)
{
	unsigned quarter = hat & PAD_UP ? 0 : hat & PAD_RIGHT ? 1 : hat & PAD_DOWN ? 2 :
			   hat & PAD_LEFT ? 3 : 4;

	return GAMEPORT_MOST / 4 * quarter;
}

/* PCem and 86Box, "CH Flightstick Pro".  */
static uint8_t ch_hat(uint8_t hat)
{
	return hat & PAD_UP ? 0x0f : hat & PAD_RIGHT ? 0x0b : hat & PAD_DOWN ? 0x07 :
	       hat & PAD_LEFT ? 0x03 : 0;
}

static void connect_host(struct gameport_input *in, const struct pad_event *pad)
{
	if (pad[0].there && !pad[1].there) {
		connect_one(in, &pad[0], true, pad[0].axes);
		return;
	}
	for (unsigned i = 0; i < PADS; i++)
		if (pad[i].there)
			connect_half(in, i, &pad[i]);
}

static void plug(struct machine *m)
{
	const struct pad_event *pad = m->pad;
	struct gameport_input in = { 0 };

	for (unsigned i = 0; i < GAMEPORT_AXES; i++)
		in.ohm[i] = GAMEPORT_OPEN;
	switch (m->joystick) {
	case JOYSTICK_NONE:
		return;
	case JOYSTICK_AUTO:
		connect_host(&in, pad);
		break;
	case JOYSTICK_2AXIS:
		connect_half(&in, 0, &pad[0]);
		connect_half(&in, 1, &pad[1]);
		break;
	case JOYSTICK_4AXIS:
		connect_one(&in, &pad[0], true, PAD_AXES);
		break;
	case JOYSTICK_FCS:
		connect_one(&in, &pad[0], false, 3);
		in.ohm[3] = fcs_hat(pad[0].hat);
		break;
	case JOYSTICK_CH:
		connect_one(&in, &pad[0], false, 2);
		in.ohm[3] = ohms(pad[0].axis[3]);
		in.pressed |= ch_hat(pad[0].hat);
		break;
	}
	gameport_set(&m->gameport, &in);
}

void machine_pad(struct machine *m, const struct pad_event *ev)
{
	if (ev->pad >= PADS)
		return;
	m->pad[ev->pad] = ev->there ? *ev : (struct pad_event){ .pad = ev->pad };
	plug(m);
}

void machine_joystick_init(struct machine *m, enum joystick_kind kind)
{
	m->joystick = kind;
	if (kind == JOYSTICK_NONE)
		return;
	gameport_init(&m->gameport, &m->bus, &m->sched);
	plug(m);
}
