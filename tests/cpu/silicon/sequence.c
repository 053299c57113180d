/* sequence.c - making sequences: random bytes, taken to pieces by our own
 * decoder, and kept if user-level code may do such a thing.  What cannot be
 * left to chance (targets of jumps, selectors, counts) is made by hand.  */

#include "native.h"

#include <stdio.h>
#include <string.h>

#include "cpu/fpu_op.h"

#define ARITH	(CPU_CF | CPU_PF | CPU_AF | CPU_ZF | CPU_SF | CPU_OF)
#define MODEL	CPU_PENTIUM

/* Random numbers.  */

uint64_t random_next(uint64_t *seed)
{
	/* xorshift64* (Vigna 2014) */
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return *seed * 2685821657736338717ull;
}

unsigned random_below(uint64_t *seed, unsigned n)
{
	return (random_next(seed) >> 33) % n;
}

static uint32_t random_value(uint64_t *seed)
{
	static const uint32_t edge[] = {
		0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000,
		0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe, 0xffff8000, 0xffffff80,
	};

	switch (random_below(seed, 6)) {
	case 0:
		return edge[random_below(seed, sizeof edge / sizeof *edge)];
	case 1:
		return random_below(seed, 0x100);
	case 2:
	case 3:
		return random_below(seed, 0x10000);
	default:
		return random_next(seed) >> 16;
	}
}

void random_memory(uint64_t *seed, uint8_t *p, uint32_t size)
{
	for (uint32_t i = 0; i + 4 <= size; i += 4) {
		uint32_t v = random_value(seed);

		memcpy(p + i, &v, 4);
	}
}

static uint16_t random_selector(uint64_t *seed)
{
	return DATA_SEL + DATA_STEP * random_below(seed, DATA_SELS);
}

/* Addresses in 32-bit segments have to be small to be useful.  */
static void random_registers(uint64_t *seed, bool big, struct registers *r)
{
	memset(r, 0, sizeof *r);
	for (unsigned i = 0; i < 8; i++)
		r->reg[i] = big && random_below(seed, 4) ? random_below(seed, 0x5000) :
			random_value(seed);
	r->reg[CPU_SP] = (big ? 0 : ESP_HIGH) + 0x4000 + random_below(seed, 0x8000);
	r->flags = 0x202 | (random_next(seed) & ARITH) | (random_below(seed, 4) ? 0 : CPU_DF);
	for (unsigned i = 0; i < 6; i++)
		r->seg[i] = random_selector(seed);
	r->seg[CPU_CS] = CODE_SEL;
	random_memory(seed, r->st[0], sizeof r->st);
	r->fpu_tag = random_below(seed, 2) ? 0xffff : random_below(seed, 0x10000);
	r->ip = 0x100 + random_below(seed, 0xf00);
}

/* What may not be left to chance or to a user.  */

enum judgement { NO, YES, FORWARD, STRING, COUNTED };

static enum judgement judge_one(const struct cpu_parse *p)
{
	switch (p->op) {
	case 0x07: case 0x17: case 0x1f: case 0x8e:	/* segment loads */
	case 0xc4: case 0xc5:
	case 0x63:					/* ARPL: #UD in real mode */
	case 0x6c: case 0x6d: case 0x6e: case 0x6f:	/* I/O */
	case 0xe4: case 0xe5: case 0xe6: case 0xe7:
	case 0xec: case 0xed: case 0xee: case 0xef:
	case 0x9a: case 0xea: case 0xca: case 0xcb:	/* far control */
	case 0xc2: case 0xc3: case 0xcf:
	case 0x9d:					/* POPF: see by_hand() */
	case 0xcd: case 0xf1: case 0xf4: case 0xfa: case 0xfb:
		return NO;
	case 0x62:					/* with a register: EVEX */
		return p->modrm >= 0xc0 ? NO : YES;
	case 0xff:
		return (p->modrm >> 3 & 7) >= 2 && (p->modrm >> 3 & 7) <= 5 ? NO : YES;
	case 0xe0: case 0xe1: case 0xe2: case 0xe3:
	case 0xe8: case 0xe9: case 0xeb:
		return FORWARD;
	case 0xa4: case 0xa5: case 0xa6: case 0xa7:
	case 0xaa: case 0xab: case 0xac: case 0xad: case 0xae: case 0xaf:
		return STRING;
	default:
		return p->op >= 0x70 && p->op <= 0x7f ? FORWARD : YES;
	}
}

static enum judgement judge_two(const struct cpu_parse *p)
{
	switch (p->op) {
	case 0x00: case 0x01: case 0x02: case 0x03:	/* system */
	case 0x06: case 0x08: case 0x09: case 0x20: case 0x21: case 0x22: case 0x23:
	case 0x24: case 0x26: case 0x30: case 0x31: case 0x32: case 0x33:
	case 0xa2: case 0xaa:
	case 0xa1: case 0xa9: case 0xb2: case 0xb4: case 0xb5:
		return NO;
	case 0xa4: case 0xa5: case 0xac: case 0xad:	/* SHLD, SHRD */
		return p->opsize32 ? YES : COUNTED;
	default:
		if (p->op >= 0xc8 && p->op <= 0xcf && !p->opsize32)
			return NO;			/* BSWAP of a word is undefined */
		return p->op >= 0x80 && p->op <= 0x8f ? FORWARD : YES;
	}
}

/* With 32-bit operands AMD's processors write a selector's upper half as
 * zero, Intel's leave memory as it is (Intel SDM vol. 2, PUSH).  */
static bool pushes_selector32(const struct cpu_parse *p)
{
	return p->opsize32 && p->row->opd[0] >= OPD_sES && p->row->opd[0] <= OPD_sGS;
}

/* The environment has pointers, which processors disagree about; an
 * environment from random memory could wake exceptions at any time, which
 * is wanted.  */
static enum judgement judge_fpu(const struct cpu_parse *p)
{
	unsigned reg = p->modrm >> 3 & 7;

	if (!fpu_insn(p->op & 7, p->modrm))
		return NO;
	if (p->modrm < 0xc0 && reg == 6 && (p->op == 0xd9 || p->op == 0xdd))
		return NO;
	return YES;
}

static bool is_mmx(const struct cpu_parse *p)
{
	return p->two && p->row->first == CPU_PENTIUM &&
		((p->op >= 0x60 && p->op <= 0x7f) || p->op >= 0xd1);
}

static enum judgement judge(const struct cpu_parse *p, bool big)
{
	if (!p->row || p->too_long)
		return NO;
	if (is_mmx(p) && p->opsize32 != big)
		return NO;		/* with 66h it is SSE2's */
	if (pushes_selector32(p) || p->rep)
		return NO;		/* any() makes REP where it means something */
	if (p->memory && p->seg == CPU_CS)
		return NO;		/* protected mode forbids writing there */
	if (!p->two && p->op >= 0xd8 && p->op <= 0xdf)
		return judge_fpu(p);
	return p->two ? judge_two(p) : judge_one(p);
}

/* Does it write SP?  Then the stack is anywhere, which in a 32-bit segment
 * is mostly nowhere.  */
static bool moves_stack(const struct cpu_parse *p)
{
	for (unsigned i = 0; i < 2; i++) {
		switch (p->row->opd[i]) {
		case OPD_Gv:
			if ((p->modrm >> 3 & 7) == CPU_SP)
				return true;
			break;
		case OPD_Ev: case OPD_Ew:
			if (p->modrm >= 0xc0 && (p->modrm & 7) == CPU_SP)
				return true;
			break;
		case OPD_Zv:
			if ((p->op & 7) == CPU_SP)
				return true;
			break;
		}
	}
	return !p->two && p->op == 0xc9;	/* LEAVE */
}

/* Flags.  */

static bool is_shift(const struct cpu_parse *p)
{
	return !p->two && (p->op == 0xc0 || p->op == 0xc1 || (p->op >= 0xd0 && p->op <= 0xd3));
}

static bool count_is_one(const struct cpu_parse *p)
{
	return p->op == 0xd0 || p->op == 0xd1 ||
		(p->op <= 0xc1 && (p->imm & 31) == 1);
}

/* The table's columns, made exact where the count is known, and careful
 * where it is not.  */
static void describe(struct seq_insn *i, const struct cpu_parse *p)
{
	bool shld = p->two && (p->op == 0xa4 || p->op == 0xa5 || p->op == 0xac || p->op == 0xad);

	i->row = p->row;
	i->reads = p->row->reads & ARITH;
	i->undefined = p->row->undefined & ARITH;
	i->keeps = shld || (p->rep && !p->two) || (is_shift(p) && p->op != 0xd0 && p->op != 0xd1);
	if (is_shift(p)) {
		unsigned reg = p->modrm >> 3 & 7;
		bool narrow = !(p->op & 1) || !p->opsize32;

		if (count_is_one(p))
			i->undefined &= ~CPU_OF;
		else if (narrow && reg >= 4 && reg != 7)
			i->undefined |= CPU_CF;		/* count above the width */
	}
	if (!p->two && (p->op == 0x9c || p->op == 0xce))
		i->reads |= ARITH;
	if (!p->two && p->op >= 0xd8 && p->op <= 0xdf)
		i->reads = 0;
}

bool seq_analyse(struct sequence *s)
{
	uint32_t arriving[SEQ_INSNS + 2] = { 0 }, now = 0;

	for (unsigned i = 0; i < s->count; i++) {
		struct seq_insn *in = &s->insn[i];
		uint32_t writes = in->row ? in->row->writes : 0;

		now |= arriving[i];
		in->unknown = now;
		if (in->reads & now)
			return false;
		now = (in->keeps ? now : now & ~writes) | in->undefined;
		if (in->target)
			arriving[in->target] |= now;
		if (in->jumps)
			now = 0;
	}
	s->insn[s->count].unknown = now | arriving[s->count];
	return true;
}

uint32_t seq_flags_at(const struct sequence *s, uint32_t ip, bool fault)
{
	uint32_t unknown = s->insn[s->count].unknown;

	for (unsigned i = 0; fault && i < s->count; i++) {
		const struct seq_insn *in = &s->insn[i];
		uint32_t at = s->before.ip + in->at;

		if (ip == at || ip == at + in->len)
			unknown |= in->unknown | in->undefined;
	}
	return (ARITH | CPU_DF) & ~unknown;
}

/* Faults that silicon finds in another order, or after it has begun.  */
static const struct {
	const char *name;
	uint32_t vector_a, vector_b;
	const char *why;
} disputed[] = {
	{ "bound", 5, 13, "AMD compares with the lower bound before it reads the upper" },
	{ "bound", 5, 12, "AMD compares with the lower bound before it reads the upper" },
	{ "cmpsb", 13, 12, "which operand is read first" },
	{ "cmpsw|cmpsd", 13, 12, "which operand is read first" },
	{ "cmpsb", 12, 13, "which operand is read first" },
	{ "cmpsw|cmpsd", 12, 13, "which operand is read first" },
	{ "popa|popad", 12, 12, "AMD has begun when it faults" },
	{ "pusha|pushad", 12, 12, "AMD has begun when it faults" },
	{ "enter", 12, 12, "AMD has begun when it faults" },
	{ "esc1", 13, 13, "AMD's FLDENV has begun when it faults" },
	{ "esc1", 12, 12, "AMD's FLDENV has begun when it faults" },
	{ "esc5", 13, 13, "AMD's FRSTOR has begun when it faults" },
	{ "esc5", 12, 12, "AMD's FRSTOR has begun when it faults" },
};

const char *seq_disputed(const struct sequence *s, const struct registers *a,
			 const struct registers *b)
{
	for (unsigned i = 0; i < s->count && a->ip == b->ip; i++) {
		const struct seq_insn *in = &s->insn[i];

		if (a->ip != s->before.ip + in->at || !in->row)
			continue;
		for (unsigned k = 0; k < sizeof disputed / sizeof *disputed; k++)
			if (!strcmp(disputed[k].name, in->row->name) &&
			    a->vector == disputed[k].vector_a && b->vector == disputed[k].vector_b)
				return disputed[k].why;
	}
	return NULL;
}

void seq_drop(struct sequence *s, unsigned i)
{
	unsigned group = s->insn[i].group;

	for (unsigned k = 0; k < s->count; k++) {
		struct seq_insn *in = &s->insn[k];

		if (k != i && (!group || in->group != group))
			continue;
		memset(s->code + in->at, 0x90, in->len);
		*in = (struct seq_insn){ .at = in->at, .len = in->len, .row = NULL };
	}
}

/* Building.  */

static bool room(const struct sequence *s, unsigned insns)
{
	return s->count + insns < SEQ_INSNS && s->bytes + 16 * (insns + 1) < SEQ_BYTES - 16;
}

/* Append an instruction; answers its record, NULL if it is not one.  */
static struct seq_insn *append(struct sequence *s, const uint8_t *code, unsigned n,
			       struct cpu_parse *p)
{
	struct seq_insn *in = &s->insn[s->count];
	uint8_t padded[CPU_INSN_MAX] = { 0 };

	memcpy(padded, code, n);
	if (!cpu_parse(p, padded, sizeof padded, MODEL, s->big) || !p->row || p->too_long)
		return NULL;
	*in = (struct seq_insn){ .at = s->bytes, .len = p->len };
	describe(in, p);
	memcpy(s->code + s->bytes, padded, p->len);
	s->bytes += p->len;
	s->count++;
	return in;
}

#define BY_HAND(s, ...) do {						\
	const uint8_t code_[] = { __VA_ARGS__ };			\
	struct cpu_parse p_;						\
	append(s, code_, sizeof code_, &p_);				\
} while (0)

/* The instructions from `first' on belong together.  */
static void make_group(struct sequence *s, unsigned first)
{
	s->groups++;
	while (first < s->count)
		s->insn[first++].group = s->groups;
}

/* MOV ECX, small, so that a REP or a count ends soon.  */
static void small_count(struct sequence *s, uint64_t *seed, unsigned limit)
{
	uint8_t n = random_below(seed, limit);

	if (s->big)
		BY_HAND(s, 0xb9, n, 0, 0, 0);
	else
		BY_HAND(s, 0x66, 0xb9, n, 0, 0, 0);
}

/* All flags get a value: ADD AL, 0.  */
static void define_flags(struct sequence *s)
{
	BY_HAND(s, 0x04, 0x00);
}

/* Flags that are undefined here, if nothing jumps here.  */
static uint32_t unknown_now(struct sequence *s)
{
	seq_analyse(s);
	return s->insn[s->count].unknown;
}

/* A jump's displacement is filled in when its target is known.  */
static void aim(struct sequence *s, unsigned from, unsigned size, unsigned to)
{
	struct seq_insn *in = &s->insn[from];
	uint32_t distance = s->insn[to].at - (in->at + in->len);

	in->target = to;
	memcpy(s->code + in->at + in->len - size, &distance, size);
}

struct pending {
	unsigned from, size, skip;
};

/* Segment loads with selectors that exist.  */
static void segment_load(struct sequence *s, uint64_t *seed)
{
	static const uint8_t pop[][2] = { { 0x07 }, { 0x1f }, { 0x0f, 0xa1 }, { 0x0f, 0xa9 }, { 0x17 } };
	static const uint8_t mov[] = { 0xc0, 0xd8, 0xe0, 0xe8, 0xd0 };
	uint16_t sel = random_selector(seed);
	unsigned which = random_below(seed, 5), reg = random_below(seed, 8);

	if (reg == CPU_SP)
		reg = CPU_AX;
	if (random_below(seed, 2)) {
		if (s->big)
			BY_HAND(s, 0x66, 0xb8 + reg, sel, sel >> 8);
		else
			BY_HAND(s, 0xb8 + reg, sel, sel >> 8);
		BY_HAND(s, 0x8e, mov[which] + reg);
	} else {
		if (s->big)
			BY_HAND(s, 0x68, sel, sel >> 8, 0, 0);
		else
			BY_HAND(s, 0x68, sel, sel >> 8);
		if (pop[which][0] == 0x0f)
			BY_HAND(s, 0x0f, pop[which][1]);
		else
			BY_HAND(s, pop[which][0]);
	}
}

static uint16_t good_flags(uint64_t *seed)
{
	return 0x202 | (random_next(seed) & ARITH) | (random_below(seed, 4) ? 0 : CPU_DF);
}

/* PUSH of a number, 3 or 5 bytes.  */
static void push_number(struct sequence *s, uint16_t v)
{
	BY_HAND(s, 0x68, v, v >> 8, 0, 0);
}

/* MOV [at], number: 6 or 10 bytes.  */
static void store_number(struct sequence *s, uint16_t at, uint16_t v)
{
	if (s->big)
		BY_HAND(s, 0xc7, 0x05, at, at >> 8, 0, 0, v, v >> 8, 0, 0);
	else
		BY_HAND(s, 0xc7, 0x06, at, at >> 8, v, v >> 8);
}

/* An instruction with [at]: 4 or 6 bytes.  */
static void with_memory(struct sequence *s, uint8_t op, unsigned reg, uint16_t at)
{
	BY_HAND(s, op, (s->big ? 0x05 : 0x06) | reg << 3, at, at >> 8, 0, 0);
}

/* A far pointer is stored, then loaded: LES, LDS, LSS, LFS, LGS.  */
static void far_pointer(struct sequence *s, uint64_t *seed)
{
	static const uint8_t op[] = { 0xc4, 0xc5, 0xb2, 0xb4, 0xb5 };
	unsigned at = random_below(seed, 0x8000), which = random_below(seed, 5);
	unsigned modrm = random_below(seed, 8) << 3 | (s->big ? 5 : 6);

	if ((modrm >> 3) == CPU_SP)
		modrm |= 8;
	if (!s->big && random_below(seed, 8) == 0)
		at = 0xfffe;		/* the selector is at 0 */
	store_number(s, at + (s->big ? 4 : 2), random_selector(seed));
	if (which < 2)
		BY_HAND(s, op[which], modrm, at, at >> 8, 0, 0);
	else
		BY_HAND(s, 0x0f, op[which], modrm, at, at >> 8, 0, 0);
}

/* Flags from the stack, those that a user and real mode agree on.  */
static void pop_flags(struct sequence *s, uint64_t *seed)
{
	push_number(s, good_flags(seed));
	BY_HAND(s, 0x9d);
}

/* Jumps that do not say where in their own bytes: to the instruction after
 * them.  Lengths do not depend on values, so it is known where that is.  */

static void jump_by_register(struct sequence *s, uint64_t *seed)
{
	unsigned reg = random_below(seed, 7), at = s->before.ip + s->bytes;
	unsigned target = at + (s->big ? 5 : 3) + 2;

	if (reg == CPU_SP)
		reg = CPU_DI;
	BY_HAND(s, 0xb8 + reg, target, target >> 8, 0, 0);
	BY_HAND(s, 0xff, (random_below(seed, 2) ? 0xd0 : 0xe0) + reg);
}

static void jump_by_memory(struct sequence *s, uint64_t *seed)
{
	unsigned at = random_below(seed, 0x8000), here = s->before.ip + s->bytes;

	store_number(s, at, here + (s->big ? 10 + 6 : 6 + 4));
	with_memory(s, 0xff, random_below(seed, 2) ? 2 : 4, at);
}

static void jump_far_by_memory(struct sequence *s, uint64_t *seed)
{
	unsigned at = random_below(seed, 0x8000), here = s->before.ip + s->bytes;

	store_number(s, at + (s->big ? 4 : 2), CODE_SEL);
	store_number(s, at, here + (s->big ? 2 * 10 + 6 : 2 * 6 + 4));
	with_memory(s, 0xff, random_below(seed, 2) ? 3 : 5, at);
}

static void jump_far(struct sequence *s, uint64_t *seed)
{
	unsigned target = s->before.ip + s->bytes + (s->big ? 7 : 5);
	uint8_t op = random_below(seed, 2) ? 0x9a : 0xea;
	uint16_t cs = CODE_SEL;

	if (s->big)
		BY_HAND(s, op, target, target >> 8, 0, 0, cs, cs >> 8);
	else
		BY_HAND(s, op, target, target >> 8, cs, cs >> 8);
}

static void return_near(struct sequence *s, uint64_t *seed)
{
	bool pops = random_below(seed, 2);

	push_number(s, s->before.ip + s->bytes + (s->big ? 5 : 3) + (pops ? 3 : 1));
	if (pops)
		BY_HAND(s, 0xc2, random_below(seed, 16), 0);
	else
		BY_HAND(s, 0xc3);
}

static void return_far(struct sequence *s, uint64_t *seed)
{
	bool pops = random_below(seed, 2);
	unsigned target = s->before.ip + s->bytes + 2 * (s->big ? 5 : 3) + (pops ? 3 : 1);

	push_number(s, CODE_SEL);
	push_number(s, target);
	if (pops)
		BY_HAND(s, 0xca, random_below(seed, 16), 0);
	else
		BY_HAND(s, 0xcb);
}

static void return_from_interrupt(struct sequence *s, uint64_t *seed)
{
	unsigned target = s->before.ip + s->bytes + 3 * (s->big ? 5 : 3) + 1;

	push_number(s, good_flags(seed));
	push_number(s, CODE_SEL);
	push_number(s, target);
	BY_HAND(s, 0xcf);
}

static void by_hand(struct sequence *s, uint64_t *seed)
{
	static void (*const way[])(struct sequence *s, uint64_t *seed) = {
		segment_load, segment_load, far_pointer, far_pointer, pop_flags,
		jump_by_register, jump_by_memory, jump_far_by_memory, jump_far,
		return_near, return_far, return_from_interrupt,
	};

	unsigned first = s->count;

	if (!room(s, 4))
		return;
	way[random_below(seed, sizeof way / sizeof *way)](s, seed);
	make_group(s, first);
}

/* Random bytes that look like an instruction.  */
static unsigned random_code(uint64_t *seed, bool big, uint8_t *code)
{
	static const uint8_t override[] = { 0x26, 0x36, 0x3e, 0x64, 0x65 };
	unsigned n = 0;
	uint32_t v;

	if (random_below(seed, 5) == 0)
		code[n++] = 0x66;
	if (random_below(seed, big ? 16 : 8) == 0)
		code[n++] = 0x67;
	if (random_below(seed, 8) == 0)
		code[n++] = override[random_below(seed, sizeof override)];
	if (random_below(seed, 50) == 0)
		code[n++] = 0xf0;
	if (random_below(seed, 3) == 0)
		code[n++] = 0x0f;
	code[n++] = random_next(seed) >> 40;
	code[n++] = random_next(seed) >> 40;
	if (random_below(seed, 3) == 0)
		code[n - 1] |= 0xc0;
	while (n + 4 <= CPU_INSN_MAX) {
		v = random_value(seed);
		memcpy(code + n, &v, 4);
		n += 4;
	}
	return n;
}

static unsigned immediate_size(const struct cpu_parse *p)
{
	unsigned size = 0;

	for (unsigned i = 0; i < 3; i++) {
		switch (p->row->opd[i]) {
		case OPD_Ib: case OPD_Ib2: case OPD_Ibs: case OPD_Jb:
			size += 1;
			break;
		case OPD_Iw:
			size += 2;
			break;
		case OPD_Iz: case OPD_Jz:
			size += p->opsize32 ? 4 : 2;
			break;
		}
	}
	return size;
}

/* A 32-bit displacement is mostly out of the segment: make it small.  */
static void tame_displacement(uint64_t *seed, const struct cpu_parse *p, uint8_t *code)
{
	bool offset = p->row->opd[0] == OPD_Ob || p->row->opd[0] == OPD_Ov ||
		p->row->opd[1] == OPD_Ob || p->row->opd[1] == OPD_Ov;
	unsigned mod = p->modrm >> 6;
	uint32_t v = random_below(seed, 0x8000);

	if (!p->memory || !p->addr32 || random_below(seed, 20) == 0)
		return;
	if (offset || mod == 2 || (mod == 0 && p->base == CPU_NO_REG))
		memcpy(code + p->len - immediate_size(p) - 4, &v, 4);
}

static unsigned jump_size(const struct cpu_parse *p)
{
	return immediate_size(p);
}

/* One random instruction, with what it needs before it.  */
static void any(struct sequence *s, uint64_t *seed, struct pending *waiting)
{
	uint8_t code[CPU_INSN_MAX + 1];
	struct cpu_parse p;
	struct seq_insn *in;
	enum judgement j = NO;
	unsigned n, first = s->count;

	do {
		n = random_code(seed, s->big, code);
		if (!cpu_parse(&p, code, n, MODEL, s->big))
			continue;
		j = judge(&p, s->big);
	} while (!p.row || j == NO || (j == FORWARD && waiting->size) ||
		 (moves_stack(&p) && random_below(seed, s->big ? 20 : 4)));
	tame_displacement(seed, &p, code);
	if (j == STRING && random_below(seed, 2)) {
		small_count(s, seed, 20);
		memmove(code + 1, code, CPU_INSN_MAX);
		code[0] = 0xf2 + random_below(seed, 2);
	}
	if (j == COUNTED) {
		small_count(s, seed, 17);
		if (p.row->opd[2] == OPD_Ib)
			code[p.len - 1] &= 15;
	}
	if ((p.row->reads | (p.op == 0x9c ? ARITH : 0)) & unknown_now(s))
		define_flags(s);
	in = append(s, code, CPU_INSN_MAX, &p);
	if (!in)
		return;
	if (s->count > first + 1)
		make_group(s, first);
	if ((!p.two && p.op >= 0xd8 && p.op <= 0xdf) || is_mmx(&p))
		s->fpu = true;
	if (j == FORWARD) {
		*waiting = (struct pending){ s->count - 1, jump_size(&p), 1 + random_below(seed, 4) };
		in->jumps = !p.two && (p.op == 0xe8 || p.op == 0xe9 || p.op == 0xeb);
		in->target = s->count;	/* for now: flags flow on */
	}
}

void seq_make(struct sequence *s, uint64_t *seed, bool big)
{
	unsigned length = 1 + random_below(seed, 10), steps = 0;
	struct pending waiting = { 0 };

	*s = (struct sequence){ .big = big };
	random_registers(seed, big, &s->before);
	while ((steps++ < length || waiting.size) && room(s, 4)) {
		if (random_below(seed, 12) == 0)
			by_hand(s, seed);
		else
			any(s, seed, &waiting);
		if (waiting.size && waiting.skip-- == 0) {
			s->insn[s->count].at = s->bytes;
			aim(s, waiting.from, waiting.size, s->count);
			waiting.size = 0;
		}
	}
	s->insn[s->count].at = s->bytes;
	if (waiting.size)
		aim(s, waiting.from, waiting.size, s->count);
	/* JMP FAR to LEAVE_SEL:0. */
	memcpy(s->code + s->bytes, big ? "\xea\0\0\0\0" : "\xea\0\0", big ? 5 : 3);
	s->bytes += big ? 5 : 3;
	s->code[s->bytes++] = LEAVE_SEL & 0xff;
	s->code[s->bytes++] = LEAVE_SEL >> 8;
	if (!seq_analyse(s))
		seq_make(s, seed, big);		/* a jump spoilt it: another one */
}

void seq_print(const struct sequence *s)
{
	const struct registers *r = &s->before;

	printf("%u-bit, ax %08x cx %08x dx %08x bx %08x sp %08x bp %08x si %08x di %08x\n"
	       "  es %04x ss %04x ds %04x fs %04x gs %04x flags %08x\n", s->big ? 32 : 16,
	       r->reg[0], r->reg[1], r->reg[2], r->reg[3], r->reg[4], r->reg[5], r->reg[6],
	       r->reg[7], r->seg[0], r->seg[2], r->seg[3], r->seg[4], r->seg[5], r->flags);
	for (unsigned i = 0; i < s->count; i++) {
		const struct seq_insn *in = &s->insn[i];

		printf("  %04x ", (unsigned)(r->ip + in->at));
		for (unsigned k = 0; k < in->len; k++)
			printf("%02x", s->code[in->at + k]);
		printf("  %s\n", in->row ? in->row->name : "-");
	}
}
