/* transfer.c - far JMP, CALL, RET and IRET of protected mode (Intel 386 PRM
 * chapters 6 and 7, and the instructions' pages).  */

#include "cpu/transfer.h"

#include "cpu/access.h"
#include "cpu/descriptor.h"
#include "cpu/flags.h"
#include "cpu/mmu.h"

#define TSS_TYPES	(1u << SYS_TSS16 | 1u << SYS_TSS32)
#define TSS_BUSY_TYPES	(1u << SYS_TSS16_BUSY | 1u << SYS_TSS32_BUSY)

_Noreturn static void refuse(struct cpu *cpu, unsigned vector, uint16_t sel)
{
	cpu_raise_code(cpu, vector, sel & ~SEL_RPL);
}

void cpu_check_entry(struct cpu *cpu, const struct descriptor *d, uint32_t ip)
{
	if (ip > descriptor_segment(d).limit)
		cpu_raise_code(cpu, EXC_GP, 0);
}

void cpu_enter_code(struct cpu *cpu, const struct descriptor *d, unsigned cpl, uint32_t ip)
{
	struct cpu_segment s = descriptor_segment(d);

	descriptor_set_accessed(cpu, d, &s);
	s.sel = (s.sel & ~SEL_RPL) | cpl;
	cpu->seg[CPU_CS] = s;
	cpu_set_cpl(cpu, cpl);
	cpu_segment_changed(cpu, CPU_CS);
	cpu->ip = ip;
}

/* May a JMP or CALL at this privilege go straight into it?  */
static void check_direct(struct cpu *cpu, const struct descriptor *d)
{
	unsigned dpl = descriptor_dpl(d), rpl = d->sel & SEL_RPL;

	if (descriptor_conforming(d) ? dpl > cpu->cpl : rpl > cpu->cpl || dpl != cpu->cpl)
		refuse(cpu, EXC_GP, d->sel);
	if (!descriptor_present(d))
		refuse(cpu, EXC_NP, d->sel);
}

/* A gate, or a TSS, may be used from here.  */
static void check_use(struct cpu *cpu, const struct descriptor *d)
{
	if (descriptor_dpl(d) < cpu->cpl || descriptor_dpl(d) < (d->sel & SEL_RPL))
		refuse(cpu, EXC_GP, d->sel);
}

/* The code that a call gate leads to.  */
static struct descriptor gate_target(struct cpu *cpu, const struct gate *gate)
{
	struct descriptor d = descriptor_need(cpu, gate->sel, EXC_GP);

	if (!descriptor_is_code(&d) || descriptor_dpl(&d) > cpu->cpl)
		refuse(cpu, EXC_GP, gate->sel);
	if (!descriptor_present(&d))
		refuse(cpu, EXC_NP, gate->sel);
	return d;
}

/* JMP or CALL to a TSS or through a task gate.  */
static void to_task(struct cpu *cpu, const struct descriptor *d, enum task_switch why,
		    uint32_t next)
{
	struct descriptor tss = *d;

	check_use(cpu, d);
	if (!descriptor_present(d))
		refuse(cpu, EXC_NP, d->sel);
	if (descriptor_type(d) == SYS_TASK_GATE)
		tss = descriptor_system(cpu, descriptor_gate(d).sel, TSS_TYPES, EXC_GP);
	else if (d->sel & SEL_TI)
		refuse(cpu, EXC_GP, d->sel);
	cpu_switch_task(cpu, &tss, why, next, NULL);
}

static bool leads_to_task(const struct descriptor *d)
{
	unsigned types = TSS_TYPES | 1u << SYS_TASK_GATE;

	return !descriptor_is_segment(d) && types >> descriptor_type(d) & 1;
}

/* A call gate at this selector, usable from here.  */
static struct gate call_gate(struct cpu *cpu, const struct descriptor *d)
{
	unsigned types = 1u << SYS_CALL16 | 1u << SYS_CALL32;

	if (descriptor_is_segment(d) || !(types >> descriptor_type(d) & 1))
		refuse(cpu, EXC_GP, d->sel);
	check_use(cpu, d);
	if (!descriptor_present(d))
		refuse(cpu, EXC_NP, d->sel);
	return descriptor_gate(d);
}

void cpu_jump_far(struct cpu *cpu, uint16_t sel, uint32_t ip, uint32_t next)
{
	struct descriptor d = descriptor_need(cpu, sel, EXC_GP);
	struct gate gate;

	if (leads_to_task(&d)) {
		to_task(cpu, &d, TASK_JMP, next);
		return;
	}
	if (descriptor_is_code(&d)) {
		check_direct(cpu, &d);
	} else {
		gate = call_gate(cpu, &d);
		d = gate_target(cpu, &gate);
		if (!descriptor_conforming(&d) && descriptor_dpl(&d) != cpu->cpl)
			refuse(cpu, EXC_GP, d.sel);
		ip = gate.ip;
	}
	cpu_check_entry(cpu, &d, ip);
	cpu_enter_code(cpu, &d, cpu->cpl, ip);
}

/* ---- CALL ---- */

static void call_same(struct cpu *cpu, const struct descriptor *d, uint32_t ip, uint32_t next,
		      unsigned size)
{
	struct cpu_frame f = cpu_frame_here(cpu, size);

	cpu_frame_add(&f, cpu->seg[CPU_CS].sel);
	cpu_frame_add(&f, next);
	cpu_frame_check(cpu, &f, cpu->cpl, 0);
	cpu_check_entry(cpu, d, ip);
	cpu_enter_code(cpu, d, cpu->cpl, ip);
	cpu_frame_push(cpu, &f);
}

/* The parameters are copied from the old stack to the new one.  */
static void call_inner(struct cpu *cpu, const struct descriptor *d, const struct gate *gate,
		       uint32_t next)
{
	unsigned cpl = descriptor_dpl(d), size = gate->type & SYS_386 ? 4 : 2;
	struct cpu_frame f = cpu_frame_inner(cpu, cpl, size);
	uint32_t mask = cpu->hot.stack32 ? 0xffffffff : 0xffff;

	cpu_frame_add(&f, cpu->seg[CPU_SS].sel);
	cpu_frame_add(&f, cpu->reg[CPU_SP]);
	for (unsigned i = gate->params; i-- > 0;)
		cpu_frame_add(&f, cpu_read(cpu, CPU_SS, (cpu->reg[CPU_SP] + i * size) & mask,
					   size));
	cpu_frame_add(&f, cpu->seg[CPU_CS].sel);
	cpu_frame_add(&f, next);
	cpu_frame_check(cpu, &f, cpl, f.ss.sel & ~SEL_RPL);
	cpu_check_entry(cpu, d, gate->ip);
	cpu_enter_code(cpu, d, cpl, gate->ip);
	cpu_frame_push(cpu, &f);
}

void cpu_call_far(struct cpu *cpu, uint16_t sel, uint32_t ip, uint32_t next, unsigned size)
{
	struct descriptor d = descriptor_need(cpu, sel, EXC_GP);
	struct gate gate;

	if (leads_to_task(&d)) {
		to_task(cpu, &d, TASK_CALL, next);
	} else if (descriptor_is_code(&d)) {
		check_direct(cpu, &d);
		call_same(cpu, &d, ip, next, size);
	} else {
		gate = call_gate(cpu, &d);
		d = gate_target(cpu, &gate);
		if (!descriptor_conforming(&d) && descriptor_dpl(&d) < cpu->cpl)
			call_inner(cpu, &d, &gate, next);
		else
			call_same(cpu, &d, gate.ip, next, gate.type & SYS_386 ? 4 : 2);
	}
}

/* ---- RET and IRET ---- */

static uint32_t stack_word(struct cpu *cpu, unsigned off, unsigned size)
{
	uint32_t sp = cpu->reg[CPU_SP] + off;

	return cpu_read(cpu, CPU_SS, cpu->hot.stack32 ? sp : (uint16_t)sp, size);
}

static void put_sp(struct cpu *cpu, uint32_t sp)
{
	uint32_t mask = cpu->hot.stack32 ? 0xffffffff : 0xffff;

	cpu->reg[CPU_SP] = (cpu->reg[CPU_SP] & ~mask) | (sp & mask);
}

/* The code segment that a return may go to: the RPL says with which privilege.  */
static struct descriptor return_target(struct cpu *cpu, uint16_t sel)
{
	struct descriptor d = descriptor_need(cpu, sel, EXC_GP);
	unsigned rpl = sel & SEL_RPL, dpl = descriptor_dpl(&d);

	if (!descriptor_is_code(&d) || rpl < cpu->cpl ||
	    (descriptor_conforming(&d) ? dpl > rpl : dpl != rpl))
		refuse(cpu, EXC_GP, sel);
	if (!descriptor_present(&d))
		refuse(cpu, EXC_NP, sel);
	return d;
}

/* Go back to cs:ip, which lay on the stack with `frame' bytes in all, then
 * `release' bytes of parameters, then, for an outer level, the old SS:SP.  */
static void go_back(struct cpu *cpu, uint16_t cs, uint32_t ip, unsigned frame,
		    unsigned release, unsigned size)
{
	struct descriptor d = return_target(cpu, cs);
	unsigned cpl = cs & SEL_RPL;
	struct cpu_segment ss;
	uint32_t sp;

	if (cpl == cpu->cpl) {
		cpu_check_entry(cpu, &d, ip);
		cpu_enter_code(cpu, &d, cpl, ip);
		put_sp(cpu, cpu->reg[CPU_SP] + frame + release);
		return;
	}
	sp = stack_word(cpu, frame + release, size);
	ss = cpu_check_stack(cpu, stack_word(cpu, frame + release + size, size), cpl, EXC_GP);
	cpu_check_entry(cpu, &d, ip);
	cpu_enter_code(cpu, &d, cpl, ip);
	cpu->seg[CPU_SS] = ss;
	cpu_segment_changed(cpu, CPU_SS);
	put_sp(cpu, sp + release);
	cpu_drop_privileged(cpu);
}

void cpu_return_far(struct cpu *cpu, unsigned release, unsigned size)
{
	uint32_t ip = stack_word(cpu, 0, size);

	go_back(cpu, stack_word(cpu, size, size), ip, 2 * size, release, size);
}

/* The frame of nine dwords that an interrupt from V86 mode has left.  */
static void return_v86(struct cpu *cpu, uint32_t flags)
{
	static const uint8_t seg[] = { CPU_CS, CPU_SS, CPU_ES, CPU_DS, CPU_FS, CPU_GS };
	static const uint8_t at[] = { 4, 16, 20, 24, 28, 32 };
	uint32_t ip = stack_word(cpu, 0, 4), sp = stack_word(cpu, 12, 4);
	uint16_t sel[6];

	for (unsigned i = 0; i < 6; i++)
		sel[i] = stack_word(cpu, at[i], 4);
	if (ip > 0xffff)
		cpu_raise_code(cpu, EXC_GP, 0);
	flags_set(cpu, flags_fixed(cpu, flags | CPU_VM));
	for (unsigned i = 0; i < 6; i++)
		cpu_load_v86(cpu, seg[i], sel[i]);
	cpu_set_cpl(cpu, 3);
	cpu->reg[CPU_SP] = sp;
	cpu->ip = ip;
}

/* NT: back to the task that called this one.  */
static void return_task(struct cpu *cpu, uint32_t next)
{
	uint16_t link = cpu_read_linear(cpu, cpu->tr.base, 2);
	struct descriptor d = descriptor_system(cpu, link, TSS_BUSY_TYPES, EXC_TS);

	cpu_switch_task(cpu, &d, TASK_IRET, next, NULL);
}

void cpu_return_interrupt(struct cpu *cpu, uint32_t next, unsigned size)
{
	uint32_t ip, flags, keep = size == 2 ? 0xffff0000 : CPU_VM;
	uint16_t cs;

	if (cpu->flags & CPU_NT) {
		return_task(cpu, next);
		return;
	}
	ip = stack_word(cpu, 0, size);
	cs = stack_word(cpu, size, size);
	flags = stack_word(cpu, 2 * size, size);
	if (size == 4 && flags & CPU_VM && !cpu->cpl) {
		return_v86(cpu, flags);
		return;
	}
	flags = flags_loaded(cpu, flags, keep);
	go_back(cpu, cs, ip, 3 * size, 0, size);
	flags_set(cpu, flags);
}
