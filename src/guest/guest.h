/* guest.h - the doorway: how host code serves guest code.
 *
 * A service is reached when the guest executes the HLT of its gate, in
 * ROM.  A service never runs the CPU and never blocks.  When it cannot
 * answer it says so and is called again later:
 *
 *	SVC_DONE	answered: IRET (or RETF) to the caller
 *	SVC_AGAIN	nothing yet: wait on the resume gate, interrupts on,
 *			and call me again after the next one
 *	SVC_CALL	I asked, with guest_call() or guest_int(), for guest
 *			code to be run; call me again when it returns
 *	SVC_JUMP	I have set CS:IP, SS:SP and the rest myself; the call
 *			is over (EXEC, termination)
 *	SVC_STEP	call me again at once, with the step that guest_next()
 *			gave: what would have been a call needed none
 *
 * What an unfinished service has to remember is its frame: a small step
 * number, the caller's registers and a few words of notes, plain data in
 * struct guest.  Nothing is kept on the host's stack.  So a snapshot can
 * be taken at any moment, and no run loop ever nests in another.
 *
 * A frame is named by the stack it waits on (SS:SP).  A task switcher that
 * exchanges stacks finds the right one again.  Frames whose caller can
 * never return are dropped: when a new call comes from the same stack at
 * or above the dead one's place, and by guest_drop_above() when a program
 * ends.
 *
 * Registers: a service reads the caller's with cpu_get16(g->cpu, ...).
 * After guest code has run (step > 0) they hold what that code left;
 * guest_caller() gives those of the call itself, and guest_restore() puts
 * them back, to be done before answering.  */

#ifndef GUEST_H
#define GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cpu/cpu.h"
#include "guest/gates.h"

struct bus;
struct guest;
struct state;

enum svc { SVC_DONE, SVC_AGAIN, SVC_CALL, SVC_JUMP, SVC_STEP };

typedef enum svc svc_fn(void *room, struct guest *g);

/* A row of a function table (INT 21h by AH, INT 10h by AH, ...).  The name
 * is what --trace and the manual show.  */
struct svc_entry {
	const char *name;
	svc_fn *serve;		/* NULL: function not supported */
};

/* What an unfinished service waits for, so that the session knows whether
 * to sleep, to feed a key, or to let guest time pass.  */
enum guest_wait {
	GUEST_WAIT_NONE,
	GUEST_WAIT_TIME,	/* guest time alone will end it */
	GUEST_WAIT_KEY,		/* the keyboard */
	GUEST_WAIT_STREAM,	/* the host's standard input (DRIVE_WAIT), a serial line ... */
	GUEST_WAIT_POLL,	/* nothing: the program looks for a key, again and again; see idle.c */
};

#define GUEST_GATES	256
#define GUEST_DEPTH	64
#define GUEST_NOTES	8
#define GUEST_ROM_SEG	0xf000u
#define GUEST_GATE_OFF	0xe000u	/* gate n is the byte at ROM_SEG:GATE_OFF+n */

/* In the order in which a far pointer lies in memory.  */
struct far { uint16_t off, seg; };

struct guest_regs {
	uint32_t reg[8], flags;
	uint16_t ds, es;
};

/* A service begun and not done.  */
struct guest_frame {
	uint16_t ss, sp;		/* where it waits, which names it */
	uint16_t home_ss, home_sp;	/* the caller's stack, with the return address */
	uint8_t gate, step;
	uint8_t stage;			/* a dispatcher's own, above its services' steps; 0 at the call */
	struct guest_regs caller;	/* as they were at the call */
	uint32_t note[GUEST_NOTES];	/* the service's own, 0 at the call */
};

#define GUEST_IDLE_WOKE	4	/* rounds with an interrupt are remembered */

/* A question that found nothing, and what is known of the rounds of the program
 * that ask it; see idle.c.  */
struct guest_idle {
	uint8_t gate;
	uint16_t ss, sp;
	struct far back;		/* where the answer goes */
	struct guest_regs regs;
	uint16_t fs, gs;
	uint64_t at;			/* by instructions */
	uint64_t when;			/* by guest time */
	uint64_t since;			/* the last interrupt that counts, likewise */
	uint64_t counted_from;		/* by guest time, that one */
	uint64_t credit;		/* instructions to count rounds with */
	uint64_t sum, base;		/* of the memory written in a round; some rounds ago */
	uint64_t by, step;		/* how it changed; how counting changes it */
	uint64_t screen, fpu;		/* likewise */
	uint32_t pages;			/* of that memory */
	uint32_t begun;			/* bus.fresh.begun when it was begun to be noted */
	uint32_t outside, chips;	/* cpu.outside, bus.chip_writes then */
	uint16_t laps;			/* that were the same, as far as was looked */
	uint16_t skip;			/* before looking closely again */
	uint8_t strays;			/* questions at the same place, but other registers */
	uint8_t looks;			/* closely, so far without finding such a loop */
	uint8_t fails;			/* to find one, one after the other */
	bool counts;			/* it does nothing but count its rounds */
	bool close;			/* it is noted what memory is written */
	bool key;			/* it was for a key */
	bool acted;			/* something has been done since */
	bool waits;			/* for an interrupt */
	bool woke;			/* it has come, and memory was not looked at since */
	uint64_t slept;			/* the sum when it waited */
	uint64_t woke_by[GUEST_IDLE_WOKE];	/* how memory changed in rounds with an interrupt */
	uint8_t woke_next;
	uint32_t calls;			/* of services when it began */
};

struct guest {
	struct cpu *cpu;
	struct bus *bus;
	struct { svc_fn *serve; void *room; bool far_call; } gate[GUEST_GATES];
	struct guest_frame frame[GUEST_DEPTH];
	uint8_t depth;
	uint8_t current;		/* the frame being served */
	enum guest_wait waiting;	/* NONE unless the last one served said AGAIN */
	struct guest_idle idle;
	uint32_t calls;			/* of services, since power-on */
	/* Called before a fresh service is served; for --trace.  May be NULL.  */
	void (*on_gate)(void *ctx, uint8_t gate);
	void *trace_ctx;
};

void guest_init(struct guest *g, struct cpu *cpu, struct bus *bus);
void guest_reset(struct guest *g);
void guest_state(struct guest *g, struct state *st);

/* Give a gate to a service.  The caller points an IVT entry, or a pointer
 * of its own, at guest_gate_far().  */
void guest_offer(struct guest *g, uint8_t gate, svc_fn *serve, void *room);
void guest_offer_far(struct guest *g, uint8_t gate, svc_fn *serve, void *room);
static inline struct far guest_gate_far(uint8_t gate)
{
	return (struct far){ GUEST_GATE_OFF + gate, GUEST_ROM_SEG };
}

/* The CPU stopped on a gate.  False: it has to wait there.  */
bool guest_serve(struct guest *g);

/* What the service on the resume gate waits for.  */
enum guest_wait guest_waiting(const struct guest *g);

/* For services: the frame of the call being served.  */
struct guest_frame *guest_frame(struct guest *g);
static inline uint8_t guest_step(struct guest *g)
{
	return guest_frame(g)->step;
}
static inline const struct guest_regs *guest_caller(struct guest *g)
{
	return &guest_frame(g)->caller;
}
void guest_restore(struct guest *g);

/* Go on at once with step next_step: return guest_next(g, n).  */
enum svc guest_next(struct guest *g, uint8_t next_step);
/* The service being served was asked for something that has not happened.  True: it
 * is asked in a loop that does nothing else, so answer guest_again(g, 0, ...), with
 * GUEST_WAIT_POLL for a key and GUEST_WAIT_TIME else, and find out anew then.  In a
 * loop with several questions the one for a key is that which waits.  */
bool guest_poll(struct guest *g, bool key);
/* The service being served lets the processor rest, as HLT does: true, answer
 * guest_again(g, 1, GUEST_WAIT_TIME), until an interrupt has come.  Uses note[0].  */
bool guest_rests(struct guest *g);
/* Whatever is served has done something: no such loop.  */
void guest_progress(struct guest *g);
/* The program has just asked, and its rounds are being looked at: nobody else is to
 * note what memory is written.  */
bool guest_asks(const struct guest *g);
void guest_idle_reset(struct guest *g);
void guest_idle_state(struct guest_idle *i, struct state *st);

/* Come back with step next_step after waiting: return guest_again(g, n, why).  */
enum svc guest_again(struct guest *g, uint8_t next_step, enum guest_wait why);
/* Far-call guest code (ends with RETF), or run software interrupt n through
 * the IVT; then come back with next_step.  */
enum svc guest_call(struct guest *g, struct far target, uint8_t next_step);
enum svc guest_int(struct guest *g, uint8_t n, uint8_t next_step);

/* Far-call `first' and, when that returns, `second', as a device driver's
 * strategy and interrupt routines are called; then come back.  */
enum svc guest_call_two(struct guest *g, struct far first, struct far second, uint8_t next_step);
/* The vector of interrupt n still leads to our own gate: nobody has hooked it. */
bool guest_unhooked(const struct guest *g, uint8_t n);

/* From here to the end of this service run on another stack (DOS's own);
 * the caller's comes back by itself with SVC_DONE.  */
void guest_use_stack(struct guest *g, uint16_t ss, uint16_t sp);

/* For the service being served: the number of frames older than its own;
 * and drop all that are not.  EXEC keeps the mark, termination drops what
 * the process left unfinished.  */
uint8_t guest_mark(const struct guest *g);
void guest_drop_above(struct guest *g, uint8_t mark);

/* Flags of the caller, as IRET (or RETF) will leave them.  */
bool guest_flag(struct guest *g, uint16_t flag);
void guest_set_flag(struct guest *g, uint16_t flag, bool on);

/* The usual endings: AX and the carry flag.  */
enum svc guest_ok(struct guest *g, uint16_t ax);
enum svc guest_done(struct guest *g);			/* carry clear, AX as it is */
enum svc guest_fail(struct guest *g, uint16_t error);	/* carry set, AX = error */

/* Guest memory by real-mode address; offsets wrap inside the segment.  */
uint8_t guest_r8(const struct guest *g, uint16_t seg, uint16_t off);
uint16_t guest_r16(const struct guest *g, uint16_t seg, uint16_t off);
uint32_t guest_r32(const struct guest *g, uint16_t seg, uint16_t off);
struct far guest_rfar(const struct guest *g, uint16_t seg, uint16_t off);
void guest_w8(struct guest *g, uint16_t seg, uint16_t off, uint8_t v);
void guest_w16(struct guest *g, uint16_t seg, uint16_t off, uint16_t v);
void guest_w32(struct guest *g, uint16_t seg, uint16_t off, uint32_t v);
void guest_wfar(struct guest *g, uint16_t seg, uint16_t off, struct far v);
void guest_copy_in(const struct guest *g, void *to, uint16_t seg, uint16_t off, size_t n);
void guest_copy_out(struct guest *g, uint16_t seg, uint16_t off, const void *from, size_t n);

/* A string that ends with NUL; at most size - 1 bytes are taken, buf always
 * ends with NUL.  False: it was longer.  */
bool guest_string(struct guest *g, struct far p, char *buf, size_t size);

#endif
