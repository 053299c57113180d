/* dos_file.c - files by handle, as programs see them.  */

#include <errno.h>

#include "dos_room.h"

enum { BUFFER = 0x800 };

static uint16_t opened(uint16_t function, uint16_t cx, const char *path)
{
	succeeds(function, cx, path);
	return ax();
}

static bool call(uint16_t function, uint16_t handle, uint16_t cx, uint16_t dx)
{
	return int21_bx(function, handle, cx, dx);
}

static void write_text(uint16_t handle, const char *text)
{
	text_at(BUFFER, text);
	ck_assert(call(0x4000, handle, strlen(text), BUFFER));
	ck_assert_uint_eq(ax(), strlen(text));
}

static const char *read_text(uint16_t handle, uint16_t n)
{
	guest_w8(&guest, ROOM_DATA, BUFFER, 0);
	ck_assert(call(0x3f00, handle, n, BUFFER));
	guest_w8(&guest, ROOM_DATA, BUFFER + ax(), 0);
	return string_at(ROOM_DATA, BUFFER);
}

static uint32_t seek(uint16_t handle, uint8_t whence, uint32_t offset)
{
	ck_assert(call(0x4200 | whence, handle, offset >> 16, offset));
	return (uint32_t)cpu_get16(&cpu, CPU_DX) << 16 | ax();
}

static const char *host_text(const char *file)
{
	static char text[100];
	FILE *f = fopen(host(&room_c, file), "r");
	size_t n;

	ck_assert(f != NULL);
	n = fread(text, 1, sizeof text - 1, f);
	fclose(f);
	text[n] = '\0';
	return text;
}

START_TEST(a_file_is_created_written_sought_in_and_read)
{
	uint16_t h;

	h = opened(0x3c00, 0, "new.txt");
	write_text(h, "hello, world");
	ck_assert_uint_eq(seek(h, 0, 7), 7);
	ck_assert_str_eq(read_text(h, 100), "world");
	ck_assert_str_eq(read_text(h, 100), "");
	ck_assert_uint_eq(seek(h, 1, -12), 0);
	ck_assert_uint_eq(seek(h, 2, -3), 9);
	ck_assert_str_eq(read_text(h, 2), "rl");
	ck_assert(call(0x3e00, h, 0, 0));
	ck_assert(!call(0x3e00, h, 0, 0));
	ck_assert_uint_eq(ax(), 6);
	ck_assert_str_eq(host_text("new.txt"), "hello, world");
}
END_TEST

START_TEST(writing_nothing_cuts_the_file_or_makes_it_longer)
{
	uint16_t h;

	host_file(&room_c, "f", "hello, world");
	h = opened(0x3d02, 0, "f");
	seek(h, 0, 5);
	ck_assert(call(0x4000, h, 0, BUFFER));
	ck_assert_str_eq(host_text("f"), "hello");
	seek(h, 0, 8);
	ck_assert(call(0x4000, h, 0, BUFFER));
	ck_assert_uint_eq(seek(h, 2, 0), 8);
	seek(h, 0, 10);
	write_text(h, "x");
	ck_assert_uint_eq(seek(h, 2, 0), 11);
}
END_TEST

START_TEST(the_access_mode_is_kept_to)
{
	uint16_t h;

	host_file(&room_c, "f", "text");
	h = opened(0x3d00, 0, "f");
	ck_assert(!call(0x4000, h, 1, BUFFER));
	ck_assert_uint_eq(ax(), 5);
	h = opened(0x3d01, 0, "f");
	ck_assert(!call(0x3f00, h, 1, BUFFER));
	ck_assert_uint_eq(ax(), 5);
	fails_with(12, 0x3d03, 0, "f");
	fails_with(12, 0x3d08, 0, "f");
	fails_with(12, 0x3d52, 0, "f");
}
END_TEST

START_TEST(what_is_not_there_or_is_no_file_is_not_opened)
{
	host_dir(&room_c, "dir");
	fails_with(2, 0x3d00, 0, "none");
	fails_with(3, 0x3d00, 0, "none\\none");
	fails_with(5, 0x3d00, 0, "dir");
	fails_with(2, 0x3d00, 0, "*.*");
	fails_with(3, 0x3d00, 0, "q:f");
	fails_with(3, 0x3d00, 0, "dir\\");
	fails_with(3, 0x3c00, 0, "none\\new");
	fails_with(5, 0x3c00, 0, "dir");
	fails_with(5, 0x3c00, ATTR_DIR, "new");
}
END_TEST

START_TEST(a_file_that_is_protected_or_hidden_is_not_replaced)
{
	host_file(&room_c, "f", "text");
	succeeds(0x4301, ATTR_READ_ONLY, "f");
	fails_with(5, 0x3c00, 0, "f");
	fails_with(5, 0x3d02, 0, "f");
	fails_with(5, 0x4100, 0, "f");
	ck_assert(call(0x3e00, opened(0x3d00, 0, "f"), 0, 0));
	succeeds(0x4301, ATTR_HIDDEN, "f");
	fails_with(5, 0x3c00, 0, "f");
	succeeds(0x3c00, ATTR_HIDDEN, "f");
}
END_TEST

START_TEST(a_new_file_is_not_made_over_an_old_one)
{
	host_file(&room_c, "f", "text");
	fails_with(80, 0x5b00, 0, "f");
	succeeds(0x5b00, 0, "g");
	fails_with(80, 0x5b00, 0, "nul");
}
END_TEST

START_TEST(a_temporary_name_is_appended_to_the_directory)
{
	char path[300];

	host_dir(&room_c, "tmp");
	succeeds(0x5a00, 0, "c:\\tmp");
	snprintf(path, sizeof path, "%s", string_at(ROOM_DATA, 0x100));
	ck_assert_int_eq(strncmp(path, "c:\\tmp\\", 7), 0);
	ck_assert_uint_eq(strlen(path), 15);
	succeeds(0x3d00, 0, path);
	succeeds(0x5a00, 0, "c:\\tmp\\");
	fails_with(3, 0x5a00, 0, "c:\\none\\");
}
END_TEST

static bool open_extended(uint16_t mode, uint16_t action, const char *path)
{
	name(path);
	cpu_set16(&cpu, CPU_SI, 0x100);
	return int21_bx(0x6c00, mode, 0, action);
}

START_TEST(an_opened_device_is_of_today)
{
	uint16_t h;

	h = opened(0x3d02, 0, "nul");
	ck_assert(call(0x5700, h, 0, 0));
	ck_assert_uint_ge(cpu_get16(&cpu, CPU_DX), 0x21);	/* 1980-01-01 */
}
END_TEST

START_TEST(an_extended_open_does_what_the_action_says)
{
	host_file(&room_c, "f", "text");
	ck_assert(open_extended(2, 0x01, "f") && cpu_get16(&cpu, CPU_CX) == 1);
	ck_assert(open_extended(2, 0x11, "g") && cpu_get16(&cpu, CPU_CX) == 2);
	ck_assert(open_extended(2, 0x12, "f") && cpu_get16(&cpu, CPU_CX) == 3);
	ck_assert_str_eq(host_text("f"), "");
	ck_assert(!open_extended(2, 0x01, "none") && ax() == 2);
	ck_assert(!open_extended(2, 0x02, "none") && ax() == 2);
	ck_assert(!open_extended(2, 0x10, "f") && ax() == 80);
	ck_assert(!open_extended(2, 0x00, "f") && ax() == 1);
	ck_assert(!open_extended(2, 0x13, "f") && ax() == 1);
	ck_assert(open_extended(2, 0x101, "f") && cpu_get16(&cpu, CPU_CX) == 1);
	ck_assert(!open_extended(2, 0x201, "f") && ax() == 1);
}
END_TEST

START_TEST(handles_run_out_before_names_are_looked_at)
{
	host_file(&room_c, "f", "text");
	for (unsigned i = 0; i < ROOM_FILES; i++)
		opened(0x3d00, 0, "f");
	fails_with(4, 0x3d00, 0, "none");
}
END_TEST

START_TEST(a_duplicate_shares_the_position)
{
	uint16_t h, d;

	host_file(&room_c, "f", "hello");
	h = opened(0x3d00, 0, "f");
	ck_assert(call(0x4500, h, 0, 0));
	d = ax();
	ck_assert_uint_ne(d, h);
	read_text(h, 2);
	ck_assert_str_eq(read_text(d, 2), "ll");
	ck_assert(call(0x3e00, h, 0, 0));
	ck_assert_str_eq(read_text(d, 2), "o");
	ck_assert(call(0x4600, d, 7, 0));
	ck_assert_uint_eq(seek(7, 1, 0), 5);
	ck_assert(!call(0x4600, d, 20, 0));
	ck_assert_uint_eq(ax(), 6);
}
END_TEST

START_TEST(a_duplicate_onto_an_open_handle_closes_that)
{
	uint16_t h, d;

	host_file(&room_c, "f", "hello");
	h = opened(0x3d00, 0, "f");
	d = opened(0x3d00, 0, "f");
	ck_assert(call(0x4600, h, d, 0));
	ck_assert_uint_eq(guest_r16(&guest, ROOM_SFT, SFTB_ENTRIES + SFT_SIZE + SFT_REFS), 0);
	ck_assert_uint_eq(guest_r16(&guest, ROOM_SFT, SFTB_ENTRIES + SFT_REFS), 2);
}
END_TEST

START_TEST(a_renamed_file_may_change_its_directory_but_not_its_drive)
{
	host_file(&room_c, "f", "text");
	host_file(&room_c, "there", "other");
	host_dir(&room_c, "dir");
	host_dir(&room_c, "dir2");
	cpu_set16(&cpu, CPU_DI, text_at(0x300, "dir\\g"));
	succeeds(0x5600, 0, "f");
	ck_assert_str_eq(host_text("dir/g"), "text");
	cpu_set16(&cpu, CPU_DI, text_at(0x300, "there"));
	fails_with(5, 0x5600, 0, "dir\\g");
	cpu_set16(&cpu, CPU_DI, text_at(0x300, "d:g"));
	fails_with(17, 0x5600, 0, "dir\\g");
	cpu_set16(&cpu, CPU_DI, text_at(0x300, "dir\\sub"));
	fails_with(2, 0x5600, 0, "none");
	fails_with(5, 0x5600, 0, "dir2");
	cpu_set16(&cpu, CPU_DI, text_at(0x300, "dir3"));
	succeeds(0x5600, 0, "dir2");
}
END_TEST

START_TEST(attributes_are_kept_and_a_directorys_own_is_not_given)
{
	host_file(&room_c, "f", "text");
	host_dir(&room_c, "dir");
	succeeds(0x4301, ATTR_SYSTEM | ATTR_ARCHIVE, "f");
	succeeds(0x4300, 0, "f");
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), ATTR_SYSTEM | ATTR_ARCHIVE);
	fails_with(5, 0x4301, ATTR_DIR, "f");
	fails_with(5, 0x4301, ATTR_LABEL, "f");
	succeeds(0x4300, 0, "dir");
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), ATTR_DIR);
	succeeds(0x4301, ATTR_HIDDEN, "dir");
	succeeds(0x4300, 0, "dir");
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), ATTR_DIR | ATTR_HIDDEN);
	fails_with(2, 0x4300, 0, "none");
	fails_with(2, 0x4300, 0, "con");
	succeeds(0x4300, 0, "c:\\");
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), ATTR_DIR);
	fails_with(2, 0x4301, ATTR_HIDDEN, "c:\\");
	fails_with(1, 0x4302, 0, "f");
}
END_TEST

START_TEST(a_date_set_by_handle_stays)
{
	uint16_t h;

	host_file(&room_c, "f", "text");
	h = opened(0x3d00, 0, "f");
	ck_assert(call(0x5701, h, 0x6000, 0x1921));
	ck_assert(call(0x3e00, h, 0, 0));
	h = opened(0x3d00, 0, "f");
	ck_assert(call(0x5700, h, 0, 0));
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), 0x6000);
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_DX), 0x1921);
	ck_assert(!call(0x5709, h, 0, 0));
	ck_assert_uint_eq(ax(), 1);
}
END_TEST

/* Each field of a date and a time, to the end of what DOS can say.  */
START_TEST(every_date_and_time_set_by_handle_comes_back)
{
	static const struct { uint16_t time, date; } fields[] = {
		{ 0, 0x21 }, { 0, 0x2f21 }, { 0, 0xef9f },	/* 1980, 2003, 2099-12-31 */
		{ 0xbf7d, 0x3d7d }, { 0x0801, 0x3c5c },
	};

	for (unsigned i = 0; i < 5 + 12 + 24 + 60; i++) {
		uint16_t time = i < 5 ? fields[i].time : i < 17 ? 0 : i < 41 ? (i - 17) << 11 :
				(i - 41) << 5 | (i - 41) / 2;
		uint16_t date = i < 5 ? fields[i].date : i < 17 ? 30 << 9 | (i - 4) << 5 | 28 : 0x3c21;
		uint16_t h = opened(0x3c00, 0, "dated");

		ck_assert(call(0x5701, h, time, date));
		ck_assert(call(0x3e00, h, 0, 0));
		h = opened(0x3d00, 0, "dated");
		ck_assert(call(0x5700, h, 0, 0));
		ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), time);
		ck_assert_uint_eq(cpu_get16(&cpu, CPU_DX), date);
		ck_assert(call(0x3e00, h, 0, 0));
	}
}
END_TEST

/* 5Ch on a range below 64 KB.  */
static bool lock(uint16_t function, uint16_t handle, uint16_t pos, uint16_t size)
{
	cpu_set16(&cpu, CPU_SI, 0);
	cpu_set16(&cpu, CPU_DI, size);
	return call(function, handle, 0, pos);
}

static bool move_at(uint16_t ax, uint16_t h, uint16_t at, uint16_t n)
{
	ck_assert(call(0x4200, h, 0, at));
	return call(ax, h, n, 0x800);
}

/* A lock of one handle and all that another may do around it, both of a sharing
 * mode; 59h knows why.  */
START_TEST(what_is_beside_a_locked_range_can_be_moved)
{
	uint16_t a, b;

	host_file(&room_c, "f", "0123456789abcdefghij");
	a = opened(0x3d42, 0, "f");
	b = opened(0x3d42, 0, "f");
	ck_assert(lock(0x5c00, a, 5, 3));
	ck_assert(!lock(0x5c00, b, 5, 3) && ax() == 33);
	ck_assert(!lock(0x5c00, b, 0, 6) && ax() == 33);
	ck_assert(!lock(0x5c00, b, 6, 1) && ax() == 33);
	ck_assert(!lock(0x5c00, b, 7, 6) && ax() == 33);
	ck_assert(lock(0x5c00, b, 0, 5));
	ck_assert(lock(0x5c00, b, 8, 3));
	ck_assert(lock(0x5c00, b, 14, 3));
	ck_assert(!move_at(0x3f00, b, 5, 3) && ax() == 5);
	ck_assert_uint_eq(sda_r16(&dos, SDA_ERROR), 33);
	ck_assert(!move_at(0x3f00, b, 6, 1) && ax() == 5);
	ck_assert(!move_at(0x3f00, b, 0, 6) && ax() == 5);
	ck_assert(!move_at(0x3f00, b, 7, 6) && ax() == 5);
	ck_assert(!move_at(0x4000, b, 5, 3) && ax() == 5);
	ck_assert(!move_at(0x4000, b, 7, 2) && ax() == 5);
	ck_assert(move_at(0x3f00, b, 0, 5) && ax() == 5);
	ck_assert(move_at(0x3f00, b, 8, 5) && ax() == 5);
	ck_assert(move_at(0x4000, b, 8, 2) && ax() == 2);
	ck_assert(!lock(0x5c01, b, 5, 3) && ax() == 33);
	ck_assert(!lock(0x5c01, a, 5, 2) && ax() == 33);
	ck_assert(lock(0x5c01, a, 5, 3));
	ck_assert(move_at(0x3f00, b, 5, 3) && ax() == 3);
}
END_TEST

/* 71A6h: sizes beyond 32 bits, links, and a number that is the file's own.  */
START_TEST(a_handle_tells_all_about_its_file)
{
	char path[600];
	uint16_t h, other;
	uint32_t id;

	host_file(&room_c, "f", "12345");
	host_file(&room_c, "g", "1");
	snprintf(path, sizeof path, "%s", host(&room_c, "f"));
	ck_assert_int_eq(link(path, host(&room_c, "f2")), 0);
	h = opened(0x3d40, 0, "f");
	ck_assert(call(0x71a6, h, 0, 0x900));
	ck_assert_uint_eq(guest_r32(&guest, ROOM_DATA, 0x900), ATTR_ARCHIVE);
	ck_assert_uint_eq(guest_r32(&guest, ROOM_DATA, 0x920), 0);
	ck_assert_uint_eq(guest_r32(&guest, ROOM_DATA, 0x924), 5);
	ck_assert_uint_eq(guest_r32(&guest, ROOM_DATA, 0x928), 2);
	id = guest_r32(&guest, ROOM_DATA, 0x930);
	other = opened(0x3d40, 0, "g");
	ck_assert(call(0x71a6, other, 0, 0x900));
	ck_assert_uint_ne(guest_r32(&guest, ROOM_DATA, 0x930), id);
	other = opened(0x3d40, 0, "f");
	ck_assert(call(0x71a6, other, 0, 0x900));
	ck_assert_uint_eq(guest_r32(&guest, ROOM_DATA, 0x930), id);
	ck_assert(!call(0x71a6, 99, 0, 0x900) && ax() == 6);
	ck_assert_int_eq(truncate(path, 6LL << 30), 0);
	ck_assert(call(0x71a6, h, 0, 0x900));
	ck_assert_uint_eq(guest_r32(&guest, ROOM_DATA, 0x920), 1);
	ck_assert_uint_eq(guest_r32(&guest, ROOM_DATA, 0x924), 0x80000000);
}
END_TEST

START_TEST(directories_are_made_entered_and_removed)
{
	succeeds(0x3900, 0, "dir");
	fails_with(5, 0x3900, 0, "dir");
	fails_with(3, 0x3900, 0, "none\\dir");
	fails_with(3, 0x3900, 0, "new\\");
	succeeds(0x3b00, 0, "dir");
	fails_with(16, 0x3a00, 0, "\\dir");
	ck_assert_str_eq(current_dir(0x4700, 0), "DIR");
	ck_assert_str_eq(current_dir(0x4700, 4), "");
	cpu_set16(&cpu, CPU_SI, 0x500);
	ck_assert(!int21(0x4700, 0, 9));
	ck_assert_uint_eq(ax(), 15);
	host_file(&room_c, "dir/f", "");
	succeeds(0x3d00, 0, "f");
	succeeds(0x3b00, 0, "..");
	fails_with(5, 0x3a00, 0, "dir");
	succeeds(0x4100, 0, "dir\\f");
	succeeds(0x3a00, 0, "dir");
	fails_with(3, 0x3a00, 0, "dir");
	fails_with(3, 0x3b00, 0, "dir");
}
END_TEST

START_TEST(a_current_directory_that_linux_removed_is_the_root)
{
	succeeds(0x3900, 0, "dir");
	succeeds(0x3b00, 0, "dir");
	ck_assert_int_eq(rmdir(host(&room_c, "dir")), 0);
	ck_assert_str_eq(current_dir(0x4700, 0), "");
}
END_TEST

START_TEST(a_device_handle_says_so_and_a_file_names_its_drive)
{
	uint16_t h;

	host_file(&room_d, "f", "text");
	h = opened(0x3d02, 0, "nul");
	ck_assert(call(0x4400, h, 0, 0));
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_DX), 0x80c4);
	h = opened(0x3d00, 0, "d:f");
	ck_assert(call(0x4400, h, 0, 0));
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_DX), 0x0043);
	ck_assert(call(0x4406, h, 0, 0) && (ax() & 0xff) == 0xff);
	seek(h, 2, 0);
	ck_assert(call(0x4406, h, 0, 0) && (ax() & 0xff) == 0);
	ck_assert(!call(0x4401, h, 0, 0) && ax() == 1);
	ck_assert(!call(0x4400, 19, 0, 0) && ax() == 6);
}
END_TEST

START_TEST(the_handle_table_grows_only_where_no_handle_is_lost)
{
	uint16_t h;

	host_file(&room_c, "f", "text");
	/* A table of 30 that the program made itself.  */
	for (unsigned i = 0; i < 30; i++)
		guest_w8(&guest, ROOM_DATA, 0x600 + i, 0xff);
	guest_w16(&guest, ROOM_PSP, PSP_JFT_SIZE, 30);
	guest_wfar(&guest, ROOM_PSP, PSP_JFT_PTR, (struct far){ 0x600, ROOM_DATA });
	h = opened(0x3d00, 0, "f");
	ck_assert(call(0x4600, h, 25, 0));
	ck_assert(!call(0x6700, 20, 0, 0) && ax() == 4);
	ck_assert(call(0x3e00, 25, 0, 0));
	ck_assert(call(0x6700, 5, 0, 0));
	ck_assert_uint_eq(guest_r16(&guest, ROOM_PSP, PSP_JFT_SIZE), PSP_HANDLES);
	ck_assert_uint_eq(guest_rfar(&guest, ROOM_PSP, PSP_JFT_PTR).seg, ROOM_PSP);
	ck_assert_str_eq(read_text(h, 4), "text");
}
END_TEST

START_TEST(a_read_into_memory_that_is_no_ram_does_no_harm)
{
	uint16_t h;

	host_file(&room_c, "f", "text");
	h = opened(0x3d00, 0, "f");
	cpu_load_real(&cpu, CPU_DS, 0xb000);
	text_at(0x100, "x");
	ck_assert(call(0x3f00, h, 0xffff, 0xfff0));
	ck_assert_uint_eq(ax(), 4);
}
END_TEST

START_TEST(a_small_file_on_a_large_disk_has_numbers_that_do_not_overflow)
{
	uint64_t bytes;

	int21(0x3600, 0, 3);
	ck_assert_uint_ne(ax(), 0xffff);
	bytes = (uint64_t)ax() * cpu_get16(&cpu, CPU_CX) * cpu_get16(&cpu, CPU_DX);
	ck_assert_uint_lt(bytes, 0x80000000u);
	ck_assert_uint_le(cpu_get16(&cpu, CPU_BX), cpu_get16(&cpu, CPU_DX));
	int21(0x3600, 0, 20);
	ck_assert_uint_eq(ax(), 0xffff);
	int21(0x3200, 0, 4);
	ck_assert_uint_eq(ax() & 0xff, 0);
	ck_assert_uint_eq(guest_r16(&guest, cpu.seg[CPU_DS].sel, cpu_get16(&cpu, CPU_BX) + DPB_SECTOR), 512);
}
END_TEST

START_TEST(drives_are_chosen_only_if_they_are_there)
{
	int21(0x0e00, 0, 3);
	ck_assert_uint_eq(ax() & 0xff, 6);
	int21(0x1900, 0, 0);
	ck_assert_uint_eq(ax() & 0xff, 3);
	int21(0x0e00, 0, 4);
	int21(0x1900, 0, 0);
	ck_assert_uint_eq(ax() & 0xff, 3);
}
END_TEST

START_TEST(a_locked_range_is_its_handles_own)
{
	uint16_t a, b;

	host_file(&room_c, "f", "0123456789");
	a = opened(0x3d42, 0, "f");
	b = opened(0x3d42, 0, "f");
	ck_assert(lock(0x5c00, a, 2, 3));
	ck_assert(!lock(0x5c00, b, 4, 2) && ax() == 33);
	ck_assert(!lock(0x5c01, b, 2, 3) && ax() == 33);
	ck_assert(!lock(0x5c01, a, 2, 2) && ax() == 33);
	ck_assert(lock(0x5c00, b, 5, 2));
	ck_assert(!call(0x3f00, b, 4, BUFFER) && ax() == 5);
	ck_assert_str_eq(read_text(a, 4), "0123");
	seek(b, 0, 5);
	ck_assert_str_eq(read_text(b, 2), "56");
	ck_assert(lock(0x5c01, a, 2, 3));
	seek(b, 0, 0);
	ck_assert_str_eq(read_text(b, 4), "0123");
	ck_assert(!lock(0x5c02, a, 2, 3) && ax() == 1);
}
END_TEST

START_TEST(sharing_modes_hold_between_handles)
{
	uint16_t h;

	host_file(&room_c, "f", "text");
	h = opened(0x3d10, 0, "f");		/* deny all */
	fails_with(5, 0x3d40, 0, "f");
	ck_assert(call(0x3e00, h, 0, 0));
	opened(0x3d20, 0, "f");			/* deny write */
	fails_with(5, 0x3d42, 0, "f");
	succeeds(0x3d40, 0, "f");
}
END_TEST

START_TEST(a_server_call_may_delete_by_wildcards)
{
	enum { LIST = 0x700 };

	host_file(&room_c, "a.txt", "");
	host_file(&room_c, "b.txt", "");
	host_file(&room_c, "c.dat", "");
	fails_with(2, 0x4100, 0, "*.txt");
	guest_w16(&guest, ROOM_DATA, LIST + DPL_AX, 0x4100);
	guest_w16(&guest, ROOM_DATA, LIST + DPL_CX, 0);
	guest_w16(&guest, ROOM_DATA, LIST + DPL_DX, name("*.txt"));
	guest_w16(&guest, ROOM_DATA, LIST + DPL_DS, ROOM_DATA);
	guest_w16(&guest, ROOM_DATA, LIST + DPL_PSP, ROOM_PSP);
	ck_assert(int21(0x5d00, 0, LIST));
	ck_assert(!host_has(&room_c, "a.txt") && !host_has(&room_c, "b.txt"));
	ck_assert(host_has(&room_c, "c.dat"));
}
END_TEST

START_TEST(the_largest_file_without_the_large_flag_has_2_gb)
{
	uint16_t h;

	h = opened(0x3c00, 0, "f");
	seek(h, 0, 0x7ffffffe);
	ck_assert(call(0x4000, h, 10, BUFFER));
	ck_assert_uint_eq(ax(), 1);
	ck_assert(call(0x4000, h, 10, BUFFER));
	ck_assert_uint_eq(ax(), 0);
	ck_assert(call(0x3e00, h, 0, 0));
	ck_assert(open_extended(0x1002, 0x01, "f"));
	h = ax();
	seek(h, 0, 0xfffffffa);
	ck_assert(call(0x4000, h, 10, BUFFER));
	ck_assert_uint_eq(ax(), 5);
	ck_assert_uint_eq(seek(h, 2, 0), 0xffffffff);
}
END_TEST

int main(void)
{
	return suite_run_each("dos_file", dos_open_room, dos_close_room, (const TTest *[]){
		a_file_is_created_written_sought_in_and_read,
		writing_nothing_cuts_the_file_or_makes_it_longer,
		the_access_mode_is_kept_to,
		what_is_not_there_or_is_no_file_is_not_opened,
		a_file_that_is_protected_or_hidden_is_not_replaced,
		a_new_file_is_not_made_over_an_old_one,
		a_temporary_name_is_appended_to_the_directory,
		an_opened_device_is_of_today,
		an_extended_open_does_what_the_action_says,
		handles_run_out_before_names_are_looked_at,
		a_duplicate_shares_the_position,
		a_duplicate_onto_an_open_handle_closes_that,
		a_renamed_file_may_change_its_directory_but_not_its_drive,
		attributes_are_kept_and_a_directorys_own_is_not_given,
		a_date_set_by_handle_stays,
		every_date_and_time_set_by_handle_comes_back,
		what_is_beside_a_locked_range_can_be_moved,
		a_handle_tells_all_about_its_file,
		directories_are_made_entered_and_removed,
		a_current_directory_that_linux_removed_is_the_root,
		a_device_handle_says_so_and_a_file_names_its_drive,
		the_handle_table_grows_only_where_no_handle_is_lost,
		a_read_into_memory_that_is_no_ram_does_no_harm,
		a_small_file_on_a_large_disk_has_numbers_that_do_not_overflow,
		drives_are_chosen_only_if_they_are_there,
		a_locked_range_is_its_handles_own,
		sharing_modes_hold_between_handles,
		a_server_call_may_delete_by_wildcards,
		the_largest_file_without_the_large_flag_has_2_gb,
		NULL });
}
