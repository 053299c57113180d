/* flags.h - the arithmetic flags, kept lazily in cpu->hot (see hot.h) while
 * an engine runs.  The other flags live in cpu->flags all the time.  */

#ifndef CPU_FLAGS_H
#define CPU_FLAGS_H

#include <stdbool.h>
#include <stdint.h>

#include "cpu/cpu.h"

#define FLAGS_ARITH	(CPU_CF | CPU_PF | CPU_AF | CPU_ZF | CPU_SF | CPU_OF)
#define FCAR_CF		(UINT64_C(1) << 63)
#define FCAR_IN		(UINT64_C(1) << 62)
#define FCAR_AF		(UINT64_C(1) << 4)

static inline bool flag_cf(const struct cpu *cpu)
{
	return cpu->hot.fcar >> 63;
}

static inline bool flag_of(const struct cpu *cpu)
{
	return (cpu->hot.fcar ^ cpu->hot.fcar << 1) >> 63;
}

static inline bool flag_zf(const struct cpu *cpu)
{
	return (uint32_t)cpu->hot.fres == 0;
}

static inline bool flag_sf(const struct cpu *cpu)
{
	return cpu->hot.fres < 0;
}

static inline bool flag_af(const struct cpu *cpu)
{
	return cpu->hot.fcar >> 4 & 1;
}

static inline bool flag_pf(const struct cpu *cpu)
{
	return !__builtin_parity((cpu->hot.fres ^ cpu->hot.fres >> 40) & 0xff);
}

/* The sixteen conditions in the order of the Jcc encoding; n is constant
 * in all callers.  */
static inline __attribute__((__always_inline__)) bool flag_cond(const struct cpu *cpu, unsigned n)
{
	bool v;

	switch (n >> 1) {
	case 0:
		v = flag_of(cpu);
		break;
	case 1:
		v = flag_cf(cpu);
		break;
	case 2:
		v = flag_zf(cpu);
		break;
	case 3:
		v = flag_cf(cpu) | flag_zf(cpu);
		break;
	case 4:
		v = flag_sf(cpu);
		break;
	case 5:
		v = flag_pf(cpu);
		break;
	case 6:
		v = flag_sf(cpu) ^ flag_of(cpu);
		break;
	default:
		v = flag_zf(cpu) | (flag_sf(cpu) ^ flag_of(cpu));
		break;
	}
	return v ^ (n & 1);
}

static inline uint32_t flags_arith(const struct cpu *cpu)
{
	return (flag_cf(cpu) ? CPU_CF : 0) | (flag_pf(cpu) ? CPU_PF : 0) |
		(flag_af(cpu) ? CPU_AF : 0) | (flag_zf(cpu) ? CPU_ZF : 0) |
		(flag_sf(cpu) ? CPU_SF : 0) | (flag_of(cpu) ? CPU_OF : 0);
}

/* All flags, as PUSHF would show them before the model's fixed bits.  */
static inline uint32_t flags_get(const struct cpu *cpu)
{
	return (cpu->flags & ~FLAGS_ARITH) | flags_arith(cpu);
}

static inline void flags_set_arith(struct cpu *cpu, uint32_t f)
{
	uint64_t sf = f & CPU_SF ? UINT64_C(1) << 63 : 0;
	/* The low byte 0 or 1 has even or odd parity by itself; bit 40 mends it. */
	unsigned low = f & CPU_ZF ? 0 : 1;
	bool even = f & CPU_PF;
	uint64_t mend = even == (low == 0) ? 0 : UINT64_C(1) << 40;

	cpu->hot.fres = (int64_t)(sf | mend | low);
	cpu->hot.fcar = (f & CPU_CF ? FCAR_CF : 0) | (f & CPU_AF ? FCAR_AF : 0) |
		(!(f & CPU_CF) != !(f & CPU_OF) ? FCAR_IN : 0);
}

static inline void flags_set(struct cpu *cpu, uint32_t f)
{
	cpu->flags = f;
	flags_set_arith(cpu, f);
}

/* CF alone, OF staying.  */
static inline void flag_set_cf(struct cpu *cpu, bool cf)
{
	uint64_t flip = (cpu->hot.fcar ^ (uint64_t)cf << 63) & FCAR_CF;

	cpu->hot.fcar ^= flip | flip >> 1;
}

/* FLAGS as the model fixes their constant bits: which bits a write may
 * change, and which read as 1.  8086 and 80186: bits 12-15 are ones; bit 1
 * always (Intel 8086 Family User's Manual; 80286 PRM 2.3.3).  In real mode
 * the 80286 holds IOPL and NT at 0 (seen in captures of the chip).  */
static inline uint32_t flags_fixed(const struct cpu *cpu, uint32_t f)
{
	static const uint32_t writable[] = {
		[CPU_8086] = 0x0fd5, [CPU_80186] = 0x0fd5, [CPU_80286] = 0x7fd5,
		[CPU_80386] = 0x37fd5, [CPU_80486] = 0x77fd5, [CPU_PENTIUM] = 0x3f7fd5,
	};

	uint32_t mask = writable[cpu->model];

	if (cpu->model == CPU_80286 && !(cpu->cr[0] & CR0_PE))
		mask = 0x0fd5;
	return (f & mask) | (cpu->model <= CPU_80186 ? 0xf002 : 2);
}

/* What POPF and IRET may change, at this privilege, of the image f; `keep'
 * stay in any case.  */
static inline uint32_t flags_loaded(const struct cpu *cpu, uint32_t f, uint32_t keep)
{
	uint32_t now = flags_get(cpu);

	if (cpu->cr[0] & CR0_PE) {
		if (cpu->cpl > 0)
			keep |= CPU_IOPL | CPU_VIF | CPU_VIP;
		if (cpu->cpl > (now & CPU_IOPL) >> 12)
			keep |= CPU_IF;
	}
	return flags_fixed(cpu, (now & keep) | (f & ~keep));
}

#endif
