/* monitor.c - the built-in debugger: a line, a command, and off it goes.
 *
 * A command that lets the machine go on leaves a plan behind.  At each stop
 * the plan says whether it is reached; if not, the machine goes on without
 * anybody having seen it.  */

#include "debug/monitor.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cpu/probe.h"
#include "debug/commands.h"
#include "machine/machine.h"

void monitor_say(struct monitor *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(t->out, fmt, ap);
	va_end(ap);
}

/* ---- plans ---- */

static uint32_t stack_pointer(const struct cpu *c)
{
	return c->seg[CPU_SS].attr & ATTR_B ? c->reg[CPU_SP] : cpu_get16(c, CPU_SP);
}

static void drop_temporary(struct monitor *t)
{
	if (t->temporary)
		cpu_watch_remove(t->cpu, WATCH_EXEC, t->over, 1);
	t->temporary = false;
}

/* Run to the instruction behind this one, of the same call.  */
static void run_past(struct monitor *t, size_t len)
{
	t->over = t->cpu->seg[CPU_CS].base + t->cpu->ip + len;
	t->stack = t->cpu->seg[CPU_SS].sel;
	t->least_sp = stack_pointer(t->cpu);
	t->temporary = cpu_watch_add(t->cpu, WATCH_EXEC, t->over, 1);
	if (t->temporary)
		machine_continue(t->machine);
	else
		machine_step(t->machine);
}

static bool begins(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strncmp(text, *words, strlen(*words)) == 0)
			return true;
	return false;
}

/* One instruction, calls and repetitions as a whole.  */
static void pass_one(struct monitor *t)
{
	static const char *const whole[] = { "call", "int", "rep", "loop", NULL };
	char text[80];
	size_t len = show_next(t, text, sizeof text);

	if (len && begins(text, whole))
		run_past(t, len);
	else
		machine_step(t->machine);
}

/* PLAN_RETURN goes on: over calls, until the return that takes this call's
 * address off the stack.  */
static void toward_return(struct monitor *t)
{
	static const char *const returns[] = { "ret", "iret", NULL };
	uint32_t sp = t->least_sp;
	uint16_t stack = t->stack;
	char text[80];

	if (show_next(t, text, sizeof text) && begins(text, returns) &&
	    t->cpu->seg[CPU_SS].sel == stack && stack_pointer(t->cpu) >= sp) {
		t->returning = true;
		machine_step(t->machine);
		return;
	}
	pass_one(t);
	t->stack = stack;
	t->least_sp = sp;
}

void monitor_go(struct monitor *t, enum plan plan, unsigned count)
{
	t->plan = plan;
	t->count = count;
	t->returning = t->prompted = false;
	t->code_known = t->dump_known = false;
	fflush(t->out);
	switch (plan) {
	case PLAN_GO:
		machine_continue(t->machine);
		break;
	case PLAN_STEP:
		machine_step(t->machine);
		break;
	case PLAN_OVER:
		pass_one(t);
		break;
	case PLAN_RETURN:
		t->stack = t->cpu->seg[CPU_SS].sel;
		t->least_sp = stack_pointer(t->cpu);
		toward_return(t);
		break;
	}
}

void monitor_until(struct monitor *t, uint32_t lin)
{
	t->over = lin;
	t->least_sp = 0;
	t->temporary = cpu_watch_add(t->cpu, WATCH_EXEC, lin, 1);
	monitor_go(t, PLAN_GO, 1);
}

/* The plan's own stop: true if there is more to do.  */
static bool plan_goes_on(struct monitor *t)
{
	if (t->plan == PLAN_RETURN && !t->returning) {
		toward_return(t);
		return true;
	}
	if (t->plan == PLAN_STEP && t->count > 1) {
		show_where(t);
		t->count--;
		machine_step(t->machine);
		return true;
	}
	if (t->plan == PLAN_OVER && t->count > 1) {
		show_where(t);
		t->count--;
		pass_one(t);
		return true;
	}
	return false;
}

static bool at_temporary(const struct monitor *t)
{
	return t->temporary && t->cpu->watch.stop.kind == STOP_EXEC &&
	       t->cpu->seg[CPU_CS].base + t->cpu->ip == t->over;
}

/* A deeper call of the same code has come by.  */
static bool too_deep(const struct monitor *t)
{
	return t->cpu->seg[CPU_SS].sel == t->stack && stack_pointer(t->cpu) < t->least_sp;
}

static void announce(struct monitor *t)
{
	if (t->hit) {
		point_tell(t, t->hit);
		return;
	}
	switch (machine_stopped(t->machine)->why) {
	case STOPPED_START:
		monitor_say(t, "the program begins; ? explains\n");
		break;
	case STOPPED_ASKED:
		monitor_say(t, "interrupted\n");
		break;
	case STOPPED_CRASH:
		monitor_say(t, "the program crashed: %s\n", machine_end(t->machine)->why);
		break;
	default:
		break;
	}
}

/* The machine has stopped.  True: it has been sent on.  */
static bool sent_on(struct monitor *t)
{
	const struct machine_stop *stop = machine_stopped(t->machine);
	struct point *p = NULL;

	if (stop->why == STOPPED_POINT || stop->why == STOPPED_SERVICE) {
		bool own = at_temporary(t);

		p = point_hit(t);
		if (!p && own && too_deep(t)) {
			machine_continue(t->machine);
			return true;
		}
		if (!p && !own) {
			if (t->plan == PLAN_GO || t->temporary) {
				machine_continue(t->machine);
				return true;
			}
			return plan_goes_on(t);
		}
		drop_temporary(t);
		if (!p && plan_goes_on(t))
			return true;
	} else if (stop->why == STOPPED_STEP && plan_goes_on(t)) {
		return true;
	}
	drop_temporary(t);
	t->hit = p;
	t->announced = false;
	return false;
}

bool monitor_run(struct monitor *t, vtime until)
{
	bool runs;

	do
		runs = machine_run(t->machine, until);
	while (machine_stopped(t->machine)->why != STOPPED_NOT && t->in >= 0 && sent_on(t) &&
	       machine_now(t->machine) < until);
	return runs;
}

void monitor_detach(struct monitor *t)
{
	drop_temporary(t);
	machine_debug_end(t->machine);
	if (t->in >= 0)
		close(t->in);
	t->in = -1;
	fflush(t->out);
}

/* ---- lines ---- */

void monitor_ask(struct monitor *t)
{
	if (t->prompted || t->in < 0)
		return;
	if (!t->announced) {
		announce(t);
		show_where(t);
	}
	monitor_say(t, "(dosvm) ");
	fflush(t->out);
	t->announced = t->prompted = true;
}

void monitor_interrupt(struct monitor *t)
{
	if (machine_stopped(t->machine)->why != STOPPED_NOT) {
		monitor_say(t, "\n");
		t->size = 0;
		t->prompted = false;
		return;
	}
	machine_stop(t->machine);
	drop_temporary(t);
	t->hit = NULL;
	t->announced = false;
}

static void take_line(struct monitor *t)
{
	const char *line = expr_blank(t->line);

	t->prompted = false;
	if (!t->interactive)
		monitor_say(t, "%s\n", line);
	/* An empty line on the terminal does the last one again.  */
	if (!*line && t->interactive)
		line = t->last;
	else
		memmove(t->last, line, strlen(line) + 1);
	if (*line && *line != '#')
		command_do(t, line);
}

/* Byte by byte, because what follows the line may be the program's.  */
void monitor_serve(struct monitor *t)
{
	char c;

	for (;;) {
		ssize_t n = read(t->in, &c, 1);

		if (n < 0)
			return;
		if (n == 0) {
			monitor_say(t, "\ngoing on without the debugger\n");
			monitor_detach(t);
			return;
		}
		if (c == '\n')
			break;
		if (t->size + 1 < sizeof t->line)
			t->line[t->size++] = c;
	}
	t->line[t->size] = '\0';
	if (t->size && t->line[t->size - 1] == '\r')
		t->line[t->size - 1] = '\0';
	t->size = 0;
	take_line(t);
}
