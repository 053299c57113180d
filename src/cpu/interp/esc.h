/* esc.h - the coprocessor's opcodes.  */

#ifndef CPU_INTERP_ESC_H
#define CPU_INTERP_ESC_H

#include "cpu/interp/operand.h"
#include "cpu/parse.h"

/* The handler by which the host's x87 executes this one of the eight ESC
 * opcodes itself, for models from the 386 on; NULL: it cannot.  */
cpu_handler *esc_live(unsigned esc, unsigned modrm, enum form f);

/* A memory form, by the FPU's own table.  hot.cur must be set.  */
void esc_general(struct cpu *cpu, const struct cpu_insn *in, uint32_t off, enum form f);

/* The last word about the slot of an ESC.  */
void esc_lower(const struct cpu *cpu, struct cpu_insn *in, enum form f);

extern const struct cpu_handlers h_esc;

#endif
