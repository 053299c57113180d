/* muldiv.c - MUL, IMUL, DIV, IDIV.  */

#include "cpu/interp/forms.h"
#include "cpu/interp/longer.h"
#include "cpu/interp/operand.h"

/* The double-width accumulator: AX, DX:AX or EDX:EAX.  */
static always_inline uint64_t acc_get(const struct cpu *cpu, enum width w)
{
	if (w == W8)
		return reg_get(cpu, CPU_AX, W16);
	return (uint64_t)reg_get(cpu, CPU_DX, w) << width_bits(w) | reg_get(cpu, CPU_AX, w);
}

static always_inline void acc_put(struct cpu *cpu, uint32_t lo, uint32_t hi, enum width w)
{
	if (w == W8) {
		reg_put(cpu, CPU_AX, (lo & 0xff) | (hi & 0xff) << 8, W16);
		return;
	}
	reg_put(cpu, CPU_AX, lo, w);
	reg_put(cpu, CPU_DX, hi, w);
}

static always_inline unsigned acc_low(enum width w)
{
	return w == W8 ? PLACE_AL : CPU_AX;
}

#define MUL(name, w, f) PATHS(name##_##w##_##f) \
{ \
	uint32_t v; \
	uint64_t r; \
	bool wide; \
\
	if (!rm_read(cpu, in, &v, w, f, p)) \
		return false; \
	cpu_takes_longer(cpu, LONGER_MUL); \
	r = (uint64_t)reg_get(cpu, acc_low(w), w) * v; \
	acc_put(cpu, r, r >> width_bits(w), w); \
	wide = r >> width_bits(w); \
	flags_put(cpu, r, w, wide, wide); \
	return true; \
}
FORMS(MUL, mul)
SET(mul);

/* REP before an IMUL or IDIV makes the 8086 negate the result: its microcode
 * keeps the sign in the flag that REP sets.  */
static always_inline bool negates(const struct cpu *cpu, const struct cpu_insn *in)
{
	return in->rep && cpu->model == CPU_8086;
}

#define IMUL(name, w, f) PATHS(name##_##w##_##f) \
{ \
	uint32_t v; \
	int64_t r; \
	bool wide; \
\
	if (!rm_read(cpu, in, &v, w, f, p)) \
		return false; \
	cpu_takes_longer(cpu, LONGER_MUL); \
	r = sign_extend(reg_get(cpu, acc_low(w), w), w) * sign_extend(v, w); \
	if (negates(cpu, in)) \
		r = -r; \
	acc_put(cpu, r, r >> width_bits(w), w); \
	wide = r != sign_extend(r, w); \
	flags_put(cpu, r, w, wide, wide); \
	return true; \
}
FORMS(IMUL, imul)
SET(imul);

/* reg = reg * r/m, or r/m * immediate.  */
static always_inline void multiply(struct cpu *cpu, const struct cpu_insn *in,
				   uint32_t a, uint32_t b, enum width w)
{
	int64_t r = sign_extend(a, w) * sign_extend(b, w);
	bool wide = r != sign_extend(r, w);

	cpu_takes_longer(cpu, LONGER_MUL);
	reg_put(cpu, in->b, r, w);
	flags_put(cpu, r, w, wide, wide);
}

#define IMUL_GE(name, w, f) PATHS(name##_##w##_##f) \
{ \
	uint32_t v; \
\
	if (!rm_read(cpu, in, &v, w, f, p)) \
		return false; \
	multiply(cpu, in, reg_get(cpu, in->b, w), v, w); \
	return true; \
}
FORMS_WORD(IMUL_GE, imul_ge)
SET_WORD(imul_ge);

#define IMUL_GEI(name, w, f) PATHS(name##_##w##_##f) \
{ \
	uint32_t v; \
\
	if (!rm_read(cpu, in, &v, w, f, p)) \
		return false; \
	multiply(cpu, in, v, in->imm, w); \
	return true; \
}
FORMS_WORD(IMUL_GEI, imul_gei)
SET_WORD(imul_gei);

/* Intel leaves the flags of a division undefined.  The 80286 (captures of the chip,
 * SingleStepTests) shows SF ZF PF of the remainder, AF set, and OF as CF; after DIV that is
 * set unless the last step subtracts and had no carry, after IDIV for a divisor above 0.
 * Later ones change them, too, and programs take a processor that does not for a Cyrix;
 * by which rule is not known, so they do as the 80286.  */
static always_inline void flags_divide(struct cpu *cpu, uint32_t r, enum width w, bool cf)
{
	if (cpu->model < CPU_80286)
		return;
	flags_put(cpu, r & width_mask(w), w, cf, cf);
	cpu->hot.fcar |= FCAR_AF;
}

/* False: #DE.  Unsigned.  */
static always_inline bool divide(struct cpu *cpu, uint32_t v, enum width w)
{
	uint64_t n = acc_get(cpu, w), q;
	uint32_t r;

	cpu_takes_longer(cpu, LONGER_DIV);
	if (!v)
		return false;
	if (w != W32 || !(n >> 32)) {	/* the common case is a cheap division */
		q = (uint32_t)n / v;
		r = (uint32_t)n % v;
	} else {
		q = n / v;
		r = n % v;
	}
	if (q > width_mask(w))
		return false;
	acc_put(cpu, q, r, w);
	flags_divide(cpu, r, w, !(q & 1) || (uint64_t)r + v > width_mask(w));
	return true;
}

#define DIV(name, w, f) HANDLER(name##_##w##_##f) \
{ \
	cpu->hot.cur = in; \
	if (!divide(cpu, rm_get(cpu, in, w, f), w)) \
		cpu_raise(cpu, EXC_DE); \
	return cpu_next(cpu, in); \
}
FORMS(DIV, div)
SET(div);

static always_inline bool divide_signed(struct cpu *cpu, const struct cpu_insn *in,
					uint32_t raw, enum width w)
{
	int64_t v = sign_extend(raw, w), q, r;
	int64_t n = w == W32 ? (int64_t)acc_get(cpu, w) :
		sign_extend(acc_get(cpu, w), w == W8 ? W16 : W32);
	int64_t max = (int64_t)(width_mask(w) >> 1), min = -max - 1;

	cpu_takes_longer(cpu, LONGER_DIV);
	if (!v || (n == INT64_MIN && v == -1))
		return false;
	q = n / v;
	r = n % v;
	/* The most negative quotient is too much for the 8086 and 80186.  */
	if (q > max || q < (cpu->model < CPU_80286 ? -max : min))
		return false;
	if (negates(cpu, in))
		q = -q;
	acc_put(cpu, q, r, w);
	flags_divide(cpu, r, w, v > 0);
	return true;
}

#define IDIV(name, w, f) HANDLER(name##_##w##_##f) \
{ \
	cpu->hot.cur = in; \
	if (!divide_signed(cpu, in, rm_get(cpu, in, w, f), w)) \
		cpu_raise(cpu, EXC_DE); \
	return cpu_next(cpu, in); \
}
FORMS(IDIV, idiv)
SET(idiv);
