/* step.c - decoding one instruction that the cache cannot hold: across pages, at a
 * segment's end, in a chip's memory, or for a single step.  */

#include "cpu/access.h"
#include "cpu/interp/interp.h"
#include "cpu/mmu.h"

/* The bytes at cpu->ip, as far as they can be fetched without looking into
 * the next page; *more: it may have to be looked into.  Past the end of the
 * segment the 8086 goes on at its beginning.  */
static unsigned fetch_bytes(struct cpu *cpu, uint8_t *code, unsigned n, unsigned end, bool *more)
{
	uint32_t base = cpu->seg[CPU_CS].base, ip = cpu->ip + n;
	bool user = cpu->cpl == 3;

	for (*more = false; n < CPU_INSN_MAX; n++, ip++) {
		if (cpu->model < CPU_80286)
			ip &= 0xffff;
		else if (ip > cpu->hot.code_limit || ip < cpu->ip)
			break;
		*more = n >= end;
		if (*more)
			break;
		code[n] = cpu_fetch_linear(cpu, base + ip, user);
	}
	return n;
}

/* Parse what is at cpu->ip.  A page that is only read ahead raises nothing.  */
static bool parse_here(struct cpu *cpu, struct cpu_parse *p)
{
	uint32_t lin = cpu->seg[CPU_CS].base + cpu->ip;
	unsigned left = 0x1000 - (lin & 0xfff), n;
	bool big = cpu->seg[CPU_CS].attr & ATTR_B && cpu->model >= CPU_80386, more;
	uint8_t code[CPU_INSN_MAX];

	n = fetch_bytes(cpu, code, 0, left, &more);
	if (cpu_parse(p, code, n, cpu->model, big))
		return true;
	if (more)
		n = fetch_bytes(cpu, code, n, CPU_INSN_MAX, &more);
	return cpu_parse(p, code, n, cpu->model, big);
}

/* Into the scratch slots, so that it looks like a page of one instruction.  */
void code_step(struct interp *it)
{
	struct cpu *cpu = it->cpu;
	struct cpu_insn *s = it->scratch;
	struct cpu_parse p;

	cpu->hot.cur = s;
	s[0] = (struct cpu_insn){ .fn = h_too_long };
	cpu->hot.view = &it->nowhere;
	cpu->hot.ip_base = cpu->ip;
	cpu->hot.bias = cpu->hot.pos - (uintptr_t)s;
	if (parse_here(cpu, &p))
		code_lower(cpu, &p, s);
	s[1] = (struct cpu_insn){ .fn = h_step_done, .off = s[0].len };
}
