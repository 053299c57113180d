/* MORE - a screenful at a time.  Keys come from the console, as the text
 * usually takes up standard input.  */

#include "tool.h"

static const char usage[] =
"Displays output one screen at a time.\r\n"
"\r\n"
"MORE [drive:][path]filename\r\n"
"MORE < [drive:][path]filename\r\n"
"command-name | MORE [drive:][path][filename]\r\n"
"\r\n"
"  [drive:][path]filename  Specifies a file to display one screen at a time.\r\n"
"  command-name            Specifies a command whose output will be displayed.\r\n";

static const struct option options[] = { { NULL } };

#define TAB	9
#define CTRL_C	3

static struct reader in;
static int rows, columns, row, column, paging;

/* The prompt goes where the text goes.  */
static void prompt(void)
{
	int key;

	say("-- More --");
	key = console_key();
	if (key == 0)
		console_key();
	say("\r\n");
	if (key == CTRL_C)
		quit(0);
	row = 0;
}

static void next_row(void)
{
	row++;
	if (paging && row == rows - 1)
		prompt();
}

static void show(int c)
{
	switch (c) {
	case '\r':
		column = 0;
		break;
	case '\n':
		put(c);
		next_row();
		return;
	case '\b':
		if (column)
			column--;
		break;
	case 7:
		break;
	case TAB:
		do
			show(' ');
		while (column % 8);
		return;
	default:
		if (column == columns) {
			column = 0;
			next_row();
		}
		column++;
	}
	put(c);
}

static void show_all(int handle)
{
	int c;

	reader_on(&in, handle);
	while ((c = reader_get(&in)) >= 0)
		show(c);
	flush();
}

int main(void)
{
	int i, handle;

	arguments(usage, options, 1);
	rows = screen_rows();
	columns = screen_columns();
	paging = is_device(STDOUT) != 0;
	for (i = 0; i < argc; i++) {
		upper_text(argv[i]);
		handle = file_open(argv[i], O_READ);
		if (handle < 0)
			die(1, "%s - %s\r\n", error_text(dos_error), argv[i]);
		show_all(handle);
		file_close(handle);
	}
	if (!argc)
		show_all(STDIN);
	return 0;
}
