/* DELTREE - deletes files and whole directories, whatever their attributes.  */

#include "tool.h"

static const char usage[] =
"Deletes a directory and all the subdirectories and files in it.\r\n"
"\r\n"
"To delete one or more files and directories:\r\n"
"DELTREE [/Y] [drive:]path [[drive:]path[...]]\r\n"
"\r\n"
"  /Y              Suppresses prompting to confirm you want to delete\r\n"
"                  the subdirectory.\r\n"
"  [drive:]path    Specifies the name of the directory you want to delete.\r\n"
"\r\n"
"Note: Use DELTREE cautiously. Every file and subdirectory within the\r\n"
"specified directory will be deleted.\r\n";

static int yes;

static const struct option options[] = { { "Y", OPT_FLAG, &yes }, { NULL } };

#define A_EVERYTHING	(A_READ_ONLY | A_HIDDEN | A_SYSTEM | A_DIR)

static int failures;

static void failed(const char *path)
{
	warn("%s - %s\r\n", error_text(dos_error), path);
	failures = 1;
}

static void delete_file(const char *path, int attr)
{
	if (attr & (A_READ_ONLY | A_HIDDEN | A_SYSTEM))
		set_attr(path, 0);
	if (file_delete(path))
		failed(path);
}

static void delete_dir(const char *dir)
{
	struct find f;
	char path[PATH_SIZE];
	int error;

	join(path, dir, "*.*");
	for (error = find_first(path, A_EVERYTHING, &f); !error; error = find_next(&f)) {
		if (same(f.name, ".") || same(f.name, ".."))
			continue;
		join(path, dir, f.name);
		if (f.attr & A_DIR)
			delete_dir(path);
		else
			delete_file(path, f.attr);
	}
	if (remove_dir(dir))
		failed(dir);
}

static int agreed(const char *path, int attr)
{
	if (yes)
		return 1;
	if (attr & A_DIR)
		return ask_yes("Delete directory \"%s\" and all its subdirectories? [yn] ", path);
	return ask_yes("Delete file \"%s\"? [yn] ", path);
}

static void take(const char *path, int attr)
{
	if (!agreed(path, attr))
		return;
	say("Deleting %s...\r\n", path);
	if (attr & A_DIR)
		delete_dir(path);
	else
		delete_file(path, attr);
}

static void take_name(const char *name)
{
	struct find f;
	char dir[PATH_SIZE], path[PATH_SIZE], *base;
	int attr, error, any = 0;

	if (length(name) > PATH_SIZE - 14) {
		dos_error = 3;
		failed(name);
		return;
	}
	if (!has_wildcard(name)) {
		attr = get_attr(name);
		if (attr < 0)
			failed(name);
		else
			take(name, attr);
		return;
	}
	base = base_name(name);
	copy(dir, name);
	dir[base - name] = 0;
	for (error = find_first(name, A_EVERYTHING, &f); !error; error = find_next(&f)) {
		if (same(f.name, ".") || same(f.name, ".."))
			continue;
		any = 1;
		join(path, dir, f.name);
		take(path, f.attr);
	}
	if (!any) {
		dos_error = 2;
		failed(name);
	}
}

int main(void)
{
	int i;

	arguments(usage, options, 1);
	if (!argc)
		die(1, "Required parameter missing\r\n");
	for (i = 0; i < argc; i++) {
		char *name = argv[i];
		int n = length(name);

		if (n > 3 && name[n - 1] == '\\')
			name[n - 1] = 0;
		take_name(name);
	}
	return failures;
}
