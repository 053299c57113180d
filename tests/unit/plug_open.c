/* plug_open.c - plugins are found, checked and opened.  */

#include "suite.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/home.h"
#include "plug/plug.h"

#define BUILT	"tests/unit/.libs"

static char said[100];
static bool refuse;
static struct error err;

static void say(void *ctx, const char *text)
{
	(void)ctx;
	strcat(strcat(said, text), ",");
}

static const char *setting(void *ctx, const char *name)
{
	(void)ctx;
	return refuse && strcmp(name, "refuse") == 0 ? "yes" : NULL;
}

static const struct plugin_host host = { .log = say, .setting = setting };

static void begin(void)
{
	said[0] = '\0';
	refuse = false;
	err.text[0] = '\0';
}

START_TEST(a_plugin_is_found_opened_and_closed)
{
	struct plug p;

	ck_assert_msg(plug_open(&p, "/nonexistent::" BUILT, "plugin_good", &host, &err), "%s", err.text);
	ck_assert_str_eq(p.plugin->name, "good");
	ck_assert_ptr_null(p.plugin->video);
	plug_close(&p);
	ck_assert_str_eq(said, "open,close,");
	ck_assert_ptr_null(p.object);
	plug_close(&p);
}
END_TEST

static void refused(const char *name, const char *want)
{
	struct plug p;

	ck_assert(!plug_open(&p, BUILT, name, &host, &err));
	ck_assert_str_eq(err.text, want);
	ck_assert_ptr_null(p.object);
}

START_TEST(the_error_says_why_a_plugin_is_refused)
{
	char alien[200];

	refused("plugin_none", "there is no plugin \"plugin_none\" in " BUILT);
	refused("../.libs/plugin_good", "there is no plugin \"../.libs/plugin_good\" in " BUILT);
	refused("", "there is no plugin \"\" in " BUILT);
	snprintf(alien, sizeof alien, "plugin plugin_alien: " BUILT "/plugin_alien.so is made for "
		 "another version of dosvm (interface %d, not %d)", PLUGIN_ABI + 1, PLUGIN_ABI);
	refused("plugin_alien", alien);
	refused("plugin_empty", "plugin plugin_empty: " BUILT "/plugin_empty.so has no plugin_entry()");
	refuse = true;
	refused("plugin_good", "plugin plugin_good cannot start here");
}
END_TEST

START_TEST(a_file_that_is_no_shared_object_is_refused)
{
	char dir[] = "/tmp/dosvm-plug-XXXXXX", path[100];
	struct plug p;
	FILE *f;

	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/text.so", dir);
	f = fopen(path, "w");
	fputs("hello", f);
	fclose(f);
	ck_assert(!plug_open(&p, dir, "text", &host, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "text.so"));
	unlink(path);
	rmdir(dir);
}
END_TEST

static void collect(void *ctx, const char *name, const char *file)
{
	ck_assert_ptr_nonnull(strstr(file, ".libs/"));
	strcat(strcat(ctx, name), " ");
}

START_TEST(the_list_has_every_name_once)
{
	char names[200] = "";

	plug_list(BUILT ":/nonexistent:" BUILT, collect, names);
	ck_assert_str_eq(names, "plugin_alien plugin_empty plugin_good ");
}
END_TEST

START_TEST(a_program_in_its_build_tree_uses_that_tree)
{
	char dir[] = "/tmp/dosvm-home-XXXXXX", path[100], want[200];
	static struct home h;
	FILE *f;

	ck_assert_ptr_nonnull(mkdtemp(dir));
	home_find_at(&h, dir, NULL);
	ck_assert(!h.build_tree);
	ck_assert_str_eq(h.dosroot, PKGDATADIR "/dosroot");
	ck_assert_str_eq(h.plugins, PKGLIBDIR "/plugins");
	home_find_at(&h, dir, "/a:/b");
	ck_assert_str_eq(h.plugins, "/a:/b:" PKGLIBDIR "/plugins");

	snprintf(path, sizeof path, "%s/config.status", dir);
	f = fopen(path, "w");
	fclose(f);
	home_find_at(&h, dir, "/a");
	ck_assert(h.build_tree);
	snprintf(want, sizeof want, "%s/dosroot/c", dir);
	ck_assert_str_eq(h.dosroot, want);
	ck_assert_str_eq(h.plugins, "/a");
	unlink(path);
	rmdir(dir);
}
END_TEST

int main(void)
{
	return suite_run_each("plug", begin, NULL, (const TTest *[]){
		a_plugin_is_found_opened_and_closed,
		the_error_says_why_a_plugin_is_refused,
		a_file_that_is_no_shared_object_is_refused,
		the_list_has_every_name_once,
		a_program_in_its_build_tree_uses_that_tree,
		NULL });
}
