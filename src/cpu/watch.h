/* watch.h - places that somebody wants to be told of: the guest through its
 * debug registers, and a debugger outside the machine.  One mechanism serves
 * both; the guest never sees the debugger's.
 *
 * Nothing is paid while no place is watched, and little while one is:
 *
 *	code	an instruction that begins at the page offset of a watched
 *		one, in whatever page, is not kept decoded; the run loop does
 *		it by itself and compares the linear address
 *	data	a linear page with a watched byte never enters the fast tlb;
 *		the slow path in memory.c compares
 *	ports	io.h asks, if any port is watched at all
 *
 * The fast path cannot stop behind an instruction.  So one that is about to
 * touch a watched place is abandoned, like one that faults, and done again by
 * itself (interp's step()): then the touch is noted, and seen to behind it.  */

#ifndef CPU_WATCH_H
#define CPU_WATCH_H

#include <stdbool.h>
#include <stdint.h>

struct cpu;

/* Up to ACCESS as the R/W fields of DR7 have them (Intel 386 PRM 12.2).  */
enum cpu_watch_kind { WATCH_EXEC, WATCH_WRITE, WATCH_PORT, WATCH_ACCESS, WATCH_READ };

struct cpu_point {
	uint8_t kind;
	int8_t dr;			/* of the guest's DR0-DR3; -1: the debugger's */
	uint32_t at, len;		/* linear, or ports; len at least 1, without wrapping */
};

/* Why a run has ended with CPU_EXIT_BREAK.  EXEC and a software interrupt or
 * an exception: before the instruction at CS:IP.  Others: behind it.  */
enum cpu_stop_kind { STOP_NONE, STOP_EXEC, STOP_DATA, STOP_PORT, STOP_INT };

struct cpu_stop {
	uint8_t kind;			/* enum cpu_stop_kind */
	bool write;
	uint8_t vector, size;
	uint32_t point;			/* at of the debugger's point */
	uint32_t at;			/* what was touched, with size */
};

#define CPU_POINTS	68u		/* the guest's four and the debugger's */

/* Derived from the debug registers and what a debugger asked for; no part of
 * a snapshot.  */
struct cpu_watch {
	struct cpu_point point[CPU_POINTS];
	unsigned count;
	bool exec, data, port;		/* whether there is any of such */
	bool ints;			/* or any of these: */
	uint32_t vector[8];		/* interrupts the debugger wants to see, a bit each */
	unsigned epoch;			/* changes with the places of code */
	bool noting;			/* touches are noted, not restarted */
	bool once;			/* of a REP, one iteration */
	bool unfinished;		/* ... and there are more */
	bool ss_loaded;			/* no debug exception before one more instruction */
	bool hold;			/* a person steps: interrupts wait */
	bool pass;			/* the debugger has seen pass_at: go on there */
	uint32_t pass_at;
	struct cpu_stop stop;
};

/* For debuggers, between two runs.  False: there are too many.  */
bool cpu_watch_add(struct cpu *cpu, enum cpu_watch_kind kind, uint32_t at, uint32_t len);
/* False: there was none such.  */
bool cpu_watch_remove(struct cpu *cpu, enum cpu_watch_kind kind, uint32_t at, uint32_t len);
void cpu_watch_vector(struct cpu *cpu, uint8_t vector, bool on);
/* Forget the debugger's points and vectors.  */
void cpu_watch_clear(struct cpu *cpu);
/* Before going on: do not stop at once where CS:IP is.  */
void cpu_watch_pass(struct cpu *cpu);

/* DR0-DR3, DR7 or CR4.DE has changed.  */
void cpu_watch_derive(struct cpu *cpu);

/* For the CPU room.  Is an instruction at this offset of any page watched?  */
bool cpu_watch_offset(const struct cpu *cpu, uint32_t off);
/* Is any byte of this linear address's page?  */
bool cpu_watch_page(const struct cpu *cpu, uint32_t lin);
/* [lin, lin + size) or these ports are about to be touched, or checked for
 * it.  May restart the instruction.  */
void cpu_watch_touch(struct cpu *cpu, uint32_t lin, unsigned size, bool write);
void cpu_watch_check(struct cpu *cpu, uint32_t lin, unsigned size, bool write);
void cpu_watch_touch_port(struct cpu *cpu, uint16_t port, unsigned size, bool write);
/* The instruction at lin is about to be done.  DR6 bits of the guest's points
 * there; *host: the debugger has one.  */
uint32_t cpu_watch_code(const struct cpu *cpu, uint32_t lin, bool *host);
/* The debugger wants to see this vector, of an instruction at lin, and has not
 * yet.  */
bool cpu_watch_wants(const struct cpu *cpu, uint8_t vector, uint32_t lin);

#endif
