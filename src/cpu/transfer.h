/* transfer.h - far transfers of control in protected mode: JMP, CALL, RET,
 * IRET, interrupts, tasks.  Not for handlers' fast paths: real mode's are
 * in interp/control.c.  For the CPU room only.
 *
 * Each raises before it has changed anything, or changes everything: CS and
 * cpu.ip, and with them the privilege and the stack.  After a task switch
 * the instruction counts as done, and what is raised then (segments of the
 * new task) is raised at the new task's first instruction.
 *
 * `next' is the ip behind the current instruction, `size' 2 or 4, the
 * operand size.  */

#ifndef CPU_TRANSFER_H
#define CPU_TRANSFER_H

#include <stdbool.h>
#include <stdint.h>

#include "cpu/cpu.h"

struct descriptor;

void cpu_jump_far(struct cpu *cpu, uint16_t sel, uint32_t ip, uint32_t next);
void cpu_call_far(struct cpu *cpu, uint16_t sel, uint32_t ip, uint32_t next, unsigned size);
/* release: bytes of parameters to drop from both stacks.  */
void cpu_return_far(struct cpu *cpu, unsigned release, unsigned size);
void cpu_return_interrupt(struct cpu *cpu, uint32_t next, unsigned size);

enum event_kind {
	EVENT_SOFT,		/* INT n, INT3, INTO: the gate's DPL counts */
	EVENT_HARD,		/* an interrupt request, NMI, a trap */
	EVENT_FAULT,		/* an exception that points at its instruction */
};

struct cpu_event {
	enum event_kind kind;
	uint8_t vector;
	bool has_code;
	uint16_t code;
	uint32_t ip;			/* where to return to */
};

/* As the mode has it.  */
void cpu_interrupt(struct cpu *cpu, const struct cpu_event *ev);
/* By the far pointer in a table at this linear address; the flags pushed are
 * these, the register's are the caller's business.  */
void cpu_interrupt_pointer(struct cpu *cpu, const struct cpu_event *ev, uint32_t table,
			   uint16_t flags);

enum task_switch { TASK_JMP, TASK_CALL, TASK_INTERRUPT, TASK_IRET };

/* d is a present TSS descriptor, busy for TASK_IRET only; ip is the old
 * task's.  ev: what is delivered by it, or NULL.  */
void cpu_switch_task(struct cpu *cpu, const struct descriptor *d, enum task_switch why,
		     uint32_t ip, const struct cpu_event *ev);

/* The instruction is done and the next one, at ip, has not begun: what is
 * raised from now on is raised there.  (engine)  */
void cpu_retire(struct cpu *cpu, uint32_t ip);

/* ---- for each other ---- */

/* The flags as the handler finds them: on its stack, or in the TSS that it was
 * called from.  */
uint32_t cpu_event_flags(const struct cpu *cpu, const struct cpu_event *ev);

/* A CS descriptor for privilege cpl is entered at ip.  */
void cpu_enter_code(struct cpu *cpu, const struct descriptor *d, unsigned cpl, uint32_t ip);
/* #GP(0) if ip is not in the segment.  */
void cpu_check_entry(struct cpu *cpu, const struct descriptor *d, uint32_t ip);

/* What is going to be pushed, and where.  */
struct cpu_frame {
	struct cpu_segment ss;
	uint32_t sp;			/* before pushing */
	unsigned n, size;		/* values; bytes of each */
	uint32_t value[44];		/* the first is pushed first */
};

/* On the current stack; on the one that the TSS has for privilege cpl.  */
struct cpu_frame cpu_frame_here(const struct cpu *cpu, unsigned size);
struct cpu_frame cpu_frame_inner(struct cpu *cpu, unsigned cpl, unsigned size);
void cpu_frame_add(struct cpu_frame *f, uint32_t value);
/* Raises #SS(code) or #PF; for a program at privilege cpl.  */
void cpu_frame_check(struct cpu *cpu, const struct cpu_frame *f, unsigned cpl, uint16_t code);
/* Writes, and makes SS:ESP the frame's; CPL is that of the new code.  */
void cpu_frame_push(struct cpu *cpu, const struct cpu_frame *f);

#endif
