/* string.c - MOVS CMPS STOS LODS SCAS INS OUTS, with and without REP.
 *
 * One iteration is done as a whole or faults; the registers then show what
 * is left, so REP can be interrupted and taken up again.  A REP iteration
 * counts as an instruction, and between two of them is an event point.  */

#include "cpu/interp/control.h"
#include "cpu/interp/forms.h"
#include "cpu/interp/io.h"
#include "cpu/interp/longer.h"
#include "cpu/interp/operand.h"

/* One iteration.  */
typedef void string_op(struct cpu *cpu, const struct cpu_insn *in, enum width w, enum width aw);
/* As many of n iterations as can be done at one go, without faults or chips;
 * the registers but CX are moved on.  */
typedef uint32_t string_bulk(struct cpu *cpu, const struct cpu_insn *in, uint32_t n,
			     enum width w, enum width aw);

static always_inline uint32_t step_of(const struct cpu *cpu, enum width w)
{
	return cpu->flags & CPU_DF ? -width_bytes(w) : width_bytes(w);
}

static always_inline void advance(struct cpu *cpu, unsigned r, uint32_t by, enum width aw)
{
	reg_put(cpu, r, reg_get(cpu, r, aw) + by, aw);
}

/* The 80286 steps SI or DI before it looks whether the word at FFFFh can be
 * had.  REP has then counted CX for reads, has counted it for the next
 * iteration too for writes, and for CMPS's first read not yet (all seen in
 * captures of the chip).  */
static __attribute__((noinline, cold)) void
overrun_286(struct cpu *cpu, const struct cpu_insn *in, unsigned r, enum width w, unsigned counted)
{
	advance(cpu, r, step_of(cpu, w), W16);
	if (in->rep)
		advance(cpu, CPU_CX, -counted, W16);
	cpu_raise_code(cpu, EXC_GP, 0);
}

static always_inline bool overruns_286(const struct cpu *cpu, uint32_t off, enum width w,
				       enum width aw)
{
	return w == W16 && aw == W16 && unlikely(off == 0xffff) && cpu->model == CPU_80286;
}

static always_inline void movs(struct cpu *cpu, const struct cpu_insn *in,
			       enum width w, enum width aw)
{
	uint32_t si = reg_get(cpu, CPU_SI, aw), di = reg_get(cpu, CPU_DI, aw), v;

	if (overruns_286(cpu, si, w, aw))
		overrun_286(cpu, in, CPU_SI, w, 1);
	v = cpu_read(cpu, in->seg, si, width_bytes(w));
	if (overruns_286(cpu, di, w, aw)) {
		advance(cpu, CPU_SI, step_of(cpu, w), aw);
		overrun_286(cpu, in, CPU_DI, w, 2);
	}
	cpu_write(cpu, CPU_ES, di, v, width_bytes(w));
	advance(cpu, CPU_SI, step_of(cpu, w), aw);
	advance(cpu, CPU_DI, step_of(cpu, w), aw);
}

static always_inline void stos(struct cpu *cpu, const struct cpu_insn *in,
			       enum width w, enum width aw)
{
	uint32_t di = reg_get(cpu, CPU_DI, aw);

	if (overruns_286(cpu, di, w, aw))
		overrun_286(cpu, in, CPU_DI, w, 2);
	cpu_write(cpu, CPU_ES, di,
		  reg_get(cpu, w == W8 ? PLACE_AL : CPU_AX, w), width_bytes(w));
	advance(cpu, CPU_DI, step_of(cpu, w), aw);
}

static always_inline void lods(struct cpu *cpu, const struct cpu_insn *in,
			       enum width w, enum width aw)
{
	uint32_t si = reg_get(cpu, CPU_SI, aw), v;

	if (overruns_286(cpu, si, w, aw))
		overrun_286(cpu, in, CPU_SI, w, 1);
	v = cpu_read(cpu, in->seg, si, width_bytes(w));
	reg_put(cpu, w == W8 ? PLACE_AL : CPU_AX, v, w);
	advance(cpu, CPU_SI, step_of(cpu, w), aw);
}

static always_inline void compare(struct cpu *cpu, uint32_t a, uint32_t b, enum width w)
{
	uint64_t r = (uint64_t)a - b, x = r ^ a ^ b;

	cpu->hot.fres = sign_extend(r, w);
	cpu->hot.fcar = x << (63 - width_bits(w)) | (x & FCAR_AF);
}

static always_inline void cmps(struct cpu *cpu, const struct cpu_insn *in,
			       enum width w, enum width aw)
{
	uint32_t si = reg_get(cpu, CPU_SI, aw), di = reg_get(cpu, CPU_DI, aw), a, b;

	if (overruns_286(cpu, di, w, aw))
		overrun_286(cpu, in, CPU_DI, w, 0);
	if (overruns_286(cpu, si, w, aw)) {
		advance(cpu, CPU_DI, step_of(cpu, w), aw);
		overrun_286(cpu, in, CPU_SI, w, 1);
	}
	a = cpu_read(cpu, in->seg, si, width_bytes(w));
	b = cpu_read(cpu, CPU_ES, di, width_bytes(w));
	advance(cpu, CPU_SI, step_of(cpu, w), aw);
	advance(cpu, CPU_DI, step_of(cpu, w), aw);
	compare(cpu, a, b, w);
}

static always_inline void scas(struct cpu *cpu, const struct cpu_insn *in,
			       enum width w, enum width aw)
{
	uint32_t di = reg_get(cpu, CPU_DI, aw), b;

	if (overruns_286(cpu, di, w, aw))
		overrun_286(cpu, in, CPU_DI, w, 1);
	b = cpu_read(cpu, CPU_ES, di, width_bytes(w));
	advance(cpu, CPU_DI, step_of(cpu, w), aw);
	compare(cpu, reg_get(cpu, w == W8 ? PLACE_AL : CPU_AX, w), b, w);
}

/* The port must not be read when the store would fault.  */
static always_inline void ins(struct cpu *cpu, const struct cpu_insn *in,
			      enum width w, enum width aw)
{
	uint32_t di = reg_get(cpu, CPU_DI, aw);

	if (overruns_286(cpu, di, w, aw))
		overrun_286(cpu, in, CPU_DI, w, 2);
	cpu_check_io(cpu, reg_get(cpu, CPU_DX, W16), width_bytes(w));
	cpu_check_write(cpu, CPU_ES, di, width_bytes(w));
	cpu_write(cpu, CPU_ES, di, cpu_in(cpu, reg_get(cpu, CPU_DX, W16), width_bytes(w)),
		  width_bytes(w));
	advance(cpu, CPU_DI, step_of(cpu, w), aw);
}

static always_inline void outs(struct cpu *cpu, const struct cpu_insn *in,
			       enum width w, enum width aw)
{
	uint32_t si = reg_get(cpu, CPU_SI, aw), v;

	if (overruns_286(cpu, si, w, aw))
		overrun_286(cpu, in, CPU_SI, w, 1);
	cpu_check_io(cpu, reg_get(cpu, CPU_DX, W16), width_bytes(w));
	v = cpu_read(cpu, in->seg, si, width_bytes(w));
	cpu_out(cpu, reg_get(cpu, CPU_DX, W16), v, width_bytes(w));
	advance(cpu, CPU_SI, step_of(cpu, w), aw);
}

/* ---- many at once ---- */

/* How many of n elements upwards from off lie before the end of the page (in
 * linear terms) and of the segment.  */
static uint32_t fit(uint64_t end, uint32_t lin, uint32_t off, uint32_t n, enum width w)
{
	uint32_t page = (0x1000 - (lin & 0xfff)) >> w;
	uint64_t segment = off < end ? (end - off) >> w : 0;

	if (n > page)
		n = page;
	return n > segment ? segment : n;
}

static uint32_t until_stop(const struct cpu *cpu, const struct cpu_insn *in, uint32_t n,
			   enum cpu_longer what)
{
	uint64_t pos = cpu_pos(cpu, in);
	uint64_t left = pos < cpu->hot.stop ? (cpu->hot.stop - pos) / INSN_UNIT : 0;

	if (unlikely(cpu->longer[what]))
		left = left * cpu->cost / (cpu->cost + cpu->longer[what]) + (left > 0);
	return left < n ? left : n;
}

/* Bytes move upwards one element at a time, so that an overlap repeats the
 * first elements, as programs expect.  */
static void copy_up(uint8_t *to, const uint8_t *from, size_t n, unsigned size)
{
	if (to + n <= from || from + n <= to || to <= from) {
		memmove(to, from, n);
		return;
	}
	for (size_t i = 0; i < n; i += size)
		cpu_store(to + i, cpu_load(from + i, size), size);
}

/* Where *n elements may be written that fit(); *n becomes less where code
 * begins, NULL if there is no room at all.  */
static uint8_t *room(const struct cpu *cpu, uint32_t off, uint32_t *n, enum width w)
{
	uint32_t lin = cpu->hot.wr[CPU_ES].base + off, bytes = *n << w, free = 0;
	const struct cpu_tlb *t = &cpu->hot.tlb[lin >> 12 & (CPU_TLB_SIZE - 1)];
	uint8_t *host = (uint8_t *)(t->host + lin);

	if (t->wtag == lin >> 12)
		return host;
	if (t->ctag != lin >> 12)
		return NULL;
	while (free < bytes && !t->cover[(lin & 0xfff) + free])
		free++;
	*n = free >> w;
	return *n ? host : NULL;
}

static uint32_t movs_bulk(struct cpu *cpu, const struct cpu_insn *in, uint32_t n,
			  enum width w, enum width aw)
{
	uint32_t si = reg_get(cpu, CPU_SI, aw), di = reg_get(cpu, CPU_DI, aw);
	const struct cpu_window *from = &cpu->hot.rd[in->seg], *to = &cpu->hot.wr[CPU_ES];
	const uint8_t *src;
	uint8_t *dst;

	n = fit(from->end, from->base + si, si, until_stop(cpu, in, n, LONGER_MOVS), w);
	n = fit(to->end, to->base + di, di, n, w);
	if (cpu->flags & CPU_DF || n < 2)
		return 0;
	src = cpu_ptr_read(cpu, in->seg, si, width_bytes(w));
	dst = room(cpu, di, &n, w);
	if (!src || !dst)
		return 0;
	copy_up(dst, src, (size_t)n << w, width_bytes(w));
	advance(cpu, CPU_SI, n << w, aw);
	advance(cpu, CPU_DI, n << w, aw);
	return n;
}

static uint32_t stos_bulk(struct cpu *cpu, const struct cpu_insn *in, uint32_t n,
			  enum width w, enum width aw)
{
	uint32_t di = reg_get(cpu, CPU_DI, aw), v = reg_get(cpu, w == W8 ? PLACE_AL : CPU_AX, w);
	const struct cpu_window *to = &cpu->hot.wr[CPU_ES];
	uint8_t *dst;

	n = fit(to->end, to->base + di, di, until_stop(cpu, in, n, LONGER_STOS), w);
	if (cpu->flags & CPU_DF || n < 2)
		return 0;
	dst = room(cpu, di, &n, w);
	if (!dst)
		return 0;
	if (w == W8)
		memset(dst, v, n);
	else
		for (uint32_t i = 0; i < n; i++)
			cpu_store(dst + (i << w), v, width_bytes(w));
	advance(cpu, CPU_DI, n << w, aw);
	return n;
}

/* Comparisons go on while equality is what REP wants; the last one made is
 * the one whose flags stay.  */
static uint32_t cmps_bulk(struct cpu *cpu, const struct cpu_insn *in, uint32_t n,
			  enum width w, enum width aw)
{
	uint32_t si = reg_get(cpu, CPU_SI, aw), di = reg_get(cpu, CPU_DI, aw), i = 0, a, b;
	const struct cpu_window *first = &cpu->hot.rd[in->seg], *second = &cpu->hot.rd[CPU_ES];
	const uint8_t *x, *y;

	n = fit(first->end, first->base + si, si, until_stop(cpu, in, n, LONGER_CMPS), w);
	n = fit(second->end, second->base + di, di, n, w);
	if (cpu->flags & CPU_DF || n < 2)
		return 0;
	x = cpu_ptr_read(cpu, in->seg, si, width_bytes(w));
	y = cpu_ptr_read(cpu, CPU_ES, di, width_bytes(w));
	if (!x || !y)
		return 0;
	do {
		a = cpu_load(x + (i << w), width_bytes(w));
		b = cpu_load(y + (i << w), width_bytes(w));
	} while (++i < n && (a == b) == (in->rep == 0xf3));
	advance(cpu, CPU_SI, i << w, aw);
	advance(cpu, CPU_DI, i << w, aw);
	compare(cpu, a, b, w);
	return i;
}

static uint32_t scas_bulk(struct cpu *cpu, const struct cpu_insn *in, uint32_t n,
			  enum width w, enum width aw)
{
	uint32_t di = reg_get(cpu, CPU_DI, aw), i = 0, b;
	uint32_t a = reg_get(cpu, w == W8 ? PLACE_AL : CPU_AX, w);
	const struct cpu_window *from = &cpu->hot.rd[CPU_ES];
	const uint8_t *x;

	n = fit(from->end, from->base + di, di, until_stop(cpu, in, n, LONGER_SCAS), w);
	if (cpu->flags & CPU_DF || n < 2)
		return 0;
	x = cpu_ptr_read(cpu, CPU_ES, di, width_bytes(w));
	if (!x)
		return 0;
	do
		b = cpu_load(x + (i << w), width_bytes(w));
	while (++i < n && (a == b) == (in->rep == 0xf3));
	advance(cpu, CPU_DI, i << w, aw);
	compare(cpu, a, b, w);
	return i;
}

/* ---- repetition ---- */

enum ends_on { COUNT, NOT_EQUAL };	/* CMPS and SCAS end on ZF too */

/* True: all done.  False: to be gone on with, after the event that is due.  */
static always_inline bool
repeat(struct cpu *cpu, const struct cpu_insn *in, string_op *op, string_bulk *bulk,
       enum ends_on ends, enum cpu_longer what, enum width w, enum width aw)
{
	uint32_t n = reg_get(cpu, CPU_CX, aw);

	cpu->hot.cur = in;
	cpu_takes_longer(cpu, LONGER_REP);
	while (n) {
		uint32_t done = bulk && !cpu->watch.once ? bulk(cpu, in, n, w, aw) : 0;

		if (!done) {
			op(cpu, in, w, aw);
			done = 1;
		}
		n -= done;
		reg_put(cpu, CPU_CX, n, aw);
		cpu->hot.bias += done * INSN_UNIT;
		if (unlikely(cpu->longer[what]))
			cpu_wait_longer(cpu, done * cpu->longer[what]);
		if (ends == NOT_EQUAL && flag_zf(cpu) != (in->rep == 0xf3))
			break;
		if (n && unlikely(cpu_pos(cpu, in) >= cpu->hot.stop || cpu->watch.once ||
				  cpu->flags & CPU_TF))
			return false;
	}
	return true;
}

static const struct cpu_insn *unfinished(struct cpu *cpu, const struct cpu_insn *in)
{
	cpu->watch.unfinished = true;
	return cpu_leave(cpu, cpu_pos(cpu, in), insn_ip(cpu, in));
}

/* A handler for each width and address size, repeated or not; `then' is what
 * follows: the next instruction, or an event point.  */
#define STRING_FORM(name, op, bulk, ends, then, what, w, f, aw) HANDLER(name##_##w##_##f) \
{ \
	if (!in->rep) { \
		cpu->hot.cur = in; \
		cpu_takes_longer(cpu, what); \
		op(cpu, in, w, aw); \
		return then(cpu, in); \
	} \
	if (!repeat(cpu, in, op, bulk, ends, what, w, aw)) \
		return unfinished(cpu, in); \
	return then(cpu, in); \
}
#define STRING(name, op, bulk, ends, then, what) \
	STRING_FORM(name, op, bulk, ends, then, what, W8, F_M16, W16) \
	STRING_FORM(name, op, bulk, ends, then, what, W8, F_M32, W32) \
	STRING_FORM(name, op, bulk, ends, then, what, W16, F_M16, W16) \
	STRING_FORM(name, op, bulk, ends, then, what, W16, F_M32, W32) \
	STRING_FORM(name, op, bulk, ends, then, what, W32, F_M16, W16) \
	STRING_FORM(name, op, bulk, ends, then, what, W32, F_M32, W32) \
	SET_MEMORY(name)
STRING(movs, movs, movs_bulk, COUNT, cpu_next, LONGER_MOVS);
STRING(stos, stos, stos_bulk, COUNT, cpu_next, LONGER_STOS);
STRING(lods, lods, NULL, COUNT, cpu_next, LONGER_LODS);
STRING(cmps, cmps, cmps_bulk, NOT_EQUAL, cpu_next, LONGER_CMPS);
STRING(scas, scas, scas_bulk, NOT_EQUAL, cpu_next, LONGER_SCAS);
STRING(ins, ins, NULL, COUNT, cpu_event_point, LONGER_STOS);
STRING(outs, outs, NULL, COUNT, cpu_event_point, LONGER_LODS);
