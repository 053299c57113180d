/* system.c - control, debug and test registers, descriptor-table registers,
 * interrupt flag, BOUND.  */

#include "cpu/debug.h"
#include "cpu/interp/control.h"
#include "cpu/interp/forms.h"
#include "cpu/interp/interp.h"
#include "cpu/mmu.h"
#include "cpu/v86.h"

/* ---- IF, or VIF where it stands for IF ---- */

static bool forbidden_if(const struct cpu *cpu)
{
	return cpu->cr[0] & CR0_PE && cpu->cpl > cpu_iopl(cpu);
}

HANDLER(cli)
{
	if (likely(!forbidden_if(cpu))) {
		cpu->flags &= ~CPU_IF;
		return cpu_next(cpu, in);
	}
	cpu->hot.cur = in;
	if (!cpu_virtual_if(cpu))
		cpu_raise_code(cpu, EXC_GP, 0);
	cpu->flags &= ~CPU_VIF;
	return cpu_next(cpu, in);
}
SET_ONE(h_cli, cli);

/* If IF was clear, interrupts wait for one more instruction (Intel 286 PRM,
 * STI).  */
HANDLER(sti)
{
	cpu->hot.cur = in;
	if (unlikely(forbidden_if(cpu))) {
		if (!cpu_virtual_if(cpu) || cpu->flags & CPU_VIP)
			cpu_raise_code(cpu, EXC_GP, 0);
		cpu->flags |= CPU_VIF;
		return cpu_next(cpu, in);
	}
	if (cpu->flags & CPU_IF)
		return cpu_next(cpu, in);
	cpu->flags |= CPU_IF;
	if (!cpu_due_interrupt(cpu) && !cpu->hot.stepping && code_shields(in)) {
		cpu->hot.shield = true;
		return cpu_next(cpu, in);
	}
	cpu->shadow = true;
	return cpu_leave_after(cpu, in);
}
SET_ONE(h_sti, sti);

/* ---- CR0 ---- */

void cpu_set_cr0(struct cpu *cpu, uint32_t v)
{
	static const uint32_t writable[] = {
		[CPU_80286] = 0xf, [CPU_80386] = 0x8000000f,
		[CPU_80486] = 0xe005002f, [CPU_PENTIUM] = 0xe005002f,
	};
	uint32_t mask = writable[cpu->model], old = cpu->cr[0];

	cpu->cr[0] = (old & ~mask) | (v & mask);
	if ((old ^ v) & (CR0_PE | CR0_PG | CR0_WP)) {
		cpu_segments_changed(cpu);
		cpu_paging_changed(cpu);
	}
}

/* LMSW cannot leave protected mode.  */
#define LMSW(name, f) HANDLER(name##_##f) \
{ \
	uint32_t v; \
\
	cpu->hot.cur = in; \
	cpu_need_cpl0(cpu); \
	v = rm_get(cpu, in, W16, f); \
	cpu_set_cr0(cpu, (cpu->cr[0] & ~0xeu) | (v & 0xf)); \
	return cpu_leave_after(cpu, in); \
}
LMSW(lmsw, F_R)
LMSW(lmsw, F_M16)
LMSW(lmsw, F_M32)
#define lmsw_ANY { lmsw_F_R, lmsw_F_M16, lmsw_F_M32 }
const struct cpu_handlers h_lmsw = { { lmsw_ANY, lmsw_ANY, lmsw_ANY } };

/* The unused bits of the 80286's MSW are ones.  */
#define SMSW(name, w, f) HANDLER(name##_##w##_##f) \
{ \
	uint32_t v = cpu->model == CPU_80286 ? cpu->cr[0] | 0xfff0 : cpu->cr[0]; \
\
	cpu->hot.cur = in; \
	rm_put(cpu, in, v, f == F_R ? w : W16, f); \
	return cpu_next(cpu, in); \
}
FORMS_WORD(SMSW, smsw)
SET_WORD(smsw);

HANDLER(clts)
{
	cpu->hot.cur = in;
	cpu_need_cpl0(cpu);
	cpu->cr[0] &= ~CR0_TS;
	return cpu_next(cpu, in);
}
SET_ONE(h_clts, clts);

/* ---- GDTR, IDTR ---- */

/* The 80286 stores FFh as the sixth byte.  */
#define SGDT(name, table, w, f) HANDLER(name##_##w##_##f) \
{ \
	uint32_t off = insn_ea(cpu, in, f), base = cpu->table.base; \
\
	if (cpu->model == CPU_80286) \
		base |= 0xff000000; \
	cpu->hot.cur = in; \
	cpu_check_write(cpu, in->seg, off, 6); \
	cpu_write16(cpu, in->seg, off, cpu->table.limit); \
	cpu_write32(cpu, in->seg, off + 2, base); \
	return cpu_next(cpu, in); \
}
#define LGDT(name, table, w, f) HANDLER(name##_##w##_##f) \
{ \
	uint32_t off = insn_ea(cpu, in, f), base; \
	uint16_t limit; \
\
	cpu->hot.cur = in; \
	cpu_need_cpl0(cpu); \
	limit = cpu_read16(cpu, in->seg, off); \
	base = cpu_read32(cpu, in->seg, off + 2); \
	cpu->table.limit = limit; \
	cpu->table.base = w == W16 ? base & 0xffffff : base; \
	return cpu_next(cpu, in); \
}
#define TABLE(M, name, table) \
	M(name, table, W16, F_M16) M(name, table, W16, F_M32) \
	M(name, table, W32, F_M16) M(name, table, W32, F_M32) \
	SET_MEMORY_WORD(name)
TABLE(SGDT, sgdt, gdtr);
TABLE(SGDT, sidt, idtr);
TABLE(LGDT, lgdt, gdtr);
TABLE(LGDT, lidt, idtr);

/* ---- moves to and from CR, DR, TR ---- */

static uint32_t *control_register(struct cpu *cpu, unsigned n)
{
	bool exists = n == 0 || n == 2 || n == 3 || (n == 4 && cpu->model >= CPU_PENTIUM);

	if (!exists)
		cpu_raise(cpu, EXC_UD);
	cpu_need_cpl0(cpu);
	return &cpu->cr[n];
}

HANDLER(mov_rc)
{
	cpu->hot.cur = in;
	cpu->reg[in->a] = *control_register(cpu, in->b);
	return cpu_next(cpu, in);
}
SET_ONE(h_mov_rc, mov_rc);

/* Paging without protection; a cache that is on and does not write through
 * (486 PRM, table 12-1).  */
static bool cr0_contradicts(const struct cpu *cpu, uint32_t v)
{
	return (v & CR0_PG && !(v & CR0_PE)) ||
		(cpu->model >= CPU_80486 && v & CR0_NW && !(v & CR0_CD));
}

HANDLER(mov_cr)
{
	uint32_t *cr, v = cpu->reg[in->a];

	cpu->hot.cur = in;
	cr = control_register(cpu, in->b);
	if (in->b == 0) {
		if (cr0_contradicts(cpu, v))
			cpu_raise_code(cpu, EXC_GP, 0);
		cpu_set_cr0(cpu, v);
	} else if (in->b == 4) {
		cpu_set_cr4(cpu, v);
		cpu_watch_derive(cpu);		/* CR4.DE */
	} else {
		*cr = v;
		cpu_paging_changed(cpu);
	}
	return cpu_leave_after(cpu, in);
}
SET_ONE(h_mov_cr, mov_cr);

HANDLER(mov_rd)
{
	cpu->hot.cur = in;
	cpu_need_cpl0(cpu);
	cpu->reg[in->a] = cpu_debug_read(cpu, in->b);
	return cpu_next(cpu, in);
}
SET_ONE(h_mov_rd, mov_rd);

HANDLER(mov_dr)
{
	cpu->hot.cur = in;
	cpu_need_cpl0(cpu);
	cpu_debug_write(cpu, in->b, cpu->reg[in->a]);
	return cpu_leave_after(cpu, in);
}
SET_ONE(h_mov_dr, mov_dr);

static uint32_t *test_register(struct cpu *cpu, unsigned n)
{
	if (n < (cpu->model >= CPU_80486 ? 3 : 6))
		cpu_raise(cpu, EXC_UD);
	cpu_need_cpl0(cpu);
	return &cpu->tr_test[n];
}

HANDLER(mov_rt)
{
	cpu->hot.cur = in;
	cpu->reg[in->a] = *test_register(cpu, in->b);
	return cpu_next(cpu, in);
}
SET_ONE(h_mov_rt, mov_rt);

HANDLER(mov_tr)
{
	cpu->hot.cur = in;
	*test_register(cpu, in->b) = cpu->reg[in->a];
	return cpu_next(cpu, in);
}
SET_ONE(h_mov_tr, mov_tr);

/* ---- caches ---- */

HANDLER(invd)
{
	cpu->hot.cur = in;
	cpu_need_cpl0(cpu);
	return cpu_next(cpu, in);
}
SET_ONE(h_invd, invd);

#define INVLPG(name, f) HANDLER(name##_##f) \
{ \
	cpu->hot.cur = in; \
	cpu_need_cpl0(cpu); \
	cpu_page_changed(cpu, cpu->seg[in->seg].base + insn_ea(cpu, in, f)); \
	return cpu_leave_after(cpu, in); \
}
INVLPG(invlpg, F_M16)
INVLPG(invlpg, F_M32)
#define invlpg_ANY { NULL, invlpg_F_M16, invlpg_F_M32 }
const struct cpu_handlers h_invlpg = { { invlpg_ANY, invlpg_ANY, invlpg_ANY } };

/* ---- others ---- */

/* Signed bounds; #BR points at the instruction.  */
#define BOUND(name, w, f) HANDLER(name##_##w##_##f) \
{ \
	uint32_t off = insn_ea(cpu, in, f); \
	int64_t v = sign_extend(reg_get(cpu, in->b, w), w), lo, hi; \
\
	cpu->hot.cur = in; \
	lo = sign_extend(cpu_read(cpu, in->seg, off, width_bytes(w)), w); \
	off = insn_part(cpu, off, width_bytes(w), f); \
	hi = sign_extend(cpu_read(cpu, in->seg, off, width_bytes(w)), w); \
	if (v < lo || v > hi) \
		cpu_raise(cpu, EXC_BR); \
	return cpu_next(cpu, in); \
}
BOUND(bound, W16, F_M16)
BOUND(bound, W16, F_M32)
BOUND(bound, W32, F_M16)
BOUND(bound, W32, F_M32)
SET_MEMORY_WORD(bound);
