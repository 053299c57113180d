/* mkcontrol.c - the commands of the control socket, from its own tables: as lists for
 * dosvm-ctl(1) and dosvm-control(7), and for bash.  Run by make.
 *
 * usage: mkcontrol client|socket|keys|completion  */

#include <stdio.h>
#include <string.h>

#include "control/words.h"

/* A hyphen is one of the input, not of the typesetter.  */
static void roff(const char *s)
{
	for (; *s; s++)
		if (*s == '-')
			fputs("\\-", stdout);
		else if (*s == '\\')
			fputs("\\e", stdout);
		else if (*s == '\'')
			fputs("\\(aq", stdout);
		else if (*s == '`')
			fputs("\\(ga", stdout);
		else if (*s == '^')
			fputs("\\(ha", stdout);
		else
			putchar(*s);
}

static void word(const struct control_word *w, const char *arguments)
{
	printf(".TP\n\\fB");
	roff(w->name);
	printf("\\fR%s", *arguments ? " " : "");
	roff(arguments);
	printf("\n");
	roff(w->help);
	printf("\n");
}

static void client(void)
{
	for (unsigned i = 0; i < CONTROL_WORDS; i++)
		word(&control_word[i], control_word[i].arguments);
}

static void members(const char *title, const char *text)
{
	if (!*text)
		return;
	printf(".br\n%s: ", title);
	roff(text);
	printf(".\n");
}

static void protocol(void)
{
	for (unsigned i = 0; i < CONTROL_WORDS; i++) {
		const struct control_word *w = &control_word[i];

		word(w, "");
		members("Members", w->members);
		members("Answer", w->answer);
	}
}

static void keys(void)
{
	for (const struct control_key *k = control_key; k->name; k++) {
		printf("%s\\fB", k == control_key ? "" : k->key == k[-1].key ? " = " : ", ");
		roff(k->name);
		printf("\\fR");
	}
	printf(".\n");
}

static void completion(void)
{
	printf("# Completion of dosvm-ctl's command line for bash; made from its tables.\n"
	       "_dosvm_ctl()\n{\n"
	       "\tlocal cur prev words cword split i word=\n"
	       "\t_init_completion -s || return\n"
	       "\tcase $prev in\n"
	       "\t-s|--socket|screenshot|state-save|insert)\n\t\t_filedir\n\t\treturn ;;\n"
	       "\t-w|--wait|-t|--timeout|-r|--region)\n\t\treturn ;;\n"
	       "\tesac\n\t$split && return\n"
	       "\tif [[ $cur == -* ]]; then\n"
	       "\t\tCOMPREPLY=($(compgen -W \"--socket= --wait= --json --region= --timeout= "
	       "--pixels --help --version\" -- \"$cur\"))\n"
	       "\t\t[[ $COMPREPLY == *= ]] && compopt -o nospace\n\t\treturn\n\tfi\n"
	       "\tfor ((i = 1; i < cword; i++)); do\n"
	       "\t\tcase ${words[i]} in\n");
	for (unsigned i = 0; i < CONTROL_WORDS; i++)
		printf("%s%s", i ? "|" : "\t\t", control_word[i].name);
	printf(")\n\t\t\tword=${words[i]} ;;\n\t\tesac\n\tdone\n"
	       "\tcase $word in\n"
	       "\t\"\")\n\t\tCOMPREPLY=($(compgen -W \"");
	for (unsigned i = 0; i < CONTROL_WORDS; i++)
		printf("%s%s", i ? " " : "", control_word[i].name);
	printf("\" -- \"$cur\")) ;;\n"
	       "\tmouse)\n\t\tCOMPREPLY=($(compgen -W \"move down up click double drag wheel\" "
	       "-- \"$cur\")) ;;\n"
	       "\tkeys)\n\t\tCOMPREPLY=($(compgen -W \"");
	for (const struct control_key *k = control_key; k->name; k++)
		if (strlen(k->name) > 1)
			printf("%s ", k->name);
	printf("Ctrl+ Shift+ Alt+\" -- \"$cur\"))\n"
	       "\t\t[[ $COMPREPLY == *+ ]] && compopt -o nospace ;;\n"
	       "\tesac\n}\ncomplete -F _dosvm_ctl dosvm-ctl\n");
}

int main(int argc, char **argv)
{
	static const struct { const char *name; void (*print)(void); } parts[] = {
		{ "client", client }, { "socket", protocol }, { "keys", keys },
		{ "completion", completion },
	};

	for (unsigned i = 0; argc == 2 && i < sizeof parts / sizeof parts[0]; i++)
		if (strcmp(parts[i].name, argv[1]) == 0) {
			parts[i].print();
			return fclose(stdout) != 0;
		}
	fputs("usage: mkcontrol client|socket|keys|completion\n", stderr);
	return 2;
}
