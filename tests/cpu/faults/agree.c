/* agree.c - every instruction of every model, stepped and run through the
 * cache of decoded code, does the same.  In real mode, and with privilege 3
 * and 0 in protected mode.
 *
 * usage: agree  */

#include "faults.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/disasm.h"

#define INT3_VECTOR	3u

struct pair {
	struct place place;
	struct world *stepped, *run;
	struct victim victim;
	unsigned long tried, failed;
	struct moment a, b;
};

static void fail(struct pair *p, const char *what)
{
	const struct victim *v = &p->victim;
	char text[64];

	p->failed++;
	cpu_disasm(p->place.model, p->place.big, v->code, v->len, CODE_AT, text, sizeof text);
	printf("model %d, mode %d, %d-bit, row %x, %s: %s (vector %x at %x, %x at %x)\n",
		p->place.model, p->place.mode, p->place.big ? 32 : 16, v->key, text, what,
		p->a.vector, p->a.ip, p->b.vector, p->b.ip);
}

/* The tag word says more than which registers are empty, but only when it is
 * stored.  */
static bool same_fpu(const struct fpu *a, const struct fpu *b)
{
	for (unsigned i = 0; i < 8; i++)
		if ((a->tag >> 2 * i & 3) / 3 != (b->tag >> 2 * i & 3) / 3 ||
		    a->st[i].mant != b->st[i].mant || a->st[i].sexp != b->st[i].sexp)
			return false;
	return a->control == b->control && a->status == b->status;
}

/* Has a jump led to where there is no INT3, or is there no stack for it?  */
static bool astray(const struct pair *p)
{
	uint32_t to = p->a.ip + (p->place.mode == REAL ? p->a.cs * 16u : 0);

	if (p->place.mode == KERNEL_PAGED && p->a.reg[CPU_SP] - 16 >= ARENA_SIZE - 16)
		return true;
	return p->a.vector == NO_VECTOR && (to >= ARENA_SIZE || p->a.memory[to] != 0xcc);
}

/* The run goes on to an INT3 behind the instruction, or where it jumps to.  */
static bool same_place(const struct pair *p)
{
	if (p->a.vector == NO_VECTOR && p->b.vector == INT3_VECTOR)
		return p->b.ip == p->a.ip + 1;
	return p->a.vector == p->b.vector && (p->a.ip == p->b.ip || p->a.vector == SHUT_DOWN);
}

static bool same_memory(const struct pair *p)
{
	for (uint32_t i = 0; i < ARENA_SIZE; i++)
		if (p->a.memory[i] != p->b.memory[i] && i - p->a.frame_at >= p->a.frame_size &&
		    i - p->b.frame_at >= p->b.frame_size)
			return false;
	return true;
}

static void compare(struct pair *p)
{
	uint32_t flags = p->a.vector == INT3_VECTOR ? 0 : CPU_RF;

	if (astray(p))
		return;
	if (!same_place(p))
		fail(p, "they end differently");
	else if (p->a.vector == SHUT_DOWN)
		return;
	else if (memcmp(p->a.reg, p->b.reg, sizeof p->a.reg))
		fail(p, "registers differ");
	else if ((p->a.flags ^ p->b.flags) & ~flags)
		fail(p, "flags differ");
	else if (p->a.cs != p->b.cs || p->a.ss != p->b.ss || p->a.cr0 != p->b.cr0)
		fail(p, "segments or CR0 differ");
	else if (!same_fpu(&p->a.fpu, &p->b.fpu))
		fail(p, "the FPUs differ");
	else if (!same_memory(p))
		fail(p, "memory differs");
}

/* What they do depends on what the run has done before, or replaces the
 * descriptors and vectors that the INT3 needs.  */
static bool left_out(const struct pair *p)
{
	static const char *const name[] = {
		"lidt", "lgdt", "lmsw", "rdtsc", "ltr", "lldt", "hlt",
	};

	for (unsigned i = 0; i < sizeof name / sizeof *name; i++)
		if (!strcmp(p->victim.row->name, name[i]))
			return true;
	return p->victim.row->opd[0] == OPD_Cd;
}

static void try_variant(struct pair *p, const struct variant *how)
{
	uint8_t fill;

	if (!victim_build(&p->victim, how, &p->place, 0))
		return;
	p->tried++;
	fill = victim_fill(&p->victim);
	world_begin(p->stepped, &p->victim, CODE_AT, 0, fill);
	world_run(p->stepped, &p->a);
	if (p->victim.rep)
		return;		/* one iteration */
	world_begin(p->run, &p->victim, CODE_AT, 0, fill);
	world_run(p->run, &p->b);
	if (!left_out(p))
		compare(p);
}

static void try_row(struct pair *p, unsigned key)
{
	unsigned sizes = p->place.model >= CPU_80386 ? 4 : 1;

	for (unsigned size = 0; size < sizes; size++)
		for (unsigned reg = 0; reg < victim_regs(key); reg++)
			for (unsigned form = 0; form < 2; form++) {
				struct variant how = { key, reg, size & 1, size >> 1, 0, form };

				try_variant(p, &how);
			}
}

static bool try_place(struct place place)
{
	struct pair *p = calloc(1, sizeof *p);
	bool good;

	if (!p)
		return false;
	p->place = place;
	p->run = world_new(&place);
	place.step = true;
	p->stepped = world_new(&place);
	if (!p->run || !p->stepped)
		exit(1);
	for (unsigned key = 0; key < CPU_ROWS; key++)
		if (cpu_row[key].name)
			try_row(p, key);
	good = !p->failed && p->tried > 300;
	world_free(p->run);
	world_free(p->stepped);
	free(p);
	return good;
}

int main(void)
{
	bool good = true;

	for (enum cpu_model m = CPU_8086; m <= CPU_PENTIUM; m++) {
		good &= try_place((struct place){ m, REAL, false, false });
		if (m < CPU_80286)
			continue;
		good &= try_place((struct place){ m, USER, false, false });
		if (m < CPU_80386)
			continue;
		good &= try_place((struct place){ m, USER, true, false });
		good &= try_place((struct place){ m, KERNEL_PAGED, true, false });
	}
	return !good;
}
