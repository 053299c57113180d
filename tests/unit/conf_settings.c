/* conf_settings.c - settings from files and from the command line.  */

#include "suite.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/log.h"
#include "conf/conf.h"

static struct conf c;
static struct error err;

static void begin(void)
{
	err.text[0] = '\0';
	ck_assert_msg(conf_init(&c, &err), "%s", err.text);
}

static bool load(const char *text, enum conf_rank rank)
{
	FILE *f = fmemopen((char *)text, strlen(text), "r");
	bool ok = conf_load_file(&c, f, "FILE", rank, &err);

	fclose(f);
	return ok;
}

#define ARGS(...) args((const char *[]){ "dosvm", __VA_ARGS__, NULL })

static int args(const char *const *argv)
{
	int argc = 0;

	while (argv[argc])
		argc++;
	return conf_args(&c, argc, (char *const *)argv, &err);
}

START_TEST(everything_has_a_default)
{
	begin();
	ck_assert_int_eq(conf_get_int(&c, "memory"), 16 << 20);
	ck_assert_int_eq(conf_get_int(&c, "dos-version"), 0x616);
	ck_assert_int_eq(conf_get_int(&c, "date"), -1);
	ck_assert_int_eq(conf_get_int(&c, "timeout"), 0);
	ck_assert(conf_get_bool(&c, "autoexec"));
	ck_assert_str_eq(conf_get_text(&c, "cpu"), "486");
	ck_assert_str_eq(conf_get_text(&c, "root"), "");
	ck_assert_ptr_null(conf_get_list(&c, "mount", 0));
	ck_assert_int_eq(conf_get_rank(&c, "memory"), CONF_DEFAULT);
	conf_fini(&c);
}
END_TEST

START_TEST(a_file_sets_what_stands_in_its_sections)
{
	begin();
	ck_assert_msg(load("\xef\xbb\xbf# comment\r\n"
			   "; another\n"
			   "[machine]\r\n"
			   "memory = 4M\r\n"
			   "  cpu=8086  \n"
			   "fpu = no\n"
			   "\n"
			   "[ drives ]\n"
			   "root = \" /with spaces \"\n"
			   "mount = R:=/srv/a=b:ro\n"
			   "mount = S:=/srv", CONF_USER), "%s", err.text);
	ck_assert_int_eq(conf_get_int(&c, "memory"), 4 << 20);
	ck_assert_str_eq(conf_get_text(&c, "cpu"), "8086");
	ck_assert_int_eq(conf_get_int(&c, "cpu"), 0);
	ck_assert(!conf_get_bool(&c, "fpu"));
	ck_assert_str_eq(conf_get_text(&c, "root"), " /with spaces ");
	ck_assert_str_eq(conf_get_list(&c, "mount", 0), "R:=/srv/a=b:ro");
	ck_assert_str_eq(conf_get_list(&c, "mount", 1), "S:=/srv");
	ck_assert_ptr_null(conf_get_list(&c, "mount", 2));
	conf_fini(&c);
}
END_TEST

START_TEST(an_error_names_file_and_line)
{
	static const struct { const char *text, *error; } bad[] = {
		{ "\n[machine]\nmemroy = 1\n", "FILE:3: there is no setting \"memroy\"" },
		{ "[machine]\nmemory = 1", "FILE:2: memory: \"1\" is not a size from 1M to 1G" },
		{ "memory = 4M", "FILE:1: memory belongs in section [machine]" },
		{ "[dos]\nmemory = 4M", "FILE:2: memory belongs in section [machine]" },
		{ "[dso]", "FILE:1: there is no section [dso]" },
		{ "[program]", "FILE:1: [program \"NAME\"]: the name is missing" },
		{ "[program \"\"]", "FILE:1: [program \"NAME\"]: the name is missing" },
		{ "[machine", "FILE:1: \"[machine\" is neither [section] nor key = value" },
		{ "hello", "FILE:1: \"hello\" is neither [section] nor key = value" },
		{ "[machine]\nhelp = yes", "FILE:2: there is no setting \"help\"" },
		{ "[program \"A\"]\nfpu = 5", "FILE:2: fpu: \"5\" is not yes or no" },
		{ "[machine]\ncpu = 68000",
		  "FILE:2: cpu: \"68000\" is not one of 8086, 186, 286, 386, 486, pentium" },
	};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		begin();
		ck_assert(!load(bad[i].text, CONF_USER));
		ck_assert_str_eq(err.text, bad[i].error);
		conf_fini(&c);
	}
}
END_TEST

START_TEST(a_file_that_is_not_text_is_refused)
{
	static char text[] = "[dos]\nenv = A=\0B\n";
	FILE *f = fmemopen(text, sizeof text - 1, "r");

	begin();
	ck_assert(!conf_load_file(&c, f, "FILE", CONF_USER, &err));
	ck_assert_str_eq(err.text, "FILE:2: this is not text");
	fclose(f);
	conf_fini(&c);
}
END_TEST

START_TEST(the_higher_rank_wins_in_whatever_order)
{
	begin();
	ck_assert_int_eq(ARGS("--memory=8M", "-eA=args"), 3);
	ck_assert(load("[machine]\nmemory=2M\nspeed=3\n[dos]\nenv=A=file", CONF_FILE));
	ck_assert(load("[machine]\nmemory=4M\nspeed=4\n[dos]\nenv=A=system", CONF_SYSTEM));
	ck_assert_int_eq(conf_get_int(&c, "memory"), 8 << 20);
	ck_assert_int_eq(conf_get_int(&c, "speed"), 3);
	ck_assert_str_eq(conf_get_list(&c, "env", 0), "A=system");
	ck_assert_str_eq(conf_get_list(&c, "env", 1), "A=file");
	ck_assert_str_eq(conf_get_list(&c, "env", 2), "A=args");
	conf_fini(&c);
}
END_TEST

START_TEST(a_program_has_settings_of_its_own)
{
	const char *program;

	begin();
	ck_assert(ARGS("--speed=9"));
	ck_assert(load("[program \"OLD.EXE\"]\ndos-version = 3.3\nspeed = 1\nmemory = 2M\n"
		       "[machine]\nmemory = 4M\n"
		       "[program NEW.EXE]\ndos-version = 7.10\n", CONF_USER));
	ck_assert_int_eq(conf_get_int(&c, "dos-version"), 0x616);
	ck_assert_str_eq(conf_override(&c, "dos-version", 0, &program), "3.3");
	ck_assert_str_eq(program, "OLD.EXE");
	ck_assert_str_eq(conf_override(&c, "dos-version", 1, &program), "7.10");
	ck_assert_str_eq(program, "NEW.EXE");
	ck_assert_ptr_null(conf_override(&c, "dos-version", 2, &program));
	ck_assert(conf_use_program(&c, "d:\\bin\\old.exe", &err));
	ck_assert_int_eq(conf_get_int(&c, "dos-version"), 0x31e);
	ck_assert_int_eq(conf_get_int(&c, "memory"), 2 << 20);
	ck_assert_int_eq(conf_get_int(&c, "speed"), 9);
	ck_assert(conf_use_program(&c, "new.com", &err));
	ck_assert_int_eq(conf_get_int(&c, "dos-version"), 0x31e);
	ck_assert(conf_use_program(&c, "./new", &err));
	ck_assert_int_eq(conf_get_int(&c, "dos-version"), 0x70a);
	conf_fini(&c);
}
END_TEST

START_TEST(a_program_that_another_one_starts_has_them_too)
{
	int64_t speed = 0;

	begin();
	ck_assert(load("[program \"OLD.EXE\"]\nspeed = 1\n[program old]\nspeed = 486-66\n", CONF_USER));
	ck_assert(conf_of_program(&c, "speed", "OLD", &speed));
	ck_assert_int_eq(speed, 33000);
	ck_assert(!conf_of_program(&c, "speed", "OLDER", &speed));
	ck_assert(!conf_of_program(&c, "memory", "OLD", &speed));
	ck_assert(ARGS("--speed=9"));
	ck_assert(!conf_of_program(&c, "speed", "OLD", &speed));
	conf_fini(&c);
}
END_TEST

START_TEST(options_stop_at_the_program)
{
	begin();
	ck_assert_int_eq(ARGS("--no-fpu", "-c", "DIR /W", "-m", "x:=/tmp", "PROG.EXE", "--memory=1M", "-h"), 6);
	ck_assert(!conf_get_bool(&c, "fpu"));
	ck_assert(!conf_get_bool(&c, "help"));
	ck_assert_str_eq(conf_get_text(&c, "command"), "DIR /W");
	ck_assert_int_eq(conf_get_int(&c, "memory"), 16 << 20);
	ck_assert_int_eq(ARGS("--root", "/srv", "--", "-X.COM"), 4);
	ck_assert_str_eq(conf_get_text(&c, "root"), "/srv");
	ck_assert_int_eq(ARGS("-", "x"), 1);
	ck_assert_int_eq(ARGS("-Vh"), 2);
	ck_assert(conf_get_bool(&c, "help") && conf_get_bool(&c, "version"));
	conf_fini(&c);
}
END_TEST

START_TEST(a_bad_option_is_refused_in_one_line)
{
	begin();
	ck_assert_int_eq(ARGS("--nonsense"), -1);
	ck_assert_str_eq(err.text, "unknown option --nonsense (dosvm --help lists them)");
	ck_assert_int_eq(ARGS("-y"), -1);
	ck_assert_str_eq(err.text, "unknown option -y (dosvm --help lists them)");
	ck_assert_int_eq(ARGS("--no-memory"), -1);
	ck_assert_int_eq(ARGS("--a-name-that-is-far-too-long-for-any-option=1"), -1);
	ck_assert_int_eq(ARGS("--root"), -1);
	ck_assert_str_eq(err.text, "--root: DIR is missing");
	ck_assert_int_eq(ARGS("-m", "C=/tmp"), -1);
	ck_assert_str_eq(err.text, "mount: \"C=/tmp\" is not X:=DIR or X:=DIR:ro");
	conf_fini(&c);
}
END_TEST

/* Every text of a pair is read as the number.  */
START_TEST(values_are_read_in_their_units)
{
	static const struct { const char *key, *text; int64_t num; } good[] = {
		{ "memory", "1024K", 1 << 20 }, { "memory", "1g", 1 << 30 },
		{ "memory", "2MB", 2 << 20 },
		{ "timeout", "10", 10000 }, { "timeout", "1.5s", 1500 },
		{ "timeout", "500ms", 500 }, { "timeout", "2m", 120000 }, { "timeout", "0.25h", 900000 },
		{ "date", "1980-01-01", 315532800 },
		{ "date", "2015-04-25 22:13:20", 1430000000 },
		{ "date", "2015-04-25T22:13", 1429999980 },
		{ "date", "@1430000000", 1430000000 },
		{ "date", "2000-02-29 23:59:59", 951868799 },
		{ "date", "2000-03-01", 951868800 },
		{ "date", "2099-12-31 23:59:59", 4102444799 },
		{ "dos-version", "6.22", 0x616 }, { "dos-version", "5.0", 0x500 },
		{ "dos-version", "3.3", 0x31e }, { "dos-version", "4.01", 0x401 },
		{ "code-page", "866", 866 }, { "autoexec", "OFF", 0 }, { "cpu", "286", 2 },
		{ "trace", "dos,file:/tmp/x", LOG_DOS | LOG_FILE }, { "trace", "", 0 },
		{ "speed", "auto", CONF_SPEED_AUTO }, { "speed", "MAX", CONF_SPEED_MAX },
		{ "speed", "486-66", 33000 }, { "speed", "12345", 12345 },
	};

	begin();
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		ck_assert_msg(conf_set(&c, good[i].key, good[i].text, CONF_ARGS, &err), "%s", err.text);
		ck_assert_msg(conf_get_int(&c, good[i].key) == good[i].num, "%s: %lld",
			      good[i].text, (long long)conf_get_int(&c, good[i].key));
		ck_assert_str_eq(conf_get_text(&c, good[i].key), good[i].text);
	}
	conf_fini(&c);
}
END_TEST

START_TEST(nonsense_is_no_value)
{
	static const char *const bad[][2] = {
		{ "memory", "" }, { "memory", "M" }, { "memory", "-1M" }, { "memory", "1T" },
		{ "memory", "99999999999999999999999" }, { "memory", "9999999999999G" },
		{ "memory", "1025M" }, { "memory", "4M x" },
		{ "timeout", "1." }, { "timeout", "x" }, { "timeout", "9999999h" }, { "timeout", "1 s" },
		{ "date", "yesterday" }, { "date", "1979-12-31" }, { "date", "2100-01-01" },
		{ "date", "2015-02-29" }, { "date", "2015-13-01" }, { "date", "2015-01-01 24:00" },
		{ "date", "2015-01-01 10" }, { "date", "2015-01-01 10:00:" }, { "date", "2015-01-01x" },
		{ "date", "@1" }, { "date", "@" }, { "date", "" },
		{ "dos-version", "6" }, { "dos-version", "6." }, { "dos-version", "6.222" },
		{ "dos-version", "0.1" }, { "dos-version", "six" }, { "dos-version", "100.0" },
		{ "code-page", "4711" }, { "code-page", "65973" }, { "cpu", "48" }, { "cpu", "8086|186" },
		{ "trace", "dos," }, { "trace", "dso" }, { "trace", "dos:" }, { "trace", ":x" },
		{ "mount", "C:" }, { "mount", "C:=" }, { "mount", "C:=:ro" }, { "mount", "1:=/" },
		{ "env", "A" }, { "env", "=A" }, { "speed", "0" }, { "speed", "1000001" },
		{ "speed", "486" "-67" }, { "speed", "" }, { "fpu", "maybe" },
	};

	begin();
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		err.text[0] = '\0';
		ck_assert_msg(!conf_set(&c, bad[i][0], bad[i][1], CONF_ARGS, &err),
			      "%s = %s", bad[i][0], bad[i][1]);
		ck_assert_ptr_nonnull(strstr(err.text, " is not "));
	}
	ck_assert_int_eq(conf_get_int(&c, "memory"), 16 << 20);
	conf_fini(&c);
}
END_TEST

START_TEST(a_mount_is_taken_apart)
{
	struct conf_mount m;

	ck_assert(conf_parse_mount("d:=/a:b:ro", &m));
	ck_assert_int_eq(m.letter, 'D');
	ck_assert_uint_eq(m.dir_length, 4);
	ck_assert_mem_eq(m.dir, "/a:b", 4);
	ck_assert(m.read_only);
	ck_assert(conf_parse_mount("E:=.", &m) && !m.read_only && m.dir_length == 1);
}
END_TEST

START_TEST(the_users_file_is_found_and_config_must_exist)
{
	char dir[] = "/tmp/dosvm-conf-XXXXXX", path[100];
	FILE *f;

	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/dosvm", dir);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	snprintf(path, sizeof path, "%s/dosvm/dosvm.conf", dir);
	f = fopen(path, "w");
	fputs("[machine]\nspeed = 7\n", f);
	fclose(f);
	setenv("XDG_CONFIG_HOME", dir, 1);
	begin();
	ck_assert_msg(conf_load(&c, &err), "%s", err.text);
	ck_assert_int_eq(conf_get_int(&c, "speed"), 7);
	conf_fini(&c);
	begin();
	ck_assert_int_eq(ARGS("--no-config"), 2);
	ck_assert(conf_load(&c, &err));
	ck_assert_int_eq(conf_get_int(&c, "speed"), CONF_SPEED_AUTO);
	conf_fini(&c);
	begin();
	ck_assert_int_eq(ARGS("--config=/nonexistent/x"), 2);
	ck_assert(!conf_load(&c, &err));
	ck_assert_str_eq(err.text, "/nonexistent/x: No such file or directory");
	conf_fini(&c);
	unlink(path);
	snprintf(path, sizeof path, "%s/dosvm", dir);
	rmdir(path);
	rmdir(dir);
}
END_TEST

START_TEST(help_fits_a_terminal_and_names_every_option)
{
	char *text = NULL, *line, *end;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	conf_help(f);
	fclose(f);
	ck_assert_ptr_nonnull(strstr(text, "  -m, --mount=X:=DIR[:ro]"));
	ck_assert_ptr_nonnull(strstr(text, "--[no-]autoexec"));
	for (line = text; *line; line = end + 1) {
		end = strchr(line, '\n');
		ck_assert_ptr_nonnull(end);
		ck_assert_int_le(end - line, 79);
	}
	free(text);
}
END_TEST

int main(void)
{
	return suite_run("conf", (const TTest *[]){
		everything_has_a_default,
		a_file_sets_what_stands_in_its_sections,
		an_error_names_file_and_line,
		a_file_that_is_not_text_is_refused,
		the_higher_rank_wins_in_whatever_order,
		a_program_has_settings_of_its_own,
		a_program_that_another_one_starts_has_them_too,
		options_stop_at_the_program,
		a_bad_option_is_refused_in_one_line,
		values_are_read_in_their_units,
		nonsense_is_no_value,
		a_mount_is_taken_apart,
		the_users_file_is_found_and_config_must_exist,
		help_fits_a_terminal_and_names_every_option,
		NULL });
}
