/* session.c - one run.
 *
 * Pacing: the machine runs in slices of guest time, as fast as the host can.
 * Guest time that passes idle while somebody may type is slept in poll(2);
 * guest time that passes idle in a batch run is not slept at all.  */

#include "session/session.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "base/cp.h"
#include "base/error.h"
#include "base/log.h"
#include "conf/conf.h"
#include "control/control.h"
#include "debug/debug.h"
#include "machine/machine.h"
#include "session/front.h"
#include "session/keyboard.h"
#include "session/mounts.h"
#include "session/ports.h"
#include "session/program.h"
#include "session/screendump.h"
#include "session/streams.h"
#include "session/terminal.h"
#include "session/typist.h"

#define MILLISECOND	UINT64_C(1000000)
#define SLICE		(10 * MILLISECOND)
#define ENV_MAX		4096
#define DEAF_WRITES	16	/* a program that is told so often that nobody reads, and goes on
				 * writing, does what SIGPIPE was made for */
#define HOLD		(60 * MILLISECOND)	/* a key of which a terminal told once is down */
#define LOOKS_MAX	(60000 * MILLISECOND)	/* guest time of looking for keys that cannot come */
#define STAND_MS	50		/* how often scripts' timeouts are looked at then */
#define AHEAD_MAX	100		/* ms that guest time may lag behind the host's */
#define SETVER_MAX	64		/* programs that are told another version */

enum { MOUSE_AUTO, MOUSE_PS2, MOUSE_NONE };	/* --mouse */
/* --screen, in the order of its choices.  */
enum screen_mode { SCREEN_AUTO, SCREEN_LINE, SCREEN_FULL };

struct session {
	const struct conf *conf;
	struct machine *machine;
	struct mounts mounts;
	struct ports ports;
	unsigned coms, lpts;
	struct program program;
	struct terminal terminal;
	struct streams streams;
	struct typist typist;
	struct debug *debug;		/* NULL: nobody looks inside */
	struct control *control;	/* NULL: no script has the machine */
	vtime release_at;		/* what the typist holds */
	struct front front;
	enum screen_mode screen;
	bool screen_used;		/* by the program, as more than lines */
	vtime looks_since;		/* for keys, with standard input at its end; 0: it does not */
	uint64_t looks_printed;		/* what had been printed then */
	int64_t pace_ms;		/* guest time is as much behind the run's */
	bool resumed;			/* after a stop of our own: SIGCONT is no news */
	struct log log;
	FILE *log_file;
	char environment[ENV_MAX];
	struct dos_setver setver[SETVER_MAX];
	int signals;			/* signalfd */
	bool fixed_date;
	struct timespec began;
	int64_t timeout_ms;		/* 0: none */
	unsigned interrupts;		/* SIGINTs the program has been told of */
	int status;			/* exit status once it is over, -1 before */
};

/* --- Clocks ------------------------------------------------------------------- */

static int64_t elapsed_ms(const struct session *s)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - s->began.tv_sec) * 1000 +
	       (now.tv_nsec - s->began.tv_nsec) / 1000000;
}

/* What the wall clock of the user shows, as seconds since 1970.  */
static void follow_clock(struct session *s)
{
	struct timespec now;
	struct tm tm;

	if (s->fixed_date)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &tm);
	machine_follow_clock(s->machine, now.tv_sec + tm.tm_gmtoff, now.tv_nsec);
}

/* --- Signals ------------------------------------------------------------------- */

static const int caught[] = {
	SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCONT, SIGTSTP, SIGWINCH,
};

static bool catch_signals(struct session *s, struct error *err)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++)
		sigaddset(&set, caught[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	s->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	s->ports.stop = s->signals;
	if (s->signals >= 0)
		return true;
	error_set(err, "signalfd: %s", strerror(errno));
	return false;
}

/* The first Ctrl-C is the program's (Ctrl-Break, which DOS turns into INT
 * 23h); a program that does not care is ended by the third.  */
static void interrupt(struct session *s)
{
	if (s->debug && debug_interrupt(s->debug))
		return;
	if (++s->interrupts >= 3)
		s->status = STATUS_SIGNAL + SIGINT;
	else
		typist_key(&s->typist, HID_PAUSE, TYPE_CTRL);
}

/* With the terminal as its owner, the shell, wants it.  */
static void suspend(void *ctx)
{
	struct session *s = ctx;
	sigset_t set;

	front_pause(&s->front, true);
	terminal_restore(&s->terminal);
	sigemptyset(&set);
	sigaddset(&set, SIGTSTP);
	kill(0, SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &set, NULL);	/* stopped here */
	sigprocmask(SIG_BLOCK, &set, NULL);
	s->resumed = true;
	if (s->front.open)
		front_pause(&s->front, false);
	else
		terminal_raw(&s->terminal);
}

static void resume(struct session *s)
{
	if (!s->resumed && s->front.open)
		front_pause(&s->front, false);
	else if (!s->resumed)
		terminal_resume(&s->terminal);
	s->resumed = false;
}

static void take_signals(struct session *s)
{
	struct signalfd_siginfo info;

	while (read(s->signals, &info, sizeof info) == sizeof info) {
		if (info.ssi_signo == SIGINT)
			interrupt(s);
		else if (info.ssi_signo == SIGCONT)
			resume(s);
		else if (info.ssi_signo == SIGTSTP)
			suspend(s);
		else if (info.ssi_signo == SIGWINCH)
			front_poll(&s->front);
		else
			s->status = STATUS_SIGNAL + info.ssi_signo;
	}
}

/* --- Input ---------------------------------------------------------------------- */

static void to_machine(void *ctx, const struct key_event *ev)
{
	struct session *s = ctx;

	machine_key(s->machine, ev);
}

/* What is on the guest's keys just now.  */
static void tell_typist(struct session *s)
{
	s->typist.layout = machine_layout(s->machine, &s->typist.second);
	s->typist.caps = machine_caps_lock(s->machine);
	s->typist.code_page = machine_typed_page(s->machine);
}

static void type(struct session *s)
{
	vtime now = machine_now(s->machine);

	if (!typist_empty(&s->typist) && machine_keys_read(s->machine)) {
		tell_typist(s);
		typist_strike(&s->typist, to_machine, s);
		s->release_at = now + HOLD;
	} else if (typist_holds(&s->typist) && now >= s->release_at) {
		typist_release(&s->typist, to_machine, s);
	}
}

/* The user has a keyboard.  */
static bool has_terminal(const struct session *s)
{
	return s->front.open || (s->terminal.in >= 0 && !s->terminal.ended);
}

/* Keys cannot come from standard input any more.  A program that waits for one is at its end; one
 * that only looks for them may do something else at some time, but not if it has
 * done nothing but that for long.  */
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

/* The program wants a key and there is no keyboard: standard input types.  */
static void feed_key(struct session *s)
{
	int ch;

	if (has_terminal(s) || !typist_empty(&s->typist) || !machine_keys_read(s->machine))
		return;
	ch = streams_take_key(&s->streams);
	if (ch >= 0)
		typist_char(&s->typist, ch == '\n' ? '\r' : ch);
	else if (ch == STREAM_ENDED)
		no_more_keys(s);
}

static bool wants_key(const struct session *s)
{
	enum guest_wait why = machine_waits(s->machine);

	return why == GUEST_WAIT_KEY || why == GUEST_WAIT_POLL;
}

/* On a screen guest time goes as the user's does: how far it is ahead.  What it
 * lags behind for long is lost.  */
static int ahead_ms(struct session *s)
{
	int64_t ahead = (int64_t)(machine_now(s->machine) / MILLISECOND) + s->pace_ms - elapsed_ms(s);

	if (ahead < -AHEAD_MAX || ahead > AHEAD_MAX) {
		s->pace_ms -= ahead;
		return 0;
	}
	return ahead > 0 ? ahead : 0;
}

/* How long the host may sleep, in milliseconds: as long as the guest has
 * been idle, if it waits for something that comes from outside.  */
static int sleep_ms(struct session *s, vtime idle)
{
	enum guest_wait why = machine_waits(s->machine);

	if (s->status >= 0 || !typist_empty(&s->typist))
		return 0;
	if (s->front.open)
		return ahead_ms(s);
	if (why == GUEST_WAIT_NONE || why == GUEST_WAIT_TIME ||
	    (why == GUEST_WAIT_POLL && s->streams.input_ended && !s->control))
		return has_terminal(s) || s->control || ports_paced(&s->ports) ?
			idle / MILLISECOND : 0;
	return (idle + MILLISECOND - 1) / MILLISECOND;
}

static void poll_front(struct session *s)
{
	front_poll(&s->front);
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

static void wait_outside(struct session *s, int ms)
{
	bool escape_pending = s->terminal.pending_size > 0;
	enum guest_wait why = machine_waits(s->machine);
	bool watch_input = s->front.open ? why == GUEST_WAIT_STREAM :
		has_terminal(s) || why == GUEST_WAIT_STREAM ||
		(wants_key(s) && !(s->control && s->streams.input_ended));
	struct pollfd p[4 + PORTS + SERVED_FDS] = {
		{ .fd = s->signals, .events = POLLIN },
		{ .fd = watch_input ? STDIN_FILENO : -1, .events = POLLIN },
		{ .fd = s->streams.out_size ? STDOUT_FILENO : -1, .events = POLLOUT },
	};

	unsigned ports = ports_poll(&s->ports, p + 4);
	unsigned served = poll_served(s, p + 4 + ports);

	front_sleep(&s->front, &p[3], &ms);
	if (poll(p, 4 + ports + served, ms) < 0)
		return;
	if (p[0].revents)
		take_signals(s);
	serve(s, p + 4 + ports, served);
	if (s->front.open) {
		poll_front(s);
	} else if (has_terminal(s)) {
		if (p[1].revents)
			terminal_read(&s->terminal, &s->typist);
		else if (escape_pending && ms > 0)
			terminal_idle(&s->terminal, &s->typist);
	}
}

/* --- The screen ------------------------------------------------------------------- */

/* The terminal is the front end's now, and the console is on the screen.  */
static bool begin_full_screen(struct session *s, struct error *err)
{
	const char *name = conf_get_text(s->conf, "front");

	streams_flush(&s->streams);
	terminal_restore(&s->terminal);
	if (!front_open(&s->front, strcmp(name, "auto") == 0 ? "term" : name, err)) {
		terminal_raw(&s->terminal);
		return false;
	}
	s->streams.silent = true;
	s->pace_ms = elapsed_ms(s) - (int64_t)(machine_now(s->machine) / MILLISECOND);
	return true;
}

/* A program uses the screen as more than lines: show it, if there is a terminal.
 * Where that fails, lines are what there is.  */
static void look_at_screen(struct session *s)
{
	struct error err = { "" };

	if (s->screen_used || !machine_screen_used(s->machine))
		return;
	s->screen_used = true;
	if (s->debug && debug_uses_terminal(s->debug))
		return;
	if (s->screen == SCREEN_AUTO && s->terminal.in >= 0 && s->terminal.out >= 0 &&
	    strcmp(conf_get_text(s->conf, "front"), "none") != 0)
		begin_full_screen(s, &err);
}

/* dosvm(1), THE SCREEN: the last screen of a program that has nothing else to say.
 * Characters that would move the cursor have only glyphs; they are blanks here.  */
static void print_last_screen(struct session *s)
{
	char text[16384];
	size_t n;

	if (s->screen != SCREEN_AUTO || !s->screen_used || s->front.shown || s->streams.printed ||
	    machine_end(s->machine)->end != MACHINE_EXITED)
		return;
	n = machine_screen_text(s->machine, text, sizeof text);
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\n')
			streams_console(&s->streams, '\r');
		streams_console(&s->streams, text[i] == '\n' || (uint8_t)text[i] >= ' ' ? text[i] : ' ');
	}
}

/* --- Running -------------------------------------------------------------------- */

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

static int until_timeout_ms(const struct session *s)
{
	int64_t left = s->timeout_ms - elapsed_ms(s);

	return !s->timeout_ms ? -1 : left < 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

/* The machine's clock stands; those who may start it again are served.  */
static void stand(struct session *s)
{
	struct pollfd p[1 + SERVED_FDS] = { { .fd = s->signals, .events = POLLIN } };
	unsigned n = poll_served(s, p + 1);
	int ms = until_timeout_ms(s);

	if (s->control && (ms < 0 || ms > STAND_MS))
		ms = STAND_MS;
	if (poll(p, 1 + n, ms) >= 0) {
		if (p[0].revents)
			take_signals(s);
		serve(s, p + 1, n);
	}
	if (s->control)
		control_step(s->control, elapsed_ms(s), 0, 0);
	if (s->timeout_ms && elapsed_ms(s) >= s->timeout_ms)
		s->status = STATUS_TIMEOUT;
}

/* A script has paused the machine.  A front end's user cannot do anything to it
 * either, but leave.  */
static void pause_machine(struct session *s)
{
	streams_flush(&s->streams);
	while (s->status < 0 && control_holds(s->control)) {
		stand(s);
		if (s->front.open)
			poll_front(s);
	}
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
		stand(s);
	}
	if (debug_uses_terminal(s->debug))
		terminal_raw(&s->terminal);
}

static void one_slice(struct session *s)
{
	vtime idle, began = machine_now(s->machine);

	follow_clock(s);
	type(s);
	if (s->debug)
		debug_run(s->debug, machine_now(s->machine) + SLICE);
	else
		machine_run(s->machine, machine_now(s->machine) + SLICE);
	idle = machine_idle(s->machine);
	streams_flush(&s->streams);
	ports_pump(&s->ports, elapsed_ms(s));
	look_at_screen(s);
	if (s->control)
		control_step(s->control, elapsed_ms(s), idle, machine_now(s->machine) - began);
	if (machine_end(s->machine)->end != MACHINE_RUNS || held(s))
		return;
	if (wants_key(s))
		feed_key(s);
	else if (idle < SLICE / 2)
		s->looks_since = 0;
	if (s->streams.deaf_writes >= DEAF_WRITES)
		s->status = STATUS_SIGNAL + SIGPIPE;
	if (s->timeout_ms && elapsed_ms(s) >= s->timeout_ms)
		s->status = STATUS_TIMEOUT;
	wait_outside(s, sleep_ms(s, idle));
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

int session_run(struct session *s, struct error *err)
{
	struct error dump_error = { "" };
	bool dumped;
	int status;

	terminal_raw(&s->terminal);
	if (s->screen == SCREEN_FULL && !begin_full_screen(s, err)) {
		terminal_restore(&s->terminal);
		return STATUS_REFUSED;
	}
	while (s->status < 0 && (held(s) || machine_end(s->machine)->end == MACHINE_RUNS)) {
		if (held(s))
			hold(s);
		else if (s->control && control_holds(s->control))
			pause_machine(s);
		else
			one_slice(s);
		if (s->debug && debug_killed(s->debug) &&
		    machine_end(s->machine)->end == MACHINE_RUNS)
			s->status = STATUS_SIGNAL + SIGTERM;
	}
	front_close(&s->front);
	print_last_screen(s);
	dumped = screen_dump(s->machine, conf_get_text(s->conf, "screen-dump"), &dump_error);
	drain(s);
	terminal_restore(&s->terminal);
	status = ended(s, err);
	if (s->debug)
		debug_ended(s->debug, status);
	if (*err->text && !machine_end(s->machine)->refused)
		report(s);
	if (!*err->text && reader_gone(s))
		return STATUS_SIGNAL + SIGPIPE;
	if (!*err->text && !ports_close(&s->ports, err))
		status = STATUS_REFUSED;
	if (!*err->text && !dumped) {
		*err = dump_error;
		status = STATUS_REFUSED;
	}
	if (!*err->text && s->streams.late) {
		error_set(err, "standard output: %s", strerror(s->streams.fds.failed));
		status = STATUS_REFUSED;
	}
	return status;
}

/* --- Opening -------------------------------------------------------------------- */

static void on_console(void *ctx, uint8_t ch)
{
	struct session *s = ctx;

	streams_console(&s->streams, ch);
}

static void on_trace(void *ctx, const char *channel, const char *text)
{
	struct session *s = ctx;
	unsigned bit = log_channel_named(channel, strlen(channel));

	if (!log_on(&s->log, bit))
		return;
	streams_flush(&s->streams);	/* in order, when both go to one terminal */
	log_say(&s->log, bit, "%s", text);
}

static bool open_log(struct session *s, struct error *err)
{
	const char *text = conf_get_text(s->conf, "trace"), *file = strchr(text, ':');
	unsigned channels = conf_get_int(s->conf, "trace");

	if (file && channels) {
		s->log_file = fopen(file + 1, "we");
		if (!s->log_file) {
			error_set(err, "%s: %s", file + 1, strerror(errno));
			return false;
		}
		setvbuf(s->log_file, NULL, _IOLBF, 0);
	}
	log_init(&s->log, s->log_file ? s->log_file : stderr, channels);
	return true;
}

/* --- Opening: the environment ---------------------------------------------------- */

/* What a DOS user expects to find (dosvm(1), ENVIRONMENT).  */
static const char *const usual_environment[] = {
	"COMSPEC=C:\\COMMAND.COM", "PATH=C:\\DOS;C:\\", "PROMPT=$P$G", "TEMP=C:\\TEMP",
	"TMP=C:\\TEMP",
};

static bool same_name(const char *a, const char *b)
{
	size_t n = strcspn(a, "=");

	return n == strcspn(b, "=") && strncmp(a, b, n) == 0;
}

static bool has_variable(const struct session *s, size_t size, const char *entry)
{
	for (size_t at = 0; at < size; at += strlen(s->environment + at) + 1)
		if (same_name(s->environment + at, entry))
			return true;
	return false;
}

/* One NAME=VALUE behind the others, its name in capitals, unless there is one
 * of this name.  */
static bool add_variable(struct session *s, size_t *size, const char *text, struct error *err)
{
	uint16_t page = conf_get_int(s->conf, "code-page");
	char *at = s->environment + *size;

	if (!cp_string_from_utf8(page, at, sizeof s->environment - *size, text)) {
		error_set(err, "--env %s: too long, or not in code page %u", text, page);
		return false;
	}
	for (char *p = at; *p && *p != '='; p++)
		*p = cp_upper(page, *p);
	if (!has_variable(s, *size, at))
		*size += strlen(at) + 1;
	return true;
}

static bool add_comspec(struct session *s, size_t *size, const char *shell, struct error *err)
{
	char text[DRIVE_PATH_MAX + 16];

	snprintf(text, sizeof text, "COMSPEC=%s", shell);
	return add_variable(s, size, text, err);
}

/* The block that DOS wants: --env's variables, the last of a name first, and
 * the usual ones.  */
static bool gather_environment(struct session *s, size_t *size, struct error *err)
{
	const char *shell = conf_get_text(s->conf, "shell");
	unsigned n = 0;

	*size = 0;
	while (conf_get_list(s->conf, "env", n))
		n++;
	while (n--)
		if (!add_variable(s, size, conf_get_list(s->conf, "env", n), err))
			return false;
	if (*shell && !add_comspec(s, size, shell, err))
		return false;
	for (size_t i = 0; i < sizeof usual_environment / sizeof usual_environment[0]; i++)
		if (!add_variable(s, size, usual_environment[i], err))
			return false;
	return true;
}

static void tell_version(struct dos_setver *v, const char *name, const char *extension,
			 const char *version)
{
	const char *minor = strchr(version, '.');

	snprintf(v->name, sizeof v->name, "%.*s%s", *extension ? 8 : 12, name, extension);
	v->major = strtoul(version, NULL, 10);
	v->minor = minor ? strtoul(minor + 1, NULL, 10) : 0;
	if (minor && strlen(minor) == 2)
		v->minor *= 10;		/* 3.3 is 3.30 */
}

/* What [program] sections say of dos-version.  A name without an extension is
 * that of a COM and of an EXE.  */
static size_t told_versions(struct session *s)
{
	const char *program, *version;
	size_t n = 0;

	for (unsigned i = 0; n + 2 <= SETVER_MAX; i++) {
		version = conf_override(s->conf, "dos-version", i, &program);
		if (!version)
			break;
		if (strchr(program, '.')) {
			tell_version(&s->setver[n++], program, "", version);
			continue;
		}
		tell_version(&s->setver[n++], program, ".COM", version);
		tell_version(&s->setver[n++], program, ".EXE", version);
	}
	return n;
}

static bool configure(struct session *s, struct machine_config *c, struct error *err)
{
	static const enum cpu_model models[] = {
		CPU_8086, CPU_80186, CPU_80286, CPU_80386, CPU_80486, CPU_PENTIUM,
	};
	const struct conf *conf = s->conf;
	int64_t version = conf_get_int(conf, "dos-version");

	*c = (struct machine_config){
		.ram_size = conf_get_int(conf, "memory") & ~INT64_C(4095),
		.model = models[conf_get_int(conf, "cpu")],
		.fpu = conf_get_bool(conf, "fpu"),
		.cost = 1000 / conf_get_int(conf, "speed"),
		.coms = s->coms, .lpts = s->lpts,
		.mouse = conf_get_int(conf, "mouse") <= MOUSE_PS2,
		.dos = {
			.version_major = version >> 8, .version_minor = version,
			.setver = s->setver, .setver_count = told_versions(s),
			.country = conf_get_int(conf, "country"),
			.code_page = conf_get_int(conf, "code-page"),
			.short_names = !conf_get_bool(conf, "long-names"),
			.files = 60, .fcbs = 16, .lastdrive = 26, .buffers = 20,
			.config_sys = conf_get_bool(conf, "config-sys"),
			.boot_drive = 'C', .current_drive = 'D',
			.shell = "C:\\COMMAND.COM",
			.environment = s->environment,
			.std_is_con = { isatty(0), isatty(1), isatty(1) && isatty(2) },
		},
	};
	snprintf(c->keyboard, sizeof c->keyboard, "%s",
		 keyboard_layout(conf_get_text(conf, "keyboard")));
	return gather_environment(s, &c->dos.environment_size, err);
}

#define TAIL_MAX	126	/* characters of a command tail, by the PSP */

/* A variable for the shell alone, which takes it out (shell.h).  */
static bool whisper(struct session *s, const char *name, const char *value, struct error *err)
{
	struct dos_config *dos = machine_dos_config(s->machine);
	size_t room = sizeof s->environment - dos->environment_size;
	int n = snprintf(s->environment + dos->environment_size, room, "%s=%s", name, value);

	if ((size_t)n >= room) {
		error_set(err, "the command line is too long");
		return false;
	}
	dos->environment_size += n + 1;
	return true;
}

/* The arguments as a DOS program gets them, each after a blank.  */
static bool join_arguments(struct session *s, char *const *args, char *text, size_t size,
			   struct error *err)
{
	uint16_t page = conf_get_int(s->conf, "code-page");
	size_t n = 0;

	for (text[0] = 0; *args; args++) {
		if (n + 2 >= size || !cp_string_from_utf8(page, text + n + 1, size - n - 1, *args)) {
			error_set(err, "%s: too long, or not in code page %u", *args, page);
			return false;
		}
		text[n] = ' ';
		n += strlen(text + n);
	}
	return true;
}

/* A line for the shell: in its command tail if it fits.  */
static bool run_line(struct session *s, const char *line, struct error *err)
{
	struct dos_config *dos = machine_dos_config(s->machine);
	int n = snprintf(dos->shell_tail, sizeof dos->shell_tail, "/C %s", line);

	if (n <= TAIL_MAX)
		return true;
	strcpy(dos->shell_tail, "/LINE");
	return whisper(s, "@LINE", line, err);
}

/* One program, with exactly this tail.  */
static bool run_program(struct session *s, const char *path, const char *tail, struct error *err)
{
	struct dos_config *dos = machine_dos_config(s->machine);
	int n = snprintf(dos->shell_tail, sizeof dos->shell_tail, "/RUN \"%s\"%s", path, tail);

	if (strlen(tail) > TAIL_MAX) {
		error_set(err, "%s: the arguments are longer than the %d characters DOS has", path,
			  TAIL_MAX);
		return false;
	}
	if (n <= TAIL_MAX)
		return true;
	strcpy(dos->shell_tail, "/RUN");
	return whisper(s, "@RUN", path, err) && whisper(s, "@TAIL", tail, err);
}

static bool run_arguments(struct session *s, char *const *args, struct error *err)
{
	char path[DRIVE_PATH_MAX + 2], tail[1024], line[1024];

	if (!join_arguments(s, args + 1, tail, sizeof tail, err))
		return false;
	if (s->program.kind == PROGRAM_HOST) {
		if (mounts_dos_path(&s->mounts, s->machine, s->program.path, path))
			return run_program(s, path, tail, err);
		error_set(err, "%s: no DOS path leads there", s->program.path);
		return false;
	}
	if ((size_t)snprintf(line, sizeof line, "%s%s", s->program.path, tail) < sizeof line)
		return run_line(s, line, err);
	error_set(err, "%s: the command line is too long", s->program.path);
	return false;
}

/* --shell: somebody else's prompt, started by ours, which has run AUTOEXEC.BAT
 * and waits: an interpreter that is the first process can on DOS never end,
 * and some do not even try (4DOS, whose main() would return into nothing).  */
static bool foreign_shell(struct session *s, const char *shell, struct error *err)
{
	struct dos_config *dos = machine_dos_config(s->machine);
	uint16_t page = conf_get_int(s->conf, "code-page");
	char path[DRIVE_PATH_MAX];
	int n;

	if (!cp_string_from_utf8(page, path, sizeof path, shell)) {
		error_set(err, "--shell %s: too long, or not in code page %u", shell, page);
		return false;
	}
	n = snprintf(dos->shell_tail, sizeof dos->shell_tail, "%s/RUN \"%s\"",
		     conf_get_bool(s->conf, "autoexec") ? "/P " : "", path);
	if (n <= TAIL_MAX)
		return true;
	strcpy(dos->shell_tail, conf_get_bool(s->conf, "autoexec") ? "/P /RUN" : "/RUN");
	return whisper(s, "@RUN", path, err) && whisper(s, "@TAIL", "", err);
}

static bool shell_tail(struct session *s, char *const *args, struct error *err)
{
	struct dos_config *dos = machine_dos_config(s->machine);
	const char *command = conf_get_text(s->conf, "command");
	const char *shell = conf_get_text(s->conf, "shell");
	uint16_t page = conf_get_int(s->conf, "code-page");
	char line[1024];

	dos->keep_shell = *args || *command || *shell;
	if (*args)
		return run_arguments(s, args, err);
	if (!*command && *shell)
		return foreign_shell(s, shell, err);
	if (!*command) {
		strcpy(dos->shell_tail, conf_get_bool(s->conf, "autoexec") ? "/P" : "/P /D");
		return true;
	}
	if (cp_string_from_utf8(page, line, sizeof line, command))
		return run_line(s, line, err);
	error_set(err, "%s: too long, or not in code page %u", command, page);
	return false;
}

/* The current directory, on D:.  */
static bool enter_directory(struct session *s, struct error *err)
{
	struct dos_config *dos = machine_dos_config(s->machine);
	char here[PATH_MAX], path[DRIVE_PATH_MAX + 2];

	if (!realpath(".", here)) {
		error_set(err, "the current directory: %s", strerror(errno));
		return false;
	}
	if (!mounts_dos_path(&s->mounts, s->machine, here, path)) {
		error_set(err, "%s: no DOS path leads there", here);
		return false;
	}
	dos->current_drive = path[0];
	snprintf(dos->current_dir, sizeof dos->current_dir, "%s", path + 2);
	return true;
}

static bool build(struct session *s, char *const *args, struct error *err)
{
	struct machine_config config;
	struct machine_host host = {
		.ctx = s, .console = on_console,
		.trace = conf_get_int(s->conf, "trace") ? on_trace : NULL,
		.trace_channels = conf_get_int(s->conf, "trace"),
	};
	struct drive_config drives = {
		.code_page = conf_get_int(s->conf, "code-page"),
		.upper = conf_get_int(s->conf, "new-names") == 1,
	};
	int64_t date = conf_get_int(s->conf, "date");

	if (!configure(s, &config, err))
		return false;
	s->machine = machine_new(&config, &host, err);
	if (!s->machine)
		return false;
	s->fixed_date = date >= 0;
	if (s->fixed_date) {
		machine_set_clock(s->machine, date, 0);
		drives.clock = machine_dos_time;
		drives.clock_ctx = s->machine;
	}
	follow_clock(s);
	s->screen = conf_get_int(s->conf, "screen");
	front_init(&s->front, s->machine, &s->typist, conf_get_int(s->conf, "code-page"), suspend, s);
	ports_plug(&s->ports, s->machine);
	return machine_mount_stdio(s->machine, &streams_ops, &s->streams, err) &&
	       mounts_make(&s->mounts, s->machine, &drives, err) &&
	       enter_directory(s, err) && shell_tail(s, args, err);
}

static bool open_debug(struct session *s, char *const *args, struct error *err)
{
	const char *commands = conf_get_text(s->conf, "debug"), *gdb = conf_get_text(s->conf, "gdb");
	struct debug_config config = {
		.commands = commands, .gdb = *gdb ? gdb : NULL,
		.waits = *args || *conf_get_text(s->conf, "command"),
	};

	if (!*commands && !*gdb)
		return true;
	if (*commands && *gdb) {
		error_set(err, "--debug and --gdb: one of them can have the machine");
		return false;
	}
	s->debug = debug_open(s->machine, &config, err);
	return s->debug != NULL;
}

static bool all_typed(void *ctx)
{
	struct front *f = ctx;

	return typist_empty(f->typist);
}

static bool open_control(struct session *s, struct error *err)
{
	struct control_config config = {
		.path = conf_get_text(s->conf, "control"), .host = &s->front.host,
		.typed = all_typed, .code_page = conf_get_int(s->conf, "code-page"),
	};

	if (!*config.path)
		return true;
	s->control = control_open(s->machine, &config, err);
	return s->control != NULL;
}

static void open_terminal(struct session *s)
{
	terminal_init(&s->terminal, isatty(0) ? 0 : -1, isatty(1) ? 1 : -1,
		      conf_get_int(s->conf, "code-page"));
	streams_init(&s->streams, &s->terminal);
	typist_init(&s->typist);
}

struct session *session_open(const struct conf *conf, char *const *args,
			     int *status, struct error *err)
{
	struct session *s = calloc(1, sizeof *s);

	*status = STATUS_REFUSED;
	if (!s) {
		error_set(err, "out of memory");
		return NULL;
	}
	s->conf = conf;
	s->signals = -1;
	s->status = -1;
	s->timeout_ms = conf_get_int(conf, "timeout");
	signal(SIGPIPE, SIG_IGN);	/* both are errors of write(2) and its like */
	signal(SIGXFSZ, SIG_IGN);
	clock_gettime(CLOCK_MONOTONIC, &s->began);
	ports_count(conf, &s->coms, &s->lpts);
	if (!ports_open(&s->ports, conf, err)) {
		session_close(s);
		return NULL;
	}
	open_terminal(s);
	if ((!*args || program_find(&s->program, *args, status, err)) && open_log(s, err) &&
	    mounts_plan(&s->mounts, conf, *args ? &s->program : NULL, err) &&
	    build(s, args, err) && open_debug(s, args, err) && open_control(s, err) &&
	    catch_signals(s, err))
		return s;
	session_close(s);
	return NULL;
}

void session_close(struct session *s)
{
	if (!s)
		return;
	front_close(&s->front);
	terminal_restore(&s->terminal);
	debug_close(s->debug);
	control_close(s->control);
	ports_close(&s->ports, NULL);
	machine_free(s->machine);
	if (s->signals >= 0)
		close(s->signals);
	if (s->log_file)
		fclose(s->log_file);
	free(s);
}
