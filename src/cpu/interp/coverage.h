/* coverage.h - which rows of the opcode table have been executed, by whom:
 * only in builds of configure --enable-opcode-coverage.  Each processor
 * appends what it saw to the file that the environment's DOSVM_COVERAGE names,
 * when its engine is closed; `make coverage-opcodes' makes a report of it.  */

#ifndef CPU_INTERP_COVERAGE_H
#define CPU_INTERP_COVERAGE_H

#include <stdint.h>

struct cpu;
struct cpu_insn;
struct cpu_row;
struct interp;

/* A record of the file, little-endian words: what was executed (key of the
 * row, or COVERAGE_ESC + ESC byte's low bits * 256 + ModRM), and its
 * model * 16 + width * 4 + form.  */
#define COVERAGE_ESC	0x8000u
#define COVERAGE_RECORD	4u

#ifdef OPCODE_COVERAGE
void coverage_lowered(struct cpu_insn *in, const struct cpu_row *row, unsigned width, unsigned form);
void coverage_executed(struct cpu *cpu, const struct cpu_insn *in);
void coverage_close(struct interp *it);
#else
static inline void coverage_lowered(struct cpu_insn *in, const struct cpu_row *row,
				    unsigned width, unsigned form)
{
	(void)in, (void)row, (void)width, (void)form;
}

static inline void coverage_executed(struct cpu *cpu, const struct cpu_insn *in)
{
	(void)cpu, (void)in;
}

static inline void coverage_close(struct interp *it)
{
	(void)it;
}
#endif

#endif
