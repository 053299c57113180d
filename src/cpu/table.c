/* table.c - table.def as data.  */

#include "cpu/parse.h"

#include "cpu/interp/operand.h"

#define F_C	CPU_CF
#define F_P	CPU_PF
#define F_A	CPU_AF
#define F_Z	CPU_ZF
#define F_S	CPU_SF
#define F_O	CPU_OF
#define F_D	CPU_DF
#define F_ALL	FLAGS_ARITH

#define MODEL_8086	CPU_8086
#define MODEL_80186	CPU_80186
#define MODEL_80286	CPU_80286
#define MODEL_80386	CPU_80386
#define MODEL_80486	CPU_80486
#define MODEL_PENTIUM	CPU_PENTIUM

#define ROW(map, code, text, a, b, c, rd, wr, un, k, from, to, h) \
	extern const struct cpu_handlers h;
#define GROUP(map, code, g, from, to)
#include "cpu/table.def"
#undef ROW
#undef GROUP

const struct cpu_row cpu_row[CPU_ROWS] = {
#define ROW(map, code, text, a, b, c, rd, wr, un, k, from, to, h) \
	[MAP_##map + (code)] = { \
		.name = text, .opd = { OPD_##a, OPD_##b, OPD_##c }, \
		.reads = rd, .writes = (uint16_t)(wr), .undefined = (uint16_t)(un), \
		.kind = k, .first = MODEL_##from, .last = MODEL_##to, .handlers = &h },
#define GROUP(map, code, g, from, to) \
	[MAP_##map + (code)] = { .name = #g, .kind = IS_GROUP, .group = MAP_##g, \
		.first = MODEL_##from, .last = MODEL_##to },
#include "cpu/table.def"
#undef ROW
#undef GROUP
};

static const struct cpu_insn *nothing(struct cpu *cpu, const struct cpu_insn *in)
{
	return cpu_next(cpu, in);
}

/* Prefixes are no instructions of their own.  */
SET_ONE(h_none, nothing);
