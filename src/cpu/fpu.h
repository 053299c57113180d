/* fpu.h - the x87 as a programmer sees it (8087 to Pentium).
 *
 * st[] holds the eight physical registers as 80-bit images; the register
 * stack's top is in the status word (bits 11-13), as in hardware.  Between
 * two instructions this is the whole truth: nothing of the guest's stays
 * in the host's own coprocessor.  */

#ifndef CPU_FPU_H
#define CPU_FPU_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/bus.h"

/* The exception flags are the same bits in the status word (raised) and
 * in the control word (masked).  */
enum fpu_exception {
	FPU_IE = 1 << 0,	/* invalid operation */
	FPU_DE = 1 << 1,	/* denormal operand */
	FPU_ZE = 1 << 2,	/* division by zero */
	FPU_OE = 1 << 3,	/* overflow */
	FPU_UE = 1 << 4,	/* underflow */
	FPU_PE = 1 << 5,	/* inexact */
	FPU_EXCEPTIONS = 0x3f,
};

enum fpu_status {
	FPU_SF = 1 << 6,	/* stack fault (387 and later) */
	FPU_ES = 1 << 7,	/* an unmasked exception is pending */
	FPU_C0 = 1 << 8, FPU_C1 = 1 << 9, FPU_C2 = 1 << 10,
	FPU_TOP = 7 << 11,
	FPU_C3 = 1 << 14,
	FPU_BUSY = 1 << 15,	/* the same as ES since the 387 */
	FPU_CC = FPU_C0 | FPU_C1 | FPU_C2 | FPU_C3,
};

enum fpu_control {
	FPU_IEM = 1 << 7,	/* 8087: no interrupt requests */
	FPU_PC = 3 << 8,	/* precision: 24 bits, -, 53, 64 */
	FPU_RC = 3 << 10,	/* rounding: nearest, down, up, to zero */
	FPU_AFFINE = 1 << 12,	/* 8087, 287: infinities have a sign */
};

/* The layout of the 80-bit memory operand, so that a register's address
 * is that of its image (on little-endian hosts).  */
struct fpu_reg {
	uint64_t mant;
	uint16_t sexp;		/* sign in bit 15, biased exponent below */
};

struct fpu {
	/* What it was wired to: the interrupt request for errors (IRQ13 of
	 * an AT, NMI of a PC).  It goes up when an unmasked exception
	 * appears while CR0.NE is 0, and stays up until
	 * fpu_acknowledge().  */
	struct wire ferr;

	/* What it remembers.  A register is empty when its two bits in the
	 * tag word are 11; what the other values say is worked out when
	 * the tag word is stored.  */
	struct fpu_reg st[8];	/* physical registers R0-R7 */
	uint16_t control, status, tag;
	uint16_t last_op;	/* low 11 bits of the last non-control opcode */
	uint16_t last_cs, last_ds;
	uint32_t last_ip, last_dp;
	bool requesting;	/* ferr is up */
	bool ignored;		/* IGNNE#: acknowledged, and ES still set */
};

#endif
