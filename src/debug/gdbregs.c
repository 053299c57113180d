/* gdbregs.c - registers as gdb counts them.  The first 32 are gdb's own
 * feature for the i386 with x87; the rest is a feature of ours.  */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/disasm.h"
#include "cpu/probe.h"
#include "debug/gdb.h"

#define FIRST_ST	16u
#define FIRST_FPU	24u

static const char *const core[FIRST_ST] = {
	"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi",
	"eip", "eflags", "cs", "ss", "ds", "es", "fs", "gs",
};
static const char *const fpu[8] = {
	"fctrl", "fstat", "ftag", "fiseg", "fioff", "foseg", "fooff", "fop",
};

/* Ours, for looking only.  */
enum own {
	OWN_IP, OWN_NEXT, OWN_CS_BASE, OWN_SS_BASE, OWN_DS_BASE, OWN_ES_BASE, OWN_FS_BASE,
	OWN_GS_BASE, OWN_CR0, OWN_CR2, OWN_CR3, OWN_CR4, OWN_DR0, OWN_DR1, OWN_DR2, OWN_DR3,
	OWN_DR6, OWN_DR7, OWN_GDT_BASE, OWN_GDT_LIMIT, OWN_IDT_BASE, OWN_IDT_LIMIT, OWN_LDTR,
	OWN_TR, OWN_CPL, OWN_COUNT
};
static const char *const own[OWN_COUNT] = {
	"ip", "next", "cs_base", "ss_base", "ds_base", "es_base", "fs_base", "gs_base",
	"cr0", "cr2", "cr3", "cr4", "dr0", "dr1", "dr2", "dr3", "dr6", "dr7", "gdt_base",
	"gdt_limit", "idt_base", "idt_limit", "ldtr", "tr", "cpl",
};

static uint32_t own_value(const struct cpu *c, unsigned n)
{
	static const uint8_t seg[] = { CPU_CS, CPU_SS, CPU_DS, CPU_ES, CPU_FS, CPU_GS };
	char text[80];

	switch (n) {
	case OWN_IP:
		return c->ip;
	case OWN_NEXT:
		return c->seg[CPU_CS].base + c->ip + cpu_disasm_next(c, text, sizeof text);
	case OWN_CS_BASE: case OWN_SS_BASE: case OWN_DS_BASE: case OWN_ES_BASE:
	case OWN_FS_BASE: case OWN_GS_BASE:
		return c->seg[seg[n - OWN_CS_BASE]].base;
	case OWN_CR0:
		return c->cr[0];
	case OWN_CR2: case OWN_CR3: case OWN_CR4:
		return c->cr[2 + n - OWN_CR2];
	case OWN_DR0: case OWN_DR1: case OWN_DR2: case OWN_DR3:
		return c->dr[n - OWN_DR0];
	case OWN_DR6: case OWN_DR7:
		return c->dr[6 + n - OWN_DR6];
	case OWN_GDT_BASE:
		return c->gdtr.base;
	case OWN_GDT_LIMIT:
		return c->gdtr.limit;
	case OWN_IDT_BASE:
		return c->idtr.base;
	case OWN_IDT_LIMIT:
		return c->idtr.limit;
	case OWN_LDTR:
		return c->ldtr.sel;
	case OWN_TR:
		return c->tr.sel;
	default:
		return c->cpl;
	}
}

static uint32_t fpu_value(const struct fpu *f, unsigned n)
{
	const uint32_t v[8] = { f->control, f->status, f->tag, f->last_cs, f->last_ip, f->last_ds,
				f->last_dp, f->last_op };

	return v[n];
}

static unsigned st_place(const struct fpu *f, unsigned n)
{
	return ((f->status >> 11) + n) & 7;
}

size_t gdb_reg_read(const struct gdb *g, unsigned n, uint8_t out[GDB_REG_MAX])
{
	const struct cpu *c = g->cpu;
	uint32_t v = 0;

	if (n >= FIRST_ST && n < FIRST_FPU) {
		const struct fpu_reg *r = &c->fpu.st[st_place(&c->fpu, n - FIRST_ST)];

		for (unsigned i = 0; i < 8; i++)
			out[i] = r->mant >> 8 * i;
		out[8] = r->sexp;
		out[9] = r->sexp >> 8;
		return 10;
	}
	if (n < FIRST_ST)
		expr_register(c, core[n], strlen(core[n]), &v);
	else if (n < GDB_CORE)
		v = fpu_value(&c->fpu, n - FIRST_FPU);
	else if (n < GDB_CORE + OWN_COUNT)
		v = own_value(c, n - GDB_CORE);
	else
		return 0;
	if (n == 8)
		v += c->seg[CPU_CS].base;
	for (unsigned i = 0; i < 4; i++)
		out[i] = v >> 8 * i;
	return 4;
}

/* eip comes as a linear address, and stays in its segment.  */
static bool set_ip(struct cpu *c, uint32_t lin)
{
	uint32_t ip = lin - c->seg[CPU_CS].base;

	if (ip > c->seg[CPU_CS].limit)
		return false;
	c->ip = ip;
	return true;
}

static bool set_fpu(struct fpu *f, unsigned n, uint32_t v)
{
	switch (n) {
	case 0:
		f->control = v;
		return true;
	case 1:
		f->status = v;
		return true;
	case 2:
		f->tag = v;
		return true;
	default:
		return false;
	}
}

bool gdb_reg_write(struct gdb *g, unsigned n, const uint8_t *in, size_t size)
{
	struct cpu *c = g->cpu;
	uint32_t v = 0;

	if (n >= FIRST_ST && n < FIRST_FPU && size == 10) {
		struct fpu_reg *r = &c->fpu.st[st_place(&c->fpu, n - FIRST_ST)];

		r->mant = 0;
		for (unsigned i = 0; i < 8; i++)
			r->mant |= (uint64_t)in[i] << 8 * i;
		r->sexp = in[8] | in[9] << 8;
		return true;
	}
	if (size != 4 || n >= GDB_CORE || (n >= FIRST_ST && n < FIRST_FPU))
		return false;
	for (unsigned i = 0; i < 4; i++)
		v |= (uint32_t)in[i] << 8 * i;
	if (n == 8)
		return set_ip(c, v);
	if (n < FIRST_ST)
		return expr_set_register(c, core[n], strlen(core[n]), v);
	return set_fpu(&c->fpu, n - FIRST_FPU, v);
}

static const char *type_of(unsigned n)
{
	switch (n) {
	case 4: case 5:
		return "data_ptr";
	case 8:
		return "code_ptr";
	case 9:
		return "i386_eflags";
	default:
		return n < FIRST_ST ? "int32" : "int";
	}
}

/* gdb takes the larger of what it is told here and what its user says; so
 * i8086, which is the smallest, lets `set architecture' work both ways.  */
char *gdb_target(const struct gdb *g)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	unsigned n;

	if (!f)
		return NULL;
	fprintf(f, "<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n"
		"<target version=\"1.0\"><architecture>%s</architecture>\n"
		"<feature name=\"org.gnu.gdb.i386.core\">\n",
		cpu_code_big(g->cpu) ? "i386" : "i8086");
	fputs("<flags id=\"i386_eflags\" size=\"4\">", f);
	static const struct { const char *name; unsigned bit; } flag[] = {
		{ "CF", 0 }, { "PF", 2 }, { "AF", 4 }, { "ZF", 6 }, { "SF", 7 }, { "TF", 8 },
		{ "IF", 9 }, { "DF", 10 }, { "OF", 11 }, { "NT", 14 }, { "RF", 16 }, { "VM", 17 },
		{ "AC", 18 }, { "VIF", 19 }, { "VIP", 20 }, { "ID", 21 } };
	for (n = 0; n < sizeof flag / sizeof flag[0]; n++)
		fprintf(f, "<field name=\"%s\" start=\"%u\" end=\"%u\"/>", flag[n].name,
			flag[n].bit, flag[n].bit);
	fputs("</flags>\n", f);
	for (n = 0; n < FIRST_ST; n++)
		fprintf(f, "<reg name=\"%s\" bitsize=\"32\" type=\"%s\"/>\n", core[n], type_of(n));
	for (n = 0; n < 8; n++)
		fprintf(f, "<reg name=\"st%u\" bitsize=\"80\" type=\"i387_ext\"/>\n", n);
	for (n = 0; n < 8; n++)
		fprintf(f, "<reg name=\"%s\" bitsize=\"32\" type=\"int\" group=\"float\"/>\n", fpu[n]);
	fputs("</feature>\n<feature name=\"org.dosvm.system\">\n", f);
	for (n = 0; n < OWN_COUNT; n++)
		fprintf(f, "<reg name=\"%s\" bitsize=\"32\" type=\"uint32\" group=\"system\"/>\n", own[n]);
	fputs("</feature></target>\n", f);
	return fclose(f) == 0 ? text : NULL;
}
