/* tty.h - the terminal as a thing that is borrowed, and given back whatever
 * happens: at the end, while the process is stopped, and by the signals of a
 * crash.  */

#ifndef TERM_TTY_H
#define TERM_TTY_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "caps.h"
#include "out.h"

#define TTY_CRASHES	5

struct tty {
	int fd;
	struct termios saved;
	bool taken;
	bool kitty, other_keys;		/* keyboard modes that are on */
	bool mouse;
	char restore[512];		/* what gives it back */
	size_t restore_size;
	struct sigaction old[TTY_CRASHES];
};

/* The controlling terminal, opened anew so that what is set for us is not set for
 * others.  False: there is none, or we are in the background.  */
bool tty_open(struct tty *t);
void tty_close(struct tty *t);

/* Raw mode, the alternate screen, and questions whose answers come as tokens.  */
bool tty_take(struct tty *t, const struct caps *caps, struct out *o);
/* Drains `o' first.  Nothing if it is not taken.  */
void tty_give_back(struct tty *t, const struct caps *caps, struct out *o);

/* Modes that depend on answers, or on the user.  */
void tty_use_kitty(struct tty *t, const struct caps *caps, struct out *o);
void tty_use_other_keys(struct tty *t, const struct caps *caps, struct out *o);
void tty_use_mouse(struct tty *t, struct out *o, bool on);

#define TTY_DOTS_MAX	255

/* Cells each way, at least 1, and the dots of one; 0: the terminal does not tell.  */
struct tty_size { unsigned width, height, cell_width, cell_height; };
struct tty_size tty_size(const struct tty *t);

#endif
