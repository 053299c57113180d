/* parse.c - prefixes, opcode, ModRM, SIB, displacement, immediates.  */

#include "cpu/parse.h"

#include <string.h>

/* Reads on, and remembers when there was nothing left to read.  */
struct reader {
	const uint8_t *at, *end;
	bool dry;
};

static uint32_t take(struct reader *r, unsigned size)
{
	uint32_t v = 0;

	if ((size_t)(r->end - r->at) < size) {
		r->dry = true;
		r->at = r->end;
		return 0;
	}
	for (unsigned i = 0; i < size; i++)
		v |= (uint32_t)*r->at++ << 8 * i;
	return v;
}

static const struct cpu_row *row_for(unsigned key, enum cpu_model model)
{
	const struct cpu_row *row = &cpu_row[key];

	if (model == CPU_8086 && key < MAP_TWO && cpu_row[MAP_OLD + key].name)
		row = &cpu_row[MAP_OLD + key];
	return row->name && row->first <= model && model <= row->last ? row : NULL;
}

static void prefix(struct cpu_parse *p, bool big)
{
	switch (p->op) {
	case 0x26: case 0x2e: case 0x36: case 0x3e:
		p->override = (p->op >> 3 & 3) + 1;
		break;
	case 0x64: case 0x65:
		p->override = p->op - 0x64 + CPU_FS + 1;
		break;
	case 0x66:
		p->opsize32 = !big;
		break;
	case 0x67:
		p->addr32 = !big;
		break;
	case 0xf2: case 0xf3:
		p->rep = p->op;
		break;
	default:
		p->lock = p->op;
		break;
	}
}

static void displacement(struct cpu_parse *p, struct reader *r, unsigned size)
{
	uint32_t v = take(r, size);

	p->disp = size == 1 ? (uint32_t)(int8_t)v : v;
	p->disp_bytes = size;
}

static void address16(struct cpu_parse *p, struct reader *r)
{
	static const uint8_t base[8] = {
		CPU_BX, CPU_BX, CPU_BP, CPU_BP, CPU_NO_REG, CPU_NO_REG, CPU_BP, CPU_BX };
	static const uint8_t index[8] = {
		CPU_SI, CPU_DI, CPU_SI, CPU_DI, CPU_SI, CPU_DI, CPU_NO_REG, CPU_NO_REG };
	unsigned mod = p->modrm >> 6, rm = p->modrm & 7;

	p->base = base[rm];
	p->index = index[rm];
	if (mod == 0 && rm == 6) {
		p->base = CPU_NO_REG;
		displacement(p, r, 2);
	} else if (mod == 1 || mod == 2) {
		displacement(p, r, mod);
	}
	p->seg = p->base == CPU_BP ? CPU_SS : CPU_DS;
}

static void address32(struct cpu_parse *p, struct reader *r)
{
	unsigned mod = p->modrm >> 6;

	p->base = p->modrm & 7;
	if (p->base == 4) {
		uint8_t sib = take(r, 1);

		p->base = sib & 7;
		p->scale = sib >> 6;
		p->index = (sib >> 3 & 7) == 4 ? CPU_NO_REG : sib >> 3 & 7;
	}
	if (mod == 0 && p->base == 5) {
		p->base = CPU_NO_REG;
		displacement(p, r, 4);
	} else if (mod == 1 || mod == 2) {
		displacement(p, r, mod == 1 ? 1 : 4);
	}
	p->seg = p->base == CPU_SP || p->base == CPU_BP ? CPU_SS : CPU_DS;
}

/* Without an index the 386 scales the base (measured by the authors of
 * test386.asm; Intel calls these encodings undefined).  */
static void scale_base(struct cpu_parse *p)
{
	if (p->scale && p->index == CPU_NO_REG) {
		p->index = p->base;
		p->base = CPU_NO_REG;
	}
}

static bool wants_modrm(const struct cpu_row *row)
{
	for (unsigned i = 0; i < 3; i++)
		if ((row->opd[i] >= OPD_Eb && row->opd[i] <= OPD_Sw) || row->opd[i] >= OPD_Rd)
			return row->opd[i] < OPD_sES;
	return false;
}

static void modrm(struct cpu_parse *p, struct reader *r, bool always_register)
{
	p->has_modrm = true;
	p->memory = p->modrm < 0xc0 && !always_register;
	if (!p->memory)
		return;
	if (p->addr32)
		address32(p, r);
	else
		address16(p, r);
}

static void immediate(struct cpu_parse *p, struct reader *r, enum cpu_operand opd)
{
	unsigned z = p->opsize32 ? 4 : 2;

	switch (opd) {
	case OPD_Ib:
		p->imm = take(r, 1);
		break;
	case OPD_Ib2:
		p->imm2 = take(r, 1);
		break;
	case OPD_Ibs: case OPD_Jb:
		p->imm = (int8_t)take(r, 1);
		break;
	case OPD_Iw:
		p->imm = take(r, 2);
		break;
	case OPD_Iz:
		p->imm = take(r, z);
		break;
	case OPD_Jz:
		p->imm = p->opsize32 ? take(r, 4) : (uint32_t)(int16_t)take(r, 2);
		break;
	case OPD_Ap:
		p->imm = take(r, z);
		p->imm2 = take(r, 2);
		break;
	case OPD_I1:
		p->imm = 1;
		break;
	case OPD_Ob: case OPD_Ov:
		p->memory = true;
		displacement(p, r, p->addr32 ? 4 : 2);
		break;
	default:
		break;
	}
}

/* Prefixes and opcode; the row, or NULL when it is invalid.  */
static const struct cpu_row *opcode(struct cpu_parse *p, struct reader *r,
				    enum cpu_model model, bool big)
{
	const struct cpu_row *row;

	for (;;) {
		p->op = take(r, 1);
		if (r->dry)
			return NULL;
		row = row_for(p->op, model);
		if (!row || !(row->kind & PFX))
			break;
		prefix(p, big);
		p->prefixes++;
	}
	if (row && row->kind & ESC2) {
		p->two = true;
		p->op = take(r, 1);
		row = row_for(MAP_TWO + p->op, model);
	}
	return row;
}

/* The 8086 and 80186 take any number of prefixes.  Of more than fit here the
 * first is done as an instruction of its own, which changes nothing: it is
 * one of many of the same kind.  */
static void lone_prefix(struct cpu_parse *p, enum cpu_model model, uint8_t op)
{
	*p = (struct cpu_parse){
		.row = row_for(op, model), .op = op, .len = 1,
		.base = CPU_NO_REG, .index = CPU_NO_REG,
	};
}

bool cpu_parse(struct cpu_parse *p, const uint8_t *code, size_t n,
	       enum cpu_model model, bool big)
{
	struct reader r = { code, code + n, false };
	unsigned limit = model == CPU_80286 ? 10 : CPU_INSN_MAX;
	const struct cpu_row *row;

	*p = (struct cpu_parse){
		.opsize32 = big, .addr32 = big, .seg = CPU_DS,
		.base = CPU_NO_REG, .index = CPU_NO_REG,
	};
	row = opcode(p, &r, model, big);
	if (row && (row->kind & IS_GROUP || wants_modrm(row)))
		p->modrm = take(&r, 1);
	if (row && row->kind & IS_GROUP) {
		row = &cpu_row[row->group + (p->modrm >> 3 & 7)];
		if (!row->name || row->first > model || model > row->last)
			row = NULL;
	}
	p->row = row;
	if (row && wants_modrm(row))
		modrm(p, &r, row->opd[0] >= OPD_Rd || row->opd[1] >= OPD_Rd);
	for (unsigned i = 0; row && i < 3; i++)
		immediate(p, &r, row->opd[i]);
	if (model == CPU_80386)
		scale_base(p);
	if (r.dry && n < limit)
		return false;
	p->len = r.at - code;
	p->too_long = r.dry || p->len > limit;
	if (p->override)
		p->seg = p->override - 1;
	if (p->too_long && model < CPU_80286)
		lone_prefix(p, model, code[0]);
	p->ends = p->row ? p->too_long || p->row->kind & END : model != CPU_8086;
	return true;
}

unsigned cpu_parse_width(const struct cpu_parse *p)
{
	static const char of[] = {
		[OPD_Eb] = 'b', [OPD_Ew] = 'w', [OPD_Ev] = 'v', [OPD_M] = 'v',
		[OPD_Gb] = 'b', [OPD_Gw] = 'w', [OPD_Gv] = 'v', [OPD_Zb] = 'b',
		[OPD_Zv] = 'v', [OPD_AL] = 'b', [OPD_AX] = 'v', [OPD_Ob] = 'b',
		[OPD_Ov] = 'v', [OPD_Xb] = 'b', [OPD_Xv] = 'v', [OPD_Yb] = 'b',
		[OPD_Yv] = 'v', [OPD_sGS] = 0,
	};

	for (unsigned i = 0; i < 3; i++) {
		switch (of[p->row->opd[i]]) {
		case 'b':
			return 0;
		case 'w':
			return 1;
		case 'v':
			return p->opsize32 ? 2 : 1;
		}
	}
	return p->opsize32 ? 2 : 1;
}
