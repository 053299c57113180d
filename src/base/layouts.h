/* layouts.h - the layouts' data; private to layout.c.  */

#ifndef BASE_LAYOUTS_H
#define BASE_LAYOUTS_H

#include <stdbool.h>

#define LAYOUT_ROWS	4

/* A row's keys from the left: 29h, 02h-0Dh; 10h-1Bh; 1Eh-28h, 2Bh; 56h, 2Ch-35h.  A
 * blank is a key without a character.  */
struct layout {
	const char *name, *title;
	const char *plain[LAYOUT_ROWS], *shift[LAYOUT_ROWS];
	const char *second[LAYOUT_ROWS], *second_shift[LAYOUT_ROWS];	/* NULL: none */
	/* Pairs: a character of `plain', and what its key gives with AltGr.  */
	const char *altgr;
	const char *dead, *dead_altgr;	/* those that wait for a letter */
	bool shift_lock;		/* Caps Lock is as Shift on every key */
};

extern const struct layout layouts[];	/* US first; name NULL at the end */

/* An accent, then pairs: a letter, and the letter with it.  NULL at the end.  */
extern const char *const layout_accents[];

#endif
