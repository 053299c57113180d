/* shift.c - shifts and rotates, SHLD and SHRD.
 *
 * For counts over 1, where Intel leaves OF undefined, it is what the last
 * single step would have made it, as in the chips.  */

#include "cpu/interp/forms.h"
#include "cpu/interp/operand.h"

/* Shift or rotate a by n > 0, and set the flags.  */
typedef uint32_t shift_op(struct cpu *cpu, uint32_t a, unsigned n, enum width w);

static always_inline bool top(uint32_t r, enum width w)
{
	return r >> (width_bits(w) - 1) & 1;
}

/* The two top bits differ.  */
static always_inline bool tops_differ(uint32_t r, enum width w)
{
	return (r ^ r << 1) >> (width_bits(w) - 1) & 1;
}

/* The 386 sets AF after a shift, and of a byte it finds the last bit out
 * again at every eighth (measured by the authors of test386.asm).  */
static always_inline void flags_put_shift(struct cpu *cpu, uint32_t r, enum width w,
					  bool cf, bool of)
{
	flags_put(cpu, r, w, cf, of);
	if (unlikely(cpu->model == CPU_80386))
		cpu->hot.fcar |= FCAR_AF;
}

static always_inline bool comes_again(const struct cpu *cpu, unsigned n, enum width w)
{
	return w == W8 && unlikely(n > 8) && n % 8 == 0 && cpu->model == CPU_80386;
}

static always_inline uint32_t op_shl(struct cpu *cpu, uint32_t a, unsigned n, enum width w)
{
	uint64_t t = n < 64 ? (uint64_t)a << n : 0;
	uint32_t r = t & width_mask(w);
	bool cf = comes_again(cpu, n, w) ? a & 1 : t >> width_bits(w) & 1;

	flags_put_shift(cpu, r, w, cf, cf ^ top(r, w));
	return r;
}

static always_inline uint32_t op_shr(struct cpu *cpu, uint32_t a, unsigned n, enum width w)
{
	uint64_t t = n < 64 ? ((uint64_t)a << 1) >> n : 0;	/* bit 0: the last one out */
	uint32_t r = t >> 1;
	bool cf = comes_again(cpu, n, w) ? top(a, w) : t & 1;

	flags_put_shift(cpu, r, w, cf, tops_differ(r, w));
	return r;
}

static always_inline uint32_t op_sar(struct cpu *cpu, uint32_t a, unsigned n, enum width w)
{
	int64_t t = (sign_extend(a, w) * 2) >> (n < 63 ? n : 63);
	uint32_t r = (t >> 1) & width_mask(w);

	flags_put(cpu, r, w, t & 1, false);
	return r;
}

static always_inline uint32_t op_rol(struct cpu *cpu, uint32_t a, unsigned n, enum width w)
{
	unsigned bits = width_bits(w), k = n & (bits - 1);
	uint32_t r = k ? (a << k | a >> (bits - k)) & width_mask(w) : a;

	flags_put_co(cpu, r & 1, (r & 1) ^ top(r, w));
	return r;
}

static always_inline uint32_t op_ror(struct cpu *cpu, uint32_t a, unsigned n, enum width w)
{
	unsigned bits = width_bits(w), k = n & (bits - 1);
	uint32_t r = k ? (a >> k | a << (bits - k)) & width_mask(w) : a;

	flags_put_co(cpu, top(r, w), tops_differ(r, w));
	return r;
}

/* Through carry: a rotation of bits + 1 bits, carry on top.  */
static always_inline uint32_t op_rcl(struct cpu *cpu, uint32_t a, unsigned n, enum width w)
{
	unsigned bits = width_bits(w), k = n % (bits + 1);
	uint64_t t = (uint64_t)flag_cf(cpu) << bits | a;
	uint32_t r;
	bool cf;

	if (k)
		t = t << k | t >> (bits + 1 - k);
	r = t & width_mask(w);
	cf = t >> bits & 1;
	flags_put_co(cpu, cf, cf ^ top(r, w));
	return r;
}

static always_inline uint32_t op_rcr(struct cpu *cpu, uint32_t a, unsigned n, enum width w)
{
	unsigned bits = width_bits(w), k = n % (bits + 1);
	uint64_t t = (uint64_t)flag_cf(cpu) << bits | a;
	uint32_t r;

	if (k)
		t = t >> k | t << (bits + 1 - k);
	r = t & width_mask(w);
	flags_put_co(cpu, t >> bits & 1, tops_differ(r, w));
	return r;
}

/* The 8086's reg = 6: all ones.  */
static always_inline uint32_t op_setmo(struct cpu *cpu, uint32_t a, unsigned n, enum width w)
{
	(void)a, (void)n;
	flags_put(cpu, width_mask(w), w, false, false);
	return width_mask(w);
}

static always_inline bool shift(struct cpu *cpu, const struct cpu_insn *in, shift_op *op,
				unsigned n, enum width w, enum form f, enum path p)
{
	struct rm rm = { NULL, 0 };
	uint32_t a;

	if (!rm_load(cpu, in, &rm, &a, w, f, p))
		return false;
	if (n)
		rm_store(cpu, in, &rm, op(cpu, a, n, w), w, f, p);
	return true;
}

#define COUNT_CL	reg_get(cpu, PLACE_CL, W8)

#define S_1(name, w, f) PATHS(name##_1_##w##_##f) \
	{ return shift(cpu, in, op_##name, 1, w, f, p); }
#define S_I(name, w, f) PATHS(name##_i_##w##_##f) \
	{ return shift(cpu, in, op_##name, in->imm & 31, w, f, p); }
#define S_CL(name, w, f) PATHS(name##_cl_##w##_##f) \
	{ return shift(cpu, in, op_##name, COUNT_CL & 31, w, f, p); }
#define S_CL8(name, w, f) PATHS(name##_cl8_##w##_##f) \
	{ return shift(cpu, in, op_##name, COUNT_CL, w, f, p); }
#define SHIFT(name) \
	FORMS(S_1, name) FORMS(S_I, name) FORMS(S_CL, name) FORMS(S_CL8, name) \
	SET(name##_1); SET(name##_i); SET(name##_cl); SET(name##_cl8)
SHIFT(shl);
SHIFT(shr);
SHIFT(sar);
SHIFT(rol);
SHIFT(ror);
SHIFT(rcl);
SHIFT(rcr);
FORMS(S_1, setmo)
FORMS(S_CL8, setmo)
SET(setmo_1);
const struct cpu_handlers h_setmo_cl = { {
	{ setmo_cl8_W8_F_R, setmo_cl8_W8_F_M16, setmo_cl8_W8_F_M32 },
	{ setmo_cl8_W16_F_R, setmo_cl8_W16_F_M16, setmo_cl8_W16_F_M32 },
	{ setmo_cl8_W32_F_R, setmo_cl8_W32_F_M16, setmo_cl8_W32_F_M32 } } };

/* SHLD: bits of b come in from the right.  With 16-bit operands and counts
 * over 16 the destination's own bits follow (as on the 386; undefined by
 * Intel).  */
static always_inline uint32_t op_shld(struct cpu *cpu, uint32_t a, uint32_t b, unsigned n,
				      enum width w)
{
	uint64_t t = w == W16 ? (uint64_t)a << 32 | (uint64_t)b << 16 | a :
		(uint64_t)a << 32 | b;
	unsigned bits = width_bits(w), high = w == W16 ? 48 : 64;
	uint32_t r = (t << n) >> (high - bits) & width_mask(w);
	bool cf = t >> (high - n) & 1;

	flags_put(cpu, r, w, cf, cf ^ top(r, w));
	return r;
}

static always_inline uint32_t op_shrd(struct cpu *cpu, uint32_t a, uint32_t b, unsigned n,
				      enum width w)
{
	uint64_t t = w == W16 ? (uint64_t)a << 32 | (uint64_t)b << 16 | a :
		(uint64_t)b << 32 | a;
	uint32_t r = t >> n & width_mask(w);

	flags_put(cpu, r, w, t >> (n - 1) & 1, tops_differ(r, w));
	return r;
}

typedef uint32_t double_op(struct cpu *cpu, uint32_t a, uint32_t b, unsigned n, enum width w);

static always_inline bool shift_double(struct cpu *cpu, const struct cpu_insn *in, double_op *op,
				       unsigned n, enum width w, enum form f, enum path p)
{
	struct rm rm = { NULL, 0 };
	uint32_t a;

	if (!rm_load(cpu, in, &rm, &a, w, f, p))
		return false;
	if (n)
		rm_store(cpu, in, &rm, op(cpu, a, reg_get(cpu, in->b, w), n, w), w, f, p);
	return true;
}

#define D_I(name, w, f) PATHS(name##_i_##w##_##f) \
	{ return shift_double(cpu, in, op_##name, in->imm & 31, w, f, p); }
#define D_CL(name, w, f) PATHS(name##_cl_##w##_##f) \
	{ return shift_double(cpu, in, op_##name, COUNT_CL & 31, w, f, p); }
#define DOUBLE(name) \
	FORMS_WORD(D_I, name) FORMS_WORD(D_CL, name) SET_WORD(name##_i); SET_WORD(name##_cl)
DOUBLE(shld);
DOUBLE(shrd);
