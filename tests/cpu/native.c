/* native.c - integer instructions of the 386 and 486 against the host's own
 * processor: the same bytes, registers and flags on both.
 *
 * Only forms without memory are taken, which mean the same in a 32-bit
 * segment and in 64-bit mode.  Flags that the table calls undefined for
 * these instructions are not compared.  On hosts that are not x86-64 the
 * test is skipped.  */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/error.h"
#include "bus/bus.h"
#include "cpu/cpu.h"
#include "cpu/parse.h"
#include "sched/sched.h"

#define SKIPPED		77
#define CODE_AT		0x1000
#define ARITH		(CPU_CF | CPU_PF | CPU_AF | CPU_ZF | CPU_SF | CPU_OF)

#ifdef __x86_64__

struct regs {
	uint32_t reg[8], flags;
};

struct bench {
	struct bus bus;
	struct sched sched;
	struct cpu cpu;
	uint8_t *native;		/* executable page */
	uint64_t seed;
};

static uint32_t random32(struct bench *m)
{
	m->seed = m->seed * 6364136223846793005u + 1442695040888963407u;
	return m->seed >> 32;
}

/* Values at which carries and signs turn are as likely as any.  */
static uint32_t operand(struct bench *m)
{
	static const uint32_t edge[] = {
		0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000,
		0xffffffff, 0x55555555, 0xaaaaaaaa, 31, 32, 33,
	};

	return random32(m) & 1 ? edge[random32(m) % 16] : random32(m);
}

/* What is tried: prefix bytes, opcode, and what its ModRM may be.  */
struct form {
	uint8_t bytes[3], count;
	bool modrm;
	int reg;			/* fixed reg field, or -1 */
	uint8_t immediate;		/* bytes; 4: as the operand size */
};

static const struct form form[] = {
	{ { 0x0f, 0xa3 }, 2, true, -1, 0 }, { { 0x0f, 0xab }, 2, true, -1, 0 },
	{ { 0x0f, 0xb3 }, 2, true, -1, 0 }, { { 0x0f, 0xbb }, 2, true, -1, 0 },
	{ { 0x0f, 0xba }, 2, true, 4, 1 }, { { 0x0f, 0xba }, 2, true, 5, 1 },
	{ { 0x0f, 0xba }, 2, true, 6, 1 }, { { 0x0f, 0xba }, 2, true, 7, 1 },
	{ { 0x0f, 0xa4 }, 2, true, -1, 1 }, { { 0x0f, 0xa5 }, 2, true, -1, 0 },
	{ { 0x0f, 0xac }, 2, true, -1, 1 }, { { 0x0f, 0xad }, 2, true, -1, 0 },
	{ { 0x0f, 0xaf }, 2, true, -1, 0 }, { { 0x69 }, 1, true, -1, 4 },
	{ { 0x6b }, 1, true, -1, 1 }, { { 0x0f, 0xb0 }, 2, true, -1, 0 },
	{ { 0x0f, 0xb1 }, 2, true, -1, 0 }, { { 0x0f, 0xc0 }, 2, true, -1, 0 },
	{ { 0x0f, 0xc1 }, 2, true, -1, 0 }, { { 0x0f, 0xb6 }, 2, true, -1, 0 },
	{ { 0x0f, 0xb7 }, 2, true, -1, 0 }, { { 0x0f, 0xbe }, 2, true, -1, 0 },
	{ { 0x0f, 0xbf }, 2, true, -1, 0 }, { { 0x0f, 0xbc }, 2, true, -1, 0 },
	{ { 0x0f, 0xbd }, 2, true, -1, 0 }, { { 0x98 }, 1, false, -1, 0 },
	{ { 0x99 }, 1, false, -1, 0 }, { { 0x0f, 0x90 }, 2, true, -1, 0 },
	{ { 0x0f, 0x97 }, 2, true, -1, 0 }, { { 0x0f, 0x9a }, 2, true, -1, 0 },
	{ { 0x0f, 0x9c }, 2, true, -1, 0 }, { { 0x0f, 0x9f }, 2, true, -1, 0 },
	{ { 0x01 }, 1, true, -1, 0 }, { { 0x09 }, 1, true, -1, 0 },
	{ { 0x11 }, 1, true, -1, 0 }, { { 0x19 }, 1, true, -1, 0 },
	{ { 0x21 }, 1, true, -1, 0 }, { { 0x29 }, 1, true, -1, 0 },
	{ { 0x31 }, 1, true, -1, 0 }, { { 0x39 }, 1, true, -1, 0 },
	{ { 0x03 }, 1, true, -1, 0 }, { { 0x1b }, 1, true, -1, 0 },
	{ { 0x81 }, 1, true, -1, 4 }, { { 0x83 }, 1, true, -1, 1 },
	{ { 0x80 }, 1, true, -1, 1 }, { { 0x10 }, 1, true, -1, 0 },
	{ { 0x18 }, 1, true, -1, 0 }, { { 0x85 }, 1, true, -1, 0 },
	{ { 0x87 }, 1, true, -1, 0 }, { { 0x86 }, 1, true, -1, 0 },
	{ { 0x8b }, 1, true, -1, 0 }, { { 0x88 }, 1, true, -1, 0 },
	{ { 0xc1 }, 1, true, -1, 1 }, { { 0xd1 }, 1, true, -1, 0 },
	{ { 0xd3 }, 1, true, -1, 0 }, { { 0xc0 }, 1, true, -1, 1 },
	{ { 0xd0 }, 1, true, -1, 0 }, { { 0xd2 }, 1, true, -1, 0 },
	{ { 0xf7 }, 1, true, 0, 4 }, { { 0xf7 }, 1, true, 2, 0 },
	{ { 0xf7 }, 1, true, 3, 0 }, { { 0xf7 }, 1, true, 4, 0 },
	{ { 0xf7 }, 1, true, 5, 0 }, { { 0xf6 }, 1, true, 3, 0 },
	{ { 0xf6 }, 1, true, 4, 0 }, { { 0xf6 }, 1, true, 5, 0 },
	{ { 0xff }, 1, true, 0, 0 }, { { 0xff }, 1, true, 1, 0 },
	{ { 0xfe }, 1, true, 0, 0 }, { { 0xfe }, 1, true, 1, 0 },
	{ { 0x0f, 0xc8 }, 2, false, -1, 0 }, { { 0x0f, 0xcb }, 2, false, -1, 0 },
	{ { 0xf5 }, 1, false, -1, 0 }, { { 0xf8 }, 1, false, -1, 0 },
	{ { 0xf9 }, 1, false, -1, 0 }, { { 0x9e }, 1, false, -1, 0 },
	{ { 0x9f }, 1, false, -1, 0 },
};

/* An instruction of this form in at most 12 bytes; ESP stays out of it.  */
static unsigned encode(struct bench *m, const struct form *f, uint8_t *code)
{
	unsigned n = 0, reg, rm, immediate = f->immediate;
	bool word = !(f->bytes[0] == 0x0f && (f->bytes[1] & 0xf8) == 0xc8) && random32(m) & 1;

	if (word)
		code[n++] = 0x66;
	memcpy(code + n, f->bytes, f->count);
	n += f->count;
	if (f->modrm) {
		do
			reg = f->reg >= 0 ? (unsigned)f->reg : random32(m) & 7;
		while (reg == 4 && f->reg < 0);
		do
			rm = random32(m) & 7;
		while (rm == 4);
		code[n++] = 0xc0 | reg << 3 | rm;
	}
	if (immediate == 4 && word)
		immediate = 2;
	for (unsigned i = 0; i < immediate; i++)
		code[n++] = operand(m);
	return n;
}

/* Loads the registers, executes the code, stores them: at most one page.  */
static void run_native(struct bench *m, const uint8_t *code, unsigned n, struct regs *r)
{
	static const uint8_t before[] = {
		0x53, 0x55, 0x57,			/* push rbx, rbp, rdi */
		0xff, 0x77, 0x20, 0x9d,			/* push qword [rdi+32]; popf */
		0x8b, 0x07, 0x8b, 0x4f, 0x04, 0x8b, 0x57, 0x08, 0x8b, 0x5f, 0x0c,
		0x8b, 0x6f, 0x14, 0x8b, 0x77, 0x18, 0x8b, 0x7f, 0x1c,
	};
	static const uint8_t after[] = {
		0x9c, 0x41, 0x58,			/* pushf; pop r8 */
		0x41, 0x59,				/* pop r9: the structure */
		0x41, 0x89, 0x01, 0x41, 0x89, 0x49, 0x04, 0x41, 0x89, 0x51, 0x08,
		0x41, 0x89, 0x59, 0x0c, 0x41, 0x89, 0x69, 0x14, 0x41, 0x89, 0x71, 0x18,
		0x41, 0x89, 0x79, 0x1c, 0x45, 0x89, 0x41, 0x20,
		0x5d, 0x5b, 0xc3,
	};
	uint8_t *p = m->native;
	struct { struct regs r; uint32_t zero; } box = { *r, 0 };
	union { uint8_t *data; void (*code)(void *box); } entry = { .data = p };

	memcpy(p, before, sizeof before);
	memcpy(p + sizeof before, code, n);
	memcpy(p + sizeof before + n, after, sizeof after);
	entry.code(&box);
	*r = box.r;
}

static void run_ours(struct bench *m, const uint8_t *code, unsigned n, struct regs *r)
{
	struct cpu *cpu = &m->cpu;

	bus_copy_out(&m->bus, CODE_AT, code, n);
	memcpy(cpu->reg, r->reg, sizeof r->reg);
	cpu->flags = r->flags | 2;
	cpu->ip = CODE_AT;
	cpu_step(cpu);
	memcpy(r->reg, cpu->reg, sizeof r->reg);
	r->flags = cpu->flags;
	if (cpu->ip != CODE_AT + n)
		r->flags = ~0u;
}

/* The flags that both must agree on.  */
static uint32_t defined(const struct bench *m, const uint8_t *code, unsigned n,
			const struct regs *r)
{
	struct cpu_parse p;
	uint32_t mask = ARITH;
	unsigned count, bits;

	if (!cpu_parse(&p, code, n, m->cpu.model, true) || !p.row)
		return 0;
	mask &= ~(uint32_t)p.row->undefined;
	bits = 8u << cpu_parse_width(&p);
	if (p.row->opd[1] == OPD_I1 || p.row->opd[1] == OPD_CL || p.row->opd[1] == OPD_Ib ||
	    p.row->opd[2] == OPD_CL || p.row->opd[2] == OPD_Ib) {
		bool by_cl = p.row->opd[1] == OPD_CL || p.row->opd[2] == OPD_CL;

		count = by_cl ? r->reg[CPU_CX] & 31 : p.imm & 31;
		/* Shifted out altogether: the chips differ.  */
		if (p.row->undefined & CPU_AF && count > bits && p.row->writes & CPU_ZF)
			mask &= ~(uint32_t)CPU_CF;
		if (!count || p.row->opd[1] == OPD_I1)
			mask |= CPU_OF;
	}
	return mask;
}

static bool meaningless(const struct bench *m, const uint8_t *code, unsigned n,
			const struct regs *r)
{
	struct cpu_parse p;

	/* SHLD and SHRD of words by more than 16.  */
	return cpu_parse(&p, code, n, m->cpu.model, true) && p.two &&
		(p.op == 0xa4 || p.op == 0xa5 || p.op == 0xac || p.op == 0xad) && !p.opsize32 &&
		(p.row->opd[2] == OPD_CL ? r->reg[CPU_CX] & 31 : p.imm & 31) > 16;
}

static void complain(const uint8_t *code, unsigned n, const struct regs *in,
		     const struct regs *want, const struct regs *got)
{
	for (unsigned i = 0; i < n; i++)
		printf("%02x ", code[i]);
	for (unsigned i = 0; i < 8; i++)
		if (want->reg[i] != got->reg[i])
			printf(" r%u %08x: %08x, not %08x", i, in->reg[i], got->reg[i], want->reg[i]);
	printf(" cl %02x flags %04x: %04x, not %04x\n", in->reg[CPU_CX] & 0xff, in->flags,
	       got->flags & ARITH, want->flags & ARITH);
}

static bool same(struct bench *m, const struct form *f)
{
	uint8_t code[16];
	unsigned n = encode(m, f, code);
	struct regs in, want, got;

	for (unsigned i = 0; i < 8; i++)
		in.reg[i] = operand(m);
	in.flags = random32(m) & ARITH;
	if (meaningless(m, code, n, &in))
		return true;
	want = got = in;
	run_native(m, code, n, &want);
	run_ours(m, code, n, &got);
	want.reg[CPU_SP] = in.reg[CPU_SP];
	if (!memcmp(want.reg, got.reg, sizeof want.reg) &&
	    !((want.flags ^ got.flags) & defined(m, code, n, &in)))
		return true;
	complain(code, n, &in, &want, &got);
	return false;
}

static bool open_bench(struct bench *m)
{
	struct error err;

	sched_init(&m->sched);
	m->native = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (m->native == MAP_FAILED || !bus_init(&m->bus, 1 << 20, &err))
		return false;
	cpu_init(&m->cpu, &m->bus, &m->sched);
	cpu_load_real(&m->cpu, CPU_CS, 0);
	m->cpu.seg[CPU_CS].attr |= ATTR_B;	/* 32-bit code in real mode: as good as any */
	m->seed = 1;
	return cpu_use(&m->cpu, &cpu_interp);
}

int main(void)
{
	static struct bench m;
	unsigned failed = 0, run = 0;

	if (!open_bench(&m)) {
		printf("skipped: no executable memory\n");
		return SKIPPED;
	}
	for (unsigned i = 0; i < sizeof form / sizeof *form; i++)
		for (unsigned k = 0; k < 2000 && failed < 20; k++, run++)
			failed += !same(&m, &form[i]);
	cpu_fini(&m.cpu);
	bus_fini(&m.bus);
	printf("%u instructions compared with the host's, %u differ\n", run, failed);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#else

int main(void)
{
	printf("skipped: not an x86-64 host\n");
	return SKIPPED;
}

#endif
