/* terminal_plain.c - a keyboard of characters; layouts.  */

#include "terminal.h"

#include <stdlib.h>
#include <string.h>

/* On German keys: a character is typed where it is, by AltGr or a dead key or its
 * number; Ctrl-Alt-F1 and F2 go to the US keys and back.  */
void german(void)
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
void german_kitty(void)
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

#define COLUMNS		7		/* group, key, with, prefix, xterm, tmux, linux */
#define FIRST_COLUMN	3
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
	send_bytes(bytes, n);
	check(name, &e);
}

/* Without their bytes: who lets go when is not the terminal's doing.  */
void plain(FILE *f, const char *sends, const char *name)
{
	unsigned column = COLUMNS - 1;
	struct key keys[KEYS_MAX];
	unsigned n = read_keys(f, keys);
	char line[256], *field[COLUMNS];
	FILE *rows = fopen(sends, "r");

	if (!rows)
		die(sends);
	while (column > FIRST_COLUMN && strcmp(name, columns[column]) != 0)
		column--;
	words_only();
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
