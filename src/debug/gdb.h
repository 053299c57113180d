/* gdb.h - the remote stub from inside.  The protocol: GDB's manual, appendix
 * "GDB Remote Serial Protocol".
 *
 *	gdb.c		the socket, packets in and out
 *	gdbserve.c	what is asked, and answered
 *	gdbregs.c	registers, and their description for gdb
 *
 * gdb thinks in flat memory.  So all addresses are linear, and the register
 * eip is CS's base plus EIP: breakpoints, x/i $pc and stepping then agree in
 * real mode too.  The true one is register "ip".
 *
 * Whoever connects may send anything: each packet is measured, and what makes
 * no sense answers an error or, as the protocol has it, nothing.  */

#ifndef DEBUG_GDB_H
#define DEBUG_GDB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "debug/monitor.h"
#include "sched/sched.h"

struct error;
struct machine;
struct pollfd;

#define GDB_PACKET	0x4000u		/* bytes between $ and # */
#define GDB_OUT		(4 * GDB_PACKET)	/* room for some answers */

struct gdb {
	struct machine *machine;
	struct cpu *cpu;
	struct monitor monitor;		/* for gdb's command "monitor" */
	int listener, fd;		/* fd -1: nobody is connected */
	char path[108];			/* of a Unix socket of ours, to be removed; "" */
	bool waiting;			/* the first debugger has not come yet */
	bool begun;			/* the program has been reached */
	bool leaving;			/* it has detached */
	bool told;			/* gdb knows that the machine stands */
	bool asked;			/* ... because it pressed Ctrl-C */
	bool no_ack, killed;
	uint8_t in[GDB_PACKET + 8];
	size_t in_size;
	char out[GDB_OUT];		/* not yet sent */
	size_t out_size;
};

/* waits: nobody is let in before a program begins, and then it is waited for
 * somebody.  */
bool gdb_open(struct gdb *g, struct machine *m, const char *where, bool waits,
	      struct error *err);
void gdb_close(struct gdb *g);
bool gdb_run(struct gdb *g, vtime until);
bool gdb_holds(const struct gdb *g);
unsigned gdb_poll(const struct gdb *g, struct pollfd *p);
void gdb_serve(struct gdb *g);
void gdb_stopped(struct gdb *g);
void gdb_ended(struct gdb *g, int status);

/* Nobody is there any more; the program goes on.  */
void gdb_disconnect(struct gdb *g);
/* A packet, printf'ed, or of n raw bytes.  */
void gdb_answer(struct gdb *g, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void gdb_answer_bytes(struct gdb *g, const char *data, size_t n);
/* gdbserve.c: one packet, NUL behind its n bytes.  */
void gdb_packet(struct gdb *g, char *s, size_t n);
void gdb_tell_stop(struct gdb *g);

/* gdbregs.c.  Values are little-endian bytes.  The size is 0 if there is no
 * register n.  */
#define GDB_CORE	32u		/* registers of the g packet */
#define GDB_REG_MAX	10u
size_t gdb_reg_read(const struct gdb *g, unsigned n, uint8_t v[GDB_REG_MAX]);
bool gdb_reg_write(struct gdb *g, unsigned n, const uint8_t *v, size_t size);
/* target.xml, malloc'ed; NULL: out of memory.  */
char *gdb_target(const struct gdb *g);

#endif
