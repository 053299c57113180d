/* disasm.h - instructions as text, for --trace=cpu and the debugger.  */

#ifndef CPU_DISASM_H
#define CPU_DISASM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cpu/cpu.h"

/* Writes the instruction at `code' (n bytes are there, ip is its offset) to
 * buf in the Intel way, NUL-terminated, cut to size.  big: a 32-bit code
 * segment.  Answers how many bytes it has; 0 if it goes on behind the n.
 * What the model does not have comes out as "db".  */
size_t cpu_disasm(enum cpu_model model, bool big, const uint8_t *code, size_t n,
		  uint32_t ip, char *buf, size_t size);

/* Same, at CS:IP of a processor between two instructions; 0 also where no
 * memory can be looked at.  */
size_t cpu_disasm_next(const struct cpu *cpu, char *buf, size_t size);

#endif
