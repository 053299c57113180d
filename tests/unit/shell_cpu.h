/* shell_cpu.h - a processor of the few instructions that COMMAND.COM's own
 * code and the tests' programs consist of.  */

#ifndef SHELL_CPU_H
#define SHELL_CPU_H

#include <check.h>

#include "bus/bus.h"
#include "cpu/cpu.h"
#include "guest/guest.h"

void cpu_load_real(struct cpu *c, enum cpu_seg seg, uint16_t sel)
{
	c->seg[seg] = (struct cpu_segment){ .sel = sel, .base = sel * 16u };
}

static inline uint8_t mini_fetch(struct guest *g)
{
	uint8_t v = guest_r8(g, g->cpu->seg[CPU_CS].sel, g->cpu->ip);

	g->cpu->ip = (uint16_t)(g->cpu->ip + 1);
	return v;
}

static inline uint16_t mini_fetch16(struct guest *g)
{
	uint16_t low = mini_fetch(g);

	return low | mini_fetch(g) << 8;
}

static inline void mini_push(struct guest *g, uint16_t v)
{
	uint16_t sp = cpu_get16(g->cpu, CPU_SP) - 2;

	cpu_set16(g->cpu, CPU_SP, sp);
	guest_w16(g, g->cpu->seg[CPU_SS].sel, sp, v);
}

static inline uint16_t mini_pop(struct guest *g)
{
	uint16_t sp = cpu_get16(g->cpu, CPU_SP);

	cpu_set16(g->cpu, CPU_SP, sp + 2);
	return guest_r16(g, g->cpu->seg[CPU_SS].sel, sp);
}

static inline void mini_flag(struct cpu *c, uint32_t flag, bool on)
{
	c->flags = on ? c->flags | flag : c->flags & ~flag;
}

static inline void mini_int(struct guest *g, uint8_t n)
{
	struct far to = guest_rfar(g, 0, n * 4);

	mini_push(g, g->cpu->flags);
	mini_push(g, g->cpu->seg[CPU_CS].sel);
	mini_push(g, g->cpu->ip);
	g->cpu->flags &= ~(uint32_t)CPU_IF;
	cpu_load_real(g->cpu, CPU_CS, to.seg);
	g->cpu->ip = to.off;
}

static inline void mini_jump_far(struct guest *g)
{
	uint16_t off = mini_fetch16(g), seg = mini_fetch16(g);

	cpu_load_real(g->cpu, CPU_CS, seg);
	g->cpu->ip = off;
}

static inline void mini_call_far(struct guest *g)
{
	mini_push(g, g->cpu->seg[CPU_CS].sel);
	mini_push(g, (uint16_t)(g->cpu->ip + 4));
	mini_jump_far(g);
}

/* ret far (CB) and iret (CF).  */
static inline void mini_return(struct guest *g, bool flags)
{
	uint16_t ip = mini_pop(g), cs = mini_pop(g);

	cpu_load_real(g->cpu, CPU_CS, cs);
	g->cpu->ip = ip;
	if (flags)
		g->cpu->flags = mini_pop(g);
}

static inline void mini_modrm(struct guest *g, uint8_t op)
{
	struct cpu *c = g->cpu;
	uint8_t m = mini_fetch(g);
	unsigned r = m >> 3 & 7, rm = m & 7;

	ck_assert_uint_eq(m >> 6, 3);
	if (op == 0x8c)
		cpu_set16(c, rm, c->seg[r].sel);
	else if (op == 0x8e)
		cpu_load_real(c, r, cpu_get16(c, rm));
	else
		mini_flag(c, CPU_ZF, cpu_get16(c, rm) == cpu_get16(c, r));
}

static inline void mini_jump(struct guest *g, bool taken)
{
	int8_t d = mini_fetch(g);

	if (taken)
		g->cpu->ip = (uint16_t)(g->cpu->ip + d);
}

/* One instruction; a HLT in the gates' page is served.  False: the guest
 * waits.  */
static inline bool mini_step(struct guest *g)
{
	struct cpu *c = g->cpu;
	uint16_t at = c->ip, disp;
	uint8_t op;

	if (c->seg[CPU_CS].sel == GUEST_ROM_SEG && at >= GUEST_GATE_OFF) {
		c->ip++;
		return guest_serve(g);
	}
	op = mini_fetch(g);
	switch (op) {
	case 0x0e:
		mini_push(g, c->seg[CPU_CS].sel);
		break;
	case 0x1f:
		cpu_load_real(c, CPU_DS, mini_pop(g));
		break;
	case 0x2e:			/* mov byte [cs:disp], imm */
		ck_assert_uint_eq(mini_fetch16(g), 0x06c6);
		disp = mini_fetch16(g);
		guest_w8(g, c->seg[CPU_CS].sel, disp, mini_fetch(g));
		break;
	case 0x39: case 0x8c: case 0x8e:
		mini_modrm(g, op);
		break;
	case 0x50: case 0x53:
		mini_push(g, cpu_get16(c, op & 7));
		break;
	case 0x58: case 0x5b:
		cpu_set16(c, op & 7, mini_pop(g));
		break;
	case 0x73:
		mini_jump(g, !(c->flags & CPU_CF));
		break;
	case 0x74:
		mini_jump(g, c->flags & CPU_ZF);
		break;
	case 0x9a:
		mini_call_far(g);
		break;
	case 0xb0: case 0xb1: case 0xb2: case 0xb3: case 0xb4: case 0xb5: case 0xb6: case 0xb7:
		cpu_set8(c, op & 7, mini_fetch(g));
		break;
	case 0xb8: case 0xb9: case 0xba: case 0xbb: case 0xbc: case 0xbd: case 0xbe: case 0xbf:
		cpu_set16(c, op & 7, mini_fetch16(g));
		break;
	case 0xc3:
		c->ip = mini_pop(g);
		break;
	case 0xcb: case 0xcf:
		mini_return(g, op == 0xcf);
		break;
	case 0xcd:
		mini_int(g, mini_fetch(g));
		break;
	case 0xe9:
		disp = mini_fetch16(g);
		c->ip = (uint16_t)(c->ip + disp);
		break;
	case 0xea:
		mini_jump_far(g);
		break;
	case 0xeb:
		mini_jump(g, true);
		break;
	case 0xf9:
		mini_flag(c, CPU_CF, true);
		break;
	case 0xfa: case 0xfb:
		mini_flag(c, CPU_IF, op == 0xfb);
		break;
	case 0xfc:
		break;
	default:
		ck_abort_msg("opcode %02X at %04X:%04X", op, c->seg[CPU_CS].sel, at);
	}
	return true;
}

#endif
