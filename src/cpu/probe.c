/* probe.c - looking without touching.  */

#include "cpu/probe.h"

#include <string.h>

#include "bus/bus.h"
#include "cpu/access.h"
#include "cpu/descriptor.h"
#include "cpu/mmu.h"

static uint8_t *host_page(const struct cpu *cpu, uint32_t phys)
{
	const struct bus *b = cpu->bus;

	if (phys >> BUS_PAGE_BITS >= b->pages)
		return NULL;
	return b->page[phys >> BUS_PAGE_BITS].host;
}

/* A word of a page table; 0, which is not present, where there is none.  */
static uint32_t entry(const struct cpu *cpu, uint32_t phys)
{
	const uint8_t *host;

	host = host_page(cpu, phys);
	if (!host)
		return 0;
	host += phys & 0xffc;
	return host[0] | host[1] << 8 | host[2] << 16 | (uint32_t)host[3] << 24;
}

bool cpu_probe(const struct cpu *cpu, uint32_t lin, uint32_t *phys)
{
	struct cpu_page_entries e = { .frame = lin & ~0xfffu };
	bool present = !cpu_paging(cpu) || cpu_page_entries(cpu, lin, entry, &e);

	*phys = (e.frame | (lin & 0xfff)) & cpu->bus->addr_mask;
	return present;
}

/* How many of n bytes lie in the page of lin.  */
static size_t in_page(uint32_t lin, size_t n)
{
	size_t left = BUS_PAGE_SIZE - (lin & (BUS_PAGE_SIZE - 1));

	return n < left ? n : left;
}

size_t cpu_peek(const struct cpu *cpu, uint32_t lin, void *to, size_t n)
{
	size_t done = 0, k;
	uint32_t phys;

	for (; done < n; done += k, lin += k) {
		const uint8_t *host = cpu_probe(cpu, lin, &phys) ? host_page(cpu, phys) : NULL;

		if (!host)
			break;
		k = in_page(lin, n - done);
		memcpy((uint8_t *)to + done, host + (phys & 0xfff), k);
	}
	return done;
}

size_t cpu_poke(struct cpu *cpu, uint32_t lin, const void *from, size_t n)
{
	size_t done = 0, k;
	uint32_t phys;

	for (; done < n; done += k, lin += k) {
		uint8_t *host = cpu_probe(cpu, lin, &phys) ? host_page(cpu, phys) : NULL;

		if (!host || !(cpu->bus->page[phys >> BUS_PAGE_BITS].flags & PAGE_WRITABLE))
			break;
		k = in_page(lin, n - done);
		memcpy(host + (phys & 0xfff), (const uint8_t *)from + done, k);
		bus_wrote(cpu->bus, phys, k);
	}
	return done;
}

bool cpu_probe_segment(const struct cpu *cpu, uint16_t sel, struct cpu_segment *s)
{
	uint32_t base = sel & 4 ? cpu->ldtr.base : cpu->gdtr.base;
	uint32_t limit = sel & 4 ? cpu->ldtr.limit : cpu->gdtr.limit;
	uint8_t d[8];

	*s = cpu->seg[CPU_CS];
	s->sel = sel;
	s->base = sel * 16u;
	if (!(cpu->cr[0] & CR0_PE) || cpu->flags & CPU_VM)
		return true;
	if (!(sel & ~3u) || (sel | 7u) > limit ||
	    cpu_peek(cpu, base + (sel & ~7u), d, sizeof d) < sizeof d)
		return false;
	*s = descriptor_decode(sel, cpu_load(d, 4),
			       cpu_load(d + 4, cpu->model >= CPU_80386 ? 4 : 2));
	return (s->attr & (ATTR_P | ATTR_S)) == (ATTR_P | ATTR_S);
}
