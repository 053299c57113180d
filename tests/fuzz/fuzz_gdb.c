/* fuzz_gdb.c - what a peer of gdb's stub sends.  Each line is a packet, which is given its
 * checksum here; one that begins with "raw:" goes as it is.  After each the machine,
 * which has nothing to run but its BIOS, goes on for a while if it was told to.  */

#include "fuzz.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"
#include "debug/gdb.h"
#include "machine/machine.h"

#define RUN	UINT64_C(50000)		/* guest time after a packet */

static void promise(bool kept)
{
	if (!kept)
		abort();
}

static void on_console(void *ctx, uint8_t ch)
{
	(void)ctx;
	(void)ch;
}

static struct machine *make(void)
{
	static const char environment[] = "PATH=C:\\";
	struct error err = { "" };
	struct machine_config config = {
		.ram_size = 1 << 20, .model = CPU_80486, .fpu = true, .cost = 40,
		.dos = {
			.version_major = 6, .version_minor = 22, .country = 1, .code_page = 437,
			.files = 20, .fcbs = 4, .lastdrive = 5, .buffers = 4,
			.boot_drive = 'C', .current_drive = 'C', .current_dir = "\\",
			.shell = "C:\\COMMAND.COM", .environment = environment,
			.environment_size = sizeof environment,
		},
	};
	struct machine_host host = { .console = on_console };
	struct machine *m = machine_new(&config, &host, &err);

	promise(m);
	return m;
}

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Answers are acknowledgements and whole packets with their right sums.  Answers where
 * a packet is not complete yet.  */
static size_t check(const char *p, size_t n)
{
	size_t at = 0;

	while (at < n) {
		const char *end;
		uint8_t sum = 0;

		if (p[at] == '+' || p[at] == '-') {
			at++;
			continue;
		}
		promise(p[at] == '$');
		end = memchr(p + at, '#', n - at);
		if (!end || end + 3 > p + n)
			return at;
		for (const char *c = p + at + 1; c < end; c++)
			sum += (uint8_t)*c;
		promise((digit(end[1]) << 4 | digit(end[2])) == sum);
		at = end + 3 - p;
	}
	return at;
}

struct peer {
	int fd;
	char text[2 * GDB_OUT];
	size_t size;
};

static void listen_to(struct peer *peer)
{
	ssize_t n;
	size_t used;

	while ((n = recv(peer->fd, peer->text + peer->size, sizeof peer->text - peer->size, MSG_DONTWAIT)) > 0) {
		peer->size += n;
		used = check(peer->text, peer->size);
		peer->size -= used;
		memmove(peer->text, peer->text + used, peer->size);
		promise(peer->size < sizeof peer->text);
	}
}

static void say(struct gdb *g, struct peer *peer, const uint8_t *p, size_t n)
{
	uint8_t packet[GDB_PACKET + 64], sum = 0;
	bool raw = n >= 4 && memcmp(p, "raw:", 4) == 0;
	size_t size = 0;

	if (n > GDB_PACKET + 32)
		n = GDB_PACKET + 32;
	for (size_t i = raw ? 4 : 0; i < n; i++) {
		if (!raw && !size)
			packet[size++] = '$';
		packet[size++] = p[i];
		sum += p[i];
	}
	if (!raw && size)
		size += snprintf((char *)packet + size, 4, "#%02x", sum);
	if (!size || send(peer->fd, packet, size, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		return;
	gdb_serve(g);
	listen_to(peer);
	gdb_serve(g);
	if (machine_stopped(g->machine)->why == STOPPED_NOT)
		gdb_run(g, machine_now(g->machine) + RUN);
	if (machine_stopped(g->machine)->why != STOPPED_NOT)
		gdb_stopped(g);
	listen_to(peer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gdb *g = calloc(1, sizeof *g);
	struct peer *peer = calloc(1, sizeof *peer);
	int fd[2];

	promise(g && peer && socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fd) == 0);
	peer->fd = fd[1];
	g->machine = make();
	g->cpu = machine_cpu(g->machine);
	g->listener = -1;
	g->fd = fd[0];
	g->begun = g->told = true;
	g->monitor = (struct monitor){ .machine = g->machine, .cpu = g->cpu, .in = -1, .guest_of_gdb = true };
	machine_debug(g->machine, false);
	machine_stop(g->machine);
	for (size_t at = 0; at < size && g->fd >= 0 && !g->killed;) {
		const uint8_t *end = memchr(data + at, '\n', size - at);
		size_t n = end ? (size_t)(end - data) - at : size - at;

		say(g, peer, data + at, n);
		at += n + 1;
	}
	gdb_close(g);
	close(peer->fd);
	machine_free(g->machine);
	free(peer);
	free(g);
	return 0;
}
