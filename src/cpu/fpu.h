/* fpu.h - the x87 as a programmer sees it (8087 to Pentium).
 *
 * st[] holds the eight physical registers as 80-bit images; the register
 * stack's top is in the status word (bits 11-13), as in hardware.  */

#ifndef CPU_FPU_H
#define CPU_FPU_H

#include <stdbool.h>
#include <stdint.h>

struct fpu_reg {
	uint64_t mant;
	uint16_t sexp;		/* sign in bit 15, biased exponent below */
};

struct fpu {
	struct fpu_reg st[8];	/* physical registers R0-R7 */
	uint16_t control, status, tag;
	uint16_t last_op;	/* low 11 bits of the last non-control opcode */
	uint16_t last_cs, last_ds;
	uint32_t last_ip, last_dp;
};

#endif
