/* pointer.c - INT 15h/C2h and INT 74h: the pointing device at the keyboard
 * controller's auxiliary line, as the PS/2's BIOS serves it.
 *
 * A function is a few bytes to the device.  While it waits for the answers,
 * the keyboard is held back and IRQ 12 masked, so that nobody else takes them.
 * Source: IBM BIOS Interface Technical Reference, INT 15h, "Pointing device
 * interface"; RBIL, INT 15h/C2h, tables 00522 and 00525.  */

#include "bios/parts.h"

#define PORT_DATA	0x60
#define PORT_STATUS	0x64
#define PORT_MASK	0xa1		/* of the slave PIC */
#define MASK_IRQ12	0x10

enum { OUT_FULL = 0x01, OUT_AUX = 0x20 };		/* the controller's status */
enum { KEYBOARD_OFF = 0xad, KEYBOARD_ON = 0xae, AUX_ON = 0xa8, TO_AUX = 0xd4 };
enum { ACK = 0xfa, RESEND = 0xfe };

enum {					/* answers in AH */
	BAD_FUNCTION = 1, BAD_INPUT = 2, INTERFACE_ERROR = 3, MUST_RESEND = 4, NO_HANDLER = 5,
};

enum {					/* to the device */
	DEV_SCALE_1 = 0xe6, DEV_SCALE_2 = 0xe7, DEV_RESOLUTION = 0xe8, DEV_STATUS = 0xe9,
	DEV_ID = 0xf2, DEV_RATE = 0xf3, DEV_ENABLE = 0xf4, DEV_DISABLE = 0xf5, DEV_RESET = 0xff,
};

#define HANDLER_THERE	0x80		/* EBDA_POINTER_FLAGS */
#define SIZE_BITS	0x07
#define READ_MAX	3		/* bytes of an answer: EBDA_POINTER_READ */
#define SYNC		0x08		/* always set in a packet's first byte */

#define LONGEST_ANSWER	(VTIME_SECOND / 40)
#define LONGEST_TEST	(VTIME_SECOND * 3 / 4)
#define LONGEST_KEY	(VTIME_SECOND / 50)
#define LOOK_AGAIN	(VTIME_SECOND / 2000)

enum { STEP_START, STEP_FREE, STEP_ANSWER };

/* What is to be sent and has come, as plain words.  */
enum note {
	NOTE_SEND,			/* bytes to send, the first lowest */
	NOTE_COUNTS,			/* how many, how many answers more than ACK */
	NOTE_DONE,			/* sent and acknowledged; answers that came */
	NOTE_ANSWERS,			/* the first lowest */
	NOTE_MASK,			/* port A1h as it was */
	NOTE_UNTIL,			/* low word of a date in microseconds */
};

static uint32_t *note(struct guest *g, enum note n)
{
	return &guest_frame(g)->note[n];
}

static uint32_t now_us(const struct bios *b)
{
	return b->sched->now / (VTIME_SECOND / 1000000);
}

static void set_limit(struct bios *b, vtime longest)
{
	*note(b->guest, NOTE_UNTIL) = now_us(b) + longest / (VTIME_SECOND / 1000000);
}

static bool too_late(struct bios *b)
{
	return (int32_t)(now_us(b) - *note(b->guest, NOTE_UNTIL)) >= 0;
}

static enum svc look_again(struct bios *b, uint8_t step)
{
	return bios_sleep(b, step, b->sched->now + LOOK_AGAIN);
}

static unsigned to_send(struct guest *g) { return *note(g, NOTE_COUNTS) & 0xff; }
static unsigned to_come(struct guest *g) { return *note(g, NOTE_COUNTS) >> 8; }
static unsigned sent(struct guest *g) { return *note(g, NOTE_DONE) & 0xff; }
static unsigned came(struct guest *g) { return *note(g, NOTE_DONE) >> 8; }

static uint8_t answer_at(struct guest *g, unsigned n)
{
	return *note(g, NOTE_ANSWERS) >> 8 * n;
}

static void send_next(struct bios *b)
{
	uint8_t byte = *note(b->guest, NOTE_SEND) >> 8 * sent(b->guest);

	port_out(b, PORT_STATUS, TO_AUX);
	port_out(b, PORT_DATA, byte);
	set_limit(b, byte == DEV_RESET ? LONGEST_TEST : LONGEST_ANSWER);
}

/* Begin: `send' has `count' bytes, and `answers' come after the ACKs.  */
static enum svc talk(struct bios *b, uint32_t send, unsigned count, unsigned answers)
{
	*note(b->guest, NOTE_SEND) = send;
	*note(b->guest, NOTE_COUNTS) = count | answers << 8;
	set_limit(b, LONGEST_KEY);
	return guest_next(b->guest, STEP_FREE);
}

/* Whatever is in the buffer goes to its interrupt first.  */
static enum svc when_free(struct bios *b)
{
	if (port_in(b, PORT_STATUS) & OUT_FULL) {
		if (!too_late(b))
			return look_again(b, STEP_FREE);
		port_in(b, PORT_DATA);		/* nobody wants it */
	}
	*note(b->guest, NOTE_MASK) = port_in(b, PORT_MASK);
	port_out(b, PORT_MASK, *note(b->guest, NOTE_MASK) | MASK_IRQ12);
	port_out(b, PORT_STATUS, KEYBOARD_OFF);
	port_out(b, PORT_STATUS, AUX_ON);
	send_next(b);
	return look_again(b, STEP_ANSWER);
}

static void hang_up(struct bios *b)
{
	port_out(b, PORT_STATUS, KEYBOARD_ON);
	port_out(b, PORT_MASK, *note(b->guest, NOTE_MASK));
	guest_restore(b->guest);
}

static enum svc broken_off(struct bios *b, uint8_t code)
{
	hang_up(b);
	return int15_fail(b->guest, code);
}

static uint8_t caller_al(struct guest *g)
{
	return guest_caller(g)->reg[CPU_AX];
}

static uint8_t caller_bh(struct guest *g)
{
	return guest_caller(g)->reg[CPU_BX] >> 8;
}

static void keep_answers(struct bios *b)
{
	for (unsigned i = 0; i < READ_MAX; i++)
		set_ebda8(b, EBDA_POINTER_READ + i, i < came(b->guest) ? answer_at(b->guest, i) : 0);
	set_ebda8(b, EBDA_POINTER_READ_COUNT, came(b->guest));
}

/* All answers are here; which registers they go to.  */
static enum svc talked(struct bios *b)
{
	struct guest *g = b->guest;

	hang_up(b);
	switch (caller_al(g)) {
	case 0x00:
		if (caller_bh(g))
			port_out(b, PORT_MASK, port_in(b, PORT_MASK) & ~MASK_IRQ12);
		set_ebda8(b, EBDA_POINTER_COUNT, 0);
		break;
	case 0x01:
	case 0x05:
		cpu_set16(g->cpu, CPU_BX, answer_at(g, 1) << 8 | answer_at(g, 0));
		break;
	case 0x04:
		set_bh(g, answer_at(g, 0));
		break;
	case 0x08:
		keep_answers(b);
		break;
	case 0x06:
		if (caller_bh(g))
			break;
		set_bl(g, answer_at(g, 0));
		set_cl(g, answer_at(g, 1));
		set_dl(g, answer_at(g, 2));
		break;
	}
	return int15_ok(g);
}

static enum svc answered(struct bios *b)
{
	struct guest *g = b->guest;
	uint8_t byte;

	if ((port_in(b, PORT_STATUS) & (OUT_FULL | OUT_AUX)) != (OUT_FULL | OUT_AUX)) {
		if (!too_late(b))
			return look_again(b, STEP_ANSWER);
		if (caller_al(g) == 0x08 && sent(g) == to_send(g))
			return talked(b);		/* no answer but ACK */
		return broken_off(b, INTERFACE_ERROR);
	}
	byte = port_in(b, PORT_DATA);
	if (sent(g) < to_send(g)) {
		if (byte != ACK)
			return broken_off(b, byte == RESEND ? MUST_RESEND : INTERFACE_ERROR);
		++*note(g, NOTE_DONE);
		if (sent(g) < to_send(g))
			send_next(b);
		else if (caller_al(g) == 0x08)
			set_limit(b, LONGEST_KEY);
	} else {
		*note(g, NOTE_ANSWERS) |= (uint32_t)byte << 8 * came(g);
		*note(g, NOTE_DONE) += 0x100;
	}
	if (sent(g) == to_send(g) && came(g) == to_come(g))
		return talked(b);
	return look_again(b, STEP_ANSWER);
}

/* --- The functions, by AL ----------------------------------------------------------- */

static enum svc enable(struct bios *b, struct guest *g)
{
	if (reg_bh(g) > 1)
		return int15_fail(g, BAD_INPUT);
	if (reg_bh(g) && !(ebda8(b, EBDA_POINTER_FLAGS) & HANDLER_THERE))
		return int15_fail(g, NO_HANDLER);
	return talk(b, reg_bh(g) ? DEV_ENABLE : DEV_DISABLE, 1, 0);
}

static enum svc reset(struct bios *b, struct guest *g)
{
	(void)g;
	return talk(b, DEV_RESET, 1, 2);
}

static enum svc set_rate(struct bios *b, struct guest *g)
{
	static const uint8_t rate[] = { 10, 20, 40, 60, 80, 100, 200 };

	if (reg_bh(g) >= sizeof rate)
		return int15_fail(g, BAD_INPUT);
	return talk(b, DEV_RATE | rate[reg_bh(g)] << 8, 2, 0);
}

static enum svc set_resolution(struct bios *b, struct guest *g)
{
	if (reg_bh(g) > 3)
		return int15_fail(g, BAD_INPUT);
	return talk(b, DEV_RESOLUTION | reg_bh(g) << 8, 2, 0);
}

static enum svc get_type(struct bios *b, struct guest *g)
{
	(void)g;
	return talk(b, DEV_ID, 1, 1);
}

static enum svc initialise(struct bios *b, struct guest *g)
{
	uint8_t flags = ebda8(b, EBDA_POINTER_FLAGS) & ~SIZE_BITS;

	if (reg_bh(g) < 1 || reg_bh(g) > 8)
		return int15_fail(g, BAD_INPUT);
	set_ebda8(b, EBDA_POINTER_FLAGS, flags | (reg_bh(g) - 1));
	set_ebda8(b, EBDA_POINTER_COUNT, 0);
	return talk(b, DEV_RESET, 1, 2);
}

static enum svc extended(struct bios *b, struct guest *g)
{
	if (reg_bh(g) > 2)
		return int15_fail(g, BAD_INPUT);
	if (reg_bh(g) == 0)
		return talk(b, DEV_STATUS, 1, 3);
	return talk(b, reg_bh(g) == 1 ? DEV_SCALE_1 : DEV_SCALE_2, 1, 0);
}

static enum svc set_handler(struct bios *b, struct guest *g)
{
	struct far to = { cpu_get16(g->cpu, CPU_BX), g->cpu->seg[CPU_ES].sel };
	uint8_t flags = ebda8(b, EBDA_POINTER_FLAGS) & ~HANDLER_THERE;

	guest_wfar(g, EBDA_SEG, EBDA_POINTER_HANDLER, to);
	set_ebda8(b, EBDA_POINTER_FLAGS, flags | (to.off || to.seg ? HANDLER_THERE : 0));
	return int15_ok(g);
}

/* Any byte to the device.  What it answers besides ACK within a moment is kept for the
 * next function: left in the device, it would be taken for a movement.  */
static enum svc write_port(struct bios *b, struct guest *g)
{
	return talk(b, reg_bl(g), 1, READ_MAX);
}

static enum svc read_port(struct bios *b, struct guest *g)
{
	if (!ebda8(b, EBDA_POINTER_READ_COUNT))
		return int15_fail(g, INTERFACE_ERROR);
	set_bl(g, ebda8(b, EBDA_POINTER_READ));
	set_cl(g, ebda8(b, EBDA_POINTER_READ + 1));
	set_dl(g, ebda8(b, EBDA_POINTER_READ + 2));
	set_ebda8(b, EBDA_POINTER_READ_COUNT, 0);
	return int15_ok(g);
}

enum svc bios_int15_pointer(void *room, struct guest *g)
{
	static enum svc (*const function[])(struct bios *b, struct guest *g) = {
		enable, reset, set_rate, set_resolution, get_type, initialise, extended,
		set_handler, write_port, read_port,
	};
	struct bios *b = room;

	switch (guest_step(g)) {
	case STEP_FREE:
		return when_free(b);
	case STEP_ANSWER:
		return answered(b);
	}
	if (reg_al(g) >= sizeof function / sizeof *function)
		return int15_fail(g, BAD_FUNCTION);
	if (!(bda16(b, BDA_EQUIPMENT) & EQUIPMENT_POINTER))
		return int15_fail(g, INTERFACE_ERROR);
	return function[reg_al(g)](b, g);
}

/* --- IRQ 12 ------------------------------------------------------------------------- */

static void push(struct guest *g, uint16_t v)
{
	uint16_t sp = cpu_get16(g->cpu, CPU_SP) - 2;

	cpu_set16(g->cpu, CPU_SP, sp);
	guest_w16(g, g->cpu->seg[CPU_SS].sel, sp, v);
}

/* Four words: status, X, Y, 0.  Of a longer packet there is no document; what drivers
 * for wheels find on BIOSes is status and X in the first word, Y in the second and
 * the fourth byte in the third (CuteMouse, "PS2WHEEL").  */
static enum svc tell_handler(struct bios *b)
{
	struct guest *g = b->guest;
	uint8_t byte[4];

	for (unsigned i = 0; i < 4; i++)
		byte[i] = ebda8(b, EBDA_POINTER_PACKET + i);
	if ((ebda8(b, EBDA_POINTER_FLAGS) & SIZE_BITS) > 2) {
		push(g, byte[0] | byte[1] << 8);
		push(g, byte[2]);
		push(g, byte[3]);
	} else {
		push(g, byte[0]);
		push(g, byte[1]);
		push(g, byte[2]);
	}
	push(g, 0);
	return guest_call(g, guest_rfar(g, EBDA_SEG, EBDA_POINTER_HANDLER), 1);
}

/* A byte of a packet.  The handler is called when that is complete, after the
 * end of interrupt, so that one which takes its time holds nobody up.  */
enum svc bios_int74(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t flags = ebda8(b, EBDA_POINTER_FLAGS), at = ebda8(b, EBDA_POINTER_COUNT) & SIZE_BITS;
	uint8_t byte;

	if (guest_step(g)) {
		guest_restore(g);
		return SVC_DONE;
	}
	if ((port_in(b, PORT_STATUS) & (OUT_FULL | OUT_AUX)) != (OUT_FULL | OUT_AUX)) {
		bios_eoi(b, 12);
		return SVC_DONE;
	}
	byte = port_in(b, PORT_DATA);
	bios_eoi(b, 12);
	if (!(flags & HANDLER_THERE) || (at == 0 && !(byte & SYNC)))
		return SVC_DONE;
	set_ebda8(b, EBDA_POINTER_PACKET + at, byte);
	if (at < (flags & SIZE_BITS)) {
		set_ebda8(b, EBDA_POINTER_COUNT, at + 1);
		return SVC_DONE;
	}
	set_ebda8(b, EBDA_POINTER_COUNT, 0);
	return tell_handler(b);
}
