/* input.c - from an event of the host to the DOS program that has seen it.
 *
 * usage: input DISPLAY COM1 VPAD COUNT
 *
 * EVENTS.COM runs in a window on the X server of that number, at 0,0, with COM1 at a Unix
 * socket and vpad.so at a named pipe.  Each of COUNT events of each kind goes to the X
 * server by XTEST, or to the pipe, 60 to 140 ms after the last one was seen; the program
 * sends a letter to COM1 when it sees it.  Prints milliseconds: median, 99 %, the longest.  */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS	5000
#define COUNT_MAX	10000

enum { KEY_PRESS = 2, KEY_RELEASE, BUTTON_PRESS, BUTTON_RELEASE, MOTION };

static int x, com, pipe_;
static uint8_t xtest;

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void die(const char *what)
{
	fprintf(stderr, "input: %s: %s\n", what, strerror(errno));
	exit(2);
}

static int reach(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(a.sun_path, sizeof a.sun_path, "%s", path);
	if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof a) != 0)
		die(path);
	return fd;
}

static void get(void *to, size_t n)
{
	for (size_t at = 0; at < n; ) {
		ssize_t got = read(x, (char *)to + at, n - at);

		if (got <= 0)
			die("the X server");
		at += got;
	}
}

static void say(int fd, const void *data, size_t n)
{
	if (write(fd, data, n) != (ssize_t)n)
		die("write");
}

/* X Window System Protocol: connection setup, QueryExtension.  */
static void open_x(const char *number)
{
	static const uint8_t hello[12] = { 'l', 0, 11 };
	uint8_t query[16] = { 98, 0, 4, 0, 5, 0, 0, 0, 'X', 'T', 'E', 'S', 'T' }, reply[32], skip[4];
	char path[64];

	snprintf(path, sizeof path, "/tmp/.X11-unix/X%s", number);
	x = reach(path);
	say(x, hello, sizeof hello);
	get(reply, 8);
	if (reply[0] != 1)
		die("the X server refuses");
	for (unsigned left = reply[6] | reply[7] << 8; left; left--)
		get(skip, 4);
	say(x, query, sizeof query);
	get(reply, sizeof reply);
	if (!reply[8])
		die("no XTEST");
	xtest = reply[9];
}

/* XTEST Extension Protocol: FakeInput.  */
static void fake(uint8_t type, uint8_t detail, int at_x, int at_y)
{
	uint8_t r[36] = { xtest, 2, 9, 0, type, detail };

	r[24] = at_x, r[25] = at_x >> 8;
	r[26] = at_y, r[27] = at_y >> 8;
	say(x, r, sizeof r);
}

static bool seen(char letter, double ms)
{
	double end = now_ms() + ms, left;

	while ((left = end - now_ms()) > 0) {
		struct pollfd p = { .fd = com, .events = POLLIN };
		char c;

		if (poll(&p, 1, (int)left + 1) > 0 && read(com, &c, 1) <= 0)
			die("COM1");
		else if (p.revents && c == letter)
			return true;
	}
	return false;
}

/* What the Nth event of a kind is.  */
static void key(unsigned n) { fake(n & 1 ? KEY_RELEASE : KEY_PRESS, 38, 0, 0); }
static void button(unsigned n) { fake(n & 1 ? BUTTON_RELEASE : BUTTON_PRESS, 1, 0, 0); }
static void motion(unsigned n) { fake(MOTION, 0, n & 1 ? 200 : 300, 200); }

static void pad_button(unsigned n)
{
	char line[32];

	say(pipe_, line, snprintf(line, sizeof line, "button 0 0 %u\n", ~n & 1));
}

static void pad_axis(unsigned n)
{
	char line[32];

	say(pipe_, line, snprintf(line, sizeof line, "axis 0 0 %d\n", n & 1 ? 0 : 32767));
}

static int by_size(const void *a, const void *b)
{
	double v = *(const double *)a, w = *(const double *)b;

	return (v > w) - (v < w);
}

static void measure(const char *name, void (*send)(unsigned n), char letter, unsigned count)
{
	static double ms[COUNT_MAX];
	unsigned lost = 0;

	for (unsigned i = 0; i < count; i++) {
		double began;

		seen(0, 60 + rand() % 80);
		began = now_ms();
		send(i);
		lost += !seen(letter, PATIENCE_MS);
		ms[i] = now_ms() - began;
	}
	qsort(ms, count, sizeof *ms, by_size);
	printf("%-24s median %5.1f   99 %% %5.1f   longest %5.1f   lost %u\n", name, ms[count / 2],
	       ms[(count - 1) * 99 / 100], ms[count - 1], lost);
}

int main(int argc, char **argv)
{
	unsigned count = argc == 5 ? atoi(argv[4]) & ~1u : 0;

	if (count < 2 || count > COUNT_MAX) {
		fputs("usage: input DISPLAY COM1 VPAD COUNT\n", stderr);
		return 2;
	}
	open_x(argv[1]);
	com = reach(argv[2]);
	pipe_ = open(argv[3], O_WRONLY);
	if (pipe_ < 0)
		die(argv[3]);
	measure("key", key, 'k', count);
	measure("mouse moves", motion, 'm', count);
	measure("mouse button", button, 'm', count);
	say(pipe_, "plug 0\n", 7);
	seen(0, 3000);
	measure("pad button", pad_button, 'p', count);
	measure("pad axis", pad_axis, 'p', count);
	return 0;
}
