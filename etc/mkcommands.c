/* mkcommands.c - lists for dosvm-commands(7): the internal commands, from the shell's own
 * table; as "config" those of CONFIG.SYS, from DOS's; as "layouts" the keyboard layouts
 * that KEYB knows.  Run by make.  */

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/layout.h"
#include "dos/dos.h"
#include "shell/shell.h"

typedef const char *command_fn(unsigned n, const char **help);

static void commands(command_fn *command)
{
	const char *name, *help;

	for (unsigned n = 0; (name = command(n, &help)); n++)
		printf(".TP 10\n.B %s\n%s\n", name, help);
}

static void layouts(void)
{
	const struct layout *l;

	for (unsigned n = 0; (l = layout_nth(n)) != NULL; n++) {
		const char *name = layout_name(l);

		printf(".TP 10\n.B %c%c\n%s%s\n", toupper((unsigned char)name[0]),
		       toupper((unsigned char)name[1]), layout_title(l),
		       layout_has_second(l) ? ", and Latin letters" : "");
	}
}

int main(int argc, char **argv)
{
	const char *which = argc > 1 ? argv[1] : "";

	if (strcmp(which, "layouts") == 0)
		layouts();
	else
		commands(strcmp(which, "config") == 0 ? dos_config_command : shell_command);
	return fclose(stdout) != 0;
}
