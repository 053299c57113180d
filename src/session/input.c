/* input.c - what the user types, or standard input says in the user's place,
 * on its way to the machine's keyboard.  */

#include "session/parts.h"

#include "machine/machine.h"

#define LOOKS_MAX	(60000 * MILLISECOND)	/* guest time of looking for keys that cannot come */

static void to_machine(void *ctx, const struct key_event *ev)
{
	struct session *s = ctx;

	machine_key(s->machine, ev);
}

/* What is on the guest's keys just now.  */
static void tell_typist(struct session *s)
{
	s->typist.layout = machine_layout(s->machine, &s->typist.second);
	s->typist.caps = machine_locks(s->machine) & LOCK_CAPS;
	s->typist.code_page = machine_typed_page(s->machine);
}

vtime input_type(struct session *s)
{
	tell_typist(s);
	return typist_step(&s->typist, machine_now(s->machine), machine_keys_read(s->machine),
			   to_machine, s);
}

bool input_has_keyboard(const struct session *s)
{
	return s->front.open || (s->terminal.in >= 0 && !s->terminal.ended);
}

/* Keys cannot come from standard input any more.  A program that waits for one is
 * at its end; one that only looks for them may do something else at some time,
 * but not if it has done nothing but that for long.  */
static void no_more_keys(struct session *s)
{
	vtime now = machine_now(s->machine);

	if (s->control)
		return;
	if (machine_waits(s->machine) == GUEST_WAIT_KEY) {
		s->status = STATUS_NO_INPUT;
	} else if (!s->looks_since || s->looks_printed != s->streams.printed) {
		s->looks_since = now;
		s->looks_printed = s->streams.printed;
	} else if (now - s->looks_since >= LOOKS_MAX) {
		s->status = STATUS_NO_INPUT;
	}
}

void input_feed(struct session *s)
{
	int ch;

	if (input_has_keyboard(s) || !typist_empty(&s->typist) || !machine_keys_read(s->machine))
		return;
	ch = streams_take_key(&s->streams);
	if (ch >= 0)
		typist_char(&s->typist, ch == '\n' ? '\r' : ch);
	else if (ch == STREAM_ENDED)
		no_more_keys(s);
}

bool input_wanted(const struct session *s)
{
	enum guest_wait why = machine_waits(s->machine);

	return why == GUEST_WAIT_KEY || why == GUEST_WAIT_POLL;
}
