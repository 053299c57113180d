/* session.c - one run: slices of the machine's time until it is at its end, and
 * what the end means to the shell that started it.  */

#include "session/parts.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/cp.h"
#include "base/error.h"
#include "conf/conf.h"
#include "control/control.h"
#include "debug/debug.h"
#include "machine/machine.h"
#include "session/screendump.h"

#define DEAF_WRITES	16	/* a program that is told so often that nobody reads, and goes on
				 * writing, does what SIGPIPE was made for */

static bool is_missing(uint8_t error)
{
	return error == DOS_NO_FILE || error == DOS_NO_PATH || error == DOS_BAD_DRIVE;
}

static int ended(struct session *s, struct error *err)
{
	const struct machine_result *r = machine_end(s->machine);

	if (s->control && control_exit(s->control) >= 0)
		return control_exit(s->control);
	if (s->status >= 0) {
		if (s->status == STATUS_TIMEOUT)
			error_set(err, "time is up (--timeout)");
		else if (s->status == STATUS_NO_INPUT)
			error_set(err, "the program waits for a key, but standard input has ended");
		else if (*s->front.why)
			error_set(err, "%s", s->front.why);
		return s->status;
	}
	if (r->end == MACHINE_CRASHED) {
		error_set(err, "the program crashed: %s", r->why);
		return STATUS_CRASHED;
	}
	/* Our shell has said so; of SHELL= the kernel says it.  */
	if (*r->why)
		error_set(err, "%s", r->why);
	if (r->refused)
		return is_missing(r->refused) ? STATUS_NOT_FOUND : STATUS_NOT_DOS;
	return r->code;
}

/* What was on the screen and in the registers when it went wrong.  */
static void report(struct session *s)
{
	char text[16384], line[600];
	size_t n = machine_screen_text(s->machine, text, sizeof text - 1);

	text[n] = 0;
	for (char *row = text, *end; *row && (end = strchr(row, '\n')) != NULL; row = end + 1) {
		*end = 0;
		cp_string_to_utf8(machine_code_page(s->machine), line, sizeof line, row);
		fprintf(stderr, "| %s\n", line);
	}
	machine_registers(s->machine, text, sizeof text);
	fputs(text, stderr);
}

/* ---- Standing still ---- */

static bool held(const struct session *s)
{
	return s->debug && debug_holds(s->debug);
}

/* A script has paused the machine, or the front end's user.  */
static bool paused(const struct session *s)
{
	return (s->control && control_holds(s->control)) || (s->front.open && s->pace.paused);
}

static void pause_machine(struct session *s)
{
	streams_flush(&s->streams);
	while (s->status < 0 && paused(s)) {
		wait_standing(s);
		if (s->front.open)
			wait_poll_front(s);
	}
	pace_stood_still(s);
}

/* The program stands still: everything it has written is out, the terminal
 * is as it was, and the debugger has the word.  */
static void hold(struct session *s)
{
	streams_flush(&s->streams);
	if (debug_uses_terminal(s->debug))
		terminal_restore(&s->terminal);
	while (s->status < 0 && held(s)) {
		debug_ask(s->debug);
		wait_standing(s);
	}
	if (debug_uses_terminal(s->debug))
		terminal_raw(&s->terminal);
	pace_stood_still(s);
}

static void one_slice(struct session *s)
{
	vtime idle, due, began = machine_now(s->machine), until = began + SLICE;
	uint64_t instructions = machine_instructions(s->machine);
	int64_t host_ns;

	pace_follow_clock(s);
	speed_set(s);
	due = input_type(s);
	if (due < until)
		until = due;
	host_ns = pace_elapsed_ns(s);
	if (s->debug)
		debug_run(s->debug, until);
	else
		machine_run(s->machine, until);
	host_ns = pace_elapsed_ns(s) - host_ns;
	idle = machine_idle(s->machine);
	speed_measure(s, host_ns, machine_instructions(s->machine) - instructions,
		      machine_now(s->machine) - began - idle);
	streams_flush(&s->streams);
	ports_pump(&s->ports, pace_elapsed_ms(s));
	fullscreen_look(s);
	if (s->control)
		control_step(s->control, pace_elapsed_ms(s), idle, machine_now(s->machine) - began);
	if (machine_end(s->machine)->end != MACHINE_RUNS || held(s))
		return;
	if (input_wanted(s))
		input_feed(s);
	else if (idle < SLICE / 2)
		s->looks_since = 0;
	if (s->streams.deaf_writes >= DEAF_WRITES)
		s->status = STATUS_SIGNAL + SIGPIPE;
	if (s->timeout_ms && pace_elapsed_ms(s) >= s->timeout_ms)
		s->status = STATUS_TIMEOUT;
	wait_outside(s, pace_sleep_ns(s, idle));
	pace_gauge_clock(s);
}

/* Everything out, unless its reader is gone or we are told to end.  */
static void drain(struct session *s)
{
	struct pollfd p[2] = {
		{ .fd = STDOUT_FILENO, .events = POLLOUT },
		{ .fd = s->signals, .events = POLLIN },
	};

	while (!machine_drain(s->machine) || !streams_flush(&s->streams))
		if (poll(p, 2, -1) < 0 || p[1].revents)
			break;
}

/* The end of `dosvm PROGRAM | head': nothing to complain about.  */
static bool reader_gone(const struct session *s)
{
	return s->streams.fds.failed == EPIPE &&
	       (s->streams.late || machine_end(s->machine)->how == DOS_HOW_CRITICAL);
}

/* What is left to show and to write, and the exit status.  */
static int finish(struct session *s, struct error *err)
{
	struct error dump_error = { "" }, video_error = { "" };
	bool dumped, recorded;
	int status;

	pace_report(s);
	front_close(&s->front);
	recorded = record_end(&s->recorder, &video_error);
	fullscreen_print_last(s);
	dumped = screen_dump(s->machine, conf_get_text(s->conf, "screen-dump"), &dump_error);
	drain(s);
	terminal_restore(&s->terminal);
	status = ended(s, err);
	if (s->debug)
		debug_ended(s->debug, status);
	if (*err->text && !machine_end(s->machine)->refused && !s->front.quit)
		report(s);
	if (!*err->text && reader_gone(s))
		return STATUS_SIGNAL + SIGPIPE;
	if (!*err->text && !ports_close(&s->ports, err))
		status = STATUS_REFUSED;
	if (!*err->text && !dumped) {
		*err = dump_error;
		status = STATUS_REFUSED;
	}
	if (!*err->text && !recorded) {
		*err = video_error;
		status = STATUS_REFUSED;
	}
	if (!*err->text && s->streams.late) {
		error_set(err, "standard output: %s", strerror(s->streams.fds.failed));
		status = STATUS_REFUSED;
	}
	return status;
}

int session_run(struct session *s, struct error *err)
{
	const char *front = choice_first(s), *video = conf_get_text(s->conf, "record-video");

	if (*video && !record_begin(&s->recorder, video, err))
		return STATUS_REFUSED;
	terminal_raw(&s->terminal);
	if (front && !fullscreen_begin(s, front, err)) {
		terminal_restore(&s->terminal);
		return STATUS_REFUSED;
	}
	while (s->status < 0 && (held(s) || machine_end(s->machine)->end == MACHINE_RUNS)) {
		if (held(s))
			hold(s);
		else if (paused(s))
			pause_machine(s);
		else
			one_slice(s);
		if (s->debug && debug_killed(s->debug) &&
		    machine_end(s->machine)->end == MACHINE_RUNS)
			s->status = STATUS_SIGNAL + SIGTERM;
	}
	return finish(s, err);
}
