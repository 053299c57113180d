/* fault.c - exceptions: an instruction has raised one, and is as if it had not begun; events
 * are delivered, and what goes wrong in that.  */

#include "cpu/interp/interp.h"

#include "cpu/access.h"
#include "cpu/debug.h"
#include "cpu/interp/control.h"
#include "sched/sched.h"

_Noreturn static void fault(struct cpu *cpu, unsigned vector, uint16_t code, bool has_code)
{
	struct interp *it = interp_of(cpu);

	it->vector = vector;
	it->code = vector == EXC_PF ? code : code | cpu->hot.ext;
	it->has_code = has_code;
	longjmp(it->fault, 1);
}

/* As if it had not begun; the run loop finds the processor halted.  */
void cpu_stall(struct cpu *cpu)
{
	cpu->halted = true;
	interp_of(cpu)->stalled = true;
	fault(cpu, 0, 0, false);
}

/* As if it had not begun; the run loop does it by itself.  */
void cpu_restart(struct cpu *cpu)
{
	interp_of(cpu)->restart = true;
	fault(cpu, 0, 0, false);
}

/* A debugger wants to see it before it happens.  */
static bool stops_before(struct cpu *cpu, unsigned vector, uint32_t ip)
{
	if (!cpu->watch.ints || !cpu_watch_wants(cpu, vector, cpu->seg[CPU_CS].base + ip))
		return false;
	cpu->watch.stop = (struct cpu_stop){ .kind = STOP_INT, .vector = vector };
	return true;
}

void cpu_stop_before(struct cpu *cpu, unsigned vector)
{
	if (stops_before(cpu, vector, insn_ip(cpu, cpu->hot.cur)))
		cpu_restart(cpu);
}

uint32_t cpu_insn_ip(const struct cpu *cpu)
{
	return insn_ip(cpu, cpu->hot.cur);
}

void cpu_raise(struct cpu *cpu, unsigned vector)
{
	fault(cpu, vector, 0, false);
}

void cpu_raise_code(struct cpu *cpu, unsigned vector, uint16_t code)
{
	fault(cpu, vector, code, true);
}

/* The scratch slots stand for the place between two instructions.  */
void cpu_retire(struct cpu *cpu, uint32_t ip)
{
	struct interp *it = interp_of(cpu);
	struct cpu_insn *s = &it->scratch[1];
	uint64_t pos = it->delivering ? cpu_pos(cpu, cpu->hot.cur) :
		cpu_pos(cpu, cpu->hot.cur + 1);

	s->off = 0;
	cpu->hot.cur = s;
	cpu->hot.bias = pos - (uintptr_t)s;
	cpu->hot.view = &it->nowhere;
	cpu->hot.ip_base = ip;
}

static bool contributes(unsigned vector)
{
	return vector == EXC_DE || (vector >= EXC_TS && vector <= EXC_GP);
}

/* What has gone wrong in delivering an event takes its place, or both make a
 * double fault (Intel 386 PRM 9.8.8 and table 9-4).  False: a third one.  */
static bool event_failed(struct interp *it)
{
	struct cpu_event *ev = &it->event;
	bool fault = ev->kind == EVENT_FAULT;
	bool twice = fault && ((contributes(ev->vector) && contributes(it->vector)) ||
		(ev->vector == EXC_PF && (it->vector == EXC_PF || contributes(it->vector))));

	if (fault && ev->vector == EXC_DF)
		return false;
	*ev = (struct cpu_event){
		.kind = EVENT_FAULT, .vector = it->vector, .has_code = it->has_code,
		.code = it->code };
	if (twice)
		*ev = (struct cpu_event){
			.kind = EVENT_FAULT, .vector = EXC_DF, .has_code = true };
	return true;
}

static void delivered(struct interp *it)
{
	it->delivering = it->cpu->watch.noting = false;
	it->cpu->hot.ext = 0;
}

/* Deliver an event at cpu->ip.  False: the processor has shut down.  */
bool interp_deliver(struct interp *it, const struct cpu_event *ev)
{
	struct cpu *cpu = it->cpu;

	it->event = *ev;
	it->delivering = true;
	cpu->hot.ext = 1;
	if (setjmp(it->fault) && !event_failed(it)) {
		delivered(it);
		return false;
	}
	cpu->hot.cur = it->scratch;
	cpu->hot.bias = cpu->hot.pos - (uintptr_t)it->scratch;
	cpu->watch.noting = true;
	it->event.ip = cpu->ip;
	cpu_interrupt(cpu, &it->event);
	if (it->event.vector == EXC_DB)
		cpu_debug_enter(cpu, 0);
	delivered(it);
	return true;
}

/* An instruction has raised: back to its beginning.  */
bool interp_faulted(struct interp *it)
{
	struct cpu *cpu = it->cpu;

	cpu->hot.pos = cpu_pos(cpu, cpu->hot.cur);
	cpu->ip = insn_ip(cpu, cpu->hot.cur);
	if (cpu->model == CPU_8086 && it->vector == EXC_DE)
		cpu->ip = (uint16_t)insn_next_ip(cpu, cpu->hot.cur);
	interp_sync_time(cpu, cpu->hot.pos);
	/* An exception takes time, or a handler that raises one itself would
	 * keep the run from ever reaching its deadline.  */
	if (!it->restart)
		cpu->sched->now += cpu->cost;
	cpu->hot.stepping = cpu->hot.between = cpu->watch.noting = false;
	if (it->stalled) {
		it->stalled = false;
		return true;
	}
	if (it->restart) {
		it->restart = false;
		it->alone = cpu->hot.between = true;
		return true;
	}
	cpu->debug_due = 0;
	cpu->watch.stop.kind = STOP_NONE;
	if (stops_before(cpu, it->vector, cpu->ip)) {
		cpu->hot.between = true;
		return true;
	}
	return interp_deliver(it, &(struct cpu_event){
		.kind = EVENT_FAULT, .vector = it->vector, .has_code = it->has_code,
		.code = it->code });
}
