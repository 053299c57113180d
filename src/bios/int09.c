/* int09.c - the keyboard's interrupt: from scan codes to the ring at 40:1Eh.
 *
 * The code passes INT 15h/4Fh first, whose owner may change or swallow it.
 * Some keys then call an interrupt of their own (Break 1Bh, Print Screen 05h,
 * SysRq 15h/85h); Pause keeps us waiting until another key comes.  A key that
 * went into the ring is told by INT 15h/9102h, one that did not by a beep (IBM
 * AT Technical Reference, "KEYBRD").  */

#include "bios/parts.h"

#define PORT_DATA	0x60
#define PORT_COMMAND	0x64
#define KBC_RESET	0xfe
#define ACK		0xfa
#define RESEND		0xfe
#define SET_LEDS	0xed
#define OVERRUN		0xff		/* keys were lost in the keyboard */
#define RELEASE		0x80
#define PORT_SPEAKER	0x61
#define SPEAKER_BITS	0x03		/* the timer's gate, the cone */
#define SPEAKER_CONE	0x02
#define BEEP_HALF	(VTIME_SECOND / 2000)
#define BEEP_HALVES	100
#define KEY_POSTED	0x9102		/* INT 15h: the keyboard is ready */

enum {				/* set 1 scan codes */
	SC_CTRL = 0x1d, SC_LSHIFT = 0x2a, SC_RSHIFT = 0x36, SC_PRINT = 0x37,
	SC_ALT = 0x38, SC_CAPS = 0x3a, SC_NUM = 0x45, SC_SCROLL = 0x46,
	SC_HOME = 0x47, SC_INSERT = 0x52, SC_DELETE = 0x53, SC_SYSREQ = 0x54,
};

enum { STEP_START, STEP_INTERCEPTED, STEP_PAUSED, STEP_BREAK, STEP_BEEP, STEP_CALLED };

/* Notes of a beep: port 61h as it was; when it began, in two words.  */
enum { NOTE_SPEAKER, NOTE_BEGAN };

static bool flag(struct bios *b, enum bda at, uint8_t bit)
{
	return bda8(b, at) & bit;
}

static void set_flag(struct bios *b, enum bda at, uint8_t bit, bool on)
{
	uint8_t v = bda8(b, at);

	set_bda8(b, at, on ? v | bit : v & ~bit);
}

static uint8_t leds(struct bios *b)
{
	return bda8(b, BDA_SHIFT) >> 4 & LEDS_SHOWN;
}

/* The lights follow the locks: EDh, then, when the keyboard has said ACK,
 * the lights.  What is under way is told in the data area.  */
void bios_update_leds(struct bios *b)
{
	uint8_t state = bda8(b, BDA_KEY_LEDS);

	if ((state & LEDS_SHOWN) == leds(b) || state & LEDS_UPDATE)
		return;
	set_bda8(b, BDA_KEY_LEDS, (state & ~LEDS_SENT) | LEDS_UPDATE);
	port_out(b, PORT_DATA, SET_LEDS);
}

static void keyboard_answered(struct bios *b, uint8_t answer)
{
	uint8_t state = bda8(b, BDA_KEY_LEDS);

	if (!(state & LEDS_UPDATE))
		return;
	if (answer == RESEND || state & LEDS_SENT) {
		set_bda8(b, BDA_KEY_LEDS, state & ~(LEDS_SENT | LEDS_UPDATE));
		if (answer == ACK)
			bios_update_leds(b);
		return;
	}
	set_bda8(b, BDA_KEY_LEDS, (state & ~LEDS_SHOWN) | leds(b) | LEDS_SENT);
	port_out(b, PORT_DATA, leds(b));
}

/* Keys that are held, or lock; `held' has bits of BDA_SHIFT, for Ctrl and
 * Alt without which one it is.  */
static bool shift_key(struct bios *b, uint8_t code, bool grey, bool down)
{
	switch (code) {
	case SC_LSHIFT:
	case SC_RSHIFT:			/* grey: the cursor keys' disguise */
		if (!grey)
			set_flag(b, BDA_SHIFT, code == SC_LSHIFT ? SHIFT_LEFT : SHIFT_RIGHT, down);
		if (!grey && down)
			bios_layout_shift(b, code == SC_RSHIFT, flag(b, BDA_SHIFT, SHIFT_CTRL));
		return true;
	case SC_CTRL:
		set_flag(b, grey ? BDA_KEY_STATE : BDA_SHIFT2, grey ? KEY_RCTRL : SHIFT2_LCTRL, down);
		set_flag(b, BDA_SHIFT, SHIFT_CTRL, flag(b, BDA_SHIFT2, SHIFT2_LCTRL) ||
			 flag(b, BDA_KEY_STATE, KEY_RCTRL));
		return true;
	case SC_ALT:
		set_flag(b, grey ? BDA_KEY_STATE : BDA_SHIFT2, grey ? KEY_RALT : SHIFT2_LALT, down);
		set_flag(b, BDA_SHIFT, SHIFT_ALT, flag(b, BDA_SHIFT2, SHIFT2_LALT) ||
			 flag(b, BDA_KEY_STATE, KEY_RALT));
		return true;
	}
	return false;
}

/* A lock turns when its key goes down, not when that repeats.  */
static void lock_key(struct bios *b, uint8_t bit, bool down)
{
	if (down && !flag(b, BDA_SHIFT2, bit))
		set_flag(b, BDA_SHIFT, bit, !flag(b, BDA_SHIFT, bit));
	set_flag(b, BDA_SHIFT2, bit, down);
	bios_update_leds(b);
}

/* Alt and digits on the keypad, with Ctrl or without: a character by its number.  */
static bool alt_number(struct bios *b, uint8_t code, bool grey)
{
	static const int8_t digit[] = { 7, 8, 9, -1, 4, 5, 6, -1, 1, 2, 3, 0 };

	if (grey || code < SC_HOME || code > SC_INSERT || digit[code - SC_HOME] < 0)
		return false;
	if (!flag(b, BDA_SHIFT, SHIFT_ALT))
		return false;
	set_bda8(b, BDA_ALT_NUMBER, bda8(b, BDA_ALT_NUMBER) * 10 + digit[code - SC_HOME]);
	return true;
}

static void warm_boot(struct bios *b)
{
	set_bda16(b, BDA_RESET_FLAG, 0x1234);
	port_out(b, PORT_COMMAND, KBC_RESET);
}

static enum svc done(struct bios *b)
{
	bios_eoi(b, 1);
	guest_restore(b->guest);
	return SVC_DONE;
}

/* The cone goes in and out without the timer, which a program may be using.  */
static enum svc go_on_beeping(struct bios *b)
{
	uint32_t *note = guest_frame(b->guest)->note;
	vtime began = (vtime)note[NOTE_BEGAN + 1] << 32 | note[NOTE_BEGAN];
	vtime halves = (b->sched->now - began) / BEEP_HALF;

	if (halves >= BEEP_HALVES) {
		port_out(b, PORT_SPEAKER, note[NOTE_SPEAKER]);
		guest_restore(b->guest);
		return SVC_DONE;
	}
	port_out(b, PORT_SPEAKER, (note[NOTE_SPEAKER] & ~(uint32_t)SPEAKER_BITS) |
		 (halves & 1 ? 0 : SPEAKER_CONE));
	return bios_sleep(b, STEP_BEEP, began + (halves + 1) * BEEP_HALF);
}

static enum svc beep(struct bios *b)
{
	uint32_t *note = guest_frame(b->guest)->note;

	bios_eoi(b, 1);
	note[NOTE_SPEAKER] = port_in(b, PORT_SPEAKER);
	note[NOTE_BEGAN] = b->sched->now;
	note[NOTE_BEGAN + 1] = b->sched->now >> 32;
	return go_on_beeping(b);
}

static enum svc put_key(struct bios *b, uint16_t key)
{
	if (!bios_put_key(b, key))
		return beep(b);
	if (guest_unhooked(b->guest, 0x15))
		return done(b);
	bios_eoi(b, 1);
	cpu_set16(b->guest->cpu, CPU_AX, KEY_POSTED);
	return guest_int(b->guest, 0x15, STEP_CALLED);
}

static enum svc alt_released(struct bios *b)
{
	uint8_t ch = bda8(b, BDA_ALT_NUMBER);

	if (flag(b, BDA_SHIFT, SHIFT_ALT) || !ch)
		return done(b);
	set_bda8(b, BDA_ALT_NUMBER, 0);
	return put_key(b, ch);
}

/* Ctrl-Break empties the ring, marks it, and calls INT 1Bh.  */
static enum svc break_key(struct bios *b)
{
	uint16_t start = bda16(b, BDA_KEY_START);

	set_bda16(b, BDA_KEY_HEAD, start);
	set_bda16(b, BDA_KEY_TAIL, start);
	set_flag(b, BDA_BREAK, 0x80, true);
	bios_eoi(b, 1);
	return guest_int(b->guest, 0x1b, STEP_BREAK);
}

static enum svc pause_key(struct bios *b)
{
	set_flag(b, BDA_SHIFT2, SHIFT2_PAUSE, true);
	bios_eoi(b, 1);
	return guest_again(b->guest, STEP_PAUSED, GUEST_WAIT_KEY);
}

static enum svc print_key(struct bios *b)
{
	bios_eoi(b, 1);
	return guest_int(b->guest, 0x05, STEP_CALLED);
}

static enum svc sysreq_key(struct bios *b, bool down)
{
	if (down == flag(b, BDA_SHIFT2, SHIFT2_SYSREQ))
		return done(b);			/* it repeats */
	set_flag(b, BDA_SHIFT2, SHIFT2_SYSREQ, down);
	bios_eoi(b, 1);
	cpu_set16(b->guest->cpu, CPU_AX, down ? 0x8500 : 0x8501);
	return guest_int(b->guest, 0x15, STEP_CALLED);
}

static enum svc key_down(struct bios *b, uint8_t code, bool grey)
{
	uint8_t shift = bda8(b, BDA_SHIFT);
	bool ctrl = shift & SHIFT_CTRL, alt = shift & SHIFT_ALT;
	struct key_words words;
	uint16_t word;

	if (ctrl && alt && code == SC_DELETE) {
		warm_boot(b);
		return done(b);
	}
	if (ctrl && code == SC_SCROLL && grey)
		return break_key(b);
	if (code == SC_PRINT && grey && !ctrl)
		return print_key(b);
	if (flag(b, BDA_SHIFT2, SHIFT2_PAUSE)) {
		set_flag(b, BDA_SHIFT2, SHIFT2_PAUSE, false);	/* and is swallowed */
		return done(b);
	}
	if (code == SC_INSERT && (grey || !(shift & SHIFT_NUM) ||
				  shift & (SHIFT_LEFT | SHIFT_RIGHT))) {
		if (!alt && !flag(b, BDA_SHIFT2, SHIFT2_INSERT))
			set_flag(b, BDA_SHIFT, SHIFT_INSERT, !(shift & SHIFT_INSERT));
		set_flag(b, BDA_SHIFT2, SHIFT2_INSERT, true);
	}
	if (alt_number(b, code, grey))
		return done(b);
	set_bda8(b, BDA_ALT_NUMBER, 0);		/* another key begins a new number */
	words = bios_layout_key(b, code, grey, shift);
	if (words.count == 2 && words.word[0])
		bios_put_key(b, words.word[0]);
	word = words.count ? words.word[words.count - 1] : 0;
	if (words.beep) {
		if (word)
			bios_put_key(b, word);
		return beep(b);
	}
	return word ? put_key(b, word) : done(b);
}

/* Locks; Ctrl changes two of them into Pause and Break.  False: the code is
 * another key's.  */
static bool lock_or_pause(struct bios *b, uint8_t code, bool grey, bool down, enum svc *answer)
{
	bool ctrl = flag(b, BDA_SHIFT, SHIFT_CTRL);
	bool paused = flag(b, BDA_KEY_STATE, KEY_LAST_E1);

	if (code == SC_NUM && (paused || ctrl)) {
		*answer = down && !flag(b, BDA_SHIFT2, SHIFT2_PAUSE) ? pause_key(b) : done(b);
		return true;
	}
	if (grey || (code == SC_SCROLL && ctrl && down))
		return false;
	if (code != SC_CAPS && code != SC_NUM && code != SC_SCROLL)
		return false;
	lock_key(b, code == SC_CAPS ? SHIFT_CAPS : code == SC_NUM ? SHIFT_NUM : SHIFT_SCROLL, down);
	*answer = done(b);
	return true;
}

/* E1 1D 45 E1 9D C5 is Pause: the Ctrl in it is not one.  */
static bool prefix(struct bios *b, uint8_t byte)
{
	if (byte != 0xe0 && byte != 0xe1)
		return false;
	set_flag(b, BDA_KEY_STATE, KEY_LAST_E0, byte == 0xe0);
	set_flag(b, BDA_KEY_STATE, KEY_LAST_E1, byte == 0xe1);
	return true;
}

static enum svc take_code(struct bios *b, uint8_t byte)
{
	bool grey = flag(b, BDA_KEY_STATE, KEY_LAST_E0);
	bool in_pause = flag(b, BDA_KEY_STATE, KEY_LAST_E1);
	bool down = !(byte & RELEASE);
	uint8_t code = byte & ~RELEASE;
	enum svc answer;

	if (byte == ACK || byte == RESEND) {
		keyboard_answered(b, byte);
		return done(b);
	}
	if (byte == OVERRUN)
		return beep(b);
	if (prefix(b, byte))
		return done(b);
	set_flag(b, BDA_KEY_STATE, KEY_LAST_E0, false);
	if (in_pause && code == SC_CTRL)
		return done(b);
	if (lock_or_pause(b, code, grey, down, &answer)) {
		set_flag(b, BDA_KEY_STATE, KEY_LAST_E1, false);
		return answer;
	}
	if (shift_key(b, code, grey, down))
		return code == SC_ALT && !down ? alt_released(b) : done(b);
	if (code == SC_SYSREQ)
		return sysreq_key(b, down);
	if (down)
		return key_down(b, code, grey);
	if (code == SC_INSERT)
		set_flag(b, BDA_SHIFT2, SHIFT2_INSERT, false);
	return done(b);
}

static enum svc start(struct bios *b, struct guest *g)
{
	uint8_t byte = port_in(b, PORT_DATA);

	if (guest_unhooked(g, 0x15))
		return take_code(b, byte);
	cpu_set16(g->cpu, CPU_AX, 0x4f00 | byte);
	g->cpu->flags |= CPU_CF;
	return guest_int(g, 0x15, STEP_INTERCEPTED);
}

enum svc bios_int09(void *room, struct guest *g)
{
	struct bios *b = room;

	switch (guest_step(g)) {
	case STEP_START:
		return start(b, g);
	case STEP_INTERCEPTED:		/* carry clear: the code is swallowed */
		return g->cpu->flags & CPU_CF ? take_code(b, reg_al(g)) : done(b);
	case STEP_PAUSED:
		if (flag(b, BDA_SHIFT2, SHIFT2_PAUSE))
			return guest_again(g, STEP_PAUSED, GUEST_WAIT_KEY);
		break;
	case STEP_BREAK:
		bios_put_key(b, 0x0000);
		break;
	case STEP_BEEP:
		return go_on_beeping(b);
	}
	guest_restore(g);
	return SVC_DONE;
}
