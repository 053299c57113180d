/* COMP - compares files byte by byte.  ERRORLEVEL: 0 the same, 1 not, 2 an
 * error.  */

#include "tool.h"

static const char usage[] =
"Compares the contents of two files or sets of files.\r\n"
"\r\n"
"COMP [data1] [data2] [/D] [/A] [/L] [/N=number] [/C]\r\n"
"\r\n"
"  data1     Specifies location and name(s) of first file(s) to compare.\r\n"
"  data2     Specifies location and name(s) of second files to compare.\r\n"
"  /D        Displays differences in decimal format. This is the default\r\n"
"            setting.\r\n"
"  /A        Displays differences in ASCII characters.\r\n"
"  /L        Displays line numbers for differences.\r\n"
"  /N=number Compares only the first specified number of lines in each file.\r\n"
"  /C        Disregards case of ASCII letters when comparing files.\r\n"
"\r\n"
"To compare sets of files, use wildcards in data1 and data2 parameters.\r\n";

static int decimal, ascii, by_line, any_case;
static char *limit;

static const struct option options[] = {
	{ "D", OPT_FLAG, &decimal }, { "A", OPT_FLAG, &ascii }, { "L", OPT_FLAG, &by_line },
	{ "N", OPT_TEXT, &limit }, { "C", OPT_FLAG, &any_case }, { NULL },
};

#define MOST_MISMATCHES	10

static struct reader first, second;
static char name1[PATH_SIZE], name2[PATH_SIZE];
static u16 most_lines;
static int status;

static void show_value(const char *file, int c)
{
	say(ascii ? "%s = %c\r\n" : decimal ? "%s = %d\r\n" : "%s = %x\r\n", file, c);
}

static void differ(u32 at, u32 line, int x, int y)
{
	status = 1;
	if (by_line)
		say("Compare error at LINE %lu\r\n", line);
	else
		say(decimal ? "Compare error at OFFSET %lu\r\n"
			    : "Compare error at OFFSET %lx\r\n", at);
	show_value("file1", x);
	show_value("file2", y);
}

static void compare_bytes(void)
{
	u32 at, line = 1;
	int x, y, mismatches = 0;

	for (at = 0; ; at++) {
		x = reader_byte(&first);
		y = reader_byte(&second);
		if (x < 0 || y < 0)
			break;
		if (any_case ? upper(x) != upper(y) : x != y) {
			differ(at, line, x, y);
			if (++mismatches == MOST_MISMATCHES) {
				say("10 mismatches - ending compare\r\n\r\n");
				return;
			}
		}
		if (x == '\n' && ++line > most_lines && most_lines)
			break;
	}
	say(mismatches ? "\r\n" : "Files compare OK\r\n\r\n");
}

static int open_both(void)
{
	first.handle = file_open(name1, O_READ);
	if (first.handle < 0) {
		warn("Can't find/open file: %s\r\n", name1);
		return 0;
	}
	second.handle = file_open(name2, O_READ);
	if (second.handle < 0) {
		warn("Can't find/open file: %s\r\n", name2);
		file_close(first.handle);
		return 0;
	}
	reader_on(&first, first.handle);
	reader_on(&second, second.handle);
	return 1;
}

static void compare(void)
{
	say("Comparing %s and %s...\r\n", name1, name2);
	if (!open_both()) {
		status = 2;
		return;
	}
	if (!most_lines && file_size(first.handle) != file_size(second.handle)) {
		say("Files are different sizes\r\n\r\n");
		status = 1;
	} else {
		compare_bytes();
	}
	file_close(first.handle);
	file_close(second.handle);
}

int main(void)
{
	arguments(usage, options, 2);
	if (argc && limit && !*limit) {		/* /N=5: its number is a word */
		limit = argv[argc - 1];
		argc--;
	}
	if (limit && !to_number(*limit == '=' ? limit + 1 : limit, &most_lines))
		die(2, "Invalid parameter - /N\r\n");
	if (argc != 2)
		die(2, "Required parameter missing\r\n");
	if (!pairs_begin(argv[0], argv[1]))
		die(2, "Can't find/open file: %s\r\n", argv[0]);
	do {
		pair_names(name1, name2);
		compare();
	} while (pairs_next());
	return status;
}
