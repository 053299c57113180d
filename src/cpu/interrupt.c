/* interrupt.c - delivery of interrupts and exceptions: by real mode's vector
 * table, or through the gates of the IDT (Intel 286 PRM 5.2, 386 PRM chapter 9
 * and 15.3).  */

#include "cpu/transfer.h"

#include "cpu/access.h"
#include "cpu/descriptor.h"
#include "cpu/flags.h"
#include "cpu/mmu.h"

#define IDT_BIT		2u		/* of an error code: the selector is a vector */
#define TSS_TYPES	(1u << SYS_TSS16 | 1u << SYS_TSS32)

/* ---- by a table of far pointers ---- */

static uint32_t stack_at(const struct cpu *cpu, uint32_t delta)
{
	uint32_t sp = cpu->reg[CPU_SP] + delta;

	return cpu->hot.stack32 ? sp : (uint16_t)sp;
}

/* The frame is three words.  */
static void push_return(struct cpu *cpu, uint32_t ip, uint16_t flags)
{
	uint16_t word[3] = { ip, cpu->seg[CPU_CS].sel, flags };
	uint32_t sp = stack_at(cpu, -6);
	uint8_t *room = cpu_ptr_write(cpu, CPU_SS, sp, 6);

	for (unsigned i = 0; !room && i < 3; i++)
		cpu_check_write(cpu, CPU_SS, stack_at(cpu, 2 * i - 6), 2);
	for (unsigned i = 0; i < 3; i++) {
		if (room)
			cpu_store(room + 2 * i, word[i], 2);
		else
			cpu_write16(cpu, CPU_SS, stack_at(cpu, 2 * i - 6), word[i]);
	}
	if (cpu->hot.stack32)
		cpu->reg[CPU_SP] = sp;
	else
		cpu_set16(cpu, CPU_SP, sp);
}

void cpu_interrupt_pointer(struct cpu *cpu, const struct cpu_event *ev, uint32_t table,
			   uint16_t flags)
{
	uint32_t at = table + ev->vector * 4u;
	uint16_t off = cpu_read_linear(cpu, at, 2), sel = cpu_read_linear(cpu, at + 2, 2);

	push_return(cpu, ev->ip, flags);
	cpu_load_real(cpu, CPU_CS, sel);
	cpu->ip = off;
}

static void interrupt_real(struct cpu *cpu, const struct cpu_event *ev)
{
	if (ev->vector * 4u + 3 > cpu->idtr.limit)
		cpu_raise_code(cpu, EXC_GP, ev->vector * 8 + IDT_BIT);
	cpu_interrupt_pointer(cpu, ev, cpu->idtr.base, flags_fixed(cpu, cpu->flags));
	cpu->flags &= ~(CPU_IF | CPU_TF | CPU_AC | CPU_RF);
}

/* ---- through the IDT ---- */

static struct descriptor idt_gate(struct cpu *cpu, const struct cpu_event *ev)
{
	unsigned types = 1u << SYS_TASK_GATE | 1u << SYS_INT16 | 1u << SYS_TRAP16 |
		(cpu->model >= CPU_80386 ? 1u << SYS_INT32 | 1u << SYS_TRAP32 : 0);
	uint16_t code = ev->vector * 8 + IDT_BIT;
	struct descriptor d = { .at = cpu->idtr.base + ev->vector * 8u };

	if (ev->vector * 8u + 7 > cpu->idtr.limit)
		cpu_raise_code(cpu, EXC_GP, code);
	d.lo = cpu_read_linear(cpu, d.at, 4);
	d.hi = cpu_read_linear(cpu, d.at + 4, 4);
	if (descriptor_is_segment(&d) || !(types >> descriptor_type(&d) & 1) ||
	    (ev->kind == EVENT_SOFT && descriptor_dpl(&d) < cpu->cpl))
		cpu_raise_code(cpu, EXC_GP, code);
	if (!descriptor_present(&d))
		cpu_raise_code(cpu, EXC_NP, code);
	return d;
}

/* RF is set for a fault, so that an instruction breakpoint does not strike again
 * (386 PRM 12.3.1.1); one that is such a breakpoint leaves that to its handler.  */
uint32_t cpu_event_flags(const struct cpu *cpu, const struct cpu_event *ev)
{
	uint32_t f = cpu->flags;

	if (ev->kind == EVENT_FAULT && ev->vector != EXC_DB && cpu->model >= CPU_80386)
		f |= CPU_RF;
	return f;
}

static void add_return(struct cpu *cpu, struct cpu_frame *f, const struct cpu_event *ev)
{
	cpu_frame_add(f, cpu_event_flags(cpu, ev));
	cpu_frame_add(f, cpu->seg[CPU_CS].sel);
	cpu_frame_add(f, ev->ip);
	if (ev->has_code)
		cpu_frame_add(f, ev->code);
}

static void clear_flags(struct cpu *cpu, const struct gate *gate)
{
	cpu->flags &= ~(CPU_TF | CPU_NT | CPU_RF | CPU_VM);
	if (gate->type == SYS_INT16 || gate->type == SYS_INT32)
		cpu->flags &= ~CPU_IF;
}

static void gate_same(struct cpu *cpu, const struct descriptor *d, const struct gate *gate,
		      const struct cpu_event *ev)
{
	struct cpu_frame f = cpu_frame_here(cpu, gate->type & SYS_386 ? 4 : 2);

	add_return(cpu, &f, ev);
	cpu_frame_check(cpu, &f, cpu->cpl, 0);
	cpu_check_entry(cpu, d, gate->ip);
	cpu_enter_code(cpu, d, cpu->cpl, gate->ip);
	cpu_frame_push(cpu, &f);
	clear_flags(cpu, gate);
}

/* V86 mode's segment registers go onto the stack and are empty then.  */
static void gate_inner(struct cpu *cpu, const struct descriptor *d, const struct gate *gate,
		       const struct cpu_event *ev)
{
	static const uint8_t data[] = { CPU_GS, CPU_FS, CPU_DS, CPU_ES };
	unsigned cpl = descriptor_dpl(d);
	struct cpu_frame f = cpu_frame_inner(cpu, cpl, gate->type & SYS_386 ? 4 : 2);
	bool v86 = cpu->flags & CPU_VM;

	for (unsigned i = 0; v86 && i < 4; i++)
		cpu_frame_add(&f, cpu->seg[data[i]].sel);
	cpu_frame_add(&f, cpu->seg[CPU_SS].sel);
	cpu_frame_add(&f, cpu->reg[CPU_SP]);
	add_return(cpu, &f, ev);
	cpu_frame_check(cpu, &f, cpl, f.ss.sel & ~SEL_RPL);
	cpu_check_entry(cpu, d, gate->ip);
	clear_flags(cpu, gate);
	cpu_enter_code(cpu, d, cpl, gate->ip);
	cpu_frame_push(cpu, &f);
	for (unsigned i = 0; v86 && i < 4; i++) {
		cpu->seg[data[i]] = (struct cpu_segment){ 0 };
		cpu_segment_changed(cpu, data[i]);
	}
}

static void interrupt_protected(struct cpu *cpu, const struct cpu_event *ev)
{
	struct descriptor d = idt_gate(cpu, ev);
	struct gate gate = descriptor_gate(&d);
	bool v86 = cpu->flags & CPU_VM, inner;

	if (gate.type == SYS_TASK_GATE) {
		d = descriptor_system(cpu, gate.sel, TSS_TYPES, EXC_GP);
		cpu_switch_task(cpu, &d, TASK_INTERRUPT, ev->ip, ev);
		return;
	}
	d = descriptor_need(cpu, gate.sel, EXC_GP);
	inner = !descriptor_conforming(&d) && descriptor_dpl(&d) < cpu->cpl;
	if (!descriptor_is_code(&d) || descriptor_dpl(&d) > cpu->cpl ||
	    (v86 && (!inner || descriptor_dpl(&d))))
		cpu_raise_code(cpu, EXC_GP, gate.sel & ~SEL_RPL);
	if (!descriptor_present(&d))
		cpu_raise_code(cpu, EXC_NP, gate.sel & ~SEL_RPL);
	(inner ? gate_inner : gate_same)(cpu, &d, &gate, ev);
}

void cpu_interrupt(struct cpu *cpu, const struct cpu_event *ev)
{
	cpu->flags = flags_get(cpu);
	cpu->hot.no_trap = true;
	if (cpu->on_int) {
		cpu->ip = ev->ip;
		cpu->on_int(cpu->trace_ctx, ev->vector);
	}
	if (cpu->cr[0] & CR0_PE)
		interrupt_protected(cpu, ev);
	else
		interrupt_real(cpu, ev);
}
