/* ports.c - bytes between the machine's ports and what is plugged into them.  */

#include "session/ports.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "conf/conf.h"
#include "dev/lpt.h"
#include "dev/serial.h"
#include "machine/machine.h"

static const char *const names[PORTS] = {
	"lpt1", "lpt2", "lpt3", "com1", "com2", "com3", "com4",
};

/* --- The settings ------------------------------------------------------------- */

static const struct port_kind *kind_of(const char *text, bool serial)
{
	size_t n = strcspn(text, ":");

	for (unsigned i = 0; i < port_kinds_count; i++) {
		const struct port_kind *k = &port_kinds[i];

		if (strlen(k->name) != n || strncmp(k->name, text, n) != 0 ||
		    !(serial ? k->on_serial : k->on_parallel))
			continue;
		if (text[n] ? k->target == TARGET_NONE || !text[n + 1] : k->target == TARGET_MUST)
			continue;
		return k;
	}
	return NULL;
}

void ports_count(const struct conf *conf, unsigned *coms, unsigned *lpts)
{
	*coms = 2;
	*lpts = 1;
	for (unsigned i = 0; i < PORTS; i++) {
		unsigned *count = i < MACHINE_LPTS ? lpts : coms;
		unsigned n = i < MACHINE_LPTS ? i + 1 : i - MACHINE_LPTS + 1;

		if (strcmp(conf_get_text(conf, names[i]), "none") != 0 && n > *count)
			*count = n;
	}
}

enum sermouse_kind ports_mouse(const struct conf *conf, unsigned n)
{
	const char *text = conf_get_text(conf, names[MACHINE_LPTS + n]);

	if (strncmp(text, "mouse", 5) != 0 || (text[5] && text[5] != ':'))
		return SERMOUSE_NONE;
	return port_mouse(text[5] ? text + 6 : "");
}

static bool open_port(struct port *p, const char *text, struct error *err)
{
	const char *colon = strchr(text, ':');

	p->kind = kind_of(text, p->serial);
	if (!p->kind) {
		error_set(err, "--%s=%s: see dosvm.conf(5) for what can be there", p->name, text);
		return false;
	}
	if (colon && (size_t)snprintf(p->target, sizeof p->target, "%s", colon + 1) >= sizeof p->target) {
		error_set(err, "--%s: too long", p->name);
		return false;
	}
	return !p->kind->open || p->kind->open(p, err);
}

bool ports_open(struct ports *ports, const struct conf *conf, struct error *err)
{
	*ports = (struct ports){ .idle_ms = conf_get_int(conf, "print-idle"), .stop = -1 };
	for (unsigned i = 0; i < PORTS; i++)
		ports->port[i] = (struct port){
			.name = names[i], .serial = i >= MACHINE_LPTS, .ports = ports,
			.n = i < MACHINE_LPTS ? i : i - MACHINE_LPTS,
			.in = -1, .out = -1, .listener = -1, .keep = -1,
		};
	for (unsigned i = 0; i < PORTS; i++)
		if (!open_port(&ports->port[i], conf_get_text(conf, names[i]), err))
			return false;
	return true;
}

/* --- Out ---------------------------------------------------------------------- */

/* Nothing of the host's is there.  */
static bool is_none(const struct port *p)
{
	return !p->kind || strcmp(p->kind->name, "none") == 0 || strcmp(p->kind->name, "mouse") == 0;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Nobody is there any more.  */
static void unplug(struct port *p)
{
	struct machine *m = p->ports->machine;

	p->sent_size = 0;
	if (!m)
		return;
	if (p->serial)
		machine_plug_com(m, p->n, &(struct serial_backend){ 0 });
	else
		machine_plug_lpt(m, p->n, &(struct lpt_backend){ 0 });
}

static void fail(struct port *p, int error)
{
	if (p->listener >= 0) {		/* a peer has gone; another may come */
		close_fd(&p->in);
		p->out = -1;
		p->sent_size = 0;
		return;
	}
	if (!p->failed)
		p->failed = error;
	unplug(p);
}

static bool stopped(const struct port *p)
{
	struct pollfd f = { .fd = p->ports->stop, .events = POLLIN };

	return p->ports->stop >= 0 && poll(&f, 1, 0) > 0;
}

static bool wait_for_room(struct port *p)
{
	struct pollfd f[2] = {
		{ .fd = p->out, .events = POLLOUT },
		{ .fd = p->ports->stop, .events = POLLIN },
	};

	return poll(f, 2, -1) >= 0 || errno == EINTR;
}

/* All that waits, however long it takes; a user who ends the run does not
 * wait for it.  */
static void send_all(struct port *p)
{
	size_t done = 0;

	if (p->sent_size && p->out < 0 && p->kind->job && !p->kind->job(p))
		fail(p, errno);
	while (done < p->sent_size && p->out >= 0) {
		ssize_t n = write(p->out, p->sent + done, p->sent_size - done);

		if (n > 0)
			done += n;
		else if (n < 0 && errno != EAGAIN && errno != EINTR)
			fail(p, errno);
		else if (stopped(p) || !wait_for_room(p))
			break;
	}
	p->sent_size = 0;
}

static void take(void *ctx, uint8_t byte)
{
	struct port *p = ctx;

	if (p->sent_size == sizeof p->sent)
		send_all(p);
	p->sent[p->sent_size++] = byte;
	p->last_ms = p->ports->now_ms;
}

/* --- Jobs ---------------------------------------------------------------------- */

static bool wait_for(struct port *p, int how)
{
	int status;
	pid_t done = p->child ? waitpid(p->child, &status, how) : 0;

	if (done == 0)
		return !p->child;
	if (done > 0 && (!WIFEXITED(status) || WEXITSTATUS(status) != 0) && !p->failed)
		p->failed = ECHILD;
	p->child = 0;
	return true;
}

static void end_job(struct port *p)
{
	send_all(p);
	if (!p->kind->job || p->out < 0)
		return;
	close_fd(&p->out);
	wait_for(p, WNOHANG);
}

/* --- In ----------------------------------------------------------------------- */

static void tell_lines(struct port *p)
{
	uint8_t lines = port_lines(p);

	if (lines == p->lines)
		return;
	p->lines = lines;
	machine_com_lines(p->ports->machine, p->n, lines);
}

static void hear(struct port *p)
{
	ssize_t n;

	while (p->come_at < p->come_size &&
	       machine_com_receive(p->ports->machine, p->n, p->come[p->come_at]))
		p->come_at++;
	if (p->come_at < p->come_size || p->in < 0)
		return;
	n = read(p->in, p->come, sizeof p->come);
	if (n > 0) {
		p->come_at = 0;
		p->come_size = n;
		hear(p);
		return;
	}
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (p->in == p->out)
		p->out = -1;
	close_fd(&p->in);
}

void ports_pump(struct ports *ports, int64_t now_ms)
{
	ports->now_ms = now_ms;
	for (unsigned i = 0; i < PORTS; i++) {
		struct port *p = &ports->port[i];

		if (is_none(p))
			continue;
		if (p->sent_size)
			send_all(p);
		if (p->serial) {
			tell_lines(p);
			hear(p);
		} else if (ports->idle_ms && p->out >= 0 && now_ms - p->last_ms >= ports->idle_ms) {
			end_job(p);
		}
	}
}

size_t ports_poll(struct ports *ports, struct pollfd fds[PORTS])
{
	size_t n = 0;

	for (unsigned i = 0; i < PORTS; i++) {
		struct port *p = &ports->port[i];
		int fd = p->in >= 0 ? p->in : p->listener;

		if (p->serial && fd >= 0 && p->come_at == p->come_size)
			fds[n++] = (struct pollfd){ .fd = fd, .events = POLLIN };
	}
	return n;
}

bool ports_paced(const struct ports *ports)
{
	for (unsigned i = 0; i < PORTS; i++)
		if (ports->port[i].serial && (ports->port[i].in >= 0 || ports->port[i].listener >= 0))
			return true;
	return false;
}

/* --- Plugging ------------------------------------------------------------------- */

static void set_outputs(void *ctx, bool dtr, bool rts, bool brk)
{
	port_outputs(ctx, dtr, rts, brk);
}

static void set_format(void *ctx, unsigned baud, unsigned bits, unsigned stops, uint8_t parity)
{
	port_format(ctx, baud, bits, stops, parity);
}

void ports_plug(struct ports *ports, struct machine *m)
{
	ports->machine = m;
	for (unsigned i = 0; i < PORTS; i++) {
		struct port *p = &ports->port[i];

		if (is_none(p))
			continue;
		if (p->serial) {
			machine_plug_com(m, p->n, &(struct serial_backend){
				.write = take, .lines = set_outputs, .format = set_format, .ctx = p });
			tell_lines(p);
		} else {
			machine_plug_lpt(m, p->n, &(struct lpt_backend){ .write = take, .ctx = p });
		}
	}
}

/* A print command may take its time; who ends dosvm again does not wait.  */
static void wait_for_command(struct port *p)
{
	struct pollfd f = { .fd = p->ports->stop, .events = POLLIN };

	while (!wait_for(p, WNOHANG))
		if (poll(&f, 1, 20) > 0)
			break;
}

static void close_port(struct port *p, bool wait)
{
	if (!p->kind)
		return;
	end_job(p);
	if (wait)
		wait_for_command(p);
	if (p->tty)
		tcsetattr(p->out, TCSANOW, &p->saved);
	if (p->in == p->out)
		p->in = -1;
	close_fd(&p->in);
	close_fd(&p->out);
	close_fd(&p->listener);
	close_fd(&p->keep);
	if (p->linked)
		unlink(p->target);
	p->linked = p->tty = false;
}

bool ports_close(struct ports *ports, struct error *err)
{
	bool ok = true;

	for (unsigned i = 0; i < PORTS; i++) {
		struct port *p = &ports->port[i];

		close_port(p, err != NULL);
		if (!p->failed)
			continue;
		ok = false;
		if (err)
			error_set(err, "%s, %s:%s: %s", p->name, p->kind->name, p->target,
				  p->failed == ECHILD ? "the command failed" : strerror(p->failed));
		p->failed = 0;
	}
	return ok;
}
