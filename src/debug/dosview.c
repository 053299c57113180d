/* dosview.c - what DOS has in memory, read from there (dos/layout.h).  It may
 * be anything: chains are followed for so many links, and names are cleaned.  */

#include "dos/layout.h"

#include <ctype.h>

#include "debug/monitor.h"

#define BLOCKS_MAX	1000
#define TAIL_MAX	127

void show_vectors(struct monitor *t, bool all)
{
	const struct guest *g = machine_guest(t->machine);

	for (unsigned v = 0; v < 256; v++) {
		struct far p = guest_rfar(g, 0, v * 4);
		unsigned gate = p.off - GUEST_GATE_OFF;
		bool rom = p.seg == GUEST_ROM_SEG;

		if (!all && (rom || (!p.seg && !p.off)))
			continue;
		monitor_say(t, "%02X %04X:%04X%s\n", v, p.seg, p.off, !rom ? "" :
			    gate < GUEST_GATES && gate != GATE_IRET ? " served by dosvm" : " in ROM");
	}
}

static char clean(uint8_t c)
{
	return c >= ' ' && c < 0x7f ? c : '.';
}

void show_psp(struct monitor *t, uint16_t psp)
{
	const struct guest *g = machine_guest(t->machine);
	uint8_t n = guest_r8(g, psp, PSP_TAIL);
	static const struct { const char *name; uint8_t at; } vector[] = {
		{ "INT 22", PSP_INT22 }, { "INT 23", PSP_INT23 }, { "INT 24", PSP_INT24 } };

	if (guest_r16(g, psp, PSP_INT20) != 0x20cd)
		monitor_say(t, "%04X does not begin with INT 20: is it a PSP?\n", psp);
	monitor_say(t, "PSP %04X, parent %04X, environment %04X, memory to %04X, DOS %u.%02u\n", psp,
		    guest_r16(g, psp, PSP_PARENT), guest_r16(g, psp, PSP_ENV),
		    guest_r16(g, psp, PSP_TOP), guest_r8(g, psp, PSP_VERSION),
		    guest_r8(g, psp, PSP_VERSION + 1));
	for (unsigned i = 0; i < 3; i++) {
		struct far p = guest_rfar(g, psp, vector[i].at);

		monitor_say(t, "%s %04X:%04X  ", vector[i].name, p.seg, p.off);
	}
	monitor_say(t, "\nhandles");
	for (unsigned i = 0; i < PSP_HANDLES; i++)
		monitor_say(t, " %02X", guest_r8(g, psp, PSP_JFT + i));
	monitor_say(t, "\ntail \"");
	for (unsigned i = 0; i < n && i < TAIL_MAX; i++)
		monitor_say(t, "%c", clean(guest_r8(g, psp, PSP_TAIL + 1 + i)));
	monitor_say(t, "\"\n");
}

static void say_name(struct monitor *t, const struct guest *g, uint16_t mcb)
{
	for (unsigned i = 0; i < 8; i++) {
		uint8_t c = guest_r8(g, mcb, MCB_NAME + i);

		if (!c)
			break;
		monitor_say(t, "%c", clean(c));
	}
}

void show_blocks(struct monitor *t)
{
	const struct guest *g = machine_guest(t->machine);
	uint16_t mcb = guest_r16(g, DOS_SEG, AT_LOL + LOL_FIRST_MCB);

	for (unsigned i = 0; i < BLOCKS_MAX; i++) {
		uint8_t type = guest_r8(g, mcb, 0);
		uint16_t owner = guest_r16(g, mcb, MCB_OWNER), size = guest_r16(g, mcb, MCB_PARAS);

		if (type != 'M' && type != 'Z') {
			monitor_say(t, "%04X is no memory control block: the chain is broken\n", mcb);
			return;
		}
		monitor_say(t, "%04X %6u bytes  owner %04X  ", mcb + 1u, size * 16u, owner);
		if (!owner)
			monitor_say(t, "free");
		else
			say_name(t, g, owner == 8 || owner == mcb + 1 ? mcb : (uint16_t)(owner - 1));
		monitor_say(t, "\n");
		if (type == 'Z')
			return;
		mcb += size + 1;
	}
}
