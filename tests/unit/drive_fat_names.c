/* drive_fat_names.c - names on a FAT volume, short and long.  */

#include "fat_rig.h"

#include "fat_check.h"

#define ROOT	(19 * 512)

/* The nth slot of the root; the label is in the first.  */
static uint8_t *slot(unsigned n)
{
	return disk.data + ROOT + 32 * n;
}

static void changed(void)
{
	fat_written(&here.d, 0, disk.sectors);
}

/* An entry of the root with nothing but a name.  */
static void put_slot(unsigned n, const char *fcb)
{
	memset(slot(n), 0, 32);
	memcpy(slot(n), fcb, 11);
	slot(n)[11] = ATTR_ARCHIVE;
	changed();
}

START_TEST(short_names_are_upper_case_and_have_no_long_one)
{
	drive_file f = must_open(&here, "\\readme.txt", DRIVE_RDWR | DRIVE_CREATE);
	struct drive_info i;

	release(&here, f);
	ck_assert(memcmp(slot(1), "README  TXT", 11) == 0);
	ck_assert_uint_eq(slot(2)[0], 0);
	ck_assert_int_eq(info(&here, "\\ReadMe.Txt", &i), DOS_OK);
	ck_assert_str_eq(i.name, "README.TXT");
	ck_assert_str_eq(i.long_name, "README.TXT");
	ck_assert_int_eq(try_open(&here, "\\too long a name", DRIVE_RDWR | DRIVE_CREATE, &f), DOS_NO_PATH);
	ck_assert_int_eq(try_open(&here, "\\A:B", DRIVE_RDWR | DRIVE_CREATE | DRIVE_LONG, &f), DOS_NO_PATH);
	ck_assert_int_eq(make_dir("\\dot."), DOS_NO_PATH);
}
END_TEST

/* E5h as a first byte says "deleted"; 05h stands for it.  */
START_TEST(e5_is_05_on_the_disk)
{
	struct drive_info i;
	drive_file f = must_open(&here, "\\\xe5X.TXT", DRIVE_RDWR | DRIVE_CREATE);

	release(&here, f);
	ck_assert(memcmp(slot(1), "\x05X      TXT", 11) == 0);
	ck_assert_int_eq(info(&here, "\\\xe5X.TXT", &i), DOS_OK);
	ck_assert_str_eq(i.name, "\xe5X.TXT");
	ck_assert_str_eq(names_in(&here, "\\"), "\xe5X.TXT");
	put_file("\\\xe5 long name.txt", "");
	ck_assert_str_eq(alias_of(&here, "\xe5 long name.txt"), "\xe5LONGN~1.TXT");
	ck_assert(there(&here, "\\\xe5LONGN~1.TXT"));
}
END_TEST

START_TEST(aliases_are_made_as_windows_makes_them)
{
	static const char *const row[][2] = {
		{ "readme.txt", "README.TXT" },
		{ "A long name.txt", "ALONGN~1.TXT" },
		{ "A long neighbour.txt", "ALONGN~2.TXT" },
		{ "a.b.c", "AB~1.C" },
		{ ".profile", "PROFIL~1" },
		{ "page.html", "PAGE~1.HTM" },
		{ "plus+plus.c++", "PLUS_P~1.C__" },
		{ "a b", "AB~1" },
		{ "noextension", "NOEXTE~1" },
		{ "+", "_~1" },
		{ "Mixed.Txt", "MIXED.TXT" },
	};

	for (unsigned i = 0; i < sizeof row / sizeof row[0]; i++) {
		char path[64];

		snprintf(path, sizeof path, "\\%s", row[i][0]);
		put_file(path, row[i][0]);
		ck_assert_str_eq(alias_of(&here, row[i][0]), row[i][1]);
		snprintf(path, sizeof path, "\\%s", row[i][1]);
		ck_assert_str_eq(text_of(&here, path), row[i][0]);
	}
	ck_assert_str_eq(fat_check(disk.data, disk.sectors, true), "");
}
END_TEST

START_TEST(tails_count_on_and_fill_gaps)
{
	char name[40];

	for (unsigned n = 1; n <= 12; n++) {
		snprintf(name, sizeof name, "\\Long name number %u.text", n);
		put_file(name, "");
	}
	ck_assert_str_eq(alias_of(&here, "Long name number 9.text"), "LONGNA~9.TEX");
	ck_assert_str_eq(alias_of(&here, "Long name number 10.text"), "LONGN~10.TEX");
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\LONGNA~4.TEX"), DOS_OK);
	put_file("\\Long name number 13.text", "");
	ck_assert_str_eq(alias_of(&here, "Long name number 13.text"), "LONGNA~4.TEX");
}
END_TEST

/* A long name that looks like an alias takes that alias's number.  */
START_TEST(an_alias_is_nobodys_long_name)
{
	put_file("\\longna~1.tex", "");
	put_file("\\Long name.text", "");
	ck_assert_str_eq(alias_of(&here, "Long name.text"), "LONGNA~2.TEX");
}
END_TEST

START_TEST(long_names_have_unicode_on_the_disk)
{
	const uint8_t *piece = slot(1);

	put_file("\\\x81" "ber.txt", "text");		/* u with dots above, in 437 */
	ck_assert_uint_eq(piece[0], 0x41);
	ck_assert_uint_eq(piece[11], 0x0f);
	ck_assert_uint_eq(check16(piece + 1), 0xfc);
	ck_assert_uint_eq(check16(piece + 3), 'b');
	ck_assert_uint_eq(check16(piece + 22), 0xffff);	/* behind the 0 */
	ck_assert_uint_eq(piece[13], check_sum(slot(2)));
	ck_assert(memcmp(slot(2), "\x9a" "BER    TXT", 11) == 0);
	ck_assert_str_eq(text_of(&here, "\\\x9a" "BER.TXT"), "text");
	rig_unmount();
	here.config.code_page = 437;
	rig_mount();
	ck_assert_str_eq(alias_of(&here, "\x81" "ber.txt"), "\x9a" "BER.TXT");
}
END_TEST

START_TEST(what_the_code_page_lacks_is_an_underscore)
{
	put_file("\\A long name", "text");
	slot(1)[1] = 0x34;				/* U+1234 */
	slot(1)[2] = 0x12;
	changed();
	ck_assert_str_eq(alias_of(&here, "_ long name"), "ALONGN~1");
	ck_assert_str_eq(text_of(&here, "\\_ long name"), "text");
}
END_TEST

START_TEST(pieces_of_long_names_that_do_not_fit_are_nobodys)
{
	put_file("\\A long name of two pieces", "text");
	ck_assert_str_eq(alias_of(&here, "A long name of two pieces"), "ALONGN~1");
	slot(3)[0] = 'B';				/* as a DOS without long names renames */
	changed();
	ck_assert_str_eq(names_in(&here, "\\"), "BLONGN~1");
	ck_assert_str_eq(alias_of(&here, "BLONGN~1"), "BLONGN~1");
	ck_assert(!there(&here, "\\A long name of two pieces"));
	slot(3)[0] = 'A';
	slot(2)[0] = 3;					/* the numbers do not go on */
	changed();
	ck_assert_str_eq(alias_of(&here, "ALONGN~1"), "ALONGN~1");
	slot(2)[0] = 1;
	slot(1)[0] = 2;					/* there is no last one */
	changed();
	ck_assert_str_eq(alias_of(&here, "ALONGN~1"), "ALONGN~1");
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\ALONGN~1"), DOS_OK);
}
END_TEST

START_TEST(windows_nt_says_which_short_names_are_lower_case)
{
	put_slot(1, "README  TXT");
	slot(1)[12] = 0x18;
	put_slot(2, "MIXED   TXT");
	slot(2)[12] = 0x10;
	changed();
	ck_assert_str_eq(alias_of(&here, "readme.txt"), "README.TXT");
	ck_assert_str_eq(alias_of(&here, "MIXED.txt"), "MIXED.TXT");
}
END_TEST

START_TEST(odd_names_on_the_disk_can_be_seen_and_deleted)
{
	put_slot(1, "A B     C D");
	put_slot(2, "lower   txt");
	put_slot(3, "A\\B        ");
	put_slot(4, "           ");
	put_slot(5, "..         ");
	ck_assert_str_eq(names_in(&here, "\\"), "A B.C D lower.txt A_B _ __");
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\a b.c d"), DOS_OK);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\LOWER.TXT"), DOS_OK);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\A_B"), DOS_OK);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\_"), DOS_OK);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\__"), DOS_OK);
	ck_assert_str_eq(names_in(&here, "\\"), "");
}
END_TEST

START_TEST(a_rename_changes_case_and_drops_long_names)
{
	put_file("\\a long name.txt", "text");
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\a long name.txt", "\\A Long Name.txt", true), DOS_OK);
	ck_assert_str_eq(alias_of(&here, "A Long Name.txt"), "ALONGN~1.TXT");
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\A long name.txt", "\\A Long Name.txt", true), DOS_OK);
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\ALONGN~1.TXT", "\\SHORT.TXT", false), DOS_OK);
	ck_assert_str_eq(alias_of(&here, "SHORT.TXT"), "SHORT.TXT");
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\SHORT.TXT", "\\short.txt", false), DOS_DENIED);
	put_file("\\OTHER.TXT", "");
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\SHORT.TXT", "\\OTHER.TXT", false), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\NO.TXT", "\\YES.TXT", false), DOS_NO_FILE);
	ck_assert_str_eq(text_of(&here, "\\SHORT.TXT"), "text");
	ck_assert_str_eq(fat_check(disk.data, disk.sectors, true), "");
}
END_TEST

START_TEST(paths_are_had_in_short_and_in_long)
{
	char out[DRIVE_PATH_MAX];

	ck_assert_int_eq(make_dir("\\A directory"), DOS_OK);
	put_file("\\A directory\\Some file.text", "");
	ck_assert_int_eq(here.d.ops->canon(here.d.disk, "\\a DIRECTORY\\some file.text", false, out), DOS_OK);
	ck_assert_str_eq(out, "\\ADIREC~1\\SOMEFI~1.TEX");
	ck_assert_int_eq(here.d.ops->canon(here.d.disk, "\\ADIREC~1\\SOMEFI~1.TEX", true, out), DOS_OK);
	ck_assert_str_eq(out, "\\A directory\\Some file.text");
	ck_assert_int_eq(here.d.ops->canon(here.d.disk, "\\", true, out), DOS_OK);
	ck_assert_str_eq(out, "\\");
	ck_assert_int_eq(here.d.ops->canon(here.d.disk, "\\NO\\X", true, out), DOS_NO_PATH);
	ck_assert_int_eq(here.d.ops->canon(here.d.disk, "\\NO", true, out), DOS_NO_FILE);
}
END_TEST

START_TEST(the_longest_name_fits)
{
	char name[DRIVE_NAME_MAX + 1] = "\\";

	memset(name + 1, 'x', 250);
	put_file(name, "text");
	ck_assert_str_eq(text_of(&here, name), "text");
	ck_assert_str_eq(text_of(&here, "\\XXXXXX~1"), "text");
	ck_assert_str_eq(fat_check(disk.data, disk.sectors, true), "");
}
END_TEST

/* DOS before 2.0, and other systems, leave rubbish behind the directory's end.  */
START_TEST(the_mark_of_a_directorys_end_moves)
{
	memset(slot(3), 'Z', 32 * 100);
	changed();
	put_file("\\A.TXT", "");
	put_file("\\B.TXT", "");
	put_file("\\C long name.txt", "");
	ck_assert_str_eq(names_in(&here, "\\"), "A.TXT B.TXT CLONGN~1.TXT");
}
END_TEST

int main(void)
{
	return suite_run_each("drive_fat_names", rig_open_floppy, rig_close, (const TTest *[]){
		short_names_are_upper_case_and_have_no_long_one,
		e5_is_05_on_the_disk,
		aliases_are_made_as_windows_makes_them,
		tails_count_on_and_fill_gaps,
		an_alias_is_nobodys_long_name,
		long_names_have_unicode_on_the_disk,
		what_the_code_page_lacks_is_an_underscore,
		pieces_of_long_names_that_do_not_fit_are_nobodys,
		windows_nt_says_which_short_names_are_lower_case,
		odd_names_on_the_disk_can_be_seen_and_deleted,
		a_rename_changes_case_and_drops_long_names,
		paths_are_had_in_short_and_in_long,
		the_longest_name_fits,
		the_mark_of_a_directorys_end_moves,
		NULL });
}
