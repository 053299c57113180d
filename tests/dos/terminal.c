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
 * German keys; german-kitty: where the terminal has them, too.  A COLUMN of etc/terminal-keys.tsv: what a terminal
 * sends that has characters and sequences only, or what is typed after the prefix key.
 * Exit status 1: something else came of it.  */

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

#define PATIENCE_MS	3000		/* for what is expected */
#define STARTS_MS	20000

enum { SHIFT = 1, ALT = 2, CTRL = 4, COMBINATIONS = 8 };	/* as kitty counts them */

/* What happened, or should: bytes at port 60h apart from words and interrupts, whose
 * order is not that of the hardware.  */
struct events {
	char bytes[256], words[128];
};

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

static void die(const char *what)
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

static void send_text(const char *text)
{
	if (write(t.pty, text, strlen(text)) != (ssize_t)strlen(text))
		die("the pty");
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

/* Some time passes: what dosvm sends is taken.  */
static void look(int ms)
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

static void add(char *list, size_t size, const char *word)
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

static void check(const char *name, const struct events *expected)
{
	struct events came = { "", "" };
	long end = now_ms() + PATIENCE_MS;

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

/* --- A keyboard with kitty's protocol ------------------------------------------------- */

struct key {
	char name[16], kitty[16], code[8], word[4][8];	/* plain, Shift, Ctrl, Alt */
};

static const char shifted[][2] = {
	"1!", "2@", "3#", "4$", "5%", "6^", "7&", "8*", "9(", "0)", "-_", "=+", "[{", "]}", ";:",
	"'\"", "`~", "\\|", ",<", ".>", "/?",
};

static const struct { unsigned bit, code; unsigned char scan; } held[] = {
	{ SHIFT, 57441, 0x2a }, { CTRL, 57442, 0x1d }, { ALT, 57443, 0x38 },
};

static unsigned shift_of(unsigned ch)
{
	for (size_t i = 0; i < sizeof shifted / sizeof *shifted; i++)
		if ((unsigned)shifted[i][0] == ch)
			return shifted[i][1];
	return ch >= 'a' && ch <= 'z' ? ch - 32 : 0;
}

/* As kitty does: parameters that have their usual values are left out.  */
static void send_key(const char *kitty, unsigned modifiers, unsigned kind)
{
	unsigned code = strtoul(kitty, NULL, 10), capital = shift_of(code);
	char final = kitty[strlen(kitty) - 1], text[64], with[16] = "", key[16] = "", typed[16] = "";

	if (kind != 1)
		snprintf(with, sizeof with, "%u:%u", modifiers + 1, kind);
	else if (modifiers)
		snprintf(with, sizeof with, "%u", modifiers + 1);
	if (kind == 1 && !(modifiers & (CTRL | ALT)) && code >= 32 && code < 127)
		snprintf(typed, sizeof typed, "%u", modifiers & SHIFT && capital ? capital : code);
	if (kind == 1 && modifiers & SHIFT && capital)
		snprintf(key, sizeof key, "%u:%u", code, capital);
	else if (code != 1 || *with)
		snprintf(key, sizeof key, "%u", code);
	snprintf(text, sizeof text, "\033[%s%s%s%s%s%c", key, *with || *typed ? ";" : "", with,
		 *typed ? ";" : "", typed, final);
	send_text(text);
}

static void hold(unsigned modifiers, bool down, struct events *e)
{
	unsigned now = down ? 0 : modifiers;

	for (int n = 0; n < 3; n++) {
		int i = down ? n : 2 - n;
		char kitty[16], byte[4];

		if (!(modifiers & held[i].bit))
			continue;
		now ^= held[i].bit;
		snprintf(kitty, sizeof kitty, "%uu", held[i].code);
		send_key(kitty, now, down ? 1 : 3);
		snprintf(byte, sizeof byte, "%02X", held[i].scan | (down ? 0 : 0x80));
		add(e->bytes, sizeof e->bytes, byte);
	}
}

/* One code of set 1: E053 and 53, with the break bit E0D3 and D3.  */
static void code(struct events *e, unsigned code, bool down)
{
	char text[8];

	if (code >> 8)
		add(e->bytes, sizeof e->bytes, "E0");
	snprintf(text, sizeof text, "%02X", (code & 0xff) | (down ? 0 : 0x80));
	add(e->bytes, sizeof e->bytes, text);
}

/* IBM, "Keyboards (101- and 102-key)", the tables of keys 75 to 89, 95, 124 and 126.  */
static void codes(const struct key *k, unsigned modifiers, bool down, struct events *e)
{
	unsigned make = strtoul(k->code, NULL, 16);
	bool print = strcmp(k->name, "PrintScreen") == 0, pause = strcmp(k->name, "Pause") == 0;
	bool disguised = make == 0xe035 || (make >= 0xe047 && make <= 0xe053);

	if (pause) {
		if (down)
			add(e->bytes, sizeof e->bytes,
			    modifiers & CTRL ? "E0 46 E0 C6" : "E1 1D 45 E1 9D C5");
	} else if (print && modifiers & ALT) {
		code(e, 0x54, down);
	} else if (print && modifiers) {
		code(e, 0xe037, down);
	} else if (print) {
		add(e->bytes, sizeof e->bytes, down ? "E0 2A E0 37" : "E0 B7 E0 AA");
	} else {
		if (down && disguised && modifiers & SHIFT)
			code(e, 0xe02a, false);
		code(e, make, down);
		if (!down && disguised && modifiers & SHIFT)
			code(e, 0xe02a, true);
	}
}

/* Alt goes before Ctrl, that before Shift (IBM, BIOS Interface Technical Reference,
 * INT 16h, "combinations").  */
static const char *word_of(const struct key *k, unsigned modifiers)
{
	return k->word[modifiers & ALT ? 3 : modifiers & CTRL ? 2 : modifiers & SHIFT ? 1 : 0];
}

static bool pauses(const struct key *k, unsigned modifiers)
{
	return strcmp(k->name, "Pause") == 0 ? !(modifiers & CTRL) :
		strcmp(k->name, "NumLock") == 0 && modifiers & CTRL;
}

static void add_word(const struct key *k, unsigned modifiers, struct events *e)
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

static bool is_prefix(const struct key *k, unsigned modifiers)
{
	return strcmp(k->name, "6") == 0 && (modifiers & (CTRL | ALT)) == CTRL;
}

static void strike(const struct key *k, unsigned modifiers)
{
	struct events e = { "", "" }, ignored = e;
	char name[64];

	hold(modifiers, true, &e);
	if (is_prefix(k, modifiers)) {		/* twice, it is the key itself */
		send_key(k->kitty, modifiers, 1);
		send_key(k->kitty, modifiers, 3);
		add(e.bytes, sizeof e.bytes, modifiers & SHIFT ? "9D AA 1D" : "9D 1D");
	}
	send_key(k->kitty, modifiers, 1);
	codes(k, modifiers, true, &e);
	send_key(k->kitty, modifiers, 3);
	codes(k, modifiers, false, &e);
	hold(modifiers, false, is_prefix(k, modifiers) ? &ignored : &e);
	if (is_prefix(k, modifiers))
		add(e.bytes, sizeof e.bytes, "9D");
	if (pauses(k, modifiers)) {		/* another key goes on, and is swallowed */
		add(e.bytes, sizeof e.bytes, "01 81");
		look(200);
		send_key("27u", 0, 1);
		send_key("27u", 0, 3);
	}
	add_word(k, modifiers, &e);
	t.struck++;
	snprintf(name, sizeof name, "%s%s%s%s", modifiers & CTRL ? "Ctrl-" : "", modifiers & ALT ? "Alt-" : "",
		 modifiers & SHIFT ? "Shift-" : "", k->name);
	check(name, &e);
}

/* Ctrl-Alt-Del is a reset.  What locks, prints or pauses is defined with one of the
 * three at most, and of these themselves one is enough.  */
static bool is_defined(const struct key *k, unsigned modifiers)
{
	const char *n = k->name;
	bool more = modifiers & (modifiers - 1);

	if (!strcmp(n, "Delete") || !strcmp(n, "PadPeriod"))
		return (modifiers & (CTRL | ALT)) != (CTRL | ALT);
	if (!strcmp(n, "102nd"))
		return modifiers & (CTRL | ALT);
	if (strstr(n, "Shift") || strstr(n, "Ctrl") || strstr(n, "Alt"))
		return !modifiers;
	return !more || !(strchr(k->word[0], '*') || strstr(n, "Lock"));
}

static void all_combinations(const struct key *k)
{
	for (unsigned m = 0; m < COMBINATIONS; m++) {
		if (!is_defined(k, m))
			continue;
		strike(k, m);
		if (strstr(k->name, "Lock") && !pauses(k, m))
			strike(k, m);
	}
}

struct step {
	const char *name, *sent, *bytes, *words;
};

static void take_steps(const struct step *steps, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct events e;

		snprintf(e.bytes, sizeof e.bytes, "%s", steps[i].bytes);
		snprintf(e.words, sizeof e.words, "%s", steps[i].words);
		send_text(steps[i].sent);
		check(steps[i].name, &e);
		t.struck++;
	}
}

/* Locks that change out of dosvm's sight are the guest's with the next key; those that
 * it has seen are not turned twice.  */
static void locks(void)
{
	static const struct step steps[] = {
		{ "caps on", "\033[97;65:1;65u\033[97;65:3u", "3A BA 1E 9E", "k1E41" },
		{ "caps is on", "\033[97;65:1;65u\033[97;65:3u", "1E 9E", "k1E41" },
		{ "caps off", "\033[97;1:1;97u\033[97;1:3u", "3A BA 1E 9E", "k1E61" },
		{ "num on", "\033[57406;129:1;55u\033[57406;129:3u", "45 C5 47 C7", "k4737" },
		{ "num off", "\033[57423;1:1u\033[57423;1:3u", "45 C5 47 C7", "k4700" },
		{ "the key", "\033[57358;1:1u\033[57358;65:3u\033[97;65:1;65u\033[97;65:3u", "3A BA 1E 9E", "k1E41" },
		{ "again", "\033[57358;65:1u\033[57358;65:3u\033[97;1:1;97u\033[97;1:3u", "3A BA 1E 9E", "k1E61" },
	};

	take_steps(steps, sizeof steps / sizeof *steps);
}

/* On German keys: a character is typed where it is, by AltGr or a dead key or its
 * number; Ctrl-Alt-F1 and F2 go to the US keys and back.  */
static void german(void)
{
	static const struct step steps[] = {
		{ "z", "z", "15 95", "k157A" },
		{ "Z", "Z", "2A 15 95 AA", "k155A" },
		{ "u umlaut", "\303\274", "1A 9A", "k1A81" },
		{ "at", "@", "E0 38 10 90 E0 B8", "k1040" },
		{ "e acute", "\303\251", "0D 8D 12 92", "k1282" },
		{ "a line", "\342\224\200", "38 4F CF 49 C9 4D CD B8", "k00C4" },
		{ "Ctrl-Z", "\032", "1D 15 95 9D", "k2C1A" },
		{ "to the US", "\036caf1", "1D 38 3B BB 9D B8", "" },
		{ "z", "z", "2C AC", "k2C7A" },
		{ "back", "\036caf2", "1D 38 3C BC 9D B8", "" },
		{ "z", "z", "15 95", "k157A" },
	};

	take_steps(steps, sizeof steps / sizeof *steps);
}

/* The same keyboard on both sides: keys are pressed.  Each as kitty sends it.  */
static void german_kitty(void)
{
	static const struct step steps[] = {
		{ "z", "\033[122::121;;122u\033[122::121;1:3u", "15 95", "k157A" },
		{ "u umlaut", "\033[252::91;;252u\033[252::91;1:3u", "1A 9A", "k1A81" },
		{ "without text", "\033[252::91u\033[252::91;1:3u", "1A 9A", "k1A81" },
		{ "<", "\033[60;;60u\033[60;1:3u", "56 D6", "k563C" },
		{ "Ctrl-Z", "\033[57442u\033[122::121;5u\033[122::121;5:3u\033[57442;5:3u", "1D 15 95 9D", "k2C1A" },
		{ "AltGr-Q", "\033[57453u\033[64::113;;64u\033[64::113;1:3u\033[57453;1:3u", "E0 38 10 90 E0 B8", "k1040" },
		{ "e acute", "\033[233::101;;233u\033[233::101;1:3u", "0D 8D 12 92", "k1282" },
	};

	take_steps(steps, sizeof steps / sizeof *steps);
}

static bool parse_key(const char *line, struct key *k)
{
	if (sscanf(line, "%15s %15s %7s %7s %7s %7s %7s", k->name, k->kitty, k->code, k->word[0],
		   k->word[1], k->word[2], k->word[3]) == 7)
		return true;
	fprintf(stderr, "no row: %s", line);
	exit(2);
}

static void kitty(FILE *f)
{
	char line[256];
	struct key k;

	while (fgets(line, sizeof line, f))
		if (*line != '#' && parse_key(line, &k))
			all_combinations(&k);
	locks();
}

/* --- A keyboard of characters ------------------------------------------------------------ */

#define COLUMNS		7		/* group, key, with, prefix, xterm, tmux, linux */
#define KEYS_MAX	128

static const char *const columns[COLUMNS] = {
	"group", "key", "with", "prefix", "xterm", "tmux", "linux",
};

/* \e and \xNN; "-" is nothing.  */
static size_t unescape(const char *text, char *to)
{
	char *begin = to;

	if (strcmp(text, "-") == 0)
		return 0;
	while (*text) {
		unsigned byte = *text++;

		if (byte == '\\' && *text++ == 'e')
			byte = 033;
		else if (byte == '\\' && sscanf(text, "%2x", &byte) == 1)
			text += 2;
		*to++ = byte;
	}
	return to - begin;
}

static unsigned read_keys(FILE *f, struct key *keys)
{
	unsigned n = 0;
	char line[256];

	while (n < KEYS_MAX && fgets(line, sizeof line, f))
		n += *line != '#' && parse_key(line, &keys[n]);
	return n;
}

static const struct key *key_named(const struct key *keys, unsigned n, const char *name)
{
	while (n--)
		if (strcmp(keys[n].name, name) == 0)
			return &keys[n];
	fprintf(stderr, "there is no key %s\n", name);
	exit(2);
}

static void type(const struct key *k, const char *with, const char *sent, bool prefix)
{
	struct events e = { "", "" };
	char bytes[64] = "\x1e", name[64];
	size_t n = unescape(sent, bytes + prefix) + prefix;

	if (n == prefix)
		return;
	add_word(k, *with == 'S' ? SHIFT : *with == 'C' ? CTRL : *with == 'A' ? ALT : 0, &e);
	snprintf(name, sizeof name, "%s-%s %s", with, k->name, sent);
	if (write(t.pty, bytes, n) != (ssize_t)n)
		die("the pty");
	check(name, &e);
	t.struck++;
}

/* Without their bytes: who lets go when is not the terminal's doing.  */
static void plain(FILE *f, const char *sends, unsigned column)
{
	struct key keys[KEYS_MAX];
	unsigned n = read_keys(f, keys);
	char line[256], *field[COLUMNS];
	FILE *rows = fopen(sends, "r");

	if (!rows)
		die(sends);
	t.words_only = true;
	while (fgets(line, sizeof line, rows)) {
		unsigned i = 0;

		for (char *p = strtok(line, "\t\n"); p && i < COLUMNS; p = strtok(NULL, "\t\n"))
			field[i++] = p;
		if (*line == '#')
			continue;
		if (i < COLUMNS) {
			fprintf(stderr, "%s: no row: %s\n", sends, line);
			exit(2);
		}
		type(key_named(keys, n, field[1]), field[2], field[column], strcmp(columns[column], "prefix") == 0);
	}
	fclose(rows);
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
	unsigned column = 3;
	bool is_german;
	FILE *f;

	if (argc < 6)
		return 2;
	f = fopen(argv[2], "r");
	if (!f)
		die(argv[2]);
	is_german = strncmp(argv[1], "german", 6) == 0;
	t.kitty = strstr(argv[1], "kitty") != NULL;
	while (column < COLUMNS - 1 && strcmp(argv[1], columns[column]) != 0)
		column++;
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
		plain(f, argv[4], column);
	fclose(f);
	end();
	printf("%s: %u strokes, %u failures\n", argv[1], t.struck, t.failures);
	return t.failures || !t.struck;
}
