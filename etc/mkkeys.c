/* mkkeys.c - which keys terminals send, from terminal-keys.tsv, as a table for
 * dosvm(1).  Run by make.  Keys of one group that differ are an error.  */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS		7	/* group, key, with, prefix, xterm, tmux, linux */
#define TERMINALS	3
#define WITHS		4

static const char with_letters[] = "PSCA";

struct group {
	char name[40];
	char sent[WITHS][TERMINALS + 1];	/* "xtl", "": no such word in DOS */
};

static void print_group(const struct group *g)
{
	int width = 32;

	if (!*g->name)
		return;
	for (const char *p = g->name; *p; p++, width--)
		printf("%s", *p == '\\' ? "\\e" : *p == '\'' ? "\\(aq" : *p == '`' ? "\\(ga" : (char[]){ *p, 0 });
	printf("%*s", width, "");
	for (unsigned i = 0; i < WITHS; i++)
		printf(i < WITHS - 1 ? "%-6s" : "%s", g->sent[i]);
	putchar('\n');
}

static void take(struct group *g, char *const field[COLUMNS])
{
	static const char letters[] = "xtl";
	const char *with = strchr(with_letters, *field[2]);
	char sent[TERMINALS + 1] = "...";

	if (!*field[2] || !with) {
		fprintf(stderr, "mkkeys: %s: no such column\n", field[2]);
		exit(1);
	}
	for (unsigned i = 0; i < TERMINALS; i++)
		if (strcmp(field[COLUMNS - TERMINALS + i], "-") != 0)
			sent[i] = letters[i];
	if (strcmp(g->name, field[0]) != 0) {
		print_group(g);
		*g = (struct group){ { 0 }, { { 0 } } };
		snprintf(g->name, sizeof g->name, "%s", field[0]);
	}
	if (*g->sent[with - with_letters] && strcmp(g->sent[with - with_letters], sent) != 0) {
		fprintf(stderr, "mkkeys: %s is not like the others of %s\n", field[1], field[0]);
		exit(1);
	}
	strcpy(g->sent[with - with_letters], sent);
}

int main(int argc, char **argv)
{
	FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;
	struct group g = { { 0 }, { { 0 } } };
	char line[256], *field[COLUMNS];

	if (!f) {
		fputs("usage: mkkeys terminal-keys.tsv\n", stderr);
		return 2;
	}
	puts(".nf\n.ft CW");
	printf("%-32s%-6s%-6s%-6s%s\n", "key", "alone", "Shift", "Ctrl", "Alt");
	while (fgets(line, sizeof line, f)) {
		unsigned n = 0;

		for (char *p = strtok(line, "\t\n"); p && n < COLUMNS; p = strtok(NULL, "\t\n"))
			field[n++] = p;
		if (*line == '#')
			continue;
		if (n < COLUMNS) {
			fprintf(stderr, "mkkeys: %s: no row\n", line);
			return 1;
		}
		take(&g, field);
	}
	print_group(&g);
	puts(".ft\n.fi");
	fclose(f);
	return fclose(stdout) != 0;
}
