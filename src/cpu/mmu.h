/* mmu.h - segments and pages, between the architecture and the bus.  For
 * the CPU room only.  */

#ifndef CPU_MMU_H
#define CPU_MMU_H

#include <stdbool.h>
#include <stdint.h>

#include "cpu/cpu.h"

enum cpu_access { ACCESS_READ, ACCESS_WRITE, ACCESS_EXEC };

/* Linear to physical, before A20, for a program at CPL 3 (user) or for one
 * more privileged, or the processor itself.  Raises a page fault, and sets
 * accessed and dirty bits.  */
uint32_t cpu_translate_as(struct cpu *cpu, uint32_t lin, enum cpu_access access, bool user);

/* ... with the rights of the current privilege level.  */
uint32_t cpu_translate(struct cpu *cpu, uint32_t lin, enum cpu_access access);

/* The same, but a fault is the answer false.  */
bool cpu_translates(struct cpu *cpu, uint32_t lin, enum cpu_access access, uint32_t *phys);

/* What the page tables have for a linear address; of a large page the one
 * entry twice.  False: it is not present.  `read' gets addresses behind A20.  */
struct cpu_page_entries {
	uint32_t pde_at, pte_at;	/* physical, before A20 */
	uint32_t pde, pte;
	uint32_t frame;			/* physical address of the 4 KiB page */
};

typedef uint32_t cpu_entry_reader(const struct cpu *cpu, uint32_t phys);

bool cpu_page_entries(const struct cpu *cpu, uint32_t lin, cpu_entry_reader *read,
		      struct cpu_page_entries *e);

static inline bool cpu_paging(const struct cpu *cpu)
{
	return cpu->cr[0] & CR0_PG;
}

/* Protected mode proper: CR0.PE without EFLAGS.VM.  */
static inline bool cpu_protected(const struct cpu *cpu)
{
	return cpu->cr[0] & CR0_PE && !(cpu->flags & CPU_VM);
}

static inline unsigned cpu_iopl(const struct cpu *cpu)
{
	return (cpu->flags & CPU_IOPL) >> 12;
}

/* Every change of cpu.cpl.  */
void cpu_set_cpl(struct cpu *cpu, unsigned cpl);

/* seg[], CR0.PE or EFLAGS.VM has changed: derive the windows anew.  */
void cpu_segment_changed(struct cpu *cpu, unsigned seg);
void cpu_segments_changed(struct cpu *cpu);

/* Alignment is checked at CPL 3 with CR0.AM and EFLAGS.AC set (486 PRM 9.9.14).
 * Whoever changed one of them, or is about to execute, looks here.  */
void cpu_alignment_changed(struct cpu *cpu, bool on);

static inline void cpu_look_at_alignment(struct cpu *cpu)
{
	bool on = __builtin_expect(cpu->flags & CPU_AC, 0) && cpu->cr[0] & CR0_AM &&
		cpu->cpl == 3;

	if (__builtin_expect(on != cpu->hot.aligned, 0))
		cpu_alignment_changed(cpu, on);
}

/* Forget host addresses: all, or those for writing.  */
void cpu_tlb_flush(struct cpu *cpu);
void cpu_tlb_unwritable(struct cpu *cpu);
void cpu_tlb_drop(struct cpu *cpu, unsigned index);

/* After a translation of lin: the page is not for CPL 3 (to write).  */
bool cpu_page_supervisor(struct cpu *cpu, uint32_t lin, bool write);

/* CR0.PG, CR0.WP, CR3 or CR4.PSE has changed: the TLB is empty.  */
void cpu_paging_changed(struct cpu *cpu);
/* INVLPG.  */
void cpu_page_changed(struct cpu *cpu, uint32_t lin);

/* CR0 as the model lets it be written.  */
void cpu_set_cr0(struct cpu *cpu, uint32_t v);
/* CR4; raises if a bit is set that there is not.  */
void cpu_set_cr4(struct cpu *cpu, uint32_t v);

/* System tables, by linear address, with the supervisor's rights.  */
uint32_t cpu_read_linear(struct cpu *cpu, uint32_t lin, unsigned size);
void cpu_write_linear(struct cpu *cpu, uint32_t lin, uint32_t val, unsigned size);
void cpu_write_linear_as(struct cpu *cpu, uint32_t lin, uint32_t val, unsigned size, bool user);
/* A byte of code.  */
uint8_t cpu_fetch_linear(struct cpu *cpu, uint32_t lin, bool user);
/* Raises what such accesses to [lin, lin + size), at most 4096 bytes, would.  */
void cpu_check_linear(struct cpu *cpu, uint32_t lin, unsigned size, enum cpu_access access,
		      bool user);

/* [off, off + size) lies within the limit of a data segment, which may be
 * one that expands down.  */
bool cpu_segment_holds(const struct cpu_segment *s, uint32_t off, unsigned size);

/* Load a data segment register as the mode has it.  Raises.  */
void cpu_load_segment(struct cpu *cpu, unsigned seg, uint16_t sel);

/* Around every word with a chip: sched.now is brought up to the current
 * instruction, and afterwards it is seen what the chip has changed.  */
void cpu_chip_enter(struct cpu *cpu);
void cpu_chip_leave(struct cpu *cpu);

#endif
