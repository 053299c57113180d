/* engine.c - the interpreter's run loop: event points, interrupts, time.
 *
 * A run is a sequence of straight pieces.  Handlers call each other until
 * something has to be decided, then come back here with cpu->ip and
 * hot.pos set.  A fault comes back by longjmp, from below a handler, with
 * hot.cur at the guilty instruction.  */

#include "cpu/interp/interp.h"

#include <stdlib.h>

#include "bus/bus.h"
#include "cpu/access.h"
#include "cpu/debug.h"
#include "cpu/flags.h"
#include "cpu/fpu_live.h"
#include "cpu/interp/control.h"
#include "cpu/interp/coverage.h"
#include "cpu/interp/longer.h"
#include "cpu/mmu.h"
#include "sched/sched.h"

#define FEW_PAGES	32
#define A20_PAGE	(UINT32_C(1) << (20 - BUS_PAGE_BITS))

/* ---- time ---- */

/* The position from which on the run has to stop: the deadline's, or at once.  */
static void set_stop(struct cpu *cpu)
{
	const struct sched *s = cpu->sched;
	uint64_t left;

	if (cpu_due_interrupt(cpu) || cpu->hot.map_epoch != cpu->bus->map_epoch) {
		cpu->hot.stop = 0;
		cpu->hot.stop_deadline = 0;
		return;
	}
	if (cpu->hot.stop_deadline == s->deadline)
		return;
	cpu->hot.stop_deadline = s->deadline;
	left = s->deadline > s->now ? s->deadline - s->now : 0;
	if (left > VTIME_SECOND)
		left = VTIME_SECOND;		/* far away: look again then */
	cpu->hot.stop = cpu->hot.synced + (left + cpu->cost - 1) / cpu->cost * INSN_UNIT;
	if (left == VTIME_SECOND)
		cpu->hot.stop_deadline = 0;
}

void interp_sync_time(struct cpu *cpu, uint64_t pos)
{
	uint64_t n = (pos - cpu->hot.synced) / INSN_UNIT;

	cpu->sched->now += n * cpu->cost;
	cpu->retired += n;
	cpu->hot.synced = pos;
}

void cpu_chip_enter(struct cpu *cpu)
{
	interp_sync_time(cpu, cpu_pos(cpu, cpu->hot.cur));
}

/* Few pages, and no instructions among them, are mapped otherwise, as when a video card
 * changes its bank: all else that is known of memory stays.  False: it was more.  */
static bool forget_few(struct cpu *cpu)
{
	struct bus *b = cpu->bus;

	if (b->moved_code || b->moved_end - b->moved_first > FEW_PAGES || cpu_paging(cpu))
		return false;
	for (size_t n = b->moved_first; n < b->moved_end; n++) {
		cpu_tlb_drop(cpu, n & (CPU_TLB_SIZE - 1));
		cpu_tlb_drop(cpu, (n ^ A20_PAGE) & (CPU_TLB_SIZE - 1));	/* the same, with A20 closed */
	}
	cpu->hot.map_epoch = b->map_epoch;
	bus_moves_seen(b);
	return true;
}

static __attribute__((noinline)) void pages_moved(struct cpu *cpu)
{
	if (forget_few(cpu))
		return;
	for (unsigned i = 0; i < CPU_TLB_SIZE; i++)
		cpu->hot.tlb[i].rtag = cpu->hot.tlb[i].wtag = cpu->hot.tlb[i].ctag =
			cpu->hot.tlb[i].xtag = CPU_NO_PAGE;
}

void cpu_chip_leave(struct cpu *cpu)
{
	if (unlikely(cpu->hot.map_epoch != cpu->bus->map_epoch))
		pages_moved(cpu);
	set_stop(cpu);
}

void cpu_wait_longer(struct cpu *cpu, uint32_t ns)
{
	cpu_wait(cpu, ns);
}

/* ---- moving on ---- */

/* False: back to the run loop.  */
static always_inline bool arrive(struct cpu *cpu, uint64_t pos, uint32_t ip)
{
	cpu->ip = ip;
	cpu->hot.pos = pos;
	cpu_look_at_alignment(cpu);
	return likely(pos < cpu->hot.stop && !cpu->hot.stepping);
}

const struct cpu_insn *cpu_jump_slow(struct cpu *cpu, const struct cpu_insn *in, uint32_t ip)
{
	uint64_t pos = cpu_pos(cpu, in + 1);
	const struct cpu_insn *t = arrive(cpu, pos, ip) ? code_find(interp_of(cpu)) : NULL;

	if (!t)
		return NULL;
	cpu->hot.bias = pos - (uintptr_t)t;
	return cpu_exec(cpu, t);
}

const struct cpu_insn *cpu_jump_foretold(struct cpu *cpu, const struct cpu_insn *in, uint32_t ip)
{
	uint64_t pos = cpu_pos(cpu, in + 1);
	const struct cpu_insn *t;

	if (!arrive(cpu, pos, ip))
		return NULL;
	t = code_known(interp_of(cpu));
	if (unlikely(!t))
		return cpu_jump_slow(cpu, in, ip);
	t = insn_foretold(in, t);
	cpu->hot.bias = pos - (uintptr_t)t;
	return cpu_exec(cpu, t);
}

const struct cpu_insn *cpu_jump(struct cpu *cpu, const struct cpu_insn *in, uint32_t ip)
{
	uint32_t off = ip - cpu->hot.ip_base;
	const struct cpu_insn *t;

	if (likely(off < CODE_PAGE)) {
		t = cpu->hot.view->at[off];
		if (likely(t != NULL))
			return cpu_taken(cpu, in, t);
	}
	return cpu_jump_slow(cpu, in, ip);
}

const struct cpu_insn *cpu_branch_slow(struct cpu *cpu, const struct cpu_insn *in, uint32_t ip)
{
	uint32_t off = ip - cpu->hot.ip_base;
	const struct cpu_insn *t;

	cpu->hot.cur = in;
	cpu_check_ip(cpu, ip);
	if (off < CODE_PAGE && in->off + in->len + in->imm == off && !cpu->hot.stepping) {
		t = code_at(interp_of(cpu), cpu->hot.view, off);
		if (t) {
			((struct cpu_insn *)in)->link = t;
			return cpu_taken(cpu, in, t);
		}
	}
	return cpu_jump_slow(cpu, in, ip);
}

const struct cpu_insn *cpu_event_point(struct cpu *cpu, const struct cpu_insn *in)
{
	uint64_t pos = cpu_pos(cpu, in + 1);

	if (cpu_due_interrupt(cpu) || pos >= cpu->hot.stop)
		return cpu_leave(cpu, pos, insn_next_ip(cpu, in));
	return cpu_next(cpu, in);
}

const struct cpu_insn *cpu_leave_after(struct cpu *cpu, const struct cpu_insn *in)
{
	cpu->hot.between = true;
	return cpu_leave(cpu, cpu_pos(cpu, in + 1), insn_next_ip(cpu, in));
}

const struct cpu_insn *cpu_after_ss(struct cpu *cpu, const struct cpu_insn *in)
{
	if (!cpu->hot.stepping && !cpu->watch.exec)
		return cpu_next(cpu, in);
	cpu->hot.no_trap = cpu->shadow = cpu->watch.ss_loaded = true;
	return cpu->hot.stepping ? cpu_next(cpu, in) : cpu_leave_after(cpu, in);
}

/* ---- one instruction that the cache cannot hold ---- */

static void run_handlers(struct cpu *cpu, const struct cpu_insn *in)
{
	while (in) {
		coverage_executed(cpu, in);
		in = in->fn(cpu, in);
	}
}

/* The instruction is done, or of a REP an iteration: RF and a debugger's pass
 * were for the whole of it.  */
static void forget_resume(struct cpu *cpu, uint32_t lin, bool rf)
{
	if (cpu->watch.unfinished && rf)
		cpu->flags |= CPU_RF;
	if (!cpu->watch.unfinished && cpu->watch.pass_at == lin)
		cpu->watch.pass = false;
}

static void step(struct interp *it, bool single)
{
	struct cpu *cpu = it->cpu;
	uint32_t lin = cpu->seg[CPU_CS].base + cpu->ip;
	bool trap = cpu->flags & CPU_TF, rf = cpu->flags & CPU_RF, shadow = cpu->shadow;

	cpu->shadow = cpu->watch.ss_loaded = false;
	cpu->flags &= ~(uint32_t)CPU_RF;
	cpu->hot.no_trap = false;
	cpu->hot.stepping = cpu->watch.noting = true;
	cpu->watch.once = single || it->alone || cpu->watch.data || cpu->watch.port;
	it->alone = false;
	code_step(it);
	run_handlers(cpu, it->scratch);
	cpu->hot.stepping = cpu->watch.noting = cpu->watch.once = false;
	forget_resume(cpu, lin, rf);
	if (trap || shadow)
		cpu->hot.between = false;
	if (trap && !cpu->hot.no_trap)
		cpu->debug_due |= DR6_BS;
}

/* ---- the run ---- */

static void begin(struct interp *it, bool single)
{
	struct cpu *cpu = it->cpu;

	cpu->reg[CPU_NO_REG] = 0;
	if (!cpu->cost)
		cpu->cost = 1;
	cpu_segments_changed(cpu);
	flags_set_arith(cpu, cpu->flags);
	cpu->hot.pos = cpu->hot.synced = 0;
	cpu->hot.stepping = false;
	cpu->hot.stop_deadline = 0;
	/* A stop is no event point, and a person who steps wants none.  */
	cpu->hot.between = (it->broke && cpu->hot.between) || (single && cpu->watch.hold);
	it->broke = it->alone = false;
	cpu->hot.shield = false;
	it->gate = it->shutdown = it->stepped = false;
}

static void look_at_maps(struct interp *it)
{
	struct cpu *cpu = it->cpu;

	if (it->watch_epoch != cpu->watch.epoch) {
		it->watch_epoch = cpu->watch.epoch;
		code_forget(it);
	}
	if (cpu->hot.map_epoch != cpu->bus->map_epoch) {
		cpu_tlb_flush(cpu);
		code_remap(it);
		cpu->hot.map_epoch = cpu->bus->map_epoch;
		bus_moves_seen(cpu->bus);
	} else if (cpu->hot.dirty_epoch != cpu->bus->dirty_epoch) {
		cpu_tlb_unwritable(cpu);
	}
}

/* Take what is pending.  False: shut down.  */
static bool take_interrupt(struct interp *it)
{
	struct cpu *cpu = it->cpu;
	int vector;

	if (cpu->nmi && !cpu->in_nmi) {
		cpu->nmi = false;
		/* Intel 286 PRM 9.2.1; the older ones let themselves be interrupted.  */
		cpu->in_nmi = cpu->model >= CPU_80286;
		vector = EXC_NMI;
	} else {
		vector = cpu->intack ? cpu->intack(cpu->intack_ctx) : -1;
	}
	cpu->halted = false;
	if (vector < 0)
		return true;
	/* A REP that is gone on with has been seen by its breakpoint.  */
	if (cpu->watch.unfinished && cpu->model >= CPU_80386)
		cpu->flags |= CPU_RF;
	cpu->watch.unfinished = false;
	if (!interp_deliver(it, &(struct cpu_event){ .kind = EVENT_HARD, .vector = vector }))
		return false;
	if (cpu->watch.ints && cpu_watch_wants(cpu, vector, UINT32_MAX))
		cpu->watch.stop = (struct cpu_stop){ .kind = STOP_INT, .vector = vector };
	return true;
}

/* The debug traps of the last instruction.  */
static bool take_trap(struct interp *it)
{
	struct cpu *cpu = it->cpu;

	cpu_debug_enter(cpu, cpu->debug_due);
	cpu->debug_due = 0;
	cpu->halted = false;
	return interp_deliver(it, &(struct cpu_event){ .kind = EVENT_HARD, .vector = EXC_DB });
}

/* Somebody watches the instruction at CS:IP: the debugger is told, the guest
 * gets its fault.  */
static bool watched(struct interp *it)
{
	struct cpu *cpu = it->cpu;
	bool host, blind = cpu->flags & CPU_RF || cpu->watch.ss_loaded;
	uint32_t why = cpu_watch_code(cpu, cpu->seg[CPU_CS].base + cpu->ip, &host);

	if (host) {
		cpu->watch.stop = (struct cpu_stop){ .kind = STOP_EXEC };
		cpu->hot.between = true;
		return true;
	}
	if (!why || blind)
		return false;
	cpu_debug_enter(cpu, why);
	it->shutdown = !interp_deliver(it, &(struct cpu_event){ .kind = EVENT_FAULT, .vector = EXC_DB });
	return true;
}

/* Nothing but the decoded code may be run.  */
static bool by_itself(const struct interp *it, bool single)
{
	const struct cpu *cpu = it->cpu;

	return single || cpu->on_insn || cpu->shadow || it->alone || cpu->watch.pass ||
	       cpu->flags & (CPU_TF | CPU_RF);
}

/* Past the end of its segment the 8086 goes on at the beginning.  It has to be
 * an event point, or code without a branch would keep out everybody else.  */
static void wrap(struct cpu *cpu)
{
	if (cpu->model > CPU_80286 || cpu->ip <= 0xffff)
		return;
	cpu->ip &= 0xffff;
	cpu->hot.between = false;
}

/* One piece.  True: the run is over, and *why says why.  */
static bool piece(struct interp *it, enum cpu_exit *why, bool single)
{
	struct cpu *cpu = it->cpu;
	const struct cpu_insn *in;

	interp_sync_time(cpu, cpu->hot.pos);
	if (cpu->hot.shield)		/* what was in the shadow has left */
		cpu->hot.shield = cpu->hot.between = false;
	wrap(cpu);
	*why = it->shutdown ? CPU_EXIT_RESET : it->gate ? CPU_EXIT_GATE : CPU_EXIT_DEADLINE;
	if (it->shutdown || it->gate)
		return true;
	if (unlikely(cpu->debug_due) && !cpu->watch.ss_loaded) {
		it->shutdown = !take_trap(it);
		return false;
	}
	if (unlikely(cpu->watch.stop.kind)) {
		it->broke = true;
		*why = CPU_EXIT_BREAK;
		return true;
	}
	if (single ? it->stepped : !cpu->hot.between && cpu->sched->now >= cpu->sched->deadline)
		return true;
	look_at_maps(it);
	cpu_look_at_alignment(cpu);
	if (cpu_due_interrupt(cpu) && !cpu->shadow && !cpu->hot.between) {
		it->shutdown = !take_interrupt(it);
		return false;
	}
	if (cpu->halted) {
		*why = CPU_EXIT_HALT;
		return true;
	}
	if (unlikely(cpu->watch.exec) && !cpu->watch.unfinished && watched(it))
		return false;
	cpu->watch.unfinished = false;
	cpu->hot.between = false;
	cpu->hot.stop_deadline = 0;
	set_stop(cpu);
	it->stepped = true;
	if (cpu->on_insn) {
		fpu_live_leave(cpu);
		cpu->flags = flags_get(cpu);
		cpu->on_insn(cpu->trace_ctx);
	}
	in = by_itself(it, single) ? NULL : code_find(it);
	if (in) {
		cpu->hot.bias = cpu->hot.pos - (uintptr_t)in;
		run_handlers(cpu, in);
	} else {
		step(it, single);
	}
	return false;
}

static enum cpu_exit go(struct interp *it, bool single)
{
	struct cpu *cpu = it->cpu;
	enum cpu_exit why = CPU_EXIT_DEADLINE;
	bool over = false;

	begin(it, single);
	while (!over) {
		if (setjmp(it->fault))
			it->shutdown = !interp_faulted(it);
		else
			over = piece(it, &why, single);
	}
	fpu_live_leave(cpu);
	cpu->flags = flags_get(cpu);
	return why;
}

static enum cpu_exit interp_run(struct cpu *cpu, void *data)
{
	(void)cpu;
	return go(data, false);
}

static enum cpu_exit interp_step(struct cpu *cpu, void *data)
{
	(void)cpu;
	return go(data, true);
}

static bool interp_usable(void)
{
	return true;
}

static void interp_close(void *data)
{
	struct interp *it = data;
	struct bus *b;

	if (!it)
		return;
	b = it->cpu->bus;
	coverage_close(it);
	code_forget(it);
	if (b->code_ctx == it) {
		b->code_written = NULL;
		b->code_ctx = NULL;
	}
	free(it->by_number);
	free(it->list);
	free(it);
}

static void *interp_open(struct cpu *cpu)
{
	struct interp *it = calloc(1, sizeof *it);

	if (!it)
		return NULL;
	it->cpu = cpu;
	it->by_number = calloc((size_t)1 << (32 - BUS_PAGE_BITS), sizeof *it->by_number);
	if (!it->by_number) {
		free(it);
		return NULL;
	}
	cpu->bus->code_written = code_written;
	cpu->bus->code_ctx = it;
	cpu_tlb_flush(cpu);
	return it;
}

static void interp_forget(void *data)
{
	struct interp *it = data;

	code_forget(it);
	cpu_paging_changed(it->cpu);
}

static void interp_remap(void *data)
{
	code_lookup_clear(data);
}

const struct cpu_engine cpu_interp = {
	.name = "interp",
	.usable = interp_usable,
	.open = interp_open,
	.close = interp_close,
	.run = interp_run,
	.step = interp_step,
	.forget = interp_forget,
	.remap = interp_remap,
};
