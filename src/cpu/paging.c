/* paging.c - linear to physical addresses (Intel 386 PRM chapter 5; 486 PRM
 * 5.3 for CR0.WP; Pentium manual volume 3, 11.1, for pages of 4 MiB).
 *
 * What the tables say is remembered in hot.walk[] until CR3 is loaded or
 * INVLPG names the page, as the processor's TLB does; the host addresses in
 * hot.tlb[] are derived from it and never outlive it.  */

#include "cpu/access.h"

#include "bus/bus.h"
#include "cpu/mmu.h"

/* Entries of the page directory and of page tables.  */
enum {
	PAGE_P = 1 << 0, PAGE_RW = 1 << 1, PAGE_US = 1 << 2, PAGE_A = 1 << 5,
	PAGE_D = 1 << 6, PAGE_PS = 1 << 7,
};

enum walk_rights { RIGHT_WRITE = PAGE_RW, RIGHT_USER = PAGE_US, RIGHT_DIRTY = PAGE_D };

/* The page fault's error code.  */
enum { PF_PROTECTION = 1, PF_WRITE = 2, PF_USER = 4 };

bool cpu_page_entries(const struct cpu *cpu, uint32_t lin, cpu_entry_reader *read,
		      struct cpu_page_entries *e)
{
	e->pde_at = e->pte_at = (cpu->cr[3] & ~0xfffu) | (lin >> 22 << 2);
	e->pde = e->pte = read(cpu, e->pde_at & cpu->bus->addr_mask);
	if (!(e->pde & PAGE_P))
		return false;
	if (e->pde & PAGE_PS && cpu->cr[4] & CR4_PSE) {
		e->frame = (e->pde & 0xffc00000) | (lin & 0x3ff000);
		return true;
	}
	e->pte_at = (e->pde & ~0xfffu) | (lin >> 12 & 0x3ff) << 2;
	e->pte = read(cpu, e->pte_at & cpu->bus->addr_mask);
	e->frame = e->pte & ~0xfffu;
	return e->pte & PAGE_P;
}

static uint32_t entry_read(const struct cpu *cpu, uint32_t phys)
{
	return bus_read(cpu->bus, phys, 4);
}

static void entry_mark(struct cpu *cpu, uint32_t phys, uint32_t entry, uint32_t bits)
{
	if ((entry & bits) != bits)
		bus_write(cpu->bus, phys & cpu->bus->addr_mask, entry | bits, 4);
}

/* The 386 lets the supervisor write everywhere; so do the later ones without
 * CR0.WP.  */
static bool permitted(const struct cpu *cpu, unsigned rights, bool write, bool user)
{
	if (user && !(rights & RIGHT_USER))
		return false;
	return !write || rights & RIGHT_WRITE || (!user && !(cpu->cr[0] & CR0_WP));
}

/* What the tables say of lin.  False: a fault, and *code says which.  The
 * accessed and dirty bits are set when the access is a good one.  */
static bool walk(struct cpu *cpu, uint32_t lin, bool write, bool user, struct cpu_walk *w,
		 unsigned *code)
{
	struct cpu_page_entries e;

	*code = 0;
	if (!cpu_page_entries(cpu, lin, entry_read, &e))
		return false;
	w->page = lin >> 12;
	w->frame = e.frame;
	w->rights = (e.pde & e.pte & (PAGE_RW | PAGE_US)) | (e.pte & PAGE_D) | (write ? PAGE_D : 0);
	*code = PF_PROTECTION;
	if (!permitted(cpu, w->rights, write, user))
		return false;
	if (e.pte_at != e.pde_at)
		entry_mark(cpu, e.pde_at, e.pde, PAGE_A);
	entry_mark(cpu, e.pte_at, e.pte, write ? PAGE_A | PAGE_D : PAGE_A);
	return true;
}

static struct cpu_walk *walk_entry(struct cpu *cpu, uint32_t lin)
{
	return &cpu->hot.walk[lin >> 12 & (CPU_WALK_SIZE - 1)];
}

/* The remembered page if it will do, else the tables' word.  */
static bool look_up(struct cpu *cpu, uint32_t lin, enum cpu_access access, bool user,
		    uint32_t *phys, unsigned *code)
{
	struct cpu_walk *known = walk_entry(cpu, lin), w;
	bool write = access == ACCESS_WRITE;

	if (known->page == lin >> 12 && permitted(cpu, known->rights, write, user) &&
	    (!write || known->rights & RIGHT_DIRTY)) {
		*phys = known->frame | (lin & 0xfff);
		return true;
	}
	if (!walk(cpu, lin, write, user, &w, code)) {
		*code |= (write ? PF_WRITE : 0) | (user ? PF_USER : 0);
		known->page = CPU_NO_PAGE;
		return false;
	}
	*known = w;
	*phys = w.frame | (lin & 0xfff);
	return true;
}

/* The pins: 20, 24 or 32 address lines.  */
static uint32_t lines(const struct cpu *cpu)
{
	static const uint32_t of[] = {
		[CPU_8086] = 0xfffff, [CPU_80186] = 0xfffff, [CPU_80286] = 0xffffff,
		[CPU_80386] = ~0u, [CPU_80486] = ~0u, [CPU_PENTIUM] = ~0u,
	};

	return of[cpu->model];
}

uint32_t cpu_translate_as(struct cpu *cpu, uint32_t lin, enum cpu_access access, bool user)
{
	uint32_t phys;
	unsigned code;

	if (!cpu_paging(cpu))
		return lin & lines(cpu);
	if (look_up(cpu, lin, access, user, &phys, &code))
		return phys;
	cpu->cr[2] = lin;
	cpu_raise_code(cpu, EXC_PF, code);
}

uint32_t cpu_translate(struct cpu *cpu, uint32_t lin, enum cpu_access access)
{
	return cpu_translate_as(cpu, lin, access, cpu->cpl == 3);
}

bool cpu_translates(struct cpu *cpu, uint32_t lin, enum cpu_access access, uint32_t *phys)
{
	unsigned code;

	*phys = lin & lines(cpu);
	return !cpu_paging(cpu) || look_up(cpu, lin, access, cpu->cpl == 3, phys, &code);
}

void cpu_check_linear(struct cpu *cpu, uint32_t lin, unsigned size, enum cpu_access access,
		      bool user)
{
	cpu_translate_as(cpu, lin, access, user);
	if ((lin & 0xfff) + size > 0x1000)
		cpu_translate_as(cpu, (lin | 0xfff) + 1, access, user);
}

bool cpu_page_supervisor(struct cpu *cpu, uint32_t lin, bool write)
{
	const struct cpu_walk *w = walk_entry(cpu, lin);

	return cpu_paging(cpu) && !permitted(cpu, w->rights, write, true);
}

/* ---- when it changes ---- */

static void forget_walks(struct cpu *cpu)
{
	for (unsigned i = 0; i < CPU_WALK_SIZE; i++)
		cpu->hot.walk[i].page = CPU_NO_PAGE;
}

static void forget_code(struct cpu *cpu)
{
	if (cpu->engine)
		cpu->engine->remap(cpu->engine_data);
}

void cpu_paging_changed(struct cpu *cpu)
{
	forget_walks(cpu);
	cpu_tlb_flush(cpu);
	forget_code(cpu);
}

void cpu_page_changed(struct cpu *cpu, uint32_t lin)
{
	if (cpu->cr[4] & CR4_PSE) {
		cpu_paging_changed(cpu);	/* it may be one of 1024 */
		return;
	}
	walk_entry(cpu, lin)->page = CPU_NO_PAGE;
	cpu_tlb_drop(cpu, lin >> 12 & (CPU_TLB_SIZE - 1));
	forget_code(cpu);
}

/* What only the supervisor may use goes when its time is over.  */
void cpu_set_cpl(struct cpu *cpu, unsigned cpl)
{
	struct cpu_hot *hot = &cpu->hot;

	cpu->cpl = cpl;
	if (cpl < 3 || !hot->supers)
		return;
	if (hot->supers >= CPU_SUPER_MAX) {
		cpu_tlb_flush(cpu);
		return;
	}
	while (hot->supers)
		cpu_tlb_drop(cpu, hot->super[--hot->supers]);
}
