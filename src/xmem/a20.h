/* a20.h - address line 20: who wants it, and what it is; and who has the
 * high memory area behind it.
 *
 * The line is high when the keyboard controller's output port or port 92h
 * says so (IBM PS/2 Hardware Interface Technical Reference: the two are
 * ORed).  An XMS manager counts requests and moves port 92h, as HIMEM.SYS
 * does on a PS/2 (XMS specification 2.0, functions 03h-07h).
 *
 * What a program finds when it starts.  Under DOS 5 and later with
 * HIMEM.SYS and DOS=HIGH the line is high while DOS works, but DOS closes it
 * before it jumps into a program, since programs packed by early EXEPACKs
 * depend on addresses wrapping at 1 MiB (with the line high and the program
 * below 64 KiB they end in "Packed file is corrupt"; LOADFIX is the other
 * cure).  Without DOS=HIGH nobody opens it.  Our DOS works outside of guest
 * memory and never needs the line, so:
 *	at boot it is low;
 *	EXEC calls a20_close_for_program(): the program finds it low, whatever
 *	its parent left, and an XMS user's count stays as it is, as in DOS.  */

#ifndef XMEM_A20_H
#define XMEM_A20_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bus/bus.h"
#include "xmem/error.h"

struct state;

enum a20_source { A20_KBC, A20_PORT92, A20_SOURCES };

struct a20 {
	/* What it was wired to.  */
	struct bus *bus;
	uint16_t hma_min;		/* HIMEM's /HMAMIN=, in bytes */

	/* What it remembers.  */
	bool wanted[A20_SOURCES];	/* the inputs */
	bool global;			/* global enable is in force */
	uint16_t local;			/* local enables not yet undone */
	bool hma_taken;
};

void a20_init(struct a20 *a, struct bus *bus, uint16_t hma_min);
void a20_reset(struct a20 *a);
void a20_state(struct a20 *a, struct state *st);

/* Where the chips' A20 outputs are to be led.  */
struct wire a20_input(struct a20 *a, enum a20_source source);

bool a20_is_on(const struct a20 *a);

/* XMS 03h-06h.  */
enum xms_error a20_global(struct a20 *a, bool on);
enum xms_error a20_local(struct a20 *a, bool on);

/* Before DOS jumps into a program.  */
void a20_close_for_program(struct a20 *a);

/* XMS 01h and 02h: size FFFFh is an application, else a resident program
 * that needs so many bytes.  */
enum xms_error hma_take(struct a20 *a, uint16_t size);
enum xms_error hma_give_back(struct a20 *a);

#endif
