/* gdb.c - the socket, and packets.
 *
 * Nothing blocks.  While what was answered has not gone out, nothing more is
 * read, so a peer that does not listen costs a buffer and no more.  */

#include "debug/gdb.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.h"
#include "machine/machine.h"

#define LAST_WORDS_MS	1000		/* how long the end may take to be told */
#define SCRATCH		1024

/* ---- listening ---- */

static bool listen_unix(struct gdb *g, const char *path, struct error *err)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	if (strlen(path) >= sizeof a.sun_path) {
		error_set(err, "--gdb: %s: the path is too long", path);
		return false;
	}
	strcpy(a.sun_path, path);
	g->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (g->listener >= 0 && bind(g->listener, (struct sockaddr *)&a, sizeof a) == 0) {
		strcpy(g->path, path);
		if (chmod(path, 0600) == 0 && listen(g->listener, 1) == 0)
			return true;
	}
	error_set(err, "--gdb: %s: %s", path, strerror(errno));
	return false;
}

static bool listen_at(struct gdb *g, const struct addrinfo *a)
{
	int on = 1;

	g->listener = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (g->listener < 0)
		return false;
	setsockopt(g->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	return bind(g->listener, a->ai_addr, a->ai_addrlen) == 0 && listen(g->listener, 1) == 0;
}

/* "PORT" is on the loopback interface; "ADDRESS:PORT" where it says.  */
static bool listen_tcp(struct gdb *g, const char *where, struct error *err)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
				  .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV }, *found;
	const char *colon = strrchr(where, ':');
	char host[64] = "127.0.0.1";
	const char *name = host;
	size_t n = colon ? (size_t)(colon - where) : 0;
	bool ok;

	if (n >= sizeof host) {
		error_set(err, "--gdb: %s: the address is too long", where);
		return false;
	}
	if (n) {
		memcpy(host, where, n);
		host[n] = '\0';
	}
	if (host[0] == '[' && host[n - 1] == ']') {
		host[n - 1] = '\0';
		name = host + 1;
	}
	if (getaddrinfo(name, colon ? colon + 1 : where, &hints, &found) != 0) {
		error_set(err, "--gdb: %s is neither PORT, ADDRESS:PORT nor unix:PATH", where);
		return false;
	}
	ok = listen_at(g, found);
	freeaddrinfo(found);
	if (!ok)
		error_set(err, "--gdb: %s: %s", where, strerror(errno));
	return ok;
}

bool gdb_open(struct gdb *g, struct machine *m, const char *where, bool waits,
	      struct error *err)
{
	*g = (struct gdb){ .machine = m, .cpu = machine_cpu(m), .listener = -1, .fd = -1,
			   .waiting = waits, .begun = !waits };
	g->monitor = (struct monitor){ .machine = m, .cpu = g->cpu, .in = -1, .guest_of_gdb = true };
	if (strncmp(where, "unix:", 5) == 0 ? !listen_unix(g, where + 5, err) :
	    !listen_tcp(g, where, err))
		return false;
	fprintf(stderr, "dosvm: waiting for gdb at %s\n", where);
	return true;
}

void gdb_close(struct gdb *g)
{
	if (g->fd >= 0)
		close(g->fd);
	if (g->listener >= 0)
		close(g->listener);
	if (*g->path)
		unlink(g->path);
}

/* ---- out ---- */

static void flush(struct gdb *g)
{
	while (g->fd >= 0 && g->out_size) {
		ssize_t n = send(g->fd, g->out, g->out_size, MSG_NOSIGNAL);

		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n <= 0) {
			gdb_disconnect(g);
			return;
		}
		g->out_size -= n;
		memmove(g->out, g->out + n, g->out_size);
	}
}

static void put(struct gdb *g, const char *data, size_t n)
{
	if (g->fd < 0 || n > sizeof g->out - g->out_size)
		return;			/* cannot be: see has_room() */
	memcpy(g->out + g->out_size, data, n);
	g->out_size += n;
}

static bool has_room(const struct gdb *g)
{
	return g->out_size <= GDB_OUT - 3 * GDB_PACKET;
}

void gdb_answer_bytes(struct gdb *g, const char *data, size_t n)
{
	uint8_t sum = 0;
	char end[4];

	for (size_t i = 0; i < n; i++)
		sum += (uint8_t)data[i];
	snprintf(end, sizeof end, "#%02x", sum);
	put(g, "$", 1);
	put(g, data, n);
	put(g, end, 3);
}

void gdb_answer(struct gdb *g, const char *fmt, ...)
{
	char text[SCRATCH];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	gdb_answer_bytes(g, text, n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
}

/* ---- in ---- */

void gdb_disconnect(struct gdb *g)
{
	if (g->fd >= 0)
		close(g->fd);
	g->fd = -1;
	g->in_size = g->out_size = 0;
	g->leaving = false;
	for (unsigned i = 1; i <= MONITOR_POINTS; i++)
		point_delete(&g->monitor, i);
	machine_debug_end(g->machine);
}

static void connected(struct gdb *g)
{
	int fd = accept4(g->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return;
	if (g->fd >= 0) {		/* one at a time */
		close(fd);
		return;
	}
	g->fd = fd;
	g->no_ack = g->waiting = false;
	g->told = true;			/* it will ask */
	machine_debug(g->machine, false);
	machine_stop(g->machine);
}

static int hex(uint8_t c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 :
		c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The packet in[0] to in[end], which is its '#', with two digits behind.  */
static void take_packet(struct gdb *g, size_t end)
{
	uint8_t sum = 0;
	int hi = hex(g->in[end + 1]), lo = hex(g->in[end + 2]);

	for (size_t i = 1; i < end; i++)
		sum += g->in[i];
	if (hi < 0 || lo < 0 || (hi << 4 | lo) != sum) {
		put(g, "-", 1);
		return;
	}
	if (!g->no_ack)
		put(g, "+", 1);
	g->in[end] = '\0';
	gdb_packet(g, (char *)g->in + 1, end - 1);
}

static void interrupted(struct gdb *g)
{
	if (machine_stopped(g->machine)->why != STOPPED_NOT)
		return;
	g->asked = true;
	machine_stop(g->machine);
}

/* What stands at the beginning of the buffer: how many bytes are done with,
 * 0 if more are needed.  */
static size_t take(struct gdb *g)
{
	const uint8_t *end;

	if (g->in[0] == 3)
		interrupted(g);
	if (g->in[0] != '$')
		return 1;		/* "+", "-" and noise */
	end = memchr(g->in, '#', g->in_size);
	if (!end || (size_t)(end - g->in) + 3 > g->in_size)
		return 0;
	take_packet(g, end - g->in);
	return end - g->in + 3;
}

static void read_some(struct gdb *g)
{
	ssize_t n = recv(g->fd, g->in + g->in_size, sizeof g->in - g->in_size, 0);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		gdb_disconnect(g);
		return;
	}
	g->in_size += n;
}

static void take_all(struct gdb *g)
{
	while (g->in_size && has_room(g)) {
		size_t n = take(g);

		if (g->fd < 0)
			return;
		if (!n && g->in_size == sizeof g->in)
			gdb_disconnect(g);	/* no packet is that long */
		if (!n)
			return;
		g->in_size -= n;
		memmove(g->in, g->in + n, g->in_size);
	}
}

void gdb_serve(struct gdb *g)
{
	connected(g);
	if (g->fd >= 0)
		flush(g);
	if (g->fd >= 0 && has_room(g))
		read_some(g);
	if (g->fd >= 0)
		take_all(g);
	if (g->fd >= 0)
		flush(g);
	if (g->fd >= 0 && g->leaving)
		gdb_disconnect(g);
}

unsigned gdb_poll(const struct gdb *g, struct pollfd *p)
{
	if (!g->begun)
		return 0;
	p[0] = (struct pollfd){ .fd = g->listener, .events = POLLIN };
	p[1] = (struct pollfd){ .fd = g->fd, .events = (has_room(g) ? POLLIN : 0) |
		(g->out_size ? POLLOUT : 0) };
	return 2;
}

/* ---- the machine ---- */

bool gdb_holds(const struct gdb *g)
{
	return !g->killed && (g->fd >= 0 || g->waiting);
}

/* Is there anything to tell?  A point of "monitor interrupt" whose condition
 * does not hold is nothing.  */
static bool worth_telling(struct gdb *g)
{
	const struct cpu_stop *s = &g->cpu->watch.stop;

	if (machine_stopped(g->machine)->why != STOPPED_POINT)
		return true;
	g->monitor.hit = point_hit(&g->monitor);
	return g->monitor.hit || s->kind == STOP_EXEC || s->kind == STOP_DATA;
}

bool gdb_run(struct gdb *g, vtime until)
{
	bool runs;

	g->monitor.hit = NULL;
	do {
		runs = machine_run(g->machine, until);
		g->begun |= machine_stopped(g->machine)->why == STOPPED_START;
		if (machine_stopped(g->machine)->why == STOPPED_NOT || worth_telling(g))
			return runs;
		machine_continue(g->machine);
	} while (machine_now(g->machine) < until);
	return runs;
}

void gdb_stopped(struct gdb *g)
{
	if (g->fd < 0 || g->told)
		return;
	gdb_tell_stop(g);
	g->told = true;
	g->asked = false;
	flush(g);
}

void gdb_ended(struct gdb *g, int status)
{
	struct pollfd p = { .fd = g->fd, .events = POLLOUT };

	if (g->fd < 0)
		return;
	if (!g->killed && status > 128)
		gdb_answer(g, "X%02x", status - 128);
	else if (!g->killed)
		gdb_answer(g, "W%02x", status & 0xff);
	flush(g);
	while (g->fd >= 0 && g->out_size && poll(&p, 1, LAST_WORDS_MS) > 0)
		flush(g);
}
