/* drive_stdio.c - the host's streams as files.  */

#include "drive_room.h"

#include <poll.h>
#include <signal.h>
#include <stdint.h>

#include "drive/stdio.h"
#include "state/state.h"

static struct drive d;
static struct stdio_fds fds;

static void begin(void)
{
	fds = (struct stdio_fds){ { -1, -1, -1 } };
}

static void unmount(void)
{
	drive_unmount(&d);
}

static void mount(void)
{
	ck_assert(stdio_mount(&d, &stdio_fds_ops, &fds, NULL));
}

static enum dos_error io_read(drive_file f, uint32_t pos, char *buf, size_t n)
{
	enum dos_error e;

	memset(buf, 0, n + 1);
	e = d.ops->read(d.disk, f, pos, buf, &n);
	buf[n] = '\0';
	return e;
}

static enum dos_error io_write(drive_file f, uint32_t pos, const char *text)
{
	size_t n = strlen(text);
	enum dos_error e = d.ops->write(d.disk, f, pos, text, &n);

	ck_assert(e || n == strlen(text));
	return e;
}

static drive_file io_open(const char *path, unsigned mode)
{
	enum drive_did did;
	drive_file f;

	ck_assert_int_eq(d.ops->open(d.disk, path, mode, 0, &f, &did), DOS_OK);
	return f;
}

/* Standard input, which is what is written to p[1].  */
static drive_file piped(int p[2])
{
	ck_assert_int_eq(pipe(p), 0);
	fds.fd[0] = p[0];
	mount();
	return io_open("\\STDIN", DRIVE_READ);
}

static int temp_file(const char *text, int flags)
{
	char path[] = "/tmp/dosvm-stdio-XXXXXX";
	int fd = mkstemp(path), again;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), strlen(text));
	again = open(path, O_RDWR | flags);
	close(fd);
	unlink(path);
	return again;
}

static const char *whole(int fd)
{
	static char text[256];
	ssize_t n = pread(fd, text, sizeof text - 1, 0);

	text[n < 0 ? 0 : n] = '\0';
	return text;
}

START_TEST(two_programs_share_an_input_file_as_in_a_script)
{
	struct drive_info i;
	char buf[16];
	drive_file f;

	fds.fd[0] = temp_file("onetwothree", 0);
	mount();
	f = io_open("\\STDIN", DRIVE_READ);
	ck_assert_int_eq(io_read(f, 0, buf, 3), DOS_OK);
	ck_assert_str_eq(buf, "one");
	unmount();
	mount();
	f = io_open("\\STDIN", DRIVE_READ);
	ck_assert_int_eq(d.ops->file_info(d.disk, f, &i), DOS_OK);
	ck_assert_uint_eq(i.size, 8);
	ck_assert_int_eq(io_read(f, 0, buf, 3), DOS_OK);
	ck_assert_str_eq(buf, "two");
	ck_assert_int_eq(io_read(f, 3, buf, 15), DOS_OK);
	ck_assert_str_eq(buf, "three");
	ck_assert_int_eq(io_read(f, 8, buf, 15), DOS_OK);
	ck_assert_str_eq(buf, "");
	ck_assert_int_eq(io_read(f, 1, buf, 4), DOS_OK);
	ck_assert_str_eq(buf, "woth");
}
END_TEST

START_TEST(appending_appends)
{
	int fd = temp_file("old.", O_APPEND);
	drive_file f;

	fds.fd[1] = fd;
	mount();
	f = io_open("\\STDOUT", DRIVE_WRITE);
	ck_assert_int_eq(io_write(f, 0, "new"), DOS_OK);
	ck_assert_int_eq(io_write(f, 3, "er"), DOS_OK);
	ck_assert_str_eq(whole(fd), "old.newer");
}
END_TEST

START_TEST(output_and_errors_in_one_file_do_not_overwrite_each_other)
{
	int fd = temp_file("", 0);
	drive_file out, err;

	fds.fd[1] = fd;
	fds.fd[2] = dup(fd);
	mount();
	out = io_open("\\STDOUT", DRIVE_WRITE);
	err = io_open("\\STDERR", DRIVE_WRITE);
	ck_assert_int_eq(io_write(out, 0, "out1 "), DOS_OK);
	ck_assert_int_eq(io_write(err, 0, "err1 "), DOS_OK);
	ck_assert_int_eq(io_write(out, 5, "out2"), DOS_OK);
	ck_assert_str_eq(whole(fd), "out1 err1 out2");
}
END_TEST

START_TEST(a_guest_can_seek_in_its_output)
{
	int fd = temp_file("", 0);
	drive_file f;

	fds.fd[1] = fd;
	mount();
	f = io_open("\\STDOUT", DRIVE_RDWR);
	ck_assert_int_eq(io_write(f, 0, "....body"), DOS_OK);
	ck_assert_int_eq(io_write(f, 0, "head"), DOS_OK);
	ck_assert_str_eq(whole(fd), "headbody");
}
END_TEST

START_TEST(a_pipe_waits_for_all_that_is_asked_for_or_the_end)
{
	char buf[16];
	drive_file f;
	int p[2];

	f = piped(p);
	ck_assert_int_eq(io_read(f, 0, buf, 6), DRIVE_WAIT);
	ck_assert_int_eq(write(p[1], "abc\r\n\x1a", 6), 6);
	ck_assert_int_eq(io_read(f, 0, buf, 4), DOS_OK);
	ck_assert_str_eq(buf, "abc\r");
	ck_assert_int_eq(io_read(f, 4, buf, 6), DRIVE_WAIT);
	close(p[1]);
	ck_assert_int_eq(io_read(f, 4, buf, 6), DOS_OK);
	ck_assert_str_eq(buf, "\n\x1a");
	ck_assert_int_eq(io_read(f, 6, buf, 6), DOS_OK);
	ck_assert_str_eq(buf, "");
}
END_TEST

START_TEST(a_guest_can_seek_back_in_what_it_has_read_from_a_pipe)
{
	char buf[16];
	drive_file f;
	int p[2];

	f = piped(p);
	ck_assert_int_eq(write(p[1], "one\ntwo\n", 8), 8);
	close(p[1]);
	ck_assert_int_eq(io_read(f, 0, buf, 15), DOS_OK);
	ck_assert_str_eq(buf, "one\ntwo\n");
	ck_assert_int_eq(d.ops->ready(d.disk, f, 4), DOS_OK);
	ck_assert_int_eq(io_read(f, 4, buf, 15), DOS_OK);
	ck_assert_str_eq(buf, "two\n");
	ck_assert_int_eq(d.ops->ready(d.disk, f, 8), DOS_NO_MORE);
	ck_assert_int_eq(io_read(f, 8, buf, 15), DOS_OK);
	ck_assert_str_eq(buf, "");
}
END_TEST

START_TEST(the_past_of_a_long_pipe_is_64_kb)
{
	static char block[32768], again[32768];
	uint32_t pos = 0;
	drive_file f;
	int p[2];

	f = piped(p);
	for (unsigned i = 0; i < 100; i++) {
		size_t n = sizeof again;

		memset(block, i, sizeof block);
		ck_assert_int_eq(write(p[1], block, sizeof block), sizeof block);
		ck_assert_int_eq(d.ops->read(d.disk, f, pos, again, &n), DOS_OK);
		ck_assert_uint_eq(n, sizeof block);
		ck_assert_mem_eq(again, block, sizeof block);
		n = 32767;
		if (i)
			ck_assert_int_eq(d.ops->read(d.disk, f, pos - 32767, again, &n), DOS_OK);
		ck_assert(!i || (again[0] == (char)(i - 1) && again[32766] == (char)(i - 1)));
		pos += sizeof block;
	}
	close(p[1]);
}
END_TEST

START_TEST(a_full_pipe_takes_a_write_whole_or_waits)
{
	static char big[65536], got[200000];
	drive_file f;
	size_t sent = 0, seen = 0, n;
	enum dos_error e;
	int p[2];

	ck_assert_int_eq(pipe2(p, O_CLOEXEC), 0);
	fds.fd[1] = p[1];
	for (size_t i = 0; i < sizeof big; i++)
		big[i] = i * 7 >> 3;
	mount();
	f = io_open("\\STDOUT", DRIVE_WRITE);
	for (;;) {
		n = 50000;
		e = d.ops->write(d.disk, f, sent, big, &n);
		if (e)
			break;
		ck_assert_uint_eq(n, 50000);
		sent += n;
	}
	ck_assert_int_eq(e, DRIVE_WAIT);
	ck_assert_uint_eq(n, 0);
	ck_assert_uint_eq(sent, 100000);
	ck_assert_int_eq(stdio_drain(d.disk), DRIVE_WAIT);
	while (seen < sent) {
		ssize_t k = read(p[0], got + seen, sizeof got - seen);

		ck_assert_int_gt(k, 0);
		seen += k;
		stdio_drain(d.disk);
	}
	ck_assert_int_eq(stdio_drain(d.disk), DOS_OK);
	ck_assert_mem_eq(got, big, 50000);
	ck_assert_mem_eq(got + 50000, big, 50000);
}
END_TEST

START_TEST(a_closed_pipe_and_a_full_disk_are_errors_to_the_program)
{
	drive_file f;
	size_t n = 3;
	int p[2];

	fds.fd[2] = open("/dev/full", O_WRONLY);
	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(pipe(p), 0);
	close(p[0]);
	fds.fd[1] = p[1];
	mount();
	f = io_open("\\STDOUT", DRIVE_WRITE);
	ck_assert_int_eq(io_write(f, 0, "x"), DOS_WRITE_FAULT);
	f = io_open("\\STDERR", DRIVE_WRITE);
	ck_assert_int_eq(d.ops->write(d.disk, f, 0, "abc", &n), DOS_OK);
	ck_assert_uint_eq(n, 0);
}
END_TEST

START_TEST(what_is_kept_is_saved)
{
	struct state save, load;
	char buf[16];
	drive_file f;
	int p[2];

	f = piped(p);
	ck_assert_int_eq(write(p[1], "abc", 3), 3);
	ck_assert_int_eq(io_read(f, 0, buf, 6), DRIVE_WAIT);
	state_init_save(&save);
	d.ops->state(d.disk, &save);
	ck_assert(state_ok(&save));
	unmount();
	mount();
	state_init(&load, STATE_LOAD, save.buf, save.pos);
	d.ops->state(d.disk, &load);
	ck_assert(state_ok(&load));
	ck_assert_int_eq(write(p[1], "def", 3), 3);
	ck_assert_int_eq(io_read(f, 0, buf, 6), DOS_OK);
	ck_assert_str_eq(buf, "abcdef");
	state_free(&save);
}
END_TEST

START_TEST(there_are_three_streams_and_nothing_else)
{
	struct drive_info i;
	uint16_t l;

	mount();
	ck_assert_int_eq(d.ops->info(d.disk, "\\STDIN", &i), DOS_OK);
	ck_assert_int_eq(d.ops->info(d.disk, "\\STDAUX", &i), DOS_NO_FILE);
	ck_assert_int_eq(d.ops->info(d.disk, "\\STDIN\\STDIN", &i), DOS_NO_PATH);
	ck_assert_int_eq(d.ops->remove(d.disk, "\\STDIN"), DOS_DENIED);
	ck_assert_int_eq(d.ops->list(d.disk, "\\", &l), DOS_OK);
	ck_assert_int_eq(d.ops->entry(d.disk, l, 2, &i), DOS_OK);
	ck_assert_str_eq(i.name, "STDERR");
	ck_assert_int_eq(d.ops->entry(d.disk, l, 3, &i), DOS_NO_MORE);
}
END_TEST

int main(void)
{
	return suite_run_each("drive_stdio", begin, unmount, (const TTest *[]){
		two_programs_share_an_input_file_as_in_a_script,
		appending_appends,
		output_and_errors_in_one_file_do_not_overwrite_each_other,
		a_guest_can_seek_in_its_output,
		a_pipe_waits_for_all_that_is_asked_for_or_the_end,
		a_guest_can_seek_back_in_what_it_has_read_from_a_pipe,
		the_past_of_a_long_pipe_is_64_kb,
		a_full_pipe_takes_a_write_whole_or_waits,
		a_closed_pipe_and_a_full_disk_are_errors_to_the_program,
		what_is_kept_is_saved,
		there_are_three_streams_and_nothing_else,
		NULL });
}
