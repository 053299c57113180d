/* FC - differences of two files.  ERRORLEVEL: 0 none, 1 some, 2 an error.
 *
 * Text is compared through a window of /LB lines of each file, kept in far
 * memory.  Lines that differ end where /nnnn lines are the same again.  */

#include "tool.h"

static const char usage[] =
"Compares two files or sets of files and displays the differences between them.\r\n"
"\r\n"
"FC [/A] [/C] [/L] [/LBn] [/N] [/T] [/W] [/nnnn] [drive1:][path1]filename1\r\n"
"   [drive2:][path2]filename2\r\n"
"FC /B [drive1:][path1]filename1 [drive2:][path2]filename2\r\n"
"\r\n"
"  /A     Displays only first and last lines for each set of differences.\r\n"
"  /B     Performs a binary comparison.\r\n"
"  /C     Disregards the case of letters.\r\n"
"  /L     Compares files as ASCII text.\r\n"
"  /LBn   Sets the maximum consecutive mismatches to the specified number of\r\n"
"         lines.\r\n"
"  /N     Displays the line numbers on an ASCII comparison.\r\n"
"  /T     Does not expand tabs to spaces.\r\n"
"  /W     Compresses white space (tabs and spaces) for comparison.\r\n"
"  /nnnn  Specifies the number of consecutive lines that must match after a\r\n"
"         mismatch.\r\n";

static int abbreviated, binary, any_case, as_text, numbered, keep_tabs, white;
static u16 window = 100, resync;

static const struct option options[] = {
	{ "A", OPT_FLAG, &abbreviated }, { "B", OPT_FLAG, &binary },
	{ "C", OPT_FLAG, &any_case }, { "L", OPT_FLAG, &as_text },
	{ "LB", OPT_COUNT, &window }, { "N", OPT_FLAG, &numbered },
	{ "T", OPT_FLAG, &keep_tabs }, { "W", OPT_FLAG, &white },
	{ "", OPT_COUNT, &resync }, { NULL },
};

#define LINE_SIZE	250
#define SLOT_PARAS	16	/* length, text */
#define MAX_WINDOW	1200

struct side {
	char name[PATH_SIZE];
	int handle;
	struct reader in;
	u16 slots[MAX_WINDOW];	/* segments; the first `count` hold lines */
	u16 count, line;	/* number of the first */
};

static struct side a, b;
static u8 weights[256], text[LINE_SIZE + 1];
static int differ, status;

static int binary_name(const char *name)
{
	static const char *const kinds[] = {
		".EXE", ".COM", ".SYS", ".OBJ", ".LIB", ".BIN", NULL
	};
	const char *dot = find_char(base_name(name), '.');
	int i;

	for (i = 0; dot && kinds[i]; i++)
		if (same(dot, kinds[i]))
			return 1;
	return 0;
}

/* --- Text ------------------------------------------------------------------- */

static u16 squeeze(u16 n)
{
	u16 from, to = 0;

	for (from = 0; from < n; from++)
		if (text[from] != ' ' && text[from] != '\t')
			text[to++] = text[from];
		else if (to && text[to - 1] != ' ')
			text[to++] = ' ';
	if (to && text[to - 1] == ' ')
		to--;
	return to;
}

static u16 expand(u16 n)
{
	static u8 wide[LINE_SIZE + 8];
	u16 from, to = 0;

	for (from = 0; from < n && to < LINE_SIZE; from++)
		if (text[from] != '\t')
			wide[to++] = text[from];
		else
			do
				wide[to++] = ' ';
			while (to % 8);
	if (to > LINE_SIZE)
		to = LINE_SIZE;
	copy_bytes(text, wide, to);
	return to;
}

/* Each line has two slots: as it is shown, and as it is compared.  */
static void fill_side(struct side *s)
{
	int n;
	u16 seg;

	while (s->count < window) {
		n = reader_line(&s->in, text, LINE_SIZE);
		if (n < 0)
			return;
		seg = s->slots[s->count++];
		if (!keep_tabs)
			n = expand(n);
		pokew(seg, 0, n);
		far_copy(seg, 2, psp, (u16)text, n);
		if (white)
			n = squeeze(n);
		pokew(seg + SLOT_PARAS, 0, n);
		far_copy(seg + SLOT_PARAS, 2, psp, (u16)text, n);
	}
}

/* Forgets the first n lines.  */
static void drop(struct side *s, u16 n)
{
	u16 i, keep;

	while (n--) {
		keep = s->slots[0];
		for (i = 1; i < s->count; i++)
			s->slots[i - 1] = s->slots[i];
		s->slots[s->count - 1] = keep;
		s->count--;
		s->line++;
	}
}

static int equal(u16 i, u16 j)
{
	return far_compare(a.slots[i] + SLOT_PARAS, b.slots[j] + SLOT_PARAS, 0, weights) == 0;
}

/* Are the lines from i and j on the same, as many as are asked for?  Where
 * both files end, fewer will do.  */
static int in_step(u16 i, u16 j)
{
	u16 n = 0;

	while (n < resync && i + n < a.count && j + n < b.count) {
		if (!equal(i + n, j + n))
			return 0;
		n++;
	}
	return n == resync || (n && i + n == a.count && j + n == b.count);
}

/* The nearest place where both are in step again.  */
static int find_step(u16 from, u16 *i, u16 *j)
{
	u16 far, near;

	for (far = from; far < a.count || far < b.count; far++)
		for (near = from; near <= far; near++) {
			if (far < a.count && near < b.count && in_step(far, near)) {
				*i = far;
				*j = near;
				return 1;
			}
			if (near < a.count && far < b.count && in_step(near, far)) {
				*i = near;
				*j = far;
				return 1;
			}
		}
	return 0;
}

static void show_line(struct side *s, u16 i)
{
	u16 seg = s->slots[i], n = peekw(seg, 0);

	far_copy(psp, (u16)text, seg, 2, n);
	if (numbered)
		say("%5u:  ", s->line + i);
	put_bytes(text, n);
	say("\r\n");
}

static void show_side(struct side *s, u16 count)
{
	u16 i;

	say("***** %s\r\n", s->name);
	for (i = 0; i < count; i++) {
		if (abbreviated && count > 2 && i == 1) {
			say("...\r\n");
			i = count - 1;
		}
		show_line(s, i);
	}
}

static void show_difference(u16 i, u16 j)
{
	show_side(&a, i);
	show_side(&b, j);
	say("*****\r\n\r\n");
}

static u16 least(u16 x, u16 y)
{
	return x < y ? x : y;
}

static void compare_text(void)
{
	u16 i, j, n;
	int context = 0;	/* is the first line the same in both? */

	for (;;) {
		fill_side(&a);
		fill_side(&b);
		n = least(a.count, b.count);
		for (i = context; i < n && equal(i, i); i++)
			;
		if (i == a.count && i == b.count) {
			context = 0;
			drop(&a, i);
			drop(&b, i);
			fill_side(&a);
			if (!a.count) {
				fill_side(&b);
				if (!b.count)
					return;
			}
			continue;
		}
		context = i > 0;
		drop(&a, i - context);
		drop(&b, i - context);
		fill_side(&a);
		fill_side(&b);
		if (equal(context, context) && context < least(a.count, b.count))
			continue;
		differ = 1;
		if (!find_step(context, &i, &j)) {
			if (a.count == window || b.count == window)
				say("Resync failed.  Files are too different.\r\n");
			show_difference(a.count, b.count);
			return;
		}
		show_difference(i + 1, j + 1);
		drop(&a, i);
		drop(&b, j);
		context = 1;
	}
}

static void take_slots(struct side *s)
{
	u16 seg = memory_take(window * SLOT_PARAS * 2), i;

	if (!seg)
		die(2, "FC: Insufficient memory\r\n");
	for (i = 0; i < window; i++)
		s->slots[i] = seg + i * SLOT_PARAS * 2;
}

static void begin_text(void)
{
	u16 i;

	if (a.slots[0])
		return;
	if (window < 2 || window > MAX_WINDOW)
		die(2, "FC: Invalid number of lines - %u\r\n", window);
	for (i = 0; i < 256; i++)
		weights[i] = any_case ? upper(i) : i;
	take_slots(&a);
	take_slots(&b);
}

/* --- Bytes -------------------------------------------------------------------- */

static void compare_bytes(void)
{
	u32 at = 0;
	int x, y;

	for (;; at++) {
		x = reader_byte(&a.in);
		y = reader_byte(&b.in);
		if (x < 0 || y < 0)
			break;
		if (x != y) {
			say("%08lx: %02x %02x\r\n", at, x, y);
			differ = 1;
		}
	}
	if (x < 0 && y < 0)
		return;
	differ = 1;
	say("FC: %s longer than %s\r\n", x < 0 ? b.name : a.name, x < 0 ? a.name : b.name);
}

/* --- Files --------------------------------------------------------------------- */

static int open_side(struct side *s)
{
	s->handle = file_open(s->name, O_READ);
	if (s->handle < 0) {
		warn("FC: cannot open %s - %s\r\n", s->name,
		     dos_error == 2 || dos_error == 3 ? "No such file or directory"
						      : error_text(dos_error));
		status = 2;
		return 0;
	}
	reader_on(&s->in, s->handle);
	s->count = 0;
	s->line = 1;
	return 1;
}

static void compare(void)
{
	int bytes = binary || (!as_text && binary_name(a.name));

	say("Comparing files %s and %s\r\n", a.name, b.name);
	if (!open_side(&a))
		return;
	if (!open_side(&b)) {
		file_close(a.handle);
		return;
	}
	differ = 0;
	if (bytes) {
		compare_bytes();
	} else {
		begin_text();
		compare_text();
	}
	if (!differ)
		say("FC: no differences encountered\r\n");
	else if (!status)
		status = 1;
	if (!differ || bytes)
		say("\r\n");
	file_close(a.handle);
	file_close(b.handle);
}

int main(void)
{
	arguments(usage, options, 2);
	if (argc != 2)
		die(2, "FC: Insufficient number of file specifications\r\n");
	if (resync)
		as_text = 1;
	else
		resync = 2;
	if (binary && (as_text || numbered))
		die(2, "FC: Incompatible switches\r\n");
	pairs_begin(argv[0], argv[1]);
	do {
		pair_names(a.name, b.name);
		compare();
	} while (pairs_next());
	return status;
}
