/* fpu_host_soft.c - arithmetic in integers, for hosts without an x87.  */

#include "cpu/fpu_soft.h"

#include <string.h>

#if FPU_HOST_SOFT

/* Sums, products, quotients.  The common shape: operands, result.  */

static unsigned round_sum(const struct fpu *fpu, bool sign, int32_t exponent, struct wide m,
			  struct fpu_reg *out)
{
	int shift;

	if (!(m.hi | m.lo)) {
		*out = soft_zero(soft_rounding(fpu) == SOFT_DOWN);
		return 0;
	}
	shift = m.hi ? wide_zeros(m.hi) : 64 + wide_zeros(m.lo);
	return soft_round(fpu, sign, exponent - shift, wide_shift_left(m, shift),
			  soft_precision(fpu), out);
}

/* Both finite.  One bit is left free for the carry.  */
static unsigned add_finite(const struct fpu *fpu, const struct num *a, const struct num *b,
			   struct fpu_reg *out)
{
	struct wide x, y;

	if (a->exponent < b->exponent || (a->exponent == b->exponent && a->mant < b->mant)) {
		const struct num *t = a;

		a = b;
		b = t;
	}
	x = wide_shift_right((struct wide){ a->mant, 0 }, 1);
	y = wide_shift_right((struct wide){ b->mant, 0 }, 1 + a->exponent - b->exponent);
	return round_sum(fpu, a->sign, a->exponent + 1,
			 a->sign == b->sign ? wide_add(x, y) : wide_subtract(x, y), out);
}

static unsigned sum(const struct fpu *fpu, const struct num *a, const struct num *b,
		    struct fpu_reg *out)
{
	if (a->class == SOFT_INFINITE || b->class == SOFT_INFINITE) {
		if (a->class == b->class && a->sign != b->sign)
			return soft_invalid(out);
		*out = soft_infinity(a->class == SOFT_INFINITE ? a->sign : b->sign);
		return 0;
	}
	if (a->class == SOFT_ZERO && b->class == SOFT_ZERO) {
		*out = soft_zero(a->sign == b->sign ? a->sign : soft_rounding(fpu) == SOFT_DOWN);
		return 0;
	}
	if (a->class == SOFT_ZERO || b->class == SOFT_ZERO) {
		const struct num *n = a->class == SOFT_ZERO ? b : a;

		return soft_round(fpu, n->sign, n->exponent, (struct wide){ n->mant, 0 },
				  soft_precision(fpu), out);
	}
	return add_finite(fpu, a, b, out);
}

static unsigned product(const struct fpu *fpu, const struct num *a, const struct num *b,
			struct fpu_reg *out)
{
	bool sign = a->sign ^ b->sign;
	int32_t exponent = a->exponent + b->exponent + 1;
	struct wide m;

	if (a->class == SOFT_INFINITE || b->class == SOFT_INFINITE) {
		if (a->class == SOFT_ZERO || b->class == SOFT_ZERO)
			return soft_invalid(out);
		*out = soft_infinity(sign);
		return 0;
	}
	if (a->class == SOFT_ZERO || b->class == SOFT_ZERO) {
		*out = soft_zero(sign);
		return 0;
	}
	m = wide_multiply(a->mant, b->mant);
	if (!(m.hi & SOFT_TOP)) {
		m = wide_shift_left(m, 1);
		exponent--;
	}
	return soft_round(fpu, sign, exponent, m, soft_precision(fpu), out);
}

/* `steps' bits of a / b, the first one for 2^0; a < 2 b.  *a: what remains,
 * times 2^steps.  */
static struct wide divide(struct wide *a, uint64_t b, unsigned steps)
{
	struct wide q = { 0, 0 }, divisor = { b, 0 };

	*a = wide_shift_right(*a, 1);
	divisor = wide_shift_right(divisor, 1);
	while (steps--) {
		q = wide_shift_left(q, 1);
		if (!wide_below(*a, divisor)) {
			*a = wide_subtract(*a, divisor);
			q.lo |= 1;
		}
		*a = wide_shift_left(*a, 1);
	}
	return q;
}

static unsigned quotient(const struct fpu *fpu, const struct num *a, const struct num *b,
			 struct fpu_reg *out)
{
	bool sign = a->sign ^ b->sign;
	int32_t exponent = a->exponent - b->exponent;
	struct wide rest = { a->mant, 0 }, q;

	if (a->class == b->class && a->class != SOFT_FINITE)
		return soft_invalid(out);
	if (a->class == SOFT_INFINITE || b->class == SOFT_ZERO) {
		*out = soft_infinity(sign);
		return a->class == SOFT_INFINITE ? 0 : FPU_ZE;
	}
	if (a->class == SOFT_ZERO || b->class == SOFT_INFINITE) {
		*out = soft_zero(sign);
		return 0;
	}
	/* 66 bits: integer bit, 64 of precision, and half.  */
	q = wide_shift_left(divide(&rest, b->mant, 67), 61);
	q.lo |= (rest.hi | rest.lo) != 0;
	if (!(q.hi & SOFT_TOP)) {
		q = wide_shift_left(q, 1);
		exponent--;
	}
	return soft_round(fpu, sign, exponent, q, soft_precision(fpu), out);
}

static unsigned comparison(const struct num *a, const struct num *b)
{
	static const int8_t rank[] = { [SOFT_ZERO] = 0, [SOFT_FINITE] = 1, [SOFT_INFINITE] = 2 };
	int ra = rank[a->class], rb = rank[b->class];
	bool less;

	if (ra == 0 && rb == 0)
		return FPU_C3;
	if (ra && rb && a->sign == b->sign) {
		if (ra == rb && (ra == 2 || (a->exponent == b->exponent && a->mant == b->mant)))
			return FPU_C3;
		less = ra != rb ? ra < rb : a->exponent != b->exponent ?
			a->exponent < b->exponent : a->mant < b->mant;
		return less != a->sign ? FPU_C0 : 0;
	}
	return (ra ? a->sign : !b->sign) ? FPU_C0 : 0;
}

/* NaNs compare as unordered; all but quiet ones, and quiet ones too unless
 * `quiet', are invalid.  */
static unsigned compare(const struct fpu *fpu, const struct num *a, const struct num *b,
			bool quiet)
{
	struct fpu_reg nan;
	unsigned flags;

	if (soft_special(a, b, &nan, &flags)) {
		if (!quiet)
			flags |= FPU_IE;
		flags |= FPU_C0 | FPU_C2 | FPU_C3;
	} else {
		flags |= comparison(a, b);
	}
	if (flags & ~fpu->control & SOFT_BEFORE)
		flags |= FPU_HELD;
	return flags;
}

static unsigned arith(const struct fpu *fpu, enum fpu_arith op, struct fpu_reg *dst,
		      const struct num *src)
{
	struct num a = soft_unpack(dst), b = *src;
	struct fpu_reg result;
	unsigned flags;

	if (op == FPU_COM || op == FPU_COMP)
		return compare(fpu, &a, &b, false);
	if (soft_special(&a, &b, &result, &flags))
		return soft_finish(fpu, flags, dst, &result);
	if (op == FPU_SUBR)
		a.sign = !a.sign;
	else if (op == FPU_SUB)
		b.sign = !b.sign;
	switch (op) {
	case FPU_MUL:
		flags |= product(fpu, &a, &b, &result);
		break;
	case FPU_DIV:
		flags |= quotient(fpu, &a, &b, &result);
		break;
	case FPU_DIVR:
		flags |= quotient(fpu, &b, &a, &result);
		break;
	default:
		flags |= sum(fpu, &a, &b, &result);
		break;
	}
	return soft_finish(fpu, flags, dst, &result);
}

/* One function for each place of the tables.  */
#define ARITH(op, OP)									\
static unsigned reg_##op(const struct fpu *fpu, struct fpu_reg *dst, const void *src)	\
{											\
	struct num b = soft_unpack(src);						\
											\
	return arith(fpu, OP, dst, &b);							\
}											\
static unsigned f32_##op(const struct fpu *fpu, struct fpu_reg *dst, const void *src)	\
{											\
	struct num b = soft_unpack_mem(FPU_F32, src);					\
											\
	return arith(fpu, OP, dst, &b);							\
}											\
static unsigned f64_##op(const struct fpu *fpu, struct fpu_reg *dst, const void *src)	\
{											\
	struct num b = soft_unpack_mem(FPU_F64, src);					\
											\
	return arith(fpu, OP, dst, &b);							\
}											\
static unsigned i16_##op(const struct fpu *fpu, struct fpu_reg *dst, const void *src)	\
{											\
	struct num b = soft_unpack_mem(FPU_I16, src);					\
											\
	return arith(fpu, OP, dst, &b);							\
}											\
static unsigned i32_##op(const struct fpu *fpu, struct fpu_reg *dst, const void *src)	\
{											\
	struct num b = soft_unpack_mem(FPU_I32, src);					\
											\
	return arith(fpu, OP, dst, &b);							\
}

ARITH(add, FPU_ADD)
ARITH(mul, FPU_MUL)
ARITH(com, FPU_COM)
ARITH(sub, FPU_SUB)
ARITH(subr, FPU_SUBR)
ARITH(div, FPU_DIV)
ARITH(divr, FPU_DIVR)

fpu_host_fn *const fpu_host_arith[FPU_ARITHS] = FPU_ARITH_ROW(reg);
fpu_host_fn *const fpu_host_arith_mem[FPU_I32 + 1][FPU_ARITHS] = FPU_ARITH_MEM_ROWS;

/* Loads.  A denormal is loaded even if DE is unmasked.  */

static unsigned load(const struct fpu *fpu, struct fpu_reg *dst, const struct num *n)
{
	unsigned flags = n->denormal ? FPU_DE : 0;

	switch (n->class) {
	case SOFT_ZERO:
		*dst = soft_zero(n->sign);
		break;
	case SOFT_FINITE:
		*dst = soft_make(n->sign, n->exponent + SOFT_BIAS, n->mant);
		break;
	case SOFT_SNAN:
		flags = FPU_IE;
		if (!(fpu->control & FPU_IE))
			return flags | FPU_HELD;
		/* fall through */
	default:
		*dst = soft_make(n->sign, SOFT_MAX, n->mant |
			    (n->class == SOFT_INFINITE ? SOFT_TOP : SOFT_TOP | SOFT_QUIET));
	}
	return flags;
}

#define LOAD(name, format)								\
static unsigned name(const struct fpu *fpu, struct fpu_reg *dst, const void *src)	\
{											\
	struct num n = soft_unpack_mem(format, src);						\
											\
	return load(fpu, dst, &n);							\
}

LOAD(load_f32, FPU_F32)
LOAD(load_f64, FPU_F64)
LOAD(load_i16, FPU_I16)
LOAD(load_i32, FPU_I32)
LOAD(load_i64, FPU_I64)

/* The image has ten bytes here, where soft_unpack_mem() needs eight.  */
LOAD(load_bcd, FPU_BCD)

fpu_host_fn *const fpu_host_load[FPU_FORMATS] = {
	load_f32, load_f64, load_i16, load_i32, load_i64, load_bcd,
};

/* Stores.  */

static void put(uint8_t *dst, uint64_t v, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		dst[i] = v >> 8 * i;
}

static unsigned finish_store(const struct fpu *fpu, unsigned flags, uint8_t *dst,
			     uint64_t v, unsigned size)
{
	if (flags & ~fpu->control & (SOFT_BEFORE | FPU_OE | FPU_UE))
		return (flags & ~(FPU_PE | FPU_C1)) | FPU_HELD;
	put(dst, v, size);
	return flags;
}

/* A finite number in an IEEE format with `wide' bits of exponent and
 * `fraction' of fraction; without the sign.  */
static unsigned narrow(const struct fpu *fpu, const struct num *n, unsigned wide,
		       unsigned fraction, uint64_t *v)
{
	int32_t max = (1 << wide) - 1, biased = n->exponent + (max >> 1);
	struct wide m = { n->mant, 0 };
	unsigned flags;
	bool carry;

	flags = soft_keep(fpu, n->sign, &m, fraction + 1, &carry);
	if (carry)
		biased++;
	if (biased <= 0) {
		unsigned tiny = fpu->control & FPU_UE ? 0 : FPU_UE;

		m = wide_shift_right((struct wide){ n->mant, 0 },
				1 - (n->exponent + (max >> 1)));
		flags = soft_keep(fpu, n->sign, &m, fraction + 1, &carry);
		*v = m.hi >> (63 - fraction);
		return flags | tiny | (flags & FPU_PE ? FPU_UE : 0);
	}
	if (biased >= max) {
		bool infinite = soft_rounds_up(fpu, n->sign, true, true, true);

		*v = (uint64_t)max << fraction;
		if (!infinite)
			*v -= 1;
		return FPU_OE | FPU_PE | (infinite ? FPU_C1 : 0);
	}
	*v = (uint64_t)biased << fraction | (m.hi << 1) >> (64 - fraction);
	return flags;
}

static unsigned store_ieee(const struct fpu *fpu, uint8_t *dst, const struct fpu_reg *src,
			   unsigned wide, unsigned fraction)
{
	struct num n = soft_unpack(src);
	uint64_t max = (1ull << wide) - 1, v = 0;
	unsigned flags = 0, bits = 1 + wide + fraction;

	switch (n.class) {
	case SOFT_ZERO:
		break;
	case SOFT_FINITE:
		flags = narrow(fpu, &n, wide, fraction, &v);
		break;
	case SOFT_INFINITE:
		v = max << fraction;
		break;
	case SOFT_BAD:
		n.sign = true;
		n.mant = SOFT_TOP;
		/* fall through */
	case SOFT_SNAN:
		flags = FPU_IE;
		/* fall through */
	case SOFT_QNAN:
		v = max << fraction | (n.mant << 1 | SOFT_TOP) >> (64 - fraction);
		break;
	}
	return finish_store(fpu, flags, dst, v | (uint64_t)n.sign << (bits - 1), bits / 8);
}

static unsigned store_f32(const struct fpu *fpu, void *dst, const struct fpu_reg *src)
{
	return store_ieee(fpu, dst, src, 8, 23);
}

static unsigned store_f64(const struct fpu *fpu, void *dst, const struct fpu_reg *src)
{
	return store_ieee(fpu, dst, src, 11, 52);
}

unsigned soft_to_integer(const struct fpu *fpu, const struct num *n, uint64_t *v)
{
	struct wide m = { n->mant, 0 };
	unsigned flags;
	bool carry;

	*v = 0;
	if (n->class == SOFT_ZERO)
		return 0;
	if (n->class != SOFT_FINITE || n->exponent > 63)
		return FPU_IE;
	m = wide_shift_right(m, 63 - n->exponent);
	flags = soft_keep(fpu, n->sign, &m, 64, &carry);
	*v = m.hi;
	return carry ? FPU_IE : flags;
}

static unsigned store_int(const struct fpu *fpu, uint8_t *dst, const struct fpu_reg *src,
			  unsigned size)
{
	uint64_t indefinite = 1ull << (8 * size - 1), v;
	struct num n = soft_unpack(src);
	unsigned flags = soft_to_integer(fpu, &n, &v);

	if (v >= indefinite + (n.sign ? 1 : 0))
		flags = FPU_IE;
	if (flags & FPU_IE)
		v = indefinite;
	return finish_store(fpu, flags, dst, n.sign ? -v : v, size);
}

static unsigned store_i16(const struct fpu *fpu, void *dst, const struct fpu_reg *src)
{
	return store_int(fpu, dst, src, 2);
}

static unsigned store_i32(const struct fpu *fpu, void *dst, const struct fpu_reg *src)
{
	return store_int(fpu, dst, src, 4);
}

static unsigned store_i64(const struct fpu *fpu, void *dst, const struct fpu_reg *src)
{
	return store_int(fpu, dst, src, 8);
}

static unsigned store_bcd(const struct fpu *fpu, void *dst, const struct fpu_reg *src)
{
	struct num n = soft_unpack(src);
	uint8_t image[10] = { [7] = 0xc0, 0xff, 0xff };
	unsigned flags;
	uint64_t v;

	flags = soft_to_integer(fpu, &n, &v);
	if (v > 999999999999999999)
		flags = FPU_IE;
	if (flags & ~fpu->control & FPU_IE)
		return flags | FPU_HELD;
	if (!(flags & FPU_IE)) {
		for (unsigned i = 0; i < 9; i++, v /= 100)
			image[i] = v / 10 % 10 << 4 | v % 10;
		image[9] = n.sign << 7;
	}
	memcpy(dst, image, sizeof image);
	return flags;
}

fpu_host_store_fn *const fpu_host_store[FPU_FORMATS] = {
	store_f32, store_f64, store_i16, store_i32, store_i64, store_bcd,
};

/* One operand.  */

static unsigned test(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	struct num a = soft_unpack(dst), zero = { .class = SOFT_ZERO };

	(void)src;
	return compare(fpu, &a, &zero, false);
}

/* 66 bits each, the last two to round by.  */
#define CONSTANT(name, sexp_, mant_, rest)						\
static unsigned name(const struct fpu *fpu, struct fpu_reg *dst, const void *src)	\
{											\
	struct wide m = { mant_, rest };						\
	bool carry;									\
											\
	(void)src;									\
	soft_keep(fpu, false, &m, 64, &carry);						\
	*dst = soft_make(false, sexp_, m.hi);						\
	return 0;									\
}

CONSTANT(load_1, 0x3fff, SOFT_TOP, 0)
CONSTANT(load_l2t, 0x4000, 0xd49a784bcd1b8afe, 0x492bf6ff4dafdb4c)
CONSTANT(load_l2e, 0x3fff, 0xb8aa3b295c17f0bb, 0xbe87fed0691d3e88)
CONSTANT(load_pi, 0x4000, 0xc90fdaa22168c234, 0xc4c6628b80dc1cd1)
CONSTANT(load_lg2, 0x3ffd, 0x9a209a84fbcff798, 0x8f8959ac0b7c9178)
CONSTANT(load_ln2, 0x3ffe, 0xb17217f7d1cf79ab, 0xc9e3b39803f2f6af)
CONSTANT(load_z, 0, 0, 0)

fpu_host_fn *const fpu_host_unary[FPU_UNARIES] = {
	[FPU_TST] = test, [FPU_SQRT] = soft_sqrt, [FPU_RNDINT] = soft_rndint,
	[FPU_2XM1] = soft_2xm1, [FPU_SIN] = soft_sin, [FPU_COS] = soft_cos,
	[FPU_LD1] = load_1, [FPU_LDL2T] = load_l2t, [FPU_LDL2E] = load_l2e,
	[FPU_LDPI] = load_pi, [FPU_LDLG2] = load_lg2, [FPU_LDLN2] = load_ln2,
	[FPU_LDZ] = load_z,
};

/* Two operands.  */

static unsigned unordered_compare(const struct fpu *fpu, struct fpu_reg *dst, const void *src)
{
	struct num a = soft_unpack(dst), b = soft_unpack(src);

	return compare(fpu, &a, &b, true);
}

fpu_host_fn *const fpu_host_binary[FPU_BINARIES] = {
	[FPU_UCOM] = unordered_compare, [FPU_PREM] = soft_prem, [FPU_PREM1] = soft_prem1,
	[FPU_SCALE] = soft_scale, [FPU_PATAN] = soft_patan,
	[FPU_YL2X] = soft_yl2x, [FPU_YL2XP1] = soft_yl2xp1,
};

fpu_host_fn *const fpu_host_pair[FPU_PAIRS] = {
	[FPU_TAN] = soft_tan, [FPU_SINCOS] = soft_sincos, [FPU_XTRACT] = soft_xtract,
};

#endif
