/* drive_confine.c - nothing outside of the directory can be reached, with
 * openat2 and without.  */

#include "drive_room.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

/* room/in is the drive; room/secret lies beside it.  */
static void open_inner(bool by_hand)
{
	struct room *r = &here;
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
	drive_file f;
	char absolute[128];

	open_inner(_i);
	snprintf(absolute, sizeof absolute, "%s/secret", here.path);
	link_to(&here, "../secret", "in/up.txt");
	link_to(&here, absolute, "in/abs.txt");
	link_to(&here, "../outdir", "in/dir");
	link_to(&here, "sub/../../secret", "in/round.txt");
	link_to(&here, "/proc/self/root/etc/passwd", "in/proc.txt");
	link_to(&here, "loop", "in/loop");
	ck_assert_str_eq(text_of(&here, "\\UP.TXT"), "?5");
	ck_assert_str_eq(text_of(&here, "\\ABS.TXT"), "?5");
	ck_assert_str_eq(text_of(&here, "\\ROUND.TXT"), "?5");
	ck_assert_str_eq(text_of(&here, "\\PROC.TXT"), "?5");
	ck_assert_str_eq(text_of(&here, "\\LOOP"), "?5");
	ck_assert(text_of(&here, "\\DIR\\FILE.TXT")[0] == '?');
	ck_assert(try_open(&here, "\\UP.TXT", DRIVE_RDWR | DRIVE_CREATE | DRIVE_TRUNCATE, &f) != DOS_OK);
	ck_assert(try_open(&here, "\\DIR\\NEW.TXT", DRIVE_RDWR | DRIVE_CREATE, &f) != DOS_OK);
	ck_assert(!host_has(&here, "outdir/new.txt"));
	ck_assert(here.d.ops->mkdir(here.d.disk, "\\DIR\\NEW", false) != DOS_OK);
	ck_assert(here.d.ops->remove(here.d.disk, "\\DIR\\FILE.TXT") != DOS_OK);
	ck_assert(here.d.ops->rename(here.d.disk, "\\SUB\\INNER.TXT", "\\DIR\\X.TXT", false) != DOS_OK);
	ck_assert(here.d.ops->rename(here.d.disk, "\\DIR\\FILE.TXT", "\\X.TXT", false) != DOS_OK);
	ck_assert(here.d.ops->set_attr(here.d.disk, "\\UP.TXT", ATTR_READ_ONLY) != DOS_OK);
	ck_assert_str_eq(names_in(&here, "\\"), "SUB");
}
END_TEST

START_TEST(links_that_stay_inside_are_followed)
{
	open_inner(_i);
	link_to(&here, "sub/inner.txt", "in/link.txt");
	link_to(&here, "../sub/./inner.txt", "in/sub/round.txt");
	link_to(&here, "sub", "in/dirlink");
	ck_assert_str_eq(text_of(&here, "\\LINK.TXT"), "inner");
	ck_assert_str_eq(text_of(&here, "\\SUB\\ROUND.TXT"), "inner");
	ck_assert_str_eq(text_of(&here, "\\DIRLINK\\ROUND.TXT"), "inner");
	ck_assert_str_eq(names_in(&here, "\\"), "DIRLINK LINK.TXT SUB");
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\LINK.TXT"), DOS_OK);
	ck_assert_str_eq(text_of(&here, "\\SUB\\INNER.TXT"), "inner");
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
	struct drive_info i;
	drive_file f;

	open_inner(_i);
	for (unsigned k = 0; k < sizeof odd / sizeof odd[0]; k++) {
		ck_assert_msg(info(&here, odd[k], &i) != DOS_OK, "%s", odd[k]);
		ck_assert_msg(try_open(&here, odd[k], DRIVE_RDWR | DRIVE_CREATE | DRIVE_LONG, &f) != DOS_OK,
			      "%s", odd[k]);
		ck_assert(here.d.ops->mkdir(here.d.disk, odd[k], true) != DOS_OK);
		ck_assert(here.d.ops->rename(here.d.disk, "\\SUB", odd[k], true) != DOS_OK);
	}
	ck_assert_str_eq(names_in(&here, "\\"), "SUB");
}
END_TEST

START_TEST(pipes_sockets_and_devices_are_not_there)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	drive_file f;
	int s;

	open_inner(_i);
	ck_assert_int_eq(mkfifo(host(&here, "in/fifo"), 0666), 0);
	s = socket(AF_UNIX, SOCK_STREAM, 0);
	strcpy(address.sun_path, host(&here, "in/sock"));
	ck_assert_int_eq(bind(s, (struct sockaddr *)&address, sizeof address), 0);
	link_to(&here, "fifo", "in/tofifo");
	if (mknod(host(&here, "in/null"), S_IFCHR | 0666, 1 << 8 | 3) != 0)
		ck_assert_int_eq(errno, EPERM);
	ck_assert_int_eq(try_open(&here, "\\FIFO", DRIVE_READ, &f), DOS_DENIED);
	ck_assert_int_eq(try_open(&here, "\\FIFO", DRIVE_RDWR | DRIVE_CREATE, &f), DOS_DENIED);
	ck_assert_int_eq(try_open(&here, "\\SOCK", DRIVE_READ, &f), DOS_DENIED);
	ck_assert_int_eq(try_open(&here, "\\TOFIFO", DRIVE_READ, &f), DOS_DENIED);
	ck_assert(try_open(&here, "\\NULL", DRIVE_READ, &f) != DOS_OK);
	ck_assert_str_eq(names_in(&here, "\\"), "SUB");
	close(s);
}
END_TEST

/* A child exchanges a directory for a link that leads out, and back, as
 * fast as it can.  */
START_TEST(a_race_against_the_tree_is_not_won)
{
	char dir[128], away[128];
	pid_t child;

	open_inner(_i);
	host_dir(&here, "in/race");
	host_file(&here, "in/race/file.txt", "inner");
	link_to(&here, "../outdir", "in/zlink");
	strcpy(dir, host(&here, "in/race"));
	strcpy(away, host(&here, "in/zlink"));
	child = fork();
	if (child == 0)
		for (;;)
			renameat2(AT_FDCWD, dir, AT_FDCWD, away, RENAME_EXCHANGE);
	for (unsigned i = 0; i < 3000; i++) {
		const char *text = text_of(&here, "\\RACE\\FILE.TXT");

		ck_assert_msg(text[0] == '?' || strcmp(text, "inner") == 0, "%s", text);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}
END_TEST

int main(void)
{
	TCase *tc = suite_case("drive_confine", NULL, room_close_here);

	/* 0: as the kernel does it; 1: by hand */
	tcase_add_loop_test(tc, links_that_lead_out_are_not_followed, 0, 2);
	tcase_add_loop_test(tc, links_that_stay_inside_are_followed, 0, 2);
	tcase_add_loop_test(tc, dots_and_odd_names_lead_nowhere, 0, 2);
	tcase_add_loop_test(tc, pipes_sockets_and_devices_are_not_there, 0, 2);
	tcase_add_loop_test(tc, a_race_against_the_tree_is_not_won, 0, 2);
	return suite_run_case("drive_confine", tc);
}
