/* speed.c - how many instructions the processor does in a millisecond of its clock.
 *
 * Where nobody looks on, that is a constant: the same run takes the same guest time.
 * Before a front end's user it is no more than the host can do in a millisecond of the
 * user's, because a machine that is slower in all things evenly is a slower machine,
 * and one whose clock goes slower is broken.  */

#include "session/parts.h"

#include <stdio.h>
#include <string.h>

#include "conf/conf.h"
#include "machine/machine.h"
#include "session/costs.h"

#define BATCH		25000		/* "auto", of text */
#define PLAYER		7000		/* "auto", of games: 386-33 */
#define BATCH_MAX	200000
#define NS_PER_MS	INT64_C(1000000)
#define SHARE		75		/* per cent of the host's time for the processor, at most */

unsigned speed_cost(int64_t speed)
{
	if (speed == CONF_SPEED_AUTO)
		speed = BATCH;
	if (speed == CONF_SPEED_MAX)
		speed = BATCH_MAX;
	return speed >= NS_PER_MS ? 1 : NS_PER_MS / speed;
}

/* A program that has found its way into protected mode was written for large
 * machines.  At the prompt it is gone.  What draws or is shown in a window may well be a
 * game that goes as fast as its processor; text in a terminal is work to be done.  */
static int64_t wanted(struct session *s)
{
	struct pace *p = &s->pace;
	char program[MACHINE_PROGRAM];

	if (p->speed != CONF_SPEED_AUTO)
		return p->speed;
	machine_program(s->machine, program);
	p->is_protected = *program && (p->is_protected || machine_is_protected(s->machine));
	if (p->is_protected)
		return CONF_SPEED_MAX;
	return s->graphics || front_is(&s->front, FRONT_WINDOW) ? PLAYER : BATCH;
}

/* A program may have a speed of its own.  What the user has wished since stays until there
 * is another rule.  */
static void follow_program(struct session *s)
{
	struct pace *p = &s->pace;
	char program[MACHINE_PROGRAM];
	int64_t rule;

	machine_program(s->machine, program);
	if (strcmp(program, p->program) == 0)
		return;
	strcpy(p->program, program);
	rule = conf_get_int(s->conf, "speed");
	conf_of_program(s->conf, "speed", program, &rule);
	if (rule != p->ruled)
		p->speed = p->ruled = rule;
}

static void set_cost(struct session *s)
{
	int64_t speed = wanted(s), can = s->pace.capacity.per_ms;
	struct costs costs;

	/* Without having been asked for them, games alone have some, before their player.  */
	costs_of(&costs, s->front.open && speed == PLAYER ? speed : s->pace.speed);
	machine_set_longer(s->machine, &costs.card, costs.longer);
	can = can * SHARE / 100;
	if (!s->front.open)
		machine_set_cost(s->machine, speed_cost(speed));
	else
		machine_set_cost(s->machine, (NS_PER_MS + can - 1) / can > NS_PER_MS / speed ?
				 (NS_PER_MS + can - 1) / can : NS_PER_MS / speed);
}

void speed_set(struct session *s)
{
	follow_program(s);
	set_cost(s);
}

void speed_measure(struct session *s, int64_t host_ns, uint64_t instructions, vtime busy)
{
	if (s->front.open)
		capacity_note(&s->pace.capacity, host_ns, instructions, busy);
}

/* ---- What its user wants ---- */

void speed_step(struct session *s, bool up)
{
	int64_t now = wanted(s), next = up ? CONF_SPEED_MAX : conf_speeds[0].per_ms;

	for (const struct conf_speed *c = conf_speeds; c->name; c++) {
		if (up && c->per_ms > now && c->per_ms < next)
			next = c->per_ms;
		if (!up && c->per_ms < now && c->per_ms > next)
			next = c->per_ms;
	}
	s->pace.speed = next;
}

void speed_name(const struct session *s, char *text, size_t size)
{
	const char *name = s->pace.speed == CONF_SPEED_MAX ? "as fast as it can" : "";

	for (const struct conf_speed *c = conf_speeds; c->name; c++)
		if (c->per_ms == s->pace.speed)
			name = c->name;
	snprintf(text, size, "Processor: %s", name);
}
