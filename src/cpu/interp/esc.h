/* esc.h - the coprocessor's opcodes.  */

#ifndef CPU_INTERP_ESC_H
#define CPU_INTERP_ESC_H

#include "cpu/interp/operand.h"
#include "cpu/parse.h"

/* The handler by which the host's x87 executes this one of the eight ESC
 * opcodes itself, for models from the 386 on; NULL: it cannot.  */
cpu_handler *esc_live(unsigned esc, unsigned modrm, enum form f);

/* By the FPU's own table, and for as long as cpu.longer says; a memory form needs hot.cur
 * set.  */
void esc_general_R(struct cpu *cpu, const struct cpu_insn *in);
void esc_general(struct cpu *cpu, const struct cpu_insn *in, uint32_t off, enum form f);

/* The last word about the slot of an ESC.  */
void esc_lower(const struct cpu *cpu, struct cpu_insn *in, enum form f);

/* Which of cpu.longer it takes.  Where the opcode is known, that is a number.  */
static always_inline enum cpu_longer esc_longer(unsigned esc, unsigned modrm)
{
	static const uint8_t arith[8] = {
		LONGER_FADD, LONGER_FMUL, LONGER_FADD, LONGER_FADD,
		LONGER_FADD, LONGER_FADD, LONGER_FDIV, LONGER_FDIV };
	static const uint8_t d9_f0[16] = {
		LONGER_FUNC, LONGER_FUNC, LONGER_FUNC, LONGER_FUNC,	/* F2XM1 to FPATAN */
		LONGER_FADD, LONGER_FDIV, LONGER_FLOAD, LONGER_FLOAD,	/* FXTRACT, FPREM1 */
		LONGER_FDIV, LONGER_FUNC, LONGER_FDIV, LONGER_FUNC,	/* FPREM to FSINCOS */
		LONGER_FADD, LONGER_FADD, LONGER_FUNC, LONGER_FUNC };	/* FRNDINT to FCOS */
	unsigned reg = modrm >> 3 & 7;

	if (!(esc & 1))
		return arith[reg];
	if (modrm < 0xc0)
		return reg == 2 || reg == 3 || (esc != 1 && reg >= 6) ? LONGER_FSTORE : LONGER_FLOAD;
	if (esc == 1 && reg >= 6)
		return d9_f0[modrm & 15];
	return (esc == 1 && reg == 4) || (esc == 5 && reg >= 4) ? LONGER_FADD : LONGER_FLOAD;
}

extern const struct cpu_handlers h_esc;

#endif
