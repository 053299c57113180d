/* io.c - IN and OUT.  Every one of them is an event point.  */

#include "cpu/interp/io.h"

#include "cpu/descriptor.h"
#include "cpu/interp/forms.h"
#include "cpu/interp/operand.h"

#define TSS_IO_MAP	0x66u

/* The map may be cut off anywhere: what is behind the limit is forbidden.  The
 * processor reads two bytes always (Intel 386 PRM 8.3.2).  */
void cpu_check_io_map(struct cpu *cpu, uint16_t port, unsigned size)
{
	uint32_t at, bits, mask = (1u << size) - 1;

	if ((cpu->tr.attr & (ATTR_P | SYS_386)) == (ATTR_P | SYS_386) &&
	    cpu->tr.limit >= TSS_IO_MAP + 1) {
		at = cpu_read_linear(cpu, cpu->tr.base + TSS_IO_MAP, 2) + port / 8;
		if (at + 1 <= cpu->tr.limit) {
			bits = cpu_read_linear(cpu, cpu->tr.base + at, 2);
			if (!(bits >> port % 8 & mask))
				return;
		}
	}
	cpu_raise_code(cpu, EXC_GP, 0);
}

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
