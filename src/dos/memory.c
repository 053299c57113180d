/* memory.c - the chain of memory control blocks (INT 21h/48h, 49h, 4Ah, 58h).
 *
 * The chain is in guest memory and programs edit it by hand, so every link
 * is looked at before it is followed: a block whose type is neither 'M' nor
 * 'Z', or that does not lead upwards, means that the chain is destroyed.
 *
 * Freed blocks are joined when somebody looks for room, not when they are
 * freed, and a block that cannot grow enough grows as far as it can: both as
 * DOS does (MS-DOS 4.0 sources, DOS/ALLOC.ASM), both relied upon.  */

#include "dos/memory.h"

#include "dos/layout.h"
#include "dos/services.h"

#define NO_UMB	0xffffu

enum strategy { FIRST_FIT, BEST_FIT, LAST_FIT };

struct block {
	uint16_t mcb, owner, paras;
	bool last;
};

static bool read_block(const struct dos *dos, uint16_t mcb, struct block *b)
{
	uint8_t type = dos_r8(dos, mcb, MCB_TYPE);

	*b = (struct block){
		.mcb = mcb, .last = type == 'Z',
		.owner = dos_r16(dos, mcb, MCB_OWNER),
		.paras = dos_r16(dos, mcb, MCB_PARAS),
	};
	return (type == 'M' || type == 'Z') && mcb + b->paras + 1u <= 0xffff;
}

static void write_block(struct dos *dos, const struct block *b)
{
	dos_w8(dos, b->mcb, MCB_TYPE, b->last ? 'Z' : 'M');
	dos_w16(dos, b->mcb, MCB_OWNER, b->owner);
	dos_w16(dos, b->mcb, MCB_PARAS, b->paras);
}

/* False: the chain is destroyed.  Not to be called on the last block.  */
static bool next_block(const struct dos *dos, struct block *b)
{
	return read_block(dos, b->mcb + b->paras + 1, b);
}

/* Join the free blocks that follow b to it.  */
static bool join_free(struct dos *dos, struct block *b)
{
	struct block next;

	while (!b->last) {
		next = *b;
		if (!next_block(dos, &next))
			return false;
		if (next.owner != MCB_OWNER_FREE)
			return true;
		b->paras += next.paras + 1;
		b->last = next.last;
		write_block(dos, b);
	}
	return true;
}

/* Cut b to `paras'; what is left over becomes a free block.  With `high' the
 * upper part is taken, and b is it.  */
static void take(struct dos *dos, struct block *b, uint16_t paras, uint16_t owner, bool high)
{
	struct block low = *b, rest = *b;
	uint16_t left = b->paras - paras;

	if (!left) {
		b->owner = owner;
		write_block(dos, b);
		return;
	}
	low.paras = high ? left - 1 : paras;
	low.owner = high ? MCB_OWNER_FREE : owner;
	low.last = false;
	rest.mcb = low.mcb + low.paras + 1;
	rest.paras = high ? paras : left - 1;
	rest.owner = high ? owner : MCB_OWNER_FREE;
	write_block(dos, &low);
	write_block(dos, &rest);
	*b = high ? rest : low;
}

static uint16_t first_mcb(const struct dos *dos)
{
	return lol_r16(dos, LOL_FIRST_MCB);
}

/* The first upper block if upper memory is linked, else NO_UMB.  */
static uint16_t linked_umb(const struct dos *dos)
{
	if (!(dos_r8(dos, DOS_SEG, AT_UMB_LINKED) & 1))
		return NO_UMB;
	return dos_r16(dos, DOS_SEG, AT_UMB_HEAD);
}

/* What a scan has found; mcb 0: nothing.  */
struct found {
	struct block first, best, last;
	uint16_t largest;
};

static void consider(struct found *f, const struct block *b, uint16_t paras)
{
	if (b->paras > f->largest)
		f->largest = b->paras;
	if (b->paras < paras)
		return;
	if (!f->first.mcb)
		f->first = *b;
	if (!f->best.mcb || b->paras < f->best.paras)
		f->best = *b;
	f->last = *b;
}

static bool scan(struct dos *dos, uint16_t from, uint16_t paras, struct found *f)
{
	struct block b;

	*f = (struct found){ .largest = 0 };
	if (!read_block(dos, from, &b))
		return false;
	for (;;) {
		if (b.owner == MCB_OWNER_FREE) {
			if (!join_free(dos, &b))
				return false;
			consider(f, &b, paras);
		}
		if (b.last)
			return true;
		if (!next_block(dos, &b))
			return false;
	}
}

static void note_found(struct dos *dos, const struct found *f)
{
	sda_w16(dos, SDA_FIRST_FIT, f->first.mcb);
	sda_w16(dos, SDA_BEST_FIT, f->best.mcb);
	sda_w16(dos, SDA_LAST_FIT, f->last.mcb);
}

/* Look in the parts of memory that the strategy names, in its order.  */
static bool find_room(struct dos *dos, uint16_t paras, struct found *f)
{
	uint8_t strategy = dos_r8(dos, DOS_SEG, AT_ALLOC_STRATEGY);
	uint16_t umb = linked_umb(dos);

	*f = (struct found){ .largest = 0 };
	if (strategy & (STRATEGY_UPPER_ONLY | STRATEGY_UPPER_FIRST) && umb != NO_UMB) {
		if (!scan(dos, umb, paras, f))
			return false;
		if (f->first.mcb || strategy & STRATEGY_UPPER_ONLY)
			return true;
	}
	return scan(dos, first_mcb(dos), paras, f);
}

enum dos_error dos_alloc(struct dos *dos, uint16_t owner, uint16_t paras,
			 uint16_t *seg, uint16_t *largest)
{
	uint8_t fit = dos_r8(dos, DOS_SEG, AT_ALLOC_STRATEGY) & STRATEGY_FIT;
	struct found f;
	struct block b;

	if (!find_room(dos, paras, &f))
		return DOS_MCB_DESTROYED;
	note_found(dos, &f);
	if (largest)
		*largest = f.largest;
	if (!f.first.mcb)
		return DOS_NO_MEMORY;
	b = fit == FIRST_FIT ? f.first : fit == BEST_FIT ? f.best : f.last;
	take(dos, &b, paras, owner, fit >= LAST_FIT);
	*seg = b.mcb + 1;
	return DOS_OK;
}

enum dos_error dos_free(struct dos *dos, uint16_t seg)
{
	struct block b;

	if (!read_block(dos, seg - 1, &b))
		return DOS_BAD_BLOCK;
	b.owner = MCB_OWNER_FREE;
	write_block(dos, &b);
	return DOS_OK;
}

enum dos_error dos_resize(struct dos *dos, uint16_t seg, uint16_t paras, uint16_t *largest)
{
	struct block b;

	if (!read_block(dos, seg - 1, &b) || !join_free(dos, &b))
		return DOS_MCB_DESTROYED;
	if (largest)
		*largest = b.paras;
	if (paras > b.paras)
		return DOS_NO_MEMORY;
	take(dos, &b, paras, dos_psp(dos), false);
	return DOS_OK;
}

void dos_set_owner(struct dos *dos, uint16_t seg, uint16_t owner)
{
	dos_w16(dos, seg - 1, MCB_OWNER, owner);
}

void dos_name_block(struct dos *dos, uint16_t seg, const char *name)
{
	bool ended = false;

	for (unsigned i = 0; i < 8; i++) {
		ended = ended || !name[i] || name[i] == '.';
		dos_w8(dos, seg - 1, MCB_NAME + i, ended ? 0 : name[i]);
	}
}

/* Upper memory, if any, belongs to processes as well, linked or not.  */
bool dos_free_owned(struct dos *dos, uint16_t owner)
{
	const uint16_t chains[] = {
		first_mcb(dos), dos_r16(dos, DOS_SEG, AT_UMB_HEAD),
	};

	for (unsigned i = 0; i < 2; i++) {
		struct block b;

		if (chains[i] == NO_UMB || (i && linked_umb(dos) != NO_UMB))
			continue;
		if (!read_block(dos, chains[i], &b))
			return false;
		for (;;) {
			if (b.owner == owner) {
				b.owner = MCB_OWNER_FREE;
				write_block(dos, &b);
			}
			if (b.last)
				break;
			if (!next_block(dos, &b))
				return false;
		}
	}
	return true;
}

bool dos_memory_intact(const struct dos *dos)
{
	struct block b;

	if (!read_block(dos, first_mcb(dos), &b))
		return false;
	while (!b.last)
		if (!next_block(dos, &b))
			return false;
	return true;
}

/* Put upper memory into the chain or take it out: the last block below it
 * becomes 'M' or 'Z' (RBIL, INT 21h/5803h).  */
enum dos_error dos_link_umb(struct dos *dos, bool on)
{
	uint16_t head = dos_r16(dos, DOS_SEG, AT_UMB_HEAD);
	struct block b;

	if (head == NO_UMB)
		return DOS_BAD_FUNCTION;
	if (!read_block(dos, first_mcb(dos), &b))
		return DOS_MCB_DESTROYED;
	while (!b.last && b.mcb + b.paras + 1 != head)
		if (!next_block(dos, &b))
			return DOS_MCB_DESTROYED;
	if (b.mcb + b.paras + 1 != head)
		return DOS_MCB_DESTROYED;
	b.last = !on;
	write_block(dos, &b);
	dos_w8(dos, DOS_SEG, AT_UMB_LINKED, on);
	return DOS_OK;
}

enum svc int21_alloc(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint16_t seg, largest = 0;
	enum dos_error error;

	error = dos_alloc(dos, dos_psp(dos), cpu_get16(g->cpu, CPU_BX), &seg, &largest);
	if (!error)
		return guest_ok(g, seg);
	if (error == DOS_NO_MEMORY)
		cpu_set16(g->cpu, CPU_BX, largest);
	return dos_fail(dos, error);
}

enum svc int21_free(void *room, struct guest *g)
{
	struct dos *dos = room;
	enum dos_error error = dos_free(dos, g->cpu->seg[CPU_ES].sel);

	return error ? dos_fail(dos, error) : guest_done(g);
}

enum svc int21_resize(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint16_t seg = g->cpu->seg[CPU_ES].sel, largest = 0;
	enum dos_error error = dos_resize(dos, seg, cpu_get16(g->cpu, CPU_BX), &largest);

	if (!error)
		return guest_ok(g, seg);	/* AX: not documented, but relied upon */
	if (error == DOS_NO_MEMORY)
		cpu_set16(g->cpu, CPU_BX, largest);
	return dos_fail(dos, error);
}

static enum svc set_strategy(struct dos *dos, uint16_t strategy)
{
	if ((strategy & ~(STRATEGY_UPPER_ONLY | STRATEGY_UPPER_FIRST)) > LAST_FIT)
		return dos_fail(dos, DOS_BAD_FUNCTION);
	dos_w8(dos, DOS_SEG, AT_ALLOC_STRATEGY, strategy);
	return guest_done(dos->guest);
}

enum svc int21_strategy(void *room, struct guest *g)
{
	struct dos *dos = room;
	uint16_t bx = cpu_get16(g->cpu, CPU_BX);
	enum dos_error error = DOS_BAD_FUNCTION;

	switch (cpu_get8(g->cpu, CPU_AX)) {
	case 0:
		return guest_ok(g, dos_r8(dos, DOS_SEG, AT_ALLOC_STRATEGY));
	case 1:
		return set_strategy(dos, bx);
	case 2:
		cpu_set8(g->cpu, CPU_AX, dos_r8(dos, DOS_SEG, AT_UMB_LINKED) & 1);
		return guest_done(g);
	case 3:
		if (bx <= 1)
			error = dos_link_umb(dos, bx);
		return error ? dos_fail(dos, error) : guest_done(g);
	}
	return dos_fail(dos, error);
}
