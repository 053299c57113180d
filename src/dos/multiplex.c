/* multiplex.c - INT 2Fh: what DOS itself answers on the multiplex interrupt.
 *
 * A table by multiplex number (AH).  A number nobody answers comes back with its
 * registers as they were, which means "not installed".  Source: RBIL, INT 2Fh.  */

#include "dos/multiplex.h"

#include "base/layout.h"
#include "dos/layout.h"

static uint16_t get(struct guest *g, enum cpu_reg r) { return cpu_get16(g->cpu, r); }
static void set(struct guest *g, enum cpu_reg r, uint16_t v) { cpu_set16(g->cpu, r, v); }
static void set_al(struct guest *g, uint8_t v) { cpu_set8(g->cpu, 0, v); }

static uint8_t caller_al(struct guest *g)
{
	return guest_caller(g)->reg[CPU_AX];
}

/* 1000h: sharing and locks are part of the kernel.  */
static enum svc share(void *room, struct guest *g)
{
	(void)room;
	if (caller_al(g) == 0)
		set_al(g, 0xff);
	return SVC_DONE;
}

/* 1680h: the program has nothing to do.  Guest time passes to the next interrupt.
 * 1600h: no Windows.  */
static enum svc windows(void *room, struct guest *g)
{
	(void)room;
	switch (caller_al(g)) {
	case 0x00:
		set_al(g, 0);
		return SVC_DONE;
	case 0x80:
		if (guest_rests(g))
			return guest_again(g, 1, GUEST_WAIT_TIME);
		guest_restore(g);
		set_al(g, 0);
		return SVC_DONE;
	default:
		return SVC_DONE;
	}
}

/* 4300h, 4310h: there is an XMS manager, and its entry.  */
static enum svc xms(void *room, struct guest *g)
{
	struct dos *dos = room;

	if (!dos->xms)
		return SVC_DONE;
	if (caller_al(g) == 0x00)
		set_al(g, 0x80);
	if (caller_al(g) == 0x10) {
		cpu_load_real(g->cpu, CPU_ES, DOS_SEG);
		set(g, CPU_BX, CODE_XMS);
	}
	return SVC_DONE;
}

/* 4A01h, 4A02h: DOS keeps no part of the high memory area free for others.  */
static enum svc high_memory(void *room, struct guest *g)
{
	(void)room;
	if (caller_al(g) != 1 && caller_al(g) != 2)
		return SVC_DONE;
	set(g, CPU_BX, 0);
	cpu_load_real(g->cpu, CPU_ES, 0xffff);
	set(g, CPU_DI, 0xffff);
	return SVC_DONE;
}

/* AD80h-AD83h: KEYB's, whose data the BIOS keeps (bios/layoutkey.c, for their
 * form).  ADD0h is dosvm's: put on the layout with the two letters BL, BH, for
 * code page DX, 0 for the present one.  AX = 0; or CF with AX = 1: no such layout, 2:
 * it does not fit the code page.  */
enum { KEYB_AT = 0x110, KEYB_STATE = 0x12, KEYB_SECOND = 0x13, KEYB_NAME = 0x16, KEYB_PAGE = 0x18 };

static uint16_t keyb_segment(struct guest *g)
{
	return guest_r16(g, 0x40, 0x0e);		/* the extended data area */
}

static enum svc keyb_load(struct guest *g)
{
	uint16_t seg = keyb_segment(g), bx = get(g, CPU_BX), page = get(g, CPU_DX);
	char name[3] = { bx & 0xdf, bx >> 8 & 0xdf, 0 };
	const struct layout *l = layout_named(name);

	if (!page)
		page = guest_r16(g, seg, KEYB_AT + KEYB_PAGE);
	if (!l)
		return guest_fail(g, 1);
	if (!layout_fits(l, page))
		return guest_fail(g, 2);
	guest_w16(g, seg, KEYB_AT + KEYB_NAME, bx & 0xdfdf);
	guest_w16(g, seg, KEYB_AT + KEYB_PAGE, page);
	guest_w8(g, seg, KEYB_AT + KEYB_STATE, 0xff);
	guest_w8(g, seg, KEYB_AT + KEYB_SECOND, 0);
	return guest_ok(g, 0);
}

static enum svc keyb_set_page(struct guest *g)
{
	uint16_t seg = keyb_segment(g), bx = guest_r16(g, seg, KEYB_AT + KEYB_NAME);
	char name[3] = { bx & 0xff, bx >> 8, 0 };
	const struct layout *l = layout_named(name);

	if (!l || !layout_fits(l, get(g, CPU_BX)))
		return guest_fail(g, 1);
	guest_w16(g, seg, KEYB_AT + KEYB_PAGE, get(g, CPU_BX));
	return guest_done(g);
}

static enum svc keyb_set_state(struct guest *g)
{
	uint8_t state = get(g, CPU_BX);

	guest_set_flag(g, CPU_CF, state != 0 && state != 0xff);
	if (state == 0 || state == 0xff)
		guest_w8(g, keyb_segment(g), KEYB_AT + KEYB_STATE, state);
	return SVC_DONE;
}

static enum svc keyb(void *room, struct guest *g)
{
	uint16_t seg = keyb_segment(g);
	bool there = guest_r8(g, seg, KEYB_AT + KEYB_NAME);

	(void)room;
	if (caller_al(g) == 0xd0)
		return keyb_load(g);
	if (!there)
		return SVC_DONE;
	switch (caller_al(g)) {
	case 0x80:
		set(g, CPU_AX, 0xffff);
		set(g, CPU_BX, 0x0100);
		cpu_load_real(g->cpu, CPU_ES, seg);
		set(g, CPU_DI, KEYB_AT);
		return SVC_DONE;
	case 0x81:
		return keyb_set_page(g);
	case 0x82:
		return keyb_set_state(g);
	case 0x83:
		cpu_set8(g->cpu, 3, guest_r8(g, seg, KEYB_AT + KEYB_STATE));
		return SVC_DONE;
	}
	return SVC_DONE;
}

/* Nobody is behind the redirector's calls: the kernel's own must fail (MS-DOS
 * 4.0, MSINT.ASM: INT 2Fh with AH=11h is refused but for the question
 * whether it is there).  */
static enum svc no_network(void *room, struct guest *g)
{
	(void)room;
	if (caller_al(g) != 0)
		guest_set_flag(g, CPU_CF, true);
	return SVC_DONE;
}

const struct multiplex_row multiplex_table[] = {
	{ 0x10, { "SHARE", share } },
	{ 0x11, { "network redirector", no_network } },
	{ 0x12, { "DOS internal services", multiplex_internal_service } },
	{ 0x16, { "Windows", windows } },
	{ 0x43, { "XMS", xms } },
	{ 0x4a, { "high memory area", high_memory } },
	{ 0xad, { "KEYB", keyb } },
};

const unsigned multiplex_rows = sizeof multiplex_table / sizeof multiplex_table[0];

static enum svc multiplex(void *room, struct guest *g)
{
	uint8_t ah = guest_caller(g)->reg[CPU_AX] >> 8;

	for (unsigned i = 0; i < multiplex_rows; i++)
		if (multiplex_table[i].ah == ah)
			return multiplex_table[i].entry.serve(room, g);
	return SVC_DONE;
}

void multiplex_offer(struct dos *dos)
{
	guest_offer(dos->guest, 0x2f, multiplex, dos);
}
