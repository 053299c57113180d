/* terminal.h - the parts of the terminal that term_keys.test plays: terminal.c is the
 * pty, and what KEYLOG.COM wrote; terminal_kitty.c a keyboard with kitty's protocol;
 * terminal_plain.c one of characters, and layouts.  */

#ifndef TESTS_DOS_TERMINAL_H
#define TESTS_DOS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { SHIFT = 1, ALT = 2, CTRL = 4, COMBINATIONS = 8 };	/* as kitty counts them */

/* What happened, or should: bytes at port 60h apart from words and interrupts, whose
 * order is not that of the hardware.  */
struct events {
	char bytes[256], words[128];
};

/* A row of keys.tsv.  */
struct key {
	char name[16], kitty[16], code[8], word[4][8];	/* plain, Shift, Ctrl, Alt */
};

/* One thing sent, and what must come of it.  */
struct step {
	const char *name, *sent, *bytes, *words;
};

_Noreturn void die(const char *what);
void send_bytes(const char *p, size_t n);
void send_text(const char *text);
/* Some time passes: what dosvm sends is taken.  */
void look(int ms);
void add(char *list, size_t size, const char *word);
/* A stroke's end: this must come, or the run has failed.  */
void check(const char *name, const struct events *expected);
void take_steps(const struct step *steps, size_t n);
/* From now on bytes at port 60h do not count.  */
void words_only(void);
bool parse_key(const char *line, struct key *k);
void add_word(const struct key *k, unsigned modifiers, struct events *e);

/* terminal_kitty.c: the keys of the table, and locks.  */
void kitty(FILE *keys);

/* terminal_plain.c: the column of terminal-keys.tsv with this name; guests that have German
 * keys, in terminals of characters and of kitty's protocol.  */
void plain(FILE *keys, const char *sends, const char *column);
void german(void);
void german_kitty(void);

#endif
