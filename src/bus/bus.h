/* bus.h - the wires between the CPU and the chips: memory map, I/O ports,
 * single lines.  The bus knows no chip by name.
 *
 * Addresses are physical.  The A20 gate is applied here and nowhere else:
 * with the gate closed, address line 20 reads as 0 (IBM AT Technical
 * Reference, "A20 gate"), so page n and page n ^ 0x100 are the same.
 *
 * Guest RAM is one memfd, so that an engine may map it wherever it likes
 * (bus.memfd); bus.ram is the bus's own view of it.  */

#ifndef BUS_H
#define BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sched/sched.h"

struct error;
struct state;

#define BUS_PAGE_BITS	12
#define BUS_PAGE_SIZE	(1u << BUS_PAGE_BITS)

/* One wire, handed to a chip at birth: an interrupt request, a timer's
 * output, the A20 gate.  The chip does not know who is at the other end,
 * so no chip includes another.  */
struct wire {
	void (*set)(void *ctx, unsigned n, bool level);
	void *ctx;
	unsigned n;
};

static inline void wire_set(const struct wire *w, bool level)
{
	if (w->set)
		w->set(w->ctx, w->n, level);
}

/* A DMA channel, seen from the card that asks for the bytes.  Answers how
 * many were moved; fewer than n at terminal count.  */
struct dma_line {
	size_t (*move)(void *ctx, unsigned channel, uint8_t *buf, size_t n, bool to_memory);
	void *ctx;
	unsigned channel;
};

/* How a chip answers in a range of ports or of memory.  `size' is 1, 2
 * or 4; a chip that sets `narrow' only ever sees 1.  */
struct bus_ops {
	const char *name;
	uint32_t (*read)(void *dev, uint32_t addr, unsigned size);
	void (*write)(void *dev, uint32_t addr, uint32_t val, unsigned size);
	bool narrow;
	/* The date before which reading the port again, which has just been read, gives
	 * the same and changes nothing, unless an event fires; not after now: that is
	 * not known.  NULL: it never is.  */
	vtime (*steady)(void *dev, uint32_t port);
};

/* What a page is like.  WRITABLE: plain RAM (a page with host memory that
 * is not WRITABLE is ROM: writes vanish).  DIRTY: written since somebody
 * cleared the bit.  CODE: an engine keeps decoded instructions of this
 * page, so every write to it must go through the bus, or be reported to
 * it with bus_wrote().  FRESH: written since bus_fresh_begin().  CARD: behind
 * the expansion bus, which takes its time; what a chip answers for is, too.  */
enum { PAGE_WRITABLE = 1, PAGE_DIRTY = 2, PAGE_CODE = 4, PAGE_FRESH = 8, PAGE_CARD = 16 };

struct bus_page {
	uint8_t *host;			/* plain memory, or NULL */
	const struct bus_ops *ops;	/* a chip answers, when host is NULL */
	void *dev;
	uint8_t flags;
};

#define BUS_FRESH_MAX	32
#define BUS_FRESH_FACTOR UINT64_C(0x9e3779b97f4a7c15)

/* The pages of RAM that are FRESH, in the order of their first writes.  */
struct bus_fresh {
	uint32_t page[BUS_FRESH_MAX];	/* numbers */
	uint32_t count;
	bool lost;			/* there are more */
	uint32_t begun;			/* how often; who shares it with others looks */
};

/* What was read from ports, for who has set `noted' (no part of a snapshot).  */
struct bus_steady {
	bool noted;
	vtime until;			/* all of it is the same before that date */
	uint32_t reads;
};

struct bus_port {
	const struct bus_ops *ops;
	void *dev;
};

struct bus {
	int memfd;		/* -1: the host limits the size of files, RAM has no file */
	uint8_t *ram;			/* ram_size bytes */
	size_t ram_size;
	struct bus_page *page;		/* indexed by address >> BUS_PAGE_BITS */
	size_t pages;			/* addresses past them float: reads are FFh */
	uint32_t addr_mask;		/* the A20 gate: ~0, or ~(1 << 20) */
	struct bus_port port[0x10000];

	/* Changes whenever a page is mapped otherwise or A20 moves, and never
	 * otherwise.  Whoever caches page[].host compares it.  */
	uint32_t map_epoch;
	/* What it changed for, since bus_moves_seen(): pages, by their numbers, from the
	 * first to the one before the end (0: none), and whether any was CODE.  */
	size_t moved_first, moved_end;
	bool moved_code;

	/* RAM above ram_size, a card's: all that was ever mapped is among these pages.  */
	size_t high_first, high_end;

	struct bus_fresh fresh;
	struct bus_steady steady;
	uint32_t chip_writes;		/* to memory that is a chip's, so far */

	/* Changes whenever somebody clears a DIRTY or a FRESH bit.  An engine that has
	 * seen the bit set may write a page without looking at it again, but
	 * only until this number changes.  */
	uint32_t dirty_epoch;

	/* The engine that wants to know about writes to CODE pages.  Called
	 * after the bytes [addr, addr + size) have changed; addr is physical,
	 * A20 already applied, and the range lies in one page.  */
	void (*code_written)(void *ctx, uint32_t addr, uint32_t size);
	void *code_ctx;

	/* Each access to a port, for --trace: after a read, before a write.  `chip'
	 * is who answers, NULL if nobody does.  May be NULL.  */
	void (*on_port)(void *ctx, const char *chip, uint16_t port, unsigned size, bool out,
			uint32_t val);
	void *port_ctx;
};

/* ram_size is a multiple of 4096, at least 1 MiB.  Maps RAM at 0 up to
 * ram_size, except A0000h-FFFFFh, which float until somebody maps them.  */
bool bus_init(struct bus *b, size_t ram_size, struct error *err);
void bus_fini(struct bus *b);
void bus_state(struct bus *b, struct state *st);

void bus_map_ports(struct bus *b, uint16_t first, unsigned count,
		   const struct bus_ops *ops, void *dev);

/* addr and size are multiples of BUS_PAGE_SIZE.  `flags': of PAGE_WRITABLE and PAGE_CARD.
 * With host NULL the pages float again.  */
void bus_map_ram(struct bus *b, uint32_t addr, size_t size, uint8_t *host,
		 uint8_t flags);
void bus_map_chip(struct bus *b, uint32_t addr, size_t size,
		  const struct bus_ops *ops, void *dev);
void bus_set_a20(struct bus *b, bool on);
/* Whoever caches page[].host - there is one - knows of all changes so far.  */
static inline void bus_moves_seen(struct bus *b)
{
	b->moved_end = 0;
	b->moved_code = false;
}

uint32_t bus_in(struct bus *b, uint16_t port, unsigned size);
void bus_out(struct bus *b, uint16_t port, uint32_t val, unsigned size);

/* size 1, 2 or 4; any alignment, page crossings included.  */
uint32_t bus_read(struct bus *b, uint32_t addr, unsigned size);
void bus_write(struct bus *b, uint32_t addr, uint32_t val, unsigned size);

/* The same for who has found already that addr's page, p, is no memory (its host is NULL), nor
 * ends before the access does, and has applied A20.  */
uint32_t bus_read_chip(const struct bus_page *p, uint32_t addr, unsigned size);
void bus_write_chip(struct bus *b, const struct bus_page *p, uint32_t addr, uint32_t val,
		    unsigned size);

/* Any number of bytes, through chips where chips answer.  Writing reports
 * code changes.  */
void bus_copy_in(struct bus *b, void *to, uint32_t addr, size_t n);
void bus_copy_out(struct bus *b, uint32_t addr, const void *from, size_t n);

/* The host address of guest bytes if all of them are plain memory,
 * adjoining in the host too; else NULL.  With `writing', memory must be
 * writable, and the caller says bus_wrote() after it has written.  */
uint8_t *bus_span(struct bus *b, uint32_t addr, size_t size, bool writing);

/* Somebody wrote [addr, addr + size) behind the bus's back: marks the
 * pages dirty and tells the engine about code.  */
void bus_wrote(struct bus *b, uint32_t addr, size_t size);

/* Has the page of addr been written since the last call?  Clears DIRTY: the
 * only way to do that.  Not to be called from inside a chip's access
 * functions, where an engine is in the middle of an instruction.  */
static inline bool bus_take_dirty(struct bus *b, uint32_t addr)
{
	struct bus_page *p = &b->page[addr >> BUS_PAGE_BITS];

	if (!(p->flags & PAGE_DIRTY))
		return false;
	p->flags &= ~PAGE_DIRTY;
	b->dirty_epoch++;
	return true;
}

/* The page was written.  */
void bus_fresh_note(struct bus *b, uint32_t page);
static inline void bus_mark(struct bus *b, uint32_t addr)
{
	struct bus_page *p = &b->page[addr >> BUS_PAGE_BITS];

	p->flags |= PAGE_DIRTY;
	if (!(p->flags & PAGE_FRESH))
		bus_fresh_note(b, addr >> BUS_PAGE_BITS);
}

/* From now on note anew which pages of RAM are written.  As bus_take_dirty().  */
void bus_fresh_begin(struct bus *b);
/* A number that stands for what is in those of the pages noted that lie in [from, to).
 * Three such are one as far apart as the next if each word of the same pages has
 * changed twice by the same.  */
uint64_t bus_fresh_sum(const struct bus *b, uint32_t from, uint32_t to);
void bus_fresh_state(struct bus *b, struct state *st);

/* For a room that writes on behalf of the machine and not of the program: which
 * of the first `pages' (up to 32) pages from addr on are DIRTY, a bit each; and,
 * after it has written, the same pages are clean again but those.  Answers
 * which were not.  Nobody else may have run between the two calls, so an
 * engine cannot have relied on what is taken back, and dirty_epoch stays.  */
uint32_t bus_dirty(const struct bus *b, uint32_t addr, unsigned pages);
uint32_t bus_clean_again(struct bus *b, uint32_t addr, unsigned pages, uint32_t were);

#endif
