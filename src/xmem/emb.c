/* emb.c - extended memory blocks, by the kilobyte (XMS specification 3.0).  */

#include "xmem/emb.h"

#include "bus/bus.h"
#include "state/state.h"

#define KB		1024u
#define FIRST_KB	1088u		/* behind the high memory area */
#define REAL_END	0x10fff0u	/* the last that a far pointer reaches */

static struct emb_block *block_of(struct emb *e, uint16_t handle)
{
	struct emb_block *b = &e->block[handle - 1u];

	return handle >= 1 && handle <= EMB_HANDLES && b->used ? b : NULL;
}

const struct emb_block *emb_block(const struct emb *e, uint16_t handle)
{
	return block_of((struct emb *)e, handle);
}

unsigned emb_free_handles(const struct emb *e)
{
	unsigned n = 0;

	for (unsigned i = 0; i < EMB_HANDLES; i++)
		n += !e->block[i].used;
	return n;
}

/* --- Room ----------------------------------------------------------------- */

/* Where the free piece that begins at `at' ends: `at' itself if it is taken.  `but'
 * counts as free.  */
static uint32_t piece_end(const struct emb *e, uint32_t at, const struct emb_block *but)
{
	uint32_t end = e->end;

	for (unsigned i = 0; i < EMB_HANDLES; i++) {
		const struct emb_block *b = &e->block[i];

		if (!b->used || !b->size || b == but || b->at + b->size <= at)
			continue;
		if (b->at <= at)
			return at;
		if (b->at < end)
			end = b->at;
	}
	return end;
}

/* The lowest place behind `at' where a piece may begin: the end of a block.  */
static uint32_t next_place(const struct emb *e, uint32_t at)
{
	uint32_t next = e->end;

	for (unsigned i = 0; i < EMB_HANDLES; i++) {
		const struct emb_block *b = &e->block[i];

		if (b->used && b->size && b->at + b->size > at && b->at + b->size < next)
			next = b->at + b->size;
	}
	return next;
}

/* First fit; e->end: there is no room.  */
static uint32_t find_room(const struct emb *e, uint32_t size, const struct emb_block *but)
{
	for (uint32_t at = e->first; at < e->end; at = next_place(e, at))
		if (piece_end(e, at, but) - at >= size)
			return at;
	return e->end;
}

void emb_space(const struct emb *e, uint32_t *largest, uint32_t *total)
{
	*largest = *total = 0;
	for (uint32_t at = e->first; at < e->end; at = next_place(e, at)) {
		uint32_t size = piece_end(e, at, NULL) - at;

		*total += size;
		if (size > *largest)
			*largest = size;
	}
}

/* --- Blocks ----------------------------------------------------------------- */

enum xms_error emb_alloc(struct emb *e, uint32_t size, uint16_t *handle)
{
	unsigned n = 0;
	uint32_t at = find_room(e, size, NULL);

	while (n < EMB_HANDLES && e->block[n].used)
		n++;
	if (at == e->end && size)
		return XMS_NO_MEMORY;
	if (n == EMB_HANDLES)
		return XMS_NO_HANDLE;
	e->block[n] = (struct emb_block){ .used = true, .at = at, .size = size };
	*handle = n + 1;
	return XMS_OK;
}

enum xms_error emb_free(struct emb *e, uint16_t handle)
{
	struct emb_block *b = block_of(e, handle);

	if (!b)
		return XMS_BAD_HANDLE;
	if (b->locks)
		return XMS_LOCKED;
	*b = (struct emb_block){ .used = false };
	return XMS_OK;
}

enum xms_error emb_lock(struct emb *e, uint16_t handle, uint32_t *linear)
{
	struct emb_block *b = block_of(e, handle);

	if (!b)
		return XMS_BAD_HANDLE;
	if (b->locks == UINT8_MAX)
		return XMS_TOO_MANY_LOCKS;
	b->locks++;
	*linear = b->at * KB;
	return XMS_OK;
}

enum xms_error emb_unlock(struct emb *e, uint16_t handle)
{
	struct emb_block *b = block_of(e, handle);

	if (!b)
		return XMS_BAD_HANDLE;
	if (!b->locks)
		return XMS_NOT_LOCKED;
	b->locks--;
	return XMS_OK;
}

/* --- Moving bytes -------------------------------------------------------------- */

static void copy_part(struct bus *bus, uint32_t to, uint32_t from, size_t n)
{
	uint8_t buf[4096];

	bus_copy_in(bus, buf, from, n);
	bus_copy_out(bus, to, buf, n);
}

/* From the end where nothing is overwritten that is still to be read.  */
static void copy(struct bus *bus, uint32_t to, uint32_t from, uint32_t n)
{
	bool a20_on = bus->addr_mask & 1u << 20;
	uint32_t part;

	bus_set_a20(bus, true);
	for (uint32_t done = 0; done < n; done += part) {
		part = n - done < 4096 ? n - done : 4096;
		if (to <= from)
			copy_part(bus, to + done, from + done, part);
		else
			copy_part(bus, to + n - done - part, from + n - done - part, part);
	}
	bus_set_a20(bus, a20_on);
}

enum xms_error emb_resize(struct emb *e, uint16_t handle, uint32_t size)
{
	struct emb_block *b = block_of(e, handle);
	uint32_t at;

	if (!b)
		return XMS_BAD_HANDLE;
	if (b->locks)
		return XMS_LOCKED;
	at = size <= b->size || piece_end(e, b->at, b) - b->at >= size ? b->at :
		find_room(e, size, b);
	if (at == e->end && size)
		return XMS_NO_MEMORY;
	if (at != b->at)
		copy(e->bus, at * KB, b->at * KB, (size < b->size ? size : b->size) * KB);
	b->at = at;
	b->size = size;
	return XMS_OK;
}

/* False: it does not lie where it could.  */
static bool end_at(struct emb *e, struct emb_end end, uint32_t length, uint32_t *linear)
{
	const struct emb_block *b = block_of(e, end.handle);

	if (!end.handle) {
		*linear = (end.offset >> 16) * 16 + (end.offset & 0xffff);
		return length <= REAL_END && *linear <= REAL_END - length;
	}
	*linear = b->at * KB + end.offset;
	return length <= b->size * KB && end.offset <= b->size * KB - length;
}

enum xms_error emb_move(struct emb *e, uint32_t length, struct emb_end from, struct emb_end to)
{
	uint32_t source, target;

	if (length & 1)
		return XMS_BAD_LENGTH;
	if (from.handle && !block_of(e, from.handle))
		return XMS_BAD_SOURCE;
	if (to.handle && !block_of(e, to.handle))
		return XMS_BAD_TARGET;
	if (!end_at(e, from, length, &source))
		return XMS_BAD_SOURCE_OFFSET;
	if (!end_at(e, to, length, &target))
		return XMS_BAD_TARGET_OFFSET;
	copy(e->bus, target, source, length);
	return XMS_OK;
}

/* --- The room ---------------------------------------------------------------- */

void emb_init(struct emb *e, struct bus *bus)
{
	uint32_t end = bus->ram_size / KB;

	*e = (struct emb){ .bus = bus, .first = FIRST_KB, .end = end > FIRST_KB ? end : FIRST_KB };
}

void emb_reset(struct emb *e)
{
	for (unsigned i = 0; i < EMB_HANDLES; i++)
		e->block[i] = (struct emb_block){ .used = false };
}

void emb_state(struct emb *e, struct state *st)
{
	state_section(st, "emb", 1);
	for (unsigned i = 0; i < EMB_HANDLES; i++) {
		struct emb_block *b = &e->block[i];

		state_bool(st, &b->used);
		state_u8(st, &b->locks);
		state_u32(st, &b->at);
		state_u32(st, &b->size);
		if (st->mode == STATE_LOAD && b->used &&
		    (b->at < e->first || b->at > e->end || b->size > e->end - b->at))
			state_fail(st, "an extended memory block outside of memory");
	}
}
