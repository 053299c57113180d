/* signals.c - what the host's signals mean to a run: Ctrl-C is the program's,
 * SIGTSTP gives the terminal back, the others end it.  */

#include "session/parts.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/error.h"
#include "debug/debug.h"

static const int caught[] = {
	SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCONT, SIGTSTP, SIGWINCH,
};

bool signals_catch(struct session *s, struct error *err)
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
void signals_suspend(void *ctx)
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
	pace_stood_still(s);
}

static void other_size(struct session *s)
{
	front_poll(&s->front);
	textsize_changed(s);
}

void signals_take(struct session *s)
{
	struct signalfd_siginfo info;

	while (read(s->signals, &info, sizeof info) == sizeof info) {
		if (info.ssi_signo == SIGINT)
			interrupt(s);
		else if (info.ssi_signo == SIGCONT)
			resume(s);
		else if (info.ssi_signo == SIGTSTP)
			signals_suspend(s);
		else if (info.ssi_signo == SIGWINCH)
			other_size(s);
		else
			s->status = STATUS_SIGNAL + info.ssi_signo;
	}
}
