/* control.h - transfers of control that several families share.  */

#ifndef CPU_INTERP_CONTROL_H
#define CPU_INTERP_CONTROL_H

#include <stdint.h>

#include "cpu/access.h"
#include "cpu/interp/insn.h"
#include "cpu/interp/operand.h"

/* #GP if ip lies behind the end of the code segment.  */
static inline void cpu_check_ip(struct cpu *cpu, uint32_t ip)
{
	if (unlikely(ip > cpu->hot.code_limit))
		cpu_raise_code(cpu, EXC_GP, 0);
}

/* #GP unless privileged.  */
static inline void cpu_need_cpl0(struct cpu *cpu)
{
	if (cpu->cr[0] & CR0_PE && cpu->cpl)
		cpu_raise_code(cpu, EXC_GP, 0);
}

/* A direct branch whose target is not linked, or not inside the page.  */
const struct cpu_insn *cpu_branch_slow(struct cpu *cpu, const struct cpu_insn *in, uint32_t ip);

/* The debugger may want to stop before a software interrupt.  */
void cpu_stop_before(struct cpu *cpu, unsigned vector);

/* Behind MOV SS and POP SS: neither interrupts nor debug exceptions before one
 * more instruction is done (Intel 386 PRM 9.2.4).  */
const struct cpu_insn *cpu_after_ss(struct cpu *cpu, const struct cpu_insn *in);

#endif
