/* esc.c - the coprocessor's opcodes: addressing is ours, the rest is the
 * FPU's (fpu_op.h), traps of EM and TS included.
 *
 * Without a coprocessor an ESC reads its memory operand and does nothing
 * else.  */

#include "cpu/interp/esc.h"

#include "cpu/fpu_op.h"
#include "cpu/interp/forms.h"
#include "cpu/interp/longer.h"
#include "cpu/interp/operand.h"

static void take_longer(struct cpu *cpu, const struct cpu_insn *in)
{
	if (cpu->has_fpu)
		cpu_takes_longer(cpu, esc_longer(in->op & 7, in->modrm));
}

void esc_general_R(struct cpu *cpu, const struct cpu_insn *in)
{
	cpu->hot.cur = in;
	fpu_reg_op(cpu, in->op & 7, in->modrm);
	take_longer(cpu, in);
}

HANDLER(esc_R)
{
	esc_general_R(cpu, in);
	return cpu_next(cpu, in);
}

static always_inline void memory(struct cpu *cpu, const struct cpu_insn *in, uint32_t off,
				 enum width w, enum form f)
{
	fpu_mem_op(cpu, in->op & 7, in->modrm, in->seg, off, w == W32, f == F_M32);
	if (!cpu->has_fpu)
		cpu_read16(cpu, in->seg, off);
	take_longer(cpu, in);
}

/* The operand size is the environment's, which esc_live() leaves alone.  */
void esc_general(struct cpu *cpu, const struct cpu_insn *in, uint32_t off, enum form f)
{
	memory(cpu, in, off, W16, f);
}

#define ESC_M(name, w, f) HANDLER(name##_##w##_##f) \
{ \
	cpu->hot.cur = in; \
	memory(cpu, in, insn_ea(cpu, in, f), w, f); \
	return cpu_next(cpu, in); \
}
ESC_M(esc, W16, F_M16)
ESC_M(esc, W16, F_M32)
ESC_M(esc, W32, F_M16)
ESC_M(esc, W32, F_M32)
const struct cpu_handlers h_esc = { {
	[W16] = { esc_R, esc_W16_F_M16, esc_W16_F_M32 },
	[W32] = { esc_R, esc_W32_F_M16, esc_W32_F_M32 } } };

void esc_lower(const struct cpu *cpu, struct cpu_insn *in, enum form f)
{
	cpu_handler *live = esc_live(in->op & 7, in->modrm, f);

	in->imm = (in->op & 7) << 8 | in->modrm;	/* as FSTENV shows it */
	if (live && cpu->model >= CPU_80386)
		in->fn = live;
}

HANDLER(wait_fpu)
{
	cpu->hot.cur = in;
	fpu_wait(cpu);
	return cpu_next(cpu, in);
}
SET_ONE(h_wait, wait_fpu);
