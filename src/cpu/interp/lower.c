/* lower.c - from a parsed instruction to a slot of the interpreter.  */

#include "cpu/access.h"
#include "cpu/interp/coverage.h"
#include "cpu/interp/esc.h"
#include "cpu/interp/interp.h"
#include "cpu/interp/operand.h"

const struct cpu_insn *h_invalid(struct cpu *cpu, const struct cpu_insn *in)
{
	cpu->hot.cur = in;
	if (cpu->model == CPU_8086)
		return cpu_next(cpu, in);	/* no such exception */
	cpu_raise(cpu, EXC_UD);
}

SET_ONE(h_bad, h_invalid);

const struct cpu_insn *h_too_long(struct cpu *cpu, const struct cpu_insn *in)
{
	cpu->hot.cur = in;
	cpu_raise_code(cpu, EXC_GP, 0);
}

static bool segment_valid(const struct cpu *cpu, const struct cpu_parse *p, bool to_segment)
{
	unsigned seg = p->modrm >> 3 & 7;

	if (cpu->model == CPU_8086)
		return true;
	if (to_segment && seg == CPU_CS)
		return false;
	return seg <= (cpu->model >= CPU_80386 ? CPU_GS : CPU_DS);
}

/* The 386 and later allow LOCK only before read-modify-write of memory; the
 * older ones hardly ever mind (Intel 386 PRM, LOCK).  */
static bool lock_valid(const struct cpu *cpu, const struct cpu_parse *p)
{
	return !p->lock || cpu->model < CPU_80386 || (p->row->kind & LOCK && p->memory);
}

/* One operand; the i-th of the row.  */
static void operand(const struct cpu *cpu, const struct cpu_parse *p,
		    struct cpu_insn *in, unsigned i)
{
	unsigned reg = p->modrm >> 3 & 7, rm = p->modrm & 7, z = p->op & 7;

	switch (p->row->opd[i]) {
	case OPD_Eb:
		in->a = reg8_place(rm);
		break;
	case OPD_Ew: case OPD_Ev: case OPD_Ef: case OPD_M: case OPD_Rd:
	case OPD_Ed: case OPD_Qq: case OPD_Qd:
		in->a = rm;
		break;
	case OPD_Gb:
		in->b = reg8_place(reg);
		break;
	case OPD_Gw: case OPD_Gv: case OPD_Pq: case OPD_Cd: case OPD_Dd: case OPD_Td:
		in->b = reg;
		break;
	case OPD_Sw:
		in->b = cpu->model == CPU_8086 ? reg & 3 : reg;
		break;
	case OPD_Zb:
		in->a = reg8_place(z);
		break;
	case OPD_Zv:
		in->a = z;
		break;
	case OPD_AL:
		*(i ? &in->b : &in->a) = PLACE_AL;
		break;
	case OPD_AX:
		*(i ? &in->b : &in->a) = CPU_AX;
		break;
	case OPD_sES: case OPD_sCS: case OPD_sSS: case OPD_sDS: case OPD_sFS: case OPD_sGS:
		in->b = p->row->opd[i] - OPD_sES;
		break;
	default:
		break;
	}
}

static bool valid(const struct cpu *cpu, const struct cpu_parse *p)
{
	if (!p->row || !lock_valid(cpu, p))
		return false;
	if (p->row->opd[0] == OPD_Sw)
		return segment_valid(cpu, p, true);
	return p->row->opd[1] != OPD_Sw || segment_valid(cpu, p, false);
}

/* See enum insn_tail; 0 if there is more than that behind the opcode.  */
static unsigned tail_of(const struct cpu_parse *p)
{
	unsigned tail = p->disp_bytes << 4;

	for (unsigned i = 0; i < 3; i++) {
		switch (p->row->opd[i]) {
		case OPD_Ib:
			tail |= 1;
			break;
		case OPD_Ibs:
			tail |= 1 | TAIL_SIGNED;
			break;
		case OPD_Iw:
			tail |= 2;
			break;
		case OPD_Iz:
			tail |= p->opsize32 ? 4 : 2;
			break;
		case OPD_Ib2: case OPD_Ap:
			return 0;
		default:
			break;
		}
	}
	return tail;
}

void code_lower(const struct cpu *cpu, const struct cpu_parse *p, struct cpu_insn *in)
{
	enum form form = F_R;

	*in = (struct cpu_insn){
		.fn = p->too_long ? h_too_long : h_invalid, .len = p->len, .imm = p->imm,
		.disp = p->disp, .seg = p->seg, .base = p->base, .index = p->index,
	};
	if (p->too_long || !valid(cpu, p))
		return;
	if (p->row->opd[0] == OPD_Jb || p->row->opd[0] == OPD_Jz || p->row->kind & BACK) {
		in->a = INSN_BRANCH;
	} else {
		in->modrm = p->modrm;
		in->op = p->op;
		in->rep = p->rep;
		in->scale = p->scale;
		in->imm2 = p->imm2;
		in->prefixes = p->prefixes;
		in->tail = tail_of(p);
	}
	for (unsigned i = 0; i < 3; i++)
		operand(cpu, p, in, i);
	if (p->memory || p->row->kind & ADDR)
		form = p->addr32 ? F_M32 : F_M16;
	coverage_lowered(in, p->row, cpu_parse_width(p), form);
	in->fn = p->row->handlers->fn[cpu_parse_width(p)][form];
	if (!in->fn)
		in->fn = h_invalid;
	if (p->row->handlers == &h_esc)
		esc_lower(cpu, in, form);
}
