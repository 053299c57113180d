/* mmx.c - the MMX instructions of the Pentium (Pentium Processor Family
 * Developer's Manual, vol. 3).
 *
 * mm0 to mm7 are the mantissas of the x87's physical registers.  Every MMX
 * instruction but EMMS leaves the x87 with its top at 0 and all registers
 * full; a register that is written gets an exponent of ones.
 *
 * An arithmetic instruction is a function of two quadwords; op_of[] finds it
 * by its opcode.  A quadword is computed lane by lane, in loops that a
 * compiler sees through.  */

#include "cpu/fpu_op.h"
#include "cpu/interp/forms.h"
#include "cpu/interp/operand.h"

typedef uint64_t mmx_op(uint64_t x, uint64_t y);

static always_inline int32_t saturated(int32_t v, int32_t low, int32_t high)
{
	return v < low ? low : v > high ? high : v;
}

#define SB(v)	saturated(v, -128, 127)
#define UB(v)	saturated(v, 0, 255)
#define SW(v)	saturated(v, -32768, 32767)
#define UW(v)	saturated(v, 0, 65535)

/* Lanes of the type: a of x, b of y.  */
#define LANES(name, type, utype, result) static uint64_t name(uint64_t x, uint64_t y) \
{ \
	uint64_t r = 0; \
\
	for (unsigned at = 0; at < 64; at += 8 * sizeof(type)) { \
		type a = (type)(x >> at), b = (type)(y >> at); \
\
		r |= (uint64_t)(utype)(result) << at; \
	} \
	return r; \
}
#define LANES_B(name, result)	LANES(name, int8_t, uint8_t, result)
#define LANES_UB(name, result)	LANES(name, uint8_t, uint8_t, result)
#define LANES_W(name, result)	LANES(name, int16_t, uint16_t, result)
#define LANES_UW(name, result)	LANES(name, uint16_t, uint16_t, result)
#define LANES_D(name, result)	LANES(name, int32_t, uint32_t, result)
#define LANES_UD(name, result)	LANES(name, uint32_t, uint32_t, result)

LANES_UB(paddb, a + b)
LANES_UW(paddw, a + b)
LANES_UD(paddd, a + b)
LANES_B(paddsb, SB(a + b))
LANES_W(paddsw, SW(a + b))
LANES_UB(paddusb, UB(a + b))
LANES_UW(paddusw, UW(a + b))
LANES_UB(psubb, a - b)
LANES_UW(psubw, a - b)
LANES_UD(psubd, a - b)
LANES_B(psubsb, SB(a - b))
LANES_W(psubsw, SW(a - b))
LANES_UB(psubusb, UB(a - b))
LANES_UW(psubusw, UW(a - b))
LANES_UB(pcmpeqb, a == b ? -1 : 0)
LANES_UW(pcmpeqw, a == b ? -1 : 0)
LANES_UD(pcmpeqd, a == b ? -1 : 0)
LANES_B(pcmpgtb, a > b ? -1 : 0)
LANES_W(pcmpgtw, a > b ? -1 : 0)
LANES_D(pcmpgtd, a > b ? -1 : 0)
LANES_W(pmullw, a * b)
LANES_W(pmulhw, a * b >> 16)

/* The sum of two products overflows in one case, and wraps.  */
static uint64_t pmaddwd(uint64_t x, uint64_t y)
{
	uint64_t r = 0;

	for (unsigned at = 0; at < 64; at += 32) {
		int64_t low = (int16_t)(x >> at) * (int16_t)(y >> at);
		int64_t high = (int16_t)(x >> (at + 16)) * (int16_t)(y >> (at + 16));

		r |= (uint64_t)(uint32_t)(low + high) << at;
	}
	return r;
}

static uint64_t pand(uint64_t x, uint64_t y)
{
	return x & y;
}

static uint64_t pandn(uint64_t x, uint64_t y)
{
	return ~x & y;
}

static uint64_t por(uint64_t x, uint64_t y)
{
	return x | y;
}

static uint64_t pxor(uint64_t x, uint64_t y)
{
	return x ^ y;
}

/* ---- shifts: all lanes by one count, the whole of y ---- */

#define SHIFT(name, type, utype, beyond, result) static uint64_t name(uint64_t x, uint64_t y) \
{ \
	uint64_t r = 0; \
	unsigned n = y < 8 * sizeof(type) ? y : 8 * sizeof(type) - 1; \
\
	if (y >= 8 * sizeof(type) && beyond) \
		return 0; \
	for (unsigned at = 0; at < 64; at += 8 * sizeof(type)) { \
		type a = (type)(x >> at); \
\
		r |= (uint64_t)(utype)(result) << at; \
	} \
	return r; \
}
SHIFT(psrlw, uint16_t, uint16_t, true, a >> n)
SHIFT(psrld, uint32_t, uint32_t, true, a >> n)
SHIFT(psrlq, uint64_t, uint64_t, true, a >> n)
SHIFT(psllw, uint16_t, uint16_t, true, a << n)
SHIFT(pslld, uint32_t, uint32_t, true, a << n)
SHIFT(psllq, uint64_t, uint64_t, true, a << n)
SHIFT(psraw, int16_t, uint16_t, false, a >> n)
SHIFT(psrad, int32_t, uint32_t, false, a >> n)

/* ---- packing and unpacking ---- */

/* x's lanes narrowed, then y's.  */
#define PACK(name, wide, bits, saturate) static uint64_t name(uint64_t x, uint64_t y) \
{ \
	uint64_t r = 0; \
\
	for (unsigned at = 0; at < 64; at += 2 * bits) { \
		uint64_t low = (uint##bits##_t)saturate((wide)(x >> at)); \
		uint64_t high = (uint##bits##_t)saturate((wide)(y >> at)); \
\
		r |= low << at / 2 | high << (at / 2 + 32); \
	} \
	return r; \
}
PACK(packsswb, int16_t, 8, SB)
PACK(packuswb, int16_t, 8, UB)
PACK(packssdw, int32_t, 16, SW)

/* Lanes of x and y in turns, from bit `from' on.  */
#define UNPACK(name, bits, from) static uint64_t name(uint64_t x, uint64_t y) \
{ \
	uint64_t r = 0; \
\
	for (unsigned at = 0; at < 32; at += bits) { \
		uint64_t low = (uint##bits##_t)(x >> (from + at)); \
		uint64_t high = (uint##bits##_t)(y >> (from + at)); \
\
		r |= (low | high << bits) << 2 * at; \
	} \
	return r; \
}
UNPACK(punpcklbw, 8, 0)
UNPACK(punpcklwd, 16, 0)
UNPACK(punpckldq, 32, 0)
UNPACK(punpckhbw, 8, 32)
UNPACK(punpckhwd, 16, 32)
UNPACK(punpckhdq, 32, 32)

/* By the opcode's second byte.  */
static mmx_op *const op_of[256] = {
	[0x60] = punpcklbw, [0x61] = punpcklwd, [0x62] = punpckldq, [0x63] = packsswb,
	[0x64] = pcmpgtb, [0x65] = pcmpgtw, [0x66] = pcmpgtd, [0x67] = packuswb,
	[0x68] = punpckhbw, [0x69] = punpckhwd, [0x6a] = punpckhdq, [0x6b] = packssdw,
	[0x74] = pcmpeqb, [0x75] = pcmpeqw, [0x76] = pcmpeqd,
	[0xd1] = psrlw, [0xd2] = psrld, [0xd3] = psrlq, [0xd5] = pmullw,
	[0xd8] = psubusb, [0xd9] = psubusw, [0xdb] = pand, [0xdc] = paddusb,
	[0xdd] = paddusw, [0xdf] = pandn,
	[0xe1] = psraw, [0xe2] = psrad, [0xe5] = pmulhw, [0xe8] = psubsb, [0xe9] = psubsw,
	[0xeb] = por, [0xec] = paddsb, [0xed] = paddsw, [0xef] = pxor,
	[0xf1] = psllw, [0xf2] = pslld, [0xf3] = psllq, [0xf5] = pmaddwd,
	[0xf8] = psubb, [0xf9] = psubw, [0xfa] = psubd,
	[0xfc] = paddb, [0xfd] = paddw, [0xfe] = paddd,
};

/* ---- registers ---- */

static uint64_t mm(const struct cpu *cpu, unsigned n)
{
	return cpu->fpu.st[n].mant;
}

/* From here on nothing can fail.  */
static void enter(struct cpu *cpu)
{
	cpu->fpu.status &= ~FPU_TOP;
	cpu->fpu.tag = 0;
}

static void put(struct cpu *cpu, unsigned n, uint64_t v)
{
	enter(cpu);
	cpu->fpu.st[n] = (struct fpu_reg){ .mant = v, .sexp = 0xffff };
}

/* The r/m operand; of memory, `size' bytes.  */
static always_inline uint64_t source(struct cpu *cpu, const struct cpu_insn *in,
				     unsigned size, enum form f)
{
	return f == F_R ? mm(cpu, in->a) : cpu_read(cpu, in->seg, insn_ea(cpu, in, f), size);
}

#define SET_MMX(name) \
	const struct cpu_handlers h_##name = { { \
		{ name##_F_R, name##_F_M16, name##_F_M32 }, \
		{ name##_F_R, name##_F_M16, name##_F_M32 }, \
		{ name##_F_R, name##_F_M16, name##_F_M32 } } }
#define MMX(name) M_##name(F_R) M_##name(F_M16) M_##name(F_M32) SET_MMX(name)

/* ---- instructions ---- */

#define M_mmx(f) HANDLER(mmx_##f) \
{ \
	cpu->hot.cur = in; \
	fpu_mmx_ready(cpu); \
	put(cpu, in->b, op_of[in->op](mm(cpu, in->b), source(cpu, in, 8, f))); \
	return cpu_next(cpu, in); \
}
MMX(mmx);

/* Those that only use the lower half read only that from memory.  */
#define M_mmx_low(f) HANDLER(mmx_low_##f) \
{ \
	cpu->hot.cur = in; \
	fpu_mmx_ready(cpu); \
	put(cpu, in->b, op_of[in->op](mm(cpu, in->b), source(cpu, in, 4, f))); \
	return cpu_next(cpu, in); \
}
MMX(mmx_low);

/* 71 to 73 with reg 2, 4, 6 are D1 to D3, E1 ..., F1 ... by an immediate.  */
HANDLER(mmx_shift)
{
	unsigned op = 0xc0 + (in->modrm >> 3 & 6) * 8 + (in->op & 3);

	cpu->hot.cur = in;
	fpu_mmx_ready(cpu);
	put(cpu, in->a, op_of[op](mm(cpu, in->a), in->imm));
	return cpu_next(cpu, in);
}
#define mmx_shift_ANY { mmx_shift, NULL, NULL }
const struct cpu_handlers h_mmx_shift = { { mmx_shift_ANY, mmx_shift_ANY, mmx_shift_ANY } };

#define M_movq_load(f) HANDLER(movq_load_##f) \
{ \
	cpu->hot.cur = in; \
	fpu_mmx_ready(cpu); \
	put(cpu, in->b, source(cpu, in, 8, f)); \
	return cpu_next(cpu, in); \
}
MMX(movq_load);

#define M_movq_store(f) HANDLER(movq_store_##f) \
{ \
	cpu->hot.cur = in; \
	fpu_mmx_ready(cpu); \
	if (f == F_R) \
		put(cpu, in->a, mm(cpu, in->b)); \
	else \
		cpu_write64(cpu, in->seg, insn_ea(cpu, in, f), mm(cpu, in->b)); \
	enter(cpu); \
	return cpu_next(cpu, in); \
}
MMX(movq_store);

#define M_movd_load(f) HANDLER(movd_load_##f) \
{ \
	cpu->hot.cur = in; \
	fpu_mmx_ready(cpu); \
	put(cpu, in->b, rm_get(cpu, in, W32, f)); \
	return cpu_next(cpu, in); \
}
MMX(movd_load);

#define M_movd_store(f) HANDLER(movd_store_##f) \
{ \
	cpu->hot.cur = in; \
	fpu_mmx_ready(cpu); \
	rm_put(cpu, in, mm(cpu, in->b), W32, f); \
	enter(cpu); \
	return cpu_next(cpu, in); \
}
MMX(movd_store);

HANDLER(emms)
{
	cpu->hot.cur = in;
	fpu_mmx_ready(cpu);
	enter(cpu);
	cpu->fpu.tag = 0xffff;
	return cpu_next(cpu, in);
}
SET_ONE(h_emms, emms);
