/* segment.c - loading segment registers: real mode's shift, protected
 * mode's descriptors.  */

#include "cpu/interp/forms.h"
#include "cpu/interp/operand.h"
#include "cpu/mmu.h"

#define SEL_TI		4u	/* table indicator: the LDT */
#define SEL_INDEX	0xfff8u

void cpu_load_real(struct cpu *cpu, enum cpu_seg seg, uint16_t sel)
{
	cpu->seg[seg].sel = sel;
	cpu->seg[seg].base = sel * 16u;
	cpu->hot.rd[seg].base = cpu->hot.wr[seg].base = sel * 16u;
}

static bool protected_mode(const struct cpu *cpu)
{
	return cpu->cr[0] & CR0_PE && !(cpu->flags & CPU_VM);
}

/* The descriptor's linear address; raises if it lies outside its table.  */
static uint32_t descriptor_at(struct cpu *cpu, uint16_t sel)
{
	uint32_t base = sel & SEL_TI ? cpu->ldtr.base : cpu->gdtr.base;
	uint32_t limit = sel & SEL_TI ? cpu->ldtr.limit : cpu->gdtr.limit;

	if ((sel & SEL_INDEX) + 7u > limit || (sel & SEL_TI && !(cpu->ldtr.attr & ATTR_P)))
		cpu_raise_code(cpu, EXC_GP, sel & ~3u);
	return base + (sel & SEL_INDEX);
}

/* Intel 386 PRM, figure 5-3; the 80286 has no third word.  */
static struct cpu_segment descriptor_read(struct cpu *cpu, uint16_t sel, uint32_t at)
{
	uint32_t lo = cpu_read_linear(cpu, at, 4), hi = cpu_read_linear(cpu, at + 4, 4);
	struct cpu_segment s = { .sel = sel };

	if (cpu->model < CPU_80386)
		hi &= 0xffff;
	s.base = lo >> 16 | (hi & 0xff) << 16 | (hi & 0xff000000);
	s.limit = (lo & 0xffff) | (hi & 0x000f0000);
	s.attr = (hi >> 8 & 0xff) | (hi >> 8 & 0xf000);
	if (s.attr & ATTR_G)
		s.limit = s.limit << 12 | 0xfff;
	return s;
}

static void set_accessed(struct cpu *cpu, struct cpu_segment *s, uint32_t at)
{
	if (s->attr & ATTR_ACCESSED)
		return;
	s->attr |= ATTR_ACCESSED;
	cpu_write_linear(cpu, at + 5, s->attr & 0xff, 1);
}

/* Which rule of "Loading segment registers" (Intel 386 PRM, MOV) is broken.  */
static bool data_allowed(const struct cpu *cpu, unsigned seg, const struct cpu_segment *s)
{
	unsigned dpl = (s->attr & ATTR_DPL) >> 5, rpl = s->sel & 3;
	bool code = s->attr & ATTR_CODE;

	if (!(s->attr & ATTR_S))
		return false;
	if (seg == CPU_SS)
		return !code && s->attr & ATTR_WRITE && rpl == cpu->cpl && dpl == cpu->cpl;
	if (code && !(s->attr & ATTR_WRITE))
		return false;
	return (code && s->attr & ATTR_DOWN) || (rpl <= dpl && cpu->cpl <= dpl);
}

static void load_data(struct cpu *cpu, unsigned seg, uint16_t sel)
{
	struct cpu_segment s = { .sel = sel };
	uint32_t at;

	if (!(sel & ~3u)) {
		if (seg == CPU_SS)
			cpu_raise_code(cpu, EXC_GP, 0);
	} else {
		at = descriptor_at(cpu, sel);
		s = descriptor_read(cpu, sel, at);
		if (!data_allowed(cpu, seg, &s))
			cpu_raise_code(cpu, EXC_GP, sel & ~3u);
		if (!(s.attr & ATTR_P))
			cpu_raise_code(cpu, seg == CPU_SS ? EXC_SS : EXC_NP, sel & ~3u);
		set_accessed(cpu, &s, at);
	}
	cpu->seg[seg] = s;
	cpu_segment_changed(cpu, seg);
}

void cpu_load_segment(struct cpu *cpu, unsigned seg, uint16_t sel)
{
	if (protected_mode(cpu))
		load_data(cpu, seg, sel);
	else
		cpu_load_real(cpu, seg, sel);
}

/* Same privilege only: a code segment, no gate (Intel 386 PRM, JMP).  */
static void load_code(struct cpu *cpu, uint16_t sel, uint32_t ip)
{
	struct cpu_segment s;
	uint32_t at;
	unsigned dpl;

	if (!(sel & ~3u))
		cpu_raise_code(cpu, EXC_GP, 0);
	at = descriptor_at(cpu, sel);
	s = descriptor_read(cpu, sel, at);
	dpl = (s.attr & ATTR_DPL) >> 5;
	if ((s.attr & (ATTR_S | ATTR_CODE)) != (ATTR_S | ATTR_CODE) ||
	    (s.attr & ATTR_DOWN ? dpl > cpu->cpl : dpl != cpu->cpl || (sel & 3) > cpu->cpl))
		cpu_raise_code(cpu, EXC_GP, sel & ~3u);
	if (!(s.attr & ATTR_P))
		cpu_raise_code(cpu, EXC_NP, sel & ~3u);
	if (ip > s.limit)
		cpu_raise_code(cpu, EXC_GP, 0);
	set_accessed(cpu, &s, at);
	s.sel = (sel & ~3u) | cpu->cpl;
	cpu->seg[CPU_CS] = s;
	cpu_segment_changed(cpu, CPU_CS);
}

void cpu_load_code(struct cpu *cpu, uint16_t sel, uint32_t ip)
{
	if (protected_mode(cpu)) {
		load_code(cpu, sel, ip);
		return;
	}
	if (ip > cpu->seg[CPU_CS].limit)
		cpu_raise_code(cpu, EXC_GP, 0);
	cpu_load_real(cpu, CPU_CS, sel);
}

/* ---- MOV ---- */

/* To a 32-bit register the selector is extended with zeros; memory gets 16
 * bits always.  */
#define MOV_ES(name, w, f) HANDLER(name##_##w##_##f) \
{ \
	cpu->hot.cur = in; \
	rm_put(cpu, in, cpu->seg[in->b].sel, f == F_R ? w : W16, f); \
	return cpu_next(cpu, in); \
}
FORMS_WORD(MOV_ES, mov_es)
SET_WORD(mov_es);

static const struct cpu_insn *loaded(struct cpu *cpu, const struct cpu_insn *in)
{
	if (in->b == CPU_SS && cpu->hot.stepping)
		cpu->hot.no_trap = cpu->shadow = true;
	return cpu_next(cpu, in);
}

#define MOV_SE(name, f) HANDLER(name##_##f) \
{ \
	cpu->hot.cur = in; \
	cpu_load_segment(cpu, in->b, rm_get(cpu, in, W16, f)); \
	return loaded(cpu, in); \
}
MOV_SE(mov_se, F_R)
MOV_SE(mov_se, F_M16)
MOV_SE(mov_se, F_M32)
const struct cpu_handlers h_mov_se = { {
	[W16] = { mov_se_F_R, mov_se_F_M16, mov_se_F_M32 },
	[W32] = { mov_se_F_R, mov_se_F_M16, mov_se_F_M32 } } };

/* The 8086 even loads CS, and goes on there.  */
#define MOV_SE_8086(name, f) HANDLER(name##_##f) \
{ \
	uint16_t ip = insn_next_ip(cpu, in); \
\
	cpu->hot.cur = in; \
	cpu_load_real(cpu, in->b, rm_get(cpu, in, W16, f)); \
	if (cpu->hot.stepping && in->b == CPU_SS) \
		cpu->hot.no_trap = cpu->shadow = true; \
	return cpu_jump_slow(cpu, in, ip); \
}
MOV_SE_8086(mov_se_8086, F_R)
MOV_SE_8086(mov_se_8086, F_M16)
const struct cpu_handlers h_mov_se_8086 = {
	{ [W16] = { mov_se_8086_F_R, mov_se_8086_F_M16, NULL } } };

/* ---- LDS, LES, LSS, LFS, LGS ---- */

static always_inline const struct cpu_insn *
load_far(struct cpu *cpu, const struct cpu_insn *in, unsigned seg, enum width w, enum form f)
{
	uint32_t off = insn_ea(cpu, in, f), v;
	uint16_t sel;

	cpu->hot.cur = in;
	v = cpu_read(cpu, in->seg, off, width_bytes(w));
	sel = cpu_read16(cpu, in->seg, insn_part(cpu, off, width_bytes(w), f));
	cpu_load_segment(cpu, seg, sel);
	reg_put(cpu, in->b, v, w);
	return cpu_next(cpu, in);
}

#define LOAD_FAR_FORM(name, seg, w, f) HANDLER(name##_##w##_##f) \
	{ return load_far(cpu, in, seg, w, f); }
#define LOAD_FAR(name, seg) \
	LOAD_FAR_FORM(name, seg, W16, F_M16) LOAD_FAR_FORM(name, seg, W16, F_M32) \
	LOAD_FAR_FORM(name, seg, W32, F_M16) LOAD_FAR_FORM(name, seg, W32, F_M32) \
	SET_MEMORY_WORD(name)
LOAD_FAR(les, CPU_ES);
LOAD_FAR(lds, CPU_DS);
LOAD_FAR(lss, CPU_SS);
LOAD_FAR(lfs, CPU_FS);
LOAD_FAR(lgs, CPU_GS);

/* With a register operand the 8086 reads at whatever address it computed
 * last: unpredictable, so nothing.  */
HANDLER(load_far_register)
{
	return cpu_next(cpu, in);
}
const struct cpu_handlers h_les_8086 = {
	{ [W16] = { load_far_register, les_W16_F_M16, NULL } } };
const struct cpu_handlers h_lds_8086 = {
	{ [W16] = { load_far_register, lds_W16_F_M16, NULL } } };
