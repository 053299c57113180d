/* terminal.c - a terminal for tests, with a keyboard and a person at it: runs dosvm
 * with KEYLOG.COM in a pty, and compares what that writes down with a table.
 *
 * usage: terminal kitty KEYS.TSV KEYLOG.TXT COMMAND...
 *	  terminal german|german-kitty KEYS.TSV KEYLOG.TXT COMMAND...
 *	  terminal COLUMN KEYS.TSV KEYLOG.TXT TERMINAL-KEYS.TSV COMMAND...
 *
 * kitty: every key of the table, with each of Shift, Ctrl and Alt and all of them, by
 * press and release in kitty's keyboard protocol
 * (https://sw.kovidgoyal.net/kitty/keyboard-protocol/), as its progressive
 * enhancements 1 to 16 have them; and locks.  german: characters, where the guest has
 * German keys; german-kitty: where the terminal has them, too.  A COLUMN of
 * etc/terminal-keys.tsv: what a terminal sends that has characters and sequences only,
 * or what is typed after the prefix key.  Exit status 1: something else came of it.  */

#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS	3000		/* for what is expected */
#define STARTS_MS	20000

static struct {
	int pty;
	pid_t child;
	bool kitty;			/* speaks its protocol */
	const char *log_path;
	long seen;			/* of the log */
	char answered[64];		/* the end of what dosvm sent */
	bool asked, enhanced;
	bool words_only;
	unsigned struck, failures;
} t;

void die(const char *what)
{
	perror(what);
	exit(2);
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

/* --- The terminal ------------------------------------------------------------------ */

void send_bytes(const char *p, size_t n)
{
	if (write(t.pty, p, n) != (ssize_t)n)
		die("the pty");
}

void send_text(const char *text)
{
	send_bytes(text, strlen(text));
}

static void note(const char *p, size_t n)
{
	size_t keep = strlen(t.answered);

	for (; n; n--, p++) {
		if (keep == sizeof t.answered - 1)
			memmove(t.answered, t.answered + 1, keep--);
		t.answered[keep++] = *p ? *p : ' ';
		t.answered[keep] = 0;
		if (t.kitty && strcmp(t.answered + (keep < 4 ? 0 : keep - 4), "\033[?u") == 0)
			send_text("\033[?0u");
		if (strcmp(t.answered + (keep < 3 ? 0 : keep - 3), "\033[c") == 0) {
			send_text("\033[?62;22c");
			t.asked = true;
		}
		if (strcmp(t.answered + (keep < 6 ? 0 : keep - 6), "\033[>31u") == 0)
			t.enhanced = true;
	}
}

void look(int ms)
{
	struct pollfd p = { .fd = t.pty, .events = POLLIN };
	char buf[4096];
	ssize_t n;

	if (poll(&p, 1, ms) <= 0)
		return;
	n = read(t.pty, buf, sizeof buf);
	if (n <= 0) {
		fprintf(stderr, "dosvm has gone\n");
		exit(2);
	}
	note(buf, n);
}

/* --- What came of it ----------------------------------------------------------------- */

void add(char *list, size_t size, const char *word)
{
	size_t n = strlen(list);

	snprintf(list + n, size - n, "%s%s", n ? " " : "", word);
}

/* Answers to the BIOS (FAh, when it changes the lights) are no key's.  */
static void take(struct events *e, const char *word)
{
	if (word[0] == 'b' && strcmp(word, "bFA") != 0 && !t.words_only)
		add(e->bytes, sizeof e->bytes, word + 1);
	else if (word[0] != 'b')
		add(e->words, sizeof e->words, word);
}

static void read_log(struct events *e)
{
	FILE *f = fopen(t.log_path, "r");
	char word[16], end;

	if (!f)
		return;
	fseek(f, t.seen, SEEK_SET);
	while (fscanf(f, "%15[^ ]%c", word, &end) == 2 && end == ' ') {
		take(e, word);
		t.seen += strlen(word) + 1;
	}
	fclose(f);
}

static bool same(const struct events *a, const struct events *b)
{
	return strcmp(a->bytes, b->bytes) == 0 && strcmp(a->words, b->words) == 0;
}

void check(const char *name, const struct events *expected)
{
	struct events came = { "", "" };
	long end = now_ms() + PATIENCE_MS;

	t.struck++;
	do {
		look(2);
		read_log(&came);
	} while (!same(expected, &came) && now_ms() < end);
	if (same(expected, &came))
		return;
	t.failures++;
	printf("%s: expected %s | %s\n%*s  came     %s | %s\n", name, expected->bytes, expected->words,
	       (int)strlen(name) - 1, "", came.bytes, came.words);
}

void take_steps(const struct step *steps, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct events e;

		snprintf(e.bytes, sizeof e.bytes, "%s", steps[i].bytes);
		snprintf(e.words, sizeof e.words, "%s", steps[i].words);
		send_text(steps[i].sent);
		check(steps[i].name, &e);
	}
}

void words_only(void)
{
	t.words_only = true;
}

bool parse_key(const char *line, struct key *k)
{
	if (sscanf(line, "%15s %15s %7s %7s %7s %7s %7s", k->name, k->kitty, k->code, k->word[0],
		   k->word[1], k->word[2], k->word[3]) == 7)
		return true;
	fprintf(stderr, "no row: %s", line);
	exit(2);
}

/* Alt goes before Ctrl, that before Shift (IBM, BIOS Interface Technical Reference,
 * INT 16h, "combinations").  */
static const char *word_of(const struct key *k, unsigned modifiers)
{
	return k->word[modifiers & ALT ? 3 : modifiers & CTRL ? 2 : modifiers & SHIFT ? 1 : 0];
}

void add_word(const struct key *k, unsigned modifiers, struct events *e)
{
	const char *word = word_of(k, modifiers);
	char text[8];

	if (strcmp(k->name, "PrintScreen") == 0 && modifiers & ALT)
		add(e->words, sizeof e->words, "i85 i86");
	else if (strcmp(k->name, "PrintScreen") == 0 && !(modifiers & CTRL))
		add(e->words, sizeof e->words, "i05");
	else if (strcmp(k->name, "Pause") == 0 && modifiers & CTRL)
		add(e->words, sizeof e->words, "i1B k0000");
	else if (strcmp(word, "*") == 0 || strcmp(word, "-") == 0 || strcmp(word, "#0") == 0)
		return;
	else {
		snprintf(text, sizeof text, *word == '#' ? "k000%s" : "k%s", word + (*word == '#'));
		add(e->words, sizeof e->words, text);
	}
}

/* --- Beginning and end --------------------------------------------------------------------- */

static void begin(char **argv)
{
	struct winsize size = { .ws_row = 25, .ws_col = 80 };
	long end = now_ms() + STARTS_MS;

	t.child = forkpty(&t.pty, NULL, NULL, &size);
	if (t.child < 0)
		die("forkpty");
	if (t.child == 0) {
		execvp(argv[0], argv);
		die(argv[0]);
	}
	while (now_ms() < end && (!t.asked || t.enhanced != t.kitty || access(t.log_path, F_OK) != 0))
		look(10);
	if (!t.asked || t.enhanced != t.kitty || access(t.log_path, F_OK) != 0) {
		fprintf(stderr, "the full screen did not begin\n");
		exit(2);
	}
	look(200);
}

static void end(void)
{
	kill(t.child, SIGTERM);
	while (waitpid(t.child, NULL, WNOHANG) == 0) {	/* it has a last screen to show */
		struct pollfd p = { .fd = t.pty, .events = POLLIN };
		char buf[4096];

		if (poll(&p, 1, 10) > 0 && read(t.pty, buf, sizeof buf) <= 0)
			usleep(1000);
	}
}

int main(int argc, char **argv)
{
	bool is_german;
	FILE *f;

	if (argc < 6)
		return 2;
	f = fopen(argv[2], "r");
	if (!f)
		die(argv[2]);
	is_german = strncmp(argv[1], "german", 6) == 0;
	t.kitty = strstr(argv[1], "kitty") != NULL;
	t.log_path = argv[3];
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOLBF, 0);
	begin(argv + (t.kitty || is_german ? 4 : 5));
	if (is_german && t.kitty)
		german_kitty();
	else if (t.kitty)
		kitty(f);
	else if (is_german)
		german();
	else
		plain(f, argv[4], argv[1]);
	fclose(f);
	end();
	printf("%s: %u strokes, %u failures\n", argv[1], t.struck, t.failures);
	return t.failures || !t.struck;
}
