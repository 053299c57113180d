/* shell_parse.c - the language of COMMAND.COM.  */

#include "shell/parse.h"

#include <stdio.h>
#include <string.h>

#include "suite.h"

static void expect_words(const char *tail, bool plus, const char *joined)
{
	struct parse_words w;
	char all[512] = "";

	parse_words(&w, tail, plus);
	for (unsigned i = 0; i < w.n; i++)
		snprintf(all + strlen(all), sizeof all - strlen(all), "[%s]", w.word[i]);
	ck_assert_str_eq(all, joined);
}

START_TEST(a_slash_begins_a_new_word)
{
	expect_words(" a b,c;d=e\tf", false, "[a][b][c][d][e][f]");
	expect_words("/w/p x/s", false, "[/w][/p][x][/s]");
	expect_words("\"a b\"/c \"/d\"", false, "[a b][/c][/d]");
	expect_words("a+b + c", true, "[a][+][b][+][c]");
	expect_words("a+b", false, "[a+b]");
	expect_words("", false, "");
}
END_TEST

static void expect_stage(const char *text, const char *command, const char *in, const char *out,
			 bool append, const char *rest)
{
	struct parse_stage s;
	size_t next;

	ck_assert_msg(parse_stage(text, &s, &next), "%s", text);
	ck_assert_str_eq(s.command, command);
	ck_assert_str_eq(s.in, in);
	ck_assert_str_eq(s.out, out);
	ck_assert_int_eq(s.append, append);
	ck_assert_int_eq(s.piped, rest != NULL);
	if (rest)
		ck_assert_str_eq(text + next, rest);
}

START_TEST(redirections_are_taken_out_of_a_line)
{
	struct parse_stage s;
	size_t next;

	expect_stage("dir", "dir", "", "", false, NULL);
	expect_stage("dir>a", "dir", "", "a", false, NULL);
	expect_stage("dir >> a.txt /w", "dir  /w", "", "a.txt", true, NULL);
	expect_stage("sort<in>out", "sort", "in", "out", false, NULL);
	expect_stage(">a echo \">\"", " echo \">\"", "", "a", false, NULL);
	expect_stage("echo x >\"a b\"", "echo x ", "", "a b", false, NULL);
	expect_stage("a | b | c", "a ", "", "", false, " b | c");
	ck_assert(!parse_stage("a >", &s, &next));
	ck_assert(!parse_stage("a <", &s, &next));
	ck_assert(!parse_stage("| a", &s, &next));
	ck_assert(!parse_stage("a |", &s, &next));
	ck_assert(!parse_stage("a || b", &s, &next));
}
END_TEST

static bool value(void *ctx, const char *name, char *buf, size_t size)
{
	(void)ctx;
	if (!strcmp(name, "0"))
		return parse_copy(buf, size, "zero");
	if (!strcmp(name, "1"))
		return parse_copy(buf, size, "one");
	if (parse_same(name, "VAR"))
		return parse_copy(buf, size, "value");
	return false;
}

static void expect_expanded(const char *line, bool batch, const char *text)
{
	char out[64];

	parse_expand(line, batch, value, NULL, out, sizeof out);
	ck_assert_str_eq(out, text);
}

START_TEST(percent_signs_stand_for_values)
{
	expect_expanded("%0 %1%2%1", true, "zero oneone");
	expect_expanded("%var%%none%.", true, "value.");
	expect_expanded("100%% %%i", true, "100% %i");
	expect_expanded("50% off", true, "50 off");
	expect_expanded("%var% %none% %1 %%i 5%", false, "value %none% %1 %%i 5%");
	expect_expanded("%%", true, "%");
	expect_expanded("%", true, "");
	expect_expanded("%var%%var%%var%%var%%var%%var%%var%%var%%var%%var%%var%%var%%var%", true,
			"valuevaluevaluevaluevaluevaluevaluevaluevaluevaluevaluevalueval");
}
END_TEST

START_TEST(parameters_are_counted)
{
	char buf[16];

	ck_assert(parse_parameter(" a,b;c \"d e\" f", 0, buf, sizeof buf));
	ck_assert_str_eq(buf, "a");
	ck_assert(parse_parameter(" a,b;c \"d e\" f", 3, buf, sizeof buf));
	ck_assert_str_eq(buf, "\"d e\"");
	ck_assert(parse_parameter(" a,b;c \"d e\" f", 4, buf, sizeof buf));
	ck_assert_str_eq(buf, "f");
	ck_assert(!parse_parameter(" a,b;c \"d e\" f", 5, buf, sizeof buf));
	ck_assert(!parse_parameter("", 0, buf, sizeof buf));
}
END_TEST

START_TEST(for_has_a_variable_a_list_and_a_body)
{
	const char *tail = " %a IN (x, y*.c) DO echo %a %b %a";
	struct parse_for f;
	char buf[64];
	size_t at;

	ck_assert(parse_for(tail, &f));
	ck_assert_int_eq(f.variable, 'a');
	at = f.list;
	ck_assert(parse_for_item(tail, &at, f.list_end, buf, sizeof buf));
	ck_assert_str_eq(buf, "x");
	ck_assert(parse_for_item(tail, &at, f.list_end, buf, sizeof buf));
	ck_assert_str_eq(buf, "y*.c");
	ck_assert(!parse_for_item(tail, &at, f.list_end, buf, sizeof buf));
	parse_for_body(tail + f.body, 'a', "X", buf, sizeof buf);
	ck_assert_str_eq(buf, "echo X %b X");
	ck_assert(parse_for("%i in(a)do b", &f));
	ck_assert(!parse_for("%i in (a) b", &f));
	ck_assert(!parse_for("%i in (a do b", &f));
	ck_assert(!parse_for("%i (a) do b", &f));
	ck_assert(!parse_for("i in (a) do b", &f));
	ck_assert(!parse_for("%i in (a) do", &f));
	ck_assert(!parse_for("%", &f));
}
END_TEST

static struct parse_if asked(const char *tail)
{
	struct parse_if f;

	ck_assert_msg(parse_if(tail, &f), "%s", tail);
	ck_assert_str_eq(tail + f.command, "cmd x");
	return f;
}

START_TEST(if_has_three_questions)
{
	struct parse_if f;

	ck_assert_uint_eq(asked(" errorlevel 12 cmd x").level, 12);
	ck_assert_str_eq(asked("not EXIST a.txt cmd x").name, "a.txt");
	ck_assert(asked("not exist a.txt cmd x").negated);
	ck_assert(asked("exist \"a b\" cmd x").kind == IF_EXIST);
	ck_assert(asked("a==a cmd x").equal);
	ck_assert(asked("a == a cmd x").equal);
	ck_assert(!asked("a==A cmd x").equal);
	ck_assert(!asked("a==ab cmd x").equal);
	ck_assert(asked("existence==existence cmd x").equal);
	ck_assert(!parse_if("a==b", &f));
	ck_assert(!parse_if("a=b cmd", &f));
	ck_assert(!parse_if("==b cmd", &f));
	ck_assert(!parse_if("errorlevel x cmd", &f));
	ck_assert(!parse_if("", &f));
}
END_TEST

static bool finds(const char *file, const char *goto_tail)
{
	char label[9];
	size_t used = 0;

	parse_label(goto_tail, label);
	return parse_find_label(file, strlen(file), true, label, &used);
}

START_TEST(a_label_counts_by_eight_characters)
{
	ck_assert(finds("a\r\n:there\r\nb", " there"));
	ck_assert(finds("  : There what\n", "THERE"));
	ck_assert(finds(":there", ":there"));
	ck_assert(!finds(":thereabout\n", "there"));
	ck_assert(finds(":verylongname\n", "verylongother"));
	ck_assert(!finds("x :there\n", "there"));
	ck_assert(!finds("a\n\x1a:there\n", "there"));
	ck_assert(!finds(":there\n", ""));
}
END_TEST

START_TEST(a_line_is_cut_from_a_piece_of_a_file)
{
	char line[8];

	ck_assert_uint_eq(parse_line("ab\r\ncd", 6, true, line, sizeof line), 4);
	ck_assert_str_eq(line, "ab");
	ck_assert_uint_eq(parse_line("cd", 2, true, line, sizeof line), 2);
	ck_assert_uint_eq(parse_line("cd", 2, false, line, sizeof line), 0);
	ck_assert_str_eq(line, "cd");
	ck_assert_uint_eq(parse_line("\x1axx\n", 4, false, line, sizeof line), 0);
	ck_assert_uint_eq(parse_line("0123456789\n", 11, true, line, sizeof line), 11);
	ck_assert_str_eq(line, "0123456");
	ck_assert_uint_eq(parse_line("", 0, true, line, sizeof line), 0);
}
END_TEST

START_TEST(names_are_split_and_renamed)
{
	static const char *const renames[][3] = {
		{ "*.bak", "a.txt", "a.bak" }, { "*.*", "a.txt", "a.txt" }, { "x.y", "a.txt", "x.y" },
		{ "?b?.*", "xyz.c", "xbz.c" }, { "new*.c", "oldest.h", "newest.c" }, { "*.", "a.b", "a" },
		{ "*", "a.b", "a.b" }, { "x*.*", "a", "x" },
	};
	char out[64];

	for (unsigned i = 0; i < sizeof renames / sizeof *renames; i++) {
		parse_rename(renames[i][0], renames[i][1], out, sizeof out);
		ck_assert_str_eq(out, renames[i][2]);
	}
	ck_assert_uint_eq(parse_base("c:\\dir\\file"), 7);
	ck_assert_uint_eq(parse_base("c:file"), 2);
	ck_assert_uint_eq(parse_base("file"), 0);
	ck_assert(parse_is_short("c:\\dir.ext\\..\\file.txt"));
	ck_assert(!parse_is_short("longfilename"));
	ck_assert(!parse_is_short("a.text"));
	ck_assert(!parse_is_short("a b"));
	ck_assert(parse_is_directory("c:"));
	ck_assert(parse_is_directory("dir\\.."));
	ck_assert(!parse_is_directory(""));
	ck_assert(!parse_is_directory("dir"));
}
END_TEST

int main(void)
{
	return suite_run("shell parse", (const TTest *[]){
		a_slash_begins_a_new_word,
		redirections_are_taken_out_of_a_line,
		percent_signs_stand_for_values,
		parameters_are_counted,
		for_has_a_variable_a_list_and_a_body,
		if_has_three_questions,
		a_label_counts_by_eight_characters,
		a_line_is_cut_from_a_piece_of_a_file,
		names_are_split_and_renamed,
		NULL });
}
