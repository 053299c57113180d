/* dosvm-ctl.c - the control socket from a shell: one request, and its answer as
 * text.  dosvm-ctl(1).  */

#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <json-c/json.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "control/words.h"

enum {
	CTL_REFUSED = 1,	/* dosvm says no */
	CTL_USAGE = 2,
	CTL_TIMEOUT = 3,	/* what was waited for did not come */
	CTL_LOST = 4,		/* nobody is there, or no more */
};

#define ANSWER_NESTING	8

struct ctl {
	const char *path;
	bool raw;
	const char *region, *timeout, *unit;
	long wait_ms;		/* for the socket */
	char **arg;		/* behind the command */
	int args;
	struct json_object *request;
};

static void die(int status, const char *fmt, ...) __attribute__((noreturn, format(printf, 2, 3)));
static void die(int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fputs("dosvm-ctl: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(status);
}

static void help(FILE *out)
{
	fputs("usage: dosvm-ctl [-s PATH] [-w MS] [--json] COMMAND [ARGUMENT...]\n\n", out);
	for (unsigned i = 0; i < CONTROL_WORDS; i++)
		fprintf(out, "  %s %s\n", control_word[i].name, control_word[i].arguments);
	fputs("\nPATH is that of dosvm's --control; without -s, $DOSVM_CONTROL. dosvm-ctl(1).\n", out);
}

/* ---- the request ---- */

static int64_t number(const char *text)
{
	char *end;
	int64_t v;

	errno = 0;
	v = strtoll(text, &end, 10);
	if (errno || end == text || *end)
		die(CTL_USAGE, "%s is no number", text);
	return v;
}

static double fraction(const char *text)
{
	char *end;
	double v = strtod(text, &end);

	if (end == text || *end || v != v)
		die(CTL_USAGE, "%s is no number", text);
	return v;
}

static void put(struct ctl *c, const char *name, struct json_object *value)
{
	json_object_object_add(c->request, name, value);
}

static void put_text(struct ctl *c, const char *name, const char *text)
{
	put(c, name, json_object_new_string(text));
}

static void put_number(struct ctl *c, const char *name, const char *text)
{
	put(c, name, json_object_new_int64(number(text)));
}

static void needs(const struct ctl *c, enum control_do what, int least, int most)
{
	if (c->args < least || c->args > most)
		die(CTL_USAGE, "usage: %s %s", control_word[what].name, control_word[what].arguments);
}

static void put_region(struct ctl *c)
{
	struct json_object *list = json_object_new_array();
	char *text = strdup(c->region), *rest = text, *part;

	while ((part = strsep(&rest, ",")) != NULL)
		json_object_array_add(list, json_object_new_int64(number(part)));
	free(text);
	put(c, "region", list);
}

/* dosvm may have been started elsewhere.  */
static void put_file(struct ctl *c, const char *name)
{
	char here[PATH_MAX], path[2 * PATH_MAX];

	if (*name == '/' || !getcwd(here, sizeof here))
		here[0] = 0;
	if (snprintf(path, sizeof path, "%s%s%s", here, *here ? "/" : "", name) >= (int)sizeof path)
		die(CTL_USAGE, "%s: too long", name);
	put_text(c, "file", path);
}

static void put_keys(struct ctl *c)
{
	struct json_object *list = json_object_new_array();

	for (int i = 0; i < c->args; i++)
		json_object_array_add(list, json_object_new_string(c->arg[i]));
	put(c, "keys", list);
}

/* ACTION X Y [X2 Y2] [BUTTON], by DX DY, wheel NOTCHES [X Y].  */
static void put_mouse(struct ctl *c)
{
	char **arg = c->arg, **end = arg + c->args;
	struct json_object *to;

	put_text(c, "action", *arg++);
	if (strcmp(arg[-1], "wheel") == 0 && arg < end)
		put_number(c, "notches", *arg++);
	if (strcmp(c->arg[0], "by") == 0 && end - arg >= 2) {
		put_number(c, "dx", *arg++);
		put_number(c, "dy", *arg++);
	} else if (end - arg >= 2) {
		put_number(c, "x", *arg++);
		put_number(c, "y", *arg++);
	}
	if (strcmp(c->arg[0], "drag") == 0 && end - arg >= 2) {
		to = json_object_new_array();
		json_object_array_add(to, json_object_new_int64(number(*arg++)));
		json_object_array_add(to, json_object_new_int64(number(*arg++)));
		put(c, "to", to);
	}
	if (arg < end)
		put_text(c, "button", *arg++);
	if (arg < end)
		die(CTL_USAGE, "too many arguments");
	if (c->unit)
		put_text(c, "unit", c->unit);
}

/* NUMBER unplug, or NUMBER AXIS... [hat DIRECTION] [press BUTTON...].  */
static void put_joystick(struct ctl *c)
{
	struct json_object *axes = json_object_new_array(), *buttons = json_object_new_array();
	char **arg = c->arg, **end = arg + c->args;

	put_number(c, "joystick", *arg++);
	if (end - arg == 1 && strcmp(*arg, "unplug") == 0) {
		put(c, "plugged", json_object_new_boolean(false));
		arg++;
	}
	for (; arg < end && strcmp(*arg, "hat") != 0 && strcmp(*arg, "press") != 0; arg++)
		json_object_array_add(axes, json_object_new_double(fraction(*arg)));
	if (end - arg >= 2 && strcmp(*arg, "hat") == 0) {
		put_text(c, "hat", arg[1]);
		arg += 2;
	}
	if (arg < end && strcmp(*arg, "press") == 0)
		while (++arg < end)
			json_object_array_add(buttons, json_object_new_int64(number(*arg)));
	if (arg < end)
		die(CTL_USAGE, "what is %s?", *arg);
	put(c, "axes", axes);
	put(c, "buttons", buttons);
}

static void put_type(struct ctl *c)
{
	put_text(c, "text", c->arg[0]);
}

static void put_pattern(struct ctl *c)
{
	put_text(c, "pattern", c->arg[0]);
}

static void put_idle(struct ctl *c)
{
	if (c->args)
		put_number(c, "idle", c->arg[0]);
}

static void put_status(struct ctl *c)
{
	if (c->args)
		put_number(c, "status", c->arg[0]);
}

static void put_path(struct ctl *c)
{
	if (c->args)
		put_file(c, c->arg[0]);
}

static void put_diskette(struct ctl *c)
{
	put_text(c, "drive", c->arg[0]);
	put_file(c, c->arg[1]);
}

static void put_look(struct ctl *c)
{
	if (!c->raw)
		return;
	put(c, "attributes", json_object_new_boolean(true));
	put(c, "colors", json_object_new_boolean(true));
}

/* How many arguments a command has, and what becomes of them; those that are not here
 * have none.  */
static const struct {
	int least, most;
	void (*put)(struct ctl *c);
} arguments[CONTROL_WORDS] = {
	[DO_SCREEN] = { 0, 0, put_look },
	[DO_KEYS] = { 1, INT_MAX, put_keys },
	[DO_TYPE] = { 1, 1, put_type },
	[DO_MOUSE] = { 1, 6, put_mouse },
	[DO_JOYSTICK] = { 2, 12, put_joystick },
	[DO_WAIT_TEXT] = { 1, 1, put_pattern },
	[DO_WAIT_IDLE] = { 0, 1, put_idle },
	[DO_SCREENSHOT] = { 1, 1, put_path },
	[DO_STATE_SAVE] = { 1, 1, put_path },
	[DO_RECORD] = { 0, 1, put_path },
	[DO_INSERT] = { 2, 2, put_diskette },
	[DO_EXIT] = { 0, 1, put_status },
};

static void make_request(struct ctl *c, enum control_do what)
{
	c->request = json_object_new_object();
	put_text(c, "do", control_word[what].name);
	if (c->region)
		put_region(c);
	if (c->timeout)
		put_number(c, "timeout", c->timeout);
	needs(c, what, arguments[what].least, arguments[what].most);
	if (arguments[what].put)
		arguments[what].put(c);
}

/* ---- the socket ---- */

static int try_connect(const char *path)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof a.sun_path)
		die(CTL_USAGE, "%s: too long for a socket", path);
	strcpy(a.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof a) != 0) {
		int e = errno;

		close(fd);
		errno = e;
		return -1;
	}
	return fd;
}

static int reach(const struct ctl *c)
{
	const struct timespec nap = { .tv_nsec = 20000000 };
	long left = c->wait_ms;
	int fd;

	while ((fd = try_connect(c->path)) < 0 && left > 0 &&
	       (errno == ENOENT || errno == ECONNREFUSED)) {
		nanosleep(&nap, NULL);
		left -= 20;
	}
	if (fd < 0)
		die(CTL_LOST, "%s: %s", c->path, strerror(errno));
	return fd;
}

static void send_request(const struct ctl *c, int fd)
{
	const char *text = json_object_to_json_string_ext(c->request, JSON_C_TO_STRING_PLAIN);
	size_t n = strlen(text);
	char *line = malloc(n + 1);

	if (!line)
		die(CTL_LOST, "out of memory");
	memcpy(line, text, n);
	line[n++] = '\n';
	for (size_t at = 0; at < n; ) {
		ssize_t sent = send(fd, line + at, n - at, MSG_NOSIGNAL);

		if (sent < 0 && errno != EINTR)
			die(CTL_LOST, "%s: %s", c->path, strerror(errno));
		at += sent > 0 ? sent : 0;
	}
	free(line);
}

/* One line, without its end; malloc'ed.  */
static char *take_answer(int fd)
{
	FILE *f = fdopen(fd, "r");
	char *line = NULL;
	size_t size = 0;
	ssize_t n = f ? getline(&line, &size, f) : -1;

	if (n <= 0 || line[n - 1] != '\n')
		die(CTL_LOST, "dosvm has ended");
	line[n - 1] = 0;
	fclose(f);
	return line;
}

/* ---- the answer ---- */

static struct json_object *member(struct json_object *o, const char *name)
{
	struct json_object *value = NULL;

	json_object_object_get_ex(o, name, &value);
	return value;
}

static void print_rows(FILE *to, struct json_object *rows)
{
	for (size_t i = 0; rows && i < json_object_array_length(rows); i++)
		fprintf(to, "%s\n", json_object_get_string(json_object_array_get_idx(rows, i)));
}

static void print_answer(struct json_object *answer, enum control_do what)
{
	struct json_object *rows = member(answer, "rows");

	if (what == DO_SCREEN) {
		print_rows(stdout, rows);
	} else if (what == DO_WAIT_TEXT) {
		printf("%d %d %s\n", json_object_get_int(member(answer, "x")),
		       json_object_get_int(member(answer, "y")),
		       json_object_get_string(member(answer, "text")));
	} else {
		json_object_object_foreach(answer, name, value)
			if (strcmp(name, "ok") != 0)
				printf("%s %s\n", name, json_object_get_string(value));
	}
}

static int finish(const struct ctl *c, const char *line, enum control_do what)
{
	struct json_tokener *t = json_tokener_new_ex(ANSWER_NESTING);
	struct json_object *answer = t ? json_tokener_parse_ex(t, line, strlen(line)) : NULL;
	int status = 0;

	if (!json_object_is_type(answer, json_type_object))
		die(CTL_LOST, "no answer that makes sense");
	if (!json_object_get_boolean(member(answer, "ok")))
		status = member(answer, "timeout") ? CTL_TIMEOUT :
			 member(answer, "over") ? CTL_LOST : CTL_REFUSED;
	if (c->raw)
		puts(line);
	else if (status) {
		fprintf(stderr, "dosvm-ctl: %s\n", json_object_get_string(member(answer, "error")));
		print_rows(stderr, member(answer, "rows"));
	} else
		print_answer(answer, what);
	json_object_put(answer);
	json_tokener_free(t);
	return fclose(stdout) == 0 ? status : CTL_LOST;
}

/* ---- the command line ---- */

static bool is_negative(const char *arg)
{
	return arg[0] == '-' && ((arg[1] >= '0' && arg[1] <= '9') || arg[1] == '.');
}

/* A negative number is no option.  What is none is moved to the front.  */
static int next_option(struct ctl *c, int argc, char **argv, const struct option *options)
{
	int o;

	for (;;) {
		while (optind < argc && is_negative(argv[optind]))
			c->arg[c->args++] = argv[optind++];
		o = getopt_long(argc, argv, "-s:w:jr:t:phV", options, NULL);
		if (o != 1)
			break;
		c->arg[c->args++] = optarg;
	}
	while (o == -1 && optind < argc)
		c->arg[c->args++] = argv[optind++];
	return o;
}

static void take_options(struct ctl *c, int argc, char **argv)
{
	static const struct option options[] = {
		{ "socket", required_argument, NULL, 's' }, { "wait", required_argument, NULL, 'w' },
		{ "json", no_argument, NULL, 'j' }, { "region", required_argument, NULL, 'r' },
		{ "timeout", required_argument, NULL, 't' }, { "pixels", no_argument, NULL, 'p' },
		{ "help", no_argument, NULL, 'h' }, { "version", no_argument, NULL, 'V' }, { 0 },
	};
	int o;

	c->arg = argv + 1;
	while ((o = next_option(c, argc, argv, options)) != -1)
		switch (o) {
		case 's': c->path = optarg; break;
		case 'w': c->wait_ms = number(optarg); break;
		case 'j': c->raw = true; break;
		case 'r': c->region = optarg; break;
		case 't': c->timeout = optarg; break;
		case 'p': c->unit = "pixels"; break;
		case 'h': help(stdout); exit(0);
		case 'V': puts("dosvm-ctl " PACKAGE_VERSION); exit(0);
		default: exit(CTL_USAGE);
		}
}

int main(int argc, char **argv)
{
	struct ctl c = { .path = getenv("DOSVM_CONTROL") };
	enum control_do what;
	char *line;
	int fd, status;

	take_options(&c, argc, argv);
	if (!c.args) {
		help(stderr);
		return CTL_USAGE;
	}
	what = control_word_named(*c.arg);
	if (what == CONTROL_WORDS)
		die(CTL_USAGE, "there is no such command: %s", *c.arg);
	if (!c.path || !*c.path)
		die(CTL_USAGE, "which socket? (-s PATH, or $DOSVM_CONTROL)");
	c.arg++;
	c.args--;
	make_request(&c, what);
	fd = reach(&c);
	send_request(&c, fd);
	line = take_answer(fd);
	status = finish(&c, line, what);
	free(line);
	json_object_put(c.request);
	return status;
}
