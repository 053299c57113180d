/* parse.h - an instruction taken to pieces, from its bytes and the table
 * alone.  Used by the interpreter, the disassembler and whoever translates.  */

#ifndef CPU_PARSE_H
#define CPU_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cpu/cpu.h"

#define CPU_INSN_MAX	15u	/* bytes; the 80286 allows 10, those before it any number */
#define CPU_NO_REG	8u	/* reads as zero */

/* Operands: a letter for the place, one for the width, after Intel's opcode
 * map.  E r/m, G reg, Z register in the opcode, I immediate, J relative, M
 * memory only, P mm reg, Q mm r/m, O offset, S segment, R r/m as register, X DS:SI, Y ES:DI;
 * b byte, w word, d dword, q qword, v word or dword, z immediate of such size, s sign-extended.  */
enum cpu_operand {
	OPD___, OPD_Eb, OPD_Ew, OPD_Ev, OPD_Ef, OPD_M, OPD_Ed,
	OPD_Pq, OPD_Qq, OPD_Qd, OPD_Gb, OPD_Gw, OPD_Gv, OPD_Sw,
	OPD_Zb, OPD_Zv, OPD_AL, OPD_AX, OPD_CL, OPD_DX, OPD_I1, OPD_Ib, OPD_Ib2,
	OPD_Ibs, OPD_Iw, OPD_Iz, OPD_Jb, OPD_Jz, OPD_Ap, OPD_Ob, OPD_Ov,
	OPD_Xb, OPD_Xv, OPD_Yb, OPD_Yv, OPD_Rd, OPD_Cd, OPD_Dd, OPD_Td,
	OPD_sES, OPD_sCS, OPD_sSS, OPD_sDS, OPD_sFS, OPD_sGS,
};

/* Keys of the table: map plus code.  */
enum {
	MAP_ONE = 0, MAP_TWO = 0x100, MAP_OLD = 0x200, MAP_GROUPS = 0x300,
	MAP_G80 = MAP_GROUPS, MAP_G81 = MAP_G80 + 8, MAP_G83 = MAP_G81 + 8,
	MAP_G8F = MAP_G83 + 8, MAP_GC0 = MAP_G8F + 8, MAP_GC1 = MAP_GC0 + 8,
	MAP_GC6 = MAP_GC1 + 8, MAP_GC7 = MAP_GC6 + 8, MAP_GD0 = MAP_GC7 + 8,
	MAP_GD1 = MAP_GD0 + 8, MAP_GD2 = MAP_GD1 + 8, MAP_GD3 = MAP_GD2 + 8,
	MAP_OD0 = MAP_GD3 + 8, MAP_OD1 = MAP_OD0 + 8, MAP_OD2 = MAP_OD1 + 8,
	MAP_OD3 = MAP_OD2 + 8, MAP_GF6 = MAP_OD3 + 8, MAP_GF7 = MAP_GF6 + 8,
	MAP_GFE = MAP_GF7 + 8, MAP_GFF = MAP_GFE + 8, MAP_OFF = MAP_GFF + 8,
	MAP_G0F00 = MAP_OFF + 8, MAP_G0F01 = MAP_G0F00 + 8, MAP_G0FBA = MAP_G0F01 + 8,
	MAP_G0F71 = MAP_G0FBA + 8, MAP_G0F72 = MAP_G0F71 + 8, MAP_G0F73 = MAP_G0F72 + 8,
	MAP_G0FC7 = MAP_G0F73 + 8,
	CPU_ROWS = MAP_G0FC7 + 8,
};

enum cpu_row_kind {
	END = 1, LOCK = 2, ADDR = 4, PFX = 8, ESC2 = 16, IS_GROUP = 32, BACK = 64,
};

struct cpu_handlers;

struct cpu_row {
	const char *name;	/* NULL: no such instruction */
	const struct cpu_handlers *handlers;
	uint16_t reads, writes, undefined;	/* enum cpu_flag */
	uint16_t group;		/* key of the group's first row */
	uint8_t opd[3];
	uint8_t kind;
	uint8_t first, last;	/* enum cpu_model */
};

extern const struct cpu_row cpu_row[CPU_ROWS];

struct cpu_parse {
	const struct cpu_row *row;	/* NULL: invalid */
	uint32_t disp, imm;
	uint16_t imm2;
	uint8_t len, prefixes;
	uint8_t disp_bytes;		/* 0: it has no displacement */
	uint8_t op, modrm;
	uint8_t rep, lock;		/* the prefix byte, or 0 */
	uint8_t override;		/* enum cpu_seg + 1, or 0 */
	uint8_t seg, base, index, scale;
	bool two;			/* after 0Fh */
	bool has_modrm, memory;
	bool opsize32, addr32;
	bool too_long;			/* exceeds the model's limit: #GP */
	bool ends;
};

/* Up to n bytes at code.  False: the instruction goes on behind them.  */
bool cpu_parse(struct cpu_parse *p, const uint8_t *code, size_t n,
	       enum cpu_model model, bool big);

/* 0, 1, 2: byte, word, dword, decided by the first operand that has a width.  */
unsigned cpu_parse_width(const struct cpu_parse *p);

#endif
