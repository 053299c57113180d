/* cpu.c - the processor apart from its engines: power-on state, snapshot,
 * choice of engine.  */

#include "cpu/cpu.h"

#include "bus/bus.h"
#include "cpu/flags.h"
#include "cpu/fpu_op.h"
#include "cpu/mmu.h"
#include "state/state.h"

#define DEFAULT_COST	100		/* ns an instruction */
#define ATTR_REAL	(ATTR_P | ATTR_S | ATTR_WRITE | ATTR_ACCESSED)

void cpu_init(struct cpu *cpu, struct bus *bus, struct sched *sched)
{
	*cpu = (struct cpu){
		.bus = bus, .sched = sched, .model = CPU_80486, .has_fpu = true,
		.cost = DEFAULT_COST,
	};
	cpu_paging_changed(cpu);
	cpu_reset(cpu);
}

void cpu_fini(struct cpu *cpu)
{
	if (cpu->engine)
		cpu->engine->close(cpu->engine_data);
	cpu->engine = NULL;
	cpu->engine_data = NULL;
}

/* A 386DX D1, a 486DX C0, a Pentium with MMX xB1 (Intel AP-485, table 3-6).  */
uint32_t cpu_signature(enum cpu_model model)
{
	static const uint16_t of[] = {
		[CPU_80386] = 0x0308, [CPU_80486] = 0x0402, [CPU_PENTIUM] = 0x0543,
	};

	return model >= CPU_80386 ? of[model] : 0;
}

static bool is_rom(const struct bus *b, uint32_t addr)
{
	const struct bus_page *p = b->page ? &b->page[addr >> BUS_PAGE_BITS] : NULL;

	return p && p->host && !(p->flags & PAGE_WRITABLE);
}

/* 8086: FFFF:0000.  80286: F000:FFF0, base FF0000h; 386 and later: base
 * FFFF0000h (Intel 386 PRM 10.1).  Where the bus has no ROM up there, as
 * in a PC whose ROM is below 1 MiB only, or in one with 16 MiB of memory, the
 * base is F0000h: the boards decode the ROM at both places.  */
static void reset_cs(struct cpu *cpu)
{
	static const uint32_t high[] = {
		[CPU_80286] = 0xff0000, [CPU_80386] = 0xffff0000,
		[CPU_80486] = 0xffff0000, [CPU_PENTIUM] = 0xffff0000,
	};
	uint32_t base;

	if (cpu->model < CPU_80286) {
		cpu_load_real(cpu, CPU_CS, 0xffff);
		cpu->ip = 0;
		return;
	}
	base = high[cpu->model];
	cpu->ip = 0xfff0;
	cpu_load_real(cpu, CPU_CS, 0xf000);
	if (is_rom(cpu->bus, base))
		cpu->seg[CPU_CS].base = base;
}

void cpu_reset(struct cpu *cpu)
{
	for (unsigned i = 0; i < 9; i++)
		cpu->reg[i] = 0;
	for (unsigned i = 0; i < 6; i++) {
		cpu->seg[i] = (struct cpu_segment){ .attr = ATTR_REAL, .limit = 0xffff };
		cpu->cr[i % 5] = 0;
	}
	for (unsigned i = 0; i < 8; i++)
		cpu->dr[i] = cpu->tr_test[i] = 0;
	if (cpu->model >= CPU_80386) {
		cpu->dr[6] = 0xffff0ff0;
		cpu->dr[7] = 0x400;
		cpu->cr[0] = cpu->model >= CPU_80486 ? 0x60000010 : cpu->has_fpu ? CR0_ET : 0;
	}
	cpu->reg[CPU_DX] = cpu_signature(cpu->model);
	cpu->ldtr = cpu->tr = (struct cpu_segment){ .attr = ATTR_P, .limit = 0xffff };
	cpu->gdtr = (struct cpu_table){ 0, 0xffff };
	cpu->idtr = (struct cpu_table){ 0, 0x3ff };
	cpu->flags = flags_fixed(cpu, 0);
	cpu_set_cpl(cpu, 0);
	cpu->tsc_ahead = 0;
	cpu->halted = cpu->shadow = cpu->nmi = cpu->in_nmi = false;
	cpu->debug_due = 0;
	cpu_watch_derive(cpu);
	fpu_reset(cpu);
	reset_cs(cpu);
	if (cpu->engine)
		cpu->engine->forget(cpu->engine_data);
}

bool cpu_use(struct cpu *cpu, const struct cpu_engine *engine)
{
	void *data;

	if (cpu->engine == engine)
		return true;
	if (!engine->usable())
		return false;
	cpu_fini(cpu);
	data = engine->open(cpu);
	if (!data)
		return false;
	cpu->engine = engine;
	cpu->engine_data = data;
	return true;
}

enum cpu_exit cpu_run(struct cpu *cpu)
{
	return cpu->engine->run(cpu, cpu->engine_data);
}

enum cpu_exit cpu_step(struct cpu *cpu)
{
	return cpu->engine->step(cpu, cpu->engine_data);
}

/* ---- snapshot ---- */

static void segment_state(struct cpu_segment *s, struct state *st)
{
	state_u16(st, &s->sel);
	state_u16(st, &s->attr);
	state_u32(st, &s->base);
	state_u32(st, &s->limit);
}

void cpu_state(struct cpu *cpu, struct state *st)
{
	uint8_t model = cpu->model;

	state_section(st, "cpu", 2);
	for (unsigned i = 0; i < 8; i++) {
		state_u32(st, &cpu->reg[i]);
		state_u32(st, &cpu->dr[i]);
		state_u32(st, &cpu->tr_test[i]);
	}
	state_u32(st, &cpu->ip);
	state_u32(st, &cpu->flags);
	for (unsigned i = 0; i < 6; i++)
		segment_state(&cpu->seg[i], st);
	segment_state(&cpu->ldtr, st);
	segment_state(&cpu->tr, st);
	state_u32(st, &cpu->gdtr.base);
	state_u16(st, &cpu->gdtr.limit);
	state_u32(st, &cpu->idtr.base);
	state_u16(st, &cpu->idtr.limit);
	for (unsigned i = 0; i < 5; i++)
		state_u32(st, &cpu->cr[i]);
	state_u64(st, &cpu->tsc_ahead);
	fpu_state(&cpu->fpu, st);
	state_u8(st, &model);
	state_bool(st, &cpu->has_fpu);
	state_u8(st, &cpu->cpl);
	state_bool(st, &cpu->intr);
	state_bool(st, &cpu->nmi);
	state_bool(st, &cpu->in_nmi);
	state_bool(st, &cpu->halted);
	state_bool(st, &cpu->shadow);
	state_u32(st, &cpu->debug_due);
	state_u64(st, &cpu->retired);
	state_u32(st, &cpu->outside);
	if (st->mode != STATE_LOAD)
		return;
	if (model > CPU_PENTIUM)
		model = CPU_PENTIUM;
	cpu->model = model;
	cpu->cpl &= 3;
	cpu->flags = flags_fixed(cpu, cpu->flags);
	cpu_watch_derive(cpu);
	if (cpu->engine)
		cpu->engine->forget(cpu->engine_data);
}
