/* memory.c - guest memory for instructions: everything that the fast path
 * in access.h does not decide.
 *
 * Three layers: a segment check (offset to linear), translation (linear to
 * physical: paging.c), and the page itself (plain memory, code
 * beside data, ROM, a chip).  */

#include "cpu/access.h"

#include "bus/bus.h"
#include "cpu/interp/interp.h"
#include "cpu/interp/longer.h"
#include "cpu/mmu.h"
#include "sched/sched.h"

/* What one kind of access may do with the segment as a simple upper bound.  */
static uint64_t window_end(const struct cpu *cpu, const struct cpu_segment *s, bool write)
{
	if (cpu->cr[0] & CR0_PE && !(cpu->flags & CPU_VM)) {
		if (!(s->attr & ATTR_P) || !(s->attr & ATTR_S))
			return 0;
		if (s->attr & ATTR_CODE && (write || !(s->attr & ATTR_WRITE)))
			return 0;
		if (write && !(s->attr & ATTR_WRITE))
			return 0;
		if (!(s->attr & ATTR_CODE) && s->attr & ATTR_DOWN)
			return 0;
	}
	return (uint64_t)s->limit + 1;
}

void cpu_segment_changed(struct cpu *cpu, unsigned seg)
{
	const struct cpu_segment *s = &cpu->seg[seg];

	cpu->hot.rd[seg] = (struct cpu_window){ window_end(cpu, s, false), s->base };
	cpu->hot.wr[seg] = (struct cpu_window){ window_end(cpu, s, true), s->base };
	if (seg == CPU_CS) {
		cpu->hot.code_limit = s->limit;
		cpu->hot.code_limit16 = s->limit < 0xffff ? s->limit : 0xffff;
	} else if (seg == CPU_SS) {
		cpu->hot.stack32 = s->attr & ATTR_B && cpu->model >= CPU_80386;
	}
}

void cpu_segments_changed(struct cpu *cpu)
{
	for (unsigned i = 0; i < 6; i++)
		cpu_segment_changed(cpu, i);
}

/* In real mode the 80286 reports the stack's overruns too as a segment overrun
 * (Intel 286 PRM 5.2; seen in captures of the chip).  */
_Noreturn static void segment_fault(struct cpu *cpu, unsigned seg)
{
	bool overrun = cpu->model == CPU_80286 && !(cpu->cr[0] & CR0_PE);

	cpu_raise_code(cpu, seg == CPU_SS && !overrun ? EXC_SS : EXC_GP, 0);
}

bool cpu_segment_holds(const struct cpu_segment *s, uint32_t off, unsigned size)
{
	uint64_t last = off + (uint64_t)size - 1;

	if ((s->attr & (ATTR_CODE | ATTR_DOWN)) != ATTR_DOWN)
		return last <= s->limit;
	/* Expand-down: the offsets above the limit are the good ones.  */
	return off > s->limit && last <= (s->attr & ATTR_B ? 0xffffffff : 0xffff);
}

/* The exact rule for [off, off + size): raises, or answers.  */
static void check_segment(struct cpu *cpu, unsigned seg, uint32_t off, unsigned size, bool write)
{
	const struct cpu_segment *s = &cpu->seg[seg];
	const struct cpu_window *w = write ? &cpu->hot.wr[seg] : &cpu->hot.rd[seg];
	bool down = (s->attr & (ATTR_P | ATTR_S | ATTR_CODE | ATTR_DOWN)) ==
		(ATTR_P | ATTR_S | ATTR_DOWN) && (!write || s->attr & ATTR_WRITE);

	if (off + (uint64_t)size <= w->end)
		return;
	if (!w->end && down && cpu_segment_holds(s, off, size))
		return;
	segment_fault(cpu, seg);
}

/* Words on the 8086 and 80186 wrap inside their segment.  */
static bool wraps(const struct cpu *cpu, uint32_t off, unsigned size)
{
	return cpu->model < CPU_80286 && off + (uint64_t)size > 0x10000;
}

static struct cpu_tlb *tlb_entry(struct cpu *cpu, uint32_t lin)
{
	return &cpu->hot.tlb[lin >> 12 & (CPU_TLB_SIZE - 1)];
}

static const struct cpu_tlb tlb_nothing = {
	.rtag = CPU_NO_PAGE, .wtag = CPU_NO_PAGE, .ctag = CPU_NO_PAGE, .xtag = CPU_NO_PAGE };

static bool cpu_card_waits(const struct cpu *cpu)
{
	return cpu->card.read || cpu->card.write;
}

/* The page may be used like this as long as the current privilege holds.  */
static void tlb_fill(struct cpu *cpu, uint32_t lin, const struct bus_page *p,
		     bool write, const uint8_t *cover)
{
	struct cpu_tlb *t = tlb_entry(cpu, lin);
	uint32_t page = lin >> 12;

	if (cpu->hot.aligned || (cpu->watch.data && cpu_watch_page(cpu, lin)))
		return;
	if (p->flags & PAGE_CARD && cpu_card_waits(cpu))
		return;			/* each access takes its time */
	if (t->rtag != page) {
		*t = tlb_nothing;
		t->rtag = page;
	}
	t->host = (uintptr_t)p->host - (lin & ~0xfffu);
	if (write && cover) {
		t->ctag = page;
		t->cover = cover;
	} else if (write) {
		t->wtag = page;
	}
	if (cpu_paging(cpu) && cpu_page_supervisor(cpu, lin, write)) {
		if (cpu->hot.supers < CPU_SUPER_MAX)
			cpu->hot.super[cpu->hot.supers] = page & (CPU_TLB_SIZE - 1);
		cpu->hot.supers++;
	}
}

void cpu_tlb_drop(struct cpu *cpu, unsigned index)
{
	cpu->hot.tlb[index] = tlb_nothing;
}

void cpu_tlb_flush(struct cpu *cpu)
{
	for (unsigned i = 0; i < CPU_TLB_SIZE; i++)
		cpu->hot.tlb[i] = tlb_nothing;
	cpu->hot.supers = 0;
	cpu->hot.dirty_epoch = cpu->bus->dirty_epoch;
}

void cpu_tlb_unwritable(struct cpu *cpu)
{
	for (unsigned i = 0; i < CPU_TLB_SIZE; i++)
		cpu->hot.tlb[i].wtag = cpu->hot.tlb[i].ctag = CPU_NO_PAGE;
	cpu->hot.dirty_epoch = cpu->bus->dirty_epoch;
}

static bool is_user(const struct cpu *cpu)
{
	return cpu->cpl == 3;
}

/* An instruction is about to access [lin, lin + size), which begins on a card perhaps.  */
static void wait_for_card(struct cpu *cpu, uint32_t lin, unsigned size, enum cpu_access access)
{
	uint32_t phys = cpu_translate(cpu, lin, access) & cpu->bus->addr_mask;
	const struct bus_page *p = &cpu->bus->page[phys >> BUS_PAGE_BITS];

	if (p->host && !(p->flags & PAGE_CARD))
		return;
	cpu_chip_enter(cpu);
	cpu_wait(cpu, (size + cpu->card.width - 1) / cpu->card.width *
		 (access == ACCESS_WRITE ? cpu->card.write : cpu->card.read));
}

void cpu_set_card(struct cpu *cpu, const struct cpu_card *card)
{
	if (!cpu_card_waits(cpu) != !(card->read || card->write))
		cpu_tlb_flush(cpu);
	cpu->card = *card;
	if (!cpu->card.width)
		cpu->card.width = 1;
}

/* The chip's page will be found at once.  Rights are not remembered, so without paging only.  */
static void tlb_fill_chip(struct cpu *cpu, uint32_t lin, const struct bus_page *p)
{
	struct cpu_tlb *t = tlb_entry(cpu, lin);

	if (cpu_paging(cpu) || cpu->hot.aligned || cpu_card_waits(cpu) ||
	    (cpu->watch.data && cpu_watch_page(cpu, lin)))
		return;
	*t = tlb_nothing;
	t->xtag = lin >> 12;
	t->host = (uintptr_t)p;
}

/* NULL: it takes a closer look.  */
static const struct bus_page *known_chip(struct cpu *cpu, const struct cpu_window *w, uint32_t off,
					 unsigned size)
{
	uint32_t lin = w->base + off;
	const struct cpu_tlb *t = tlb_entry(cpu, lin);

	if (t->xtag != lin >> 12 || off + (uint64_t)size > w->end || (lin & 0xfff) + size > 0x1000)
		return NULL;
	return (const struct bus_page *)t->host;
}

static uint32_t chip_address(const struct cpu *cpu, const struct bus_page *p, uint32_t lin)
{
	return (uint32_t)(p - cpu->bus->page) << BUS_PAGE_BITS | (lin & 0xfff);
}

static uint64_t read_chip(struct cpu *cpu, const struct bus_page *p, uint32_t phys, unsigned size)
{
	uint64_t v;

	cpu_chip_enter(cpu);
	if (size == 8) {
		v = bus_read_chip(p, phys, 4);
		v |= (uint64_t)bus_read_chip(p, phys + 4, 4) << 32;
	} else {
		v = bus_read_chip(p, phys, size);
	}
	cpu_chip_leave(cpu);
	return v;
}

/* [lin, lin + size) lies in one page.  */
static uint64_t read_page(struct cpu *cpu, uint32_t lin, unsigned size, bool user)
{
	uint32_t phys = cpu_translate_as(cpu, lin, ACCESS_READ, user) & cpu->bus->addr_mask;
	const struct bus_page *p = &cpu->bus->page[phys >> BUS_PAGE_BITS];

	if (!p->host) {
		tlb_fill_chip(cpu, lin, p);
		return read_chip(cpu, p, phys, size);
	}
	if (user == is_user(cpu))
		tlb_fill(cpu, lin, p, false, NULL);
	return cpu_load(p->host + (phys & 0xfff), size);
}

static void write_chip(struct cpu *cpu, const struct bus_page *p, uint32_t phys, uint64_t val,
		       unsigned size)
{
	cpu_chip_enter(cpu);
	if (size == 8) {
		bus_write_chip(cpu->bus, p, phys, val, 4);
		bus_write_chip(cpu->bus, p, phys + 4, val >> 32, 4);
	} else {
		bus_write_chip(cpu->bus, p, phys, val, size);
	}
	cpu_chip_leave(cpu);
}

static void write_page(struct cpu *cpu, uint32_t lin, uint64_t val, unsigned size, bool user)
{
	uint32_t phys = cpu_translate_as(cpu, lin, ACCESS_WRITE, user) & cpu->bus->addr_mask;
	struct bus_page *p = &cpu->bus->page[phys >> BUS_PAGE_BITS];
	const uint8_t *cover = NULL;

	if (!p->host) {
		tlb_fill_chip(cpu, lin, p);
		write_chip(cpu, p, phys, val, size);
		return;
	}
	if (!(p->flags & PAGE_WRITABLE))
		return;
	cpu_store(p->host + (phys & 0xfff), val, size);
	bus_mark(cpu->bus, phys);
	if (p->flags & PAGE_CODE) {
		cpu->bus->code_written(cpu->bus->code_ctx, phys, size);
		cover = interp_cover(cpu, phys);
		if (!cover)
			return;		/* another engine's code: no short cut */
	}
	if (user == is_user(cpu))
		tlb_fill(cpu, lin, p, true, cover);
}

static bool crosses_page(uint32_t lin, unsigned size)
{
	return (lin & 0xfff) + size > 0x1000;
}

/* Where an access that crosses goes on: the address that CR2 shows when the
 * second page is not there.  */
static uint32_t last_page(uint32_t lin, unsigned size)
{
	return (lin + size - 1) & ~0xfffu;
}

void cpu_alignment_changed(struct cpu *cpu, bool on)
{
	cpu->hot.aligned = on;
	for (unsigned i = 0; i < CPU_TLB_SIZE; i++)
		cpu_tlb_drop(cpu, i);
}

/* The segment's and the page's faults come first (Pentium manual vol. 3,
 * 14.8).  */
static void check_alignment(struct cpu *cpu, uint32_t lin, unsigned size, enum cpu_access access)
{
	if (likely(!cpu->hot.aligned) || !(lin & (size - 1) & 7))
		return;
	cpu_translate(cpu, lin, access);
	cpu_translate(cpu, lin + size - 1, access);
	cpu_raise_code(cpu, EXC_AC, 0);
}

uint64_t cpu_read_slow(struct cpu *cpu, unsigned seg, uint32_t off, unsigned size)
{
	const struct bus_page *chip = known_chip(cpu, &cpu->hot.rd[seg], off, size);
	uint32_t base = cpu->seg[seg].base;
	uint64_t v = 0;

	if (chip)
		return read_chip(cpu, chip, chip_address(cpu, chip, base + off), size);
	if (wraps(cpu, off, size)) {
		for (unsigned i = 0; i < size; i++)
			v |= cpu_read_slow(cpu, seg, (uint16_t)(off + i), 1) << 8 * i;
		return v;
	}
	check_segment(cpu, seg, off, size, false);
	check_alignment(cpu, base + off, size, ACCESS_READ);
	if (unlikely(cpu->watch.data))
		cpu_watch_touch(cpu, base + off, size, false);
	if (unlikely(cpu_card_waits(cpu)))
		wait_for_card(cpu, base + off, size, ACCESS_READ);
	if (!crosses_page(base + off, size))
		return read_page(cpu, base + off, size, is_user(cpu));
	cpu_translate(cpu, base + off, ACCESS_READ);
	cpu_translate(cpu, last_page(base + off, size), ACCESS_READ);
	for (unsigned i = 0; i < size; i++)
		v |= read_page(cpu, base + off + i, 1, is_user(cpu)) << 8 * i;
	return v;
}

/* Data beside code: the byte map says at once whether code was hit.  */
static bool write_beside_code(struct cpu *cpu, unsigned seg, uint32_t off, uint64_t val,
			      unsigned size)
{
	const struct cpu_window *w = &cpu->hot.wr[seg];
	uint32_t lin = w->base + off;
	const struct cpu_tlb *t = tlb_entry(cpu, lin);

	if (off + (uint64_t)size > w->end || t->ctag != (lin + size - 1) >> 12)
		return false;
	cpu_store((uint8_t *)(t->host + lin), val, size);
	if (unlikely(cpu_load(t->cover + (lin & 0xfff), size)))
		cpu->bus->code_written(cpu->bus->code_ctx,
			cpu_translate(cpu, lin, ACCESS_WRITE) & cpu->bus->addr_mask, size);
	return true;
}

void cpu_write_slow(struct cpu *cpu, unsigned seg, uint32_t off, uint64_t val, unsigned size)
{
	const struct bus_page *chip = known_chip(cpu, &cpu->hot.wr[seg], off, size);
	uint32_t base = cpu->seg[seg].base;

	if (chip) {
		write_chip(cpu, chip, chip_address(cpu, chip, base + off), val, size);
		return;
	}
	if (write_beside_code(cpu, seg, off, val, size))
		return;
	if (wraps(cpu, off, size)) {
		for (unsigned i = 0; i < size; i++)
			cpu_write_slow(cpu, seg, (uint16_t)(off + i), val >> 8 * i & 0xff, 1);
		return;
	}
	check_segment(cpu, seg, off, size, true);
	check_alignment(cpu, base + off, size, ACCESS_WRITE);
	if (unlikely(cpu->watch.data))
		cpu_watch_touch(cpu, base + off, size, true);
	if (unlikely(cpu_card_waits(cpu)))
		wait_for_card(cpu, base + off, size, ACCESS_WRITE);
	if (!crosses_page(base + off, size)) {
		write_page(cpu, base + off, val, size, is_user(cpu));
		return;
	}
	cpu_translate(cpu, base + off, ACCESS_WRITE);
	cpu_translate(cpu, last_page(base + off, size), ACCESS_WRITE);
	for (unsigned i = 0; i < size; i++)
		write_page(cpu, base + off + i, val >> 8 * i & 0xff, 1, is_user(cpu));
}

static void check(struct cpu *cpu, unsigned seg, uint32_t off, unsigned size, bool write)
{
	uint32_t lin = cpu->seg[seg].base + off;
	enum cpu_access access = write ? ACCESS_WRITE : ACCESS_READ;

	if (wraps(cpu, off, size))
		return;
	check_segment(cpu, seg, off, size, write);
	if (size <= 8)
		check_alignment(cpu, lin, size, access);
	if (unlikely(cpu->watch.data))
		cpu_watch_check(cpu, lin, size, write);
	cpu_translate(cpu, lin, access);
	if (crosses_page(lin, size))
		cpu_translate(cpu, last_page(lin, size), access);
}

void cpu_check_write(struct cpu *cpu, unsigned seg, uint32_t off, unsigned size)
{
	check(cpu, seg, off, size, true);
}

void cpu_check_read(struct cpu *cpu, unsigned seg, uint32_t off, unsigned size)
{
	check(cpu, seg, off, size, false);
}

uint32_t cpu_read_linear(struct cpu *cpu, uint32_t lin, unsigned size)
{
	uint32_t v = 0;

	if (!crosses_page(lin, size))
		return read_page(cpu, lin, size, false);
	for (unsigned i = 0; i < size; i++)
		v |= read_page(cpu, lin + i, 1, false) << 8 * i;
	return v;
}

uint8_t cpu_fetch_linear(struct cpu *cpu, uint32_t lin, bool user)
{
	return read_page(cpu, lin, 1, user);
}

void cpu_write_linear_as(struct cpu *cpu, uint32_t lin, uint32_t val, unsigned size, bool user)
{
	if (!crosses_page(lin, size)) {
		write_page(cpu, lin, val, size, user);
		return;
	}
	for (unsigned i = 0; i < size; i++)
		write_page(cpu, lin + i, val >> 8 * i & 0xff, 1, user);
}

void cpu_write_linear(struct cpu *cpu, uint32_t lin, uint32_t val, unsigned size)
{
	cpu_write_linear_as(cpu, lin, val, size, false);
}
