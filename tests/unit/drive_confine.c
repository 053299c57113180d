/* drive_confine.c - nothing outside of the directory can be reached, with
 * openat2 and without.  */

#include "drive_room.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

/* room/in is the drive; room/secret lies beside it.  */
static void open_inner(struct room *r, bool by_hand)
{
	struct error err;
	struct hostdir *disk;

	*r = (struct room){ .path = "/tmp/dosvm-drive-XXXXXX", .config = { .code_page = 437 } };
	ck_assert(mkdtemp(r->path) != NULL);
	host_dir(r, "in");
	host_dir(r, "in/sub");
	host_file(r, "in/sub/inner.txt", "inner");
	host_dir(r, "outdir");
	host_file(r, "outdir/file.txt", "secret");
	host_file(r, "secret", "secret");
	ck_assert(drive_mount(&r->d, "hostdir", host(r, "in"), &r->config, &err));
	disk = r->d.disk;
	if (by_hand)
		disk->root.walk = true;
}

static void link_to(const struct room *r, const char *to, const char *name)
{
	ck_assert_int_eq(symlink(to, host(r, name)), 0);
}

START_TEST(links_that_lead_out_are_not_followed)
{
	struct room r;
	drive_file f;
	char absolute[128];

	open_inner(&r, _i);
	snprintf(absolute, sizeof absolute, "%s/secret", r.path);
	link_to(&r, "../secret", "in/up.txt");
	link_to(&r, absolute, "in/abs.txt");
	link_to(&r, "../outdir", "in/dir");
	link_to(&r, "sub/../../secret", "in/round.txt");
	link_to(&r, "/proc/self/root/etc/passwd", "in/proc.txt");
	link_to(&r, "loop", "in/loop");
	ck_assert_str_eq(text_of(&r, "\\UP.TXT"), "?5");
	ck_assert_str_eq(text_of(&r, "\\ABS.TXT"), "?5");
	ck_assert_str_eq(text_of(&r, "\\ROUND.TXT"), "?5");
	ck_assert_str_eq(text_of(&r, "\\PROC.TXT"), "?5");
	ck_assert_str_eq(text_of(&r, "\\LOOP"), "?5");
	ck_assert(text_of(&r, "\\DIR\\FILE.TXT")[0] == '?');
	ck_assert(try_open(&r, "\\UP.TXT", DRIVE_RDWR | DRIVE_CREATE | DRIVE_TRUNCATE, &f) != DOS_OK);
	ck_assert(try_open(&r, "\\DIR\\NEW.TXT", DRIVE_RDWR | DRIVE_CREATE, &f) != DOS_OK);
	ck_assert(!host_has(&r, "outdir/new.txt"));
	ck_assert(r.d.ops->mkdir(r.d.disk, "\\DIR\\NEW", false) != DOS_OK);
	ck_assert(r.d.ops->remove(r.d.disk, "\\DIR\\FILE.TXT") != DOS_OK);
	ck_assert(r.d.ops->rename(r.d.disk, "\\SUB\\INNER.TXT", "\\DIR\\X.TXT", false) != DOS_OK);
	ck_assert(r.d.ops->rename(r.d.disk, "\\DIR\\FILE.TXT", "\\X.TXT", false) != DOS_OK);
	ck_assert(r.d.ops->set_attr(r.d.disk, "\\UP.TXT", ATTR_READ_ONLY) != DOS_OK);
	ck_assert_str_eq(names_in(&r, "\\"), "SUB");
	room_close(&r);
}
END_TEST

START_TEST(links_that_stay_inside_are_followed)
{
	struct room r;

	open_inner(&r, _i);
	link_to(&r, "sub/inner.txt", "in/link.txt");
	link_to(&r, "../sub/./inner.txt", "in/sub/round.txt");
	link_to(&r, "sub", "in/dirlink");
	ck_assert_str_eq(text_of(&r, "\\LINK.TXT"), "inner");
	ck_assert_str_eq(text_of(&r, "\\SUB\\ROUND.TXT"), "inner");
	ck_assert_str_eq(text_of(&r, "\\DIRLINK\\ROUND.TXT"), "inner");
	ck_assert_str_eq(names_in(&r, "\\"), "DIRLINK LINK.TXT SUB");
	ck_assert_int_eq(r.d.ops->remove(r.d.disk, "\\LINK.TXT"), DOS_OK);
	ck_assert_str_eq(text_of(&r, "\\SUB\\INNER.TXT"), "inner");
	room_close(&r);
}
END_TEST

START_TEST(dots_and_odd_names_lead_nowhere)
{
	static const char *const odd[] = {
		"\\..\\SECRET", "\\SUB\\..\\..\\SECRET", "\\.\\SUB", "\\SUB\\.", "\\..", "\\.",
		"..\\SECRET", "/SECRET", "\\SUB/../../SECRET", "\\../SECRET", "\\\\SECRET",
		"\\SUB\\\\INNER.TXT", "C:\\SECRET", "\\C:SECRET", "\\SUB\\", "\\\x01", "",
		"\\. .\\SECRET", "\\.. \\SECRET", "\\...\\SECRET",
	};
	struct room r;
	struct drive_info i;
	drive_file f;

	open_inner(&r, _i);
	for (unsigned k = 0; k < sizeof odd / sizeof odd[0]; k++) {
		ck_assert_msg(info(&r, odd[k], &i) != DOS_OK, "%s", odd[k]);
		ck_assert_msg(try_open(&r, odd[k], DRIVE_RDWR | DRIVE_CREATE | DRIVE_LONG, &f) != DOS_OK,
			      "%s", odd[k]);
		ck_assert(r.d.ops->mkdir(r.d.disk, odd[k], true) != DOS_OK);
		ck_assert(r.d.ops->rename(r.d.disk, "\\SUB", odd[k], true) != DOS_OK);
	}
	ck_assert_str_eq(names_in(&r, "\\"), "SUB");
	room_close(&r);
}
END_TEST

START_TEST(pipes_sockets_and_devices_are_not_there)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct room r;
	drive_file f;
	int s;

	open_inner(&r, _i);
	ck_assert_int_eq(mkfifo(host(&r, "in/fifo"), 0666), 0);
	s = socket(AF_UNIX, SOCK_STREAM, 0);
	strcpy(address.sun_path, host(&r, "in/sock"));
	ck_assert_int_eq(bind(s, (struct sockaddr *)&address, sizeof address), 0);
	link_to(&r, "fifo", "in/tofifo");
	if (mknod(host(&r, "in/null"), S_IFCHR | 0666, 1 << 8 | 3) != 0)
		ck_assert_int_eq(errno, EPERM);
	ck_assert_int_eq(try_open(&r, "\\FIFO", DRIVE_READ, &f), DOS_DENIED);
	ck_assert_int_eq(try_open(&r, "\\FIFO", DRIVE_RDWR | DRIVE_CREATE, &f), DOS_DENIED);
	ck_assert_int_eq(try_open(&r, "\\SOCK", DRIVE_READ, &f), DOS_DENIED);
	ck_assert_int_eq(try_open(&r, "\\TOFIFO", DRIVE_READ, &f), DOS_DENIED);
	ck_assert(try_open(&r, "\\NULL", DRIVE_READ, &f) != DOS_OK);
	ck_assert_str_eq(names_in(&r, "\\"), "SUB");
	close(s);
	room_close(&r);
}
END_TEST

/* A child exchanges a directory for a link that leads out, and back, as
 * fast as it can.  */
START_TEST(a_race_against_the_tree_is_not_won)
{
	struct room r;
	char dir[128], away[128];
	pid_t child;

	open_inner(&r, _i);
	host_dir(&r, "in/race");
	host_file(&r, "in/race/file.txt", "inner");
	link_to(&r, "../outdir", "in/zlink");
	strcpy(dir, host(&r, "in/race"));
	strcpy(away, host(&r, "in/zlink"));
	child = fork();
	if (child == 0)
		for (;;)
			renameat2(AT_FDCWD, dir, AT_FDCWD, away, RENAME_EXCHANGE);
	for (unsigned i = 0; i < 3000; i++) {
		const char *text = text_of(&r, "\\RACE\\FILE.TXT");

		ck_assert_msg(text[0] == '?' || strcmp(text, "inner") == 0, "%s", text);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	room_close(&r);
}
END_TEST

int main(void)
{
	TCase *tc = tcase_create("drive_confine");
	Suite *s = suite_create("drive_confine");
	SRunner *sr;
	int failed;

	/* 0: as the kernel does it; 1: by hand */
	tcase_add_loop_test(tc, links_that_lead_out_are_not_followed, 0, 2);
	tcase_add_loop_test(tc, links_that_stay_inside_are_followed, 0, 2);
	tcase_add_loop_test(tc, dots_and_odd_names_lead_nowhere, 0, 2);
	tcase_add_loop_test(tc, pipes_sockets_and_devices_are_not_there, 0, 2);
	tcase_add_loop_test(tc, a_race_against_the_tree_is_not_won, 0, 2);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
