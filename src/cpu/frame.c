/* frame.c - stack frames of far transfers: collected, checked as a whole,
 * then written.  */

#include "cpu/transfer.h"

#include <assert.h>

#include "cpu/access.h"
#include "cpu/descriptor.h"
#include "cpu/mmu.h"

static uint32_t sp_mask(const struct cpu *cpu, const struct cpu_segment *ss)
{
	return ss->attr & ATTR_B && cpu->model >= CPU_80386 ? 0xffffffff : 0xffff;
}

struct cpu_frame cpu_frame_here(const struct cpu *cpu, unsigned size)
{
	return (struct cpu_frame){
		.ss = cpu->seg[CPU_SS], .sp = cpu->reg[CPU_SP], .size = size };
}

/* The stack for a more privileged level (Intel 386 PRM 7.1 and 7.6; 286 PRM
 * 8.2).  */
struct cpu_frame cpu_frame_inner(struct cpu *cpu, unsigned cpl, unsigned size)
{
	bool wide = cpu->tr.attr & SYS_386;
	uint32_t off = wide ? 4 + 8 * cpl : 2 + 4 * cpl;
	struct cpu_frame f = { .size = size };
	uint16_t ss;

	if (off + (wide ? 5 : 3) > cpu->tr.limit || !(cpu->tr.attr & ATTR_P))
		cpu_raise_code(cpu, EXC_TS, cpu->tr.sel & ~SEL_RPL);
	f.sp = cpu_read_linear(cpu, cpu->tr.base + off, wide ? 4 : 2);
	ss = cpu_read_linear(cpu, cpu->tr.base + off + (wide ? 4 : 2), 2);
	f.ss = cpu_check_stack(cpu, ss, cpl, EXC_TS);
	return f;
}

void cpu_frame_add(struct cpu_frame *f, uint32_t value)
{
	assert(f->n < sizeof f->value / sizeof *f->value);
	f->value[f->n++] = value;
}

void cpu_frame_check(struct cpu *cpu, const struct cpu_frame *f, unsigned cpl, uint16_t code)
{
	uint32_t mask = sp_mask(cpu, &f->ss), sp = f->sp;

	for (unsigned i = 0; i < f->n; i++) {
		sp = (sp - f->size) & mask;
		if (!cpu_segment_holds(&f->ss, sp, f->size))
			cpu_raise_code(cpu, EXC_SS, code);
		if (cpu->watch.data)
			cpu_watch_check(cpu, f->ss.base + sp, f->size, true);
		cpu_check_linear(cpu, f->ss.base + sp, f->size, ACCESS_WRITE, cpl == 3);
	}
}

void cpu_frame_push(struct cpu *cpu, const struct cpu_frame *f)
{
	uint32_t mask = sp_mask(cpu, &f->ss), sp = f->sp;

	for (unsigned i = 0; i < f->n; i++) {
		sp = (sp - f->size) & mask;
		if (cpu->watch.data)
			cpu_watch_touch(cpu, f->ss.base + sp, f->size, true);
		cpu_write_linear_as(cpu, f->ss.base + sp, f->value[i], f->size, cpu->cpl == 3);
	}
	/* On a 16-bit stack only SP: the upper half stays the caller's, whatever the TSS has.  */
	cpu->reg[CPU_SP] = (cpu->reg[CPU_SP] & ~mask) | (sp & mask);
	cpu->seg[CPU_SS] = f->ss;
	cpu_segment_changed(cpu, CPU_SS);
}
