/* portkind.c - the kinds of things that can be plugged into a port.  */

#include "session/ports.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "dev/serial.h"

#define UP	(SERIAL_CTS | SERIAL_DSR | SERIAL_DCD)
#define JOBS	9999

static bool refuse(struct port *p, struct error *err)
{
	error_set(err, "--%s: %s: %s", p->name, p->target, strerror(errno));
	return false;
}

/* --- Files ------------------------------------------------------------------------ */

static bool open_file(struct port *p, struct error *err)
{
	p->out = open(p->target, O_WRONLY | O_CREAT | O_APPEND | O_NOCTTY | O_CLOEXEC, 0666);
	return p->out >= 0 || refuse(p, err);
}

static int open_fifo_end(const char *name, const char *end)
{
	char path[PATH_MAX];
	struct stat st;
	int fd;

	if (snprintf(path, sizeof path, "%s%s", name, end) >= (int)sizeof path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	/* Open for both, so that it does not matter who comes first.  */
	fd = open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISFIFO(st.st_mode))) {
		close(fd);
		errno = EINVAL;
		return -1;
	}
	return fd;
}

static bool open_fifo(struct port *p, struct error *err)
{
	p->in = open_fifo_end(p->target, ".in");
	if (p->in >= 0)
		p->out = open_fifo_end(p->target, ".out");
	if (p->out >= 0)
		return true;
	error_set(err, "--%s: %s.in, %s.out: %s", p->name, p->target, p->target,
		  errno == EINVAL ? "no named pipe" : strerror(errno));
	return false;
}

/* --- Print jobs --------------------------------------------------------------------- */

static bool open_spool(struct port *p, struct error *err)
{
	struct stat st;

	if (stat(p->target, &st) == 0 && !S_ISDIR(st.st_mode))
		errno = ENOTDIR;
	else if (access(p->target, W_OK | X_OK) == 0)
		return true;
	return refuse(p, err);
}

static bool spool_job(struct port *p)
{
	char path[PATH_MAX];

	while (p->jobs < JOBS) {
		if (snprintf(path, sizeof path, "%s/job-%04u.prn", p->target, ++p->jobs) >=
		    (int)sizeof path) {
			errno = ENAMETOOLONG;
			return false;
		}
		p->out = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (p->out >= 0 || errno != EEXIST)
			break;
	}
	return p->out >= 0;
}

/* The shell gets the signals as this process found them.  */
static bool spawn_shell(struct port *p, int in)
{
	char *argv[] = { (char[]){ "sh" }, (char[]){ "-c" }, p->target, NULL };
	extern char **environ;
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, usual;
	int e;

	sigemptyset(&none);
	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	sigaddset(&usual, SIGXFSZ);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, in, 0);
	posix_spawn_file_actions_adddup2(&files, 2, 1);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &usual);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	e = posix_spawn(&p->child, "/bin/sh", &files, &attr, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attr);
	if (e)
		p->child = 0;
	errno = e;
	return e == 0;
}

static bool command_job(struct port *p)
{
	int fd[2];
	bool ok;

	if (p->child) {			/* the last one is still at work */
		int status;

		waitpid(p->child, &status, 0);
		p->child = 0;
	}
	if (pipe2(fd, O_CLOEXEC) != 0)
		return false;
	ok = spawn_shell(p, fd[0]);
	close(fd[0]);
	if (!ok) {
		int e = errno;

		close(fd[1]);
		errno = e;
		return false;
	}
	fcntl(fd[1], F_SETFL, O_NONBLOCK);
	p->out = fd[1];
	return true;
}

/* --- Lines -------------------------------------------------------------------------- */

static void make_raw(int fd)
{
	struct termios t;

	if (tcgetattr(fd, &t) != 0)
		return;
	cfmakeraw(&t);
	tcsetattr(fd, TCSANOW, &t);
}

/* The other side is kept open, so that programs there can come and go.  */
static bool open_pty(struct port *p, struct error *err)
{
	const char *name;

	p->in = p->out = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (p->in < 0 || grantpt(p->in) != 0 || unlockpt(p->in) != 0 || !(name = ptsname(p->in)) ||
	    (p->keep = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)) < 0)
		return refuse(p, err);
	make_raw(p->keep);
	if (!p->target[0]) {
		fprintf(stderr, "dosvm: %s is %s\n", p->name, name);
		return true;
	}
	p->linked = symlink(name, p->target) == 0;
	return p->linked || refuse(p, err);
}

static bool fill_address(struct port *p, struct sockaddr_un *a, struct error *err)
{
	*a = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (strlen(p->target) < sizeof a->sun_path) {
		strcpy(a->sun_path, p->target);
		return true;
	}
	errno = ENAMETOOLONG;
	return refuse(p, err);
}

static bool open_unix(struct port *p, struct error *err)
{
	struct sockaddr_un a;

	if (!fill_address(p, &a, err))
		return false;
	p->in = p->out = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (p->in < 0 || connect(p->in, (void *)&a, sizeof a) != 0 ||
	    fcntl(p->in, F_SETFL, O_NONBLOCK) != 0)
		return refuse(p, err);
	return true;
}

static bool open_listen(struct port *p, struct error *err)
{
	struct sockaddr_un a;

	if (!fill_address(p, &a, err))
		return false;
	p->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (p->listener < 0 || bind(p->listener, (void *)&a, sizeof a) != 0)
		return refuse(p, err);
	p->linked = true;
	return listen(p->listener, 1) == 0 || refuse(p, err);
}

/* Whatever else uses 0 and 1 gets an empty input and standard error.  */
static bool open_stdio(struct port *p, struct error *err)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	p->in = fcntl(0, F_DUPFD_CLOEXEC, 3);
	p->out = fcntl(1, F_DUPFD_CLOEXEC, 3);
	if (null < 0 || p->in < 0 || p->out < 0 || dup2(null, 0) < 0 ||
	    dup2(fcntl(2, F_GETFD) < 0 ? null : 2, 1) < 0)
		return refuse(p, err);
	close(null);
	return true;
}

static bool open_tty(struct port *p, struct error *err)
{
	p->in = p->out = open(p->target, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (p->in < 0 || tcgetattr(p->in, &p->saved) != 0)
		return refuse(p, err);
	p->tty = true;
	make_raw(p->in);
	return true;
}

/* Nothing of the host's; but one there is.  */
static bool open_mouse(struct port *p, struct error *err)
{
	if (port_mouse(p->target) != SERMOUSE_NONE)
		return true;
	error_set(err, "--%s=mouse:%s: there is no such mouse", p->name, p->target);
	return false;
}

enum sermouse_kind port_mouse(const char *name)
{
	static const char *const names[] = {
		[SERMOUSE_MICROSOFT] = "microsoft", [SERMOUSE_LOGITECH] = "logitech",
		[SERMOUSE_WHEEL] = "wheel", [SERMOUSE_SYSTEMS] = "systems",
	};

	if (!*name)
		return SERMOUSE_MICROSOFT;
	for (unsigned i = 1; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return SERMOUSE_NONE;
}

const struct port_kind port_kinds[] = {
	{ "none", true, true, TARGET_NONE, NULL, NULL },
	{ "null", true, true, TARGET_NONE, NULL, NULL },
	{ "file", true, true, TARGET_MUST, open_file, NULL },
	{ "command", false, true, TARGET_MUST, NULL, command_job },
	{ "spool", false, true, TARGET_MUST, open_spool, spool_job },
	{ "fifo", true, false, TARGET_MUST, open_fifo, NULL },
	{ "pty", true, false, TARGET_MAYBE, open_pty, NULL },
	{ "unix", true, false, TARGET_MUST, open_unix, NULL },
	{ "listen", true, false, TARGET_MUST, open_listen, NULL },
	{ "stdio", true, false, TARGET_NONE, open_stdio, NULL },
	{ "tty", true, false, TARGET_MUST, open_tty, NULL },
	{ "mouse", true, false, TARGET_MAYBE, open_mouse, NULL },
};

const unsigned port_kinds_count = sizeof port_kinds / sizeof port_kinds[0];

/* --- Modem lines, speed ---------------------------------------------------------------- */

static uint8_t tty_lines(int fd)
{
	static const struct { int host; uint8_t line; } table[] = {
		{ TIOCM_CTS, SERIAL_CTS }, { TIOCM_DSR, SERIAL_DSR },
		{ TIOCM_RI, SERIAL_RI }, { TIOCM_CD, SERIAL_DCD },
	};
	uint8_t lines = 0;
	int bits;

	if (ioctl(fd, TIOCMGET, &bits) != 0)
		return UP;		/* a terminal without them */
	for (unsigned i = 0; i < sizeof table / sizeof table[0]; i++)
		lines |= bits & table[i].host ? table[i].line : 0;
	return lines;
}

uint8_t port_lines(struct port *p)
{
	if (p->listener >= 0 && p->in < 0) {
		p->in = p->out = accept4(p->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		p->come_at = p->come_size = 0;
	}
	if (p->tty)
		return p->in < 0 ? 0 : tty_lines(p->in);
	if (strcmp(p->kind->name, "null") == 0 || strcmp(p->kind->name, "file") == 0)
		return UP;
	return p->in >= 0 || p->come_at < p->come_size ? UP : 0;
}

static speed_t speed_of(unsigned baud)
{
	static const struct { unsigned baud; speed_t speed; } table[] = {
		{ 110, B110 }, { 150, B150 }, { 300, B300 }, { 600, B600 }, { 1200, B1200 },
		{ 2400, B2400 }, { 4800, B4800 }, { 9600, B9600 }, { 19200, B19200 },
		{ 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 },
	};

	for (unsigned i = 0; i < sizeof table / sizeof table[0]; i++)
		if (baud <= table[i].baud + table[i].baud / 20)
			return table[i].speed;
	return B115200;
}

/* parity: bits 3 on, 4 even, 5 sticky (PC16550D, line control register).  */
void port_format(struct port *p, unsigned baud, unsigned bits, unsigned stops, uint8_t parity)
{
	static const tcflag_t size[] = { CS5, CS6, CS7, CS8 };
	struct termios t;

	if (!p->tty || tcgetattr(p->out, &t) != 0)
		return;
	cfsetspeed(&t, speed_of(baud));
	t.c_cflag &= ~(tcflag_t)(CSIZE | CSTOPB | PARENB | PARODD | CMSPAR | CRTSCTS);
	t.c_cflag |= CLOCAL | CREAD | size[(bits - 5) & 3] | (stops == 2 ? CSTOPB : 0);
	if (parity & 0x08)
		t.c_cflag |= PARENB | (parity & 0x20 ? CMSPAR : 0) | (parity & 0x10 ? 0 : PARODD);
	tcsetattr(p->out, TCSANOW, &t);
}

void port_outputs(struct port *p, bool dtr, bool rts, bool brk)
{
	int bits = (dtr ? TIOCM_DTR : 0) | (rts ? TIOCM_RTS : 0), off = bits ^ (TIOCM_DTR | TIOCM_RTS);

	if (!p->tty)
		return;
	ioctl(p->out, TIOCMBIS, &bits);
	ioctl(p->out, TIOCMBIC, &off);
	ioctl(p->out, brk ? TIOCSBRK : TIOCCBRK);
}
