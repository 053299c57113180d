/* bus.c - the physical address space.
 *
 * A table with one entry a page covers all 4 GiB, so an address needs no
 * range check: an entry of zeros is a page that floats.  The table is
 * anonymous memory that the host gives out as it is touched.
 *
 * The common case, plain memory inside one page, is decided by one look at
 * the entry.  Everything else (chips, ROM, code, page borders, first write
 * to a clean page) goes through the slow functions.  */

#include "bus/bus.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"
#include "state/state.h"

#define PAGES		((size_t)1 << (32 - BUS_PAGE_BITS))
#define PAGE_OFFSET	(BUS_PAGE_SIZE - 1)
#define A20_BIT		(1u << 20)
#define VIDEO_START	0xa0000u	/* IBM AT: adapters and ROM from here */
#define VIDEO_END	0x100000u

/* Little-endian, whatever the host; the compiler makes one load of it.  */
static uint32_t fetch(const uint8_t *p, unsigned size)
{
	if (size == 1)
		return p[0];
	if (size == 2)
		return p[0] | p[1] << 8;
	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static void store(uint8_t *p, uint32_t val, unsigned size)
{
	p[0] = val;
	if (size >= 2)
		p[1] = val >> 8;
	if (size == 4) {
		p[2] = val >> 16;
		p[3] = val >> 24;
	}
}

static struct bus_page *page_at(struct bus *b, uint32_t addr)
{
	return &b->page[addr >> BUS_PAGE_BITS];
}

/* How many of n bytes from addr on lie in addr's page.  */
static size_t in_page(uint32_t addr, size_t n)
{
	size_t left = BUS_PAGE_SIZE - (addr & PAGE_OFFSET);

	return n < left ? n : left;
}

uint32_t bus_read_chip(const struct bus_page *p, uint32_t addr, unsigned size)
{
	uint32_t val = 0;

	if (!p->ops || !p->ops->read)
		return 0xffffffffu >> (32 - 8 * size);	/* an empty bus floats high */
	if (!p->ops->narrow || size == 1)
		return p->ops->read(p->dev, addr, size);
	for (unsigned i = 0; i < size; i++)
		val |= (p->ops->read(p->dev, addr + i, 1) & 0xff) << (8 * i);
	return val;
}

void bus_write_chip(struct bus *b, const struct bus_page *p, uint32_t addr, uint32_t val,
		    unsigned size)
{
	b->chip_writes++;
	if (!p->ops || !p->ops->write)
		return;
	if (!p->ops->narrow || size == 1) {
		p->ops->write(p->dev, addr, val, size);
		return;
	}
	for (unsigned i = 0; i < size; i++)
		p->ops->write(p->dev, addr + i, val >> (8 * i) & 0xff, 1);
}

/* [addr, addr + n) has changed; it lies in one page and A20 is applied.  */
static void page_written(struct bus *b, uint32_t addr, size_t n)
{
	struct bus_page *p = page_at(b, addr);

	bus_mark(b, addr);
	if (p->flags & PAGE_CODE && b->code_written)
		b->code_written(b->code_ctx, addr, n);
}

static uint32_t read_slow(struct bus *b, uint32_t addr, unsigned size)
{
	uint32_t val = 0;

	if (in_page(addr, size) == size)
		return bus_read_chip(page_at(b, addr), addr, size);
	for (unsigned i = 0; i < size; i++)
		val |= bus_read(b, addr + i, 1) << (8 * i);
	return val;
}

static void write_slow(struct bus *b, uint32_t addr, uint32_t val, unsigned size)
{
	uint8_t bytes[4];

	if (in_page(addr, size) != size) {
		store(bytes, val, size);
		bus_copy_out(b, addr, bytes, size);
		return;
	}
	if (!page_at(b, addr)->host) {
		bus_write_chip(b, page_at(b, addr), addr, val, size);
	} else if (page_at(b, addr)->flags & PAGE_WRITABLE) {
		store(page_at(b, addr)->host + (addr & PAGE_OFFSET), val, size);
		page_written(b, addr, size);
	}
}

uint32_t bus_read(struct bus *b, uint32_t addr, unsigned size)
{
	const struct bus_page *p;

	addr &= b->addr_mask;
	p = page_at(b, addr);
	if (p->host && (addr & PAGE_OFFSET) + size <= BUS_PAGE_SIZE)
		return fetch(p->host + (addr & PAGE_OFFSET), size);
	return read_slow(b, addr, size);
}

void bus_write(struct bus *b, uint32_t addr, uint32_t val, unsigned size)
{
	const struct bus_page *p;

	addr &= b->addr_mask;
	p = page_at(b, addr);
	if ((p->flags & ~PAGE_CARD) == (PAGE_WRITABLE | PAGE_DIRTY | PAGE_FRESH) &&
	    (addr & PAGE_OFFSET) + size <= BUS_PAGE_SIZE)
		store(p->host + (addr & PAGE_OFFSET), val, size);
	else
		write_slow(b, addr, val, size);
}

static void copy_in_page(struct bus *b, uint8_t *to, uint32_t addr, size_t n)
{
	const struct bus_page *p = page_at(b, addr);

	if (p->host) {
		memcpy(to, p->host + (addr & PAGE_OFFSET), n);
		return;
	}
	for (size_t i = 0; i < n; i++)
		to[i] = bus_read_chip(p, addr + i, 1);
}

static void copy_out_page(struct bus *b, uint32_t addr, const uint8_t *from, size_t n)
{
	struct bus_page *p = page_at(b, addr);

	if (!p->host) {
		for (size_t i = 0; i < n; i++)
			bus_write_chip(b, p, addr + i, from[i], 1);
	} else if (p->flags & PAGE_WRITABLE) {
		memmove(p->host + (addr & PAGE_OFFSET), from, n);
		page_written(b, addr, n);
	}
}

void bus_copy_in(struct bus *b, void *to, uint32_t addr, size_t n)
{
	for (size_t done = 0, part; done < n; done += part) {
		uint32_t at = (uint32_t)(addr + done) & b->addr_mask;

		part = in_page(at, n - done);
		copy_in_page(b, (uint8_t *)to + done, at, part);
	}
}

void bus_copy_out(struct bus *b, uint32_t addr, const void *from, size_t n)
{
	for (size_t done = 0, part; done < n; done += part) {
		uint32_t at = (uint32_t)(addr + done) & b->addr_mask;

		part = in_page(at, n - done);
		copy_out_page(b, at, (const uint8_t *)from + done, part);
	}
}

uint8_t *bus_span(struct bus *b, uint32_t addr, size_t size, bool writing)
{
	uint8_t *first = NULL;

	for (size_t done = 0, part; done < size || !first; done += part) {
		uint32_t at = (uint32_t)(addr + done) & b->addr_mask;
		const struct bus_page *p = page_at(b, at);
		uint8_t *here = p->host ? p->host + (at & PAGE_OFFSET) : NULL;

		if (!here || (writing && !(p->flags & PAGE_WRITABLE)))
			return NULL;
		if (first && here != first + done)
			return NULL;
		if (!first)
			first = here;
		part = in_page(at, size - done);
	}
	return first;
}

void bus_wrote(struct bus *b, uint32_t addr, size_t size)
{
	for (size_t done = 0, part; done < size; done += part) {
		uint32_t at = (uint32_t)(addr + done) & b->addr_mask;

		part = in_page(at, size - done);
		page_written(b, at, part);
	}
}

uint32_t bus_dirty(const struct bus *b, uint32_t addr, unsigned pages)
{
	const struct bus_page *p = &b->page[addr >> BUS_PAGE_BITS];
	uint32_t dirty = 0;

	assert(pages <= 32);
	for (unsigned i = 0; i < pages; i++)
		dirty |= (uint32_t)(p[i].flags / PAGE_DIRTY & 1) << i;
	return dirty;
}

uint32_t bus_clean_again(struct bus *b, uint32_t addr, unsigned pages, uint32_t were)
{
	struct bus_page *p = &b->page[addr >> BUS_PAGE_BITS];
	uint32_t fresh = bus_dirty(b, addr, pages) & ~were;

	for (unsigned i = 0; i < pages; i++)
		if (fresh >> i & 1)
			p[i].flags &= ~PAGE_DIRTY;
	return fresh;
}

static void note_moved(struct bus *b, size_t first, size_t end, bool code)
{
	if (!b->moved_end || first < b->moved_first)
		b->moved_first = first;
	if (end > b->moved_end)
		b->moved_end = end;
	b->moved_code |= code;
	b->map_epoch++;
}

/* A page that stays what it was keeps its bits, and nobody's cache ends.  FRESH goes by the
 * address, as the list of such pages does.  */
static void map_page(struct bus *b, size_t n, struct bus_page page)
{
	struct bus_page *p = &b->page[n];
	uint8_t kept = PAGE_DIRTY | PAGE_CODE | PAGE_FRESH;

	if (p->host == page.host && p->ops == page.ops && p->dev == page.dev &&
	    (p->flags & ~kept) == page.flags)
		return;
	note_moved(b, n, n + 1, p->flags & PAGE_CODE);
	page.flags |= p->flags & PAGE_FRESH;
	*p = page;
}

static void note_high(struct bus *b, size_t first, size_t end)
{
	if (!b->high_end || first < b->high_first)
		b->high_first = first;
	if (end > b->high_end)
		b->high_end = end;
}

static void map_pages(struct bus *b, uint32_t addr, size_t size, struct bus_page page)
{
	size_t first = addr >> BUS_PAGE_BITS;

	assert(addr % BUS_PAGE_SIZE == 0 && size % BUS_PAGE_SIZE == 0);
	assert(size >> BUS_PAGE_BITS <= b->pages - first);
	if (page.flags & PAGE_WRITABLE && addr >= b->ram_size)
		note_high(b, first, first + (size >> BUS_PAGE_BITS));
	for (size_t i = 0; i < size >> BUS_PAGE_BITS; i++) {
		map_page(b, first + i, page);
		if (page.host)
			page.host += BUS_PAGE_SIZE;
	}
}

void bus_map_ram(struct bus *b, uint32_t addr, size_t size, uint8_t *host,
		 uint8_t flags)
{
	map_pages(b, addr, size, (struct bus_page){
		.host = host, .flags = host ? flags & (PAGE_WRITABLE | PAGE_CARD) : 0 });
}

void bus_map_chip(struct bus *b, uint32_t addr, size_t size,
		  const struct bus_ops *ops, void *dev)
{
	map_pages(b, addr, size, (struct bus_page){ .ops = ops, .dev = dev });
}

void bus_set_a20(struct bus *b, bool on)
{
	uint32_t mask = on ? ~0u : ~A20_BIT;

	if (b->addr_mask == mask)
		return;
	b->addr_mask = mask;
	note_moved(b, 0, b->pages, true);
}

static bool map_memory(struct bus *b, struct error *err)
{
	void *at;

	b->memfd = memfd_create("dosvm ram", MFD_CLOEXEC);
	if (b->memfd >= 0 && ftruncate(b->memfd, b->ram_size) < 0) {
		close(b->memfd);	/* a limit on the size of files counts here too */
		b->memfd = -1;
	}
	at = mmap(NULL, b->ram_size, PROT_READ | PROT_WRITE,
		  b->memfd >= 0 ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS, b->memfd, 0);
	if (at == MAP_FAILED)
		goto refused;
	b->ram = at;
	at = mmap(NULL, PAGES * sizeof *b->page, PROT_READ | PROT_WRITE,
		  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (at == MAP_FAILED)
		goto refused;
	b->page = at;
	return true;
refused:
	error_set(err, "cannot get %zu KiB of memory for the machine: %s",
		  b->ram_size >> 10, strerror(errno));
	bus_fini(b);
	return false;
}

bool bus_init(struct bus *b, size_t ram_size, struct error *err)
{
	assert(ram_size % BUS_PAGE_SIZE == 0 && ram_size >= VIDEO_END);
	assert(ram_size <= (size_t)UINT32_MAX);
	memset(b, 0, sizeof *b);
	b->memfd = -1;
	b->ram_size = ram_size;
	b->pages = PAGES;
	b->addr_mask = ~0u;
	if (!map_memory(b, err))
		return false;
	bus_map_ram(b, 0, VIDEO_START, b->ram, PAGE_WRITABLE);
	bus_map_ram(b, VIDEO_END, ram_size - VIDEO_END, b->ram + VIDEO_END,
		    PAGE_WRITABLE);
	return true;
}

void bus_fini(struct bus *b)
{
	if (b->page)
		munmap(b->page, PAGES * sizeof *b->page);
	if (b->ram)
		munmap(b->ram, b->ram_size);
	if (b->memfd >= 0)
		close(b->memfd);
	b->page = NULL;
	b->ram = NULL;
	b->memfd = -1;
}

static void loaded(struct bus *b, bool a20)
{
	bus_set_a20(b, a20);
	for (size_t i = 0; i < b->ram_size >> BUS_PAGE_BITS; i++)
		if (b->page[i].host)
			page_written(b, i << BUS_PAGE_BITS, BUS_PAGE_SIZE);
}

/* The map itself is not here: each owner of pages maps them again when its
 * own state is loaded.  */
void bus_state(struct bus *b, struct state *st)
{
	bool a20 = b->addr_mask & A20_BIT;
	uint64_t size = b->ram_size;

	state_section(st, "bus", 3);
	state_u64(st, &size);
	state_bool(st, &a20);
	if (size != b->ram_size)
		state_fail(st, "its machine has %llu KiB of memory, this one %zu",
			   (unsigned long long)size >> 10, b->ram_size >> 10);
	state_memory(st, b->ram, b->ram_size);
	if (st->mode == STATE_LOAD && state_ok(st))
		loaded(b, a20);
	bus_fresh_state(b, st);
}
