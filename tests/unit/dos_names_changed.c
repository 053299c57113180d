/* dos_names_changed.c - deleting, renaming and giving attributes, by path and by FCB:
 * a table of what is there before, what the call answers, and what is there then.  */

#include "dos/fcb.h"

#include <dirent.h>

#include "dos_room.h"

enum { FCB = 0x900 };

/* --- the directory as a text: names in order, "/" behind directories ---------------- */

static int in_order(const void *a, const void *b)
{
	return strcmp(a, b);
}

static const char *names_there(void)
{
	static char text[400];
	char names[10][32];
	unsigned n = 0;
	DIR *dir = opendir(host(&room_c, "."));
	struct dirent *e;

	ck_assert(dir != NULL);
	while ((e = readdir(dir)) && n < 10)
		if (e->d_name[0] != '.')
			snprintf(names[n++], sizeof names[0], "%.30s%s", e->d_name,
				 e->d_type == DT_DIR ? "/" : "");
	closedir(dir);
	qsort(names, n, sizeof names[0], in_order);
	text[0] = '\0';
	for (unsigned i = 0; i < n; i++) {
		strcat(text, i ? " " : "");
		strcat(text, names[i]);
	}
	return text;
}

/* Every name may have attributes behind it: "a.txt:rh", or "/": a directory.  */
static void make(const char *names)
{
	char text[400], *save = NULL;

	snprintf(text, sizeof text, "%s", names);
	for (char *s = strtok_r(text, " ", &save); s; s = strtok_r(NULL, " ", &save)) {
		char *attributes = strchr(s, ':'), *slash = strchr(s, '/');
		uint16_t attr = 0;

		if (attributes)
			*attributes++ = '\0';
		if (slash)
			*slash = '\0';
		if (slash)
			host_dir(&room_c, s);
		else
			host_file(&room_c, s, "hello\r\n");
		for (; attributes && *attributes; attributes++)
			attr |= *attributes == 'r' ? ATTR_READ_ONLY : *attributes == 'h' ? ATTR_HIDDEN :
				ATTR_SYSTEM;
		if (attr)
			succeeds(0x4301, attr, s);
	}
}

static void begin_row(const char *before)
{
	dos_open_room();
	sda_wfar(&dos, SDA_DTA, (struct far){ 0x1000, ROOM_DATA });
	make(before);
}

/* --- by path ------------------------------------------------------------------------ */

enum { DELETE = 0x4100, RENAME = 0x5600 };

/* Errors are those of MS-DOS (MS-DOS 4.0 DELETE.ASM, RENAME.ASM; RBIL).  */
static const struct {
	uint16_t function;
	const char *before, *name, *to;
	uint16_t error;
	const char *after;
} by_path[] = {
	{ DELETE, "testa.bat", "TESTA.BAT", "", 0, "" },
	{ DELETE, "testa.bat", "testa.bat", "", 0, "" },
	{ DELETE, "", "TESTA.BAT", "", 2, "" },
	{ DELETE, "", "NONE\\TESTA.BAT", "", 3, "" },
	{ DELETE, "a.in b.in", "*.IN", "", 2, "a.in b.in" },
	{ DELETE, "a.in b.in", "?.IN", "", 2, "a.in b.in" },
	{ DELETE, "dir/", "DIR", "", 5, "dir/" },
	{ DELETE, "a:r", "A", "", 5, "a" },
	{ DELETE, "a:h b:s", "A", "", 0, "b" },
	{ DELETE, "a:h b:s", "B", "", 0, "a" },
	{ DELETE, "a", "CON", "", 5, "a" },
	{ DELETE, "a", "A\\", "", 3, "a" },
	{ RENAME, "testa.bat", "TESTA.BAT", "TESTB.BAL", 0, "testb.bal" },
	{ RENAME, "", "TESTA.BAT", "TESTB.BAL", 2, "" },
	{ RENAME, "testa.bat testb.bal", "TESTA.BAT", "TESTB.BAL", 5, "testa.bat testb.bal" },
	{ RENAME, "testa/", "TESTA", "TESTB", 0, "testb/" },
	{ RENAME, "testa/", "TESTA.", "TESTB.", 0, "testb/" },
	{ RENAME, "", "TESTA", "TESTB", 2, "" },
	{ RENAME, "testa/ testb/", "TESTA", "TESTB", 5, "testa/ testb/" },
	{ RENAME, "testa/ testb", "TESTA", "TESTB", 5, "testa/ testb" },
	{ RENAME, "testa testb/", "TESTA", "TESTB", 5, "testa testb/" },
	{ RENAME, "a:r", "A", "B", 0, "b" },
	{ RENAME, "a:h b:s", "A", "C", 0, "b c" },
	{ RENAME, "a dir/", "A", "DIR\\A", 0, "dir/" },
	{ RENAME, "a", "A", "NONE\\A", 3, "a" },
	{ RENAME, "a/ b/", "A", "B\\A", 5, "a/ b/" },
	{ RENAME, "a.in", "*.IN", "*.OUT", 2, "a.in" },
	{ RENAME, "a", "A", "D:\\A", 17, "a" },
	{ RENAME, "a", "A", "NUL", 5, "a" },
	{ RENAME, "a", "CON", "B", 5, "a" },
};

START_TEST(paths)
{
	for (size_t i = 0; i < sizeof by_path / sizeof *by_path; i++) {
		bool ok;

		begin_row(by_path[i].before);
		cpu_set16(&cpu, CPU_DI, text_at(0x200, by_path[i].to));
		ok = int21(by_path[i].function, 0, name(by_path[i].name));
		ck_assert_msg(ok == !by_path[i].error && (ok || ax() == by_path[i].error),
			      "row %zu, %s: error %u, not %u", i, by_path[i].name, ok ? 0 : ax(),
			      by_path[i].error);
		ck_assert_msg(!strcmp(names_there(), by_path[i].after), "row %zu: %s, not %s", i, names_there(),
			      by_path[i].after);
		dos_close_room();
	}
}
END_TEST

/* --- by FCB --------------------------------------------------------------------------- */

/* An asterisk stands for as many question marks as fit, though 29h is what usually
 * writes those.  attr: of an extended FCB; -1: a plain one.  */
static const struct {
	uint8_t function;
	int attr;
	const char *before, *name, *to;
	bool good;
	const char *after;
} by_fcb[] = {
	{ 0x13, -1, "testa.bat", "TESTA   BAT", "", true, "" },
	{ 0x13, -1, "testa.bat", "testa   bat", "", true, "" },
	{ 0x13, -1, "", "TESTA   BAT", "", false, "" },
	{ 0x13, -1, "one.in two.in three.in none.ctl", "*       IN ", "", true, "none.ctl" },
	{ 0x13, -1, "one.in two.in three.in none.ctl", "????????IN ", "", true, "none.ctl" },
	{ 0x13, -1, "aone.in atwo.in x.ctl", "A*      *  ", "", true, "x.ctl" },
	{ 0x13, -1, "abc001.txt abc002.txt abc010.txt xbc007.txt", "abc0??  *  ", "", true,
		"xbc007.txt" },
	{ 0x13, -1, "a.in:r b.in", "*       *  ", "", true, "a.in" },
	{ 0x13, -1, "a.in:r", "A       IN ", "", false, "a.in" },
	{ 0x13, -1, "a.in:h b.in:s c.in", "*       *  ", "", true, "a.in b.in" },
	{ 0x13, 0x02, "a.in:h b.in:s c.in", "*       *  ", "", true, "b.in" },
	{ 0x13, 0x06, "a.in:h b.in:s c.in:hs", "*       *  ", "", true, "" },
	{ 0x13, 0x01, "a.in:r b.in", "*       *  ", "", true, "" },
	{ 0x13, 0x16, "a.in dir/", "*       *  ", "", true, "dir/" },
	{ 0x17, -1, "testa.bat", "TESTA   BAT", "TESTB   BAL", true, "testb.bal" },
	{ 0x17, -1, "", "TESTA   BAT", "TESTB   BAL", false, "" },
	{ 0x17, -1, "testa.bat testb.bal", "TESTA   BAT", "TESTB   BAL", false, "testa.bat testb.bal" },
	{ 0x17, -1, "one.in two.in three.in none.ctl", "*       IN ", "*       OUT", true,
		"none.ctl one.out three.out two.out" },
	{ 0x17, -1, "aone.in atwo.in x.ctl", "a*      *  ", "b*      out", true, "bone.out btwo.out x.ctl" },
	{ 0x17, -1, "abc001.txt abc002.txt abc010.txt xbc007.txt", "abc0??  *  ", "???6*   *  ", true,
		"abc601.txt abc602.txt abc610.txt xbc007.txt" },
	{ 0x17, -1, "abc001.htm abc010.htm xbc007.htm", "abc*    htm", "*       ?? ", true,
		"abc001.ht abc010.ht xbc007.htm" },
	{ 0x17, -1, "a.in:h b.in", "*       IN ", "*       OUT", true, "a.in b.out" },
	{ 0x17, 0x02, "a.in:h b.in", "*       IN ", "*       OUT", true, "a.out b.out" },
	{ 0x17, -1, "a.in:r", "A       IN ", "A       OUT", true, "a.out" },
	{ 0x17, -1, "dir/", "DIR        ", "DIR2       ", false, "dir/" },
	{ 0x17, 0x10, "dir/", "DIR        ", "DIR2       ", true, "dir2/" },
	{ 0x17, -1, "a", "A          ", "CON        ", false, "a" },
};

START_TEST(blocks)
{
	for (size_t i = 0; i < sizeof by_fcb / sizeof *by_fcb; i++) {
		static const uint8_t zero[FCB_SIZE + FCB_EXTENDED_PREFIX];
		bool extended = by_fcb[i].attr >= 0, good;
		uint16_t at = FCB + (extended ? FCB_EXTENDED_PREFIX : 0);

		begin_row(by_fcb[i].before);
		guest_copy_out(&guest, ROOM_DATA, FCB, zero, sizeof zero);
		if (extended) {
			guest_w8(&guest, ROOM_DATA, FCB, 0xff);
			guest_w8(&guest, ROOM_DATA, FCB + FCB_EXTENDED_ATTR, by_fcb[i].attr);
		}
		guest_copy_out(&guest, ROOM_DATA, at + FCB_NAME, by_fcb[i].name, 11);
		guest_copy_out(&guest, ROOM_DATA, at + FCB_NAME + 0x10, by_fcb[i].to,
			       strlen(by_fcb[i].to));
		int21(by_fcb[i].function << 8, 0, FCB);
		good = (ax() & 0xff) == 0;
		ck_assert_msg(good == by_fcb[i].good && (good || (ax() & 0xff) == 0xff),
			      "row %zu, %s: AL=%02x", i, by_fcb[i].name, ax() & 0xff);
		ck_assert_msg(!strcmp(names_there(), by_fcb[i].after), "row %zu: %s, not %s", i, names_there(),
			      by_fcb[i].after);
		dos_close_room();
	}
}
END_TEST

/* --- attributes ------------------------------------------------------------------------- */

static uint16_t attributes(const char *path)
{
	succeeds(0x4300, 0, path);
	return cpu_get16(&cpu, CPU_CX);
}

/* Any may be given to a file or a directory, whatever it has, and taken away again.  */
START_TEST(all_sets_of_attributes)
{
	static const uint8_t bit[] = { ATTR_READ_ONLY, ATTR_HIDDEN, ATTR_SYSTEM, ATTR_ARCHIVE };

	begin_row("f dir/");
	for (unsigned from = 0; from < 16; from++) {
		for (unsigned to = 0; to < 16; to++) {
			uint16_t a = 0, b = 0;

			for (unsigned i = 0; i < 4; i++) {
				a |= from >> i & 1 ? bit[i] : 0;
				b |= to >> i & 1 ? bit[i] : 0;
			}
			succeeds(0x4301, a, "F");
			ck_assert_uint_eq(attributes("F"), a);
			succeeds(0x4301, b, "F");
			ck_assert_msg(attributes("F") == b, "from %02x to %02x: %02x", a, b, attributes("F"));
			succeeds(0x4301, b & ~ATTR_ARCHIVE, "DIR");
			ck_assert_uint_eq(attributes("DIR"), (b & ~ATTR_ARCHIVE) | ATTR_DIR);
		}
	}
	dos_close_room();
}
END_TEST

START_TEST(attributes_go_with_a_renamed_file)
{
	begin_row("f");
	succeeds(0x4301, ATTR_HIDDEN | ATTR_SYSTEM | ATTR_READ_ONLY, "F");
	cpu_set16(&cpu, CPU_DI, text_at(0x200, "G"));
	succeeds(RENAME, 0, "F");
	ck_assert_uint_eq(attributes("G"), ATTR_HIDDEN | ATTR_SYSTEM | ATTR_READ_ONLY);
	fails_with(2, 0x4301, 0, "F");
	fails_with(3, 0x4301, 0, "NONE\\F");
	fails_with(2, 0x4301, 0, "?");
	fails_with(5, 0x4301, 0, "NUL");
	dos_close_room();
}
END_TEST

int main(void)
{
	return suite_run("dos_names_changed", (const TTest *[]){
		paths,
		blocks,
		all_sets_of_attributes,
		attributes_go_with_a_renamed_file,
		NULL });
}
