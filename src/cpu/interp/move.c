/* move.c - MOV, XCHG, LEA, XLAT, sign and zero extension, BSWAP, SETcc.  */

#include "cpu/interp/forms.h"
#include "cpu/interp/operand.h"
#include "cpu/mmu.h"

#define MOV_EG(name, w, f) PATHS(name##_##w##_##f) \
	{ return rm_write(cpu, in, reg_get(cpu, in->b, w), w, f, p); }
FORMS(MOV_EG, mov_eg)
SET(mov_eg);

#define MOV_EI(name, w, f) PATHS(name##_##w##_##f) \
	{ return rm_write(cpu, in, in->imm, w, f, p); }
FORMS(MOV_EI, mov_ei)
SET(mov_ei);

#define MOV_GE(name, w, f) PATHS(name##_##w##_##f) \
{ \
	uint32_t v; \
\
	if (!rm_read(cpu, in, &v, w, f, p)) \
		return false; \
	reg_put(cpu, in->b, v, w); \
	return true; \
}
FORMS(MOV_GE, mov_ge)
SET(mov_ge);

/* The accumulator from an absolute address.  */
#define MOV_AO(name, w, f) PATHS(name##_##w##_##f) \
{ \
	uint32_t v; \
\
	if (!mem_read(cpu, in->seg, in->disp, &v, w, p)) \
		return false; \
	reg_put(cpu, in->a, v, w); \
	return true; \
}
FORMS_MEMORY(MOV_AO, mov_ao)
SET_MEMORY(mov_ao);

#define XCHG(name, w, f) PATHS(name##_##w##_##f) \
{ \
	struct rm rm = { NULL, 0 }; \
	uint32_t v, g = reg_get(cpu, in->b, w); \
\
	if (!rm_load(cpu, in, &rm, &v, w, f, p)) \
		return false; \
	rm_store(cpu, in, &rm, g, w, f, p); \
	reg_put(cpu, in->b, v, w); \
	return true; \
}
FORMS(XCHG, xchg)
SET(xchg);

#define LEA(name, w, f) HANDLER(name##_##w##_##f) \
	{ reg_put(cpu, in->b, insn_ea(cpu, in, f), w); return cpu_next(cpu, in); }
LEA(lea, W16, F_M16)
LEA(lea, W16, F_M32)
LEA(lea, W32, F_M16)
LEA(lea, W32, F_M32)
SET_MEMORY_WORD(lea);

/* With a register operand the 8086 gives whatever address was computed last:
 * unpredictable, so nothing.  */
HANDLER(lea_8086_register)
{
	return cpu_next(cpu, in);
}
const struct cpu_handlers h_lea_8086 = {
	{ [W16] = { lea_8086_register, lea_W16_F_M16, NULL } } };

/* XLAT: AL from seg:[BX + AL].  */
#define XLAT(name, f) PATHS(name##_##f) \
{ \
	uint32_t bx = reg_get(cpu, CPU_BX, f == F_M16 ? W16 : W32), v; \
	uint32_t off = bx + reg_get(cpu, PLACE_AL, W8); \
\
	if (!mem_read(cpu, in->seg, f == F_M16 ? (uint16_t)off : off, &v, W8, p)) \
		return false; \
	reg_put(cpu, PLACE_AL, v, W8); \
	return true; \
}
XLAT(xlat, F_M16)
XLAT(xlat, F_M32)
const struct cpu_handlers h_xlat = { {
	{ NULL, xlat_F_M16, xlat_F_M32 }, { NULL, xlat_F_M16, xlat_F_M32 },
	{ NULL, xlat_F_M16, xlat_F_M32 } } };

/* from: the width of r/m.  */
#define EXTEND(name, w, f, from, expr) PATHS(name##_##w##_##f) \
{ \
	uint32_t v; \
\
	if (!rm_read(cpu, in, &v, from, f, p)) \
		return false; \
	reg_put(cpu, in->b, expr, w); \
	return true; \
}
#define MOVZX_B(name, w, f) EXTEND(name, w, f, W8, v)
FORMS_WORD(MOVZX_B, movzx_b)
SET_WORD(movzx_b);
#define MOVZX_W(name, w, f) EXTEND(name, w, f, W16, v)
FORMS_WORD(MOVZX_W, movzx_w)
SET_WORD(movzx_w);
#define MOVSX_B(name, w, f) EXTEND(name, w, f, W8, (uint32_t)sign_extend(v, W8))
FORMS_WORD(MOVSX_B, movsx_b)
SET_WORD(movsx_b);
#define MOVSX_W(name, w, f) EXTEND(name, w, f, W16, (uint32_t)sign_extend(v, W16))
FORMS_WORD(MOVSX_W, movsx_w)
SET_WORD(movsx_w);

HANDLER(cbw_W16)
{
	reg_put(cpu, CPU_AX, (uint32_t)sign_extend(reg_get(cpu, PLACE_AL, W8), W8), W16);
	return cpu_next(cpu, in);
}

HANDLER(cbw_W32)
{
	cpu->reg[CPU_AX] = (uint32_t)sign_extend(reg_get(cpu, CPU_AX, W16), W16);
	return cpu_next(cpu, in);
}
SET_WORDS(cbw);

HANDLER(cwd_W16)
{
	reg_put(cpu, CPU_DX, reg_get(cpu, CPU_AX, W16) & 0x8000 ? 0xffff : 0, W16);
	return cpu_next(cpu, in);
}

HANDLER(cwd_W32)
{
	cpu->reg[CPU_DX] = cpu->reg[CPU_AX] >> 31 ? 0xffffffff : 0;
	return cpu_next(cpu, in);
}
SET_WORDS(cwd);

/* A 16-bit BSWAP leaves 0 (seen on the 486; undefined by Intel).  */
HANDLER(bswap_W16)
{
	reg_put(cpu, in->a, 0, W16);
	return cpu_next(cpu, in);
}

HANDLER(bswap_W32)
{
	cpu->reg[in->a] = __builtin_bswap32(cpu->reg[in->a]);
	return cpu_next(cpu, in);
}
SET_WORDS(bswap);

HANDLER(nop)
{
	return cpu_next(cpu, in);
}
SET_ONE(h_nop, nop);

#define SETCC_FORM(name, n, f) PATHS(name##_##f) \
	{ return rm_write(cpu, in, flag_cond(cpu, n), W8, f, p); }
#define SETCC(name, n) \
	SETCC_FORM(name, n, F_R) SETCC_FORM(name, n, F_M16) SETCC_FORM(name, n, F_M32) \
	const struct cpu_handlers h_##name = { { { name##_F_R, name##_F_M16, name##_F_M32 } } }
SETCC(seto, 0);
SETCC(setno, 1);
SETCC(setb, 2);
SETCC(setnb, 3);
SETCC(setz, 4);
SETCC(setnz, 5);
SETCC(setbe, 6);
SETCC(seta, 7);
SETCC(sets, 8);
SETCC(setns, 9);
SETCC(setp, 10);
SETCC(setnp, 11);
SETCC(setl, 12);
SETCC(setge, 13);
SETCC(setle, 14);
SETCC(setg, 15);
