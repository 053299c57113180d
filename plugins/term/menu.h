/* menu.h - the prefix key, Ctrl-^: what a terminal cannot send, and what is done to
 * dosvm rather than to the program.
 *
 * After the prefix comes one key of a table; Shift, Ctrl and Alt can be gathered
 * before it.  The same table makes the help.  */

#ifndef TERM_MENU_H
#define TERM_MENU_H

#include <stdbool.h>
#include <stdint.h>

#include "view.h"

struct token;

enum menu_mode {
	MENU_OFF,
	MENU_PREFIX,			/* the prefix has come */
	MENU_HELP,			/* ... and the help is shown */
	MENU_FUNCTION,			/* ... and f: a function key, or one by its letter */
	MENU_PAD,			/* ... and a dot: a key of the keypad */
	MENU_QUIT,			/* is it meant? */
	MENU_COPY,			/* a selection by keys */
};

enum menu_act {
	MENU_NOTHING,
	MENU_PASS,			/* the token is the program's */
	MENU_STRIKE,			/* key and modifiers */
	MENU_RESET,			/* Ctrl-Alt-Del */
	MENU_END,			/* dosvm */
	MENU_SUSPEND, MENU_MOUSE, MENU_REDRAW, MENU_FIT,
	MENU_COPIED,			/* the selection is to be taken */
};

struct menu {
	enum menu_mode mode;
	unsigned modifiers;		/* gathered */
	struct copying copy;
	uint16_t key;			/* of MENU_STRIKE */
	unsigned key_modifiers;
};

/* A token of a key.  The picture's size bounds the selection.  */
enum menu_act menu_take(struct menu *m, const struct token *t, const struct picture *p);
/* Lines to be shown on top of the picture; NULL: none.  */
const char *const *menu_lines(const struct menu *m, unsigned *count);

#endif
