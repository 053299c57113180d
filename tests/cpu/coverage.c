/* coverage.c - what no test executes: reads the file that a build with
 * --enable-opcode-coverage has written (src/cpu/interp/coverage.h) and lists
 * the rows of the opcode table, and of the x87's, that are missing in it.
 *
 * usage: coverage FILE
 * Status 1 if a row was never executed, on any model; 2 trouble.  Handlers of
 * a row, and models, that are missing are told as well.  */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "cpu/fpu_op.h"
#include "cpu/interp/coverage.h"
#include "cpu/interp/operand.h"
#include "cpu/parse.h"

#define KEYS	(COVERAGE_ESC + 8 * 256)
#define MODELS	6u
#define COMBOS	9u	/* width * 3 + form */

static const char *const model_name[MODELS] = {
	"8086", "80186", "80286", "80386", "80486", "pentium",
};

static bool read_records(const char *name, bool (*seen)[MODELS][COMBOS])
{
	uint8_t r[COVERAGE_RECORD];
	FILE *f = fopen(name, "rb");

	if (!f)
		return false;
	while (fread(r, 1, sizeof r, f) == sizeof r) {
		unsigned key = r[0] | r[1] << 8, model = r[2] >> 4;
		unsigned width = r[2] >> 2 & 3, form = r[2] & 3;

		if (key < KEYS && model < MODELS && width < 3 && form < 3)
			seen[key][model][width * 3 + form] = true;
	}
	fclose(f);
	return true;
}

static bool has(const struct cpu_row *row, enum cpu_operand from, enum cpu_operand to)
{
	for (unsigned i = 0; i < 3; i++)
		if (row->opd[i] >= from && row->opd[i] <= to)
			return true;
	return false;
}

/* Can an instruction of this row come to that form?  As code_lower() has it. */
static bool form_possible(const struct cpu_row *row, enum form form)
{
	bool memory_only = has(row, OPD_M, OPD_M) || has(row, OPD_Ob, OPD_Ov) || row->kind & ADDR;
	bool either = has(row, OPD_Eb, OPD_Qd) && !memory_only;

	if (form == F_R)
		return !memory_only;
	if (form == F_M32 && row->last < CPU_80386)
		return false;
	return memory_only || either;
}

static bool possible(const struct cpu_row *row, unsigned combo)
{
	for (unsigned big = 0; big < (row->last >= CPU_80386 ? 2 : 1); big++) {
		struct cpu_parse p = { .row = row, .opsize32 = big };

		if (cpu_parse_width(&p) == combo / 3 && form_possible(row, combo % 3))
			return row->handlers->fn[combo / 3][combo % 3];
	}
	return false;
}

static bool on_any_model(bool (*seen)[COMBOS], unsigned combo)
{
	for (unsigned m = 0; m < MODELS; m++)
		if (seen[m][combo])
			return true;
	return false;
}

static bool on_model(const bool *seen)
{
	return memchr(seen, 1, COMBOS);
}

/* A handler that serves several combinations need be seen in one.  */
static bool handler_seen(const struct cpu_row *row, bool (*seen)[COMBOS], unsigned combo)
{
	for (unsigned i = 0; i < COMBOS; i++)
		if (row->handlers->fn[i / 3][i % 3] == row->handlers->fn[combo / 3][combo % 3] &&
		    on_any_model(seen, i))
			return true;
	return false;
}

static void print_row(unsigned key, const struct cpu_row *row)
{
	static const struct { unsigned from; const char *name; } map[] = {
		{ MAP_GROUPS, "group" }, { MAP_OLD, "8086" }, { MAP_TWO, "0f" }, { MAP_ONE, "" },
	};
	unsigned i = 0;

	while (key < map[i].from)
		i++;
	printf("%s %02x %s", map[i].name, key - map[i].from, row->name);
}

struct totals {
	unsigned rows, missing, handlers, missing_handlers, models, missing_models;
};

static void report_handlers(unsigned key, bool (*seen)[COMBOS], struct totals *t)
{
	static const char *const width[] = { "byte", "word", "dword" };
	static const char *const form[] = { "register", "16-bit address", "32-bit address" };
	const struct cpu_row *row = &cpu_row[key];

	for (unsigned i = 0; i < COMBOS; i++) {
		if (!possible(row, i))
			continue;
		t->handlers++;
		if (handler_seen(row, seen, i))
			continue;
		t->missing_handlers++;
		printf("handler ");
		print_row(key, row);
		printf(": %s, %s\n", width[i / 3], form[i % 3]);
	}
}

/* The first model on which the opcode leads here: the 8086 has other rows for
 * some, and a group may be younger than its rows.  */
static unsigned first_model(unsigned key)
{
	unsigned opcode = key, first = cpu_row[key].first;

	for (unsigned i = 0; key >= MAP_GROUPS && i < MAP_GROUPS; i++)
		if (cpu_row[i].name && cpu_row[i].kind & IS_GROUP && key - cpu_row[i].group < 8)
			opcode = i;
	if (cpu_row[opcode].first > first)
		first = cpu_row[opcode].first;
	if (opcode < MAP_TWO && cpu_row[MAP_OLD + opcode].name && first < CPU_80186)
		first = CPU_80186;
	return first;
}

static void report_models(unsigned key, bool (*seen)[COMBOS], struct totals *t)
{
	for (unsigned m = first_model(key); m <= cpu_row[key].last; m++) {
		t->models++;
		if (on_model(seen[m]))
			continue;
		t->missing_models++;
		printf("model ");
		print_row(key, &cpu_row[key]);
		printf(": %s\n", model_name[m]);
	}
}

static void report_row(unsigned key, bool (*seen)[COMBOS], struct totals *t)
{
	const struct cpu_row *row = &cpu_row[key];
	bool any = false;

	if (!row->name || row->kind & (PFX | ESC2 | IS_GROUP))
		return;
	t->rows++;
	for (unsigned m = 0; m < MODELS; m++)
		any |= on_model(seen[m]);
	if (!any) {
		t->missing++;
		printf("row ");
		print_row(key, row);
		putchar('\n');
		return;
	}
	report_handlers(key, seen, t);
	report_models(key, seen, t);
}

/* Memory forms by reg field; register forms one by one where they differ.  */
static bool esc_seen(bool (*seen)[MODELS][COMBOS], unsigned esc, unsigned modrm)
{
	const struct fpu_insn *insn = fpu_insn(esc, modrm);

	for (unsigned i = 0; i < 256; i++) {
		bool any = false;

		if ((i >= 0xc0) != (modrm >= 0xc0) || fpu_insn(esc, i) != insn)
			continue;
		for (unsigned m = 0; m < MODELS; m++)
			any |= on_model(seen[COVERAGE_ESC | esc << 8 | i][m]);
		if (any)
			return true;
	}
	return false;
}

static void report_fpu(bool (*seen)[MODELS][COMBOS], struct totals *t)
{
	const struct fpu_insn *before = NULL;

	for (unsigned i = 0; i < 8 * 256; i++) {
		const struct fpu_insn *insn = fpu_insn(i >> 8, i & 0xff);
		bool memory_again = (i & 0xff) < 0xc0 && (i & 0xc7);

		if (!insn || insn == before || memory_again)
			continue;
		before = insn;
		t->rows++;
		if (esc_seen(seen, i >> 8, i & 0xff))
			continue;
		t->missing++;
		printf("row %02x %02x %s\n", 0xd8 + (i >> 8), i & 0xff, insn->name);
	}
}

int main(int argc, char **argv)
{
	static bool seen[KEYS][MODELS][COMBOS];
	struct totals t = { 0 };

	if (argc != 2 || !read_records(argv[1], seen)) {
		fprintf(stderr, "usage: coverage FILE\n");
		return 2;
	}
	for (unsigned key = 0; key < CPU_ROWS; key++)
		report_row(key, seen[key], &t);
	report_fpu(seen, &t);
	printf("%u of %u rows never executed, %u of %u handlers, %u of %u rows and models\n",
		t.missing, t.rows, t.missing_handlers, t.handlers, t.missing_models, t.models);
	return t.missing != 0;
}
