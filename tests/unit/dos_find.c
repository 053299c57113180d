/* dos_find.c - searches, by handle calls and for long names.  */

#include "dos_room.h"

static bool find_first(const char *path, uint16_t attr)
{
	return int21(0x4e00, attr, name(path));
}

static bool find_next(void)
{
	return int21(0x4f00, 0, 0);
}

static const char *found(void)
{
	return string_at(ROOM_PSP, ROOM_DTA + FIND_NAME);
}

static uint8_t found_attr(void)
{
	return guest_r8(&guest, ROOM_PSP, ROOM_DTA + FIND_FOUND_ATTR);
}

/* All names that a search finds, in one line.  */
static const char *all(const char *path, uint16_t attr)
{
	static char line[500];

	line[0] = '\0';
	for (bool ok = find_first(path, attr); ok; ok = find_next()) {
		ck_assert_uint_lt(strlen(line), sizeof line - 20);
		strcat(line, line[0] ? " " : "");
		strcat(line, found());
	}
	ck_assert_uint_eq(ax(), 18);
	return line;
}

static void open_with_files(void)
{
	dos_open_room();
	host_file(&room_c, "a.txt", "1");
	host_file(&room_c, "b.txt", "22");
	host_file(&room_c, "c", "333");
	host_dir(&room_c, "dir");
	host_file(&room_c, "dir/x.c", "");
	host_file(&room_c, "hidden", "");
	succeeds(0x4301, ATTR_HIDDEN, "hidden");
}

START_TEST(a_search_finds_what_fits_the_pattern)
{
	ck_assert_str_eq(all("*.*", 0), "A.TXT B.TXT C");
	ck_assert_str_eq(all("*.txt", 0), "A.TXT B.TXT");
	ck_assert_str_eq(all("?", 0), "C");
	ck_assert_str_eq(all("?.*", 0), "A.TXT B.TXT C");
	ck_assert_str_eq(all("*", 0), "C");
	ck_assert_str_eq(all("*.", ATTR_DIR), "C DIR");
	ck_assert_str_eq(all("c", 0), "C");
	ck_assert_str_eq(all("dir\\*.*", 0), "X.C");
}
END_TEST

START_TEST(special_files_are_found_only_if_asked_for)
{
	ck_assert_str_eq(all("*.*", ATTR_HIDDEN), "A.TXT B.TXT C HIDDEN");
	ck_assert_str_eq(all("*.*", ATTR_DIR), "A.TXT B.TXT C DIR");
	ck_assert_str_eq(all("hidden", 0), "");
	ck_assert_str_eq(all("hidden", 2), "HIDDEN");
	ck_assert_str_eq(all("dir", 0), "");
	ck_assert_str_eq(all("dir", ATTR_DIR), "DIR");
	ck_assert_str_eq(all("dir\\*.*", ATTR_DIR), ". .. X.C");
	ck_assert_str_eq(all("*.*", ATTR_READ_ONLY | ATTR_ARCHIVE), "A.TXT B.TXT C");
}
END_TEST

START_TEST(the_label_is_found_in_the_root)
{
	struct drive_info root;
	struct drive *c;

	c = &drives[2];
	ck_assert_int_eq(c->ops->set_label(c->disk, "MY DISK 123"), DOS_OK);
	ck_assert_str_eq(all("*.*", ATTR_LABEL), "MY DISK.123");
	ck_assert(find_first("*.*", ATTR_LABEL));
	ck_assert_int_eq(c->ops->info(c->disk, "\\", &root), DOS_OK);
	ck_assert_uint_ne(root.date, 0);
	ck_assert_uint_eq(guest_r16(&guest, ROOM_PSP, ROOM_DTA + 0x16), root.time);
	ck_assert_uint_eq(guest_r16(&guest, ROOM_PSP, ROOM_DTA + 0x18), root.date);
	ck_assert_str_eq(all("dir\\*.*", ATTR_LABEL), "");
	ck_assert(find_first("*.*", ATTR_LABEL | ATTR_DIR));
	ck_assert_uint_eq(found_attr(), ATTR_LABEL);
	ck_assert(find_next());
	ck_assert_str_eq(found(), "A.TXT");
}
END_TEST

START_TEST(a_search_that_finds_nothing_says_whether_the_path_is_there)
{
	ck_assert(!find_first("none", 0) && ax() == 18);
	ck_assert(!find_first("none.*", 0) && ax() == 18);
	ck_assert(!find_first("none\\*.*", 0) && ax() == 3);
	ck_assert(!find_first("none\\x", 0) && ax() == 3);
	ck_assert(!find_first("c\\*.*", 0) && ax() == 3);
	ck_assert(!find_first("q:*.*", 0) && ax() == 3);
	ck_assert(!find_first("", 0) && ax() == 3);
	ck_assert(!find_first("c:\\", ATTR_DIR) && ax() == 18);
	ck_assert(!find_first("dir\\", ATTR_DIR) && ax() == 3);
}
END_TEST

START_TEST(a_device_is_found_by_its_name)
{
	ck_assert_str_eq(all("con", 0), "CON");
	ck_assert_str_eq(all("dir\\nul", 0), "NUL");
	ck_assert(!find_first("none\\nul", 0) && ax() == 3);
}
END_TEST

START_TEST(the_area_tells_size_date_and_attributes)
{
	ck_assert(find_first("b.txt", 0));
	ck_assert_uint_eq(guest_r32(&guest, ROOM_PSP, ROOM_DTA + FIND_SIZE), 2);
	ck_assert_uint_eq(found_attr(), ATTR_ARCHIVE);
	ck_assert_uint_ne(guest_r16(&guest, ROOM_PSP, ROOM_DTA + FIND_DATE), 0);
	ck_assert_uint_eq(guest_r8(&guest, ROOM_PSP, ROOM_DTA + FIND_DRIVE), 3);
}
END_TEST

START_TEST(a_search_survives_deletes_and_new_files)
{
	ck_assert(find_first("*.*", 0));
	ck_assert_str_eq(found(), "A.TXT");
	ck_assert_int_eq(unlink(host(&room_c, "a.txt")), 0);
	ck_assert_int_eq(unlink(host(&room_c, "b.txt")), 0);
	host_file(&room_c, "aa.txt", "");
	ck_assert(find_next());
	ck_assert_str_eq(found(), "C");
	ck_assert(!find_next() && ax() == 18);
}
END_TEST

START_TEST(two_searches_do_not_disturb_each_other)
{
	ck_assert(find_first("*.txt", 0));
	sda_wfar(&dos, SDA_DTA, (struct far){ 0xc00, ROOM_DATA });
	ck_assert(find_first("dir\\*.*", 0));
	sda_wfar(&dos, SDA_DTA, (struct far){ ROOM_DTA, ROOM_PSP });
	ck_assert(find_next());
	ck_assert_str_eq(found(), "B.TXT");
}
END_TEST

START_TEST(an_area_full_of_rubbish_ends_the_search)
{
	for (unsigned i = 0; i < FIND_AREA_SIZE; i++)
		guest_w8(&guest, ROOM_PSP, ROOM_DTA + i, 0x25 ^ i);
	ck_assert(!find_next() && ax() == 18);
	guest_w8(&guest, ROOM_PSP, ROOM_DTA + FIND_DRIVE, 3);
	ck_assert(!find_next() && ax() == 18);
}
END_TEST

/* --- long names ------------------------------------------------------------ */

enum { FOUND = 0x1000 };	/* in ROOM_DATA */

static bool long_first(const char *path, uint16_t attr, uint16_t form)
{
	cpu_set16(&cpu, CPU_SI, form);
	cpu_set16(&cpu, CPU_DI, FOUND);
	return int21(0x714e, attr, name(path));
}

static const char *long_found(void)
{
	return string_at(ROOM_DATA, FOUND + 0x2c);
}

START_TEST(a_long_search_finds_long_names_and_their_short_ones)
{
	uint16_t h;

	host_file(&room_c, "A long name.html", "x");
	ck_assert(long_first("*.html", 0, 1));
	h = ax();
	ck_assert_str_eq(long_found(), "A long name.html");
	ck_assert_str_eq(string_at(ROOM_DATA, FOUND + 0x130), "ALONGN~1.HTM");
	ck_assert(!int21_bx(0x714f, h, 0, 0) && ax() == 18);
	ck_assert(int21_bx(0x71a1, h, 0, 0));
	ck_assert(!int21_bx(0x71a1, h, 0, 0) && ax() == 6);
	ck_assert(!long_first("*.none", 0, 1) && ax() == 2);
	ck_assert(!long_first("none\\*.*", 0, 1) && ax() == 3);
}
END_TEST

START_TEST(a_long_search_may_require_attributes)
{
	ck_assert(long_first("*", ATTR_DIR << 8 | ATTR_DIR, 1));
	ck_assert_str_eq(long_found(), "dir");
	ck_assert(!int21_bx(0x714f, ax(), 0, 0));
}
END_TEST

START_TEST(searches_of_a_process_that_ends_are_closed)
{
	uint16_t h;

	ck_assert(long_first("*", 0, 1));
	h = ax();
	dos_close_all(&dos, ROOM_PSP);
	ck_assert(!int21_bx(0x714f, h, 0, 0) && ax() == 6);
}
END_TEST

START_TEST(long_names_are_made_shown_and_deleted)
{
	succeeds(0x7139, 0, "A New Directory");
	ck_assert(host_has(&room_c, "A New Directory"));
	succeeds(0x713b, 0, "a new directory");
	ck_assert_str_eq(current_dir(0x7147, 0), "A New Directory");
	ck_assert_str_eq(current_dir(0x4700, 0), "ANEWDI~1");
	cpu_set16(&cpu, CPU_SI, name("Some File.text"));
	ck_assert(int21_bx(0x716c, 2, 0, 0x12));
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), 2);
	ck_assert(host_has(&room_c, "A New Directory/Some File.text"));
	cpu_set16(&cpu, CPU_DI, text_at(0x300, "Other File.text"));
	succeeds(0x7156, 0, "some file.TEXT");
	ck_assert(host_has(&room_c, "A New Directory/Other File.text"));
	cpu_set16(&cpu, CPU_SI, 1);
	succeeds(0x7141, 0, "other*.t?xt");
	ck_assert(!host_has(&room_c, "A New Directory/Other File.text"));
	succeeds(0x713b, 0, "..");
	succeeds(0x713a, 0, "A New Directory\\");
	ck_assert(!host_has(&room_c, "A New Directory"));
}
END_TEST

static const char *long_truename(uint16_t form, const char *path)
{
	name(path);
	cpu_set16(&cpu, CPU_SI, 0x100);
	cpu_set16(&cpu, CPU_DI, 0x400);
	ck_assert_msg(int21(0x7160, form, 0), "%s: error %u", path, ax());
	return string_at(ROOM_DATA, 0x400);
}

START_TEST(a_path_is_told_in_its_three_forms)
{
	host_dir(&room_c, "Program Files");
	host_file(&room_c, "Program Files/Readme First.txt", "");
	ck_assert_str_eq(long_truename(1, "program files\\readme first.txt"), "C:\\PROGRA~1\\README~1.TXT");
	ck_assert_str_eq(long_truename(2, "progra~1\\readme~1.txt"), "C:\\Program Files\\Readme First.txt");
	ck_assert_str_eq(long_truename(0, "New File.text"), "C:\\New File.text");
	name("none\\x");
	cpu_set16(&cpu, CPU_SI, 0x100);
	cpu_set16(&cpu, CPU_DI, 0x400);
	ck_assert(!int21(0x7160, 2, 0) && ax() == 3);
}
END_TEST

START_TEST(a_date_goes_to_filetime_and_back)
{
	cpu_set16(&cpu, CPU_DI, 0x600);
	/* 1995-08-24 12:34:56.50, counted by Python's datetime.  */
	ck_assert(int21_bx(0x71a7, 50 << 8 | 1, 12 << 11 | 34 << 5 | 28, 15 << 9 | 8 << 5 | 24));
	ck_assert_uint_eq(guest_r32(&guest, ROOM_DATA, 0x604) * 0x100000000ull +
			  guest_r32(&guest, ROOM_DATA, 0x600),
			  124537412965000000ull);
	cpu_set16(&cpu, CPU_SI, 0x600);
	ck_assert(int21_bx(0x71a7, 0, 0, 0));
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), 12 << 11 | 34 << 5 | 28);
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_DX), 15 << 9 | 8 << 5 | 24);
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_BX) >> 8, 50);
}
END_TEST

START_TEST(a_drive_tells_that_it_has_long_names)
{
	cpu_set16(&cpu, CPU_DI, 0x600);
	ck_assert(int21(0x71a0, 16, name("C:\\")));
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_BX) & 0x4000, 0x4000);
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), 255);
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_DX), 260);
	ck_assert(!int21(0x71ff, 0, 0) && ax() == 0x7100);
}
END_TEST

START_TEST(a_drive_is_substituted_and_its_own_again)
{
	ck_assert(int21_bx(0x71aa, 5, 0, name("c:\\dir")));
	succeeds(0x3d00, 0, "e:\\x.c");
	ck_assert(int21_bx(0x71aa, 0x0205, 0, 0x700));
	ck_assert_str_eq(string_at(ROOM_DATA, 0x700), "C:\\DIR");
	ck_assert(!int21_bx(0x71aa, 5, 0, name("c:\\dir")) && ax() == 15);
	ck_assert(int21_bx(0x71aa, 0x0105, 0, 0));
	fails_with(3, 0x3d00, 0, "e:\\x.c");
}
END_TEST

int main(void)
{
	return suite_run_each("dos_find", open_with_files, dos_close_room, (const TTest *[]){
		a_search_finds_what_fits_the_pattern,
		special_files_are_found_only_if_asked_for,
		the_label_is_found_in_the_root,
		a_search_that_finds_nothing_says_whether_the_path_is_there,
		a_device_is_found_by_its_name,
		the_area_tells_size_date_and_attributes,
		a_search_survives_deletes_and_new_files,
		two_searches_do_not_disturb_each_other,
		an_area_full_of_rubbish_ends_the_search,
		a_long_search_finds_long_names_and_their_short_ones,
		a_long_search_may_require_attributes,
		searches_of_a_process_that_ends_are_closed,
		long_names_are_made_shown_and_deleted,
		a_path_is_told_in_its_three_forms,
		a_date_goes_to_filetime_and_back,
		a_drive_tells_that_it_has_long_names,
		a_drive_is_substituted_and_its_own_again,
		NULL });
}
