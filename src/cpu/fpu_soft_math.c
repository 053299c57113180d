/* fpu_soft_math.c - the x87's transcendental functions by the host's
 * libm, for hosts without an x87.
 *
 * They are as precise as the host's long double (113 bits on most such
 * hosts), and are then rounded to 64 bits; a result that is not one of
 * the exact cases below counts as inexact.  The tables of special cases:
 * Intel SDM volume 2, at each instruction.  */

#include "cpu/fpu_soft.h"

#if FPU_HOST_SOFT

#include <math.h>

static const long double ln2 = 0.693147180559945309417232121458176568L;
static const long double log2e = 1.44269504088896340735992468100189214L;

static long double widen(const struct num *n)
{
	long double v = n->class == SOFT_ZERO ? 0 : ldexpl((long double)n->mant, n->exponent - 63);

	if (n->class == SOFT_INFINITE)
		v = HUGE_VALL;
	return n->sign ? -v : v;
}

/* v * 2^scale */
static unsigned narrow_scaled(const struct fpu *fpu, long double v, int32_t scale,
			      struct fpu_reg *out)
{
	long double whole, fraction;
	struct wide m;
	int exponent;

	if (v == 0) {
		*out = soft_zero(signbit(v));
		return 0;
	}
	if (isinf(v)) {
		*out = soft_infinity(v < 0);
		return 0;
	}
	fraction = modfl(ldexpl(frexpl(fabsl(v), &exponent), 64), &whole);
	m.hi = (uint64_t)whole;
	m.lo = (uint64_t)ldexpl(fraction, 64) | 1;
	return soft_round(fpu, v < 0, exponent - 1 + scale, m, 64, out);
}

static unsigned narrow(const struct fpu *fpu, long double v, struct fpu_reg *out)
{
	return narrow_scaled(fpu, v, 0, out);
}

static long double mantissa(const struct num *n)
{
	struct num m = *n;

	m.exponent = 0;
	return widen(&m);
}

/* y * v, where the product may be too large or small for the host.  */
static unsigned narrow_product(const struct fpu *fpu, const struct num *y, long double v,
			       struct fpu_reg *out)
{
	return narrow_scaled(fpu, mantissa(y) * v, y->exponent, out);
}

/* y * log2(1 + x).  For a small x that is y * x * log2(e).  */
static unsigned narrow_log1p(const struct fpu *fpu, const struct num *y, const struct num *x,
			     struct fpu_reg *out)
{
	if (x->exponent > -200)
		return narrow_product(fpu, y, log1pl(widen(x)) * log2e, out);
	return narrow_scaled(fpu, mantissa(y) * (mantissa(x) * log2e),
			     y->exponent + x->exponent, out);
}

static struct fpu_reg one(void)
{
	return soft_make(false, SOFT_BIAS, SOFT_TOP);
}

unsigned soft_2xm1(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	struct num n = soft_unpack(dst);
	struct fpu_reg result = *dst;
	unsigned flags;

	(void)src;
	if (soft_special(&n, &n, &result, &flags) || n.class == SOFT_ZERO)
		return soft_finish(fpu, flags, dst, &result);
	if (n.class != SOFT_INFINITE)
		flags |= narrow(fpu, expm1l(widen(&n) * ln2), &result);
	else if (n.sign)
		result = soft_make(true, SOFT_BIAS, SOFT_TOP);
	return soft_finish(fpu, flags, dst, &result);
}

/* Sine, cosine or tangent of n.  Out of range: C2, and no result.  */
static unsigned circular(const struct fpu *fpu, const struct num *n,
			 long double (*f)(long double), struct fpu_reg *out)
{
	unsigned flags;

	if (soft_special(n, n, out, &flags))
		return flags;
	if (n->class == SOFT_INFINITE)
		return soft_invalid(out);
	if (n->class == SOFT_ZERO) {
		*out = f == cosl ? one() : soft_zero(n->sign);
		return 0;
	}
	if (n->exponent >= 63)
		return FPU_C2;
	return flags | narrow(fpu, f(widen(n)), out);
}

static unsigned circular_one(const struct fpu *fpu, struct fpu_reg *dst,
			     long double (*f)(long double))
{
	struct num n = soft_unpack(dst);
	struct fpu_reg result = *dst;

	return soft_finish(fpu, circular(fpu, &n, f, &result), dst, &result);
}

unsigned soft_sin(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	(void)src;
	return circular_one(fpu, dst, sinl);
}

unsigned soft_cos(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	(void)src;
	return circular_one(fpu, dst, cosl);
}

/* The second result is pushed only if there is one.  */
static unsigned finish_pair(const struct fpu *fpu, unsigned flags, struct fpu_reg *dst,
			    const struct fpu_reg *first, const struct fpu_reg *second)
{
	unsigned answer = soft_finish(fpu, flags, &dst[0], first);

	if (!(answer & (FPU_HELD | FPU_C2)))
		dst[1] = *second;
	return answer;
}

unsigned soft_tan(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	struct num n = soft_unpack(dst);
	struct fpu_reg tangent = *dst, second = one();
	unsigned flags = circular(fpu, &n, tanl, &tangent);

	(void)src;
	if ((tangent.sexp & SOFT_MAX) == SOFT_MAX && tangent.mant << 1)
		second = tangent;
	return finish_pair(fpu, flags, dst, &tangent, &second);
}

unsigned soft_sincos(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	struct num n = soft_unpack(dst);
	struct fpu_reg sine = *dst, cosine = *dst;
	unsigned flags = circular(fpu, &n, sinl, &sine);

	(void)src;
	flags = (flags & ~FPU_C1) | circular(fpu, &n, cosl, &cosine);
	return finish_pair(fpu, flags, dst, &sine, &cosine);
}

unsigned soft_patan(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	struct num y = soft_unpack(dst), x = soft_unpack(src);
	struct fpu_reg result;
	unsigned flags;

	if (!soft_special(&y, &x, &result, &flags))
		flags |= narrow(fpu, atan2l(widen(&y), widen(&x)), &result);
	return soft_finish(fpu, flags, dst, &result);
}

/* y times a logarithm of the sign and class given, where one of them is
 * zero or infinite.  */
static unsigned special_product(const struct num *y, enum soft_class log, bool sign,
				struct fpu_reg *out)
{
	if ((y->class == SOFT_ZERO && log == SOFT_INFINITE) ||
	    (y->class == SOFT_INFINITE && log == SOFT_ZERO))
		return soft_invalid(out);
	*out = y->class == SOFT_ZERO || log == SOFT_ZERO ? soft_zero(sign) : soft_infinity(sign);
	return 0;
}

/* ST(1) * log2(ST(0)) */
unsigned soft_yl2x(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	struct num y = soft_unpack(dst), x = soft_unpack(src);
	enum soft_class log = SOFT_FINITE;
	struct fpu_reg result;
	long double v, l;
	unsigned flags;
	bool negative;

	if (soft_special(&y, &x, &result, &flags))
		return soft_finish(fpu, flags, dst, &result);
	if (x.sign && x.class != SOFT_ZERO)
		return soft_finish(fpu, soft_invalid(&result), dst, &result);
	v = widen(&x);
	l = x.class == SOFT_FINITE ? log2l(v) : 0;
	negative = v < 1;
	if (x.class != SOFT_FINITE)
		log = SOFT_INFINITE;
	else if (v == 1)
		log = SOFT_ZERO;
	if (x.class == SOFT_ZERO && y.class == SOFT_FINITE)
		flags |= FPU_ZE;
	if (log == SOFT_FINITE && y.class == SOFT_FINITE)
		flags |= narrow_product(fpu, &y, l, &result);
	else
		flags |= special_product(&y, log, y.sign ^ negative, &result);
	return soft_finish(fpu, flags, dst, &result);
}

/* ST(1) * log2(ST(0) + 1) */
unsigned soft_yl2xp1(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	struct num y = soft_unpack(dst), x = soft_unpack(src);
	struct fpu_reg result;
	unsigned flags;

	if (soft_special(&y, &x, &result, &flags))
		return soft_finish(fpu, flags, dst, &result);
	if (x.class == SOFT_INFINITE && x.sign)
		flags = soft_invalid(&result);
	else if (x.class == SOFT_FINITE && y.class == SOFT_FINITE)
		flags |= narrow_log1p(fpu, &y, &x, &result);
	else
		flags |= special_product(&y, x.class, y.sign ^ x.sign, &result);
	return soft_finish(fpu, flags, dst, &result);
}

#endif
