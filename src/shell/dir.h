/* dir.h - what DIR consists of.  */

#ifndef SHELL_DIR_H
#define SHELL_DIR_H

#include "shell/sh.h"

enum { ATTR_READ_ONLY = 1, ATTR_HIDDEN = 2, ATTR_SYSTEM = 4, ATTR_LABEL = 8,
       ATTR_DIRECTORY = 0x10, ATTR_ARCHIVE = 0x20 };

enum dir_flag {
	DIR_PAGE = 1, DIR_WIDE = 2, DIR_BARE = 4, DIR_SUB = 8, DIR_LOWER = 16, DIR_VERBOSE = 32,
	DIR_SORT = 64,
};

struct dir {
	uint32_t flags;
	uint32_t must, must_not;	/* attributes */
	uint32_t order;			/* keys of /O, 4 bits each; 8: backwards */
	uint32_t files, bytes_low, bytes_high;
	uint32_t all_files, all_low, all_high;
	uint32_t column, line;		/* of the screen */
	uint32_t block, block_max, kept, shown;
	uint32_t base;			/* length of the path that /S began with */
	uint32_t head;			/* this directory's head has been shown */
	uint32_t drive;			/* letter */
	uint32_t step;			/* where a page's end goes on */
};

struct dir_text {
	char tail[SHELL_LINE];
	char path[SHELL_PATH];		/* of the directory, ends with '\' */
	char pattern[128];
	char child[16];			/* last subdirectory gone into */
	char next[16];			/* the next one, as far as is known */
};

_Static_assert(sizeof(struct dir) <= sizeof((struct job *)0)->number, "dir");
_Static_assert(sizeof(struct dir_text) <= JOB_TEXT, "dir");

static inline struct dir *dir_of(struct job *j)
{
	return (struct dir *)(void *)j->number;
}

static inline struct dir_text *dir_text(struct job *j)
{
	return (struct dir_text *)(void *)j->text;
}

/* What can be sorted by: name, extension, date, size, directories first,
 * and how far a file is compressed, which here is the same for all.  */
#define DIR_ORDER_KEYS	"NEDSGC"

/* Takes a tail, DIRCMD's or the command's; the name found goes to the path.
 * False after complaining.  */
bool dir_take_tail(struct sh *sh, struct job *j, const char *tail);

/* Keeps what was found in the sorting block; and what was kept, in order.  */
void dir_keep(struct sh *sh, struct job *j);
void dir_sort(struct sh *sh, struct job *j);
/* The next one kept into in->found, without its long name; false: no more.  */
bool dir_kept(struct sh *sh, struct job *j);

/* What in->found says, as one line, without its end; name is as it is to be
 * shown.  */
void dir_show_bare(struct sh *sh, struct job *j, const char *name);
void dir_show_full(struct sh *sh, struct job *j, const char *name);
void dir_lower(const struct dir *d, char *s);
char dir_thousands(struct sh *sh);

#endif
