/* drive_fat_damage.c - a FAT volume that refuses, is damaged, or is changed from
 * below; and its snapshots.  */

#include "fat_rig.h"

#include "fat_check.h"
#include "state/state.h"

START_TEST(a_protected_medium_is_not_written)
{
	struct fat_medium m = disk_medium();
	unsigned long writes;
	drive_file f;

	put_file("\\A.TXT", "text");
	rig_unmount();
	writes = disk.writes;
	m.read_only = true;
	ck_assert(fat_open(&here.d, &m, &here.config, NULL));
	ck_assert(here.d.read_only);
	f = must_open(&here, "\\A.TXT", DRIVE_RDWR);
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 0, "x", &(size_t){ 1 }), DOS_WRITE_PROTECTED);
	release(&here, f);
	ck_assert_int_eq(try_open(&here, "\\B.TXT", DRIVE_RDWR | DRIVE_CREATE, &f), DOS_WRITE_PROTECTED);
	ck_assert_int_eq(try_open(&here, "\\A.TXT", DRIVE_RDWR | DRIVE_TRUNCATE, &f), DOS_WRITE_PROTECTED);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\A.TXT"), DOS_WRITE_PROTECTED);
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\A.TXT", "\\B.TXT", false), DOS_WRITE_PROTECTED);
	ck_assert_int_eq(make_dir("\\D"), DOS_WRITE_PROTECTED);
	ck_assert_int_eq(here.d.ops->set_label(here.d.disk, "X"), DOS_WRITE_PROTECTED);
	ck_assert_str_eq(text_of(&here, "\\A.TXT"), "text");
	rig_unmount();
	ck_assert_uint_eq(disk.writes, writes);
	rig_mount();
}
END_TEST

START_TEST(a_medium_that_fails_is_a_fault)
{
	drive_file f;

	put_file("\\A.TXT", "text");
	disk.last = disk.writes;
	f = must_open(&here, "\\A.TXT", DRIVE_RDWR);
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 0, "x", &(size_t){ 1 }), DOS_WRITE_FAULT);
	ck_assert_int_eq(make_dir("\\D"), DOS_WRITE_FAULT);
	disk.last = 0;
	ck_assert_int_eq(make_dir("\\D"), DOS_OK);
	release(&here, f);
	ck_assert_str_eq(text_of(&here, "\\A.TXT"), "text");
}
END_TEST

START_TEST(the_second_table_stands_in_for_the_first)
{
	put_file("\\A.TXT", "text");
	disk.bad_first = true;
	fat_changed(&here.d);
	ck_assert_str_eq(text_of(&here, "\\A.TXT"), "text");
}
END_TEST

START_TEST(chains_that_lead_nowhere_are_failures)
{
	static const uint16_t bad[] = { 0, 1, 0xff7, 0xff0 };	/* free, impossible, bad, beyond */
	static char a[2000];
	uint8_t *table = disk.data + 512;
	char buf[2000];
	size_t n;
	drive_file f;

	for (unsigned i = 0; i < 4; i++) {
		put_file("\\A.BIN", "");
		f = must_open(&here, "\\A.BIN", DRIVE_RDWR);
		wr(f, 0, a, sizeof a);
		unsigned second = check16(disk.data + 20 * 512 - 512 + 32 + 26) + 1;
		uint8_t *p = table + second + second / 2;
		unsigned v = check16(p);

		v = second & 1 ? (v & 0xf) | bad[i] << 4 : (v & 0xf000) | bad[i];
		p[0] = v, p[1] = v >> 8;
		fat_changed(&here.d);
		n = sizeof buf;
		ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 0, buf, &n), DOS_OK);
		ck_assert_uint_eq(n, 1024);
		n = sizeof buf;
		ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 1024, buf, &n), DOS_GENERAL_FAILURE);
		n = 1;
		ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 2000, buf, &n), DOS_GENERAL_FAILURE);
		ck_assert_uint_eq(n, 0);
		release(&here, f);
		ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\A.BIN"), DOS_OK);
	}
}
END_TEST

START_TEST(chains_that_run_in_circles_end)
{
	static char a[1024];
	uint8_t *entry = disk.data + 19 * 512 + 32;
	drive_file f = must_open(&here, "\\A.BIN", DRIVE_RDWR | DRIVE_CREATE);
	size_t n = 1;

	wr(f, 0, a, sizeof a);		/* clusters 2 and 3 */
	disk.data[512 + 4] = (disk.data[512 + 4] & 0xf) | 0x20;
	disk.data[512 + 5] = 0;		/* 3 leads to 2 */
	memset(entry + 28, 0xff, 4);
	fat_changed(&here.d);
	ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 0x40000000, a, &n), DOS_GENERAL_FAILURE);
	n = 1;
	ck_assert_int_eq(here.d.ops->write(here.d.disk, f, 0x40000000, a, &n), DOS_GENERAL_FAILURE);
	release(&here, f);
	ck_assert_int_eq(make_dir("\\D"), DOS_OK);	/* cluster 4 */
	disk.data[512 + 6] = 4;
	disk.data[512 + 7] &= 0xf0;
	fat_changed(&here.d);
	ck_assert(!there(&here, "\\D\\X"));
	ck_assert_int_eq(here.d.ops->rmdir(here.d.disk, "\\D"), DOS_OK);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\A.BIN"), DOS_OK);
}
END_TEST

/* --- changes from below, and snapshots -------------------------------------------------------- */

START_TEST(what_is_written_below_is_seen)
{
	uint8_t *entry = disk.data + 19 * 512 + 32;
	char buf[8];
	size_t n = 1;
	drive_file f;

	put_file("\\A.TXT", "text");
	f = must_open(&here, "\\A.TXT", DRIVE_RDWR);
	entry[0] = 'B';
	ck_assert(there(&here, "\\A.TXT"));
	fat_written(&here.d, 19, 1);
	ck_assert(!there(&here, "\\A.TXT"));
	ck_assert_str_eq(text_of(&here, "\\B.TXT"), "text");
	ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 0, buf, &n), DOS_BAD_HANDLE);
	ck_assert_int_eq(here.d.ops->release(here.d.disk, f), DOS_BAD_HANDLE);
	f = must_open(&here, "\\B.TXT", DRIVE_RDWR);
	entry[28] = 2;
	fat_written(&here.d, 19, 1);
	n = sizeof buf;
	ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 0, buf, &n), DOS_OK);
	ck_assert_uint_eq(n, 2);
	release(&here, f);
}
END_TEST

START_TEST(open_files_locks_and_listings_come_back_from_a_snapshot)
{
	struct state st, back;
	drive_file f, gone;
	uint16_t listing;
	struct drive_info i;
	char buf[8];
	size_t n = sizeof buf;

	ck_assert_int_eq(make_dir("\\SUB"), DOS_OK);
	put_file("\\SUB\\A.TXT", "text");
	put_file("\\SUB\\GONE.TXT", "text");
	f = must_open(&here, "\\SUB\\A.TXT", DRIVE_RDWR | 0x40);
	gone = must_open(&here, "\\SUB\\GONE.TXT", DRIVE_RDWR);
	ck_assert_int_eq(here.d.ops->lock(here.d.disk, f, 1, true, 0, 2), DOS_OK);
	ck_assert_int_eq(here.d.ops->list(here.d.disk, "\\SUB", &listing), DOS_OK);
	state_init_save(&st);
	here.d.ops->state(here.d.disk, &st);
	ck_assert(state_ok(&st));
	rig_unmount();
	rig_mount();
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\SUB\\GONE.TXT"), DOS_OK);
	state_init(&back, STATE_LOAD, st.buf, st.pos);
	here.d.ops->state(here.d.disk, &back);
	ck_assert(state_ok(&back));
	ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 0, buf, &n), DOS_OK);
	ck_assert(n == 4 && memcmp(buf, "text", 4) == 0);
	ck_assert_int_eq(here.d.ops->read(here.d.disk, gone, 0, buf, &n), DOS_BAD_HANDLE);
	ck_assert_int_eq(here.d.ops->lock(here.d.disk, f, 1, false, 0, 2), DOS_OK);
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, listing, 2, &i), DOS_OK);
	ck_assert_str_eq(i.name, "A.TXT");
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, listing, 3, &i), DOS_NO_FILE);
	release(&here, f);
	state_free(&st);
}
END_TEST

int main(void)
{
	return suite_run_each("drive_fat_damage", rig_open_floppy, rig_close, (const TTest *[]){
		a_protected_medium_is_not_written,
		a_medium_that_fails_is_a_fault,
		the_second_table_stands_in_for_the_first,
		chains_that_lead_nowhere_are_failures,
		chains_that_run_in_circles_end,
		what_is_written_below_is_seen,
		open_files_locks_and_listings_come_back_from_a_snapshot,
		NULL });
}
