/* drive_overlay.c - two drives that are one.  `here' is the overlay; its upper drive is the
 * directory above.path, the lower one a directory, or a table.  */

#include "drive_room.h"

#include <signal.h>
#include <sys/resource.h>

#include "drive/mem.h"
#include "drive/overlay.h"
#include "state/state.h"

static struct room above, plain;

static void lay(void)
{
	struct error err;

	above.config = (struct drive_config){ .code_page = 437 };
	here.config.overlay = above.path;
	ck_assert_msg(drive_mount(&here.d, "hostdir", here.path, &here.config, &err), "%s", err.text);
}

/* Again, as the next run has it.  */
static void lay_again(void)
{
	drive_unmount(&here.d);
	lay();
}

static void furnish(const struct room *r)
{
	host_file(r, "readme.txt", "read me");
	host_file(r, "GAME.EXE", "game");
	host_file(r, "A long name.text", "long");
	host_dir(r, "data");
	host_file(r, "data/one.dat", "one");
	host_file(r, "data/two.dat", "two");
	host_dir(r, "data/deep");
	host_file(r, "data/deep/three.dat", "three");
	host_dir(r, "empty");
}

static void open_all(void)
{
	room_open(&here);
	drive_unmount(&here.d);
	room_open(&above);
	drive_unmount(&above.d);
	room_open(&plain);
	furnish(&here);
	furnish(&plain);
	lay();
}

static void close_all(void)
{
	room_close(&here);
	room_close(&above);
	room_close(&plain);
}

static void put(struct room *r, const char *path, unsigned mode, const char *text)
{
	drive_file f = must_open(r, path, mode);
	size_t n = strlen(text);

	ck_assert_int_eq(r->d.ops->write(r->d.disk, f, 0, text, &n), DOS_OK);
	ck_assert_uint_eq(n, strlen(text));
	release(r, f);
}

static enum dos_error remove_file(const char *path)
{
	return here.d.ops->remove(here.d.disk, path);
}

static enum dos_error rename_to(const char *from, const char *to)
{
	return here.d.ops->rename(here.d.disk, from, to, true);
}

/* What is below is as it was made.  */
static void expect_lower_untouched(void)
{
	char command[200];

	snprintf(command, sizeof command, "diff -r %s %s", here.path, plain.path);
	ck_assert_int_eq(system(command), 0);
}

/* Everything that is there, but aliases and dates.  */
static void compare_trees(struct drive *a, struct drive *b, const char *dir)
{
	struct drive_info i, j;
	uint16_t listing;
	unsigned in_a = 0, in_b = 0;
	char path[DRIVE_PATH_MAX];

	ck_assert_int_eq(a->ops->list(a->disk, dir, &listing), DOS_OK);
	for (unsigned n = 0; a->ops->entry(a->disk, listing, n, &i) != DOS_NO_MORE; n++) {
		if (i.name[0] == '.')
			continue;
		in_a++;
		ck_assert(path_join(path, dir, i.long_name));
		ck_assert_msg(b->ops->info(b->disk, path, &j) == DOS_OK, "%s is only above", path);
		ck_assert_msg(i.attr == j.attr && i.size == j.size, "%s: %02x %u, %02x %u", path,
			      i.attr, i.size, j.attr, j.size);
		if (i.attr & ATTR_DIR)
			compare_trees(a, b, path);
	}
	ck_assert_int_eq(b->ops->list(b->disk, dir, &listing), DOS_OK);
	for (unsigned n = 0; b->ops->entry(b->disk, listing, n, &j) != DOS_NO_MORE; n++)
		in_b += j.name[0] != '.';
	ck_assert_uint_eq(in_a, in_b);
}

START_TEST(what_is_below_is_read)
{
	struct drive_info i;

	ck_assert_str_eq(names_in(&here, "\\"), "ALONGN~1.TEX DATA EMPTY GAME.EXE README.TXT");
	ck_assert_str_eq(names_in(&here, "\\DATA"), ". .. DEEP ONE.DAT TWO.DAT");
	ck_assert_str_eq(text_of(&here, "\\data\\deep\\three.dat"), "three");
	ck_assert_str_eq(text_of(&here, "\\a long name.text"), "long");
	ck_assert_int_eq(info(&here, "\\ALONGN~1.TEX", &i), DOS_OK);
	ck_assert_str_eq(i.long_name, "A long name.text");
	ck_assert_int_eq(info(&here, "\\NO\\NO", &i), DOS_NO_PATH);
	ck_assert_int_eq(info(&here, "\\DATA\\NO", &i), DOS_NO_FILE);
	ck_assert_int_eq(info(&here, "\\GAME.EXE\\NO", &i), DOS_NO_PATH);
}
END_TEST

START_TEST(what_is_written_is_above_and_there_again)
{
	put(&here, "\\README.TXT", DRIVE_RDWR, "REA");
	put(&here, "\\DATA\\SAVE.1", DRIVE_WRITE | DRIVE_CREATE, "saved");
	put(&here, "\\DATA\\DEEP\\THREE.DAT", DRIVE_RDWR | DRIVE_TRUNCATE, "3");
	lay_again();
	ck_assert_str_eq(text_of(&here, "\\README.TXT"), "REAd me");
	ck_assert_str_eq(text_of(&here, "\\DATA\\SAVE.1"), "saved");
	ck_assert_str_eq(text_of(&here, "\\DATA\\DEEP\\THREE.DAT"), "3");
	ck_assert_str_eq(names_in(&here, "\\DATA"), ". .. DEEP ONE.DAT SAVE.1 TWO.DAT");
	ck_assert(host_has(&above, "changed/readme.txt"));
	ck_assert(!host_has(&above, "changed/GAME.EXE"));
	expect_lower_untouched();
}
END_TEST

START_TEST(reading_copies_nothing)
{
	text_of(&here, "\\README.TXT");
	names_in(&here, "\\DATA");
	release(&here, must_open(&here, "\\GAME.EXE", DRIVE_READ | 0x20));
	ck_assert(host_has(&above, "changed"));
	ck_assert_int_eq(rmdir(host(&above, "changed")), 0);	/* it is empty */
}
END_TEST

START_TEST(what_is_deleted_stays_gone)
{
	ck_assert_int_eq(remove_file("\\README.TXT"), DOS_OK);
	put(&here, "\\GAME.EXE", DRIVE_RDWR, "x");
	ck_assert_int_eq(remove_file("\\GAME.EXE"), DOS_OK);
	ck_assert_int_eq(remove_file("\\GAME.EXE"), DOS_NO_FILE);
	ck_assert_int_eq(remove_file("\\DATA"), DOS_DENIED);
	lay_again();
	ck_assert_str_eq(names_in(&here, "\\"), "ALONGN~1.TEX DATA EMPTY");
	put(&here, "\\README.TXT", DRIVE_WRITE | DRIVE_CREATE, "new");
	ck_assert_str_eq(text_of(&here, "\\README.TXT"), "new");
	ck_assert_int_eq(remove_file("\\README.TXT"), DOS_OK);
	ck_assert(!there(&here, "\\README.TXT"));
	expect_lower_untouched();
}
END_TEST

START_TEST(a_new_directory_of_a_deleted_name_is_empty)
{
	ck_assert_int_eq(here.d.ops->rmdir(here.d.disk, "\\DATA\\DEEP"), DOS_DENIED);
	ck_assert_int_eq(remove_file("\\DATA\\DEEP\\THREE.DAT"), DOS_OK);
	ck_assert_int_eq(here.d.ops->rmdir(here.d.disk, "\\DATA\\DEEP"), DOS_OK);
	ck_assert(!there(&here, "\\DATA\\DEEP"));
	ck_assert_int_eq(here.d.ops->rmdir(here.d.disk, "\\DATA\\DEEP"), DOS_NO_PATH);
	ck_assert_int_eq(here.d.ops->mkdir(here.d.disk, "\\DATA\\DEEP", false), DOS_OK);
	ck_assert_int_eq(here.d.ops->mkdir(here.d.disk, "\\DATA\\DEEP", false), DOS_DENIED);
	lay_again();
	ck_assert_str_eq(names_in(&here, "\\DATA\\DEEP"), ". ..");
	ck_assert_int_eq(here.d.ops->rmdir(here.d.disk, "\\DATA\\DEEP"), DOS_OK);
	ck_assert(!there(&here, "\\DATA\\DEEP"));
	expect_lower_untouched();
}
END_TEST

START_TEST(files_and_directories_are_renamed)
{
	ck_assert_int_eq(rename_to("\\README.TXT", "\\data\\Read It Now.txt"), DOS_OK);
	ck_assert_int_eq(rename_to("\\DATA", "\\DATA\\X"), DOS_DENIED);
	ck_assert_int_eq(rename_to("\\DATA", "\\EMPTY"), DOS_DENIED);
	ck_assert_int_eq(rename_to("\\DATA", "\\Other Data"), DOS_OK);
	lay_again();
	ck_assert_str_eq(names_in(&here, "\\"), "ALONGN~1.TEX EMPTY GAME.EXE OTHERD~1");
	ck_assert_str_eq(text_of(&here, "\\other data\\read it now.txt"), "read me");
	ck_assert_str_eq(text_of(&here, "\\other data\\deep\\three.dat"), "three");
	ck_assert_int_eq(here.d.ops->mkdir(here.d.disk, "\\DATA", false), DOS_OK);
	ck_assert_str_eq(names_in(&here, "\\DATA"), ". ..");
	expect_lower_untouched();
}
END_TEST

START_TEST(another_case_of_a_name_is_the_same_thing)
{
	struct drive_info i;

	ck_assert_int_eq(rename_to("\\A long name.text", "\\A LONG Name.text"), DOS_OK);
	lay_again();
	ck_assert_int_eq(info(&here, "\\a long name.text", &i), DOS_OK);
	ck_assert_str_eq(i.long_name, "A LONG Name.text");
	ck_assert_str_eq(i.name, "ALONGN~1.TEX");
	ck_assert_str_eq(text_of(&here, "\\ALONGN~1.TEX"), "long");
	ck_assert_int_eq(remove_file("\\ALONGN~1.TEX"), DOS_OK);
	ck_assert(!there(&here, "\\a long name.text"));
}
END_TEST

START_TEST(a_short_name_of_each_drive_is_one_of_its_own)
{
	struct drive_info i, again;

	put(&here, "\\A long name, too.text", DRIVE_WRITE | DRIVE_CREATE | DRIVE_LONG, "second");
	ck_assert_int_eq(info(&here, "\\a long name, too.text", &i), DOS_OK);
	ck_assert_str_ne(i.name, "ALONGN~1.TEX");
	ck_assert_str_eq(text_of(&here, "\\ALONGN~1.TEX"), "long");
	lay_again();
	snprintf(i.long_name, sizeof i.long_name, "\\%s", i.name);
	ck_assert_str_eq(text_of(&here, i.long_name), "second");
	ck_assert_int_eq(info(&here, i.long_name, &again), DOS_OK);
	ck_assert_str_eq(again.name, i.name);
	ck_assert_ptr_nonnull(strstr(names_in(&here, "\\"), i.name));
	/* With the one below gone, it has the name that its drive gives it.  */
	ck_assert_int_eq(remove_file("\\ALONGN~1.TEX"), DOS_OK);
	ck_assert_str_eq(text_of(&here, "\\ALONGN~1.TEX"), "second");
}
END_TEST

START_TEST(a_copy_keeps_date_attributes_and_name)
{
	struct drive_info before, after;

	ck_assert_int_eq(info(&here, "\\GAME.EXE", &before), DOS_OK);
	ck_assert_int_eq(here.d.ops->set_attr(here.d.disk, "\\GAME.EXE", ATTR_READ_ONLY), DOS_OK);
	ck_assert_int_eq(info(&here, "\\GAME.EXE", &after), DOS_OK);
	ck_assert_uint_eq(before.time, after.time);
	ck_assert_uint_eq(before.date, after.date);
	ck_assert_uint_eq(before.size, after.size);
	ck_assert(after.attr & ATTR_READ_ONLY);
	ck_assert_str_eq(after.long_name, "GAME.EXE");
	ck_assert_int_eq(remove_file("\\GAME.EXE"), DOS_DENIED);
	ck_assert_int_eq(here.d.ops->set_path_time(here.d.disk, "\\DATA", 0, 0x1234, 0x4321), DOS_OK);
	ck_assert_int_eq(info(&here, "\\DATA", &after), DOS_OK);
	ck_assert_uint_eq(after.date, 0x4321);
	ck_assert(here.d.ops->serial(here.d.disk) != 0);
	expect_lower_untouched();
}
END_TEST

START_TEST(an_open_file_sees_what_another_handle_writes)
{
	drive_file f = must_open(&here, "\\README.TXT", DRIVE_READ | 0x40), g;
	char text[8] = "";
	size_t n = 7;

	ck_assert_int_eq(here.d.ops->lock(here.d.disk, f, 1, true, 0, 2), DOS_OK);
	g = must_open(&here, "\\README.TXT", DRIVE_RDWR | 0x40);
	n = 2;
	ck_assert_int_eq(here.d.ops->write(here.d.disk, g, 0, "xx", &n), DOS_LOCK);
	n = 2;
	ck_assert_int_eq(here.d.ops->write(here.d.disk, g, 5, "XX", &n), DOS_OK);
	n = 7;
	ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 0, text, &n), DOS_OK);
	ck_assert_str_eq(text, "read XX");
	ck_assert_int_eq(here.d.ops->lock(here.d.disk, f, 1, false, 0, 2), DOS_OK);
	release(&here, f);
	release(&here, g);
	ck_assert_int_eq(here.d.ops->release(here.d.disk, g), DOS_BAD_HANDLE);
}
END_TEST

START_TEST(sharing_modes_hold_before_anything_is_changed)
{
	drive_file f = must_open(&here, "\\README.TXT", DRIVE_READ | 0x20), g;

	ck_assert_int_eq(try_open(&here, "\\README.TXT", DRIVE_RDWR | 0x40 | DRIVE_TRUNCATE, &g),
			 DOS_SHARING);
	ck_assert_int_eq(rename_to("\\README.TXT", "\\X"), DOS_SHARING);
	ck_assert_int_eq(remove_file("\\README.TXT"), DOS_SHARING);
	release(&here, f);
	ck_assert_str_eq(text_of(&here, "\\README.TXT"), "read me");
}
END_TEST

START_TEST(a_second_run_is_refused_while_the_first_has_it)
{
	struct room other = here;
	struct error err;

	ck_assert(!drive_mount(&other.d, "hostdir", here.path, &here.config, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "another dosvm"));
	ck_assert_int_eq(remove_file("\\README.TXT"), DOS_OK);
}
END_TEST

START_TEST(a_full_disk_leaves_what_was_there)
{
	struct rlimit none = { 4, RLIM_INFINITY };
	drive_file f;

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
	ck_assert_int_eq(try_open(&here, "\\README.TXT", DRIVE_RDWR, &f), DOS_DISK_FULL);
	ck_assert_int_eq(remove_file("\\GAME.EXE"), DOS_DISK_FULL);
	ck_assert_int_eq(rename_to("\\DATA", "\\OTHER"), DOS_DISK_FULL);
	ck_assert_str_eq(text_of(&here, "\\README.TXT"), "read me");
	ck_assert_str_eq(text_of(&here, "\\GAME.EXE"), "game");
	ck_assert(!host_has(&above, "changed/readme.txt") && !host_has(&above, "copying.tmp"));
	none.rlim_cur = RLIM_INFINITY;
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
	ck_assert_int_eq(remove_file("\\GAME.EXE"), DOS_OK);
	lay_again();
	ck_assert_str_eq(names_in(&here, "\\"), "ALONGN~1.TEX DATA EMPTY README.TXT");
	compare_trees(&here.d, &here.d, "\\");
}
END_TEST

START_TEST(half_a_line_deletes_nothing)
{
	drive_unmount(&here.d);
	host_file(&above, "deleted.txt", "nonsense\n\\Data\\ONE.dat\n\\readme.t");
	lay();
	ck_assert_str_eq(names_in(&here, "\\DATA"), ". .. DEEP TWO.DAT");
	ck_assert_str_eq(text_of(&here, "\\README.TXT"), "read me");
	ck_assert_int_eq(remove_file("\\GAME.EXE"), DOS_OK);
	lay_again();
	ck_assert(!there(&here, "\\GAME.EXE"));
	ck_assert(there(&here, "\\README.TXT"));
}
END_TEST

START_TEST(the_lower_drive_may_be_of_any_kind)
{
	static const struct mem_file table[] = {
		{ "\\SYS\\B.COM", "bb", 2, 0x6000, 0x2345 },
		{ "\\A.COM", "aa", 2, 0x6000, 0x2345 },
	};
	struct drive lower, upper;
	struct error err;
	struct drive_info i;

	drive_unmount(&here.d);
	ck_assert(mem_mount(&lower, "TABLE", table, 2, &err));
	ck_assert(drive_mount(&upper, "hostdir", above.path, &above.config, &err));
	ck_assert(overlay_mount(&here.d, &lower, &upper, above.path, 437, &err));
	ck_assert_str_eq(names_in(&here, "\\"), "A.COM SYS");
	ck_assert_int_eq(here.d.ops->set_attr(here.d.disk, "\\SYS\\B.COM", 0), DOS_OK);
	put(&here, "\\SYS\\B.COM", DRIVE_RDWR, "xx");
	ck_assert_str_eq(text_of(&here, "\\SYS\\B.COM"), "xx");
	ck_assert_int_eq(rename_to("\\A.COM", "\\SYS\\C.COM"), DOS_OK);
	ck_assert_str_eq(names_in(&here, "\\SYS"), ". .. B.COM C.COM");
	ck_assert_int_eq(info(&here, "\\SYS\\C.COM", &i), DOS_OK);
	ck_assert_uint_eq(i.date, 0x2345);
}
END_TEST

START_TEST(open_files_and_listings_come_back_from_a_snapshot)
{
	drive_file low = must_open(&here, "\\README.TXT", DRIVE_READ), up;
	struct drive_info i;
	struct state save, load;
	uint16_t listing;
	char text[8] = "";
	size_t n = 7;

	up = must_open(&here, "\\SAVE.DAT", DRIVE_RDWR | DRIVE_CREATE);
	ck_assert_int_eq(here.d.ops->list(here.d.disk, "\\", &listing), DOS_OK);
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, listing, 1, &i), DOS_OK);
	state_init_save(&save);
	here.d.ops->state(here.d.disk, &save);
	ck_assert(state_ok(&save));
	lay_again();
	state_init(&load, STATE_LOAD, save.buf, save.pos);
	here.d.ops->state(here.d.disk, &load);
	ck_assert_msg(state_ok(&load), "%s", load.error);
	ck_assert_int_eq(here.d.ops->read(here.d.disk, low, 0, text, &n), DOS_OK);
	ck_assert_str_eq(text, "read me");
	n = 3;
	ck_assert_int_eq(here.d.ops->write(here.d.disk, up, 0, "abc", &n), DOS_OK);
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, listing, 2, &i), DOS_OK);
	ck_assert_str_eq(i.name, "EMPTY");
	/* What is deleted is still noted.  */
	ck_assert_int_eq(remove_file("\\GAME.EXE"), DOS_OK);
	release(&here, low);
	release(&here, up);
	lay_again();
	ck_assert(!there(&here, "\\GAME.EXE"));
	for (size_t size = 0; size < save.pos; size += 7) {
		state_init(&load, STATE_LOAD, save.buf, size);
		here.d.ops->state(here.d.disk, &load);
		ck_assert(!state_ok(&load));
	}
	state_free(&save);
}
END_TEST

/* --- beside a plain directory --- */

static uint32_t seed;

static unsigned chance(unsigned n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static void any_path(char out[DRIVE_PATH_MAX])
{
	static const char *const name[] = {
		"DATA", "DEEP", "EMPTY", "ONE.DAT", "README.TXT", "NEW", "a long name.text", "Other one",
	};
	unsigned depth = 1 + chance(3);

	for (out[0] = '\0'; depth--;)
		sprintf(out + strlen(out), "\\%s", name[chance(sizeof name / sizeof name[0])]);
}

/* The same order to either.  */
static unsigned do_order(struct drive *d, unsigned what, const char *a, const char *b,
			       unsigned mode, uint8_t attr)
{
	const struct drive_ops *ops = d->ops;
	enum drive_did did;
	drive_file f;
	size_t n = 5;
	enum dos_error e;

	switch (what) {
	case 0: case 1: case 2:
		e = ops->open(d->disk, a, mode, 0, &f, &did);
		if (e)
			return e;
		e = ops->write(d->disk, f, attr, "hello", &n);
		ops->release(d->disk, f);
		return e << 8 | did;
	case 3:
		return ops->remove(d->disk, a);
	case 4: case 5:
		return ops->rename(d->disk, a, b, true);
	case 6:
		return ops->mkdir(d->disk, a, true);
	case 7:
		return ops->rmdir(d->disk, a);
	default:
		return ops->set_attr(d->disk, a, attr & (ATTR_READ_ONLY | ATTR_HIDDEN | ATTR_ARCHIVE));
	}
}

START_TEST(it_does_what_a_plain_directory_does)
{
	seed = _i + 1;
	for (unsigned n = 0; n < 150; n++) {
		static const unsigned modes[] = {
			DRIVE_RDWR, DRIVE_WRITE, DRIVE_READ, DRIVE_RDWR | DRIVE_TRUNCATE,
			DRIVE_RDWR | DRIVE_CREATE | DRIVE_LONG,
			DRIVE_RDWR | DRIVE_CREATE | DRIVE_LONG | DRIVE_EXCLUSIVE,
		};
		char a[DRIVE_PATH_MAX], b[DRIVE_PATH_MAX];
		unsigned what = chance(9), mode = modes[chance(6)];
		uint8_t attr = chance(40);
		unsigned one, two;

		any_path(a);
		any_path(b);
		one = do_order(&here.d, what, a, b, mode, attr);
		two = do_order(&plain.d, what, a, b, mode, attr);
		ck_assert_msg(one == two, "seed %d, order %u: %u %s %s %x: %x, a directory says %x",
			      _i + 1, n, what, a, b, mode, one, two);
		if (chance(30) == 0)
			lay_again();
	}
	compare_trees(&here.d, &plain.d, "\\");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		what_is_below_is_read,
		what_is_written_is_above_and_there_again,
		reading_copies_nothing,
		what_is_deleted_stays_gone,
		a_new_directory_of_a_deleted_name_is_empty,
		files_and_directories_are_renamed,
		another_case_of_a_name_is_the_same_thing,
		a_short_name_of_each_drive_is_one_of_its_own,
		a_copy_keeps_date_attributes_and_name,
		an_open_file_sees_what_another_handle_writes,
		sharing_modes_hold_before_anything_is_changed,
		a_second_run_is_refused_while_the_first_has_it,
		a_full_disk_leaves_what_was_there,
		half_a_line_deletes_nothing,
		the_lower_drive_may_be_of_any_kind,
		open_files_and_listings_come_back_from_a_snapshot,
		NULL
	};
	TCase *tc = suite_case("drive_overlay", open_all, close_all);

	for (const TTest *const *t = tests; *t; t++)
		tcase_add_test(tc, *t);
	tcase_add_loop_test(tc, it_does_what_a_plain_directory_does, 0, 40);
	return suite_run_case("drive_overlay", tc);
}
