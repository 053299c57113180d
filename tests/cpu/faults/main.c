/* main.c - makes instructions fault, see faults.h.
 *
 * usage: faulting [MODEL [MODE [KEY]]]
 * MODEL 2-5: 80286 to Pentium; MODE a number of enum world_mode; KEY a
 * row's place in cpu_row[], in hexadecimal.  A negative number: any.  */

#include "faults.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/disasm.h"

#define SHOWN		20u		/* failures that are told */
#define EXC_SEG		9u
#define EXC_SS		12u
#define EXC_GP		13u
#define EXC_PF		14u
#define INT3_VECTOR	3u

struct job {
	struct place place;
	struct world *world;
	struct victim victim;
	int shift;
	uint8_t fill;
	const char *obstacle;
	uint32_t where;
	unsigned long faults, failed;
	struct moment start, whole, after, again;
};

/* One access through a segment, by the manual.  */
struct reach {
	enum cpu_seg seg;
	uint32_t off, size, edge;
};

static const char *const mode_name[] = {
	"real mode", "protected mode", "paged user mode", "paged kernel mode", "paged V86 mode",
};

static void fail(struct job *j, const char *what, ...)
	__attribute__((format(printf, 2, 3)));

static void fail(struct job *j, const char *what, ...)
{
	const struct victim *v = &j->victim;
	char text[64];
	va_list ap;

	if (++j->failed > SHOWN)
		return;
	cpu_disasm(j->place.model, j->place.big, v->code, v->len, CODE_AT, text, sizeof text);
	printf("model %d, %s, %d-bit, %s: row %x, ", j->place.model, mode_name[j->place.mode],
		j->place.big ? 32 : 16, j->place.step ? "stepped" : "run", v->key);
	for (unsigned i = 0; i < v->len; i++)
		printf("%02x", v->code[i]);
	printf(" (%s), shift %d, %s %x: ", text, j->shift, j->obstacle, j->where);
	va_start(ap, what);
	vprintf(what, ap);
	va_end(ap);
	putchar('\n');
}

/* ---- comparing ---- */

static bool in_frame(const struct moment *m, uint32_t at)
{
	return at - m->frame_at < m->frame_size;
}

static bool same_memory(struct job *j, const struct moment *a, const struct moment *b)
{
	if (!memcmp(a->memory, b->memory, ARENA_SIZE))
		return true;
	for (uint32_t i = 0; i < ARENA_SIZE; i++)
		if (a->memory[i] != b->memory[i] && !in_frame(a, i) && !in_frame(b, i)) {
			fail(j, "byte %x is %02x, not %02x", i, b->memory[i], a->memory[i]);
			return false;
		}
	return true;
}

static bool same_fpu(const struct fpu *a, const struct fpu *b)
{
	for (unsigned i = 0; i < 8; i++)
		if (a->st[i].mant != b->st[i].mant || a->st[i].sexp != b->st[i].sexp)
			return false;
	return a->control == b->control && a->status == b->status && a->tag == b->tag &&
		a->last_op == b->last_op && a->last_cs == b->last_cs && a->last_ds == b->last_ds &&
		a->last_ip == b->last_ip && a->last_dp == b->last_dp;
}

static bool same_registers(struct job *j, const struct moment *a, const struct moment *b)
{
	for (unsigned i = 0; i < 8; i++)
		if (a->reg[i] != b->reg[i]) {
			fail(j, "register %u is %x, not %x", i, b->reg[i], a->reg[i]);
			return false;
		}
	if ((a->flags ^ b->flags) & ~(uint32_t)CPU_RF) {
		fail(j, "flags are %x, not %x", b->flags, a->flags);
		return false;
	}
	if (a->ip != b->ip || a->cs != b->cs || a->ss != b->ss) {
		fail(j, "at %04x:%x with SS %04x, not %04x:%x with %04x", b->cs, b->ip, b->ss,
			a->cs, a->ip, a->ss);
		return false;
	}
	return true;
}

static bool same_system(struct job *j, const struct moment *a, const struct moment *b)
{
	for (unsigned i = 0; i < 6; i++)
		if (i != CPU_CS && i != CPU_SS && a->seg[i].sel != b->seg[i].sel) {
			fail(j, "segment register %u is %x, not %x", i, b->seg[i].sel, a->seg[i].sel);
			return false;
		}
	if (a->ldtr.sel != b->ldtr.sel || a->tr.sel != b->tr.sel ||
	    a->gdtr.base != b->gdtr.base || a->gdtr.limit != b->gdtr.limit ||
	    a->idtr.base != b->idtr.base || a->idtr.limit != b->idtr.limit ||
	    a->cr0 != b->cr0 || a->cr4 != b->cr4) {
		fail(j, "a system register has changed");
		return false;
	}
	if (!same_fpu(&a->fpu, &b->fpu)) {
		fail(j, "the FPU has changed");
		return false;
	}
	return true;
}

static bool same(struct job *j, const struct moment *a, const struct moment *b)
{
	return same_registers(j, a, b) && same_system(j, a, b) && same_memory(j, a, b);
}

/* ---- one instruction ---- */

static void begin(struct job *j, uint32_t ip)
{
	world_begin(j->world, &j->victim, ip, j->shift, j->fill);
}

static void run_whole(struct job *j, uint32_t ip)
{
	begin(j, ip);
	world_now(j->world, &j->start);
	world_run(j->world, &j->whole);
	j->obstacle = "nothing";
	j->where = 0;
	if (j->whole.vector == ENDLESS && strcmp(j->victim.row->name, "lidt"))
		fail(j, "does not end");
}

/* POP m of the 80286 has moved SP when its operand faults, as captures of
 * the chip show.  */
static bool moves_sp(const struct job *j)
{
	return j->place.model == CPU_80286 && !strcmp(j->victim.row->name, "pop") &&
		j->victim.operand && j->after.reg[CPU_SP] != j->start.reg[CPU_SP];
}

/* After a fault: nothing has changed, and it can go on.  */
static void check_restart(struct job *j)
{
	if (moves_sp(j))
		j->after.reg[CPU_SP] -= 2;
	if (!j->victim.rep && !same(j, &j->start, &j->after))
		return;
	world_resume(j->world, &j->after);
	world_run(j->world, &j->again);
	if (j->again.vector != j->whole.vector) {
		fail(j, "afterwards vector %x, not %x", j->again.vector, j->whole.vector);
		return;
	}
	same(j, &j->whole, &j->again);
}

static bool wants_rf(const struct job *j)
{
	return j->place.model >= CPU_80386 && j->place.mode != REAL;
}

static void expect_fault(struct job *j, unsigned vector, uint32_t error)
{
	j->faults++;
	if (j->after.vector != vector)
		fail(j, "vector %x instead of %x", j->after.vector, vector);
	else if (j->place.mode != REAL && j->after.error != error)
		fail(j, "error code %x instead of %x", j->after.error, error);
	else if (wants_rf(j) && !(j->after.flags & CPU_RF))
		fail(j, "RF is clear in the frame");
	else
		check_restart(j);
}

/* ---- pages ---- */

static void check_address(struct job *j, uint32_t page)
{
	const struct victim *v = &j->victim;
	uint32_t cr2 = j->after.cr2, operand = OPERAND_EDGE - j->shift;

	if (j->after.vector != EXC_PF)
		return;
	if (cr2 - page >= PAGE)
		fail(j, "CR2 is %x", cr2);
	else if (v->operand && v->operand <= 4 && page - OPERAND_EDGE + PAGE < 2 * PAGE &&
		 cr2 != (operand > page ? operand : page))
		fail(j, "CR2 is %x, and the operand at %x", cr2, operand);
}

/* Bits that are not there; what the error code says of the access.  */
static void obstruct(struct job *j, uint32_t page, uint32_t clear, bool write)
{
	bool user = j->place.mode != KERNEL_PAGED;

	j->obstacle = clear == PTE_P ? "missing page" : clear == PTE_W ? "read-only page" :
		"supervisor's page";
	j->where = page;
	begin(j, CODE_AT);
	world_page(j->world, page, clear);
	world_run(j->world, &j->after);
	check_address(j, page);
	expect_fault(j, EXC_PF, (clear != PTE_P) | write << 1 | user << 2);
}

static void try_pages(struct job *j)
{
	bool kernel = j->place.mode == KERNEL_PAGED;
	uint32_t bits[DATA_PAGES];

	run_whole(j, CODE_AT);
	for (unsigned i = 0; i < DATA_PAGES; i++)
		bits[i] = world_page_bits(j->world, FIRST_DATA + i * PAGE);
	for (unsigned i = 0; i < DATA_PAGES; i++) {
		uint32_t page = FIRST_DATA + i * PAGE;
		bool write = bits[i] & PTE_D;

		if (kernel && i >= 6)
			continue;		/* the handler's stack */
		if (bits[i] & PTE_A)
			obstruct(j, page, PTE_P, write);
		if (bits[i] & PTE_A && !kernel)
			obstruct(j, page, PTE_U, write);
		if (write && (!kernel || j->place.model >= CPU_80486))
			obstruct(j, page, PTE_W, write);
		if (!write && memcmp(j->start.memory + page, j->whole.memory + page, PAGE) &&
		    !j->whole.frame_size)
			fail(j, "page %x was written and is not dirty", page);
	}
}

/* The instruction itself across pages, or up to the end of one.  */
static void try_fetch(struct job *j)
{
	for (unsigned n = 1; n <= j->victim.len; n++) {
		uint32_t ip = CODE_EDGE - n;

		run_whole(j, ip);
		if (j->place.mode == KERNEL_PAGED && world_page_bits(j->world, STACK_EDGE) & PTE_A)
			return;
		j->obstacle = "missing code page";
		j->where = CODE_EDGE;
		begin(j, ip);
		world_page(j->world, CODE_EDGE, PTE_P);
		world_run(j->world, &j->after);
		if (n < j->victim.len) {
			if (j->after.cr2 != CODE_EDGE)
				fail(j, "CR2 is %x", j->after.cr2);
			expect_fault(j, EXC_PF, j->place.mode == KERNEL_PAGED ? 0 : 4);
		} else if (j->place.step) {
			same(j, &j->whole, &j->after);
		}
	}
}

/* ---- limits ---- */

static bool is_string(enum cpu_operand opd)
{
	return opd >= OPD_Xb && opd <= OPD_Yv;
}

static unsigned string_size(const struct victim *v, enum cpu_operand opd)
{
	if (opd == OPD_Xb || opd == OPD_Yb)
		return 1;
	return v->parse.opsize32 ? 4 : 2;
}

static bool is_named(const struct victim *v, const char *name)
{
	return !strcmp(v->row->name, name);
}

/* What it pushes or pops, from what it did to the stack pointer.  */
static struct reach stack_reach(const struct job *j)
{
	const struct victim *v = &j->victim;
	uint32_t before = j->start.reg[CPU_SP], after = j->whole.reg[CPU_SP];
	struct reach r = { CPU_SS, before, after - before, STACK_EDGE };

	if (v->row->opd[0] == OPD_Iw && !is_named(v, "enter"))
		r.size -= 8;			/* RET n skips n bytes */
	if (after < before) {
		r.off = after;
		r.size = before - after;
	}
	if (v->row->opd[0] >= OPD_sES)
		r.size = 2;			/* as wide as it is, in a dword's place */
	if (is_named(v, "inc") || is_named(v, "dec") || after - before + 0x80 > 0x100)
		r.size = 0;			/* of SP, or POP SP */
	return r;
}

static unsigned reaches(const struct job *j, struct reach *r)
{
	const struct victim *v = &j->victim;
	unsigned n = 0;

	if (v->operand)
		r[n++] = (struct reach){ v->parse.seg, OPERAND_EDGE - j->shift, v->operand, OPERAND_EDGE };
	for (unsigned i = 0; i < 3; i++)
		if (is_string(v->row->opd[i])) {
			bool source = v->row->opd[i] <= OPD_Xv;

			r[n++] = (struct reach){ source ? CPU_DS : CPU_ES,
				(source ? SOURCE_EDGE : DEST_EDGE) - j->shift,
				string_size(v, v->row->opd[i]), source ? SOURCE_EDGE : DEST_EDGE };
		}
	if (is_named(v, "xlat"))
		r[n++] = (struct reach){ CPU_DS, OPERAND_EDGE - j->shift + (START_AX & 0xff), 1,
			OPERAND_EDGE };
	r[n] = stack_reach(j);
	return r[n].size ? n + 1 : n;
}

static unsigned limit_vector(const struct job *j, enum cpu_seg seg)
{
	if (seg != CPU_SS || (j->place.mode == REAL && j->place.model == CPU_80286))
		return EXC_GP;
	return EXC_SS;
}

static void try_limit(struct job *j, const struct reach *r, bool down)
{
	bool beyond = down ? r->off < r->edge : r->off + r->size > r->edge;
	bool no_room = j->place.mode == REAL && r->seg == CPU_SS &&
		(j->start.reg[CPU_SP] > r->edge || j->whole.reg[CPU_SP] > r->edge);

	if (no_room || (j->place.mode == REAL && down) || (down && r->seg == CPU_SS))
		return;
	j->obstacle = down ? "expand-down limit" : "limit";
	j->where = r->edge - 1;
	begin(j, CODE_AT);
	world_limit(j->world, r->seg, r->edge - 1, down);
	world_run(j->world, &j->after);
	if (!beyond)
		same(j, &j->whole, &j->after);
	else if (j->victim.row->opd[0] == OPD_Ef && j->place.model == CPU_80286 &&
		 j->after.vector == EXC_SEG)
		expect_fault(j, EXC_SEG, 0);
	else
		expect_fault(j, limit_vector(j, r->seg), 0);
}

static void try_limits(struct job *j)
{
	struct reach r[5];
	unsigned n;

	run_whole(j, CODE_AT);
	if (j->victim.rep || (j->whole.vector != NO_VECTOR && j->whole.vector != INT3_VECTOR))
		return;
	n = reaches(j, r);
	for (unsigned i = 0; i < n; i++) {
		if (j->shift < 0 && r[i].seg != CPU_SS)
			continue;
		try_limit(j, &r[i], false);
		try_limit(j, &r[i], true);
	}
}

/* ---- all of them ---- */

/* Only these are the supervisor's alone and use memory.  */
static bool in_kernel(const struct cpu_row *row)
{
	static const char *const name[] = { "lgdt", "lidt", "lmsw", "lldt", "ltr", "invlpg", "mov" };

	for (unsigned i = 0; i < sizeof name / sizeof *name; i++)
		if (!strcmp(row->name, name[i]))
			return row->opd[0] != OPD_Sw && row->opd[1] != OPD_Sw;
	return false;
}

static bool pushes(const struct job *j)
{
	return j->whole.reg[CPU_SP] < j->start.reg[CPU_SP];
}

/* Does it touch memory at all?  After run_whole().  */
static bool touches(struct job *j)
{
	struct reach r[5];

	if (j->place.mode < USER_PAGED)
		return reaches(j, r);
	for (unsigned i = 0; i < DATA_PAGES; i++)
		if (world_page_bits(j->world, FIRST_DATA + i * PAGE) & PTE_A)
			return true;
	return false;
}

/* How far over the border it can reach.  */
static int furthest(const struct victim *v)
{
	unsigned most = v->operand ? v->operand : is_string(v->row->opd[0]) ? 4 : 12;

	return v->rep ? most + 8 : most;
}

static void try_variant(struct job *j, const struct variant *how)
{
	bool pages = j->place.mode >= USER_PAGED;
	int last;

	j->shift = 1;
	if (!victim_build(&j->victim, how, &j->place, j->shift))
		return;
	j->fill = victim_fill(&j->victim);
	if (pages)
		try_fetch(j);
	run_whole(j, CODE_AT);
	if (!touches(j))
		return;
	last = furthest(&j->victim);
	for (j->shift = pushes(j) ? -36 : 0; j->shift <= last; j->shift++) {
		victim_build(&j->victim, how, &j->place, j->shift);
		if (pages)
			try_pages(j);
		else
			try_limits(j);
	}
}

static void try_row(struct job *j, unsigned key)
{
	static const uint8_t prefix[] = { 0, 0xf2, 0xf3, 0xf0 };
	unsigned sizes = j->place.model >= CPU_80386 ? 4 : 1;

	if (!cpu_row[key].name || (j->place.mode == KERNEL_PAGED && !in_kernel(&cpu_row[key])))
		return;
	for (unsigned size = 0; size < sizes; size++)
		for (unsigned reg = 0; reg < victim_regs(key); reg++)
			for (unsigned p = 0; p < sizeof prefix; p++) {
				struct variant how = { key, reg, size & 1, size >> 1, prefix[p] };

				try_variant(j, &how);
			}
}

static bool try_place(const struct place *place, int key)
{
	struct job *j = calloc(1, sizeof *j);
	bool good;

	if (!j)
		return false;
	j->place = *place;
	j->world = world_new(place);
	if (!j->world) {
		free(j);
		return false;
	}
	for (unsigned k = 0; k < CPU_ROWS; k++)
		if (key < 0 || k == (unsigned)key)
			try_row(j, k);
	good = !j->failed && (j->faults || key >= 0);
	if (!good || key >= 0)
		printf("model %d, %s, %d-bit, %s: %lu faults, %lu failed\n", place->model,
			mode_name[place->mode], place->big ? 32 : 16, place->step ? "stepped" : "run",
			j->faults, j->failed);
	world_free(j->world);
	free(j);
	return good;
}

static bool exists(const struct place *p)
{
	if (p->model < CPU_80386)
		return p->mode <= USER && !p->big;
	return !p->big || (p->mode != REAL && p->mode != VIRTUAL_PAGED);
}

/* Without being asked for a model: where pages are concerned, only the one
 * that has most, because there the models do not differ but for CR0.WP; and
 * stepped where stepping differs.  */
static bool chosen(const struct place *p, int model, int mode)
{
	if (mode >= 0 && (int)p->mode != mode)
		return false;
	if (model >= 0)
		return (int)p->model == model;
	if (p->mode == REAL || p->mode == KERNEL_PAGED)
		return true;
	if (p->step && (p->model != CPU_PENTIUM || p->big))
		return false;
	return p->mode == USER || p->model == CPU_PENTIUM;
}

int main(int argc, char **argv)
{
	int model = argc > 1 ? atoi(argv[1]) : -1, mode = argc > 2 ? atoi(argv[2]) : -1;
	int key = argc > 3 ? (int)strtol(argv[3], NULL, 16) : -1;
	bool good = true;

	for (unsigned i = 0; i < 4 * 5 * 2 * 2; i++) {
		struct place p = { CPU_80286 + i / 20, i / 4 % 5, i & 1, i >> 1 & 1 };

		if (exists(&p) && chosen(&p, model, mode))
			good &= try_place(&p, key);
	}
	return !good;
}
