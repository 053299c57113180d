/* int16.c - INT 16h: the ring at 40:1Eh, and the keyboard's state.
 *
 * 00h, 01h and 02h know the 84 keys of the AT; 10h, 11h and 12h all 101.  */

#include "bios/parts.h"

#define PORT_DATA	0x60
#define SET_TYPEMATIC	0xf3
#define WAIT_FOR_KEY	0x9002		/* INT 15h: the keyboard is waited for */
#define ENHANCED_ID	0x41ab		/* ABh 83h, as the controller translates it */

enum { STEP_LOOK, STEP_TOLD, STEP_WAITED };

static uint16_t after(struct bios *b, uint16_t at)
{
	return at + 2 >= bda16(b, BDA_KEY_END) ? bda16(b, BDA_KEY_START) : at + 2;
}

bool bios_put_key(struct bios *b, uint16_t key)
{
	uint16_t tail = bda16(b, BDA_KEY_TAIL), next = after(b, tail);

	if (next == bda16(b, BDA_KEY_HEAD))
		return false;
	set_bda16(b, tail, key);
	set_bda16(b, BDA_KEY_TAIL, next);
	return true;
}

static bool peek(struct bios *b, uint16_t *key)
{
	uint16_t head = bda16(b, BDA_KEY_HEAD);

	if (head == bda16(b, BDA_KEY_TAIL))
		return false;
	*key = bda16(b, head);
	return true;
}

static void drop(struct bios *b)
{
	set_bda16(b, BDA_KEY_HEAD, after(b, bda16(b, BDA_KEY_HEAD)));
}

static uint16_t enhanced(uint16_t key)
{
	return (key & 0xff) == 0xf0 && key >> 8 ? key & 0xff00 : key;
}

/* The key as the AT's keyboard had it; false: it had none such.  */
static bool standard(uint16_t *key)
{
	uint8_t code = *key >> 8, ch = *key;

	if (code == 0xe0) {			/* keypad Enter and / */
		*key = (ch == 0x0d || ch == 0x0a ? 0x1c00 : 0x3500) | ch;
		return true;
	}
	if (ch == 0xe0 && code) {
		*key &= 0xff00;
		ch = 0;
	}
	return code <= 0x84 && !(ch == 0xf0 && code);
}

/* The next key, after those were dropped that 00h and 01h cannot tell.  The
 * pointers are the guest's, and may lead round for ever.  */
static bool next(struct bios *b, bool all, uint16_t *key)
{
	bios_update_leds(b);		/* a program may have turned a lock */
	for (unsigned n = 0; n < 256 && peek(b, key); n++) {
		if (all) {
			*key = enhanced(*key);
			return true;
		}
		if (standard(key))
			return true;
		drop(b);
	}
	return false;
}

static enum svc read_key(struct bios *b, bool all)
{
	uint16_t key;

	if (!next(b, all, &key)) {
		if (guest_step(b->guest) == STEP_LOOK && !guest_unhooked(b->guest, 0x15)) {
			cpu_set16(b->guest->cpu, CPU_AX, WAIT_FOR_KEY);
			return guest_int(b->guest, 0x15, STEP_TOLD);
		}
		return guest_again(b->guest, STEP_TOLD, GUEST_WAIT_KEY);
	}
	guest_restore(b->guest);
	drop(b);
	cpu_set16(b->guest->cpu, CPU_AX, key);
	return SVC_DONE;
}

/* The program of a loop that waits here has asked before the key came, and for the shift
 * keys and the mouse before that: it is told so, and asks for all of them again.  */
static enum svc look(struct bios *b, bool all)
{
	bool waited = guest_step(b->guest) == STEP_WAITED;
	uint16_t key;
	bool there = next(b, all, &key) && !waited;

	if (!there && guest_poll(b->guest, true))
		return guest_again(b->guest, STEP_WAITED, GUEST_WAIT_POLL);
	guest_set_flag(b->guest, CPU_ZF, !there);
	if (there)
		cpu_set16(b->guest->cpu, CPU_AX, key);
	return SVC_DONE;
}

static enum svc fn_read(void *room, struct guest *g) { (void)g; return read_key(room, false); }
static enum svc fn_read_all(void *room, struct guest *g) { (void)g; return read_key(room, true); }
static enum svc fn_look(void *room, struct guest *g) { (void)g; return look(room, false); }
static enum svc fn_look_all(void *room, struct guest *g) { (void)g; return look(room, true); }

static enum svc fn_shift(void *room, struct guest *g)
{
	set_al(g, bda8(room, BDA_SHIFT));
	return SVC_DONE;
}

/* AH: bits 0, 1 left Ctrl and Alt; 2, 3 the right ones; 4-6 Scroll, Num and
 * Caps Lock keys down; 7 SysRq down.  */
static enum svc fn_shift_all(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t two = bda8(b, BDA_SHIFT2);

	set_al(g, bda8(b, BDA_SHIFT));
	set_ah(g, (two & 0x73) | (bda8(b, BDA_KEY_STATE) & 0x0c) |
	       (two & SHIFT2_SYSREQ ? 0x80 : 0));
	return SVC_DONE;
}

static void set_typematic(struct bios *b, uint8_t value)
{
	port_out(b, PORT_DATA, SET_TYPEMATIC);
	port_out(b, PORT_DATA, value);
	set_ebda8(b, EBDA_TYPEMATIC, value);
}

/* 00h the default; 05h delay BH (0-3) and rate BL (0-31); 06h what they are:
 * the keyboard cannot be asked.  04h, no repeat, is beyond this keyboard.  */
static enum svc fn_typematic(void *room, struct guest *g)
{
	struct bios *b = room;
	uint8_t now = ebda8(b, EBDA_TYPEMATIC);

	if (reg_al(g) == 0x00)
		set_typematic(b, TYPEMATIC_DEFAULT);
	else if (reg_al(g) == 0x05 && reg_bh(g) <= 3 && reg_bl(g) <= 31)
		set_typematic(b, reg_bh(g) << 5 | reg_bl(g));
	else if (reg_al(g) == 0x06)
		cpu_set16(g->cpu, CPU_BX, (now >> 5) << 8 | (now & 31));
	return SVC_DONE;
}

static enum svc fn_store(void *room, struct guest *g)
{
	set_al(g, !bios_put_key(room, cpu_get16(g->cpu, CPU_CX)));
	return SVC_DONE;
}

/* AL: 0300h, 0305h, 0306h, 0Ah and 10h-12h are there (RBIL, table 00585).  */
static enum svc fn_abilities(void *room, struct guest *g)
{
	(void)room;
	set_al(g, 0x3d);
	return SVC_DONE;
}

static enum svc fn_identity(void *room, struct guest *g)
{
	(void)room;
	cpu_set16(g->cpu, CPU_BX, ENHANCED_ID);
	return SVC_DONE;
}

const struct svc_entry bios_int16_table[BIOS_INT16_FUNCTIONS] = {
	[0x00] = { "read key", fn_read },
	[0x01] = { "look for key", fn_look },
	[0x02] = { "shift state", fn_shift },
	[0x03] = { "typematic rate", fn_typematic },
	[0x05] = { "store key", fn_store },
	[0x09] = { "keyboard abilities", fn_abilities },
	[0x0a] = { "keyboard ID", fn_identity },
	[0x10] = { "read key, 101", fn_read_all },
	[0x11] = { "look for key, 101", fn_look_all },
	[0x12] = { "shift state, 101", fn_shift_all },
};

enum svc bios_int16(void *room, struct guest *g)
{
	return bios_dispatch(room, g, bios_int16_table, BIOS_INT16_FUNCTIONS, bios_nothing);
}
