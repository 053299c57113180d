/* drive_fat_layout.c - how FAT volumes are laid out, read and made.  */

#include "fat_rig.h"

#include "fat_check.h"

static const struct {
	uint64_t sectors;
	uint8_t media;
	uint32_t total, cluster;
} floppies[] = {
	{ 320, 0xfe, 313 * 512, 512 }, { 360, 0xfc, 351 * 512, 512 },
	{ 640, 0xff, 315 * 1024, 1024 }, { 720, 0xfd, 354 * 1024, 1024 },
	{ 1440, 0xf9, 713 * 1024, 1024 }, { 2400, 0xf9, 2371 * 512, 512 },
	{ 2880, 0xf0, 2847 * 512, 512 }, { 5760, 0xf0, 2863 * 1024, 1024 },
};

START_TEST(floppies_are_formatted_as_dos_does)
{
	rig_format(floppies[_i].sectors, (struct fat_format){ 0 });
	ck_assert_uint_eq(disk.data[21], floppies[_i].media);
	ck_assert_uint_eq(space().total, floppies[_i].total);
	ck_assert_uint_eq(space().free, floppies[_i].total);
	ck_assert_uint_eq(space().cluster, floppies[_i].cluster);
	ck_assert_str_eq(fat_check(disk.data, disk.sectors, true), "");
	rig_close();
}
END_TEST

/* DOS 1.x has no BPB: what the floppy is the media byte in the table says.  */
START_TEST(a_floppy_without_a_bpb_is_known_by_its_media_byte)
{
	rig_format(floppies[_i].sectors, (struct fat_format){ 0 });
	put_file("\\A.TXT", "text");
	rig_unmount();
	memset(disk.data, 0xf6, 512);
	rig_mount();
	ck_assert_str_eq(text_of(&here, "\\A.TXT"), "text");
	ck_assert_uint_eq(space().total, floppies[_i].total);
	ck_assert_uint_eq(here.d.ops->serial(here.d.disk), 0);
	rig_close();
}
END_TEST

START_TEST(the_number_of_clusters_says_how_many_bits_there_are)
{
	static const struct {
		uint64_t sectors;
		struct fat_format f;
		const char *name;
	} row[] = {
		{ 30000, { 0 }, "FAT12" }, { 40000, { 0 }, "FAT16" },
		{ 70000, { .bits = 32 }, "FAT32" }, { 20000, { .bits = 16 }, "FAT16" },
		{ 200000, { 0 }, "FAT16" },
	};

	rig_format(row[_i].sectors, row[_i].f);
	ck_assert(memcmp(disk.data + (row[_i].f.bits == 32 ? 82 : 54), row[_i].name, 5) == 0);
	put_file("\\A.TXT", "text");
	ck_assert_str_eq(text_of(&here, "\\A.TXT"), "text");
	rig_unmount();
	ck_assert_str_eq(fat_check(disk.data, disk.sectors, true), "");
	rig_mount();
	rig_close();
}
END_TEST

START_TEST(hard_disks_get_the_bits_and_clusters_of_dos)
{
	static const struct {
		uint64_t sectors;
		struct fat_format f;
		unsigned bits;
	} row[] = {
		{ 32680, { 0 }, 12 }, { 32681, { 0 }, 16 }, { 4193000, { 0 }, 16 }, { 4193001, { 0 }, 32 },
		{ UINT32_MAX, { 0 }, 32 }, { (uint64_t)UINT32_MAX + 1, { 0 }, 0 }, { 15, { 0 }, 0 },
		{ 4194304, { .bits = 16 }, 0 }, { 4194304, { .bits = 16, .cluster = 65536 }, 16 },
		{ 60000, { .bits = 32 }, 0 }, { 70000, { .bits = 32 }, 32 }, { 2880, { .bits = 16 }, 0 },
		{ 100000, { .bits = 16, .cluster = 512 }, 0 }, { 100000, { .cluster = 1000 }, 0 },
		{ 100000, { .label = "NO:LABEL" }, 0 }, { 100000, { .bits = 24 }, 0 },
	};

	for (unsigned i = 0; i < sizeof row / sizeof row[0]; i++)
		ck_assert_uint_eq(fat_format_bits(row[i].sectors, &row[i].f), row[i].bits);
}
END_TEST

START_TEST(sectors_of_the_volume_may_be_larger_than_those_of_the_medium)
{
	uint8_t *b;

	rig_blank(4096);
	b = disk.data;
	memcpy(b, "\xeb\x3c\x90MSDOS5.0", 11);
	b[11] = 0, b[12] = 1024 >> 8, b[13] = 2, b[14] = 1, b[16] = 2;
	b[17] = 192, b[19] = 2048 & 255, b[20] = 2048 >> 8, b[21] = 0xf8, b[22] = 2;
	b[1024] = 0xf8, b[1025] = b[1026] = 0xff;
	memcpy(b + 3072, b + 1024, 3);
	rig_mount();
	ck_assert_uint_eq(space().cluster, 2048);
	ck_assert_uint_eq(space().total, (2048 - 1 - 4 - 6) / 2 * 2048);
	put_file("\\A.TXT", "text");
	ck_assert(memcmp(b + 5 * 1024, "A       TXT", 11) == 0);
	ck_assert(memcmp(b + 11 * 1024, "text", 4) == 0);
	rig_close();
}
END_TEST

START_TEST(fat32_has_its_backup_and_its_one_active_table)
{
	rig_format(70000, (struct fat_format){ .bits = 32, .serial = 0xcafe0123 });
	put_file("\\A.TXT", "text");
	rig_unmount();
	memset(disk.data, 0, 512);
	rig_mount();			/* from sector 6 */
	ck_assert_str_eq(text_of(&here, "\\A.TXT"), "text");
	ck_assert_uint_eq(here.d.ops->serial(here.d.disk), 0xcafe0123);
	rig_unmount();
	memcpy(disk.data, disk.data + 6 * 512, 512);
	uint32_t table = check32(disk.data + 36) * 512;
	uint8_t *first = disk.data + 32 * 512, *second = first + table;

	disk.data[40] = 0x81;		/* the second alone */
	memset(first, 0x55, table);
	rig_mount();
	ck_assert_str_eq(text_of(&here, "\\A.TXT"), "text");
	put_file("\\B.TXT", "more");
	for (uint32_t i = 0; i < table; i++)
		ck_assert_uint_eq(first[i], 0x55);
	ck_assert_uint_ne(check32(second + 4 * 4), 0);
	rig_close();
}
END_TEST

START_TEST(fsinfo_is_used_and_put_right)
{
	uint32_t all;

	rig_format(70000, (struct fat_format){ .bits = 32 });
	all = free_bytes() / 512;
	rig_unmount();
	disk.data[512 + 488] ^= 1;	/* a number that is not true */
	rig_mount();
	ck_assert_uint_eq(free_bytes() / 512, all ^ 1);
	put_file("\\A.TXT", "text");
	ck_assert_uint_eq(free_bytes() / 512, all - 1);
	ck_assert_uint_eq(check32(disk.data + 512 + 488), all - 1);
	rig_close();
}
END_TEST

START_TEST(what_is_no_fsinfo_is_left_alone)
{
	uint8_t code[512];

	rig_format(70000, (struct fat_format){ .bits = 32 });
	memset(disk.data + 512, 0x90, 512);
	memset(code, 0x90, 512);
	fat_changed(&here.d);
	put_file("\\A.TXT", "text");
	ck_assert(memcmp(disk.data + 512, code, 512) == 0);
	rig_unmount();
	rig_mount();
	put_file("\\B.TXT", "text");
	ck_assert(memcmp(disk.data + 512, code, 512) == 0);
	rig_close();
}
END_TEST

/* FAT32: 08000000h of the table's second number, and bit 0 of byte 65.  */
START_TEST(a_volume_in_use_is_marked_and_unmarked)
{
	const uint8_t *one;

	rig_format(70000, (struct fat_format){ .bits = 32 });
	one = disk.data + 32 * 512 + 4;
	ck_assert(check32(one) & 0x08000000);
	ck_assert(!there(&here, "\\A.TXT"));
	ck_assert(check32(one) & 0x08000000);
	put_file("\\A.TXT", "text");
	ck_assert(!(check32(one) & 0x08000000));
	ck_assert_uint_eq(disk.data[65], 1);
	rig_unmount();
	ck_assert(check32(one) & 0x08000000);
	ck_assert_uint_eq(disk.data[65], 0);

	/* What was not left in order stays marked, and its FSInfo is not believed.  */
	disk.data[32 * 512 + 7] &= ~8;
	disk.data[512 + 488] ^= 1;
	rig_mount();
	ck_assert_uint_eq(free_bytes() / 512, check32(disk.data + 512 + 488) ^ 1);
	put_file("\\B.TXT", "text");
	rig_unmount();
	ck_assert(!(check32(one) & 0x08000000));
	rig_mount();
	rig_close();
}
END_TEST

START_TEST(a_medium_without_a_volume_is_no_dos_disk_until_it_is_formatted)
{
	struct drive_info i;
	struct fat_medium m;

	rig_blank(2880);
	ck_assert(!rig_try_mount());
	m = disk_medium();
	m.blank = true;
	ck_assert(fat_open(&here.d, &m, &here.config, NULL));
	ck_assert_int_eq(info(&here, "\\A.TXT", &i), DOS_NOT_DOS_DISK);
	ck_assert_int_eq(make_dir("\\A"), DOS_NOT_DOS_DISK);
	ck_assert(fat_format(&m, &(struct fat_format){ 0 }, NULL));
	fat_written(&here.d, 0, 33);
	ck_assert_int_eq(info(&here, "\\A.TXT", &i), DOS_NO_FILE);
	ck_assert_int_eq(make_dir("\\A"), DOS_OK);
	rig_close();
}
END_TEST

int main(void)
{
	TCase *tc = suite_case("layout", NULL, NULL);

	tcase_add_loop_test(tc, floppies_are_formatted_as_dos_does, 0, 8);
	tcase_add_loop_test(tc, a_floppy_without_a_bpb_is_known_by_its_media_byte, 0, 7);
	tcase_add_loop_test(tc, the_number_of_clusters_says_how_many_bits_there_are, 0, 5);
	tcase_add_test(tc, hard_disks_get_the_bits_and_clusters_of_dos);
	tcase_add_test(tc, sectors_of_the_volume_may_be_larger_than_those_of_the_medium);
	tcase_add_test(tc, fat32_has_its_backup_and_its_one_active_table);
	tcase_add_test(tc, fsinfo_is_used_and_put_right);
	tcase_add_test(tc, what_is_no_fsinfo_is_left_alone);
	tcase_add_test(tc, a_volume_in_use_is_marked_and_unmarked);
	tcase_add_test(tc, a_medium_without_a_volume_is_no_dos_disk_until_it_is_formatted);
	return suite_run_case("drive_fat_layout", tc);
}
