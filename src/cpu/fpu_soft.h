/* fpu_soft.h - 80-bit numbers in integer arithmetic, for hosts without an
 * x87.  Private to fpu_soft.c and fpu_host_soft*.c.
 *
 * An operand is taken apart (struct num), the exact result computed to
 * 128 bits of which the last is sticky, and rounded once.  Rules of NaNs
 * and denormals: Intel 64 and IA-32 Software Developer's Manual, volume 1,
 * chapters 4.8 and 8.5.  */

#ifndef CPU_FPU_SOFT_H
#define CPU_FPU_SOFT_H

#include "cpu/fpu_host.h"

/* FPU_SOFT: for tests, on hosts that have one.  */
#if !(defined(__x86_64__) || defined(__i386__)) || defined(FPU_SOFT)
#define FPU_HOST_SOFT 1
#else
#define FPU_HOST_SOFT 0
#endif

#define SOFT_BIAS	16383
#define SOFT_MAX	0x7fff		/* exponent field of infinities and NaNs */
#define SOFT_TOP	(1ull << 63)
#define SOFT_QUIET	(1ull << 62)

/* Exceptions that are found before the operation: it does not take place.  */
#define SOFT_BEFORE	(FPU_IE | FPU_DE | FPU_ZE)

/* 128 bits.  */
struct wide {
	uint64_t hi, lo;
};

enum soft_class {
	SOFT_ZERO, SOFT_FINITE, SOFT_INFINITE, SOFT_QNAN, SOFT_SNAN,
	SOFT_BAD,		/* unnormal, pseudo-NaN, pseudo-infinity */
};

/* An operand taken apart.  Finite: mant * 2^(exponent - 63), bit 63 of mant
 * set.  NaN: mant is what a register would hold.  */
struct num {
	enum soft_class class;
	bool sign, denormal;
	int32_t exponent;
	uint64_t mant;
};

enum soft_rounding { SOFT_NEAREST, SOFT_DOWN, SOFT_UP, SOFT_TO_ZERO };

static inline enum soft_rounding soft_rounding(const struct fpu *fpu)
{
	return (enum soft_rounding)(fpu->control >> 10 & 3);
}

/* Taking apart: a register, memory (8 bytes are read, of BCD 10), an
 * integer.  */
struct num soft_unpack(const struct fpu_reg *r);
struct num soft_unpack_mem(enum fpu_format format, const void *src);
struct num soft_unpack_int(int64_t v);

/* Putting together what needs no rounding.  */
struct fpu_reg soft_make(bool sign, uint32_t exponent, uint64_t mant);
struct fpu_reg soft_zero(bool sign);
struct fpu_reg soft_infinity(bool sign);
/* The indefinite, and the exception that goes with it.  */
unsigned soft_invalid(struct fpu_reg *out);

/* Precision control, in bits.  */
unsigned soft_precision(const struct fpu *fpu);

/* Whether rounding makes the magnitude larger.  half: the first bit lost,
 * more: any after it.  */
bool soft_rounds_up(const struct fpu *fpu, bool sign, bool odd, bool half, bool more);

/* Keep `bits' bits of m in m->hi.  Answers PE and C1; *carry: the result
 * is a power of two that did not fit.  */
unsigned soft_keep(const struct fpu *fpu, bool sign, struct wide *m, unsigned bits,
		   bool *carry);

/* Round m * 2^(exponent - 127) to `bits' bits of significand in *out; bit
 * 127 of m is set, its lowest bit stands for everything below.  Answers
 * exceptions and C1.  */
unsigned soft_round(const struct fpu *fpu, bool sign, int32_t exponent, struct wide m,
		    unsigned bits, struct fpu_reg *out);

/* What operands have to say before anybody computes.  True: *out and
 * *flags are the result (a NaN).  False: *flags may have DE.  */
bool soft_special(const struct num *a, const struct num *b, struct fpu_reg *out,
		  unsigned *flags);

/* End an operation: with an unmasked exception that comes before it, the
 * others do not happen and *dst is kept.  */
unsigned soft_finish(const struct fpu *fpu, unsigned flags, struct fpu_reg *dst,
		     const struct fpu_reg *result);

/* The magnitude as an integer of at most 64 bits; IE if it has more.  */
unsigned soft_to_integer(const struct fpu *fpu, const struct num *n, uint64_t *v);

/* fpu_soft_steps.c */
fpu_host_fn soft_sqrt, soft_rndint, soft_prem, soft_prem1, soft_scale, soft_xtract;

/* fpu_soft_math.c */
fpu_host_fn soft_2xm1, soft_sin, soft_cos, soft_patan, soft_yl2x, soft_yl2xp1,
	    soft_tan, soft_sincos;

/* Steps of 128 bits.  */

/* v is not 0.  */
static inline int wide_zeros(uint64_t v)
{
	int n = 0;

	while (!(v & SOFT_TOP)) {
		v <<= 1;
		n++;
	}
	return n;
}

static inline struct wide wide_add(struct wide a, struct wide b)
{
	struct wide r = { a.hi + b.hi, a.lo + b.lo };

	r.hi += r.lo < a.lo;
	return r;
}

static inline struct wide wide_subtract(struct wide a, struct wide b)
{
	struct wide r = { a.hi - b.hi, a.lo - b.lo };

	r.hi -= a.lo < b.lo;
	return r;
}

static inline bool wide_below(struct wide a, struct wide b)
{
	return a.hi != b.hi ? a.hi < b.hi : a.lo < b.lo;
}

static inline struct wide wide_shift_left(struct wide a, unsigned n)
{
	if (n == 0)
		return a;
	if (n >= 64)
		return (struct wide){ a.lo << (n - 64), 0 };
	return (struct wide){ a.hi << n | a.lo >> (64 - n), a.lo << n };
}

/* What is shifted out stays in the lowest bit.  */
static inline struct wide wide_shift_right(struct wide a, uint32_t n)
{
	struct wide r;

	if (n == 0)
		return a;
	if (n >= 128)
		return (struct wide){ 0, (a.hi | a.lo) != 0 };
	if (n >= 64) {
		bool lost = a.lo || (n > 64 && a.hi << (128 - n));

		return (struct wide){ 0, a.hi >> (n - 64) | lost };
	}
	r = (struct wide){ a.hi >> n, a.hi << (64 - n) | a.lo >> n };
	r.lo |= (a.lo << (64 - n)) != 0;
	return r;
}

static inline struct wide wide_multiply(uint64_t a, uint64_t b)
{
	uint64_t al = (uint32_t)a, ah = a >> 32, bl = (uint32_t)b, bh = b >> 32;
	uint64_t low = al * bl, mid = ah * bl + (low >> 32), mid2 = al * bh + (uint32_t)mid;

	return (struct wide){ ah * bh + (mid >> 32) + (mid2 >> 32),
			      mid2 << 32 | (uint32_t)low };
}

#endif
