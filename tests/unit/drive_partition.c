/* drive_partition.c - partition tables, good and bad.  */

#include "drive/partition.h"

#include "image_room.h"

#define DISK	200000			/* sectors */

static struct partition part[PARTITIONS_MAX];

static void new_disk(void)
{
	new_file();
	file_size((uint64_t)DISK * 512);
}

static unsigned scan(void)
{
	unsigned count;

	image_opens(false);
	memset(part, 0xee, sizeof part);
	count = partition_scan(&image, part);
	ck_assert_uint_le(count, PARTITIONS_MAX);
	return count;
}

static void expect(unsigned n, uint64_t start, uint64_t sectors, uint8_t type)
{
	ck_assert_uint_eq(part[n].start, start);
	ck_assert_uint_eq(part[n].sectors, sectors);
	ck_assert_uint_eq(part[n].type, type);
}

START_TEST(a_new_disk_has_none)
{
	ck_assert_uint_eq(scan(), 0);
}
END_TEST

START_TEST(letters_go_to_the_active_one_logical_ones_and_others)
{
	put_entry(0, 0, 0x06, 63, 1000);
	put_entry(0, 1, 0x05, 20000, 50000);
	put_entry(0, 2, 0x0b, 5000, 3000);
	put_entry(0, 3, 0x83, 100000, 1000);
	file_put(0x1be + 2 * 16, "\x80", 1);
	put_entry(20000, 0, 0x04, 63, 900);
	put_entry(20000, 1, 0x05, 10000, 2000);
	put_entry(30000, 0, 0x01, 63, 1937);
	ck_assert_uint_eq(scan(), 4);
	expect(0, 5000, 3000, 0x0b);
	expect(1, 20063, 900, 0x04);
	expect(2, 30063, 1937, 0x01);
	expect(3, 63, 1000, 0x06);
}
END_TEST

START_TEST(what_leads_outside_or_into_another_one_is_passed_over)
{
	put_entry(0, 0, 0x06, 63, 1000);
	put_entry(0, 1, 0x06, 500, 1000);	/* in the first */
	put_entry(0, 2, 0x06, DISK, 1000);
	put_entry(0, 3, 0x06, DISK - 100, 1000);	/* ends with the disk */
	ck_assert_uint_eq(scan(), 2);
	expect(0, 63, 1000, 0x06);
	expect(1, DISK - 100, 100, 0x06);
	put_entry(0, 3, 0x06, 0, DISK);		/* the table itself */
	ck_assert_uint_eq(scan(), 1);
	put_entry(0, 3, 0x06, 100, UINT32_MAX);
	ck_assert_uint_eq(scan(), 1);
}
END_TEST

START_TEST(an_extended_chain_in_a_circle_ends)
{
	put_entry(0, 0, 0x05, 10000, 50000);
	put_entry(10000, 0, 0x06, 63, 900);
	put_entry(10000, 1, 0x05, 20000, 2000);
	put_entry(30000, 0, 0x06, 63, 900);
	put_entry(30000, 1, 0x05, 0, 2000);
	ck_assert_uint_eq(scan(), 2);
	put_entry(30000, 1, 0x05, 20000, 2000);	/* itself */
	ck_assert_uint_eq(scan(), 2);
	put_entry(30000, 1, 0x05, 60000, 2000);	/* out of the extended one */
	put_entry(70000, 0, 0x06, 63, 900);
	ck_assert_uint_eq(scan(), 2);
}
END_TEST

START_TEST(there_are_no_more_than_letters)
{
	put_entry(0, 0, 0x05, 10000, 150000);
	for (unsigned i = 0; i < 100; i++) {
		put_entry(10000 + i * 1000, 0, 0x06, 63, 900);
		put_entry(10000 + i * 1000, 1, 0x05, (i + 1) * 1000, 1000);
	}
	ck_assert_uint_eq(scan(), PARTITIONS_MAX);
}
END_TEST

START_TEST(a_file_system_without_a_table_is_one_volume)
{
	put_boot(0, DISK, 32, 8);
	ck_assert_uint_eq(scan(), 1);
	expect(0, 0, DISK, 0);
	ck_assert_uint_eq(image.chs.heads, 8);
	ck_assert_uint_eq(image.chs.sectors, 32);
}
END_TEST

/* End at head 15, sector 63 of a cylinder: 16 heads of 63.  */
START_TEST(the_geometry_is_that_of_the_table)
{
	static const uint8_t ends[] = { 0x80, 1, 1, 0, 6, 31, 17, 99 };

	put_entry(0, 0, 0x06, 17, 100 * 32 * 17 - 17);
	file_put(0x1be, ends, sizeof ends);
	image_opens(false);
	ck_assert_uint_eq(image.chs.heads, 32);
	ck_assert_uint_eq(image.chs.sectors, 17);
	put_entry(0, 0, 0x06, 17, 12345);	/* which does not fit the ends */
	file_put(0x1be, ends, sizeof ends);
	image_opens(false);
	ck_assert_uint_eq(image.chs.heads, 16);
	ck_assert_uint_eq(image.chs.sectors, 63);
}
END_TEST

int main(void)
{
	return suite_run_each("partition", new_disk, no_file, (const TTest *[]){
		a_new_disk_has_none, letters_go_to_the_active_one_logical_ones_and_others,
		what_leads_outside_or_into_another_one_is_passed_over,
		an_extended_chain_in_a_circle_ends, there_are_no_more_than_letters,
		a_file_system_without_a_table_is_one_volume, the_geometry_is_that_of_the_table,
		NULL });
}
