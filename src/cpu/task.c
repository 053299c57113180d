/* task.c - task switches (Intel 386 PRM chapter 7, 286 PRM chapter 8).
 *
 * Up to the point where the new task's registers are loaded everything is
 * checked first, and raised in the old task.  What is wrong with the new
 * task's segments is raised in the new one.  */

#include "cpu/transfer.h"

#include "cpu/access.h"
#include "cpu/debug.h"
#include "cpu/descriptor.h"
#include "cpu/flags.h"
#include "cpu/mmu.h"

#define TSS_TRAP	1u

/* Where a TSS has what; the 286's and the 386's (figures 8-1 and 7-1).  */
struct layout {
	uint8_t size;			/* bytes of a register */
	uint8_t seg_step;		/* bytes from one selector to the next */
	uint8_t segs;
	uint8_t ip, flags, reg, seg, ldt;
	uint8_t limit;			/* at the least */
};

static const struct layout layout16 = {
	.size = 2, .seg_step = 2, .segs = 4,
	.ip = 0x0e, .flags = 0x10, .reg = 0x12, .seg = 0x22, .ldt = 0x2a, .limit = 0x2b };
static const struct layout layout32 = {
	.size = 4, .seg_step = 4, .segs = 6,
	.ip = 0x20, .flags = 0x24, .reg = 0x28, .seg = 0x48, .ldt = 0x60, .limit = 0x67 };

enum { TSS_LINK = 0, TSS_CR3 = 0x1c, TSS_T = 0x64 };

/* All that a task brings.  */
struct task {
	uint32_t cr3, ip, flags, reg[8];
	uint16_t seg[6], ldt;
	bool trap;
};

static const struct layout *layout_of(unsigned type)
{
	return type & SYS_386 ? &layout32 : &layout16;
}

static void save(struct cpu *cpu, const struct layout *l, uint32_t flags, uint32_t ip)
{
	uint32_t tss = cpu->tr.base;

	cpu_write_linear(cpu, tss + l->ip, ip, l->size);
	cpu_write_linear(cpu, tss + l->flags, flags, l->size);
	for (unsigned i = 0; i < 8; i++)
		cpu_write_linear(cpu, tss + l->reg + i * l->size, cpu->reg[i], l->size);
	for (unsigned i = 0; i < l->segs; i++)
		cpu_write_linear(cpu, tss + l->seg + i * l->seg_step, cpu->seg[i].sel, 2);
}

/* The upper halves are ones when a 286's TSS is loaded (seen on silicon).  */
static struct task read_task(struct cpu *cpu, const struct layout *l, uint32_t tss)
{
	uint32_t high = l->size == 2 && cpu->model >= CPU_80386 ? 0xffff0000 : 0;
	struct task t = {
		.cr3 = cpu->cr[3],
		.ip = cpu_read_linear(cpu, tss + l->ip, l->size),
		.flags = cpu_read_linear(cpu, tss + l->flags, l->size),
		.ldt = cpu_read_linear(cpu, tss + l->ldt, 2),
	};

	for (unsigned i = 0; i < 8; i++)
		t.reg[i] = cpu_read_linear(cpu, tss + l->reg + i * l->size, l->size) | high;
	for (unsigned i = 0; i < l->segs; i++)
		t.seg[i] = cpu_read_linear(cpu, tss + l->seg + i * l->seg_step, 2);
	if (l == &layout32) {
		t.cr3 = cpu_read_linear(cpu, tss + TSS_CR3, 4);
		t.trap = cpu_read_linear(cpu, tss + TSS_T, 2) & TSS_TRAP;
	}
	return t;
}

static struct descriptor descriptor_of_tr(struct cpu *cpu)
{
	return (struct descriptor){
		.sel = cpu->tr.sel, .at = cpu->gdtr.base + (cpu->tr.sel & SEL_INDEX) };
}

static void load_code(struct cpu *cpu, uint16_t sel, uint32_t ip)
{
	struct descriptor d = descriptor_need(cpu, sel, EXC_TS);
	unsigned rpl = sel & SEL_RPL, dpl = descriptor_dpl(&d);

	if (!descriptor_is_code(&d) || (descriptor_conforming(&d) ? dpl > rpl : dpl != rpl))
		cpu_raise_code(cpu, EXC_TS, sel & ~SEL_RPL);
	if (!descriptor_present(&d))
		cpu_raise_code(cpu, EXC_NP, sel & ~SEL_RPL);
	cpu_enter_code(cpu, &d, rpl, ip);
}

/* The new task's registers, its segment registers not yet usable.  */
static void load_registers(struct cpu *cpu, const struct task *t)
{
	for (unsigned i = 0; i < 8; i++)
		cpu->reg[i] = t->reg[i];
	flags_set(cpu, flags_fixed(cpu, t->flags));
	for (unsigned i = 0; i < 6; i++) {
		cpu->seg[i] = (struct cpu_segment){ .sel = t->seg[i] };
		cpu_segment_changed(cpu, i);
	}
	cpu->ldtr = (struct cpu_segment){ .sel = t->ldt };
	cpu->ip = t->ip;
}

static void load_segments(struct cpu *cpu, const struct task *t)
{
	static const uint8_t data[] = { CPU_SS, CPU_DS, CPU_ES, CPU_FS, CPU_GS };

	cpu_load_ldt(cpu, t->ldt, EXC_TS);
	if (cpu->flags & CPU_VM) {
		cpu_set_cpl(cpu, 3);
		for (unsigned i = 0; i < 6; i++)
			cpu_load_v86(cpu, i, t->seg[i]);
		return;
	}
	load_code(cpu, t->seg[CPU_CS], t->ip);
	for (unsigned i = 0; i < 5; i++)
		cpu_load_data(cpu, data[i], t->seg[data[i]], EXC_TS);
}

/* The new task is current, and complete; what remains can fail in it.  */
static void arrive(struct cpu *cpu, const struct layout *l, const struct task *t,
		   const struct cpu_event *ev)
{
	struct cpu_frame f;

	load_segments(cpu, t);
	if (ev && ev->has_code) {
		f = cpu_frame_here(cpu, l->size);
		cpu_frame_add(&f, ev->code);
		cpu_frame_check(cpu, &f, cpu->cpl, 0);
		cpu_frame_push(cpu, &f);
	}
	if (cpu->ip > cpu->hot.code_limit)
		cpu_raise_code(cpu, EXC_GP, 0);
	if (t->trap) {
		cpu->dr[6] |= DR6_BT;
		cpu_raise(cpu, EXC_DB);
	}
}

void cpu_switch_task(struct cpu *cpu, const struct descriptor *d, enum task_switch why,
		     uint32_t ip, const struct cpu_event *ev)
{
	struct cpu_segment tss = descriptor_segment(d);
	const struct layout *l = layout_of(tss.attr), *old = layout_of(cpu->tr.attr);
	struct descriptor leaving = descriptor_of_tr(cpu);
	bool nested = why == TASK_CALL || why == TASK_INTERRUPT;
	uint32_t flags = ev ? cpu_event_flags(cpu, ev) : flags_get(cpu);
	struct task t;

	if (tss.limit < l->limit)
		cpu_raise_code(cpu, EXC_TS, d->sel & ~SEL_RPL);
	cpu_check_linear(cpu, tss.base, l->limit + 1, nested ? ACCESS_WRITE : ACCESS_READ, false);
	cpu_check_linear(cpu, cpu->tr.base, old->limit + 1, ACCESS_WRITE, false);
	cpu_check_linear(cpu, leaving.at + 5, 1, ACCESS_WRITE, false);
	cpu_check_linear(cpu, d->at + 5, 1, ACCESS_WRITE, false);

	t = read_task(cpu, l, tss.base);
	save(cpu, old, why == TASK_IRET ? flags & ~CPU_NT : flags, ip);
	if (!nested)
		descriptor_set_busy(cpu, &leaving, false);
	if (nested) {
		cpu_write_linear(cpu, tss.base + TSS_LINK, cpu->tr.sel, 2);
		t.flags |= CPU_NT;
	}
	if (why != TASK_IRET)
		descriptor_set_busy(cpu, d, true);
	cpu->tr = tss;
	cpu->tr.attr |= SYS_BUSY;
	cpu->cr[0] |= CR0_TS;
	cpu_debug_switch(cpu);
	load_registers(cpu, &t);
	if (cpu_paging(cpu) && cpu->cr[3] != t.cr3) {
		cpu->cr[3] = t.cr3;
		cpu_paging_changed(cpu);
	}
	cpu_retire(cpu, t.ip);
	arrive(cpu, l, &t, ev);
}
