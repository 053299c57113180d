/* ports.h - what is plugged into COM1 to COM4 and LPT1 to LPT3, by the settings
 * of their names.  A program reaches there what the user has named, and
 * nothing else.
 *
 * What is sent waits here and goes out between two slices of guest time.  An
 * other side that takes no more stops the guest, as a slow printer does;
 * one that has failed is unplugged, and the program gets the errors of a
 * port with nothing on it.  */

#ifndef SESSION_PORTS_H
#define SESSION_PORTS_H

#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

#include "dev/sermouse.h"

struct conf;
struct error;
struct machine;

#define PORTS		7	/* LPT1 to LPT3, COM1 to COM4 */
#define PORT_BUFFER	4096

struct port_kind;

struct port {
	const char *name;		/* the setting: "lpt1" */
	const struct port_kind *kind;
	char target[PATH_MAX];		/* what stands behind the colon */
	bool serial;
	unsigned n;			/* 0: COM1, LPT1 */
	struct ports *ports;
	int in, out;			/* -1: none */
	int listener, keep;		/* a socket; the other side of a pseudo-terminal */
	pid_t child;			/* of a command, 0 none */
	unsigned jobs;
	int64_t last_ms;		/* when something was printed */
	bool linked;			/* target was made by us and goes with us */
	bool tty;
	struct termios saved;
	uint8_t lines;			/* as the machine was told last */
	int failed;			/* errno */
	uint8_t sent[PORT_BUFFER], come[PORT_BUFFER];
	size_t sent_size, come_at, come_size;
};

struct ports {
	struct machine *machine;
	struct port port[PORTS];
	int64_t idle_ms;		/* that ends a job; 0 none does */
	int64_t now_ms;			/* of the last ports_pump() */
	int stop;			/* readable when the run is to end; -1 */
};

/* How many ports of each kind the machine must have.  */
void ports_count(const struct conf *conf, unsigned *coms, unsigned *lpts);

/* The mouse at COM1 (n = 0) and on, which is a part of the machine.  */
enum sermouse_kind ports_mouse(const struct conf *conf, unsigned n);

/* Open what the settings name, before anybody looks at descriptors 0 to 2.  */
bool ports_open(struct ports *p, const struct conf *conf, struct error *err);
/* Plug it in.  */
void ports_plug(struct ports *p, struct machine *m);
/* Ends jobs; with err, waits for their commands.  False: something was lost; err says
 * of which port.  */
bool ports_close(struct ports *p, struct error *err);

/* Send what waits, hand over what has come.  */
void ports_pump(struct ports *p, int64_t now_ms);
/* Descriptors that something may come from; answers how many.  */
size_t ports_poll(struct ports *p, struct pollfd fds[PORTS]);
/* Somebody at the other end of a line lives by the host's clock.  */
bool ports_paced(const struct ports *p);

/* --- between ports.c and portkind.c ---------------------------------------------- */

struct port_kind {
	const char *name;
	bool on_serial, on_parallel;
	enum { TARGET_NONE, TARGET_MAYBE, TARGET_MUST } target;
	bool (*open)(struct port *p, struct error *err);
	bool (*job)(struct port *p);	/* a print job begins: sets out; false: errno */
};

extern const struct port_kind port_kinds[];
extern const unsigned port_kinds_count;

/* The mouse of this name, "" the usual one.  */
enum sermouse_kind port_mouse(const char *name);
/* Try to get a peer; the modem lines that the other side holds now.  */
uint8_t port_lines(struct port *p);
void port_format(struct port *p, unsigned baud, unsigned bits, unsigned stops, uint8_t parity);
void port_outputs(struct port *p, bool dtr, bool rts, bool brk);

#endif
