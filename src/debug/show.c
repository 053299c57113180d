/* show.c - registers, memory, code and stack as text.  */

#include <ctype.h>
#include <string.h>

#include "cpu/disasm.h"
#include "base/le.h"
#include "cpu/parse.h"
#include "cpu/probe.h"
#include "debug/monitor.h"

#define FRAMES_MAX	24
#define FRAME_EXTRA	4u
#define SHOWN_MAX	0x10000u

/* ---- registers ---- */

/* As DEBUG.COM shows them.  */
static void say_flags(struct monitor *t)
{
	static const struct { uint32_t bit; const char *on, *off; } flag[] = {
		{ CPU_OF, "OV", "NV" }, { CPU_DF, "DN", "UP" }, { CPU_IF, "EI", "DI" },
		{ CPU_SF, "NG", "PL" }, { CPU_ZF, "ZR", "NZ" }, { CPU_AF, "AC", "NA" },
		{ CPU_PF, "PE", "PO" }, { CPU_CF, "CY", "NC" },
	};

	for (unsigned i = 0; i < sizeof flag / sizeof flag[0]; i++)
		monitor_say(t, " %s", t->cpu->flags & flag[i].bit ? flag[i].on : flag[i].off);
	if (t->cpu->flags & CPU_TF)
		monitor_say(t, " TF");
}

static bool is_wide(const struct cpu *c)
{
	uint32_t high = c->ip;

	if (c->model < CPU_80386)
		return false;
	for (unsigned i = 0; i < 8; i++)
		high |= c->reg[i];
	return c->cr[0] & CR0_PE || high >> 16;
}

void show_registers(struct monitor *t)
{
	static const char name[8][3] = { "AX", "CX", "DX", "BX", "SP", "BP", "SI", "DI" };
	static const uint8_t order[8] = { CPU_AX, CPU_BX, CPU_CX, CPU_DX, CPU_SP, CPU_BP,
					  CPU_SI, CPU_DI };
	const struct cpu *c = t->cpu;
	bool wide = is_wide(c);

	for (unsigned i = 0; i < 8; i++)
		monitor_say(t, wide ? "E%s=%08X%s" : "%s=%04X%s", name[order[i]],
			    wide ? c->reg[order[i]] : cpu_get16(c, order[i]),
			    i == 7 || (wide && i == 3) ? "\n" : " ");
	monitor_say(t, "DS=%04X ES=%04X SS=%04X CS=%04X", c->seg[CPU_DS].sel, c->seg[CPU_ES].sel,
		    c->seg[CPU_SS].sel, c->seg[CPU_CS].sel);
	if (c->model >= CPU_80386)
		monitor_say(t, " FS=%04X GS=%04X", c->seg[CPU_FS].sel, c->seg[CPU_GS].sel);
	monitor_say(t, wide ? " EIP=%08X " : " IP=%04X ", wide ? c->ip : c->ip & 0xffff);
	say_flags(t);
	monitor_say(t, "\n");
}

static void say_segment(struct monitor *t, const char *name, const struct cpu_segment *s)
{
	monitor_say(t, "%-4s %04X base %08X limit %08X attributes %04X\n", name, s->sel, s->base,
		    s->limit, s->attr);
}

void show_system(struct monitor *t)
{
	static const char name[6][3] = { "ES", "CS", "SS", "DS", "FS", "GS" };
	const struct cpu *c = t->cpu;

	for (unsigned i = 0; i < (c->model >= CPU_80386 ? 6u : 4u); i++)
		say_segment(t, name[i], &c->seg[i]);
	if (c->model < CPU_80286)
		return;
	say_segment(t, "LDTR", &c->ldtr);
	say_segment(t, "TR", &c->tr);
	monitor_say(t, "GDTR      base %08X limit %04X\nIDTR      base %08X limit %04X\n",
		    c->gdtr.base, c->gdtr.limit, c->idtr.base, c->idtr.limit);
	monitor_say(t, "CR0=%08X CR2=%08X CR3=%08X CR4=%08X CPL=%u EFLAGS=%08X\n", c->cr[0],
		    c->cr[2], c->cr[3], c->cr[4], c->cpl, c->flags);
	monitor_say(t, "DR0=%08X DR1=%08X DR2=%08X DR3=%08X DR6=%08X DR7=%08X\n", c->dr[0],
		    c->dr[1], c->dr[2], c->dr[3], c->dr[6], c->dr[7]);
}

void show_fpu(struct monitor *t)
{
	const struct fpu *f = &t->cpu->fpu;
	unsigned top = f->status >> 11 & 7;

	for (unsigned i = 0; i < 8; i++) {
		unsigned n = (top + i) & 7;
		bool empty = (f->tag >> 2 * n & 3) == 3;

		monitor_say(t, "ST%u %04X %016llX%s\n", i, f->st[n].sexp,
			    (unsigned long long)f->st[n].mant, empty ? " empty" : "");
	}
	monitor_say(t, "control %04X status %04X tag %04X\n", f->control, f->status, f->tag);
}

/* ---- memory ---- */

static void say_line(struct monitor *t, const struct place *p, uint32_t at, unsigned n)
{
	uint8_t b[16];
	size_t have = cpu_peek(t->cpu, p->lin + at, b, n);

	if (p->linear)
		monitor_say(t, "@%08X ", p->lin + at);
	else
		monitor_say(t, "%04X:%04X ", p->sel, p->off + at);
	for (unsigned i = 0; i < 16; i++) {
		if (i < have)
			monitor_say(t, "%c%02X", i == 8 ? '-' : ' ', b[i]);
		else
			monitor_say(t, "%s", i < n ? " ??" : "   ");
	}
	monitor_say(t, "  ");
	for (unsigned i = 0; i < have; i++)
		monitor_say(t, "%c", b[i] >= ' ' && b[i] < 0x7f ? b[i] : '.');
	monitor_say(t, "\n");
}

void show_memory(struct monitor *t, const struct place *p, uint32_t n)
{
	if (n > SHOWN_MAX)
		n = SHOWN_MAX;
	for (uint32_t at = 0; at < n; at += 16)
		say_line(t, p, at, n - at < 16 ? n - at : 16);
}

/* ---- code ---- */

static size_t fetch(const struct cpu *c, uint32_t lin, uint8_t code[CPU_INSN_MAX])
{
	return cpu_peek(c, lin, code, CPU_INSN_MAX);
}

size_t show_next(const struct monitor *t, char *buf, size_t size)
{
	return cpu_disasm_next(t->cpu, buf, size);
}

uint32_t show_code(struct monitor *t, const struct place *p, unsigned lines)
{
	const struct cpu *c = t->cpu;
	uint32_t here = c->seg[CPU_CS].base + c->ip, at = 0;
	uint8_t code[CPU_INSN_MAX];
	char text[80];

	while (lines--) {
		uint32_t lin = p->lin + at;
		size_t n = fetch(c, lin, code);
		size_t len = cpu_disasm(c->model, cpu_code_big(c), code, n, p->off + at, text,
					sizeof text);

		monitor_say(t, "%c%c", lin == here ? '>' : ' ', point_at(t, lin) ? '*' : ' ');
		if (p->linear)
			monitor_say(t, "@%08X ", lin);
		else
			monitor_say(t, "%04X:%04X ", p->sel, p->off + at);
		if (!len) {
			monitor_say(t, "??\n");
			break;
		}
		for (size_t i = 0; i < len; i++)
			monitor_say(t, "%02X", code[i]);
		monitor_say(t, "%*s%s\n", len < 8 ? (int)(18 - 2 * len) : 2, "", text);
		at += len;
	}
	return p->off + at;
}

void show_where(struct monitor *t)
{
	const struct cpu *c = t->cpu;
	struct place p = { c->seg[CPU_CS].sel, c->ip, c->seg[CPU_CS].base + c->ip, false };

	show_code(t, &p, 1);
}

/* ---- the way back ---- */

static uint32_t stack_word(const struct cpu *c, uint32_t at, unsigned size)
{
	uint8_t b[4] = { 0 };

	cpu_peek(c, c->seg[CPU_SS].base + at, b, size);
	return le_get32(b);
}

/* Is what stands before this address a call that could have come back here?  */
static bool after_call(const struct monitor *t, uint32_t base, uint32_t ip, bool far)
{
	uint8_t code[7], *end = code + sizeof code;

	if (ip < 7 || cpu_peek(t->cpu, base + ip - 7, code, 7) < 7)
		return false;
	if (far && (end[-5] == 0x9a || end[-7] == 0x9a || end[-2] == 0xcd))
		return true;
	if (!far && (end[-3] == 0xe8 || end[-5] == 0xe8))
		return true;
	for (unsigned n = 2; n <= 7; n++)	/* FF /2 and FF /3 */
		if (end[-(int)n] == 0xff && (end[1 - (int)n] >> 3 & 7) == (far ? 3u : 2u))
			return true;
	return false;
}

static void say_frame(struct monitor *t, unsigned n, uint32_t bp, uint16_t sel, uint32_t ip)
{
	monitor_say(t, "#%-2u BP=%04X returns to %04X:%04X\n", n, bp, sel, ip);
}

/* Where a call could have come from that has left its address at `at' on the
 * stack or a little above: some compilers push more below BP's frame.  */
static bool find_return(const struct monitor *t, uint32_t at, unsigned size,
			struct cpu_segment *code, uint32_t *ip)
{
	struct cpu_segment far;

	for (unsigned k = 0; k < FRAME_EXTRA; k++, at += size) {
		uint16_t sel = stack_word(t->cpu, at + size, 2);

		*ip = stack_word(t->cpu, at, size);
		if (after_call(t, code->base, *ip, false))
			return true;
		if (cpu_probe_segment(t->cpu, sel, &far) && after_call(t, far.base, *ip, true)) {
			*code = far;
			return true;
		}
	}
	return false;
}

/* The chain of BP, as far as it looks like one.  */
void show_stack(struct monitor *t)
{
	const struct cpu *c = t->cpu;
	bool big = cpu_code_big(c);
	unsigned size = big ? 4 : 2;
	uint32_t bp = big ? c->reg[CPU_BP] : cpu_get16(c, CPU_BP);
	uint32_t sp = c->seg[CPU_SS].attr & ATTR_B ? c->reg[CPU_SP] : cpu_get16(c, CPU_SP);
	struct cpu_segment code = c->seg[CPU_CS];
	uint32_t ip;
	unsigned n;

	monitor_say(t, "#0  %04X:%04X\n", code.sel, c->ip);
	for (n = 1; n <= FRAMES_MAX && bp >= sp; n++) {
		if (!find_return(t, bp + size, size, &code, &ip))
			break;
		say_frame(t, n, bp, code.sel, ip);
		sp = bp + size;
		bp = stack_word(c, bp, size);
	}
	if (n == 1)
		monitor_say(t, "    BP leads to no caller; the stack:");
	for (unsigned i = 0; n == 1 && i < 8; i++)
		monitor_say(t, " %0*X", 2 * (int)size, stack_word(c, sp + i * size, size));
	if (n == 1)
		monitor_say(t, "\n");
}

/* Services that have begun and are not done, the newest first.  */
void show_services(struct monitor *t)
{
	const struct guest *g = machine_guest(t->machine);

	for (unsigned i = g->depth; i-- > 0;) {
		const struct guest_frame *f = &g->frame[i];
		uint16_t ip = guest_r16(g, f->home_ss, f->home_sp);
		uint16_t cs = guest_r16(g, f->home_ss, f->home_sp + 2);

		if (f->gate <= GATE_INT_LAST)
			monitor_say(t, "INT %02X AX=%04X %s", f->gate,
				    f->caller.reg[CPU_AX] & 0xffff,
				    machine_service(t->machine, f->gate, f->caller.reg[CPU_AX]));
		else
			monitor_say(t, f->gate == GATE_SHELL ? "COMMAND.COM" : "gate %02X", f->gate);
		monitor_say(t, ", from %04X:%04X\n", cs, ip);
	}
}
