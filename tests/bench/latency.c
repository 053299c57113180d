/* latency.c - from a key sent by a terminal to what the program shows of it.
 *
 * usage: latency KEYS COMMAND...
 *
 * Plays a terminal for REACT.COM, which COMMAND runs, and sends it KEYS keys of each
 * kind, 60 to 140 ms apart.  Prints milliseconds: median, 99 %, the longest.  */

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS	5000
#define KEYS_MAX	10000

/* What REACT.COM writes, 0E0h to 0E7h of code page 437.  */
static const char *const letters[] = { "α", "ß", "Γ", "π", "Σ", "σ", "µ", "τ" };

static int pty;
static bool kitty;

static double now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void send_text(const char *text)
{
	if (write(pty, text, strlen(text)) < 0)
		exit(2);
}

/* Until the text comes, or for so long; false: it did not.  */
static bool wait_for(const char *text, double ms)
{
	static char seen[65536];
	double end = now_ms() + ms, left;
	size_t n = 0;

	while ((left = end - now_ms()) > 0) {
		struct pollfd p = { .fd = pty, .events = POLLIN };
		ssize_t got;

		if (n > sizeof seen / 2)
			n = 0;
		if (poll(&p, 1, (int)left + 1) <= 0)
			continue;
		got = read(pty, seen + n, sizeof seen - 1 - n);
		if (got <= 0)
			exit(2);
		n += got;
		seen[n] = 0;
		if (kitty && strstr(seen, "\033[?u"))
			send_text("\033[?0u");
		if (strstr(seen, "\033[c")) {
			send_text("\033[?62;22c");
			n = 0;
		}
		if (text && strstr(seen, text))
			return true;
	}
	return false;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void measure(const char *name, const char *key, unsigned keys, unsigned *letter)
{
	static double ms[KEYS_MAX];
	unsigned lost = 0;

	for (unsigned i = 0; i < keys; i++) {
		double began;

		wait_for(NULL, 60 + rand() % 80);
		began = now_ms();
		send_text(key);
		lost += !wait_for(letters[*letter], PATIENCE_MS);
		ms[i] = now_ms() - began;
		*letter = (*letter + 1) % 8;
	}
	qsort(ms, keys, sizeof *ms, by_size);
	printf("%-24s median %5.1f   99 %% %5.1f   longest %5.1f   lost %u\n", name, ms[keys / 2],
	       ms[(keys - 1) * 99 / 100], ms[keys - 1], lost);
}

int main(int argc, char **argv)
{
	static const struct { const char *name, *key; bool kitty; } kinds[] = {
		{ "character", "x", false }, { "capital", "X", false }, { "Down", "\033[B", false },
		{ "Ctrl-K", "\013", false }, { "Alt-F", "\033f", false }, { "Shift-Down", "\033[1;2B", false },
		{ "kitty: press, release", "\033[120;1:1;120u\033[120;1:3u", true },
	};
	struct winsize size = { .ws_row = 25, .ws_col = 80 };
	unsigned keys = argc > 2 ? atoi(argv[1]) : 0;

	if (keys < 1 || keys > KEYS_MAX) {
		fputs("usage: latency KEYS COMMAND...\n", stderr);
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	for (int round = 0; round < 2; round++) {
		unsigned letter = 0;
		pid_t child = forkpty(&pty, NULL, NULL, &size);

		if (child == 0) {
			execvp(argv[2], argv + 2);
			_exit(127);
		}
		kitty = round;
		wait_for(NULL, 3000);
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
			if (kinds[i].kitty == kitty)
				measure(kinds[i].name, kinds[i].key, keys, &letter);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		close(pty);
	}
	return 0;
}
