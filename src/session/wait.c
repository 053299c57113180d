/* wait.c - sleeping until something comes from outside: a signal, the
 * terminal, the front end, a port, one who looks in through a socket.  */

#include "session/parts.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "control/control.h"
#include "debug/debug.h"
#include "machine/machine.h"

#define STAND_MS	50		/* how often scripts' timeouts are looked at then */

static const char *state_of(const struct session *s, char *text, size_t size)
{
	const char *pace = pace_state(s);

	if (!s->recorder.open)
		return pace;
	snprintf(text, size, "%s%s%s", pace, *pace ? ", " : "", "recording");
	return text;
}

void wait_poll_front(struct session *s)
{
	char text[40];
	int64_t began = pace_elapsed_ns(s);

	front_poll(&s->front);
	s->pace.polled_ns = pace_elapsed_ns(s);
	s->pace.poll_ns = s->pace.polled_ns - began;
	front_title(&s->front, state_of(s, text, sizeof text));
	if (s->front.quit)
		s->status = STATUS_SIGNAL + SIGHUP;
}

/* Those who look at the machine from outside, through sockets.  */
#define SERVED_FDS	(CONTROL_FDS + DEBUG_FDS)

static unsigned poll_served(struct session *s, struct pollfd p[SERVED_FDS])
{
	unsigned n = s->control ? control_poll(s->control, p) : 0;

	return s->debug ? n + debug_poll(s->debug, p + n) : n;
}

static void serve(struct session *s, const struct pollfd *p, unsigned n)
{
	unsigned first = s->control ? CONTROL_FDS : 0;

	if (s->control)
		control_serve(s->control, p, first);
	for (unsigned i = first; i < n; i++)
		if (p[i].revents) {
			debug_serve(s->debug);
			break;
		}
	if (s->control && control_exit(s->control) >= 0)
		s->status = control_exit(s->control);
}

/* The shorter of both.  */
static void cut(int64_t *ns, int ms)
{
	if (ms >= 0 && (*ns < 0 || *ns > ms * (int64_t)MILLISECOND))
		*ns = ms * (int64_t)MILLISECOND;
}

static int sleep_on(struct pollfd *p, unsigned n, int64_t ns)
{
	struct timespec time = { .tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000 };

	return ppoll(p, n, ns < 0 ? NULL : &time, NULL);
}

void wait_outside(struct session *s, int64_t ns)
{
	bool late = pace_is_late(s);
	bool escape_pending = s->terminal.pending_size > 0;
	enum guest_wait why = machine_waits(s->machine);
	bool watch_input = s->front.open ? why == GUEST_WAIT_STREAM :
		input_has_keyboard(s) || why == GUEST_WAIT_STREAM ||
		(input_wanted(s) && !(s->control && s->streams.input_ended));
	struct pollfd p[4 + PORTS + SERVED_FDS] = {
		{ .fd = s->signals, .events = POLLIN },
		{ .fd = watch_input ? STDIN_FILENO : -1, .events = POLLIN },
		{ .fd = s->streams.out_size ? STDOUT_FILENO : -1, .events = POLLOUT },
	};

	int ready;
	unsigned ports = ports_poll(&s->ports, p + 4);
	unsigned served = poll_served(s, p + 4 + ports);

	cut(&ns, front_sleep(&s->front, &p[3]));
	ready = sleep_on(p, 4 + ports + served, ns);
	pace_wake(s);
	if (ready < 0)
		return;
	if (p[0].revents)
		signals_take(s);
	serve(s, p + 4 + ports, served);
	if (s->front.open) {
		if (!late) {
			wait_poll_front(s);
			pace_saw_pictures(s);
		}
	} else if (input_has_keyboard(s)) {
		if (p[1].revents)
			terminal_read(&s->terminal, &s->typist);
		else if (escape_pending && ns > 0)
			terminal_idle(&s->terminal, &s->typist);
	}
}

void wait_standing(struct session *s)
{
	struct pollfd p[2 + SERVED_FDS] = { { .fd = s->signals, .events = POLLIN } };
	unsigned n = poll_served(s, p + 2);
	int64_t ns = -1;

	cut(&ns, pace_until_timeout_ms(s));
	cut(&ns, front_sleep(&s->front, &p[1]));
	if (s->control)
		cut(&ns, STAND_MS);
	if (sleep_on(p, 2 + n, ns) >= 0) {
		if (p[0].revents)
			signals_take(s);
		serve(s, p + 2, n);
	}
	if (s->control)
		control_step(s->control, pace_elapsed_ms(s), 0, 0);
	if (s->timeout_ms && pace_elapsed_ms(s) >= s->timeout_ms)
		s->status = STATUS_TIMEOUT;
}
