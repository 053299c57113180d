/* watch.c - the list of watched places, and the comparisons.  */

#include "cpu/watch.h"

#include <string.h>

#include "cpu/access.h"
#include "cpu/cpu.h"
#include "cpu/debug.h"
#include "cpu/mmu.h"

/* ---- the list ---- */

static bool is_data(unsigned kind)
{
	return kind == WATCH_WRITE || kind == WATCH_ACCESS || kind == WATCH_READ;
}

/* Points have come or gone.  */
static void changed(struct cpu *cpu)
{
	struct cpu_watch *w = &cpu->watch;
	bool data = w->data, exec = w->exec;

	w->exec = w->data = w->port = false;
	for (unsigned i = 0; i < w->count; i++) {
		w->exec |= w->point[i].kind == WATCH_EXEC;
		w->port |= w->point[i].kind == WATCH_PORT;
		w->data |= is_data(w->point[i].kind);
	}
	if (exec || w->exec)
		w->epoch++;
	if (data || w->data)
		cpu_tlb_flush(cpu);
}

static void drop(struct cpu_watch *w, unsigned i)
{
	w->count--;
	memmove(&w->point[i], &w->point[i + 1], (w->count - i) * sizeof w->point[0]);
}

bool cpu_watch_add(struct cpu *cpu, enum cpu_watch_kind kind, uint32_t at, uint32_t len)
{
	struct cpu_watch *w = &cpu->watch;

	/* Room for the guest's four is kept.  */
	if (w->count >= CPU_POINTS - 4 || !len || at + len - 1 < at)
		return false;
	w->point[w->count++] = (struct cpu_point){ kind, -1, at, len };
	changed(cpu);
	return true;
}

bool cpu_watch_remove(struct cpu *cpu, enum cpu_watch_kind kind, uint32_t at, uint32_t len)
{
	struct cpu_watch *w = &cpu->watch;

	for (unsigned i = 0; i < w->count; i++) {
		const struct cpu_point *p = &w->point[i];

		if (p->dr < 0 && p->kind == kind && p->at == at && p->len == len) {
			drop(w, i);
			changed(cpu);
			return true;
		}
	}
	return false;
}

void cpu_watch_vector(struct cpu *cpu, uint8_t vector, bool on)
{
	struct cpu_watch *w = &cpu->watch;
	uint32_t bit = UINT32_C(1) << (vector & 31);

	w->vector[vector >> 5] = (w->vector[vector >> 5] & ~bit) | (on ? bit : 0);
	w->ints = false;
	for (unsigned i = 0; i < 8; i++)
		w->ints |= w->vector[i] != 0;
}

void cpu_watch_clear(struct cpu *cpu)
{
	struct cpu_watch *w = &cpu->watch;

	for (unsigned i = w->count; i-- > 0;)
		if (w->point[i].dr < 0)
			drop(w, i);
	memset(w->vector, 0, sizeof w->vector);
	w->ints = w->pass = w->hold = false;
	w->stop.kind = STOP_NONE;
	changed(cpu);
}

void cpu_watch_pass(struct cpu *cpu)
{
	cpu->watch.pass = true;
	cpu->watch.unfinished = false;
	cpu->watch.pass_at = cpu->seg[CPU_CS].base + cpu->ip;
	cpu->watch.stop.kind = STOP_NONE;
}

/* One of the guest's: LEN masks the address; 10b in R/W means ports, and only
 * with CR4.DE (Pentium manual volume 3, 17.2).  */
static bool derive(const struct cpu *cpu, unsigned n, struct cpu_point *p)
{
	static const uint8_t len[] = { 1, 2, 1, 4 };
	uint32_t dr7 = cpu->dr[7];

	*p = (struct cpu_point){ dr7 >> (16 + 4 * n) & 3, n, cpu->dr[n],
				 len[dr7 >> (18 + 4 * n) & 3] };
	if (!(dr7 >> 2 * n & 3) || (p->kind == WATCH_PORT && !(cpu->cr[4] & CR4_DE)))
		return false;
	if (p->kind == WATCH_EXEC)
		p->len = 1;
	p->at &= ~(p->len - 1);
	return true;
}

void cpu_watch_derive(struct cpu *cpu)
{
	struct cpu_watch *w = &cpu->watch;
	struct cpu_point p;
	bool any = false;

	for (unsigned i = w->count; i-- > 0;)
		if (w->point[i].dr >= 0) {
			drop(w, i);
			any = true;
		}
	for (unsigned n = 0; n < 4; n++)
		if (derive(cpu, n, &p)) {
			w->point[w->count++] = p;
			any = true;
		}
	if (any)
		changed(cpu);
}

/* ---- code ---- */

bool cpu_watch_offset(const struct cpu *cpu, uint32_t off)
{
	const struct cpu_watch *w = &cpu->watch;

	for (unsigned i = 0; i < w->count; i++)
		if (w->point[i].kind == WATCH_EXEC && !((w->point[i].at ^ off) & 0xfff))
			return true;
	return false;
}

uint32_t cpu_watch_code(const struct cpu *cpu, uint32_t lin, bool *host)
{
	const struct cpu_watch *w = &cpu->watch;
	uint32_t bits = 0;

	*host = false;
	for (unsigned i = 0; i < w->count; i++) {
		if (w->point[i].kind != WATCH_EXEC || w->point[i].at != lin)
			continue;
		if (w->point[i].dr >= 0)
			bits |= 1u << w->point[i].dr;
		else
			*host = !w->pass || w->pass_at != lin;
	}
	return bits;
}

/* ---- data and ports ---- */

/* An access of `size' at `at', one that cannot be known to wrap.  */
static bool overlaps(const struct cpu_point *p, uint32_t at, unsigned size)
{
	return at - p->at < p->len || p->at - at < size;
}

static bool wanted(const struct cpu_point *p, bool write)
{
	return is_data(p->kind) && p->kind != (write ? WATCH_READ : WATCH_WRITE);
}

bool cpu_watch_page(const struct cpu *cpu, uint32_t lin)
{
	const struct cpu_watch *w = &cpu->watch;

	for (unsigned i = 0; i < w->count; i++)
		if (is_data(w->point[i].kind) && overlaps(&w->point[i], lin & ~0xfffu, 0x1000))
			return true;
	return false;
}

static void note(struct cpu *cpu, const struct cpu_point *p, const struct cpu_stop *stop)
{
	if (!cpu->watch.noting)
		cpu_restart(cpu);
	if (p->dr >= 0) {
		cpu->debug_due |= 1u << p->dr;
	} else if (cpu->watch.stop.kind != stop->kind || stop->write) {
		/* Of an instruction that reads and writes, the write is told.  */
		cpu->watch.stop = *stop;
		cpu->watch.stop.point = p->at;
	}
}

void cpu_watch_touch(struct cpu *cpu, uint32_t lin, unsigned size, bool write)
{
	const struct cpu_watch *w = &cpu->watch;
	struct cpu_stop stop = { .kind = STOP_DATA, .write = write, .size = size, .at = lin };

	for (unsigned i = 0; i < w->count; i++)
		if (wanted(&w->point[i], write) && overlaps(&w->point[i], lin, size))
			note(cpu, &w->point[i], &stop);
}

void cpu_watch_check(struct cpu *cpu, uint32_t lin, unsigned size, bool write)
{
	if (!cpu->watch.noting)
		cpu_watch_touch(cpu, lin, size, write);
}

void cpu_watch_touch_port(struct cpu *cpu, uint16_t port, unsigned size, bool write)
{
	const struct cpu_watch *w = &cpu->watch;
	struct cpu_stop stop = { .kind = STOP_PORT, .write = write, .size = size, .at = port };

	for (unsigned i = 0; i < w->count; i++)
		if (w->point[i].kind == WATCH_PORT && overlaps(&w->point[i], port, size))
			note(cpu, &w->point[i], &stop);
}

/* ---- interrupts ---- */

bool cpu_watch_wants(const struct cpu *cpu, uint8_t vector, uint32_t lin)
{
	const struct cpu_watch *w = &cpu->watch;

	return w->vector[vector >> 5] >> (vector & 31) & 1 && !(w->pass && w->pass_at == lin);
}
