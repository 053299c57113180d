/* shell_edit.c - the prompt at the console: editing, history, completion,
 * Ctrl-C.  Keys go into the BIOS's ring as they are waited for; what is
 * written is put on a screen of the test's own.  */

#include "shell_room.h"

#define UP "\1\x48"
#define DOWN "\1\x50"
#define LEFT "\1\x4b"
#define RIGHT "\1\x4d"
#define HOME "\1\x47"
#define END "\1\x4f"
#define INSERT "\1\x52"
#define DELETE "\1\x53"
#define F(n) "\1" n
#define F1 F("\x3b")
#define F2 F("\x3c")
#define F3 F("\x3d")
#define F4 F("\x3e")
#define F5 F("\x3f")
#define F7 F("\x41")
#define F8 F("\x42")
#define F9 F("\x43")
#define CTRL_LEFT "\1\x73"
#define CTRL_RIGHT "\1\x74"
#define CTRL_END "\1\x75"
#define CTRL_HOME "\1\x77"
#define SHIFT_TAB "\1\x0f"

/* What is on the screen's last line, without the prompt.  */
static const char *last_line(void)
{
	static char line[256];
	size_t at = 0, n = 0;

	memset(line, 0, sizeof line);
	for (const char *p = run.out; *p; p++) {
		if (*p == '\n') {
			memset(line, 0, sizeof line);
			at = n = 0;
		} else if (*p == '\b') {
			at -= at > 0;
		} else if (at < sizeof line - 1) {
			line[at++] = *p;
			n = at > n ? at : n;
		}
	}
	while (n && line[n - 1] == ' ')
		line[--n] = 0;
	return strchr(line, '>') ? strchr(line, '>') + 1 : line;
}

/* These keys, typed at the prompt after two lines of history, leave this
 * line.  */
static void edits(const char *keys, const char *line)
{
	char all[512];

	snprintf(all, sizeof all, "rem first line\rrem 2nd\r%s", keys);
	run.keys = all;
	shell_run("/D");
	ck_assert_msg(!strcmp(last_line(), line), "\"%s\" and not \"%s\", in\n%s", last_line(), line,
		      run.out);
}

START_TEST(what_is_typed_is_shown_and_edited)
{
	edits("abc", "abc");
	edits("abc\b", "ab");
	edits("abc" LEFT LEFT "x", "axbc");
	edits("abc" HOME "x" END "y", "xabcy");
	edits("abc" HOME DELETE, "bc");
	edits("abc" INSERT HOME "x", "xbc");
	edits("abc\033", "");
	edits("abc\033de", "de");
	edits("one two" CTRL_LEFT "x", "one xtwo");
	edits("one two" HOME CTRL_RIGHT "x", "one xtwo");
	edits("one two" CTRL_LEFT CTRL_END, "one");
	edits("one two" CTRL_LEFT CTRL_HOME, "two");
	edits("one two\x7f", "one");
}
END_TEST

START_TEST(lines_typed_before_come_back)
{
	edits(UP, "rem 2nd");
	edits(UP UP, "rem first line");
	edits(UP UP UP DOWN, "rem 2nd");
	edits(UP DOWN, "");
	edits(F3, "rem 2nd");
	edits(F1 F1 F1 "x", "remx");
	edits(RIGHT RIGHT, "re");
	edits("ab" F3, "abm 2nd");
	edits(F2 "2", "rem");
	edits("abcd" HOME F4 "c", "cd");
	edits("xyz" F5 F3, "xyz");
	edits("rem f" F8, "rem first line");
	edits("rem" F8 F8, "rem first line");
	edits("rem 2nd\r" UP UP, "rem first line");	/* twice the same counts once */
}
END_TEST

START_TEST(history_is_listed_and_chosen_by_number)
{
	edits("ab" F7, "ab");
	ck_assert(strstr(run.out, "\n1: rem first line\n2: rem 2nd\nD:\\>ab"));
	edits(F9 "1\r", "rem first line");
}
END_TEST

START_TEST(tab_completes_names)
{
	host_file(&room_d, "ALPHA.TXT", "");
	host_file(&room_d, "BETA.TXT", "");
	host_dir(&room_d, "BIN");
	host_file(&room_d, "BIN/GAMMA.C", "");
	edits("type a\t", "type ALPHA.TXT");
	edits("type b\t\t", "type BIN\\");
	edits("type b\t\t\t", "type BETA.TXT");
	edits("type b\t\t" SHIFT_TAB, "type BETA.TXT");
	edits("cd b\t", "cd BIN\\");
	edits("type bin\\\t", "type bin\\GAMMA.C");
	edits("type z\t", "type z");
	edits("type a\t >x", "type ALPHA.TXT >x");
}
END_TEST

START_TEST(a_long_line_moves_under_its_window)
{
	char keys[220], line[300];

	memset(keys, 'x', 200);
	strcpy(keys + 200, "END");
	edits(keys, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxEND");
	snprintf(line, sizeof line, "%s" HOME "S", keys);
	edits(line, "Sxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
}
END_TEST

START_TEST(ctrl_c_throws_the_line_away)
{
	edits("abc\3de", "de");
	ck_assert(strstr(run.out, "abc^C\n"));
}
END_TEST

START_TEST(ctrl_c_in_a_batch_file_is_asked_about)
{
	batch(&room_d, "t.bat", "@echo off\npause\necho after\npause\necho end\n");
	run.keys = "t\r\3nx" "exit\r";
	shell_run("/D");
	ck_assert_msg(strstr(run.out, "Terminate batch job (Y/N)?N\nafter\n"), "%s", run.out);
	ck_assert(strstr(run.out, "\nend\n"));
	ck_assert_int_eq(run.code, 0);
	run.keys = "t\r\3y" "exit\r";
	shell_run("/D");
	ck_assert(strstr(run.out, "Terminate batch job (Y/N)?Y\n\nD:\\>exit"));
	ck_assert(!strstr(run.out, "after"));
}
END_TEST

START_TEST(ctrl_c_ends_a_program_and_its_line)
{
	static const char wait_key[] = "\xb4\x08\xcd\x21\xb8\x07\x4c\xcd\x21";

	program(&room_d, "wait.com", wait_key, sizeof wait_key - 1);
	run.keys = "wait >out\r\3echo on the screen\rexit\r";
	shell_run("/D");
	ck_assert_msg(strstr(run.out, "\non the screen\n"), "%s", run.out);
	batch(&room_d, "t.bat", "@wait\n@if errorlevel 7 echo seven\n");
	run.keys = "t\rxexit\r";
	shell_run("/D");
	ck_assert(strstr(run.out, "\nseven\n"));
	run.keys = "t\r\3yecho x\r";
	shell_run("/D");
	ck_assert(strstr(run.out, "Terminate batch job (Y/N)?Y\n"));
	ck_assert(!strstr(run.out, "seven"));
}
END_TEST

/* INT 24h as DOS calls it: drive A not ready while reading.  The answer
 * becomes the exit code.  */
#define CRITICAL "\xbf\x02\x00\xcd\x24\xb4\x4c\xcd\x21"
static const char read_error[] = "\xb8\x00\x38" CRITICAL;
static const char write_error[] = "\xb8\x02\x19" CRITICAL;

START_TEST(a_critical_error_is_asked_about)
{
	program(&room_d, "reads.com", read_error, sizeof read_error - 1);
	program(&room_d, "writes.com", write_error, sizeof write_error - 1);
	run.keys = "reads\rxiexit\r";
	shell_run("/D");
	ck_assert_msg(strstr(run.out, "\nNot ready reading drive A\nAbort, Retry, Ignore, Fail?"), "%s",
		      run.out);
	ck_assert_int_eq(run.code, 0);
	run.keys = "writes\rirexit\r";	/* it may not be ignored */
	shell_run("/D");
	ck_assert_msg(strstr(run.out, "\nNot ready writing drive C\nAbort, Retry, Fail?"), "%s", run.out);
	ck_assert_int_eq(run.code, 1);
	run.keys = "writes\rFexit\r";
	shell_run("/D");
	ck_assert_int_eq(run.code, 3);
	run.keys = "writes\rexit\r";		/* always Fail */
	shell_run("/D /F");
	ck_assert(!strstr(run.out, "Abort"));
	ck_assert_int_eq(run.code, 3);
}
END_TEST

/* --- programs that help the shell -------------------------------------------------- */

/* Takes INT 2Fh for the gate below: push cs... as mov ax, F000h; mov ds, ax;
 * mov dx, E079h; mov ax, 252Fh; int 21h; mov ax, 4C00h; int 21h  */
static const char hook_2f[] =
	"\xb8\x00\xf0\x8e\xd8\xba\x79\xe0\xb8\x2f\x25\xcd\x21\xb8\x00\x4c\xcd\x21";

static unsigned lines_given;

/* DOSKEY's INT 2Fh/48h: gives lines of its own.  */
static enum svc doskey(struct guest *g)
{
	static const char *const lines[] = { "", "echo from doskey", "exit" };
	uint16_t ds = g->cpu->seg[CPU_DS].sel, dx = cpu_get16(g->cpu, CPU_DX);
	const char *line = lines[lines_given < 2 ? lines_given : 2];
	size_t n = strlen(line);

	if (cpu_get8(g->cpu, CPU_AX) == 0) {
		cpu_set8(g->cpu, CPU_AX, 1);
		return SVC_DONE;
	}
	guest_w8(g, ds, dx + 1, n);
	guest_copy_out(g, ds, dx + 2, line, n);
	if (n)			/* the first is a macro: its text comes next */
		guest_w8(g, ds, dx + 2 + n, '\r');
	lines_given++;
	cpu_set16(g->cpu, CPU_AX, 0);
	return SVC_DONE;
}

/* INT 2Fh/48h of a DOSKEY that leaves the editing to COMMAND.COM: "mac" is
 * a macro.  */
static bool macros;

static enum svc offered(struct guest *g)
{
	static const char text[] = "echo from a macro\r";
	uint16_t ds = g->cpu->seg[CPU_DS].sel, dx = cpu_get16(g->cpu, CPU_DX);

	if (cpu_get8(g->cpu, CPU_AX) == 0)
		cpu_set8(g->cpu, CPU_AX, 1);
	if (cpu_get8(g->cpu, CPU_AX) != 0x11)
		return SVC_DONE;
	if (guest_r8(g, ds, dx + 1) != 3 || guest_r8(g, ds, dx + 2) != 'm')
		return SVC_DONE;
	guest_w8(g, ds, dx + 1, sizeof text - 2);
	guest_copy_out(g, ds, dx + 2, text, sizeof text - 1);
	cpu_set16(g->cpu, CPU_AX, 0);
	return SVC_DONE;
}

/* INT 2Fh/AEh: MAGIC is done here, OTHER becomes ECHO.  */
static enum svc installable(struct guest *g)
{
	uint16_t ds = g->cpu->seg[CPU_DS].sel, si = cpu_get16(g->cpu, CPU_SI);
	char name[12];

	guest_copy_in(g, name, ds, si + 1, 11);
	name[11] = 0;
	if (strcmp(name, "MAGIC      ") && strcmp(name, "OTHER      "))
		return SVC_DONE;
	if (cpu_get8(g->cpu, CPU_AX) == 0) {
		cpu_set8(g->cpu, CPU_AX, 0xff);
	} else if (name[0] == 'M') {
		guest_w8(g, ds, si, 0);
		machine_teletype(NULL, '*');
	} else {
		guest_w8(g, ds, si, 4);
		guest_copy_out(g, ds, si + 1, "ECHO", 4);
	}
	return SVC_DONE;
}

static enum svc helper(void *room, struct guest *g)
{
	(void)room;
	switch (cpu_get16(g->cpu, CPU_AX) >> 8) {
	case 0x48:
		if (macros)
			return offered(g);
		return lines_given < 3 && run.keys && *run.keys == 'd' ? doskey(g) : SVC_DONE;
	case 0xae:
		return installable(g);
	}
	return SVC_DONE;
}

START_TEST(installable_commands_come_before_ours)
{
	on_boot = helper;
	program(&room_d, "hook.com", hook_2f, sizeof hook_2f - 1);
	run.keys = "hook\rmagic x\rother a b\rexit\r";
	shell_run("/D");
	ck_assert_msg(strstr(run.out, "magic x\n*"), "%s", run.out);
	ck_assert_msg(strstr(run.out, "other a b\na b\n"), "%s", run.out);
}
END_TEST

START_TEST(a_program_like_doskey_reads_the_lines)
{
	on_boot = helper;
	program(&room_d, "hook.com", hook_2f, sizeof hook_2f - 1);
	run.keys = "hook\rd";
	shell_run("/D");
	ck_assert_msg(strstr(run.out, "\nfrom doskey\n"), "%s", run.out);
	ck_assert_int_eq(run.code, 0);
}
END_TEST

START_TEST(a_program_like_doskey_may_change_the_line_that_was_edited)
{
	on_boot = helper;
	macros = true;
	program(&room_d, "hook.com", hook_2f, sizeof hook_2f - 1);
	run.keys = "hook\rmac\recho mac\rexit\r";
	shell_run("/D");
	macros = false;
	ck_assert_msg(strstr(run.out, "mac\nfrom a macro\n"), "%s", run.out);
	ck_assert_msg(strstr(run.out, "echo mac\nmac\n"), "%s", run.out);
}
END_TEST

START_TEST(a_file_is_typed_in_from_the_console)
{
	run.keys = "copy con x.txt\rHello\rthere\r\x1a\rexit\r";
	shell_run("/D");
	ck_assert_msg(strstr(run.out, "        1 file(s) copied\n"), "%s", run.out);
	ck_assert_str_eq(text_of(&room_d, "\\X.TXT"), "Hello\r\nthere\r\n");
}
END_TEST

START_TEST(dir_waits_at_the_end_of_a_page)
{
	for (unsigned i = 0; i < 30; i++) {
		char name[16];

		snprintf(name, sizeof name, "FILE%02u", i);
		host_file(&room_d, name, "");
	}
	run.keys = "dir /p /b /on\r";
	shell_run("/D");
	ck_assert_msg(strstr(run.out, "FILE22\nPress any key to continue . . ."), "%s", run.out);
	ck_assert(!strstr(run.out, "FILE23"));
	run.keys = "dir /p /b /on\rxexit\r";
	shell_run("/D");
	ck_assert(strstr(run.out, "FILE29"));
}
END_TEST

int main(void)
{
	return suite_run_each("shell edit", shell_open, shell_close, (const TTest *[]){
		what_is_typed_is_shown_and_edited,
		lines_typed_before_come_back,
		history_is_listed_and_chosen_by_number,
		tab_completes_names,
		a_long_line_moves_under_its_window,
		ctrl_c_throws_the_line_away,
		ctrl_c_in_a_batch_file_is_asked_about,
		ctrl_c_ends_a_program_and_its_line,
		a_critical_error_is_asked_about,
		installable_commands_come_before_ours,
		a_program_like_doskey_reads_the_lines,
		a_program_like_doskey_may_change_the_line_that_was_edited,
		a_file_is_typed_in_from_the_console,
		dir_waits_at_the_end_of_a_page,
		NULL });
}
