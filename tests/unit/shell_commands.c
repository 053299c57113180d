/* shell_commands.c - the internal commands, one by one.  */

#include "shell_room.h"

#include <sys/time.h>
#include <time.h>

/* All files of the tests have the same date.  */
static void old_file(const char *name, const char *text)
{
	struct timeval t[2] = { { 770365320, 0 }, { 770365320, 0 } };	/* 1994-05-31 06:22 UTC */

	host_file(&room_d, name, text);
	ck_assert_int_eq(utimes(host(&room_d, name), t), 0);
}

static void old_dir(const char *name)
{
	struct timeval t[2] = { { 770365320, 0 }, { 770365320, 0 } };

	host_dir(&room_d, name);
	ck_assert_int_eq(utimes(host(&room_d, name), t), 0);
}

static void expect_has(const char *text)
{
	ck_assert_msg(strstr(run.out, text), "no \"%s\" in\n%s%s", text, run.out, run.err);
}

static void expect_no(const char *text)
{
	ck_assert_msg(!strstr(run.out, text), "\"%s\" in\n%s%s", text, run.out, run.err);
}

static void shell_c(const char *line)
{
	char tail[127];

	snprintf(tail, sizeof tail, "/C %s", line);
	shell_run(tail);
}

/* --- DIR ----------------------------------------------------------------------- */

START_TEST(dir_looks_as_in_6_22)
{
	setenv("TZ", "UTC", 1);
	tzset();
	old_file("COMMAND.COM", "0123456789");
	old_file("README", "");
	old_dir("DOS");
	shell_c("dir");
	expect_has(" Volume in drive D ");
	expect_has(" Volume Serial Number is ");
	expect_has("\n Directory of D:\\\n\n");
	expect_has("\nCOMMAND  COM            10 05-31-94   6:22a\n");
	expect_has("\nREADME                   0 05-31-94   6:22a\n");
	expect_has("\nDOS          <DIR>         05-31-94   6:22a\n");
	expect_has("\n        3 file(s)             10 bytes\n");
	expect_has(" bytes free\n");
	ck_assert_uint_eq(strcspn(strstr(run.out, "bytes\n") + 6, "b"), 33);
}
END_TEST

START_TEST(dir_without_a_match_says_so)
{
	shell_c("dir nosuch.txt");
	expect_has(" Directory of D:\\\n\n");
	expect_err("File not found\n");
	expect_has("bytes free");
	complains("dir q:", "Invalid drive specification\n");
	complains("dir /q", "Invalid switch - /q\n");
	complains("dir a b", "Too many parameters - b\n");
}
END_TEST

START_TEST(dir_bare_and_sorted)
{
	host_file(&room_d, "B.TXT", "12");
	host_file(&room_d, "A.ZZZ", "1");
	host_file(&room_d, "C", "123");
	host_dir(&room_d, "SUB");
	prints("dir /b /on", "A.ZZZ\nB.TXT\nC\nSUB\n");
	prints("dir/b/o-n", "SUB\nC\nB.TXT\nA.ZZZ\n");
	prints("dir /b /o", "SUB\nA.ZZZ\nB.TXT\nC\n");
	prints("dir /b /o:-gs", "A.ZZZ\nB.TXT\nC\nSUB\n");
	prints("dir /b /oe /a-d", "C\nB.TXT\nA.ZZZ\n");
	prints("dir /b /l /on b.*", "b.txt\n");
	prints("dir /b /ad", "SUB\n");
	prints("dir b /b", "B.TXT\n");
	prints("dir .txt /b", "B.TXT\n");
}
END_TEST

START_TEST(dir_goes_into_subdirectories)
{
	host_dir(&room_d, "ONE");
	host_dir(&room_d, "ONE/TWO");
	host_dir(&room_d, "ZED");
	host_file(&room_d, "ONE/A.TXT", "12");
	host_file(&room_d, "ONE/TWO/B.TXT", "345");
	host_file(&room_d, "ZED/C.TXT", "6");
	prints("dir *.txt /s /b", "D:\\ONE\\A.TXT\nD:\\ONE\\TWO\\B.TXT\nD:\\ZED\\C.TXT\n");
	shell_c("dir *.txt /s");
	expect_has("\nDirectory of D:\\ONE\\TWO\n\n");
	expect_has("\nTotal files listed:\n        3 file(s)              6 bytes\n");
}
END_TEST

START_TEST(dir_of_a_substituted_drive_names_that_drive)
{
	/* INT 21h/71AAh: mov ax,71aa; mov bx,5; mov dx,10c; int 21; ret */
	static const char e_is_one[] = "\xb8\xaa\x71\xbb\x05\x00\xba\x0c\x01\xcd\x21\xc3" "D:\\ONE";

	host_dir(&room_d, "ONE");
	host_dir(&room_d, "ONE/TWO");
	host_file(&room_d, "ONE/TWO/B.TXT", "345");
	program(&room_d, "E.COM", e_is_one, sizeof e_is_one);
	host_file(&room_d, "GO.BAT", "@e\r\n@dir e:two\r\n");
	shell_c("go");
	expect_has(" Volume in drive E ");
	expect_has("\n Directory of E:\\TWO\n");
	expect_has("\nB        TXT             3 ");
}
END_TEST

START_TEST(dir_wide_has_five_columns)
{
	for (char c = 'A'; c <= 'G'; c++) {
		char name[] = "X.TXT";

		name[0] = c;
		host_file(&room_d, name, "");
	}
	host_dir(&room_d, "SUB");
	shell_c("dir /w /on");
	expect_has("\nA.TXT           B.TXT           C.TXT           D.TXT           E.TXT\n"
		   "F.TXT           G.TXT           [SUB]           \n");
}
END_TEST

START_TEST(dir_shows_long_names)
{
	host_file(&room_d, "A long name.text", "");
	shell_c("dir");
	expect_has("ALONGN~1 TEX             0 ");
	expect_has(" A long name.text\n");
}
END_TEST

/* --- directories --------------------------------------------------------------------- */

START_TEST(directories_are_made_entered_and_removed)
{
	batch(&room_d, "t.bat", "@echo off\nmd sub\ncd sub\ncd\nmd \\sub\\two\ncd two\ncd\ncd..\ncd\n"
	      "rd two\ncd \\\ncd\nrd sub\n");
	prints("t", "D:\\SUB\nD:\\SUB\\TWO\nD:\\SUB\nD:\\\n");
	ck_assert_str_eq(names_in(&room_d, "\\"), "T.BAT");
	host_dir(&room_d, "there");
	complains("md there", "Directory already exists\n");
	complains("md no\\such", "Unable to create directory\n");
	complains("cd nosuch", "Invalid directory\n");
	complains("rd nosuch", "Invalid path, not directory,\nor directory not empty\n");
	complains("md", "Required parameter missing\n");
	prints("cd c:", "C:\\\n");
}
END_TEST

/* --- COPY ----------------------------------------------------------------------------- */

START_TEST(copy_copies_one_file)
{
	host_file(&room_d, "a.txt", "text\x1amore");
	prints("copy a.txt b.txt", "        1 file(s) copied\n");
	ck_assert_str_eq(text_of(&room_d, "\\B.TXT"), "text\x1amore");
	prints("copy a.txt c.txt /a", "        1 file(s) copied\n");
	ck_assert_str_eq(text_of(&room_d, "\\C.TXT"), "text\x1amore");
	prints("copy /a a.txt c.txt /b", "        1 file(s) copied\n");
	ck_assert_str_eq(text_of(&room_d, "\\C.TXT"), "text");
	complains("copy nosuch x", "File not found - NOSUCH\n");
	expect_out("        0 file(s) copied\n");
	complains("copy a.txt", "File cannot be copied onto itself\n");
	expect_out("        0 file(s) copied\n");
	complains("copy", "Required parameter missing\n");
	complains("copy a b c", "Too many parameters - c\n");
}
END_TEST

START_TEST(copy_keeps_the_date)
{
	old_file("OLD.TXT", "x");
	prints("copy old.txt new.txt", "        1 file(s) copied\n");
	shell_c("dir new.txt");
	expect_has("NEW      TXT             1 05-31-94   6:22a");
}
END_TEST

START_TEST(copy_copies_many_files)
{
	host_file(&room_d, "a.c", "1");
	host_file(&room_d, "b.c", "2");
	host_dir(&room_d, "sub");
	prints("copy *.c sub", "A.C\nB.C\n        2 file(s) copied\n");
	ck_assert_str_eq(text_of(&room_d, "\\SUB\\B.C"), "2");
	prints("copy *.c *.bak", "A.C\nB.C\n        2 file(s) copied\n");
	ck_assert_str_eq(text_of(&room_d, "\\A.BAK"), "1");
	prints("copy sub c:\\", "SUB\\A.C\nSUB\\B.C\n        2 file(s) copied\n");
	ck_assert_str_eq(text_of(&room_c, "\\B.C"), "2");
}
END_TEST

START_TEST(copy_joins_files)
{
	host_file(&room_d, "a.c", "one\x1ajunk");
	host_file(&room_d, "b.c", "two");
	prints("copy a.c+b.c all", "A.C\nB.C\n        1 file(s) copied\n");
	ck_assert_str_eq(text_of(&room_d, "\\ALL"), "onetwo\x1a");
	prints("copy /b a.c + b.c all", "A.C\nB.C\n        1 file(s) copied\n");
	ck_assert_str_eq(text_of(&room_d, "\\ALL"), "one\x1ajunktwo");
	prints("copy *.c all", "A.C\nB.C\n        1 file(s) copied\n");
	ck_assert_str_eq(text_of(&room_d, "\\ALL"), "onetwo\x1a");
	prints("copy b.c+a.c", "A.C\n        1 file(s) copied\n");
	ck_assert_str_eq(text_of(&room_d, "\\B.C"), "twoone\x1a");
	complains("copy a.c+b.c b.c", "Content of destination lost before copy\n");
}
END_TEST

START_TEST(copy_asks_before_overwriting_at_the_prompt)
{
	host_file(&room_d, "a", "new");
	host_file(&room_d, "b", "old");
	run.in = "copy a b\nn\ncopy a b\ny\n";
	shell_run("");
	expect_has("Overwrite B (Yes/No/All)?N\n        0 file(s) copied\n");
	expect_has("Overwrite B (Yes/No/All)?Y\n        1 file(s) copied\n");
	ck_assert_str_eq(text_of(&room_d, "\\B"), "new");
}
END_TEST

START_TEST(copy_copies_a_large_file)
{
	char *text = malloc(100001), *back = malloc(100002);
	FILE *f;

	for (unsigned i = 0; i < 100000; i++)
		text[i] = 'a' + i % 26;
	text[100000] = 0;
	host_file(&room_d, "big", text);
	prints("copy big c:\\BIG2", "        1 file(s) copied\n");
	f = fopen(host(&room_c, "BIG2"), "r");
	if (!f)
		f = fopen(host(&room_c, "big2"), "r");
	ck_assert(f != NULL);
	ck_assert_uint_eq(fread(back, 1, 100001, f), 100000);
	ck_assert_int_eq(memcmp(text, back, 100000), 0);
	fclose(f);
	free(text);
	free(back);
}
END_TEST

/* --- other file commands ------------------------------------------------------------------ */

START_TEST(del_deletes)
{
	host_file(&room_d, "a.c", "");
	host_file(&room_d, "b.c", "");
	host_file(&room_d, "x.h", "");
	prints("del a.c", "");
	prints("erase *.c", "");
	ck_assert_str_eq(names_in(&room_d, "\\"), "X.H");
	complains("del nosuch", "File not found\n");
	complains("del no\\such", "Path not found\n");
	run.in = "n\n";
	prints("del *.*", "All files in directory will be deleted!\nAre you sure (Y/N)?n\n");
	ck_assert_str_eq(names_in(&room_d, "\\"), "X.H");
	run.in = "n";
	prints("del *.* /p", "X.H,    Delete (Y/N)?N\n");
	run.in = "y\n";
	prints("del .", "All files in directory will be deleted!\nAre you sure (Y/N)?y\n");
	ck_assert_str_eq(names_in(&room_d, "\\"), "");
}
END_TEST

START_TEST(ren_renames)
{
	host_file(&room_d, "a.c", "");
	host_file(&room_d, "b.c", "");
	prints("ren *.c *.bak", "");
	ck_assert_str_eq(names_in(&room_d, "\\"), "A.BAK B.BAK");
	prints("rename a.bak xy.z", "");
	ck_assert_str_eq(names_in(&room_d, "\\"), "B.BAK XY.Z");
	complains("ren nosuch x", "Duplicate file name or file not found\n");
	complains("ren b.bak xy.z", "Duplicate file name or file not found\n");
	complains("ren b.bak", "Required parameter missing\n");
}
END_TEST

START_TEST(move_moves)
{
	host_file(&room_d, "a.c", "1");
	host_file(&room_d, "b.c", "2");
	host_dir(&room_d, "sub");
	prints("move a.c sub", "d:\\a.c => d:\\sub\\a.c [ok]\n");
	prints("move sub\\a.c,b.c c:\\", "d:\\sub\\a.c => c:\\a.c [ok]\nd:\\b.c => c:\\b.c [ok]\n");
	ck_assert_str_eq(text_of(&room_c, "\\B.C"), "2");
	prints("move sub new", "d:\\sub => d:\\new [ok]\n");
	ck_assert_str_eq(names_in(&room_d, "\\"), "NEW");
	complains("move nosuch new", "Cannot move nosuch - No such file or directory\n");
	host_file(&room_d, "x", "1");
	host_file(&room_d, "y", "1");
	complains("move x,y z", "Cannot move multiple files to a single file\n");
}
END_TEST

START_TEST(type_shows_a_text)
{
	host_file(&room_d, "a.txt", "one\ntwo\n\x1athree");
	prints("type a.txt", "one\ntwo\n");
	complains("type nosuch.txt", "File not found - NOSUCH.TXT\n");
	complains("type *.txt", "Invalid filename or file not found\n");
	complains("type", "Required parameter missing\n");
}
END_TEST

/* --- settings ---------------------------------------------------------------------------- */

START_TEST(set_path_and_prompt_change_the_environment)
{
	batch(&room_d, "t.bat", "@echo off\nset one=1\nset two=x y\nset one=\nset\npath a;b\npath\n"
	      "path ;\npath\nprompt [$n$g]\necho on\nrem\n");
	prints("t", "PATH=C:\\\nCOMSPEC=C:\\COMMAND.COM\nTWO=x y\nPATH=A;B\nNo Path\n\n[D>]rem\n");
	complains("set x", "Syntax error\n");
}
END_TEST

START_TEST(the_environment_is_of_the_size_that_is_asked_for)
{
	batch(&room_d, "t.bat", "@echo off\n:a\nset x=%x%0123456789\nset z%x%=1\n"
	      "if not %x%==01234567890123456789012345678901234567890123456789 goto a\n");
	complains("t", "");
	shell_run("/E:200 /C t");
	ck_assert(strstr(run.err, "Out of environment space\n"));
	shell_run("/E:4000 /C t");
	expect_err("");
}
END_TEST

START_TEST(the_prompt_has_codes)
{
	batch(&room_d, "t.bat", "@prompt $$$b$l$q$v$t$d$_$p$h$e$x$\n@echo on\nrem\n");
	shell_c("t");
	expect_has("\n$|<=MS-DOS Version 6.22 6:22:00.00Tue  5-31-1994\nD:\\\b \b\033");
}
END_TEST

START_TEST(on_and_off_are_shown_and_set)
{
	batch(&room_d, "t.bat", "@echo off\nbreak\nbreak on\nbreak\nverify\nverify on\nverify\necho\n"
	      "lfnfor\nlfnfor on\nlfnfor\n");
	prints("t", "BREAK is off\nBREAK is on\nVERIFY is off\nVERIFY is on\nECHO is off\n"
	       "LFNFOR is off\nLFNFOR is on\n");
	complains("verify maybe", "Must specify ON or OFF\n");
}
END_TEST

START_TEST(date_and_time_are_shown_and_set)
{
	run.in = "\r\n";
	prints("date", "Current date is Tue 05-31-1994\nEnter new date (mm-dd-yy): \n");
	prints("time", "Current time is  6:22:00.00a\nEnter new time: ");
	run.in = "13-13-94\n\n";
	shell_c("date");
	expect_has("\nInvalid date\nEnter new date (mm-dd-yy): \n");
}
END_TEST

START_TEST(small_commands_answer)
{
	prints("copy /?", "Copies files, or joins them.\n");
	prints("ver", "\nMS-DOS Version 6.22\n\n");
	prints("chcp", "\nActive code page: 437\n");
	prints("truename a.txt", "\nD:\\A.TXT\n");
	prints("cls >nul", "");
	shell_c("vol");
	expect_has("\n Volume in drive D ");
	complains("vol q:", "Invalid drive specification\n");
	complains("ctty nosuch", "Invalid device\n");
	run.in = "x";
	prints("pause", "Press any key to continue . . .\n");
	expect_no("x");
}
END_TEST

int main(void)
{
	return suite_run_each("shell commands", shell_open, shell_close, (const TTest *[]){
		dir_looks_as_in_6_22,
		dir_without_a_match_says_so,
		dir_bare_and_sorted,
		dir_goes_into_subdirectories,
		dir_of_a_substituted_drive_names_that_drive,
		dir_wide_has_five_columns,
		dir_shows_long_names,
		directories_are_made_entered_and_removed,
		copy_copies_one_file,
		copy_keeps_the_date,
		copy_copies_many_files,
		copy_joins_files,
		copy_asks_before_overwriting_at_the_prompt,
		copy_copies_a_large_file,
		del_deletes,
		ren_renames,
		move_moves,
		type_shows_a_text,
		set_path_and_prompt_change_the_environment,
		the_environment_is_of_the_size_that_is_asked_for,
		the_prompt_has_codes,
		on_and_off_are_shown_and_set,
		date_and_time_are_shown_and_set,
		small_commands_answer,
		NULL });
}
