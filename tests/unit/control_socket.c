/* control_socket.c - what clients of the control socket may send.  */

#include <json-c/json.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.h"
#include "control/control.h"
#include "control/words.h"
#include "machine/machine.h"
#include "suite.h"

static struct machine *machine;
static struct control *control;
static char path[64], seen[512], answer[1 << 20];

static void on_key(void *ctx, const struct key_event *ev)
{
	(void)ctx;
	snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%c%02x ", ev->down ? '+' : '-',
		 ev->key);
}

static bool on_stroke(void *ctx, uint16_t key, unsigned modifiers)
{
	(void)ctx;
	snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%02x/%u ", key, modifiers);
	return true;
}

static bool on_type(void *ctx, uint32_t ch)
{
	(void)ctx;
	snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%x ", ch);
	return true;
}

static bool typed(void *ctx)
{
	(void)ctx;
	return true;
}

static const struct plugin_host host = { .key = on_key, .stroke = on_stroke, .type = on_type };

static void begin(void)
{
	static const char environment[] = "";
	struct machine_config config = {
		.ram_size = 1 << 20, .model = CPU_80386, .cost = 40, .coms = 2, .lpts = 1,
		.dos = { .version_major = 6, .version_minor = 22, .country = 1, .code_page = 437,
			 .files = 20, .lastdrive = 26, .buffers = 20, .boot_drive = 'C',
			 .current_drive = 'C', .shell = "C:\\COMMAND.COM",
			 .environment = environment, .environment_size = 0 },
	};
	struct machine_host none = { 0 };
	struct error err = { "" };

	seen[0] = 0;
	machine = machine_new(&config, &none, &err);
	ck_assert_msg(machine != NULL, "%s", err.text);
	snprintf(path, sizeof path, "/tmp/dosvm-control-%d", (int)getpid());
	control = control_open(machine, &(struct control_config){
		.path = path, .host = &host, .typed = typed, .code_page = 437 }, &err);
	ck_assert_msg(control != NULL, "%s", err.text);
}

static void end(void)
{
	control_close(control);
	machine_free(machine);
}

static int join(void)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);

	strcpy(a.sun_path, path);
	ck_assert(connect(fd, (struct sockaddr *)&a, sizeof a) == 0);
	return fd;
}

/* As the session does, without waiting.  */
static void serve(void)
{
	struct pollfd p[CONTROL_FDS];
	unsigned n;

	for (int i = 0; i < 10; i++) {
		n = control_poll(control, p);
		if (poll(p, n, 0) > 0)
			control_serve(control, p, n);
		control_step(control, 0, 0, 0);
	}
}

static const char *ask(int fd, const char *request)
{
	ssize_t n;

	ck_assert_int_eq(write(fd, request, strlen(request)), (ssize_t)strlen(request));
	serve();
	n = read(fd, answer, sizeof answer - 1);
	answer[n > 0 ? n : 0] = 0;
	return answer;
}

START_TEST(a_request_is_answered_with_its_id)
{
	int fd = join();

	ck_assert_str_eq(ask(fd, "{\"id\":7,\"do\":\"pause\"}\n"), "{\"id\":7,\"ok\":true}\n");
	ck_assert(control_holds(control));
	ck_assert_str_eq(ask(fd, "{\"id\":\"x\",\"do\":\"resume\"}\r\n"), "{\"id\":\"x\",\"ok\":true}\n");
	ck_assert(!control_holds(control));
	ck_assert_str_eq(ask(fd, "{\"do\":\"exit\",\"status\":3}\n"), "{\"ok\":true}\n");
	ck_assert_int_eq(control_exit(control), 3);
	close(fd);
}
END_TEST

START_TEST(what_makes_no_sense_gets_an_error)
{
	static const char *const bad[] = {
		"{", "[]", "7", "nonsense", "{\"do\":\"pause\"} {}", "{\"do\":7}", "{}",
		"{\"do\":\"dance\"}", "{\"do\":\"pause\\u0000\"}", "{\"do\":\"exit\",\"status\":256}",
		"{\"do\":\"exit\",\"status\":\"1\"}", "{\"do\":\"exit\",\"status\":1e99}",
		"{\"do\":\"screen\",\"region\":[0,0,0,1]}", "{\"do\":\"screen\",\"region\":[0,0,1]}",
		"{\"do\":\"screen\",\"region\":[-1,0,1,1]}", "{\"do\":\"screen\",\"attributes\":1}",
		"{\"do\":\"keys\"}", "{\"do\":\"keys\",\"keys\":[\"A\",7]}",
		"{\"do\":\"keys\",\"keys\":[\"down:Ctrl+A\"]}", "{\"do\":\"type\",\"text\":\"\xff\"}",
		"{\"do\":\"wait-text\",\"pattern\":\"(a)\\\\1\"}",
		"{\"do\":\"wait-text\",\"pattern\":\"((a{1,99}){1,99}){1,99}\"}",
		"{\"do\":\"wait-text\",\"pattern\":\"a{99999999999999999999}\"}",
		"{\"do\":\"wait-text\",\"pattern\":\"(\"}",
		"{\"do\":\"mouse\",\"action\":\"click\",\"x\":80,\"y\":0}",
		"{\"do\":\"mouse\",\"action\":\"drag\",\"x\":0,\"y\":0,\"to\":[0,99]}",
		"{\"do\":\"mouse\",\"action\":\"by\",\"dx\":32768,\"dy\":0}",
		"{\"do\":\"mouse\",\"action\":\"move\",\"x\":9223372036854775807,\"y\":0}",
		"{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}",
	};
	int fd = join();
	char line[256];

	for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		snprintf(line, sizeof line, "%s\n", bad[i]);
		ask(fd, line);
		ck_assert_msg(strncmp(answer, "{\"ok\":false,\"error\":", 20) == 0, "%s: %s", line,
			      answer);
	}
	ck_assert_int_eq(control_exit(control), -1);
	ck_assert_str_eq(seen, "");
	ck_assert_str_eq(ask(fd, "{\"do\":\"pause\"}\n"), "{\"ok\":true}\n");
	close(fd);
}
END_TEST

START_TEST(a_line_without_end_is_dropped_as_far_as_its_end)
{
	static char much[70000];
	int fd = join();
	size_t at = 0;

	memset(much, 'a', sizeof much);
	while (at < sizeof much) {
		ssize_t n = write(fd, much + at, sizeof much - at);

		at += n > 0 ? n : 0;
		serve();
	}
	ck_assert_str_eq(ask(fd, "\n{\"do\":\"pause\"}\n"),
			 "{\"ok\":false,\"error\":\"the line is too long\"}\n{\"ok\":true}\n");
	close(fd);
}
END_TEST

/* It sends requests, and reads no answer: at some time nothing more is taken.  */
START_TEST(a_client_that_does_not_read_stops_itself_only)
{
	static const char request[] = "{\"do\":\"screen\",\"attributes\":true,\"colors\":true}\n";
	int slow = join(), other = join();
	unsigned sent = 0;

	while (sent < 100000 && write(slow, request, sizeof request - 1) > 0) {
		serve();
		sent++;
	}
	ck_assert_uint_lt(sent, 100000);
	ck_assert_str_eq(ask(other, "{\"do\":\"pause\"}\n"), "{\"ok\":true}\n");
	close(slow);
	serve();
	close(other);
}
END_TEST

START_TEST(one_client_too_many_is_sent_away)
{
	int fd[CONTROL_CLIENTS + 1];

	for (unsigned i = 0; i <= CONTROL_CLIENTS; i++) {
		fd[i] = join();
		serve();
	}
	ck_assert_int_eq(read(fd[CONTROL_CLIENTS], answer, 1), 0);
	close(fd[0]);
	serve();
	close(fd[CONTROL_CLIENTS]);
	fd[0] = join();
	serve();
	ck_assert_str_eq(ask(fd[0], "{\"do\":\"pause\"}\n"), "{\"ok\":true}\n");
	for (unsigned i = 0; i < CONTROL_CLIENTS; i++)
		close(fd[i]);
}
END_TEST

START_TEST(a_wait_ends_when_its_time_is_up)
{
	int fd = join();

	ask(fd, "{\"id\":1,\"do\":\"wait-text\",\"pattern\":\"never\",\"timeout\":100}\n{\"do\":\"pause\"}\n");
	ck_assert_str_eq(answer, "");
	control_step(control, 101, 0, 0);
	ck_assert_int_gt(read(fd, answer, sizeof answer), 0);
	ck_assert(strstr(answer, "\"timeout\":true") != NULL);
	ck_assert(control_holds(control));	/* what came behind it */
	close(fd);
}
END_TEST

START_TEST(work_for_longer_than_a_tick_is_not_idle)
{
	const vtime ms = 1000000;
	int fd = join();

	ask(fd, "{\"do\":\"wait-idle\",\"idle\":100}\n");
	for (int i = 0; i < 40; i++)		/* 70 ms of work, 10 without */
		control_step(control, 0, i % 8 == 7 ? 10 * ms : 0, 10 * ms);
	ck_assert_int_lt(read(fd, answer, sizeof answer), 0);
	for (int i = 0; i < 20; i++)		/* 30 and 10 */
		control_step(control, 0, i % 4 == 3 ? 10 * ms : 0, 10 * ms);
	ck_assert_int_gt(read(fd, answer, sizeof answer), 0);
	close(fd);
}
END_TEST

START_TEST(a_client_that_leaves_takes_its_waiting_along)
{
	int fd = join();

	ask(fd, "{\"do\":\"wait-text\",\"pattern\":\"never\"}\n");
	close(fd);
	serve();
	fd = join();
	ck_assert_str_eq(ask(fd, "{\"do\":\"pause\"}\n"), "{\"ok\":true}\n");
	close(fd);
}
END_TEST

START_TEST(only_its_own_socket_is_removed)
{
	struct stat st;
	FILE *f;

	unlink(path);
	f = fopen(path, "w");
	ck_assert(f != NULL);
	fclose(f);
	control_close(control);
	control = NULL;
	ck_assert_int_eq(stat(path, &st), 0);
	unlink(path);
}
END_TEST

START_TEST(keys_have_names)
{
	int fd = join();
	unsigned modifiers;

	ask(fd, "{\"do\":\"keys\",\"keys\":[\"f10\",\"del\",\"down:Shift\",\"up:Shift\"]}\n");
	ck_assert_str_eq(seen, "43/0 4c/0 +e1 -e1 ");
	ck_assert_uint_eq(control_key_named("shift+ctrl+=", &modifiers), 0x2e);
	ck_assert_uint_eq(modifiers, STROKE_SHIFT | STROKE_CTRL);
	ck_assert_uint_eq(control_key_named("Ctrl+", &modifiers), 0);
	ck_assert_uint_eq(control_key_named("", &modifiers), 0);
	close(fd);
}
END_TEST

int main(void)
{
	TCase *tc = suite_case("control", begin, end);

	tcase_add_test(tc, a_request_is_answered_with_its_id);
	tcase_add_test(tc, what_makes_no_sense_gets_an_error);
	tcase_add_test(tc, a_line_without_end_is_dropped_as_far_as_its_end);
	tcase_add_test(tc, a_client_that_does_not_read_stops_itself_only);
	tcase_add_test(tc, one_client_too_many_is_sent_away);
	tcase_add_test(tc, a_wait_ends_when_its_time_is_up);
	tcase_add_test(tc, work_for_longer_than_a_tick_is_not_idle);
	tcase_add_test(tc, a_client_that_leaves_takes_its_waiting_along);
	tcase_add_test(tc, only_its_own_socket_is_removed);
	tcase_add_test(tc, keys_have_names);
	return suite_run_case("control", tc);
}
