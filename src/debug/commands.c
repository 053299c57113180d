/* commands.c - the table of commands.  The manual's list is made from it.  */

#include "debug/commands.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cpu/probe.h"
#include "debug/monitor.h"
#include "machine/machine.h"

#define BYTES_MAX	64u

static bool at_end(struct monitor *t, const char *s)
{
	s = expr_blank(s);
	if (*s)
		monitor_say(t, "what is \"%s\"?\n", s);
	return !*s;
}

static bool optional_value(struct monitor *t, const char **s, uint32_t *v)
{
	return !*expr_blank(*s) || expr_value(t, s, v);
}

static bool is_over(struct monitor *t)
{
	if (machine_stopped(t->machine)->why != STOPPED_CRASH)
		return false;
	monitor_say(t, "the program is dead; quit\n");
	return true;
}

/* ---- looking ---- */

static void do_registers(struct monitor *t, const char *s)
{
	size_t n;
	uint32_t v;

	s = expr_blank(s);
	n = strcspn(s, " \t=");
	if (!n) {
		show_registers(t);
		show_where(t);
	} else if (n == 3 && strncasecmp(s, "all", 3) == 0) {
		show_registers(t);
		show_system(t);
	} else if (n == 3 && strncasecmp(s, "fpu", 3) == 0) {
		show_fpu(t);
	} else if (!expr_register(t->cpu, s, n, &v)) {
		monitor_say(t, "%.*s is no register\n", (int)n, s);
	} else {
		const char *value = s + n + strspn(s + n, " \t=");

		if (!*value)
			monitor_say(t, "%.*s=%X\n", (int)n, s, v);
		else if (expr_value(t, &value, &v) && at_end(t, value) &&
			 !expr_set_register(t->cpu, s, n, v))
			monitor_say(t, "it cannot be set to that\n");
		t->code_known = false;
	}
}

static void do_dump(struct monitor *t, const char *s)
{
	struct place p;
	uint32_t n = 128;

	if (*expr_blank(s)) {
		if (!expr_place(t, &s, CPU_DS, &t->dump) || !optional_value(t, &s, &n) ||
		    !at_end(t, s))
			return;
	} else if (!t->dump_known) {
		t->dump = (struct place){ t->cpu->seg[CPU_DS].sel, 0, t->cpu->seg[CPU_DS].base, false };
	}
	p = t->dump;
	show_memory(t, &p, n);
	t->dump.off += n;
	t->dump.lin += n;
	t->dump_known = true;
}

static void do_code(struct monitor *t, const char *s)
{
	const struct cpu_segment *cs = &t->cpu->seg[CPU_CS];
	uint32_t n = 8, behind;

	if (*expr_blank(s)) {
		if (!expr_place(t, &s, CPU_CS, &t->code) || !optional_value(t, &s, &n) ||
		    !at_end(t, s))
			return;
	} else if (!t->code_known) {
		t->code = (struct place){ cs->sel, t->cpu->ip, cs->base + t->cpu->ip, false };
	}
	behind = show_code(t, &t->code, n > 1000 ? 1000 : n);
	t->code.lin += behind - t->code.off;
	t->code.off = behind;
	t->code_known = true;
}

/* Bytes in hexadecimal, texts in quotes.  */
static bool take_bytes(struct monitor *t, const char *s, uint8_t *b, size_t *n)
{
	for (*n = 0; *(s = expr_blank(s));) {
		uint32_t v;

		if (*s == '"' || *s == '\'') {
			char quote = *s++;

			while (*s && *s != quote && *n < BYTES_MAX)
				b[(*n)++] = *s++;
			s += *s == quote;
		} else if (!expr_value(t, &s, &v)) {
			return false;
		} else if (*n < BYTES_MAX) {
			b[(*n)++] = v;
		}
		s += *s == ',';
	}
	if (!*n)
		monitor_say(t, "bytes are missing\n");
	return *n > 0;
}

static void do_enter(struct monitor *t, const char *s)
{
	uint8_t b[BYTES_MAX];
	struct place p;
	size_t n;

	if (expr_place(t, &s, CPU_DS, &p) && take_bytes(t, s, b, &n) &&
	    cpu_poke(t->cpu, p.lin, b, n) < n)
		monitor_say(t, "there is no memory that can be written\n");
}

static void do_search(struct monitor *t, const char *s)
{
	uint8_t want[BYTES_MAX], got[BYTES_MAX];
	struct place p;
	uint32_t size;
	unsigned found = 0;
	size_t n;

	if (!expr_place(t, &s, CPU_DS, &p) || !expr_value(t, &s, &size) ||
	    !take_bytes(t, s, want, &n))
		return;
	for (uint32_t i = 0; i + n <= size && found < 64; i++)
		if (cpu_peek(t->cpu, p.lin + i, got, n) == n && memcmp(got, want, n) == 0) {
			found++;
			if (p.linear)
				monitor_say(t, "@%08X\n", p.lin + i);
			else
				monitor_say(t, "%04X:%04X\n", p.sel, p.off + i);
		}
	if (!found)
		monitor_say(t, "not there\n");
}

static void do_backtrace(struct monitor *t, const char *s)
{
	if (!at_end(t, s))
		return;
	show_services(t);
	show_stack(t);
}

static void do_vectors(struct monitor *t, const char *s)
{
	show_vectors(t, strncasecmp(expr_blank(s), "all", 3) == 0);
}

static void do_psp(struct monitor *t, const char *s)
{
	uint32_t psp = machine_psp(t->machine);

	if (optional_value(t, &s, &psp) && at_end(t, s))
		show_psp(t, psp);
}

static void do_blocks(struct monitor *t, const char *s)
{
	if (at_end(t, s))
		show_blocks(t);
}

/* ---- points ---- */

/* "if CONDITION", checked now so that it need not be later.  */
static bool take_condition(struct monitor *t, const char *s, struct point *p)
{
	bool holds;
	size_t n;

	s = expr_blank(s);
	if (strncasecmp(s, "if ", 3) == 0)
		s = expr_blank(s + 3);
	if (!*s)
		return true;
	n = strlen(s);
	if (n >= sizeof p->condition) {
		monitor_say(t, "the condition is too long\n");
		return false;
	}
	memcpy(p->condition, s, n + 1);
	return expr_condition(t, p->condition, &holds);
}

static void do_break(struct monitor *t, const char *s)
{
	const struct cpu_segment *cs = &t->cpu->seg[CPU_CS];
	struct place at = { cs->sel, t->cpu->ip, cs->base + t->cpu->ip, false };
	struct point p = { .kind = POINT_CODE, .watch = WATCH_EXEC, .len = 1 };

	if (*expr_blank(s) && !expr_place(t, &s, CPU_CS, &at))
		return;
	p.sel = at.linear ? at.lin >> 4 : at.sel;
	p.off = at.linear ? at.lin & 15 : at.off;
	p.at = at.lin;
	if (take_condition(t, s, &p))
		point_add(t, &p);
}

static void do_int(struct monitor *t, const char *s)
{
	struct point p = { .kind = POINT_INT };
	uint32_t v;

	if (!expr_value(t, &s, &v))
		return;
	if (v > 0xff) {
		monitor_say(t, "interrupts are 0 to FF\n");
		return;
	}
	p.vector = v;
	if (take_condition(t, s, &p))
		point_add(t, &p);
}

static void do_port(struct monitor *t, const char *s)
{
	struct point p = { .kind = POINT_PORT, .watch = WATCH_PORT, .len = 1 };

	if (!expr_value(t, &s, &p.at))
		return;
	s = expr_blank(s);
	if (isxdigit((unsigned char)*s) && !expr_value(t, &s, &p.len))
		return;
	if (p.at > 0xffff || !p.len || p.len > 0x10000 - p.at)
		monitor_say(t, "ports are 0 to FFFF\n");
	else if (take_condition(t, s, &p))
		point_add(t, &p);
}

static void do_watch(struct monitor *t, const char *s)
{
	struct point p = { .kind = POINT_DATA, .watch = WATCH_WRITE, .len = 1 };
	struct place at;

	if (!expr_place(t, &s, CPU_DS, &at))
		return;
	s = expr_blank(s);
	if (isdigit((unsigned char)*s) && !expr_value(t, &s, &p.len))
		return;
	s = expr_blank(s);
	if ((*s == 'r' || *s == 'w' || *s == 'a') && (!s[1] || s[1] == ' '))
		p.watch = *s == 'r' ? WATCH_READ : *s == 'w' ? WATCH_WRITE : WATCH_ACCESS, s++;
	p.sel = at.linear ? at.lin >> 4 : at.sel;
	p.off = at.linear ? at.lin & 15 : at.off;
	p.at = at.lin;
	if (!p.len)
		monitor_say(t, "no bytes\n");
	else if (take_condition(t, s, &p))
		point_add(t, &p);
}

static void do_points(struct monitor *t, const char *s)
{
	if (at_end(t, s))
		point_list(t);
}

static void do_delete(struct monitor *t, const char *s)
{
	char *end;
	unsigned long n;

	s = expr_blank(s);
	if (*s == '*' || !*s) {
		for (unsigned i = 1; i <= MONITOR_POINTS; i++)
			point_delete(t, i);
		monitor_say(t, "there are none now\n");
		return;
	}
	n = strtoul(s, &end, 10);
	if (at_end(t, end) && !point_delete(t, n))
		monitor_say(t, "there is no %lu\n", n);
}

/* ---- going on ---- */

static void go_many(struct monitor *t, const char *s, enum plan plan)
{
	uint32_t n = 1;

	if (!is_over(t) && optional_value(t, &s, &n) && at_end(t, s) && n)
		monitor_go(t, plan, n);
}

static void do_step(struct monitor *t, const char *s)
{
	go_many(t, s, PLAN_STEP);
}

static void do_next(struct monitor *t, const char *s)
{
	go_many(t, s, PLAN_OVER);
}

static void do_return(struct monitor *t, const char *s)
{
	if (!is_over(t) && at_end(t, s))
		monitor_go(t, PLAN_RETURN, 1);
}

static void do_go(struct monitor *t, const char *s)
{
	struct place p;

	if (is_over(t))
		return;
	if (*expr_blank(s)) {
		if (!expr_place(t, &s, CPU_CS, &p) || !at_end(t, s))
			return;
		monitor_until(t, p.lin);
		return;
	}
	monitor_go(t, PLAN_GO, 1);
}

static void do_detach(struct monitor *t, const char *s)
{
	if (at_end(t, s) && !is_over(t))
		monitor_detach(t);
}

static void do_quit(struct monitor *t, const char *s)
{
	(void)s;
	t->killed = true;
}

static void do_help(struct monitor *t, const char *s);

const struct command command_table[] = {
	{ "help", "?", "[COMMAND]", "Explain a command, or list all.", do_help, false },
	{ "registers", "r", "[all | fpu | REGISTER [VALUE]]",
	  "Show the registers, all of them, or the FPU's; or change one.", do_registers, false },
	{ "dump", "d", "[ADDRESS [LENGTH]]", "Show memory; without an address, go on.", do_dump, false },
	{ "enter", "e", "ADDRESS BYTE|\"TEXT\"...", "Change memory.", do_enter, false },
	{ "search", "/", "ADDRESS LENGTH BYTE|\"TEXT\"...", "Look for bytes.", do_search, false },
	{ "unassemble", "u", "[ADDRESS [LINES]]",
	  "Show instructions; without an address, from where the program stands, then go on. "
	  "> marks the next instruction, * a breakpoint.", do_code, false },
	{ "break", "b", "[ADDRESS] [if CONDITION]",
	  "Stop before the instruction at this address.", do_break, false },
	{ "interrupt", "bi", "NUMBER [if CONDITION]",
	  "Stop before this interrupt or exception, in the handler if hardware caused it: "
	  "interrupt 21 if ah=3d.", do_int, false },
	{ "port", "bp", "PORT [COUNT] [if CONDITION]",
	  "Stop behind IN and OUT of these ports.", do_port, false },
	{ "watch", "w", "ADDRESS [LENGTH] [r|w|a] [if CONDITION]",
	  "Stop behind an instruction that reads (r), writes (w, taken for granted) or touches "
	  "(a) these bytes, or a service of DOS or the BIOS that has changed them.", do_watch, false },
	{ "points", "l", "", "List what break, interrupt, port and watch have set.", do_points, false },
	{ "delete", "x", "[NUMBER | *]", "Remove one of these, or all.", do_delete, false },
	{ "step", "s", "[COUNT]",
	  "Do one instruction, into calls and interrupts; of a REP, one repetition.", do_step, true },
	{ "next", "n", "[COUNT]",
	  "Do one instruction, calls, interrupts, loops and repetitions as a whole.", do_next, true },
	{ "finish", "f", "", "Go on until this subroutine or handler returns.", do_return, true },
	{ "go", "g", "[ADDRESS]", "Go on; with an address, until there.", do_go, true },
	{ "backtrace", "k", "",
	  "Show services of DOS and the BIOS that are not done, and the callers on the stack.",
	  do_backtrace, false },
	{ "vectors", "iv", "[all]", "Show the interrupt vectors that do not lead to ROM, or all.",
	  do_vectors, false },
	{ "psp", "", "[SEGMENT]", "Show the program's segment prefix.", do_psp, false },
	{ "blocks", "m", "", "Show DOS's memory blocks.", do_blocks, false },
	{ "detach", "", "", "Let the program go on without the debugger.", do_detach, true },
	{ "quit", "q", "", "End the program.", do_quit, true },
	{ NULL, NULL, NULL, NULL, NULL, false },
};

static const struct command *find(const char *s, size_t n)
{
	for (const struct command *c = command_table; c->name; c++)
		if (strlen(c->brief) == n && strncasecmp(c->brief, s, n) == 0)
			return c;
	for (const struct command *c = command_table; c->name; c++)
		if (strncasecmp(c->name, s, n) == 0)
			return c;
	return NULL;
}

static void do_help(struct monitor *t, const char *s)
{
	const struct command *one;
	size_t n;

	s = expr_blank(s);
	n = strcspn(s, " \t");
	one = n ? find(s, n) : NULL;
	if (n && !one)
		monitor_say(t, "there is no such command\n");
	for (const struct command *c = n ? one : command_table; c && c->name; c++) {
		monitor_say(t, "%-11s %-2s %s\n", c->name, c->brief, c->arguments);
		if (n) {
			monitor_say(t, "%s\n", c->help);
			return;
		}
	}
	if (!n)
		monitor_say(t, "Numbers are hexadecimal, #10 is ten, registers are their values.\n"
			    "Addresses: OFFSET, SEGMENT:OFFSET, @LINEAR. Conditions: REGISTER=VALUE, "
			    "REGISTER!=VALUE.\n"
			    "An empty line does the last command again. Ctrl-C stops the program.\n");
}

void command_do(struct monitor *t, const char *line)
{
	size_t n = strcspn(line, " \t");
	const struct command *c = find(line, n);

	if (c && c->moves && t->guest_of_gdb)
		monitor_say(t, "gdb does that itself\n");
	else if (c)
		c->run(t, line + n);
	else
		monitor_say(t, "there is no command %.*s; ? lists them\n", (int)n, line);
}
