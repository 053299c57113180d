/* onpty.c - runs a command on a terminal that is this program, and says what a real
 * one would be left like.
 *
 * usage: onpty WIDTHxHEIGHT COMMAND [ARGUMENT...] <SCRIPT
 *
 * The script's verbs, one a line; \e and \xNN in texts:
 *
 *	see TEXT	read until it has come; what came before it is forgotten
 *	send TEXT
 *	size W H	the window has another size now
 *	storm N W H	N sizes, as fast as it goes, W and H last
 *	signal NAME	to the command
 *	sleep MS	read meanwhile
 *	deaf MS		do not
 *	less N		since the last `less' at most so many bytes came
 *	hangup		close the terminal
 *	ended STATUS	it ends, with this (-N: by signal N), and what it wrote is read
 *	dies STATUS	the same, while nothing is read
 *	left MODE...	exactly these modes are on (see modes[]), and the terminal's settings
 *			are those it had at first; `left nothing'
 *	plain TEXT	it stands, without escape sequences, in the output since `less'
 *
 * The first thing that is not so ends it with status 1, and is told.  */

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#define PATIENCE_MS	20000
#define KEPT		(4u << 20)

/* Modes by name; `on' is what switches it on, and after "h" or "l" the other way off.  */
static const struct { const char *name; unsigned number; char on; } modes[] = {
	{ "alternate", 1049, 'h' }, { "mouse", 1000, 'h' }, { "drag", 1002, 'h' },
	{ "move", 1003, 'h' }, { "sgr-mouse", 1006, 'h' }, { "paste", 2004, 'h' },
	{ "focus", 1004, 'h' }, { "no-cursor", 25, 'l' }, { "keypad", 1, 'h' },
};

#define MODES		(sizeof modes / sizeof modes[0])

struct onpty {
	int fd;
	pid_t pid;
	bool ended;
	int status;
	struct termios first;
	char *text;			/* what came, and is not seen yet */
	size_t size, seen, mark;
	/* What the terminal is set to.  */
	bool mode[MODES], pen, shape, other_keys, region;
	int kitty;
	char sequence[4096];
	size_t sequence_size;
};

static void die(const struct onpty *p, const char *format, ...)
{
	va_list args;

	fputs("onpty: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputs("\nonpty: the last that came: ", stderr);
	for (size_t i = p->size > 600 ? p->size - 600 : 0; i < p->size; i++)
		if (isprint((unsigned char)p->text[i]))
			fputc(p->text[i], stderr);
		else
			fprintf(stderr, "\\x%02x", (unsigned char)p->text[i]);
	fputc('\n', stderr);
	if (!p->ended)
		kill(p->pid, SIGKILL);
	exit(1);
}

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- The terminal ------------------------------------------------------------------- */

static void set_mode(struct onpty *p, unsigned number, char how)
{
	for (size_t i = 0; i < MODES; i++)
		if (modes[i].number == number)
			p->mode[i] = modes[i].on == how;
}

/* CSI parameters final, without the CSI.  */
static void take_csi(struct onpty *p, const char *s)
{
	char final = s[strlen(s) - 1];

	if (*s == '?' && (final == 'h' || final == 'l'))
		for (const char *at = s + 1; *at && at; at = strchr(at, ';') ? strchr(at, ';') + 1 : "")
			set_mode(p, strtoul(at, NULL, 10), final);
	else if (*s == '>' && final == 'u')
		p->kitty++;
	else if (*s == '<' && final == 'u')
		p->kitty--;
	else if (*s == '>' && final == 'm')
		p->other_keys = strchr(s, ';') != NULL;
	else if (final == 'm')
		p->pen = strcmp(s, "m") != 0 && strcmp(s, "0m") != 0;
	else if (final == 'q' && strchr(s, ' '))
		p->shape = *s != '0' && *s != ' ';
	else if (final == 'r')
		p->region = isdigit((unsigned char)*s) && *s != '1';
}

/* One byte.  sequence is what has come of one that is not whole.  */
static void take_byte(struct onpty *p, char ch)
{
	char *s = p->sequence;
	size_t n = p->sequence_size;

	if (n == 0 && ch != '\033')
		return;
	if (n + 1 < sizeof p->sequence)
		s[p->sequence_size++] = ch;
	n = p->sequence_size;
	s[n] = 0;
	if (n < 2)
		return;
	if (s[1] == '[') {
		if (n > 2 && ch >= 0x40 && ch < 0x7f) {
			take_csi(p, s + 2);
			p->sequence_size = 0;
		}
	} else if (s[1] == 'P' || s[1] == ']' || s[1] == '_') {
		if (ch == '\a' || (n > 3 && ch == '\\' && s[n - 2] == '\033'))
			p->sequence_size = 0;
	} else if (s[1] != '(' || n == 3) {
		p->sequence_size = 0;
	}
}

/* False: nothing came in this time, or nothing will.  */
static bool take(struct onpty *p, int timeout_ms)
{
	struct pollfd fd = { .fd = p->fd, .events = POLLIN };
	ssize_t n;

	if (p->fd < 0 || poll(&fd, 1, timeout_ms) <= 0)
		return false;
	if (p->size + 4096 > KEPT)
		die(p, "more than %u bytes came", KEPT);
	n = read(p->fd, p->text + p->size, 4096);
	if (n <= 0)
		return false;
	for (ssize_t i = 0; i < n; i++)
		take_byte(p, p->text[p->size + i]);
	p->size += n;
	return true;
}

/* --- The verbs ---------------------------------------------------------------------- */

static char *unescape(char *text)
{
	char *to = text;

	for (char *from = text; *from; from++) {
		unsigned value;

		if (from[0] == '\\' && from[1] == 'e') {
			*to++ = '\033';
			from++;
		} else if (from[0] == '\\' && from[1] == 'x' && sscanf(from + 2, "%2x", &value) == 1) {
			*to++ = value;
			from += 3;
		} else {
			*to++ = *from;
		}
	}
	*to = 0;
	return text;
}

static void see(struct onpty *p, const char *text)
{
	long until = now_ms() + PATIENCE_MS;

	for (;;) {
		char *at = memmem(p->text + p->seen, p->size - p->seen, text, strlen(text));

		if (at) {
			p->seen = at + strlen(text) - p->text;
			return;
		}
		if (now_ms() > until || (!take(p, 100) && p->ended))
			die(p, "never seen: %s", text);
	}
}

static void plain(struct onpty *p, const char *text)
{
	char *out = malloc(p->size + 1);
	size_t n = 0;

	if (!out)
		die(p, "no memory");
	for (size_t i = p->mark; i < p->size; i++) {
		if (p->text[i] != '\033')
			out[n++] = p->text[i];
		else if (p->text[i + 1] == '[')
			for (i += 2; i < p->size && !(p->text[i] >= 0x40 && p->text[i] < 0x7f);)
				i++;
		else
			i += p->text[i + 1] == '(' ? 2 : 1;
	}
	if (!memmem(out, n, text, strlen(text)))
		die(p, "not there: %s", text);
	free(out);
}

static void read_for(struct onpty *p, long ms)
{
	for (long until = now_ms() + ms, left; (left = until - now_ms()) > 0;)
		if (!take(p, left) && p->fd >= 0 && now_ms() < until)
			usleep(5000);
}

static void set_size(struct onpty *p, unsigned width, unsigned height)
{
	struct winsize s = { .ws_col = width, .ws_row = height };

	if (ioctl(p->fd, TIOCSWINSZ, &s) != 0)
		die(p, "TIOCSWINSZ: %s", strerror(errno));
}

static void storm(struct onpty *p, unsigned n, unsigned width, unsigned height)
{
	while (n--) {
		set_size(p, n ? 1 + n * 37 % 150 : width, n ? 1 + n * 23 % 60 : height);
		take(p, 5);
	}
}

static void send_signal(struct onpty *p, const char *name)
{
	static const struct { const char *name; int n; } named[] = {
		{ "TERM", SIGTERM }, { "SEGV", SIGSEGV }, { "KILL", SIGKILL }, { "HUP", SIGHUP },
		{ "ABRT", SIGABRT }, { "BUS", SIGBUS }, { "INT", SIGINT }, { "STOP", SIGSTOP },
		{ "CONT", SIGCONT },
	};

	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
		if (strcmp(named[i].name, name) == 0) {
			kill(p->pid, named[i].n);
			return;
		}
	die(p, "signal %s?", name);
}

static void ends(struct onpty *p, int want, bool deaf)
{
	long until = now_ms() + PATIENCE_MS;
	int status = 0, how;

	while (!p->ended) {
		if (deaf)
			usleep(20000);
		else
			take(p, 20);
		p->ended = waitpid(p->pid, &status, WNOHANG) == p->pid;
		if (!p->ended && now_ms() > until)
			die(p, "it does not end");
	}
	while (take(p, 50))
		;
	how = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
	if (how != want)
		die(p, "it ended with %d, not %d", how, want);
}

static void add(char *list, size_t size, const char *name, bool on)
{
	size_t n = strlen(list);

	if (on)
		snprintf(list + n, size - n, "%s%s", n ? " " : "", name);
}

static void left(struct onpty *p, const char *want)
{
	char list[256] = "";
	struct termios now;

	for (size_t i = 0; i < MODES; i++)
		add(list, sizeof list, modes[i].name, p->mode[i]);
	add(list, sizeof list, "colors", p->pen);
	add(list, sizeof list, "cursor-shape", p->shape);
	add(list, sizeof list, "other-keys", p->other_keys);
	add(list, sizeof list, "kitty", p->kitty != 0);
	add(list, sizeof list, "region", p->region);
	add(list, sizeof list, "sequence", p->sequence_size != 0);
	if (strcmp(*list ? list : "nothing", want) != 0)
		die(p, "left are: %s", *list ? list : "nothing");
	if (strcmp(want, "nothing") != 0)
		return;
	if (tcgetattr(p->fd, &now) != 0)
		die(p, "tcgetattr: %s", strerror(errno));
	if (now.c_iflag != p->first.c_iflag || now.c_oflag != p->first.c_oflag ||
	    now.c_lflag != p->first.c_lflag || now.c_cflag != p->first.c_cflag ||
	    memcmp(now.c_cc, p->first.c_cc, sizeof now.c_cc) != 0)
		die(p, "the terminal's settings are others");
}

static void at_most(struct onpty *p, size_t n)
{
	if (p->size - p->mark > n)
		die(p, "%zu bytes came, not at most %zu", p->size - p->mark, n);
	p->mark = p->size;
}

static void put(struct onpty *p, const char *text)
{
	if (write(p->fd, text, strlen(text)) != (ssize_t)strlen(text))
		die(p, "write: %s", strerror(errno));
}

static void obey(struct onpty *p, char *line)
{
	char *text = line + strcspn(line, " ");
	unsigned a = 0, b = 0, c = 0;

	if (*text)
		*text++ = 0;
	sscanf(text, "%u %u %u", &a, &b, &c);
	unescape(text);
	if (strcmp(line, "see") == 0)
		see(p, text);
	else if (strcmp(line, "plain") == 0)
		plain(p, text);
	else if (strcmp(line, "send") == 0)
		put(p, text);
	else if (strcmp(line, "size") == 0)
		set_size(p, a, b);
	else if (strcmp(line, "storm") == 0)
		storm(p, a, b, c);
	else if (strcmp(line, "signal") == 0)
		send_signal(p, text);
	else if (strcmp(line, "sleep") == 0)
		read_for(p, a);
	else if (strcmp(line, "deaf") == 0)
		usleep(a * 1000);
	else if (strcmp(line, "less") == 0)
		at_most(p, a);
	else if (strcmp(line, "ended") == 0)
		ends(p, atoi(text), false);
	else if (strcmp(line, "dies") == 0)
		ends(p, atoi(text), true);
	else if (strcmp(line, "left") == 0)
		left(p, text);
	else if (strcmp(line, "hangup") == 0)
		p->fd = (close(p->fd), -1);
	else if (*line && *line != '#')
		die(p, "%s?", line);
}

int main(int argc, char **argv)
{
	struct onpty p = { .text = malloc(KEPT) };
	struct winsize size = { 0 };
	char line[1024];
	int tty;

	if (argc < 3 || sscanf(argv[1], "%hux%hu", &size.ws_col, &size.ws_row) != 2 || !p.text) {
		fputs("usage: onpty WIDTHxHEIGHT COMMAND [ARGUMENT...] <SCRIPT\n", stderr);
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	if (openpty(&p.fd, &tty, NULL, NULL, &size) != 0 || tcgetattr(tty, &p.first) != 0 ||
	    (p.pid = fork()) < 0) {
		perror("onpty");
		return 77;
	}
	if (p.pid == 0) {
		close(p.fd);
		login_tty(tty);
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	close(tty);
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = 0;
		obey(&p, line + strspn(line, " \t"));
	}
	if (!p.ended)
		kill(p.pid, SIGKILL);
	free(p.text);
	return 0;
}
