/* stack.h - the stack of a guest instruction.  */

#ifndef CPU_INTERP_STACK_H
#define CPU_INTERP_STACK_H

#include "cpu/interp/operand.h"

/* SP or ESP, as SS has it, plus delta.  */
static always_inline uint32_t stack_at(const struct cpu *cpu, uint32_t delta)
{
	if (unlikely(cpu->hot.stack32))
		return cpu->reg[CPU_SP] + delta;
	return (uint16_t)(reg_get(cpu, CPU_SP, W16) + delta);
}

static always_inline void stack_set(struct cpu *cpu, uint32_t sp)
{
	if (unlikely(cpu->hot.stack32))
		cpu->reg[CPU_SP] = sp;
	else
		reg_put(cpu, CPU_SP, sp, W16);
}

static always_inline bool stack_push(struct cpu *cpu, uint32_t v, enum width w, enum path p)
{
	uint32_t sp = stack_at(cpu, -width_bytes(w));

	if (!mem_write(cpu, CPU_SS, sp, v, w, p))
		return false;
	stack_set(cpu, sp);
	return true;
}

/* The place of the n bytes that end at the stack's top, or begin there, if
 * they are plain memory in one piece; else NULL.  */
static always_inline uint8_t *stack_room(struct cpu *cpu, unsigned n)
{
	return cpu_ptr_write(cpu, CPU_SS, stack_at(cpu, -n), n);
}

static always_inline const uint8_t *stack_piece(struct cpu *cpu, unsigned n)
{
	return cpu_ptr_read(cpu, CPU_SS, stack_at(cpu, 0), n);
}

/* Reads the top; the caller commits with stack_set().  */
static always_inline bool stack_top(struct cpu *cpu, uint32_t *v, enum width w, enum path p)
{
	return mem_read(cpu, CPU_SS, stack_at(cpu, 0), v, w, p);
}

#endif
