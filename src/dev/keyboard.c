/* keyboard.c - a 101/102-key PS/2 keyboard.
 *
 * Set 1 is made from set 2 by the same table as the controller's
 * translation, so one table of keys serves both.  */

#include "dev/keyboard.h"

#include <string.h>

#include "dev/event.h"
#include "plugin.h"
#include "state/state.h"

/* "300 to 500 ms" for the basic assurance test after FFh.  */
#define SELF_TEST_TIME	(VTIME_SECOND * 3 / 10)

#define ACK		0xfa
#define RESEND		0xfe
#define TEST_PASSED	0xaa
#define TYPEMATIC_DEFAULT 0x2b		/* 500 ms, 10.9 a second */
#define LED_NUM		0x02

enum {					/* HID usages with a part to play */
	HID_PRINT = 0x46, HID_PAUSE = 0x48, HID_INSERT = 0x49, HID_UP = 0x52,
	HID_SLASH = 0x54, HID_LCTRL = 0xe0, HID_LSHIFT = 0xe1, HID_LALT = 0xe2,
	HID_RCTRL = 0xe4, HID_RSHIFT = 0xe5, HID_RALT = 0xe6,
};

#define SET2_LSHIFT	0x12
#define SET2_RSHIFT	0x59

/* Set 3: typematic (no break code), make and break, make only.  */
enum key_type { KEY_TYPEMATIC, KEY_MAKE_BREAK, KEY_MAKE_ONLY, KEY_ALL };

/* Scan codes by HID usage; e0: set 2 has an E0 prefix.  0: no such key.  */
static const struct key {
	uint8_t set2, set3, type;
	bool e0;
} key_table[KEYBOARD_KEYS] = {
	[0x04] = { 0x1c, 0x1c, KEY_TYPEMATIC, false },	/* A */
	[0x05] = { 0x32, 0x32, KEY_TYPEMATIC, false },
	[0x06] = { 0x21, 0x21, KEY_TYPEMATIC, false },
	[0x07] = { 0x23, 0x23, KEY_TYPEMATIC, false },
	[0x08] = { 0x24, 0x24, KEY_TYPEMATIC, false },
	[0x09] = { 0x2b, 0x2b, KEY_TYPEMATIC, false },
	[0x0a] = { 0x34, 0x34, KEY_TYPEMATIC, false },
	[0x0b] = { 0x33, 0x33, KEY_TYPEMATIC, false },
	[0x0c] = { 0x43, 0x43, KEY_TYPEMATIC, false },
	[0x0d] = { 0x3b, 0x3b, KEY_TYPEMATIC, false },
	[0x0e] = { 0x42, 0x42, KEY_TYPEMATIC, false },
	[0x0f] = { 0x4b, 0x4b, KEY_TYPEMATIC, false },
	[0x10] = { 0x3a, 0x3a, KEY_TYPEMATIC, false },
	[0x11] = { 0x31, 0x31, KEY_TYPEMATIC, false },
	[0x12] = { 0x44, 0x44, KEY_TYPEMATIC, false },
	[0x13] = { 0x4d, 0x4d, KEY_TYPEMATIC, false },
	[0x14] = { 0x15, 0x15, KEY_TYPEMATIC, false },
	[0x15] = { 0x2d, 0x2d, KEY_TYPEMATIC, false },
	[0x16] = { 0x1b, 0x1b, KEY_TYPEMATIC, false },
	[0x17] = { 0x2c, 0x2c, KEY_TYPEMATIC, false },
	[0x18] = { 0x3c, 0x3c, KEY_TYPEMATIC, false },
	[0x19] = { 0x2a, 0x2a, KEY_TYPEMATIC, false },
	[0x1a] = { 0x1d, 0x1d, KEY_TYPEMATIC, false },
	[0x1b] = { 0x22, 0x22, KEY_TYPEMATIC, false },
	[0x1c] = { 0x35, 0x35, KEY_TYPEMATIC, false },
	[0x1d] = { 0x1a, 0x1a, KEY_TYPEMATIC, false },	/* Z */
	[0x1e] = { 0x16, 0x16, KEY_TYPEMATIC, false },	/* 1 */
	[0x1f] = { 0x1e, 0x1e, KEY_TYPEMATIC, false },
	[0x20] = { 0x26, 0x26, KEY_TYPEMATIC, false },
	[0x21] = { 0x25, 0x25, KEY_TYPEMATIC, false },
	[0x22] = { 0x2e, 0x2e, KEY_TYPEMATIC, false },
	[0x23] = { 0x36, 0x36, KEY_TYPEMATIC, false },
	[0x24] = { 0x3d, 0x3d, KEY_TYPEMATIC, false },
	[0x25] = { 0x3e, 0x3e, KEY_TYPEMATIC, false },
	[0x26] = { 0x46, 0x46, KEY_TYPEMATIC, false },
	[0x27] = { 0x45, 0x45, KEY_TYPEMATIC, false },	/* 0 */
	[0x28] = { 0x5a, 0x5a, KEY_TYPEMATIC, false },	/* Enter */
	[0x29] = { 0x76, 0x08, KEY_MAKE_ONLY, false },	/* Esc */
	[0x2a] = { 0x66, 0x66, KEY_TYPEMATIC, false },	/* Backspace */
	[0x2b] = { 0x0d, 0x0d, KEY_TYPEMATIC, false },	/* Tab */
	[0x2c] = { 0x29, 0x29, KEY_TYPEMATIC, false },	/* Space */
	[0x2d] = { 0x4e, 0x4e, KEY_TYPEMATIC, false },	/* - */
	[0x2e] = { 0x55, 0x55, KEY_TYPEMATIC, false },	/* = */
	[0x2f] = { 0x54, 0x54, KEY_TYPEMATIC, false },	/* [ */
	[0x30] = { 0x5b, 0x5b, KEY_TYPEMATIC, false },	/* ] */
	[0x31] = { 0x5d, 0x5c, KEY_TYPEMATIC, false },	/* backslash */
	[0x32] = { 0x5d, 0x53, KEY_TYPEMATIC, false },	/* non-US # */
	[0x33] = { 0x4c, 0x4c, KEY_TYPEMATIC, false },	/* ; */
	[0x34] = { 0x52, 0x52, KEY_TYPEMATIC, false },	/* ' */
	[0x35] = { 0x0e, 0x0e, KEY_TYPEMATIC, false },	/* ` */
	[0x36] = { 0x41, 0x41, KEY_TYPEMATIC, false },	/* , */
	[0x37] = { 0x49, 0x49, KEY_TYPEMATIC, false },	/* . */
	[0x38] = { 0x4a, 0x4a, KEY_TYPEMATIC, false },	/* / */
	[0x39] = { 0x58, 0x14, KEY_MAKE_BREAK, false },	/* Caps Lock */
	[0x3a] = { 0x05, 0x07, KEY_MAKE_ONLY, false },	/* F1 */
	[0x3b] = { 0x06, 0x0f, KEY_MAKE_ONLY, false },
	[0x3c] = { 0x04, 0x17, KEY_MAKE_ONLY, false },
	[0x3d] = { 0x0c, 0x1f, KEY_MAKE_ONLY, false },
	[0x3e] = { 0x03, 0x27, KEY_MAKE_ONLY, false },
	[0x3f] = { 0x0b, 0x2f, KEY_MAKE_ONLY, false },
	[0x40] = { 0x83, 0x37, KEY_MAKE_ONLY, false },
	[0x41] = { 0x0a, 0x3f, KEY_MAKE_ONLY, false },
	[0x42] = { 0x01, 0x47, KEY_MAKE_ONLY, false },
	[0x43] = { 0x09, 0x4f, KEY_MAKE_ONLY, false },
	[0x44] = { 0x78, 0x56, KEY_MAKE_ONLY, false },
	[0x45] = { 0x07, 0x5e, KEY_MAKE_ONLY, false },	/* F12 */
	[HID_PRINT] = { 0x7c, 0x57, KEY_MAKE_ONLY, true },
	[0x47] = { 0x7e, 0x5f, KEY_MAKE_ONLY, false },	/* Scroll Lock */
	[HID_PAUSE] = { 0x77, 0x62, KEY_MAKE_ONLY, false },
	[HID_INSERT] = { 0x70, 0x67, KEY_MAKE_ONLY, true },
	[0x4a] = { 0x6c, 0x6e, KEY_MAKE_ONLY, true },	/* Home */
	[0x4b] = { 0x7d, 0x6f, KEY_MAKE_ONLY, true },	/* Page Up */
	[0x4c] = { 0x71, 0x64, KEY_TYPEMATIC, true },	/* Delete */
	[0x4d] = { 0x69, 0x65, KEY_MAKE_ONLY, true },	/* End */
	[0x4e] = { 0x7a, 0x6d, KEY_MAKE_ONLY, true },	/* Page Down */
	[0x4f] = { 0x74, 0x6a, KEY_TYPEMATIC, true },	/* Right */
	[0x50] = { 0x6b, 0x61, KEY_TYPEMATIC, true },	/* Left */
	[0x51] = { 0x72, 0x60, KEY_TYPEMATIC, true },	/* Down */
	[HID_UP] = { 0x75, 0x63, KEY_TYPEMATIC, true },
	[0x53] = { 0x77, 0x76, KEY_MAKE_ONLY, false },	/* Num Lock */
	[HID_SLASH] = { 0x4a, 0x77, KEY_MAKE_ONLY, true },	/* keypad / */
	[0x55] = { 0x7c, 0x7e, KEY_MAKE_ONLY, false },	/* keypad * */
	[0x56] = { 0x7b, 0x84, KEY_MAKE_ONLY, false },	/* keypad - */
	[0x57] = { 0x79, 0x7c, KEY_TYPEMATIC, false },	/* keypad + */
	[0x58] = { 0x5a, 0x79, KEY_MAKE_ONLY, true },	/* keypad Enter */
	[0x59] = { 0x69, 0x69, KEY_MAKE_ONLY, false },	/* keypad 1 */
	[0x5a] = { 0x72, 0x72, KEY_MAKE_ONLY, false },
	[0x5b] = { 0x7a, 0x7a, KEY_MAKE_ONLY, false },
	[0x5c] = { 0x6b, 0x6b, KEY_MAKE_ONLY, false },
	[0x5d] = { 0x73, 0x73, KEY_MAKE_ONLY, false },
	[0x5e] = { 0x74, 0x74, KEY_MAKE_ONLY, false },
	[0x5f] = { 0x6c, 0x6c, KEY_MAKE_ONLY, false },
	[0x60] = { 0x75, 0x75, KEY_MAKE_ONLY, false },
	[0x61] = { 0x7d, 0x7d, KEY_MAKE_ONLY, false },	/* keypad 9 */
	[0x62] = { 0x70, 0x70, KEY_MAKE_ONLY, false },	/* keypad 0 */
	[0x63] = { 0x71, 0x71, KEY_MAKE_ONLY, false },	/* keypad . */
	[0x64] = { 0x61, 0x13, KEY_TYPEMATIC, false },	/* the 102nd key */
	[0x65] = { 0x2f, 0x8d, KEY_MAKE_ONLY, true },	/* Menu */
	[0x85] = { 0x6d, 0x7b, KEY_MAKE_ONLY, false },	/* Brazil: keypad . */
	[0x87] = { 0x51, 0x51, KEY_TYPEMATIC, false },	/* Japan: Ro; Brazil: / */
	[0x88] = { 0x13, 0x87, KEY_MAKE_ONLY, false },	/* Japan: Kana */
	[0x89] = { 0x6a, 0x5d, KEY_TYPEMATIC, false },	/* Japan: Yen */
	[0x8a] = { 0x64, 0x86, KEY_MAKE_ONLY, false },	/* Japan: Henkan */
	[0x8b] = { 0x67, 0x85, KEY_MAKE_ONLY, false },	/* Japan: Muhenkan */
	[HID_LCTRL] = { 0x14, 0x11, KEY_MAKE_BREAK, false },
	[HID_LSHIFT] = { SET2_LSHIFT, 0x12, KEY_MAKE_BREAK, false },
	[HID_LALT] = { 0x11, 0x19, KEY_MAKE_BREAK, false },
	[0xe3] = { 0x1f, 0x8b, KEY_MAKE_ONLY, true },	/* left Windows */
	[HID_RCTRL] = { 0x14, 0x58, KEY_MAKE_ONLY, true },
	[HID_RSHIFT] = { SET2_RSHIFT, 0x59, KEY_MAKE_BREAK, false },
	[HID_RALT] = { 0x11, 0x39, KEY_MAKE_ONLY, true },
	[0xe7] = { 0x27, 0x8c, KEY_MAKE_ONLY, true },	/* right Windows */
};

static void tell(struct keyboard *kb)
{
	wire_set(&kb->ready, !keyboard_idle(kb));
}

static void reply(struct keyboard *kb, uint8_t byte)
{
	ring_put(&kb->reply, &byte);
	tell(kb);
}

/* One scan code in the set that is on.  */
static void scan(struct keyboard *kb, bool e0, uint8_t set2, bool make)
{
	uint8_t b[3], n = 0;

	if (e0)
		b[n++] = 0xe0;
	if (!make && kb->set == 2)
		b[n++] = 0xf0;
	b[n++] = kb->set == 2 ? set2 : ps2_set1(set2) | (make ? 0 : 0x80);
	ring_write(&kb->keys, b, n);
}

static bool shifted(const struct keyboard *kb)
{
	return kb->down[HID_LSHIFT] || kb->down[HID_RSHIFT];
}

static bool controlled(const struct keyboard *kb)
{
	return kb->down[HID_LCTRL] || kb->down[HID_RCTRL];
}

/* Pretend that the shift keys which are down are released, or pressed
 * again.  */
static void unshift(struct keyboard *kb, bool make)
{
	if (kb->down[HID_LSHIFT])
		scan(kb, true, SET2_LSHIFT, make);
	if (kb->down[HID_RSHIFT])
		scan(kb, true, SET2_RSHIFT, make);
}

/* The cursor keys between main block and keypad wear shifts so that old
 * programs, which ignore E0, take them for the keypad's: one is added when
 * Num Lock is on, the real ones are hidden when it is off.  The keypad's /
 * hides them always.  */
static void cursor_key(struct keyboard *kb, const struct key *k, bool slash, bool make)
{
	bool num = kb->leds & LED_NUM && !slash;
	bool add = num && !shifted(kb), hide = !num && shifted(kb);

	if (make && add)
		scan(kb, true, SET2_LSHIFT, true);
	if (make && hide)
		unshift(kb, false);
	scan(kb, true, k->set2, make);
	if (!make && add)
		scan(kb, true, SET2_LSHIFT, false);
	if (!make && hide)
		unshift(kb, true);
}

static void print_key(struct keyboard *kb, bool make)
{
	bool plain = !shifted(kb) && !controlled(kb);

	if (kb->down[HID_LALT] || kb->down[HID_RALT]) {
		scan(kb, false, 0x84, make);		/* SysRq */
		return;
	}
	if (make && plain)
		scan(kb, true, SET2_LSHIFT, true);
	scan(kb, true, 0x7c, make);
	if (!make && plain)
		scan(kb, true, SET2_LSHIFT, false);
}

/* Pause has no break code: make and break are sent together.  */
static void pause_key(struct keyboard *kb)
{
	static const uint8_t set2[] = { 0xe1, 0x14, 0x77, 0xe1, 0xf0, 0x14, 0xf0, 0x77 };
	static const uint8_t set1[] = { 0xe1, 0x1d, 0x45, 0xe1, 0x9d, 0xc5 };

	if (controlled(kb)) {				/* Break */
		scan(kb, true, 0x7e, true);
		scan(kb, true, 0x7e, false);
	} else if (kb->set == 2) {
		ring_write(&kb->keys, set2, sizeof set2);
	} else {
		ring_write(&kb->keys, set1, sizeof set1);
	}
}

static void set3_key(struct keyboard *kb, unsigned key, bool make)
{
	uint8_t b[2] = { 0xf0, key_table[key].set3 };
	bool has_break = kb->type[key] == KEY_MAKE_BREAK || kb->type[key] == KEY_ALL;

	if (make)
		ring_write(&kb->keys, &b[1], 1);
	else if (has_break)
		ring_write(&kb->keys, b, 2);
}

/* A key may need ten bytes.  Once they are not there, one overrun code
 * tells that keys were lost.  */
static bool overrun(struct keyboard *kb)
{
	uint8_t code = kb->set == 1 ? 0xff : 0x00;
	bool full = ring_room(&kb->keys) <= 10;

	if (full && !kb->overrun)
		ring_put(&kb->keys, &code);
	kb->overrun = full;
	return full;
}

static void key_moves(struct keyboard *kb, unsigned key, bool make)
{
	const struct key *k = &key_table[key];

	if (overrun(kb))
		return;
	if (kb->set == 3)
		set3_key(kb, key, make);
	else if (key == HID_PAUSE && make)
		pause_key(kb);
	else if (key == HID_PAUSE)
		return;
	else if (key == HID_PRINT)
		print_key(kb, make);
	else if ((key >= HID_INSERT && key <= HID_UP) || key == HID_SLASH)
		cursor_key(kb, k, key == HID_SLASH, make);
	else
		scan(kb, k->e0, k->set2, make);
	tell(kb);
}

static unsigned haste(const struct keyboard *kb)
{
	return kb->haste ? kb->haste : 1;
}

/* Bits 6-5: 250 ms each, from 250.  */
static vtime typematic_delay(const struct keyboard *kb)
{
	return ((kb->typematic >> 5 & 3) + 1) * (VTIME_SECOND / 4) * haste(kb);
}

/* (8 + A) * 2^B * 4.17 ms, A in bits 2-0, B in bits 4-3.  */
static vtime typematic_period(const struct keyboard *kb)
{
	unsigned units = (8 + (kb->typematic & 7)) << (kb->typematic >> 3 & 3);

	return units * (VTIME_SECOND / 240) * haste(kb);
}

static bool repeats(const struct keyboard *kb, unsigned key)
{
	if (key == HID_PAUSE)
		return false;
	return kb->set != 3 || kb->type[key] == KEY_TYPEMATIC || kb->type[key] == KEY_ALL;
}

/* A repeat is left out while earlier codes have not been fetched, so that a
 * program that looks away finds no pile of them.  */
static void keyboard_fire(void *ctx, vtime late)
{
	struct keyboard *kb = ctx;
	vtime period = typematic_period(kb);

	if (ring_used(&kb->keys) == 0)
		key_moves(kb, kb->repeating, true);
	sched_at(kb->sched, &kb->repeat, kb->sched->now + period - late % period);
}

static void stop_repeat(struct keyboard *kb)
{
	kb->repeating = 0;
	sched_cancel(kb->sched, &kb->repeat);
}

void keyboard_key(struct keyboard *kb, const struct key_event *ev)
{
	unsigned key = ev->key;

	if (key >= KEYBOARD_KEYS || !key_table[key].set2 || kb->down[key] == ev->down)
		return;
	if (!ev->down && kb->repeating == key)
		stop_repeat(kb);
	if (kb->scanning)
		key_moves(kb, key, ev->down);
	kb->down[key] = ev->down;
	if (!ev->down || !kb->scanning)
		return;
	stop_repeat(kb);
	if (!repeats(kb, key))
		return;
	kb->repeating = key;
	sched_at(kb->sched, &kb->repeat, kb->sched->now + typematic_delay(kb));
}

bool keyboard_idle(const struct keyboard *kb)
{
	return ring_used(&kb->reply) == 0 && ring_used(&kb->keys) == 0;
}

static void set_defaults(struct keyboard *kb)
{
	kb->set = 2;
	kb->typematic = TYPEMATIC_DEFAULT;
	for (unsigned i = 0; i < KEYBOARD_KEYS; i++)
		kb->type[i] = key_table[i].type;
	stop_repeat(kb);
	ring_clear(&kb->keys);
}

static void self_test_done(void *ctx, vtime late)
{
	(void)late;
	reply(ctx, TEST_PASSED);
}

static void cmd_echo(struct keyboard *kb) { reply(kb, 0xee); }

static void cmd_expect(struct keyboard *kb) { reply(kb, ACK); }

static void cmd_identify(struct keyboard *kb)
{
	reply(kb, ACK);
	reply(kb, 0xab);
	reply(kb, 0x83);
}

static void cmd_enable(struct keyboard *kb)
{
	ring_clear(&kb->keys);
	kb->scanning = true;
	reply(kb, ACK);
}

static void cmd_disable(struct keyboard *kb)
{
	set_defaults(kb);
	kb->scanning = false;
	reply(kb, ACK);
}

static void cmd_defaults(struct keyboard *kb)
{
	set_defaults(kb);
	reply(kb, ACK);
}

static void cmd_reset(struct keyboard *kb)
{
	set_defaults(kb);
	kb->leds = 0;
	kb->scanning = true;
	reply(kb, ACK);
	sched_at(kb->sched, &kb->self_test, kb->sched->now + SELF_TEST_TIME);
}

static void cmd_resend(struct keyboard *kb) { reply(kb, kb->last); }

static void all_keys(struct keyboard *kb, enum key_type type)
{
	memset(kb->type, type, sizeof kb->type);
	reply(kb, ACK);
}

static void cmd_all_typematic(struct keyboard *kb) { all_keys(kb, KEY_TYPEMATIC); }
static void cmd_all_make_break(struct keyboard *kb) { all_keys(kb, KEY_MAKE_BREAK); }
static void cmd_all_make(struct keyboard *kb) { all_keys(kb, KEY_MAKE_ONLY); }
static void cmd_all_all(struct keyboard *kb) { all_keys(kb, KEY_ALL); }

static void data_leds(struct keyboard *kb, uint8_t val)
{
	kb->leds = val & 7;
	kb->expects = 0;
	reply(kb, ACK);
}

static void data_set(struct keyboard *kb, uint8_t val)
{
	kb->expects = 0;
	if (val > 3) {
		reply(kb, RESEND);
		return;
	}
	reply(kb, ACK);
	if (val == 0)
		reply(kb, kb->set);
	else
		kb->set = val;
	ring_clear(&kb->keys);
}

static void data_typematic(struct keyboard *kb, uint8_t val)
{
	kb->typematic = val & 0x7f;
	kb->expects = 0;
	reply(kb, ACK);
}

/* FBh-FDh take set 3 scan codes until the next command.  */
static void data_key_type(struct keyboard *kb, uint8_t val)
{
	static const uint8_t type[3] = { KEY_TYPEMATIC, KEY_MAKE_BREAK, KEY_MAKE_ONLY };

	for (unsigned i = 0; i < KEYBOARD_KEYS; i++)
		if (key_table[i].set2 && key_table[i].set3 == val)
			kb->type[i] = type[kb->expects - 0xfb];
	reply(kb, ACK);
}

/* From EDh on.  A row with `data' takes bytes after its ACK.  */
#define FIRST_COMMAND	0xed
static const struct keyboard_command {
	const char *name;
	void (*now)(struct keyboard *kb);
	void (*data)(struct keyboard *kb, uint8_t val);
} keyboard_command[0x100 - FIRST_COMMAND] = {
	[0xed - FIRST_COMMAND] = { "set LEDs", cmd_expect, data_leds },
	[0xee - FIRST_COMMAND] = { "echo", cmd_echo, NULL },
	[0xf0 - FIRST_COMMAND] = { "scan-code set", cmd_expect, data_set },
	[0xf2 - FIRST_COMMAND] = { "read ID", cmd_identify, NULL },
	[0xf3 - FIRST_COMMAND] = { "typematic rate", cmd_expect, data_typematic },
	[0xf4 - FIRST_COMMAND] = { "enable", cmd_enable, NULL },
	[0xf5 - FIRST_COMMAND] = { "default and disable", cmd_disable, NULL },
	[0xf6 - FIRST_COMMAND] = { "set default", cmd_defaults, NULL },
	[0xf7 - FIRST_COMMAND] = { "all keys typematic", cmd_all_typematic, NULL },
	[0xf8 - FIRST_COMMAND] = { "all keys make/break", cmd_all_make_break, NULL },
	[0xf9 - FIRST_COMMAND] = { "all keys make", cmd_all_make, NULL },
	[0xfa - FIRST_COMMAND] = { "all keys all", cmd_all_all, NULL },
	[0xfb - FIRST_COMMAND] = { "key typematic", cmd_expect, data_key_type },
	[0xfc - FIRST_COMMAND] = { "key make/break", cmd_expect, data_key_type },
	[0xfd - FIRST_COMMAND] = { "key make", cmd_expect, data_key_type },
	[0xfe - FIRST_COMMAND] = { "resend", cmd_resend, NULL },
	[0xff - FIRST_COMMAND] = { "reset", cmd_reset, NULL },
};

static void keyboard_command_byte(void *dev, uint8_t byte)
{
	struct keyboard *kb = dev;
	const struct keyboard_command *c;

	if (kb->expects && byte < FIRST_COMMAND) {
		keyboard_command[kb->expects - FIRST_COMMAND].data(kb, byte);
		return;
	}
	kb->expects = 0;
	c = byte < FIRST_COMMAND ? NULL : &keyboard_command[byte - FIRST_COMMAND];
	if (byte != 0xfe)
		ring_clear(&kb->reply);
	if (!c || !c->now) {
		reply(kb, RESEND);
		return;
	}
	if (c->data)
		kb->expects = byte;
	c->now(kb);
}

static bool keyboard_take(void *dev, uint8_t *byte)
{
	struct keyboard *kb = dev;

	if (!ring_get(&kb->reply, byte) && !ring_get(&kb->keys, byte))
		return false;
	if (*byte != RESEND)
		kb->last = *byte;
	return true;
}

struct ps2_device keyboard_device(struct keyboard *kb)
{
	return (struct ps2_device){ kb, keyboard_command_byte, keyboard_take };
}

void keyboard_init(struct keyboard *kb, struct sched *sched, struct wire ready)
{
	*kb = (struct keyboard){
		.sched = sched,
		.ready = ready,
		.repeat = { .name = "keyboard repeat", .fire = keyboard_fire, .ctx = kb },
		.self_test = { .name = "keyboard test", .fire = self_test_done, .ctx = kb },
	};
	ring_init(&kb->reply, kb->reply_store, 1, sizeof kb->reply_store);
	ring_init(&kb->keys, kb->key_store, 1, sizeof kb->key_store);
	keyboard_reset(kb);
}

/* Power-on; the self test of that is long over.  */
void keyboard_reset(struct keyboard *kb)
{
	set_defaults(kb);
	kb->leds = 0;
	kb->expects = kb->last = 0;
	kb->scanning = true;
	memset(kb->down, 0, sizeof kb->down);
	ring_clear(&kb->reply);
	sched_cancel(kb->sched, &kb->self_test);
	tell(kb);
}

static void sanitize(struct keyboard *kb)
{
	const struct keyboard_command *c =
		&keyboard_command[kb->expects < FIRST_COMMAND ? 0 : kb->expects - FIRST_COMMAND];

	if (kb->set < 1 || kb->set > 3)
		kb->set = 2;
	if (kb->expects < FIRST_COMMAND || !c->data)
		kb->expects = 0;
	if (kb->repeating >= KEYBOARD_KEYS || !key_table[kb->repeating].set2)
		stop_repeat(kb);
}

void keyboard_state(struct keyboard *kb, struct state *st)
{
	state_section(st, "keyboard", 1);
	state_u8(st, &kb->set);
	state_u8(st, &kb->leds);
	state_u8(st, &kb->typematic);
	state_u8(st, &kb->expects);
	state_u8(st, &kb->last);
	state_bool(st, &kb->scanning);
	state_bool(st, &kb->overrun);
	for (unsigned i = 0; i < KEYBOARD_KEYS; i++) {
		state_bool(st, &kb->down[i]);
		state_u8(st, &kb->type[i]);
	}
	state_u16(st, &kb->repeating);
	state_ring(st, &kb->reply);
	state_ring(st, &kb->keys);
	event_state(kb->sched, &kb->repeat, st);
	event_state(kb->sched, &kb->self_test, st);
	if (st->mode == STATE_LOAD)
		sanitize(kb);
}
