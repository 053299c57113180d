/* shell_batch.c - lines, pipes, redirections, batch files, programs.  */

#include "shell_room.h"

/* Programs.  */
static const char exit_5[] = "\xb8\x05\x4c\xcd\x21";
/* Writes its command tail, as the PSP has it, and ends.  */
static const char show_tail[] =
	"\xb4\x40"			/* mov ah, 40h */
	"\xbb\x01\x00"			/* mov bx, 1 */
	"\xb9\x10\x00"			/* mov cx, 16 */
	"\xba\x80\x00"			/* mov dx, 80h */
	"\xcd\x21"
	"\xb8\x00\x4c\xcd\x21";
/* Copies 16 bytes of standard input to standard output.  */
static const char copy_16[] =
	"\xb4\x3f\xbb\x00\x00\xb9\x10\x00\xba\x00\x02\xcd\x21"
	"\xb4\x40\xbb\x01\x00\xb9\x10\x00\xba\x00\x02\xcd\x21"
	"\xb8\x00\x4c\xcd\x21";

#define PROGRAM(r, name, code) program(r, name, code, sizeof code - 1)

static void runs(const char *text, const char *out)
{
	batch(&room_d, "t.bat", text);
	prints("t", out);
}

START_TEST(a_command_says_something)
{
	prints("echo Hello", "Hello\n");
	prints("echo.", "\n");
	prints("@echo.Hello", "Hello\n");
	prints("echo", "ECHO is on\n");
	prints("ECHO  two  blanks ", " two  blanks \n");
}
END_TEST

START_TEST(an_unknown_command_is_bad)
{
	complains("nosuch arg", "Bad command or file name\n");
	complains("no*such", "Bad command or file name\n");
	complains("file.txt", "Bad command or file name\n");
	ck_assert_int_ne(run.code, 0);
	complains("q:", "Invalid drive specification\n");
}
END_TEST

START_TEST(output_goes_to_a_file_and_after_it)
{
	prints("echo one> a.txt", "");
	ck_assert_str_eq(text_of(&room_d, "\\A.TXT"), "one\r\n");
	prints("echo two>>a.txt", "");
	ck_assert_str_eq(text_of(&room_d, "\\A.TXT"), "one\r\ntwo\r\n");
	prints(">b.txt echo three", "");
	ck_assert_str_eq(text_of(&room_d, "\\B.TXT"), "three\r\n");
	prints("echo 2>c.txt", "");
	ck_assert_str_eq(text_of(&room_d, "\\C.TXT"), "2\r\n");
	prints("echo gone >nul", "");
}
END_TEST

START_TEST(appending_writes_over_a_ctrl_z)
{
	host_file(&room_d, "a.txt", "one\r\n\x1a");
	prints("echo two>>a.txt", "");
	ck_assert_str_eq(text_of(&room_d, "\\A.TXT"), "one\r\ntwo\r\n");
}
END_TEST

START_TEST(input_comes_from_a_file)
{
	PROGRAM(&room_c, "copy16.com", copy_16);
	host_file(&room_d, "in.txt", "0123456789abcdefXXX");
	prints("copy16 < in.txt", "0123456789abcdef");
	complains("copy16 <nosuch", "File not found\n");
}
END_TEST

START_TEST(a_pipe_is_a_file_that_goes_away)
{
	PROGRAM(&room_c, "copy16.com", copy_16);
	host_file(&room_d, "t.txt", "0123456789abcdef");
	prints("type t.txt | copy16 | copy16", "0123456789abcdef");
	ck_assert_str_eq(names_in(&room_d, "\\"), "T.TXT");
	complains("echo x |", "Syntax error\n");
	complains("echo x || echo y", "Syntax error\n");
}
END_TEST

START_TEST(a_program_gets_its_tail_and_its_code_is_kept)
{
	PROGRAM(&room_c, "tail.com", show_tail);
	PROGRAM(&room_c, "exit5.com", exit_5);
	shell_run("/C tail a /b \"c d\"");
	ck_assert_int_eq(memcmp(run.out, "\x0b a /b \"c d\"", 12), 0);
	shell_run("/C tail/x > nul");
	shell_run("/C tail/x >out y");
	ck_assert_int_eq(memcmp(text_of(&room_d, "\\OUT"), "\5/x  y\r", 7), 0);
	shell_run("/C exit5");
	ck_assert_int_eq(run.code, 5);
	shell_run("/RUN \"C:\\EXIT5.COM\" a<b");
	ck_assert_int_eq(run.code, 5);
	shell_run("/RUN \"C:\\TAIL.COM\" a<b|c%PATH%");
	ck_assert_int_eq(memcmp(run.out, "\x0c a<b|c%PATH%", 13), 0);
}
END_TEST

START_TEST(a_batch_file_shows_its_lines_unless_told_not_to)
{
	runs("echo one\n@echo two\n@echo off\necho three\nrem nothing\n",
	     "\nD:\\>echo one\none\ntwo\nthree\n");
}
END_TEST

START_TEST(parameters_and_variables_are_put_in)
{
	batch(&room_d, "p.bat", "@echo off\necho %0 [%1] [%2] %3 100%%\nshift\necho %0 [%1]\n"
	      "set v=val ue\necho %v% %V%! %nosuch%.\n");
	prints("p a,b \"c d\"", "p [a] [b] \"c d\" 100%\na [b]\nval ue val ue! .\n");
}
END_TEST

START_TEST(goto_finds_its_label)
{
	runs("@echo off\ngoto there\necho no\n:there is more\necho yes\ngoto verylonglabel\n"
	     "echo no\n  :verylongother\necho end\n", "yes\nend\n");
	batch(&room_d, "t.bat", "@goto nowhere\n@echo no\n");
	complains("t", "Label not found\n");
}
END_TEST

START_TEST(goto_finds_its_label_in_a_long_file)
{
	char *text = calloc(1, 100000);

	strcpy(text, "@echo off\ngoto end\n");
	for (unsigned i = 0, n = strlen(text); i < 2000; i++)
		n += sprintf(text + n, "rem line %u of this file\n", i);
	strcat(text, ":end\necho there\n");
	runs(text, "there\n");
	free(text);
}
END_TEST

START_TEST(if_asks)
{
	host_file(&room_d, "there.txt", "");
	PROGRAM(&room_c, "exit5.com", exit_5);
	runs("@echo off\nif a==a echo 1\nif a==b echo no\nif not a==b echo 2\n"
	     "if \"%1\"==\"\" echo 3\nif exist there.txt echo 4\nif exist nosuch echo no\n"
	     "if not exist *.c echo 5\nif exist th*.* if a==a echo 6\n"
	     "exit5\nif errorlevel 5 echo 7\nif errorlevel 6 echo no\nif not errorlevel 6 echo 8\n"
	     "if exist there.txt echo out>o.txt\ntype o.txt\n",
	     "1\n2\n3\n4\n5\n6\n7\n8\nout\n");
	complains("if", "Syntax error\n");
	complains("if a=b echo", "Syntax error\n");
}
END_TEST

START_TEST(for_runs_a_command_for_each_item)
{
	host_file(&room_d, "b.c", "");
	host_file(&room_d, "a.c", "");
	host_file(&room_d, "a.h", "");
	runs("@echo off\nfor %%i in (1 2,3) do echo %%i%%i\nfor %%f in (*.c x) do echo =%%f\n"
	     "for %%f in (*.none) do echo no\nfor %%f in (a b) do echo %%f>>out.txt\ntype out.txt\n",
	     "11\n22\n33\n=A.C\n=B.C\n=x\na\nb\n");
	prints("for %i in (a b) do @echo [%i]", "[a]\n[b]\n");
	complains("for %i in (a) do for %j in (b) do echo x", "FOR cannot be nested\n");
	complains("for i in (a) do x", "Syntax error\n");
}
END_TEST

START_TEST(a_called_batch_file_comes_back_and_another_does_not)
{
	batch(&room_d, "sub.bat", "@echo off\necho sub %1\n");
	runs("@call sub 1\n@sub 2\n@echo never\n", "sub 1\nsub 2\n");
	batch(&room_d, "r.bat", "@echo off\nif %1==xxxxx goto end\ncall r x%1\necho %1\n:end\n");
	prints("r x", "xxxx\nxxx\nxx\nx\n");
}
END_TEST

START_TEST(a_chain_of_batch_files_may_be_as_long_as_it_likes)
{
	PROGRAM(&room_c, "exit5.com", exit_5);
	batch(&room_d, "a.bat", "@echo off\necho %1>>log\nif %1==xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx exit\nb x%1\n");
	batch(&room_d, "b.bat", "@a %1\n");
	prints("a x", "");
	ck_assert_int_eq(strlen(text_of(&room_d, "\\LOG")), 60 * 61 / 2 + 2 * 60);
}
END_TEST

START_TEST(too_many_calls_end_with_a_message)
{
	batch(&room_d, "a.bat", "@call a\n");
	complains("a", "Commands nested too deeply\n");
}
END_TEST

START_TEST(a_running_batch_file_may_be_changed)
{
	runs("@echo off\necho echo new>>t.bat\necho old\n", "old\nnew\n");
	batch(&room_d, "t.bat", "@echo off\ndel t.bat\necho never\n");
	complains("t", "Batch file missing\n");
	expect_out("");
}
END_TEST

START_TEST(a_redirected_batch_file_writes_all_to_the_file)
{
	batch(&room_d, "t.bat", "@echo off\necho 1\nver >nul\necho 2\n");
	prints("t >out.txt", "");
	ck_assert_str_eq(text_of(&room_d, "\\OUT.TXT"), "1\r\n2\r\n");
}
END_TEST

START_TEST(programs_are_looked_for_along_the_path)
{
	host_dir(&room_d, "bin");
	PROGRAM(&room_d, "bin/five.exe", exit_5);
	batch(&room_d, "bin/five.bat", "@echo batch\n");
	batch(&room_d, "path.bat", "@path d:\\nosuch;d:\\bin;c:\\\n@five\n@if errorlevel 5 echo found\n"
	      "@five.bat\n");
	prints("path.bat", "found\nbatch\n");
	prints("d:\\bin\\five.bat", "batch\n");
	prints("bin\\five.bat", "batch\n");
	shell_run("/C bin\\five");
	ck_assert_int_eq(run.code, 5);
}
END_TEST

START_TEST(a_shell_in_a_shell_has_a_life_of_its_own)
{
	runs("@echo off\nset x=1\ncommand /c set x=2\necho %x%\ncommand /c command /c echo deep\n"
	     "%comspec% /c exit 7\nif errorlevel 7 echo seven\n", "1\ndeep\nseven\n");
}
END_TEST

START_TEST(lines_come_from_standard_input)
{
	PROGRAM(&room_c, "copy16.com", copy_16);
	run.in = "echo one\r\ncopy16\n0123456789abcdefecho two\n";
	shell_run("");
	expect_out("\nD:\\>echo one\none\n\nD:\\>copy16\n0123456789abcdef\nD:\\>echo two\ntwo\n\nD:\\>");
	run.in = "exit 3\necho no\n";
	shell_run("");
	ck_assert_int_eq(run.code, 3);
}
END_TEST

START_TEST(autoexec_bat_is_run_by_a_permanent_shell)
{
	batch(&room_c, "autoexec.bat", "@echo auto\n");
	run.in = "exit\n";
	shell_run("/P");
	expect_out("auto\n\nD:\\>exit\n");
	run.in = "exit\n";
	shell_run("/P /D");
	expect_out("\nD:\\>exit\n");
	shell_run("/P /C echo x");
	expect_out("auto\nx\n");
}
END_TEST

/* mov si, text; int 2Eh; mov ax, 4C03h; int 21h; text  */
static const char two[] = "\xbe\x0a\x01\xcd\x2e\xb8\x03\x4c\xcd\x21" "\x0b" "echo two%1 \r";

START_TEST(int_2eh_runs_a_command_in_the_first_shell)
{
	PROGRAM(&room_d, "two.com", two);
	batch(&room_d, "t.bat", "@echo off\necho one\ntwo\nif errorlevel 3 echo three\n");
	prints("t", "one\ntwo%1 \nthree\n");
	run.snapshot_every = 1;
	prints("t", "one\ntwo%1 \nthree\n");
	prints("command /c t", "one\ntwo%1 \nthree\n");
}
END_TEST

START_TEST(a_full_disk_ends_the_command_that_writes)
{
	run.out_limit = 1000;
	batch(&room_d, "loop.bat", "@echo off\n:a\necho A line of text\ngoto a\n");
	shell_run("/C loop");
	ck_assert_int_eq(run.out_n <= 1000, 1);
}
END_TEST

START_TEST(a_snapshot_may_be_taken_at_any_step)
{
	host_file(&room_d, "b.c", "");
	host_file(&room_d, "a.c", "");
	run.snapshot_every = 1;
	batch(&room_d, "t.bat", "@echo off\nfor %%f in (*.c) do call u %%f | c:\\copy16\ndir /o /b\n");
	batch(&room_d, "u.bat", "@echo %1 was seen%2\n");
	PROGRAM(&room_c, "copy16.com", copy_16);
	prints("t", "A.C was seen\n\0\0B.C was seen\n");
}
END_TEST

START_TEST(a_hostile_snapshot_corrupts_nothing)
{
	static uint8_t saved[1 << 20], bad[1 << 20];
	struct state st;
	size_t n;
	uint32_t x = 1;

	run.in = "";
	batch(&room_d, "t.bat", "@echo off\nfor %%f in (*.bat) do call u %%f | dir /o\n");
	shell_boot("/C t");
	for (unsigned i = 0; i < 1500 && run.code < 0; i++)
		mini_step(&guest);
	state_init(&st, STATE_SAVE, saved, sizeof saved);
	shell_state(&shell, &st);
	ck_assert(state_ok(&st));
	n = st.pos;
	for (unsigned i = 0; i < 300; i++) {
		memcpy(bad, saved, n);
		for (unsigned k = 0; k < 40; k++) {
			x ^= x << 13, x ^= x >> 17, x ^= x << 5;
			bad[30 + x % (n - 30)] = x >> 24;
		}
		state_init(&st, STATE_LOAD, bad, n);
		shell_state(&shell, &st);
		for (unsigned k = 0; k < 300 && run.code < 0; k++)
			mini_step(&guest);
	}
}
END_TEST

int main(void)
{
	return suite_run_each("shell batch", shell_open, shell_close, (const TTest *[]){
		a_command_says_something,
		an_unknown_command_is_bad,
		output_goes_to_a_file_and_after_it,
		appending_writes_over_a_ctrl_z,
		input_comes_from_a_file,
		a_pipe_is_a_file_that_goes_away,
		a_program_gets_its_tail_and_its_code_is_kept,
		a_batch_file_shows_its_lines_unless_told_not_to,
		parameters_and_variables_are_put_in,
		goto_finds_its_label,
		goto_finds_its_label_in_a_long_file,
		if_asks,
		for_runs_a_command_for_each_item,
		a_called_batch_file_comes_back_and_another_does_not,
		a_chain_of_batch_files_may_be_as_long_as_it_likes,
		too_many_calls_end_with_a_message,
		a_running_batch_file_may_be_changed,
		a_redirected_batch_file_writes_all_to_the_file,
		programs_are_looked_for_along_the_path,
		a_shell_in_a_shell_has_a_life_of_its_own,
		lines_come_from_standard_input,
		autoexec_bat_is_run_by_a_permanent_shell,
		int_2eh_runs_a_command_in_the_first_shell,
		a_full_disk_ends_the_command_that_writes,
		a_snapshot_may_be_taken_at_any_step,
		a_hostile_snapshot_corrupts_nothing,
		NULL });
}
