/* v86.h - the interrupt flag and INT n in virtual-8086 mode.  For the CPU
 * room only.  All raise #GP(0) where the mode's monitor has to step in.  */

#ifndef CPU_V86_H
#define CPU_V86_H

#include <stdbool.h>
#include <stdint.h>

#include "cpu/cpu.h"

struct cpu_event;

/* PUSHF and the flags of INT; POPF and IRET, the flags to be loaded.  wide:
 * with 32-bit operands.  */
uint32_t v86_flags_pushed(struct cpu *cpu, bool wide);
uint32_t v86_flags_popped(struct cpu *cpu, uint32_t f, bool wide);

/* CLI and STI mean VIF here, though the privilege forbids IF.  */
bool cpu_virtual_if(const struct cpu *cpu);

void cpu_interrupt_v86(struct cpu *cpu, const struct cpu_event *ev);

#endif
