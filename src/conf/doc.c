/* doc.c - the schema, told to people and to the shell.  */

#include "conf/conf.h"

#include <ctype.h>
#include <string.h>

#include "base/cp.h"
#include "base/log.h"
#include "conf/parse.h"
#include "conf/schema.h"

#define WIDTH		79
#define INDENT		30	/* of --help's second column */

static bool same_section(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Words of the text in lines of at most WIDTH columns, from INDENT on;
 * `column' is where the first line has come to.  */
static void wrap(FILE *out, const char *text, int column)
{
	if (column > INDENT - 2) {
		fputc('\n', out);
		column = 0;
	}
	while (*text) {
		int n = strcspn(text, " ");

		if (column > INDENT && column + 1 + n > WIDTH) {
			fputc('\n', out);
			column = 0;
		}
		if (column < INDENT)
			column += fprintf(out, "%*s", INDENT - column, "");
		else
			column += fprintf(out, " ");
		column += fprintf(out, "%.*s", n, text);
		text += n + (text[n] == ' ');
	}
	fputc('\n', out);
}

static bool may_be_off(const struct conf_key *key)
{
	return key->type == CONF_BOOL && strcmp(key->value, "yes") == 0;
}

static void help_option(FILE *out, const struct conf_key *key)
{
	int column = key->letter ? fprintf(out, "  -%c, ", key->letter) : fprintf(out, "      ");

	column += fprintf(out, "--%s%s", may_be_off(key) ? "[no-]" : "", key->name);
	if (key->argument)
		column += fprintf(out, key->alone ? "[=%s]" : "=%s", key->argument);
	wrap(out, key->help, column);
}

void conf_help(FILE *out)
{
	fputs("Usage: dosvm [OPTION]... [PROGRAM [ARGUMENT]...]\n"
	      "Run a DOS program, or without one the DOS prompt.\n", out);
	for (const struct conf_section *s = conf_sections; s->title; s++) {
		fprintf(out, "\n%s:\n", s->title);
		for (unsigned i = 0; i < conf_schema_rows; i++)
			if (same_section(conf_schema[i].section, s->name))
				help_option(out, &conf_schema[i]);
	}
	fputs("\nAll but the first group are also settings of dosvm.conf; see dosvm.conf(5).\n", out);
}

/* Text for roff: a backslash and a leading period or quote mean nothing.  */
static void roff(FILE *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		fputs("\\&", out);
	for (; *text; text++) {
		if (*text == '\\')
			fputs("\\e", out);
		else if (*text == '-')
			fputs("\\-", out);
		else
			fputc(*text, out);
	}
}

static void roff_range(FILE *out, const struct conf_key *key)
{
	char what[200];

	if (key->type == CONF_STRING)
		return;
	conf_describe(key, what, sizeof what);
	what[0] = toupper((unsigned char)what[0]);
	roff(out, what);
	fputs(".\n", out);
}

static void roff_default(FILE *out, const struct conf_key *key)
{
	if (!key->value || !*key->value)
		return;
	fputs("Default: ", out);
	roff(out, key->value);
	fputs(".\n", out);
}

void conf_man_options(FILE *out)
{
	for (const struct conf_section *s = conf_sections; s->title; s++) {
		fprintf(out, ".SS %s\n", s->title);
		for (unsigned i = 0; i < conf_schema_rows; i++) {
			const struct conf_key *key = &conf_schema[i];

			if (!same_section(key->section, s->name))
				continue;
			fputs(".TP\n", out);
			if (key->letter)
				fprintf(out, "\\fB\\-%c\\fR, ", key->letter);
			fputs("\\fB\\-\\-", out);
			roff(out, may_be_off(key) ? "[no-]" : "");
			roff(out, key->name);
			fputs("\\fR", out);
			if (key->argument) {
				fputs(key->alone ? "[=\\fI" : "=\\fI", out);
				roff(out, key->argument);
				fputs(key->alone ? "\\fR]" : "\\fR", out);
			}
			fputc('\n', out);
			roff(out, key->help);
			fputc('\n', out);
		}
	}
}

static void man_key(FILE *out, const struct conf_key *key)
{
	fputs(".TP\n\\fB", out);
	roff(out, key->name);
	fputs("\\fR = \\fI", out);
	roff(out, key->argument ? key->argument : "yes|no");
	fputs("\\fR\n", out);
	roff(out, key->help);
	fputc('\n', out);
	if (key->type != CONF_BOOL)
		roff_range(out, key);
	roff_default(out, key);
}

void conf_man(FILE *out)
{
	const char *name;

	for (const struct conf_section *s = conf_sections; s->title; s++) {
		if (!s->name)
			continue;
		fprintf(out, ".SS [%s] \\- %s\n", s->name, s->title);
		for (unsigned i = 0; i < conf_schema_rows; i++)
			if (same_section(conf_schema[i].section, s->name))
				man_key(out, &conf_schema[i]);
	}
	fputs(".SH CODE PAGES\n", out);
	for (unsigned n = 0, page; (page = cp_nth(n, &name)) != 0; n++)
		fprintf(out, ".TP\n%u\n%s\n", page, name);
}

/* Words that bash offers, of which the nth comes from next(), and none
 * after an empty one.  */
static void offer(FILE *out, size_t (*next)(const struct conf_key *, unsigned n, char *, size_t),
		  const struct conf_key *key)
{
	char word[32];

	fputs("COMPREPLY=($(compgen -W \"", out);
	for (unsigned n = 0; next(key, n, word, sizeof word) > 0; n++)
		fprintf(out, "%s%s", n ? " " : "", word);
	fputs("\" -- \"$cur\"))", out);
}

static size_t nth_choice(const struct conf_key *key, unsigned n, char *word, size_t size)
{
	const char *s = key->choices;

	for (; n; n--) {
		s += strcspn(s, "|");
		if (!*s++)
			return 0;
	}
	return snprintf(word, size, "%.*s", (int)strcspn(s, "|"), s);
}

static size_t nth_code_page(const struct conf_key *key, unsigned n, char *word, size_t size)
{
	unsigned page = cp_nth(n, NULL);

	(void)key;
	return page ? snprintf(word, size, "%u", page) : 0;
}

static size_t nth_channel(const struct conf_key *key, unsigned n, char *word, size_t size)
{
	const char *name = log_channel_nth(n, NULL);

	(void)key;
	return name ? snprintf(word, size, "%s", name) : 0;
}

static bool takes(const struct conf_key *key, const char *argument)
{
	return key->argument && strcmp(key->argument, argument) == 0;
}

/* After an option's name, what bash offers for its value.  */
static void complete_value(FILE *out, const struct conf_key *key)
{
	fprintf(out, "\t--%s", key->name);
	if (key->letter)
		fprintf(out, "|-%c", key->letter);
	fputs(")\n\t\t", out);
	if (key->type == CONF_ENUM)
		offer(out, nth_choice, key);
	else if (key->type == CONF_CODE_PAGE)
		offer(out, nth_code_page, key);
	else if (key->type == CONF_TRACE)
		offer(out, nth_channel, key);
	else if (takes(key, "DIR"))
		fputs("_filedir -d", out);
	else if (takes(key, "FILE"))
		fputs("_filedir", out);
	else
		fputs("COMPREPLY=()", out);
	fputs("\n\t\treturn ;;\n", out);
}

void conf_complete(FILE *out)
{
	fputs("# Completion of dosvm's command line for bash; made from its schema.\n"
	      "_dosvm()\n{\n"
	      "\tlocal cur prev words cword split\n"
	      "\t_init_completion -s || return\n"
	      "\tcase $prev in\n", out);
	for (unsigned i = 0; i < conf_schema_rows; i++)
		if (conf_schema[i].type != CONF_BOOL)
			complete_value(out, &conf_schema[i]);
	fputs("\tesac\n\t$split && return\n"
	      "\tif [[ $cur == -* ]]; then\n\t\tCOMPREPLY=($(compgen -W \"", out);
	for (unsigned i = 0; i < conf_schema_rows; i++) {
		const struct conf_key *key = &conf_schema[i];

		fprintf(out, "%s--%s%s", i ? " " : "", key->name, key->argument ? "=" : "");
		if (may_be_off(key))
			fprintf(out, " --no-%s", key->name);
	}
	fputs("\" -- \"$cur\"))\n"
	      "\t\t[[ $COMPREPLY == *= ]] && compopt -o nospace\n"
	      "\telse\n\t\t_filedir '@(com|exe|bat|COM|EXE|BAT)'\n\tfi\n"
	      "}\ncomplete -F _dosvm dosvm\n", out);
}
