/* bits.c - BT BTS BTR BTC, BSF, BSR (80386).  */

#include "cpu/interp/forms.h"
#include "cpu/interp/operand.h"

enum bit_change { TEST, SET_BIT, RESET, COMPLEMENT };

static always_inline uint32_t changed(uint32_t v, uint32_t mask, enum bit_change c)
{
	return c == SET_BIT ? v | mask : c == RESET ? v & ~mask : v ^ mask;
}

/* CF.  On the 386 OF is what RCR would make it that brings the bit into a
 * clear CF (measured by the authors of test386.asm); others leave it alone.  */
static always_inline void tested(struct cpu *cpu, uint32_t v, unsigned n, enum width w)
{
	unsigned bits = width_bits(w);
	uint64_t t;

	flag_set_cf(cpu, v >> n & 1);
	if (likely(cpu->model != CPU_80386))
		return;
	t = (uint64_t)v >> (n + 1) | (uint64_t)v << (bits - n);
	flags_put_co(cpu, v >> n & 1, (t ^ t << 1) >> (bits - 1) & 1);
}

/* A bit number in a register reaches beyond the operand in memory, both ways
 * (Intel 386 PRM, BT).  */
static always_inline const struct cpu_insn *
bit_register(struct cpu *cpu, const struct cpu_insn *in, enum bit_change c,
	     enum width w, enum form f)
{
	uint32_t n = reg_get(cpu, in->b, w), v, off = 0;
	unsigned size = width_bytes(w), bit = n & (width_bits(w) - 1);
	uint32_t mask = 1u << bit;

	cpu->hot.cur = in;
	if (f == F_R) {
		v = reg_get(cpu, in->a, w);
	} else {
		int32_t word = (int32_t)sign_extend(n, w) >> (3 + w);

		off = insn_ea(cpu, in, f) + (uint32_t)word * size;
		if (f == F_M16)
			off &= 0xffff;
		if (c != TEST)
			cpu_check_write(cpu, in->seg, off, size);
		v = cpu_read(cpu, in->seg, off, size);
	}
	if (c != TEST && f == F_R)
		reg_put(cpu, in->a, changed(v, mask, c), w);
	else if (c != TEST)
		cpu_write(cpu, in->seg, off, changed(v, mask, c), size);
	tested(cpu, v, bit, w);
	return cpu_next(cpu, in);
}

static always_inline const struct cpu_insn *
bit_immediate(struct cpu *cpu, const struct cpu_insn *in, enum bit_change c,
	      enum width w, enum form f)
{
	unsigned bit = in->imm & (width_bits(w) - 1);
	uint32_t v, mask = 1u << bit;

	cpu->hot.cur = in;
	if (f != F_R && c != TEST)
		cpu_check_write(cpu, in->seg, insn_ea(cpu, in, f), width_bytes(w));
	v = rm_get(cpu, in, w, f);
	if (c != TEST)
		rm_put(cpu, in, changed(v, mask, c), w, f);
	tested(cpu, v, bit, w);
	return cpu_next(cpu, in);
}

#define BIT_FORM(name, c, w, f) \
	HANDLER(name##_eg_##w##_##f) { return bit_register(cpu, in, c, w, f); } \
	HANDLER(name##_ei_##w##_##f) { return bit_immediate(cpu, in, c, w, f); }
#define BIT(name, c) \
	BIT_FORM(name, c, W16, F_R) BIT_FORM(name, c, W16, F_M16) BIT_FORM(name, c, W16, F_M32) \
	BIT_FORM(name, c, W32, F_R) BIT_FORM(name, c, W32, F_M16) BIT_FORM(name, c, W32, F_M32) \
	SET_WORD(name##_eg); SET_WORD(name##_ei)
BIT(bt, TEST);
BIT(bts, SET_BIT);
BIT(btr, RESET);
BIT(btc, COMPLEMENT);

/* Of zero: ZF, and the register keeps its value (all Intel chips do so).  */
static always_inline void scanned(struct cpu *cpu, uint32_t v)
{
	uint32_t f = flags_arith(cpu) & ~CPU_ZF;

	flags_set_arith(cpu, f | (v ? 0 : CPU_ZF));
}

#define SCAN(name, w, f, expr) PATHS(name##_##w##_##f) \
{ \
	uint32_t v; \
\
	if (!rm_read(cpu, in, &v, w, f, p)) \
		return false; \
	if (v) \
		reg_put(cpu, in->b, expr, w); \
	scanned(cpu, v); \
	return true; \
}
#define BSF(name, w, f) SCAN(name, w, f, (unsigned)__builtin_ctz(v))
FORMS_WORD(BSF, bsf)
SET_WORD(bsf);
#define BSR(name, w, f) SCAN(name, w, f, 31u - (unsigned)__builtin_clz(v))
FORMS_WORD(BSR, bsr)
SET_WORD(bsr);
