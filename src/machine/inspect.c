/* inspect.c - stopping, for debuggers.  */

#include "machine/inspect.h"

#include "cpu/probe.h"
#include "dos/int21.h"
#include "dos/layout.h"
#include "machine/pc.h"

struct cpu *machine_cpu(struct machine *m)
{
	return &m->cpu;
}

const struct guest *machine_guest(const struct machine *m)
{
	return &m->guest;
}

const struct machine_stop *machine_stopped(const struct machine *m)
{
	return &m->stop;
}

void machine_stop_now(struct machine *m, enum machine_why why)
{
	m->stop.why = why;
	m->sched.deadline = m->sched.now;
}

void machine_stop(struct machine *m)
{
	if (m->stop.why == STOPPED_NOT)
		machine_stop_now(m, STOPPED_ASKED);
}

static void go_on(struct machine *m, bool step)
{
	m->stop.why = STOPPED_NOT;
	m->stepped_into = 0;
	m->stepping = m->cpu.watch.hold = step;
	cpu_watch_pass(&m->cpu);
}

void machine_continue(struct machine *m)
{
	go_on(m, false);
}

void machine_step(struct machine *m)
{
	go_on(m, true);
}

/* A program has been loaded and is about to run.  What the boot itself starts
 * is the shell, and what CONFIG.SYS installs.  */
static void started(void *ctx, uint16_t psp)
{
	struct machine *m = ctx;

	if (!m->stops_at_start || guest_r16(&m->guest, psp, PSP_PARENT) == BOOT_PSP)
		return;
	m->stops_at_start = false;
	machine_stop_now(m, STOPPED_START);
}

void machine_debug(struct machine *m, bool at_start)
{
	machine_spin_wake(m);
	m->debugged = true;
	m->stops_at_start = at_start;
	m->dos.started = started;
}

void machine_debug_end(struct machine *m)
{
	m->debugged = m->stops_at_start = false;
	cpu_watch_clear(&m->cpu);
	machine_continue(m);
}

/* ---- what services change ---- */

/* FNV-1a over what a point covers, of a large one the beginning.  */
static uint32_t print_of(const struct machine *m, const struct cpu_point *p)
{
	uint8_t buf[256];
	size_t n = cpu_peek(&m->cpu, p->at, buf, p->len < sizeof buf ? p->len : sizeof buf);
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ buf[i]) * 16777619u;
	return hash;
}

/* Services are no instructions, so no point sees them write: compare.  */
bool machine_serve_watched(struct machine *m)
{
	const struct cpu_watch *w = &m->cpu.watch;
	uint32_t before[CPU_POINTS];
	uint8_t gate = m->cpu.seg[CPU_CS].base + m->cpu.ip - 1 - m->cpu.gate_base;
	bool served;

	for (unsigned i = 0; i < w->count; i++)
		before[i] = print_of(m, &w->point[i]);
	served = guest_serve(&m->guest);
	for (unsigned i = 0; i < w->count; i++) {
		const struct cpu_point *p = &w->point[i];

		if (p->dr >= 0 || (p->kind != WATCH_WRITE && p->kind != WATCH_ACCESS) ||
		    before[i] == print_of(m, p))
			continue;
		machine_stop_now(m, STOPPED_SERVICE);
		m->stop.gate = gate;
		m->stop.point = p->at;
		break;
	}
	return served;
}

uint16_t machine_psp(const struct machine *m)
{
	return dos_psp(&m->dos);
}

const char *machine_service(const struct machine *m, uint8_t vector, uint16_t ax)
{
	const char *name = vector == 0x21 ? int21_table[ax >> 8].name : NULL;

	(void)m;
	if (!name)
		name = bios_service_name(vector, ax >> 8);
	return name ? name : "";
}
