/* mkdebug.c - the commands of the built-in debugger, from its own table, as a
 * list for dosvm-debug(7).  Run by make.  */

#include <stdio.h>

#include "debug/commands.h"

/* A hyphen is one of the input, not of the typesetter.  */
static void roff(const char *s)
{
	for (; *s; s++)
		printf(*s == '-' ? "\\-" : *s == '\\' ? "\\e" : "%c", *s);
}

int main(void)
{
	for (const struct command *c = command_table; c->name; c++) {
		printf(".TP\n\\fB%s\\fR", c->name);
		if (*c->brief)
			printf(", \\fB%s\\fR", c->brief);
		printf(" ");
		roff(c->arguments);
		printf("\n");
		roff(c->help);
		printf("\n");
	}
	return fclose(stdout) != 0;
}
