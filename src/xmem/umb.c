/* umb.c - upper memory blocks (XMS specification 3.0, functions 10h-12h).  */

#include "xmem/umb.h"

#include <string.h>

#include "bus/bus.h"
#include "state/state.h"

static struct umb_block *block_of(struct umb *u, uint16_t seg)
{
	for (unsigned i = 0; i < u->count; i++)
		if (u->block[i].seg == seg && u->block[i].used)
			return &u->block[i];
	return NULL;
}

static void insert(struct umb *u, unsigned n, struct umb_block b)
{
	memmove(&u->block[n + 1], &u->block[n], (u->count - n) * sizeof b);
	u->block[n] = b;
	u->count++;
}

static void take_out(struct umb *u, unsigned n)
{
	u->count--;
	memmove(&u->block[n], &u->block[n + 1], (u->count - n) * sizeof u->block[0]);
}

/* Free neighbours become one.  */
static void join(struct umb *u)
{
	for (unsigned i = 0; i + 1 < u->count;) {
		if (u->block[i].used || u->block[i + 1].used) {
			i++;
			continue;
		}
		u->block[i].paras += u->block[i + 1].paras;
		take_out(u, i + 1);
	}
}

/* Block n is cut to `paras', what is behind it becomes free.  Where there is no
 * entry for that, the block keeps it.  */
static void cut(struct umb *u, unsigned n, uint16_t paras)
{
	struct umb_block *b = &u->block[n];

	if (b->paras == paras || u->count == UMB_BLOCKS)
		return;
	insert(u, n + 1, (struct umb_block){ b->seg + paras, b->paras - paras, false });
	b->paras = paras;
	join(u);
}

enum xms_error umb_alloc(struct umb *u, uint16_t paras, uint16_t *seg, uint16_t *size)
{
	uint16_t largest = 0;

	for (unsigned i = 0; i < u->count; i++) {
		struct umb_block *b = &u->block[i];

		if (b->used)
			continue;
		if (b->paras > largest)
			largest = b->paras;
		if (b->paras < paras || !paras)
			continue;
		b->used = true;
		cut(u, i, paras);
		*seg = b->seg;
		*size = b->paras;
		return XMS_OK;
	}
	*size = largest;
	return largest ? XMS_SMALLER_UMB : XMS_NO_UMB;
}

enum xms_error umb_free(struct umb *u, uint16_t seg)
{
	struct umb_block *b = block_of(u, seg);

	if (!b)
		return XMS_BAD_UMB;
	b->used = false;
	join(u);
	return XMS_OK;
}

enum xms_error umb_resize(struct umb *u, uint16_t seg, uint16_t paras, uint16_t *size)
{
	struct umb_block *b = block_of(u, seg);
	unsigned n = b ? b - u->block : 0;
	bool room = b && n + 1 < u->count && !u->block[n + 1].used;
	uint16_t most = b ? b->paras + (room ? u->block[n + 1].paras : 0) : 0;

	if (!b)
		return XMS_BAD_UMB;
	if (paras > most || !paras) {
		*size = most;
		return XMS_SMALLER_UMB;
	}
	if (paras > b->paras) {
		b->paras = most;
		take_out(u, n + 1);
	}
	cut(u, n, paras);
	return XMS_OK;
}

void umb_init(struct umb *u, struct bus *bus, bool there)
{
	*u = (struct umb){ .bus = bus, .there = there };
	umb_reset(u);
}

void umb_reset(struct umb *u)
{
	u->count = 0;
	if (!u->there)
		return;
	bus_map_ram(u->bus, UMB_FIRST * 16, (UMB_END - UMB_FIRST) * 16,
		    u->bus->ram + UMB_FIRST * 16, PAGE_WRITABLE);
	u->block[u->count++] = (struct umb_block){ UMB_FIRST, UMB_END - UMB_FIRST, false };
}

void umb_state(struct umb *u, struct state *st)
{
	uint32_t at = UMB_FIRST, count = u->count;

	state_section(st, "umb", 1);
	state_below(st, &count, UMB_BLOCKS + 1);
	u->count = count;
	for (unsigned i = 0; i < u->count; i++) {
		struct umb_block *b = &u->block[i];

		state_u16(st, &b->seg);
		state_u16(st, &b->paras);
		state_bool(st, &b->used);
		if (st->mode == STATE_LOAD && b->seg != at)
			state_fail(st, "upper memory blocks that do not follow each other");
		at += b->paras;
	}
	if (st->mode == STATE_LOAD && (u->count > 0) != u->there)
		state_fail(st, "another machine's upper memory");
	if (st->mode == STATE_LOAD && u->count && at != UMB_END)
		state_fail(st, "upper memory of another size");
}
