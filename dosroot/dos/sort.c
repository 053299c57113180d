/* SORT - lines in the country's order.
 *
 * Lines lie in far memory, each on paragraphs of its own (a word for its
 * length, then its text), so that a segment number names a line.  The numbers
 * are merged in two lists behind the lines.  What does not fit into memory is
 * written to temporary files, sorted, and those are merged.  */

#include "tool.h"

static const char usage[] =
"Sorts input and writes results to the screen, a file, or another device.\r\n"
"\r\n"
"SORT [/R] [/+n] [<] [drive1:][path1]filename1 [> [drive2:][path2]filename2]\r\n"
"[command |] SORT [/R] [/+n] [> [drive2:][path2]filename2]\r\n"
"\r\n"
"  /R                         Reverses the sort order; that is, sorts Z to A,\r\n"
"                             then 9 to 0.\r\n"
"  /+n                        Sorts the file according to characters in\r\n"
"                             column n.\r\n"
"  [drive1:][path1]filename1  Specifies a file to be sorted.\r\n"
"  [drive2:][path2]filename2  Specifies a file where the sorted input is to be\r\n"
"                             stored.\r\n"
"  command                    Specifies a command whose output is to be sorted.\r\n";

static int reversed;
static u16 column = 1;

static const struct option options[] = {
	{ "R", OPT_FLAG, &reversed }, { "+", OPT_COUNT, &column }, { NULL },
};

#define LINE_SIZE	8192
#define LINE_PARAS	(LINE_SIZE / 16 + 1)
#define MAX_RUNS	12

static u8 line[LINE_SIZE];
static struct reader in;
static u8 weights[256];

static u16 text, text_end, text_next;	/* segments */
static u16 list, spare;			/* segments of the two lists */
static u16 lines;

static char run_names[MAX_RUNS + 1][PATH_SIZE];
static int run_handles[MAX_RUNS];
static u16 run_at[MAX_RUNS];		/* its first line in memory; 0: at its end */
static u16 runs;

/* Four of five paragraphs are for lines, the rest for lists with room for as
 * many numbers as there are paragraphs.  */
static void take_memory(void)
{
	u16 largest = memory_largest(), all, number_paras;

	text = memory_take(largest);
	all = largest / 5 * 4;
	number_paras = all / 8;
	if (!text || all < (MAX_RUNS + 1) * LINE_PARAS)
		die(1, "SORT: Insufficient memory\r\n");
	text_end = text + all;
	text_next = text;
	list = text_end;
	spare = list + number_paras;
}

static int compare(u16 a, u16 b)
{
	int order = far_compare(a, b, column - 1, weights);

	return reversed ? -order : order;
}

/* Merges two neighbours of the list, each sorted, into the spare one.  */
static void merge(u16 from, u16 middle, u16 to)
{
	u16 a = from, b = middle, out;

	for (out = from; out < to; out++)
		if (b == to || (a < middle &&
		    compare(peekw(list, a * 2), peekw(list, b * 2)) <= 0))
			pokew(spare, out * 2, peekw(list, a++ * 2));
		else
			pokew(spare, out * 2, peekw(list, b++ * 2));
}

static u16 least(u32 n)
{
	return n < lines ? n : lines;
}

static void sort_lines(void)
{
	u32 width, at;
	u16 other;

	for (width = 1; width < lines; width *= 2) {
		for (at = 0; at < lines; at += width * 2)
			merge((u16)at, least(at + width), least(at + width * 2));
		other = list;
		list = spare;
		spare = other;
	}
}

static u16 line_paras(u16 bytes)
{
	return (bytes + 2 + 15) / 16;
}

static void keep_line(u16 n)
{
	pokew(text_next, 0, n);
	far_copy(text_next, 2, psp, (u16)line, n);
	pokew(list, lines++ * 2, text_next);
	text_next += line_paras(n);
}

static void put_line(u16 seg)
{
	u16 n = peekw(seg, 0);

	far_copy(psp, (u16)line, seg, 2, n);
	put_bytes(line, n);
	put('\r');
	put('\n');
}

/* --- Runs in files: lines as they are in memory ------------------------------- */

static void remove_runs(void)
{
	while (runs) {
		runs--;
		file_close(run_handles[runs]);
		file_delete(run_names[runs]);
	}
}

static void run_failed(void)
{
	remove_runs();
	die(1, "SORT: Insufficient disk space\r\n");
}

/* In the directory TEMP names, or if that does not work, in the current one.  */
static int new_run(char *name)
{
	struct regs r;
	int current;

	for (current = !environment("TEMP", name, PATH_SIZE - 14); current < 2; current++) {
		if (current)
			copy(name, ".");
		append(name, "\\");
		r.ax = 0x5a00;
		r.cx = 0;
		r.ds = psp;
		r.dx = (u16)name;
		if (!dos(&r))
			return r.ax;
	}
	run_failed();
}

static void write_line(int handle, u16 seg)
{
	u16 n = peekw(seg, 0) + 2;

	if (far_write(handle, seg, 0, n) != n)
		run_failed();
}

/* The next line of a run, to the place that the run has in memory.  */
static void advance(u16 run)
{
	u16 seg = text + run * LINE_PARAS, n;

	run_at[run] = 0;
	if (far_read(run_handles[run], seg, 0, 2) != 2)
		return;
	n = peekw(seg, 0);
	if (far_read(run_handles[run], seg, 2, n) == n)
		run_at[run] = seg;
}

/* The run whose line is next; of equal ones the first.  */
static int first_run(void)
{
	int best = -1;
	u16 i;

	for (i = 0; i < runs; i++)
		if (run_at[i] && (best < 0 || compare(run_at[i], run_at[best]) < 0))
			best = i;
	return best;
}

/* Merges all runs, to a file, or if that is 0, to standard output.  */
static void merge_runs(int handle)
{
	int run;
	u16 i;

	for (i = 0; i < runs; i++) {
		file_seek(run_handles[i], 0L);
		advance(i);
	}
	while ((run = first_run()) >= 0) {
		if (handle)
			write_line(handle, run_at[run]);
		else
			put_line(run_at[run]);
		advance(run);
	}
	remove_runs();
}

/* Writes the lines in memory as a run; there is always room for one more.  */
static void spill(void)
{
	u16 i;
	int handle;

	sort_lines();
	handle = new_run(run_names[runs]);
	run_handles[runs++] = handle;
	for (i = 0; i < lines; i++)
		write_line(handle, peekw(list, i * 2));
	lines = 0;
	text_next = text;
	if (runs < MAX_RUNS)
		return;
	handle = new_run(run_names[MAX_RUNS]);
	merge_runs(handle);
	copy(run_names[0], run_names[MAX_RUNS]);
	run_handles[0] = handle;
	runs = 1;
}

static void read_lines(int handle)
{
	int n;

	reader_on(&in, handle);
	while ((n = reader_line(&in, line, LINE_SIZE)) >= 0) {
		if (text_end - text_next < line_paras(n))
			spill();
		keep_line(n);
	}
}

int main(void)
{
	int handle = STDIN;
	u16 i;

	arguments(usage, options, 1);
	if (argc > 1)
		die(1, "SORT: Too many parameters\r\n");
	if (!column)
		die(1, "SORT: Parameter value not in allowed range\r\n");
	if (argc) {
		upper_text(argv[0]);
		handle = file_open(argv[0], O_READ);
		if (handle < 0)
			die(1, "SORT: %s\r\n", error_text(dos_error));
	}
	take_memory();
	collating(weights);
	read_lines(handle);
	if (runs) {
		spill();
		merge_runs(0);
		return 0;
	}
	sort_lines();
	for (i = 0; i < lines; i++)
		put_line(peekw(list, i * 2));
	return 0;
}
