/* disasm.c - the table's rows, read aloud.  */

#include "cpu/disasm.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cpu/fpu_op.h"
#include "cpu/parse.h"
#include "cpu/probe.h"

struct out {
	char *at;
	size_t left;
};

static const char *const reg_name[3][8] = {
	{ "al", "cl", "dl", "bl", "ah", "ch", "dh", "bh" },
	{ "ax", "cx", "dx", "bx", "sp", "bp", "si", "di" },
	{ "eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi" },
};
static const char *const seg_name[8] = { "es", "cs", "ss", "ds", "fs", "gs", "?", "?" };
static const char *const size_name[] = { "byte ", "word ", "dword " };

static __attribute__((format(printf, 2, 3))) void say(struct out *o, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(o->at, o->left, format, ap);
	va_end(ap);
	if (n < 0)
		return;
	if ((size_t)n >= o->left)
		n = o->left ? o->left - 1 : 0;
	o->at += n;
	o->left -= n;
}

/* [seg:base+index*scale+disp] */
static void say_address(struct out *o, const struct cpu_parse *p)
{
	const char *const *name = reg_name[p->addr32 ? 2 : 1];
	bool registers = p->base != CPU_NO_REG || p->index != CPU_NO_REG;
	int32_t disp = p->addr32 ? (int32_t)p->disp : (int16_t)p->disp;

	say(o, "[");
	if (p->override)
		say(o, "%s:", seg_name[p->seg]);
	if (p->base != CPU_NO_REG)
		say(o, "%s", name[p->base]);
	if (p->index != CPU_NO_REG)
		say(o, "%s%s", p->base != CPU_NO_REG ? "+" : "", name[p->index]);
	if (p->scale)
		say(o, "*%u", 1u << p->scale);
	if (!registers)
		say(o, p->addr32 ? "%08x" : "%04x", p->addr32 ? p->disp : p->disp & 0xffff);
	else if (disp)
		say(o, "%c%x", disp < 0 ? '-' : '+', disp < 0 ? -(uint32_t)disp : (uint32_t)disp);
	say(o, "]");
}

/* A register, or memory with its size where no register tells it.  */
static void say_rm(struct out *o, const struct cpu_parse *p, unsigned width, bool sized)
{
	if (!p->memory) {
		say(o, "%s", reg_name[width][p->modrm & 7]);
		return;
	}
	if (sized)
		say(o, "%s", size_name[width]);
	say_address(o, p);
}

/* The same for MMX.  */
static void say_mm(struct out *o, const struct cpu_parse *p, bool dword)
{
	if (!p->memory) {
		say(o, "mm%u", p->modrm & 7);
		return;
	}
	if (dword)
		say(o, "dword ");
	say_address(o, p);
}

static void say_target(struct out *o, const struct cpu_parse *p, uint32_t ip)
{
	uint32_t to = ip + p->len + p->imm;

	say(o, p->opsize32 ? "%08x" : "%04x", p->opsize32 ? to : to & 0xffff);
}

/* Is there a register whose name tells the size of the memory operand?  */
static bool size_told(const struct cpu_parse *p)
{
	for (unsigned i = 0; i < 3; i++)
		switch (p->row->opd[i]) {
		case OPD_Gb: case OPD_Gw: case OPD_Gv: case OPD_AL: case OPD_AX: case OPD_Sw:
			return p->op != 0xb6 && p->op != 0xb7 && p->op != 0xbe && p->op != 0xbf;
		}
	return false;
}

/* What may lie in memory.  False: this is no such operand.  */
static bool say_place(struct out *o, const struct cpu_parse *p, enum cpu_operand opd)
{
	bool sized = !size_told(p);

	switch (opd) {
	case OPD_Eb:
		say_rm(o, p, 0, sized);
		return true;
	case OPD_Ew:
		say_rm(o, p, 1, sized);
		return true;
	case OPD_Ev:
		say_rm(o, p, p->opsize32 ? 2 : 1, sized);
		return true;
	case OPD_Ed:
		say_rm(o, p, 2, true);
		return true;
	case OPD_M: case OPD_Ob: case OPD_Ov:
		say_address(o, p);
		return true;
	case OPD_Qq: case OPD_Qd:
		say_mm(o, p, opd == OPD_Qd);
		return true;
	default:
		return false;
	}
}

/* An operand that has a name of its own, or null.  */
static const char *operand_name(const struct cpu_parse *p, enum cpu_operand opd)
{
	unsigned v = p->opsize32 ? 2 : 1, reg = p->modrm >> 3 & 7, z = p->op & 7;

	switch (opd) {
	case OPD_Gb:
		return reg_name[0][reg];
	case OPD_Gw:
		return reg_name[1][reg];
	case OPD_Gv:
		return reg_name[v][reg];
	case OPD_Sw:
		return seg_name[reg];
	case OPD_sES: case OPD_sCS: case OPD_sSS: case OPD_sDS: case OPD_sFS: case OPD_sGS:
		return seg_name[opd - OPD_sES];
	case OPD_Zb:
		return reg_name[0][z];
	case OPD_Zv:
		return reg_name[v][z];
	case OPD_Rd:
		return reg_name[2][p->modrm & 7];
	case OPD_AL:
		return "al";
	case OPD_AX:
		return reg_name[v][0];
	case OPD_CL:
		return "cl";
	case OPD_DX:
		return "dx";
	case OPD_I1:
		return "1";
	default:
		return NULL;
	}
}

/* Numbers, and registers that have one.  */
static void say_number(struct out *o, const struct cpu_parse *p, enum cpu_operand opd,
		       uint32_t ip)
{
	unsigned reg = p->modrm >> 3 & 7;

	switch (opd) {
	case OPD_Ib: case OPD_Iw: case OPD_Iz:
		say(o, "%x", p->imm);
		break;
	case OPD_Ibs:
		say(o, "%x", p->opsize32 ? p->imm : p->imm & 0xffff);
		break;
	case OPD_Ib2:
		say(o, "%x", p->imm2);
		break;
	case OPD_Jb: case OPD_Jz:
		say_target(o, p, ip);
		break;
	case OPD_Ap:
		say(o, "%04x:%0*x", p->imm2, p->opsize32 ? 8 : 4, p->imm);
		break;
	case OPD_Pq:
		say(o, "mm%u", reg);
		break;
	case OPD_Cd:
		say(o, "cr%u", reg);
		break;
	case OPD_Dd:
		say(o, "dr%u", reg);
		break;
	case OPD_Td:
		say(o, "tr%u", reg);
		break;
	default:
		break;
	}
}

static void say_operand(struct out *o, const struct cpu_parse *p, enum cpu_operand opd,
			uint32_t ip)
{
	const char *name = operand_name(p, opd);

	if (name)
		say(o, "%s", name);
	else if (!say_place(o, p, opd))
		say_number(o, p, opd, ip);
}

/* String instructions carry their operands in their names.  */
static bool spoken(enum cpu_operand opd)
{
	return opd != OPD___ && !(opd >= OPD_Xb && opd <= OPD_Yv);
}

static void say_esc(struct out *o, const struct cpu_parse *p)
{
	static const char *const size[] = {
		[FPU_FORM_M16] = "word ", [FPU_FORM_M32] = "dword ",
		[FPU_FORM_M64] = "qword ", [FPU_FORM_M80] = "tbyte " };
	const struct fpu_insn *f = fpu_insn(p->op & 7, p->modrm);

	if (!f) {
		say(o, "esc %x,%x", p->op & 7, p->modrm);
		return;
	}
	say(o, "%s", f->name);
	switch (f->form) {
	case FPU_FORM_NONE:
		break;
	case FPU_FORM_STI:
		say(o, " st%u", p->modrm & 7);
		break;
	case FPU_FORM_ST_STI:
		say(o, " st,st%u", p->modrm & 7);
		break;
	case FPU_FORM_STI_ST:
		say(o, " st%u,st", p->modrm & 7);
		break;
	case FPU_FORM_AX:
		say(o, " ax");
		break;
	default:
		say(o, " %s", f->form >= FPU_FORM_M16 ? size[f->form] : "");
		say_address(o, p);
		break;
	}
}

/* "a|b" is a with 16-bit, b with 32-bit operands.  */
static void say_name(struct out *o, const struct cpu_parse *p)
{
	const char *name = p->row->name, *bar = strchr(name, '|');

	if (bar && p->opsize32)
		say(o, "%s", bar + 1);
	else
		say(o, "%.*s", bar ? (int)(bar - name) : (int)strlen(name), name);
}

static void say_prefixes(struct out *o, const struct cpu_parse *p)
{
	bool string = false;

	for (unsigned i = 0; i < 3; i++)
		string |= p->row->opd[i] >= OPD_Xb && p->row->opd[i] <= OPD_Yv;
	if (p->lock)
		say(o, "lock ");
	if (p->rep)
		say(o, "%s", p->rep == 0xf2 ? "repnz " : "rep ");
	if (p->override && (string || p->row->kind & ADDR))
		say(o, "%s:", seg_name[p->seg]);
}

size_t cpu_disasm(enum cpu_model model, bool big, const uint8_t *code, size_t n,
		  uint32_t ip, char *buf, size_t size)
{
	struct out o = { buf, size };
	struct cpu_parse p;
	bool first = true;

	if (size)
		*buf = '\0';
	if (!cpu_parse(&p, code, n < CPU_INSN_MAX ? n : CPU_INSN_MAX, model, big))
		return 0;
	if (!p.row || p.too_long) {
		say(&o, "db %02x", code[0]);
		return 1;
	}
	say_prefixes(&o, &p);
	if (p.row->opd[0] == OPD_Ef) {
		say_esc(&o, &p);
		return p.len;
	}
	say_name(&o, &p);
	for (unsigned i = 0; i < 3; i++) {
		if (!spoken(p.row->opd[i]))
			continue;
		say(&o, "%s", first ? " " : ",");
		say_operand(&o, &p, p.row->opd[i], ip);
		first = false;
	}
	return p.len;
}

size_t cpu_disasm_next(const struct cpu *cpu, char *buf, size_t size)
{
	uint32_t base = cpu->seg[CPU_CS].base, mask = cpu->model < CPU_80386 ? 0xffff : 0xffffffff;
	uint8_t code[CPU_INSN_MAX];
	size_t n = 0;

	while (n < sizeof code && cpu_peek(cpu, base + ((cpu->ip + n) & mask), code + n, 1))
		n++;
	return cpu_disasm(cpu->model, cpu_code_big(cpu), code, n, cpu->ip, buf, size);
}
