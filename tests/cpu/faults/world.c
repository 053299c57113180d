/* world.c - the machine on which instructions are made to fault: tables,
 * an arena of 64K, and a HLT of its own for every vector.  */

#include "faults.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "bus/bus.h"
#include "cpu/cpu.h"
#include "sched/sched.h"

#define RAM_SIZE	0x100000u
#define PATIENCE	2000u		/* instructions */

/* Above the arena.  */
#define DIRECTORY	0x80000u
#define TABLE		0x81000u	/* of the first 4 MiB */
#define FAR_TABLE	0x82000u	/* of 1B1B1B1Bh and 2B2B2B2Bh */
#define GDT		0x90000u
#define GDT_SIZE	0x5000u
#define IDT		0x95000u
#define TSS		0x96000u
#define TSS_SIZE	0x68u
#define KERNEL_STACK	0x98000u	/* grows down */
#define KERNEL_BASE	0x90000u	/* of the stack's segment, on the 80286 */
#define HALTS		0x99000u	/* HLT of vector n */

#define SEL_TSS		0x08u
#define SEL_HALTS	0x10u		/* code of privilege 0, base HALTS */
#define SEL_DATA0	0x18u
#define SEL_CODE0	0x20u
#define SEL_CODE	0x1b1bu
#define SEL_DATA	0x2b2bu
#define SEL_LDT		0x3b3bu
#define SEL_TSS2	0x4b4bu

#define INT3		0xccu
#define IOPL3		0x3000u
#define START_FLAGS	(IOPL3 | CPU_CF | CPU_ZF | 2)
#define FLAG_VM		(1u << 17)

struct world {
	struct bus bus;
	struct sched sched;
	struct cpu cpu;
	struct place place;
	uint8_t fill;
	uint8_t noise[ARENA_SIZE];
	uint8_t tables[GDT_SIZE + PAGE];	/* GDT and IDT */
};

static bool paged(const struct world *w)
{
	return w->place.mode >= USER_PAGED;
}

static bool old(const struct world *w)
{
	return w->place.model < CPU_80386;
}

static uint8_t *at(struct world *w, uint32_t linear)
{
	return w->bus.ram + linear;
}

static void put32(uint8_t *p, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = v >> 8 * i;
}

static uint32_t get(const uint8_t *p, unsigned size)
{
	uint32_t v = 0;

	for (unsigned i = 0; i < size; i++)
		v |= (uint32_t)p[i] << 8 * i;
	return v;
}

/* ---- tables ---- */

static void put_descriptor(struct world *w, unsigned sel, uint32_t base, uint32_t limit,
			   unsigned attr)
{
	uint8_t *p = at(w, GDT + (sel & ~7u));
	uint32_t l = attr & ATTR_G ? limit >> 12 : limit;

	if (old(w))
		attr &= 0xff;
	put32(p, (l & 0xffff) | base << 16);
	put32(p + 4, (base >> 16 & 0xff) | (attr & 0xff) << 8 | (l & 0xf0000) |
		(attr & 0xf000) << 8 | (base & 0xff000000));
}

static void put_segment(struct world *w, unsigned sel, bool code, bool big)
{
	unsigned attr = ATTR_P | ATTR_S | ATTR_WRITE | ATTR_ACCESSED | (sel & 3) << 5 |
		(code ? ATTR_CODE : 0) | (big ? ATTR_B : 0);

	if (old(w))
		put_descriptor(w, sel, 0, 0xffff, attr);
	else
		put_descriptor(w, sel, 0, 0xffffffff, attr | ATTR_G);
}

static void put_tables(struct world *w)
{
	unsigned tss = old(w) ? 1 : 9, gate = old(w) ? 0xe600 : 0xee00;

	memset(at(w, GDT), 0, GDT_SIZE + PAGE);
	put_descriptor(w, SEL_TSS, TSS, TSS_SIZE - 1, ATTR_P | tss | 2);
	put_descriptor(w, SEL_TSS2, TSS + TSS_SIZE, TSS_SIZE - 1, ATTR_P | tss);
	put_descriptor(w, SEL_LDT, GDT, 0xff, ATTR_P | 2);
	put_descriptor(w, SEL_HALTS, HALTS, 0xff,
		ATTR_P | ATTR_S | ATTR_CODE | ATTR_WRITE | ATTR_ACCESSED | ATTR_B);
	if (old(w))
		put_descriptor(w, SEL_DATA0, KERNEL_BASE, 0xffff,
			ATTR_P | ATTR_S | ATTR_WRITE | ATTR_ACCESSED);
	else
		put_segment(w, SEL_DATA0, false, true);
	put_segment(w, SEL_CODE0, true, w->place.big);
	put_segment(w, SEL_CODE, true, w->place.big);
	put_segment(w, SEL_DATA, false, w->place.big);
	for (unsigned n = 0; n < 256; n++) {
		put32(at(w, IDT + 8 * n), SEL_HALTS << 16 | n);
		put32(at(w, IDT + 8 * n + 4), gate);
	}
	memset(at(w, TSS), 0, TSS_SIZE);
	if (old(w)) {
		put32(at(w, TSS + 2), SEL_DATA0 << 16 | (KERNEL_STACK - KERNEL_BASE));
	} else {
		put32(at(w, TSS + 4), KERNEL_STACK);
		put32(at(w, TSS + 8), SEL_DATA0);
	}
	memset(at(w, HALTS), 0xf4, 256);
	memcpy(w->tables, at(w, GDT), sizeof w->tables);
}

/* Linear is physical; far away, where uniform memory leads a jump, there is
 * a page of INT3, and nothing elsewhere.  */
static void put_pages(struct world *w)
{
	static const uint32_t far[] = { 0x1b1b1b1b, 0x2b2b2b2b };

	memset(at(w, DIRECTORY), 0, PAGE);
	memset(at(w, FAR_TABLE), 0, PAGE);
	for (uint32_t i = 0; i < 256; i++)
		put32(at(w, TABLE + 4 * i), i * PAGE | PTE_P | PTE_W |
			(i < ARENA_SIZE / PAGE ? PTE_U : 0));
	put32(at(w, DIRECTORY), TABLE | PTE_P | PTE_W | PTE_U);
	for (unsigned i = 0; i < 2; i++) {
		put32(at(w, DIRECTORY + (far[i] >> 22) * 4), FAR_TABLE | PTE_P | PTE_W | PTE_U);
		put32(at(w, FAR_TABLE + (far[i] >> 12 & 0x3ff) * 4), PAGE | PTE_P | PTE_U);
	}
}

static void put_vectors(struct world *w)
{
	for (unsigned n = 0; n < 256; n++)
		put32(at(w, 4 * n), (HALTS / 16) << 16 | n);
}

/* Noise, but INT3 where instructions may end up.  */
static void put_arena(struct world *w)
{
	uint32_t x = 0x2545f491;

	for (uint32_t i = 0; i < ARENA_SIZE; i++) {
		x = x * 1664525 + 1013904223;
		w->noise[i] = i < FIRST_DATA ? INT3 : x >> 24;
	}
}

struct world *world_new(const struct place *place)
{
	struct world *w = calloc(1, sizeof *w);
	struct error err;

	if (!w || !bus_init(&w->bus, RAM_SIZE, &err)) {
		free(w);
		return NULL;
	}
	w->place = *place;
	sched_init(&w->sched);
	bus_map_ram(&w->bus, 0, RAM_SIZE, w->bus.ram, PAGE_WRITABLE);
	bus_set_a20(&w->bus, true);
	cpu_init(&w->cpu, &w->bus, &w->sched);
	w->cpu.model = place->model;
	w->cpu.cost = 1;
	cpu_reset(&w->cpu);
	if (!cpu_use(&w->cpu, &cpu_interp)) {
		bus_fini(&w->bus);
		free(w);
		return NULL;
	}
	put_arena(w);
	put_tables(w);
	return w;
}

void world_free(struct world *w)
{
	cpu_fini(&w->cpu);
	bus_fini(&w->bus);
	free(w);
}

/* ---- beginning ---- */

static void load_flat(struct world *w, enum cpu_seg seg, unsigned sel, bool code, bool big)
{
	unsigned attr = ATTR_P | ATTR_S | ATTR_WRITE | ATTR_ACCESSED | (sel & 3) << 5;

	if (code)
		attr |= ATTR_CODE;
	if (!old(w))
		attr |= ATTR_G | (big ? ATTR_B : 0);
	w->cpu.seg[seg] = (struct cpu_segment){ sel, attr, 0, old(w) ? 0xffff : 0xffffffff };
}

static void enter_protected(struct world *w, bool kernel)
{
	struct cpu *cpu = &w->cpu;

	for (unsigned i = 0; i < 6; i++)
		load_flat(w, i, kernel ? SEL_DATA0 : SEL_DATA, false, w->place.big);
	load_flat(w, CPU_CS, kernel ? SEL_CODE0 : SEL_CODE, true, w->place.big);
	cpu->cpl = kernel ? 0 : 3;
	cpu->cr[0] |= CR0_PE;
	if (kernel)
		load_flat(w, CPU_SS, SEL_DATA0, false, true);
}

static void enter_real(struct world *w)
{
	for (unsigned i = 0; i < 6; i++) {
		cpu_load_real(&w->cpu, i, 0);
		w->cpu.seg[i].attr = ATTR_P | ATTR_S | ATTR_WRITE | ATTR_ACCESSED;
		w->cpu.seg[i].limit = 0xffff;
	}
}

static void enter_virtual(struct world *w)
{
	enter_real(w);
	for (unsigned i = 0; i < 6; i++)
		w->cpu.seg[i].attr |= ATTR_DPL;
	w->cpu.flags |= FLAG_VM;
	w->cpu.cpl = 3;
	w->cpu.cr[0] |= CR0_PE;
}

static void enter(struct world *w)
{
	struct cpu *cpu = &w->cpu;

	w->sched.now = cpu->retired = 0;	/* RDTSC is to read the same */
	cpu_reset(cpu);
	cpu->flags = START_FLAGS;
	cpu->cpl = 0;
	cpu->gdtr = (struct cpu_table){ GDT, GDT_SIZE - 1 };
	cpu->idtr = (struct cpu_table){ IDT, 0x7ff };
	cpu->tr = (struct cpu_segment){ SEL_TSS, ATTR_P | (old(w) ? 3 : 0xb), TSS, TSS_SIZE - 1 };
	switch (w->place.mode) {
	case REAL:
		cpu->flags = w->place.model < CPU_80286 ? START_FLAGS | 0xf000 : START_FLAGS & ~IOPL3;
		cpu->idtr = (struct cpu_table){ 0, 0x3ff };
		enter_real(w);
		break;
	case USER: case USER_PAGED:
		enter_protected(w, false);
		break;
	case KERNEL_PAGED:
		enter_protected(w, true);
		break;
	case VIRTUAL_PAGED:
		enter_virtual(w);
		break;
	}
	if (paged(w)) {
		cpu->cr[3] = DIRECTORY;
		cpu->cr[0] |= CR0_PG | (w->place.model >= CPU_80486 ? CR0_WP : 0);
	}
}

static void set_registers(struct cpu *cpu, const struct victim *v, int shift)
{
	cpu->reg[CPU_AX] = START_AX;
	cpu->reg[CPU_CX] = START_CX;
	cpu->reg[CPU_DX] = 0;
	cpu->reg[CPU_BX] = OPERAND_EDGE - shift;
	cpu->reg[CPU_SP] = cpu->reg[CPU_BP] = STACK_EDGE - shift;
	cpu->reg[CPU_SI] = SOURCE_EDGE - shift;
	cpu->reg[CPU_DI] = DEST_EDGE - shift;
	if (v->row->opd[0] == OPD_Ef || cpu->has_fpu) {
		cpu->fpu.control = 0x37f;
		cpu->fpu.status = 5 << 11;
		cpu->fpu.tag = 0x03ff;
		for (unsigned i = 0; i < 3; i++)
			cpu->fpu.st[5 + i] = (struct fpu_reg){ 0x8000000000000000 + i, 0x3fff + i };
	}
}

void world_begin(struct world *w, const struct victim *v, uint32_t ip, int shift, uint8_t fill)
{
	w->fill = fill;
	memcpy(at(w, 0), w->noise, ARENA_SIZE);
	if (fill)
		memset(at(w, FIRST_DATA), fill, ARENA_SIZE - FIRST_DATA);
	if (w->place.mode == REAL)
		put_vectors(w);
	memcpy(at(w, GDT), w->tables, sizeof w->tables);
	if (paged(w))
		put_pages(w);
	memcpy(at(w, ip), v->code, v->len);
	bus_wrote(&w->bus, 0, ARENA_SIZE);
	enter(w);
	set_registers(&w->cpu, v, shift);
	w->cpu.ip = ip;
}

/* ---- running ---- */

void world_now(struct world *w, struct moment *m)
{
	const struct cpu *cpu = &w->cpu;

	memcpy(m->reg, cpu->reg, sizeof m->reg);
	memcpy(m->seg, cpu->seg, sizeof m->seg);
	m->flags = cpu->flags;
	m->ip = cpu->ip;
	m->cs = cpu->seg[CPU_CS].sel;
	m->ss = cpu->seg[CPU_SS].sel;
	m->ldtr = cpu->ldtr;
	m->tr = cpu->tr;
	m->gdtr = cpu->gdtr;
	m->idtr = cpu->idtr;
	m->cr0 = cpu->cr[0];
	m->cr4 = cpu->cr[4];
	m->cr2 = cpu->cr[2];
	m->fpu = cpu->fpu;
	m->vector = NO_VECTOR;
	m->error = m->frame_at = m->frame_size = 0;
	memcpy(m->memory, w->bus.ram, ARENA_SIZE);
}

static bool has_error(unsigned vector)
{
	return vector == 8 || (vector >= 10 && vector <= 14) || vector == 17;
}

static void frame_real(struct world *w, struct moment *m)
{
	uint16_t sp = m->reg[CPU_SP];
	uint32_t top = w->cpu.seg[CPU_SS].base + sp;
	const uint8_t *p = at(w, top);

	m->frame_at = top;
	m->frame_size = 6;
	m->ip = get(p, 2);
	m->cs = get(p + 2, 2);
	m->flags = (m->flags & ~0xffffu) | get(p + 4, 2);
	m->reg[CPU_SP] = (m->reg[CPU_SP] & 0xffff0000) | (uint16_t)(sp + 6);
}

static void frame_protected(struct world *w, struct moment *m)
{
	unsigned unit = old(w) ? 2 : 4;
	uint32_t sp = m->reg[CPU_SP] + w->cpu.seg[CPU_SS].base;
	const uint8_t *p = at(w, sp);

	if (has_error(m->vector)) {
		m->error = get(p, unit);
		p += unit;
	}
	m->ip = get(p, unit);
	m->cs = get(p + unit, 2);
	m->flags = (old(w) ? m->flags & ~0xffffu : 0) | get(p + 2 * unit, unit);
	if ((m->cs & 3) || m->flags & FLAG_VM) {
		m->reg[CPU_SP] = (old(w) ? m->reg[CPU_SP] & 0xffff0000 : 0) | get(p + 3 * unit, unit);
		m->ss = get(p + 4 * unit, 2);
	} else {
		m->frame_at = sp;
		m->frame_size = (has_error(m->vector) ? 4 : 3) * unit;
		m->reg[CPU_SP] += m->frame_size;
	}
	if (m->flags & FLAG_VM)
		for (unsigned i = 0; i < 4; i++) {
			static const uint8_t seg[] = { CPU_ES, CPU_DS, CPU_FS, CPU_GS };

			m->seg[seg[i]] = (struct cpu_segment){ .sel = get(p + (5 + i) * 4, 2) };
		}
}

void world_run(struct world *w, struct moment *m)
{
	struct cpu *cpu = &w->cpu;
	enum cpu_exit why;

	w->sched.deadline = w->sched.now + PATIENCE;
	why = w->place.step ? cpu_step(cpu) : cpu_run(cpu);
	world_now(w, m);
	if (why == CPU_EXIT_RESET)
		m->vector = SHUT_DOWN;
	else if (why == CPU_EXIT_DEADLINE && !w->place.step)
		m->vector = ENDLESS;
	if (cpu->seg[CPU_CS].base != HALTS)
		return;
	m->vector = why == CPU_EXIT_HALT ? m->ip - 1 : m->ip;
	cpu->halted = false;
	if (w->place.mode == REAL)
		frame_real(w, m);
	else
		frame_protected(w, m);
}

void world_resume(struct world *w, const struct moment *from)
{
	struct cpu *cpu = &w->cpu;

	for (uint32_t i = from->frame_at; i < from->frame_at + from->frame_size; i++)
		*at(w, i) = w->fill ? w->fill : w->noise[i];	/* what was under it */
	if (paged(w))
		put_pages(w);
	enter(w);
	memcpy(cpu->reg, from->reg, sizeof from->reg);
	cpu->flags = from->flags & ~CPU_RF;
	cpu->ip = from->ip;
	cpu->fpu = from->fpu;
}

/* ---- obstacles ---- */

void world_page(struct world *w, uint32_t linear, uint32_t clear)
{
	uint8_t *p = at(w, TABLE + (linear >> 12) * 4);

	put32(p, get(p, 4) & ~clear);
	w->cpu.engine->forget(w->cpu.engine_data);
}

uint32_t world_page_bits(struct world *w, uint32_t linear)
{
	return get(at(w, TABLE + (linear >> 12) * 4), 4) & 0xfff;
}

void world_limit(struct world *w, enum cpu_seg seg, uint32_t limit, bool down)
{
	w->cpu.seg[seg].limit = limit;
	if (down)
		w->cpu.seg[seg].attr |= ATTR_DOWN;
	w->cpu.engine->forget(w->cpu.engine_data);
}
