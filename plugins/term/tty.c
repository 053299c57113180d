/* tty.c - the terminal as a thing that is borrowed.  */

#include "tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define CELLS_MAX	1000
#define DRAIN_MS	1000		/* a terminal that takes nothing for so long is dead */

/* Mouse: presses, drags and moves, in SGR's form (xterm, "Mouse Tracking").  */
#define MOUSE_ON	"\033[?1000h\033[?1002h\033[?1003h\033[?1006h"
#define MOUSE_OFF	"\033[?1006l\033[?1003l\033[?1002l\033[?1000l"
#define PASTE_ON	"\033[?2004h\033[?1004h"	/* and focus reports */
#define PASTE_OFF	"\033[?1004l\033[?2004l"
#define KITTY_ON	"\033[>31u"			/* all that the protocol has */
#define KITTY_OFF	"\033[<u"
#define OTHER_KEYS_ON	"\033[>4;2m"
#define OTHER_KEYS_OFF	"\033[>4m"

/* What a signal handler must find: there is one terminal.  */
static struct tty *volatile tty_of_signals;
static const int crash_signals[TTY_CRASHES] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

/* Only what signal-safety(7) allows.  A terminal that takes nothing is not waited for.  */
static void send_restore(const struct tty *t)
{
	struct pollfd p = { .fd = t->fd, .events = POLLOUT };
	size_t sent = 0;

	while (sent < t->restore_size && poll(&p, 1, DRAIN_MS) > 0) {
		ssize_t n = write(t->fd, t->restore + sent, t->restore_size - sent);

		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return;
		sent += n > 0 ? n : 0;
	}
}

/* Then the signal does what it did before.  */
static void on_crash(int n)
{
	struct tty *t = tty_of_signals;
	int e = errno;

	if (t && t->taken) {
		t->taken = false;
		send_restore(t);
		tcsetattr(t->fd, TCSANOW, &t->saved);
	}
	for (int i = 0; t && i < TTY_CRASHES; i++)
		if (crash_signals[i] == n)
			sigaction(n, &t->old[i], NULL);
	errno = e;
	raise(n);
}

static void watch_crashes(struct tty *t)
{
	struct sigaction act = { .sa_handler = on_crash };

	sigemptyset(&act.sa_mask);
	tty_of_signals = t;
	for (int i = 0; i < TTY_CRASHES; i++)
		sigaction(crash_signals[i], &act, &t->old[i]);
}

static void unwatch_crashes(struct tty *t)
{
	for (int i = 0; i < TTY_CRASHES; i++)
		sigaction(crash_signals[i], &t->old[i], NULL);
	tty_of_signals = NULL;
}

bool tty_open(struct tty *t)
{
	*t = (struct tty){ .fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) };
	t->mouse = true;
	if (t->fd < 0)
		return false;
	if (tcgetpgrp(t->fd) == getpgrp())
		return true;
	tty_close(t);
	return false;
}

void tty_close(struct tty *t)
{
	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
}

/* Two that show the text of strings they do not know, or take it for a title.  */
static bool takes_strings(const struct caps *c)
{
	static const char *const not[] = { "linux", "screen", "tmux", "vt", "cygwin" };

	for (size_t i = 0; i < sizeof not / sizeof *not; i++)
		if (strncmp(c->name, not[i], strlen(not[i])) == 0)
			return false;
	return true;
}

/* Kitty's keyboard and graphics; true colours, by name and by whether one that is
 * set is there afterwards (DECRQSS): xterm knows only the latter, whatever its TERM
 * is.  The last one every terminal answers: what has not come by then will not.  */
static void ask(const struct caps *caps, struct out *o)
{
	out_text(o, "\033[?u");
	if (takes_strings(caps))
		out_text(o, "\033_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\033\\\033P+q524742\033\\"
			    "\033[48;2;1;2;3m\033P$qm\033\\\033[m");
	out_text(o, "\033[16t\033[c");
}

static void add(struct tty *t, const char *text)
{
	size_t n = text ? strlen(text) : 0;

	if (n > sizeof t->restore - t->restore_size)
		return;
	memcpy(t->restore + t->restore_size, text ? text : "", n);
	t->restore_size += n;
}

/* Keyboard modes of kitty are the alternate screen's, and go before it.  */
static void prepare_restore(struct tty *t, const struct caps *caps)
{
	t->restore_size = 0;
	add(t, "\033\\");		/* an image that was not sent whole ends */
	if (t->kitty)
		add(t, KITTY_OFF);
	if (t->other_keys)
		add(t, OTHER_KEYS_OFF);
	add(t, MOUSE_OFF PASTE_OFF);
	if (caps->shape)
		add(t, "\033[0 q");
	add(t, caps->normal);
	add(t, caps->show);
	add(t, caps->enter && caps->leave ? caps->leave : caps->clear);
}

static bool raw(struct tty *t)
{
	struct termios now;

	if (tcgetattr(t->fd, &t->saved) != 0)
		return false;
	now = t->saved;
	cfmakeraw(&now);
	now.c_cc[VMIN] = 1;
	now.c_cc[VTIME] = 0;
	return tcsetattr(t->fd, TCSADRAIN, &now) == 0;
}

bool tty_take(struct tty *t, const struct caps *caps, struct out *o)
{
	if (t->taken)
		return true;
	if (!raw(t))
		return false;
	t->kitty = t->other_keys = false;
	prepare_restore(t, caps);
	t->taken = true;
	watch_crashes(t);
	caps_put(o, caps->enter, 0, 0);
	out_text(o, PASTE_ON);
	if (t->mouse)
		out_text(o, MOUSE_ON);
	ask(caps, o);
	return true;
}

void tty_give_back(struct tty *t, const struct caps *caps, struct out *o)
{
	if (!t->taken)
		return;
	prepare_restore(t, caps);
	out_bytes(o, t->restore, t->restore_size);
	out_drain(o, t->fd, DRAIN_MS);
	t->taken = false;
	unwatch_crashes(t);
	/* Answers that are still under way are not for the shell.  */
	tcsetattr(t->fd, TCSAFLUSH, &t->saved);
}

void tty_use_kitty(struct tty *t, const struct caps *caps, struct out *o)
{
	if (t->kitty || !t->taken)
		return;
	t->kitty = true;
	prepare_restore(t, caps);
	out_text(o, KITTY_ON);
}

void tty_use_other_keys(struct tty *t, const struct caps *caps, struct out *o)
{
	if (t->kitty || t->other_keys || !t->taken)
		return;
	t->other_keys = true;
	prepare_restore(t, caps);
	out_text(o, OTHER_KEYS_ON);
}

void tty_use_mouse(struct tty *t, struct out *o, bool on)
{
	t->mouse = on;
	out_text(o, on ? MOUSE_ON : MOUSE_OFF);
}

static unsigned at_most(unsigned n, unsigned most)
{
	return n < most ? n : most;
}

struct tty_size tty_size(const struct tty *t)
{
	struct tty_size s = { 80, 25, 0, 0 };
	struct winsize size;

	if (ioctl(t->fd, TIOCGWINSZ, &size) != 0)
		return s;
	if (size.ws_col)
		s.width = at_most(size.ws_col, CELLS_MAX);
	if (size.ws_row)
		s.height = at_most(size.ws_row, CELLS_MAX);
	s.cell_width = at_most(size.ws_xpixel / s.width, TTY_DOTS_MAX);
	s.cell_height = at_most(size.ws_ypixel / s.height, TTY_DOTS_MAX);
	return s;
}
