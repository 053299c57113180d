/* config.h - CONFIG.SYS as text: lines, blocks, menus.  Nothing here knows
 * what the commands do, nor the machine.
 *
 * A file with a [MENU] block has others, one of which is chosen; [COMMON]
 * blocks and what stands before the first block always count (MS-DOS 6 User's
 * Guide, "Defining multiple configurations").  */

#ifndef DOS_CONFIG_H
#define DOS_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONFIG_LINE	256
#define CONFIG_NAME	32
#define CONFIG_ITEMS	9	/* of a menu */

/* A line that counts: COMMAND=VALUE or COMMAND VALUE.  */
struct config_line {
	unsigned number;		/* in the file, from 1 */
	char command[CONFIG_NAME];	/* upper case, without "?" */
	char value[CONFIG_LINE];	/* as it is written, trimmed */
	char text[CONFIG_LINE];		/* the whole line, trimmed */
	bool ask;			/* "?": the user is asked */
};

/* For each line that counts, in order, with `block' chosen ("": none), INCLUDEs
 * followed.  each() answers false to stop.  */
typedef bool config_each(void *ctx, const struct config_line *line);
void config_walk(const char *text, size_t size, const char *block,
		 config_each *each, void *ctx);

/* "x[,y]", text and background, 0 to 15: the attribute byte, -1 if it is no
 * colour.  */
int config_color(const char *value);

struct config_menu {
	unsigned count;
	struct {
		char block[CONFIG_NAME];
		char text[71];
		bool submenu;
	} item[CONFIG_ITEMS];
	unsigned chosen;		/* MENUDEFAULT's, 0 the first */
	int color;			/* MENUCOLOR's, as an attribute byte, -1 none */
	int timeout;			/* seconds, -1 none */
};

/* The menu of a block ("MENU" or a submenu's); false: there is none.  */
bool config_menu(const char *text, size_t size, const char *block, struct config_menu *menu);

#endif
