/* drive_mem.c - a drive made of a table.  */

#include "drive_room.h"

#include "drive/mem.h"

static const struct mem_file table[] = {
	{ "\\SYS\\B.COM", "bb", 2, 0x6000, 0x2345 },
	{ "\\COMMAND.COM", "command", 7, 0x6000, 0x2345 },
	{ "\\SYS\\A.COM", "a", 1, 0x6000, 0x2345 },
	{ "\\SYS\\DEEP\\C.COM", "", 0, 0x6000, 0x2345 },
};

static void mount(void)
{
	ck_assert(mem_mount(&here.d, "BUILTIN", table, sizeof table / sizeof table[0], NULL));
}

static void unmount(void)
{
	drive_unmount(&here.d);
}

START_TEST(files_of_the_table_are_read)
{
	struct drive_info i;

	ck_assert_str_eq(text_of(&here, "\\command.com"), "command");
	ck_assert_str_eq(text_of(&here, "\\SYS\\B.COM"), "bb");
	ck_assert_int_eq(info(&here, "\\SYS\\A.COM", &i), DOS_OK);
	ck_assert_uint_eq(i.size, 1);
	ck_assert_uint_eq(i.date, 0x2345);
	ck_assert_int_eq(info(&here, "\\SYS\\NO.COM", &i), DOS_NO_FILE);
	ck_assert_int_eq(info(&here, "\\NO\\NO.COM", &i), DOS_NO_PATH);
	ck_assert_int_eq(info(&here, "\\COMMAND.COM\\NO.COM", &i), DOS_NO_PATH);
}
END_TEST

START_TEST(directories_on_the_way_exist_and_are_listed)
{
	ck_assert_str_eq(names_in(&here, "\\"), "COMMAND.COM SYS");
	ck_assert_str_eq(names_in(&here, "\\SYS"), ". .. A.COM B.COM DEEP");
	ck_assert_str_eq(names_in(&here, "\\SYS\\DEEP"), ". .. C.COM");
}
END_TEST

START_TEST(nothing_can_be_changed)
{
	drive_file f;

	ck_assert_int_eq(try_open(&here, "\\COMMAND.COM", DRIVE_RDWR, &f), DOS_DENIED);
	ck_assert_int_eq(try_open(&here, "\\NEW.COM", DRIVE_RDWR | DRIVE_CREATE, &f), DOS_DENIED);
	ck_assert_int_eq(try_open(&here, "\\SYS", DRIVE_READ, &f), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\COMMAND.COM"), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->read(here.d.disk, 99, 0, &f, &(size_t){ 1 }), DOS_BAD_HANDLE);
}
END_TEST

START_TEST(a_bad_table_is_refused)
{
	static const struct mem_file twice[] = { { "\\A", "", 0, 0, 33 }, { "\\A", "", 0, 0, 33 } };
	static const struct mem_file odd[] = { { "NOROOT", "", 0, 0, 33 } };
	static const struct mem_file both[] = { { "\\A", "", 0, 0, 33 }, { "\\A\\B", "", 0, 0, 33 } };
	struct drive d;
	struct error err;

	ck_assert(!mem_mount(&d, "", twice, 2, &err));
	ck_assert(!mem_mount(&d, "", odd, 1, &err));
	ck_assert(!mem_mount(&d, "", both, 2, &err));
}
END_TEST

int main(void)
{
	return suite_run_each("drive_mem", mount, unmount, (const TTest *[]){
		files_of_the_table_are_read,
		directories_on_the_way_exist_and_are_listed,
		nothing_can_be_changed,
		a_bad_table_is_refused,
		NULL });
}
