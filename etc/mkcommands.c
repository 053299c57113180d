/* mkcommands.c - the internal commands, from the shell's own table, as a
 * list for dosvm-commands(7).  Run by make.  */

#include <stdio.h>

#include "shell/shell.h"

int main(void)
{
	const char *name, *help;

	for (unsigned n = 0; (name = shell_command(n, &help)); n++)
		printf(".TP 10\n.B %s\n%s\n", name, help);
	return fclose(stdout) != 0;
}
