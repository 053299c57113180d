/* control.c - the socket: clients, and lines in and out.  */

#include "control/parts.h"

#include <errno.h>
#include <json-c/json.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* ---- the socket ---- */

static bool refuse(const char *path, const char *why, struct error *err)
{
	error_set(err, "--control=%s: %s", path, why);
	return false;
}

/* Is a socket that nobody listens on in the way?  */
static bool make_way(const struct sockaddr_un *a, struct error *err)
{
	struct stat st;
	bool alive;
	int fd;

	if (lstat(a->sun_path, &st) != 0)
		return true;		/* bind() will say what is wrong */
	if (!S_ISSOCK(st.st_mode))
		return refuse(a->sun_path, "it is there, and is no socket", err);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	alive = fd < 0 || connect(fd, (const struct sockaddr *)a, sizeof *a) == 0 ||
		errno != ECONNREFUSED;
	if (fd >= 0)
		close(fd);
	if (alive)
		return refuse(a->sun_path, "another dosvm may be listening there", err);
	unlink(a->sun_path);
	return true;
}

static bool listen_at(struct control *c, const char *path, struct error *err)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	struct stat st;
	mode_t mask;
	bool bound;

	if (!*path || strlen(path) >= sizeof a.sun_path)
		return refuse(path, "the path is too long for a socket", err);
	strcpy(a.sun_path, path);
	if (!make_way(&a, err))
		return false;
	c->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	mask = umask(0177);
	bound = c->listener >= 0 && bind(c->listener, (struct sockaddr *)&a, sizeof a) == 0;
	umask(mask);
	if (bound && lstat(path, &st) == 0) {
		strcpy(c->path, path);
		c->dev = st.st_dev;
		c->ino = st.st_ino;
	}
	if (bound && listen(c->listener, CONTROL_CLIENTS) == 0)
		return true;
	return refuse(path, strerror(errno), err);
}

/* Not one that somebody else has put in its place.  */
static void remove_own(const struct control *c)
{
	struct stat st;

	if (*c->path && lstat(c->path, &st) == 0 && st.st_dev == c->dev && st.st_ino == c->ino)
		unlink(c->path);
}

/* ---- clients ---- */

static void drop(struct control *c, struct client *who)
{
	bool any = false;

	close(who->fd);
	wait_end(&who->wait);
	free(who->out);
	who->fd = -1;
	who->out = NULL;
	who->in_size = who->out_size = 0;
	for (unsigned i = 0; i < CONTROL_CLIENTS; i++)
		any |= c->client[i].fd >= 0;
	if (!any)
		view_close(c);
}

static void let_in(struct control *c)
{
	int fd = accept4(c->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	for (unsigned i = 0; fd >= 0 && i < CONTROL_CLIENTS; i++)
		if (c->client[i].fd < 0) {
			c->client[i].fd = fd;
			c->client[i].too_long = c->client[i].ended = false;
			return;
		}
	if (fd >= 0)
		close(fd);
}

static void flush(struct control *c, struct client *who)
{
	size_t sent = 0;
	ssize_t n = 1;

	while (sent < who->out_size && n > 0) {
		n = send(who->fd, who->out + sent, who->out_size - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n > 0)
			sent += n;
	}
	who->out_size -= sent;
	memmove(who->out, who->out + sent, who->out_size);
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		drop(c, who);
}

void client_say(struct client *who, struct json_object *answer)
{
	size_t n;
	const char *text = json_object_to_json_string_length(answer,
		JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE, &n);
	char *out = text ? realloc(who->out, who->out_size + n + 1) : NULL;

	if (out) {
		memcpy(out + who->out_size, text, n);
		out[who->out_size + n] = '\n';
		who->out = out;
		who->out_size += n + 1;
	}
	json_object_put(answer);
}

static bool busy(const struct client *who)
{
	return who->wait.kind != WAIT_NONE || who->out_size;
}

/* Serve the lines that have come, until one takes time.  */
static void take_lines(struct control *c, struct client *who)
{
	char *end;

	while (who->fd >= 0 && !busy(who) &&
	       (end = memchr(who->in, '\n', who->in_size)) != NULL) {
		size_t n = end - who->in;

		if (!who->too_long)
			control_line(c, who, who->in, n);
		who->too_long = false;
		who->in_size -= n + 1;
		memmove(who->in, end + 1, who->in_size);
		if (who->out_size)
			flush(c, who);
	}
	if (who->fd < 0 || busy(who))
		return;
	if (who->in_size == sizeof who->in) {
		if (!who->too_long)
			client_say(who, control_answer(NULL, "the line is too long"));
		who->too_long = true;
		who->in_size = 0;
	} else if (who->ended) {
		drop(c, who);
	}
}

static void take_bytes(struct control *c, struct client *who)
{
	ssize_t n = 1;

	if (who->in_size < sizeof who->in) {
		n = read(who->fd, who->in + who->in_size, sizeof who->in - who->in_size);
		if (n > 0)
			who->in_size += n;
	}
	if (n == 0)
		who->ended = true;
	else if (n < 0 && errno != EAGAIN && errno != EINTR)
		drop(c, who);
}

static void serve(struct control *c, struct client *who, short events)
{
	if (events & POLLIN)
		take_bytes(c, who);
	/* Nobody is there to hear what it waits for.  */
	if (who->fd >= 0 && events & (POLLHUP | POLLERR) && busy(who))
		drop(c, who);
	if (who->fd >= 0 && who->out_size)
		flush(c, who);
	if (who->fd >= 0)
		take_lines(c, who);
}

/* ---- for the session ---- */

unsigned control_poll(const struct control *c, struct pollfd *p)
{
	p[0] = (struct pollfd){ .fd = c->listener, .events = POLLIN };
	for (unsigned i = 0; i < CONTROL_CLIENTS; i++) {
		const struct client *who = &c->client[i];
		bool reads = !who->ended && who->in_size < sizeof who->in;

		p[1 + i] = (struct pollfd){
			.fd = who->fd,
			.events = (reads ? POLLIN : 0) | (who->out_size ? POLLOUT : 0),
		};
	}
	return CONTROL_FDS;
}

void control_serve(struct control *c, const struct pollfd *p, unsigned n)
{
	for (unsigned i = 1; i < n; i++)
		if (p[i].revents && c->client[i - 1].fd >= 0)
			serve(c, &c->client[i - 1], p[i].revents);
	if (p[0].revents)
		let_in(c);
}

void control_step(struct control *c, int64_t now_ms, vtime idle, vtime ran)
{
	int64_t passed = now_ms - c->now_ms;

	c->now_ms = now_ms;
	for (unsigned i = 0; i < CONTROL_CLIENTS; i++) {
		struct client *who = &c->client[i];

		if (who->fd < 0 || who->wait.kind == WAIT_NONE)
			continue;
		wait_step(c, who, passed, idle, ran);
		if (who->out_size)
			flush(c, who);
		if (who->fd >= 0)
			take_lines(c, who);
	}
}

bool control_holds(const struct control *c)
{
	return c->paused;
}

int control_exit(const struct control *c)
{
	return c->exit_status;
}

struct control *control_open(struct machine *m, const struct control_config *config,
			     struct error *err)
{
	struct control *c = calloc(1, sizeof *c);

	if (!c) {
		error_set(err, "out of memory");
		return NULL;
	}
	c->machine = m;
	c->host = config->host;
	c->typed = config->typed;
	c->pace = config->pace;
	c->pace_ctx = config->pace_ctx;
	c->code_page = config->code_page;
	c->listener = c->view.sink = c->exit_status = -1;
	for (unsigned i = 0; i < CONTROL_CLIENTS; i++)
		c->client[i].fd = -1;
	c->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (listen_at(c, config->path, err))
		return c;
	control_close(c);
	return NULL;
}

void control_close(struct control *c)
{
	if (!c)
		return;
	for (unsigned i = 0; i < CONTROL_CLIENTS; i++) {
		struct client *who = &c->client[i];

		if (who->fd < 0)
			continue;
		if (who->wait.kind != WAIT_NONE)
			wait_over(c, who);
		if (who->out_size)
			flush(c, who);
		if (who->fd >= 0)
			drop(c, who);
	}
	view_close(c);
	free(c->view.cell);
	if (c->listener >= 0)
		close(c->listener);
	remove_own(c);
	if (c->locale)
		freelocale(c->locale);
	free(c);
}
