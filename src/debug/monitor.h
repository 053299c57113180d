/* monitor.h - the built-in debugger from inside.
 *
 *	monitor.c	lines of commands: the table, and when the machine goes on
 *	points.c	break- and watchpoints with their conditions
 *	show.c		registers, memory, code, the way back
 *	dosview.c	what DOS has: vectors, PSP, memory blocks
 *	expr.c		numbers, registers and addresses as people write them  */

#ifndef DEBUG_MONITOR_H
#define DEBUG_MONITOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "cpu/cpu.h"
#include "machine/inspect.h"
#include "sched/sched.h"

#define MONITOR_LINE	256
#define MONITOR_POINTS	32

enum point_kind { POINT_FREE, POINT_CODE, POINT_INT, POINT_PORT, POINT_DATA };

struct point {
	uint8_t kind;			/* enum point_kind */
	uint8_t vector;
	uint8_t watch;			/* enum cpu_watch_kind of CODE, PORT, DATA */
	uint16_t sel;			/* as it was written, for the list */
	uint32_t off;
	uint32_t at, len;		/* linear, or ports */
	unsigned hits;
	char condition[48];		/* "ax=3d02"; "": none */
	uint8_t old[8];			/* DATA: what was there */
};

/* A place in memory, as it was written.  */
struct place {
	uint16_t sel;
	uint32_t off, lin;
	bool linear;			/* given as such: sel is meaningless */
};

/* What is going on between two prompts.  */
enum plan { PLAN_GO, PLAN_STEP, PLAN_OVER, PLAN_RETURN };

struct monitor {
	struct machine *machine;
	struct cpu *cpu;
	int in;				/* descriptor of commands, -1: detached */
	FILE *out;
	bool interactive;		/* in is a terminal */
	bool announced, prompted;	/* why it stands; that it may be asked */
	bool killed;
	bool guest_of_gdb;		/* gdb's "monitor": for looking only */
	struct point *hit;
	char line[MONITOR_LINE], last[MONITOR_LINE];
	size_t size;			/* of line, unfinished */
	struct point point[MONITOR_POINTS];	/* number n is point[n - 1] */
	enum plan plan;
	unsigned count;			/* PLAN_STEP: to go */
	bool temporary;			/* there is a breakpoint at `over' */
	uint32_t over, least_sp;	/* ... that counts with such a stack */
	uint16_t stack;
	bool returning;			/* PLAN_RETURN: the instruction being done is it */
	struct place dump, code;	/* where these commands go on, if known */
	bool dump_known, code_known;
};

void monitor_go(struct monitor *t, enum plan plan, unsigned count);
/* Go until this linear address, or another stop.  */
void monitor_until(struct monitor *t, uint32_t lin);
/* machine_run(), going on by itself until a plan is reached.  */
bool monitor_run(struct monitor *t, vtime until);
/* Read what there is of commands, and do one line.  */
void monitor_serve(struct monitor *t);
/* Say why the machine stands, once, and ask what to do.  */
void monitor_ask(struct monitor *t);
void monitor_interrupt(struct monitor *t);
void monitor_detach(struct monitor *t);

void monitor_say(struct monitor *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* expr.c: each takes what it understands from *s and answers true; else it has
 * said why not.  */
bool expr_value(struct monitor *t, const char **s, uint32_t *v);
bool expr_place(struct monitor *t, const char **s, enum cpu_seg usual, struct place *p);
/* "REG=VALUE" or "REG!=VALUE", now.  false in *holds or for nonsense.  */
bool expr_condition(struct monitor *t, const char *s, bool *holds);
bool expr_register(const struct cpu *cpu, const char *name, size_t n, uint32_t *v);
bool expr_set_register(struct cpu *cpu, const char *name, size_t n, uint32_t v);
const char *expr_blank(const char *s);

/* points.c */
void point_add(struct monitor *t, const struct point *p);
void point_list(struct monitor *t);
bool point_delete(struct monitor *t, unsigned number);
/* Which of them the machine has stopped for; NULL: none whose condition holds. */
struct point *point_hit(struct monitor *t);
void point_tell(struct monitor *t, struct point *p);
bool point_at(const struct monitor *t, uint32_t lin);

/* show.c */
void show_where(struct monitor *t);		/* the instruction at CS:IP */
void show_registers(struct monitor *t);
void show_system(struct monitor *t);
void show_fpu(struct monitor *t);
void show_memory(struct monitor *t, const struct place *p, uint32_t n);
/* Lines of code; answers the offset behind them.  */
uint32_t show_code(struct monitor *t, const struct place *p, unsigned lines);
void show_stack(struct monitor *t);
void show_services(struct monitor *t);
/* The instruction at CS:IP as text; how many bytes it has, 0: unknown.  */
size_t show_next(const struct monitor *t, char *buf, size_t size);

/* dosview.c */
void show_vectors(struct monitor *t, bool all);
void show_psp(struct monitor *t, uint16_t psp);
void show_blocks(struct monitor *t);

#endif
