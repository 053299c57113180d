/* XCOPY - copies files and directories.  ERRORLEVEL: 0 done, 1 nothing found,
 * 4 wrong parameters or too little memory, 5 a disk's error.
 *
 * It overwrites without asking, as 6.22's does in batch files, unless /-Y is
 * given, in COPYCMD or on the line.  */

#include "tool.h"

static const char usage[] =
"Copies files (except hidden and system files) and directory trees.\r\n"
"\r\n"
"XCOPY source [destination] [/A | /M] [/D:date] [/P] [/S [/E]] [/V] [/W]\r\n"
"                           [/Y | /-Y]\r\n"
"\r\n"
"  source       Specifies the file(s) to copy.\r\n"
"  destination  Specifies the location and/or name of new files.\r\n"
"  /A           Copies files with the archive attribute set,\r\n"
"               doesn't change the attribute.\r\n"
"  /M           Copies files with the archive attribute set,\r\n"
"               turns off the archive attribute.\r\n"
"  /D:date      Copies files changed on or after the specified date.\r\n"
"  /P           Prompts you before creating each destination file.\r\n"
"  /S           Copies directories and subdirectories except empty ones.\r\n"
"  /E           Copies any subdirectories, even if empty.\r\n"
"  /V           Verifies each new file.\r\n"
"  /W           Prompts you to press a key before copying.\r\n"
"  /Y           Suppresses prompting to confirm you want to overwrite an\r\n"
"               existing destination file.\r\n"
"  /-Y          Causes prompting to confirm you want to overwrite an\r\n"
"               existing destination file.\r\n";

static int archived, move_archive, ask, below, empty, verify, wait, yes, no_yes;
static char *since;

static const struct option options[] = {
	{ "A", OPT_FLAG, &archived }, { "M", OPT_FLAG, &move_archive },
	{ "D", OPT_TEXT, &since }, { "P", OPT_FLAG, &ask }, { "S", OPT_FLAG, &below },
	{ "E", OPT_FLAG, &empty }, { "V", OPT_FLAG, &verify }, { "W", OPT_FLAG, &wait },
	{ "Y", OPT_FLAG, &yes }, { "-Y", OPT_FLAG, &no_yes }, { NULL },
};

#define E_NOTHING	1
#define E_PARAMETERS	4
#define E_DISK		5

static u16 since_date, buffer, buffer_paras;
static u32 copied;
static int overwrite_all;
static char pattern[13], target_pattern[PATH_SIZE];

static void fail(int code, const char *text, const char *name)
{
	say("%9lu File(s) copied\r\n", copied);
	die(code, name ? "%s - %s\r\n" : "%s\r\n", text, name);
}

/* --- One file ------------------------------------------------------------------- */

/* Y, N or A(ll); N at standard input's end.  */
static int may_overwrite(const char *to)
{
	u8 c;
	int answer = 0;

	if (overwrite_all || get_attr(to) < 0)
		return 1;
	for (;;) {
		say("Overwrite %s (Yes/No/All)?", to);
		flush();
		answer = 0;
		while (file_read(STDIN, &c, 1) == 1 && c != '\n')
			if (!answer && c > ' ')
				answer = upper(c);
		if (!is_device(STDIN))
			say("\r\n");
		if (answer == 'A')
			overwrite_all = 1;
		if (answer == 'A' || answer == 'Y')
			return 1;
		if (answer == 'N' || c != '\n')
			return 0;
	}
}

static int wanted(struct find *f)
{
	if ((archived || move_archive) && !(f->attr & A_ARCHIVE))
		return 0;
	return !since || f->date >= since_date;
}

static void copy_bytes_of(int in, int out, const char *to)
{
	u16 n, most = buffer_paras >= 0xfff ? 0xfff0 : buffer_paras * 16;

	for (;;) {
		n = far_read(in, buffer, 0, most);
		if (n == 0xffff)
			fail(E_DISK, error_text(dos_error), NULL);
		if (!n)
			return;
		if (far_write(out, buffer, 0, n) != n) {
			file_close(out);
			file_delete(to);
			fail(E_DISK, "Insufficient disk space", NULL);
		}
	}
}

static void copy_file(const char *from, const char *to, struct find *f)
{
	static char true_from[128], true_to[128];
	int in, out;

	if (!true_name(from, true_from) && !true_name(to, true_to) &&
	    same(true_from, true_to))
		fail(E_PARAMETERS, "File cannot be copied onto itself", NULL);
	in = file_open(from, O_READ);
	if (in < 0)
		fail(E_DISK, error_text(dos_error), from);
	out = file_create(to, 0);
	if (out < 0) {
		if (dos_error == 5)
			fail(E_DISK, "Access denied", NULL);
		fail(E_DISK, "File creation error", to);
	}
	copy_bytes_of(in, out, to);
	set_stamp(out, f->date, f->time);
	if (file_close(out))
		fail(E_DISK, error_text(dos_error), to);
	file_close(in);
	if (move_archive)
		set_attr(from, f->attr & ~A_ARCHIVE);
	copied++;
}

/* --- Directories ------------------------------------------------------------------ */

/* Makes every directory of the path that is not there yet.  */
static void make_path(char *dir)
{
	char *p, c;
	int attr;

	for (p = dir + 3; ; p++) {
		if (*p && *p != '\\')
			continue;
		c = *p;
		*p = 0;
		attr = get_attr(dir);
		if (length(dir) > 3 && (attr < 0 || !(attr & A_DIR)) && make_dir(dir))
			fail(E_DISK, "Unable to create directory", dir);
		*p = c;
		if (!c)
			return;
	}
}

static void copy_files(const char *dir, char *to_dir)
{
	struct find f;
	char from[PATH_SIZE], to[PATH_SIZE], name[14];
	int error, made = 0;

	join(from, dir, pattern);
	for (error = find_first(from, A_READ_ONLY, &f); !error; error = find_next(&f)) {
		if (!wanted(&f))
			continue;
		join(from, dir, f.name);
		fill_in(name, f.name, target_pattern);
		join(to, to_dir, name);
		if (ask && !ask_yes("%s (Y/N)?", from))
			continue;
		if (!may_overwrite(to))
			continue;
		if (!ask)
			say("%s\r\n", from);
		if (!made)
			make_path(to_dir);
		made = 1;
		copy_file(from, to, &f);
	}
}

static void copy_dir(const char *dir, char *to_dir)
{
	struct find f;
	char from[PATH_SIZE], to[PATH_SIZE];
	int error;

	if (empty)
		make_path(to_dir);
	copy_files(dir, to_dir);
	if (!below)
		return;
	join(from, dir, "*.*");
	for (error = find_first(from, A_DIR, &f); !error; error = find_next(&f)) {
		if (!(f.attr & A_DIR) || f.name[0] == '.')
			continue;
		join(from, dir, f.name);
		join(to, to_dir, f.name);
		copy_dir(from, to);
	}
}

/* --- What was asked for ------------------------------------------------------------- */

static int is_dir(const char *path)
{
	int attr = get_attr(path);

	return attr >= 0 && attr & A_DIR;
}

/* Something that does not exist yet and could be either.  */
static int means_dir(const char *name, int several)
{
	int key;

	for (;;) {
		say("Does %s specify a file name\r\nor directory name on the target\r\n"
		    "(F = file, D = directory)?", name);
		key = answer_key();
		if (key < 0)
			key = several ? 'D' : 'F';
		say("%c\r\n", key < ' ' ? ' ' : key);
		if (key == 'F' || key == 'D')
			return key == 'D';
		if (key == 3)
			quit(2);
	}
}

/* The directory that files go to, in full, and the pattern of their names.  */
static void take_target(const char *name, int several, char *dir)
{
	static char full[128];
	char *base;

	if (full_path(name, full) || length(full) >= PATH_SIZE - 13)
		die(E_PARAMETERS, "Invalid path\r\n");
	if (!drive_valid(full[0] - 'A'))
		die(E_PARAMETERS, "Invalid drive specification\r\n");
	copy(target_pattern, "*.*");
	copy(dir, full);
	if (full[3] == 0 || is_dir(full) || !*base_name(name))
		return;
	base = base_name(full);
	if (has_wildcard(base) || get_attr(full) >= 0 || !means_dir(name, several)) {
		copy(target_pattern, base);
		base = base_name(dir);
		if (base > dir + 3)
			base--;
		*base = 0;
	}
}

/* Copying a directory into itself would never end.  */
static void check_cycle(const char *dir, const char *to)
{
	static char from[128];
	u16 n;

	if (!below || full_path(*dir ? dir : ".", from))
		return;
	n = length(from);
	if (n > 3 && same(from, to))
		die(E_PARAMETERS, "Cannot perform a cyclic copy\r\n");
	if (length(to) > n && same_bytes((u8 *)from, (u8 *)to, n) &&
	    (n == 3 ? 0 : to[n] == '\\'))
		die(E_PARAMETERS, "Cannot perform a cyclic copy\r\n");
}

static void read_copycmd(void)
{
	char text[64];

	overwrite_all = 1;
	if (environment("COPYCMD", text, sizeof text)) {
		upper_text(text);
		if (same(text, "/-Y"))
			overwrite_all = 0;
	}
	if (no_yes)
		overwrite_all = 0;
	if (yes)
		overwrite_all = 1;
}

static void set_verify(int on)
{
	struct regs r;

	r.ax = 0x2e00 | on;
	r.dx = 0;
	dos(&r);
}

static void check_arguments(void)
{
	arguments(usage, options, E_PARAMETERS);
	if (argc < 1 || argc > 2)
		die(E_PARAMETERS, "Invalid number of parameters\r\n");
	if (since && !parse_date(since, &since_date))
		die(E_PARAMETERS, "Invalid date\r\n");
	if (empty && !below)
		die(E_PARAMETERS, "Invalid switch - /E\r\n");
	read_copycmd();
	buffer_paras = memory_largest();
	if (buffer_paras > 0x1000)
		buffer_paras = 0x1000;
	buffer = memory_take(buffer_paras);
	if (!buffer || buffer_paras < 32)
		die(E_PARAMETERS, "Insufficient memory\r\n");
}

int main(void)
{
	static char dir[PATH_SIZE], mask[PATH_SIZE], to[PATH_SIZE];
	int several;

	check_arguments();
	upper_text(argv[0]);
	if (argc > 1)
		upper_text(argv[1]);
	several = split_dir(argv[0], dir, mask) || has_wildcard(mask);
	if (length(mask) > 12)
		mask[12] = 0;
	copy(pattern, mask);
	take_target(argc > 1 ? argv[1] : ".", several, to);
	check_cycle(dir, to);
	if (wait) {
		say("Press any key to begin copying file(s)");
		get_key();
		say("\r\n");
	}
	if (verify)
		set_verify(1);
	say("Reading source file(s)...\r\n");
	copy_dir(dir, to);
	if (verify)
		set_verify(0);
	if (!copied && !below)
		warn("File not found - %s\r\n", mask);
	say("%9lu File(s) copied\r\n", copied);
	return copied ? 0 : E_NOTHING;
}
