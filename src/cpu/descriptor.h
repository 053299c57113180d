/* descriptor.h - selectors, descriptors and gates of protected mode, as the
 * tables in memory have them (Intel 386 PRM 5.1 and 6.3).  For the CPU room
 * only.
 *
 * What raises, raises with `vector' and the selector as error code (#GP for
 * instructions, #TS for a task switch), and before anything has changed.  */

#ifndef CPU_DESCRIPTOR_H
#define CPU_DESCRIPTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "cpu/cpu.h"

#define SEL_RPL		3u
#define SEL_TI		4u	/* table indicator: the LDT */
#define SEL_INDEX	0xfff8u

/* Types of system descriptors; bit 3: the 386's.  */
enum system_type {
	SYS_TSS16 = 1, SYS_LDT, SYS_TSS16_BUSY, SYS_CALL16, SYS_TASK_GATE, SYS_INT16, SYS_TRAP16,
	SYS_TSS32 = 9, SYS_TSS32_BUSY = 11, SYS_CALL32, SYS_INT32 = 14, SYS_TRAP32,
	SYS_386 = 8, SYS_BUSY = 2,
};

struct descriptor {
	uint32_t at;			/* linear address */
	uint32_t lo, hi;
	uint16_t sel;
};

/* A call, interrupt, trap or task gate.  */
struct gate {
	uint32_t ip;
	uint16_t sel;
	uint8_t type, params;
};

/* False: the null selector, or one outside its table.  */
bool descriptor_find(struct cpu *cpu, uint16_t sel, struct descriptor *d);
/* The same, raising.  */
struct descriptor descriptor_need(struct cpu *cpu, uint16_t sel, unsigned vector);

/* One from the GDT of this or that type (bit n: type n), present.  */
struct descriptor descriptor_system(struct cpu *cpu, uint16_t sel, unsigned types,
				    unsigned vector);

/* A segment's cache, of the two halves of its descriptor.  */
struct cpu_segment descriptor_decode(uint16_t sel, uint32_t lo, uint32_t hi);

static inline struct cpu_segment descriptor_segment(const struct descriptor *d)
{
	return descriptor_decode(d->sel, d->lo, d->hi);
}

struct gate descriptor_gate(const struct descriptor *d);
void descriptor_set_accessed(struct cpu *cpu, const struct descriptor *d, struct cpu_segment *s);
void descriptor_set_busy(struct cpu *cpu, const struct descriptor *d, bool busy);

static inline unsigned descriptor_type(const struct descriptor *d)
{
	return d->hi >> 8 & 15;
}

static inline unsigned descriptor_dpl(const struct descriptor *d)
{
	return d->hi >> 13 & 3;
}

static inline bool descriptor_is_segment(const struct descriptor *d)
{
	return d->hi >> 12 & 1;
}

static inline bool descriptor_present(const struct descriptor *d)
{
	return d->hi >> 15 & 1;
}

static inline bool descriptor_is_code(const struct descriptor *d)
{
	return (d->hi & 0x1800) == 0x1800;
}

static inline bool descriptor_conforming(const struct descriptor *d)
{
	return d->hi >> 10 & 1;
}

/* A data or readable code segment for DS, ES, FS or GS at this privilege.  */
bool descriptor_readable(const struct cpu *cpu, const struct descriptor *d);

/* Data segment registers: load (null is allowed but for SS), as the mode has
 * it; SS for privilege `cpl'.  */
void cpu_load_data(struct cpu *cpu, unsigned seg, uint16_t sel, unsigned vector);
struct cpu_segment cpu_check_stack(struct cpu *cpu, uint16_t sel, unsigned cpl, unsigned vector);
void cpu_load_ldt(struct cpu *cpu, uint16_t sel, unsigned vector);

/* What an outward return leaves in a data segment register that the new
 * privilege may not use.  */
void cpu_drop_privileged(struct cpu *cpu);

/* V86 mode: real mode's base, a limit of 64 KiB, DPL 3.  */
void cpu_load_v86(struct cpu *cpu, unsigned seg, uint16_t sel);

#endif
