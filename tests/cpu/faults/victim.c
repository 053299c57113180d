/* victim.c - from a row of the opcode table to the bytes of an instruction
 * whose memory operand lies where faults.h says.  */

#include "faults.h"

#include <string.h>

#include "cpu/fpu_op.h"

#define IMM8	5u
#define IMM	0x12345678u
#define JUMP	0x10u
#define FAR_IP	0x1b1b1b1bu
#define FAR_SEL	0x1b1bu

struct builder {
	struct victim *v;
	bool o32, a32;		/* sizes in force */
	bool reg_form;
};

static void put(struct builder *b, uint32_t val, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		b->v->code[b->v->len++] = val >> 8 * i;
}

static bool is_esc(const struct cpu_row *row)
{
	return row->opd[0] == OPD_Ef;
}

static bool has_modrm(const struct cpu_row *row)
{
	for (unsigned i = 0; i < 3; i++)
		if ((row->opd[i] >= OPD_Eb && row->opd[i] <= OPD_Sw) ||
		    (row->opd[i] >= OPD_Rd && row->opd[i] < OPD_sES))
			return true;
	return false;
}

unsigned victim_regs(unsigned key)
{
	const struct cpu_row *row = &cpu_row[key];

	if (is_esc(row))
		return 8;
	if (row->opd[0] == OPD_Sw || row->opd[1] == OPD_Sw)
		return 6;
	return row->opd[1] == OPD_Ib2 ? 4 : 1;
}

/* The opcode that leads to a group's row; MAP_OLD: none that the model has.  */
static unsigned group_opcode(unsigned key, enum cpu_model model)
{
	for (unsigned i = 0; i < MAP_GROUPS; i++) {
		const struct cpu_row *row = &cpu_row[i];

		if (row->name && row->kind & IS_GROUP && key - row->group < 8 &&
		    row->first <= model && model <= row->last)
			return i & (MAP_OLD - 1);
	}
	return MAP_OLD;
}

static void put_opcode(struct builder *b, unsigned at)
{
	if (at >= MAP_TWO)
		put(b, 0x0f, 1);
	put(b, at & 0xff, 1);
}

static void put_modrm(struct builder *b, unsigned reg)
{
	if (b->reg_form)
		put(b, 0xc0 | reg << 3 | CPU_CX, 1);
	else
		put(b, reg << 3 | (b->a32 ? 3 : 7), 1);		/* [EBX], [BX] */
}

static void put_immediate(struct builder *b, enum cpu_operand opd, unsigned reg, int shift)
{
	static const uint8_t level[4] = { 0, 1, 2, 5 };
	unsigned z = b->o32 ? 4 : 2;

	switch (opd) {
	case OPD_Ib: case OPD_Ibs: put(b, IMM8, 1); break;
	case OPD_Ib2: put(b, level[reg & 3], 1); break;
	case OPD_Iw: put(b, 8, 2); break;
	case OPD_Iz: put(b, IMM, z); break;
	case OPD_Jb: put(b, JUMP, 1); break;
	case OPD_Jz: put(b, JUMP, z); break;
	case OPD_Ap: put(b, FAR_IP, z); put(b, FAR_SEL, 2); break;
	case OPD_Ob: case OPD_Ov: put(b, OPERAND_EDGE - shift, b->a32 ? 4 : 2); break;
	default: break;
	}
}

static unsigned esc_size(const struct victim *v)
{
	static const uint8_t size[] = {
		[FPU_FORM_M16] = 2, [FPU_FORM_M32] = 4, [FPU_FORM_M64] = 8, [FPU_FORM_M80] = 10,
	};
	const struct fpu_insn *insn = fpu_insn(v->parse.op & 7, v->parse.modrm);

	if (!insn)
		return 0;
	if (insn->form == FPU_FORM_M)
		return (strstr(insn->name, "env") ? 14 : 94) * (v->parse.opsize32 ? 2 : 1) -
			(v->parse.opsize32 && !strstr(insn->name, "env") ? 80 : 0);
	return insn->form < sizeof size ? size[insn->form] : 0;
}

/* Memory without a size in the operand's name.  */
static unsigned plain_size(const struct victim *v)
{
	static const struct { const char *name; uint8_t fixed, words; } of[] = {
		{ "bound", 0, 2 }, { "les", 2, 1 }, { "lds", 2, 1 }, { "lss", 2, 1 },
		{ "lfs", 2, 1 }, { "lgs", 2, 1 }, { "call far", 2, 1 }, { "jmp far", 2, 1 },
		{ "sgdt", 6, 0 }, { "sidt", 6, 0 }, { "lgdt", 6, 0 }, { "lidt", 6, 0 },
		{ "cmpxchg8b", 8, 0 },
	};

	for (unsigned i = 0; i < sizeof of / sizeof *of; i++)
		if (!strcmp(v->row->name, of[i].name))
			return of[i].fixed + of[i].words * (v->parse.opsize32 ? 4 : 2);
	return 0;
}

static unsigned operand_size(const struct victim *v)
{
	static const char *const word[] = { "sldt", "str", "smsw" };	/* whatever its size */
	unsigned v_size = v->parse.opsize32 ? 4 : 2;

	if (!v->parse.memory || !strcmp(v->row->name, "nop"))
		return 0;
	if (is_esc(v->row))
		return esc_size(v);
	for (unsigned i = 0; i < 3; i++) {
		if (v->row->opd[i] == OPD_Sw)
			return 2;
		if (!strcmp(v->row->name, word[i]))
			return 2;
	}
	for (unsigned i = 0; i < 3; i++)
		switch (v->row->opd[i]) {
		case OPD_Eb: case OPD_Ob: return 1;
		case OPD_Ew: return 2;
		case OPD_Ed: case OPD_Qd: return 4;
		case OPD_Qq: return 8;
		case OPD_Ev: case OPD_Ov: return v_size;
		case OPD_M: return plain_size(v);
		default: break;
		}
	return 0;
}

static bool allowed(const struct victim *v, const struct variant *how)
{
	bool string = v->row->opd[0] >= OPD_Xb && v->row->opd[0] <= OPD_Yv;

	if (how->prefix == 0xf0)
		return v->row->kind & LOCK && v->parse.memory;
	if (how->prefix)
		return string;
	return strcmp(v->row->name, "loadall");	/* after which nothing is left to compare */
}

bool victim_build(struct victim *v, const struct variant *how, const struct place *place,
		  int shift)
{
	const struct cpu_row *row = &cpu_row[how->key];
	struct builder b = { v, place->big != how->o32, place->big != how->a32, how->reg_form };
	unsigned opcode = how->key < MAP_GROUPS ? how->key & (MAP_OLD - 1) :
		group_opcode(how->key, place->model);
	unsigned reg = how->key >= MAP_GROUPS ? how->key & 7 : 1;

	*v = (struct victim){ .row = row, .key = how->key };
	if (!row->name || row->kind & (PFX | ESC2 | IS_GROUP) || opcode == MAP_OLD ||
	    (how->key >= MAP_OLD && how->key < MAP_GROUPS && place->model != CPU_8086) ||
	    (how->reg_form && !has_modrm(row)))
		return false;
	if (how->o32)
		put(&b, 0x66, 1);
	if (how->a32)
		put(&b, 0x67, 1);
	if (how->prefix)
		put(&b, how->prefix, 1);
	put_opcode(&b, opcode);
	if (is_esc(row) || row->opd[0] == OPD_Sw || row->opd[1] == OPD_Sw)
		reg = how->reg;
	if (has_modrm(row))
		put_modrm(&b, reg);
	for (unsigned i = 0; i < 3; i++)
		put_immediate(&b, row->opd[i], how->reg, shift);
	if (!cpu_parse(&v->parse, v->code, v->len, place->model, place->big) ||
	    v->parse.row != row || v->parse.len != v->len || !allowed(v, how))
		return false;
	if (how->reg_form && v->parse.memory)
		return false;
	v->rep = how->prefix == 0xf2 || how->prefix == 0xf3;
	v->operand = operand_size(v);
	return true;
}

/* What it takes from memory into CS, LDTR, TR or a segment register.  */
uint8_t victim_fill(const struct victim *v)
{
	static const struct { const char *name; uint8_t fill; } of[] = {
		{ "ret", FILL_CODE }, { "retf", FILL_CODE }, { "iret", FILL_CODE },
		{ "call", FILL_CODE }, { "jmp", FILL_CODE },
		{ "lldt", FILL_LDT }, { "ltr", FILL_TSS },
		{ "les", FILL_DATA }, { "lds", FILL_DATA }, { "lss", FILL_DATA },
		{ "lfs", FILL_DATA }, { "lgs", FILL_DATA },
		{ "lar", FILL_DATA }, { "lsl", FILL_DATA }, { "verr", FILL_DATA },
		{ "verw", FILL_DATA }, { "arpl", FILL_DATA },
	};

	if (v->row->opd[0] == OPD_Sw || v->row->opd[0] >= OPD_sES)
		return FILL_DATA;
	for (unsigned i = 0; i < sizeof of / sizeof *of; i++)
		if (!strncmp(v->row->name, of[i].name, strlen(of[i].name)))
			return of[i].fill;
	return FILL_NOISE;
}
