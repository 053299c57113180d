/* SUBST - directories that have a letter, by INT 21h/71AAh.  */

#include "tool.h"

static const char usage[] =
"Associates a path with a drive letter.\r\n"
"\r\n"
"SUBST [drive1: [drive2:]path]\r\n"
"SUBST drive1: /D\r\n"
"\r\n"
"  drive1:        Specifies a virtual drive to which you want to assign a path.\r\n"
"  [drive2:]path  Specifies a physical drive and path you want to assign to\r\n"
"                 a virtual drive.\r\n"
"  /D             Deletes a substituted (virtual) drive.\r\n"
"\r\n"
"Type SUBST with no parameters to display a list of current virtual drives.\r\n";

static int end;

static const struct option options[] = { { "D", OPT_FLAG, &end }, { NULL } };

#define SET	0x0000
#define END	0x0100
#define QUERY	0x0200

static struct regs r;

static int subst(u16 what, int drive, char *path)
{
	r.ax = 0x71aa;
	r.bx = what | (drive + 1);
	r.ds = psp;
	r.dx = (u16)path;
	r.flags = 0;
	if (!dos(&r))
		return 0;
	dos_error = r.ax;
	return -1;
}

static void list(void)
{
	char path[270];
	int drive;

	for (drive = 0; drive < 26; drive++)
		if (!subst(QUERY, drive, path))
			say("%c: => %s\r\n", drive + 'A', path);
}

static int letter(const char *arg)
{
	int c = upper(arg[0]);

	if (c < 'A' || c > 'Z' || arg[1] != ':' || arg[2])
		die(1, "Invalid parameter - %s\r\n", arg);
	return c - 'A';
}

int main(void)
{
	static char path[270], full[128];
	int drive;

	arguments(usage, options, 1);
	if (!argc && !end) {
		list();
		return 0;
	}
	if (argc != 2 - end)
		die(1, "Incorrect number of parameters\r\n");
	drive = letter(argv[0]);
	if (end) {
		if (subst(END, drive, path))
			die(1, "Invalid parameter - %s\r\n", argv[0]);
		return 0;
	}
	if (!subst(QUERY, drive, path))
		die(1, "Drive already SUBSTed\r\n");
	if (full_path(argv[1], full) || (full[3] && get_attr(full) < 0))
		die(1, "Path not found - %s\r\n", argv[1]);
	if (subst(SET, drive, full))
		die(1, dos_error == 3 ? "Path not found - %s\r\n" : "Invalid parameter - %s\r\n",
		    dos_error == 3 ? argv[1] : argv[0]);
	return 0;
}
