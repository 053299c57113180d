/* FIND - lines that contain a text.  ERRORLEVEL: 0 some, 1 none, 2 an error.  */

#include "tool.h"

static const char usage[] =
"Searches for a text string in a file or files.\r\n"
"\r\n"
"FIND [/V] [/C] [/N] [/I] \"string\" [[drive:][path]filename[ ...]]\r\n"
"\r\n"
"  /V        Displays all lines NOT containing the specified string.\r\n"
"  /C        Displays only the count of lines containing the string.\r\n"
"  /N        Displays line numbers with the displayed lines.\r\n"
"  /I        Ignores the case of characters when searching for the string.\r\n"
"  \"string\"  Specifies the text string to find.\r\n"
"  [drive:][path]filename\r\n"
"            Specifies a file or files to search.\r\n"
"\r\n"
"If a pathname is not specified, FIND searches the text typed at the prompt\r\n"
"or piped from another command.\r\n";

static int without, counting, numbering, any_case;

static const struct option options[] = {
	{ "V", OPT_FLAG, &without }, { "C", OPT_FLAG, &counting },
	{ "N", OPT_FLAG, &numbering }, { "I", OPT_FLAG, &any_case }, { NULL },
};

#define LINE_SIZE 4096
static u8 line[LINE_SIZE];
static struct reader in;
static u8 wanted[130];
static u16 wanted_length;
static u8 folded[256];		/* what a character is compared as */
static int found_any;

/* "say ""hello""": two quotation marks are one.  Answers what follows.  */
static void unquote(const char *arg)
{
	if (*arg++ != '"')
		die(2, "FIND: Parameter format not correct\r\n");
	for (;; arg++) {
		if (!*arg)
			die(2, "FIND: Parameter format not correct\r\n");
		if (*arg == '"' && *++arg != '"')
			break;
		wanted[wanted_length++] = *arg;
	}
	if (*arg)
		die(2, "FIND: Parameter format not correct\r\n");
}

static void learn_case(void)
{
	u16 i;

	for (i = 0; i < 256; i++)
		folded[i] = any_case ? upper(i) : i;
	for (i = 0; i < wanted_length; i++)
		wanted[i] = folded[wanted[i]];
}

/* Nothing is contained in no line.  */
static int contains(u8 *at, u16 n)
{
	u8 first = wanted[0], *end;
	u16 i;

	if (!wanted_length || n < wanted_length)
		return 0;
	for (end = at + (n - wanted_length); at <= end; at++) {
		if (folded[*at] != first)
			continue;
		for (i = 1; i < wanted_length && folded[at[i]] == wanted[i]; i++)
			;
		if (i == wanted_length)
			return 1;
	}
	return 0;
}

static u32 search(int handle)
{
	u32 number = 0, matches = 0;
	int n;

	reader_on(&in, handle);
	while ((n = reader_line(&in, line, LINE_SIZE)) >= 0) {
		number++;
		if (contains(line, n) == without)
			continue;
		matches++;
		if (counting)
			continue;
		if (numbering)
			say("[%lu]", number);
		put_bytes(line, n);
		say("\r\n");
	}
	if (matches)
		found_any = 1;
	return matches;
}

static int search_file(char *name)
{
	int handle;
	u32 matches;

	upper_text(name);
	handle = file_open(name, O_READ);
	if (handle < 0) {
		if (dos_error == 2)
			warn("File not found - %s\r\n", name);
		else
			warn("%s - %s\r\n", error_text(dos_error), name);
		return 0;
	}
	say("\r\n---------- %s", name);
	if (!counting)
		say("\r\n");
	matches = search(handle);
	if (counting)
		say(": %lu\r\n", matches);
	file_close(handle);
	return 1;
}

int main(void)
{
	int i, failed = 0;
	u32 matches;

	arguments(usage, options, 2);
	if (!argc)
		die(2, "FIND: Required parameter missing\r\n");
	unquote(argv[0]);
	learn_case();
	for (i = 1; i < argc; i++)
		if (!search_file(argv[i]))
			failed = 1;
	if (argc == 1) {
		matches = search(STDIN);
		if (counting)
			say("%lu\r\n", matches);
	}
	return failed ? 2 : !found_any;
}
