/* descriptor.c - reading the descriptor tables, and loading data segment
 * registers and LDTR from them.  */

#include "cpu/descriptor.h"

#include "cpu/access.h"
#include "cpu/mmu.h"

#define NULL_SEL(sel)	(!((sel) & ~SEL_RPL))

enum { ATTR_V86 = ATTR_P | ATTR_DPL | ATTR_S | ATTR_WRITE | ATTR_ACCESSED };

_Noreturn static void refuse(struct cpu *cpu, unsigned vector, uint16_t sel)
{
	cpu_raise_code(cpu, vector, sel & ~SEL_RPL);
}

/* The 80286 has no fourth word, and system descriptors of no types but 1 to 7
 * (Intel 286 PRM 6.2).  */
static uint32_t as_286(uint32_t hi)
{
	bool later = !(hi & 0x1000) && hi & SYS_386 << 8;

	return hi & (later ? 0xf0ff : 0xffff);
}

bool descriptor_find(struct cpu *cpu, uint16_t sel, struct descriptor *d)
{
	uint32_t base = sel & SEL_TI ? cpu->ldtr.base : cpu->gdtr.base;
	uint32_t limit = sel & SEL_TI ? cpu->ldtr.limit : cpu->gdtr.limit;

	if (NULL_SEL(sel) || (sel & SEL_INDEX) + 7u > limit ||
	    (sel & SEL_TI && !(cpu->ldtr.attr & ATTR_P)))
		return false;
	d->sel = sel;
	d->at = base + (sel & SEL_INDEX);
	d->lo = cpu_read_linear(cpu, d->at, 4);
	d->hi = cpu_read_linear(cpu, d->at + 4, 4);
	if (cpu->model < CPU_80386)
		d->hi = as_286(d->hi);
	return true;
}

struct descriptor descriptor_need(struct cpu *cpu, uint16_t sel, unsigned vector)
{
	struct descriptor d;

	if (!descriptor_find(cpu, sel, &d))
		refuse(cpu, vector, sel);
	return d;
}

struct descriptor descriptor_system(struct cpu *cpu, uint16_t sel, unsigned types,
				    unsigned vector)
{
	struct descriptor d;

	if (sel & SEL_TI)
		refuse(cpu, vector, sel);
	d = descriptor_need(cpu, sel, vector);
	if (descriptor_is_segment(&d) || !(types >> descriptor_type(&d) & 1))
		refuse(cpu, vector, sel);
	if (!descriptor_present(&d))
		refuse(cpu, EXC_NP, sel);
	return d;
}

struct cpu_segment descriptor_decode(uint16_t sel, uint32_t lo, uint32_t hi)
{
	struct cpu_segment s = {
		.sel = sel,
		.base = lo >> 16 | (hi & 0xff) << 16 | (hi & 0xff000000),
		.limit = (lo & 0xffff) | (hi & 0x000f0000),
		.attr = (hi >> 8 & 0xff) | (hi >> 8 & 0xf000),
	};

	if (s.attr & ATTR_G)
		s.limit = s.limit << 12 | 0xfff;
	return s;
}

struct gate descriptor_gate(const struct descriptor *d)
{
	unsigned type = descriptor_type(d);

	return (struct gate){
		.ip = (d->lo & 0xffff) | (type & SYS_386 ? d->hi & 0xffff0000 : 0),
		.sel = d->lo >> 16, .type = type, .params = d->hi & 31,
	};
}

void descriptor_set_accessed(struct cpu *cpu, const struct descriptor *d, struct cpu_segment *s)
{
	if (s->attr & ATTR_ACCESSED)
		return;
	s->attr |= ATTR_ACCESSED;
	cpu_write_linear(cpu, d->at + 5, s->attr & 0xff, 1);
}

void descriptor_set_busy(struct cpu *cpu, const struct descriptor *d, bool busy)
{
	uint8_t access = cpu_read_linear(cpu, d->at + 5, 1);

	cpu_write_linear(cpu, d->at + 5, busy ? access | SYS_BUSY : access & ~SYS_BUSY, 1);
}

/* ---- data segments (Intel 386 PRM, MOV: "Loading segment registers") ---- */

bool descriptor_readable(const struct cpu *cpu, const struct descriptor *d)
{
	unsigned dpl = descriptor_dpl(d), rpl = d->sel & SEL_RPL;

	if (!descriptor_is_segment(d))
		return false;
	if (!descriptor_is_code(d))
		return rpl <= dpl && cpu->cpl <= dpl;
	if (!(descriptor_type(d) & ATTR_WRITE))		/* execute only */
		return false;
	return descriptor_conforming(d) || (rpl <= dpl && cpu->cpl <= dpl);
}

struct cpu_segment cpu_check_stack(struct cpu *cpu, uint16_t sel, unsigned cpl, unsigned vector)
{
	struct descriptor d = descriptor_need(cpu, sel, vector);
	struct cpu_segment s;

	if ((sel & SEL_RPL) != cpl || !descriptor_is_segment(&d) || descriptor_is_code(&d) ||
	    !(descriptor_type(&d) & ATTR_WRITE) || descriptor_dpl(&d) != cpl)
		refuse(cpu, vector, sel);
	if (!descriptor_present(&d))
		refuse(cpu, EXC_SS, sel);
	s = descriptor_segment(&d);
	descriptor_set_accessed(cpu, &d, &s);
	return s;
}

static struct cpu_segment data_segment(struct cpu *cpu, uint16_t sel, unsigned vector)
{
	struct descriptor d;
	struct cpu_segment s;

	if (NULL_SEL(sel))
		return (struct cpu_segment){ .sel = sel };
	d = descriptor_need(cpu, sel, vector);
	if (!descriptor_readable(cpu, &d))
		refuse(cpu, vector, sel);
	if (!descriptor_present(&d))
		refuse(cpu, EXC_NP, sel);
	s = descriptor_segment(&d);
	descriptor_set_accessed(cpu, &d, &s);
	return s;
}

void cpu_load_data(struct cpu *cpu, unsigned seg, uint16_t sel, unsigned vector)
{
	cpu->seg[seg] = seg == CPU_SS ? cpu_check_stack(cpu, sel, cpu->cpl, vector) :
		data_segment(cpu, sel, vector);
	cpu_segment_changed(cpu, seg);
}

void cpu_load_segment(struct cpu *cpu, unsigned seg, uint16_t sel)
{
	if (cpu_protected(cpu))
		cpu_load_data(cpu, seg, sel, EXC_GP);
	else
		cpu_load_real(cpu, seg, sel);
}

void cpu_load_real(struct cpu *cpu, enum cpu_seg seg, uint16_t sel)
{
	cpu->seg[seg].sel = sel;
	cpu->seg[seg].base = sel * 16u;
	cpu->hot.rd[seg].base = cpu->hot.wr[seg].base = sel * 16u;
}

void cpu_load_v86(struct cpu *cpu, unsigned seg, uint16_t sel)
{
	cpu->seg[seg] = (struct cpu_segment){
		.sel = sel, .attr = ATTR_V86, .base = sel * 16u, .limit = 0xffff };
	cpu_segment_changed(cpu, seg);
}

/* A null selector empties LDTR; a task's LDT may be missing only so.  */
void cpu_load_ldt(struct cpu *cpu, uint16_t sel, unsigned vector)
{
	struct descriptor d;

	if (NULL_SEL(sel)) {
		cpu->ldtr = (struct cpu_segment){ .sel = sel };
		return;
	}
	if (sel & SEL_TI)
		refuse(cpu, vector, sel);
	d = descriptor_need(cpu, sel, vector);
	if (descriptor_is_segment(&d) || descriptor_type(&d) != SYS_LDT)
		refuse(cpu, vector, sel);
	if (!descriptor_present(&d))
		refuse(cpu, vector == EXC_TS ? EXC_TS : EXC_NP, sel);
	cpu->ldtr = descriptor_segment(&d);
}

void cpu_drop_privileged(struct cpu *cpu)
{
	static const uint8_t data[] = { CPU_ES, CPU_DS, CPU_FS, CPU_GS };

	for (unsigned i = 0; i < 4; i++) {
		struct cpu_segment *s = &cpu->seg[data[i]];
		unsigned dpl = (s->attr & ATTR_DPL) >> 5;
		bool conforming = (s->attr & (ATTR_S | ATTR_CODE | ATTR_DOWN)) ==
			(ATTR_S | ATTR_CODE | ATTR_DOWN);

		if (dpl >= cpu->cpl || conforming || !(s->attr & ATTR_P))
			continue;
		*s = (struct cpu_segment){ 0 };
		cpu_segment_changed(cpu, data[i]);
	}
}
