/* bcd.c - decimal adjustments.  What Intel leaves undefined follows the
 * chips (captures of the 8086 and the 80286).  */

#include "cpu/interp/operand.h"

static void set_result(struct cpu *cpu, uint8_t al, bool cf, bool af, bool of)
{
	flags_put(cpu, al, W8, cf, of);
	cpu->hot.fcar |= af ? FCAR_AF : 0;
	reg_put(cpu, PLACE_AL, al, W8);
}

/* What undefined flags are after a sum of bytes on the 386: measured by the
 * authors of test386.asm.  Of later ones nothing is known.  */
static bool sums_carefully(const struct cpu *cpu)
{
	return cpu->model >= CPU_80386;
}

static void adjust_packed(struct cpu *cpu, int sign)
{
	uint8_t old = reg_get(cpu, PLACE_AL, W8), al = old;
	/* The 8086 looks at AF for the upper digit's bound.  */
	uint8_t bound = cpu->model == CPU_8086 && flag_af(cpu) ? 0x9f : 0x99;
	bool low = (old & 15) > 9 || flag_af(cpu), high = old > bound || flag_cf(cpu);
	bool carry = high;

	if (low)
		al += sign * 6;
	if (low && sign < 0 && old < 6 && cpu->model != CPU_8086)
		carry = true;		/* the low digit's borrow */
	if (high)
		al += sign * 0x60;
	set_result(cpu, al, carry, low, (sign > 0 ? ~old & al : old & ~al) & 0x80);
}

HANDLER(daa)
{
	adjust_packed(cpu, 1);
	return cpu_next(cpu, in);
}
SET_ONE(h_daa, daa);

HANDLER(das)
{
	adjust_packed(cpu, -1);
	return cpu_next(cpu, in);
}
SET_ONE(h_das, das);

/* AAA and AAS: the 8086 adjusts AL and AH apart, the 80286 and later add to
 * AX as a whole.  */
static void adjust_unpacked(struct cpu *cpu, int sign)
{
	uint16_t ax = reg_get(cpu, CPU_AX, W16);
	uint8_t old = ax, al = old + sign * 6;
	bool adjust = (ax & 15) > 9 || flag_af(cpu);
	bool of = (sign > 0 ? ~old & al : old & ~al) & 0x80;

	if (adjust && cpu->model < CPU_80286)
		ax = (uint16_t)(((ax >> 8) + (unsigned)sign) << 8) | ((ax + sign * 6) & 0xff);
	else if (adjust)
		ax += sign * 0x106;
	flags_put(cpu, ax & 0xff, W8, adjust, adjust && of && sums_carefully(cpu));
	cpu->hot.fcar |= adjust ? FCAR_AF : 0;
	reg_put(cpu, CPU_AX, ax & 0xff0f, W16);
}

HANDLER(aaa)
{
	adjust_unpacked(cpu, 1);
	return cpu_next(cpu, in);
}
SET_ONE(h_aaa, aaa);

HANDLER(aas)
{
	adjust_unpacked(cpu, -1);
	return cpu_next(cpu, in);
}
SET_ONE(h_aas, aas);

HANDLER(aam)
{
	uint8_t al = reg_get(cpu, PLACE_AL, W8);

	cpu->hot.cur = in;
	if (!in->imm) {
		/* What the chips show: the first step of their division on the
		 * 80286, nothing on the 8086.  Later ones leave flags alone.  */
		if (cpu->model < CPU_80386)
			flags_put(cpu, cpu->model == CPU_8086 ? 0 : al >> 1, W8,
				  false, false);
		cpu_raise(cpu, EXC_DE);
	}
	reg_put(cpu, PLACE_AH, al / in->imm, W8);
	set_result(cpu, al % in->imm, false, false, false);
	return cpu_next(cpu, in);
}
SET_ONE(h_aam, aam);

HANDLER(aad)
{
	uint8_t al = reg_get(cpu, PLACE_AL, W8), more = reg_get(cpu, PLACE_AH, W8) * in->imm;
	uint8_t r = al + more;

	reg_put(cpu, PLACE_AH, 0, W8);
	if (sums_carefully(cpu))
		set_result(cpu, r, r < al, (al ^ more ^ r) & 0x10, ~(al ^ more) & (al ^ r) & 0x80);
	else
		set_result(cpu, r, false, false, false);
	return cpu_next(cpu, in);
}
SET_ONE(h_aad, aad);

HANDLER(salc)
{
	reg_put(cpu, PLACE_AL, flag_cf(cpu) ? 0xff : 0, W8);
	return cpu_next(cpu, in);
}
SET_ONE(h_salc, salc);

/* ---- single flags ---- */

HANDLER(clc)
{
	flag_set_cf(cpu, false);
	return cpu_next(cpu, in);
}
SET_ONE(h_clc, clc);

HANDLER(stc)
{
	flag_set_cf(cpu, true);
	return cpu_next(cpu, in);
}
SET_ONE(h_stc, stc);

HANDLER(cmc)
{
	flag_set_cf(cpu, !flag_cf(cpu));
	return cpu_next(cpu, in);
}
SET_ONE(h_cmc, cmc);

HANDLER(cld)
{
	cpu->flags &= ~CPU_DF;
	return cpu_next(cpu, in);
}
SET_ONE(h_cld, cld);

HANDLER(std)
{
	cpu->flags |= CPU_DF;
	return cpu_next(cpu, in);
}
SET_ONE(h_std, std);

HANDLER(sahf)
{
	uint32_t f = flags_arith(cpu) & CPU_OF;

	flags_set_arith(cpu, f | reg_get(cpu, PLACE_AH, W8));
	return cpu_next(cpu, in);
}
SET_ONE(h_sahf, sahf);

HANDLER(lahf)
{
	reg_put(cpu, PLACE_AH, (flags_arith(cpu) & 0xff) | 2, W8);
	return cpu_next(cpu, in);
}
SET_ONE(h_lahf, lahf);
