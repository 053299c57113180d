/* moo.c - runs the interpreter against captures of real processors: the
 * SingleStepTests of the 8086 and the 80286 in MOO format.
 *
 * Each test gives registers and memory before and after one instruction.
 * It is run twice: stepped, and through the cache of decoded code up to a
 * HLT behind it.
 *
 * usage: moo [--every N] [--file NAME.MOO.gz]
 * The data lies in $DOSVM_TESTDATA/cputests/{8086,80286}.  Without it the
 * test is skipped (exit status 77).  All tests take a few seconds; with N
 * every Nth is run.  */

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/error.h"
#include "bus/bus.h"
#include "cpu/cpu.h"
#include "sched/sched.h"

#define SKIPPED		77
#define RAM_SIZE	(2u << 20)
#define MOST_STEPS	1000	/* instructions before a test has run away */
#define SHOWN		3	/* failures shown of each file */

/* In the order of the REGS chunk.  */
enum { AX, BX, CX, DX, CS, SS, DS, ES, SP, BP, SI, DI, IP, FLAGS, REGS };

static const char *const reg_name[REGS] = {
	"ax", "bx", "cx", "dx", "cs", "ss", "ds", "es", "sp", "bp", "si", "di", "ip", "flags",
};

struct chunk {
	const uint8_t *tag, *data;
	uint32_t size;
};

struct image {
	uint16_t reg[REGS];
	const uint8_t *ram;		/* records of 5 bytes */
	uint32_t ram_count;
};

struct test {
	uint32_t index;
	char name[80];
	const uint8_t *bytes;
	uint32_t byte_count;
	struct image before, after;
	int exception;			/* -1: none */
};

struct file {
	const char *name;
	enum cpu_model model;
	uint16_t mask[REGS];
	unsigned run, failed, excluded;
};

struct bench {
	struct bus bus;
	struct sched sched;
	struct cpu cpu;
};

static int in_image(const struct image *image, uint32_t addr);

/* Tests that are not to be passed, each with its reason.  */
struct exclusion {
	enum cpu_model model;
	const char *file;		/* name without .MOO.gz */
	bool (*applies)(const struct test *t);
	const char *reason;
};

/* The exception's vector is not among the bytes that the test sets up.  */
static bool vector_missing(const struct test *t)
{
	for (unsigned i = 0; t->exception >= 0 && i < 4; i++)
		if (in_image(&t->before, t->exception * 4 + i) < 0)
			return true;
	return false;
}

static const struct exclusion exclusion[] = {
	{ CPU_80286, "C6", vector_missing, "vector 13 is not in the test's memory" },
};

static const char *excluded(const struct file *f, const struct test *t)
{
	for (size_t i = 0; i < sizeof exclusion / sizeof *exclusion; i++) {
		const struct exclusion *x = &exclusion[i];
		size_t n = strlen(x->file);

		if (x->model == f->model && !strncmp(f->name, x->file, n) &&
		    f->name[n] == '.' && f->name[n + 1] == 'M' && x->applies(t))
			return x->reason;
	}
	return NULL;
}

/* ---- the format ---- */

static uint16_t le16(const uint8_t *p)
{
	return p[0] | p[1] << 8;
}

static uint32_t le32(const uint8_t *p)
{
	return le16(p) | (uint32_t)le16(p + 2) << 16;
}

static bool is(const struct chunk *c, const char *tag)
{
	return !memcmp(c->tag, tag, 4);
}

/* Takes the next chunk off [*p, end).  */
static bool next_chunk(const uint8_t **p, const uint8_t *end, struct chunk *c)
{
	if (end - *p < 8)
		return false;
	c->tag = *p;
	c->size = le32(*p + 4);
	c->data = *p + 8;
	if ((size_t)(end - c->data) < c->size)
		return false;
	*p = c->data + c->size;
	return true;
}

static void read_regs(const struct chunk *c, uint16_t *reg)
{
	const uint8_t *p = c->data + 2, *end = c->data + c->size;

	for (unsigned i = 0; c->size >= 2 && i < REGS; i++)
		if (le16(c->data) >> i & 1 && end - p >= 2) {
			reg[i] = le16(p);
			p += 2;
		}
}

static void read_image(const struct chunk *from, struct image *image)
{
	const uint8_t *p = from->data;
	struct chunk c;

	while (next_chunk(&p, from->data + from->size, &c))
		if (is(&c, "REGS")) {
			read_regs(&c, image->reg);
		} else if (is(&c, "RAM ") && c.size >= 4 && (c.size - 4) / 5 >= le32(c.data)) {
			image->ram_count = le32(c.data);
			image->ram = c.data + 4;
		}
}

static bool read_test(const struct chunk *from, struct test *t)
{
	const uint8_t *p = from->data + 4, *end = from->data + from->size;
	struct chunk c, after = { 0 };

	if (from->size < 4)
		return false;
	*t = (struct test){ .index = le32(from->data), .exception = -1 };
	while (next_chunk(&p, end, &c)) {
		if (is(&c, "NAME") && c.size >= 4)
			snprintf(t->name, sizeof t->name, "%.*s", (int)(c.size - 4), c.data + 4);
		else if (is(&c, "BYTS") && c.size >= 4) {
			t->bytes = c.data + 4;
			t->byte_count = c.size - 4;
		} else if (is(&c, "INIT"))
			read_image(&c, &t->before);
		else if (is(&c, "FINA"))
			after = c;
		else if (is(&c, "EXCP") && c.size >= 1)
			t->exception = c.data[0];
	}
	if (!after.data || !t->bytes)
		return false;
	memcpy(t->after.reg, t->before.reg, sizeof t->after.reg);
	read_image(&after, &t->after);
	return true;
}

static uint8_t *read_file(const char *path, size_t *size)
{
	gzFile z = gzopen(path, "rb");
	size_t room = 1 << 20;
	uint8_t *d;
	int got;

	if (!z)
		return NULL;
	d = malloc(room);
	*size = 0;
	while (d && (got = gzread(z, d + *size, room - *size)) > 0) {
		*size += got;
		if (*size == room)
			d = realloc(d, room *= 2);
	}
	gzclose(z);
	return d;
}

/* ---- one test ---- */

static const uint8_t reg_of[] = {
	[AX] = CPU_AX, [BX] = CPU_BX, [CX] = CPU_CX, [DX] = CPU_DX,
	[SP] = CPU_SP, [BP] = CPU_BP, [SI] = CPU_SI, [DI] = CPU_DI,
};
static const uint8_t seg_of[] = { [CS] = CPU_CS, [SS] = CPU_SS, [DS] = CPU_DS, [ES] = CPU_ES };

static bool is_segment(unsigned i)
{
	return i >= CS && i <= ES;
}

static void set_registers(struct cpu *cpu, const struct image *image)
{
	for (unsigned i = 0; i < IP; i++)
		if (is_segment(i))
			cpu_load_real(cpu, seg_of[i], image->reg[i]);
		else
			cpu->reg[reg_of[i]] = image->reg[i];
	cpu->ip = image->reg[IP];
	cpu->flags = image->reg[FLAGS];
	if (cpu->model == CPU_80286)
		cpu->flags = (cpu->flags & 0xfd5) | 2;
	cpu->halted = cpu->shadow = false;
}

static uint32_t get_register(const struct cpu *cpu, unsigned i)
{
	if (i == IP)
		return cpu->ip;
	if (i == FLAGS)
		return cpu->flags;
	return is_segment(i) ? cpu->seg[seg_of[i]].sel : cpu->reg[reg_of[i]];
}

static void set_memory(struct bus *b, const struct image *image, bool clear)
{
	for (uint32_t i = 0; i < image->ram_count; i++) {
		const uint8_t *r = image->ram + 5 * i;

		bus_write(b, le32(r), clear ? 0 : r[4], 1);
	}
}

/* What memory holds at addr in an image; -1: not said.  */
static int in_image(const struct image *image, uint32_t addr)
{
	for (uint32_t i = 0; i < image->ram_count; i++)
		if (le32(image->ram + 5 * i) == addr)
			return image->ram[5 * i + 4];
	return -1;
}

/* The FLAGS image that an exception pushed holds undefined flags.  */
static uint8_t memory_mask(const struct file *f, const struct test *t, uint32_t addr)
{
	bool pushed = t->exception >= 0 || (f->model == CPU_8086 &&
		t->after.reg[CS] == 0 && t->after.reg[IP] == 0x400);
	uint32_t base = t->after.reg[SS] * 16u, wrap = f->model == CPU_8086 ? 0xfffff : 0xffffffff;
	uint16_t at = t->after.reg[SP] + 4;

	if (pushed && addr == ((base + at) & wrap))
		return f->mask[FLAGS];
	if (pushed && addr == ((base + (uint16_t)(at + 1)) & wrap))
		return f->mask[FLAGS] >> 8;
	return 0xff;
}

static bool memory_right(struct bench *m, const struct file *f, const struct test *t, char *why)
{
	const struct image *lists[] = { &t->after, &t->before };

	for (unsigned k = 0; k < 2; k++)
		for (uint32_t i = 0; i < lists[k]->ram_count; i++) {
			uint32_t addr = le32(lists[k]->ram + 5 * i);
			int want = in_image(&t->after, addr);
			uint8_t got = bus_read(&m->bus, addr, 1);

			if (want < 0)
				want = lists[k]->ram[5 * i + 4];
			if ((got ^ want) & memory_mask(f, t, addr)) {
				sprintf(why, "[%05x] is %02x, not %02x", addr, got, want);
				return false;
			}
		}
	return true;
}

/* Flags that Intel leaves undefined, and which we have as the chip does nevertheless.  */
static bool knows_undefined(const struct file *f, const struct test *t)
{
	static const char *const division[] = { "F6.6.", "F6.7.", "F7.6.", "F7.7." };

	for (size_t i = 0; i < sizeof division / sizeof *division; i++)
		if (!strncmp(f->name, division[i], strlen(division[i])))
			return f->model == CPU_80286 && t->exception < 0;
	return false;
}

static bool registers_right(struct bench *m, const struct file *f, const struct test *t, char *why)
{
	bool all = knows_undefined(f, t);

	for (unsigned i = 0; i < REGS; i++) {
		uint32_t got = get_register(&m->cpu, i);
		uint16_t mask = all ? 0xffff : f->mask[i];

		if ((got ^ t->after.reg[i]) & mask || got > 0xffff) {
			sprintf(why, "%s is %04x, not %04x", reg_name[i], got, t->after.reg[i]);
			return false;
		}
	}
	return true;
}

/* To the HLT that ends the test, or for the 8086 to the end of one instruction.  */
static void run_stepped(struct bench *m, const struct file *f, const struct test *t)
{
	for (unsigned n = 0; n < 0x20000 && !m->cpu.halted; n++) {
		uint32_t ip = m->cpu.ip;

		if (cpu_step(&m->cpu) == CPU_EXIT_RESET)
			break;
		if (f->model == CPU_8086 && (m->cpu.ip != ip || m->cpu.ip == t->after.reg[IP]))
			break;
	}
}

static void run_cached(struct bench *m)
{
	m->sched.deadline = m->sched.now + MOST_STEPS + 0x20000;
	while (!m->cpu.halted && m->sched.now < m->sched.deadline)
		if (cpu_run(&m->cpu) != CPU_EXIT_DEADLINE)
			break;
}

/* Where the 8086's instruction ends a HLT may stand, if nothing else is known
 * to stand there.  Answers the byte's address, or UINT32_MAX.  */
static uint32_t place_for_hlt(const struct test *t)
{
	uint32_t addr = (t->after.reg[CS] * 16u + t->after.reg[IP]) & 0xfffff;
	int byte = in_image(&t->before, addr), later = in_image(&t->after, addr);

	return byte < 0 || (byte == 0x90 && later == 0x90) ? addr : UINT32_MAX;
}

static bool run_once(struct bench *m, const struct file *f, const struct test *t,
		     bool cached, char *why)
{
	uint32_t hlt = f->model == CPU_8086 && cached ? place_for_hlt(t) : UINT32_MAX;
	bool right;

	if (f->model == CPU_8086 && hlt == UINT32_MAX)
		cached = false;
	set_memory(&m->bus, &t->before, false);
	if (hlt != UINT32_MAX)
		bus_write(&m->bus, hlt, 0xf4, 1);
	set_registers(&m->cpu, &t->before);
	if (cached)
		run_cached(m);
	else
		run_stepped(m, f, t);
	if (hlt != UINT32_MAX) {
		bus_write(&m->bus, hlt, in_image(&t->after, hlt) < 0 ? 0 : 0x90, 1);
		m->cpu.ip = (m->cpu.ip - 1) & 0xffff;
	}
	right = registers_right(m, f, t, why) && memory_right(m, f, t, why);
	set_memory(&m->bus, &t->before, true);
	set_memory(&m->bus, &t->after, true);
	return right;
}

static void run_test(struct bench *m, struct file *f, const struct test *t)
{
	char why[80];
	const char *reason = excluded(f, t);

	if (reason) {
		printf("%s #%u %s: excluded: %s\n", f->name, t->index, t->name, reason);
		f->excluded++;
		return;
	}
	f->run++;
	for (int cached = 0; cached < 2; cached++) {
		if (run_once(m, f, t, cached, why))
			continue;
		if (f->failed++ < SHOWN)
			printf("%s/%s #%u %s%s: %s\n", f->model == CPU_8086 ? "8086" : "80286",
			       f->name, t->index, t->name, cached ? " (cached)" : "", why);
		return;
	}
}

/* ---- files ---- */

static void open_bench(struct bench *m, enum cpu_model model)
{
	struct error err;

	memset(m, 0, sizeof *m);
	sched_init(&m->sched);
	if (!bus_init(&m->bus, RAM_SIZE, &err)) {
		fprintf(stderr, "no memory\n");
		exit(EXIT_FAILURE);
	}
	bus_map_ram(&m->bus, 0xa0000, 0x60000, m->bus.ram + 0xa0000, PAGE_WRITABLE);
	bus_set_a20(&m->bus, model != CPU_8086);
	cpu_init(&m->cpu, &m->bus, &m->sched);
	m->cpu.model = model;
	m->cpu.has_fpu = false;
	m->cpu.cost = 1;
	cpu_reset(&m->cpu);
	if (!cpu_use(&m->cpu, &cpu_interp))
		exit(EXIT_FAILURE);
}

static bool run_file(struct bench *m, struct file *f, const char *path, unsigned every)
{
	size_t size;
	uint8_t *d = read_file(path, &size);
	const uint8_t *p = d;
	struct chunk c;
	struct test t;
	unsigned n = 0;

	if (!d)
		return false;
	memset(f->mask, 0xff, sizeof f->mask);
	while (next_chunk(&p, d + size, &c))
		if (is(&c, "RMSK"))
			read_regs(&c, f->mask);
		else if (is(&c, "TEST") && n++ % every == 0 && read_test(&c, &t))
			run_test(m, f, &t);
	free(d);
	return true;
}

static int is_moo(const struct dirent *d)
{
	return strstr(d->d_name, ".MOO.gz") != NULL;
}

/* All files of a folder, or the one named.  False: there is none.  */
static bool run_folder(const char *root, const char *set, enum cpu_model model,
		       unsigned every, const char *only, unsigned *total, unsigned *failed)
{
	static struct bench m;
	struct dirent **list;
	char path[4096];
	int n;
	unsigned left_out = 0, run = 0, bad = 0, files = 0;

	snprintf(path, sizeof path, "%s/cputests/%s", root, set);
	n = scandir(path, &list, is_moo, alphasort);
	if (n <= 0)
		return false;
	open_bench(&m, model);
	for (int i = 0; i < n; i++) {
		struct file f = { .name = list[i]->d_name, .model = model };

		snprintf(path, sizeof path, "%s/cputests/%s/%s", root, set, f.name);
		if ((!only || !strcmp(only, f.name)) && !run_file(&m, &f, path, every))
			f.failed++;
		if (f.failed)
			printf("%s/%s: %u of %u failed\n", set, f.name, f.failed, f.run);
		files += f.failed > 0;
		run += f.run;
		bad += f.failed;
		left_out += f.excluded;
		free(list[i]);
	}
	free(list);
	cpu_fini(&m.cpu);
	bus_fini(&m.bus);
	printf("%s: %u tests run, %u failed in %u files, %u excluded\n", set, run, bad, files, left_out);
	*total += run;
	*failed += bad;
	return true;
}

int main(int argc, char **argv)
{
	const char *root = getenv("DOSVM_TESTDATA"), *only = NULL;
	unsigned every = 1, total = 0, failed = 0;
	bool found;

	for (int i = 1; i + 1 < argc; i += 2)
		if (!strcmp(argv[i], "--every"))
			every = strtoul(argv[i + 1], NULL, 10);
		else if (!strcmp(argv[i], "--file"))
			only = argv[i + 1];
	if (!every)
		every = 1;
	if (!root)
		root = TESTDATA;
	found = run_folder(root, "8086", CPU_8086, every, only, &total, &failed);
	found |= run_folder(root, "80286", CPU_80286, every, only, &total, &failed);
	if (!found) {
		printf("skipped: no test data in %s\n", root);
		return SKIPPED;
	}
	return failed || !total ? EXIT_FAILURE : EXIT_SUCCESS;
}
