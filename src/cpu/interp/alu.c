/* alu.c - two-operand arithmetic and logic, INC, DEC, NEG, NOT.  */

#include "cpu/interp/forms.h"
#include "cpu/interp/operand.h"

/* A result and what it makes of the flags; committed after the result is
 * stored, because storing may fault.  */
struct alu {
	uint32_t r;
	int64_t fres;
	uint64_t fcar;
};

typedef struct alu alu_op(const struct cpu *cpu, uint32_t a, uint32_t b, enum width w);

/* r is a +- b, with as many bits as there are.  */
static always_inline struct alu with_carries(uint64_t r, uint32_t a, uint32_t b, enum width w)
{
	uint64_t x = r ^ a ^ b;		/* bit i: carry (borrow) into bit i */

	return (struct alu){ r, sign_extend(r, w), x << (63 - width_bits(w)) | (x & FCAR_AF) };
}

static always_inline struct alu op_add(const struct cpu *cpu, uint32_t a, uint32_t b, enum width w)
{
	(void)cpu;
	return with_carries((uint64_t)a + b, a, b, w);
}

static always_inline struct alu op_adc(const struct cpu *cpu, uint32_t a, uint32_t b, enum width w)
{
	return with_carries((uint64_t)a + b + flag_cf(cpu), a, b, w);
}

static always_inline struct alu op_sub(const struct cpu *cpu, uint32_t a, uint32_t b, enum width w)
{
	(void)cpu;
	return with_carries((uint64_t)a - b, a, b, w);
}

static always_inline struct alu op_sbb(const struct cpu *cpu, uint32_t a, uint32_t b, enum width w)
{
	return with_carries((uint64_t)a - b - flag_cf(cpu), a, b, w);
}

static always_inline struct alu op_and(const struct cpu *cpu, uint32_t a, uint32_t b, enum width w)
{
	(void)cpu;
	return (struct alu){ a & b, sign_extend(a & b, w), 0 };
}

static always_inline struct alu op_or(const struct cpu *cpu, uint32_t a, uint32_t b, enum width w)
{
	(void)cpu;
	return (struct alu){ a | b, sign_extend(a | b, w), 0 };
}

static always_inline struct alu op_xor(const struct cpu *cpu, uint32_t a, uint32_t b, enum width w)
{
	(void)cpu;
	return (struct alu){ a ^ b, sign_extend(a ^ b, w), 0 };
}

static always_inline struct alu op_neg(const struct cpu *cpu, uint32_t a, uint32_t b, enum width w)
{
	return op_sub(cpu, b, a, w);
}

/* INC and DEC leave CF: as an addition, with the carries turned so that
 * bit 63 is the old CF and bit 62 differs from it by OF.  */
static always_inline struct alu keep_cf(const struct cpu *cpu, struct alu x)
{
	uint64_t flip = (x.fcar ^ cpu->hot.fcar) & FCAR_CF;

	x.fcar ^= flip | flip >> 1;
	return x;
}

static always_inline struct alu op_inc(const struct cpu *cpu, uint32_t a, uint32_t b, enum width w)
{
	(void)b;
	return keep_cf(cpu, op_add(cpu, a, 1, w));
}

static always_inline struct alu op_dec(const struct cpu *cpu, uint32_t a, uint32_t b, enum width w)
{
	(void)b;
	return keep_cf(cpu, op_sub(cpu, a, 1, w));
}

static always_inline void commit(struct cpu *cpu, struct alu x)
{
	cpu->hot.fres = x.fres;
	cpu->hot.fcar = x.fcar;
}

/* r/m = r/m op b */
static always_inline bool modify(struct cpu *cpu, const struct cpu_insn *in, alu_op *op,
				 uint32_t b, enum width w, enum form f, enum path p)
{
	struct rm rm = { NULL, 0 };
	struct alu x;
	uint32_t a;

	if (!rm_load(cpu, in, &rm, &a, w, f, p))
		return false;
	x = op(cpu, a, b, w);
	rm_store(cpu, in, &rm, x.r, w, f, p);
	commit(cpu, x);
	return true;
}

/* reg = reg op r/m; kept: or only the flags.  */
static always_inline bool combine(struct cpu *cpu, const struct cpu_insn *in, alu_op *op,
				  bool keep, enum width w, enum form f, enum path p)
{
	struct alu x;
	uint32_t b;

	if (!rm_read(cpu, in, &b, w, f, p))
		return false;
	x = op(cpu, reg_get(cpu, in->b, w), b, w);
	if (keep)
		reg_put(cpu, in->b, x.r, w);
	commit(cpu, x);
	return true;
}

/* Only the flags of r/m op b.  */
static always_inline bool compare(struct cpu *cpu, const struct cpu_insn *in, alu_op *op,
				  uint32_t b, enum width w, enum form f, enum path p)
{
	uint32_t a;

	if (!rm_read(cpu, in, &a, w, f, p))
		return false;
	commit(cpu, op(cpu, a, b, w));
	return true;
}

#define EG(name, w, f) PATHS(name##_eg_##w##_##f) \
	{ return modify(cpu, in, op_##name, reg_get(cpu, in->b, w), w, f, p); }
#define EI(name, w, f) PATHS(name##_ei_##w##_##f) \
	{ return modify(cpu, in, op_##name, in->imm, w, f, p); }
#define GE(name, w, f) PATHS(name##_ge_##w##_##f) \
	{ return combine(cpu, in, op_##name, true, w, f, p); }
#define C_EG(name, w, f) PATHS(name##_eg_##w##_##f) \
	{ return compare(cpu, in, op_##name, reg_get(cpu, in->b, w), w, f, p); }
#define C_EI(name, w, f) PATHS(name##_ei_##w##_##f) \
	{ return compare(cpu, in, op_##name, in->imm, w, f, p); }
#define C_GE(name, w, f) PATHS(name##_ge_##w##_##f) \
	{ return combine(cpu, in, op_##name, false, w, f, p); }
#define E(name, w, f) PATHS(name##_##w##_##f) \
	{ return modify(cpu, in, op_##name, 0, w, f, p); }

#define ALU(name) \
	FORMS(EG, name) FORMS(EI, name) FORMS(GE, name) \
	SET(name##_eg); SET(name##_ei); SET(name##_ge)
#define op_cmp op_sub
#define op_test op_and

ALU(add);
ALU(or);
ALU(adc);
ALU(sbb);
ALU(and);
ALU(sub);
ALU(xor);

FORMS(C_EG, cmp) FORMS(C_EI, cmp) FORMS(C_GE, cmp)
SET(cmp_eg);
SET(cmp_ei);
SET(cmp_ge);

FORMS(C_EG, test) FORMS(C_EI, test)
SET(test_eg);
SET(test_ei);

FORMS(E, inc)
SET(inc);
FORMS(E, dec)
SET(dec);
FORMS(E, neg)
SET(neg);

#define NOT(name, w, f) PATHS(name##_##w##_##f) \
{ \
	struct rm rm = { NULL, 0 }; \
	uint32_t v; \
\
	if (!rm_load(cpu, in, &rm, &v, w, f, p)) \
		return false; \
	rm_store(cpu, in, &rm, ~v, w, f, p); \
	return true; \
}
FORMS(NOT, not)
SET(not);

/* XADD: sum to r/m, old r/m to the register; with equal registers the sum
 * stays (Intel 486 PRM).  */
static always_inline bool xadd(struct cpu *cpu, const struct cpu_insn *in,
			       enum width w, enum form f, enum path p)
{
	struct rm rm = { NULL, 0 };
	struct alu x;
	uint32_t a;

	if (!rm_load(cpu, in, &rm, &a, w, f, p))
		return false;
	x = op_add(cpu, a, reg_get(cpu, in->b, w), w);
	if (f != F_R)
		rm_store(cpu, in, &rm, x.r, w, f, p);
	reg_put(cpu, in->b, a, w);
	if (f == F_R)
		rm_store(cpu, in, &rm, x.r, w, f, p);
	commit(cpu, x);
	return true;
}

#define XADD(name, w, f) PATHS(name##_##w##_##f) { return xadd(cpu, in, w, f, p); }
FORMS(XADD, xadd)
SET(xadd);

/* CMPXCHG always writes r/m, the old value if it was not equal.  */
static always_inline bool cmpxchg(struct cpu *cpu, const struct cpu_insn *in,
				  enum width w, enum form f, enum path p)
{
	unsigned acc = w == W8 ? PLACE_AL : CPU_AX;
	struct rm rm = { NULL, 0 };
	struct alu x;
	uint32_t a;
	bool equal;

	if (!rm_load(cpu, in, &rm, &a, w, f, p))
		return false;
	x = op_sub(cpu, reg_get(cpu, acc, w), a, w);
	equal = (uint32_t)x.fres == 0;
	rm_store(cpu, in, &rm, equal ? reg_get(cpu, in->b, w) : a, w, f, p);
	if (!equal)
		reg_put(cpu, acc, a, w);
	commit(cpu, x);
	return true;
}

#define CMPXCHG(name, w, f) PATHS(name##_##w##_##f) { return cmpxchg(cpu, in, w, f, p); }
FORMS(CMPXCHG, cmpxchg)
SET(cmpxchg);
