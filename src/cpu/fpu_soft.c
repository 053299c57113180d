/* fpu_soft.c - taking 80-bit numbers apart, rounding, putting together.  */

#include "cpu/fpu_soft.h"

#if FPU_HOST_SOFT

#define WRAP		24576	/* what an unmasked over- or underflow adds */

unsigned soft_precision(const struct fpu *fpu)
{
	static const uint8_t bits[4] = { 24, 64, 53, 64 };

	return bits[fpu->control >> 8 & 3];
}

struct fpu_reg soft_make(bool sign, uint32_t exponent, uint64_t mant)
{
	return (struct fpu_reg){ .mant = mant, .sexp = sign << 15 | exponent };
}

struct fpu_reg soft_zero(bool sign)
{
	return soft_make(sign, 0, 0);
}

struct fpu_reg soft_infinity(bool sign)
{
	return soft_make(sign, SOFT_MAX, SOFT_TOP);
}

unsigned soft_invalid(struct fpu_reg *out)
{
	*out = soft_make(true, SOFT_MAX, SOFT_TOP | SOFT_QUIET);
	return FPU_IE;
}

static enum soft_class nan_class(uint64_t mant)
{
	return mant & SOFT_QUIET ? SOFT_QNAN : SOFT_SNAN;
}

/* A significand of which bit 63 may be clear.  */
static void normalise(struct num *n)
{
	int shift = wide_zeros(n->mant);

	n->class = SOFT_FINITE;
	n->mant <<= shift;
	n->exponent -= shift;
}

struct num soft_unpack(const struct fpu_reg *r)
{
	unsigned exponent = r->sexp & SOFT_MAX;
	struct num n = { .sign = r->sexp >> 15, .mant = r->mant, .class = SOFT_BAD };

	if (exponent == 0) {
		n.class = SOFT_ZERO;
		n.exponent = 1 - SOFT_BIAS;
		n.denormal = r->mant != 0;
		if (n.denormal)
			normalise(&n);
	} else if (exponent == SOFT_MAX && (r->mant & SOFT_TOP)) {
		n.class = r->mant << 1 ? nan_class(r->mant) : SOFT_INFINITE;
	} else if (r->mant & SOFT_TOP) {
		n.class = SOFT_FINITE;
		n.exponent = (int)exponent - SOFT_BIAS;
	}
	return n;
}

/* An IEEE format of `bits' bits, of which `wide' are the exponent.  */
static struct num unpack_ieee(uint64_t v, unsigned bits, unsigned wide)
{
	unsigned fraction_bits = bits - 1 - wide, max = (1u << wide) - 1;
	uint64_t fraction = v & ((1ull << fraction_bits) - 1);
	unsigned exponent = v >> fraction_bits & max;
	struct num n = { .sign = v >> (bits - 1) & 1, .class = SOFT_ZERO };

	n.mant = fraction << (63 - fraction_bits) | (exponent ? SOFT_TOP : 0);
	n.exponent = (int)(exponent ? exponent : 1) - (int)(max >> 1);
	if (exponent == max)
		n.class = fraction ? nan_class(n.mant) : SOFT_INFINITE;
	else if (n.mant) {
		n.denormal = exponent == 0;
		normalise(&n);
	}
	return n;
}

struct num soft_unpack_int(int64_t v)
{
	struct num n = { .sign = v < 0, .exponent = 63, .class = SOFT_ZERO };

	n.mant = v < 0 ? -(uint64_t)v : (uint64_t)v;
	if (v)
		normalise(&n);
	return n;
}

static struct num unpack_bcd(const uint8_t *digits)
{
	int64_t v = 0;
	struct num n;

	for (unsigned i = 9; i-- > 0;)
		v = v * 100 + (digits[i] >> 4) * 10 + (digits[i] & 15);
	n = soft_unpack_int(v);
	n.sign = digits[9] >> 7;
	return n;
}

struct num soft_unpack_mem(enum fpu_format format, const void *src)
{
	const uint8_t *p = src;
	uint64_t v = 0;

	for (unsigned i = 8; i-- > 0;)
		v = v << 8 | p[i];
	switch (format) {
	case FPU_F32:
		return unpack_ieee((uint32_t)v, 32, 8);
	case FPU_F64:
		return unpack_ieee(v, 64, 11);
	case FPU_I16:
		return soft_unpack_int((int16_t)v);
	case FPU_I32:
		return soft_unpack_int((int32_t)v);
	case FPU_I64:
		return soft_unpack_int((int64_t)v);
	default:
		return unpack_bcd(p);
	}
}

/* Rounding.  */

bool soft_rounds_up(const struct fpu *fpu, bool sign, bool odd, bool half, bool more)
{
	switch (soft_rounding(fpu)) {
	case SOFT_NEAREST:
		return half && (more || odd);
	case SOFT_DOWN:
		return sign && (half || more);
	case SOFT_UP:
		return !sign && (half || more);
	default:
		return false;
	}
}

unsigned soft_keep(const struct fpu *fpu, bool sign, struct wide *m, unsigned bits,
			  bool *carry)
{
	struct wide rest = wide_shift_left(*m, bits);
	uint64_t unit = bits ? 1ull << (64 - bits) : 0, kept = bits ? m->hi & -unit : 0;
	bool half = rest.hi >> 63, more = (rest.hi << 1 | rest.lo) != 0;
	bool up = soft_rounds_up(fpu, sign, (kept & unit) != 0, half, more);

	*carry = false;
	m->lo = 0;
	m->hi = kept;
	if (up) {
		m->hi += unit;
		*carry = m->hi < kept;
	}
	return half || more ? FPU_PE | (up ? FPU_C1 : 0) : 0;
}

static unsigned overflow(const struct fpu *fpu, bool sign, unsigned bits, struct fpu_reg *out)
{
	bool infinite = soft_rounds_up(fpu, sign, true, true, true);

	*out = infinite ? soft_infinity(sign) :
		soft_make(sign, SOFT_MAX - 1, -1ull << (64 - bits));
	return FPU_OE | FPU_PE | (infinite ? FPU_C1 : 0);
}

/* The result is below the smallest normal number, the exception masked.  */
static unsigned denormalise(const struct fpu *fpu, bool sign, int32_t biased, struct wide m,
			    unsigned bits, struct fpu_reg *out)
{
	unsigned flags;
	bool carry;

	m = wide_shift_right(m, 1 - biased);
	flags = soft_keep(fpu, sign, &m, bits, &carry);
	*out = soft_make(sign, m.hi >> 63, m.hi);
	return flags | (flags & FPU_PE ? FPU_UE : 0);
}

unsigned soft_round(const struct fpu *fpu, bool sign, int32_t exponent, struct wide m,
		    unsigned bits, struct fpu_reg *out)
{
	int32_t biased = exponent + SOFT_BIAS;
	struct wide whole = m;
	unsigned flags;
	bool carry;

	/* Tininess is detected after rounding.  */
	flags = soft_keep(fpu, sign, &m, bits, &carry);
	if (carry) {
		m.hi = SOFT_TOP;
		biased++;
	}
	if (biased <= 0) {
		if (fpu->control & FPU_UE)
			return denormalise(fpu, sign, exponent + SOFT_BIAS, whole, bits, out);
		flags |= FPU_UE;
		biased += WRAP;
		if (biased <= 0) {
			*out = soft_zero(sign);
			return (flags | FPU_PE) & ~FPU_C1;
		}
	} else if (biased >= SOFT_MAX) {
		if (fpu->control & FPU_OE)
			return overflow(fpu, sign, bits, out);
		flags |= FPU_OE;
		biased -= WRAP;
		if (biased >= SOFT_MAX) {
			*out = soft_infinity(sign);
			return flags | FPU_PE | FPU_C1;
		}
	}
	*out = soft_make(sign, biased, m.hi);
	return flags;
}

static bool is_nan(const struct num *n)
{
	return n->class == SOFT_QNAN || n->class == SOFT_SNAN;
}

/* Of two NaNs of a kind the larger significand wins, then the positive.  */
static const struct num *stronger(const struct num *a, const struct num *b)
{
	if (!is_nan(a))
		return b;
	if (!is_nan(b))
		return a;
	if (a->class != b->class)
		return a->class == SOFT_QNAN ? a : b;
	if (a->mant != b->mant)
		return a->mant > b->mant ? a : b;
	return a->sign ? b : a;
}

bool soft_special(const struct num *a, const struct num *b, struct fpu_reg *out,
		  unsigned *flags)
{
	*flags = 0;
	if (a->class == SOFT_BAD || b->class == SOFT_BAD) {
		*flags = soft_invalid(out);
		return true;
	}
	if (is_nan(a) || is_nan(b)) {
		const struct num *nan = stronger(a, b);

		*out = soft_make(nan->sign, SOFT_MAX, nan->mant | SOFT_QUIET);
		if (a->class == SOFT_SNAN || b->class == SOFT_SNAN)
			*flags = FPU_IE;
		return true;
	}
	if (a->denormal || b->denormal)
		*flags = FPU_DE;
	return false;
}

unsigned soft_finish(const struct fpu *fpu, unsigned flags, struct fpu_reg *dst,
		     const struct fpu_reg *result)
{
	if (flags & FPU_ZE)		/* the quotient of a denormal has only this */
		flags &= ~FPU_DE;
	if (flags & ~fpu->control & SOFT_BEFORE)
		return (flags & SOFT_BEFORE) | FPU_HELD;
	*dst = *result;
	return flags;
}

#endif
