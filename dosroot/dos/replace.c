/* REPLACE - replaces files, or adds those that are missing.  ERRORLEVEL: 0
 * done; 2 no files; 3 no path; 5 access denied; 8 memory; 11 parameters.  */

#include "tool.h"

static const char usage[] =
"Replaces files.\r\n"
"\r\n"
"REPLACE [drive1:][path1]filename [drive2:][path2] [/A] [/P] [/R] [/W]\r\n"
"REPLACE [drive1:][path1]filename [drive2:][path2] [/P] [/R] [/S] [/W] [/U]\r\n"
"\r\n"
"  [drive1:][path1]filename Specifies the source file or files.\r\n"
"  [drive2:][path2]         Specifies the directory where files are to be\r\n"
"                           replaced.\r\n"
"  /A                       Adds new files to destination directory. Cannot\r\n"
"                           use with /S or /U switches.\r\n"
"  /P                       Prompts for confirmation before replacing a file or\r\n"
"                           adding a source file.\r\n"
"  /R                       Replaces read-only files as well as unprotected\r\n"
"                           files.\r\n"
"  /S                       Replaces files in all subdirectories of the\r\n"
"                           destination directory. Cannot use with the /A\r\n"
"                           switch.\r\n"
"  /W                       Waits for you to insert a disk before beginning.\r\n"
"  /U                       Replaces (updates) only files that are older than\r\n"
"                           source files. Cannot use with the /A switch.\r\n";

static int adding, ask, read_only, below, wait, update;

static const struct option options[] = {
	{ "A", OPT_FLAG, &adding }, { "P", OPT_FLAG, &ask }, { "R", OPT_FLAG, &read_only },
	{ "S", OPT_FLAG, &below }, { "W", OPT_FLAG, &wait }, { "U", OPT_FLAG, &update }, { NULL },
};

#define E_PARAMETERS	11

static u16 done, found;
static u8 buffer[8192];

static void copy_file(const char *from, const char *to, struct find *f)
{
	int in = file_open(from, O_READ), out;
	u16 n;

	if (in < 0)
		die(dos_error, "%s - %s\r\n", error_text(dos_error), from);
	out = file_create(to, 0);
	if (out < 0)
		die(dos_error, "%s - %s\r\n", error_text(dos_error), to);
	while ((n = file_read(in, buffer, sizeof buffer)) && n != 0xffff)
		if (file_write(out, buffer, n) != n) {
			file_close(out);
			file_delete(to);
			die(39, "Insufficient disk space\r\n");
		}
	set_stamp(out, f->date, f->time);
	file_close(out);
	file_close(in);
	done++;
}

static void take_file(const char *from, const char *to_dir, struct find *f)
{
	static char true_from[128], true_to[128];
	struct find old;
	char to[PATH_SIZE];
	int missing;

	join(to, to_dir, f->name);
	missing = find_first(to, A_READ_ONLY | A_HIDDEN | A_SYSTEM, &old);
	if (missing != -adding)
		return;
	if (!missing && update &&
	    (old.date > f->date || (old.date == f->date && old.time >= f->time)))
		return;
	if (!true_name(from, true_from) && !true_name(to, true_to) && same(true_from, true_to))
		die(E_PARAMETERS, "File cannot be copied onto itself\r\n");
	if (ask && !ask_yes(adding ? "\r\nAdd %s? (Y/N)" : "\r\nReplace %s? (Y/N)", to))
		return;
	if (!missing && old.attr & A_READ_ONLY) {
		if (!read_only)
			die(5, "Access denied - %s\r\n", to);
		set_attr(to, 0);
	}
	if (!ask)
		say(adding ? "\r\nAdding %s\r\n" : "\r\nReplacing %s\r\n", to);
	copy_file(from, to, f);
}

static void take_dir(const char *dir, const char *pattern, const char *to_dir)
{
	struct find f;
	char path[PATH_SIZE];
	int error;

	join(path, dir, pattern);
	for (error = find_first(path, A_READ_ONLY, &f); !error; error = find_next(&f)) {
		found++;
		join(path, dir, f.name);
		take_file(path, to_dir, &f);
	}
	if (!below)
		return;
	join(path, to_dir, "*.*");
	for (error = find_first(path, A_DIR, &f); !error; error = find_next(&f))
		if (f.attr & A_DIR && f.name[0] != '.') {
			join(path, to_dir, f.name);
			take_dir(dir, pattern, path);
		}
}

int main(void)
{
	static char dir[PATH_SIZE], pattern[PATH_SIZE], to[128];
	int attr;

	arguments(usage, options, E_PARAMETERS);
	if (argc < 1 || argc > 2)
		die(E_PARAMETERS, "Source path required\r\n");
	if (adding && (below || update))
		die(E_PARAMETERS, "Parameters not compatible\r\n");
	upper_text(argv[0]);
	split_dir(argv[0], dir, pattern);
	if (full_path(argc > 1 ? argv[1] : ".", to))
		die(3, "Path not found - %s\r\n", argv[1]);
	attr = to[3] ? get_attr(to) : A_DIR;
	if (attr < 0 || !(attr & A_DIR))
		die(3, "Path not found - %s\r\n", to);
	if (wait) {
		say("Press any key to continue . . .");
		get_key();
		say("\r\n");
	}
	take_dir(dir, pattern, to);
	if (!found)
		die(2, "\r\nNo files found - %s\r\n", argv[0]);
	if (done)
		say(adding ? "\r\n%u file(s) added\r\n" : "\r\n%u file(s) replaced\r\n", done);
	else
		say(adding ? "\r\nNo files added\r\n" : "\r\nNo files replaced\r\n");
	return done ? 0 : 2;
}
