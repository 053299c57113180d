/* terminal.h - the user's terminal in line mode.
 *
 * Line mode leaves the terminal to the shell's stream: text scrolls, nothing
 * is positioned.  What the guest prints is translated from its code page to
 * UTF-8; what the user types is read key by key, without echo, because DOS
 * programs echo for themselves.  Ctrl-C and Ctrl-Z keep their Linux
 * meaning (signals).  */

#ifndef SESSION_TERMINAL_H
#define SESSION_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <termios.h>

struct typist;

struct terminal {
	int in, out;			/* descriptors, -1: not a terminal */
	uint16_t code_page;
	struct termios saved;
	bool raw, ended;
	uint8_t pending[64];		/* an unfinished UTF-8 or escape sequence */
	size_t pending_size;
	char output[4096];
	size_t output_size;
};

/* in and out may be -1.  Nothing is changed until terminal_raw().  */
void terminal_init(struct terminal *t, int in, int out, uint16_t code_page);

/* Read keys one by one from now on, if this process is in the foreground;
 * and give the terminal back as it was.  */
void terminal_raw(struct terminal *t);
void terminal_restore(struct terminal *t);
/* This process has been stopped and goes on: the shell has changed modes.  */
void terminal_resume(struct terminal *t);

/* Read what has been typed, if anything, into the typist.  Sets `ended' at
 * end of file (the terminal is gone).  */
void terminal_read(struct terminal *t, struct typist *typist);
/* No more bytes have come for a while: a lone ESC is the Escape key.  */
void terminal_idle(struct terminal *t, struct typist *typist);

/* One byte of the guest's output, buffered; and to the terminal with it.
 * False: the terminal does not take it any more.  */
void terminal_put(struct terminal *t, uint8_t ch);
bool terminal_flush(struct terminal *t);

#endif
