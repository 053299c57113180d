/* mouse_rig.h - the BIOS's board with a hand on its mouse.  */

#ifndef MOUSE_RIG_H
#define MOUSE_RIG_H

#include "bios_rig.h"

#define HANDLER_GATE	0xd0		/* of far calls, nobody else's */

static struct { unsigned times; uint16_t ax, bx, cx, dx, si, di, ds; uint16_t word[4]; } told;

static enum svc note_call(void *room, struct guest *g)
{
	const struct guest_frame *f = guest_frame(g);

	(void)room;
	told.times++;
	told.ax = reg(CPU_AX), told.bx = reg(CPU_BX), told.cx = reg(CPU_CX);
	told.dx = reg(CPU_DX), told.si = reg(CPU_SI), told.di = reg(CPU_DI);
	told.ds = g->cpu->seg[CPU_DS].sel;
	for (unsigned i = 0; i < 4; i++)
		told.word[i] = guest_r16(g, f->home_ss, f->home_sp + 10 - 2 * i);
	return SVC_DONE;
}

static inline void give_handler(void)
{
	memset(&told, 0, sizeof told);
	guest_offer_far(&guest, HANDLER_GATE, note_call, NULL);
	cpu_load_real(&cpu, CPU_ES, GUEST_ROM_SEG);
}

static inline void c2(uint8_t al, uint8_t bh)
{
	set_reg(CPU_AX, 0xc200 | al);
	set_reg(CPU_BX, bh << 8);
	call(0x15);
}

static inline void mouse33(uint16_t ax, uint16_t bx, uint16_t cx, uint16_t dx)
{
	set_reg(CPU_AX, ax);
	set_reg(CPU_BX, bx);
	set_reg(CPU_CX, cx);
	set_reg(CPU_DX, dx);
	call(0x33);
}

static inline void moved(int dx, int dy, uint8_t buttons)
{
	mouse_move(&mouse, dx, dy, 0, buttons);
	pass(60);				/* more than a tick: slow enough */
}

#endif
