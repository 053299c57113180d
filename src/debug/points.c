/* points.c - the user's break- and watchpoints.  The processor keeps what it
 * needs (cpu/watch.h); numbers, conditions and hits are kept here.  */

#include <string.h>

#include "cpu/probe.h"
#include "debug/monitor.h"

static bool is_watched(const struct point *p)
{
	return p->kind == POINT_CODE || p->kind == POINT_PORT || p->kind == POINT_DATA;
}

static void look(struct monitor *t, struct point *p)
{
	cpu_peek(t->cpu, p->at, p->old, p->len < sizeof p->old ? p->len : sizeof p->old);
}

static const char *doing(const struct point *p)
{
	return p->watch == WATCH_READ ? "read" : p->watch == WATCH_WRITE ? "written" : "touched";
}

static void describe(struct monitor *t, const struct point *p)
{
	switch (p->kind) {
	case POINT_CODE:
		monitor_say(t, "break at %04X:%04X", p->sel, p->off);
		break;
	case POINT_INT:
		monitor_say(t, "INT %02X", p->vector);
		break;
	case POINT_PORT:
		monitor_say(t, "port %04X", p->at);
		if (p->len > 1)
			monitor_say(t, "-%04X", p->at + p->len - 1);
		break;
	default:
		monitor_say(t, "%X byte%s at %04X:%04X %s", p->len, p->len == 1 ? "" : "s",
			    p->sel, p->off, doing(p));
		break;
	}
	if (*p->condition)
		monitor_say(t, " if %s", p->condition);
}

void point_add(struct monitor *t, const struct point *new)
{
	struct point *p = t->point;

	while (p < t->point + MONITOR_POINTS && p->kind != POINT_FREE)
		p++;
	if (p == t->point + MONITOR_POINTS ||
	    (is_watched(new) && !cpu_watch_add(t->cpu, new->watch, new->at, new->len))) {
		monitor_say(t, "that is too much\n");
		return;
	}
	*p = *new;
	p->hits = 0;
	if (p->kind == POINT_INT)
		cpu_watch_vector(t->cpu, p->vector, true);
	if (p->kind == POINT_DATA)
		look(t, p);
	monitor_say(t, "%u: ", (unsigned)(p - t->point) + 1);
	describe(t, p);
	monitor_say(t, "\n");
}

bool point_delete(struct monitor *t, unsigned number)
{
	struct point *p = &t->point[number - 1];
	bool other = false;

	if (number < 1 || number > MONITOR_POINTS || p->kind == POINT_FREE)
		return false;
	if (is_watched(p))
		cpu_watch_remove(t->cpu, p->watch, p->at, p->len);
	for (unsigned i = 0; i < MONITOR_POINTS; i++)
		other |= &t->point[i] != p && t->point[i].kind == POINT_INT &&
			 t->point[i].vector == p->vector;
	if (p->kind == POINT_INT && !other)
		cpu_watch_vector(t->cpu, p->vector, false);
	p->kind = POINT_FREE;
	return true;
}

void point_list(struct monitor *t)
{
	bool any = false;

	for (unsigned i = 0; i < MONITOR_POINTS; i++) {
		const struct point *p = &t->point[i];

		if (p->kind == POINT_FREE)
			continue;
		any = true;
		monitor_say(t, "%2u: ", i + 1);
		describe(t, p);
		monitor_say(t, p->hits ? ", %u times\n" : "\n", p->hits);
	}
	if (!any)
		monitor_say(t, "there are none\n");
}

bool point_at(const struct monitor *t, uint32_t lin)
{
	for (unsigned i = 0; i < MONITOR_POINTS; i++)
		if (t->point[i].kind == POINT_CODE && t->point[i].at == lin)
			return true;
	return false;
}

static bool is_it(const struct monitor *t, const struct point *p)
{
	const struct machine_stop *m = machine_stopped(t->machine);
	const struct cpu_stop *s = &t->cpu->watch.stop;

	if (m->why == STOPPED_SERVICE)
		return p->kind == POINT_DATA && p->at == m->point;
	switch (s->kind) {
	case STOP_EXEC:
		return p->kind == POINT_CODE && p->at == t->cpu->seg[CPU_CS].base + t->cpu->ip;
	case STOP_INT:
		return p->kind == POINT_INT && p->vector == s->vector;
	case STOP_PORT:
		return p->kind == POINT_PORT && p->at == s->point;
	default:
		return p->kind == POINT_DATA && p->at == s->point;
	}
}

struct point *point_hit(struct monitor *t)
{
	for (unsigned i = 0; i < MONITOR_POINTS; i++) {
		struct point *p = &t->point[i];
		bool holds = true;

		if (p->kind == POINT_FREE || !is_it(t, p))
			continue;
		if (*p->condition && !expr_condition(t, p->condition, &holds))
			holds = true;
		if (holds) {
			p->hits++;
			return p;
		}
	}
	return NULL;
}

static void say_bytes(struct monitor *t, const uint8_t *b, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		monitor_say(t, " %02X", b[i]);
}

static void tell_data(struct monitor *t, struct point *p)
{
	const struct machine_stop *m = machine_stopped(t->machine);
	uint32_t n = p->len < sizeof p->old ? p->len : sizeof p->old;
	uint8_t old[sizeof p->old];

	memcpy(old, p->old, sizeof old);
	look(t, p);
	monitor_say(t, ":");
	say_bytes(t, old, n);
	if (memcmp(old, p->old, n) != 0) {
		monitor_say(t, " ->");
		say_bytes(t, p->old, n);
	} else {
		monitor_say(t, " as before");
	}
	if (m->why == STOPPED_SERVICE)
		monitor_say(t, ", by the service of INT %02X", m->gate);
}

void point_tell(struct monitor *t, struct point *p)
{
	const struct cpu_stop *s = &t->cpu->watch.stop;

	monitor_say(t, "%u: ", (unsigned)(p - t->point) + 1);
	describe(t, p);
	if (p->kind == POINT_INT)
		monitor_say(t, ": %s", machine_service(t->machine, p->vector,
						       cpu_get16(t->cpu, CPU_AX)));
	else if (p->kind == POINT_PORT)
		monitor_say(t, ": %s %04X, AX=%04X", s->write ? "out to" : "in from", s->at,
			    cpu_get16(t->cpu, CPU_AX));
	else if (p->kind == POINT_DATA)
		tell_data(t, p);
	monitor_say(t, "\n");
}
