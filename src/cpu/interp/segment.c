/* segment.c - MOV to and from segment registers, LDS and its kin.  */

#include "cpu/interp/forms.h"
#include "cpu/interp/control.h"
#include "cpu/interp/operand.h"
#include "cpu/mmu.h"

/* ---- MOV ---- */

/* To a 32-bit register the selector is extended with zeros; memory gets 16
 * bits always.  */
#define MOV_ES(name, w, f) HANDLER(name##_##w##_##f) \
{ \
	cpu->hot.cur = in; \
	rm_put(cpu, in, cpu->seg[in->b].sel, f == F_R ? w : W16, f); \
	return cpu_next(cpu, in); \
}
FORMS_WORD(MOV_ES, mov_es)
SET_WORD(mov_es);

static const struct cpu_insn *loaded(struct cpu *cpu, const struct cpu_insn *in)
{
	return in->b == CPU_SS ? cpu_after_ss(cpu, in) : cpu_next(cpu, in);
}

#define MOV_SE(name, f) HANDLER(name##_##f) \
{ \
	cpu->hot.cur = in; \
	cpu_load_segment(cpu, in->b, rm_get(cpu, in, W16, f)); \
	return loaded(cpu, in); \
}
MOV_SE(mov_se, F_R)
MOV_SE(mov_se, F_M16)
MOV_SE(mov_se, F_M32)
const struct cpu_handlers h_mov_se = { {
	[W16] = { mov_se_F_R, mov_se_F_M16, mov_se_F_M32 },
	[W32] = { mov_se_F_R, mov_se_F_M16, mov_se_F_M32 } } };

/* The 8086 even loads CS, and goes on there.  */
#define MOV_SE_8086(name, f) HANDLER(name##_##f) \
{ \
	uint16_t ip = insn_next_ip(cpu, in); \
\
	cpu->hot.cur = in; \
	cpu_load_real(cpu, in->b, rm_get(cpu, in, W16, f)); \
	if (cpu->hot.stepping && in->b == CPU_SS) \
		cpu->hot.no_trap = cpu->shadow = true; \
	return cpu_jump_slow(cpu, in, ip); \
}
MOV_SE_8086(mov_se_8086, F_R)
MOV_SE_8086(mov_se_8086, F_M16)
const struct cpu_handlers h_mov_se_8086 = {
	{ [W16] = { mov_se_8086_F_R, mov_se_8086_F_M16, NULL } } };

/* ---- LDS, LES, LSS, LFS, LGS ---- */

static always_inline const struct cpu_insn *
load_far(struct cpu *cpu, const struct cpu_insn *in, unsigned seg, enum width w, enum form f)
{
	uint32_t off = insn_ea(cpu, in, f), v;
	uint16_t sel;

	cpu->hot.cur = in;
	v = cpu_read(cpu, in->seg, off, width_bytes(w));
	sel = cpu_read16(cpu, in->seg, insn_part(cpu, off, width_bytes(w), f));
	cpu_load_segment(cpu, seg, sel);
	reg_put(cpu, in->b, v, w);
	return cpu_next(cpu, in);
}

#define LOAD_FAR_FORM(name, seg, w, f) HANDLER(name##_##w##_##f) \
	{ return load_far(cpu, in, seg, w, f); }
#define LOAD_FAR(name, seg) \
	LOAD_FAR_FORM(name, seg, W16, F_M16) LOAD_FAR_FORM(name, seg, W16, F_M32) \
	LOAD_FAR_FORM(name, seg, W32, F_M16) LOAD_FAR_FORM(name, seg, W32, F_M32) \
	SET_MEMORY_WORD(name)
LOAD_FAR(les, CPU_ES);
LOAD_FAR(lds, CPU_DS);
LOAD_FAR(lss, CPU_SS);
LOAD_FAR(lfs, CPU_FS);
LOAD_FAR(lgs, CPU_GS);

/* With a register operand the 8086 reads at whatever address it computed
 * last: unpredictable, so nothing.  */
HANDLER(load_far_register)
{
	return cpu_next(cpu, in);
}
const struct cpu_handlers h_les_8086 = {
	{ [W16] = { load_far_register, les_W16_F_M16, NULL } } };
const struct cpu_handlers h_lds_8086 = {
	{ [W16] = { load_far_register, lds_W16_F_M16, NULL } } };
