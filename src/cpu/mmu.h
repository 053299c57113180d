/* mmu.h - segments and pages, between the architecture and the bus.  For
 * the CPU room only.  */

#ifndef CPU_MMU_H
#define CPU_MMU_H

#include <stdbool.h>
#include <stdint.h>

#include "cpu/cpu.h"

enum cpu_access { ACCESS_READ, ACCESS_WRITE, ACCESS_EXEC };

/* Linear to physical, before A20; raises a page fault (once there is
 * paging).  */
uint32_t cpu_translate(struct cpu *cpu, uint32_t lin, enum cpu_access access);

/* seg[], CR0.PE or EFLAGS.VM has changed: derive the windows anew.  */
void cpu_segment_changed(struct cpu *cpu, unsigned seg);
void cpu_segments_changed(struct cpu *cpu);

/* Forget host addresses: all, or those for writing.  */
void cpu_tlb_flush(struct cpu *cpu);
void cpu_tlb_unwritable(struct cpu *cpu);

/* CR0.PG, CR0.WP, CR3 or a page table has changed.  */
void cpu_paging_changed(struct cpu *cpu);

/* CR0 as the model lets it be written.  */
void cpu_set_cr0(struct cpu *cpu, uint32_t v);
/* CR4; raises if a bit is set that there is not.  */
void cpu_set_cr4(struct cpu *cpu, uint32_t v);

/* System tables, by linear address, with the supervisor's rights.  */
uint32_t cpu_read_linear(struct cpu *cpu, uint32_t lin, unsigned size);
void cpu_write_linear(struct cpu *cpu, uint32_t lin, uint32_t val, unsigned size);

/* Load a segment register as the mode has it.  Raises.  CS: control.c.  */
void cpu_load_segment(struct cpu *cpu, unsigned seg, uint16_t sel);
/* Load CS for a far transfer at the same privilege and give the ip back,
 * checked against the new limit.  Raises before it changes anything.  */
void cpu_load_code(struct cpu *cpu, uint16_t sel, uint32_t ip);

/* Around every word with a chip: sched.now is brought up to the current
 * instruction, and afterwards it is seen what the chip has changed.  */
void cpu_chip_enter(struct cpu *cpu);
void cpu_chip_leave(struct cpu *cpu);

#endif
