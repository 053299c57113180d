/* ring.h - a queue of equal records (often bytes) in storage that its owner
 * holds by value.  Nothing is allocated.
 *
 *	uint8_t store[64];
 *	struct ring in;
 *	...
 *	ring_init(&in, store, 1, sizeof store);  */

#ifndef BASE_RING_H
#define BASE_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ring {
	uint8_t *store;
	size_t record;			/* bytes in one */
	uint32_t mask;			/* records - 1 */
	uint32_t head, tail;		/* run freely; tail - head are used */
};

/* count, a power of two up to 2^31, is how many records fit in store.  */
void ring_init(struct ring *r, void *store, size_t record, uint32_t count);
void ring_clear(struct ring *r);

static inline uint32_t ring_used(const struct ring *r)
{
	return r->tail - r->head;
}

static inline uint32_t ring_room(const struct ring *r)
{
	return r->mask + 1 - ring_used(r);
}

/* One record in or out.  False: full, or empty; nothing is changed.  */
bool ring_put(struct ring *r, const void *record);
bool ring_get(struct ring *r, void *record);

/* The nth record from the front, which stays.  False: there are not so many.  */
bool ring_peek(const struct ring *r, uint32_t nth, void *record);

/* Many at once; answers how many it was.  */
uint32_t ring_write(struct ring *r, const void *records, uint32_t count);
uint32_t ring_read(struct ring *r, void *records, uint32_t count);

#endif
