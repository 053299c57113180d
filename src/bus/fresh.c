/* fresh.c - which pages have been written since a date, and what is in them.
 *
 * The date is bus_fresh_begin().  After it the first write to each page comes
 * through the slow functions once, as after a DIRTY bit was cleared.  */

#include "bus/bus.h"

#include <string.h>

#include "state/state.h"

#define WORDS	(BUS_PAGE_SIZE / 8)

void bus_fresh_note(struct bus *b, uint32_t page)
{
	struct bus_fresh *f = &b->fresh;

	b->page[page].flags |= PAGE_FRESH;
	if (f->count < BUS_FRESH_MAX)
		f->page[f->count++] = page;
	else
		f->lost = true;
}

static void forget_all(struct bus *b)
{
	for (size_t i = 0; i < b->ram_size >> BUS_PAGE_BITS; i++)
		b->page[i].flags &= ~PAGE_FRESH;
	for (size_t i = b->high_first; i < b->high_end; i++)
		b->page[i].flags &= ~PAGE_FRESH;
}

void bus_fresh_begin(struct bus *b)
{
	struct bus_fresh *f = &b->fresh;

	if (f->lost)
		forget_all(b);
	for (unsigned i = 0; i < f->count; i++)
		b->page[f->page[i]].flags &= ~PAGE_FRESH;
	f->count = 0;
	f->lost = false;
	f->begun++;
	b->dirty_epoch++;
}

static uint64_t word_at(const uint8_t *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? v : __builtin_bswap64(v);
}

/* A polynomial in BUS_FRESH_FACTOR, so that two sums differ by what their words
 * do, each times a power of it.  */
uint64_t bus_fresh_sum(const struct bus *b, uint32_t from, uint32_t to)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < b->fresh.count; i++) {
		uint32_t at = b->fresh.page[i] << BUS_PAGE_BITS;
		const uint8_t *host = b->page[b->fresh.page[i]].host;

		if (!host || at < from || at >= to)
			continue;
		for (unsigned n = 0; n < WORDS; n++)
			sum = sum * BUS_FRESH_FACTOR + word_at(host + 8 * n);
	}
	return sum;
}

void bus_fresh_state(struct bus *b, struct state *st)
{
	struct bus_fresh *f = &b->fresh;

	state_below(st, &f->count, BUS_FRESH_MAX + 1);
	for (unsigned i = 0; i < f->count; i++)
		state_below(st, &f->page[i], b->pages);
	state_bool(st, &f->lost);
	state_u32(st, &f->begun);
	state_u32(st, &b->chip_writes);
	if (st->mode == STATE_SAVE || f->lost)
		return;
	forget_all(b);
	for (unsigned i = 0; i < f->count; i++)
		b->page[f->page[i]].flags |= PAGE_FRESH;
	b->dirty_epoch++;
}
