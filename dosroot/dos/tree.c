/* TREE - directories below a directory.  */

#include "tool.h"

static const char usage[] =
"Graphically displays the directory structure of a drive or path.\r\n"
"\r\n"
"TREE [drive:][path] [/F] [/A]\r\n"
"\r\n"
"   /F   Displays the names of the files in each directory.\r\n"
"   /A   Uses ASCII instead of extended characters.\r\n";

static int with_files, ascii;

static const struct option options[] = {
	{ "F", OPT_FLAG, &with_files }, { "A", OPT_FLAG, &ascii }, { NULL },
};

#define A_FILES	(A_READ_ONLY)

/* Branch, last branch, trunk: in code page 437 and its kin.  */
static const char *const lines[2][3] = {
	{ "\303\304\304\304", "\300\304\304\304", "\263   " },
	{ "+---", "\\---", "|   " },
};
static char indent[PATH_SIZE * 2];
static int any_below;

static int next_dir(struct find *f, int error)
{
	while (!error && (!(f->attr & A_DIR) || f->name[0] == '.'))
		error = find_next(f);
	return error;
}

static void list_files(const char *dir, int dirs_follow)
{
	struct find f;
	char path[PATH_SIZE];
	const char *trunk = dirs_follow ? lines[ascii][2] : "    ";
	int error, any = 0;

	join(path, dir, "*.*");
	for (error = find_first(path, A_FILES, &f); !error; error = find_next(&f)) {
		say("%s%s%s\r\n", indent, trunk, f.name);
		any = 1;
	}
	if (any)
		say("%s%s\r\n", indent, trunk);
}

/* One is looked ahead, to know the last.  */
static void list(const char *dir)
{
	struct find f;
	char path[PATH_SIZE], name[13];
	int error, n = length(indent);

	join(path, dir, "*.*");
	error = next_dir(&f, find_first(path, A_DIR, &f));
	if (with_files)
		list_files(dir, !error);
	while (!error) {
		any_below = 1;
		copy(name, f.name);
		error = next_dir(&f, find_next(&f));
		say("%s%s%s\r\n", indent, lines[ascii][error != 0], name);
		if (n + 5 < sizeof indent && length(dir) + 15 < PATH_SIZE) {
			append(indent, error ? "    " : lines[ascii][2]);
			join(path, dir, name);
			list(path);
			indent[n] = 0;
		}
	}
}

struct serial {
	u16 level;
	u32 number;
	u8 rest[19];
};

static void show_volume(int drive)
{
	struct find f;
	struct serial serial;
	struct regs r;
	char pattern[8], label[13], *from, *to;

	copy(pattern, "A:\\*.*");
	pattern[0] += drive;
	if (find_first(pattern, A_LABEL, &f)) {
		say("Directory PATH listing\r\n");
	} else {
		for (from = f.name, to = label; *from; from++)
			if (*from != '.' || from - f.name != 8)
				*to++ = *from;
		*to = 0;
		say("Directory PATH listing for Volume %s\r\n", label);
	}
	r.ax = 0x6900;
	r.bx = drive + 1;
	r.ds = psp;
	r.dx = (u16)&serial;
	if (!dos(&r))
		say("Volume Serial Number is %04x-%04x\r\n",
		    (u16)(serial.number >> 16), (u16)serial.number);
}

int main(void)
{
	char path[PATH_SIZE], *name;
	int drive = current_drive(), attr;

	arguments(usage, options, 1);
	if (argc > 1)
		die(1, "Too many parameters - %s\r\n", argv[1]);
	name = argc ? argv[0] : "";
	upper_text(name);
	if (length(name) > PATH_SIZE - 14)
		die(1, "Invalid path - %s\r\n", name);
	if (name[0] && name[1] == ':')
		drive = name[0] - 'A';
	if (!drive_valid(drive))
		die(1, "Invalid drive specification\r\n");
	copy(path, name);
	if (!name[0] || (name[1] == ':' && !name[2])) {
		copy(path, "A:.");
		path[0] += drive;
	}
	attr = get_attr(path);
	if (*base_name(path) && !same(base_name(path), ".") && (attr < 0 || !(attr & A_DIR))) {
		show_volume(drive);
		die(1, "Invalid path - %s\r\nNo sub-directories exist\r\n\r\n", path);
	}
	show_volume(drive);
	say("%s\r\n", path);
	list(path);
	if (!any_below)
		say("No sub-directories exist\r\n\r\n");
	return 0;
}
