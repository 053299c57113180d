/* mkcommands.c - the internal commands, from the shell's own table, and those of
 * CONFIG.SYS, from DOS's, as lists for dosvm-commands(7).  Run by make.  */

#include <stdio.h>
#include <string.h>

#include "dos/dos.h"
#include "shell/shell.h"

typedef const char *command_fn(unsigned n, const char **help);

int main(int argc, char **argv)
{
	bool config = argc > 1 && strcmp(argv[1], "config") == 0;
	command_fn *command = config ? dos_config_command : shell_command;
	const char *name, *help;

	for (unsigned n = 0; (name = command(n, &help)); n++)
		printf(".TP 10\n.B %s\n%s\n", name, help);
	return fclose(stdout) != 0;
}
