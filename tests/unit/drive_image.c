/* drive_image.c - files that are disks.  */

#include "image_room.h"

#include <signal.h>
#include <sys/resource.h>

START_TEST(the_size_of_a_file_says_what_diskette_it_is)
{
	for (const struct floppy_format *f = floppy_formats; f->sectors; f++) {
		file_size(0);
		file_size(f->sectors * 512);
		image_opens(true);
		ck_assert_uint_eq(image.sectors, f->sectors);
		ck_assert_uint_eq(image.chs.cylinders, f->chs.cylinders);
		ck_assert_uint_eq(image.chs.heads, f->chs.heads);
		ck_assert_uint_eq(image.chs.sectors, f->chs.sectors);
		ck_assert_uint_eq(image.drive, f->drive);
	}
}
END_TEST

START_TEST(a_boot_sector_says_it_better)
{
	file_size(2880 * 512);
	put_boot(0, 1440, 9, 2);
	image_opens(true);
	ck_assert_uint_eq(image.sectors, 1440);
	ck_assert_uint_eq(image.chs.sectors, 9);
	ck_assert_uint_eq(image.drive, 4);	/* the file has room for 1.44 MB */
	put_boot(0, 82 * 2 * 21, 21, 2);	/* a format that nobody has heard of */
	image_opens(true);
	ck_assert_uint_eq(image.chs.cylinders, 82);
}
END_TEST

START_TEST(what_is_no_diskette_is_refused)
{
	static const uint64_t sizes[] = { 0, 512, 1000, 2880 * 512 + 1, 10 << 20 };

	for (unsigned i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		file_size(sizes[i]);
		ck_assert(!open_as(true));
		ck_assert(*why.text);
	}
	file_size(2880 * 512);
	put_boot(0, 2880, 0, 0);	/* by its size, then */
	image_opens(true);
	ck_assert_uint_eq(image.chs.sectors, 18);
}
END_TEST

START_TEST(a_short_file_ends_with_zeros_that_can_be_written)
{
	uint8_t buf[512] = { 1 };
	struct stat st;
	size_t done;

	put_boot(0, 2880, 18, 2);
	image_opens(true);
	ck_assert_uint_eq(image.sectors, 2880);
	ck_assert_int_eq(image_read(&image, 2000, buf, 1, &done), IMAGE_OK);
	ck_assert_uint_eq(buf[0], 0);
	buf[0] = 7;
	ck_assert_int_eq(image_write(&image, 2000, buf, 1, &done), IMAGE_OK);
	ck_assert_int_eq(stat(image_path, &st), 0);
	ck_assert_int_eq(st.st_size, 2001 * 512);
	buf[0] = 0;
	ck_assert_int_eq(image_read(&image, 2000, buf, 1, &done), IMAGE_OK);
	ck_assert_uint_eq(buf[0], 7);
}
END_TEST

START_TEST(what_was_there_and_is_gone_is_an_error)
{
	uint8_t buf[1024];
	size_t done;

	file_size(2880 * 512);
	image_opens(true);
	file_size(101 * 512);
	ck_assert_int_eq(image_read(&image, 100, buf, 2, &done), IMAGE_READ_FAULT);
	ck_assert_uint_eq(done, 1);
}
END_TEST

START_TEST(hard_disks_have_the_usual_geometry)
{
	static const struct { uint64_t size; struct chs c; } rows[] = {
		{ UINT64_C(100) << 20, { 203, 16, 63 } },
		{ UINT64_C(504) << 20, { 1024, 16, 63 } },
		{ UINT64_C(1) << 30, { 520, 64, 63 } },
		{ UINT64_C(8) << 30, { 1044, 255, 63 } },
		{ UINT64_C(2) << 40, { 267349, 255, 63 } },
		{ 16 << 10, { 1, 1, 32 } },
	};

	for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
		file_size(0);
		file_size(rows[i].size);
		image_opens(false);
		ck_assert_uint_eq(image.sectors, rows[i].size / 512);
		ck_assert_uint_eq(image.chs.cylinders, rows[i].c.cylinders);
		ck_assert_uint_eq(image.chs.heads, rows[i].c.heads);
		ck_assert_uint_eq(image.chs.sectors, rows[i].c.sectors);
	}
	file_size((UINT64_C(2) << 40) + 512);
	ck_assert(!open_as(false));
}
END_TEST

START_TEST(nothing_past_the_end_is_moved)
{
	uint8_t buf[4 * 512] = { 0 };
	size_t done;
	struct stat st;

	file_size(100 * 512);
	image_opens(false);
	ck_assert_int_eq(image_read(&image, 98, buf, 4, &done), IMAGE_NO_SECTOR);
	ck_assert_uint_eq(done, 2);
	ck_assert_int_eq(image_write(&image, 98, buf, 4, &done), IMAGE_NO_SECTOR);
	ck_assert_uint_eq(done, 2);
	ck_assert_int_eq(image_write(&image, UINT64_MAX, buf, 1, &done), IMAGE_NO_SECTOR);
	ck_assert_int_eq(image_read(&image, UINT64_MAX / 512 + 2, buf, 1, &done), IMAGE_NO_SECTOR);
	ck_assert_int_eq(stat(image_path, &st), 0);
	ck_assert_int_eq(st.st_size, 100 * 512);
}
END_TEST

START_TEST(who_may_not_write_has_a_protected_disk)
{
	uint8_t buf[512] = { 0 };
	size_t done;

	file_size(720 * 512);
	ck_assert_int_eq(chmod(image_path, 0444), 0);
	image_opens(true);
	ck_assert(image.read_only);
	ck_assert_int_eq(image_write(&image, 0, buf, 1, &done), IMAGE_PROTECTED);
	ck_assert_int_eq(chmod(image_path, 0644), 0);
	image_opens(true);
	ck_assert(!image.read_only);
}
END_TEST

START_TEST(nobody_has_it_twice)
{
	struct image other, third;

	file_size(720 * 512);
	image_opens(true);
	ck_assert(!image_open(&other, image_path, true, false, &why));
	ck_assert_ptr_nonnull(strstr(why.text, "in use"));
	ck_assert(!image_open(&other, image_path, true, true, &why));
	image_close(&image);
	ck_assert(image_open(&other, image_path, true, true, &why));	/* to read it, many can */
	ck_assert(image_open(&third, image_path, true, true, &why));
	ck_assert(!open_as(true));
	image_close(&other);
	image_close(&third);
	image_opens(true);
}
END_TEST

/* The host's disk is full: so much is on it, and that is told.  */
START_TEST(a_full_host_loses_nothing_that_it_has_taken)
{
	struct rlimit old, small = { 150 * 512, 150 * 512 };
	uint8_t buf[4 * 512];
	size_t done;

	memset(buf, 5, sizeof buf);
	put_boot(0, 720, 9, 2);
	image_opens(true);
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old), 0);
	small.rlim_max = old.rlim_max;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	ck_assert_int_eq(image_write(&image, 148, buf, 4, &done), IMAGE_WRITE_FAULT);
	ck_assert_uint_eq(done, 2);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &old), 0);
	memset(buf, 0, sizeof buf);
	ck_assert_int_eq(image_read(&image, 148, buf, 4, &done), IMAGE_OK);
	ck_assert_uint_eq(buf[512 + 511], 5);
	ck_assert_uint_eq(buf[1024], 0);
}
END_TEST

START_TEST(a_directory_is_no_disk)
{
	struct image im;

	ck_assert(!image_open(&im, "/tmp", false, true, &why));
	ck_assert(!image_open(&im, "/dev/null", false, true, &why));
	ck_assert(!image_open(&im, "/nowhere", false, false, &why));
}
END_TEST

START_TEST(formatting_changes_the_format_if_the_drive_can)
{
	enum image_result r;

	file_size(2880 * 512);
	image_opens(true);
	ck_assert(image_can_have(&image, floppy_format(80, 2, 9)));
	ck_assert(!image_can_have(&image, floppy_format(80, 2, 36)));
	ck_assert(!image_can_have(&image, floppy_format(40, 2, 9)));
	image.wanted = (struct chs){ 80, 2, 9 };
	ck_assert(image_format_track(&image, 0, 1, 0xf6, &r));
	ck_assert_uint_eq(image.chs.sectors, 18);	/* not before its first track */
	ck_assert(image_format_track(&image, 0, 0, 0xf6, &r));
	ck_assert_uint_eq(image.chs.sectors, 9);
	ck_assert_uint_eq(image.sectors, 1440);
	ck_assert(!image_format_track(&image, 80, 0, 0xf6, &r));
	ck_assert(!image_format_track(&image, 0, 2, 0xf6, &r));
}
END_TEST

int main(void)
{
	return suite_run_each("image", new_file, no_file, (const TTest *[]){
		the_size_of_a_file_says_what_diskette_it_is, a_boot_sector_says_it_better,
		what_is_no_diskette_is_refused, a_short_file_ends_with_zeros_that_can_be_written,
		what_was_there_and_is_gone_is_an_error, hard_disks_have_the_usual_geometry,
		nothing_past_the_end_is_moved, who_may_not_write_has_a_protected_disk,
		nobody_has_it_twice, a_full_host_loses_nothing_that_it_has_taken,
		a_directory_is_no_disk, formatting_changes_the_format_if_the_drive_can,
		NULL });
}
