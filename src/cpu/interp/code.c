/* code.c - the cache of decoded code.  */

#include "cpu/interp/interp.h"

#include <stdlib.h>
#include <string.h>

#include "bus/bus.h"
#include "cpu/access.h"
#include "cpu/interp/operand.h"
#include "cpu/mmu.h"

extern const struct cpu_handlers h_sti;

static void view_clear(struct code_view *v)
{
	while (v->chunks) {
		struct code_chunk *c = v->chunks;

		v->chunks = c->next;
		free(c);
	}
	v->used = v->slots = 0;
	memset(v->at, 0, sizeof v->at);
}

static void view_free(struct code_view *v)
{
	if (!v)
		return;
	view_clear(v);
	free(v);
}

void code_lookup_clear(struct interp *it)
{
	for (unsigned i = 0; i < LOOKUP_SIZE; i++)
		it->lookup[i].view = NULL;
}

static void page_drop(struct interp *it, struct code_page *p)
{
	it->cpu->bus->page[p->number].flags &= ~PAGE_CODE;
	it->by_number[p->number] = NULL;
	it->list[p->listed] = it->list[--it->count];
	it->list[p->listed]->listed = p->listed;
	view_free(p->view[0]);
	view_free(p->view[1]);
	free(p);
}

/* The byte maps go with the pages, and who writes beside code looks at them.  */
void code_forget(struct interp *it)
{
	cpu_tlb_unwritable(it->cpu);
	while (it->count)
		page_drop(it, it->list[it->count - 1]);
	code_lookup_clear(it);
}

void code_remap(struct interp *it)
{
	const struct bus *b = it->cpu->bus;

	for (unsigned i = it->count; i-- > 0;) {
		struct code_page *p = it->list[i];

		if (b->page[p->number].host != p->host || !(b->page[p->number].flags & PAGE_CODE))
			page_drop(it, p);
	}
	code_lookup_clear(it);
}

static bool list_grow(struct interp *it)
{
	unsigned room = it->room ? it->room * 2 : 64;
	struct code_page **list;

	if (it->count < it->room)
		return true;
	list = realloc(it->list, room * sizeof *list);
	if (!list)
		return false;
	it->list = list;
	it->room = room;
	return true;
}

static struct code_page *page_get(struct interp *it, uint32_t number)
{
	struct code_page *p = it->by_number[number];

	if (p)
		return p;
	if (!list_grow(it))
		return NULL;
	p = calloc(1, sizeof *p);
	if (!p)
		return NULL;
	p->number = number;
	p->host = it->cpu->bus->page[number].host;
	p->listed = it->count;
	it->list[it->count++] = p;
	it->by_number[number] = p;
	it->cpu->bus->page[number].flags |= PAGE_CODE;
	cpu_tlb_unwritable(it->cpu);	/* writes have to look from now on */
	return p;
}

static struct code_view *view_get(struct code_page *p, bool big)
{
	struct code_view *v = p->view[big];

	if (v)
		return v;
	v = calloc(1, sizeof *v);
	if (!v)
		return NULL;
	v->page = p;
	v->big = big;
	v->bound = CODE_PAGE;
	p->view[big] = v;
	return v;
}

const uint8_t *interp_cover(struct cpu *cpu, uint32_t phys)
{
	struct interp *it = interp_of(cpu);

	if (cpu->bus->code_ctx != it || !it->by_number[phys >> BUS_PAGE_BITS])
		return NULL;
	return it->by_number[phys >> BUS_PAGE_BITS]->cover;
}

/* ---- decoding ---- */

static struct cpu_insn *slots_for_run(struct code_view *v)
{
	if (!v->chunks || v->used + RUN_MAX + 1 > CHUNK_SLOTS) {
		struct code_chunk *c = calloc(1, sizeof *c);

		if (!c)
			return NULL;
		c->next = v->chunks;
		v->chunks = c;
		v->used = 0;
		v->slots += CHUNK_SLOTS;
	}
	return &v->chunks->slot[v->used];
}

static void pseudo(struct cpu_insn *s, cpu_handler *fn, uint32_t off)
{
	*s = (struct cpu_insn){ .fn = fn, .off = off };
}

/* Decode what begins at `off' into s.  False: it does not end within the page
 * or the segment, or is watched.  */
static bool decode_one(struct interp *it, struct code_view *v, uint32_t off,
		       struct cpu_insn *s, bool *ends)
{
	uint32_t left = v->bound - off;
	struct cpu_parse p;

	if (it->cpu->watch.exec && cpu_watch_offset(it->cpu, off))
		return false;
	if (!cpu_parse(&p, v->page->host + off, left < CPU_INSN_MAX ? left : CPU_INSN_MAX,
		       it->cpu->model, v->big))
		return false;
	code_lower(it->cpu, &p, s);
	s->off = off;
	*ends = p.ends;
	v->at[off] = s;
	code_cover(v->page, s);
	return true;
}

/* Is s in the shadow of an STI?  What casts a shadow itself (MOV SS, POP SS)
 * is left to the single step.  */
static bool shielded(const struct cpu_insn *first, const struct cpu_insn *s)
{
	bool casts = s->a != INSN_BRANCH && (s->op == 0x8e || s->op == 0x17);

	return s > first && s[-1].fn == h_sti.fn[W8][F_R] && !casts;
}

static const struct cpu_insn *decode_run(struct interp *it, struct code_view *v, uint32_t off)
{
	struct cpu_insn *first = slots_for_run(v), *s = first;
	bool ends = false;

	if (!first)
		return NULL;
	for (; !ends; s++) {
		if (s != first && off < v->bound && v->at[off]) {
			pseudo(s, h_link, off);
			s->link = v->at[off];
			ends = true;
		} else if (off >= v->bound) {
			pseudo(s, h_edge, off);
			ends = true;
		} else if (s >= first + RUN_MAX) {
			pseudo(s, h_stale, off);
			ends = true;
		} else if (!decode_one(it, v, off, s, &ends)) {
			pseudo(s, h_edge, off);
			v->at[off] = s;
			ends = true;
		} else {
			off += s->len;
			if (!ends && shielded(first, s))
				pseudo(++s, h_unshield, off);
		}
	}
	v->used = s - v->chunks->slot;
	return first;
}

static struct code_view *view_make(struct interp *it, uint32_t lin, bool big)
{
	struct cpu *cpu = it->cpu;
	struct code_page *p;
	uint32_t phys;

	if (!cpu_translates(cpu, lin, ACCESS_EXEC, &phys))
		return NULL;
	phys &= cpu->bus->addr_mask;
	if (!cpu->bus->page[phys >> 12].host)
		return NULL;
	p = page_get(it, phys >> 12);
	return p ? view_get(p, big) : NULL;
}

/* How cpu.ip is looked up.  */
struct place {
	uint32_t off, key, bound;	/* bound: if the segment ends in the page, so does the view */
	bool big;
};

static always_inline struct place place_of(const struct cpu *cpu)
{
	uint32_t lin = cpu->seg[CPU_CS].base + cpu->ip, off = lin & 0xfff;
	bool big = cpu->seg[CPU_CS].attr & ATTR_B && cpu->model >= CPU_80386;
	uint64_t end = off + (uint64_t)cpu->hot.code_limit - cpu->ip + 1;

	return (struct place){
		.off = off, .key = lin >> 12 << 2 | (cpu->cpl == 3) << 1 | big,
		.bound = end < CODE_PAGE ? end : CODE_PAGE, .big = big,
	};
}

static __attribute__((noinline)) const struct cpu_insn *find_slow(struct interp *it)
{
	struct cpu *cpu = it->cpu;
	struct place at = place_of(cpu);
	struct code_view *v = it->lookup[at.key % LOOKUP_SIZE].view;
	const struct cpu_insn *t;

	if (cpu->ip > cpu->hot.code_limit)
		return NULL;
	if (!v || it->lookup[at.key % LOOKUP_SIZE].key != at.key) {
		v = view_make(it, cpu->seg[CPU_CS].base + cpu->ip, at.big);
		if (!v)
			return NULL;
		it->lookup[at.key % LOOKUP_SIZE].key = at.key;
		it->lookup[at.key % LOOKUP_SIZE].view = v;
	}
	if (v->bound != at.bound || v->slots > VIEW_SLOTS_MAX) {
		view_clear(v);
		v->bound = at.bound;
	}
	cpu->hot.view = v;
	cpu->hot.ip_base = cpu->ip - at.off;
	t = v->at[at.off];
	if (!t)
		t = decode_run(it, v, at.off);
	return t && t->fn != h_edge ? t : NULL;
}

const struct cpu_insn *code_known(struct interp *it)
{
	struct cpu *cpu = it->cpu;
	struct place at = place_of(cpu);
	struct code_view *v = it->lookup[at.key % LOOKUP_SIZE].view;
	const struct cpu_insn *t;

	if (unlikely(!v || it->lookup[at.key % LOOKUP_SIZE].key != at.key ||
		     v->bound != at.bound || v->slots > VIEW_SLOTS_MAX ||
		     cpu->ip > cpu->hot.code_limit))
		return NULL;
	t = v->at[at.off];
	if (unlikely(!t || t->fn == h_edge))
		return NULL;
	cpu->hot.view = v;
	cpu->hot.ip_base = cpu->ip - at.off;
	return t;
}

const struct cpu_insn *code_find(struct interp *it)
{
	const struct cpu_insn *t = code_known(it);

	return likely(t != NULL) ? t : find_slow(it);
}

/* ---- pseudo-instructions: none of them counts as one ---- */

const struct cpu_insn *h_link(struct cpu *cpu, const struct cpu_insn *in)
{
	cpu->hot.bias += (uintptr_t)in - (uintptr_t)in->link;
	return cpu_exec(cpu, in->link);
}

const struct cpu_insn *h_edge(struct cpu *cpu, const struct cpu_insn *in)
{
	cpu->hot.between = true;
	return cpu_leave(cpu, cpu_pos(cpu, in), insn_ip(cpu, in));
}

const struct cpu_insn *h_step_done(struct cpu *cpu, const struct cpu_insn *in)
{
	cpu->hot.between = true;
	return cpu_leave(cpu, cpu_pos(cpu, in), insn_ip(cpu, in));
}

/* Behind the shadow of an STI: an event point, if that STI has set IF.  */
const struct cpu_insn *h_unshield(struct cpu *cpu, const struct cpu_insn *in)
{
	uint64_t pos = cpu_pos(cpu, in);
	bool event = cpu->hot.shield;

	cpu->hot.shield = false;
	if (event && (cpu_due_interrupt(cpu) || pos >= cpu->hot.stop))
		return cpu_leave(cpu, pos, insn_ip(cpu, in));
	cpu->hot.bias -= INSN_UNIT;
	return cpu_next(cpu, in);
}

bool code_shields(const struct cpu_insn *sti)
{
	return sti[2].fn == h_unshield && sti[1].fn != h_stale && sti[1].fn != h_link;
}

/* Decode into the old slot, if what lies behind it stays right.  */
static bool decode_in_place(struct interp *it, struct code_view *v, struct cpu_insn *slot)
{
	struct cpu_insn fresh;
	uint32_t off = slot->off;
	bool ends;

	if (!slot->len || slot[1].off != off + slot->len || !slot[1].fn ||
	    slot[1].fn == h_unshield)
		return false;
	if (!decode_one(it, v, off, &fresh, &ends))
		return false;
	if (fresh.len != slot->len) {
		v->at[off] = NULL;
		code_cover_again(v->page, off, off + fresh.len);
		return false;
	}
	*slot = fresh;
	v->at[off] = slot;
	return true;
}

static __attribute__((noinline)) const struct cpu_insn *
stale_target(struct cpu *cpu, struct cpu_insn *slot)
{
	struct interp *it = interp_of(cpu);
	struct code_view *v = cpu->hot.view;
	uint32_t off = slot->off;

	if (cpu->hot.map_epoch != cpu->bus->map_epoch || off >= v->bound ||
	    v->slots > VIEW_SLOTS_MAX)
		return NULL;
	if (v->at[off])
		return v->at[off];
	return decode_in_place(it, v, slot) ? slot : decode_run(it, v, off);
}

/* A slot whose instruction is not decoded, or was overwritten.  */
const struct cpu_insn *h_stale(struct cpu *cpu, const struct cpu_insn *in)
{
	struct cpu_insn *slot = (struct cpu_insn *)in;	/* code.c owns all slots */
	const struct cpu_insn *to = stale_target(cpu, slot);

	if (!to)
		return h_edge(cpu, in);
	if (to == in)
		return cpu_exec(cpu, in);
	slot->link = to;
	slot->fn = h_link;
	return h_link(cpu, in);
}

/* Make sure that off is decoded, for a branch inside the page.  */
const struct cpu_insn *code_at(struct interp *it, struct code_view *v, uint32_t off)
{
	if (off >= v->bound || v->slots > VIEW_SLOTS_MAX ||
	    it->cpu->hot.map_epoch != it->cpu->bus->map_epoch)
		return NULL;
	return v->at[off] ? v->at[off] : decode_run(it, v, off);
}
