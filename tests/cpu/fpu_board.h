/* fpu_board.h - a processor of the test's own for the x87 to sit beside:
 * registers, 64 KiB of memory in every segment, and faults that come back
 * to the test instead of going through an interrupt table.  */

#ifndef FPU_BOARD_H
#define FPU_BOARD_H

#include <setjmp.h>
#include <string.h>

#include "cpu/access.h"
#include "cpu/fpu_op.h"

enum { NO_FAULT = -1, STALLED = -2 };

struct board {
	struct cpu cpu;			/* first: the functions below get its address */
	uint8_t ram[0x10000];
	uint32_t limit;			/* an access past it is a fault */
	uint32_t insn_ip;
	bool addr32;			/* the instructions' address size */
	bool irq;			/* level of the error request */
	unsigned edges;			/* how often it rose */
	jmp_buf fault;
};

/* The x87's view of memory, instead of the engines'.  */
static unsigned board_check(struct cpu *cpu, unsigned seg, uint32_t off, unsigned size)
{
	struct board *b = (struct board *)cpu;

	(void)seg;
	if (off + (uint64_t)size - 1 > b->limit)
		cpu_raise(cpu, EXC_GP);
	return off;
}

uint64_t cpu_read_slow(struct cpu *cpu, unsigned seg, uint32_t off, unsigned size)
{
	return cpu_load(((struct board *)cpu)->ram + board_check(cpu, seg, off, size), size);
}

void cpu_write_slow(struct cpu *cpu, unsigned seg, uint32_t off, uint64_t val, unsigned size)
{
	cpu_store(((struct board *)cpu)->ram + board_check(cpu, seg, off, size), val, size);
}

void cpu_check_write(struct cpu *cpu, unsigned seg, uint32_t off, unsigned size)
{
	board_check(cpu, seg, off, size);
}

_Noreturn void cpu_raise(struct cpu *cpu, unsigned vector)
{
	/* longjmp cannot carry 0, which is a vector.  */
	longjmp(((struct board *)cpu)->fault, vector + 1);
}

_Noreturn void cpu_stall(struct cpu *cpu)
{
	longjmp(((struct board *)cpu)->fault, STALLED);
}

uint32_t cpu_insn_ip(const struct cpu *cpu)
{
	return ((const struct board *)cpu)->insn_ip;
}

static void board_request(void *ctx, unsigned n, bool level)
{
	struct board *b = ctx;

	(void)n;
	b->edges += level && !b->irq;
	b->irq = level;
}

static inline void board_power_on(struct board *b, enum cpu_model model)
{
	*b = (struct board){
		.cpu = { .model = model, .has_fpu = true },
		.limit = sizeof b->ram - 1,
	};
	b->cpu.fpu.ferr = (struct wire){ board_request, b, 0 };
	fpu_reset(&b->cpu);
}

/* An instruction in assembler's order: the ESC byte, ModR/M, for memory
 * forms the offset.  Answers the vector of the fault, NO_FAULT or STALLED.  */
static inline int board_run(struct board *b, unsigned op, unsigned modrm, uint32_t off,
			    bool op32)
{
	int fault = setjmp(b->fault);

	if (fault)
		return fault == STALLED ? STALLED : fault - 1;
	if (modrm >= 0xc0)
		fpu_reg_op(&b->cpu, op & 7, modrm);
	else
		fpu_mem_op(&b->cpu, op & 7, modrm, CPU_DS, off, op32, b->addr32);
	return NO_FAULT;
}

static inline int board_wait(struct board *b)
{
	int fault = setjmp(b->fault);

	if (fault)
		return fault == STALLED ? STALLED : fault - 1;
	fpu_wait(&b->cpu);
	return NO_FAULT;
}

#endif
