/* operand.h - registers and r/m operands of a decoded instruction.  Width
 * and form are constants in every use, so all of this folds away.  */

#ifndef CPU_INTERP_OPERAND_H
#define CPU_INTERP_OPERAND_H

#include <stdint.h>
#include <string.h>

#include "cpu/access.h"
#include "cpu/cpu.h"
#include "cpu/flags.h"
#include "cpu/interp/insn.h"

enum width { W8, W16, W32 };

/* Where the r/m operand is: a register, or memory at a 16- or 32-bit address.  */
enum form { F_R, F_M16, F_M32 };

#define HOST_LITTLE	(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)

static always_inline unsigned width_bytes(enum width w)
{
	return 1u << w;
}

static always_inline unsigned width_bits(enum width w)
{
	return 8u << w;
}

static always_inline uint32_t width_mask(enum width w)
{
	return 0xffffffffu >> (32 - width_bits(w));
}

static always_inline int64_t sign_extend(uint64_t v, enum width w)
{
	return w == W8 ? (int8_t)v : w == W16 ? (int16_t)v : (int32_t)v;
}

/* The number of byte register n (AL CL DL BL AH CH DH BH) in struct
 * cpu_insn: its place in cpu.reg[].  */
static inline uint8_t reg8_place(unsigned n)
{
	return (n & 3) * 4 + (HOST_LITTLE ? n >> 2 : 3 - (n >> 2));
}

/* Loads are never wider than the last store to the same register was, or
 * the host cannot forward it: hence 16-bit loads and stores of their own.  */
static always_inline uint32_t reg_get(const struct cpu *cpu, unsigned r, enum width w)
{
	uint16_t v;

	if (w == W8)
		return ((const uint8_t *)cpu->reg)[r];
	if (w == W32)
		return cpu->reg[r];
	memcpy(&v, (const uint8_t *)&cpu->reg[r] + (HOST_LITTLE ? 0 : 2), 2);
	return v;
}

static always_inline void reg_put(struct cpu *cpu, unsigned r, uint32_t val, enum width w)
{
	uint16_t v = val;

	if (w == W8) {
		unsigned shift = r % 2 * 8;

		memcpy(&v, (const uint8_t *)cpu->reg + (r & ~1u), 2);
		v = (v & ~(0xffu << shift)) | (val & 0xff) << shift;
		memcpy((uint8_t *)cpu->reg + (r & ~1u), &v, 2);
	} else if (w == W32)
		cpu->reg[r] = val;
	else
		memcpy((uint8_t *)&cpu->reg[r] + (HOST_LITTLE ? 0 : 2), &v, 2);
}

#define PLACE_AL	reg8_place(0)
#define PLACE_AH	reg8_place(4)
#define PLACE_CL	reg8_place(1)

static always_inline uint32_t insn_ea(const struct cpu *cpu, const struct cpu_insn *in,
				      enum form f)
{
	if (f == F_M16)
		return (uint16_t)(reg_get(cpu, in->base, W16) + reg_get(cpu, in->index, W16) + in->disp);
	return cpu->reg[in->base] + (cpu->reg[in->index] << in->scale) + in->disp;
}

/* Where the second half of a far pointer or of BOUND's limits is: i bytes
 * after the operand's offset.  A 16-bit address wraps there, except on the
 * 80286, which faults.  */
static always_inline uint32_t insn_part(const struct cpu *cpu, uint32_t off, unsigned i,
					enum form f)
{
	return f == F_M16 && cpu->model != CPU_80286 ? (uint16_t)(off + i) : off + i;
}

/* Handlers that touch memory come in pairs: the fast one deals with plain
 * memory only and otherwise jumps to the slow one, which can do everything.
 * So the fast one calls nobody and saves no registers.  Both are made from
 * one body, which answers false if it cannot do it (and has then changed
 * nothing).  On the SLOW path hot.cur is set and any fault may be raised.  */
enum path { FAST, SLOW };

#define COLD static __attribute__((noinline, cold, unused)) const struct cpu_insn *

#define PATHS(id) \
	static always_inline bool id##_body(struct cpu *cpu, const struct cpu_insn *in, enum path p); \
	COLD id##_slow(struct cpu *cpu, const struct cpu_insn *in) \
	{ \
		cpu->hot.cur = in; \
		id##_body(cpu, in, SLOW); \
		return cpu_next(cpu, in); \
	} \
	HANDLER(id) \
	{ \
		if (unlikely(!id##_body(cpu, in, FAST))) \
			return id##_slow(cpu, in); \
		return cpu_next(cpu, in); \
	} \
	static always_inline bool id##_body(__attribute__((unused)) struct cpu *cpu, \
		__attribute__((unused)) const struct cpu_insn *in, \
		__attribute__((unused)) enum path p)

static always_inline bool mem_read(struct cpu *cpu, unsigned seg, uint32_t off, uint32_t *v,
				   enum width w, enum path p)
{
	const uint8_t *host;

	if (p == SLOW) {
		*v = cpu_read_slow(cpu, seg, off, width_bytes(w));
		return true;
	}
	host = cpu_ptr_read(cpu, seg, off, width_bytes(w));
	if (unlikely(!host))
		return false;
	*v = cpu_load(host, width_bytes(w));
	return true;
}

static always_inline bool mem_write(struct cpu *cpu, unsigned seg, uint32_t off, uint32_t v,
				    enum width w, enum path p)
{
	uint8_t *host;

	if (p == SLOW) {
		cpu_write_slow(cpu, seg, off, v, width_bytes(w));
		return true;
	}
	host = cpu_ptr_write(cpu, seg, off, width_bytes(w));
	if (unlikely(!host))
		return false;
	cpu_store(host, v, width_bytes(w));
	return true;
}

/* The r/m operand, for reading only.  */
static always_inline bool rm_read(struct cpu *cpu, const struct cpu_insn *in, uint32_t *v,
				  enum width w, enum form f, enum path p)
{
	if (f == F_R) {
		*v = reg_get(cpu, in->a, w);
		return true;
	}
	return mem_read(cpu, in->seg, insn_ea(cpu, in, f), v, w, p);
}

/* The r/m operand, for writing only.  */
static always_inline bool rm_write(struct cpu *cpu, const struct cpu_insn *in, uint32_t v,
				   enum width w, enum form f, enum path p)
{
	if (f == F_R) {
		reg_put(cpu, in->a, v, w);
		return true;
	}
	return mem_write(cpu, in->seg, insn_ea(cpu, in, f), v, w, p);
}

/* The r/m operand, for reading and then writing: looked up once.  */
struct rm {
	uint8_t *host;
	uint32_t off;
};

static always_inline bool rm_load(struct cpu *cpu, const struct cpu_insn *in, struct rm *rm,
				  uint32_t *v, enum width w, enum form f, enum path p)
{
	if (f == F_R) {
		*v = reg_get(cpu, in->a, w);
		return true;
	}
	rm->off = insn_ea(cpu, in, f);
	if (p == SLOW) {
		const uint8_t *beside = cpu_ptr_beside(cpu, in->seg, rm->off, width_bytes(w));

		if (likely(beside != NULL)) {
			*v = cpu_load(beside, width_bytes(w));
			return true;
		}
		cpu_check_write(cpu, in->seg, rm->off, width_bytes(w));
		*v = cpu_read_slow(cpu, in->seg, rm->off, width_bytes(w));
		return true;
	}
	rm->host = cpu_ptr_write(cpu, in->seg, rm->off, width_bytes(w));
	if (unlikely(!rm->host))
		return false;
	*v = cpu_load(rm->host, width_bytes(w));
	return true;
}

/* Cannot fault: rm_load() has looked.  */
static always_inline void rm_store(struct cpu *cpu, const struct cpu_insn *in, const struct rm *rm,
				   uint32_t v, enum width w, enum form f, enum path p)
{
	(void)in;
	if (f == F_R)
		reg_put(cpu, in->a, v, w);
	else if (p == FAST)
		cpu_store(rm->host, v, width_bytes(w));
	else
		cpu_write_slow(cpu, in->seg, rm->off, v, width_bytes(w));
}

/* For families where speed matters less: hot.cur must be set.  */
static always_inline uint32_t rm_get(struct cpu *cpu, const struct cpu_insn *in,
				     enum width w, enum form f)
{
	if (f == F_R)
		return reg_get(cpu, in->a, w);
	return cpu_read(cpu, in->seg, insn_ea(cpu, in, f), width_bytes(w));
}

static always_inline void rm_put(struct cpu *cpu, const struct cpu_insn *in, uint32_t v,
				 enum width w, enum form f)
{
	if (f == F_R)
		reg_put(cpu, in->a, v, w);
	else
		cpu_write(cpu, in->seg, insn_ea(cpu, in, f), v, width_bytes(w));
}

/* CF and OF alone.  */
static always_inline void flags_put_co(struct cpu *cpu, bool cf, bool of)
{
	cpu->hot.fcar = (cpu->hot.fcar & ~(FCAR_CF | FCAR_IN)) |
		(uint64_t)cf << 63 | (uint64_t)(cf ^ of) << 62;
}

/* SF ZF PF of a result, CF and OF given, AF clear.  */
static always_inline void flags_put(struct cpu *cpu, uint32_t r, enum width w, bool cf, bool of)
{
	cpu->hot.fres = sign_extend(r, w);
	cpu->hot.fcar = (uint64_t)cf << 63 | (uint64_t)(cf ^ of) << 62;
}

/* Sets of handlers, [width][form], as the table names them.  A missing form
 * is an invalid opcode.  */
struct cpu_handlers {
	cpu_handler *fn[3][3];
};

/* A compiler that sees the common end of several handlers makes one of them:
 * one indirect jump, that no host can predict.  */
#if defined __has_attribute
#if __has_attribute(noipa)
#define HANDLER_ALONE	__attribute__((noipa))
#endif
#endif
#ifndef HANDLER_ALONE
#define HANDLER_ALONE
#endif

#define HANDLER(name) \
	static HANDLER_ALONE const struct cpu_insn *name(struct cpu *cpu, const struct cpu_insn *in)

/* A handler whose work gives away addresses of its own frame: then a compiler
 * cannot end it in a jump, so the work is a function by itself.  */
#define APART(id) \
	static __attribute__((noinline)) void id##_apart(struct cpu *cpu, const struct cpu_insn *in); \
	HANDLER(id) \
	{ \
		id##_apart(cpu, in); \
		return cpu_next(cpu, in); \
	} \
	static void id##_apart(struct cpu *cpu, const struct cpu_insn *in)

#define SET_ONE(name, h) \
	const struct cpu_handlers name = { { { h, h, h }, { h, h, h }, { h, h, h } } }

#endif
