/* drive_hostdir.c - a Linux directory as a DOS drive.  */

#include "drive_room.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/xattr.h>
#include <time.h>

START_TEST(a_new_file_is_written_and_read_back)
{
	struct room r;
	enum drive_did did;
	drive_file f;
	size_t n = 5;

	room_open(&r);
	ck_assert_int_eq(r.d.ops->open(r.d.disk, "\\NEW.TXT", DRIVE_RDWR | DRIVE_CREATE, 0, &f,
				       &did), DOS_OK);
	ck_assert_int_eq(did, DRIVE_CREATED);
	ck_assert_int_eq(r.d.ops->write(r.d.disk, f, 0, "hello", &n), DOS_OK);
	ck_assert_uint_eq(n, 5);
	release(&r, f);
	ck_assert(host_has(&r, "new.txt"));
	ck_assert_str_eq(text_of(&r, "\\New.Txt"), "hello");
	room_close(&r);
}
END_TEST

START_TEST(upper_case_host_names_are_made_if_asked_for)
{
	struct room r;

	room_open(&r);
	drive_unmount(&r.d);
	r.config.upper = true;
	room_mount(&r);
	release(&r, must_open(&r, "\\new.txt", DRIVE_RDWR | DRIVE_CREATE));
	ck_assert(host_has(&r, "NEW.TXT"));
	room_close(&r);
}
END_TEST

START_TEST(lookup_does_not_mind_the_case_on_either_side)
{
	struct room r;

	room_open(&r);
	host_dir(&r, "MixedDir");
	host_file(&r, "MixedDir/ReadMe.TXT", "x");
	host_dir(&r, "UP");
	host_file(&r, "UP/UP.TXT", "y");
	ck_assert_str_eq(text_of(&r, "\\MIXEDDIR\\README.TXT"), "x");
	ck_assert_str_eq(text_of(&r, "\\mixeddir\\readme.txt"), "x");
	ck_assert_str_eq(text_of(&r, "\\up\\up.txt"), "y");
	room_close(&r);
}
END_TEST

START_TEST(missing_files_and_missing_paths_are_told_apart)
{
	struct room r;
	struct drive_info i;

	room_open(&r);
	host_file(&r, "file", "");
	ck_assert_int_eq(info(&r, "\\NO.TXT", &i), DOS_NO_FILE);
	ck_assert_int_eq(info(&r, "\\NO\\NO.TXT", &i), DOS_NO_PATH);
	ck_assert_int_eq(info(&r, "\\FILE\\NO.TXT", &i), DOS_NO_PATH);
	ck_assert_int_eq(info(&r, "", &i), DOS_NO_PATH);
	ck_assert_int_eq(info(&r, "FILE", &i), DOS_NO_PATH);
	ck_assert_int_eq(info(&r, "\\FILE\\", &i), DOS_NO_PATH);
	room_close(&r);
}
END_TEST

START_TEST(of_two_names_in_different_case_the_second_gets_an_alias)
{
	struct room r;

	room_open(&r);
	host_file(&r, "README.TXT", "upper");
	host_file(&r, "Readme.txt", "mixed");
	ck_assert_str_eq(text_of(&r, "\\README.TXT"), "upper");
	host_file(&r, "readme.txt", "lower");
	ck_assert_str_eq(text_of(&r, "\\README.TXT"), "lower");
	ck_assert_str_eq(text_of(&r, "\\README~1.TXT"), "upper");
	ck_assert_str_eq(names_in(&r, "\\"), "RE2PB3~1.TXT README.TXT README~1.TXT");
	ck_assert_str_eq(text_of(&r, "\\RE2PB3~1.TXT"), "mixed");
	room_close(&r);
}
END_TEST

START_TEST(long_names_have_aliases_and_both_find_the_file)
{
	struct room r;
	char alias[16] = "\\";

	room_open(&r);
	host_file(&r, "Long File Name.text", "long");
	host_file(&r, ".profile", "dot");
	host_file(&r, "a+b.c", "plus");
	ck_assert_str_eq(alias_of(&r, "Long File Name.text"), "LONGFI~1.TEX");
	ck_assert_str_eq(alias_of(&r, ".profile"), "PROFIL~1");
	ck_assert_str_eq(alias_of(&r, "a+b.c"), "A_B~1.C");
	strcat(alias, alias_of(&r, "Long File Name.text"));
	ck_assert_str_eq(text_of(&r, alias), "long");
	ck_assert_str_eq(text_of(&r, "\\long file name.TEXT"), "long");
	room_close(&r);
}
END_TEST

START_TEST(an_alias_once_shown_stays_good_while_its_file_exists)
{
	struct room r;
	char first[16] = "\\", second[16] = "\\";

	room_open(&r);
	host_file(&r, "long name 1.txt", "1");
	strcat(first, alias_of(&r, "long name 1.txt"));
	host_file(&r, "long name 2.txt", "2");
	host_file(&r, "long name 0.txt", "0");
	ck_assert_str_eq(alias_of(&r, "long name 1.txt"), first + 1);
	strcat(second, alias_of(&r, "long name 2.txt"));
	unlink(host(&r, "long name 1.txt"));
	ck_assert_str_eq(alias_of(&r, "long name 2.txt"), second + 1);
	ck_assert_str_eq(text_of(&r, second), "2");
	drive_unmount(&r.d);		/* and for another process */
	room_mount(&r);
	ck_assert_str_eq(text_of(&r, second), "2");
	room_close(&r);
}
END_TEST

START_TEST(utf8_names_pass_through_the_code_page)
{
	struct room r;

	room_open(&r);
	host_file(&r, "\xc3\xa4rger.txt", "umlaut");
	host_file(&r, "\xe6\x97\xa5\xe6\x9c\xac.txt", "japan");
	host_file(&r, "bad\xff.txt", "bad");
	ck_assert_str_eq(text_of(&r, "\\\x84RGER.TXT"), "umlaut");
	ck_assert_str_eq(text_of(&r, "\\\x8ERGER.TXT"), "umlaut");
	ck_assert_str_eq(names_in(&r, "\\"), "BAD_~1.TXT __~1.TXT \x8ERGER.TXT");
	ck_assert_str_eq(text_of(&r, "\\__~1.TXT"), "japan");
	release(&r, must_open(&r, "\\\x99L.TXT", DRIVE_RDWR | DRIVE_CREATE));
	ck_assert(host_has(&r, "\xc3\xb6l.txt"));
	room_close(&r);
}
END_TEST

START_TEST(names_of_devices_are_reachable_by_an_alias)
{
	struct room r;

	room_open(&r);
	host_file(&r, "aux.c", "aux");
	ck_assert_str_eq(names_in(&r, "\\"), "AUX~1.C");
	ck_assert_str_eq(text_of(&r, "\\AUX~1.C"), "aux");
	room_close(&r);
}
END_TEST

START_TEST(changes_made_by_linux_are_seen_at_once)
{
	struct room r;
	char name[32], path[32];

	room_open(&r);
	for (unsigned i = 0; i < 50; i++) {
		snprintf(name, sizeof name, "Mixed%u.Txt", i);
		snprintf(path, sizeof path, "\\MIXED%u.TXT", i);
		ck_assert(!there(&r, path));
		host_file(&r, name, "x");
		ck_assert(there(&r, path));
		unlink(host(&r, name));
		ck_assert(!there(&r, path));
	}
	room_close(&r);
}
END_TEST

/* Directories that were left alone for a while are not asked again for each
 * name.  The wait is for the kernel's clock, by which changes are dated.  */
START_TEST(changes_are_seen_in_directories_that_were_at_rest)
{
	static const char path[] = "\\UP\\SUB\\File.txt";
	struct room r;
	char sub[128];
	unsigned i;

	room_open(&r);
	host_dir(&r, "UP");
	host_dir(&r, "UP/SUB");
	host_file(&r, "UP/SUB/Other.txt", "other");
	usleep(20000);
	for (i = 0; i < 100; i++) {
		ck_assert(!there(&r, path));
		ck_assert_str_eq(text_of(&r, "\\UP\\SUB\\OTHER.TXT"), "other");
	}
	host_file(&r, "UP/SUB/File.txt", "1");
	ck_assert_str_eq(text_of(&r, path), "1");
	usleep(20000);
	for (i = 0; i < 100; i++)
		ck_assert_str_eq(text_of(&r, path), "1");
	host_file(&r, "UP/SUB/file.txt", "2");
	ck_assert_str_eq(text_of(&r, path), "2");
	host_dir(&r, "NEW");
	host_file(&r, "NEW/FILE.TXT", "3");
	strcpy(sub, host(&r, "UP/SUB"));
	ck_assert_int_eq(rename(sub, host(&r, "NEW/AWAY")), 0);
	ck_assert(!there(&r, path));
	strcpy(sub, host(&r, "UP/Sub"));
	ck_assert_int_eq(rename(host(&r, "NEW/AWAY"), sub), 0);
	ck_assert_str_eq(text_of(&r, path), "2");
	usleep(20000);
	for (i = 0; i < 100; i++)
		ck_assert_str_eq(text_of(&r, path), "2");
	host_dir(&r, "up");
	ck_assert_str_eq(text_of(&r, path), "?3");
	ck_assert_int_eq(rmdir(host(&r, "up")), 0);
	ck_assert_str_eq(text_of(&r, path), "2");
	room_close(&r);
}
END_TEST

START_TEST(a_listing_is_in_order_and_begins_with_the_dots)
{
	struct room r;

	room_open(&r);
	host_dir(&r, "sub");
	host_file(&r, "sub/b", "");
	host_file(&r, "sub/A", "");
	host_file(&r, "sub/c.txt", "");
	ck_assert_str_eq(names_in(&r, "\\SUB"), ". .. A B C.TXT");
	ck_assert_str_eq(names_in(&r, "\\"), "SUB");
	room_close(&r);
}
END_TEST

START_TEST(a_listing_survives_deletion_and_creation)
{
	struct room r;
	struct drive_info i;
	uint16_t l;

	room_open(&r);
	host_file(&r, "b", "");
	host_file(&r, "d", "");
	host_file(&r, "f", "");
	ck_assert_int_eq(r.d.ops->list(r.d.disk, "\\", &l), DOS_OK);
	ck_assert_int_eq(r.d.ops->entry(r.d.disk, l, 0, &i), DOS_OK);
	ck_assert_int_eq(r.d.ops->remove(r.d.disk, "\\B"), DOS_OK);
	ck_assert_int_eq(r.d.ops->remove(r.d.disk, "\\D"), DOS_OK);
	host_file(&r, "a", "");
	host_file(&r, "e", "");
	ck_assert_int_eq(r.d.ops->entry(r.d.disk, l, 1, &i), DOS_NO_FILE);
	ck_assert_int_eq(r.d.ops->entry(r.d.disk, l, 2, &i), DOS_OK);
	ck_assert_str_eq(i.name, "F");
	ck_assert_int_eq(r.d.ops->entry(r.d.disk, l, 3, &i), DOS_NO_MORE);
	room_close(&r);
}
END_TEST

START_TEST(a_listing_goes_on_where_it_was_when_its_reading_is_forgotten)
{
	struct room r;
	struct drive_info i;
	uint16_t l, other;
	char name[16];

	room_open(&r);
	host_file(&r, "b", "");
	host_file(&r, "d", "");
	host_file(&r, "f", "");
	ck_assert_int_eq(r.d.ops->list(r.d.disk, "\\", &l), DOS_OK);
	ck_assert_int_eq(r.d.ops->entry(r.d.disk, l, 0, &i), DOS_OK);
	ck_assert_int_eq(r.d.ops->entry(r.d.disk, l, 1, &i), DOS_OK);
	ck_assert_str_eq(i.name, "D");
	unlink(host(&r, "b"));
	host_file(&r, "e", "");
	for (unsigned k = 0; k < HD_DIRS + 1; k++) {
		snprintf(name, sizeof name, "z%u", k);
		host_dir(&r, name);
		snprintf(name, sizeof name, "\\Z%u", k);
		ck_assert_int_eq(r.d.ops->list(r.d.disk, name, &other), DOS_OK);
	}
	ck_assert_int_eq(r.d.ops->entry(r.d.disk, l, 2, &i), DOS_OK);
	ck_assert_str_eq(i.name, "E");
	ck_assert_int_eq(r.d.ops->entry(r.d.disk, l, 3, &i), DOS_OK);
	ck_assert_str_eq(i.name, "F");
	room_close(&r);
}
END_TEST

START_TEST(files_and_directories_are_renamed_and_removed)
{
	struct room r;
	const struct drive_ops *ops;

	room_open(&r);
	ops = r.d.ops;
	ck_assert_int_eq(ops->mkdir(r.d.disk, "\\DIR", false), DOS_OK);
	ck_assert_int_eq(ops->mkdir(r.d.disk, "\\DIR", false), DOS_DENIED);
	ck_assert_int_eq(ops->mkdir(r.d.disk, "\\NO\\DIR", false), DOS_NO_PATH);
	host_file(&r, "dir/a.txt", "a");
	ck_assert_int_eq(ops->rmdir(r.d.disk, "\\DIR"), DOS_DENIED);
	ck_assert_int_eq(ops->rename(r.d.disk, "\\DIR\\A.TXT", "\\B.TXT", false), DOS_OK);
	ck_assert_int_eq(ops->rename(r.d.disk, "\\DIR", "\\NEWDIR", false), DOS_OK);
	ck_assert(host_has(&r, "newdir"));
	host_file(&r, "c.txt", "c");
	ck_assert_int_eq(ops->rename(r.d.disk, "\\B.TXT", "\\C.TXT", false), DOS_DENIED);
	ck_assert_int_eq(ops->rename(r.d.disk, "\\X.TXT", "\\Y.TXT", false), DOS_NO_FILE);
	ck_assert_int_eq(ops->remove(r.d.disk, "\\NEWDIR"), DOS_DENIED);
	ck_assert_int_eq(ops->remove(r.d.disk, "\\B.TXT"), DOS_OK);
	ck_assert_int_eq(ops->remove(r.d.disk, "\\B.TXT"), DOS_NO_FILE);
	ck_assert_int_eq(ops->rmdir(r.d.disk, "\\NEWDIR"), DOS_OK);
	ck_assert_int_eq(ops->rmdir(r.d.disk, "\\NEWDIR"), DOS_NO_PATH);
	ck_assert_int_eq(ops->rmdir(r.d.disk, "\\"), DOS_DENIED);
	room_close(&r);
}
END_TEST

START_TEST(a_name_can_change_its_case_alone)
{
	struct room r;

	room_open(&r);
	host_file(&r, "FOO.TXT", "x");
	ck_assert_int_eq(r.d.ops->rename(r.d.disk, "\\FOO.TXT", "\\Foo.txt", true), DOS_OK);
	ck_assert(host_has(&r, "Foo.txt"));
	ck_assert(!host_has(&r, "FOO.TXT"));
	room_close(&r);
}
END_TEST

START_TEST(long_names_are_made_as_given)
{
	struct room r;
	struct drive_info i;

	room_open(&r);
	release(&r, must_open(&r, "\\A Long Name.html", DRIVE_RDWR | DRIVE_CREATE | DRIVE_LONG));
	ck_assert(host_has(&r, "A Long Name.html"));
	ck_assert_int_eq(info(&r, "\\a long name.HTML", &i), DOS_OK);
	ck_assert_str_eq(i.name, "ALONGN~1.HTM");
	ck_assert_str_eq(i.long_name, "A Long Name.html");
	ck_assert_int_eq(r.d.ops->mkdir(r.d.disk, "\\A Long Directory", true), DOS_OK);
	ck_assert(host_has(&r, "A Long Directory"));
	room_close(&r);
}
END_TEST

START_TEST(canon_gives_all_short_or_all_long_names)
{
	struct room r;
	char out[DRIVE_PATH_MAX], full[DRIVE_PATH_MAX];

	room_open(&r);
	host_dir(&r, "Program Files");
	host_file(&r, "Program Files/read me.txt", "");
	ck_assert_int_eq(r.d.ops->canon(r.d.disk, "\\program files\\READ ME.TXT", false, out), DOS_OK);
	ck_assert_str_eq(out, "\\PROGRA~1\\README~1.TXT");
	ck_assert_int_eq(r.d.ops->canon(r.d.disk, out, true, full), DOS_OK);
	ck_assert_str_eq(full, "\\Program Files\\read me.txt");
	ck_assert_int_eq(r.d.ops->canon(r.d.disk, "\\", true, out), DOS_OK);
	ck_assert_str_eq(out, "\\");
	ck_assert_int_eq(r.d.ops->canon(r.d.disk, "\\NO\\NO", true, out), DOS_NO_PATH);
	room_close(&r);
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
	struct room r;
	drive_file f;
	char text[16] = "";

	room_open(&r);
	host_file(&r, "a.txt", "x");
	host_file(&r, ".hidden", "x");
	host_dir(&r, "dir");
	ck_assert_uint_eq(attr_of(&r, "\\A.TXT"), ATTR_ARCHIVE);
	ck_assert_uint_eq(attr_of(&r, "\\.hidden"), ATTR_ARCHIVE | ATTR_HIDDEN);
	ck_assert_uint_eq(attr_of(&r, "\\DIR"), ATTR_DIR);
	ck_assert_int_eq(r.d.ops->set_attr(r.d.disk, "\\A.TXT", ATTR_HIDDEN | ATTR_READ_ONLY), DOS_OK);
	ck_assert_uint_eq(attr_of(&r, "\\A.TXT"), ATTR_HIDDEN | ATTR_READ_ONLY);
	ck_assert_int_eq(getxattr(host(&r, "a.txt"), "user.DOSATTRIB", text, sizeof text), 3);
	ck_assert_str_eq(text, "0x3");
	ck_assert_int_eq(try_open(&r, "\\A.TXT", DRIVE_RDWR, &f), DOS_DENIED);
	ck_assert_int_eq(r.d.ops->remove(r.d.disk, "\\A.TXT"), DOS_DENIED);
	ck_assert_int_eq(r.d.ops->set_attr(r.d.disk, "\\A.TXT", ATTR_ARCHIVE), DOS_OK);
	ck_assert_uint_eq(attr_of(&r, "\\A.TXT"), ATTR_ARCHIVE);
	ck_assert_int_lt(getxattr(host(&r, "a.txt"), "user.DOSATTRIB", text, sizeof text), 0);
	chmod(host(&r, "a.txt"), 0444);
	ck_assert_uint_eq(attr_of(&r, "\\A.TXT"), ATTR_ARCHIVE | ATTR_READ_ONLY);
	ck_assert_int_eq(r.d.ops->set_attr(r.d.disk, "\\DIR", ATTR_DIR | ATTR_HIDDEN), DOS_OK);
	ck_assert_uint_eq(attr_of(&r, "\\DIR"), ATTR_DIR | ATTR_HIDDEN);
	ck_assert_int_eq(r.d.ops->set_attr(r.d.disk, "\\A.TXT", ATTR_DIR), DOS_DENIED);
	room_close(&r);
}
END_TEST

START_TEST(writing_sets_the_archive_bit)
{
	struct room r;
	drive_file f;
	size_t n = 1;

	room_open(&r);
	host_file(&r, "a.txt", "x");
	ck_assert_int_eq(r.d.ops->set_attr(r.d.disk, "\\A.TXT", ATTR_SYSTEM), DOS_OK);
	f = must_open(&r, "\\A.TXT", DRIVE_RDWR);
	ck_assert_int_eq(r.d.ops->write(r.d.disk, f, 0, "y", &n), DOS_OK);
	release(&r, f);
	ck_assert_uint_eq(attr_of(&r, "\\A.TXT"), ATTR_SYSTEM | ATTR_ARCHIVE);
	room_close(&r);
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
	struct room r;
	struct drive_info i;
	drive_file f;
	size_t n = 1;

	room_open(&r);
	host_file(&r, "a.txt", "x");
	ck_assert_int_eq(r.d.ops->set_path_time(r.d.disk, "\\A.TXT", 0, 0x6b2a, 0x2345), DOS_OK);
	ck_assert_int_eq(info(&r, "\\A.TXT", &i), DOS_OK);
	ck_assert_uint_eq(i.time, 0x6b2a);
	ck_assert_uint_eq(i.date, 0x2345);
	drive_unmount(&r.d);
	r.config.clock = noon;
	room_mount(&r);
	f = must_open(&r, "\\A.TXT", DRIVE_RDWR);
	ck_assert_int_eq(r.d.ops->write(r.d.disk, f, 0, "y", &n), DOS_OK);
	release(&r, f);
	ck_assert_int_eq(info(&r, "\\A.TXT", &i), DOS_OK);
	ck_assert_uint_eq(i.time, 12 << 11);
	f = must_open(&r, "\\A.TXT", DRIVE_RDWR);
	ck_assert_int_eq(r.d.ops->write(r.d.disk, f, 0, "y", &n), DOS_OK);
	ck_assert_int_eq(r.d.ops->set_time(r.d.disk, f, 0x6b2a, 0x2345), DOS_OK);
	release(&r, f);
	ck_assert_int_eq(info(&r, "\\A.TXT", &i), DOS_OK);
	ck_assert_uint_eq(i.time, 0x6b2a);
	room_close(&r);
}
END_TEST

START_TEST(a_write_past_the_end_extends_and_a_write_of_nothing_sets_the_size)
{
	struct room r;
	struct drive_info i;
	drive_file f;
	char buf[8] = "........";
	size_t n = 1;

	room_open(&r);
	f = must_open(&r, "\\A.BIN", DRIVE_RDWR | DRIVE_CREATE);
	ck_assert_int_eq(r.d.ops->write(r.d.disk, f, 5, "x", &n), DOS_OK);
	n = sizeof buf;
	ck_assert_int_eq(r.d.ops->read(r.d.disk, f, 0, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 6);
	ck_assert_mem_eq(buf, "\0\0\0\0\0x", 6);
	n = 0;
	ck_assert_int_eq(r.d.ops->write(r.d.disk, f, 3, buf, &n), DOS_OK);
	ck_assert_int_eq(r.d.ops->file_info(r.d.disk, f, &i), DOS_OK);
	ck_assert_uint_eq(i.size, 3);
	ck_assert_str_eq(i.name, "A.BIN");
	n = sizeof buf;
	ck_assert_int_eq(r.d.ops->read(r.d.disk, f, 100, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 0);
	release(&r, f);
	room_close(&r);
}
END_TEST

START_TEST(nothing_reaches_past_4_gigabytes)
{
	struct room r;
	struct drive_info i;
	drive_file f;
	char buf[16];
	size_t n = sizeof buf;

	room_open(&r);
	host_file(&r, "big", "x");
	if (truncate(host(&r, "big"), (off_t)5 << 30) != 0) {
		room_close(&r);
		return;			/* no sparse files here */
	}
	ck_assert_int_eq(info(&r, "\\BIG", &i), DOS_OK);
	ck_assert_uint_eq(i.size, UINT32_MAX);
	f = must_open(&r, "\\BIG", DRIVE_RDWR);
	ck_assert_int_eq(r.d.ops->read(r.d.disk, f, UINT32_MAX - 4, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 4);
	n = sizeof buf;
	ck_assert_int_eq(r.d.ops->write(r.d.disk, f, UINT32_MAX - 4, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 4);
	release(&r, f);
	room_close(&r);
}
END_TEST

START_TEST(a_read_only_drive_is_not_changed)
{
	struct room r;
	drive_file f;

	room_open(&r);
	host_file(&r, "a.txt", "x");
	drive_unmount(&r.d);
	r.config.read_only = true;
	room_mount(&r);
	ck_assert_str_eq(text_of(&r, "\\A.TXT"), "x");
	ck_assert_int_eq(try_open(&r, "\\A.TXT", DRIVE_RDWR, &f), DOS_DENIED);
	ck_assert_int_eq(try_open(&r, "\\A.TXT", DRIVE_READ | DRIVE_TRUNCATE, &f), DOS_DENIED);
	ck_assert_int_eq(try_open(&r, "\\B.TXT", DRIVE_RDWR | DRIVE_CREATE, &f), DOS_DENIED);
	ck_assert_int_eq(r.d.ops->remove(r.d.disk, "\\A.TXT"), DOS_DENIED);
	ck_assert_int_eq(r.d.ops->rename(r.d.disk, "\\A.TXT", "\\B.TXT", false), DOS_DENIED);
	ck_assert_int_eq(r.d.ops->mkdir(r.d.disk, "\\D", false), DOS_DENIED);
	ck_assert_int_eq(r.d.ops->set_attr(r.d.disk, "\\A.TXT", ATTR_HIDDEN), DOS_DENIED);
	ck_assert_int_eq(r.d.ops->set_path_time(r.d.disk, "\\A.TXT", 0, 0, 33), DOS_DENIED);
	ck_assert_int_eq(r.d.ops->set_label(r.d.disk, "X"), DOS_DENIED);
	room_close(&r);
}
END_TEST

START_TEST(the_volume_has_a_label_a_number_and_a_size)
{
	struct room r;
	struct drive_space space;
	char label[12];
	uint32_t serial;

	room_open(&r);
	ck_assert_int_eq(r.d.ops->label(r.d.disk, label), DOS_OK);
	ck_assert_str_eq(label, "DOSVM-DRIVE");
	serial = r.d.ops->serial(r.d.disk);
	ck_assert_int_eq(r.d.ops->set_label(r.d.disk, "MY DISK"), DOS_OK);
	ck_assert_int_eq(r.d.ops->set_label(r.d.disk, "far too long for one"), DOS_DENIED);
	drive_unmount(&r.d);
	room_mount(&r);
	ck_assert_int_eq(r.d.ops->label(r.d.disk, label), DOS_OK);
	ck_assert_str_eq(label, "MY DISK");
	ck_assert_uint_eq(r.d.ops->serial(r.d.disk), serial);
	ck_assert_int_eq(r.d.ops->space(r.d.disk, &space), DOS_OK);
	ck_assert(space.total > 0 && space.free <= space.total);
	ck_assert(space.cluster >= 512 && space.cluster <= 32768);
	room_close(&r);
}
END_TEST

START_TEST(a_full_disk_is_a_short_write)
{
	struct rlimit limit = { 1000, 1000 };
	struct room r;
	char buf[600] = "";
	size_t n = sizeof buf;
	drive_file f;

	room_open(&r);
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	f = must_open(&r, "\\A", DRIVE_RDWR | DRIVE_CREATE);
	ck_assert_int_eq(r.d.ops->write(r.d.disk, f, 0, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 600);
	ck_assert_int_eq(r.d.ops->write(r.d.disk, f, 600, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 400);
	n = 10;
	ck_assert_int_eq(r.d.ops->write(r.d.disk, f, 1000, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(r.d.ops->write(r.d.disk, f, 5000, buf, &n), DOS_DISK_FULL);
	release(&r, f);
	room_close(&r);
}
END_TEST

START_TEST(a_closed_handle_does_not_find_the_next_file)
{
	struct room r;
	drive_file a, b;
	char buf[1];
	size_t n = 1;

	room_open(&r);
	a = must_open(&r, "\\A", DRIVE_RDWR | DRIVE_CREATE);
	release(&r, a);
	b = must_open(&r, "\\B", DRIVE_RDWR | DRIVE_CREATE);
	ck_assert_int_eq(r.d.ops->read(r.d.disk, a, 0, buf, &n), DOS_BAD_HANDLE);
	ck_assert_int_eq(r.d.ops->release(r.d.disk, a), DOS_BAD_HANDLE);
	ck_assert_int_eq(r.d.ops->release(r.d.disk, 0), DOS_BAD_HANDLE);
	release(&r, b);
	room_close(&r);
}
END_TEST

START_TEST(create_answers_what_it_did)
{
	struct room r;
	enum drive_did did;
	drive_file f;

	room_open(&r);
	host_file(&r, "a", "text");
	ck_assert_int_eq(r.d.ops->open(r.d.disk, "\\A", DRIVE_RDWR | DRIVE_CREATE | DRIVE_EXCLUSIVE,
				       0, &f, &did), DOS_FILE_EXISTS);
	ck_assert_int_eq(r.d.ops->open(r.d.disk, "\\A", DRIVE_RDWR | DRIVE_CREATE, 0, &f, &did), DOS_OK);
	ck_assert_int_eq(did, DRIVE_OPENED);
	release(&r, f);
	ck_assert_int_eq(r.d.ops->open(r.d.disk, "\\A", DRIVE_RDWR | DRIVE_CREATE | DRIVE_TRUNCATE,
				       ATTR_HIDDEN, &f, &did), DOS_OK);
	ck_assert_int_eq(did, DRIVE_REPLACED);
	release(&r, f);
	ck_assert_str_eq(text_of(&r, "\\A"), "");
	ck_assert_uint_eq(attr_of(&r, "\\A"), ATTR_HIDDEN | ATTR_ARCHIVE);
	ck_assert_int_eq(r.d.ops->open(r.d.disk, "\\RO", DRIVE_RDWR | DRIVE_CREATE, ATTR_READ_ONLY,
				       &f, &did), DOS_OK);
	size_t n = 1;
	ck_assert_int_eq(r.d.ops->write(r.d.disk, f, 0, "x", &n), DOS_OK);
	release(&r, f);
	ck_assert_uint_eq(attr_of(&r, "\\RO"), ATTR_READ_ONLY | ATTR_ARCHIVE);
	ck_assert_int_eq(r.d.ops->open(r.d.disk, "\\DIR", DRIVE_RDWR | DRIVE_CREATE, ATTR_DIR,
				       &f, &did), DOS_DENIED);
	ck_assert(!there(&r, "\\DIR"));
	ck_assert_int_eq(try_open(&r, "\\BAD*", DRIVE_RDWR | DRIVE_CREATE, &f), DOS_NO_PATH);
	ck_assert_int_eq(try_open(&r, "\\TOOLONGNAME", DRIVE_RDWR | DRIVE_CREATE, &f), DOS_NO_PATH);
	room_close(&r);
}
END_TEST

int main(void)
{
	return suite_run("drive_hostdir", (const TTest *[]){
		a_new_file_is_written_and_read_back,
		upper_case_host_names_are_made_if_asked_for,
		lookup_does_not_mind_the_case_on_either_side,
		missing_files_and_missing_paths_are_told_apart,
		of_two_names_in_different_case_the_second_gets_an_alias,
		long_names_have_aliases_and_both_find_the_file,
		an_alias_once_shown_stays_good_while_its_file_exists,
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
