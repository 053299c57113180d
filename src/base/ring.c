/* ring.c - head and tail count records since the beginning of time, so
 * that full and empty differ without a spare place.  */

#include "base/ring.h"

#include <assert.h>
#include <string.h>

void ring_init(struct ring *r, void *store, size_t record, uint32_t count)
{
	assert(record > 0 && count > 0 && (count & (count - 1)) == 0);
	*r = (struct ring){ .store = store, .record = record, .mask = count - 1 };
}

void ring_clear(struct ring *r)
{
	r->head = r->tail = 0;
}

static uint8_t *place(const struct ring *r, uint32_t n)
{
	return r->store + (n & r->mask) * r->record;
}

bool ring_put(struct ring *r, const void *record)
{
	if (ring_room(r) == 0)
		return false;
	memcpy(place(r, r->tail++), record, r->record);
	return true;
}

bool ring_peek(const struct ring *r, uint32_t nth, void *record)
{
	if (nth >= ring_used(r))
		return false;
	memcpy(record, place(r, r->head + nth), r->record);
	return true;
}

bool ring_get(struct ring *r, void *record)
{
	if (!ring_peek(r, 0, record))
		return false;
	r->head++;
	return true;
}

uint32_t ring_write(struct ring *r, const void *records, uint32_t count)
{
	const uint8_t *from = records;
	uint32_t n = 0;

	while (n < count && ring_put(r, from + n * r->record))
		n++;
	return n;
}

uint32_t ring_read(struct ring *r, void *records, uint32_t count)
{
	uint8_t *to = records;
	uint32_t n = 0;

	while (n < count && ring_get(r, to + n * r->record))
		n++;
	return n;
}
