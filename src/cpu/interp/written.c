/* written.c - decoded code that is overwritten.
 *
 * A page's cover says of each byte whether it belongs to a live instruction,
 * and whether one begins there.  A write to nothing but an immediate or a
 * displacement, which is what self-modifying programs mostly do, changes a
 * number in the slot; any other kills the slot, and it is decoded again when
 * control comes there (h_stale).  */

#include "cpu/access.h"
#include "cpu/interp/interp.h"

enum { COVERED = 1, BEGINS = 2 };

void code_cover(struct code_page *p, const struct cpu_insn *in)
{
	for (unsigned i = 0; i < in->len; i++)
		p->cover[in->off + i] |= COVERED;
	p->cover[in->off] |= BEGINS;
}

static uint32_t number_at(const uint8_t *code, unsigned size, bool is_signed)
{
	uint32_t v = cpu_load(code, size);

	return size == 1 && is_signed ? (uint32_t)(int8_t)v : v;
}

/* If [lo, hi) lies in the immediate or the displacement of an instruction, it
 * stays decoded and has the new one.  */
static bool retailed(struct cpu_insn *in, const uint8_t *host, uint32_t lo, uint32_t hi)
{
	unsigned imm = in->tail & TAIL_IMM, disp = (in->tail & TAIL_DISP) >> 4;
	uint32_t end = in->off + in->len, imm_at = end - imm, disp_at = imm_at - disp;

	if (in->a == INSN_BRANCH || hi > end || lo < disp_at)
		return false;
	if (lo >= imm_at)
		in->imm = number_at(host + imm_at, imm, in->tail & TAIL_SIGNED);
	else if (hi <= imm_at)
		in->disp = number_at(host + disp_at, disp, true);
	else
		return false;
	return true;
}

/* Kill the instructions of v that have bytes in [lo, hi); false: there was
 * no need to.  The cover is not touched.  */
static bool view_written(struct code_view *v, uint32_t lo, uint32_t hi)
{
	const uint8_t *cover = v->page->cover;
	bool killed = false;

	for (uint32_t s = lo < CPU_INSN_MAX ? 0 : lo - CPU_INSN_MAX + 1; s < hi; s += 8) {
		uint64_t begins = cpu_load(cover + s, 8) & BEGINS * UINT64_C(0x0101010101010101);

		for (; begins; begins &= begins - 1) {
			struct cpu_insn *in = v->at[s + __builtin_ctzll(begins) / 8];

			if (!in || in->off >= hi || in->off + in->len <= lo ||
			    retailed(in, v->page->host, lo, hi))
				continue;
			in->fn = h_stale;
			v->at[in->off] = NULL;
			killed = true;
		}
	}
	return killed;
}

/* Something around [lo, hi) was killed: cover what is still alive.  */
void code_cover_again(struct code_page *p, uint32_t lo, uint32_t hi)
{
	uint32_t from = lo < CPU_INSN_MAX ? 0 : lo - CPU_INSN_MAX;
	uint32_t to = hi + CPU_INSN_MAX < CODE_PAGE ? hi + CPU_INSN_MAX : CODE_PAGE;

	memset(p->cover + from, 0, to - from);
	for (unsigned i = 0; i < 2; i++) {
		const struct code_view *v = p->view[i];

		for (uint32_t s = from < CPU_INSN_MAX ? 0 : from - CPU_INSN_MAX; v && s < to; s++)
			if (v->at[s] && v->at[s]->fn != h_edge)
				code_cover(p, v->at[s]);
	}
}

static bool covered(const struct code_page *p, uint32_t lo, uint32_t hi)
{
	uint8_t any = 0;

	for (uint32_t i = lo; i < hi; i++)
		any |= p->cover[i];
	return any;
}

void code_written(void *ctx, uint32_t addr, uint32_t size)
{
	struct interp *it = ctx;
	struct code_page *p = it->by_number[addr >> BUS_PAGE_BITS];
	uint32_t lo = addr & (CODE_PAGE - 1), hi = lo + size;
	bool killed = false;

	if (!p || !covered(p, lo, hi))
		return;
	for (unsigned i = 0; i < 2; i++)
		if (p->view[i])
			killed |= view_written(p->view[i], lo, hi);
	if (killed)
		code_cover_again(p, lo, hi);
}
