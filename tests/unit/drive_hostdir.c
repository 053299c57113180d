/* drive_hostdir.c - a Linux directory as a DOS drive.  */

#include "drive_room.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/xattr.h>
#include <time.h>

START_TEST(a_new_file_is_written_and_read_back)
{
	enum drive_did did;
	drive_file f;
	size_t n = 5;

	ck_assert_int_eq(here.d.ops->open(here.d.disk, "\\NEW.TXT", DRIVE_RDWR | DRIVE_CREATE, 0, &f,
				       &did), DOS_OK);
	ck_assert_int_eq(did, DRIVE_CREATED);
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 0, "hello", &n), DOS_OK);
	ck_assert_uint_eq(n, 5);
	release(&here, f);
	ck_assert(host_has(&here, "new.txt"));
	ck_assert_str_eq(text_of(&here, "\\New.Txt"), "hello");
}
END_TEST

START_TEST(upper_case_host_names_are_made_if_asked_for)
{
	drive_unmount(&here.d);
	here.config.upper = true;
	room_mount(&here);
	release(&here, must_open(&here, "\\new.txt", DRIVE_RDWR | DRIVE_CREATE));
	ck_assert(host_has(&here, "NEW.TXT"));
}
END_TEST

START_TEST(lookup_does_not_mind_the_case_on_either_side)
{
	host_dir(&here, "MixedDir");
	host_file(&here, "MixedDir/ReadMe.TXT", "x");
	host_dir(&here, "UP");
	host_file(&here, "UP/UP.TXT", "y");
	ck_assert_str_eq(text_of(&here, "\\MIXEDDIR\\README.TXT"), "x");
	ck_assert_str_eq(text_of(&here, "\\mixeddir\\readme.txt"), "x");
	ck_assert_str_eq(text_of(&here, "\\up\\up.txt"), "y");
}
END_TEST

START_TEST(missing_files_and_missing_paths_are_told_apart)
{
	struct drive_info i;

	host_file(&here, "file", "");
	ck_assert_int_eq(info(&here, "\\NO.TXT", &i), DOS_NO_FILE);
	ck_assert_int_eq(info(&here, "\\NO\\NO.TXT", &i), DOS_NO_PATH);
	ck_assert_int_eq(info(&here, "\\FILE\\NO.TXT", &i), DOS_NO_PATH);
	ck_assert_int_eq(info(&here, "", &i), DOS_NO_PATH);
	ck_assert_int_eq(info(&here, "FILE", &i), DOS_NO_PATH);
	ck_assert_int_eq(info(&here, "\\FILE\\", &i), DOS_NO_PATH);
}
END_TEST

START_TEST(of_two_names_in_different_case_the_second_gets_an_alias)
{
	host_file(&here, "README.TXT", "upper");
	host_file(&here, "Readme.txt", "mixed");
	ck_assert_str_eq(text_of(&here, "\\README.TXT"), "upper");
	host_file(&here, "readme.txt", "lower");
	ck_assert_str_eq(text_of(&here, "\\README.TXT"), "lower");
	ck_assert_str_eq(text_of(&here, "\\README~1.TXT"), "upper");
	ck_assert_str_eq(names_in(&here, "\\"), "RE2PB3~1.TXT README.TXT README~1.TXT");
	ck_assert_str_eq(text_of(&here, "\\RE2PB3~1.TXT"), "mixed");
}
END_TEST

START_TEST(long_names_have_aliases_and_both_find_the_file)
{
	char alias[16] = "\\";

	host_file(&here, "Long File Name.text", "long");
	host_file(&here, ".profile", "dot");
	host_file(&here, "a+b.c", "plus");
	ck_assert_str_eq(alias_of(&here, "Long File Name.text"), "LONGFI~1.TEX");
	ck_assert_str_eq(alias_of(&here, ".profile"), "PROFIL~1");
	ck_assert_str_eq(alias_of(&here, "a+b.c"), "A_B~1.C");
	strcat(alias, alias_of(&here, "Long File Name.text"));
	ck_assert_str_eq(text_of(&here, alias), "long");
	ck_assert_str_eq(text_of(&here, "\\long file name.TEXT"), "long");
}
END_TEST

START_TEST(an_alias_once_shown_stays_good_while_its_file_exists)
{
	char first[16] = "\\", second[16] = "\\";

	host_file(&here, "long name 1.txt", "1");
	strcat(first, alias_of(&here, "long name 1.txt"));
	host_file(&here, "long name 2.txt", "2");
	host_file(&here, "long name 0.txt", "0");
	ck_assert_str_eq(alias_of(&here, "long name 1.txt"), first + 1);
	strcat(second, alias_of(&here, "long name 2.txt"));
	unlink(host(&here, "long name 1.txt"));
	ck_assert_str_eq(alias_of(&here, "long name 2.txt"), second + 1);
	ck_assert_str_eq(text_of(&here, second), "2");
	drive_unmount(&here.d);		/* and for another process */
	room_mount(&here);
	ck_assert_str_eq(text_of(&here, second), "2");
}
END_TEST

static void host_remove(const struct room *r, const char *name)
{
	ck_assert_int_eq(unlink(host(r, name)), 0);
}

/* Another process, later or at the same time: what it makes of the directory.  */
static const char *alias_elsewhere(const char *long_name)
{
	static char name[PATH_83_MAX];
	struct room other = here;

	room_mount(&other);
	snprintf(name, sizeof name, "%s", alias_of(&other, long_name));
	drive_unmount(&other.d);
	return name;
}

static bool has_attributes(const struct room *r)
{
	bool has = setxattr(host(r, "."), "user.dosvm.test", "x", 1, 0) == 0;

	removexattr(host(r, "."), "user.dosvm.test");
	return has;
}

START_TEST(a_short_alias_does_not_move_to_another_file)
{
	char second[PATH_83_MAX];

	if (!has_attributes(&here))
		return;
	host_file(&here, "longname one.txt", "1");
	host_file(&here, "longname two.txt", "2");
	ck_assert_str_eq(alias_elsewhere("longname one.txt"), "LONGNA~1.TXT");
	snprintf(second, sizeof second, "%s", alias_elsewhere("longname two.txt"));
	ck_assert_str_ne(second, "LONGNA~1.TXT");
	host_remove(&here, "longname one.txt");
	ck_assert_str_eq(alias_elsewhere("longname two.txt"), second);
	ck_assert(!there(&here, "\\LONGNA~1.TXT"));
	host_file(&here, "longname three.txt", "3");
	ck_assert_str_ne(alias_elsewhere("longname three.txt"), "LONGNA~1.TXT");
	/* An editor puts a new file into the old one's place.  */
	host_file(&here, "longname one.txt", "new 1");
	ck_assert_str_eq(alias_elsewhere("longname one.txt"), "LONGNA~1.TXT");
	ck_assert_str_eq(text_of(&here, "\\LONGNA~1.TXT"), "new 1");
	ck_assert_str_eq(alias_elsewhere("longname two.txt"), second);
}
END_TEST

START_TEST(an_alias_that_nobody_wants_any_more_is_free)
{
	if (!has_attributes(&here))
		return;
	host_file(&here, "longname one.txt", "1");
	host_file(&here, "longname two.txt", "2");
	alias_elsewhere("longname two.txt");
	host_remove(&here, "longname one.txt");
	host_remove(&here, "longname two.txt");
	ck_assert_str_eq(names_in(&here, "\\"), "");
	host_file(&here, "longname three.txt", "3");
	ck_assert_str_eq(alias_elsewhere("longname three.txt"), "LONGNA~1.TXT");
	ck_assert_int_lt(getxattr(host(&here, "."), "user.dosvm.aliases", NULL, 0), 0);
}
END_TEST

START_TEST(what_a_directory_remembers_may_be_rubbish)
{
	static const char rubbish[] = "LONGNA~1.TXT \n0 x\n\nA~1 zz";
	static char text[4000];

	if (!has_attributes(&here))
		return;
	host_file(&here, "longname one.txt", "1");
	host_file(&here, "longname two.txt", "2");
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = rubbish[i * 7 % sizeof rubbish];
	for (size_t n = 1; n < sizeof text; n = n * 3 + 1) {
		if (setxattr(host(&here, "."), "user.dosvm.aliases", text, n, 0) != 0)
			break;
		ck_assert_uint_lt(strlen(names_in(&here, "\\")), 40);
		ck_assert(there(&here, "\\longname one.txt") && there(&here, "\\longname two.txt"));
	}
}
END_TEST

START_TEST(utf8_names_pass_through_the_code_page)
{
	host_file(&here, "\xc3\xa4rger.txt", "umlaut");
	host_file(&here, "\xe6\x97\xa5\xe6\x9c\xac.txt", "japan");
	host_file(&here, "bad\xff.txt", "bad");
	ck_assert_str_eq(text_of(&here, "\\\x84RGER.TXT"), "umlaut");
	ck_assert_str_eq(text_of(&here, "\\\x8ERGER.TXT"), "umlaut");
	ck_assert_str_eq(names_in(&here, "\\"), "BAD_~1.TXT __~1.TXT \x8ERGER.TXT");
	ck_assert_str_eq(text_of(&here, "\\__~1.TXT"), "japan");
	release(&here, must_open(&here, "\\\x99L.TXT", DRIVE_RDWR | DRIVE_CREATE));
	ck_assert(host_has(&here, "\xc3\xb6l.txt"));
}
END_TEST

START_TEST(names_of_devices_are_reachable_by_an_alias)
{
	host_file(&here, "aux.c", "aux");
	ck_assert_str_eq(names_in(&here, "\\"), "AUX~1.C");
	ck_assert_str_eq(text_of(&here, "\\AUX~1.C"), "aux");
}
END_TEST

START_TEST(changes_made_by_linux_are_seen_at_once)
{
	char name[32], path[32];

	for (unsigned i = 0; i < 50; i++) {
		snprintf(name, sizeof name, "Mixed%u.Txt", i);
		snprintf(path, sizeof path, "\\MIXED%u.TXT", i);
		ck_assert(!there(&here, path));
		host_file(&here, name, "x");
		ck_assert(there(&here, path));
		unlink(host(&here, name));
		ck_assert(!there(&here, path));
	}
}
END_TEST

/* Directories that were left alone for a while are not asked again for each
 * name.  The wait is for the kernel's clock, by which changes are dated.  */
START_TEST(changes_are_seen_in_directories_that_were_at_rest)
{
	static const char path[] = "\\UP\\SUB\\File.txt";
	char sub[128];
	unsigned i;

	host_dir(&here, "UP");
	host_dir(&here, "UP/SUB");
	host_file(&here, "UP/SUB/Other.txt", "other");
	usleep(20000);
	for (i = 0; i < 100; i++) {
		ck_assert(!there(&here, path));
		ck_assert_str_eq(text_of(&here, "\\UP\\SUB\\OTHER.TXT"), "other");
	}
	host_file(&here, "UP/SUB/File.txt", "1");
	ck_assert_str_eq(text_of(&here, path), "1");
	usleep(20000);
	for (i = 0; i < 100; i++)
		ck_assert_str_eq(text_of(&here, path), "1");
	host_file(&here, "UP/SUB/file.txt", "2");
	ck_assert_str_eq(text_of(&here, path), "2");
	host_dir(&here, "NEW");
	host_file(&here, "NEW/FILE.TXT", "3");
	strcpy(sub, host(&here, "UP/SUB"));
	ck_assert_int_eq(rename(sub, host(&here, "NEW/AWAY")), 0);
	ck_assert(!there(&here, path));
	strcpy(sub, host(&here, "UP/Sub"));
	ck_assert_int_eq(rename(host(&here, "NEW/AWAY"), sub), 0);
	ck_assert_str_eq(text_of(&here, path), "2");
	usleep(20000);
	for (i = 0; i < 100; i++)
		ck_assert_str_eq(text_of(&here, path), "2");
	host_dir(&here, "up");
	ck_assert_str_eq(text_of(&here, path), "?3");
	ck_assert_int_eq(rmdir(host(&here, "up")), 0);
	ck_assert_str_eq(text_of(&here, path), "2");
}
END_TEST

START_TEST(a_listing_is_in_order_and_begins_with_the_dots)
{
	host_dir(&here, "sub");
	host_file(&here, "sub/b", "");
	host_file(&here, "sub/A", "");
	host_file(&here, "sub/c.txt", "");
	ck_assert_str_eq(names_in(&here, "\\SUB"), ". .. A B C.TXT");
	ck_assert_str_eq(names_in(&here, "\\"), "SUB");
}
END_TEST

START_TEST(a_listing_survives_deletion_and_creation)
{
	struct drive_info i;
	uint16_t l;

	host_file(&here, "b", "");
	host_file(&here, "d", "");
	host_file(&here, "f", "");
	ck_assert_int_eq(here.d.ops->list(here.d.disk, "\\", &l), DOS_OK);
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, l, 0, &i), DOS_OK);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\B"), DOS_OK);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\D"), DOS_OK);
	host_file(&here, "a", "");
	host_file(&here, "e", "");
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, l, 1, &i), DOS_NO_FILE);
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, l, 2, &i), DOS_OK);
	ck_assert_str_eq(i.name, "F");
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, l, 3, &i), DOS_NO_MORE);
}
END_TEST

START_TEST(a_listing_goes_on_where_it_was_when_its_reading_is_forgotten)
{
	struct drive_info i;
	uint16_t l, other;
	char name[16];

	host_file(&here, "b", "");
	host_file(&here, "d", "");
	host_file(&here, "f", "");
	ck_assert_int_eq(here.d.ops->list(here.d.disk, "\\", &l), DOS_OK);
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, l, 0, &i), DOS_OK);
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, l, 1, &i), DOS_OK);
	ck_assert_str_eq(i.name, "D");
	unlink(host(&here, "b"));
	host_file(&here, "e", "");
	for (unsigned k = 0; k < HD_DIRS + 1; k++) {
		snprintf(name, sizeof name, "z%u", k);
		host_dir(&here, name);
		snprintf(name, sizeof name, "\\Z%u", k);
		ck_assert_int_eq(here.d.ops->list(here.d.disk, name, &other), DOS_OK);
	}
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, l, 2, &i), DOS_OK);
	ck_assert_str_eq(i.name, "E");
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, l, 3, &i), DOS_OK);
	ck_assert_str_eq(i.name, "F");
}
END_TEST

START_TEST(files_and_directories_are_renamed_and_removed)
{
	const struct drive_ops *ops;

	ops = here.d.ops;
	ck_assert_int_eq(ops->mkdir(here.d.disk, "\\DIR", false), DOS_OK);
	ck_assert_int_eq(ops->mkdir(here.d.disk, "\\DIR", false), DOS_DENIED);
	ck_assert_int_eq(ops->mkdir(here.d.disk, "\\NO\\DIR", false), DOS_NO_PATH);
	host_file(&here, "dir/a.txt", "a");
	ck_assert_int_eq(ops->rmdir(here.d.disk, "\\DIR"), DOS_DENIED);
	ck_assert_int_eq(ops->rename(here.d.disk, "\\DIR\\A.TXT", "\\B.TXT", false), DOS_OK);
	ck_assert_int_eq(ops->rename(here.d.disk, "\\DIR", "\\NEWDIR", false), DOS_OK);
	ck_assert(host_has(&here, "newdir"));
	host_file(&here, "c.txt", "c");
	ck_assert_int_eq(ops->rename(here.d.disk, "\\B.TXT", "\\C.TXT", false), DOS_DENIED);
	ck_assert_int_eq(ops->rename(here.d.disk, "\\X.TXT", "\\Y.TXT", false), DOS_NO_FILE);
	ck_assert_int_eq(ops->remove(here.d.disk, "\\NEWDIR"), DOS_DENIED);
	ck_assert_int_eq(ops->remove(here.d.disk, "\\B.TXT"), DOS_OK);
	ck_assert_int_eq(ops->remove(here.d.disk, "\\B.TXT"), DOS_NO_FILE);
	ck_assert_int_eq(ops->rmdir(here.d.disk, "\\NEWDIR"), DOS_OK);
	ck_assert_int_eq(ops->rmdir(here.d.disk, "\\NEWDIR"), DOS_NO_PATH);
	ck_assert_int_eq(ops->rmdir(here.d.disk, "\\"), DOS_DENIED);
}
END_TEST

START_TEST(a_name_can_change_its_case_alone)
{
	host_file(&here, "FOO.TXT", "x");
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\FOO.TXT", "\\Foo.txt", true), DOS_OK);
	ck_assert(host_has(&here, "Foo.txt"));
	ck_assert(!host_has(&here, "FOO.TXT"));
}
END_TEST

START_TEST(long_names_are_made_as_given)
{
	struct drive_info i;

	release(&here, must_open(&here, "\\A Long Name.html", DRIVE_RDWR | DRIVE_CREATE | DRIVE_LONG));
	ck_assert(host_has(&here, "A Long Name.html"));
	ck_assert_int_eq(info(&here, "\\a long name.HTML", &i), DOS_OK);
	ck_assert_str_eq(i.name, "ALONGN~1.HTM");
	ck_assert_str_eq(i.long_name, "A Long Name.html");
	ck_assert_int_eq(here.d.ops->mkdir(here.d.disk, "\\A Long Directory", true), DOS_OK);
	ck_assert(host_has(&here, "A Long Directory"));
}
END_TEST

START_TEST(canon_gives_all_short_or_all_long_names)
{
	char out[DRIVE_PATH_MAX], full[DRIVE_PATH_MAX];

	host_dir(&here, "Program Files");
	host_file(&here, "Program Files/read me.txt", "");
	ck_assert_int_eq(here.d.ops->canon(here.d.disk, "\\program files\\READ ME.TXT", false, out), DOS_OK);
	ck_assert_str_eq(out, "\\PROGRA~1\\README~1.TXT");
	ck_assert_int_eq(here.d.ops->canon(here.d.disk, out, true, full), DOS_OK);
	ck_assert_str_eq(full, "\\Program Files\\read me.txt");
	ck_assert_int_eq(here.d.ops->canon(here.d.disk, "\\", true, out), DOS_OK);
	ck_assert_str_eq(out, "\\");
	ck_assert_int_eq(here.d.ops->canon(here.d.disk, "\\NO\\NO", true, out), DOS_NO_PATH);
}
END_TEST

static uint8_t attr_of(struct room *r, const char *path)
{
	struct drive_info i;

	ck_assert_int_eq(info(r, path, &i), DOS_OK);
	return i.attr;
}

START_TEST(attributes_are_kept_the_way_samba_does)
{
	drive_file f;
	char text[16] = "";

	host_file(&here, "a.txt", "x");
	host_file(&here, ".hidden", "x");
	host_dir(&here, "dir");
	ck_assert_uint_eq(attr_of(&here, "\\A.TXT"), ATTR_ARCHIVE);
	ck_assert_uint_eq(attr_of(&here, "\\.hidden"), ATTR_ARCHIVE | ATTR_HIDDEN);
	ck_assert_uint_eq(attr_of(&here, "\\DIR"), ATTR_DIR);
	ck_assert_int_eq(here.d.ops->set_attr(here.d.disk, "\\A.TXT", ATTR_HIDDEN | ATTR_READ_ONLY), DOS_OK);
	ck_assert_uint_eq(attr_of(&here, "\\A.TXT"), ATTR_HIDDEN | ATTR_READ_ONLY);
	ck_assert_int_eq(getxattr(host(&here, "a.txt"), "user.DOSATTRIB", text, sizeof text), 3);
	ck_assert_str_eq(text, "0x3");
	ck_assert_int_eq(try_open(&here, "\\A.TXT", DRIVE_RDWR, &f), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\A.TXT"), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->set_attr(here.d.disk, "\\A.TXT", ATTR_ARCHIVE), DOS_OK);
	ck_assert_uint_eq(attr_of(&here, "\\A.TXT"), ATTR_ARCHIVE);
	ck_assert_int_lt(getxattr(host(&here, "a.txt"), "user.DOSATTRIB", text, sizeof text), 0);
	chmod(host(&here, "a.txt"), 0444);
	ck_assert_uint_eq(attr_of(&here, "\\A.TXT"), ATTR_ARCHIVE | ATTR_READ_ONLY);
	ck_assert_int_eq(here.d.ops->set_attr(here.d.disk, "\\DIR", ATTR_DIR | ATTR_HIDDEN), DOS_OK);
	ck_assert_uint_eq(attr_of(&here, "\\DIR"), ATTR_DIR | ATTR_HIDDEN);
	ck_assert_int_eq(here.d.ops->set_attr(here.d.disk, "\\A.TXT", ATTR_DIR), DOS_DENIED);
}
END_TEST

START_TEST(writing_sets_the_archive_bit)
{
	drive_file f;
	size_t n = 1;

	host_file(&here, "a.txt", "x");
	ck_assert_int_eq(here.d.ops->set_attr(here.d.disk, "\\A.TXT", ATTR_SYSTEM), DOS_OK);
	f = must_open(&here, "\\A.TXT", DRIVE_RDWR);
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 0, "y", &n), DOS_OK);
	release(&here, f);
	ck_assert_uint_eq(attr_of(&here, "\\A.TXT"), ATTR_SYSTEM | ATTR_ARCHIVE);
}
END_TEST

static void noon(void *ctx, uint16_t *time, uint16_t *date)
{
	(void)ctx;
	*time = 12 << 11;
	*date = (1990 - 1980) << 9 | 6 << 5 | 15;
}

START_TEST(dates_are_kept_and_a_fixed_clock_dates_what_is_written)
{
	struct drive_info i;
	drive_file f;
	size_t n = 1;

	host_file(&here, "a.txt", "x");
	ck_assert_int_eq(here.d.ops->set_path_time(here.d.disk, "\\A.TXT", 0, 0x6b2a, 0x2345), DOS_OK);
	ck_assert_int_eq(info(&here, "\\A.TXT", &i), DOS_OK);
	ck_assert_uint_eq(i.time, 0x6b2a);
	ck_assert_uint_eq(i.date, 0x2345);
	drive_unmount(&here.d);
	here.config.clock = noon;
	room_mount(&here);
	f = must_open(&here, "\\A.TXT", DRIVE_RDWR);
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 0, "y", &n), DOS_OK);
	release(&here, f);
	ck_assert_int_eq(info(&here, "\\A.TXT", &i), DOS_OK);
	ck_assert_uint_eq(i.time, 12 << 11);
	f = must_open(&here, "\\A.TXT", DRIVE_RDWR);
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 0, "y", &n), DOS_OK);
	ck_assert_int_eq(here.d.ops->set_time(here.d.disk, f, 0x6b2a, 0x2345), DOS_OK);
	release(&here, f);
	ck_assert_int_eq(info(&here, "\\A.TXT", &i), DOS_OK);
	ck_assert_uint_eq(i.time, 0x6b2a);
}
END_TEST

START_TEST(a_write_past_the_end_extends_and_a_write_of_nothing_sets_the_size)
{
	struct drive_info i;
	drive_file f;
	char buf[8] = "........";
	size_t n = 1;

	f = must_open(&here, "\\A.BIN", DRIVE_RDWR | DRIVE_CREATE);
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 5, "x", &n), DOS_OK);
	n = sizeof buf;
	ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 0, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 6);
	ck_assert_mem_eq(buf, "\0\0\0\0\0x", 6);
	n = 0;
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 3, buf, &n), DOS_OK);
	ck_assert_int_eq(here.d.ops->file_info(here.d.disk, f, &i), DOS_OK);
	ck_assert_uint_eq(i.size, 3);
	ck_assert_str_eq(i.name, "A.BIN");
	n = sizeof buf;
	ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 100, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 0);
	release(&here, f);
}
END_TEST

START_TEST(nothing_reaches_past_4_gigabytes)
{
	struct drive_info i;
	drive_file f;
	char buf[16];
	size_t n = sizeof buf;

	host_file(&here, "big", "x");
	if (truncate(host(&here, "big"), (off_t)5 << 30) != 0)
		return;			/* no sparse files here */
	ck_assert_int_eq(info(&here, "\\BIG", &i), DOS_OK);
	ck_assert_uint_eq(i.size, UINT32_MAX);
	f = must_open(&here, "\\BIG", DRIVE_RDWR);
	ck_assert_int_eq(here.d.ops->read(here.d.disk, f, UINT32_MAX - 4, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 4);
	n = sizeof buf;
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, UINT32_MAX - 4, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 4);
	release(&here, f);
}
END_TEST

START_TEST(a_read_only_drive_is_not_changed)
{
	drive_file f;

	host_file(&here, "a.txt", "x");
	drive_unmount(&here.d);
	here.config.read_only = true;
	room_mount(&here);
	ck_assert_str_eq(text_of(&here, "\\A.TXT"), "x");
	ck_assert_int_eq(try_open(&here, "\\A.TXT", DRIVE_RDWR, &f), DOS_DENIED);
	ck_assert_int_eq(try_open(&here, "\\A.TXT", DRIVE_READ | DRIVE_TRUNCATE, &f), DOS_DENIED);
	ck_assert_int_eq(try_open(&here, "\\B.TXT", DRIVE_RDWR | DRIVE_CREATE, &f), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\A.TXT"), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\A.TXT", "\\B.TXT", false), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->mkdir(here.d.disk, "\\D", false), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->set_attr(here.d.disk, "\\A.TXT", ATTR_HIDDEN), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->set_path_time(here.d.disk, "\\A.TXT", 0, 0, 33), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->set_label(here.d.disk, "X"), DOS_DENIED);
}
END_TEST

START_TEST(the_volume_has_a_label_a_number_and_a_size)
{
	struct drive_space space;
	char label[12];
	uint32_t serial;

	ck_assert_int_eq(here.d.ops->label(here.d.disk, label), DOS_OK);
	ck_assert_str_eq(label, "DOSVM-DRIVE");
	serial = here.d.ops->serial(here.d.disk);
	ck_assert_int_eq(here.d.ops->set_label(here.d.disk, "MY DISK"), DOS_OK);
	ck_assert_int_eq(here.d.ops->set_label(here.d.disk, "far too long for one"), DOS_DENIED);
	drive_unmount(&here.d);
	room_mount(&here);
	ck_assert_int_eq(here.d.ops->label(here.d.disk, label), DOS_OK);
	ck_assert_str_eq(label, "MY DISK");
	ck_assert_uint_eq(here.d.ops->serial(here.d.disk), serial);
	ck_assert_int_eq(here.d.ops->space(here.d.disk, &space), DOS_OK);
	ck_assert(space.total > 0 && space.free <= space.total);
	ck_assert(space.cluster >= 512 && space.cluster <= 32768);
}
END_TEST

START_TEST(a_full_disk_is_a_short_write)
{
	struct rlimit limit = { 1000, 1000 };
	char buf[600] = "";
	size_t n = sizeof buf;
	drive_file f;

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	f = must_open(&here, "\\A", DRIVE_RDWR | DRIVE_CREATE);
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 0, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 600);
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 600, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 400);
	n = 10;
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 1000, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 5000, buf, &n), DOS_DISK_FULL);
	release(&here, f);
}
END_TEST

START_TEST(a_closed_handle_does_not_find_the_next_file)
{
	drive_file a, b;
	char buf[1];
	size_t n = 1;

	a = must_open(&here, "\\A", DRIVE_RDWR | DRIVE_CREATE);
	release(&here, a);
	b = must_open(&here, "\\B", DRIVE_RDWR | DRIVE_CREATE);
	ck_assert_int_eq(here.d.ops->read(here.d.disk, a, 0, buf, &n), DOS_BAD_HANDLE);
	ck_assert_int_eq(here.d.ops->release(here.d.disk, a), DOS_BAD_HANDLE);
	ck_assert_int_eq(here.d.ops->release(here.d.disk, 0), DOS_BAD_HANDLE);
	release(&here, b);
}
END_TEST

START_TEST(create_answers_what_it_did)
{
	enum drive_did did;
	drive_file f;

	host_file(&here, "a", "text");
	ck_assert_int_eq(here.d.ops->open(here.d.disk, "\\A", DRIVE_RDWR | DRIVE_CREATE | DRIVE_EXCLUSIVE,
				       0, &f, &did), DOS_FILE_EXISTS);
	ck_assert_int_eq(here.d.ops->open(here.d.disk, "\\A", DRIVE_RDWR | DRIVE_CREATE, 0, &f, &did), DOS_OK);
	ck_assert_int_eq(did, DRIVE_OPENED);
	release(&here, f);
	ck_assert_int_eq(here.d.ops->open(here.d.disk, "\\A", DRIVE_RDWR | DRIVE_CREATE | DRIVE_TRUNCATE,
				       ATTR_HIDDEN, &f, &did), DOS_OK);
	ck_assert_int_eq(did, DRIVE_REPLACED);
	release(&here, f);
	ck_assert_str_eq(text_of(&here, "\\A"), "");
	ck_assert_uint_eq(attr_of(&here, "\\A"), ATTR_HIDDEN | ATTR_ARCHIVE);
	ck_assert_int_eq(here.d.ops->open(here.d.disk, "\\RO", DRIVE_RDWR | DRIVE_CREATE, ATTR_READ_ONLY,
				       &f, &did), DOS_OK);
	size_t n = 1;
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 0, "x", &n), DOS_OK);
	release(&here, f);
	ck_assert_uint_eq(attr_of(&here, "\\RO"), ATTR_READ_ONLY | ATTR_ARCHIVE);
	ck_assert_int_eq(here.d.ops->open(here.d.disk, "\\DIR", DRIVE_RDWR | DRIVE_CREATE, ATTR_DIR,
				       &f, &did), DOS_DENIED);
	ck_assert(!there(&here, "\\DIR"));
	ck_assert_int_eq(try_open(&here, "\\BAD*", DRIVE_RDWR | DRIVE_CREATE, &f), DOS_NO_PATH);
	ck_assert_int_eq(try_open(&here, "\\TOOLONGNAME", DRIVE_RDWR | DRIVE_CREATE, &f), DOS_NO_PATH);
}
END_TEST

int main(void)
{
	return suite_run_each("drive_hostdir", room_open_here, room_close_here, (const TTest *[]){
		a_new_file_is_written_and_read_back,
		upper_case_host_names_are_made_if_asked_for,
		lookup_does_not_mind_the_case_on_either_side,
		missing_files_and_missing_paths_are_told_apart,
		of_two_names_in_different_case_the_second_gets_an_alias,
		long_names_have_aliases_and_both_find_the_file,
		an_alias_once_shown_stays_good_while_its_file_exists,
		a_short_alias_does_not_move_to_another_file,
		an_alias_that_nobody_wants_any_more_is_free,
		what_a_directory_remembers_may_be_rubbish,
		utf8_names_pass_through_the_code_page,
		names_of_devices_are_reachable_by_an_alias,
		changes_made_by_linux_are_seen_at_once,
		changes_are_seen_in_directories_that_were_at_rest,
		a_listing_is_in_order_and_begins_with_the_dots,
		a_listing_survives_deletion_and_creation,
		a_listing_goes_on_where_it_was_when_its_reading_is_forgotten,
		files_and_directories_are_renamed_and_removed,
		a_name_can_change_its_case_alone,
		long_names_are_made_as_given,
		canon_gives_all_short_or_all_long_names,
		attributes_are_kept_the_way_samba_does,
		writing_sets_the_archive_bit,
		dates_are_kept_and_a_fixed_clock_dates_what_is_written,
		a_write_past_the_end_extends_and_a_write_of_nothing_sets_the_size,
		nothing_reaches_past_4_gigabytes,
		a_read_only_drive_is_not_changed,
		the_volume_has_a_label_a_number_and_a_size,
		a_full_disk_is_a_short_write,
		a_closed_handle_does_not_find_the_next_file,
		create_answers_what_it_did,
		NULL });
}
