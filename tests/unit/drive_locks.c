/* drive_locks.c - sharing modes and record locks, between the handles of a
 * machine, between processes, and against Linux programs.  */

#include "drive_room.h"

#include <errno.h>
#include <sched.h>
#include <sys/wait.h>

#include "state/state.h"

enum { COMPAT = 0x00, DENY_ALL = 0x10, DENY_WRITE = 0x20, DENY_READ = 0x30, DENY_NONE = 0x40 };

static enum dos_error lock(struct room *r, drive_file f, uint16_t owner, uint32_t pos, uint32_t n)
{
	return r->d.ops->lock(r->d.disk, f, owner, true, pos, n);
}

static enum dos_error unlock(struct room *r, drive_file f, uint16_t owner, uint32_t pos, uint32_t n)
{
	return r->d.ops->lock(r->d.disk, f, owner, false, pos, n);
}

static enum dos_error rd(struct room *r, drive_file f, uint32_t pos, size_t n)
{
	char buf[256];

	return r->d.ops->read(r->d.disk, f, pos, buf, &n);
}

static enum dos_error wr(struct room *r, drive_file f, uint32_t pos, size_t n)
{
	static const char buf[256];

	return r->d.ops->write(r->d.disk, f, pos, buf, &n);
}

/* Run a function in another process, which mounts the drive for itself.  */
static void elsewhere(struct room *r, void (*fn)(struct room *other))
{
	struct room other = *r;
	int status;
	pid_t child = fork();

	if (child == 0) {
		other.d = (struct drive){ 0 };
		room_mount(&other);
		fn(&other);
		drive_unmount(&other.d);
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}

/* Ralf Brown's table of sharing modes (INT 21h/3Dh, table 01403): rows are
 * the first open, columns the second; compatibility, deny all, write, read,
 * none, each read, write, both.  */
static const char share_table[15][16] = {
	"YYYNNNNNNNNNNNN",
	"YYYNNNNNNNNNNNN",
	"YYYNNNNNNNNNNNN",
	"NNNNNNNNNNNNNNN",
	"NNNNNNNNNNNNNNN",
	"NNNNNNNNNNNNNNN",
	"NNNNNNYNNNNNYNN",
	"NNNNNNNNNYNNYNN",
	"NNNNNNNNNNNNYNN",
	"NNNNNNNYNNNNNYN",
	"NNNNNNNNNNYNNYN",
	"NNNNNNNNNNNNNYN",
	"NNNNNNYYYNNNYYY",
	"NNNNNNNNNYYYYYY",
	"NNNNNNNNNNNNYYY",
};

START_TEST(sharing_modes_go_together_as_in_the_table)
{
	host_file(&here, "a", "text");
	for (unsigned first = 0; first < 15; first++) {
		drive_file a = must_open(&here, "\\A", first / 3 << 4 | first % 3);

		for (unsigned second = 0; second < 15; second++) {
			drive_file b;
			enum dos_error e = try_open(&here, "\\A", second / 3 << 4 | second % 3, &b);

			ck_assert_msg(e == (share_table[first][second] == 'Y' ? DOS_OK : DOS_SHARING),
				      "first %u, second %u: %d", first, second, e);
			if (!e)
				release(&here, b);
		}
		release(&here, a);
	}
}
END_TEST

START_TEST(a_read_only_file_can_be_read_in_compatibility_and_deny_write_mode)
{
	drive_file a, b;

	host_file(&here, "a", "text");
	chmod(host(&here, "a"), 0444);
	a = must_open(&here, "\\A", COMPAT | DRIVE_READ);
	b = must_open(&here, "\\A", DENY_WRITE | DRIVE_READ);
	release(&here, a);
	a = must_open(&here, "\\A", COMPAT | DRIVE_READ);
	release(&here, a);
	release(&here, b);
}
END_TEST

START_TEST(bad_modes_are_bad_modes)
{
	drive_file f;

	host_file(&here, "a", "text");
	ck_assert_int_eq(try_open(&here, "\\A", 3, &f), DOS_BAD_ACCESS);
	ck_assert_int_eq(try_open(&here, "\\A", 0x50, &f), DOS_BAD_ACCESS);
}
END_TEST

static void sees_sharing(struct room *other)
{
	drive_file f;

	ck_assert_int_eq(try_open(other, "\\A", DENY_NONE | DRIVE_RDWR, &f), DOS_SHARING);
	ck_assert_int_eq(try_open(other, "\\A", COMPAT | DRIVE_READ, &f), DOS_SHARING);
	ck_assert_int_eq(try_open(other, "\\A", DENY_NONE | DRIVE_READ, &f), DOS_OK);
	ck_assert_int_eq(other->d.ops->remove(other->d.disk, "\\A"), DOS_SHARING);
	ck_assert_int_eq(other->d.ops->rename(other->d.disk, "\\A", "\\B", false), DOS_SHARING);
}

START_TEST(sharing_modes_work_between_processes)
{
	drive_file f;

	host_file(&here, "a", "text");
	f = must_open(&here, "\\A", DENY_WRITE | DRIVE_READ);
	elsewhere(&here, sees_sharing);
	release(&here, f);
	f = must_open(&here, "\\A", DENY_ALL | DRIVE_RDWR);	/* nothing was left behind */
	release(&here, f);
}
END_TEST

static void cannot_remove(struct room *other)
{
	ck_assert_int_eq(other->d.ops->remove(other->d.disk, "\\A"), DOS_SHARING);
}

START_TEST(an_open_file_is_deleted_only_as_share_lets_it_be)
{
	drive_file f;

	host_file(&here, "a", "text");
	f = must_open(&here, "\\A", DENY_NONE | DRIVE_READ);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\A"), DOS_SHARING);
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\A", "\\B", false), DOS_SHARING);
	release(&here, f);
	f = must_open(&here, "\\A", COMPAT | DRIVE_READ);
	elsewhere(&here, cannot_remove);
	ck_assert_int_eq(here.d.ops->remove(here.d.disk, "\\A"), DOS_OK);
	ck_assert_int_eq(rd(&here, f, 0, 4), DOS_OK);
	release(&here, f);
}
END_TEST

START_TEST(a_locked_record_is_closed_to_other_handles)
{
	drive_file a, b;

	host_file(&here, "a", "0123456789");
	a = must_open(&here, "\\A", DENY_NONE | DRIVE_RDWR);
	b = must_open(&here, "\\A", DENY_NONE | DRIVE_RDWR);
	ck_assert_int_eq(lock(&here, a, 1, 2, 4), DOS_OK);
	ck_assert_int_eq(rd(&here, a, 0, 10), DOS_OK);
	ck_assert_int_eq(wr(&here, a, 2, 4), DOS_OK);
	ck_assert_int_eq(rd(&here, b, 0, 2), DOS_OK);
	ck_assert_int_eq(rd(&here, b, 6, 4), DOS_OK);
	ck_assert_int_eq(rd(&here, b, 5, 1), DOS_LOCK);
	ck_assert_int_eq(wr(&here, b, 0, 3), DOS_LOCK);
	ck_assert_int_eq(wr(&here, b, 1, 0), DOS_LOCK);	/* would cut it off */
	ck_assert_int_eq(lock(&here, b, 2, 0, 3), DOS_LOCK);
	ck_assert_int_eq(lock(&here, a, 1, 5, 1), DOS_LOCK);
	ck_assert_int_eq(lock(&here, b, 2, 6, 4), DOS_OK);
	ck_assert_int_eq(unlock(&here, a, 1, 2, 3), DOS_LOCK);
	ck_assert_int_eq(unlock(&here, a, 2, 2, 4), DOS_LOCK);
	ck_assert_int_eq(unlock(&here, b, 2, 2, 4), DOS_LOCK);
	ck_assert_int_eq(unlock(&here, a, 1, 2, 4), DOS_OK);
	ck_assert_int_eq(unlock(&here, a, 1, 2, 4), DOS_LOCK);
	ck_assert_int_eq(rd(&here, b, 5, 1), DOS_OK);
	ck_assert_int_eq(lock(&here, a, 1, 0, 0), DOS_LOCK);
	ck_assert_int_eq(lock(&here, a, 1, 0x80000000, 0x80000000), DOS_OK);
	ck_assert_int_eq(lock(&here, a, 1, 0x80000001, 0x80000000), DOS_LOCK);
	release(&here, a);
	release(&here, b);
}
END_TEST

START_TEST(closing_one_handle_keeps_the_locks_of_another)
{
	drive_file a, b, c;

	host_file(&here, "a", "0123456789");
	a = must_open(&here, "\\A", DENY_NONE | DRIVE_RDWR);
	b = must_open(&here, "\\A", DENY_NONE | DRIVE_RDWR);
	c = must_open(&here, "\\A", DENY_NONE | DRIVE_RDWR);
	ck_assert_int_eq(lock(&here, a, 1, 0, 4), DOS_OK);
	release(&here, b);
	ck_assert_int_eq(rd(&here, c, 0, 1), DOS_LOCK);
	release(&here, a);
	ck_assert_int_eq(rd(&here, c, 0, 1), DOS_OK);
	release(&here, c);
}
END_TEST

START_TEST(a_handle_that_only_reads_can_lock)
{
	drive_file a, b;

	host_file(&here, "a", "0123456789");
	a = must_open(&here, "\\A", DENY_NONE | DRIVE_READ);
	b = must_open(&here, "\\A", DENY_NONE | DRIVE_READ);
	ck_assert_int_eq(lock(&here, a, 1, 0, 4), DOS_OK);
	ck_assert_int_eq(rd(&here, a, 0, 4), DOS_OK);
	ck_assert_int_eq(rd(&here, b, 0, 4), DOS_LOCK);
	ck_assert_int_eq(lock(&here, b, 1, 0, 4), DOS_LOCK);
	release(&here, a);
	ck_assert_int_eq(lock(&here, b, 1, 0, 4), DOS_OK);
	release(&here, b);
}
END_TEST

static bool linux_lock(int fd, short type, off_t pos, off_t n)
{
	struct flock fl = { .l_type = type, .l_whence = SEEK_SET, .l_start = pos, .l_len = n };

	return fcntl(fd, F_SETLK, &fl) == 0;
}

START_TEST(linux_programs_and_dos_programs_respect_each_other)
{
	drive_file f;
	int fd;

	host_file(&here, "a", "0123456789");
	fd = open(host(&here, "a"), O_RDWR);
	ck_assert(linux_lock(fd, F_WRLCK, 0, 4));
	f = must_open(&here, "\\A", DENY_NONE | DRIVE_RDWR);
	ck_assert_int_eq(rd(&here, f, 0, 1), DOS_LOCK);
	ck_assert_int_eq(lock(&here, f, 1, 3, 2), DOS_LOCK);
	ck_assert_int_eq(lock(&here, f, 1, 4, 2), DOS_OK);
	ck_assert(!linux_lock(fd, F_RDLCK, 4, 1));
	ck_assert(linux_lock(fd, F_UNLCK, 0, 4));
	ck_assert_int_eq(rd(&here, f, 0, 1), DOS_OK);
	ck_assert(linux_lock(fd, F_RDLCK, 0, 4));
	ck_assert_int_eq(rd(&here, f, 0, 1), DOS_OK);
	ck_assert_int_eq(wr(&here, f, 0, 1), DOS_LOCK);
	release(&here, f);
	ck_assert(linux_lock(fd, F_WRLCK, 0, 0));	/* all of it, to infinity */
	f = must_open(&here, "\\A", DENY_NONE | DRIVE_RDWR);
	ck_assert_int_eq(rd(&here, f, 0, 1), DOS_LOCK);
	release(&here, f);
	close(fd);
}
END_TEST

#define ROUNDS	2000

static void count_up(struct room *other)
{
	drive_file f = must_open(other, "\\COUNT", DENY_NONE | DRIVE_RDWR);

	for (unsigned i = 0; i < ROUNDS; i++) {
		uint32_t v = 0;
		size_t n = 4;

		while (lock(other, f, 1, 0, 4) != DOS_OK)
			sched_yield();
		ck_assert_int_eq(other->d.ops->read(other->d.disk, f, 0, &v, &n), DOS_OK);
		v++;
		n = 4;
		ck_assert_int_eq(other->d.ops->write(other->d.disk, f, 0, &v, &n), DOS_OK);
		ck_assert_int_eq(unlock(other, f, 1, 0, 4), DOS_OK);
	}
	release(other, f);
}

START_TEST(two_processes_that_count_under_a_lock_lose_nothing)
{
	pid_t child;
	uint32_t v = 0;
	size_t n = 4;
	drive_file f;
	int status;

	host_file(&here, "count", "");
	child = fork();
	if (child == 0) {
		elsewhere(&here, count_up);
		_exit(0);
	}
	elsewhere(&here, count_up);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	f = must_open(&here, "\\COUNT", DRIVE_READ);
	ck_assert_int_eq(here.d.ops->read(here.d.disk, f, 0, &v, &n), DOS_OK);
	ck_assert_uint_eq(v, 2 * ROUNDS);
	release(&here, f);
}
END_TEST

static void save_and_load(struct room *r, bool again)
{
	struct state save, load;

	state_init_save(&save);
	r->d.ops->state(r->d.disk, &save);
	ck_assert(state_ok(&save));
	if (again) {
		drive_unmount(&r->d);
		room_mount(r);
	}
	state_init(&load, STATE_LOAD, save.buf, save.pos);
	r->d.ops->state(r->d.disk, &load);
	ck_assert(state_ok(&load));
	state_free(&save);
}

START_TEST(open_files_locks_and_listings_come_back_from_a_snapshot)
{
	struct drive_info i;
	drive_file a, b, gone;
	uint16_t l;

	host_file(&here, "a", "0123456789");
	host_file(&here, "c", "");
	a = must_open(&here, "\\A", DENY_NONE | DRIVE_RDWR);
	b = must_open(&here, "\\A", DENY_NONE | DRIVE_RDWR);
	gone = must_open(&here, "\\GONE", DRIVE_RDWR | DRIVE_CREATE);
	ck_assert_int_eq(lock(&here, a, 1, 0, 4), DOS_OK);
	ck_assert_int_eq(here.d.ops->list(here.d.disk, "\\", &l), DOS_OK);
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, l, 0, &i), DOS_OK);
	unlink(host(&here, "gone"));
	host_file(&here, "b", "");
	save_and_load(&here, _i);
	ck_assert_int_eq(rd(&here, gone, 0, 1), DOS_BAD_HANDLE);
	ck_assert_int_eq(here.d.ops->release(here.d.disk, gone), DOS_BAD_HANDLE);
	ck_assert_int_eq(rd(&here, a, 0, 4), DOS_OK);
	ck_assert_int_eq(rd(&here, b, 0, 4), DOS_LOCK);
	ck_assert_int_eq(unlock(&here, a, 1, 0, 4), DOS_OK);
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, l, 1, &i), DOS_OK);
	ck_assert_str_eq(i.name, "B");
	ck_assert_int_eq(here.d.ops->entry(here.d.disk, l, 2, &i), DOS_OK);
	ck_assert_str_eq(i.name, "C");
	release(&here, a);
	release(&here, b);
}
END_TEST

START_TEST(an_open_file_that_moved_is_found_again)
{
	drive_file f;

	host_dir(&here, "dir");
	host_file(&here, "dir/a", "text");
	f = must_open(&here, "\\DIR\\A", DENY_NONE | DRIVE_READ);
	ck_assert_int_eq(here.d.ops->rename(here.d.disk, "\\DIR", "\\MOVED", false), DOS_OK);
	save_and_load(&here, true);
	ck_assert_int_eq(rd(&here, f, 0, 4), DOS_OK);
	release(&here, f);
}
END_TEST

START_TEST(a_damaged_snapshot_does_no_damage)
{
	struct state save;
	uint32_t seed = 1;

	must_open(&here, "\\A", DENY_NONE | DRIVE_RDWR | DRIVE_CREATE);
	must_open(&here, "\\B", DENY_NONE | DRIVE_RDWR | DRIVE_CREATE);
	ck_assert_int_eq(here.d.ops->list(here.d.disk, "\\", &(uint16_t){ 0 }), DOS_OK);
	state_init_save(&save);
	here.d.ops->state(here.d.disk, &save);
	for (unsigned i = 0; i < 2000; i++) {
		uint8_t *copy = malloc(save.pos);
		struct state load;

		memcpy(copy, save.buf, save.pos);
		for (unsigned k = 0; k < 3; k++) {
			seed = seed * 1103515245 + 12345;
			copy[(seed >> 8) % save.pos] = seed >> 24;
		}
		state_init(&load, STATE_LOAD, copy, i & 1 ? save.pos : (seed >> 4) % save.pos);
		here.d.ops->state(here.d.disk, &load);
		free(copy);
		there(&here, "\\A");
		release(&here, must_open(&here, "\\C", DRIVE_RDWR | DRIVE_CREATE));
	}
	state_free(&save);
}
END_TEST

int main(void)
{
	TCase *tc = suite_case("drive_locks", room_open_here, room_close_here);

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, sharing_modes_go_together_as_in_the_table);
	tcase_add_test(tc, a_read_only_file_can_be_read_in_compatibility_and_deny_write_mode);
	tcase_add_test(tc, bad_modes_are_bad_modes);
	tcase_add_test(tc, sharing_modes_work_between_processes);
	tcase_add_test(tc, an_open_file_is_deleted_only_as_share_lets_it_be);
	tcase_add_test(tc, a_locked_record_is_closed_to_other_handles);
	tcase_add_test(tc, closing_one_handle_keeps_the_locks_of_another);
	tcase_add_test(tc, a_handle_that_only_reads_can_lock);
	tcase_add_test(tc, linux_programs_and_dos_programs_respect_each_other);
	tcase_add_test(tc, two_processes_that_count_under_a_lock_lose_nothing);
	tcase_add_loop_test(tc, open_files_locks_and_listings_come_back_from_a_snapshot, 0, 2);
	tcase_add_test(tc, an_open_file_that_moved_is_found_again);
	tcase_add_test(tc, a_damaged_snapshot_does_no_damage);
	return suite_run_case("drive_locks", tc);
}
