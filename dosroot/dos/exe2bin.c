/* EXE2BIN - makes of an EXE without segments of its own a COM or BIN file.
 * ERRORLEVEL: 0 done, 1 not.  */

#include "tool.h"

static const char usage[] =
"Converts .EXE (executable) files to binary format.\r\n"
"\r\n"
"EXE2BIN [drive1:][path1]input-file [[drive2:][path2]output-file]\r\n"
"\r\n"
"  input-file   Specifies the .EXE file to be converted.\r\n"
"  output-file  Specifies the binary file to be created.\r\n";

static const struct option options[] = { { NULL } };

/* The EXE header (DOS Technical Reference, "EXE File Structure").  */
struct header {
	u16 magic, last_page, pages, relocations, paragraphs;
	u16 least, most, ss, sp, sum, ip, cs, table, overlay;
};

#define MAGIC	0x5a4d

static struct header h;
static int in;
static u16 image;		/* segment of the program in memory */
static u32 size;

static void cannot(void)
{
	die(1, "File cannot be converted\r\n");
}

static void open_input(char *name)
{
	if (!find_char(base_name(name), '.'))
		append(name, ".EXE");
	in = file_open(name, O_READ);
	if (in < 0)
		die(1, "%s\r\n", error_text(dos_error));
	if (file_read(in, &h, sizeof h) != sizeof h || h.magic != MAGIC)
		cannot();
	if (h.cs || h.ss || h.sp || !h.pages || (h.ip && h.ip != 0x100))
		cannot();
	size = (u32)h.pages * 512 - (u32)h.paragraphs * 16;
	if (h.last_page)
		size -= 512 - h.last_page;
	if (size > 0x10000L || (h.ip && h.relocations))
		cannot();
}

/* What the file has of it; a last page that is cut short is no error.  */
static void load(void)
{
	u16 n, half = size > 0x8000L ? 0x8000 : size;

	image = memory_take((u16)((size + 15) >> 4));
	if (!image)
		die(1, "Insufficient memory\r\n");
	file_seek(in, (u32)h.paragraphs * 16);
	n = far_read(in, image, 0, half);
	if (n == half && size > half)
		far_read(in, image + 0x800, 0, (u16)(size - half));
}

static u16 ask_base(void)
{
	u16 base = 0;
	u8 c;

	say("Fix-ups needed - base segment (hex): ");
	flush();
	while (file_read(STDIN, &c, 1) == 1 && c != '\n') {
		c = upper(c);
		if (is_digit(c))
			base = base << 4 | (c - '0');
		else if (c >= 'A' && c <= 'F')
			base = base << 4 | (c - 'A' + 10);
	}
	return base;
}

static void relocate(void)
{
	u16 place[2], base = ask_base(), i, seg;

	file_seek(in, (u32)h.table);
	for (i = 0; i < h.relocations; i++) {
		if (file_read(in, place, 4) != 4)
			cannot();
		if (((u32)place[1] << 4) + place[0] + 2 > size)
			cannot();
		seg = image + place[1];
		pokew(seg, place[0], peekw(seg, place[0]) + base);
	}
}

static void write_output(const char *name, u16 skip)
{
	int out = file_create(name, 0);
	u16 part;
	u32 at, left = size - skip;

	if (out < 0)
		die(1, "File creation error\r\n");
	for (at = skip; left; at += part, left -= part) {
		part = left > 0x4000 ? 0x4000 : left;
		if (far_write(out, image + (u16)(at >> 4), (u16)at & 15, part) != part)
			die(1, "Insufficient disk space\r\n");
	}
	file_close(out);
}

int main(void)
{
	static char from[PATH_SIZE], to[PATH_SIZE], *dot;

	arguments(usage, options, 1);
	if (!argc)
		die(1, "File name must be specified\r\n");
	if (argc > 2 || length(argv[0]) > PATH_SIZE - 5 ||
	    (argc == 2 && length(argv[1]) > PATH_SIZE - 18))
		die(1, "Too many parameters\r\n");
	upper_text(argv[0]);
	copy(from, argv[0]);
	open_input(from);
	copy(to, from);
	if (argc == 2) {
		upper_text(argv[1]);
		copy(to, argv[1]);
		if (!*base_name(to))
			append(to, base_name(from));
	}
	dot = find_char(base_name(to), '.');
	if (dot && argc < 2)
		*dot = 0;
	if (!find_char(base_name(to), '.'))
		append(to, ".BIN");
	load();
	if (h.relocations)
		relocate();
	if (h.ip && size < h.ip)
		cannot();
	write_output(to, h.ip);
	return 0;
}
