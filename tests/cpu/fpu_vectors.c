/* fpu_vectors.c - the x87's arithmetic against Berkeley TestFloat.
 *
 * usage: fpu_vectors [FILE-NAME-PART]
 *
 * Each line of each file in $DOSVM_TESTDATA/fputests is one computation:
 * operands, result, flags (README.md there).  It is done by guest code in
 * the interpreter: operands come by FLD m80 (or the form under test), the
 * result leaves by FSTP m80, the flags are the status word's.  */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include <string.h>

#include "base/error.h"
#include "bus/bus.h"
#include "cpu/cpu.h"
#include "sched/sched.h"

#define EXIT_SKIPPED	77
#define SHOW		10	/* differing lines printed a file */

/* Guest addresses, all in segment 0.  */
enum {
	AT_A = 0x600, AT_B = 0x610, AT_RESULT = 0x620, AT_CONTROL = 0x630, AT_STATUS = 0x632,
	AT_CODE = 0x1000,
};

struct board {
	struct bus bus;
	struct sched sched;
	struct cpu cpu;
};

struct operation {
	const char *name;
	/* Bytes of the operands and of the result; 0: none.  A result of
	 * 1 is a comparison's truth.  */
	uint8_t a, b, result;
	/* The instruction: on registers, or with memory at AT_A (loads)
	 * or AT_RESULT (stores).  */
	uint8_t esc, modrm;
	uint16_t mask, want;	/* comparisons: true if status & mask is one of */
};

/* In C0 and C3: less, equal.  */
static const struct operation operations[] = {
	{ .name = "extF80_add", .a = 10, .b = 10, .result = 10, .esc = 0xd8, .modrm = 0xc1 },
	{ .name = "extF80_sub", .a = 10, .b = 10, .result = 10, .esc = 0xd8, .modrm = 0xe1 },
	{ .name = "extF80_mul", .a = 10, .b = 10, .result = 10, .esc = 0xd8, .modrm = 0xc9 },
	{ .name = "extF80_div", .a = 10, .b = 10, .result = 10, .esc = 0xd8, .modrm = 0xf1 },
	{ .name = "extF80_rem", .a = 10, .b = 10, .result = 10, .esc = 0xd9, .modrm = 0xf5 },
	{ .name = "extF80_sqrt", .a = 10, .result = 10, .esc = 0xd9, .modrm = 0xfa },
	{ .name = "extF80_roundToInt", .a = 10, .result = 10, .esc = 0xd9, .modrm = 0xfc },
	{ .name = "extF80_eq", .a = 10, .b = 10, .result = 1, .esc = 0xdd, .modrm = 0xe1, .want = FPU_C3 },
	{ .name = "extF80_eq_signaling", .a = 10, .b = 10, .result = 1, .esc = 0xd8, .modrm = 0xd1, .want = FPU_C3 },
	{ .name = "extF80_le", .a = 10, .b = 10, .result = 1, .esc = 0xd8, .modrm = 0xd1, .want = FPU_C3 | FPU_C0 },
	{ .name = "extF80_le_quiet", .a = 10, .b = 10, .result = 1, .esc = 0xdd, .modrm = 0xe1, .want = FPU_C3 | FPU_C0 },
	{ .name = "extF80_lt", .a = 10, .b = 10, .result = 1, .esc = 0xd8, .modrm = 0xd1, .want = FPU_C0 },
	{ .name = "extF80_lt_quiet", .a = 10, .b = 10, .result = 1, .esc = 0xdd, .modrm = 0xe1, .want = FPU_C0 },
	{ .name = "extF80_to_f32", .a = 10, .result = 4, .esc = 0xd9, .modrm = 0x1e },
	{ .name = "extF80_to_f64", .a = 10, .result = 8, .esc = 0xdd, .modrm = 0x1e },
	{ .name = "extF80_to_i32", .a = 10, .result = 4, .esc = 0xdb, .modrm = 0x1e },
	{ .name = "extF80_to_i64", .a = 10, .result = 8, .esc = 0xdf, .modrm = 0x3e },
	{ .name = "f32_to_extF80", .a = 4, .result = 10, .esc = 0xd9, .modrm = 0x06 },
	{ .name = "f64_to_extF80", .a = 8, .result = 10, .esc = 0xdd, .modrm = 0x06 },
	{ .name = "i32_to_extF80", .a = 4, .result = 10, .esc = 0xdb, .modrm = 0x06 },
	{ .name = "i64_to_extF80", .a = 8, .result = 10, .esc = 0xdf, .modrm = 0x2e },
};

struct setting {
	const char *name;
	uint16_t control;
};

static const struct setting settings[] = {
	{ "p32", 0 << 8 }, { "p64", 2 << 8 }, { "p80", 3 << 8 },
	{ "near_even", 0 << 10 }, { "min", 1 << 10 }, { "max", 2 << 10 }, { "minMag", 3 << 10 },
};

struct file {
	char name[64];
	const struct operation *op;
	uint16_t control;
};

struct vector {
	uint8_t a[16], b[16], want[16];
	uint8_t flags;
};

/* OPERATION[.PRECISION][.ROUNDING].gz */
static bool recognise(struct file *f, const char *name)
{
	char copy[sizeof f->name], *part, *rest = copy;

	if (snprintf(copy, sizeof copy, "%s", name) >= (int)sizeof copy)
		return false;
	*f = (struct file){ .control = 0x7f };
	strcpy(f->name, copy);
	part = strsep(&rest, ".");
	for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
		if (!strcmp(part, operations[i].name))
			f->op = &operations[i];
	if (!strstr(copy + strlen(part) + 1, "p"))
		f->control |= 3 << 8;
	while ((part = strsep(&rest, ".")) && strcmp(part, "gz"))
		for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
			if (!strcmp(part, settings[i].name))
				f->control |= settings[i].control;
	return f->op && rest == NULL;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* A big-endian number of `size' bytes in hex.  */
static bool take_hex(const char **line, uint8_t *to, unsigned size)
{
	const char *p = *line;

	while (*p == ' ')
		p++;
	for (unsigned i = size; i-- > 0; p += 2) {
		if (digit(p[0]) < 0 || digit(p[1]) < 0)
			return false;
		to[i] = digit(p[0]) << 4 | digit(p[1]);
	}
	*line = p;
	return true;
}

static bool take_truth(const char **line, uint8_t *to)
{
	while (**line == ' ')
		(*line)++;
	if (**line != '0' && **line != '1')
		return false;
	*to = *(*line)++ - '0';
	return true;
}

static bool parse(const struct operation *op, const char *line, struct vector *v)
{
	return take_hex(&line, v->a, op->a) && take_hex(&line, v->b, op->b) &&
		(op->result == 1 ? take_truth(&line, v->want) :
		 take_hex(&line, v->want, op->result)) &&
		take_hex(&line, &v->flags, 1);
}

/* TestFloat's flags, bit 0 up: PE UE OE ZE IE.  */
static uint8_t flags_of(uint16_t status)
{
	return (status & FPU_PE ? 1 : 0) | (status & FPU_UE ? 2 : 0) |
		(status & FPU_OE ? 4 : 0) | (status & FPU_ZE ? 8 : 0) |
		(status & FPU_IE ? 16 : 0);
}

/* Guest code, as it is written down.  */
struct assembler {
	uint8_t code[64];
	unsigned n;
};

static void emit(struct assembler *as, uint8_t a, uint8_t b)
{
	as->code[as->n++] = a;
	as->code[as->n++] = b;
}

/* An ESC instruction with [address].  */
static void emit_mem(struct assembler *as, uint8_t esc, uint8_t modrm, uint16_t address)
{
	emit(as, esc, modrm);
	emit(as, address & 0xff, address >> 8);
}

static void assemble(struct assembler *as, const struct operation *op)
{
	unsigned again;

	emit(as, 0xdb, 0xe3);				/* fninit */
	emit_mem(as, 0xd9, 0x2e, AT_CONTROL);		/* fldcw */
	if (op->b)
		emit_mem(as, 0xdb, 0x2e, AT_B);		/* fld tbyte */
	if (op->a == 10)
		emit_mem(as, 0xdb, 0x2e, AT_A);
	again = as->n;
	if (op->modrm < 0xc0)
		emit_mem(as, op->esc, op->modrm, op->a == 10 ? AT_RESULT : AT_A);
	else
		emit(as, op->esc, op->modrm);
	emit(as, 0xdf, 0xe0);				/* fnstsw ax */
	if (op->esc == 0xd9 && op->modrm == 0xf5) {	/* fprem1 until C2 is 0 */
		as->code[as->n++] = 0x9e;		/* sahf */
		emit(as, 0x7a, again - as->n - 2);	/* jp again */
	}
	as->code[as->n++] = 0xa3;			/* mov [AT_STATUS], ax */
	emit(as, AT_STATUS & 0xff, AT_STATUS >> 8);
	if (op->result == 10)
		emit_mem(as, 0xdb, 0x3e, AT_RESULT);	/* fstp tbyte */
	as->code[as->n++] = 0xf4;			/* hlt */
}

static bool power_on(struct board *b)
{
	struct error err;

	if (!bus_init(&b->bus, 1 << 20, &err))
		return false;
	sched_init(&b->sched);
	cpu_init(&b->cpu, &b->bus, &b->sched);
	b->cpu.cost = 1;
	for (unsigned i = 0; i < 6; i++)
		cpu_load_real(&b->cpu, i, 0);
	return cpu_use(&b->cpu, &cpu_interp);
}

/* Answers whether result and flags are right.  */
static bool run(struct board *b, const struct file *f, const struct vector *v,
		uint8_t *result, uint8_t *flags)
{
	uint8_t *ram = b->bus.ram;
	uint16_t status;

	memcpy(ram + AT_A, v->a, sizeof v->a);
	memcpy(ram + AT_B, v->b, sizeof v->b);
	ram[AT_CONTROL] = f->control & 0xff;
	ram[AT_CONTROL + 1] = f->control >> 8;
	b->cpu.ip = AT_CODE;
	b->cpu.halted = false;
	b->sched.deadline = b->sched.now + 100000;
	if (cpu_run(&b->cpu) != CPU_EXIT_HALT)
		return false;
	status = ram[AT_STATUS] | ram[AT_STATUS + 1] << 8;
	*flags = flags_of(status);
	memcpy(result, ram + AT_RESULT, 10);
	if (f->op->result == 1)
		*result = !(status & FPU_C2) && status & f->op->want;
	return *flags == v->flags && !memcmp(result, v->want, f->op->result);
}

static unsigned run_file(struct board *b, const struct file *f, const char *dir,
			 unsigned long *lines)
{
	char command[4096], line[256];
	struct assembler as = { .n = 0 };
	unsigned wrong = 0;
	FILE *in;

	assemble(&as, f->op);
	bus_copy_out(&b->bus, AT_CODE, as.code, as.n);
	snprintf(command, sizeof command, "gzip -dc '%s/%s'", dir, f->name);
	in = popen(command, "r");
	if (!in)
		return 1;
	while (fgets(line, sizeof line, in)) {
		uint8_t result[10] = { 0 }, flags = 0;
		struct vector v = { 0 };

		++*lines;
		if (parse(f->op, line, &v) && run(b, f, &v, result, &flags))
			continue;
		if (wrong++ >= SHOW)
			continue;
		printf("%s: %.*s, got ", f->name, (int)strcspn(line, "\r\n"), line);
		for (unsigned i = f->op->result; i-- > 0;)
			printf("%02X", result[i]);
		printf(" %02X\n", flags);
	}
	if (pclose(in))
		wrong++;
	return wrong;
}

int main(int argc, char **argv)
{
	const char *data = getenv("DOSVM_TESTDATA");
	unsigned long lines = 0, wrong = 0;
	unsigned files = 0;
	char dir[2048];
	struct dirent *e;
	struct board *b;
	DIR *d;

	snprintf(dir, sizeof dir, "%s/fputests", data ? data : TESTDATA);
	d = opendir(dir);
	if (!d) {
		printf("skipped: no test data in %s\n", dir);
		return EXIT_SKIPPED;
	}
	b = calloc(1, sizeof *b);
	if (!b || !power_on(b))
		return EXIT_FAILURE;
	while ((e = readdir(d))) {
		struct file f;

		if (!strstr(e->d_name, ".gz") || (argc > 1 && !strstr(e->d_name, argv[1])))
			continue;
		files++;
		if (recognise(&f, e->d_name)) {
			wrong += run_file(b, &f, dir, &lines);
		} else {
			printf("%s: not an operation that this program knows\n", e->d_name);
			wrong++;
		}
	}
	closedir(d);
	cpu_fini(&b->cpu);
	bus_fini(&b->bus);
	free(b);
	printf("%u files, %lu lines, %lu differences\n", files, lines, wrong);
	return wrong || !files ? EXIT_FAILURE : EXIT_SUCCESS;
}
