/* drive_fat.c - a FAT volume as a drive: its files and directories.  */

#include "fat_rig.h"

#include "fat_check.h"

/* --- files ---------------------------------------------------------------------------- */

START_TEST(files_are_written_and_read)
{
	static uint8_t a[100000], b[100001];
	struct drive_info i;
	drive_file f = must_open(&here, "\\BIG.BIN", DRIVE_RDWR | DRIVE_CREATE);
	size_t n = sizeof b;

	for (unsigned k = 0; k < sizeof a; k++)
		a[k] = k * 7 + (k >> 8);
	ck_assert_uint_eq(wr(f, 0, a, 1), 1);
	ck_assert_uint_eq(wr(f, 1, a + 1, sizeof a - 1), sizeof a - 1);
	ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 0, b, &n), DOS_OK);
	ck_assert_uint_eq(n, sizeof a);
	ck_assert(memcmp(a, b, n) == 0);
	release(&here, f);
	ck_assert_int_eq(info(&here, "\\big.bin", &i), DOS_OK);
	ck_assert_uint_eq(i.size, sizeof a);
	ck_assert_uint_eq(i.attr, ATTR_ARCHIVE);
	ck_assert_uint_eq(i.date, 20 << 9 | 1 << 5 | 1);
	ck_assert_uint_eq(i.time, 12 << 11 | 34 << 5 | 28);
	ck_assert_uint_eq(i.cdate, i.date);
	ck_assert_str_eq(i.name, "BIG.BIN");
}
END_TEST

START_TEST(a_long_read_is_one_read_of_the_medium)
{
	static uint8_t a[64 * 512];
	drive_file f = must_open(&here, "\\A.BIN", DRIVE_RDWR | DRIVE_CREATE);
	unsigned long reads, writes;
	size_t n = sizeof a;

	wr(f, 0, a, sizeof a);
	reads = disk.reads;
	ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 0, a, &n), DOS_OK);
	ck_assert_uint_eq(disk.reads - reads, 1);
	writes = disk.writes;
	wr(f, 0, a, sizeof a);
	ck_assert_uint_eq(disk.writes - writes, 1);
	release(&here, f);
}
END_TEST

START_TEST(a_write_beyond_the_end_leaves_zeros_between)
{
	uint8_t b[3000];
	size_t n = sizeof b;
	drive_file f;

	memset(disk.data + 33 * 512, 0xaa, (disk.sectors - 33) * 512);
	f = must_open(&here, "\\A.BIN", DRIVE_RDWR | DRIVE_CREATE);
	wr(f, 0, "a", 1);
	wr(f, 2999, "z", 1);
	ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 0, b, &n), DOS_OK);
	ck_assert_uint_eq(n, 3000);
	ck_assert(b[0] == 'a' && b[2999] == 'z');
	for (unsigned i = 1; i < 2999; i++)
		ck_assert_uint_eq(b[i], 0);
	release(&here, f);
}
END_TEST

START_TEST(a_write_of_nothing_sets_the_size)
{
	uint64_t all = free_bytes();
	drive_file f = must_open(&here, "\\A.BIN", DRIVE_RDWR | DRIVE_CREATE);
	struct drive_info i;

	wr(f, 10000, "", 0);
	ck_assert_int_eq(here.d.ops->file_info(here.d.disk, f, &i), DOS_OK);
	ck_assert_uint_eq(i.size, 10000);
	ck_assert_uint_eq(free_bytes(), all - 20 * 512);
	wr(f, 513, "", 0);
	ck_assert_uint_eq(free_bytes(), all - 2 * 512);
	wr(f, 0, "", 0);
	ck_assert_uint_eq(free_bytes(), all);
	release(&here, f);
	ck_assert_str_eq(fat_check(disk.data, disk.sectors, true), "");
}
END_TEST

START_TEST(a_full_disk_writes_less)
{
	static uint8_t a[1 << 20];
	uint64_t all = free_bytes();
	drive_file f = must_open(&here, "\\A.BIN", DRIVE_RDWR | DRIVE_CREATE);
	size_t n = sizeof a;
	struct drive_info i;

	wr(f, 0, a, n);
	ck_assert_uint_eq(wr(f, n, a, n), all - n);
	ck_assert_uint_eq(free_bytes(), 0);
	ck_assert_uint_eq(wr(f, all, a, 1), 0);
	n = 0;
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, all + 1, a, &n), DOS_DISK_FULL);
	ck_assert_int_eq(here.d.ops->file_info(here.d.disk, f, &i), DOS_OK);
	ck_assert_uint_eq(i.size, all);
	ck_assert_int_eq(make_dir("\\D"), DOS_DENIED);
	release(&here, f);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\A.BIN"), DOS_OK);
	ck_assert_uint_eq(free_bytes(), all);
}
END_TEST

START_TEST(nothing_is_kept_back)
{
	drive_file f = must_open(&here, "\\A.TXT", DRIVE_RDWR | DRIVE_CREATE);
	const uint8_t *root = disk.data + 19 * 512;

	wr(f, 0, "text", 4);
	ck_assert(memcmp(root + 32, "A       TXT", 11) == 0);
	ck_assert_uint_eq(check32(root + 32 + 28), 4);
	ck_assert(memcmp(disk.data + 33 * 512, "text", 4) == 0);
	ck_assert_uint_eq(check16(disk.data + 512 + 3) & 0xfff, 0xfff);
	ck_assert(memcmp(disk.data + 512, disk.data + 10 * 512, 9 * 512) == 0);
	release(&here, f);
}
END_TEST

START_TEST(open_does_as_it_is_told)
{
	enum drive_did did;
	drive_file f;

	ck_assert_int_eq(try_open(&here, "\\A.TXT", DRIVE_RDWR, &f), DOS_NO_FILE);
	ck_assert_int_eq(try_open(&here, "\\NO\\A.TXT", DRIVE_RDWR | DRIVE_CREATE, &f), DOS_NO_PATH);
	put_file("\\A.TXT", "text");
	ck_assert_int_eq(try_open(&here, "\\A.TXT", DRIVE_RDWR | DRIVE_CREATE | DRIVE_EXCLUSIVE, &f),
			 DOS_FILE_EXISTS);
	ck_assert_int_eq(try_open(&here, "\\A.TXT\\B", DRIVE_READ, &f), DOS_NO_PATH);
	ck_assert_int_eq(here.d.ops->open(here.d.disk, "\\A.TXT", DRIVE_RDWR | DRIVE_TRUNCATE,
					  ATTR_HIDDEN, &f, &did), DOS_OK);
	ck_assert_int_eq(did, DRIVE_REPLACED);
	release(&here, f);
	ck_assert_str_eq(text_of(&here, "\\A.TXT"), "");
	ck_assert_int_eq(here.d.ops->set_attr(here.d.disk, "\\A.TXT", ATTR_READ_ONLY), DOS_OK);
	ck_assert_int_eq(try_open(&here, "\\A.TXT", DRIVE_RDWR, &f), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\A.TXT"), DOS_DENIED);
	ck_assert_int_eq(try_open(&here, "\\", DRIVE_READ, &f), DOS_DENIED);
	ck_assert_int_eq(try_open(&here, "\\A.TXT", 3, &f), DOS_BAD_ACCESS);
}
END_TEST

START_TEST(handles_of_one_file_see_one_file)
{
	drive_file a = must_open(&here, "\\A.TXT", DRIVE_RDWR | DRIVE_CREATE);
	drive_file b = must_open(&here, "\\A.TXT", DRIVE_RDWR);
	char buf[10];
	size_t n = sizeof buf;

	wr(a, 0, "0123456789", 10);
	ck_assert_int_eq(here.d.ops->read(here.d.disk, b, 5, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 5);
	ck_assert(memcmp(buf, "56789", 5) == 0);
	wr(b, 2, "", 0);
	n = sizeof buf;
	ck_assert_int_eq(here.d.ops->read(here.d.disk, a, 0, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 2);
	release(&here, a);
	ck_assert_int_eq(here.d.ops->read(here.d.disk, a, 0, buf, &n), DOS_BAD_HANDLE);
	release(&here, b);
}
END_TEST

START_TEST(an_open_file_outlives_its_name)
{
	uint64_t all = free_bytes();
	drive_file f;
	char buf[10];
	size_t n = sizeof buf;

	put_file("\\A.TXT", "text");
	f = must_open(&here, "\\A.TXT", DRIVE_RDWR);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\A.TXT"), DOS_OK);
	ck_assert(!there(&here, "\\A.TXT"));
	put_file("\\A.TXT", "other");
	ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 0, buf, &n), DOS_OK);
	ck_assert(n == 4 && memcmp(buf, "text", 4) == 0);
	wr(f, 4, " more", 5);
	release(&here, f);
	ck_assert_str_eq(text_of(&here, "\\A.TXT"), "other");
	ck_assert_uint_eq(free_bytes(), all - 512);
	ck_assert_str_eq(fat_check(disk.data, disk.sectors, true), "");
}
END_TEST

START_TEST(sharing_and_locks_are_respected)
{
	drive_file a, b;
	char buf[8];
	size_t n = 8;

	put_file("\\A.TXT", "0123456789");
	a = must_open(&here, "\\A.TXT", DRIVE_RDWR | 0x20);		/* deny write */
	ck_assert_int_eq(try_open(&here, "\\A.TXT", DRIVE_RDWR | 0x40, &b), DOS_SHARING);
	ck_assert_int_eq(try_open(&here, "\\A.TXT", DRIVE_READ, &b), DOS_SHARING);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\A.TXT"), DOS_SHARING);
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\A.TXT", "\\B.TXT", false), DOS_SHARING);
	release(&here, a);
	a = must_open(&here, "\\A.TXT", DRIVE_RDWR | 0x40);
	b = must_open(&here, "\\A.TXT", DRIVE_RDWR | 0x40);
	ck_assert_int_eq(here.d.ops->lock(here.d.disk, a, 1, true, 4, 2), DOS_OK);
	ck_assert_int_eq(here.d.ops->lock(here.d.disk, b, 1, true, 5, 2), DOS_LOCK);
	ck_assert_int_eq(here.d.ops->read(here.d.disk, b, 0, buf, &n), DOS_LOCK);
	n = 4;
	ck_assert_int_eq(here.d.ops->read(here.d.disk, b, 0, buf, &n), DOS_OK);
	n = 2;
	ck_assert_int_eq(here.d.ops->write(here.d.disk, b, 5, buf, &n), DOS_LOCK);
	ck_assert_int_eq(here.d.ops->write(here.d.disk, a, 5, buf, &(size_t){ 1 }), DOS_OK);
	ck_assert_int_eq(here.d.ops->lock(here.d.disk, a, 1, false, 4, 1), DOS_LOCK);
	ck_assert_int_eq(here.d.ops->lock(here.d.disk, a, 1, false, 4, 2), DOS_OK);
	ck_assert_int_eq(here.d.ops->lock(here.d.disk, b, 1, true, 5, 2), DOS_OK);
	release(&here, b);
	ck_assert_int_eq(here.d.ops->lock(here.d.disk, a, 1, true, 0, 9), DOS_OK);
	release(&here, a);
}
END_TEST

START_TEST(dates_and_attributes_are_kept)
{
	struct drive_info i;
	drive_file f;

	put_file("\\A.TXT", "text");
	f = must_open(&here, "\\A.TXT", DRIVE_RDWR);
	wr(f, 0, "x", 1);
	ck_assert_int_eq(here.d.ops->set_time(here.d.disk, f, 0x1111, 0x2222), DOS_OK);
	release(&here, f);
	ck_assert_int_eq(info(&here, "\\A.TXT", &i), DOS_OK);
	ck_assert(i.time == 0x1111 && i.date == 0x2222);
	ck_assert_int_eq(here.d.ops->set_path_time(here.d.disk, "\\A.TXT", 0, 0x3333, 0x4444), DOS_OK);
	ck_assert_int_eq(here.d.ops->set_path_time(here.d.disk, "\\A.TXT", 1, 0, 0x5555), DOS_OK);
	ck_assert_int_eq(here.d.ops->set_path_time(here.d.disk, "\\A.TXT", 2, 0x6666, 0x7777), DOS_OK);
	ck_assert_int_eq(info(&here, "\\A.TXT", &i), DOS_OK);
	ck_assert(i.time == 0x3333 && i.date == 0x4444 && i.adate == 0x5555 && i.ctime == 0x6666 &&
		  i.cdate == 0x7777);
	ck_assert_int_eq(here.d.ops->set_attr(here.d.disk, "\\A.TXT", ATTR_HIDDEN | ATTR_SYSTEM), DOS_OK);
	ck_assert_int_eq(info(&here, "\\A.TXT", &i), DOS_OK);
	ck_assert_uint_eq(i.attr, ATTR_HIDDEN | ATTR_SYSTEM);
	ck_assert_int_eq(here.d.ops->set_attr(here.d.disk, "\\A.TXT", ATTR_DIR), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->set_attr(here.d.disk, "\\A.TXT", ATTR_LABEL), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->set_attr(here.d.disk, "\\", ATTR_HIDDEN), DOS_DENIED);
}
END_TEST

/* --- directories -------------------------------------------------------------------------- */

START_TEST(entries_are_listed_in_the_order_of_the_directory)
{
	ck_assert_int_eq(make_dir("\\SUB"), DOS_OK);
	put_file("\\SUB\\Z.TXT", "");
	put_file("\\SUB\\A.TXT", "");
	put_file("\\SUB\\M.TXT", "");
	ck_assert_str_eq(names_in(&here, "\\"), "SUB");
	ck_assert_str_eq(names_in(&here, "\\SUB"), ". .. Z.TXT A.TXT M.TXT");
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\SUB\\A.TXT"), DOS_OK);
	put_file("\\SUB\\B.TXT", "");
	ck_assert_str_eq(names_in(&here, "\\SUB"), ". .. Z.TXT B.TXT M.TXT");
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\SUB\\B.TXT", "\\SUB\\C.TXT", false), DOS_OK);
	ck_assert_str_eq(names_in(&here, "\\SUB"), ". .. Z.TXT C.TXT M.TXT");
}
END_TEST

START_TEST(a_listing_goes_on_while_its_entries_are_deleted)
{
	uint16_t listing;
	struct drive_info i;
	unsigned found = 0;
	enum dos_error e;
	char name[40];

	for (unsigned n = 0; n < 50; n++) {
		snprintf(name, sizeof name, "\\A long name %u.txt", n);
		put_file(name, "");
	}
	ck_assert_int_eq(here.d.ops->list(here.d.disk, "\\", &listing), DOS_OK);
	for (unsigned n = 0; (e = here.d.ops->entry(here.d.disk, listing, n, &i)) != DOS_NO_MORE; n++) {
		if (e)
			continue;
		snprintf(name, sizeof name, "\\%s", i.name);
		ck_assert_int_eq(here.d.ops->remove(here.d.disk, name), DOS_OK);
		ck_assert_int_eq(here.d.ops->entry(here.d.disk, listing, n, &i), DOS_NO_FILE);
		found++;
	}
	ck_assert_uint_eq(found, 50);
	ck_assert_str_eq(names_in(&here, "\\"), "");
}
END_TEST

START_TEST(a_listing_of_a_directory_that_is_gone_is_over)
{
	uint16_t listing;
	struct drive_info i;

	ck_assert_int_eq(make_dir("\\SUB"), DOS_OK);
	ck_assert_int_eq(here.d.ops->list(here.d.disk, "\\SUB", &listing), DOS_OK);
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, listing, 0, &i), DOS_OK);
	ck_assert_str_eq(i.name, ".");
	ck_assert_int_eq(here.d.ops->rmdir(here.d.disk, "\\SUB"), DOS_OK);
	put_file("\\A.TXT", ".          \x10               this is no directory");
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, listing, 0, &i), DOS_NO_MORE);
	ck_assert_int_eq(here.d.ops->list(here.d.disk, "\\SUB", &listing), DOS_NO_PATH);
	ck_assert_int_eq(here.d.ops->list(here.d.disk, "\\A.TXT", &listing), DOS_NO_PATH);
}
END_TEST

START_TEST(directories_grow_and_the_root_of_a_floppy_does_not)
{
	char name[40];
	drive_file f;

	ck_assert_int_eq(make_dir("\\SUB"), DOS_OK);
	for (unsigned n = 0; n < 300; n++) {
		snprintf(name, sizeof name, "\\SUB\\F%u.TXT", n);
		put_file(name, "");
		if (n < 222) {
			snprintf(name, sizeof name, "\\F%u.TXT", n);
			put_file(name, "");
		}
	}
	ck_assert(there(&here, "\\SUB\\F299.TXT"));
	ck_assert_int_eq(try_open(&here, "\\MORE.TXT", DRIVE_RDWR | DRIVE_CREATE, &f), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\F100.TXT"), DOS_OK);
	put_file("\\MORE.TXT", "");
	ck_assert_str_eq(fat_check(disk.data, disk.sectors, true), "");
}
END_TEST

START_TEST(only_empty_directories_are_removed)
{
	uint64_t all = free_bytes();

	ck_assert_int_eq(make_dir("\\SUB"), DOS_OK);
	ck_assert_int_eq(make_dir("\\SUB"), DOS_DENIED);
	put_file("\\SUB\\A.TXT", "text");
	ck_assert_int_eq(here.d.ops->rmdir(here.d.disk, "\\SUB"), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\SUB"), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->rmdir(here.d.disk, "\\SUB\\A.TXT"), DOS_NO_PATH);
	ck_assert_int_eq(here.d.ops->rmdir(here.d.disk, "\\NO"), DOS_NO_PATH);
	ck_assert_int_eq(here.d.ops->rmdir(here.d.disk, "\\"), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\SUB\\A.TXT"), DOS_OK);
	ck_assert_int_eq(here.d.ops->rmdir(here.d.disk, "\\SUB"), DOS_OK);
	ck_assert_uint_eq(free_bytes(), all);
}
END_TEST

START_TEST(directories_move_with_their_dots)
{
	drive_file f;

	ck_assert_int_eq(make_dir("\\A"), DOS_OK);
	ck_assert_int_eq(make_dir("\\B"), DOS_OK);
	ck_assert_int_eq(make_dir("\\A\\SUB"), DOS_OK);
	put_file("\\A\\SUB\\F.TXT", "text");
	f = must_open(&here, "\\A\\SUB\\F.TXT", DRIVE_RDWR);
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\A\\SUB", "\\B\\Moved here", true), DOS_OK);
	ck_assert_str_eq(text_of(&here, "\\B\\moved HERE\\F.TXT"), "text");
	ck_assert_str_eq(fat_check(disk.data, disk.sectors, true), "");
	wr(f, 4, "s", 1);
	release(&here, f);
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\B\\MOVEDH~1", "\\TOP", false), DOS_OK);
	ck_assert_str_eq(text_of(&here, "\\TOP\\F.TXT"), "texts");
	ck_assert_str_eq(fat_check(disk.data, disk.sectors, true), "");
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\A", "\\A\\IN", false), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\A", "\\B", false), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\", "\\B", false), DOS_DENIED);
}
END_TEST

START_TEST(the_label_is_in_the_root_and_in_the_boot_sector)
{
	char label[12];

	ck_assert_int_eq(here.d.ops->label(here.d.disk, label), DOS_OK);
	ck_assert_str_eq(label, "FLOPPY");
	ck_assert_int_eq(here.d.ops->set_label(here.d.disk, "NEW ONE"), DOS_OK);
	ck_assert_int_eq(here.d.ops->label(here.d.disk, label), DOS_OK);
	ck_assert_str_eq(label, "NEW ONE");
	ck_assert(memcmp(disk.data + 43, "NEW ONE    ", 11) == 0);
	ck_assert_int_eq(here.d.ops->set_label(here.d.disk, ""), DOS_OK);
	ck_assert_int_eq(here.d.ops->label(here.d.disk, label), DOS_OK);
	ck_assert_str_eq(label, "");
	ck_assert_int_eq(here.d.ops->set_label(here.d.disk, "AGAIN"), DOS_OK);
	ck_assert_str_eq(names_in(&here, "\\"), "");
	ck_assert(!there(&here, "\\AGAIN"));
	ck_assert_uint_eq(here.d.ops->serial(here.d.disk), 0x12345678);
	ck_assert_int_eq(here.d.ops->set_label(here.d.disk, "NOT:THIS"), DOS_DENIED);
}
END_TEST

int main(void)
{
	return suite_run_each("drive_fat", rig_open_floppy, rig_close, (const TTest *[]){
		files_are_written_and_read,
		a_long_read_is_one_read_of_the_medium,
		a_write_beyond_the_end_leaves_zeros_between,
		a_write_of_nothing_sets_the_size,
		a_full_disk_writes_less,
		nothing_is_kept_back,
		open_does_as_it_is_told,
		handles_of_one_file_see_one_file,
		an_open_file_outlives_its_name,
		sharing_and_locks_are_respected,
		dates_and_attributes_are_kept,
		entries_are_listed_in_the_order_of_the_directory,
		a_listing_goes_on_while_its_entries_are_deleted,
		a_listing_of_a_directory_that_is_gone_is_over,
		directories_grow_and_the_root_of_a_floppy_does_not,
		only_empty_directories_are_removed,
		directories_move_with_their_dots,
		the_label_is_in_the_root_and_in_the_boot_sector,
		NULL });
}
