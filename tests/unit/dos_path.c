/* dos_path.c - how DOS reads names.  */

#include "dos_room.h"

static const char *truename(const char *path)
{
	static char answer[300];

	text_at(0x400, "nothing");
	name(path);
	cpu_set16(&cpu, CPU_SI, 0x100);
	cpu_set16(&cpu, CPU_DI, 0x400);
	if (int21(0x6000, 0, 0))
		return string_at(ROOM_DATA, 0x400);
	snprintf(answer, sizeof answer, "error %u", ax());
	return answer;
}

/* Pairs of a name and what 60h makes of it, with D: current in \SUB.  */
static void check_names(const char *const pairs[][2])
{
	host_dir(&room_d, "sub");
	dos_drive(3, "D:\\SUB", CDS_PHYSICAL, 2);
	for (unsigned i = 0; pairs[i][0]; i++) {
		const char *is = truename(pairs[i][0]);

		ck_assert_msg(!strcmp(is, pairs[i][1]), "%s is %s, not %s", pairs[i][0], is, pairs[i][1]);
	}
}

START_TEST(a_name_is_completed_from_the_current_drive_and_directory)
{
	check_names((const char *const[][2]){
		{ "file.txt", "C:\\FILE.TXT" },
		{ "d:file.txt", "D:\\SUB\\FILE.TXT" },
		{ "d:\\file.txt", "D:\\FILE.TXT" },
		{ "d:.", "D:\\SUB" },
		{ "d:..", "D:\\" },
		{ "d:../x", "D:\\X" },
		{ "\\", "C:\\" },
		{ "c:\\", "C:\\" },
		{ "a/b\\c", "C:\\A\\B\\C" },
		{ "a\\\\b", "C:\\A\\B" },
		{ "a\\.\\b\\..\\c", "C:\\A\\C" },
		{ "dir\\", "C:\\DIR\\" },
		{ NULL, NULL },
	});
}
END_TEST

START_TEST(names_are_cut_to_eight_and_three_characters)
{
	check_names((const char *const[][2]){
		{ "longfilename.text", "C:\\LONGFILE.TEX" },
		{ "*.c", "C:\\????????.C" },
		{ "ab*cd.x", "C:\\AB??????.X" },
		{ "name.", "C:\\NAME" },
		{ "a b.txt", "C:\\A B.TXT" },
		{ NULL, NULL },
	});
}
END_TEST

START_TEST(a_wrong_name_is_no_file_and_a_wrong_directory_no_path)
{
	check_names((const char *const[][2]){
		{ "", "error 2" },
		{ "c:", "error 2" },
		{ "a<b", "error 2" },
		{ "a<b\\c", "error 3" },
		{ "..", "error 3" },
		{ "d:..\\..\\x", "error 3" },
		{ "...", "error 2" },
		{ "a.b.c", "error 2" },
		{ "*\\x", "error 3" },
		{ "x:y", "error 3" },
		{ "b:y", "error 3" },
		{ "1:y", "error 3" },
		{ NULL, NULL },
	});
}
END_TEST

START_TEST(devices_are_found_bare_in_dev_and_in_directories_that_exist)
{
	check_names((const char *const[][2]){
		{ "con", "C:/CON" },
		{ "nul.txt", "C:/NUL.TXT" },
		{ "d:con", "D:/CON" },
		{ "\\dev\\con", "C:/CON" },
		{ "con:", "C:/CON" },
		{ "con?", "C:\\CON?" },
		{ "d:\\sub\\nul", "D:\\SUB\\NUL" },
		{ NULL, NULL },
	});
}
END_TEST

START_TEST(a_device_in_a_directory_is_opened_only_if_that_exists)
{
	host_dir(&room_c, "tmp");
	succeeds(0x3d02, 0, "c:\\tmp\\nul");
	fails_with(3, 0x3d02, 0, "c:\\tmpx\\nul");
}
END_TEST

START_TEST(a_network_name_is_passed_through)
{
	check_names((const char *const[][2]){
		{ "\\\\server\\share\\dir\\..\\file", "\\\\SERVER\\SHARE\\FILE" },
		{ "//server/x", "\\\\SERVER\\X" },
		{ "\\\\server\\..\\..", "error 3" },
		{ NULL, NULL },
	});
}
END_TEST

START_TEST(a_path_longer_than_the_kernels_buffer_is_refused)
{
	char path[300] = "";

	for (unsigned i = 0; i < 20; i++)
		strcat(path, "\\DIRECTOR");
	check_names((const char *const[][2]){ { path, "error 3" }, { NULL, NULL } });
}
END_TEST

START_TEST(a_subst_drive_leads_into_its_directory_and_not_out_of_it)
{
	host_dir(&room_d, "sub");
	host_dir(&room_d, "sub/inner");
	dos_drive(4, "D:\\SUB\\INNER", CDS_PHYSICAL | CDS_SUBST, 6);
	ck_assert_str_eq(truename("e:x"), "D:\\SUB\\INNER\\X");
	ck_assert_str_eq(truename("e:\\x"), "D:\\SUB\\X");
	ck_assert_str_eq(truename("e:..\\x"), "D:\\SUB\\X");
	ck_assert_str_eq(truename("e:..\\..\\x"), "error 3");
	host_file(&room_d, "sub/inner/f", "");
	succeeds(0x3d00, 0, "e:f");
}
END_TEST

START_TEST(a_joined_drive_is_seen_as_a_directory_and_not_as_a_letter)
{
	host_file(&room_d, "f", "");
	dos_drive(3, "C:\\JOINED", CDS_PHYSICAL | CDS_JOIN, 2);
	lol_w8(&dos, LOL_JOINED, 1);
	succeeds(0x3d00, 0, "c:\\joined\\f");
	fails_with(3, 0x3d00, 0, "d:f");
	ck_assert_str_eq(truename("c:\\joined\\f"), "D:\\F");
	ck_assert_str_eq(truename("c:\\joinedx\\f"), "C:\\JOINEDX\\F");
}
END_TEST

/* Windows 95's calls take a letter alone as its current directory.  */
START_TEST(a_letter_alone_is_a_directory_for_calls_with_long_names_only)
{
	host_dir(&room_d, "sub");
	dos_drive(3, "D:\\SUB", CDS_PHYSICAL, 2);
	cpu_set16(&cpu, CPU_BX, 0);
	fails_with(2, 0x4300, 0, "d:");
	succeeds(0x7143, 0, "d:");
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), 0x10);
	dos_drive(3, "D:\\", CDS_PHYSICAL, 2);
	succeeds(0x7143, 0, "d:");
	ck_assert_uint_eq(cpu_get16(&cpu, CPU_CX), 0x10);
	fails_with(2, 0x7143, 0, "");
}
END_TEST

START_TEST(tables_bent_by_a_program_do_no_harm)
{
	dos_drive(2, "", CDS_PHYSICAL, 0xffff);
	truename("..");
	truename("x");
	dos_drive(2, "ABCDEF", CDS_PHYSICAL, 1);
	truename("..\\..\\x");
	guest_wfar(&guest, DOS_SEG, AT_NUL, (struct far){ AT_NUL, DOS_SEG });
	truename("x");
	guest_wfar(&guest, ROOM_SFT, SFTB_NEXT, (struct far){ 0, ROOM_SFT });
	guest_w16(&guest, ROOM_SFT, SFTB_COUNT, 0);
	fails_with(4, 0x3d00, 0, "nul");
}
END_TEST

int main(void)
{
	return suite_run_each("dos_path", dos_open_room, dos_close_room, (const TTest *[]){
		a_name_is_completed_from_the_current_drive_and_directory,
		names_are_cut_to_eight_and_three_characters,
		a_wrong_name_is_no_file_and_a_wrong_directory_no_path,
		devices_are_found_bare_in_dev_and_in_directories_that_exist,
		a_device_in_a_directory_is_opened_only_if_that_exists,
		a_network_name_is_passed_through,
		a_path_longer_than_the_kernels_buffer_is_refused,
		a_subst_drive_leads_into_its_directory_and_not_out_of_it,
		a_joined_drive_is_seen_as_a_directory_and_not_as_a_letter,
		a_letter_alone_is_a_directory_for_calls_with_long_names_only,
		tables_bent_by_a_program_do_no_harm,
		NULL });
}
