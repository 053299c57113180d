/* inspect.h - the machine as a debugger sees it, between two calls of
 * machine_run(): stopped, looked at, changed, and let go on.
 *
 * Points are set with cpu/watch.h on machine_cpu(); memory is looked at with
 * cpu/probe.h.  Neither the guest nor its clock notices.  */

#ifndef MACHINE_INSPECT_H
#define MACHINE_INSPECT_H

#include <stdbool.h>
#include <stdint.h>

#include "cpu/cpu.h"
#include "guest/guest.h"

struct machine;

enum machine_why {
	STOPPED_NOT,
	STOPPED_START,		/* at the first instruction of a program */
	STOPPED_ASKED,		/* machine_stop() */
	STOPPED_STEP,		/* the instruction is done */
	STOPPED_POINT,		/* cpu.watch.stop says which */
	STOPPED_SERVICE,	/* a service in C has changed watched memory */
	STOPPED_CRASH,		/* the end, see machine_end() */
};

struct machine_stop {
	enum machine_why why;
	uint8_t gate;		/* SERVICE: whose */
	uint32_t point;		/* SERVICE: the point's address */
};

/* From now on: a crash stops first, and with `at_start' so does the first
 * program but the shell.  */
void machine_debug(struct machine *m, bool at_start);
/* No more: forgets all points and goes on.  */
void machine_debug_end(struct machine *m);

/* why is STOPPED_NOT while it runs.  machine_run() does nothing otherwise.  */
const struct machine_stop *machine_stopped(const struct machine *m);
void machine_stop(struct machine *m);
/* Go on, past the point that CS:IP stands at.  */
void machine_continue(struct machine *m);
/* Go on and stop behind one instruction (of a REP, one iteration; of a gate,
 * its service).  Interrupts wait meanwhile, unless it is a HLT.  */
void machine_step(struct machine *m);

struct cpu *machine_cpu(struct machine *m);
const struct guest *machine_guest(const struct machine *m);
/* The PSP of the program that runs.  */
uint16_t machine_psp(const struct machine *m);
/* What an interrupt is for with this AX; "" if nobody knows.  */
const char *machine_service(const struct machine *m, uint8_t vector, uint16_t ax);

#endif
