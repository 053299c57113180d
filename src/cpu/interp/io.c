/* io.c - IN and OUT.  Every one of them is an event point.  */

#include "cpu/interp/io.h"

#include "cpu/interp/forms.h"
#include "cpu/interp/operand.h"

static always_inline const struct cpu_insn *
in_port(struct cpu *cpu, const struct cpu_insn *in, uint16_t port, enum width w)
{
	cpu->hot.cur = in;
	reg_put(cpu, w == W8 ? PLACE_AL : CPU_AX, cpu_in(cpu, port, width_bytes(w)), w);
	return cpu_event_point(cpu, in);
}

static always_inline const struct cpu_insn *
out_port(struct cpu *cpu, const struct cpu_insn *in, uint16_t port, enum width w)
{
	cpu->hot.cur = in;
	cpu_out(cpu, port, reg_get(cpu, w == W8 ? PLACE_AL : CPU_AX, w), width_bytes(w));
	return cpu_event_point(cpu, in);
}

#define PORT(name, w) \
	HANDLER(in_imm_##w) { return in_port(cpu, in, in->imm, w); } \
	HANDLER(out_imm_##w) { return out_port(cpu, in, in->imm, w); } \
	HANDLER(in_dx_##w) { return in_port(cpu, in, reg_get(cpu, CPU_DX, W16), w); } \
	HANDLER(out_dx_##w) { return out_port(cpu, in, reg_get(cpu, CPU_DX, W16), w); }
WIDTHS(PORT, port)
SET_WIDTHS(in_imm);
SET_WIDTHS(out_imm);
SET_WIDTHS(in_dx);
SET_WIDTHS(out_dx);
