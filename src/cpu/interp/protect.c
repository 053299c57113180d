/* protect.c - the instructions that look at selectors and descriptors:
 * LLDT, LTR and their stores, VERR, VERW, LAR, LSL, ARPL (Intel 386 PRM).
 * Real and V86 mode do not know them.  */

#include "cpu/descriptor.h"
#include "cpu/interp/forms.h"
#include "cpu/interp/operand.h"
#include "cpu/mmu.h"

static void begin(struct cpu *cpu, const struct cpu_insn *in)
{
	cpu->hot.cur = in;
	if (!cpu_protected(cpu))
		cpu_raise(cpu, EXC_UD);
}

static void begin_privileged(struct cpu *cpu, const struct cpu_insn *in)
{
	begin(cpu, in);
	if (cpu->cpl)
		cpu_raise_code(cpu, EXC_GP, 0);
}

/* ZF alone.  */
static void put_zf(struct cpu *cpu, bool zf)
{
	uint32_t f = flags_get(cpu) & ~CPU_ZF;

	flags_set(cpu, zf ? f | CPU_ZF : f);
}

/* ---- LDTR and TR ---- */

#define STORE(name, w, f, reg) HANDLER(name##_##w##_##f) \
{ \
	begin(cpu, in); \
	rm_put(cpu, in, cpu->reg.sel, f == F_R ? w : W16, f); \
	return cpu_next(cpu, in); \
}
#define SLDT(name, w, f) STORE(name, w, f, ldtr)
#define STR(name, w, f) STORE(name, w, f, tr)
FORMS_WORD(SLDT, sldt)
SET_WORD(sldt);
FORMS_WORD(STR, str)
SET_WORD(str);

static void load_tr(struct cpu *cpu, uint16_t sel)
{
	struct descriptor d = descriptor_system(cpu, sel, 1u << SYS_TSS16 | 1u << SYS_TSS32,
						EXC_GP);

	descriptor_set_busy(cpu, &d, true);
	cpu->tr = descriptor_segment(&d);
	cpu->tr.attr |= SYS_BUSY;
}

#define LLDT(name, f) HANDLER(name##_##f) \
{ \
	begin_privileged(cpu, in); \
	cpu_load_ldt(cpu, rm_get(cpu, in, W16, f), EXC_GP); \
	return cpu_next(cpu, in); \
}
#define LTR(name, f) APART(name##_##f) \
{ \
	begin_privileged(cpu, in); \
	load_tr(cpu, rm_get(cpu, in, W16, f)); \
}

/* ---- questions about a selector ---- */

/* Types of system descriptors that LAR and LSL know.  */
#define LAR_TYPES	0x1a3eu
#define LSL_TYPES	0x0a0eu

static bool visible(struct cpu *cpu, uint16_t sel, unsigned system_types, struct descriptor *d)
{
	unsigned dpl;

	if (!descriptor_find(cpu, sel, d))
		return false;
	if (!descriptor_is_segment(d) && !(system_types >> descriptor_type(d) & 1))
		return false;
	if (descriptor_is_code(d) && descriptor_conforming(d))
		return true;
	dpl = descriptor_dpl(d);
	return cpu->cpl <= dpl && (sel & SEL_RPL) <= dpl;
}

static bool lar(struct cpu *cpu, uint16_t sel, uint32_t *v)
{
	struct descriptor d;

	if (!visible(cpu, sel, LAR_TYPES, &d))
		return false;
	*v = d.hi & 0x00ffff00;
	return true;
}

static bool lsl(struct cpu *cpu, uint16_t sel, uint32_t *v)
{
	struct descriptor d;

	if (!visible(cpu, sel, LSL_TYPES, &d))
		return false;
	*v = descriptor_segment(&d).limit;
	return true;
}

static bool verr(struct cpu *cpu, uint16_t sel)
{
	struct descriptor d;

	return descriptor_find(cpu, sel, &d) && descriptor_readable(cpu, &d);
}

static bool verw(struct cpu *cpu, uint16_t sel)
{
	struct descriptor d;

	return descriptor_find(cpu, sel, &d) && !descriptor_is_code(&d) &&
		descriptor_type(&d) & ATTR_WRITE && descriptor_readable(cpu, &d);
}

#define QUERY(name, w, f) APART(name##_##w##_##f) \
{ \
	uint32_t v; \
	bool good; \
\
	begin(cpu, in); \
	good = name(cpu, rm_get(cpu, in, W16, f), &v); \
	if (good) \
		reg_put(cpu, in->b, v, w); \
	put_zf(cpu, good); \
}
FORMS_WORD(QUERY, lar)
SET_WORD(lar);
FORMS_WORD(QUERY, lsl)
SET_WORD(lsl);

#define VERIFY(name, f) APART(name##_##f) \
{ \
	begin(cpu, in); \
	put_zf(cpu, name(cpu, rm_get(cpu, in, W16, f))); \
}

/* ---- ARPL ---- */

/* Memory is written only when there is something to write.  */
#define ARPL(name, f) HANDLER(name##_##f) \
{ \
	uint32_t v, rpl = reg_get(cpu, in->b, W16) & SEL_RPL; \
	bool lower; \
\
	begin(cpu, in); \
	v = rm_get(cpu, in, W16, f); \
	lower = (v & SEL_RPL) < rpl; \
	if (lower) \
		rm_put(cpu, in, (v & ~SEL_RPL) | rpl, W16, f); \
	put_zf(cpu, lower); \
	return cpu_next(cpu, in); \
}

/* One handler for whatever operand size.  */
#define WORD_ONLY(M, name) \
	M(name, F_R) M(name, F_M16) M(name, F_M32) \
	const struct cpu_handlers h_##name = { { \
		{ name##_F_R, name##_F_M16, name##_F_M32 }, \
		{ name##_F_R, name##_F_M16, name##_F_M32 }, \
		{ name##_F_R, name##_F_M16, name##_F_M32 } } }
WORD_ONLY(LLDT, lldt);
WORD_ONLY(LTR, ltr);
WORD_ONLY(VERIFY, verr);
WORD_ONLY(VERIFY, verw);
WORD_ONLY(ARPL, arpl);
