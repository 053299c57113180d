/* expr.c - numbers are hexadecimal, as everywhere in DOS; #10 is decimal.
 * A register's name is its value.  An address is OFFSET, SEGMENT:OFFSET, or
 * @LINEAR.  */

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cpu/probe.h"
#include "debug/monitor.h"

enum kind { R32, R16, R8, SEG, IP, EIP, FLAGS, CR, DR };

static const struct {
	char name[7];
	uint8_t kind, n;
} registers[] = {
	{ "eax", R32, CPU_AX }, { "ecx", R32, CPU_CX }, { "edx", R32, CPU_DX },
	{ "ebx", R32, CPU_BX }, { "esp", R32, CPU_SP }, { "ebp", R32, CPU_BP },
	{ "esi", R32, CPU_SI }, { "edi", R32, CPU_DI },
	{ "ax", R16, CPU_AX }, { "cx", R16, CPU_CX }, { "dx", R16, CPU_DX },
	{ "bx", R16, CPU_BX }, { "sp", R16, CPU_SP }, { "bp", R16, CPU_BP },
	{ "si", R16, CPU_SI }, { "di", R16, CPU_DI },
	{ "al", R8, 0 }, { "cl", R8, 1 }, { "dl", R8, 2 }, { "bl", R8, 3 },
	{ "ah", R8, 4 }, { "ch", R8, 5 }, { "dh", R8, 6 }, { "bh", R8, 7 },
	{ "es", SEG, CPU_ES }, { "cs", SEG, CPU_CS }, { "ss", SEG, CPU_SS },
	{ "ds", SEG, CPU_DS }, { "fs", SEG, CPU_FS }, { "gs", SEG, CPU_GS },
	{ "ip", IP, 0 }, { "eip", EIP, 0 }, { "flags", FLAGS, 0 }, { "eflags", FLAGS, 0 },
	{ "cr0", CR, 0 }, { "cr2", CR, 2 }, { "cr3", CR, 3 }, { "cr4", CR, 4 },
	{ "dr0", DR, 0 }, { "dr1", DR, 1 }, { "dr2", DR, 2 }, { "dr3", DR, 3 },
	{ "dr6", DR, 6 }, { "dr7", DR, 7 },
};

static int find(const char *name, size_t n)
{
	for (unsigned i = 0; i < sizeof registers / sizeof registers[0]; i++)
		if (strlen(registers[i].name) == n && strncasecmp(registers[i].name, name, n) == 0)
			return i;
	return -1;
}

bool expr_register(const struct cpu *cpu, const char *name, size_t size, uint32_t *v)
{
	int i = find(name, size);
	unsigned n;

	if (i < 0)
		return false;
	n = registers[i].n;
	switch (registers[i].kind) {
	case R32:
		*v = cpu->reg[n];
		break;
	case R16:
		*v = cpu_get16(cpu, n);
		break;
	case R8:
		*v = cpu_get8(cpu, n);
		break;
	case SEG:
		*v = cpu->seg[n].sel;
		break;
	case IP:
		*v = cpu->ip & 0xffff;
		break;
	case EIP:
		*v = cpu->ip;
		break;
	case FLAGS:
		*v = cpu->flags;
		break;
	case CR:
		*v = cpu->cr[n];
		break;
	default:
		*v = cpu->dr[n];
		break;
	}
	return true;
}

/* What only the processor itself should change (CR, DR) is not set.  */
bool expr_set_register(struct cpu *cpu, const char *name, size_t size, uint32_t v)
{
	struct cpu_segment s;
	int i = find(name, size);

	if (i < 0)
		return false;
	switch (registers[i].kind) {
	case R32:
		cpu->reg[registers[i].n] = v;
		return true;
	case R16:
		cpu_set16(cpu, registers[i].n, v);
		return true;
	case R8:
		cpu_set8(cpu, registers[i].n, v);
		return true;
	case SEG:
		if (v > 0xffff || !cpu_probe_segment(cpu, v, &s))
			return false;
		if (cpu->cr[0] & CR0_PE && !(cpu->flags & CPU_VM))
			cpu->seg[registers[i].n] = s;
		else
			cpu_load_real(cpu, registers[i].n, v);
		return true;
	case IP:
		cpu->ip = v & 0xffff;
		return true;
	case EIP:
		cpu->ip = v;
		return true;
	case FLAGS:
		cpu->flags = v | 2;
		return true;
	default:
		return false;
	}
}

const char *expr_blank(const char *s)
{
	return s + strspn(s, " \t");
}

static bool term(struct monitor *t, const char **s, uint32_t *v)
{
	const char *at = expr_blank(*s);
	size_t n = 0;
	char *end;

	while (isalnum((unsigned char)at[n]))
		n++;
	*s = at;
	if (*at == '#' && isdigit((unsigned char)at[1])) {
		*v = strtoul(at + 1, &end, 10);
		*s = end;
		return true;
	}
	if (n && expr_register(t->cpu, at, n, v)) {
		*s = at + n;
		return true;
	}
	if (n && strspn(at, "0123456789abcdefABCDEF") >= n && n <= 8) {
		*v = strtoul(at, &end, 16);
		*s = end;
		return true;
	}
	if (n)
		monitor_say(t, "%.*s is neither a hexadecimal number nor a register\n", (int)n, at);
	else
		monitor_say(t, "a number is missing\n");
	return false;
}

bool expr_value(struct monitor *t, const char **s, uint32_t *v)
{
	uint32_t more;

	if (!term(t, s, v))
		return false;
	while (**s == '+' || **s == '-') {
		bool minus = **s == '-';

		++*s;
		if (!term(t, s, &more))
			return false;
		*v = minus ? *v - more : *v + more;
	}
	return true;
}

static bool segment_of(struct monitor *t, const char *at, uint32_t sel, struct cpu_segment *s)
{
	int i = find(at, 2);

	if (i >= 0 && registers[i].kind == SEG) {	/* what it has, not what its selector says */
		*s = t->cpu->seg[registers[i].n];
		return true;
	}
	if (sel <= 0xffff && cpu_probe_segment(t->cpu, sel, s))
		return true;
	monitor_say(t, "%04X is no segment\n", sel);
	return false;
}

bool expr_place(struct monitor *t, const char **s, enum cpu_seg usual, struct place *p)
{
	const char *at = expr_blank(*s);
	struct cpu_segment seg = t->cpu->seg[usual];

	*p = (struct place){ 0 };
	if (*at == '@') {
		p->linear = true;
		*s = at + 1;
		if (!expr_value(t, s, &p->lin))
			return false;
		p->off = p->lin;
		return true;
	}
	if (!expr_value(t, s, &p->off))
		return false;
	if (**s == ':') {
		if (!segment_of(t, at, p->off, &seg))
			return false;
		++*s;
		if (!expr_value(t, s, &p->off))
			return false;
	}
	p->sel = seg.sel;
	p->lin = seg.base + p->off;
	return true;
}

bool expr_condition(struct monitor *t, const char *s, bool *holds)
{
	const char *at = expr_blank(s);
	bool unequal;
	uint32_t a, b;

	if (!expr_value(t, &at, &a))
		return false;
	at = expr_blank(at);
	unequal = at[0] == '!';
	at += unequal;
	if (*at != '=') {
		monitor_say(t, "a condition is REGISTER=VALUE or REGISTER!=VALUE\n");
		return false;
	}
	at += at[1] == '=' ? 2 : 1;
	if (!expr_value(t, &at, &b))
		return false;
	*holds = (a == b) != unequal;
	return true;
}
