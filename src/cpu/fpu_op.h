/* fpu_op.h - how the engines run the x87's instructions.
 *
 * An engine decodes the ModR/M byte and the effective address; what the
 * ESC opcode means is this file's table.  While an entry point runs,
 * cpu.ip may be anywhere inside the instruction: cpu_insn_ip() gives its
 * first byte.  An entry point may leave through cpu_raise() or
 * cpu_stall(), which do not return; nothing has changed then.  */

#ifndef CPU_FPU_OP_H
#define CPU_FPU_OP_H

#include "cpu/cpu.h"

/* Operands, for whoever prints an instruction.  */
enum fpu_form {
	FPU_FORM_NONE,
	FPU_FORM_STI,		/* st(i) */
	FPU_FORM_ST_STI,	/* st, st(i) */
	FPU_FORM_STI_ST,	/* st(i), st */
	FPU_FORM_AX,
	FPU_FORM_M,		/* memory without a size: environment, state */
	FPU_FORM_M16,		/* 16 bits: integer, control or status word */
	FPU_FORM_M32,		/* dword: real or integer */
	FPU_FORM_M64,		/* qword: real or integer */
	FPU_FORM_M80,		/* tbyte: real or packed decimal */
};

struct fpu_call;

/* What one ESC opcode means.  */
struct fpu_insn {
	const char *name;		/* "fadd" */
	void (*run)(struct cpu *cpu, const struct fpu_call *call);
	uint8_t form;			/* enum fpu_form */
	uint8_t arg;			/* what its handler makes of it */
	uint8_t flags;			/* enum fpu_insn_flag */
	uint8_t since;			/* enum cpu_model: the first that has it */
};

enum fpu_insn_flag {
	FPU_CONTROL = 1,	/* leaves the last-instruction pointers alone */
	FPU_NOWAIT = 2,		/* runs even while an error is pending */
};

/* esc is 0-7 for D8h-DFh.  NULL: no processor of ours has this opcode.  */
const struct fpu_insn *fpu_insn(unsigned esc, unsigned modrm);

/* ESC with a register operand (mod == 3).  */
void fpu_reg_op(struct cpu *cpu, unsigned esc, unsigned modrm);

/* ESC with a memory operand.  offset is the effective address, not yet
 * checked; op32 the operand size, which gives FSTENV & Co. their format;
 * addr32 the address size: with 16 bits, the parts of a long operand are
 * each at an offset modulo 64K.  */
void fpu_mem_op(struct cpu *cpu, unsigned esc, unsigned modrm,
		enum cpu_seg seg, uint32_t offset, bool op32, bool addr32);

/* Raises what keeps an MMX instruction from being executed.  */
void fpu_mmx_ready(struct cpu *cpu);

/* WAIT (9Bh).  */
void fpu_wait(struct cpu *cpu);

/* The RESET pin.  */
void fpu_reset(struct cpu *cpu);
void fpu_state(struct fpu *fpu, struct state *st);

/* Connect the unit to an AT's board: the error's interrupt request (IRQ13)
 * and ports F0h and F1h.  Once, after cpu_init().  */
void fpu_attach(struct cpu *cpu, struct wire irq);

/* What a write to port F0h of an AT does: the interrupt request falls, and
 * instructions no longer wait for the error (IGNNE#) until it is cleared
 * (IBM AT Technical Reference, "Coprocessor").  */
void fpu_acknowledge(struct fpu *fpu);

#endif
