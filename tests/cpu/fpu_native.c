/* fpu_native.c - the x87 against the silicon of the host.
 *
 * usage: fpu_native [COUNT [SEED]]
 *
 * A random state of the coprocessor and a random ESC opcode: the host
 * loads the state (FRSTOR), runs the opcode, stores the state (FNSAVE);
 * our x87 does the same with its own FRSTOR and FNSAVE.  Registers, tags,
 * control and status word and the memory operand must be equal.  The
 * last-instruction pointers are not compared: 64-bit code has none worth
 * the name, and AMD's processors store them only after an exception.
 *
 * Built a second time with FPU_SOFT, it judges the arithmetic of hosts
 * without an x87: exact too, but for the transcendental functions.  */

#include <stdio.h>
#include <stdlib.h>

#include "fpu_board.h"

#define EXIT_SKIPPED	77
#define SHOW		20

#if !defined(__x86_64__)

int main(void)
{
	printf("skipped: the host has no x87\n");
	return EXIT_SKIPPED;
}

#else

/* Every opcode, followed by RET: 8 x 64 register forms, then 8 x 8 memory
 * forms with the operand at [rdi].  */
__asm__(
	"	.pushsection .text\n"
	"	.balign	16\n"
	"native_opcodes:\n"
	"	.set	i, 0\n"
	"	.rept	512\n"
	"	.byte	0xd8 + (i >> 6), 0xc0 + (i & 63), 0xc3, 0xcc\n"
	"	.set	i, i + 1\n"
	"	.endr\n"
	"	.set	i, 0\n"
	"	.rept	64\n"
	"	.byte	0xd8 + (i >> 3), 0x07 + ((i & 7) << 3), 0xc3, 0xcc\n"
	"	.set	i, i + 1\n"
	"	.endr\n"
	"	.popsection\n");

extern const uint8_t native_opcodes[][4];

/* The 32-bit protected mode layout of FNSAVE.  */
struct image {
	uint16_t control, r1, status, r2, tag, r3;
	uint32_t ip;
	uint16_t cs, op;
	uint32_t dp;
	uint16_t ds, r4;
	uint8_t st[8][10];
} __attribute__((packed));

#define OPERAND_SIZE	128

struct trial {
	uint8_t op, modrm;
	struct image before;
	uint8_t operand[OPERAND_SIZE];
};

struct outcome {
	struct image state;
	uint8_t operand[OPERAND_SIZE];
	uint16_t ax;
};

static uint64_t next(uint64_t *seed)
{
	/* xorshift64* (Vigna 2014) */
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return *seed * 2685821657736338717ull;
}

static unsigned below(uint64_t *seed, unsigned n)
{
	return (next(seed) >> 33) % n;
}

/* A significand: few bits, many, or those around rounding.  */
static uint64_t random_mantissa(uint64_t *seed)
{
	uint64_t r = next(seed);

	switch (below(seed, 6)) {
	case 0:
		return 1ull << 63;
	case 1:
		return r << below(seed, 64);
	case 2:
		return ~(r >> (1 + below(seed, 63)));
	case 3:
		return (1ull << 63) | 1ull << below(seed, 64) | 1ull << below(seed, 64);
	default:
		return r | 1ull << 63;
	}
}

static unsigned random_exponent(uint64_t *seed)
{
	switch (below(seed, 8)) {
	case 0:
		return 0;
	case 1:
		return 0x7fff;
	case 2:
		return below(seed, 80);
	case 3:
		return 0x7ffe - below(seed, 80);
	case 4:
		return below(seed, 0x8000);
	case 5:
		return 0x3fff + 1024 - below(seed, 2300);	/* ends of double */
	default:
		return 0x3fff + 40 - below(seed, 100);
	}
}

static void random_real(uint64_t *seed, uint8_t to[10])
{
	uint64_t mantissa = random_mantissa(seed);
	unsigned exponent = random_exponent(seed), sign = below(seed, 2) << 15;

	switch (below(seed, 16)) {
	case 0:				/* zero, infinity and relations */
		mantissa = (uint64_t)below(seed, 4) << 62;
		exponent = below(seed, 2) ? 0 : 0x7fff;
		break;
	case 1:				/* pseudo-denormals, denormals, unnormals */
		mantissa = next(seed) >> below(seed, 64);
		break;
	case 2:				/* small integers */
		mantissa = 1ull << 63 | (uint64_t)below(seed, 32) << 58;
		exponent = 0x3fff + below(seed, 6);
		break;
	}
	cpu_store(to, mantissa, 8);
	cpu_store(to + 8, exponent | sign, 2);
}

static void random_operand(uint64_t *seed, const struct trial *t, uint8_t *to)
{
	uint64_t kind = below(seed, 4);
	float f;
	double d;
	long double l;

	for (unsigned i = 0; i < OPERAND_SIZE; i += 8)
		cpu_store(to + i, next(seed), 8);
	random_real(seed, to);
	memset(&l, 0, sizeof l);
	memcpy(&l, to, 10);
	if (kind == 0 && (t->op == 0xd8 || t->op == 0xd9)) {
		f = l;
		memcpy(to, &f, sizeof f);
	} else if (kind == 0 && (t->op == 0xdc || t->op == 0xdd)) {
		d = l;
		memcpy(to, &d, sizeof d);
	} else if (kind == 1 && t->op == 0xdf) {
		for (unsigned i = 0; i < 10; i++)	/* packed decimal */
			to[i] = below(seed, 10) << 4 | below(seed, 10);
	} else if (kind == 2) {
		cpu_store(to, (int64_t)below(seed, 200) - 100, 8);
	}
}

static bool fills_state(const struct trial *t)
{
	unsigned reg = t->modrm >> 3 & 7;

	return t->modrm < 0xc0 && reg == 4 && (t->op == 0xd9 || t->op == 0xdd);
}

static void random_state(uint64_t *seed, struct image *s)
{
	unsigned masks = below(seed, 2) ? 0x3f : below(seed, 0x40);

	memset(s, 0xff, sizeof *s);
	s->control = 0x40 | masks | below(seed, 4) << 8 | below(seed, 4) << 10 |
		below(seed, 2) << 12;
	if (below(seed, 2))
		s->control |= 3 << 8;
	/* A pending exception would be the host's own.  */
	s->status = (below(seed, 0x80) & (masks | FPU_SF)) |
		(below(seed, 0x10000) & (FPU_TOP | FPU_CC));
	if (below(seed, 2))
		s->status &= ~FPU_EXCEPTIONS;
	s->tag = 0;
	for (unsigned i = 0; i < 8; i++)
		if (below(seed, 8) == 0)
			s->tag |= 3 << 2 * i;
	if (below(seed, 2))		/* room for a push */
		s->tag |= 3 << 2 * (((s->status >> 11 & 7) - 1) & 7);
	for (unsigned i = 0; i < 8; i++)
		random_real(seed, s->st[i]);
}

/* What the host has and a Pentium has not, and what it has not: 64-bit
 * hosts know FCMOV, FCOMI and FISTTP.  */
static bool known(const struct trial *t)
{
	return fpu_insn(t->op & 7, t->modrm) != NULL;
}

static void random_trial(uint64_t *seed, struct trial *t)
{
	do {
		t->op = 0xd8 + below(seed, 8);
		t->modrm = below(seed, 2) ? 0xc0 + below(seed, 64) :
			0x06 + (below(seed, 8) << 3);
	} while (!known(t));
	random_state(seed, &t->before);
	random_operand(seed, t, t->operand);
	if (fills_state(t))
		random_state(seed, (struct image *)t->operand);
}

static void run_native(const struct trial *t, struct outcome *o)
{
	unsigned esc = t->op & 7;
	const uint8_t *code = t->modrm >= 0xc0 ?
		native_opcodes[esc << 6 | (t->modrm & 0x3f)] :
		native_opcodes[512 + (esc << 3 | (t->modrm >> 3 & 7))];
	struct image state = t->before;
	uint64_t ax = 0x5a5a;

	memcpy(o->operand, t->operand, sizeof o->operand);
	__asm__ volatile(
		"sub	$128, %%rsp\n\t"	/* the red zone is in use */
		"frstor	(%[state])\n\t"
		"call	*%[code]\n\t"
		"fnsave	(%[state])\n\t"
		"add	$128, %%rsp"
		: "+a" (ax)
		: [code] "r" (code), [state] "r" (&state), "D" (o->operand)
		: "memory", "cc", "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)",
		  "st(6)", "st(7)");
	o->state = state;
	o->ax = ax;
}

static void run_ours(struct board *b, const struct trial *t, struct outcome *o)
{
	enum { AT_STATE = 0x100, AT_OPERAND = 0x200 };

	memcpy(b->ram + AT_STATE, &t->before, sizeof t->before);
	memcpy(b->ram + AT_OPERAND, t->operand, sizeof t->operand);
	cpu_set16(&b->cpu, CPU_AX, 0x5a5a);
	board_run(b, 0xdd, 0x26, AT_STATE, true);		/* frstor */
	board_run(b, t->op, t->modrm, AT_OPERAND, true);
	board_run(b, 0xdd, 0x36, AT_STATE, true);		/* fnsave */
	memcpy(&o->state, b->ram + AT_STATE, sizeof o->state);
	memcpy(o->operand, b->ram + AT_OPERAND, sizeof o->operand);
	o->ax = cpu_get16(&b->cpu, CPU_AX);
}

static void blank_pointers(struct image *s)
{
	s->ip = s->dp = 0;
	s->cs = s->op = s->ds = 0;
}

#ifdef FPU_SOFT

static long double value(const uint8_t image[10])
{
	long double v = 0;

	memcpy(&v, image, 10);
	return v;
}

static bool transcendental(const struct trial *t)
{
	return t->op == 0xd9 && (t->modrm == 0xf0 || t->modrm == 0xf1 || t->modrm == 0xf2 ||
				 t->modrm == 0xf3 || t->modrm == 0xf9 || t->modrm == 0xfb ||
				 t->modrm == 0xfe || t->modrm == 0xff);
}

/* Where results of different libraries may be compared: the defined
 * domain, and angles that need no reduction by somebody's pi.  */
static bool comparable(const struct trial *t)
{
	long double x = value(t->before.st[0]);
	bool angle = t->modrm == 0xf2 || t->modrm >= 0xfb;

	return (t->before.control & FPU_EXCEPTIONS) == FPU_EXCEPTIONS &&
		!(angle && (x > 0.7L || x < -0.7L)) &&
		!(t->modrm == 0xf0 && (x > 1 || x < -1)) &&
		!(t->modrm == 0xf9 && (x > 0.29L || x < -0.29L));
}

static bool near(const uint8_t a[10], const uint8_t b[10])
{
	long double x = value(a), y = value(b), difference = x > y ? x - y : y - x;

	if (!memcmp(a, b, 10))
		return true;
	return difference <= (x < 0 ? -x : x) * 0x1p-61L || difference <= 0x1p-16440L;
}

static uint16_t empties(uint16_t tag)
{
	return tag & tag >> 1 & 0x5555;
}

/* Take the other's word for the last bits.  */
static void agree_if_near(const struct trial *t, struct image *a, const struct image *b)
{
	const uint16_t vague = FPU_C1 | FPU_PE | FPU_UE;

	if (!transcendental(t))
		return;
	if (!comparable(t)) {
		*a = *b;
		return;
	}
	a->status = (a->status & ~vague) | (b->status & vague);
	for (unsigned i = 0; i < 8; i++)
		if (near(a->st[i], b->st[i]))
			memcpy(a->st[i], b->st[i], 10);
	if (empties(a->tag) == empties(b->tag))
		a->tag = b->tag;
}

#else

static void agree_if_near(const struct trial *t, struct image *a, const struct image *b)
{
	(void)t, (void)a, (void)b;
}

#endif

static bool same(const struct trial *t, struct outcome *a, struct outcome *b)
{
	blank_pointers(&a->state);
	blank_pointers(&b->state);
	agree_if_near(t, &a->state, &b->state);
	/* FNSTENV and FNSAVE have stored pointers too.  */
	if (t->modrm < 0xc0 && (t->modrm >> 3 & 7) == 6 && (t->op == 0xd9 || t->op == 0xdd)) {
		blank_pointers((struct image *)a->operand);
		blank_pointers((struct image *)b->operand);
	}
	return !memcmp(&a->state, &b->state, sizeof a->state) &&
		!memcmp(a->operand, b->operand, sizeof a->operand) && a->ax == b->ax;
}

static void print_image(const char *who, const struct image *s)
{
	printf("%s cw %04x sw %04x tag %04x", who, s->control, s->status, s->tag);
	for (unsigned i = 0; i < 8; i++)
		printf(" %04x.%016llx", (unsigned)cpu_load(s->st[i] + 8, 2),
		       (unsigned long long)cpu_load(s->st[i], 8));
	putchar('\n');
}

static void report(const struct trial *t, const struct outcome *native,
		   const struct outcome *ours)
{
	printf("%02x %02x %s\n", t->op, t->modrm, fpu_insn(t->op & 7, t->modrm)->name);
	print_image("  before", &t->before);
	print_image("  native", &native->state);
	print_image("  ours  ", &ours->state);
	printf("  operand %016llx %04x, native %016llx %04x ax %04x, ours %016llx %04x ax %04x\n",
	       (unsigned long long)cpu_load(t->operand, 8), (unsigned)cpu_load(t->operand + 8, 2),
	       (unsigned long long)cpu_load(native->operand, 8),
	       (unsigned)cpu_load(native->operand + 8, 2), native->ax,
	       (unsigned long long)cpu_load(ours->operand, 8),
	       (unsigned)cpu_load(ours->operand + 8, 2), ours->ax);
}

int main(int argc, char **argv)
{
	unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 0) : 300000, wrong = 0;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) : 0x8087;
	struct board *b = malloc(sizeof *b);

	if (!b || !seed)
		return EXIT_FAILURE;
	board_power_on(b, CPU_PENTIUM);
	b->cpu.cr[0] = 0x21;		/* protected mode, native errors */
	for (unsigned long i = 0; i < count; i++) {
		struct outcome native, ours;
		struct trial t;

		random_trial(&seed, &t);
		run_native(&t, &native);
		run_ours(b, &t, &ours);
		if (!same(&t, &native, &ours) && wrong++ < SHOW)
			report(&t, &native, &ours);
	}
	free(b);
	printf("%lu trials, %lu differences\n", count, wrong);
	return wrong ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
