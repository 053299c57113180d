/* main.c - native [rows] [16|32] [COUNT [SEED]]: random sequences on both
 * processors, and what differs.  With `rows', also which rows of the opcode
 * table no sequence had.
 *
 * Memory is compared after each batch; if it differs, the batch is run
 * again with a comparison after each sequence.  A sequence that differs is
 * made as small as possible before it is shown.  */

#include "native.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_SKIPPED	77
#define BATCH		256u
#define SHOW		10

struct oracle {
	uint8_t *silicon, *ours;	/* the arenas */
	bool big;
	unsigned long run, faults, shut_down, disputed, wrong;
	unsigned long used[CPU_ROWS];
};

static void both_write(struct oracle *o, uint32_t at, const void *from, uint32_t size)
{
	memcpy(o->silicon + at, from, size);
	memcpy(o->ours + at, from, size);
	ours_wrote(at, size);
}

static bool same_fpu(const struct registers *a, const struct registers *b)
{
	uint16_t empty_a = a->fpu_tag & a->fpu_tag >> 1 & 0x5555;
	uint16_t empty_b = b->fpu_tag & b->fpu_tag >> 1 & 0x5555;

	return a->fpu_control == b->fpu_control && a->fpu_status == b->fpu_status &&
		empty_a == empty_b && !memcmp(a->st, b->st, sizeof a->st);
}

static bool same_registers(const struct sequence *s, const struct registers *a,
			   const struct registers *b)
{
	uint32_t mask = seq_flags_at(s, a->ip, a->vector != NO_VECTOR);

	return a->vector == b->vector && a->ip == b->ip &&
		!memcmp(a->reg, b->reg, sizeof a->reg) && !memcmp(a->seg, b->seg, sizeof a->seg) &&
		!((a->flags ^ b->flags) & mask) && (!s->fpu || same_fpu(a, b));
}

static bool same_memory(const struct oracle *o)
{
	return !memcmp(o->silicon + DATA_BEGIN, o->ours + DATA_BEGIN, DATA_END - DATA_BEGIN);
}

/* Six bytes below our stack pointer are the interrupt's frame, which the
 * host's processor has not written.  */
static void forget_frame(struct oracle *o, const struct registers *r)
{
	for (unsigned i = 0; i < 6; i++) {
		uint32_t sp = r->reg[CPU_SP] - 6 + i, at;

		if (!o->big)
			sp &= 0xffff;
		at = r->seg[CPU_SS] * 16 + sp;
		if (sp > 0xffff)
			continue;
		o->ours[at] = o->silicon[at];
		ours_wrote(at, 1);
	}
}

static void adopt_memory(struct oracle *o)
{
	memcpy(o->ours + DATA_BEGIN, o->silicon + DATA_BEGIN, DATA_END - DATA_BEGIN);
	ours_wrote(DATA_BEGIN, DATA_END - DATA_BEGIN);
}

/* Faults of which the outcome is not to be compared: there was no stack for
 * our frame, or processors disagree.  */
static bool settled(struct oracle *o, const struct sequence *s,
		    const struct registers *native, const struct registers *ours)
{
	if (ours->vector == SHUT_DOWN && native->vector != NO_VECTOR)
		o->shut_down++;
	else if (seq_disputed(s, native, ours))
		o->disputed++;
	else
		return false;
	adopt_memory(o);
	return true;
}

static bool run_both(struct oracle *o, const struct sequence *s, struct registers *native,
		     struct registers *ours)
{
	uint32_t at = CODE_SEL * 16 + s->before.ip;

	memset(native, 0, sizeof *native);
	memset(ours, 0, sizeof *ours);
	both_write(o, at, s->code, s->bytes);
	silicon_run(s, native);
	ours_run(s, ours);
	o->run++;
	o->faults += native->vector != NO_VECTOR;
	if (settled(o, s, native, ours))
		return true;
	if (ours->vector < 0x100)
		forget_frame(o, ours);
	return same_registers(s, native, ours);
}

static void fill(struct oracle *o, uint64_t seed)
{
	random_memory(&seed, o->silicon + DATA_BEGIN, DATA_END - DATA_BEGIN);
	adopt_memory(o);
}

static void set_memory(struct oracle *o, const uint8_t *image)
{
	both_write(o, DATA_BEGIN, image, DATA_END - DATA_BEGIN);
}

/* Does s differ, begun with this memory?  */
static bool differs(struct oracle *o, const struct sequence *s, const uint8_t *image,
		    struct registers *native, struct registers *ours)
{
	set_memory(o, image);
	return !run_both(o, s, native, ours) || !same_memory(o);
}

static void minimise(struct oracle *o, struct sequence *s, const uint8_t *image)
{
	struct registers native, ours;

	for (unsigned i = s->count; i-- > 0;) {
		struct sequence smaller = *s;

		seq_drop(&smaller, i);
		if (seq_analyse(&smaller) && differs(o, &smaller, image, &native, &ours))
			*s = smaller;
	}
}

static void print_registers(const char *who, const struct registers *r)
{
	printf("  %s vector %x ip %04x flags %08x", who, r->vector, r->ip, r->flags);
	for (unsigned i = 0; i < 8; i++)
		printf(" %08x", r->reg[i]);
	for (unsigned i = 0; i < 6; i++)
		printf(" %04x", r->seg[i]);
	printf("\n");
}

static void print_fpu(const char *who, const struct registers *r)
{
	printf("  %s cw %04x sw %04x tag %04x", who, r->fpu_control, r->fpu_status, r->fpu_tag);
	for (unsigned i = 0; i < 8; i++) {
		uint64_t mant;

		memcpy(&mant, r->st[i], 8);
		printf(" %02x%02x.%016llx", r->st[i][9], r->st[i][8], (unsigned long long)mant);
	}
	printf("\n");
}

static void print_memory(const struct oracle *o)
{
	unsigned shown = 0;

	for (uint32_t at = DATA_BEGIN; at < DATA_END && shown < 8; at++)
		if (o->silicon[at] != o->ours[at]) {
			printf("  at %05x silicon %02x ours %02x\n", at, o->silicon[at], o->ours[at]);
			shown++;
		}
}

static void report(struct oracle *o, struct sequence *s, const uint8_t *image)
{
	struct registers native, ours;

	o->wrong++;
	if (o->wrong > SHOW)
		return;
	minimise(o, s, image);
	if (!differs(o, s, image, &native, &ours))
		printf("(differs only sometimes)\n");
	seq_print(s);
	print_registers("silicon", &native);
	print_registers("ours   ", &ours);
	if (s->fpu && !same_fpu(&native, &ours)) {
		print_fpu("silicon", &native);
		print_fpu("ours   ", &ours);
	}
	print_memory(o);
	printf("  flags compared: %03x\n\n", seq_flags_at(s, native.ip, native.vector != NO_VECTOR));
}

/* The same batch again, slowly.  */
static void find(struct oracle *o, uint64_t seed)
{
	static uint8_t image[DATA_END - DATA_BEGIN];
	struct registers native, ours;
	struct sequence s;

	fill(o, seed);
	for (unsigned i = 0; i < BATCH; i++) {
		seq_make(&s, &seed, o->big);
		memcpy(image, o->silicon + DATA_BEGIN, sizeof image);
		if (run_both(o, &s, &native, &ours) && same_memory(o))
			continue;
		report(o, &s, image);
		/* Go on from where the host's processor is.  */
		set_memory(o, image);
		run_both(o, &s, &native, &ours);
		memcpy(image, o->silicon + DATA_BEGIN, sizeof image);
		set_memory(o, image);
	}
}

static void count_rows(struct oracle *o, const struct sequence *s)
{
	for (unsigned i = 0; i < s->count; i++)
		if (s->insn[i].row)
			o->used[s->insn[i].row - cpu_row]++;
}

static void print_unused_rows(const struct oracle *o)
{
	for (unsigned i = 0; i < CPU_ROWS; i++) {
		const struct cpu_row *row = &cpu_row[i];

		if (row->name && !(row->kind & (IS_GROUP | PFX | ESC2)) && !o->used[i] &&
		    row->last == CPU_PENTIUM)
			printf("not run: %03x %s\n", i, row->name);
	}
}

static void batch(struct oracle *o, uint64_t seed)
{
	struct registers native, ours;
	uint64_t begin = seed;
	struct sequence s;
	bool same = true;

	fill(o, seed);
	for (unsigned i = 0; i < BATCH && same; i++) {
		seq_make(&s, &seed, o->big);
		count_rows(o, &s);
		same = run_both(o, &s, &native, &ours);
	}
	if (!same || !same_memory(o))
		find(o, begin);
}

static bool run_mode(struct oracle *o, bool big, unsigned long count, uint64_t seed)
{
	o->big = big;
	o->run = o->faults = o->shut_down = o->disputed = o->wrong = 0;
	if (!silicon_mode(big))
		return false;
	for (unsigned long done = 0; done < count; done += BATCH) {
		uint64_t next = random_next(&seed) | 1;

		batch(o, next);
	}
	printf("%u-bit: %lu sequences, %lu ended by a fault (%lu without a stack, %lu disputed), "
	       "%lu differences\n", big ? 32 : 16, o->run, o->faults, o->shut_down, o->disputed,
	       o->wrong);
	return o->wrong == 0;
}

int main(int argc, char **argv)
{
	bool rows = argc > 1 && !strcmp(argv[1], "rows");
	bool only16 = argc > 1 + rows && !strcmp(argv[1 + rows], "16");
	bool only32 = argc > 1 + rows && !strcmp(argv[1 + rows], "32");
	int at = 1 + rows + (only16 || only32);
	unsigned long count = argc > at ? strtoul(argv[at], NULL, 0) : 100000;
	uint64_t seed = argc > at + 1 ? strtoull(argv[at + 1], NULL, 0) : 0x80386;
	static struct oracle o;
	const char *why;
	bool ok = true;

	setvbuf(stdout, NULL, _IOLBF, 0);
	o.silicon = silicon_open(&why);
	if (!o.silicon) {
		printf("skipped: %s\n", why);
		return EXIT_SKIPPED;
	}
	o.ours = ours_open();
	if (!o.ours || !seed) {
		printf("cannot build our machine\n");
		return EXIT_FAILURE;
	}
	if (!only32)
		ok = run_mode(&o, false, count, seed) && ok;
	if (!only16)
		ok = run_mode(&o, true, count, seed) && ok;
	if (rows)
		print_unused_rows(&o);
	ours_close();
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
