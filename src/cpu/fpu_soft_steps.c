/* fpu_soft_steps.c - square root, rounding to an integer, remainders,
 * scaling and taking apart, for hosts without an x87.  */

#include "cpu/fpu_soft.h"

#if FPU_HOST_SOFT

/* Bit by bit.  Numbers have 124 bits of fraction.  The operand is brought
 * into [1/4, 1); what is left of it after k bits counts 2^k fold.  */
static unsigned root_finite(const struct fpu *fpu, const struct num *n, struct fpu_reg *out)
{
	struct wide root = { 0, 0 }, bit = { 1ull << 60, 0 };
	struct wide rest = wide_shift_left((struct wide){ 0, n->mant },
					   n->exponent & 1 ? 60 : 59);

	for (unsigned i = 0; i < 67; i++) {
		struct wide trial;

		bit = wide_shift_right(bit, 1);
		trial = wide_add(wide_shift_left(root, 1), bit);
		rest = wide_shift_left(rest, 1);
		if (!wide_below(rest, trial)) {
			rest = wide_subtract(rest, trial);
			root = wide_add(root, bit);
		}
	}
	root = wide_shift_left(root, 4);
	root.lo |= (rest.hi | rest.lo) != 0;
	return soft_round(fpu, false, n->exponent >> 1, root, soft_precision(fpu), out);
}

unsigned soft_sqrt(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	struct num n = soft_unpack(dst);
	struct fpu_reg result = *dst;
	unsigned flags;

	(void)src;
	if (soft_special(&n, &n, &result, &flags))
		return soft_finish(fpu, flags, dst, &result);
	if (n.class == SOFT_ZERO)
		return 0;
	if (n.sign)
		flags = soft_invalid(&result);
	else if (n.class == SOFT_FINITE)
		flags |= root_finite(fpu, &n, &result);
	return soft_finish(fpu, flags, dst, &result);
}

unsigned soft_rndint(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	struct num n = soft_unpack(dst);
	struct fpu_reg result = *dst;
	unsigned flags;
	uint64_t v;

	(void)src;
	if (soft_special(&n, &n, &result, &flags))
		return soft_finish(fpu, flags, dst, &result);
	if (n.class != SOFT_FINITE || n.exponent >= 63)
		return soft_finish(fpu, flags, dst, &result);
	flags |= soft_to_integer(fpu, &n, &v);
	if (v) {
		int shift = wide_zeros(v);

		result = soft_make(n.sign, SOFT_BIAS + 63 - shift, v << shift);
	} else {
		result = soft_zero(n.sign);
	}
	return soft_finish(fpu, flags, dst, &result);
}

/* The quotient's low three bits as C0, C3, C1.  */
static unsigned quotient_codes(uint64_t q)
{
	return (q & 4 ? FPU_C0 : 0) | (q & 2 ? FPU_C3 : 0) | (q & 1 ? FPU_C1 : 0);
}

/* *r mod b, after `distance' doublings of *r; answers the quotient.  */
static uint64_t reduce(uint64_t *r, uint64_t b, int32_t distance)
{
	bool carry = false;
	uint64_t q = 0;

	for (;; distance--) {
		q <<= 1;
		if (carry || *r >= b) {
			*r -= b;
			q |= 1;
		}
		if (distance == 0)
			return q;
		carry = *r >> 63;
		*r <<= 1;
	}
}

/* Both finite.  If they are 64 binary places apart or more, this gets 32
 * to 63 places nearer and says so in C2 (Intel SDM vol. 2, FPREM).  */
static unsigned remainder_finite(const struct fpu *fpu, const struct num *a,
				 const struct num *b, bool nearest, struct fpu_reg *out)
{
	int32_t distance = a->exponent - b->exponent, exponent = b->exponent;
	bool partial = distance >= 64, sign = a->sign;
	uint64_t r = a->mant, q = 0;
	int shift;

	if (partial) {
		int32_t nearer = (distance & 31) | 32;

		exponent += distance - nearer;
		reduce(&r, b->mant, nearer);
	} else if (distance >= 0) {
		q = reduce(&r, b->mant, distance);
	} else if (distance == -1 && nearest && r > b->mant) {
		/* More than half: a - b, counted in halves of b's places.  */
		r = (b->mant << 1) - r;
		exponent--;
		sign = !sign;
		q = 1;
	} else {
		exponent = a->exponent;
	}
	if (nearest && !partial && distance >= 0 &&
	    (r > b->mant - r || (r == b->mant - r && (q & 1)))) {
		r = b->mant - r;
		sign = !sign;
		q++;
	}
	if (r == 0) {
		*out = soft_zero(a->sign);
		return (partial ? FPU_C2 : 0) | quotient_codes(q);
	}
	shift = wide_zeros(r);
	return (soft_round(fpu, sign, exponent - shift, (struct wide){ r << shift, 0 }, 64, out) &
		~FPU_C1) | (partial ? FPU_C2 : quotient_codes(q));
}

static unsigned remainder_of(const struct fpu *fpu, struct fpu_reg *dst, const void *src,
			     bool nearest)
{
	struct num a = soft_unpack(dst), b = soft_unpack(src);
	struct fpu_reg result = *dst;
	unsigned flags;

	if (soft_special(&a, &b, &result, &flags))
		return soft_finish(fpu, flags, dst, &result);
	if (a.class == SOFT_INFINITE || b.class == SOFT_ZERO)
		flags = soft_invalid(&result);
	else if (a.class == SOFT_FINITE && b.class == SOFT_FINITE)
		flags |= remainder_finite(fpu, &a, &b, nearest, &result);
	else if (a.class == SOFT_FINITE)
		flags |= soft_round(fpu, a.sign, a.exponent, (struct wide){ a.mant, 0 }, 64,
				    &result);
	return soft_finish(fpu, flags, dst, &result);
}

unsigned soft_prem(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	return remainder_of(fpu, dst, src, false);
}

unsigned soft_prem1(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	return remainder_of(fpu, dst, src, true);
}

/* By how much ST(1) scales: its integer part, as far as it matters.  */
static int32_t scale_by(const struct num *n)
{
	int32_t v;

	if (n->class == SOFT_ZERO || n->exponent < 0)
		return 0;
	v = n->exponent > 16 ? 0x20000 : (int32_t)(n->mant >> (63 - n->exponent));
	return n->sign ? -v : v;
}

unsigned soft_scale(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	struct num a = soft_unpack(dst), b = soft_unpack(src);
	struct fpu_reg result = *dst;
	unsigned flags;

	if (soft_special(&a, &b, &result, &flags))
		return soft_finish(fpu, flags, dst, &result);
	if (b.class == SOFT_INFINITE) {
		if (a.class == (b.sign ? SOFT_INFINITE : SOFT_ZERO))
			flags = soft_invalid(&result);
		else
			result = b.sign ? soft_zero(a.sign) : soft_infinity(a.sign);
	} else if (a.class == SOFT_FINITE) {
		flags |= soft_round(fpu, a.sign, a.exponent + scale_by(&b),
				    (struct wide){ a.mant, 0 }, 64, &result);
	}
	return soft_finish(fpu, flags, dst, &result);
}

unsigned soft_xtract(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	struct num n = soft_unpack(dst), exponent = soft_unpack_int(n.exponent);
	struct fpu_reg parts[2] = { dst[0], dst[0] };
	unsigned flags, answer;

	(void)src;
	if (soft_special(&n, &n, &parts[0], &flags)) {
		parts[1] = parts[0];
	} else if (n.class == SOFT_INFINITE) {
		parts[0] = soft_infinity(false);
	} else if (n.class == SOFT_ZERO) {
		parts[0] = soft_infinity(true);
		flags |= FPU_ZE;
	} else {
		parts[0] = exponent.class == SOFT_ZERO ? soft_zero(false) :
			soft_make(exponent.sign, exponent.exponent + SOFT_BIAS, exponent.mant);
		parts[1] = soft_make(n.sign, SOFT_BIAS, n.mant);
	}
	answer = soft_finish(fpu, flags, &dst[0], &parts[0]);
	if (!(answer & FPU_HELD))
		dst[1] = parts[1];
	return answer;
}

#endif
