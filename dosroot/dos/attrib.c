/* ATTRIB - shows and changes attributes.  */

#include "tool.h"

static const char usage[] =
"Displays or changes file attributes.\r\n"
"\r\n"
"ATTRIB [+R | -R] [+A | -A] [+S | -S] [+H | -H] [[drive:][path]filename] [/S]\r\n"
"\r\n"
"  +   Sets an attribute.\r\n"
"  -   Clears an attribute.\r\n"
"  R   Read-only file attribute.\r\n"
"  A   Archive file attribute.\r\n"
"  S   System file attribute.\r\n"
"  H   Hidden file attribute.\r\n"
"  /S  Processes files in all directories in the specified path.\r\n";

static int below;

static const struct option options[] = { { "S", OPT_FLAG, &below }, { NULL } };

#define A_ALL		(A_READ_ONLY | A_HIDDEN | A_SYSTEM | A_ARCHIVE)
#define A_ANY_FILE	(A_READ_ONLY | A_HIDDEN | A_SYSTEM)

static int set, clear;
static char pattern[PATH_SIZE];
static int matches, failures;

static int bit(int c)
{
	switch (upper(c)) {
	case 'R': return A_READ_ONLY;
	case 'A': return A_ARCHIVE;
	case 'S': return A_SYSTEM;
	case 'H': return A_HIDDEN;
	}
	return 0;
}

/* +R, -AH, +r-h */
static void take_change(const char *arg)
{
	const char *p = arg;
	int sign = *p, b;

	for (; *p; p++) {
		if (*p == '+' || *p == '-') {
			sign = *p;
			continue;
		}
		b = bit(*p);
		if (!b || (sign == '+' ? clear : set) & b)
			die(1, "Parameter format not correct - %s\r\n", arg);
		if (sign == '+')
			set |= b;
		else
			clear |= b;
	}
}

static void show(const char *path, int attr)
{
	say("  %c  %c%c%c     %s\r\n", attr & A_ARCHIVE ? 'A' : ' ',
	    attr & A_SYSTEM ? 'S' : ' ', attr & A_HIDDEN ? 'H' : ' ',
	    attr & A_READ_ONLY ? 'R' : ' ', path);
}

/* What is hidden stays as it is, unless it is its being hidden that is to
 * change; the same with system files.  */
static int protected(const char *path, int attr)
{
	const char *kind = NULL;

	if (attr & A_HIDDEN && !((set | clear) & A_HIDDEN))
		kind = "hidden";
	else if (attr & A_SYSTEM && !((set | clear) & A_SYSTEM))
		kind = "system";
	if (kind)
		warn("Not resetting %s file %s\r\n", kind, path);
	return kind != NULL;
}

static void take_file(const char *path, int attr)
{
	matches++;
	if (!set && !clear) {
		show(path, attr);
	} else if (!protected(path, attr)) {
		if (set_attr(path, (attr & A_ALL & ~clear) | set)) {
			warn("%s - %s\r\n", error_text(dos_error), path);
			failures = 1;
		}
	}
}

static void take_dir(const char *dir)
{
	struct find f;
	char path[PATH_SIZE];
	int more;

	join(path, dir, pattern);
	for (more = find_first(path, A_ANY_FILE, &f); !more; more = find_next(&f)) {
		join(path, dir, f.name);
		take_file(path, f.attr);
	}
	if (!below)
		return;
	join(path, dir, "*.*");
	for (more = find_first(path, A_ANY_FILE | A_DIR, &f); !more; more = find_next(&f))
		if (f.attr & A_DIR && f.name[0] != '.') {
			join(path, dir, f.name);
			take_dir(path);
		}
}

/* A directory that is named without wildcards is meant itself, not what is
 * in it.  */
static void take_name(const char *name)
{
	char path[128], *base;
	int attr;

	if (full_path(name, path))
		die(1, "Path not found - %s\r\n", name);
	attr = has_wildcard(path) ? -1 : get_attr(path);
	if (!below && attr >= 0 && attr & A_DIR && *base_name(name)) {
		take_file(path, attr);
		return;
	}
	base = base_name(path);
	copy(pattern, *base ? base : "*.*");
	*base = 0;
	take_dir(path);
	if (!matches)
		die(1, "File not found - %s\r\n", name);
}

int main(void)
{
	const char *name = NULL;
	int i;

	arguments(usage, options, 1);
	for (i = 0; i < argc; i++) {
		if (*argv[i] == '+' || *argv[i] == '-')
			take_change(argv[i]);
		else if (name)
			die(1, "Too many parameters - %s\r\n", argv[i]);
		else
			name = argv[i];
	}
	if (name)
		upper_text((char *)name);
	take_name(name ? name : "*.*");
	return failures;
}
