/* mkdoc.c - what the schema says, on standard output, for the manual and
 * the shell's completion.  Run by make.  */

#include <stdio.h>
#include <string.h>

#include "conf/conf.h"

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*print)(FILE *out);
	} parts[] = {
		{ "options", conf_man_options },
		{ "settings", conf_man },
		{ "completion", conf_complete },
		{ "help", conf_help },
	};

	for (size_t i = 0; argc == 2 && i < sizeof parts / sizeof parts[0]; i++)
		if (strcmp(argv[1], parts[i].name) == 0) {
			parts[i].print(stdout);
			return fclose(stdout) != 0;
		}
	fputs("usage: mkdoc options|settings|completion|help\n", stderr);
	return 2;
}
