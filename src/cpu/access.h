/* access.h - guest memory as an instruction sees it: segment and offset,
 * checked, translated, with faults.  The one layer that all instructions,
 * the FPU's too, use; limits, and later paging, are its business.
 *
 * Only for code called by an engine in the middle of an instruction: a
 * violation does not return, it abandons the instruction (longjmp to the
 * run loop) and delivers the exception.  So an instruction reads, then
 * writes memory, and only then changes registers.
 *
 * The current instruction's address must stand in cpu->hot.cur.  */

#ifndef CPU_ACCESS_H
#define CPU_ACCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "cpu/cpu.h"

enum cpu_vector {
	EXC_DE = 0, EXC_DB = 1, EXC_NMI = 2, EXC_BP = 3, EXC_OF = 4, EXC_BR = 5,
	EXC_UD = 6, EXC_NM = 7, EXC_DF = 8, EXC_FPU_SEG = 9, EXC_TS = 10,
	EXC_NP = 11, EXC_SS = 12, EXC_GP = 13, EXC_PF = 14, EXC_MF = 16, EXC_AC = 17,
};

/* Abandon the instruction and deliver the exception; ip points at it.  */
_Noreturn void cpu_raise(struct cpu *cpu, unsigned vector);
_Noreturn void cpu_raise_code(struct cpu *cpu, unsigned vector, uint16_t code);

/* Abandon the instruction and halt in front of it, ip pointing at it: it is
 * tried again after the next interrupt.  (An x87 instruction that waits for
 * an error to be served.)  */
_Noreturn void cpu_stall(struct cpu *cpu);

/* Abandon the instruction and do it again by itself (watch.h).  */
_Noreturn void cpu_restart(struct cpu *cpu);

/* The ip of the current instruction's first byte, prefixes included.  */
uint32_t cpu_insn_ip(const struct cpu *cpu);

/* The general forms: any alignment, chips, wraps, faults.  size 1, 2, 4, 8.  */
uint64_t cpu_read_slow(struct cpu *cpu, unsigned seg, uint32_t off, unsigned size);
void cpu_write_slow(struct cpu *cpu, unsigned seg, uint32_t off, uint64_t val,
		    unsigned size);

/* Raises what a write of `size' bytes (1 to 4096) at seg:off would raise, and
 * does nothing else.  After it, such a write cannot fail.  */
void cpu_check_write(struct cpu *cpu, unsigned seg, uint32_t off, unsigned size);
void cpu_check_read(struct cpu *cpu, unsigned seg, uint32_t off, unsigned size);

/* Guest memory is little-endian, whatever the host; one load or store.  */
static inline uint64_t cpu_load(const uint8_t *p, unsigned size)
{
	uint16_t h;
	uint32_t w;
	uint64_t d;

	switch (size) {
	case 1:
		return *p;
	case 2:
		memcpy(&h, p, 2);
		return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? h : __builtin_bswap16(h);
	case 4:
		memcpy(&w, p, 4);
		return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? w : __builtin_bswap32(w);
	default:
		memcpy(&d, p, 8);
		return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? d : __builtin_bswap64(d);
	}
}

static inline void cpu_store(uint8_t *p, uint64_t val, unsigned size)
{
	uint64_t d = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ?
		val : __builtin_bswap64(val) >> (64 - 8 * size);
	uint32_t w = d;
	uint16_t h = d;

	switch (size) {
	case 1:
		*p = d;
		break;
	case 2:
		memcpy(p, &h, 2);
		break;
	case 4:
		memcpy(p, &w, 4);
		break;
	default:
		memcpy(p, &d, 8);
		break;
	}
}

/* The host address for a plain read (or write) of `size' bytes, NULL if it
 * is not plain.  An access that leaves its page fails the tag comparison,
 * because it is its last byte that is compared.  */
static inline uint8_t *cpu_ptr_read(struct cpu *cpu, unsigned seg, uint32_t off,
				    unsigned size)
{
	const struct cpu_window *w = &cpu->hot.rd[seg];
	uint32_t lin = w->base + off;
	const struct cpu_tlb *t = &cpu->hot.tlb[lin >> 12 & (CPU_TLB_SIZE - 1)];

	if (__builtin_expect(off + (uint64_t)size > w->end ||
			     t->rtag != (lin + size - 1) >> 12, 0))
		return NULL;
	return (uint8_t *)(t->host + lin);
}

/* The same of a linear address, with the rights that the program has.  */
static inline const uint8_t *cpu_ptr_linear(struct cpu *cpu, uint32_t lin, unsigned size)
{
	const struct cpu_tlb *t = &cpu->hot.tlb[lin >> 12 & (CPU_TLB_SIZE - 1)];

	return t->rtag == (lin + size - 1) >> 12 ? (const uint8_t *)(t->host + lin) : NULL;
}

/* Also plain is what lies beside code; cover has a byte for each of those.  */
static inline uint8_t *cpu_ptr_write(struct cpu *cpu, unsigned seg, uint32_t off,
				     unsigned size)
{
	const struct cpu_window *w = &cpu->hot.wr[seg];
	uint32_t lin = w->base + off, page = (lin + size - 1) >> 12;
	const struct cpu_tlb *t = &cpu->hot.tlb[lin >> 12 & (CPU_TLB_SIZE - 1)];

	if (__builtin_expect(off + (uint64_t)size > w->end, 0))
		return NULL;
	if (__builtin_expect(t->wtag != page, 0) &&
	    (t->ctag != page || size > 8 || cpu_load(t->cover + (lin & 0xfff), size)))
		return NULL;
	return (uint8_t *)(t->host + lin);
}

/* The same without regard to code: a write cannot fail, but it is
 * cpu_write_slow() that has to do it.  */
static inline const uint8_t *cpu_ptr_beside(struct cpu *cpu, unsigned seg, uint32_t off,
					    unsigned size)
{
	const struct cpu_window *w = &cpu->hot.wr[seg];
	uint32_t lin = w->base + off;
	const struct cpu_tlb *t = &cpu->hot.tlb[lin >> 12 & (CPU_TLB_SIZE - 1)];

	if (off + (uint64_t)size > w->end || t->ctag != (lin + size - 1) >> 12)
		return NULL;
	return (const uint8_t *)(t->host + lin);
}

static inline uint64_t cpu_read(struct cpu *cpu, unsigned seg, uint32_t off, unsigned size)
{
	const uint8_t *p = cpu_ptr_read(cpu, seg, off, size);

	return __builtin_expect(p != NULL, 1) ? cpu_load(p, size) :
		cpu_read_slow(cpu, seg, off, size);
}

static inline void cpu_write(struct cpu *cpu, unsigned seg, uint32_t off, uint64_t val,
			     unsigned size)
{
	uint8_t *p = cpu_ptr_write(cpu, seg, off, size);

	if (__builtin_expect(p != NULL, 1))
		cpu_store(p, val, size);
	else
		cpu_write_slow(cpu, seg, off, val, size);
}

static inline uint8_t cpu_read8(struct cpu *cpu, unsigned seg, uint32_t off)
{
	return cpu_read(cpu, seg, off, 1);
}

static inline uint16_t cpu_read16(struct cpu *cpu, unsigned seg, uint32_t off)
{
	return cpu_read(cpu, seg, off, 2);
}

static inline uint32_t cpu_read32(struct cpu *cpu, unsigned seg, uint32_t off)
{
	return cpu_read(cpu, seg, off, 4);
}

static inline uint64_t cpu_read64(struct cpu *cpu, unsigned seg, uint32_t off)
{
	return cpu_read(cpu, seg, off, 8);
}

static inline void cpu_write8(struct cpu *cpu, unsigned seg, uint32_t off, uint8_t val)
{
	cpu_write(cpu, seg, off, val, 1);
}

static inline void cpu_write16(struct cpu *cpu, unsigned seg, uint32_t off, uint16_t val)
{
	cpu_write(cpu, seg, off, val, 2);
}

static inline void cpu_write32(struct cpu *cpu, unsigned seg, uint32_t off, uint32_t val)
{
	cpu_write(cpu, seg, off, val, 4);
}

static inline void cpu_write64(struct cpu *cpu, unsigned seg, uint32_t off, uint64_t val)
{
	cpu_write(cpu, seg, off, val, 8);
}

#endif
